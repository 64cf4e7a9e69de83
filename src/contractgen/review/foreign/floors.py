"""Each number of a foreign contract carried to the law that it is about, and held against the law of a place and day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from contractgen.findings import Severity
from contractgen.law import LawView
from contractgen.review.foreign.cases import (
    Step,
    judge_miscarriage,
    judge_pay,
    judge_sum,
    steps_of,
    with_sums,
)
from contractgen.review.foreign.lines import ForeignLine
from contractgen.review.foreign.matters import Found, matter_of
from contractgen.review.foreign.places import NATIONAL
from contractgen.review.foreign.rules import MISCARRIAGE, Rules
from contractgen.review.foreign.sentence import sentences_of
from contractgen.review.foreign.standing import Judged, Scale, judged, outcome_of
from contractgen.review.points import Point

__all__ = ["Judged", "doubted_in_table", "judge_numbers", "number_point"]

CELLS = 3  # pieces of a quotation, divided by spaces, that come from a table
DAYS = ("天", "日", "个工作日", "工作日")
PRESENT = re.compile(r"(?:到会|出席|参会|与会|实到|参加会议|到场)[^，。；]{0,8}$")


def judge_numbers(lines: Iterable[ForeignLine], view: LawView, rules: Rules) -> tuple[Judged, ...]:
    """Every number that is about something the law knows, in the order of the text."""
    scale, steps = Scale(view, rules), steps_of(view)
    found = [one for line in lines for one in _of_line(line, scale, steps)]
    return tuple(with_sums(found, view))


def doubted_in_table(one: Judged) -> Judged:
    """Of a number in the lines that a PDF makes of a table a person must say to which row it belongs."""
    cells = len(one.line.words.quote(one.start, one.end).split())
    if one.outcome != "below" or cells < CELLS:
        return one
    return replace(one, outcome="person", reason="PDF文件里的表格读不出行列，不能确定这个数值属于哪一行")


def _of_line(line: ForeignLine, scale: Scale, steps: Sequence[Step]) -> Iterator[Judged]:
    for sentence in sentences_of(line, scale.rules.losses):
        for at in range(len(sentence.amounts)):
            found = matter_of(sentence, at, scale.rules)
            if found is not None and found.matter.judged:
                one = _judge(found, scale, steps)
                if one is not None:
                    yield one


def _judge(found: Found, scale: Scale, steps: Sequence[Step]) -> Judged | None:
    matter = found.matter
    if matter.sums:
        return judge_sum(found, scale)
    if matter.laws == (MISCARRIAGE,):
        return judge_miscarriage(found, scale, steps)
    if matter.role == "pay":
        return judge_pay(found, scale)
    return _judge_number(found, scale)


def _judge_number(found: Found, scale: Scale) -> Judged | None:
    matter, one = found.matter, found.amount
    norm = scale.first(matter.laws)
    if norm is None:
        return _judge_elsewhere(found, scale)
    if norm.value is None:
        return None
    if matter.laws == ("adoption_majority",) and PRESENT.search(found.sentence.before(found.at)[-14:]):
        return None  # counted of those present: told as a fault of its own
    held = scale.held(one, norm)
    if held is None:
        return None
    held, doubt = scale.counted(found, held)
    if matter.role in ("until", "from"):
        one = replace(one, bounded="")
    outcome, reason = outcome_of(one, norm, held, matter.worse)
    if outcome == "ok" and matter.also and (other := scale.view.get(matter.also)) is not None:
        outcome, reason = outcome_of(one, other, held)
        norm = other if outcome != "ok" else norm
    return scale.said(found, norm, outcome, reason, held, doubt)


def _judge_elsewhere(found: Found, scale: Scale) -> Judged | None:
    """The days of a leave that other places grant, in one whose law is not here."""
    days = found.matter.role == "grant" and found.amount.unit in (*DAYS, "个月")
    if scale.view.place != NATIONAL or not days or not scale.is_known_elsewhere(found.matter.laws):
        return None
    return judged(
        found,
        found.matter.says[0],
        "person",
        "当地另有规定，没有收录，没有对照",
        floor="",
        basis="",
        keys=found.matter.laws,
        number=found.amount.number,
    )


def number_point(one: Judged) -> Point:
    """What is told of a number that is below the floor or for a person; its span is that of the quotation."""
    below = one.outcome == "below"
    what = f"{one.title}写作{one.shown}"
    if below:
        least = one.norm is None or one.norm.bound != "maximum"
        message = f"{what}，{'低于' if least else '不符合'}{one.floor}" + (
            f"（{one.reason}）" if one.reason else ""
        )
        proposal = f"改为{one.floor.partition('法定标准')[2] or one.floor}"
    else:
        message = f"{what}，需要人工判断：{one.reason}" + (f"；{one.floor}" if one.floor else "")
        proposal = "对照依据判断，写明确定的数值"
    return Point(
        "number-below" if below else "number-unclear",
        Severity.ERROR if below else Severity.WARNING,
        one.line.place,
        one.line.words.quote(one.start, one.end),
        message,
        one.basis,
        proposal,
        span=(one.start, one.end),
    )
