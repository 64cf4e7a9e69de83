"""``contractgen law leave``: the leave that a birth or a miscarriage gives, with days, from, to and articles."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption, read_day
from contractgen.cli.law._norms import norm_as_dict, source_label

if TYPE_CHECKING:
    from contractgen.law import Norm, Unknown
    from contractgen.law.leave import Leave, Leaves, Segment

HELP = """计算一次生育（流产）的各种假期：多少天，从哪天到哪天，依据哪一条
当地规定遇法定节假日顺延的，逐段列出；节假日安排还没有收录的年份，只写“至少到”哪一天。"""
EXAMPLES = (
    "contractgen law leave --place shanghai --birth 2026-01-10",
    "contractgen law leave --place zhejiang --birth 2026-03-05 --begin 2026-02-20 --child 2 --twins --difficult",
    "contractgen law leave --place jiangsu --birth 2026-03-05 --miscarriage --pregnancy-months 3",
)


def law_leave(
    place: Annotated[
        str, typer.Option("--place", metavar="地区", help="用人单位所在地区，例如 shanghai 或者 上海")
    ],
    birth: Annotated[str, typer.Option("--birth", metavar="日期", help="生育日（流产之日），可以是预产期")],
    begin: Annotated[
        str | None, typer.Option("--begin", metavar="日期", help="产假从哪天起休；不写则从生育日起")
    ] = None,
    infants: Annotated[int | None, typer.Option("--infants", metavar="个数", help="这一胎几个婴儿")] = None,
    twins: Annotated[bool, typer.Option("--twins", help="双胞胎，同 --infants 2")] = False,
    difficult: Annotated[bool, typer.Option("--difficult", help="难产")] = False,
    child: Annotated[int, typer.Option("--child", metavar="第几个", help="第几个子女，不写则按第 1 个")] = 1,
    miscarriage: Annotated[bool, typer.Option("--miscarriage", help="流产，要写怀孕月数")] = False,
    pregnancy_months: Annotated[
        str | None, typer.Option("--pregnancy-months", metavar="月数", help="流产时已怀孕满几个月，例如 3.5")
    ] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """Every leave of one case; an unknown end is no fault."""
    from contractgen.law import load_law
    from contractgen.law.case import Case
    from contractgen.law.leave import leaves

    day = read_day(birth, "--birth")
    assert day is not None
    case = Case(
        day=day,
        begin=read_day(begin, "--begin"),
        number=infants,
        twins=twins,
        difficult=difficult,
        child=child,
        miscarriage=miscarriage,
        pregnancy_months=_months(pregnancy_months),
    )
    law = load_law(None if library is None else library / "law")
    found = leaves(law, law.place(place), case)
    if json:
        _report.show_json(_as_dict(found))
    else:
        for line in _page(found):
            _report.show(line)
    return _report.FINE


def _months(text: str | None) -> Fraction | None:
    if text is None:
        return None
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        from contractgen.findings import InputError

        raise InputError(f"--pregnancy-months 的“{text}”不是数字", hint="写月数，例如 3 或者 3.5") from None


# ------------------------------------------------------------------ the page


def _page(found: Leaves) -> Iterator[str]:
    from contractgen.law import number_label

    yield f"{found.title}　{_what(found)}"
    amounts = [number_label(one.amount) for one in found.joined]
    total = (
        f"{' + '.join(amounts)} = {number_label(found.total)}天" if len(amounts) > 1 else _days(*found.joined)
    )
    more = f"，另有法定节假日 {found.extension} 天顺延" if found.extension else ""
    yield f"产假合计　{total}{more}　{_span(found.joined[0].first, found.last)}"
    if len(amounts) > 1:
        yield "    合计由下面各项相加，没有哪一条写着合计的天数，引用时分别写各项的条文"
    for leave in found.joined:
        yield ""
        yield from _leave(leave)
    for _, group in groupby(found.others, key=lambda one: one.rule.key):
        yield ""
        yield from _years(list(group))
    if found.missing:
        yield ""
        yield "没有收录当时的规定（不等于没有这项假）："
        yield from (f"    {norm.title}　收录的规定从 {norm.since} 起" for norm in found.missing)


def _what(found: Leaves) -> str:
    from contractgen.law import number_label

    case = found.case
    if case.pregnancy_months is not None:
        return f"{case.day} 流产，怀孕满 {number_label(case.pregnancy_months)} 个月"
    words = [f"{case.day} 生育", f"第 {case.child} 个子女"]
    words += [f"{case.infants} 个婴儿"] if case.infants > 1 else []
    words += ["难产"] if case.difficult else []
    return "，".join(words)


def _leave(leave: Leave) -> Iterator[str]:
    yield f"{_title(leave)}　{_amount(leave)}{_span(leave.first, leave.last)}"
    yield from _reasons(leave)


def _years(group: list[Leave]) -> Iterator[str]:
    """A leave that comes once, or one of every year of the child's life."""
    if not group[0].year:
        yield from _leave(group[0])
        return
    yield _title(group[0])
    for leave in group:
        yield f"    第 {leave.year} 年　{_amount(leave)}{_span(leave.first, leave.last)}"
    yield from dict.fromkeys(line for leave in group for line in _reasons(leave))


