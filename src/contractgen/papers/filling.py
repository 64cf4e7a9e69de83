"""Choosing the papers of a firm, and filling them: each becomes a Document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from contractgen.agreement import filler_of
from contractgen.agreement.fill import FillError
from contractgen.agreement.outcomes import outcomes
from contractgen.agreement.select import frame_holds
from contractgen.document import (
    Blank,
    Block,
    Cell,
    Cut,
    Document,
    Item,
    Lines,
    PageBreak,
    Paragraph,
    Signing,
    Subheading,
    Table,
    Text,
    inlines_in,
    plain,
)
from contractgen.document.markdown import (
    PLACEHOLDER,
    RawLines,
    RawList,
    RawPage,
    RawParagraph,
    RawReference,
    RawSigning,
    RawSubheading,
    RawTable,
    RawText,
)
from contractgen.document.paper_markdown import PaperBlock
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.papers.loading import RULE, inlines_of
from contractgen.papers.model import Computed, Context, Filled, Missing, Paper
from contractgen.papers.tables import TABLES
from contractgen.papers.words import add_words, known, told_the_same
from contractgen.profile import field_title

if TYPE_CHECKING:
    from contractgen.agreement import Agreement
    from contractgen.agreement.fill import Filler
    from contractgen.papers.subject import Subject
    from contractgen.timeline import Timeline


NUMBER = "编号："


def filler_for(agreement: Agreement, names: Iterable[str] | None = None) -> Filler:
    """The filler of papers for texts that are not ours, with the words of these names, or with all of them."""
    filler = filler_of(agreement)
    add_words(filler, agreement, known() if names is None else names)
    return filler


def chosen(papers: Sequence[Paper], agreement: Agreement, *, recorded: bool = False) -> tuple[Paper, ...]:
    """The papers that the place, form, occasion and profile ask for, in order.

    Args:
        papers: to choose from.
        agreement: what they are for.
        recorded: the contract and its amendment have records, so no form needs to be filled by hand instead.
    """
    profile, view = agreement.profile, agreement.view
    proven = outcomes(profile, view)
    return tuple(
        one
        for one in papers
        if frame_holds(one.when, profile.as_voted_last, proven)
        and view.meets(one.law_has, one.law_lacks)
        and not told_the_same(profile, one.unless_same)
        and not (recorded and one.unrecorded)
    )


def fill_papers(
    papers: Sequence[Paper],
    agreement: Agreement,
    course: Timeline,
    previous: Agreement | None = None,
    subject: Subject | None = None,
) -> tuple[Filled, ...]:
    """Papers with their numbers, filled.

    Raises:
        InputError: with every text that this agreement cannot fill, by file and line.
    """
    faults: list[Finding] = []
    found = []
    for number, paper in enumerate(papers, start=1):
        ours = agreement if subject is None else subject.of(paper)
        filling = _Filling(paper, ours, course, previous, faults, subject)
        found.append(filling.filled(number))
    if faults:
        raise InputError("文书模板有填不了的地方", findings=faults)
    return tuple(found)


class _Filling:
    """Fills one paper."""

    def __init__(
        self,
        paper: Paper,
        agreement: Agreement,
        course: Timeline,
        previous: Agreement | None,
        faults: list[Finding],
        subject: Subject | None = None,
    ) -> None:
        self.paper = paper
        self.agreement = agreement
        self.filler: Filler = filler_of(agreement)
        self.filler.place = paper.name
        signing = (match[1] for text in (paper.signs, paper.due) for match in PLACEHOLDER.finditer(text))
        heads = dict.fromkeys(name.split(".")[0] for name in (*names_in(paper), *signing))
        add_words(self.filler, agreement, heads)
        if subject is not None:
            subject.say(self.filler)
        changes = () if subject is None else subject.changes
        self.context = Context(agreement, self.filler, course, previous, changes)
        self.faults = faults

    def filled(self, number: int) -> Filled:
        paper, agreement = self.paper, self.agreement
        title = plain(self.filler.fill_text(paper.title))
        blocks = [*self._address(), *(one for raw in paper.blocks for one in self._blocks(raw))]
        proposals = tuple(dict.fromkeys(_proposals(blocks)))
        if proposals and paper.unconfirmed:
            blocks.append(Paragraph((Text(paper.unconfirmed),), role="small"))
        again = (Cut(), Subheading(title, level=1))
        blocks = [*blocks, *([*again, *blocks] * (paper.per_page - 1))]
        employer = agreement.profile.at("employer.name") or ""
        document = Document(
            title=title,
            subject=f"{employer}{title}",
            author=str(employer),
            body=tuple(blocks),
            draft=True,
            landscape=paper.landscape,
            type_size="large" if paper.large else "compact" if paper.compact else "form",
            keywords=(agreement.view.title, "集体协商", title),
        )
        told = agreement.profile.as_voted_last
        needs = [path for one in paper.needs for path in self._needed(one) if told.at(path) in (None, "", ())]
        facts = missing_of(agreement, (*self.filler.missing, *needs))
        needed = {one.path for one in missing_of(agreement, needs)}
        return Filled(
            paper,
            number,
            title,
            plain(self.filler.fill_text(paper.signs)),
            document,
            facts,
            tuple(one for one in facts if one.path in needed),
            proposals,
            due=plain(self.filler.fill_text(paper.due)),
        )

    def _needed(self, need: str) -> Iterable[str]:
        """A path; of a word, the paths that it lacks."""
        if need not in known():
            return (need,)
        filler = filler_of(self.agreement)
        add_words(filler, self.agreement, [need])
        return tuple(filler.missing)

    def _address(self) -> Iterator[Block]:
        if self.paper.numbered:
            yield Paragraph((Text(NUMBER), Blank(width=8)), role="right")
        if self.paper.to:
            inlines = self.filler.fill_text(self.paper.to)
            yield Paragraph((*inlines, Text("：")), role="address")

    def _blocks(self, raw: PaperBlock) -> list[Block]:
        try:
            return list(self._filled(raw))
        except FillError as fault:
            place = Location(self.paper.path, self.paper.body_line + raw.line - 1)
            hint = "给这份文书写上选用条件（when），或者改用这里有的名称"
            self.faults.append(Finding(RULE, Severity.ERROR, str(fault), place, hint=hint))
            return []

    def _filled(self, raw: PaperBlock) -> Iterator[Block]:
        match raw:
            case RawParagraph():
                yield Paragraph(self.filler.fill(raw.inlines), role="text")
            case RawList():
                for number, item in enumerate(raw.items, start=1):
                    yield Item(number, self.filler.fill(item), numbered=raw.numbered)
            case RawSubheading():
                yield Subheading(plain(self.filler.fill_text(raw.text)))
            case RawLines():
                yield Lines(raw.count)
            case RawPage():
                yield PageBreak()
            case RawSigning():
                for row in raw.rows:
                    yield Signing(tuple(self.filler.fill(cell) for cell in row), raw.dated)
            case RawTable():
                yield self._table(raw)

    def _table(self, raw: RawTable) -> Table:
        header = tuple(Cell(self.filler.fill(cell), "center") for cell in raw.header)
        computed = Computed(tuple(self._rows(raw)))
        if not raw.rows and raw.name in TABLES:
            computed = TABLES[raw.name](self.context)
        header = computed.header or header
        empty = tuple(Cell(()) for _ in header)
        rows = (*computed.rows, *(empty for _ in range(raw.blank)))
        counts = (sum(cell.span for cell in row) for row in rows)
        if wrong := next((count for count in counts if count != len(header)), None):
            raise FillError(f"表 {raw.name} 的表头有 {len(header)} 列，内容有 {wrong} 列")
        return Table(header, rows, widths=computed.widths or raw.widths, height=raw.height)

    def _rows(self, raw: RawTable) -> Iterator[tuple[Cell, ...]]:
        """The rows that stand: one that names a number or clause that this agreement lacks falls away."""
        stood = False
        for number, cells in enumerate(raw.rows):
            stood = stood and number in raw.instead
            if not stood and not self._lacks(cells):
                stood = True
                yield tuple(Cell(self.filler.fill(cell)) for cell in cells)

    def _lacks(self, cells: Sequence[Sequence[RawText | RawReference]]) -> bool:
        nodes = [node for cell in cells for node in cell]
        if any(isinstance(node, RawReference) and node.target not in self.filler.labels for node in nodes):
            return True
        names = [
            match[1]
            for node in nodes
            if isinstance(node, RawText)
            for match in PLACEHOLDER.finditer(node.text)
        ]
        return any(not self.filler.has(name) for name in names)


def missing_of(agreement: Agreement, paths: Iterable[str]) -> tuple[Missing, ...]:
    """What is printed as a blank, each once, by where the profile would hold it."""
    places = dict.fromkeys(agreement.profile.bargaining.told_at(path) for path in paths)
    return tuple(Missing(path, field_title(path)) for path in places if path)


def names_in(paper: Paper) -> tuple[str, ...]:
    """What a paper prints, by the names of its placeholders, each once."""
    texts = [paper.title, paper.to]
    for block in paper.blocks:
        texts += [node.text for run in inlines_of(block) for node in run if isinstance(node, RawText)]
        texts += [block.text] if isinstance(block, RawSubheading) else []
    return tuple(dict.fromkeys(match[1] for text in texts for match in PLACEHOLDER.finditer(text)))


def _proposals(blocks: Sequence[Block]) -> Iterator[str]:
    """The numbers in blocks that the parties have not confirmed."""
    for node in (one for block in blocks for one in inlines_in(block)):
        if isinstance(node, Text) and node.suggested and node.value:
            yield node.value
