"""How a number of a foreign contract stands to the law of a place and day.

Three outcomes only: ok, below the floor, or for a person. What is read from a title alone, a range, an approximate
number, another unit than the law's, an option where the law sets a duty: a person must look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from contractgen.checks.rule import source_of
from contractgen.law import LawView, Norm, describe, number_label
from contractgen.law.units import names
from contractgen.review.foreign.amounts import Amount
from contractgen.review.foreign.lines import ForeignLine
from contractgen.review.foreign.matters import LEADS, TITLES, Found
from contractgen.review.foreign.rules import Rules

Outcome = Literal["ok", "below", "person"]

TWICE = re.compile("两次|2次|二次")
UNCOUNTED = "只写了每次多久，没有写明次数"
OTHER_UNIT = "单位与法律规定的不同，不能直接比较"
RANGE, ACROSS = "写的是一个范围，没有确定的数值", "数值的范围跨过了法定标准"


@dataclass(frozen=True)
class Judged:
    """A number, what it is about, and how it stands to the law.

    Attributes:
        line: where it stands; start and end in the cleaned text.
        title: of the matter, 产假.
        shown: the number as the text has it.
        outcome: ok, below or person.
        reason: why, in Chinese; empty where it is ok without a word.
        norm: the law that it was held against; None for a sum or a full wage.
        floor: what the law asks, in Chinese.
        basis: the articles.
        keys: of the law.
        number: as it is held against the law.
        at: where the number itself stands.
    """

    line: ForeignLine
    start: int
    end: int
    title: str
    shown: str
    outcome: Outcome
    reason: str
    norm: Norm | None
    floor: str
    basis: str
    keys: tuple[str, ...]
    number: Fraction
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Held:
    """An amount in the unit of a norm: at least and at most; exact where no conversion was needed."""

    low: Fraction
    high: Fraction
    exact: bool = True

    def times(self, scale: Fraction) -> Held:
        """So many times as much."""
        return Held(self.low * scale, self.high * scale, self.exact)


@dataclass(frozen=True)
class Scale:
    """The law of a place and day, and the words that make a number sure or unsure."""

    view: LawView
    rules: Rules

    def first(self, keys: Sequence[str]) -> Norm | None:
        """The first norm that the place has."""
        return next((norm for key in keys if (norm := self.view.get(key)) is not None), None)

    def is_known_elsewhere(self, keys: Sequence[str]) -> bool:
        """Whether another place has one of these norms."""
        law = self.view.law
        return any(key in law.keys(place) for place in law.places for key in keys)

    # ---------------------------------------------------------------- in the unit of the law

    def held(self, one: Amount, norm: Norm) -> Held | None:
        """An amount in the unit of a norm; None where the two measure different things."""
        whole = Held(one.number, one.high)
        if one.kind in ("share", "percent"):
            return (
                whole.times(Fraction(1, 100)) if one.kind == "percent" and norm.unit != "percent" else whole
            )
        if one.kind == "period":
            part = {"year": Fraction(1, 12), "month": Fraction(1)}.get(norm.unit)
            return None if part is None else whole.times(part)
        words = {**names().statute_words.get(norm.unit, {}), **self.rules.words.get(norm.unit, {})}
        if one.unit in words:
            return whole.times(words[one.unit])
        loose = self.rules.loose.get(norm.unit, {}).get(one.unit)
        return None if loose is None else Held(one.number * loose[0], one.high * loose[1], exact=False)

    def counted(self, found: Found, held: Held) -> tuple[Held, str]:
        """两次，每次30分钟 as 60 minutes a day; and what is missing where the law counts per day or year."""
        sentence, matter, one = found.sentence, found.matter, found.amount
        near = sentence.before(found.at)[-8:] + sentence.text[max(one.start - 3, 0) : one.start]
        if matter.role == "grant" and "每次" in near:
            count = next(
                (
                    other.number
                    for other in sentence.amounts
                    if other.unit == "次" and other.start < one.start and other.number > 1
                ),
                None,
            )
            if count is None and matter.rank > 1 and TWICE.search(sentence.line.text):
                count = Fraction(2)
            return (held, UNCOUNTED) if count is None else (held.times(count), "")
        if matter.each and not any(word in sentence.around for word in matter.each):
            return held, f"没有写明“{matter.each[0]}”"
        return held, ""

    # ---------------------------------------------------------------- the verdict

    def said(
        self, found: Found, norm: Norm, outcome: Outcome, reason: str, held: Held, doubt: str = ""
    ) -> Judged:
        """The number held against a norm; ``doubt`` is what else makes it unsure."""
        unsure = found.level >= (TITLES if found.sentence.line.row else LEADS)
        if outcome == "below" and unsure and found.matter.role == "grant":
            outcome, reason = "person", f"{reason or '低于法定标准'}，但是这里没有写明是不是{norm.title}"
        if outcome == "below" and doubt == UNCOUNTED:
            outcome, reason = "person", doubt
        if outcome == "ok":
            reason = doubt or self.doubt(found)
            outcome = "person" if reason else "ok"
        place = self.view.title if norm.place == self.view.place else norm.place_title
        return judged(
            found,
            norm.title,
            outcome,
            reason,
            floor=f"{place}法定标准{describe(norm)}",
            basis=source_of(norm),
            keys=found.matter.laws,
            norm=norm,
            number=held.low,
        )

    def doubt(self, found: Found) -> str:
        """Why a number that is high enough may not be owed all the same."""
        sentence, matter = found.sentence, found.matter
        if sentence.is_piece:
            return "这里很长一段没有句号，看不出还有什么条件"
        for word in self.rules.hedges:
            if word in sentence.text and not any(
                word in allowed or allowed in word for allowed in matter.may
            ):
                return f"句中有“{word}”，不是确定的义务"
        if matter.may or matter.role == "limit":
            return ""
        before = sentence.text[: found.amount.start]
        last = next(reversed([*self.rules.may.finditer(before)]), None)
        if last is not None and not self._is_right(before, last):
            return f"写的是“{last[0]}”，不是义务"
        return ""

    def _is_right(self, before: str, may: re.Match[str]) -> bool:
        """Whether the worker is the one who may."""
        part = before[: may.start()]
        begin = max(part.rfind("。"), part.rfind("；")) + 1
        owner = any(word in part[begin:] for word in self.rules.workers)
        after = before[may.end() :]
        return (owner and any(word in after[:10] for word in self.rules.rights)) or (
            may[0] == "可以" and "产前" in part[-3:]
        )


def outcome_of(one: Amount, norm: Norm, held: Held, worse: str = "") -> tuple[Outcome, str]:
    """How an amount stands to a norm, and why where a person must look.

    Args:
        one: as it is written.
        norm: what the law asks.
        held: the amount in its unit.
        worse: minimum or maximum, where the matter says which side is worse for the workers.
    """
    assert norm.value is not None
    floor = Fraction(norm.value)
    bound = worse or norm.bound
    if bound == "minimum":
        strict = norm.strict and one.bounded != "more"
        if held.high < floor or (held.high == floor and strict):
            return "below", ""
        if held.low < floor:
            return "person", ACROSS if held.exact else OTHER_UNIT
        if one.bounded == "most":
            return "person", "写的是上限，没有写最少多少"
    elif bound == "maximum":
        if held.low > floor:
            return "below", ""
        if held.high > floor:
            return "person", ACROSS if held.exact else OTHER_UNIT
        if one.bounded == "least" and norm.unit not in ("pregnancy_month", "kilogram"):
            return "person", "写的是下限，没有写最多多少"
    elif not (held.exact and held.low == held.high == floor):
        if norm.bound == "advice" and held.exact and _within_advice(norm, held.low):
            return ("person", RANGE) if one.ranged else ("ok", "")
        usual = "通常的做法" if norm.bound == "advice" else "法律规定的"
        return "person", f"与{usual}{number_label(floor)}不同"
    if not held.exact:
        return "person", "单位与法律规定的不同，请核对"
    if one.ranged:
        return "person", RANGE
    return ("person", "写的是约数") if one.about else ("ok", "")


def _within_advice(norm: Norm, number: Fraction) -> bool:
    assert norm.value is not None
    if norm.key.endswith("_minimum"):
        return number >= norm.value
    return number <= norm.value if norm.key.endswith("_maximum") else number == norm.value


def judged(
    found: Found,
    title: str,
    outcome: Outcome,
    reason: str,
    *,
    floor: str,
    basis: str,
    keys: tuple[str, ...],
    number: Fraction,
    norm: Norm | None = None,
) -> Judged:
    """The verdict on a number, with where it stands."""
    sentence, one = found.sentence, found.amount
    begin, end = sentence.part_of(found.at)
    return Judged(
        sentence.line,
        sentence.start + begin,
        sentence.start + end,
        title,
        sentence.text[one.start : one.end],
        outcome,
        reason,
        norm,
        floor,
        basis,
        keys,
        number,
        sentence.place_of(found.at),
    )
