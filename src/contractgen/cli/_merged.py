"""A merge on a terminal: the contested points, then every change with its author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from contractgen.cli._differences import DELETED, INSERTED, STYLES, open_console, shortened
from contractgen.diff.merge import SIDES
from contractgen.diff.merge.report import (
    NOTHING,
    POINTS,
    cells_of,
    head,
    headline,
    line_reasons,
    mark,
    opinion_lines,
    shown,
    title,
)

if TYPE_CHECKING:
    from contractgen.diff.merge import Merged, MergedLine

CONTESTED = "bold yellow"


def print_merged(merged: Merged) -> None:
    """Everything, the counts last."""
    console = open_console()
    files = [(merged.sides[side].author, merged.sides[side].differences.new.name) for side in SIDES]
    console.print(Text("\n".join(f"{name}：{file}" for name, file in (("原文", merged.base.name), *files))))
    if merged.points:
        console.print()
        console.print(Text(POINTS, style="bold"))
    for point in merged.points:
        console.print(Text(f"{point.number}. {point.place}", style=CONTESTED))
        console.print(Text(f"  原文：{shown(point.base)}"))
        for side in SIDES:
            opinion = point.opinions[side]
            console.print(Text(f"  {merged.sides[side].author}：{shown(opinion.text)}"))
            for line in opinion_lines(opinion):
                console.print(Text(f"    {line}", style=STYLES[opinion.label]))
    counted = [section for section in merged.sections if section.counted]
    if not counted:
        console.print(NOTHING)
    for section in counted:
        console.print()
        console.print(Text(title(merged, section), style="bold"))
        for one in section.counted:
            console.print(Text(head(merged, section, one), style=CONTESTED if one.points else ""))
            console.print(_marked(merged, one))
            for text in line_reasons(merged, one):
                console.print(Text(f"    {text}", style="dim"))
    console.print()
    console.print(Text(headline(merged)))


def _marked(merged: Merged, line: MergedLine) -> Text:
    """The text with its marks; what is far from any change is cut."""
    text = Text("  ")
    pieces = list(cells_of(line))
    for at, one in enumerate(pieces):
        if one.kind == "kept":
            text.append(shortened(one.text, at, len(pieces)))
        else:
            text.append(mark(merged, one), style=DELETED if one.kind == "deleted" else INSERTED)
    return text
