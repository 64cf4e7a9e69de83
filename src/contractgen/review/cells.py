"""Cells of tables that came back as lines of their own, one below the other: which passages they are.

A text file saved by LibreOffice and a text that was pasted into a new file keep every cell, and no table. Where
nearly all cells of what was issued are there, in their order, they are given back their rows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import LCSseq

from contractgen.diff import Matter
from contractgen.document import Block, Document, Item, Row, Table
from contractgen.document.reading import CellPlace, Passage, Reading
from contractgen.formats import number_of

OTHERS = ("pdf", "md", "html")  # break their cells into lines, or keep their tables
ENOUGH = 0.8  # of the cells

Expected = tuple[str, CellPlace | None]  # characters, and the cell where they stand in one


def celled(reading: Reading, issued: Matter) -> Reading:
    """The file with its cells in their rows, where it has no table and its lines are those of the issued ones."""
    if reading.kind in OTHERS or any(one.cell for one in reading.accepted):
        return reading
    expected = list(_expected(issued.document))
    accepted = _placed(reading.accepted, expected)
    cells = sum(place is not None for _, place in expected)
    if sum(one.cell is not None for one in accepted) < max(1, ENOUGH * cells):
        return reading
    original = _placed(reading.original, expected) if reading.tracked else accepted
    return replace(reading, accepted=accepted, original=original)


def _placed(passages: Sequence[Passage], expected: Sequence[Expected]) -> tuple[Passage, ...]:
    """The passages, each cell in its place: the same text, or one for one between two that are the same."""
    found = list(passages)
    old = [_key(text) for text, _ in expected]
    new = [_key(passage.line) for passage in passages]
    old_at = new_at = 0
    for op in LCSseq.opcodes(old, new):
        if op.tag != "equal":
            continue
        between = expected[old_at : op.src_start]
        if len(between) == op.dest_start - new_at and all(place for _, place in between):
            _place(found, new_at, between)
        _place(found, op.dest_start, expected[op.src_start : op.src_end])
        old_at, new_at = op.src_end, op.dest_end
    return tuple(found)


def _place(found: list[Passage], start: int, expected: Sequence[Expected]) -> None:
    for at, (_, place) in enumerate(expected, start=start):
        if place is not None:
            found[at] = replace(found[at], cell=place)


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip(":")


# ------------------------------------------------------------------ what was issued


def _expected(document: Document) -> Iterator[Expected]:
    """The lines of what was issued, one for each cell, in printed order."""
    number = 0
    if document.cover:
        number += 1
        yield from _rows(number, document.cover.rows)
    for block in document.front:
        number += isinstance(block, Table)
        yield from _block(number, block)
    yield document.title, None
    for party in document.parties:
        number += 1
        yield party.role, None
        yield from _rows(number, party.rows)
    for block in (*document.preamble, *document.body, *document.annexes):
        number += isinstance(block, Table)
        yield from _block(number, block)


def _rows(number: int, rows: Sequence[Row]) -> Iterator[Expected]:
    for at, row in enumerate(rows, start=1):
        yield from _cell(row.label, CellPlace(number, at, 1))
        yield from _cell(row.text, CellPlace(number, at, 2))


def _block(number: int, block: Block) -> Iterator[Expected]:
    if not isinstance(block, Table):
        yield _line(block), None
        return
    yield block.caption, None
    rows = (block.header, *block.rows) if block.header else block.rows
    for at, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            yield from _cell(cell.text, CellPlace(number, at, column))


def _line(block: Block) -> str:
    number = "" if isinstance(block, Item) and not block.numbered else number_of(block)
    return number + str(getattr(block, "title", "") or getattr(block, "text", ""))


def _cell(text: str, place: CellPlace) -> Iterator[Expected]:
    return ((line, place) for line in text.split("\n") if line.strip())
