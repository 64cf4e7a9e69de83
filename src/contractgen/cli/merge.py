"""``contractgen merge``: what both sides made of one agreement, in one redline, with the points they disagree on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import ForceOption, LibraryOption, OnOption, read_day
from contractgen.cli._output import TERMINAL, FileOption, FormatOption, chosen_format

HELP = """合并双方改稿：工会和用人单位各自修改的同一份合同合成一份修订稿，列出双方意见不一致的地方，由双方商定
任何一处都不替双方决定：各自的改动署各自的名，双方相同的改动署双方的名，有争议的两种文字都保留。原文可以是发出的合同、生成记录或者企业情况表。"""
EXAMPLES = (
    "contractgen merge 合同.docx 工会改稿.docx 单位改稿.docx",
    "contractgen merge 合同.record.json 工会改稿.docx 单位改稿.docx --out 合并修订稿.docx --day 2026-12-01",
    "contractgen merge 合同.docx 工会改稿.docx 单位改稿.docx --out 合并对照.html --authors 工会,公司",
)


def merge(
    base: Annotated[
        Path, typer.Argument(metavar="原文", help="双方修改之前的合同", readable=False, show_default=False)
    ],
    union: Annotated[
        Path, typer.Argument(metavar="工会改稿", help="工会一方改过的", readable=False, show_default=False)
    ],
    employer: Annotated[
        Path,
        typer.Argument(metavar="单位改稿", help="用人单位一方改过的", readable=False, show_default=False),
    ],
    kind: FormatOption = None,
    out: FileOption = None,
    authors: Annotated[
        str, typer.Option("--authors", metavar="名称", help="双方的名称，工会在前，用逗号隔开")
    ] = "工会,用人单位",
    day: Annotated[str | None, typer.Option("--day", metavar="日期", help="Word 修订稿里的修订日期")] = None,
    on: OnOption = None,
    library: LibraryOption = None,
    force: ForceOption = False,
) -> int:
    """Merge and print; the exit code says nothing of what was found, since a disagreement is no fault."""
    from contractgen.files import write_new
    from contractgen.merging import as_json, merge_files, read_authors, render

    chosen = chosen_format(kind, out)
    marked = read_day(day, "--day")
    found = merge_files(
        base, union, employer, authors=read_authors(authors), on=read_day(on), library=library
    )
    if out is not None:
        write_new(out, render(found, chosen, day=marked), force=force)
        if found.findings:
            _report.print_findings(found.findings, sys.stderr)
        _report.show(str(out))
    elif chosen == "json":
        _report.show_json(as_json(found))
    elif chosen == TERMINAL:
        from contractgen.cli._merged import print_merged

        print_merged(found.merged)
        if found.findings:
            _report.print_findings(found.findings, sys.stdout)
    else:
        _report.show(render(found, chosen).decode().rstrip("\n"))
    return _report.FINE
