"""Forward: what is done, what is due next, what is late, and what may be done from when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from contractgen.law import LawView, Norm, Unknown, deadline, is_late, limit_label, months_later, shifted
from contractgen.law.calendar import ONE_DAY
from contractgen.profile import Profile
from contractgen.timeline.course import Course, Leg
from contractgen.timeline.model import Day, State, Step, Timeline, source_of
from contractgen.timeline.steps import Steps, load_steps

MONTHS_A_YEAR = 12
MOST_CHECKS = 60
ANEW = "重新达成一致以后，先在企业情况表中把这次表决的日期和人数、以后各步已经填写的日期改为待填，再逐项填写新的日期。"


def timeline(profile: Profile, view: LawView, today: datetime.date, steps: Steps | None = None) -> Timeline:
    """Where a firm stands on a day.

    Args:
        profile: its facts; a day that lies after ``today`` is no fact yet.
        view: the law of its place on the law day.
        today: the day on which the states hold.
        steps: the course; the one that comes with the program where none is given.
    """
    course = Course(profile, view, today, steps or load_steps())
    found = [one for leg in course.legs for one in _steps(course, leg)]
    return Timeline(
        employer=profile.employer.name or "",
        place=view.title,
        on=view.on,
        today=today,
        agreement=_agreement(profile),
        steps=tuple(found),
    )


def _agreement(profile: Profile) -> tuple[str, ...]:
    """Employer, form, occasion, and the end of the agreement before it: planned days would move."""
    facts = profile.agreement
    ended = facts.previous.end
    return (profile.employer.name or "", facts.form, facts.occasion or "", str(ended) if ended else "")


def _steps(course: Course, leg: Leg) -> Iterator[Step]:
    if leg.rule.yearly:
        yield from _checks(course, leg)
    else:
        yield _step(course, leg)


def _step(course: Course, leg: Leg) -> Step:
    rule, view = leg.rule, course.view
    norm, start, due = _clock(course, leg)
    step = Step(
        id=rule.id,
        title=rule.title,
        who=rule.who,
        state=State.OPEN,
        round=leg.round,
        path=course.path(leg),
        norm=norm,
        start_day=start,
        due=due,
        extended=_extended(norm, due, view),
        earliest=_earliest(course, leg),
        done=course.done(leg),
        planned=None if rule.begins else course.day(leg),
        begun=course.day(leg) if rule.begins else None,
        basis=tuple(view[key] for key in rule.basis if key in view),
        note=_note(course, leg),
        ready=course.reached(leg) and not (rule.window and not rule.day and start is None),
        by_itself=rule.period or rule.comes,
    )
    if leg.id == "authority_review" and leg.round == 1 and course.objected is not None:
        step = replace(step, done=course.objected)
    step = replace(step, state=_state(course, leg, step))
    return replace(step, stop=_failed(course, leg) if course.failed(leg) else _stuck(course, leg, step))


def _stuck(course: Course, leg: Leg, step: Step) -> str:
    """What is missing where the other side did not answer in time or did not agree, and the way out."""
    if not course.not_agreed(leg) or (step.done is None and step.state is not State.LATE):
        return ""
    norms = (course.view.get(key) for key in leg.rule.remedy)
    sources = dict.fromkeys(source_of(norm) for norm in norms if norm is not None and norm.verified)
    return f"{leg.rule.stuck}（{'；'.join(sources)}）" if sources else leg.rule.stuck


def _failed(course: Course, leg: Leg) -> str:
    """What a vote that did not adopt the draft means, and what comes again."""
    norm = course.view.get(leg.rule.anew) if leg.rule.anew else None
    limit = f"（重新{limit_label(norm)}，{source_of(norm)}）" if norm is not None else ""
    told = f"{course.told(leg) or '已经填写'}的表决没有达到规定的比例，草案没有通过，不能签订、报送"
    again = "、".join(one.rule.title for one in (*course.redone(leg), leg) if one.asked)
    return f"{told}；双方重新协商，修改草案，再次表决{limit}。要重新办的：{again}"


def _note(course: Course, leg: Leg) -> str:
    """What the person who acts should know: of a draft that was not adopted, that its days count no more."""
    if course.failed(leg):
        return ANEW
    day = course.told(leg)
    if leg in course.void and day is not None and course.day(leg) is None:
        return f"已经填写的{day}是没有通过的草案的，不算；重新办了以后改写。"
    return leg.rule.note


def _clock(course: Course, leg: Leg) -> tuple[Norm | None, datetime.date | None, Day | None]:
    """The limit of a leg, the day with which it begins, and its last day."""
    rule = leg.rule
    if rule.window:
        norm, closes = course.view.get(rule.window), course.profile.at(rule.closes)
        return norm, closes, closes
    norm = course.limit(leg)
    if norm is None:
        return None, None, None
    start = course.event(norm.starts or norm.before, leg.round)
    return norm, start, None if start is None else deadline(norm, start, course.view.calendar)


def _extended(norm: Norm | None, due: Day | None, view: LawView) -> Day | None:
    """The next working day, where the last day is a day off; a limit before an event is not put off."""
    if norm is None or norm.before or not isinstance(due, datetime.date):
        return None
    next_day = view.calendar.working_day_from(due, 0)
    return None if next_day == due else next_day


def _earliest(course: Course, leg: Leg) -> Day | None:
    """The first day on which a leg may be done, as the law's waits before it end."""
    calendar = course.view.calendar
    if leg.rule.window:
        norm, closes = course.view.get(leg.rule.window), course.profile.at(leg.rule.closes)
        return None if norm is None or closes is None else deadline(norm, closes, calendar)
    found: list[Day] = []
    for before in course.before(leg):
        norm, day = course.limit(before), course.day(before)
        if norm is None or norm.value is None:
            continue
        if before.rule.period:
            start = course.event(norm.starts, before.round)
            last = None if start is None else deadline(norm, start, calendar)
            if last is not None:
                found.append(last.next_day if isinstance(last, Unknown) else last + ONE_DAY)
        elif norm.before and course.steps.events[norm.before].step == leg.id and day is not None:
            found.append(shifted(day, norm.value, norm.unit, calendar))
    unknown = next((one for one in found if isinstance(one, Unknown)), None)
    return unknown or max((one for one in found if isinstance(one, datetime.date)), default=None)


