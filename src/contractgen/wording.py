"""Wording: which words void, blur or misname, kept as data in clauses/phrases.yaml, and where they stand in a text.

Nothing here knows an agreement: a ``Line`` is a paragraph of any text, ours or somebody else's, and its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from contractgen.files import data_folder, load_data, read_bytes, wrong_form
from contractgen.findings import Finding, InputError, Location, Severity

FILE = "phrases.yaml"
NUMBER = "[0-9０-９零一二两三四五六七八九十百]+"
SENTENCE = re.compile(r"[^。；！？\n]+")
MARK = re.compile(r"[。；！？\n]")
PAUSE = re.compile(r"[，,]")
DEFAULT_GAP = 10
EXCEPTION = re.compile(
    r"[。；](?=[^。；]{0,20}(?:除外|不在此限|不受此限|不受限制)(?:[。；]|$)|(?:但|但是|确因|确需|确有|如确|特殊情况|本人自愿|本人同意|本人申请|本人书面)[^。；]{4,})"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a text.

    Attributes:
        text: its words.
        place: where it stands, as the document numbers it (第十二条第二款).
        subject: how a finding calls it (自拟条款“夜班”).
        path: its place in the profile, where it came from there.
        lead: the words that lead in the list of which it is an item (不得有下列行为：).
        about: what the reader knows it is about, such as the head of a table's row; counts for ``needs``.
    """

    text: str
    place: str = ""
    subject: str = ""
    path: str = ""
    lead: str = ""
    about: str = ""

    @property
    def name(self) -> str:
        """What a finding begins with."""
        return self.subject or self.place


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that were found, the sentence around them, and where they begin in the line."""

    words: str
    sentence: str
    at: int


@dataclass(frozen=True)
class Negation:
    """Words that forbid or deny what they stand beside."""

    before: tuple[str, ...]
    inside: tuple[str, ...]
    after: tuple[str, ...]
    goes_on: tuple[str, ...]
    lists: tuple[str, ...]
    employer: tuple[str, ...]

    def denies_before(self, before: str) -> bool:
        """Whether the sentence up to a phrase forbids it: in the same part, or in the part that this one goes on."""
        parts = PAUSE.split(before)
        while parts:
            part = parts.pop()
            if any(word in part for word in self.before):
                return True
            if not part.strip().startswith(self.goes_on):
                return False
        return False

    def denies_list(self, lead: str) -> bool:
        """Whether a list is one of what is forbidden: 不得有下列行为：…"""
        head = lead.rpartition("：")[0].rpartition("。")[2]
        return any(word in head for word in self.lists) and any(word in head for word in self.before)

    def is_employers(self, before: str) -> bool:
        """Whether the employer is the one who promises."""
        part = PAUSE.split(before)[-1]
        owner = re.search(rf"(?:{_any(self.employer)})(?:应当|应|将|可以|也|均)?$", part)
        return owner is not None and not part[: owner.start()].endswith(("经", "与", "和", "向"))


@dataclass(frozen=True)
class Phrase:
    """A kind of wording that the law does not stand for.

    Attributes:
        laws: the statements of the law that it breaks, each with the words of the sentence that call for it.
        carried: what it needs may stand in the sentence before.
    """

    id: str
    laws: tuple[tuple[str, tuple[str, ...]], ...]
    why: str
    remedy: str
    says: tuple[tuple[tuple[str, ...], ...], ...]
    gap: int = DEFAULT_GAP
    needs: tuple[str, ...] = ()
    excepts: tuple[str, ...] = ()
    bans: bool = False
    lifts: bool = False
    carried: bool = False

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """One for each line of ``says``."""
        between = f"[^。；！？\n]{{0,{self.gap}}}?"
        return tuple(re.compile(between.join(f"(?:{_any(group)})" for group in line)) for line in self.says)

    def broken(self, sentence: str, about: str = "") -> tuple[str, ...]:
        """The statements that a sentence breaks: those that its words call for, else those that what it is about does."""
        return self._called(sentence) or self._called(about) or tuple(key for key, _ in self.laws)

    def _called(self, text: str) -> tuple[str, ...]:
        """The statements that the words of a text call for; 产假 in 陪产假 is no word of its own."""
        found = set()
        for word, key in sorted(
            ((word, key) for key, words in self.laws for word in words), key=lambda one: -len(one[0])
        ):
            if word in text:
                found.add(key)
                text = text.replace(word, "□")
        return tuple(key for key, words in self.laws if not words or key in found)

    def hits(self, line: Line, negation: Negation) -> Iterator[Hit]:
        """Where a line says this and does not forbid it; at most one for each sentence."""
        before = ""
        for sentence in SENTENCE.finditer(line.text):
            words, about = sentence[0], f"{line.about}，{before}"
            before = words if self.carried else ""
            if not any(pattern.search(words) for pattern in self.patterns):
                continue
            head = words.partition("：")[0] + "：" if "：" in words else ""
            if negation.denies_list(line.lead + line.text[: sentence.start()] + head):
                continue
            found = (match for pattern in self.patterns for match in pattern.finditer(words))
            match = next((one for one in found if self._stands(words, one, negation, about)), None)
            if match is not None:
                yield Hit(match[0], words.strip(), sentence.start() + match.start())

    def _stands(self, sentence: str, match: re.Match[str], negation: Negation, about: str) -> bool:
        if self.needs and not any(word in sentence + about for word in self.needs):
            return False
        if any(word in sentence for word in self.excepts):
            return False
        if self.lifts:
            return True
        before, after = sentence[: match.start()], sentence[match.end() :]
        inside = () if self.bans else negation.inside
        return not (
            negation.denies_before(before)
            or negation.is_employers(before)
            or any(word in match[0] for word in inside)
            or any(word in match[0] + after for word in negation.after)
        )


@dataclass(frozen=True, slots=True)
class Vague:
    """A word that blurs a duty, its like, and the words that make it a duty."""

    words: tuple[str, ...]
    duty: tuple[str, ...]


@dataclass(frozen=True)
class Party:
    """The name that the agreement uses for a side, and others that mean the same."""

    name: str
    also: tuple[str, ...]
    inside: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Another name (group ``other``); longer words that only contain one are passed over."""
        longer = f"(?:{_any(self.inside)})|" if self.inside else ""
        return re.compile(f"{longer}(?P<other>{_any(self.also)})")


