"""What a change does to the workers' position."""

from __future__ import annotations

from dataclasses import replace

from contractgen.diff.changes import Change, Differences, Effect


def judge(differences: Differences) -> Differences:
    """The differences with the effects of each change."""
    passages = tuple(
        replace(one, changes=tuple(_judged(change) for change in one.changes)) for one in differences.passages
    )
    return replace(differences, passages=passages)


def _judged(change: Change) -> Change:
    return replace(change, effects=(Effect("unclear"),)) if change.edits and change.counted else change
