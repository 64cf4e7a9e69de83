"""Tables of contents in a text that was read: they repeat its heads and are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contractgen.document.heads import ANNEX, ARTICLE, CHAPTER, SENTENCE, ordinal_of, restored
from contractgen.document.reading import Passage

TITLE = re.compile(r"目[ \u3000]*[录次]")  # stands above a table of contents
LONGEST = 60  # characters of an entry
FEWEST, MOST = 2, 300  # entries of a list
PAGE = re.compile(
    r"(?:[\s…·．._]+|(?<=[\u4e00-\u9fff）》]))\d{1,4}$"
)  # the leader and the number of the page


Label = tuple[str, int]  # 第 of what, and its number


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the form of a head: what it counts as, and the characters behind that without blanks."""

    label: Label
    title: str


def without_contents(passages: Sequence[Passage]) -> list[Passage]:
    """The passages without what a file marks as contents, and without the first list below 目录 of the heads that follow.

    An entry that no head has the number of stays: it says something of its own.
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
    for passage in passages[start : start + MOST]:
        entry = _entry(passage)
        if entry is None or (found and entry.label == found[0].label):
            break
        found.append(entry)
    return found


def _entry(passage: Passage) -> _Entry | None:
    """What a line of a list says, without its page; None for what is none."""
    line = passage.line.strip()
    if passage.cell or len(line) > LONGEST or SENTENCE.search(line):
        return None
    return _head(PAGE.sub("", line))


def _head(line: str) -> _Entry | None:
    for kind, form in (("article", ARTICLE), ("chapter", CHAPTER), ("annex", ANNEX)):
        if match := form.match(line):
            number = ordinal_of(match[1] or "")
            if number is None and kind != "annex":
                return None
            unit = match[2] if kind == "chapter" else ""
            return _Entry((kind + unit, number or 0), "".join(line[match.end() :].split()))
    return None


def _own(passages: Sequence[Passage], start: int, entries: Sequence[_Entry]) -> Sequence[Passage]:
    """Of a run of entries those that stay; all of them where most do not come again: it is no list of contents."""
    run = passages[start : start + len(entries)]
    heads = [_head(restored(one)) for one in passages[start + len(entries) :] if one.cell is None]
    titles: dict[Label, list[str]] = {}
    for head in heads:
        if head is not None:
            titles.setdefault(head.label, []).append(head.title)
    again = [any(title.startswith(one.title) for title in titles.get(one.label, ())) for one in entries]
    if sum(again) * 2 < len(entries):
        return run
    return [one for one, entry in zip(run, entries, strict=True) if entry.label not in titles]
