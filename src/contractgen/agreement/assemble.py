"""From a firm's facts to an agreement: choose the wordings of the day, resolve the numbers, count, fill in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from contractgen.agreement.clause_tables import ClauseTables
from contractgen.agreement.fill import Filler, FillError
from contractgen.agreement.model import (
    TERMS,
    Agreement,
    AgreementArticle,
    AgreementChapter,
    FilledParty,
    Provision,
    Value,
    Workplace,
)
from contractgen.agreement.names import agreement_title, localized, names_of, parts_of
from contractgen.agreement.numbering import Place, block_id, heading_of, numbered, paragraphs_of
from contractgen.agreement.openness import open_points
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
from contractgen.agreement.sites import Sites, basis_of, workplaces_of
from contractgen.agreement.tables import place_rows
from contractgen.document import (
    Blank,
    Block,
    Inline,
    Item,
    Paragraph,
    Row,
    Source,
    Subheading,
    Text,
    chinese_number,
    plain,
)
from contractgen.document.markdown import (
    RawBlock,
    RawList,
    RawParagraph,
    RawReference,
    RawSubheading,
    parse,
)
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.library import Basis, ClauseVersion, Library
from contractgen.wording import load_phrases

if TYPE_CHECKING:
    from contractgen.law import Law
    from contractgen.profile import Profile

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
    places = workplaces_of(profile, law, on)
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
    places = workplaces_of(profile, law, on)
    return _differences(choose(profile, [one.view for one in places], library, on), places)


def _differences(chosen: Chosen, places: Sequence[Workplace]) -> tuple[Finding, ...]:
    return differences(chosen, [one.view for one in places], {one.view.place: one.path for one in places})


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
        self.structure = numbered(self.library, self.chosen, self.profile)
        rows = place_rows(self._brought(), self.workplaces, self.library.frame)
        elsewhere = parse(str(self.library.frame["places"]["elsewhere"]))[0]
        assert isinstance(elsewhere, RawParagraph)
        self.elsewhere = elsewhere.inlines
        targets = [one.target for one in self.elsewhere if isinstance(one, RawReference)]
        listed = all(target in self.structure.labels for target in targets)  # the table may be left out
        self.sites = Sites(self.workplaces, self.library.frame, rows, listed)
        self.findings: list[Finding] = list(self.chosen.findings)
        for one in self.resolved:
            self.findings.extend(one.findings)
        values = self.sites.named(
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
            for name, row in self.sites.rows.items()
            if self.sites.listed and row.shared and self.sites.has_other_text(name)
        )
        told, labels = self.profile.as_voted_last, self.structure.labels
        filler = Filler(told, self.seat.view, values, labels, words, self.marked, self.elsewhere)
        words = {
            "other_rules": self.sites.other_rules(filler),
            "local_names": self.sites.local_names(filler),
        }
        return filler.within(words, names_of(self.seat.view, frame))

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
        heading = heading_of(self.profile, title)
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
            open_points=tuple(open_points(self.filler)),
            left_out=self.chosen.left_out,
            workplaces=self.workplaces,
            heading=heading,
        )

    # articles

    def _article(self, place: Place) -> AgreementArticle:
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

    def _local(self, place: Place) -> str:
        """The heading of an article with the names of the first place of work for which it holds."""
        held = [self._held(counted) for counted in place.clauses][:1] or [()]
        views = (one.view for one in self.workplaces if one.view.place in held[0])
        view = next(views, self.seat.view)
        return localized(place.outline.heading, names_of(view, self.library.frame))

    def _scopes(self, place: Place) -> dict[str, str]:
        """For clauses that hold only at some places of work, the sentence with which they begin: for which."""
        found: dict[str, str] = {}
        words = self.library.frame["places"]["scope"]
        groups = [list(group) for _, group in groupby(place.clauses, key=self._held)]
        for group in groups:
            (first_clause, first), (last_clause, last) = group[0], group[-1]
            if first_clause is None or last_clause is None or not self._only_at(place, first_clause):
                continue
            last += paragraphs_of(last_clause) - 1
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

    def _only_at(self, place: Place, clause: ClauseVersion) -> tuple[str, ...]:
        """The places of work for which a clause holds, where it does not hold at all of them."""
        held = self.chosen.places[clause.id]
        everywhere = place.outline.follows == "seat" or len(held) == len(self.workplaces)
        return () if everywhere else held

    def _provision(self, place: Place, clause: ClauseVersion, first: int, scope: str) -> Provision:
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
        return Provision(clause, tuple(blocks), basis_of(clause, held), names, label, only, asked)

    def _under(self, place: Place, held: Sequence[Workplace]) -> Filler:
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
                return [Paragraph(inlines, block_id(clause.id, paragraph), role, source)]  # type: ignore[arg-type]
            if isinstance(raw, RawList):
                return [
                    Item(number, self.filler.fill(item), "", source, raw.numbered)
                    for number, item in enumerate(raw.items, start=1)
                ]
            if isinstance(raw, RawSubheading):
                return [Subheading(raw.text)]
            tables = ClauseTables(self.sites, self.chosen, self.profile, self.base, self.filler, self.marked)
            return (tables.of_places if raw.name == PLACES else tables.table)(raw, clause, source)
        except FillError as fault:
            self._fault(fault, clause, raw.line)
            return [Paragraph((Blank(str(fault)),), block_id(clause.id, paragraph), "body", source)]

    def _own(self, place: Place) -> Provision:
        blocks = tuple(
            Paragraph(
                (Text(text),),
                block_id(place.outline.id, number),
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


def _begun(blocks: Sequence[Block], sentence: str) -> list[Block]:
    """The blocks with a sentence before the first paragraph."""
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            begun = replace(block, inlines=(Text(sentence), *block.inlines))
            return [*blocks[:number], begun, *blocks[number + 1 :]]
    return [Paragraph((Text(sentence),)), *blocks]
