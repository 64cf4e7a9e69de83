"""An HTML file of ours as a browser shows it; whatever we never write is a mark."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from contractgen.files import unreadable
from contractgen.formats.seen import ASK_AGAIN, CONTENTS, STAMP, Piece, Seen, squeezed

BLOCKS = frozenset(
    "h1 h2 h3 h4 p td th caption a".split()
)  # a: a line of the contents, else part of its block
INLINE = frozenset("a b u mark br".split())
FRAMES = frozenset("html head body title meta style section nav main table thead tbody tr col".split())
STYLES = ("white-space:pre-wrap", "width")  # what an attribute of ours may say
HIDDEN = ("hidden", "aria-hidden")


def see_html(data: bytes, name: str, *, printed: bool = False) -> Seen:
    """The visible texts of an HTML file.

    Args:
        data: its bytes.
        name: what messages call it.
        printed: with the colons that the style sheet puts behind labels on paper.

    Raises:
        InputError: where it is none.
    """
    try:
        root = etree.HTML(data.decode("utf-8-sig").encode(), etree.HTMLParser(encoding="utf-8"))
    except (UnicodeDecodeError, etree.LxmlError):
        root = None
    body = None if root is None else root.find("body")
    if root is None or body is None:
        raise unreadable(name, "文件不是完整的网页", ASK_AGAIN)
    pieces = tuple(piece for piece in _pieces(body, printed) if piece.text or piece.marks)
    meta = {one.get("name"): one.get("content") or "" for one in root.iter("meta")}
    sheets = ((one.text or "").replace("\r\n", "\n").removeprefix("\n") for one in root.iter("style"))
    styles = tuple(hashlib.sha256(sheet.encode()).hexdigest() for sheet in sheets)
    head = squeezed(body.get("data-head") or "")
    return Seen(pieces, (head,) if head else (), agreement=meta.get(STAMP, ""), styles=styles)


def _pieces(node: Any, printed: bool) -> Iterator[Piece]:
    """Each block's text; text outside of any block as a piece of its own."""
    if not isinstance(node.tag, str):  # a comment
        yield from _loose(node.tail)
        return
    if node.tag in BLOCKS and not any(child.tag in BLOCKS - INLINE for child in node):
        yield _block(node, printed)
    else:
        if marks := _marks(node):
            yield Piece("", marks)
        yield from _loose(node.text)
        for child in node:
            yield from _pieces(child, printed)
    yield from _loose(node.tail)


def _loose(text: str | None) -> Iterator[Piece]:
    if squeezed(text or ""):
        yield Piece(squeezed(text or ""))


def _block(node: Any, printed: bool) -> Piece:
    text = squeezed("".join(node.itertext()))
    marks = tuple(dict.fromkeys(mark for one in node.iter() for mark in _marks(one)))
    if printed and node.tag == "th" and _inside(node, "table", "rows"):
        text += "："
    return Piece(text, marks, _anchor(node))


def _anchor(node: Any) -> str:
    if any(parent.tag == "nav" for parent in node.iterancestors()):
        return CONTENTS
    following = node.getnext()
    if node.get("class") == "annex" and node.tag == "p" and following is not None:
        return str(following.get("id") or "")
    return str(node.get("id") or "")


def _inside(node: Any, tag: str, kind: str) -> bool:
    return any(parent.tag == tag and parent.get("class") == kind for parent in node.iterancestors())


def _marks(node: Any) -> tuple[str, ...]:
    """What we never write: other elements, hidden text, styles of its own."""
    if not isinstance(node.tag, str):
        return ()
    found = []
    if node.tag not in BLOCKS | INLINE | FRAMES:
        found.append(
            {"del": "修订", "ins": "修订", "img": "图片", "script": "脚本"}.get(
                node.tag, f"外来内容（{node.tag}）"
            )
        )
    style = (node.get("style") or "").replace(" ", "").split(";")
    hidden = any(node.get(name) is not None for name in HIDDEN)
    if hidden or any(one and not one.startswith(STYLES) for one in style):
        found.append("隐藏文字或者外来样式")
    return tuple(found)
