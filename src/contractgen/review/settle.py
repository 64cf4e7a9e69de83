"""One word on one number: a change whose number breaks the law is not called better for the workers as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contractgen.diff import Change, Differences, Effect
from contractgen.diff.tokens import numbers_in
from contractgen.review.held import Held
from contractgen.review.numbers import NumberVerdict

Settled = tuple[Differences, tuple[Held, ...], tuple[NumberVerdict, ...]]


def settle(differences: Differences, held: Sequence[Held], numbers: Sequence[NumberVerdict]) -> Settled:
    """The three without what contradicts a number that is below or other than the law's."""
    wrong: dict[int, list[NumberVerdict]] = {}
    for one in numbers:
        if one.verdict == "below" and one.new != one.old:
            wrong.setdefault(id(one.change), []).append(one)
    fresh = {
        id(change): _settled(change, wrong[id(change)])
        for section in differences.sections
        for change in section.changes
        if id(change) in wrong
    }

    def of(change: Change) -> Change:
        return fresh.get(id(change), change)

    sections = tuple(
        replace(section, changes=tuple(of(change) for change in section.changes))
        for section in differences.sections
    )
    return (
        replace(differences, sections=sections),
        tuple(replace(one, change=of(one.change)) for one in held),
        tuple(replace(one, change=of(one.change)) for one in numbers),
    )


def _settled(change: Change, wrong: Sequence[NumberVerdict]) -> Change:
    """The change without the gains that are about these numbers, and as a loss where nothing else says so."""
    kept = [
        one
        for one in change.effects
        if one.label != "stronger"
        or not any(numbers_in(one.new) & numbers_in(number.new) for number in wrong)
    ]
    if not any(one.label == "weaker" for one in kept):
        kept += [
            Effect("weaker", "number-below", f"“{one.title}”{one.said}", one.floor, one.old, one.new)
            for one in wrong
        ]
    return replace(change, effects=tuple(kept))
