"""Amounts in a text: a number with its unit, and how firmly it stands there: ranges, approximations, bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from contractgen.law.numerals import NUMERAL, numeral

AmountKind = Literal["plain", "percent", "share", "period"]
Bounded = Literal["", "least", "most", "more"]

UNITS = (
    "个半工作日|个工作日|工作日|个自然日|自然日|个半小时|个小时|小时|分钟|个半月|个月|周岁|岁半|岁|个星期|星期|周|天半|天|日|年半|年|月"
    "|公斤|千克|kg|KG|万元|元|倍|次|人|名|份"
)
LINKS = "至|到|—|－|-|~|～|–"
UNIT = rf"(?:{UNITS})"
SINGLE = re.compile(rf"(?P<number>{NUMERAL}|半)(?P<unit>{UNIT}(?!末|历|薪|度|底|终|起头)|个半?(?=月))")
RANGE = re.compile(rf"(?P<low>{NUMERAL})(?P<first>{UNIT})?(?:{LINKS})(?P<high>{NUMERAL})(?P<unit>{UNIT})")
PERCENT = re.compile(rf"(?P<percent>{NUMERAL})%|百分之(?P<part>{NUMERAL})")
SHARE = re.compile(
    rf"(?P<lower>{NUMERAL})分之(?P<upper>{NUMERAL})|(?P<top>[0-9]{{1,2}})/(?P<below>[0-9]{{1,2}})(?![0-9/])|(?P<half>半数)"
)
PERIOD = re.compile(
    rf"(?:每隔?(?P<count>{NUMERAL}|半)?个?(?P<unit>年|季度|季|月)|(?P<bare>{NUMERAL})年(?=一次|1次))"
)
PERIOD_MONTHS = {"年": 12, "季度": 3, "季": 3, "月": 1}
DATE = re.compile(
    rf"(?:[0-9]{{2,4}}|[〇○零一二三四五六七八九]{{4}})年(?:{NUMERAL}月(?:{NUMERAL}日)?)?|{NUMERAL}月{NUMERAL}日|每月{NUMERAL}日"
)
ORDER = re.compile(
    rf"第[（(]?{NUMERAL}[)）]?[条款项章节次届天日周年个胎孩]|附件{NUMERAL}|[（(]{NUMERAL}[)）]|《[^》]*》"
)
IDIOM = re.compile(
    r"一(?:切|般|并|致|经|律|旦|定|方|样|起|同|贯|概|次性)|统一|同一|唯一|逐一|任一|之一|万一|十分(?!钟)|另一|双方|[三四五]期|一日三餐|百日咳|两岁半"
)
LEAST = re.compile(
    r"(?:不少于|不低于|不得少于|不得低于|不应少于|不短于|至少|最少|最低|最短|不早于)(?:为|的)?$"
)
MOST = re.compile(
    r"(?:不超过|不得超过|不应超过|不多于|不高于|不得高于|不得多于|至多|最多|最长|最高|上限为|(?<!期)限|仅限|仅)(?:为|的)?$"
)
MORE = re.compile(r"(?:超过|过|多于|高于)$")
CAPPED = re.compile(r"^(?:以内|之内|以下|为限|封顶)")
RAISED = re.compile(r"^(?:（含）|（含本数）)?(?:以上|及以上|（含）以上)")
ABOUT = re.compile(r"(?:约|大约|大概|约为|近|将近|平均)$")
CLOSE = 16  # characters on either side in which such a word stands
STOPS = "。；！？\n"
LONGEST = 400  # characters of a sentence: more without a full stop is read in pieces
PAUSE = re.compile(r"[，、：｜]")
ABOUT_AFTER = re.compile(r"^(?:左右|上下)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit in a cleaned text.

    Attributes:
        number: exact; of 80% the 80; of a range its lower end; of a period the months.
        high: of a range its upper end, else the same number.
        unit: as it is written: 天, 个月, 小时; empty for percent and shares.
        start, end: where it stands, unit included.
        bounded: least (不少于, 以上), most (不超过, 以内), more (过, 超过) or nothing.
        about: approximate: 约, 左右.
    """

    number: Fraction
    high: Fraction
    unit: str
    kind: AmountKind
    start: int
    end: int
    bounded: Bounded = ""
    about: bool = False

    @property
    def ranged(self) -> bool:
        """Whether it is a range: 1至2天."""
        return self.high != self.number


