"""Three texts in one: what both sides made of a base, line by line and word by word, with everything that they disagree on.

The result holds all three texts. Without any change it is the base; with those of one side, and those that both
made, it is that side's text, also where the sides disagree. A point is contested where the words that both changed
overlap or touch, where one side deleted or moved what the other changed, and where both put something in at the
same place. What both did alike is no disagreement.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from contractgen.diff.changes import Change, Differences, Effect, SectionChange
from contractgen.diff.matter import Line, Matter, Section, sections
from contractgen.diff.merge.copies import Copy, Run
from contractgen.diff.merge.model import (
    BOTH,
    SIDES,
    By,
    Merged,
    MergedLine,
    MergedSection,
    Opinion,
    Piece,
    Point,
    Side,
    SideName,
)
from contractgen.diff.report import place_in
from contractgen.diff.tokens import Op
from contractgen.diff.tracked import piece
from contractgen.document import Inline, plain

T = TypeVar("T")
DELETED, MOVED, NOTHING = "（删去）", "（移到别处）", "（没有）"
STOPS = "。；！？\n"
AUTHORS = ("工会", "用人单位")
Kind = Literal["wording", "removal", "insertion"]


def merge(
    base: Matter, union: Differences, employer: Differences, authors: Sequence[str] = AUTHORS
) -> Merged:
    """Merge two sides' copies.

    Args:
        base: what both began from.
        union: from the base, or from what the union's file could hold of it, to the union's copy.
        employer: the same for the employer's copy.
        authors: the names of both sides.
    """
    return _Merging(base, union, employer, authors).merged()


@dataclass(frozen=True)
class _Insertion(Generic[T]):
    """Something put in at one place, by one side or both; ``rival`` is the other side's, where they disagree."""

    items: tuple[T, ...]
    by: By
    dispute: _Dispute[T] | None = None


@dataclass(eq=False)
class _Dispute(Generic[T]):
    """What both sides put in at the same place."""

    items: Mapping[SideName, tuple[T, ...]]
    number: int = 0


