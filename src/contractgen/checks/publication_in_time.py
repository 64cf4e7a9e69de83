"""Once in force, the agreement is published, within the days of the place where it sets some."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.limits import overdue
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity
from contractgen.law import limit_label


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a late publication; advice where it is not told yet."""
    limit, duty = agreement.view.get("publication_deadline"), agreement.view.get("publication")
    bargaining = agreement.profile.bargaining
    yield from overdue(
        agreement,
        RULE.id,
        limit,
        bargaining.in_force_day,
        bargaining.publication_day,
        what="公布日",
        path="bargaining.publication_day",
        hint="核对生效和公布的日期；确已逾期的，尽快向全体职工补作说明",
    )
    norm = limit or duty
    if norm is not None and bargaining.in_force_day is not None and bargaining.publication_day is None:
        days = f"（{limit_label(norm)}）" if norm.value is not None else ""
        yield finding(
            RULE.id,
            f"合同已经生效，应当及时向全体职工公布{days}",
            path="bargaining.in_force_day",
            norm=norm,
            hint="公布以后在 bargaining 下写 publication_day",
            severity=Severity.ADVICE,
        )


RULE = Rule(
    "publication-in-time",
    "procedure",
    Severity.WARNING,
    "生效后公布",
    "合同生效后应当向全体职工公布；有的地方规定了期限，从生效之日起算。",
    run,
)
