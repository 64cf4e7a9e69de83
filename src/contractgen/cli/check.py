"""``contractgen check``: what is wrong with a profile, and which rules there are."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._assembled import assembled as assembled_profile
from contractgen.cli._chinese import UsageFault
from contractgen.cli._clock import TodayOption, today
from contractgen.cli._options import JsonOption, LibraryOption, OnOption, read_day

HELP = """检查企业情况表：填写是否有误，协商程序和约定标准是否合法
每项问题写明所在的行、依据和改法。有“错误”时退出码为 1。"""
EXAMPLES = (
    "contractgen check firm.yaml",
    "contractgen check firm.yaml --on 2026-12-01 --json",
    "contractgen check --list",
)


def check(
    file: Annotated[
        Path | None, typer.Argument(metavar="文件", help="企业情况表（YAML）", readable=False)
    ] = None,
    list_rules: Annotated[bool, typer.Option("--list", help="列出全部检查规则")] = False,
    on: OnOption = None,
    day: TodayOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """Print findings on stdout; with ``--list`` the catalogue of rules."""
    if list_rules:
        return _list_rules(json)
    if file is None:
        raise UsageFault(
            "缺少参数：文件（企业情况表）",
            usage="用法：contractgen check 文件 [选项]",
            hint="contractgen check --list 列出全部规则",
        )
    assembled = assembled_profile(file, on=read_day(on), library=library, salvage=True, today=today(day))
    findings = assembled.findings
    if json:
        _report.show_json(_report.findings_as_json(findings))
    else:
        _report.print_findings(findings, sys.stdout)
        if assembled.agreement is not None and assembled.agreement.open_points:
            number = len(assembled.agreement.open_points)
            _report.say(f"另有 {number} 处待填或者待双方确认，定稿前要办结；new 生成的草案首页逐项列出。")
    return _report.exit_code(findings)


def _list_rules(json: bool) -> int:
    from contractgen.checks import catalogue
    from contractgen.findings import Severity

    rules = catalogue()
    if json:
        _report.show_json(
            [
                {
                    "id": rule.id,
                    "group": rule.group,
                    "severity": rule.severity.value,
                    "title": rule.title,
                    "explanation": rule.explanation,
                    "stops_final": rule.severity is Severity.ERROR or rule.stops_final,
                    "warnings_stop_final": rule.stops_final,
                }
                for rule in rules
            ]
        )
        return _report.FINE
    for rule in rules:
        _report.show(f"{rule.id}　{rule.severity.label}　{rule.group_title}　{rule.title}")
        _report.show(f"    {rule.explanation}")
        if rule.stops_final:
            _report.show("    警告也使定稿不能生成，除非有人在 accepted 中负责。")
    return _report.FINE
