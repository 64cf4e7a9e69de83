"""Filling: placeholders of a clause text become values, names and citations of one agreement.

Texts hold values only: each placeholder is one dotted name in Jinja's notation, looked up step by step. What it
finds becomes an inline node, never text that is read again; no expression is evaluated.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from contractgen.agreement.model import Value
from contractgen.document import Blank, Inline, Reference, Text
from contractgen.document.markdown import PLACEHOLDER, RawInlines, RawReference

if TYPE_CHECKING:
    from contractgen.law import LawView
    from contractgen.profile import Profile

NAME = re.compile(r"[a-z][a-z0-9_]*(\.([A-Za-z][A-Za-z0-9_]*|[0-9]+))*")
RULED = re.compile(r"(＿{2,})")


class FillError(Exception):
    """A placeholder or reference that this agreement cannot fill; the text of the error names it.

    ``target`` is the clause id of a reference that leads nowhere.
    """

    def __init__(self, message: str, target: str = "") -> None:
        super().__init__(message)
        self.target = target


@dataclass(frozen=True, slots=True)
class Slot:
    """What a placeholder found, ready to be printed."""

    inline: Inline
    attributes: Mapping[str, Slot] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Slot:
        return self.attributes[name]


def value_slot(value: Value) -> Slot:
    """{{ name }}, {{ name.number }}, {{ name.bound }}, {{ name.title }}, {{ name.source }}"""
    from contractgen.law import bound_label, number_label

    suggested = value.origin == "proposal"
    floor = value.floor
    bound = bound_label(value.number, value.unit, value.bound, strict=value.strict)
    attributes = {
        "bound": Slot(Text(bound, value=value.name, suggested=suggested)),
        "number": Slot(Text(number_label(value.number), value=value.name, suggested=suggested)),
        "title": Slot(Text(value.title)),
    }
    if floor is not None and floor.printable:
        attributes["source"] = Slot(Text(str(floor.source)))
    return Slot(Text(value.text, value=value.name, suggested=suggested), attributes)


class LawScope:
    """{{ law.key }} prints the article in force on the law day; only what was checked is printed."""

    def __init__(self, view: LawView) -> None:
        self._view = view

    def __getitem__(self, key: str) -> Slot:
        norm = self._view.get(key)
        if norm is None:
            raise FillError(f"法律条目 {key} 在该地该日没有施行中的规定")
        if not norm.printable:
            raise FillError(f"法律条目 {key} 的条文未经核对，不能作为法律依据印出")
        return Slot(Text(str(norm.source)), {"title": Slot(Text(norm.source.title))})


class ProfileScope:
    """{{ employer.name }}: what the profile says, or a blank that names what is missing."""

    def __init__(
        self, profile: Profile, path: str, missing: Callable[[str, str], Inline], ruled: bool
    ) -> None:
        self._profile = profile
        self._path = path
        self._missing = missing
        self._ruled = ruled

    def __getitem__(self, name: str) -> ProfileScope:
        return ProfileScope(self._profile, f"{self._path}.{name}", self._missing, self._ruled)

    def slot(self) -> Slot:
        """The value as it is printed."""
        from contractgen.profile import field_at, field_title

        try:
            found = self._profile.at(self._path)
            about = field_at(self._path)
        except (KeyError, AttributeError):
            raise FillError(f"企业情况表中没有 {self._path} 这一项") from None
        if found is None or found == "":
            if self._ruled:
                return Slot(Blank())
            title = field_title(self._path)
            return Slot(self._missing(self._path, title))
        return Slot(Text(about.choices.get(found) or printed(found)))


def printed(value: object) -> str:
    """A profile value as it stands in a text: days as 2026年12月1日, 是 or 否, numbers and strings as they are."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)


