"""The structure of a text that was read: cover, parties, chapters, articles with their paragraphs and items, annexes.

Numbers may be automatic or typed, in Chinese or in figures, and misread by a scanner (第 十 二 条, 第l2条, 笫十二条).
What begins like an article but is a reference (第三条规定的…) is none: its number does not continue the count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

from contractgen.document.nodes import article_label, chapter_label, chinese_number
from contractgen.document.numerals import CHINESE, LONGEST, chinese_int
from contractgen.document.reading import Passage, Reading

SectionKind = Literal["cover", "parties", "text", "chapter", "article", "annex", "signature"]
LineKind = Literal["title", "paragraph", "item", "cell"]
LONGEST_JUMP = 3  # articles that may be missing before what follows is no longer a count
LONGEST_TITLE = 30


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A paragraph, item, title or table cell.

    Attributes:
        kind: which of these.
        text: its characters without its number.
        number: as it is printed, automatic or typed: （一）; of a title 第十二条.
        place: what a message calls it: 第十二条第二款第（一）项.
        paragraph: 第几款 of the article, from 1; 0 where it belongs to none.
        passage: where it was read.
    """

    kind: LineKind
    text: str
    number: str
    place: str
    paragraph: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A chapter's heading, an article or annex with its lines, or what stands before and after them.

    Attributes:
        kind: what it is.
        label: 第十二条, 附件1, 一、; empty where it has no number.
        number: 12; 0 where it has none.
        title: 产假; empty where the text begins at once.
        lines: what stands in it, the title first where it has a line of its own.
        chapter: the label of the chapter it stands in.
    """

    kind: SectionKind
    label: str
    number: int
    title: str
    lines: tuple[ReadLine, ...]
    chapter: str = ""

    @property
    def name(self) -> str:
        """第十二条 产假"""
        return " ".join(part for part in (self.label, self.title) if part)

    @property
    def text(self) -> str:
        """Its lines below the title, with their numbers."""
        return "\n".join(line.number + line.text for line in self.lines if line.kind != "title")


def articles_of(reading: Reading, *, original: bool = False) -> tuple[ReadSection, ...]:
    """The sections of a reading in printed order; of its original text where that is asked for."""
    return sections_of(reading.original if original else reading.accepted)


def place_of(sections: Iterable[ReadSection], serial: int) -> str:
    """What a message calls the place of a paragraph of the file: that of the last line at or before it."""
    place = ""
    for section in sections:
        for line in section.lines:
            if line.passage.serial > serial:
                return place
            place = line.place
    return place


# ------------------------------------------------------------------ heads

BLANK = r"[ \t\u3000\u00a0]*"
OCR = str.maketrans("lI|丨OoQ—－―-ー二ニ三シ０１２３４５６７８９", "1111000一一一一一二二三三0123456789")
NUMERAL = rf"[{CHINESE}0-9０-９lI|丨OoQ—－―\-ーニ \u3000]{{1,14}}?"
CHAPTER = re.compile(rf"[第笫弟]{BLANK}({NUMERAL}){BLANK}([章节编部])(?:分)?")
ARTICLE = re.compile(rf"[第笫弟]{BLANK}({NUMERAL}){BLANK}条(?!例|款|件)")
FADED = re.compile(
    rf"[?？□]{{1,2}}({NUMERAL})[?？□]{{1,2}}"
)  # an automatic number whose words a conversion has lost
REFERENCE = re.compile(
    r"(?:第|规定|所述|所列|所称|之规定|的|、(?=第|[0-9０-９])|和|及|至|或|与|中的|约定的|执行)"
)
SPACED = re.compile(r"[ \t\u3000\u00a0:：、.．]")
ANNEX = re.compile(
    rf"附{BLANK}[件表录]{BLANK}(?:[（(]?([0-9０-９]{{1,3}}|[一二三四五六七八九十]{{1,3}}(?!览))[)）]?)?{BLANK}(?=[:：、.．\u3000 \t]|《|【|$|[^\s、和与及至的中所应为或])"
)
NAMED = re.compile(r"(?:[（(【〔\[])([^（()）【】〔〕\[\]。；]{1,20})[)）】〕\]]")
CONTENTS = re.compile(r"目[ \u3000]*[录次]")  # stands above a table of contents
SENTENCE = re.compile(r"[。；;！？]|[，,：:]$")
SIGNATURE = re.compile(
    r"[（(]?\s*(?:以下|本页)无正文|^签署页|^签字页"
    r"|^(?:[甲乙丙]方|用人单位|企业方|企业|职工方|工会|首席代表|协商代表|法定代表人|委托代理人|代表人|负责人|(?:甲|乙|企业|职工|用人单位|公司|工会)方?(?:首席)?代表|工会主席)"
    r"\s*(?:[（(][^）)]{0,16}[)）])?\s*(?:[（(]?(?:盖章|签字|签章|签名|公章)|[:：]|$)"
    r"|^(?:签订|签字|签署)?(?:日期|时间|地点)\s*[:：]"
)
PARTIES = re.compile(
    r"^(?:[甲乙丙]\s*方|用人单位|企业(?:方|名称)|单位名称|职工方|工会名称)\s*(?:[（(][^）)]{0,16}[)）])?\s*(?:[:：]|$)"
)

ROLE = re.compile(r"[甲乙丙]\s*方\s*[（(][^）)]{0,16}[)）]")

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
    ("dash", re.compile(r"([—–\-·•●○■□◆◇▪➢])\s*(?=\S)")),
)


@dataclass(frozen=True, slots=True)
class _Head:
    """The beginning of a chapter, article or annex at a passage."""

    at: int
    kind: Literal["chapter", "article", "annex"]
    number: int
    label: str
    rest: str  # what stands behind the number on its line


def ordinal_of(text: str) -> int | None:
    """The number of an article as it is typed or misread: 十二, 12, l2, 十 二, —; None where it is none."""
    flat = re.sub(r"\s", "", text).translate(OCR)
    if flat.isdigit():
        return int(flat) if len(flat) <= LONGEST else None
    return chinese_int(flat.replace("0", "〇")) if flat else None


def sections_of(passages: Sequence[Passage]) -> tuple[ReadSection, ...]:
    """The sections of one view of a text."""
    body = [
        _with_references(one)
        for one in passages
        if not (one.contents or CONTENTS.fullmatch(one.text.strip()))
    ]
    heads = _heads(body)
    return tuple(_Builder(body, heads).build())


def _heads(body: Sequence[Passage]) -> list[_Head]:
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


def _counted(body: Sequence[Passage], places: Iterable[int]) -> Iterator[_Head]:
    """Heads of the form 第N章, 第N条 and 附件N."""
    last = 0
    fresh = True  # a chapter or annex has just begun: the count may begin anew
    begun = False
    places = list(places)
    for at in places:
        passage = body[at]
        line = _restored(passage)
        if match := ARTICLE.match(line):
            number = ordinal_of(match[1])
            rest = line[match.end() :]
            certain = passage.number.strip().endswith(("条", "?")) or _is_heading(passage)
            first = not begun and number is not None and _is_excerpt(body, places, at, number, rest)
            if number is None or not (first or _continues(number, last, fresh, certain, rest)):
                continue
            yield _Head(at, "article", number, article_label(min(number, 9999)), rest)
            last, fresh, begun = number, False, True
        elif (match := CHAPTER.match(line)) and len(line) <= 60:
            number = ordinal_of(match[1])
            rest = line[match.end() :]
            if number is None or REFERENCE.match(rest) or SENTENCE.search(rest):
                continue
            label = chapter_label(min(number, 9999)).replace("章", match[2] if match[2] != "部" else "部分")
            yield _Head(at, "chapter", number, label, rest)
            fresh = True
        elif begun and (head := _annex(at, line)):
            yield head
            fresh = True


def _restored(passage: Passage) -> str:
    """The line as it is printed, with 第 and 条 or 章 where LibreOffice has written ``?`` for them into an RTF file."""
    match = FADED.fullmatch(passage.number.strip())
    if match:
        return f"第{match[1]}{'章' if passage.level == 1 else '条'}{passage.text}".strip()
    return passage.line.strip()


def _with_references(passage: Passage) -> Passage:
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
    behind = (ARTICLE.match(_restored(body[later])) for later in places if later > at)
    following = (ordinal_of(match[1]) for match in behind if match)
    return any(
        later is not None and 0 < later - number <= LONGEST_JUMP for later in islice(following, LONGEST_JUMP)
    )


def _is_heading(passage: Passage) -> bool:
    return passage.level > 0 or any(name.startswith("_cgh_") for name in passage.bookmarks)


def _annex(at: int, line: str) -> _Head | None:
    match = ANNEX.match(line)
    if not match or len(line) > 50 or "。" in line or "；" in line:
        return None
    number = ordinal_of(match[1]) if match[1] else 0
    rest = line[match.end() :].lstrip(":：、.． \t\u3000")
    if number == 0 and (rest and line[match.end() : match.end() + 1] in ":："):
        return None  # 附件：1. …  is a list of them
    label = f"附{re.sub(r'[^件表录]', '', match[0])[:1] or '件'}{number or ''}"
    return _Head(at, "annex", number or 0, label, rest)


def _listed(body: Sequence[Passage], places: Iterable[int], wanted: str) -> Iterator[_Head]:
    """Heads of the form 一、 or 1. where a text has no 第N条: those that count up from one."""
    last = 0
    for at in places:
        found = _item(body[at])
        if found is None or found[0] != wanted or (wanted == "steps" and "." in found[1]):
            continue
        number = ordinal_of(found[1])
        if number is not None and (number == last + 1 or (last and last < number <= last + 2)):
            label = (
                f"{found[1]}、"
                if wanted == "chinese"
                else f"（{found[1]}）"
                if wanted == "paren"
                else f"第{number}条"
            )
            yield _Head(at, "article", number, label, found[3])
            last = number


def _item(passage: Passage) -> tuple[str, str, str, str] | None:
    """Family, ordinal, printed number and the rest of a line that is an item; None where it is none."""
    for text, rest in ((passage.number.strip(), passage.text), (passage.text.lstrip(), None)):
        if not text:
            continue
        for family, form in FAMILIES:
            match = form.match(text)
            if match and (rest is None or match.end() >= len(text.rstrip("、.．)） "))):
                behind = rest if rest is not None else text[match.end() :]
                return family, match[1], match[0].strip() if rest is None else text, behind.strip()
    return None


# ------------------------------------------------------------------ sections


@dataclass
class _Builder:
    body: Sequence[Passage]
    heads: Sequence[_Head]
    chapter: str = ""
    annex: str = ""
    out: list[ReadSection] = field(default_factory=list)

    def build(self) -> list[ReadSection]:
        """Every passage in a section."""
        ends = [head.at for head in self.heads] + [len(self.body)]
        self._front(ends[0])
        for head, end in zip(self.heads, ends[1:], strict=True):
            self._section(head, end)
        return self.out

    def _front(self, end: int) -> None:
        """What stands before the first chapter or article."""
        kind: SectionKind = "cover" if self.heads else "text"
        start = 0
        for at in range(end):
            passage = self.body[at]
            if kind == "cover" and at > 0 and _opens_parties(passage):
                self._plain(kind, start, at)
                kind, start = "parties", at
            elif (
                kind == "parties"
                and passage.cell is None
                and len(passage.text) > LONGEST_TITLE
                and SENTENCE.search(passage.text)
            ):
                self._plain(kind, start, at)
                kind, start = "text", at
        self._plain(kind, start, end)

    def _plain(self, kind: SectionKind, start: int, end: int) -> None:
        if start < end:
            name = {"cover": "封面", "parties": "当事人", "signature": "签署页"}.get(kind, "")
            lines = tuple(self._lines(range(start, end), name))
            if lines:
                self.out.append(ReadSection(kind, "", 0, "", lines, ""))

    def _section(self, head: _Head, end: int) -> None:
        if head.kind == "annex":
            self.annex, self.chapter = head.label, ""
        elif head.kind == "chapter":
            self.chapter = head.label
        label = f"{self.annex}{head.label}" if self.annex and head.kind != "annex" else head.label
        stop = end if self.annex else self._signature(head, end)
        passage = self.body[head.at]
        title, rest = _title(head, passage)
        begin = head.at + 1
        if head.kind == "annex" and not title and begin < stop and _is_title(self.body[begin]):
            title, begin = self.body[begin].text.strip(), begin + 1
        printed = passage.line.strip()
        number = printed[: len(printed) - len(head.rest)].strip() if head.rest else printed
        lines = []
        if title or not rest:
            lines.append(ReadLine("title", title, number, label, 0, passage))
        inner = list(self._lines(range(begin, stop), label, first=(rest, passage, number, not title)))
        chapter = "" if head.kind == "chapter" else self.chapter
        self.out.append(ReadSection(head.kind, label, head.number, title, (*lines, *inner), chapter))
        if stop < end:
            self._plain("signature", stop, end)

    def _signature(self, head: _Head, end: int) -> int:
        """Where the signatures below the last article begin."""
        following = next((other for other in self.heads if other.at == end), None)
        if following is not None and following.kind != "annex":
            return end
        for at in range(head.at + 1, end):
            line = self.body[at].line.strip()
            if len(line) <= 60 and SIGNATURE.search(line):
                return at
        return end

    def _lines(
        self,
        places: Iterable[int],
        label: str,
        first: tuple[str, Passage, str, bool] | None = None,
    ) -> Iterator[ReadLine]:
        """Paragraphs and items with their places; ``first`` is what stands on the line of the head."""
        found: list[tuple[LineKind, str, str, int, str, Passage]] = []
        counter = _Levels()
        paragraph = 0
        if first and first[0]:
            paragraph = 1
            found.append(("paragraph", first[0], first[2] if first[3] else "", 1, "", first[1]))
        for at in places:
            passage = self.body[at]
            if not passage.line.strip():
                continue
            if passage.cell is not None:
                place = f"表格第{passage.cell.row}行"
                found.append(("cell", passage.text.strip(), passage.number, paragraph, place, passage))
            elif (item := _item(passage)) is not None:
                place = counter.place(item[0], item[1])
                found.append(("item", item[3], item[2], paragraph, place, passage))
            else:
                paragraph += 1
                counter = _Levels()
                found.append(("paragraph", passage.text.strip(), passage.number, paragraph, "", passage))
        several = paragraph > 1 and label.endswith(("条", "、", "）"))
        for kind, text, number, count, place, passage in found:
            where = f"{label}第{chinese_number(count)}款" if several and 0 < count <= 9999 else label
            yield ReadLine(kind, text, number, (where + place).rstrip("、"), count, passage)


@dataclass
class _Levels:
    """Which families of numbers are nested in which, below a paragraph."""

    families: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)

    def place(self, family: str, number: str) -> str:
        """第（一）项, 第（一）项第1目"""
        if family in self.families:
            depth = self.families.index(family)
            self.families, self.numbers = self.families[: depth + 1], self.numbers[:depth]
        else:
            self.families.append(family)
        if family == "dash":
            self.numbers.append("一段")
            return ""
        shown = f"第（{number}）" if family in ("paren", "paren_figure") else f"第{number}"
        self.numbers.append(f"{shown}{'项' if len(self.numbers) == 0 else '目'}")
        return "".join(self.numbers)


def _opens_parties(passage: Passage) -> bool:
    line = passage.line.strip()
    return (PARTIES.match(line) if passage.cell is None else ROLE.fullmatch(line)) is not None


def _is_title(passage: Passage) -> bool:
    """Whether a line below 附件1 is its title."""
    text = passage.line.strip()
    plain = passage.cell is None and 0 < len(text) <= LONGEST_TITLE
    return plain and not SENTENCE.search(text) and _item(passage) is None


def _title(head: _Head, passage: Passage) -> tuple[str, str]:
    """The title on a head's line, and the text that begins behind it."""
    rest = head.rest.strip().lstrip(":：、 \t\u3000\u00a0")
    if head.kind != "article" or not rest:
        return rest, ""
    if match := NAMED.match(rest):
        return match[1].strip(), rest[match.end() :].strip(" \t\u3000:：")
    if len(rest) <= LONGEST_TITLE and not SENTENCE.search(rest) and not re.search("[，,]", rest):
        return rest, ""
    parts = re.split(r"[ \t\u3000]+|(?<=[\u4e00-\u9fff])[:：]", rest, maxsplit=1)
    if (
        len(parts) == 2
        and 0 < len(parts[0]) <= 15
        and not re.search("[，,。；]", parts[0])
        and len(parts[1]) > 4
    ):
        return parts[0], parts[1].strip()
    return "", rest
