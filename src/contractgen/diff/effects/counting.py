"""Numbers at a change: which of them changed, came or went, and what the library holds them against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from contractgen.diff.changes import Change, Effect
from contractgen.diff.effects.directions import direction, ending, is_deadline, part_before
from contractgen.diff.effects.edit import STOP, Edit
from contractgen.diff.effects.evidence import EXCHANGED, STILL, hint
from contractgen.diff.effects.numbers import Amount, amounts, periods
from contractgen.diff.effects.rules import effect_of, rules
from contractgen.diff.effects.statement import part_begin, sentence_around, statement
from contractgen.diff.matter import CELL_GAP, Line, Standard


@dataclass(frozen=True)
class Counting:
    """The rules that count; ``standards`` are what the library holds its numbers against."""

    standards: Mapping[str, Standard]

    def effects(self, edit: Edit, change: Change) -> Iterator[Effect]:
        """What the numbers of one stretch tell."""
        special = rules().special
        old = [one for one in amounts(edit.old) if edit.touches(one.start, one.end, new=False)]
        new = [one for one in amounts(edit.new) if edit.touches(one.start, one.end, new=True)]
        yield from self._periods(edit)
        yield from self._waits(edit)
        if old and new and _values(edit.old) == _values(edit.new):
            return
        if len(old) == len(new):
            for one, other in zip(old, new, strict=True):
                yield from self._amount(edit, change, one, other)
        elif old and not new:
            if pair := _exchanged(edit, old[0]):
                yield from self._amount(edit, change, *pair)
            elif not _still(old[0], edit.old, edit.new):
                again = _value(old[0]) in _values(edit.new)
                yield from (hint(one, STILL) if again else one for one in self._dropped(edit, old[0]))
        elif new and not old:
            if not _exchanged(edit, new[0]) and not _still(new[0], edit.new, edit.old):
                yield from self._set(edit, new[0])
        else:
            yield effect_of(special["number-changed"], edit.op)

    def _amount(self, edit: Edit, change: Change, one: Amount, other: Amount) -> Iterator[Effect]:
        special = rules().special
        standard = self._standard(change, one, other)
        way = {"minimum": 1, "maximum": -1}.get(standard.bound, 0) if standard else 0
        if not way:
            way = direction(edit.old, one, statement(edit.old, one.start, edit.old_intro))
        more = _rate(edit.new, other, other.compare(one), edit.old, one)
        if more == 0 and one.kind == other.kind:
            return
        if not way or more is None:
            yield effect_of(special["number-changed"], edit.op, standard)
            return
        better = more == way
        if way > 0:
            rule = special["more-of-minimum" if better else "less-of-minimum"]
        else:
            rule = special["less-of-maximum" if better else "more-of-maximum"]
        found = effect_of(rule, edit.op, standard)
        if standard is None and min(len(edit.op.old), len(edit.op.new)) > AT_NUMBER:
            found = hint(found, EXCHANGED)
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
        deadline = is_deadline(edit.old, one)
        said = statement(edit.old, one.start, edit.old_intro)
        if said.actor == "worker" and said.favor < 0:
            yield effect_of(special["worker-deadline-dropped"], edit.op)
        elif deadline:
            if not _needs_no_answer(edit) and _more_prompt(edit) <= 0:
                yield effect_of(special["deadline-dropped"], edit.op)
        elif edit.op.new or said.favor > 0:
            yield effect_of(special["number-dropped"], edit.op)

    def _set(self, edit: Edit, one: Amount) -> Iterator[Effect]:
        special = rules().special
        deadline = is_deadline(edit.new, one)
        said = statement(edit.new, one.start, edit.new_intro)
        worker = rules().by_worker.search(part_before(edit.new, one.start)) is not None
        if one.kind == "time" and (worker or (said.actor == "worker" and said.favor < 0)):
            yield effect_of(special["worker-deadline-set"], edit.op)
        elif said.actor == "worker" and deadline and not _of_something(edit.new, one):
            right = any(modal == "option" for modal, _ in rules().find_modals(edit.op.new))
            if not right:  # 签字后5日内可以反悔 gives a right
                yield effect_of(special["worker-deadline-set"], edit.op)
        elif deadline and said.actor in ("employer", ""):
            if _more_prompt(edit) < 0:
                return  # 当日 was sooner than any deadline
            yield effect_of(special["deadline-set"], edit.op)
        elif one.kind in ("time", "money") and direction(edit.new, one, said) > 0:
            yield effect_of(special["number-added"], edit.op)
        elif one.kind == "share" and one.low < 1 and "工资" in part_before(edit.new, one.start):
            yield effect_of(special["number-changed"], edit.op)

    def _waits(self, edit: Edit) -> Iterator[Effect]:
        """5日内 that became 5日后: what had an end has a beginning now."""
        one, other = ending(edit.old, edit.op.old_at), ending(edit.new, edit.op.new_at)
        if not one or not other or one == other or edit.said.actor == "worker":
            return
        rule = "deadline-to-wait" if one == "within" else "wait-to-deadline"
        yield effect_of(rules().special[rule], edit.op)

    def _periods(self, edit: Edit) -> Iterator[Effect]:
        old = [days for days, start, end in periods(edit.old) if edit.touches(start, end, new=False)]
        new = [days for days, start, end in periods(edit.new) if edit.touches(start, end, new=True)]
        if len(old) == len(new) == 1 and old != new:
            rarer = new[0] > old[0]
            burden = edit.said.favor < 0
            yield effect_of(rules().special["oftener" if rarer == burden else "rarer"], edit.op)

    def wanted(self, edit: Edit, change: Change) -> str:
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


AT_NUMBER = 12  # characters of a change up to which its numbers are numbers of the same thing
BESIDE = 12  # characters between a comparing word and its number


def _nearest(text: str, at: int) -> Amount | None:
    """The number that a comparing word belongs to: the one behind it (不超过15日), else right before it (15日以内)."""
    for one in amounts(text):
        if one.start >= at and one.start - at <= BESIDE and not STOP.search(text, at, one.start):
            return one
    return next((one for one in amounts(text) if one.end <= at <= one.end + len("以内")), None)


def _falls_short(amount: Amount, standard: Standard | None) -> bool:
    """Whether a number is worse than the law's, which is in the same unit."""
    if standard is None or standard.floor is None or standard.bound not in ("minimum", "maximum"):
        return False
    return amount.number < standard.floor if standard.bound == "minimum" else amount.number > standard.floor


