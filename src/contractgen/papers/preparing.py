"""From a profile file to its papers, filled."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.agreement import assemble
from contractgen.build import assemble_file
from contractgen.findings import Finding, InputError, Severity, did_you_mean, has_errors
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.papers.cover import draft_line, open_in_draft
from contractgen.papers.filling import chosen, fill_papers
from contractgen.papers.loading import load_papers
from contractgen.papers.model import Filled, Paper
from contractgen.papers.subject import subject_of, unrecorded
from contractgen.record import other_party, other_place, signed_contract
from contractgen.timeline import timeline

if TYPE_CHECKING:
    from contractgen.agreement import Agreement
    from contractgen.build import Assembled
    from contractgen.papers.subject import Subject
    from contractgen.timeline import Timeline

OF_THE_FORM = ("agreement-form", "main-contract")  # rules on what the papers are called and who files them
AHEAD = "future-day"
STANDS_IN = ("law-day", "place")  # the law that stands in is good enough for papers of the first steps


@dataclass(frozen=True, slots=True)
class Prepared:
    """The papers of a profile.

    Attributes:
        agreement: None where nothing can be made of the profile.
        timeline: None where there is no agreement.
        papers: those that its place, form, occasion and facts ask for, filled.
        known: every paper there is.
        findings: what is wrong with the profile.
        draft: what is open in the draft before it is signed and voted on; empty where nothing is.
        subject: what an amendment's papers speak of; None where a contract is concluded.
    """

    agreement: Agreement | None
    timeline: Timeline | None
    papers: tuple[Filled, ...]
    known: tuple[Paper, ...]
    findings: tuple[Finding, ...]
    subject: Subject | None = None
    draft: str = ""


def prepare(
    profile_path: Path,
    *,
    on: datetime.date | None = None,
    library: Path | None = None,
    templates: Path | None = None,
    previous: Path | None = None,
    record: Path | None = None,
    today: datetime.date | None = None,
) -> Prepared:
    """Every paper of a profile, filled; also where the profile has faults, as far as it can be read.

    Args:
        profile_path: the firm's facts.
        on: the law day; by default the planned signing day, else ``today``, else when the law was last compared.
        library: another clause library, with its law.
        templates: another folder of paper templates.
        previous: the record of the contract before this one, against which papers say what is new.
        record: of an amendment, what it alters.
        today: the day after which nothing can be a fact, and to which the steps stand; by default the law day.

    Raises:
        InputError: where a file cannot be read, or a template has faults.
    """
    law = load_law(None if library is None else library / "law")
    clauses = load_library(library)
    papers = load_papers(law, clauses, templates)
    assembled = assemble_file(profile_path, on=on, library=library, salvage=True, today=today)
    if assembled.agreement is None:
        return Prepared(None, None, (), papers, assembled.findings)
    agreement = assembled.agreement
    course = timeline(agreement.profile, agreement.view, today or agreement.on)
    ahead = tuple(_left_open(one) for one in assembled.findings if one.rule == AHEAD)
    if ahead and today is not None:
        come = agreement.profile.model_copy(
            update={"bargaining": agreement.profile.bargaining.come_by(today)}
        )
        agreement = replace(assemble(come, law, clauses, agreement.on), today=today)
    before, told = (None, ()) if previous is None else _previous(previous, assembled, profile_path)
    subject = subject_of(agreement, record, profile_path)
    wanted = chosen(papers, agreement, recorded=record is not None)
    open_ = "" if subject is not None else open_in_draft(agreement)
    filled = tuple(
        replace(one, unsettled=open_) if one.paper.of_draft else one
        for one in fill_papers(wanted, agreement, course, before, subject)
    )
    found = tuple(_softened(one, agreement) for one in assembled.faults)
    form = (one for one in assembled.findings if one.rule in OF_THE_FORM and one.severity != Severity.ADVICE)
    found = (*found, *form, *ahead, *told, *unrecorded(agreement, record, profile_path))
    return Prepared(agreement, course, filled, papers, found, subject, draft_line(open_) if open_ else "")


def _previous(
    record: Path, assembled: Assembled, profile_path: Path
) -> tuple[Agreement, tuple[Finding, ...]]:
    """The contract before this one, of the same firm, and what is told of the two.

    Raises:
        InputError: for the record of a draft, of another firm or place, or of another contract than the profile names.
    """
    assert assembled.profile is not None
    profile, loaded = assembled.profile, assembled.loaded
    if profile.agreement.occasion == "first":
        hint = "首次订立的去掉 --previous；续订的写 occasion: renewal，变更的写 occasion: amendment"
        where, path = loaded.where(("agreement", "occasion")), "agreement.occasion"
        message = "企业情况表写的是首次订立，没有上一份合同"
        wrong = Finding("first-contract", Severity.ERROR, message, where, hint=hint, path=path)
        raise InputError("--previous 和企业情况表不一致", findings=(wrong,))
    signed, file = signed_contract(record), str(profile_path)
    found = (*other_party(signed, profile, file), *other_place(signed, profile, file))
    if has_errors(found):
        raise InputError(f"{record} 不是这家单位的合同", findings=found)
    told = profile.agreement.previous.signing_day
    if told is not None and told != signed.day:
        raise InputError(
            f"{record} 是{signed.day}签订的合同，企业情况表写的上一份合同是{told}签订的",
            hint="换成上一份合同的生成记录，或者改正 agreement.previous",
        )
    return signed.agreement, found


def _softened(finding: Finding, agreement: Agreement) -> Finding:
    """A law day or place that is not yet known does not stop papers: which law stands in is told."""
    if finding.rule not in STANDS_IN or finding.severity is not Severity.ERROR:
        return finding
    remedy = finding.hint.partition("；")[0]
    law = f"{agreement.view.title}在{agreement.on}的规定"
    return replace(finding, severity=Severity.WARNING, hint=f"{remedy}；写明以前，文书先按{law}写")


def _left_open(finding: Finding) -> Finding:
    """A day that has not come is no fact: papers leave it open."""
    return replace(finding, hint=f"文书上这一项先留横线；{finding.hint}")


def require_paper(name: str, prepared: Prepared) -> None:
    """Refuse a name that no paper of this firm has.

    Raises:
        InputError: with the nearest name.
    """
    names = {one.name for one in prepared.known}
    if name not in names:
        hint = did_you_mean(name, names, "用 contractgen papers --list 查看全部文书")
        raise InputError(f"没有名为 {name} 的文书", hint=hint)
    if name not in {one.paper.name for one in prepared.papers}:
        hint = "用 contractgen papers --list 查看用得到的文书"
        raise InputError(f"按这份情况表用不到文书 {name}", hint=hint)
