"""The clause library: every clause in each of its wordings, the order of the book, and the stamps of what is released.

A clause is a folder, a wording is a file: ``clauses/<chapter>/<id>/<version>.md``. The wording in force on a day is
the highest version whose day has come. A released file never changes; a correction is the next version, and may
hold from the same day: the wording that it corrects then stays in the library, in force on no day.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from contractgen.document.markdown import PLACEHOLDER, MarkdownError, RawBlock, parse
from contractgen.files import Loaded, data_folder, load_folder, write_new
from contractgen.findings import Finding, InputError, Location, Severity, did_you_mean

Number = int | Fraction
Weight = Literal["statutory", "model", "negotiable"]
Follows = Literal["work", "seat"]
Form = Literal["standalone", "chapter", "annex"]

WEIGHTS: dict[str, str] = {"statutory": "法定", "model": "示范", "negotiable": "协商"}
CHANGE_KINDS: dict[str, str] = {
    "first": "首版",
    "law": "法律变化",
    "model": "示范文本变化",
    "wording": "文字完善",
    "error": "更正",
}
CORRECTIONS = (
    "wording",
    "error",
)  # kinds of change that may hold from the very day of the wording they correct
BOUNDS = ("minimum", "maximum", "exact", "advice")
FOLLOWS: tuple[Follows, ...] = ("work", "seat")
FORMS: tuple[Form, ...] = ("standalone", "chapter", "annex")
FRAME = "frame.yaml"
OUTLINE = "outline.yaml"
RELEASED = "released.yaml"
FRAME_KEYS = (
    "this_agreement",
    "cover",
    "parties",
    "preamble",
    "closing",
    "comparison",
    "places",
    "posts",
    "draft",
    "notes",
    "names",
)


@dataclass(frozen=True, slots=True)
class ValueSpec:
    """Where a number in a clause text comes from.

    ``kind``: law (the law's value, which the parties may better), agreed (a term with a proposal of the
    library), term (an agreed term that another clause defines), sum (of other values of this agreement).
    """

    name: str
    kind: Literal["law", "agreed", "term", "sum"]
    title: str = ""
    unit: str = ""
    bound: str = ""
    default: Number | None = None
    floor: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """``path`` in the profile must hold one of ``expected``; ``present`` and ``absent`` ask for any or no value."""

    path: str
    expected: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a clause may stand: a key of the law, or what the parties agree where the law is silent."""

    key: str = ""
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed against the version before, why, on which source, and why it may weaken what stood there."""

    kind: str
    reason: str
    source: str
    weakens: str = ""  # why a passage that is weaker than before may be so

    @property
    def title(self) -> str:
        """The Chinese word for the kind."""
        return CHANGE_KINDS[self.kind]


@dataclass(frozen=True)
class ClauseVersion:
    """One wording of one clause."""

    id: str
    version: int
    chapter: str
    title: str
    weight: Weight
    in_force_from: datetime.date
    in_force_until: datetime.date | None  # the day from which it no longer holds
    optional: bool
    when: tuple[Condition, ...]
    law_has: tuple[str, ...]
    law_lacks: tuple[str, ...]
    values: tuple[ValueSpec, ...]
    basis: tuple[Basis, ...]
    covers: tuple[str, ...]
    change: Change
    union_note: str
    reviewer_note: str
    body: str
    path: str  # relative to the library folder
    body_line: int
    stamp: str
    forms: tuple[Form, ...] = FORMS  # of the agreement in which it stands, as the outline says

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"

    @property
    def weight_title(self) -> str:
        """法定, 示范 or 协商"""
        return WEIGHTS[self.weight]

    @cached_property
    def blocks(self) -> tuple[RawBlock, ...]:
        """The parsed body.

        Raises:
            InputError: with the place, where the body holds what the little Markdown does not know.
        """
        try:
            return parse(self.body)
        except MarkdownError as fault:
            place = Location(self.path, fault.line + self.body_line - 1)
            finding = Finding("clause-text", Severity.ERROR, fault.message, place)
            raise InputError(f"条款 {self} 的文字有误", findings=(finding,)) from None

    @cached_property
    def law_keys(self) -> frozenset[str]:
        """Every law key that it refers to: numbers and their floors, basis, conditions, duties covered, {{ law.key }}."""
        numbers = (spec.name if spec.kind == "law" else spec.floor for spec in self.values)
        bases = (basis.key for basis in self.basis)
        named = {*numbers, *bases, *self.cited_keys, *self.law_has, *self.law_lacks, *self.covers}
        return frozenset(named - {""})

    @cached_property
    def cited_keys(self) -> tuple[str, ...]:
        """The law keys whose instrument or article the text prints, ``{{ law.key }}``, each once."""
        printed = (match[1].split(".") for match in PLACEHOLDER.finditer(self.body))
        return tuple(dict.fromkeys(words[1] for words in printed if words[0] == "law" and len(words) > 1))

    def in_force(self, on: datetime.date) -> bool:
        """Whether this is the wording of that day."""
        return self.in_force_from <= on and (self.in_force_until is None or on < self.in_force_until)


@dataclass(frozen=True, slots=True)
class OutlineArticle:
    """An article of the book: its id, title, and the clauses that are its paragraphs.

    ``local_title`` is the heading with the names of the place, such as {{ name.birth_leave }}; empty where every
    place calls it the same. ``follows`` says whose law decides which of its clauses stand where a firm works in
    several places: that of each place of work, or only that of the seat (conclusion, filing and whatever else the
    firm does as one). ``forms`` are those of the agreement in which a clause stands; one that is not named there
    stands in all.
    """

    id: str
    title: str
    clauses: tuple[str, ...]
    local_title: str = ""
    follows: Follows = "work"
    forms: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """What an agreement prints, before the names of its place are filled in."""
        return self.local_title or self.title


@dataclass(frozen=True, slots=True)
class OutlineChapter:
    """A chapter of the book; its ``local_title`` is as in an article, ``titles`` has other ones for some forms."""

    id: str
    title: str
    articles: tuple[OutlineArticle, ...]
    local_title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)

    def heading(self, form: str) -> str:
        """What an agreement of a form prints, before the names of its place are filled in."""
        return self.titles.get(form) or self.local_title or self.title


@dataclass(frozen=True, slots=True)
class Outline:
    """The order of the book. ``begins`` is the first day for which there is wording."""

    title: str
    begins: datetime.date
    chapters: tuple[OutlineChapter, ...]
    annexes: tuple[OutlineArticle, ...]

    def all_articles(self) -> Iterator[OutlineArticle]:
        """Every article in the order of the book, then the annexes."""
        for chapter in self.chapters:
            yield from chapter.articles
        yield from self.annexes

    def clause_ids(self) -> Iterator[str]:
        """All clause ids in the order of the book, annexes last."""
        for article in self.all_articles():
            yield from article.clauses


@dataclass(frozen=True)
class Library:
    """All wordings of all clauses, the outline, and the frame (cover, parties, signatures) around them."""

    folder: Path
    outline: Outline
    frame: Mapping[str, Any]
    stamp: str
    _versions: Mapping[str, tuple[ClauseVersion, ...]]

    @property
    def ids(self) -> tuple[str, ...]:
        """Every clause id, in the order of the book."""
        return tuple(self.outline.clause_ids())

    def versions(self, clause_id: str) -> tuple[ClauseVersion, ...]:
        """Every wording of a clause, the oldest first; InputError with the nearest id where there is none."""
        if clause_id not in self._versions:
            raise InputError(
                f"没有编号为 {clause_id} 的条款",
                hint=did_you_mean(clause_id, self._versions, "用 contractgen clauses list 查看全部条款"),
            )
        return self._versions[clause_id]

    def clause(
        self, clause_id: str, version: int | None = None, on: datetime.date | None = None
    ) -> ClauseVersion:
        """One wording: by number, or the one in force on a day, or the newest.

        Raises:
            InputError: where there is no such wording.
        """
        versions = self.versions(clause_id)
        if version is not None:
            found = [v for v in versions if v.version == version]
        elif on is not None:
            found = [v for v in versions if v.in_force(on)]
        else:
            found = list(versions)
        if not found:
            known = "、".join(f"{v.version}（{v.in_force_from} 起）" for v in versions)
            asked = f"版本 {version}" if version is not None else f" {on} 有效的版本"
            raise InputError(f"条款 {clause_id} 没有{asked}", hint=f"现有版本：{known}")
        return found[-1]

    def clauses(self, on: datetime.date | None = None) -> tuple[ClauseVersion, ...]:
        """The wordings in force on a day (or the newest of all), in the order of the book."""
        found = []
        for clause_id in self.ids:
            chosen = [v for v in self._versions[clause_id] if on is None or v.in_force(on)]
            found.extend(chosen[-1:])
        return tuple(found)

    def terms(self, on: datetime.date) -> dict[str, ValueSpec]:
        """Every number that parties can agree on that day: name -> its definition."""
        found: dict[str, ValueSpec] = {}
        for clause in self.clauses(on):
            for spec in clause.values:
                if spec.kind in ("agreed", "law"):
                    found.setdefault(spec.name, spec)
        return found


# ------------------------------------------------------------------ loading


def load_library(folder: Path | None = None) -> Library:
    """Read the clause library of a folder (the one that comes with the program where none is given).

    Raises:
        InputError: with every fault of every file, by file and line.
    """
    root = data_folder("clauses") if folder is None else folder
    if not (root / OUTLINE).is_file():
        raise InputError(f"{root} 不是条款库：缺少 {OUTLINE}", hint="请用 --library 指明条款库文件夹")
    names = sorted(
        path.relative_to(root).as_posix()
        for path in root.glob("*/*/*.md")
        if not any(part.startswith(".") for part in path.relative_to(root).parts)
    )
    files = load_folder(root, [*names, OUTLINE, FRAME])
    return _Loader(root, files).library(names)


class _Loader:
    """Turns loaded files into a Library, collecting every fault."""

    def __init__(self, folder: Path, files: Mapping[str, Loaded]) -> None:
        self.folder = folder
        self.files = files
        self.faults: list[Finding] = []

    def library(self, names: Iterable[str]) -> Library:
        outline = self._outline(self.files[OUTLINE])
        frame = self.files[FRAME]
        for key in FRAME_KEYS:
            if not isinstance(frame.data, dict) or key not in frame.data:
                self._fault(frame, (), f"缺少 {key}", "请照程序自带的 frame.yaml 补上")
        versions: dict[str, list[ClauseVersion]] = {}
        for name in names:
            clause = self._clause(name, self.files[name])
            if clause is not None:
                versions.setdefault(clause.id, []).append(clause)
        if outline is not None:
            self._compare(outline, versions)
        if self.faults or outline is None:
            raise InputError("条款库有误", findings=self.faults)
        forms = {clause: named for one in outline.all_articles() for clause, named in one.forms.items()}
        chained = {
            clause_id: tuple(replace(one, forms=forms.get(clause_id, FORMS)) for one in _chain(found))
            for clause_id, found in versions.items()
        }
        stamps = "\n".join(f"{v} {v.stamp}" for found in chained.values() for v in found)
        order = "\n".join(outline.clause_ids())
        stamp = hashlib.sha256(f"{order}\n{stamps}".encode()).hexdigest()
        return Library(self.folder, outline, self.files[FRAME].data, stamp, chained)

    def _fault(self, loaded: Loaded, path: tuple[str | int, ...], message: str, hint: str = "") -> None:
        place = loaded.where(path)
        self.faults.append(Finding("library", Severity.ERROR, message, place, hint=hint))

    def _outline(self, loaded: Loaded) -> Outline | None:
        data = loaded.data
        try:
            chapters = tuple(
                OutlineChapter(
                    c["id"],
                    c["title"],
                    tuple(_article(a, c.get("follows", "work"), c.get("form")) for a in c["articles"]),
                    c.get("local_title", ""),
                    dict(c.get("titles") or {}),
                )
                for c in data["chapters"]
            )
            annexes = tuple(_article({**a, "clauses": [a["id"]]}) for a in data.get("annexes") or ())
            return Outline(data["title"], data["begins"], chapters, annexes)
        except _WrongWord as fault:
            self._fault(
                loaded, (), f"{fault.key} 不能是 {fault}", f"可以写 {'、'.join(fault.known)}，或者不写"
            )
            return None
        except (KeyError, TypeError) as fault:
            wrong = f"目录缺少 {fault.args[0]}" if isinstance(fault, KeyError) else "目录的写法不对"
            hint = "写 title、begins、chapters；每章写 id、title、articles；每条写 id、title、clauses"
            self._fault(loaded, (), wrong, hint)
            return None

    def _compare(self, outline: Outline, versions: Mapping[str, list[ClauseVersion]]) -> None:
        listed = list(outline.clause_ids())
        loaded = self.files[OUTLINE]
        refused = {name.split("/")[1] for name in self.files if name.endswith(".md")} - set(versions)
        for clause_id in listed:
            if clause_id not in versions and clause_id not in refused:  # a refused file has its own finding
                self._fault(loaded, (), f"目录里的条款 {clause_id} 没有文件")
        for clause_id in versions:
            if listed.count(clause_id) != 1:
                self._fault(
                    loaded, (), f"条款 {clause_id} 在目录里应当出现一次，实际 {listed.count(clause_id)} 次"
                )
        for clause_id, found in versions.items():
            ordered = sorted(found, key=lambda v: v.version)
            numbers = [v.version for v in ordered]
            in_order = all(_follows(later, earlier) for earlier, later in itertools.pairwise(ordered))
            if numbers != list(range(1, len(numbers) + 1)) or not in_order:
                place = Location(found[0].path)
                message = f"条款 {clause_id} 的版本号应当从 1 起连续，施行日应当逐版推后"
                hint = "更正（error）和文字完善（wording）可以与前一版同日施行，代替前一版"
                self.faults.append(Finding("library", Severity.ERROR, message, place, hint=hint))

    def _clause(self, name: str, loaded: Loaded) -> ClauseVersion | None:
        head = loaded.data if isinstance(loaded.data, dict) else {}
        before = len(self.faults)
        chapter, folder, file = name.split("/")
        known = {"id", "version", "title", "weight", "in_force", "optional", "when", "values", "basis"}
        known |= {"covers", "change", "union_note", "reviewer_note"}
        for key in head:
            if key not in known:
                self._fault(loaded, (key,), f"不认识的项目 {key}", did_you_mean(str(key), known))
        for key in known - {"optional", "when", "values", "covers"}:
            if not head.get(key):
                self._fault(loaded, (), f"缺少 {key}")
        for key in ("title", "union_note", "reviewer_note"):
            if not isinstance(head.get(key) or "", str):
                self._fault(loaded, (key,), f"{key} 应当是文字", "请在内容两边加上英文引号")
        if not _is_words(head.get("covers")):
            self._fault(loaded, ("covers",), "covers 应当是法律条目的名称")
        if head.get("id") != folder or f"{head.get('version')}.md" != file:
            self._fault(loaded, ("id",), "编号和版本应当与所在文件夹、文件名一致")
        if str(head.get("weight")) not in WEIGHTS:
            self._fault(loaded, ("weight",), f"weight 应当是 {'、'.join(WEIGHTS)} 之一")
        in_force = head.get("in_force")
        if not isinstance(in_force, dict) or not isinstance(in_force.get("from"), datetime.date):
            self._fault(loaded, ("in_force",), "in_force 应当写明 from: 年-月-日")
            in_force = {}
        if not isinstance(in_force.get("until", datetime.date.max), datetime.date):
            self._fault(loaded, ("in_force", "until"), "until 应当是日期", "写作 2026-12-01，不用时删去")
        change = self._change(loaded, head.get("change"))
        values = self._values(loaded, head.get("values") or {})
        when, law_has, law_lacks = self._when(loaded, head.get("when") or {})
        basis = self._basis(loaded, head.get("basis") or [])
        if not loaded.body.strip():
            self._fault(loaded, (), "没有条款文字")
        if len(self.faults) > before:
            return None
        return ClauseVersion(
            id=folder,
            version=head["version"],
            chapter=chapter,
            title=head["title"],
            weight=head["weight"],
            in_force_from=in_force["from"],
            in_force_until=in_force.get("until"),
            optional=bool(head.get("optional")),
            when=when,
            law_has=law_has,
            law_lacks=law_lacks,
            values=values,
            basis=basis,
            covers=_strings(head.get("covers")),
            change=change,
            union_note=str(head["union_note"]).strip(),
            reviewer_note=str(head["reviewer_note"]).strip(),
            body=loaded.body,
            path=name,
            body_line=loaded.body_line,
            stamp=_stamp(self.folder / name),
        )

    def _change(self, loaded: Loaded, data: Any) -> Change:
        if not isinstance(data, dict) or str(data.get("kind")) not in CHANGE_KINDS:
            self._fault(loaded, ("change",), f"change 应当写明 kind：{'、'.join(CHANGE_KINDS)} 之一")
            return Change("first", "", "")
        if data["kind"] != "first" and not (data.get("reason") and data.get("source")):
            self._fault(loaded, ("change",), "change 应当写明 reason 和 source")
        return Change(*(str(data.get(key) or "") for key in ("kind", "reason", "source", "weakens")))

    def _values(self, loaded: Loaded, data: Any) -> tuple[ValueSpec, ...]:
        if not isinstance(data, dict):
            self._fault(loaded, ("values",), "values 应当是“名称: 来源”的形式")
            return ()
        found = []
        for name, spec in data.items():
            if spec in ("law", "term"):
                found.append(ValueSpec(name, spec))
            elif isinstance(spec, dict) and spec.get("sum") and _is_words(spec["sum"]):
                title, unit = str(spec.get("title") or ""), str(spec.get("unit") or "")
                found.append(ValueSpec(name, "sum", title, unit, parts=_strings(spec["sum"])))
            elif isinstance(spec, dict) and "default" in spec:
                found.append(self._agreed(loaded, name, spec))
            else:
                self._fault(loaded, ("values", name), "来源应当是 law、term、default 或者 sum")
        return tuple(found)

    def _agreed(self, loaded: Loaded, name: str, spec: Mapping[str, Any]) -> ValueSpec:
        for key in ("title", "unit", "bound"):
            if not spec.get(key):
                self._fault(loaded, ("values", name), f"约定数值 {name} 缺少 {key}")
        if spec.get("bound") not in (*BOUNDS, None):
            self._fault(loaded, ("values", name), f"bound 应当是 {'、'.join(BOUNDS)} 之一")
        default = spec["default"]
        if isinstance(default, bool) or not isinstance(default, int | float):
            self._fault(loaded, ("values", name), f"约定数值 {name} 的 default 应当是数")
            default = 0
        return ValueSpec(
            name,
            "agreed",
            str(spec.get("title") or ""),
            str(spec.get("unit") or ""),
            str(spec.get("bound") or ""),
            exact(default),
            str(spec.get("floor") or ""),
        )

    def _when(
        self, loaded: Loaded, data: Any
    ) -> tuple[tuple[Condition, ...], tuple[str, ...], tuple[str, ...]]:
        if not isinstance(data, dict):
            self._fault(loaded, ("when",), "when 应当是“条件: 期望”的形式")
            return (), (), ()
        for key in ("law_has", "law_lacks"):
            if not _is_words(data.get(key)):
                self._fault(loaded, ("when", key), f"{key} 应当是法律条目的名称")
                return (), (), ()
        conditions = tuple(
            Condition(str(path), tuple(expected) if isinstance(expected, list) else (expected,))
            for path, expected in data.items()
            if path not in ("law_has", "law_lacks")
        )
        return conditions, _strings(data.get("law_has")), _strings(data.get("law_lacks"))

    def _basis(self, loaded: Loaded, data: Any) -> tuple[Basis, ...]:
        found = []
        for number, one in enumerate(data if isinstance(data, list) else [None]):
            if isinstance(one, str):
                found.append(Basis(key=one))
            elif isinstance(one, dict) and set(one) == {"agreed"}:
                found.append(Basis(agreed=str(one["agreed"])))
            else:
                self._fault(loaded, ("basis", number), "依据应当是法律条目的名称，或者 agreed: 理由")
        return tuple(found)


def exact(number: int | float) -> Number:
    """A YAML number without rounding: 2.5 is 5/2."""
    return number if isinstance(number, int) else Fraction(repr(number))


class _WrongWord(ValueError):
    """A word of the outline that is not one of those it may be."""

    def __init__(self, key: str, word: object, known: tuple[str, ...]) -> None:
        super().__init__(str(word))
        self.key = key
        self.known = known


def _article(data: Mapping[str, Any], follows: str = "work", form: Any = None) -> OutlineArticle:
    word = data.get("follows", follows)
    if word not in FOLLOWS:
        raise _WrongWord("follows", word, FOLLOWS)
    entries = [one if isinstance(one, dict) else {"clause": one} for one in data["clauses"]]
    whole = data.get("form", form)
    forms = {one["clause"]: _forms(one.get("form", whole)) for one in entries}
    return OutlineArticle(
        data["id"],
        data["title"],
        tuple(one["clause"] for one in entries),
        data.get("local_title", ""),
        word,
        {clause: found for clause, found in forms.items() if found != FORMS},
    )


def _forms(words: Any) -> tuple[Form, ...]:
    """The forms that an entry of the outline names; all where it names none."""
    if words is None:
        return FORMS
    named = words if isinstance(words, list) else [words]
    for word in named:
        if word not in FORMS:
            raise _WrongWord("form", word, FORMS)
    return tuple(one for one in FORMS if one in named)


def _is_words(data: Any) -> bool:
    """Whether this is a text, a list of texts, or nothing."""
    words = data if isinstance(data, list) else [data or ""]
    return all(isinstance(one, str) for one in words)


def _strings(data: Any) -> tuple[str, ...]:
    if data is None:
        return ()
    return (data,) if isinstance(data, str) else tuple(data)


def _follows(later: ClauseVersion, earlier: ClauseVersion) -> bool:
    """Whether a version may come after another: from a later day, or as its correction from the same day."""
    if later.in_force_from == earlier.in_force_from:
        return later.change.kind in CORRECTIONS
    return later.in_force_from > earlier.in_force_from


def _chain(found: Iterable[ClauseVersion]) -> tuple[ClauseVersion, ...]:
    """Versions in order, each ending where the next begins; one that was corrected from its first day has no day."""
    ordered = sorted(found, key=lambda v: v.version)
    following: list[ClauseVersion | None] = [*ordered[1:], None]
    return tuple(
        replace(
            clause, in_force_until=_earlier(clause.in_force_until, later.in_force_from if later else None)
        )
        for clause, later in zip(ordered, following, strict=True)
    )


def _earlier(one: datetime.date | None, other: datetime.date | None) -> datetime.date | None:
    days = [day for day in (one, other) if day is not None]
    return min(days) if days else None


# ------------------------------------------------------------------ stamps


def _stamp(path: Path) -> str:
    """SHA-256 of a file with ``\\n`` line ends, so that a checkout on Windows has the same stamp."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def released(library: Library) -> dict[str, str]:
    """The stamps of released wordings: ``id@version`` -> SHA-256."""
    path = library.folder / RELEASED
    if not path.is_file():
        return {}
    return dict(load_folder(library.folder, [RELEASED])[RELEASED].data or {})


