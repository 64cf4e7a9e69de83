"""Choosing clauses and numbers: which wordings stand in an agreement, and where each of their numbers comes from."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from contractgen.agreement.model import Value
from contractgen.agreement.names import localized, names_of
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.library import ClauseVersion, Condition, Library, Number, ValueSpec

if TYPE_CHECKING:
    from contractgen.law import LawView
    from contractgen.profile import Profile


@dataclass(frozen=True, slots=True)
class Chosen:
    """Wordings by article id, those left out on the parties' wish, and what there is to say about the choice."""

    articles: Mapping[str, tuple[ClauseVersion, ...]]
    left_out: tuple[tuple[ClauseVersion, str], ...]
    findings: tuple[Finding, ...]

    @property
    def clauses(self) -> tuple[ClauseVersion, ...]:
        """All chosen wordings, in the order of the book."""
        return tuple(clause for clauses in self.articles.values() for clause in clauses)


def choose(profile: Profile, view: LawView, library: Library, on: datetime.date) -> Chosen:
    """The wordings of the day whose conditions hold, without those that the parties leave out."""
    leave_out = {wish.id: wish.reason for wish in profile.clauses.leave_out}
    include = set(profile.clauses.include)
    findings = _unknown_ids({*leave_out, *include} - set(library.ids), library)
    findings += _unknown_chapters(profile, library)
    articles: dict[str, tuple[ClauseVersion, ...]] = {}
    left_out: list[tuple[ClauseVersion, str]] = []
    outline = library.outline
    for article in (*(a for chapter in outline.chapters for a in chapter.articles), *outline.annexes):
        chosen = []
        for clause_id in article.clauses:
            found = [v for v in library.versions(clause_id) if v.in_force(on)]
            if not found or not holds(found[-1], profile, view):
                continue
            clause = found[-1]
            if clause.optional and clause_id not in include:
                continue
            if clause_id in leave_out:
                left_out.append((clause, leave_out[clause_id]))
            else:
                chosen.append(clause)
        articles[article.id] = tuple(chosen)
    return Chosen(articles, tuple(left_out), tuple(findings))


