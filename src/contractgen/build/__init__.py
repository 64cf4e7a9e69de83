"""What ``new`` does: one profile in; findings, files and the record of what went into them out."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.agreement import Agreement, assemble, layout, refusals
from contractgen.build.into import Inserted, insert
from contractgen.build.issue import Issue
from contractgen.build.rendering import FORMATS, read_template
from contractgen.checks import catalogue, check_agreement
from contractgen.files import Loaded, load_yaml, safe_name, write_all
from contractgen.findings import Finding, InputError, Location, Severity, ordered
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.profile import salvage_profile
from contractgen.record import INTO, sources

__all__ = ["FORMATS", "Assembled", "Built", "assemble_file", "build", "of_law", "open_points"]

if TYPE_CHECKING:
    from contractgen.law import Law
    from contractgen.library import Library
    from contractgen.profile import Profile, Salvaged


@dataclass(frozen=True, slots=True)
class Assembled:
    """A profile file as an agreement, checked.

    Attributes:
        profile: the facts; None where answers had to be refused, unless they were salvaged.
        agreement: None where there can be none.
        findings: everything that is wrong, whether there is an agreement or not.
        loaded: the file.
        provisional: answers were refused, or the law is not known by which to draft: the agreement shows
            what else is wrong, and nothing may be made of it.
        faults: those of the findings that are about the file itself, whatever is made of it.
    """

    profile: Profile | None
    agreement: Agreement | None
    findings: tuple[Finding, ...]
    loaded: Loaded
    provisional: bool = False
    faults: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """What was written, and what there is to say about it. Nothing was written where ``files`` is empty."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]
    open_points: tuple[Finding, ...]
    agreement: Agreement | None
    inserted: Inserted | None = None


def assemble_file(
    profile_path: Path,
    *,
    on: datetime.date | None = None,
    library: Path | None = None,
    salvage: bool = False,
    today: datetime.date | None = None,
) -> Assembled:
    """Read a profile, assemble its agreement and check it.

    Args:
        profile_path: the firm's facts.
        on: the law day; by default the planned signing day of the profile.
        library: a clause library folder other than the one that comes with the program.
        salvage: give a provisional agreement too; its faults are told either way, all at once.
        today: the day after which nothing can be a fact; None where that is not asked.

    Raises:
        InputError: where a file cannot be read at all.
    """
    read = salvage_profile(load_yaml(profile_path, tolerant=True))
    if read.profile is None:
        return Assembled(None, None, ordered(read.findings), read.loaded, faults=ordered(read.findings))
    law = load_law(None if library is None else library / "law")
    law_day = on or read.profile.agreement.signing_day
    missing = [
        one
        for one in (
            *_law_day(law_day, law, read, today),
            *_place(read.profile.agreement.place, law, read),
            *_other_places(read.profile, law, read),
        )
        if not read.is_refused(one.path)
    ]
    told = replace(read, refused=(*read.refused, *(one.path for one in missing)))
    found, agreement = _judged(told, law, load_library(library), law_day, today)
    faults = ordered((*read.findings, *missing, *_union(read)))
    findings = ordered((*faults, *found))
    provisional = bool(told.refused)
    if provisional and not salvage:
        return Assembled(None, None, findings, read.loaded, provisional, faults)
    return Assembled(read.profile, agreement, findings, read.loaded, provisional, faults)


def _stand_in(law: Law, place: str, today: datetime.date | None) -> datetime.date | None:
    """The day whose law is taken while the law day is not known."""
    return today or law.checked(place) or law.checked(law.places[0])


def _judged(
    read: Salvaged,
    law: Law,
    clauses: Library,
    law_day: datetime.date | None,
    today: datetime.date | None,
) -> tuple[tuple[Finding, ...], Agreement | None]:
    """What is wrong with an agreement, placed, and the agreement, where there can be one.

    The outermost law stands in where a place has none; for the law day ``today``, else the day of the last comparison.
    What is no error by the outermost law may be otherwise in the place that was meant: that is left out.
    """
    assert read.profile is not None
    terms = read.profile.agreement
    place = terms.place if terms.place in law.places else law.places[0]
    lawless = [number for number, one in enumerate(terms.other_places) if one.place not in law.places]
    others = tuple(one for one in terms.other_places if one.place in law.places)
    known = terms.model_copy(update={"place": place, "other_places": others})
    profile = read.profile.model_copy(update={"agreement": known})
    read = read.without(("agreement", "other_places"), lawless)
    day = law_day or _stand_in(law, place, today)
    if day is None:
        return (), None
    if found := refusals(profile, law, clauses, day):
        return _told(found, read), None
    agreement = replace(assemble(profile, law, clauses, day), today=today)
    found = (*agreement.findings, *check_agreement(agreement))
    if place != terms.place:
        found = tuple(one for one in found if one.severity is Severity.ERROR)
    return _told(found, read), replace(agreement, open_points=_told(agreement.open_points, read))


