"""The looks of text that is read: style names, heading levels, and whether an eye can see the characters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from contractgen.formats.docx.package import w

OFF = ("0", "false", "off")
TINY = 10  # half points: what is smaller than 5 pt cannot be read
NARROW = 20  # percent of a character's width
FLAT = 60  # twentieths of a point: a line of exactly that height shows nothing of its characters
CONTRAST = 1.25  # of the two luminances, from which characters stand out
WHITE = "FFFFFF"
HIGHLIGHTS = {
    "black": "000000",
    "darkBlue": "000080",
    "darkRed": "800000",
    "white": WHITE,
    "yellow": "FFFF00",
}
THEME_COLORS = {"background1": WHITE, "light1": WHITE, "bg1": WHITE, "lt1": WHITE}

VAL, FILL, THEME, THEME_FILL = w("val"), w("fill"), w("themeColor"), w("themeFill")
R_PR, P_PR, R_STYLE, P_STYLE, NUM_PR = w("rPr"), w("pPr"), w("rStyle"), w("pStyle"), w("numPr")
LOOKED_AT = {w(name) for name in ("vanish", "specVanish", "color", "sz", "w", "shd", "highlight", "rStyle")}
HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
CONTENTS = re.compile(r"(?:toc|目录|contents)\s*[1-9]?$", re.IGNORECASE)


class Look(NamedTuple):
    """What decides whether characters can be seen; None where nothing is said."""

    hidden: bool | None = None
    color: str | None = None
    size: int | None = None
    fill: str | None = None
    width: int | None = None

    def over(self, other: Look) -> Look:
        """This one laid over another."""
        said = {name: value for name, value in self._asdict().items() if value is not None}
        return other._replace(**said) if said else other


NOTHING = Look()


def whole(text: str | None) -> int | None:
    """A number as a file writes it; None where it is none."""
    try:
        return int(float(text or "")) if text and len(text) < 12 else None
    except (ValueError, OverflowError):
        return None


def switched_on(node: etree._Element) -> bool:
    """Whether a property such as ``<w:vanish/>`` is on."""
    return node.get(VAL) not in OFF


def color_of(node: etree._Element) -> str | None:
    """The color of characters, as six digits, where it is one."""
    return _color(node.get(VAL), node.get(THEME))


def fill_of(node: etree._Element) -> str | None:
    """The color behind, of a shading."""
    return _color(node.get(FILL), node.get(THEME_FILL))


def _color(value: str | None, theme: str | None) -> str | None:
    if theme in THEME_COLORS:
        return THEME_COLORS[theme]
    return value.upper() if value and re.fullmatch("[0-9A-Fa-f]{6}", value) else None


def look_of(properties: etree._Element | None) -> Look:
    """What the properties of a run, or of a style, say themselves."""
    if properties is None:
        return NOTHING
    found: dict[str, object] = {}
    for child in properties:
        if child.tag in LOOKED_AT:
            name = etree.QName(child).localname
            if name in ("vanish", "specVanish"):
                found["hidden"] = found.get("hidden") or switched_on(child)
            elif name == "color":
                found["color"] = color_of(child)
            elif name == "sz":
                found["size"] = whole(child.get(VAL))
            elif name == "w":
                found["width"] = whole((child.get(VAL) or "").rstrip("%"))
            elif name == "shd":
                found["fill"] = fill_of(child)
            elif name == "highlight":
                found["fill"] = HIGHLIGHTS.get(child.get(VAL) or "")
    return Look(**found)  # type: ignore[arg-type]


@lru_cache(maxsize=1024)
def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@lru_cache(maxsize=4096)
def unseen(look: Look) -> str:
    """Why an eye cannot see characters of this look: hidden, pale, tiny; empty where it can."""
    if look.hidden:
        return "hidden"
    if (look.size is not None and look.size < TINY) or (look.width is not None and 0 < look.width < NARROW):
        return "tiny"
    if look.color is not None and _contrast(look.color, look.fill or WHITE) < CONTRAST:
        return "pale"
    return ""


class _Style(NamedTuple):
    name: str
    parent: str
    look: Look
    level: int | None
    list: tuple[str | None, str | None]  # id and level


class Looks:
    """The styles of a file."""

    def __init__(self, root: etree._Element | None) -> None:
        self.styles: dict[str, _Style] = {}
        self.default = ""
        self.base = NOTHING
        self._looks: dict[str, Look] = {}
        self._levels: dict[str, int] = {}
        self._lists: dict[str, tuple[str | None, str | None]] = {}
        if root is None:
            return
        defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{R_PR}")
        self.base = look_of(defaults)
        for node in root.iter(w("style")):
            style_id = node.get(w("styleId")) or ""
            paragraph = node.find(P_PR)
            self.styles.setdefault(
                style_id,
                _Style(
                    name=_val(node, "name") or style_id,
                    parent=_val(node, "basedOn"),
                    look=look_of(node.find(R_PR)),
                    level=outline(paragraph),
                    list=list_of(paragraph),
                ),
            )
            if node.get(w("type")) == "paragraph" and node.get(w("default")) in ("1", "true", "on"):
                self.default = style_id

    def name(self, style: str) -> str:
        """The name of a style, as people see it."""
        found = self.styles.get(style)
        return found.name if found else style

    def chain(self, style: str) -> list[tuple[str, _Style]]:
        """A style and those that it is based on."""
        found: list[tuple[str, _Style]] = []
        seen = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            found.append((style, self.styles[style]))
            style = self.styles[style].parent
        return found

    def level(self, style: str) -> int:
        """1 to 9 for a heading style, else 0."""
        if style not in self._levels:
            self._levels[style] = next(filter(None, map(_heading, self.chain(style))), 0)
        return self._levels[style]

    def list(self, style: str) -> tuple[str | None, str | None]:
        """The list that a style numbers in, and the level in it."""
        if style not in self._lists:
            said = [one.list for _, one in self.chain(style)]
            number = next((number for number, _ in said if number is not None), None)
            level = next((level for _, level in said if level is not None), None)
            self._lists[style] = number, level
        return self._lists[style]

    def look(self, style: str) -> Look:
        """What a style and those below it say; without the defaults of the file."""
        if not self.styles:
            return NOTHING
        if style not in self._looks:
            found = NOTHING
            for _, one in self.chain(style):
                found = found.over(one.look)
            self._looks[style] = found
        return self._looks[style]

    def paragraph(self, style: str) -> Look:
        """The look of characters in a paragraph of this style that say nothing themselves."""
        return self.look(style or self.default).over(self.base)

    def run(self, properties: etree._Element, around: Look) -> Look:
        """The look of a run in a paragraph."""
        own = look_of(properties)
        style = properties.find(R_STYLE)
        if style is not None:
            own = own.over(self.look(style.get(VAL) or ""))
        return own.over(around)


def _heading(style: tuple[str, _Style]) -> int:
    """The level that a style alone gives, by what it says or by its name."""
    if style[1].level is not None:
        return style[1].level
    match = HEADING.match(style[1].name)
    return int(match[1]) if match else 0


def outline(properties: etree._Element | None) -> int | None:
    """The heading level that paragraph properties set: 0 for body text, None where they say nothing."""
    node = None if properties is None else properties.find(w("outlineLvl"))
    level = None if node is None else whole(node.get(VAL))
    return None if level is None else level + 1 if 0 <= level < 9 else 0


def list_of(properties: etree._Element | None) -> tuple[str | None, str | None]:
    """The list and its level that paragraph properties set themselves."""
    node = None if properties is None else properties.find(NUM_PR)
    if node is None:
        return None, None
    number, level = node.find(w("numId")), node.find(w("ilvl"))
    return (
        None if number is None else number.get(VAL),
        None if level is None else level.get(VAL),
    )


def is_contents(name: str) -> bool:
    """Whether a style is one of a table of contents."""
    return CONTENTS.match(name) is not None


def _val(node: etree._Element, name: str) -> str:
    child = node.find(w(name))
    return "" if child is None else child.get(VAL) or ""
