"""No number of the agreement is worse for the worker than the law of a place of work on the law day."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement, Value, Workplace
from contractgen.checks.rule import Rule, finding, standard_of
from contractgen.findings import Finding, Severity

WORSE = {"minimum": "低于", "maximum": "超过", "exact": "不同于"}


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for each number below a minimum, above a maximum, or other than an exact value, at each place of work."""
    told: set[tuple[str, object]] = set()
    for workplace in agreement.workplaces:
        own = {f"{group}.{name}" for name, (_, group) in workplace.terms.items()}
        for value in workplace.values.values():
            if value.verdict in ("below", "differs", "unmeasured") and (value.path, value.floor) not in told:
                told.add((value.path, value.floor))
                yield _finding(agreement, workplace, value)
            elif value.path in own and value.worse_than(agreement.values[value.name]):
                yield _below_text(agreement.values[value.name], workplace, value)
    yield from _second_floors(agreement)


def _second_floors(agreement: Agreement) -> Iterator[Finding]:
    """A finding for each clause that brings one of two floors that hold at once, and not the other."""
    from contractgen.law import describe

    for provision in agreement.provisions:
        view = agreement.view_of(provision)
        for name in provision.values:
            norm = view.get(name)
            other = view.get(norm.together_with) if norm is not None else None
            if norm is not None and other is not None and other.key not in provision.values:
                yield finding(
                    RULE.id,
                    f"只写了“{norm.title}”{describe(norm)}，没有写同时适用的“{other.title}”{describe(other)}",
                    place=provision.label,
                    norm=other,
                    hint="两道底线写在同一条款里，缺一不可；请修正条款库",
                )


def _below_text(text: Value, workplace: Workplace, value: Value) -> Finding:
    return finding(
        RULE.id,
        f"为{workplace.title}约定的“{value.title}”{value.text}，比正文的{text.text}差",
        path=value.path,
        hint="约定得比正文更好，或者删去这一行",
    )


def _finding(agreement: Agreement, workplace: Workplace, value: Value) -> Finding:
    from contractgen.law import describe

    norm = value.floor
    assert norm is not None
    several = len(agreement.workplaces) > 1
    where = f"，在{workplace.title}" if several else "，"
    own = "，各工作地点采用当地的标准" if several else "，采用这一标准"
    standard = standard_of(norm)
    if value.verdict == "unmeasured":
        message = f"“{value.title}”{value.text}{where}无法与{standard}比较：计算的单位或者基数不同"
        hint = f"删去这一行{own}，或者按照{describe(norm)}的单位约定"
    else:
        message = f"“{value.title}”{value.text}{where}{WORSE[norm.bound]}{standard}{_also(value)}"
        hint = f"改为{describe(norm)}，或者删去这一行{own}"
    if workplace is not agreement.workplaces[0]:
        hint += "；只为该地约定另一个数的，写在该工作地点的 terms 里"
    return finding(RULE.id, message, path=value.path, norm=norm, hint=hint)


def _also(value: Value) -> str:
    """The wider floor that was compared with its text, where the nearer one is a report and both are missed."""
    under = value.verified_floor
    if under is None or under is value.floor or under.met_by(value.number):
        return ""
    return f"，也{WORSE[under.bound]}{standard_of(under)}"


RULE = Rule(
    "legal-minimum",
    "content",
    Severity.ERROR,
    "不低于法定标准",
    "合同约定的每个数值与签订日各工作地点的法定标准逐一比对：最低标准不得低于，最高限度不得超过，单位或者基数不同的不能相比；同一待遇有两道底线的，两道都要写入、都要达到。据公开报道的标准同样比对，并注明待核。",
    run,
)
