"""Chinese legal tokens: numbers, 第十条, （一）, 百分之八十, 不少于, 应当 whole; else one character. And what changed between two texts.

A comparison of characters cuts 九十八→一百二十八 into 九→一百二; one of words needs a dictionary. Between the two
lies what a reviewer reads as one thing.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from contractgen.diff.words import words
from contractgen.document.numerals import CHINESE
from contractgen.law.numerals import NUMERAL

Kind = Literal[
    "number", "label", "title", "blank", "modal", "comparator", "period", "unit", "form", "latin", "char"
]
Tag = Literal["equal", "delete", "insert", "replace"]

STOPS = "，。；：！？、\n"  # what ends a part of a clause
ISLAND = 2  # characters that stay between two changes of one part without making them two changes
DIGITS = re.compile(rf"[0-9{CHINESE}]")


class Token(NamedTuple):
    """A piece of text that is changed whole or not at all."""

    text: str
    kind: Kind


class Op(NamedTuple):
    """A stretch of two texts that is equal, or was deleted, inserted or replaced."""

    tag: Tag
    old: str
    new: str
    old_at: int
    new_at: int

    @property
    def old_end(self) -> int:
        """Where the stretch ends in the old text."""
        return self.old_at + len(self.old)

    @property
    def new_end(self) -> int:
        """Where it ends in the new text."""
        return self.new_at + len(self.new)

    def behind(self, old: int, new: int) -> Op:
        """The same stretch behind so many characters of both texts."""
        return Op(self.tag, self.old, self.new, self.old_at + old, self.new_at + new)


# ------------------------------------------------------------------ tokens


CACHED = 2048  # texts whose tokens are kept: the rules of effect look at the same one again and again


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    found = words()
    longest = sorted(found.whole, key=len, reverse=True)
    number = rf"(?:[百千万]分之{NUMERAL}|{NUMERAL}分之{NUMERAL}|{NUMERAL}(?:%|‰)?(?:个半(?=[月天日年小工]))?|半数|半(?=[天日年月小个]))"
    date = rf"(?:[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日|[{CHINESE}]{{4}}年{NUMERAL}月{NUMERAL}日)"
    starts = {
        "〔",
        "＿",
        "《",
        "第",
        "附",
        "（",
        "(",
        "半",
        *CHINESE,
        *(word[0] for word in (*found.idioms, *longest)),
    }
    return re.compile(
        rf"(?P<run>[^A-Za-z0-9_.@:/+\-{re.escape(''.join(sorted(starts)))}]+)"  # what can begin nothing else
        r"|(?P<blank>〔[^〔〕]*〕|＿+)"
        r"|(?P<title>《[^《》]{1,60}》)"
        rf"|(?P<label>第[（(]?[{CHINESE}0-9]+[)）]?[条款项章节]|附件[{CHINESE}0-9]+|[（(][{CHINESE}0-9]{{1,3}}[)）])"
        rf"|(?P<idiom>{'|'.join(map(re.escape, found.idioms))})"
        rf"|(?P<whole>{'|'.join(map(re.escape, longest))})"
        rf"|(?P<number>{date}|{number})"
        r"|(?P<latin>[A-Za-z0-9_.@:/+\-]*[A-Za-z0-9])"
        r"|(?P<char>.)",
        re.DOTALL,
    )


@cache
def _character(text: str) -> Token:
    return Token(text, "char")


@lru_cache(maxsize=CACHED)
def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text; together they are the text."""
    whole = words().whole
    found: list[Token] = []
    for match in _pattern().finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind in ("run", "idiom"):
            found.extend(map(_character, piece))
        elif kind == "whole":
            found.append(Token(piece, whole[piece]))  # type: ignore[arg-type]
        else:
            found.append(Token(piece, kind))  # type: ignore[arg-type]
    return tuple(found)


def numbers_in(text: str) -> set[str]:
    """The numbers of a text, as they are written."""
    return {token.text for token in tokenize(text) if token.kind == "number"}


# ------------------------------------------------------------------ changes


def compare_text(old: str, new: str) -> tuple[Op, ...]:
    """What changed from one text to another, in tokens; equal and changed stretches in order, covering both texts."""
    if old == new:
        return (Op("equal", old, new, 0, 0),) if old else ()
    if not old or not new:
        return (Op("delete" if old else "insert", old, new, 0, 0),)
    one, other = tokenize(old), tokenize(new)
    head = _common(one, other)
    tail = _common(one[head:][::-1], other[head:][::-1])
    middle_one, middle_other = one[head : len(one) - tail], other[head : len(other) - tail]
    pairs = [(one[:head], other[:head])]
    pairs += _matched(middle_one, middle_other)
    pairs += [(one[len(one) - tail :], other[len(other) - tail :])]
    return tuple(_ops(_merged([pair for pair in pairs if pair[0] or pair[1]])))


Pair = tuple[tuple[Token, ...], tuple[Token, ...]]
MOST = (
    10_000_000  # pairs of tokens, about three thousand on either side, up to which all of them are compared
)
MOST_BETWEEN = 1_000_000  # and between two parts that are equal in longer texts
LONGEST_PART = 40  # tokens


def _matched(one: tuple[Token, ...], other: tuple[Token, ...]) -> Iterator[Pair]:
    """Stretches of tokens that are equal, or stand for each other."""
    if len(one) * len(other) <= MOST:
        yield from _all_compared(one, other)
        return
    at = to = 0
    for start, begin, length in _anchors(one, other):
        yield from _between(one[at:start], other[to:begin])
        at, to = start + length, begin + length
        yield one[start:at], other[begin:to]
    yield from _between(one[at:], other[to:])


