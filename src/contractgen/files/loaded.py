"""What a YAML file held: plain data, and the place of every key and value in the file."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from contractgen.findings import Finding, Location

Key = str | int
Where = tuple[Key, ...]


@dataclass(frozen=True)
class Loaded:
    """A YAML file (or front matter) as plain data, with the place of every key and value.

    ``data`` holds dict, list, str, int, float, bool, datetime.date and None. ``body`` is the text after
    the front matter, which begins on line ``body_line``. ``faults`` holds what a tolerant reading passed over.
    """

    path: str
    data: Any
    marks: Mapping[Where, tuple[int, int, int, int]] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    faults: tuple[Finding, ...] = ()

    def where(self, path: Iterable[Key] = (), *, key: bool = False) -> Location:
        """The place of a value (or of its key) at ``path``; of the nearest parent where it does not exist."""
        steps = tuple(path)
        while steps and steps not in self.marks:
            steps = steps[:-1]
            key = False
        if steps not in self.marks:
            return Location(self.path)
        key_line, key_column, line, column = self.marks[steps]
        return Location(self.path, key_line, key_column) if key else Location(self.path, line, column)

    def as_json(self) -> dict[str, Any]:
        """A form that ``json`` can keep; ``from_json`` gives the same back."""
        return {
            "path": self.path,
            "data": dates_to_json(self.data),
            "marks": [[list(steps), *mark] for steps, mark in self.marks.items()],
            "body": self.body,
            "body_line": self.body_line,
        }

    @staticmethod
    def from_json(saved: Mapping[str, Any]) -> Loaded:
        """The inverse of ``as_json``."""
        marks = {tuple(row[0]): (row[1], row[2], row[3], row[4]) for row in saved["marks"]}
        return Loaded(saved["path"], dates_from_json(saved["data"]), marks, saved["body"], saved["body_line"])


DATE_MARK = "\x00date:"  # no YAML text can hold U+0000


def dates_to_json(data: Any) -> Any:
    """Plain data in a form that ``json`` can keep: days are marked texts."""
    if isinstance(data, dict):
        return {
            (DATE_MARK + k.isoformat() if isinstance(k, datetime.date) else k): dates_to_json(v)
            for k, v in data.items()
        }
    if isinstance(data, list):
        return [dates_to_json(v) for v in data]
    return DATE_MARK + data.isoformat() if isinstance(data, datetime.date) else data


def dates_from_json(data: Any) -> Any:
    """The inverse of ``dates_to_json``."""
    if isinstance(data, dict):
        return {dates_from_json(k): dates_from_json(v) for k, v in data.items()}
    if isinstance(data, list):
        return [dates_from_json(v) for v in data]
    if isinstance(data, str) and data.startswith(DATE_MARK):
        return datetime.date.fromisoformat(data[len(DATE_MARK) :])
    return data
