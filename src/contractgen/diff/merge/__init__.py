"""Merge: a text and the two copies that both sides made of it, in one; what they disagree on is listed and left open.

``merge(union, employer)`` takes the differences from the base to each copy and gives Merged.
"""

from contractgen.diff.merge.merging import AUTHORS, merge
from contractgen.diff.merge.model import (
    SIDES,
    Merged,
    MergedLine,
    MergedSection,
    Opinion,
    Piece,
    Point,
    Side,
    SideName,
)

__all__ = [
    "AUTHORS",
    "SIDES",
    "Merged",
    "MergedLine",
    "MergedSection",
    "Opinion",
    "Piece",
    "Point",
    "Side",
    "SideName",
    "merge",
]
