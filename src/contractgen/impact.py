"""Impact: which clauses, firms' agreements and issued records rest on a value or article, and what must be amended."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from contractgen.agreement import Agreement
from contractgen.files import read_text
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.law import Law, Norm, unit_label
from contractgen.law.mentions import Mention, mentions
from contractgen.law.numerals import numeral, quantities
from contractgen.law.statutes import title_key
from contractgen.law.units import names
from contractgen.law.verify import Cited
from contractgen.library import ClauseVersion, Library, ValueSpec
from contractgen.record import ENDING, Record, read_record

Verdict = Literal["below", "follows", "meets", "text"]
VERDICTS: dict[Verdict, str] = {
    "below": "不符合新标准",
    "follows": "随法律数据更新",
    "meets": "符合新标准",
    "text": "文字涉及这一规定",
}
When = Literal["current", "older", "coming"]
WHENS: dict[When, str] = {"current": "现行", "older": "旧版", "coming": "尚未启用"}


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: the law keys, and the new value where there is one.

    Attributes:
        text: as it was asked.
        keys: the keys that it means.
        value: the number to come.
        place: whose law changes; empty for whichever places have the key.
        norms: what the places have on the keys now, or last had.
    """

    text: str
    keys: tuple[str, ...]
    value: Fraction | None
    place: str
    norms: tuple[Norm, ...]


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """A wording that refers to a key; ``amend`` says in Chinese what is to be done, where something is."""

    clause: ClauseVersion
    when: When
    ways: tuple[str, ...]
    amend: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number of an agreement that a key stands behind."""

    name: str
    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Use:
    """An agreement that rests on a key.

    Attributes:
        file: the profile or the record.
        issued: it is a record, of an agreement that was made.
        draft: of a draft, which nobody has signed: it is made anew and not amended.
        employer: whose it is.
        ends: the last day of its term, where known.
        over: its term has ended on the day that was asked for.
        clauses: the wordings of it that refer to the key.
    """

    file: str
    issued: bool
    employer: str
    place: str
    law_day: str
    ends: datetime.date | None
    over: bool
    clauses: tuple[str, ...]
    numbers: tuple[Number, ...]
    draft: bool = False

    @property
    def verdict(self) -> Verdict:
        """The worst of its numbers; text where it has none, or no new value is asked for."""
        verdicts = [number.verdict for number in self.numbers]
        return min(verdicts, key=list(VERDICTS).index, default="text")

    @property
    def must_be_amended(self) -> bool:
        """Whether a number no longer suffices in a term that still runs; a draft is made anew instead."""
        return self.verdict == "below" and not self.over and not self.draft


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that a value or article touches."""

    query: Query
    clauses: tuple[ClauseUse, ...]
    agreements: tuple[Use, ...]
    findings: tuple[Finding, ...] = ()


# ------------------------------------------------------------------ what is asked


def read_query(law: Law, text: str, place: str | None = None, on: datetime.date | None = None) -> Query:
    """A key, a key with its value to come (``birth_leave=90``), or a citation (《…》第七条第一款).

    Raises:
        InputError: for a key or article that the law files do not have, or a value that cannot be.
    """
    if place is not None:
        place = law.place(place)
    name, mark, wanted = text.replace("＝", "=").partition("=")
    name = name.strip()
    places = law.layers(place) if place else law.places
    cited = list(mentions(name))
    keys = _cited_keys(law, places, cited) if cited else (_known_key(law, places, name),)
    norms = tuple(norm for key in keys for one in places if (norm := _last(law, one, key, on)) is not None)
    value = _value_to_come(law, wanted.strip(), keys, norms, place) if mark else None
    return Query(text, keys, value, place or "", norms)


def _known_key(law: Law, places: Iterable[str], name: str) -> str:
    known = sorted({key for place in places for key in law.keys(place)})
    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        hint = (
            f"是否想写“{close[0]}”" if close else "用 contractgen law show 列出全部，或者写 《法规名》第…条"
        )
        raise InputError(f"法律数据中没有 {name}", hint=hint)
    return name


def _cited_keys(law: Law, places: Iterable[str], cited: Sequence[Mention]) -> tuple[str, ...]:
    found = {
        norm.key: None
        for place in places
        for key in law.keys(place)
        for norm in law.history(place, key)
        for one in (norm, norm.loser)
        if one is not None and any(_cites(one, mention) for mention in cited)
    }
    if not found:
        raise InputError(
            f"法律数据中没有依据{'、'.join(map(str, cited))}的条目",
            hint="核对法规名称和条号，例如 《女职工劳动保护特别规定》第七条",
        )
    return tuple(found)


