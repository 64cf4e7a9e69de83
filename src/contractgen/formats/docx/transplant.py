"""A chapter put into the Word file of a general contract, in the looks of that file.

Each kind of paragraph looks as its like does there: the chapter's heading as the one that it replaces, an article's
heading as another article's, text as other text. Where the file counts by itself, our articles are counted with
it; where numbers are typed, they are typed. References inside are fields, so that they can be counted anew.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from contractgen.document import (
    Annex,
    Article,
    Blank,
    Block,
    Chapter,
    Document,
    Inline,
    Item,
    Paragraph,
    Reference,
    Subheading,
    Table,
    annex_label,
    article_label,
)
from contractgen.document.articles import ReadLine, ReadSection
from contractgen.document.reading import Passage
from contractgen.formats import DASH, column_shares, number_of
from contractgen.formats.docx.body import heading_bookmark
from contractgen.formats.docx.host import PAIRS, Host, Place
from contractgen.formats.docx.markup import FIELD_END, attribute, escape, field_begin
from contractgen.formats.docx.markup import ORDER as OF_RUNS
from contractgen.formats.docx.package import W, w

GAP = "\u3000"
NOT_COPIED = {w(name) for name in ("sectPr", "rPr", "pPrChange", "pageBreakBefore", "framePr")}
RUN_NOT_COPIED = {
    w(name) for name in ("rStyle", "highlight", "vanish", "rPrChange", "ins", "del", "webHidden")
}
ARTICLE_NUMBER = re.compile(r"第\s*(?P<number>[^\s条]{1,14}?)\s*条(?P<gap>[\s\u3000]*)")
REFERS = re.compile(r"\s*(?:REF|PAGEREF|NOTEREF)\s+([^\s\\]+)", re.IGNORECASE)
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
        set_here = [_element(one) for one in extra]
        names |= {str(one.tag) for one in set_here}
        kept = [one for one in _children(self.paragraph) if one.tag not in names]
        ordered = sorted([*kept, *set_here], key=lambda one: RANK.get(str(one.tag), len(ORDER)))
        return Look("".join([_text(one) for one in ordered]), self.run)

    def bold(self) -> Look:
        """The same in bold."""
        return Look(self.paragraph, _merged_run(self.run, "<w:b/>"))


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


def put_in(host: Host, place: Place, document: Document) -> None:
    """Replace the chapter by the document's, and append the document's annexes; changes the host's main part."""
    looks = _looks(host, place)
    writer = _Writer(document, looks, _free_id(host))
    heading = place.nodes[0]
    parent = heading.getparent()
    assert parent is not None
    at = parent.index(heading)
    marks, section_break = _kept(place.nodes)
    names = {one.get(w("name")) or "" for node in place.nodes for one in node.iter(w("bookmarkStart"))}
    for node in place.nodes:
        parent.remove(node)
    _unlink(host.body, names - {one.get(w("name")) for one in marks})
    fresh = [*marks, *_nodes(writer.blocks(document.body))]
    if section_break is not None:
        fresh.append(section_break)
    for offset, node in enumerate(fresh):
        parent.insert(at + offset, node)
    annexes = _nodes(writer.blocks(document.annexes))
    body = host.body
    last = body[-1] if len(body) and body[-1].tag == w("sectPr") else None
    for node in annexes:
        body.append(node) if last is None else last.addprevious(node)


def _kept(nodes: Sequence[etree._Element]) -> tuple[list[etree._Element], etree._Element | None]:
    """Marks whose other end lies outside, and the first section break, which what stands before is laid out by."""
    ids: dict[tuple[str, str], int] = {}
    both = {**PAIRS, **{end: begin for begin, end in PAIRS.items()}}
    found = [one for node in nodes for one in node.iter() if one.tag in both]
    for one in found:
        key = (min(str(one.tag), both[str(one.tag)]), one.get(w("id")) or "")
        ids[key] = ids.get(key, 0) + 1
    loose = [
        one for one in found if ids[(min(str(one.tag), both[str(one.tag)]), one.get(w("id")) or "")] == 1
    ]
    break_ = next((one for node in nodes for one in node.iter(w("sectPr"))), None)
    kept = None
    if break_ is not None:
        kept = _element("<w:p><w:pPr/></w:p>")
        kept[0].append(copy.deepcopy(break_))
    return [copy.deepcopy(one) for one in loose], kept


