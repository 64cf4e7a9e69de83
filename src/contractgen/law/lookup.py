"""Law: the places together. The nearest place that has a rule answers; of two bounds the better for the worker wins."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from contractgen.findings import InputError
from contractgen.law.calendar import Calendar
from contractgen.law.model import Content, Instrument, LeaveRule, Norm, State
from contractgen.law.reading import Row, nearest
from contractgen.law.rows import day_of, instrument_of, leave_rule_of, norm_of


class Law:
    """The law of all places, their calendar and leaves; immutable, equal where the files are equal."""

    def __init__(self, files: Mapping[str, Row], stamp: str, calendar: Calendar, leaves: Row) -> None:
        self._files = files
        self._leaves = leaves
        self.stamp = stamp
        self.calendar = calendar
        self._norms: dict[tuple[str, str], tuple[Norm | None, ...]] = {}
        self._instruments: dict[tuple[str, str], Instrument] = {}
        self._rules: dict[str, tuple[LeaveRule, ...]] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Law) and self.stamp == other.stamp

    def __hash__(self) -> int:
        return hash(self.stamp)

    @property
    def places(self) -> tuple[str, ...]:
        """Every place, outer before inner."""
        return tuple(sorted(self._files, key=lambda place: (len(self.layers(place)), place)))

    def place(self, name: str) -> str:
        """The place that a user calls shanghai, 上海 or 上海市.

        Raises:
            InputError: where there is none of that name.
        """
        wanted = name.strip().lower()
        for place in self._files:
            title = self.title(place)
            if wanted in (place, title) or (len(wanted) > 1 and title == f"{wanted}{title[-1]}"):
                return place
        titles = {spelled: place for place in self._files for spelled in (place, self.title(place))}
        near = difflib.get_close_matches(wanted, titles, n=1, cutoff=0.75)
        close = f"是不是 {titles[near[0]]}？" if near else ""
        raise InputError(
            f"没有地区 {name} 的法律数据",
            hint=f"{close}现有：{self.listed()}；别的地区可以写 national，只按全国的规定",
        )

    def listed(self, *, with_texts: bool = False) -> str:
        """shanghai（上海市）、jiangsu（江苏省）: every place, or those whose law the clause texts were read against."""
        places = [one for one in self.places if not with_texts or self.texts_reviewed(one)]
        return "、".join(f"{one}（{self.title(one)}）" for one in places or self.places)

    def title(self, place: str) -> str:
        """上海市"""
        return str(self._file(place)["title"])

    def checked(self, place: str) -> datetime.date | None:
        """The day on which the entries of the place were last compared, where they name no day of their own."""
        return day_of(self._file(place)["checked"])

    def texts_reviewed(self, place: str) -> datetime.date | None:
        """The day on which every clause text was last read against the law of the place; None where nobody has."""
        return day_of(self._file(place)["texts_reviewed"])

    def name_of(self, key: str) -> str:
        """What a key is called: its title in the first place that has it; the key itself where none has."""
        titles = (self._file(place)["entries"].get(key, {}).get("title") for place in self.places)
        return next((title for title in titles if title), key)

    def districts(self, place: str) -> tuple[str, ...]:
        """The districts of a place, whose labor authority an agreement is submitted to; empty where not listed."""
        return tuple(self._file(place)["districts"])

    def layers(self, place: str) -> tuple[str, ...]:
        """The place and the places around it, the nearest first."""
        here, found = place, []
        while here:
            found.append(here)
            here = self._file(here)["within"]
        return tuple(found)

    def at(self, place: str, on: datetime.date) -> LawView:
        """The law of a place on a day."""
        self._file(place)
        return LawView(self, place, on)

    def keys(self, place: str) -> tuple[str, ...]:
        """Every key that the law of a place has had on any day, sorted."""
        return tuple(sorted({key for layer in self.layers(place) for key in self._file(layer)["entries"]}))

    def asked(self, place: str) -> tuple[str, ...]:
        """Every key that the contents in the place's own file name, sorted."""
        rows = self._file(place)["contents"]
        return tuple(sorted({key for row in rows for key in (row["law"], *row["through"])}))

    def instrument(self, place: str, slug: str) -> Instrument:
        """An instrument of a place or of the places around it."""
        for layer in self.layers(place):
            if slug in self._file(layer)["instruments"]:
                return self._instrument(layer, slug)
        known = [name for layer in self.layers(place) for name in self._file(layer)["instruments"]]
        raise InputError(f"{self.title(place)}没有文件 {slug}", hint=nearest(slug, known))

    def instruments(self, place: str) -> tuple[Instrument, ...]:
        """Every instrument that the law of a place refers to, the nearest place first."""
        return tuple(
            self._instrument(layer, slug)
            for layer in self.layers(place)
            for slug in self._file(layer)["instruments"]
        )

    def successor(self, instrument: Instrument) -> Instrument | None:
        """The instrument that took the place of another."""
        return self._instrument(instrument.place, instrument.successor) if instrument.successor else None

    def moved_to(self, instrument: Instrument, article: str) -> tuple[str, ...]:
        """The articles of the successor on the matter of an article: by concordance, else by what is known of both."""
        return instrument.successors_of(article) or tuple(
            dict.fromkeys(
                row["article"]
                for rows in self._entries_on(instrument, article)
                for row in rows
                if row.get("instrument") == instrument.successor and "article" in row
            )
        )

    def matters_of(self, instrument: Instrument, article: str) -> tuple[str, ...]:
        """The titles of what an article says, as far as the law files hold it."""
        entries = self._file(instrument.place)["entries"].values()
        return tuple(entry["title"] for entry in entries if _cites(entry["dated"], instrument.slug, article))

    def _entries_on(self, instrument: Instrument, article: str) -> Iterator[list[Row]]:
        for entry in self._file(instrument.place)["entries"].values():
            if _cites(entry["dated"], instrument.slug, article):
                yield entry["dated"]

    def history(self, place: str, key: str) -> tuple[Norm, ...]:
        """What answered for a key in a place, from the first day to the last; days without an answer are left out."""
        self._known(place, key)
        days = {
            datetime.date.fromisoformat(row[edge])
            for layer in self.layers(place)
            for row in self._file(layer)["entries"].get(key, {}).get("dated", ())
            for edge in ("since", "until")
            if edge in row
        }
        found: list[Norm] = []
        for day in sorted(days):
            norm = self.resolve(place, key, day)
            if norm is not None and not (found and _same_rule(found[-1], norm)):
                found.append(norm)
        return tuple(found)

    def resolve(self, place: str, key: str, on: datetime.date) -> Norm | None:
        """The answer of a place and of the places around it; None where none has a rule on that day."""
        own = self._own(place, key, on)
        if own is not None and own.displaced:
            return None
        within = self._file(place)["within"]
        wider = self.resolve(within, key, on) if within else None
        if own is None or own.norm is None:
            return wider
        if wider is None:
            return None if own.norm.state is State.UNKNOWN else own.norm
        return _winner(own.norm, wider)

    def own(self, place: str, key: str, on: datetime.date) -> Norm | None:
        """What the file of a place itself says on a day, whatever the places around it say."""
        found = self._own(place, key, on)
        return found.norm if found else None

    def on_event(self, place: str, key: str, event: datetime.date) -> Norm | None:
        """The rule for an event (a birth) on a day: one that reaches back to it, else the rule of the day."""
        for norm in self.history(place, key):
            if norm.events_from and norm.events_from <= event < norm.since:
                return replace(norm, state=norm.events_state or norm.state)
        return self.resolve(place, key, event)

    def leave_rules(self, place: str) -> tuple[LeaveRule, ...]:
        """How each leave of a place is counted, in the order of leaves.yaml, the place's own last."""
        if place not in self._rules:
            self._rules[place] = self._leave_rules(place)
        return self._rules[place]

    def _leave_rules(self, place: str) -> tuple[LeaveRule, ...]:
        found: dict[str, Row] = {key: dict(fields) for key, fields in self._leaves.items()}
        for layer in reversed(self.layers(place)):
            for key, entry in self._file(layer)["entries"].items():
                if "leave" in entry:
                    found.setdefault(key, {}).update(entry["leave"])
        known = self.keys(place)
        return tuple(leave_rule_of(key, fields) for key, fields in found.items() if key in known)

    # -------------------------------------------------------------- rows to values

    def _file(self, place: str) -> Row:
        try:
            return self._files[place]
        except KeyError:
            hint = f"现有：{self.listed()}"
            raise InputError(f"没有地区 {place} 的法律数据", hint=hint) from None

    def _known(self, place: str, key: str) -> None:
        known = self.keys(place)
        if key not in known:
            raise InputError(f"{self.title(place)}的法律数据中没有 {key}", hint=nearest(key, known))

    def _own(self, place: str, key: str, on: datetime.date) -> _Own | None:
        entry = self._file(place)["entries"].get(key)
        if entry is None:
            return None
        day = on.isoformat()
        for number, row in enumerate(entry["dated"]):
            if row["since"] <= day and ("until" not in row or day < row["until"]):
                return (
                    _Own(None, True) if "displaced_by" in row else _Own(self._norm(place, key, number), False)
                )
        return None

    def _norm(self, place: str, key: str, number: int) -> Norm | None:
        if (place, key) not in self._norms:
            file = self._file(place)
            entry = file["entries"][key]
            made = (
                None
                if "displaced_by" in row
                else norm_of(key, entry, row, self._instrument(place, row["instrument"]), file)
                for row in entry["dated"]
            )
            self._norms[place, key] = tuple(made)
        return self._norms[place, key][number]

    def _instrument(self, place: str, slug: str) -> Instrument:
        if (place, slug) not in self._instruments:
            row = self._file(place)["instruments"][slug]
            self._instruments[place, slug] = instrument_of(slug, place, row)
        return self._instruments[place, slug]


