"""``contractgen clauses list``: the library in the order of the book."""

from __future__ import annotations

from typing import Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption, OnOption, read_day

HELP = """列出条款：编号和版本、标题、性质、从哪天起用
按合同中的先后排列。不写 --on 时列出最新的版本。"""
EXAMPLES = (
    "contractgen clauses list",
    "contractgen clauses list --on 2022-06-01 --chapter leave",
)


def list_clauses(
    chapter: Annotated[
        str | None, typer.Option("--chapter", metavar="章", help="只列这一章：章的编号或者章名")
    ] = None,
    on: OnOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """One line per clause, in the order of the book."""
    from contractgen.cli.clauses._wording import summary
    from contractgen.library import load_library

    loaded = load_library(library)
    names = {one.id: one.title for one in loaded.outline.chapters} | {"annexes": "附件"}
    wanted = None if chapter is None else _chapter(chapter, names)
    rows = [clause for clause in loaded.clauses(read_day(on)) if wanted in (None, clause.chapter)]
    if json:
        _report.show_json([summary(clause) for clause in rows])
        return _report.FINE
    table = [
        (names.get(c.chapter, c.chapter), str(c), c.title, c.weight_title, f"{c.in_force_from} 起")
        for c in rows
    ]
    if table:
        _report.show_table(table)
    _report.say(f"共 {len(rows)} 条")
    return _report.FINE


def _chapter(text: str, names: dict[str, str]) -> str:
    found = next((name for name, title in names.items() if text in (name, title)), None)
    if found is None:
        from contractgen.findings import InputError

        known = "、".join(f"{name}（{title}）" for name, title in names.items())
        raise InputError(f"没有 {text} 这一章", hint=f"可以选：{known}")
    return found