class Filler:
    """Fills texts of one agreement.

    Args:
        profile: of the firm.
        view: the law of the place on the law day.
        values: every number of the agreement, by name.
        labels: printed label of every clause, article and annex that may be referred to.
        words: further words, such as ``this_agreement``.
        marked: names of numbers after which ``mark`` follows where the clause that brings them prints them first.
        mark: the words that lead from such a number to the places of work where it is another.
    """

    def __init__(
        self,
        profile: Profile,
        view: LawView,
        values: Mapping[str, Value],
        labels: Mapping[str, tuple[str, str]],
        words: Mapping[str, str],
        marked: Iterable[str] = (),
        mark: RawInlines = (),
    ) -> None:
        self.profile = profile
        self.marked = set(marked)
        self.mark = mark
        self.values = values
        self.labels = labels
        self.missing: dict[str, tuple[str, list[str]]] = {}  # profile path -> title, places
        self.used: dict[str, str] = {}  # value name -> where the clause that brings it prints it first
        self.blank = labelled_blank
        self.place = ""  # printed label of what is being filled
        self.clause = ""  # id@version of what is being filled
        self.base: dict[str, Any] = {
            **{name: value_slot(value) for name, value in values.items()},
            "law": LawScope(view),
            "place": Slot(Text(view.title), {"title": Slot(Text(view.title))}),
            **{name: Slot(Text(word)) for name, word in words.items()},
        }

    def fill(self, raw: RawInlines, *, ruled: bool = False) -> tuple[Inline, ...]:
        """Inline nodes for a parsed text.

        Raises:
            FillError: for a placeholder or reference that this agreement lacks.
        """
        found: list[Inline] = []
        for node in raw:
            if isinstance(node, RawReference):
                found.append(self._reference(node.target))
            else:
                found.extend(self._text(node.text, ruled))
        return tuple(one for one in found if one != Text(""))

    def within(self, words: Mapping[str, str], names: Mapping[str, str] | None = None) -> Filler:
        """The same filler with further words, and with the names of a place, {{ name.KEY }}, where they are given."""
        other = copy(self)
        other.base = {**self.base, **{word: Slot(Text(text)) for word, text in words.items()}}
        if names is not None:
            other.base["name"] = {key: Slot(Text(name)) for key, name in names.items()}
        return other

    def under(self, view: LawView, values: Mapping[str, Value], place: str) -> Filler:
        """The same filler for a clause that stands under the law of a place of work; ``place`` is what it is called."""
        other = copy(self)
        other.values = {**self.values, **values}
        other.base = {**self.base, **{name: value_slot(value) for name, value in values.items()}}
        other.base |= {"law": LawScope(view), "place": Slot(Text(place), {"title": Slot(Text(place))})}
        return other

    def using(self, used: dict[str, str]) -> Filler:
        """The same filler as if only these numbers (name -> where) had been printed."""
        other = copy(self)
        other.used = used
        return other

    def fill_text(self, text: str, *, ruled: bool = False) -> tuple[Inline, ...]:
        """Inline nodes for a line of the frame, which has no references."""
        return tuple(self._text(text, ruled))

    def _reference(self, target: str) -> Reference:
        if target not in self.labels:
            raise FillError(f"引用的条款 {target} 不在本合同中", target)
        anchor, label = self.labels[target]
        return Reference(anchor, label)

    def _text(self, text: str, ruled: bool) -> list[Inline]:
        found: list[Inline] = []
        at = 0
        for match in PLACEHOLDER.finditer(text):
            found.extend(_plain(text[at : match.start()]))
            name = match.group(1)
            found.append(self._slot(name, ruled).inline)
            if name in self.marked and self.values[name].clause == self.clause:
                self.marked.remove(name)
                found.extend(self.fill(self.mark))
            at = match.end()
        found.extend(_plain(text[at:]))
        return found

    def has(self, name: str) -> bool:
        """Whether there is something to print for a placeholder."""
        head, *steps = name.split(".")
        if head in PROFILE_GROUPS:
            return True
        found: Any = self.base.get(head)
        try:
            for step in steps:
                found = found[step]
        except (KeyError, TypeError, FillError):
            return False
        return isinstance(found, Slot)

    def _slot(self, name: str, ruled: bool) -> Slot:
        """Look up one dotted name, step by step: nothing else is ever evaluated."""
        if not NAME.fullmatch(name):
            raise FillError(f"占位符 {{{{ {name} }}}} 只能写一个名称")
        head, *steps = name.split(".")
        found: Any = self.base.get(head)
        if head in PROFILE_GROUPS:
            found = ProfileScope(self.profile, head, self._note_missing, ruled)
        try:
            for step in steps:
                found = found[step]
        except (KeyError, TypeError):
            found = None
        if isinstance(found, ProfileScope):
            found = found.slot()
        if not isinstance(found, Slot):
            raise FillError(f"占位符 {{{{ {name} }}}} 在本合同中没有对应的内容")
        if head in self.values and self.values[head].clause == self.clause:
            self.used.setdefault(head, self.place)
        return found

    def _note_missing(self, path: str, title: str) -> Inline:
        """Note what is missing, and give the blank that stands in its place."""
        places = self.missing.setdefault(path, (title, []))[1]
        if self.place not in places:
            places.append(self.place)
        return self.blank(path, title)


def labelled_blank(path: str, title: str) -> Inline:
    """The blank of an agreement: 〔待填：用人单位名称〕."""
    return Blank(title)


PROFILE_GROUPS = ("employer", "workforce", "union", "agreement", "bargaining", "contacts")


def _plain(text: str) -> list[Inline]:
    """Literal characters; a run of ＿ is a ruled blank."""
    parts = [part for part in RULED.split(text) if part]
    return [Blank(width=len(part)) if part[0] == "＿" and len(part) > 1 else Text(part) for part in parts]
