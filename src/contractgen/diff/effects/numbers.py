"""Numbers that changed: which way is better for the workers, and whether it went that way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from contractgen.diff.effects.rules import rules
from contractgen.diff.effects.statement import Statement
from contractgen.diff.tokens import CACHED
from contractgen.document.numerals import CHINESE
from contractgen.law.numerals import NUMERAL, numeral, quantities

Direction = Literal[-1, 0, 1]

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
    r"|一(?:切|般|并|致|经|律|旦|定|方|样|起|同|贯|概)|同一|统一|单一|唯一|逐一|任一|之一|万一|十分|另一|双方|三期|四期|进一步|一次性"
)
BEGINS = rf"[第附（(《每隔同统单唯逐任之另进双半全0-9{CHINESE}]"  # any of them, which is told at once
NUMBER = re.compile(
    rf"(?={BEGINS})(?:{SKIPPED}|(?P<number>[百千万]分之{NUMERAL}|{NUMERAL}分之{NUMERAL}|{NUMERAL}(?:%|％|‰)|{NUMERAL}|半数|半(?=[天日年月小个])|全额))"
)


@lru_cache(maxsize=CACHED)
def amounts(text: str) -> tuple[Amount, ...]:
    """Every amount of a text, without numbers of articles, items, dates and periods."""
    found = (_amount(text, match) for match in NUMBER.finditer(text) if match["number"])
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


# ------------------------------------------------------------------ which way is better

PARTS = "，。；：\n"


def part_before(text: str, at: int) -> str:
    """What stands before a place in its part of a sentence."""
    return text[max(text.rfind(mark, 0, at) for mark in PARTS) + 1 : at]


CONDITION = re.compile(r"[^，。；]*的$")


def direction(text: str, amount: Amount, said: Statement) -> Direction:
    """1 where more is better for the workers, -1 where less is, 0 where a person must say."""
    before = part_before(text, amount.start)
    ends = [at for mark in PARTS if (at := text.find(mark, amount.end)) >= 0]
    after = text[amount.end : min(ends) if ends else len(text)]
    sentence_at = max(text.rfind(mark, 0, amount.start) for mark in "。；\n") + 1
    sentence = text[sentence_at : amount.start] + after
    for pattern_before, pattern_after, way in CONTEXTS:
        if re.search(pattern_before, before) and re.search(pattern_after, after):
            return way
    if DEADLINE_AFTER.search(after) and not USE.search(after, 0, USE_NEAR) and amount.kind == "time":
        if NOTICE_BEFORE.search(before) or re.match(r"(以?前|之前)", after):
            return -1 if said.actor == "worker" else 1
        return 1 if said.actor == "worker" else -1
    if NOTICE_BEFORE.search(before) and amount.kind == "time":
        if (named := rules().actor.match(before)) and rules().actors[named[0]] == "worker":
            return -1  # 女职工至迟在休假前10个工作日提交
        return -1 if said.actor == "worker" else 1
    if CAP.search(before):
        if CONDITION.match(after) and said.modal and not any(True for _ in rules().find_modals(sentence)):
            return 1 if said.actor == "employer" and said.favor > 0 else 0  # 不超过1小时的，应当同意
        allowed = said.modal == "option" and said.favor > 0 and USE.search(sentence)
        return 1 if (allowed or BENEFIT.search(sentence)) and not LIMIT.search(sentence) else -1
    if said.favor < 0:
        return -1 if FLOOR.search(before) else 0
    if FLOOR.search(before) or BENEFIT.search(sentence) or USE.search(after):
        return 1
    return 0


ANY = r""
CONTEXTS: tuple[tuple[str, str, Direction], ...] = (
    (r"(工作|入职|连续|服务|司龄|工龄|转正|签订劳动合同|参保|缴费)[^，。；]{0,6}满?$", ANY, -1),
    (r"(怀孕|妊娠|孕期)[^，。；]{0,3}(未满|不满)$", ANY, 0),
    (r"(怀孕|妊娠|孕)[^，。；]{0,4}满?$", r"^(以上|及以上|以后|起|后|的|流产|引产|终止)", -1),
    (r"(时效|有效期|反悔期|考虑)[^，。；]{0,6}$", ANY, 1),
    (r"(婴儿|子女|孩子|幼儿|小孩)[^，。；]{0,8}$", ANY, 1),
    (r"(最小|最短|最少)[^，。；]{0,6}单位为?$", ANY, -1),
    (r"^[^，。；]{0,3}(增加|另加|再加)$", r"^", 1),
    (r"(试用期|加班|延长劳动|延长工作|夜班|延长)[^，。；]{0,12}$", ANY, -1),
    (r"(扣|罚|违约金|赔偿用人单位|退还|押金)[^，。；]{0,8}$", ANY, -1),
    (r"前$", r"^的?(月|月度)?(平均|均)", 0),
    (r"(间隔|每隔|相隔)[^，。；]{0,10}$", ANY, -1),
    (r"(保存|保管|留存)[^，。；]{0,6}$", ANY, 0),
    (r"(女职工|职工)[^，。；]{0,6}$", r"^(以上|及以上)的?", -1),
    (r"(达到|满|超过)$", r"^(以上|及以上)?的$", -1),
    (r"(定额|产量|任务|指标|考核指标|业绩)[^，。；]{0,8}$", ANY, -1),
    (r"(减少|减免|减轻|核减|降低)[^，。；]{0,6}(定额|任务|劳动量|工作量)[^，。；]{0,6}$", ANY, 1),
    (r"(差别|差距|差额)[^，。；]{0,3}超过$", ANY, -1),
)
DEADLINE_AFTER = re.compile(r"^(之?内|以内|以?前|之前|内)")
NOTICE_BEFORE = re.compile(r"(提前|至少在|前)(不少于|至少|最少)?$")
USE_NEAR = 8  # characters behind a deadline in which the workers' use of it stands
USE = re.compile(r"用完|使用|休完|补休|休息|享受|补交|出示|提交|提出|申请|补办|主张|投诉|申诉")
CAP = re.compile(r"(不超过|不高于|不多于|至多|最多|最长|最高|不得超过|不得多于|上限为|以内|限于|为限)$")
FLOOR = re.compile(
    r"(不少于|不低于|至少|最少|最低|最短|不得少于|不得低于|不短于|低于|少于)[^，。；0-9]{0,12}$"
)
LIMIT = re.compile(r"加班|延长|夜班|调岗|试用期|扣|处分|调查|答复|审批|考察")
BENEFIT = re.compile(
    r"假|休息|津贴|补贴|工资|待遇|奖金|补偿|经费|卫生费|带薪|享受|给予|发放|支付|提供|安排|培训|检查|体检|哺乳时间|疏导|补助|慰问|保留|面积|名额|代表"
)