def _law_day(
    day: datetime.date | None, law: Law, read: Salvaged, today: datetime.date | None
) -> Iterator[Finding]:
    if day is None:
        stands_in = _stand_in(law, law.places[0], today)
        meanwhile = f"；其他问题先按{stands_in}的法律检查，写明日期以后再查一遍" if stands_in else ""
        yield Finding(
            "law-day",
            Severity.ERROR,
            "不知道按哪一天的法律起草：没有拟签订日期",
            read.loaded.where(("agreement",)),
            hint=f"在 agreement 下写 signing_day: 年-月-日，或者用 --on 指定一天{meanwhile}",
            path="agreement.signing_day",
        )


def _place(place: str | None, law: Law, read: Salvaged) -> Iterator[Finding]:
    if place not in law.places:
        known = law.listed(with_texts=True)
        wrong = "没有写明适用哪里的法律" if place is None else f"没有 {place} 的法律数据"
        where = read.loaded.where(("agreement", "place") if place else ("agreement",))
        path = "agreement.place"
        stands_in = law.title(law.places[0])
        hint = f"在 agreement 下写 place，现有：{known}；其他错误先按{stands_in}的规定检查，写明以后再查一遍"
        yield Finding("place", Severity.ERROR, wrong, where, hint=hint, path=path)


def _other_places(profile: Profile, law: Law, read: Salvaged) -> Iterator[Finding]:
    """Other places of work that have no law file, each with the nearest known place."""
    for number, one in enumerate(profile.agreement.other_places):
        if one.place not in law.places:
            titles = {law.title(place): place for place in law.places}
            near = difflib.get_close_matches(one.place.lower(), law.places, n=1)
            near = near or [titles[title] for title in difflib.get_close_matches(one.place, titles, n=1)]
            known = law.listed(with_texts=True)
            hint = f"是不是 {near[0]}（{law.title(near[0])}）？" if near else f"现有：{known}"
            message = f"没有 {one.place} 的法律数据"
            path = f"agreement.other_places.{number}.place"
            yield _placed(Finding("place", Severity.ERROR, message, hint=hint, path=path), read)


def _union(read: Salvaged) -> Iterator[Finding]:
    """Advice where nothing tells whether there is a union: the text is written as if there were one."""
    assert read.profile is not None
    paths = ("union.name", "union.guiding_union", "union.employees_representative")
    if not read.profile.union.told and not any(read.is_refused(path) for path in ("union", *paths)):
        yield Finding(
            "union",
            Severity.ADVICE,
            "没有填工会，先按有工会写",
            read.loaded.where(("union",)),
            hint="有工会的填 union.name；没有工会的填 union.guiding_union 或者 union.employees_representative",
            path=paths[0],
        )


def _told(found: Iterable[Finding], read: Salvaged) -> tuple[Finding, ...]:
    """Findings with their places; nothing about answers that were refused, which are told already."""
    placed = (_placed(one, read) for one in found)
    return tuple(one for one in placed if not read.is_refused(one.path))


def _placed(finding: Finding, read: Salvaged) -> Finding:
    """A finding about a profile path, with its path in the profile file and the line where that stands."""
    if finding.location.file or not finding.path:
        return finding
    steps = tuple(int(step) if step.isdigit() else step for step in finding.path.split("."))
    written = read.written(steps)
    where = read.loaded.where(written)
    place = Location(where.file, where.line, where.column, finding.location.place)
    return replace(finding, location=place, path=".".join(str(step) for step in written))