@dataclass(frozen=True)
class OwnNumbers:
    """How the parties' own texts speak of numbers of the law: words by key, and the words around a number."""

    keys: Mapping[str, tuple[str, ...]]
    between: tuple[str, ...]
    cases: tuple[str, ...]
    adds: tuple[str, ...]
    totals: tuple[str, ...]
    units: tuple[str, ...]
    limits_before: tuple[str, ...]
    limits_after: tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """Everything that clauses/phrases.yaml holds."""

    void: tuple[Phrase, ...]
    negation: Negation
    vague: tuple[Vague, ...]
    vague_remedy: str
    blanks: tuple[str, ...]
    parties: tuple[Party, ...]
    organizations: tuple[str, ...]
    definitions: tuple[str, ...]
    own_numbers: OwnNumbers
    also_simplified: frozenset[str]
    also_traditional: frozenset[str]

    @cached_property
    def void_at_all(self) -> re.Pattern[str]:
        """Finds nothing where no void phrase stands: most lines need no closer look."""
        return re.compile("|".join(pattern.pattern for phrase in self.void for pattern in phrase.patterns))

    @cached_property
    def vague_at_all(self) -> re.Pattern[str]:
        """The same for vague words."""
        return re.compile(_any([word for vague in self.vague for word in vague.words]))

    def vague_in(self, text: str) -> Iterator[str]:
        """The vague words of a text that stand in a sentence with a duty, each once."""
        if not self.vague_at_all.search(text):
            return
        found = (self._vague(sentence) for sentence in SENTENCE.findall(text))
        yield from dict.fromkeys(word for words in found for word in words)

    def _vague(self, sentence: str) -> Iterator[str]:
        for vague in self.vague:
            word = next((word for word in vague.words if word in sentence), None)
            if word and any(duty in sentence.replace(word, "") for duty in vague.duty):
                yield word

    @cached_property
    def defines(self) -> re.Pattern[str]:
        """How a text goes on behind a term whose meaning it says."""
        return re.compile(f"(?:{_any(self.definitions)})(?![定派导出明示引])")


