"""Tables of persons: the representatives of both sides, and who comes to a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from contractgen.document import Cell
from contractgen.papers.model import Computed, Context
from contractgen.papers.tables.cells import centered, empty, left
from contractgen.profile import SIDES

if TYPE_CHECKING:
    from contractgen.profile import Representative

YES = "是"
# rows beyond what the place asks for
ROOM = {"representatives_minimum": 1, "representatives_minimum_above_scale": 0}


def employees_representatives(context: Context) -> Computed:
    """The employees' side: number, name, sex, post, chief, outside."""
    return _one_side(context, "employees")


def employer_representatives(context: Context) -> Computed:
    """The employer's side: number, name, sex, post, chief, outside."""
    return _one_side(context, "employer")


def representatives(context: Context) -> Computed:
    """Both sides, to sign: number, side, name, sex, post, chief or outside, signature."""
    return Computed(tuple((*row, empty()) for row in _both(context)))


def representatives_facts(context: Context) -> Computed:
    """The same without room to sign."""
    return Computed(tuple(_both(context)))


def attendance(context: Context) -> Computed:
    """Number, side, name, post; signature and time are written by hand."""
    people = _people(context)
    rows = [
        (centered(str(number)), centered(side), centered(one.name), left(one.role), empty(), empty())
        if one
        else (centered(str(number)), centered(side), *(empty() for _ in range(4)))
        for number, (side, one) in enumerate(people, start=1)
    ]
    return Computed(tuple(rows))


def _one_side(context: Context, side: str) -> Computed:
    return Computed(tuple(_row(number, one) for number, one in enumerate(_of_side(context, side), start=1)))


def _row(number: int, one: Representative | None) -> tuple[Cell, ...]:
    if one is None:
        return (centered(str(number)), *(empty() for _ in range(5)))
    flags = (YES if one.chief else "", YES if one.outside else "")
    return (
        centered(str(number)),
        centered(one.name),
        centered(one.sex),
        left(one.role),
        *map(centered, flags),
    )


def _both(context: Context) -> list[tuple[Cell, ...]]:
    rows = []
    for number, (side, one) in enumerate(_people(context), start=1):
        if one is None:
            rows.append((centered(str(number)), centered(side), *(empty() for _ in range(4))))
            continue
        flag = "、".join(word for word, held in (("首席", one.chief), ("外聘", one.outside)) if held)
        rows.append(
            (
                centered(str(number)),
                centered(side),
                centered(one.name),
                centered(one.sex),
                left(one.role),
                centered(flag),
            )
        )
    return rows


def _people(context: Context) -> list[tuple[str, Representative | None]]:
    """Everybody with the title of the side; rows to write in for a side that has not named everybody."""
    return [(title, one) for side, title in SIDES.items() for one in _of_side(context, side)]


def _of_side(context: Context, side: str) -> Sequence[Representative | None]:
    """The representatives of a side; where one has no name yet, or they are too few, with rows to write in."""
    people = context.profile.bargaining.side(side)
    asked = {key: _number(context, key) for key in ROOM}
    if len(people) >= asked["representatives_minimum"] and all(one.name for one in people):
        return people
    rows = max(least + ROOM[key] for key, least in asked.items())
    return (*people, *(None,) * (rows - len(people)))


def _number(context: Context, key: str) -> int:
    norm = context.view.get(key)
    return int(norm.value) if norm is not None and norm.value is not None else 0
