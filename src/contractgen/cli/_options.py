"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

ProfileOption = Annotated[
    Path, typer.Option("--profile", metavar="文件", help="企业情况表（YAML）", readable=False)
]
ProfileArgument = Annotated[
    Path, typer.Argument(metavar="文件", help="企业情况表（YAML）", readable=False, show_default=False)
]
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="日期", help="按这一天有效的法律和条款，写作 2026-12-01")
]
LibraryOption = Annotated[
    Path | None,
    typer.Option("--library", metavar="文件夹", help="使用另外的条款库，不用程序自带的", readable=False),
]
ForceOption = Annotated[bool, typer.Option("--force", help="覆盖同名文件")]
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出，供其他程序读取")]


def read_day(text: str | None, option: str = "--on") -> datetime.date | None:
    """The day that an option names; InputError where there is no such day."""
    if text is None:
        return None
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:  # Python also reads 20261201 and 2026-W49-2
        from contractgen.findings import InputError

        raise InputError(
            f"{option} 的日期“{text}”不对：没有这一天，或者写法不对", hint="请写作 年-月-日，例如 2026-12-01"
        )
    return day


def read_names(text: str) -> tuple[str, ...]:
    """Names separated by commas, western or Chinese, each once."""
    names = (name.strip().lower() for name in text.replace("，", ",").replace("、", ",").split(","))
    return tuple(dict.fromkeys(name for name in names if name))
