"""leave: each leave of a birth or miscarriage with days, from, to and article; no number of law stands in the code."""

from __future__ import annotations

import datetime
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractgen.cli import main
from contractgen.files import data_folder, load_yaml
from contractgen.findings import InputError
from contractgen.law import Law, Unknown, load_law
from contractgen.law.case import Case
from contractgen.law.leave import Leave, Leaves, leaves

TOP = Path(__file__).resolve().parent.parent
CASES = Path(__file__).parent / "law" / "leave"
FOLDER = data_folder("clauses") / "law"
LAW = load_law()
PLACES = LAW.places
ONE_DAY = datetime.timedelta(1)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def case_of(given: dict[str, Any]) -> Case:
    """A case as the files of cases write it."""
    months = given.get("pregnancy_months")
    return Case(
        day=given["birth"],
        begin=given.get("begin"),
        number=given.get("infants"),
        twins=given.get("twins", False),
        difficult=given.get("difficult", False),
        child=given.get("child", 1),
        miscarriage=months is not None,
        pregnancy_months=None if months is None else Fraction(str(months)),
    )


def cases(place: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = load_yaml(CASES / f"{place}.yaml").data["cases"]
    return found


def name(leave: Leave) -> str:
    return f"{leave.rule.key} {leave.year}" if leave.year else leave.rule.key


def shown(leave: Leave) -> str:
    def text(one: datetime.date | Unknown) -> str:
        return f"unknown, not before {one.at_least}" if isinstance(one, Unknown) else one.isoformat()

    state = "" if leave.norm.verified else f", {leave.norm.state.value}"
    return f"{float(leave.amount):g}, {text(leave.first)} to {text(leave.last)}{state}"


def every(found: Leaves) -> tuple[Leave, ...]:
    return (*found.joined, *found.others)


# ------------------------------------------------------------------ cases of each place


def test_every_place_has_cases() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} == set(PLACES)


@pytest.mark.parametrize("place", PLACES)
def test_the_leaves_are_those_of_the_cases(place: str) -> None:
    wrong = []
    for one in cases(place):
        given = one["case"]
        try:
            found = {name(leave): shown(leave) for leave in every(leaves(LAW, place, case_of(given)))}
        except InputError:
            found = {"refused": "yes"}
        wanted = {key: value for key, value in one.items() if key != "case"}
        if given.get("refused"):
            wanted = {"refused": "yes"}
        elif not given.get("complete"):
            found = {key: found.get(key, "none") for key in wanted}
        if found != wanted:
            wrong.append((given, found, wanted))
    assert wrong == []


@pytest.mark.parametrize("place", PLACES)
def test_the_cases_stand_around_every_change_of_a_leave(place: str) -> None:
    tested = {(one["case"]["birth"], key.split()[0]) for one in cases(place) for key in one}
    refused = {one["case"]["birth"] for one in cases(place) if one["case"].get("refused")}
    own = load_yaml(FOLDER / f"{place}.yaml").data["values"]
    missing = [
        (rule.key, change + step * ONE_DAY)
        for rule in LAW.leave_rules(place)
        if rule.key in own
        for change, row in own[rule.key]["dated"].items()
        for start in {change, row.get("events_from", change)}
        for step in (-1, 0, 1)
        if (start + step * ONE_DAY, rule.key) not in tested and start + step * ONE_DAY not in refused
    ]
    assert missing == []


# ------------------------------------------------------------------ what each leave says


def the(found: Leaves, key: str) -> Leave:
    (one,) = [leave for leave in every(found) if leave.rule.key == key]
    return one


def test_the_sum_has_no_article_and_each_part_has_its_own() -> None:
    found = leaves(LAW, "shanghai", Case(day("2026-01-10"), twins=True, difficult=True))
    assert [leave.amount for leave in found.joined] == [98, 15, 15, 60] and found.total == 188
    sources = [str(leave.norm.source) for leave in found.joined]
    assert sources == ["《女职工劳动保护特别规定》第七条第一款"] * 3 + [
        "《上海市人口与计划生育条例》第三十一条第二款"
    ]


def test_statutory_holidays_are_shown_where_they_lie() -> None:
    found = the(leaves(LAW, "shanghai", Case(day("2025-11-10"))), "birth_leave")
    shown = [(str(one.first), one.days, one.festival) for one in found.segments]
    assert shown == [
        ("2026-02-16", 4, "春节"),
        ("2026-02-20", 44, ""),
        ("2026-04-05", 1, "清明节"),
        ("2026-04-06", 16, ""),
    ]
    assert found.extended_by is not None and not found.extended_by.verified


def test_natural_days_have_their_own_reason() -> None:
    found = the(leaves(LAW, "zhejiang", Case(day("2025-11-10"))), "birth_leave")
    assert found.segments == () and found.extended_by is None
    assert found.natural_by is not None and found.natural_by.source.article == "22"


