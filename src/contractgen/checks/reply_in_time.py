"""The other side answered the proposal in writing within the days of the place."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.limits import overdue
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a reply after the last day."""
    bargaining = agreement.profile.bargaining
    yield from overdue(
        agreement,
        RULE.id,
        agreement.view.get("proposal_reply"),
        bargaining.proposal_day,
        bargaining.reply_day,
        what="答复日",
        path="bargaining.reply_day",
        hint="核对收到和答复的日期；确已逾期的，在协商经过说明中写明原因",
    )


RULE = Rule(
    "reply-in-time",
    "procedure",
    Severity.WARNING,
    "答复期限",
    "收到集体协商建议书的一方，应当在当地规定的期限内书面答复；期限按工作日计算的，按当年的节假日安排计算。",
    run,
)