def _rate(text: str, amount: Amount, more: int | None, before: str, was: Amount) -> int | None:
    """How two amounts compare by the day, where both are said of a period and these differ: 每季度1次, 每年2次."""
    now, then = _period(text, amount), _period(before, was)
    if not now or not then or now == then or amount.unit != was.unit or amount.kind != "times":
        return more
    one, other = amount.number / now, was.number / then
    return (one > other) - (one < other)


def _period(text: str, amount: Amount) -> Fraction | None:
    """The days of the period that an amount is said of: the last one before it in its part."""
    begin = part_begin(text, amount.start)
    found = [days for days, start, _ in periods(text[begin : amount.start])]
    return found[-1] if found else None


def _of_something(text: str, amount: Amount) -> bool:
    """Whether a time belongs to what follows it: 离岗后三年内的检查."""
    return text.startswith(("内的", "以内的", "之内的"), amount.end)


def _more_prompt(edit: Edit) -> int:
    """How many more words that are more prompt than any deadline stand in the sentence than before."""
    at_once = rules().at_once
    return len(at_once.findall(edit.new_sentence)) - len(at_once.findall(edit.old_sentence))


def _needs_no_answer(edit: Edit) -> bool:
    """Whether what had to be asked for comes of itself now."""
    automatic = rules().automatic
    asked = any(word in edit.old for word in rules().asked)
    return asked and not automatic.search(edit.old) and automatic.search(edit.new) is not None


def _value(one: Amount) -> tuple[Fraction, str]:
    return one.number, one.unit


def _values(text: str) -> Counter[tuple[Fraction, str]]:
    """Each amount of a text and how often it stands there."""
    return Counter(map(_value, amounts(text)))


def _exchanged(edit: Edit, one: Amount) -> tuple[Amount, Amount] | None:
    """The only number of a kind that went from a sentence and the only one that came, in another place of it."""
    sides = [
        [a for a in amounts(text) if begin <= a.start < end and a.kind == one.kind]
        for text, (begin, end) in (
            (edit.old, sentence_around(edit.old, edit.op.old_at, edit.op.old_end)),
            (edit.new, sentence_around(edit.new, edit.op.new_at, edit.op.new_end)),
        )
    ]
    was, now = ({_value(a) for a in side} for side in sides)
    went = [a for a in sides[0] if _value(a) not in now]
    came = [a for a in sides[1] if _value(a) not in was]
    if len(went) != 1 or len(came) != 1 or one not in (*went, *came):
        return None
    alike = is_deadline(edit.old, went[0]) == is_deadline(edit.new, came[0])
    return (went[0], came[0]) if alike else None


def _still(one: Amount, text: str, other: str) -> bool:
    """Whether the other text has the same amount as often, only in another place."""
    return _values(other)[_value(one)] >= _values(text)[_value(one)]


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
