"""``contractgen review``: what has become of an agreement that was sent out, and what a person must look at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption

HELP = """审阅对方发回的合同：改了哪些条款，谁改的，对职工一方是削弱还是增强，数值是否低于法定底线，有没有藏起来的文字
可以读 .docx、.pdf、.html、.md、.txt；装有 LibreOffice 的还可以读 .doc、.odt、.rtf、.wps。有低于底线的数值时退出码为 1。"""
EXAMPLES = (
    "contractgen review 合同.docx",
    "contractgen review 合同.docx --record 归档/合同.record.json --json",
)


def review(
    file: Annotated[
        Path, typer.Argument(metavar="文件", help="对方发回的合同", readable=False, show_default=False)
    ],
    record: Annotated[
        Path | None,
        typer.Option(
            "--record",
            metavar="文件",
            help="发出时的生成记录（….record.json），默认在同一文件夹里找",
            readable=False,
        ),
    ] = None,
    json: JsonOption = False,
) -> int:
    """Print what must be looked at, then the counts."""
    from contractgen.diff.report import headline as counts
    from contractgen.review import as_dict, findings, review
    from contractgen.review.report import headline

    reviewed = review(file, record=record)
    found = findings(reviewed)
    if json:
        _report.show_json(as_dict(reviewed))
    else:
        _report.print_findings(found, sys.stdout)
        _report.show(counts(reviewed.differences))
        _report.show(headline(reviewed))
    return _report.exit_code(found)
