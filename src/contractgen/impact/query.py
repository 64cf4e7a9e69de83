"""What is asked: a law key, one with its value to come, or a citation; and what the places have on it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from contractgen.findings import InputError, did_you_mean
from contractgen.law import Law, Norm
from contractgen.law.mentions import Mention, mentions
from contractgen.law.numerals import numeral
from contractgen.law.statutes import title_key


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: the law keys, and the new value where there is one.

    Attributes:
        text: as it was asked.
        keys: the keys that it means.
        value: the number to come.
        place: whose law changes; empty for whichever places have the key.
        norms: what the places have on the keys now, or last had.
    """

    text: str
    keys: tuple[str, ...]
    value: Fraction | None
    place: str
    norms: tuple[Norm, ...]


def read_query(law: Law, text: str, place: str | None = None, on: datetime.date | None = None) -> Query:
    """A key, a key with its value to come (``birth_leave=90``), or a citation (《…》第七条第一款).

    Raises:
        InputError: for a key or article that the law files do not have, or a value that cannot be.
    """
    if place is not None:
        place = law.place(place)
    name, mark, wanted = text.replace("＝", "=").partition("=")
    name = name.strip()
    places = law.layers(place) if place else law.places
    cited = list(mentions(name))
    keys = _cited_keys(law, places, cited) if cited else (_known_key(law, places, name),)
    norms = tuple(norm for key in keys for one in places if (norm := _last(law, one, key, on)) is not None)
    value = _value_to_come(law, wanted.strip(), keys, norms, place) if mark else None
    return Query(text, keys, value, place or "", norms)


def _known_key(law: Law, places: Iterable[str], name: str) -> str:
    known = sorted({key for place in places for key in law.keys(place)})
    if name not in known:
        hint = did_you_mean(name, known, "用 contractgen law show 列出全部，或者写 《法规名》第…条")
        raise InputError(f"法律数据中没有 {name}", hint=hint)
    return name


def _cited_keys(law: Law, places: Iterable[str], cited: Sequence[Mention]) -> tuple[str, ...]:
    found = {
        norm.key: None
        for place in places
        for key in law.keys(place)
        for norm in law.history(place, key)
        for one in (norm, norm.loser)
        if one is not None and any(_cites(one, mention) for mention in cited)
    }
    if not found:
        raise InputError(
            f"法律数据中没有依据{'、'.join(map(str, cited))}的条目",
            hint="核对法规名称和条号，例如 《女职工劳动保护特别规定》第七条",
        )
    return tuple(found)


def _cites(norm: Norm, mention: Mention) -> bool:
    """Whether a norm rests on what is cited; a citation without paragraph or item means all of the article."""
    source = norm.source
    if title_key(source.instrument.title) != title_key(mention.title):
        return False
    if mention.article and source.article != mention.article:
        return False
    paragraph = mention.paragraph is None or source.paragraph in (None, mention.paragraph)
    return paragraph and (mention.item is None or source.item in (None, mention.item))


def _last(law: Law, place: str, key: str, on: datetime.date | None) -> Norm | None:
    """What the file of a place itself has on a day, or what it had last."""
    if on is not None:
        return law.own(place, key, on)
    if key not in law.keys(place):
        return None
    own = [norm for norm in law.history(place, key) if norm.place == place]
    return own[-1] if own else None


def _value_to_come(
    law: Law, text: str, keys: Sequence[str], norms: Sequence[Norm], place: str | None
) -> Fraction:
    numbers = [norm for norm in norms if norm.kind == "value"]
    if len(keys) > 1 or not numbers:
        raise InputError(
            "只有单独一个数值可以写 =新值", hint="例如 contractgen law impact maternity_leave=128"
        )
    own = sorted({norm.place for norm in numbers})
    if place is None and len(own) > 1:
        known = "、".join(f"{one}（{law.title(one)}）" for one in own)
        raise InputError(f"{keys[0]} 不止一个地区有规定", hint=f"用 --place 指明是哪里的规定要变：{known}")
    value = plain_number(text)
    if value is None or value <= 0:
        raise InputError(f"新值“{text}”读不懂", hint="写整数、小数或者分数，例如 98、2.5、2/3")
    return value


def plain_number(text: str) -> Fraction | None:
    """A number as it is typed or recorded: 98, 2.5, 2/3; None where it is none."""
    if re.fullmatch(r"[0-9]{1,9}/[1-9][0-9]{0,8}", text):
        return Fraction(text)
    return numeral(text)
