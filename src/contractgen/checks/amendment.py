"""An amendment has its grounds, on which both sides agreed."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """Findings for an amendment without grounds, and for one voted on before both sides agreed."""
    facts, bargaining = agreement.profile.agreement, agreement.profile.bargaining
    if facts.occasion != "amendment":
        return
    voted = bargaining.congress.day is not None
    if facts.grounds is None:
        yield finding(
            RULE.id,
            "变更合同，没有写明变更的理由",
            path="agreement.occasion",
            norm=agreement.view.get("change_grounds"),
            hint="在 agreement 下写 grounds；理由要有证明材料",
            severity=Severity.ERROR if voted else Severity.WARNING,
        )
    if voted and bargaining.settled_day is None and bargaining.draft_signed_day is None:
        yield finding(
            RULE.id,
            "变更合同，没有写明双方协商一致的日期",
            path="bargaining.congress.day",
            norm=agreement.view.get("change_by_agreement"),
            hint="变更须经双方协商一致，按订立时的程序协商、表决和报送；在 bargaining 下写 settled_day",
        )


RULE = Rule(
    "amendment",
    "procedure",
    Severity.ERROR,
    "变更的理由和协商一致",
    "合同期限内变更，应当有法定或者约定的理由，经双方协商一致，并按订立时的程序重新表决和报送。",
    run,
    stops_final=True,
)
