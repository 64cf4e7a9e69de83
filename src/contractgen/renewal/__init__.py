"""Renewal: a contract that was signed, held against the law and library of another day; its successor drafted from it.

Out come a report (what changed in law, what the library now proposes, which numbers to carry over), a profile with the
facts that stay, a draft agreement, and its redline against the contract.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contractgen.agreement import Agreement, assemble, layout
from contractgen.build import build, require_known
from contractgen.build.rendering import render
from contractgen.diff import Differences, compare, redline
from contractgen.diff.page import page
from contractgen.diff.wording import of_agreement
from contractgen.files import Loaded, load_yaml, safe_name, write_all
from contractgen.findings import Finding, InputError, Location, Severity, has_errors, ordered
from contractgen.law import Law, load_law
from contractgen.library import Library, load_library
from contractgen.profile import read_profile
from contractgen.record import Signed, other_party, other_place, signed_contract
from contractgen.renewal.blanks import told_as_before, without_blanks
from contractgen.renewal.facts import facts_of, profile_text
from contractgen.renewal.law import LawChange, law_changes
from contractgen.renewal.report import Report, report
from contractgen.renewal.window import Window, window_of
from contractgen.renewal.wording import Carried, ClauseChange, carried_terms, clause_changes
from contractgen.renewal.words import words

if TYPE_CHECKING:
    from contractgen.profile import Profile

__all__ = ["Carried", "ClauseChange", "LawChange", "Renewal", "Report", "Window", "renew", "report"]


@dataclass(frozen=True)
class Renewal:
    """What a renewal begins with.

    Attributes:
        signed: the contract.
        draft: the agreement that today's law and library give for its facts.
        law: what changed in law since.
        clauses: what today's library proposes otherwise.
        terms: the numbers agreed last time.
        window: when the renewal may be proposed.
        differences: the contract against the draft, word by word; what only stands blank now has no effect.
        wording: the same as if days and bargaining were told as last time: what library, law and numbers change.
        findings: what there is to say; with errors of severity that leave no draft, ``draft`` is None.
        files: what was written.
    """

    signed: Signed
    draft: Agreement
    law: tuple[LawChange, ...]
    clauses: tuple[ClauseChange, ...]
    terms: tuple[Carried, ...]
    window: Window
    differences: Differences
    wording: Differences
    findings: tuple[Finding, ...] = ()
    files: tuple[Path, ...] = ()


def renew(
    record_path: Path,
    *,
    on: datetime.date | None = None,
    profile_path: Path | None = None,
    out: Path | None = None,
    formats: Sequence[str] = ("docx", "pdf"),
    template: Path | None = None,
    library: Path | None = None,
    force: bool = False,
) -> Renewal:
    """Hold a contract against the law and library of a day and draft its successor.

    Args:
        record_path: the record of the contract, of its consolidated text, or of its last amendment.
        on: the law day of the successor; by default the planned signing day of the profile. Never today.
        profile_path: the firm's facts of today; by default those of the contract, to be gone through.
        out: the folder; without one nothing is written.
        formats: which kinds of files.
        template: a restyled Word file.
        library: another clause library, with its law.
        force: overwrite.

    Raises:
        ContractgenError: where the record cannot be relied on or is of another firm, no day is known, or a file
            cannot be read or written.
    """
    require_known(formats)
    signed = signed_contract(record_path)
    law = load_law(None if library is None else library / "law")
    given = None if profile_path is None else _given(signed, profile_path)
    day = on or (None if given is None else given.agreement.signing_day)
    wrong = _wrong(signed, law, day, profile_path)
    if wrong:
        raise InputError("这份合同不能这样续订", findings=wrong)
    assert day is not None
    renewing = _Renewing(signed, law, load_library(library), day, given)
    with tempfile.TemporaryDirectory(prefix="contractgen-") as folder:
        path = profile_path or renewing.profile_in(Path(folder))
        made = build(
            path, out=Path(folder, "made"), formats=formats, on=day, template=template, library=library
        )
        if made.agreement is None or not made.files:
            raise InputError("按这份企业情况表做不出续订的草案", findings=made.findings)
        found = renewing.renewal(made.agreement, _moved(made.findings, path, profile_path, out))
        if out is None:
            return found
        files = {one.name: one.read_bytes() for one in made.files}
        if profile_path is None:
            files[path.name] = path.read_bytes()
    files |= _reports(found, formats)
    write_all({out / name: data for name, data in files.items()}, force=force)
    return replace(found, files=tuple(out / name for name in files))


def _given(signed: Signed, path: Path) -> Profile:
    """The profile of today, as far as it can be read: its faults are told with the draft."""
    profile, findings = read_profile(load_yaml(path, tolerant=True), salvage=True)
    if profile is None:
        raise InputError(f"{path} 有填写错误", findings=findings)
    wrong = [*other_party(signed, profile, str(path)), *other_place(signed, profile, str(path))]
    if has_errors(wrong):
        raise InputError("企业情况表不是这份合同的单位的", findings=wrong)
    return profile


def _wrong(signed: Signed, law: Law, day: datetime.date | None, path: Path | None) -> tuple[Finding, ...]:
    where = Location(str(path or signed.record.path))
    found = []
    if day is None:
        hint = "加 --on 日期（计划签订的日期），或者用 --profile 给出写有 signing_day 的企业情况表"
        found.append(Finding("law-day", Severity.ERROR, "不知道按哪一天的法律续订", where, hint=hint))
    elif day <= signed.agreement.on:
        message = f"续订的日期{day}不晚于上一份合同的日期{signed.agreement.on}"
        found.append(Finding("law-day", Severity.ERROR, message, where, hint="核对 --on 或者拟签订日期"))
    if signed.agreement.place not in law.places:
        message = f"现在的法律数据里没有 {signed.agreement.place}"
        found.append(Finding("place", Severity.ERROR, message, where, hint="用带有这个地区法律的 --library"))
    return tuple(found)


def _moved(
    findings: Sequence[Finding], made: Path, given: Path | None, out: Path | None
) -> tuple[Finding, ...]:
    """Findings on the profile that was drafted, at the place to which it is written."""
    if given is not None:
        return tuple(findings)
    name = made.name if out is None else str(out / made.name)
    return ordered(
        replace(one, location=replace(one.location, file=name)) if one.location.file == str(made) else one
        for one in findings
    )


class _Renewing:
    def __init__(
        self, signed: Signed, law: Law, library: Library, on: datetime.date, given: Profile | None
    ) -> None:
        self.signed, self.law, self.library, self.on, self.given = signed, law, library, on, given

    def profile_in(self, folder: Path) -> Path:
        """The profile with the facts that stay, in a folder."""
        name = f"{file_name(self.signed, 'profile')}.yaml"
        facts = facts_of(self.signed)
        profile, findings = read_profile(Loaded(name, dict(facts)), salvage=True)
        if profile is None:
            raise InputError("上一份合同的情况带不过来", findings=findings)
        draft = assemble(profile, self.law, self.library, self.on)
        path = folder / name
        text = profile_text(self.signed, facts, draft, tuple(self.terms(draft)), name)
        path.write_text(text, encoding="utf-8", newline="\n")
        return path

    def terms(self, draft: Agreement) -> Iterator[Carried]:
        """The agreed numbers of last time."""
        held = self.signed.record.profile.get("terms")
        terms: Mapping[str, Any] = held if isinstance(held, dict) else {}
        return carried_terms(self.signed.agreement, draft, terms, self.law)

    def renewal(self, draft: Agreement, findings: Sequence[Finding]) -> Renewal:
        """All that there is to say."""
        signed = self.signed
        old = of_agreement(signed.agreement, signed.opened.document, signed.record.path.name)
        new = of_agreement(draft, layout(draft), f"{draft.title}（{self.on}，草案）")
        same = assemble(told_as_before(draft.profile, signed.profile), self.law, self.library, self.on)
        wording = compare(old, of_agreement(same, layout(same), new.name))
        found = without_blanks(compare(old, new), wording)
        window = window_of(signed, self.law.at(draft.place, self.on))
        return Renewal(
            signed,
            draft,
            tuple(law_changes(signed.agreement, draft, self.law)),
            tuple(clause_changes(signed.agreement, draft, self.library, wording)),
            tuple(self.terms(draft)),
            window,
            found,
            wording,
            ordered((*window.findings(self.on), *findings)),
        )


def _reports(found: Renewal, formats: Sequence[str]) -> dict[str, bytes]:
    """The report in the formats of the agreement and as JSON, and the redline in Word and on a page."""
    import json

    told = report(found)
    name = file_name(found.signed, "report")
    files = {f"{name}.{kind}": data for kind, data in render(told.document(), formats, {}).items()}
    files[f"{name}.json"] = (json.dumps(told.as_dict(), ensure_ascii=False, indent=2) + "\n").encode()
    marked = file_name(found.signed, "redline")
    if "docx" in formats:
        from contractgen.formats.docx_write import write_docx

        day = found.draft.on.isoformat()
        files[f"{marked}.docx"] = write_docx(redline(found.differences, day=day))
    files[f"{marked}.html"] = page(found.differences).encode()
    return files


def file_name(signed: Signed, kind: str) -> str:
    """The name of a file without its ending."""
    employer = signed.profile.employer.name or str(words()["unnamed"])
    return safe_name(str(words()["file_names"][kind]).format(employer=employer, title=signed.title))
