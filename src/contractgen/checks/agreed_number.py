"""A number that the parties set where the law sets none is a number that somebody can perform."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity

BROKEN = ("below", "differs", "unmeasured")  # legal-minimum speaks of these


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for an agreed number of nothing or less, and for one that its unit cannot hold."""
    from contractgen.law import most_of

    values = {value.path: value for one in agreement.workplaces for value in one.values.values()}
    for value in values.values():
        if value.origin != "agreed" or value.verdict in BROKEN:
            continue
        most = most_of(value.unit)
        if value.number <= 0:
            yield finding(
                RULE.id, f"“{value.title}”写的是{value.text}", path=value.path, hint="写一个大于零的数"
            )
        elif most is not None and value.number > most:
            yield finding(
                RULE.id,
                f"“{value.title}”{value.text}，不可能这样履行",
                path=value.path,
                hint="请核对这个数字",
            )


RULE = Rule(
    "agreed-number",
    "content",
    Severity.ERROR,
    "约定的数值可以履行",
    "双方约定的数值应当大于零；比例不超过百分之百，时刻不超过二十四时，一次的天数不超过一年。",
    run,
)
