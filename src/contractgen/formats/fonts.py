"""Which Chinese faces this machine has, and small copies of the large ones for the PDF.

fontconfig (which Pango and so WeasyPrint ask as well) lists the faces; libharfbuzz-subset cuts the copies. Both
are C libraries that come with Pango; where they are missing there is nothing to print with and ``check`` says so.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from contractgen.files import cache_folder, cached, write_new
from contractgen.findings import Finding, MissingToolError, OutputError, Severity

# ------------------------------------------------------------------ the faces of this machine

STYLES: dict[str, tuple[str, ...]] = {
    "仿宋": (
        "FangSong",
        "仿宋",
        "FangSong_GB2312",
        "仿宋_GB2312",
        "STFangsong",
        "Zhuque Fangsong (technical preview)",
    ),
    "宋体": ("SimSun", "宋体", "STSong", "Songti SC", "NSimSun"),
    "黑体": ("SimHei", "黑体", "STHeiti", "Heiti SC", "Microsoft YaHei"),
    "楷体": ("KaiTi", "楷体", "KaiTi_GB2312", "STKaiti", "Kaiti SC"),
    "Noto 宋体": ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC"),
    "Noto 黑体": ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC"),
}
BOLD = 180  # fontconfig's weights: 80 regular, 200 bold


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one font file, filed under the Chinese name of its style."""

    style: str
    family: str
    file: str
    index: int
    bold: bool


@lru_cache(maxsize=1)
def chinese_faces() -> tuple[Face, ...]:
    """The installed faces that the style sheet asks for, in the order of ``STYLES``."""
    names = {family.casefold(): style for style, families in STYLES.items() for family in families}
    order = {family.casefold(): rank for rank, family in enumerate(f for fs in STYLES.values() for f in fs)}
    found: dict[tuple[str, bool], Face] = {}
    for families, file, index, weight in _installed():
        for family in families:
            style = names.get(family.casefold())
            if style is not None and index < 0x10000:  # higher: a named instance of a variable font
                face = Face(style, family, file, index, weight >= BOLD)
                found.setdefault((family.casefold(), face.bold), face)
    return tuple(sorted(found.values(), key=lambda f: (order[f.family.casefold()], f.bold, f.file)))


def check() -> tuple[Finding, ...]:
    """What stands in the way of a good PDF on this machine: a missing WeasyPrint or Pango, font or subsetter."""
    from contractgen.formats.pdf import require_weasyprint

    try:
        require_weasyprint()
    except MissingToolError as fault:
        return (Finding("pdf-tool", Severity.ERROR, fault.message, hint=fault.hint),)
    found: list[Finding] = []
    if not chinese_faces():
        found.append(Finding("chinese-font", Severity.ERROR, NO_FACE, hint=NO_FACE_HINT))
    if _harfbuzz() is None:
        found.append(
            Finding(
                "harfbuzz-subset",
                Severity.WARNING,
                "缺少 libharfbuzz-subset，生成 PDF 要慢十几倍",
                hint="Debian、Ubuntu 安装 libharfbuzz-subset0；其他系统随 HarfBuzz 4.1 以上版本安装",
            )
        )
    return tuple(found)


def versions() -> dict[str, str]:
    """Versions of the C libraries that make the pages; only those that are there."""
    found = {}
    pango, harfbuzz = _library("pango-1.0", "0"), _harfbuzz()
    if pango is not None:
        pango.pango_version_string.restype = ctypes.c_char_p
        found["Pango"] = pango.pango_version_string().decode()
    if harfbuzz is not None:
        found["harfbuzz-subset"] = harfbuzz.version
    return found


def identities() -> tuple[tuple[str, str, str], ...]:
    """The faces that pages may be set in, in the order in which they are taken: name, file name, SHA-256 of the file."""
    return tuple((face.family, Path(face.file).name, _digest(Path(face.file))) for face in chinese_faces())


@lru_cache(maxsize=64)
def _digest(file: Path) -> str:
    """SHA-256 of a font file; remembered by its size and age, since such files are large."""
    stat = file.stat()
    key = hashlib.sha256(f"{file}|{stat.st_size}|{stat.st_mtime_ns}".encode()).hexdigest()
    return str(cached("font-digest", key, lambda: hashlib.sha256(file.read_bytes()).hexdigest()))


NO_FACE = "这台电脑没有中文字体，PDF 里的字会变成方框"
NO_FACE_HINT = "Debian、Ubuntu 安装 fonts-noto-cjk；其他系统安装思源宋体和思源黑体（Noto CJK）"


