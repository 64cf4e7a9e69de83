"""A woman sits on the employees' side where the place asks for one; elsewhere it is advised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, representatives
from contractgen.findings import Finding, Severity

if TYPE_CHECKING:
    from contractgen.law import Norm
    from contractgen.profile import Representative

PATH = "bargaining.representatives"


def run(agreement: Agreement) -> Iterator[Finding]:
    """What the place asks for: a share of women, or a woman where there is a women workers' committee."""
    named = representatives(agreement, "employees")
    if not named:
        return
    share = agreement.view.get("women_representatives_share")
    if share is not None:
        yield from _share(agreement, named, share)
    elif not any(one.sex == "女" for one in named):
        yield from _none(agreement)


def _none(agreement: Agreement) -> Iterator[Finding]:
    """No woman: against the rule of the place, against one that was not seen, or only against good practice."""
    view, committee = agreement.view, bool(agreement.profile.union.women_committee)
    norm = view.get("woman_representative") if committee else None
    unseen = next((one for one in view.unknown() if one.key == "woman_representative"), None)
    told, severity = "；签女职工专项集体合同，宜有女性代表", Severity.ADVICE
    if norm is not None:
        told, severity = "", Severity.ERROR
    elif unseen is not None and committee:
        told = f"；{view.title}的规定（{unseen.source.title}）没有见到，按建议至少有一名女性"
        severity = Severity.WARNING
    yield finding(
        RULE.id,
        f"职工方协商代表中没有女性{told}",
        path=PATH,
        norm=norm,
        hint="至少推选一名女职工担任协商代表",
        severity=severity,
    )


def _share(agreement: Agreement, named: tuple[Representative, ...], norm: Norm) -> Iterator[Finding]:
    """Where women are many, a corresponding share: the text has no number, so only what is plain is an error."""
    workforce = agreement.profile.workforce
    women = sum(one.sex == "女" for one in named)
    total = workforce.total or 0
    here = workforce.women
    most = here is not None and here > total - here
    fitting = len(named) * here // total if here is not None and total else 0
    if women == 0:
        told = f"，女职工{here}人，多于男职工" if most else "；女职工较多的，应当有相应比例的女性"
        yield finding(
            RULE.id,
            f"职工方协商代表中没有女性{told}",
            path=PATH,
            norm=norm,
            hint="按女职工所占的比例推选女性协商代表",
            severity=Severity.ERROR if most else Severity.WARNING,
        )
    elif women < fitting:
        yield finding(
            RULE.id,
            f"职工方{len(named)}名协商代表中女性{women}人，职工{total}人中女职工{here}人，按比例应有{fitting}人",
            path=PATH,
            norm=norm,
            hint="女职工较多的，增加女性代表；条文没有写多少算较多、比例怎样取整，由双方商定",
            severity=Severity.WARNING,
        )


RULE = Rule(
    "woman-representative",
    "subject",
    Severity.ERROR,
    "女性协商代表",
    "有的地方规定建立女职工委员会的应当有女性协商代表，有的地方规定女职工较多的应当有相应比例的女性；当地规定没有见到的，建有女职工委员会而没有女性代表是警告；没有这样规定的，签女职工专项集体合同也宜有女性代表。",
    run,
)
