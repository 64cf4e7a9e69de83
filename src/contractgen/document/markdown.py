"""The little Markdown that clause texts are written in: paragraphs, one-level lists, subheadings, tables, references.

Text is parsed to nodes first and filled afterwards, so no value can become structure. Placeholders stay in
the text of the nodes as they are written: ``{{ maternity_leave }}``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
TABLE_BLOCK = re.compile(r"^::: *table +([a-z][a-z0-9-]*)[ \t]*\n(.*?)^:::[ \t]*$", re.DOTALL | re.MULTILINE)
OTHERWISE = re.compile(r"^\s*or\s*\|")


@dataclass(frozen=True, slots=True)
class RawText:
    """Characters that may hold placeholders."""

    text: str


@dataclass(frozen=True, slots=True)
class RawReference:
    """``[](#clause-id)``: prints the number of that clause's article or paragraph."""

    target: str


RawInline = RawText | RawReference
RawInlines = tuple[RawInline, ...]


@dataclass(frozen=True, slots=True)
class RawParagraph:
    """A paragraph; ``line`` counts from 1 within the parsed text."""

    inlines: RawInlines
    line: int


@dataclass(frozen=True, slots=True)
class RawList:
    """A list of one level; numbered ones print （一）, the others a dash."""

    items: tuple[RawInlines, ...]
    numbered: bool
    line: int


@dataclass(frozen=True, slots=True)
class RawSubheading:
    """``## text``; annexes only."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class RawTable:
    """``::: table name``; without rows the table is computed from the agreement.

    ``widths`` of the columns, lines of writing in each row (``height``) and empty rows at the end (``blank``) are
    given in papers only.
    ``instead``: the numbers of the rows that begin with ``or |``: each stands only where the row before it does not.
    """

    name: str
    header: tuple[RawInlines, ...]
    rows: tuple[tuple[RawInlines, ...], ...]
    line: int
    instead: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()
    height: int = 0
    blank: int = 0


@dataclass(frozen=True, slots=True)
class RawLines:
    """``::: lines 6``: ruled lines to write on; papers only."""

    count: int
    line: int


@dataclass(frozen=True, slots=True)
class RawSigning:
    """``::: sign``: rows of signing places; papers only."""

    rows: tuple[tuple[RawInlines, ...], ...]
    dated: bool
    line: int


@dataclass(frozen=True, slots=True)
class RawPage:
    """``::: page``: a new page; papers only."""

    line: int


RawBlock = RawParagraph | RawList | RawSubheading | RawTable


class MarkdownError(ValueError):
    """Something that the little Markdown does not know; ``line`` counts from 1 within the parsed text."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def parse(text: str) -> tuple[RawBlock, ...]:
    """Blocks of a clause text.

    Raises:
        MarkdownError: for anything but paragraphs, one-level lists, ``##`` headings, tables and references.
    """
    blocks: list[RawBlock] = []
    at = 0
    for match in TABLE_BLOCK.finditer(text):
        blocks.extend(plain_blocks(text[at : match.start()], text[:at].count("\n")))
        blocks.append(table_block(match.group(1), match.group(2), text[: match.start()].count("\n")))
        at = match.end()
    blocks.extend(plain_blocks(text[at:], text[:at].count("\n")))
    return tuple(blocks)


@lru_cache(maxsize=1)
def _parser() -> Any:
    from markdown_it import MarkdownIt

    rules = ["paragraph", "list", "heading", "table", "link"]
    return MarkdownIt("zero").enable(rules)


def plain_blocks(text: str, shift: int) -> list[RawBlock]:
    """Paragraphs, lists and subheadings of a text that begins after ``shift`` lines."""
    if ":::" in text:
        line = text[: text.index(":::")].count("\n") + shift + 1
        raise MarkdownError("表格块没有写完整：以 ::: table 名称 开头，以 ::: 结尾", line)
    tokens = _parser().parse(text)
    blocks: list[RawBlock] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        line = (token.map[0] if token.map else 0) + shift + 1
        if token.type == "paragraph_open":
            blocks.append(RawParagraph(_inlines(tokens[index + 1], line), line))
            index += 3
        elif token.type == "heading_open":
            blocks.append(RawSubheading(tokens[index + 1].content, line))
            index += 3
        elif token.type in ("ordered_list_open", "bullet_list_open"):
            end = _closing(tokens, index)
            items = _items(tokens[index + 1 : end], line)
            blocks.append(RawList(items, token.type == "ordered_list_open", line))
            index = end + 1
        else:
            raise MarkdownError("这里的写法不在条款文字允许的范围内（段落、列表、小标题、表格块）", line)
    return blocks


def _closing(tokens: list[Any], start: int) -> int:
    """The index of the token that closes the one at ``start``."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    raise AssertionError("the parser closes what it opens")


def _items(tokens: list[Any], line: int) -> tuple[RawInlines, ...]:
    items: list[RawInlines] = []
    for position, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            raise MarkdownError("列表只能有一级", line)
        if token.type == "list_item_open":
            inline = [
                t for t in tokens[position : position + _closing(tokens[position:], 0)] if t.type == "inline"
            ]
            if len(inline) != 1:
                raise MarkdownError("列表的每一项只能有一段文字", line)
            items.append(_inlines(inline[0], line))
    return tuple(items)


def _inlines(token: Any, line: int) -> RawInlines:
    found: list[RawInline] = []
    children = list(token.children or ())
    position = 0
    while position < len(children):
        child = children[position]
        if child.type == "link_open":
            target = str(child.attrGet("href") or "")
            if not target.startswith("#") or children[position + 1].type != "link_close":
                raise MarkdownError("引用写作 [](#条款编号)，方括号内不写字", line)
            found.append(RawReference(target[1:]))
            position += 2
        elif child.type == "text":
            _append_text(found, child.content)
            position += 1
        else:
            raise MarkdownError("这里的写法不在条款文字允许的范围内", line)
    return tuple(found)


def _append_text(found: list[RawInline], text: str) -> None:
    text = re.sub(r"\s*\n\s*", "", text)  # Chinese text has no space at a line end
    last = found[-1] if found else None
    if isinstance(last, RawText):
        found[-1] = RawText(last.text + text)
    elif text:
        found.append(RawText(text))


def table_block(name: str, text: str, shift: int) -> RawTable:
    """The rows of a ``::: table`` whose opening stands after ``shift`` lines."""
    line = shift + 2
    lines = [row for row in text.strip().split("\n") if row.strip()]
    if not lines:
        raise MarkdownError("表格没有表头", line)
    if len(lines) == 1 or not set(lines[1]) <= set("|-: "):
        lines.insert(1, "|" + "---|" * (lines[0].strip().strip("|").count("|") + 1))
    instead = frozenset(number for number, row in enumerate(lines[2:]) if OTHERWISE.match(row))
    if 0 in instead:
        raise MarkdownError("表格的第一行前面没有可以代替的行，不能以 or 开头", line)
    lines = [OTHERWISE.sub("|", row) for row in lines]
    tokens = _parser().parse("\n".join(lines))
    if not tokens or tokens[0].type != "table_open":
        raise MarkdownError("表格的写法有误：每行以 | 开头和结尾，各列用 | 隔开", line)
    header: tuple[RawInlines, ...] = ()
    rows: list[tuple[RawInlines, ...]] = []
    cells: list[RawInlines] = []
    for position, token in enumerate(tokens):
        if token.type in ("th_open", "td_open"):
            cells.append(_inlines(tokens[position + 1], line))
        elif token.type == "tr_close":
            if header:
                rows.append(tuple(cells))
            else:
                header = tuple(cells)
            cells = []
    return RawTable(name, header, tuple(rows), line, instead)
