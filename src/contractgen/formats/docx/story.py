"""One text of a Word file (the body, a header, the notes) walked from end to end: its paragraphs, and what hides in it.

Nothing is taken for granted about the order or place of elements, since LibreOffice and WPS write what the schema
does not allow. Text is kept with the changes that it is in; ``views`` makes the accepted and the original text of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from lxml import etree

from contractgen.document.reading import (
    GONE_IF_ACCEPTED,
    GONE_IF_REFUSED,
    Aside,
    AsideKind,
    CellPlace,
    Change,
    ChangeKind,
    Passage,
    Span,
)
from contractgen.formats.docx import looks
from contractgen.formats.docx.count import Counter, Lists
from contractgen.formats.docx.looks import LOOKED_AT, Look, Looks, unseen
from contractgen.formats.docx.package import BadPackage, R, w

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
KNOWN = re.compile(  # what a Choice may require so that Word and WPS show it
    r"http://schemas\.(?:openxmlformats\.org|microsoft\.com/office)/|urn:schemas-microsoft-com:"
)
MAX_DEPTH = 60

P, R_, TBL, TR, TC, SDT, CONTENT = w("p"), w("r"), w("tbl"), w("tr"), w("tc"), w("sdt"), w("sdtContent")
P_PR, R_PR, SDT_PR, TR_PR, TC_PR = w("pPr"), w("rPr"), w("sdtPr"), w("trPr"), w("tcPr")
VAL, ID, TEXT, DEL_TEXT, BOX = w("val"), w("id"), w("t"), w("delText"), w("txbxContent")
CHANGES: dict[str, ChangeKind] = {
    w("ins"): "inserted",
    w("del"): "deleted",
    w("moveTo"): "moved_in",
    w("moveFrom"): "moved_out",
}
CELL_CHANGES: dict[str, ChangeKind] = {w("cellIns"): "inserted", w("cellDel"): "deleted"}
CHARACTERS = {
    w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): "",
}  # fmt: skip
CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]{5}|[\U00020000-\U0003ffff]")
REF = re.compile(r"\s*REF\s+([^\s\\]+)", re.IGNORECASE)
TELLING = re.compile(  # fields that print what their code says, or ask for it
    r"\s*(QUOTE|IF|COMPARE|FILLIN|ASK|SET|COMMENTS|DOCVARIABLE|DOCPROPERTY|MACROBUTTON|INCLUDETEXT|INCLUDEPICTURE"
    r"|AUTOTEXT|AUTOTEXTLIST|ADVANCE|EQ|PRINT|LINK|DDE|DDEAUTO|DATABASE|GOTOBUTTON|AUTHOR|TITLE|SUBJECT|KEYWORDS"
    r"|PRIVATE|ADDIN|XE|TC|TA)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Raw:
    """A paragraph of the file, with all that is in it."""

    serial: int
    spans: list[Span] = field(default_factory=list)
    mark: tuple[Change, ...] = ()
    style: str = ""
    list: tuple[str | None, str | None] = (None, None)
    before: tuple[str, tuple[str | None, str | None]] | None = None  # style and list that a change replaced
    level: int | None = None
    row: tuple[Change, ...] = ()  # changes of the table row or cell around it
    cell: CellPlace | None = None
    home: int = 0  # the container: paragraphs of different ones are never joined
    bookmarks: tuple[str, ...] = ()
    controls: tuple[tuple[str, str], ...] = ()
    contents: bool = False


@dataclass(slots=True)
class _Field:
    """A field that is open: its code, and whether its result has begun."""

    code: list[str] = field(default_factory=list)
    shown: bool = False
    contents: bool = False
    refers: str = ""


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

    def __init__(self, styles: Looks, first_serial: int = 0) -> None:
        self.looks = styles
        self.raws: list[Raw] = []
        self.asides: list[Aside] = []
        self.serial = first_serial
        self.elements: dict[int, etree._Element] = {}  # the paragraph of each serial
        self.references: list[tuple[str, str, int]] = []  # (footnote | comment ..., id, serial)
        self.related: list[tuple[str, str, int]] = []  # (what for, relationship id, serial)
        self._fields: list[_Field] = []
        self._plain_fields = False
        self._simple = ""  # what a field without marks refers to
        self._pending: list[str] = []
        self._homes = 0
        self._tables = 0
        self._plain_looks: dict[str, Look] = {}

    def walk(self, root: etree._Element) -> Story:
        """Everything below ``root``; gives itself back."""
        marks = [node.get(w("fldCharType")) for node in root.iter(w("fldChar"))]
        self._plain_fields = marks.count("begin") != marks.count("end")  # broken: nothing may be swallowed
        self._blocks(root, _Around())
        while self._fields:
            self._close_field()
        return self

    # ---------------------------------------------------------------- blocks

    def _blocks(self, parent: Iterable[etree._Element], around: _Around) -> None:
        if around.depth > MAX_DEPTH:
            raise BadPackage("size", "elements nested too deeply")
        for child in parent:
            tag = child.tag
            if tag == P:
                self._paragraph(child, around)
            elif tag == TBL:
                self._table(child, around)
            elif tag == SDT:
                self._control(child, around, blocks=True)
            elif tag in CHANGES:
                self._blocks(child, _inside(around, changes=(*around.changes, change_of(child))))
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
            tag, alias = _val(properties, "tag"), _val(properties, "alias")
            contents = contents or _is_contents(properties)
            self._control_texts(properties)
        controls = (*around.controls, (tag, alias)) if tag or alias else around.controls
        inner = _inside(around, controls=controls, contents=contents)
        if blocks:
            for child in node:
                if child.tag != SDT_PR:
                    self._blocks(child if child.tag == CONTENT else (child,), inner)
        return inner

    def _control_texts(self, properties: etree._Element) -> None:
        """Choices of a drop-down list that hold a sentence."""
        for item in properties.iter(w("listItem")):
            for name in ("displayText", "value"):
                words = item.get(w(name)) or ""
                if CHINESE.search(words):
                    self._aside("data", words, detail="下拉选项")
                    break

    def _table(self, table: etree._Element, around: _Around) -> None:
        self._tables += 1
        number = self._tables
        for at, (row, row_changes) in enumerate(_parts(table, TR), start=1):
            properties = row.find(TR_PR)
            changed = (*around.row, *row_changes, *_changes_in(properties, CHANGES))
            hidden = properties is not None and properties.find(w("hidden")) is not None
            for column, (cell, cell_changes) in enumerate(_parts(row, TC), start=1):
                self._homes += 1
                gone = (*changed, *cell_changes, *_changes_in(cell.find(TC_PR), CELL_CHANGES))
                place = CellPlace(number, at, column)
                first = len(self.raws)
                self._blocks(cell, _inside(around, cell=place, row=gone, home=self._homes))
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
            contents=around.contents or any(one.contents for one in self._fields),
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
            self.asides[first:first] = _of_spans(raw)

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
                raw.mark = _changes_in(child, CHANGES)
            elif tag == w("outlineLvl"):
                raw.level = looks.outline(properties)
            elif tag == w("spacing"):
                height = looks.whole(child.get(w("line")))
                flat = child.get(w("lineRule")) == "exact" and height is not None and height < looks.FLAT
            elif tag == w("pPrChange"):
                old = child.find(P_PR)
                if old is not None:
                    raw.before = (_val(old, "pStyle"), looks.list_of(old))
        return flat

    def _base(self, style: str) -> Look:
        found = self._plain_looks.get(style)
        if found is None:
            found = self._plain_looks[style] = self.looks.paragraph(style)
        return found

    def _inline(self, parent: etree._Element, raw: Raw, around: _Around, base: Look) -> None:
        if around.depth > MAX_DEPTH:
            raise BadPackage("size", "elements nested too deeply")
        for child in parent:
            tag = child.tag
            if tag == R_:
                self._run(child, raw, around.changes, base)
            elif tag == P_PR or not isinstance(tag, str):
                continue
            elif tag in CHANGES:
                self._inline(child, raw, _inside(around, changes=(*around.changes, change_of(child))), base)
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
                self._simple = _target(code)
                self._inline(child, raw, _inside(around), base)
                self._simple = ""
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
                self._blocks(parent_of_one(child), _inside(around))
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
        if depth > MAX_DEPTH:
            raise BadPackage("size", "elements nested too deeply")
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
                self._instruction(child.text or "", raw.serial)
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
                    self._texts("text_box", above, raw.serial, "注音")
            elif tag in (w("drawing"), w("pict"), w("object")):
                self._picture(child, raw.serial)
            elif tag == MC + "AlternateContent":
                chosen = self._choose(child)
                if chosen is not None:
                    self._pieces(chosen, raw, changes, hidden, depth + 1)
            elif tag in (P, TBL):
                self._blocks(parent_of_one(child), _Around(changes=changes, depth=depth + 1))
            elif len(child):
                self._pieces(child, raw, changes, hidden, depth + 1)

    def _add(self, raw: Raw, text: str, changes: tuple[Change, ...], hidden: str) -> None:
        if not text:
            return
        refers = self._simple
        if self._fields and not self._plain_fields:
            for one in reversed(self._fields):
                if not one.shown:
                    one.code.append(text)
                    return
                refers = refers or one.refers
        last = raw.spans[-1] if raw.spans else None
        if last is not None and (last.changes, last.hidden, last.refers) == (changes, hidden, refers):
            raw.spans[-1] = Span(last.text + text, changes, hidden, refers)
        else:
            raw.spans.append(Span(text, changes, hidden, refers))

    # ---------------------------------------------------------------- fields

    def _field_mark(self, node: etree._Element, raw: Raw) -> None:
        kind = node.get(w("fldCharType"))
        for form in node.iter(w("ffData")):
            for child in form.iter(w("default"), w("helpText"), w("statusText"), w("listEntry")):
                words = child.get(VAL) or ""
                if CHINESE.search(words):
                    self._aside("field", words, raw.serial, detail="窗体域")
        if self._plain_fields:
            return
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            last = self._fields[-1]
            last.shown = True
            code = "".join(last.code)
            last.contents = code.strip().upper().startswith("TOC")
            last.refers = _target(code)
            raw.contents = raw.contents or last.contents
        elif kind == "end" and self._fields:
            self._close_field(raw.serial)

    def _instruction(self, text: str, serial: int) -> None:
        if self._fields and not self._plain_fields:
            self._fields[-1].code.append(text)
        else:
            self._code(text, serial)

    def _close_field(self, serial: int = 0) -> None:
        self._code("".join(self._fields.pop().code), serial or self.serial)

    def _code(self, code: str, serial: int) -> None:
        """A field's code, where it says something that its result need not show."""
        if CHINESE.search(code) or (TELLING.match(code) and '"' in code):
            self._aside("field", code.strip(), serial)

    # ---------------------------------------------------------------- what stands beside the text

    def _aside(self, kind: AsideKind, text: str, serial: int = 0, detail: str = "") -> None:
        self.asides.append(Aside(kind, text, serial or self.serial, detail=detail))

    def _texts(self, kind: AsideKind, node: etree._Element, serial: int, detail: str = "") -> None:
        words = all_text(node)
        if words:
            self._aside(kind, words, serial, detail)

    def _picture(self, node: etree._Element, serial: int) -> None:
        """Text boxes, text in shapes, alternative texts, embedded objects."""
        for child in node.iter("{*}*"):
            tag = child.tag
            if tag == MC + "AlternateContent":
                self._choose(child, serial)
            elif tag == BOX:
                if not any(above.tag in (BOX, MC + "Fallback") for above in _above(child, node)):
                    self._texts("text_box", child, serial)
            elif tag == DRAWING + "t" and child.text:
                self._aside("text_box", child.text, serial, "图形中的文字")
            elif tag == VML + "textpath" and child.get("string"):
                self._aside("text_box", child.get("string") or "", serial, "艺术字")
            self._attributes(child, serial)

    def _attributes(self, node: etree._Element, serial: int) -> None:
        """What an element of a picture says besides: its alternative text, and the file that it shows."""
        for name in ("descr", "title", "alt"):
            words = node.get(name)
            if words and CHINESE.search(words):
                self._aside("picture", words, serial, "图片的替代文字")
        what = "embedded" if node.tag == OFFICE + "OLEObject" else "picture"
        for name in ("embed", "link", "id", "pict", "dm"):
            if found := node.get(f"{{{R}}}{name}"):
                self.related.append((what, found, serial))

    def _choose(self, node: etree._Element, serial: int = 0) -> etree._Element | None:
        """The branch that is shown; what the others say otherwise is an aside."""
        branches = [child for child in node if child.tag in (MC + "Choice", MC + "Fallback")]
        chosen = next((one for one in branches if one.tag == MC + "Choice" and _understood(one)), None)
        if chosen is None:
            chosen = next((one for one in branches if one.tag == MC + "Fallback"), None)
        shown = all_text(chosen) if chosen is not None else ""
        for other in branches:
            words = all_text(other)
            if other is not chosen and words and words not in shown:
                self._aside("alternate", words, serial)
        return chosen


