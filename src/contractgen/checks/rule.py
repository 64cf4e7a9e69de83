"""What a rule is: an id, a weight, a title and an explanation that users read, and a function over an agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from contractgen.agreement import Agreement
from contractgen.findings import Finding, Location, Severity

if TYPE_CHECKING:
    from contractgen.law import Norm, Unknown
    from contractgen.profile import Representative

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
    source = ""
    if norm is not None:
        checked = str(norm.source) if norm.printable else f"{norm.source.title}（据公开报道，待核）"
        source = f"{checked}，{norm.since} 起"
    return Finding(rule, severity, message, Location(place=place), source, hint, path)


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
