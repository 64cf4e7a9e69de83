"""Delegates had the draft as long ahead of the vote as the place asks for."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, cannot_be_judged, finding, votes
from contractgen.findings import Finding, Severity
from contractgen.law import Unknown, deadline, is_late, unit_label


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for each vote before which the draft was sent too late."""
    norm = agreement.view.get("draft_to_delegates")
    if norm is None or norm.value is None:
        return
    calendar = agreement.view.calendar
    for vote in votes(agreement):
        opens, sent = vote.congress.day, vote.papers_sent_day
        if opens is None or sent is None:
            continue
        late = is_late(norm, opens, sent, calendar)
        if isinstance(late, Unknown):
            what = f"{sent}送交草案是否太晚"
            yield cannot_be_judged(RULE.id, what, late, path=vote.papers_path, norm=norm)
        elif late:
            last = deadline(norm, opens, calendar)
            days = unit_label(norm.value, norm.unit)
            yield finding(
                RULE.id,
                f"{vote.word}草案{sent}才送交代表，最迟应在{last}（会议召开{days}前）",
                path=vote.papers_path,
                norm=norm,
                hint="还没有开会的，推迟开会；已经开会的，重新送交后再次表决；日期写错的请更正",
            )


RULE = Rule(
    "papers-ahead",
    "procedure",
    Severity.ERROR,
    "会前送交草案",
    "提交审议的草案应当在会议召开前规定的日数送交职工代表。",
    run,
)
