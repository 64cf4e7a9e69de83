"""``contractgen papers fields``: the names that a Word form of the user's own may use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption, OnOption, read_day

HELP = """自备的 Word 表格里可以填哪些内容：名称、中文说明和现在的内容
在表格要填的地方写 {{ 名称 }}，例如 {{ employer.name }}，再用 papers --form 填写。
名称中有 * 的是列表：用 {%tr for one in bargaining.representatives %} 和 {%tr endfor %} 括住表格的一行，行里写 {{ one.name }}。"""
EXAMPLES = (
    "contractgen papers fields --profile firm.yaml",
    "contractgen papers fields --profile firm.yaml --paper proposal",
)


def fields(
    profile: Annotated[
        Path, typer.Option("--profile", metavar="文件", help="企业情况表（YAML）", readable=False)
    ],
    paper: Annotated[
        str | None, typer.Option("--paper", metavar="名称", help="只列这份文书用到的名称")
    ] = None,
    on: OnOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """One line for each name: what it is and what it prints now."""
    from contractgen.papers import field_names

    names = field_names(profile, paper=paper, on=read_day(on), library=library)
    if json:
        found = [{"name": one.name, "title": one.title, "group": one.group, "now": one.now} for one in names]
        _report.show_json(found)
        return _report.FINE
    rows = [("{{ " + one.name + " }}", one.group, one.title, one.now) for one in names]
    if rows:
        _report.show_table(rows)
    _report.say(f"共 {len(rows)} 个名称；另有法律条文 {{{{ law.条目 }}}}，条目见 contractgen law show。")
    return _report.FINE
