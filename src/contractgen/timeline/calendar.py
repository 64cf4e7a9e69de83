"""The timeline as days of a calendar: last days, first days, and our proposals, each told as what it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from contractgen.document.appointments import Appointment
from contractgen.law import Unknown
from contractgen.timeline.backward import Plan, PlanStep
from contractgen.timeline.model import State, Step, Timeline, title_of
from contractgen.timeline.words import lines, plan_lines

Alarms = tuple[int, ...]
DUE_WORDS = {State.LATE: "逾期未办", State.UNKNOWN: "最后一天，是否顺延待核"}


def appointments(timeline: Timeline, alarms: Alarms) -> tuple[Appointment, ...]:
    """What still has a day, with reminders; what is done stays on its day, without."""
    return tuple(
        Appointment(
            (*timeline.agreement, step.id, str(step.round), str(step.number), kind),
            day,
            title,
            "\n".join(line.below),
            alarms if step.open and day >= timeline.today else (),
        )
        for step, line in zip(timeline.asked, lines(timeline), strict=True)
        for kind, day, title in _days(step)
    )


def _days(step: Step) -> Iterator[tuple[str, datetime.date, str]]:
    """Which days of a step stand in a calendar: kind, day, title."""
    name = title_of(step)
    if step.done is not None:
        yield "last", step.done, f"已办：{name}"
        return
    if not step.open:
        return
    if isinstance(step.due, datetime.date):
        word = DUE_WORDS.get(step.state, "最后一天")
        yield "last", step.due, f"{word}：{name}"
    elif isinstance(step.due, Unknown) and step.due.at_least is not None:
        word = "逾期未办" if step.state is State.LATE else "期限未知，不早于今天，请核对"
        yield "last", step.due.at_least, f"{word}：{name}"
    elif step.planned is not None:
        yield "last", step.planned, f"定于今天：{name}"
    if isinstance(step.earliest, datetime.date):
        yield "first", step.earliest, f"最早可以：{name}"


def plan_appointments(plan: Plan, alarms: Alarms) -> tuple[Appointment, ...]:
    """The latest and the recommended day of what is still to be done."""
    return tuple(
        Appointment(
            (*plan.line.agreement, one.step.id, str(one.step.round), str(one.step.number), kind),
            day,
            f"{word}：{title_of(one.step)}",
            "\n".join(line.below),
            alarms if day >= plan.line.today else (),
        )
        for one, line in zip(plan.to_do, plan_lines(plan), strict=True)
        for kind, day, word in _plan_days(one)
    )


def _plan_days(one: PlanStep) -> Iterator[tuple[str, datetime.date, str]]:
    if isinstance(one.recommended, datetime.date) and one.recommended != one.latest:
        yield "recommended", one.recommended, "建议"
    if isinstance(one.latest, datetime.date):
        yield "latest", one.latest, "最迟"
    elif one.no_later is not None:
        yield "latest", one.no_later, "最迟的日期未知，不晚于今天，请核对"
