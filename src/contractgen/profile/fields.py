"""Every field of the profile by its path: Chinese name, help, example, kind; and the JSON Schema."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from contractgen.files import read_text
from contractgen.findings import InputError
from contractgen.profile import forms
from contractgen.profile.bargaining import Representative
from contractgen.profile.forms import TO_FILL
from contractgen.profile.groups import Group
from contractgen.profile.model import Profile

Kind = Literal["text", "lines", "day", "count", "number", "yes", "choice", "terms", "words", "list", "group"]
ANY = "*"  # stands for a position in a list or the name of a term


@dataclass(frozen=True, slots=True)
class ProfileField:
    """A field: ``path`` with ``*`` for list positions, and what people are told about it."""

    path: str
    title: str
    help: str
    kind: Kind
    example: Any = None
    choices: Mapping[str, str] = field(default_factory=dict)
    derived: bool = False  # worked out from other fields, never written in a file

    @property
    def name(self) -> str:
        """The key in the file."""
        return self.path.rsplit(".", 1)[-1]


_KINDS: tuple[tuple[Any, Kind], ...] = (
    (forms.Text, "lines"),
    (forms.Day, "day"),
    (forms.Count, "count"),
    (forms.Position, "count"),
    (forms.Amount, "number"),
    (forms.Yes, "yes"),
    (forms.Terms, "terms"),
)
_CHOICES: tuple[tuple[Any, Mapping[str, str]], ...] = (
    (forms.Sex, forms.SEXES),
    (forms.Side, forms.SIDES),
    (forms.Form, forms.FORMS),
    (forms.Occasion, forms.OCCASIONS),
    (forms.AmendmentCase, forms.AMENDMENT_CASES),
    (forms.CongressKind, forms.CONGRESSES),
    (forms.Period, forms.PERIODS),
)


def _walk(model: type[Group], prefix: str) -> Iterator[ProfileField]:
    hints = get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        path = f"{prefix}{name}"
        form = hints[name]
        members = get_args(form)
        if type(None) in members:
            form = members[0]
        example = info.examples[0] if info.examples else None
        about = (path, info.title or name, info.description or "")
        if isinstance(form, type) and issubclass(form, Group):
            yield ProfileField(*about, kind="group")
            yield from _walk(form, f"{path}.")
        elif inner := _listed(form):
            yield ProfileField(*about, kind="list")
            yield ProfileField(f"{path}.{ANY}", about[1], about[2], kind="group")
            yield from _walk(inner, f"{path}.{ANY}.")
        elif form == forms.Terms:
            yield ProfileField(*about, kind="terms")
            yield ProfileField(f"{path}.{ANY}", "约定数值", about[2], "number")
        elif forms.SEVERAL in getattr(form, "__metadata__", ()):
            yield ProfileField(*about, kind="words")
            yield ProfileField(f"{path}.{ANY}", about[1], about[2], "text")
        else:
            choices = next((labels for known, labels in _CHOICES if known == form), {})
            kind = "choice" if choices else next((kind for known, kind in _KINDS if known == form), "text")
            yield ProfileField(*about, kind=cast(Kind, kind), example=example, choices=choices)


def _listed(form: Any) -> type[Group] | None:
    """The group that a list of groups holds."""
    inner = get_args(form)[0] if forms.SEVERAL in getattr(form, "__metadata__", ()) else None
    if get_origin(inner) is tuple:
        return next(
            (one for one in get_args(inner) if isinstance(one, type) and issubclass(one, Group)), None
        )
    return None


def _derived() -> Iterator[ProfileField]:
    yield ProfileField(
        "union.exists", "本单位有工会", "按工会名称和指导推选的上级工会推出", "yes", derived=True
    )
    for side, title in forms.SIDES.items():
        path = f"bargaining.{side}_chief"
        yield ProfileField(path, f"{title}首席代表", "双方协商代表名单中的首席代表", "group", derived=True)
        for one in _walk(Representative, f"{path}."):
            yield ProfileField(one.path, f"{title}首席代表{one.title}", one.help, one.kind, derived=True)


@cache
def fields() -> Mapping[str, ProfileField]:
    """All fields by path, in the order of the file; those worked out from others come last."""
    return {one.path: one for one in (*_walk(Profile, ""), *_derived())}


def _pattern(path: str) -> str:
    steps = path.split(".")
    if "terms" in steps[:-1]:
        *group, name = steps
        return f"{_pattern('.'.join(group))}.{ANY}" if group[-1] == "terms" and name else path
    return ".".join(ANY if step.isdigit() else step for step in steps)


def field_at(path: str) -> ProfileField:
    """The field at a path such as ``bargaining.representatives.0.name``.

    Raises:
        KeyError: for a path that no profile has.
    """
    found = fields().get(_pattern(path))
    if found is None:
        raise KeyError(f"no such profile path: {path}")
    return found


def is_path(path: str) -> bool:
    """Whether a profile can have a value at this path."""
    return _pattern(path) in fields()


def field_title(path: str) -> str:
    """The Chinese name of a field; in a list with its position: 双方协商代表第2项的姓名.

    Raises:
        KeyError: for a path that no profile has.
    """
    found = field_at(path)
    steps = path.split(".")
    positions = [index for index, step in enumerate(steps) if step.isdigit()]
    if len(steps) > 1 and steps[-2] == "terms":
        group = "" if len(steps) == 2 else f"{field_title('.'.join(steps[:-2]))}的"
        return f"{group}约定数值 {steps[-1]}"
    if not positions:
        return found.title
    last = positions[-1]
    of = f"{field_at('.'.join(steps[:last])).title}第{int(steps[last]) + 1}项"
    return of if last == len(steps) - 1 else f"{of}的{found.title}"


def field_help(path: str) -> str:
    """Why a field is needed and where in the firm it is found, with an example.

    Raises:
        KeyError: for a path that no profile has.
    """
    found = field_at(path)
    shown = found.help
    if found.choices:
        labels = "、".join(forms.choice_label(code, title) for code, title in found.choices.items())
        return f"{shown}；可写 {labels}" if not all(code in shown for code in found.choices) else shown
    return shown if found.example is None else f"{shown}。例：{found.example}"


def siblings(prefix: str) -> tuple[str, ...]:
    """The keys that may stand in the group at a path ('' for the whole file)."""
    start = f"{_pattern(prefix)}." if prefix else ""
    return tuple(
        one.name
        for one in fields().values()
        if one.path.startswith(start)
        and "." not in one.path[len(start) :]
        and not one.derived
        and one.name != ANY
    )


def written_at(path: str) -> str:
    """Where in a file a path is written: of a chief representative, who is worked out, the list of representatives."""
    return "bargaining.representatives" if _chief_of(path) else path


def where_to_fill(path: str) -> str:
    """The remedy for what is missing."""
    if (side := _chief_of(path)) is None:
        return f"在企业情况表中填写 {path}"
    title, name = forms.SIDES[side], path.rpartition(".")[2]
    return f"在企业情况表的 {written_at(path)} 中写{title}首席代表的 {name}，并写 side: {side}、chief: 是"


def _chief_of(path: str) -> str | None:
    """The side whose chief representative a path is about."""
    return next((one for one in forms.SIDES if path.startswith(f"bargaining.{one}_chief.")), None)


def nearest(prefix: str, key: str) -> str:
    """A remedy for an unknown key: the nearest known key of its group, or the group where it belongs."""
    here = siblings(prefix)
    base = f"{prefix}." if prefix else ""
    if is_path(base + key):
        return "这一项由程序推出，不用填写，请删去"
    titles = {field_at(base + name).title: name for name in here}
    near = difflib.get_close_matches(key.lower(), here, n=1, cutoff=0.6)
    near = near or [titles[one] for one in difflib.get_close_matches(key, titles, n=1, cutoff=0.5)]
    if near:
        return f"是不是 {near[0]}（{field_at(base + near[0]).title}）？"
    homes = [
        one
        for one in fields().values()
        if key in (one.name, one.title) and not one.derived and ANY not in one.path
    ]
    if homes:
        home = homes[0].path.rpartition(".")[0]
        name = homes[0].name
        return f"{name} 属于 {home}，请移到 {home}: 下面" if home else f"{name} 要写在最左边，前面不留空格"
    return f"这里可以写 {'、'.join(here[:12])}{' 等' if len(here) > 12 else ''}"


# ------------------------------------------------------------------ JSON Schema

SCHEMA_TITLE = "企业情况表（女职工权益保护专项集体合同）"
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _ForEditors(GenerateJsonSchema):
    """What is not yet known may be left empty or marked 待填."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> dict[str, Any]:
        inner = self.generate_inner(schema["schema"])
        return {"anyOf": [inner, {"enum": [TO_FILL, None]}]}


