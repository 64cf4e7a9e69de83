"""The values of the law room: instruments, citations and norms; all frozen and hashable."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from contractgen.document.numerals import chinese_number

Number = int | Fraction
Kind = Literal["value", "duty", "procedure"]
Demand = Literal["content", "duty", "usual"]

INNER_MARKS = str.maketrans("《》", "〈〉")  # a title inside a title


class State(StrEnum):
    """How surely an entry is known."""

    VERIFIED = "verified"  # compared with a text of the statute
    REPORTED = "reported"  # credible public reports, the text was not seen
    UNKNOWN = "unknown"  # the place has a rule, its content is not known

    @property
    def label(self) -> str:
        """The Chinese word that a user reads."""
        return {"verified": "已核对", "reported": "据公开报道，待核", "unknown": "内容不明"}[self.value]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or rule in one of its versions.

    Attributes:
        until: the first day on which it is no longer in force.
        successor: slug of the instrument that took its place.
        concordance: its article numbers and where the successor has the same matter.
        articles: the number of its last article; 0 where it was not counted.
        stale: a later text exists or is believed to exist that was not compared.
        described: its title is not known; ``title`` says in words what it is.
    """

    slug: str
    title: str
    place: str
    in_force: datetime.date
    until: datetime.date | None = None
    edition: str = ""
    number: str = ""
    successor: str = ""
    concordance: tuple[tuple[str, tuple[str, ...]], ...] = ()
    articles: int = 0
    day_basis: str = "text"
    stale: bool = False
    described: bool = False
    note: str = ""

    def __str__(self) -> str:
        if self.described:
            return self.title
        return f"《{self.title.translate(INNER_MARKS)}》"

    def holds(self, on: datetime.date) -> bool:
        """Whether it is in force on a day."""
        return self.in_force <= on and (self.until is None or on < self.until)

    def successors_of(self, article: str) -> tuple[str, ...]:
        """The successor's articles on the matter of ``article`` ("24" -> ("45",)); empty where not known."""
        return dict(self.concordance).get(article, ())


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in an instrument, as a contract prints it."""

    instrument: Instrument
    article: str | None = None
    paragraph: int | None = None
    item: str | None = None

    def __str__(self) -> str:
        return f"{self.instrument}{self.place}"

    @property
    def title(self) -> str:
        """《女职工劳动保护特别规定》"""
        return str(self.instrument)

    @property
    def place(self) -> str:
        """第七条第一款; empty where the article is not known."""
        if not self.article:
            return ""
        out = f"第{chinese_number(int(self.article))}条" if self.article.isdecimal() else self.article
        if self.paragraph:
            out += f"第{chinese_number(self.paragraph)}款"
        return f"{out}第{chinese_number(int(self.item))}项" if self.item else out


@dataclass(frozen=True, slots=True)
class LeaveRule:
    """How a leave (or a protection) is counted from a birth or a miscarriage; the fields are those of leaves.yaml."""

    key: str
    of: str
    who: str
    runs: str
    when: str = ""
    children: tuple[int, int] | None = None
    couple: str = ""
    early: str = ""
    until: str = ""
    more: str = ""
    from_: str = ""
    below: str = ""
    extended_by: str = ""
    natural_by: str = ""
    per_child: str = ""
    year_by: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A smallest number that grows with the staff: from ``staff`` people on ``least``, and ``more`` for each further ``each``.

    ``beyond`` is the number of staff from which each further ``each`` counts.
    """

    staff: int
    least: int
    beyond: int = 0
    each: int = 0
    more: int = 0

    def number(self, staff: int) -> int:
        """The smallest number for so many people."""
        further = (staff - self.beyond) // self.each if self.each else 0
        return self.least + further * self.more


