"""Chinese numerals, written and read back: 三十六, 两, 一百零五, 二〇一二."""

from __future__ import annotations

CHINESE = "零〇○一二两三四五六七八九十百千万亿"
FIGURES = "零一二三四五六七八九"
DIGITS = {digit: value for value, digit in enumerate(FIGURES)} | {"〇": 0, "○": 0, "两": 2}
STEPS = {"十": 10, "百": 100, "千": 1000}
LONGEST = 30  # characters; more are no number that anybody wrote


def chinese_int(text: str) -> int | None:
    """三十六 -> 36, 两 -> 2, 一百零五 -> 105, 二〇一二 -> 2012; None where the characters are no numeral."""
    if not text or len(text) > LONGEST or any(char not in CHINESE for char in text):
        return None
    if not any(char in "十百千万亿" for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in STEPS:
            section += (digit or 1) * STEPS[char]
            digit = 0
        elif char == "万":
            total += (section + digit or 1) * 10**4
            section = digit = 0
        else:
            total = (total + section + digit or 1) * 10**8
            section = digit = 0
    return total + section + digit


def chinese_number(number: int) -> str:
    """A Chinese numeral, as in 第一百零一条 (to 9999 as Word's chineseCountingThousand); digits from 一亿 on."""
    if not 0 <= number < 10**8:
        return str(number)
    if number >= 10**4:
        high, low = divmod(number, 10**4)
        gap = "零" if 0 < low < 1000 else ""
        return f"{chinese_number(high)}万{gap}{_below_ten_thousand(low) if low else ''}"
    short = _below_ten_thousand(number)
    return short[1:] if short.startswith("一十") else short


def _below_ten_thousand(number: int) -> str:
    if number < 10:
        return FIGURES[number]
    out = ""
    pending_zero = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if pending_zero else "") + FIGURES[digit] + name
            pending_zero = False
        elif out and number:
            pending_zero = True
    return out
