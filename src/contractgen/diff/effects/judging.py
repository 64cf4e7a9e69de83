"""Judging: each stretch that changed is held against the rules, whole sentences by what they say to whom."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from contractgen.diff.changes import Change, Differences, Effect, Label
from contractgen.diff.effects.elsewhere import Elsewhere
from contractgen.diff.effects.numbers import Amount, amounts, direction, periods
from contractgen.diff.effects.rules import Rule, Words, rules
from contractgen.diff.effects.statement import Statement, sentence_around, statement, statements
from contractgen.diff.matter import CELL_GAP, Line, Standard
from contractgen.diff.tokens import CACHED, Op, tokenize
from contractgen.law.numerals import numeral

MOVED_ALIKE = 88  # percent
MOVED_LENGTH = 6  # characters from which the same words elsewhere are the same words
OPPOSITE: Mapping[Label, Label] = {"weaker": "stronger", "stronger": "weaker"}
STRONG = frozenset(
    {
        "waiver",
        "sanction-added",
        "cost-shifted",
        "employer-decides",
        "burden-moved",
        "employer-cost-to-worker",
        "harm-added",
        "deemed-consent",
    }
)
ISSUED = re.compile(r"[（(][^（）()]*\d+年[^（）()]*(公布|发布|施行|修订|修正|通过|号)[^（）()]*[）)]")
ONLY_THEN = ("方可", "才可以", "才能", "方能")  # 经告知后，方可: no ban that went
PUNCTUATION = re.compile(r"[，。；：、！？,.;:!?\s“”\"'（）()「」【】—\-]+")


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


# ------------------------------------------------------------------ one stretch in its surroundings


@dataclass(frozen=True)
class Edit:
    """A stretch that changed, with the lines around it."""

    op: Op
    old: str  # the whole line
    new: str
    old_intro: str = ""  # the line that a list item belongs to
    new_intro: str = ""

    @cached_property
    def old_sentence(self) -> str:
        """The old sentence around the stretch."""
        begin, end = sentence_around(self.old, self.op.old_at, self.op.old_end)
        return self.old[begin:end]

    @cached_property
    def new_sentence(self) -> str:
        """The new one."""
        begin, end = sentence_around(self.new, self.op.new_at, self.op.new_end)
        return self.new[begin:end]

    @cached_property
    def said(self) -> Statement:
        """Who owed what before; what is said now where there was nothing."""
        before = statement(self.old, self.op.old_at, self.old_intro)
        after = statement(self.new, self.op.new_at, self.new_intro)
        return before if (before.actor or before.modal) and (before.favor or not after.favor) else after

    @cached_property
    def turned(self) -> bool:
        """Whether a negating word came or went, so that the words behind it mean the opposite now."""
        negator = rules().negator
        return any(
            self.touches(match.start(), match.end(), new=new)
            for new in (False, True)
            for match in negator.finditer(self.new if new else self.old)
        )

    @cached_property
    def near(self) -> frozenset[str]:
        """The words of the rules that begin near the change, or behind it where it turns them around."""
        begins, op = rules().begins, self.op
        found: set[str] = set()
        for line, start, end in ((self.old, op.old_at, op.old_end), (self.new, op.new_at, op.new_end)):
            stop = STOP.search(line, end) if self.turned else None
            last = end if not self.turned else stop.start() if stop else len(line)
            for at in range(max(start - rules().longest, 0), min(last + 1, len(line))):
                for word in begins.get(line[at], ()):
                    if line.startswith(word, at):
                        found.add(word)
        return frozenset(found)

    def touches(self, start: int, end: int, *, new: bool) -> bool:
        """Whether a stretch of the old or new line overlaps the change; beside it counts where nothing is left."""
        begin, stop = (self.op.new_at, self.op.new_end) if new else (self.op.old_at, self.op.old_end)
        return start < stop and begin < end if begin < stop else start < begin < end


# ------------------------------------------------------------------ all changes


class _Judging:
    def __init__(self, differences: Differences) -> None:
        self.standards: dict[str, Standard] = {**differences.new.standards, **differences.old.standards}
        changes = [change for section in differences.sections for change in section.changes]
        self.came = _Pool(text for change in changes for text in _stretches(change, new=True))
        self.went = _Pool(text for change in changes for text in _stretches(change, new=False))
        self.elsewhere = Elsewhere(differences.sections)
        self.old_intros = _intros(
            change.old for section in differences.sections for change in section.changes
        )
        self.new_intros = _intros(
            change.new for section in differences.sections for change in section.changes
        )

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
        return _consistent(found)

    # ---------------------------------------------------------------- one edit

    def _of_edit(self, edit: Edit, change: Change, section: int) -> Iterator[Effect]:
        plain = self._plain(edit)
        if plain is not None:
            yield plain
            return
        firm = [*self._numbers(edit, change), *self._swaps(edit, change), *self._modals(edit)]
        found = _combined(list(self._words(edit)), firm) or list(self._enumerations(edit))
        whole = list(self._sentences(edit, found, section)) if _whole_sentences(edit) else []
        told = whole or _settled(found) or list(self._parts(edit))
        yield from told if whole else self._without_rewritten(edit, told, section)

    def _without_rewritten(self, edit: Edit, found: Sequence[Effect], section: int) -> Iterator[Effect]:
        """Effects of what came or went alone; where it only stands reworded elsewhere, that."""
        op = edit.op
        if op.old and op.new and len(op.old) >= MOVED_LENGTH and self.came.holds(op.old):
            found = [one for one in found if not _by_loss(one, op)]
        for text, new in ((op.old, False), (op.new, True)):
            echoes = [one for one in found if one.rule in rules().told_by_words[new]]
            whole = text.endswith(("。", "；"))
            again = new and not edit.old and self.elsewhere.rewrites(text, section)
            if again:
                echoes = [one for one in found if one.label == "stronger"]
            if echoes and (again or self.elsewhere.holds(text, section, new=new, whole=whole)):
                found = [one for one in found if one not in echoes]
                found.append(_effect(rules().special["text-rewritten"], op))
        yield from found

    def _plain(self, edit: Edit) -> Effect | None:
        """Changes without weight: numbers of articles, other words for the same, words that only moved."""
        op = edit.op
        special = rules().special
        old_kinds, new_kinds = ({t.kind for t in tokenize(side)} for side in (op.old, op.new))
        if op.old and op.new and old_kinds | new_kinds <= {"label"}:
            return _effect(special["renumbered"], op)
        if same_meaning(op.old, op.new) or same_meaning(edit.old_sentence, edit.new_sentence):
            return _effect(special["same-meaning"], op)
        kinds = old_kinds | new_kinds
        if "title" in kinds and kinds <= {"title", "label"} | {"char"} and not _outside_titles(op):
            return _effect(special["citation-changed"], op)
        if op.tag != "replace" and ISSUED.fullmatch(op.old + op.new):
            return _effect(special["citation-changed"], op)
        if op.tag == "delete" and len(op.old) >= MOVED_LENGTH and self.came.holds(op.old):
            return _effect(special["text-moved"], op)
        if op.tag == "insert" and len(op.new) >= MOVED_LENGTH and self.went.holds(op.new):
            return _effect(special["text-moved"], op)
        return None

    # ---------------------------------------------------------------- numbers

    def _numbers(self, edit: Edit, change: Change) -> Iterator[Effect]:
        special = rules().special
        old = [one for one in amounts(edit.old) if edit.touches(one.start, one.end, new=False)]
        new = [one for one in amounts(edit.new) if edit.touches(one.start, one.end, new=True)]
        yield from self._periods(edit)
        yield from self._waits(edit)
        if len(old) == len(new):
            for one, other in zip(old, new, strict=True):
                yield from self._amount(edit, change, one, other)
        elif old and not new:
            if not _still(old[0], edit.old, edit.new):
                yield from self._dropped(edit, old[0])
        elif new and not old:
            if not _still(new[0], edit.new, edit.old):
                yield from self._set(edit, new[0])
        else:
            yield _effect(special["number-changed"], edit.op)

    def _amount(self, edit: Edit, change: Change, one: Amount, other: Amount) -> Iterator[Effect]:
        special = rules().special
        standard = self._standard(change, one, other)
        way = {"minimum": 1, "maximum": -1}.get(standard.bound, 0) if standard else None
        if way is None:
            way = direction(edit.old, one, statement(edit.old, one.start, edit.old_intro))
        more = other.compare(one)
        if more == 0 and one.kind == other.kind:
            return
        if not way or more is None:
            yield _effect(special["number-changed"], edit.op, standard)
            return
        better = more == way
        if way > 0:
            rule = special["more-of-minimum" if better else "less-of-minimum"]
        else:
            rule = special["less-of-maximum" if better else "more-of-maximum"]
        found = _effect(rule, edit.op, standard)
        yield replace(found, floor=f"{found.floor}（改后达不到）") if _falls_short(other, standard) else found

    def _standard(self, change: Change, one: Amount, other: Amount) -> Standard | None:
        """What the library holds this number against."""
        for line, amount in ((change.old, one), (change.new, other)):
            name = slot_at(line, amount.start, amount.end) if line else ""
            if name in self.standards:
                return self.standards[name]
        return None

    def _dropped(self, edit: Edit, one: Amount) -> Iterator[Effect]:
        special = rules().special
        deadline = one.kind == "time" and re.match(r"(之?内|以内|以?前|之前)", edit.old[one.end :])
        said = statement(edit.old, one.start, edit.old_intro)
        if said.actor == "worker" and said.favor < 0:
            yield _effect(special["worker-deadline-dropped"], edit.op)
        elif deadline:
            yield _effect(special["deadline-dropped"], edit.op)
        elif edit.op.new or said.favor > 0:
            yield _effect(special["number-dropped"], edit.op)

    def _set(self, edit: Edit, one: Amount) -> Iterator[Effect]:
        special = rules().special
        deadline = one.kind == "time" and re.match(r"(之?内|以内|以?前|之前)", edit.new[one.end :])
        said = statement(edit.new, one.start, edit.new_intro)
        if said.actor == "worker" and (said.favor < 0 or deadline):
            yield _effect(special["worker-deadline-set"], edit.op)
        elif deadline and said.actor in ("employer", ""):
            yield _effect(special["deadline-set"], edit.op)
        elif one.kind in ("time", "money", "share") and direction(edit.new, one, said) > 0:
            yield _effect(special["number-added"], edit.op)

    def _waits(self, edit: Edit) -> Iterator[Effect]:
        """5日内 that became 5日后: what had an end has a beginning now."""
        one, other = _ending(edit.old, edit.op.old_at), _ending(edit.new, edit.op.new_at)
        if not one or not other or one == other or edit.said.actor == "worker":
            return
        rule = "deadline-to-wait" if one == "within" else "wait-to-deadline"
        yield _effect(rules().special[rule], edit.op)

    def _periods(self, edit: Edit) -> Iterator[Effect]:
        old = [days for days, start, end in periods(edit.old) if edit.touches(start, end, new=False)]
        new = [days for days, start, end in periods(edit.new) if edit.touches(start, end, new=True)]
        if len(old) == len(new) == 1 and old != new:
            rarer = new[0] > old[0]
            burden = edit.said.favor < 0
            yield _effect(rules().special["oftener" if rarer == burden else "rarer"], edit.op)

    def _wanted(self, edit: Edit, change: Change) -> str:
        """Whether of the number beside a comparing word more is better (floor), or less (cap); empty where unsure."""
        one, other = _nearest(edit.old, edit.op.old_end), _nearest(edit.new, edit.op.new_end)
        if one is None or other is None:
            return ""
        standard = self._standard(change, one, other)
        if standard and standard.bound in ("minimum", "maximum"):
            return "floor" if standard.bound == "minimum" else "cap"
        ways = {
            direction(text, amount, statement(text, amount.start, intro))
            for text, amount, intro in ((edit.old, one, edit.old_intro), (edit.new, other, edit.new_intro))
        }
        return "floor" if ways <= {1, 0} and 1 in ways else "cap" if ways <= {-1, 0} and -1 in ways else ""

    # ---------------------------------------------------------------- words

    def _swaps(self, edit: Edit, change: Change) -> Iterator[Effect]:
        op = edit.op
        if not op.old:
            return
        actor = edit.said.actor
        for swap in rules().swaps:
            if actor not in swap.actors:
                continue
            if swap.begins.isdisjoint(edit.near):
                continue
            if swap.bound and self._wanted(edit, change) != swap.bound:
                continue
            if swap.only is not None and not swap.only.search(edit.old_sentence + edit.new_sentence):
                continue
            if _swapped(edit, swap.before, swap.after, strict=swap.strict):
                yield _effect(swap.weaker, op)
            elif _swapped(edit, swap.after, swap.before, strict=swap.strict):
                yield _effect(swap.stronger, op)

    def _words(self, edit: Edit) -> Iterator[Effect]:
        for words in rules().words:
            if words.begins.isdisjoint(edit.near):
                continue
            delta = _delta(words, edit)
            favor = 1 if words.absolute else _favor_of(edit.said, words)
            if not delta or not favor:
                continue
            label = words.added if (delta > 0) == (favor > 0) else OPPOSITE[words.added]
            yield _effect(words.weaker if label == "weaker" else words.stronger, edit.op)

    def _modals(self, edit: Edit) -> Iterator[Effect]:
        """A ban that went or came, where no other modal word stands for it."""
        special = rules().special
        old, new = _bans(edit.op.old), _bans(edit.op.new)
        if old == new or (old > new and edit.op.new.endswith(ONLY_THEN)):
            return
        if old > new and _banned_acts(edit.old, edit.op.old_at, edit.op.old_end) <= _banned_acts(edit.new):
            return
        if new > old and _banned_acts(edit.new, edit.op.new_at, edit.op.new_end) <= _banned_acts(edit.old):
            return
        before = statement(edit.old, edit.op.old_at + 1 if edit.op.old else edit.op.old_at, edit.old_intro)
        after = statement(edit.new, edit.op.new_at + 1 if edit.op.new else edit.op.new_at, edit.new_intro)
        said = before if old > new else after
        worker = said.actor == "worker"
        if old > new:
            yield _effect(special["worker-ban-lost" if worker else "ban-lost"], edit.op)
        else:
            yield _effect(special["worker-ban-added" if worker else "ban-added"], edit.op)

    def _enumerations(self, edit: Edit) -> Iterator[Effect]:
        """An enumeration that has the same items and more, or fewer."""
        crosses = any(mark in edit.op.old[:-1] + edit.op.new[:-1] for mark in "。；")
        if edit.op.tag != "replace" or edit.said.favor <= 0 or crosses:
            return
        old, new = (_items(edit.old_sentence), _items(edit.new_sentence))
        if len(old) > 1 and old < new:
            yield _effect(rules().special["item-added"], edit.op)
        elif len(new) > 1 and new < old:
            yield _effect(rules().special["item-lost"], edit.op)

    # ---------------------------------------------------------------- sentences and parts

    def _sentences(self, edit: Edit, found: Sequence[Effect], section: int) -> Iterator[Effect]:
        """Whole sentences that came or went, by what they say to whom; what stands beside moved ones keeps its own."""
        for new in (False, True):
            intro = edit.new_intro if new else edit.old_intro
            sentences = list(_sentences_in(edit, new=new))
            moved = [one for one in sentences if (self.went if new else self.came).holds(one)]
            if moved:
                yield _effect(rules().special["text-moved"], edit.op)
            for sentence in sentences:
                if sentence in moved:
                    continue
                label = "weaker" if new else "stronger"
                strong = [one for one in found if one.rule in STRONG and one.label == label]
                if new and strong:
                    yield from strong
                    continue
                name = _rule_of_sentence(sentence, intro, new=new)
                rule = rules().special[name] if name else None
                if (
                    rule
                    and (not new or rule.effect == "stronger")
                    and (
                        self.elsewhere.holds(sentence, section, new=new)
                        or (new and (self.elsewhere.rewrites(sentence, section) or _doubtful(sentence)))
                    )
                ):
                    rule = rules().special["text-rewritten"]
                if rule:
                    yield _effect(rule, edit.op)
                elif moved:
                    yield from found or (Effect("unclear", old=edit.op.old, new=edit.op.new),)

    def _parts(self, edit: Edit) -> Iterator[Effect]:
        """A part of a sentence or of an enumeration that came or went."""
        op = edit.op
        if op.tag == "replace":
            return
        text, new = (op.new, True) if op.new else (op.old, False)
        found = rules()
        special = found.special
        said = edit.said
        bound = _modal_before(edit, new=new)
        if bound and said.actor == "employer" and said.modal == "duty" and text.lstrip("，").startswith("或"):
            yield _effect(special["alternative-added" if new else "alternative-gone"], op)
            return
        enumerated = (
            text.strip("，。；").startswith(("、", "和", "或", "及", "与", "以及"))
            or text.endswith(("、", "和"))
            or _among_items(edit, new=new)
        )
        if new and (found.doubtful.search(text) or text.lstrip("，").startswith(("或者", "或"))):
            return
        if enumerated and _item_elsewhere(edit, text, new=new):
            return
        if (
            enumerated
            and said.favor > 0
            and not found.negator.search(text)
            and len(PUNCTUATION.sub("", text)) >= 2
        ):
            yield _effect(special["item-added" if new else "item-lost"], op)
            return
        whole = (
            re.fullmatch(r"[，；：]?[^，；：。]{3,}([，；：。][^，；：。]+)*[，；：。]?", text) is not None
        )
        benefit = found.benefit.search(text) and not found.burden.search(text)
        if whole and _alike_elsewhere(edit, text, new=new):
            return
        if whole and ("，" in text or "；" in text) and said.favor > 0 and benefit:
            yield _effect(special["part-added" if new else "part-lost"], op)


# ------------------------------------------------------------------ helpers of the rules


def _effect(rule: Rule, op: Op, standard: Standard | None = None) -> Effect:
    return Effect(rule.effect, rule.id, rule.title, str(standard) if standard else "", op.old, op.new)


SOFT = frozenset(
    {"own-choice-added", "condition-gone", "exception-gone", "privilege-added", "exception-added"}
)


OF_ITEMS = frozenset({"item-lost", "item-added", "alternative-added", "alternative-gone"})
RECAST = 0.5  # share of a line that must be as it was, for its items to be told one by one


def _recast(change: Change) -> bool:
    """Whether most of a line was written anew."""
    kept = sum(len(op.old) for op in change.ops if op.tag == "equal")
    shorter = min(sum(len(op.old) for op in change.ops), sum(len(op.new) for op in change.ops))
    return kept < RECAST * shorter


def _combined(words: Sequence[Effect], firm: Sequence[Effect]) -> list[Effect]:
    """Effects of one stretch: a plain gain or loss such as a waiver decides, else the firmer rules do."""
    strong = {one.label for one in words if one.rule in _strong_rules()}
    labels = {one.label for one in firm if one.label in ("weaker", "stronger")}
    decided = strong if len(strong) == 1 else labels if len(labels) == 1 else set()
    found = [*firm, *words]
    if decided == {"weaker"} == strong:
        return [one for one in found if one.label == "weaker"]
    if decided != {"weaker"}:
        return found  # what weakens is never hidden behind a gain
    return [*firm, *(one for one in words if one.label == "weaker")]


def _strong_rules() -> set[str]:
    """The rules of ``STRONG`` with their opposites."""
    words = [(one.weaker.id, one.stronger.id) for one in rules().words]
    swaps = [(one.weaker.id, one.stronger.id) for one in rules().swaps]
    return {name for pair in (*words, *swaps) if pair[0] in STRONG for name in pair}


def _consistent(found: Sequence[Effect]) -> list[Effect]:
    """Where a ban or a duty went, consent and choice that came with it are no gain."""
    if any(one.rule in ("ban-lost", "duty-to-option", "waiver", "duty-to-talks") for one in found):
        found = [one for one in found if one.rule not in SOFT]
    named = {one.rule for one in found}
    if named & {"approval-gone", "refusal-gone"}:
        found = [one for one in found if one.rule != "notice-lost"]
    if any(one.rule == "consent-to-notice" for one in found):
        found = [one for one in found if one.rule not in ("notice-added", "written-form-added")]
    return list(found)


def _nearest(text: str, at: int) -> Amount | None:
    """The number that a comparing word belongs to: the one behind it (不超过15日), else right before it (15日以内)."""
    for one in amounts(text):
        if one.start >= at and one.start - at <= BESIDE and not STOP.search(text, at, one.start):
            return one
    return next((one for one in amounts(text) if one.end <= at <= one.end + len("以内")), None)


BESIDE = 12  # characters between a comparing word and its number


def _ending(text: str, at: int) -> str:
    """Whether the number right before a place is followed by 内 (within) or 后 (after); empty where by neither."""
    for one in amounts(text):
        if one.kind == "time" and one.start <= at <= one.end + 2:
            if re.match(r"(之?内|以内|日内)", text[one.end :]):
                return "within"
            if re.match(r"(之后|以后|后)", text[one.end :]):
                return "after"
    return ""


def _falls_short(amount: Amount, standard: Standard | None) -> bool:
    """Whether a number is worse than the law's, which is in the same unit."""
    if standard is None or standard.floor is None or standard.bound not in ("minimum", "maximum"):
        return False
    return amount.number < standard.floor if standard.bound == "minimum" else amount.number > standard.floor


