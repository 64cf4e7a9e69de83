"""Tables of the course of the bargaining: meetings, and how many must come and agree."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from contractgen.agreement.fill import printed
from contractgen.document import Blank, Cell
from contractgen.law import describe
from contractgen.papers.model import Computed, Context
from contractgen.papers.tables.cells import centered, empty, left

if TYPE_CHECKING:
    from contractgen.law import Norm

RATIOS = ("quorum", "adoption_majority")
SIGNED = {True: "是", False: "否", None: ""}
ROOM = 3  # rows to write in where no meeting is told yet
SIGNERS = 30  # rows to sign where nobody says how many are entitled
MOST = 1000  # rows to sign; beyond, more copies are printed
UNCHECKED = "（当地的规定没有核对到条文）"


def meetings(context: Context) -> Computed:
    """Number, day, place, whether the minutes are signed."""
    held = context.profile.bargaining.meetings
    rows: list[tuple[Cell, ...]] = [
        (
            centered(number),
            centered(printed(one.day) if one.day else ""),
            left(one.place),
            centered(SIGNED[one.minutes_signed]),
        )
        for number, one in enumerate(held, start=1)
    ]
    rows += [(centered(number), *(empty() for _ in range(3))) for number in range(1, ROOM + 1) if not held]
    return Computed(tuple(rows))


def thresholds(context: Context) -> Computed:
    """What the place asks for, and how many people that is of those entitled."""
    entitled = context.filler.profile.bargaining.congress.entitled
    rows = []
    for key in RATIOS:
        norm = context.view.get(key)
        if norm is not None and norm.value is not None:
            rows.append((left(norm.title), left(_asked(norm)), _people(norm, entitled)))
    return Computed(tuple(rows))


def receipts(context: Context) -> Computed:
    """Room for everybody entitled to sign for the papers: number, name, department, day, signature."""
    return _to_sign(context, 5)


def congress_attendance(context: Context) -> Computed:
    """Room for everybody entitled to sign that they came: number, name, sex, department, signature, remark."""
    return _to_sign(context, 6)


def _to_sign(context: Context, columns: int) -> Computed:
    """Numbered rows for everybody who is entitled to vote."""
    entitled = context.filler.profile.bargaining.congress.entitled or SIGNERS
    numbers = range(1, min(entitled, MOST) + 1)
    return Computed(tuple((centered(one), *(empty() for _ in range(columns - 1))) for one in numbers))


def hazardous_posts(context: Context) -> Computed:
    """Posts of prohibited work: post, hazard, women, period, what is arranged; room to write where none is named."""
    words = context.agreement.frame["posts"]
    posts = context.profile.workforce.hazardous_posts
    rows: list[tuple[Cell, ...]] = [
        (
            left(one.post),
            left(one.hazard),
            centered(one.women),
            centered(words["periods"].get(one.period, one.period) if one.period else ""),
            left(one.measure),
        )
        for one in posts
    ]
    rows += [tuple(empty() for _ in range(5)) for _ in range(ROOM) if not posts]
    return Computed(tuple(rows))


def _asked(norm: Norm) -> str:
    """The share with its article; one that was not compared with a text of the place says so."""
    return (
        f"{describe(norm)}，{norm.source}"
        if norm.verified and norm.printable
        else f"{describe(norm)}{UNCHECKED}"
    )


def _people(norm: Norm, entitled: int | None) -> Cell:
    """The least number that satisfies a share: 91 of 180 where it must be exceeded, 90 where it must be reached."""
    if not entitled or norm.value is None:
        return Cell((Blank(width=4),), "center")
    share = Fraction(norm.value) * entitled
    least = math.floor(share) + 1 if norm.strict else math.ceil(share)
    return centered(f"不少于{least}人")
