"""Comparing law files, and what clauses cite, with the texts of the statutes.

For every citation: is there a text, has it the article, paragraph and item, does the number stand there, and is
there a later text than the one that was compared.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from contractgen.files import data_folder, load_yaml
from contractgen.findings import Finding, Location, Severity, ordered
from contractgen.law.choosing import YEAR, age_of, choose
from contractgen.law.forms import SECTIONS
from contractgen.law.lookup import Law
from contractgen.law.mentions import Mention
from contractgen.law.model import Citation, Instrument, Norm, State
from contractgen.law.numerals import quantities, states
from contractgen.law.statutes import Statute, passage, title_key
from contractgen.law.units import describe, names, number_label

EXCERPT = 40  # characters of a statute that a finding quotes


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated entry of a law file and the place where it stands."""

    norm: Norm
    where: Location


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in the words of a clause."""

    mention: Mention
    where: Location
    on: datetime.date


@dataclass(frozen=True, slots=True)
class Lacking:
    """An instrument for which no text lies in the folder, with the keys that rest on it."""

    instrument: Instrument
    keys: tuple[str, ...]
    used: tuple[str, ...]  # those that clauses refer to


@dataclass(frozen=True, slots=True)
class Verified:
    """What a comparison found.

    Attributes:
        findings: the heaviest first.
        compared: how many citations were looked up in a text.
        texts: the text that was taken for each instrument, by ``place/slug``.
        lacking: instruments without a text; they are no errors.
        unsettled: titles that only clauses cite and that have no text.
    """

    findings: tuple[Finding, ...]
    compared: int
    texts: Mapping[str, str]
    lacking: tuple[Lacking, ...]
    unsettled: tuple[str, ...]


def read_entries(law: Law, places: Iterable[str], folder: Path | None = None) -> tuple[Entry, ...]:
    """Every dated entry of the files of these places, with file and line."""
    root = folder or data_folder("clauses") / "law"
    found: list[Entry] = []
    for place in places:
        loaded = load_yaml(root / f"{place}.yaml")
        for section in SECTIONS:
            for key, entry in (loaded.data.get(section) or {}).items():
                for day in entry["dated"]:
                    norm = law.own(place, key, day)
                    if norm is not None and norm.since == day:
                        where = loaded.where((section, key, "dated", day.isoformat()))
                        found.append(Entry(norm, where))
    return tuple(found)


def verify(
    law: Law,
    statutes: Sequence[Statute],
    entries: Sequence[Entry],
    *,
    keys: Mapping[str, Sequence[Location]] | None = None,
    cited: Sequence[Cited] = (),
) -> Verified:
    """Compare entries of law files, and what clauses refer to, with statute texts.

    Args:
        law: the law files.
        statutes: the texts, see ``read_statutes``.
        entries: what to compare, see ``read_entries``.
        keys: the law keys that clauses refer to, and where.
        cited: the citations that clauses have in their own words.
    """
    return _Comparison(law, statutes, entries, keys or {}, cited).result()


# ------------------------------------------------------------------ comparing


@dataclass
class _Comparison:
    law: Law
    statutes: Sequence[Statute]
    entries: Sequence[Entry]
    keys: Mapping[str, Sequence[Location]]
    cited: Sequence[Cited]
    findings: list[Finding] = field(default_factory=list)
    compared: int = 0

    def __post_init__(self) -> None:
        all_of_law = [one for place in self.law.places for one in self.law.instruments(place)]
        self.choices = choose(all_of_law, self.statutes)

    def result(self) -> Verified:
        by_instrument: dict[Instrument, list[Entry]] = {}
        for entry in self.entries:
            by_instrument.setdefault(entry.norm.source.instrument, []).append(entry)
        for instrument, entries in by_instrument.items():
            self._instrument(instrument, entries)
        self._known_keys()
        unsettled = tuple(dict.fromkeys(title for one in self.cited for title in self._cited(one)))
        texts = {
            f"{one.place}/{one.slug}": choice.statute.file
            for one, choice in self.choices.items()
            if choice.statute and one in by_instrument
        }
        return Verified(ordered(self.findings), self.compared, texts, self._lacking(by_instrument), unsettled)

    def _find(
        self,
        rule: str,
        severity: Severity,
        message: str,
        where: Location,
        text: Statute | None = None,
        hint: str = "",
    ) -> None:
        source = f"{text.file}（{text.day or '没有注明日期'}）" if text else ""
        self.findings.append(Finding(rule, severity, message, where, source, hint))

    # -------------------------------------------------------------- an instrument

    def _instrument(self, instrument: Instrument, entries: list[Entry]) -> None:
        choice = self.choices[instrument]
        if choice.statute is None:
            return
        here = entries[0].where
        if choice.several:
            files = "、".join(text.file for text in choice.several)
            message = f"{instrument}有几个文本，凭版本和日期分不出是哪一个：{files}"
            hint = "给文件名加上日期，或者在法律数据里写明 edition"
            self._find("statute-several", Severity.WARNING, message, here, choice.statute, hint)
        if choice.older:
            message = f"{instrument}引用的是{instrument.edition}的文本，文件夹里只有更早的"
            self._find("statute-older", Severity.WARNING, message, here, choice.statute)
        self._header(instrument, choice.statute, here)
        if choice.statute not in choice.newer:
            self._last_article(instrument, choice.statute, here)
            for entry in entries:
                self._entry(entry, choice.statute)
        for text in choice.newer:
            self._newer(instrument, entries, text)

    def _header(self, instrument: Instrument, text: Statute, here: Location) -> None:
        """Whether a text is of the day in its file's name cannot be seen where its header ends before it."""
        if text.day and text.header_days and text.day > text.header_days[-1]:
            message = f"{instrument}的文本，文件名写的日期是 {text.day}，题注只到 {text.header_days[-1]}"
            hint = "请核对文件里的文字确实是这一天的文本"
            self._find("statute-day", Severity.ADVICE, message, here, text, hint)

    def _last_article(self, instrument: Instrument, text: Statute, here: Location) -> None:
        """Whether the text ends with the article that the law file names."""
        last = max((int(number) for number in text.articles if number.isdecimal()), default=0)
        if instrument.articles and last != instrument.articles and not text.excerpt:
            message = f"{instrument}的文本到第{last}条为止，法律数据写的是{instrument.articles}条"
            self._find("statute-articles", Severity.ERROR, message, here, text, "核对后改正 articles")

    def _entry(self, entry: Entry, text: Statute) -> None:
        norm = entry.norm
        if not norm.source.article:
            return
        self.compared += 1
        fault = _fault(norm, text)
        if fault is None:
            if norm.state is State.REPORTED:
                message = f"“{norm.title}”（{norm.key}）标为据公开报道，文本已在，{norm.source}与文本一致"
                hint = "对照全文后可以改为 verified"
                self._find("statute-confirms", Severity.ADVICE, message, entry.where, text, hint)
            return
        message = f"“{norm.title}”（{norm.key}）：{fault.message}"
        self._find(fault.rule, fault.severity, message, entry.where, text, fault.hint)

    def _newer(self, instrument: Instrument, entries: list[Entry], text: Statute) -> None:
        """A later text: an error where it says something else than an entry that is still in force."""
        day = text.day or datetime.date.max
        living = [one for one in entries if one.norm.until is None or one.norm.until > day]
        changed: list[str] = []
        for entry in living:
            if not entry.norm.source.article:
                continue
            self.compared += 1
            fault = _fault(entry.norm, text)
            if fault is None:
                continue
            changed.append(entry.norm.key)
            message = f"“{entry.norm.title}”（{entry.norm.key}）与更新的文本不符：{fault.message}"
            hint = "；".join(filter(None, (fault.hint, "新文本已施行的，写明它的施行日、版本和条文")))
            self._find("statute-newer", Severity.ERROR, message, entry.where, text, hint)
        if living and not changed:
            days = [entry.norm.checked for entry in living if entry.norm.checked]
            checked = f"数据最后核对于 {max(days)}" if days else "数据从未与文本核对"
            message = f"{instrument}有更新的文本，{checked}；所引的条、款、项和数值在新文本中都在"
            hint = "核对新文本后更新 edition 和 checked"
            self._find("statute-newer", Severity.WARNING, message, living[0].where, text, hint)

    # -------------------------------------------------------------- clauses

    def _known_keys(self) -> None:
        known = {key for place in self.law.places for key in self.law.keys(place)}
        for key, places in self.keys.items():
            if key not in known:
                for where in places:
                    self._find("law-key", Severity.ERROR, f"法律数据中没有条款引用的 {key}", where)

    def _cited(self, one: Cited) -> Iterator[str]:
        """Compare a citation in a clause; give its title where there is no text."""
        texts = self._texts_of(one.mention, one.on)
        if not texts:
            yield one.mention.title
        elif one.mention.article:
            self.compared += 1
            text = texts[-1]
            found = passage(text, one.mention.article, one.mention.paragraph, one.mention.item)
            if found.missing:
                severity = Severity.WARNING if text.excerpt else Severity.ERROR
                message = f"{one.mention}：所引的文本中{found.missing}"
                self._find("statute-article", severity, message, one.where, text)

    def _texts_of(self, mention: Mention, on: datetime.date) -> list[Statute]:
        """The text of an instrument in force on the day, else of the edition named, else of that title."""
        key = title_key(mention.title)
        texts = sorted((text for text in self.statutes if key in text.keys), key=age_of)
        year = YEAR.search(mention.edition)
        if year:
            return [text for text in texts if text.day and text.day.year == int(year[0])] or texts
        same = [one for one in self.choices if title_key(one.title) == key]
        held = [one for one in same if one.holds(on)] or same
        chosen = [text for one in held if (text := self.choices[one].statute)]
        return chosen[:1] or texts

    # -------------------------------------------------------------- no text

    def _lacking(self, by_instrument: Mapping[Instrument, list[Entry]]) -> tuple[Lacking, ...]:
        found = []
        for instrument, entries in by_instrument.items():
            if self.choices[instrument].statute is None:
                keys = tuple(dict.fromkeys(entry.norm.key for entry in entries))
                found.append(Lacking(instrument, keys, tuple(key for key in keys if key in self.keys)))
        return tuple(found)


