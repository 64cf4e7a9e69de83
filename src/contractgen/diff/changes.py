"""The changes from one text to another, in reading order: inserted, deleted, reworded, moved; the same is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import zip_longest
from typing import Literal

from contractgen.diff.align import align_lines, align_sections, align_strays
from contractgen.diff.matter import CELL_GAP, Line, Matter, Section, sections
from contractgen.diff.tokens import Op, compare_text, rising
from contractgen.document import Chapter, Inline, plain

ChangeKind = Literal["same", "inserted", "deleted", "reworded", "moved", "left"]
Label = Literal["weaker", "stronger", "neutral", "unclear"]
LABELS: dict[Label, str] = {"weaker": "削弱", "stronger": "增强", "neutral": "中性", "unclear": "待判断"}
BOTH_WAYS = "有削弱，也有增强"  # listed and counted as weaker
KINDS: dict[ChangeKind, str] = {
    "same": "未变",
    "inserted": "增加",
    "deleted": "删除",
    "reworded": "改写",
    "moved": "移动",
    "left": "移走",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """What one change does to the workers' position.

    Attributes:
        label: weaker, stronger, neutral or unclear.
        rule: id of the rule that fired; empty where none did.
        title: what the rule says of this change, in Chinese.
        floor: the standard that it touches, where it touches one.
        old, new: the words it is about.
        maybe: what it would be, were it certain; None where nothing was left to a person.
    """

    label: Label
    rule: str = ""
    title: str = ""
    floor: str = ""
    old: str = ""
    new: str = ""
    maybe: Label | None = None


@dataclass(frozen=True)
class Change:
    """What became of one line.

    ``left`` is the place that a moved line left: it is shown in a redline and not counted. So is a section that
    is ``left``, with all that stood in it.
    """

    kind: ChangeKind
    old: Line | None
    new: Line | None
    cells: tuple[tuple[Op, ...], ...] = ()
    effects: tuple[Effect, ...] = ()

    @cached_property
    def ops(self) -> tuple[Op, ...]:
        """The stretches of the whole line, cells parted by ｜."""
        found: list[Op] = []
        old_at = new_at = 0
        for number, cell in enumerate(self.cells):
            if number:
                found.append(Op("equal", CELL_GAP, CELL_GAP, old_at, new_at))
                old_at, new_at = old_at + 1, new_at + 1
            found += [op.behind(old_at, new_at) for op in cell] if number else cell
            old_at += sum(len(op.old) for op in cell)
            new_at += sum(len(op.new) for op in cell)
        return tuple(found)

    @cached_property
    def edits(self) -> tuple[Op, ...]:
        """The stretches that differ."""
        return () if self.kind == "same" else tuple(op for op in self.ops if op.tag != "equal")

    @property
    def counted(self) -> bool:
        """Whether a reader counts it as a change; the title of an article that came or went goes with its text."""
        return self.kind not in ("same", "left") and not self._bare

    @property
    def _bare(self) -> bool:
        if self.old is not None and self.new is not None:
            return self.line.kind == "heading" and self.old.text == self.new.text
        return self.line.kind == "heading" and not isinstance(self.line.block, Chapter)

    @property
    def line(self) -> Line:
        """The line as it is now, or as it was."""
        line = self.new or self.old
        assert line is not None
        return line

    @property
    def label(self) -> Label:
        """The effect of the whole line: what weakens is told, whatever else comes with it."""
        return overall(self.effects)


def overall(effects: Sequence[Effect]) -> Label:
    """One label for several effects: weaker wherever one is, so that nothing hides it."""
    found = {effect.label for effect in effects}
    for label in ("weaker", "stronger", "unclear"):
        if label in found:
            return label
    return "neutral"


def verdict_of(effects: Sequence[Effect]) -> str:
    """The word for several effects: 削弱, 增强 …, or that there is some of both."""
    both = {"weaker", "stronger"} <= {effect.label for effect in effects}
    return BOTH_WAYS if both else LABELS[overall(effects)]


@dataclass(frozen=True)
class SectionChange:
    """A section of both texts, or of one."""

    kind: Literal["same", "inserted", "deleted", "changed", "moved", "left"]
    old: Section | None
    new: Section | None
    changes: tuple[Change, ...]

    @property
    def section(self) -> Section:
        """The section as it is now, or as it was."""
        section = self.new or self.old
        assert section is not None
        return section

    @property
    def counted(self) -> tuple[Change, ...]:
        """The changes that a reader counts; those of an article that moved are counted where it went to."""
        return () if self.kind == "left" else tuple(change for change in self.changes if change.counted)

    @property
    def title(self) -> str:
        """第十条 → 第十二条 产假"""
        old, new = self.old, self.new
        if old and new and old.label != new.label and old.label and new.label:
            return f"{old.label} → {new.label} {new.title}".rstrip()
        return self.section.name


@dataclass(frozen=True)
class Differences:
    """Everything that differs between two texts."""

    old: Matter
    new: Matter
    sections: tuple[SectionChange, ...] = field(default=())

    @property
    def changes(self) -> Iterator[Change]:
        """The changes that a reader counts, in reading order."""
        for section in self.sections:
            yield from section.counted

    @cached_property
    def count(self) -> Mapping[str, int]:
        """How many lines of each kind, how many changes of each label, how many articles stayed as they were."""
        here = [change for section in self.sections if section.kind != "left" for change in section.changes]
        kinds = [change.kind for change in here if _tells(change)]
        labels = [change.label for change in self.changes]
        same = [p for p in self.sections if p.kind == "same" and p.section.kind in ("article", "annex")]
        return {
            **{kind: kinds.count(kind) for kind in KINDS if kind != "left"},
            **{label: labels.count(label) for label in LABELS},
            "articles_same": len(same),
        }


def _tells(change: Change) -> bool:
    """Whether a line counts at all: unchanged titles do not."""
    return change.counted or (change.kind == "same" and change.line.kind != "heading")


def compare(old: Matter, new: Matter) -> Differences:
    """The differences between two texts, each with its effect on the workers' position."""
    from contractgen.diff.effects import judge  # the rules read the words of this module's ops

    return judge(unjudged(old, new))


