"""What the law asks of an agreement and the returned text no longer says: clauses that were deleted whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from contractgen.agreement import Agreement
from contractgen.checks.mandatory_content import covered, missing
from contractgen.checks.rule import source_of
from contractgen.diff import Change, Differences, SectionChange
from contractgen.findings import Severity
from contractgen.law import LawView
from contractgen.library import ClauseVersion
from contractgen.review.foreign.lines import ForeignLine
from contractgen.review.foreign.rules import Rules
from contractgen.review.foreign.topics import SHORTEST, match
from contractgen.review.halves import Halves
from contractgen.review.points import Point


@dataclass(frozen=True, slots=True)
class Issued:
    """The clauses of an agreement that hold under the law of one place."""

    view: LawView
    clauses: tuple[ClauseVersion, ...]


def issued_of(agreement: Agreement) -> tuple[Issued, ...]:
    """The clauses of an agreement at each place of work."""
    return tuple(
        Issued(
            workplace.view,
            tuple(
                one.clause
                for one in agreement.provisions
                if one.clause and (not one.places or workplace.view.place in one.places)
            ),
        )
        for workplace in agreement.workplaces
    )


def lost_points(
    differences: Differences,
    issued: Sequence[Issued],
    rules: Rules,
    new: Mapping[int, ForeignLine],
    halves: Halves,
) -> Iterator[tuple[Change, Point]]:
    """An error for each content that the law asks for, that was issued, and that went with its clauses.

    Args:
        differences: from what was issued to what came back.
        issued: the clauses that were issued.
        rules: the words by which a new text is known to speak of a content after all.
        new: the lines that came back, by position.
        halves: the sentences that stand in another paragraph now.
    """
    gone = _gone(differences, halves)
    if not gone:
        return
    spoken = _spoken(differences, rules, new)
    told: set[str] = set()
    for one in issued:
        left = [clause for clause in one.clauses if str(clause) not in gone]
        lacked = set(missing(one.view, covered(one.clauses)))
        for content in missing(one.view, covered(left)):
            names = [
                str(clause)
                for clause in one.clauses
                if str(clause) in gone and covered((clause,)).intersection(content.through)
            ]
            if content in lacked or content.demand == "usual" or content.title in told or not names:
                continue
            section, change = gone[names[0]]
            if section.section.id in spoken:
                continue
            told.add(content.title)
            yield (
                change,
                Point(
                    "topic-missing",
                    Severity.ERROR,
                    section.section.label,
                    "",
                    f"删去以后，合同没有写法律要求的“{content.title}”",
                    source_of(content.norm),
                    "恢复发出时的这一条",
                    tuple(names),
                ),
            )


def _gone(differences: Differences, halves: Halves) -> dict[str, tuple[SectionChange, Change]]:
    """The clauses of which no line is left, with the first that was deleted."""
    found: dict[str, tuple[SectionChange, Change]] = {}
    kept: set[str] = set()
    for section in differences.sections:
        for change in section.changes:
            if change.old is None or change.old.source is None or change.old.kind == "heading":
                continue
            if change.kind == "deleted" and not halves.stands(change.old):
                found.setdefault(str(change.old.source), (section, change))
            else:
                kept.add(str(change.old.source))
    return {name: place for name, place in found.items() if name not in kept}


def _spoken(differences: Differences, rules: Rules, new: Mapping[int, ForeignLine]) -> frozenset[str]:
    """The articles of which words that were not issued speak: the parties may have written them anew."""
    fresh = [
        line
        for section in differences.sections
        for change in section.changes
        if change.new is not None and change.kind in ("inserted", "reworded")
        if len((line := new[change.new.position]).text) >= SHORTEST
    ]
    topics = match(fresh, rules, {}).present
    return frozenset(article for topic in topics for article in topic.articles)
