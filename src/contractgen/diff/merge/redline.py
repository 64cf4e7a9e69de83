"""A merge as a Document with tracked changes of both sides, and the list of contested points before it.

Refusing every change gives the base. Taking those of one side and those that bear both names, and refusing the
other side's, gives that side's text. Where the sides disagree both versions stand one behind the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from contractgen.diff.matter import Line, front_rows
from contractgen.diff.merge.model import (
    BOTH,
    SIDES,
    By,
    Merged,
    MergedLine,
    MergedSection,
    Opinion,
    Piece,
)
from contractgen.diff.merge.report import (
    MERGED,
    NO_POINTS,
    NOTE,
    POINTS,
    REMARKS,
    headers,
    headline,
    opinion_lines,
    shown,
)
from contractgen.diff.tracked import Lists, block_of, field_of, front_of, in_tables, piece, table_of
from contractgen.document import (
    Block,
    Cell,
    Cover,
    Document,
    Inline,
    Item,
    Mark,
    Paragraph,
    Party,
    Subheading,
    Table,
    Text,
    Tracked,
    plain,
)

WIDTHS = (6, 13, 23, 23, 23, 12)


def redline(merged: Merged, *, day: str = "") -> Document:
    """The base with everything that both sides did to it, tracked under their names.

    Args:
        merged: what is shown.
        day: 2026-12-01, which every change bears; without it changes bear no day.
    """
    return _Redline(merged, day).document()


def contested(merged: Merged) -> tuple[Block, ...]:
    """The list of contested points, each with room for what is decided."""
    blocks: list[Block] = [
        Subheading(POINTS, level=1),
        Paragraph((Text(headline(merged)),), role="text"),
        Paragraph((Text(NOTE if merged.points else NO_POINTS),), role="text"),
    ]
    if merged.points:
        blocks.append(_points(merged))
    if merged.remarks:
        blocks.append(Subheading(REMARKS))
        blocks += [Item(0, (Text(one),), numbered=False) for one in merged.remarks]
    return tuple(blocks)


def _points(merged: Merged) -> Table:
    rows = []
    for point in merged.points:
        sides = [_opinion(point.opinions[side]) for side in SIDES]
        cells = (str(point.number), point.place, shown(point.base), *sides, "")
        rows.append(
            tuple(Cell((Text(one),), "center" if at == 0 else "left") for at, one in enumerate(cells))
        )
    return Table(tuple(Cell((Text(one),), "center") for one in headers(merged)), tuple(rows), widths=WIDTHS)


def _opinion(opinion: Opinion) -> str:
    return " ".join((shown(opinion.text), *(f"〔{line}〕" for line in opinion_lines(opinion, rules=False))))


class _Redline:
    def __init__(self, merged: Merged, day: str) -> None:
        self.merged = merged
        self.day = day
        self.lists = Lists()

    def document(self) -> Document:
        """Everything, with the contested points on a page of their own after the cover."""
        base = self.merged.base.document
        front = [one for one in self.merged.sections if one.section.kind == "front"]
        rest = [one for one in self.merged.sections if one.section.kind != "front"]
        at = next((n for n, one in enumerate(rest) if one.section.kind == "annex"), len(rest))
        cover, parties, before = self._front(front)
        return Document(
            title=base.title,
            subject=base.subject,
            author=base.author,
            running_head=base.running_head,
            cover=cover,
            front=contested(self.merged),
            parties=parties,
            body=(*before, *self._blocks(rest[:at])),
            closing=base.closing if parties else "",
            annexes=tuple(self._blocks(rest[at:])),
            draft=True,
            keywords=base.keywords,
            properties=dict(base.properties),
        )

    # ---------------------------------------------------------------- cover and parties

    def _front(
        self, sections: Sequence[MergedSection]
    ) -> tuple[Cover | None, tuple[Party, ...], list[Block]]:
        """Cover and parties where both sides kept their lines; else these lines stand before the text."""
        base = self.merged.base.document
        lines = [line for section in sections for line in section.lines]
        if any(line.whole for line in lines) or len(lines) != sum(1 for _ in front_rows(base)):
            signing = tuple(replace(party, rows=()) for party in base.parties) if sections else ()
            fields = [field_of(line.line, self._inlines(line, 0), self._mark(line)) for line in lines]
            return None, signing, fields
        face = base.cover and replace(base.cover, remark=MERGED)
        return *front_of(face, base.parties, [(line.line, self._inlines(line, 0)) for line in lines]), []

    # ---------------------------------------------------------------- blocks

    def _blocks(self, sections: Sequence[MergedSection]) -> Iterator[Block]:
        for one in in_tables(self._lines(sections), _views):
            yield self._table(one) if isinstance(one, list) else self._block(one)

    def _lines(self, sections: Sequence[MergedSection]) -> Iterator[MergedLine]:
        for section in sections:
            self.lists = Lists()
            for line in section.lines:
                yield from _settled(line)

    def _block(self, line: MergedLine) -> Block:
        block = line.line.block
        number = self.lists.number(_views(line)) if isinstance(block, Item) and block.numbered else 1
        source = None if line.base is None else line.base.source
        return block_of(line.line, self._inlines(line, 0), self._mark(line), source, number)

    def _table(self, lines: Sequence[MergedLine]) -> Table:
        first = next((line for line in lines if line.base), lines[0])
        table = first.line.block
        assert isinstance(table, Table)
        rows = [
            (line.line, [self._inlines(line, at) for at in range(len(line.cells))], self._mark(line))
            for line in lines
        ]
        source = table.source if first.base and not any(line.whole for line in lines) else None
        return table_of(table, rows, source)

    # ---------------------------------------------------------------- text

    def _inlines(self, line: MergedLine, cell: int) -> tuple[Inline, ...]:
        found: list[Inline] = []
        for one in line.cells[cell]:
            texts = tuple(node for node in one.inlines if isinstance(node, Text) and node.text)
            if one.kind == "kept":
                found += texts
            elif texts:
                found.append(Tracked(texts, self._of(one.kind, one.by, whole=_whole(line, one))))
        return tuple(found)

    def _mark(self, line: MergedLine) -> Mark | None:
        return self._of(line.whole, line.by, whole=True) if line.whole else None

    def _of(self, kind: str, by: By, *, whole: bool) -> Mark:
        name = self.merged.author(by)
        return Mark("inserted" if kind == "inserted" else "deleted", name, self.day, whole=whole)


def _settled(line: MergedLine) -> Iterator[MergedLine]:
    """A line in the parts that can be tracked.

    What one side deleted and the other changed is a deletion of both and an insertion of the other: LibreOffice cannot
    settle a paragraph that several hands delete.
    """
    other = next((side for side in SIDES if side not in line.by and side in line.changes), None)
    if line.whole != "deleted" or other is None:
        yield line
        return
    assert line.base is not None
    gone = tuple((Piece("deleted", _texts(cell), BOTH),) for cell in line.base.cells)
    yield MergedLine(line.base, {}, line.changes, gone, "deleted", BOTH, line.points)
    new = line.lines[other]
    came = tuple((Piece("inserted", _texts(cell), frozenset({other})),) for cell in new.cells)
    yield MergedLine(None, {other: new}, {}, came, "inserted", frozenset({other}), line.points)


def _texts(cell: tuple[Inline, ...]) -> tuple[Text, ...]:
    return piece(cell, 0, len(plain(cell)))


def _whole(line: MergedLine, one: Piece) -> bool:
    """Whether a stretch comes or goes with its line."""
    return line.whole == one.kind and line.by == one.by


def _views(line: MergedLine) -> Mapping[str, Line]:
    found: dict[str, Line] = {side: line.lines[side] for side in SIDES if side in line.lines}
    return found if line.base is None else {**found, "base": line.base}
