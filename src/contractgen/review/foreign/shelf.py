"""The library's wordings of a place and day, by topic: what a foreign contract could say."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from functools import cached_property

from contractgen.diff.matter import Line as LibraryLine
from contractgen.diff.matter import sections as library_sections
from contractgen.diff.wording import of_place
from contractgen.document import Source
from contractgen.law import Law
from contractgen.library import ClauseVersion, Library
from contractgen.review.foreign.kind import Kind
from contractgen.review.foreign.rules import Topic
from contractgen.review.foreign.topics import paragraphs


class Shelf:
    """The library's wordings of a place and day, by article."""

    def __init__(
        self, library: Library, law: Law, place: str, on: datetime.date, topics: Sequence[Topic], kind: Kind
    ) -> None:
        self.library = library
        self.topics = topics
        self.kind = kind
        self.day = max(on, library.outline.begins)
        parts = library_sections(of_place(library, law, place, self.day).document)
        self.articles = {part.id: part for part in parts if part.kind == "article"}
        lines: list[LibraryLine] = [line for part in parts for line in part.lines]
        self.texts = paragraphs(lines, {part.position: part.id for part in parts if part.kind == "article"})

    def clauses(self, topic: Topic, keys: Collection[str] = ()) -> tuple[str, ...]:
        """The clauses of a topic that fit the contract, as id@version; with keys of the law only those that bring one."""
        return tuple(dict.fromkeys(str(line.source) for line in self._lines(topic, keys)))

    def text(self, topic: Topic, keys: Collection[str] = ()) -> str:
        """What these clauses say here."""
        return "\n".join(
            f"{'' if line.kind == 'paragraph' else '· '}{line.text}"
            for line in self._lines(topic, keys)
            if line.kind in ("paragraph", "item")
        )

    def _lines(self, topic: Topic, keys: Collection[str]) -> list[LibraryLine]:
        lines = [
            (line, clause)
            for article in topic.articles
            if article in self.articles
            for line in self.articles[article].lines
            if line.source and self.kind.fits(clause := self._clause(line.source))
        ]
        wanted = [line for line, clause in lines if _brought(clause).intersection(keys)]
        return wanted or [line for line, _ in lines]

    def _clause(self, source: Source) -> ClauseVersion:
        return self.library.clause(source.clause, source.version)

    def brings(self, topic: Topic) -> frozenset[str]:
        """The keys of the law that the topic's clauses bring, in whatever contract."""
        return self._brings[topic.id]

    @cached_property
    def _brings(self) -> dict[str, frozenset[str]]:
        return {
            topic.id: frozenset(
                key
                for article in topic.articles
                if article in self.articles
                for line in self.articles[article].lines
                if line.source
                for key in _brought(self._clause(line.source))
            )
            for topic in self.topics
        }

    def title(self, topic: Topic) -> str:
        """The name of a topic."""
        if topic.title:
            return topic.title
        article = self.articles.get(topic.articles[0])
        return article.title if article else topic.id


def _brought(clause: ClauseVersion) -> frozenset[str]:
    """The keys of the law that a clause brings."""
    return frozenset((*clause.covers, *(spec.name for spec in clause.values if spec.kind == "law")))
