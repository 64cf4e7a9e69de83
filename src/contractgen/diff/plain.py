"""A text from outside as a Document: chapters and articles by their heads at the beginning of a line, items by （一）.

The signature page (from （以下无正文 on) is left out; an annex behind it is read again.
"""

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
from contractgen.document.reading import CellPlace, Reading
from contractgen.law.numerals import ordinal

NUMBER = rf"[{CHINESE}0-9]+"
CHAPTER = re.compile(rf"^第\s*({NUMBER})\s*章[\s　:：]*(.*)$")
ARTICLE = re.compile(rf"^第\s*({NUMBER})\s*条([\s　:：]*)(.*)$")
ANNEX = re.compile(rf"^附件\s*({NUMBER})[\s　:：]*(.*)$")
ITEM = re.compile(rf"^[（(]\s*({NUMBER})\s*[)）]\s*(.+)$")
REFERENCE = re.compile(r"^[、，。；和及或的第]|^规定|^所|^中")  # what follows 第三条 where it is no head
DASHED = re.compile(r"^(?:—|-)\s+(.+)$")
TITLE_LENGTH = 30
CLOSING = ("（以下无正文", "(以下无正文")


def of_text(text: str, name: str) -> Matter:
    """A plain text or Markdown file."""
    return of_lines(text.splitlines(), name)


def of_reading(reading: Reading) -> Matter:
    """A file that was read, with every tracked change taken."""
    lines: list[str] = []
    row: CellPlace | None = None
    for passage in reading.accepted:
        place = passage.cell
        text = passage.text.replace("|", "｜") if place else passage.text
        if passage.contents:
            continue
        if place is None:
            lines.append(f"{passage.number} {text}" if passage.number else text)
        elif row and (row.table, row.row) == (place.table, place.row):
            same = row.column == place.column
            lines[-1] = f"{lines[-1][:-1]}{'' if same else '|'}{passage.number}{text}|"
        else:
            lines.append(f"|{passage.number}{text}|")
        row = place
    return of_lines(lines, reading.name)


def of_lines(lines: Iterable[str], name: str) -> Matter:
    """The lines of a text, each a paragraph; ``|…|…|`` is a row of a table."""
    body: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    title, closed = "", False
    for line in (*(_unescaped(raw.strip()) for raw in lines), ""):
        if line.startswith("|") and line.endswith("|") and len(line) > 1:
            if set(line) - set("|-: "):
                rows.append(tuple(Cell((Text(cell.strip()),)) for cell in line[1:-1].split("|")))
            continue
        if rows and not closed:
            body.append(Table(rows[0], tuple(rows[1:])))
        rows = []
        if not line:
            continue
        block = _block(line.lstrip("#").strip(), heading=line.startswith("#"))
        closed = (closed or line.startswith(CLOSING)) and not isinstance(block, Annex)
        if not title and not body and line.startswith("# ") and isinstance(block, Subheading):
            title = block.text
        elif not closed:
            body.append(block)
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
