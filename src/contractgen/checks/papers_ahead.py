"""Delegates had the draft the days ahead that the place asks for (Shanghai: 7)."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding where the draft was sent too late before the congress."""
    bargaining = agreement.profile.bargaining
    norm = agreement.view.get("draft_to_delegates")
    congress = bargaining.congress
    if norm is None or norm.value is None:
        return
    if congress.day is None or bargaining.papers_sent_day is None:
        return
    ahead = (congress.day - bargaining.papers_sent_day).days
    if ahead < norm.value:
        yield finding(
            RULE.id,
            f"草案在会前{ahead}日送交代表，不足{norm.value}日",
            path="bargaining.papers_sent_day",
            norm=norm,
            hint="推迟开会，或者核对送交日期",
        )


RULE = Rule(
    "papers-ahead",
    "procedure",
    Severity.ERROR,
    "会前送交草案",
    "提交审议的草案应当在会议召开前规定的日数送交职工代表。",
    run,
)
