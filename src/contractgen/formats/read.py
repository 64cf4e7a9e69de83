"""Any file that comes back to a Reading: what it is is told by its content, never by its name."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from contractgen.document.reading import Reading
from contractgen.files import read_bytes, unreadable
from contractgen.formats.zero_width import without_zero_width

LIMIT = 50 << 20
MOST = 20_000  # paragraphs and cells, or asides: a collective contract has one or two thousand
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RESAVE = "请在 Word 或 WPS 中打开，另存为 .docx 后再试"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
PAGE = re.compile(
    rb"(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b"
)
WORD_XML = re.compile(rb"(?s)^\s*<\?xml.{0,600}(?:progid=\"Word\.Document\"|<pkg:package|<w:wordDocument)")
OTHERS = {
    "xlsx": "这是 Excel 表格，不是合同文本",
    "pptx": "这是演示文稿，不是合同文本",
    "ods": "这是表格，不是合同文本",
    "odp": "这是演示文稿，不是合同文本",
    "zip": "这是压缩包，不是合同文本",
    "picture": "这是图片，里面的文字读不出来",
    "empty": "文件是空的",
}
REMEDIES = {
    "zip": "请先解压，再选其中的合同文件",
    "picture": "请取得 Word 文件，或者先做文字识别（OCR）再试",
}


OPEN_DOCUMENTS = {"text": "odt", "text-template": "odt", "spreadsheet": "ods", "presentation": "odp"}


def read_file(path: Path) -> Reading:
    """A contract in any format that we read: .docx, .doc, .odt, .rtf, .wps, .pdf, .html, .md, .txt.

    Raises:
        InputError: where the file cannot be read; in Chinese, with the reason and a remedy.
        MissingToolError: for a format that needs LibreOffice, where it is not installed.
    """
    return read_data(read_bytes(path, limit=LIMIT), str(path))


def read_data(data: bytes, name: str) -> Reading:
    """The same for a file already read, which messages call ``name``; characters without width are left out and told."""
    reading = without_zero_width(_read(data, name))
    if max(map(len, (reading.accepted, reading.original, reading.asides))) > MOST:
        message = f"文件的段落、表格的格子或者批注、修订超过 {MOST} 个，没有读"
        raise unreadable(name, message, "请确认没有选错文件；确实是合同的，请删去重复和无关的内容后再试")
    return reading


def _read(data: bytes, name: str) -> Reading:
    kind = kind_of(data, name)
    if kind in OTHERS:
        raise unreadable(name, OTHERS[kind], REMEDIES.get(kind, "请确认没有选错文件"))
    if kind == "docx":
        from contractgen.formats.docx_read import read_docx

        return read_docx(data, name)
    if kind == "pdf":
        from contractgen.formats.pdf_read import read_pdf

        return read_pdf(data, name)
    if kind == "html":
        from contractgen.formats.html_read import read_html

        return read_html(data, name)
    if kind in ("md", "txt"):
        from contractgen.formats.text_read import read_text_file

        return read_text_file(data, name, markdown=kind == "md")
    return _through_office(data, kind, name)


def _through_office(data: bytes, kind: str, name: str) -> Reading:
    from contractgen.formats.docx_read import read_docx
    from contractgen.formats.office import to_docx

    return replace(read_docx(to_docx(data, kind, name), name), kind=kind)


def kind_of(data: bytes, name: str = "") -> str:
    """What a file is by its first bytes and, for a zip, by its parts."""
    if not data.strip():
        return "empty"
    if data[:4] == b"PK\3\4":
        return _zip_kind(data)
    if data[:8] == OLE:
        return _ole_kind(data, name)
    if data[:5] == b"{\\rtf":
        return "rtf"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(PICTURES):
        return "picture"
    if WORD_XML.match(data[:4000]):
        return "xml"
    if PAGE.match(data[:4000].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    return "md" if name.lower().endswith((".md", ".markdown")) else "txt"


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            mark = b""
            if "mimetype" in names and "content.xml" in names:
                with package.open("mimetype") as stream:
                    mark = stream.read(200)
    except Exception:  # zipfile raises whatever it stumbles over; the reader says that the file is damaged
        return "docx"
    if mark:
        return OPEN_DOCUMENTS.get(mark.strip().rsplit(b".", 1)[-1].decode("latin-1"), "zip")
    for start, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if any(name.startswith(start) for name in names):
            return kind
    return "docx" if "[Content_Types].xml" in names else "zip"


def _ole_kind(data: bytes, name: str) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return "docx"  # the reader says that it is encrypted
    if holds("Workbook") and not holds("WordDocument"):
        return "xlsx"
    if holds("PowerPoint Document"):
        return "pptx"
    return "wps" if name.lower().endswith(".wps") else "doc"
