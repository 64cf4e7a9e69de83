"""The command line in Chinese: help pages, usage lines and the messages for a mistyped command.

typer's own English pages and messages are never shown. Commands are imported when they are asked for, so that
``contractgen --help`` stays quick.
"""

from __future__ import annotations

import difflib
import importlib
import shutil
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

PROGRAM = "contractgen"
NO_LINE_START = set("，。；：、！？）》】〉”’％…")  # a line never begins with these
WIDEST = 100
ITSELF = ""  # the name, below a group, of the command that the group's own name is


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives. Its module also holds ``HELP`` and ``EXAMPLES`` (with ``_NAME`` in a group)."""

    module: str
    function: str
    suffix: str = ""


class UsageFault(Exception):
    """A command line that cannot be understood; ``usage`` is the line that shows how it is written."""

    def __init__(self, message: str, *, usage: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.usage = usage
        self.hint = hint


class Command(TyperCommand):
    """One command, with its page in Chinese."""

    allow_extra_args = True  # parse_args says in Chinese which are too many

    def get_help_option(self, ctx: Any) -> Any:
        """``--help``, which is off unless it is given."""
        return _off_by_default(super().get_help_option(ctx))

    def get_help(self, ctx: Any) -> str:
        """The whole help page."""
        return "\n".join(_page(self, ctx))

    def get_usage(self, ctx: Any) -> str:
        """The line that shows how the command is written."""
        return _usage(self, ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse, and refuse what is left over."""
        try:
            rest = super().parse_args(ctx, args)
        except typer.TyperException as fault:
            raise usage_fault(fault, ctx) from None
        if rest:
            raise UsageFault(
                f"多出了参数：{' '.join(rest)}",
                usage=_usage(self, ctx),
                hint=_see_help(ctx.command_path.strip()),
            )
        return rest


