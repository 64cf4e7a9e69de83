"""The sides are balanced as the place asks: the employer's side not larger, or both of one size."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, representatives
from contractgen.findings import Finding, Severity

PATH = "bargaining.representatives"


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding where the balance that the place asks for is missing; advice where two of its rules differ."""
    employees = len(representatives(agreement, "employees"))
    employer = len(representatives(agreement, "employer"))
    if not employees or not employer or employees == employer:
        return
    not_more = agreement.view.get("employer_representatives_not_more")
    parity = agreement.view.get("representatives_parity")
    another = agreement.view.get("consultation_sides_equal")
    counts = f"职工方{employees}人、企业方{employer}人"
    if not_more is not None and employer > employees:
        yield finding(
            RULE.id,
            f"企业方协商代表多于职工方（{counts}）",
            path=PATH,
            norm=not_more,
            hint="减少企业方代表，或者增加职工方代表",
        )
    elif not_more is None and parity is not None:
        yield finding(
            RULE.id,
            f"双方协商代表人数不对等（{counts}）",
            path=PATH,
            norm=parity,
            hint="使双方人数相同",
        )
    elif not_more is not None and another is not None:
        yield finding(
            RULE.id,
            f"双方协商代表人数不相等（{counts}）；当地另一部法规写的是人数相等，两部不一致",
            path=PATH,
            norm=another,
            hint="人数相等的，两部法规都符合；不相等的，报送前请问清当地人力资源社会保障部门",
            severity=Severity.ADVICE,
        )


RULE = Rule(
    "representatives-balance",
    "subject",
    Severity.ERROR,
    "双方代表人数的比例",
    "有的地方规定企业方的协商代表不得多于职工方，有的地方规定双方人数对等，按当地规定检查。",
    run,
)
