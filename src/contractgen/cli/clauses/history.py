"""``contractgen clauses history``: every wording of a clause, why it was written, and what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from contractgen.cli import _report
from contractgen.cli._options import JsonOption, LibraryOption

if TYPE_CHECKING:
    from contractgen.diff import Differences
    from contractgen.law import Law
    from contractgen.library import ClauseVersion, Library

HELP = """列出一个条款的历次文字：从哪天到哪天用，为什么改，依据什么，与上一版差在哪里
每处改动标明对职工一方是削弱、增强还是中性。"""
EXAMPLES = ("contractgen clauses history antenatal-examination",)


def clause_history(
    clause: Annotated[str, typer.Argument(metavar="条款", help="条款编号")],
    library: LibraryOption = None,
    json: JsonOption = False,
) -> int:
    """Each version, and its differences from the one before."""
    from contractgen.cli._differences import print_differences
    from contractgen.cli.clauses._wording import change_line, days
    from contractgen.law import load_law
    from contractgen.library import load_library

    loaded = load_library(library)
    versions = loaded.versions(clause)
    law = load_law(None if library is None else library / "law")
    if json:
        _report.show_json(_as_dicts(versions, loaded, law))
        return _report.FINE
    for number, one in enumerate(versions):
        _report.show(f"{'' if number == 0 else chr(10)}{one}　{one.title}　{days(one)}\n  {change_line(one)}")
        if number:
            print_differences(_against(versions[number - 1], one, loaded, law))
    return _report.FINE


def _against(old: ClauseVersion, new: ClauseVersion, library: Library, law: Law) -> Differences:
    from contractgen.diff import compare
    from contractgen.diff.wording import of_clause

    return compare(of_clause(old, library, law), of_clause(new, library, law))


def _as_dicts(versions: tuple[ClauseVersion, ...], library: Library, law: Law) -> list[dict[str, Any]]:
    from contractgen.cli.clauses._wording import details
    from contractgen.diff.report import as_dict

    found = [details(one) for one in versions]
    for number in range(1, len(versions)):
        found[number]["differences"] = as_dict(
            _against(versions[number - 1], versions[number], library, law)
        )
    return found
