"""What a person must look at in a foreign contract: its numbers, citations, wordings and counts, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from contractgen.checks.mandatory_content import SAYS, missing
from contractgen.checks.rule import source_of
from contractgen.findings import Severity
from contractgen.law import Content, LawView, Norm
from contractgen.review.foreign.amounts import sentences
from contractgen.review.foreign.citations import citation_points
from contractgen.review.foreign.counts import representative_faults, term_faults, vote_faults
from contractgen.review.foreign.floors import Judged, number_point
from contractgen.review.foreign.lines import ForeignLine
from contractgen.review.foreign.rules import Rules, Topic
from contractgen.review.foreign.shelf import Shelf
from contractgen.review.foreign.topics import Matched
from contractgen.review.foreign.wordings import Wordings
from contractgen.review.points import Point
from contractgen.wording import Phrases

ROOM = 12  # characters that a measure takes at least: a shorter text cannot name them all
DENIED = "写有“{}”，法律规定的“{}”可能落空，需要人工判断"
MEASURES_LACK = ("防治性骚扰的措施不全，没有写{}", "补上这些措施")
MEASURES_UNSEEN = ("防治性骚扰的措施可能不全，没有找到写明{}的内容", "对照全文核对，确实没有写的补上")


class Finder:
    """Knows a foreign contract, the law of a place and day, and the library's wordings."""

    def __init__(
        self,
        view: LawView,
        rules: Rules,
        phrases: Phrases,
        shelf: Shelf,
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
                *((start, replace(point, line=at)) for start, point in citation_points(line, self.view)),
                *self.wordings.points(line, at),
                *self._counts(at, line),
            ]
            found += self._denied(at, line, [point for _, point in found])
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
            keys = {one.norm.key} if one.norm is not None else set(one.keys)
            topic = self._topic_of(keys)
            point = replace(
                number_point(one),
                clauses=self.shelf.clauses(topic, keys) if topic else (),
                text=self.shelf.text(topic, keys) if topic else "",
                line=at,
            )
            yield one.start, point

    def _topic_of(self, keys: set[str]) -> Topic | None:
        """The topic whose clauses state a number of the law."""
        return next((topic for topic in self.rules.topics if keys & self.shelf.brings(topic)), None)

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

    def _denied(self, at: int, line: ForeignLine, told: Sequence[Point]) -> Iterator[tuple[int, Point]]:
        """Sentences on a duty of the law that deny it in words, where nothing else is told of them."""
        duty = next((self._duties[one.id] for one in self.topics.of_line[at] if one.id in self._duties), None)
        if duty is None:
            return
        for start, end in sentences(line.text):
            text = line.text[start:end]
            word = next((one for one in self.rules.denials if one in text), "")
            spared = any(one in text for one in self.rules.not_denials)
            if not word or spared or any(one.span[0] < end and start < one.span[1] for one in told):
                continue
            point = Point(
                "duty-denied",
                Severity.WARNING,
                line.place,
                line.words.quote(start, end),
                DENIED.format(word, duty.title),
                source_of(duty),
                "对照依据判断，写明应有的待遇",
                line=at,
                span=(start, end),
            )
            yield start, point

    @cached_property
    def _duties(self) -> dict[str, Norm]:
        """What the law asks of an employer in the matter of each topic, by its id; where it asks more, what says it best."""
        contents = [one for one in self.view.contents() if one.demand != "usual"]
        contents.sort(key=self._breadth)
        asked = {
            topic.id: [one.norm for one in contents if self.shelf.brings(topic).intersection(one.through)]
            for topic in self.rules.topics
        }
        return {topic: norms[0] for topic, norms in asked.items() if norms}

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
        keys = {norm.key for norm in lacking}
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
            self.shelf.clauses(topic, keys),
            self.shelf.text(topic, keys),
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
            left = topic.optional or (topic.general and self.shelf.kind.form != "standalone")
            if topic in self.topics.present or not clauses or left:
                continue
            asked = [content for content in lacking if self.shelf.brings(topic).intersection(content.through)]
            asked.sort(key=self._breadth)
            yield self._missing(topic, clauses, asked)

    def _breadth(self, content: Content) -> int:
        """How many topics would bring a content: what fewest would says best what is missing."""
        return sum(
            bool(self.shelf.brings(topic).intersection(content.through)) for topic in self.rules.topics
        )

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
