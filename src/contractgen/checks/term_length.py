"""The term is as long as the place's rule says (Shanghai: as a rule one to three years)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


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
    for norm, wrong, word in (
        (shortest, lambda years: after < years_after(start, years), "短于"),
        (longest, lambda years: after > years_after(start, years), "长于"),
    ):
        if norm is not None and norm.value is not None and wrong(int(norm.value)):
            yield finding(
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
