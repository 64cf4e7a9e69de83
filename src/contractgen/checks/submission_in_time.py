"""The agreement was submitted within the days of the place, counted from the event of the place."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.limits import overdue
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Severity
from contractgen.timeline import Course, load_steps

SUBMISSIONS = (  # of each round: the second follows an objection
    ("bargaining.submission_day", "报送日"),
    ("bargaining.objection.resubmission_day", "重新报送日"),
)


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for a submission after the last day; after an objection the clock begins again for the new text."""
    norm = agreement.view.get("submission_deadline")
    today = agreement.today or datetime.date.max
    course = Course(agreement.profile, agreement.view, today, load_steps())
    for round, (submission, what) in enumerate(SUBMISSIONS, start=1):
        if norm is None or (round > 1 and course.objected is None):
            return
        yield from overdue(
            agreement,
            RULE.id,
            norm,
            course.event(norm.starts, round),
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
