"""Loading the law: every file of a folder read and held against the others, once; from the cache after that."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from contractgen.files import cached, data_folder, decode, load_yaml, read_bytes
from contractgen.findings import Finding, InputError, ordered
from contractgen.law.between import between_places
from contractgen.law.calendar import FILE as CALENDAR_FILE
from contractgen.law.calendar import Calendar, CalendarReader
from contractgen.law.lookup import Law
from contractgen.law.reading import Reader, Row
from contractgen.law.units import FILE as UNITS_FILE
from contractgen.law.units import names

FORM = "13"  # raise when the cached form changes
LEAVES_FILE = "leaves.yaml"
SHARED = (CALENDAR_FILE, LEAVES_FILE)  # for every place; a folder may have its own
NO_PLACES = (UNITS_FILE, *SHARED)


def load_law(folder: Path | None = None) -> Law:
    """The law of every place in a folder (by default the one that comes with the program).

    A folder without a calendar or a list of leaves of its own has that of the program.

    Raises:
        InputError: with every fault of every file.
    """
    ours = data_folder("clauses") / "law"
    here = folder or ours
    paths = (
        sorted(path for path in here.glob("*.yaml") if path.name not in NO_PLACES) if here.is_dir() else []
    )
    if not paths:
        raise InputError(f"文件夹 {here} 中没有法律数据", hint="每个地区一个文件，例如 national.yaml")
    paths += [here / name if (here / name).exists() else ours / name for name in SHARED]
    data = {path: read_bytes(path) for path in paths}
    digest = hashlib.sha256(f"{FORM}\0{names()}\0".encode())
    for path, content in data.items():
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    stamp = digest.hexdigest()
    row = cached("law", stamp, lambda: _read(data))
    return Law(row["places"], stamp, Calendar(row["calendar"]), row["leaves"])


def _read(data: Mapping[Path, bytes]) -> dict[str, Row]:
    faults: list[Finding] = []
    readers: dict[str, Reader] = {}
    calendar: Row = {}
    leaves: Row = {}
    for path, content in data.items():
        try:
            loaded = load_yaml(path, text=decode(content, str(path)))
        except InputError as fault:
            faults.extend(fault.findings)
            continue
        if path.name == CALENDAR_FILE:
            days = CalendarReader(loaded)
            calendar = days.read()
            faults.extend(days.faults)
            continue
        reader = Reader(path.stem, loaded, names())
        if path.name == LEAVES_FILE:
            leaves = reader.leaves()
            faults.extend(reader.faults)
        else:
            readers[path.stem] = reader
    files = {place: reader.read() for place, reader in readers.items()}
    if not faults:
        between_places(readers, files, leaves)
    faults.extend(fault for reader in readers.values() for fault in reader.faults)
    if faults:
        raise InputError("法律数据有误", findings=ordered(faults))
    return {"places": files, "calendar": calendar, "leaves": leaves}
