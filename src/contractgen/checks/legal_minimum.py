"""No number of the agreement is worse for the worker than the law of the place on the law day."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for each number below a minimum, above a maximum, or other than an exact value."""
    from contractgen.law import describe

    for value in agreement.values.values():
        norm = value.floor
        if norm is None or value.origin == "law" or norm.met_by(value.number):
            continue
        yield finding(
            RULE.id,
            f"“{value.title}”{value.text}，不符合{norm.place_title}法定标准{describe(norm)}",
            path=value.path,
            norm=norm,
            hint=f"改为{describe(norm)}，或者删去这一行，采用法定标准",
        )


RULE = Rule(
    "legal-minimum",
    "content",
    Severity.ERROR,
    "不低于法定标准",
    "合同约定的每个数值与签订日当地法定标准逐一比对：最低标准不得低于，最高限度不得超过。据公开报道的标准同样比对，并注明待核。",
    run,
)
