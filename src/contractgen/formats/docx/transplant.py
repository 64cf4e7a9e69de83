"""A chapter put into the Word file of a general contract, in the looks of that file.

Each kind of paragraph looks as its like does there: the chapter's heading as the one that it replaces, an article's
heading as another article's, text as other text. Where the file counts by itself, our articles are counted with
it; where numbers are typed, they are typed. References inside are fields, so that they can be counted anew.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence

from lxml import etree

from contractgen.document import Document
from contractgen.formats.docx.host import PAIRS, Host, Place
from contractgen.formats.docx.host_looks import element_of, looks_of, nodes_of
from contractgen.formats.docx.host_writer import HostWriter
from contractgen.formats.docx.package import w

REFERS = re.compile(r"\s*(?:REF|PAGEREF|NOTEREF)\s+([^\s\\]+)", re.IGNORECASE)


def put_in(host: Host, place: Place, document: Document) -> None:
    """Replace the chapter by the document's, and append the document's annexes; changes the host's main part."""
    looks = looks_of(host, place)
    writer = HostWriter(document, looks, _free_id(host))
    heading = place.nodes[0]
    parent = heading.getparent()
    assert parent is not None
    at = parent.index(heading)
    marks, section_break = _kept(place.nodes)
    names = {one.get(w("name")) or "" for node in place.nodes for one in node.iter(w("bookmarkStart"))}
    for node in place.nodes:
        parent.remove(node)
    _unlink(host.body, names - {one.get(w("name")) for one in marks})
    fresh = [*marks, *nodes_of(writer.blocks(document.body))]
    if section_break is not None:
        fresh.append(section_break)
    for offset, node in enumerate(fresh):
        parent.insert(at + offset, node)
    annexes = nodes_of(writer.blocks(document.annexes))
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
        kept = element_of("<w:p><w:pPr/></w:p>")
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
