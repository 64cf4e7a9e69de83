"""What was agreed went to the congress within the days of the place."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.limits import overdue
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a congress that met after the last day."""
    bargaining = agreement.profile.bargaining
    yield from overdue(
        agreement,
        RULE.id,
        agreement.view.get("draft_to_congress"),
        bargaining.settled_day,
        bargaining.congress.day,
        what="职工（代表）大会讨论草案的日期",
        path="bargaining.congress.day",
        hint="还没有开会的，提前开会；已经开会的，在协商经过说明中写明原因",
    )


RULE = Rule(
    "draft-to-congress",
    "procedure",
    Severity.WARNING,
    "草案及时提交讨论",
    "有的地方规定，协商达成一致的草案应当在若干日内提交职工代表大会或者职工大会讨论。",
    run,
)
