"""Numbers as statutes write them: 98, 5万, 三十六, 两, 百分之八十, 三分之二, 半数; and which of them stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from contractgen.document.numerals import CHINESE, DIGITS, LONGEST, chinese_int

Kind = Literal["plain", "percent", "share"]

WHOLES = {"百分之": 100, "千分之": 1000, "万分之": 10000}
PLAIN_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")

CHARACTER = rf"(?:(?!千[克米瓦])[{CHINESE}])"
NUMERAL = rf"(?:[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?[万亿]?|{CHARACTER}+(?:点{CHARACTER}+)?)"
QUANTITY = re.compile(
    rf"(?P<whole>[百千万]分之)(?P<part>{NUMERAL})"
    rf"|(?P<lower>{NUMERAL})分之(?P<upper>{NUMERAL})"
    rf"|(?P<percent>{NUMERAL})(?:%|‰)"
    rf"|(?P<half>半数)"
    rf"|第?(?P<plain>{NUMERAL}|半)(?P<and>个半(?=[月天日年小工])|年半|天半|小时半)?"
)
DATE = re.compile(rf"(?:[0-9]{{4}}年|[{CHINESE}]{{4}}年)?{NUMERAL}月{NUMERAL}日")
RANGE = re.compile(rf"(?:至|到|或者|或|、|—|－|-|～|~)+(?:{NUMERAL})")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text.

    Attributes:
        number: exact; of 80% the 80, of 三分之二 the share.
        kind: plain, percent or share.
        after: the text behind it, where its unit stands.
    """

    number: Fraction
    kind: Kind
    after: str


def numeral(text: str) -> Fraction | None:
    """A numeral of either script: 98, 1,000, 2.5, 5万, 三十六, 二点五; None where it is none."""
    plain = text.translate(PLAIN_WIDTH).replace(",", "")
    if len(plain) > LONGEST:
        return None
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)([万亿]?)", plain)
    if found:
        return Fraction(found[1]) * {"": 1, "万": 10**4, "亿": 10**8}[found[2]]
    whole, point, rest = plain.partition("点")
    number = chinese_int(whole)
    if number is None or not point:
        return None if number is None else Fraction(number)
    digits = "".join(str(DIGITS[char]) for char in rest if char in DIGITS)
    return Fraction(f"{number}.{digits}") if digits and len(digits) == len(rest) else None


def ordinal(text: str) -> int | None:
    """The number of an article, paragraph or item in either script."""
    found = numeral(re.sub(r"\s", "", text))
    return int(found) if found is not None and found.denominator == 1 else None


def quantities(text: str) -> Iterator[Quantity]:
    """Every number of a text, in order; 第七条 and days such as 5月1日 are none."""
    flat = DATE.sub("", re.sub(r"\s", "", text).translate(PLAIN_WIDTH))
    for match in QUANTITY.finditer(flat):
        if match[0].startswith("第"):
            continue
        found = _quantity(match, flat[match.end() :])
        if found is not None:
            yield found


def _quantity(match: re.Match[str], after: str) -> Quantity | None:
    if match["half"]:
        return Quantity(Fraction(1, 2), "share", after)
    if match["whole"]:
        part = numeral(match["part"])
        return None if part is None else Quantity(part * 100 / WHOLES[match["whole"]], "percent", after)
    if match["percent"]:
        part = numeral(match["percent"])
        tenth = 10 if match[0].endswith("‰") else 1
        return None if part is None else Quantity(part / tenth, "percent", after)
    if match["lower"]:
        lower, upper = numeral(match["lower"]), numeral(match["upper"])
        return Quantity(upper / lower, "share", after) if lower and upper else None
    number = Fraction(1, 2) if match["plain"] == "半" else numeral(match["plain"])
    if number is None:
        return None
    half = match["and"] or ""
    return Quantity(number + Fraction(1, 2) if half else number, "plain", half.replace("半", "") + after)


def states(text: str, number: Fraction, words: Mapping[str, Fraction], *, share: bool = False) -> bool:
    """Whether a text states a number in a unit.

    Args:
        text: the words of the law.
        number: what is looked for, in the unit.
        words: how the law calls the unit, and how many of the unit one of each is (周岁 is 12 months).
        share: the number is a part of a whole (1/3).
    """
    for one in quantities(text):
        if one.kind == "share" or (share and one.kind == "percent"):
            part = one.number / 100 if one.kind == "percent" else one.number
            if share and part == number:
                return True
        elif one.kind == "percent":
            if one.number * words.get("%", 0) == number:
                return True
        elif any(one.number * scale == number for scale in _scales(one.after, words)):
            return True
    return False


def _scales(after: str, words: Mapping[str, Fraction]) -> list[Fraction]:
    """What the unit behind a number means; 一至三年 has its unit behind the second number."""
    rest = RANGE.sub("", after, count=1) if RANGE.match(after) else after
    return [scale for word, scale in words.items() if rest.startswith(word)]
