"""The sides are balanced: the employer's side not larger (Shanghai), or both of one size (elsewhere)."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, representatives
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding where the balance that the place asks for is missing."""
    employees = len(representatives(agreement, "employees"))
    employer = len(representatives(agreement, "employer"))
    if not employees or not employer:
        return
    not_more = agreement.view.get("employer_representatives_not_more")
    parity = agreement.view.get("representatives_parity")
    counts = f"职工方{employees}人、企业方{employer}人"
    if not_more is not None:
        if employer > employees:
            yield finding(
                RULE.id,
                f"企业方协商代表多于职工方（{counts}）",
                path="bargaining.representatives",
                norm=not_more,
                hint="减少企业方代表，或者增加职工方代表",
            )
    elif parity is not None and employer != employees:
        yield finding(
            RULE.id,
            f"双方协商代表人数不对等（{counts}）",
            path="bargaining.representatives",
            norm=parity,
            hint="使双方人数相同",
        )


RULE = Rule(
    "representatives-balance",
    "subject",
    Severity.ERROR,
    "双方代表人数的比例",
    "上海规定企业方的协商代表不得多于职工方；没有这样规定的地方，按双方人数对等掌握。",
    run,
)
