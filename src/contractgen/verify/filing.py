"""The filing list: what an office has issued, one row for each file, kept apart from the files.

It is a CSV that Excel and WPS open with a double click, since those who keep it keep other lists there. A row
names the file by its SHA-256 and the record by its checksum, so that neither a file nor a record can be
exchanged without the list telling.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from contractgen.files import read_bytes, unreadable, write_new
from contractgen.findings import InputError
from contractgen.record import ENDING, Record, read_record

COLUMNS = {  # heading -> field of Row
    "单位": "employer",
    "合同": "title",
    "类别": "kind",
    "法律适用日": "law_day",
    "文件": "file",
    "文件SHA-256": "digest",
    "合同印记": "agreement",
    "记录校验码": "checksum",
}
NEEDED = ("文件", "文件SHA-256")
LARGEST = 64 << 20
DELIMITERS = ",\t;"
FORMULA = ("=", "+", "-", "@")  # what a spreadsheet would take for a formula


@dataclass(frozen=True, slots=True)
class Row:
    """A file that was issued."""

    employer: str
    title: str
    kind: str
    law_day: str
    file: str
    digest: str
    agreement: str
    checksum: str


@dataclass(frozen=True, slots=True)
class FilingList:
    """A filing list as it was read; ``header`` is the order of its columns, others of the office's own among them."""

    path: Path
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    text: str
    delimiter: str

    def of_file(self, digest: str) -> Row | None:
        """The row of a file by its SHA-256."""
        return next((row for row in self.rows if row.digest == digest), None)

    def of_record(self, checksum: str) -> Row | None:
        """The first row of a record by its checksum."""
        return next((row for row in self.rows if checksum and row.checksum == checksum), None)

    def of_agreement(self, stamp: str, file: str) -> Row | None:
        """The row of what a file claims to be: by the stamp in it, else by its name."""
        by_stamp = next((row for row in self.rows if stamp and row.agreement == stamp), None)
        return by_stamp or next((row for row in self.rows if row.file == file), None)


def read_list(path: Path) -> FilingList:
    """Read a filing list, as this program or a spreadsheet wrote it.

    Raises:
        InputError: where it is none.
    """
    data = read_bytes(path, limit=LARGEST)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise _no_list(path) from None
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        header, *rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)) or [[]]
    except csv.Error:
        raise _no_list(path) from None
    names = tuple(name.strip() for name in header)
    if any(name not in names for name in NEEDED):
        raise _no_list(path)
    found = (_row(dict(zip(names, row, strict=False))) for row in rows if any(row))
    return FilingList(path, names, tuple(found), text, delimiter)


def _row(cells: dict[str, str]) -> Row:
    held = {field: cells.get(name, "").strip() for name, field in COLUMNS.items()}
    for name in ("digest", "agreement", "checksum"):
        held[name] = held[name].lower()
    return Row(**held)


def _no_list(path: Path) -> InputError:
    return unreadable(
        str(path), "这不是登记表", f"登记表的第一行要有这些列：{'、'.join(COLUMNS)}；用 verify --add-to 建立"
    )


def add_records(path: Path, records: Sequence[Path]) -> tuple[Row, ...]:
    """Enter the files of some records into a filing list, which is made where there is none; gives the new rows.

    Raises:
        InputError: where a record cannot be relied on, or a file beside it is no longer what was issued; then
            nothing is entered.
    """
    known = read_list(path) if path.exists() else None
    rows = [row for one in records for row in _rows(read_record(one))]
    new = tuple(row for row in dict.fromkeys(rows) if known is None or known.of_file(row.digest) is None)
    if not new:
        return ()
    header = known.header if known else tuple(COLUMNS)
    text = known.text if known else _line(header, ",")
    text += "" if text.endswith("\n") else "\r\n"
    for row in new:
        text += _line([_cell(row, name) for name in header], known.delimiter if known else ",")
    write_new(path, b"\xef\xbb\xbf" + text.encode(), force=True)
    return new


def _rows(record: Record) -> Iterable[Row]:
    if not record.files:
        raise InputError(
            f"{record.path}：旧格式的生成记录没有登记文件的校验码", hint="用 new --from-record 重做后再登记"
        )
    for name, digest in (*record.files.items(), *record.inserted.items()):
        beside = record.path.with_name(name)
        if beside.is_file() and hashlib.sha256(read_bytes(beside, limit=LARGEST)).hexdigest() != digest:
            raise InputError(
                f"{beside}：已经不是签发时的文件，没有登记",
                hint=f"先运行 contractgen verify {beside} 查看改了哪里",
            )
        yield Row(
            record.employer,
            record.title,
            record.name.rpartition("-")[2],
            record.law_day.isoformat() if record.law_day else "",
            name,
            digest,
            record.agreement,
            record.checksum,
        )


def _cell(row: Row, name: str) -> str:
    value = str(getattr(row, COLUMNS[name])) if name in COLUMNS else ""
    return f"'{value}" if value.startswith(FORMULA) else value


def _line(cells: Iterable[str], delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerow(cells)
    return out.getvalue()


def record_name(file: Path) -> Path:
    """The record that lies beside a file, by its name."""
    return file.with_name(f"{file.stem}{ENDING}")
