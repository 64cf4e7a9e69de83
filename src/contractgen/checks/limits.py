"""Whether a limit of time was kept, told in the words of the law file: from which event, and how long."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from contractgen.agreement import Agreement
from contractgen.checks.rule import cannot_be_judged, finding
from contractgen.findings import Finding, Severity
from contractgen.law import Unknown, deadline, is_late, limit_label

if TYPE_CHECKING:
    from contractgen.law import Norm


def overdue(
    agreement: Agreement,
    rule: str,
    norm: Norm | None,
    event: datetime.date | None,
    done: datetime.date | None,
    *,
    what: str,
    path: str,
    hint: str,
    severity: Severity = Severity.WARNING,
) -> Iterator[Finding]:
    """A finding where what was done came after the last day; advice where the calendar does not reach so far.

    Args:
        agreement: whose calendar counts.
        rule: the rule that asks.
        norm: the limit; without one nothing is asked.
        event: the day with which the limit begins, or before which it must have passed.
        done: the day on which it was done.
        what: the name of that day, as the message begins: 答复日.
        path: where that day stands in the profile.
        hint: the remedy.
        severity: of what came too late.
    """
    if norm is None or norm.value is None or event is None or done is None:
        return
    calendar = agreement.view.calendar
    late = is_late(norm, event, done, calendar)
    if isinstance(late, Unknown):
        yield cannot_be_judged(rule, f"{what}{done}是否逾期", late, path=path, norm=norm)
    elif late:
        last = deadline(norm, event, calendar)
        last_day = f"（至迟{last.at_most}）" if isinstance(last, Unknown) else last
        yield finding(
            rule,
            f"{what}{done}晚于最后期限{last_day}（{limit_label(norm)}）",
            path=path,
            norm=norm,
            hint=hint,
            severity=severity,
        )
