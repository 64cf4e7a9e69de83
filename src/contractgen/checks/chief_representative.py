"""Each side has one chief of its own; the employees' chief is the union's chair."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import SIDES, Rule, finding, representatives
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """Findings for a missing chief, an outside chief, and an employees' chief who is not the union's chair."""
    for side, title in SIDES.items():
        named = representatives(agreement, side)
        chiefs = [one for one in named if one.chief]
        if named and not chiefs:
            yield finding(
                RULE.id,
                f"{title}没有首席代表",
                path="bargaining.representatives",
                hint="在一名代表下写 chief: true",
            )
        for chief in chiefs:
            if chief.outside:
                yield finding(
                    RULE.id,
                    f"{title}首席代表“{chief.name}”是外聘人员",
                    path="bargaining.representatives",
                    norm=agreement.view.get("chief_representative_not_outside"),
                    hint="首席代表由本单位人员担任",
                )
    norm = agreement.view.get("chief_representative_is_union_chair")
    chair = agreement.profile.at("union.chair")
    chiefs = [one for one in representatives(agreement, "employees") if one.chief]
    if norm is not None and chair and chiefs and chiefs[0].name != chair:
        yield finding(
            RULE.id,
            f"职工方首席代表是“{chiefs[0].name}”，不是工会主席“{chair}”",
            path="bargaining.representatives",
            norm=norm,
            hint="由工会主要负责人担任首席代表；如果名字写错，请更正",
        )


RULE = Rule(
    "chief-representative",
    "subject",
    Severity.ERROR,
    "首席代表",
    "每方有一名首席代表，不得由外聘人员担任；建立工会的，职工方首席代表由工会主要负责人担任。",
    run,
)
