"""A contract that was never ours: its topics, numbers, citations and wordings held against the law of a place and day.

Nothing unsure is called wrong: it is for a person. Nothing unsure is called right either.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from contractgen.checks.mandatory_content import SAYS, missing
from contractgen.checks.rule import source_of
from contractgen.diff.matter import Line as LibraryLine
from contractgen.diff.matter import sections as library_sections
from contractgen.diff.wording import of_place
from contractgen.document.articles import ReadSection, articles_of
from contractgen.document.reading import Reading
from contractgen.findings import Finding, Severity
from contractgen.law import Content, Law, LawView
from contractgen.library import Library
from contractgen.review.foreign.citations import citation_faults, unknown_citations
from contractgen.review.foreign.clean import flat
from contractgen.review.foreign.counts import representative_faults, term_faults, vote_faults
from contractgen.review.foreign.floors import Judged, judge_numbers
from contractgen.review.foreign.lines import ForeignLine, lines_of
from contractgen.review.foreign.places import NATIONAL, place_of_text, told_by
from contractgen.review.foreign.rules import Rules, Topic, load_rules
from contractgen.review.foreign.topics import Matched, match, paragraphs
from contractgen.review.foreign.wordings import Wordings
from contractgen.review.points import Point, as_finding, as_row
from contractgen.wording import Phrases, load_phrases

__all__ = ["ForeignReview", "Point", "as_dict", "findings", "headline", "place_of_text", "review_foreign"]

BELOW, UNCLEAR, OK = "低于底线", "需要人工判断", "合格"


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

    @property
    def own_matter(self) -> tuple[ForeignLine, ...]:
        """The lines that no topic of the library was found in."""
        return tuple(line for at, line in enumerate(self.lines) if not self.topics.of_line[at])


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
    shelf = _Shelf(library, law, place, day, rules.topics)
    topics = match(lines, rules, shelf.texts)
    numbers = judge_numbers(lines, view, rules)
    finder = _Finder(view, rules, phrases, shelf, lines, topics, numbers)
    told = told_by(whole, rules)
    points = (*_place_points(view, told.others + told.places, law), *finder.points(), *finder.missing())
    return ForeignReview(reading, sections, place, day, view.title, lines, topics, numbers, points)


def findings(review: ForeignReview) -> tuple[Finding, ...]:
    """The points as findings, in the order of the contract."""
    return tuple(as_finding(point) for point in review.points)


def headline(review: ForeignReview) -> str:
    """数值 31：合格 28，低于底线 1，需要人工判断 2；主题 24 项，缺少 9 项"""
    count = {
        outcome: sum(one.outcome == outcome for one in review.numbers)
        for outcome in ("ok", "below", "person")
    }
    numbers = f"数值 {len(review.numbers)}：{OK} {count['ok']}，{BELOW} {count['below']}，{UNCLEAR} {count['person']}"
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


# ------------------------------------------------------------------ what the library has


ROOM = 12  # characters that a measure takes at least: a shorter text cannot name them all
MEASURES_LACK = ("防治性骚扰的措施不全，没有写{}", "补上这些措施")
MEASURES_UNSEEN = ("防治性骚扰的措施可能不全，没有找到写明{}的内容", "对照全文核对，确实没有写的补上")


class _Shelf:
    """The library's wordings of a place and day, by article."""

    def __init__(
        self, library: Library, law: Law, place: str, on: datetime.date, topics: Sequence[Topic]
    ) -> None:
        self.library = library
        self.topics = topics
        self.day = max(on, library.outline.begins)
        parts = library_sections(of_place(library, law, place, self.day).document)
        self.articles = {part.id: part for part in parts if part.kind == "article"}
        lines: list[LibraryLine] = [line for part in parts for line in part.lines]
        self.texts = paragraphs(lines, {part.position: part.id for part in parts if part.kind == "article"})

    def clauses(self, topic: Topic) -> tuple[str, ...]:
        """The clauses of a topic, as id@version."""
        found = (
            str(line.source)
            for article in topic.articles
            if article in self.articles
            for line in self.articles[article].lines
            if line.source
        )
        return tuple(dict.fromkeys(found))

    def text(self, topic: Topic) -> str:
        """What the library says on a topic here."""
        return "\n".join(
            f"{'' if line.kind == 'paragraph' else '· '}{line.text}"
            for article in topic.articles
            if article in self.articles
            for line in self.articles[article].lines
            if line.kind in ("paragraph", "item")
        )

    def brings(self, topic: Topic) -> frozenset[str]:
        """The keys of the law that the topic's clauses bring."""
        return self._brought[topic.id]

    @cached_property
    def _brought(self) -> dict[str, frozenset[str]]:
        return {topic.id: self._of(topic) for topic in self.topics}

    def _of(self, topic: Topic) -> frozenset[str]:
        found: set[str] = set()
        for named in self.clauses(topic):
            clause_id, _, version = named.partition("@")
            clause = self.library.clause(clause_id, int(version))
            found.update(clause.covers, (spec.name for spec in clause.values if spec.kind == "law"))
        return frozenset(found)

    def title(self, topic: Topic) -> str:
        """The name of a topic."""
        if topic.title:
            return topic.title
        article = self.articles.get(topic.articles[0])
        return article.title if article else topic.id


