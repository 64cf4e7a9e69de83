"""The signing is not planned for a day on which the time for what must follow it is over."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Severity
from contractgen.timeline import planned_days


def run(agreement: Agreement) -> Iterator[Finding]:
    """A warning for a planned day after such a last day; nothing where no day was given as today."""
    if agreement.today is not None:
        yield from planned_days(agreement.profile, agreement.view, agreement.today)


RULE = Rule(
    "planned-day",
    "procedure",
    Severity.WARNING,
    "拟订的日期来得及",
    "拟签订日期不能晚于其后各步的最后一天：例如上海从用人单位收到通过情况的书面告知起算报送期限，签订要赶在期限以内。",
    run,
)
