"""From a firm's facts to an agreement: choose the wordings of the day, resolve the numbers, count, fill in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contractgen.agreement.fill import Filler, FillError, Slot
from contractgen.agreement.model import (
    Agreement,
    AgreementArticle,
    AgreementChapter,
    FilledParty,
    Provision,
)
from contractgen.agreement.names import agreement_title, localized, names_of
from contractgen.agreement.select import Chosen, choose, frame_holds, resolve
from contractgen.agreement.tables import COMPUTED
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
    chinese_number,
)
from contractgen.document.markdown import RawBlock, RawList, RawParagraph, RawSubheading, RawTable
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.library import Basis, ClauseVersion, Library, OutlineArticle

if TYPE_CHECKING:
    from contractgen.law import Law, LawView, Norm
    from contractgen.profile import Profile

OWN = "own"  # id prefix of texts that the parties wrote themselves


def assemble(profile: Profile, law: Law, library: Library, on: datetime.date) -> Agreement:
    """Make the agreement of one firm under the law of its place on a day.

    Args:
        profile: the firm's facts; what is missing becomes a blank and an open point.
        law: the law files.
        library: the clause library.
        on: the law day.

    Raises:
        InputError: for a place without law, or a day before the library begins.
    """
    if on < library.outline.begins:
        raise InputError(
            f"条款库从 {library.outline.begins} 起才有文字，{on} 的合同做不出来",
            hint="请核对签订日期或者 --on",
        )
    view = law.at(profile.agreement.place or law.places[0], on)
    chosen = choose(profile, view, library, on)
    resolved = resolve(chosen, profile, view, library, on)
    structure = _number(library, chosen, profile)
    words = {"this_agreement": library.frame["this_agreement"][profile.agreement.form]}
    filler = Filler(profile, view, resolved.values, structure.labels, words)
    filler.base["name"] = {key: Slot(Text(word)) for key, word in names_of(view, library.frame).items()}
    return _Assembler(profile, library, view, on, chosen, resolved.findings, structure, filler).agreement()


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
        """第四条第二款; only 第四条 where the article has one paragraph; an annex has no 款."""
        if self.paragraphs < 2 or not self.label.endswith("条"):
            return self.label
        return f"{self.label}第{chinese_number(number)}款"


@dataclass(frozen=True, slots=True)
class _Structure:
    chapters: tuple[tuple[str, str, int, tuple[_Place, ...]], ...]
    annexes: tuple[_Place, ...]
    labels: Mapping[str, tuple[str, str]]


def _number(library: Library, chosen: Chosen, profile: Profile) -> _Structure:
    labels: dict[str, tuple[str, str]] = {}
    chapters: list[tuple[str, str, int, tuple[_Place, ...]]] = []
    article_number = 0
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
            chapters.append((chapter.id, chapter.heading, len(chapters) + 1, tuple(places)))
    annexes: list[_Place] = []
    for annex in library.outline.annexes:
        if clauses := chosen.articles[annex.id]:
            number = len(annexes) + 1
            place = _place(annex, number, annex_label(number), clauses, ())
            labels[annex.id] = (annex.id, place.label)
            annexes.append(place)
    return _Structure(tuple(chapters), tuple(annexes), labels)


def _place(
    outline: OutlineArticle, number: int, label: str, clauses: Sequence[ClauseVersion], own: tuple[str, ...]
) -> _Place:
    counted = []
    paragraph = 1
    for clause in clauses:
        counted.append((clause, paragraph))
        paragraph += sum(isinstance(block, RawParagraph) for block in clause.blocks)
    return _Place(outline, number, label, tuple(counted), paragraph - 1, own)


def _label(place: _Place, labels: dict[str, tuple[str, str]]) -> None:
    """An article's id prints 第N条; another clause's id 第N条第M款; a lone clause has no 款."""
    for clause, paragraph in place.clauses:
        if clause is not None:
            alone = len(place.clauses) == 1
            label = place.label if alone else place.paragraph_label(paragraph)
            labels[clause.id] = (_block_id(clause.id, 1), label)
    labels[place.outline.id] = (place.outline.id, place.label)


def _block_id(clause_id: str, paragraph: int) -> str:
    return f"{clause_id}-{paragraph}"


# ------------------------------------------------------------------ filling


@dataclass
class _Assembler:
    profile: Profile
    library: Library
    view: LawView
    on: datetime.date
    chosen: Chosen
    resolved_findings: tuple[Finding, ...]
    structure: _Structure
    filler: Filler

    def __post_init__(self) -> None:
        self.findings: list[Finding] = [*self.chosen.findings, *self.resolved_findings]

    def agreement(self) -> Agreement:
        frame = self.library.frame
        chapters = tuple(
            AgreementChapter(
                chapter_id, number, self._local(title), tuple(self._article(place) for place in places)
            )
            for chapter_id, title, number, places in self.structure.chapters
        )
        cover_rows = self._rows(frame["cover"]["rows"], "封面")
        parties = tuple(self._party(party) for party in frame["parties"])
        preamble = tuple(
            self._line(line["text"], "首部")
            for line in frame["preamble"]
            if frame_holds(line.get("when"), self.profile)
        )
        annexes = tuple(self._article(place) for place in self.structure.annexes)
        self.findings.extend(self._reported())
        return Agreement(
            title=agreement_title(self.view, self.library.outline.title),
            place=self.view.place,
            on=self.on,
            profile=self.profile,
            view=self.view,
            chapters=chapters,
            annexes=annexes,
            values=self.filler.values,
            cover_rows=cover_rows,
            parties=parties,
            preamble=preamble,
            frame=frame,
            library_stamp=self.library.stamp,
            findings=tuple(self.findings),
            open_points=tuple(self._open_points()),
            left_out=self.chosen.left_out,
        )

    # articles

    def _article(self, place: _Place) -> AgreementArticle:
        provisions = [self._provision(place, clause, first) for clause, first in place.clauses if clause]
        if place.own:
            provisions.append(self._own(place))
        return AgreementArticle(
            place.outline.id, place.number, place.label, self._local(place.outline.heading), tuple(provisions)
        )

    def _local(self, heading: str) -> str:
        """A heading with the names of the place."""
        return localized(heading, names_of(self.view, self.library.frame))

    def _provision(self, place: _Place, clause: ClauseVersion, first: int) -> Provision:
        label = self.filler.labels[clause.id][1]
        blocks: list[Block] = []
        paragraph = 0
        self.filler.clause = str(clause)
        for raw in clause.blocks:
            paragraph += isinstance(raw, RawParagraph)
            self.filler.place = place.paragraph_label(first + max(paragraph, 1) - 1)
            blocks.extend(self._blocks(raw, clause, paragraph))
        basis = tuple((one, self.view.get(one.key) if one.key else None) for one in clause.basis)
        names = tuple(spec.name for spec in clause.values if spec.name in self.filler.values)
        return Provision(clause, tuple(blocks), basis, names, label)

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
            return [self._table(raw, clause, source)]
        except FillError as fault:
            self._fault(fault, clause, raw.line)
            return [Paragraph((Blank(str(fault)),), _block_id(clause.id, paragraph), "body", source)]

    def _table(self, raw: RawTable, clause: ClauseVersion, source: Source) -> Table:
        header = tuple(Cell(self.filler.fill(cell), "center") for cell in raw.header)
        if raw.rows:
            rows = tuple(row for row in (self._table_row(cells) for cells in raw.rows) if row)
        else:
            if raw.name not in COMPUTED:
                raise FillError(f"没有名为 {raw.name} 的表")
            rows = COMPUTED[raw.name](self.filler, self.profile, self.library.frame)
            if any(len(row) != len(header) for row in rows):
                raise FillError(f"表 {raw.name} 的表头应当有 {len(rows[0])} 列")
        return Table(header, rows, id=f"table-{clause.id}-{raw.name}", source=source)

    def _table_row(self, cells: tuple[Any, ...]) -> tuple[Cell, ...] | None:
        """A row, or None where it names a clause or value that this agreement lacks."""
        try:
            return tuple(Cell(self.filler.fill(cell)) for cell in cells)
        except FillError:
            return None

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
            if frame_holds(row.get("when"), self.profile)
        )

    def _party(self, party: Mapping[str, Any]) -> FilledParty:
        return FilledParty(
            party["role"],
            self._rows(party["rows"], party["role"]),
            self._rows(party["signature"], "签署页"),
            "".join(seal["text"] for seal in party["seal"] if frame_holds(seal.get("when"), self.profile)),
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

    def _reported(self) -> list[Finding]:
        """Numbers that rest on reports only: for the reviewer, each once."""
        findings = []
        for name, place in self.filler.used.items():
            norm = self.filler.values[name].floor
            if norm is not None and not norm.verified:
                findings.append(_reported_finding(norm, place))
        unknown = {norm.key: norm for norm in self.view.unknown()}
        for name, place in self.filler.used.items():
            norm = self.filler.values[name].floor
            if norm is not None and norm.key in unknown:
                findings.append(_unknown_finding(unknown[norm.key], place))
        return findings


def _plain_number(number: Any) -> str:
    return str(number) if isinstance(number, int) else str(float(number))


def _unknown_finding(norm: Norm, place: str) -> Finding:
    return Finding(
        "unknown-law",
        Severity.WARNING,
        f"{norm.place_title}对“{norm.title}”可能另有规定，内容没有见到，本合同用的是上一级的标准",
        Location(place=place),
        source=norm.source.title,
        hint="签订前请查到该规定；比本合同更有利的，从其规定",
    )


def _reported_finding(norm: Norm, place: str) -> Finding:
    return Finding(
        "reported-law",
        Severity.ADVICE,
        f"“{norm.title}”的法定标准据公开报道，待核",
        Location(place=place),
        source=norm.source.title,
        hint="签订前请对照官方文本核实；合同中按双方约定印出，不作为法律依据引用",
    )
