"""What a renewal leaves to be told anew, days and bargaining, is no change of the contract: neither weaker nor stronger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from contractgen.diff import Change, Differences

if TYPE_CHECKING:
    from contractgen.diff import Effect
    from contractgen.profile import Profile

DAYS = ("signing_day", "start", "end", "copies", "serial")
MAIN = ("signing_day", "start", "end")
Key = tuple[bool, str]


def told_as_before(draft: Profile, before: Profile) -> Profile:
    """The facts of a draft, with the days and the bargaining of the contract where none are told yet."""
    now, then = draft.agreement, before.agreement
    main = now.main_contract.model_copy(
        update={name: _first(now.main_contract, then.main_contract, name) for name in MAIN}
    )
    days = {name: _first(now, then, name) for name in DAYS}
    agreement = now.model_copy(update={**days, "main_contract": main})
    told = draft.bargaining
    begun = told.proposal_day or told.congress.day or any(one.name for one in told.representatives)
    bargaining = told if begun else before.bargaining
    return draft.model_copy(update={"agreement": agreement, "bargaining": bargaining})


def _first(now: object, then: object, name: str) -> object:
    found = getattr(now, name)
    return getattr(then, name) if found is None else found


def without_blanks(found: Differences, wording: Differences) -> Differences:
    """Differences with effects only where the text differs for another reason than what is not told yet.

    Args:
        found: the contract against the draft.
        wording: the contract against the same draft, had everything been told as before.
    """
    known = {_key(change): change.effects for section in wording.sections for change in section.changes}
    sections = tuple(
        replace(section, changes=tuple(replace(one, effects=_effects(one, known)) for one in section.changes))
        for section in found.sections
    )
    return replace(found, sections=sections)


def _effects(change: Change, known: Mapping[Key, tuple[Effect, ...]]) -> tuple[Effect, ...]:
    return known.get(_key(change), ()) if change.counted else change.effects


def _key(change: Change) -> Key:
    """A line by what it said, or where it said nothing, by what it says."""
    return (True, change.old.text) if change.old is not None else (False, change.line.text)