NOTHING_SEEN = looks.NOTHING


# ------------------------------------------------------------------ two views


def views(raws: Sequence[Raw], lists: Lists) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """The accepted and the original text."""
    accepted = tuple(_view(raws, lists, GONE_IF_ACCEPTED))
    untouched = all(not (raw.mark or raw.row or raw.before) and _settled(raw) for raw in raws)
    return accepted, accepted if untouched else tuple(_view(raws, lists, GONE_IF_REFUSED))


def _settled(raw: Raw) -> bool:
    return not any(span.changes for span in raw.spans)


def _view(raws: Sequence[Raw], lists: Lists, gone: frozenset[str]) -> Iterator[Passage]:
    counter = Counter(lists)
    waiting: list[Raw] = []  # whose end is not in this view: they run on into the next paragraph
    for raw in raws:
        if waiting and waiting[-1].home != raw.home:
            yield from _passage(waiting, lists, counter, gone)
            waiting = []
        if _lost(raw.row, gone):
            continue
        waiting.append(raw)
        if not _lost(raw.mark, gone):
            yield from _passage(waiting, lists, counter, gone)
            waiting = []
    if waiting:
        yield from _passage(waiting, lists, counter, gone)


def _lost(changes: Iterable[Change], gone: frozenset[str]) -> bool:
    return any(change.kind in gone for change in changes)


