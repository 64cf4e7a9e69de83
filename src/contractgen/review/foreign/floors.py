"""Each number of a foreign contract carried to the law that it is about, and held against the law of a place and day.

Three outcomes only: ok, below the floor, or for a person. What is read from a title alone, a range, an approximate
number, another unit than the law's, an option where the law sets a duty: a person must look. A number whose matter is
not certain is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from contractgen.checks.rule import source_of
from contractgen.law import LawView, Norm, describe, number_label
from contractgen.law.units import names
from contractgen.review.foreign.amounts import STOPS, Amount, amounts, sentences
from contractgen.review.foreign.lines import ForeignLine
from contractgen.review.foreign.rules import MISCARRIAGE, Matter, Role, Rules

Outcome = Literal["ok", "below", "person"]

LINK = re.compile(
    r"(?:为|是|共|共计|合计|总计|：|不少于|不低于|至少|不得少于|不得低于|不超过|不得超过|最多|最长|最高|达|满|时间|期限|天数|期间|均|各|｜|享受|给予|休|“|”|（|）|假期|应)$"
)
LEADING = re.compile(r"^(?:的|以上|及以上|带薪|全薪|左右|（含）)+")
PAUSES = "，｜：（"
DUE = re.compile(r"^(?:之内|以内|内|以前|之前|前|后|以后|之后|的次日|起)")
AHEAD = re.compile(r"(?:提前|提早|前|逾期|间隔|相隔|届满前|超出)(?:不少于|至少)?$")
CONDITION = re.compile(r"(?:满|未满|不满|不足|未达|达到|达|连续|工作|入职|累计)$")
AGE_BEFORE = re.compile(r"(?:未满|不满|满|不足|至|到|年满)$")
UNDER = re.compile(r"(?:未满|不满|不足|少于|小于)$")
UNDER_AFTER = re.compile(r"^(?:以下|以内|之内|以前|前)")
OVER = re.compile(r"(?:满|达|达到|超过|满了)$")
OVER_AFTER = re.compile(r"^(?:及以上|以上|（含）以上|及其以上|后|以后|起|的)")
OLD_VALUE = re.compile(r"(?:由|从|原|原来的|原定)$")
OLD_VALUE_AFTER = re.compile(r"^(?:的|产假)?(?:增加|延长|调整|提高|改|增至|调至)")
MAY = re.compile(r"可以|(?<![方许认不尚])可(?=享受|休|请|给|安排|申请|延长|有|适当|酌|再|另|获|每|各)")
LOST = re.compile(r"流产|引产|小产|终止妊娠")
SPAN_AFTER = re.compile(r"(?:（含）)?(?:及|或者|或)?(?:以下|以上|以内|以前|以后|不满)")
PORTION = re.compile(r"(?:按|以)$")  # 按半日使用, 以小时计算: how it is taken, not how much is given
PORTIONED = re.compile(r"(?:为单位|为一个单位|为最小|使用|计算|计|休)")
TERM = re.compile(r"(?:本合同|本协议|合同|协议)[^，。；]{0,4}(?:期限|有效期)[为是：｜]?$")
DENOMINATOR = re.compile(r"(?:到会|出席|参会|与会|实到|参加会议|到场)[^，。；]{0,8}$")
WIDE, LEADS, TITLES = 1, 2, 3  # how far from the number its matter was found
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
COUNTS = ("次", "人", "名", "份", "倍", "元", "万元")
NEAR = 16  # characters before it in which that may be named instead
CLOSE = 32  # characters on either side in which a word that bounds or turns it stands
FAR = 28  # characters between a time limit and what must be done in it


@dataclass(frozen=True)
class Judged:
    """A number, what it is about, and how it stands to the law.

    Attributes:
        line: where it stands; start and end in the cleaned text.
        title: of the matter, 产假.
        shown: the number as the text has it.
        outcome: ok, below or person.
        reason: why, in Chinese; empty where it is ok without a word.
        norm: the law that it was held against; None for a sum or a full wage.
        floor: what the law asks, in Chinese.
        basis: the articles.
        keys: of the law.
        number: as it is held against the law.
        at: where the number itself stands.
    """

    line: ForeignLine
    start: int
    end: int
    title: str
    shown: str
    outcome: Outcome
    reason: str
    norm: Norm | None
    floor: str
    basis: str
    keys: tuple[str, ...]
    number: Fraction
    at: tuple[int, int]


def judge_numbers(lines: Iterable[ForeignLine], view: LawView, rules: Rules) -> tuple[Judged, ...]:
    """Every number that is about something the law knows, in the order of the text."""
    judge = _Judge(view, rules)
    found = [one for line in lines for one in judge.line(line)]
    return tuple(judge.with_sums(found))


@dataclass(frozen=True)
class _Found:
    """The matter of a number, and how it was told."""

    matter: Matter
    level: int
    rank: int
    distance: int
    length: int


@dataclass(frozen=True)
class _Held:
    """An amount in the unit of a norm: at least and at most; exact where no conversion was needed."""

    low: Fraction
    high: Fraction
    exact: bool


class _Sentence:
    """A sentence with its amounts, and what each may be."""

    def __init__(self, line: ForeignLine, start: int, end: int) -> None:
        self.line = line
        self.start, self.end = start, end
        self.text = line.text[start:end]
        self.amounts = amounts(line.text[start:end])
        self._begins = tuple(self._reach())

    def _reach(self) -> Iterator[int]:
        """For each amount, where the text that belongs to it begins: behind the last amount of its kind."""
        given = parts = 0
        for one in self.amounts:
            is_part = one.kind in ("share", "percent")
            yield max(given, parts) if is_part else given
            if is_part:
                parts = one.end
            elif one.kind == "plain" and one.unit in DAYLIKE and not self.is_condition(one):
                given = one.end

    def before(self, at: int) -> str:
        """The text before an amount, as far as the last amount of its kind reaches."""
        return self.text[self._begins[at] : self.amounts[at].start]

    def after(self, at: int) -> str:
        """The text behind an amount, as far as its part of the sentence or the next amount."""
        one = self.amounts[at]
        stop = self.amounts[at + 1].start if at + 1 < len(self.amounts) else len(self.text)
        return re.split("[，｜。；（]", LEADING.sub("", self.text[one.end : stop]), maxsplit=1)[0][:16]

    def is_condition(self, one: Amount) -> bool:
        """怀孕满4个月, 工作满1年, 未满1周岁: what must be so, not what is given."""
        before = self.leading(one)
        if one.unit in ("周岁", "岁"):
            return True
        if CONDITION.search(before) and not before.endswith("不满意"):
            return True
        if one.unit in ("个月", "月") and LOST.search(self.text) and SPAN_AFTER.match(self.text[one.end :]):
            return True
        return bool(re.search(r"(?:怀孕|妊娠|孕期|孕)[^，。]{0,3}$", before)) and one.unit in (
            "个月",
            "月",
            "周",
        )

    @property
    def is_piece(self) -> bool:
        """Whether it was cut out of a text that is too long without a full stop."""
        text = self.line.text
        ends = (text[self.start - 1 : self.start], text[self.end : self.end + 1])
        return any(char and char not in STOPS for char in ends)

    def leading(self, one: Amount) -> str:
        """The characters directly before an amount, as many as any word that bounds it has."""
        return self.text[max(one.start - CLOSE, 0) : one.start]

    def place_of(self, at: int) -> tuple[int, int]:
        """Where in the line a number stands."""
        one = self.amounts[at]
        return self.start + one.start, self.start + one.end

    def is_due(self, one: Amount) -> bool:
        """A time limit: 15日内, 提前7天."""
        return bool(DUE.match(self.text[one.end :]) or AHEAD.search(self.leading(one)))


class _Judge:
    def __init__(self, view: LawView, rules: Rules) -> None:
        self.view, self.rules = view, rules
        self.steps = _steps(view)

    def line(self, line: ForeignLine) -> Iterator[Judged]:
        """The numbers of a line."""
        for start, end in sentences(line.text):
            sentence = _Sentence(line, start, end)
            for at in range(len(sentence.amounts)):
                found = self._matter(sentence, at)
                if found is not None and found.matter.judged:
                    judged = self._judge(sentence, at, found)
                    if judged is not None:
                        yield judged

    # ---------------------------------------------------------------- which matter

    def _matter(self, sentence: _Sentence, at: int) -> _Found | None:
        """What a number is about: the nearest word that names a matter, special cases first."""
        one = sentence.amounts[at]
        if one.unit in COUNTS:
            return None
        before, after = sentence.leading(one), sentence.text[one.end : one.end + CLOSE]
        if OLD_VALUE.search(before) and OLD_VALUE_AFTER.match(after):
            return None
        fitting = (self._fits(sentence, at, matter) for matter in self.rules.matters)
        return min(
            (found for found in fitting if found is not None),
            key=lambda found: (found.level, -found.rank, found.distance, -found.length),
            default=None,
        )

    def _fits(self, sentence: _Sentence, at: int, matter: Matter) -> _Found | None:
        one = sentence.amounts[at]
        before, after = sentence.before(at), sentence.after(at)
        if not self._has_role(matter.role, sentence, at, matter):
            return None
        if matter.role == "grant" and PORTION.search(sentence.leading(one)) and PORTIONED.match(after):
            return None
        if any(word in before + after for word in matter.excludes):
            return None
        if any(word in before for word in matter.unless) and "其中" not in before:
            return None
        around = sentence.text + sentence.line.title + sentence.line.lead
        if matter.needs and not any(word in around for word in matter.needs):
            return None
        if matter.role == "until":
            near = sentence.text[max(one.start - 14, 0) : one.end + 10]
            hit = [word for word in matter.says if word in near]
            return _Found(matter, 0, matter.rank, 0, max(map(len, hit))) if hit else None
        if matter.role in ("within", "ahead", "part", "interval"):
            return self._about_act(sentence, at, matter)
        return self._nearest(sentence, before, after, matter)

    def _nearest(self, sentence: _Sentence, before: str, after: str, matter: Matter) -> _Found | None:
        """The word of a matter that stands nearest before the number, or directly behind it."""
        stripped = _unlinked(before)
        best: _Found | None = None
        for word in matter.says:
            at = before.rfind(word)
            if at >= 0:
                distance = max(len(stripped) - at - len(word), 0)
                best = _better(best, _Found(matter, 0, matter.rank, distance, len(word)))
            at = after.find(word)
            if 0 <= at <= 6:
                best = _better(best, _Found(matter, 0, matter.rank, at + 1, len(word)))
        if best is not None:
            return best
        line = sentence.line
        whole = sentence.text[: len(sentence.text)]
        row = line.lead if line.row else ""
        for level, text in (
            (WIDE, row),
            (WIDE, whole[: whole.find(before)] if before in whole else ""),
            (LEADS, line.lead),
            (TITLES, line.title),
        ):
            for word in matter.says:
                at = text.rfind(word)
                if at >= 0:
                    best = _better(
                        best, _Found(matter, level, matter.rank, len(text) - at - len(word), len(word))
                    )
            if best is not None:
                return best
        return None

    def _about_act(self, sentence: _Sentence, at: int, matter: Matter) -> _Found | None:
        """What must be done within a time limit, or by what share: behind the number, else before it."""
        one = sentence.amounts[at]
        later = (
            other.start
            for other in sentence.amounts[at + 1 :]
            if other.unit not in COUNTS and other.kind == "plain"
        )
        stop = next(later, len(sentence.text))
        behind = sentence.text[one.end : min(stop, one.end + FAR)]
        best: _Found | None = None
        for word in matter.says:
            where = behind.find(word)
            if where >= 0:
                best = _better(best, _Found(matter, 0, matter.rank, where, len(word)))
        if best is None and (matter.role in ("within", "interval") or matter.rank > 1):
            front = sentence.before(at)[-NEAR:]
            for word in matter.says:
                where = front.rfind(word)
                if where >= 0:
                    best = _better(
                        best, _Found(matter, WIDE, matter.rank, len(front) - where - len(word), len(word))
                    )
        return best

    def _has_role(self, role: Role, sentence: _Sentence, at: int, matter: Matter) -> bool:
        one = sentence.amounts[at]
        before, after = sentence.leading(one), sentence.text[one.end : one.end + CLOSE]
        plain = one.kind == "plain"
        if role == "grant":
            return plain and not sentence.is_due(one) and not sentence.is_condition(one) and one.unit != "年"
        if role == "until":
            return (
                plain
                and one.unit in ("周岁", "岁", "个月", "月")
                and bool(AGE_BEFORE.search(before) or UNDER_AFTER.match(after) or one.unit in ("周岁", "岁"))
                and not (
                    sentence.is_due(one) and one.unit in ("个月", "月") and not AGE_BEFORE.search(before)
                )
                and not re.search(r"孕[^，]{0,6}$", before)
            )
        if role == "from":
            pregnant = re.search(r"(?:怀孕|妊娠|孕期|孕)[^，。；]{0,6}$", before)
            return (
                plain
                and one.unit in ("个月", "月", "周")
                and bool(pregnant)
                and not UNDER.search(before)
                and bool(OVER.search(before) or OVER_AFTER.match(after))
            )
        if role == "within":
            return (
                plain
                and one.unit in (*DAYLIKE, "年")
                and bool(re.match(r"^(?:之内|以内|内|，?未提|，?没有提|未提)", after))
            )
        if role == "ahead":
            return plain and bool(re.match(r"^(?:以前|之前|前)", after) or AHEAD.search(before))
        if role == "interval":
            return one.kind == "period" and bool(re.search("次|检查|普查|体检|筛查", after[:24]))
        if role == "part":
            return one.kind == "share" or (one.kind == "percent" and one.number <= 100)
        if role == "pay":
            return one.kind == "percent"
        if role == "limit":
            return plain and not sentence.is_due(one)
        months = one.unit == "个月" and bool(TERM.search(before))
        term = plain and (one.unit == "年" or months)
        return (
            term and not sentence.is_due(one) and not sentence.is_condition(one)
        )  # the term of the contract

    # ---------------------------------------------------------------- how it stands

    def _judge(self, sentence: _Sentence, at: int, found: _Found) -> Judged | None:
        one, matter = sentence.amounts[at], found.matter
        if matter.sums:
            return self._judge_sum(sentence, at, found)
        if matter.laws == (MISCARRIAGE,):
            return self._judge_miscarriage(sentence, at, found)
        if matter.role == "pay":
            return self._judge_pay(sentence, at, found)
        norm = next((norm for key in matter.laws if (norm := self.view.get(key)) is not None), None)
        if norm is None or norm.value is None:
            return None
        if (
            matter.role == "part"
            and DENOMINATOR.search(sentence.before(at)[-14:])
            and matter.laws == ("adoption_majority",)
        ):
            return None  # counted of those present: told as a fault of its own
        held = self._held(one, norm)
        if held is None:
            return None
        number, doubt = self._times(sentence, at, matter, held)
        if matter.role in ("until", "from"):
            one = replace(one, bounded="")
        outcome, reason = self._outcome(one, norm, number, matter.worse)
        if outcome == "ok" and matter.also and (other := self.view.get(matter.also)) is not None:
            outcome, reason = self._outcome(one, other, number)
            norm = other if outcome != "ok" else norm
        return self._said(sentence, at, found, norm, outcome, reason, doubt, number)

    def _said(
        self,
        sentence: _Sentence,
        at: int,
        found: _Found,
        norm: Norm,
        outcome: Outcome,
        reason: str,
        doubt: str,
        held: _Held,
    ) -> Judged:
        one = sentence.amounts[at]
        unsure = found.level >= (TITLES if sentence.line.row else LEADS)
        if outcome == "below" and unsure and found.matter.role == "grant":
            outcome, reason = "person", f"{reason}，但是这里没有写明是不是{norm.title}"
        if outcome == "below" and doubt and "每次" in doubt:
            outcome = "person"
            reason = doubt
        if outcome == "ok":
            reason = doubt or self._doubt(sentence, at, found)
            outcome = "person" if reason else "ok"
        return Judged(
            sentence.line,
            sentence.start + self._quote_from(sentence, at),
            sentence.start + self._quote_to(sentence, at),
            norm.title,
            sentence.text[one.start : one.end],
            outcome,
            reason,
            norm,
            f"{self.view.title if norm.place == self.view.place else norm.place_title}法定标准{describe(norm)}",
            source_of(norm),
            found.matter.laws,
            held.low,
            sentence.place_of(at),
        )

    def _quote_from(self, sentence: _Sentence, at: int) -> int:
        """Where the part of the sentence with the number begins, with the condition before it."""
        one = sentence.amounts[at]
        begin = max((sentence.text.rfind(mark, 0, one.start) for mark in PAUSES), default=-1) + 1
        if one.start - begin < 5 and begin > 0:
            begin = max((sentence.text.rfind(mark, 0, begin - 1) for mark in PAUSES), default=-1) + 1
        return begin

    def _quote_to(self, sentence: _Sentence, at: int) -> int:
        one = sentence.amounts[at]
        ends = [where for mark in "，｜" if (where := sentence.text.find(mark, one.end)) >= 0]
        return min([*ends, len(sentence.text)])

    def _outcome(self, one: Amount, norm: Norm, held: _Held, worse: str = "") -> tuple[Outcome, str]:
        assert norm.value is not None
        floor = Fraction(norm.value)
        strict = norm.strict and one.bounded != "more"
        bound = worse or norm.bound
        if bound == "minimum":
            if held.high < floor or (held.high == floor and strict):
                return "below", ""
            if held.low < floor:
                return (
                    "person",
                    "数值的范围跨过了法定标准" if held.exact else "单位与法律规定的不同，不能直接比较",
                )
            if one.bounded == "most":
                return "person", "写的是上限，没有写最少多少"
        elif bound == "maximum":
            if held.low > floor:
                return "below", ""
            if held.high > floor:
                return (
                    "person",
                    "数值的范围跨过了法定标准" if held.exact else "单位与法律规定的不同，不能直接比较",
                )
            if one.bounded == "least" and norm.unit not in ("pregnancy_month", "kilogram"):
                return "person", "写的是下限，没有写最多多少"
        elif not (held.exact and held.low == held.high == floor):
            if norm.bound == "advice" and held.exact and self._within_advice(norm, held.low):
                return ("person", "写的是一个范围，没有确定的数值") if one.ranged else ("ok", "")
            return (
                "person",
                f"与{'通常的做法' if norm.bound == 'advice' else '法律规定的'}{number_label(floor)}不同",
            )
        if not held.exact:
            return "person", "单位与法律规定的不同，请核对"
        if one.ranged:
            return "person", "写的是一个范围，没有确定的数值"
        if one.about:
            return "person", "写的是约数"
        return "ok", ""

    def _within_advice(self, norm: Norm, number: Fraction) -> bool:
        assert norm.value is not None
        if norm.key.endswith("_minimum"):
            return number >= norm.value
        return number <= norm.value if norm.key.endswith("_maximum") else number == norm.value

    def _held(self, one: Amount, norm: Norm) -> _Held | None:
        """An amount in the unit of a norm; None where the two measure different things."""
        if one.kind in ("share", "percent"):
            scale = Fraction(1, 100) if one.kind == "percent" and norm.unit != "percent" else Fraction(1)
            return _Held(one.number * scale, one.high * scale, True)
        if one.kind == "period":
            part = {"year": Fraction(1, 12), "month": Fraction(1)}.get(norm.unit)
            return None if part is None else _Held(one.number * part, one.high * part, True)
        words = {**names().statute_words.get(norm.unit, {}), **self.rules.words.get(norm.unit, {})}
        if one.unit in words:
            scale = words[one.unit]
            return _Held(one.number * scale, one.high * scale, True)
        loose = self.rules.loose.get(norm.unit, {}).get(one.unit)
        return None if loose is None else _Held(one.number * loose[0], one.high * loose[1], False)

    def _times(self, sentence: _Sentence, at: int, matter: Matter, held: _Held) -> tuple[_Held, str]:
        """两次，每次30分钟 as 60 minutes a day; and what is missing where the law counts per day or year."""
        one = sentence.amounts[at]
        around = sentence.text + sentence.line.lead + sentence.line.title
        if (
            matter.role == "grant"
            and "每次" in sentence.before(at)[-8:] + sentence.text[max(one.start - 3, 0) : one.start]
        ):
            count = next(
                (
                    other.number
                    for other in sentence.amounts
                    if other.unit == "次" and other.start < one.start and other.number > 1
                ),
                None,
            )
            if count is None and matter.rank < 2:
                return held, "只写了每次多久，没有写明次数"
            if matter.rank == 2 and count is None:
                other = re.search("两次|2次|二次", sentence.line.text)
                count = Fraction(2) if other else None
                if count is None:
                    return held, "只写了每次多久，没有写明次数"
            assert count is not None
            return _Held(held.low * count, held.high * count, held.exact), ""
        if matter.each and not any(word in around for word in matter.each):
            return held, f"没有写明“{matter.each[0]}”"
        return held, ""

    def _doubt(self, sentence: _Sentence, at: int, found: _Found) -> str:
        """Why a number that is high enough may not be owed all the same."""
        matter = found.matter
        if sentence.is_piece:
            return "这里很长一段没有句号，看不出还有什么条件"
        for word in self.rules.hedges:
            if word in sentence.text and not any(
                word in allowed or allowed in word for allowed in matter.may
            ):
                return f"句中有“{word}”，不是确定的义务"
        if matter.may or matter.role == "limit":
            return ""
        before = sentence.text[: sentence.amounts[at].start]
        match = next(iter([*MAY.finditer(before)][-1:]), None)
        if match is not None and not self._is_right(before, match):
            return f"写的是“{match[0]}”，不是义务"
        return ""

    def _is_right(self, before: str, match: re.Match[str]) -> bool:
        part = before[: match.start()]
        begin = max(part.rfind("。"), part.rfind("；")) + 1
        owner = any(word in part[begin:] for word in self.rules.workers)
        after = before[match.end() :]
        return (owner and any(word in after[:10] for word in self.rules.rights)) or (
            match[0] == "可以" and "产前" in part[-3:]
        )

    # ---------------------------------------------------------------- special matters

    def _judge_sum(self, sentence: _Sentence, at: int, found: _Found) -> Judged | None:
        one = sentence.amounts[at]
        norms = [self.view.get(key) for key in found.matter.sums]
        if any(norm is None for norm in norms) or one.unit not in ("天", "日"):
            return None
        known = [norm for norm in norms if norm is not None and norm.value is not None]
        total = sum((Fraction(norm.value) for norm in known if norm.value is not None), Fraction(0))
        title = "和".join(norm.title for norm in known) + "合计"
        outcome: Outcome = "ok" if one.number >= total else "below"
        doubt = self._doubt(sentence, at, found) if outcome == "ok" else ""
        if outcome == "ok" and (one.ranged or one.about or one.bounded == "most"):
            doubt = doubt or "没有确定的数值"
        parts = "＋".join(number_label(norm.value) for norm in known if norm.value is not None)
        return Judged(
            sentence.line,
            sentence.start + self._quote_from(sentence, at),
            sentence.start + self._quote_to(sentence, at),
            title,
            sentence.text[one.start : one.end],
            "person" if doubt else outcome,
            doubt,
            None,
            f"法定标准{parts}＝{number_label(total)}天",
            "；".join(source_of(norm) for norm in known),
            tuple(norm.key for norm in known),
            one.number,
            sentence.place_of(at),
        )

    def _judge_miscarriage(self, sentence: _Sentence, at: int, found: _Found) -> Judged | None:
        one = sentence.amounts[at]
        months = _condition(sentence, at)
        low, high = months
        steps = [
            norm
            for norm, begin, end in self.steps
            if (high is None or begin < high) and (end is None or low < end)
        ]
        if not steps:
            return None
        strictest = max(steps, key=lambda norm: norm.value or 0)
        mildest = min(steps, key=lambda norm: norm.value or 0)
        held = self._held(one, strictest)
        if held is None or strictest.value is None or mildest.value is None:
            return None
        told = low > 0 or high is not None
        outcome, reason = self._outcome(one, strictest, held)
        if outcome == "below" and held.high >= mildest.value:
            outcome = "person"
            reason = f"不够{strictest.title}的标准" if told else "没有写明怀孕几个月，不知道适用哪一档"
        return self._said(sentence, at, found, strictest, outcome, reason, "", held)

    def _judge_pay(self, sentence: _Sentence, at: int, found: _Found) -> Judged | None:
        one, matter = sentence.amounts[at], found.matter
        begin, end = self._quote_from(sentence, at), self._quote_to(sentence, at)
        part = sentence.text[begin:end]
        if not re.search("工资|待遇|薪", sentence.text[max(begin - 20, 0) : end]):
            return None
        if any(word in sentence.text for word in matter.unless):
            return None
        norm = next((norm for key in matter.laws if (norm := self.view.get(key)) is not None), None)
        if norm is None:
            return None
        if matter.least:
            if one.number >= matter.least:
                return None
            reason = ""
            return Judged(
                sentence.line, sentence.start + begin, sentence.start + end, "产假期间的待遇", sentence.text[one.start : one.end],
                "below", reason, norm, f"产假期间的工资待遇不得降低，即不低于{matter.least}%", source_of(norm), matter.laws, one.number,
                sentence.place_of(at),
            )  # fmt: skip
        if norm.value is None or norm.unit != "percent":
            return None
        held = _Held(one.number, one.high, True)
        outcome, reason = self._outcome(one, norm, held)
        wanted = matter.bases.get(norm.pay_base, ())
        others = [word for base, words in matter.bases.items() if base != norm.pay_base for word in words]
        behind = sentence.text[one.end : one.end + 12]
        if outcome == "ok" and not any(word in part for word in wanted):
            said = next((word for word in others if word in part), "")
            reason = f"写的是{said}的百分比，法律的基数不同" if said else "没有写明是哪一种工资的百分比"
            outcome = "person"
        elif (
            outcome == "below"
            and any(word in part for word in others)
            and not any(word in behind for word in others)
        ):
            outcome, reason = "person", "百分比的基数与法律规定的不同"
        other = self.view.get(norm.together_with) if norm.together_with else None
        if (
            outcome == "ok"
            and other is not None
            and other.unit == "minimum_wage"
            and "最低工资" not in sentence.text
        ):
            outcome, reason = "person", f"没有写同时要达到的另一道底线：{other.title}"
        return self._said(sentence, at, found, norm, outcome, reason, "", held)

    # ---------------------------------------------------------------- sums over the contract

    def with_sums(self, found: Sequence[Judged]) -> Iterator[Judged]:
        """产假158天 is 98 and 60 days in one number; 128 days alone may or may not hold the birth leave."""
        birth = self.view.get("birth_leave")
        apart = any("birth_leave" in one.keys for one in found)
        for one in found:
            more = (
                one.keys == ("maternity_leave",)
                and one.norm is not None
                and one.norm.value is not None
                and one.number > one.norm.value
            )
            if one.outcome != "ok" or not more or apart or birth is None or birth.value is None:
                yield one
                continue
            assert one.norm is not None and one.norm.value is not None
            total = Fraction(one.norm.value) + Fraction(birth.value)
            label = f"{number_label(one.norm.value)}＋{number_label(birth.value)}＝{number_label(total)}天"
            basis = f"{one.basis}；{source_of(birth)}"
            if one.number >= total:
                yield replace(one, reason=f"已经包含{birth.title}（{label}）", basis=basis)
            else:
                reason = f"没有另写{birth.title}；如果这个天数已经包含{birth.title}，就低于{label}"
                yield replace(one, outcome="person", reason=reason, basis=basis)


def _better(one: _Found | None, other: _Found) -> _Found:
    if one is None or (other.distance, -other.length) < (one.distance, -one.length):
        return other
    return one


def _unlinked(text: str) -> str:
    """The text without the words that only link a matter to its number."""
    while True:
        shorter = LINK.sub("", text)
        if shorter == text:
            return text
        text = shorter


def _condition(sentence: _Sentence, at: int) -> tuple[Fraction, Fraction | None]:
    """The months of pregnancy that a number is for: from, and below; 0 and None where the text does not say."""
    low: Fraction = Fraction(0)
    high: Fraction | None = None
    conditions: list[Amount] = []
    for earlier in sentence.amounts[:at]:
        if sentence.is_condition(earlier) and earlier.unit in ("个月", "月"):
            conditions.append(earlier)
        elif earlier.kind == "plain" and earlier.unit in ("天", "日"):
            conditions = []
    if not conditions:
        for later in sentence.amounts[at + 1 :]:
            if sentence.is_condition(later) and later.unit in ("个月", "月"):
                conditions = [later]
                break
    for one in conditions:
        before, after = sentence.text[: one.start], sentence.text[one.end :]
        if UNDER.search(before) or UNDER_AFTER.match(after):
            high = one.high
        elif OVER.search(before) or OVER_AFTER.match(after) or one.bounded == "least":
            low = one.number
        if one.ranged:
            low, high = one.number, one.high
    return low, high


def _steps(view: LawView) -> list[tuple[Norm, Fraction, Fraction | None]]:
    """The steps of leave after a miscarriage: the norm, from and below how many months."""
    found = []
    for rule in view.law.leave_rules(view.place):
        norm = view.get(rule.key) if rule.of == "miscarriage" else None
        if norm is None or norm.value is None or norm.bound == "advice":
            continue
        begin, end = (view.get(key) if key else None for key in (rule.from_, rule.below))
        found.append(
            (
                norm,
                Fraction(begin.value) if begin is not None and begin.value is not None else Fraction(0),
                Fraction(end.value) if end is not None and end.value is not None else None,
            )
        )
    return found
