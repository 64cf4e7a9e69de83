"""A Markdown file of ours as it is read: headings, paragraphs, items and cells without their marks."""

from __future__ import annotations

import re

from contractgen.files import decode
from contractgen.formats.seen import Piece, Seen, squeezed

HEADING = re.compile(r"#{1,6}\s+")
LEAD = re.compile(r"(>|-)\s")
RULE = re.compile(r"\|(\s*:?-+:?\s*\|)+")
BAR = re.compile(r"(?<!\\)\|")
ESCAPED = re.compile(r"\\(?=[#>|=~`*+\-<]|\d+[.)]\s)")


def see_markdown(data: bytes, name: str) -> Seen:
    """The lines of a Markdown file.

    Raises:
        InputError: for other encodings.
    """
    text = decode(data, name)
    pieces: list[Piece] = []
    for line in text.splitlines():
        pieces.extend(_pieces(line.strip()))
    return Seen(tuple(piece for piece in pieces if piece.text))


def _pieces(line: str) -> list[Piece]:
    if RULE.fullmatch(line):
        return []
    if line.startswith("|") and line.endswith("|"):
        return [Piece(_plain(cell)) for cell in BAR.split(line)[1:-1]]
    if heading := HEADING.match(line):
        text = _plain(line[heading.end() :])
        return [Piece(text, anchor=f"#{text}")]
    return [Piece(_plain(LEAD.sub("", line, count=1) if LEAD.match(line) else line))]


def _plain(text: str) -> str:
    return squeezed(ESCAPED.sub("", text))
