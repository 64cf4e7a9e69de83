"""The minutes of each bargaining meeting bear the signatures of both chiefs, where the place asks for them."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """An error for unsigned minutes; a warning where, after the vote, nothing is told about them."""
    norm = agreement.view.get("minutes_signed")
    bargaining = agreement.profile.bargaining
    if norm is None:
        return
    for number, meeting in enumerate(bargaining.meetings):
        unsigned = meeting.minutes_signed is False
        if meeting.day is None or meeting.minutes_signed or not (unsigned or bargaining.congress.day):
            continue
        told = "没有由双方首席代表签字" if unsigned else "没有写明是否由双方首席代表签字"
        yield finding(
            RULE.id,
            f"{meeting.day}协商会议的记录{told}",
            path=f"bargaining.meetings.{number}.minutes_signed",
            norm=norm,
            hint="请双方首席代表核对记录后补签，写 minutes_signed: 是",
            severity=Severity.ERROR if unsigned else Severity.WARNING,
        )


RULE = Rule(
    "minutes-signed",
    "procedure",
    Severity.ERROR,
    "会议记录签字",
    "每次协商会议都应当有记录，由双方首席代表签字；协商过程要靠它证明。",
    run,
)
