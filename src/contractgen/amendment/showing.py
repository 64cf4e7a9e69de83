"""Old and new wording side by side: the alterations of a contract as blocks of the amendment agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from contractgen.agreement import AgreementArticle
from contractgen.amendment.file import words
from contractgen.amendment.joining import Alteration
from contractgen.diff import Change, Line, Matter, Op, SectionChange
from contractgen.diff.changes import unjudged
from contractgen.diff.report import place
from contractgen.diff.tracked import piece
from contractgen.document import (
    Annex,
    Article,
    Block,
    Cell,
    Document,
    Inline,
    Item,
    Paragraph,
    Reference,
    Subheading,
    Table,
    Text,
    item_label,
)
from contractgen.document.markdown import PLACEHOLDER

COLUMNS = (16, 42, 42)  # percent: which paragraph, its old and its new text


def shown(alteration: Alteration, number: int) -> Iterator[Block]:
    """One alteration: its heading, then old and new wording, or the whole of what came or went."""
    article = alteration.new or alteration.old
    assert article is not None
    heading = words()["shown"][alteration.kind]
    filled = {"number": item_label(number), "label": article.label, "heading": article.title}
    yield Subheading(PLACEHOLDER.sub(lambda match: filled[match[1]], heading))
    if alteration.old is None or alteration.new is None:
        yield from quoted(article)
    else:
        yield from _compared(alteration.old, alteration.new)


def quoted(article: AgreementArticle) -> Iterator[Block]:
    """The text of an article as it stands in another agreement: its references lead nowhere, its paragraphs are no 款."""
    for provision in article.provisions:
        for block in provision.blocks:
            match block:
                case Paragraph():
                    yield Paragraph(_unlinked(block.inlines), role=block.role)
                case Item():
                    yield replace(block, inlines=_unlinked(block.inlines), id="", source=None)
                case Table():
                    rows = tuple(tuple(_cell(cell) for cell in row) for row in block.rows)
                    yield replace(
                        block, header=tuple(map(_cell, block.header)), rows=rows, id="", source=None
                    )
                case _:
                    yield block


def _unlinked(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    return tuple(Text(one.text) if isinstance(one, Reference) else one for one in inlines)


def _cell(cell: Cell) -> Cell:
    return replace(cell, inlines=_unlinked(cell.inlines))


# ------------------------------------------------------------------ side by side


def matter_of(article: AgreementArticle) -> Matter:
    """An article or annex alone, to be compared."""
    blocks = tuple(block for one in article.provisions for block in one.blocks)
    if article.label.endswith("条"):
        return Matter("", Document("", body=(Article(article.id, article.number, article.title), *blocks)))
    return Matter("", Document("", annexes=(Annex(article.id, article.number, article.title), *blocks)))


def _compared(old: AgreementArticle, new: AgreementArticle) -> Iterator[Block]:
    """What changed: text in two columns; rows of tables, which are columns already, one below the other."""
    (section,) = unjudged(matter_of(old), matter_of(new)).sections
    rows = [one for one in section.counted if one.line.kind == "row"]
    texts = [one for one in section.changes if one.line.kind != "row" and (one.counted or one.kind == "left")]
    if texts:
        header = tuple(Cell((Text(one),), "center") for one in words()["shown"]["columns"])
        lines = tuple((_place(section, one), _side(one, new=False), _side(one, new=True)) for one in texts)
        yield Table(header, lines, widths=COLUMNS)
    for group in _tables(rows):
        yield _row_table(group)


def _place(section: SectionChange, change: Change) -> Cell:
    """第一款, 第二款第（一）项, 标题; the whole article where it has nothing to tell apart."""
    return Cell((Text(place(section, change) or str(words()["shown"]["whole"])),), "center")


def _side(change: Change, *, new: bool) -> Cell:
    """One column of a line: what the other column does not have stands out. A moved line stands in two rows."""
    line = change.new if new else change.old
    if line is None or (change.kind == "moved" and not new):
        return Cell((Text(str(words()["shown"]["none"])),))
    ops = change.ops if change.kind != "moved" else ()
    inlines = _marked(line.cells[0], ops, new=new) if ops else _plain(line.cells[0])
    return Cell(_headed(line, inlines))


def _headed(line: Line, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The characters of a line, of an item behind its （一）."""
    return (Text(line.label), *inlines) if line.kind == "item" else inlines


def _plain(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    return tuple(replace(one, value=None) for one in piece(inlines, 0, sum(len(one.text) for one in inlines)))


def _marked(inlines: Sequence[Inline], ops: Sequence[Op], *, new: bool) -> tuple[Inline, ...]:
    found: list[Inline] = []
    for op in ops:
        start, end = (op.new_at, op.new_end) if new else (op.old_at, op.old_end)
        text = piece(inlines, start, end)
        found += [replace(one, value=None, strong=op.tag != "equal") for one in text]
    return tuple(found)


def _tables(rows: Sequence[Change]) -> Iterator[list[Change]]:
    """The changed rows of each table: of one table with the same columns."""
    group: list[Change] = []
    for change in rows:
        if group and _header(group[-1]) != _header(change):
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _header(change: Change) -> tuple[str, ...]:
    block = change.line.block
    assert isinstance(block, Table)
    return tuple(cell.text for cell in block.header)


def _row_table(changes: Sequence[Change]) -> Table:
    names = words()["shown"]["rows"]
    table = changes[0].line.block
    assert isinstance(table, Table)
    header = (Cell((Text(names["kind"]),) if names["kind"] else ()), *map(_cell, table.header))
    lines: list[tuple[Cell, ...]] = []
    for change in changes:
        both = change.old is not None and change.new is not None
        for new, line in ((False, change.old), (True, change.new)):
            if line is not None:
                word = names["new" if new else "old"] if both else names["inserted" if new else "deleted"]
                lines.append((Cell((Text(word),), "center"), *_row_cells(change, line, new=new)))
    return Table(header, tuple(lines))


def _row_cells(change: Change, line: Line, *, new: bool) -> Iterator[Cell]:
    block = line.block
    assert isinstance(block, Table)
    aligned = block.rows[line.row - 1] if line.row else block.header
    for at, inlines in enumerate(line.cells):
        both = change.old is not None and change.new is not None
        ops = change.cells[at] if both and at < len(change.cells) else ()
        marked = _marked(inlines, ops, new=new) if ops else _unlinked(inlines)
        align = aligned[at].align if at < len(aligned) else "left"
        yield Cell(marked, align)
