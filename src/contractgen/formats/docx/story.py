"""One text of a Word file (the body, a header, the notes) walked from end to end: its paragraphs, and what hides in it.

Nothing is taken for granted about the order or place of elements, since LibreOffice and WPS write what the schema
does not allow. Text is kept with the changes that it is in; ``views`` makes the accepted and the original text of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from contractgen.document.reading import GONE_IF_ACCEPTED, Aside, AsideKind, CellPlace, Change, Span
from contractgen.formats.docx import looks
from contractgen.formats.docx.elements import (
    CELL_CHANGES,
    CHANGES,
    CONTENT,
    DEL_TEXT,
    ID,
    MATH,
    MC,
    P_PR,
    R_,
    R_PR,
    SDT,
    SDT_PR,
    TBL,
    TC,
    TC_PR,
    TEXT,
    TR,
    TR_PR,
    VAL,
    P,
    all_text,
    change_of,
    changes_in,
    choices,
    holds_contents,
    parts_of,
    refuse_depth,
    val,
)
from contractgen.formats.docx.fields import Fields, form_words, paired, target, telling
from contractgen.formats.docx.looks import LOOKED_AT, Look, Looks, unseen
from contractgen.formats.docx.package import R, w
from contractgen.formats.docx.pictures import branches, said_in, shown_in
from contractgen.formats.docx.views import Raw, seen_apart

CHARACTERS = {
    w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): "",
}  # fmt: skip
NOTHING_SEEN = looks.NOTHING


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds for everything inside the element that is being walked."""

    changes: tuple[Change, ...] = ()
    controls: tuple[tuple[str, str], ...] = ()
    cell: CellPlace | None = None
    row: tuple[Change, ...] = ()
    home: int = 0
    contents: bool = False
    depth: int = 0


