"""Differences as a Document with tracked changes: taking them all gives the new text, refusing them all the old one.

Numbers of articles and items stay Word's own. What cannot be tracked is not changed in place: a paragraph that
became an item is a deletion and an insertion. So is a paragraph that was moved and reworded on the way, since
LibreOffice cannot settle a paragraph that holds a move and other changes. References are plain text here, since
their numbers are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from contractgen.diff.changes import Change, Differences, SectionChange
from contractgen.diff.matter import Line, front_rows
from contractgen.diff.tokens import Op
from contractgen.document import (
    Annex,
    Block,
    Cell,
    Cover,
    Document,
    Inline,
    Item,
    Mark,
    Paragraph,
    Party,
    Room,
    Row,
    Subheading,
    Table,
    Text,
    Tracked,
)
from contractgen.document.nodes import MarkKind

AUTHOR = "修订对照"


def redline(differences: Differences, *, author: str = AUTHOR, day: str = "") -> Document:
    """The new text with every change tracked.

    Args:
        differences: what is shown.
        author: who is named at each change.
        day: 2026-12-01; without it changes bear no day.
    """
    return _Redline(differences, author, day).document()


class _Redline:
    def __init__(self, differences: Differences, author: str, day: str) -> None:
        self.differences = differences
        self.author, self.day = author, day
        self.lists = _Lists()
        changes = [change for section in differences.sections for change in section.changes]
        moved = [change for change in changes if change.kind == "moved" and change.old]
        self.moves = {change.old.position: number for number, change in enumerate(moved, start=1)}  # type: ignore[union-attr]
        self.partners = {change.old.position: change for change in moved}  # type: ignore[union-attr]

    def document(self) -> Document:
        """Everything: cover and parties where both texts have the same lines, then body and annexes.

        Where they do not, their lines stand before the body; the signature page is that of the new text.
        """
        old, new = self.differences.old.document, self.differences.new.document
        front = [section for section in self.differences.sections if section.section.kind == "front"]
        rest = [section for section in self.differences.sections if section.section.kind != "front"]
        cover, parties, before = self._front(front)
        at = next((n for n, section in enumerate(rest) if section.section.kind == "annex"), len(rest))
        body = [*before, *self._blocks(rest[:at])]
        return Document(
            title=new.title
            if new.title == old.title
            else f"{self.differences.old.name} → {self.differences.new.name}",
            subject=new.subject,
            author=new.author,
            running_head=new.running_head,
            cover=cover,
            parties=parties,
            body=tuple(body),
            closing=new.closing if parties else "",
            annexes=tuple(self._blocks(rest[at:])),
            draft=False,
            keywords=new.keywords,
            properties=dict(new.properties),
        )

    # ---------------------------------------------------------------- cover and parties

    def _front(
        self, sections: Sequence[SectionChange]
    ) -> tuple[Cover | None, tuple[Party, ...], list[Block]]:
        old, new = self.differences.old.document, self.differences.new.document
        same = [label for label, _ in front_rows(old)] == [label for label, _ in front_rows(new)]
        changes = [change for section in sections for change in section.changes]
        if not sections or not same or (old.cover and old.cover.title) != (new.cover and new.cover.title):
            signing = tuple(replace(party, rows=()) for party in new.parties) if sections else ()
            return None, signing, [block for change in changes for block in self._field(change)]
        rows = iter([Row(_own_label(change), self._cells(change)[0]) for change in changes])
        cover = (
            replace(new.cover, remark="", rows=tuple(next(rows) for _ in new.cover.rows))
            if new.cover
            else None
        )
        parties = tuple(replace(party, rows=tuple(next(rows) for _ in party.rows)) for party in new.parties)
        return cover, parties, []

    def _field(self, change: Change) -> Iterator[Block]:
        line = change.line
        label = Text(f"{line.label}：")
        inlines: tuple[Inline, ...] = (label, *self._cells(change)[0])
        mark = self._mark(change)
        if mark:
            inlines = (Tracked((label,), mark), *self._cells(change)[0])
        yield Paragraph(inlines, role="text", mark=mark)

    # ---------------------------------------------------------------- blocks

    def _blocks(self, sections: Sequence[SectionChange]) -> list[Block]:
        found: list[Block] = []
        rows: list[Change] = []
        for section in sections:
            self.lists = _Lists()
            for change in section.changes:
                if section.kind == "moved" and change.kind == "deleted":
                    continue  # stands where the article stood
                if change.line.kind == "row":
                    if rows and not _same_table(rows, change):
                        found.append(self._table(rows))
                        rows = []
                    rows.append(change)
                    continue
                if rows:
                    found.append(self._table(rows))
                    rows = []
                found += self._block(change)
        if rows:
            found.append(self._table(rows))
        return found

    def _block(self, change: Change) -> Iterator[Block]:
        old, new = change.old, change.new
        if change.kind == "left" and old and not self._moves(self.partners[old.position]):
            for gone in self._block(Change("deleted", old, None, _whole(old, "delete"))):
                yield replace(gone, source=None) if isinstance(gone, Paragraph | Item) else gone
            return
        if change.kind == "moved" and old and new and not self._moves(change):
            yield from self._block(Change("inserted", None, new, _whole(new, "insert")))
            return
        if old and new and not same_kind(old, new):
            yield from self._block(Change("deleted", old, None, _whole(old, "delete")))
            yield from self._block(Change("inserted", None, new, _whole(new, "insert")))
            return
        block = change.line.block
        assert not isinstance(block, Row | Room)
        inlines, mark = self._cells(change)[0], self._mark(change)
        source = None if change.kind == "left" else change.line.source
        if isinstance(block, Paragraph):
            yield replace(block, inlines=inlines, mark=mark, source=source)
        elif isinstance(block, Item):
            number = self.lists.number(change) if block.numbered else 1
            yield replace(block, number=number, inlines=inlines, mark=mark, source=source)
        elif isinstance(block, Table):  # a caption
            yield Paragraph(inlines, role="center", mark=mark)
        else:
            yield replace(block, tracked=inlines, mark=mark)

    def _moves(self, change: Change) -> bool:
        """Whether a moved line can be tracked as a move."""
        assert change.old and change.new
        return not change.edits and same_kind(change.old, change.new)

    def _mark(self, change: Change) -> Mark | None:
        """The mark of a whole block."""
        if change.kind in ("left", "moved") and change.old:
            kind: MarkKind = "moved_from" if change.kind == "left" else "moved_to"
            return self._of(kind, whole=True, move=self.moves[change.old.position])
        if change.kind in ("inserted", "deleted"):
            return self._of("inserted" if change.kind == "inserted" else "deleted", whole=True)
        return None

    # ---------------------------------------------------------------- tables

    def _table(self, changes: Sequence[Change]) -> Table:
        table = next(c.line.block for c in changes if c.new or not any(x.new for x in changes))
        assert isinstance(table, Table)
        lines = tuple(
            tuple(
                replace(_cell_of(change, at), inlines=inlines)
                for at, inlines in enumerate(self._cells(change))
            )
            for change in changes
        )
        marks = tuple(self._mark(change) for change in changes)
        headed = changes[0].line.row == 0 and bool(table.header)
        header, rows = (lines[0], lines[1:]) if headed else ((), lines)
        gone = not any(change.new for change in changes)
        return Table(
            header, rows, widths=table.widths, id=table.id, source=None if gone else table.source,
            row_marks=marks if any(marks) else (),
        )  # fmt: skip

    # ---------------------------------------------------------------- text

    def _cells(self, change: Change) -> list[tuple[Inline, ...]]:
        """The inlines of each cell, with what changed in them."""
        if change.kind in ("left", "moved"):
            mark = self._of("moved_from" if change.kind == "left" else "moved_to", whole=True)
            cell = change.line.cells[0]
            text = piece(cell, 0, len(change.line.text))
            return [(Tracked(text, mark),) if text else ()]
        found = []
        for at, ops in enumerate(change.cells):
            old = change.old.cells[at] if change.old and at < len(change.old.cells) else ()
            new = change.new.cells[at] if change.new and at < len(change.new.cells) else ()
            whole = change.kind in ("inserted", "deleted")
            found.append(self._changed(old, new, ops, whole=whole))
        return found

    def _of(self, kind: MarkKind, *, whole: bool = False, move: int = 0) -> Mark:
        return Mark(kind, self.author, self.day, move, whole)

    def _changed(
        self, old: Sequence[Inline], new: Sequence[Inline], ops: Sequence[Op], *, whole: bool
    ) -> tuple[Inline, ...]:
        found: list[Inline] = []
        for op in ops:
            if op.tag == "equal":
                found += piece(new, op.new_at, op.new_end)
                continue
            if op.old:
                found.append(Tracked(piece(old, op.old_at, op.old_end), self._of("deleted", whole=whole)))
            if op.new:
                found.append(Tracked(piece(new, op.new_at, op.new_end), self._of("inserted", whole=whole)))
        return tuple(found)


# ------------------------------------------------------------------ helpers


def piece(inlines: Sequence[Inline], start: int, end: int) -> tuple[Text, ...]:
    """The characters from ``start`` to ``end``, as text; references and blanks as they are printed."""
    found = []
    at = 0
    for node in inlines:
        left, right = max(start - at, 0), min(end - at, len(node.text))
        if left < right:
            text = node.text[left:right]
            found.append(replace(node, text=text, suggested=False) if isinstance(node, Text) else Text(text))
        at += len(node.text)
    return tuple(found)


def _whole(line: Line, tag: str) -> tuple[tuple[Op, ...], ...]:
    texts = ["".join(node.text for node in cell) for cell in line.cells]
    if tag == "delete":
        return tuple((Op("delete", text, "", 0, 0),) if text else () for text in texts)
    return tuple((Op("insert", "", text, 0, 0),) if text else () for text in texts)


def same_kind(one: Line, other: Line) -> bool:
    """Whether one can become the other by changing words only: style and numbering are not tracked."""
    mine, theirs = one.block, other.block
    if type(mine) is not type(theirs) or one.kind != other.kind:
        return False
    if isinstance(mine, Item) and isinstance(theirs, Item):
        return mine.numbered == theirs.numbered
    if isinstance(mine, Paragraph) and isinstance(theirs, Paragraph):
        return mine.role == theirs.role
    if isinstance(mine, Annex) and isinstance(theirs, Annex):
        return mine.number == theirs.number
    if isinstance(mine, Subheading) and isinstance(theirs, Subheading):
        return mine.level == theirs.level
    return True


def _same_table(rows: Sequence[Change], change: Change) -> bool:
    """Whether a row belongs to the table of the rows before it."""
    if len(rows[-1].line.cells) != len(change.line.cells):
        return False
    for side in ("old", "new"):
        known = [line.block for row in rows if (line := getattr(row, side))]
        here = getattr(change, side)
        if known and here and known[-1] is not here.block:
            return False
    return True


def _cell_of(change: Change, at: int) -> Cell:
    """The cell as it was laid out."""
    line = change.line
    assert isinstance(line.block, Table)
    cells = line.block.rows[line.row - 1] if line.row else line.block.header
    return cells[at] if at < len(cells) else Cell(())


def _own_label(change: Change) -> str:
    block = change.line.block
    assert isinstance(block, Row)
    return block.label


@dataclass
class _Lists:
    """Where lists begin. In each view the items that are in it are counted as in the text of that view.

    ``counted`` is the number of the last item; ``new`` and ``old``: whether the list has an item of that view yet.
    """

    counted: int = 0
    new: bool = False
    old: bool = False

    def number(self, change: Change) -> int:
        """The number of an item: 1 where a list begins."""
        begins = (change.new and self.new and _first(change.new)) or (
            change.old and self.old and _first(change.old) and not (change.new and self.new)
        )
        if begins:
            self.counted, self.new, self.old = 0, False, False
        self.new |= change.new is not None
        self.old |= change.old is not None and change.kind != "moved"
        self.counted += 1
        return self.counted


def _first(line: Line) -> bool:
    return isinstance(line.block, Item) and line.block.number == 1
