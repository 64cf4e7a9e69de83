"""Paragraphs that were split or merged: which sentence of what was issued stands in another paragraph now.

The comparison pairs each paragraph with one; the half that went elsewhere is there as words that went and words that
came. Here these are paired in turn, each once, so that a number goes with its sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from contractgen.diff import Change, Differences, Line, SectionChange, carry, compare_text, fingerprint
from contractgen.diff.align import MOST_PAIRS, SAME_ELSEWHERE, SHORT, likeness
from contractgen.diff.effects import judge
from contractgen.diff.effects.statement import sentence_around
from contractgen.diff.tracked import piece

SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")
ENDS = ("。", "；", "\n")


@dataclass(frozen=True)
class Stretch:
    """A sentence, or the part of one, that a line lost or gained."""

    section: int  # of the comparison
    change: Change
    line: Line
    at: int
    end: int

    @property
    def text(self) -> str:
        """Its characters."""
        return self.line.text[self.at : self.end]

    @cached_property
    def fingerprint(self) -> str:
        """The characters that make it the same sentence."""
        return fingerprint(self.text)

    @property
    def whole(self) -> bool:
        """Whether it is whole sentences, so that nothing beside it governs it."""
        text = self.line.text
        return (self.at == 0 or text[self.at - 1] in ENDS) and (
            self.end == len(text) or text[self.end - 1] in ENDS
        )


@dataclass(frozen=True)
class Half:
    """A sentence that stands in another place now."""

    old: Stretch
    new: Stretch

    @cached_property
    def change(self) -> Change:
        """What became of the sentence itself; its new words know the numbers of the old ones."""
        was = piece(self.old.line.cells[0], self.old.at, self.old.end)
        now = carry(was, self.new.text)
        ops = compare_text(self.old.text, self.new.text)
        return Change(
            "reworded" if self.old.text != self.new.text else "same",
            replace(self.old.line, cells=(was,)),
            replace(self.new.line, cells=(now,)),
            (ops,),
        )

    def judged(self, differences: Differences) -> Change:
        """The same with its effects."""
        alone = SectionChange("changed", None, None, (self.change,))
        return judge(replace(differences, sections=(alone,))).sections[0].changes[0]


@dataclass(frozen=True)
class Halves:
    """All of them, by the positions of the lines that they left and stand in."""

    left: Mapping[int, tuple[Half, ...]] = field(default_factory=dict)
    came: Mapping[int, tuple[Half, ...]] = field(default_factory=dict)

    def of(self, line: Line, start: int, end: int) -> Half | None:
        """Where the sentence stands now that held these characters of a line."""
        return next(
            (one for one in self.left.get(line.position, ()) if one.old.at <= start and end <= one.old.end),
            None,
        )

    def stands(self, line: Line) -> bool:
        """Whether all of a line that was issued stands elsewhere."""
        return _covered(line, ((one.old.at, one.old.end) for one in self.left.get(line.position, ())))

    def fills(self, line: Line) -> bool:
        """Whether all of a line that came is made of what stood elsewhere."""
        return _covered(line, ((one.new.at, one.new.end) for one in self.came.get(line.position, ())))


def halves_of(differences: Differences) -> Halves:
    """The sentences that left their paragraph for another one, the most alike first, each once."""
    went = list(_stretches(differences, new=False))
    came = list(_stretches(differences, new=True))
    left: dict[int, list[Half]] = {}
    back: dict[int, list[Half]] = {}
    taken: set[int] = set()
    found: set[int] = set()
    for one, other in _ranked(went, came):
        if one not in found and other not in taken:
            found.add(one)
            taken.add(other)
            half = Half(went[one], came[other])
            left.setdefault(half.old.line.position, []).append(half)
            back.setdefault(half.new.line.position, []).append(half)
    return Halves(*({at: tuple(some) for at, some in each.items()} for each in (left, back)))


def _ranked(went: Sequence[Stretch], came: Sequence[Stretch]) -> Iterator[tuple[int, int]]:
    """Pairs of stretches that may be the same sentence: equal ones, then alike ones; within an article first."""
    equal: dict[str, list[int]] = {}
    for at, other in enumerate(came):
        equal.setdefault(other.fingerprint, []).append(at)
    pairs = [
        (went[one].section != came[other].section, one, other)
        for one in range(len(went))
        for other in equal.get(went[one].fingerprint, ())
    ]
    yield from ((one, other) for _, one, other in sorted(pairs))
    if len(went) * len(came) > MOST_PAIRS:
        return
    alike = [
        (-score, one.section != other.section, at, to)
        for at, one in enumerate(went)
        for to, other in enumerate(came)
        if min(len(one.fingerprint), len(other.fingerprint)) >= SHORT
        and (score := likeness(one.fingerprint, other.fingerprint)) >= SAME_ELSEWHERE
    ]
    yield from ((at, to) for *_, at, to in sorted(alike))


def _stretches(differences: Differences, *, new: bool) -> Iterator[Stretch]:
    """What the paragraphs and items lost or gained, sentence by sentence."""
    for section, one in enumerate(differences.sections):
        for change in one.changes:
            line = change.new if new else change.old
            if line is None or change.kind in ("same", "left") or line.kind not in ("paragraph", "item"):
                continue
            for begin, stop in _runs(change, new=new):
                for match in SENTENCE.finditer(line.text, *_rounded(line.text, begin, stop)):
                    if match[0]:
                        yield Stretch(section, change, line, match.start(), match.end())


def _runs(change: Change, *, new: bool) -> Iterator[tuple[int, int]]:
    """Where a side differs; what a few equal characters part is one run."""
    begin = stop = -1
    for op in change.edits:
        at, end = (op.new_at, op.new_end) if new else (op.old_at, op.old_end)
        if begin < 0 or at - stop >= SHORT:
            if begin < stop:
                yield begin, stop
            begin = at
        stop = end
    if begin < stop:
        yield begin, stop


def _rounded(text: str, begin: int, stop: int) -> tuple[int, int]:
    """A run with the few characters that it lacks of its first and last sentence: 女职工 begins many of them."""
    first, last = sentence_around(text, begin, stop)
    return first if begin - first < SHORT else begin, last if last - stop < SHORT else stop


def _covered(line: Line, spans: Iterator[tuple[int, int]]) -> bool:
    """Whether stretches make up a whole line."""
    at = 0
    for begin, end in sorted(spans):
        if begin > at:
            return False
        at = max(at, end)
    return 0 < len(line.text) <= at
