"""Reading a file from outside: its bytes, and its text where it is UTF-8. What cannot be read is an InputError."""

from __future__ import annotations

import os
from pathlib import Path

from contractgen.files.reasons import reason
from contractgen.findings import Finding, InputError, Location, Severity

MAX_BYTES = 1 << 20


def read_text(path: Path, *, limit: int = MAX_BYTES) -> str:
    """The text of a UTF-8 file; InputError for a missing file, a folder, another encoding or too much of it."""
    return decode(read_bytes(path, limit=limit), str(path))


def read_bytes(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a file of at most ``limit`` bytes; InputError where that cannot be."""
    name = str(path)
    if os.path.isdir(path):
        raise unreadable(name, "这是一个文件夹，不是文件", "请写明文件夹里的文件名")
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        new = "；新建可用 contractgen init 文件名" if path.suffix in (".yaml", ".yml") else ""
        raise unreadable(name, "没有这个文件", f"请核对文件名和所在文件夹{new}") from None
    except PermissionError:
        raise unreadable(name, "没有读取这个文件的权限", "请检查文件权限，或者关闭正在使用它的程序") from None
    except OSError as fault:
        raise unreadable(name, f"文件读不出来（{reason(fault)}）", "请换一个位置保存后再试") from None
    if len(data) > limit:
        raise unreadable(name, f"文件超过 {limit // 1024} KiB", "请确认没有选错文件")
    return data


def decode(data: bytes, name: str) -> str:
    """UTF-8 bytes as text with ``\\n`` line ends; other encodings are named and refused."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise unreadable(name, "文件是 UTF-16 编码", "请在编辑器中另存为 UTF-8 编码")
    if b"\x00" in data:
        raise unreadable(name, "这不是文本文件", "请确认没有选错文件")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        try:
            data.decode("gb18030")
        except UnicodeDecodeError:
            raise unreadable(name, "文件不是 UTF-8 编码的文本", "请确认没有选错文件", line) from None
        raise unreadable(
            name, "文件像是 GBK（ANSI）编码，不是 UTF-8", "请在记事本中选“另存为”，编码选 UTF-8", line
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def unreadable(
    name: str, message: str, hint: str, line: int | None = None, *, fault: type[InputError] = InputError
) -> InputError:
    """The fault to raise for a file that cannot be read, with its one finding."""
    finding = Finding("unreadable-file", Severity.ERROR, message, Location(name, line), hint=hint)
    return fault(f"{name}：{message}", hint=hint, findings=(finding,))
