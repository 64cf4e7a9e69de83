"""A text without marks as a Document: chapters and articles by their heads at the beginning of a line, items by （一）."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contractgen.diff.matter import Matter
from contractgen.document import (
    Annex,
    Article,
    Block,
    Cell,
    Chapter,
    Document,
    Item,
    Paragraph,
    Subheading,
    Table,
    Text,
)
from contractgen.document.numerals import CHINESE
from contractgen.law.numerals import ordinal

NUMBER = rf"[{CHINESE}0-9]+"
CHAPTER = re.compile(rf"^第\s*({NUMBER})\s*章[\s　:：]*(.*)$")
ARTICLE = re.compile(rf"^第\s*({NUMBER})\s*条([\s　:：]*)(.*)$")
ANNEX = re.compile(rf"^附件\s*({NUMBER})[\s　:：]*(.*)$")
ITEM = re.compile(rf"^[（(]\s*({NUMBER})\s*[)）]\s*(.+)$")
REFERENCE = re.compile(r"^[、，。；和及或的第]|^规定|^所|^中")  # what follows 第三条 where it is no head
DASHED = re.compile(r"^(?:—|-)\s+(.+)$")
TITLE_LENGTH = 30


def of_text(text: str, name: str) -> Matter:
    """A plain text or Markdown file."""
    return of_lines((line for line in text.splitlines()), name)


def of_lines(lines: Iterable[str], name: str) -> Matter:
    """The lines of a text, each a paragraph."""
    body: list[Block] = []
    title = ""
    rows: list[tuple[Cell, ...]] = []
    for raw in lines:
        line = _unescaped(raw.strip())
        if line.startswith("|") and line.endswith("|"):
            if set(line) - set("|-: "):
                rows.append(tuple(Cell((Text(cell.strip()),)) for cell in line.strip("|").split("|")))
            continue
        if rows:
            body.append(Table(rows[0], tuple(rows[1:])))
            rows = []
        if not line:
            continue
        block = _block(line.lstrip("#").strip(), heading=line.startswith("#"))
        if not title and not body and line.startswith("# ") and isinstance(block, Subheading):
            title = block.text
            continue
        body.append(block)
    if rows:
        body.append(Table(rows[0], tuple(rows[1:])))
    return Matter(name, Document(title=title or name, body=tuple(body), draft=False))


def _block(line: str, *, heading: bool) -> Block:
    if found := CHAPTER.match(line):
        return Chapter("", ordinal(found[1]) or 0, found[2])
    if (found := ANNEX.match(line)) and (heading or len(found[2]) <= TITLE_LENGTH):
        return Annex("", ordinal(found[1]) or 0, found[2])
    if (found := ARTICLE.match(line)) and not REFERENCE.match(found[3]):
        return Article("", ordinal(found[1]) or 0, found[3])
    if found := ITEM.match(line):
        return Item(ordinal(found[1]) or 0, (Text(found[2]),))
    if found := DASHED.match(line):
        return Item(0, (Text(found[1]),), numbered=False)
    if heading:
        return Subheading(line)
    return Paragraph((Text(line),))


def _unescaped(line: str) -> str:
    return re.sub(r"\\([\\`*_<|#>~=+.\-])", r"\1", line)
