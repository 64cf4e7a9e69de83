"""Tables of persons: the representatives of both sides."""

from __future__ import annotations

from contractgen.document import Cell, Text
from contractgen.papers.model import Computed, Context

YES = "是"


def representatives(context: Context) -> Computed:
    """Number, name, sex, post, side, chief, outside: one row for each representative; the employees' side first."""
    bargaining = context.profile.bargaining
    people = (*bargaining.side("employees"), *bargaining.side("employer"))
    rows = []
    for number, one in enumerate(people, start=1):
        side = "职工方" if one.side == "employees" else "用人单位方"
        words = (
            str(number),
            one.name or "",
            one.sex or "",
            one.role or "",
            side,
            YES if one.chief else "",
            YES if one.outside else "",
        )
        rows.append(tuple(Cell((Text(word),) if word else (), "center") for word in words))
    return Computed(tuple(rows))
