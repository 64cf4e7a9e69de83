"""Choosing clauses and numbers: which wordings stand in an agreement, and where each of their numbers comes from."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from contractgen.agreement.model import TERMS, OriginKind, Value, Workplace
from contractgen.agreement.names import localized, names_of
from contractgen.agreement.outcomes import outcomes
from contractgen.findings import Finding, InputError, Location, Severity, did_you_mean
from contractgen.library import ClauseVersion, Condition, Library, Number, ValueSpec, is_expected

if TYPE_CHECKING:
    from contractgen.law import LawView, Norm
    from contractgen.profile import Profile

NEAR = 0.75  # how alike a name must be before it is guessed


@dataclass(frozen=True, slots=True)
class Chosen:
    """Wordings by article id, those left out on the parties' wish, and what there is to say about the choice.

    ``places`` says for each clause which places of work ask for it; the seat alone for a clause that follows it.
    """

    articles: Mapping[str, tuple[ClauseVersion, ...]]
    left_out: tuple[tuple[ClauseVersion, str], ...]
    findings: tuple[Finding, ...]
    places: Mapping[str, tuple[str, ...]]

    @property
    def clauses(self) -> tuple[ClauseVersion, ...]:
        """All chosen wordings, in the order of the book."""
        return tuple(clause for clauses in self.articles.values() for clause in clauses)

    def at(self, place: str) -> tuple[ClauseVersion, ...]:
        """The wordings for which a place of work asks, in the order of the book."""
        return tuple(clause for clause in self.clauses if place in self.places[clause.id])


def choose(profile: Profile, views: Sequence[LawView], library: Library, on: datetime.date) -> Chosen:
    """The wordings of the day whose conditions hold at a place of work, without those that the parties leave out.

    Args:
        profile: the firm's facts.
        views: the law of the seat, then that of each other place of work.
        library: the clause library.
        on: the law day.
    """
    leave_out = {wish.id: wish.reason for wish in profile.clauses.leave_out}
    include = set(profile.clauses.include)
    findings = _unknown_ids({*leave_out, *include} - set(library.ids), library)
    findings += _unknown_chapters(profile, library)
    articles: dict[str, tuple[ClauseVersion, ...]] = {}
    places: dict[str, tuple[str, ...]] = {}
    left_out: list[tuple[ClauseVersion, str]] = []
    proven, profile = outcomes(profile, views[0]), profile.as_voted_last
    for article in library.outline.all_articles():
        chosen = []
        asking = views if article.follows == "work" else views[:1]
        for clause_id in article.clauses:
            found = [v for v in library.versions(clause_id) if v.in_force(on)]
            if not found or profile.agreement.form not in found[-1].forms:
                continue
            if found[-1].optional and clause_id not in include:
                continue
            clause = found[-1]
            held = tuple(view.place for view in asking if law_holds(clause, view))
            if not held or not all(_condition_holds(clause, one, profile, proven) for one in clause.when):
                continue
            places[clause_id] = held
            if clause_id in leave_out:
                left_out.append((clause, leave_out[clause_id]))
            else:
                chosen.append(clause)
        articles[article.id] = tuple(chosen)
    return Chosen(articles, tuple(left_out), tuple(findings), places)


def _unknown_ids(ids: Iterable[str], library: Library) -> list[Finding]:
    findings = []
    for clause_id in sorted(ids):
        findings.append(
            Finding(
                "unknown-clause",
                Severity.ERROR,
                f"条款库里没有编号为 {clause_id} 的条款",
                Location(place="选用条款"),
                hint=did_you_mean(clause_id, library.ids, "用 contractgen clauses list 查看全部条款"),
                path="clauses",
            )
        )
    return findings


def _unknown_chapters(profile: Profile, library: Library) -> list[Finding]:
    """Own texts that name a chapter the book does not have, or that this text would not reach."""
    known = [chapter.id for chapter in library.outline.chapters]
    findings = []
    for position, own in enumerate(profile.clauses.own):
        if own.chapter and own.chapter not in known:
            findings.append(
                Finding(
                    "unknown-chapter",
                    Severity.ERROR,
                    f"自拟条款“{own.title}”要放在 {own.chapter} 一章，合同里没有这一章",
                    hint=did_you_mean(own.chapter, known, f"可以写 {'、'.join(known)}，或者不写"),
                    path=f"clauses.own.{position}.chapter",
                )
            )
    return findings


def law_holds(clause: ClauseVersion, view: LawView) -> bool:
    """Whether the law of a place has what a wording needs, and lacks what would take its place."""
    return view.meets(clause.law_has, clause.law_lacks)


def _condition_holds(
    clause: ClauseVersion, condition: Condition, profile: Profile, proven: Mapping[str, str]
) -> bool:
    try:
        return condition_holds(condition, profile, proven)
    except KeyError:
        message = f"条款 {clause} 的选用条件 {condition.path} 不是企业情况表的项目"
        finding = Finding("library", Severity.ERROR, message, Location(clause.path), hint="请修正条款库")
        raise InputError(message, findings=(finding,)) from None


def condition_holds(condition: Condition, profile: Profile, proven: Mapping[str, str]) -> bool:
    """Whether the profile holds one of the expected values at the condition's path.

    The paths ``vote`` and ``election`` ask for what is ``proven``: open, passed or failed.
    """
    found = proven[condition.path] if condition.path in proven else profile.at(condition.path)
    return is_expected(found, condition.expected)


def frame_holds(when: Mapping[str, Any] | None, profile: Profile, proven: Mapping[str, str]) -> bool:
    """The same for a line of the frame, whose ``when`` is plain data."""
    return all(
        condition_holds(Condition(path, tuple(e) if isinstance(e, list) else (e,)), profile, proven)
        for path, e in (when or {}).items()
    )


# ------------------------------------------------------------------ places of work


def differences(chosen: Chosen, views: Sequence[LawView], paths: Mapping[str, str]) -> tuple[Finding, ...]:
    """Clauses of which one wording cannot hold at all places of work that ask for it.

    Args:
        chosen: the wordings.
        views: the law of the seat, then that of each other place of work.
        paths: where the profile names each place.
    """
    by_place = {view.place: view for view in views}
    findings: list[Finding] = []
    for clause in chosen.clauses:
        first, *others = (by_place[place] for place in chosen.places[clause.id])
        for other in others:
            reasons = [*_numbers_lacking(clause, first, other), *_foreign_citations(clause, first, other)]
            findings.extend(_difference(clause, reason, other, paths) for reason in reasons)
    return tuple(findings)


def _numbers_lacking(clause: ClauseVersion, first: LawView, other: LawView) -> Iterator[str]:
    for spec in clause.values:
        norm = first.get(spec.name) if spec.kind == "law" else None
        if norm is not None and (other.get(spec.name) is None or other[spec.name].value is None):
            yield f"条文写“{norm.title}”（{spec.name}），{first.title}有这个数值，{other.title}没有"


def _foreign_citations(clause: ClauseVersion, first: LawView, other: LawView) -> Iterator[str]:
    for key in clause.cited_keys:
        norm = first.get(key)
        if norm is not None and norm.source.instrument.place not in other.law.layers(other.place):
            yield f"条文引用{norm.source.title}（{key}），是{first.title}的规定，在{other.title}不适用"


def _difference(clause: ClauseVersion, reason: str, other: LawView, paths: Mapping[str, str]) -> Finding:
    apart = f"为{other.title}的工作地点单独订立专项集体合同"
    leave = "" if clause.weight == "statutory" else "，或者写入 clauses.leave_out、不选用这一条"
    return Finding(
        "places-differ",
        Severity.ERROR,
        f"各工作地点要求不同的条款：“{clause.title}”（{clause.id}）不能同时用于{other.title}，{reason}",
        Location(place="选用条款"),
        hint=apart + leave,
        path=paths.get(other.place, "agreement.other_places"),
    )


# ------------------------------------------------------------------ numbers


@dataclass(frozen=True, slots=True)
class Resolved:
    """Every number of a place of work by name, and what there is to say about them.

    ``lists`` has the sums whose parts cannot be added, as they are printed: 98天加3个月.
    """

    values: Mapping[str, Value]
    findings: tuple[Finding, ...]
    lists: Mapping[str, str]


def resolve(
    clauses: Sequence[ClauseVersion],
    profile: Profile,
    workplace: Workplace,
    library: Library,
    seat: Mapping[str, Value] | None = None,
) -> Resolved:
    """Numbers of the wordings of a place: the parties' decision, else the law's value, else the library's proposal.

    Args:
        clauses: the wordings that hold there.
        profile: the firm's facts.
        workplace: the place, with its law and what the parties agreed for it alone.
        library: the clause library.
        seat: the numbers of the seat, for another place of work: a better one holds there too.
    """
    terms: Mapping[str, Any] = profile.terms or {}
    view = workplace.view
    known = library.terms(view.on)
    definitions: dict[str, tuple[ValueSpec, ClauseVersion]] = {}
    for clause in clauses:
        for spec in clause.values:
            if spec.kind != "term":
                definitions.setdefault(spec.name, (spec, clause))
    for clause in clauses:  # a term whose defining clause is not in this agreement
        for spec in clause.values:
            if spec.kind == "term" and spec.name not in definitions and spec.name in known:
                definitions[spec.name] = (known[spec.name], clause)
    values: dict[str, Value] = {}
    findings: list[Finding] = []
    for name, (spec, clause) in definitions.items():
        if spec.kind == "sum":
            continue
        decided, group = workplace.terms.get(name, (terms.get(name), TERMS))
        value = _value(spec, clause, decided, view)
        if value is None:
            findings.append(_missing_law(name, clause, view, view.on))
        elif group == TERMS and seat and name in seat:
            values[name] = _as_at_seat(value, seat[name])
        else:
            values[name] = replace(value, group=group)
    lists: dict[str, str] = {}
    for name, (spec, clause) in definitions.items():
        if spec.kind == "sum" and all(part in values for part in spec.parts):
            if len({values[part].unit for part in spec.parts}) == 1:
                values[name] = _sum(spec, clause, values)
            else:
                lists[name] = "加".join(values[part].text for part in spec.parts)
    names = names_of(view, library.frame)
    values = {name: replace(value, title=localized(value.title, names)) for name, value in values.items()}
    return Resolved(values, tuple(findings), lists)


def _value(spec: ValueSpec, clause: ClauseVersion, decided: Any, view: LawView) -> Value | None:
    norm = view.get(_norm_key(spec))
    if spec.kind != "law":
        return _of_parties(spec, clause, norm, decided)
    if norm is None or norm.value is None:
        return None
    return _of_law(spec, clause, norm, None if decided is None else _number(decided))


def _as_at_seat(value: Value, seat: Value) -> Value:
    """A number of another place of work beside the seat's: the law's better one; what is agreed in the seat's unit."""
    if value.floor is None or seat.floor is None:
        return value
    if value.origin == "law":
        better = seat.floor.better_than(value.floor)
        return replace(value, number=seat.number, text=seat.text, origin="seat") if better else value
    same = seat.floor.measure == value.floor.measure
    return replace(value, unit=seat.unit, text=seat.text, measured=value.measured and same)


