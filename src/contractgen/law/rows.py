"""From the rows of a law file to norms, instruments and rules of leave."""

from __future__ import annotations

import datetime
from fractions import Fraction

from contractgen.law.model import Citation, Instrument, LeaveRule, Norm, Number, State, Step
from contractgen.law.reading import Row


def instrument_of(slug: str, place: str, row: Row) -> Instrument:
    """An instrument of the file of a place."""
    return Instrument(
        slug=slug,
        title=row["title"],
        place=place,
        in_force=datetime.date.fromisoformat(row["in_force"]),
        until=day_of(row.get("until")),
        edition=row.get("edition", ""),
        number=row.get("number", ""),
        successor=row.get("successor", ""),
        concordance=tuple((old, tuple(new)) for old, new in row["concordance"]),
        articles=row.get("articles", 0),
        day_basis=row.get("day_basis", "text"),
        stale=row.get("stale", False),
        described=row.get("described", False),
        note=row.get("note", ""),
    )


def norm_of(key: str, entry: Row, row: Row, instrument: Instrument, file: Row) -> Norm:
    """A dated row of an entry of a file, with what the entry says for all of its rows."""
    return Norm(
        key=key,
        kind=entry["kind"],
        title=entry["title"],
        state=State(row["state"]),
        source=Citation(instrument, row.get("article"), row.get("paragraph"), row.get("item")),
        since=datetime.date.fromisoformat(row["since"]),
        until=day_of(row.get("until")),
        place=file["place"],
        place_title=file["title"],
        checked=_compared(entry, row, file),
        budget=entry.get("budget"),
        value=_number(row.get("value")),
        unit=entry.get("unit", ""),
        bound=entry.get("bound", ""),
        strict=row.get("strict", False),
        force=entry.get("force", "duty"),
        confidence=row.get("confidence", ""),
        day_basis=row.get("day_basis", "text"),
        stale=row.get("stale", False) or instrument.stale,
        note="".join(text for text in (entry.get("note"), row.get("note")) if text),
        starts=entry.get("starts", ""),
        before=entry.get("before", ""),
        pay_base=row.get("pay_base") or entry.get("pay_base", ""),
        events_from=day_of(row.get("events_from")),
        events_state=State(row["events_state"]) if "events_state" in row else None,
        together_with=entry.get("together_with", ""),
        yields=row.get("yields", False),
        steps=tuple(Step(**step) for step in entry.get("steps", ())),
    )


def _compared(entry: Row, row: Row, file: Row) -> datetime.date | None:
    """The entry's own day, else that of the file, which holds for what was compared: reports are no text."""
    own = row.get("checked") or entry.get("checked")
    return day_of(own or (file["checked"] if row["state"] == State.VERIFIED else None))


def leave_rule_of(key: str, fields: Row) -> LeaveRule:
    """How a leave is counted."""
    first, last = fields.get("children", (None, None))
    rest = {name: value for name, value in fields.items() if name not in ("children", "from")}
    children = (first, last) if first and last else None
    return LeaveRule(key=key, children=children, from_=fields.get("from", ""), **rest)


def day_of(text: str | None) -> datetime.date | None:
    """A day as a row has it."""
    return datetime.date.fromisoformat(text) if text else None


def _number(value: int | str | None) -> Number | None:
    return Fraction(value) if isinstance(value, str) else value