def _settled(found: Sequence[Effect]) -> list[Effect]:
    """Effects of one stretch without those that only echo a stronger rule."""
    labels = {one.label for one in found}
    if "unclear" in labels and len(labels) > 1:
        return [one for one in found if one.label != "unclear"]
    return list(found)


def _still(one: Amount, text: str, other: str) -> bool:
    """Whether the other text has the same amount as often, only in another place."""
    same = [
        sum((a.number, a.unit) == (one.number, one.unit) for a in amounts(side)) for side in (text, other)
    ]
    return same[1] >= same[0]


def slot_at(line: Line, start: int, end: int) -> str:
    """The name of the library's number that stands at these characters of a line; empty where there is none."""
    at = 0
    for number, cell in enumerate(line.cells):
        at += len(CELL_GAP) if number else 0
        for node in cell:
            name = getattr(node, "value", None)
            if name and at < end and start < at + len(node.text):
                return str(name)
            at += len(node.text)
    return ""


def _stretches(change: Change, *, new: bool) -> Iterator[str]:
    if change.kind == "left":
        return
    for op in change.edits:
        text = op.new if new else op.old
        if len(text) >= MOVED_LENGTH:
            yield _bare(text)


@lru_cache(maxsize=CACHED)
def _bare(text: str) -> str:
    return PUNCTUATION.sub("", text)


