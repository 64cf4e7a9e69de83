"""``contractgen diff``: what changed between two wordings, libraries, profiles, records or agreements, and whom it helps."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import LibraryOption, OnOption, read_day

if TYPE_CHECKING:
    from contractgen.diff import Differences

HELP = """比较两份文字：增加、删除、改写、移动，每处改动对职工一方是削弱还是增强
可以比较：条款的两个版本（maternity-leave@1）、某地某日的整个条款库（shanghai@2022-06-01）、企业情况表、生成记录、合同文件。"""
EXAMPLES = (
    "contractgen diff antenatal-leave@1 antenatal-leave@2",
    "contractgen diff shanghai@2022-03-01 shanghai@2026-12-01 --format html --out 条款变化.html",
    "contractgen diff firm.yaml 旧方案.yaml --on 2026-12-01",
)

TERMINAL = "term"
FORMATS = (TERMINAL, "json", "md")


def diff(
    old: Annotated[str, typer.Argument(metavar="旧", help="旧的一份", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="新", help="新的一份", show_default=False)],
    kind: Annotated[
        str, typer.Option("--format", metavar="格式", help="term（屏幕）、json、md；默认 term")
    ] = TERMINAL,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="文件", help="写到这个文件，不显示在屏幕上", readable=False),
    ] = None,
    on: OnOption = None,
    library: LibraryOption = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件")] = False,
) -> int:
    """Compare and print; the exit code says nothing of what was found, since a difference is no fault."""
    from contractgen.comparison import differences
    from contractgen.files import write_new
    from contractgen.findings import InputError

    if kind not in FORMATS:
        raise InputError(f"不认识的格式：{kind}", hint=f"可以选 {'、'.join(FORMATS)}")
    found = differences(old, new, on=read_day(on), library=library)
    if out is None:
        _show(found, kind)
    else:
        write_new(out, _bytes(found, kind), force=force)
        _report.show(str(out))
    return _report.FINE


def _show(found: Differences, kind: str) -> None:
    from contractgen.cli._differences import print_differences

    if kind == TERMINAL:
        print_differences(found)
    elif kind == "json":
        from contractgen.diff.report import as_dict

        _report.show_json(as_dict(found))
    else:
        _report.show(_bytes(found, kind).decode().rstrip("\n"))


def _bytes(found: Differences, kind: str) -> bytes:
    import json

    from contractgen.diff.report import as_dict, markdown

    if kind == "json":
        return (json.dumps(as_dict(found), ensure_ascii=False, indent=2) + "\n").encode()
    return markdown(found).encode()
