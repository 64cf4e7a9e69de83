"""Reading a Word file: ours (both views, numbers, identity, hiding places) against python-docx giving its bare text.

Processor time is measured, both warm and in turns, on the draft of the first example: about 70 pages.
"""

from __future__ import annotations

import io
import sys
from typing import Any

from bench.bench_docx import in_turns, sample
from contractgen.document.articles import articles_of
from contractgen.formats.docx_read import read_docx
from contractgen.formats.docx_write import write_docx

TARGET = 0.8


def run() -> dict[str, Any]:
    """Median milliseconds of both, and how many times faster ours is."""
    data = write_docx(sample())
    ours, plain = in_turns(lambda: articles_of(read_docx(data, "合同.docx")), lambda: plain_text(data))
    return {
        "what": "Word, read into articles, against the text of python-docx",
        "ours_ms": round(ours, 2),
        "plain_ms": round(plain, 2),
        "ratio": round(plain / ours, 1),
        "target": TARGET,
    }


def plain_text(data: bytes) -> list[str]:
    """What one writes once ``document.paragraphs`` has passed over every content control and table."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    document = Document(io.BytesIO(data))
    body = document.element.body
    return [Paragraph(node, document._body).text for node in body.iter(qn("w:p"))]


if __name__ == "__main__":
    result = run()
    print(result)
    sys.exit(result["ratio"] < TARGET)
