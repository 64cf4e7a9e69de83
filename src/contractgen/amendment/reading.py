"""The alterations that an amendment agreement shows, read back from its Document: the other half of ``showing``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from contractgen.amendment.file import words
from contractgen.amendment.joining import LABEL, Kind
from contractgen.document import Article, Block, Document, Item, Paragraph, Subheading, Table, item_label
from contractgen.document.markdown import PLACEHOLDER

KINDS: tuple[Kind, ...] = ("changed", "added", "deleted")
PARTS = {"number": "（.+?）", "label": LABEL.pattern, "heading": ".*"}  # what the words of a heading name

Row = tuple[str, str, str]  # where in the article (empty for the whole of it), old text, new text


@dataclass(frozen=True, slots=True)
class Shown:
    """One alteration as it stands in an amendment agreement.

    Attributes:
        label: of the article or annex in the contract: 第三十条, 附件1.
        name: what is said of it: 第三十条“配偶陪产假”; 增加第五十八条.
        rows: old and new text; of what came or went only the one.
    """

    kind: Kind
    label: str
    name: str
    rows: tuple[Row, ...]


def alterations_in(document: Document) -> tuple[Shown, ...]:
    """Every alteration that an amendment agreement shows, in its order."""
    found: list[tuple[Kind, re.Match[str], list[Row]]] = []
    inside = False
    for block in document.body:
        if isinstance(block, Article):
            inside = False
        elif heading := _heading(block):
            found.append((*heading, []))
            inside = True
        elif inside:
            kind, _, rows = found[-1]
            rows.extend(_compared(block) if kind == "changed" else _whole(block, kind))
    return tuple(Shown(kind, told["label"], _name(kind, told), tuple(rows)) for kind, told, rows in found)


def _heading(block: Block) -> tuple[Kind, re.Match[str]] | None:
    """What the heading of an alteration says; None for any other block."""
    if not isinstance(block, Subheading):
        return None
    told = ((kind, _pattern(kind).fullmatch(block.text)) for kind in KINDS)
    return next(((kind, match) for kind, match in told if match), None)


@cache
def _pattern(kind: Kind) -> re.Pattern[str]:
    """The heading of a kind of alteration, as ``showing`` fills it."""
    texts = PLACEHOLDER.split(words()["shown"][kind])  # text, name, text, name ..., text
    parts = (f"(?P<{one}>{PARTS[one]})" if at % 2 else re.escape(one) for at, one in enumerate(texts))
    return re.compile("".join(parts))


def _name(kind: Kind, told: re.Match[str]) -> str:
    if kind == "changed":
        return told[0].removeprefix(told["number"])
    names = words()["shown"]["rows"]
    return f"{names['inserted' if kind == 'added' else 'deleted']}{told['label']}"


def _whole(block: Block, kind: Kind) -> Iterator[Row]:
    """The text of what came or went, paragraph by paragraph and row by row."""
    for text in _texts(block):
        yield ("", "", text) if kind == "added" else ("", text, "")


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Subheading():
            yield block.text
        case Item():
            yield f"{item_label(block.number)}{block.text}" if block.numbered else block.text
        case Table():
            yield from (_joined(row) for row in _cells(block))


def _compared(block: Block) -> Iterator[Row]:
    """Old and new side by side, or rows of a table one below the other, each behind the word for what became of it."""
    if not isinstance(block, Table):
        return
    told = words()["shown"]
    if [cell.text for cell in block.header] == told["columns"]:
        yield from ((place, old, new) for place, old, new in _cells(block))
        return
    names, before = told["rows"], ""
    for word, *cells in _cells(block):
        text = _joined(cells)
        if word == names["old"]:
            before = text
        else:
            yield ("", text, "") if word == names["deleted"] else ("", before, text)
            before = ""


def _cells(table: Table) -> Iterator[list[str]]:
    return ([cell.text for cell in row] for row in table.rows)


def _joined(cells: list[str]) -> str:
    return "；".join(filter(None, cells))
