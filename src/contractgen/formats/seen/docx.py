"""A Word file as it is read, whoever saved it: every paragraph of the text with the tracked changes accepted.

A paragraph that is numbered automatically shows the level of its number as ``§0``, ``§1``; the number itself is
not in the text. Tracked changes, comments, hidden text, text boxes, pictures and footnotes are marks.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contractgen.formats.docx.package import (
    BadPackage,
    parse,
    read_parts,
    relationships,
    w,
)
from contractgen.formats.docx.parts import ATTACHMENTS, OFFICE
from contractgen.formats.seen import CONTENTS, Piece, Seen, UnreadableFileError, squeezed

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MANIFEST = "manifest.json"
TRACKED = {w(name) for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")}
TRACKED |= {
    w(f"{name}Change") for name in ("rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "numbering")
}
GONE = {w("del"), w("moveFrom")}
SKIPPED = {w("instrText"), w("delInstrText"), w("delText"), w("rPr"), w("pPr"), FALLBACK}
FOREIGN = {
    w("commentReference"): "批注",
    w("footnoteReference"): "脚注",
    w("endnoteReference"): "脚注",
    w("drawing"): "图片或者图形",
    w("pict"): "图片或者图形",
    w("object"): "嵌入对象",
    w("txbxContent"): "文本框",
    w("altChunk"): "嵌入文件",
    w("sym"): "特殊符号",
}
OFF = ("0", "false", "off")
DEEPEST = 20  # styles that may rest on one another
REASONS = {
    "encrypted": "Word 文件加了密码",
    "legacy": "这是旧的 .doc 格式，请用 Word 或者 WPS 另存为 .docx",
    "size": "Word 文件解压后太大",
}


def see_docx(data: bytes) -> Seen:
    """Everything that a Word file shows.

    Raises:
        UnreadableFileError: with the reason.
    """
    try:
        parts = read_parts(data)
        main = _main(parts)
        root = parse(parts[main])
        body = root.find(w("body"))
        if body is None:
            raise UnreadableFileError("Word 文件里没有正文")
        styles = _styles(parts, main)
        pieces = tuple(piece for piece in _pieces(body, styles) if piece.text or piece.marks)
        return Seen(pieces, _margins(parts, main), _notes(parts, main), _manifest(parts), _agreement(parts))
    except BadPackage as fault:
        raise UnreadableFileError(REASONS.get(fault.reason, "Word 文件不完整，读不出来")) from None


def _main(parts: Mapping[str, bytes]) -> str:
    for one in relationships(parts, ""):
        if one.kind == "officeDocument" and one.target in parts:
            return one.target
    raise UnreadableFileError("这不是 Word 文件")


# ------------------------------------------------------------------ paragraphs


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style does to what it is put on."""

    hidden: bool = False
    level: str = ""  # of its automatic number


def _pieces(body: Any, styles: Mapping[str, _Style]) -> Iterator[Piece]:
    contents = {
        node
        for control in body.iter(w("sdt"))
        if control.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}") is not None
        for node in control.iter(w("p"))
    }
    for node in body.iter(w("p"), w("altChunk")):
        if any(parent.tag == FALLBACK for parent in node.iterancestors()):
            continue
        if node.tag == w("altChunk"):
            yield Piece("", (FOREIGN[node.tag],))
            continue
        text = squeezed("".join(_texts(node)))
        style = styles.get(_value(node, "pPr", "pStyle"), _Style())
        level = _level(node.find(w("pPr")), style) if text else ""
        marks = tuple(dict.fromkeys(_marks(node, styles, style)))
        yield Piece(level + text, marks, CONTENTS if node in contents else _bookmark(node))


def _texts(node: Any) -> Iterator[str]:
    """The characters of a paragraph in reading order, those of text boxes apart."""
    for child in node:
        if child.tag in SKIPPED or child.tag in GONE or child.tag == w("txbxContent"):
            continue
        if child.tag == w("t"):
            yield child.text or ""
        elif child.tag == w("noBreakHyphen"):
            yield "-"
        elif child.tag == w("sym"):
            yield f"〔{child.get(w('char'))}〕"
        elif isinstance(child.tag, str):
            yield from _texts(child)


def _bookmark(node: Any) -> str:
    found = (one.get(w("name"), "") for one in node.iter(w("bookmarkStart")))
    return next((name for name in found if name.startswith("_cgh_")), "")