def require_faces() -> None:
    """Refuse to print boxes.

    Raises:
        MissingToolError: where no Chinese face is installed.
    """
    if not chinese_faces():
        raise MissingToolError(NO_FACE, hint=NO_FACE_HINT)


# ------------------------------------------------------------------ small copies

SMALL = {"CG Song": ("Noto 宋体", False), "CG Song Bold": ("Noto 宋体", True), "CG Hei": ("Noto 黑体", False)}
SUBSET_VERSION = 1  # raise when the characters or the way of cutting change


@dataclass(frozen=True, slots=True)
class SmallFace:
    """A cut-down copy of an installed face, as a font file."""

    family: str
    bold: bool
    data: bytes


def small_faces() -> tuple[SmallFace, ...]:
    """Copies of the Noto faces with common characters only; empty where nothing can be cut.

    They are made whenever they are wanted and not yet in the cache, so that a page never depends on what
    ran before: the same fonts give the same bytes, whether the cache is full, empty or not writable.
    """
    return tuple(
        SmallFace(family.removesuffix(" Bold"), bold, data)
        for family, (style, bold) in SMALL.items()
        for face in [_face(style, bold)]
        if face is not None
        for data in [_small(face)]
        if data
    )


def _face(style: str, bold: bool) -> Face | None:
    return next((face for face in chinese_faces() if face.style == style and face.bold == bold), None)


def _small(face: Face) -> bytes:
    path = _cache_path(face)
    try:
        return path.read_bytes()
    except OSError:
        pass
    data = cut(Path(face.file), face.index, common_characters())
    if data:
        try:
            write_new(path, data, force=True)
        except OutputError:
            pass  # the cache only saves time
    return data


def _cache_path(face: Face) -> Path:
    file = Path(face.file)
    stat = file.stat()
    harfbuzz = _harfbuzz()
    key = f"{SUBSET_VERSION}|{file}|{stat.st_size}|{stat.st_mtime_ns}|{face.index}|{harfbuzz.version if harfbuzz else ''}"
    return cache_folder() / f"font-{hashlib.sha256(key.encode()).hexdigest()[:32]}.otf"


@lru_cache(maxsize=1)
def common_characters() -> tuple[int, ...]:
    """Code points worth keeping: Latin, GB 2312 with its signs, and the rare characters of Chinese names."""
    points = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | {0x2014, 0x2022, 0x2026, 0x3000, 0xFF3F}
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            points.update(ord(c) for c in bytes((high, low)).decode("gb2312", "ignore"))
    points.update(range(0x4E00, 0xA000))
    return tuple(sorted(points))


# ------------------------------------------------------------------ libharfbuzz-subset

DROP_TABLE = 3  # HB_SUBSET_SETS_DROP_TABLE_TAG
NO_HINTING, DESUBROUTINIZE = 1, 4
UNUSED_TABLES = (
    "GPOS",
    "GSUB",
    "BASE",
    "VORG",
    "vhea",
    "vmtx",
    "DSIG",
)  # nothing is set vertically or kerned


@dataclass(frozen=True, slots=True)
class _HarfBuzz:
    core: Any
    subset: Any
    version: str


@lru_cache(maxsize=1)
def _harfbuzz() -> _HarfBuzz | None:
    core, subset = _library("harfbuzz", "0"), _library("harfbuzz-subset", "0")
    if core is None or subset is None:
        return None
    pointer, number = ctypes.c_void_p, ctypes.c_uint
    core.hb_version_string.restype = ctypes.c_char_p
    signatures: tuple[tuple[Any, str, Any, list[Any]], ...] = (
        (core, "hb_blob_create_from_file_or_fail", pointer, [ctypes.c_char_p]),
        (core, "hb_blob_get_data", pointer, [pointer, ctypes.POINTER(number)]),
        (core, "hb_blob_destroy", None, [pointer]),
        (core, "hb_face_create", pointer, [pointer, number]),
        (core, "hb_face_destroy", None, [pointer]),
        (core, "hb_face_reference_blob", pointer, [pointer]),
        (core, "hb_set_add", None, [pointer, number]),
        (core, "hb_set_add_range", None, [pointer, number, number]),
        (subset, "hb_subset_input_create_or_fail", pointer, []),
        (subset, "hb_subset_input_destroy", None, [pointer]),
        (subset, "hb_subset_input_unicode_set", pointer, [pointer]),
        (subset, "hb_subset_input_set", pointer, [pointer, ctypes.c_int]),
        (subset, "hb_subset_input_set_flags", None, [pointer, number]),
        (subset, "hb_subset_or_fail", pointer, [pointer, pointer]),
    )
    try:
        for library, name, result, arguments in signatures:
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except AttributeError:  # HarfBuzz older than 2.9: WeasyPrint cannot use it either
        return None
    return _HarfBuzz(core, subset, core.hb_version_string().decode())


