"""How each kind of paragraph looks in a general contract, and how that file counts: what a chapter put into it follows."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from contractgen.document.articles import ReadLine, ReadSection
from contractgen.document.reading import Passage
from contractgen.formats.docx.host import Host, Place
from contractgen.formats.docx.markup import ORDER as OF_RUNS
from contractgen.formats.docx.package import W, w

GAP = "\u3000"
NOT_COPIED = {w(name) for name in ("sectPr", "rPr", "pPrChange", "pageBreakBefore", "framePr")}
RUN_NOT_COPIED = {
    w(name) for name in ("rStyle", "highlight", "vanish", "rPrChange", "ins", "del", "webHidden")
}
ARTICLE_NUMBER = re.compile(r"第\s*(?P<number>[^\s条]{1,14}?)\s*条(?P<gap>[\s\u3000]*)")
UNNUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
INDENT = '<w:ind w:left="0" w:firstLineChars="200" w:firstLine="420"/>'
FLUSH = '<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
CELL_SIZE = '<w:sz w:val="21"/><w:szCs w:val="21"/>'
# The order in which Word wants the properties of a paragraph, as far as we set any.
ORDER = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
).split()
RANK = {w(name): rank for rank, name in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Look:
    """How paragraphs of a kind look in the file: their properties, and those of their characters."""

    paragraph: str = ""
    run: str = ""

    def but(self, *extra: str, drop: Iterable[str] = ()) -> Look:
        """The same with some properties of the paragraph set or left out."""
        names = {w(name) for name in drop}
        set_here = [element_of(one) for one in extra]
        names |= {str(one.tag) for one in set_here}
        kept = [one for one in _children(self.paragraph) if one.tag not in names]
        ordered = sorted([*kept, *set_here], key=lambda one: RANK.get(str(one.tag), len(ORDER)))
        return Look("".join([_text(one) for one in ordered]), self.run)

    def bold(self) -> Look:
        """The same in bold."""
        return Look(self.paragraph, merged_run(self.run, "<w:b/>"))


@dataclass(frozen=True, slots=True)
class Looks:
    """The looks of every kind of paragraph that we put in, and how the file counts.

    ``automatic``: whether chapters and articles have numbers of Word's own; ``figures``: articles are typed in
    figures, 第12条; ``gap`` stands between a typed number and what follows.
    """

    chapter: Look
    section: Look
    article: Look
    text: Look
    annex: Look
    cell: Look
    chapter_automatic: bool
    article_automatic: bool
    figures: bool
    chapter_gap: str
    article_gap: str
    measure: int


def looks_of(host: Host, place: Place) -> Looks:
    """The looks of the chapter that is replaced, and where it lacks a kind, those of the rest of the file."""
    inside = [one for one in host.sections if _first_serial(one) in place.serials]
    articles = [one for one in (*inside, *host.sections) if one.kind == "article" and one.label[:1] == "第"]
    heading = next(one for one in inside if one.kind == "chapter")
    chapter = _of(host, heading.lines[0].passage)
    heads = [one.lines[0].passage for one in articles if one.lines]
    article = _of(host, heads[0]) if heads else Look(INDENT)
    automatic = bool(heads) and heads[0].number.strip().endswith("条")
    texts = [line for one in articles for line in one.lines[1:] if _is_text(line)]
    text = (
        _of(host, texts[0].passage)
        if texts
        else article.but(UNNUMBERED, INDENT, drop=["keepNext", "outlineLvl"])
    )
    typed = ARTICLE_NUMBER.match(heads[0].text.strip()) if heads and not automatic else None
    sections = [one for one in host.sections if one.kind == "chapter" and one.label.endswith("节")]
    annexes = [one for one in host.sections if one.kind == "annex"]
    chapter_automatic = heading.lines[0].passage.number.strip().endswith("章")
    below = text.but("<w:keepNext/>", FLUSH, '<w:jc w:val="center"/>').bold()
    plain_heading = chapter.but(UNNUMBERED) if chapter_automatic else chapter
    return Looks(
        chapter=chapter,
        section=_of(host, sections[0].lines[0].passage).but(UNNUMBERED) if sections else below,
        article=article,
        text=text.but(drop=["keepNext", "outlineLvl"]),
        annex=_of(host, annexes[0].lines[0].passage) if annexes else plain_heading,
        cell=Look(FLUSH, merged_run(text.run, CELL_SIZE)),
        chapter_automatic=chapter_automatic,
        article_automatic=automatic,
        figures=bool(typed and typed["number"].isdigit()),
        chapter_gap=_gap(heading.lines[0].passage.text),
        article_gap=(typed["gap"] if typed else "") or GAP,
        measure=_measure(host),
    )


def _first_serial(section: ReadSection) -> int:
    return section.lines[0].passage.serial if section.lines else 0


def _is_text(line: ReadLine) -> bool:
    return line.kind == "paragraph" and not line.number and len(line.text) > 1


def _gap(heading: str) -> str:
    match = re.match(r"\s*第\s*\S{1,8}?\s*章([\s\u3000]*)", heading)
    return (match[1] if match else "") or GAP


def _of(host: Host, passage: Passage) -> Look:
    """The look of a paragraph of the file: its own properties, and those of the run with the most characters."""
    node = host.elements[passage.serial]
    properties = node.find(w("pPr"))
    kept = [one for one in (properties if properties is not None else ()) if one.tag not in NOT_COPIED]
    runs = sorted(node.iter(w("r")), key=lambda run: -sum(len(t.text or "") for t in run.iter(w("t"))))
    looks = runs[0].find(w("rPr")) if runs else None
    of_run = [one for one in (looks if looks is not None else ()) if one.tag not in RUN_NOT_COPIED]
    return Look("".join([_text(one) for one in kept]), "".join([_text(one) for one in of_run]))


def _measure(host: Host) -> int:
    """The width of the text of the last page, in twentieths of a point."""
    sections = list(host.root.iter(w("sectPr")))
    size = sections[-1].find(w("pgSz")) if sections else None
    margins = sections[-1].find(w("pgMar")) if sections else None
    if size is None or margins is None:
        return 8306
    width = _whole(size.get(w("w")), 11906)
    return max(width - _whole(margins.get(w("left")), 1800) - _whole(margins.get(w("right")), 1800), 2000)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default


# ------------------------------------------------------------------ XML


def nodes_of(xml: str) -> list[etree._Element]:
    """The elements of some XML that names no namespace."""
    return list(element_of(f"<w:body>{xml}</w:body>")) if xml else []


def element_of(xml: str) -> etree._Element:
    """An element of some XML that names no namespace."""
    head, rest = re.match(r"<[\w:]+", xml), xml
    assert head is not None
    return etree.fromstring(f'{head[0]} xmlns:w="{W}"{rest[head.end() :]}')


def _children(xml: str) -> Iterator[etree._Element]:
    yield from element_of(f"<w:pPr>{xml}</w:pPr>") if xml else ()


def _text(node: etree._Element) -> str:
    """An element as XML that names no namespace; what is not Word's own is left out."""
    if not str(node.tag).startswith(f"{{{W}}}"):
        return ""
    shown = copy.deepcopy(node)
    for one in shown.iter():
        for name in [
            name for name in one.attrib if str(name).startswith("{") and f"{{{W}}}" not in str(name)
        ]:
            del one.attrib[name]
    etree.cleanup_namespaces(shown)
    text = etree.tostring(shown, encoding="unicode", with_tail=False)
    return re.sub(r' xmlns:\w+="[^"]*"', "", text)


def merged_run(base: str, extra: str) -> str:
    """Properties of a run with others laid over them, in the order that Word wants."""
    ranks = {w(name): rank for rank, name in enumerate(OF_RUNS)}
    fresh = list(element_of(f"<w:rPr>{extra}</w:rPr>"))
    names = {one.tag for one in fresh}
    kept = [one for one in (element_of(f"<w:rPr>{base}</w:rPr>") if base else ()) if one.tag not in names]
    ordered = sorted([*kept, *fresh], key=lambda one: ranks.get(str(one.tag), len(ranks)))
    return "".join([_text(one) for one in ordered])
