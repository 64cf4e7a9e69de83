"""The agreement was submitted within the days of the place, counted from the event of the place."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.limits import overdue
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Severity

FIRST, ANEW = "bargaining.submission_day", "bargaining.objection.resubmission_day"
SIGNED = "agreement.signing_day"
EVENTS = {  # event of the law: where its day stands in the profile
    "notice_received": "bargaining.notice_day",
    "adopted": "bargaining.congress.day",
    "signed": SIGNED,
}


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a submission after the last day; a text that was signed anew is submitted anew."""
    norm = agreement.view.get("submission_deadline")
    event = EVENTS.get(norm.starts) if norm is not None else None
    again = event == SIGNED and agreement.profile.bargaining.objection.day is not None
    submission, what = (ANEW, "重新报送日") if again else (FIRST, "报送日")
    yield from overdue(
        agreement,
        RULE.id,
        norm,
        agreement.profile.at(event) if event else None,
        agreement.profile.at(submission),
        what=what,
        path=submission,
        hint="还没有报送的，提前报送；已经报送的，在协商过程说明中写明原因",
    )


RULE = Rule(
    "submission-in-time",
    "procedure",
    Severity.WARNING,
    "报送期限",
    "合同应当在当地规定的期限内报送人力资源社会保障部门；期限有的地方从双方签字起算，有的地方从收到通过情况的书面告知起算。",
    run,
)