def _marks(node: Any, styles: Mapping[str, _Style], style: _Style) -> Iterator[str]:
    for parent in node.iterancestors():
        if parent.tag in TRACKED:
            yield "修订"
        elif parent.tag == w("txbxContent"):
            yield FOREIGN[parent.tag]
        elif parent.tag == w("tr") and any(one.tag in TRACKED for one in parent.iterfind(f"{w('trPr')}/*")):
            yield "修订"
    for one in node.iter():
        if one.tag in TRACKED:
            yield "修订"
        elif one.tag in FOREIGN:
            yield FOREIGN[one.tag]
        elif one.tag == w("r") and _is_hidden(one, styles, style):
            yield "隐藏文字"


def _is_hidden(run: Any, styles: Mapping[str, _Style], style: _Style) -> bool:
    if not any(child.tag == w("t") and squeezed(child.text or "") for child in run):
        return False
    color = _value(run, "rPr", "color").upper()
    if color in ("FFFFFF", "FEFEFE"):
        return True
    own = run.find(f"{w('rPr')}/{w('vanish')}")
    if own is not None:
        return own.get(w("val")) not in OFF
    return style.hidden or styles.get(_value(run, "rPr", "rStyle"), _Style()).hidden


def _level(properties: Any, style: _Style) -> str:
    own = None if properties is None else properties.find(w("numPr"))
    return style.level if own is None else _own_level(own, style.level)


def _own_level(numbering: Any, inherited: str) -> str:
    number, level = numbering.find(w("numId")), numbering.find(w("ilvl"))
    if number is not None and number.get(w("val")) == "0":
        return ""
    if number is None and not inherited:
        return ""
    return f"§{level.get(w('val'))}" if level is not None else (inherited or "§0")


def _value(node: Any, group: str, name: str) -> str:
    found = node.find(f"{w(group)}/{w(name)}")
    return "" if found is None else str(found.get(w("val")) or "")


# ------------------------------------------------------------------ the other parts


def _styles(parts: Mapping[str, bytes], main: str) -> dict[str, _Style]:
    nodes = {
        node.get(w("styleId"), ""): node
        for root in _related(parts, main, "styles")
        for node in root.iter(w("style"))
    }
    return {name: _resolved(name, nodes) for name in nodes}


def _resolved(name: str, nodes: Mapping[str, Any]) -> _Style:
    """A style with what it takes from those that it rests on."""
    chain: list[Any] = []
    while name in nodes and len(chain) < DEEPEST:
        chain.append(nodes[name])
        based = nodes[name].find(w("basedOn"))
        name = "" if based is None else based.get(w("val"), "")
    hidden, level = False, ""
    for node in reversed(chain):
        vanish = node.find(f"{w('rPr')}/{w('vanish')}")
        hidden = hidden if vanish is None else vanish.get(w("val")) not in OFF
        numbering = node.find(f"{w('pPr')}/{w('numPr')}")
        level = level if numbering is None else _own_level(numbering, level)
    return _Style(hidden, level)


def _related(parts: Mapping[str, bytes], main: str, *kinds: str) -> Iterator[Any]:
    for one in relationships(parts, main):
        if one.kind in kinds and not one.external and one.target in parts:
            yield parse(parts[one.target])


def _margins(parts: Mapping[str, bytes], main: str) -> tuple[str, ...]:
    """The texts of headers and footers, each once, without digits: those are page numbers."""
    found = set()
    for root in _related(parts, main, "header", "footer"):
        text = squeezed("".join("".join(_texts(node)) for node in root.iter(w("p"))))
        found.add("".join(character for character in text if not character.isdigit()))
    return tuple(sorted(found - {""}))


def _notes(parts: Mapping[str, bytes], main: str) -> tuple[str, ...]:
    """The texts of comments, footnotes and endnotes, in their order."""
    found = []
    for root in _related(parts, main, "comments", "footnotes", "endnotes"):
        for note in root:
            text = squeezed("".join("".join(_texts(node)) for node in note.iter(w("p"))))
            if text:
                found.append(text)
    return tuple(found)


def _manifest(parts: Mapping[str, bytes]) -> bytes:
    for name, data in parts.items():
        if name.startswith("customXml/") and ATTACHMENTS.encode() in data:
            for node in _elements(data, f"{{{ATTACHMENTS}}}attachment"):
                if node.get("name") == MANIFEST:
                    return _attached(node)
    return b""


def _attached(node: Any) -> bytes:
    text = node.text or ""
    if node.get("encoding") != "base64":
        return str(text).encode()
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return b""


def _agreement(parts: Mapping[str, bytes]) -> str:
    data = parts.get("docProps/custom.xml", b"")
    for node in _elements(data, f"{{{OFFICE}custom-properties}}property") if data else ():
        if node.get("name") == "cg.agreement":
            return "".join(node.itertext())
    return ""


def _elements(data: bytes, name: str) -> Iterable[Any]:
    try:
        return list(parse(data).iter(name))
    except BadPackage:
        return []
