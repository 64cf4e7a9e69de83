"""Where the place says so, both chiefs sign the draft before it goes to the delegates and to the vote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, Vote, finding, votes
from contractgen.findings import Finding, Severity

if TYPE_CHECKING:
    from contractgen.law import Norm


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for each vote before which the draft was not signed, or went out unsigned."""
    norm = agreement.view.get("draft_signed_then_to_congress")
    if norm is not None:
        for vote in votes(agreement):
            yield from _judged(vote, norm)


def _judged(vote: Vote, norm: Norm) -> Iterator[Finding]:
    voted, signed, sent = vote.congress.day, vote.signed_day, vote.papers_sent_day
    if signed is None:
        if voted is not None:
            yield finding(
                RULE.id,
                f"{vote.word}没有写明双方首席代表签署草案的日期",
                path=f"{vote.path}.day",
                norm=norm,
                hint=f"填写 {vote.signed_path}",
            )
    elif voted is not None and signed > voted:
        yield finding(
            RULE.id,
            f"{vote.word}草案签署日{signed}晚于职工代表大会召开日{voted}",
            path=vote.signed_path,
            norm=norm,
            hint="先由双方首席代表签署草案，再重新提交讨论；日期写错的请更正",
        )
    elif sent is not None and signed > sent:
        yield finding(
            RULE.id,
            f"{vote.word}草案{sent}已经送交代表，{signed}才由双方首席代表签署",
            path=vote.signed_path,
            norm=norm,
            hint="签署的文本与送交的文本逐字核对，有改动的重新送交；日期写错的请更正",
            severity=Severity.WARNING,
        )


RULE = Rule(
    "draft-signed-first",
    "procedure",
    Severity.ERROR,
    "草案先签署后提交",
    "有的地方规定草案经双方首席代表签署后，才作为正式文本提交职工代表大会或者全体职工讨论。",
    run,
)
