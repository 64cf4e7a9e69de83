"""The timeline as a page: a Document with one table, for the file and for the wall."""

from __future__ import annotations

from collections.abc import Sequence

from contractgen.document import Block, Cell, Document, Paragraph, Table, Text
from contractgen.timeline.backward import Plan
from contractgen.timeline.model import Timeline
from contractgen.timeline.words import (
    HEADINGS,
    NONE,
    PLAN_HEADINGS,
    PLAN_TITLE,
    TITLE,
    TO_DO,
    Line,
    flat,
    headline,
    lines,
    plan_headline,
    plan_lines,
    plan_remarks,
    remarks,
)

WIDTHS = (20, 14, 36, 15, 15)  # a day stays on one line
WHO, WHY = "谁办", "期限、依据"


def page(timeline: Timeline) -> Document:
    """The timeline of today."""
    return _page(TITLE, headline(timeline), HEADINGS, lines(timeline), remarks(timeline), timeline.employer)


def plan_page(plan: Plan) -> Document:
    """The plan backwards from a wished day."""
    return _page(
        PLAN_TITLE,
        plan_headline(plan),
        PLAN_HEADINGS,
        plan_lines(plan),
        plan_remarks(),
        plan.line.employer,
    )


def _page(
    title: str,
    head: Sequence[str],
    headings: Sequence[str],
    rows: Sequence[Line],
    below: Sequence[str],
    author: str,
) -> Document:
    name, where, *told = head
    step, *days = headings[:-1]  # how a step stands is told with its second day
    table = Table(
        tuple(Cell((Text(one),), "center") for one in (step, WHO, WHY, *days)),
        tuple(_row(line) for line in rows),
        widths=WIDTHS,
    )
    body: list[Block] = [
        Paragraph((Text(name, strong=True),), role="center"),
        Paragraph((Text(where),), role="center"),
        *(Paragraph((Text(one),), role="text") for one in told),
        *((table,) if rows else ()),
        *(Paragraph((Text(one),), role="small") for one in below),
    ]
    return Document(title=title, author=author, running_head=title, body=tuple(body), draft=False)


def _row(line: Line) -> tuple[Cell, ...]:
    why = "。".join(one.rstrip("。") for one in line.details)
    first, second = (flat(one) for one in line.days)
    told = line.label in second or line.label == TO_DO
    stands = second if told else " ".join(one for one in (second, line.label) if one != NONE)
    return (
        Cell((Text(line.title, strong=True),)),
        Cell((Text(line.who),)),
        Cell((Text(why),)),
        Cell((Text(first),), "center"),
        Cell((Text(stands),), "center"),
    )
