"""The stamps of released wordings: a released file never changes, a correction is the next version."""

from __future__ import annotations

import hashlib
from pathlib import Path

from contractgen.files import load_folder, write_new
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.library.model import Library

RELEASED = "released.yaml"


def stamp_of(path: Path) -> str:
    """SHA-256 of a file with ``\\n`` line ends, so that a checkout on Windows has the same stamp."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def released(library: Library) -> dict[str, str]:
    """The stamps of released wordings: ``id@version`` -> SHA-256."""
    path = library.folder / RELEASED
    if not path.is_file():
        return {}
    return dict(load_folder(library.folder, [RELEASED])[RELEASED].data or {})


def check_released(library: Library) -> tuple[Finding, ...]:
    """Released files that changed or are gone, and files that are not released yet (warnings)."""
    stamps = released(library)
    current = {str(one): one for one in library.all_versions()}
    findings = []
    for name, stamp in stamps.items():
        if name not in current:
            findings.append(
                Finding("released", Severity.ERROR, f"已发布的 {name} 不见了", hint="请从版本库恢复")
            )
        elif current[name].stamp != stamp:
            place = Location(current[name].path)
            message = f"已发布的 {name} 被改动"
            findings.append(
                Finding("released", Severity.ERROR, message, place, hint="请恢复原文件，改动写成下一版本")
            )
    for name, clause in current.items():
        if name not in stamps:
            place = Location(clause.path)
            findings.append(Finding("released", Severity.WARNING, f"{name} 尚未发布", place))
    return tuple(findings)


def release(library: Library) -> tuple[str, ...]:
    """Freeze every wording that is not frozen yet; returns their names.

    Raises:
        InputError: when a released file changed or is gone; nothing is written then.
    """
    faults = [f for f in check_released(library) if f.severity is Severity.ERROR]
    if faults:
        raise InputError("已发布的条款有改动，没有发布新版本", findings=faults)
    stamps = released(library)
    current = {str(one): one.stamp for one in library.all_versions()}
    new = tuple(sorted(set(current) - set(stamps)))
    lines = ["# machine-written: clause@version -> SHA-256 of its file; a released file never changes"]
    lines += [f'"{name}": "{stamp}"' for name, stamp in sorted({**stamps, **current}.items())]
    write_new(library.folder / RELEASED, ("\n".join(lines) + "\n").encode(), force=True)
    return new
