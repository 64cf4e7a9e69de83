"""Enough of all delegates were present: two thirds, 120 of 180."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, least, share
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding where fewer were present than the place asks for."""
    norm = agreement.view.get("quorum")
    bargaining = agreement.profile.bargaining
    congress = bargaining.congress
    if norm is None or norm.value is None:
        return
    if congress.entitled is None or congress.present is None:
        return
    if not norm.met_by(share(congress.present, congress.entitled)):
        yield finding(
            RULE.id,
            f"应到{congress.entitled}人，实到{congress.present}人，不足{least(congress.entitled, norm)}人",
            path="bargaining.congress.present",
            norm=norm,
            hint="重新召开会议",
        )


RULE = Rule(
    "congress-quorum",
    "procedure",
    Severity.ERROR,
    "出席人数",
    "出席会议的职工代表（职工）应当达到全体的规定比例，按全体人数计算，恰好达到的为有效。",
    run,
)
