"""Lint: the clause library held against its own rules and the law, for those who write and review clauses.

What makes a file unreadable (ids, days, missing notes) the library room refuses itself; here are the faults of a
library that can be read: words, references, numbers, and a basis that does not hold on a day on which its clause does.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

from contractgen.diff import LABELS, compare
from contractgen.diff.report import place as place_of
from contractgen.diff.report import reasons
from contractgen.diff.wording import of_clause
from contractgen.document.markdown import (
    PLACEHOLDER,
    RawInlines,
    RawList,
    RawParagraph,
    RawReference,
    RawSubheading,
    RawText,
)
from contractgen.files import load_yaml, wrong_form
from contractgen.findings import Finding, InputError, Location, Severity, ordered
from contractgen.law import Law
from contractgen.library import ClauseVersion, Library, check_released, released
from contractgen.timeline import load_steps
from contractgen.wording import load_phrases

GLOSSARY = "glossary.yaml"
DUTY = re.compile(r"应当|不得|必须")
SENTENCE = re.compile(r"[。；]")
DUTIES_AT_MOST = 2  # 应当……，不得…… is one duty and its reverse; more belong into sentences of their own
HALF_WIDTH = re.compile(r"[,;:?!()]")
TYPED = re.compile(
    r"[0-9０-９]|(?<!第)[一二三四五六七八九十百]+(天|日内|个工作日|个月|年内|小时|周岁|次以上)"
)
GROUPS = frozenset(
    "employer workforce union agreement bargaining contacts law place seat other_places this_agreement whole_agreement name other_rules local_names".split()
)  # what a placeholder may begin with, besides a value


@dataclass(frozen=True)
class Glossary:
    """The words of the book, from ``glossary.yaml``.

    Attributes:
        house: a word that is not used -> the one that is.
        inside: longer words in which such a word stands by chance.
        defined: a word with a meaning of its own -> the clauses that define it.
    """

    house: Mapping[str, str]
    inside: tuple[str, ...]
    defined: Mapping[str, tuple[str, ...]]


def load_glossary(library: Library) -> Glossary:
    """The glossary of a library.

    Raises:
        InputError: where its form is wrong. A library without the file has an empty one.
    """
    path = library.folder / GLOSSARY
    if not path.is_file():
        return Glossary({}, (), {})
    data = load_yaml(path).data
    try:
        house = {wrong: row["word"] for row in data["house"] for wrong in row["instead_of"]}
        inside = tuple(word for row in data["house"] for word in row.get("inside", ()))
        defined = {word: tuple(clauses) for word, clauses in data["defined"].items()}
        return Glossary(house, inside, defined)
    except (KeyError, TypeError, AttributeError) as fault:
        raise InputError(wrong_form(path, fault), hint="写 house、defined 两项，照程序自带的文件") from None


def lint(library: Library, law: Law, clause_ids: Iterable[str] | None = None) -> tuple[Finding, ...]:
    """Every fault of every wording, by file and line.

    Args:
        library: the library that is looked at.
        law: the law that its clauses rest on.
        clause_ids: only these clauses.

    Raises:
        InputError: for a clause that the library does not have.
    """
    chosen = tuple(library.ids if clause_ids is None else clause_ids)
    reader = _Reader(library, law, load_glossary(library))
    stamps = [one for one in check_released(library) if clause_ids is None or _among(one, chosen, library)]
    found = [fault for one in chosen for clause in library.versions(one) for fault in reader.faults(clause)]
    whole = (*_contents(law), *_steps(library, law)) if clause_ids is None else ()
    return ordered((*stamps, *whole, *found, *unexplained(library, law, chosen)))


def unexplained(library: Library, law: Law, clause_ids: Iterable[str] | None = None) -> tuple[Finding, ...]:
    """Passages of versions not yet released that are weaker than the version before, where nothing says why."""
    frozen = released(library)
    return tuple(
        finding
        for one in (library.ids if clause_ids is None else clause_ids)
        for before, clause in pairwise(library.versions(one))
        if str(clause) not in frozen and not clause.change.weakens
        for finding in _weaker(before, clause, library, law)
    )


def _weaker(before: ClauseVersion, clause: ClauseVersion, library: Library, law: Law) -> Iterator[Finding]:
    differences = compare(of_clause(before, library, law), of_clause(clause, library, law))
    for section in differences.sections:
        for change in section.counted:
            if change.label != "weaker":
                continue
            told = "；".join(text for text in reasons(change) if text.startswith(LABELS["weaker"]))
            where = place_of(section, change) or "文字"
            message = f"{where}比 {before} 削弱了职工的权益，没有说明理由：{told}"
            hint = "恢复原来的保障；确有理由的，在 change 里写 weakens 说明"
            yield _head(clause, "unexplained-weakening", message, hint)


def _steps(library: Library, law: Law) -> tuple[Finding, ...]:
    """Faults of the steps of the course: conditions, profile paths and keys of the law that there are not."""
    try:
        load_steps(library.folder, law)
    except InputError as fault:
        return fault.findings
    return ()


def _contents(law: Law) -> Iterator[Finding]:
    """Contents that name what the law of no place has: they would never be asked for, or never be found."""
    known = frozenset(key for place in law.places for key in law.keys(place))
    for place in law.places:
        for key in law.asked(place):
            if key not in known:
                message = f"contents 里的 {key} 不是任何一地的法律条目"
                where = Location(f"law/{place}.yaml")
                yield Finding("unknown-law-key", Severity.ERROR, message, where, hint="核对名称")


def _among(finding: Finding, ids: Iterable[str], library: Library) -> bool:
    return any(finding.location.file == clause.path for one in ids for clause in library.versions(one))


@dataclass(frozen=True, slots=True)
class _Line:
    """Some text of a wording and the line of the file in which its block begins."""

    text: str
    line: int
    annex: bool = False


class _Reader:
    def __init__(self, library: Library, law: Law, glossary: Glossary) -> None:
        self.library = library
        self.law = law
        self.glossary = glossary
        self.phrases = load_phrases(library.folder)
        self.known_keys = frozenset(key for place in law.places for key in law.keys(place))
        self.everywhere = {spec.name for clause in library.all_versions() for spec in clause.values}
        self.targets = frozenset({*library.ids, *(one.id for one in library.outline.all_articles())})

    def faults(self, clause: ClauseVersion) -> Iterator[Finding]:
        yield from self._words(clause)
        yield from self._references(clause)
        yield from self._values(clause)
        yield from self._basis(clause)

    # words

    def _words(self, clause: ClauseVersion) -> Iterator[Finding]:
        newest = clause is self.library.versions(clause.id)[-1]
        for one in _lines(clause):
            bare = PLACEHOLDER.sub("〇", one.text)
            for mark in HALF_WIDTH.findall(bare):
                yield _at(clause, one, "half-width", f"中文里用了半角标点“{mark}”", "改为全角标点")
            for match in TYPED.finditer(bare):
                message = f"文字里直接写了数字“{match[0]}”"
                yield _at(clause, one, "typed-number", message, "把数字写入 values，文字里写占位符")
            for word in self.phrases.vague_in(bare):
                message = f"“{word}”使义务落空"
                yield _at(clause, one, "vague-word", message, self.phrases.vague_remedy)
            yield from self._house(clause, one, bare)
            for sentence in SENTENCE.split(bare) if newest else ():
                if len(DUTY.findall(sentence)) > DUTIES_AT_MOST:
                    message = f"一句话里有多项义务：“{sentence.strip()[:24]}……”"
                    hint = "每项义务各写一句，履行和检查时才能逐项核对"
                    yield _at(clause, one, "several-duties", message, hint, Severity.ADVICE)

    def _house(self, clause: ClauseVersion, one: _Line, bare: str) -> Iterator[Finding]:
        text = bare
        for word in self.glossary.inside:
            text = text.replace(word, "〇")
        for wrong, right in self.glossary.house.items():
            if wrong in text:
                yield _at(clause, one, "house-word", f"“{wrong}”在本条款库写作“{right}”", f"改为“{right}”")
        for word, definers in self.glossary.defined.items():
            if word in bare and clause.id not in definers and not self._defined(definers, clause):
                message = f"“{word}”没有定义：{'、'.join(definers)} 在这一版施行时都没有文字"
                yield _at(clause, one, "undefined-term", message, "补上定义，或者换一个说法")

    def _defined(self, definers: Iterable[str], clause: ClauseVersion) -> bool:
        """Whether one of the defining clauses is in the book on the first day of the wording."""
        return any(
            version.in_force(clause.in_force_from) or clause.in_force_until == clause.in_force_from
            for one in definers
            if one in self.library.ids
            for version in self.library.versions(one)
        )

    # references

    def _references(self, clause: ClauseVersion) -> Iterator[Finding]:
        for target, line in _targets(clause):
            if target not in self.targets:
                place = _Line("", line)
                yield _at(clause, place, "dangling-reference", f"引用的条款 {target} 不在目录中", "核对编号")
            elif target in self.library.ids and not any(
                _overlap(clause, version) for version in self.library.versions(target)
            ):
                place = _Line("", line)
                message = f"引用的条款 {target} 在这一版施行期间没有文字"
                yield _at(clause, place, "dangling-reference", message, "核对两条的施行日")

    # numbers

    def _values(self, clause: ClauseVersion) -> Iterator[Finding]:
        used = {name.split(".")[0] for name in PLACEHOLDER.findall(clause.body)} - GROUPS
        declared = {spec.name for spec in clause.values}
        parts = {part for spec in clause.values for part in spec.parts}
        for name in sorted(declared - used - parts):
            yield _head(clause, "unused-value", f"values 里的 {name} 在文字里没有用到", "删去，或者写进文字")
        known = (
            self.everywhere if clause.chapter == "annexes" else declared
        )  # a row of a table looks anywhere
        for name in sorted(used - known):
            message = f"占位符 {{{{ {name} }}}} 没有写入 values"
            yield _head(clause, "undeclared-value", message, "在 values 里写明它的来源")
        terms = self.library.terms(clause.in_force_from)
        for spec in clause.values:
            if spec.kind == "term" and spec.name not in terms:
                message = f"{clause.in_force_from} 没有条款定义约定数值 {spec.name}"
                yield _head(
                    clause, "homeless-term", message, "在定义它的条款里写明 default、unit、bound、title"
                )

    # law

    def _basis(self, clause: ClauseVersion) -> Iterator[Finding]:
        for key in sorted(clause.law_keys - self.known_keys):
            yield _head(
                clause, "unknown-law-key", f"没有名为 {key} 的法律条目", "核对名称，见 contractgen law show"
            )
        keys = [basis.key for basis in clause.basis if basis.key in self.known_keys]
        days = self._days(clause, keys)
        if not days:
            return  # a later wording took its place from its first day on
        held = {day: {key for key in keys if self._holds_somewhere(clause, key, day)} for day in days}
        for key in keys:
            if not any(key in found for found in held.values()):
                message = f"依据 {key} 在这一版使用的任何一天都没有施行中的规定"
                yield _head(clause, "basis-not-in-force", message, "删去，或者核对法律数据的日期")
        bare = [day for day, found in held.items() if not found]
        if clause.weight == "statutory" and bare:
            message = f"法定条款在 {bare[0]} 没有一项施行中的法律依据"
            yield _head(clause, "basis-not-in-force", message, "补上那一天的依据，或者改为示范、协商条款")

    def _holds_somewhere(self, clause: ClauseVersion, key: str, day: datetime.date) -> bool:
        """Whether one of the places that print a wording on a day has the norm; True where none prints it."""
        places = [place for place in self.law.places if self._prints(clause, place, day)]
        return not places or any(self.law.resolve(place, key, day) for place in places)

    def _days(self, clause: ClauseVersion, keys: Iterable[str]) -> tuple[datetime.date, ...]:
        """The first day of a wording and each later one, while it holds, on which its basis changes."""
        changes = {
            edge
            for place, key in product(self.law.places, keys)
            if key in self.law.keys(place)
            for norm in self.law.history(place, key)
            for edge in (norm.since, norm.until)
            if edge is not None
        }
        return tuple(day for day in sorted({clause.in_force_from, *changes}) if clause.in_force(day))

    def _prints(self, clause: ClauseVersion, place: str, on: datetime.date) -> bool:
        return all(self.law.resolve(place, key, on) for key in clause.law_has) and not any(
            self.law.resolve(place, key, on) for key in clause.law_lacks
        )


def _overlap(one: ClauseVersion, other: ClauseVersion) -> bool:
    end = min(one.in_force_until or datetime.date.max, other.in_force_until or datetime.date.max)
    return max(one.in_force_from, other.in_force_from) < end or one.in_force_until == one.in_force_from


def _lines(clause: ClauseVersion) -> Iterator[_Line]:
    """Every text of a wording with the line of its file."""
    for block in clause.blocks:
        line = block.line + clause.body_line - 1
        if isinstance(block, RawSubheading):
            yield _Line(block.text, line)
            continue
        if isinstance(block, RawParagraph):
            parts: tuple[RawInlines, ...] = (block.inlines,)
        elif isinstance(block, RawList):
            parts = block.items
        else:
            parts = tuple(cell for row in (block.header, *block.rows) for cell in row)
        yield from (_Line(_plain(part), line) for part in parts)


def _plain(inlines: RawInlines) -> str:
    return "".join(node.text if isinstance(node, RawText) else "第〇条" for node in inlines)


def _targets(clause: ClauseVersion) -> Iterator[tuple[str, int]]:
    for block in clause.blocks:
        line = block.line + clause.body_line - 1
        if isinstance(block, RawParagraph):
            parts: tuple[RawInlines, ...] = (block.inlines,)
        elif isinstance(block, RawList):
            parts = block.items
        else:
            parts = ()
        for part in parts:
            yield from ((node.target, line) for node in part if isinstance(node, RawReference))


def _at(
    clause: ClauseVersion,
    line: _Line,
    rule: str,
    message: str,
    hint: str,
    severity: Severity = Severity.ERROR,
) -> Finding:
    return Finding(rule, severity, message, Location(clause.path, line.line), hint=hint)


def _head(clause: ClauseVersion, rule: str, message: str, hint: str) -> Finding:
    return Finding(rule, Severity.ERROR, message, Location(clause.path), hint=hint)
