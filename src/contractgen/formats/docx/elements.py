"""The elements of a Word file that hold text, and small facts of them: the changes they mark, what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from contractgen.document.reading import Change, ChangeKind
from contractgen.formats.docx.package import BadPackage, w

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
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
CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]{5}|[\U00020000-\U0003ffff]")


def refuse_depth(depth: int) -> None:
    """BadPackage where elements lie deeper in one another than any program writes them."""
    if depth > MAX_DEPTH:
        raise BadPackage("size", "elements nested too deeply")


def parts_of(
    parent: etree._Element, wanted: str, changes: tuple[Change, ...] = (), depth: int = 0
) -> Iterator[tuple[etree._Element, tuple[Change, ...]]]:
    """Rows of a table or cells of a row, also those in controls and custom markup."""
    refuse_depth(depth)
    for child in parent:
        tag = child.tag
        if tag == wanted:
            yield child, changes
        elif (
            isinstance(tag, str) and tag not in (TBL, P) and not tag.endswith(("Pr", "}tblGrid", "}tblPrEx"))
        ):
            inner = (*changes, change_of(child)) if tag in CHANGES else changes
            yield from parts_of(child, wanted, inner, depth + 1)


def change_of(node: etree._Element) -> Change:
    """The change that an element marks."""
    kind = CHANGES.get(node.tag) or CELL_CHANGES[node.tag]
    return Change(kind, node.get(w("author")) or "", day_of(node))


def day_of(node: etree._Element) -> str:
    """The day of a change or comment, as the file says; empty where it is none."""
    match = re.match(r"\d{4}-\d\d-\d\d", node.get(w("date")) or "")
    return match[0] if match else ""


def changes_in(properties: etree._Element | None, kinds: dict[str, ChangeKind]) -> tuple[Change, ...]:
    """The changes that the properties of a paragraph, row or cell hold."""
    if properties is None:
        return ()
    return tuple([change_of(child) for child in properties if child.tag in kinds])


def val(node: etree._Element, name: str) -> str:
    """What a property of this name says; empty where there is none."""
    child = node.find(w(name))
    return "" if child is None else child.get(VAL) or ""


def holds_contents(properties: etree._Element) -> bool:
    """Whether a control holds a table of contents."""
    return any(
        "Table of Contents" in (gallery.get(VAL) or "") for gallery in properties.iter(w("docPartGallery"))
    )


def choices(properties: etree._Element) -> Iterator[str]:
    """The choices of a drop-down list that hold a sentence."""
    for item in properties.iter(w("listItem")):
        for name in ("displayText", "value"):
            words = item.get(w(name)) or ""
            if CHINESE.search(words):
                yield words
                break


def text_of(node: etree._Element) -> str:
    """The characters of a paragraph."""
    return "".join(t.text or "" for t in node.iter(w("t")))


def parent_of(node: etree._Element) -> etree._Element:
    """The element around one that is not the root."""
    parent = node.getparent()
    assert parent is not None
    return parent


def drop(node: etree._Element) -> None:
    """Take an element out."""
    parent_of(node).remove(node)


TEXTS = (TEXT, DEL_TEXT, w("instrText"), w("delInstrText"), DRAWING + "t", MATH + "t", P)


def all_text(node: etree._Element) -> str:
    """Every character below an element, in whichever state; paragraphs are parted by line ends."""
    pieces: list[str] = []
    for child in node.iter(*TEXTS):
        pieces.append("\n" if child.tag == P else child.text or "")
    return "".join(pieces).strip("\n")
