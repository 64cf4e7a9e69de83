"""``contractgen diff``: what changed between two wordings, libraries, profiles, records or agreements, and whom it helps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import LibraryOption, OnOption, read_day

HELP = """比较两份文字：增加、删除、改写、移动，每处改动对职工一方是削弱还是增强
可以比较：条款的两个版本（maternity-leave@1）、某地某日的整个条款库（shanghai@2022-06-01）、企业情况表、生成记录、合同文件。"""
EXAMPLES = (
    "contractgen diff antenatal-leave@1 antenatal-leave@2",
    "contractgen diff shanghai@2022-03-01 shanghai@2026-12-01 --out 条款变化.html",
    "contractgen diff firm.yaml 对方改稿.docx --out 修订稿.docx --author 工会法律部 --day 2026-12-01",
)

TERMINAL = "term"
FORMATS = (TERMINAL, "docx", "html", "json", "md")


def diff(
    old: Annotated[str, typer.Argument(metavar="旧", help="旧的一份", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="新", help="新的一份", show_default=False)],
    kind: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="格式",
            help="term（屏幕）、docx（修订稿）、html、json、md；默认看 --out 的扩展名",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="文件", help="写到这个文件，不显示在屏幕上", readable=False),
    ] = None,
    author: Annotated[str, typer.Option("--author", metavar="姓名", help="Word 修订稿里的修订人")] = "",
    day: Annotated[str, typer.Option("--day", metavar="日期", help="Word 修订稿里的修订日期")] = "",
    on: OnOption = None,
    library: LibraryOption = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件")] = False,
) -> int:
    """Compare and print; the exit code says nothing of what was found, since a difference is no fault."""
    from contractgen.comparison import differences, render
    from contractgen.files import write_new
    from contractgen.findings import InputError

    chosen = kind or (TERMINAL if out is None else out.suffix.lstrip(".").lower())
    if chosen not in FORMATS:
        raise InputError(
            f"不认识的格式：{chosen or '（没有扩展名）'}", hint=f"用 --format 选 {'、'.join(FORMATS)}"
        )
    if (chosen == TERMINAL) != (out is None) and chosen in (TERMINAL, "docx"):
        hint = "去掉 --out，或者选别的格式" if out else "加 --out 和文件名"
        raise InputError(f"{chosen} 不能写到{'文件' if out else '屏幕'}", hint=hint)
    found = differences(old, new, on=read_day(on), library=library)
    if out is not None:
        write_new(out, render(found, chosen, author=author, day=day), force=force)
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