class _Merging:
    def __init__(
        self, base: Matter, union: Differences, employer: Differences, authors: Sequence[str]
    ) -> None:
        self.base = base
        self.old = sections(self.base.document)
        self.sides = {
            "union": Side("union", authors[0], union),
            "employer": Side("employer", authors[1], employer),
        }
        self.copies: dict[SideName, Copy] = {
            "union": Copy(self.old, union),
            "employer": Copy(self.old, employer),
        }
        self.points: list[Point] = []
        self.together: set[int] = set()  # ids of what both sides put in alike

    def merged(self) -> Merged:
        """The sections in order, each behind what was put in before it."""
        put_in = self._arranged({side: self.copies[side].section_runs for side in SIDES}, _section_key)
        inner = {
            section.position: self._arranged(
                {side: self.copies[side].runs.get(section.position, []) for side in SIDES}, _change_key
            )
            for section in self.old
            if not any(section.position in self.copies[side].gone for side in SIDES)
        }
        found: list[MergedSection] = []
        for at in range(len(self.old) + 1):
            for insertion in put_in.get(at, ()):
                found += self._new_sections(insertion, at)
            if at < len(self.old):
                found.append(self._section(self.old[at], inner.get(at)))
        return Merged(self.base, self.sides, tuple(found), tuple(self.points))  # type: ignore[arg-type]

    # ---------------------------------------------------------------- what was put in

    def _arranged(
        self, runs: Mapping[SideName, Sequence[Run[T]]], key: Callable[[T], Hashable]
    ) -> dict[int, list[_Insertion[T]]]:
        """Where each thing that was put in goes: before which line or section."""
        found: dict[int, list[_Insertion[T]]] = {}
        for group in _overlapping(runs):
            mine, theirs = group["union"], group["employer"]
            if len(mine) == len(theirs) == 1:
                at = min(mine[0].high, theirs[0].high)
                found.setdefault(at, []).extend(self._at_one_place(mine[0], theirs[0], key))
                continue
            dispute = (
                _Dispute({side: tuple(item for run in group[side] for item in run.items) for side in SIDES})
                if mine and theirs
                else None
            )
            for side in SIDES:
                for run in group[side]:
                    found.setdefault(run.high, []).append(_Insertion(run.items, frozenset({side}), dispute))
        return found

    def _at_one_place(
        self, mine: Run[T], theirs: Run[T], key: Callable[[T], Hashable]
    ) -> Iterator[_Insertion[T]]:
        """What both put in alike at the beginning and the end is from both; what is between is contested."""
        one, other = mine.items, theirs.items
        head = _common(one, other, key)
        tail = _common(one[head:][::-1], other[head:][::-1], key)
        before, behind = one[:head], one[len(one) - tail :]
        for item in (*before, *behind, *other[:head], *other[len(other) - tail :]):
            self.together |= {id(item), *(id(one) for one in getattr(item, "changes", ()))}
        rest = {"union": one[head : len(one) - tail], "employer": other[head : len(other) - tail]}
        if before:
            yield _Insertion(before, BOTH)
        dispute = _Dispute(rest) if all(rest.values()) else None  # type: ignore[arg-type]
        for side in SIDES:
            if rest[side]:
                yield _Insertion(rest[side], frozenset({side}), dispute)
        if behind:
            yield _Insertion(behind, BOTH)

    def _new_sections(self, insertion: _Insertion[SectionChange], at: int) -> Iterator[MergedSection]:
        where = f"{_label(self.old[at - 1])}之后" if at else "开头"
        points = self._of_dispute(insertion, where, _section_text, lambda one: list(one.changes))
        for change in insertion.items:
            if change.new is None:
                continue
            made = {one.new.position: one for one in change.changes if one.new is not None}
            lines = [self._put_in(made[line.position], insertion.by, points) for line in change.new.lines]
            yield MergedSection(change.new, tuple(lines), insertion.by)

    def _of_dispute(
        self,
        insertion: _Insertion[T],
        where: str,
        text: Callable[[T], str],
        changes: Callable[[T], list[Change]],
    ) -> tuple[int, ...]:
        """The number of the point that an insertion belongs to; the point is made once."""
        dispute = insertion.dispute
        if dispute is None:
            return ()
        if not dispute.number:
            opinions = {
                side: _opinion(
                    "\n".join(text(item) for item in dispute.items[side]),
                    [change for item in dispute.items[side] for change in changes(item)],
                )
                for side in SIDES
            }
            dispute.number = self._point(where, "insertion", "", opinions)
        return (dispute.number,)

    @staticmethod
    def _put_in(change: Change, by: By, points: tuple[int, ...]) -> MergedLine:
        line = change.new
        assert line is not None
        cells = tuple((Piece("inserted", piece(cell, 0, len(plain(cell))), by),) for cell in line.cells)
        return MergedLine(
            None, dict.fromkeys(by, line), dict.fromkeys(by, change), cells, "inserted", by, points
        )

    # ---------------------------------------------------------------- sections of the base

    def _section(self, old: Section, put_in: dict[int, list[_Insertion[Change]]] | None) -> MergedSection:
        gone = [side for side in SIDES if old.position in self.copies[side].gone]
        lines: list[MergedLine] = []
        points = self._removed_section(old, gone)
        if len(gone) == 1:
            stayed = next(side for side in SIDES if side not in gone)
            runs = self.copies[stayed].runs.get(old.position, [])
            put_in = {run.high: [_Insertion(run.items, frozenset({stayed}))] for run in runs}
        for at in range(len(old.lines) + 1):
            for insertion in (put_in or {}).get(at, ()):
                where = f"{place_in(old, old.lines[at - 1])}之后" if at else f"{_label(old)}开头"
                own = points or self._of_dispute(insertion, where, _new_text, lambda one: [one])
                lines += [self._put_in(change, insertion.by, own) for change in insertion.items]
            if at < len(old.lines):
                lines.append(self._line(old, old.lines[at], points))
        return MergedSection(old, tuple(lines))

    def _removed_section(self, old: Section, gone: Sequence[SideName]) -> tuple[int, ...]:
        """The point of a section that one side took out and the other changed, or that only one of both moved."""
        if not gone:
            return ()
        if len(gone) == 2:
            arrived = [self.copies[side].moved.get(old.position) for side in SIDES]
            if not any(arrived) or all(one is not None and id(one) in self.together for one in arrived):
                return ()
        elif not any(self.copies[side].touched(old) for side in SIDES if side not in gone):
            return ()
        opinions = {}
        for side in SIDES:
            copy = self.copies[side]
            moved = copy.moved.get(old.position)
            if moved is not None and moved.new is not None:
                opinions[side] = _opinion(f"{MOVED}{_text(moved.new)}", moved.changes)
            elif old.position in copy.gone:
                opinions[side] = _opinion(DELETED, copy.gone[old.position].changes)
            else:
                home = copy.homes[old.position]
                opinions[side] = _opinion(_text(home.new or old), home.counted)
        return (self._point(_label(old), "removal", _text(old), opinions),)

    # ---------------------------------------------------------------- lines of the base

    def _line(self, home: Section, old: Line, points: tuple[int, ...]) -> MergedLine:
        removed = frozenset(side for side in SIDES if old.position in self.copies[side].removed)
        edits = {side: self.copies[side].kept.get(old.position) for side in SIDES if side not in removed}
        changes: dict[SideName, Change] = {}
        for side in SIDES:
            change = edits.get(side) or self.copies[side].removed.get(old.position)
            if change is not None and (side in removed or change.edits):
                changes[side] = change
        cells = []
        disputes: list[tuple[int, int, int]] = []  # cell, from, to
        for number, inlines in enumerate(old.cells):
            ops = {side: _ops(edits[side], number) for side in edits}
            cells.append(tuple(_pieces(inlines, edits, ops, number, removed)))
            disputes += [(number, *span) for span in _disputes(plain(inlines), ops)]
        if not points:
            points = self._removed_line(home, old, removed, changes) or tuple(
                self._wording(home, old, edits, one) for one in disputes
            )
        else:
            points = points if changes else ()
        lines = {side: one.new for side, one in edits.items() if one is not None and one.new is not None}
        return MergedLine(old, lines, changes, tuple(cells), "deleted" if removed else "", removed, points)

    def _removed_line(
        self, home: Section, old: Line, removed: By, changes: Mapping[SideName, Change]
    ) -> tuple[int, ...]:
        """The point of a line that one side took out and the other changed, or that only one of both kept elsewhere."""
        arrived = {side: self._elsewhere(side, old) for side in removed}
        if len(removed) == 2:
            texts = [one for one in arrived.values() if one is not None]
            if not texts or (len(texts) == 2 and all(id(one) in self.together for one in texts)):
                return ()
        elif not removed or len(changes) < 2:
            return ()
        opinions = {}
        for side in SIDES:
            moved = arrived.get(side)
            if moved is not None and moved.new is not None:
                opinions[side] = _opinion(f"{MOVED}{moved.new.text}", [moved])
            elif side in removed:
                opinions[side] = _opinion(DELETED, [changes[side]])
            else:
                new = changes[side].new
                opinions[side] = _opinion(new.text if new else DELETED, [changes[side]])
        return (self._point(place_in(home, old), "removal", old.text, opinions),)

    def _elsewhere(self, side: SideName, old: Line) -> Change | None:
        """Where a line that a side took out is now: it was moved, or became an item or a paragraph."""
        copy = self.copies[side]
        change = copy.removed[old.position]
        return change if change.new is not None else copy.arrived.get(old.position)

    def _wording(
        self,
        home: Section,
        old: Line,
        edits: Mapping[SideName, Change | None],
        where: tuple[int, int, int],
    ) -> int:
        cell, start, end = where
        text = plain(old.cells[cell])
        opinions = {}
        for side in SIDES:
            change = edits[side]
            assert change is not None
            said = _applied(text, _ops(change, cell), start, end)
            opinions[side] = _opinion(said or DELETED, [change], text[start:end])
        return self._point(place_in(home, old), "wording", text[start:end], opinions)

    def _point(self, place: str, kind: Kind, base: str, opinions: Mapping[SideName, Opinion]) -> int:
        number = len(self.points) + 1
        self.points.append(Point(number, place, kind, base, opinions))
        return number


