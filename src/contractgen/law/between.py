"""Law files held against each other: what only shows when the files of all places are read.

Each fault is noted with the reader of the file that it stands in.
"""

from __future__ import annotations

from collections.abc import Mapping

from contractgen.law.forms import LEAVE, LEAVE_FIELDS, LEAVE_KEYS, SECTIONS
from contractgen.law.reading import Reader, Row, nearest

SECTION_OF = {kind: section for section, kind in SECTIONS.items()}


def between_places(readers: Mapping[str, Reader], files: Mapping[str, Row], leaves: Row) -> None:
    """What only shows when all places are read: unknown or circular ``within``, keys of another kind."""
    for place, reader in readers.items():
        outer = files[place]["within"]
        if outer and outer not in files:
            known = [name for name in files if name != place]
            reader.fault("law-place", f"没有上一级地区 {outer}", ("within",), nearest(outer, known))
        elif place in _around(place, files):
            reader.fault("law-place", f"{place} 不能在自己之内", ("within",))
        else:
            _kinds(reader, files, place)
            _displacements(reader, files, place)
            _second_floors(reader, files, place)
            _leaves(reader, files, place, leaves)


def _around(place: str, files: Mapping[str, Row]) -> list[str]:
    around: list[str] = []
    here = files[place]["within"]
    while here in files and here not in around:
        around.append(here)
        here = files[here]["within"]
    return around


def _known(files: Mapping[str, Row], place: str) -> set[str]:
    """The keys of a place and of those around it."""
    return {key for name in (place, *_around(place, files)) for key in files[name]["entries"]}


def _kinds(reader: Reader, files: Mapping[str, Row], place: str) -> None:
    own = files[place]["entries"]
    for outer in _around(place, files):
        others = files[outer]["entries"]
        for key in sorted(own.keys() & others.keys()):
            if own[key]["kind"] != others[key]["kind"]:
                message = f"{key} 在 {outer} 中列在 {SECTION_OF[others[key]['kind']]}"
                where = (SECTION_OF[own[key]["kind"]], key)
                reader.fault("law-key", message, where, "同一键要列在同一部分", key=True)


def _displacements(reader: Reader, files: Mapping[str, Row], place: str) -> None:
    own = files[place]["entries"]
    known = _known(files, place)
    for key, entry in own.items():
        for row in entry.get("dated", ()):
            target = row.get("displaced_by")
            if target and target not in known:
                where = (SECTION_OF[entry["kind"]], key, "dated", row["since"], "displaced_by")
                reader.fault("law-key", f"没有 {target} 这一条", where, nearest(target, sorted(known)))


def _second_floors(reader: Reader, files: Mapping[str, Row], place: str) -> None:
    known = _known(files, place)
    for key, entry in files[place]["entries"].items():
        other = entry.get("together_with")
        if other and (other not in known or other == key):
            where = ("values", key, "together_with")
            reader.fault("law-key", f"没有另一项 {other}", where, nearest(other, sorted(known - {key})))


def _leaves(reader: Reader, files: Mapping[str, Row], place: str, leaves: Row) -> None:
    """A leave that leaves.yaml does not have says all that is needed; what it refers to exists."""
    known = _known(files, place)
    for key, entry in files[place]["entries"].items():
        if "leave" not in entry:
            continue
        where = ("values", key, "leave")
        said = {**leaves.get(key, {})}
        for name in reversed((place, *_around(place, files))):
            said |= files[name]["entries"].get(key, {}).get("leave", {})
        for name in LEAVE_FIELDS:
            if name not in said:
                reader.fault("law-missing-field", f"缺少“{name}”", where, nearest("", LEAVE.choices[name]))
        for name in LEAVE_KEYS:
            if said.get(name, key) not in known:
                reader.fault(
                    "law-key", f"没有 {said[name]} 这一条", (*where, name), nearest(said[name], sorted(known))
                )
