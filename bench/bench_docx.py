"""Word: our writer against plain docxtpl printing the same content, both warm, in turns in one process.

Processor time is measured, so that other work on the machine does not count.
"""

from __future__ import annotations

import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from contractgen.document import Annex, Article, Block, Chapter, Document, Item, Paragraph, Subheading, Table
from contractgen.files import data_folder
from contractgen.formats.docx.elements import drop, parent_of, text_of
from contractgen.formats.docx.package import (
    MAIN,
    Entry,
    entry,
    parse,
    read_parts,
    serialize,
    w,
    write_package,
)
from contractgen.formats.docx.shell import tidy
from contractgen.formats.docx.template import PLACEHOLDER
from contractgen.formats.docx_write import write_docx

ROUNDS = 15
TARGET = 8.0
NUMBERED = {Chapter: "Heading1", Article: "CGArticle", Annex: "CGAnnex", Subheading: "CGSubheading"}


def run(document: Document | None = None) -> dict[str, Any]:
    """Median milliseconds of both, and how many times faster ours is."""
    document = document or sample()
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "plain.docx"
        template.write_bytes(plain_template())
        context = plain_context(document)
        ours, plain = in_turns(lambda: write_docx(document), lambda: plain_docxtpl(template, context))
    return {
        "what": "Word, warm: write_docx against plain docxtpl",
        "ours_ms": round(ours, 2),
        "plain_ms": round(plain, 2),
        "ratio": round(plain / ours, 1),
        "target": TARGET,
    }


def in_turns(*jobs: Callable[[], object]) -> list[float]:
    for job in jobs:
        job()
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for job, taken in zip(jobs, times, strict=True):
            start = time.process_time()
            job()
            taken.append((time.process_time() - start) * 1000)
    return [statistics.median(taken) for taken in times]


def sample() -> Document:
    """The agreement of the first example, final form."""
    from contractgen.agreement import layout
    from contractgen.build import assemble_file

    firm = data_folder("templates").parent / "examples" / "firm.yaml"
    agreement = assemble_file(firm).agreement
    assert agreement is not None
    return layout(agreement, final=True)


# ------------------------------------------------------------------ plain docxtpl


def plain_docxtpl(template: Path, context: dict[str, Any]) -> bytes:
    """What one writes after reading docxtpl's manual: open, render, save."""
    from docxtpl import DocxTemplate

    found = DocxTemplate(template)
    found.render(context, autoescape=True)
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def plain_context(document: Document) -> dict[str, Any]:
    """The same content as strings and lists."""
    cover = document.cover

    def rows(lines: Any) -> list[dict[str, str]]:
        return [{"label": line.label, "value": line.text} for line in lines]

    return {
        "title": document.title,
        "running_head": document.running_head,
        "remark": cover.remark if cover else "",
        "cover": {"title": "".join(cover.title), "rows": rows(cover.rows)} if cover else None,
        "contents": [
            b.title
            for b in (*document.body, *document.annexes)
            if type(b) in NUMBERED and hasattr(b, "title")
        ],
        "parties": [
            {"role": p.role, "rows": rows(p.rows), "signature": rows(p.signature), "seal": p.seal}
            for p in document.parties
        ],
        "body": [_plain(block) for block in (*document.preamble, *document.body)],
        "annexes": [_plain(block) for block in document.annexes],
        "closing": document.closing,
    }


def _plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        lines = [[cell.text for cell in row] for row in (block.header, *block.rows)]
        return {"kind": f"table{len(lines[0])}", "rows": lines}
    if isinstance(block, Paragraph | Item):
        return {"kind": "CGItem" if isinstance(block, Item) else "CGPara", "text": block.text}
    return {
        "kind": NUMBERED[type(block)],
        "text": block.title if isinstance(block, Chapter | Article | Annex) else block.text,
    }


def plain_template() -> bytes:
    """Our Word shell with loops where its markers are, which is how plain docxtpl prints such a text."""
    parts = read_parts((data_folder("templates") / "contract" / "contract.docx").read_bytes())
    root = parse(parts[MAIN])
    tidy(root)
    for paragraph in list(root.iter(w("p"))):
        match = PLACEHOLDER.fullmatch(text_of(paragraph).strip())
        if match and match[1] in ("body", "annexes"):
            _replace(paragraph, _loop(match[1]))
        elif match and match[1] == "contents":
            lines = (
                _line("{%p for line in contents %}"),
                _line(("TOC2", "{{ line }}")),
                _line("{%p endfor %}"),
            )
            _replace(paragraph, "".join(lines))
        elif (match and match[1] == "front") or "{#" in text_of(paragraph):
            drop(paragraph)
    parts[MAIN] = serialize(root)
    return write_package(_entries(parts))


def _entries(parts: dict[str, bytes]) -> list[Entry]:
    return [entry(name, data) for name, data in parts.items()]


def _line(line: str | tuple[str, str]) -> str:
    style, text = ("Normal", line) if isinstance(line, str) else line
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def _loop(name: str) -> str:
    out = [_line(f"{{%p for block in {name} %}}")]
    for kind in ("Heading1", "CGArticle", "CGPara", "CGItem", "CGAnnex", "CGSubheading"):
        out += [
            _line(f"{{%p if block.kind == '{kind}' %}}"),
            _line((kind, "{{ block.text }}")),
            _line("{%p endif %}"),
        ]
    for columns in range(2, 8):
        out += [_line(f"{{%p if block.kind == 'table{columns}' %}}"), _table(columns), _line("{%p endif %}")]
    return "".join([*out, _line("{%p endfor %}")])


def _table(columns: int) -> str:
    width = 8960 // columns

    def row(*texts: str) -> str:
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_line(("CGTableText", text))}</w:tc>'
            for text in texts
        )
        return f"<w:tr>{cells}</w:tr>"

    grid = f'<w:gridCol w:w="{width}"/>' * columns
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="CGTable"/><w:tblW w:w="8960" w:type="dxa"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{row('{%tr for row in block.rows %}')}"
        f"{row(*[f'{{{{ row[{number}] }}}}' for number in range(columns)])}{row('{%tr endfor %}')}</w:tbl>"
    )


def _replace(paragraph: etree._Element, xml: str) -> None:
    parent = parent_of(paragraph)
    at = parent.index(paragraph)
    parent.remove(paragraph)
    for node in reversed(list(etree.fromstring(f'<x xmlns:w="{paragraph.nsmap["w"]}">{xml}</x>'))):
        parent.insert(at, node)


if __name__ == "__main__":
    result = run()
    print(result)
    sys.exit(result["ratio"] < TARGET)
