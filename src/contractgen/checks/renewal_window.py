"""A renewal is proposed in the time before the end that the place names."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity
from contractgen.law import Unknown, deadline, unit_label

PATH = "bargaining.proposal_day"


def run(agreement: Agreement) -> Iterator[Finding]:
    """Advice for a proposal outside the window: it is a right of either side, not a duty."""
    norm = agreement.view.get("renewal_window")
    facts, proposed = agreement.profile.agreement, agreement.profile.bargaining.proposal_day
    ended = facts.previous.end
    if norm is None or norm.value is None or facts.occasion != "renewal" or ended is None or proposed is None:
        return
    opens = deadline(norm, ended, agreement.view.calendar)
    if isinstance(opens, Unknown) or opens <= proposed <= ended:
        return
    when = (
        f"早于期满前{unit_label(norm.value, norm.unit)}（{opens}起）"
        if proposed < opens
        else f"晚于期满日{ended}"
    )
    yield finding(
        RULE.id,
        f"{proposed}提出续订，{when}",
        path=PATH,
        norm=norm,
        hint="期间以外提出的，对方没有按续订答复的义务；双方都同意协商的，不影响签订",
        severity=Severity.ADVICE,
    )


RULE = Rule(
    "renewal-window",
    "procedure",
    Severity.ADVICE,
    "提出续订的期间",
    "合同期满前若干月或者若干日内，任何一方可以提出重新签订或者续订；这是权利，不是义务。",
    run,
)