def _passage(raws: Sequence[Raw], lists: Lists, counter: Counter, gone: frozenset[str]) -> Iterator[Passage]:
    last = raws[-1]
    if len(raws) == 1 and not last.mark and _settled(last):
        texts = ["".join([span.text for span in last.spans])]
    else:
        texts = ["".join([span.text for span in raw.spans if not _lost(span.changes, gone)]) for raw in raws]
    text = "".join(texts)
    ended = not _lost(last.mark, gone)
    if not text and not ended:
        return
    home = last if ended else next(raw for raw, words in zip(raws, texts, strict=True) if words)
    style, own = home.style, home.list
    if gone is GONE_IF_REFUSED and home.before is not None:
        style, own = home.before
    place = None if lists.empty else lists.place(style, own)
    number = counter.next(*place) if place else ""
    kept = [raw for raw, words in zip(raws, texts, strict=True) if words] or [last]
    if ended and last not in kept and not any(raw.bookmarks for raw in kept):
        kept = [*kept, last]
    level = home.level if home.level is not None else lists.looks.level(style)
    yield Passage(
        text=text,
        number=number,
        serial=last.serial,
        style=lists.looks.name(style or lists.looks.default),
        level=level,
        cell=last.cell,
        spans=tuple([span for raw in raws for span in raw.spans]),
        mark=tuple([change for raw in raws for change in raw.mark]),
        bookmarks=tuple([name for raw in kept for name in raw.bookmarks]),
        controls=max((raw.controls for raw in kept), key=len),
        contents=home.contents,
    )


