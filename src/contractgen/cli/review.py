"""``contractgen review``: what a person must look at in a contract that came back, or that was never ours."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption, OnOption, read_day

HELP = """审阅对方发回的合同：改了哪些条款，谁改的，对职工一方是削弱还是增强，数值是否低于法定底线，有没有藏起来的文字
不是本程序生成的合同，加 --on：分条、认主题，数值逐项对照当地法律，列出失效的引用、无效的约定和缺少的内容。
可以读 .docx、.pdf、.html、.md、.txt；装有 LibreOffice 的还可以读 .doc、.odt、.rtf、.wps。有低于底线的数值时退出码为 1。"""
EXAMPLES = (
    "contractgen review 合同.docx",
    "contractgen review 合同.docx --record 归档/合同.record.json --json",
    "contractgen review 合同.docx --place shanghai --on 2026-12-01",
)


def review(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="文件", help="对方发回的合同，或者别处的合同", readable=False, show_default=False
        ),
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
    place: Annotated[
        str | None,
        typer.Option("--place", metavar="地区", help="按哪里的法律审阅，例如 shanghai；默认从文字认出"),
    ] = None,
    on: OnOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """Print what must be looked at, then the counts."""
    if place is not None or on is not None:
        return _foreign(file, record, place, on, library, json)
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


def _foreign(
    file: Path, record: Path | None, place: str | None, on: str | None, library: Path | None, json: bool
) -> int:
    """A contract that was never ours."""
    from contractgen.findings import InputError
    from contractgen.review import review_other
    from contractgen.review.foreign import as_dict, findings, headline

    day = read_day(on)
    if record is not None:
        raise InputError(
            "--record 不能和 --on、--place 一起用", hint="有生成记录的是发回的合同，不用写日期和地区"
        )
    if day is None:
        raise InputError("没有写明按哪一天的法律审阅", hint="加 --on 日期，写作 2026-12-01")
    reviewed = review_other(file, day, place=place, library=library)
    found = findings(reviewed)
    if json:
        _report.show_json(as_dict(reviewed))
    else:
        _report.show(f"{file}　按{reviewed.title} {reviewed.on} 的法律审阅")
        _report.show(headline(reviewed))
        _report.print_findings(found, sys.stdout)
    return _report.exit_code(found)
