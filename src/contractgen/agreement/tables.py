"""Tables whose rows are computed from the agreement. Headings stand in the clause text, words in the frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from contractgen.agreement.fill import Filler
from contractgen.agreement.model import Value
from contractgen.document import Blank, Cell, Text

if TYPE_CHECKING:
    from contractgen.law import Norm
    from contractgen.profile import Profile

Rows = tuple[tuple[Cell, ...], ...]


def comparison(filler: Filler, profile: Profile, frame: Mapping[str, Any]) -> Rows:
    """Numbers that the law bounds: matter, agreed, floor, basis and its first day, verdict, article."""
    from contractgen.law import describe

    rows = []
    for name, place in filler.used.items():
        value, norm = filler.values[name], _norm(filler.values[name])
        if norm is not None:
            rows.append(
                (
                    Cell((Text(value.title),)),
                    _agreed(value),
                    Cell((Text(describe(norm)),), "center"),
                    Cell(
                        (Text(f"{norm.source}，{norm.since.year}年{norm.since.month}月{norm.since.day}日"),)
                    ),
                    Cell((Text(frame["comparison"][verdict(value)]),), "center"),
                    Cell((Text(place),), "center"),
                )
            )
    return tuple(rows)


def agreed_values(filler: Filler, profile: Profile, frame: Mapping[str, Any]) -> Rows:
    """Numbers that the law leaves to the parties (or that were not checked): matter, agreed, article."""
    return tuple(
        (Cell((Text(value.title),)), _agreed(value), Cell((Text(place),), "center"))
        for name, place in filler.used.items()
        if (value := filler.values[name]).origin != "sum" and _norm(value) is None
    )


def _norm(value: Value) -> Norm | None:
    """The norm to hold a number against, where its article may be printed as law."""
    norm = value.floor
    return norm if norm is not None and norm.printable and norm.value is not None else None


def _agreed(value: Value) -> Cell:
    return Cell((Text(value.text, value=value.name, suggested=value.origin == "proposal"),), "center")


def verdict(value: Value) -> str:
    """How a number stands to its floor: equal, better, below, or differs (where it is not negotiable)."""
    norm = value.floor
    assert norm is not None
    if value.number == norm.value:
        return "equal"
    if norm.met_by(value.number):
        return "better"
    return "differs" if norm.bound == "exact" else "below"


def prohibited_posts(filler: Filler, profile: Profile, frame: Mapping[str, Any]) -> Rows:
    """The firm's posts with hazards: post, hazard, periods, what was told and arranged."""
    posts = profile.workforce.hazardous_posts
    words = frame["posts"]
    return tuple(
        (
            Cell((Text(post.post or words["none"]),)),
            Cell((Text(post.hazard or words["none"]),)),
            Cell(
                (Text(words["periods"].get(post.period, post.period) if post.period else words["none"]),),
                "center",
            ),
            Cell((Text(post.measure),) if post.measure else (Blank(width=8),)),
        )
        for post in posts
    )


COMPUTED: dict[str, Callable[[Filler, Profile, Mapping[str, Any]], Rows]] = {
    "comparison": comparison,
    "agreed-values": agreed_values,
    "prohibited-posts": prohibited_posts,
}
