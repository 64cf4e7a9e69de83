"""The folders of the program: its data, and the user's cache."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from contractgen.files.writing import write_all
from contractgen.findings import InputError, OutputError


def data_folder(name: str) -> Path:
    """The folder ``clauses`` or ``templates``: inside the installed package, or at the top of a checkout."""
    here = Path(__file__).resolve().parents[1]
    for folder in (here / "data" / name, here.parents[1] / name):
        if folder.is_dir():
            return folder
    raise InputError(f"安装不完整：找不到 {name} 文件夹", hint="请重新安装 contractgen")


def cache_folder() -> Path:
    """Where parsed files and fonts may be kept between runs; ``CONTRACTGEN_CACHE`` names another folder."""
    chosen = os.environ.get("CONTRACTGEN_CACHE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "contractgen"


CACHE_VERSION = 1  # raise when the saved form changes


def cached(kind: str, key: str, make: Callable[[], Any]) -> Any:
    """What ``make`` gives, kept as JSON in the user's cache under a hash of what it was made from.

    The cache only saves time: an unreadable, broken or unwritable one is passed over in silence.
    """
    path = cache_folder() / f"{kind}-{CACHE_VERSION}-{key[:32]}.json"
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        pass
    value = make()
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        write_all({path: data}, force=True)
    except OutputError:
        return json.loads(data)
    return json.loads(data)
