"""Tables by topic: what women workers want, what is proposed, what the draft contains, and its numbers against the law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from contractgen.document import Cell, Text, chapter_label, section_label
from contractgen.law import State, describe, unit_label
from contractgen.papers.data import data_of
from contractgen.papers.model import Computed, Context
from contractgen.papers.tables.cells import centered, empty, left

if TYPE_CHECKING:
    from contractgen.agreement import AgreementArticle, AgreementChapter, Value
    from contractgen.law import Norm

FILE = "plain.yaml"
FORMAL = ("general", "performance")  # chapters of the agreement about itself: no topics of women workers
REPORTED = f"（{State.REPORTED.label}）"
NONE, NOT_SAID = "没有", "—"
NONE_CHECKED = "没有（只与核对过条文的法定标准比较）"
ROOM = 3  # rows to write in where nothing is computed


def topics(context: Context) -> Computed:
    """Number, chapter, its articles: what is proposed for bargaining."""
    rows = [
        (centered(number), left(chapter.title), left("；".join(one.title for one in chapter.articles)))
        for number, chapter in enumerate(_chapters(context), start=1)
    ]
    return Computed(tuple(rows) or _room(3))


def concerns(context: Context) -> Computed:
    """Number, matter, what the law says; the worker writes the rest."""
    rows = [
        (centered(number), left(_topic(article)), left(_floors(context, article)), empty(), empty())
        for number, article in enumerate(topic_articles(context), start=1)
    ]
    return Computed(tuple(rows))


def concerns_summary(context: Context) -> Computed:
    """Number, matter, how many, rank, present practice, what the law says, gap."""
    rows = [
        (
            centered(number),
            left(_topic(article)),
            empty(),
            empty(),
            empty(),
            left(_floors(context, article)),
            empty(),
        )
        for number, article in enumerate(topic_articles(context), start=1)
    ]
    return Computed(tuple(rows))


def outline(context: Context) -> Computed:
    """Chapter, title, from which article to which."""
    rows = []
    for chapter in context.agreement.chapters:
        rows.append(
            (
                centered(_label(context, chapter)),
                left(chapter.title),
                centered(_range(chapter.articles)),
            )
        )
    return Computed(tuple(rows) or _room(3))


def report(context: Context) -> Computed:
    """Chapter, title; what was performed, what was not and how it was mended is written by hand."""
    return Computed(
        tuple(
            (centered(_label(context, one)), left(one.title), empty(), empty(), empty())
            for one in context.agreement.chapters
        )
    )


def exceeds(context: Context) -> Computed:
    """Numbers better than a floor that was compared with its text: matter, floor, agreed, article of law, article.

    Where there is none it says so, and whether numbers are better than law that is only reported; room to write where a
    text of the parties' own may exceed the law.
    """
    printed = [one for one in context.values.values() if one.name in context.agreement.printed]
    better = [one for one in printed if one.verdict == "better"]
    rows = [
        (
            left(one.title),
            centered(describe(norm)),
            centered(one.stated),
            left(norm.source),
            centered(context.agreement.printed[one.name]),
        )
        for one in better
        if (norm := one.verified_floor) is not None and norm is one.floor
    ]
    if context.agreement.chapters and not rows and not _has_own_text(context):
        none = centered(NOT_SAID)
        rows = [(left(NONE_CHECKED if better else NONE), none, none, none, none)]
    return Computed(tuple(rows) or _room(5))


def _has_own_text(context: Context) -> bool:
    provisions = (one for article in context.agreement.articles for one in article.provisions)
    return any(one.clause is None for one in provisions)


def reported(context: Context) -> Computed:
    """Numbers whose local law is only reported: matter, what is reported, verified floor with article, draft, its article."""
    rows = []
    for article in topic_articles(context):
        for one in values_of(context, article):
            if (norm := reported_floor(one)) is not None:
                sure = [f"{describe(least)}（{least.source}）" for least in _verified(one)]
                sure += [
                    f"{least.title}{describe(least)}（{least.source}）"
                    for least in standing_floors(context, article)
                    if least.unit == one.unit
                ]
                place = context.agreement.printed[one.name]
                rows.append(
                    (
                        left(one.title),
                        centered(describe(norm)),
                        left("；".join(sure)),
                        centered(one.stated),
                        centered(place),
                    )
                )
    return Computed(tuple(rows) or _room(5))


def beyond_law(context: Context) -> Computed:
    """Numbers that the parties agree where no law is known to set one, but for time limits: matter, agreed, article."""
    rows = [
        (left(one.title), centered(one.stated), centered(place))
        for name, place in context.agreement.printed.items()
        if (one := context.values[name]).origin != "sum"
        and (one.floor is None or one.floor.value is None)
        and one.bound != "maximum"
    ]
    return Computed(tuple(rows))


def changes(context: Context) -> Computed:
    """Numbers that are not those of the last agreement: article, then, now, why; room to write where it is not known.

    A number of a text that stands only until the vote is told, or since, is no change where the last agreement lacks it.
    """
    if context.changes:
        return Computed(tuple((*map(left, one), empty()) for one in context.changes))
    before = context.previous
    if before is None:
        return Computed(tuple(tuple(empty() for _ in range(4)) for _ in range(6)))
    rows: list[tuple[Cell, ...]] = []
    passing = set(_of_the_course(context))
    for name, place in context.agreement.printed.items():
        new, old = context.values[name], before.values.get(name)
        if (old is None and name not in passing) or (old is not None and old.stated != new.stated):
            was = f"{old.title}{old.stated}" if old is not None else ""
            rows.append((left(place), left(was), left(f"{new.title}{new.stated}"), empty()))
    if not rows:
        rows.append((Cell((Text(data_of(FILE)["unchanged"]),), span=4),))
    return Computed(tuple(rows))


def _of_the_course(context: Context) -> Iterator[str]:
    """The numbers of clauses that stand there or not as the bargaining goes on."""
    for provision in (one for article in context.agreement.articles for one in article.provisions):
        if provision.clause is not None and provision.clause.of_the_course:
            yield from provision.values


def _label(context: Context, chapter: AgreementChapter) -> str:
    """第一章; 第一节 in an agreement that is a chapter itself."""
    return (section_label if context.agreement.form == "chapter" else chapter_label)(chapter.number)


def _room(columns: int) -> tuple[tuple[Cell, ...], ...]:
    """Rows to write in."""
    return tuple(tuple(empty() for _ in range(columns)) for _ in range(ROOM))


def _range(articles: Sequence[AgreementArticle]) -> str:
    """From the first to the last; each by name where others lie between them, as in an amendment."""
    first, last = articles[0], articles[-1]
    if last.number - first.number >= len(articles):
        return "、".join(one.label for one in articles)
    return first.label if first is last else f"{first.label}至{last.label}"


def _chapters(context: Context) -> Iterator[AgreementChapter]:
    return (one for one in context.agreement.chapters if one.id not in FORMAL)


def topic_articles(context: Context) -> Iterator[AgreementArticle]:
    """The articles that are topics of women workers: not those of the agreement about itself."""
    for chapter in _chapters(context):
        yield from chapter.articles


def values_of(context: Context, article: AgreementArticle) -> list[Value]:
    """The numbers that the article prints first."""
    return [
        context.values[name]
        for name, place in context.agreement.printed.items()
        if place == article.label or place.startswith(f"{article.label}第")
    ]


def reported_floor(value: Value) -> Norm | None:
    """The floor of a number where it is only reported."""
    norm = value.floor
    return norm if norm is not None and norm.value is not None and norm is not value.verified_floor else None


def standing_floors(context: Context, article: AgreementArticle) -> list[Norm]:
    """Verified floors on which an article rests although the agreement prints other numbers instead, each once."""
    norms = [norm for one in article.provisions for _, norm in one.basis if norm is not None]
    found = {
        norm.key: norm
        for norm in norms
        if norm.verified and norm.printable and norm.value is not None and norm.bound == "minimum"
    }
    return [norm for key, norm in found.items() if key not in context.agreement.printed]


def _verified(value: Value) -> list[Norm]:
    norm = value.verified_floor
    return [norm] if norm is not None else []


def _floors(context: Context, article: AgreementArticle) -> str:
    """What the law says of an article's numbers, in plain words; what is only reported says so."""
    told = []
    for one in values_of(context, article):
        told += [_plain(norm, one.title) for norm in _verified(one)]
        if (norm := reported_floor(one)) is not None and (sentence := _plain(norm, one.title)):
            told.append(f"{sentence}{REPORTED}")
    told += [_plain(norm, norm.title) for norm in standing_floors(context, article)]
    return "；".join(one for one in told if one)


def _plain(norm: Norm, title: str) -> str:
    """A number of the law as a worker says it; empty where another says it already."""
    sentence = data_of(FILE)["sentences"].get(norm.key)
    if sentence is None or norm.value is None:
        return f"{title}{describe(norm)}"
    return str(sentence).replace("{{ number }}", unit_label(norm.value, norm.unit))


def _topic(article: AgreementArticle) -> str:
    """What a topic is called where it stands without its chapter."""
    return str(data_of(FILE)["topics"].get(article.id, article.title))
