"""Statute texts in a folder: titles, days, articles with their paragraphs and items, appendices.

Any Markdown or plain text will do: one file per text, the title as first heading or in the file's name, articles
that begin with 第…条, a line per paragraph (款), items that begin with （一）. Blanks are of no account.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contractgen.document.numerals import CHINESE
from contractgen.files import read_bytes
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.law.numerals import ordinal

SUFFIXES = (".md", ".markdown", ".txt")
LONGEST = 4 * 1024 * 1024  # bytes of one text
NUMBER = rf"[{CHINESE}0-9 \t\u3000]+?"
ARTICLE = re.compile(
    rf"[#\s*]*第(?P<number>{NUMBER})条(?:之(?P<branch>[{CHINESE}]+))?(?P<mark>\**[\s：:【]|\**$)?[\s\u3000]*(?P<text>.*)"
)
GOES_ON = re.compile(
    r"[、，,和及或至的规所中第）)》；;]|以[上下内]"
)  # what follows a mere mention of an article
PART = re.compile(rf"[#\s*]*第{NUMBER}[编章节](?:[\s\u3000]|$)")
HEADING = re.compile(r"#+\s*(?P<text>.+?)\s*#*$")
APPENDIX = re.compile(r"[#\s*]*附\s*(?:录|件|表|：|:)\s*[一二三四五六七八九十0-9]*\s*[：:]?\s*(?P<text>.*)")
APPENDIX_ENTRY = re.compile(rf"[#\s*]*(?P<number>[{CHINESE}]+)、(?P<text>.*)")
ITEM = re.compile(r"[（(]\s*(?P<number>[一二三四五六七八九十百]+)\s*[)）](?P<text>.*)")
INLINE_ITEM = re.compile(r"(?<=[：；，:;])\s*(?=[（(][一二三四五六七八九十]+[)）])")
ENDS = tuple("。：；！？”』」）)】〕．.;:!?")
INFO_ENDS = re.compile(r"<!--\s*INFO END\s*-->")
COMMENT = re.compile(r"<!--.*?-->", re.S)
WRITTEN_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
NAMED_DAY = re.compile(r"(?<![0-9])(\d{4})[-_.年]?(\d{2})[-_.月]?(\d{2})日?")
EDITION = re.compile(r"[（(][^（()）]*(?:\d{4}|修正|修订|摘录|公布|全文|施行)[^（()）]*[)）]")
TITLE_MARKS = re.compile(r"[\s《》〈〉（）()“”\"#*_、，,.·-]|中华人民共和国")


def title_key(title: str) -> str:
    """What titles of the same instrument have in common: without 中华人民共和国, marks, blanks and edition."""
    return TITLE_MARKS.sub("", EDITION.sub("", title))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """款: its text, and its items (项) by number; ``full`` has everything."""

    text: str
    items: Mapping[int, str]

    @property
    def full(self) -> str:
        """The paragraph with its items."""
        return "\n".join((self.text, *self.items.values()))


@dataclass(frozen=True, slots=True)
class Article:
    """条, or an entry of an appendix."""

    label: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def full(self) -> str:
        """Everything it says."""
        return "\n".join(paragraph.full for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Statute:
    """A text of an instrument.

    Attributes:
        file: as the reader knows it.
        title: as the text has it.
        keys: what its titles (in the text and in the file's name) come down to, see ``title_key``.
        day: of this edition: as the file's name says, else the last day in the header; None where neither has one.
        header_days: every day that stands above the first article.
        articles: by number ("48"), by 附录第一条, and 附录.
        excerpt: the text says of itself that it is one, so that an article may be lacking.
    """

    file: str
    title: str
    keys: frozenset[str]
    day: datetime.date | None
    header_days: tuple[datetime.date, ...]
    articles: Mapping[str, Article]
    excerpt: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands at a cited place; ``missing`` says in Chinese what is not there."""

    text: str = ""
    missing: str = ""


def passage(statute: Statute, article: str, paragraph: int | None = None, item: str | None = None) -> Passage:
    """The words at an article, paragraph and item of a text."""
    found = statute.articles.get(article)
    if found is None:
        label = f"第{article}条" if article.isdecimal() else article
        return Passage(missing=f"没有{label}")
    paragraphs = found.paragraphs
    if paragraph is not None:
        if not 1 <= paragraph <= len(paragraphs):
            return Passage(missing=f"{found.label}只有{len(paragraphs)}款，没有第{paragraph}款")
        paragraphs = (paragraphs[paragraph - 1],)
    if item is None:
        return Passage("\n".join(one.full for one in paragraphs))
    items = [one.items[int(item)] for one in paragraphs if int(item) in one.items]
    if not items:
        count = max((len(one.items) for one in paragraphs), default=0)
        where = f"{found.label}{f'第{paragraph}款' if paragraph else ''}"
        return Passage(missing=f"{where}{f'只有{count}项' if count else '没有分项'}，没有第（{item}）项")
    return Passage("\n".join(items))


# ------------------------------------------------------------------ a folder


def read_statutes(folder: Path) -> tuple[tuple[Statute, ...], tuple[Finding, ...]]:
    """Every statute text of a folder and the folders in it, by name; and what there is to say about the files.

    Raises:
        InputError: where the folder does not exist or holds no statute text.
    """
    if not folder.is_dir():
        raise InputError(f"没有 {folder} 这个文件夹", hint="写放有法规文本（.md 或 .txt）的文件夹")
    statutes: list[Statute] = []
    findings: list[Finding] = []
    for path in sorted(path for path in folder.rglob("*") if _is_text(path, folder)):
        try:
            statute = parse_statute(str(path), _decoded(path))
        except InputError as fault:
            findings.extend(fault.findings)
            continue
        if statute.articles:
            statutes.append(statute)
    if not statutes:
        raise InputError(
            f"文件夹 {folder} 中没有读得懂的法规文本",
            hint="每部法规一个 .md 或 .txt 文件，条文以“第一条”开头",
            findings=findings,
        )
    return tuple(statutes), tuple(findings)


def _is_text(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith((".", "_")) for part in path.relative_to(folder).parts)
    return path.suffix.lower() in SUFFIXES and path.is_file() and not hidden


def _decoded(path: Path) -> str:
    """The text of a file in UTF-8, or in GB18030 as many older collections are."""
    data = read_bytes(path, limit=LONGEST)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = "文件既不是 UTF-8，也不是 GBK 编码的文本，没有读"
    finding = Finding("statute-unreadable", Severity.WARNING, message, Location(str(path)))
    raise InputError(f"{path}：{message}", findings=(finding,))


# ------------------------------------------------------------------ one text


def parse_statute(file: str, text: str) -> Statute:
    """One text; without articles where it is no statute."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = _body_start(lines)
    header = lines[:start]
    name, named_day = _split_name(Path(file).stem)
    title = _title(header) or name
    days = tuple(
        sorted({day for line in header for day in map(_as_day, WRITTEN_DAY.findall(line)) if day is not None})
    )
    keys = frozenset(key for key in map(title_key, (title, name, *name.split("__"))) if key)
    body = COMMENT.sub("", "\n".join(lines[start:])).split("\n")
    builder = _Builder()
    for line in body:
        builder.line(line)
    excerpt = any("摘录" in line or "节选" in line for line in (file, *header))
    day = named_day or (days[-1] if days else None)
    return Statute(file, title, keys, day, days, builder.articles(), excerpt)


def _body_start(lines: list[str]) -> int:
    """The line after the header: after its mark, else the first article."""
    for number, line in enumerate(lines):
        if INFO_ENDS.search(line):
            return number + 1
    for number, line in enumerate(lines):
        match = ARTICLE.match(line)
        if match and ordinal(match["number"]) == 1:
            return number
    return next((number for number, line in enumerate(lines) if ARTICLE.match(line)), len(lines))


def _title(header: Iterable[str]) -> str:
    """The first heading, else the first line, without a note of the edition."""
    lines = [line.strip() for line in header if line.strip() and not line.lstrip().startswith("<!--")]
    lines = [line for line in lines if not PART.match(line)]
    headings = [match["text"] for line in lines if (match := HEADING.fullmatch(line))]
    first = next(iter(headings or lines), "")
    return re.sub(r"[\s\u3000]+", "", EDITION.sub("", first).strip("《》* "))


def _split_name(stem: str) -> tuple[str, datetime.date | None]:
    """Title and day of a file's name: ``cn__劳动法__2018-12-29``, ``劳动法(2018-12-29)``; days of other meaning count not."""
    last = re.split(r"__|[（(]", stem)[-1].rstrip(")） ")
    match = NAMED_DAY.fullmatch(last) or re.search(rf"(?:^|[\s_]|(?<![a-z])-){NAMED_DAY.pattern}$", stem)
    if not match:
        return stem, None
    day = _as_day(match.groups()[-3:])
    name = stem[: stem.rfind(last)] if last != stem else stem[: match.start()]
    return name.rstrip("_（( -"), day


def _as_day(parts: Iterable[str]) -> datetime.date | None:
    try:
        return datetime.date(*(int(part) for part in parts))
    except ValueError:
        return None


@dataclass
class _Open:
    """An article that is being read."""

    label: str
    paragraphs: list[tuple[list[str], dict[int, str]]] = field(default_factory=list)
    item: int = 0  # the item that the last line belongs to
    unfinished: bool = False  # the last line may go on in the next


class _Builder:
    """Takes the lines of a text after its header, one by one."""

    def __init__(self) -> None:
        self._found: dict[str, _Open] = {}
        self._open: _Open | None = None
        self._last = 0
        self._appendix = False

    def articles(self) -> dict[str, Article]:
        """What was read."""
        found = {key: _closed(one) for key, one in self._found.items()}
        whole = tuple(one for key, one in found.items() if key.startswith("附录"))
        if whole:
            found["附录"] = Article("附录", tuple(paragraph for one in whole for paragraph in one.paragraphs))
        return found

    def line(self, raw: str) -> None:
        """One more line."""
        text = raw.strip().strip("\u3000").strip()
        if not text:
            if self._open:
                self._open.unfinished = False
            return
        if PART.match(text) or (HEADING.fullmatch(text) and not _article(text) and not APPENDIX.match(text)):
            self._open = None
        elif self._begins_appendix(text):
            return
        elif not (self._begins_entry(text) if self._appendix else self._begins_article(text)):
            self._add(text)

    def _begins_article(self, text: str) -> bool:
        match = _article(text)
        if not match:
            return False
        number = ordinal(match["number"])
        branch = ordinal(match["branch"]) if match["branch"] else 0
        if number is None or branch is None or number < self._last or (number == self._last and not branch):
            return False
        clear = match["mark"] is not None
        if not clear and (number != self._last + 1 or GOES_ON.match(match["text"])):
            return False
        self._last = number
        key = f"{number}之{branch}" if branch else str(number)
        self._begin(key, f"第{match['number'].strip()}条", match["text"])
        return True

    def _begins_appendix(self, text: str) -> bool:
        match = APPENDIX.match(text)
        if not match or not self._last or len(text) > 40 or text.endswith("。"):
            return False
        self._appendix = True
        self._open = None
        return True

    def _begins_entry(self, text: str) -> bool:
        """一、… in an appendix is cited as 附录第一条."""
        match = APPENDIX_ENTRY.match(text) or _article(text)
        if not match or ordinal(match["number"]) is None:
            return False
        label = f"附录第{match['number'].strip()}条"
        self._begin(label, label, match["text"])
        return True

    def _begin(self, key: str, label: str, text: str) -> None:
        self._open = self._found.setdefault(key, _Open(re.sub(r"\s", "", label)))
        if text.strip():
            self._add(text.strip())

    def _add(self, text: str) -> None:
        """A line of the open article, with the items that stand in it."""
        if self._open is not None:
            for piece in INLINE_ITEM.split(text):
                self._add_piece(self._open, piece)

    def _add_piece(self, here: _Open, text: str) -> None:
        """An item, the rest of the line before, or the next paragraph."""
        item = ITEM.match(text)
        if item and here.paragraphs:
            here.item = ordinal(item["number"]) or 0
            here.paragraphs[-1][1][here.item] = item["text"].strip()
        elif here.unfinished and here.item:
            here.paragraphs[-1][1][here.item] += text
        elif here.unfinished:
            here.paragraphs[-1][0].append(text)
        else:
            here.item = 0
            here.paragraphs.append(([text], {}))
        here.unfinished = not text.endswith(ENDS)


def _article(text: str) -> re.Match[str] | None:
    match = ARTICLE.match(text)
    return match if match and ordinal(match["number"]) is not None else None


def _closed(one: _Open) -> Article:
    return Article(one.label, tuple(Paragraph("".join(lines), items) for lines, items in one.paragraphs))
