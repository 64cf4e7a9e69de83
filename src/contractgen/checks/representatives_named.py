"""Representatives were named, and the other side told in writing, within the days of the place."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.limits import overdue
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a list of representatives that came after the last day."""
    bargaining = agreement.profile.bargaining
    yield from overdue(
        agreement,
        RULE.id,
        agreement.view.get("representatives_named"),
        bargaining.agreed_day,
        bargaining.representatives_named_day,
        what="书面告知代表名单的日期",
        path="bargaining.representatives_named_day",
        hint="核对两个日期；确已逾期的，由对方书面认可代表名单，在协商经过说明中写明",
    )


RULE = Rule(
    "representatives-named",
    "procedure",
    Severity.WARNING,
    "产生代表并书面告知",
    "双方同意协商以后，应当在当地规定的期限内产生协商代表，并把名单书面告知对方。",
    run,
)
