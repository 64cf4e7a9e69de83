"""From a number of staff on, an employees' congress votes; a general meeting is of all staff."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, votes
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a general meeting of a large employer, and for one to which not everybody was entitled."""
    norm = agreement.view.get("employees_congress_required_from")
    total = agreement.profile.workforce.total
    if total is None:
        return
    for vote in votes(agreement):
        if vote.congress.kind != "general_meeting":
            continue
        if norm is not None and norm.value is not None and total >= norm.value:
            yield finding(
                RULE.id,
                f"{vote.word}职工{total}人，应当召开职工代表大会，企业情况表写的是职工大会",
                path=f"{vote.path}.kind",
                norm=norm,
                hint="改为召开职工代表大会（congress）",
            )
        entitled = vote.congress.entitled
        if entitled is not None and entitled < total:
            yield finding(
                RULE.id,
                f"{vote.word}职工大会应到{entitled}人，少于职工总数{total}人",
                path=f"{vote.path}.entitled",
                hint="职工大会的应到人数是全体职工，出席和赞成的比例都按全体职工计算",
                severity=Severity.WARNING,
            )


RULE = Rule(
    "congress-kind",
    "procedure",
    Severity.ERROR,
    "职工代表大会还是职工大会",
    "职工达到规定人数的单位应当召开职工代表大会；不足的，一般召开全体职工大会，应到人数是全体职工。",
    run,
)
