"""References of a text to its own articles and annexes: 第十二条第二款, 附件1; not those to a law or another contract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.document.numerals import CHINESE

NUMBER = rf"[{CHINESE}0-9]+"
REFERENCE = re.compile(rf"第(?P<article>{NUMBER})条(?:第(?P<paragraph>{NUMBER})款)?|附件(?P<annex>{NUMBER})")
# Behind these stands an article of something else: 《…》第五条, 该法第五条, 劳动合同第五条.
ELSEWHERE = re.compile(
    r"(?:[》〉)）”]|法|典|条例|规定|办法|解释|意见|通知|规则|制度|手册|章程|细则|合同|协议)\s*$"
)
HERE = re.compile(r"本(?:[\u4e00-\u9fff]{0,8}合同|协议|章|附件)\s*$")
# 第三十、三十一条; 第24至27条: several numbers between one 第 and one 条
LISTED = re.compile(rf"第{NUMBER}(?:(?:[、，,和及与或至到~～—－-]|以及|或者)+第?{NUMBER})+条")
GOES_ON = re.compile(r"(?:[、，]|以及|和|及|或|或者|至|到)?\s*$")


def own_references(text: str, *, heading: bool = True) -> Iterator[re.Match[str]]:
    """References to this document, not to a law or another contract.

    Args:
        text: a paragraph.
        heading: an article's number at its beginning is a typed heading, and no reference.
    """
    end, elsewhere = 0, False
    for match in REFERENCE.finditer(text):
        between = text[end : match.start()]
        if not (end and GOES_ON.fullmatch(between)):
            before = text[: match.start()]
            elsewhere = bool(ELSEWHERE.search(before)) and not HERE.search(before)
        end = match.end()
        typed_heading = heading and match.start() == 0 and match["article"] is not None
        if not elsewhere and not typed_heading:
            yield match


def own_lists(text: str) -> Iterator[re.Match[str]]:
    """The numbers of articles of this document that share one 第 and one 条 with others: 三十 and 三十一 of 第三十、三十一条."""
    for listed in LISTED.finditer(text):
        before = text[: listed.start()]
        if not ELSEWHERE.search(before) or HERE.search(before):
            yield from re.compile(NUMBER).finditer(text, listed.start(), listed.end())
