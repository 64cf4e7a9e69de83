"""Enough of all delegates were present: where two thirds are asked for, 120 of 180."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, least, share, votes
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for each vote at which fewer were present than the place asks for."""
    norm = agreement.view.get("quorum")
    if norm is None or norm.value is None:
        return
    for vote in votes(agreement):
        whole, present = vote.congress.entitled, vote.congress.present
        if whole is None or present is None or norm.met_by(share(present, whole)):
            continue
        yield finding(
            RULE.id,
            f"{vote.word}应到{whole}人，实到{present}人，不足{least(whole, norm)}人",
            path=f"{vote.path}.present",
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
