"""Delegates had the draft as long ahead as the place asks for (Shanghai: 7 days)."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, cannot_be_judged, finding
from contractgen.findings import Finding, Severity
from contractgen.law import Unknown, deadline, is_late, unit_label

PATH = "bargaining.papers_sent_day"


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding where the draft was sent too late before the congress."""
    bargaining = agreement.profile.bargaining
    norm = agreement.view.get("draft_to_delegates")
    congress, sent = bargaining.congress.day, bargaining.papers_sent_day
    if norm is None or norm.value is None or congress is None or sent is None:
        return
    late = is_late(norm, congress, sent, agreement.view.calendar)
    if isinstance(late, Unknown):
        yield cannot_be_judged(RULE.id, f"{sent}送交草案是否太晚", late, path=PATH, norm=norm)
    elif late:
        last = deadline(norm, congress, agreement.view.calendar)
        yield finding(
            RULE.id,
            f"草案{sent}才送交代表，最迟应在{last}（会议召开{unit_label(norm.value, norm.unit)}前）",
            path=PATH,
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