def _norm_key(spec: ValueSpec) -> str:
    return spec.name if spec.kind == "law" else spec.floor


def _of_law(spec: ValueSpec, clause: ClauseVersion, norm: Norm, decided: Number | None) -> Value:
    from contractgen.law import unit_label

    assert norm.value is not None
    number = norm.value if decided is None else decided
    origin: OriginKind = "law" if decided is None else "agreed"
    text = unit_label(number, norm.unit)
    return Value(spec.name, norm.title, number, norm.unit, text, origin, norm.bound, str(clause), norm)


def _of_parties(spec: ValueSpec, clause: ClauseVersion, norm: Norm | None, decided: Any) -> Value:
    from contractgen.law import unit_label

    number = spec.default if decided is None else _number(decided)
    origin: OriginKind = "proposal" if decided is None else "agreed"
    assert number is not None
    text = unit_label(number, spec.unit)
    measured = norm is None or norm.unit == spec.unit
    return Value(
        spec.name,
        spec.title,
        number,
        spec.unit,
        text,
        origin,
        spec.bound,
        str(clause),
        norm,
        (),
        measured,
    )


def _number(decided: Any) -> Number:
    return decided if isinstance(decided, int) else Fraction(str(decided))


def _sum(spec: ValueSpec, clause: ClauseVersion, values: Mapping[str, Value]) -> Value:
    from contractgen.law import unit_label

    number = sum((values[part].number for part in spec.parts), start=Fraction(0))
    exact = int(number) if number.denominator == 1 else number
    unit = spec.unit or values[spec.parts[0]].unit
    text = unit_label(exact, unit)
    return Value(spec.name, spec.title, exact, unit, text, "sum", "minimum", str(clause), None, spec.parts)


