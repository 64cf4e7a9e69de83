"""Differences: two texts aligned, their changes listed in legal tokens, the effect of each judged, and a redline made.

``compare(old, new)`` takes two matters (a Document and what its numbers are held against) and gives Differences.
``carry`` puts the slots of a library wording onto an edited text, so that its numbers keep their bounds and floors.
``plain`` reads texts from outside, ``wording`` gives wordings of the library without a firm, ``redline`` a Document with
tracked changes, ``report`` and ``page`` the words and the page.
"""

from contractgen.diff.carry import carry
from contractgen.diff.changes import KINDS, LABELS, Change, Differences, Effect, SectionChange, compare
from contractgen.diff.matter import Line, Matter, Section, Standard, fingerprint, sections
from contractgen.diff.redline import redline
from contractgen.diff.tokens import Op, abridged, compare_text, marked, tokenize

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
    "abridged",
    "carry",
    "compare",
    "compare_text",
    "fingerprint",
    "marked",
    "redline",
    "sections",
    "tokenize",
]
