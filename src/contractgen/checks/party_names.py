"""Each party has one name throughout, and the employer's is the one on its licence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule
from contractgen.checks.texts import about
from contractgen.findings import Finding, Severity
from contractgen.wording import Line, Party, Phrases

LIKE = 0.8  # two names of which so much is equal are meant to be one
SLACK = 2  # so many characters may be missing or too many
OTHER = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9（）()·]")
DEFINES = ("指", "称", "（", "(", "“", "即", "简称")  # 用人单位，指甲方…: says what the other name means


def find(texts: Iterable[Line], phrases: Phrases, names: Iterable[str] = ()) -> Iterator[Finding]:
    """A warning for each other name of a party, and for each name that is nearly one of the right ones."""
    right = tuple(name for name in names if name)
    for line in texts:
        rest = line.text
        for name in right:
            rest = rest.replace(name, "\n")
        for wrong, meant in _misspelt(rest, right, phrases.organizations):
            message = f"写有“{wrong}”，与“{meant}”不一致"
            hint = "同一单位的，按营业执照（工会法人证书）一字不差地改正；另一单位的，不用处理"
            yield about(RULE.id, line, message, severity=Severity.WARNING, hint=hint)
            rest = rest.replace(wrong, "\n")
        for party in phrases.parties:
            other = _other_name(rest, party)
            if other:
                message = f"写有“{other}”，合同其他地方称“{party.name}”"
                yield about(RULE.id, line, message, severity=Severity.WARNING, hint=f"一律改为“{party.name}”")


def _other_name(text: str, party: Party) -> str:
    for match in party.pattern.finditer(text):
        if match["other"] and not text[: match.start()].endswith(DEFINES):
            return match["other"]
    return ""


def _misspelt(text: str, names: tuple[str, ...], endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Names in a text that are nearly, but not quite, one of the right ones: each with the right one."""
    for name in names:
        ending = next((one for one in endings if name.endswith(one)), None)
        for end in re.finditer(re.escape(ending), text) if ending else ():
            before = OTHER.split(text[max(0, end.end() - len(name) - SLACK) : end.end()])[-1]
            wrong = _nearest_tail(before, name)
            if wrong:
                yield wrong, name


def _nearest_tail(text: str, name: str) -> str:
    """The end of a text that is most like a name; empty where nothing is like it."""
    sizes = range(len(name) - SLACK, len(name) + SLACK + 1)
    tails = [text[-size:] for size in sizes if 0 < size <= len(text)]
    score = {tail: difflib.SequenceMatcher(None, tail, name, autojunk=False).ratio() for tail in tails}
    best = max(tails, key=lambda tail: score[tail], default="")
    return best if best and score[best] >= LIKE else ""


def run(agreement: Agreement) -> Iterator[Finding]:
    """The same over every text of the agreement, with the names of the profile."""
    profile = agreement.profile
    names = (profile.union.name, profile.employer.name)
    yield from find(agreement.lines, agreement.phrases, tuple(name for name in names if name))


RULE = Rule(
    "party-names",
    "text",
    Severity.WARNING,
    "同一方只有一个名称",
    "合同称“用人单位”“职工方”，自拟条款写“甲方”“公司”“乙方”的，改为一致；单位名称写得与营业执照差一两个字的，也会指出。",
    run,
)
