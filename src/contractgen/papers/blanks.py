"""What is still to be written on a paper by hand, apart from signatures, seals and their days: each place by a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contractgen.document import Block, Cell, Document, Item, Lines, Paragraph, Subheading, Table

RULED = re.compile("＿+")
BOX, TICKED, MATTER = "□", "☑", "项目"
CLAUSE = re.compile("[；。，]+|　　+")  # one such space may stand in a title
BRACKETS = re.compile("[（）]")
COLON = "："


def blanks_of(document: Document) -> tuple[str, ...]:
    """The names of what is open, in order, each once: of a row, of what stands before a ruled line, of a heading."""
    return tuple(dict.fromkeys(_blanks(document.body)))


def _blanks(blocks: Sequence[Block]) -> Iterator[str]:
    above = ""
    for block in blocks:
        match block:
            case Subheading():
                above = block.text
            case Paragraph() | Item():
                yield from _in_text(block.text, above)
                if block.text.endswith(COLON):
                    above = block.text.removesuffix(COLON)
            case Lines():
                yield above
            case Table():
                yield from _in_table(block, above)


def _in_text(text: str, above: str) -> Iterator[str]:
    """The clauses of a paragraph that have a ruled line; or what its boxes are about, where none is ticked."""
    if BOX in text and TICKED not in text:
        yield text.partition(BOX)[0].rstrip(COLON) or above or text.replace(BOX, "").strip()
        return
    for clause in CLAUSE.split(text):
        if RULED.search(clause):
            name, colon, rest = clause.partition(COLON)
            yield _with_part(name, rest) if colon and not RULED.search(name) else _dotted(clause)


def _with_part(name: str, text: str) -> str:
    """What is open, and of a text that is written but for a part, that part: 议案（草案第…稿）."""
    pieces = [one for one in BRACKETS.split(text) if one]
    if RULED.search(pieces[0]) or len(pieces) == 1:
        return name
    return f"{name}（{'、'.join(_dotted(one) for one in pieces if RULED.search(one))}）"


def _dotted(text: str) -> str:
    """A text with its open places; a bracket whose other half was cut off falls away."""
    text = text.removesuffix(COLON)
    whole = text.count("（") == text.count("）") and not text.startswith("（")
    return RULED.sub("…", text if whole else text.strip("（）"))


def _in_table(table: Table, above: str) -> Iterator[str]:
    """The name beside an open cell, else that of its column; of rows that are all open, that of the heading above."""
    header = [cell.text for cell in table.header]
    for row in table.rows:
        if above and not any(cell.text for cell in row):
            yield above
            continue
        for at, cell in enumerate(row):
            if at and _is_open(cell):
                yield _of_row(row[at - 1].text, cell.text) if header[at - 1] == MATTER else header[at]


def _of_row(name: str, text: str) -> str:
    """The name of a row; of one that is written but for a part, with that part: 应到（其中女性…人）."""
    clauses = CLAUSE.split(text)
    if BOX in text or all(RULED.search(one) for one in clauses) or not RULED.search(text):
        return name
    return (
        _with_part(name, text) if RULED.search(clauses[0]) else f"{name}（{'、'.join(_in_text(text, name))}）"
    )


def _is_open(cell: Cell) -> bool:
    text = cell.text
    return not text or bool(RULED.search(text)) or (BOX in text and TICKED not in text)
