"""mutations: one unit beyond a bound flips the verdict, at the bound and inside it does not; nothing mandatory goes unmissed.

Every negotiable number of every example under every place of work, and every clause that the law demands. Nothing is
written: profiles are read once and changed in memory.
"""

from __future__ import annotations

import datetime
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from contractgen.agreement import Agreement, Value, assemble
from contractgen.checks import catalogue, check_agreement, mandatory_content
from contractgen.checks.mandatory_content import bringing, lost
from contractgen.checks.rule import source_of
from contractgen.files import data_folder
from contractgen.findings import Finding, Severity
from contractgen.law import Law, Norm, load_law
from contractgen.library import ClauseVersion, Library, load_library
from contractgen.profile import Profile, load_profile
from contractgen.profile.forms import AgreedNumbers
from contractgen.profile.model import LeftOut

TOP = Path(__file__).resolve().parent.parent
FIRMS = {
    "sample": TOP / "tests" / "checks" / "base.yaml",
    "firm": TOP / "examples" / "firm.yaml",
    **{path.parent.name: path for path in sorted((TOP / "examples").glob("*/profile.yaml"))},
}
PLACES = ("shanghai", "jiangsu", "zhejiang", "guangdong", "mist")
SIGNING = datetime.date(2026, 12, 1)
LIBRARY = load_library()

# A place that does not exist, with a bound of every kind: whole and broken, lower, upper, exact, and one that must be passed.
MIST = """\
place: mist
title: 虚构省
within: national
checked: 2026-11-01
texts_reviewed: 2026-11-01
instruments:
  mist-women: {title: 虚构省女职工劳动保护条例, in_force: 2022-01-01}
values:
  birth_leave: {title: 生育假, unit: day, bound: minimum, dated: {2022-01-01: {value: 45, instrument: mist-women, article: "1", state: verified}}}
  paternity_leave: {title: 配偶陪产假, unit: day, bound: minimum, dated: {2022-01-01: {value: 12, strict: true, instrument: mist-women, article: "2", state: verified}}}
  childcare_leave: {title: 育儿假, unit: day_per_year, bound: minimum, dated: {2022-01-01: {value: "15/2", instrument: mist-women, article: "3", state: verified}}}
  childcare_leave_until_age: {title: 育儿假的子女年龄上限, unit: age, bound: minimum, dated: {2022-01-01: {value: 3, instrument: mist-women, article: "3", state: verified}}}
  nursing_break: {title: 每天的哺乳时间, unit: hour_per_day, bound: minimum, dated: {2022-01-01: {value: "3/2", instrument: mist-women, article: "4", state: verified}}}
  no_night_work_from_pregnancy_month: {title: 不得安排夜班劳动的怀孕月数, unit: pregnancy_month, bound: maximum, dated: {2022-01-01: {value: 4, instrument: mist-women, article: "5", state: verified}}}
  maternity_leave_before_birth: {title: 产前休假, unit: day, bound: exact, dated: {2022-01-01: {value: 20, instrument: mist-women, article: "6", state: verified}}}
  late_pregnancy_rest: {title: 怀孕七个月以上的工间休息, unit: hour_per_day, bound: minimum, dated: {2022-01-01: {value: 2, instrument: mist-women, article: "7", state: reported}}}
"""


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """The law of the program and of one place more."""
    folder = tmp_path_factory.mktemp("mutations") / "law"
    shutil.copytree(data_folder("clauses") / "law", folder)
    (folder / "mist.yaml").write_text(MIST, encoding="utf-8")
    return load_law(folder)


@cache
def profile_of(firm: str) -> Profile:
    profile, findings, _ = load_profile(FIRMS[firm])
    assert profile is not None, findings
    return profile


def moved(firm: str, place: str, terms: Mapping[str, Any]) -> Profile:
    """A firm under the law of another place, with other agreed numbers."""
    profile = profile_of(firm)
    where = profile.agreement.model_copy(update={"place": place, "other_places": ()})
    return profile.model_copy(update={"agreement": where, "terms": AgreedNumbers(terms)})


def told(profile: Profile, law: Law, library: Library = LIBRARY) -> tuple[Agreement, Counter[Finding]]:
    """An agreement and everything that is found in it."""
    agreement = assemble(profile, law, library, SIGNING)
    return agreement, Counter((*agreement.findings, *check_agreement(agreement)))


# ------------------------------------------------------------------ numbers


def step(norm: Norm) -> Fraction:
    """One unit: of a broken number the smallest part of its kind."""
    assert norm.value is not None
    return Fraction(1, Fraction(norm.value).denominator)


def toward_workers(norm: Norm) -> int:
    return 1 if norm.bound == "minimum" else -1


