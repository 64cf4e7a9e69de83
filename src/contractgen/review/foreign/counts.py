"""Facts of the procedure that a foreign contract tells in numbers: votes, representatives, the last day of its term."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from contractgen.findings import Severity
from contractgen.law import LawView, Norm, describe
from contractgen.law.numerals import NUMERAL, ordinal

VOTE = re.compile(
    rf"应到(?:会)?(?:职工)?(?:代表)?(?P<all>{NUMERAL})[人名]，?实到(?:会)?(?:职工)?(?:代表)?(?P<came>{NUMERAL})[人名]"
    rf"(?:，?(?:其中)?(?:同意|赞成)(?:票)?(?P<yes>{NUMERAL})[人名票])?"
)
SIDES = re.compile(
    rf"(?:企业方|甲方|用人单位|公司方?|厂方)(?:代表|协商代表)?(?:各)?(?P<employer>{NUMERAL})[人名]，"
    rf"(?:职工方|乙方|工会方?)(?:代表|协商代表)?(?P<employees>{NUMERAL})[人名]"
)
DAY = r"(?P<year{0}>[0-9]{{4}}|[〇○零一二三四五六七八九]{{4}})年(?P<month{0}>[0-9一二三四五六七八九十]{{1,2}})月(?P<day{0}>[0-9一二三四五六七八九十]{{1,3}})日"
TERM = re.compile(rf"(?:自|从|：|｜|（)?{DAY.format(1)}起?至{DAY.format(2)}")


@dataclass(frozen=True, slots=True)
class CountFault:
    """What is wrong, where it stands in the cleaned text, and by which rule."""

    message: str
    span: tuple[int, int]
    severity: Severity
    norm: Norm | None
    remedy: str


def vote_faults(text: str, view: LawView) -> Iterator[CountFault]:
    """Too few present, or too few of all in favor."""
    for match in VOTE.finditer(text):
        everyone, came, yes = (
            ordinal(match[name]) if match[name] else None for name in ("all", "came", "yes")
        )
        if not everyone:
            continue
        for key, number, word in (("quorum", came, "出席"), ("adoption_majority", yes, "赞成")):
            norm = view.get(key)
            if number is None or norm is None or norm.met_by(Fraction(number, everyone)):
                continue
            message = f"{word}{number}人，应到{everyone}人，不符合{describe(norm)}"
            yield CountFault(message, match.span(), Severity.ERROR, norm, "重新召开会议表决")


def representative_faults(text: str, view: LawView) -> Iterator[CountFault]:
    """More representatives of the employer than of the employees."""
    for match in SIDES.finditer(text):
        employer, employees = ordinal(match["employer"]), ordinal(match["employees"])
        norm = view.get("employer_representatives_not_more") or view.get("representatives_parity")
        if employer is None or employees is None or norm is None or employer <= employees:
            continue
        message = f"企业方协商代表{employer}人，多于职工方{employees}人"
        yield CountFault(message, match.span(), Severity.ERROR, norm, "重新确定协商代表，企业方不多于职工方")


def term_faults(text: str, view: LawView) -> Iterator[CountFault]:
    """A term that is over on the day of the review."""
    for match in TERM.finditer(text):
        end = _day(match, "2")
        if end is not None and end < view.on:
            message = f"合同期限到{end}为止，{view.on}已经期满"
            yield CountFault(message, match.span(), Severity.WARNING, None, "续订或者重新签订")


def _day(match: re.Match[str], which: str) -> datetime.date | None:
    parts = [ordinal(match[f"{name}{which}"]) for name in ("year", "month", "day")]
    try:
        return datetime.date(*(part or 0 for part in parts))
    except ValueError:
        return None
