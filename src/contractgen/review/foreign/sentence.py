"""A sentence of a foreign contract with its amounts: what stands before and behind each, and which are conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from contractgen.review.foreign.amounts import LONGEST, STOPS, Amount, amounts, sentences
from contractgen.review.foreign.lines import ForeignLine

LEADING = re.compile(r"^(?:的|以上|及以上|带薪|全薪|左右|（含）)+")
PAUSES = "，｜：（；"
DUE = re.compile(r"^(?:之内|以内|内|以前|之前|前|后|以后|之后|的次日|起)")
AHEAD = re.compile(r"(?:提前|提早|前|逾期|间隔|相隔|届满前|超出)(?:不少于|至少)?$")
CONDITION = re.compile(r"(?:满|未满|不满|不足|未达|达到|达|连续|工作|入职|累计)$")
PREGNANT = re.compile(r"(?:怀孕|妊娠|孕期|孕)[^，。]{0,3}$")
SPAN_AFTER = re.compile(r"(?:（含）)?(?:及|或者|或)?(?:以下|以上|以内|以前|以后|不满)")
UNDER = re.compile(r"(?:未满|不满|不足|少于|小于)$")
UNDER_AFTER = re.compile(r"^(?:以下|以内|之内|以前|前)")
OVER = re.compile(r"(?:满|达|达到|超过|满了)$")
OVER_AFTER = re.compile(r"^(?:及以上|以上|（含）以上|及其以上|后|以后|起|的)")
COUNTED = "[0-9一二两三四五六七八九十]+个?月"
BARE_STEP = re.compile(
    rf"(?:怀孕|妊娠|孕期)?(?:(?:满|已满|超过|达到|未满|不满|不足){COUNTED}|{COUNTED}(?:及?以上|及?以下))"
)
AGES, MONTHS = ("周岁", "岁"), ("个月", "月")
DAYLIKE = (
    "天",
    "日",
    "个月",
    "月",
    "小时",
    "个小时",
    "分钟",
    "周",
    "个星期",
    "星期",
    "个工作日",
    "工作日",
    "个自然日",
    "自然日",
)
CLOSE = 32  # characters on either side in which a word that bounds or turns it stands
SHORTEST_QUOTE = 5  # characters before an amount below which the part before is quoted with it


class Sentence:
    """A sentence with its amounts, and what each may be.

    Attributes:
        line: in which it stands.
        start: where it begins there, in the cleaned text.
        text: its words.
        amounts: in order.
    """

    def __init__(self, line: ForeignLine, start: int, end: int, losses: Sequence[str]) -> None:
        self.line = line
        self.start, self.end = start, end
        self.text = line.text[start:end]
        self.amounts = amounts(self.text)
        self._tells_loss = any(word in self.text for word in losses)
        self._begins = tuple(self._reach())

    def _reach(self) -> Iterator[int]:
        """For each amount, where the text that belongs to it begins: behind the last amount of its kind.

        Behind a semicolon it begins anew, for what is spoken of stands in the part before.
        """
        given = parts = joint = 0
        for one in self.amounts:
            if (semicolon := self.text.rfind("；", 0, one.start)) > joint:
                given, parts, joint = 0, 0, semicolon
            is_part = one.kind in ("share", "percent")
            yield max(given, parts) if is_part else given
            if is_part:
                parts = one.end
            elif one.kind == "plain" and one.unit in DAYLIKE and not self.is_condition(one):
                given = one.end

    # ---------------------------------------------------------------- around an amount

    def before(self, at: int) -> str:
        """The text before an amount, as far as the last amount of its kind reaches."""
        return self.text[self._begins[at] : self.amounts[at].start]

    def after(self, at: int) -> str:
        """The text behind an amount, as far as its part of the sentence or the next amount."""
        one = self.amounts[at]
        stop = self.amounts[at + 1].start if at + 1 < len(self.amounts) else len(self.text)
        return re.split("[，｜。；（]", LEADING.sub("", self.text[one.end : stop]), maxsplit=1)[0][:16]

    def leading(self, one: Amount) -> str:
        """The characters directly before an amount, as many as any word that bounds it has."""
        return self.text[max(one.start - CLOSE, 0) : one.start]

    def trailing(self, one: Amount) -> str:
        """The characters directly behind it."""
        return self.text[one.end : one.end + CLOSE]

    @property
    def around(self) -> str:
        """The sentence with what leads in to it: its line's list or row, and its article."""
        return self.text + self.line.title + self.line.lead

    # ---------------------------------------------------------------- what an amount may be

    def is_condition(self, one: Amount) -> bool:
        """怀孕满4个月, 工作满1年, 未满1周岁: what must be so, not what is given."""
        before = self.leading(one)
        if one.unit in AGES:
            return True
        if CONDITION.search(before) and not before.endswith("不满意"):
            return True
        if one.unit in MONTHS and self._tells_loss and SPAN_AFTER.match(self.text[one.end :]):
            return True
        return bool(PREGNANT.search(before)) and one.unit in (*MONTHS, "周")

    def is_due(self, one: Amount) -> bool:
        """A time limit: 15日内, 提前7天."""
        return bool(DUE.match(self.text[one.end :]) or AHEAD.search(self.leading(one)))

    @property
    def is_piece(self) -> bool:
        """Whether it was cut out of a text that is too long without a full stop."""
        text = self.line.text
        ends = (text[self.start - 1 : self.start], text[self.end : self.end + 1])
        return any(char and char not in STOPS for char in ends)

    def months_of_pregnancy(self, at: int) -> tuple[Fraction, Fraction | None]:
        """The months that an amount is for: from, and below; 0 and None where the text does not say."""
        low, high = Fraction(0), None
        for one in self._conditions(at):
            before, after = self.text[: one.start], self.text[one.end :]
            if UNDER.search(before) or UNDER_AFTER.match(after):
                high = one.high
            elif OVER.search(before) or OVER_AFTER.match(after) or one.bounded == "least":
                low = one.number
            if one.ranged:
                low, high = one.number, one.high
        return low, high

    def _conditions(self, at: int) -> list[Amount]:
        """The months since the last number of days, else the next ones."""
        found: list[Amount] = []
        for one in self.amounts[:at]:
            if self._is_month_condition(one):
                found.append(one)
            elif one.kind == "plain" and one.unit in ("天", "日"):
                found = []
        later = (one for one in self.amounts[at + 1 :] if self._is_month_condition(one))
        return found or [one for one in (next(later, None),) if one is not None]

    def _is_month_condition(self, one: Amount) -> bool:
        return one.unit in MONTHS and self.is_condition(one)

    # ---------------------------------------------------------------- where it stands

    def place_of(self, at: int) -> tuple[int, int]:
        """Where in the line an amount stands."""
        one = self.amounts[at]
        return self.start + one.start, self.start + one.end

    def part_of(self, at: int) -> tuple[int, int]:
        """Where the part of the sentence with an amount begins and ends, with the condition before it."""
        one = self.amounts[at]
        begin = self._pause_before(one.start)
        if begin > 0 and one.start - begin < SHORTEST_QUOTE:
            begin = self._pause_before(begin - 1)
        ends = [where for mark in "，｜；" if (where := self.text.find(mark, one.end)) >= 0]
        return begin, min([*ends, len(self.text)])

    def _pause_before(self, at: int) -> int:
        return max(self.text.rfind(mark, 0, at) for mark in PAUSES) + 1


def sentences_of(line: ForeignLine, losses: Sequence[str]) -> Iterator[Sentence]:
    """The sentences of a line; ``losses`` are the words for the end of a pregnancy before birth.

    流产的，不满四个月给假15天；满四个月的，给假42天 is one: the part behind the semicolon only says how many months.
    """
    begin, stop = 0, 0
    for start, end in sentences(line.text):
        if stop and _goes_on(line.text, begin, start, end, losses):
            stop = end
            continue
        if stop:
            yield Sentence(line, begin, stop, losses)
        begin, stop = start, end
    if stop:
        yield Sentence(line, begin, stop, losses)


def _goes_on(text: str, begin: int, start: int, end: int, losses: Sequence[str]) -> bool:
    """Whether a part behind a semicolon gives the next step of the leave that the part before speaks of."""
    if text[start - 1] != "；" or end - begin > LONGEST or not BARE_STEP.match(text, start, end):
        return False
    return any(word in text[begin:start] for word in losses) and not any(
        word in text[start:end] for word in losses
    )
