"""``contractgen template check``: whether a restyled Word file still works as a template."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption

HELP = """检查自己改过样式的 Word 模板还能不能用
模板可以从 contractgen doctor 显示的文件夹里复制一份，在 Word 或 WPS 里改字体、页边距、页眉。"""
EXAMPLES = (
    "contractgen template check 模板.docx",
    "contractgen new --profile firm.yaml --template 模板.docx",
)


def check_word_template(
    file: Annotated[Path, typer.Argument(metavar="文件", help="Word 模板（.docx）", readable=False)],
    json: JsonOption = False,
) -> int:
    """Print what the template lacks on stdout."""
    from contractgen.formats.docx_write import check_template

    findings = check_template(file)
    if json:
        _report.show_json(_report.findings_as_json(findings))
    else:
        _report.print_findings(findings, sys.stdout)
        if not findings:
            _report.say("这个模板可以用。")
    return _report.exit_code(findings)
