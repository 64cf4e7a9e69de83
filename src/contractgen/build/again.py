"""What ``new --from-record`` does: the files of a record made again, and everything that differs from then."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contractgen.build import require_known
from contractgen.build.issue import Issue
from contractgen.build.rendering import FORMATS, read_template, render, texts, tools
from contractgen.document import Document
from contractgen.files import write_all
from contractgen.findings import Finding, Location, Severity
from contractgen.record import ENDING, MANIFEST, Record, read_record, reopen, sources, to_bytes

OUTSIDE = (
    "封面",
    "草案清单",
    "目录",
    "首部",
    "签署页",
    "页眉页脚",
)  # where a template may have words of its own


@dataclass(frozen=True, slots=True)
class Remade:
    """What was written; ``same`` names the files whose bytes are those of then, ``findings`` what differs."""

    files: tuple[Path, ...]
    same: tuple[str, ...]
    findings: tuple[Finding, ...]
    record: Record


def remake(
    record_path: Path,
    *,
    out: Path,
    formats: Sequence[str] | None = None,
    template: Path | None = None,
    force: bool = False,
) -> Remade:
    """Write the files of a record again, with the text of then; nothing where that text cannot be had.

    Args:
        record_path: the record.
        out: the folder; the record goes there too, one of the first form in the present form.
        formats: which kinds; by default those of then.
        template: another restyled Word file than that of then.
        force: overwrite.

    Raises:
        ContractgenError: where the record cannot be relied on, or a file cannot be written.
    """
    record = read_record(record_path)
    kinds = tuple(formats or _kinds(record))
    require_known(kinds)
    restyled = (read_template(template) if template else record.template) if "docx" in kinds else None
    if record.form == 1:
        files, findings = _first_form(record, kinds, restyled)
        same: tuple[str, ...] = ()
    else:
        files, same, findings = _as_then(record, kinds, restyled)
    if any(one.severity is Severity.ERROR for one in findings):
        return Remade((), same, findings, record)
    targets = {out / name: data for name, data in files.items()}
    write_all({path: data for path, data in targets.items() if not _holds(path, data)}, force=force)
    return Remade(tuple(targets), same, findings, record)


def _as_then(
    record: Record, kinds: Sequence[str], template: bytes | None
) -> tuple[dict[str, bytes], tuple[str, ...], tuple[Finding, ...]]:
    """The files with the record as it is, the names of those with the bytes of then, and what differs."""
    document = record.document
    assert document is not None
    made = render(document, kinds, {MANIFEST: to_bytes(record.manifest)}, template)
    files = {f"{record.name}.{kind}": data for kind, data in made.items()}
    same = tuple(name for name, data in files.items() if record.files.get(name) == _sha256(data))
    others = {kind: made[kind] for kind in kinds if f"{record.name}.{kind}" not in same}
    findings = tuple(_differences(record, document, others, kinds, template)) if others else ()
    files[f"{record.name}{ENDING}"] = record.path.read_bytes()
    return files, same, findings


def _first_form(
    record: Record, kinds: Sequence[str], template: bytes | None
) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """The files of a record without a text, whose stamps prove that it is the same; and a record with the text."""
    reopened = reopen(record)
    issue = Issue(
        record.name,
        reopened.agreement,
        reopened.document,
        record.final,
        record.annotate,
        record.path.name,
        record.profile,
        list(record.data.get("findings") or []),
        sources(reopened.agreement, None),
    )
    message = "旧格式的生成记录没有文件的校验码，不能比对字节；各条文字与当时的印记相符。已写成新格式的记录"
    place = Location(record.path.name)
    return issue.files(kinds, template), (Finding("record-differs", Severity.ADVICE, message, place),)


def _holds(path: Path, data: bytes) -> bool:
    """Whether a file is there already, byte for byte."""
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _kinds(record: Record) -> tuple[str, ...]:
    endings = {name.rsplit(".", 1)[-1] for name in record.files}
    return tuple(kind for kind in FORMATS if kind in endings) or ("docx", "pdf")


def _differences(
    record: Record,
    document: Document,
    made: Mapping[str, bytes],
    formats: Sequence[str],
    template: bytes | None,
) -> Iterator[Finding]:
    """For each file that is not the same, what of its text differs; and what it is made with that differs."""
    then, now = record.made_with, tools(formats, template)
    reasons = tuple(different_tools(then, now))
    why = "；".join(reasons) or "没有查到版本、模板和字体的不同，可能是程序本身改过"
    fresh = texts(document, made)
    for kind in made:
        name = f"{record.name}.{kind}"
        place = Location(name)
        if kind not in record.texts or name not in record.files:
            message = "当时没有生成这种文件，没有可以比对的字节；文字取自生成记录"
            yield Finding("record-differs", Severity.ADVICE, message, place)
            continue
        changed = _changed(record.texts[kind], fresh[kind])
        wrong = [label for label in changed if label not in OUTSIDE]
        if wrong:
            message = f"做不出当时的文字，不同的有：{'、'.join(wrong)}"
            hint = "请使用当时的程序版本，或者直接使用当时生成的文件"
            yield Finding("record-text", Severity.ERROR, message, place, source=why, hint=hint)
        elif changed:
            message = f"条款文字与当时相同，字节不同；{'、'.join(changed)}里样式底稿自带的文字不同"
            yield Finding("record-differs", Severity.WARNING, message, place, source=why)
        else:
            yield Finding("record-differs", Severity.WARNING, "文字与当时相同，字节不同", place, source=why)


def _changed(then: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> list[str]:
    old, new = ({one[0]: list(one) for one in sections if one} for sections in (then, now))
    return [label for label in {**old, **new} if old.get(label) != new.get(label)]


def different_tools(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """What a file is made with, and was made with, in Chinese; only what differs."""
    old, new = then.get("versions") or {}, now.get("versions") or {}
    for name in {**old, **new}:
        if name in old and name in new and old[name] != new[name]:
            yield f"{name} 当时是 {old[name] or '（没有安装）'}，现在是 {new[name] or '（没有安装）'}"
    if "template" in now and then.get("template") != now["template"]:
        yield "Word 样式底稿不同"
    for name, digest in (now.get("page") or {}).items():
        if (then.get("page") or {}).get(name) != digest:
            yield f"页面样式 {name} 不同"
    yield from _different_fonts(then.get("fonts") or [], now.get("fonts") or [])


def _different_fonts(then: Sequence[Any], now: Sequence[Any]) -> Iterator[str]:
    old, new = ({(one[0], one[1]): one[2] for one in faces} for faces in (then, now))
    if not now or then == now:
        return
    gone = [name for name, _ in old if (name, _) not in new]
    fresh = [name for name, _ in new if (name, _) not in old]
    changed = [face[0] for face in old if face in new and old[face] != new[face]]
    for word, names in (("当时有、现在没有", gone), ("现在有、当时没有", fresh), ("文件不同", changed)):
        if names:
            yield f"字体{word}：{'、'.join(dict.fromkeys(names))}"
    if not (gone or fresh or changed):
        yield "字体的次序不同"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
