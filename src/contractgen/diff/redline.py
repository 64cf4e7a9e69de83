"""Differences as a Document with tracked changes: taking them all gives the new text, refusing them all the old one.

Numbers of articles and items stay Word's own. What cannot be tracked is not changed in place: a paragraph that
became an item is a deletion and an insertion. So is a paragraph that was moved and reworded on the way, since
LibreOffice cannot settle a paragraph that holds a move and other changes. References are plain text here, since
their numbers are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from contractgen.diff.changes import Change, Differences, SectionChange
from contractgen.diff.matter import Line, front_rows
from contractgen.diff.report import verdict
from contractgen.diff.tokens import Op
from contractgen.diff.tracked import (
    Lists,
    block_of,
    field_of,
    front_of,
    in_tables,
    piece,
    same_kind,
    table_of,
)
from contractgen.document import (
    Block,
    Cover,
    Document,
    Inline,
    Item,
    Mark,
    Paragraph,
    Party,
    Table,
    Tracked,
)
from contractgen.document.nodes import MarkKind

AUTHOR = "修订对照"


def redline(
    differences: Differences, *, author: str = AUTHOR, day: str = "", effects: bool = True
) -> Document:
    """The new text with every change tracked.

    The effect of a change stands behind the name of its author, so that a word processor shows it at the change and gives
    each effect its color. It stands in no comment: LibreOffice loses headings where one lies beside paragraphs that go.

    Args:
        differences: what is shown.
        author: who is named at each change.
        day: 2026-12-01; without it changes bear no day.
        effects: whether they are wanted; not where the file goes to the other side.
    """
    return _Redline(differences, author, day, effects).document()


class _Redline:
    def __init__(self, differences: Differences, author: str, day: str, effects: bool) -> None:
        self.differences = differences
        self.author, self.day, self.effects = author, day, effects
        self.lists = Lists()
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
            return (
                None,
                signing,
                [field_of(one.line, self._cells(one)[0], self._mark(one)) for one in changes],
            )
        face = new.cover and replace(new.cover, remark="")
        rows = [(change.line, self._cells(change)[0]) for change in changes]
        return *front_of(face, new.parties, rows), []

    # ---------------------------------------------------------------- blocks

    def _blocks(self, sections: Sequence[SectionChange]) -> list[Block]:
        found: list[Block] = []
        for one in in_tables(self._changes(sections), _views):
            found += [self._table(one)] if isinstance(one, list) else self._block(one)
        return found

    def _changes(self, sections: Sequence[SectionChange]) -> Iterator[Change]:
        for section in sections:
            self.lists = Lists()
            for change in section.changes:
                if (
                    section.kind != "moved" or change.kind != "deleted"
                ):  # which stands where the article stood
                    yield change

    def _block(self, change: Change) -> Iterator[Block]:
        old, new = change.old, change.new
        if change.kind == "left" and old and not self._moves(self.partners[old.position]):
            for gone in self._block(Change("deleted", old, None, _whole(old, "delete"))):
                yield replace(gone, source=None) if isinstance(gone, Paragraph | Item) else gone
            return
        if change.kind == "moved" and old and new and not self._moves(change):
            yield from self._block(Change("inserted", None, new, _whole(new, "insert"), change.effects))
            return
        if old and new and not same_kind(old, new):
            yield from self._block(Change("deleted", old, None, _whole(old, "delete"), change.effects))
            yield from self._block(Change("inserted", None, new, _whole(new, "insert"), change.effects))
            return
        source = None if change.kind == "left" else change.line.source
        yield block_of(change.line, self._cells(change)[0], self._mark(change), source, self._number(change))

    def _number(self, change: Change) -> int:
        """The number of an item; a dash has none, and what was moved is not where it was."""
        block = change.line.block
        if not isinstance(block, Item) or not block.numbered:
            return 1
        views = _views(change)
        return self.lists.number({"new": views["new"]} if change.kind == "moved" else views)

    def _moves(self, change: Change) -> bool:
        """Whether a moved line can be tracked as a move."""
        assert change.old and change.new
        return not change.edits and same_kind(change.old, change.new)

    def _mark(self, change: Change) -> Mark | None:
        """The mark of a whole block."""
        if change.kind in ("left", "moved") and change.old:
            kind: MarkKind = "moved_from" if change.kind == "left" else "moved_to"
            return self._of(kind, change, whole=True, move=self.moves[change.old.position])
        if change.kind in ("inserted", "deleted"):
            return self._of("inserted" if change.kind == "inserted" else "deleted", change, whole=True)
        return None

    # ---------------------------------------------------------------- tables

    def _table(self, changes: Sequence[Change]) -> Table:
        table = next(c.line.block for c in changes if c.new or not any(x.new for x in changes))
        assert isinstance(table, Table)
        gone = not any(change.new for change in changes)
        rows = [(change.line, self._cells(change), self._mark(change)) for change in changes]
        return table_of(table, rows, None if gone else table.source)

    # ---------------------------------------------------------------- text

    def _cells(self, change: Change) -> list[tuple[Inline, ...]]:
        """The inlines of each cell, with what changed in them."""
        if change.kind in ("left", "moved"):
            mark = self._of("moved_from" if change.kind == "left" else "moved_to", change, whole=True)
            cell = change.line.cells[0]
            text = piece(cell, 0, len(change.line.text))
            return [(Tracked(text, mark),) if text else ()]
        found = []
        for at, ops in enumerate(change.cells):
            old = change.old.cells[at] if change.old and at < len(change.old.cells) else ()
            new = change.new.cells[at] if change.new and at < len(change.new.cells) else ()
            found.append(self._changed(old, new, ops, change))
        return found

    def _of(self, kind: MarkKind, change: Change, *, whole: bool = False, move: int = 0) -> Mark:
        said = verdict(change) if self.effects and change.counted else ""
        return Mark(kind, f"{self.author}（{said}）" if said else self.author, self.day, move, whole)

    def _changed(
        self, old: Sequence[Inline], new: Sequence[Inline], ops: Sequence[Op], change: Change
    ) -> tuple[Inline, ...]:
        whole = change.kind in ("inserted", "deleted")
        found: list[Inline] = []
        for op in ops:
            if op.tag == "equal":
                found += piece(new, op.new_at, op.new_end)
                continue
            if op.old:
                found.append(
                    Tracked(piece(old, op.old_at, op.old_end), self._of("deleted", change, whole=whole))
                )
            if op.new:
                found.append(
                    Tracked(piece(new, op.new_at, op.new_end), self._of("inserted", change, whole=whole))
                )
        return tuple(found)


# ------------------------------------------------------------------ helpers


def _views(change: Change) -> Mapping[str, Line]:
    return {name: line for name, line in (("new", change.new), ("old", change.old)) if line is not None}


def _whole(line: Line, tag: str) -> tuple[tuple[Op, ...], ...]:
    texts = ["".join(node.text for node in cell) for cell in line.cells]
    if tag == "delete":
        return tuple((Op("delete", text, "", 0, 0),) if text else () for text in texts)
    return tuple((Op("insert", "", text, 0, 0),) if text else () for text in texts)
