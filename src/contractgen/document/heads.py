"""Where chapters, articles and annexes begin in a text that was read, in whichever way of numbering it uses.

Numbers may be automatic or typed, in Chinese or in figures, and misread by a scanner (第 十 二 条, 第l2条, 笫十二条).
What begins like an article but is a reference (第三条规定的…) is none: its number does not continue the count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal, NamedTuple

from contractgen.document.labels import article_label, chapter_label
from contractgen.document.numerals import CHINESE, LONGEST, chinese_int
from contractgen.document.reading import Passage

LONGEST_JUMP = 3  # articles that may be missing before what follows is no longer a count
BLANK = r"[ \t\u3000\u00a0]*"
OCR = str.maketrans("lI|丨OoQ—－―-ー二ニ三シ０１２３４５６７８９", "1111000一一一一一二二三三0123456789")
NUMERAL = rf"[{CHINESE}0-9０-９lI|丨OoQ—－―\-ーニ \u3000]{{1,14}}?"
CHAPTER = re.compile(rf"[第笫弟]{BLANK}({NUMERAL}){BLANK}([章节编部])(?:分)?")
ARTICLE = re.compile(rf"[第笫弟]{BLANK}({NUMERAL}){BLANK}条(?!例|款|件)")
FADED = re.compile(
    rf"[?？□]{{1,2}}({NUMERAL})[?？□]{{1,2}}"
)  # an automatic number whose words a conversion has lost
FIGURE = re.compile(r"([0-9]{1,3})\.")  # an automatic number of which a conversion has left the figure
REFERENCE = re.compile(
    r"(?:第|规定|所述|所列|所称|之规定|的|、(?=第|[0-9０-９])|和|及|至|或|与|中的|约定的|执行)"
)
ANNEX = re.compile(
    rf"附{BLANK}[件表录]{BLANK}(?:[（(]?([0-9０-９]{{1,3}}|[一二三四五六七八九十]{{1,3}}(?!览))[)）]?)?{BLANK}(?=[:：、.．\u3000 \t]|《|【|$|[^\s、和与及至的中所应为或])"
)
SENTENCE = re.compile(r"[。；;！？]|[，,：:]$")
DASHES = "—–-·•●○■□◆◇▪➢"  # what stands before an item that has no number

# families of numbers below an article, as they are typed or counted: name -> form, and how a place calls it
FAMILIES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("paren", re.compile(r"[（(〔]\s*([一二三四五六七八九十百]{1,4})\s*[)）〕]")),
    ("paren_figure", re.compile(r"[（(]\s*([0-9０-９]{1,3})\s*[)）]")),
    ("steps", re.compile(r"([0-9]{1,2}(?:[.．][0-9]{1,2}){1,3})[.．、]?(?![0-9%％元])")),
    ("chinese", re.compile(r"([一二三四五六七八九十百]{1,4})\s*[、.．]")),
    ("figure", re.compile(r"([0-9０-９]{1,3})\s*(?:[、)）]|[.．](?![0-9]))")),
    ("circle", re.compile(r"([\u2460-\u2473\u3251-\u325f])")),
    ("enclosed", re.compile(r"([\u2474-\u249b])")),
    ("letter", re.compile(r"([A-Za-z])\s*[)）.．、]")),
    ("dash", re.compile(rf"([{re.escape(DASHES)}])\s*(?=\S)")),
)


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a chapter, article or annex at a passage."""

    at: int
    kind: Literal["chapter", "article", "annex"]
    number: int
    label: str
    rest: str  # what stands behind the number on its line


class Item(NamedTuple):
    """A line with a number below an article: which family, as typed, as printed, and what stands behind it."""

    family: str
    ordinal: str
    number: str
    rest: str


def ordinal_of(text: str) -> int | None:
    """The number of an article as it is typed or misread: 十二, 12, l2, 十 二, —; None where it is none."""
    flat = re.sub(r"\s", "", text).translate(OCR)
    if flat.isdigit():
        return int(flat) if len(flat) <= LONGEST else None
    return chinese_int(flat.replace("0", "〇")) if flat else None


def heads_of(body: Sequence[Passage]) -> list[Head]:
    """Where chapters, articles and annexes begin, in the way of numbering that this text uses."""
    outside = [at for at, one in enumerate(body) if one.cell is None]
    for places in (outside, range(len(body))):  # in tables only where nothing else is found
        found = list(_counted(body, places))
        if sum(head.kind == "article" for head in found) >= 1:
            return found
    for family in ("chinese", "figure", "steps", "paren"):
        found = list(_listed(body, outside, family))
        if len(found) >= 2:
            annexes = [
                head for head in _counted(body, outside) if head.kind != "article" and head.at > found[0].at
            ]
            return sorted([*found, *annexes], key=lambda head: head.at)
    return [head for head in _counted(body, outside) if head.kind != "article"]


