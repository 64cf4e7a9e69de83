"""What moves when a chapter is put into a general contract: numbers of the articles behind it, references to them.

Numbers and references that the file counts by itself are brought up to date. What somebody has typed is the parties'
text: it is listed, old and new, and rewritten only where that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lxml import etree

from contractgen.document import article_label
from contractgen.document.articles import ReadSection, places_of
from contractgen.document.heads import ARTICLE, ordinal_of
from contractgen.document.reading import Passage
from contractgen.document.references import own_lists, own_references
from contractgen.formats.docx.host import Host, Place
from contractgen.formats.docx.package import parse, w

Kind = Literal["article", "reference", "gone"]
SHOWN = 14  # characters shown on each side of a reference
BESIDE = re.compile(r"word/(header|footer|footnotes|endnotes|comments)[0-9]*\.xml")
PLACES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
REF = re.compile(r"\s*REF\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shift:
    """A number that is not what it was.

    Attributes:
        kind: an article's own number, a reference to one that moved, or a reference to one that is gone.
        place: where it stands, with the numbers of the file as it was.
        words: the text around it; of an article how it begins.
        old: 第三十条.
        new: 第七十二条; empty where nothing took its place.
        automatic: the file counts it by itself.
        done: it has been brought up to date in the new file.
    """

    kind: Kind
    place: str
    words: str
    old: str
    new: str
    automatic: bool
    done: bool


def shifts(host: Host, place: Place, last: int, *, renumber: bool) -> tuple[Shift, ...]:
    """List what moves and bring up to date what may be; called before the chapter is put in, on the text as it was.

    Args:
        host: the file; the texts of its paragraphs are changed in place.
        place: the chapter that is replaced.
        last: the number of the last article of the new chapter.
        renumber: rewrite typed numbers and references, too.
    """
    return tuple(_Shifter(host, place, last, renumber).run())


class _Shifter:
    def __init__(self, host: Host, place: Place, last: int, renumber: bool) -> None:
        self.host, self.place, self.renumber = host, place, renumber
        self.place_at = places_of(host.sections)
        self.old_last = place.articles[-1] if place.articles else place.first_article - 1
        self.moved = last - self.old_last
        self.counting = {_annex_of(one) for one in host.sections if one.kind == "article"} - {""}
        self.heads = {one.lines[0].passage.serial: one for one in host.sections if _counted(one)}

    def run(self) -> Iterator[Shift]:
        for passage in self.host.passages:
            if passage.serial in self.place.serials or passage.contents:
                continue
            node = self.host.elements.get(passage.serial)
            if node is None:
                continue
            head = self.heads.get(passage.serial)
            if head is not None and head.number > self.old_last and self.moved:
                yield self._article(head, passage, node)
            yield from self._references(passage, node, head is not None)
        yield from self._beside()

    def _article(self, head: ReadSection, passage: Passage, node: etree._Element) -> Shift:
        automatic = passage.number.strip().endswith("条")
        old = passage.number.strip() if automatic else _typed(passage.text)
        new = _like(old, head.number + self.moved)
        if not automatic and self.renumber:
            _replace(node, {(_lead(node), _lead(node) + len(old)): new})
        words = head.title or _short(head.lines[0].text)
        return Shift("article", head.chapter, words, old, new, automatic, automatic or self.renumber)

    def _references(self, passage: Passage, node: etree._Element, heading: bool) -> Iterator[Shift]:
        where = self.place_at(passage.serial)
        if any(where.startswith(annex) for annex in self.counting):
            return  # in an annex with articles of its own, 第三条 is the annex's
        edits: dict[tuple[int, int], str] = {}
        typed = heading and not passage.number
        for start, end, old, new, shift in self._found(node, where, _lead(node) if typed else 0, typed):
            if shift.done:
                edits[start, end] = new[1:-1] if old[:1] != "第" else new
            yield shift
        if edits:
            _replace(node, edits)

    def _found(
        self, node: etree._Element, where: str, lead: int, heading: bool
    ) -> Iterator[tuple[int, int, str, str, Shift]]:
        """Each reference of a paragraph that is to change: where it stands, as it is written, the new number, and the shift."""
        texts = list(_texts(node))
        whole = "".join(one.text or "" for one, _ in texts)
        for start, end, number, old in _found(whole[lead:], heading, lead):
            gone = number in self.place.articles
            if not gone and not (number > self.old_last and self.moved):
                continue
            automatic = _in_field(texts, start, end)
            new = "" if gone else _like(old, number + self.moved)
            done = bool(new) and (automatic or self.renumber)
            words = whole[max(start - SHOWN, 0) : end + SHOWN]
            kind: Kind = "gone" if gone else "reference"
            printed = old if old[:1] == "第" else f"第{old}条"
            yield start, end, old, new, Shift(kind, where, words, printed, new, automatic, done)

    def _beside(self) -> Iterator[Shift]:
        """References in headers, footers and notes, which are told and left as they are."""
        for name, data in sorted(self.host.parts.items()):
            if (match := BESIDE.fullmatch(name)) is not None:
                for node in parse(data).iter(w("p")):
                    for *_, shift in self._found(node, PLACES[match[1]], 0, False):
                        yield replace(shift, automatic=False, done=False)


def _counted(section: ReadSection) -> bool:
    """An article of the contract itself, not of an annex that counts for itself."""
    return section.kind == "article" and section.label[:1] == "第" and bool(section.lines)


def _annex_of(section: ReadSection) -> str:
    """The annex that an article stands in: 附件1 of 附件1第三条."""
    at = section.label.find("第")
    return section.label[:at] if section.label[:1] == "附" and at > 0 else ""


def _found(text: str, heading: bool, lead: int) -> Iterator[tuple[int, int, int, str]]:
    """References to articles: where, to which, and how they are written."""
    for match in own_references(text, heading=heading):
        if match["article"] is not None:
            number = ordinal_of(match["article"]) or 0
            start, end = match.start("article") - 1, match.end("article") + 1
            yield start + lead, end + lead, number, text[start:end]
    for one in own_lists(text):
        yield one.start() + lead, one.end() + lead, ordinal_of(one[0]) or 0, one[0]


def _typed(text: str) -> str:
    match = ARTICLE.match(text.strip())
    return match[0] if match else ""


def _lead(node: etree._Element) -> int:
    """How many blanks stand before the first character."""
    whole = "".join(one.text or "" for one, _ in _texts(node))
    return len(whole) - len(whole.lstrip())


def _like(old: str, number: int) -> str:
    """The number written as the old one was: 第72条 or 第七十二条."""
    return f"第{number}条" if re.search(r"[0-9]", old) else article_label(number)


def _short(text: str) -> str:
    return text if len(text) <= 2 * SHOWN else f"{text[: 2 * SHOWN]}…"


# ------------------------------------------------------------------ texts of a paragraph


def _texts(paragraph: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """The texts of a paragraph itself in order, each with whether it is the result of a reference field."""
    open_fields: list[list[str | bool]] = []  # code, whether its result has begun
    simple: set[etree._Element] = {
        one
        for field in paragraph.iter(w("fldSimple"))
        if REF.match(field.get(w("instr")) or "")
        for one in field.iter(w("t"))
    }
    for node in paragraph.iter():
        if node.tag == w("fldChar"):
            kind = node.get(w("fldCharType"))
            if kind == "begin":
                open_fields.append(["", False])
            elif kind == "separate" and open_fields:
                open_fields[-1][1] = True
            elif kind == "end" and open_fields:
                open_fields.pop()
        elif node.tag == w("instrText") and open_fields:
            open_fields[-1][0] = f"{open_fields[-1][0]}{node.text or ''}"
        elif node.tag == w("t") and next(node.iterancestors(w("p")), None) is paragraph:
            in_field = any(shown and REF.match(str(code)) for code, shown in open_fields)
            yield node, bool(in_field or node in simple)


def _in_field(texts: Sequence[tuple[etree._Element, bool]], start: int, end: int) -> bool:
    """Whether all characters of a stretch are the result of a reference field."""
    at = 0
    inside = []
    for node, in_field in texts:
        length = len(node.text or "")
        if at < end and at + length > start:
            inside.append(in_field)
        at += length
    return bool(inside) and all(inside)


def _replace(paragraph: etree._Element, edits: Mapping[tuple[int, int], str]) -> None:
    """Other characters at these stretches; what comes in stands in the run in which the old began."""
    texts = [node for node, _ in _texts(paragraph)]
    for (start, end), new in sorted(edits.items(), reverse=True):
        at = 0
        put = False
        for node in texts:
            text = node.text or ""
            low, high = max(start - at, 0), min(end - at, len(text))
            at += len(text)
            if low < high:
                node.text = text[:low] + ("" if put else new) + text[high:]
                put = True
