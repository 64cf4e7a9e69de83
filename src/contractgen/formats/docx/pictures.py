"""Pictures and shapes in a Word text: what they say besides what they show, and where what they show lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from contractgen.document.reading import AsideKind
from contractgen.formats.docx.elements import BOX, CHINESE, DRAWING, MC, all_text
from contractgen.formats.docx.package import R

VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
KNOWN = re.compile(  # what a Choice may require so that Word and WPS show it
    r"http://schemas\.(?:openxmlformats\.org|microsoft\.com/office)/|urn:schemas-microsoft-com:"
)


class Said(NamedTuple):
    """Words in a picture, and what kind of thing they are."""

    kind: AsideKind
    text: str
    detail: str = ""


def said_in(picture: etree._Element) -> Iterator[Said]:
    """Text boxes, text in shapes, alternative texts, and branches that are not shown."""
    for child in picture.iter("{*}*"):
        tag = child.tag
        if tag == MC + "AlternateContent":
            for words in branches(child)[1]:
                yield Said("alternate", words)
        elif tag == BOX:
            inner = any(above.tag in (BOX, MC + "Fallback") for above in _between(child, picture))
            if not inner and (words := all_text(child)):
                yield Said("text_box", words)
        elif tag == DRAWING + "t" and child.text:
            yield Said("text_box", child.text, "图形中的文字")
        elif tag == VML + "textpath" and child.get("string"):
            yield Said("text_box", child.get("string") or "", "艺术字")
        for name in ("descr", "title", "alt"):
            alternative = child.get(name)
            if alternative and CHINESE.search(alternative):
                yield Said("picture", alternative, "图片的替代文字")


def shown_in(picture: etree._Element) -> Iterator[tuple[str, str]]:
    """What for, and by which relationship: the files that it shows, the objects that it embeds."""
    for child in picture.iter("{*}*"):
        what = "embedded" if child.tag == OFFICE + "OLEObject" else "picture"
        for name in ("embed", "link", "id", "pict", "dm"):
            if found := child.get(f"{{{R}}}{name}"):
                yield what, found


def branches(node: etree._Element) -> tuple[etree._Element | None, list[str]]:
    """Of an AlternateContent the branch that is shown, and what the others say otherwise."""
    found = [child for child in node if child.tag in (MC + "Choice", MC + "Fallback")]
    chosen = next((one for one in found if one.tag == MC + "Choice" and _understood(one)), None)
    if chosen is None:
        chosen = next((one for one in found if one.tag == MC + "Fallback"), None)
    shown = all_text(chosen) if chosen is not None else ""
    others = [all_text(one) for one in found if one is not chosen]
    return chosen, [words for words in others if words and words not in shown]


def _understood(choice: etree._Element) -> bool:
    """Whether every namespace that a Choice requires is one that Word knows."""
    needed = (choice.get("Requires") or "").split()
    return bool(needed) and all(KNOWN.match(choice.nsmap.get(prefix) or "") for prefix in needed)


def _between(node: etree._Element, top: etree._Element) -> Iterator[etree._Element]:
    """The elements around one, up to another."""
    for above in node.iterancestors():
        if above is top:
            return
        yield above
