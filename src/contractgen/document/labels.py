"""What a part of a document is called, from its number: 第一章, 第四条第二款, （一）, 附件1."""

from __future__ import annotations

from contractgen.document.numerals import chinese_number


def chapter_label(number: int) -> str:
    """第一章"""
    return f"第{chinese_number(number)}章"


def section_label(number: int) -> str:
    """第一节"""
    return f"第{chinese_number(number)}节"


def article_label(number: int) -> str:
    """第一条"""
    return f"第{chinese_number(number)}条"


def paragraph_label(article: str, number: int, paragraphs: int) -> str:
    """第四条第二款; only 第四条 where the article has one paragraph; an annex has no 款."""
    if paragraphs < 2 or not article.endswith("条"):
        return article
    return f"{article}第{chinese_number(number)}款"


def item_label(number: int) -> str:
    """（一）"""
    return f"（{chinese_number(number)}）"


def annex_label(number: int) -> str:
    """附件1"""
    return f"附件{number}"
