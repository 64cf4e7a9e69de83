"""Each side has one chief of its own people; who that is, the place says."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import SIDES, Rule, finding, representatives
from contractgen.findings import Finding, Severity

PATH = "bargaining.representatives"


def run(agreement: Agreement) -> Iterator[Finding]:
    """Findings for a missing chief, an outside chief, and a chief who does not hold the office that the place names."""
    for side, title in SIDES.items():
        named = representatives(agreement, side)
        chiefs = [one for one in named if one.chief]
        if named and not chiefs:
            yield finding(
                RULE.id,
                f"{title}没有首席代表",
                path=PATH,
                norm=agreement.view.get("chief_rep_per_side"),
                hint="在一名代表下写 chief: 是",
            )
        for chief in chiefs:
            if chief.outside:
                yield finding(
                    RULE.id,
                    f"{title}首席代表“{chief.name}”是外聘人员",
                    path=PATH,
                    norm=agreement.view.get("chief_representative_not_outside"),
                    hint="首席代表由本单位人员担任",
                )
    yield from _employees(agreement)
    yield from _employer(agreement)


def _employees(agreement: Agreement) -> Iterator[Finding]:
    """The union's chair, where the place leaves no choice."""
    norm = agreement.view.get("chief_representative_is_union_chair")
    chief, chair = agreement.profile.bargaining.employees_chief, agreement.profile.union.chair
    if norm is not None and chief is not None and chief.name and chair and chief.name != chair:
        yield finding(
            RULE.id,
            f"职工方首席代表是“{chief.name}”，不是工会主席“{chair}”",
            path=PATH,
            norm=norm,
            hint="由工会主要负责人担任首席代表，当地规定没有写可以委托他人；如果名字写错，请更正",
        )


def _employer(agreement: Agreement) -> Iterator[Finding]:
    """The legal representative or the head of the employer, where the place leaves no other choice."""
    norm = agreement.view.get("employer_chief_is_head")
    chief = agreement.profile.bargaining.employer_chief
    legal = agreement.profile.employer.legal_representative
    if norm is None or chief is None or not chief.name or not legal or chief.name == legal:
        return
    yield finding(
        RULE.id,
        f"企业方首席代表“{chief.name}”不是法定代表人“{legal}”",
        path=PATH,
        norm=norm,
        hint=f"“{chief.name}”是单位主要负责人的，可以担任，请核对任职文件；不是的，改由法定代表人或者主要负责人担任",
        severity=Severity.WARNING,
    )
    another = agreement.view.get("consultation_employer_chief_or_delegate")
    if another is not None and agreement.profile.bargaining.authority.employer_day is not None:
        yield finding(
            RULE.id,
            "当地另一部法规写的是法定代表人或者其委托人可以担任首席代表，两部不一致",
            path="bargaining.authority.employer_day",
            norm=another,
            hint="报送前请问清当地人力资源社会保障部门，委托书随同报送",
            severity=Severity.ADVICE,
        )


RULE = Rule(
    "chief-representative",
    "subject",
    Severity.ERROR,
    "首席代表",
    "每方有一名首席代表，不得由外聘人员担任；职工方一般由工会主席担任，企业方一般由法定代表人担任，能不能委托他人看当地规定。",
    run,
)
