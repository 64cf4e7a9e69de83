"""The formats of a command's files: where no PDF can be made, the others are, and what is missing is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from contractgen.cli import _report

if TYPE_CHECKING:
    from contractgen.findings import Finding, MissingToolError

DEFAULT_FORMATS = ("docx", "pdf")
Made = TypeVar("Made")


def made_in(kinds: tuple[str, ...], job: Callable[..., Made]) -> tuple[Made, MissingToolError | None]:
    """What a job makes in these formats; without PDF, and why, where that cannot be made and others are asked for."""
    from contractgen.findings import MissingToolError

    try:
        return job(formats=kinds), None
    except MissingToolError as fault:
        others = tuple(kind for kind in kinds if kind != "pdf")
        if others in ((), kinds):
            raise
        return job(formats=others), fault


def closed(findings: Iterable[Finding], missing: MissingToolError | None, asked: str | None) -> int:
    """The exit code, once everything is printed: a format that was asked for by name and is missing is a failure."""
    if missing is None:
        return _report.exit_code(findings)
    _report.print_fault(missing)
    return _report.exit_code(findings) if asked is None else _report.FAILED
