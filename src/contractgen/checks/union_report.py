"""The union tells the union above it of the congress, or hands it the agreement."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.limits import overdue
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity
from contractgen.law import limit_label

PATH = "bargaining.union_report_day"


def run(agreement: Agreement) -> Iterator[Finding]:
    """Advice where the report is not told, or came late."""
    bargaining, view = agreement.profile.bargaining, agreement.view
    report, handing_in = view.get("report_to_higher_union"), view.get("report_contract_to_upper_union")
    held, reported = bargaining.congress.day, bargaining.union_report_day
    if not agreement.profile.union.exists:
        return
    if report is not None and held is not None and reported is None:
        yield finding(
            RULE.id,
            f"会议已经在{held}召开，应当向上一级工会报告（{limit_label(report)}）",
            path="bargaining.congress.day",
            norm=report,
            hint="报告以后在 bargaining 下写 union_report_day",
            severity=Severity.ADVICE,
        )
    yield from overdue(
        agreement,
        RULE.id,
        report,
        held,
        reported,
        what="向上一级工会报告的日期",
        path=PATH,
        hint="核对闭会和报告的日期",
        severity=Severity.ADVICE,
    )
    if report is None and handing_in is not None and bargaining.in_force_day is not None and reported is None:
        yield finding(
            RULE.id,
            "合同已经生效，应当把文本报上一级工会",
            path="bargaining.in_force_day",
            norm=handing_in,
            hint="报送以后在 bargaining 下写 union_report_day",
            severity=Severity.ADVICE,
        )


RULE = Rule(
    "union-report",
    "procedure",
    Severity.ADVICE,
    "报上一级工会",
    "有的地方规定，工会应当在闭会后若干日内向上一级工会报告会议情况，或者在合同生效后报送文本。",
    run,
)
