"""Who owes what in a sentence: the modal word that governs a place, its subject, and whom that favors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from contractgen.diff.effects.rules import Actor, Modal, rules
from contractgen.diff.tokens import CACHED


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence says at one place.

    ``favor``: 1 where it favors the workers (用人单位应当, 女职工可以), -1 where it burdens them, 0 unknown.
    """

    actor: Actor
    modal: Modal
    favor: int


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence (to 。 or ；) around a stretch begins and ends; one without an end is cut on both sides."""
    first, last = max(start - LONGEST, 0), min(end + LONGEST, len(text))
    begin = max(text.rfind(mark, first, start) for mark in "。；\n") + 1
    stop = STOP.search(text, max(end - 1, start), last)
    return max(begin, first), stop.end() if stop else last


STOP = re.compile(r"[。；\n]")
PARTS = "，。；：\n"  # what ends a part of a sentence


def part_begin(text: str, at: int) -> int:
    """Where the part of a sentence that a place belongs to begins."""
    first = max(at - LONGEST, 0)
    return max(first, *(text.rfind(mark, first, at) + 1 for mark in PARTS))


LONGEST = 600  # characters of a sentence on either side of what is looked at


@lru_cache(maxsize=CACHED)
def statement(text: str, at: int, intro: str = "") -> Statement:
    """What the sentence says at a place; ``intro`` is the line that a list item belongs to."""
    begin, end = sentence_around(text, at, at)
    sentence, place = text[begin:end], at - begin
    modal, where = _modal(sentence, place)
    actor = _subject(sentence, where, modal) if modal else _named(sentence, place)
    passive = modal and _passive(sentence, where)
    acts = modal and actor != "employer" and _acts(rules().employer_act, sentence, where)
    if passive or (acts and not _chooses(sentence, where, modal)):
        actor = "employer"  # 女职工申请的，可以安排夜班
    elif modal == "option" and _acts(rules().worker_option, sentence, where):
        actor = "worker"  # 用人单位设休息室，每班可以使用20分钟
    if not actor and modal:
        actor = _named(text[:begin], begin) if begin else ""
        if modal != "option" and actor != "employer":
            actor = ""
        if modal == "ban" and not actor and rules().use.search(sentence[where : where + USE_REACH]):
            actor = "worker"  # 育儿假不得与年休假连续使用
    if intro and not (modal and actor):
        above = statement(intro, len(intro))
        if not modal:
            return above
        actor = above.actor
    return Statement(actor, modal, _favor(actor, modal, sentence))


def statements(sentence: str) -> list[Statement]:
    """What a sentence says at each of its modal words."""
    return [statement(sentence, at) for _, at in rules().find_modals(sentence)]


def _modal(sentence: str, place: int) -> tuple[Modal, int]:
    """The nearest modal word before the place (or at it), else the first behind it."""
    before: tuple[Modal, int] = ("", 0)
    for modal, at in rules().find_modals(sentence):
        if at <= place:
            before = (modal, at)
        elif not before[0]:
            return modal, at
        else:
            break
    return before


def _subject(sentence: str, where: int, modal: Modal) -> Actor:
    """Who must or may: named in the part with the modal word, else whoever a part before begins with.

    A worker in a condition is no subject: 女职工提出申请的，应当批准; but 女职工怀孕的，应当提交证明.
    """
    *earlier, part = sentence[:where].split("，")
    if actor := _last(part):
        return actor
    for before in reversed(earlier):
        actor = _first(before)
        if actor == "worker" and before.endswith(CONDITIONS):
            if modal == "option":
                return "worker"
            acts = modal == "duty" and rules().worker_act.match(sentence[where:].lstrip("应当须必及时书面"))
            return "worker" if acts else "employer"
        if actor:
            return actor
    found = _last(sentence[:where])
    return found if found == "employer" or modal == "option" else ""


CONDITIONS = ("的", "时", "以后", "后")
ADVERBS = "应当可以必须得有权不及时优先书面予依法直接随"  # characters between a modal word and the verb


def _acts(verb: re.Pattern[str], sentence: str, where: int) -> bool:
    """Whether what must or may be done at a modal word is one of these: 安排, 批准, 扣发."""
    return verb.match(sentence[where : where + USE_REACH].lstrip(ADVERBS)) is not None


def _passive(sentence: str, where: int) -> bool:
    """Whether it is done to whoever stands before a modal word: 孕期女职工不得被裁减."""
    match = rules().ban.match(sentence, where)
    return match is not None and sentence.startswith("被", match.end())


def _chooses(sentence: str, where: int, modal: Modal) -> bool:
    """Whether a worker is named right before what may be done: 投诉人也可以要求其回避."""
    named = list(rules().actor.finditer(sentence, 0, where))
    if modal != "option" or not named or rules().actors[named[-1][0]] != "worker":
        return False
    return sentence[named[-1].end() : where] in ("", *rules().also)


def _last(text: str) -> Actor:
    """The last one named who is no object and owns nothing."""
    found = rules()
    last: Actor = ""
    for match in found.actor.finditer(text):
        before = text[: match.start()]
        acts = match.end() == len(text) and before.endswith("由")  # 由用人单位负责
        if text.startswith("被", match.end()):
            continue  # 主要负责人被投诉的，可以直接找职工方
        if acts or (not before.endswith(found.not_subject) and not text.startswith(found.owned, match.end())):
            last = found.actors[match[0]]
    return last


def _first(part: str) -> Actor:
    """The one with whom a part of a sentence begins."""
    match = rules().actor.search(part)
    if match is None or match.start() > OPENING or part.startswith("被", match.end()):
        return ""
    if part[: match.start()].endswith(rules().not_subject):
        return ""
    return rules().actors[match[0]]


USE_REACH = 14  # characters behind 不得 in which a use of a leave is what is forbidden
OPENING = 4  # characters such as 其他, 怀孕, 但 before the one with whom a part begins


def _named(sentence: str, place: int) -> Actor:
    """Without a modal word: the last one named before the place, else the first one."""
    if actor := _last(sentence[: max(place, 1)]):
        return actor
    for match in rules().actor.finditer(sentence):
        if not sentence[: match.start()].endswith(rules().addressee):
            return rules().actors[match[0]]
    return ""


def _favor(actor: Actor, modal: Modal, sentence: str) -> int:
    if actor == "everyone":
        return 0 if modal == "option" else 1
    if actor == "employer":
        return -1 if modal == "option" else 1
    if actor == "worker":
        return -1 if modal in ("duty", "ban") else 1
    if actor == "union":
        return 0 if modal in ("duty", "ban") else 1
    if modal in ("duty", "ban"):
        return 1
    return 1 if rules().entitled.search(sentence) else 0
