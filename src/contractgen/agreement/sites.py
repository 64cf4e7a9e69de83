"""What is said of a firm that works in several places: other names, other rules, other numbers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from contractgen.agreement.fill import Filler
from contractgen.agreement.model import Value, Workplace
from contractgen.agreement.names import names_of
from contractgen.document import plain

if TYPE_CHECKING:
    from contractgen.agreement.tables import PlaceRow
    from contractgen.law import Law, Norm
    from contractgen.library import Basis, ClauseVersion
    from contractgen.profile import Profile


def workplaces_of(profile: Profile, law: Law, on: datetime.date) -> tuple[Workplace, ...]:
    """The seat, then each other place of work once, with the names of the workplaces there."""
    seat = profile.agreement.place or law.places[0]
    found = {seat: Workplace(law.at(seat, on), "agreement.place")}
    for number, one in enumerate(profile.agreement.other_places):
        new = Workplace(law.at(one.place, on), f"agreement.other_places.{number}.place")
        place = found.get(one.place, new)
        group = f"agreement.other_places.{number}.terms"
        terms = {name: (agreed, group) for name, agreed in one.terms.items()}
        sites = (*place.sites, one.site) if one.site else place.sites
        found[one.place] = replace(place, sites=sites, terms={**terms, **place.terms})
    return tuple(found.values())


def basis_of(clause: ClauseVersion, held: Sequence[Workplace]) -> tuple[tuple[Basis, Norm | None], ...]:
    """The basis of a clause under the law of each place of work for which it holds, what is the same once."""
    found: dict[tuple[Basis, Norm | None], None] = {}
    for one in clause.basis:
        norms = [place.view.get(one.key) if one.key else None for place in held]
        found |= {(one, norm): None for norm in norms if norm is not None} or {(one, None): None}
    return tuple(found)


@dataclass(frozen=True)
class Sites:
    """The places of work, the seat first.

    Attributes:
        workplaces: each with its law and numbers.
        frame: the words.
        rows: of the table of places, by the name of the number.
        listed: whether that table stands in the agreement.
    """

    workplaces: tuple[Workplace, ...]
    frame: Mapping[str, Any]
    rows: Mapping[str, PlaceRow]
    listed: bool

    @property
    def seat(self) -> Workplace:
        """Where the employer is."""
        return self.workplaces[0]

    def other_rules(self, filler: Filler) -> str:
        """The instruments of the other places of work that their numbers rest on, as far as they may be named."""
        words = self.frame["places"]
        here = self.seat.view.law.layers(self.seat.view.place)
        told = []
        for one in self.workplaces[1:]:
            floors = [value.floor for value in one.values.values()]
            titles = dict.fromkeys(
                norm.source.title
                for norm in floors
                if norm is not None and norm.verified and norm.printable and norm.place not in here
            )
            if titles:
                named = {"place": one.view.title, "titles": "".join(titles)}
                told.append(_words(filler, words["rules_of"], named))
        return _words(filler, words["rules"], {"rules": "；".join(told)}) if told else ""

    def local_names(self, filler: Filler) -> str:
        """What the leaves of the seat are called at the other places of work, where they are called otherwise."""
        words, frame = self.frame["places"], self.frame
        here = names_of(self.seat.view, frame)
        told = []
        for one in self.workplaces[1:]:
            for key, name in names_of(one.view, frame).items():
                both = key in self.seat.view and key in one.view
                if both and name != here[key]:
                    named = {"here": here[key], "place": one.view.title, "there": name}
                    told.append(_words(filler, words["name"], named))
        return _words(filler, words["names"], {"names": words["and_name"].join(told)}) if told else ""

    def named(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """The numbers; one that only other places of work have names them, unless the table of places tells it."""
        return {
            name: value
            if name in self.seat.values or self.tells(name)
            else replace(value, title=value.title + self.only(self.having(name)))
            for name, value in values.items()
        }

    def having(self, name: str) -> tuple[Workplace, ...]:
        """Those that have a number."""
        return tuple(one for one in self.workplaces if name in one.values)

    def tells(self, name: str) -> bool:
        """Whether the table of places tells a number that the seat lacks; of a sum it tells the parts."""
        if name in self.seat.values or not self.listed:
            return False
        return name in self.rows or all(one.values[name].origin == "sum" for one in self.having(name))

    def only(self, places: Sequence[Workplace]) -> str:
        """（浙江省）"""
        titles = "、".join(one.view.title for one in places)
        return str(self.frame["places"]["only"]).replace("{{ places }}", titles)

    def has_other_text(self, name: str) -> bool:
        """Whether a number itself, not only its basis or name, is another at some place of work."""
        return len({one.values[name].text for one in self.workplaces if name in one.values}) > 1


def _words(filler: Filler, text: str, named: Mapping[str, str]) -> str:
    return plain(filler.within(named).fill_text(str(text)))
