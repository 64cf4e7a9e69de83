"""``contractgen diff``: what changed between two wordings, libraries, profiles, records or agreements, and whom it helps."""

from __future__ import annotations

from typing import Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import ForceOption, LibraryOption, OnOption, read_day
from contractgen.cli._output import TERMINAL, FileOption, FormatOption, chosen_format

HELP = """比较两份文字：增加、删除、改写、移动，每处改动对职工一方是削弱还是增强
可以比较：条款的两个版本（maternity-leave@1）、某地某日的整个条款库（shanghai@2022-06-01，也可以写 上海@2022-06-01）、企业情况表、生成记录、合同文件。"""
EXAMPLES = (
    "contractgen diff antenatal-leave@1 antenatal-leave@2",
    "contractgen diff shanghai@2022-03-01 shanghai@2026-12-01 --out 条款变化.html",
    "contractgen diff firm.yaml 对方改稿.docx --out 修订稿.docx --author 工会法律部 --day 2026-12-01",
)


def diff(
    old: Annotated[str, typer.Argument(metavar="旧", help="旧的一份", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="新", help="新的一份", show_default=False)],
    kind: FormatOption = None,
    out: FileOption = None,
    author: Annotated[str, typer.Option("--author", metavar="姓名", help="Word 修订稿里的修订人")] = "",
    day: Annotated[str, typer.Option("--day", metavar="日期", help="Word 修订稿里的修订日期")] = "",
    no_effects: Annotated[
        bool,
        typer.Option("--no-effects", help="Word 修订稿的修订人后面不写效果（削弱、增强……），发给对方时用"),
    ] = False,
    on: OnOption = None,
    library: LibraryOption = None,
    force: ForceOption = False,
) -> int:
    """Compare and print; the exit code says nothing of what was found, since a difference is no fault."""
    from contractgen.comparison import differences, render
    from contractgen.files import write_new

    chosen = chosen_format(kind, out)
    found = differences(old, new, on=read_day(on), library=library)
    if out is not None:
        write_new(out, render(found, chosen, author=author, day=day, effects=not no_effects), force=force)
        _report.show(str(out))
    elif chosen == TERMINAL:
        from contractgen.cli._differences import print_differences

        print_differences(found)
    elif chosen == "json":
        from contractgen.diff.report import as_dict

        _report.show_json(as_dict(found))
    else:
        _report.show(render(found, chosen).decode().rstrip("\n"))
    return _report.FINE
