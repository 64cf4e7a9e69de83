"""A blank file for people to fill in, with a comment on every field; and how a value is written in such a file."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from contractgen.profile.fields import ANY, ProfileField, field_help, fields
from contractgen.profile.forms import TO_FILL

Scalar = str | int | bool | Decimal | datetime.date

SCHEMA_NAME = "firm.schema.json"
ON_REQUEST = (
    "agreement.main_contract",
    "bargaining.objection",
    "terms",
    "clauses",
    "accepted",
    "budget",
)  # what most firms leave out
FIRST_ITEMS: Mapping[str, tuple[Mapping[str, Scalar], ...]] = {
    "bargaining.representatives": (
        {"side": "employees", "chief": True},
        {"side": "employees"},
        {"side": "employer", "chief": True},
        {"side": "employer"},
    ),
    "bargaining.meetings": ({},),
}


def blank_profile(name: str = "firm.yaml") -> str:
    """A profile in which everything is still 待填, with a comment on every field.

    Args:
        name: the file name that the comments mention.
    """
    lines = [
        f"# yaml-language-server: $schema={SCHEMA_NAME}",
        "# 企业情况表：起草女职工权益保护专项集体合同用",
        f"# 还不知道的保留“{TO_FILL}”，知道后再补；以 # 开头的行是说明，不用改",
        "# 日期写成 2026-12-01；人数只写数字；是或否写 是、否；代码和电话两边加英文引号",
        f"# 填好一部分就可以检查：contractgen check {name}",
    ]
    for one in children_of(""):
        lines.append("")
        lines.extend(blank_rows(one, 0))
    return "\n".join(lines) + "\n"


def children_of(prefix: str) -> Iterator[ProfileField]:
    """The fields of a group, in the order of the file; those of the profile itself where ``prefix`` is empty."""
    start = f"{prefix}." if prefix else ""
    for one in fields().values():
        below = one.path.startswith(start) and "." not in one.path[len(start) :]
        if below and not one.derived and one.name != ANY:
            yield one


def blank_rows(one: ProfileField, depth: int) -> Iterator[str]:
    """The lines of a field that is not known yet: what it asks, and 待填."""
    indent = "  " * depth
    if one.path in ON_REQUEST:
        yield from (f"{indent}# {line}" for line in _sample(one))
        return
    example = "" if one.example is None else f"。例：{written(one.example)}"
    yield f"{indent}# {one.title}：{one.help if example else field_help(one.path)}{example}"
    if one.kind == "group":
        yield f"{indent}{one.name}:"
        for child in children_of(one.path):
            yield from blank_rows(child, depth + 1)
    elif one.path in FIRST_ITEMS:
        for child in children_of(f"{one.path}.{ANY}"):
            yield f"{indent}#   {child.name} {child.title}：{field_help(child.path)}"
        yield f"{indent}{one.name}:  # 不够时照样增加，每项以“- ”开头"
        for item in FIRST_ITEMS[one.path]:
            yield from item_rows(item, one.path, depth + 1)
    elif one.kind == "list":
        yield f"{indent}# 每项这样写（去掉行首的“# ”，替换 {TO_FILL}）："
        yield from (f"{indent}#   {line}" for line in _item_sample(one.path))
        yield f"{indent}{one.name}: {TO_FILL}"
    else:
        default = "standalone" if one.path == "agreement.form" else TO_FILL
        yield f"{indent}{one.name}: {default}"


def item_rows(known: Mapping[str, Scalar], path: str, depth: int) -> Iterator[str]:
    """One list item: what is known, and 待填 for the rest; 否 is left out."""
    names = [
        child for child in children_of(f"{path}.{ANY}") if child.path not in _UNASKED or child.name in known
    ]
    for number, child in enumerate(names):
        mark = "- " if number == 0 else "  "
        value = written(known[child.name]) if child.name in known else TO_FILL
        yield f"{'  ' * depth}{mark}{child.name}: {value}"


_UNASKED = {"bargaining.representatives.*.chief", "bargaining.representatives.*.outside"}


def _item_sample(path: str) -> Iterator[str]:
    for number, child in enumerate(children_of(f"{path}.{ANY}")):
        value = written(child.example) if child.example is not None else TO_FILL
        yield f"{'- ' if number == 0 else '  '}{child.name}: {value}  # {child.title}"


def _sample(one: ProfileField) -> Iterator[str]:
    """A group that may be left out, as a comment: what it would look like."""
    yield f"{one.title}（可以不填）：{field_help(one.path)}"
    yield f"{one.name}:" + (" {}" if one.kind == "terms" else "")
    yield from _sample_rows(one)


def _sample_rows(one: ProfileField) -> Iterator[str]:
    if one.kind == "list":
        yield from (f"  {line}" for line in _item_sample(one.path))
    for child in children_of(one.path) if one.kind == "group" else ():
        if child.kind == "list":
            yield f"  {child.name}:  # {child.title}"
            yield from (f"  {line}" for line in _sample_rows(child))
        elif child.kind == "group":  # its examples are those of another occasion
            yield f"  {child.name}:  # {child.title}"
            yield from (f"    {one.name}: {TO_FILL}  # {one.title}" for one in children_of(child.path))
        else:
            value = "[]" if child.kind == "words" else TO_FILL
            value = value if child.example is None else written(child.example)
            yield f"  {child.name}: {value}  # {child.title}"


_PLAIN = re.compile(r"[\u4e00-\u9fff（）〔〕A-Za-z][\u4e00-\u9fff（）〔〕，。、；A-Za-z0-9_-]*")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "是", "否"}


def written(value: Scalar) -> str:
    """A value as it stands in the file."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | Decimal | datetime.date):
        return str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value) or value in ("是", "否", TO_FILL):
        return value
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return "".join(one if one.isprintable() else _escaped(one) for one in quoted)


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"
