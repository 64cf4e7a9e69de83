"""``contractgen timeline``: what is due when and why, forward from today or backward from a wished day."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._clock import TodayOption, today
from contractgen.cli._options import JsonOption, LibraryOption, OnOption, ProfileOption, read_day, read_names

if TYPE_CHECKING:
    from contractgen.document import Document
    from contractgen.timeline import Told

HELP = """时间表：从提出要约到期满，哪一步什么时候到期，为什么；哪一步逾期，哪一步现在可以办
各地期限从哪一天起算不同，逐项写明起算的日子和条文；没有核对过的写“未核对”，节假日安排没有公布的年份写“未知”。
加 --in-force 倒排：要在这一天生效，每一步最迟和建议什么时候办。加 --out 写成 Word 和日历文件（.ics），日历可以反复导入。
有逾期未办的步骤，或者来不及在希望的日期生效的，退出码为 1。"""
EXAMPLES = (
    "contractgen timeline --profile firm.yaml",
    "contractgen timeline --profile firm.yaml --in-force 2027-03-01",
    "contractgen timeline --profile firm.yaml --out 时间表 --format docx,ics",
    "contractgen timeline --profile firm.yaml --today 2026-11-26 --json",
)
CALENDAR = "ics"
DEFAULT_FORMATS = ("docx", CALENDAR)


def timeline(
    profile: ProfileOption,
    in_force: Annotated[
        str | None,
        typer.Option("--in-force", metavar="日期", help="倒排：希望合同在哪一天生效"),
    ] = None,
    day: TodayOption = None,
    on: OnOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="文件夹", help="写成文件，放在这个文件夹", readable=False),
    ] = None,
    kinds: Annotated[
        str,
        typer.Option("--format", metavar="格式", help="docx、pdf、html、md、ics，用逗号隔开；默认 docx,ics"),
    ] = "",
    library: LibraryOption = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件")] = False,
    json: JsonOption = False,
) -> int:
    """Print the timeline on stdout or write it; what is wrong with the profile goes to stderr."""
    from contractgen.timeline import read_timeline

    chosen = _chosen(kinds, out, json)
    told = read_timeline(
        profile, today(day), in_force=read_day(in_force, "--in-force"), on=read_day(on), library=library
    )
    if told.findings:
        _report.print_findings(told.findings, sys.stderr)
    if told.timeline is None:
        return _report.FOUND
    if chosen and out is not None:
        _write(told, out, chosen, force=force)
    elif json:
        _report.show_json(_as_dict(told))
    else:
        _print(told)
    return _report.FOUND if told.timeline.late else _report.exit_code(told.findings)


def _chosen(kinds: str, out: Path | None, json: bool) -> tuple[str, ...]:
    """The formats of the files; none where none are wanted."""
    from contractgen.build.rendering import FORMATS
    from contractgen.findings import InputError

    chosen = read_names(kinds) or (DEFAULT_FORMATS if out is not None else ())
    known = (*FORMATS, CALENDAR)
    unknown = [kind for kind in chosen if kind not in known]
    if unknown:
        raise InputError(f"不认识的格式：{'、'.join(unknown)}", hint=f"可以选 {'、'.join(known)}，用逗号隔开")
    if chosen and out is None:
        raise InputError("没有写明时间表写到哪里", hint="加 --out 文件夹")
    if chosen and json:
        raise InputError("--json 显示在屏幕上，不能和 --out 一起用", hint="去掉其中一个")
    return chosen


def _as_dict(told: Told) -> dict[str, object]:
    from contractgen.timeline.words import as_dict, plan_as_dict

    assert told.timeline is not None
    return plan_as_dict(told.plan) if told.plan is not None else as_dict(told.timeline)


def _print(told: Told) -> None:
    from contractgen.cli._steps import print_steps
    from contractgen.timeline import words

    if told.plan is not None:
        print_steps(
            words.PLAN_TITLE,
            words.plan_headline(told.plan),
            words.PLAN_HEADINGS,
            words.plan_lines(told.plan),
            words.plan_remarks(),
        )
    elif told.timeline is not None:
        line = told.timeline
        print_steps(words.TITLE, words.headline(line), words.HEADINGS, words.lines(line), words.remarks(line))


def _write(told: Told, out: Path, kinds: tuple[str, ...], *, force: bool) -> None:
    """The files, all or none."""
    from contractgen.build.rendering import render
    from contractgen.files import safe_name, write_all

    assert told.timeline is not None
    document = _page(told)
    name = safe_name(f"{told.timeline.employer[:60] or '未填单位'}-{document.title}")
    made = render(document, [kind for kind in kinds if kind != CALENDAR], {})
    if CALENDAR in kinds:
        made[CALENDAR] = _calendar(told, document.title)
    files = {out / f"{name}.{kind}": made[kind] for kind in kinds}
    write_all(files, force=force)
    for path in files:
        _report.show(str(path))


def _page(told: Told) -> Document:
    from contractgen.timeline.page import page, plan_page

    assert told.timeline is not None
    return plan_page(told.plan) if told.plan is not None else page(told.timeline)


def _calendar(told: Told, title: str) -> bytes:
    from contractgen.formats.ics import write_ics
    from contractgen.timeline.calendar import appointments, plan_appointments

    line, remind = told.timeline, told.steps.remind
    assert line is not None
    days = plan_appointments(told.plan, remind) if told.plan is not None else appointments(line, remind)
    return write_ics(f"{line.employer}：{title}", days, line.today)
