"""Nothing is told as done before its day has come. Which day it is, only a caller with a clock can tell."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Severity
from contractgen.timeline import future_days


def run(agreement: Agreement) -> Iterator[Finding]:
    """A warning for each fact whose day lies after today; nothing where no day was given as today."""
    if agreement.today is not None:
        yield from future_days(agreement.profile, agreement.today)


RULE = Rule(
    "future-day",
    "procedure",
    Severity.WARNING,
    "还没有到的日期",
    "表决、报送等事实的日期在今天以后的，还没有发生，不能写进定稿；拟签订日期和合同期限是计划，不在此列。今天是哪一天，按 --today 或者电脑的日期。",
    run,
    stops_final=True,
)
