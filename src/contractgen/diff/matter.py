"""What is compared: a Document in sections (a heading and what stands below it), and these in lines.

A line is a paragraph, an item, a row of a table or a heading. It knows the clause it was made from, where there is
one, and which of its characters are a number of the library (a slot).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Literal

from contractgen.document import (
    Annex,
    Article,
    Block,
    Chapter,
    Document,
    Inline,
    Item,
    Paragraph,
    Party,
    Row,
    Source,
    Subheading,
    Table,
    Text,
    annex_label,
    article_label,
    item_label,
    plain,
)
from contractgen.library import Number

LineKind = Literal["heading", "subheading", "paragraph", "item", "row", "caption", "field"]
CACHED = 4096  # texts whose fingerprints are kept: most lines stand in both matters
CELL_GAP = "｜"
FRONT, SIGNATURE = "封面和当事人", "签署页"


@dataclass(frozen=True, slots=True)
class Standard:
    """What a number of the library is held against.

    Attributes:
        title: 产假
        bound: minimum (the parties may give more), maximum (less), exact or advice.
        unit: unit id, see clauses/law/units.yaml.
        floor: the law's number, where there is one.
        text: 不少于98天
        source: the article, where it may be printed.
    """

    title: str
    bound: str
    unit: str = ""
    floor: Number | None = None
    text: str = ""
    source: str = ""

    def __str__(self) -> str:
        if not self.text:
            return ""
        return f"{self.title}{self.text}{f'，{self.source}' if self.source else ''}"


@dataclass(frozen=True)
class Matter:
    """One of the two things that are compared.

    Attributes:
        name: what a reader calls it, such as maternity-leave@2 or 上海市 2022-06-01.
        document: its text.
        standards: what the numbers named in the text (``Text.value``) are held against.
    """

    name: str
    document: Document
    standards: Mapping[str, Standard] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """A paragraph, item, row, heading or labeled field, at ``position`` among all lines of its matter."""

    kind: LineKind
    cells: tuple[tuple[Inline, ...], ...]
    block: Block | Row
    section: int
    position: int
    label: str = ""  # （一）, or the label of a field
    row: int = 0  # of a table; 0 is its header
    paragraph: int = 0  # 第几款 within the article, from 1; 0 where it has none

    @cached_property
    def text(self) -> str:
        """The characters, cells parted by ｜."""
        return CELL_GAP.join(plain(cell) for cell in self.cells)

    @cached_property
    def fingerprint(self) -> str:
        """The characters that make a text the same text: no blanks, no typed numbers, one width."""
        return fingerprint(self.text)

    @property
    def source(self) -> Source | None:
        """The clause and paragraph it was made from."""
        return getattr(self.block, "source", None)


@dataclass(frozen=True)
class Section:
    """A chapter's heading, an article or annex with its text, or what stands before and after them."""

    kind: Literal["front", "chapter", "article", "annex", "text"]
    id: str
    label: str  # 第十二条
    title: str
    position: int
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """第十二条 产假"""
        return " ".join(part for part in (self.label, self.title) if part)

    @cached_property
    def clauses(self) -> frozenset[str]:
        """Ids of the clauses that it was made from."""
        return frozenset(line.source.clause for line in self.lines if line.source)

    @cached_property
    def paragraphs(self) -> int:
        """How many it has; items and tables are none."""
        return sum(line.kind == "paragraph" for line in self.lines)

    @cached_property
    def fingerprint(self) -> str:
        """The characters of all its lines."""
        return "".join(line.fingerprint for line in self.lines)


TYPED_NUMBER = re.compile(
    r"^(第[一二三四五六七八九十百零0-9]+[章条]|[（(][一二三四五六七八九十0-9]+[)）]|[0-9]+[、.．](?![0-9]))"
)


@lru_cache(maxsize=CACHED)
def fingerprint(text: str) -> str:
    """A text without what a word processor may change: width of characters, blanks, a number typed before it."""
    flat = "".join(unicodedata.normalize("NFKC", text).split())
    return TYPED_NUMBER.sub("", flat.translate(PUNCTUATION))


