"""The structure of a text that was read: cover, parties, chapters, articles with their paragraphs and items, annexes.

``heads`` finds where chapters, articles and annexes begin; here each passage comes into the section that it stands in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from contractgen.document.contents import without_contents
from contractgen.document.heads import DASHES, SENTENCE, Head, heads_of, item_of, with_references
from contractgen.document.numerals import chinese_number
from contractgen.document.reading import Passage, Reading

SectionKind = Literal["cover", "parties", "text", "chapter", "article", "annex", "signature"]
LineKind = Literal["title", "paragraph", "item", "cell"]
LONGEST_TITLE = 30
NAMED = re.compile(r"(?:[（(【〔\[])([^（()）【】〔〕\[\]。；]{1,20})[)）】〕\]]")
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

    @property
    def table(self) -> int:
        """The table that it is a cell of; 0 where it is none."""
        return self.passage.cell.table if self.kind == "cell" and self.passage.cell else 0

    @property
    def dashed(self) -> bool:
        """Whether a dash or a dot stands in the place of its number."""
        number = self.number.strip()
        return len(number) == 1 and number in DASHES


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


def sections_of(passages: Sequence[Passage]) -> tuple[ReadSection, ...]:
    """The sections of one view of a text."""
    body = [with_references(one) for one in without_contents(passages)]
    heads = heads_of(body)
    return tuple(_Builder(body, heads).build())


def places_of(sections: Iterable[ReadSection]) -> Callable[[int], str]:
    """What a message calls the place of a paragraph of the file, by serial: that of the last line at or before it."""
    lines = [line for section in sections for line in section.lines]
    highest = list(accumulate((line.passage.serial for line in lines), max))

    def place(serial: int) -> str:
        at = bisect_right(highest, serial)
        return lines[at - 1].place if at else ""

    return place


@dataclass
class _Builder:
    body: Sequence[Passage]
    heads: Sequence[Head]
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

    def _section(self, head: Head, end: int) -> None:
        if head.kind == "annex":
            self.annex, self.chapter = head.label, ""
        elif head.kind == "chapter":
            self.chapter = head.label
        label = f"{self.annex}{head.label}" if self.annex and head.kind != "annex" else head.label
        stop = end if self.annex else self._signature(head, end)
        passage = self.body[head.at]
        title, rest = _title(head)
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

    def _signature(self, head: Head, end: int) -> int:
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
            elif (item := item_of(passage)) is not None:
                place = counter.place(item.family, item.ordinal)
                found.append(("item", item.rest, item.number, paragraph, place, passage))
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
    return plain and not SENTENCE.search(text) and item_of(passage) is None


def _title(head: Head) -> tuple[str, str]:
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
