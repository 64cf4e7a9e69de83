"""``contractgen law show, status, verify, impact``: the law, how fresh and how true it is, what a change touches."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption, read_day

if TYPE_CHECKING:
    from contractgen.agreement import Agreement
    from contractgen.findings import Finding
    from contractgen.impact import ClauseUse, Impact, Use
    from contractgen.law import Law, LawView, Norm
    from contractgen.law.status import Age
    from contractgen.law.verify import Lacking, Verified

HELP = """显示某地某日的法律标准：数值、依据的条文、施行日期、核对情况、历次规定
不写项目时列出全部项目。每一项都写明是否与法规原文核对过。"""
EXAMPLES = (
    "contractgen law show --place shanghai --on 2026-12-01",
    "contractgen law show maternity_leave --place shanghai --on 2026-12-01",
)
HELP_STATUS = """列出每一项法律数据多久没有与法规原文核对，从签订日算起
满限期的一半列为临近限期，超过限期的退出码为 1。限期一般是 24 个月，法律数据可以逐项另定（budget）。"""
EXAMPLES_STATUS = (
    "contractgen law status --place shanghai --on 2026-12-01",
    "contractgen law status --on 2026-12-01 --json",
)
HELP_VERIFY = """拿法规文本核对法律数据和条款：条、款、项在不在，数值写没写，有没有更新的文本
文件夹里放 Markdown 或者纯文本，每部法规一个文件。没有文本的法规只列出名称；有错误时退出码为 1。"""
EXAMPLES_VERIFY = (
    "contractgen law verify --statutes 法规",
    "contractgen law verify --statutes 法规 --place shanghai",
)
HELP_IMPACT = """列出一项法律标准或者一个条文牵涉哪些条款、企业情况表和已签订的合同
写 项目=新值 时，还逐份判断是否符合新标准；有合同须修订时退出码为 1。"""
EXAMPLES_IMPACT = (
    "contractgen law impact maternity_leave",
    "contractgen law impact 《女职工劳动保护特别规定》第七条第一款",
    "contractgen law impact birth_leave=60 --place shanghai --on 2027-01-01 --profiles firm.yaml --records 合同",
)

PlaceOption = Annotated[
    str | None, typer.Option("--place", metavar="地区", help="只看这个地区，例如 shanghai；不写则看全部")
]


def show_law(
    place: Annotated[str, typer.Option("--place", metavar="地区", help="例如 shanghai、national")],
    on: Annotated[str, typer.Option("--on", metavar="日期", help="哪一天的法律，写作 2026-12-01")],
    key: Annotated[
        str | None, typer.Argument(metavar="项目", help="例如 maternity_leave；不写则列出全部")
    ] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """One norm with its history, or all that hold on that day."""
    from contractgen.law import load_law

    day = read_day(on)
    assert day is not None
    law = load_law(None if library is None else library / "law")
    view = law.at(place, day)
    if key is None:
        _show_all(view, json)
    elif json:
        history = [_as_dict(norm) for norm in law.history(place, key)]
        _report.show_json(_as_dict(view[key]) | {"on": day.isoformat(), "history": history})
    else:
        for line in _page(law, view, key):
            _report.show(line)
    return _report.FINE


def _show_all(view: LawView, json: bool) -> None:
    from contractgen.law import describe

    norms = list(view.values())
    if json:
        _report.show_json([_as_dict(norm) for norm in norms])
        return
    _report.show_table(
        [
            (norm.key, norm.title, "" if norm.value is None else describe(norm), source_label(norm))
            for norm in norms
        ]
    )
    _report.say(f"{view.title}，{view.on}：共 {len(norms)} 项")


def _page(law: Law, view: LawView, key: str) -> Iterator[str]:
    norm = view[key]
    yield f"{norm.title}（{key}）　{view.title}，{view.on}"
    yield from (f"  {line}" for line in _details(norm))
    if norm.loser is not None:
        yield "另一层级的规定（未采用）："
        yield from (f"  {line}" for line in _details(norm.loser))
    yield "历次规定："
    yield from (
        f"  {one.since} 起　{_text(one)}　{source_label(one)}" for one in law.history(view.place, key)
    )


def _details(norm: Norm) -> Iterator[str]:
    if norm.value is not None:
        yield f"标准：{_text(norm)}"
    elif norm.force == "encouraged":
        yield "性质：法律提倡，不是义务"
    yield f"依据：{source_label(norm)}"
    until = f"，至 {norm.until} 前" if norm.until else ""
    yield f"施行：{norm.since} 起{until}（{norm.place_title}）"
    yield f"核对：{norm.state.label}；该地区的数据最后核对于 {norm.checked}"
    if norm.stale:
        yield "注意：已有或者据信已有更新的文本，尚未核对"
    if norm.note:
        yield f"说明：{norm.note}"


def _text(norm: Norm) -> str:
    from contractgen.law import describe

    return describe(norm)


def source_label(norm: Norm) -> str:
    """The article where it is known for sure, else only the instrument and how far it can be relied on."""
    return str(norm.source) if norm.printable else f"{norm.source.title}（{norm.state.label}）"


def _as_dict(norm: Norm) -> dict[str, Any]:
    instrument = norm.source.instrument
    return {
        "key": norm.key,
        "kind": norm.kind,
        "title": norm.title,
        "value": None if norm.value is None else str(norm.value),
        "unit": norm.unit,
        "bound": norm.bound,
        "strict": norm.strict,
        "force": norm.force,
        "text": _text(norm),
        "source": source_label(norm),
        "instrument": {"slug": instrument.slug, "title": instrument.title, "number": instrument.number},
        "article": norm.source.article,
        "paragraph": norm.source.paragraph,
        "item": norm.source.item,
        "since": norm.since.isoformat(),
        "until": norm.until.isoformat() if norm.until else None,
        "place": norm.place,
        "state": norm.state.value,
        "checked": norm.checked.isoformat(),
        "stale": norm.stale,
        "note": norm.note,
        "loser": None if norm.loser is None else _as_dict(norm.loser),
    }


# ------------------------------------------------------------------ status


def law_status(
    on: Annotated[str, typer.Option("--on", metavar="日期", help="签订日，写作 2026-12-01")],
    place: PlaceOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """One line for each value and duty; exit 1 where one is over its budget."""
    from contractgen.law import load_law
    from contractgen.law.status import LEVELS, status

    day = read_day(on)
    assert day is not None
    ages = status(load_law(None if library is None else library / "law"), day, place)
    counts = {level: sum(one.level == level for one in ages) for level in LEVELS}
    if json:
        _report.show_json(
            {"on": day.isoformat(), "count": counts, "norms": [_age_as_dict(one) for one in ages]}
        )
    else:
        _report.show_table([_age_row(one) for one in ages])
        _report.say(_age_count(ages, counts, day))
    return _report.FOUND if counts["over"] else _report.FINE


def _age_row(one: Age) -> tuple[str, ...]:
    norm = one.norm
    remarks = [] if norm.verified else [norm.state.label]
    remarks += ["已有更新的文本，尚未核对"] if norm.stale else []
    remarks += [f"{one.ends} 起终止或者变动"] if one.ends else []
    age = f"满 {one.months} 个月，限期 {one.budget} 个月"
    source = str(norm.source) if norm.printable else norm.source.title
    return (
        norm.place_title,
        norm.key,
        norm.title,
        f"{norm.checked} 核对",
        age,
        one.label,
        source,
        "；".join(remarks),
    )


def _age_count(ages: Iterable[Age], counts: dict[Any, int], day: datetime.date) -> str:
    from contractgen.law.status import LEVELS

    listed = list(ages)
    levels = "，".join(f"{label} {counts[level]}" for level, label in LEVELS.items())
    stale = sum(one.norm.stale for one in listed)
    ending = sum(one.ends is not None for one in listed)
    return f"{day}：共 {len(listed)} 项，{levels}；有更新文本待核对 {stale}，一年内终止或者变动 {ending}"


def _age_as_dict(one: Age) -> dict[str, Any]:
    norm = one.norm
    return {
        "key": norm.key,
        "kind": norm.kind,
        "title": norm.title,
        "place": norm.place,
        "source": source_label(norm),
        "state": norm.state.value,
        "checked": norm.checked.isoformat(),
        "months": one.months,
        "budget": one.budget,
        "due": one.due.isoformat(),
        "level": one.level,
        "stale": norm.stale,
        "until": one.ends.isoformat() if one.ends else None,
    }


# ------------------------------------------------------------------ verify


def verify_law(
    statutes: Annotated[
        Path, typer.Option("--statutes", metavar="文件夹", help="法规文本所在的文件夹", readable=False)
    ],
    place: PlaceOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """Findings with file and line of the law files; exit 1 on errors."""
    from contractgen.impact import references
    from contractgen.law import load_law
    from contractgen.law.statutes import read_statutes
    from contractgen.law.verify import read_entries, verify
    from contractgen.library import load_library

    folder = None if library is None else library / "law"
    law = load_law(folder)
    places = law.layers(place) if place else law.places
    texts, unreadable = read_statutes(statutes)
    keys, cited = references(load_library(library))
    found = verify(law, texts, read_entries(law, places, folder), keys=keys, cited=cited)
    findings = (*found.findings, *unreadable)
    if json:
        _report.show_json(_verified_as_dict(found, findings))
    else:
        _report.print_findings(findings, sys.stdout)
        _show_lacking(found)
        _report.say(f"读了 {len(texts)} 个法规文本，核对了 {found.compared} 处引用")
    return _report.exit_code(findings)


def _show_lacking(found: Verified) -> None:
    if found.lacking or found.unsettled:
        _report.show("\n文件夹中没有文本、未能核对的法规：")
    for one in found.lacking:
        used = f"，其中条款用到 {len(one.used)} 项" if one.used else ""
        _report.show(f"  {_edition(one)}　{len(one.keys)} 项{used}")
    for title in found.unsettled:
        _report.show(f"  《{title}》　只在条款的说明中引用")


def _edition(one: Lacking) -> str:
    edition = f"（{one.instrument.edition}）" if one.instrument.edition else ""
    return f"{one.instrument}{edition}"


def _verified_as_dict(found: Verified, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return _report.findings_as_json(findings) | {
        "compared": found.compared,
        "texts": dict(found.texts),
        "no_text": [
            {
                "place": one.instrument.place,
                "instrument": one.instrument.slug,
                "title": one.instrument.title,
                "edition": one.instrument.edition,
                "keys": list(one.keys),
                "used_by_clauses": list(one.used),
            }
            for one in found.lacking
        ],
        "no_text_in_notes": list(found.unsettled),
    }


# ------------------------------------------------------------------ impact


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
        rule = f"{norm.place_title}　{norm.title}（{norm.key}）　{_text(norm)}　{source_label(norm)}"
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

    end = f"，期限到 {use.ends}{'，已期满' if use.over else ''}" if use.ends else ""
    yield f"  {use.file}　{use.employer or '未填单位'}　按 {use.law_day} 的法律{end}"
    for number in use.numbers:
        verdict = f"　{VERDICTS[number.verdict]}" if number.verdict != "text" else ""
        yield f"    {number.name}　{number.text}{verdict}"
    if use.clauses:
        yield f"    条款：{'、'.join(use.clauses)}"


def _to_amend(found: Impact) -> Iterator[str]:
    """What must be amended where a new value is given, else what must be looked through."""
    if found.query.value is None:
        living = [use for use in found.agreements if not use.over]
        yield f"\n规定有变动时要核对：现行条款 {_current(found.clauses)} 个，合同 {len(living)} 份"
        return
    amended = [use for use in found.agreements if use.must_be_amended]
    for title, issued in (("须改的企业情况表", False), ("须修订的合同", True)):
        files = [use.file for use in amended if use.issued == issued]
        yield f"\n{title}：{len(files)} 份"
        yield from (f"  {file}" for file in files)


def _current(uses: Iterable[ClauseUse]) -> int:
    return sum(use.when == "current" for use in uses)


def _impact_as_dict(found: Impact) -> dict[str, Any]:
    return {
        "query": found.query.text,
        "keys": list(found.query.keys),
        "value": None if found.query.value is None else str(found.query.value),
        "norms": [_as_dict(norm) for norm in found.query.norms],
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