# ------------------------------------------------------------------ small facts of elements


def _inside(
    around: _Around,
    *,
    changes: tuple[Change, ...] | None = None,
    controls: tuple[tuple[str, str], ...] | None = None,
    cell: CellPlace | None = None,
    row: tuple[Change, ...] | None = None,
    home: int | None = None,
    contents: bool | None = None,
) -> _Around:
    """One element deeper."""
    return _Around(
        changes=around.changes if changes is None else changes,
        controls=around.controls if controls is None else controls,
        cell=around.cell if cell is None else cell,
        row=around.row if row is None else row,
        home=around.home if home is None else home,
        contents=around.contents if contents is None else contents,
        depth=around.depth + 1,
    )


def _target(code: str) -> str:
    """The bookmark that a field refers to."""
    match = REF.match(code)
    return match[1] if match else ""


def parent_of_one(node: etree._Element) -> Sequence[etree._Element]:
    """A sequence that holds only this element, to be walked like a parent."""
    return (node,)


def _parts(
    parent: etree._Element, wanted: str, changes: tuple[Change, ...] = (), depth: int = 0
) -> Iterator[tuple[etree._Element, tuple[Change, ...]]]:
    """Rows of a table or cells of a row, also those in controls and custom markup."""
    if depth > MAX_DEPTH:
        raise BadPackage("size", "elements nested too deeply")
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child, changes
        elif (
            isinstance(tag, str) and tag not in (TBL, P) and not tag.endswith(("Pr", "}tblGrid", "}tblPrEx"))
        ):
            inner = (*changes, change_of(child)) if tag in CHANGES else changes
            yield from _parts(child, wanted, inner, depth + 1)


