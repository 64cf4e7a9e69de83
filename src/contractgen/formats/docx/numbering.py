"""The two numberings of a template: which list numbers chapters, which articles and items, and new starts of the latter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from contractgen.formats.docx.package import parse, serialize, w

CHAPTER, ARTICLE, ITEM = "第%1章", "第%1条", "（%2）"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of one list definition."""

    abstract: str
    level: str
    format: str
    text: str
    style: str


def levels(numbering: etree._Element) -> Iterator[Level]:
    """Every level of every list definition of a numbering part."""
    for abstract in numbering.iter(w("abstractNum")):
        for level in abstract.iter(w("lvl")):
            yield Level(
                abstract.get(w("abstractNumId"), ""),
                level.get(w("ilvl"), ""),
                value(level, "numFmt"),
                value(level, "lvlText").strip(),
                value(level, "pStyle"),
            )


def value(node: etree._Element, name: str) -> str:
    """The ``w:val`` of a child."""
    child = node.find(w(name))
    return "" if child is None else child.get(w("val"), "")


def level_of(numbering: etree._Element, text: str) -> Level | None:
    """The level that prints ``text``, such as 第%1条: the one a style is linked to, where several do."""
    found = [level for level in levels(numbering) if level.text == text]
    return next((level for level in found if level.style), found[0] if found else None)


def next_number(numbering: etree._Element) -> int:
    """The first free id of a list."""
    return 1 + max([int(num.get(w("numId"), "0")) for num in numbering.iter(w("num"))], default=0)


def restart(number: int, abstract: str) -> str:
    """A list that continues the definition of articles and begins its items anew."""
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
        '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )


def begun_at(numbering: str, text: str, start: int) -> str:
    """The numbering part in which the level that prints ``text``, such as 第%1条, counts from ``start``."""
    root = parse(numbering.encode())
    level = level_of(root, text)
    for abstract in root.iter(w("abstractNum")):
        for node in abstract.iter(w("lvl")):
            if level and (abstract.get(w("abstractNumId")), node.get(w("ilvl"))) == (
                level.abstract,
                level.level,
            ):
                first = node.find(w("start"))
                if first is None:
                    first = etree.Element(w("start"))
                    node.insert(0, first)
                first.set(w("val"), str(start))
    return serialize(root).decode()


def not_counting_items(numbering: str, abstract: str, start: int) -> str:
    """The numbering part whose articles begin at ``start`` though items stand before the first of them.

    LibreOffice counts such items as an article. Only then: a start of its own is a list of its own in a .doc file,
    in which the second article would be 第一条 again.
    """
    first = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>'
    return re.sub(rf'(<w:abstractNumId w:val="{abstract}"/>)(</w:num>)', rf"\1{first}\2", numbering, count=1)
