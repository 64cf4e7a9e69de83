"""What a person sees in a file that we wrote, or that came back: its texts in their order, and what should not be there.

White space does not count: formats and programs break lines and pad as they like. Each kind of file has a reader;
``sections`` cuts what was just written into cover, articles, signature page and so on, to be kept and compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contractgen.document import Annex, Article, Chapter, Document
from contractgen.formats import number_of
from contractgen.formats.docx.body import heading_bookmark
from contractgen.formats.zero_width import WITHOUT_WIDTH

MANIFEST = "manifest.json"  # the name of the manifest inside a file
STAMP = "cg.agreement"  # the property that holds the stamp of the agreement
CONTENTS = "contents"  # the anchor of every line of a table of contents
ASK_AGAIN = "请重新取得这个文件"
BLANK = re.compile(rf"[\s{WITHOUT_WIDTH}]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a table cell, a line, or a page of a PDF.

    Attributes:
        text: its characters without white space.
        marks: what a contract that nobody touched does not have, in Chinese: 修订, 批注, 隐藏文字, 图片.
        anchor: the name of the heading that it is, where the format has one.
        number: its automatic number, where the format has such; elsewhere numbers are text.
    """

    text: str
    marks: tuple[str, ...] = ()
    anchor: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it is seen.

    Attributes:
        pieces: its text, in printed order.
        margins: what stands in headers and footers, without page numbers.
        notes: the texts of comments.
        manifest: the manifest that it carries, if it does.
        agreement: the stamp of the agreement that it claims to be.
        styles: SHA-256 of the style sheets in it: they can hide text, or add some.
    """

    pieces: tuple[Piece, ...]
    margins: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    manifest: bytes = b""
    agreement: str = ""
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a contract that a reader knows by name: 封面, 第一条 目的和依据, 签署页."""

    label: str
    title: str
    text: str  # a line for each paragraph or cell, without white space
    numbers: str = ""  # the automatic numbers of its paragraphs
    marks: tuple[str, ...] = ()


def squeezed(text: str) -> str:
    """Text without what formats and programs change at will."""
    return BLANK.sub("", text)


def see(kind: str, data: bytes, name: str = "") -> Seen:
    """Read a file of one of the kinds docx, pdf, html and md.

    Raises:
        InputError: with the reason, where it is none.
    """
    return _reader(kind)(data, name)


def _reader(kind: str) -> Callable[[bytes, str], Seen]:
    if kind == "docx":
        from contractgen.formats.seen.docx import see_docx

        return see_docx
    if kind == "pdf":
        from contractgen.formats.seen.pdf import see_pdf

        return see_pdf
    if kind == "html":
        from contractgen.formats.seen.html import see_html

        return see_html
    from contractgen.formats.seen.markdown import see_markdown

    return see_markdown


def sections(kind: str, data: bytes, document: Document) -> tuple[Section, ...]:
    """A file just written, in sections; for a PDF the page that it is made from is read instead (``data`` is its HTML)."""
    if kind == "pdf":
        from contractgen.formats.seen.html import see_html

        seen = see_html(data, "", printed=True)
    else:
        seen = see(kind, data)
    return (*_split(seen.pieces, kind, document), *_aside(seen))


def sections_by(seen: Seen, heads: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, ...]]:
    """A file that is not ours in sections (label, title, text, numbers, marks), by the headings that it has, in their order.

    Args:
        seen: the file.
        heads: label, title and first line of each part.
    """
    left = [(label, title, squeezed(line)) for label, title, line in heads]
    label, title, held = COVER, "", list[Piece]()
    found: list[Section] = []
    for piece in seen.pieces:
        if left and piece.text and piece.text == left[0][2]:
            found.append(_section(label, title, held))
            (label, title, _), held = left.pop(0), []
        held.append(piece)
    for one in (*found, _section(label, title, held), *_aside(seen)):
        yield (one.label, one.title, one.text, one.numbers, *one.marks)


def _aside(seen: Seen) -> Iterator[Section]:
    """Headers, footers and comments, which stand beside the text."""
    for label, texts in ((MARGINS, seen.margins), (NOTES, seen.notes)):
        if texts:
            yield Section(label, "", _joined(texts))


COVER, FRONT, TABLE, HEAD, SIGNATURE = "封面", "草案清单", "目录", "首部", "签署页"
MARGINS, NOTES = "页眉页脚", "批注"


def aside(seen: Seen) -> Mapping[str, tuple[str, ...]]:
    """The texts of headers and footers, and of comments, by the label of their section."""
    return {MARGINS: seen.margins, NOTES: seen.notes}


def _split(pieces: Sequence[Piece], kind: str, document: Document) -> Iterator[Section]:
    headings = _headings(kind, document)
    starts = {SIGNATURE: squeezed(document.closing)}
    if document.front:
        starts[FRONT] = squeezed(getattr(document.front[0], "text", ""))
    if kind == "md" and document.parties:  # it has no table of contents to begin behind
        starts[HEAD] = squeezed(document.parties[0].role)
    label, title, held = COVER, "", list[Piece]()
    for piece in pieces:
        begins = _begins(piece, label, headings, starts)
        if begins and begins[0] != label:
            yield _section(label, title, held)
            (label, title), held = begins, []
        held.append(piece)
    yield _section(label, title, held)


def _begins(
    piece: Piece,
    label: str,
    headings: Mapping[str, tuple[str, str]],
    starts: Mapping[str, str],
) -> tuple[str, str] | None:
    """The section that a piece begins, if it begins one."""
    if piece.anchor == CONTENTS:
        return TABLE, ""
    if piece.anchor in headings:
        return headings[piece.anchor]
    if label == COVER and piece.text == starts.get(FRONT):
        return FRONT, ""
    if label == TABLE or (label in (COVER, FRONT) and piece.text == starts.get(HEAD)):
        return HEAD, ""
    if label not in (COVER, FRONT, TABLE, HEAD) and piece.text == starts[SIGNATURE]:
        return SIGNATURE, ""
    return None


def _headings(kind: str, document: Document) -> dict[str, tuple[str, str]]:
    """Label and title of each heading, by the anchor that it has in this format."""
    found = {}
    for block in (*document.body, *document.annexes):
        if isinstance(block, Chapter | Article | Annex):
            label = number_of(block)
            if kind == "docx":
                anchor = heading_bookmark(block.id)
            else:
                anchor = f"#{squeezed(label + block.title)}" if kind == "md" else block.id
            found[anchor] = (label, block.title)
    return found


def _section(label: str, title: str, pieces: Iterable[Piece]) -> Section:
    held = list(pieces)
    marks = tuple(dict.fromkeys(mark for piece in held for mark in piece.marks))
    numbers = numbers_of(held)
    return Section(label, title, _joined(piece.text for piece in held), numbers, marks)


def numbers_of(pieces: Iterable[Piece]) -> str:
    """The automatic numbers of some paragraphs, a word each."""
    return " ".join(piece.number for piece in pieces if piece.number)


def _joined(texts: Iterable[str]) -> str:
    return "".join(f"{text}\n" for text in texts if text)
