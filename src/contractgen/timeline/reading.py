"""A profile file in, its timeline or its plan out, with everything that is wrong with it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from contractgen.files import load_yaml
from contractgen.findings import Finding, InputError, Location, Severity, ordered
from contractgen.law import Law, LawView, load_law
from contractgen.profile import Salvaged, salvage_profile
from contractgen.profile.forms import FIRST_YEAR, LAST_YEAR
from contractgen.timeline.backward import Plan, plan
from contractgen.timeline.forward import timeline
from contractgen.timeline.model import Timeline
from contractgen.timeline.order import future_days, planned_days
from contractgen.timeline.steps import Steps, load_steps


@dataclass(frozen=True, slots=True)
class Told:
    """What a file tells; nothing where it cannot be read so far.

    Attributes:
        timeline: where the firm stands.
        plan: backwards from the wished day, where one was given.
        steps: the course.
        findings: everything that is wrong.
    """

    timeline: Timeline | None
    plan: Plan | None
    steps: Steps
    findings: tuple[Finding, ...]


def read_timeline(
    path: Path,
    today: datetime.date,
    *,
    in_force: datetime.date | None = None,
    on: datetime.date | None = None,
    library: Path | None = None,
) -> Told:
    """The timeline of a profile file, and the plan where a day is wished for.

    Args:
        path: the firm's facts; answers that cannot be read are told and left out.
        today: the day on which it holds.
        in_force: the day on which the agreement is to be in force.
        on: the law day; by default the planned signing day, and where there is none yet, ``today``.
        library: a clause library other than the one that comes with the program.

    Raises:
        InputError: where a file cannot be read at all, or a day lies in no year of ours.
    """
    for day in (today, in_force):
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise InputError(f"{day}：年份不对", hint="请核对 --today 和 --in-force 的年份")
    law = load_law(None if library is None else library / "law")
    steps = load_steps(library, law)
    read = salvage_profile(load_yaml(path, tolerant=True))
    view, missing = _view(read, law, on, today)
    if read.profile is None or view is None:
        return Told(None, None, steps, ordered((*read.findings, *missing)))
    made = plan(read.profile, view, today, in_force, steps) if in_force is not None else None
    line = made.line if made else timeline(read.profile, view, today, steps)
    days = (*future_days(read.profile, today), *planned_days(read.profile, view, today, steps))
    found = (
        *read.findings,
        *missing,
        *(_placed(one, read) for one in days),
        *(made.findings if made else ()),
    )
    return Told(line, made, steps, ordered(found))


def _view(
    read: Salvaged, law: Law, on: datetime.date | None, today: datetime.date
) -> tuple[LawView | None, tuple[Finding, ...]]:
    """The law by which the clocks run, and what stands in the way of knowing it."""
    if read.profile is None:
        return None, ()
    facts = read.profile.agreement
    if facts.place not in law.places:
        return None, (_no_place(facts.place, law, read),)
    signing = on or facts.signing_day
    if signing is not None:
        return law.at(facts.place, signing), ()
    where = read.loaded.where(("agreement",))
    message = f"没有拟签订日期，期限按今天（{today}）有效的规定计算"
    hint = "在 agreement 下写 signing_day，或者用 --on 指定一天"
    path = "agreement.signing_day"
    advice = Finding("law-day", Severity.ADVICE, message, where, hint=hint, path=path)
    return law.at(facts.place, today), () if read.is_refused(path) else (advice,)


def _no_place(place: str | None, law: Law, read: Salvaged) -> Finding:
    known = law.listed(with_texts=True)
    message = "没有写明适用哪里的法律" if place is None else f"没有 {place} 的法律数据"
    where = read.loaded.where(("agreement", "place") if place else ("agreement",))
    hint = f"在 agreement 下写 place，现有：{known}；各地的期限和起算的日子不同，写明以后才能计算"
    return Finding("place", Severity.ERROR, message, where, hint=hint, path="agreement.place")


def _placed(finding: Finding, read: Salvaged) -> Finding:
    """A finding about a profile path, with the line where that stands."""
    steps = tuple(int(step) if step.isdigit() else step for step in finding.path.split("."))
    written = read.written(steps)
    where = read.loaded.where(written)
    place = Location(where.file, where.line, where.column, finding.location.place)
    return replace(finding, location=place, path=".".join(str(step) for step in written))
