"""Runs: inline nodes as WordprocessingML text. Everything here is string building, since it runs per character."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache

from contractgen.document import Blank, Inline, Mark, Reference, Text, Tracked

# The order in which Word wants the properties of a run.
ORDER = tuple(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish"
    " webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang"
    " eastAsianLayout specVanish oMath".split()
)
RANK = {name: rank for rank, name in enumerate(ORDER)}

Properties = tuple[tuple[str, str], ...]  # (local name, its XML) of each property of a run, in ORDER
PLAIN: Properties = ()
EAST_ASIAN = '<w:rFonts w:hint="eastAsia"/>'
BOLD: Properties = (("b", "<w:b/>"), ("bCs", "<w:bCs/>"))

BLANKS = " \t\r\n"
_UNSAFE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff&<>]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[\t\r\n]+")
# Marks that Word takes from the Western font, unless it is told that they are Chinese.
_AMBIGUOUS = re.compile("[\u00a7-\u00b7\u00d7\u00f7\u2010-\u2040\u2100-\u22ff\u2460-\u24ff\u25a0-\u26ff]")


def escape(text: str) -> str:
    """Characters as XML text on one line; what XML cannot hold becomes U+FFFD."""
    if _UNSAFE.search(text) is None:
        return text
    text = _BREAKS.sub(" ", _ILLEGAL.sub("\ufffd", text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Characters as the value of an attribute in double quotes."""
    return escape(text).replace('"', "&quot;")


@lru_cache(maxsize=256)
def merged(base: Properties, extra: Properties) -> Properties:
    """Properties of a run with others laid over them."""
    return tuple(sorted({**dict(base), **dict(extra)}.items(), key=lambda one: RANK[one[0]]))


@lru_cache(maxsize=256)
def _opening(properties: Properties, ambiguous: bool, tag: str) -> str:
    found = dict(properties)
    if ambiguous:
        fonts = found.get("rFonts", EAST_ASIAN)
        found["rFonts"] = (
            fonts if "w:hint=" in fonts else fonts.replace("<w:rFonts", '<w:rFonts w:hint="eastAsia"', 1)
        )
    inner = "".join(found[name] for name in ORDER if name in found)
    return f"<w:r><w:rPr>{inner}</w:rPr><{tag}" if inner else f"<w:r><{tag}"


def run(text: str, properties: Properties = PLAIN, tag: str = "w:t") -> str:
    """One run of text; its tag is another where the text was deleted."""
    if not text:
        return ""
    space = ' xml:space="preserve">' if text[0] in BLANKS or text[-1] in BLANKS else ">"
    opening = _opening(properties, _AMBIGUOUS.search(text) is not None, tag)
    return f"{opening}{space}{escape(text)}</{tag}></w:r>"


def field(instruction: str, shown: str, properties: Properties = PLAIN) -> str:
    """A field with its result; each of its parts in a run of its own, or WPS does not show it."""
    return f"{field_begin(instruction)}{run(shown, properties)}{FIELD_END}"


