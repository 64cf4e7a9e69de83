"""The record: what went into a file. A private one lies beside the files, a public one travels inside them.

The private record (``form``) holds everything needed to make the files again, with the wording of then; ``reopen``
gives its Agreement. The public one (``manifest``) holds only what the other side may read.
"""

from contractgen.record.form import (
    ENDING,
    FORM,
    INTO,
    DamagedRecord,
    Record,
    checksum,
    packed,
    read_record,
    sealed,
)
from contractgen.record.manifest import MANIFEST, article_stamp, manifest, to_bytes
from contractgen.record.reopen import Reopened, reopen
from contractgen.record.signed import (
    AMENDMENT,
    CONSOLIDATED,
    Signed,
    altered_contract,
    other_party,
    other_place,
    signed_contract,
)
from contractgen.record.sources import load_sources, sources

__all__ = [
    "AMENDMENT",
    "CONSOLIDATED",
    "ENDING",
    "FORM",
    "INTO",
    "MANIFEST",
    "DamagedRecord",
    "Record",
    "Reopened",
    "Signed",
    "altered_contract",
    "article_stamp",
    "checksum",
    "load_sources",
    "manifest",
    "other_party",
    "other_place",
    "packed",
    "read_record",
    "reopen",
    "sealed",
    "signed_contract",
    "sources",
    "to_bytes",
]
