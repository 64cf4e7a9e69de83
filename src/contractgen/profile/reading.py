"""From a file to a Profile: every fault at once, each with its place, its Chinese name and a remedy."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from contractgen.files import Loaded, load_yaml
from contractgen.findings import Finding, Location, Severity, ordered
from contractgen.profile.consistency import contradictions
from contractgen.profile.fields import field_title, is_path, nearest
from contractgen.profile.forms import is_to_fill, plain
from contractgen.profile.model import Profile

Steps = tuple[str | int, ...]
RETIRED = {
    ("union", "chair_sex"): "工会主席性别"
}  # asked for once; a file that still tells them is none the worse


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a profile file says, without the answers that had to be refused.

    Attributes:
        profile: refused answers are not yet known; None where the file is no profile at all.
        findings: everything that is wrong with the file.
        loaded: the file with its places.
        refused: the paths of the answers that had to be refused.
        dropped: entries of lists that were left out, so that those after them moved up.
    """

    profile: Profile | None
    findings: tuple[Finding, ...]
    loaded: Loaded
    refused: tuple[str, ...] = ()
    dropped: tuple[Steps, ...] = ()

    def written(self, steps: Steps) -> Steps:
        """The place in the file of a place in the profile."""
        return _written(steps, self.dropped)

    def is_refused(self, path: str) -> bool:
        """Whether the answer at a path in the file, or a group around it, had to be refused."""
        return any(path == one or path.startswith(f"{one}.") for one in self.refused if one)

    def without(self, group: Steps, positions: Iterable[int]) -> Salvaged:
        """The same where further entries of a list of the profile are left out of what is worked with."""
        more = tuple(self.written((*group, position)) for position in positions)
        return replace(self, dropped=(*self.dropped, *more))


def load_profile(path: Path, *, salvage: bool = False) -> tuple[Profile | None, tuple[Finding, ...], Loaded]:
    """Read a profile and everything that is wrong with it.

    Args:
        path: the file.
        salvage: give a Profile even where answers had to be refused; these are then not yet known.

    Returns:
        The profile (None where an answer had to be refused, unless ``salvage``), the findings, and the file
        with its places. Contradictions between answers are findings too, but do not cost the profile.

    Raises:
        InputError: where the file cannot be read as YAML at all.
    """
    found = salvage_profile(load_yaml(path, tolerant=True))
    return (found.profile if salvage or not found.refused else None), found.findings, found.loaded


def read_profile(loaded: Loaded, *, salvage: bool = False) -> tuple[Profile | None, tuple[Finding, ...]]:
    """The same for a file that is already read; see ``load_profile``."""
    found = salvage_profile(loaded)
    return (found.profile if salvage or not found.refused else None), found.findings


def salvage_profile(loaded: Loaded) -> Salvaged:
    """What can be taken from a file that is already read, and everything that is wrong with it."""
    data = _marked_as_unknown(loaded.data)
    if not isinstance(data, dict):
        if data is not None:
            hint = "请照 contractgen init 写出的样子逐组填写"
            place = loaded.where(())
            fault = Finding("wrong-form", Severity.ERROR, "整个文件应当是若干组“键: 值”", place, hint=hint)
            return Salvaged(None, (fault,), loaded, ("",))
        data = {}
    retired = tuple(_without_retired(data, loaded))
    profile, refused, dropped = _validated(data, loaded)
    conflicts = [
        _finding(loaded, one.rule, one.steps, one.message, one.hint)
        for one in contradictions(profile, lambda steps: _written(steps, dropped))
    ]
    refused = [*(_named(loaded, one) for one in loaded.faults), *refused]
    findings = ordered((*retired, *refused, *conflicts))
    paths = tuple(one.path for one in refused)
    return Salvaged(profile, findings, loaded, paths, tuple(dropped))


def _named(loaded: Loaded, finding: Finding) -> Finding:
    """A fault that the file reader found, with the Chinese name of the field where it stands."""
    at = (finding.location.line, finding.location.column)
    steps = next((one for one, mark in loaded.marks.items() if at in (mark[:2], mark[2:])), ())
    title = _title(steps)
    location = replace(finding.location, place=title)
    message = f"{title}：{finding.message}" if title else finding.message
    return replace(finding, message=message, location=location, path=".".join(str(step) for step in steps))