PUNCTUATION = str.maketrans("，。；：！？（）", ",.;:!?()")


# ------------------------------------------------------------------ a Document in sections


@dataclass
class _Builder:
    """Collects sections; a heading opens the next one."""

    sections: list[Section] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    head: tuple[Literal["front", "chapter", "article", "annex", "text"], str, str, str] = ("text", "", "", "")
    count: int = 0
    paragraph: int = 0

    def open(
        self, kind: Literal["front", "chapter", "article", "annex", "text"], id: str, label: str, title: str
    ) -> None:
        self.close()
        self.head = (kind, id, label, title)
        self.paragraph = 0

    def close(self) -> None:
        if self.lines:
            kind, section_id, label, title = self.head
            if kind == "article" and len(self.lines) == 1:
                self.lines = [
                    replace(self.lines[0], kind="paragraph")
                ]  # 第二条 产假98天: its title is its text
            self.sections.append(
                Section(kind, section_id, label, title, len(self.sections), tuple(self.lines))
            )
        self.lines = []
        self.head = ("text", "", "", "")

    def add(
        self,
        kind: LineKind,
        cells: Sequence[Sequence[Inline]],
        block: Block | Row,
        label: str = "",
        row: int = 0,
    ) -> None:
        frozen = tuple(tuple(cell) for cell in cells)
        numbered = self.paragraph if self.head[0] == "article" and kind in ("paragraph", "item") else 0
        self.lines.append(Line(kind, frozen, block, len(self.sections), self.count, label, row, numbered))
        self.count += 1


def sections(document: Document) -> tuple[Section, ...]:
    """The sections of a document in reading order, without a draft's list of open points and its notes."""
    builder = _Builder()
    builder.open("front", "cover", "", FRONT)
    for label, row in front_rows(document):
        builder.add("field", [row.inlines], row, label)
    builder.open("text", "preamble", "", "")
    for block in (*document.preamble, *document.body, *document.annexes):
        _add(builder, block)
    builder.close()
    return tuple(builder.sections)


def front_rows(document: Document) -> Iterator[tuple[str, Row]]:
    """The labeled lines of the cover and of the parties, each with a label that is its own."""
    if document.cover:
        yield from ((row.label, row) for row in document.cover.rows)
    for party in document.parties:
        yield from ((f"{party.role}·{row.label}", row) for row in party.rows)


def _add(builder: _Builder, block: Block) -> None:
    match block:
        case Chapter() | Article() | Annex():
            kind: Literal["chapter", "article", "annex"] = "article"
            label = article_label(block.number)
            if isinstance(block, Chapter):
                kind, label = "chapter", block.label
            elif isinstance(block, Annex):
                kind, label = "annex", annex_label(block.number)
            builder.open(kind, block.id, label, block.title)
            builder.add("heading", [(Text(block.title),)] if block.title else [()], block, label)
        case Paragraph(role="note"):
            pass
        case Paragraph(role="text", source=None) if builder.head[0] == "article":  # below the last article
            builder.open("text", "signature", "", SIGNATURE)
            builder.add("paragraph", [block.inlines], block)
        case Paragraph():
            builder.paragraph += 1
            builder.add("paragraph", [block.inlines], block)
        case Item():
            builder.add("item", [block.inlines], block, item_label(block.number) if block.numbered else "—")
        case Subheading():
            builder.add("subheading", [(Text(block.text),)], block)
        case Table():
            _add_table(builder, block)


def _add_table(builder: _Builder, table: Table) -> None:
    if table.caption:
        builder.add("caption", [(Text(table.caption),)], table)
    if table.header:
        builder.add("row", [cell.inlines for cell in table.header], table)
    for number, row in enumerate(table.rows, start=1):
        builder.add("row", [cell.inlines for cell in row], table, row=number)


__all__ = [
    "CELL_GAP",
    "Line",
    "Matter",
    "Party",
    "Section",
    "Standard",
    "fingerprint",
    "front_rows",
    "sections",
]