def change_of(node: etree._Element) -> Change:
    """The change that an element marks."""
    kind = CHANGES.get(node.tag) or CELL_CHANGES[node.tag]
    return Change(kind, node.get(w("author")) or "", day_of(node))


def day_of(node: etree._Element) -> str:
    """The day of a change or comment, as the file says; empty where it is none."""
    match = re.match(r"\d{4}-\d\d-\d\d", node.get(w("date")) or "")
    return match[0] if match else ""


def _changes_in(properties: etree._Element | None, kinds: dict[str, ChangeKind]) -> tuple[Change, ...]:
    if properties is None:
        return ()
    return tuple([change_of(child) for child in properties if child.tag in kinds])


def _above(node: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    """The elements around one, up to another."""
    for above in node.iterancestors():
        if above is top:
            return
        yield above


def _val(node: etree._Element, name: str) -> str:
    child = node.find(w(name))
    return "" if child is None else child.get(VAL) or ""


def _is_contents(properties: etree._Element) -> bool:
    return any(
        "Table of Contents" in (gallery.get(VAL) or "") for gallery in properties.iter(w("docPartGallery"))
    )


def _understood(choice: etree._Element) -> bool:
    """Whether every namespace that a Choice requires is one that Word knows."""
    needed = (choice.get("Requires") or "").split()
    return bool(needed) and all(KNOWN.match(choice.nsmap.get(prefix) or "") for prefix in needed)


TEXTS = (TEXT, DEL_TEXT, w("instrText"), w("delInstrText"), DRAWING + "t", MATH + "t", P)


def all_text(node: etree._Element) -> str:
    """Every character below an element, in whichever state; paragraphs are parted by line ends."""
    pieces: list[str] = []
    for child in node.iter(*TEXTS):
        pieces.append("\n" if child.tag == P else child.text or "")
    return "".join(pieces).strip("\n")


def _of_spans(raw: Raw) -> list[Aside]:
    """Asides for the stretches of a paragraph that were changed or cannot be seen, each stretch once."""
    found: list[Aside] = []
    running: dict[tuple[AsideKind, str, str], int] = {}  # the stretches that the last span was part of
    for span in raw.spans:
        kinds: list[tuple[AsideKind, str, str]] = [
            (change.kind, change.author, change.day) for change in (*span.changes, *raw.row)
        ]
        if span.hidden and span.text.strip():
            kinds.append((cast("AsideKind", span.hidden), "", ""))
        now: dict[tuple[AsideKind, str, str], int] = {}
        for kind, author, day in dict.fromkeys(kinds):
            at = running.get((kind, author, day))
            if at is None:
                found.append(Aside(kind, span.text, raw.serial, author, day))
                at = len(found) - 1
            else:
                found[at] = replace(found[at], text=found[at].text + span.text)
            now[kind, author, day] = at
        running = now
    return found
