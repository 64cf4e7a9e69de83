"""Whether a copy was made from the base at all: by the share of characters that both have, line held against line."""

from __future__ import annotations

from typing import Literal

from contractgen.diff.changes import Differences

# Contracts on the same matter that have nothing to do with each other share up to 45% when they are short and quote the
# same articles of law, nearly always less than 30%; one of ours with another firm's draft on the same matter up to 10%.
STRANGER = 0.3
DOUBTFUL = 0.5

Kinship = Literal["same", "version", "doubtful", "stranger"]


def kinship(differences: Differences) -> Kinship:
    """What the new text is to the old one."""
    if not any(differences.changes):
        return "same"
    share = shared(differences)
    return "stranger" if share < STRANGER else "doubtful" if share < DOUBTFUL else "version"


def shared(differences: Differences) -> float:
    """How much of the shorter text stands in the other one, 0 to 1.

    Of the shorter one, since a few articles may come back alone, or the agreement as a chapter of something longer.
    """
    old = new = kept = 0
    for section in differences.sections:
        for change in section.changes if section.kind != "left" else ():
            if change.kind == "left" or change.line.kind == "field":
                continue
            old += sum(len(op.old) for op in change.ops)
            new += sum(len(op.new) for op in change.ops)
            kept += sum(len(op.old) for op in change.ops if op.tag == "equal")
    return kept / max(min(old, new), 1)
