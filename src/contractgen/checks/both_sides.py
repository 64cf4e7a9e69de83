"""Nobody sits on both sides, and nobody on the side of those whom he leads against."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, representatives
from contractgen.findings import Finding, Severity

PATH = "bargaining.representatives"


def run(agreement: Agreement) -> Iterator[Finding]:
    """An error for a person named on both sides, a warning for the head of one side on the other."""
    employees = {one.name for one in representatives(agreement, "employees")}
    employer = {one.name for one in representatives(agreement, "employer")}
    norm = agreement.view.get("reps_no_dual_role")
    for name in sorted(str(one) for one in employees & employer):
        yield finding(
            RULE.id,
            f"“{name}”同时是双方的协商代表",
            path=PATH,
            norm=norm,
            hint="一方另派代表；是同名的两个人的，在姓名后注明部门",
        )
    profile = agreement.profile
    heads = (
        (profile.employer.legal_representative, employees - employer, "职工方", "用人单位的法定代表人"),
        (profile.union.chair, employer - employees, "企业方", "工会主席"),
    )
    for head, side, title, office in heads:
        if head in side:
            yield finding(
                RULE.id,
                f"{title}协商代表“{head}”是{office}",
                path=PATH,
                norm=norm,
                hint="核对所属一方（side）；是同名的两个人的，在姓名后注明部门",
                severity=Severity.WARNING,
            )


RULE = Rule(
    "both-sides",
    "subject",
    Severity.ERROR,
    "代表不得兼任",
    "一个人不得同时担任双方的协商代表；法定代表人列在职工方、工会主席列在企业方的，提示核对。",
    run,
)
