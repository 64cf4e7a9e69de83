"""``contractgen clauses show``: one wording with everything a reviewer asks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption, OnOption, read_day

if TYPE_CHECKING:
    from contractgen.diff import Matter
    from contractgen.law import Law
    from contractgen.library import ClauseVersion, Library

HELP = """显示一个条款：文字、依据、给工会和审核人的说明、历次版本
写 编号@版本 看某一版；不写版本时显示最新的，或者 --on 那一天有效的。
加 --annotated 按某地某日的法律填入数字，并逐个列出来源。"""
EXAMPLES = (
    "contractgen clauses show maternity-leave",
    "contractgen clauses show birth-leave-use@2 --annotated --place shanghai --on 2026-12-01",
    "contractgen clauses show maternity-leave --on 2022-06-01 --json",
)


def show_clause(
    clause: Annotated[str, typer.Argument(metavar="条款", help="条款编号，可加 @版本")],
    annotated: Annotated[
        bool, typer.Option("--annotated", help="填入某地某日的数字，列出每个数字和依据的出处")
    ] = False,
    place: Annotated[
        str | None, typer.Option("--place", metavar="地区", help="和 --annotated 合用，例如 shanghai 或者 上海")
    ] = None,
    on: OnOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """The text of one wording, its basis, its notes and its history."""
    from contractgen.cli.clauses._wording import basis_lines, details, split
    from contractgen.findings import InputError
    from contractgen.law import load_law
    from contractgen.library import load_library

    if place is not None and not annotated:
        raise InputError("--place 要和 --annotated 合用", hint="加上 --annotated，或者删去 --place")
    loaded = load_library(library)
    name, version = split(clause)
    shown = loaded.clause(name, version, read_day(on))
    law = load_law(None if library is None else library / "law")
    day = read_day(on) or _usual_day(shown)
    places = law.places
    if annotated:
        places = (law.place(place) if place else _usual_place(shown, law, day),)
        day = read_day(on) or _known_day(shown, law.checked(places[0]))
    matter = _filled(shown, loaded, law, places[0], day) if annotated else None
    basis = list(basis_lines(shown, law, day, places))
    if json:
        data = details(shown)
        if matter is not None:
            numbers = list(_numbers(matter, shown))
            data |= {"place": places[0], "on": day.isoformat(), "filled": _text(matter), "numbers": numbers}
            data |= {"basis_in_force": basis}
        _report.show_json(data)
        return _report.FINE
    where = f"（{law.title(places[0])}，{day}）" if annotated else ""
    for line in _page(shown, loaded, matter, where, basis):
        _report.show(line)
    return _report.FINE


def _usual_day(clause: ClauseVersion) -> datetime.date:
    from contractgen.cli.clauses._wording import last_day

    return last_day(clause)


def _known_day(clause: ClauseVersion, checked: datetime.date | None) -> datetime.date:
    """A day on which a wording is used and the law of a place was read, as near as there is one."""
    return min(_usual_day(clause), max(clause.in_force_from, checked or clause.in_force_from))


def _usual_place(clause: ClauseVersion, law: Law, day: datetime.date) -> str:
    """Of the places whose law the texts were read against, the first that has most of what a wording rests on."""
    reviewed = [place for place in law.places if law.texts_reviewed(place)] or list(law.places)
    keys = {*clause.law_has, *(basis.key for basis in clause.basis if basis.key)}
    return max(reviewed, key=lambda place: sum(law.resolve(place, key, day) is not None for key in keys))


def _filled(clause: ClauseVersion, library: Library, law: Law, place: str, day: datetime.date) -> Matter:
    from contractgen.diff.wording import of_clause

    return of_clause(clause, library, law, law.at(place, day))


def _page(
    clause: ClauseVersion, library: Library, matter: Matter | None, where: str, basis: Iterable[str]
) -> Iterator[str]:
    from contractgen.cli.clauses._wording import change_line, days
    from contractgen.profile import FORMS

    yield f"{clause.title}（{clause}，{clause.weight_title}条款）\n"
    if matter is None:
        yield clause.body.strip() + "\n"
    else:
        yield _text(matter) + "\n"
        yield f"数字{where}："
        yield from (f"  {line}" for line in _numbers(matter, clause))
    yield f"使用时间：{days(clause)}{'；只在企业要求时选用' if clause.optional else ''}"
    if len(clause.forms) < len(FORMS):
        yield f"合同形式：{'、'.join(FORMS[one] for one in clause.forms)}"
    yield f"依据{where}："
    yield from (f"  {line}" for line in basis)
    yield f"给工会：{clause.union_note}"
    yield f"给审核人：{clause.reviewer_note}"
    yield f"文件：{clause.path}"
    yield "历次版本："
    yield from (f"  {one}　{days(one)}　{change_line(one)}" for one in library.versions(clause.id))


def _text(matter: Matter) -> str:
    from contractgen.formats.text import write_markdown

    lines = write_markdown(matter.document).split("\n")
    return "\n".join(line for line in lines if not line.startswith("#")).strip()


def _numbers(matter: Matter, clause: ClauseVersion) -> Iterator[str]:
    """Each number of a wording: as printed, what it is held against, and where that stands."""
    printed = _printed(matter)
    for spec in clause.values:
        standard = matter.standards.get(spec.name)
        if standard is None:
            continue
        text = f"{standard.title}（{spec.name}）{printed.get(spec.name, '')}"
        if standard.text:
            yield f"{text}：法定标准{standard.text}，{standard.source}"
        elif spec.kind == "sum":
            yield f"{text}：合计，没有单独的条文"
        elif spec.kind == "law":
            yield f"{text}：该地该日没有规定"
        else:
            yield f"{text}：建议值，由双方商定，法律未定数值"


def _printed(matter: Matter) -> dict[str, str]:
    """How each number stands in the text, where it stands first."""
    found: dict[str, str] = {}
    for block in (*matter.document.body, *matter.document.annexes):
        cells = [cell for row in getattr(block, "rows", ()) for cell in row]
        for inlines in (getattr(block, "inlines", ()), *(cell.inlines for cell in cells)):
            for inline in inlines:
                if name := getattr(inline, "value", ""):
                    found.setdefault(name, inline.text)
    return found
