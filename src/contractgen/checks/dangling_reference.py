"""What a text refers to is there: the article, its paragraph, the annex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule
from contractgen.checks.texts import about
from contractgen.document import Paragraph
from contractgen.document.references import own_references
from contractgen.findings import Finding, Severity
from contractgen.law.numerals import ordinal
from contractgen.wording import Line


def find(
    texts: Iterable[Line], articles: Mapping[int, int], annexes: int, form: str = "standalone"
) -> Iterator[Finding]:
    """An error for each reference to what the document lacks; ``articles`` has the number of paragraphs of each.

    In a chapter other numbers are those of the general contract's articles, and in an annex too those of its annexes.
    """
    for line in texts:
        for match in own_references(line.text):
            outside = match["annex"] or (
                form == "chapter" and (ordinal(match["article"]) or 0) not in articles
            )
            if form != "standalone" and outside:
                continue
            lacking = _lacking(match, articles, annexes)
            if lacking:
                message = f"引用了“{match[0]}”，{lacking}"
                hint = "核对要引用哪一条；条号会随条款增减变动，定稿前再核对一次"
                yield about(RULE.id, line, message, severity=Severity.ERROR, hint=hint)


def _lacking(match: re.Match[str], articles: Mapping[int, int], annexes: int) -> str:
    if match["annex"]:
        number = ordinal(match["annex"]) or 0
        return "" if 1 <= number <= annexes else f"合同只有{annexes}个附件"
    article, paragraph = ordinal(match["article"]) or 0, match["paragraph"]
    if article not in articles:
        return f"合同没有这一条（共{len(articles)}条）"
    if paragraph and (ordinal(paragraph) or 0) > articles[article]:
        return f"该条只有{articles[article]}款"
    return ""


def run(agreement: Agreement) -> Iterator[Finding]:
    """The same over every text of the agreement."""
    articles = {
        article.number: sum(
            isinstance(block, Paragraph) for provision in article.provisions for block in provision.blocks
        )
        for article in agreement.articles
    }
    yield from find(agreement.lines, articles, len(agreement.annexes), agreement.form)


RULE = Rule(
    "dangling-reference",
    "text",
    Severity.ERROR,
    "引用的条款存在",
    "条款里写的“第几条第几款”“附件几”在合同中要有。引用法律、劳动合同、规章制度的条号不在此列；条款库的引用由程序填写，引到没有选用的条款时同样指出。",
    run,
)
