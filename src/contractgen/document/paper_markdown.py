"""The little Markdown of papers: that of clause texts, and room to write, to sign and to fill in.

``::: lines 6`` is room for six lines of handwriting; ``::: sign`` ... ``:::`` holds rows of signing places
(``::: sign undated`` where a day stands elsewhere); ``::: page`` begins a new page; and a table may say, behind its name,
``widths 10,40,50``, ``height 2`` (lines of writing in each row) and ``blank 8`` (empty rows at its end).
"""

from __future__ import annotations

import re

from contractgen.document.markdown import (
    MarkdownError,
    RawBlock,
    RawLines,
    RawPage,
    RawSigning,
    RawTable,
    plain_blocks,
    table_block,
)

DIRECTIVE = re.compile(r"^::: *(.*?)[ \t]*$")
TABLE = re.compile(
    r"table +(?P<name>[a-z][a-z0-9-]*)"
    r"(?: +widths +(?P<widths>[0-9]+(?:,[0-9]+)*))?(?: +height +(?P<height>[0-9]+))?(?: +blank +(?P<blank>[0-9]+))?"
)
LINES = re.compile(r"lines +([0-9]+)")
SIGN = re.compile(r"sign( undated)?")
MOST_LINES, MOST_BLANK, MOST_HEIGHT = 40, 60, 20
HINT = "可以写 ::: lines 行数、::: sign、::: page，或者 ::: table 名称 [widths 各列百分比] [height 行数] [blank 空行数]"

PaperBlock = RawBlock | RawLines | RawSigning | RawPage


def parse_paper(text: str) -> tuple[PaperBlock, ...]:
    """Blocks of the body of a paper.

    Raises:
        MarkdownError: for what neither clause texts nor papers know.
    """
    lines = text.split("\n")
    blocks: list[PaperBlock] = []
    begin = at = 0
    while at < len(lines):
        found = DIRECTIVE.match(lines[at])
        if not found:
            at += 1
            continue
        blocks += plain_blocks("\n".join(lines[begin:at]), begin)
        end = _end(lines, at, found[1])
        blocks.append(_directive(found[1], lines[at + 1 : end], at))
        begin = at = end + 1
    return (*blocks, *plain_blocks("\n".join(lines[begin:]), begin))


def _end(lines: list[str], at: int, words: str) -> int:
    """The line on which a block ends: its own, or that of the ``:::`` that closes it."""
    if not words.startswith(("table", "sign")):
        return at
    for end in range(at + 1, len(lines)):
        if DIRECTIVE.match(lines[end]):
            if lines[end].strip() == ":::":
                return end
            break
    raise MarkdownError(f"::: {words} 没有写完整：在最后一行的下面写 :::", at + 1)


def _directive(words: str, inner: list[str], at: int) -> PaperBlock:
    if (found := LINES.fullmatch(words)) and 0 < int(found[1]) <= MOST_LINES:
        return RawLines(int(found[1]), at + 1)
    if words == "page":
        return RawPage(at + 1)
    if found := SIGN.fullmatch(words):
        return _signing(inner, not found[1], at)
    if found := TABLE.fullmatch(words):
        return _table(found, inner, at)
    raise MarkdownError(f"不认识的写法：::: {words}；{HINT}", at + 1)


def _signing(inner: list[str], dated: bool, at: int) -> RawSigning:
    table = table_block("sign", "\n".join(inner), at)
    rows = (table.header, *table.rows)
    return RawSigning(tuple(tuple(cell for cell in row if cell) for row in rows), dated, at + 1)


def _table(found: re.Match[str], inner: list[str], at: int) -> RawTable:
    table = table_block(found["name"], "\n".join(inner), at)
    widths = tuple(int(one) for one in (found["widths"] or "").split(",") if one)
    height, blank = int(found["height"] or 0), int(found["blank"] or 0)
    if widths and len(widths) != len(table.header):
        raise MarkdownError(f"表格有 {len(table.header)} 列，widths 写了 {len(widths)} 个", at + 1)
    if blank > MOST_BLANK or height > MOST_HEIGHT:
        raise MarkdownError(f"blank 最多 {MOST_BLANK}，height 最多 {MOST_HEIGHT}", at + 1)
    return RawTable(table.name, table.header, table.rows, at + 1, table.instead, widths, height, blank)
