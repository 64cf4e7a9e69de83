"""``contractgen law verify``: every citation held against a folder of statute texts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption
from contractgen.cli.law._norms import PlaceOption

if TYPE_CHECKING:
    from contractgen.findings import Finding
    from contractgen.law.verify import Lacking, Verified

HELP = """拿法规文本核对法律数据和条款：条、款、项在不在，数值写没写，有没有更新的文本
文件夹里放 Markdown 或者纯文本，每部法规一个文件。没有文本的法规只列出名称；有错误时退出码为 1。"""
EXAMPLES = (
    "contractgen law verify --statutes 法规",
    "contractgen law verify --statutes 法规 --place shanghai",
)


def verify_law(
    statutes: Annotated[
        Path, typer.Option("--statutes", metavar="文件夹", help="法规文本所在的文件夹", readable=False)
    ],
    place: PlaceOption = None,
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """Findings with file and line of the law files; exit 1 on errors."""
    from contractgen.impact import references
    from contractgen.law import load_law
    from contractgen.law.statutes import read_statutes
    from contractgen.law.verify import read_entries, verify
    from contractgen.library import load_library

    folder = None if library is None else library / "law"
    law = load_law(folder)
    places = law.layers(law.place(place)) if place else law.places
    texts, unreadable = read_statutes(statutes)
    keys, cited = references(load_library(library))
    found = verify(law, texts, read_entries(law, places, folder), keys=keys, cited=cited)
    findings = (*found.findings, *unreadable)
    if json:
        _report.show_json(_verified_as_dict(found, findings))
    else:
        _report.print_findings(findings, sys.stdout)
        _show_lacking(found)
        _report.say(f"读了 {len(texts)} 个法规文本，核对了 {found.compared} 处引用")
    return _report.exit_code(findings)


def _show_lacking(found: Verified) -> None:
    if found.lacking or found.unsettled:
        _report.show("\n文件夹中没有文本、未能核对的法规：")
    for one in found.lacking:
        used = f"，其中条款用到 {len(one.used)} 项" if one.used else ""
        _report.show(f"  {_edition(one)}　{len(one.keys)} 项{used}")
    for title in found.unsettled:
        _report.show(f"  《{title}》　只在条款的说明中引用")


def _edition(one: Lacking) -> str:
    edition = f"（{one.instrument.edition}）" if one.instrument.edition else ""
    return f"{one.instrument}{edition}"


def _verified_as_dict(found: Verified, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return _report.findings_as_json(findings) | {
        "compared": found.compared,
        "texts": dict(found.texts),
        "no_text": [
            {
                "place": one.instrument.place,
                "instrument": one.instrument.slug,
                "title": one.instrument.title,
                "edition": one.instrument.edition,
                "keys": list(one.keys),
                "used_by_clauses": list(one.used),
            }
            for one in found.lacking
        ],
        "no_text_in_notes": list(found.unsettled),
    }
