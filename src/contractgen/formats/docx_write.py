"""Word: a Document becomes a .docx file in the looks of a template that a user may restyle.

The template gives cover, parties, header, footer and signature page; the text is built as XML and put in at
the template's markers. The same document, template and attachments give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from contractgen.document import Article, Chapter, Document, Inline, Row
from contractgen.files import data_folder, read_bytes
from contractgen.findings import InputError, has_errors
from contractgen.formats import printed
from contractgen.formats.docx.body import Body
from contractgen.formats.docx.check import check_bytes, check_template
from contractgen.formats.docx.markup import Inlines, Properties, run
from contractgen.formats.docx.numbering import ARTICLE, CHAPTER, begun_at, not_counting_items
from contractgen.formats.docx.package import MAIN, entry, read_parts, write_package
from contractgen.formats.docx.parts import beside
from contractgen.formats.docx.resize import STYLES, resized
from contractgen.formats.docx.shell import Shell, compiled, fill

__all__ = ["check_template", "write_docx"]

TEMPLATE_LIMIT = 20 << 20
HEAD_LENGTH = 46  # characters of a running head that fit on its line
LEVEL = 2  # of deflating: twice as fast as 6, for a seventh more bytes
PAGE = re.compile(r"<w:pgSz [^>]*/>\s*<w:pgMar [^>]*/>")
HEADER = re.compile(r'<w:headerReference [^>]*w:type="default"[^>]*/>')
LYING = 15024  # twentieths of a point: the width of the text on a page that lies on its side
LYING_PAGE = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="964" w:right="907" w:bottom="1077" w:left="907" w:header="567" w:footer="567" w:gutter="0"/>'
)
LINE_BREAK = "<w:r><w:br/></w:r>"


def write_docx(
    document: Document,
    template: Path | bytes | None = None,
    *,
    attachments: Mapping[str, bytes] | None = None,
) -> bytes:
    """A Document as a Word file.

    Args:
        document: what is printed.
        template: a restyled copy of the Word shell, or its bytes; by default the one that comes with the program.
        attachments: files carried inside, such as the public record.

    Raises:
        InputError: with the findings, where the template cannot be used.
    """
    data = _template(template)
    document = printed(document)
    shell = compiled(data)
    body = Body(document, replace(shell.styling, measure=LYING) if document.landscape else shell.styling)
    texts = fill(data, _context(document, body), _printer(body.inlines))
    if document.cover is None:
        texts[MAIN] = texts[MAIN].replace("<w:titlePg/>", "")
    if not document.running_head:
        texts[MAIN] = HEADER.sub("", texts[MAIN])
    if document.landscape:
        texts[MAIN] = PAGE.sub(LYING_PAGE, texts[MAIN])
    texts |= _lists(shell, body)
    if document.type_size != "standard":
        table = shell.styling.styles["CGTableText"]
        texts |= resized(document, texts[MAIN], _styles(data), table)
    texts |= beside(document, attachments or {}, body.comments, _texts(shell))
    fresh = [entry(name, text.encode(), LEVEL) for name, text in texts.items()]
    return write_package([*fresh, *(one for one in shell.still if one.name not in texts)])


@lru_cache(maxsize=8)
def _styles(template: bytes) -> str:
    return read_parts(template)[STYLES].decode()


def _template(template: Path | bytes | None) -> bytes:
    if isinstance(template, bytes):
        require_sound(template, "样式底稿")
        return template
    data = read_bytes(
        template or data_folder("templates") / "contract" / "contract.docx", limit=TEMPLATE_LIMIT
    )
    if template is not None:
        require_sound(data, str(template))
    return data


@lru_cache(maxsize=8)
def require_sound(data: bytes, name: str) -> None:
    """Refuse a restyled Word file that lost what a contract needs.

    Raises:
        InputError: with the findings.
    """
    findings = check_bytes(data, name)
    if has_errors(findings):
        raise InputError(f"{name} 不能用作合同的样式底稿", hint="按各条提示改好后再试", findings=findings)


def _texts(shell: Shell) -> dict[str, str]:
    return {name: data.decode() for name, data in shell.parts.items()}


def _lists(shell: Shell, body: Body) -> dict[str, str]:
    """The numbering part, with the lists that begin anew; the other parts that a template has as text."""
    texts = {
        name: text for name, text in _texts(shell).items() if name.startswith("word/") and "_rels" not in name
    }
    firsts = _firsts(body.document)
    for name, text in texts.items():
        if "</w:numbering>" not in text:
            continue
        for counted, first in firsts.items():
            if first != 1:
                text = begun_at(text, counted, first)
        if body.lists:
            if body.lists_in_front:
                text = not_counting_items(text, shell.styling.abstract, firsts.get(ARTICLE, 1))
            head, tail = text.rsplit("</w:num>", 1)
            text = f"{head}</w:num>{''.join(body.lists)}{tail}"
        texts[name] = text
    return texts


def _firsts(document: Document) -> dict[str, int]:
    """With which numbers chapters and articles begin: in a chapter of another contract not with one."""
    numbered = [one for one in document.body if isinstance(one, Chapter | Article)]
    found: dict[str, int] = {}
    for one in numbered if not any(one.mark for one in numbered) else ():
        if isinstance(one, Article) or not one.section:
            found.setdefault(ARTICLE if isinstance(one, Article) else CHAPTER, one.number)
    return found


def _context(document: Document, body: Body) -> dict[str, Any]:
    """What the placeholders of a template may name. Blocks are printed in reading order, for their numbers."""
    cover = document.cover
    return {
        "title": document.title if document.titled else "",
        "running_head": _one_line(document.running_head),
        "remark": cover.remark if cover else "",
        "cover": {"title": "\n".join(cover.title), "rows": _rows(cover.rows)} if cover else None,
        "front": body.front(),
        "contents": body.contents(),
        "parties": [
            {"role": p.role, "rows": _rows(p.rows), "signature": _rows(p.signature), "seal": p.seal}
            for p in document.parties
        ],
        "body": body.body(),
        "closing": document.closing,
        "annexes": body.annexes(),
    }


def _rows(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [{"label": row.label, "value": row.inlines} for row in rows]


def _one_line(text: str) -> str:
    return text if len(text) <= HEAD_LENGTH else f"{text[: HEAD_LENGTH - 1]}…"


def _printer(inlines: Inlines) -> Any:
    """Prints a value of the context: a string (a new line is a line break) or inline nodes."""

    def show(value: str | tuple[Inline, ...], look: Properties) -> str:
        if isinstance(value, str):
            return LINE_BREAK.join(run(line, look) for line in value.split("\n"))
        return inlines.runs(value, look)

    return show
