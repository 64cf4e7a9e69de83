"""What the agreement takes from public reports of a rule whose text was not seen, each with its number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contractgen.agreement import Agreement, Workplace
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Location, Severity

if TYPE_CHECKING:
    from contractgen.law import Norm


def run(agreement: Agreement) -> Iterator[Finding]:
    """Advice for each number that is held against a report, and for each clause that stands because of one."""
    found: dict[tuple[str, str], Finding] = {}
    for workplace in agreement.workplaces:
        for norm, place, text in (*_numbers(agreement, workplace), *_rules(agreement, workplace)):
            message = f"{_where(agreement, workplace, norm)}{text}"
            found.setdefault((norm.key, message), _finding(norm, place, message))
    yield from found.values()


def _numbers(agreement: Agreement, workplace: Workplace) -> Iterator[tuple[Norm, str, str]]:
    from contractgen.law import describe

    for name, place in agreement.printed.items():
        value = workplace.values.get(name)
        norm = value.floor if value else None
        if value is not None and norm is not None and not norm.verified:
            word = "" if norm.bound == "advice" else "为"  # 一般为6个月
            yield norm, place, f"“{norm.title}”据公开报道{word}{describe(norm)}，待核；本合同写{value.stated}"


def _rules(agreement: Agreement, workplace: Workplace) -> Iterator[tuple[Norm, str, str]]:
    """Rules without a number, each where it is met first."""
    told: set[str] = set()
    for provision in agreement.provisions:
        keys = provision.clause.law_has if provision.clause is not None else ()
        for key in keys if workplace.view.place in provision.asked else ():
            norm = workplace.view[key]
            if norm.kind != "value" and not norm.verified and norm.force == "duty" and key not in told:
                told.add(key)
                use = "写有条号，多处报道一致" if norm.printable else "按双方约定写入"
                yield norm, provision.label, f"“{norm.title}”的规定据公开报道，待核；本合同{use}"


def _where(agreement: Agreement, workplace: Workplace, norm: Norm) -> str:
    """The place of work, where there are several and not all of them have the rule."""
    shared = all(one.view.get(norm.key) == norm for one in agreement.workplaces)
    return "" if shared else workplace.title


def _finding(norm: Norm, place: str, message: str) -> Finding:
    return Finding(
        RULE.id,
        Severity.ADVICE,
        message,
        Location(place=place),
        source=norm.source.title,
        hint="签订前请对照官方文本核实；除写有条号的以外，合同中按双方约定印出，不作为法律依据引用",
        group=f"{norm.source.title}的文本没有见到，下列内容据公开报道，待核",
    )


RULE = Rule(
    "reported-law",
    "content",
    Severity.ADVICE,
    "只据公开报道的规定",
    "合同中的数值和条款，所依的规定只见于公开报道、文本没有见到的，逐项列出报道的标准和本合同的标准，供签订前核对；不妨碍定稿。",
    run,
    of_law=True,
)
