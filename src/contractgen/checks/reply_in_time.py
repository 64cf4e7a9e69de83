"""The other side answered the proposal in writing within the days of the place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a reply after the last day; rules in working days are left to the timeline."""
    bargaining = agreement.profile.bargaining
    norm = agreement.view.get("proposal_reply")
    if norm is None or norm.value is None or norm.unit == "working_day":
        return
    if bargaining.proposal_day is None or bargaining.reply_day is None:
        return
    last = bargaining.proposal_day + datetime.timedelta(days=int(norm.value))
    if bargaining.reply_day > last:
        yield finding(
            RULE.id,
            f"答复日{bargaining.reply_day}晚于最后期限{last}（收到协商建议书之日起{norm.value}日内）",
            path="bargaining.reply_day",
            norm=norm,
            hint="核对收到和答复的日期；确已逾期的，在协商经过说明中写明原因",
            severity=Severity.WARNING,
        )


RULE = Rule(
    "reply-in-time",
    "procedure",
    Severity.WARNING,
    "答复期限",
    "收到集体协商建议书的一方，应当在当地规定的日数内书面答复。",
    run,
)
