"""Units, events and pay bases: the closed lists of clauses/law/units.yaml, and how numbers are printed with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from contractgen.document.numerals import chinese_number
from contractgen.files import data_folder, load_data, wrong_form
from contractgen.findings import InputError
from contractgen.law.model import Norm, Number
from contractgen.law.numerals import numeral, quantities

FILE = "units.yaml"
ONE_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Unit:
    """How numbers of one unit are printed.

    Attributes:
        title: the unit's name in a table.
        after: what follows the number.
        minimum, maximum: the words before a bound.
        share: the number is a part of a whole, which is ``title``.
        one: how exactly one is printed, where not as a number.
        most: the most that can be; None where there is no end.
    """

    title: str
    after: str = ""
    minimum: str = "不少于"
    maximum: str = "不超过"
    share: bool = False
    one: str = ""
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """The closed lists: units, the events that start clocks, the bases of pay.

    ``shares`` are the words around a share that must be reached or exceeded. ``statute_words`` says what a unit is called in the texts of laws, and how many of the unit that word is.
    """

    units: Mapping[str, Unit]
    events: Mapping[str, str]
    pay_bases: Mapping[str, str]
    shares: Mapping[str, str]
    statute_words: Mapping[str, Mapping[str, Fraction]]


@lru_cache(maxsize=1)
def names() -> Names:
    """The lists that come with the program."""
    path = data_folder("clauses") / "law" / FILE
    return _names(load_data(path), path)


def _names(saved: Mapping[str, Any], path: Path) -> Names:
    try:
        units = {name: Unit(**fields) for name, fields in saved["units"].items()}
        words = {
            unit: {word: Fraction(scale) for word, scale in found.items()}
            for unit, found in saved["statute_words"].items()
        }
        return Names(units, dict(saved["events"]), dict(saved["pay_bases"]), dict(saved["shares"]), words)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise InputError(wrong_form(path, fault), hint="请用安装时所带的文件") from None


def event_title(name: str) -> str:
    """The Chinese name of an event that starts or ends a time limit: 收到集体协商建议书（要约书）之日."""
    return names().events[name]


def most_of(unit: str) -> int | None:
    """The most of a unit that anybody can perform: 24 hours a day; None where there is no end."""
    return _unit(unit).most


def _unit(name: str) -> Unit:
    try:
        return names().units[name]
    except KeyError:
        raise InputError(f"没有计量单位 {name}", hint="可用的单位见 clauses/law/units.yaml") from None


def is_share(unit: str) -> bool:
    """Whether numbers of a unit are parts of a whole: 半数, 三分之二."""
    return _unit(unit).share


def _exact(number: Number | Decimal | float) -> Fraction:
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


def number_label(number: Number | Decimal | float, unit: str = "") -> str:
    """98, 2.5, 三分之一; shares are always printed as fractions."""
    exact = _exact(number)
    if exact.denominator == 1 and not (unit and _unit(unit).share):
        return str(exact.numerator)
    if not (unit and _unit(unit).share):
        decimal = _decimal(exact)
        if decimal:
            return decimal
    if exact == 1:
        return "全部"
    if exact.denominator > 9999 or not 0 < exact.numerator <= 9999:
        return f"{exact.numerator}/{exact.denominator}"
    return f"{chinese_number(exact.denominator)}分之{chinese_number(exact.numerator)}"


def _decimal(exact: Fraction) -> str:
    """The number with decimals, where it has an end within six of them."""
    scaled = exact * 10**6
    if scaled.denominator != 1:
        return ""
    digits = f"{abs(scaled.numerator):07d}"
    sign = "-" if exact < 0 else ""
    return f"{sign}{digits[:-6]}.{digits[-6:]}".rstrip("0").rstrip(".")


def unit_label(number: Number | Decimal | float, unit: str) -> str:
    """A number as a text prints it: 98天, 5个工作日, 80%, 半天, 三分之一, 半数."""
    kind = _unit(unit)
    exact = _exact(number)
    if kind.share and exact == ONE_HALF:
        return names().shares["half"]
    if kind.one and exact == 1:
        return kind.one
    return number_label(exact, unit) + kind.after


def number_of(text: str, unit: str) -> Fraction | None:
    """The number in a printed value, the inverse of ``unit_label``: 98天, 80%, 半数, 半天."""
    kind = names().units.get(unit)
    if text == "全部" or (kind is not None and kind.one and text == kind.one):
        return Fraction(1)
    plain = numeral(text.removesuffix(kind.after)) if kind else None
    found = next(quantities(text), None)
    return plain if plain is not None or found is None else found.number


def bound_label(number: Number | Decimal | float, unit: str, bound: str, *, strict: bool = False) -> str:
    """A number with its bound, as a text prints it: 不少于98天, 不超过15日, 三分之二以上, 半数以上, 过半数.

    Args:
        number: the number of the bound.
        unit: unit id, see clauses/law/units.yaml.
        bound: minimum, maximum, exact or advice; an exact number and an advice print the number alone.
        strict: the number itself is not enough.
    """
    kind, text = _unit(unit), unit_label(number, unit)
    if bound == "minimum" and kind.share:
        words = names().shares
        if not strict:
            return f"{text}{words['minimum']}"
        return f"{words['over_half' if _exact(number) == ONE_HALF else 'over']}{text}"
    if bound not in ("minimum", "maximum"):
        return text
    if strict:
        return f"{'超过' if bound == 'minimum' else '少于'}{text}"
    return f"{kind.minimum if bound == 'minimum' else kind.maximum}{text}"


def describe(norm: Norm) -> str:
    """What a norm asks, in Chinese: 不少于98天, 不超过15日, 三分之二以上（含本数）, 过半数; else its title."""
    if norm.value is None:
        return norm.title
    kind = _unit(norm.unit)
    if norm.bound == "advice":
        return f"一般为{unit_label(norm.value, norm.unit)}"
    text = bound_label(norm.value, norm.unit, norm.bound, strict=norm.strict)
    if norm.bound == "minimum" and kind.share and not norm.strict:
        return f"{text}{names().shares['inclusive']}"
    if norm.pay_base and not kind.one and not norm.strict and norm.bound in ("minimum", "maximum"):
        word = kind.minimum if norm.bound == "minimum" else kind.maximum
        return f"{word}{names().pay_bases[norm.pay_base]}的{text.removeprefix(word)}"
    return text


def limit_label(norm: Norm) -> str:
    """A limit of time from its event: 收到集体协商建议书之日起15日内, 举行集体协商会议之日7日以前, 集体合同期满之日前3个月内.

    A rule without a number or an event gives its title.
    """
    if norm.value is None or not (norm.starts or norm.before):
        return norm.title
    days = unit_label(norm.value, norm.unit)
    if norm.before and norm.bound == "exact":
        return f"{event_title(norm.before)}前{days}内"
    if norm.before:
        return f"{event_title(norm.before)}{days}以前"
    return f"{event_title(norm.starts)}起{days}内"