def _without_retired(data: dict[str, Any], loaded: Loaded) -> Iterator[Finding]:
    """Takes out what is no longer asked for, and says so."""
    for steps, title in RETIRED.items():
        *groups, key = steps
        inner: Any = data
        for one in groups:
            inner = inner.get(one) if isinstance(inner, dict) else None
        if isinstance(inner, dict) and key in inner:
            del inner[key]
            where = replace(loaded.where(steps, key=True), place=title)
            message = f"“{title}”（{key}）已经不用填写，没有采用"
            yield Finding(
                "retired-key", Severity.ADVICE, message, where, hint="删去这一行", path=".".join(steps)
            )


def _marked_as_unknown(data: Any) -> Any:
    """The data with 待填 as None and every key as text."""
    if isinstance(data, Mapping):
        return {_key(name): _marked_as_unknown(one) for name, one in data.items()}
    if isinstance(data, list):
        return [_marked_as_unknown(one) for one in data]
    return None if is_to_fill(data) else data


def _key(name: object) -> str:
    return name.isoformat() if isinstance(name, datetime.date) else str(name)


def _validated(data: dict[str, Any], loaded: Loaded) -> tuple[Profile, list[Finding], list[Steps]]:
    """The profile without the answers that had to be refused; these as findings; list items left out."""
    found: dict[Steps, Finding] = {}
    dropped: list[Steps] = []
    while True:
        try:
            return Profile.model_validate(data), list(found.values()), dropped
        except ValidationError as error:
            data = copy.deepcopy(data)
            items: set[Steps] = set()
            for one in error.errors(include_url=False):
                steps = tuple(step for step in one["loc"] if step != "[key]")
                written = _written(steps, dropped)
                found.setdefault(written, _refusal(loaded, written, one))
                refused = steps[:-1] if one["type"] == "missing" else steps
                if isinstance(refused[-1], int):
                    items.add(refused)
                else:
                    _at(data, refused[:-1]).pop(refused[-1], None)
            for item in sorted(items, key=lambda steps: str(steps[:-1]) + f"{steps[-1]:>9}", reverse=True):
                del _at(data, item[:-1])[item[-1]]
                dropped.append(_written(item, dropped))


def _at(data: Any, steps: Steps) -> Any:
    for step in steps:
        data = data[step]
    return data


def _written(steps: Steps, dropped: Sequence[Steps]) -> Steps:
    """The place in the file of a place in data from which list items were left out."""
    found: Steps = ()
    for step in steps:
        if isinstance(step, int):
            place = step
            for gone in sorted(int(one[-1]) for one in dropped if one[:-1] == found):
                place += gone <= place
            found = (*found, place)
        else:
            found = (*found, step)
    return found


def _refusal(loaded: Loaded, steps: Steps, error: Mapping[str, Any]) -> Finding:
    context = error.get("ctx", {})
    if error["type"] == "extra_forbidden":
        *group, key = steps
        prefix = ".".join(str(step) for step in group)
        where = f"{_title(tuple(group))}里" if group else ""
        message = f"{where}没有{plain(key)}这一项"
        return _finding(
            loaded, "unknown-key", steps, message, nearest(prefix, str(key)), key=True, titled=False
        )
    if error["type"] == "missing":
        return _finding(loaded, "incomplete", steps, "还没有填写", f"请补上 {steps[-1]}，或者删去这一项")
    if "[key]" in error["loc"]:
        message = str(context.get("message", error["msg"]))
        return _finding(
            loaded, str(error["type"]), steps, f"名称{message}", context.get("hint", ""), key=True
        )
    message = str(context.get("message", error["msg"]))
    return _finding(loaded, str(error["type"]), steps, message, context.get("hint", ""))


def _finding(
    loaded: Loaded,
    rule: str,
    steps: Steps,
    message: str,
    hint: str,
    *,
    key: bool = False,
    titled: bool = True,
) -> Finding:
    title = _title(steps)
    where = loaded.where(_marked_steps(loaded, steps), key=key)
    place = Location(where.file, where.line, where.column, title)
    path = ".".join(str(step) for step in steps)
    text = f"{title}：{message}" if titled and title else message
    return Finding(rule, Severity.ERROR, text, place, hint=hint, path=path)


def _marked_steps(loaded: Loaded, steps: Steps) -> Steps:
    """The steps as the file marks them: a key that is a number there is text here."""
    found: Steps = ()
    for step in steps:
        known = (*found, step) in loaded.marks
        number = isinstance(step, str) and step.lstrip("-").isdigit()
        found = (*found, int(step) if number and not known else step)
    return found


def _title(steps: Iterable[str | int]) -> str:
    """The Chinese name of a place; of the nearest known one around it."""
    parts = [str(step) for step in steps]
    while parts and not is_path(".".join(parts)):
        parts.pop()
    return field_title(".".join(parts)) if parts else ""
