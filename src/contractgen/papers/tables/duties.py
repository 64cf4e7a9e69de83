"""The tables of the employer's duties: one row for each paragraph of the agreement that binds the employer.

How a duty is recognized, what is none, and what proves each article stand in templates/papers/duties.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contractgen.document import Cell, Item, Paragraph, Text, chinese_number
from contractgen.papers.data import data_of
from contractgen.papers.model import Computed, Context
from contractgen.papers.tables.cells import centered, empty, left

if TYPE_CHECKING:
    from contractgen.agreement import Agreement, AgreementArticle

SENTENCE = re.compile(r"[^。]+。?")
FILE = "duties.yaml"
OWN = ""  # the clause of a text of the parties' own


@dataclass(frozen=True, slots=True)
class Duty:
    """What the employer owes by a paragraph: where it stands, and the sentences that say so; ``once``: done once for all."""

    article: AgreementArticle
    place: str
    text: str
    once: bool = False


def duties(context: Context) -> Computed:
    """Under a line for each article with who is responsible and what proves it: place and duty; the rest is ticked by hand."""
    words = data_of(FILE)["words"]
    rows: list[tuple[Cell, ...]] = []
    before = None
    for one in duties_of(context.agreement):
        if one.once:
            continue
        if one.article is not before:
            before = one.article
            responsible, evidence = _known(context, before)
            parts = [f"{before.label}　{before.title}"]
            parts += [f"{words['responsible']}{responsible}"] if responsible else []
            parts += [f"{words['evidence']}{evidence}"] if evidence else []
            rows.append((Cell((Text("　　".join(parts)),), span=4),))
        rows.append((centered(one.place), left(one.text), centered(words["boxes"]), empty()))
    return Computed(tuple(rows))


def duties_once(context: Context) -> Computed:
    """What is done once for all after the agreement entered into force: place, duty, responsible, evidence; the rest by hand."""
    rows = []
    for one in duties_of(context.agreement):
        if one.once:
            responsible, evidence = _known(context, one.article)
            rows.append(
                (
                    centered(one.place),
                    left(one.text),
                    centered(responsible),
                    left(evidence),
                    empty(),
                    empty(),
                )
            )
    return Computed(tuple(rows))


def _known(context: Context, article: AgreementArticle) -> tuple[str, str]:
    """Who is responsible for an article, and what proves it, as far as it is known."""
    about: Mapping[str, Any] = data_of(FILE)["articles"].get(article.id, {})
    responsible = context.filler.fill_text(about.get("responsible", ""))
    return "".join(node.text for node in responsible), about.get("evidence", "")


def duties_of(agreement: Agreement) -> tuple[Duty, ...]:
    """Every duty of the employer, in the order of the agreement."""
    return tuple(one for article in agreement.articles for one in _of(article))


def _of(article: AgreementArticle) -> Iterator[Duty]:
    paragraphs = list(_paragraphs(article))
    for number, (clause, text) in enumerate(paragraphs, start=1):
        sentences = [one.strip() for one in SENTENCE.findall(text)]
        owed = [at for at, one in enumerate(sentences) if _binds(one) and not _is_none(one, clause, article)]
        place = f"{article.label}第{chinese_number(number)}款" if len(paragraphs) > 1 else article.label
        for once in (True, False):
            told = [at for at in owed if _is_once(sentences[at], clause) is once]
            if told:
                yield Duty(article, place, "".join(_with_occasion(sentences, told)), once)


def _paragraphs(article: AgreementArticle) -> Iterator[tuple[str, str]]:
    """The paragraphs (款) of an article, each with its clause and the items that belong to it."""
    clause = text = ""
    for provision in article.provisions:
        for block in provision.blocks:
            if isinstance(block, Item):
                text += f"（{chinese_number(block.number)}）{block.text}"
            elif isinstance(block, Paragraph):
                if text:
                    yield clause, text
                text = block.text
                clause = provision.clause.id if provision.clause else OWN
    if text:
        yield clause, text


def _with_occasion(sentences: Sequence[str], owed: Sequence[int]) -> Iterator[str]:
    """The sentences, and those without which they cannot be understood: where they hold, and what they follow."""
    words = data_of(FILE)
    wanted = set(owed)
    wanted |= {at - 1 for at in owed if at and sentences[at].startswith(tuple(words["follows"]))}
    wanted |= {at for at, one in enumerate(sentences) if one.startswith(tuple(words["holds_where"]))}
    return (sentences[at] for at in sorted(wanted))


def _binds(sentence: str) -> bool:
    """Whether a sentence says what the employer must do or must not do, or what workers are given."""
    words = data_of(FILE)
    if words["employer"] in sentence and any(mark in sentence for mark in words["bound"]):
        return True
    return not sentence.startswith(tuple(words["others"])) and any(
        mark in sentence for mark in words["given"]
    )


def _is_none(sentence: str, clause: str, article: AgreementArticle) -> bool:
    """Whether its article, its clause, or some words of it in its clause are named as no duty."""
    skip = data_of(FILE)["skip"]
    if skip.get(article.id) == []:
        return True
    words = skip.get(clause)
    return words is not None and (not words or any(one in sentence for one in words))


def _is_once(sentence: str, clause: str) -> bool:
    once = data_of(FILE)["once"]
    return clause in once["clauses"] and any(mark in sentence for mark in once["marks"])
