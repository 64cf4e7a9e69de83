"""From a number of staff on, an employees' congress votes, not a general meeting (Shanghai: 100)."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding where a large employer plans or held a general meeting instead of a congress."""
    norm = agreement.view.get("employees_congress_required_from")
    total = agreement.profile.at("workforce.total")
    kind = agreement.profile.at("bargaining.congress.kind")
    if norm is None or norm.value is None or total is None:
        return
    if total >= norm.value and kind == "general_meeting":
        yield finding(
            RULE.id,
            f"职工{total}人，应当召开职工代表大会，企业情况表写的是职工大会",
            path="bargaining.congress.kind",
            norm=norm,
            hint="改为召开职工代表大会（congress）",
        )


RULE = Rule(
    "congress-kind",
    "procedure",
    Severity.ERROR,
    "职工代表大会还是职工大会",
    "职工达到规定人数的单位应当召开职工代表大会；不足的，一般召开全体职工大会。",
    run,
)
