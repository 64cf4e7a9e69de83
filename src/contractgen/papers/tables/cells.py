"""Cells of computed tables, and tables whose header stands in a file of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from contractgen.document import Cell, Table, Text


def left(text: object) -> Cell:
    """Text at the left edge; nothing where there is none."""
    return Cell((Text(str(text)),) if text else ())


def centered(text: object) -> Cell:
    """A short word or a number in the middle."""
    return Cell((Text(str(text)),) if text not in (None, "") else (), "center")


def empty() -> Cell:
    """Room to write by hand."""
    return Cell(())


def listed(words: Mapping[str, Any], rows: Sequence[Sequence[str | Cell]]) -> Table:
    """Rows below the ``columns`` of some words, in their ``widths``; a text stands at the left edge."""
    cells = tuple(tuple(left(one) if isinstance(one, str) else one for one in row) for row in rows)
    return Table(tuple(map(centered, words["columns"])), cells, widths=tuple(words["widths"]))
