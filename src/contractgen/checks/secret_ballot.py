"""Where the place asks for it, the vote was secret."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, votes
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding where votes were counted and the profile does not say that the ballot was secret."""
    norm = agreement.view.get("adoption_secret_ballot")
    if norm is None:
        return
    for vote in votes(agreement):
        if vote.congress.votes_for is None or vote.congress.secret_ballot:
            continue
        known = vote.congress.secret_ballot is not None
        yield finding(
            RULE.id,
            f"{vote.word}{'没有采用无记名投票' if known else '没有写明是否采用无记名投票'}",
            path=vote.path,
            norm=norm,
            hint="以无记名投票重新表决；已经采用的，写 secret_ballot: 是",
        )


RULE = Rule(
    "secret-ballot",
    "procedure",
    Severity.ERROR,
    "无记名投票",
    "有的地方规定表决采用无记名投票，举手通过的无效。",
    run,
)