# ------------------------------------------------------------------ one citation


@dataclass(frozen=True, slots=True)
class _Fault:
    rule: str
    severity: Severity
    message: str
    hint: str = ""


def _fault(norm: Norm, text: Statute) -> _Fault | None:
    """What is wrong with a citation in the light of a text; None where nothing is."""
    source: Citation = norm.source
    assert source.article
    found = passage(text, source.article, source.paragraph, source.item)
    if found.missing:
        severity = Severity.WARNING if text.excerpt else Severity.ERROR
        return _Fault("statute-article", severity, f"{source}：文本中{found.missing}")
    if norm.value is None or _stated(norm, found.text):
        return None
    quoted = re.sub(r"\s", "", found.text)
    hint = f"该处写的是：{quoted[:EXCERPT]}{'……' if len(quoted) > EXCERPT else ''}"
    if any(one.number == norm.value for one in quantities(found.text)):
        message = f"{source}有{number_label(norm.value)}这个数，但不是{describe(norm)}"
        return _Fault("statute-unit", Severity.WARNING, message, hint)
    return _Fault("statute-number", Severity.ERROR, f"{source}没有写{describe(norm)}", hint)


def _stated(norm: Norm, text: str) -> bool:
    """Whether the words state the value, in a word that the law uses for its unit."""
    kind: Any = names().units[norm.unit]
    assert norm.value is not None
    if kind.one and norm.value == 1 and kind.one in re.sub(r"\s", "", text):
        return True
    words = names().statute_words.get(norm.unit)
    if words is None and not kind.share:
        return True  # a text, not a number
    return states(text, Fraction(norm.value), words or {}, share=kind.share)