def check_released(library: Library) -> tuple[Finding, ...]:
    """Released files that changed or are gone, and files that are not released yet (warnings)."""
    stamps = released(library)
    current = {str(v): v for clause_id in library.ids for v in library.versions(clause_id)}
    findings = []
    for name, stamp in stamps.items():
        if name not in current:
            findings.append(
                Finding("released", Severity.ERROR, f"已发布的 {name} 不见了", hint="请从版本库恢复")
            )
        elif current[name].stamp != stamp:
            place = Location(current[name].path)
            message = f"已发布的 {name} 被改动"
            findings.append(
                Finding("released", Severity.ERROR, message, place, hint="请恢复原文件，改动写成下一版本")
            )
    for name, clause in current.items():
        if name not in stamps:
            place = Location(clause.path)
            findings.append(Finding("released", Severity.WARNING, f"{name} 尚未发布", place))
    return tuple(findings)


def release(library: Library) -> tuple[str, ...]:
    """Freeze every wording that is not frozen yet; returns their names.

    Raises:
        InputError: when a released file changed or is gone; nothing is written then.
    """
    faults = [f for f in check_released(library) if f.severity is Severity.ERROR]
    if faults:
        raise InputError("已发布的条款有改动，没有发布新版本", findings=faults)
    stamps = released(library)
    current = {str(v): v.stamp for clause_id in library.ids for v in library.versions(clause_id)}
    new = tuple(sorted(set(current) - set(stamps)))
    lines = ["# machine-written: clause@version -> SHA-256 of its file; a released file never changes"]
    lines += [f'"{name}": "{stamp}"' for name, stamp in sorted({**stamps, **current}.items())]
    write_new(library.folder / RELEASED, ("\n".join(lines) + "\n").encode(), force=True)
    return new
