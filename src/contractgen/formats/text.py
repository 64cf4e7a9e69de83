"""Document to Markdown: the text that people read, approve and compare; every visible character, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contractgen.document import (
    Annex,
    Article,
    Block,
    Cell,
    Chapter,
    Cut,
    Document,
    Inline,
    Item,
    Lines,
    PageBreak,
    Paragraph,
    Party,
    Row,
    Signing,
    Subheading,
    Table,
    plain,
)
from contractgen.formats import number_of, printed

RULED = "＿" * 28  # a line to write on
UNDATED = "＿＿＿＿年＿＿月＿＿日"
RULES = {"left": "---", "center": ":---:", "right": "---:"}
MARKUP_AT_START = re.compile(r"^(?=[#>|=~`*+\-]|\d+[.)]\s)")  # what Markdown would take for structure
TAG = re.compile(r"<(?=[A-Za-z/!?])")  # what a browser would take for a tag: A&B<有限>公司 is none


def write_markdown(document: Document) -> str:
    """The document as Markdown: ``# 第一章 总则``, ``## 第一条 目的和依据``, paragraphs, （一） items, pipe tables."""
    shown = printed(document)
    parts = [
        *_cover(shown),
        *_blocks(shown.front),
        *_parties(shown.parties),
        *_blocks(shown.preamble),
        *_blocks(shown.body),
        *_signature(shown),
        *_blocks(shown.annexes),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _cover(document: Document) -> Iterator[str]:
    cover = document.cover
    if document.titled:
        yield f"# {_line(''.join(cover.title) if cover else document.title)}"
    if cover:
        yield _text(cover.remark)
        yield _rows(cover.rows)


def _parties(parties: Sequence[Party]) -> Iterator[str]:
    for party in parties:
        yield _text(party.role)
        yield _rows(party.rows)


def _signature(document: Document) -> Iterator[str]:
    yield _text(document.closing)
    for party in document.parties:
        yield _text(party.role if party.signature or party.seal else "")
        yield _text(party.seal)
        yield _rows(party.signature)


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Chapter(section=True):
                yield f"## {number_of(block)} {_line(block.title)}"
            case Chapter() | Annex():
                yield f"# {number_of(block)} {_line(block.title)}"
            case Article():
                yield f"## {number_of(block)} {_line(block.title)}"
            case Subheading():
                yield f"{'#' * min(6, block.level + 1)} {_line(block.text)}"
            case Paragraph(role="note"):
                yield f"> {_inlines(block.inlines)}"
            case Paragraph():
                yield _text(block.text)
            case Item():
                yield f"{number_of(block)}{_inlines(block.inlines)}"
            case Table():
                yield _text(block.caption)
                yield _table(block)
            case Lines():
                yield "\n\n".join([RULED] * block.count)
            case Signing():
                yield "\n".join(
                    f"- {_inlines(place)}：＿＿＿＿＿＿{'　' + UNDATED if block.dated else ''}"
                    for place in block.places
                )
            case PageBreak() | Cut():
                yield "---"


def _table(table: Table) -> str:
    lines = [table.header] if table.header else []
    lines += table.rows
    if not lines:
        return ""
    body = [f"| {' | '.join(_cell(cell) + ' |' * (cell.span - 1) for cell in line)} |" for line in lines]
    aligns = table.rows[0] if table.rows else table.header
    rule = f"| {' | '.join(RULES[cell.align] for cell in aligns for _ in range(cell.span))} |"
    return "\n".join([body[0], rule, *body[1:]])


def _cell(cell: Cell) -> str:
    return _inlines(cell.inlines).replace("|", "\\|")


def _rows(rows: Sequence[Row]) -> str:
    return "\n".join(f"- {_line(row.label)}：{_inlines(row.inlines)}" for row in rows)


def _inlines(inlines: Sequence[Inline]) -> str:
    return _line(plain(inlines))


def _text(text: str) -> str:
    """A paragraph of its own: what would be read as structure is escaped."""
    return MARKUP_AT_START.sub(r"\\", _line(text))


def _line(text: str) -> str:
    return TAG.sub(r"\\<", " ".join(text.splitlines()))
