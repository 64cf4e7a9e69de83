"""Backward: to be in force on a wished day, the latest and the recommended day of each step.

The latest day reckons with the waits of the law alone: the papers ahead of the congress, the whole time that the
other side has to reply, the whole time of the review. The recommended day adds our proposal (steps.yaml, ``advise``),
which is marked as such and never law.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from contractgen.findings import Finding, Severity
from contractgen.law import LawView, Norm, Unknown, deadline, shifted, unit_label
from contractgen.law.calendar import ONE_DAY, SATURDAY
from contractgen.profile import Profile
from contractgen.timeline.course import Course, Leg
from contractgen.timeline.forward import timeline
from contractgen.timeline.model import Day, State, Step, Timeline, source_of
from contractgen.timeline.steps import NO_ADVICE, Advice, Steps, load_steps

IN_FORCE = "in_force"
RULE = "in-force-day"
TENTHS = 10


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of the plan.

    Attributes:
        step: the step as it stands today, with its limit, who acts, and what it rests on.
        latest: the last day on which it can be done for the wished day; None where it does not matter for that.
        no_later: the day after which it is too late in any case, where ``latest`` is not known.
        recommended: our proposal.
        wait: what of the law lies between it and what follows; empty where there is nothing.
        norm: the law of that wait.
        advice: our proposal for what lies between, in days, and what for.
        runs: its own limit runs already, and ends before the wished day would ask for it.
        off_day: a time that runs by itself ends on a day off, and may be put off.
        ahead: whether it leads to the wished day; else it follows from it or from another step.
    """

    step: Step
    latest: Day | None = None
    no_later: datetime.date | None = None
    recommended: Day | None = None
    wait: str = ""
    norm: Norm | None = None
    advice: Advice = NO_ADVICE
    runs: bool = False
    off_day: bool = False
    ahead: bool = True

    @property
    def done(self) -> bool:
        """Whether it lies behind us."""
        return self.step.done is not None or self.step.state in (State.DONE, State.UNTOLD)

    def too_late(self, today: datetime.date) -> bool:
        """Whether its latest day is over and it is not done."""
        last = self.latest if isinstance(self.latest, datetime.date) else self.no_later
        return self.ahead and not self.done and last is not None and last < today

    @property
    def advised(self) -> str:
        """建议留7日：寄送和补正材料; empty where we propose nothing."""
        if not self.advice.usual:
            return ""
        return f"建议{'另' if self.wait else ''}留{self.advice.usual}日：{self.advice.why}"

    @property
    def source(self) -> str:
        """Where the wait comes from; empty without one."""
        return source_of(self.norm) if self.norm is not None else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What must be done by when for an agreement to be in force on a day.

    Attributes:
        line: the timeline of today.
        in_force: the wished day.
        steps: in the order of the course, what follows from the wished day last.
        possible: the first day on which it can be in force, where the law's waits are kept from today on.
    """

    line: Timeline
    in_force: datetime.date
    steps: tuple[PlanStep, ...]
    possible: Day

    def step(self, name: str) -> PlanStep:
        """The step of an id; of several, the last round's."""
        return next(one for one in reversed(self.steps) if one.step.id == name)

    @property
    def to_do(self) -> tuple[PlanStep, ...]:
        """What does not lie behind us."""
        return tuple(one for one in self.steps if not one.done)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """An error where the wished day can no longer be reached."""
        late = [one for one in self.steps if one.too_late(self.line.today)]
        if not late:
            return ()
        first = next((one for one in late if one.step.path), late[0])
        last = first.latest if isinstance(first.latest, datetime.date) else first.no_later
        when = "算不出最早的日期" if isinstance(self.possible, Unknown) else f"最早可以在{self.possible}生效"
        return (
            Finding(
                RULE,
                Severity.ERROR,
                f"来不及在{self.in_force}生效：“{first.step.title}”最迟应当在{last}，今天是{self.line.today}",
                hint=f"改晚生效的日期，从今天起每一步都不耽搁，{when}；已经办了的，在企业情况表中填写日期",
            ),
        )


def plan(
    profile: Profile,
    view: LawView,
    today: datetime.date,
    in_force: datetime.date,
    steps: Steps | None = None,
) -> Plan:
    """The course backwards from the day on which the agreement is to be in force.

    Args:
        profile: the firm's facts; what is done is not planned again.
        view: the law of its place on the law day.
        today: the day from which is planned.
        in_force: the wished day.
        steps: the course; the one that comes with the program where none is given.
    """
    steps = steps or load_steps()
    line = timeline(profile, view, today, steps)
    course = Course(profile, view, today, steps)
    tries = (_Back(course, line, in_force, Fraction(tenths, TENTHS)) for tenths in range(TENTHS, -1, -1))
    back = next(one for one in tries if one.share == 0 or not one.begins_too_early())
    return Plan(line, in_force, (*back.ahead(), *back.following()), back.possible())


