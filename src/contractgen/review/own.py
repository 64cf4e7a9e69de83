"""Our own file coming back: recognized, compared with what was issued, every change with its author, every number judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from contractgen.agreement import Value
from contractgen.diff import Change, Differences, Line, Matter, SectionChange, compare
from contractgen.diff.matter import front_rows
from contractgen.document import Document
from contractgen.document.articles import ReadLine, ReadSection, articles_of, places_of
from contractgen.document.reading import Aside, Reading
from contractgen.review.asides import property_asides
from contractgen.review.cells import celled
from contractgen.review.halves import halves_of
from contractgen.review.held import Held, Yardstick, hold, on_loose_text
from contractgen.review.numbers import NumberVerdict, judge_numbers
from contractgen.review.points import Point
from contractgen.review.recognize import Recognized, comparable, key_of, pieces_of, recognize, tableless
from contractgen.review.settle import settle

Fate = Literal["split", "merged"]
QUIET = ("inserted", "deleted", "moved_in", "moved_out")  # told with the change that they belong to


@dataclass(frozen=True, slots=True)
class Author:
    """Who made a change, and when, as the file says; ``tracked`` is False where it left no mark."""

    names: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    tracked: bool = False

    def __str__(self) -> str:
        who = "、".join(self.names) + (f"，{self.days[-1]}" if self.days else "")
        if not self.tracked:
            return f"{who}，另有没有修订标记的改动" if who else "没有修订标记"
        return who or "未署名"


@dataclass(frozen=True, slots=True)
class Regrouped:
    """An article that was split, or articles that were merged into one."""

    fate: Fate
    old: tuple[str, ...]  # labels as they were issued
    new: tuple[str, ...]


@dataclass(frozen=True)
class View:
    """One reading of a file against what was issued.

    Attributes:
        differences: from what was issued.
        held: what the law says on the new words.
        numbers: the verdict on every number.
    """

    differences: Differences
    held: tuple[Held, ...]
    numbers: tuple[NumberVerdict, ...]


@dataclass(frozen=True)
class OwnReview:
    """What has become of an agreement of ours.

    Attributes:
        reading: the file.
        sections: its accepted text.
        differences: from what was issued to the accepted text.
        numbers: the verdict on every number.
        regrouped: articles that were split or merged.
        asides: what hides in the file, with the place of each; tracked changes are told with the text.
        strange: what was added on the cover, among the parties or signatures.
        tables_left_out: whether the tables could not be compared.
        front_left_out: whether the file has none of the labeled lines of cover and parties.
        held: what the law says on the new words.
        sent: the document that was issued.
        loose: the same on what hides and on what was added outside the text, by ``id``.
        refused: the text with every tracked change refused, and its changes that ``differences`` do not tell: what
            whoever answers 拒绝所有修订 would sign. None where no change is tracked.
    """

    reading: Reading
    sections: tuple[ReadSection, ...]
    differences: Differences
    numbers: tuple[NumberVerdict, ...]
    regrouped: tuple[Regrouped, ...]
    asides: tuple[tuple[Aside, str], ...]
    strange: tuple[ReadLine, ...]
    tables_left_out: bool
    front_left_out: bool
    held: tuple[Held, ...]
    sent: Document
    loose: Mapping[int, tuple[Point, ...]]
    refused: tuple[View, tuple[tuple[SectionChange, Change], ...]] | None
    _authors: Mapping[int, Author]

    def author(self, change: Change) -> Author:
        """Who made a change."""
        return self._authors.get(id(change), Author())


def review_own(
    reading: Reading, issued: Matter, values: Mapping[str, Value], law: Yardstick | None = None
) -> OwnReview:
    """Review a file that was made from what was issued.

    Args:
        reading: the file.
        issued: the agreement as it was sent.
        values: its numbers.
        law: what its new words are held against; None where only the differences are wanted.
    """
    reading = celled(reading, issued)
    sections = articles_of(reading)
    sent = issued.document
    pieces = pieces_of(issued, reading)
    issued = comparable(issued, reading)
    accepted = recognize(sections, issued, pieces=pieces)
    view = _view(reading, accepted, issued, values, law)
    differences = view.differences
    original, refused = accepted, None
    if reading.tracked:
        original = recognize(articles_of(reading, original=True), issued, pieces=pieces)
        other = _view(reading, original, issued, values, law)
        refused = other, tuple(_untold(other.differences, differences))
    changes = [change for section in differences.sections for change in section.changes]
    place = places_of(sections)
    asides = [
        (aside, place(aside.serial))
        for aside in (*property_asides(reading, sent), *reading.asides)
        if aside.kind not in QUIET
    ]
    loose: dict[int, tuple[Point, ...]] = {}
    if law is not None:
        loose = {id(aside): on_loose_text(aside.text, law) for aside, _ in asides}
        loose |= {id(line): on_loose_text(line.text, law) for line in accepted.strange}
    return OwnReview(
        reading,
        sections,
        differences,
        view.numbers,
        tuple(_regrouped(differences)),
        tuple(asides),
        accepted.strange,
        tableless(reading),
        _has_front(issued.document) and not _has_front(accepted.document),
        view.held,
        sent,
        loose,
        refused,
        {id(change): _author(change, accepted, original) for change in changes if change.counted}
        | {id(change): _marks(_now(change, original)) for _, change in (refused[1] if refused else ())},
    )


def _has_front(document: Document) -> bool:
    return next(front_rows(document), None) is not None


def _view(
    reading: Reading,
    found: Recognized,
    issued: Matter,
    values: Mapping[str, Value],
    law: Yardstick | None,
) -> View:
    """What one view of the file has other than what was issued, held against the law, with its numbers."""
    if not _has_front(found.document):
        issued = replace(issued, document=replace(issued.document, cover=None, parties=()))
    differences = compare(issued, Matter(reading.name, found.document, issued.standards))
    halves = halves_of(differences)
    held: tuple[Held, ...] = ()
    if law is not None:
        differences, held = hold(differences, law, halves)
    return View(*settle(differences, held, tuple(judge_numbers(differences, values, halves))))


def _untold(refused: Differences, accepted: Differences) -> Iterator[tuple[SectionChange, Change]]:
    """The changes of the text with all changes refused that are not told of the text with all of them taken."""
    changes = [change for section in accepted.sections for change in section.changes if change.counted]
    told = {change.old.position: change for change in changes if change.old}
    came = {_bare(change.new.text) for change in changes if change.new}
    for section in refused.sections:
        for change in section.changes if section.kind != "left" else ():
            same = told.get(change.old.position) if change.old else None
            if not change.counted or (change.new and _bare(change.new.text) in came):
                continue
            if same is None or not _stretches(change) <= _stretches(same):
                yield section, change


def _stretches(change: Change) -> set[tuple[str, str]]:
    return {(op.old, op.new) for op in change.edits}


# ------------------------------------------------------------------ authors


def _author(change: Change, accepted: Recognized, original: Recognized) -> Author:
    """Who made a change: from the text as it is, or, where it is gone, as it was."""
    lines = [*_now(change, accepted)]
    if change.old is not None and (was := original.lines.get(change.old.position)):
        lines.append(was)
    found = _marks(lines)
    return replace(found, tracked=found.tracked and not _untracked(change, original))


def _now(change: Change, found: Recognized) -> Sequence[ReadLine]:
    """The lines of a view of the file that a change of it was read from."""
    return found.origins.get(key_of(change.new), ()) if change.new is not None else ()


def _marks(lines: Iterable[ReadLine]) -> Author:
    """Whoever tracked anything in these lines."""
    tracked = [
        one
        for line in lines
        for one in (*(found for span in line.passage.spans for found in span.changes), *line.passage.mark)
    ]
    names = tuple(dict.fromkeys(one.author for one in tracked if one.author))
    days = tuple(sorted({one.day for one in tracked if one.day}))
    return Author(names, days, bool(tracked))


def _untracked(change: Change, original: Recognized) -> bool:
    """Whether the text with all changes refused is not what was issued either."""
    if change.old is None:
        return False
    was = original.lines.get(change.old.position)
    return was is not None and _bare(was.text) != _bare(change.old.text)


def _bare(text: str) -> str:
    return "".join(text.split())


# ------------------------------------------------------------------ articles split and merged


def _regrouped(differences: Differences) -> Iterator[Regrouped]:
    """Articles whose paragraphs now stand in several new ones, and articles that took in all of another."""
    home = _homes(section.old.lines for section in differences.sections if section.old)
    now = _homes(section.new.lines for section in differences.sections if section.new)
    pairs: dict[int, set[int]] = {}
    for change in _lines(differences):
        if change.old is not None and change.new is not None:
            pairs.setdefault(home[change.old.position], set()).add(now[change.new.position])
    old = {s.old.position: s.old for s in differences.sections if s.old and s.kind != "left"}
    new = {s.new.position: s.new for s in differences.sections if s.new}
    fresh = {s.new.position for s in differences.sections if s.kind == "inserted" and s.new}
    gone = {s.old.position for s in differences.sections if s.kind == "deleted" and s.old}
    for one, others in sorted(pairs.items()):
        came = sorted(others & fresh)
        if came and one in old and old[one].kind == "article" and one not in gone:
            kept = sorted(others - fresh)
            yield Regrouped("split", (old[one].label,), tuple(new[at].label for at in (*kept, *came)))
    for one in sorted(gone & pairs.keys()):
        for other in sorted(pairs[one] - fresh):
            owners = [at for at, others in pairs.items() if other in others and at not in gone]
            if old[one].kind == "article" and owners:
                labels = tuple(old[at].label for at in sorted({*owners, one}) if at in old)
                yield Regrouped("merged", labels, (new[other].label,))


def _lines(differences: Differences) -> Iterator[Change]:
    for section in differences.sections:
        for change in section.changes:
            if change.kind != "left" and change.line.kind in ("paragraph", "item"):
                yield change


def _homes(groups: Iterator[Sequence[Line]]) -> dict[int, int]:
    return {line.position: line.section for lines in groups for line in lines}
