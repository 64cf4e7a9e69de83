"""A profile that is filled in part: the blank form with what is known of a firm, to be gone through by a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from contractgen.profile.blank import ON_REQUEST, blank_rows, children_of, written
from contractgen.profile.fields import ProfileField, field_help
from contractgen.profile.forms import is_to_fill

TERMS = "terms"


def filled_profile(
    known: Mapping[str, Any], *, head: Sequence[str], notes: Mapping[str, str], terms: Sequence[str]
) -> str:
    """The form as ``blank_profile`` has it, with what is known in place of 待填.

    Args:
        known: the groups as a profile file holds them; what is missing or 待填 stays open.
        head: lines of comment for the beginning.
        notes: profile path -> what is to be minded about that answer.
        terms: the lines of the ``terms`` group, or comments.
    """
    lines = [f"# {line}" for line in head]
    for one in children_of(""):
        lines.append("")
        if one.path == TERMS:
            lines += [f"# {one.title}：{field_help(one.path)}", f"{one.name}:", *terms]
        else:
            lines += _filled(one, known.get(one.name), 0, notes)
    return "\n".join(lines) + "\n"


def _filled(one: ProfileField, value: Any, depth: int, notes: Mapping[str, str]) -> Iterator[str]:
    indent = "  " * depth
    note = notes.get(one.path, "")
    if _is_open(value):
        if note:
            yield f"{indent}# 注意：{note}"
        yield from blank_rows(one, depth)
        return
    if one.kind == "group" and isinstance(value, Mapping):
        yield f"{indent}# {one.title}：{note or field_help(one.path)}"
        yield f"{indent}{one.name}:"
        for child in children_of(one.path):
            if one.path in ON_REQUEST and _is_open(value.get(child.name)):
                continue
            yield from _filled(child, value.get(child.name), depth + 1, notes)
    elif isinstance(value, list | Mapping) and not value:
        yield f"{indent}{one.name}: {_scalar(value)}  # {one.title}"
    elif isinstance(value, list | Mapping):
        yield f"{indent}# {one.title}{f'：{note}' if note else ''}"
        yield f"{indent}{one.name}:"
        yield from _written(value, depth + 1)
    else:
        yield f"{indent}{one.name}: {_scalar(value)}  # {one.title}{f'；{note}' if note else ''}"


def _is_open(value: Any) -> bool:
    """Nothing, 待填, or a group in which everything is open; an empty list is an answer."""
    if isinstance(value, Mapping):
        return all(_is_open(one) for one in value.values())
    return value is None or value == "" or is_to_fill(value)


def _written(value: Any, depth: int) -> Iterator[str]:
    """A list or a mapping in block style."""
    indent = "  " * depth
    if isinstance(value, Mapping):
        for name, one in value.items():
            if isinstance(one, list | Mapping) and one:
                yield f"{indent}{name}:"
                yield from _written(one, depth + 1)
            else:
                yield f"{indent}{name}: {_scalar(one)}"
        return
    for one in value:
        if isinstance(one, Mapping) and one:
            first, *rest = _written(one, depth + 1)
            yield f"{indent}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{indent}- {_scalar(one)}"


def _scalar(value: Any) -> str:
    if isinstance(value, list):
        return "[]"
    if isinstance(value, Mapping):
        return "{}"
    if value is None:
        return ""
    return written(Decimal(str(value)) if isinstance(value, float) else value)
