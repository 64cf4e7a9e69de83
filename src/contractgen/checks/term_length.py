"""The term is as long as the place's rule says (Shanghai: as a rule one to three years)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity

if TYPE_CHECKING:
    from contractgen.law import Norm


def years_after(day: datetime.date, years: int) -> datetime.date:
    """The same day of a later year; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a term that is too short or too long; a warning where the rule is only 一般."""
    start, end = agreement.profile.agreement.start, agreement.profile.agreement.end
    if start is None or end is None:
        return
    after = end + datetime.timedelta(days=1)
    shortest = agreement.view.get("term_minimum")
    longest = agreement.view.get("term_maximum")
    if (
        shortest is not None
        and shortest.value is not None
        and after < years_after(start, int(shortest.value))
    ):
        yield _finding(start, end, "短于", shortest)
    if longest is not None and longest.value is not None and after > years_after(start, int(longest.value)):
        yield _finding(start, end, "长于", longest)


def _finding(start: datetime.date, end: datetime.date, word: str, norm: Norm) -> Finding:
    return finding(
        RULE.id,
        f"合同期限{start}至{end}，{word}{norm.value}年",
        path="agreement.end",
        norm=norm,
        hint="按规定的年数调整起止日期",
        severity=Severity.WARNING if norm.bound == "advice" else Severity.ERROR,
    )


RULE = Rule(
    "term-length",
    "content",
    Severity.ERROR,
    "合同期限",
    "集体合同的期限应当符合当地规定；当地写“一般”的，超出时只作警告。",
    run,
)
