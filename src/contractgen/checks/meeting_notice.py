"""Matters and representatives were told to the other side long enough before each meeting."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.limits import overdue
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for each meeting whose notice came too late."""
    for number, meeting in enumerate(agreement.profile.bargaining.meetings):
        yield from overdue(
            agreement,
            RULE.id,
            agreement.view.get("meeting_notice"),
            meeting.day,
            meeting.notice_day,
            what=f"{meeting.day}会议的通知日",
            path=f"bargaining.meetings.{number}.notice_day",
            hint="还没有开会的，推迟会议；已经开会的，由对方书面确认通知不影响协商，记入会议记录",
        )


RULE = Rule(
    "meeting-notice",
    "procedure",
    Severity.WARNING,
    "协商会议的通知",
    "有的地方规定，举行协商会议以前若干日，双方应当把拟协商的事项和代表名单通知对方。",
    run,
)
