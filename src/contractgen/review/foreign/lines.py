"""The lines of a foreign text as the review reads them: paragraphs, items and rows of tables, each with what leads in to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from contractgen.document.articles import ReadLine, ReadSection
from contractgen.review.foreign.clean import Cleaned, clean, flat

PAGE = re.compile(
    r"^\s*[-—–·]*\s*(?:第\s*)?[0-9０-９]{1,3}\s*(?:页)?(?:\s*[/／共]\s*[0-9]{1,3}\s*页?)?\s*[-—–·]*\s*$"
)
GAP = "｜"
NUMBERED = re.compile(r"[0-9０-９]*|[（(]?[一二三四五六七八九十]+[)）、.．]?")
SENTENCE = re.compile(
    r"[0-9０-９]|应当|不得|可以|享受|给予|.{17}"
)  # what stands in the place of a title and is none
UNFINISHED = re.compile(r"[，、的为按以在每满于至]$")
BROKEN = re.compile(r"^\s*[0-9０-９]+\s*(?:%|％|个|天|日|周|月|年|小时|分钟|元|次|人)")
SHORT_CELL = 12
FIRST_WORDS = 8  # characters by which a paragraph without a number is found
PIPES = re.compile(r"^[^|｜]{1,20}(?:\s*[|｜]\s*[^|｜]*){2,}$|^[^\t]{1,20}(?:\t[^\t]*){2,}$")


@dataclass(frozen=True)
class ForeignLine:
    """A paragraph, an item or a row.

    Attributes:
        section: the article that it stands in.
        place: what a message calls it.
        words: its text, cleaned.
        title: the title of the article, cleaned.
        lead: the line that introduces the list it belongs to, or what a row is about, cleaned.
        serial: the paragraph of the file.
        row: whether it is the row of a table.
    """

    section: ReadSection
    place: str
    words: Cleaned
    title: str
    lead: str
    serial: int
    row: bool = False

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.words.text


def lines_of(sections: Iterable[ReadSection]) -> tuple[ForeignLine, ...]:
    """Every line of the sections in printed order, without cover, parties, signatures, titles and page numbers.

    A line without a number is found by the how many-th paragraph of the whole text it is, and by its first words.
    """
    given = tuple(sections)
    order = {serial: at for at, serial in enumerate(_printed(given), start=1)}
    return tuple(
        line if line.place else replace(line, place=_counted(line, order[line.serial]))
        for section in given
        if section.kind not in ("signature", "cover", "parties")
        for line in _section(section)
    )


def _printed(sections: Iterable[ReadSection]) -> list[int]:
    """The paragraphs of a file that hold text, each once, in printed order."""
    found = {line.passage.serial for section in sections for line in section.lines}
    return sorted(found)


def _counted(line: ForeignLine, number: int) -> str:
    """第3段“女职工生育享受……”"""
    words = line.words.source.strip()
    shown = words if len(words) <= FIRST_WORDS else f"{words[:FIRST_WORDS]}……"
    return f"第{number}段“{shown}”"


def _section(section: ReadSection) -> Iterator[ForeignLine]:
    title = flat(section.title)
    lead = cut = ""
    for is_cell, group in groupby(section.lines, key=lambda line: line.kind == "cell"):
        if is_cell:
            yield from _rows(section, list(group), title)
            continue
        for line in group:
            if PAGE.match(line.passage.line):
                continue
            if line.kind == "title" and not SENTENCE.search(line.text):
                cut = line.text
                continue
            printed = line.passage.line
            if PIPES.match(printed.strip()):
                yield _typed_row(section, line, title)
                continue
            words = clean(f"{cut}{line.text}" if cut and _goes_on(cut, line.text) else line.text)
            cut = ""
            yield ForeignLine(
                section,
                line.place,
                words,
                title,
                lead if line.kind == "item" else "",
                line.passage.serial,
            )
            if line.kind != "item":
                lead = words.text if words.text.endswith("：") else ""


def _goes_on(title: str, text: str) -> bool:
    """Whether what looks like a title is the beginning of a sentence that a page broke before its number."""
    return bool(UNFINISHED.search(title.rstrip()) or BROKEN.match(text))


def _typed_row(section: ReadSection, line: ReadLine, title: str) -> ForeignLine:
    """A row that is typed with strokes or tabs between its cells."""
    cells = [cell.strip() for cell in re.split(r"[|｜\t]", line.passage.line)]
    about = next((flat(cell) for cell in cells if not NUMBERED.fullmatch(cell)), "")
    lead = about if len(about) <= SHORT_CELL else ""
    return ForeignLine(
        section,
        line.place,
        clean(line.passage.line.strip().replace("|", GAP)),
        title,
        lead,
        line.passage.serial,
        True,
    )


def _rows(section: ReadSection, cells: list[ReadLine], title: str) -> Iterator[ForeignLine]:
    """The rows of a table, their cells in one line; a cell that begins with a number is led by its column's head."""
    tables = groupby(cells, key=lambda line: line.table)
    for _, table in tables:
        heads: list[str] = []
        for at, (_, group) in enumerate(
            groupby(table, key=lambda line: line.passage.cell.row if line.passage.cell else 0)
        ):
            row = list(group)
            if at == 0:
                heads = [line.text.strip() for line in row]
            shown = [
                _headed(line.text.strip(), heads, column) if at else line.text.strip()
                for column, line in enumerate(row)
                if not (at and _tells_law(heads, column))
            ]
            about = next((flat(line.text) for line in row if not NUMBERED.fullmatch(line.text.strip())), "")
            lead = about if at and len(about) <= SHORT_CELL else ""
            yield ForeignLine(
                section, row[0].place, clean(GAP.join(shown)), title, lead, row[0].passage.serial, True
            )


def _tells_law(heads: list[str], column: int) -> bool:
    """Whether a column of a table only tells what the law says: 法定标准, 法定底线."""
    return column < len(heads) and heads[column].startswith("法定")


def _headed(cell: str, heads: list[str], column: int) -> str:
    """98天 below the head 产假 as 产假：98天; a head that only says 标准 leads to nothing."""
    head = heads[column] if column < len(heads) else ""
    return (
        f"{head}：{cell}"
        if head.endswith(("假", "时间", "检查")) and len(head) <= SHORT_CELL and cell
        else cell
    )
