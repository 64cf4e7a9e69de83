"""The term does not begin before the agreement can have entered into force."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, cannot_be_judged, finding, last_submission
from contractgen.findings import Finding, Severity
from contractgen.law import Unknown, deadline, shifted

PATH = "agreement.start"


def run(agreement: Agreement) -> Iterator[Finding]:
    """A warning where the first day lies before the last submission (or, still to come, signing) plus the review."""
    terms = agreement.profile.agreement
    if terms.occasion == "amendment":  # the term has begun and stays as it is
        return
    norm = agreement.view.get("authority_review")
    handed_in = last_submission(agreement) or _not_before(agreement)
    if norm is None or norm.value is None or terms.start is None or handed_in is None:
        return
    calendar = agreement.view.calendar
    last = deadline(norm, handed_in, calendar)
    if isinstance(last, Unknown):
        yield cannot_be_judged(RULE.id, f"{terms.start}时合同能否生效", last, path=PATH, norm=norm)
    elif terms.start <= last:
        earliest = shifted(last, 1, "calendar_day", calendar)
        yield finding(
            RULE.id,
            f"期限自{terms.start}起算，早于合同可能生效的日期（最早{earliest}）",
            path=PATH,
            norm=norm,
            hint="推迟起始日；不推迟的，合同仍从生效之日起履行",
            severity=Severity.WARNING,
        )


def _not_before(agreement: Agreement) -> datetime.date | None:
    """A submission still to come follows the signing, and the objection where there is one."""
    days = (agreement.profile.agreement.signing_day, agreement.profile.bargaining.objection.day)
    return max((day for day in days if day is not None), default=None)


RULE = Rule(
    "start-day",
    "content",
    Severity.WARNING,
    "起始日与生效日",
    "合同不是签字即生效：劳动行政部门自收到文本之日起在规定日数内没有提出异议的，才生效；提出异议的，从重新报送起算。",
    run,
)
