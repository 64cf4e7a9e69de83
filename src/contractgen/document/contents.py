"""Tables of contents in a text that was read: they repeat its heads and are none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from contractgen.document.heads import ANNEX, ARTICLE, CHAPTER, SENTENCE, ordinal_of
from contractgen.document.reading import Passage

TITLE = re.compile(r"目[ \u3000]*[录次]")  # stands above a table of contents
LONGEST, FEWEST = 60, 2  # characters of an entry, entries of a list
PAGE = re.compile(
    r"(?:[\s…·．._]+|(?<=[\u4e00-\u9fff）》]))\d{1,4}$"
)  # the leader and the number of the page


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the form of a head: what it counts as, and its characters without blanks and page."""

    label: tuple[str, int]
    text: str


def without_contents(passages: Sequence[Passage]) -> list[Passage]:
    """The passages without what a file marks as contents, and without the first list below 目录 of the heads that follow.

    An entry of the list that no head has the words or the number of stays: it says something of its own.
    """
    marked = [one for one in passages if not one.contents]
    titles = [at for at, one in enumerate(marked) if TITLE.fullmatch(one.text.strip())]
    for at in titles:
        entries = _entries(marked, at + 1)
        if len(entries) >= FEWEST:
            marked[at + 1 : at + 1 + len(entries)] = _own(marked, at + 1, entries)
            break
    return [one for one in marked if not TITLE.fullmatch(one.text.strip())]


def _entries(passages: Sequence[Passage], start: int) -> list[_Entry]:
    """The run of entries from a place on, up to where the first one is counted again."""
    found: list[_Entry] = []
    for passage in passages[start:]:
        entry = _entry(passage)
        if entry is None or (found and entry.label == found[0].label):
            break
        found.append(entry)
    return found


def _entry(passage: Passage) -> _Entry | None:
    line = passage.line.strip()
    if passage.cell is not None or len(line) > LONGEST or SENTENCE.search(line):
        return None
    for kind, form in (("article", ARTICLE), ("chapter", CHAPTER), ("annex", ANNEX)):
        if match := form.match(line):
            number = ordinal_of(match[1] or "")
            if number is None and kind != "annex":
                return None
            kind += match[2] if kind == "chapter" else ""
            return _Entry((kind, number or 0), _bare(PAGE.sub("", line)))
    return None


def _own(passages: Sequence[Passage], start: int, entries: Sequence[_Entry]) -> Sequence[Passage]:
    """Of a run of entries those that stay; all of them where most do not come again: it is no list of contents."""
    run = passages[start : start + len(entries)]
    behind = passages[start + len(entries) :]
    texts = sorted(_bare(one.line[: 2 * LONGEST]) for one in behind)
    again = [_begins(texts, one.text) for one in entries]
    if sum(again) * 2 < len(entries):
        return run
    labels = {head.label for one in behind if (head := _entry(one))}
    return [
        one
        for one, entry, told in zip(run, entries, again, strict=True)
        if not told and entry.label not in labels
    ]


def _begins(texts: Sequence[str], text: str) -> bool:
    at = bisect_left(texts, text)
    return at < len(texts) and texts[at].startswith(text)


def _bare(text: str) -> str:
    return "".join(text.split())
