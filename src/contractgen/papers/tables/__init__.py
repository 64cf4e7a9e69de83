"""Tables of papers whose rows are computed. ``TABLES`` maps the name that stands behind ``::: table`` to a function.

A function gets the ``Context`` of a paper and gives ``Computed``: rows of cells, one for each column of the header in the
text. A cell that is left to be written by hand is ``Cell(())``. Words stand in the texts or in ``frame.yaml``, law in the
law files; a function only chooses, orders and joins.
"""

from __future__ import annotations

from collections.abc import Callable

from contractgen.papers.model import Computed, Context
from contractgen.papers.tables import course, duties, issues, people, topics

Table = Callable[[Context], Computed]

TABLES: dict[str, Table] = {
    "attendance": people.attendance,
    "beyond-law": topics.beyond_law,
    "changes": topics.changes,
    "concerns": topics.concerns,
    "concerns-summary": topics.concerns_summary,
    "congress-attendance": course.congress_attendance,
    "duties": duties.duties,
    "duties-once": duties.duties_once,
    "employees-representatives": people.employees_representatives,
    "employer-representatives": people.employer_representatives,
    "exceeds": topics.exceeds,
    "hazardous-posts": course.hazardous_posts,
    "issues": issues.issues,
    "meetings": course.meetings,
    "outline": topics.outline,
    "receipts": course.receipts,
    "report": topics.report,
    "reported": topics.reported,
    "representatives": people.representatives,
    "representatives-facts": people.representatives_facts,
    "thresholds": course.thresholds,
    "topics": topics.topics,
}
