"""The tables of clauses: rows that are written, rows that are computed, and one column for each place of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractgen.agreement.fill import Filler, FillError
from contractgen.agreement.model import Workplace
from contractgen.agreement.names import names_of
from contractgen.agreement.select import Chosen
from contractgen.agreement.sites import Sites
from contractgen.agreement.tables import COMPARISON, COMPUTED, place_tables
from contractgen.document import (
    Block,
    Cell,
    Paragraph,
    Source,
    Table,
    Text,
    inlines_in,
)
from contractgen.document.markdown import (
    PLACEHOLDER,
    RawInlines,
    RawParagraph,
    RawReference,
    RawTable,
    RawText,
    parse,
)
from contractgen.library import ClauseVersion

if TYPE_CHECKING:
    from contractgen.profile import Profile

RawRow = tuple[RawInlines, ...]


@dataclass
class ClauseTables:
    """Makes the tables of one clause after another.

    Attributes:
        sites: the places of work.
        chosen: the clauses.
        profile: of the firm.
        base: the filler of the whole agreement.
        filler: that of the clause at hand.
        marked: names of numbers that are others elsewhere.
    """

    sites: Sites
    chosen: Chosen
    profile: Profile
    base: Filler
    filler: Filler
    marked: frozenset[str]

    def _noted(self, table: Table, told_elsewhere: bool) -> list[Block]:
        """A table, and below it where the numbers of other places of work are, if one differs or stands only there."""
        marked = any(isinstance(one, Text) and one.value in self.marked for one in inlines_in(table))
        if not marked and not told_elsewhere:
            return [table]
        note = parse(str(self.sites.frame["places"]["below_table"]))[0]
        assert isinstance(note, RawParagraph)
        return [table, Paragraph(self.base.fill(note.inlines), role="small")]

    def of_places(self, raw: RawTable, clause: ClauseVersion, source: Source) -> list[Block]:
        """One column for each place of work between the first and the last column of the text's header."""
        header = tuple(Cell(self.filler.fill(cell), "center") for cell in raw.header)
        if len(header) != 2:
            raise FillError(f"表 {raw.name} 的表头应当有 2 列")
        found = place_tables(self.sites.rows, self.filler, self.sites.workplaces)
        return [
            Table(
                (header[0], *columns, header[1]),
                rows,
                widths=widths,
                id=f"table-{clause.id}-{raw.name}-{number}",
                source=source,
            )
            for number, (columns, rows, widths) in enumerate(found, start=1)
        ]

    def table(self, raw: RawTable, clause: ClauseVersion, source: Source) -> list[Block]:
        """A table with its rows, and below it what else is to be said."""
        header = tuple(Cell(self.filler.fill(cell), "center") for cell in raw.header)
        if raw.rows:
            rows, told_elsewhere = self._table_rows(raw)
        else:
            if raw.name not in COMPUTED:
                raise FillError(f"没有名为 {raw.name} 的表")
            used = {name: at for name, at in self.filler.used.items() if not self.sites.tells(name)}
            told_elsewhere = raw.name == COMPARISON and len(used) < len(self.filler.used)
            rows = COMPUTED[raw.name](self.filler.using(used), self.profile, self.sites.frame)
            if any(len(row) != len(header) for row in rows):
                raise FillError(f"表 {raw.name} 的表头应当有 {len(rows[0])} 列")
        table = Table(header, rows, id=f"table-{clause.id}-{raw.name}", source=source)
        return self._noted(table, told_elsewhere)

    def _table_rows(self, raw: RawTable) -> tuple[tuple[tuple[Cell, ...], ...], bool]:
        """The rows that stand, and whether the table of places tells some that only other places of work have."""
        rows: list[tuple[Cell, ...]] = []
        stood = told_elsewhere = False
        for number, cells in enumerate(raw.rows):
            stood = stood and number in raw.instead
            if not stood and (row := self._table_row(cells, self.sites.seat, self.filler)):
                rows.append(row)
                stood = True
            elif not stood:
                apart = [
                    one for one in self.sites.workplaces[1:] if self._table_row(cells, one, self._at(one))
                ]
                told = self.sites.listed and all(self.sites.tells(name) for name in self._lacking(cells))
                told_elsewhere = told_elsewhere or bool(apart and told)
                if apart and not told:
                    first, *rest = self._table_row(cells, apart[0], self._at(apart[0])) or ()
                    rows.append((Cell((*first.inlines, Text(self.sites.only(apart)))), *rest))
        return tuple(rows), told_elsewhere

    def _lacking(self, cells: RawRow) -> set[str]:
        """The numbers of a row that the seat lacks."""
        return {
            name for name in _value_names(cells) if name in self.base.values
        } - self.sites.seat.values.keys()

    def _at(self, one: Workplace) -> Filler:
        filler = self.filler.under(one.view, one.values, one.view.title)
        return filler.within({}, names_of(one.view, self.sites.frame))

    def _table_row(self, cells: RawRow, one: Workplace, filler: Filler) -> tuple[Cell, ...] | None:
        """A row, or None where it names a clause or value that a place of work lacks."""
        if any(name in self.base.values and name not in one.values for name in _value_names(cells)):
            return None
        targets = [node.target for cell in cells for node in cell if isinstance(node, RawReference)]
        if any(one.view.place not in self._places_of(target) for target in targets):
            return None
        try:
            return tuple(Cell(filler.fill(cell)) for cell in cells)
        except FillError:
            return None

    def _places_of(self, target: str) -> tuple[str, ...]:
        """For which places of work a clause holds; an article, which may have clauses of each, for all."""
        everywhere = tuple(one.view.place for one in self.sites.workplaces)
        return everywhere if target in self.chosen.articles else self.chosen.places.get(target, everywhere)


def _value_names(cells: RawRow) -> set[str]:
    """What the placeholders of a row begin with."""
    texts = (node.text for cell in cells for node in cell if isinstance(node, RawText))
    return {match[1].split(".")[0] for text in texts for match in PLACEHOLDER.finditer(text)}
