"""An HTML file to a Reading: blocks as passages; what a browser would not show is an aside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree, html

from contractgen.document.reading import Aside, AsideKind, CellPlace, Passage, Reading
from contractgen.files import unreadable

MAX_BYTES, MAX_DEPTH, MAX_TAGS = 20 << 20, 200, 500_000
NOT_SHOWN = frozenset("script style head title meta link template noscript object iframe".split())
BLOCKS = frozenset(
    "p div section article main nav header footer body h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table thead tbody"
    " tfoot tr td th caption blockquote pre form fieldset hr address center figure".split()
)
HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0\d*)?\s*(?:;|$)"
)
PALE = re.compile(
    r"(?:^|;|\s)color\s*:\s*(?:white|#fff\b|#f[c-f]f[c-f]f[c-f]|rgb\(\s*25\d\s*,\s*25\d\s*,\s*25\d\s*\)|transparent)"
)
TINY = re.compile(r"font-size\s*:\s*(?:0*[0-4](?:\.\d+)?(?:px|pt)|0(?:\.[0-3]\d*)?(?:em|rem)?\s*(?:;|$))")
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)")
TABLES = frozenset({"td", "th"})
LISTS = frozenset({"ol", "ul"})
UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:[^;]*(?:none|disc|circle|square)")
AROUND: Mapping[str, AsideKind] = {
    "header": "header",
    "footer": "footer",
}  # titles of what LibreOffice prints on every page


def read_html(data: bytes, name: str) -> Reading:
    """A web page.

    Raises:
        InputError: for what is too big or no page.
    """
    if len(data) > MAX_BYTES or data.count(b"<") > MAX_TAGS:
        raise unreadable(name, "网页文件太大，没有读", "请确认没有选错文件")
    parser = html.HTMLParser(encoding=_encoding(data), no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, LookupError):
        raise unreadable(name, "网页文件不完整，读不出内容", "请重新取得这个文件") from None
    found = _Page()
    found.walk(root, _Around())
    found.close(_Around())
    meta = {
        str(one.get("name")): str(one.get("content") or "") for one in root.iter("meta") if one.get("name")
    }
    passages = tuple(found.passages)
    return Reading(name, "html", passages, passages, tuple(found.asides), meta)


def _encoding(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8"
    match = CHARSET.search(data[:4000])
    named = match[1].decode().lower() if match else ""
    if named in ("gb2312", "gbk", "gb_2312-80", "gb18030"):
        return "gb18030"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


@dataclass(frozen=True, slots=True)
class _Around:
    hidden: str = ""
    level: int = 0
    cell: CellPlace | None = None
    contents: bool = False
    depth: int = 0


@dataclass
class _Page:
    passages: list[Passage] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    text: list[tuple[str, str]] = field(default_factory=list)  # characters, and why they are not seen
    tables: int = 0
    lists: list[int | None] = field(default_factory=list)  # the last number of each list around
    number: str = ""  # of the item that has begun
    bookmarks: list[str] = field(default_factory=list)

    def walk(self, node: etree._Element, around: _Around) -> None:
        """The text of an element, in reading order."""
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag in NOT_SHOWN:
            return
        if around.depth > MAX_DEPTH:
            self.add(" ".join(map(str, node.itertext())), around)
            return
        if tag == "div" and (kind := AROUND.get(node.get("title") or "")):
            self.close(around)
            if words := " ".join("".join(map(str, node.itertext())).split()):
                self.asides.append(Aside(kind, words))
            return
        inner = self._inside(node, tag, around)
        block = tag in BLOCKS
        if block:
            self.close(around)
        if tag == "br":
            self.add("\n", around)
        elif tag == "li":
            self._count(node)
        elif tag == "a" and (name := node.get("name")):
            self.bookmarks.append(name)
        if node.text:
            self.add(node.text, inner)
        if tag == "table":
            self._table(node, inner)
        else:
            if tag in LISTS:
                self.lists.append(_before_first(node))
            for child in node:
                self.walk(child, inner)
                if child.tail:
                    self.add(child.tail, inner)
            if tag in LISTS:
                self.lists.pop()
        if block:
            self.close(inner)

    def _inside(self, node: etree._Element, tag: str, around: _Around) -> _Around:
        style = (node.get("style") or "").lower()
        hidden = around.hidden
        if node.get("hidden") is not None or HIDDEN.search(style):
            hidden = "hidden"
        elif PALE.search(style) and "background" not in style:
            hidden = hidden or "pale"
        elif TINY.search(style):
            hidden = hidden or "tiny"
        level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else around.level
        contents = around.contents or tag == "nav"
        return _Around(hidden, level, around.cell, contents, around.depth + 1)

    def _count(self, item: etree._Element) -> None:
        """The number that a browser prints before an item."""
        last = self.lists[-1] if self.lists else None
        self.number = ""
        if last is None:
            return
        own = _figure(item.get("value"))
        self.lists[-1] = last + 1 if own is None else own
        if not UNNUMBERED.search((item.get("style") or "").lower()):
            self.number = f"{self.lists[-1]}."

    def _table(self, table: etree._Element, around: _Around) -> None:
        self.tables += 1
        number = self.tables
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
        for caption in table.iterchildren("caption"):
            self.walk(caption, around)
        for at, row in enumerate(rows, start=1):
            cells = [cell for cell in row if cell.tag in TABLES]
            for column, cell in enumerate(cells, start=1):
                place = CellPlace(number, at, column)
                inner = self._inside(row, "tr", around)
                self.walk(cell, _Around(inner.hidden, 0, place, around.contents, around.depth + 1))

    def add(self, text: str, around: _Around) -> None:
        """Characters as a browser shows them: white space is one blank."""
        shown = text if text == "\n" else re.sub(r"[ \t\r\n\f]+", " ", text)
        if shown:
            self.text.append((shown, around.hidden))

    def close(self, around: _Around) -> None:
        """The end of a block."""
        pieces, self.text = self.text, []
        whole = "".join([text for text, _ in pieces]).strip(" \t\r\n")
        if not whole:
            return
        serial = len(self.passages) + 1
        self.passages.append(
            Passage(
                whole,
                self.number,
                serial,
                level=around.level,
                cell=around.cell,
                bookmarks=tuple(self.bookmarks),
                contents=around.contents,
            )
        )
        self.number, self.bookmarks = "", []
        for kind in ("hidden", "pale", "tiny"):
            unseen = "".join([text for text, why in pieces if why == kind]).strip()
            if unseen:
                self.asides.append(Aside(kind, unseen, serial))


def _before_first(items: etree._Element) -> int | None:
    """What the number of the first item of a list follows; None where a browser prints no figures."""
    style = (items.get("style") or "").lower()
    if items.tag != "ol" or (items.get("type") or "1") != "1" or UNNUMBERED.search(style):
        return None
    start = _figure(items.get("start"))
    return 0 if start is None else start - 1


def _figure(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"[0-9]{1,4}", text) else None
