"""Findings: what is wrong with a document, as values that can be listed, sorted, printed and counted."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding weighs: an ``error`` makes a command exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        """The Chinese word that a user reads."""
        return {"error": "错误", "warning": "警告", "advice": "提示"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the heaviest; the order in which findings are read."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file (line and column count from 1) or, without a line, in an agreement."""

    file: str = ""
    line: int | None = None
    column: int | None = None
    place: str = ""  # a place a reader knows, such as 第二十五条第一款 or a field's Chinese name

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n is not None]
        where = ":".join(part for part in (self.file, *numbers) if part)
        return where or self.place


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or worth a look, with its rule, place, reason and remedy."""

    rule: str  # kebab-case id
    severity: Severity
    message: str  # Chinese, one sentence
    location: Location = Location()
    source: str = ""  # 依据: article of law or agreement clause
    hint: str = ""  # 可以: what the reader can do
    path: str = ""  # dotted profile path, where the finding has one
    group: str = ""  # one sentence for all findings that are printed together as a list
    accepted: str = ""  # that the parties answer for it: who, why, until when

    def __str__(self) -> str:
        head = f"{self.location}: " if str(self.location) else ""
        lines = [f"{head}{self.severity.label}：{self.text} [{self.rule}]"]
        if self.source:
            lines.append(f"    依据：{self.source}")
        if self.hint:
            lines.append(f"    可以：{self.hint}")
        return "\n".join(lines)

    @property
    def text(self) -> str:
        """The message, and who answers for it."""
        return self.message + self.accepted

    def as_dict(self) -> dict[str, Any]:
        """The same content as the printed lines, for ``--json``."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "message": self.text,
            "file": self.location.file,
            "line": self.location.line,
            "column": self.location.column,
            "place": self.location.place,
            "path": self.path,
            "source": self.source,
            "hint": self.hint,
            "group": self.group,
        }


class ContractgenError(Exception):
    """A fault of running that a user can act on; the doors print it and exit with 2.

    ``findings`` holds every fault found, where the fault is in a document the user wrote.
    """

    def __init__(self, message: str, *, hint: str = "", findings: Iterable[Finding] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.findings = tuple(findings)


class InputError(ContractgenError):
    """A file that the user gave cannot be read, or says something that cannot be."""


class NoTextError(InputError):
    """A file has pages but no text on them that could be read, such as a scan."""


class OutputError(ContractgenError):
    """A file cannot be written where the user wants it."""


class MissingToolError(ContractgenError):
    """A program, library or font that this job needs is not on this machine."""


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings without repeats, the heaviest first, then by place."""
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda f: (
                f.severity.rank,
                f.location.file,
                f.location.line or 0,
                f.location.column or 0,
            ),
        )
    )


def printed(findings: Iterable[Finding]) -> Iterator[tuple[Severity, str]]:
    """Findings as they are read: those of one group as one list, where the first of them stands."""
    groups: dict[Finding | tuple[str, ...], list[Finding]] = {}
    for one in findings:
        key = (one.rule, one.severity, one.group, one.source, one.hint, one.accepted)
        groups.setdefault(key if one.group else one, []).append(one)
    for group in groups.values():
        yield group[0].severity, str(group[0]) if len(group) == 1 else _as_list(group)


def _as_list(group: list[Finding]) -> str:
    first = group[0]
    head = f"{first.severity.label}：{first.group}（{len(group)} 项）{first.accepted} [{first.rule}]"
    lines = [
        f"    {one.location}：{one.message}" if str(one.location) else f"    {one.message}" for one in group
    ]
    hint = [f"    可以：{first.hint}"] if first.hint else []
    return "\n".join([head, *lines, *hint])


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is of severity error."""
    return any(f.severity is Severity.ERROR for f in findings)


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the known word most like this one; what to do instead where none is like it."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"是不是 {near[0]}？" if near else otherwise
