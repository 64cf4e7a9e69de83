"""Papers as files: our own in each wanted format, forms of the user's own as Word files; all or none."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.build import require_known
from contractgen.build.rendering import render
from contractgen.files import read_bytes, safe_name, write_all
from contractgen.findings import Finding, InputError
from contractgen.papers.cover import cover_sheet
from contractgen.papers.filling import filler_for
from contractgen.papers.forms import Fields
from contractgen.papers.model import Filled, Missing
from contractgen.papers.preparing import Prepared, prepare, require_paper

if TYPE_CHECKING:
    from contractgen.agreement import Agreement
    from contractgen.formats.docx.given import Form
    from contractgen.papers.subject import Subject

COVER = "00-文书清单"
FORM_LIMIT = 20 << 20


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form of the user's own that takes no paper's place, filled."""

    name: str
    data: bytes
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and what there is to say about it."""

    files: tuple[Path, ...]
    papers: tuple[Filled, ...]
    findings: tuple[Finding, ...]
    forms: tuple[FilledForm, ...] = ()
    draft: str = ""


def write_papers(
    profile_path: Path,
    *,
    out: Path,
    formats: Sequence[str] = ("docx", "pdf"),
    only: Sequence[str] = (),
    forms: Sequence[str] = (),
    on: datetime.date | None = None,
    library: Path | None = None,
    previous: Path | None = None,
    record: Path | None = None,
    force: bool = False,
    today: datetime.date | None = None,
) -> Written:
    """Write papers in the wanted formats, all or none; and their cover sheet, unless only some are wanted.

    Args:
        profile_path: the firm's facts.
        out: the folder.
        formats: which kinds of file.
        only: names of papers; all where there are none.
        forms: Word forms of the user's own, ``FILE`` or ``PAPER=FILE``; one with a paper's name takes its place. Where no
            form and no ``only`` names a paper, the forms alone are filled.
        on: the law day.
        library: another clause library.
        previous: the record of the contract before this one.
        record: as in ``prepare``.
        force: overwrite.
        today: as in ``prepare``.

    Raises:
        ContractgenError: where a file cannot be read or written, a paper is not known, or a tool is missing.
    """
    require_known(formats)
    prepared = prepare(profile_path, on=on, library=library, previous=previous, record=record, today=today)
    if prepared.agreement is None:
        return Written((), (), prepared.findings)
    given = _given(forms, prepared)
    filled = _fill(given, prepared.agreement, prepared.subject)
    alone = tuple(one for (name, _), one in zip(given, filled, strict=True) if not name)
    replaced = {name: one for (name, _), one in zip(given, filled, strict=True) if name}
    papers = () if alone and not replaced and not only else _wanted(prepared, only)
    papers = tuple(_in_place(one, replaced.get(one.paper.name)) for one in papers)
    files = {out / name: data for name, data in _files(papers, alone, prepared, formats, whole=not only)}
    _spare_given(files, [path for _, path in given])
    write_all(files, force=force)
    return Written(tuple(files), papers, prepared.findings, alone, prepared.draft)


def _files(
    papers: Sequence[Filled],
    forms: Sequence[FilledForm],
    prepared: Prepared,
    formats: Sequence[str],
    *,
    whole: bool,
) -> Iterator[tuple[str, bytes]]:
    """Every file by name, the cover sheet first."""
    assert prepared.agreement is not None and prepared.timeline is not None
    if papers and whole:
        sheet = cover_sheet(papers, prepared.agreement, prepared.timeline)
        yield from ((f"{COVER}.{kind}", data) for kind, data in render(sheet, formats, {}).items())
    for one in papers:
        made = {"docx": one.form} if one.form is not None else render(one.document, formats, {})
        yield from ((f"{file_name(one)}.{kind}", data) for kind, data in made.items())
    yield from ((f"{one.name}.docx", one.data) for one in forms)


def file_name(filled: Filled) -> str:
    """01-集体协商建议书"""
    return f"{filled.number:02}-{safe_name(filled.title)}"


# ------------------------------------------------------------------ which papers


def _wanted(prepared: Prepared, only: Sequence[str]) -> tuple[Filled, ...]:
    """The papers of these names; all where there are none.

    Raises:
        InputError: for a name that no paper has, or a paper that this profile does not ask for.
    """
    for name in only:
        require_paper(name, prepared)
    return tuple(one for one in prepared.papers if not only or one.paper.name in only)


# ------------------------------------------------------------------ forms of the user's own

Given = tuple[str, Path]  # the name of the paper whose place it takes, or none; the file


def _given(forms: Sequence[str], prepared: Prepared) -> list[Given]:
    """The forms with the names of their papers."""
    found = []
    for text in forms:
        name, equals, file = text.partition("=")
        named = bool(equals) and not Path(text).exists()
        if named:
            require_paper(name, prepared)
        found.append((name, Path(file)) if named else ("", Path(text)))
    targets = [name or safe_name(path.stem) for name, path in found]
    if double := next((one for one in targets if targets.count(one) > 1), None):
        raise InputError(f"{double} 有两份表格", hint="每份文书只用一份表格；文件同名的，分次生成")
    return found


def _fill(given: Sequence[Given], agreement: Agreement, subject: Subject | None) -> list[FilledForm]:
    """The forms, filled; where a contract is amended, with what is said of the amendment.

    Raises:
        InputError: with every name that cannot be filled, of all forms.
    """
    if not given:
        return []
    from contractgen.formats.docx.given import faults_of, fill_form, names_of, read_form

    read: list[tuple[Form, Fields]] = []
    for _, path in given:
        form = read_form(read_bytes(path, limit=FORM_LIMIT), str(path))
        heads = {name.split(".")[0] for name in names_of(form)}
        ours = agreement if subject is None else subject.agreement
        filler = filler_for(ours, sorted(heads))
        if subject is not None:
            subject.say(filler)
        read.append((form, Fields(ours, filler)))
    faults = [fault for form, fields in read for fault in faults_of(form, fields.refusal)]
    if faults:
        raise InputError("表格里有填不了的标记", findings=faults)
    found = []
    for (form, fields), (_, path) in zip(read, given, strict=True):
        data = fill_form(form, fields.context())
        found.append(FilledForm(f"{safe_name(path.stem)}-已填", data, fields.missing()))
    return found


def _in_place(filled: Filled, form: FilledForm | None) -> Filled:
    """A paper, or the form that takes its place."""
    if form is None:
        return filled
    needed = {one.path for one in filled.blocking}
    blocking = tuple(one for one in form.missing if one.path in needed)
    return replace(filled, form=form.data, missing=form.missing, blocking=blocking, proposals=())


def _spare_given(files: Mapping[Path, bytes], given: Sequence[Path]) -> None:
    """A given form is never overwritten, whatever is asked."""
    for path in files:
        if path.exists() and any(path.samefile(one) for one in given):
            raise InputError(f"{path} 是给出的表格，不能被填好的文件代替", hint="换一个文件夹（--out）")
