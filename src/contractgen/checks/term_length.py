"""The term is as long as the place's rule says (Shanghai: as a rule one to three years)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, cannot_be_judged, finding
from contractgen.findings import Finding, Severity
from contractgen.law import Unknown, last_of, unit_label

if TYPE_CHECKING:
    from contractgen.law import Norm

PATH = "agreement.end"


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a term that is too short or too long; a warning where the rule is only 一般."""
    start, end = agreement.profile.agreement.start, agreement.profile.agreement.end
    if start is None or end is None:
        return
    for key, word in (("term_minimum", "短于"), ("term_maximum", "长于")):
        norm = agreement.view.get(key)
        if norm is None or norm.value is None:
            continue
        last = last_of(start, norm.value, norm.unit, agreement.view.calendar)
        if isinstance(last, Unknown):
            yield cannot_be_judged(RULE.id, "合同期限的长短", last, path=PATH, norm=norm)
        elif end < last if word == "短于" else end > last:
            yield _finding(start, end, f"{word}{unit_label(norm.value, norm.unit)}", norm)


def _finding(start: datetime.date, end: datetime.date, how: str, norm: Norm) -> Finding:
    return finding(
        RULE.id,
        f"合同期限{start}至{end}，{how}",
        path=PATH,
        norm=norm,
        hint="按规定的期限调整起止日期",
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
