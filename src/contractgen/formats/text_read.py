"""Plain text and Markdown to a Reading: UTF-8, UTF-16 or GBK, one paragraph a line or broken into lines."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from contractgen.document.reading import Aside, CellPlace, Passage, Reading
from contractgen.files import unreadable
from contractgen.formats.paragraphs import PrintedLine, joined, width

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
ENCODINGS = ("utf-8", "gb18030")
PAGES = 3  # times that a line stands in a text before it can be the head or foot of its pages
DIGITS = re.compile("[0-9０-９]+")
RUNNING = re.compile("第#页|共#页|#/#$|^[-—–·]+#[-—–·]+$")
NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")
FEWEST, SHORTEST = 10, 20.0  # lines, and ems, from which a text is taken to be broken into lines
HEADING = re.compile(r"(#{1,6})\s+(.*)")
ROW = re.compile(r"\|(.*)\|\s*$")
RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
LEAD = re.compile(r"(?:>\s?|[-*+]\s+)")
ESCAPE = re.compile(r"\\([#>|=~`*+\-<_\\])")
EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def read_text_file(data: bytes, name: str, *, markdown: bool) -> Reading:
    """A text file.

    Raises:
        InputError: for what is no text.
    """
    text = decoded(data, name)
    if markdown:
        passages = tuple(_markdown(text.split("\n")))
    else:
        lines, running = _without_running(text.split("\n"))
        passages = tuple(Passage(line, serial=at) for at, line in enumerate(_paragraphs(lines), start=1))
        asides = tuple(Aside("header", line) for line in running)
        return Reading(name, "txt", passages, passages, asides)
    return Reading(name, "md", passages, passages)


def decoded(data: bytes, name: str) -> str:
    """The characters of a text file, with ``\\n`` line ends."""
    text = _characters(data)
    if text is None or len(NO_TEXT.findall(text)) > len(text) // 100:
        raise unreadable(name, "认不出这是什么文件，读不出文字", "请在 Word 或 WPS 中另存为 .docx 后再试")
    return NO_TEXT.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")


def _characters(data: bytes) -> str | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


# ------------------------------------------------------------------ plain text


def _without_running(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines without heads and feet of pages (with the blank lines around them), and one of each of these."""
    masked = [DIGITS.sub("#", re.sub(r"\s", "", line)) for line in lines]
    often = {one for one, count in Counter(masked).items() if count >= PAGES and RUNNING.search(one)}
    if not often:
        return list(lines), []
    kept: list[str] = []
    running: dict[str, str] = {}
    skipping = False
    for line, mask in zip(lines, masked, strict=True):
        if mask in often:
            running.setdefault(mask, line.strip())
            while kept and not kept[-1].strip():
                kept.pop()
            skipping = True
        elif line.strip() or not skipping:
            kept.append(line)
            skipping = False
    return kept, list(running.values())


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """The paragraphs of a text, whether each is a line or is broken into lines of one width."""
    filled = [line for line in lines if line.strip()]
    widths = [width(line.rstrip()) for line in filled]
    widest = max(widths, default=0.0)
    near = sum(1 for one in widths if one >= widest - 2.5)
    broken = len(filled) >= FEWEST and SHORTEST <= widest <= 80 and near >= len(filled) / 3
    if not broken:
        return [line.strip() for line in filled]
    return list(joined(list(_printed(lines))))


def _printed(lines: Sequence[str]) -> Iterator[PrintedLine]:
    gap = 1.0
    for line in lines:
        if not line.strip():
            gap += 1.0
            continue
        left = width(line[: len(line) - len(line.lstrip())])
        yield PrintedLine(line.strip(), left, width(line.rstrip()), 1.0, gap)
        gap = 1.0


# ------------------------------------------------------------------ Markdown


def _markdown(lines: Sequence[str]) -> Iterator[Passage]:
    """Headings, paragraphs, items and cells, without their marks."""
    serial = table = row = 0
    for line in lines:
        text = line.strip()
        cells = ROW.match(text)
        if not text or (RULE.match(text) and "-" in text):
            table += not text and row > 0
            row = row if text else 0
            continue
        if cells:
            row += 1
            for column, cell in enumerate(re.split(r"(?<!\\)\|", cells[1]), start=1):
                serial += 1
                yield Passage(_plain(cell.strip()), serial=serial, cell=CellPlace(table + 1, row, column))
            continue
        serial += 1
        heading = HEADING.match(text)
        if heading:
            yield Passage(_plain(heading[2]), serial=serial, level=len(heading[1]))
        else:
            yield Passage(_plain(LEAD.sub("", text, count=1) if LEAD.match(text) else text), serial=serial)


def _plain(text: str) -> str:
    return ESCAPE.sub(r"\1", EMPHASIS.sub(r"\2", text))
