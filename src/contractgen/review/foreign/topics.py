"""Which topics of the library a foreign contract speaks of, by words and by likeness to the library's wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from contractgen.review.foreign.amounts import sentences
from contractgen.review.foreign.clean import flat
from contractgen.review.foreign.lines import ForeignLine
from contractgen.review.foreign.rules import Rules, Topic

if TYPE_CHECKING:
    from contractgen.diff.matter import Line as LibraryLine

ALIKE = 72  # of 100: from here on a paragraph says what one of the library says
TITLE = re.compile(
    r"(?<!制定)(?<!制订)(?<!建立)《(?:[^《》]|《[^《》]*》)+》"
)  # what a cited law is called says nothing of what is agreed
LONGEST_HEAD = 16
SHORT = 14  # characters of a sentence that goes on with the one before it
SHORTEST = 16  # characters below which likeness tells nothing


@dataclass(frozen=True)
class Matched:
    """The topics of each line, in the order of the text; a line without one is the parties' own matter."""

    of_line: Mapping[int, tuple[Topic, ...]]  # by the line's place among the lines
    present: tuple[Topic, ...]


def match(lines: Sequence[ForeignLine], rules: Rules, library: Mapping[str, Sequence[str]]) -> Matched:
    """The topics of every line.

    Args:
        lines: the foreign text.
        rules: the words of each topic.
        library: the paragraphs of the library by id of their article.
    """
    by_article = {article: topic for topic in rules.topics for article in topic.articles}
    texts = [
        (by_article[article], text)
        for article, found in library.items()
        if article in by_article
        for text in found
    ]
    choices = [text for _, text in texts]
    of_line: dict[int, tuple[Topic, ...]] = {}
    for at, line in enumerate(lines):
        parts = _parts(line)
        found = {topic.id: topic for topic in rules.topics if _speaks(line, parts, topic)}
        if len(line.text) >= SHORTEST:
            like = process.extractOne(line.text, choices, scorer=fuzz.ratio, score_cutoff=ALIKE)
            if like is not None:
                found.setdefault(texts[like[2]][0].id, texts[like[2]][0])
        of_line[at] = tuple(found.values())
    spoken = {topic.id for topics in of_line.values() for topic in topics}
    return Matched(of_line, tuple(topic for topic in rules.topics if topic.id in spoken))


def paragraphs(lines: Iterable[LibraryLine], section_ids: Mapping[int, str]) -> dict[str, list[str]]:
    """The paragraphs of the library by id of their article, cleaned."""
    found: dict[str, list[str]] = {}
    for line in lines:
        text = flat(line.text)
        if line.kind in ("paragraph", "item") and len(text) >= SHORTEST:
            found.setdefault(section_ids.get(line.section, ""), []).append(text)
    return found


def _parts(line: ForeignLine) -> list[str]:
    """The sentences of a line, without the names of the laws that they cite."""
    return [TITLE.sub("《法》", line.text[start:end]) for start, end in sentences(line.text, whole=True)]


def _speaks(line: ForeignLine, parts: Sequence[str], topic: Topic) -> bool:
    """Whether a line speaks of a topic: the title of its article, or a sentence of it."""
    heads = [line.title] if not line.row else [line.lead, line.title]
    for head in heads:
        vetoed = len(head) > LONGEST_HEAD or any(word in head for word in topic.excludes)
        if not vetoed and any(word in head for word in topic.heads):
            return True
    before = ""
    for sentence in parts:
        if _says(line, sentence, before if len(sentence) <= SHORT else "", topic):
            return True
        before = sentence
    return False


def _says(line: ForeignLine, sentence: str, before: str, topic: Topic) -> bool:
    if any(word in sentence for word in topic.excludes):
        return False
    for word in topic.strikes:
        sentence = sentence.replace(word, "□")
    if any(word in sentence for word in topic.any):
        return True
    around = f"{line.title}{line.lead}{before}{sentence}"
    return any(
        all(any(word in around for word in group) for group in groups)
        and any(word in sentence for group in groups for word in group)
        for groups in topic.together
    )
