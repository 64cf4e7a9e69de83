"""Where the place asks for it, the vote was secret."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding where votes were counted and the profile does not say that the ballot was secret."""
    norm = agreement.view.get("adoption_secret_ballot")
    bargaining = agreement.profile.bargaining
    congress = bargaining.congress
    if norm is None or congress.votes_for is None:
        return
    if not congress.secret_ballot:
        known = congress.secret_ballot is not None
        yield finding(
            RULE.id,
            "没有采用无记名投票" if known else "没有写明是否采用无记名投票",
            path="bargaining.congress",
            norm=norm,
            hint="以无记名投票重新表决；已经采用的，写 secret_ballot: true",
        )


RULE = Rule(
    "secret-ballot",
    "procedure",
    Severity.ERROR,
    "无记名投票",
    "上海规定表决采用无记名投票，举手通过的无效。",
    run,
)
