"""Where each number of an agreement stands in its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from contractgen.document import Block, Paragraph, Text, inlines_in, paragraph_label

if TYPE_CHECKING:
    from contractgen.agreement.model import AgreementArticle, Value


def printed_numbers(articles: Iterable[AgreementArticle], values: Mapping[str, Value]) -> dict[str, str]:
    """For each number the paragraph, 第四条第二款, or the annex in which the clause that brings it prints it first.

    Where that clause does not print it, or does not stand, the first that prints it.
    """
    brought: dict[str, str] = {}
    met: dict[str, str] = {}
    for article in articles:
        for name, clause, place in _numbers(article):
            if name in values:
                home = values[name].clause.partition("@")[0]
                (brought if clause == home else met).setdefault(name, place)
    return {**brought, **{name: place for name, place in met.items() if name not in brought}}


def _numbers(article: AgreementArticle) -> Iterator[tuple[str, str, str]]:
    """Each number as often as it is printed: its name, the clause, the place."""
    blocks = [(provision.clause, block) for provision in article.provisions for block in provision.blocks]
    paragraphs = sum(_counts(block) for _, block in blocks)
    number = 0
    for clause, block in blocks:
        number += _counts(block)
        place = paragraph_label(article.label, max(number, 1), paragraphs)
        for one in inlines_in(block):
            if isinstance(one, Text) and one.value:
                yield one.value, "" if clause is None else clause.id, place


def _counts(block: Block) -> bool:
    """Whether a block is a 款."""
    return isinstance(block, Paragraph) and block.role == "body"
