"""The clause library as it is read: clauses in each of their wordings, and the order of the book."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from contractgen.document.markdown import PLACEHOLDER, MarkdownError, RawBlock, parse
from contractgen.findings import Finding, InputError, Location, Severity, did_you_mean

Number = int | Fraction
Weight = Literal["statutory", "model", "negotiable"]
Follows = Literal["work", "seat"]
Form = Literal["standalone", "chapter", "annex"]
PROVEN = ("vote", "election")  # what conditions may ask for beside profile paths
WEIGHTS: dict[str, str] = {"statutory": "法定", "model": "示范", "negotiable": "协商"}
CHANGE_KINDS: dict[str, str] = {
    "first": "首版",
    "law": "法律变化",
    "model": "示范文本变化",
    "wording": "文字完善",
    "error": "更正",
}
FOLLOWS: tuple[Follows, ...] = ("work", "seat")
FORMS: tuple[Form, ...] = ("standalone", "chapter", "annex")


@dataclass(frozen=True, slots=True)
class ValueSpec:
    """Where a number in a clause text comes from.

    ``kind``: law (the law's value, which the parties may better), agreed (a term with a proposal of the
    library), term (an agreed term that another clause defines), sum (of other values of this agreement).
    """

    name: str
    kind: Literal["law", "agreed", "term", "sum"]
    title: str = ""
    unit: str = ""
    bound: str = ""
    default: Number | None = None
    floor: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """``path`` in the profile must hold one of ``expected``; ``present`` and ``absent`` ask for any or no value."""

    path: str
    expected: tuple[Any, ...]


def is_expected(found: Any, expected: Iterable[Any]) -> bool:
    """Whether an answer is one of those that a condition asks for: present, absent, yes or no, or a value."""
    told = found not in (None, False, 0, "", ())
    return any(
        told is one if isinstance(one, bool) else {"present": told, "absent": not told}.get(one, found == one)
        for one in expected
    )


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a clause may stand: a key of the law, or what the parties agree where the law is silent."""

    key: str = ""
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed against the version before, why, on which source, and why it may weaken what stood there."""

    kind: str
    reason: str
    source: str
    weakens: str = ""  # why a passage that is weaker than before may be so

    @property
    def title(self) -> str:
        """The Chinese word for the kind."""
        return CHANGE_KINDS[self.kind]


@dataclass(frozen=True)
class ClauseVersion:
    """One wording of one clause."""

    id: str
    version: int
    chapter: str
    title: str
    weight: Weight
    in_force_from: datetime.date
    in_force_until: datetime.date | None  # the day from which it no longer holds
    optional: bool
    when: tuple[Condition, ...]
    law_has: tuple[str, ...]
    law_lacks: tuple[str, ...]
    values: tuple[ValueSpec, ...]
    basis: tuple[Basis, ...]
    covers: tuple[str, ...]
    change: Change
    union_note: str
    reviewer_note: str
    body: str
    path: str  # relative to the library folder
    body_line: int
    stamp: str
    forms: tuple[Form, ...] = FORMS  # of the agreement in which it stands, as the outline says

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"

    @property
    def weight_title(self) -> str:
        """法定, 示范 or 协商"""
        return WEIGHTS[self.weight]

    @property
    def of_the_course(self) -> bool:
        """Whether it comes and goes with how far the bargaining is, and not with the firm or the library."""
        return any(one.path in PROVEN or one.path.startswith("bargaining.") for one in self.when)

    @cached_property
    def blocks(self) -> tuple[RawBlock, ...]:
        """The parsed body.

        Raises:
            InputError: with the place, where the body holds what the little Markdown does not know.
        """
        try:
            return parse(self.body)
        except MarkdownError as fault:
            place = Location(self.path, fault.line + self.body_line - 1)
            finding = Finding("clause-text", Severity.ERROR, fault.message, place)
            raise InputError(f"条款 {self} 的文字有误", findings=(finding,)) from None

    @cached_property
    def law_keys(self) -> frozenset[str]:
        """Every law key that it refers to: numbers and their floors, basis, conditions, duties covered, {{ law.key }}."""
        numbers = (spec.name if spec.kind == "law" else spec.floor for spec in self.values)
        bases = (basis.key for basis in self.basis)
        named = {*numbers, *bases, *self.cited_keys, *self.law_has, *self.law_lacks, *self.covers}
        return frozenset(named - {""})

    @cached_property
    def cited_keys(self) -> tuple[str, ...]:
        """The law keys whose instrument or article the text prints, ``{{ law.key }}``, each once."""
        printed = (match[1].split(".") for match in PLACEHOLDER.finditer(self.body))
        return tuple(dict.fromkeys(words[1] for words in printed if words[0] == "law" and len(words) > 1))

    def in_force(self, on: datetime.date) -> bool:
        """Whether this is the wording of that day."""
        return self.in_force_from <= on and (self.in_force_until is None or on < self.in_force_until)


@dataclass(frozen=True, slots=True)
class OutlineArticle:
    """An article of the book: its id, title, and the clauses that are its paragraphs.

    ``local_title`` is the heading with the names of the place, such as {{ name.birth_leave }}; empty where every
    place calls it the same. ``follows`` says whose law decides which of its clauses stand where a firm works in
    several places: that of each place of work, or only that of the seat (conclusion, filing and whatever else the
    firm does as one). ``forms`` are those of the agreement in which a clause stands; one that is not named there
    stands in all.
    """

    id: str
    title: str
    clauses: tuple[str, ...]
    local_title: str = ""
    follows: Follows = "work"
    forms: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """What an agreement prints, before the names of its place are filled in."""
        return self.local_title or self.title


@dataclass(frozen=True, slots=True)
class OutlineChapter:
    """A chapter of the book; its ``local_title`` is as in an article, ``titles`` has other ones for some forms."""

    id: str
    title: str
    articles: tuple[OutlineArticle, ...]
    local_title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)

    def heading(self, form: str) -> str:
        """What an agreement of a form prints, before the names of its place are filled in."""
        return self.titles.get(form) or self.local_title or self.title


@dataclass(frozen=True, slots=True)
class Outline:
    """The order of the book. ``begins`` is the first day for which there is wording."""

    title: str
    begins: datetime.date
    chapters: tuple[OutlineChapter, ...]
    annexes: tuple[OutlineArticle, ...]

    def all_articles(self) -> Iterator[OutlineArticle]:
        """Every article in the order of the book, then the annexes."""
        for chapter in self.chapters:
            yield from chapter.articles
        yield from self.annexes

    def clause_ids(self) -> Iterator[str]:
        """All clause ids in the order of the book, annexes last."""
        for article in self.all_articles():
            yield from article.clauses


@dataclass(frozen=True)
class Library:
    """All wordings of all clauses, the outline, and the frame (cover, parties, signatures) around them."""

    folder: Path
    outline: Outline
    frame: Mapping[str, Any]
    stamp: str
    _versions: Mapping[str, tuple[ClauseVersion, ...]]

    @property
    def ids(self) -> tuple[str, ...]:
        """Every clause id, in the order of the book."""
        return tuple(self.outline.clause_ids())

    def versions(self, clause_id: str) -> tuple[ClauseVersion, ...]:
        """Every wording of a clause, the oldest first; InputError with the nearest id where there is none."""
        if clause_id not in self._versions:
            raise InputError(
                f"没有编号为 {clause_id} 的条款",
                hint=did_you_mean(clause_id, self._versions, "用 contractgen clauses list 查看全部条款"),
            )
        return self._versions[clause_id]

    def all_versions(self) -> Iterator[ClauseVersion]:
        """Every wording of every clause, in the order of the book, the oldest first."""
        for clause_id in self.ids:
            yield from self._versions[clause_id]

    def clause(
        self, clause_id: str, version: int | None = None, on: datetime.date | None = None
    ) -> ClauseVersion:
        """One wording: by number, or the one in force on a day, or the newest.

        Raises:
            InputError: where there is no such wording.
        """
        versions = self.versions(clause_id)
        if version is not None:
            found = [v for v in versions if v.version == version]
        elif on is not None:
            found = [v for v in versions if v.in_force(on)]
        else:
            found = list(versions)
        if not found:
            known = "、".join(f"{v.version}（{v.in_force_from} 起）" for v in versions)
            asked = f"版本 {version}" if version is not None else f" {on} 有效的版本"
            raise InputError(f"条款 {clause_id} 没有{asked}", hint=f"现有版本：{known}")
        return found[-1]

    def clauses(self, on: datetime.date | None = None) -> tuple[ClauseVersion, ...]:
        """The wordings in force on a day (or the newest of all), in the order of the book."""
        found = []
        for clause_id in self.ids:
            chosen = [v for v in self._versions[clause_id] if on is None or v.in_force(on)]
            found.extend(chosen[-1:])
        return tuple(found)

    def terms(self, on: datetime.date) -> dict[str, ValueSpec]:
        """Every number that parties can agree on that day: name -> its definition."""
        found: dict[str, ValueSpec] = {}
        for clause in self.clauses(on):
            for spec in clause.values:
                if spec.kind in ("agreed", "law"):
                    found.setdefault(spec.name, spec)
        return found
