"""Which section and line of one text is which of the other: by identity, else by likeness; what changed places is a move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from contractgen.diff.matter import Line, Section

SAME_SECTION = 55  # likeness in percent from which two articles without identity are the same one
SAME_LINE = 45  # from which two paragraphs of the same article are the same one
REWRITTEN = 25  # and where nothing else is left on either side
SAME_CLAUSE = 30  # and where both say that they are the same paragraph of the same clause
MOST_PAIRS = 250_000  # of texts, beyond which only equal ones are looked for
SAME_ELSEWHERE = 75  # from which a paragraph that left one article is the one that came into another
SAME_FIRST_CELL = 50  # and what a row is about must be alike
LONGEST = 20_000  # characters of a paragraph or article that are compared one by one
SHORT = 8  # characters; shorter texts are like many others


def likeness(one: str, other: str) -> float:
    """0 to 100; texts are fingerprints already (rapidfuzz would drop Chinese characters otherwise)."""
    if min(len(one), len(other)) > LONGEST:
        return _shared(one, other)
    return fuzz.ratio(one, other, processor=None)


def _shared(one: str, other: str) -> float:
    """The same for texts of any length: the share of pairs of characters that stand in both."""
    here, there = (Counter(map("".join, pairwise(text))) for text in (one, other))
    return 200.0 * (here & there).total() / (len(one) + len(other) - 2)


# ------------------------------------------------------------------ sections


def align_sections(old: Sequence[Section], new: Sequence[Section]) -> dict[int, int]:
    """Positions of old sections with those of the new ones: the same article, the same clauses, else alike."""
    found = _by_id(old, new)
    _by_clauses(old, new, found)
    _by_likeness(old, new, found)
    return found


def _by_id(old: Sequence[Section], new: Sequence[Section]) -> dict[int, int]:
    """Ids count where both come from the library: an article that a file was read into has an id that says nothing."""
    known = {(one.kind, one.id): one for one in reversed(new) if one.id}
    found: dict[int, int] = {}
    for one in old:
        other = known.get((one.kind, one.id)) if one.id else None
        if (
            other is not None
            and other.position not in found.values()
            and (bool(one.clauses) == bool(other.clauses) or one.kind == "front")
        ):
            if one.kind == "article" and not one.clauses and one.title != other.title:
                continue
            found[one.position] = other.position
    return found


def _by_clauses(old: Sequence[Section], new: Sequence[Section], found: dict[int, int]) -> None:
    """Articles that share clauses, those with the most first."""
    taken = set(found.values())
    shared = [
        (-len(one.clauses & other.clauses), one.position, other.position)
        for one in old
        if one.position not in found and one.clauses
        for other in new
        if other.position not in taken and one.kind == other.kind and one.clauses & other.clauses
    ]
    _take(sorted(shared), found)


def _by_likeness(old: Sequence[Section], new: Sequence[Section], found: dict[int, int]) -> None:
    taken = set(found.values())
    pairs = []
    for one in old:
        if one.position in found:
            continue
        for other in new:
            if other.position in taken or one.kind != other.kind:
                continue
            alike = likeness(one.fingerprint, other.fingerprint)
            if one.title and one.title == other.title:
                alike = max(alike, SAME_SECTION + alike / 4)
            if alike >= SAME_SECTION:
                pairs.append((-alike, one.position, other.position))
    _take(sorted(pairs), found)


def _take(ranked: Iterable[tuple[float, int, int]], found: dict[int, int]) -> None:
    """The best pairs, each side once."""
    taken = set(found.values())
    for _, one, other in ranked:
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)


# ------------------------------------------------------------------ lines


def align_lines(old: Sequence[Line], new: Sequence[Line]) -> dict[int, int]:
    """Positions of the lines of one article with those of another: the same text first, then the most alike."""
    found: dict[int, int] = {}
    _same_text(old, new, found)
    taken = set(found.values())
    pairs = []
    for one in old:
        if one.position in found:
            continue
        for other in new:
            if other.position not in taken and _fits(one, other):
                alike = _alike(one, other)
                if alike:
                    pairs.append((-alike, one.position, other.position))
    _take(sorted(pairs), found)
    _last_two(old, new, found)
    return found


def _last_two(old: Sequence[Line], new: Sequence[Line], found: dict[int, int]) -> None:
    """Where one line is left on each side, between the same neighbors, it was rewritten."""
    one = [line for line in old if line.position not in found]
    taken = set(found.values())
    other = [line for line in new if line.position not in taken]
    if (
        len(one) != 1
        or len(other) != 1
        or one[0].kind not in ("paragraph", "item")
        or one[0].kind != other[0].kind
    ):
        return
    before, after = one[0].position - 1, other[0].position - 1
    if found.get(before, after) == after and likeness(one[0].fingerprint, other[0].fingerprint) >= REWRITTEN:
        found[one[0].position] = other[0].position


def _same_text(old: Sequence[Line], new: Sequence[Line], found: dict[int, int]) -> None:
    waiting: dict[tuple[str, str, str], list[int]] = {}
    for other in new:
        waiting.setdefault(_key(other), []).append(other.position)
    for one in old:
        if same := waiting.get(_key(one)):
            found[one.position] = same.pop(0)


def _key(line: Line) -> tuple[str, str, str]:
    label = line.label if line.kind == "field" else ""
    return (line.kind, label, line.text)


def _fits(one: Line, other: Line) -> bool:
    if one.kind == "field" or other.kind == "field":
        return one.kind == other.kind and one.label == other.label
    if "heading" in (one.kind, other.kind) or "row" in (one.kind, other.kind):
        return one.kind == other.kind and len(one.cells) == len(other.cells)
    return True


def _alike(one: Line, other: Line) -> float:
    """How alike two lines are, 0 where they are not the same one; a near neighbor wins a tie."""
    if one.kind in ("heading", "field"):
        return 100.0
    if one.kind == "row" and (one.row == 0) != (other.row == 0):
        return 0.0
    alike = likeness(one.fingerprint, other.fingerprint)
    if one.kind == "row":
        first = likeness(_first(one), _first(other))
        alike = (alike + first) / 2 if first >= SAME_FIRST_CELL else 0.0
    same_clause = (
        one.source is not None and other.source is not None and one.source.clause == other.source.clause
    )
    same = same_clause and one.source.paragraph == other.source.paragraph and one.label == other.label  # type: ignore[union-attr]
    least = SAME_CLAUSE if same else SAME_LINE
    if one.kind != other.kind:
        alike *= 0.95
    return alike + (1 if same else 0) if alike >= least else 0.0


def _first(line: Line) -> str:
    return "".join(node.text for node in line.cells[0]) if line.cells else ""


def align_strays(old: Sequence[Line], new: Sequence[Line]) -> dict[int, int]:
    """Paragraphs that left their article for another."""
    pairs = [
        (-alike, one.position, other.position)
        for one in old
        for other in new
        if one.kind in ("paragraph", "item")
        and other.kind in ("paragraph", "item")
        and min(len(one.fingerprint), len(other.fingerprint)) >= SHORT
        and (alike := likeness(one.fingerprint, other.fingerprint)) >= SAME_ELSEWHERE
    ]
    found: dict[int, int] = {}
    _take(sorted(pairs), found)
    return found
