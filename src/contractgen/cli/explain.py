"""``contractgen explain``: why a text and its numbers stand in the agreement."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._assembled import assembled as assembled_profile
from contractgen.cli._options import LibraryOption, OnOption, ProfileArgument, read_day

HELP = """说明合同的每一条为什么这样写：条款和版本、选用条件、每个数字的依据
可以只看一条：写条号（第十二条）、附件号（附件1）或者条款编号（maternity-leave）。"""
EXAMPLES = (
    "contractgen explain firm.yaml",
    "contractgen explain firm.yaml 第十二条",
    "contractgen explain firm.yaml maternity-leave --on 2022-06-01",
    "contractgen explain firm.yaml --terms",
)


def explain(
    profile: ProfileArgument,
    target: Annotated[
        str | None, typer.Argument(metavar="条", help="条号、附件号或者条款编号；不写则说明全部")
    ] = None,
    terms: Annotated[
        bool, typer.Option("--terms", help="只列出待双方确认的建议值，可以整段抄进企业情况表")
    ] = False,
    on: OnOption = None,
    library: LibraryOption = None,
) -> int:
    """Print the explanation on stdout; findings only where there is no agreement to explain."""
    from contractgen.agreement import explain as explain_agreement
    from contractgen.agreement import proposals
    from contractgen.formats.text import write_markdown

    assembled = assembled_profile(profile, on=read_day(on), library=library)
    if assembled.agreement is None:
        _report.print_findings(assembled.findings, sys.stderr)
        return _report.exit_code(assembled.findings)
    if terms:
        listed = proposals(assembled.agreement).rstrip("\n")
        if listed:
            _report.show(listed)
        else:
            _report.say("没有待双方确认的建议值。")
        return _report.FINE
    _report.show(write_markdown(explain_agreement(assembled.agreement, target)).rstrip("\n"))
    return _report.FINE
