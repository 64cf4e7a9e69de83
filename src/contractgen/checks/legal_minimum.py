"""No number of the agreement is worse for the worker than the law of a place of work on the law day."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement, Value, Workplace
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for each number below a minimum, above a maximum, or other than an exact value, at each place of work."""
    told: set[tuple[str, object]] = set()
    for workplace in agreement.workplaces:
        for value in workplace.values.values():
            if value.verdict in ("below", "differs", "unmeasured") and (value.name, value.floor) not in told:
                told.add((value.name, value.floor))
                yield _finding(agreement, workplace, value)


def _finding(agreement: Agreement, workplace: Workplace, value: Value) -> Finding:
    from contractgen.law import describe

    norm = value.floor
    assert norm is not None
    several = len(agreement.workplaces) > 1
    where = f"，在{workplace.title}" if several else "，"
    own = "，各工作地点采用当地的法定标准" if several else "，采用法定标准"
    if value.verdict == "unmeasured":
        message = (
            f"“{value.title}”{value.text}{where}无法与法定标准{describe(norm)}比较：计算的单位或者基数不同"
        )
        hint = f"删去这一行{own}，或者按照{describe(norm)}的单位约定"
    else:
        message = f"“{value.title}”{value.text}{where}不符合{norm.place_title}法定标准{describe(norm)}"
        hint = f"改为{describe(norm)}，或者删去这一行{own}"
    return finding(RULE.id, message, path=value.path, norm=norm, hint=hint)


RULE = Rule(
    "legal-minimum",
    "content",
    Severity.ERROR,
    "不低于法定标准",
    "合同约定的每个数值与签订日各工作地点的法定标准逐一比对：最低标准不得低于，最高限度不得超过，单位或者基数不同的不能相比。据公开报道的标准同样比对，并注明待核。",
    run,
)