def test_the_national_days_are_never_extended() -> None:
    found = the(leaves(LAW, "shanghai", Case(day("2026-01-10"))), "maternity_leave")
    assert found.last == day("2026-04-17")  # over Spring Festival and Qingming


def test_where_the_calendar_ends_the_end_is_unknown_and_says_why() -> None:
    found = leaves(LAW, "shanghai", Case(day("2026-09-01")))
    assert found.last == Unknown("2027年的节假日安排尚未公布或者没有收录", at_least=day("2027-02-05"))
    assert the(found, "birth_leave").uncounted == 36


def test_a_rule_that_reaches_back_is_only_reported_where_that_is_only_reported() -> None:
    before = the(leaves(LAW, "shanghai", Case(day("2021-05-30"))), "birth_leave")
    reached = the(leaves(LAW, "shanghai", Case(day("2021-05-31"))), "birth_leave")
    assert (before.amount, reached.amount) == (30, 60)
    assert not reached.norm.verified and not reached.norm.printable
    assert any("据公开报道 2021-05-31 起的生育也适用" in remark for remark in reached.remarks)
    assert (
        LAW.at("shanghai", day("2021-06-01"))["birth_leave"].value == 30
    )  # the law of that day is still that


def test_the_better_of_two_levels_is_taken_and_the_other_one_told() -> None:
    found = the(leaves(LAW, "guangdong", Case(day("2026-01-10"), difficult=True)), "difficult_birth_leave")
    assert found.amount == 30 and not found.norm.verified
    assert found.norm.loser is not None and found.norm.loser.value == 15


def test_a_step_of_miscarriage_leave_tells_what_else_is_written() -> None:
    case = Case(day("2026-01-10"), miscarriage=True, pregnancy_months=3)
    (found,) = leaves(LAW, "jiangsu", case).joined
    assert any("全国15天" in remark for remark in found.remarks)
    (found,) = leaves(LAW, "guangdong", case).joined
    assert found.amount == 15
    assert found.at_most is not None
    assert found.at_most.value == 30  # what a doctor may say at most


def test_exactly_four_months_are_not_also_less_than_four() -> None:
    case = Case(day("2026-01-10"), miscarriage=True, pregnancy_months=4)
    (found,) = leaves(LAW, "shanghai", case).joined
    assert (found.amount, found.remarks) == (42, ())


def test_what_held_before_the_first_known_rule_is_said_to_be_missing() -> None:
    found = leaves(LAW, "zhejiang", Case(day("2021-11-24")))
    assert [norm.key for norm in found.missing] == ["birth_leave", "paternity_leave"]
    assert leaves(LAW, "zhejiang", Case(day("2021-11-25"))).missing == ()


def test_a_fourth_child_is_left_to_the_authorities() -> None:
    remarks = [
        the(leaves(LAW, "shanghai", Case(day("2026-01-10"), child=n)), "birth_leave").remarks for n in (3, 4)
    ]
    assert not any("由当地认定" in one for one in remarks[0])
    assert any("由当地认定" in one for one in remarks[1])


# ------------------------------------------------------------------ what cannot be


def faults(**given: Any) -> list[str]:
    with pytest.raises(InputError) as refused:
        leaves(LAW, "shanghai", Case(day("2026-03-20"), **given))
    return [one.path for one in refused.value.findings]


def test_everything_that_cannot_be_is_told_at_once() -> None:
    assert faults(begin=day("2026-01-01"), number=3, twins=True, child=0, pregnancy_months=3) == [
        "twins",
        "child",
        "pregnancy-months",
        "begin",
    ]
    assert faults(miscarriage=True, twins=True, difficult=True, begin=day("2026-03-01")) == [
        "pregnancy-months",
        "difficult",
        "infants",
        "begin",
    ]
    assert faults(number=0) == faults(number=11) == faults(number=-1) == ["infants"]


@pytest.mark.parametrize("months", [0, -1, Fraction(101, 10)])
def test_a_number_of_months_that_no_pregnancy_has_is_refused(months: Fraction) -> None:
    assert faults(miscarriage=True, pregnancy_months=months) == ["pregnancy-months"]


def test_leave_begins_fifteen_days_before_the_birth_at_the_earliest_and_with_it_at_the_latest() -> None:
    for begin, fine in (
        ("2026-03-04", False),
        ("2026-03-05", True),
        ("2026-03-20", True),
        ("2026-03-21", False),
    ):
        if fine:
            assert leaves(LAW, "shanghai", Case(day("2026-03-20"), day(begin))).joined[0].first == day(begin)
        else:
            assert faults(begin=day(begin)) == ["begin"]


