"""The values of the timeline: steps with their days, all frozen."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from contractgen.law import Norm, Unknown, event_title, limit_label

Day = datetime.date | Unknown


class State(StrEnum):
    """How a step stands on a day."""

    DONE = "done"
    DONE_LATE = "done_late"
    LATE = "late"
    DUE = "due"  # its clock is running
    OPEN = "open"  # its clock has not begun, or the law sets none
    UNTOLD = "untold"  # later steps are done, this one's day is not in the profile
    UNKNOWN = "unknown"  # whether it is in time is not known: the calendar does not reach so far
    NOT_ASKED = "not_asked"  # the place has no such step

    @property
    def label(self) -> str:
        """The Chinese word that a user reads."""
        return {
            "done": "已办",
            "done_late": "已办，逾期",
            "late": "逾期未办",
            "due": "期限内",
            "open": "未开始",
            "untold": "未填写",
            "unknown": "待核",
            "not_asked": "不适用",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the course, on the day of the timeline.

    Attributes:
        id: as in clauses/steps.yaml.
        who: who acts.
        round: 2 where the course is gone through anew after an objection of the authority.
        number: which of several, for checks of performance; 0 elsewhere.
        path: where its day stands in the profile; empty where it is not kept there.
        norm: the limit; None where the law sets none.
        start_day: the day with which the limit begins (or before which it must have passed), where it is known.
        due: the last day as it is counted; None where the clock has not begun or there is none.
        extended: the working day on which it is still in time, where the last day is a day off.
        earliest: the first day on which it may be done; None where nothing stands in the way that has a day.
        done: the day on which it was done.
        planned: the day that the profile tells, also where it has not come yet.
        ready: what must come before is done, and from when it may be done is known.
        begun: the day with which it began, where it is done only with what comes after it.
        stop: why the course does not go on from here, and what leads on; empty where nothing stops it.
        by_itself: nobody acts: a time that runs out, or a day that comes.
        basis: further law, without a limit.
        agreed: the name of the term that the parties agreed, where the limit is theirs.
    """

    id: str
    title: str
    who: str
    state: State
    round: int = 1
    number: int = 0
    path: str = ""
    norm: Norm | None = None
    start_day: datetime.date | None = None
    due: Day | None = None
    extended: Day | None = None
    earliest: Day | None = None
    done: datetime.date | None = None
    planned: datetime.date | None = None
    ready: bool = False
    begun: datetime.date | None = None
    stop: str = ""
    by_itself: bool = False
    basis: tuple[Norm, ...] = ()
    agreed: str = ""
    note: str = ""

    @property
    def start(self) -> str:
        """The event with which its limit begins: 收到集体协商建议书（要约书）之日; empty without a limit."""
        name = (self.norm.starts or self.norm.before) if self.norm is not None else ""
        return event_title(name) if name else ""

    @property
    def limit(self) -> str:
        """收到集体协商建议书（要约书）之日起15日内; empty without a limit."""
        return limit_label(self.norm) if self.norm is not None else ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the limit and the step come from; what was not checked says so."""
        norms = (*((self.norm,) if self.norm is not None else ()), *self.basis)
        told = ("双方约定",) if self.agreed else ()
        return (*told, *dict.fromkeys(source_of(norm) for norm in norms))

    @property
    def open(self) -> bool:
        """Whether somebody has still to act."""
        return self.state in (State.LATE, State.DUE, State.OPEN) or (
            self.state is State.UNKNOWN and self.done is None
        )

    @property
    def label(self) -> str:
        """How it stands, in Chinese: what has no clock and may be done now says so."""
        if self.state is State.UNKNOWN and self.done is not None:
            return "已办，是否逾期未知"
        return "可以办" if self.state is State.OPEN and self.ready else self.state.label

    @property
    def projected(self) -> bool:
        """Whether the last day is counted from a day that has not come yet: a planned signing."""
        counted = self.norm is not None and not self.norm.before
        return counted and self.state is State.OPEN and self.start_day is not None

    def may_begin(self, today: datetime.date) -> bool:
        """Whether the first day on which it may be done has come."""
        if isinstance(self.earliest, Unknown):
            most = self.earliest.at_most
            return most is not None and most <= today
        return self.earliest is None or self.earliest <= today

    @property
    def first(self) -> datetime.date | None:
        """The first day on which it may be done, or where that is not known, the day that it cannot lie before."""
        return self.earliest.at_least if isinstance(self.earliest, Unknown) else self.earliest

    @property
    def last(self) -> Day | None:
        """The last day on which it is in time."""
        return self.extended if self.extended is not None else self.due

    @property
    def sure(self) -> datetime.date | None:
        """The last day on which it is certainly in time; None where there is none."""
        return self.last.at_least if isinstance(self.last, Unknown) else self.last


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole course of one firm in one place, as it stands on a day.

    Attributes:
        employer: its name; empty where it is not told.
        place: 上海市
        on: the day of the law.
        today: the day on which the states hold.
        agreement: words that tell this agreement from the same employer's others, and stay the same while it is made.
        steps: in the order of the course; what a place does not ask for has its state.
    """

    employer: str
    place: str
    on: datetime.date
    today: datetime.date
    agreement: tuple[str, ...]
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step:
        """The step of an id; of several, the last round's, and of the checks of performance the first."""
        found = [one for one in self.steps if one.id == name]
        if not found:
            raise KeyError(name)
        latest = max(one.round for one in found)
        return next(one for one in found if one.round == latest)

    @property
    def asked(self) -> tuple[Step, ...]:
        """What the place asks for, or was done all the same."""
        return tuple(one for one in self.steps if one.state is not State.NOT_ASKED)

    @property
    def stops(self) -> tuple[str, ...]:
        """Why the course does not go on, and what leads on."""
        return tuple(one.stop for one in self.steps if one.stop)

    @property
    def late(self) -> tuple[Step, ...]:
        """What should have been done and is not."""
        return tuple(one for one in self.steps if one.state is State.LATE)

    @property
    def running(self) -> tuple[Step, ...]:
        """Steps whose clock is running, the nearest last day first."""
        due = [one for one in self.steps if one.state is State.DUE and one.sure is not None]
        return tuple(sorted(due, key=lambda one: str(one.sure)))

    @property
    def doubtful(self) -> tuple[Step, ...]:
        """What is in time only if the last day was put off, which the calendar does not tell yet."""
        unknown = (one for one in self.steps if one.state is State.UNKNOWN and one.open)
        return tuple(one for one in unknown if isinstance(one.last, Unknown))

    @property
    def ready(self) -> tuple[Step, ...]:
        """What may be done now: what comes before is done, and no wait of the law stands in the way."""
        return tuple(one for one in self._acts if one.may_begin(self.today))

    @property
    def coming(self) -> tuple[Step, ...]:
        """What somebody may do from a later day on; of checks of performance the next one, the nearest day first."""
        waiting = [one for one in self._acts if not one.may_begin(self.today)]
        first = {(one.id, one.round): one for one in reversed(waiting)}
        return tuple(sorted(first.values(), key=lambda one: str(one.first or datetime.date.max)))

    @property
    def _acts(self) -> Iterator[Step]:
        """What somebody has still to do, and what comes before it is done."""
        return (one for one in self.steps if one.open and one.ready and not one.by_itself)

    @property
    def next(self) -> Step | None:
        """The step to take now: the first in the course that is not done."""
        return next((one for one in self.steps if one.open), None)


def source_of(norm: Norm) -> str:
    """The article of a norm; what was not compared with the official text says 未核对 and is no law to print."""
    if norm.verified:
        text = str(norm.source)
    else:
        named = str(norm.source) if norm.printable else norm.source.title
        text = f"未核对：{named}（{norm.state.label}）"
    nearer = norm.loser
    if nearer is not None and nearer.hidden:
        text += f"；{nearer.place_title}另有规定，内容未见"
    return text


def title_of(step: Step) -> str:
    """The step, after an objection, or the number of the check."""
    again = "（异议后）" if step.round > 1 else ""
    return f"{step.title}{again}" + (f"（第{step.number}次）" if step.number else "")
