"""Every law that a text cites is in force on the law day, and the article that it names is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule
from contractgen.checks.texts import about
from contractgen.document import chinese_number
from contractgen.findings import Finding, Severity
from contractgen.law import Instrument, LawView
from contractgen.law.mentions import Mention, mentions
from contractgen.law.statutes import title_key
from contractgen.wording import Line, sentence_span

YEAR = re.compile(r"\d{4}")
NAMED = re.compile(r"《(?:[^《》]|《[^《》]*》)+》")  # a law that is cited, which may name another
# A title of what is repealed, without its marks: 按照女职工劳动保护规定第八条, but not 劳动合同法 for 合同法.
BEFORE_BARE = r"(?P<head>^|[^\u4e00-\u9fff《〈]|按照|依照|根据|依据|遵守|执行|违反|适用|以及|和|及)"
AFTER_BARE = r"(?![》〉律院庭])"
BETTER_BY = 2  # words in common with what an article said before, so that the old one is meant


@dataclass(frozen=True, slots=True)
class _Fault:
    severity: Severity
    message: str
    hint: str


def find(texts: Iterable[Line], views: Sequence[LawView]) -> Iterator[Finding]:
    """A finding for each citation of what is repealed, not yet in force, renumbered, or not there.

    Args:
        texts: what is read.
        views: the law of each place of work on the law day.
    """
    reader = _reader(tuple(views))
    for line in texts:
        for fault in dict.fromkeys(reader.faults(line.text)):
            yield about(RULE.id, line, fault.message, severity=fault.severity, hint=fault.hint)


@lru_cache(maxsize=4)
def _reader(views: tuple[LawView, ...]) -> _Reader:
    return _Reader(views)


class _Reader:
    """Knows the instruments of the places of work, by title."""

    def __init__(self, views: Sequence[LawView]) -> None:
        self.law, self.on = views[0].law, views[0].on
        self.known: dict[str, list[Instrument]] = {}
        for one in dict.fromkeys(one for view in views for one in self.law.instruments(view.place)):
            self.known.setdefault(title_key(one.title), []).append(one)
        here = {layer for view in views for layer in self.law.layers(view.place)}
        self.elsewhere = {
            title_key(one.title): one
            for place in self.law.places
            if place not in here
            for one in self.law.instruments(place)
            if one.place not in here
        }
        self.places = "、".join(view.title for view in views)
        gone = [one.title for group in self.known.values() if not self._held(group) for one in group]
        bare = {title for full in gone for title in (full, full.removeprefix("中华人民共和国"))}
        alternatives = "|".join(map(re.escape, sorted(bare, key=len, reverse=True)))
        self.bare = re.compile(rf"{BEFORE_BARE}(?P<title>{alternatives}){AFTER_BARE}") if bare else None

    def faults(self, text: str) -> Iterator[_Fault]:
        """What is wrong with the citations of a text."""
        if "《" not in text and not (self.bare and self.bare.search(text)):
            return
        marked = self.bare.sub(r"\g<head>《\g<title>》", text) if self.bare else text
        for mention in mentions(marked):
            key = title_key(mention.title)
            if key in self.known:
                fault = self._fault(mention, self.known[key], _sentence(marked, mention.at))
            else:
                fault = self._foreign(self.elsewhere.get(key))
            if fault is not None:
                yield fault

    def _foreign(self, instrument: Instrument | None) -> _Fault | None:
        """Local law follows the place of work."""
        if instrument is None:
            return None
        title = self.law.title(instrument.place)
        message = f"引用的{instrument}是{title}的规定，本合同的工作地点在{self.places}"
        hint = f"改引工作地点的规定；有职工在{title}工作的，在情况表中写明这一工作地点"
        return _Fault(Severity.WARNING, message, hint)

    def _held(self, group: list[Instrument]) -> list[Instrument]:
        return [one for one in group if one.holds(self.on)]

    def _fault(self, mention: Mention, group: list[Instrument], sentence: str) -> _Fault | None:
        year = YEAR.search(mention.edition)
        named = [one for one in group if year and one.edition.startswith(year[0])]
        held = [one for one in self._held(group) if not named or one in named]
        if held:
            return self._numbering(mention, held[0], group, sentence)
        over = [one for one in named or group if one.until is not None and one.until <= self.on]
        if over:
            return self._over(mention, max(over, key=lambda one: one.in_force))
        return self._early(min(named or group, key=lambda one: one.in_force))

    def _over(self, mention: Mention, instrument: Instrument) -> _Fault:
        successor = self.law.successor(instrument)
        name = f"{instrument}（{mention.edition}）" if mention.edition else str(instrument)
        if successor is None:
            message = f"引用的{name}，核对过的文本只到{instrument.until}为止"
            return _Fault(Severity.WARNING, message, "查到现行文本后再引用，或者删去这一引用")
        moved = self.law.moved_to(instrument, mention.article)
        later = (
            f"{successor}（{successor.edition}）" if successor.title == instrument.title else str(successor)
        )
        hint = f"改引{later}{_articles(moved)}"
        if not moved:
            hint += "，并对照原文找到相应的条文" if mention.article else ""
        return _Fault(Severity.ERROR, f"引用的{name}自{instrument.until}起由{later}代替", hint)

    def _early(self, instrument: Instrument) -> _Fault | None:
        if not _first_text(instrument):
            return None
        before = [one for group in self.known.values() for one in group if one.successor == instrument.slug]
        held = self._held(before)
        hint = f"签订日施行的是{held[0]}" if held else "删去这一引用，或者核对签订日期"
        message = f"引用的{instrument}自{instrument.in_force}起施行，{self.on}还没有施行"
        return _Fault(Severity.ERROR, message, hint)

    def _numbering(
        self, mention: Mention, now: Instrument, group: list[Instrument], sentence: str
    ) -> _Fault | None:
        old = next((one for one in group if one.successor == now.slug), None)
        moved = self.law.moved_to(old, mention.article) if old and not mention.edition else ()
        if old and moved and mention.article not in moved and self._means_old(mention, old, now, sentence):
            message = f"引用的{_named(mention, now)}像是{old.edition}的条号，该文本{old.until}起已经改写"
            hint = f"相应的内容现在是{now}{_articles(moved)}，请核对后改正"
            return _Fault(Severity.WARNING, message, hint)
        if now.articles and mention.article.isdecimal() and int(mention.article) > now.articles:
            edition = f"（{now.edition}）" if now.edition else ""
            message = f"引用的{_named(mention, now)}不存在：{now}{edition}只有{now.articles}条"
            return _Fault(Severity.WARNING if now.stale else Severity.ERROR, message, "对照原文改正条号")
        return None

    def _means_old(self, mention: Mention, old: Instrument, now: Instrument, sentence: str) -> bool:
        """Whether the sentence speaks of what the article said before, and not of what it says now."""
        before = likeness(sentence, self.law.matters_of(old, mention.article))
        after = likeness(sentence, self.law.matters_of(now, mention.article))
        return before >= BETTER_BY and before > after


def _first_text(instrument: Instrument) -> bool:
    """Whether nothing of this title was in force before: no edition, or one that came later than the first day."""
    year = YEAR.match(instrument.edition)
    return not instrument.edition or (year is not None and int(year[0]) > instrument.in_force.year)


def _named(mention: Mention, instrument: Instrument) -> str:
    article = mention.article
    place = f"第{chinese_number(int(article))}条" if article.isdecimal() else article
    return f"{instrument}{place}"


def _articles(numbers: tuple[str, ...]) -> str:
    return "、".join(f"第{chinese_number(int(one))}条" if one.isdecimal() else one for one in numbers)


def _sentence(text: str, at: int) -> str:
    start, end = sentence_span(text, at)
    return text[start:end]


def likeness(sentence: str, titles: Iterable[str]) -> int:
    """The most pairs of characters that the sentence has in common with one of the titles."""
    words = _pairs(NAMED.sub("", sentence))
    return max((len(words & _pairs(title)) for title in titles), default=0)


def _pairs(text: str) -> set[str]:
    pieces = re.findall(r"[\u4e00-\u9fff]{2,}", text)
    return {piece[at : at + 2] for piece in pieces for at in range(len(piece) - 1)}


def run(agreement: Agreement) -> Iterator[Finding]:
    """The same over every text of the agreement."""
    yield from find(agreement.lines, tuple(one.view for one in agreement.workplaces))


RULE = Rule(
    "outdated-citation",
    "content",
    Severity.ERROR,
    "引用的法规现行有效",
    "合同引用的法律、法规在签订日应当施行：已被代替的，指出由哪一部、哪一条代替；还没有施行的、没有这一条的，也要改正。条号像是修订以前的，或者是别处的地方规定，提示核对。只认本地法律文件收录的法规。",
    run,
)
