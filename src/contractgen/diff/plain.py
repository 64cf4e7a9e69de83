"""A text from outside as a Document: chapters, articles and annexes as they were read, every other line as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, Protocol

from contractgen.diff.matter import Matter
from contractgen.document import (
    Annex,
    Article,
    Block,
    Cell,
    Chapter,
    Document,
    Inline,
    Item,
    Paragraph,
    Source,
    Table,
    Text,
    article_label,
)
from contractgen.document.articles import ReadLine, ReadSection, articles_of
from contractgen.document.heads import ordinal_of
from contractgen.document.reading import Reading

ANNEX = re.compile(r"附件[0-9]+")
ITEM = re.compile(r"[（(〔]([^（()）]+)[)）〕]")
FRONT = ("cover", "parties", "signature")


class Carried(Protocol):
    """What the paragraphs of a file say of themselves, beside their text."""

    def heading(self, line: ReadLine) -> str:
        """The id of what a heading opens; empty where it is unknown."""

    def named(self, line: ReadLine, text: str) -> tuple[tuple[Inline, ...], Source | None]:
        """A text with its numbers known, and what it was made from."""


class _Nameless:
    """A file from outside."""

    def heading(self, line: ReadLine) -> str:
        return ""

    def named(self, line: ReadLine, text: str) -> tuple[tuple[Inline, ...], Source | None]:
        return (Text(text),), None


NAMELESS = _Nameless()


def of_reading(reading: Reading, *, front: bool = True, carried: Carried = NAMELESS) -> Matter:
    """A file that was read, with every tracked change taken.

    Args:
        reading: the file.
        front: whether its cover, parties and signatures are wanted.
        carried: what its paragraphs say of themselves.
    """
    sections = (one for one in articles_of(reading) if front or one.kind not in FRONT)
    body = [block for section in sections for block in _section(section, carried)]
    return Matter(reading.name, Document(title=reading.name, body=tuple(body), draft=False))


def _section(section: ReadSection, carried: Carried) -> Iterator[Block]:
    head = _head(section, carried)
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
                yield _item(line, carried)
            elif line.kind == "paragraph":
                headed = line is section.lines[0]  # its number stands in the article's head
                yield _paragraph(line, line.text if headed else line.number + line.text, carried)


def _head(section: ReadSection, carried: Carried) -> Block | None:
    """What a section begins with; None where its number is of a kind that is only typed, such as 一、."""
    name = carried.heading(section.lines[0]) if section.lines else ""
    if section.kind == "chapter":
        return Chapter(name, section.number, section.title, section=section.label.endswith("节"))
    if section.kind == "article" and section.label == article_label(section.number):
        return Article(name, section.number, section.title)
    if section.kind == "annex" and ANNEX.fullmatch(section.label):
        return Annex(name, section.number, section.title)
    return None


def _role(section: ReadSection) -> Literal["body", "text"]:
    """A paragraph below the last article that belongs to none."""
    return "text" if section.kind == "signature" else "body"


def _paragraph(line: ReadLine, text: str, carried: Carried) -> Paragraph:
    inlines, source = carried.named(line, text)
    return Paragraph(inlines, source=source)


def _item(line: ReadLine, carried: Carried) -> Block:
    match = ITEM.fullmatch(line.number.strip())
    number = ordinal_of(match[1]) if match else None
    if not line.dashed and not number:
        return _paragraph(line, line.number + line.text, carried)
    inlines, source = carried.named(line, line.text)
    return Item(number or 0, inlines, source=source, numbered=not line.dashed)


def _rows(lines: Sequence[ReadLine]) -> Table:
    rows = []
    for _, row in groupby(lines, key=lambda one: one.passage.cell and one.passage.cell.row):
        cells = groupby(row, key=lambda one: one.passage.cell and one.passage.cell.column)
        rows.append(
            tuple(Cell((Text("\n".join(one.number + one.text for one in cell)),)) for _, cell in cells)
        )
    return Table(rows[0], tuple(rows[1:]))