def bounded(agreement: Agreement) -> dict[str, Norm]:
    """The numbers that the law bounds, each with what it is held against."""
    return {
        value.name: value.floor
        for value in agreement.values.values()
        if value.floor is not None and value.floor.value is not None and value.floor.bound != "advice"
    }


def free(agreement: Agreement) -> dict[str, Value]:
    """The numbers that only the parties set."""
    return {
        value.name: value
        for value in agreement.values.values()
        if value.floor is None and value.origin in ("agreed", "proposal")
    }


def at_the_bound(norm: Norm) -> Any:
    assert norm.value is not None
    return norm.value + step(norm) * toward_workers(norm) if norm.strict else norm.value


def inside(norm: Norm) -> Any:
    return at_the_bound(norm) + step(norm) * toward_workers(norm)


def beyond(norm: Norm) -> tuple[Any, ...]:
    """What just fails: one unit short; for an exact number, one unit on either side."""
    assert norm.value is not None
    if norm.bound == "exact":
        return norm.value - step(norm), norm.value + step(norm)
    return (at_the_bound(norm) - step(norm) * toward_workers(norm),)


def numbers(norms: Mapping[str, Norm], choose: Callable[[Norm], Any]) -> dict[str, Any]:
    return {name: choose(norm) for name, norm in norms.items()}


def names(findings: Counter[Finding], rule: str) -> list[str]:
    return sorted(one.path.removeprefix("terms.") for one in findings.elements() if one.rule == rule)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("firm", FIRMS)
def test_every_number_beyond_its_bound_is_found_and_none_at_it(firm: str, place: str, law: Law) -> None:
    agreement, _ = told(moved(firm, place, {}), law)
    norms = bounded(agreement)
    assert len(norms) > 20
    _, at = told(moved(firm, place, numbers(norms, at_the_bound)), law)
    assert names(at, "legal-minimum") == []
    loose = {name: norm for name, norm in norms.items() if norm.bound != "exact"}
    _, within = told(moved(firm, place, numbers(norms, at_the_bound) | numbers(loose, inside)), law)
    assert names(within, "legal-minimum") == []
    for side in (0, -1):
        short = {name: beyond(norm)[side] for name, norm in norms.items()}
        _, found = told(moved(firm, place, short), law)
        assert names(found, "legal-minimum") == sorted(norms)


@pytest.mark.parametrize("place", PLACES)
def test_one_number_one_unit_beyond_its_bound_is_one_error_that_names_it(place: str, law: Law) -> None:
    agreement, _ = told(moved("sample", place, {}), law)
    norms = bounded(agreement)
    at = numbers(norms, at_the_bound)
    _, before = told(moved("sample", place, at), law)
    for name, norm in norms.items():
        for number in beyond(norm):
            changed, after = told(moved("sample", place, at | {name: number}), law)
            (new,) = (one for one in (after - before).elements() if one.rule not in OF_LAW)
            assert (new.rule, new.severity, new.path) == ("legal-minimum", Severity.ERROR, f"terms.{name}")
            value = changed.values[name]
            assert value.title in new.message and value.text in new.message
            assert norm.source.title in new.source


def test_a_number_of_two_places_is_held_against_the_better_of_both_laws(law: Law) -> None:
    profile = profile_of("two-places")
    others = tuple(
        one.model_copy(update={"terms": AgreedNumbers({})}) for one in profile.agreement.other_places
    )
    where = profile.agreement.model_copy(update={"other_places": others})

    def with_terms(terms: Mapping[str, Any]) -> Counter[Finding]:
        changed = profile.model_copy(update={"agreement": where, "terms": AgreedNumbers(terms)})
        return told(changed, law)[1]

    agreement, _ = told(profile, law)
    seat, plant = agreement.workplaces
    both = {
        name: (value.floor, plant.values[name].floor)
        for name, value in seat.values.items()
        if value.floor is not None and name in plant.values
    }
    stricter = {
        name: one if one.better_than(other) else other
        for name, (one, other) in both.items()
        if one is not None and other is not None and (one.better_than(other) or other.better_than(one))
    }
    assert {"paternity_leave", "childcare_leave"} <= set(stricter)
    for name, norm in stricter.items():
        assert names(with_terms({name: at_the_bound(norm)}), "legal-minimum") == []
        (short,) = beyond(norm)
        found = [one for one in with_terms({name: short}) if one.rule == "legal-minimum"]
        assert [one.path for one in found] == [f"terms.{name}"] and norm.place_title in found[0].message


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("firm", FIRMS)
def test_every_number_of_the_parties_alone_is_more_than_nothing(firm: str, place: str, law: Law) -> None:
    agreement, before = told(moved(firm, place, {}), law)
    known = free(agreement)
    assert len(known) > 40
    _, least = told(moved(firm, place, dict.fromkeys(known, 1)), law)
    assert names(least, "agreed-number") == names(before, "agreed-number") == []
    _, none = told(moved(firm, place, dict.fromkeys(known, 0)), law)
    assert names(none, "agreed-number") == sorted(known)


