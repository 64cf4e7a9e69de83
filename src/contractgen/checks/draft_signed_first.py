"""Where the place says so, both chiefs sign the draft before it goes to the congress (Shanghai)."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding where a congress was held on a draft that was not signed before."""
    bargaining = agreement.profile.bargaining
    norm = agreement.view.get("draft_signed_then_to_congress")
    congress = bargaining.congress
    if norm is None or congress.day is None:
        return
    if bargaining.draft_signed_day is None:
        yield finding(
            RULE.id,
            "没有写明双方首席代表签署草案的日期",
            path="bargaining.congress.day",
            norm=norm,
            hint="在 bargaining 下写 draft_signed_day",
        )
    elif bargaining.draft_signed_day > congress.day:
        yield finding(
            RULE.id,
            f"草案签署日{bargaining.draft_signed_day}晚于职工代表大会召开日{congress.day}",
            path="bargaining.draft_signed_day",
            norm=norm,
            hint="先由双方首席代表签署草案，再提交讨论；日期写错的请更正",
        )


RULE = Rule(
    "draft-signed-first",
    "procedure",
    Severity.ERROR,
    "草案先签署后提交",
    "上海规定草案经双方首席代表签署后，提交职工代表大会或者全体职工讨论。",
    run,
)
