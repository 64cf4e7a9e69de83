"""The agreement is not called in force before the authority's time to object has run."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, cannot_be_judged, finding, last_submission
from contractgen.findings import Finding, Severity
from contractgen.law import Unknown, deadline

PATH = "bargaining.in_force_day"


def run(agreement: Agreement) -> Iterator[Finding]:
    """An error for a day in force within the days of review, or without a submission."""
    norm = agreement.view.get("authority_review")
    bargaining = agreement.profile.bargaining
    in_force, again = bargaining.in_force_day, bargaining.objection
    filed = last_submission(agreement)
    if norm is None or norm.value is None or in_force is None:
        return
    if filed is None:
        if again.day is None:
            yield finding(
                RULE.id,
                f"填写了生效日{in_force}，没有写明报送日",
                path=PATH,
                norm=norm,
                hint="按受理回执写 submission_day；没有报送的合同不能生效",
            )
        return
    last = deadline(norm, filed, agreement.view.calendar)
    if isinstance(last, Unknown):
        yield cannot_be_judged(RULE.id, f"{in_force}时审查期是否已满", last, path=PATH, norm=norm)
    elif in_force <= last:
        earliest = last + datetime.timedelta(days=1)
        yield finding(
            RULE.id,
            f"生效日{in_force}早于审查期满（{filed}报送，审查期到{last}止，最早{earliest}生效）",
            path=PATH,
            norm=norm,
            hint="按受理回执核对报送日，推迟生效日",
        )


RULE = Rule(
    "review-period",
    "procedure",
    Severity.ERROR,
    "审查期满才生效",
    "人力资源社会保障部门自收到文本之日起在规定日数内没有提出异议的，合同才生效；提出异议的，从重新报送起算。",
    run,
)