@dataclass(frozen=True)
class _Gap:
    """What lies between a step and one that comes after it."""

    norm: Norm | None  # the law's wait
    word: str  # of the wait
    advice: Advice
    next_day: bool = False


@dataclass
class _Back:
    """The days from the wished one back; ``share`` is how much of our proposals there is time for."""

    course: Course
    line: Timeline
    in_force: datetime.date
    share: Fraction
    latest: dict[Leg, Day] = field(default_factory=dict)
    no_later: dict[Leg, datetime.date] = field(default_factory=dict)
    recommended: dict[Leg, Day] = field(default_factory=dict)
    binding: dict[Leg, _Gap] = field(default_factory=dict)

    @cached_property
    def chain(self) -> tuple[Leg, ...]:
        """The legs that lead to the wished day, in their order."""
        goal = next(leg for leg in self.course.legs if leg.id == IN_FORCE)
        found, waiting = {goal}, [goal]
        while waiting:
            for before in self.course.before(waiting.pop()):
                if before not in found:
                    found.add(before)
                    waiting.append(before)
        return tuple(leg for leg in self.course.legs if leg in found)

    def gap(self, leg: Leg, after: Leg) -> _Gap:
        """What lies between two legs."""
        events = self.course.steps.events
        usual = int(after.rule.advise.usual * self.share)
        advice = replace(after.rule.advise, usual=usual)
        mine, theirs = self.course.limit(leg), self.course.limit(after)
        if leg.rule.period:
            return _Gap(None, "", advice, next_day=True)
        if (
            theirs is not None
            and (after.rule.full or after.rule.period)
            and events[theirs.starts].step == leg.id
        ):
            return _Gap(theirs, "审查期" if after.rule.period else "对方有", advice)
        if mine is not None and mine.before and events[mine.before].step == after.id:
            return _Gap(mine, "提前", advice)
        return _Gap(None, "", advice)

    def days_before(self, day: datetime.date, gap: _Gap) -> Day:
        """The last day that leaves a gap before a day, without our advice."""
        if gap.next_day:
            return day - ONE_DAY
        if gap.norm is None or gap.norm.value is None:
            return day - gap.advice.least * ONE_DAY
        calendar = self.course.view.calendar
        if gap.norm.before or gap.norm.unit != "working_day":
            return shifted(day, gap.norm.value, gap.norm.unit, calendar, -1)
        last = calendar.working_day_from(day, 0, -1)  # the days off before the first counted day do no harm
        if not isinstance(last, Unknown):
            last = calendar.working_day_from(last, int(gap.norm.value) - 1, -1)
        return last if isinstance(last, Unknown) else last - ONE_DAY

    def __post_init__(self) -> None:
        self._solve()

    def begins_too_early(self) -> bool:
        """Whether a step that is still to be done is recommended for a day that is over."""
        days = (self.recommended[leg] for leg in self.chain if not self._row(leg).done)
        return any(isinstance(day, datetime.date) and day < self.line.today for day in days)

    def _solve(self) -> None:
        for leg in reversed(self.chain):
            after = [other for other in self.chain if leg in self.course.before(other)]
            if not after:
                self.latest[leg] = self.recommended[leg] = self.no_later[leg] = self.in_force
                continue
            gaps = {other: self.gap(leg, other) for other in after}
            bounds = {other: self._no_later(other, gap) for other, gap in gaps.items()}
            first = min(after, key=lambda other: bounds[other])
            self.no_later[leg], self.binding[leg] = bounds[first], gaps[first]
            self.latest[leg] = _earliest([self._before(self.latest[other], gaps[other]) for other in after])
            ours = [self._advised(self.recommended[other], gaps[other]) for other in after]
            self.recommended[leg] = _earliest(ours)
            self._capped(leg)
        for leg in self.chain:
            self._within(leg)

    def _running(self, leg: Leg) -> Day | None:
        """The last day of a step that is to be done and whose own limit runs already."""
        step = self._step(leg)
        if leg.rule.period or not leg.rule.limit or step.projected or step.done is not None:
            return None
        return step.last if step.sure is not None else None

    def _capped(self, leg: Leg) -> None:
        """A limit that runs already ends the time of its step, and of all that comes before it."""
        last = self._running(leg)
        if last is None:
            return
        least, most = (last.at_least, last.at_most) if isinstance(last, Unknown) else (last, last)
        if most is not None:
            self.no_later[leg] = min(self.no_later[leg], most)
        if least is None:
            return
        for days, bound in ((self.latest, last), (self.recommended, least)):
            day = days[leg]
            if isinstance(day, datetime.date) and day > least:
                days[leg] = bound

    def _within(self, leg: Leg) -> None:
        """A step is not recommended for a day on which its limit, begun on another recommended day, is over."""
        norm, day = self.course.limit(leg), self.recommended[leg]
        if leg.rule.period or norm is None or not norm.starts or isinstance(day, Unknown):
            return
        starts = self.course.steps.events[norm.starts].step
        begin = next((self.recommended[one] for one in reversed(self.chain) if one.id == starts), None)
        last = deadline(norm, begin, self.course.view.calendar) if isinstance(begin, datetime.date) else None
        if not isinstance(last, datetime.date) or not isinstance(begin, datetime.date) or day <= last:
            return
        for before in self.chain[: self.chain.index(leg) + 1]:
            planned = self.recommended[before]
            if isinstance(planned, datetime.date):
                self.recommended[before] = min(planned, max(self._working(last), begin))

    def _before(self, day: Day, gap: _Gap) -> Day:
        return Unknown(day.reason) if isinstance(day, Unknown) else self.days_before(day, gap)

    def _no_later(self, after: Leg, gap: _Gap) -> datetime.date:
        """So many working days before a day lie at least as many days before it."""
        day = self.no_later[after]
        found = self.days_before(day, gap)
        if not isinstance(found, Unknown):
            return found
        assert gap.norm is not None and gap.norm.value is not None
        return day - int(gap.norm.value) * ONE_DAY

    def _advised(self, day: Day, gap: _Gap) -> Day:
        found = self._before(day, gap)
        if isinstance(found, Unknown) or gap.next_day:
            return found
        return self._working(found - gap.advice.usual * ONE_DAY)

    def _working(self, day: datetime.date) -> datetime.date:
        """The day, or the working day before it; of a year that is not known, no Saturday and no Sunday."""
        calendar = self.course.view.calendar
        while True:
            working = calendar.is_working_day(day)
            if working is True or (isinstance(working, Unknown) and day.weekday() < SATURDAY):
                return day
            day -= ONE_DAY

    # -------------------------------------------------------------- rows

    def _step(self, leg: Leg) -> Step:
        return next(one for one in self.line.steps if (one.id, one.round) == (leg.id, leg.round))

    def ahead(self) -> tuple[PlanStep, ...]:
        """The steps that lead to the wished day."""
        return tuple(self._row(leg) for leg in self.chain)

    def _row(self, leg: Leg) -> PlanStep:
        step, gap = self._step(leg), self.binding.get(leg)
        latest, recommended = self.latest[leg], self.recommended[leg]
        row = PlanStep(step, latest, None, recommended)
        if isinstance(latest, Unknown):
            row = replace(row, no_later=self.no_later[leg])
        if gap is not None:
            row = replace(row, wait=_wait(gap), norm=gap.norm, advice=gap.advice)
        if row.done:
            return row
        if leg.rule.period and isinstance(latest, datetime.date):
            return replace(row, off_day=self.course.view.calendar.is_working_day(latest) is False)
        return replace(row, runs=latest == self._running(leg))

    def following(self) -> tuple[PlanStep, ...]:
        """The steps that follow from the wished day, or from one before it."""
        legs = [leg for leg in self.course.legs if leg not in self.chain and leg.asked and leg.rule.limit]
        return tuple(self._follows(leg) for leg in legs if leg.round == max(one.round for one in self.chain))

    def _follows(self, leg: Leg) -> PlanStep:
        step, norm = self._step(leg), self.course.limit(leg)
        start = None
        if norm is not None and norm.starts:
            name = self.course.steps.events[norm.starts].step
            start = next((one for one in reversed(self.chain) if one.id == name), None)
        if norm is None or start is None or step.start_day is not None:
            return PlanStep(step, step.due, ahead=False)
        days = (self.latest[start], self.recommended[start])
        calendar = self.course.view.calendar
        latest, recommended = (
            one if isinstance(one, Unknown) else deadline(norm, one, calendar) for one in days
        )
        return PlanStep(step, latest, None, recommended, ahead=False)

    def possible(self) -> Day:
        """The first day in force, where nobody loses a day from today on and the others use their whole time."""
        days: dict[Leg, datetime.date] = {}
        calendar = self.course.view.calendar
        for leg in self.chain:
            told = self.course.day(leg)
            if self.course.done(leg) is not None and told is not None:
                days[leg] = told
                continue
            found = [] if leg.rule.period else [self.line.today]
            for before in self.course.before(leg):
                gap, day = self.gap(before, leg), days[before]
                if gap.next_day:
                    found.append(day + ONE_DAY)
                elif gap.norm is None or gap.norm.value is None:
                    found.append(day + gap.advice.least * ONE_DAY)
                else:
                    end = shifted(day, gap.norm.value, gap.norm.unit, calendar)
                    if isinstance(end, Unknown):
                        return end
                    found.append(end)
            days[leg] = max(found)
        return days[self.chain[-1]]


def _earliest(days: list[Day]) -> Day:
    unknown = next((one for one in days if isinstance(one, Unknown)), None)
    return unknown or min(one for one in days if isinstance(one, datetime.date))


def _wait(gap: _Gap) -> str:
    if gap.next_day:
        return "期满的次日生效"
    if gap.norm is None or gap.norm.value is None:
        return ""
    return f"{gap.word}{unit_label(gap.norm.value, gap.norm.unit)}"
