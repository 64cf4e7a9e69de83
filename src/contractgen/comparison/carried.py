"""What a file of ours says of itself: which clause each paragraph is, which article a heading, the place and law day.

The words are those of the file. The library gives the wording behind each name, so that numbers are known as the library's
and held against the law of that place and day.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from contractgen.diff import Matter, Standard, carry, fingerprint
from contractgen.diff.align import likeness
from contractgen.diff.plain import of_reading
from contractgen.diff.wording import wordings
from contractgen.document import Inline, Item, Paragraph, Source, Text
from contractgen.document.articles import ReadLine
from contractgen.document.reading import Passage, Reading
from contractgen.formats.docx.body import heading_bookmark, short_hash
from contractgen.law import Law, LawView
from contractgen.library import ClauseVersion, Library
from contractgen.review.recognize import ALIAS_FORM, LIKE, TAG_FORM

PLACE, LAW_DAY = "cg.place", "cg.law_day"
MARK = re.compile(r"_cg_([0-9a-f]{10})_([0-9]{1,4})(?:i[0-9]{1,4}|t1)?")
NAME = re.compile(r"([a-z0-9-]{1,80})@([0-9]{1,4})")
Named = Paragraph | Item


@dataclass(frozen=True)
class Carried:
    """The names that the paragraphs of a file bear, with the wording behind each.

    Attributes:
        headings: id of a chapter, article or annex by its bookmark.
        paragraphs: by the bookmark of a paragraph or item.
        clauses: the paragraphs and items of a clause, by the names that its content control may have.
        owned: texts of the parties' own, which the library does not know, by the hash in their bookmarks.
        standards: what the numbers are held against.
    """

    headings: Mapping[str, str]
    paragraphs: Mapping[str, Named]
    clauses: Mapping[str, tuple[Named, ...]]
    owned: Mapping[str, Source]
    standards: Mapping[str, Standard]

    def heading(self, line: ReadLine) -> str:
        """The id of what a heading opens; empty where it bears no name."""
        return next((self.headings[one] for one in line.passage.bookmarks if one in self.headings), "")

    def named(self, line: ReadLine, text: str) -> tuple[tuple[Inline, ...], Source | None]:
        """A text with its numbers known, and the paragraph of the clause that it is.

        A paragraph that is too little like what its name stands for keeps the name alone: which of its numbers
        are the library's nobody can tell.
        """
        wording = self._wording(line.passage, text)
        bare = (Text(text),) if text else ()
        if wording is None:
            return bare, self._own(line.passage)
        return (carry(wording.inlines, text) if _likeness(wording, text) >= LIKE else bare), wording.source

    def _wording(self, passage: Passage, text: str) -> Named | None:
        for name in passage.bookmarks:
            if name in self.paragraphs:
                return self.paragraphs[name]
        inside = [one for name, _ in _controls(passage) for one in self.clauses.get(name, ())]
        best = max(inside, key=lambda one: _likeness(one, text), default=None)
        return best if best is not None and _likeness(best, text) >= LIKE else None

    def _own(self, passage: Passage) -> Source | None:
        for mark, paragraph in _marks(passage):
            if mark in self.owned:
                return replace(self.owned[mark], paragraph=paragraph)
        return None


def matter_of(reading: Reading, other: Reading, library: Library, law: Law, *, front: bool = True) -> Matter:
    """A file as it stands, with what it says of itself; where it has lost the place and day, the other one says them."""
    view = _view(reading, law) or _view(other, law)
    found = None if view is None else _carried(reading, library, law, view)
    if found is None:
        return of_reading(reading, front=front)
    matter = of_reading(reading, front=front, carried=found)
    told = {name: text for name, text in reading.properties.items() if name.startswith("cg.")}
    document = replace(matter.document, properties=told)
    return Matter(matter.name, document, found.standards)


def _view(reading: Reading, law: Law) -> LawView | None:
    """The law that a file says it was made under."""
    place, day = reading.properties.get(PLACE, ""), reading.properties.get(LAW_DAY, "")
    try:
        on = datetime.date.fromisoformat(day)
    except ValueError:
        return None
    return law.at(place, on) if place in law.places else None


def _carried(reading: Reading, library: Library, law: Law, view: LawView) -> Carried | None:
    """The names in a file of which the library knows some; None where it knows none."""
    controls = {name: title for one in reading.accepted for name, title in _controls(one)}
    borne = {*controls, *(mark for one in reading.accepted for mark, _ in _marks(one))}
    clauses = [one for one in library.all_versions() if borne.intersection(_names(one))]
    if not clauses:
        return None
    blocks, standards = wordings(clauses, library, law, view)
    known = [one for one in blocks if isinstance(one, Named)]
    sources = [source for name, title in controls.items() if (source := _source(name, title)) is not None]
    return Carried(
        {heading_bookmark(one): one for one in _heading_ids(library, sources)},
        {_bookmark(one): one for one in reversed(known)},
        {name: tuple(_of(known, clause)) for clause in clauses for name in _names(clause)},
        {short_hash(str(one)): one for one in sources},
        standards,
    )


def _heading_ids(library: Library, sources: Iterable[Source]) -> Iterable[str]:
    yield from (f"chapter-{one.id}" for one in library.outline.chapters)
    yield from (one.id for one in library.outline.all_articles())
    yield from (one.clause for one in sources)  # an article of the parties' own is called as its text is


# ------------------------------------------------------------------ names


def _names(clause: ClauseVersion) -> tuple[str, str, str]:
    """What a content control and, without its paragraph, a bookmark call a clause."""
    short = short_hash(str(clause))
    return str(clause), f"{short}@{clause.version}", short


def _controls(passage: Passage) -> Iterable[tuple[str, str]]:
    """What its content controls call a passage, with the title of the clause where they hold it."""
    for tag, alias in passage.controls:
        for match in (TAG_FORM.match(tag), ALIAS_FORM.search(alias)):
            if match:
                yield match[1], alias.partition("〔")[0]


def _source(name: str, title: str) -> Source | None:
    match = NAME.fullmatch(name)
    return Source(match[1], int(match[2]), 1, title) if match else None


def _marks(passage: Passage) -> Iterable[tuple[str, int]]:
    """The hash of the clause in each bookmark of a passage, and the paragraph."""
    for name in passage.bookmarks:
        if match := MARK.fullmatch(name):
            yield match[1], int(match[2])


def _bookmark(block: Named) -> str:
    source = block.source
    assert source is not None
    item = f"i{block.number}" if isinstance(block, Item) else ""
    return f"_cg_{short_hash(str(source))}_{source.paragraph}{item}"


def _of(blocks: Iterable[Named], clause: ClauseVersion) -> Iterable[Named]:
    return (one for one in blocks if str(one.source) == str(clause))


def _likeness(wording: Named, text: str) -> float:
    return likeness(fingerprint(wording.text), fingerprint(text))
