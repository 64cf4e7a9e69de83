"""A timeline on a terminal: a table where it fits, else one step below the other; the same words without color."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from contractgen.cli import _report
from contractgen.cli._chinese import columns, wrap

if TYPE_CHECKING:
    from contractgen.timeline.words import Line

STYLES = {
    "late": "bold red",
    "done_late": "yellow",
    "due": "bold yellow",
    "unknown": "magenta",
    "untold": "yellow",
    "done": "dim",
}
NARROW = 64  # columns below which a table would break every word
WIDTH = 100  # columns in a pipe that names none
INDENT = "  "
GAP = 2  # columns between the columns


def print_steps(
    title: str, head: Sequence[str], headings: Sequence[str], lines: Sequence[Line], below: Sequence[str]
) -> None:
    """What it is about, the steps, and the remarks."""
    name, *told = head
    head = (f"{name}：{title}", *told)
    if sys.stdout.isatty():
        console = Console(highlight=False, markup=False, emoji=False, no_color="NO_COLOR" in os.environ)
        _print(console, head, headings, lines, below)
        return
    given = os.environ.get("COLUMNS", "")
    width = int(given) if given.isdecimal() and int(given) > 0 else WIDTH
    held = io.StringIO()
    _print(Console(file=held, width=width, highlight=False, markup=False), head, headings, lines, below)
    _report.show("\n".join(line.rstrip() for line in held.getvalue().splitlines()))


def _print(
    console: Console,
    head: Sequence[str],
    headings: Sequence[str],
    lines: Sequence[Line],
    below: Sequence[str],
) -> None:
    for text in head:
        console.print(_wrapped(text, console.width, "bold" if text == head[0] else ""))
    console.print()
    if console.width < NARROW or not lines:
        _print_list(console, headings, lines)
    else:
        console.print(_table(headings, lines, console.width))
    console.print()
    for text in below:
        console.print(_wrapped(text, console.width, "dim"))


def _wrapped(text: str, width: int, style: str = "", indent: str = "") -> Text:
    """A text in lines of a width, no number or Latin word broken."""
    lines = (f"{indent}{line}" for line in wrap(text, width - len(indent)))
    return Text("\n".join(lines), style=style)


def _table(headings: Sequence[str], lines: Sequence[Line], width: int) -> Table:
    days = zip(*((*line.days, line.label) for line in lines), strict=True)
    widths = [
        max(columns(part) for text in (heading, *column) for part in text.split("\n"))
        for heading, column in zip(headings[1:], days, strict=True)
    ]
    first = width - sum(widths) - GAP * len(widths)
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for heading, column in zip(headings, (first, *widths), strict=True):
        table.add_column(heading, width=column)
    for line in lines:
        style = STYLES.get(line.state.value, "")
        what = _wrapped(line.title, first, style)
        table.add_row(what, *(Text(day) for day in line.days), Text(line.label, style=style))
        for detail in line.below:
            table.add_row(_wrapped(detail, first, "dim", INDENT))
    return table


def _print_list(console: Console, headings: Sequence[str], lines: Sequence[Line]) -> None:
    from contractgen.timeline.words import flat

    for line in lines:
        style = STYLES.get(line.state.value, "")
        console.print(_wrapped(f"[{line.label}] {line.title}", console.width, style))
        days = (
            f"{heading}：{flat(day)}"
            for heading, day in zip(headings[1:], line.days, strict=False)
            if len(day) > 1
        )
        for text in (*days, *line.below):
            console.print(_wrapped(text, console.width, "dim", INDENT))