def _cites(norm: Norm, mention: Mention) -> bool:
    """Whether a norm rests on what is cited; a citation without paragraph or item means all of the article."""
    source = norm.source
    if title_key(source.instrument.title) != title_key(mention.title):
        return False
    if mention.article and source.article != mention.article:
        return False
    paragraph = mention.paragraph is None or source.paragraph in (None, mention.paragraph)
    return paragraph and (mention.item is None or source.item in (None, mention.item))


def _last(law: Law, place: str, key: str, on: datetime.date | None) -> Norm | None:
    """What the file of a place itself has on a day, or what it had last."""
    if on is not None:
        return law.own(place, key, on)
    if key not in law.keys(place):
        return None
    own = [norm for norm in law.history(place, key) if norm.place == place]
    return own[-1] if own else None


def _value_to_come(
    law: Law, text: str, keys: Sequence[str], norms: Sequence[Norm], place: str | None
) -> Fraction:
    numbers = [norm for norm in norms if norm.kind == "value"]
    if len(keys) > 1 or not numbers:
        raise InputError(
            "只有单独一个数值可以写 =新值", hint="例如 contractgen law impact maternity_leave=128"
        )
    own = sorted({norm.place for norm in numbers})
    if place is None and len(own) > 1:
        known = "、".join(f"{one}（{law.title(one)}）" for one in own)
        raise InputError(f"{keys[0]} 不止一个地区有规定", hint=f"用 --place 指明是哪里的规定要变：{known}")
    value = _plain_number(text)
    if value is None or value <= 0:
        raise InputError(f"新值“{text}”读不懂", hint="写整数、小数或者分数，例如 98、2.5、2/3")
    return value


def _plain_number(text: str) -> Fraction | None:
    if re.fullmatch(r"[0-9]{1,9}/[1-9][0-9]{0,8}", text):
        return Fraction(text)
    return numeral(text)


# ------------------------------------------------------------------ what it touches


def read_records(folder: Path) -> tuple[tuple[Record, ...], tuple[Finding, ...]]:
    """Every record in a folder and the folders in it, and those that cannot be read.

    Raises:
        InputError: where there is no such folder.
    """
    if not folder.is_dir():
        raise InputError(f"没有 {folder} 这个文件夹", hint="写放有 .record.json 的文件夹")
    records: list[Record] = []
    findings: list[Finding] = []
    for path in sorted(folder.rglob(f"*{ENDING}")):
        try:
            records.append(read_record(path))
        except InputError as fault:
            findings.append(_unreadable(path, fault.message))
    if not records and not findings:
        message = "这个文件夹和里面的文件夹都没有合同记录（.record.json），没有合同可查"
        hint = "写放有生成记录的文件夹；生成记录和合同文件一起生成"
        findings.append(Finding("no-record", Severity.WARNING, message, Location(str(folder)), hint=hint))
    return tuple(records), tuple(findings)


def _unreadable(path: Path, message: str) -> Finding:
    hint = "从备份恢复这个文件，或者把它移出文件夹"
    return Finding("record-unreadable", Severity.WARNING, message, Location(str(path)), hint=hint)


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
        versions = [one for clause_id in self.library.ids for one in self.library.versions(clause_id)]
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
        end = _day(_group(record.profile, "agreement").get("end"))
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


def references(library: Library) -> tuple[dict[str, list[Location]], tuple[Cited, ...]]:
    """What the clauses refer to, for ``law.verify``: law keys with the files, and the articles that notes name."""
    keys: dict[str, list[Location]] = {}
    cited: list[Cited] = []
    for clause in (one for clause_id in library.ids for one in library.versions(clause_id)):
        path = library.folder / clause.path
        for key in sorted(clause.law_keys):
            keys.setdefault(key, []).append(Location(str(path)))
        for number, line in enumerate(read_text(path).split("\n"), start=1):
            where = Location(str(path), number)
            named = (one for one in mentions(line) if one.article)
            cited.extend(Cited(one, where, clause.in_force_from) for one in named)
    return keys, tuple(cited)


def _key(spec: ValueSpec) -> str:
    """The law key that a number is held against, or would be if the law had it; empty where there is none."""
    if spec.kind == "law":
        return spec.name
    return (spec.floor or spec.name) if spec.kind == "agreed" else ""


def number_of(text: str, unit: str) -> Fraction | None:
    """The number in a printed value, the inverse of ``unit_label``: 98天, 80%, 半数, 半天."""
    kind = names().units.get(unit)
    if text == "全部" or (kind is not None and kind.one and text == kind.one):
        return Fraction(1)
    plain = numeral(text.removesuffix(kind.after)) if kind else None
    found = next(quantities(text), None)
    return plain if plain is not None or found is None else found.number


def _group(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    return found if isinstance(found, dict) else {}


def _day(text: object) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(text))
    except ValueError:
        return None


def _exact(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    return _plain_number(str(value))
