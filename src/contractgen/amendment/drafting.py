"""The two texts that an amendment gives: the amendment agreement (变更协议书) and the consolidated text (合订文本)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from contractgen.agreement import Agreement, AgreementArticle, AgreementChapter, Provision, layout
from contractgen.agreement.layout import title_lines
from contractgen.amendment.file import words
from contractgen.amendment.joining import Joined, Relabeled
from contractgen.amendment.showing import shown
from contractgen.amendment.words import Lines
from contractgen.document import (
    Chapter,
    Cover,
    Document,
    Paragraph,
    Row,
    Text,
    article_label,
)
from contractgen.findings import Finding


def amending(lines: Lines, joined: Joined) -> Agreement:
    """The amendment agreement: its own articles, and those of the library that tell the procedure of the place.

    ``lines.agreement`` is what the new facts give under the law of the day, with the words of an amendment.
    """
    now = lines.agreement
    articles: list[AgreementArticle] = []
    moved: dict[str, str] = {}
    for row in words()["articles"]:
        if not lines.holds(row.get("when")):
            continue
        number = len(articles) + 1
        label, title = article_label(number), lines.plain(row["title"])
        provisions = [
            *_texts(lines, row.get("texts", ()), label, number, "text"),
            *_alterations(joined, row.get("alterations"), label),
            *_of_library(now, row.get("clauses", ()), label, moved),
            *_texts(lines, row.get("texts_behind", ()), label, number, "behind"),
        ]
        if provisions:
            articles.append(AgreementArticle(f"amendment-{number}", number, label, title, tuple(provisions)))
    relabeled = Relabeled(moved, {})
    chapter = AgreementChapter("amendment", 1, "", tuple(map(relabeled.article, articles)))
    preamble = tuple(lines.fill(text) for text in lines.chosen(words()["preamble"]))
    title = lines.plain(words()["titles"][lines.facts["form"]])
    return replace(now, title=title, chapters=(chapter,), annexes=(), cover_rows=(), preamble=preamble)


def _texts(
    lines: Lines, rows: Iterable[Mapping[str, Any]], label: str, number: int, name: str
) -> Iterator[Provision]:
    for at, text in enumerate(lines.chosen(rows), start=1):
        paragraph = Paragraph(lines.fill(text, label), f"amendment-{number}-{name}-{at}")
        yield Provision(None, (paragraph,), label=label)


def _alterations(joined: Joined, kind: str | None, label: str) -> Iterator[Provision]:
    found = (one for one in joined.alterations if one.kind == kind)
    for number, one in enumerate(found, start=1):
        yield Provision(None, tuple(shown(one, number)), label=label)


def _of_library(
    now: Agreement, clauses: Sequence[str], label: str, moved: dict[str, str]
) -> Iterator[Provision]:
    """The clauses of the library that stand in an article of the amendment; notes which article that was there."""
    for article in now.articles:
        for one in article.provisions:
            if one.clause is not None and one.clause.id in clauses:
                moved[article.label] = label
                yield one


def document_of(
    amendment: Agreement, final: bool, points: Sequence[Finding], law: Sequence[Finding]
) -> Document:
    """The amendment agreement as it is printed: short, without cover, contents and chapters."""
    document = layout(amendment, final=final, open_points=points, of_law=law)
    body = tuple(block for block in document.body if not isinstance(block, Chapter))
    remark = "" if final else str(amendment.frame["draft"]["remark"])
    named = document.title.startswith(document.author) and bool(document.author)  # with its general contract
    head = " · ".join(part for part in (document.title if named else document.running_head, remark) if part)
    return replace(document, cover=None, contents=False, body=body, running_head=head)


# ------------------------------------------------------------------ consolidated


def consolidated(lines: Lines, text: Agreement, joined: Joined) -> Agreement:
    """The contract as amended; ``text`` is the newly assembled one, whose numbers of articles are its own."""
    told = words()["consolidated"]
    row = Row(told["row"], (Text(lines.amendments),))
    return replace(
        text,
        title=lines.plain(told["title"]),
        chapters=joined.chapters,
        annexes=joined.annexes,
        cover_rows=(*text.cover_rows, row),
        parties=tuple(replace(one, signature=(), seal="") for one in text.parties),
        preamble=(*text.preamble, *(lines.fill(one) for one in lines.chosen(told["preamble"]))),
    )


def document_of_consolidated(text: Agreement, title: str, final: bool) -> Document:
    """The consolidated text as it is printed: nobody signs it, and its open points are those of the amendment."""
    document = layout(text, final=final, open_points=())
    closing = str(words()["consolidated"]["closing"])
    if document.cover is None:
        return replace(document, front=(), closing=closing)
    cut = document.title.find(title) + len(title)
    lines = tuple(part for part in (*title_lines(document.title[:cut]), document.title[cut:]) if part)
    cover = Cover(lines, document.cover.rows, document.cover.remark)
    return replace(document, cover=cover, front=(), closing=closing)
