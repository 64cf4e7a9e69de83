"""Paragraphs as they stand in a Word file, with every change and all that is hidden; and the two texts made of them.

The accepted text is what stands if every change is taken, the original one if every change is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from contractgen.document.reading import (
    GONE_IF_ACCEPTED,
    GONE_IF_REFUSED,
    Aside,
    AsideKind,
    CellPlace,
    Change,
    Passage,
    Span,
)
from contractgen.formats.docx.count import Counter, Lists


@dataclass(slots=True)
class Raw:
    """A paragraph of the file, with all that is in it."""

    serial: int
    spans: list[Span] = field(default_factory=list)
    mark: tuple[Change, ...] = ()
    style: str = ""
    list: tuple[str | None, str | None] = (None, None)
    before: tuple[str, tuple[str | None, str | None]] | None = None  # style and list that a change replaced
    level: int | None = None
    row: tuple[Change, ...] = ()  # changes of the table row or cell around it
    cell: CellPlace | None = None
    home: int = 0  # the container: paragraphs of different ones are never joined
    bookmarks: tuple[str, ...] = ()
    controls: tuple[tuple[str, str], ...] = ()
    contents: bool = False


def views(raws: Sequence[Raw], lists: Lists) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """The accepted and the original text."""
    accepted = tuple(_view(raws, lists, GONE_IF_ACCEPTED))
    untouched = all(not (raw.mark or raw.row or raw.before) and _settled(raw) for raw in raws)
    return accepted, accepted if untouched else tuple(_view(raws, lists, GONE_IF_REFUSED))


def _settled(raw: Raw) -> bool:
    return not any(span.changes for span in raw.spans)


def _view(raws: Sequence[Raw], lists: Lists, gone: frozenset[str]) -> Iterator[Passage]:
    counter = Counter(lists)
    waiting: list[Raw] = []  # whose end is not in this view: they run on into the next paragraph
    for raw in raws:
        if waiting and waiting[-1].home != raw.home:
            yield from _passage(waiting, lists, counter, gone)
            waiting = []
        if _lost(raw.row, gone):
            continue
        waiting.append(raw)
        if not _lost(raw.mark, gone):
            yield from _passage(waiting, lists, counter, gone)
            waiting = []
    if waiting:
        yield from _passage(waiting, lists, counter, gone)


def _lost(changes: Iterable[Change], gone: frozenset[str]) -> bool:
    return any(change.kind in gone for change in changes)


def _passage(raws: Sequence[Raw], lists: Lists, counter: Counter, gone: frozenset[str]) -> Iterator[Passage]:
    last = raws[-1]
    if len(raws) == 1 and not last.mark and _settled(last):
        texts = ["".join([span.text for span in last.spans])]
    else:
        texts = ["".join([span.text for span in raw.spans if not _lost(span.changes, gone)]) for raw in raws]
    text = "".join(texts)
    ended = not _lost(last.mark, gone)
    if not text and not ended:
        return
    home = last if ended else next(raw for raw, words in zip(raws, texts, strict=True) if words)
    style, own = home.style, home.list
    if gone is GONE_IF_REFUSED and home.before is not None:
        style, own = home.before
    place = None if lists.empty else lists.place(style, own)
    number = counter.next(*place) if place else ""
    kept = [raw for raw, words in zip(raws, texts, strict=True) if words] or [last]
    if ended and last not in kept and not any(raw.bookmarks for raw in kept):
        kept = [*kept, last]
    level = home.level if home.level is not None else lists.looks.level(style)
    yield Passage(
        text=text,
        number=number,
        serial=last.serial,
        style=lists.looks.name(style or lists.looks.default),
        level=level,
        cell=last.cell,
        spans=tuple([span for raw in raws for span in raw.spans]),
        mark=tuple([change for raw in raws for change in raw.mark]),
        bookmarks=tuple([name for raw in kept for name in raw.bookmarks]),
        controls=max((raw.controls for raw in kept), key=len),
        contents=home.contents,
    )


def seen_apart(raw: Raw) -> list[Aside]:
    """Asides for the stretches of a paragraph that were changed or cannot be seen, each stretch once."""
    found: list[Aside] = []
    running: dict[tuple[AsideKind, str, str], int] = {}  # the stretches that the last span was part of
    for span in raw.spans:
        kinds: list[tuple[AsideKind, str, str]] = [
            (change.kind, change.author, change.day) for change in (*span.changes, *raw.row)
        ]
        if span.hidden and span.text.strip():
            kinds.append((cast("AsideKind", span.hidden), "", ""))
        now: dict[tuple[AsideKind, str, str], int] = {}
        for kind, author, day in dict.fromkeys(kinds):
            at = running.get((kind, author, day))
            if at is None:
                found.append(Aside(kind, span.text, raw.serial, author, day))
                at = len(found) - 1
            else:
                found[at] = replace(found[at], text=found[at].text + span.text)
            now[kind, author, day] = at
        running = now
    return found
