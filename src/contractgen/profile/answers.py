"""Answers written into the file that people fill in, without touching the rest of it.

An answer replaces a 待填 mark or an empty place, or adds what is not there. Comments, order and everything else
stay as they are: the text is edited, read again, and kept only if nothing but the answer has changed.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from contractgen.files import Loaded, load_yaml
from contractgen.findings import ContractgenError, InputError
from contractgen.profile.blank import SCHEMA_NAME, Scalar, item_rows, written
from contractgen.profile.fields import field_at, field_title
from contractgen.profile.forms import is_to_fill

Steps = tuple[str | int, ...]


def parse_answer(path: str, text: str) -> Any:
    """What a person typed for a field, as the file would hold it; its form is checked afterwards."""
    kind = field_at(path).kind
    typed = text.strip()
    if kind == "count" and re.fullmatch(r"[0-9]{1,18}", typed):
        return int(typed)
    if kind == "number" and re.fullmatch(r"[0-9]{1,18}(\.[0-9]{1,18})?", typed):
        return Decimal(typed)
    return typed


class CannotEdit(ContractgenError):
    """The file is written in a way that an answer cannot be put into without disturbing it."""


def put(text: str, path: str, value: Scalar, *, over: bool = False) -> str:
    """The file with an answer in the place of a blank.

    Args:
        text: the file.
        path: of the answer.
        value: the answer.
        over: put it in the place of another answer too.

    Raises:
        CannotEdit: where the place is not blank, or the file is written in an unusual way.
    """
    before = _load(text)
    steps = _steps(path)
    found = _at(before.data, steps)
    if found is _ABSENT:
        edited = _add_key(text, before, steps, _nested(steps, written(value)))
    elif found is None or is_to_fill(found):
        edited = _replace_blank(text, before, steps, written(value))
    elif over and not isinstance(found, dict | list):
        edited = _replace_answer(text, before, steps, written(value))
    else:
        raise _cannot(path)
    return _kept(edited, _with(before.data, steps, _as_data(value)), path)


def put_empty_list(text: str, path: str) -> str:
    """The file with ``[]`` in the place of a blank: there is nothing to list."""
    before = _load(text)
    steps = _steps(path)
    if _at(before.data, steps) is _ABSENT:
        edited = _add_key(text, before, steps, _nested(steps, "[]"))
    else:
        edited = _replace_blank(text, before, steps, "[]")
    return _kept(edited, _with(before.data, steps, []), path)


def add_item(text: str, path: str, known: Mapping[str, Scalar]) -> str:
    """The file with one more item in a list; what is not known of it is 待填.

    Raises:
        CannotEdit: where the list is written in an unusual way.
    """
    before = _load(text)
    steps = _steps(path)
    items = _at(before.data, steps)
    rows = list(item_rows(known, path, 0))
    new = _load("\n".join(rows)).data[0]
    if isinstance(items, list) and items:
        edited = _after_last_item(text, before, steps, rows, path)
        data = [*items, new]
    else:
        if items is _ABSENT:
            edited = _add_key(text, before, steps, _nested(steps, "", rows))
        else:
            edited = _under_key(text, before, steps, rows)
        data = [new]
    return _kept(edited, _with(before.data, steps, data), path)


_ABSENT = object()


def _load(text: str) -> Loaded:
    return load_yaml(Path(SCHEMA_NAME), text=text, tolerant=True)


def _steps(path: str) -> Steps:
    return tuple(int(step) if step.isdigit() else step for step in path.split("."))


def _cannot(path: str) -> CannotEdit:
    return CannotEdit(f"“{field_title(path)}”没有写进文件", hint=f"请在编辑器中打开文件，在 {path} 处填写")


def _at(data: Any, steps: Steps) -> Any:
    for step in steps:
        known = step in data if isinstance(data, dict) else isinstance(data, list) and int(step) < len(data)
        if not known:
            return _ABSENT
        data = data[step]
    return data


def _with(data: Any, steps: Steps, value: Any) -> Any:
    """The data with one more answer."""
    if not steps:
        return value
    changed = copy.copy(data) if isinstance(data, dict | list) else {}
    if isinstance(changed, list):
        changed[int(steps[0])] = _with(changed[int(steps[0])], steps[1:], value)
    else:
        changed[steps[0]] = _with(changed.get(steps[0]), steps[1:], value)
    return changed


def _as_data(value: Scalar) -> Any:
    return _load(f"x: {written(value)}").data["x"]


def _kept(edited: str, expected: Any, path: str) -> str:
    try:
        found = _load(edited).data
    except InputError:
        raise _cannot(path) from None
    if found != expected:
        raise _cannot(path)
    return edited


def _offset(text: str, line: int, column: int) -> int:
    rows = text.split("\n")
    return sum(len(row) + 1 for row in rows[: line - 1]) + column - 1


def _replace_blank(text: str, before: Loaded, steps: Steps, new: str) -> str:
    start, end = _blank_span(text, before, steps)
    space = "" if start and text[start - 1] in " \t" else " "
    return f"{text[:start]}{space}{new}{text[end:]}"


ANSWER = re.compile(  # quoted, or plain up to a comment, a comma or the end of its place
    r"""\"(?:[^"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s#,\]}][^\n#,\]}]*?(?=\s*(?:[#,\]}\n]|\Z))"""
)