def _unlink(body: etree._Element, names: set[str]) -> None:
    """Make plain text of fields that refer to what is gone: Word would print an error in their place."""
    open_fields: list[list[etree._Element]] = []
    for node in list(body.iter(w("fldChar"), w("instrText"))):
        kind = node.get(w("fldCharType"))
        if kind == "begin":
            open_fields.append([])
        if not open_fields:
            continue
        open_fields[-1].append(node)
        if kind == "end":
            marks = open_fields.pop()
            if _refers("".join(one.text or "" for one in marks), names):
                for one in marks:
                    _drop(one)
    for simple in list(body.iter(w("fldSimple"))):
        if _refers(simple.get(w("instr")) or "", names):
            for child in list(simple):
                simple.addprevious(child)
            _drop(simple)


def _refers(code: str, names: set[str]) -> bool:
    match = REFERS.match(code)
    return match is not None and match[1] in names


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _free_id(host: Host) -> int:
    ids = [one.get(w("id")) or "" for one in host.root.iter(w("bookmarkStart"))]
    return 1 + max([int(one) for one in ids if one.isdigit()], default=0)


# ------------------------------------------------------------------ how the file looks


def _looks(host: Host, place: Place) -> Looks:
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
        cell=Look(FLUSH, _merged_run(text.run, CELL_SIZE)),
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


# ------------------------------------------------------------------ writing


