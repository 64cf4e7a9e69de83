"""What a number of a foreign contract is about: the nearest word that names a matter, special cases first.

A number whose matter is not certain is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contractgen.review.foreign.amounts import Amount
from contractgen.review.foreign.rules import Matter, Role, Rules
from contractgen.review.foreign.sentence import (
    AGES,
    AHEAD,
    DAYLIKE,
    MONTHS,
    OVER,
    OVER_AFTER,
    UNDER,
    UNDER_AFTER,
    Sentence,
)

LINK = re.compile(
    r"(?:为|是|共|共计|合计|总计|：|不少于|不低于|至少|不得少于|不得低于|不超过|不得超过|最多|最长|最高|达|满|时间|期限|天数|期间|均|各|｜|享受|给予|休|“|”|（|）|假期|应)$"
)
AGE_BEFORE = re.compile(r"(?:未满|不满|满|不足|至|到|年满)$")
OLD_VALUE = re.compile(r"(?:由|从|原|原来的|原定)$")
OLD_VALUE_AFTER = re.compile(r"^(?:的|产假)?(?:增加|延长|调整|提高|改|增至|调至)")
PORTION = re.compile(r"(?:按|以)$")  # 按半日使用, 以小时计算: how it is taken, not how much is given
PORTIONED = re.compile(r"(?:为单位|为一个单位|为最小|使用|计算|计|休)")
PREGNANT = re.compile(r"(?:怀孕|妊娠|孕期|孕)[^，。；]{0,6}$")
CARRIED = re.compile(r"孕[^，]{0,6}$")
WITHIN = re.compile(r"^(?:之内|以内|内|，?未提|，?没有提|未提)")
BEFORE = re.compile(r"^(?:以前|之前|前)")
REPEATED = re.compile("次|检查|普查|体检|筛查")
TERM = re.compile(r"(?:本合同|本协议|合同|协议)[^，。；]{0,4}(?:期限|有效期)[为是：｜]?$")
ACTS = ("within", "ahead", "part", "interval")  # roles whose matter is what must be done
COUNTS = ("次", "人", "名", "份", "倍", "元", "万元")
WIDE, LEADS, TITLES = 1, 2, 3  # how far from the number its matter was found
NEAR = 16  # characters before it in which that may be named instead
FAR = 28  # characters between a time limit and what must be done in it


@dataclass(frozen=True, slots=True)
class Found:
    """A number in its sentence with its matter, and how far from it the word was that told.

    Attributes:
        at: the how many-th amount of the sentence.
        level: 0 beside it; WIDE, LEADS or TITLES.
        distance: characters between the word and the number.
        length: of the word.
    """

    sentence: Sentence
    at: int
    matter: Matter
    level: int
    distance: int
    length: int

    @property
    def amount(self) -> Amount:
        """The number with its unit."""
        return self.sentence.amounts[self.at]


def matter_of(sentence: Sentence, at: int, rules: Rules) -> Found | None:
    """What a number is about."""
    one = sentence.amounts[at]
    if one.unit in COUNTS:
        return None
    if OLD_VALUE.search(sentence.leading(one)) and OLD_VALUE_AFTER.match(sentence.trailing(one)):
        return None
    fitting = (_fits(sentence, at, matter) for matter in rules.matters)
    return min(
        (found for found in fitting if found is not None),
        key=lambda found: (found.level, -found.matter.rank, found.distance, -found.length),
        default=None,
    )


def _fits(sentence: Sentence, at: int, matter: Matter) -> Found | None:
    one = sentence.amounts[at]
    before, after = sentence.before(at), sentence.after(at)
    if not _has_role(matter.role, sentence, one):
        return None
    if matter.role == "grant" and PORTION.search(sentence.leading(one)) and PORTIONED.match(after):
        return None
    if any(word in before + after for word in matter.excludes):
        return None
    if any(word in before for word in matter.unless) and "其中" not in before:
        return None
    if matter.needs and not any(word in sentence.around for word in matter.needs):
        return None
    if matter.role == "until":
        near = sentence.text[max(one.start - 14, 0) : one.end + 10]
        hits = [Found(sentence, at, matter, 0, 0, len(word)) for word in matter.says if word in near]
    elif matter.role in ACTS:
        hits = _act(sentence, at, matter)
    else:
        hits = _named(sentence, at, matter)
    return min(hits, key=lambda found: (found.distance, -found.length), default=None)


# ------------------------------------------------------------------ words that name it


def _named(sentence: Sentence, at: int, matter: Matter) -> list[Found]:
    """The words of a matter before the number or directly behind it, else in what leads in to it."""
    before, after = sentence.before(at), sentence.after(at)
    unlinked = len(_unlinked(before))
    beside = [
        Found(sentence, at, matter, 0, max(unlinked - where - len(word), 0), len(word))
        for word, where in _places(matter, before, last=True)
    ]
    beside += [
        Found(sentence, at, matter, 0, where + 1, len(word))
        for word, where in _places(matter, after)
        if where <= 6
    ]
    if beside:
        return beside
    line = sentence.line
    for level, text in (
        (WIDE, line.lead if line.row else ""),
        (WIDE, sentence.text[: sentence.text.find(before)]),
        (LEADS, line.lead),
        (TITLES, line.title),
    ):
        hits = [
            Found(sentence, at, matter, level, len(text) - where - len(word), len(word))
            for word, where in _places(matter, text, last=True)
        ]
        if hits:
            return hits
    return []


def _act(sentence: Sentence, at: int, matter: Matter) -> list[Found]:
    """What must be done within a time limit, or by what share: behind the number, else before it."""
    one = sentence.amounts[at]
    later = (
        other.start
        for other in sentence.amounts[at + 1 :]
        if other.unit not in COUNTS and other.kind == "plain"
    )
    stop = next(later, len(sentence.text))
    behind = sentence.text[one.end : min(stop, one.end + FAR)]
    hits = [Found(sentence, at, matter, 0, where, len(word)) for word, where in _places(matter, behind)]
    if hits or not (matter.role in ("within", "interval") or matter.rank > 1):
        return hits
    front = sentence.before(at)[-NEAR:]
    return [
        Found(sentence, at, matter, WIDE, len(front) - where - len(word), len(word))
        for word, where in _places(matter, front, last=True)
    ]


def _places(matter: Matter, text: str, *, last: bool = False) -> Iterator[tuple[str, int]]:
    """The words of a matter that a text has, and where each first (or last) stands."""
    for word in matter.says:
        where = text.rfind(word) if last else text.find(word)
        if where >= 0:
            yield word, where


def _unlinked(text: str) -> str:
    """The text without the words that only link a matter to its number."""
    while True:
        shorter = LINK.sub("", text)
        if shorter == text:
            return text
        text = shorter


# ------------------------------------------------------------------ what kind of number it is


def _has_role(role: Role, sentence: Sentence, one: Amount) -> bool:
    """Whether a number can be what the law's number is: so much given, an age, a time limit, a share."""
    before, after = sentence.leading(one), sentence.trailing(one)
    if role == "interval":
        return one.kind == "period" and bool(REPEATED.search(after[:24]))
    if role == "part":
        return one.kind == "share" or (one.kind == "percent" and one.number <= 100)
    if role == "pay":
        return one.kind == "percent"
    if one.kind != "plain":
        return False
    if role == "until":
        return _is_age(sentence, one)
    if role == "from":
        return (
            one.unit in (*MONTHS, "周")
            and bool(PREGNANT.search(before))
            and not UNDER.search(before)
            and bool(OVER.search(before) or OVER_AFTER.match(after))
        )
    if role == "within":
        return one.unit in (*DAYLIKE, "年") and bool(WITHIN.match(after))
    if role == "ahead":
        return bool(BEFORE.match(after) or AHEAD.search(before))
    if sentence.is_due(one):
        return False
    if role == "limit":
        return True
    if sentence.is_condition(one):
        return False
    if role == "kept":
        return one.unit in ("年", "个月")
    if role == "grant":
        return one.unit != "年"
    return one.unit == "年" or (one.unit == "个月" and bool(TERM.search(before)))  # the contract's term


def _is_age(sentence: Sentence, one: Amount) -> bool:
    """未满1周岁, 至18个月: no month of pregnancy, and no time limit."""
    before = sentence.leading(one)
    if CARRIED.search(before):
        return False
    if one.unit in AGES:
        return True
    if one.unit not in MONTHS:
        return False
    up_to = bool(AGE_BEFORE.search(before))
    return up_to or (bool(UNDER_AFTER.match(sentence.trailing(one))) and not sentence.is_due(one))
