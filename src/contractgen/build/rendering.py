"""A Document in each wanted format, how its text stands there, and what it was made with."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from contractgen.document import Document
from contractgen.files import data_folder, read_bytes

FORMATS = ("docx", "pdf", "html", "md")
LIBRARIES = (
    "contractgen",
    "docxtpl",
    "fonttools",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "pydyf",
    "python-docx",
    "weasyprint",
)
TEMPLATE_LIMIT = 20 << 20


def render(
    document: Document,
    formats: Sequence[str],
    attachments: Mapping[str, bytes],
    template: bytes | None = None,
) -> dict[str, bytes]:
    """The document in each wanted format, by name; ``template`` is a restyled Word file."""
    writers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: _docx(document, attachments, template),
        "pdf": lambda: _pdf(document, attachments),
        "html": lambda: _html(document),
        "md": lambda: _markdown(document),
    }
    return {kind: writers[kind]() for kind in formats}


def _docx(document: Document, attachments: Mapping[str, bytes], template: bytes | None) -> bytes:
    from contractgen.formats.docx_write import write_docx

    return write_docx(document, template, attachments=attachments)


def _pdf(document: Document, attachments: Mapping[str, bytes]) -> bytes:
    from contractgen.formats.pdf import write_pdf

    return write_pdf(document, attachments=attachments)


def _html(document: Document) -> bytes:
    from contractgen.formats.html import write_html

    return write_html(document).encode()


def _markdown(document: Document) -> bytes:
    from contractgen.formats.text import write_markdown

    return write_markdown(document).encode()


def texts(document: Document, made: Mapping[str, bytes]) -> dict[str, list[list[Any]]]:
    """How the text stands in each file, in sections: label, title, text, numbers, marks. The PDF is told from its page."""
    from contractgen.formats import printed
    from contractgen.formats.html import page
    from contractgen.formats.seen import sections

    shown = printed(document)
    found = {}
    for kind, data in made.items():
        source = page(document).encode() if kind == "pdf" else data
        held = sections(kind, source, shown)
        found[kind] = [[one.label, one.title, one.text, one.numbers, *one.marks] for one in held]
    return found


# ------------------------------------------------------------------ what it was made with


def tools(formats: Sequence[str], template: bytes | None) -> dict[str, Any]:
    """Versions, and SHA-256 of the looks and fonts: all that shapes the bytes beside the text itself."""
    found: dict[str, Any] = {"versions": versions()}
    if "docx" in formats:
        found["template"] = {"own": template is not None, "sha256": _sha256(template or standard_template())}
    if {"pdf", "html"} & set(formats):
        folder = data_folder("templates") / "contract"
        found["page"] = {
            name: _sha256(read_bytes(folder / name).replace(b"\r\n", b"\n"))
            for name in ("page.html.j2", "page.css")
        }
    if "pdf" in formats:
        from contractgen.formats import fonts

        found["versions"] |= fonts.versions()
        found["fonts"] = [list(one) for one in fonts.identities()]
    return found


def standard_template() -> bytes:
    """The Word shell that comes with the program."""
    return read_bytes(data_folder("templates") / "contract" / "contract.docx", limit=TEMPLATE_LIMIT)


def read_template(path: Path | None) -> bytes | None:
    """A restyled Word file; None where it is the program's own.

    Raises:
        InputError: with the findings, where it cannot be used.
    """
    if path is None:
        return None
    from contractgen.formats.docx_write import require_sound

    data = read_bytes(path, limit=TEMPLATE_LIMIT)
    if data == standard_template():
        return None
    require_sound(data, str(path))
    return data


def versions() -> dict[str, str]:
    """Versions of the program and of the libraries that shape the files."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return {**found, "zlib": zlib.ZLIB_RUNTIME_VERSION}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
