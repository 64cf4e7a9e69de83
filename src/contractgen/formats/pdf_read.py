"""A PDF with a text layer to a Reading: lines joined to paragraphs, running heads and page numbers left out."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from contractgen.document.reading import Aside, Passage, Reading
from contractgen.files import unreadable
from contractgen.findings import NoTextError
from contractgen.formats.paragraphs import PrintedLine, joined

MAX_PAGES = 1000
MAX_CHARACTERS = 2_000_000
SCANNED = 20  # characters on a page below which it is taken for a picture
MARGIN = 0.14  # of the height of a page, above and below, in which running heads stand
PAGE_NUMBER = re.compile(
    r"\s*(?:第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|[-—–·]?\s*\d{1,4}\s*[-—–·]?|\d+\s*/\s*\d+)\s*$"
)
LEADER = re.compile(r"\s*(?:…|\.{3,}|·{3,}|．{3,}|_{3,})[…\.·．_\s]*\d{1,4}\s*$")
HYPHEN = re.compile("[\x02\ufffe\ufffd]$")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]")
PALE = 235  # of 255 in every color: characters of this color cannot be seen on white


@dataclass
class _PdfPage:
    number: int
    height: float
    lines: list[tuple[PrintedLine, float]] = field(default_factory=list)  # with the place of its bottom
    notes: list[Aside] = field(default_factory=list)


def read_pdf(data: bytes, name: str) -> Reading:
    """The text of a PDF.

    Raises:
        InputError: for what is no sound PDF, is encrypted, too long, or has no text (a scan).
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).lower():
            raise unreadable(name, "PDF 设了打开密码，读不出内容", "请取消密码后另存") from None
        raise unreadable(name, "PDF 不完整或者已经损坏，读不出内容", "请重新取得这个文件") from None
    with document:
        if len(document) > MAX_PAGES:
            raise unreadable(name, f"PDF 超过 {MAX_PAGES} 页，没有读", "请确认没有选错文件")
        try:
            pages = [_page(document, number) for number in range(len(document))]
        except pypdfium2.PdfiumError:
            raise unreadable(name, "PDF 不完整或者已经损坏，读不出内容", "请重新取得这个文件") from None
    if sum(len(line.text) for page in pages for line, _ in page.lines) > MAX_CHARACTERS:
        raise unreadable(name, "PDF 的文字太多，没有读", "请确认没有选错文件")
    return _reading(name, pages)


def _reading(name: str, pages: Sequence[_PdfPage]) -> Reading:
    empty = [page.number for page in pages if sum(len(line.text.strip()) for line, _ in page.lines) < SCANNED]
    if not any(line.text.strip() for page in pages for line, _ in page.lines):
        message = "PDF 里没有文字，像是扫描件，读不出内容"
        hint = "请取得 Word 文件，或者先做文字识别（OCR）再试"
        raise unreadable(name, message, hint, fault=NoTextError)
    asides = [aside for page in pages for aside in page.notes]
    heads, bodies = _without_heads(pages)
    asides += [Aside("header", text) for text in heads]
    for number in empty if len(empty) < len(pages) else ():
        asides.append(Aside("picture", "", detail=f"第{number}页几乎没有文字，像是扫描的图片，没有读"))
    lines = [line for body in bodies for line in body]
    texts = [text for text in joined([line for line in lines if not LEADER.search(line.text)]) if text]
    passages = tuple(Passage(text, serial=at) for at, text in enumerate(texts, start=1))
    return Reading(name, "pdf", passages, passages, tuple(dict.fromkeys(asides)))


# ------------------------------------------------------------------ pages


def _page(document: Any, number: int) -> _PdfPage:
    page = document[number]
    found = _PdfPage(number + 1, float(page.get_height()))
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    at = 0
    for line in text.split("\r\n"):
        length = _units(line)
        if line.strip():
            _add(found, text_page, line, at)
        at += length + 2
    found.notes += _annotations(page, number + 1)
    found.notes += _pale(text_page, text, number + 1)
    text_page.close()
    page.close()
    return found


def _units(text: str) -> int:
    """How many of PDFium's characters a text is."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def _add(page: _PdfPage, text_page: Any, line: str, start: int) -> None:
    lead = _units(line) - _units(line.lstrip())
    kept = line.strip()
    first, last = start + lead, start + lead + _units(kept) - 1
    left, bottom, _, top = text_page.get_charbox(first, loose=True)
    _, low, right, _ = text_page.get_charbox(last, loose=True)
    above = page.lines[-1][1] if page.lines else None
    gap = round(above - bottom, 1) if above is not None and above > bottom else 0.0
    size = _size(text_page, first) or abs(top - bottom)
    shown = CONTROL.sub("", HYPHEN.sub("-", kept))
    page.lines.append((PrintedLine(shown, float(left), float(right), size, gap), min(bottom, low)))


def _size(text_page: Any, at: int) -> float:
    import pypdfium2.raw as raw

    return round(float(raw.FPDFText_GetFontSize(text_page, at)), 1)


def _annotations(page: Any, number: int) -> Iterator[Aside]:
    """Notes and text boxes that lie over a page."""
    import pypdfium2.raw as raw

    for at in range(min(raw.FPDFPage_GetAnnotCount(page), 500)):
        annotation = raw.FPDFPage_GetAnnot(page, at)
        if not annotation:
            continue
        words, author = (_annotation_text(raw, annotation, key) for key in (b"Contents", b"T"))
        if words.strip() and raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_LINK:
            yield Aside("comment", words, author=author, detail=f"第{number}页")
        raw.FPDFPage_CloseAnnot(annotation)


def _annotation_text(raw: Any, annotation: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < length < 1 << 20:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(
        annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length
    )
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _pale(text_page: Any, text: str, number: int) -> Iterator[Aside]:
    """Characters that are almost white."""
    import pypdfium2.raw as raw

    parts = [ctypes.c_uint() for _ in range(4)]
    places = [ctypes.byref(part) for part in parts]
    found: list[str] = []
    at = 0
    for character in text:
        if not character.isspace():
            raw.FPDFText_GetFillColor(text_page, at, *places)
            if parts[3].value and min(part.value for part in parts[:3]) >= PALE:
                found.append(character)
        at += 2 if ord(character) > 0xFFFF else 1
    if found:
        yield Aside("pale", "".join(found), detail=f"第{number}页")


# ------------------------------------------------------------------ running heads


def _without_heads(pages: Sequence[_PdfPage]) -> tuple[list[str], list[list[PrintedLine]]]:
    """The running heads, and every page without them and without page numbers."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_pattern(line.text) for line, bottom in page.lines if _in_margin(page, bottom)})
    enough = max(2, len(pages) * 0.3)
    heads: dict[str, str] = {}
    bodies = []
    for page in pages:
        body = []
        for line, bottom in page.lines:
            pattern = _pattern(line.text)
            outside = _in_margin(page, bottom)
            if outside and (PAGE_NUMBER.match(line.text) or seen[pattern] >= enough):
                if not PAGE_NUMBER.match(line.text):
                    heads.setdefault(pattern, line.text)
            else:
                body.append(line)
        bodies.append(body)
    return list(heads.values()), bodies


def _in_margin(page: _PdfPage, bottom: float) -> bool:
    return bottom < page.height * MARGIN or bottom > page.height * (1 - MARGIN)


def _pattern(text: str) -> str:
    """A line without what changes from page to page."""
    return re.sub(r"[\d\s]+", "", text)
