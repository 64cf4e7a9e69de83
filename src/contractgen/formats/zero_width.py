"""Characters without width inside a text: no eye sees them, and 15天 with one in it is no longer found as 15天.

They are taken out before anything is read, and each place where one stood between two characters is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from contractgen.document.reading import Aside, Passage, Reading

WITHOUT_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
ZERO_WIDTH = re.compile(f"[{WITHOUT_WIDTH}]+")
INSIDE = re.compile(rf"(?<=\S){ZERO_WIDTH.pattern}(?=\S)")
AROUND = 6  # characters shown on either side


def without_zero_width(reading: Reading) -> Reading:
    """The reading without these characters, and an aside for each paragraph that had some inside its text."""
    if not any(ZERO_WIDTH.search(one.line) for one in (*reading.accepted, *reading.original)):
        return reading
    told = tuple(aside for passage in reading.accepted for aside in _told(passage))
    return replace(
        reading,
        accepted=tuple(_passage(one) for one in reading.accepted),
        original=tuple(_passage(one) for one in reading.original),
        asides=(*reading.asides, *told),
    )


def _told(passage: Passage) -> Iterator[Aside]:
    places = list(INSIDE.finditer(passage.line))
    if not places:
        return
    first = places[0]
    before = _bare(passage.line[: first.start()])[-AROUND:]
    after = _bare(passage.line[first.end() :])[:AROUND]
    codes = "、".join(dict.fromkeys(f"U+{ord(char):04X}" for place in places for char in place[0]))
    several = f"等 {len(places)} 处" if len(places) > 1 else ""
    detail = f"“{before}”与“{after}”之间{several}（{codes}），已略去再读"
    yield Aside("zero_width", "", passage.serial, detail=detail)


def _passage(passage: Passage) -> Passage:
    if not any(ZERO_WIDTH.search(one) for one in (passage.line, *(span.text for span in passage.spans))):
        return passage
    return replace(
        passage,
        text=_bare(passage.text),
        number=_bare(passage.number),
        spans=tuple(replace(span, text=_bare(span.text)) for span in passage.spans),
    )


def _bare(text: str) -> str:
    return ZERO_WIDTH.sub("", text)
