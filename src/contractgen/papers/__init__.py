"""What ``papers`` does: the bargaining and filing papers of a profile, each as a file, with a cover sheet."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.build import assemble_file, require_known
from contractgen.build.rendering import render
from contractgen.files import safe_name, write_all
from contractgen.findings import Finding, InputError, Severity
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.papers.cover import cover_sheet
from contractgen.papers.filling import chosen, fill_papers
from contractgen.papers.loading import load_papers
from contractgen.papers.model import Filled, Paper
from contractgen.timeline import timeline

if TYPE_CHECKING:
    from contractgen.agreement import Agreement
    from contractgen.timeline import Timeline

__all__ = ["Filled", "Paper", "Prepared", "Written", "prepare", "write_papers"]

COVER = "00-文书清单"
STANDS_IN = ("law-day", "place")  # the law that stands in is good enough for papers of the first steps


@dataclass(frozen=True, slots=True)
class Prepared:
    """The papers of a profile, filled; ``papers`` are those that its place, form, occasion and facts ask for."""

    agreement: Agreement | None
    timeline: Timeline | None
    papers: tuple[Filled, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and what there is to say about it."""

    files: tuple[Path, ...]
    papers: tuple[Filled, ...]
    findings: tuple[Finding, ...]


def prepare(
    profile_path: Path,
    *,
    on: datetime.date | None = None,
    library: Path | None = None,
    templates: Path | None = None,
) -> Prepared:
    """Every paper of a profile, filled; also where the profile has faults, as far as it can be read.

    Args:
        profile_path: the firm's facts.
        on: the law day; by default the planned signing day, else the day on which the law was last compared.
        library: another clause library, with its law.
        templates: another folder of paper templates.

    Raises:
        InputError: where a file cannot be read, or a template has faults.
    """
    law = load_law(None if library is None else library / "law")
    papers = load_papers(law, load_library(library), templates)
    assembled = assemble_file(profile_path, on=on, library=library, salvage=True)
    if assembled.agreement is None:
        return Prepared(None, None, (), assembled.findings)
    agreement = assembled.agreement
    course = timeline(agreement.profile, agreement.view, agreement.on)
    filled = fill_papers(chosen(papers, agreement), agreement, course)
    return Prepared(agreement, course, filled, tuple(_softened(one) for one in assembled.faults))


def _softened(finding: Finding) -> Finding:
    """A law day or place that is not yet known does not stop papers."""
    if finding.rule in STANDS_IN and finding.severity is Severity.ERROR:
        return replace(finding, severity=Severity.WARNING)
    return finding


def write_papers(
    profile_path: Path,
    *,
    out: Path,
    formats: Sequence[str] = ("docx", "pdf"),
    only: Sequence[str] = (),
    on: datetime.date | None = None,
    library: Path | None = None,
    force: bool = False,
) -> Written:
    """Write papers in the wanted formats, all or none; and their cover sheet, unless only some are wanted.

    Args:
        profile_path: the firm's facts.
        out: the folder.
        formats: which kinds of file.
        only: names of papers; all where there are none.
        on: the law day.
        library: another clause library.
        force: overwrite.

    Raises:
        ContractgenError: where a file cannot be read or written, a paper is not known, or a tool is missing.
    """
    require_known(formats)
    prepared = prepare(profile_path, on=on, library=library)
    if prepared.agreement is None:
        return Written((), (), prepared.findings)
    assert prepared.timeline is not None
    papers = _wanted(prepared.papers, only, load_papers_of(library))
    documents = {} if only else {COVER: cover_sheet(papers, prepared.agreement, prepared.timeline)}
    documents |= {file_name(one): one.document for one in papers}
    files = {
        out / f"{name}.{kind}": data
        for name, document in documents.items()
        for kind, data in render(document, formats, {}).items()
    }
    write_all(files, force=force)
    return Written(tuple(files), papers, prepared.findings)


def load_papers_of(library: Path | None) -> tuple[Paper, ...]:
    """Every paper of the program, whoever may ask for it."""
    return load_papers(load_law(None if library is None else library / "law"), load_library(library))


def file_name(filled: Filled) -> str:
    """01-集体协商建议书"""
    return f"{filled.number:02}-{safe_name(filled.title)}"


def _wanted(papers: Sequence[Filled], only: Sequence[str], known: Sequence[Paper]) -> tuple[Filled, ...]:
    """The papers of these names.

    Raises:
        InputError: for a name that no paper has, or a paper that this profile does not ask for.
    """
    if not only:
        return tuple(papers)
    here = {one.paper.name: one for one in papers}
    names = {one.name for one in known}
    for name in only:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f"是不是 {near[0]}？" if near else "用 contractgen papers --list 查看全部文书"
            raise InputError(f"没有名为 {name} 的文书", hint=hint)
        if name not in here:
            raise InputError(
                f"按这份情况表用不到文书 {name}", hint="用 contractgen papers --list 查看用得到的文书"
            )
    return tuple(one for name, one in here.items() if name in only)
