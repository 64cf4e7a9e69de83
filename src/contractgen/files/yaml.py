"""YAML and front matter, in plain data with line and column of every key (``Loaded``).

What a careful reader would stumble over is refused, all of it at once: duplicate keys, aliases, tags, tabs. What
people are known to type wrongly is named as what it is.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from contractgen.files.folders import cached
from contractgen.files.loaded import Loaded, Where, dates_from_json, dates_to_json
from contractgen.files.reading import MAX_BYTES, decode, read_bytes, read_text, unreadable
from contractgen.findings import Finding, InputError, Location, Severity

MAX_DEPTH = 20
MAX_NODES = 50_000


def load_yaml(
    path: Path, *, text: str | None = None, limit: int = MAX_BYTES, tolerant: bool = False
) -> Loaded:
    """Read one YAML document.

    Args:
        path: the file; also the name used in findings.
        text: its content, where it was read already.
        limit: the most bytes that are read.
        tolerant: keep faults that leave the rest readable (a day that does not exist, a key written twice) in
            ``Loaded.faults``, so that they can be told together with all others.

    Raises:
        InputError: with every finding, when the file cannot be read or holds what we refuse.
    """
    name = str(path)
    source = read_text(path, limit=limit) if text is None else text
    return _Reader(name).read(source, tolerant=tolerant)


def load_front_matter(path: Path, *, text: str | None = None) -> Loaded:
    """Read a file of front matter between ``---`` lines and a body; ``Loaded.body`` holds the body."""
    name = str(path)
    source = read_text(path) if text is None else text
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", source, re.DOTALL | re.MULTILINE)
    if not match:
        raise unreadable(
            name, "文件开头缺少用两行 --- 括起的说明部分", "请照 clauses 中其他条款文件的样子写", 1
        )
    head = _Reader(name, first_line=2).read(match.group(1))
    line = source[: match.end()].count("\n") + 1
    return Loaded(name, head.data, head.marks, source[match.end() :], line)


def load_data(path: Path, content: bytes | None = None) -> Any:
    """The plain data of a YAML file without its places, from the cache while the file stays as it is.

    Args:
        path: the file.
        content: its bytes, where they were read already.
    """
    found = read_bytes(path) if content is None else content

    def make() -> Any:
        return dates_to_json(load_yaml(path, text=decode(found, str(path))).data)

    return dates_from_json(cached("data", hashlib.sha256(found).hexdigest(), make))


def load_folder(folder: Path, names: Iterable[str]) -> dict[str, Loaded]:
    """Read many files below ``folder`` (relative names), from the cache where none of them changed.

    ``.md`` files are read as front matter and body, all others as YAML. Places are relative names.
    """
    texts = {name: read_bytes(folder / name) for name in sorted(names)}
    digest = hashlib.sha256()
    for name, data in texts.items():
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)

    def make() -> dict[str, Any]:
        loaded: dict[str, Any] = {}
        faults: list[Finding] = []
        for name, data in texts.items():
            try:
                load = load_front_matter if name.endswith(".md") else load_yaml
                loaded[name] = load(Path(name), text=decode(data, name)).as_json()
            except InputError as fault:
                faults.extend(fault.findings)
        if faults:
            raise InputError(f"{folder} 中有读不懂的文件", findings=faults)
        return loaded

    saved = cached("files", digest.hexdigest(), make)
    return {name: Loaded.from_json(one) for name, one in saved.items()}


# YAML 1.2 core schema, and dates written as 2026-12-01
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


READABLE_FAULTS = ("no-such-day", "duplicate-key")  # the rest of the file can still be read
TEXT_TAGS = (None, "!", "tag:yaml.org,2002:str")

_SLIPS: tuple[
    tuple[re.Pattern[str], str, str], ...
] = (  # what people type; the group is the character at fault
    (re.compile(r"\s*(?:- )?[^\s:#\"'{\[]+(：)"), "冒号是全角的“：”", "冒号要用半角“:”，后面空一格"),
    (re.compile(r" *([\u00a0\u2000-\u200a\u3000])"), "缩进用了全角空格", "请改用半角空格缩进，每级两个空格"),
    (re.compile(r"\s*(?:- )?[A-Za-z_]\w*:( *\t)"), "冒号后面用了制表符（Tab）", "请改为一个空格"),
    (re.compile(r"\s*(?:- )?[A-Za-z_]\w*:([^\s:/])"), "冒号后面没有空格", "冒号后面请空一格"),
    (re.compile(r"\s*(?:- )?\w+: *(\")[^\"]*$"), "引号没有成对", "请在内容的末尾补上引号"),
    (re.compile(r"\s*(?:- )?\w+: *(')[^']*$"), "引号没有成对", "请在内容的末尾补上引号"),
)


class _GiveUpError(Exception):
    """The rest of the file is not worth reading; the fault is noted."""


class _Reader:
    """Turns the parser's events into plain data and marks, collecting every fault."""

    def __init__(self, name: str, first_line: int = 1) -> None:
        self.name = name
        self.shift = first_line
        self.marks: dict[Where, tuple[int, int, int, int]] = {}
        self.faults: list[Finding] = []
        self.count = 0

    def read(self, text: str, *, tolerant: bool = False) -> Loaded:
        self._refuse_tabs(text)
        if not self.faults:
            data = self._parse(text)
        passed_over = tolerant and all(fault.rule in READABLE_FAULTS for fault in self.faults)
        if self.faults and not passed_over:
            raise InputError(f"{self.name} 的写法有误", findings=self.faults)
        return Loaded(self.name, data, self.marks, faults=tuple(self.faults))

    def _fault(self, message: str, hint: str, line: int, column: int, rule: str = "yaml-syntax") -> None:
        place = Location(self.name, line + self.shift, column + 1)
        self.faults.append(Finding(rule, Severity.ERROR, message, place, hint=hint))

    def _refuse_tabs(self, text: str) -> None:
        indents = [line[: len(line) - len(line.lstrip())] for line in text.split("\n")]
        tabbed = [(number, indent.index("\t")) for number, indent in enumerate(indents) if "\t" in indent]
        if tabbed:
            many = f"，共 {len(tabbed)} 行" if len(tabbed) > 1 else ""
            self._fault(f"缩进用了制表符（Tab）{many}", "请改用空格缩进，每级两个空格", *tabbed[0])

    def _parse(self, text: str) -> Any:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            return self._document(YAML(typ="safe", pure=True).parse(text))
        except _GiveUpError:
            return None
        except MarkedYAMLError as fault:
            mark = fault.problem_mark or fault.context_mark
            line, column = (mark.line, mark.column) if mark else (0, 0)
            self._explain(text, line, column, str(fault.problem or ""))
            return None
        except (YAMLError, ValueError, RecursionError) as fault:
            before = text[: getattr(fault, "position", 0)]  # of a character that YAML does not allow
            self._explain(text, before.count("\n"), len(before) - before.rfind("\n") - 1, str(fault))
            return None

    def _document(self, walk: Iterator[Any]) -> Any:
        """The only document of a file, from the parser's events."""
        documents = 0
        data: Any = None
        for event in walk:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    self._fault("文件里有不止一份 YAML 文档", "请删去多余的 --- 行", event.start_mark.line, 0)
                    return data
                data = self._node(next(walk), walk, (), (0, 0))
        return data

    def _explain(self, text: str, line: int, column: int, problem: str) -> None:
        if "special characters" in problem or "unacceptable" in problem:
            self._fault("文件里有不可见的控制字符", "请删去后重新输入这一行", line, column)
            return
        lines = text.split("\n")
        near = range(max(line - 1, 0), min(line + 1, len(lines)))
        for number in near:  # the parser often stumbles only on the line after
            for form, message, hint in _SLIPS:
                if match := form.match(lines[number]):
                    self._fault(message, hint, number, match.start(1))
                    return
        indents = [len(lines[number]) - len(lines[number].lstrip()) for number in near]
        if "mapping values" in problem and len(indents) == 2 and indents[0] < indents[1]:
            self._fault("这一行缩进多了", "同级的项目要左对齐", line, indents[1])
        elif "mapping values" in problem:
            self._fault("这一行有多余的冒号", '含有冒号的内容请用引号括起来，例如 "电话: 021"', line, column)
        elif "block end" in problem or "expected ':'" in problem or "could not find" in problem:
            self._fault("缩进或者冒号有误，从这里起读不懂", "同级的项目要左对齐；冒号后空一格", line, column)
        else:
            self._fault("这里的写法读不懂", "请检查引号、括号是否成对，冒号后是否有空格", line, column)

    def _node(self, event: Any, walk: Iterator[Any], steps: Where, key: tuple[int, int]) -> Any:
        line, column = event.start_mark.line, event.start_mark.column
        kind = type(event).__name__
        self.count += 1
        self.marks[steps] = (key[0] + self.shift, key[1] + 1, line + self.shift, column + 1)
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            self._fault(
                "这里用了 YAML 的锚点或者别名（& 或 *）",
                "请直接写出内容；以 & 或 * 开头的内容用引号括起来",
                line,
                column,
            )
        if getattr(event, "tag", None) not in TEXT_TAGS:
            self._fault("这里用了 YAML 标签（!）", "请删去感叹号；以 ! 开头的内容用引号括起来", line, column)
        if self.count == MAX_NODES:
            self._fault("内容太多", "请确认没有选错文件", line, column)
            raise _GiveUpError
        if len(steps) == MAX_DEPTH:
            self._fault(f"层次超过 {MAX_DEPTH} 级", "请减少缩进的层次", line, column)
            raise _GiveUpError
        if kind == "MappingStartEvent":
            return self._mapping(walk, steps)
        if kind == "SequenceStartEvent":
            return self._sequence(walk, steps)
        return self._scalar(event, line, column) if kind == "ScalarEvent" else None

    def _mapping(self, walk: Iterator[Any], steps: Where) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for event in walk:
            if type(event).__name__ == "MappingEndEvent":
                break
            line, column = event.start_mark.line, event.start_mark.column
            name = self._node(event, walk, (*steps, "\x00key"), (line, column))
            if name is None or isinstance(name, dict | list | bool | float):
                self._fault("这里的键不是文字", "键只能是一个词，例如 name", line, column)
                name = str(name)
            shown = name.isoformat() if isinstance(name, datetime.date) else name
            if name in found:
                self._fault(
                    f"“{shown}”重复出现", "同一级里只能写一次，请删去或者合并", line, column, "duplicate-key"
                )
            found[name] = self._node(next(walk), walk, (*steps, shown), (line, column))
        self.marks.pop((*steps, "\x00key"), None)
        return found

    def _sequence(self, walk: Iterator[Any], steps: Where) -> list[Any]:
        found: list[Any] = []
        for event in walk:
            if type(event).__name__ == "SequenceEndEvent":
                break
            mark = (event.start_mark.line, event.start_mark.column)
            found.append(self._node(event, walk, (*steps, len(found)), mark))
        return found

    def _scalar(self, event: Any, line: int, column: int) -> Any:
        value = str(event.value)
        if event.style in ("'", '"', "|", ">") or event.tag is not None:
            return value
        if value in _WORDS:
            return _WORDS[value]
        if _DATE.fullmatch(value):
            try:
                return datetime.date.fromisoformat("-".join(part.zfill(2) for part in value.split("-")))
            except ValueError:
                self._fault(
                    f"没有 {value} 这一天",
                    "请按“年-月-日”写一个真实的日期，例如 2026-12-01",
                    line,
                    column,
                    "no-such-day",
                )
                return None
        if _INT.fullmatch(value):
            return int(value) if len(value) <= 40 else value
        return float(value) if _FLOAT.fullmatch(value) else value