class _Writer:
    """Blocks as paragraphs and tables of the file."""

    def __init__(self, document: Document, looks: Looks, first_id: int) -> None:
        self.looks = looks
        self.bookmark = first_id
        self.homes: dict[str, tuple[str, str, bool]] = {}
        home: tuple[str, str, bool] | None = None
        block: Block
        for block in (*document.body, *document.annexes):
            if isinstance(block, Article):
                home = (heading_bookmark(block.id), self._article(block), looks.article_automatic)
            elif isinstance(block, Annex):
                home = (heading_bookmark(block.id), annex_label(block.number), False)
            known = str(getattr(block, "id", ""))
            if home is not None and known:
                self.homes.setdefault(known, home)

    def _article(self, block: Article) -> str:
        return f"第{block.number}条" if self.looks.figures else article_label(block.number)

    def blocks(self, blocks: Iterable[Block]) -> str:
        """All of them."""
        return "".join([self._block(block) for block in blocks])

    def _block(self, block: Block) -> str:
        looks = self.looks
        match block:
            case Chapter(section=True):
                return self._paragraph(
                    looks.section, self._runs(looks.section, f"{block.label}{GAP}{block.title}")
                )
            case Chapter():
                number = "" if looks.chapter_automatic else f"{block.label}{looks.chapter_gap}"
                return self._paragraph(looks.chapter, self._runs(looks.chapter, f"{number}{block.title}"))
            case Article():
                return self._paragraph(looks.article, self._head(block))
            case Annex():
                return self._annex(block)
            case Subheading():
                look = looks.text.but("<w:keepNext/>").bold()
                return self._paragraph(look, self._runs(look, block.text))
            case Paragraph(role="note"):
                return ""
            case Paragraph():
                return self._paragraph(looks.text, self._inlines(looks.text, block.inlines))
            case Item():
                number = self._runs(looks.text, number_of(block) if block.numbered else DASH)
                return self._paragraph(looks.text, number + self._inlines(looks.text, block.inlines))
            case Table():
                return self._table(block)
        return ""

    def _head(self, block: Article) -> str:
        """The bookmark covers what a reference prints: the paragraph with its automatic number, or the typed one."""
        look = self.looks.article.bold()
        name = heading_bookmark(block.id)
        if self.looks.article_automatic:
            return self._marked(name, self._runs(look, block.title))
        return self._marked(name, self._runs(look, self._article(block))) + self._runs(
            look, f"{self.looks.article_gap}{block.title}"
        )

    def _annex(self, block: Annex) -> str:
        look = self.looks.annex.but("<w:pageBreakBefore/>")
        label = self._marked(heading_bookmark(block.id), self._runs(look, annex_label(block.number)))
        return self._paragraph(look, label + self._runs(look, f"{GAP}{block.title}"))

    def _marked(self, name: str, runs: str) -> str:
        self.bookmark += 1
        start = f'<w:bookmarkStart w:id="{self.bookmark}" w:name="{name}"/>'
        return f'{start}{runs}<w:bookmarkEnd w:id="{self.bookmark}"/>'

    def _inlines(self, look: Look, inlines: Sequence[Inline]) -> str:
        return "".join([self._inline(look, one) for one in inlines])

    def _inline(self, look: Look, node: Inline) -> str:
        home = self.homes.get(node.target) if isinstance(node, Reference) else None
        if home is not None and isinstance(node, Reference):
            name, label, automatic = home
            printed = number_and_rest(node.text)
            shown = self._runs(look, label)
            code = f"REF {name} \\r \\h" if automatic else f"REF {name} \\h"
            looked = (
                f"<w:r><w:rPr>{look.run}</w:rPr>" if look.run else "<w:r>"
            )  # the whole field looks as its result
            begin, end = (mark.replace("<w:r>", looked) for mark in (field_begin(code), FIELD_END))
            return f"{begin}{shown}{end}{self._runs(look, printed)}"
        if isinstance(node, Blank) and node.label:
            return self._runs(
                Look(look.paragraph, _merged_run(look.run, '<w:highlight w:val="yellow"/>')), node.text
            )
        return self._runs(look, node.text)

    def _runs(self, look: Look, text: str) -> str:
        if not text:
            return ""
        properties = f"<w:rPr>{look.run}</w:rPr>" if look.run else ""
        return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'

    def _paragraph(self, look: Look, runs: str) -> str:
        return f"<w:p><w:pPr>{look.paragraph}</w:pPr>{runs}</w:p>"

    def _table(self, block: Table) -> str:
        lines = [
            (line, at == 0 and bool(block.header))
            for at, line in enumerate((block.header, *block.rows))
            if line
        ]
        shares = column_shares(block)
        widths = [self.looks.measure * share // sum(shares) for share in shares]
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        described = attribute("、".join(cell.text for cell in block.header if cell.text)[:200])
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join([self._row(line, widths, header) for line, header in lines])
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/><w:tblCaption w:val="{described}"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{self._paragraph(self.looks.cell, '')}"
        )

    def _row(self, line: Sequence[Block | object], widths: Sequence[int], header: bool) -> str:
        look = self.looks.cell.bold() if header else self.looks.cell
        cells = []
        for cell, width in zip(line, widths, strict=False):
            align = "center" if header else getattr(cell, "align", "left")
            inner = self._inlines(look, getattr(cell, "inlines", ()))
            shown = self._paragraph(look.but(f'<w:jc w:val="{align}"/>'), inner)
            cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{shown}</w:tc>')
        properties = "<w:cantSplit/><w:tblHeader/>" if header else "<w:cantSplit/>"
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def number_and_rest(text: str) -> str:
    """What a reference prints behind the number that its field counts: 第二款 of 第十二条第二款."""
    return text[text.index("条") + 1 :] if "条" in text else ""


# ------------------------------------------------------------------ XML


def _nodes(xml: str) -> list[etree._Element]:
    return list(_element(f"<w:body>{xml}</w:body>")) if xml else []


def _element(xml: str) -> etree._Element:
    """An element of some XML that names no namespace."""
    head, rest = re.match(r"<[\w:]+", xml), xml
    assert head is not None
    return etree.fromstring(f'{head[0]} xmlns:w="{W}"{rest[head.end() :]}')


def _children(xml: str) -> Iterator[etree._Element]:
    yield from _element(f"<w:pPr>{xml}</w:pPr>") if xml else ()


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


def _merged_run(base: str, extra: str) -> str:
    """Properties of a run with others laid over them, in the order that Word wants."""
    ranks = {w(name): rank for rank, name in enumerate(OF_RUNS)}
    fresh = list(_element(f"<w:rPr>{extra}</w:rPr>"))
    names = {one.tag for one in fresh}
    kept = [one for one in (_element(f"<w:rPr>{base}</w:rPr>") if base else ()) if one.tag not in names]
    ordered = sorted([*kept, *fresh], key=lambda one: ranks.get(str(one.tag), len(ranks)))
    return "".join([_text(one) for one in ordered])
