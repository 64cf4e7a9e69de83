"""A woman sits on the employees' side."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, representatives
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """An error where the place asks for a woman and there is a women workers' committee, else a warning."""
    named = representatives(agreement, "employees")
    if not named or any(one.sex == "女" for one in named):
        return
    norm = agreement.view.get("woman_representative")
    bound = norm is not None and bool(agreement.profile.at("union.women_committee"))
    yield finding(
        RULE.id,
        "职工方协商代表中没有女性",
        path="bargaining.representatives",
        norm=norm if bound else None,
        hint="至少推选一名女职工担任协商代表",
        severity=Severity.ERROR if bound else Severity.WARNING,
    )


RULE = Rule(
    "woman-representative",
    "subject",
    Severity.ERROR,
    "女性协商代表",
    "建立女职工委员会的，上海要求职工方有女性协商代表；其他情形签女职工专项合同而没有女性代表，提示补选。",
    run,
)