def _all_compared(one: tuple[Token, ...], other: tuple[Token, ...]) -> Iterator[Pair]:
    words, others = ([token.text for token in side] for side in (one, other))
    matcher = difflib.SequenceMatcher(None, words, others, autojunk=False)
    yield from ((one[i1:i2], other[j1:j2]) for _, i1, i2, j1, j2 in matcher.get_opcodes())


def _between(one: tuple[Token, ...], other: tuple[Token, ...]) -> Iterator[Pair]:
    """What stands between two equal parts; a stretch that is too long for a comparison was replaced."""
    if one and other and len(one) * len(other) <= MOST_BETWEEN:
        yield from _all_compared(one, other)
    elif one or other:
        yield one, other


def _anchors(one: Sequence[Token], other: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    """Parts that stand in both texts equally often, in their order: where they stand, and how long they are."""
    here, there = _parts(one), _parts(other)
    pairs: dict[int, tuple[int, int]] = {}
    for part, places in here.items():
        others = there.get(part, ())
        if len(places) == len(others):
            pairs |= {at: (to, len(part)) for at, to in zip(places, others, strict=True)}
    for at in sorted(rising({at: to for at, (to, _) in pairs.items()})):
        yield (at, *pairs[at])


def _parts(tokens: Sequence[Token]) -> Mapping[tuple[Token, ...], list[int]]:
    """The parts of a text with the places where each stands."""
    found: dict[tuple[Token, ...], list[int]] = {}
    begin = 0
    for at, token in enumerate(tokens, start=1):
        if token.text in STOPS or at - begin == LONGEST_PART or at == len(tokens):
            found.setdefault(tuple(tokens[begin:at]), []).append(begin)
            begin = at
    return found


def rising(pairs: Mapping[int, int]) -> set[int]:
    """Of the first places of some pairs, those of the longest run that rises on both sides."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for one in sorted(pairs):
        at = bisect_left(tails, pairs[one])
        before[one] = ends[at - 1] if at else None
        if at == len(tails):
            tails.append(pairs[one])
            ends.append(one)
        else:
            tails[at] = pairs[one]
            ends[at] = one
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _common(one: Sequence[Token], other: Sequence[Token]) -> int:
    """How many tokens two sequences begin with together."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _merged(pairs: list[Pair]) -> list[Pair]:
    """Changes of one part of a clause that only a word apart as one change; never two numbers in one."""
    found: list[Pair] = []
    for position, pair in enumerate(pairs):
        before = found[-1] if found else None
        if (before is not None and _changed(before) and _changed(pair)) or (
            before is not None
            and position + 1 < len(pairs)
            and _changed(before)
            and _is_island(pair, before, pairs[position + 1])
        ):
            found[-1] = (before[0] + pair[0], before[1] + pair[1])
        else:
            found.append(pair)
    return found


def _changed(pair: Pair) -> bool:
    return pair[0] != pair[1]


def _is_island(island: Pair, before: Pair, after: Pair) -> bool:
    """Whether what stays between two changes is too little to make them two."""
    tokens = island[0]
    if _changed(island) or any(one.kind != "char" or one.text in STOPS for one in tokens):
        return False
    if any(_counts(side) for side in (*before, *after)):
        return False
    if len(tokens) == 1 and (_crossed(before, after) or _crossed(after, before)):
        return True  # 延续 -> 续延, 本人 -> 基本
    return len(tokens) <= ISLAND and all(before) and all(after)


def _crossed(one: Pair, other: Pair) -> bool:
    """Whether a little went on one side of an island and a little came on the other."""
    return not one[1] and not other[0] and max(len(one[0]), len(other[1])) <= ISLAND


def _counts(tokens: Sequence[Token]) -> bool:
    return any(one.kind in ("number", "label", "comparator", "modal") for one in tokens)


def _ops(pairs: Sequence[Pair]) -> Iterator[Op]:
    old_at = new_at = 0
    for one, other in pairs:
        old, new = "".join(t.text for t in one), "".join(t.text for t in other)
        tag: Tag = "equal" if old == new else "replace" if old and new else "delete" if old else "insert"
        yield Op(tag, old, new, old_at, new_at)
        old_at, new_at = old_at + len(old), new_at + len(new)


def joined(ops: Sequence[Op], side: Literal["old", "new"]) -> str:
    """One of the two texts."""
    return "".join(getattr(op, side) for op in ops)


def marked(ops: Sequence[Op]) -> str:
    """Both texts in one: ``[-98-]{+158+}天``."""
    return "".join(op.old if op.tag == "equal" else _mark(op) for op in ops)


def _mark(op: Op) -> str:
    return (f"[-{op.old}-]" if op.old else "") + (f"{{+{op.new}+}}" if op.new else "")


AROUND = 24  # characters of an equal stretch that stay beside a change


def abridged(ops: Sequence[Op], around: int = AROUND) -> tuple[Op, ...]:
    """The same with long equal stretches cut; what came or went is never cut. Without a change, all of it."""
    if all(op.tag == "equal" for op in ops):
        return tuple(ops)
    last = len(ops) - 1
    return tuple(
        _shortened(op, around if number else 0, around if number < last else 0) if op.tag == "equal" else op
        for number, op in enumerate(ops)
    )


def _shortened(op: Op, head: int, tail: int) -> Op:
    text = op.old
    if len(text) <= head + tail + len(ELLIPSIS):
        return op
    shown = f"{text[:head]}{ELLIPSIS}{text[len(text) - tail :]}"
    return Op("equal", shown, shown, op.old_at, op.new_at)


ELLIPSIS = "……"
