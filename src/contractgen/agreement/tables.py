"""Tables whose rows are computed from the agreement. Headings stand in the clause text, words in the frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from contractgen.agreement.fill import Filler
from contractgen.agreement.model import Value
from contractgen.document import Blank, Cell, Text

if TYPE_CHECKING:
    from contractgen.profile import Profile

Rows = tuple[tuple[Cell, ...], ...]


def comparison(filler: Filler, profile: Profile, frame: Mapping[str, Any]) -> Rows:
    """Every number of the articles: matter, agreed, floor, basis, in force since, verdict; in the order of use."""
    from contractgen.law import describe

    words = frame["comparison"]
    rows = []
    for name in filler.used:
        value = filler.values[name]
        if value.origin == "sum":
            continue
        norm = value.floor
        printable = norm is not None and norm.printable
        rows.append(
            (
                Cell((Text(value.title),)),
                Cell((Text(value.text, value=name, suggested=value.origin == "proposal"),), "center"),
                Cell((Text(describe(norm) if norm and printable else words["no_floor"]),), "center"),
                Cell((Text(str(norm.source) if norm and printable else words["agreed"]),)),
                Cell((Text(norm.since.isoformat() if norm and printable else words["none"]),), "center"),
                Cell((Text(words[verdict(value) if printable else "agreed_value"]),), "center"),
            )
        )
    return tuple(rows)


def verdict(value: Value) -> str:
    """How a number stands to its floor: equal, better, below, or exact (not negotiable)."""
    norm = value.floor
    if norm is None or norm.value is None:
        return "agreed_value"
    if value.number == norm.value:
        return "equal"
    if norm.met_by(value.number):
        return "better"
    return "differs" if norm.bound == "exact" else "below"


def prohibited_posts(filler: Filler, profile: Profile, frame: Mapping[str, Any]) -> Rows:
    """The firm's posts with hazards: post, hazard, periods, what was told and arranged."""
    posts = profile.workforce.hazardous_posts if profile.workforce else ()
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
        for post in posts or ()
    )


COMPUTED: dict[str, Callable[[Filler, Profile, Mapping[str, Any]], Rows]] = {
    "comparison": comparison,
    "prohibited-posts": prohibited_posts,
}
