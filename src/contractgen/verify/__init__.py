"""Verify: whether a file is still what was issued, against its record or a filing list; never against itself.

What a file says about itself (the manifest inside it) is a convenience: it helps to find the record, and proves
nothing, since whoever changes the text can change it too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from contractgen.document import Document, Table
from contractgen.files import read_bytes
from contractgen.findings import InputError
from contractgen.formats.seen import MARGINS, Piece, Section, Seen, see, squeezed
from contractgen.record import ENDING, INTO, Record, read_record
from contractgen.verify.compare import WHOLE, Change, compare
from contractgen.verify.filing import FilingList, Row, add_records, read_list, record_name

__all__ = ["KINDS", "Change", "Verdict", "add_records", "read_list", "verify"]

State = Literal["unchanged", "changed", "unknown"]
KINDS = {".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html", ".md": "md"}
LARGEST = 64 << 20  # bytes of a file
STRANGE_STYLE = Change(WHOLE, "", "mark", marks=("外来样式",))
FOOT = re.compile(r"第\d+页共\d+页$")
TAIL = 12  # characters by which a page's first words are told to continue the page before


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a file.

    Attributes:
        file: the file.
        state: unchanged, changed or unknown.
        same_bytes: it is the very file that was issued.
        changes: what differs, where it is known.
        record: the record that it was held against.
        row: its row in the filing list, where one was given.
        reason: why it is unknown, in Chinese.
        hint: what can be done about that.
        claim: what the file says about itself, where nothing could be proved.
    """

    file: Path
    state: State
    same_bytes: bool = False
    changes: tuple[Change, ...] = ()
    record: Record | None = None
    row: Row | None = None
    reason: str = ""
    hint: str = ""
    claim: str = ""


BESIDE = "把签发时的 .record.json 放到文件旁边，或者用 --record 指明；有登记表的用 --list"
PRINTED = "请核对签发时的 PDF 或者 Word 文件；只有这一份的，用 contractgen review 逐条看改动"


def verify(file: Path, *, record: Path | None = None, filing: FilingList | None = None) -> Verdict:
    """Hold a file against what was issued.

    Args:
        file: a file that this program wrote (docx, pdf, html, md), or what has become of it.
        record: its record; by default the one beside it, or one in its folder that knows the file, its stamp
            or most of its text.
        filing: a filing list; then only what is entered there is trusted.

    Raises:
        InputError: where there is no such file, or the record that was named cannot be read.
    """
    data = read_bytes(file, limit=LARGEST)
    digest = hashlib.sha256(data).hexdigest()
    if filing is not None and (row := filing.of_file(digest)):
        return Verdict(file, "unchanged", True, row=row)
    known, damaged = _records(file, record)
    if filing is not None:
        known = tuple(one for one in known if filing.of_record(one.checksum))
    for one in known:
        if digest in (*one.files.values(), *one.inserted.values()):
            return Verdict(file, "unchanged", True, record=one, row=_row(filing, one))
    kind = KINDS.get(file.suffix.lower())
    if kind is None:
        own = file.name.endswith(ENDING)
        reason = "这是生成记录；请写要核对的合同文件" if own else f"只能核对 {'、'.join(KINDS)} 文件的文字"
        return Verdict(file, "unknown", reason=reason)
    try:
        seen = see(kind, data, file.name)
    except InputError as fault:
        return Verdict(file, "unknown", reason=fault.message.removeprefix(f"{file.name}："), hint=fault.hint)
    fitting = [one for one in known if record or one.path == record_name(file) or _claims(seen, one)]
    compared = [(_changes(one, name, seen), one) for one in fitting for name in _texts(one, kind)]
    if not fitting:  # renamed, and without a stamp: known by what it says
        tried = [
            (_changes(one, name, seen), one, one.texts[name]) for one in known for name in _texts(one, kind)
        ]
        compared = [(changes, one) for changes, one, text in tried if 2 * len(changes) < len(text)]
    if not compared:
        return _unknown(file, seen, fitting, damaged, filing)
    changes, best = min(compared, key=lambda pair: len(pair[0]))
    if changes and kind == "pdf" and not seen.manifest:
        reason = f"这份 PDF 不是签发时生成的，可能由 Word 或 WPS 另存；页眉、目录的位置不同，{len(changes)} 处对不上，说不准是不是改动"
        return Verdict(file, "unknown", reason=reason, hint=PRINTED, record=best, row=_row(filing, best))
    state: State = "changed" if changes else "unchanged"
    return Verdict(file, state, False, changes, best, _row(filing, best))


def _row(filing: FilingList | None, record: Record) -> Row | None:
    return None if filing is None else filing.of_record(record.checksum)


