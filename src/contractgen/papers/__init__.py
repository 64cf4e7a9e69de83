"""What ``papers`` does: the bargaining and filing papers of a profile, each as a file, with a cover sheet."""

from contractgen.papers.forms import FieldName, field_names
from contractgen.papers.model import Filled, Missing, Paper
from contractgen.papers.packing import Pack, write_pack
from contractgen.papers.preparing import Prepared, prepare
from contractgen.papers.recording import Fact, Recorded, backup_of, future, open_facts, record_facts
from contractgen.papers.writing import FilledForm, Written, write_papers

__all__ = [
    "Fact",
    "FieldName",
    "Filled",
    "FilledForm",
    "Missing",
    "Pack",
    "Paper",
    "Prepared",
    "Recorded",
    "Written",
    "backup_of",
    "field_names",
    "future",
    "open_facts",
    "prepare",
    "record_facts",
    "write_pack",
    "write_papers",
]
