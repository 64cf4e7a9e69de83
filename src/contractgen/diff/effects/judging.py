"""Judging: each stretch that changed is held against the rules, whole sentences by what they say to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from contractgen.diff.changes import Change, Differences, Effect, Label
from contractgen.diff.effects.counting import Counting
from contractgen.diff.effects.directions import part_before
from contractgen.diff.effects.edit import Edit, spans
from contractgen.diff.effects.elsewhere import Elsewhere
from contractgen.diff.effects.evidence import (
    ANEW,
    CITED,
    COUNTED,
    GONE,
    STILL,
    by_loss,
    exchanged,
    hint,
    mixed,
    weighed,
)
from contractgen.diff.effects.moved import MOVED_LENGTH, Pool, bare, outside_titles, same_meaning
from contractgen.diff.effects.rules import Rule, Words, effect_of, rules
from contractgen.diff.effects.sentences import (
    doubtful,
    enumerations,
    parts,
    rule_of_sentence,
    sentences_in,
    whole_sentences,
)
from contractgen.diff.effects.statement import statement
from contractgen.diff.effects.weighing import banned_acts, bans, delta_of, favor_of, nays, swapped
from contractgen.diff.matter import Line
from contractgen.diff.tokens import tokenize

OPPOSITE: Mapping[Label, Label] = {"weaker": "stronger", "stronger": "weaker"}
OF_ITEMS = frozenset({"item-lost", "item-added", "alternative-added", "alternative-gone"})
RECAST = 0.5  # share of a line that must be as it was, for its items to be told one by one
ISSUED = re.compile(r"[（(][^（）()]*\d+年[^（）()]*(公布|发布|施行|修订|修正|通过|号)[^（）()]*[）)]")


def catalogue() -> tuple[Rule, ...]:
    """Every rule with its id, title and effect."""
    return rules().catalogue


def judge(differences: Differences) -> Differences:
    """The differences with the effects of each change."""
    judging = _Judging(differences)
    found = tuple(
        replace(one, changes=tuple(judging.judged(change, at) for change in one.changes))
        for at, one in enumerate(differences.sections)
    )
    return replace(differences, sections=found)


# ------------------------------------------------------------------ all changes


class _Judging:
    def __init__(self, differences: Differences) -> None:
        self.counting = Counting({**differences.new.standards, **differences.old.standards})
        changes = [change for section in differences.sections for change in section.changes]
        self.old_intros = _intros(change.old for change in changes)
        self.new_intros = _intros(change.new for change in changes)
        changes = [change for change in changes if change.kind not in ("same", "left")]
        self.came = Pool(text for change in changes for text in _stretches(change, new=True))
        self.went = Pool(text for change in changes for text in _stretches(change, new=False))
        self.elsewhere = Elsewhere(differences.sections)

    def judged(self, change: Change, section: int) -> Change:
        """The change with its effects."""
        if not change.counted or not change.edits:
            return change
        return replace(change, effects=tuple(dict.fromkeys(self._effects(change, section))))

    def _effects(self, change: Change, section: int) -> list[Effect]:
        old, new = change.old.text if change.old else "", change.new.text if change.new else ""
        old_intro = self.old_intros.get(change.old.position, "") if change.old else ""
        new_intro = self.new_intros.get(change.new.position, "") if change.new else ""
        if change.line.kind in ("row", "field") and change.kind in ("inserted", "deleted"):
            return [Effect("unclear", old=old, new=new)]
        found: list[Effect] = []
        for op in change.edits:
            edit = Edit(op, old, new, old_intro, new_intro)
            effects = list(self._of_edit(edit, change, section))
            found += effects or [Effect("unclear", old=op.old, new=op.new)]
        if change.old and change.new and _recast(change):
            found = [one for one in found if one.rule not in OF_ITEMS] or [
                Effect("unclear", old=old, new=new)
            ]
        return weighed(change, _consistent(found))

    # ---------------------------------------------------------------- one edit

    def _of_edit(self, edit: Edit, change: Change, section: int) -> Iterator[Effect]:
        plain = self._plain(edit)
        if plain is not None:
            yield plain
            return
        firm = [*self.counting.effects(edit, change), *self._swaps(edit, change), *self._modals(edit)]
        words = list(self._words(edit))
        found = _combined(words, exchanged(firm, words)) or list(enumerations(edit))
        whole = list(self._sentences(edit, found, section)) if whole_sentences(edit) else []
        again = self.elsewhere.resembles
        if (not edit.new and again(edit.old, section, new=False)) or _excused(edit.op.old):
            found = mixed(found)
        if not edit.old and again(edit.new, section, new=True):
            found = [hint(one, ANEW) if _weakens_by_words(one) else one for one in found]
        told = whole or _settled(found) or list(parts(edit))
        if len(edit.op.new) >= MOVED_LENGTH and doubtful(edit.op.new):
            gains = [one for one in told if one.rule in rules().told_by_words[True]]
            told = [one for one in told if one not in gains]
            told += [effect_of(rules().special["may-turn"], edit.op)] if gains else []
        yield from told if whole else self._without_rewritten(edit, told, section)

    def _without_rewritten(self, edit: Edit, found: Sequence[Effect], section: int) -> Iterator[Effect]:
        """Effects of what came or went alone; where it only stands reworded elsewhere, that."""
        op = edit.op
        if op.old and op.new and len(op.old) >= MOVED_LENGTH and self.came.holds(op.old):
            found = [one for one in found if not by_loss(one) and one.rule not in GONE]
        for text, new in ((op.old, False), (op.new, True)):
            echoes = [one for one in found if one.rule in rules().told_by_words[new]]
            whole = text.endswith(("。", "；"))
            again = new and not edit.old and self.elsewhere.rewrites(text, section)
            if again:
                echoes = [one for one in found if one.label == "stronger"]
            if echoes and (again or self.elsewhere.holds(text, section, new=new, whole=whole)):
                found = [one for one in found if one not in echoes]
                found.append(effect_of(rules().special["text-rewritten"], op))
        yield from found

    def _plain(self, edit: Edit) -> Effect | None:
        """Changes without weight: numbers of articles, other words for the same, words that only moved."""
        op = edit.op
        special = rules().special
        cites = op.tag == "replace" or "《" in op.old + op.new
        kinds = {token.kind for side in (op.old, op.new) for token in tokenize(side)} if cites else set()
        if op.tag == "replace" and kinds <= {"label"}:
            return effect_of(special["renumbered"], op)
        if same_meaning(op.old, op.new) or same_meaning(edit.old_sentence, edit.new_sentence):
            return effect_of(special["same-meaning"], op)
        if "title" in kinds and kinds <= {"title", "label"} | {"char"} and not outside_titles(op):
            return effect_of(special["citation-changed"], op)
        if op.tag != "replace" and ISSUED.fullmatch(op.old + op.new):
            return effect_of(special["citation-changed"], op)
        if op.tag == "delete" and len(op.old) >= MOVED_LENGTH and self.came.holds(op.old):
            return effect_of(special["text-moved"], op)
        if op.tag == "insert" and len(op.new) >= MOVED_LENGTH and self.went.holds(op.new):
            return effect_of(special["text-moved"], op)
        return None

    # ---------------------------------------------------------------- words

    def _swaps(self, edit: Edit, change: Change) -> Iterator[Effect]:
        op = edit.op
        if not op.old or not edit.new:
            return
        actor = edit.said.actor
        for swap in rules().swaps:
            if actor not in swap.actors:
                continue
            if swap.begins.keys().isdisjoint(edit.near):
                continue
            if swap.bound and self.counting.wanted(edit, change) != swap.bound:
                continue
            if swap.only is not None and not swap.only.search(edit.old_sentence + edit.new_sentence):
                continue
            if swapped(edit, swap.before, swap.after, strict=swap.strict):
                yield effect_of(swap.weaker, op)
            elif swapped(edit, swap.after, swap.before, strict=swap.strict):
                yield effect_of(swap.stronger, op)

    def _words(self, edit: Edit) -> Iterator[Effect]:
        for words in rules().words:
            if words.begins.keys().isdisjoint(edit.near):
                continue
            delta = delta_of(words, edit)
            favor = 1 if words.absolute else favor_of(edit.said, words)
            if not delta or not favor or (words.not_for and words.not_for.search(edit.op.old)):
                continue
            label = words.added if (delta > 0) == (favor > 0) else OPPOSITE[words.added]
            effect = effect_of(words.weaker if label == "weaker" else words.stronger, edit.op)
            if _still_there(words, edit, label):
                effect = hint(effect, STILL)
            elif "《" in edit.op.new and by_loss(effect):
                effect = hint(effect, CITED)
            yield effect

    def _modals(self, edit: Edit) -> Iterator[Effect]:
        """A ban that went or came, where no other modal word stands for it."""
        special = rules().special
        old, new = bans(edit.op.old), bans(edit.op.new)
        if old == new or (old > new and edit.op.new.endswith(rules().only_then)):
            return
        if old > new and banned_acts(edit.old, edit.op.old_at, edit.op.old_end) <= banned_acts(edit.new):
            return
        if old > new and edit.op.new.strip("，") in rules().joints and _forbidden(edit.new, edit.op.new_at):
            return  # 不得拒绝录用，不得提高标准; 不得拒绝录用或者提高标准
        if new > old and banned_acts(edit.new, edit.op.new_at, edit.op.new_end) <= banned_acts(edit.old):
            return
        before = statement(edit.old, _ban_at(edit.op.old, edit.op.old_at), edit.old_intro)
        after = statement(edit.new, edit.op.new_at + 1 if edit.op.new else edit.op.new_at, edit.new_intro)
        said = before if old > new else after
        worker = "worker-" if said.actor == "worker" else ""
        effect = effect_of(special[f"{worker}ban-{'lost' if old > new else 'added'}"], edit.op)
        said_no, says_no = nays(edit.old_sentence), nays(edit.new_sentence)
        still = says_no >= said_no if old > new else said_no >= says_no
        yield hint(effect, STILL) if still and effect.rule != "worker-ban-added" else effect

    # ---------------------------------------------------------------- sentences and parts

    def _sentences(self, edit: Edit, found: Sequence[Effect], section: int) -> Iterator[Effect]:
        """Whole sentences that came or went, by what they say to whom; what stands beside moved ones keeps its own."""
        for new in (False, True):
            intro = edit.new_intro if new else edit.old_intro
            sentences = list(sentences_in(edit, new=new))
            moved = [one for one in sentences if (self.went if new else self.came).holds(one)]
            if moved:
                yield effect_of(rules().special["text-moved"], edit.op)
            for sentence in sentences:
                if sentence in moved:
                    continue
                if new and (
                    bad := [one for one in found if one.rule in rules().decisive and one.label == "weaker"]
                ):
                    yield from bad
                    continue
                name = rule_of_sentence(sentence, intro, new=new)
                rule = rules().special[name] if name else None
                gain = new and rule is not None and rule.effect == "stronger"
                if gain and self.elsewhere.grants_again(sentence, section):
                    limits = [one for one in found if one.label == "weaker"]
                    yield from limits or [effect_of(rules().special["may-turn"], edit.op)]
                    continue
                if rule and (not new or rule.effect == "stronger"):
                    if self.elsewhere.holds(sentence, section, new=new) or (
                        new and self.elsewhere.rewrites(sentence, section)
                    ):
                        rule = rules().special["text-rewritten"]
                    elif new and doubtful(sentence):
                        rule = rules().special["may-turn"]
                    elif self.elsewhere.resembles(sentence, section, new=new):
                        yield hint(effect_of(rule, edit.op), ANEW)
                        continue
                if rule:
                    yield effect_of(rule, edit.op)
                elif moved:
                    yield from found or (Effect("unclear", old=edit.op.old, new=edit.op.new),)


# ------------------------------------------------------------------ helpers of the rules


def _excused(stretch: str) -> bool:
    """Whether what let the employer do otherwise went."""
    return rules().excused.match(stretch.lstrip("，。；")) is not None


def _weakens_by_words(effect: Effect) -> bool:
    """Whether it weakens, and no number nor any rule that decides says so."""
    return effect.label == "weaker" and effect.rule not in COUNTED | rules().decisive


def _forbidden(text: str, at: int) -> bool:
    """Whether a ban stands before a place in its part of the sentence."""
    return bans(part_before(text, at)) > 0


def _ban_at(stretch: str, begin: int) -> int:
    """Where in the line the first ban of a stretch stands; behind its beginning where it has none."""
    ban = next((at for modal, at in rules().find_modals(stretch) if modal == "ban"), 0)
    return begin + ban + 1 if stretch else begin


def _still_there(words: Words, edit: Edit, label: Label) -> bool:
    """Whether words gave way to others, and one of their kind stands in the sentence before and after.

    Bad words count where they were forbidden and others of their kind still stand: 不得从工资中扣除, 不得在工资中扣除.
    """
    if edit.op.tag != "replace":
        return False
    if words.added == "weaker" and (label == "stronger" or _comes(words, edit)):
        return False
    sentence = edit.new_sentence if label == "weaker" else edit.old_sentence
    return words.pattern.search(sentence) is not None


def _comes(words: Words, edit: Edit) -> bool:
    """Whether any of the words stand at the change now."""
    return any(edit.touches(*span, new=True) for span in spans(words.pattern, edit.new))


def _recast(change: Change) -> bool:
    """Whether most of a line was written anew."""
    kept = sum(len(op.old) for op in change.ops if op.tag == "equal")
    shorter = min(sum(len(op.old) for op in change.ops), sum(len(op.new) for op in change.ops))
    return kept < RECAST * shorter


def _combined(words: Sequence[Effect], firm: Sequence[Effect]) -> list[Effect]:
    """Effects of one stretch: a plain gain or loss such as a waiver decides, else the firmer rules do."""
    strong = {one.label for one in words if one.rule in rules().decisive}
    labels = {one.label for one in firm if one.label in ("weaker", "stronger")}
    decided = strong if len(strong) == 1 else labels if len(labels) == 1 else set()
    found = [*firm, *words]
    if decided == {"weaker"} == strong:
        return [one for one in found if one.label == "weaker"]
    if decided != {"weaker"}:
        return found  # what weakens is never hidden behind a gain
    return [*firm, *(one for one in words if one.label == "weaker")]


def _consistent(found: Sequence[Effect]) -> list[Effect]:
    """The effects without those that are none beside a graver one: choice that came where a ban went is no gain."""
    named = {one.rule for one in found}
    hidden = {rule for beside, hides in rules().hides if beside & named for rule in hides}
    return [one for one in found if one.rule not in hidden]


def _settled(found: Sequence[Effect]) -> list[Effect]:
    """Effects of one stretch without those that only echo a stronger rule."""
    if any(one.label == "weaker" for one in found):
        return [one for one in found if one.label != "unclear"]
    return list(found)


def _stretches(change: Change, *, new: bool) -> Iterator[str]:
    for op in change.edits:
        text = op.new if new else op.old
        if len(text) >= MOVED_LENGTH:
            yield bare(text)


def _intros(lines: Iterable[Line | None]) -> dict[int, str]:
    """For each item the text of the paragraph above its list."""
    found: dict[int, str] = {}
    intro = ""
    for line in lines:
        if line is None:
            continue
        if line.kind == "paragraph":
            intro = line.text
        elif line.kind == "item":
            found[line.position] = intro
        elif line.kind == "heading":
            intro = ""
    return found
