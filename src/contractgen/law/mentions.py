"""Citations in running text: 《…》第十三条第一款第（二）项, and lists and ranges of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from contractgen.document.numerals import CHINESE, LONGEST
from contractgen.law.numerals import ordinal

NUMBER = rf"[{CHINESE}0-9]{{1,{LONGEST}}}"
TITLE = re.compile(r"《(?P<title>(?:[^《》]|《[^《》]+》)+)》(?:[（(](?P<edition>[^（()）]*)[)）])?")
ARTICLE = re.compile(rf"(?P<appendix>附录)?第(?P<article>{NUMBER})条|(?P<whole>附录)")
PARAGRAPH = re.compile(rf"第(?P<number>{NUMBER})款")
ITEM = re.compile(rf"第[（(]?(?P<number>{NUMBER})[)）]?项")
LINK = re.compile(r"[、，]|以及|和|及|至")
LONGEST_RANGE = 50


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation as a text has it. ``article`` is "48", 附录第一条, 附录, or empty where only the title stands."""

    title: str
    edition: str = ""
    article: str = ""
    paragraph: int | None = None
    item: str | None = None
    at: int = 0  # where the title begins

    def __str__(self) -> str:
        article = f"第{self.article}条" if self.article.isdecimal() else self.article
        paragraph = f"第{self.paragraph}款" if self.paragraph else ""
        return f"《{self.title}》{article}{paragraph}{f'第（{self.item}）项' if self.item else ''}"


def mentions(text: str) -> Iterator[Mention]:
    """Every citation of a text, in order; of a range (第四十五条至第四十七条) every article."""
    for title in TITLE.finditer(text):
        begun = Mention(title["title"], title["edition"] or "", at=title.start())
        places = list(_places(text, title.end(), begun))
        yield from places or [begun]


def _places(text: str, at: int, begun: Mention) -> Iterator[Mention]:
    """The places behind a title; 、第二款 and 、第（五）项 go on in the article before."""
    last: Mention | None = None
    linked = ""
    while True:
        found = _place(text, at, begun, last if linked else None)
        if found is None:
            return
        mention, at = found
        if linked == "至" and last is not None:
            yield from _between(last, mention)
        yield mention
        last = mention
        link = LINK.match(text, at)
        if link is None:
            return
        linked, at = link[0], link.end()


def _place(text: str, at: int, begun: Mention, last: Mention | None) -> tuple[Mention, int] | None:
    article = ARTICLE.match(text, at)
    paragraph = PARAGRAPH.match(text, article.end() if article else at)
    item = ITEM.match(text, (paragraph or article).end() if paragraph or article else at)  # type: ignore[union-attr]
    end = max((match.end() for match in (article, paragraph, item) if match), default=at)
    if end == at or (article is None and last is None):
        return None
    base = begun if article or last is None else last
    if article:
        base = replace(base, article=_article(article), paragraph=None, item=None)
    if paragraph:
        base = replace(base, paragraph=ordinal(paragraph["number"]), item=None)
    return (replace(base, item=str(ordinal(item["number"]))) if item else base), end


def _article(match: re.Match[str]) -> str:
    if match["whole"]:
        return "附录"
    if match["appendix"]:
        return f"附录第{match['article']}条"
    return str(ordinal(match["article"]))


def _between(first: Mention, last: Mention) -> Iterator[Mention]:
    """What a range leaves unsaid."""
    if not (first.article.isdecimal() and last.article.isdecimal()):
        return
    span = range(int(first.article) + 1, int(last.article))
    if len(span) <= LONGEST_RANGE:
        yield from (replace(last, article=str(number), paragraph=None, item=None) for number in span)
