"""A Document as plain JSON and back, so that what was printed can be kept and printed again, node for node.

A node is a mapping of the fields that differ from their default; ``kind`` says which node it is where several
could stand. A run of plain characters is a string. What is read is checked against the types of the fields.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from contractgen.document.nodes import Block, Document, Inline, Text

NAMED = frozenset(get_args(Block) + get_args(Inline))  # those that share a place with others


def to_json(node: Any) -> Any:
    """A Document or one of its nodes as what ``json`` can keep."""
    if isinstance(node, tuple):
        return [to_json(one) for one in node]
    if not dataclasses.is_dataclass(node):
        return node
    saved = {
        field.name: to_json(value)
        for field in dataclasses.fields(node)
        if not _is_default(field, value := getattr(node, field.name))
    }
    if isinstance(node, Text) and saved.keys() == {"text"}:
        return node.text
    return {"kind": type(node).__name__, **saved} if type(node) in NAMED else saved


def from_json(saved: Any) -> Document:
    """The inverse of ``to_json`` for a whole Document.

    Raises:
        ValueError: for what no Document has become.
    """
    try:
        document = _value(Document, saved)
    except (TypeError, KeyError, RecursionError) as fault:
        raise ValueError(str(fault)) from None
    assert isinstance(document, Document)
    return document


def _is_default(field: dataclasses.Field[Any], value: Any) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(value == field.default)
    return field.default_factory is not dataclasses.MISSING and value == field.default_factory()


@cache
def _fields(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _value(expected: Any, saved: Any) -> Any:
    """``saved`` as what a field of the type ``expected`` holds."""
    origin = get_origin(expected)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(expected), saved)
    if origin is tuple:
        _check(isinstance(saved, list), expected, saved)
        return tuple(_value(get_args(expected)[0], one) for one in saved)
    if origin is Literal:
        _check(saved in get_args(expected), expected, saved)
    elif origin is dict:
        _check(isinstance(saved, dict) and all(isinstance(one, str) for one in saved.values()), dict, saved)
    elif dataclasses.is_dataclass(expected):
        return _node(expected, saved)
    else:
        _check(type(saved) is expected, expected, saved)
    return saved


def _one_of(expected: tuple[Any, ...], saved: Any) -> Any:
    if Text in expected and isinstance(saved, str):
        return Text(saved)
    if saved is None or isinstance(saved, str):
        _check(type(saved) in expected, expected, saved)
        return saved
    _check(isinstance(saved, dict), expected, saved)
    nodes = [one for one in expected if dataclasses.is_dataclass(one)]
    for node in nodes:
        if saved.get("kind") == node.__name__ or (len(nodes) == 1 and node not in NAMED):  # type: ignore[union-attr]
            return _node(node, saved)
    raise ValueError(f"no {expected}: {saved!r:.80}")


def _node(kind: Any, saved: Any) -> Any:
    _check(isinstance(saved, dict), kind, saved)
    named = dict(saved)
    if kind in NAMED:
        _check(named.pop("kind", None) == kind.__name__, kind, saved)
    return kind(**{name: _value(_fields(kind)[name], value) for name, value in named.items()})


def _check(holds: bool, expected: Any, saved: Any) -> None:
    if not holds:
        raise ValueError(f"no {expected}: {saved!r:.80}")
