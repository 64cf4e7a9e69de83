"""``contractgen law show``: what the law of a place says on a day, and what it said before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption, read_day
from contractgen.cli.law._norms import norm_as_dict, norm_text, source_label

if TYPE_CHECKING:
    from contractgen.law import Law, LawView, Norm

HELP = """显示某地某日的法律标准：数值、依据的条文、施行日期、核对情况、历次规定
不写项目时列出全部项目。每一项都写明是否与法规原文核对过。"""
EXAMPLES = (
    "contractgen law show --place shanghai --on 2026-12-01",
    "contractgen law show maternity_leave --place shanghai --on 2026-12-01",
)


def show_law(
    place: Annotated[
        str, typer.Option("--place", metavar="地区", help="例如 shanghai 或者 上海、national 或者 全国")
    ],
    on: Annotated[str, typer.Option("--on", metavar="日期", help="哪一天的法律，写作 2026-12-01")],
    key: Annotated[
        str | None, typer.Argument(metavar="项目", help="例如 maternity_leave；不写则列出全部")
    ] = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """One norm with its history, or all that hold on that day."""
    from contractgen.law import load_law

    day = read_day(on)
    assert day is not None
    law = load_law(None if library is None else library / "law")
    view = law.at(law.place(place), day)
    if key is None:
        _show_all(view, json)
    elif json:
        history = [norm_as_dict(norm) for norm in law.history(view.place, key)]
        _report.show_json(norm_as_dict(view[key]) | {"on": day.isoformat(), "history": history})
    else:
        for line in _page(law, view, key):
            _report.show(line)
    return _report.FINE


def _show_all(view: LawView, json: bool) -> None:
    from contractgen.law import describe

    norms = list(view.values())
    if json:
        _report.show_json([norm_as_dict(norm) for norm in norms])
        return
    _report.show_table(
        [
            (norm.key, norm.title, "" if norm.value is None else describe(norm), source_label(norm))
            for norm in norms
        ]
    )
    _report.say(f"{view.title}，{view.on}：共 {len(norms)} 项")


def _page(law: Law, view: LawView, key: str) -> Iterator[str]:
    norm = view[key]
    yield f"{norm.title}（{key}）　{view.title}，{view.on}"
    yield from (f"  {line}" for line in _details(norm))
    if norm.together_with in view:
        yield f"  同时适用：{view[norm.together_with].title}，{norm_text(view[norm.together_with])}"
    if norm.loser is not None:
        yield "另一层级的规定（未采用）："
        yield from (f"  {line}" for line in _details(norm.loser))
    yield "历次规定："
    yield from (
        f"  {one.since} 起　{norm_text(one)}　{source_label(one)}" for one in law.history(view.place, key)
    )


def _details(norm: Norm) -> Iterator[str]:
    if norm.value is not None:
        yield f"标准：{norm_text(norm)}"
    elif norm.force == "encouraged":
        yield "性质：法律提倡，不是义务"
    yield f"依据：{source_label(norm)}"
    until = f"，至 {norm.until} 前" if norm.until else ""
    yield f"施行：{norm.since} 起{until}（{norm.place_title}）"
    if norm.reach:
        yield f"溯及：{norm.reach}"
    checked = f"该地区的数据最后核对于 {norm.checked}" if norm.checked else "从未与官方文本核对"
    yield f"核对：{norm.state.label}；{checked}"
    if norm.stale:
        yield "注意：已有或者据信已有更新的文本，尚未核对"
    if norm.note:
        yield f"说明：{norm.note}"
