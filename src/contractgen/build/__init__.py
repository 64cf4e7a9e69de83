"""What ``new`` does: one profile in; findings, files and the record of what went into them out."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.agreement import Agreement, assemble, layout, refusals
from contractgen.build.issue import Issue
from contractgen.build.rendering import FORMATS, read_template
from contractgen.checks import catalogue, check_agreement
from contractgen.files import Loaded, safe_name, write_all
from contractgen.findings import Finding, InputError, Location, Severity, has_errors, ordered
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.profile import load_profile
from contractgen.record import sources

__all__ = ["FORMATS", "Assembled", "Built", "assemble_file", "build", "of_law", "open_points", "succeeded"]

if TYPE_CHECKING:
    from contractgen.law import Law
    from contractgen.profile import Profile

UNMADE = "form"  # rule of a form of agreement that can be checked but not written


@dataclass(frozen=True, slots=True)
class Assembled:
    """A profile file as an agreement, checked; without an agreement where the profile has errors of form."""

    profile: Profile | None
    agreement: Agreement | None
    findings: tuple[Finding, ...]
    loaded: Loaded


@dataclass(frozen=True, slots=True)
class Built:
    """What was written, and what there is to say about it. Nothing was written where ``files`` is empty."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]
    open_points: tuple[Finding, ...]
    agreement: Agreement | None


def assemble_file(
    profile_path: Path,
    *,
    on: datetime.date | None = None,
    library: Path | None = None,
    salvage: bool = False,
) -> Assembled:
    """Read a profile, assemble its agreement and check it.

    Args:
        profile_path: the firm's facts.
        on: the law day; by default the planned signing day of the profile.
        library: a clause library folder other than the one that comes with the program.
        salvage: go on where single answers had to be refused, taking them as not yet known, so that
            faults of form and findings of law are told together.

    Raises:
        InputError: where a file cannot be read at all.
    """
    profile, findings, loaded = load_profile(profile_path, salvage=salvage)
    if profile is None:
        return Assembled(None, None, ordered(findings), loaded)
    law = load_law(None if library is None else library / "law")
    law_day = on or profile.agreement.signing_day
    refused = {finding.path for finding in findings if finding.severity is Severity.ERROR}
    missing = [
        one
        for one in (
            *_law_day(law_day, loaded),
            *_place(profile.agreement.place, law, loaded),
            *_other_places(profile, law, loaded),
        )
        if one.path not in refused
    ]
    if missing or law_day is None or profile.agreement.place is None:
        return Assembled(profile, None, ordered((*findings, *missing)), loaded)
    clauses = load_library(library)
    if found := refusals(profile, law, clauses, law_day):
        placed = (_placed(one, loaded) for one in found)
        return Assembled(profile, None, ordered((*findings, *placed)), loaded)
    agreement = assemble(profile, law, clauses, law_day)
    unmade = (one for one in _form(profile, loaded) if one.path not in refused)
    found = (*findings, *unmade, *agreement.findings, *check_agreement(agreement))
    return Assembled(profile, agreement, ordered(_placed(one, loaded) for one in found), loaded)


def _law_day(day: datetime.date | None, loaded: Loaded) -> Iterator[Finding]:
    if day is None:
        yield Finding(
            "law-day",
            Severity.ERROR,
            "不知道按哪一天的法律起草：没有拟签订日期",
            loaded.where(("agreement",)),
            hint="在 agreement 下写 signing_day: 年-月-日，或者用 --on 指定一天",
            path="agreement.signing_day",
        )


def _place(place: str | None, law: Law, loaded: Loaded) -> Iterator[Finding]:
    if place not in law.places:
        known = "、".join(f"{one}（{law.title(one)}）" for one in law.places)
        wrong = "没有写明适用哪里的法律" if place is None else f"没有 {place} 的法律数据"
        where = loaded.where(("agreement", "place") if place else ("agreement",))
        path = "agreement.place"
        hint = f"在 agreement 下写 place，现有：{known}"
        yield Finding("place", Severity.ERROR, wrong, where, hint=hint, path=path)


def _other_places(profile: Profile, law: Law, loaded: Loaded) -> Iterator[Finding]:
    """Other places of work that have no law file, each with the nearest known place."""
    for number, one in enumerate(profile.agreement.other_places):
        if one.place not in law.places:
            titles = {law.title(place): place for place in law.places}
            near = difflib.get_close_matches(one.place.lower(), law.places, n=1)
            near = near or [titles[title] for title in difflib.get_close_matches(one.place, titles, n=1)]
            known = "、".join(f"{place}（{law.title(place)}）" for place in law.places)
            hint = f"是不是 {near[0]}（{law.title(near[0])}）？" if near else f"现有：{known}"
            path = f"agreement.other_places.{number}.place"
            where = loaded.where(("agreement", "other_places", number, "place"))
            message = f"没有 {one.place} 的法律数据"
            yield Finding("place", Severity.ERROR, message, where, hint=hint, path=path)


def _form(profile: Profile, loaded: Loaded) -> Iterator[Finding]:
    """Chapters and annexes of a general contract are checked but not made yet: no file is written of a wrong form."""
    if profile.agreement.form != "standalone":
        path = "agreement.form"
        where = loaded.where(("agreement", "form"))
        message = "目前只能起草单独订立的专项集体合同，还不能做成综合集体合同的专章或者附件"
        yield Finding(UNMADE, Severity.ERROR, message, where, hint="写 form: standalone", path=path)


def _placed(finding: Finding, loaded: Loaded) -> Finding:
    """A finding about a profile path, with the line of the profile file it stands in."""
    if finding.location.file or not finding.path:
        return finding
    steps = tuple(int(step) if step.isdigit() else step for step in finding.path.split("."))
    where = loaded.where(steps)
    place = Location(where.file, where.line, where.column, finding.location.place)
    return replace(finding, location=place)


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
) -> Built:
    """Write the agreement of a profile in the wanted formats, and its record, all or nothing.

    Raises:
        ContractgenError: where a file cannot be read or written, or a tool is missing.
    """
    require_known(formats)
    if final and annotate:
        raise InputError("定稿不能带批注", hint="--final 和 --annotate 只用一个")
    assembled = assemble_file(profile_path, on=on, library=library)
    agreement, findings = assembled.agreement, assembled.findings
    unmade = any(one.rule == UNMADE for one in findings)
    if agreement is None or assembled.profile is None or unmade:
        return Built((), findings, (), None)
    points = open_points(agreement, findings)
    if final and points:
        errors = tuple(replace(point, severity=Severity.ERROR) for point in points)
        placed = [_placed(point, assembled.loaded) for point in errors]
        return Built((), ordered((*findings, *placed)), points, agreement)
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
    files = issue.files(formats, read_template(template) if "docx" in formats else None)
    write_all({out / one: data for one, data in files.items()}, force=force)
    return Built(tuple(out / one for one in files), findings, points, agreement)


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


def succeeded(built: Built) -> bool:
    """Whether nothing of severity error was found."""
    return not has_errors(built.findings)
