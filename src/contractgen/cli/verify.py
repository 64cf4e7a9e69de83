"""``contractgen verify``: whether a file is still what was issued."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption

if TYPE_CHECKING:
    from contractgen.verify import Change, Verdict
    from contractgen.verify.filing import FilingList

HELP = """核对合同文件签发以后有没有被改过，改了哪几条
对照文件旁边的生成记录（.record.json），或者用 --list 对照登记表；文件自带的印记不作为依据。
在 Word、WPS 里打开另存而没有改字的，算没有改动；修订、批注、隐藏文字、文本框都算改动。
退出码：0 没有改动，1 有改动，2 未知或者不能核对。"""
EXAMPLES = (
    "contractgen verify 合同.docx",
    "contractgen verify 合同.docx --record 归档/合同.record.json",
    "contractgen verify 合同.docx --list 登记表.csv",
    "contractgen verify --add-to 登记表.csv 合同.record.json",
)
FEW = 3  # changed numbers that are told one by one
CODES = {"unchanged": _report.FINE, "changed": _report.FOUND, "unknown": _report.FAILED}


def verify(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件…",
            help="合同文件（docx、pdf、html、md）；配 --add-to 时是生成记录",
            show_default=False,
        ),
    ],
    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="文件", help="生成记录；默认在合同文件旁边找", readable=False),
    ] = None,
    listed: Annotated[
        Path | None,
        typer.Option("--list", metavar="文件", help="登记表（CSV）；只信登记过的文件和记录", readable=False),
    ] = None,
    add_to: Annotated[
        Path | None,
        typer.Option("--add-to", metavar="文件", help="把这些生成记录登记到这份登记表", readable=False),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Print a verdict for each file; exit with the gravest."""
    if add_to is not None:
        return _add(add_to, files, record or listed)
    from contractgen.verify import as_dict, read_list

    filing = None if listed is None else read_list(listed)
    verdicts = [_of(file, record, filing) for file in files]
    if as_json:
        _report.show_json([as_dict(one) for one in verdicts])
    else:
        for one in verdicts:
            _show(one)
    return max(CODES[one.state] for one in verdicts)


def _of(file: Path, record: Path | None, filing: FilingList | None) -> Verdict:
    """The verdict on one file; one that cannot be read does not keep the others from being told."""
    from contractgen.findings import InputError
    from contractgen.verify import Verdict
    from contractgen.verify import verify as verdict_of

    try:
        return verdict_of(file, record=record, filing=filing)
    except InputError as fault:
        if record is not None and not record.is_file():
            raise
        first = fault.findings[0] if fault.findings else None
        message = first.message if first else fault.message.removeprefix(f"{file}：")
        return Verdict(file, "unknown", reason=message, hint=first.hint if first else fault.hint)


def _add(path: Path, records: list[Path], other: Path | None) -> int:
    from contractgen.findings import InputError
    from contractgen.verify import add_records

    if other is not None:
        raise InputError("--add-to 不能和 --record、--list 一起用", hint="登记和核对分两次做")
    rows = add_records(path, records)
    for row in rows:
        _report.show(f"{row.file}　{row.digest}")
    _report.say(f"{path}：新登记 {len(rows)} 个文件。" if rows else f"{path}：都已经登记过，没有改动。")
    return _report.FINE


def _show(verdict: Verdict) -> None:
    """One file: the verdict, what it rests on, and each change."""
    _report.show(f"{verdict.file}：{_verdict(verdict)}")
    numbers = [one for one in verdict.changes if one.kind == "number"]
    gathered = numbers if len(numbers) > FEW else []
    for change in verdict.changes:
        if change not in gathered:
            _show_change(change)
    if gathered:
        first, last = gathered[0], gathered[-1]
        _report.show(f"  {first.label}至{last.label}等 {len(gathered)} 条：只有编号改动")
        before, after = first.edits[0]
        _report.show(f"      当时：{before} {first.title}")
        _report.show(f"      现在：{after} {first.title}")
    if verdict.hint:
        _report.show(f"    可以：{verdict.hint}")
    if basis := _basis(verdict):
        _report.show(f"    依据：{basis}")
    if verdict.claim:
        _report.show(f"    提示：{verdict.claim}")
    if verdict.state == "unchanged" and not verdict.same_bytes and verdict.file.suffix.lower() == ".pdf":
        _report.show("    提示：PDF 只能核对文字，画上去或者遮盖的内容看不出来；最好用签发时的那一份")


def _verdict(verdict: Verdict) -> str:
    if verdict.state == "unknown":
        return f"未知：{verdict.reason}"
    if verdict.state == "changed":
        return f"签发以后有改动，共 {sum(max(len(one.edits), 1) for one in verdict.changes)} 处"
    return "没有改动，就是签发时的文件" if verdict.same_bytes else "文字没有改动（文件另存过）"


def _show_change(change: Change) -> None:
    _report.show(f"  {change.name}：{change.word}")
    for before, after in change.edits:
        if before:
            _report.show(f"      当时：{before}")
        if after:
            _report.show(f"      现在：{after}")


def _basis(verdict: Verdict) -> str:
    known = verdict.record or verdict.row
    if known is None or verdict.state == "unknown":
        return ""
    source = f"生成记录 {verdict.record.path.name}" if verdict.record else "登记表"
    if verdict.record and verdict.row:
        source += "（登记过）"
    return f"{source}；{known.employer}，{known.title}，法律适用日 {known.law_day}"
