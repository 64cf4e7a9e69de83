"""What the law has become since a contract was signed, and which of its articles and numbers that touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from contractgen.agreement import Agreement, Value, Workplace
from contractgen.law import Law, Norm

Kind = Literal["number", "new", "ended", "duty", "article"]


@dataclass(frozen=True, slots=True)
class LawChange:
    """A rule that is another one than on the law day of the contract.

    Attributes:
        place: whose workers it concerns.
        kind: number (more or less than before), new, ended, duty (owed or only encouraged), article (the same rule
            in another place of the law).
        old, new: the rule then and now.
        articles: labels of the articles of the contract that rest on it.
        coming: labels of the articles of the draft that rest on it.
        number: the contract's own number, as it is printed; empty where it has none.
        drafted: the draft's number.
        below: the contract's number does not satisfy the rule of now.
    """

    key: str
    title: str
    place: str
    kind: Kind
    old: Norm | None
    new: Norm | None
    articles: tuple[str, ...]
    coming: tuple[str, ...]
    number: str = ""
    drafted: str = ""
    below: bool = False


def law_changes(old: Agreement, new: Agreement, law: Law) -> Iterator[LawChange]:
    """The rules that the contract or its successor rests on and that changed between their law days.

    Both days are looked up in the law of today: what was learned since about the law of then is no change.

    Args:
        old: the contract.
        new: its successor, under the law of the new day.
        law: of today.
    """
    touched, coming = _articles(old), _articles(new)
    drafted = {one.view.place: one for one in new.workplaces}
    told: set[tuple[Norm | None, Norm | None]] = set()
    for workplace in old.workplaces:
        place = workplace.view.place
        if place not in law.places:
            continue
        then, now = law.at(place, old.on), law.at(place, new.on)
        for key in law.keys(place):
            if key not in touched and key not in coming:
                continue
            before, after = then.get(key), now.get(key)
            kind = _kind(before, after)
            if kind is None or (before, after) in told:
                continue
            told.add((before, after))
            value = _number(workplace, key)
            next_value = _number(drafted[place], key) if place in drafted else None
            known = after or before
            assert known is not None
            yield LawChange(
                key,
                known.title,
                then.title,
                kind,
                before,
                after,
                touched.get(key, ()),
                coming.get(key, ()),
                "" if value is None else value.text,
                "" if next_value is None else next_value.text,
                value is not None and value.falls_short_of(after),
            )


def _kind(old: Norm | None, new: Norm | None) -> Kind | None:
    if old is None or new is None:
        return None if old is new else ("new" if old is None else "ended")
    if (old.value, old.measure, old.bound, old.strict) != (new.value, new.measure, new.bound, new.strict):
        return "number"
    if old.force != new.force:
        return "duty"
    if (str(old.source), old.source.instrument.slug) != (str(new.source), new.source.instrument.slug):
        return "article"
    return None


def _number(workplace: Workplace, key: str) -> Value | None:
    """The contract's number that is held against a rule."""
    values = workplace.values.values()
    return next((one for one in values if one.law_key == key), None)


def _articles(agreement: Agreement) -> Mapping[str, tuple[str, ...]]:
    """For each key of the law the articles of a contract that rest on it."""
    found: dict[str, dict[str, None]] = {}
    for article in (*agreement.articles, *agreement.annexes):
        for provision in article.provisions:
            if provision.clause is not None and article.label.endswith("条"):
                for key in provision.clause.law_keys:
                    found.setdefault(key, {})[article.label] = None
    return {key: tuple(labels) for key, labels in found.items()}
