"""Numbers of a text with their units, as they can be held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from contractgen.diff.tokens import CACHED
from contractgen.diff.words import words
from contractgen.document.numerals import CHINESE
from contractgen.law.numerals import NUMERAL, numeral, quantities

# of each unit the least and the most days (or other base) that one of it is, and what is counted
UNITS: dict[str, tuple[Fraction, Fraction, str]] = {
    "分钟": (Fraction(1, 1440), Fraction(1, 480), "time"),
    "小时": (Fraction(1, 24), Fraction(1, 8), "time"),
    "个工作日": (Fraction(1), Fraction(2), "time"),
    "工作日": (Fraction(1), Fraction(2), "time"),
    "个自然日": (Fraction(1), Fraction(1), "time"),
    "自然日": (Fraction(1), Fraction(1), "time"),
    "个半天": (Fraction(1, 2), Fraction(1, 2), "time"),
    "天": (Fraction(1), Fraction(1), "time"),
    "日": (Fraction(1), Fraction(1), "time"),
    "周岁": (Fraction(365), Fraction(366), "time"),
    "岁": (Fraction(365), Fraction(366), "time"),
    "周": (Fraction(7), Fraction(7), "time"),
    "个星期": (Fraction(7), Fraction(7), "time"),
    "个月": (Fraction(28), Fraction(31), "time"),
    "月": (Fraction(28), Fraction(31), "time"),
    "个季度": (Fraction(90), Fraction(92), "time"),
    "年": (Fraction(365), Fraction(366), "time"),
    "万元": (Fraction(10000), Fraction(10000), "money"),
    "元": (Fraction(1), Fraction(1), "money"),
    "倍": (Fraction(1), Fraction(1), "share"),
    "次": (Fraction(1), Fraction(1), "times"),
    "人": (Fraction(1), Fraction(1), "person"),
    "名": (Fraction(1), Fraction(1), "person"),
    "份": (Fraction(1), Fraction(1), "copy"),
    "间": (Fraction(1), Fraction(1), "room"),
    "个": (Fraction(1), Fraction(1), "piece"),
}
EXACT = {  # units of which one is a whole number of the other
    "分钟": (1, "minute"), "小时": (60, "minute"),
    "个月": (1, "month"), "月": (1, "month"), "个季度": (3, "month"), "年": (12, "month"), "周岁": (12, "month"), "岁": (12, "month"),
}  # fmt: skip
UNIT = re.compile("|".join(sorted(UNITS, key=len, reverse=True)))
PERIOD = re.compile(
    rf"[每隔](?P<number>{NUMERAL}|半)?(?:个)?(?P<unit>学年|年度|年|季度|季|月|周|日|天|班)(?:度)?"
)
PERIOD_DAYS = {
    "学年": 365,
    "年度": 365,
    "年": 365,
    "季度": 91,
    "季": 91,
    "月": 30,
    "周": 7,
    "日": 1,
    "天": 1,
    "班": 1,
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, where it stands in a text."""

    number: Fraction
    unit: str
    low: Fraction
    high: Fraction
    kind: str
    start: int
    end: int  # behind the unit

    def compare(self, other: Amount) -> int | None:
        """1 where this is more than the other, -1 less, 0 as much; None where that cannot be told."""
        if self.kind != other.kind:
            return None
        mine, theirs = EXACT.get(self.unit), EXACT.get(other.unit)
        if mine and theirs and mine[1] == theirs[1]:
            one, two = self.number * mine[0], other.number * theirs[0]
            return (one > two) - (one < two)
        if self.unit == other.unit or (self.low == self.high and other.low == other.high):
            return (self.low > other.low) - (self.low < other.low)
        if self.low > other.high:
            return 1
        if self.high < other.low:
            return -1
        return None


SKIPPED = (
    rf"第[（(]?{NUMERAL}[)）]?[条款项章节次]|附件{NUMERAL}|[（(]{NUMERAL}[)）]|{NUMERAL}年{NUMERAL}月(?:{NUMERAL}日)?"
    rf"|《[^》]*》|[每隔](?:{NUMERAL}|半)?(?:个)?(?:学年|年|季度|季|月|周|日|天|班)"
)
COUNTS = rf"[百千万]分之{NUMERAL}|{NUMERAL}分之{NUMERAL}|{NUMERAL}(?:%|％|‰)|{NUMERAL}|半数|半(?=[天日年月小个])|全额"


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    """Finds what counts, and first what does not: 第三条, 每年, 一般."""
    idioms = words().idioms
    begins = "".join(sorted({"第附（(《每隔半全0-9", CHINESE, *(word[0] for word in idioms)}))
    return re.compile(rf"(?=[{begins}])(?:{SKIPPED}|{'|'.join(idioms)}|(?P<number>{COUNTS}))")


@lru_cache(maxsize=CACHED)
def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of a text, without numbers of articles, items, dates and periods."""
    found = (_amount(text, match) for match in _number().finditer(text) if match["number"])
    return tuple(one for one in found if one is not None)


@lru_cache(maxsize=CACHED)
def _read(text: str) -> tuple[Fraction | None, str]:
    """A number and whether it is a percent, a share or plain."""
    if text == "全额":
        return Fraction(100), "percent"
    found = next(iter(quantities(text)), None)
    if found is not None:
        return found.number, found.kind
    return (Fraction(1, 2) if text == "半" else numeral(text)), "plain"


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    number, written = _read(match[0])
    start, end = match.span()
    if number is None:
        return None
    if written != "plain":
        share = number / 100 if written == "percent" else number
        return Amount(number, written, share, share, "share", start, end)
    half = text.startswith("个半", end)  # 两个半月
    unit = UNIT.match("个" + text[end + 2 : end + 4]) if half else UNIT.match(text, end)
    if unit is None:
        return None if half else Amount(number, "", number, number, "bare", start, end)
    low, high, kind = UNITS[unit[0]]
    number += Fraction(1, 2) if half else 0
    return Amount(number, unit[0], low * number, high * number, kind, start, end + half + len(unit[0]))


def periods(text: str) -> Iterator[tuple[Fraction, int, int]]:
    """每两年, 每季度: how many days, and where it stands."""
    for match in PERIOD.finditer(text):
        count = (
            Fraction(1, 2)
            if match["number"] == "半"
            else numeral(match["number"])
            if match["number"]
            else Fraction(1)
        )
        if count is not None:
            yield count * PERIOD_DAYS[match["unit"]], match.start(), match.end()
