"""Amendment: a contract that was signed and a firm's new facts in; an amendment agreement and the consolidated text out.

Only what the parties change in their facts changes in the text: wording and law are those of the contract, but for the
articles for which ``current`` asks for those of the day on which the amendment is signed. Procedure and floors are always held against
the law of that day.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contractgen.agreement import Agreement, assemble
from contractgen.amendment import judging
from contractgen.amendment.drafting import (
    amending,
    consolidated,
    document_of,
    document_of_consolidated,
)
from contractgen.amendment.file import words
from contractgen.amendment.joining import Alteration, Joined, join
from contractgen.amendment.own_terms import is_unused, speaking_of_the_amendment
from contractgen.amendment.taking import ALL, article_ids, taken
from contractgen.amendment.words import Lines, long_day
from contractgen.build import Assembled, assemble_file, of_law, open_points, require_known
from contractgen.build.issue import Issue
from contractgen.build.rendering import read_template
from contractgen.document import Document
from contractgen.files import Loaded, safe_name, write_all
from contractgen.findings import Finding, InputError, Location, Severity, has_errors, ordered
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.profile import read_profile
from contractgen.record import (
    AMENDMENT,
    CONSOLIDATED,
    Signed,
    manifest,
    other_party,
    other_place,
    signed_contract,
    sources,
)

if TYPE_CHECKING:
    from contractgen.law import Law
    from contractgen.library import Library
    from contractgen.profile import Profile

__all__ = ["Alteration", "Amended", "amend"]

OF_THE_CONTRACT = (
    "signing_day",
    "occasion",
    "case",
    "grounds",
    "copies",
    "serial",
    "previous",
)  # stay as they were


@dataclass(frozen=True, slots=True)
class Amended:
    """What was written, and what there is to say about it. Nothing was written where ``files`` is empty."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]
    open_points: tuple[Finding, ...] = ()
    alterations: tuple[Alteration, ...] = ()


@dataclass(frozen=True)
class _Text:
    """The contract's facts with what is new in them, as the contract's own text: and what it is made from."""

    data: Mapping[str, Any]
    agreement: Agreement
    sources: Mapping[str, str]
    taken: frozenset[str] = frozenset()  # ids of the articles that are in the wording and law of the day


def amend(
    record_path: Path,
    profile_path: Path,
    *,
    out: Path,
    formats: Sequence[str] = ("docx", "pdf"),
    on: datetime.date | None = None,
    final: bool = False,
    current: Sequence[str] = (),
    template: Path | None = None,
    library: Path | None = None,
    force: bool = False,
    today: datetime.date | None = None,
) -> Amended:
    """Write the amendment agreement and the consolidated text, each with its record, all or nothing.

    Args:
        record_path: the record of the contract, of its consolidated text, or of its last amendment.
        profile_path: the firm's facts as they are to be, with those of this bargaining.
        out: the folder.
        formats: which kinds of files.
        on: the law day of the amendment; by default its planned signing day.
        final: the text to sign; refused while anything is open.
        current: ids of clauses or articles that take the wording and law of the law day; ``all`` for the whole contract.
        template: a restyled Word file.
        library: another clause library, with its law.
        force: overwrite.
        today: a fact whose day has not come by then is told, and stops a final text.

    Raises:
        ContractgenError: where the record cannot be relied on, or a file cannot be read or written.
    """
    require_known(formats)
    signed = signed_contract(record_path)
    assembled = assemble_file(profile_path, on=on, library=library, today=today)
    if assembled.profile is None or assembled.agreement is None:
        return Amended((), assembled.findings)
    wrong = [
        *other_party(signed, assembled.profile, str(profile_path)),
        *other_place(signed, assembled.profile, str(profile_path)),
        *judging.of_occasion(signed, assembled),
    ]
    if has_errors(wrong):
        return Amended((), ordered(wrong))
    return _Amendment(signed, assembled, current, library).written(
        out, formats, final, read_template(template) if "docx" in formats else None, force, wrong
    )


