"""Writing files: all or none, beside the target first, then renamed. Nothing is overwritten unasked."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from contractgen.files.reasons import reason
from contractgen.findings import OutputError

NAMED = 5  # files that stand in the way, told by name


def write_all(files: Mapping[Path, bytes], *, force: bool = False, option: str = "--out") -> None:
    """Write several files, all or none; nothing is overwritten without ``force``.

    Args:
        files: what is written, by path.
        force: overwrite.
        option: of the command, that names another place.

    Raises:
        OutputError: naming the files that stand in the way (of many the first), or the folder that cannot be written.
    """
    taken = [path for path in files if os.path.lexists(path)]
    if taken and not force:
        names = "、".join(str(path) for path in taken[:NAMED])
        names += f"等 {len(taken)} 个文件" if len(taken) > NAMED else ""
        raise OutputError(
            f"文件已经存在，没有覆盖：{names}", hint=f"换一个文件夹（{option}），或者加 --force 覆盖"
        )
    folders = [path for path in taken if os.path.isdir(path)]
    if folders:
        raise OutputError(f"{folders[0]} 是一个文件夹，不能写成文件", hint=f"换一个文件夹（{option}）")
    pending: list[tuple[str, Path]] = []
    kept: dict[Path, str] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(prefix=".contractgen-", dir=path.parent)
            pending.append((beside, path))
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            os.chmod(beside, _mode(path))
            if os.path.exists(path) and len(files) > 1:
                kept[path] = f"{beside}.old"
                shutil.copy2(path, kept[path])
        _replace(pending, kept)
    except UnicodeEncodeError as fault:
        lacking = fault.object[fault.start : fault.end]
        raise OutputError(
            f"当前系统的编码（{fault.encoding}）写不出文件名中的“{lacking}”",
            hint="设置环境变量 PYTHONUTF8=1 后再运行",
        ) from None
    except OSError as fault:
        folder = next(iter(files)).parent
        raise OutputError(
            f"写不进文件夹 {folder}（{reason(fault)}）",
            hint=f"换一个可以写入的文件夹（{option}），或者关闭正在打开的同名文件",
        ) from None
    finally:
        for beside in (*(beside for beside, _ in pending), *kept.values()):
            if os.path.exists(beside):
                os.unlink(beside)


def _replace(pending: Sequence[tuple[str, Path]], kept: Mapping[Path, str]) -> None:
    """Put every file in its place; where one cannot be replaced (Windows, open in Word) put the others back."""
    done: list[Path] = []
    try:
        for beside, path in pending:
            os.replace(beside, path)
            done.append(path)
    except OSError:
        for path in done:
            if path in kept:
                os.replace(kept[path], path)
            else:
                path.unlink()
        raise


def write_new(path: Path, data: bytes, *, force: bool = False, option: str = "--out") -> None:
    """Write one file, all or nothing; see ``write_all``."""
    write_all({path: data}, force=force, option=option)


def _mode(path: Path) -> int:
    """Who may read and write: as before, or what the user's umask leaves."""
    if os.path.exists(path):
        return path.stat().st_mode & 0o777
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask
