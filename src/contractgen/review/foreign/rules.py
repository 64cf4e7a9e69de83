"""What the review of a foreign contract looks for: clauses/review.yaml and clauses/topics.yaml as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from contractgen.files import data_folder, load_data, wrong_form
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.profile import FORMS
from contractgen.wording import Phrase, phrase_of

NUMBERS_FILE, TOPICS_FILE = "review.yaml", "topics.yaml"
Role = Literal[
    "grant", "until", "from", "within", "ahead", "interval", "part", "pay", "limit", "term", "kept"
]
MISCARRIAGE = "miscarriage"  # the law's steps, see clauses/law/leaves.yaml


@dataclass(frozen=True, slots=True)
class Matter:
    """What a number can be about; the fields are those of clauses/review.yaml. Without ``laws`` it only attracts."""

    laws: tuple[str, ...]
    sums: tuple[str, ...]
    also: str
    says: tuple[str, ...]
    needs: tuple[str, ...]
    excludes: tuple[str, ...]
    unless: tuple[str, ...]
    rank: int
    role: Role
    each: tuple[str, ...]
    least: int
    bases: Mapping[str, tuple[str, ...]]
    may: tuple[str, ...]
    worse: str

    @property
    def judged(self) -> bool:
        """Whether the law has something to say on it."""
        return bool(self.laws or self.sums)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the library: the articles of the outline that it stands for, and the words that show it.

    Attributes:
        title: in a report; of the first article where the data has none.
        articles: ids of the outline.
        heads: words of an article's title.
        any: one in a sentence is enough.
        together: one word of each group in one sentence.
        excludes: where one of these stands in the sentence, the words do not count.
        strikes: these are taken out of the sentence first: 产假期满 is no 产假.
        optional: its absence is not reported.
        general: nor is it in a chapter or an annex, whose general contract has it.
        parts: for harassment: the key of the law of each part, and the words that show it.
    """

    id: str
    title: str
    articles: tuple[str, ...]
    heads: tuple[str, ...]
    any: tuple[str, ...]
    together: tuple[tuple[tuple[str, ...], ...], ...]
    excludes: tuple[str, ...]
    strikes: tuple[str, ...]
    optional: bool
    general: bool
    parts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything of both files."""

    matters: tuple[Matter, ...]
    loose: Mapping[str, Mapping[str, tuple[Fraction, Fraction]]]
    words: Mapping[str, Mapping[str, Fraction]]
    hedges: tuple[str, ...]
    may: re.Pattern[str]
    rights: tuple[str, ...]
    denials: tuple[str, ...]
    not_denials: tuple[str, ...]
    workers: tuple[str, ...]
    faults: tuple[Phrase, ...]
    doubts: tuple[Phrase, ...]
    topics: tuple[Topic, ...]
    places: Mapping[str, tuple[str, ...]]
    provinces: tuple[str, ...]
    forms: Mapping[str, tuple[str, ...]]
    union: str
    no_union: tuple[str, ...]

    @property
    def losses(self) -> tuple[str, ...]:
        """The words for the end of a pregnancy before birth."""
        return next((one.says for one in self.matters if one.laws == (MISCARRIAGE,)), ())


def load_rules(folder: Path | None = None) -> Rules:
    """The rules of a clause library; those that come with the program where it has none of its own.

    Raises:
        InputError: where a file is not in the form that its first lines describe.
    """
    return _load(*(_file(folder, name) for name in (NUMBERS_FILE, TOPICS_FILE)))


def _file(folder: Path | None, name: str) -> Path:
    own = None if folder is None else folder / name
    return own if own is not None and own.is_file() else data_folder("clauses") / name


@lru_cache(maxsize=4)
def _load(numbers: Path, topics: Path) -> Rules:
    try:
        return _rules(load_data(numbers), load_data(topics))
    except (KeyError, TypeError, AttributeError, ValueError, re.error) as fault:
        message = wrong_form(f"{numbers} 或者 {topics}", fault)
        finding = Finding("library", Severity.ERROR, message, Location(str(numbers)))
        raise InputError(message, hint="请照程序自带的文件改正", findings=(finding,)) from None


def _rules(numbers: Mapping[str, Any], topics: Mapping[str, Any]) -> Rules:
    return Rules(
        matters=tuple(_matter(one) for one in numbers["numbers"]),
        loose={
            unit: {word: (Fraction(low), Fraction(high)) for word, (low, high) in words.items()}
            for unit, words in numbers["loose"].items()
        },
        words={
            unit: {word: Fraction(scale) for word, scale in words.items()}
            for unit, words in numbers["words"].items()
        },
        hedges=_words(numbers["hedges"]),
        may=re.compile("|".join(_words(numbers["may"]))),
        rights=_words(numbers["rights"]),
        denials=_words(numbers["denials"]["says"]),
        not_denials=_words(numbers["denials"]["not"]),
        workers=_words(numbers["workers"]),
        faults=tuple(phrase_of(one) for one in numbers["faults"]),
        doubts=tuple(phrase_of(one) for one in numbers["doubts"]),
        topics=tuple(_topic(one) for one in topics["topics"]),
        places={place: _words(words) for place, words in topics["places"].items()},
        provinces=_words(topics["provinces"]),
        forms={form: _words(topics["forms"][form]) for form in FORMS},
        union=str(topics["union"]),
        no_union=_words(topics["no_union"]),
    )


def _matter(one: Mapping[str, Any]) -> Matter:
    known = {
        "law",
        "sum",
        "and",
        "says",
        "needs",
        "not",
        "unless",
        "rank",
        "role",
        "each",
        "least",
        "bases",
        "may",
        "worse",
    }
    _no_others(one, known)
    law = one.get("law", ())
    role = one.get("role", "grant")
    if role not in get_args(Role):
        raise ValueError(f"不认识的 role：{role}")
    return Matter(
        laws=(law,) if isinstance(law, str) else _words(law),
        sums=_words(one.get("sum")),
        also=one.get("and", ""),
        says=_words(one["says"]),
        needs=_words(one.get("needs")),
        excludes=_words(one.get("not")),
        unless=_words(one.get("unless")),
        rank=int(one.get("rank", 1)),
        role=role,
        each=_words(one.get("each")),
        least=int(one.get("least", 0)),
        bases={base: _words(words) for base, words in one.get("bases", {}).items()},
        may=_words(one.get("may")),
        worse=one.get("worse", ""),
    )


def _topic(one: Mapping[str, Any]) -> Topic:
    _no_others(
        one,
        {
            "id",
            "title",
            "articles",
            "heads",
            "any",
            "together",
            "not",
            "strike",
            "optional",
            "general",
            "parts",
        },
    )
    return Topic(
        id=one["id"],
        title=one.get("title", ""),
        articles=_words(one.get("articles")) or (one["id"],),
        heads=_words(one.get("heads")),
        any=_words(one.get("any")),
        together=tuple(tuple(_words(group) for group in line) for line in one.get("together", ())),
        excludes=_words(one.get("not")),
        strikes=_words(one.get("strike")),
        optional=bool(one.get("optional")),
        general=bool(one.get("general")),
        parts={key: _words(words) for key, words in one.get("parts", {}).items()},
    )


def _no_others(one: Mapping[str, Any], known: set[str]) -> None:
    if unknown := set(one) - known:
        raise ValueError(f"不认识的项目 {'、'.join(sorted(unknown))}")


def _words(data: Any) -> tuple[str, ...]:
    if not isinstance(data, list | tuple | None):
        raise TypeError(f"应当是词的列表：{data}")
    return tuple(str(word) for word in data or ())