# ------------------------------------------------------------------ points


class _Finder:
    def __init__(
        self,
        view: LawView,
        rules: Rules,
        phrases: Phrases,
        shelf: _Shelf,
        lines: Sequence[ForeignLine],
        topics: Matched,
        numbers: Sequence[Judged],
    ) -> None:
        self.view, self.rules = view, rules
        self.wordings = Wordings(view, rules, phrases)
        self.shelf, self.lines, self.topics, self.numbers = shelf, lines, topics, numbers

    def points(self) -> Iterator[Point]:
        """What is found in the text, in its order."""
        harassment = next(topic for topic in self.rules.topics if topic.parts)
        last = max(self._own_matter(harassment), default=None)
        for at, line in enumerate(self.lines):
            found = [
                *self._numbers(at, line),
                *self._citations(at, line),
                *self.wordings.points(line, at),
                *self.wordings.vague(line, at),
                *self._counts(at, line),
            ]
            seen: set[tuple[str, str]] = set()
            for _, point in sorted(found, key=lambda one: one[0]):
                if (point.quote, point.message) not in seen:
                    yield point
                seen.add((point.quote, point.message))
            if at == last:
                yield from self._measures(harassment)

    def _numbers(self, at: int, line: ForeignLine) -> Iterator[tuple[int, Point]]:
        for one in self.numbers:
            if one.line is not line or one.outcome == "ok":
                continue
            below = one.outcome == "below"
            what = f"{one.title}写作{one.shown}"
            message = f"{what}，低于{one.floor}" if below and _is_least(one) else f"{what}，不符合{one.floor}"
            if not below:
                message = f"{what}，{UNCLEAR}：{one.reason}；{one.floor}"
            elif one.reason:
                message += f"（{one.reason}）"
            topic = self._topic_of(one)
            yield (
                one.start,
                Point(
                    "number-below" if below else "number-unclear",
                    Severity.ERROR if below else Severity.WARNING,
                    line.place,
                    line.words.quote(one.start, one.end),
                    message,
                    one.basis,
                    f"改为{one.floor.partition('法定标准')[2] or one.floor}"
                    if below
                    else "对照依据判断，写明确定的数值",
                    self.shelf.clauses(topic) if topic else (),
                    self.shelf.text(topic) if topic else "",
                    at,
                    (one.start, one.end),
                ),
            )

    def _topic_of(self, one: Judged) -> Topic | None:
        """The topic whose clauses state the number."""
        wanted = {one.norm.key} if one.norm is not None else set(one.keys)
        return next((topic for topic in self.rules.topics if wanted & self.shelf.brings(topic)), None)

    def _citations(self, at: int, line: ForeignLine) -> Iterator[tuple[int, Point]]:
        faults = (
            *citation_faults(line.text, line.place, self.view),
            *unknown_citations(line.text, self.view),
        )
        for fault, start, end in faults:
            message = fault.message.removeprefix(line.place)
            yield (
                start,
                Point(
                    fault.rule,
                    fault.severity,
                    line.place,
                    line.words.quote(start, end),
                    message,
                    fault.source,
                    fault.hint,
                    line=at,
                    span=(start, end),
                ),
            )

    def _counts(self, at: int, line: ForeignLine) -> Iterator[tuple[int, Point]]:
        """Votes, representatives and the end of the term, where the text tells them."""
        for fault in (
            *vote_faults(line.text, self.view),
            *representative_faults(line.text, self.view),
            *term_faults(line.text, self.view),
        ):
            quote = line.words.quote(*fault.span)
            source = source_of(fault.norm) if fault.norm is not None else ""
            point = Point(
                "fault",
                fault.severity,
                line.place,
                quote,
                fault.message,
                source,
                fault.remedy,
                line=at,
                span=fault.span,
            )
            yield fault.span[0], point

    def _own_matter(self, topic: Topic) -> list[int]:
        """The lines that are about a topic, not those that name it among whom or what the contract is for."""
        return [
            at
            for at, topics in sorted(self.topics.of_line.items())
            if topic in topics and not any(one.id in ("purpose", "scope") for one in topics)
        ]

    def _measures(self, topic: Topic) -> Iterator[Point]:
        """Which of the measures against sexual harassment the contract does not name."""
        places = self._own_matter(topic)
        labels = {self.lines[at].section.label for at in places}
        around = [
            line
            for at, line in enumerate(self.lines)
            if at in places or (line.section.label and line.section.label in labels and _near(at, places))
        ]
        text = "".join(line.text + line.title for line in around)
        lacking = [
            norm
            for key, words in topic.parts.items()
            if (norm := self.view.get(key)) is not None and not any(word in text for word in words)
        ]
        if not lacking:
            return
        named = "、".join(f"“{norm.title}”" for norm in lacking)
        short = len(text) < ROOM * len(topic.parts)
        message, remedy = MEASURES_LACK if short else MEASURES_UNSEEN
        first = self.lines[places[0]]
        yield Point(
            "harassment-measures",
            Severity.ERROR if short else Severity.WARNING,
            first.place,
            first.words.source,
            message.format(named),
            "；".join(source_of(norm) for norm in lacking[:1])
            + (f"等 {len(lacking)} 项" if len(lacking) > 1 else ""),
            remedy,
            self.shelf.clauses(topic),
            self.shelf.text(topic),
            places[0],
            (0, len(first.text)),
        )

    # ---------------------------------------------------------------- what is missing

    def missing(self) -> Iterator[Point]:
        """The topics that the contract does not speak of: those that the law asks for as errors, others as advice."""
        said = {key for topic in self.topics.present for key in self.shelf.brings(topic)}
        lacking = missing(self.view, said)
        for topic in self.rules.topics:
            clauses = self.shelf.clauses(topic)
            if topic in self.topics.present or not clauses or topic.optional:
                continue
            asked = [content for content in lacking if self.shelf.brings(topic).intersection(content.through)]
            yield self._missing(topic, clauses, asked)

    def _missing(self, topic: Topic, clauses: tuple[str, ...], asked: Sequence[Content]) -> Point:
        hard = [content for content in asked if content.demand != "usual"]
        first = next(iter((*hard, *asked)), None)
        title = self.shelf.title(topic)
        severity = Severity.ERROR if hard else Severity.WARNING if asked else Severity.ADVICE
        message = f"没有写“{title}”"
        if first is not None:
            message += "" if first.title == title else f"，{SAYS[first.demand].format(first.title)}"
        return Point(
            "topic-missing",
            severity,
            "",
            "",
            message,
            source_of(first.norm) if first is not None else "",
            "增加这一条" if hard else "可以考虑增加",
            clauses,
            self.shelf.text(topic),
        )


def _near(at: int, places: Sequence[int]) -> bool:
    return any(abs(at - other) <= 12 for other in places)


def _is_least(one: Judged) -> bool:
    return one.norm is None or one.norm.bound != "maximum"
