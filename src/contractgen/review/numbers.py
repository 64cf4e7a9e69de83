"""Every number of the library in the returned text: ok, below the floor, or for a person to judge.

A number is only ok where it is read with certainty, stands where it stood, keeps its bound, and nothing else in its
sentence has become weaker: a slot that is gone, or a duty that has become 可以, 视情况 or 经批准, is never ok.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from contractgen.agreement import Value
from contractgen.diff import Change, Differences, Effect, Line, SectionChange, Standard
from contractgen.diff.effects.numbers import Amount, amounts
from contractgen.diff.effects.statement import sentence_around, statement
from contractgen.diff.matter import CELL_GAP
from contractgen.diff.tokens import Op, tokenize
from contractgen.document import Text
from contractgen.review.halves import Half, Halves

Verdict = Literal["ok", "below", "person"]
VERDICTS: Mapping[Verdict, str] = {"ok": "合格", "below": "低于底线", "person": "需要人工判断"}
DIFFERS = "不符合法定标准"
NO_DUTY, UNJUDGED = "所在的句子不再写明义务", "所在的句子有改动，不能自动判断"


@dataclass(frozen=True, slots=True)
class NumberVerdict:
    """One number where it stands.

    Attributes:
        name: of the value, maternity_leave.
        title: 产假
        verdict: ok, below or person.
        reason: why, in Chinese; empty where nothing has changed.
        old, new: as it was issued and as it came back.
        floor: the law's standard and its article, where it has one.
        exact: whether the law leaves no choice: more is as wrong as less.
        change: the line in which it stands, before and after.
    """

    name: str
    title: str
    verdict: Verdict
    reason: str
    old: str
    new: str
    floor: str
    change: Change
    exact: bool = False

    @property
    def said(self) -> str:
        """The verdict in words; a number that the law sets exactly is not below it but other than it."""
        return DIFFERS if self.verdict == "below" and self.exact else VERDICTS[self.verdict]

    @property
    def remedy(self) -> str:
        """What can be done where it is not ok."""
        if self.verdict != "below":
            return "请对照原文判断这个数值是否仍然有效"
        return "改回法定标准的数值" if self.exact else "改回不低于法定标准的数值"


def judge_numbers(
    differences: Differences, values: Mapping[str, Value], halves: Halves | None = None
) -> Iterator[NumberVerdict]:
    """The verdict on every number that was issued, in the order of the text.

    Args:
        differences: from what was issued to what came back.
        values: the numbers of what was issued.
        halves: the sentences that stand in another paragraph now.
    """
    yield from _agreeing(list(_Text(differences, values, halves or Halves()).verdicts()), values)


class _Text:
    """The two texts as a whole: a number is judged where its sentence stands now."""

    def __init__(self, differences: Differences, values: Mapping[str, Value], halves: Halves) -> None:
        self.differences, self.values, self.halves = differences, values, halves
        self.now: dict[int, Change] = {}
        self.doubts: dict[int, str] = {}
        for section in differences.sections:
            around = _Around(section, halves)
            for change in section.changes:
                around.see(change)
                self.doubts[id(change)] = around.doubt(change)
                if change.new is not None:
                    self.now[change.new.position] = change

    def verdicts(self) -> Iterator[NumberVerdict]:
        """One after another."""
        for section in self.differences.sections:
            for change in section.changes:
                if change.old is not None and change.kind != "left":
                    yield from (self._verdict(change, change.old, slot) for slot in slots_of(change.old))

    def _verdict(self, change: Change, line: Line, slot: Slot) -> NumberVerdict:
        half = self.halves.of(line, slot.at, slot.at + len(slot.text))
        if half is not None and (change.new is None or change.new.position != half.new.line.position):
            return self._moved(change, half, slot)
        found = self._judging(change, slot, self.doubts[id(change)]).verdict()
        return self._moved(change, half, slot) if half is not None and not found.new else found

    def _moved(self, change: Change, half: Half, slot: Slot) -> NumberVerdict:
        """The verdict on a number whose sentence stands in another paragraph, or elsewhere in its own."""
        home = self.now[half.new.line.position]
        moved = half.judged(self.differences)
        assert moved.old is not None
        inside = next(one for one in slots_of(moved.old) if one.at == slot.at - half.old.at)
        doubt = self.doubts[id(home)] or _severed(half, slot, (change, home))
        return replace(self._judging(moved, inside, doubt).verdict(), change=home)

    def _judging(self, change: Change, slot: Slot, doubt: str) -> _Judging:
        standard = self.differences.old.standards.get(slot.name, Standard(slot.name, ""))
        return _Judging(change, slot, standard, self.values.get(slot.name), doubt)


def _severed(half: Half, slot: Slot, changes: Sequence[Change]) -> str:
    """Why a number is not as it was although its words are: they were cut out of a sentence, or joined to another."""
    if half.old.whole and half.new.whole:
        return ""
    was = statement(half.old.line.text, slot.at).modal
    said = statement(half.new.line.text, half.new.at + slot.at - half.old.at).modal
    if said != was and (was in ("duty", "ban") or said == "option"):
        return NO_DUTY
    return UNJUDGED if any(one.label in DOUBTFUL for one in changes) else ""


# ------------------------------------------------------------------ one number in several places


def _agreeing(found: Sequence[NumberVerdict], values: Mapping[str, Value]) -> Iterator[NumberVerdict]:
    """The verdicts; a number that was changed elsewhere, or a sum whose parts were, is not ok where it was left."""
    now: dict[tuple[str, str], set[str]] = {}
    for one in found:
        if one.new:
            now.setdefault((one.name, one.old), set()).add(one.new)
    for one in found:
        left = one.verdict == "ok" and one.new == one.old
        reason = _other({new for new in now[one.name, one.old] if not _same(new, one.new)}) if left else ""
        if one.verdict == "ok" and not reason:
            reason = _sum(one, found, values)
        yield replace(one, verdict="person", reason=reason) if reason else one


def _same(text: str, other: str) -> bool:
    """Whether two texts are the same amount, in whatever script, or one of them cannot be read."""
    one, two = (next(iter(amounts(each)), None) for each in (text, other))
    return text == other or one is None or two is None or one.compare(two) == 0


def _other(texts: set[str]) -> str:
    return f"别处改为{'、'.join(sorted(texts))}，前后不一致" if texts else ""


def _sum(one: NumberVerdict, found: Sequence[NumberVerdict], values: Mapping[str, Value]) -> str:
    """Why a sum does not come to what its parts come to now; empty where it does, or where that cannot be told."""
    value = values.get(one.name)
    stated = next(iter(amounts(one.new)), None)
    if value is None or not value.parts or stated is None:
        return ""
    total = Fraction(0)
    for name in value.parts:
        held = [part for part in found if part.name == name and part.new]
        part = next((part for part in held if part.new != part.old), held[0] if held else None)
        amount = next(iter(amounts(part.new)), None) if part is not None else None
        if amount is None or amount.unit != stated.unit:
            return ""
        total += amount.number
    return (
        ""
        if total == stated.number
        else f"写作{one.new}，各项现在相加是{total}{one.new.lstrip('0123456789')}"
    )


@dataclass(frozen=True, slots=True)
class Slot:
    """A number of the library in a line: where it stands, and the how many-th of its name it is there."""

    name: str
    text: str
    at: int
    turn: int

    def meets(self, op: Op) -> bool:
        """Whether a stretch of the line lies on it."""
        return self.at < op.old_end and op.old_at < self.at + len(self.text)


class _Around:
    """What has become of the rest of an article: an introduction or a new sentence may take back what a number gives."""

    def __init__(self, section: SectionChange, halves: Halves) -> None:
        self.intro = ""
        came = any(
            _adds_doubt(one)
            for one in section.changes
            if one.kind != "inserted" or not halves.fills(one.line)
        )
        whole = section.kind == "inserted" or section.section.kind != "article"
        self.added = "" if whole or not came else "同一条增加了可能削弱它的文字"

    def see(self, change: Change) -> None:
        """The next line."""
        if change.line.kind == "paragraph":
            self.intro = "所在列举的引语有改动" if change.label in DOUBTFUL and change.counted else ""

    def doubt(self, change: Change) -> str:
        """Why a number in a line is not simply as it was, though the line is."""
        return (self.intro if change.line.kind == "item" else "") or self.added


DOUBTFUL = ("weaker", "unclear")


def _adds_doubt(change: Change) -> bool:
    """Whether a paragraph came, or a sentence into one, that may weaken."""
    if change.kind == "inserted":
        return change.label in DOUBTFUL
    return any(one.label in DOUBTFUL and not one.old and "。" in one.new for one in change.effects)


@dataclass(frozen=True, slots=True)
class _Judging:
    change: Change
    slot: Slot
    standard: Standard
    value: Value | None
    doubt: str

    def verdict(self) -> NumberVerdict:
        """The verdict on this number."""
        old, new = self.change.old, self.change.new
        assert old is not None
        if new is None:
            return self._say("person", "所在的文字被删去", "")
        if new.text == old.text:
            return self._unchanged()
        here = self._here(new)
        if here is None:
            return self._say("person", "原来的数值找不到了", "")
        if here.text == self.slot.text:
            issued = self._unchanged()
            reason = "" if issued.verdict == "below" else self._weaker(here) or self.doubt
            return self._say("person", reason, here.text) if reason else issued
        amount = next(iter(amounts(here.text)), None)
        if amount is None:
            return self._say("person", "这里的文字认不出数值", here.text)
        differs = f"{self.slot.text}改为{here.text}"
        state = self._held(amount)
        if state == "below":
            return self._say("below", differs, here.text)
        reason = self._weaker(here) or self.doubt
        if state == "person" or reason:
            return self._say("person", reason or f"{differs}，不能与法定标准比较", here.text)
        return self._say("ok", differs, here.text)

    def _here(self, new: Line) -> Slot | None:
        """Where the number stands now; one without digits, which no edit touched, stands where its text does."""
        found = [one for one in slots_of(new) if one.name == self.slot.name]
        if self.slot.turn < len(found):
            return found[self.slot.turn]
        start, end = self.slot.at, self.slot.at + len(self.slot.text)
        for op in self.change.ops:
            if op.tag == "equal" and op.old_at <= start and end <= op.old_end:
                return Slot(self.slot.name, self.slot.text, op.new_at + start - op.old_at, self.slot.turn)
        return None

    def _say(self, verdict: Verdict, reason: str, new: str) -> NumberVerdict:
        name, title = self.slot.name, self.standard.title
        standard, exact = str(self.standard), self.standard.bound == "exact"
        return NumberVerdict(name, title, verdict, reason, self.slot.text, new, standard, self.change, exact)

    def _unchanged(self) -> NumberVerdict:
        if self.value is not None and self.value.verdict in ("below", "differs"):
            return self._say("below", "发出时就不符合法定标准", self.slot.text)
        return self._say("person" if self.doubt else "ok", self.doubt, self.slot.text)

    def _held(self, amount: Amount) -> Verdict:
        """How a number stands to the law's; ok where the law has none or the number is as it was."""
        was = next(iter(amounts(self.slot.text)), None)
        value = self.value
        if was is None or value is None or (value.measured and was.number != value.number):
            return "person"
        if (was.unit, was.kind) != (amount.unit, amount.kind):
            compared = amount.compare(was)
            return "below" if compared and value.verdict == "equal" and self._worse(compared) else "person"
        if value.floor is None or value.floor.value is None or amount.number == was.number:
            return "ok"
        if not value.measured:
            return "person"
        return "ok" if value.floor.met_by(amount.number) else "below"

    def _worse(self, compared: int) -> bool:
        return {"minimum": compared < 0, "maximum": compared > 0}.get(self.standard.bound, True)

    def _weaker(self, here: Slot) -> str:
        """What else in the sentence of the number has become weaker, or cannot be judged."""
        assert self.change.old is not None and self.change.new is not None
        then = _sentence(self.change.old.text, self.slot)
        now = _sentence(self.change.new.text, here)
        was = statement(self.change.old.text, self.slot.at)
        said = statement(self.change.new.text, here.at)
        if was.modal in ("duty", "ban") and said.modal != was.modal:
            return NO_DUTY
        for effect in self.change.effects:
            own = bool(effect.old and effect.new) and effect.old in self.slot.text and effect.new in here.text
            if effect.label not in DOUBTFUL or (own and effect.label == "weaker") or self._of_another(effect):
                continue
            if (effect.new and effect.new in now) or (effect.old and effect.old in then):
                return effect.title or UNJUDGED
        return ""

    def _of_another(self, effect: Effect) -> bool:
        """Whether an effect is the change of another number of the line, which has its own verdict."""
        assert self.change.old is not None
        others = [
            one
            for one in slots_of(self.change.old)
            if (one.name, one.turn) != (self.slot.name, self.slot.turn)
        ]
        edits = [op for op in self.change.edits if (op.old, op.new) == (effect.old, effect.new)]
        return bool(edits) and all(
            any(token.kind == "number" for token in tokenize(op.new))
            and not self.slot.meets(op)
            and any(one.meets(op) for one in others)
            for op in edits
        )


def _sentence(text: str, slot: Slot) -> str:
    begin, end = sentence_around(text, slot.at, slot.at + len(slot.text))
    return text[begin:end]


def slots_of(line: Line) -> Iterator[Slot]:
    """The slots of a line, in order."""
    at = 0
    turns: Counter[str] = Counter()
    for number, inlines in enumerate(line.cells):
        at += len(CELL_GAP) if number else 0
        for node in inlines:
            if isinstance(node, Text) and node.value:
                yield Slot(node.value, node.text, at, turns[node.value])
                turns[node.value] += 1
            at += len(node.text)
