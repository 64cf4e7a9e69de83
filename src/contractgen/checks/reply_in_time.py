"""The other side answered the proposal in writing within the days of the place."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, cannot_be_judged, finding
from contractgen.findings import Finding, Severity
from contractgen.law import Unknown, deadline, is_late, unit_label

PATH = "bargaining.reply_day"


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a reply after the last day; an advice where the calendar ends before it."""
    bargaining = agreement.profile.bargaining
    norm = agreement.view.get("proposal_reply")
    received, replied = bargaining.proposal_day, bargaining.reply_day
    if norm is None or norm.value is None or received is None or replied is None:
        return
    late = is_late(norm, received, replied, agreement.view.calendar)
    if isinstance(late, Unknown):
        yield cannot_be_judged(RULE.id, f"{replied}的答复是否逾期", late, path=PATH, norm=norm)
    elif late:
        last = deadline(norm, received, agreement.view.calendar)
        days = unit_label(norm.value, norm.unit)
        yield finding(
            RULE.id,
            f"答复日{replied}晚于最后期限{last}（收到协商建议书之日起{days}内）",
            path=PATH,
            norm=norm,
            hint="核对收到和答复的日期；确已逾期的，在协商经过说明中写明原因",
            severity=Severity.WARNING,
        )


RULE = Rule(
    "reply-in-time",
    "procedure",
    Severity.WARNING,
    "答复期限",
    "收到集体协商建议书的一方，应当在当地规定的期限内书面答复；期限按工作日计算的，按当年的节假日安排计算。",
    run,
)
