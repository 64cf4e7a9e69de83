"""From a firm's facts to an agreement: choose the wordings of the day, resolve the numbers, count, fill in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from contractgen.agreement.fill import Filler, FillError
from contractgen.agreement.lines import OWN
from contractgen.agreement.model import (
    TERMS,
    Agreement,
    AgreementArticle,
    AgreementChapter,
    AgreementHeading,
    FilledParty,
    Provision,
    Value,
    Workplace,
)
from contractgen.agreement.names import agreement_title, localized, names_of, parts_of
from contractgen.agreement.outcomes import outcomes
from contractgen.agreement.select import (
    Chosen,
    Resolved,
    choose,
    differences,
    frame_holds,
    resolve,
    unused_terms,
)
from contractgen.agreement.tables import COMPARISON, COMPUTED, place_rows, place_tables
from contractgen.document import (
    Blank,
    Block,
    Cell,
    Inline,
    Item,
    Paragraph,
    Row,
    Source,
    Subheading,
    Table,
    Text,
    annex_label,
    article_label,
    chapter_label,
    chinese_number,
    inlines_in,
    paragraph_label,
    plain,
)
from contractgen.document.markdown import (
    PLACEHOLDER,
    RawBlock,
    RawInlines,
    RawList,
    RawParagraph,
    RawReference,
    RawSubheading,
    RawTable,
    RawText,
    parse,
)
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.library import Basis, ClauseVersion, Library, OutlineArticle
from contractgen.wording import load_phrases

if TYPE_CHECKING:
    from contractgen.law import Law, Norm
    from contractgen.profile import Profile

RawRow = tuple[RawInlines, ...]

WORDS_OF_FORM = ("this_agreement", "whole_agreement")
PLACES = "places"  # the table of what each place of work has


def assemble(profile: Profile, law: Law, library: Library, on: datetime.date) -> Agreement:
    """Make the agreement of one firm under the law of its places of work on a day.

    Args:
        profile: the firm's facts; what is missing becomes a blank and an open point.
        law: the law files.
        library: the clause library.
        on: the law day.

    Raises:
        InputError: for a place without law, a day before the library begins, or places of work that ask for
            clauses that cannot stand in one text (see ``refusals``).
    """
    if on < library.outline.begins:
        raise InputError(
            f"条款库从 {library.outline.begins} 起才有文字，{on} 的合同做不出来",
            hint="请核对签订日期或者 --on",
        )
    places = _workplaces(profile, law, on)
    views = [one.view for one in places]
    chosen = choose(profile, views, library, on)
    if found := _differences(chosen, places):
        raise InputError("各工作地点要求不同的条款，不能写成一份合同", findings=found)
    seat = resolve(chosen.at(views[0].place), profile, places[0], library)
    resolved = [seat]
    resolved += [resolve(chosen.at(one.view.place), profile, one, library, seat.values) for one in places[1:]]
    workplaces = tuple(replace(one, values=found.values) for one, found in zip(places, resolved, strict=True))
    return _Assembler(profile, library, on, chosen, workplaces, resolved).agreement()


def refusals(profile: Profile, law: Law, library: Library, on: datetime.date) -> tuple[Finding, ...]:
    """Why the places of work cannot have one text; nothing where they can."""
    places = _workplaces(profile, law, on)
    return _differences(choose(profile, [one.view for one in places], library, on), places)


def _differences(chosen: Chosen, places: Sequence[Workplace]) -> tuple[Finding, ...]:
    return differences(chosen, [one.view for one in places], {one.view.place: one.path for one in places})


def _workplaces(profile: Profile, law: Law, on: datetime.date) -> tuple[Workplace, ...]:
    """The seat, then each other place of work once, with the names of the workplaces there."""
    seat = profile.agreement.place or law.places[0]
    found = {seat: Workplace(law.at(seat, on), "agreement.place")}
    for number, one in enumerate(profile.agreement.other_places):
        new = Workplace(law.at(one.place, on), f"agreement.other_places.{number}.place")
        place = found.get(one.place, new)
        group = f"agreement.other_places.{number}.terms"
        terms = {name: (agreed, group) for name, agreed in one.terms.items()}
        sites = (*place.sites, one.site) if one.site else place.sites
        found[one.place] = replace(place, sites=sites, terms={**terms, **place.terms})
    return tuple(found.values())


# ------------------------------------------------------------------ counting


@dataclass(frozen=True, slots=True)
class _Place:
    """An article of the agreement before it is filled: its number and its clauses with their paragraph numbers."""

    outline: OutlineArticle
    number: int
    label: str
    clauses: tuple[tuple[ClauseVersion | None, int], ...]
    paragraphs: int
    own: tuple[str, ...] = ()

    def paragraph_label(self, number: int) -> str:
        """第四条第二款, see ``document.paragraph_label``."""
        return paragraph_label(self.label, number, self.paragraphs)


@dataclass(frozen=True, slots=True)
class _Structure:
    chapters: tuple[tuple[str, str, int, tuple[_Place, ...]], ...]
    annexes: tuple[_Place, ...]
    labels: Mapping[str, tuple[str, str]]


def _number(library: Library, chosen: Chosen, profile: Profile) -> _Structure:
    labels: dict[str, tuple[str, str]] = {}
    chapters: list[tuple[str, str, int, tuple[_Place, ...]]] = []
    article_number, annex_number = _before(profile)
    own_texts = profile.clauses.own
    last = library.outline.chapters[-1].id
    for chapter in library.outline.chapters:
        places = []
        outlined = [(article, chosen.articles[article.id], ()) for article in chapter.articles]
        for position, own in enumerate(own_texts, start=1):
            if (own.chapter or last) == chapter.id:
                paragraphs = tuple(line.strip() for line in own.text.split("\n") if line.strip())
                outlined.append((OutlineArticle(f"{OWN}-{position}", own.title, ()), (), paragraphs))  # type: ignore[arg-type]
        for article, clauses, own_paragraphs in outlined:
            if not clauses and not own_paragraphs:
                continue
            article_number += 1
            place = _place(article, article_number, article_label(article_number), clauses, own_paragraphs)
            _label(place, labels)
            places.append(place)
        if places:
            chapters.append(
                (chapter.id, chapter.heading(profile.agreement.form), len(chapters) + 1, tuple(places))
            )
    annexes: list[_Place] = []
    for annex in library.outline.annexes:
        if clauses := chosen.articles[annex.id]:
            annex_number += 1
            place = _place(annex, annex_number, annex_label(annex_number), clauses, ())
            labels[annex.id] = (annex.id, place.label)
            annexes.append(place)
    return _Structure(tuple(chapters), tuple(annexes), labels)


def _before(profile: Profile) -> tuple[int, int]:
    """The numbers of the article and of the annex before the first: the count goes on from the general contract's."""
    form, main = profile.agreement.form, profile.agreement.main_contract
    if form == "standalone":
        return 0, 0
    article = main.first_article or 1 if form == "chapter" else 1
    annex = main.first_annex or ((main.annex or 0) + 1 if form == "annex" else 1)
    return article - 1, annex - 1


