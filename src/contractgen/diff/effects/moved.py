"""The same words in another place, and other words for the same."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from contractgen.diff.effects.numbers import amounts
from contractgen.diff.effects.rules import rules
from contractgen.diff.tokens import CACHED, Op, tokenize
from contractgen.law.numerals import numeral

MOVED_ALIKE = 88  # percent
SILENT = 4  # characters and marks that can stand in one wording and mean nothing more than the other
MOVED_LENGTH = 6  # characters from which the same words elsewhere are the same words
MOST = 2_000_000  # pairs of characters up to which a text is looked for in other words in a long one
PUNCTUATION = re.compile(r"[，。；：、！？,.;:!?\s“”\"'（）()「」【】—\-]+")


@lru_cache(maxsize=CACHED)
def bare(text: str) -> str:
    """A text without its marks."""
    return PUNCTUATION.sub("", text)


class Pool:
    """Texts that came or went, in which words that only moved are found again."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(dict.fromkeys(texts))

    @cached_property
    def index(self) -> dict[tuple[str, str, str], set[int]]:
        """The texts that hold three characters."""
        found: dict[tuple[str, str, str], set[int]] = {}
        for number, text in enumerate(self.texts):
            for gram in _grams(text):
                found.setdefault(gram, set()).add(number)
        return found

    def holds(self, text: str) -> bool:
        """Whether the same words stand in one of them, or nearly the same with the same numbers and modal words."""
        mine = bare(text)
        if len(mine) < MOVED_LENGTH or not self.texts:
            return False
        grams = _grams(mine)
        shared = Counter(number for gram in grams for number in self.index.get(gram, ()))
        return any(
            mine in self.texts[number] or _moved(mine, self.texts[number])
            for number, count in shared.items()
            if count >= len(grams) / 2
        )


def _grams(text: str) -> set[tuple[str, str, str]]:
    return set(zip(text, text[1:], text[2:], strict=False))


def _moved(bare: str, other: str) -> bool:
    return (
        len(other) >= len(bare) - MOVED_LENGTH
        and len(bare) * len(other) <= MOST
        and fuzz.partial_ratio(bare, other, processor=None, score_cutoff=MOVED_ALIKE) > 0
        and _weights_of(bare) <= _weights_of(other)
    )


def _weights_of(text: str) -> set[str]:
    """What must not differ where words only moved."""
    return {
        token.text
        for token in tokenize(text)
        if token.kind in ("number", "modal", "comparator", "period", "form")
    }


def same_meaning(old: str, new: str) -> bool:
    """Whether two wordings differ in script, punctuation or other words for the same only."""
    if not (old and new) and len(old + new) > SILENT:
        return False
    return canonical(old) == canonical(new)


@lru_cache(maxsize=CACHED)
def canonical(text: str) -> str:
    """A text with one word for what can be said in several ways; numbers by their value."""
    flat = unicodedata.normalize("NFKC", text)
    pieces = []
    for token in tokenize(flat):
        if token.kind == "number":
            pieces.append(_value(token.text))
        elif token.kind != "char" or not PUNCTUATION.fullmatch(token.text):
            pieces.append(token.text)
    pattern, one_for = rules().same
    return pattern.sub(lambda match: one_for[match[0]], "".join(pieces))


def _value(text: str) -> str:
    found = next(iter(amounts(text)), None)
    if found is not None:
        return f"#{found.low if found.kind == 'share' else found.number}#"
    number = numeral(text)
    return text if number is None else f"#{number}#"


def outside_titles(op: Op) -> bool:
    """Whether a change reaches beyond titles of instruments and what stands between them."""
    rest = "".join(t.text for side in (op.old, op.new) for t in tokenize(side) if t.kind == "char")
    return bool(PUNCTUATION.sub("", rest).strip("和及与"))
