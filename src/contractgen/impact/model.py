"""What a change of law touches: wordings, agreements with their numbers, and the verdict on each."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from contractgen.findings import Finding
from contractgen.impact.query import Query
from contractgen.library import ClauseVersion

Verdict = Literal["below", "follows", "meets", "text"]
VERDICTS: dict[Verdict, str] = {
    "below": "不符合新标准",
    "follows": "随法律数据更新",
    "meets": "符合新标准",
    "text": "文字涉及这一规定",
}
When = Literal["current", "older", "coming"]
WHENS: dict[When, str] = {"current": "现行", "older": "旧版", "coming": "尚未启用"}


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """A wording that refers to a key; ``amend`` says in Chinese what is to be done, where something is."""

    clause: ClauseVersion
    when: When
    ways: tuple[str, ...]
    amend: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number of an agreement that a key stands behind."""

    name: str
    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Use:
    """An agreement that rests on a key.

    Attributes:
        file: the profile or the record.
        issued: it is a record, of an agreement that was made.
        draft: of a draft, which nobody has signed: it is made anew and not amended.
        employer: whose it is.
        ends: the last day of its term, where known.
        over: its term has ended on the day that was asked for.
        clauses: the wordings of it that refer to the key.
    """

    file: str
    issued: bool
    employer: str
    place: str
    law_day: str
    ends: datetime.date | None
    over: bool
    clauses: tuple[str, ...]
    numbers: tuple[Number, ...]
    draft: bool = False

    @property
    def verdict(self) -> Verdict:
        """The worst of its numbers; text where it has none, or no new value is asked for."""
        verdicts = [number.verdict for number in self.numbers]
        return min(verdicts, key=list(VERDICTS).index, default="text")

    @property
    def must_be_amended(self) -> bool:
        """Whether a number no longer suffices in a term that still runs; a draft is made anew instead."""
        return self.verdict == "below" and not self.over and not self.draft


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that a value or article touches."""

    query: Query
    clauses: tuple[ClauseUse, ...]
    agreements: tuple[Use, ...]
    findings: tuple[Finding, ...] = ()