@dataclass(frozen=True, slots=True)
class _Own:
    """What one file says on a day: a norm, or that another rule takes its place."""

    norm: Norm | None
    displaced: bool


@dataclass(frozen=True)
class LawView(Mapping[str, Norm]):
    """The law of a place on a day, as a mapping of the keys that have an answer."""

    law: Law
    place: str
    on: datetime.date

    @property
    def title(self) -> str:
        """上海市"""
        return self.law.title(self.place)

    @property
    def districts(self) -> tuple[str, ...]:
        """The districts of the place; empty where the law file lists none."""
        return self.law.districts(self.place)

    @property
    def calendar(self) -> Calendar:
        """Days off and working days."""
        return self.law.calendar

    def __getitem__(self, key: str) -> Norm:
        norm = self.law.resolve(self.place, key, self.on)
        if norm is None:
            self.law._known(self.place, key)
            raise InputError(f"{self.title}在 {self.on} 没有施行中的 {key} 规定")
        return norm

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.law.resolve(self.place, key, self.on) is not None

    def get(self, key: str, default: Any = None) -> Any:
        """The norm, or ``default`` where the law of the place has none on that day."""
        norm = self.law.resolve(self.place, key, self.on)
        return default if norm is None else norm

    def meets(self, has: Iterable[str], lacks: Iterable[str]) -> bool:
        """Whether the place has every key that a text needs, and none that would take its place."""
        return all(key in self for key in has) and not any(key in self for key in lacks)

    def __iter__(self) -> Iterator[str]:
        return (key for key in self.law.keys(self.place) if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def contents(self) -> tuple[Content, ...]:
        """What an agreement must say here on this day, the widest place first."""
        layers = reversed(self.law.layers(self.place))
        rows = (row for layer in layers for row in self.law._file(layer)["contents"])
        asked = (row for row in rows if row.get("from", "") <= self.on.isoformat())
        found = ((row, self.get(row["law"])) for row in asked)
        return tuple(
            Content(row.get("title", norm.title), norm, tuple(row["through"]), row["demand"])
            for row, norm in found
            if norm is not None
        )

    def unknown(self) -> tuple[Norm, ...]:
        """Rules that this place is known to have but whose content is not known: the wider law stands in."""
        own = (self.law.own(self.place, key, self.on) for key in self.law.keys(self.place))
        return tuple(norm for norm in own if norm is not None and norm.state is State.UNKNOWN)


def _winner(nearer: Norm, wider: Norm) -> Norm:
    """Of two layers: the better for the worker; else the nearer, unless only the wider one was verified."""
    keeps = not (nearer.yields or nearer.state is State.UNKNOWN)
    if keeps and nearer.comparable(wider) and (nearer.better_than(wider) or wider.better_than(nearer)):
        keeps = nearer.better_than(wider)
    elif keeps:
        keeps = nearer.verified or not wider.verified
    return replace(nearer, loser=wider) if keeps else replace(wider, loser=nearer)


def _cites(rows: list[Row], slug: str, article: str) -> bool:
    return any(row.get("instrument") == slug and row.get("article") == article for row in rows)


def _same_rule(one: Norm, other: Norm) -> bool:
    """Whether two answers are the same entry, whatever gave way to it."""
    return (one.place, one.since) == (other.place, other.since)
