"""``contractgen review``: what a person must look at in a contract that came back, or that was never ours."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption, OnOption, read_day, read_names

if TYPE_CHECKING:
    from contractgen.review import ForeignReview, OwnReview

HELP = """审阅对方发回的合同：改了哪些条款，谁改的，对职工一方是削弱还是增强，数值是否低于法定底线，有没有藏起来的文字
不是本程序生成的合同，加 --on：分条、认主题，数值逐项对照当地法律，列出失效的引用、无效的约定和缺少的内容。
可以读 .docx、.pdf、.html、.md、.txt；装有 LibreOffice 的还可以读 .doc、.odt、.rtf、.wps。
发回的文件里新写的文字同样对照法律。有低于底线的数值、违法的约定时退出码为 1。
加 --out 写成审核意见表：先是摘要，然后按合同的顺序一处一行，留有处理意见一栏。"""
EXAMPLES = (
    "contractgen review 合同.docx",
    "contractgen review 合同.docx --record 归档/合同.record.json --json",
    "contractgen review 合同.docx --place shanghai --on 2026-12-01",
    "contractgen review 合同.docx --format docx,html --out 审核",
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
        typer.Option(
            "--place", metavar="地区", help="按哪里的法律审阅，例如 shanghai 或者 上海；默认从文字认出"
        ),
    ] = None,
    on: OnOption = None,
    library: LibraryOption = None,
    kinds: Annotated[
        str, typer.Option("--format", metavar="格式", help="审核意见表的格式：docx、html、json，用逗号隔开")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="文件夹", help="审核意见表写到这个文件夹", readable=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件")] = False,
    json: JsonOption = False,
) -> int:
    """Print the summary and every point in the order of the contract, or write the opinion form."""
    from contractgen.review.form import advice, as_dict, file_name, findings_of, render, subject, summary

    chosen = _chosen(kinds, out, json)
    reviewed = _reviewed(file, record, place, on, library)
    found = findings_of(reviewed)
    if chosen and out is not None:
        from contractgen.files import write_all

        name = file_name(reviewed)
        files = {out / f"{name}.{kind}": render(reviewed, kind) for kind in chosen}
        write_all(files, force=force)
        for line in advice(reviewed):
            _report.say(line)
        for path in files:
            _report.show(str(path))
    elif json:
        _report.show_json(as_dict(reviewed))
    else:
        _report.show("\n".join(subject(reviewed)))
        _report.show("\n".join(advice(reviewed)))
        _report.show(_counts(reviewed))
        for group in summary(reviewed):
            if group.count:
                _report.show(str(group))
        _report.print_findings(found, sys.stdout)
    return _report.exit_code(found)


def _chosen(kinds: str, out: Path | None, json: bool) -> tuple[str, ...]:
    """The formats of the form; none where it is not wanted."""
    from contractgen.findings import InputError
    from contractgen.review.form import FORMATS

    chosen = read_names(kinds) or (("docx",) if out is not None else ())
    for kind in chosen:
        if kind not in FORMATS:
            raise InputError(f"不认识的格式：{kind}", hint=f"用 --format 选 {'、'.join(FORMATS)}")
    if chosen and out is None:
        raise InputError("没有写明审核意见表写到哪里", hint="加 --out 文件夹")
    if chosen and json:
        raise InputError("--json 显示在屏幕上，不能和 --out 一起用", hint="要 JSON 文件请写 --format json")
    return chosen


def _counts(reviewed: OwnReview | ForeignReview) -> str:
    from contractgen.diff.report import headline as changes
    from contractgen.review import OwnReview, foreign, report

    if isinstance(reviewed, OwnReview):
        return f"{changes(reviewed.differences)}\n{report.headline(reviewed)}"
    return foreign.headline(reviewed)


def _reviewed(
    file: Path, record: Path | None, place: str | None, on: str | None, library: Path | None
) -> OwnReview | ForeignReview:
    from contractgen.findings import InputError
    from contractgen.review import review, review_other

    if place is None and on is None:
        return review(file, record=record)
    day = read_day(on)
    if record is not None:
        raise InputError(
            "--record 不能和 --on、--place 一起用", hint="有生成记录的是发回的合同，不用写日期和地区"
        )
    if day is None:
        raise InputError("没有写明按哪一天的法律审阅", hint="加 --on 日期，写作 2026-12-01")
    return review_other(file, day, place=place, library=library)