class _Pool:
    """Texts that came or went, in which words that only moved are found again."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(dict.fromkeys(texts))

    @cached_property
    def index(self) -> dict[str, set[int]]:
        """The texts that hold three characters."""
        found: dict[str, set[int]] = {}
        for number, text in enumerate(self.texts):
            for gram in _grams(text):
                found.setdefault(gram, set()).add(number)
        return found

    def holds(self, text: str) -> bool:
        """Whether the same words stand in one of them, or nearly the same with the same numbers and modal words."""
        bare = _bare(text)
        if len(bare) < MOVED_LENGTH or not self.texts:
            return False
        grams = _grams(bare)
        shared = Counter(number for gram in grams for number in self.index.get(gram, ()))
        return any(
            bare in self.texts[number] or _moved(bare, self.texts[number])
            for number, count in shared.items()
            if count >= len(grams) / 2
        )


def _grams(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}


def _moved(bare: str, other: str) -> bool:
    return (
        len(other) >= len(bare) - MOVED_LENGTH
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


def same_meaning(old: str, new: str) -> bool:
    """Whether two wordings differ in script, punctuation or other words for the same only."""
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
    out = "".join(pieces)
    for pattern, word in rules().same:
        out = pattern.sub(lambda match, word=word: match[0] if "\x00" in match[0] else word, out)  # type: ignore[misc]
    return out


def _value(text: str) -> str:
    found = next(iter(amounts(text)), None)
    if found is not None:
        return f"#{found.low if found.kind == 'share' else found.number}#"
    number = numeral(text)
    return text if number is None else f"#{number}#"


def _outside_titles(op: Op) -> bool:
    rest = "".join(t.text for side in (op.old, op.new) for t in tokenize(side) if t.kind == "char")
    return bool(PUNCTUATION.sub("", rest).strip("和及与"))


def _swapped(edit: Edit, before: re.Pattern[str], after: re.Pattern[str], *, strict: bool) -> bool:
    """Whether words of the first kind gave way to some of the second: here, or within the sentence for longer words."""
    gone = [
        m[0]
        for m in before.finditer(edit.old)
        if edit.touches(m.start(), m.end(), new=False) and not (strict and _still_said(edit, m))
    ]
    if not gone:
        return False
    come = [m[0] for m in after.finditer(edit.new) if edit.touches(m.start(), m.end(), new=True)]
    gone = [word for word in gone if edit.new_sentence.count(word) < edit.old_sentence.count(word)]
    if not gone:
        return False
    if any(edit.new_sentence.count(word) > edit.old_sentence.count(word) for word in come):
        return True
    if strict or all(len(word) == 1 for word in gone):
        return False
    others = {m[0] for m in after.finditer(edit.new_sentence) if len(m[0]) > 1}
    return any(edit.new_sentence.count(word) > edit.old_sentence.count(word) for word in others)


def _still_said(edit: Edit, word: re.Match[str]) -> bool:
    """Whether the word with what follows it only went to another place of the line: 应当回避."""
    said = edit.old[word.start() : word.end() + FOLLOWING]
    return not STOP.search(said) and edit.new.count(said) >= edit.old.count(said)


FOLLOWING = 2  # characters behind a modal word that tell what is owed


def _favor_of(said: Statement, words: Words) -> int:
    """Whom a sentence favors, for words that come or go; what the employer may do is better done openly."""
    if said.actor == "employer" and said.modal == "option":
        return 1 if words.added == "stronger" else 0
    return said.favor


def _delta(words: Words, edit: Edit) -> int:
    """How many more of the words stand at the change than before; 0 where the line as a whole says otherwise."""
    was, now = ([match.span() for match in words.pattern.finditer(line)] for line in (edit.old, edit.new))
    if not was and not now:
        return 0
    here = _weight(words, edit, now, new=True) - _weight(words, edit, was, new=False)
    if not here:
        return 0
    line = _weight(words, edit, now, new=True, everywhere=True)
    line -= _weight(words, edit, was, new=False, everywhere=True)
    return here if here * line > 0 else 0


def _weight(
    words: Words, edit: Edit, spans: Sequence[tuple[int, int]], *, new: bool, everywhere: bool = False
) -> int:
    """How many of the words stand at the change; negated ones count the other way."""
    text = edit.new if new else edit.old
    end = edit.op.new_end if new else edit.op.old_end
    total = 0
    for start, stop in spans:
        if words.unless and words.unless.search(text, sentence_around(text, start, start)[0], start):
            continue
        if (
            everywhere
            or ((edit.op.new if new else edit.op.old) and edit.touches(start, stop, new=new))
            or (start >= end and edit.turned and not STOP.search(text, end, start))
        ):
            total += _sign(words, text, start, sure=new and not everywhere)
    return total


def _sign(words: Words, text: str, at: int, *, sure: bool = False) -> int:
    """1, or -1 behind a negation: 不得扣减 is no deduction, 无需书面 is no written form, 不以登记为条件 no condition.

    ``sure``: 0 where the ban stands in an earlier part and may not reach so far.
    """
    found = rules()
    if words.added == "weaker":
        if not words.absolute:
            return -1 if _negated(found.waiver, text, at, NEAR) else 1
        if _negated(found.negator, text, at, NEAR):
            return -1
        if _banned(text, at):
            part = max(text.rfind(mark, 0, at) for mark in "，。；：\n") + 1
            return 0 if sure and not _bans(text[part:at]) else -1
        return 1
    if _negated(found.negator, text, at, ADJACENT):
        return 0 if _bans(text[max(at - ADJACENT, 0) : at + 1]) else -1
    return 1


NEAR, ADJACENT = 12, 4  # characters between a negating word and what it negates


def _banned(text: str, at: int) -> bool:
    """Whether the last modal word before a place, in the same sentence, forbids."""
    begin = max(text.rfind(mark, 0, at) for mark in "。；\n") + 1
    found = [modal for modal, _ in rules().find_modals(text[begin:at])]
    return bool(found) and found[-1] == "ban"


def _negated(negator: re.Pattern[str], text: str, at: int, reach: int) -> bool:
    """Whether a negating word stands before a place, in the same part."""
    begin = max(max(text.rfind(mark, 0, at) for mark in "，。；：\n") + 1, at - reach)
    return any(match.start() < at for match in negator.finditer(text, begin))


STOP = re.compile(r"[，。；：\n]")


def _bans(text: str) -> int:
    return sum(modal == "ban" for modal, _ in rules().find_modals(text))


def _banned_acts(text: str, start: int = 0, end: int | None = None) -> set[str]:
    """The first characters of what is forbidden in a stretch, whoever is named between: 不得安排, 禁止用人单位安排."""
    found = rules()
    acts = set()
    for modal, at in found.find_modals(text):
        if modal == "ban" and start <= at < (len(text) if end is None else end):
            behind = found.ban.sub("", text[at : at + REACH], count=1)
            acts.add(found.actor.sub("", behind)[:2])
    return acts


REACH = 12  # characters behind a ban in which what is forbidden begins


def _whole_sentences(edit: Edit) -> bool:
    return any(True for new in (False, True) for _ in _sentences_in(edit, new=new))


def _sentences_in(edit: Edit, *, new: bool) -> Iterator[str]:
    """The sentences that lie wholly inside the change."""
    text, start, end = (
        (edit.new, edit.op.new_at, edit.op.new_end) if new else (edit.old, edit.op.old_at, edit.op.old_end)
    )
    if end - start < MOVED_LENGTH - 2:  # with the marks before and behind it too short for any
        return
    marks = [0, *(match.end() for match in re.finditer(r"[。；\n]", text)), len(text)]
    for left, right in pairwise(marks):
        inner = text[left:right]
        if len(_bare(inner)) < MOVED_LENGTH:
            continue
        slack = 1 if inner[-1:] in "。；\n" else 0
        before = 1 if left and start == left - 1 else 0  # the change begins with the mark before the sentence
        if start - before <= left and right - slack <= end and (start <= left or before):
            yield inner


def _doubtful(sentence: str) -> bool:
    """Whether a right comes in place of another one, or by talks only."""
    return rules().doubtful.search(sentence) is not None and not _bans(sentence)


def _rule_of_sentence(sentence: str, intro: str, *, new: bool) -> str:
    """The rule for a whole sentence that came or went; none where it gives and takes at once."""
    came = "added" if new else "lost"
    said = statements(sentence)
    if not said:
        return _rule_without_modal(sentence, intro, came)
    if len({one.favor for one in said if one.favor}) != 1:
        return ""
    one = next(one for one in said if one.favor)
    if one.favor > 0:
        return f"right-{came}" if one.modal == "option" else f"duty-{came}"
    return f"employer-option-{came}" if one.modal == "option" else f"worker-duty-{came}"


def _rule_without_modal(sentence: str, intro: str, came: str) -> str:
    if intro:
        favor = statement(intro, len(intro)).favor
        return f"item-{came}" if favor > 0 else f"worker-duty-{came}" if favor < 0 else ""
    if rules().entitled.search(sentence):
        return f"right-{came}"
    return f"duty-{came}" if statement(sentence, len(sentence)).actor == "employer" else ""


def _items(sentence: str) -> set[str]:
    return {item for item in re.split(r"[、，。；]|和|或者|以及", sentence) if item}


def _by_loss(effect: Effect, op: Op) -> bool:
    """Whether a weakening lies only in what went: words that went, or a ban whose words are no longer forbidden."""
    if effect.label != "weaker":
        return False
    if effect.rule == "ban-lost" or effect.rule in rules().told_by_words[False]:
        return True
    words = next((one for one in rules().words if one.weaker.id == effect.rule), None)
    return words is not None and not words.pattern.search(op.new)


def _modal_before(edit: Edit, *, new: bool) -> bool:
    """Whether what is owed is said before the change in its sentence: the change is no part of a condition."""
    text, at = (edit.new, edit.op.new_at) if new else (edit.old, edit.op.old_at)
    return any(True for _ in rules().find_modals(text[sentence_around(text, at, at)[0] : at]))


def _item_elsewhere(edit: Edit, text: str, *, new: bool) -> bool:
    """Whether an item stands in the line as often as before: it only changed its place."""
    item = text.strip("，。；、").removeprefix("或者").removeprefix("以及").strip("或和及与")
    mine, other = (edit.new, edit.old) if new else (edit.old, edit.new)
    return len(item) > 1 and other.count(item) >= mine.count(item)


def _alike_elsewhere(edit: Edit, text: str, *, new: bool) -> bool:
    """Whether the other line says much the same in another place: it was rearranged, which a person must read."""
    bare, other = _bare(text), _bare(edit.old if new else edit.new)
    return fuzz.partial_ratio(bare, other, processor=None) >= REARRANGED


REARRANGED = 60  # percent


def _among_items(edit: Edit, *, new: bool) -> bool:
    """Whether the stretch stands between two 、 of an enumeration."""
    text, start, end = (
        (edit.new, edit.op.new_at, edit.op.new_end) if new else (edit.old, edit.op.old_at, edit.op.old_end)
    )
    return text[start - 1 : start] == "、" and text[end : end + 1] in ("、", "和", "或", "等", "以")
