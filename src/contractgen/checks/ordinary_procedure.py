"""Where the place has simpler procedures, such an agreement is still bargained in the ordinary one."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """Advice while no meeting is told where the ordinary procedure is the only one for such an agreement."""
    norm = agreement.view.get("ordinary_procedure_required")
    if norm is not None and not agreement.profile.bargaining.meetings:
        yield finding(
            RULE.id,
            "签订专项集体合同应当采用普通程序，不能用电话、网络等简易程序代替协商会议；还没有写明协商会议",
            path="bargaining.meetings",
            norm=norm,
            hint="举行协商会议后，在 bargaining 的 meetings 下写日期、地点和记录",
            severity=Severity.ADVICE,
        )


RULE = Rule(
    "ordinary-procedure",
    "procedure",
    Severity.ADVICE,
    "采用普通程序",
    "有的地方另有简易程序和应急程序，签订集体合同仍要用普通程序（江苏，据公开报道）。",
    run,
)
