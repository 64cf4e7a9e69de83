"""Automatic numbers, computed as Word prints them: which list and level a paragraph is on gives 第十二条 or （一）."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from contractgen.document import chinese_number
from contractgen.formats.docx.looks import Looks, switched_on, whole
from contractgen.formats.docx.numbering import value
from contractgen.formats.docx.package import w

PART = re.compile(r"%([1-9])")
LEVELS = 9
MAX_NUMBER = 9999
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
POSITIONAL = str.maketrans("0123456789", "〇一二三四五六七八九")
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _letters(number: int) -> str:
    times, letter = divmod(number - 1, 26)
    return chr(97 + letter) * (times + 1) if number > 0 else "0"


def _roman(number: int) -> str:
    found = ""
    for worth, letters in ROMAN:
        times, number = divmod(number, worth)
        found += letters * times
    return found


def _row(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)] if number > 0 else str(number)


def _range(first: int, count: int) -> Callable[[int], str]:
    return lambda number: chr(first + number - 1) if 0 < number <= count else str(number)


def _circled(number: int) -> str:
    if 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if 20 < number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if 35 < number <= 50 else str(number)


FORMATS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        "chineseCounting chineseCountingThousand japaneseCounting taiwaneseCounting taiwaneseCountingThousand"
        " koreanCounting".split(),
        chinese_number,
    ),
    **dict.fromkeys(
        ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"),
        lambda number: chinese_number(number).translate(FORMAL),
    ),
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"),
        lambda number: str(number).translate(POSITIONAL),
    ),
    "ideographTraditional": _row(STEMS),
    "ideographZodiac": _row(BRANCHES),
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalEnclosedParen": _range(0x2474, 20),
    "decimalEnclosedFullstop": _range(0x2488, 20),
    "ideographEnclosedCircle": _range(0x3280, 10),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), lambda number: str(number).translate(WIDE)),
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list counts."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None  # the level (from 1) whose step starts it anew; 0: never
    legal: bool = False  # numbers of higher levels in figures
    style: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, ListLevel]
    starts: dict[int, int]  # what the list itself begins with, below the shared count


@dataclass
class Lists:
    """The lists of a file."""

    looks: Looks
    lists: dict[str, _List] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._style_levels: dict[tuple[str, str], int] = {}
        self.empty = True

    @staticmethod
    def read(root: etree._Element | None, looks: Looks) -> Lists:
        """From the numbering part."""
        found = Lists(looks)
        if root is None:
            return found
        abstracts: dict[str, dict[int, ListLevel]] = {}
        links: dict[str, str] = {}
        homes: dict[str, str] = {}
        for node in root.iter(w("abstractNum")):
            name = node.get(w("abstractNumId")) or ""
            abstracts[name] = _levels(node)
            if link := value(node, "numStyleLink"):
                links[name] = link
            if link := value(node, "styleLink"):
                homes.setdefault(link, name)
        for name, link in links.items():
            if not abstracts[name] and link in homes:
                abstracts[name] = abstracts[homes[link]]
        for node in root.iter(w("num")):
            abstract = value(node, "abstractNumId")
            levels = dict(abstracts.get(abstract, {}))
            starts = {}
            for override in node.iter(w("lvlOverride")):
                level = whole(override.get(w("ilvl"))) or 0
                start = override.find(w("startOverride"))
                if start is not None:
                    starts[level] = _bounded(start.get(w("val")), 1)
                levels.update(_levels(override))
            found.lists[node.get(w("numId")) or ""] = _List(abstract, levels, starts)
        found.empty = not found.lists
        return found

    def place(self, style: str, own: tuple[str | None, str | None]) -> tuple[str, int] | None:
        """The list and level of a paragraph, from its style and from what it says itself."""
        number, level = own
        from_style = self.looks.list(style) if number is None or level is None else (None, None)
        number = number if number is not None else from_style[0]
        if number is None or number == "0" or number not in self.lists:
            return None
        if level is None and own[0] is None:
            linked = self._linked(number, style)
            if linked is not None:
                return number, linked
        level = level if level is not None else from_style[1]
        depth = whole(level) or 0
        return number, min(max(depth, 0), LEVELS - 1)

    def _linked(self, number: str, style: str) -> int | None:
        """The level of a list that a style, or one it is based on, is linked to."""
        levels = self.lists[number].levels
        for name, _ in self.looks.chain(style):
            for depth, level in levels.items():
                if level.style == name:
                    return depth
        return None


def _bounded(text: str | None, default: int) -> int:
    number = whole(text)
    return default if number is None else min(max(number, 0), MAX_NUMBER)


def _levels(parent: etree._Element) -> dict[int, ListLevel]:
    found = {}
    for node in parent.iter(w("lvl")):
        depth = whole(node.get(w("ilvl"))) or 0
        restart, legal = node.find(w("lvlRestart")), node.find(w("isLgl"))
        form = next(node.iter(w("numFmt")), None)  # newer Word wraps a format of its own
        text = node.find(w("lvlText"))
        found[depth] = ListLevel(
            start=_bounded(value(node, "start"), 0 if not value(node, "start") else 1),
            format="decimal" if form is None else form.get(w("val")) or "decimal",
            text="" if text is None else (text.get(w("val")) or "")[:500],
            restart=None if restart is None else _bounded(restart.get(w("val")), 0),
            legal=legal is not None and switched_on(legal),
            style=value(node, "pStyle"),
        )
    return found


class Counter:
    """Counts the numbered paragraphs of one view, in order."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        self.counts: dict[str, list[int | None]] = {}
        self.begun: set[tuple[str, int]] = set()

    def next(self, number: str, depth: int) -> str:
        """The number of the next paragraph on a level of a list, as it is printed."""
        found = self.lists.lists[number]
        counts = self.counts.setdefault(found.abstract, [None] * LEVELS)
        level = found.levels.get(depth, ListLevel())
        if depth in found.starts and (number, depth) not in self.begun:
            counts[depth] = found.starts[depth]
        else:
            last = counts[depth]
            counts[depth] = level.start if last is None else min(last + 1, MAX_NUMBER)
        self.begun.add((number, depth))
        for below in range(depth + 1, LEVELS):
            restart = found.levels.get(below, ListLevel()).restart
            if restart is None or (restart > 0 and depth < restart):
                counts[below] = None
        return _printed(found.levels, level, counts)


def _printed(levels: dict[int, ListLevel], level: ListLevel, counts: list[int | None]) -> str:
    if level.format == "bullet":
        return "•" if len(level.text) <= 1 else level.text

    def part(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        number = counts[depth]
        if number is None:  # a level that has not begun is one below its start: 0.1
            number = max(levels.get(depth, ListLevel()).start - 1, 0)
        form = "decimal" if level.legal else levels.get(depth, ListLevel()).format
        return FORMATS.get(form, str)(number)

    return PART.sub(part, level.text)
