"""Where the result of a comparison goes: on the screen or into a file, and in which format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

TERMINAL = "term"
FORMATS = (TERMINAL, "docx", "html", "json", "md")

FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="格式", help="term（屏幕）、docx（修订稿）、html、json、md；默认看 --out 的扩展名"
    ),
]
FileOption = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="文件", help="写到这个文件，不显示在屏幕上", readable=False),
]


def chosen_format(kind: str | None, out: Path | None) -> str:
    """The format that is meant.

    Raises:
        InputError: for one that there is not, or that cannot go where it is wanted.
    """
    from contractgen.findings import InputError

    chosen = kind or (TERMINAL if out is None else out.suffix.lstrip(".").lower())
    if chosen not in FORMATS:
        hint = f"用 --format 选 {'、'.join(FORMATS)}"
        raise InputError(f"不认识的格式：{chosen or '（没有扩展名）'}", hint=hint)
    if (chosen == TERMINAL) != (out is None) and chosen in (TERMINAL, "docx"):
        hint = "去掉 --out，或者选别的格式" if out else "加 --out 和文件名"
        raise InputError(f"{chosen} 不能写到{'文件' if out else '屏幕'}", hint=hint)
    return chosen
