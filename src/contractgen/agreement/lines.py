"""The paragraphs of an agreement as lines of text, for whatever reads texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from contractgen.document import Block, Item, Table, paragraph_label
from contractgen.wording import Line

if TYPE_CHECKING:
    from contractgen.agreement.model import AgreementArticle, Provision

OWN = "own"  # id prefix of texts that the parties wrote themselves
TYPED_ITEM = re.compile(r"\s*(?:[（(][一二三四五六七八九十0-9]+[)）]|[0-9一二三四五六七八九十]+[、.．])")


def lines_of(articles: Iterable[AgreementArticle]) -> tuple[Line, ...]:
    """Every paragraph, item and cell of articles and annexes, in printed order."""
    return tuple(line for article in articles for line in _article(article))


def _article(article: AgreementArticle) -> Iterator[Line]:
    for provision in article.provisions:
        if provision.clause is None:
            yield from _own(article, provision)
        else:
            subject = f"条款“{provision.clause.title}”（{provision.clause}）"
            for block, lead in _led(provision.blocks):
                yield from (Line(text, provision.label, subject, lead=lead) for text in _texts(block))


def _own(article: AgreementArticle, provision: Provision) -> Iterator[Line]:
    path = f"clauses.own.{int(article.id.removeprefix(f'{OWN}-')) - 1}"
    subject = f"自拟条款“{article.title}”"
    yield Line(article.title, article.label, f"{subject}的标题", f"{path}.title")
    for number, (block, lead) in enumerate(_led(provision.blocks), start=1):
        place = paragraph_label(article.label, number, len(provision.blocks))
        yield from (Line(text, place, subject, f"{path}.text", lead) for text in _texts(block))


def _led(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Blocks, each with the words that lead in the list that it is an item of."""
    lead = ""
    for block in blocks:
        text = getattr(block, "text", "")
        item = isinstance(block, Item) or bool(TYPED_ITEM.match(text))
        yield block, lead if item else ""
        if not item:
            lead = text if text.endswith("：") else ""


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from (cell.text for row in (block.header, *block.rows) for cell in row if cell.text)
    elif text := getattr(block, "text", ""):
        yield text
