"""``contractgen renew``: a contract against the law and library of another day, and the draft of its successor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._formats import closed, made_in
from contractgen.cli._options import JsonOption, LibraryOption, OnOption, read_day, read_names

HELP = """续订：上一份合同对照现行的法律和条款，说明法律变了什么、条款库现在怎么写、约定的数值怎么处理
加 --out 还写出对照报告、续订用的企业情况表、续订草案，以及草案与上一份合同的修订对照。
约定的数值照原样带入；低于现行标准的逐项标出，由双方商定，程序不替双方提高。"""
EXAMPLES = (
    "contractgen renew --record 合同-定稿.record.json --on 2029-12-01",
    "contractgen renew --record 合同-定稿.record.json --on 2029-12-01 --out 续订",
)


def renew(
    record: Annotated[
        Path,
        typer.Option(
            "--record",
            metavar="文件",
            help="上一份合同签订文本的生成记录（….record.json）",
            readable=False,
        ),
    ],
    on: OnOption = None,
    profile: Annotated[
        Path | None,
        typer.Option(
            "--profile",
            metavar="文件",
            help="现在的企业情况表（YAML）；不写的，从上一份合同的情况开始",
            readable=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="文件夹", help="文件写到哪里；不写的只显示报告", readable=False),
    ] = None,
    formats: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="格式", help="docx、pdf、html、md，用逗号隔开", show_default="docx,pdf"
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="文件", help="自己改过样式的 Word 模板", readable=False),
    ] = None,
    library: LibraryOption = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件")] = False,
    json: JsonOption = False,
) -> int:
    """Print the report, and write everything where a folder is named."""
    from functools import partial

    from contractgen.renewal import renew as renew_contract
    from contractgen.renewal import report

    kinds = read_names(formats or "docx,pdf") if out is not None else ("md",)
    job = partial(
        renew_contract,
        record,
        on=read_day(on),
        profile_path=profile,
        out=out,
        template=template,
        library=library,
        force=force,
    )
    found, missing = made_in(kinds, job)
    told = report(found)
    if json:
        _report.show_json(told.as_dict())
    else:
        show = _report.show if out is None else _report.say
        for line in told.lines():
            show(line)
        _report.print_findings(found.findings, sys.stderr)
    for path in () if json else found.files:
        _report.show(str(path))
    return closed(found.findings, missing, formats)
