"""A clause version as the commands about clauses name, print and list it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from contractgen.cli.law._norms import source_label

if TYPE_CHECKING:
    from contractgen.law import Law
    from contractgen.library import ClauseVersion


def split(text: str) -> tuple[str, int | None]:
    """``maternity-leave@2`` as an id and a version."""
    name, mark, version = text.partition("@")
    if not mark:
        return name, None
    if not version.isdecimal():
        from contractgen.findings import InputError

        raise InputError(f"版本应当是数字：{text}", hint=f"例如 {name}@1")
    return name, int(version)


def days(clause: ClauseVersion) -> str:
    """2021-01-01 起，至 2022-03-14 前"""
    if clause.in_force_until == clause.in_force_from:
        return f"不再使用：{clause.in_force_from} 起由下一版代替"
    until = f"，至 {clause.in_force_until} 前" if clause.in_force_until else ""
    return f"{clause.in_force_from} 起{until}"


def change_line(clause: ClauseVersion) -> str:
    """What kind of change brought a wording, why, on which source, and why it may weaken what stood there."""
    change = clause.change
    source = f"（{change.source}）" if change.source else ""
    weakens = f"；削弱的理由：{change.weakens}" if change.weakens else ""
    return f"{change.title}：{change.reason or '首次编写'}{source}{weakens}"


def last_day(clause: ClauseVersion) -> datetime.date:
    """The last day on which a wording is used."""
    until = clause.in_force_until
    return datetime.date.max if until is None else max(until - datetime.timedelta(1), clause.in_force_from)


def basis_lines(
    clause: ClauseVersion, law: Law, on: datetime.date, places: Iterable[str]
) -> Iterator[str]:
    """Each basis as a reader knows it: its title, and the article of each place that has its own on the day."""
    places = tuple(places)
    for basis in clause.basis:
        if basis.agreed:
            yield f"双方约定：{basis.agreed}"
            continue
        found = (law.resolve(place, basis.key, on) for place in places)
        norms = {norm.place: norm for norm in found if norm is not None}
        sources = "、".join(source_label(norm) for norm in norms.values())
        title = next(iter(norms.values())).title if norms else "这一天没有施行中的规定"
        yield f"{title}（{basis.key}）{'：' if sources else ''}{sources}"


def summary(clause: ClauseVersion) -> dict[str, Any]:
    """A wording in a list, for ``--json``."""
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


def details(clause: ClauseVersion) -> dict[str, Any]:
    """A wording with everything that its file says, for ``--json``."""
    return summary(clause) | {
        "text": clause.body.strip(),
        "basis": [basis.agreed or basis.key for basis in clause.basis],
        "union_note": clause.union_note,
        "reviewer_note": clause.reviewer_note,
        "change": change(clause),
        "file": clause.path,
        "stamp": clause.stamp,
    }


def change(clause: ClauseVersion) -> dict[str, str]:
    """Why a wording was written, for ``--json``."""
    return {"kind": clause.change.kind, "reason": clause.change.reason, "source": clause.change.source}