def _unknown_ids(ids: Iterable[str], library: Library) -> list[Finding]:
    findings = []
    for clause_id in sorted(ids):
        near = difflib.get_close_matches(clause_id, library.ids, n=1)
        findings.append(
            Finding(
                "unknown-clause",
                Severity.ERROR,
                f"条款库里没有编号为 {clause_id} 的条款",
                Location(place="选用条款"),
                hint=f"是不是 {near[0]}？" if near else "用 contractgen clauses list 查看全部条款",
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
            near = difflib.get_close_matches(own.chapter, known, n=1)
            findings.append(
                Finding(
                    "unknown-chapter",
                    Severity.ERROR,
                    f"自拟条款“{own.title}”要放在 {own.chapter} 一章，合同里没有这一章",
                    hint=f"是不是 {near[0]}？" if near else f"可以写 {'、'.join(known)}，或者不写",
                    path=f"clauses.own.{position}.chapter",
                )
            )
    return findings


def holds(clause: ClauseVersion, profile: Profile, view: LawView) -> bool:
    """Whether all conditions of a wording hold for this firm under this law."""
    return (
        all(view.get(key) is not None for key in clause.law_has)
        and all(view.get(key) is None for key in clause.law_lacks)
        and all(_condition_holds(clause, condition, profile, view) for condition in clause.when)
    )


def _condition_holds(clause: ClauseVersion, condition: Condition, profile: Profile, view: LawView) -> bool:
    try:
        return condition_holds(condition, profile, vote(profile, view))
    except KeyError:
        message = f"条款 {clause} 的选用条件 {condition.path} 不是企业情况表的项目"
        finding = Finding("library", Severity.ERROR, message, Location(clause.path), hint="请修正条款库")
        raise InputError(message, findings=(finding,)) from None


def vote(profile: Profile, view: LawView) -> str:
    """How the congress stands to the law of the place: open (not held, or not fully told), passed or failed."""
    congress = profile.bargaining.congress
    if congress.entitled is None or congress.present is None or congress.votes_for is None:
        return "open"
    quorum, majority = view.get("quorum"), view.get("adoption_majority")
    whole = max(congress.entitled, 1)
    attended = quorum is None or quorum.met_by(Fraction(congress.present, whole))
    adopted = majority is None or majority.met_by(Fraction(congress.votes_for, whole))
    return "passed" if attended and adopted else "failed"


def condition_holds(condition: Condition, profile: Profile, voted: str = "") -> bool:
    """Whether the profile holds one of the expected values at the condition's path.

    The path ``vote`` asks for the outcome of the congress: open, passed or failed.
    """
    found = voted if condition.path == "vote" else profile.at(condition.path)
    present = found is not None and found is not False and found != 0 and found != "" and found != ()
    for expected in condition.expected:
        if expected == "present":
            if present:
                return True
        elif expected == "absent":
            if not present:
                return True
        elif isinstance(expected, bool):
            if bool(present) is expected:
                return True
        elif found == expected:
            return True
    return False


def frame_holds(when: Mapping[str, Any] | None, profile: Profile) -> bool:
    """The same for a line of the frame, whose ``when`` is plain data."""
    return all(
        condition_holds(Condition(path, tuple(e) if isinstance(e, list) else (e,)), profile)
        for path, e in (when or {}).items()
    )


# ------------------------------------------------------------------ numbers


@dataclass(frozen=True, slots=True)
class Resolved:
    """Every number of the agreement by name, and what there is to say about them."""

    values: Mapping[str, Value]
    findings: tuple[Finding, ...]


def resolve(chosen: Chosen, profile: Profile, view: LawView, library: Library, on: datetime.date) -> Resolved:
    """Numbers of the chosen wordings: the parties' decision, else the law's value, else the library's proposal."""
    terms: Mapping[str, Any] = profile.terms or {}
    known = library.terms(on)
    definitions: dict[str, tuple[ValueSpec, ClauseVersion]] = {}
    for clause in chosen.clauses:
        for spec in clause.values:
            if spec.kind != "term":
                definitions.setdefault(spec.name, (spec, clause))
    for clause in chosen.clauses:  # a term whose defining clause is not in this agreement
        for spec in clause.values:
            if spec.kind == "term" and spec.name not in definitions and spec.name in known:
                definitions[spec.name] = (known[spec.name], clause)
    values: dict[str, Value] = {}
    findings: list[Finding] = []
    for name, (spec, clause) in definitions.items():
        if spec.kind == "sum":
            continue
        value = _value(spec, clause, terms.get(name), view)
        if value is None:
            findings.append(_missing_law(name, clause, view, on))
        else:
            values[name] = value
    for name, (spec, clause) in definitions.items():
        if spec.kind == "sum" and all(part in values for part in spec.parts):
            values[name] = _sum(spec, clause, values)
    names = names_of(view, library.frame)
    values = {name: replace(value, title=localized(value.title, names)) for name, value in values.items()}
    findings.extend(_unused_terms(terms, known, values, on))
    return Resolved(values, tuple(findings))


def _value(spec: ValueSpec, clause: ClauseVersion, decided: Any, view: LawView) -> Value | None:
    from contractgen.law import unit_label

    norm = (
        view.get(spec.name if spec.kind == "law" else spec.floor)
        if spec.kind == "law" or spec.floor
        else None
    )
    if spec.kind == "law":
        if norm is None or norm.value is None:
            return None
        title, unit, bound = norm.title, norm.unit, norm.bound
        number = norm.value if decided is None else _number(decided)
        origin = "law" if decided is None else "agreed"
    else:
        title, unit, bound = spec.title, spec.unit, spec.bound
        number = spec.default if decided is None else _number(decided)
        origin = "proposal" if decided is None else "agreed"
    assert number is not None
    text = unit_label(number, unit)
    return Value(spec.name, title, number, unit, text, origin, bound, str(clause), norm)  # type: ignore[arg-type]


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


def _unused_terms(
    terms: Mapping[str, Any], known: Mapping[str, ValueSpec], values: Mapping[str, Value], on: datetime.date
) -> list[Finding]:
    findings = []
    for name in terms:
        if name in values:
            continue
        path = f"terms.{name}"
        place = Location(place="约定数值")
        if name in known:
            message = f"约定了“{known[name].title or name}”，但本合同没有用到它的条款"
            hint = "请核对是否漏选了条款，或者删去这一行"
            findings.append(Finding("unused-term", Severity.WARNING, message, place, hint=hint, path=path))
        else:
            near = difflib.get_close_matches(name, known, n=1)
            message = f"{on} 有效的条款里没有名为 {name} 的约定数值"
            title = known[near[0]].title if near else ""  # a number of the law has its title there
            hint = (
                f"是不是 {near[0]}{f'（{title}）' if title else ''}？"
                if near
                else "用 contractgen explain 企业情况表 --terms 查看可以约定的数值"
            )
            findings.append(Finding("unknown-term", Severity.ERROR, message, place, hint=hint, path=path))
    return findings
