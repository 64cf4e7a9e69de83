"""``contractgen law status``: how long ago each entry was compared with the official text."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption, read_day
from contractgen.cli.law._norms import PlaceOption, source_label

if TYPE_CHECKING:
    from contractgen.law.status import Age

HELP = """列出每一项法律数据多久没有与法规原文核对，从签订日算起
满限期的一半列为临近限期，超过限期的退出码为 1。限期一般是 24 个月，法律数据可以逐项另定（budget）。"""
EXAMPLES = (
    "contractgen law status --place shanghai --on 2026-12-01",
    "contractgen law status --on 2026-12-01 --json",
)


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
    law = load_law(None if library is None else library / "law")
    ages = status(law, day, law.place(place) if place else None)
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
    age = f"满 {one.months} 个月，限期 {one.budget} 个月" if norm.checked else ""
    source = str(norm.source) if norm.printable else norm.source.title
    return (
        norm.place_title,
        norm.key,
        norm.title,
        f"{norm.checked} 核对" if norm.checked else "没有见到文本",
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
        "checked": norm.checked.isoformat() if norm.checked else None,
        "months": one.months if norm.checked else None,
        "budget": one.budget,
        "due": one.due.isoformat() if one.due else None,
        "level": one.level,
        "stale": norm.stale,
        "until": one.ends.isoformat() if one.ends else None,
    }
