"""The employer's district is one of the place's: its labor authority receives the agreement."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a district that the place does not have; places without a list of districts give none."""
    district = agreement.profile.employer.district
    known = agreement.view.districts
    if district is None or not known or district in known:
        return
    near = difflib.get_close_matches(district, known, n=1, cutoff=0.4)
    yield finding(
        RULE.id,
        f"{agreement.view.title}没有“{district}”",
        path="employer.district",
        hint=f"是不是{near[0]}？"
        if near
        else f"写{'、'.join(known)}之一，或者核对适用哪里的法律（agreement.place）",
    )


RULE = Rule(
    "district",
    "subject",
    Severity.ERROR,
    "用人单位所在区",
    "合同向用人单位所在区的人力资源社会保障部门报送，区名应当属于适用法律的地方。",
    run,
)
