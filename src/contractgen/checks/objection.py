"""After an objection of the authority: a new vote on the amended text, and a new submission."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import NEW_VOTE, Agreement, untold
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity
from contractgen.law import deadline, is_late
from contractgen.profile import field_title

PATH = "bargaining.objection"
ELSEWHERE = (".secret_ballot", ".draft_signed_day")  # other rules ask for them


def run(agreement: Agreement) -> Iterator[Finding]:
    """Findings for an objection without its matters, its new vote and its new submission, or out of time."""
    again = agreement.profile.bargaining.objection
    if again.day is None:
        if agreement.profile.at(NEW_VOTE).votes_for is not None or again.resubmission_day is not None:
            yield finding(
                RULE.id,
                "填写了重新表决或者重新报送，没有写明收到异议的日期",
                path=PATH,
                hint="按审查意见书的签收记录，在 objection 下写 day",
                severity=Severity.WARNING,
            )
        return
    if again.matters is None:
        yield finding(
            RULE.id,
            "没有写明提出异议的事项",
            path=PATH,
            norm=agreement.view.get("refile_after_objection"),
            hint="按审查意见书，在 objection 下写 matters",
            severity=Severity.WARNING,
        )
    yield from _in_time(agreement)
    yield from _new_vote(agreement)


def _in_time(agreement: Agreement) -> Iterator[Finding]:
    norm = agreement.view.get("authority_review")
    bargaining = agreement.profile.bargaining
    filed, objected = bargaining.submission_day, bargaining.objection.day
    if norm is None or norm.value is None or filed is None or objected is None:
        return
    calendar = agreement.view.calendar
    if is_late(norm, filed, objected, calendar) is True:
        last = deadline(norm, filed, calendar)
        yield finding(
            RULE.id,
            f"{objected}收到异议，已过审查期（到{last}止）",
            path=f"{PATH}.day",
            norm=norm,
            hint="核对报送和收到异议的日期；审查期内没有异议的合同已经生效，请问清人力资源社会保障部门",
            severity=Severity.WARNING,
        )


def _new_vote(agreement: Agreement) -> Iterator[Finding]:
    profile, view = agreement.profile, agreement.view
    bargaining = profile.bargaining
    norm = view.get("change_needs_new_vote") or view.get("collective_contract_draft_to_congress")
    went_on = bargaining.objection.resubmission_day is not None or bargaining.in_force_day is not None
    asked = [one for one in untold(profile, view, NEW_VOTE) if not one.endswith(ELSEWHERE)]
    if asked:
        missing = "、".join(field_title(one) for one in asked)
        yield finding(
            RULE.id,
            f"人力资源社会保障部门提出了异议，修改后的文本没有重新表决，或者没有写全（缺{missing}）",
            path=PATH,
            norm=norm,
            hint="就异议重新协商，修改后的文本按第一次的程序重新表决，在 objection 的 congress 下填写",
            severity=Severity.ERROR if went_on else Severity.WARNING,
        )
    elif bargaining.objection.resubmission_day is None and bargaining.in_force_day is not None:
        yield finding(
            RULE.id,
            "提出异议以后没有重新报送，合同不能生效",
            path="bargaining.in_force_day",
            norm=view.get("refile_after_objection"),
            hint="重新报送后在 objection 下写 resubmission_day；审查期从这天重新起算",
        )


RULE = Rule(
    "objection-new-vote",
    "procedure",
    Severity.ERROR,
    "异议后的重新表决和报送",
    "人力资源社会保障部门提出异议的，双方就异议事项重新协商，修改后的文本重新表决、重新报送；重新表决的人数另行核对。",
    run,
    stops_final=True,
)