def cut(file: Path, index: int, points: tuple[int, ...]) -> bytes:
    """A face reduced to some characters, without layout tables; nothing where it cannot be cut."""
    harfbuzz = _harfbuzz()
    if harfbuzz is None:
        return b""
    core, subset = harfbuzz.core, harfbuzz.subset
    blob = core.hb_blob_create_from_file_or_fail(str(file).encode())
    if not blob:
        return b""
    face = core.hb_face_create(blob, index)
    wish = subset.hb_subset_input_create_or_fail()
    characters = subset.hb_subset_input_unicode_set(wish)
    for first, last in _ranges(points):
        core.hb_set_add_range(characters, first, last)
    unused = subset.hb_subset_input_set(wish, DROP_TABLE)
    for tag in UNUSED_TABLES:
        core.hb_set_add(unused, int.from_bytes(tag.encode(), "big"))
    subset.hb_subset_input_set_flags(wish, NO_HINTING | DESUBROUTINIZE)
    small = subset.hb_subset_or_fail(face, wish)
    data = _face_bytes(core, small) if small else b""
    subset.hb_subset_input_destroy(wish)
    for one in (small, face):
        if one:
            core.hb_face_destroy(one)
    core.hb_blob_destroy(blob)
    return data


def _face_bytes(core: Any, face: Any) -> bytes:
    blob = core.hb_face_reference_blob(face)
    length = ctypes.c_uint()
    start = core.hb_blob_get_data(blob, ctypes.byref(length))
    data = ctypes.string_at(start, length.value) if start else b""
    core.hb_blob_destroy(blob)
    return data


def _ranges(points: tuple[int, ...]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for point in points:
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1] = (ranges[-1][0], point)
        else:
            ranges.append((point, point))
    return ranges


# ------------------------------------------------------------------ fontconfig


class _FontSet(ctypes.Structure):
    _fields_ = [("count", ctypes.c_int), ("size", ctypes.c_int), ("fonts", ctypes.POINTER(ctypes.c_void_p))]


def _installed() -> list[tuple[tuple[str, ...], str, int, int]]:
    """Families, file, index and weight of every installed face; empty without fontconfig."""
    library = _library("fontconfig", "1")
    if library is None:
        return []
    pointer = ctypes.c_void_p
    library.FcInitLoadConfigAndFonts.restype = pointer
    library.FcConfigGetFonts.restype = ctypes.POINTER(_FontSet)
    library.FcConfigGetFonts.argtypes = [pointer, ctypes.c_int]
    library.FcConfigDestroy.argtypes = [pointer]
    library.FcPatternGetString.argtypes = [
        pointer,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.POINTER(ctypes.c_char_p),
    ]
    library.FcPatternGetInteger.argtypes = [
        pointer,
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.POINTER(ctypes.c_int),
    ]
    config = library.FcInitLoadConfigAndFonts()
    if not config:
        return []
    fonts = library.FcConfigGetFonts(config, 0)
    found = []
    if fonts:
        for position in range(fonts.contents.count):
            pattern = fonts.contents.fonts[position]
            files = _strings(library, pattern, b"file")
            families = _strings(library, pattern, b"family")
            if files:
                index, weight = _integer(library, pattern, b"index"), _integer(library, pattern, b"weight")
                found.append((families, files[0], index, weight))
    library.FcConfigDestroy(config)
    return sorted(found, key=lambda one: (one[1], one[2], one[3]))


def _strings(library: Any, pattern: Any, name: bytes) -> tuple[str, ...]:
    found: list[str] = []
    value = ctypes.c_char_p()
    while library.FcPatternGetString(pattern, name, len(found), ctypes.byref(value)) == 0:
        found.append((value.value or b"").decode("utf-8", "replace"))
    return tuple(found)


def _integer(library: Any, pattern: Any, name: bytes) -> int:
    value = ctypes.c_int()
    return value.value if library.FcPatternGetInteger(pattern, name, 0, ctypes.byref(value)) == 0 else 0


def _library(name: str, major: str) -> Any | None:
    """A C library by the names it has on Linux, macOS and Windows; None where it is not there."""
    names = (
        f"lib{name}.so.{major}",
        f"lib{name}.{major}.dylib",
        f"lib{name}-{major}.dll",
        f"lib{name}-{major}",
    )
    known = names if sys.platform == "linux" else (*names, ctypes.util.find_library(name) or f"lib{name}.dll")
    for one in known:
        try:
            return ctypes.CDLL(one)
        except OSError:
            continue
    return None
