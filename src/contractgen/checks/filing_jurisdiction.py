"""A firm that works in several places asks first which authority reviews its agreement."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """Advice where there is more than one place of work and a rule on who reviews."""
    norm = agreement.view.get("filing_jurisdiction")
    if norm is None or not agreement.workplaces[1:]:
        return
    places = "、".join(one.view.title for one in agreement.workplaces)
    yield finding(
        RULE.id,
        f"工作地点在{places}，由哪里的人力资源社会保障部门审查，报送前应当问清：{norm.note or norm.title}",
        path="agreement.other_places",
        norm=norm,
        hint="向用人单位所在地的人力资源社会保障部门询问管辖，工厂所在地是否也要备案一并问清",
        severity=Severity.ADVICE,
    )


RULE = Rule(
    "filing-jurisdiction",
    "procedure",
    Severity.ADVICE,
    "由哪里的部门审查",
    "工作地点在几个省、市的，集体合同由哪一级、哪里的部门审查，按审查管辖的规定确定，报送前应当问清。",
    run,
)