def _records(file: Path, named: Path | None) -> tuple[tuple[Record, ...], str]:
    """The record that was named, or those of the folder; and why the one beside the file cannot be used."""
    if named is not None:
        return (read_record(named),), ""
    found, damaged = [], ""
    beside = record_name(file)
    for path in sorted(file.parent.glob(f"*{ENDING}"), key=lambda path: (path != beside, path.name)):
        try:
            found.append(read_record(path))
        except InputError as fault:
            damaged = fault.message if path == beside else damaged
    return tuple(found), damaged


def _texts(record: Record, kind: str) -> Iterator[str]:
    """The names of the texts of a record that a file of a kind may be held against."""
    names = (kind, INTO) if kind == "docx" else (kind,)
    yield from (one for one in names if one in record.texts)


def _claims(seen: Seen, record: Record) -> bool:
    """Whether a file says that it is of the agreement of a record."""
    return bool(record.agreement) and record.agreement in (seen.agreement, claimed(seen))


def claimed(seen: Seen) -> str:
    """The stamp of the agreement that a file says it is."""
    found = re.search(rb'"agreement": "([0-9a-f]{64})"', seen.manifest)
    return seen.agreement or (found[1].decode() if found else "")


def _unknown(
    file: Path, seen: Seen, records: Sequence[Record], damaged: str, filing: FilingList | None
) -> Verdict:
    stamp = claimed(seen)
    row = filing.of_agreement(stamp, file.name) if filing is not None else None
    claim = (
        f"文件自称属于印记为 {stamp[:16]} 的合同；自带的印记可以和文字一起改动，不作为依据" if stamp else ""
    )
    if damaged:
        reason = f"旁边的生成记录不能用：{damaged}"
    elif records:
        old = any(one.form == 1 for one in records)
        reason = (
            "生成记录是旧格式，没有保存文字" if old else "当时没有生成这种文件，生成记录里没有可以比对的文字"
        )
    elif row is not None:
        reason = f"登记的 {row.file} 不是这一份；没有登记过的生成记录，说不出改了哪里"
    elif filing is not None:
        reason = "登记表里没有这个文件，也没有它的生成记录"
    else:
        reason = "没有生成记录"
    return Verdict(file, "unknown", reason=reason, hint=BESIDE, claim=claim, row=row)


# ------------------------------------------------------------------ the text


def _changes(record: Record, kind: str, seen: Seen) -> tuple[Change, ...]:
    then = tuple(_sections(record.texts[kind]))
    if kind != "pdf":
        known = {"", str((record.made_with.get("page") or {}).get("page.css"))}
        strange = kind == "html" and not known.issuperset(seen.styles)
        return (*((STRANGE_STYLE,) if strange else ()), *compare(then, seen))
    document = record.document
    assert document is not None
    return compare(
        then, replace(seen, pieces=_pages(seen, then, document), margins=_margins(then)), lines=False
    )


def _sections(saved: Any) -> Iterator[Section]:
    for one in saved:
        label, title, text, numbers, *marks = [*one, "", "", "", ""][: max(len(one), 4)]
        yield Section(label, title, text, numbers, tuple(marks))


def _margins(then: Sequence[Section]) -> tuple[str, ...]:
    return tuple(line for one in then if one.label == MARGINS for line in one.text.splitlines())


def _pages(seen: Seen, then: Sequence[Section], document: Document) -> tuple[Piece, ...]:
    """The pages of a PDF as running text: no heads and feet, no headings of tables that go on."""
    heads = _margins(then)
    whole = "".join(one.text.replace("\n", "") for one in then)
    tables = {
        squeezed("".join(cell.text for cell in block.header))
        for block in document.blocks
        if isinstance(block, Table) and block.header
    }
    pieces: list[Piece] = []
    before = ""
    for page in seen.pieces:
        text = FOOT.sub("", page.text)
        if text != page.text:
            text = next((text.removesuffix(head) for head in heads if text.endswith(head)), text)
        for header in tables:
            if text.startswith(header) and before[-TAIL:] + header not in whole:
                text = text.removeprefix(header)
                break
        pieces.append(replace(page, text=text))
        before = text or before
    return tuple(pieces)


def as_dict(verdict: Verdict) -> Mapping[str, Any]:
    """The same as is printed, for ``--json``."""
    record, row = verdict.record, verdict.row
    return {
        "file": str(verdict.file),
        "state": verdict.state,
        "same_bytes": verdict.same_bytes,
        "changes": [
            {
                "label": one.label,
                "title": one.title,
                "kind": one.kind,
                "marks": list(one.marks),
                "edits": [{"before": before, "after": after} for before, after in one.edits],
            }
            for one in verdict.changes
        ],
        "record": str(record.path) if record else None,
        "employer": record.employer if record else (row.employer if row else ""),
        "title": record.title if record else (row.title if row else ""),
        "law_day": (record.law_day.isoformat() if record and record.law_day else "")
        or (row.law_day if row else ""),
        "listed": row is not None,
        "reason": verdict.reason,
        "hint": verdict.hint,
        "claim": verdict.claim,
    }
