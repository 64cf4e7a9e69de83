"""A union in a firm where women are many may set up a women workers' committee."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """Advice where the union has no committee though most of the staff are women."""
    norm = agreement.view.get("women_workers_committee")
    union, workforce = agreement.profile.union, agreement.profile.workforce
    total, women = workforce.total, workforce.women
    if norm is None or not union.exists or union.women_committee is not False or not total or not women:
        return
    if women > total - women:
        yield finding(
            RULE.id,
            f"职工{total}人中女职工{women}人，工会还没有女职工委员会；女职工人数较多的，可以建立",
            path="union.women_committee",
            norm=norm,
            hint="由工会决定是否建立；不建立的，在工会委员会中设女职工委员",
            severity=Severity.ADVICE,
        )


RULE = Rule(
    "women-committee",
    "subject",
    Severity.ADVICE,
    "工会女职工委员会",
    "女职工人数较多的，工会可以建立女职工委员会，较少的在工会委员会中设女职工委员。法律没有写多少算较多，女职工多于男职工而没有建立的，给出提示。",
    run,
)
