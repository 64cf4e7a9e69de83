"""What a rule is: an id, a weight, a title and an explanation that users read, and a function over an agreement.

What can still be mended by doing it again (a vote, a paper) is an error. What can no longer be mended (a day that
has passed) is a warning, so that somebody can answer for it. What is only good practice is advice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from contractgen.agreement import Agreement
from contractgen.findings import Finding, Location, Severity
from contractgen.profile import field_title, is_path

if TYPE_CHECKING:
    import datetime

    from contractgen.law import Norm, Unknown
    from contractgen.profile import Congress, Representative

Group = Literal["subject", "procedure", "content", "text"]
GROUPS: dict[Group, str] = {"subject": "主体", "procedure": "程序", "content": "内容", "text": "文字"}
Side = Literal["employees", "employer"]
SIDES: dict[Side, str] = {"employees": "职工方", "employer": "企业方"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue; ``severity`` is the heaviest that it gives."""

    id: str
    group: Group
    severity: Severity
    title: str
    explanation: str
    run: Callable[[Agreement], Iterator[Finding]]
    stops_final: bool = False  # even its warnings, unless somebody answers for them, stop a final text
    of_law: bool = False  # a draft lists what it finds among the law that is to be compared

    @property
    def group_title(self) -> str:
        """主体, 程序, 内容 or 文字"""
        return GROUPS[self.group]


def finding(
    rule: str,
    message: str,
    *,
    path: str = "",
    place: str = "",
    norm: Norm | None = None,
    hint: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding of a rule about a profile path (or a place in the text), with the norm it rests on."""
    source = "" if norm is None else source_of(norm)
    named = place or (field_title(path) if path and is_path(path) else "")
    return Finding(rule, severity, message, Location(place=named), source, hint, path)


def source_of(norm: Norm) -> str:
    """The citation of a norm, how surely it is known, and whether a nearer rule of unknown content exists."""
    nearer = norm.loser
    hidden = f"；{nearer.place_title}另有规定，内容未见" if nearer is not None and nearer.hidden else ""
    return f"{norm.cited}，{norm.since} 起{hidden}"


def standard_of(norm: Norm) -> str:
    """上海市法定标准（不少于10天）, or 据公开报道的江苏省标准（不少于15天，待核）"""
    from contractgen.law import describe

    if norm.verified:
        return f"{norm.place_title}法定标准（{describe(norm)}）"
    return f"据公开报道的{norm.place_title}标准（{describe(norm)}，待核）"


def used_norms(agreement: Agreement) -> Iterator[Norm]:
    """The law that an agreement rests on: the basis of its texts, and what its numbers are held against."""
    for provision in agreement.provisions:
        yield from (norm for _, norm in provision.basis if norm is not None)
    for workplace in agreement.workplaces:
        yield from (value.floor for value in workplace.values.values() if value.floor is not None)


def cannot_be_judged(
    rule: str, what: str, unknown: Unknown, *, path: str = "", norm: Norm | None = None
) -> Finding:
    """An advice: whether a limit was kept is not known, because the calendar does not reach so far."""
    return finding(
        rule,
        f"无法判断{what}：{unknown.reason}",
        path=path,
        norm=norm,
        hint="在 clauses/law/calendar.yaml 中补上国务院办公厅通知的这一年；或者自行核对工作日",
        severity=Severity.ADVICE,
    )


def representatives(agreement: Agreement, side: Side) -> tuple[Representative, ...]:
    """The representatives of one side, once all are named: nothing is held against a list still being filled in."""
    named = agreement.profile.bargaining.side(side)
    return named if all(one.name is not None for one in named) else ()


def share(part: int, whole: int) -> Fraction:
    """An exact share; nothing of nothing is nothing."""
    return Fraction(part, whole) if whole else Fraction(0)


def least(whole: int, norm: Norm) -> int:
    """The smallest number out of ``whole`` that reaches the norm's share."""
    return next(number for number in range(whole + 2) if norm.met_by(share(number, whole)))


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote on the agreement: the first one, or the new one after an objection of the authority.

    Attributes:
        path: of the vote in the profile.
        signed_path: of the day on which both chiefs signed the draft.
        papers_path: of the day on which the delegates had the draft.
        word: what stands before a message about it.
    """

    path: str
    congress: Congress
    signed_path: str
    signed_day: datetime.date | None
    papers_path: str
    papers_sent_day: datetime.date | None
    word: str = ""


def votes(agreement: Agreement) -> tuple[Vote, ...]:
    """Both votes, in their order; what is not told is unknown."""
    bargaining = agreement.profile.bargaining
    both = (
        ("bargaining", bargaining, ""),
        ("bargaining.objection", bargaining.objection, "异议后重新表决："),
    )
    return tuple(
        Vote(
            f"{path}.congress",
            one.congress,
            f"{path}.draft_signed_day",
            one.draft_signed_day,
            f"{path}.papers_sent_day",
            one.papers_sent_day,
            word,
        )
        for path, one, word in both
    )


def last_submission(agreement: Agreement) -> datetime.date | None:
    """The day from which the authority's review counts: after an objection only the new submission begins it."""
    bargaining = agreement.profile.bargaining
    objected = bargaining.objection.day is not None
    return bargaining.objection.resubmission_day if objected else bargaining.submission_day


def first_act(agreement: Agreement) -> datetime.date | None:
    """The first day on which the representatives are known to have acted: met, signed, or put to the vote."""
    bargaining = agreement.profile.bargaining
    days = (
        *(meeting.day for meeting in bargaining.meetings),
        bargaining.draft_signed_day,
        bargaining.congress.day,
        bargaining.notice_day,
        bargaining.submission_day,
    )
    return min((day for day in days if day is not None), default=None)