def profile_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a profile, with Chinese titles and descriptions."""
    schema = Profile.model_json_schema(schema_generator=_ForEditors)
    definitions = schema.get("$defs", {})
    for path, model in (("", "Profile"), *_models().items()):
        definition = definitions.get(model, schema)
        definition.pop("description", None)
        definition["title"] = field_at(path.removesuffix(f".{ANY}")).title if path else ""
        for name, one in definition["properties"].items():
            _complete(fields()[f"{path}.{name}" if path else name], one)
    head = {
        "$schema": SCHEMA_DIALECT,
        "title": SCHEMA_TITLE,
        "description": f"还不知道的内容写 {TO_FILL} 或者留空；说明见各项。",
    }
    return {**head, **{key: one for key, one in schema.items() if key not in head}}


def schema_bytes() -> bytes:
    """The schema as a UTF-8 file."""
    return (json.dumps(profile_schema(), ensure_ascii=False, indent=2) + "\n").encode()


def is_our_schema(path: Path) -> bool:
    """Whether a file is a schema of ours, of this or an earlier version, and may be replaced."""
    try:
        found = json.loads(read_text(path))
    except (InputError, ValueError):
        return False
    return isinstance(found, dict) and found.get("title") == SCHEMA_TITLE


def _complete(about: ProfileField, schema: dict[str, Any]) -> None:
    """Anything may be empty or marked; no default is shown; choices are explained."""
    schema.pop("default", None)
    if about.choices:
        labels = "、".join(forms.choice_label(code, title) for code, title in about.choices.items())
        schema["description"] = f"{about.help}。可写：{labels}"
    blank = {"enum": [TO_FILL, None]}
    if blank not in schema.get("anyOf", ()):
        texts: dict[str, Any] = {
            key: schema.pop(key) for key in ("title", "description", "examples") if key in schema
        }
        form = dict(schema)
        schema.clear()
        schema.update(texts)
        schema["anyOf"] = [*form["anyOf"], blank] if set(form) == {"anyOf"} else [form, blank]


@cache
def _models() -> Mapping[str, str]:
    """The model's name by the path of its group or list item."""
    found: dict[str, str] = {}

    def visit(model: type[Group], prefix: str) -> None:
        hints = get_type_hints(model, include_extras=True)
        for name in model.model_fields:
            inner = hints[name] if isinstance(hints[name], type) else _listed(hints[name])
            if isinstance(inner, type) and issubclass(inner, Group):
                path = f"{prefix}{name}.{ANY}" if _listed(hints[name]) else f"{prefix}{name}"
                found[path] = inner.__name__
                visit(inner, f"{path}.")

    visit(Profile, "")
    return found
