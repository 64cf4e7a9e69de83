"""The facts of a contract that carry over to its successor, and the profile in which they are to be gone through."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contractgen.agreement import Agreement
from contractgen.law import describe
from contractgen.profile import filled_profile
from contractgen.record import Signed
from contractgen.renewal.wording import Carried
from contractgen.renewal.words import day_text, words

CARRIED = ("employer", "workforce", "union", "contacts", "terms", "clauses")
OF_THE_AGREEMENT = ("place", "other_places", "form", "copies", "main_contract")
DAYS = ("signing_day", "start", "end")  # of the main contract, which is renewed too


def facts_of(signed: Signed) -> Mapping[str, Any]:
    """What stays of the facts of a contract, as plain data; days and the bargaining are left to be told anew."""
    old = signed.record.profile
    then = old.get("agreement")
    facts = {name: then[name] for name in OF_THE_AGREEMENT if name in then} if isinstance(then, dict) else {}
    if isinstance(main := facts.get("main_contract"), dict):
        facts["main_contract"] = {name: value for name, value in main.items() if name not in DAYS}
    previous = {"signing_day": signed.day.isoformat(), "end": signed.end.isoformat() if signed.end else None}
    agreement = {**facts, "place": signed.agreement.place, "occasion": "renewal", "previous": previous}
    return {**{name: old[name] for name in CARRIED if old.get(name)}, "agreement": agreement}


def profile_text(
    signed: Signed, facts: Mapping[str, Any], draft: Agreement, terms: Sequence[Carried], name: str
) -> str:
    """The profile as a file with comments: what carries over, what is below the law of today, what is open."""
    told = words()["profile"]
    end = signed.end
    following = None if end is None else end + datetime.timedelta(days=1)
    filled = {"name": name, "end": day_text(end), "next": day_text(following)}
    return filled_profile(
        facts,
        head=[line.format(**filled) for line in told["head"]],
        notes={path: note.format(**filled) for path, note in told["notes"].items()},
        terms=[*_terms(terms), *_proposed(draft)],
    )


def _terms(terms: Sequence[Carried]) -> Iterator[str]:
    told = words()["profile"]["terms"]
    for one in terms:
        floor, source = ("", "") if one.floor is None else (describe(one.floor), one.floor.cited)
        yield str(told[one.verdict]).format(
            name=one.name, number=one.number, title=one.title, text=one.text, floor=floor, source=source
        )


def _proposed(draft: Agreement) -> Iterator[str]:
    """What the library proposes and nobody agreed on yet, as lines to be taken up."""
    told = words()["profile"]["terms"]["proposed"]
    for point in draft.open_points:
        if point.rule == "proposal":
            value = draft.values[point.path.removeprefix("terms.")]
            number = value.number if isinstance(value.number, int) else float(value.number)
            yield str(told).format(name=value.name, number=number, title=value.title, text=value.text)
