"""Nothing that the law demands of the agreement was left out by the parties."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.agreement.layout import basis_text
from contractgen.agreement.select import law_holds
from contractgen.checks.mandatory_content import lost
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Location, Severity
from contractgen.law import Content


def run(agreement: Agreement) -> Iterator[Finding]:
    """An error for each clause left out that is statutory or the only one to bring what the law demands, else advice."""
    for position, (clause, reason) in enumerate(agreement.left_out):
        contents = lost(agreement, clause)
        demanded = clause.weight == "statutory" or any(one.demand != "usual" for one in contents)
        views = [one.view for one in agreement.workplaces if law_holds(clause, one.view)] or [agreement.view]
        basis = tuple((one, views[0].get(one.key) if one.key else None) for one in clause.basis)
        yield Finding(
            RULE.id,
            Severity.ERROR if demanded else Severity.WARNING if contents else Severity.ADVICE,
            f"没有选用{clause.weight_title}条款“{clause.title}”（{clause.id}）{_lack(contents)}，理由：{reason}",
            Location(place="选用条款"),
            source=basis_text(basis, agreement.frame["notes"]["agreed"]),
            hint=_remedy(demanded),
            path=f"clauses.leave_out.{position}",
        )


def _lack(contents: tuple[Content, ...]) -> str:
    return f"，合同因此缺少{'、'.join(f'“{one.title}”' for one in contents)}" if contents else ""


def _remedy(demanded: bool) -> str:
    return "法定内容不能省去，请恢复这一条款" if demanded else "请确认双方都同意不写这一条"


RULE = Rule(
    "statutory-clause",
    "content",
    Severity.ERROR,
    "法定内容不得省去",
    "法定条款，以及只有它才写到法律要求的内容的条款，必须保留；其他示范条款和协商条款可以不选，但要写明理由。",
    run,
)
