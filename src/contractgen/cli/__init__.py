"""The command line: each command is a file that parses, calls one room, prints and gives an exit code.

Exit codes: 0 fine, 1 findings of severity error, 2 could not run (130 interrupted). A command module holds its
function, ``HELP`` (Chinese; the first line is its title) and ``EXAMPLES`` (command lines that work), and imports
its room inside the function, so that ``--help`` loads nothing else.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer

from contractgen.cli._chinese import PROGRAM, Entry, Group, UsageFault, usage_fault
from contractgen.cli._report import (
    FAILED,
    FINE,
    INTERRUPTED,
    prepare_streams,
    print_fault,
    print_usage_fault,
    say,
    show,
)

HERE = "contractgen.cli"


ENTRIES: dict[str, Entry | Group] = {
    "init": Entry(f"{HERE}.init", "init"),
    "new": Entry(f"{HERE}.new", "new"),
    "check": Entry(f"{HERE}.check", "check"),
    "explain": Entry(f"{HERE}.explain", "explain"),
    "verify": Entry(f"{HERE}.verify", "verify"),
    "timeline": Entry(f"{HERE}.timeline", "timeline"),
    "clauses": Group(
        name="clauses",
        help="查看和维护条款库：有哪些条款，某个版本怎么写、依据什么，历次改了什么，检查和发布",
        epilog="contractgen clauses list --on 2026-12-01\ncontractgen clauses show maternity-leave",
        entries={
            "list": Entry(f"{HERE}.clauses.list", "list_clauses"),
            "show": Entry(f"{HERE}.clauses.show", "show_clause"),
            "history": Entry(f"{HERE}.clauses.history", "clause_history"),
            "lint": Entry(f"{HERE}.clauses.lint", "lint_clauses"),
            "release": Entry(f"{HERE}.clauses.release", "release_clauses"),
        },
    ),
    "law": Group(
        name="law",
        help="查看法律数据：某地某日的标准和出处，一次生育有哪些假，多久没有核对，与法规原文是否一致，变动影响什么",
        epilog="contractgen law show maternity_leave --place shanghai --on 2026-12-01",
        entries={
            "show": Entry(f"{HERE}.law.show", "show_law"),
            "leave": Entry(f"{HERE}.law.leave", "law_leave"),
            "status": Entry(f"{HERE}.law.status", "law_status"),
            "verify": Entry(f"{HERE}.law.verify", "verify_law"),
            "impact": Entry(f"{HERE}.law.impact", "law_impact"),
        },
    ),
    "papers": Group(
        name="papers",
        help="协商和报送的全套文书：按所在地、合同形式和企业情况选用，逐份填好，附清单",
        epilog="contractgen papers --profile firm.yaml --list",
        default=Entry(f"{HERE}.papers.write", "papers"),
        entries={
            "fields": Entry(f"{HERE}.papers.fields", "fields"),
            "record": Entry(f"{HERE}.papers.record", "record"),
        },
    ),
    "diff": Entry(f"{HERE}.diff", "diff"),
    "review": Entry(f"{HERE}.review", "review"),
    "merge": Entry(f"{HERE}.merge", "merge"),
    "amend": Entry(f"{HERE}.amend", "amend"),
    "renew": Entry(f"{HERE}.renew", "renew"),
    "schema": Entry(f"{HERE}.schema", "schema"),
    "template": Group(
        name="template",
        help="检查自己改过样式的 Word 模板还能不能用",
        epilog="contractgen template check 模板.docx",
        entries={"check": Entry(f"{HERE}.template", "check_word_template")},
    ),
    "doctor": Entry(f"{HERE}.doctor", "doctor"),
}

app = typer.Typer(
    cls=Group,
    add_completion=False,
    rich_markup_mode=None,
    help="由企业情况生成女职工权益保护专项集体合同；合同里的每个数字都查得到出自哪条法律，或者由谁商定",
    epilog="contractgen init firm.yaml\ncontractgen new --profile firm.yaml --out 合同",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from contractgen import __version__

        show(f"{PROGRAM} {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="显示版本号", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    pass


def root() -> Group:
    """The whole command line, as one group of commands."""
    group = typer.main.get_command(app)
    assert isinstance(group, Group)
    group.entries = ENTRIES
    return group


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; gives the exit code."""
    prepare_streams()
    try:
        code = _run(root(), list(sys.argv[1:] if arguments is None else arguments))
        sys.stdout.flush()
    except (KeyboardInterrupt, EOFError, typer.Abort):
        say("\n已中断，没有做完。")
        return INTERRUPTED
    except BrokenPipeError:  # the reader went away, as in: contractgen clauses list | head
        _close_stdout()
        return FINE
    except OSError as fault:
        _close_stdout()
        _say_system(fault)
        return FAILED
    return code


def _close_stdout() -> None:
    """Nothing more can be written there, nor should Python try when it leaves."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say_system(fault: OSError) -> None:
    """What the system refused, on which file or folder."""
    from contractgen.files import reason

    name = fault.filename or "输出"
    say(f"错误：{name} 读写不了（{reason(fault)}）\n    可以：检查权限和磁盘空间，或者换一个位置")


def _run(group: Group, arguments: list[str]) -> int:
    try:
        with group.make_context(PROGRAM, arguments) as context:
            return group.invoke(context) or FINE
    except typer.Exit as done:
        return done.exit_code
    except UsageFault as fault:
        print_usage_fault(fault)
    except typer.TyperException as fault:
        print_usage_fault(usage_fault(fault))
    except (OSError, EOFError, typer.Abort):
        raise
    except Exception as fault:
        if not _print_if_ours(fault):
            traceback.print_exc()
            say("程序内部出错，不是您的文件有错。请把以上内容和所用的命令一起发给维护者。")
    return FAILED


def _print_if_ours(fault: Exception) -> bool:
    """Print a fault that the user can act on; only a room that is loaded can have raised one."""
    findings = sys.modules.get("contractgen.findings")
    if findings is None or not isinstance(fault, findings.ContractgenError):
        return False
    print_fault(fault)
    return True