class _Amendment:
    def __init__(
        self, signed: Signed, assembled: Assembled, current: Sequence[str], library: Path | None
    ) -> None:
        assert assembled.profile is not None and assembled.agreement is not None
        self.signed, self.assembled, self.folder = signed, assembled, library
        self.whole = ALL in current  # the wording and law of the day for the whole contract
        self.current = () if self.whole else tuple(current)
        self.on = assembled.agreement.on
        self.now = self._now(assembled.profile)
        self.text = self._text()
        self.joined = self._joined()
        kinds = {one.kind for one in self.joined.alterations}
        facts = {
            "amended": bool(signed.amendments),
            **{kind: kind in kinds for kind in ("changed", "added", "deleted")},
        }
        self.lines = Lines(self.now, signed, facts)
        self.amendment = amending(self.lines, self.joined)

    # ---------------------------------------------------------------- texts

    def _of_today(self) -> tuple[Law, Library]:
        return load_law(None if self.folder is None else self.folder / "law"), load_library(self.folder)

    def _now(self, profile: Profile) -> Agreement:
        """What the new facts give under the law of the day, speaking of the amendment."""
        law, library = self._of_today()
        return speaking_of_the_amendment(profile, law, library, self.on)

    def _text(self) -> _Text:
        """The contract's own text with the new facts; how it was concluded stays as it was."""
        opened = self.signed.opened
        data = self._facts()
        profile, findings = read_profile(Loaded(self.assembled.loaded.path, data), salvage=True)
        if profile is None:
            raise InputError("合同和企业情况表不能合在一起", findings=findings)
        profile = profile.model_copy(
            update={"agreement": profile.agreement.model_copy(update={"place": self.signed.agreement.place})}
        )
        if self.whole:
            return self._of_the_day(data, profile)
        law, library = opened.law, opened.library
        unknown = [one.place for one in profile.agreement.other_places if one.place not in law.places]
        if unknown:
            raise InputError(
                f"原合同的生成记录里没有 {'、'.join(unknown)} 的法律，新的工作地点写不进原来的条款",
                hint="加 --current all，整份合同改用现行的条款和法律",
            )
        agreement = assemble(profile, law, library, self.signed.agreement.on)
        packed = opened.record.packed["library"] if opened.record.form > 1 else sources(agreement, None)
        if not self.current:
            return _Text(data, agreement, packed)
        now = self._of_the_day(data, profile).agreement
        ids = article_ids(now, self.current)
        agreement, dangling = taken(agreement, now, ids)
        return _Text(data, replace(agreement, findings=(*agreement.findings, *dangling)), packed, ids)

    def _of_the_day(self, data: Mapping[str, Any], profile: Profile) -> _Text:
        """The whole contract in the wording and law of the day."""
        law, library = self._of_today()
        agreement = assemble(profile, law, library, self.on)
        return _Text(data, agreement, sources(agreement, self.folder))

    def _facts(self) -> dict[str, Any]:
        """The new facts, with those of the contract's own conclusion in place of the amendment's."""
        old, new = self.signed.record.profile, dict(self.assembled.loaded.data)
        then = old.get("agreement") or {}
        facts = {
            name: value for name, value in (new.get("agreement") or {}).items() if name not in OF_THE_CONTRACT
        }
        facts |= {name: then[name] for name in OF_THE_CONTRACT if name in then}
        if isinstance(main := then.get("main_contract"), dict):  # its numbers stay as well
            facts["main_contract"] = {**(facts.get("main_contract") or {}), **main}
        merged = {**new, "agreement": facts, "bargaining": old.get("bargaining") or {}}
        return {name: value for name, value in merged.items() if value}

    def _joined(self) -> Joined:
        then = self.signed.opened
        base = assemble(self.signed.profile, then.law, then.library, self.signed.agreement.on)
        signing = self.assembled.profile.agreement.signing_day if self.assembled.profile else None
        stub = words()["stub_undated"] if signing is None else words()["stub"]
        return join(
            self.signed.agreement,
            base,
            self.text.agreement,
            stub=str(stub).replace("{{ signed }}", long_day(signing)),
            supplement=str(words()["supplement"]),
            taken=self.text.taken,
            last=self._last(),
        )

    def _last(self) -> tuple[int, int]:
        """The last article and annex of the general contract, behind which what is new in a chapter stands."""
        main = self.now.profile.agreement.main_contract
        if self.signed.profile.agreement.form != "chapter":
            return 0, 0
        return main.last_article or 0, main.last_annex or 0

    # ---------------------------------------------------------------- what there is to say

    def findings(self, wrong: Sequence[Finding]) -> tuple[Finding, ...]:
        """Everything: the profile, the procedure, the altered texts, the law of the day."""
        text, joined = self.text.agreement, self.joined
        found = [
            *wrong,
            *judging.of_procedure(self.assembled),
            *(
                replace(one, location=self._at(one))
                for one in text.findings
                if not is_unused(one, self.now.values)
            ),
            *judging.of_altered_texts(self.now, joined),
            *judging.below_present_law(text, self.now, joined),
            *judging.taken_before(self.signed, joined, self.text.taken, self.whole),
            *judging.weaker(self.signed, text, joined),
        ]
        told: dict[tuple[str, str, str], Finding] = {}
        for one in found:
            told.setdefault((one.rule, one.message, one.location.place), one)
        return ordered(told.values())

    def _at(self, finding: Finding) -> Location:
        return replace(finding.location, place=self.joined.place(finding.location.place))

    def points(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """What must be settled before signing, in the agreement and in what it brings into the contract."""
        text, joined = self.text.agreement, self.joined
        altered = {one.label for one in joined.alterations if one.new is not None}
        fresh = {label: place for label, place in joined.labels.items() if place in altered}
        ours = {
            article.label: label
            for article in self.now.articles
            for label in self._procedure(article.provisions)
        }
        points = [
            *self.lines.blanks(),
            *judging.points_of(self.now, [*ours, "封面", *self._parties()], ours),
            *judging.points_of(text, fresh, fresh),
        ]
        once = {one.path: one for one in reversed(points)}
        return open_points(replace(self.now, open_points=tuple(reversed(once.values()))), findings)

    def _parties(self) -> list[str]:
        return [one.role for one in self.now.parties]

    def _procedure(self, provisions: Sequence[Any]) -> list[str]:
        """The article of the amendment in which clauses of an article of the library stand."""
        ids = {one.clause.id for one in provisions if one.clause is not None}
        return [
            article.label
            for article in self.amendment.articles
            for one in article.provisions
            if one.clause is not None and one.clause.id in ids
        ][:1]

    # ---------------------------------------------------------------- files

    def written(
        self,
        out: Path,
        formats: Sequence[str],
        final: bool,
        template: bytes | None,
        force: bool,
        wrong: Sequence[Finding],
    ) -> Amended:
        """The files, or why there are none."""
        alterations = self.joined.alterations
        if not alterations:
            return Amended((), (_unchanged(self.assembled, self.signed),))
        if unnumbered := tuple(judging.unnumbered(self.signed, self.assembled, self.joined)):
            return Amended((), ordered((*wrong, *unnumbered)), (), alterations)
        findings = self.findings(wrong)
        points = self.points(findings)
        if final and points:
            others = (one for one in findings if one not in points)
            stopped = ordered((*(replace(one, severity=Severity.ERROR) for one in points), *others))
            return Amended((), stopped, points, alterations)
        files = self._files(formats, final, template, findings, points)
        write_all({out / name: data for name, data in files.items()}, force=force)
        return Amended(tuple(out / name for name in files), findings, points, alterations)

    def _files(
        self,
        formats: Sequence[str],
        final: bool,
        template: bytes | None,
        findings: Sequence[Finding],
        points: Sequence[Finding],
    ) -> dict[str, bytes]:
        ours = replace(self.amendment, values={**self.text.agreement.values, **self.now.values})
        whole = consolidated(self.lines, self.text.agreement, self.joined)
        agreement_document = document_of(ours, final, points, of_law(findings))
        whole_document = document_of_consolidated(whole, self.signed.title, final)
        stamps = {one: str(manifest(text)["agreement"]) for one, text in (("ours", ours), ("whole", whole))}
        of = {
            "title": self.signed.title,
            "signed": self.signed.day.isoformat(),
            "agreement": self.signed.record.agreement,
            "record": self.signed.record.path.name,
        }
        signing = self.now.profile.agreement.signing_day
        link = {
            "title": ours.title,
            "signed": signing.isoformat() if signing else "",
            "agreement": stamps["ours"],
        }
        taken_so_far = sorted({*self.signed.taken, *self.text.taken})
        chain = {
            "title": self.signed.title,
            "amendments": [*self.signed.amendments, link],
            "current": [] if self.whole else taken_so_far,
        }
        issues = (
            self._issue(
                words()["file_name"], ours, agreement_document, final, self.assembled.loaded.data,
                findings, sources(self.now, self.folder), {AMENDMENT: {"of": of, "consolidated": stamps["whole"]}},
            ),
            self._issue(
                words()["consolidated"]["file_name"], whole, whole_document, final, self.text.data,
                (), self.text.sources, {CONSOLIDATED: chain},
            ),
        )  # fmt: skip
        files: dict[str, bytes] = {}
        for issue in issues:
            files |= issue.files(formats, template)
        return files

    def _issue(
        self,
        name: str,
        agreement: Agreement,
        document: Document,
        final: bool,
        data: Any,
        findings: Sequence[Finding],
        library: Mapping[str, str],
        more: Mapping[str, Any],
    ) -> Issue:
        kind = words()["kinds"]["final" if final else "draft"]
        path = Path(self.assembled.loaded.path)
        told = [_named(one, path).as_dict() for one in findings]
        stem = safe_name(f"{self.lines.plain(name)}-{kind}")
        return Issue(stem, agreement, document, final, False, path.name, data, told, library, more)


def _named(finding: Finding, path: Path) -> Finding:
    """A finding without the folder of the profile: a record does not tell where on a machine it was made."""
    if finding.location.file != str(path):
        return finding
    return replace(finding, location=replace(finding.location, file=path.name))


def _unchanged(assembled: Assembled, signed: Signed) -> Finding:
    return Finding(
        "amendment-unchanged",
        Severity.ERROR,
        f"按这份企业情况表，{signed.title}的条文没有任何变化，不需要变更协议书，没有生成文件",
        Location(assembled.loaded.path),
        hint="在企业情况表中写上要变更的内容（terms、clauses、contacts 等）；要采用现行的条款和法律，加 --current 条款编号或者 all",
    )
