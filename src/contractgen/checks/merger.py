"""After a merger, division or reorganization both sides bargain about whether the agreement goes on."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity

PATH = "employer.merger_day"


def run(agreement: Agreement) -> Iterator[Finding]:
    """A warning where nobody proposed to bargain since; advice where the place has no rule of its own."""
    merged = agreement.profile.employer.merger_day
    proposed = agreement.profile.bargaining.proposal_day
    if merged is None or (proposed is not None and proposed >= merged):
        return
    norm = agreement.view.get("merger_renegotiation")
    since = "没有写明提出协商的日期" if proposed is None else f"协商在此以前（{proposed}）提出"
    yield finding(
        RULE.id,
        f"用人单位{merged}合并、分立或者重组，{since}",
        path=PATH,
        norm=norm,
        hint="由合并、分立、重组后的用人单位与职工方就原合同是否继续履行协商；协商不一致的，重新进行集体协商",
        severity=Severity.ADVICE if norm is None else Severity.WARNING,
    )


RULE = Rule(
    "merger",
    "procedure",
    Severity.WARNING,
    "合并、分立后的协商",
    "用人单位合并、分立、重组以后，有的地方规定应当与职工方就原合同继续履行的事宜协商，协商不一致的重新协商。",
    run,
)