class Story:
    """Walks one text and collects its paragraphs and asides."""

    def __init__(self, styles: Looks) -> None:
        self.looks = styles
        self.raws: list[Raw] = []
        self.asides: list[Aside] = []
        self.serial = 0
        self.elements: dict[int, etree._Element] = {}  # the paragraph of each serial
        self.references: list[tuple[str, str, int]] = []  # (footnote | comment ..., id, serial)
        self.related: list[tuple[str, str, int]] = []  # (what for, relationship id, serial)
        self._fields = Fields()
        self._pending: list[str] = []
        self._homes = 0
        self._tables = 0
        self._plain_looks: dict[str, Look] = {}

    def walk(self, root: etree._Element) -> Story:
        """Everything below ``root``; gives itself back."""
        self._fields = Fields(marked=paired(root))
        self._blocks(root, _Around())
        for code in self._fields.rest():
            self._code(code, self.serial)
        return self

    # ---------------------------------------------------------------- blocks

    def _blocks(self, parent: Iterable[etree._Element], around: _Around) -> None:
        refuse_depth(around.depth)
        for child in parent:
            tag = child.tag
            if tag == P:
                self._paragraph(child, around)
            elif tag == TBL:
                self._table(child, around)
            elif tag == SDT:
                self._control(child, around, blocks=True)
            elif tag in CHANGES:
                self._blocks(child, replace(_inside(around), changes=(*around.changes, change_of(child))))
            elif tag == w("bookmarkStart"):
                self._pending.append(child.get(w("name")) or "")
            elif tag == w("altChunk"):
                self.related.append(("chunk", child.get(f"{{{R}}}id") or "", self.serial))
            elif tag == MC + "AlternateContent":
                chosen = self._choose(child)
                if chosen is not None:
                    self._blocks(chosen, _inside(around))
            elif tag == R_:  # a run outside any paragraph: no program writes it, some show it
                self._loose(child, around)
            elif isinstance(tag, str) and not tag.endswith(("Pr", "}tblGrid", "}sectPr")) and len(child):
                self._blocks(child, _inside(around))

    def _loose(self, run: etree._Element, around: _Around) -> None:
        raw = self._new(around)
        self._run(run, raw, around.changes, NOTHING_SEEN)

    def _control(self, node: etree._Element, around: _Around, *, blocks: bool) -> _Around:
        properties = node.find(SDT_PR)
        tag = alias = ""
        contents = around.contents
        if properties is not None:
            tag, alias = val(properties, "tag"), val(properties, "alias")
            contents = contents or holds_contents(properties)
            for words in choices(properties):
                self._aside("data", words, detail="下拉选项")
        controls = (*around.controls, (tag, alias)) if tag or alias else around.controls
        inner = replace(_inside(around), controls=controls, contents=contents)
        if blocks:
            for child in node:
                if child.tag != SDT_PR:
                    self._blocks(child if child.tag == CONTENT else (child,), inner)
        return inner

    def _table(self, table: etree._Element, around: _Around) -> None:
        self._tables += 1
        number = self._tables
        for at, (row, row_changes) in enumerate(parts_of(table, TR), start=1):
            properties = row.find(TR_PR)
            changed = (*around.row, *row_changes, *changes_in(properties, CHANGES))
            hidden = properties is not None and properties.find(w("hidden")) is not None
            for column, (cell, cell_changes) in enumerate(parts_of(row, TC), start=1):
                self._homes += 1
                gone = (*changed, *cell_changes, *changes_in(cell.find(TC_PR), CELL_CHANGES))
                place = CellPlace(number, at, column)
                first = len(self.raws)
                self._blocks(cell, replace(_inside(around), cell=place, row=gone, home=self._homes))
                if hidden:
                    self._hide(self.raws[first:])

    def _hide(self, raws: Sequence[Raw]) -> None:
        """A table row that is not shown."""
        for raw in raws:
            words = "".join([span.text for span in raw.spans])
            raw.spans = [replace(span, hidden=span.hidden or "hidden") for span in raw.spans]
            if words:
                self._aside("hidden", words, raw.serial, detail="隐藏的表格行")

    def _new(self, around: _Around) -> Raw:
        self.serial += 1
        raw = Raw(
            self.serial,
            row=around.row,
            cell=around.cell,
            home=around.home,
            controls=around.controls,
            contents=around.contents or self._fields.in_contents,
        )
        if self._pending:
            raw.bookmarks, self._pending = tuple(self._pending), []
        self.raws.append(raw)
        return raw

    # ---------------------------------------------------------------- a paragraph

    def _paragraph(self, node: etree._Element, around: _Around) -> None:
        raw = self._new(around)
        self.elements[raw.serial] = node
        properties = node.find(P_PR)
        flat = False
        if properties is not None:
            flat = self._properties(raw, properties)
        base = self._base(raw.style)
        first = len(self.asides)
        self._inline(node, raw, around, base)
        if flat:
            raw.spans = [replace(span, hidden=span.hidden or "tiny") for span in raw.spans]
        raw.contents = raw.contents or looks.is_contents(self.looks.name(raw.style))
        if any(span.hidden or span.changes for span in raw.spans) or raw.row:
            self.asides[first:first] = seen_apart(raw)

    def _properties(self, raw: Raw, properties: etree._Element) -> bool:
        """Style, list, level and changes of the paragraph; whether its lines are too flat to be seen."""
        flat = False
        for child in properties:
            tag = child.tag
            if tag == looks.P_STYLE:
                raw.style = child.get(VAL) or ""
            elif tag == looks.NUM_PR:
                raw.list = looks.list_of(properties)
            elif tag == R_PR:
                raw.mark = changes_in(child, CHANGES)
            elif tag == w("outlineLvl"):
                raw.level = looks.outline(properties)
            elif tag == w("spacing"):
                height = looks.whole(child.get(w("line")))
                flat = child.get(w("lineRule")) == "exact" and height is not None and height < looks.FLAT
            elif tag == w("pPrChange"):
                old = child.find(P_PR)
                if old is not None:
                    raw.before = (val(old, "pStyle"), looks.list_of(old))
        return flat

    def _base(self, style: str) -> Look:
        found = self._plain_looks.get(style)
        if found is None:
            found = self._plain_looks[style] = self.looks.paragraph(style)
        return found

    def _inline(self, parent: etree._Element, raw: Raw, around: _Around, base: Look) -> None:
        refuse_depth(around.depth)
        for child in parent:
            tag = child.tag
            if tag == R_:
                self._run(child, raw, around.changes, base)
            elif tag == P_PR or not isinstance(tag, str):
                continue
            elif tag in CHANGES:
                self._inline(
                    child, raw, replace(_inside(around), changes=(*around.changes, change_of(child))), base
                )
            elif tag == w("bookmarkStart"):
                raw.bookmarks = (*raw.bookmarks, child.get(w("name")) or "")
            elif tag == SDT:
                inner = self._control(child, around, blocks=False)
                raw.controls = inner.controls if len(inner.controls) > len(raw.controls) else raw.controls
                for content in child.iterchildren(CONTENT):
                    self._inline(content, raw, inner, base)
            elif tag == w("fldSimple"):
                code = child.get(w("instr")) or ""
                self._code(code, raw.serial)
                self._fields.simple = target(code)
                self._inline(child, raw, _inside(around), base)
                self._fields.simple = ""
            elif tag == w("commentRangeStart"):
                self.references.append(("comment", child.get(ID) or "", raw.serial))
            elif tag == MC + "AlternateContent":
                chosen = self._choose(child)
                if chosen is not None:
                    self._inline(chosen, raw, _inside(around), base)
            elif tag.startswith(MATH):
                for text in child.iter(MATH + "t", TEXT):
                    self._add(raw, text.text or "", around.changes, "")
            elif tag in (P, TBL):  # nothing allows it, so nothing may be lost by it
                self._blocks((child,), _inside(around))
            elif len(child):
                self._inline(child, raw, _inside(around), base)

    # ---------------------------------------------------------------- runs

    def _run(self, run: etree._Element, raw: Raw, changes: tuple[Change, ...], base: Look) -> None:
        properties = run.find(R_PR)
        look = base
        if properties is not None:
            for child in properties:
                if child.tag in LOOKED_AT:
                    look = self.looks.run(properties, base)
                    break
        self._pieces(run, raw, changes, unseen(look))

    def _pieces(
        self, run: etree._Element, raw: Raw, changes: tuple[Change, ...], hidden: str, depth: int = 0
    ) -> None:
        refuse_depth(depth)
        for child in run:
            tag = child.tag
            if tag == TEXT:
                self._add(raw, child.text or "", changes, hidden)
            elif tag == R_PR or not isinstance(tag, str):
                continue
            elif tag in CHARACTERS:
                self._add(raw, CHARACTERS[tag], changes, hidden)
            elif tag == w("fldChar"):
                self._field_mark(child, raw)
            elif tag in (w("instrText"), w("delInstrText")):
                self._code(self._fields.instruction(child.text or ""), raw.serial)
            elif tag == DEL_TEXT:
                known = any(change.kind in GONE_IF_ACCEPTED for change in changes)
                self._add(raw, child.text or "", changes if known else (*changes, Change("deleted")), hidden)
            elif tag == w("sym"):
                self._add(raw, "□", changes, hidden)
            elif tag in (w("footnoteReference"), w("endnoteReference"), w("commentReference")):
                kind = etree.QName(child).localname.removesuffix("Reference")
                self.references.append((kind, child.get(ID) or "", raw.serial))
            elif tag == w("ruby"):
                for base in child.iterchildren(w("rubyBase")):
                    self._inline(base, raw, _Around(changes=changes, depth=depth + 1), NOTHING_SEEN)
                for above in child.iterchildren(w("rt")):
                    if words := all_text(above):
                        self._aside("text_box", words, raw.serial, "注音")
            elif tag in (w("drawing"), w("pict"), w("object")):
                self._picture(child, raw.serial)
            elif tag == MC + "AlternateContent":
                chosen = self._choose(child)
                if chosen is not None:
                    self._pieces(chosen, raw, changes, hidden, depth + 1)
            elif tag in (P, TBL):
                self._blocks((child,), _Around(changes=changes, depth=depth + 1))
            elif len(child):
                self._pieces(child, raw, changes, hidden, depth + 1)

    def _add(self, raw: Raw, text: str, changes: tuple[Change, ...], hidden: str) -> None:
        if not text:
            return
        refers = self._fields.around(text)
        if refers is None:
            return
        last = raw.spans[-1] if raw.spans else None
        if last is not None and (last.changes, last.hidden, last.refers) == (changes, hidden, refers):
            raw.spans[-1] = Span(last.text + text, changes, hidden, refers)
        else:
            raw.spans.append(Span(text, changes, hidden, refers))

    # ---------------------------------------------------------------- fields

    def _field_mark(self, node: etree._Element, raw: Raw) -> None:
        for words in form_words(node):
            self._aside("field", words, raw.serial, detail="窗体域")
        kind = node.get(w("fldCharType"))
        self._code(self._fields.mark(kind), raw.serial)
        if kind == "separate":
            raw.contents = raw.contents or self._fields.in_contents

    def _code(self, code: str, serial: int) -> None:
        """A field's code, where it says something that its result need not show."""
        if telling(code):
            self._aside("field", code.strip(), serial)

    # ---------------------------------------------------------------- what stands beside the text

    def _aside(self, kind: AsideKind, text: str, serial: int = 0, detail: str = "") -> None:
        self.asides.append(Aside(kind, text, serial or self.serial, detail=detail))

    def _picture(self, node: etree._Element, serial: int) -> None:
        """What a picture says besides what it shows, and what it shows."""
        for kind, words, detail in said_in(node):
            self._aside(kind, words, serial, detail)
        self.related += [(what, relationship, serial) for what, relationship in shown_in(node)]

    def _choose(self, node: etree._Element) -> etree._Element | None:
        """The branch that is shown; what the others say otherwise is an aside."""
        chosen, others = branches(node)
        for words in others:
            self._aside("alternate", words)
        return chosen


def _inside(around: _Around) -> _Around:
    """One element deeper."""
    return replace(around, depth=around.depth + 1)
