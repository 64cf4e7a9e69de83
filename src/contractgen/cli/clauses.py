"""``contractgen clauses list`` and ``show``: the clause library, for those who review it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption, OnOption, read_day
from contractgen.cli.law._norms import source_label

if TYPE_CHECKING:
    from contractgen.law import Law
    from contractgen.library import ClauseVersion

HELP_LIST = """列出条款：编号和版本、标题、性质、从哪天起用
按合同中的先后排列。不写 --on 时列出最新的版本。"""
EXAMPLES_LIST = (
    "contractgen clauses list",
    "contractgen clauses list --on 2022-06-01 --chapter leave",
)
HELP_SHOW = """显示一个条款：文字、依据、给工会和审核人的说明、历次版本
写 编号@版本 看某一版；不写版本时显示最新的，或者 --on 那一天有效的。"""
EXAMPLES_SHOW = (
    "contractgen clauses show maternity-leave",
    "contractgen clauses show maternity-leave@1",
    "contractgen clauses show maternity-leave --on 2022-06-01 --json",
)


HELP_RELEASE = """发布条款：给尚未发布的版本记下指纹，此后文件不得再改
已发布的文件有改动时拒绝发布；要改文字，请写下一个版本。"""
EXAMPLES_RELEASE = ("contractgen clauses release --library clauses",)


def list_clauses(
    chapter: Annotated[
        str | None, typer.Option("--chapter", metavar="章", help="只列这一章：章的编号或者章名")
    ] = None,
    on: OnOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """One line per clause, in the order of the book."""
    from contractgen.library import load_library

    loaded = load_library(library)
    names = {one.id: one.title for one in loaded.outline.chapters} | {"annexes": "附件"}
    wanted = None if chapter is None else _chapter(chapter, names)
    rows = [clause for clause in loaded.clauses(read_day(on)) if wanted in (None, clause.chapter)]
    if json:
        _report.show_json([_summary(clause) for clause in rows])
        return _report.FINE
    table = [
        (names.get(c.chapter, c.chapter), str(c), c.title, c.weight_title, f"{c.in_force_from} 起")
        for c in rows
    ]
    if table:
        _report.show_table(table)
    _report.say(f"共 {len(rows)} 条")
    return _report.FINE


def show_clause(
    clause: Annotated[str, typer.Argument(metavar="条款", help="条款编号，可加 @版本")],
    on: OnOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """The text of one wording, with everything a reviewer asks."""
    from contractgen.law import load_law
    from contractgen.library import load_library

    loaded = load_library(library)
    name, version = _split(clause)
    shown = loaded.clause(name, version, read_day(on))
    if json:
        _report.show_json(_details(shown))
        return _report.FINE
    _report.show(f"{shown.title}（{shown}，{shown.weight_title}条款）\n")
    _report.show(shown.body.strip() + "\n")
    _report.show(f"使用时间：{_days(shown)}{'；只在企业要求时选用' if shown.optional else ''}")
    _report.show("依据：")
    for line in _basis(shown, load_law(None if library is None else library / "law"), read_day(on)):
        _report.show(f"  {line}")
    _report.show(f"给工会：{shown.union_note}")
    _report.show(f"给审核人：{shown.reviewer_note}")
    _report.show(f"文件：{shown.path}")
    _report.show("历次版本：")
    for one in loaded.versions(name):
        source = f"（{one.change.source}）" if one.change.source else ""
        _report.show(f"  {one}　{_days(one)}　{one.change.title}：{one.change.reason or '首次编写'}{source}")
    return _report.FINE


def _split(text: str) -> tuple[str, int | None]:
    """``maternity-leave@2`` as an id and a version."""
    name, mark, version = text.partition("@")
    if not mark:
        return name, None
    if not version.isdecimal():
        from contractgen.findings import InputError

        raise InputError(f"版本应当是数字：{text}", hint=f"例如 {name}@1")
    return name, int(version)


def _chapter(text: str, names: dict[str, str]) -> str:
    found = next((name for name, title in names.items() if text in (name, title)), None)
    if found is None:
        from contractgen.findings import InputError

        known = "、".join(f"{name}（{title}）" for name, title in names.items())
        raise InputError(f"没有 {text} 这一章", hint=f"可以选：{known}")
    return found


def _basis(clause: ClauseVersion, law: Law, on: datetime.date | None) -> Iterator[str]:
    """Each basis as a reader knows it: title and article in every place that has its own, on the last day of use."""
    last = clause.in_force_until - datetime.timedelta(days=1) if clause.in_force_until else datetime.date.max
    for basis in clause.basis:
        if basis.agreed:
            yield f"双方约定：{basis.agreed}"
            continue
        found = (law.resolve(place, basis.key, on or last) for place in law.places)
        norms = {norm.place: norm for norm in found if norm is not None}
        sources = "、".join(source_label(norm) for norm in norms.values())
        title = next(iter(norms.values())).title if norms else "这一天没有施行中的规定"
        yield f"{title}（{basis.key}）{'：' if sources else ''}{sources}"


def _days(clause: ClauseVersion) -> str:
    if clause.in_force_until == clause.in_force_from:
        return f"不再使用：{clause.in_force_from} 起由下一版代替"
    until = f"，至 {clause.in_force_until} 前" if clause.in_force_until else ""
    return f"{clause.in_force_from} 起{until}"


def _summary(clause: ClauseVersion) -> dict[str, Any]:
    return {
        "id": clause.id,
        "version": clause.version,
        "chapter": clause.chapter,
        "title": clause.title,
        "weight": clause.weight,
        "in_force_from": clause.in_force_from.isoformat(),
        "in_force_until": clause.in_force_until.isoformat() if clause.in_force_until else None,
        "optional": clause.optional,
    }


def _details(clause: ClauseVersion) -> dict[str, Any]:
    change = {"kind": clause.change.kind, "reason": clause.change.reason, "source": clause.change.source}
    return _summary(clause) | {
        "text": clause.body.strip(),
        "basis": [basis.agreed or basis.key for basis in clause.basis],
        "union_note": clause.union_note,
        "reviewer_note": clause.reviewer_note,
        "change": change,
        "file": clause.path,
        "stamp": clause.stamp,
    }


def release_clauses(library: LibraryOption = None) -> int:
    """Freeze what is not frozen yet; print the names of what was released."""
    from contractgen.findings import InputError
    from contractgen.library import load_library, release

    if library is None:
        raise InputError(
            "没有指明要发布哪个条款库", hint="写 --library 和条款库文件夹，例如 --library clauses"
        )
    new = release(load_library(library))
    for name in new:
        _report.show(name)
    _report.say(f"新发布 {len(new)} 个版本")
    return _report.FINE
