"""Enough of all delegates, not of those present, voted for the draft."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, least, share, votes
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for each vote below the place's share: 90 of 180 pass where half is included."""
    norm = agreement.view.get("adoption_majority")
    if norm is None or norm.value is None:
        return
    for vote in votes(agreement):
        whole, votes_for = vote.congress.entitled, vote.congress.votes_for
        if whole is None or votes_for is None or norm.met_by(share(votes_for, whole)):
            continue
        yield finding(
            RULE.id,
            f"{vote.word}全体{whole}人中{votes_for}人赞成，不足{least(whole, norm)}人，草案没有通过",
            path=f"{vote.path}.votes_for",
            norm=norm,
            hint="修改草案后重新提交表决",
        )


RULE = Rule(
    "congress-majority",
    "procedure",
    Severity.ERROR,
    "赞成票数",
    "赞成票应当达到全体职工代表（职工）的规定比例，分母是全体，不是到会人数；“半数以上”含本数，“过半数”不含本数。",
    run,
)
