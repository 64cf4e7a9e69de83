"""A chief who does not hold the office has it in writing, before he acts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, first_act
from contractgen.findings import Finding, Severity

if TYPE_CHECKING:
    from contractgen.law import Norm


def run(agreement: Agreement) -> Iterator[Finding]:
    """Findings for each chief in the place of another without written authority, or with one that came late."""
    bargaining, view = agreement.profile.bargaining, agreement.view
    authority = bargaining.authority
    chief, legal = bargaining.employer_chief, agreement.profile.employer.legal_representative
    norm = view.get("employer_chief_by_authority")
    if norm is not None and chief is not None and chief.name and legal and chief.name != legal:
        instead = f"企业方首席代表“{chief.name}”不是法定代表人“{legal}”"
        yield from _judged(agreement, instead, authority.employer_day, "employer_day", norm)
    chief, chair = bargaining.employees_chief, agreement.profile.union.chair
    norm = None if "chief_representative_is_union_chair" in view else view.get("employee_chief_rep")
    if norm is not None and chief is not None and chief.name and chair and chief.name != chair:
        instead = f"职工方首席代表“{chief.name}”不是工会主席“{chair}”"
        yield from _judged(agreement, instead, authority.employees_day, "employees_day", norm)


def _judged(
    agreement: Agreement, instead: str, day: datetime.date | None, key: str, norm: Norm
) -> Iterator[Finding]:
    acted = first_act(agreement)
    path = f"bargaining.authority.{key}"
    if day is None:
        yield finding(
            RULE.id,
            f"{instead}，没有写明书面委托的日期",
            path=path,
            norm=norm,
            hint=f"补办委托书，在 bargaining 的 authority 下写 {key}；名字写错的请更正",
            severity=Severity.WARNING if acted is None else Severity.ERROR,
        )
    elif acted is not None and day > acted:
        yield finding(
            RULE.id,
            f"{instead}，{day}才有书面委托，{acted}已经参加协商",
            path=path,
            norm=norm,
            hint="由委托人书面确认此前的协商；日期写错的请更正",
            severity=Severity.WARNING,
        )


RULE = Rule(
    "written-authority",
    "subject",
    Severity.ERROR,
    "首席代表的书面委托",
    "首席代表不是法定代表人、不是工会主席的，当地允许委托时，应当有书面委托，并且在参加协商以前办好。",
    run,
    stops_final=True,
)
