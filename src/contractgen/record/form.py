"""The private record beside the files: how it is written, sealed and read, in the present form and in older ones.

A record holds everything that is needed to make the files again: the text as it was printed, the clauses and law
that it was made from, the firm's facts, and what the files were made with. Its seal is a checksum, which notices
damage and thoughtless edits; against somebody who writes a new one stands the filing list (``filing``).
"""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import json
import lzma
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from contractgen.document import Chapter, Document
from contractgen.document.saved import from_json
from contractgen.files import read_text, safe_name
from contractgen.findings import InputError
from contractgen.record.manifest import stamp_of, text_stamp, to_bytes
from contractgen.record.parts import articles, label_of

FORM = 2  # raise when the shape of a record changes
ENDING = ".record.json"
LARGEST = 8 << 20  # bytes of a record
LARGEST_PACK = 64 << 20  # bytes of what is packed in it
SEAL = "checksum"
INTO = "into"  # what a record says of a general contract; its text stands beside those of the formats
PRESET = 3  # of squeezing: four times faster than 6, for a tenth more bytes


# What a record of the present form holds: a type, a list of one kind, named entries, or any names ("*") of one kind.
MANIFEST_SHAPE = {
    "agreement": str,
    "title": str,
    "place": str,
    "law_day": str,
    "clauses": [str],
    "values": {"*": {"number": str, "text": str, "origin": str, "clause": str}},
    "articles": {"*": str},
}
SHAPE = {
    "name": str,
    "files": {"*": str},
    "options": {"final": bool, "annotate": bool},
    "manifest": MANIFEST_SHAPE,
    "profile_file": str,
    "profile": {},
    "left_out": [{"clause": str, "reason": str}],
    "findings": [{}],
    "made_with": {"versions": {"*": str}},
    "packed": str,
}
PACKED_SHAPE = {"document": {}, "texts": {"*": [[str]]}, "library": {"*": str}}
MADE_WITH_SHAPE = {"template": {}, "page": {"*": str}, "fonts": [[str]]}  # each where a format asked for it


class DamagedRecord(InputError):
    """A record that cannot be relied on: cut short, changed since it was written, or none of ours."""


