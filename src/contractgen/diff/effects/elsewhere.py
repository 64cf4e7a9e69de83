"""Words that went from one place and stand, reworded, in another: nobody gained or lost by them as far as can be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from contractgen.diff.changes import Change, SectionChange
from contractgen.diff.effects.numbers import Amount, amounts
from contractgen.diff.effects.rules import rules
from contractgen.diff.tokens import CACHED, numbers_in

COMMON = re.compile(r"用人单位|女职工|职工|公司|应当|不得|可以|的|[^\w]|\d")
HERE, ANYWHERE = (
    0.5,
    0.6,
)  # how much of the words of a sentence must stand in the same article, in another one
SPREAD = 0.35  # in the same article, where much more came than went: a paragraph that became a list
LIKE = 0.3  # in the same article, whatever became of numbers and duties: enough to ask a person
LIKE_ARTICLE = 0.15  # of an article that went, where another came
PART = 0.6  # of a part of a sentence
LEAST = 5  # pairs of characters from which words can be told from other words
Pairs = frozenset[tuple[str, str]]


@lru_cache(maxsize=CACHED)
def _pairs(text: str) -> Pairs:
    """The pairs of characters of a text, without words that stand in every article."""
    return frozenset().union(*(pairwise(part) for part in COMMON.split(text)))


def _modals(text: str) -> set[str]:
    return {modal for modal, _ in rules().find_modals(text)}


@dataclass(frozen=True)
class Pool:
    """All that came into an article, or went from it."""

    text: str

    @cached_property
    def pairs(self) -> Pairs:
        """Its pairs of characters."""
        return _pairs(self.text)

    @cached_property
    def numbers(self) -> set[str]:
        """Its numbers."""
        return numbers_in(self.text)

    @cached_property
    def modals(self) -> set[str]:
        """Whether it obliges, forbids, allows."""
        return _modals(self.text)

    def holds(self, pairs: Pairs, text: str, share: float) -> bool:
        """Whether it says much of the same, forbids where that forbids, and has the same numbers."""
        return (
            len(pairs & self.pairs) >= share * len(pairs)
            and numbers_in(text) <= self.numbers
            and ("ban" not in _modals(text) or "ban" in self.modals)
        )

    def like(self, text: str, share: float) -> bool:
        """Whether it says some of the same and is not much shorter."""
        pairs = _pairs(text)
        return 3 * len(self.text) >= len(text) and len(pairs & self.pairs) >= share * len(pairs)


def _earned(sentence: str, amount: Amount) -> bool:
    """Whether an amount is what must be reached first: 服务满二年."""
    return sentence[: amount.start].endswith(rules().earned)


SENTENCE = re.compile(r"[^。；\n]+")


class Elsewhere:
    """What came and what went, article by article."""

    def __init__(self, sections: Iterable[SectionChange]) -> None:
        given = tuple(sections)
        self.sections = [[change for change in section.changes if change.kind != "left"] for section in given]
        self.gone = [section.kind == "deleted" for section in given]
        self.new = [section.kind == "inserted" for section in given]

    def grants_again(self, sentence: str, section: int) -> bool:
        """Whether a sentence that came, with no number of its own, is about what the article grants already."""
        grants, things, references = rules().again
        if not grants.search(sentence) or any(not _earned(sentence, one) for one in amounts(sentence)):
            return False
        stood = "\n".join(one.old.text for one in self.sections[section] if one.old)
        return references.search(sentence) is not None or any(
            one[0] in stood for one in things.finditer(sentence)
        )

    @cached_property
    def came(self) -> list[Pool]:
        """What came into each article."""
        return [Pool("\n".join(_stretches(one, new=True))) for one in self.sections]

    @cached_property
    def went(self) -> list[Pool]:
        """What went from it."""
        return [Pool("\n".join(_stretches(one, new=False))) for one in self.sections]

    def holds(self, text: str, section: int, *, new: bool, whole: bool = True) -> bool:
        """Whether what came (went) here stood (stands) reworded among what went (came)."""
        pairs = _pairs(text)
        if len(pairs) < LEAST:
            return False
        pools = self.went if new else self.came
        spread = not new and len(self.came[section].text) >= 2 * len(self.went[section].text)
        if pools[section].holds(pairs, text, (SPREAD if spread else HERE) if whole else PART):
            return True
        return whole and any(pool.holds(pairs, text, ANYWHERE) for pool in pools)

    def resembles(self, text: str, section: int, *, new: bool) -> bool:
        """Whether what came (went) may mean what went from (came into) the same article, or an article in its place."""
        pools, mine, theirs = (self.went, self.new, self.gone) if new else (self.came, self.gone, self.new)
        others = [pool for pool, its in zip(pools, theirs, strict=True) if its] if mine[section] else []
        return pools[section].like(text, LIKE) or any(pool.like(text, LIKE_ARTICLE) for pool in others)

    @cached_property
    def lost(self) -> list[tuple[int, Pairs]]:
        """The sentences that went, with the article in which they stood."""
        found = [
            (at, _pairs(one[0])) for at, pool in enumerate(self.went) for one in SENTENCE.finditer(pool.text)
        ]
        return [(at, pairs) for at, pairs in found if len(pairs) >= LEAST]

    def rewrites(self, text: str, section: int) -> bool:
        """Whether a sentence that came is one that went, from here or with its whole article, in other words."""
        pairs = _pairs(text)
        return any(
            (at == section or self.gone[at]) and len(one & pairs) >= HERE * len(one) for at, one in self.lost
        )


def _stretches(changes: Iterable[Change], *, new: bool) -> Iterator[str]:
    for change in changes:
        yield from (op.new if new else op.old for op in change.edits)