def build(
    profile_path: Path,
    *,
    out: Path,
    formats: Sequence[str] = ("docx", "pdf"),
    on: datetime.date | None = None,
    final: bool = False,
    annotate: bool = False,
    template: Path | None = None,
    library: Path | None = None,
    force: bool = False,
    today: datetime.date | None = None,
    into: Path | None = None,
    renumber: bool = False,
) -> Built:
    """Write the agreement of a profile in the wanted formats, and its record, all or nothing.

    Args:
        profile_path: the firm's facts.
        out: the folder to write to.
        formats: which files.
        on: the law day; by default the planned signing day.
        final: the text to sign.
        annotate: with notes.
        template: a restyled Word file.
        library: another clause library.
        force: overwrite.
        today: a fact whose day has not come by then is told, and stops a final text.
        into: the general contract's Word file, of which the agreement becomes a chapter in a new file.
        renumber: rewrite typed numbers in that file, too.

    Raises:
        ContractgenError: where a file cannot be read or written, or a tool is missing.
    """
    require_known(formats)
    if final and annotate:
        raise InputError("定稿不能带批注", hint="--final 和 --annotate 只用一个")
    if into is not None and annotate:
        raise InputError("换入主合同的专章不带批注", hint="--into 和 --annotate 只用一个")
    assembled = assemble_file(profile_path, on=on, library=library, salvage=True, today=today)
    agreement, findings = assembled.agreement, assembled.findings
    if agreement is None:
        return Built((), findings, (), None)
    points = open_points(agreement, findings)
    if final and points:
        return Built((), _stopped(findings, points), points, None if assembled.provisional else agreement)
    if assembled.provisional:
        return Built((), findings, (), None)
    issue = Issue(
        _file_name(agreement, final=final, annotate=annotate),
        agreement,
        layout(agreement, final=final, annotate=annotate, open_points=points, of_law=of_law(findings)),
        final,
        annotate,
        profile_path.name,
        assembled.loaded.data,
        [_named(finding, profile_path).as_dict() for finding in findings],
        sources(agreement, library),
    )
    inserted = None
    if into is not None:
        inserted = insert(into, agreement, issue.document, assembled.loaded, final=final, renumber=renumber)
        findings = ordered((*findings, *inserted.findings))
        if not inserted.files:
            return Built((), findings, points, agreement, inserted)
        issue = replace(issue, more={INTO: inserted.record}, beside={INTO: inserted.text})
    files = issue.files(formats, read_template(template) if "docx" in formats else None)
    files |= inserted.files if inserted else {}
    write_all({out / one: data for one, data in files.items()}, force=force)
    return Built(tuple(out / one for one in files), findings, points, agreement, inserted)


def _stopped(findings: Sequence[Finding], points: Sequence[Finding]) -> tuple[Finding, ...]:
    """All findings once, those that stop a final text as errors."""
    others = (one for one in findings if one not in points)
    return ordered((*(replace(one, severity=Severity.ERROR) for one in points), *others))


def _named(finding: Finding, profile_path: Path) -> Finding:
    """A finding without the folder of the profile: a record does not tell where on a machine it was made."""
    if finding.location.file != str(profile_path):
        return finding
    return replace(finding, location=replace(finding.location, file=profile_path.name))


def require_known(formats: Sequence[str]) -> None:
    """Refuse formats that there are not.

    Raises:
        InputError: naming those that there are.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise InputError(
            f"不认识的格式：{'、'.join(unknown)}", hint=f"可以选 {'、'.join(FORMATS)}，用逗号隔开"
        )


def open_points(agreement: Agreement, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What must be settled before a final text: errors, law too long unchecked, blanks, unconfirmed proposals."""
    strict = {rule.id for rule in catalogue() if rule.stops_final}
    stops = tuple(
        one
        for one in findings
        if one.severity is Severity.ERROR or (one.severity is Severity.WARNING and one.rule in strict)
    )
    return (*stops, *agreement.open_points)


def of_law(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What rules about law found that was not seen or not compared, accepted or not."""
    rules = {rule.id for rule in catalogue() if rule.of_law}
    return tuple(one for one in findings if one.rule in rules)


def _file_name(agreement: Agreement, *, final: bool, annotate: bool) -> str:
    employer = agreement.profile.at("employer.name") or "未填单位"
    kind = "定稿" if final else ("批注稿" if annotate else "草案")
    return safe_name(f"{str(employer)[:60]}-{agreement.title}-{kind}")