@dataclass(frozen=True)
class Record:
    """A record as it was read; ``manifest`` is what travels inside the files.

    Attributes:
        path: the file.
        form: which shape it has; 1 holds no text.
        data: all of it, as plain JSON.
    """

    path: Path
    form: int
    data: Mapping[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        """The name that its files share, without ending; fit to be one, whoever wrote the record."""
        return safe_name(str(self.data.get("name") or self.path.name.removesuffix(ENDING)))

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What travels inside the files."""
        return _group(self.data, "manifest") if self.form > 1 else self.data

    @property
    def agreement(self) -> str:
        """The stamp that every file of this agreement carries; empty in form 1."""
        return str(self.manifest.get("agreement") or "")

    @property
    def checksum(self) -> str:
        """Its seal, by which a filing list knows it; empty in form 1."""
        return str(self.data.get(SEAL) or "") if self.form > 1 else ""

    @property
    def title(self) -> str:
        """女职工权益保护专项集体合同"""
        return str(self.manifest.get("title") or "")

    @property
    def place(self) -> str:
        """The place whose law it is made under."""
        return str(self.manifest.get("place") or "")

    @property
    def law_day(self) -> datetime.date | None:
        """The day whose law and wording it is made of."""
        return _day(self.manifest.get("law_day"))

    @property
    def ends(self) -> datetime.date | None:
        """The last day of its term, as the firm's facts say; None where they do not."""
        return _day(_group(self.profile, "agreement").get("end"))

    @property
    def clauses(self) -> tuple[str, ...]:
        """``clause@version`` of every clause, in printed order."""
        return tuple(str(one) for one in self.manifest["clauses"])

    @property
    def values(self) -> Mapping[str, Any]:
        """Every number by name: its exact number, text, origin, clause, and the article behind it."""
        return _group(self.manifest, "values")

    @property
    def places(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """The seat, then each other place of work, with its numbers; the manifest keeps those that differ."""
        others = self.manifest.get("other_places")
        listed = [one for one in others if isinstance(one, dict)] if isinstance(others, list) else []
        found = [(str(one.get("place") or ""), {**self.values, **_group(one, "values")}) for one in listed]
        return ((self.place, self.values), *found)

    @property
    def profile(self) -> Mapping[str, Any]:
        """The firm's facts, as they were written."""
        return _group(self.data, "profile")

    @property
    def employer(self) -> str:
        """The name of the firm."""
        return str(_group(self.profile, "employer").get("name") or "")

    @property
    def files(self) -> Mapping[str, str]:
        """SHA-256 of each file that was written, by name; none in form 1."""
        return _group(self.data, "files")

    @property
    def inserted(self) -> Mapping[str, str]:
        """SHA-256, by name, of the general contract into which the chapter was put, and of the list of what moved."""
        return _group(_group(self.data, INTO), "files")

    @property
    def final(self) -> bool:
        """Whether it is the text to sign; form 1 says so by its name."""
        return bool(_group(self.data, "options").get("final", self.name.endswith("-定稿")))

    @property
    def annotate(self) -> bool:
        """Whether it shows the notes on each paragraph."""
        return bool(_group(self.data, "options").get("annotate", self.name.endswith("-批注稿")))

    @cached_property
    def packed(self) -> Mapping[str, Any]:
        """What is packed: the printed document, the texts as they stand in each format, the clauses and the law.

        Raises:
            DamagedRecord: where it cannot be unpacked.
        """
        try:
            squeezed = base64.b64decode(str(self.data.get("packed", "")).encode(), validate=True)
            unpacking = lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=256 << 20)
            data = unpacking.decompress(squeezed, LARGEST_PACK)
            held = json.loads(data) if unpacking.eof else None
        except (ValueError, binascii.Error, lzma.LZMAError, EOFError, RecursionError):
            held = None
        if not _fits(held, PACKED_SHAPE):
            raise _damaged(self.path, "里面打包的内容读不出来")
        assert isinstance(held, dict)
        return held

    @cached_property
    def document(self) -> Document | None:
        """What was printed, held against the stamps of its articles; None in form 1.

        Raises:
            DamagedRecord: where it is no document, or not the one that the manifest is about.
        """
        if self.form == 1:
            return None
        try:
            document = from_json(self.packed.get("document"))
        except ValueError:
            raise _damaged(self.path, "里面保存的合同文字读不出来") from None
        stamps = {
            label_of(heading): text_stamp(heading.title, blocks)
            for heading, blocks in articles((*document.body, *document.annexes))
            if not isinstance(heading, Chapter)
        }
        if stamps != self.manifest.get("articles") or self.agreement != stamp_of(self.manifest):
            raise _damaged(self.path, "里面保存的合同文字与印记不符")
        return document

    @property
    def texts(self) -> Mapping[str, Any]:
        """How the text stood in each file: format -> sections of label, title, text, numbers, marks. None in form 1."""
        return _group(self.packed, "texts") if self.form > 1 else {}

    @property
    def made_with(self) -> Mapping[str, Any]:
        """Versions, template and fonts."""
        return _group(self.data, "made_with") or {"versions": _group(self.data, "versions")}

    @cached_property
    def template(self) -> bytes | None:
        """The restyled Word file that it was printed with; None where it was the program's own."""
        try:
            return base64.b64decode(self.data.get("template") or "", validate=True) or None
        except (ValueError, TypeError):
            raise _damaged(self.path, "里面保存的 Word 样式底稿读不出来") from None


def read_record(path: Path) -> Record:
    """Read a record and its seal.

    Raises:
        DamagedRecord: with the reason, where it is not, or no longer, what was written.
        InputError: where there is no such file, or it was written by a later program.
    """
    text = read_text(path, limit=LARGEST)
    try:
        data = json.loads(text, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise _damaged(path, "内容不完整，或者不是生成记录") from None
    form = data.get("form") if isinstance(data, dict) else None
    if not isinstance(form, int) or isinstance(form, bool) or form < 1:
        raise _damaged(path, "这不是生成记录")
    if form > FORM:
        raise InputError(
            f"{path}：这份生成记录由较新版本的程序写成（格式 {form}）", hint="请升级 contractgen 后再试"
        )
    if form > 1 and data.get(SEAL) != checksum(data):
        raise _damaged(path, "内容在生成之后被改动过，或者已经损坏（校验码不符）")
    if not (isinstance(data.get("clauses"), list) if form == 1 else _is_whole(data)):
        raise _damaged(path, "这不是合同的生成记录，或者缺了内容")
    return Record(path, form, data)


def sealed(data: Mapping[str, Any]) -> bytes:
    """The bytes of a record, with its seal as the last entry."""
    plain = json.loads(to_bytes(data))
    return to_bytes({**plain, SEAL: checksum(plain)})


def checksum(data: Mapping[str, Any]) -> str:
    """SHA-256 of all of a record but its seal, in the order in which it stands; line ends and indents do not count."""
    held = {name: value for name, value in data.items() if name != SEAL}
    return hashlib.sha256(json.dumps(held, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def packed(held: Mapping[str, Any]) -> str:
    """Plain JSON, squeezed, as text; the same text for the same content."""
    data = json.dumps(held, ensure_ascii=False).encode()
    return base64.b64encode(lzma.compress(data, format=lzma.FORMAT_XZ, preset=PRESET)).decode()


def _is_whole(data: Mapping[str, Any]) -> bool:
    template = data.get("template")
    made_with = {name: shape for name, shape in MADE_WITH_SHAPE.items() if name in data.get("made_with", ())}
    return (
        _fits(data, SHAPE)
        and _fits(data["made_with"], made_with)
        and all(len(face) == 3 for face in data["made_with"].get("fonts", ()))
        and (template is None or isinstance(template, str))
    )


def _fits(value: Any, shape: Any) -> bool:
    """Whether plain JSON has a shape; what the shape does not name may be anything."""
    if isinstance(shape, list):
        return isinstance(value, list) and all(_fits(one, shape[0]) for one in value)
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return False
        named = dict.fromkeys(value, shape["*"]) if "*" in shape else shape
        return all(name in value and _fits(value[name], one) for name, one in named.items())
    return type(value) is shape


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _damaged(path: Path, wrong: str) -> DamagedRecord:
    return DamagedRecord(
        f"{path}：{wrong}，不能作为依据", hint="请从备份或者归档中找回原来的 .record.json 文件"
    )


def _group(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _day(text: object) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(text))
    except ValueError:
        return None
