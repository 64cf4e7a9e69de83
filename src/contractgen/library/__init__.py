"""The clause library: every clause in each of its wordings, the order of the book, and the stamps of what is released.

A clause is a folder, a wording is a file: ``clauses/<chapter>/<id>/<version>.md``. The wording in force on a day is
the highest version whose day has come. A released file never changes; a correction is the next version, and may
hold from the same day: the wording that it corrects then stays in the library, in force on no day.
"""

from __future__ import annotations

from contractgen.library.model import (
    Basis,
    Change,
    ClauseVersion,
    Condition,
    Form,
    Library,
    Number,
    OutlineArticle,
    ValueSpec,
    is_expected,
)
from contractgen.library.reading import FRAME, OUTLINE, load_library
from contractgen.library.stamps import check_released, release, released

__all__ = [
    "FRAME",
    "OUTLINE",
    "Basis",
    "Change",
    "ClauseVersion",
    "Condition",
    "Form",
    "Library",
    "Number",
    "OutlineArticle",
    "ValueSpec",
    "check_released",
    "is_expected",
    "load_library",
    "release",
    "released",
]
