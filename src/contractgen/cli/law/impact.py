"""``contractgen law impact``: what a value or an article touches."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption, read_day
from contractgen.cli.law._norms import PlaceOption, norm_as_dict, norm_text, source_label

if TYPE_CHECKING:
    from contractgen.agreement import Agreement
    from contractgen.findings import Finding
    from contractgen.impact import ClauseUse, Impact, Use

HELP = """列出一项法律标准或者一个条文牵涉哪些条款、企业情况表和已签订的合同
写 项目=新值 时，还逐份判断是否符合新标准；有合同须修订时退出码为 1。"""
EXAMPLES = (
    "contractgen law impact maternity_leave",
    "contractgen law impact 《女职工劳动保护特别规定》第七条第一款",
    "contractgen law impact birth_leave=60 --place shanghai --on 2027-01-01 --profiles firm.yaml --records 合同",
)


def law_impact(
    key: Annotated[str, typer.Argument(metavar="项目", help="项目、项目=新值，或者 《法规名》第几条")],
    place: PlaceOption = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="日期", help="变动从哪天起，写作 2027-01-01；期满的合同不算")
    ] = None,
    profiles: Annotated[
        Path | None,
        typer.Option("--profiles", metavar="文件", help="企业情况表，或者放它们的文件夹", readable=False),
    ] = None,
    records: Annotated[
        Path | None,
        typer.Option(
            "--records",
            metavar="文件夹",
            help="已签订的合同的记录（.record.json）所在的文件夹",
            readable=False,
        ),
    ] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """What a value or article touches; exit 1 where an agreement must be amended."""
    from contractgen.impact import impact, read_query, read_records
    from contractgen.law import load_law
    from contractgen.library import load_library

    day = read_day(on)
    law = load_law(None if library is None else library / "law")
    query = read_query(law, key, place, day)
    made, unmade = _assembled(profiles, library)
    read, unreadable = read_records(records) if records else ((), ())
    found = impact(
        query,
        law,
        load_library(library),
        on=day,
        agreements=made,
        records=read,
        findings=(*unmade, *unreadable),
    )
    if json:
        _report.show_json(_impact_as_dict(found))
    else:
        for line in _impact_page(found, asked=profiles is not None or records is not None):
            _report.show(line)
        if found.findings:
            _report.print_findings(found.findings, sys.stderr)
    return _report.FOUND if any(use.must_be_amended for use in found.agreements) else _report.FINE


def _assembled(
    profiles: Path | None, library: Path | None
) -> tuple[list[tuple[str, Agreement]], list[Finding]]:
    """The agreements of a profile or of every profile in a folder; a finding for each that cannot be made."""
    from contractgen.build import assemble_file
    from contractgen.findings import Finding, InputError, Location, Severity

    made: list[tuple[str, Agreement]] = []
    unmade: list[Finding] = []
    if profiles is None:
        return made, unmade
    if not profiles.exists():
        raise InputError(f"没有 {profiles} 这个文件或者文件夹", hint="写企业情况表，或者放它们的文件夹")
    for path in sorted(profiles.rglob("*.yaml")) if profiles.is_dir() else [profiles]:
        try:
            agreement = assemble_file(path, library=library).agreement
        except InputError as fault:
            if not profiles.is_dir():
                raise
            agreement, reason = None, fault.message
        else:
            reason = f"{path}：情况表有误，做不出合同"
        if agreement is None:
            hint = f"用 contractgen check {path} 查看原因"
            unmade.append(
                Finding("profile-unreadable", Severity.WARNING, reason, Location(str(path)), hint=hint)
            )
        else:
            made.append((str(path), agreement))
    return made, unmade


def _impact_page(found: Impact, *, asked: bool) -> Iterator[str]:
    from contractgen.impact import WHENS

    for norm in found.query.norms:
        until = f"，至 {norm.until} 前" if norm.until else ""
        rule = f"{norm.place_title}　{norm.title}（{norm.key}）　{norm_text(norm)}　{source_label(norm)}"
        yield f"{rule}　{norm.since} 起{until}"
    if found.query.value is not None:
        yield f"新值：{found.query.value}"
    yield f"\n条款（{len(found.clauses)} 个版本）："
    for one in found.clauses:
        amend = f"　{one.amend}" if one.amend else ""
        yield f"  {one.clause}　{one.clause.title}　{WHENS[one.when]}　{'、'.join(one.ways)}{amend}"
    if not asked:
        yield "\n没有给出企业情况表（--profiles）或者合同记录（--records），只查了条款。"
        return
    for title, issued in (("企业情况表", False), ("合同记录", True)):
        uses = [use for use in found.agreements if use.issued == issued]
        if uses:
            yield f"\n{title}（{len(uses)} 份）："
        for use in uses:
            yield from _use_lines(use)
    yield from _to_amend(found)


def _use_lines(use: Use) -> Iterator[str]:
    from contractgen.impact import VERDICTS

    end = "，草案" if use.draft else ""
    end += f"，期限到 {use.ends}{'，已期满' if use.over else ''}" if use.ends else ""
    yield f"  {use.file}　{use.employer or '未填单位'}　按 {use.law_day} 的法律{end}"
    for number in use.numbers:
        verdict = f"　{VERDICTS[number.verdict]}" if number.verdict != "text" else ""
        yield f"    {number.name}　{number.text}{verdict}"
    if use.clauses:
        yield f"    条款：{'、'.join(use.clauses)}"


def _to_amend(found: Impact) -> Iterator[str]:
    """What must be amended where a new value is given, else what must be looked through."""
    if found.query.value is None:
        living = [use for use in found.agreements if not use.over and not use.draft]
        drafts = sum(use.draft for use in found.agreements)
        more = f"（另有草案 {drafts} 份，重新生成即可）" if drafts else ""
        yield f"\n规定有变动时要核对：现行条款 {_current(found.clauses)} 个，合同 {len(living)} 份{more}"
        return
    amended = [use for use in found.agreements if use.must_be_amended]
    for title, issued in (("须改的企业情况表", False), ("须修订的合同", True)):
        files = [use.file for use in amended if use.issued == issued]
        yield f"\n{title}：{len(files)} 份"
        yield from (f"  {file}" for file in files)
    again = [use.file for use in found.agreements if use.draft and use.verdict == "below"]
    if again:
        yield f"\n不符合新标准的草案（没有签订，改企业情况表后重新生成）：{len(again)} 份"
        yield from (f"  {file}" for file in again)


def _current(uses: Iterable[ClauseUse]) -> int:
    return sum(use.when == "current" for use in uses)


def _impact_as_dict(found: Impact) -> dict[str, Any]:
    return {
        "query": found.query.text,
        "keys": list(found.query.keys),
        "value": None if found.query.value is None else str(found.query.value),
        "norms": [norm_as_dict(norm) for norm in found.query.norms],
        "clauses": [
            {
                "clause": str(one.clause),
                "title": one.clause.title,
                "when": one.when,
                "ways": list(one.ways),
                "amend": one.amend,
            }
            for one in found.clauses
        ],
        "agreements": [_use_as_dict(use) for use in found.agreements],
        **_report.findings_as_json(found.findings),
    }


def _use_as_dict(use: Use) -> dict[str, Any]:
    return {
        "file": use.file,
        "issued": use.issued,
        "draft": use.draft,
        "employer": use.employer,
        "place": use.place,
        "law_day": use.law_day,
        "ends": use.ends.isoformat() if use.ends else None,
        "over": use.over,
        "clauses": list(use.clauses),
        "numbers": [{"name": one.name, "text": one.text, "verdict": one.verdict} for one in use.numbers],
        "verdict": use.verdict,
        "must_be_amended": use.must_be_amended,
    }