def _counted(body: Sequence[Passage], places: Iterable[int]) -> Iterator[Head]:
    """Heads of the form 第N章, 第N条 and 附件N."""
    last = 0
    fresh = True  # a chapter or annex has just begun: the count may begin anew
    begun = False
    chapter = -2  # where one has begun
    places = list(places)
    for at in places:
        passage = body[at]
        line = restored(passage)
        if match := ARTICLE.match(line):
            number = ordinal_of(match[1])
            rest = line[match.end() :]
            certain = passage.number.strip().endswith(("条", "?")) or _is_heading(passage)
            may_jump = number is not None and (not begun or (fresh and number > last))
            first = number is not None and may_jump and _is_excerpt(body, places, at, number, rest)
            first = first or (may_jump and at == chapter + 1 and not REFERENCE.match(rest))
            if number is None or not (first or _continues(number, last, fresh, certain, rest)):
                continue
            yield Head(at, "article", number, article_label(min(number, 9999)), rest)
            last, fresh, begun = number, False, True
        elif (match := CHAPTER.match(line)) and len(line) <= 60:
            number = ordinal_of(match[1])
            rest = line[match.end() :]
            if number is None or REFERENCE.match(rest) or SENTENCE.search(rest):
                continue
            label = chapter_label(min(number, 9999)).replace("章", match[2] if match[2] != "部" else "部分")
            yield Head(at, "chapter", number, label, rest)
            fresh, chapter = True, at
        elif begun and (head := _annex(at, line)):
            yield head
            fresh = True


def restored(passage: Passage) -> str:
    """The line as it is printed, with 第 and 条 or 章 where LibreOffice has lost them: in RTF it writes ``?``, in HTML ``2.``."""
    number = passage.number.strip()
    match = FADED.fullmatch(number) or (FIGURE.fullmatch(number) if _marked(passage) else None)
    if match:
        return f"第{match[1]}{'章' if passage.level == 1 else '条'}{passage.text}".strip()
    return passage.line.strip()


def with_references(passage: Passage) -> Passage:
    """The same for the references in a paragraph."""
    text = passage.text
    for span in passage.spans:
        match = FADED.fullmatch(span.text) if span.refers else None
        if match:
            text = text.replace(span.text, f"第{match[1]}条")
    return passage if text == passage.text else replace(passage, text=text)


def _continues(number: int, last: int, fresh: bool, certain: bool, rest: str) -> bool:
    """Whether this number can be that of the next article."""
    if not certain and REFERENCE.match(rest):
        return False
    if last < number <= last + LONGEST_JUMP:
        return True
    return (fresh and number == 1) or (certain and number > 0)


def _is_excerpt(body: Sequence[Passage], places: Sequence[int], at: int, number: int, rest: str) -> bool:
    """Whether an excerpt begins here: with an article of any number, which the next ones count on from."""
    if REFERENCE.match(rest):
        return False
    behind = (ARTICLE.match(restored(body[later])) for later in places if later > at)
    following = (ordinal_of(match[1]) for match in behind if match)
    return any(
        later is not None and 0 < later - number <= LONGEST_JUMP for later in islice(following, LONGEST_JUMP)
    )


def _is_heading(passage: Passage) -> bool:
    return passage.level > 0 or _marked(passage)


def _marked(passage: Passage) -> bool:
    """Whether it is a heading of our own."""
    return any(name.startswith("_cgh_") for name in passage.bookmarks)


def _annex(at: int, line: str) -> Head | None:
    match = ANNEX.match(line)
    if not match or len(line) > 50 or "。" in line or "；" in line:
        return None
    number = ordinal_of(match[1]) if match[1] else 0
    rest = line[match.end() :].lstrip(":：、.． \t\u3000")
    if number == 0 and (rest and line[match.end() : match.end() + 1] in ":："):
        return None  # 附件：1. …  is a list of them
    label = f"附{re.sub(r'[^件表录]', '', match[0])[:1] or '件'}{number or ''}"
    return Head(at, "annex", number or 0, label, rest)


def _listed(body: Sequence[Passage], places: Iterable[int], wanted: str) -> Iterator[Head]:
    """Heads of the form 一、 or 1. where a text has no 第N条: those that count up from one."""
    last = 0
    for at in places:
        found = item_of(body[at])
        if found is None or found.family != wanted or (wanted == "steps" and "." in found.ordinal):
            continue
        number = ordinal_of(found.ordinal)
        if number is not None and (number == last + 1 or (last and last < number <= last + 2)):
            label = (
                f"{found.ordinal}、"
                if wanted == "chinese"
                else f"（{found.ordinal}）"
                if wanted == "paren"
                else f"第{number}条"
            )
            yield Head(at, "article", number, label, found.rest)
            last = number


def item_of(passage: Passage) -> Item | None:
    """The item that a line is; None where it is none."""
    for text, rest in ((passage.number.strip(), passage.text), (passage.text.lstrip(), None)):
        if not text:
            continue
        for family, form in FAMILIES:
            match = form.match(text)
            if match and (rest is None or match.end() >= len(text.rstrip("、.．)） "))):
                behind = rest if rest is not None else text[match.end() :]
                return Item(family, match[1], match[0].strip() if rest is None else text, behind.strip())
    return None
