"""Where a foreign contract is to be performed, as far as its text tells it for sure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contractgen.findings import InputError
from contractgen.law import Law
from contractgen.review.foreign.rules import Rules

TITLE = re.compile(r"《([^《》]+)")
ADDRESS = re.compile(r"(?:地址|住所|注册地|经营场所|所在地|工作地点)(?:：|为|在)?([^\n。；]{2,40})")
NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Told:
    """What a text tells of its place: the places with law here, and other provinces, in the order of certainty."""

    places: tuple[str, ...]
    others: tuple[str, ...]


def told_by(text: str, rules: Rules) -> Told:
    """The places that a cleaned text names: in titles of regulations, else in addresses, else anywhere."""
    titles = "\n".join(TITLE.findall(text))
    addresses = "\n".join(ADDRESS.findall(text))
    for source in (titles, addresses, text):
        places = tuple(
            place for place, words in rules.places.items() if any(word in source for word in words)
        )
        others = tuple(name for name in rules.provinces if name in source)
        if places or others:
            return Told(places, others)
    return Told((), ())


def place_of_text(text: str, law: Law, rules: Rules) -> str:
    """The place of a contract, where its text names one and no other.

    Raises:
        InputError: where it names none, several, or one whose law is not here.
    """
    told = told_by(text, rules)
    known = law.listed()
    if len(told.places) == 1 and not told.others:
        return told.places[0]
    if told.others and not told.places:
        named = "、".join(told.others)
        raise InputError(
            f"合同像是{named}的，法律数据中没有这个地区",
            hint=f"可以加 --place {NATIONAL}，只对照全国的规定；现有：{known}",
        )
    if told.places:
        named = "、".join([law.title(one) for one in told.places] + list(told.others))
        raise InputError(
            f"合同提到几个地区（{named}），不知道适用哪里的法律", hint=f"用 --place 写明，现有：{known}"
        )
    raise InputError("从合同文字看不出适用哪里的法律", hint=f"用 --place 写明，现有：{known}")
