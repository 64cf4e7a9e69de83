"""Which way a number is better for the workers; the words that tell it stand in clauses/effects.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from contractgen.diff.effects.numbers import Amount, amounts
from contractgen.diff.effects.rules import any_of, rules
from contractgen.diff.effects.statement import PARTS, Statement, part_begin, sentence_around

Direction = Literal[-1, 0, 1]
WAYS: dict[str, Direction] = {"more": 1, "less": -1, "unsure": 0}
USE_NEAR = 8  # characters behind a deadline in which the workers' use of it stands


@dataclass(frozen=True, slots=True)
class _Wordings:
    """The words beside a number."""

    contexts: tuple[tuple[re.Pattern[str], re.Pattern[str], Direction], ...]  # before, behind
    deadline: re.Pattern[str]  # behind, as are the next three
    before: re.Pattern[str]
    lasting: re.Pattern[str]
    within: re.Pattern[str]
    after: re.Pattern[str]
    ahead: re.Pattern[str]  # before, as are caps and floors
    cap: re.Pattern[str]
    floor: re.Pattern[str]
    use: re.Pattern[str]
    limit: re.Pattern[str]
    benefit: re.Pattern[str]


@lru_cache(maxsize=1)
def _wordings() -> _Wordings:
    data = rules().data["numbers"]
    return _Wordings(
        tuple(
            (re.compile(one["before"]), re.compile(one.get("behind", "")), WAYS[one["better"]])
            for one in data["contexts"]
        ),
        re.compile(data["deadline"]),
        re.compile(data["before"]),
        re.compile(data["lasting"]),
        re.compile(data["within"]),
        re.compile(data["after"]),
        re.compile(data["ahead"]),
        re.compile(f"(?:{any_of(data['caps']).pattern})$"),
        re.compile(f"(?:{any_of(data['floors']).pattern})[^，。；0-9]{{0,12}}$"),
        any_of(data["uses"]),
        any_of(data["limits"]),
        any_of(data["benefits"]),
    )


def part_before(text: str, at: int) -> str:
    """What stands before a place in its part of a sentence."""
    return text[part_begin(text, at) : at]


def is_deadline(text: str, amount: Amount) -> bool:
    """Whether something is to be done within a time: 3日内, 3日以前."""
    return amount.kind == "time" and _wordings().deadline.match(text[amount.end :]) is not None


def _doer(text: str, amount: Amount, said: Statement) -> Statement:
    """What is said, of a worker who is named right behind a deadline as the one who keeps it: 15日内，女职工出示凭证."""
    if amount.kind != "time":
        return said
    ends = _wordings().within.match(text[amount.end :])
    at = amount.end + ends.end() if ends else -1
    named = rules().actor.match(text, at + 1) if ends and text[at : at + 1] == "，" else None
    if named is None or rules().actors[named[0]] != "worker" or text.startswith("的", named.end()):
        return said
    return replace(said, actor="worker")


def ending(text: str, at: int) -> Literal["within", "after", ""]:
    """Whether the time right before a place is followed by 内 (within) or 后 (after); empty where by neither."""
    words = _wordings()
    for one in amounts(text):
        if one.kind == "time" and one.start <= at <= one.end + 2:
            if words.within.match(text[one.end :]):
                return "within"
            if words.after.match(text[one.end :]):
                return "after"
    return ""


CONDITION = re.compile(r"[^，。；]*的$")


def direction(text: str, amount: Amount, said: Statement) -> Direction:
    """1 where more is better for the workers, -1 where less is, 0 where a person must say."""
    before = part_before(text, amount.start)
    ends = [at for mark in PARTS if (at := text.find(mark, amount.end)) >= 0]
    after = text[amount.end : min(ends) if ends else len(text)]
    sentence = text[sentence_around(text, amount.start, amount.start)[0] : amount.start] + after
    words = _wordings()
    for pattern_before, pattern_behind, way in words.contexts:
        if pattern_before.search(before) and pattern_behind.search(after):
            return way
    if amount.kind == "time" and words.lasting.match(text, amount.end):
        return 1 if said.favor > 0 else 0
    said = _doer(text, amount, said)
    if is_deadline(text, amount) and not words.use.search(after, 0, USE_NEAR):
        if words.ahead.search(before) or words.before.match(after):
            return -1 if said.actor == "worker" else 1
        return 1 if said.actor == "worker" else -1
    if words.ahead.search(before) and amount.kind == "time":
        if (named := rules().actor.match(before)) and rules().actors[named[0]] == "worker":
            return -1  # 女职工至迟在休假前10个工作日提交
        return -1 if said.actor == "worker" else 1
    if words.cap.search(before):
        if CONDITION.match(after) and said.modal and not any(True for _ in rules().find_modals(sentence)):
            return 1 if said.actor == "employer" and said.favor > 0 else 0  # 不超过1小时的，应当同意
        allowed = said.modal == "option" and said.favor > 0 and words.use.search(sentence)
        return 1 if (allowed or words.benefit.search(sentence)) and not words.limit.search(sentence) else -1
    if said.favor < 0:
        return -1 if words.floor.search(before) else 0
    if words.floor.search(before) or words.benefit.search(sentence) or words.use.search(after):
        return 1
    return 0
