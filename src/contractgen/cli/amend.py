"""``contractgen amend``: an amendment agreement from the record of a contract and the firm's new facts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._clock import TodayOption, today
from contractgen.cli._formats import closed, made_in
from contractgen.cli._options import LibraryOption, OnOption, ProfileOption, read_day, read_names

if TYPE_CHECKING:
    from contractgen.amendment import Amended

HELP = """起草变更协议书：从签订文本的生成记录和新的企业情况表，列出每条变更的原条文和变更后的条文
同时写出合订文本（变更以后的全文）。只有企业情况表里改了的内容才会变；法律变了、要改用现行文字的条款，用 --current 写明。
加 --final 生成可以签字的文本：还有未办事项时不生成，并一次列出全部事项。"""
EXAMPLES = (
    "contractgen amend --record 合同-定稿.record.json --profile 新情况.yaml --out 变更",
    "contractgen amend --record 合同-定稿.record.json --profile 新情况.yaml --out 变更 --current paternity-leave",
    "contractgen amend --record 合同-定稿.record.json --profile 新情况.yaml --out 变更 --final",
)

KINDS = {"changed": "变更", "added": "增加", "deleted": "删去"}


def amend(
    record: Annotated[
        Path,
        typer.Option(
            "--record", metavar="文件", help="原合同签订文本的生成记录（….record.json）", readable=False
        ),
    ],
    profile: ProfileOption,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="文件夹", help="文件写到哪里", readable=False)
    ] = Path(),
    formats: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="格式", help="docx、pdf、html、md，用逗号隔开", show_default="docx,pdf"
        ),
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="生成可以签字的文本")] = False,
    current: Annotated[
        str,
        typer.Option(
            "--current",
            metavar="条款",
            help="这些条款改用签订日现行的文字和法律，写条款编号，用逗号隔开；整份合同写 all",
        ),
    ] = "",
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="文件", help="自己改过样式的 Word 模板", readable=False),
    ] = None,
    on: OnOption = None,
    day: TodayOption = None,
    library: LibraryOption = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件")] = False,
) -> int:
    """Write the amendment agreement and the consolidated text; say what was altered and what is open."""
    from functools import partial

    from contractgen.amendment import amend as amend_contract

    kinds = read_names(formats or "docx,pdf")
    job = partial(
        amend_contract,
        record,
        profile,
        out=out,
        on=read_day(on),
        final=final,
        current=read_names(current),
        template=template,
        library=library,
        force=force,
        today=today(day),
    )
    amended, missing = made_in(kinds, job)
    _print(amended, final=final)
    return closed(amended.findings, missing, formats)


def _print(amended: Amended, *, final: bool) -> None:
    _report.print_findings(amended.findings, sys.stderr)
    for one in amended.alterations:
        article = one.new or one.old
        assert article is not None
        _report.say(f"{KINDS[one.kind]}　{article.label} {article.title}")
    for path in amended.files:
        _report.show(str(path))
    if not amended.files:
        _report.say("没有生成定稿：请先处理以上各项。" if final else "没有生成文件：请先改正以上错误。")
    elif amended.open_points and not final:
        _report.say(f"这是草案：有 {len(amended.open_points)} 处待填或待确认，列在变更协议书的首页。")
