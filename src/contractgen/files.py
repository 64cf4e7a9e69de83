"""The only reader of YAML and front matter, and the only writer of files.

Reading keeps line and column of every key, and refuses what a careful reader would stumble over: duplicate
keys, aliases, tabs, other encodings. Writing is all or nothing: beside the target first, then renamed.
"""

from __future__ import annotations

import datetime
import errno
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contractgen.findings import Finding, InputError, Location, OutputError, Severity

MAX_BYTES = 1 << 20
MAX_DEPTH = 20
MAX_NODES = 50_000

Key = str | int
Where = tuple[Key, ...]

# ------------------------------------------------------------------ what a file held


@dataclass(frozen=True)
class Loaded:
    """A YAML file (or front matter) as plain data, with the place of every key and value.

    ``data`` holds dict, list, str, int, float, bool, datetime.date and None. ``body`` is the text after
    the front matter, which begins on line ``body_line``. ``faults`` holds what a tolerant reading passed over.
    """

    path: str
    data: Any
    marks: Mapping[Where, tuple[int, int, int, int]] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    faults: tuple[Finding, ...] = ()

    def where(self, path: Iterable[Key] = (), *, key: bool = False) -> Location:
        """The place of a value (or of its key) at ``path``; of the nearest parent where it does not exist."""
        steps = tuple(path)
        while steps and steps not in self.marks:
            steps = steps[:-1]
            key = False
        if steps not in self.marks:
            return Location(self.path)
        key_line, key_column, line, column = self.marks[steps]
        return Location(self.path, key_line, key_column) if key else Location(self.path, line, column)

    def as_json(self) -> dict[str, Any]:
        """A form that ``json`` can keep; ``from_json`` gives the same back."""
        return {
            "path": self.path,
            "data": _dates_to_json(self.data),
            "marks": [[list(steps), *mark] for steps, mark in self.marks.items()],
            "body": self.body,
            "body_line": self.body_line,
        }

    @staticmethod
    def from_json(saved: Mapping[str, Any]) -> Loaded:
        """The inverse of ``as_json``."""
        marks = {tuple(row[0]): (row[1], row[2], row[3], row[4]) for row in saved["marks"]}
        return Loaded(
            saved["path"], _dates_from_json(saved["data"]), marks, saved["body"], saved["body_line"]
        )


DATE_MARK = "\x00date:"  # no YAML text can hold U+0000


def _dates_to_json(data: Any) -> Any:
    if isinstance(data, dict):
        return {
            (DATE_MARK + k.isoformat() if isinstance(k, datetime.date) else k): _dates_to_json(v)
            for k, v in data.items()
        }
    if isinstance(data, list):
        return [_dates_to_json(v) for v in data]
    return DATE_MARK + data.isoformat() if isinstance(data, datetime.date) else data


def _dates_from_json(data: Any) -> Any:
    if isinstance(data, dict):
        return {_dates_from_json(k): _dates_from_json(v) for k, v in data.items()}
    if isinstance(data, list):
        return [_dates_from_json(v) for v in data]
    if isinstance(data, str) and data.startswith(DATE_MARK):
        return datetime.date.fromisoformat(data[len(DATE_MARK) :])
    return data


# ------------------------------------------------------------------ reading


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


def unreadable(name: str, message: str, hint: str, line: int | None = None) -> InputError:
    """The fault to raise for a file that cannot be read, with its one finding."""
    finding = Finding("unreadable-file", Severity.ERROR, message, Location(name, line), hint=hint)
    return InputError(f"{name}：{message}", hint=hint, findings=(finding,))


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


# ------------------------------------------------------------------ text

DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TEMPLATE_MARKS = re.compile(r"\{[{%#]|[}%#]\}|\{_\{")


def check_text(value: str) -> str | None:
    """Why a string from outside is refused, in Chinese; None where it may be printed as it is."""
    for character in value:
        category = unicodedata.category(character)
        if category == "Cc" and character not in "\t\n":
            return f"含有不可见的控制字符（U+{ord(character):04X}）"
        if category == "Cf" and character not in "\u200c\u200d":
            effect = "会改变显示顺序的" if character in DIRECTIONS else ""
            return f"含有{effect}不可见字符（U+{ord(character):04X}）"
        if category in ("Co", "Cs", "Cn"):
            return f"含有不通用的字符（U+{ord(character):04X}），在别的电脑上显示不出来"
    if TEMPLATE_MARKS.search(value):
        return "含有模板标记（{{、}}、{%、%} 等）"
    return None


RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
WIDE = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")


def safe_name(text: str) -> str:
    """A file name without ending that Windows, macOS and Linux accept; at most 180 bytes of UTF-8."""
    name = "".join(c for c in text.translate(WIDE) if unicodedata.category(c)[0] != "C")
    name = " ".join(name.split()).strip(". ").lstrip("-. ")
    while len(name.encode()) > 180:
        name = name[:-1]
    name = name.strip(". ") or "未命名"
    return f"_{name}" if RESERVED.match(name) else name


# ------------------------------------------------------------------ writing


NAMED = 5  # files that stand in the way, told by name


def write_all(files: Mapping[Path, bytes], *, force: bool = False) -> None:
    """Write several files, all or none; nothing is overwritten without ``force``.

    Raises:
        OutputError: naming the files that stand in the way (of many the first), or the folder that cannot be written.
    """
    taken = [path for path in files if os.path.lexists(path)]
    if taken and not force:
        names = "、".join(str(path) for path in taken[:NAMED])
        names += f"等 {len(taken)} 个文件" if len(taken) > NAMED else ""
        raise OutputError(
            f"文件已经存在，没有覆盖：{names}", hint="换一个文件夹（--out），或者加 --force 覆盖"
        )
    folders = [path for path in taken if os.path.isdir(path)]
    if folders:
        raise OutputError(f"{folders[0]} 是一个文件夹，不能写成文件", hint="换一个文件夹（--out）")
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
            hint="换一个可以写入的文件夹（--out），或者关闭正在打开的同名文件",
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


def write_new(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write one file, all or nothing; see ``write_all``."""
    write_all({path: data}, force=force)


_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "这个位置只能读",
    errno.ENOSPC: "磁盘已满",
    errno.ENOENT: "没有这个位置",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EEXIST: "路径中有一段是文件，不是文件夹",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "链接绕成了圈",
}


def reason(fault: OSError) -> str:
    """What the system says, in Chinese."""
    return _REASONS.get(fault.errno or 0, f"系统错误 {fault.errno}")


def _mode(path: Path) -> int:
    """Who may read and write: as before, or what the user's umask leaves."""
    if os.path.exists(path):
        return path.stat().st_mode & 0o777
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask


# ------------------------------------------------------------------ folders of the program


def data_folder(name: str) -> Path:
    """The folder ``clauses`` or ``templates``: inside the installed package, or at the top of a checkout."""
    here = Path(__file__).resolve().parent
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