def unjudged(old: Matter, new: Matter) -> Differences:
    """The differences between two texts, aligned and in tokens, without their effects."""
    one, other = sections(old.document), sections(new.document)
    if any(section.kind == "front" for section in one) != any(section.kind == "front" for section in other):
        one, other = _from_first_heading(one), _from_first_heading(other)
    return Differences(old, new, _Comparison(one, other).section_changes())


def _from_first_heading(found: Sequence[Section]) -> tuple[Section, ...]:
    """Without cover, parties and what else stands before the first chapter, which a file from outside has in its own way."""
    first = next((one.position for one in found if one.kind in ("chapter", "article")), 0)
    return tuple(
        replace(one, position=number)
        for number, one in enumerate(one for one in found if one.position >= first)
    )


class _Comparison:
    def __init__(self, old: Sequence[Section], new: Sequence[Section]) -> None:
        self.old, self.new = old, new
        self.pairs = align_sections(old, new)
        self.stay = rising(self.pairs)
        self.lines: dict[int, int] = {}
        self.moved: set[int] = set()
        for one, other in self.pairs.items():
            lines = align_lines(old[one].lines, new[other].lines)
            kept = rising(lines)
            if one not in self.stay:
                self.moved |= lines.keys()
            for line in old[one].lines:
                if line.position in lines and line.position not in kept:
                    if line.kind == "row":
                        del lines[line.position]  # Word knows no moved rows
                    else:
                        self.moved.add(line.position)
            self.lines |= lines
        self._strays()
        self.old_lines = {line.position: line for section in old for line in section.lines}
        self.partner = {other: one for one, other in self.lines.items()}

    def _strays(self) -> None:
        taken = set(self.lines.values())
        left = [line for section in self.old for line in section.lines if line.position not in self.lines]
        came = [line for section in self.new for line in section.lines if line.position not in taken]
        found = align_strays(left, came)
        self.lines |= found
        self.moved |= found.keys()

    def section_changes(self) -> tuple[SectionChange, ...]:
        """New sections in their order; what went away stands where it stood, behind its predecessor."""
        back = {other: one for one, other in self.pairs.items()}
        gone: dict[int | None, list[Section]] = {}
        anchor: int | None = None
        for section in self.old:
            if section.position in self.stay:
                anchor = self.pairs[section.position]
            else:
                gone.setdefault(anchor, []).append(section)
        found = [self._gone(section) for section in gone.get(None, ())]
        for section in self.new:
            one = back.get(section.position)
            found.append(self._section_change(None if one is None else self.old[one], section))
            found += [self._gone(left) for left in gone.get(section.position, ())]
        return tuple(found)

    def _gone(self, section: Section) -> SectionChange:
        changes = tuple(self._old_change(line) for line in section.lines)
        if section.position not in self.pairs:
            return SectionChange("deleted", section, None, changes)
        return SectionChange("left", section, None, changes)

    def _section_change(self, old: Section | None, new: Section) -> SectionChange:
        moved = old is not None and old.position not in self.stay
        behind = self._behind(old, moved) if old else {}
        changes = list(behind.get(None, ()))
        for line in new.lines:
            changes.append(self._new_change(line))
            changes += behind.get(line.position, ())
        kind: Literal["same", "inserted", "changed", "moved"] = "changed"
        if old is None:
            kind = "inserted"
        elif moved:
            kind = "moved"
        elif all(change.kind == "same" for change in changes):
            kind = "same"
        return SectionChange(kind, old, new, tuple(changes))

    def _behind(self, old: Section, moved: bool) -> dict[int | None, list[Change]]:
        """Old lines that are no longer there, by the new line behind which they stood."""
        found: dict[int | None, list[Change]] = {}
        anchor: int | None = None
        wandered = self._wandered(old)
        for line in old.lines:
            here = line.position in self.lines and (moved or line.position not in self.moved)
            if here and line.position not in wandered:
                anchor = self.lines[line.position]
            elif line.position not in self.lines or not moved:
                found.setdefault(anchor, []).append(self._old_change(line))
        return found

    def _wandered(self, old: Section) -> set[int]:
        """Lines of a section whose partner stands in another one."""
        other = self.pairs.get(old.position)
        home = set() if other is None else {line.position for line in self.new[other].lines}
        there = {one: self.lines[one] for one in (line.position for line in old.lines) if one in self.lines}
        return {one for one, partner in there.items() if partner not in home}

    def _old_change(self, line: Line) -> Change:
        if line.position in self.lines:
            return Change("left", line, None, _cells(line, None))
        return Change("deleted", line, None, _cells(line, None))

    def _new_change(self, line: Line) -> Change:
        one = self.partner.get(line.position)
        if one is None:
            return Change("inserted", None, line, _cells(None, line))
        old = self.old_lines[one]
        kind: ChangeKind = "moved" if one in self.moved else "same" if old.text == line.text else "reworded"
        return Change(kind, old, line, _cells(old, line))


def _cells(old: Line | None, new: Line | None) -> tuple[tuple[Op, ...], ...]:
    empty: tuple[Inline, ...] = ()
    pairs = zip_longest(old.cells if old else (), new.cells if new else (), fillvalue=empty)
    return tuple(compare_text(plain(one), plain(other)) for one, other in pairs)