# ------------------------------------------------------------------ words


def _ops(change: Change | None, cell: int) -> tuple[Op, ...]:
    """The edits of one cell."""
    if change is None or cell >= len(change.cells):
        return ()
    return tuple(op for op in change.cells[cell] if op.tag != "equal")


def _pieces(
    inlines: tuple[Inline, ...],
    edits: Mapping[SideName, Change | None],
    ops: Mapping[SideName, Sequence[Op]],
    cell: int,
    removed: By,
) -> Iterator[Piece]:
    """A text of the base with what both sides did to it; what each inserted stands behind what it deleted."""
    length = len(plain(inlines))
    edges = sorted({0, length} | {at for side in ops for op in ops[side] for at in (op.old_at, op.old_end)})
    for at, left in enumerate(edges):
        yield from _inserted(left, edits, ops, cell)
        if left == length:
            return
        right = edges[at + 1]
        by = removed | {
            side for side in ops if any(op.old_at <= left and right <= op.old_end for op in ops[side])
        }
        yield Piece("deleted" if by else "kept", piece(inlines, left, right), by)


def _inserted(
    at: int, edits: Mapping[SideName, Change | None], ops: Mapping[SideName, Sequence[Op]], cell: int
) -> Iterator[Piece]:
    here = {side: next((op for op in ops[side] if op.old_end == at and op.new), None) for side in ops}
    found = {side: op for side, op in here.items() if op is not None}
    same = len(found) == 2 and _same(*found.values())
    for side in SIDES:
        change, op = edits.get(side), found.get(side)
        if op is None or change is None or change.new is None:
            continue
        text = piece(change.new.cells[cell], op.new_at, op.new_end)
        if same:
            yield Piece("inserted", text, BOTH)
            return
        yield Piece("inserted", text, frozenset({side}))


