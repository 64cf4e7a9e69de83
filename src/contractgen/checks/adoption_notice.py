"""Where the place asks for it, the employer was told of the adoption in writing before it submits."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a submission without the notice from which its limit runs."""
    norm = agreement.view.get("adoption_notice")
    bargaining = agreement.profile.bargaining
    if norm is not None and bargaining.submission_day is not None and bargaining.notice_day is None:
        yield finding(
            RULE.id,
            "已经报送，没有写明书面告知用人单位讨论通过情况的日期",
            path="bargaining.submission_day",
            norm=norm,
            hint="由职工方首席代表书面告知并由用人单位签收，在 bargaining 下写 notice_day",
        )


RULE = Rule(
    "adoption-notice",
    "procedure",
    Severity.ERROR,
    "通过情况的书面告知",
    "有的地方规定，草案通过后由职工方首席代表把通过情况书面告知用人单位，报送的期限从收到之日起算。",
    run,
)
