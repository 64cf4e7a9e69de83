"""The formal text is signed after the vote."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a signing day before the vote."""
    norm = agreement.view.get("sign_after_congress")
    signing, voted = agreement.profile.agreement.signing_day, agreement.profile.bargaining.congress.day
    if norm is not None and signing is not None and voted is not None and signing < voted:
        yield finding(
            RULE.id,
            f"签订日{signing}早于职工代表大会（职工大会）表决日{voted}",
            path="agreement.signing_day",
            norm=norm,
            hint="草案通过以后再签订正式文本；签订日写成草案签署日的，请更正",
        )


RULE = Rule(
    "signed-after-vote",
    "procedure",
    Severity.ERROR,
    "先表决后签订",
    "正式文本在职工代表大会或者职工大会通过以后，由双方首席代表签订；表决前签署的只是草案。",
    run,
)
