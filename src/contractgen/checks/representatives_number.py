"""Each side has at least as many representatives as the place asks for; some places ask large employers for more."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import SIDES, Rule, finding, representatives
from contractgen.findings import Finding, Severity

PATH = "bargaining.representatives"


def run(agreement: Agreement) -> Iterator[Finding]:
    """Findings for each side that names too few representatives; nobody named yet is not a finding."""
    norm = agreement.view.get("representatives_minimum")
    larger = agreement.view.get("representatives_minimum_above_scale")
    above = agreement.profile.workforce.above_scale
    counts = {title: len(representatives(agreement, side)) for side, title in SIDES.items()}
    asked = larger if larger is not None and above else norm
    few = [(title, n) for title, n in counts.items() if n and asked and asked.value and n < asked.value]
    for title, count in few:
        yield finding(
            RULE.id,
            f"{title}协商代表{count}人，少于{asked.value}人",
            path=PATH,
            norm=asked,
            hint=f"增加{title}协商代表到{asked.value}人以上",
        )
    if larger is not None and larger.value is not None and above is None and not few:
        short = [f"{title}{count}人" for title, count in counts.items() if 0 < count < larger.value]
        if short:
            yield finding(
                RULE.id,
                f"规模以上企业每方不少于{larger.value}名协商代表，现有{'、'.join(short)}；没有写明是不是规模以上企业",
                path=PATH,
                norm=larger,
                hint="在 workforce 下写 above_scale: 是 或者 否",
                severity=Severity.WARNING,
            )


RULE = Rule(
    "representatives-number",
    "subject",
    Severity.ERROR,
    "每方协商代表人数",
    "每一方的协商代表不得少于当地规定的人数；有的地方对规模以上企业要求更多。人数不足，协商主体不合格，报送时会被退回。",
    run,
)