def _state(course: Course, leg: Leg, step: Step) -> State:
    if step.done is not None:
        return _done(course, step)
    if not leg.asked:
        return State.NOT_ASKED
    if course.elapsed(leg):
        return State.DONE
    if course.overtaken(leg):
        return State.UNTOLD if step.path else State.DONE
    if leg.rule.window:
        return _window(course.today, step)
    return _running(course.today, step) if step.norm is not None and step.due is not None else State.OPEN


def _done(course: Course, step: Step) -> State:
    norm = step.norm
    if norm is None or step.start_day is None or step.due is None or (norm.bound == "exact" and norm.before):
        return State.DONE
    assert step.done is not None
    late = is_late(norm, step.start_day, step.done, course.view.calendar)
    if isinstance(late, Unknown):
        return State.UNKNOWN
    return State.DONE_LATE if late else State.DONE


def _window(today: datetime.date, step: Step) -> State:
    if isinstance(step.earliest, Unknown):
        return State.UNKNOWN
    if step.earliest is None or step.start_day is None or today < step.earliest:
        return State.OPEN
    return State.DUE if today <= step.start_day else State.UNTOLD


def _running(today: datetime.date, step: Step) -> State:
    assert step.norm is not None and step.start_day is not None
    begun = bool(step.norm.before) or step.start_day <= today
    last = step.last
    if isinstance(last, Unknown):
        if not begun:
            return State.OPEN
        if last.at_least is not None and today <= last.at_least:
            return State.DUE
        return State.LATE if last.at_most is not None and today > last.at_most else State.UNKNOWN
    assert last is not None
    if today > last:
        return State.LATE
    return State.DUE if begun else State.OPEN


# ------------------------------------------------------------------ checks of performance


def _checks(course: Course, leg: Leg) -> Iterator[Step]:
    """One step for each check that is agreed (or that the law asks for), to the end of the term."""
    rule, view, today = leg.rule, course.view, course.today
    facts = course.profile.agreement
    agreed = course.profile.terms.get(rule.yearly)
    norm = None if agreed is not None else view.get(rule.yearly)
    number = agreed if agreed is not None else (norm.value if norm is not None else None)
    plain = Step(
        id=rule.id,
        title=rule.title,
        who=rule.who,
        state=State.OPEN if leg.asked else State.NOT_ASKED,
        norm=None,
        basis=tuple(view[key] for key in (rule.yearly, *rule.basis) if key in view),
        agreed=rule.yearly if agreed is not None else "",
        note=rule.note,
    )
    begin = course.profile.bargaining.in_force_day or facts.start
    reached = course.reached(leg)
    if not leg.asked or number is None or number < 1 or begin is None:
        yield plain
        return
    for count in range(1, MOST_CHECKS + 1):
        opens = months_later(begin, int(MONTHS_A_YEAR * (count - 1) / number))
        due = months_later(begin, int(MONTHS_A_YEAR * count / number)) - ONE_DAY
        if count > 1 and (count > number if facts.end is None else opens > facts.end):
            return
        due = due if facts.end is None else min(due, facts.end)
        state = State.OPEN
        if reached and opens <= today:
            state = State.DUE if today <= due else State.UNTOLD
        yield replace(
            plain, number=count, due=due, start_day=opens, earliest=opens, state=state, ready=reached
        )
