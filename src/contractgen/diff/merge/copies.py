"""One side's copy, seen from the base: which lines it kept, changed and took out, and where it put something in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from contractgen.diff.changes import Change, Differences, SectionChange
from contractgen.diff.matter import Line, Section
from contractgen.diff.tracked import same_kind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Run(Generic[T]):
    """What a side put in between two things that it kept: anywhere from before ``low`` to before ``high``."""

    low: int
    high: int
    items: tuple[T, ...]


@dataclass
class Copy:
    """One side's copy. Lines and sections of the base are named by their positions there.

    A base line or section that is nowhere in here was not compared (the file had no tables, for instance) and
    counts as left alone.
    """

    base: Sequence[Section]
    differences: Differences
    kept: dict[int, Change] = field(default_factory=dict)  # lines, with what was changed in them
    removed: dict[int, Change] = field(default_factory=dict)  # lines
    arrived: dict[int, Change] = field(default_factory=dict)  # lines that were moved, where they are now
    homes: dict[int, SectionChange] = field(default_factory=dict)  # sections that stayed
    gone: dict[int, SectionChange] = field(default_factory=dict)  # sections
    moved: dict[int, SectionChange] = field(default_factory=dict)  # sections, where they are now
    runs: dict[int, list[Run[Change]]] = field(
        default_factory=dict
    )  # lines put into each section that stayed
    section_runs: list[Run[SectionChange]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = self._positions()
        self._sections = {line: one.position for one in self.base for line in _positions(one)}
        self._read()

    def _positions(self) -> dict[int, int]:
        """Of a line of the differences' old text, its position in the base: the old text may be a part of it."""
        known = {_key(line): line.position for one in self.base for line in one.lines}
        old = [line for one in self.differences.sections if one.old for line in one.old.lines]
        return {line.position: known[_key(line)] for line in old}

    def _read(self) -> None:
        low = 0
        run: list[SectionChange] = []
        for change in self.differences.sections:
            at = None if change.old is None else self._sections[self._lines[change.old.lines[0].position]]
            if at is None or change.kind == "moved":
                run.append(change)
                if at is not None:
                    self.moved[at] = change
                    self._arrive(change.changes)
            elif change.new is None:
                self.gone[at] = change
                self.removed |= {
                    self._lines[one.old.position]: one for one in change.changes if one.old is not None
                }
            else:
                self.homes[at] = change
                self._read_lines(self.base[at], change)
                if run:
                    self.section_runs.append(Run(low, at, tuple(run)))
                low, run = at + 1, []
        if run:
            self.section_runs.append(Run(low, len(self.base), tuple(run)))

    def _read_lines(self, section: Section, found: SectionChange) -> None:
        """The lines of a section that stayed, numbered within it."""
        first = section.lines[0].position
        runs = self.runs.setdefault(section.position, [])
        low = 0
        run: list[Change] = []
        self._arrive(found.changes)
        for change in found.changes:
            at = None if change.old is None else self._lines[change.old.position]
            if at is None or change.kind == "moved":
                run.append(change)
            elif change.new is None:
                self.removed[at] = change
            elif change.old is not None and not same_kind(change.old, change.new):
                self.removed[at] = change
                run.append(change)
            else:
                self.kept[at] = change
                if run:
                    runs.append(Run(low, at - first, tuple(run)))
                low, run = at - first + 1, []
        if run:
            runs.append(Run(low, len(section.lines), tuple(run)))

    def _arrive(self, changes: Sequence[Change]) -> None:
        for change in changes:
            if change.kind == "moved" and change.old is not None:
                self.arrived[self._lines[change.old.position]] = change

    # ---------------------------------------------------------------- what a merge asks

    def edited(self, line: Line) -> bool:
        """Whether anything in a line that was kept is different."""
        change = self.kept.get(line.position)
        return change is not None and bool(change.edits)

    def touched(self, section: Section) -> bool:
        """Whether a section that stayed is not as it was."""
        return bool(self.runs.get(section.position)) or any(
            line.position in self.removed or self.edited(line) for line in section.lines
        )


def _key(line: Line) -> tuple[int, str, int]:
    return id(line.block), line.kind, line.row


def _positions(section: Section) -> list[int]:
    return [line.position for line in section.lines]
