"""The rules of clauses/effects.yaml: which words count for whom, and every rule with its id and title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

from contractgen.diff.changes import Effect, Label
from contractgen.diff.matter import Standard
from contractgen.diff.tokens import Op
from contractgen.files import data_folder, load_data, wrong_form
from contractgen.findings import InputError

FILE = "effects.yaml"
Actor = Literal["employer", "union", "worker", "everyone", ""]
Modal = Literal["duty", "ban", "option", ""]


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of the catalogue."""

    id: str
    title: str
    effect: Label


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Two rules that look for words which come or go.

    ``added`` is what they do when they come; ``unless``: not behind one of these in a sentence; ``not_for``: not in place
    of one of these; ``absolute``: to whomever the sentence speaks; ``begins``: the words, or how they begin, and how far they may reach.
    """

    weaker: Rule
    stronger: Rule
    added: Label
    absolute: bool
    pattern: re.Pattern[str]
    begins: Mapping[str, int]
    unless: re.Pattern[str] | None
    not_for: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Swap:
    """Two rules that look for one word in place of another; ``only`` where one of these stands in the sentence.

    ``strict``: at the same place of the text, not somewhere else in the sentence; ``begins``: the words, or how they begin, and how far they may reach.
    ``bound``: only beside a number of which more (floor) or less (cap) is better.
    """

    weaker: Rule
    stronger: Rule
    actors: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    begins: Mapping[str, int]
    only: re.Pattern[str] | None
    strict: bool
    bound: Literal["floor", "cap", ""]


def any_of(words: Sequence[str], patterns: Sequence[str] = (), begins: Sequence[str] = ()) -> re.Pattern[str]:
    """A pattern for the longest of these words, and for what the patterns say, which begin with one of ``begins``."""
    found = "|".join((*patterns, *map(re.escape, sorted(words, key=len, reverse=True))))
    firsts = "".join(sorted({re.escape(word[0]) for word in (*words, *begins)}))
    return re.compile(f"(?=[{firsts}])(?:{found})" if patterns else found)


UNABLE = re.compile(r"[^，。；：]*(?:的|时)[，；：]")  # 不能 in a condition
GAP = 24  # characters that a pattern may span


@dataclass(frozen=True)
class Rules:
    """The file, ready to be used."""

    data: Mapping[str, Any]

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """Every name of somebody, and on which side they stand."""
        return {word: side for side, words in self.data["actors"].items() for word in words}

    @cached_property
    def actor(self) -> re.Pattern[str]:
        """Finds somebody."""
        return any_of(tuple(self.actors))

    @cached_property
    def by_worker(self) -> re.Pattern[str]:
        """Finds that a worker is to do something: 由女职工."""
        return any_of([f"由{word}" for word, side in self.actors.items() if side == "worker"])

    @cached_property
    def modals(self) -> Mapping[str, Modal]:
        """Every word for what is owed, forbidden or allowed."""
        return {word: kind for kind, words in self.data["modals"].items() for word in words}

    @cached_property
    def _modal(self) -> re.Pattern[str]:
        return any_of((*self.modals, *self.data["no_modals"]))

    @cached_property
    def ban(self) -> re.Pattern[str]:
        """Finds a word that forbids."""
        return any_of(self.data["modals"]["ban"])

    def find_modals(self, text: str) -> Iterator[tuple[Modal, int]]:
        """Each word for what is owed, forbidden or allowed, and where it stands; 相应 and 可能 are none, nor is 不能说明的."""
        for match in self._modal.finditer(text):
            if match[0] in self.modals and not (match[0] == "不能" and UNABLE.match(text, match.end())):
                yield self.modals[match[0]], match.start()

    @cached_property
    def not_subject(self) -> tuple[str, ...]:
        """Words behind which somebody is no subject."""
        return tuple(self.data["not_subject"])

    @cached_property
    def negator(self) -> re.Pattern[str]:
        """Finds what turns the words behind it around."""
        return any_of(self.data["negators"])

    @cached_property
    def far_negator(self) -> re.Pattern[str]:
        """Finds what turns all words behind it around, up to the end of the part."""
        return any_of(self.data["far_negators"])

    @cached_property
    def wrongdoer(self) -> re.Pattern[str]:
        """Finds whoever did wrong to workers."""
        return any_of(self.data["wrongdoers"])

    @cached_property
    def addressee(self) -> tuple[str, ...]:
        """Words behind which somebody is only told."""
        return tuple(self.data["addressees"])

    @cached_property
    def owned(self) -> tuple[str, ...]:
        """Words behind somebody who is no subject but has these."""
        return tuple(self.data["owned"])

    @cached_property
    def also(self) -> tuple[str, ...]:
        """Words between a worker and what she may do."""
        return tuple(self.data["also"])

    @cached_property
    def joints(self) -> frozenset[str]:
        """What joins two acts under one ban."""
        return frozenset(self.data["joints"])

    @cached_property
    def earned(self) -> tuple[str, ...]:
        """Words before an amount that must be reached first."""
        return tuple(self.data["earned"])

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """What nobody needs to do for a right that comes of itself."""
        return tuple(self.data["asked"])

    @cached_property
    def denied(self) -> re.Pattern[str]:
        """Finds, behind what is good for the workers, that they do not get it."""
        return any_of(self.data["denied"])

    @cached_property
    def again(self) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        """Finds the words that grant something, what is granted, and words that refer to it."""
        data = self.data["again"]
        return any_of(data["grants"]), any_of(data["things"]), any_of(data["references"])

    @cached_property
    def automatic(self) -> re.Pattern[str]:
        """Finds that a right needs no application."""
        return any_of(self.data["automatic"])

    @cached_property
    def nay(self) -> re.Pattern[str]:
        """Finds what denies or forbids, in whatever words."""
        return any_of(self.data["nays"])

    @cached_property
    def only_then(self) -> tuple[str, ...]:
        """What allows only after something was done."""
        return tuple(self.data["only_then"])

    @cached_property
    def waiver(self) -> re.Pattern[str]:
        """Finds what turns a condition around."""
        return any_of(self.data["waivers"])

    @cached_property
    def entitled(self) -> re.Pattern[str]:
        """Finds a right without a modal word."""
        return any_of(self.data["entitled"])

    @cached_property
    def not_entitled(self) -> re.Pattern[str]:
        """Finds that there is no right, or one that must be earned."""
        return any_of(self.data["not_entitled"])

    @cached_property
    def excused(self) -> re.Pattern[str]:
        """Finds, where a sentence begins, what lets the employer do otherwise."""
        return any_of(self.data["excused"])

    @cached_property
    def worker_act(self) -> re.Pattern[str]:
        """Finds what a worker does."""
        return any_of(self.data["worker_acts"])

    @cached_property
    def employer_act(self) -> re.Pattern[str]:
        """Finds what only an employer does."""
        return any_of(self.data["employer_acts"])

    @cached_property
    def worker_option(self) -> re.Pattern[str]:
        """Finds what only workers choose to do."""
        return any_of(self.data["worker_options"])

    @cached_property
    def use(self) -> re.Pattern[str]:
        """Finds what a worker does with a leave."""
        return any_of(self.data["uses"])

    @cached_property
    def doubtful(self) -> re.Pattern[str]:
        """Finds what may be worth less than what it stands for."""
        return any_of(self.data["doubtful"])

    @cached_property
    def risky(self) -> re.Pattern[str]:
        """Finds what may turn a duty or a right against the workers."""
        return any_of(self.data["risky"])

    @cached_property
    def granted(self) -> re.Pattern[str]:
        """Finds what a ban would keep from them."""
        return any_of(self.data["granted"])

    @cached_property
    def benefit(self) -> re.Pattern[str]:
        """Finds what is good for the workers."""
        return any_of(self.data["benefits"])

    @cached_property
    def burden(self) -> re.Pattern[str]:
        """Finds what is asked of them."""
        return any_of(self.data["burdens"])

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """The rules that look for words."""
        return tuple(
            Words(
                _rule(one["weaker"], "weaker"),
                _rule(one["stronger"], "stronger"),
                one["added"],
                bool(one.get("absolute")),
                any_of(one["words"], one.get("patterns", ()), one.get("begins", ())),
                {word: len(word) for word in one["words"]} | dict.fromkeys(one.get("begins", ()), GAP),
                any_of(one["unless"]) if one.get("unless") else None,
                any_of(one["not_for"]) if one.get("not_for") else None,
            )
            for one in self.data["words"]
        )

    @cached_property
    def decisive(self) -> frozenset[str]:
        """The rules that are told whatever else a sentence says, with their opposites."""
        entries = [one for one in (*self.data["words"], *self.data["swaps"]) if one.get("decides")]
        return frozenset(one[side]["id"] for one in entries for side in ("weaker", "stronger"))

    @cached_property
    def hides(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """Rules that are not told, behind those beside which they are not."""
        return tuple((frozenset(one["beside"]), frozenset(one["not_told"])) for one in self.data["hides"])

    @cached_property
    def comes(self) -> Mapping[str, re.Pattern[str]]:
        """For each rule that finds a loss by words, what must have come for it."""
        found = {one.weaker.id: one.pattern for one in self.words}
        return found | {one.weaker.id: one.after for one in self.swaps}

    @cached_property
    def to_employer(self) -> re.Pattern[str]:
        """Finds that something is owed to the employer: behind 书面, 事先 or 告知."""
        names = any_of([word for word, side in self.actors.items() if side == "employer"])
        return re.compile(f"(?:告知|通知|报告|报|向)?(?:{names.pattern})")

    @cached_property
    def at_once(self) -> re.Pattern[str]:
        """Finds what is more prompt than any deadline."""
        return next(one.pattern for one in self.words if one.weaker.id == "prompt-word-lost")

    @cached_property
    def swaps(self) -> tuple[Swap, ...]:
        """The rules that look for one word in place of another."""
        return tuple(
            Swap(
                _rule(one["weaker"], "weaker"),
                _rule(one["stronger"], "stronger"),
                frozenset(one.get("actors") or ("employer", "union", "worker", "everyone", "")),
                any_of(one["from"]),
                any_of(one["to"]),
                {word: len(word) for word in (*one["from"], *one["to"])},
                any_of(one["only"]) if one.get("only") else None,
                bool(one.get("strict")),
                one.get("bound", ""),
            )
            for one in self.data["swaps"]
        )

    @cached_property
    def begins(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """What these rules look for begins with these words and reaches so far, by the first two characters."""
        found: dict[str, dict[str, int]] = {}
        rules: tuple[Words | Swap, ...] = (*self.words, *self.swaps)
        for one in rules:
            for word, reach in one.begins.items():
                near = found.setdefault(word[:2], {})
                near[word] = max(reach, near.get(word, 0))
        return {first: tuple(words.items()) for first, words in found.items()}

    @cached_property
    def characters(self) -> frozenset[str]:
        """Those of one character."""
        return frozenset(word for word in self.begins if len(word) == 1)

    @cached_property
    def told_by_words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The rules that only say that words went, and those that only say that some came."""
        good = [one for one in self.words if one.added == "stronger"]
        went = {one.weaker.id for one in good} | {"part-lost", "item-lost", "duty-lost", "right-lost"}
        came = {one.stronger.id for one in good} | {"part-added", "item-added", "duty-added", "right-added"}
        return frozenset(went), frozenset(came)

    @cached_property
    def special(self) -> Mapping[str, Rule]:
        """The rules that count, and those about whole sentences."""
        return {name: Rule(name, one["title"], one["effect"]) for name, one in self.data["special"].items()}

    @cached_property
    def same(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        """Ways of saying the same: finds any of them, and the one word for each."""
        one_for = {
            word: "" if "" in group else f"\x00{number}\x00"
            for number, group in enumerate(self.data["same"])
            for word in group
            if word
        }
        return any_of(tuple(one_for)), one_for

    @cached_property
    def catalogue(self) -> tuple[Rule, ...]:
        """Every rule."""
        swaps = [rule for swap in self.swaps for rule in (swap.weaker, swap.stronger)]
        words = [rule for one in self.words for rule in (one.weaker, one.stronger)]
        return (*swaps, *words, *self.special.values())


def _rule(data: Mapping[str, str], effect: Label) -> Rule:
    return Rule(data["id"], data["title"], effect)


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules that come with the program."""
    path = data_folder("clauses") / FILE
    saved = load_data(path)
    found = Rules(saved)
    try:
        assert found.catalogue and found.same and found.data["numbers"]
    except (KeyError, TypeError, AttributeError) as fault:
        raise InputError(wrong_form(path, fault), hint="请用安装时所带的文件") from None
    return found


def effect_of(rule: Rule, op: Op, standard: Standard | None = None) -> Effect:
    """What a rule says of a stretch, with the standard that it touches."""
    return Effect(rule.effect, rule.id, rule.title, str(standard) if standard else "", op.old, op.new)
