"""Steps: clauses/steps.yaml, the course from the first question to the end of the term, as data."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from contractgen.files import Loaded, data_folder, load_folder
from contractgen.findings import Finding, InputError, Severity, did_you_mean
from contractgen.law import Law, LawView
from contractgen.library import is_expected
from contractgen.profile import Profile, is_path

FILE = "steps.yaml"
RULE = "steps"
LAW_CONDITIONS = ("law_has", "law_lacks")


@dataclass(frozen=True, slots=True)
class Advice:
    """Our proposal where the law sets no wait, in days; never law.

    Attributes:
        least: what the latest plan reckons with.
        usual: what the recommended plan adds to the wait of the law, or reckons with where there is none.
        why: for what that time is.
    """

    least: int = 0
    usual: int = 0
    why: str = ""


NO_ADVICE = Advice()


@dataclass(frozen=True, slots=True)
class StepRule:
    """One way in which places have a step; the fields are those of steps.yaml."""

    id: str
    title: str
    who: str
    day: str = ""
    again: str = ""
    planned: bool = False
    limit: str = ""
    full: bool = False
    period: bool = False
    comes: bool = False
    early: bool = False
    held: bool = False
    begins: bool = False
    window: str = ""
    closes: str = ""
    yearly: str = ""
    anew: str = ""
    back: str = ""
    agreed: str = ""
    stuck: str = ""
    basis: tuple[str, ...] = ()
    law_has: tuple[str, ...] = ()
    law_lacks: tuple[str, ...] = ()
    when: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    after: tuple[str, ...] = ()
    remedy: tuple[str, ...] = ()
    advise: Advice = NO_ADVICE
    note: str = ""

    @property
    def law_keys(self) -> tuple[str, ...]:
        """Every key of the law that it names."""
        named = (self.limit, self.window, self.anew, *self.basis, *self.remedy)
        named = (*named, *self.law_has, *self.law_lacks)
        return tuple(dict.fromkeys(key for key in named if key))

    def asked(self, profile: Profile, view: LawView) -> bool:
        """Whether this way of the step holds for a firm in a place."""
        lawful = view.meets(self.law_has, self.law_lacks)
        return lawful and all(is_expected(profile.at(path), expected) for path, expected in self.when)


@dataclass(frozen=True, slots=True)
class EventDay:
    """Where the day of an event of the law stands: its step, and the profile paths of the first time and again.

    ``held``: it is one of the meeting, whether the draft was adopted or not.
    """

    step: str
    day: str
    again: str = ""
    held: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What cannot come before what: profile paths, the key of the law that asks it (or none), and why."""

    first: str
    then: str
    why: str
    law: str = ""


