"""The formal text is signed after the vote; after an objection, anew after the new vote."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, votes
from contractgen.findings import Finding, Severity

HINTS = {
    False: "草案通过以后再签订正式文本；签订日写成草案签署日的，请更正",
    True: "修改后的文本重新表决通过以后，由双方首席代表重新签订，signing_day 写重新签订的日期",
}


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a signing day before the vote or the new vote, and for one that an objection has overtaken."""
    norm = agreement.view.get("sign_after_congress")
    signing = agreement.profile.agreement.signing_day
    if norm is None or signing is None:
        return
    for vote in votes(agreement):
        voted = vote.congress.day
        if voted is not None and signing < voted:
            yield finding(
                RULE.id,
                f"{vote.word}签订日{signing}早于职工代表大会（职工大会）表决日{voted}",
                path="agreement.signing_day",
                norm=norm,
                hint=HINTS[bool(vote.word)],
            )
    objection = agreement.profile.bargaining.objection
    again = objection.congress.day
    if objection.day is not None and signing <= objection.day and (again is None or signing >= again):
        yield finding(
            RULE.id,
            f"签订日{signing}不晚于收到异议的{objection.day}，是异议以前的签订；修改后的文本还没有重新签订的日期",
            path="agreement.signing_day",
            norm=norm,
            hint=HINTS[True],
            severity=Severity.WARNING,
        )


RULE = Rule(
    "signed-after-vote",
    "procedure",
    Severity.ERROR,
    "先表决后签订",
    "正式文本在职工代表大会或者职工大会通过以后，由双方首席代表签订；表决前签署的只是草案。提出异议的，修改后的文本重新表决以后重新签订。",
    run,
)
