"""The library's wordings of a place and day, by topic: what a foreign contract could say."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cached_property

from contractgen.diff.matter import Line as LibraryLine
from contractgen.diff.matter import sections as library_sections
from contractgen.diff.wording import of_place
from contractgen.law import Law
from contractgen.library import Library
from contractgen.review.foreign.rules import Topic
from contractgen.review.foreign.topics import paragraphs


class Shelf:
    """The library's wordings of a place and day, by article."""

    def __init__(
        self, library: Library, law: Law, place: str, on: datetime.date, topics: Sequence[Topic]
    ) -> None:
        self.library = library
        self.topics = topics
        self.day = max(on, library.outline.begins)
        parts = library_sections(of_place(library, law, place, self.day).document)
        self.articles = {part.id: part for part in parts if part.kind == "article"}
        lines: list[LibraryLine] = [line for part in parts for line in part.lines]
        self.texts = paragraphs(lines, {part.position: part.id for part in parts if part.kind == "article"})

    def clauses(self, topic: Topic) -> tuple[str, ...]:
        """The clauses of a topic, as id@version."""
        found = (
            str(line.source)
            for article in topic.articles
            if article in self.articles
            for line in self.articles[article].lines
            if line.source
        )
        return tuple(dict.fromkeys(found))

    def text(self, topic: Topic) -> str:
        """What the library says on a topic here."""
        return "\n".join(
            f"{'' if line.kind == 'paragraph' else '· '}{line.text}"
            for article in topic.articles
            if article in self.articles
            for line in self.articles[article].lines
            if line.kind in ("paragraph", "item")
        )

    def brings(self, topic: Topic) -> frozenset[str]:
        """The keys of the law that the topic's clauses bring."""
        return self._brought[topic.id]

    @cached_property
    def _brought(self) -> dict[str, frozenset[str]]:
        return {topic.id: self._of(topic) for topic in self.topics}

    def _of(self, topic: Topic) -> frozenset[str]:
        found: set[str] = set()
        for named in self.clauses(topic):
            clause_id, _, version = named.partition("@")
            clause = self.library.clause(clause_id, int(version))
            found.update(clause.covers, (spec.name for spec in clause.values if spec.kind == "law"))
        return frozenset(found)

    def title(self, topic: Topic) -> str:
        """The name of a topic."""
        if topic.title:
            return topic.title
        article = self.articles.get(topic.articles[0])
        return article.title if article else topic.id
