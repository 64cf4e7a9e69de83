"""A number that the parties' own texts give to a right of the law is not worse than the law at any place of work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, source_of
from contractgen.checks.texts import about
from contractgen.findings import Finding, Severity
from contractgen.law import LawView, Norm, describe
from contractgen.law.numerals import NUMERAL, quantities
from contractgen.law.units import names
from contractgen.wording import SENTENCE, Line, OwnNumbers

PART = re.compile(r"[^，。；！？、,;\n]+")
COMPARED = ("minimum", "maximum", "exact")


def find(texts: Iterable[Line], views: Sequence[LawView], words: OwnNumbers) -> Iterator[Finding]:
    """An error for each number below the law, a warning where only a person can tell.

    Args:
        texts: what is read.
        views: the law of each place of work on the law day.
        words: how texts speak of numbers of the law.
    """
    readers = [_Reader(view, words) for view in views]
    for line in texts:
        told: set[tuple[str, str]] = set()
        for reader in readers:
            for stated in reader.numbers(line.text):
                if (stated.words, describe(stated.norm)) not in told:
                    told.add((stated.words, describe(stated.norm)))
                    yield _finding(line, stated)


@dataclass(frozen=True, slots=True)
class _Stated:
    """A number of a text that is not as the law has it; sure where nothing else can be meant."""

    words: str
    norm: Norm
    sure: bool


def _finding(line: Line, stated: _Stated) -> Finding:
    norm = stated.norm
    floor = f"{norm.place_title}法定标准“{norm.title}”{describe(norm)}"
    if stated.sure:
        message, hint = f"写有“{stated.words}”，不符合{floor}", f"改为{describe(norm)}，或者删去这个数"
        severity = Severity.ERROR
    else:
        message = f"写有“{stated.words}”，需要人工判断是否符合{floor}"
        hint = "核对后写明与法定标准的关系；确认不低于法定标准的，在 accepted 中写明接受人、理由和期限"
        severity = Severity.WARNING
    return about(RULE.id, line, message, severity=severity, source=source_of(norm), hint=hint)


class _Reader:
    """Knows how the numbers of a place are called."""

    def __init__(self, view: LawView, words: OwnNumbers) -> None:
        self.words = words
        self.norms: dict[str, Norm] = {}
        for key, called in words.keys.items():
            norm = view.get(key)
            if norm is not None and norm.value is not None and norm.bound in COMPARED:
                self.norms |= dict.fromkeys((*called, norm.title), norm)
        name = _any(self.norms)
        between = f"(?:{_any(words.between)})*"
        self.name = re.compile(name)
        self.behind = re.compile(rf"{between}(?:{NUMERAL}|半)")
        self.before = re.compile(rf"{NUMERAL}[ \u3000]*(?:{_any(_units())}){between}$")

    def numbers(self, text: str) -> Iterator[_Stated]:
        """What a text says that is worse than the law, or may be."""
        for sentence in SENTENCE.findall(text) if self.norms else ():
            for part in PART.findall(sentence):
                found = list(self.name.finditer(part))
                for number, name in enumerate(found):
                    end = found[number + 1].start() if number + 1 < len(found) else len(part)
                    start = found[number - 1].end() if number else 0
                    yield from self._stated(sentence, part, (start, end), name)

    def _stated(
        self, sentence: str, part: str, span: tuple[int, int], name: re.Match[str]
    ) -> Iterator[_Stated]:
        norm = self.norms[name[0]]
        before, after = part[span[0] : name.start()], part[name.end() : span[1]]
        direct = self.behind.match(after)
        turned = None if direct else self.before.search(before)
        stated = turned[0] if turned else after
        words = turned[0] + name[0] if turned else name[0] + _up_to_unit(after)
        held = self._held(norm, stated)
        if held or (held is None and not (self._timed(stated) and (direct or turned))):
            return
        if self._limit(part, stated) or self._on_top(part):
            return
        other_case = any(case in sentence.replace(name[0], "") for case in self.words.cases)
        yield _Stated(words, norm, sure=held is False and bool(direct or turned) and not other_case)

    def _held(self, norm: Norm, text: str) -> bool | None:
        """Whether the first number of a text keeps to the law; None where it cannot be compared, or is none."""
        one = next(iter(quantities(text)), None)
        scale = None if one is None else _scale(one.after, names().statute_words.get(norm.unit, {}))
        return None if one is None or scale is None else norm.met_by(one.number * scale)

    def _timed(self, text: str) -> bool:
        """Whether the first number of a text is some length of time."""
        one = next(iter(quantities(text)), None)
        return one is None or one.after.startswith(self.words.units)

    def _limit(self, part: str, stated: str) -> bool:
        """Whether the number is a time limit: 提前3天, 15日内."""
        ends = re.search(rf"{NUMERAL}(?:{_any(_units())})(?:{_any(self.words.limits_after)})", stated)
        return bool(ends) or any(word in part for word in self.words.limits_before)

    def _on_top(self, part: str) -> bool:
        """Whether the number comes on top of the law's: 增加10天, but not 增加到60天."""
        total = rf"(?:{_any(self.words.totals)}){NUMERAL}"
        return any(word in part for word in self.words.adds) and re.search(total, part) is None


def _units() -> tuple[str, ...]:
    return tuple({word for words in names().statute_words.values() for word in words})


def _scale(after: str, words: Mapping[str, Fraction]) -> Fraction | None:
    longest = sorted(words, key=len, reverse=True)
    return next((words[word] for word in longest if after.startswith(word)), None)


def _up_to_unit(text: str) -> str:
    """A text up to the first number and its unit."""
    found = re.search(rf"^.*?(?:{NUMERAL}|半)(?:个?半)?[ \u3000]*(?:{_any(_units())})?", text)
    return found[0] if found else text


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def run(agreement: Agreement) -> Iterator[Finding]:
    """The same over every text that the parties wrote themselves."""
    own = [line for line in agreement.lines if line.path.startswith("clauses.own.")]
    yield from find(own, tuple(one.view for one in agreement.workplaces), agreement.phrases.own_numbers)


RULE = Rule(
    "own-number",
    "content",
    Severity.ERROR,
    "自拟条款的数值不低于法定标准",
    "自拟条款写到产假、生育假、陪产假、育儿假、哺乳时间等的，所写的数与各工作地点的法定标准比对：低于的是错误；单位不同、可能是另一种情形、不能确定的，需要人工判断，没有人负责的不能做成定稿。在法定标准以外另加的、写的是期限的，不在此列。",
    run,
    stops_final=True,
)
