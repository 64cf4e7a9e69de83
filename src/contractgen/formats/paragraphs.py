"""Printed lines joined to the paragraphs that they were broken from, by where they begin and end on the page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

FULL = 2.2  # ems before the right edge at which a line may have been broken
INDENT = 0.7  # ems from the left edge: the first line of a paragraph
PITCH = 1.5  # of the usual distance of lines: more begins a paragraph
LARGER = 1.15  # of the size of characters
ENDS = re.compile(r"[。；：！？;:]\s*$")
BEGINS = re.compile(  # what only stands at the beginning of a paragraph, if the one before has ended
    r"\s*(?:第\s*[零〇一二三四五六七八九十百千0-9lIO]{1,8}\s*[章条节]|[（(][一二三四五六七八九十0-9]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[、.．](?![0-9])|附\s*件|[①-⑳]|[—·•●])"
)
LABELED = re.compile(r"[^：，。；]{2,14}：")  # a line of a form; two of them are two
WORD = re.compile(r"[A-Za-z0-9_@.,:/%+\-]+")
LATIN = re.compile(r"[A-Za-z0-9,.;:)\]%]")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of a page.

    Attributes:
        text: its characters.
        left, right: where it begins and ends, in any unit that is the same for all.
        em: the size of its characters in that unit.
        gap: the distance to the line above on the same page; 0 for the first.
    """

    text: str
    left: float
    right: float
    em: float
    gap: float = 0.0


def joined(lines: Sequence[PrintedLine]) -> Iterator[str]:
    """The paragraphs that the lines make."""
    if not lines:
        return
    page = _Page(lines)
    paragraph = [lines[0]]
    for above, line in pairwise(lines):
        if page.goes_on(paragraph, above, line):
            paragraph.append(line)
        else:
            yield _text(paragraph)
            paragraph = [line]
    yield _text(paragraph)


class _Page:
    """The edges that most lines keep to."""

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        self.em = _usual([line.em for line in lines]) or 1.0
        self.right = max(_edge([line.right for line in lines], self.em, last=True), self.em)
        self.left = _edge([line.left for line in lines], self.em, last=False)
        self.pitch = _usual([line.gap for line in lines if line.gap > 0])

    def goes_on(self, paragraph: Sequence[PrintedLine], above: PrintedLine, line: PrintedLine) -> bool:
        """Whether a line continues the paragraph."""
        if above.text.count("《") > above.text.count("》") and not ENDS.search(above.text):
            return True  # broken inside a title
        if above.right + self._word(line) < self.right - FULL * self.em:
            return False
        if self.pitch and line.gap > PITCH * self.pitch:
            return False
        if not above.em / LARGER <= line.em <= above.em * LARGER:
            return False
        if ENDS.search(above.text) and BEGINS.match(line.text):
            return False
        if LABELED.match(above.text) and LABELED.match(line.text):
            return False
        if line.left <= self.left + INDENT * self.em:
            return True
        first = paragraph[0]
        hanging = line.left > first.left and BEGINS.match(first.text) is not None
        aligned = len(paragraph) > 1 and abs(line.left - above.left) < INDENT * self.em
        return (hanging or aligned) and BEGINS.match(line.text) is None

    def _word(self, line: PrintedLine) -> float:
        """The width of what cannot be broken at the beginning of a line."""
        match = WORD.match(line.text)
        return width(match[0]) * self.em if match else 0.0


def _usual(numbers: Sequence[float]) -> float:
    """The most frequent of some numbers, to a tenth."""
    counted = Counter(round(number, 1) for number in numbers)
    return max(counted, key=lambda number: (counted[number], number)) if counted else 0.0


def _edge(numbers: Sequence[float], em: float, *, last: bool) -> float:
    """The outermost place that several lines share."""
    counted = Counter(round(number / em * 2) for number in numbers)
    enough = max(2, len(numbers) // 20)
    shared = [place for place, count in counted.items() if count >= enough] or list(counted)
    return (max(shared) if last else min(shared)) * em / 2


def _text(lines: Sequence[PrintedLine]) -> str:
    """The characters of a paragraph; a blank only between two words of Latin letters."""
    text = lines[0].text.strip()
    for line in lines[1:]:
        more = line.text.strip()
        between = " " if text and more and LATIN.match(text[-1]) and LATIN.match(more[0]) else ""
        text = f"{text}{between}{more}"
    return text


def width(text: str) -> float:
    """How wide a text is in ems of a font in which Latin letters are half as wide."""
    return sum([1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text])
