"""What the clauses of a library cite, for ``law.verify`` to compare with the texts of the statutes."""

from __future__ import annotations

from contractgen.files import read_text
from contractgen.findings import Location
from contractgen.law.mentions import mentions
from contractgen.law.verify import Cited
from contractgen.library import Library


def references(library: Library) -> tuple[dict[str, list[Location]], tuple[Cited, ...]]:
    """What the clauses refer to, for ``law.verify``: law keys with the files, and the articles that notes name."""
    keys: dict[str, list[Location]] = {}
    cited: list[Cited] = []
    for clause in library.all_versions():
        path = library.folder / clause.path
        for key in sorted(clause.law_keys):
            keys.setdefault(key, []).append(Location(str(path)))
        for number, line in enumerate(read_text(path).split("\n"), start=1):
            where = Location(str(path), number)
            named = (one for one in mentions(line) if one.article)
            cited.extend(Cited(one, where, clause.in_force_from) for one in named)
    return keys, tuple(cited)
