"""Nothing that the law demands of the agreement was left out."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.agreement.layout import basis_text
from contractgen.agreement.select import law_holds
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Location, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """An error for each statutory clause left out, advice for each other one."""
    for position, (clause, reason) in enumerate(agreement.left_out):
        statutory = clause.weight == "statutory"
        views = [one.view for one in agreement.workplaces if law_holds(clause, one.view)] or [agreement.view]
        basis = tuple((one, views[0].get(one.key) if one.key else None) for one in clause.basis)
        yield Finding(
            RULE.id,
            Severity.ERROR if statutory else Severity.ADVICE,
            f"没有选用{clause.weight_title}条款“{clause.title}”（{clause.id}），理由：{reason}",
            Location(place="选用条款"),
            source=basis_text(basis, agreement.frame["notes"]["agreed"]),
            hint="法定内容不能省去，请恢复这一条款" if statutory else "请确认双方都同意不写这一条",
            path=f"clauses.leave_out.{position}",
        )


RULE = Rule(
    "statutory-clause",
    "content",
    Severity.ERROR,
    "法定内容不得省去",
    "法律要求集体合同具备的内容必须保留；示范条款和协商条款可以不选，但要写明理由。",
    run,
)
