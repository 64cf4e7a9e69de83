"""Cells of computed tables."""

from __future__ import annotations

from contractgen.document import Cell, Text


def left(text: object) -> Cell:
    """Text at the left edge; nothing where there is none."""
    return Cell((Text(str(text)),) if text else ())


def centered(text: object) -> Cell:
    """A short word or a number in the middle."""
    return Cell((Text(str(text)),) if text not in (None, "") else (), "center")


def empty() -> Cell:
    """Room to write by hand."""
    return Cell(())
