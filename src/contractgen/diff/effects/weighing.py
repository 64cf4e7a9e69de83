"""Words that came and went at a change, and how a negation before them turns them around."""

from __future__ import annotations

import re
from functools import lru_cache

from contractgen.diff.effects.edit import STOP, Edit, spans
from contractgen.diff.effects.rules import Words, rules
from contractgen.diff.effects.statement import LONGEST, Statement, part_begin, sentence_around
from contractgen.diff.tokens import CACHED

NEAR, ADJACENT = 12, 4  # characters between a negating word and what it negates
FOLLOWING = 2  # characters behind a modal word that tell what is owed
REACH = 12  # characters behind a ban in which what is forbidden begins


def swapped(edit: Edit, before: re.Pattern[str], after: re.Pattern[str], *, strict: bool) -> bool:
    """Whether words of the first kind gave way to some of the second: here, or within the sentence for longer words."""
    gone = [
        edit.old[start:end]
        for start, end in spans(before, edit.old)
        if edit.touches(start, end, new=False) and not (strict and _still_said(edit, start, end))
    ]
    if not gone:
        return False
    come = [
        edit.new[start:end] for start, end in spans(after, edit.new) if edit.touches(start, end, new=True)
    ]
    gone = [word for word in gone if edit.new_sentence.count(word) < edit.old_sentence.count(word)]
    if not gone:
        return False
    if any(edit.new_sentence.count(word) > edit.old_sentence.count(word) for word in come):
        return True
    if strict or all(len(word) == 1 for word in gone):
        return False
    others = {m[0] for m in after.finditer(edit.new_sentence) if len(m[0]) > 1}
    return any(edit.new_sentence.count(word) > edit.old_sentence.count(word) for word in others)


def _still_said(edit: Edit, start: int, end: int) -> bool:
    """Whether the word with what follows it only went to another place of the line: 应当回避."""
    said = edit.old[start : end + FOLLOWING]
    return not STOP.search(said) and edit.new.count(said) >= edit.old.count(said)


def favor_of(said: Statement, words: Words) -> int:
    """Whom a sentence favors, for words that come or go; what the employer may do is better done openly."""
    if said.actor == "employer" and said.modal == "option":
        return 1 if words.added == "stronger" else 0
    return said.favor


def delta_of(words: Words, edit: Edit) -> int:
    """How many more of the words stand at the change than before; 0 where the line as a whole says otherwise."""
    if not spans(words.pattern, edit.old) and not spans(words.pattern, edit.new):
        return 0
    here = _weight(words, edit, new=True) - _weight(words, edit, new=False)
    if not here:
        return 0
    line = _line_weight(words, edit.new) - _line_weight(words, edit.old)
    return here if here * line > 0 else 0


def _weight(words: Words, edit: Edit, *, new: bool) -> int:
    """How many of the words stand at the change; negated ones count the other way."""
    text, stretch = (edit.new, edit.op.new) if new else (edit.old, edit.op.old)
    end = edit.op.new_end if new else edit.op.old_end
    return sum(
        _sign(words, text, start, sure=new)
        for start, stop in spans(words.pattern, text)
        if (
            (stretch and edit.touches(start, stop, new=new))
            or (start >= end and edit.turned and not STOP.search(text, end, start))
        )
        and _weighs(words, text, start, stop)
    )


@lru_cache(maxsize=CACHED)
def _line_weight(words: Words, text: str) -> int:
    """How many of the words stand in a whole line."""
    return sum(
        _sign(words, text, start)
        for start, stop in spans(words.pattern, text)
        if _weighs(words, text, start, stop)
    )


def _weighs(words: Words, text: str, start: int, stop: int) -> bool:
    """Whether words weigh at all: not behind what makes them none, nor where what follows them does."""
    first = max(start - LONGEST, 0)
    if words.unless and words.unless.search(text, max(text.rfind("。", first, start) + 1, first), start):
        return False
    if words.added == "weaker":
        return not rules().wrongdoer.match(text, stop)
    return not (
        words.added == "stronger"
        and (
            rules().to_employer.match(text, stop) or _denied(text, stop)
        )  # 事先告知所在部门 is asked of the workers
    )


def _sign(words: Words, text: str, at: int, *, sure: bool = False) -> int:
    """1, or -1 behind a negation: 不得扣减 is no deduction, 无需书面 is no written form, 不以登记为条件 no condition.

    ``sure``: 0 where the ban stands in an earlier part and may not reach so far.
    """
    found = rules()
    if words.added == "weaker":
        if not words.absolute:
            return -1 if _negated(found.waiver, text, at, NEAR) else 1
        part = part_begin(text, at)
        if _negated(found.negator, text, at, NEAR) or found.far_negator.search(text, part, at):
            return -1
        if _banned(text, at):
            return 0 if sure and not bans(text[part:at]) else -1
        return 1
    if _negated(found.negator, text, at, ADJACENT):
        return 0 if bans(text[max(at - ADJACENT, 0) : at + 1]) else -1
    return 1


def _denied(text: str, at: int) -> bool:
    """Whether what is good is not given: 奖金当期不发."""
    end = STOP.search(text, at)
    return rules().denied.search(text, at, end.start() if end else len(text)) is not None


def _banned(text: str, at: int) -> bool:
    """Whether the last modal word before a place, in the same sentence, forbids."""
    found = [modal for modal, _ in rules().find_modals(text[sentence_around(text, at, at)[0] : at])]
    return bool(found) and found[-1] == "ban"


def _negated(negator: re.Pattern[str], text: str, at: int, reach: int) -> bool:
    """Whether a negating word stands before a place, in the same part."""
    begin = max(part_begin(text, at), at - reach)
    return any(match.start() < at for match in negator.finditer(text, begin, at + NEAR))


def bans(text: str) -> int:
    """How often a text forbids."""
    return sum(modal == "ban" for modal, _ in rules().find_modals(text))


def nays(text: str) -> int:
    """How often a text denies or forbids, in whatever words: 不得扣减, 照发不扣, 不作事假处理; 告知后才能安排."""
    return len(rules().nay.findall(text))


def banned_acts(text: str, start: int = 0, end: int | None = None) -> set[str]:
    """The first characters of what is forbidden in a stretch, whoever is named between: 不得安排, 禁止用人单位安排."""
    found = rules()
    acts = set()
    for modal, at in found.find_modals(text):
        if modal == "ban" and start <= at < (len(text) if end is None else end):
            behind = found.ban.sub("", text[at : at + REACH], count=1)
            acts.add(found.actor.sub("", behind)[:2])
    return acts
