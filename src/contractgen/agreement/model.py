"""Agreement: the legal thing. Parties, chapters, articles; each paragraph knows its clause and version, each number its origin."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from contractgen.agreement.lines import lines_of
from contractgen.agreement.printed import printed_numbers
from contractgen.document import Block, Inline, Row
from contractgen.findings import Finding
from contractgen.library import Basis, ClauseVersion, Number

if TYPE_CHECKING:
    from contractgen.law import LawView, Norm
    from contractgen.profile import Profile
    from contractgen.wording import Line, Phrases

OriginKind = Literal["law", "agreed", "proposal", "sum", "seat"]
TERMS = "terms"  # the profile's group of numbers that the parties agreed for every place of work
Verdict = Literal["equal", "better", "below", "differs", "unmeasured"]


@dataclass(frozen=True, slots=True)
class Value:
    """A number of this agreement.

    Attributes:
        number: the number itself; exact.
        unit: unit id, see clauses/law/units.yaml.
        text: how it is printed, e.g. 98天.
        origin: law (the law's own number), agreed (the parties' decision), proposal (of the library, not yet
            confirmed), sum (of ``parts``), seat (the seat's number, better than the law of this place of work).
        floor: the norm that it is held against, if the law has one.
        bound: how the number may depart from what it is held against.
        clause: the clause that brought it.
        measured: whether it counts the same as its floor; days are never held against months.
        group: where in the profile the parties write their decision.
    """

    name: str
    title: str
    number: Number
    unit: str
    text: str
    origin: OriginKind
    bound: str
    clause: str
    floor: Norm | None = None
    parts: tuple[str, ...] = ()
    measured: bool = True
    group: str = TERMS

    @property
    def verdict(self) -> Verdict | None:
        """How it stands to its floor; differs where the law leaves no choice, None where there is no floor."""
        norm = self.floor
        if norm is None or norm.value is None:
            return None
        if not self.measured:
            return "unmeasured"
        if self.origin == "law" or (self.number == norm.value and not norm.strict):
            return "equal"
        if norm.met_by(self.number):
            return "better"
        return "differs" if norm.bound == "exact" else "below"

    @property
    def verified_floor(self) -> Norm | None:
        """The floor that was compared with its text: its own, or the wider one that gave way to a report."""
        for norm in (self.floor, self.floor.loser if self.floor else None):
            if norm is not None and norm.verified and norm.printable and norm.value is not None:
                return norm if norm is self.floor or (self.floor and norm.comparable(self.floor)) else None
        return None

    @property
    def stated(self) -> str:
        """As a list names it: 98天; a share with its bound, for 半数以上 and 过半数 are not the same."""
        from contractgen.law import bound_label, is_share

        return (
            bound_label(self.number, self.unit, self.bound, strict=self.strict)
            if is_share(self.unit)
            else self.text
        )

    @property
    def strict(self) -> bool:
        """Whether the number itself is not enough."""
        return self.floor is not None and self.floor.strict and self.number == self.floor.value

    @property
    def law_key(self) -> str:
        """The parameter of the law that it is held against, on whatever day."""
        return self.floor.key if self.floor is not None else self.name

    def falls_short_of(self, norm: Norm | None) -> bool:
        """Whether it does not satisfy a rule, such as that of another day; numbers of another unit are not judged."""
        if norm is None or norm.value is None or norm.unit != self.unit:
            return False
        return not norm.met_by(self.number)

    @property
    def path(self) -> str:
        """Where in the profile the parties write their decision."""
        return f"{self.group}.{self.name}"

    def worse_than(self, other: Value) -> bool:
        """Worse for the worker than another number of the same name; never where the two cannot be compared."""
        if (self.unit, self.bound) != (other.unit, other.bound) or self.number == other.number:
            return False
        return self.bound in ("minimum", "maximum") and (self.number < other.number) == (
            self.bound == "minimum"
        )


@dataclass(frozen=True, slots=True)
class Workplace:
    """A place where the firm works and whose law holds for the work there.

    Attributes:
        view: the law of the place on the law day.
        sites: names of the workplaces there; none where the profile names none.
        path: where in the profile the place is named.
        terms: what the parties agreed for this place alone: name -> the number and where the profile has it.
        values: the numbers of the agreement as they are for those who work there.
    """

    view: LawView
    path: str
    sites: tuple[str, ...] = ()
    terms: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """浙江省（虚构嘉兴工厂）"""
        return f"{self.view.title}（{'、'.join(self.sites)}）" if self.sites else self.view.title


@dataclass(frozen=True, slots=True)
class Provision:
    """A clause as it stands in the agreement: its wording, filled in, and its basis on the law day.

    ``places``: the places of work for which it holds; none where it holds everywhere. ``asked``: those whose law
    asks for it.
    """

    clause: ClauseVersion | None  # None: a text of the parties' own
    blocks: tuple[Block, ...]
    basis: tuple[tuple[Basis, Norm | None], ...] = ()
    values: tuple[str, ...] = ()
    label: str = ""  # 第十二条第二款
    places: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All characters of the provision, a line per block."""
        return "\n".join(getattr(block, "text", "") for block in self.blocks)


@dataclass(frozen=True, slots=True)
class AgreementArticle:
    """第N条 (or 附件N) and the provisions that are its paragraphs."""

    id: str
    number: int
    label: str
    title: str
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class AgreementChapter:
    """第N章"""

    id: str
    number: int
    title: str
    articles: tuple[AgreementArticle, ...]


@dataclass(frozen=True, slots=True)
class FilledParty:
    """One side as the cover, the parties' block and the signature page print it."""

    role: str
    rows: tuple[Row, ...]
    signature: tuple[Row, ...]
    seal: str


@dataclass(frozen=True, slots=True)
class AgreementHeading:
    """What an agreement is within a general contract: its 第六章 女职工权益保护, or its 附件3."""

    label: str
    number: int
    title: str

    @property
    def text(self) -> str:
        """第六章　女职工权益保护"""
        return f"{self.label}\u3000{self.title}"


@dataclass(frozen=True)
class Agreement:
    """An agreement of one firm under the law of one day: that of the seat, and that of each other place of work.

    ``place``, ``view`` and ``values`` are those of the seat; ``workplaces`` has the seat first. ``values`` also has
    what only clauses of other places bring. ``wordings`` are those of the day that the library has, chosen or not;
    ``phrases`` the words that it tells the checks to look for.
    ``today`` is the day on which facts are held against the calendar; None where nobody told it.
    ``heading`` is there where the agreement is a chapter or an annex of a general contract; the chapters of a chapter
    are its sections.
    """

    title: str
    place: str
    on: datetime.date
    profile: Profile
    view: LawView
    chapters: tuple[AgreementChapter, ...]
    annexes: tuple[AgreementArticle, ...]
    values: Mapping[str, Value]
    cover_rows: tuple[Row, ...]
    parties: tuple[FilledParty, ...]
    preamble: tuple[tuple[Inline, ...], ...]
    frame: Mapping[str, Any]
    library_stamp: str
    phrases: Phrases
    wordings: tuple[ClauseVersion, ...] = ()
    findings: tuple[Finding, ...] = ()
    open_points: tuple[Finding, ...] = ()
    left_out: tuple[tuple[ClauseVersion, str], ...] = ()
    workplaces: tuple[Workplace, ...] = ()
    today: datetime.date | None = None
    heading: AgreementHeading | None = None

    @property
    def form(self) -> str:
        """standalone, chapter or annex"""
        return self.profile.agreement.form

    def view_of(self, provision: Provision) -> LawView:
        """The law under which a provision stands: of the seat, or of the first place for which it holds."""
        views = (one.view for one in self.workplaces if one.view.place in provision.places[:1])
        return next(views, self.view)

    @property
    def articles(self) -> Iterator[AgreementArticle]:
        """Every article, in order; annexes are not articles."""
        for chapter in self.chapters:
            yield from chapter.articles

    @property
    def provisions(self) -> Iterator[Provision]:
        """Every provision of articles and annexes, in printed order."""
        for article in self.articles:
            yield from article.provisions
        for annex in self.annexes:
            yield from annex.provisions

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every paragraph, item and cell of articles and annexes, in printed order."""
        return lines_of((*self.articles, *self.annexes))

    @cached_property
    def printed(self) -> Mapping[str, str]:
        """Where each number stands first in the text that the agreement has."""
        return printed_numbers((*self.articles, *self.annexes), self.values)

    @property
    def clauses(self) -> tuple[ClauseVersion, ...]:
        """The wordings that this agreement was made of."""
        return tuple(p.clause for p in self.provisions if p.clause is not None)