def _missing_law(name: str, clause: ClauseVersion, view: LawView, on: datetime.date) -> Finding:
    return Finding(
        "missing-law",
        Severity.ERROR,
        f"条款 {clause} 要用的数值 {name} 在{view.title} {on} 没有施行中的规定",
        Location(clause.path),
        hint="请核对条款的适用条件（law_has）或者法律数据",
    )


def unused_terms(
    terms: Mapping[str, str], library: Library, values: Mapping[str, Value], on: datetime.date
) -> list[Finding]:
    """Numbers that the parties agreed (name -> where) and no clause of the agreement uses, or no clause at all."""
    known = library.terms(on)
    general = {key: str(word) for key, word in library.frame.get("names", {}).items()}
    titles = {name: localized(spec.title, general) for name, spec in known.items()}
    findings = []
    for name, group in terms.items():
        if name in values:
            continue
        path = f"{group}.{name}"
        place = Location(place="约定数值")
        if name in known:
            message = f"约定了“{titles[name] or name}”，但本合同没有用到它的条款"
            hint = "请核对是否漏选了条款，或者删去这一行"
            findings.append(Finding("unused-term", Severity.WARNING, message, place, hint=hint, path=path))
        else:
            near = difflib.get_close_matches(name, known, n=1, cutoff=NEAR)
            message = f"{on} 有效的条款里没有名为 {name} 的约定数值"
            title = titles[near[0]] if near else ""  # a number of the law has its title there
            hint = (
                f"是不是 {near[0]}{f'（{title}）' if title else ''}？"
                if near
                else "用 contractgen explain 企业情况表 --terms 查看可以约定的数值"
            )
            findings.append(Finding("unknown-term", Severity.ERROR, message, place, hint=hint, path=path))
    return findings
