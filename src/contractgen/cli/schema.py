"""``contractgen schema``: the JSON Schema of the profile, for editors."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from contractgen.cli import _report

HELP = """输出企业情况表的 JSON Schema，编辑器用它提示和核对
内容为 UTF-8 编码。Windows 的 PowerShell 会改动重定向的编码，请用 --out 直接写成文件。"""
EXAMPLES = ("contractgen schema --out firm.schema.json", "contractgen schema > firm.schema.json")


def schema(
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="文件", help="写成文件，不输出到屏幕", readable=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件")] = False,
) -> int:
    """Print the schema as UTF-8, whatever the console's encoding; or write it to a file."""
    from contractgen.profile import schema_bytes

    data = schema_bytes()
    if out is not None:
        from contractgen.files import write_new

        write_new(out, data, force=force)
        _report.show(str(out))
        return _report.FINE
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    return _report.FINE
