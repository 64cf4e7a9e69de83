"""What today's library proposes instead of the wording of then, clause by clause, and what to carry over of the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from contractgen.agreement import Agreement, Value
from contractgen.diff import Differences
from contractgen.law import Law, Norm
from contractgen.library import Change, Library

ClauseKind = Literal["new", "gone", "reworded"]
Verdict = Literal["below", "carried", "unused"]


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause of the library that came, went or has another wording.

    Attributes:
        old, new: the versions, ``clause@1``; empty where there is none.
        label: the article, of the draft or else of the contract.
        changes: why, for each version in between; of a new clause why its wording is there.
        effects: how many changes of its text weaken, strengthen, are neutral or need a person.
    """

    id: str
    title: str
    kind: ClauseKind
    old: str
    new: str
    label: str
    changes: tuple[Change, ...]
    effects: Mapping[str, int]


def clause_changes(
    old: Agreement, new: Agreement, library: Library, found: Differences
) -> Iterator[ClauseChange]:
    """The clauses in the order of the draft, those that went at the end."""
    then = {one.id: one for one in old.clauses}
    now = {one.id: one for one in new.clauses}
    effects = _effects(found)
    old_labels, new_labels = _labels(old), _labels(new)
    for name, clause in now.items():
        before = then.get(name)
        if (before is not None and before.version == clause.version) or (
            before is None and clause.of_the_course
        ):
            continue
        versions = library.versions(name) if name in library.ids else ()
        since = 0 if before is None else before.version
        changes = tuple(one.change for one in versions if since < one.version <= clause.version)
        kind: ClauseKind = "new" if before is None else "reworded"
        yield ClauseChange(
            name,
            clause.title,
            kind,
            "" if before is None else str(before),
            str(clause),
            new_labels[name],
            changes if before is not None else (clause.change,),
            effects.get(name, {}),
        )
    for name, clause in then.items():
        if name not in now and not clause.of_the_course:
            yield ClauseChange(
                name, clause.title, "gone", str(clause), "", old_labels[name], (), effects.get(name, {})
            )


def _labels(agreement: Agreement) -> dict[str, str]:
    """The article in which each clause stands."""
    return {
        provision.clause.id: article.label
        for article in (*agreement.articles, *agreement.annexes)
        for provision in article.provisions
        if provision.clause is not None
    }


def _effects(found: Differences) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[str]] = {}
    for change in found.changes:
        if change.line.source is not None:
            counted.setdefault(change.line.source.clause, Counter())[change.label] += 1
    return {name: dict(count) for name, count in counted.items()}


# ------------------------------------------------------------------ numbers


@dataclass(frozen=True, slots=True)
class Carried:
    """A number on which the parties agreed last time.

    Attributes:
        name: in ``terms``.
        group: where in the profile it stands.
        number: as the profile had it.
        text: as it was printed; empty where the contract did not print it.
        verdict: below the floor of today, carried over, or unused by today's clauses.
        floor: the rule of today that it is held against.
    """

    name: str
    group: str
    title: str
    number: Any
    text: str
    verdict: Verdict
    floor: Norm | None


def carried_terms(old: Agreement, new: Agreement, terms: Mapping[str, Any], law: Law) -> Iterator[Carried]:
    """The agreed numbers of a contract, as the profile of then had them, in its order."""
    view = law.at(new.place, new.on)
    known = new.values
    for name, number in terms.items():
        value: Value | None = old.values.get(name)
        floor = None if value is None else view.get(value.law_key)
        below = value is not None and value.falls_short_of(floor)
        verdict: Verdict = "below" if below else "carried" if name in known else "unused"
        title = value.title if value is not None else name
        text = value.text if value is not None else str(number)
        yield Carried(name, "terms", title, number, text, verdict, floor)