def _heading(profile: Profile, title: str) -> AgreementHeading | None:
    """What the agreement is within the general contract; one that nobody has told yet is the first."""
    form, main = profile.agreement.form, profile.agreement.main_contract
    if form == "chapter":
        number = main.chapter or 1
        return AgreementHeading(chapter_label(number), number, main.chapter_title or title)
    if form == "annex":
        number = main.annex or 1
        return AgreementHeading(annex_label(number), number, title)
    return None


def _place(
    outline: OutlineArticle, number: int, label: str, clauses: Sequence[ClauseVersion], own: tuple[str, ...]
) -> _Place:
    counted = []
    paragraph = 1
    for clause in clauses:
        counted.append((clause, paragraph))
        paragraph += _paragraphs(clause)
    return _Place(outline, number, label, tuple(counted), paragraph - 1, own)


def _label(place: _Place, labels: dict[str, tuple[str, str]]) -> None:
    """An article's id prints 第N条; another clause's id 第N条第M款; a lone clause has no 款."""
    for clause, paragraph in place.clauses:
        if clause is not None:
            alone = len(place.clauses) == 1
            label = place.label if alone else place.paragraph_label(paragraph)
            labels[clause.id] = (_block_id(clause.id, 1), label)
    labels[place.outline.id] = (place.outline.id, place.label)


