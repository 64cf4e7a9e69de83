"""How much a change proves: what came, and a number, decide; what only went from a text written anew is a hint for a person.

A careful editor says the same in other words and in another order: words go, and their meaning stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from contractgen.diff.changes import Change, Effect
from contractgen.diff.effects.moved import bare, same_meaning
from contractgen.diff.effects.rules import rules

REWORDED = 4  # edits of one line that change more than the script, from which words may have gone without their meaning
RECAST = 5  # and from which one kind of words may have come without any new meaning
TELLING = 3  # characters that went, from which something may have gone with them
MAYBE = {"weaker": "可能削弱", "stronger": "可能增强"}
ANEW = "整段改写"
STILL = "同类的话还在"
CITED = "改成引用条文"
UNBOUND = "没有写明谁应当、谁不得"
EXCHANGED = "同一句里一段换成了另一段"
BETTER = "同一行也有增强的改动"
COUNT = "同时改了数值"
RATE = "周期缩短、每次的数值减少"
BOTH = "整句既有对职工有利的，也有不利的"
OTHERWISE = "同一行还有可能削弱、要由人判断的改动"
GONE = frozenset({"number-dropped", "deadline-dropped"})
COUNTED = frozenset({"more-of-minimum", "less-of-maximum", "less-of-minimum", "more-of-maximum"})


def hint(effect: Effect, why: str) -> Effect:
    """The same as something that a person must judge, with the reason."""
    if effect.label not in MAYBE:
        return effect
    title = f"{why}，{MAYBE[effect.label]}：{effect.title}"
    return replace(effect, label="unclear", title=title, maybe=effect.label)


def is_hint(effect: Effect) -> bool:
    """Whether it may weaken and was left to a person."""
    return effect.label == "unclear" and (effect.maybe == "weaker" or effect.rule == "number-changed")


def rewordings(change: Change) -> int:
    """In how many places a line was written anew."""
    if change.old is None or change.new is None:
        return 0
    return sum(not same_meaning(op.old, op.new) for op in change.edits)


def by_loss(effect: Effect) -> bool:
    """Whether a weakening lies only in what went: words that went, or a ban whose words are no longer forbidden."""
    if effect.label != "weaker":
        return False
    if effect.rule == "ban-lost" or effect.rule in rules().told_by_words[False]:
        return True
    comes = rules().comes.get(effect.rule)
    return comes is not None and not comes.search(effect.new)


def weighed(change: Change, found: Iterable[Effect]) -> list[Effect]:
    """The effects of a line, those without proof as hints; beside what may weaken nothing is called a gain."""
    places = rewordings(change)
    found = _losses_weighed(list(found), places)
    if any(one.label == "weaker" for one in found):
        return found
    if any(map(is_hint, found)) or any(map(_unknown_loss, found)):
        return [hint(one, OTHERWISE) if one.label == "stronger" else one for one in found]
    if places >= RECAST:
        return [hint(one, ANEW) if one.rule not in COUNTED else one for one in found]
    return found


def _losses_weighed(found: list[Effect], places: int) -> list[Effect]:
    """What weakens, with proof; a single kind of words proves nothing in a line that is all new."""
    if places >= REWORDED:
        found = [hint(one, ANEW) if by_loss(one) else one for one in found]
    elif any(one.rule == "number-changed" for one in found):
        found = [hint(one, COUNT) if by_loss(one) or one.rule in GONE else one for one in found]
    if any(one.label == "stronger" for one in found):
        found = [hint(one, BETTER) if _may_be_replaced(one) else one for one in found]
    if {"oftener", "less-of-minimum"} <= {one.rule for one in found}:
        found = [hint(one, RATE) if one.rule == "less-of-minimum" else one for one in found]
    weaker = {one.rule for one in found if one.label == "weaker"}
    if places >= RECAST and len(weaker) == 1 and not weaker & (rules().decisive | COUNTED):
        found = [hint(one, ANEW) if one.label == "weaker" else one for one in found]
    return found


def _unknown_loss(effect: Effect) -> bool:
    """Whether words went of which no rule says what they did, or a duty gave way to what is no duty."""
    if effect.label == "stronger":
        return _obliges(effect.old) and bool(effect.new) and not any(rules().find_modals(effect.new))
    return effect.label == "unclear" and not effect.rule and len(bare(effect.old)) >= TELLING


def _obliges(text: str) -> bool:
    return any(modal == "duty" for modal, _ in rules().find_modals(text))


def _may_be_replaced(effect: Effect) -> bool:
    """Whether the gain beside it may stand for what went; not for a whole sentence that was struck out."""
    struck = effect.rule in ("duty-lost", "right-lost") and not effect.new
    return (by_loss(effect) or effect.rule == "number-dropped") and not struck


def exchanged(firm: Iterable[Effect], words: Iterable[Effect]) -> list[Effect]:
    """What the firmer rules found; a number that went for a gain (不少于3次 for 由本人选定) is for a person to weigh."""
    gain = any(one.label == "stronger" for one in words)
    return [hint(one, EXCHANGED) if gain and one.rule == "number-dropped" else one for one in firm]


def mixed(found: Iterable[Effect]) -> list[Effect]:
    """The effects of a line that went, with its numbers, where another came for it: it may give as well as take."""
    return [hint(one, BOTH) if by_loss(one) or one.rule in GONE else one for one in found]
