"""A contract that was never ours: its topics, numbers, citations and wordings held against the law of a place and day.

Nothing unsure is called wrong: it is for a person. Nothing unsure is called right either.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contractgen.document.articles import ReadSection, articles_of
from contractgen.document.reading import Reading
from contractgen.findings import Finding, Severity
from contractgen.law import Law, LawView
from contractgen.library import Library
from contractgen.review.foreign.clean import flat
from contractgen.review.foreign.finder import Finder
from contractgen.review.foreign.floors import Judged, doubted_in_table, judge_numbers
from contractgen.review.foreign.kind import kind_of
from contractgen.review.foreign.lines import ForeignLine, lines_of
from contractgen.review.foreign.places import NATIONAL, place_of_text, told_by
from contractgen.review.foreign.rules import Rules, load_rules
from contractgen.review.foreign.shelf import Shelf
from contractgen.review.foreign.topics import Matched, match
from contractgen.review.numbers import VERDICTS
from contractgen.review.points import Point, as_finding, as_row
from contractgen.wording import Phrases, load_phrases

__all__ = ["ForeignReview", "Point", "as_dict", "findings", "headline", "place_of_text", "review_foreign"]


@dataclass(frozen=True)
class ForeignReview:
    """What a foreign contract holds, and what a person must look at.

    Attributes:
        reading: the file.
        sections: its articles.
        place: whose law it was held against.
        on: on which day.
        title: of the place.
        lines: its paragraphs, items and rows.
        topics: what each speaks of.
        numbers: every number that the law knows, in the order of the text.
        points: what is found, in the order of the text; what concerns the whole of it first, what is missing last.
    """

    reading: Reading
    sections: tuple[ReadSection, ...]
    place: str
    on: datetime.date
    title: str
    lines: tuple[ForeignLine, ...]
    topics: Matched
    numbers: tuple[Judged, ...]
    points: tuple[Point, ...]

    @property
    def missing(self) -> tuple[Point, ...]:
        """The topics that the contract lacks."""
        return tuple(point for point in self.points if point.rule == "topic-missing")


def review_foreign(
    reading: Reading,
    law: Law,
    library: Library,
    place: str | None,
    day: datetime.date,
    *,
    rules: Rules | None = None,
    phrases: Phrases | None = None,
) -> ForeignReview:
    """Review a contract that was never ours.

    Args:
        reading: the file.
        law: of all places.
        library: whose clauses are proposed.
        place: whose law holds; None where the text must tell it.
        day: of which the law is taken.
        rules: what is looked for; by default those that come with the program.
        phrases: the void and vague wordings; by default those that come with the program.

    Raises:
        InputError: where the place is not known.
    """
    rules, phrases = rules or load_rules(), phrases or load_phrases()
    whole = flat(reading.text.replace("\n", "。"))
    place = place or place_of_text(whole, law, rules)
    view = law.at(place, day)
    sections = articles_of(reading)
    lines = lines_of(sections)
    shelf = Shelf(library, law, place, day, rules.topics, kind_of(sections, whole, rules))
    topics = match(lines, rules, shelf.texts)
    numbers = judge_numbers(lines, view, rules)
    if reading.kind == "pdf":
        numbers = tuple(map(doubted_in_table, numbers))
    finder = Finder(view, rules, phrases, shelf, lines, topics, numbers)
    told = told_by(whole, rules)
    first = (*_place_points(view, told.others + told.places, law), *_reading_points(reading))
    points = (*first, *finder.points(), *finder.missing())
    return ForeignReview(reading, sections, place, day, view.title, lines, topics, numbers, points)


def findings(review: ForeignReview) -> tuple[Finding, ...]:
    """The points as findings, in the order of the contract."""
    return tuple(as_finding(point) for point in review.points)


def headline(review: ForeignReview) -> str:
    """数值 31：合格 28，低于底线 1，需要人工判断 2；主题 24 项，缺少 9 项"""
    count = Counter(one.outcome for one in review.numbers)
    shown = "，".join(f"{title} {count[outcome]}" for outcome, title in VERDICTS.items())
    numbers = f"数值 {len(review.numbers)}：{shown}"
    return f"{numbers}；主题 {len(review.topics.present)} 项，缺少 {len(review.missing)} 项"


def as_dict(review: ForeignReview) -> dict[str, Any]:
    """The same content for programs."""
    return {
        "file": review.reading.name,
        "kind": review.reading.kind,
        "place": review.place,
        "on": review.on.isoformat(),
        "articles": [
            {"label": section.label, "title": section.title}
            for section in review.sections
            if section.kind == "article"
        ],
        "lines": [
            {
                "place": line.place,
                "text": line.words.source,
                "topics": [topic.id for topic in review.topics.of_line[at]],
            }
            for at, line in enumerate(review.lines)
        ],
        "numbers": [
            {
                "title": one.title,
                "keys": list(one.keys),
                "verdict": one.outcome,
                "number": one.shown,
                "place": one.line.place,
                "quote": one.line.words.quote(one.start, one.end),
                "floor": one.floor,
                "basis": one.basis,
                "reason": one.reason,
            }
            for one in review.numbers
        ],
        "points": [as_row(point) for point in review.points],
    }


def _reading_points(reading: Reading) -> Iterator[Point]:
    """What a kind of file does not give back."""
    if reading.kind == "pdf":
        yield Point(
            "tables-left-out",
            Severity.WARNING,
            "",
            "",
            "PDF文件读不出表格的行列，换行处的文字可能断开，其中的数值可能漏读",
            proposal="请向对方取得 Word 文件再审",
        )


def _place_points(view: LawView, told: tuple[str, ...], law: Law) -> Iterator[Point]:
    """Whose law was not compared."""
    if view.place != NATIONAL:
        return
    named = "、".join(law.title(one) if one in law.places else one for one in told) or "当地"
    yield Point(
        "place-not-compared",
        Severity.WARNING,
        "",
        "",
        f"只对照了全国的规定；{named}另有自己的规定（例如增加的产假、护理假、育儿假），没有对照",
        proposal="查到当地现行规定后逐项核对",
    )