class Group(TyperGroup):
    """A group of commands, each imported when it is asked for; ``default`` is what its own name does."""

    def __init__(
        self,
        *,
        entries: Mapping[str, Entry | Group] | None = None,
        default: Entry | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self.entries = entries or {}
        self.default = default

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of the commands, in the order in which they are used."""
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        entry = self.default if cmd_name == ITSELF else self.entries.get(cmd_name)
        return _load(cmd_name, entry) if isinstance(entry, Entry) else entry

    def get_help_option(self, ctx: Any) -> Any:
        """``--help``, which is off unless it is given."""
        return _off_by_default(super().get_help_option(ctx))

    def get_help(self, ctx: Any) -> str:
        """The whole help page."""
        return "\n".join(_page(self, ctx))

    def get_usage(self, ctx: Any) -> str:
        """The line that shows how the command is written."""
        return _usage(self, ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; without any argument show the page."""
        if self.default is not None and args and args[0] not in self.entries:
            args = [ITSELF, *args]
        elif not args:
            typer.echo(self.get_help(ctx), err=True)
            raise typer.Exit(2)
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as fault:
            raise usage_fault(fault, ctx) from None

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        """The command that ``args`` begins with; where there is none, the nearest is named."""
        name = args[0]
        found = self.get_command(ctx, name)
        if found is None:
            raise UsageFault(
                f"没有 {name} 这个命令{_nearest(name, self.entries)}",
                usage=_usage(self, ctx),
                hint=_see_help(ctx.command_path.strip()),
            )
        return name, found, args[1:]


def _off_by_default(option: Any) -> Any:
    """Typer loads pydantic to turn a flag without a default into False; a default spares every command that."""
    if option is not None:
        option.default = False
    return option


def _load(name: str, entry: Entry) -> Any:
    module = importlib.import_module(entry.module)
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(
        name,
        cls=Command,
        help=getattr(module, f"HELP{entry.suffix}"),
        epilog="\n".join(getattr(module, f"EXAMPLES{entry.suffix}")),
    )(getattr(module, entry.function))
    return get_command(app)


# ------------------------------------------------------------------ pages


def _page(command: Command | Group, ctx: Any) -> Iterator[str]:
    yield _usage(command, ctx)
    width = min(shutil.get_terminal_size().columns, WIDEST)
    for paragraph in (command.help or "").split("\n"):
        yield ""
        yield from wrap(paragraph, width)
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    group = ctx.parent.command if ctx.info_name == ITSELF else None
    if group is not None:
        yield from _section("其他命令", _commands(group, ctx.parent), width)
    yield from _section("参数", [_row(p) for p in params if p.param_type_name == "argument"], width)
    if isinstance(command, Group):
        yield from _section("命令", _commands(command, ctx), width)
    yield from _section("选项", [_row(p) for p in params if p.param_type_name == "option"], width)
    if command.epilog:
        yield from ("", "示例：", *(f"  {line}" for line in command.epilog.split("\n")))


def _section(title: str, rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    if not rows:
        return
    yield ""
    yield f"{title}："
    column = min(max(columns(head) for head, _ in rows), 30) + 4
    for head, text in rows:
        lines = list(wrap(text, max(width - column, 20))) or [""]
        if columns(head) > column - 4:
            yield f"  {head}"
        else:
            yield f"  {head}{' ' * (column - 2 - columns(head))}{lines.pop(0)}".rstrip()
        yield from (f"{' ' * column}{line}" for line in lines)


def _commands(group: Group, ctx: Any) -> list[tuple[str, str]]:
    rows = []
    for name in group.list_commands(ctx):
        found = group.get_command(ctx, name)
        rows.append((name, (found.help or "").split("\n")[0]))
    return rows


def _row(param: Any) -> tuple[str, str]:
    if param.name == "help":
        return "--help", "显示本说明"
    if param.param_type_name == "argument":
        return _metavar(param), param.help or ""
    text = f"{param.help or ''}{'（必填）' if param.required else ''}"
    names = ", ".join(sorted(param.opts, key=len))
    return (names if _is_flag(param) else f"{names} {_metavar(param)}"), text


def _usage(command: Command | Group, ctx: Any) -> str:
    pieces = [ctx.command_path.strip()]
    if isinstance(command, Group):
        pieces.append("命令")
    for param in command.get_params(ctx):
        if param.param_type_name == "argument":
            pieces.append(_metavar(param) if param.required else f"[{_metavar(param)}]")
        elif param.required:
            pieces.append(f"{_long(param)} {_metavar(param)}")
    return f"用法：{' '.join(pieces)} [选项]"


def _metavar(param: Any) -> str:
    return param.metavar or ("值" if param.param_type_name == "option" else param.name.upper())


def _is_flag(param: Any) -> bool:
    return bool(getattr(param, "is_flag", False))


def _long(param: Any) -> str:
    return str(max(param.opts, key=len))


def columns(text: str) -> int:
    """How many columns a terminal needs for the text."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, width: int) -> Iterator[str]:
    """Lines of at most ``width`` columns; a word of letters stays whole, closing marks stay with their text."""
    line = ""
    for piece in _pieces(text):
        if line and columns(line) + columns(piece.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line.strip():
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """The parts between which a line may end."""
    piece = ""
    for char in text:
        narrow = columns(char) == 1 and char != " "
        joined = (narrow and piece and columns(piece[-1]) == 1 and piece[-1] != " ") or char in NO_LINE_START
        if piece and not joined and char != " ":
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


# ------------------------------------------------------------------ messages


def usage_fault(fault: Exception, ctx: Any = None) -> UsageFault:
    """What typer found wrong with a command line, in Chinese."""
    ctx = getattr(fault, "ctx", None) or ctx
    usage = ctx.get_usage() if ctx else ""
    return UsageFault(
        _message(fault), usage=usage, hint=_see_help(ctx.command_path.strip() if ctx else PROGRAM)
    )


def _message(fault: Exception) -> str:
    kind = type(fault).__name__
    option = getattr(fault, "option_name", "")
    param: Any = getattr(fault, "param", None)
    if kind == "NoSuchOption":
        near = getattr(fault, "possibilities", None) or ()
        return f"没有 {option} 这个选项{_did_you_mean(near)}"
    if kind == "BadOptionUsage":
        needless = "not take" in str(fault)
        return f"选项 {option} 后面{'不能带值' if needless else '缺少值'}"
    if kind == "MissingParameter" and param is not None:
        if param.param_type_name == "argument":
            return f"缺少参数：{_metavar(param)}（{param.help or ''}）"
        return f"缺少选项：{_long(param)} {_metavar(param)}（{param.help or ''}）"
    if param is not None:
        name = _metavar(param) if param.param_type_name == "argument" else _long(param)
        return f"{name} 的值不能用：{_reason(str(fault))}"
    return "命令写得不对"


_REASONS = {
    "does not exist": "没有这个文件或文件夹",
    "is a file": "这是文件，不是文件夹",
    "is a directory": "这是文件夹，不是文件",
    "not readable": "没有读取的权限",
    "not writable": "没有写入的权限",
    "is not one of": "不在可选的值之内",
    "number": "应当是数字",
    "integer": "应当是整数",
}


def _reason(english: str) -> str:
    if not english.isascii():
        return english  # one of our own messages
    return next((chinese for part, chinese in _REASONS.items() if part in english), "写法不对")


def _nearest(name: str, known: Mapping[str, Any]) -> str:
    return _did_you_mean(difflib.get_close_matches(name, list(known), n=1, cutoff=0.5))


def _did_you_mean(names: Sequence[str]) -> str:
    return f"，是不是 {names[0]}？" if names else ""


def _see_help(command_path: str) -> str:
    return f"{command_path} --help 显示用法和示例"