@pytest.mark.parametrize(
    ("unit", "most"), [("percent", 100), ("clock_hour", 24), ("calendar_day", 366), ("working_day", 366)]
)
def test_no_number_of_the_parties_is_more_than_its_unit_holds(unit: str, most: int, law: Law) -> None:
    agreement, _ = told(moved("firm", "shanghai", {}), law)
    of_unit = [name for name, value in free(agreement).items() if value.unit == unit]
    assert of_unit
    _, full = told(moved("firm", "shanghai", dict.fromkeys(of_unit, most)), law)
    _, over = told(moved("firm", "shanghai", dict.fromkeys(of_unit, most + 1)), law)
    assert names(full, "agreed-number") == []
    assert names(over, "agreed-number") == sorted(of_unit)


# ------------------------------------------------------------------ clauses


def without(firm: str, place: str, clause: ClauseVersion) -> Profile:
    """A firm whose parties left a clause out."""
    profile = moved(firm, place, {})
    wish = LeftOut(id=clause.id, reason="双方认为不必写")
    clauses = profile.clauses.model_copy(update={"leave_out": (*profile.clauses.leave_out, wish)})
    return profile.model_copy(update={"clauses": clauses})


# these tell how sure the law is, with the numbers and titles that the agreement uses of it: they are told anew
OF_LAW = {rule.id for rule in catalogue() if rule.of_law}


def said(finding: Finding) -> tuple[str, Severity, str]:
    """What a finding says, whatever it counts and wherever the numbers of articles have put it."""
    return finding.rule, finding.severity, re.sub(r"\d+", "〇", finding.message)


def mandatory(agreement: Agreement) -> Iterator[ClauseVersion]:
    """The clauses of an agreement that are statutory, or the only ones to bring what the law demands."""
    demanded = [one for workplace in agreement.workplaces for one in workplace.view.contents()]
    for clause in dict.fromkeys(agreement.clauses):
        others = [one for one in agreement.clauses if one is not clause]
        sole = any(
            bringing(content, (clause,)) and not bringing(content, others)
            for content in demanded
            if content.demand != "usual"
        )
        if clause.weight == "statutory" or sole:
            yield clause


def cases() -> Iterator[tuple[str, str]]:
    """The sample firm everywhere, then what only other firms have."""
    yield from (("sample", place) for place in PLACES)
    yield from ((firm, "shanghai") for firm in FIRMS if firm != "sample")


def test_each_mandatory_clause_left_out_is_one_error_that_names_it(law: Law) -> None:
    seen: set[str] = set()
    for firm, place in cases():
        agreement, before = told(moved(firm, place, {}), law)
        for clause in mandatory(agreement):
            if str(clause) in seen:
                continue
            seen.add(str(clause))
            changed, after = told(without(firm, place, clause), law)
            known = set(map(said, before))
            (new,) = (one for one in after if said(one) not in known and one.rule not in OF_LAW)
            assert (new.rule, new.severity) == ("statutory-clause", Severity.ERROR), str(clause)
            assert clause.title in new.message and clause.id in new.message
            for content in lost(changed, clause):
                assert content.title in new.message
    assert len(seen) > 70


@pytest.mark.parametrize("place", PLACES)
def test_what_a_library_has_lost_is_found_content_by_content(place: str, law: Law) -> None:
    profile = moved("sample", place, {})
    whole = assemble(profile, law, LIBRARY, SIGNING)
    assert list(mandatory_content.run(whole)) == []
    contents = whole.view.contents()
    losses = {frozenset(one.id for one in bringing(content, whole.clauses)) for content in contents}
    for gone in sorted(losses, key=sorted):
        left = [clause for clause in whole.clauses if clause.id not in gone]
        expected = {one.title: source_of(one.norm) for one in contents if not bringing(one, left)}
        agreement = assemble(profile, law, lacking(gone), SIGNING)
        found = list(mandatory_content.run(agreement))
        assert expected and len(found) == len(expected)
        for title, source in expected.items():
            assert any(f"“{title}”" in one.message and one.source == source for one in found), title


def lacking(ids: frozenset[str]) -> Library:
    """The library without some clauses."""
    outline = LIBRARY.outline

    def kept(article: Any) -> Any:
        return replace(article, clauses=tuple(one for one in article.clauses if one not in ids))

    chapters = tuple(
        replace(chapter, articles=tuple(kept(article) for article in chapter.articles))
        for chapter in outline.chapters
    )
    annexes = tuple(kept(article) for article in outline.annexes)
    return replace(LIBRARY, outline=replace(outline, chapters=chapters, annexes=annexes))