def _same(one: Op, other: Op) -> bool:
    return (one.old_at, one.old_end, one.new) == (other.old_at, other.old_end, other.new)


def _disputes(text: str, ops: Mapping[SideName, Sequence[Op]]) -> list[tuple[int, int]]:
    """The sentences in which both sides changed words that overlap or touch."""
    if len(ops) < 2:
        return []
    found: list[tuple[int, int]] = []
    for one in ops["union"]:
        for other in ops["employer"]:
            if one.old_at <= other.old_end and other.old_at <= one.old_end and not _same(one, other):
                start, end = min(one.old_at, other.old_at), max(one.old_end, other.old_end)
                found.append(_sentence(text, start, end, [*ops["union"], *ops["employer"]]))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif not joined or (start, end) != joined[-1]:
            joined.append((start, end))
    return joined


def _sentence(text: str, start: int, end: int, edits: Sequence[Op]) -> tuple[int, int]:
    """The sentences around a stretch, so wide that no edit is cut."""
    while True:
        left = max(text.rfind(stop, 0, start) for stop in STOPS) + 1
        ends = [at + 1 for stop in STOPS if (at := text.find(stop, max(end - 1, 0))) >= 0]
        right = max(min(ends, default=len(text)), end)
        cut = [op for op in edits if op.old_at < right and op.old_end > left]
        wider = (min([left, *(op.old_at for op in cut)]), max([right, *(op.old_end for op in cut)]))
        if wider == (start, end):
            return wider
        start, end = wider


def _applied(text: str, edits: Sequence[Op], start: int, end: int) -> str:
    """A stretch of a text with one side's edits."""
    found = ""
    at = start
    for op in edits:
        if op.old_at >= start and op.old_end <= end:
            found += text[at : op.old_at] + op.new
            at = op.old_end
    return found + text[at:end]


# ------------------------------------------------------------------ opinions


def _opinion(text: str, changes: Sequence[Change], base: str = "") -> Opinion:
    """What a side wants, with the effects of its changes; only those about these words where any are."""
    effects = [effect for change in changes for effect in change.effects]
    near = [one for one in effects if _about(one, base, text)] if base else effects
    return Opinion(text, tuple(dict.fromkeys(near or effects)))


def _about(effect: Effect, base: str, text: str) -> bool:
    return bool((effect.old and effect.old in base) or (effect.new and effect.new in text))


def _label(section: Section) -> str:
    return section.label or section.name or "开头"


def _text(section: Section) -> str:
    return "\n".join(line.text for line in section.lines if line.text)


def _section_text(change: SectionChange) -> str:
    return _text(change.section)


def _new_text(change: Change) -> str:
    return change.line.text


# ------------------------------------------------------------------ runs


def _change_key(change: Change) -> Hashable:
    line = change.line
    return line.kind, line.label if line.kind == "field" else "", tuple(plain(cell) for cell in line.cells)


def _section_key(change: SectionChange) -> Hashable:
    section = change.section
    return section.kind, section.title, tuple((line.kind, line.text) for line in section.lines)


def _common(one: Sequence[T], other: Sequence[T], key: Callable[[T], Hashable]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if key(left) != key(right):
            break
        count += 1
    return count


def _overlapping(
    runs: Mapping[SideName, Sequence[Run[T]]],
) -> Iterator[dict[SideName, list[Run[T]]]]:
    """The runs of both sides in groups that may stand at one place, in order."""
    ordered = sorted(
        ((run.low, run.high, side, run) for side in SIDES for run in runs[side]), key=lambda one: one[:2]
    )
    group: dict[SideName, list[Run[T]]] = {}
    reach = -1
    for low, high, side, run in ordered:
        if group and low > reach:
            yield group
            group = {}
        group = group or {"union": [], "employer": []}
        group[side].append(run)
        reach = max(reach, high)
    if group:
        yield group
