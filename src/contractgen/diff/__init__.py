"""Differences: two texts aligned, their changes listed in legal tokens, the effect of each judged, and a redline made.

``compare(old, new)`` takes two matters (a Document and what its numbers are held against) and gives Differences.
"""

from contractgen.diff.changes import KINDS, LABELS, Change, Differences, Effect, SectionChange, compare
from contractgen.diff.matter import Line, Matter, Section, Standard, fingerprint, sections
from contractgen.diff.tokens import Op, compare_text, marked, tokenize

__all__ = [
    "KINDS",
    "LABELS",
    "Change",
    "Differences",
    "Effect",
    "Line",
    "Matter",
    "Op",
    "Section",
    "SectionChange",
    "Standard",
    "compare",
    "compare_text",
    "fingerprint",
    "marked",
    "sections",
    "tokenize",
]