@pytest.mark.parametrize("text", ["1980-01-01", "9999-12-01"])
def test_a_day_without_law_or_beyond_every_calendar_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        leaves(LAW, "shanghai", Case(day(text)))


# ------------------------------------------------------------------ properties

BIRTHS = st.dates(day("2012-04-28"), day("2029-12-31"))
BIRTH = st.builds(
    Case,
    day=BIRTHS,
    number=st.integers(1, 4),
    difficult=st.booleans(),
    child=st.integers(1, 4),
)
LOSS = st.builds(
    Case,
    day=BIRTHS,
    miscarriage=st.just(True),
    pregnancy_months=st.fractions(Fraction(1, 4), 10, max_denominator=4),
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLACES), BIRTH | LOSS)
def test_no_leave_ends_before_it_begins_and_the_joined_ones_leave_no_gap(place: str, case: Case) -> None:
    found = leaves(LAW, place, case)
    for leave in every(found):
        first = leave.first.at_least if isinstance(leave.first, Unknown) else leave.first
        last = leave.last.at_least if isinstance(leave.last, Unknown) else leave.last
        assert first is not None and last is not None and first <= last, leave.rule.key
    for one, following in zip(found.joined, found.joined[1:], strict=False):
        if isinstance(one.last, datetime.date):
            assert following.first == one.last + ONE_DAY


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLACES), BIRTH)
def test_the_counted_days_of_the_segments_are_the_days_of_the_leave(place: str, case: Case) -> None:
    for leave in leaves(LAW, place, case).joined:
        if isinstance(leave.last, Unknown):
            continue
        assert isinstance(leave.first, datetime.date)
        extension = sum(one.days for one in leave.festivals)
        assert (leave.last - leave.first).days + 1 == leave.amount + extension
        if leave.segments:
            assert sum(one.days for one in leave.segments if not one.festival) == leave.amount
            assert [one.first for one in leave.segments[1:]] == [
                one.last + ONE_DAY for one in leave.segments[:-1]
            ]


def changes(place: str) -> list[datetime.date]:
    """Every day on which a leave of a place changes, or to which a change reaches back."""
    norms = [norm for rule in LAW.leave_rules(place) for norm in LAW.history(place, rule.key)]
    found = {norm.since for norm in norms} | {norm.events_from for norm in norms if norm.events_from}
    return sorted(found)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLACES), BIRTHS, BIRTHS)
def test_between_two_changes_every_birth_gives_the_same_days(
    place: str, one: datetime.date, other: datetime.date
) -> None:
    if [change <= one for change in changes(place)] == [change <= other for change in changes(place)]:
        given = [
            [
                (leave.rule.key, leave.amount, leave.norm.state)
                for leave in leaves(LAW, place, Case(birth)).joined
            ]
            for birth in (one, other)
        ]
        assert given[0] == given[1]


# ------------------------------------------------------------------ a place is a file


NEW_PLACE = """\
place: mist
title: 虚构省
within: national
checked: 2026-11-01
instruments:
  mist-population: {title: 虚构省人口与计划生育条例, in_force: 2022-01-01}
values:
  birth_leave:
    title: 团圆假
    unit: day
    bound: minimum
    leave: {extended_by: holidays_extend}
    dated:
      2022-01-01: {value: 20, instrument: mist-population, article: "9", state: verified}
  moon_leave:
    title: 满月假
    unit: day
    bound: minimum
    leave: {of: birth, who: each_parent, runs: from_birth, children: [2, 9]}
    dated:
      2022-01-01: {value: 3, instrument: mist-population, article: "10", state: verified}
duties:
  holidays_extend:
    title: 团圆假遇法定节假日顺延
    dated:
      2022-01-01: {instrument: mist-population, article: "9", state: verified}
"""


def with_place(folder: Path, text: str, *, listed: str = "") -> Law:
    (folder / "national.yaml").write_bytes((FOLDER / "national.yaml").read_bytes())
    (folder / "mist.yaml").write_text(text, encoding="utf-8")
    if listed:
        (folder / "leaves.yaml").write_text(listed, encoding="utf-8")
    return load_law(folder)


def test_a_place_with_a_leave_of_its_own_is_a_file_alone(tmp_path: Path) -> None:
    law = with_place(tmp_path, NEW_PLACE)
    first = leaves(law, "mist", Case(day("2025-11-10")))
    assert [leave.norm.title for leave in first.joined] == ["产假", "团圆假"]
    assert first.last == day("2026-03-11")  # 20 days from 16 February, and four of Spring Festival
    second = leaves(law, "mist", Case(day("2025-11-10"), child=2))
    assert the(second, "moon_leave").last == day("2025-11-12")
    assert all(leave.rule.key != "moon_leave" for leave in first.others)


