"""Leave: what follows from a birth or a miscarriage in a place, with days, from, to, and the article of each.

Which leaves there are and how each is counted is said by clauses/law/leaves.yaml and the place's own entries. Each
rests on the law of the day of birth, unless the place's rule names another day (``events_from``); of a year of the
child's life the law of its first day counts. The first day of a leave is part of it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from contractgen.findings import InputError
from contractgen.law.calendar import ONE_DAY, Unknown
from contractgen.law.case import Case, faults_of
from contractgen.law.clock import last_of
from contractgen.law.lookup import Law
from contractgen.law.model import LeaveRule, Norm, Number, State
from contractgen.law.units import number_label

WHO = {"mother": "女职工本人", "father": "男方", "each_parent": "父母双方各自"}
Day = datetime.date | Unknown


@dataclass(frozen=True, slots=True)
class Segment:
    """Days of a leave without a break: counted ones, or a statutory holiday that is not counted."""

    first: datetime.date
    last: datetime.date
    festival: str = ""

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Leave:
    """One leave or protection.

    Attributes:
        norm: the rule that gives it.
        amount: in ``norm.unit``; of a day's hours or a year's days how many.
        parts: all rules that ``amount`` and the years rest on, where there are several.
        first: unknown where it begins when another leave ends that has no known end.
        segments: the days one stretch after another, where statutory holidays extend the leave.
        extended_by: the duty by which they do; natural_by: the duty by which they do not.
        at_most: the rule by which it may be longer, up to its number, as a doctor says.
        year: which year of the child's life; 0 where that does not matter.
        remarks: what else a reader must know, Chinese sentences without a stop.
    """

    rule: LeaveRule
    norm: Norm
    amount: Number
    first: Day
    last: Day
    parts: tuple[Norm, ...] = ()
    segments: tuple[Segment, ...] = ()
    extended_by: Norm | None = None
    natural_by: Norm | None = None
    at_most: Norm | None = None
    year: int = 0
    remarks: tuple[str, ...] = ()

    @property
    def uncounted(self) -> Number:
        """How many of its days lie where the calendar does not reach."""
        counted = sum(one.days for one in self.segments if not one.festival)
        return self.amount - counted if self.segments else 0

    @property
    def festivals(self) -> tuple[Segment, ...]:
        """The statutory holidays that extend it."""
        return tuple(one for one in self.segments if one.festival)


@dataclass(frozen=True)
class Leaves:
    """All that follows from a case.

    Attributes:
        joined: taken one after the other, without a gap.
        others: all the rest, in the order of leaves.yaml.
        missing: the first known rule of each leave that begins only later: what held before is not in the law files.
    """

    place: str
    title: str
    case: Case
    joined: tuple[Leave, ...]
    others: tuple[Leave, ...]
    missing: tuple[Norm, ...] = ()

    @cached_property
    def total(self) -> Number:
        """The days of the joined leaves, without the holidays that extend them; no article says this number."""
        return sum((one.amount for one in self.joined), start=Fraction(0))

    @property
    def last(self) -> Day:
        """The last day of the joined leaves."""
        return self.joined[-1].last

    @property
    def extension(self) -> int:
        """By how many statutory holidays the joined leaves are extended, as far as is known."""
        return sum(segment.days for one in self.joined for segment in one.festivals)


def leaves(law: Law, place: str, case: Case) -> Leaves:
    """What a case gives in a place.

    Raises:
        InputError: with everything about the case that cannot be.
    """
    found = _Reckoning(law, place, case)
    try:
        return found.result()
    except OverflowError:
        raise InputError(f"{case.day}前后的日期超出了范围", hint="核对年份") from None


class _Reckoning:
    """Reckons the leaves of one case."""

    def __init__(self, law: Law, place: str, case: Case) -> None:
        self.law = law
        self.place = place
        self.case = case
        self.rules = [rule for rule in law.leave_rules(place) if rule.of == case.of]

    def result(self) -> Leaves:
        early = max((self._early(rule) for rule in self.rules), default=0)
        faults = tuple(faults_of(self.case, early))
        if faults:
            raise InputError("情况有误", findings=faults)
        joined = tuple(self._joined())
        if not joined:
            title = self.law.title(self.place)
            raise InputError(
                f"法律数据中没有{title}在 {self.case.day} 的产假规定", hint="核对日期；更早的规定没有收录"
            )
        others = tuple(one for rule in self.rules for one in self._other(rule, joined[-1].last))
        missing = tuple(self._missing({one.rule.key for one in (*joined, *others)}))
        return Leaves(self.place, self.law.title(self.place), self.case, joined, others, missing)

    def _missing(self, found: set[str]) -> Iterator[Norm]:
        if self.case.miscarriage:
            return  # of its steps one is enough
        for rule in self.rules:
            first = next(iter(self.law.history(self.place, rule.key)), None)
            late = first is not None and first.since > self.case.day
            if first is not None and late and rule.key not in found and self._applies(rule):
                yield first

    def _norm(self, key: str, day: datetime.date | None = None) -> Norm | None:
        """The rule with a number that holds for the case (or on another day)."""
        norm = self.law.on_event(self.place, key, day or self.case.day) if self._has(key) else None
        return norm if norm is not None and (norm.value is not None or norm.kind != "value") else None

    def _has(self, key: str) -> bool:
        return key in self.law.keys(self.place)

    def _early(self, rule: LeaveRule) -> int:
        norm = self._norm(rule.early) if rule.early else None
        return int(norm.value) if norm is not None and norm.value is not None else 0

    # -------------------------------------------------------------- the joined leaves

    def _joined(self) -> Iterator[Leave]:
        chosen = self._step() if self.case.of == "miscarriage" else self._of_birth()
        first: Day = self.case.begin or self.case.day
        for leave in chosen:
            ready = self._spanned(replace(leave, first=first))
            yield ready
            first = _day_after(ready.last)

    def _of_birth(self) -> Iterator[Leave]:
        for rule in self.rules:
            if rule.runs == "joined" and self._applies(rule):
                leave = self._leave(rule)
                if leave is not None:
                    yield leave

    def _applies(self, rule: LeaveRule) -> bool:
        case = self.case
        if rule.children is not None and not rule.children[0] <= case.child <= rule.children[1]:
            return False
        return {"": True, "difficult": case.difficult, "multiple": case.infants > 1}[rule.when]

    def _step(self) -> Iterator[Leave]:
        """Of the steps of miscarriage leave that the months lie in, the one that gives most days."""
        found = [leave for rule in self.rules if self._inside(rule) and (leave := self._leave(rule))]
        owed = [leave for leave in found if leave.norm.bound != "advice"]
        if not owed:
            return
        best = max(owed, key=lambda leave: (leave.amount, leave.norm.verified))
        more = [leave for leave in found if leave.norm.bound == "advice" and leave.amount > best.amount]
        longest = max(more, key=lambda leave: leave.amount, default=None)
        best = replace(best, at_most=None if longest is None else longest.norm)
        told = (best.norm, best.at_most)
        others = [leave for leave in found if leave.norm not in told and leave.amount != best.amount]
        remarks = tuple(
            f"{one.norm.title}：{one.norm.place_title}{number_label(one.amount)}天，{_cited(one.norm)}"
            for one in others
        )
        yield replace(best, remarks=(*best.remarks, *remarks))

    def _inside(self, rule: LeaveRule) -> bool:
        """满四个月 holds from exactly four months on."""
        months = self.case.pregnancy_months
        assert months is not None  # else a fault
        lower = self._norm(rule.from_) if rule.from_ else None
        upper = self._norm(rule.below) if rule.below else None
        if (rule.from_ and lower is None) or (rule.below and upper is None):
            return False
        above = lower is None or lower.value is None or months >= lower.value
        return above and (upper is None or upper.value is None or months < upper.value)

    # -------------------------------------------------------------- the others

    def _other(self, rule: LeaveRule, end: Day) -> Iterator[Leave]:
        if rule.runs == "yearly":
            yield from self._yearly(rule)
            return
        leave = self._leave(rule) if rule.runs != "joined" and self._applies(rule) else None
        if leave is None:
            return
        if rule.runs == "from_birth":
            yield self._spanned(leave)
        elif rule.runs == "after":
            yield self._spanned(replace(leave, first=_day_after(end)))
        else:
            yield from self._until(leave)

    def _until(self, leave: Leave) -> Iterator[Leave]:
        """Every day until the child's age; the last day is the one before."""
        age = self._norm(leave.rule.until)
        if age is None or age.value is None:
            return
        last = last_of(self.case.day, age.value, age.unit, self.law.calendar)
        more = self._norm(leave.rule.more) if leave.rule.more and self.case.infants > 1 else None
        if more is not None and more.value is not None:
            amount = leave.amount + more.value * (self.case.infants - 1)
            leave = replace(leave, amount=amount, parts=(leave.norm, more))
        yield replace(leave, last=last)

    def _yearly(self, rule: LeaveRule) -> Iterator[Leave]:
        """One leave for each year of the child's life, by the law of its first day, or of the day the law began."""
        age = self._norm(rule.until) or self._norm(rule.until, self._last_day_of_childhood(rule))
        if age is None or age.value is None:
            return
        first = self.case.day
        for year in range(1, int(age.value) + 1):
            last = last_of(self.case.day, year, age.unit, self.law.calendar)
            assert isinstance(last, datetime.date)
            leave = self._in_year(rule, year, first, last)
            if leave is not None:
                yield leave
            first = last + ONE_DAY

    def _last_day_of_childhood(self, rule: LeaveRule) -> datetime.date:
        """A day on which a rule that began after the birth can be found: the last for which the child is young enough."""
        ages = [norm for norm in self.law.history(self.place, rule.until) if norm.value is not None]
        ends = [
            last_of(self.case.day, norm.value, norm.unit, self.law.calendar) for norm in ages if norm.value
        ]
        return max((end for end in ends if isinstance(end, datetime.date)), default=self.case.day)

    def _in_year(self, rule: LeaveRule, year: int, first: datetime.date, last: datetime.date) -> Leave | None:
        norm = self._norm(rule.key, first)
        if norm is None:
            norm = self._norm(rule.key, last)
            if norm is None:
                return None
            first = norm.since
        leave = self._leave(rule, first)
        if leave is None:
            return None
        per_child, remarks = self._duty(rule.per_child, first)
        if per_child is not None and self.case.infants > 1:
            leave = replace(leave, amount=leave.amount * self.case.infants, parts=(norm, per_child))
        by_year, more = self._duty(rule.year_by, first)
        parts = (*(leave.parts or (norm,)), by_year) if by_year is not None else leave.parts
        remarks = (*leave.remarks, *remarks, *(one for one in more if one not in remarks))
        return replace(leave, first=first, last=last, year=year, parts=parts, remarks=remarks)

    # -------------------------------------------------------------- one leave

    def _leave(self, rule: LeaveRule, day: datetime.date | None = None) -> Leave | None:
        """A leave with its number; its days are reckoned later."""
        norm = self._norm(rule.key, day)
        if norm is None or norm.value is None:
            return None
        amount = norm.value
        if norm.unit.endswith("_per_extra_infant"):
            amount *= self.case.infants - 1
        remarks = tuple(self._remarks(rule, norm, day or self.case.day))
        return Leave(rule, norm, amount, self.case.day, self.case.day, remarks=remarks)

    def _remarks(self, rule: LeaveRule, norm: Norm, day: datetime.date) -> Iterator[str]:
        own = self.law.own(self.place, rule.key, day)
        if own is not None and own.state is State.UNKNOWN:
            yield f"{self.law.title(self.place)}另有规定，内容不明，这里是{norm.place_title}的规定"
        if norm.since > day:
            yield f"这项规定 {norm.since} 起施行，{norm.reach}"
        early = self._early(rule)
        if early:
            earliest = self.case.day - early * ONE_DAY
            yield f"其中产前可以休 {early} 天（最早从 {earliest} 起），不另加；没有休的移到产后"
        if rule.runs == "from_birth":
            yield "起休的日期由双方商定，这里按从出生之日起连续休计算"
        couple = self._norm(rule.couple) if rule.couple else None
        if couple is not None and couple.value is not None and self.case.child > couple.value:
            yield (
                f"地方的假限于符合法律、法规规定的生育；一对夫妻可以生育{number_label(couple.value)}个子女"
                f"（{couple.source}），第{self.case.child}个子女是否适用，由当地认定"
            )

    def _duty(self, key: str, day: datetime.date) -> tuple[Norm | None, tuple[str, ...]]:
        """A duty on a day; and where it has ended, that what follows is not known."""
        if not key:
            return None, ()
        norm = self._norm(key, day)
        if norm is not None:
            return norm, ()
        ended = [one for one in self.law.history(self.place, key) if one.until and one.until <= day]
        if not ended:
            return None, ()
        last = ended[-1]
        assert last.until is not None
        return None, (f"“{last.title}”（{_cited(last)}）到 {last.until - ONE_DAY} 为止，此后怎样规定待公布",)

    def _spanned(self, leave: Leave) -> Leave:
        """The leave with its last day, and with its segments where statutory holidays extend it."""
        rule, first = leave.rule, leave.first
        day = first.at_least if isinstance(first, Unknown) else first
        assert day is not None
        last = last_of(day, leave.amount, _unit(leave.norm), self.law.calendar)
        end = last if isinstance(last, datetime.date) else day
        natural, _ = self._duty(rule.natural_by, day)
        extending, _ = self._duty(rule.extended_by, day)
        later, remarks = self._duty(rule.extended_by, end)
        extending = extending or later
        if rule.extended_by and extending is None and not remarks:
            remarks = ("没有收录当时遇法定节假日顺延的规定，按自然日计算",)
        leave = replace(leave, natural_by=natural, extended_by=extending, remarks=(*leave.remarks, *remarks))
        if isinstance(first, Unknown):
            return replace(leave, last=Unknown(first.reason, end))
        if extending is None:
            return replace(leave, last=last)
        segments, last = self._segments(first, int(leave.amount), rule.extended_by)
        return replace(leave, last=last, segments=segments)

    def _segments(self, first: datetime.date, days: int, duty: str) -> tuple[tuple[Segment, ...], Day]:
        """The stretches of a leave that is extended by each statutory holiday that lies in it."""
        found: list[Segment] = []
        day, counted = first, 0
        while counted < days:
            festival = self.law.calendar.festival(day)
            if isinstance(festival, Unknown):
                return tuple(found), Unknown(festival.reason, day + (days - counted - 1) * ONE_DAY)
            if festival and self._norm(duty, day) is None:
                festival = ""
            counted += not festival
            if found and found[-1].festival == festival:
                found[-1] = replace(found[-1], last=day)
            else:
                found.append(Segment(day, day, festival))
            day += ONE_DAY
        return tuple(found), found[-1].last


def _unit(norm: Norm) -> str:
    return "day" if norm.unit == "day_per_extra_infant" else norm.unit


def _day_after(day: Day) -> Day:
    if isinstance(day, datetime.date):
        return day + ONE_DAY
    return Unknown(day.reason, day.at_least and day.at_least + ONE_DAY)


def _cited(norm: Norm) -> str:
    return str(norm.source) if norm.printable else f"{norm.source.title}，{norm.state.label}"
