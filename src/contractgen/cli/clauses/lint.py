"""``contractgen clauses lint``: the library held against its own rules and the law."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption

HELP = """检查条款库本身：用语、引用、数值、依据，以及已发布的文件有没有被改动
每一项写明文件和行号。改动条款以后、发布以前运行；有错误时退出码为 1。"""
EXAMPLES = (
    "contractgen clauses lint",
    "contractgen clauses lint maternity-leave birth-leave --library clauses",
)


def lint_clauses(
    clauses: Annotated[
        list[str] | None, typer.Argument(metavar="条款", help="只检查这些条款；不写则检查全部")
    ] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """Findings of the whole library, or of some clauses."""
    from contractgen.law import load_law
    from contractgen.library import load_library
    from contractgen.lint import lint

    law = load_law(None if library is None else library / "law")
    found = lint(load_library(library), law, clauses or None)
    if json:
        _report.show_json(_report.findings_as_json(found))
    else:
        _report.print_findings(found, sys.stdout)
    return _report.exit_code(found)
