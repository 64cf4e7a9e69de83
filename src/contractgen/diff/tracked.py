"""Blocks with tracked changes, put together from lines: what the redlines of a comparison and of a merge share.

A line stands in one or several texts (old and new; the base and what each side made of it), its views.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from contractgen.diff.matter import Line
from contractgen.document import (
    Annex,
    Block,
    Cell,
    Cover,
    Inline,
    Item,
    Mark,
    Paragraph,
    Party,
    Room,
    Row,
    Source,
    Subheading,
    Table,
    Text,
    Tracked,
)

T = TypeVar("T")
Views = Mapping[str, Line]
Inlines = tuple[Inline, ...]


def piece(inlines: Sequence[Inline], start: int, end: int) -> tuple[Text, ...]:
    """The characters from ``start`` to ``end``, as text; references and blanks as they are printed."""
    found = []
    at = 0
    for node in inlines:
        left, right = max(start - at, 0), min(end - at, len(node.text))
        if left < right:
            text = node.text[left:right]
            found.append(replace(node, text=text, suggested=False) if isinstance(node, Text) else Text(text))
        at += len(node.text)
    return tuple(found)


def same_kind(one: Line, other: Line) -> bool:
    """Whether one can become the other by changing words only: numbering is not tracked.

    The look of a paragraph (its role) is not either, and a file from outside does not tell it: the new one holds.
    """
    mine, theirs = one.block, other.block
    if type(mine) is not type(theirs) or one.kind != other.kind:
        return False
    if isinstance(mine, Item) and isinstance(theirs, Item):
        return mine.numbered == theirs.numbered
    if isinstance(mine, Annex) and isinstance(theirs, Annex):
        return mine.number == theirs.number
    if isinstance(mine, Subheading) and isinstance(theirs, Subheading):
        return mine.level == theirs.level
    return True


# ------------------------------------------------------------------ blocks


def block_of(line: Line, inlines: Inlines, mark: Mark | None, source: Source | None, number: int) -> Block:
    """The block of a line that is no row, with the text and mark it has now; ``number`` of an item."""
    block = line.block
    assert not isinstance(block, Row | Room)
    if isinstance(block, Paragraph):
        return replace(block, inlines=inlines, mark=mark, source=source)
    if isinstance(block, Item):
        return replace(block, number=number, inlines=inlines, mark=mark, source=source)
    if isinstance(block, Table):  # a caption
        return Paragraph(inlines, role="center", mark=mark)
    tracked = inlines if any(isinstance(one, Tracked) for one in inlines) else ()
    return replace(block, tracked=tracked, mark=mark)


def field_of(line: Line, inlines: Inlines, mark: Mark | None) -> Block:
    """A labeled line of the cover or of a party as a paragraph."""
    label = Text(f"{line.label}：")
    head: Inline = Tracked((label,), mark) if mark else label
    return Paragraph((head, *inlines), role="text", mark=mark)


def front_of(
    cover: Cover | None, parties: Sequence[Party], rows: Iterable[tuple[Line, Inlines]]
) -> tuple[Cover | None, tuple[Party, ...]]:
    """Cover and parties with other values in their rows, which are given in printed order."""
    made = (Row(line.block.label, inlines) for line, inlines in rows if isinstance(line.block, Row))
    face = cover and replace(cover, rows=tuple(next(made) for _ in cover.rows))
    return face, tuple(replace(party, rows=tuple(next(made) for _ in party.rows)) for party in parties)


# ------------------------------------------------------------------ tables


def in_tables(lines: Iterable[T], views: Callable[[T], Views]) -> Iterator[list[T] | T]:
    """Each line by itself, and those that are rows of one table together."""
    rows: list[T] = []
    for line in lines:
        is_row = any(one.kind == "row" for one in views(line).values())
        if rows and not (is_row and _same_table([views(row) for row in rows], views(line))):
            yield rows
            rows = []
        if is_row:
            rows.append(line)
        else:
            yield line
    if rows:
        yield rows


def _same_table(rows: Sequence[Views], here: Views) -> bool:
    """Whether a row belongs to the table of the rows before it, in every text that has both."""
    last, first = next(iter(rows[-1].values())), next(iter(here.values()))
    if len(last.cells) != len(first.cells):
        return False
    for view, line in here.items():
        known = [row[view].block for row in rows if view in row]
        if known and known[-1] is not line.block:
            return False
    return True


def table_of(
    table: Table, lines: Sequence[tuple[Line, Sequence[Inlines], Mark | None]], source: Source | None
) -> Table:
    """The table with these rows, each with its cells and its mark."""
    cells = [
        tuple(replace(_cell_of(line, at), inlines=inlines) for at, inlines in enumerate(texts))
        for line, texts, _ in lines
    ]
    marks = tuple(mark for _, _, mark in lines)
    headed = lines[0][0].row == 0 and bool(table.header)
    header, rows = (cells[0], cells[1:]) if headed else ((), cells)
    return Table(
        header, tuple(rows), widths=table.widths, id=table.id, source=source,
        row_marks=marks if any(marks) else (),
    )  # fmt: skip


def _cell_of(line: Line, at: int) -> Cell:
    """The cell as it was laid out."""
    assert isinstance(line.block, Table)
    cells = line.block.rows[line.row - 1] if line.row else line.block.header
    return cells[at] if at < len(cells) else Cell(())


# ------------------------------------------------------------------ lists


@dataclass
class Lists:
    """Where lists begin: in each text its own items are counted.

    ``counted`` is the number of the last item; ``seen``: which texts have an item in this list.
    """

    counted: int = 0
    seen: set[str] = field(default_factory=set)

    def number(self, views: Views) -> int:
        """The number of an item, 1 where a list begins: the first of its texts that is in this list decides."""
        line = next((line for view, line in views.items() if view in self.seen), None)
        if line is not None and isinstance(line.block, Item) and line.block.number == 1:
            self.counted, self.seen = 0, set()
        self.seen |= views.keys()
        self.counted += 1
        return self.counted
