"""Wordings of the library as matters: one clause version, or all of a place on a day, without any firm.

Numbers that the parties set print as the library proposes them; what only a firm or a place knows prints as
〔its title〕. A reference prints the title of what it leads to, since numbers of articles come with an agreement.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from contractgen.agreement.names import general_names, localized, names_of
from contractgen.agreement.select import law_holds
from contractgen.diff.matter import Matter, Standard
from contractgen.document import (
    Annex,
    Article,
    Block,
    Cell,
    Chapter,
    Document,
    Inline,
    Item,
    Paragraph,
    Source,
    Subheading,
    Table,
    Text,
)
from contractgen.document.markdown import (
    PLACEHOLDER,
    RawBlock,
    RawInlines,
    RawList,
    RawParagraph,
    RawReference,
    RawSubheading,
)
from contractgen.law import bound_label, describe, number_label, unit_label
from contractgen.library import ClauseVersion, Library, Number, OutlineArticle, ValueSpec
from contractgen.profile import field_title

if TYPE_CHECKING:
    from contractgen.agreement import Agreement
    from contractgen.law import Law, LawView, Norm


def of_clause(clause: ClauseVersion, library: Library, law: Law, view: LawView | None = None) -> Matter:
    """One wording; with the numbers and articles of a place where a view of its law is given."""
    scope = _Scope(library, law, clause.in_force_from if view is None else view.on, view)
    article = Article(clause.id, 1, clause.title)
    document = Document(title=clause.title, body=(article, *scope.blocks(clause)), draft=False)
    return Matter(f"{clause}（{clause.title}）", document, scope.standards([clause]))


def of_place(library: Library, law: Law, place: str, on: datetime.date) -> Matter:
    """Every wording of a day whose conditions of law hold in a place, in the order of the book."""
    view = law.at(place, on)
    scope = _Scope(library, law, on, view)
    body: list[Block] = []
    used: list[ClauseVersion] = []
    number = 0
    for at, chapter in enumerate(library.outline.chapters, start=1):
        articles = [(one, _chosen(library, one, view, on)) for one in chapter.articles]
        if any(clauses for _, clauses in articles):
            body.append(Chapter(f"chapter-{chapter.id}", at, chapter.title))
        for article, clauses in articles:
            if clauses:
                number += 1
                body.append(Article(article.id, number, article.title))
                body += [block for clause in clauses for block in scope.blocks(clause)]
                used += clauses
    annexes: list[Block] = []
    for at, annex in enumerate(library.outline.annexes, start=1):
        if clauses := _chosen(library, annex, view, on):
            annexes.append(Annex(annex.id, at, annex.title))
            annexes += [block for clause in clauses for block in scope.blocks(clause)]
            used += clauses
    title = f"{view.title} {on} 的条款"
    document = Document(title=title, body=tuple(body), annexes=tuple(annexes), draft=False)
    return Matter(title, document, scope.standards(used))


def wordings(
    clauses: Sequence[ClauseVersion], library: Library, law: Law, view: LawView
) -> tuple[list[Block], dict[str, Standard]]:
    """The blocks of these wordings, and what their numbers are held against in a place on a day.

    A wording that names what no wording of that day has is left out.
    """
    scope = _Scope(library, law, view.on, view)
    found: list[Block] = []
    for one in clauses:
        with suppress(KeyError):
            found += scope.blocks(one)
    return found, scope.standards(clauses)


def _chosen(
    library: Library, article: OutlineArticle, view: LawView, on: datetime.date
) -> list[ClauseVersion]:
    found = (one for clause_id in article.clauses for one in library.versions(clause_id) if one.in_force(on))
    return [one for one in found if law_holds(one, view)]


def of_agreement(agreement: Agreement, document: Document, name: str) -> Matter:
    """An agreement as it is printed, with what its numbers are held against."""
    standards = {
        value.name: _standard(value.title, value.bound, value.unit, value.floor)
        for value in agreement.values.values()
    }
    return Matter(name, document, standards)


def _standard(title: str, bound: str, unit: str, norm: Norm | None) -> Standard:
    if norm is None or norm.value is None:
        return Standard(title, bound, unit)
    return Standard(title, bound, unit, norm.value, describe(norm), norm.cited)


class _Scope:
    """What placeholders print where there is no firm."""

    def __init__(self, library: Library, law: Law, on: datetime.date, view: LawView | None) -> None:
        self.library, self.law, self.on, self.view = library, law, on, view
        self.names = names_of(view, library.frame) if view is not None else general_names(law, library.frame)
        self.terms = library.terms(on)
        self.specs: dict[str, ValueSpec] = {}
        self.form = "standalone"
        for clause in library.clauses(on):
            for spec in clause.values:
                if spec.kind != "term":
                    self.specs.setdefault(spec.name, spec)

    # ---------------------------------------------------------------- blocks

    def blocks(self, clause: ClauseVersion) -> list[Block]:
        """The blocks of a wording, filled."""
        specs = {spec.name: spec for spec in clause.values if spec.kind != "term"}
        self.form = clause.forms[0]
        found: list[Block] = []
        paragraph = 0
        for raw in clause.blocks:
            paragraph += isinstance(raw, RawParagraph)
            source = Source(clause.id, clause.version, max(paragraph, 1), clause.title)
            found += self._block(raw, clause, source, specs)
        return found

    def _block(
        self, raw: RawBlock, clause: ClauseVersion, source: Source, specs: Mapping[str, ValueSpec]
    ) -> list[Block]:
        if isinstance(raw, RawParagraph):
            role = "text" if clause.chapter == "annexes" else "body"
            inlines = self._inlines(raw.inlines, specs)
            return [Paragraph(inlines, f"{clause.id}-{source.paragraph}", role, source)]  # type: ignore[arg-type]
        if isinstance(raw, RawList):
            return [
                Item(number, self._inlines(item, specs), "", source, raw.numbered)
                for number, item in enumerate(raw.items, start=1)
            ]
        if isinstance(raw, RawSubheading):
            return [Subheading(raw.text)]
        header = tuple(Cell(self._inlines(cell, specs), "center") for cell in raw.header)
        rows = tuple(row for row in (self._row(cells, specs) for cells in raw.rows) if row)
        return [Table(header, rows, id=f"table-{clause.id}-{raw.name}", source=source)]

    def _row(self, cells: Iterable[RawInlines], specs: Mapping[str, ValueSpec]) -> tuple[Cell, ...]:
        """A row; none where it names a number that no wording of the day has, as in an agreement."""
        try:
            return tuple(Cell(self._inlines(cell, specs)) for cell in cells)
        except KeyError:
            return ()

    def _inlines(self, raw: RawInlines, specs: Mapping[str, ValueSpec]) -> tuple[Inline, ...]:
        found: list[Inline] = []
        for node in raw:
            if isinstance(node, RawReference):
                found.append(Text(f"〔{self._title_of(node.target)}〕"))
                continue
            at = 0
            for match in PLACEHOLDER.finditer(node.text):
                found.append(Text(node.text[at : match.start()]))
                found.append(self._slot(match[1], specs))
                at = match.end()
            found.append(Text(node.text[at:]))
        return tuple(one for one in found if one.text)

    def _title_of(self, target: str) -> str:
        for article in self.library.outline.all_articles():
            if article.id == target:
                return localized(article.heading, self.names)
        return self.library.versions(target)[-1].title if target in self.library.ids else target

    # ---------------------------------------------------------------- placeholders

    def _slot(self, name: str, specs: Mapping[str, ValueSpec]) -> Text:
        head, *steps = name.split(".")
        last = steps[-1] if steps else ""
        if head == "law" and steps:
            return self._law(steps[0], last == "title")
        if head in ("place", "seat"):
            return Text(self.view.title if self.view is not None else "〔地区〕")
        if head == "other_places":
            return Text(f"〔{field_title('agreement.other_places')}〕")
        if head in ("other_rules", "local_names"):
            return Text("")
        if head in ("this_agreement", "whole_agreement"):
            return Text(self.library.frame[head][self.form])
        if head == "name" and last in self.names:
            return Text(self.names[last])
        spec = specs.get(head) or self.specs.get(head) or self.terms.get(head)
        if spec is None:
            return Text(f"〔{field_title(name)}〕")
        if last == "title":
            return Text(self._title(spec))
        if last == "bound":
            return self._bound(spec)
        if last == "source":
            return self._law(spec.floor or spec.name, title=False)
        return self._number(spec, last == "number")

    def _law(self, key: str, title: bool) -> Text:
        norm = self.view.get(key) if self.view is not None else None
        if norm is None or not norm.printable:
            return Text(f"〔{self._law_title(key)}的规定〕")
        return Text(norm.source.title if title else str(norm.source))

    def _number(self, spec: ValueSpec, bare: bool) -> Text:
        number, unit = self._value(spec)
        if number is None:
            return Text(f"〔{self._title(spec)}〕", value=spec.name)
        return Text(number_label(number) if bare else unit_label(number, unit), value=spec.name)

    def _bound(self, spec: ValueSpec) -> Text:
        number, unit = self._value(spec)
        norm = self._norm(spec)
        if number is None or norm is None:
            return self._number(spec, False)
        return Text(bound_label(number, unit, norm.bound, strict=norm.strict), value=spec.name)

    def _value(self, spec: ValueSpec) -> tuple[Number | None, str]:
        """The number and its unit, as far as they are known without a firm."""
        if spec.kind == "sum":
            parts = [self._value(self.specs[part]) for part in spec.parts if part in self.specs]
            numbers = [number for number, _ in parts if number is not None]
            if len(numbers) < len(spec.parts):
                return None, ""
            return sum(numbers), spec.unit or parts[0][1]
        if spec.kind != "law":
            return spec.default, spec.unit
        norm = self.view.get(spec.name) if self.view is not None else None
        return (None, "") if norm is None or norm.value is None else (norm.value, norm.unit)

    def _title(self, spec: ValueSpec) -> str:
        return localized(spec.title, self.names) or self._law_title(spec.name)

    def _law_title(self, key: str) -> str:
        """The name of a legal rule: of this place, else of the first place that knows it."""
        norm = self.view.get(key) if self.view is not None else None
        for place in self.law.places if norm is None else ():
            known = self.law.history(place, key) if key in self.law.keys(place) else ()
            if known:
                norm = known[-1]
                break
        return key if norm is None else norm.title

    # ---------------------------------------------------------------- standards

    def standards(self, clauses: Iterable[ClauseVersion]) -> dict[str, Standard]:
        """What the numbers of these wordings are held against."""
        found: dict[str, Standard] = {}
        for clause in clauses:
            for spec in clause.values:
                spec = self.specs.get(spec.name, spec)
                norm = self._norm(spec)
                bound, unit = spec.bound, spec.unit
                if spec.kind == "law" and norm is not None:
                    bound, unit = norm.bound, norm.unit
                bound = bound or ("minimum" if spec.kind == "sum" else "")
                found.setdefault(spec.name, _standard(self._title(spec), bound, unit, norm))
        return found

    def _norm(self, spec: ValueSpec) -> Norm | None:
        key = spec.floor or (spec.name if spec.kind == "law" else "")
        if not key or self.view is None:
            return None
        found: Norm | None = self.view.get(key)
        return found
