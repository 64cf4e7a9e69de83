"""Outside professionals are at most the share of their own side that the place allows."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import SIDES, Rule, finding, representatives, share
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for each side with too many outsiders: of 5 at most 1, of 6 at most 2."""
    norm = agreement.view.get("outside_representatives_maximum")
    if norm is None or norm.value is None:
        return
    for side, title in SIDES.items():
        named = representatives(agreement, side)
        outside = sum(one.outside for one in named)
        if named and not norm.met_by(share(outside, len(named))):
            allowed = int(len(named) * norm.value)
            yield finding(
                RULE.id,
                f"{title}{len(named)}名代表中外聘{outside}人，最多可以外聘{allowed}人",
                path="bargaining.representatives",
                norm=norm,
                hint="由本单位人员担任代表，外聘人员改作顾问",
            )


RULE = Rule(
    "outside-representatives",
    "subject",
    Severity.ERROR,
    "外聘代表的比例",
    "外聘专业人员担任协商代表，不得超过当地规定的份额，按本方代表人数计算。",
    run,
)
