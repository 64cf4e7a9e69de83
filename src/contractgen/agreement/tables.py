"""Tables whose rows are computed from the agreement. Headings stand in the clause text, words in the frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from contractgen.agreement.fill import Filler, value_slot
from contractgen.agreement.model import Value, Workplace
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
                    Cell((Text(frame["comparison"][value.verdict]),), "center"),
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
    """The norm to hold a number against, where it was compared with the text and may be printed as law."""
    norm = value.floor
    verified = norm is not None and norm.verified and norm.printable
    return norm if verified and norm is not None and norm.value is not None else None


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


def place_cells(
    places: Mapping[str, Sequence[str]], workplaces: Sequence[Workplace], frame: Mapping[str, Any]
) -> dict[str, tuple[str, ...]]:
    """What each place of work has of a number that is not the same, or not on the same basis, at all of them.

    Args:
        places: for each clause, ``id@version``, the places of work for which it holds.
        workplaces: the seat first.
        frame: the words.
    """
    found: dict[str, tuple[str, ...]] = {}
    for one in workplaces:
        for name, value in one.values.items():
            held = places.get(value.clause, ())
            if name not in found and len(held) > 1 and held[0] == one.view.place:
                cells = tuple(_place_cell(name, value, other, held, frame) for other in workplaces)
                if (
                    len(
                        {
                            cell
                            for cell, other in zip(cells, workplaces, strict=True)
                            if other.view.place in held
                        }
                    )
                    > 1
                ):
                    found[name] = cells
    return found


def _place_cell(
    name: str, value: Value, workplace: Workplace, held: Sequence[str], frame: Mapping[str, Any]
) -> str:
    """延长产假60天，《…》第二十二条; what was not compared with a text is printed as agreed, never as law."""
    from contractgen.law import describe

    words = frame["places"]
    if workplace.view.place not in held or name not in workplace.values:
        return str(words["none"])
    own = workplace.values[name]
    norm = own.floor
    if own.origin == "sum":
        return own.text
    title = own.title if own.title != value.title else ""
    if own.origin == "seat":
        return title + own.text + str(words["as_text"])
    if own.origin != "law" or norm is None:
        known = norm is not None and norm.verified and norm.printable
        floor = str(words["floor"]).replace("{{ floor }}", describe(norm)) if known and norm else ""
        return own.text + (floor or str(words["agreed"]))
    text = title + (describe(norm) if norm.pay_base else own.text)
    return f"{text}，{norm.source}" if norm.verified and norm.printable else text + str(words["agreed"])


def place_tables(
    cells: Mapping[str, tuple[str, ...]], filler: Filler, workplaces: Sequence[Workplace]
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
                *(Cell((Text(cells[name][number], value=name),)) for number in shown),
                Cell((Text(label),), "center"),
            )
            for name, label in filler.used.items()
            if name in cells
        )
        share = (100 - MATTER - LABEL) // len(shown)
        widths = (100 - LABEL - share * len(shown), *(share for _ in shown), LABEL)
        tables.append((columns, rows, widths))
    return tuple(tables)


COMPUTED: dict[str, Callable[[Filler, Profile, Mapping[str, Any]], Rows]] = {
    "comparison": comparison,
    "agreed-values": agreed_values,
    "prohibited-posts": prohibited_posts,
}
