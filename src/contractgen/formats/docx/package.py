"""The container of a Word file: parts in a zip, read with care and written with the same bytes every time.

``python -m contractgen.formats.docx.package FOLDER FILE`` packs the exploded sources of the Word shell.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
TYPES_PART = "[Content_Types].xml"
MAIN = "word/document.xml"

MAX_ENTRIES = 500
MAX_BYTES = 64 << 20
MAX_XML, MAX_TAGS = 32 << 20, 2_000_000  # of one part: what is larger would take minutes and gigabytes
MAX_NAME = 512
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


class BadPackage(ValueError):
    """These bytes are not a Word file that we read; ``reason`` is a word of ours, the text is for people."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


# ------------------------------------------------------------------ reading


def read_parts(data: bytes, *, wanted: Callable[[str], bool] = lambda _: True) -> dict[str, bytes]:
    """Every part of a package by name; what is not ``wanted`` (pictures, say) is named, but empty.

    Raises:
        BadPackage: for what is no zip, is too big when unpacked, or is an older or an encrypted Word file.
    """
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise BadPackage("encrypted" if encrypted else "legacy", "an OLE file")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_excess(entries, wanted)
            return {
                entry.filename: archive.read(entry) if wanted(entry.filename) else b"" for entry in entries
            }
    except (
        zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, struct.error, OSError,
        ValueError, OverflowError, UnicodeError, RuntimeError, IndexError,
    ) as fault:  # fmt: skip
        if isinstance(fault, BadPackage):
            raise
        raise BadPackage("broken", str(fault)) from None


def _refuse_excess(entries: list[zipfile.ZipInfo], wanted: Callable[[str], bool]) -> None:
    """Too many parts, too much in them, encrypted ones, and two of one name, of which programs read different ones."""
    sizes = [entry.file_size for entry in entries if wanted(entry.filename)]
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(sizes) > MAX_BYTES or max(map(len, names), default=0) > MAX_NAME:
        raise BadPackage("size", "too much in it")
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadPackage("encrypted", "an encrypted zip")
    if len({name.casefold() for name in names}) < len(names):
        raise BadPackage("broken", "two parts of one name")


def parse(data: bytes) -> etree._Element:
    """The root of an XML part; BadPackage where it is broken, is too big or carries a DTD."""
    if len(data) > MAX_XML or data.count(b"<") > MAX_TAGS:
        raise BadPackage("size", "too much in a part")
    try:
        tree = etree.parse(io.BytesIO(data), etree.XMLParser(**SAFE))
    except etree.XMLSyntaxError as fault:
        raise BadPackage("broken", str(fault)) from None
    if tree.docinfo.internalDTD is not None:
        raise BadPackage("dtd", "a DTD")
    return tree.getroot()


@dataclass(frozen=True, slots=True)
class Relationship:
    """From one part to another (``target`` is its full name) or, if ``external``, to somewhere else."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type: styles, header, image."""
        return self.type.rsplit("/", 1)[-1]


def rels_name(part: str) -> str:
    """The part that holds the relationships of ``part``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relationships(parts: Mapping[str, bytes], part: str) -> tuple[Relationship, ...]:
    """The relationships of a part (of the package for the empty name)."""
    name = rels_name(part)
    if name not in parts:
        return ()
    found = []
    for node in parse(parts[name]).iter(f"{{{RELATIONSHIPS}}}Relationship"):
        external = node.get("TargetMode") == "External"
        target = node.get("Target") or ""
        if not external:
            base = posixpath.dirname(part)
            target = (
                target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
            )
        found.append(Relationship(node.get("Id") or "", node.get("Type") or "", target, external))
    return tuple(found)


# ------------------------------------------------------------------ writing

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DAY = 33  # 1980-01-01, the earliest a zip knows
_UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class Entry:
    """A part, already deflated."""

    name: str
    crc: int
    size: int
    deflated: bytes


def entry(name: str, data: bytes, level: int = 6) -> Entry:
    """Deflate one part."""
    squeeze = zlib.compressobj(level, zlib.DEFLATED, -15)
    return Entry(name, zlib.crc32(data), len(data), squeeze.compress(data) + squeeze.flush())


def write_package(entries: Iterable[Entry]) -> bytes:
    """A zip of these parts: content types first, then by name, no dates, no attributes."""
    local: list[bytes] = []
    central: list[bytes] = []
    at = 0
    for part in sorted(entries, key=lambda one: (one.name != TYPES_PART, one.name)):
        name = part.name.encode()
        sizes = (part.crc, len(part.deflated), part.size)
        local += [_LOCAL.pack(b"PK\3\4", 20, _UTF8, 8, 0, _DAY, *sizes, len(name), 0), name, part.deflated]
        central += [
            _CENTRAL.pack(b"PK\1\2", 20, 20, _UTF8, 8, 0, _DAY, *sizes, len(name), 0, 0, 0, 0, 0, at),
            name,
        ]
        at += _LOCAL.size + len(name) + len(part.deflated)
    count, length = len(central) // 2, sum(map(len, central))
    return b"".join([*local, *central, _END.pack(b"PK\5\6", 0, 0, count, count, length, at, 0)])


def pack_folder(folder: Path) -> bytes:
    """A Word file from exploded parts, without the blanks that only make them readable."""
    entries = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            tree = etree.fromstring(path.read_bytes(), etree.XMLParser(remove_blank_text=True, **SAFE))
            entries.append(entry(path.relative_to(folder).as_posix(), serialize(tree)))
    return write_package(entries)


def serialize(root: etree._Element) -> bytes:
    """A part as bytes, with the declaration that Word writes."""
    return HEADER.encode() + etree.tostring(root, encoding="utf-8")


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(pack_folder(Path(sys.argv[1])))
