"""What stands in a file held against what stood in it when it was issued: every part that differs, by its name.

The parts of then are looked for in the text of now: those that stand there unchanged, in their order, hold the
others in place, so that a change is told in the part where it was made and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from contractgen.diff import compare_text
from contractgen.formats.seen import MARGINS, NOTES, Piece, Section, Seen, aside, numbers_of

ChangeKind = Literal["text", "missing", "added", "moved", "number", "mark"]
KINDS: dict[ChangeKind, str] = {
    "text": "文字改动",
    "missing": "被删去",
    "added": "后面增加了文字",
    "moved": "位置移动",
    "number": "编号改动",
    "mark": "有",
}
CONTEXT = 12  # characters shown on each side of a difference
LONGEST = 60  # characters of a difference that are shown
WHOLE = "整个文件"
Edit = tuple[str, str]  # what stood there, and what stands there now


@dataclass(frozen=True, slots=True)
class Change:
    """A part that is not what it was; ``edits`` are the places in it that differ, each with a little around it."""

    label: str
    title: str
    kind: ChangeKind
    edits: tuple[Edit, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """第七条 招聘和录用"""
        return " ".join(part for part in (self.label, self.title) if part)

    @property
    def word(self) -> str:
        """What happened to it, in Chinese."""
        marks = "、".join(self.marks)
        if self.kind == "mark":
            return f"有{marks}"
        several = f" {len(self.edits)} 处" if len(self.edits) > 1 else ""
        return KINDS[self.kind] + several + (f"，有{marks}" if marks else "")


@dataclass
class _Part:
    """A part of then and where it stands now: from ``start`` to ``end``, or nowhere."""

    section: Section
    text: str
    start: int = -1
    end: int = -1
    change: ChangeKind | None = None
    edits: tuple[Edit, ...] = ()
    marks: list[str] = field(default_factory=list)

    @property
    def found(self) -> bool:
        return self.start >= 0

    def put(self, start: int) -> None:
        self.start, self.end = start, start + len(self.text)


def compare(then: Sequence[Section], seen: Seen, *, lines: bool = True) -> tuple[Change, ...]:
    """Every part that differs, in printed order.

    Args:
        then: the parts as they were issued.
        seen: the file.
        lines: whether paragraphs can be told apart in the file; not in a PDF.
    """
    parts = [
        _Part(one, one.text if lines else one.text.replace("\n", ""))
        for one in then
        if one.label not in (MARGINS, NOTES)
    ]
    end = "\n" if lines else ""
    stream = "".join(f"{piece.text}{end}" for piece in seen.pieces if piece.text)
    _place(parts, stream, lines)
    added = _judge(parts, stream)
    _look_at(parts, seen.pieces, len(end))
    rows = [(part.end, _change(part)) for part in parts if part.change or part.marks]
    return (*_merged(rows, added), *_loose(seen.pieces, parts), *_beside(then, seen))


# ------------------------------------------------------------------ where the parts stand


def _place(parts: Sequence[_Part], stream: str, lines: bool) -> None:
    """Give every part that stands unchanged, and in its order, its place."""
    framed = f"\n{stream}" if lines else stream
    found: dict[int, int] = {}
    for number, part in enumerate(parts):
        wanted = f"\n{part.text}" if lines else part.text
        at = framed.find(wanted) if part.text else -1
        if at >= 0 and framed.find(wanted, at + 1) < 0:
            found[number] = at
    for number in _longest(found, parts):
        parts[number].put(found[number])
    for number, part in enumerate(parts):
        if part.found or not part.text:
            continue
        low = max((one.end for one in parts[:number] if one.found), default=0)
        high = min((one.start for one in parts[number + 1 :] if one.found), default=len(stream))
        at = framed.find(f"\n{part.text}" if lines else part.text, low, high + lines)
        if at >= 0:
            part.put(at)
        elif number in found:
            part.change = "moved"


def _longest(found: dict[int, int], parts: Sequence[_Part]) -> list[int]:
    """Of the parts that stand in one place only, those in their order that hold the most text."""
    best: dict[int, tuple[int, list[int]]] = {}
    for number, at in found.items():
        weight, chain = max(
            (best[one] for one in best if found[one] + len(parts[one].text) <= at),
            default=(0, []),
            key=lambda pair: pair[0],
        )
        best[number] = (weight + len(parts[number].text), [*chain, number])
    return max(best.values(), default=(0, []), key=lambda pair: pair[0])[1]


def _judge(parts: Sequence[_Part], stream: str) -> list[tuple[int, Change]]:
    """Say what became of the parts that have no place, and give the text around them to them."""
    added: list[tuple[int, Change]] = []
    moved = [part.text for part in parts if part.change == "moved"]
    at, number = 0, 0
    while number <= len(parts):
        missing = []
        while number < len(parts) and not parts[number].found:
            missing.append(parts[number])
            number += 1
        end = parts[number].start if number < len(parts) else len(stream)
        left = stream[at:end]
        if missing:
            _share(missing, left, at)
        elif left and left not in moved:
            before = parts[number - 1].section if number else Section("开头", "", "")
            added.append((at, Change(before.label, before.title, "added", (("", _short(left)),))))
        if number < len(parts):
            at = parts[number].end
        number += 1
    return added


def _share(missing: Sequence[_Part], left: str, at: int) -> None:
    """Cut the text that stands where some parts stood, at their headings, and judge each."""
    for number, part in enumerate(missing):
        rest = missing[number + 1 :]
        size = len(part.text) if part.text and left.startswith(part.text) else _cut(left, rest)
        own, left = left[:size], left[size:]
        part.start, part.end = at, at + size
        at += size
        if own == part.text:
            continue
        if not own:
            part.change = part.change or "missing"
            part.edits = ((_short(part.text), ""),)
        else:
            part.change = "text"
            part.edits = tuple(_edits(part.text, own))


def _cut(left: str, rest: Sequence[_Part]) -> int:
    """Where the text of the next part begins that can be told by its first line."""
    for part in rest:
        heading = _heading(part)
        at = left.find(heading) if heading else -1
        if at > 0:
            return at
        if at == 0:
            return 0
    return len(left)


def _heading(part: _Part) -> str:
    head, mark, _ = part.section.text.partition("\n")
    return f"{head}{mark}" if part.text == part.section.text else head


# ------------------------------------------------------------------ numbers and marks


def _look_at(parts: Sequence[_Part], pieces: Sequence[Piece], gap: int) -> None:
    """Numbers that changed, and marks that were not there."""
    at = 0
    inside: dict[int, list[Piece]] = {}
    placed = [number for number, part in enumerate(parts) if part.end > part.start]
    for piece in pieces:
        home = next((number for number in placed if parts[number].start <= at < parts[number].end), None)
        if home is not None:
            inside.setdefault(home, []).append(piece)
        at += len(piece.text) + gap if piece.text else 0
    for number, part in enumerate(parts):
        held = inside.get(number, [])
        part.marks = list(
            dict.fromkeys(mark for piece in held for mark in piece.marks if mark not in part.section.marks)
        )
        now = numbers_of(held)
        if part.change is None and now != part.section.numbers:
            part.change = "number"
            part.edits = (_different_word(part.section.numbers, now),)


def _different_word(then: str, now: str) -> Edit:
    old, new = then.split(), now.split()
    at = next(
        (n for n, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]),
        min(len(old), len(new)),
    )
    return ("".join(old[at : at + 1]) or "没有编号", "".join(new[at : at + 1]) or "没有编号")


def _loose(pieces: Sequence[Piece], parts: Sequence[_Part]) -> Iterator[Change]:
    """Marks of the whole file, or where no part stands."""
    held = {mark for part in parts for mark in (*part.marks, *part.section.marks)}
    marks = tuple(dict.fromkeys(mark for piece in pieces for mark in piece.marks if mark not in held))
    if marks:
        yield Change(WHOLE, "", "mark", marks=marks)


def _beside(then: Sequence[Section], seen: Seen) -> Iterator[Change]:
    """Headers, footers and comments."""
    old = {one.label: one.text.splitlines() for one in then}
    for label, texts in aside(seen).items():
        gone = [text for text in old.get(label, []) if text not in texts]
        new = [text for text in texts if text not in old.get(label, [])]
        if gone or new:
            yield Change(label, "", "text", ((_short("；".join(gone)), _short("；".join(new))),))


# ------------------------------------------------------------------ how it is told


def _change(part: _Part) -> Change:
    return Change(
        part.section.label,
        part.section.title,
        part.change or "mark",
        part.edits,
        tuple(part.marks),
    )


def _merged(rows: list[tuple[int, Change]], added: list[tuple[int, Change]]) -> list[Change]:
    return [change for _, change in sorted([*rows, *added], key=lambda row: row[0])]


def _edits(then: str, now: str) -> Iterator[Edit]:
    """Every place where two texts differ; what stands close together as one, as far as it can be shown whole."""
    spans: list[tuple[int, int, int, int]] = []
    for op in compare_text(then, now):
        if op.tag == "equal":
            continue
        old, new, start, begin = op.old_end, op.new_end, op.old_at, op.new_at
        if spans:
            before = spans[-1]
            size = max(old - before[0], new - before[2]) + 2 * CONTEXT
            if start - before[1] <= CONTEXT and size <= LONGEST:
                start, _, begin, _ = spans.pop()
        spans.append((start, old, begin, new))
    for start, old, begin, new in spans:
        yield _window(then, start, old), _window(now, begin, new)


def _window(text: str, start: int, end: int) -> str:
    first, last = max(start - CONTEXT, 0), min(end + CONTEXT, len(text.rstrip("\n")))
    shown = _short(text[first : max(last, end)])
    return (
        ("…" if first else "") + shown + ("…" if last < len(text.rstrip("\n")) and shown[-1:] != "…" else "")
    )


def _short(text: str) -> str:
    shown = text.strip("\n").replace("\n", "↵")
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
