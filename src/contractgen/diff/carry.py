"""Numbers of the library found again in an edited text: the slot that a number stood in goes with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contractgen.diff.tokens import Op, compare_text, tokenize
from contractgen.document import Inline, Text, plain


def carry(reference: Sequence[Inline], text: str) -> tuple[Inline, ...]:
    """The text with the slots of the reference on whatever stands where their numbers stood.

    A slot whose place is gone is not in the result: whoever needs it asks which names are missing.
    """
    ops = compare_text(plain(reference), text)
    spans = []
    for name, start, end in _slots(reference):
        place = _place(ops, start, end, text)
        if place is not None:
            spans.append((*place, name))
    found: list[Inline] = []
    at = 0
    for start, end, name in sorted(spans):
        if start < at:
            continue
        found += [Text(text[at:start]), Text(text[start:end], value=name)]
        at = end
    found.append(Text(text[at:]))
    return tuple(one for one in found if one.text)


def _slots(reference: Sequence[Inline]) -> Iterable[tuple[str, int, int]]:
    at = 0
    for node in reference:
        if isinstance(node, Text) and node.value:
            yield node.value, at, at + len(node.text)
        at += len(node.text)


def _place(ops: Sequence[Op], start: int, end: int, text: str) -> tuple[int, int] | None:
    """Where the characters of a slot are now: equal ones where they went, replaced ones what stands for them."""
    left: int | None = None
    right = 0
    for op in ops:
        old_at, old_end, new_at, new_end = op.old_at, op.old_end, op.new_at, op.new_end
        if old_at >= end or old_end <= start:
            continue
        if op.tag == "equal":
            one, other = new_at + max(start - old_at, 0), new_end - max(old_end - end, 0)
        elif op.new:
            one, other = new_at, new_end
        else:
            continue
        left, right = one if left is None else left, other
    if left is None:
        return None
    return _number_in(text, left, right)


def _number_in(text: str, left: int, right: int) -> tuple[int, int] | None:
    """The number that stands in a stretch, with the unit behind it; None where there is none."""
    at = 0
    for token in tokenize(text):
        if token.kind == "number" and left <= at < right:
            return at, max(right, at + len(token.text)) if right - at <= len(token.text) + 4 else at + len(
                token.text
            )
        at += len(token.text)
    return None
