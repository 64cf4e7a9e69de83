"""The two READMEs: what they show is really run, what they name exists, and nothing that exists is missing.

Conventions, in comments and fences that a reader of the page does not notice:

- A ``console`` block is run line by line in a temporary copy with the examples, clauses and templates. A line that
  begins with ``$ `` or ``> `` is a command, the lines below it are what it prints; ``…`` stands for any text.
- ``<!-- run: COMMAND -->`` is run without being shown. ``<!-- file: PATH -->`` writes the block below it to that file.
- All of a page runs in one folder, from top to bottom, so that a page reads like a visit.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from contractgen.checks import catalogue
from contractgen.cli import ENTRIES, root
from contractgen.cli._chinese import ITSELF, Group
from contractgen.library import load_library

TOP = Path(__file__).resolve().parent.parent
ENGLISH, CHINESE = TOP / "README.md", TOP / "README.zh-CN.md"
PAGES = pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["README.md", "README.zh-CN.md"])
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
NOTE = re.compile(r"^<!-- (run|file): (.+?) -->$", re.M)


# ------------------------------------------------------------------ what a page tells to run


@dataclass(frozen=True)
class Step:
    """A command and what it prints (None where that does not matter), or a file and its content."""

    line: int
    command: str = ""
    expected: str | None = None
    file: str = ""
    content: str = ""


def steps(text: str) -> Iterator[Step]:
    """Everything a page runs or writes, from top to bottom."""
    found: list[tuple[int, Step]] = []
    written = set()
    for note in NOTE.finditer(text):
        line = text.count("\n", 0, note.start()) + 1
        if note[1] == "run":
            found.append((note.start(), Step(line, note[2])))
            continue
        block = BLOCK.match(text, note.end() + 1)
        assert block, f"line {line}: no block below <!-- file: {note[2]} -->"
        written.add(block.start())
        found.append((note.start(), Step(line, file=note[2], content=block[2])))
    for block in BLOCK.finditer(text):
        if block[1] == "console" and block.start() not in written:
            first = text.count("\n", 0, block.start()) + 2
            found.extend((block.start(), step) for step in shown(block[2], first))
    return (step for _, step in sorted(found, key=lambda one: (one[0], one[1].line)))


def shown(block: str, first: int) -> Iterator[Step]:
    """The commands of a console block, each with what it prints."""
    command, at, printed = "", 0, list[str]()
    for number, line in enumerate([*block.splitlines(), "$ "], start=first):
        if line[:2] not in ("$ ", "> "):
            assert command, f"line {number}: a console block begins with a command"
            printed.append(line)
            continue
        if command:
            yield Step(at, command, "\n".join(printed))
        command, at, printed = line[2:], number, []


def fits(expected: str, printed: str) -> bool:
    """Whether the output is the expected one, ``…`` standing for any text."""
    parts = [re.escape(part) for part in expected.replace("\\", "/").strip().split("…")]
    return re.fullmatch(r"[\s\S]*?".join(parts), printed.replace("\\", "/").strip()) is not None


# ------------------------------------------------------------------ running it


def newcomer(folder: Path) -> dict[str, str]:
    """A folder as after unpacking the project, and an environment with ``contractgen`` and ``python`` in reach."""
    for name in ("examples", "clauses", "templates"):
        shutil.copytree(TOP / name, folder / name)
    tools = folder.with_name("tools")
    tools.mkdir()
    for name, call in {"contractgen": "-m contractgen", "python": ""}.items():
        script = tools / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {call} "$@"\n', encoding="utf-8")
        script.chmod(script.stat().st_mode | stat.S_IEXEC)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_"))}
    path = os.pathsep.join((str(tools), kept.get("PATH", "")))
    return kept | {"PATH": path, "PYTHONPATH": str(TOP / "src"), "LANG": "C.UTF-8", "COLUMNS": "80"}


def run(command: str, folder: Path, env: dict[str, str], last: int) -> tuple[int, str]:
    """Exit code and everything printed; ``$?`` is that of the command before."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"(exit {last}); {command}"],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="README 里的命令按 POSIX shell 运行")
