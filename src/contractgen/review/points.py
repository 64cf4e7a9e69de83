"""Points: what a reviewer must look at, each with its place, the words it is about, the basis and a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contractgen.diff.tokens import Op, marked
from contractgen.findings import Finding, Location, Severity

SHOWN = 120  # characters of a quotation in a message


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a reviewer's opinion.

    Attributes:
        rule: kebab-case id, such as number-below, change-weaker, outdated-citation, topic-missing.
        severity: how much it weighs.
        place: 第九条第二款; empty where it concerns the whole text, or the text has no numbers.
        quote: the words of the contract, as they stand there; empty where something is missing.
        message: what is found, in Chinese.
        basis: the article of the law in force that day, with how surely it is known; or the rule of an effect.
        proposal: what can be done.
        clauses: the library's clauses that say it.
        text: how the library would say it, filled with the numbers of the place.
        line: the how many-th of the review's lines it is about, from 0; None where it is about none.
        span: where its quotation stands in that line's cleaned text.
        ops: where the point is a change: what changed, the stretches that did not cut short.
    """

    rule: str
    severity: Severity
    place: str
    quote: str
    message: str
    basis: str = ""
    proposal: str = ""
    clauses: tuple[str, ...] = ()
    text: str = ""
    line: int | None = None
    span: tuple[int, int] = (0, 0)
    ops: tuple[Op, ...] = ()

    @property
    def said(self) -> str:
        """The message, with the change in marks."""
        return f"{self.message}：{marked(self.ops)}" if self.ops else self.message


def as_finding(point: Point) -> Finding:
    """A point as it is printed in lines."""
    quoted = f"“{_cut(point.quote)}”" if point.quote else ""
    message = f"{quoted}：{point.said}" if quoted else point.said
    where = point.place or ("正文" if point.quote else "全文")
    return Finding(point.rule, point.severity, message, Location(place=where), point.basis, hint(point))


def as_point(finding: Finding, line: int | None = None) -> Point:
    """A finding about the text or the file as a point."""
    place, basis, proposal = finding.location.place, finding.source, finding.hint
    return Point(finding.rule, finding.severity, place, "", finding.message, basis, proposal, line=line)


def hint(point: Point) -> str:
    """What can be done, with the clauses of the library that show how."""
    clauses = f"参照条款 {'、'.join(point.clauses)}" if point.clauses else ""
    return "；".join(part for part in (point.proposal, clauses) if part)


def as_row(point: Point) -> Mapping[str, Any]:
    """The same for programs."""
    return {
        "rule": point.rule,
        "severity": point.severity.value,
        "place": point.place,
        "quote": point.quote,
        "finding": point.said,
        "basis": point.basis,
        "proposal": point.proposal,
        "clauses": list(point.clauses),
        "text": point.text,
    }


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}……"
