"""The course of one firm: which steps there are in its place, in which order, and which days are told of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from contractgen.law import LawView, Norm, Unknown, deadline
from contractgen.profile import Profile
from contractgen.timeline.steps import EventDay, StepRule, Steps

OBJECTED = "bargaining.objection.day"
OBJECTION = "objection"
CONGRESS = "congress"
VOTES = {1: "bargaining.congress", 2: "bargaining.objection.congress"}


@dataclass(frozen=True, slots=True)
class Leg:
    """A step in one round: the first, or the second after an objection."""

    rule: StepRule
    asked: bool
    round: int = 1

    @property
    def id(self) -> str:
        """The id of the step."""
        return self.rule.id


@dataclass(frozen=True)
class Course:
    """The legs in their order, and the days of the profile."""

    profile: Profile
    view: LawView
    today: datetime.date
    steps: Steps

    @cached_property
    def objected(self) -> datetime.date | None:
        """The day of the objection of the authority; None before it."""
        day: datetime.date | None = self.profile.at(OBJECTED)
        return day if day is not None and day <= self.today else None

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """Every step in the order of the place; after an objection the steps that it brings back, once more."""
        legs = [Leg(*self.steps.of(step, self.profile, self.view)) for step in self.steps.ids]
        ordered: list[Leg] = []
        while legs:  # a step that comes after a later one of the file stands behind it
            waiting = {leg.id for leg in legs}
            ready = next((leg for leg in legs if not waiting & set(leg.rule.after)), legs[0])
            legs.remove(ready)
            ordered.append(ready)
        if self.objected is None:
            return tuple(ordered)
        cut = next((number for number, leg in enumerate(ordered) if leg.id == OBJECTION), len(ordered)) + 1
        first = next((number for number, leg in enumerate(ordered) if leg.rule.again), cut)
        anew = [Leg(leg.rule, leg.asked, 2) for leg in ordered[first : cut - 1]]
        return (*ordered[:cut], *anew, *ordered[cut:])

    # -------------------------------------------------------------- days

    def path(self, leg: Leg) -> str:
        """Where the day of a leg stands; empty where the profile does not keep it, or no longer."""
        return self._path(leg.rule, leg.round)

    def _path(self, kept: StepRule | EventDay, round: int) -> str:
        if round > 1:
            return kept.again
        return "" if self._told_anew(kept) else kept.day

    def _at(self, kept: StepRule | EventDay, round: int) -> Any:
        """What the profile tells in a round; one path for both rounds is the first's until it is told anew."""
        path = self._path(kept, round)
        old = round > 1 and kept.again == kept.day and not self._told_anew(kept)
        return self.profile.at(path) if path and not old else None

    def _told_anew(self, kept: StepRule | EventDay) -> bool:
        """Whether the one day that is kept for both rounds is the second's: later than the objection."""
        day = self.profile.at(kept.day) if kept.day and kept.day == kept.again else None
        return day is not None and self.objected is not None and day > self.objected

    def day(self, leg: Leg) -> datetime.date | None:
        """The day that counts for a leg, whether it has come or not; a plan may outlive a vote that failed."""
        day = self.told(leg)
        kept = leg.rule.planned and day is not None and day > self.today
        return day if kept or leg not in self.void else None

    def told(self, leg: Leg) -> datetime.date | None:
        """The day that the profile tells of a leg; of several, the last that has come."""
        found = self._at(leg.rule, leg.round)
        if not isinstance(found, tuple):
            day: datetime.date | None = found
            return day
        days = sorted(one.day for one in found if one.day is not None)
        come = [day for day in days if day <= self.today]
        return come[-1] if come else next(iter(days), None)

    def done(self, leg: Leg) -> datetime.date | None:
        """The day on which a leg was done; a planned day counts once it has come and what comes before is done."""
        day = self.day(leg)
        if day is None or day > self.today:
            return None
        if leg.rule.planned and not self.reached(leg):
            return None
        if leg.rule.begins and not any(self._known(other) for other in self.legs if other.round > leg.round):
            return None
        return day

    def event(self, name: str, round: int) -> datetime.date | None:
        """The day of an event of the law; in the second round only what that round has."""
        found = self.steps.events.get(name)
        if found is None:
            return None
        leg = next((one for one in self.legs if (one.id, one.round) == (found.step, round)), None)
        day: datetime.date | None = None if leg in self.void and not found.held else self._at(found, round)
        return day

    # -------------------------------------------------------------- a vote that failed

    @cached_property
    def void(self) -> frozenset[Leg]:
        """The legs whose days are those of a draft that was not adopted: they are to be done again."""
        found: set[Leg] = set()
        for leg in self.legs:
            if self.failed(leg):
                found |= {leg, *self.redone(leg)}
            elif not leg.rule.held and any(before in found for before in self.before(leg)):
                found.add(leg)
        return frozenset(found)

    def redone(self, vote: Leg) -> tuple[Leg, ...]:
        """The legs before a vote that failed which come again with the next draft, until a later day is told."""
        mine = [leg for leg in self.legs if leg.round == vote.round]
        mine = mine[: mine.index(vote)]
        first = next((number for number, leg in enumerate(mine) if leg.id == vote.rule.back), 0)
        voted, found = self.told(vote), list[Leg]()
        for leg in reversed(mine[first:] if vote.rule.back else ()):
            day = self.told(leg)
            if voted is not None and day is not None and day > voted:
                break
            found.insert(0, leg)
        return tuple(found)

    def failed(self, leg: Leg) -> bool:
        """Whether a leg is a vote that did not adopt the draft: it has to be held again."""
        return leg.id == CONGRESS and self.rejected(leg.round)

    def rejected(self, round: int) -> bool:
        """Whether a vote is told with its numbers, and they do not reach what the place asks."""
        vote = self.profile.at(VOTES[round])
        if not vote.entitled:
            return False
        shares = (("quorum", vote.present), ("adoption_majority", vote.votes_for))
        norms = [(self.view.get(key), part) for key, part in shares if part is not None]
        return any(
            norm is not None and not norm.met_by(Fraction(part, vote.entitled)) for norm, part in norms
        )

    # -------------------------------------------------------------- order

    def before(self, leg: Leg) -> tuple[Leg, ...]:
        """The legs that must be done before one; those that are not asked here pass on their own."""
        found: dict[Leg, None] = {}
        for step in leg.rule.after:
            other = self._of(step, leg)
            if other is None:
                continue
            if other.asked or self.told(other) is not None:
                found[other] = None
            else:
                found |= dict.fromkeys(self.before(other))
        return tuple(found)

    def _of(self, step: str, leg: Leg) -> Leg | None:
        """A step as it stands before a leg: of its round, else of the last round that comes before it."""
        mine = [other for other in self.legs if other.id == step]
        same = [other for other in mine if other.round == leg.round]
        if leg.round > 1 or leg.id == OBJECTION or self.legs.index(leg) < self._again:
            return next(iter(same or mine), None)
        return mine[-1] if mine else None

    @cached_property
    def _again(self) -> int:
        """Where the second round begins."""
        return next((number for number, leg in enumerate(self.legs) if leg.round > 1), len(self.legs))

    @cached_property
    def _after(self) -> dict[Leg, tuple[Leg, ...]]:
        """The legs that have a leg among those before them."""
        return {leg: tuple(other for other in self.legs if leg in self.before(other)) for leg in self.legs}

    def overtaken(self, leg: Leg) -> bool:
        """Whether something that can only come after a leg is done."""
        return leg not in self.void and self._proved(leg)

    def _proved(self, leg: Leg) -> bool:
        """Whether something after a leg is told as done, be it for a draft that was not adopted."""
        return any(self._known(other) or self._proved(other) for other in self._after[leg])

    def _known(self, leg: Leg) -> bool:
        """Whether a leg is told as done, and that proves what comes before it."""
        day = self.told(leg)
        return not (leg.rule.planned or leg.rule.early) and day is not None and day <= self.today

    def reached(self, leg: Leg) -> bool:
        """Whether everything that comes before a leg is behind us."""
        return all(self.passed(before) for before in self.before(leg))

    def passed(self, leg: Leg) -> bool:
        """Whether a leg is behind us: done, or overtaken by what comes after it, or its time has run."""
        done = self.done(leg) is not None and not self.not_agreed(leg)
        return done or self.overtaken(leg) or self.elapsed(leg)

    def not_agreed(self, leg: Leg) -> bool:
        """Whether a leg leads on only where the sides agree, and no day tells that they did."""
        if not leg.rule.agreed or self.overtaken(leg):
            return False
        day: datetime.date | None = self.profile.at(leg.rule.agreed)
        return day is None or day > self.today

    def elapsed(self, leg: Leg) -> bool:
        """Whether a time that runs by itself is over."""
        norm = self.limit(leg)
        start = self.event(norm.starts, leg.round) if norm is not None else None
        if not leg.rule.period or norm is None or start is None:
            return False
        last = deadline(norm, start, self.view.calendar)
        over = last.at_most if isinstance(last, Unknown) else last
        return over is not None and over < self.today

    def limit(self, leg: Leg) -> Norm | None:
        """The limit of a leg in this place; only one with a number is a clock."""
        norm: Norm | None = self.view.get(leg.rule.limit) if leg.rule.limit else None
        return norm if norm is not None and norm.value is not None else None
