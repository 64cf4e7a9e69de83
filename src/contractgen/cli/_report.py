"""How the command line prints: findings and their count, files, JSON; results on stdout, talk on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import typer

from contractgen.cli._chinese import UsageFault, columns

if TYPE_CHECKING:
    from contractgen.findings import ContractgenError, Finding, Severity

FINE, FOUND, FAILED, INTERRUPTED = 0, 1, 2, 130
COLORS = {"error": "red", "warning": "yellow", "advice": "cyan"}


def prepare_streams() -> None:
    """Make every character printable: a GBK console that lacks one shows its number instead of failing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: contractgen … >&-
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            ascii_only = (stream.encoding or "").lower() in ("ascii", "us-ascii", "ansi_x3.4-1968", "646")
            stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="backslashreplace")


def say(text: str) -> None:
    """Talk: on stderr, so that stdout holds results only."""
    _write(text, sys.stderr)


def show(text: str) -> None:
    """A result, on stdout."""
    _write(text, sys.stdout)


def show_json(data: Any) -> None:
    """A result as JSON, on stdout; escaped where the console's encoding lacks a character."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(data, ensure_ascii=True, indent=2)
    show(text)


def show_table(rows: Sequence[Sequence[str]]) -> None:
    """Rows as columns, on stdout; Chinese characters count as two."""
    widths = [max(columns(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True))
        show("  ".join(padded).rstrip())


def print_findings(findings: Sequence[Finding], stream: TextIO) -> None:
    """Every finding, those of one group as a list, then how many there are of each weight."""
    from contractgen.findings import printed

    for severity, text in printed(findings):
        word = f"{severity.label}："
        _write(text.replace(word, _colored(word, severity), 1), stream)
    _write(count_line(findings), stream)


def count_line(findings: Iterable[Finding]) -> str:
    """错误 1，警告 0，提示 3"""
    return "，".join(f"{severity.label} {number}" for severity, number in _counts(findings))


def findings_as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Findings and their count, for ``--json``."""
    return {
        "findings": [finding.as_dict() for finding in findings],
        "count": {severity.value: number for severity, number in _counts(findings)},
    }


def exit_code(findings: Iterable[Finding]) -> int:
    """1 where there is a finding of severity error, else 0."""
    from contractgen.findings import has_errors

    return FOUND if has_errors(findings) else FINE


def print_fault(fault: ContractgenError) -> None:
    """Why the program could not run, what to do, and every finding behind it."""
    if fault.findings:
        print_findings(fault.findings, sys.stderr)
        return
    say(f"{_colored('错误：', None)}{fault.message}")
    if fault.hint:
        say(f"    可以：{fault.hint}")


def print_usage_fault(fault: UsageFault) -> None:
    """What is wrong with a command line, how it is written, and where to read more."""
    say(f"{_colored('错误：', None)}{fault.message}")
    if fault.usage:
        say(f"    {fault.usage}")
    if fault.hint:
        say(f"    可以：{fault.hint}")


def _counts(findings: Iterable[Finding]) -> Iterator[tuple[Severity, int]]:
    from contractgen.findings import Severity

    weights = [finding.severity for finding in findings]
    return ((severity, weights.count(severity)) for severity in Severity)


def _colored(word: str, severity: Severity | None) -> str:
    return typer.style(word, fg=COLORS[severity.value if severity else "error"], bold=True)


def _write(text: str, stream: TextIO) -> None:
    plain = bool(os.environ.get("NO_COLOR")) or not stream.isatty()
    typer.echo(text, file=stream, color=not plain)
