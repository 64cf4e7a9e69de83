"""A chapter put into the Word file of its general contract: a new file, and the list of what moved in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contractgen.agreement import Agreement
from contractgen.document import Article, Cell, Document, Paragraph, Subheading, Table, Text, article_label
from contractgen.files import Loaded, read_bytes
from contractgen.findings import Finding, InputError, Severity, has_errors
from contractgen.formats.docx.host import Host, Place, open_host, place_in
from contractgen.formats.docx.package import MAIN, entry, serialize, write_package
from contractgen.formats.docx.shifts import Shift, shifts
from contractgen.formats.docx.transplant import put_in
from contractgen.formats.seen import sections_by, see

LIMIT = 50 << 20
RULE = "main-contract"
FACTS = ("agreement", "main_contract")
TO_CHECK = "待核对"  # ends the name of a file in which numbers or references still wait for somebody


@dataclass(frozen=True, slots=True)
class Inserted:
    """What came of it.

    Attributes:
        files: the new file, and the list where anything moved, by name; none where there are errors.
        findings: numbers of the profile that are not the file's, titles that the file lacks.
        place: the chapter that was replaced.
        first: the first article of the new chapter.
        last: the last one.
        shifts: what moved.
        record: what the record of the chapter tells of the new file.
        text: of the new file, in sections.
    """

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    place: Place
    first: int
    last: int
    shifts: tuple[Shift, ...]
    record: Mapping[str, Any] = field(default_factory=dict)
    text: list[list[Any]] = field(default_factory=list)


def insert(
    general: Path, agreement: Agreement, document: Document, loaded: Loaded, *, final: bool, renumber: bool
) -> Inserted:
    """Put a chapter in place of the general contract's own.

    Args:
        general: the Word file of the general contract; it is read only.
        agreement: the chapter.
        document: what is printed of it.
        loaded: the profile file, for the places of findings.
        final: whether it is the text to sign.
        renumber: rewrite numbers and references that somebody typed, too.

    Raises:
        InputError: where the agreement is no chapter, or the file cannot take it.
    """
    if agreement.form != "chapter":
        hint = "在 agreement 下写 form: chapter，并填写 main_contract；附件、单独订立的合同是单独的文件，不用 --into"
        raise InputError("--into 只用于专章", hint=hint)
    words = agreement.frame["into"]
    given = read_bytes(general, limit=LIMIT)
    host = open_host(given, general.name)
    main = agreement.profile.agreement.main_contract
    place = place_in(host, main.chapter, main.chapter_title or "", words["words"])
    numbers = [block.number for block in document.body if isinstance(block, Article)]
    findings = (*_numbers(agreement, place, general.name, loaded), *_titles(agreement, host, loaded))
    if has_errors(findings):
        return Inserted({}, findings, place, numbers[0], numbers[-1], ())
    moved = shifts(host, place, numbers[-1], renumber=renumber)
    put_in(host, place, document)
    _require_numbers(host, place, numbers, moved)
    kind = _kind(moved, final=final)
    label = str(place.label)
    whole = _file(host)
    files = {f"{general.stem}-{_named(words['name'], label)}-{kind}.docx": whole}
    if moved:
        listed = _list(words, label, moved)
        files[f"{general.stem}-{_named(words['list_name'], label)}.docx"] = listed
    record = {
        "general": {general.name: hashlib.sha256(given).hexdigest()},
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    return Inserted(files, findings, place, numbers[0], numbers[-1], moved, record, _text(host, whole))


def _kind(moved: Sequence[Shift], *, final: bool) -> str:
    """What the file is called: no text to sign while a number stands twice or a reference leads elsewhere."""
    if not final:
        return "草案"
    return "定稿" if all(one.done for one in moved) else TO_CHECK


def _text(host: Host, whole: bytes) -> list[list[Any]]:
    """How the new file reads, in sections by its own headings."""
    heads = [
        (one.label, one.title, one.lines[0].passage.text)
        for one in host.read_again().sections
        if one.label and one.lines
    ]
    return [list(one) for one in sections_by(see("docx", whole), heads)]


def _named(text: str, label: str) -> str:
    return text.replace("{{ label }}", label)


def _file(host: Host) -> bytes:
    """The file with its main part written anew; every other part byte for byte."""
    parts = {**host.parts, MAIN: serialize(host.root)}
    return write_package(entry(name, data) for name, data in parts.items())


# ------------------------------------------------------------------ does it fit


def _numbers(agreement: Agreement, place: Place, name: str, loaded: Loaded) -> Iterator[Finding]:
    """The numbers that the profile gives to the chapter, against those that the file has for it."""
    wanted = [("chapter", place.number, "章号"), ("first_article", place.first_article, "第一条的条号")]
    if agreement.annexes:
        wanted.append(("first_annex", place.first_annex, "第一个附件的编号"))
    for key, number, title in wanted:
        told = agreement.profile.at(f"agreement.main_contract.{key}")
        if told != number:
            said = "没有填写" if told is None else f"写的是{told}"
            message = f"按 {name}，专章{title}应当是{number}，企业情况表{said}"
            yield _finding(key, message, f"在 main_contract 下写 {key}: {number}", loaded, Severity.ERROR)


def _titles(agreement: Agreement, host: Host, loaded: Loaded) -> Iterator[Finding]:
    """Chapters and articles that the text leads to by their titles."""
    titles = {one.title.strip() for one in host.sections if one.kind in ("chapter", "article")}
    for key in ("amendment", "disputes"):
        title = agreement.profile.at(f"agreement.main_contract.{key}")
        if title and title not in titles:
            message = f"{host.name} 里没有标题是“{title}”的章或者条"
            hint = "照主合同里的标题写；主合同没有这一内容的，先在主合同里补上"
            yield _finding(key, message, hint, loaded, Severity.WARNING)


def _finding(key: str, message: str, hint: str, loaded: Loaded, severity: Severity) -> Finding:
    path = (*FACTS, key)
    return Finding(RULE, severity, message, loaded.where(path), hint=hint, path=".".join(path))


def _require_numbers(host: Host, place: Place, numbers: Sequence[int], moved: Sequence[Shift]) -> None:
    """Read the new text again: its articles count as they should, and automatic ones behind it go on from there."""
    sections = host.read_again().sections
    found = [one.number for one in sections if one.kind == "article" and one.label[:1] == "第"]
    articles = [one for one in moved if one.kind == "article"]
    counted = bool(articles) and all(one.automatic for one in articles)
    wanted = [
        *numbers,
        *(number + 1 for number in range(numbers[-1], numbers[-1] + len(articles)) if counted),
    ]
    wrong = [number for number in wanted if number not in found]
    twice = [number for number in wanted if found.count(number) > 1]
    if wrong or twice:
        what = f"{article_label(wrong[0])}没有出现" if wrong else f"{article_label(twice[0])}出现了两次"
        raise InputError(
            f"{host.name} 的自动编号在{place.label}前后接不上，{what}，没有生成文件",
            hint="在 Word 中检查各条是不是同一个自动编号、有没有重新开始编号；改好后再运行",
        )


# ------------------------------------------------------------------ the list


def action(words: Mapping[str, Any], shift: Shift) -> str:
    """What there is to do about a number that moved."""
    if shift.done:
        return str(words["done"]["automatic" if shift.automatic else "typed"])
    return str(words["to_do"][shift.kind])


def _list(words: Mapping[str, Any], label: str, moved: Sequence[Shift]) -> bytes:
    """The list as a Word file."""
    from contractgen.formats.docx_write import write_docx

    blocks: list[Subheading | Paragraph | Table] = [
        Paragraph((Text(_named(words["intro"], label)),), role="text")
    ]
    articles = [one for one in moved if one.kind == "article"]
    references = [one for one in moved if one.kind != "article"]
    for title, rows in ((words["articles"], articles), (words["references"], references)):
        if rows:
            blocks += [Subheading(title, level=2), _table(words, rows)]
    title = str(words["title"])
    return write_docx(
        Document(title=title, subject=title, running_head=title, body=tuple(blocks), draft=False)
    )


def _table(words: Mapping[str, Any], rows: Sequence[Shift]) -> Table:
    header = tuple(Cell((Text(column),), "center") for column in words["columns"])
    cells = tuple(
        tuple(
            Cell((Text(text),) if text else ())
            for text in (str(at), one.place, one.words, one.old, one.new, action(words, one))
        )
        for at, one in enumerate(rows, start=1)
    )
    return Table(header, cells, widths=tuple(words["widths"]))


__all__ = ["TO_CHECK", "Inserted", "action", "insert"]
