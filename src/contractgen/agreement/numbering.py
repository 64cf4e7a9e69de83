"""Counting: which number each chapter, article, paragraph and annex has before anything is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contractgen.agreement.lines import OWN
from contractgen.agreement.model import AgreementHeading
from contractgen.agreement.select import Chosen
from contractgen.document import (
    annex_label,
    article_label,
    chapter_label,
    paragraph_label,
)
from contractgen.document.markdown import RawParagraph
from contractgen.library import ClauseVersion, Library, OutlineArticle

if TYPE_CHECKING:
    from contractgen.profile import Profile


@dataclass(frozen=True, slots=True)
class Place:
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
class Structure:
    """Chapters, annexes, and by id the anchor and label of whatever may be referred to."""

    chapters: tuple[tuple[str, str, int, tuple[Place, ...]], ...]
    annexes: tuple[Place, ...]
    labels: Mapping[str, tuple[str, str]]


def numbered(library: Library, chosen: Chosen, profile: Profile) -> Structure:
    """Count the articles and annexes that were chosen, with the parties' own."""
    labels: dict[str, tuple[str, str]] = {}
    chapters: list[tuple[str, str, int, tuple[Place, ...]]] = []
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
            place = _placed(article, article_number, article_label(article_number), clauses, own_paragraphs)
            _label(place, labels)
            places.append(place)
        if places:
            chapters.append(
                (chapter.id, chapter.heading(profile.agreement.form), len(chapters) + 1, tuple(places))
            )
    annexes: list[Place] = []
    for annex in library.outline.annexes:
        if clauses := chosen.articles[annex.id]:
            annex_number += 1
            place = _placed(annex, annex_number, annex_label(annex_number), clauses, ())
            labels[annex.id] = (annex.id, place.label)
            annexes.append(place)
    return Structure(tuple(chapters), tuple(annexes), labels)


def _before(profile: Profile) -> tuple[int, int]:
    """The numbers of the article and of the annex before the first: the count goes on from the general contract's."""
    form, main = profile.agreement.form, profile.agreement.main_contract
    if form == "standalone":
        return 0, 0
    article = main.first_article or 1 if form == "chapter" else 1
    annex = main.first_annex or ((main.annex or 0) + 1 if form == "annex" else 1)
    return article - 1, annex - 1


def heading_of(profile: Profile, title: str) -> AgreementHeading | None:
    """What the agreement is within the general contract; one that nobody has told yet is the first."""
    form, main = profile.agreement.form, profile.agreement.main_contract
    if form == "chapter":
        number = main.chapter or 1
        return AgreementHeading(chapter_label(number), number, main.chapter_title or title)
    if form == "annex":
        number = main.annex or 1
        return AgreementHeading(annex_label(number), number, title)
    return None


def _placed(
    outline: OutlineArticle, number: int, label: str, clauses: Sequence[ClauseVersion], own: tuple[str, ...]
) -> Place:
    counted = []
    paragraph = 1
    for clause in clauses:
        counted.append((clause, paragraph))
        paragraph += paragraphs_of(clause)
    return Place(outline, number, label, tuple(counted), paragraph - 1, own)


def _label(place: Place, labels: dict[str, tuple[str, str]]) -> None:
    """An article's id prints 第N条; another clause's id 第N条第M款; a lone clause has no 款."""
    for clause, paragraph in place.clauses:
        if clause is not None:
            alone = len(place.clauses) == 1
            label = place.label if alone else place.paragraph_label(paragraph)
            labels[clause.id] = (block_id(clause.id, 1), label)
    labels[place.outline.id] = (place.outline.id, place.label)


def paragraphs_of(clause: ClauseVersion) -> int:
    """How many paragraphs (款) a clause has."""
    return sum(isinstance(block, RawParagraph) for block in clause.blocks)


def block_id(clause_id: str, paragraph: int) -> str:
    """The anchor of a paragraph."""
    return f"{clause_id}-{paragraph}"
