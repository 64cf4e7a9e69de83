"""The paragraphs of an agreement as lines, for the rules that read texts; such a rule reads any other lines as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from contractgen.agreement import Agreement
from contractgen.agreement.model import AgreementArticle, Provision
from contractgen.document import Block, Item, Paragraph, Table, chinese_number
from contractgen.findings import Finding, Location, Severity
from contractgen.wording import Line

OWN_PREFIX = "own-"
TYPED_ITEM = re.compile(r"\s*(?:[（(][一二三四五六七八九十0-9]+[)）]|[0-9一二三四五六七八九十]+[、.．])")


def lines(agreement: Agreement) -> tuple[Line, ...]:
    """Every paragraph, item and cell of the articles and annexes, in printed order."""
    articles = (*agreement.articles, *agreement.annexes)
    return tuple(line for article in articles for line in _article(article))


def own_lines(agreement: Agreement) -> tuple[Line, ...]:
    """Those of the parties' own texts."""
    return tuple(line for line in lines(agreement) if line.path)


def _article(article: AgreementArticle) -> Iterator[Line]:
    for provision in article.provisions:
        if provision.clause is None:
            yield from _own(article, provision)
        else:
            subject = f"条款“{provision.clause.title}”（{provision.clause}）"
            for block, lead in _led(provision.blocks):
                yield from (Line(text, provision.label, subject, lead=lead) for text in _texts(block))


def _own(article: AgreementArticle, provision: Provision) -> Iterator[Line]:
    path = f"clauses.own.{int(article.id.removeprefix(OWN_PREFIX)) - 1}"
    subject = f"自拟条款“{article.title}”"
    several = len(provision.blocks) > 1
    yield Line(article.title, article.label, f"{subject}的标题", f"{path}.title")
    for number, (block, lead) in enumerate(_led(provision.blocks), start=1):
        place = f"{article.label}第{chinese_number(number)}款" if several else article.label
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
    elif isinstance(block, Paragraph) or hasattr(block, "text"):
        yield block.text


def about(
    rule: str,
    line: Line,
    message: str,
    *,
    severity: Severity,
    source: str = "",
    hint: str = "",
) -> Finding:
    """A finding about a line: it begins with what the reader calls the text."""
    return Finding(
        rule, severity, f"{line.name}{message}", Location(place=line.place), source, hint, line.path
    )