def _replace_answer(text: str, before: Loaded, steps: Steps, new: str) -> str:
    *_, line, column = before.marks[steps]
    start = _offset(text, line, column)
    found = ANSWER.match(text, start)
    if found is None:
        raise _cannot(".".join(str(step) for step in steps))
    return f"{text[:start]}{new}{text[found.end() :]}"


def _blank_span(text: str, before: Loaded, steps: Steps) -> tuple[int, int]:
    """Where the mark or the empty place of a value begins and ends."""
    value = _at(before.data, steps)
    key_line, key_column, line, column = before.marks[steps]
    start = _offset(text, line, column)
    rest = text[start:]
    if isinstance(value, str) and rest.startswith(value):
        return start, start + len(value)
    if isinstance(value, str) and rest[:1] in ("'", '"') and (end := rest.find(rest[0], 1)) > 0:
        return start, start + end + 1
    if value == [] and (match := re.match(r"\[\s*\]", rest)):
        return start, start + match.end()
    if value is None and (match := re.match(r"(~|null|Null|NULL)(?=[\s,\]}]|$)", rest)):
        return start, start + match.end()
    after_key = text.find(":", _offset(text, key_line, key_column)) + 1
    return after_key, after_key


def _nested(steps: Steps, value: str, rows: list[str] | None = None) -> list[str]:
    """Lines for keys that are not there yet, the last with its value or its list items."""
    lines = [f"{'  ' * depth}{step}:" for depth, step in enumerate(steps)]
    lines[-1] += f" {value}" if value else ""
    return [*lines, *(f"{'  ' * len(steps)}{row}" for row in rows or ())]


def _add_key(text: str, before: Loaded, steps: Steps, lines: list[str]) -> str:
    """The lines of a new key under the deepest group that is there."""
    depth = next(n for n in range(len(steps) - 1, -1, -1) if _at(before.data, steps[:n]) is not _ABSENT)
    parent = steps[:depth]
    rows = [line[2 * depth :] for line in lines[depth:]]
    group = _at(before.data, parent)
    if not parent:
        ended = text if text.endswith("\n") or not text else f"{text}\n"
        return ended + "\n".join(rows) + "\n"
    if isinstance(group, dict) and group and len(rows) == 1 and _is_flow(text, before, parent):
        return _insert_into_flow(text, before, (*parent, list(group)[-1]), rows[0])
    if isinstance(group, dict) and group:
        first = before.marks[(*parent, next(iter(group)))]
        return _insert_rows(text, _last_line(before, parent), " " * (first[1] - 1), rows)
    return _under_key(text, before, parent, rows)


def _is_flow(text: str, before: Loaded, steps: Steps) -> bool:
    """Whether a group is written in braces: {name: 许文澜, sex: 女}."""
    *_, line, column = before.marks[steps]
    return text.startswith("{", _offset(text, line, column))


def _insert_into_flow(text: str, before: Loaded, last: Steps, row: str) -> str:
    """The new key behind the last of a group in braces."""
    *_, line, column = before.marks[last]
    found = ANSWER.match(text, _offset(text, line, column))
    if found is None:
        raise _cannot(".".join(str(step) for step in last))
    return f"{text[: found.end()]}, {row}{text[found.end() :]}"


def _under_key(text: str, before: Loaded, steps: Steps, rows: list[str]) -> str:
    """The rows below a key whose value is blank."""
    key_line, key_column, *_ = before.marks[steps]
    start, end = _blank_span(text, before, steps)
    emptied = text[:start].rstrip(" ") + text[end:]
    return _insert_rows(emptied, key_line, " " * (key_column + 1), rows)


def _after_last_item(text: str, before: Loaded, steps: Steps, rows: list[str], path: str) -> str:
    items = _at(before.data, steps)
    line, column, *_ = before.marks[(*steps, len(items) - 1)]
    dash = re.fullmatch(r"(\s*)-\s+", text.split("\n")[line - 1][: column - 1])
    if dash is None:
        raise _cannot(path)
    return _insert_rows(text, _last_line(before, steps), dash.group(1), rows)


def _last_line(before: Loaded, steps: Steps) -> int:
    return max(mark[2] for one, mark in before.marks.items() if one[: len(steps)] == steps)


def _insert_rows(text: str, line: int, indent: str, rows: list[str]) -> str:
    lines = text.split("\n")
    lines[line:line] = [indent + row for row in rows]
    return "\n".join(lines)