@dataclass(frozen=True)
class Steps:
    """All steps in their order, the events that start their clocks, and what cannot come before what."""

    rules: tuple[StepRule, ...]
    events: Mapping[str, EventDay]
    order: tuple[Order, ...] = ()
    remind: tuple[int, ...] = ()  # so many days ahead a calendar reminds

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every step, once, in its order."""
        return tuple(dict.fromkeys(rule.id for rule in self.rules))

    def of(self, step: str, profile: Profile, view: LawView) -> tuple[StepRule, bool]:
        """How a place has a step, and whether it is asked there at all."""
        ways = [rule for rule in self.rules if rule.id == step]
        if not ways:
            raise InputError(f"没有步骤 {step}", hint=did_you_mean(step, self.ids, "见 clauses/steps.yaml"))
        held = next((rule for rule in ways if rule.asked(profile, view)), None)
        return held or ways[0], held is not None


def last_day(profile: Profile, path: str) -> datetime.date | None:
    """The day at a profile path; of a list, the last day in it."""
    found = profile.at(path)
    if isinstance(found, tuple):
        return max((one.day for one in found if one.day is not None), default=None)
    day: datetime.date | None = found
    return day


# ------------------------------------------------------------------ reading


def load_steps(folder: Path | None = None, law: Law | None = None) -> Steps:
    """The steps of a clause library; a library without its own file has those of the program.

    Args:
        folder: the library; the one that comes with the program where none is given.
        law: of that library, to hold the keys against.

    Raises:
        InputError: with every fault of the file.
    """
    own = folder is not None and (folder / FILE).is_file()
    root = folder if folder is not None and own else data_folder("clauses")
    matched = law if own or folder is None else None  # another law than the one that ours were written for
    reader = _Reader(load_folder(root, [FILE])[FILE], matched)
    steps = reader.read()
    if reader.faults:
        raise InputError(f"{FILE} 有误", findings=reader.faults)
    return steps


TEXTS = (
    *("id", "title", "who", "day", "again", "limit", "window", "closes", "yearly", "anew"),
    *("back", "agreed", "stuck", "note"),
)
FLAGS = ("planned", "full", "period", "comes", "early", "held", "begins")
LISTS = ("basis", "after", "remedy")
FIELDS = (*TEXTS, *FLAGS, *LISTS, "when", "advise")
EVENT_FIELDS = ("step", "day", "again", "held")
ORDER_FIELDS = ("first", "then", "why", "law")
PATHS = ("day", "again", "closes", "agreed")


class _Reader:
    """Reads the file; ``faults`` holds what is wrong with it."""

    def __init__(self, loaded: Loaded, law: Law | None) -> None:
        self.loaded = loaded
        self.keys = None if law is None else {key for place in law.places for key in law.keys(place)}
        self.faults: list[Finding] = []

    def fault(self, message: str, *path: str | int, hint: str = "") -> None:
        where = self.loaded.where(path)
        self.faults.append(Finding(RULE, Severity.ERROR, message, where, hint=hint))

    def read(self) -> Steps:
        data = self.loaded.data
        if not isinstance(data, dict) or set(data) != {"remind", "events", "order", "steps"}:
            self.fault("应当有 remind、events、order 和 steps，不多不少")
            return Steps((), {})
        listed = data["steps"] if isinstance(data["steps"], list) else []
        if not listed:
            self.fault("没有步骤", "steps", hint="每个步骤一项，写 id、title、who")
        rules = [self._rule(number, entry) for number, entry in enumerate(listed)]
        steps = tuple(rule for rule in rules if rule is not None)
        ids = {rule.id for rule in steps}
        for number, rule in enumerate(rules):
            for before in rule.after if rule else ():
                if before not in ids:
                    self.fault(f"没有步骤 {before}", "steps", number, "after", hint=did_you_mean(before, ids))
            if rule and rule.back and rule.back not in ids:
                self.fault(
                    f"没有步骤 {rule.back}", "steps", number, "back", hint=did_you_mean(rule.back, ids)
                )
        self._together(steps)
        remind = data["remind"]
        if not isinstance(remind, list) or any(type(days) is not int or days < 0 for days in remind):
            self.fault("remind 应当是提前几天提醒的列表", "remind", hint="例如 [7, 1]")
            remind = []
        return Steps(steps, self._events(data["events"], ids), self._order(data["order"]), tuple(remind))

    def _together(self, steps: Sequence[StepRule]) -> None:
        """The ways of one step stand together, so that the file reads in the order of the course."""
        order = [rule.id for rule in steps]
        for number, step in enumerate(order):
            if number and step in order[: number - 1] and step != order[number - 1]:
                self.fault(f"{step} 的几种写法应当连在一起", "steps", number)

    def _events(self, data: Any, ids: set[str]) -> dict[str, EventDay]:
        found = {}
        for name, entry in data.items() if isinstance(data, dict) else ():
            path = ("events", name)
            if not isinstance(entry, dict) or not {"step", "day"} <= set(entry) <= {*EVENT_FIELDS}:
                self.fault("应当写 step 和 day，需要时写 again", *path)
                continue
            if entry["step"] not in ids:
                self.fault(
                    f"没有步骤 {entry['step']}", *path, "step", hint=did_you_mean(str(entry["step"]), ids)
                )
            if not isinstance(entry.get("held", False), bool):
                self.fault("“held”应当是 true 或者 false", *path, "held")
            for field in ("day", "again"):
                self._path(entry.get(field, ""), *path, field)
            found[name] = EventDay(
                entry["step"], entry["day"], entry.get("again", ""), entry.get("held", False)
            )
        return found

    def _order(self, data: Any) -> tuple[Order, ...]:
        found = []
        for number, entry in enumerate(data if isinstance(data, list) else [None]):
            here = ("order", number)
            named = isinstance(entry, dict) and {"first", "then", "why"} <= set(entry) <= {*ORDER_FIELDS}
            if not named or not all(isinstance(one, str) for one in entry.values()):
                self.fault("应当写 first、then 和 why，需要时写 law", *here)
                continue
            self._path(entry["first"], *here, "first")
            self._path(entry["then"], *here, "then")
            self._key(entry.get("law"), *here, "law")
            found.append(Order(**entry))
        return tuple(found)

    def _rule(self, number: int, entry: Any) -> StepRule | None:
        here = ("steps", number)
        if not isinstance(entry, dict):
            self.fault("这里应当是一个步骤（键: 值）", *here)
            return None
        before = len(self.faults)
        for name in (name for name in entry if name not in FIELDS):
            self.fault(f"不认识“{name}”", *here, name, hint=did_you_mean(str(name), FIELDS))
        for name in ("id", "title", "who"):
            if not entry.get(name):
                self.fault(f"缺少“{name}”", *here)
        for name in TEXTS:
            if not isinstance(entry.get(name, ""), str):
                self.fault(f"“{name}”应当是文字", *here, name)
        for name in FLAGS:
            if not isinstance(entry.get(name, False), bool):
                self.fault(f"“{name}”应当是 true 或者 false", *here, name)
        for name in LISTS:
            if not _is_words(entry.get(name, [])):
                self.fault(f"“{name}”应当是名称的列表", *here, name)
        if len(self.faults) > before:
            return None
        for name in PATHS:
            self._path(entry.get(name, ""), *here, name)
        listed = (*entry.get("basis", ()), *entry.get("remedy", ()))
        for key in (entry.get("limit"), entry.get("window"), entry.get("anew"), *listed):
            self._key(key, *here)
        conditions = self._when(entry.get("when", {}), *here)
        return StepRule(
            **{name: entry[name] for name in (*TEXTS, *FLAGS) if name in entry},
            basis=tuple(entry.get("basis", ())),
            after=tuple(entry.get("after", ())),
            remedy=tuple(entry.get("remedy", ())),
            advise=self._advice(entry.get("advise", {}), *here),
            law_has=conditions.pop("law_has", ()),
            law_lacks=conditions.pop("law_lacks", ()),
            when=tuple(conditions.items()),
        )

    def _when(self, data: Any, *here: str | int) -> dict[str, tuple[Any, ...]]:
        if not isinstance(data, dict):
            self.fault("when 应当是“条件: 期望”的形式", *here, "when")
            return {}
        found = {path: tuple(e) if isinstance(e, list) else (e,) for path, e in data.items()}
        for path, expected in found.items():
            if path not in LAW_CONDITIONS:
                self._path(path, *here, "when", path)
            for key in expected if path in LAW_CONDITIONS else ():
                self._key(key, *here, "when", path)
        return found

    def _advice(self, data: Any, *here: str | int) -> Advice:
        if not isinstance(data, dict) or not set(data) <= {"least", "usual", "why"}:
            self.fault("advise 应当写 least、usual 和 why", *here, "advise")
            return NO_ADVICE
        least, usual = data.get("least", 0), data.get("usual", 0)
        if any(type(days) is not int or days < 0 for days in (least, usual)):
            self.fault("least 和 usual 应当是不小于 0 的天数", *here, "advise")
            return NO_ADVICE
        if usual and not (isinstance(data.get("why"), str) and data["why"]):
            self.fault("建议的天数要写明 why：用来做什么", *here, "advise")
            return NO_ADVICE
        return Advice(least, usual, data.get("why", ""))

    def _path(self, path: Any, *here: str | int) -> None:
        if not isinstance(path, str) or (path and not is_path(path)):
            self.fault(f"{path} 不是企业情况表的项目", *here)

    def _key(self, key: Any, *here: str | int) -> None:
        if key and self.keys is not None and key not in self.keys:
            self.fault(f"法律数据中没有 {key}", *here, hint=did_you_mean(str(key), self.keys))


def _is_words(data: Any) -> bool:
    return isinstance(data, list) and all(isinstance(one, str) for one in data)
