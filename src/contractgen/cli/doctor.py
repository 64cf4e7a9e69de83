"""``contractgen doctor``: whether this machine has what the program needs, and how old its law is."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from contractgen.cli import _report
from contractgen.cli._clock import today
from contractgen.cli._options import JsonOption, LibraryOption, OnOption, read_day

HELP = """检查这台电脑：程序组件、PDF 所需的系统软件和中文字体、法律数据有多旧
每行写明 正常、注意 或者 缺少，以及补救的办法。缺少必需的东西时退出码为 1。"""
EXAMPLES = ("contractgen doctor", "contractgen doctor --json")

GOOD, CARE, MISSING = "正常", "注意", "缺少"
LIBRARIES = ("docxtpl", "python-docx", "jinja2", "lxml", "pydantic", "ruamel.yaml", "weasyprint")
OLD_AFTER_DAYS = 180  # law changes about every spring and autumn session


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at."""

    state: str
    name: str
    text: str
    remedy: str = ""


def doctor(on: OnOption = None, library: LibraryOption = None, json: JsonOption = False) -> int:
    """Print one line for each thing that was looked at; without ``--on`` as of today."""
    day = read_day(on) or today()
    lines = [
        *_program(),
        *_libraries(),
        *_pages(),
        *_office(),
        *_law(day, library),
        *_calendar(day, library),
        *_cache(),
    ]
    if json:
        _report.show_json([asdict(line) for line in lines])
    else:
        for line in lines:
            _report.show(f"{line.state}　{line.name}：{line.text}")
            if line.remedy:
                _report.show(f"    可以：{line.remedy}")
    return _report.FOUND if any(line.state == MISSING for line in lines) else _report.FINE


def _program() -> Iterator[Line]:
    from contractgen import __version__
    from contractgen.files import data_folder

    yield Line(GOOD, "contractgen", f"{__version__}，{Path(__file__).resolve().parents[1]}")
    yield Line(GOOD, "Python", f"{platform.python_version()}，{platform.system()}")
    yield Line(GOOD, "条款和法律数据", str(data_folder("clauses")))
    yield Line(GOOD, "模板", str(data_folder("templates")))


def _libraries() -> Iterator[Line]:
    for name in LIBRARIES:
        try:
            yield Line(GOOD, name, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Line(MISSING, name, "没有安装", "重新安装 contractgen")


def _pages() -> Iterator[Line]:
    """What PDF pages need: Pango, harfbuzz-subset, Chinese faces."""
    from contractgen.findings import Severity
    from contractgen.formats import fonts

    findings = fonts.check()
    for finding in findings:
        state = {Severity.ERROR: MISSING, Severity.WARNING: CARE}.get(finding.severity, GOOD)
        yield Line(state, "PDF", finding.message, finding.hint)
    yield from (Line(GOOD, name, version) for name, version in fonts.versions().items())
    faces = dict.fromkeys(face.family for face in fonts.chinese_faces())
    if faces:
        yield Line(GOOD, "中文字体", "、".join(faces))


def _office() -> Iterator[Line]:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    yield Line(GOOD, "LibreOffice", found or "没有安装；只在读 .doc、.odt、.rtf、.wps 文件时要用")


def _law(today: datetime.date, library: Path | None) -> Iterator[Line]:
    from contractgen.law import load_law

    law = load_law(None if library is None else library / "law")
    for place in law.places:
        checked = law.checked(place)
        if checked is None:
            text = "只有公开报道，从未与官方文本核对"
            yield Line(CARE, f"法律数据（{law.title(place)}）", text, "签订前请找到法规原文核对")
            continue
        age = (today - checked).days
        text = f"最后核对于 {checked}，距 {today} {age} 天"
        old = age > OLD_AFTER_DAYS
        remedy = "签订前请与现行法规原文核对" if old else ""
        yield Line(CARE if old else GOOD, f"法律数据（{law.title(place)}）", text, remedy)


def _calendar(today: datetime.date, library: Path | None) -> Iterator[Line]:
    """Up to which year working days are known, and by which notice."""
    from contractgen.law import load_law

    calendar = load_law(None if library is None else library / "law").calendar
    last = next(reversed(calendar.notices), None)
    text = "没有收录" if last is None else f"收录到 {last.year} 年，{last}，{last.state.label}"
    if (unknown := calendar.unknown(today)) is None:
        yield Line(GOOD, "节假日安排", text)
    else:
        remedy = "国务院的通知公布以后，在 clauses/law/calendar.yaml 补上这一年；补上以前，按工作日计算的期限无法判断"
        yield Line(CARE, "节假日安排", f"{text}；{unknown.reason}", remedy)


def _cache() -> Iterable[Line]:
    from contractgen.files import cache_folder

    folder = cache_folder()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if os.access(existing, os.W_OK):
        return [Line(GOOD, "缓存", str(folder))]
    return [
        Line(
            CARE,
            "缓存",
            f"{folder} 不能写入，每次运行会慢一些",
            "用环境变量 CONTRACTGEN_CACHE 指定另一个文件夹",
        )
    ]
