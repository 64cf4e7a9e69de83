"""Which statute text an instrument of the law files is compared with: by title, edition and day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from contractgen.law.model import Instrument
from contractgen.law.statutes import Statute, title_key

YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Choice:
    """The text for an instrument.

    Attributes:
        statute: compared with; None where no text is of this edition.
        newer: texts of the same title after it that no entry of the law files was compared with.
        several: texts between which neither edition nor day decides.
        older: the only text there is stems from before the edition that the law file names.
    """

    statute: Statute | None = None
    newer: tuple[Statute, ...] = ()
    several: tuple[Statute, ...] = ()
    older: bool = False


def choose(instruments: Sequence[Instrument], statutes: Sequence[Statute]) -> dict[Instrument, Choice]:
    """The text for each instrument, by title, edition and day."""
    groups: dict[str, list[Instrument]] = {}
    for instrument in dict.fromkeys(instruments):
        groups.setdefault(title_key(instrument.title), []).append(instrument)
    found: dict[Instrument, Choice] = {}
    for key, group in groups.items():
        found |= _choose_in_group(group, [one for one in statutes if key in one.keys])
    return found


def _choose_in_group(group: list[Instrument], texts: list[Statute]) -> dict[Instrument, Choice]:
    exact = {one: same for one in group if (same := [text for text in texts if _is_edition(one, text)])}
    taken = {text.file for same in exact.values() for text in same}
    chosen: dict[Instrument, Choice] = {
        one: _of_several(sorted(same, key=age_of)) for one, same in exact.items()
    }
    others = [one for one in group if one not in exact]
    for one in sorted(others, key=lambda one: one.in_force, reverse=True):
        choice = chosen[one] = _fallback(one, [text for text in texts if text.file not in taken])
        taken.update(text.file for text in (choice.statute, *choice.several) if text)
    return {one: replace(choice, newer=_newer(one, choice, texts, taken)) for one, choice in chosen.items()}


def age_of(text: Statute) -> tuple[datetime.date, str]:
    """What texts are sorted by, the oldest first; a text without a day counts as the oldest."""
    return text.day or datetime.date.min, text.file


def _before_edition(instrument: Instrument) -> bool:
    """2022年修改前文本: the year is that of the change which this edition does not have yet."""
    return "前" in instrument.edition


def _is_edition(instrument: Instrument, text: Statute) -> bool:
    year = YEAR.match(instrument.edition)
    if year is None or text.day is None or _before_edition(instrument):
        return False
    return text.day.year == int(year[0])


def _of_several(texts: list[Statute]) -> Choice:
    """The last of them; told where their words differ."""
    same = all(text.articles == texts[-1].articles for text in texts)
    return Choice(texts[-1], several=() if same else tuple(texts))


def _fallback(instrument: Instrument, texts: list[Statute]) -> Choice:
    """Where no text has the year of the edition: by day, then whatever text there is."""
    year = YEAR.match(instrument.edition)
    if year and not _before_edition(instrument):
        known_later = [text for text in texts if text.day and text.day.year > int(year[0])]
        earlier = [text for text in texts if text not in known_later]
        if instrument.until:
            known_later = [text for text in known_later if text.day and text.day < instrument.until]
        if earlier:
            last = max(earlier, key=age_of)
            return Choice(last, older=last.day is not None)
        return Choice(min(known_later, key=age_of)) if known_later else Choice()
    end = instrument.until or datetime.date.max
    possible = [text for text in texts if text.day is None or text.day < end]
    dated = [text for text in possible if text.day and text.day <= instrument.in_force]
    undated = [text for text in possible if text.day is None]
    if dated and not undated:
        day = max(text.day for text in dated if text.day)
        return _of_several(sorted((text for text in dated if text.day == day), key=age_of))
    if undated or dated:
        return _of_several(sorted((*undated, *dated), key=age_of))
    return Choice(min(possible, key=age_of)) if possible else Choice()


def _newer(one: Instrument, choice: Choice, texts: list[Statute], taken: set[str]) -> tuple[Statute, ...]:
    """Texts after the chosen one that belong to no other entry; the chosen one itself where it is too late."""
    if choice.statute is None:
        return ()
    end = one.until or datetime.date.max
    day = choice.statute.day
    later = [
        text
        for text in texts
        if text.day and text.day < end and text.file not in taken and day and text.day > day
    ]
    if day and _is_too_late(one, day):
        later.append(choice.statute)
    return tuple(sorted(later, key=age_of))


def _is_too_late(instrument: Instrument, day: datetime.date) -> bool:
    """Whether a text of that day cannot be the edition that the law file names."""
    year = YEAR.match(instrument.edition)
    if year and not _before_edition(instrument):
        return day.year > int(year[0])
    return day > instrument.in_force