@dataclass(frozen=True, slots=True)
class Norm:
    """What the law of a place says on one point on a day.

    Attributes:
        value: exact; None for duties and procedures.
        strict: the number itself is not enough (过半数, not 半数以上).
        force: whether a duty is owed or the law only encourages it.
        since: the day from which this wording holds.
        until: the first day on which it no longer holds.
        place: whose law it is; national law that answers for Shanghai stays national.
        checked: the day on which it was last compared with the official text; None where it never was.
        budget: after how many months it must be compared again; None where the place sets nothing of its own.
        loser: the other layer's norm, which gave way.
        starts: the event with which a time limit begins, see clauses/law/units.yaml.
        before: the event before which a time limit must have passed.
        pay_base: of what a percentage of pay is taken.
        events_from: the rule reaches back to events from this day on.
        events_state: how surely it is known that it does; None where as surely as the rule.
        together_with: the key of another floor on the same matter: both hold at once, neither replaces the other.
        yields: the other layer's wording is the one to cite.
        steps: how the number grows with the staff.
    """

    key: str
    kind: Kind
    title: str
    state: State
    source: Citation
    since: datetime.date
    until: datetime.date | None
    place: str
    place_title: str
    checked: datetime.date | None
    value: Number | None = None
    unit: str = ""
    bound: str = ""
    strict: bool = False
    force: str = "duty"
    confidence: str = ""
    day_basis: str = "text"
    stale: bool = False
    note: str = ""
    starts: str = ""
    before: str = ""
    pay_base: str = ""
    events_from: datetime.date | None = None
    events_state: State | None = None
    together_with: str = ""
    yields: bool = False
    steps: tuple[Step, ...] = ()
    budget: int | None = None
    loser: Norm | None = None

    @property
    def verified(self) -> bool:
        """Compared with the text of the statute."""
        return self.state is State.VERIFIED

    @property
    def reach(self) -> str:
        """To which earlier events the rule reaches back, in Chinese; empty where it does not."""
        if self.events_from is None:
            return ""
        if (self.events_state or self.state) is State.VERIFIED:
            return f"{self.events_from} 起的生育也适用"
        return f"据公开报道 {self.events_from} 起的生育也适用，哪些生育适用待核"

    @property
    def hidden(self) -> bool:
        """The place has a rule whose content is not known."""
        return self.state is State.UNKNOWN

    @property
    def printable(self) -> bool:
        """Whether a contract may name its article as law."""
        surely = self.verified or (self.state is State.REPORTED and self.confidence == "high")
        return surely and self.source.article is not None

    @property
    def measure(self) -> tuple[str, str, str, str]:
        """What its number counts and from where: numbers of different measures are never compared or added."""
        return (self.unit, self.pay_base, self.starts, self.before)

    @property
    def cited(self) -> str:
        """The article as a reviewer reads it, with how surely it is known; the title alone where no article may stand."""
        text = str(self.source) if self.printable else self.source.title
        return text if self.verified else f"{text}（{self.state.label}）"

    def comparable(self, other: Norm) -> bool:
        """Whether the two can be put in an order that is better or worse for the worker."""
        if self.kind != other.kind:
            return False
        if self.kind != "value":
            return self.force != other.force
        if self.value is None or other.value is None or self.bound not in ("minimum", "maximum"):
            return False
        return (self.bound, self.measure) == (other.bound, other.measure)

    def better_than(self, other: Norm) -> bool:
        """Better for the worker than ``other``; False also where they are equal or cannot be compared."""
        if not self.comparable(other):
            return False
        if self.kind != "value":
            return self.force == "duty"
        assert self.value is not None and other.value is not None
        if self.value == other.value:
            return self.strict and not other.strict
        return (self.value > other.value) == (self.bound == "minimum")

    def least_for(self, staff: int) -> Number | None:
        """The number that it asks of a firm with so many people."""
        held = [step for step in self.steps if step.staff <= staff]
        return held[-1].number(staff) if held else self.value

    def met_by(self, number: Number) -> bool:
        """Whether a number that the parties agreed, or counted, satisfies this norm; advice never fails."""
        if self.value is None or self.bound == "advice":
            return True
        if number == self.value:
            return not self.strict
        return self.bound != "exact" and (number > self.value) == (self.bound == "minimum")


@dataclass(frozen=True, slots=True)
class Content:
    """What an agreement must say under the law of a place on a day.

    Attributes:
        title: of the content.
        norm: what demands it.
        through: keys of the law; a clause that covers one of them brings the content.
        demand: content (the law asks for it in such a contract), duty (the employer owes it and the agreement puts it
            in place), usual (agreements of this kind have it).
    """

    title: str
    norm: Norm
    through: tuple[str, ...]
    demand: Demand
