"""What a merge is: the text that both sides began from, what each made of it, and the points on which they disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from contractgen.diff.changes import Change, Differences, Effect, Label, overall
from contractgen.diff.matter import Line, Matter, Section
from contractgen.document import Chapter, Inline

SideName = Literal["union", "employer"]
SIDES: tuple[SideName, SideName] = ("union", "employer")
By = frozenset[SideName]
NOBODY: By = frozenset()
BOTH: By = frozenset(SIDES)
Status = Literal["same", "union", "employer", "both", "mixed", "contested"]
STATUSES: tuple[Status, ...] = ("contested", "union", "employer", "both", "mixed", "same")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: as it was, or deleted or inserted by one side or by both."""

    kind: Literal["kept", "deleted", "inserted"]
    inlines: tuple[Inline, ...]
    by: By = NOBODY

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(node.text for node in self.inlines)


@dataclass(frozen=True, slots=True)
class Side:
    """One side's text and how it differs from the base."""

    name: SideName
    author: str
    differences: Differences


@dataclass(frozen=True)
class MergedLine:
    """A line of the base, or one that a side put in.

    Attributes:
        base: the line as it was; None where it was put in.
        lines: the line as each side has it now; a side that deleted it is not here.
        changes: what each side did to it; a side that left it alone is not here.
        cells: its text with everything that both sides did.
        whole: whether the line as a whole came or went, and by whom.
        by: who put it in or took it out.
        points: numbers of the contested points that it belongs to.
    """

    base: Line | None
    lines: Mapping[SideName, Line]
    changes: Mapping[SideName, Change]
    cells: tuple[tuple[Piece, ...], ...]
    whole: Literal["", "inserted", "deleted"] = ""
    by: By = NOBODY
    points: tuple[int, ...] = ()

    @property
    def line(self) -> Line:
        """The line as it was, else as a side has it."""
        return self.base or next(self.lines[side] for side in SIDES if side in self.lines)

    @property
    def _hands(self) -> frozenset[By]:
        """Who did something to it, alone or together."""
        found = {one.by for cell in self.cells for one in cell if one.kind != "kept"}
        return frozenset({*found, self.by} if self.whole else found)

    @property
    def status(self) -> Status:
        """Whose change it is: one side's, the same one of both, some of each, or contested."""
        if self.points:
            return "contested"
        hands = self._hands
        if len(hands) > 1:
            return "mixed"
        return next(("both" if one == BOTH else next(iter(one)) for one in hands), "same")

    @property
    def counted(self) -> bool:
        """Whether a reader counts it; the title of an article that came or went goes with it."""
        bare = (
            self.line.kind == "heading"
            and all(one.kind == "kept" or self.whole for one in self.cells[0])
            and not (self.whole and isinstance(self.line.block, Chapter))
        )
        return self.status != "same" and not bare


@dataclass(frozen=True)
class MergedSection:
    """A section of the base, or one that a side put in (``by``)."""

    section: Section
    lines: tuple[MergedLine, ...]
    by: By = NOBODY

    @property
    def counted(self) -> tuple[MergedLine, ...]:
        """The lines that a reader counts."""
        return tuple(line for line in self.lines if line.counted)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one side wants at a contested point, and what that does to the workers' position."""

    text: str
    effects: tuple[Effect, ...] = ()

    @property
    def label(self) -> Label:
        """All effects in one."""
        return overall(self.effects)


@dataclass(frozen=True, slots=True)
class Point:
    """A contested point: nobody but the parties can settle it.

    Attributes:
        number: from 1, in the order of the text.
        place: 第十二条第二款
        kind: wording (both changed the same words), removal (one deleted or moved what the other changed),
            insertion (both put something in at the same place).
        base: the text as it was; empty where there was none.
        opinions: of each side.
    """

    number: int
    place: str
    kind: Literal["wording", "removal", "insertion"]
    base: str
    opinions: Mapping[SideName, Opinion]


@dataclass(frozen=True)
class Merged:
    """Two edited copies of one text in one.

    Attributes:
        base: what both sides began from.
        sides: what each made of it.
        sections: the text, with everything that both did.
        points: what they disagree on.
        remarks: what else a person must know of the two files, as sentences.
    """

    base: Matter
    sides: Mapping[SideName, Side]
    sections: tuple[MergedSection, ...]
    points: tuple[Point, ...] = ()
    remarks: tuple[str, ...] = ()

    def author(self, by: By) -> str:
        """The name that a change bears: of one side, or of both."""
        return "、".join(self.sides[side].author for side in SIDES if side in by)

    @property
    def lines(self) -> Iterator[MergedLine]:
        """All lines that a reader counts, in the order of the text."""
        for section in self.sections:
            yield from section.counted

    @cached_property
    def count(self) -> Mapping[str, int]:
        """How many lines of each status, and how many contested points."""
        found = [line.status for line in self.lines]
        return {
            **{status: found.count(status) for status in STATUSES if status != "same"},
            "points": len(self.points),
        }
