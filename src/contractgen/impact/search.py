"""The search: every wording, agreement and record that rests on what is asked, held against the value to come."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from contractgen.agreement import Agreement
from contractgen.findings import Finding
from contractgen.impact.model import ClauseUse, Impact, Number, Use, Verdict, When
from contractgen.impact.query import Query, plain_number
from contractgen.law import Law, Norm, unit_label
from contractgen.law.units import number_of
from contractgen.library import ClauseVersion, Library, ValueSpec
from contractgen.record import Record


def impact(
    query: Query,
    law: Law,
    library: Library,
    *,
    on: datetime.date | None = None,
    agreements: Sequence[tuple[str, Agreement]] = (),
    records: Sequence[Record] = (),
    findings: Sequence[Finding] = (),
) -> Impact:
    """Everything that rests on what is asked.

    Args:
        query: see ``read_query``.
        law: the law files.
        library: the clauses.
        on: the day from which the change holds: tells wordings in force from older ones, and terms that are over.
        agreements: of profiles, with the file of each.
        records: of issued agreements.
        findings: what is already known to be wrong with the inputs.
    """
    return _Search(query, law, library, on).result(agreements, records, findings)


@dataclass
class _Search:
    query: Query
    law: Law
    library: Library
    on: datetime.date | None

    def __post_init__(self) -> None:
        self.keys = set(self.query.keys)
        versions = tuple(self.library.all_versions())
        self.versions = {str(one): one for one in versions}
        self.behind = {  # name of a number -> the asked key that it is, or was in some wording, held against
            spec.name: key for one in versions for spec in one.values if (key := _key(spec)) in self.keys
        }
        self.numbers = set(self.behind) | {
            spec.name for one in versions for spec in one.values if set(self.behind) & set(spec.parts)
        }

    def result(
        self,
        agreements: Sequence[tuple[str, Agreement]],
        records: Sequence[Record],
        findings: Sequence[Finding],
    ) -> Impact:
        uses = [
            self._agreement(file, one)
            for file, one in agreements
            if any(self._concerns(workplace.view.place) for workplace in one.workplaces)
        ]
        uses += [
            self._record(one) for one in records if any(self._concerns(place) for place, _ in one.places)
        ]
        return Impact(
            self.query,
            tuple(use for one in self.versions.values() if (use := self._clause(one)) is not None),
            tuple(use for use in uses if use.clauses or use.numbers),
            tuple(findings),
        )

    def _concerns(self, place: str) -> bool:
        """Whether the law that changes is that of the place or of one around it."""
        if not self.query.place:
            return True
        return place in self.law.places and self.query.place in self.law.layers(place)

    # -------------------------------------------------------------- clauses

    def _clause(self, clause: ClauseVersion) -> ClauseUse | None:
        ways = tuple(self._ways(clause))
        if not ways:
            return None
        when = self._when(clause)
        return ClauseUse(clause, when, ways, self._amend(clause) if when == "current" else "")

    def _ways(self, clause: ClauseVersion) -> Iterator[str]:
        if any(spec.name in self.numbers for spec in clause.values):
            yield "数值"
        if any(basis.key in self.keys for basis in clause.basis):
            yield "依据"
        if self.keys & {*clause.law_has, *clause.law_lacks}:
            yield "适用条件"
        if self.keys & set(clause.covers):
            yield "履行的义务"
        if any(re.search(rf"\blaw\.{key}\b", clause.body) for key in self.keys):
            yield "条文引用"

    def _when(self, clause: ClauseVersion) -> When:
        if self.on is None:
            return "current" if clause == self.library.versions(clause.id)[-1] else "older"
        if clause.in_force(self.on):
            return "current"
        coming = clause.in_force_from > self.on and clause.in_force_until != clause.in_force_from
        return "coming" if coming else "older"

    def _amend(self, clause: ClauseVersion) -> str:
        """What is to be done about a wording in force."""
        for spec in clause.values:
            if spec.kind == "agreed" and self._verdict(spec.name, spec.default, spec.unit) == "below":
                text = unit_label(spec.default or 0, spec.unit)
                return f"建议值{text}不符合新标准，要写下一个版本"
        if any(spec.kind == "law" and spec.name in self.keys for spec in clause.values):
            return "数值随法律数据更新，核对文字"
        return "核对文字"

    def _asked(self, name: str) -> Norm | None:
        """The norm behind a number's name: the nearest place's."""
        key = self.behind.get(name)
        return next((norm for norm in self.query.norms if norm.key == key), None)

    def _verdict(self, name: str, number: int | Fraction | None, unit: str) -> Verdict:
        """Whether a number suffices for the value to come; text where that cannot be said."""
        norm, value = self._asked(name), self.query.value
        if value is None or norm is None or number is None or unit != norm.unit:
            return "text"
        return "meets" if replace(norm, value=value).met_by(number) else "below"

    # -------------------------------------------------------------- agreements

    def _agreement(self, file: str, agreement: Agreement) -> Use:
        numbers = tuple(sorted(self._numbers(agreement), key=lambda one: one.name))
        clauses = tuple(f"{one.label} {one.clause}" for one in agreement.provisions if self._uses(one.clause))
        end = agreement.profile.at("agreement.end")
        return Use(
            file,
            False,
            str(agreement.profile.at("employer.name") or ""),
            agreement.place,
            agreement.on.isoformat(),
            end,
            self._over(end),
            clauses,
            numbers,
        )

    def _numbers(self, agreement: Agreement) -> Iterator[Number]:
        """The numbers of a profile's agreement that an asked key stands behind; the law's own move with it."""
        told: set[tuple[str, str]] = set()
        for workplace in agreement.workplaces:
            if not self._concerns(workplace.view.place):
                continue
            for name in self.behind.keys() & workplace.values.keys():
                value = workplace.values[name]
                verdict = self._verdict(name, value.number, value.unit)
                follows = verdict == "below" and value.origin in ("law", "seat")
                if (name, value.text) not in told:
                    told.add((name, value.text))
                    yield Number(name, value.text, "follows" if follows else verdict)

    def _record(self, record: Record) -> Use:
        end = record.ends
        clauses = tuple(name for name in record.clauses if self._uses(self.versions.get(name)))
        return Use(
            str(record.path),
            True,
            record.employer,
            record.place,
            record.law_day.isoformat() if record.law_day else "",
            end,
            self._over(end),
            clauses,
            tuple(self._recorded(record)),
            draft=not record.final,
        )

    def _recorded(self, record: Record) -> Iterator[Number]:
        """The numbers of a record that an asked key stands behind."""
        told: set[tuple[str, str]] = set()
        concerned = [values for place, values in record.places if self._concerns(place)]
        for name, value in (one for values in concerned for one in values.items()):
            norm = self._asked(name)
            if norm is None or not isinstance(value, dict) or (name, str(value.get("text"))) in told:
                continue
            told.add((name, str(value.get("text"))))
            clause = self.versions.get(str(value.get("clause")))
            spec = next((one for one in clause.values if one.name == name), None) if clause else None
            unit = spec.unit if spec and spec.unit else norm.unit
            text = str(value.get("text") or "")
            number = _exact(value.get("number")) or number_of(text, unit)
            yield Number(name, text, self._verdict(name, number, unit))

    def _uses(self, clause: ClauseVersion | None) -> bool:
        return clause is not None and any(True for _ in self._ways(clause))

    def _over(self, end: datetime.date | None) -> bool:
        return self.on is not None and end is not None and end < self.on


def _key(spec: ValueSpec) -> str:
    """The law key that a number is held against, or would be if the law had it; empty where there is none."""
    if spec.kind == "law":
        return spec.name
    return (spec.floor or spec.name) if spec.kind == "agreed" else ""


def _exact(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return plain_number(str(value))
