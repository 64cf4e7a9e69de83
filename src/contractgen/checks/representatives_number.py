"""Each side has at least as many representatives as the place's rule asks for (Shanghai: 3)."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import SIDES, Rule, finding, representatives
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """Findings for each side that names too few representatives; nobody named yet is not a finding."""
    norm = agreement.view.get("representatives_minimum")
    if norm is None or norm.value is None:
        return
    for side, title in SIDES.items():
        count = len(representatives(agreement, side))
        if 0 < count < norm.value:
            yield finding(
                RULE.id,
                f"{title}协商代表{count}人，少于{norm.value}人",
                path="bargaining.representatives",
                norm=norm,
                hint=f"增加{title}协商代表到{norm.value}人以上",
            )


RULE = Rule(
    "representatives-number",
    "subject",
    Severity.ERROR,
    "每方协商代表人数",
    "每一方的协商代表不得少于当地规定的人数。人数不足，协商主体不合格，报送时会被退回。",
    run,
)
