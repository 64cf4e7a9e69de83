"""Document to bytes: one module per format, imported by the job that needs it; here only what they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contractgen.document import (
    Annex,
    Article,
    Block,
    Cell,
    Chapter,
    Document,
    Item,
    Lines,
    Paragraph,
    Table,
    annex_label,
    article_label,
    item_label,
)

DASH = "— "
SEAL = "盖章"  # a place to sign whose label says so gets the room of a seal
LINE = 24  # points of a line of handwriting in a table
MEASURE, PADDING = 42.0, 1.2  # ems of a table's text: the width of the page, the space beside a cell's text
WORD = 5.0  # ems of what should not be broken


def printed(document: Document) -> Document:
    """The document without what only a draft shows (list of open points, remark, notes) where it is none."""
    if document.draft:
        return document
    cover = document.cover
    return replace(
        document,
        cover=replace(cover, remark="") if cover else None,
        front=(),
        body=_without_notes(document.body),
        annexes=_without_notes(document.annexes),
    )


def _without_notes(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(b for b in blocks if not (isinstance(b, Paragraph) and b.role == "note"))


def number_of(block: Block) -> str:
    """The number a block prints, where the format has no numbering of its own: 第一章, 第一条, （一）, 附件1."""
    match block:
        case Chapter():
            return block.label
        case Article():
            return article_label(block.number)
        case Annex():
            return annex_label(block.number)
        case Item():
            return item_label(block.number) if block.numbered else DASH
    return ""


def column_shares(table: Table) -> tuple[int, ...]:
    """How the columns share the width, in parts: as the table says, else by what stands in them.

    A word of five characters stays whole in every column; what is left goes to long texts, the longer the more.
    """
    lines = (table.header, *table.rows)
    columns = max(map(len, lines))
    if len(table.widths) == columns and all(width > 0 for width in table.widths):
        return table.widths
    least, wish = [], []
    for column in range(columns):
        lengths = [_ems(line[column].text) for line in lines if column < len(line)]
        longest, mean = max(lengths), sum(lengths) / len(lengths)
        least.append(min(longest, WORD) + PADDING)
        wish.append(max(min(longest, mean + 8) - WORD, 0) + 0.1)
    rest = max(MEASURE - sum(least), 0) / sum(wish) if wish else 0
    return tuple(round(100 * (base + rest * more)) for base, more in zip(least, wish, strict=True))


def _ems(text: str) -> float:
    """About how wide a text is: Latin letters and digits are half as wide as Chinese characters."""
    return sum([0.6 if character < "\u2000" else 1.0 for character in text])


def introduces(block: Block, after: Block | None) -> bool:
    """Whether a block names the table or the room to write that follows, and would say nothing without it."""
    return isinstance(block, Paragraph) and block.text.endswith("：") and isinstance(after, Table | Lines)


def row_height(table: Table, row: Sequence[Cell]) -> int:
    """The least height of a row of a table, in points; 0 where its text decides, as of a heading over several columns."""
    return 0 if any(cell.span > 1 for cell in row) else table.height * LINE