def field_begin(instruction: str) -> str:
    """The three runs before a field's result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

TAGS = {"inserted": "w:ins", "deleted": "w:del", "moved_from": "w:moveFrom", "moved_to": "w:moveTo"}
FIRST_CHANGE = 100_000  # ids of tracked changes, far from those of bookmarks and comments


class Changes:
    """Writes tracked changes, each with an id of its own."""

    def __init__(self) -> None:
        self.count = FIRST_CHANGE

    def attributes(self, mark: Mark) -> str:
        """Id, author and day.

        A whole block bears another hour than words, or LibreOffice takes words that end a paragraph and the
        new paragraph behind them for one change, and joins the two when it is refused.
        """
        self.count += 1
        day = f' w:date="{mark.day}T0{int(mark.whole)}:00:00Z"' if mark.day else ""
        return f'w:id="{self.count}" w:author="{attribute(mark.author)}"{day}'

    def around(self, runs: str, mark: Mark) -> str:
        """Runs inside a change."""
        return f"<{TAGS[mark.kind]} {self.attributes(mark)}>{runs}</{TAGS[mark.kind]}>" if runs else ""

    def range(self, inner: str, mark: Mark | None) -> str:
        """A paragraph that moved, in the range that pairs it with its other place."""
        if mark is None or not mark.move:
            return inner
        tag, attributes = TAGS[mark.kind], self.attributes(mark)
        start = f'<{tag}RangeStart {attributes} w:name="move{mark.move}"/>'
        return f'{start}{inner}<{tag}RangeEnd w:id="{self.count}"/>'

    def end(self, mark: Mark | None) -> str:
        """The property of a paragraph whose end came or went."""
        return f"<w:rPr><{TAGS[mark.kind]} {self.attributes(mark)}/></w:rPr>" if mark else ""

    def row(self, mark: Mark | None) -> str:
        """The property of a row that came or went."""
        return f"<{TAGS[mark.kind]} {self.attributes(mark)}/>" if mark else ""


Refer = Callable[[Reference, Properties], str]


MEMO_SIZE = 20_000


@lru_cache(maxsize=8)
def _memo(draft: bool, styles: tuple[tuple[str, str], ...]) -> dict[Hashable, str]:
    return {}


class Inlines:
    """Prints inline nodes as runs.

    What does not depend on the document is kept, since most of a text is the same for every firm; ``keep``
    does so for anything made of inline nodes.

    Args:
        draft: whether blanks and suggested numbers are marked.
        styles: ids of the styles of the template, by our names.
        refer: prints a reference; by default as plain text.
    """

    def __init__(self, draft: bool, styles: Mapping[str, str], refer: Refer | None = None) -> None:
        self.draft = draft
        self.refer = refer
        self.blank: Properties = (
            ("rStyle", f'<w:rStyle w:val="{styles["CGBlank"]}"/>'),
            ("highlight", '<w:highlight w:val="yellow"/>'),
        )
        self.suggested: Properties = (("rStyle", f'<w:rStyle w:val="{styles["CGSuggested"]}"/>'),)
        self.memo = _memo(draft, tuple(sorted(styles.items())))
        self.changes = Changes()
        self.alone = 0  # how many inlines were printed that belong to one document only

    def keep(self, key: Hashable, make: Callable[[], str]) -> str:
        """What ``make`` gives, from memory where it was made before; never with a reference or tracked change in it."""
        found = self.memo.get(key)
        if found is None:
            before = self.alone
            found = make()
            if self.alone == before:
                if len(self.memo) >= MEMO_SIZE:
                    self.memo.clear()
                self.memo[key] = found
        return found

    def runs(self, inlines: tuple[Inline, ...], base: Properties = PLAIN) -> str:
        """Runs for inline nodes, upon the properties that the template gives them."""
        found = self.memo.get((inlines, base))
        if found is None:
            found = self.keep((inlines, base), lambda: "".join([self._one(node, base) for node in inlines]))
        return found

    def _one(self, node: Inline, base: Properties) -> str:
        if isinstance(node, Text):
            if node.strong:
                base = merged(base, BOLD)
            if node.suggested and self.draft:
                base = merged(base, self.suggested)
            return run(node.text, base)
        if isinstance(node, Blank):
            if not node.label:
                return run(node.text, base)
            return run(node.text, merged(base, self.blank)) if self.draft else run("＿" * node.width, base)
        self.alone += 1
        if isinstance(node, Tracked):
            return self.tracked(node, base)
        return self.refer(node, base) if self.refer else run(node.text, base)

    def tracked(self, node: Tracked, base: Properties) -> str:
        """Runs inside a tracked change."""
        tag = "w:delText" if node.mark.kind == "deleted" else "w:t"
        strong = merged(base, BOLD)
        runs = "".join([run(one.text, strong if one.strong else base, tag) for one in node.inlines])
        return self.changes.around(runs, node.mark)
