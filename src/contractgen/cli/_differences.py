"""Differences on a terminal: colors where there are any, and marks that say the same without them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from contractgen.diff import KINDS
from contractgen.diff.report import NOTHING, heading, headline, place, reasons, verdict

if TYPE_CHECKING:
    from contractgen.diff import Change, Differences, SectionChange

STYLES = {"weaker": "bold red", "stronger": "bold green", "neutral": "dim", "unclear": "bold yellow"}
DELETED, INSERTED = "red strike", "green underline"
WIDTH = 100
CONTEXT = 24  # characters of unchanged text that are shown around a change
CUT = "……"


def print_differences(differences: Differences) -> None:
    """Each article with its changes, then the counts."""
    console = open_console()
    console.print(Text(f"旧：{differences.old.name}\n新：{differences.new.name}"))
    counted = [section for section in differences.sections if section.counted]
    if not counted:
        console.print(NOTHING)
    for section in counted:
        _print_section(console, section)
    console.print()
    console.print(Text(headline(differences)))


def open_console() -> Console:
    """Where results are printed: colors on a terminal, whole lines in a pipe."""
    terminal = sys.stdout.isatty()
    return Console(
        file=sys.stdout,
        highlight=False,
        markup=False,
        emoji=False,
        no_color=bool(os.environ.get("NO_COLOR")),
        width=None if terminal else 10_000,  # a pipe gets whole lines
        soft_wrap=not terminal,
    )


def _print_section(console: Console, section: SectionChange) -> None:
    console.print()
    console.print(Text(heading(section), style="bold"))
    for change in section.counted:
        _print_change(console, change, place(section, change))


def _print_change(console: Console, change: Change, where: str) -> None:
    line = Text(f"[{verdict(change)}]", style=STYLES[change.label])
    line.append(f" {KINDS[change.kind]}{f' {where}' if where else ''}", style="default")
    console.print(line)
    console.print(_marked(change))
    for text in reasons(change):
        console.print(Text(f"    {text}", style="dim"))


def _marked(change: Change) -> Text:
    """The text with its marks; what is far from any change is cut."""
    text = Text("  ")
    ops = change.ops
    for position, op in enumerate(ops):
        if op.tag == "equal":
            text.append(shortened(op.old, position, len(ops)))
            continue
        if op.old:
            text.append(f"[-{op.old}-]", style=DELETED)
        if op.new:
            text.append(f"{{+{op.new}+}}", style=INSERTED)
    return text


def shortened(words: str, position: int, count: int) -> str:
    """Unchanged text without what is far from a change, where it is one of so many stretches of a line."""
    if count == 1:
        return words if len(words) <= WIDTH else words[:WIDTH] + CUT
    head = words[:CONTEXT] if position > 0 else ""
    tail = words[-CONTEXT:] if position < count - 1 else ""
    return words if len(words) <= len(head) + len(tail) else head + CUT + tail
