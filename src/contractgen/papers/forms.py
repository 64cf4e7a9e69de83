"""Forms of the user's own: which field names there are, and what each prints for a firm."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contractgen.agreement.fill import PROFILE_GROUPS, Filler, LawScope, Slot
from contractgen.document import plain
from contractgen.findings import InputError
from contractgen.papers.filling import filler_for, missing_of, names_in
from contractgen.papers.model import Missing
from contractgen.papers.preparing import prepare, require_paper
from contractgen.papers.words import known
from contractgen.profile import field_at, field_title, fields, is_path

if TYPE_CHECKING:
    from contractgen.agreement import Agreement
    from contractgen.formats.docx.given import Use

ANY = "*"
SINGLE = ("lines", "text", "day", "count", "number", "yes", "choice")
ATTRIBUTES = {"number": "只印数", "bound": "连同“不少于”“不超过”", "title": "名称", "source": "出处"}
WORDS = {
    "agreement_title": "合同名称",
    "this_agreement": "合同在文中的自称",
    "place": "所在地",
    "seat": "所在地",
}
LISTS = ("list", "words")


@dataclass(frozen=True, slots=True)
class FieldName:
    """A name that may stand in a form: ``{{ name }}``."""

    name: str
    title: str
    group: str
    now: str = ""  # what it prints for the firm at hand


class Fields:
    """The names that a form may print for one agreement, and their texts."""

    def __init__(self, agreement: Agreement, filler: Filler) -> None:
        self.agreement = agreement
        self.filler = filler

    def context(self) -> dict[str, Any]:
        """What a form is filled from."""
        groups = {group: _Answer(self.filler, group) for group in PROFILE_GROUPS}
        others = {name: _scope(found) for name, found in self.filler.base.items()}
        return {**others, **groups}

    def missing(self) -> tuple[Missing, ...]:
        """What was printed as a blank since the beginning."""
        return missing_of(self.agreement, self.filler.missing)

    def names(self) -> Iterator[FieldName]:
        """Every name, group by group; entries of lists are written with ``*``."""
        for path, about in fields().items():
            group = path.split(".")[0]
            if group in PROFILE_GROUPS and about.kind in SINGLE and not path.endswith(ANY):
                told = ANY not in path and self.filler.profile.at(path) not in (None, "")
                yield FieldName(path, _title(path), field_title(group), self.text(path) if told else "")
        for name, value in self.agreement.values.items():
            yield FieldName(name, value.title, "合同里的数值", value.text)
        for name, title in WORDS.items():
            if name in self.filler.base:
                yield FieldName(name, title, "合同和所在地", self.text(name))
        for name in (*known(), *(f"name.{key}" for key in self.agreement.frame["names"])):
            if self.filler.has(name):
                yield FieldName(name, "", "文书用语", self.text(name))

    def described(self, name: str) -> FieldName:
        """A name with its title and what it prints."""
        return next(
            (one for one in self.names() if one.name == name), FieldName(name, "", "", self.text(name))
        )

    def text(self, name: str) -> str:
        """What a name prints."""
        return plain(self.filler.fill_text("{{ " + name + " }}"))

    def refusal(self, steps: tuple[str, ...], use: Use) -> str | None:
        """Why a form cannot use a name so, with the remedy behind a line end; None where it can."""
        name = ".".join(steps)
        shown = "{{ " + name + " }}"
        if steps[0] not in PROFILE_GROUPS:
            known = use != "list" and self.filler.has(name)
            return None if known else f"表格里的标记 {shown} 不是可以填的内容\n{self._near(name)}"
        path = ".".join("0" if step == ANY else step for step in steps)
        if not is_path(path):
            return f"表格里的标记 {shown} 不是可以填的内容\n{self._near(name)}"
        kind = field_at(path).kind
        if use == "list" and kind not in LISTS:
            return f"{shown} 不是列表，不能用 for 逐项印\n直接写 {shown}"
        if use == "print" and kind not in SINGLE:
            return f"{shown} 是一组内容，不能直接印出\n写明其中的哪一项，例如 {self._member(path)}"
        return None

    def _member(self, path: str) -> str:
        """How a list or group at a path is written in a form."""
        inner = f"{path}.{ANY}" if field_at(path).kind in LISTS else path
        first = next(one for one in fields() if one.startswith(f"{inner}.") and fields()[one].kind in SINGLE)
        if inner == path:
            return "{{ " + first + " }}"
        return f"{{%tr for one in {path} %}} {{{{ one.{first.removeprefix(f'{inner}.')} }}}} {{%tr endfor %}}"

    def _near(self, name: str) -> str:
        names = {one.name: one.title for one in self.names()}
        found = difflib.get_close_matches(name, names, n=1)
        if not found:
            titles = {title: one for one, title in names.items()}
            found = [titles[one] for one in difflib.get_close_matches(name, titles, n=1)]
        more = "用 contractgen papers fields 查看全部名称"
        return f"是不是 {{{{ {found[0]} }}}}（{names[found[0]]}）？{more}" if found else more


def _title(path: str) -> str:
    about = field_at(path)
    if ANY not in path:
        return about.title
    of = path.split(f".{ANY}")[0]
    return f"{field_at(of).title}：{about.title}"


# ------------------------------------------------------------------ what a form reads


def _scope(found: Any) -> Any:
    if isinstance(found, Slot):
        return _Value(found)
    if isinstance(found, Mapping):
        return {name: _scope(one) for name, one in found.items()}
    return _Scope(found)


class _Value:
    """A number, word or article: prints itself, and has attributes."""

    __slots__ = ("_slot",)

    def __init__(self, slot: Slot) -> None:
        self._slot = slot

    def __str__(self) -> str:
        return self._slot.inline.text

    def __getitem__(self, name: str) -> _Value:
        return _Value(self._slot[name])

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    __hash__ = None  # type: ignore[assignment]


class _Scope:
    """The law, and other scopes of the filler."""

    __slots__ = ("_inner",)

    def __init__(self, inner: LawScope | Any) -> None:
        self._inner = inner

    def __getitem__(self, name: str) -> Any:
        return _scope(self._inner[name])


class _Answer:
    """A place in the profile: prints the answer or a ruled blank, holds its group, or runs through its list."""

    __slots__ = ("_filler", "_path")

    def __init__(self, filler: Filler, path: str) -> None:
        self._filler = filler
        self._path = path

    def __getitem__(self, name: str | int) -> _Answer:
        path = f"{self._path}.{name}"
        if not is_path(path):
            raise KeyError(path)
        return _Answer(self._filler, path)

    def __str__(self) -> str:
        return plain(self._filler.fill_text("{{ " + self._path + " }}"))

    def __bool__(self) -> bool:
        return self._held() not in (None, False, "", (), 0)

    def __iter__(self) -> Iterator[_Answer]:
        """Its entries; one that is empty where there is none, so that a row is left to write in."""
        found = self._held()
        count = len(found) if isinstance(found, tuple) else 0
        return (_Answer(self._filler, f"{self._path}.{number}") for number in range(max(count, 1)))

    def __eq__(self, other: object) -> bool:
        return bool(self._held() == other)

    __hash__ = None  # type: ignore[assignment]

    def _held(self) -> Any:
        return self._filler.profile.at(self._path)


def field_names(
    profile_path: Path,
    *,
    paper: str | None = None,
    on: datetime.date | None = None,
    library: Path | None = None,
) -> tuple[FieldName, ...]:
    """The names that a form may print for a firm; only those that a paper of ours prints, where one is named.

    Raises:
        InputError: where the profile cannot be read, or there is no such paper.
    """
    prepared = prepare(profile_path, on=on, library=library)
    if prepared.agreement is None:
        raise InputError("按这份情况表做不出合同，列不出内容", findings=prepared.findings)
    ours = prepared.agreement if prepared.subject is None else prepared.subject.agreement
    filler = filler_for(ours)
    if prepared.subject is not None:
        prepared.subject.say(filler)
    fields_here = Fields(ours, filler)
    if paper is None:
        return tuple(fields_here.names())
    require_paper(paper, prepared)
    (used,) = (one.paper for one in prepared.papers if one.paper.name == paper)
    there = (name for name in names_in(used) if fields_here.filler.has(name))
    return tuple(fields_here.described(name) for name in there)
