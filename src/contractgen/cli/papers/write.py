"""``contractgen papers``: the papers of a profile, as files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._clock import TodayOption, today
from contractgen.cli._formats import DEFAULT_FORMATS, closed, made_in
from contractgen.cli._options import JsonOption, LibraryOption, OnOption, ProfileOption, read_day, read_names

if TYPE_CHECKING:
    from contractgen.papers import Filled, FilledForm, Pack, Prepared

HELP = """协商和报送的全套文书：按所在地、合同形式和企业情况选用，逐份填好，附清单
情况表里没有的内容印成横线，供手写；清单列出每份文书缺什么、谁签、依据。情况表只填了一部分也可以用。"""
EXAMPLES = (
    "contractgen papers --profile firm.yaml --list",
    "contractgen papers --profile firm.yaml --out 文书",
    "contractgen papers --profile firm.yaml --out 文书 --only proposal --format docx",
    "contractgen papers --profile firm.yaml --out 文书 --form filing-form=送审表.docx",
    "contractgen papers --profile firm.yaml --record 合同.record.json --pack 报送.zip",
)


def papers(
    profile: ProfileOption,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="文件夹", help="文件写到哪里；默认当前文件夹", readable=False),
    ] = Path(),
    only: Annotated[
        str | None, typer.Option("--only", metavar="名称", help="只做这几份，用逗号隔开；名称见 --list")
    ] = None,
    forms: Annotated[
        list[str] | None,
        typer.Option(
            "--form",
            metavar="表格",
            help="填自备的 Word 表格；写作 文书名称=表格.docx 的，代替那一份文书；可以写多次",
        ),
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(
            "--previous",
            metavar="文件",
            help="上一份合同的生成记录（.record.json）：草案说明列出与它不同的地方；变更的报送材料附上原合同",
            readable=False,
        ),
    ] = None,
    pack: Annotated[
        Path | None,
        typer.Option(
            "--pack",
            metavar="位置",
            help="与 --record 同用，生成报送材料：写到这个文件夹，或者以 .zip 结尾的文件",
            readable=False,
        ),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option(
            "--record",
            metavar="文件",
            help="定稿的生成记录（.record.json），用于 --pack；变更合同的，写变更协议书的生成记录",
            readable=False,
        ),
    ] = None,
    general: Annotated[
        Path | None,
        typer.Option(
            "--main-contract",
            metavar="文件",
            help="与 --pack 同用，专章、附件的报送材料附上集体合同全文（Word 或者 PDF）；先读一遍，专章须在其中",
            readable=False,
        ),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="只列出用得到的文书，不生成文件")] = False,
    formats: Annotated[
        str | None,
        typer.Option("--format", metavar="格式", help="docx、pdf、html、md，用逗号隔开；默认 docx,pdf"),
    ] = None,
    on: OnOption = None,
    day: TodayOption = None,
    library: LibraryOption = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件")] = False,
    json: JsonOption = False,
) -> int:
    """Write the papers, or list them."""
    _refuse_idle(
        {
            "--json": (json, listed, "--list"),
            "--previous": (previous, not listed, "生成文书和报送材料"),
            "--main-contract": (general, pack is not None and not listed, "--pack"),
            "--only": (only, pack is None and not listed, "生成文书"),
            "--form": (forms, pack is None and not listed, "生成文书"),
        }
    )
    if listed:
        from contractgen.papers import prepare

        return _list(
            prepare(profile, on=read_day(on), library=library, record=record, today=today(day)), json=json
        )
    from contractgen.papers import write_pack, write_papers

    if pack is not None:
        enclosed = partial(write_pack, profile, target=pack, previous=previous, general=general)
        return _pack(partial(enclosed, library=library, force=force, today=today(day)), record, formats)
    kinds = DEFAULT_FORMATS if formats is None else read_names(formats)
    names = () if only is None else read_names(only)
    job = partial(
        write_papers,
        profile,
        out=out,
        only=names,
        forms=forms or (),
        on=read_day(on),
        today=today(day),
        library=library,
        previous=previous,
        record=record,
        force=force,
    )
    written, missing = made_in(kinds, job)
    if written.findings:
        _report.print_findings(written.findings, sys.stderr)
    for path in written.files:
        _report.show(str(path))
    for one in written.forms:
        _report.say(_form(one))
    if "pdf" in kinds and (written.forms or any(one.form is not None for one in written.papers)):
        _report.say("自备的表格只生成 Word 文件；要 PDF 的，在 Word 或 WPS 中打开另存。")
    if written.papers or not written.files:
        _report.say(_closing(written.papers) if written.files else "没有生成文书：请先改正以上错误。")
    if any(one.unsettled for one in written.papers):
        _report.say(written.draft)
    return closed(written.findings, missing, formats)


def _refuse_idle(options: Mapping[str, tuple[object, object, str]]) -> None:
    """Options that would do nothing: given, but not with what they are for."""
    idle = [(name, purpose) for name, (given, used, purpose) in options.items() if given and not used]
    if idle:
        from contractgen.findings import InputError

        told = "；".join(f"{name} 只用于{'' if purpose[0] > 'z' else ' '}{purpose}" for name, purpose in idle)
        raise InputError(told, hint="去掉用不到的选项")


def _pack(job: Callable[..., Pack], record: Path | None, formats: str | None) -> int:
    """The filing pack: what is in it, on stdout."""
    from contractgen.findings import InputError

    if record is None:
        raise InputError(
            "缺少选项：--record 文件", hint="写定稿的生成记录，例如 --record 合同-定稿.record.json"
        )
    kinds = DEFAULT_FORMATS if formats is None else read_names(formats)
    pack, missing = made_in(kinds, partial(job, record_path=record))
    for name in pack.sums:
        _report.show(name)
    if pack.by_hand:
        _report.say("报送前还要手写（签字、盖章和落款日期以外）：")
        for title, open_ in pack.by_hand.items():
            _report.say(f"  {title}：{'；'.join(open_)}")
    for title, why in pack.to_check.items():
        _report.say(f"报送前请自己核对一遍：{title}（{why}）")
    for title in pack.enclose:
        _report.say(
            f"材料里还缺这一份，报送前请放进来：{title}；要附定稿供对照的，加 --previous 原合同的生成记录"
        )
    _report.say(f"报送材料在 {pack.path}，共 {len(pack.sums)} 个文件和一份校验值。")
    return closed((), missing, formats)


def _list(prepared: Prepared, *, json: bool) -> int:
    if json:
        _report.show_json([_as_dict(one) for one in prepared.papers])
        return _report.exit_code(prepared.findings)
    if prepared.findings:
        _report.print_findings(prepared.findings, sys.stderr)
    rows = [
        (f"{one.number:02}", one.paper.name, one.title, _state(one), one.paper.purpose)
        for one in prepared.papers
    ]
    if rows:
        _report.show_table(rows)
    _report.say(_closing(prepared.papers))
    if prepared.draft:
        _report.say(prepared.draft)
    return _report.exit_code(prepared.findings)


def _state(filled: Filled) -> str:
    if filled.blocking:
        return f"缺{'、'.join(one.title for one in filled.blocking)}"
    if filled.unsettled:
        return "草案没有定"
    return "有建议值待确认" if filled.proposals else "可以打印"


def _as_dict(filled: Filled) -> dict[str, object]:
    return {
        "number": filled.number,
        "name": filled.paper.name,
        "title": filled.title,
        "purpose": filled.paper.purpose,
        "step": filled.paper.step,
        "signs": filled.signs,
        "ready": filled.ready,
        "missing": [{"path": one.path, "title": one.title} for one in filled.missing],
        "proposals": list(filled.proposals),
        "unsettled": filled.unsettled,
    }


def _form(form: FilledForm) -> str:
    missing = "、".join(f"{one.title}（{one.path}）" for one in form.missing)
    return f"{form.name}.docx：{f'有横线待手写：{missing}' if missing else '全部填好。'}"


def _closing(papers: tuple[Filled, ...]) -> str:
    ready = sum(one.ready for one in papers)
    return f"共 {len(papers)} 份文书，{ready} 份可以打印使用，{len(papers) - ready} 份还缺内容或者待确认。"
