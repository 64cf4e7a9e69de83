"""The case for which a contract allows its own amendment: where the contract names it."""

from __future__ import annotations

from contractgen.agreement import Agreement, AgreementArticle
from contractgen.amendment.file import words
from contractgen.document import Item, Paragraph, chinese_number, paragraph_label


def case_place(contract: Agreement, case: str | None) -> str:
    """第五十二条第一款第三项: the item of the contract's own clause that names a case; empty where it names none.

    The clause is known by its id, the item by its words, so that neither numbers nor later amendments matter.
    """
    told = words()["cases"]
    wanted = told["items"].get(case)
    for article in contract.articles if wanted else ():
        if any(one.clause is not None and one.clause.id == told["clause"] for one in article.provisions):
            return _item(article, str(wanted))
    return ""


def _item(article: AgreementArticle, wanted: str) -> str:
    blocks = [block for one in article.provisions for block in one.blocks]
    paragraphs = sum(isinstance(one, Paragraph) for one in blocks)
    before = 0
    for block in blocks:
        before += isinstance(block, Paragraph)
        if isinstance(block, Item) and wanted in block.text:
            place = paragraph_label(article.label, before, paragraphs)
            return f"{place}第{chinese_number(block.number)}项"
    return ""
