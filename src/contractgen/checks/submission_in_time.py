"""The agreement was submitted within the days of the place, counted from the event of the place."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.limits import overdue
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Severity

FIRST, ANEW = "bargaining.submission_day", "bargaining.objection.resubmission_day"
SIGNED = "agreement.signing_day"
EVENTS = {  # event of the law: where its day stands in the profile, the first time and after an objection
    "notice_received": ("bargaining.notice_day", "bargaining.objection.notice_day"),
    "adopted": ("bargaining.congress.day", "bargaining.objection.congress.day"),
    "signed": (SIGNED, SIGNED),
}


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a submission after the last day; after an objection the clock begins again for the new text."""
    norm = agreement.view.get("submission_deadline")
    first, again = EVENTS.get(norm.starts, ("", "")) if norm is not None else ("", "")
    objected = agreement.profile.bargaining.objection.day is not None
    rounds = [(first, FIRST, "报送日")] if not (objected and first == again) else []
    rounds += [(again, ANEW, "重新报送日")] if objected else []
    for event, submission, what in rounds:
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