def amounts(text: str) -> list[Amount]:
    """The amounts of a cleaned text in order; days of the calendar and numbers of articles are none."""
    taken = [match.span() for form in (DATE, ORDER, IDIOM) for match in form.finditer(text)]
    found: list[Amount] = []
    for form, make in (
        (RANGE, _range),
        (PERCENT, _percent),
        (SHARE, _share),
        (PERIOD, _period),
        (SINGLE, _single),
    ):
        for match in form.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            one = make(match)
            if one is not None:
                taken.append(match.span())
                found.append(_firm(text, one))
    return sorted(found, key=lambda one: one.start)


def _single(match: re.Match[str]) -> Amount | None:
    number = Fraction(1, 2) if match["number"] == "半" else numeral(match["number"])
    if number is None:
        return None
    unit, end = match["unit"], match.end()
    if unit in ("个", "个半"):  # 半个月, 两个半月: the unit stands behind
        number, unit, end = number + Fraction(unit == "个半", 2), "个月", end + 1
    elif "半" in unit:
        number, unit = number + Fraction(1, 2), unit.replace("半", "")
    if unit == "年" and number >= 1900:
        return None
    return Amount(number, number, unit, "plain", match.start(), end)


def _range(match: re.Match[str]) -> Amount | None:
    low, high = numeral(match["low"]), numeral(match["high"])
    if low is None or high is None or low >= high or (match["first"] or match["unit"]) != match["unit"]:
        return None
    return Amount(low, high, match["unit"].replace("半", ""), "plain", match.start(), match.end())


def _percent(match: re.Match[str]) -> Amount | None:
    number = numeral(match["percent"] or match["part"])
    return None if number is None else Amount(number, number, "", "percent", match.start(), match.end())


def _share(match: re.Match[str]) -> Amount | None:
    if match["half"]:
        number = Fraction(1, 2)
    else:
        lower, upper = numeral(match["lower"] or match["below"]), numeral(match["upper"] or match["top"])
        if not lower or upper is None or upper > lower:
            return None
        number = upper / lower
    return Amount(number, number, "", "share", match.start(), match.end())


def _period(match: re.Match[str]) -> Amount | None:
    counted = match["count"] or match["bare"]
    count = Fraction(1, 2) if counted == "半" else numeral(counted) if counted else Fraction(1)
    if count is None:
        return None
    months = count * PERIOD_MONTHS[match["unit"] or "年"]
    return Amount(months, months, "个月", "period", match.start(), match.end())


def _firm(text: str, one: Amount) -> Amount:
    """The same with the words around it that bound or blur it."""
    before, after = text[max(one.start - CLOSE, 0) : one.start], text[one.end : one.end + CLOSE]
    bounded: Bounded = ""
    if LEAST.search(before) or RAISED.match(after):
        bounded = "least"
    elif MOST.search(before) or CAPPED.match(after):
        bounded = "most"
    elif MORE.search(before):
        bounded = "more"
    about = bool(ABOUT.search(before) or ABOUT_AFTER.match(after))
    return replace(one, bounded=bounded, about=about)


def sentences(text: str, *, whole: bool = False) -> Iterator[tuple[int, int]]:
    """Where each sentence of a cleaned text begins and ends; ``whole`` takes parts before a ； together."""
    for match in re.finditer(rf"[^{STOPS.replace('；', '') if whole else STOPS}]+", text):
        yield from _pieces(text, match.start(), match.end())


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or where it has no end in sight, its parts up to a pause."""
    while end - start > LONGEST:
        pauses = [one.end() for one in PAUSE.finditer(text, start + LONGEST // 2, start + LONGEST)]
        stop = pauses[-1] if pauses else start + LONGEST
        yield start, stop
        start = stop
    yield start, end
