"""Reading the clause library strictly: every fault of every file at once, by file and line."""

from __future__ import annotations

import datetime
import hashlib
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from contractgen.files import Loaded, data_folder, load_folder
from contractgen.findings import Finding, InputError, Location, Severity, did_you_mean
from contractgen.library.model import (
    CHANGE_KINDS,
    FOLLOWS,
    FORMS,
    WEIGHTS,
    Basis,
    Change,
    ClauseVersion,
    Condition,
    Form,
    Library,
    Number,
    Outline,
    OutlineArticle,
    OutlineChapter,
    ValueSpec,
)
from contractgen.library.stamps import stamp_of

CORRECTIONS = (
    "wording",
    "error",
)  # kinds of change that may hold from the very day of the wording they correct
BOUNDS = ("minimum", "maximum", "exact", "advice")
FRAME = "frame.yaml"
OUTLINE = "outline.yaml"
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
            stamp=stamp_of(self.folder / name),
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
