"""The parts of a document by the names that a reader knows: 封面, 第一条, 附件1, 签署页."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from contractgen.document import (
    Annex,
    Article,
    Block,
    Chapter,
    Document,
    Paragraph,
    annex_label,
    article_label,
)

Heading = Chapter | Article | Annex


def parts(document: Document) -> Iterator[tuple[str, Any]]:
    """Every part that an agreement prints, with its nodes; a draft's list and notes are none."""
    yield "封面", document.cover
    yield "首部", (document.preamble, tuple(party.rows for party in document.parties))
    for heading, blocks in articles((*document.body, *document.annexes)):
        yield label_of(heading), (heading, *blocks)
    yield "签署页", (document.closing, tuple((party.signature, party.seal) for party in document.parties))


def label_of(heading: Heading) -> str:
    """第一章, 第一条 or 附件1."""
    if isinstance(heading, Annex):
        return annex_label(heading.number)
    return article_label(heading.number) if isinstance(heading, Article) else heading.label


def articles(blocks: Iterable[Block]) -> Iterator[tuple[Heading, list[Block]]]:
    """Each heading of a chapter, article or annex with the blocks below it, without notes."""
    heading: Heading | None = None
    below: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            if heading is not None:
                yield heading, below
            heading, below = block, []
        elif not (isinstance(block, Paragraph) and block.role == "note"):
            below.append(block)
    if heading is not None:
        yield heading, below