def test_of_two_steps_with_as_many_days_the_verified_one_is_cited(tmp_path: Path) -> None:
    entry = """\
  early_loss:
    title: 流产的产假
    unit: day
    bound: minimum
    dated:
      2022-01-01: {value: 15, instrument: mist-population, article: "11", state: reported}
"""
    listed = "{of: miscarriage, who: mother, runs: joined, below: miscarriage_leave_boundary}\n"
    keys = ("early_loss", "miscarriage_leave_under_4_months")
    text = NEW_PLACE.replace("duties:\n", entry + "duties:\n").replace("    leave:", "    # leave:")
    law = with_place(tmp_path, text, listed="".join(f"{key}: {listed}" for key in keys))
    (found,) = leaves(law, "mist", Case(day("2026-01-10"), miscarriage=True, pregnancy_months=1)).joined
    assert found.rule.key == "miscarriage_leave_under_4_months"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("extended_by: holidays_extend", "extended_by: holidays_extnd", "没有 holidays_extnd 这一条"),
        ("runs: from_birth", "runs: sometimes", "“runs”不能是 sometimes"),
        ("of: birth, ", "", "缺少“of”"),
        ("children: [2, 9]", "children: [9, 2]", "“children”应当是两个数"),
        ("children: [2, 9]", "children: [2]", "“children”应当是两个数"),
        ("children: [2, 9]", "childs: [2, 9]", "不认识“childs”"),
    ],
)
def test_a_faulty_rule_of_a_leave_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(InputError) as refused:
        with_place(tmp_path, NEW_PLACE.replace(old, new, 1))
    found = [one for one in refused.value.findings if message in one.message]
    assert found and found[0].location.line, [str(one) for one in refused.value.findings]


def test_a_list_of_leaves_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        with_place(tmp_path, NEW_PLACE, listed="- birth_leave\n")


def test_a_rule_whose_content_is_not_known_says_that_the_wider_one_stands_in(tmp_path: Path) -> None:
    entry = """\
  difficult_birth_leave:
    title: 难产增加的产假
    unit: day
    bound: minimum
    dated:
      2022-01-01: {instrument: mist-population, state: unknown}
"""
    law = with_place(tmp_path, NEW_PLACE.replace("duties:\n", entry + "duties:\n"))
    found = the(leaves(law, "mist", Case(day("2026-01-10"), difficult=True)), "difficult_birth_leave")
    assert found.amount == 15 and any("内容不明" in remark for remark in found.remarks)


def test_the_code_names_no_leave_and_no_place() -> None:
    keys = {key for place in PLACES for key in LAW.keys(place)} | set(PLACES)
    for path in (
        "src/contractgen/law/case.py",
        "src/contractgen/law/leave.py",
        "src/contractgen/law/clock.py",
        "src/contractgen/law/calendar.py",
    ):
        text = (TOP / path).read_text("utf-8")
        assert not [key for key in keys if f'"{key}"' in text], path


# ------------------------------------------------------------------ the command


def test_the_page_and_the_json_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["law", "leave", "--place", "shanghai", "--birth", "2026-09-01", "--twins", "--difficult"]
    assert main(command) == 0
    page = capsys.readouterr().out
    assert main([*command, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["joined"]["days"] == "188" and "98 + 15 + 15 + 60 = 188天" in page
    assert data["joined"]["to"] is None and data["joined"]["to_at_least"] == "2027-03-07"
    assert "至少到 2027-03-07（2027年的节假日安排尚未公布或者没有收录" in page
    for leave in (*data["joined"]["leaves"], *data["others"]):
        assert leave["title"] in page
        for norm in leave["norms"]:
            assert norm["source"] in page
        for edge in ("from", "to", "from_at_least", "to_at_least"):
            assert (leave.get(edge) or "") in page
        assert all(remark in page for remark in leave["remarks"])


def test_a_reported_article_is_never_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "leave", "--place", "jiangsu", "--birth", "2026-01-10"]) == 0
    page = capsys.readouterr().out
    assert "《江苏省人口与计划生育条例》（据公开报道，待核）" in page
    assert "《江苏省人口与计划生育条例》第" not in page


def test_a_mistyped_day_or_number_names_its_option(capsys: pytest.CaptureFixture[str]) -> None:
    birth = ["law", "leave", "--place", "shanghai", "--birth"]
    assert main([*birth, "2026-02-30"]) == 2
    assert "--birth" in capsys.readouterr().err
    assert main([*birth, "2026-02-20", "--begin", "20260210"]) == 2
    assert "--begin" in capsys.readouterr().err
    assert main([*birth, "2026-02-20", "--miscarriage", "--pregnancy-months", "三"]) == 2
    assert "--pregnancy-months" in capsys.readouterr().err
