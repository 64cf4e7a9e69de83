"""Tables whose rows are computed from the agreement. Headings stand in the clause text, words in the frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from contractgen.agreement.fill import Filler, value_slot
from contractgen.agreement.model import Value, Workplace
from contractgen.document import Blank, Cell, Text

if TYPE_CHECKING:
    from contractgen.profile import Profile

Rows = tuple[tuple[Cell, ...], ...]


def comparison(filler: Filler, profile: Profile, frame: Mapping[str, Any]) -> Rows:
    """Numbers that the law bounds: matter, agreed, floor, basis and its first day, verdict, article."""
    from contractgen.law import describe

    rows = []
    for name, place in filler.used.items():
        value, norm = filler.values[name], filler.values[name].verified_floor
        if norm is not None:
            held = value if norm is value.floor else replace(value, origin="agreed", floor=norm)
            rows.append(
                (
                    Cell((Text(value.title),)),
                    _agreed(value),
                    Cell((Text(describe(norm)),), "center"),
                    Cell(
                        (Text(f"{norm.source}，{norm.since.year}年{norm.since.month}月{norm.since.day}日"),)
                    ),
                    Cell((Text(frame["comparison"][held.verdict]),), "center"),
                    Cell((Text(place),), "center"),
                )
            )
    return tuple(rows)


def agreed_values(filler: Filler, profile: Profile, frame: Mapping[str, Any]) -> Rows:
    """Numbers that the law leaves to the parties (or that were not checked): matter, agreed, article."""
    return tuple(
        (Cell((Text(value.title),)), _agreed(value), Cell((Text(place),), "center"))
        for name, place in filler.used.items()
        if (value := filler.values[name]).origin != "sum" and value.verified_floor is None
    )


def _agreed(value: Value) -> Cell:
    """The number as agreed; a share with its bound, for 半数以上 and 过半数 are not the same."""
    from contractgen.law import is_share

    slot = value_slot(value)
    return Cell(((slot["bound"] if is_share(value.unit) else slot).inline,), "center")


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


# ------------------------------------------------------------------ places of work

MATTER, LABEL = 16, 14  # percent of the width; the places share the rest
OTHERS = 2  # places beside the seat in one table: more columns would be too narrow to read


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """What each place of work has of one number; ``shared``: one and the same clause brings it everywhere."""

    cells: tuple[str, ...]
    shared: bool


def place_rows(
    brought: Mapping[str, Mapping[str, str]], workplaces: Sequence[Workplace], frame: Mapping[str, Any]
) -> dict[str, PlaceRow]:
    """The numbers that are not the same, or not on the same basis, everywhere, and those of law that not every place has.

    Args:
        brought: for each place of work, which clause of those that follow it brings which number there.
        workplaces: the seat first.
        frame: the words.
    """
    found: dict[str, PlaceRow] = {}
    for name in dict.fromkeys(name for one in workplaces for name in one.values):
        clauses = [brought[one.view.place].get(name) for one in workplaces]
        held = [one.values.get(name) if by else None for one, by in zip(workplaces, clauses, strict=True)]
        having = [value for value in held if value is not None]
        cells = tuple(_place_cell(value, having[0].title, frame) for value in held) if having else ()
        told = {cell for cell, value in zip(cells, held, strict=False) if value is not None}
        some = len(having) < len(workplaces) and any(value.floor is not None for value in having)
        if len(told) > 1 or some:
            found[name] = PlaceRow(cells, len({by for by in clauses if by}) == 1)
    return found


def _place_cell(value: Value | None, title: str, frame: Mapping[str, Any]) -> str:
    """延长产假60天，《…》第二十二条; what was not compared with a text is printed as agreed, never as law."""
    from contractgen.law import describe

    words = frame["places"]
    if value is None:
        return str(words["none"])
    norm = value.floor
    if value.origin == "sum":
        return value.text
    name = value.title if value.title != title else ""
    if value.origin == "seat":
        return name + value.text + str(words["as_text"])
    if value.origin != "law" or norm is None:
        known = norm is not None and norm.verified and norm.printable
        if not known or norm is None:
            return value.text + str(words["agreed"])
        floor = str(words["floor"]).replace("{{ floor }}", describe(norm))
        return value.text + floor.replace("{{ source }}", str(norm.source))
    text = name + (describe(norm) if norm.pay_base else value.text)
    return f"{text}，{norm.source}" if norm.verified and norm.printable else text + str(words["agreed"])


def whole_article(label: str) -> str:
    """第二十八条 of 第二十八条第二款: each place has its own paragraph there."""
    return label[: label.index("条") + 1] if "条" in label else label


def place_tables(
    found: Mapping[str, PlaceRow], filler: Filler, workplaces: Sequence[Workplace]
) -> tuple[tuple[tuple[Cell, ...], Rows, tuple[int, ...]], ...]:
    """Columns (one for each place, the seat first in every table), rows (matter, places, article) and widths."""
    tables = []
    others = range(1, len(workplaces))
    for start in others[::OTHERS]:
        shown = (0, *others[start - 1 : start - 1 + OTHERS])
        columns = tuple(Cell((Text(workplaces[number].title),), "center") for number in shown)
        rows = tuple(
            (
                Cell((Text(filler.values[name].title),)),
                *(Cell((Text(found[name].cells[number], value=name),)) for number in shown),
                Cell((Text(label if found[name].shared else whole_article(label)),), "center"),
            )
            for name, label in filler.used.items()
            if name in found
        )
        share = (100 - MATTER - LABEL) // len(shown)
        widths = (100 - LABEL - share * len(shown), *(share for _ in shown), LABEL)
        tables.append((columns, rows, widths))
    return tuple(tables)


COMPARISON = "comparison"
COMPUTED: dict[str, Callable[[Filler, Profile, Mapping[str, Any]], Rows]] = {
    COMPARISON: comparison,
    "agreed-values": agreed_values,
    "prohibited-posts": prohibited_posts,
}
