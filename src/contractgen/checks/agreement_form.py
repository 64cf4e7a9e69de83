"""The form of the agreement is one that the place's rule names (Jiangsu: a special contract or a chapter)."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A warning for an annex where the rule of the place names other forms only."""
    norm = agreement.view.get("annex_form_not_listed")
    if norm is not None and agreement.profile.agreement.form == "annex":
        yield finding(
            RULE.id,
            f"选用了附件形式，{norm.place_title}的规定没有列附件：{norm.title}",
            path="agreement.form",
            norm=norm,
            hint="改为单独订立（form: standalone）或者专章（form: chapter）",
            severity=Severity.WARNING,
        )


RULE = Rule(
    "agreement-form",
    "content",
    Severity.WARNING,
    "合同采用的形式",
    "国家法律允许专章、附件或者单独订立；当地规定只列其中几种的，采用没有列出的形式要提示。",
    run,
)
