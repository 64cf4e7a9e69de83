"""Facts that come back on signed papers, written into the profile: checked first, and nothing of the file is lost."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contractgen.files import load_yaml, read_bytes, read_text, write_all, write_new
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.papers.cover import facts_of, printed_answer
from contractgen.papers.preparing import prepare
from contractgen.profile import (
    CannotEdit,
    Profile,
    add_item,
    field_at,
    field_title,
    fields,
    is_path,
    is_to_fill,
    nearest,
    parse_answer,
    put,
    put_empty_list,
    salvage_profile,
)

RULE = "fact"
FACTS = "bargaining"  # the group whose days have passed; those of the agreement may be plans
TYPED = ("text", "lines", "day", "count", "number", "yes", "choice")
LISTED = ("list", "words")
NOTHING = "[]"  # there is nothing to list
BACKUP = ".bak"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that was written: what the profile said before, and says now."""

    path: str
    title: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written where; nothing where an error was found."""

    file: Path | None
    backup: Path | None
    facts: tuple[Fact, ...]
    findings: tuple[Finding, ...]


def open_facts(profile_path: Path) -> tuple[str, ...]:
    """The profile paths of the facts that come back on the papers of this firm and are not told yet, in their order.

    A list stands for itself: another meeting may be told.
    """
    prepared = prepare(profile_path)
    if prepared.agreement is None or prepared.timeline is None:
        return ()
    paths = [path for one in prepared.papers for path in facts_of(one, prepared.timeline)]
    told = [one for path in dict.fromkeys(paths) for one in _members(path, prepared.agreement.profile)]
    return tuple(one for one in told if prepared.agreement.profile.at(one) in (None, ()))


def _members(path: str, profile: Profile) -> Iterator[str]:
    """A path, or the answers of the group or of the entries of the list at it."""
    kind = field_at(path).kind
    if kind == "list":
        entries = [f"{path}.{number}" for number in range(len(profile.at(path)))]
        yield from (entries and (one for entry in entries for one in _children(entry))) or (path,)
    elif kind == "group":
        yield from _children(path)
    else:
        yield path


def _children(path: str) -> Iterator[str]:
    pattern = ".".join("*" if step.isdigit() else step for step in path.split("."))
    for one in fields().values():
        name = one.path.removeprefix(f"{pattern}.")
        if one.path != name and "." not in name and one.kind in TYPED and not one.derived:
            yield f"{path}.{name}"


def record_facts(
    profile_path: Path,
    facts: Sequence[str],
    *,
    today: datetime.date,
    out: Path | None = None,
    replace: bool = False,
) -> Recorded:
    """Write facts into a profile, all or none.

    Args:
        profile_path: the file; a copy of it as it was is kept beside it.
        facts: each ``PATH=VALUE``.
        today: a day of the bargaining that lies after it has not come yet and is refused.
        out: write the profile there instead, and leave the file as it is.
        replace: put facts in the place of others, and overwrite ``out``.

    Raises:
        InputError: with everything that is wrong with the facts.
    """
    text = read_text(profile_path)
    before, old = _read(text, profile_path)
    given = [_fact(one, today) for one in facts]
    faults = [one for one in given if isinstance(one, Finding)]
    told = [one for one in given if not isinstance(one, Finding)]
    edited = text
    for path, value in told:
        try:
            edited = _written(edited, path, value, _read(edited, profile_path)[0], replace=replace)
        except CannotEdit as fault:
            faults.append(_finding(path, fault.message, fault.hint))
        except InputError as fault:
            faults.extend(fault.findings)
    after, new = _read(edited, profile_path)
    known = {(one.rule, one.message) for one in old}
    wrong = (one for one in new if one.severity is Severity.ERROR and (one.rule, one.message) not in known)
    faults += [_in_file(one, text, profile_path) for one in wrong]
    if faults:
        raise InputError("这些内容没有写进企业情况表", findings=faults)
    changed = tuple(
        Fact(path, field_title(path), printed_answer(before, path), _now(after, path, value))
        for path, value in told
    )
    file, backup = _save(profile_path, edited, out, replace=replace)
    return Recorded(file, backup, changed, tuple(one for one in new if one not in old))


def _read(text: str, path: Path) -> tuple[Profile, tuple[Finding, ...]]:
    read = salvage_profile(load_yaml(path, text=text, tolerant=True))
    if read.profile is None:
        raise InputError(f"{path} 不是企业情况表", findings=read.findings)
    return read.profile, read.findings


def future(path: str, text: str, today: datetime.date) -> str:
    """Why a day cannot be a fact yet; '' where it can."""
    if field_at(path).kind != "day" or path.split(".")[0] != FACTS:
        return ""
    try:
        day = datetime.date.fromisoformat(text.strip())
    except ValueError:
        return ""
    return f"{day} 还没有到（今天是 {today}）。发生以后再填" if day > today else ""


def _fact(text: str, today: datetime.date) -> tuple[str, object] | Finding:
    """A fact as it is given on a command line."""
    path, equals, typed = (part.strip() for part in text.partition("="))
    if not equals or not path:
        return _finding("", f"“{text}”不是“位置=内容”的写法", "例如 bargaining.congress.present=57")
    if not is_path(path) or field_at(path).derived:
        group, _, key = path.rpartition(".")
        return _finding(
            path, f"企业情况表中没有 {path} 这一项", nearest(group, key) if is_path(group) else ""
        )
    if field_at(path).kind in LISTED and re.fullmatch(r"\[\s*\]", typed):
        return path, NOTHING
    if field_at(path).kind not in TYPED:
        return _finding(path, f"{path} 是一组内容，不能一次写入", _part_of(path))
    if not typed or is_to_fill(typed):
        return _finding(path, f"“{field_title(path)}”没有写内容", "写作 位置=内容")
    if late := future(path, typed, today):
        return _finding(path, f"{field_title(path)}：{late.partition('。')[0]}", "发生以后再填")
    titles = {title: code for code, title in field_at(path).choices.items()}
    return path, parse_answer(path, titles.get(typed, typed))


def _part_of(path: str) -> str:
    """What may be written of a field that holds more than one answer."""
    if field_at(path).kind == "words":
        return "没有的写 []；有的在编辑器中填写"
    part = "写到其中的一项，例如 bargaining.meetings.0.day"
    return f"{part}；没有的写 []" if field_at(path).kind == "list" else part


def _now(profile: Profile, path: str, value: object) -> str:
    return "没有" if field_at(path).kind in LISTED and value == NOTHING else printed_answer(profile, path)


def _written(text: str, path: str, value: object, profile: Profile, *, replace: bool) -> str:
    """The file with a fact; an entry of a list that is not there yet is added."""
    steps = path.split(".")
    at = next((number for number, step in enumerate(steps) if step.isdigit()), None)
    if at is not None:
        group, count = ".".join(steps[:at]), len(profile.at(".".join(steps[:at])))
        if int(steps[at]) > count:
            last = f"{group}.{count}"
            raise InputError(
                "", findings=[_finding(path, f"{field_title(group)}现在有 {count} 项", f"下一项是 {last}")]
            )
        if int(steps[at]) == count:
            text = add_item(text, group, {})
    if field_at(path).kind in LISTED:
        if _is_written(text, path):
            finding = _finding(path, f"“{field_title(path)}”已经填了内容，没有清空", "在编辑器中改成 []")
            raise InputError("", findings=[finding])
        return put_empty_list(text, path)
    told = printed_answer(profile, path)
    if _is_written(text, path) and not replace and told != str(value):
        finding = _finding(path, f"“{field_title(path)}”已经填了 {told}", "确实要改的，加 --force")
        raise InputError("", findings=[finding])
    return put(text, path, value, over=True)  # type: ignore[arg-type]


def _is_written(text: str, path: str) -> bool:
    """Whether the file itself has an answer at a path."""
    found = load_yaml(Path(path), text=text, tolerant=True).data
    for step in path.split("."):
        if isinstance(found, list):
            found = found[int(step)] if int(step) < len(found) else None
        else:
            found = found.get(step) if isinstance(found, dict) else None
    return found not in (None, []) and not is_to_fill(found)


def _finding(path: str, message: str, hint: str) -> Finding:
    return Finding(RULE, Severity.ERROR, message, Location(place=path), hint=hint, path=path)


def _in_file(finding: Finding, text: str, path: Path) -> Finding:
    """A finding about the edited text, placed in the file as it is: by its line where that has the answer, else by its path."""
    if finding.path and not _is_written(text, finding.path):
        return dataclasses.replace(finding, location=Location(place=finding.path))
    steps = tuple(int(step) if step.isdigit() else step for step in finding.path.split(".") if step)
    return dataclasses.replace(finding, location=load_yaml(path, text=text, tolerant=True).where(steps))


def _save(path: Path, text: str, out: Path | None, *, replace: bool) -> tuple[Path, Path | None]:
    """The edited text beside a copy of the file as it was, or in another file."""
    old = read_bytes(path)
    data = text.encode().replace(b"\n", b"\r\n" if b"\r\n" in old else b"\n")
    if out is not None:
        write_new(out, data, force=replace)
        return out, None
    backup = backup_of(path)
    write_all({backup: old, path: data}, force=True)
    return path, backup


def backup_of(path: Path) -> Path:
    """Where a copy of a file as it was is kept: a name that is not taken."""
    numbers = itertools.chain([""], itertools.count(2))
    names = (path.with_name(f"{path.name}{BACKUP}{number}") for number in numbers)
    return next(one for one in names if not one.exists())