@PAGES
def test_every_command_prints_what_the_page_says(page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    env, last, wrong = newcomer(folder), 0, []
    for step in steps(page.read_text(encoding="utf-8")):
        if step.file:
            (folder / step.file).parent.mkdir(parents=True, exist_ok=True)
            (folder / step.file).write_text(step.content, encoding="utf-8")
            continue
        last, printed = run(step.command, folder, env, last)
        if step.expected is None:
            assert last == 0, f"{page.name}:{step.line}: {step.command}\n{printed}"
        elif not fits(step.expected, printed):
            wrong.append(f"{page.name}:{step.line}: {step.command}\n{printed}\ninstead of\n{step.expected}")
    assert not wrong, "\n\n".join(wrong)


def test_output_that_differs_is_noticed() -> None:
    assert fits("a\n…\nd", "a\nb\nc\nd\n") and fits("共 … 条", "共 106 条")
    assert not fits("a\n…\nd", "a\nb\nc") and not fits("a", "a b") and not fits("", "a")
    text = "<!-- run: one -->\n```console\n$ two\nprinted\n$ three\n```\n<!-- file: x.md -->\n```markdown\nfour\n```\n"
    found = [(s.line, s.command, s.expected, s.file, s.content) for s in steps(text)]
    assert found == [
        (1, "one", None, "", ""),
        (3, "two", "printed", "", ""),
        (5, "three", "", "", ""),
        (7, "", None, "x.md", "four\n"),
    ]


@PAGES
def test_shown_output_says_something(page: Path) -> None:
    found = list(steps(page.read_text(encoding="utf-8")))
    assert sum(step.command.startswith("contractgen ") for step in found) >= 10, page.name
    for step in found:
        assert step.expected is None or step.expected.strip() != "…", f"{page.name}:{step.line}"


# ------------------------------------------------------------------ nothing is missing


def commands(entries: Any = ENTRIES, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command, as its words."""
    for name, entry in entries.items():
        if isinstance(entry, Group):
            if entry.default is not None:
                yield (*before, name)
            yield from commands(entry.entries, (*before, name))
        else:
            yield (*before, name)


def options(words: tuple[str, ...]) -> Iterator[str]:
    """The long options of a command."""
    command: Any = root()
    for word in words:
        command = command.get_command(None, word)
    if isinstance(command, Group):
        command = command.get_command(None, ITSELF)
    for param in command.params:
        if param.param_type_name == "option":
            yield max(param.opts, key=len)


def test_every_command_is_shown_at_work() -> None:
    lines = [step.command for step in steps(ENGLISH.read_text(encoding="utf-8")) if step.expected is not None]
    for words in commands():
        call = " ".join(("contractgen", *words))
        assert any(re.match(rf"{call}(\s|$)", line) for line in lines), call


def test_the_chinese_page_names_every_command() -> None:
    text = CHINESE.read_text(encoding="utf-8")
    for words in commands():
        assert re.search(rf"contractgen {' '.join(words)}\b", text), words


def test_the_messages_with_remedies_are_those_of_the_program() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (TOP / "src").rglob("*.py"))
    section = CHINESE.read_text(encoding="utf-8").split("## 常见提示和处理")[1].split("## ")[0]
    messages = re.findall(r"^\| `(.+?)` \|", section, re.M)
    assert 8 <= len(messages) <= 14
    for message in messages:
        for part in message.split("…"):
            assert part in source, message


def test_every_option_is_named() -> None:
    text = ENGLISH.read_text(encoding="utf-8")
    for words in commands():
        for option in options(words):
            assert re.search(rf"{option}\b", text), f"{' '.join(words)} {option}"


def test_every_check_rule_stands_in_the_table_with_its_weight() -> None:
    text = ENGLISH.read_text(encoding="utf-8")
    for rule in catalogue():
        assert re.search(rf"^\| `{rule.id}` \| \w+ \| {rule.severity.value} \|", text, re.M), rule.id


def test_the_chinese_page_names_every_chapter_and_annex() -> None:
    text = CHINESE.read_text(encoding="utf-8")
    outline = load_library().outline
    for title in (*(one.title for one in outline.chapters), *(one.title for one in outline.annexes)):
        assert f"| {title} |" in text, title


def test_the_test_command_stands_there_as_ci_calls_it() -> None:
    text = ENGLISH.read_text(encoding="utf-8")
    script = (TOP / ".ci" / "run").read_text(encoding="utf-8")
    calls = [line.strip() for line in script.splitlines() if line.startswith("make ")]
    assert calls
    for call in calls:
        assert re.search(rf"^{re.escape(call)}( +#.*)?$", text, re.M), call


@PAGES
def test_the_licence_is_the_one_of_the_package(page: Path) -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] in page.read_text(encoding="utf-8")


# ------------------------------------------------------------------ nothing points nowhere


def anchors(text: str) -> set[str]:
    """The anchors of the headings of a page, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", text), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@PAGES
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"`[^`\n]+`", "", BLOCK.sub("", page.read_text(encoding="utf-8")))
    links = re.findall(r"\]\(([^)\s]*)\)", text)
    assert links
    for link in links:
        if re.match(r"https?://", link):
            continue
        path, _, anchor = link.partition("#")
        target = page if not path else page.parent / path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


@PAGES
def test_named_files_of_the_project_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    tops = "clauses|examples|templates|src|tests|bench|\\.ci"
    for name in re.findall(rf"`((?:{tops})/[\w./-]+)`", text):
        assert (TOP / name).exists(), name


@PAGES
def test_nothing_of_one_machine_and_no_package_index_is_named(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.])/(work|tmp|home|root|opt|usr|var|Users)/|[A-Za-z]:\\Users", text)
    assert not re.search(r"pypi\.|/simple\b|index-url|mirrors?\.", text)
    assert "示范文本规定" not in text
