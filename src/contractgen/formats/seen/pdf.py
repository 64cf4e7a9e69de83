"""A PDF as it is read: the text of each page; what lies over it (stamps, text fields, pictures) is a mark."""

from __future__ import annotations

import re
from typing import Any

from contractgen.files import unreadable
from contractgen.formats.seen import ASK_AGAIN, MANIFEST, Piece, Seen, squeezed

LEADER = re.compile(r"\s*…+\s*\d+$")  # from a title in the table of contents to its page
BROKEN = re.compile(r"[\x02\ufffe\ufffd]")  # what stands for a hyphen at the end of a line
MOST_PAGES = 2000
UNLOCK = "请在阅读软件中取消密码后另存"


def see_pdf(data: bytes, name: str) -> Seen:
    """The text of every page, a piece each; headers and footers are still in it.

    Raises:
        InputError: for what is no PDF, is encrypted, or has no text.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        locked = "password" in str(fault).lower()
        raise (
            unreadable(name, "PDF 加了密码", UNLOCK)
            if locked
            else unreadable(name, "PDF 不完整，读不出来", ASK_AGAIN)
        ) from None
    with document:
        if len(document) > MOST_PAGES:
            raise unreadable(name, f"PDF 超过 {MOST_PAGES} 页", "请确认没有选错文件")
        pieces = tuple(_page(document, number, name) for number in range(len(document)))
        if not any(piece.text for piece in pieces):
            raise unreadable(
                name, "PDF 里没有文字（像是扫描件），不能核对", "请用签发时的 PDF 或者 Word 文件核对"
            )
        return Seen(pieces, manifest=_manifest(document))


def _page(document: Any, number: int, name: str) -> Piece:
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        page = document[number]
        lines = page.get_textpage().get_text_range().splitlines()
        kinds = [
            raw.FPDFAnnot_GetSubtype(raw.FPDFPage_GetAnnot(page, one))
            for one in range(raw.FPDFPage_GetAnnotCount(page))
        ]
        pictures = any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    except pypdfium2.PdfiumError:
        raise unreadable(name, f"PDF 第 {number + 1} 页读不出来", ASK_AGAIN) from None
    marks = ["批注或者表单"] if any(kind != raw.FPDF_ANNOT_LINK for kind in kinds) else []
    marks += ["图片"] if pictures else []
    return Piece(squeezed("".join(BROKEN.sub("", LEADER.sub("", line)) for line in lines)), tuple(marks))


def _manifest(document: Any) -> bytes:
    for number in range(document.count_attachments()):
        attachment = document.get_attachment(number)
        if attachment.get_name() == MANIFEST:
            return bytes(attachment.get_data())
    return b""
