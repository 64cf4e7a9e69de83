"""What is told as done happened in an order that can be; what holds everywhere is told when the profile is read."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity
from contractgen.profile import field_title
from contractgen.timeline import last_day, load_steps


def run(agreement: Agreement) -> Iterator[Finding]:
    """A warning for each day that lies before another which must have come first."""
    for order in load_steps().order:
        norm = agreement.view.get(order.law) if order.law else None
        first = last_day(agreement.profile, order.first)
        then = last_day(agreement.profile, order.then)
        if (order.law and norm is None) or first is None or then is None or then >= first:
            continue
        yield finding(
            RULE.id,
            f"{field_title(order.then)}{then}早于{field_title(order.first)}（{first}）：{order.why}",
            path=order.then,
            norm=norm,
            hint="日期写错的请更正；确实如此的，在协商经过说明中写明原因",
            severity=Severity.WARNING,
        )


RULE = Rule(
    "events-order",
    "procedure",
    Severity.WARNING,
    "各步的先后",
    "答复、产生代表、会议、达成一致有先后；次序颠倒的，多半是日期写错。在任何地方都不可能的次序，读企业情况表时就报错（day-order）。",
    run,
)