def _reasons(leave: Leave) -> Iterator[str]:
    norms = leave.parts or (leave.norm,)
    yield from dict.fromkeys(f"    依据：{_basis(norm)}" for norm in norms)
    if leave.at_most is not None:
        yield f"    依据：{_basis(leave.at_most)}"
        yield "    起止日期按最少的天数计算"
        yield f"    说明：{leave.at_most.note}"
    loser = leave.norm.loser
    if loser is not None and loser.value not in (None, leave.norm.value):
        yield f"    另一层级：{_describe(loser)}，{_basis(loser)}"
    yield from _counting(leave)
    for remark in leave.remarks:
        yield f"    {remark}"
    for norm in norms:
        if norm.note:
            yield f"    说明：{norm.note}"


def _counting(leave: Leave) -> Iterator[str]:
    if leave.natural_by is not None:
        yield f"    遇法定节假日不顺延：{_basis(leave.natural_by)}"
    if leave.extended_by is None:
        return
    yield f"    遇法定节假日顺延：{_basis(leave.extended_by)}"
    if leave.festivals or leave.uncounted:
        yield from (f"      {_segment(one)}" for one in leave.segments)
    elif leave.segments:
        yield "      这段时间没有法定节假日"
    if leave.uncounted and not isinstance(leave.last, datetime.date):
        yield f"      其余 {leave.uncounted} 天：{leave.last.reason}，遇法定节假日再往后顺延"


def _segment(one: Segment) -> str:
    days = f"{one.first} 至 {one.last}" if one.first != one.last else f"{one.first}"
    return f"{days}　{f'{one.festival}，顺延 {one.days} 天' if one.festival else f'{one.days} 天'}"


def _title(leave: Leave) -> str:
    from contractgen.law.leave import WHO

    who = "" if leave.rule.who == "mother" else f"（{WHO[leave.rule.who]}）"
    return f"{leave.norm.title}{who}"


def _amount(leave: Leave) -> str:
    """98天; of a protection that only has an end, nothing."""
    from contractgen.law import unit_label

    if leave.norm.key == leave.rule.until:
        return ""
    usual = "一般为" if leave.norm.bound == "advice" else ""
    if leave.at_most is not None:
        return f"{_days(leave)}　"
    return f"{usual}{unit_label(leave.amount, leave.norm.unit)}　"


def _days(leave: Leave) -> str:
    """15天; 15天至30天 where a doctor may say more."""
    from contractgen.law import unit_label

    least = unit_label(leave.amount, leave.norm.unit)
    most = leave.at_most
    return least if most is None or most.value is None else f"{least}至{unit_label(most.value, most.unit)}"


def _basis(norm: Norm) -> str:
    return f"{source_label(norm)}，{norm.since} 起"


def _describe(norm: Norm) -> str:
    from contractgen.law import describe

    return describe(norm)


def _span(first: datetime.date | Unknown, last: datetime.date | Unknown) -> str:
    if isinstance(first, datetime.date) and isinstance(last, datetime.date):
        return f"{first} 至 {last}"
    begin = f"{first} 起" if isinstance(first, datetime.date) else f"最早从 {first.at_least} 起"
    if isinstance(last, datetime.date):
        return f"{begin}，至 {last}"
    return f"{begin}，至少到 {last.at_least}（{last.reason}，确切日期不明）"


# ------------------------------------------------------------------ JSON


def _as_dict(found: Leaves) -> dict[str, Any]:
    from contractgen.law import number_label

    case = found.case
    return {
        "place": found.place,
        "title": found.title,
        "event": case.of,
        "day": case.day.isoformat(),
        "begin": case.begin.isoformat() if case.begin else None,
        "infants": case.infants,
        "difficult": case.difficult,
        "child": case.child,
        "pregnancy_months": None if case.pregnancy_months is None else number_label(case.pregnancy_months),
        "joined": {
            "days": number_label(found.total),
            **_days_as_dict(found.joined[0].first, found.last),
            "leaves": [_leave_as_dict(one) for one in found.joined],
        },
        "others": [_leave_as_dict(one) for one in found.others],
        "missing": [
            {"key": one.key, "title": one.title, "since": one.since.isoformat()} for one in found.missing
        ],
    }


def _leave_as_dict(leave: Leave) -> dict[str, Any]:
    from contractgen.law import number_label

    return {
        "key": leave.rule.key,
        "title": leave.norm.title,
        "who": leave.rule.who,
        "year": leave.year or None,
        "amount": number_label(leave.amount),
        "unit": leave.norm.unit,
        "at_most": None if leave.at_most is None else norm_as_dict(leave.at_most),
        **_days_as_dict(leave.first, leave.last),
        "norms": [norm_as_dict(norm) for norm in leave.parts or (leave.norm,)],
        "extended_by": None if leave.extended_by is None else norm_as_dict(leave.extended_by),
        "natural_by": None if leave.natural_by is None else norm_as_dict(leave.natural_by),
        "segments": [
            {
                "from": one.first.isoformat(),
                "to": one.last.isoformat(),
                "days": one.days,
                "festival": one.festival or None,
            }
            for one in leave.segments
        ],
        "remarks": list(leave.remarks),
    }


def _days_as_dict(first: datetime.date | Unknown, last: datetime.date | Unknown) -> dict[str, Any]:
    """From and to; where one is not known, the day it does not lie before, and why."""
    found: dict[str, Any] = {}
    for name, day in (("from", first), ("to", last)):
        if isinstance(day, datetime.date):
            found[name] = day.isoformat()
        else:
            least = day.at_least.isoformat() if day.at_least else None
            found |= {name: None, f"{name}_at_least": least, "unknown": day.reason}
    return found
