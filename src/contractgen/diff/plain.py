"""A text from outside as a Document: chapters, articles and annexes as they were read, every other line as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from contractgen.diff.matter import Matter
from contractgen.document import Annex, Article, Block, Cell, Chapter, Document, Item, Paragraph, Table, Text
from contractgen.document.articles import ReadLine, ReadSection, articles_of
from contractgen.document.heads import ordinal_of
from contractgen.document.reading import Reading

ARTICLE, ANNEX = re.compile(r"第.+条"), re.compile(r"附件[0-9]+")
ITEM = re.compile(r"[（(〔]([^（()）]+)[)）〕]")
FRONT = ("cover", "parties", "signature")


def of_reading(reading: Reading, *, front: bool = True) -> Matter:
    """A file that was read, with every tracked change taken; without its cover, parties and signatures where not wanted."""
    sections = (one for one in articles_of(reading) if front or one.kind not in FRONT)
    body = [block for section in sections for block in _section(section)]
    return Matter(reading.name, Document(title=reading.name, body=tuple(body), draft=False))


def _section(section: ReadSection) -> Iterator[Block]:
    head = _head(section)
    if head is not None:
        yield head
    for in_table, group in groupby(section.lines, key=lambda line: line.table):
        if in_table:
            yield _rows(list(group))
            continue
        for line in group:
            if head is None:
                yield Paragraph((Text(line.number + line.text),), role=_role(section))
            elif line.kind == "item":
                yield _item(line)
            elif line.kind == "paragraph":
                headed = line is section.lines[0]  # its number stands in the article's head
                yield Paragraph((Text(line.text if headed else line.number + line.text),))


def _head(section: ReadSection) -> Block | None:
    """What a section begins with; None where its number is of a kind that is only typed, such as 一、."""
    printed = section.lines[0].number if section.lines else ""
    if section.kind == "chapter":
        return Chapter("", section.number, section.title, section=section.label.endswith("节"))
    if section.kind == "article" and ARTICLE.match(printed):
        return Article("", section.number, section.title)
    if section.kind == "annex" and ANNEX.fullmatch(section.label):
        return Annex("", section.number, section.title)
    return None


def _role(section: ReadSection) -> Literal["body", "text"]:
    """A paragraph below the last article that belongs to none."""
    return "text" if section.kind == "signature" else "body"


def _item(line: ReadLine) -> Block:
    text = (Text(line.text),)
    if line.dashed:
        return Item(0, text, numbered=False)
    match = ITEM.fullmatch(line.number.strip())
    number = ordinal_of(match[1]) if match else None
    return Item(number, text) if number else Paragraph((Text(line.number + line.text),))


def _rows(lines: Sequence[ReadLine]) -> Table:
    rows = []
    for _, row in groupby(lines, key=lambda one: one.passage.cell and one.passage.cell.row):
        cells = groupby(row, key=lambda one: one.passage.cell and one.passage.cell.column)
        rows.append(
            tuple(Cell((Text("\n".join(one.number + one.text for one in cell)),)) for _, cell in cells)
        )
    return Table(rows[0], tuple(rows[1:]))
