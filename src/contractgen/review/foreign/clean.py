"""A foreign text as it is read for its matter: without blanks, in one width, with what a scanner misread put right.

Every character keeps the place that it came from, so that a quotation shows the text as it stands in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WIDE = str.maketrans("０１２３４５６７８９％／,;:()?!<>", "0123456789%/，；：（）？！〈〉")
ROUND = re.compile(r"(?<=[0-9.])[OoQ]+|[OoQ](?=[0-9])")
UPRIGHT = re.compile(r"(?<=[0-9])[lI|]|[lI|](?=[0-9]|[个天日月年周小份])")
FORMAL = dict(zip("壹贰叁肆伍陆柒捌玖拾佰", "一二三四五六七八九十百", strict=True))
FORMAL_NUMBER = re.compile(rf"[{''.join(FORMAL)}]+(?=[个天日月年周份人小岁])")
MISREAD = (
    ("检査", "检查"),
    ("末满", "未满"),
    ("末达", "未达"),
    ("末提", "未提"),
    ("夭内", "天内"),
)  # of equal length
THOUSANDS = re.compile(r"(?<=[0-9])，(?=[0-9]{3}(?![0-9]))")


@dataclass(frozen=True)
class Cleaned:
    """A text to be searched, and where each of its characters stands in the text of the file."""

    text: str
    origin: tuple[int, ...]
    source: str

    def quote(self, start: int, end: int) -> str:
        """The characters of the file between two places of the cleaned text."""
        if start >= end:
            return ""
        return self.source[self.origin[start] : self.origin[end - 1] + 1]


def clean(text: str) -> Cleaned:
    """The cleaned text with its origins."""
    kept = [(at, char) for at, char in enumerate(text) if not char.isspace()]
    flat = "".join(char for _, char in kept).translate(WIDE)
    flat = ROUND.sub(lambda match: "0" * len(match[0]), flat)
    flat = UPRIGHT.sub("1", flat)
    flat = FORMAL_NUMBER.sub(lambda match: "".join(FORMAL[char] for char in match[0]), flat)
    for wrong, right in MISREAD:
        flat = flat.replace(wrong, right)
    flat = THOUSANDS.sub(",", flat)
    return Cleaned(flat, tuple(at for at, _ in kept), text)


def flat(text: str) -> str:
    """The cleaned text alone."""
    return clean(text).text
