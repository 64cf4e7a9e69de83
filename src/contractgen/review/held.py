"""What the returned text says that the issued one did not, held against the law: words, numbers, citations.

A change is never better for the workers where its new words break the law. What stood in the issued text is not
told again, wherever it stands now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from contractgen.agreement import Agreement
from contractgen.diff import Change, Differences, Effect, Line, SectionChange
from contractgen.diff.matter import sections
from contractgen.diff.report import place_in
from contractgen.document import Document
from contractgen.document.articles import ReadSection
from contractgen.findings import Severity
from contractgen.law import LawView
from contractgen.review.foreign.citations import citation_points
from contractgen.review.foreign.clean import clean, flat
from contractgen.review.foreign.floors import judge_numbers, number_point
from contractgen.review.foreign.lines import NUMBERED, SHORT_CELL, ForeignLine
from contractgen.review.foreign.rules import Rules
from contractgen.review.foreign.wordings import Wordings
from contractgen.review.halves import Halves
from contractgen.review.lost import Issued, issued_of, lost_points
from contractgen.review.numbers import Slot, slots_of
from contractgen.review.points import Point
from contractgen.review.references import Basis, References, basis_of
from contractgen.wording import Phrases, sentence_span

UNREAD = ("heading", "subheading", "caption")
CITATIONS = ("outdated-citation", "citation-unknown")
NOWHERE = ReadSection("text", "", 0, "", ())


@dataclass(frozen=True)
class Held:
    """A point of the law on the new words of a change."""

    change: Change
    point: Point


@dataclass(frozen=True)
class Yardstick:
    """What a text is held against: the law of each place of work, what is looked for, what each clause rests on, what was issued."""

    views: tuple[LawView, ...]
    rules: Rules
    phrases: Phrases
    basis: Basis = field(default_factory=dict)
    issued: tuple[Issued, ...] = ()

    @cached_property
    def _wordings(self) -> Wordings:
        return Wordings(self.views[0], self.rules, self.phrases)

    def points(self, line: ForeignLine) -> tuple[Point, ...]:
        """Everything that the law says on a line, each once, in its order."""
        found = [*self._wordings.points(line)]
        for view in self.views:
            found += citation_points(line, view)
            found += [
                (one.start, replace(number_point(one), span=one.at))
                for one in judge_numbers([line], view, self.rules)
                if one.outcome != "ok"
            ]
        once = {
            (point.rule, point.quote, point.message): point
            for _, point in sorted(found, key=lambda one: one[0])
        }
        return tuple(once.values())


def yardstick(agreement: Agreement, rules: Rules) -> Yardstick:
    """What the texts of an agreement are held against."""
    views = tuple(one.view for one in agreement.workplaces) or (agreement.view,)
    return Yardstick(views, rules, agreement.phrases, basis_of(agreement), issued_of(agreement))


def hold(
    differences: Differences, law: Yardstick, halves: Halves | None = None
) -> tuple[Differences, tuple[Held, ...]]:
    """The differences with what the law says on their new words, and these points.

    Args:
        differences: from what was issued to what came back.
        law: what its new words are held against.
        halves: the sentences that stand in another paragraph now: their numbers have their verdict there.
    """
    halves = halves or Halves()
    holding = _Holding(differences, law, halves)
    found: list[Held] = []
    judged: list[SectionChange] = []
    lost: dict[int, list[Point]] = {}
    for change, point in lost_points(differences, law.issued, law.rules, holding.new, halves):
        lost.setdefault(id(change), []).append(point)
    for section in differences.sections:
        changes = []
        for change in section.changes:
            points = () if section.kind == "left" else (*holding.points(change), *lost.get(id(change), ()))
            fresh = _labeled(change, points)
            found += [Held(fresh, point) for point in points]
            changes.append(fresh)
        judged.append(replace(section, changes=tuple(changes)))
    return replace(differences, sections=tuple(judged)), tuple(found)


def on_loose_text(text: str, law: Yardstick) -> tuple[Point, ...]:
    """What the law says on words that stand outside the text: in a header, a comment, on the cover."""
    return tuple(point for point in law.points(_line(text)) if point.severity is Severity.ERROR)


class _Holding:
    def __init__(self, differences: Differences, law: Yardstick, halves: Halves) -> None:
        self.law, self.halves = law, halves
        self.references = References(differences, law.basis)
        self.documents = differences.old.document, differences.new.document
        self.known: dict[int, tuple[Point, ...]] = {}

    @cached_property
    def old(self) -> Mapping[int, ForeignLine]:
        """The lines of the issued text, by position."""
        return _lines(self.documents[0])

    @cached_property
    def new(self) -> Mapping[int, ForeignLine]:
        """The lines of the returned text."""
        return _lines(self.documents[1])

    def points(self, change: Change) -> tuple[Point, ...]:
        """What the law says on the new words of a change."""
        if change.new is None or change.kind == "left" or change.line.kind in UNREAD:
            return ()
        line = self.new[change.new.position]
        was = self.old[change.old.position] if change.old else None
        if was is not None and (was.words.source, was.lead, was.title) == (
            line.words.source,
            line.lead,
            line.title,
        ):
            return ()
        slots = [
            (slot.at, slot.at + len(slot.text)) for slot in (*slots_of(change.new), *self._came(change.new))
        ]
        edits = [(op.new_at, op.new_end) for op in change.edits]
        found = [
            point
            for point in self.law.points(line)
            if not self._told(point, line, was) and not _carried(point, line, slots, edits)
        ]
        if not any(point.rule in CITATIONS for point in found):
            found += self.references.points(change, line.place)
        wrong = [point.quote for point in found if point.severity is Severity.ERROR]
        return tuple(
            point
            for point in found
            if point.rule != "number-unclear" or not any(point.quote in quote for quote in wrong)
        )

    def _came(self, line: Line) -> Iterator[Slot]:
        """The numbers of other paragraphs that stand in a line now."""
        for half in self.halves.came.get(line.position, ()):
            assert half.change.new is not None
            yield from (replace(slot, at=slot.at + half.new.at) for slot in slots_of(half.change.new))

    def _told(self, point: Point, line: ForeignLine, was: ForeignLine | None) -> bool:
        """Whether the issued text said the same: in this line, or the whole sentence elsewhere."""
        if was is not None and self._said(point, self._of(was)):
            return True
        start, end = sentence_span(line.text, point.span[0])
        sentence = line.text[start:end]
        return any(
            sentence in old.text and self._said(point, self._of(old))
            for old in self.old.values()
            if old is not was
        )

    @staticmethod
    def _said(point: Point, points: Sequence[Point]) -> bool:
        return any((one.rule, one.message) == (point.rule, point.message) for one in points)

    def _of(self, line: ForeignLine) -> tuple[Point, ...]:
        if id(line) not in self.known:
            self.known[id(line)] = self.law.points(line)
        return self.known[id(line)]


def _labeled(change: Change, points: Sequence[Point]) -> Change:
    """The change with an effect for each point that weighs on the workers; no gain is left in what breaks the law."""
    heavy = [one for one in points if one.severity is not Severity.ADVICE and one.rule not in CITATIONS]
    if not heavy:
        return change
    kept = [
        one
        for one in change.effects
        if one.label != "stronger" or not any(_meet(one.new, point.quote) for point in heavy)
    ]
    added = [
        Effect(
            "weaker" if one.severity is Severity.ERROR else "unclear",
            one.rule,
            one.message,
            new=one.quote,
        )
        for one in heavy
    ]
    return replace(change, effects=(*kept, *added))


def _meet(words: str, quote: str) -> bool:
    """Whether an effect is about words that a point quotes."""
    one, other = flat(words), flat(quote)
    return bool(one) and (one in other or other in one)


# ------------------------------------------------------------------ numbers


def _carried(
    point: Point, line: ForeignLine, slots: Sequence[tuple[int, int]], edits: Sequence[tuple[int, int]]
) -> bool:
    """Whether a number is the library's own, which has its verdict, or an old one that is merely not certain."""
    if not point.rule.startswith("number-"):
        return False
    start, end = line.words.origin[point.span[0]], line.words.origin[point.span[1] - 1] + 1
    if any(start < stop and begin < end for begin, stop in slots):
        return True
    return point.rule == "number-unclear" and not any(start < stop and begin < end for begin, stop in edits)


# ------------------------------------------------------------------ lines


def _lines(document: Document) -> Mapping[int, ForeignLine]:
    """The lines of a document as they are held against the law, by position."""
    found = {}
    for section in sections(document):
        lead = ""
        title = flat(section.title)
        for line in section.lines:
            if line.kind == "paragraph":
                lead = flat(line.text) if line.text.rstrip().endswith(("：", ":")) else ""
            held = lead if line.kind == "item" else ""
            if line.kind == "row":
                held = _about(line)
            elif line.kind == "field":
                held = line.label
            found[line.position] = _line(
                line.text, place_in(section, line), title, held, row=line.kind == "row"
            )
    return found


def _line(text: str, place: str = "", title: str = "", lead: str = "", *, row: bool = False) -> ForeignLine:
    return ForeignLine(NOWHERE, place, clean(text), title, lead, 0, row)


def _about(line: Line) -> str:
    """What a row of a table is about: its first short cell that is no number."""
    texts = (flat("".join(node.text for node in cell)) for cell in line.cells)
    first = next((text for text in texts if not NUMBERED.fullmatch(text)), "")
    return first if len(first) <= SHORT_CELL else ""
