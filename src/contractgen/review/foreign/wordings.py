"""The words of a line held against the law: what is void, what breaks a rule, and what a person must look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractgen.checks import vague_wording
from contractgen.checks.rule import source_of
from contractgen.checks.traditional_characters import traditional
from contractgen.findings import Severity
from contractgen.law import LawView
from contractgen.review.foreign.lines import ForeignLine
from contractgen.review.foreign.rules import Rules
from contractgen.review.points import Point
from contractgen.wording import Line, Phrases, sentence_span, with_exceptions


class Wordings:
    """Knows the wordings that the law of a place and day does not stand for."""

    def __init__(self, view: LawView, rules: Rules, phrases: Phrases) -> None:
        self.view, self.phrases = view, phrases
        weights = (
            ("void-wording", Severity.ERROR, phrases.void),
            ("fault", Severity.ERROR, rules.faults),
            ("doubt", Severity.WARNING, rules.doubts),
        )
        self.known = tuple(
            (rule, severity, phrase)
            for rule, severity, listed in weights
            for phrase in listed
            if any(view.get(key) is not None for key, _ in phrase.laws)
        )
        self.forms = str.maketrans(dict(traditional(phrases.also_simplified, phrases.also_traditional)))

    def points(self, line: ForeignLine, at: int | None = None) -> Iterator[tuple[int, Point]]:
        """What a line says against the law or too vaguely, and where in its cleaned text.

        Args:
            line: what is read.
            at: the how many-th line it is.
        """
        faults = list(self._faults(line, at))
        yield from faults
        yield from self._vague(line, at, [point for _, point in faults])

    def _faults(self, line: ForeignLine, at: int | None) -> Iterator[tuple[int, Point]]:
        """What a line says against the law; of one sentence nothing twice."""
        text = Line(
            with_exceptions(line.text.translate(self.forms)),
            lead="" if line.row else line.lead,
            about=f"{line.lead}，{line.title}",
        )
        told: set[tuple[tuple[int, int], str]] = set()
        for rule, severity, phrase in self.known:
            for hit in phrase.hits(text, self.phrases.negation):
                span = sentence_span(text.text, hit.at)
                norms = [
                    norm
                    for key in phrase.broken(hit.sentence, text.about)
                    if (norm := self.view.get(key)) is not None and (span, key) not in told
                ]
                if not norms:
                    continue
                told.update((span, norm.key) for norm in norms)
                yield (
                    hit.at,
                    Point(
                        rule,
                        severity,
                        line.place,
                        line.words.quote(*span),
                        phrase.why,
                        "；".join(source_of(norm) for norm in norms),
                        phrase.remedy,
                        line=at,
                        span=span,
                    ),
                )

    def _vague(
        self, line: ForeignLine, at: int | None, faults: Sequence[Point]
    ) -> Iterator[tuple[int, Point]]:
        """The words of a line that blur a duty, and where; not those that are told as a fault of their sentence."""
        for fault in vague_wording.find([Line(line.text, line.place)], self.phrases):
            word = fault.message.partition("“")[2].partition("”")[0]
            where = line.text.find(word)
            span = sentence_span(line.text, where)
            if any(f"“{word}”" in point.message and point.span == span for point in faults):
                continue
            yield (
                where,
                Point(
                    "vague-wording",
                    Severity.WARNING,
                    line.place,
                    line.words.quote(*span),
                    fault.message.removeprefix(line.place),
                    "",
                    fault.hint,
                    line=at,
                    span=span,
                ),
            )
