"""The table of the employer's duties: one row for each paragraph of the agreement that binds the employer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from contractgen.document import Item, Paragraph, chinese_number
from contractgen.files import data_folder, load_yaml
from contractgen.papers.model import Computed, Context
from contractgen.papers.tables.cells import centered, empty, left

if TYPE_CHECKING:
    from contractgen.agreement import Agreement, AgreementArticle

SENTENCE = re.compile(r"[^。]+。?")


@dataclass(frozen=True, slots=True)
class Duty:
    """What the employer owes by a paragraph: where it stands, and the sentences that say so."""

    article: str
    place: str
    text: str


def duties(context: Context) -> Computed:
    """Article, duty, department and evidence as far as they are known; the rest is written by hand."""
    known = _data()["articles"]
    rows = []
    for one in duties_of(context.agreement):
        about: Mapping[str, Any] = known.get(one.article, {})
        responsible = context.filler.fill_text(about.get("responsible", ""))
        rows.append(
            (
                centered(one.place),
                left(one.text),
                centered("".join(node.text for node in responsible)),
                left(about.get("evidence", "")),
                empty(),
                empty(),
            )
        )
    return Computed(tuple(rows))


def duties_of(agreement: Agreement) -> tuple[Duty, ...]:
    """Every duty of the employer, in the order of the agreement."""
    articles = (one for one in agreement.articles if one.id not in _data()["skip"])
    return tuple(one for article in articles for one in _of(article))


def _of(article: AgreementArticle) -> Iterator[Duty]:
    paragraphs = list(_paragraphs(article))
    for number, text in enumerate(paragraphs, start=1):
        sentences = [one.strip() for one in SENTENCE.findall(text)]
        owed = [one for one in sentences if _binds(one)]
        if owed:
            place = f"{article.label}第{chinese_number(number)}款" if len(paragraphs) > 1 else article.label
            yield Duty(article.id, place, "".join(owed))


def _paragraphs(article: AgreementArticle) -> Iterator[str]:
    """The paragraphs (款) of an article, each with the items that belong to it."""
    text = ""
    for provision in article.provisions:
        for block in provision.blocks:
            if isinstance(block, Item):
                text += f"（{chinese_number(block.number)}）{block.text}"
            elif isinstance(block, Paragraph):
                if text:
                    yield text
                text = block.text
    if text:
        yield text


def _binds(sentence: str) -> bool:
    """Whether a sentence says what the employer must do or must not do, or what workers are given."""
    words = _data()
    if words["employer"] in sentence and any(mark in sentence for mark in words["bound"]):
        return True
    return not sentence.startswith(tuple(words["others"])) and any(
        mark in sentence for mark in words["given"]
    )


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = load_yaml(data_folder("templates") / "papers" / "duties.yaml").data
    return data
