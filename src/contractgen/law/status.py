"""Freshness: how long ago each value was compared with the official text, counted from the day of signing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from contractgen.findings import Finding, Severity
from contractgen.law.clock import full_months, months_later
from contractgen.law.lookup import Law
from contractgen.law.model import Norm

BUDGET = 24  # months after which a value must be compared again, where its entry sets nothing else
AHEAD = 12  # months in which a coming end or change is told
NAMED = 6  # titles that a finding lists

Level = Literal["fresh", "notice", "over", "never"]
LEVELS: dict[Level, str] = {
    "fresh": "在限期内",
    "notice": "临近限期",
    "over": "超过限期",
    "never": "从未核对",
}


@dataclass(frozen=True, slots=True)
class Age:
    """A value or duty on a day.

    Attributes:
        months: full months since it was compared; 0 on earlier days.
        budget: months that it is good for.
        due: the last of its days; None where it was never compared.
        level: fresh, notice (half of the budget is over), over, or never (public reports only, no text was seen).
        ends: the day within a year on which it ends or another wording begins; None where none is known.
    """

    norm: Norm
    months: int
    budget: int
    due: datetime.date | None
    level: Level
    ends: datetime.date | None

    @property
    def label(self) -> str:
        """在限期内, 临近限期, 超过限期 or 从未核对"""
        return LEVELS[self.level]


def age(norm: Norm, on: datetime.date) -> Age:
    """How old a norm is on a day."""
    budget = norm.budget or BUDGET
    ends = norm.until if norm.until and on < norm.until <= months_later(on, AHEAD) else None
    if norm.checked is None:
        return Age(norm, 0, budget, None, "never", ends)
    due = months_later(norm.checked, budget)
    level: Level = "fresh"
    if on > due:
        level = "over"
    elif on >= months_later(norm.checked, budget // 2):
        level = "notice"
    return Age(norm, full_months(norm.checked, on), budget, due, level, ends)


def status(law: Law, on: datetime.date, place: str | None = None) -> tuple[Age, ...]:
    """What answers in a place on a day, by key; of every place's own file where none is named."""
    if place is None:
        found = (law.own(one, key, on) for one in law.places for key in law.keys(one))
        return tuple(age(norm, on) for norm in found if norm is not None)
    view = law.at(place, on)
    norms = {norm.key: norm for norm in (*view.unknown(), *view.values())}
    return tuple(age(norms[key], on) for key in sorted(norms))


def freshness(norms: Iterable[Norm], on: datetime.date) -> tuple[Finding, ...]:
    """What is too old, or known to have a later text, among the norms that an agreement rests on.

    ``law-age`` is a warning for each place with norms over their budget, and an advice for each place with norms past
    half of it; what was never compared has findings of its own (``reported-law``). ``law-later-text`` a warning for each instrument with a later text that was not compared.
    """
    ages = [age(norm, on) for norm in dict.fromkeys(norms)]
    return (*_over(ages, on), *_stale(ages), *_notices(ages, on))


def _over(ages: Iterable[Age], on: datetime.date) -> Iterator[Finding]:
    groups: dict[tuple[str, datetime.date | None, int], list[Age]] = {}
    for one in ages:
        if one.level == "over":
            groups.setdefault((one.norm.place_title, one.norm.checked, one.budget), []).append(one)
    for (place, checked, budget), group in groups.items():
        yield Finding(
            "law-age",
            Severity.WARNING,
            f"{place}的规定最后核对于 {checked}，到 {on} 已满 {group[0].months} 个月，超过 {budget} 个月的限期；"
            f"本合同用到 {len(group)} 项，重新核对以前不能做成定稿",
            source=_several([one.norm.source.title for one in group], "件"),
            hint=f"由审核人对照现行文本逐项核对（contractgen law status --on {on} 列出各项），更新法律数据的 checked；"
            "确认仍然有效的，由负责的人在 accepted 中写明接受人、理由和期限",
        )


def _stale(ages: Iterable[Age]) -> Iterator[Finding]:
    groups: dict[str, list[Age]] = {}
    for one in ages:
        if one.norm.stale:
            groups.setdefault(one.norm.source.title, []).append(one)
    for title, group in groups.items():
        yield Finding(
            "law-later-text",
            Severity.WARNING,
            f"{title}已有或者据信已有更新的文本，尚未核对；本合同用到：{_titles(group)}",
            source=title,
            hint="签订前查到现行文本并核对",
        )


def _notices(ages: Iterable[Age], on: datetime.date) -> Iterator[Finding]:
    groups: dict[tuple[str, datetime.date | None, datetime.date | None], list[Age]] = {}
    for one in ages:
        if one.level == "notice":
            groups.setdefault((one.norm.place_title, one.norm.checked, one.due), []).append(one)
    for (place, checked, due), group in groups.items():
        yield Finding(
            "law-age",
            Severity.ADVICE,
            f"{place}的规定最后核对于 {checked}，到 {on} 已满 {group[0].months} 个月；"
            f"本合同用到 {len(group)} 项，{due} 以后签订的，要先重新核对",
            hint=f"用 contractgen law status --on {on} 查看各项的核对日期",
        )


def _titles(group: list[Age]) -> str:
    return _several([one.norm.title for one in group], "项")


def _several(titles: list[str], word: str) -> str:
    """The first titles, and how many there are."""
    titles = list(dict.fromkeys(titles))
    return "、".join(titles[:NAMED]) + (f"等 {len(titles)} {word}" if len(titles) > NAMED else "")