def _any(words: Sequence[str]) -> str:
    """A pattern for one of several words, the longest first; {n} is a number."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(NUMBER.join(re.escape(piece) for piece in word.split("{n}")) for word in longest)


def sentence_span(text: str, at: int) -> tuple[int, int]:
    """Where the sentence around a place begins and ends, without the mark behind it."""
    marks = [mark.start() for mark in MARK.finditer(text)]
    start = max((mark + 1 for mark in marks if mark < at), default=0)
    return start, min((mark for mark in marks if mark >= at), default=len(text))


def with_exceptions(text: str) -> str:
    """A text in which an exception that stands as a sentence of its own goes on the one before it."""
    return EXCEPTION.sub("，", text)


def load_phrases(folder: Path | None = None) -> Phrases:
    """The phrases of a clause library; those that come with the program where it has none of its own.

    Raises:
        InputError: where the file cannot be read, or is not in the form that its first lines describe.
    """
    own = None if folder is None else folder / FILE
    path = own if own is not None and own.is_file() else data_folder("clauses") / FILE
    return _load(str(path), read_bytes(path))


@lru_cache(maxsize=4)
def _load(name: str, data: bytes) -> Phrases:
    path = Path(name)
    saved = load_data(path, data)
    try:
        return _phrases(saved)
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        message = wrong_form(name, fault)
        finding = Finding("library", Severity.ERROR, message, Location(name))
        hint = "请照程序自带的 phrases.yaml 改正"
        raise InputError(message, hint=hint, findings=(finding,)) from None


def _phrases(saved: Mapping[str, Any]) -> Phrases:
    vague, parties, characters = saved["vague"], list(saved["parties"]["names"]), saved["characters"]
    return Phrases(
        void=tuple(phrase_of(one) for one in saved["void"]),
        negation=Negation(**{name: _words(words) for name, words in saved["negation"].items()}),
        vague=tuple(
            Vague((one["word"], *_words(one.get("also"))), _words(one.get("with") or vague["duty"]))
            for one in vague["words"]
        ),
        vague_remedy=str(vague["remedy"]),
        blanks=_words(saved["blanks"]),
        parties=tuple(Party(one["name"], _words(one["also"]), _words(one["inside"])) for one in parties),
        organizations=_words(saved["parties"]["organizations"]),
        definitions=_words(saved["definitions"]),
        own_numbers=_own_numbers(saved["own_numbers"]),
        also_simplified=frozenset(characters["names"]),
        also_traditional=frozenset(characters["more"]),
    )


def _own_numbers(saved: Mapping[str, Any]) -> OwnNumbers:
    lists = {name: _words(words) for name, words in saved.items() if name != "keys"}
    return OwnNumbers(keys={key: _words(words) for key, words in saved["keys"].items()}, **lists)


def phrase_of(one: Mapping[str, Any]) -> Phrase:
    """A phrase from its entry in a file.

    Raises:
        KeyError, TypeError, ValueError: where the entry is not in the form that phrases.yaml describes.
    """
    known = {"id", "law", "why", "remedy", "says", "gap", "needs", "except", "bans", "lifts", "carried"}
    if unknown := set(one) - known:
        raise ValueError(f"不认识的项目 {'、'.join(sorted(unknown))}")
    return Phrase(
        id=one["id"],
        laws=_laws(one["law"]),
        why=one["why"],
        remedy=one["remedy"],
        says=tuple(tuple(_words(group) for group in line) for line in one["says"]),
        gap=int(one.get("gap", DEFAULT_GAP)),
        needs=_words(one.get("needs")),
        excepts=_words(one.get("except")),
        bans=bool(one.get("bans")),
        lifts=bool(one.get("lifts")),
        carried=bool(one.get("carried")),
    )


def _laws(data: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A key of the law, or several, each with the words that call for it."""
    if isinstance(data, str):
        return ((data, ()),)
    return tuple((str(key), _words(words)) for key, words in data.items())


def _words(data: Any) -> tuple[str, ...]:
    if not isinstance(data, list | None):
        raise TypeError(f"应当是词的列表：{data}")
    return tuple(str(word) for word in data or ())
