"""What ``papers`` does: the bargaining and filing papers of a profile, each as a file, with a cover sheet."""

from contractgen.papers.forms import FieldName, field_names
from contractgen.papers.model import Filled, Missing, Paper
from contractgen.papers.preparing import Prepared, prepare
from contractgen.papers.writing import FilledForm, Written, write_papers

__all__ = [
    "FieldName",
    "Filled",
    "FilledForm",
    "Missing",
    "Paper",
    "Prepared",
    "Written",
    "field_names",
    "prepare",
    "write_papers",
]
