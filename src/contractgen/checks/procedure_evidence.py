"""Once the vote is held, the facts behind the rules of the place are told: what is not told was not checked."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import SIDES, Rule, finding, representatives
from contractgen.findings import Finding, Severity
from contractgen.profile import field_title

ASKED = (  # a rule of the place, and the fact without which it cannot be checked
    ("proposal_reply", "bargaining.proposal_day"),
    ("proposal_reply", "bargaining.reply_day"),
    ("representatives_named", "bargaining.agreed_day"),
    ("representatives_named", "bargaining.representatives_named_day"),
    ("draft_to_congress", "bargaining.settled_day"),
    ("draft_to_delegates", "bargaining.papers_sent_day"),
)
WOMEN = "bargaining.congress.women_entitled"
MEETING = (("minutes_signed", "day"), ("meeting_notice", "notice_day"))


def run(agreement: Agreement) -> Iterator[Finding]:
    """One warning that lists every fact that is missing after the vote."""
    bargaining = agreement.profile.bargaining
    if bargaining.congress.day is None and bargaining.submission_day is None:
        return
    missing = [*_missing(agreement)]
    if missing:
        told = "、".join(f"{title}（{path}）" for path, title in missing)
        yield finding(
            RULE.id,
            f"已经表决或者报送，以下事实没有填写，有关规定没有核对：{told}",
            path="bargaining",
            hint="按协商、会议和送达的记录补填",
            severity=Severity.WARNING,
        )


def _missing(agreement: Agreement) -> Iterator[tuple[str, str]]:
    """Profile paths with their names."""
    profile, view = agreement.profile, agreement.view
    if not all(representatives(agreement, side) for side in SIDES):
        yield "bargaining.representatives", "双方协商代表的姓名"
    for key, path in ASKED:
        if key in view and profile.at(path) is None:
            yield path, field_title(path)
    congress = profile.bargaining.congress
    share = "women_deputies_not_below" in view and congress.kind == "congress"
    if share and congress.women_entitled is None:
        yield WOMEN, field_title(WOMEN)
    meetings = profile.bargaining.meetings
    for key, name in MEETING:
        paths = [f"bargaining.meetings.{number}.{name}" for number in range(len(meetings))]
        if key in view and not meetings:
            yield f"bargaining.meetings.0.{name}", field_title(f"bargaining.meetings.0.{name}")
        elif key in view:
            yield from ((path, field_title(path)) for path in paths if profile.at(path) is None)


RULE = Rule(
    "procedure-evidence",
    "procedure",
    Severity.WARNING,
    "程序事实齐全",
    "没有填写的事实无从核对：表决以后，当地规定涉及的日期和记录应当写全，没有报错不等于程序合法。",
    run,
)