def _paragraphs(clause: ClauseVersion) -> int:
    return sum(isinstance(block, RawParagraph) for block in clause.blocks)


def _block_id(clause_id: str, paragraph: int) -> str:
    return f"{clause_id}-{paragraph}"


# ------------------------------------------------------------------ filling


@dataclass
class _Assembler:
    profile: Profile
    library: Library
    on: datetime.date
    chosen: Chosen
    workplaces: tuple[Workplace, ...]
    resolved: Sequence[Resolved]

    def __post_init__(self) -> None:
        self.seat = self.workplaces[0]
        self.proven = outcomes(self.profile, self.seat.view)
        self.structure = _number(self.library, self.chosen, self.profile)
        self.place_rows = place_rows(self._brought(), self.workplaces, self.library.frame)
        elsewhere = parse(str(self.library.frame["places"]["elsewhere"]))[0]
        assert isinstance(elsewhere, RawParagraph)
        self.elsewhere = elsewhere.inlines
        targets = [one.target for one in self.elsewhere if isinstance(one, RawReference)]
        self.listed = all(target in self.structure.labels for target in targets)  # the table may be left out
        self.findings: list[Finding] = list(self.chosen.findings)
        for one in self.resolved:
            self.findings.extend(one.findings)
        values = self._named(
            {name: value for one in reversed(self.workplaces) for name, value in one.values.items()}
        )
        agreed = dict.fromkeys(self.profile.terms or {}, TERMS)
        self.findings.extend(unused_terms(agreed, self.library, values, self.on))
        for place in self.workplaces:
            groups = {name: group for name, (_, group) in place.terms.items()}
            self.findings.extend(unused_terms(groups, self.library, place.values, self.on))
        self.base = self._filler(values)
        self.filler = self.base

    def _brought(self) -> dict[str, dict[str, str]]:
        """For each place of work, the clause of an article following it that brings a number first: name -> clause."""
        articles = [a for chapter in self.library.outline.chapters for a in chapter.articles]
        following = {a.id for a in articles if a.follows == "work"}
        clauses = [c for name, found in self.chosen.articles.items() if name in following for c in found]
        brought: dict[str, dict[str, str]] = {one.view.place: {} for one in self.workplaces}
        for clause in clauses:
            for place in self.chosen.places[clause.id]:
                for spec in clause.values:
                    brought[place].setdefault(spec.name, clause.id)
        return brought

    def _filler(self, values: Mapping[str, Value]) -> Filler:
        frame, form = self.library.frame, self.profile.agreement.form
        words = {
            **{word: frame.get(word, {}).get(form, "") for word in WORDS_OF_FORM},
            "seat": self.seat.view.title,
            "other_places": "、".join(one.title for one in self.workplaces[1:]),
            **{name: text for one in reversed(self.resolved) for name, text in one.lists.items()},
        }
        self.marked = frozenset(
            name
            for name, row in self.place_rows.items()
            if self.listed and row.shared and self._other_text(name)
        )
        told, labels = self.profile.as_voted_last, self.structure.labels
        filler = Filler(told, self.seat.view, values, labels, words, self.marked, self.elsewhere)
        words = {"other_rules": self._other_rules(filler), "local_names": self._local_names(filler)}
        return filler.within(words, names_of(self.seat.view, frame))

    def _other_rules(self, filler: Filler) -> str:
        """The instruments of the other places of work that their numbers rest on, as far as they may be named."""
        words = self.library.frame["places"]
        here = self.seat.view.law.layers(self.seat.view.place)
        told = []
        for one in self.workplaces[1:]:
            floors = [value.floor for value in one.values.values()]
            titles = dict.fromkeys(
                norm.source.title
                for norm in floors
                if norm is not None and norm.verified and norm.printable and norm.place not in here
            )
            if titles:
                named = {"place": one.view.title, "titles": "".join(titles)}
                told.append(_words(filler, words["rules_of"], named))
        return _words(filler, words["rules"], {"rules": "；".join(told)}) if told else ""

    def _local_names(self, filler: Filler) -> str:
        """What the leaves of the seat are called at the other places of work, where they are called otherwise."""
        words, frame = self.library.frame["places"], self.library.frame
        here = names_of(self.seat.view, frame)
        told = []
        for one in self.workplaces[1:]:
            for key, name in names_of(one.view, frame).items():
                both = key in self.seat.view and key in one.view
                if both and name != here[key]:
                    named = {"here": here[key], "place": one.view.title, "there": name}
                    told.append(_words(filler, words["name"], named))
        return _words(filler, words["names"], {"names": words["and_name"].join(told)}) if told else ""

    def _named(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """The numbers; one that only other places of work have names them, unless the table of places tells it."""
        return {
            name: value
            if name in self.seat.values or self._told_of_places(name)
            else replace(value, title=value.title + self._only(self._having(name)))
            for name, value in values.items()
        }

    def _having(self, name: str) -> tuple[Workplace, ...]:
        return tuple(one for one in self.workplaces if name in one.values)

    def _told_of_places(self, name: str) -> bool:
        """Whether the table of places tells a number that the seat lacks; of a sum it tells the parts."""
        if name in self.seat.values or not self.listed:
            return False
        return name in self.place_rows or all(one.values[name].origin == "sum" for one in self._having(name))

    def _only(self, places: Sequence[Workplace]) -> str:
        """（浙江省）"""
        titles = "、".join(one.view.title for one in places)
        return str(self.library.frame["places"]["only"]).replace("{{ places }}", titles)

    def _other_text(self, name: str) -> bool:
        """Whether a number itself, not only its basis or name, is another at some place of work."""
        return len({one.values[name].text for one in self.workplaces if name in one.values}) > 1

    def agreement(self) -> Agreement:
        frame = self.library.frame
        chapters = tuple(
            AgreementChapter(
                chapter_id,
                number,
                localized(title, names_of(self.seat.view, frame)),
                tuple(self._article(place) for place in places),
            )
            for chapter_id, title, number, places in self.structure.chapters
        )
        parts = parts_of(frame, self.profile.agreement.form)
        cover_rows = self._rows(frame["cover"]["rows"], "封面") if "cover" in parts else ()
        parties = tuple(self._party(party) for party in frame["parties"]) if "parties" in parts else ()
        preamble = tuple(
            self._line(line["text"], "首部")
            for line in (frame["preamble"] if "preamble" in parts else ())
            if frame_holds(line.get("when"), self.profile, self.proven)
        )
        annexes = tuple(self._article(place) for place in self.structure.annexes)
        ends = frame.get("title_ends") or {}
        title = agreement_title(self.seat.view, self.library.outline.title, ends, self.profile.agreement.form)
        heading = _heading(self.profile, title)
        return Agreement(
            title=heading.text if heading else title,
            place=self.seat.view.place,
            on=self.on,
            profile=self.profile,
            view=self.seat.view,
            chapters=chapters,
            annexes=annexes,
            values=self.base.values,
            cover_rows=cover_rows,
            parties=parties,
            preamble=preamble,
            frame=frame,
            library_stamp=self.library.stamp,
            phrases=load_phrases(self.library.folder),
            wordings=self.library.clauses(self.on),
            findings=tuple(self.findings),
            open_points=tuple(self._open_points()),
            left_out=self.chosen.left_out,
            workplaces=self.workplaces,
            heading=heading,
        )

    # articles

    def _article(self, place: _Place) -> AgreementArticle:
        provisions: list[Provision] = []
        scopes = self._scopes(place)
        for clause, first in place.clauses:
            if clause is not None:
                provisions.append(self._provision(place, clause, first, scopes.get(clause.id, "")))
        if place.own:
            provisions.append(self._own(place))
        return AgreementArticle(
            place.outline.id, place.number, place.label, self._local(place), tuple(provisions)
        )

    def _local(self, place: _Place) -> str:
        """The heading of an article with the names of the first place of work for which it holds."""
        held = [self._held(counted) for counted in place.clauses][:1] or [()]
        views = (one.view for one in self.workplaces if one.view.place in held[0])
        view = next(views, self.seat.view)
        return localized(place.outline.heading, names_of(view, self.library.frame))

    def _scopes(self, place: _Place) -> dict[str, str]:
        """For clauses that hold only at some places of work, the sentence with which they begin: for which."""
        found: dict[str, str] = {}
        words = self.library.frame["places"]["scope"]
        groups = [list(group) for _, group in groupby(place.clauses, key=self._held)]
        for group in groups:
            (first_clause, first), (last_clause, last) = group[0], group[-1]
            if first_clause is None or last_clause is None or not self._only_at(place, first_clause):
                continue
            last += _paragraphs(last_clause) - 1
            kind = "paragraph" if first == last else "paragraphs"
            if len(groups) == 1:
                kind = "article" if place.label.endswith("条") else "annex"
            held = self.chosen.places[first_clause.id]
            named = {
                "places": "、".join(one.view.title for one in self.workplaces if one.view.place in held),
                "last": f"第{chinese_number(last)}款",
            }
            found[first_clause.id] = plain(self.base.within(named).fill_text(str(words[kind])))
        return found

    def _held(self, counted: tuple[ClauseVersion | None, int]) -> tuple[str, ...]:
        return self.chosen.places[counted[0].id] if counted[0] is not None else ()

    def _only_at(self, place: _Place, clause: ClauseVersion) -> tuple[str, ...]:
        """The places of work for which a clause holds, where it does not hold at all of them."""
        held = self.chosen.places[clause.id]
        everywhere = place.outline.follows == "seat" or len(held) == len(self.workplaces)
        return () if everywhere else held

    def _provision(self, place: _Place, clause: ClauseVersion, first: int, scope: str) -> Provision:
        held = [one for one in self.workplaces if one.view.place in self.chosen.places[clause.id]]
        self.filler = self._under(place, held)
        label = self.filler.labels[clause.id][1]
        blocks: list[Block] = []
        paragraph = 0
        self.filler.clause = str(clause)
        for raw in clause.blocks:
            paragraph += isinstance(raw, RawParagraph)
            self.filler.place = place.paragraph_label(first + max(paragraph, 1) - 1)
            blocks.extend(self._blocks(raw, clause, paragraph))
        if scope:
            blocks = _begun(blocks, scope)
        names = tuple(spec.name for spec in clause.values if spec.name in self.filler.values)
        only = self._only_at(place, clause)
        self.filler = self.base
        asked = self.chosen.places[clause.id]
        return Provision(clause, tuple(blocks), _basis(clause, held), names, label, only, asked)

    def _under(self, place: _Place, held: Sequence[Workplace]) -> Filler:
        """The filler for a clause: the law and numbers of the first place that asks for it."""
        if len(self.workplaces) == 1 or place.outline.follows == "seat":
            return copy(self.base)
        alone = len(held) == 1
        called = held[0].view.title if alone else str(self.library.frame["places"]["here"])
        filler = self.base.under(held[0].view, held[0].values, called)
        return filler.within({}, names_of(held[0].view, self.library.frame))

    def _blocks(self, raw: RawBlock, clause: ClauseVersion, paragraph: int) -> list[Block]:
        source = Source(clause.id, clause.version, max(paragraph, 1), clause.title)
        try:
            if isinstance(raw, RawParagraph):
                role = "text" if clause.chapter == "annexes" else "body"
                inlines = self.filler.fill(raw.inlines)
                return [Paragraph(inlines, _block_id(clause.id, paragraph), role, source)]  # type: ignore[arg-type]
            if isinstance(raw, RawList):
                return [
                    Item(number, self.filler.fill(item), "", source, raw.numbered)
                    for number, item in enumerate(raw.items, start=1)
                ]
            if isinstance(raw, RawSubheading):
                return [Subheading(raw.text)]
            if raw.name == PLACES:
                return self._place_tables(raw, clause, source)
            return self._table(raw, clause, source)
        except FillError as fault:
            self._fault(fault, clause, raw.line)
            return [Paragraph((Blank(str(fault)),), _block_id(clause.id, paragraph), "body", source)]

    def _noted(self, table: Table, told_elsewhere: bool) -> list[Block]:
        """A table, and below it where the numbers of other places of work are, if one differs or stands only there."""
        marked = any(isinstance(one, Text) and one.value in self.marked for one in inlines_in(table))
        if not marked and not told_elsewhere:
            return [table]
        note = parse(str(self.library.frame["places"]["below_table"]))[0]
        assert isinstance(note, RawParagraph)
        return [table, Paragraph(self.base.fill(note.inlines), role="small")]

    def _place_tables(self, raw: RawTable, clause: ClauseVersion, source: Source) -> list[Block]:
        """One column for each place of work between the first and the last column of the text's header."""
        header = tuple(Cell(self.filler.fill(cell), "center") for cell in raw.header)
        if len(header) != 2:
            raise FillError(f"表 {raw.name} 的表头应当有 2 列")
        found = place_tables(self.place_rows, self.filler, self.workplaces)
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

    def _table(self, raw: RawTable, clause: ClauseVersion, source: Source) -> list[Block]:
        header = tuple(Cell(self.filler.fill(cell), "center") for cell in raw.header)
        if raw.rows:
            rows, told_elsewhere = self._table_rows(raw)
        else:
            if raw.name not in COMPUTED:
                raise FillError(f"没有名为 {raw.name} 的表")
            used = {name: at for name, at in self.filler.used.items() if not self._told_of_places(name)}
            told_elsewhere = raw.name == COMPARISON and len(used) < len(self.filler.used)
            rows = COMPUTED[raw.name](self.filler.using(used), self.profile, self.library.frame)
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
            if not stood and (row := self._table_row(cells, self.seat, self.filler)):
                rows.append(row)
                stood = True
            elif not stood:
                apart = [one for one in self.workplaces[1:] if self._table_row(cells, one, self._at(one))]
                told = self.listed and all(self._told_of_places(name) for name in self._lacking(cells))
                told_elsewhere = told_elsewhere or bool(apart and told)
                if apart and not told:
                    first, *rest = self._table_row(cells, apart[0], self._at(apart[0])) or ()
                    rows.append((Cell((*first.inlines, Text(self._only(apart)))), *rest))
        return tuple(rows), told_elsewhere

    def _lacking(self, cells: RawRow) -> set[str]:
        """The numbers of a row that the seat lacks."""
        return {name for name in _value_names(cells) if name in self.base.values} - self.seat.values.keys()

    def _at(self, one: Workplace) -> Filler:
        filler = self.filler.under(one.view, one.values, one.view.title)
        return filler.within({}, names_of(one.view, self.library.frame))

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
        everywhere = tuple(one.view.place for one in self.workplaces)
        return everywhere if target in self.chosen.articles else self.chosen.places.get(target, everywhere)

    def _own(self, place: _Place) -> Provision:
        blocks = tuple(
            Paragraph(
                (Text(text),),
                _block_id(place.outline.id, number),
                "body",
                Source(place.outline.id, 1, number),
            )
            for number, text in enumerate(place.own, start=1)
        )
        return Provision(None, blocks, ((Basis(agreed="双方自行约定"), None),), (), place.label)

    def _fault(self, fault: FillError, clause: ClauseVersion, line: int) -> None:
        """A text that cannot be filled: by the parties' choice where it leads to what they left out."""
        wished_away = {left.id: left for left, _ in self.chosen.left_out}.get(fault.target)
        if wished_away is not None and wished_away.weight == "statutory":
            return  # that it was left out is an error of its own, with the same remedy
        if wished_away is not None:
            message = f"条款“{clause.title}”（{clause.id}）引用了没有选用的条款“{wished_away.title}”（{wished_away.id}）"
            hint = "恢复被引用的条款，或者把两条都写入 leave_out"
            place = Location(place=self.filler.place)
            path = "clauses.leave_out"
            self.findings.append(
                Finding("dangling-reference", Severity.ERROR, message, place, "", hint, path)
            )
        else:
            place = Location(clause.path, clause.body_line + line - 1)
            message = f"条款 {clause}：{fault}"
            self.findings.append(Finding("clause-text", Severity.ERROR, message, place, hint="请修正条款库"))

    # frame

    def _line(self, text: str, place: str, ruled: bool = False) -> tuple[Inline, ...]:
        self.filler.place = place
        try:
            return self.filler.fill_text(text, ruled=ruled)
        except FillError as fault:
            location = Location("frame.yaml")
            self.findings.append(Finding("clause-text", Severity.ERROR, f"{place}：{fault}", location))
            return ()

    def _rows(self, rows: Sequence[Mapping[str, Any]], place: str) -> tuple[Row, ...]:
        return tuple(
            Row(row["label"], self._line(row.get("text", ""), place, bool(row.get("ruled"))))
            for row in rows
            if frame_holds(row.get("when"), self.profile, self.proven)
        )

    def _party(self, party: Mapping[str, Any]) -> FilledParty:
        return FilledParty(
            party["role"],
            self._rows(party["rows"], party["role"]),
            self._rows(party["signature"], "签署页"),
            "".join(
                seal["text"]
                for seal in party["seal"]
                if frame_holds(seal.get("when"), self.profile, self.proven)
            ),
        )

    # what is open

    def _open_points(self) -> list[Finding]:
        points = []
        for path, (title, places) in self.filler.missing.items():
            shown = "，".join(places)
            points.append(
                Finding(
                    "blank",
                    Severity.WARNING,
                    f"“{title}”还没有填写",
                    Location(place=shown),
                    hint=f"在企业情况表中填写 {path}",
                    path=path,
                )
            )
        for name, place in self.filler.used.items():
            value = self.filler.values[name]
            if value.origin == "proposal":
                points.append(
                    Finding(
                        "proposal",
                        Severity.WARNING,
                        f"“{value.title}”{value.text}是建议值，待双方确认",
                        Location(place=place),
                        hint=f"双方商定后在企业情况表中写 {value.path}: {_plain_number(value.number)}",
                        path=value.path,
                    )
                )
        return points


def _words(filler: Filler, text: str, named: Mapping[str, str]) -> str:
    return plain(filler.within(named).fill_text(str(text)))


def _value_names(cells: RawRow) -> set[str]:
    """What the placeholders of a row begin with."""
    texts = (node.text for cell in cells for node in cell if isinstance(node, RawText))
    return {match[1].split(".")[0] for text in texts for match in PLACEHOLDER.finditer(text)}


def _begun(blocks: Sequence[Block], sentence: str) -> list[Block]:
    """The blocks with a sentence before the first paragraph."""
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            begun = replace(block, inlines=(Text(sentence), *block.inlines))
            return [*blocks[:number], begun, *blocks[number + 1 :]]
    return [Paragraph((Text(sentence),)), *blocks]


def _basis(clause: ClauseVersion, held: Sequence[Workplace]) -> tuple[tuple[Basis, Norm | None], ...]:
    """The basis of a clause under the law of each place of work for which it holds, what is the same once."""
    found: dict[tuple[Basis, Norm | None], None] = {}
    for one in clause.basis:
        norms = [place.view.get(one.key) if one.key else None for place in held]
        found |= {(one, norm): None for norm in norms if norm is not None} or {(one, None): None}
    return tuple(found)


def _plain_number(number: Any) -> str:
    return str(number) if isinstance(number, int) else str(float(number))
