"""How much a change proves: what came, and a number, decide; what only went from a text written anew is a hint for a person.

A careful editor says the same in other words and in another order: words go, and their meaning stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from contractgen.diff.changes import Change, Effect
from contractgen.diff.effects.moved import same_meaning
from contractgen.diff.effects.rules import rules

REWORDED = 5  # edits of one line that change more than the script, from which it was written anew
MAYBE = {"weaker": "可能削弱", "stronger": "可能增强"}
ANEW = "整段改写"
STILL = "同类的话还在"
CITED = "改成引用条文"
UNBOUND = "没有写明谁应当、谁不得"
EXCHANGED = "同一句里一段换成了另一段"
OTHERWISE = "同一行有可能削弱的改动"
COUNTED = frozenset({"more-of-minimum", "less-of-maximum"})


def hint(effect: Effect, why: str) -> Effect:
    """The same as something that a person must judge, with the reason."""
    if effect.label not in MAYBE:
        return effect
    return replace(effect, label="unclear", title=f"{why}，{MAYBE[effect.label]}：{effect.title}")


def is_hint(effect: Effect) -> bool:
    """Whether it may weaken and was left to a person."""
    return effect.label == "unclear" and MAYBE["weaker"] in effect.title


def reworded(change: Change) -> bool:
    """Whether a line was written anew in many places."""
    if change.old is None or change.new is None or len(change.edits) < REWORDED:
        return False
    return sum(not same_meaning(op.old, op.new) for op in change.edits) >= REWORDED


def by_loss(effect: Effect) -> bool:
    """Whether a weakening lies only in what went: words that went, or a ban whose words are no longer forbidden."""
    if effect.label != "weaker":
        return False
    if effect.rule == "ban-lost" or effect.rule in rules().told_by_words[False]:
        return True
    words = next((one for one in rules().words if one.weaker.id == effect.rule), None)
    return words is not None and not words.pattern.search(effect.new)


def weighed(change: Change, found: Iterable[Effect]) -> list[Effect]:
    """The effects of a line, those without proof as hints; beside what may weaken nothing is called a gain."""
    found = list(found)
    if reworded(change):
        gains = (one.label == "stronger" and one.rule not in COUNTED for one in found)
        found = [
            hint(one, ANEW) if gain or by_loss(one) else one for one, gain in zip(found, gains, strict=True)
        ]
    if any(map(is_hint, found)) and all(one.label != "weaker" for one in found):
        found = [hint(one, OTHERWISE) if one.label == "stronger" else one for one in found]
    return found
