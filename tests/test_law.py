"""law: the right number and article for a place and a day; what is not sure is never law; faulty files are refused."""

from __future__ import annotations

import datetime
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractgen.files import data_folder, load_yaml
from contractgen.findings import InputError
from contractgen.law import (
    Citation,
    Instrument,
    Law,
    LawView,
    State,
    bound_label,
    describe,
    load_law,
    number_label,
    unit_label,
)
from contractgen.law.units import names

TODAY = datetime.date(2026, 11, 23)
CASES = Path(__file__).parent / "law"
PLACES = [path.stem for path in sorted(CASES.glob("*.yaml"))]
FOLDER = data_folder("clauses") / "law"
LAW = load_law()


@pytest.fixture(scope="module")
def law() -> Law:
    return LAW


@pytest.fixture(scope="module")
def shanghai(law: Law) -> LawView:
    return law.at("shanghai", TODAY)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


# ------------------------------------------------------------------ the law itself


def test_every_place_has_cases(law: Law) -> None:
    assert set(law.places) == set(PLACES)


@pytest.mark.parametrize("place", PLACES)
def test_the_law_answers_as_the_cases_of_the_place_say(law: Law, place: str) -> None:
    wrong = []
    for case in load_yaml(CASES / f"{place}.yaml").data["cases"]:
        norm = law.at(place, case["on"]).get(case["key"])
        found: dict[str, object] = {"none": True}
        if norm is not None:
            found = {
                "value": norm.value,
                "instrument": norm.source.instrument.slug,
                "article": norm.source.article,
                "paragraph": norm.source.paragraph,
                "item": norm.source.item,
                "state": norm.state.value,
                "strict": norm.strict or None,
            }
        wanted = {name: value for name, value in case.items() if name not in ("key", "on")}
        if "value" in wanted:
            wanted["value"] = Fraction(str(wanted["value"]))
        found = {name: value for name, value in found.items() if value is not None}
        if found != wanted:
            wrong.append((case["key"], case["on"], found, wanted))
    assert wrong == []


@pytest.mark.parametrize("place", PLACES)
def test_the_cases_stand_around_every_change_of_a_value(law: Law, place: str) -> None:
    tested = {(case["key"], case["on"]) for case in load_yaml(CASES / f"{place}.yaml").data["cases"]}
    own = load_yaml(FOLDER / f"{place}.yaml").data["values"]
    missing = [
        (key, change + datetime.timedelta(step))
        for key, entry in own.items()
        for change in entry["dated"]
        for step in (-1, 0, 1)
        if (key, change + datetime.timedelta(step)) not in tested
    ]
    assert missing == []


@settings(max_examples=40)
@given(on=st.dates(day("1980-01-01"), day("2035-12-31")))
def test_every_answer_holds_on_its_day_and_so_does_its_instrument(on: datetime.date) -> None:
    for norm in LAW.at("shanghai", on).values():
        assert norm.since <= on, norm.key
        assert norm.until is None or on < norm.until, norm.key
        assert norm.source.instrument.holds(on), norm.key


def test_birth_leave_in_shanghai_is_sixty_days_from_2021_11_25(law: Law) -> None:
    before = law.at("shanghai", day("2021-11-24"))["birth_leave"]
    after = law.at("shanghai", day("2021-11-25"))["birth_leave"]
    assert (before.value, before.state, before.printable) == (30, State.REPORTED, False)
    assert (after.value, after.state, after.printable) == (60, State.VERIFIED, True)


def test_the_article_of_equal_pay_moved_on_2023_01_01(law: Law) -> None:
    before = law.at("national", day("2022-12-31"))["equal_pay"].source
    after = law.at("national", day("2023-01-01"))["equal_pay"].source
    assert str(before) == "《中华人民共和国妇女权益保障法》第二十四条"
    assert str(after) == "《中华人民共和国妇女权益保障法》第四十五条"
    assert (before.instrument.edition, after.instrument.edition) == ("2018修正", "2022修订")


def test_158_days_are_two_keys_and_no_article(shanghai: LawView) -> None:
    assert shanghai["maternity_leave"].value == 98
    assert shanghai["birth_leave"].value == 60
    assert shanghai["maternity_leave"].place == "national"
    assert all(norm.value != 158 for norm in shanghai.values())


def test_leaves_that_add_up_are_keys_of_their_own(shanghai: LawView) -> None:
    keys = ("maternity_leave", "difficult_birth_leave", "multiple_birth_leave", "birth_leave")
    assert [shanghai[key].value for key in keys] == [98, 15, 15, 60]
    assert "15天" in shanghai["maternity_leave"].note


def test_the_interval_of_examinations_ended_with_the_old_measures(law: Law) -> None:
    assert law.at("shanghai", day("2022-12-31"))["gynecological_examination_interval"].value == 2
    assert "gynecological_examination_interval" not in law.at("shanghai", day("2023-01-01"))


def test_rules_with_a_known_end_are_gone_after_it(law: Law) -> None:
    key = "childcare_leave_accumulates_per_child"
    assert law.at("shanghai", day("2027-10-31"))[key].until == day("2027-11-01")
    assert key not in law.at("shanghai", day("2027-11-01"))


def test_shanghai_counts_the_filing_deadline_from_the_notice(law: Law, shanghai: LawView) -> None:
    assert shanghai["submission_deadline"].starts == "notice_received"
    assert law.at("national", TODAY)["submission_deadline"].starts == "signed"


def test_equal_numbers_of_representatives_are_no_rule_in_shanghai(law: Law, shanghai: LawView) -> None:
    assert "representatives_parity" in law.at("national", TODAY)
    assert "representatives_parity" not in shanghai
    assert "employer_representatives_not_more" in shanghai


def test_half_of_all_delegates_is_enough_in_shanghai(shanghai: LawView) -> None:
    norm = shanghai["adoption_majority"]
    assert norm.value == Fraction(1, 2)
    assert norm.met_by(Fraction(90, 180))
    assert not norm.met_by(Fraction(89, 180))
    assert describe(norm) == "半数以上（含本数）"


def test_pay_of_antenatal_leave_has_two_floors(law: Law, shanghai: LawView) -> None:
    assert describe(shanghai["antenatal_and_nursing_leave_pay"]) == "不低于本人原工资的80%"
    assert describe(shanghai["antenatal_and_nursing_leave_minimum_wage"]) == "不低于最低工资标准"
    before = law.at("shanghai", day("2022-12-31"))
    assert describe(before["antenatal_and_nursing_leave_pay"]) == "不低于原工资性收入的80%"
    assert "antenatal_and_nursing_leave_minimum_wage" not in before


def test_older_shanghai_wording_yields_to_national_law(shanghai: LawView) -> None:
    norm = shanghai["dismissal_ban_three_periods"]
    assert str(norm.source) == "《中华人民共和国劳动合同法》第四十二条第四项"
    assert norm.loser is not None
    assert norm.loser.place == "shanghai"


def test_months_and_shares_are_exact(shanghai: LawView) -> None:
    assert shanghai["antenatal_leave"].value == Fraction(5, 2)
    assert shanghai["outside_representatives_maximum"].value == Fraction(1, 3)
    assert all(isinstance(norm.value, int | Fraction | None) for norm in shanghai.values())


def test_every_entry_says_who_it_is_from_and_when_it_was_checked(law: Law) -> None:
    for place in law.places:
        for key in law.keys(place):
            for norm in law.history(place, key):
                assert norm.title and norm.source.title, key
                assert (norm.checked is not None) is norm.verified, key  # a report was never compared
                assert norm.source.article or not norm.verified, key


def test_old_articles_are_found_in_the_successor(law: Law) -> None:
    old = law.instrument("national", "women-rights-law-2018")
    new = law.instrument("national", old.successor)
    assert old.successors_of("24") == ("45",)
    assert old.successors_of("23") == ("43", "44")
    assert old.until == new.in_force
    assert law.instrument("shanghai", "women-rights-shanghai-2007").successors_of("24") == ("32",)


def test_instruments_in_force_change_with_the_day(law: Law) -> None:
    def slugs(on: str) -> set[str]:
        return {one.slug for one in law.instruments("shanghai") if one.holds(day(on))}

    assert {"women-rights-law-2018", "women-rights-shanghai-2007"} <= slugs("2022-12-31")
    assert {"women-rights-law-2022", "women-rights-shanghai-2022"} <= slugs("2023-01-01")
    assert not {"women-rights-law-2018", "women-rights-shanghai-2007"} & slugs("2023-01-01")


def test_instruments_end_where_their_successors_begin(law: Law) -> None:
    for place in law.places:
        for one in law.instruments(place):
            if one.successor:
                assert one.until == law.instrument(place, one.successor).in_force, one.slug
            assert not one.stale or one.note, one.slug


def test_history_shows_every_answer_in_order(law: Law) -> None:
    assert [(n.value, n.since.year) for n in law.history("shanghai", "birth_leave")] == [
        (30, 2016),
        (60, 2021),
    ]
    places = [n.place for n in law.history("shanghai", "equal_pay")]
    assert places == ["shanghai", "shanghai"]
    assert [n.value for n in law.history("shanghai", "maternity_leave")] == [90, 98]


# ------------------------------------------------------------------ citations and numbers


@pytest.mark.parametrize(
    ("article", "paragraph", "item", "printed"),
    [
        ("48", None, None, "第四十八条"),
        ("7", 1, None, "第七条第一款"),
        ("42", None, "4", "第四十二条第四项"),
        ("17", 1, "8", "第十七条第一款第八项"),
        ("附录第二条", None, None, "附录第二条"),
        ("附录第一条", None, "3", "附录第一条第三项"),
        ("1010", 2, None, "第一千零一十条第二款"),
        (None, None, None, ""),
    ],
)
def test_citations_print_as_lawyers_write_them(
    article: str | None, paragraph: int | None, item: str | None, printed: str
) -> None:
    instrument = Instrument("x", "女职工劳动保护特别规定", "national", TODAY)
    assert str(Citation(instrument, article, paragraph, item)) == "《女职工劳动保护特别规定》" + printed


def test_a_title_inside_a_title_has_single_marks(law: Law) -> None:
    measures = law.instrument("shanghai", "women-rights-shanghai-2007")
    assert str(measures) == "《上海市实施〈中华人民共和国妇女权益保障法〉办法》"


def test_what_is_only_reported_is_printed_only_with_a_sure_article(law: Law) -> None:
    national = law.at("national", TODAY)
    assert national["proposal_reply"].confidence == "high"
    assert national["proposal_reply"].printable
    assert not national["change_grounds"].printable  # confidence medium
    assert not national["rep_term"].printable  # article not seen
    assert not law.at("shanghai", TODAY)["antenatal_leave"].printable
    assert law.at("shanghai", TODAY)["birth_leave"].printable


@pytest.mark.parametrize(
    ("number", "unit", "printed"),
    [
        (98, "day", "98天"),
        (15, "calendar_day", "15日"),
        (5, "working_day", "5个工作日"),
        (80, "percent", "80%"),
        (1, "half_day", "半天"),
        (Fraction(5, 2), "month", "2.5个月"),
        (2.5, "month", "2.5个月"),
        (Decimal("6.5"), "month", "6.5个月"),
        (Fraction(1, 3), "share_of_own_side", "三分之一"),
        (Fraction(1, 2), "share_of_delegates", "半数"),
        (1, "share_of_delegates", "全部"),
        (Fraction(1, 3), "hour", "三分之一小时"),
        (3, "age", "3周岁"),
        (2, "copy", "2份"),
        (0, "day", "0天"),
        (0.05, "percent", "0.05%"),
    ],
)
def test_numbers_print_with_their_unit(
    number: int | Fraction | Decimal | float, unit: str, printed: str
) -> None:
    assert unit_label(number, unit) == printed


def test_numbers_print_alone() -> None:
    assert [number_label(n) for n in (98, Fraction(5, 2), Fraction(1, 3))] == ["98", "2.5", "三分之一"]


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(InputError, match="fortnight"):
        unit_label(1, "fortnight")
    assert "calendar_day" in names().units


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("maternity_leave", "不少于98天"),
        ("proposal_reply", "不超过15日"),
        ("quorum", "三分之二以上（含本数）"),
        ("outside_representatives_maximum", "不超过三分之一"),
        ("authority_review", "15日"),
        ("term_maximum", "一般为3年"),
        ("no_overtime_from_pregnancy_month", "不晚于怀孕满7个月"),
        ("nursing_period", "至少到婴儿满12个月"),
        ("womens_day_holiday", "不少于半天"),
        ("equal_pay", "男女同工同酬"),
    ],
)
def test_norms_are_described_in_chinese(shanghai: LawView, key: str, text: str) -> None:
    assert describe(shanghai[key]) == text


@pytest.mark.parametrize(
    ("number", "unit", "bound", "strict", "text"),
    [
        (Fraction(1, 2), "share_of_delegates", "minimum", False, "半数以上"),
        (Fraction(1, 2), "share_of_delegates", "minimum", True, "过半数"),
        (Fraction(2, 3), "share_of_delegates", "minimum", False, "三分之二以上"),
        (Fraction(2, 3), "share_of_delegates", "minimum", True, "超过三分之二"),
        (Fraction(1, 3), "share_of_own_side", "maximum", False, "不超过三分之一"),
        (98, "day", "minimum", False, "不少于98天"),
        (80, "percent", "minimum", False, "不低于80%"),
        (5, "copy", "exact", False, "5份"),
    ],
)
def test_a_number_is_printed_with_its_bound(
    number: int | Fraction, unit: str, bound: str, strict: bool, text: str
) -> None:
    assert bound_label(number, unit, bound, strict=strict) == text


def test_every_norm_can_be_described(law: Law) -> None:
    for place in law.places:
        for key in law.keys(place):
            for norm in law.history(place, key):
                assert describe(norm), key


# ------------------------------------------------------------------ places

OUTER = """\
place: outer
title: 外省
checked: 2026-01-01
instruments:
  old-rule: {title: 旧规定, in_force: 2000-01-01, until: 2010-01-01, successor: new-rule, concordance: {"1": "2"}}
  new-rule: {title: 新规定, in_force: 2010-01-01}
values:
  leave:
    title: 假期
    unit: day
    bound: minimum
    dated:
      2000-01-01: {value: 10, instrument: old-rule, article: "1", state: verified}
      2010-01-01: {value: 20, instrument: new-rule, article: "2", paragraph: 1, state: verified}
  deadline:
    title: 期限
    unit: calendar_day
    bound: maximum
    starts: signed
    dated:
      2010-01-01: {value: 20, instrument: new-rule, article: "3", state: verified}
duties:
  training:
    title: 培训
    dated:
      2010-01-01: {instrument: new-rule, article: "4", state: verified}
"""

INNER = """\
place: inner
title: 内市
within: outer
checked: 2026-01-01
instruments:
  city-rule: {title: 市规定, in_force: 2015-01-01}
"""


def places(folder: Path, inner: str = "", outer: str = OUTER) -> Law:
    (folder / "outer.yaml").write_text(outer, encoding="utf-8")
    (folder / "inner.yaml").write_text(INNER + inner, encoding="utf-8")
    return load_law(folder)


def local(row: str, key: str = "leave", unit: str = "day", bound: str = "minimum", more: str = "") -> str:
    return f"values:\n  {key}: {{title: 假期, unit: {unit}, bound: {bound}, {more}dated: {{2015-01-01: {{{row}}}}}}}\n"


SURE = 'instrument: city-rule, article: "1", state: verified'
SAID = 'instrument: city-rule, article: "1", state: reported'


def test_the_nearest_place_answers(tmp_path: Path) -> None:
    here = places(tmp_path, local(f"value: 30, {SURE}")).at("inner", TODAY)
    assert here["leave"].place_title == "内市"
    assert here["deadline"].place_title == "外省"
    assert here.title == "内市"


@pytest.mark.parametrize(("value", "wins"), [(30, "inner"), (15, "outer"), (20, "inner")])
def test_the_better_minimum_wins_and_the_loser_is_kept(tmp_path: Path, value: int, wins: str) -> None:
    norm = places(tmp_path, local(f"value: {value}, {SURE}")).at("inner", TODAY)["leave"]
    assert norm.place == wins
    assert norm.loser is not None
    assert {norm.place, norm.loser.place} == {"inner", "outer"}
    assert norm.value == max(value, 20)


@pytest.mark.parametrize(("value", "wins"), [(15, "inner"), (30, "outer")])
def test_the_shorter_maximum_wins(tmp_path: Path, value: int, wins: str) -> None:
    inner = local(f"value: {value}, {SURE}", "deadline", "calendar_day", "maximum", "starts: signed, ")
    assert places(tmp_path, inner).at("inner", TODAY)["deadline"].place == wins


def test_clocks_that_start_differently_are_not_compared(tmp_path: Path) -> None:
    inner = local(f"value: 30, {SURE}", "deadline", "calendar_day", "maximum", "starts: notice_received, ")
    assert places(tmp_path, inner).at("inner", TODAY)["deadline"].value == 30


@pytest.mark.parametrize(("value", "wins"), [(30, "inner"), (20, "outer"), (15, "outer")])
def test_a_reported_local_value_never_weakens_a_verified_one(tmp_path: Path, value: int, wins: str) -> None:
    norm = places(tmp_path, local(f"value: {value}, {SAID}")).at("inner", TODAY)["leave"]
    assert norm.place == wins
    assert norm.value == max(value, 20)


def test_a_reported_value_in_another_unit_does_not_displace_a_verified_one(tmp_path: Path) -> None:
    assert (
        places(tmp_path, local(f"value: 1, {SAID}", unit="month")).at("inner", TODAY)["leave"].unit == "day"
    )
    assert (
        places(tmp_path, local(f"value: 1, {SURE}", unit="month")).at("inner", TODAY)["leave"].unit == "month"
    )


def test_more_than_half_beats_half(tmp_path: Path) -> None:
    outer = (
        OUTER.replace("unit: day", "unit: share_of_delegates")
        .replace(
            'value: 20, instrument: new-rule, article: "2"',
            'value: "1/2", instrument: new-rule, article: "2"',
        )
        .replace("value: 10", 'value: "1/2"')
    )
    inner = local(f'value: "1/2", strict: true, {SURE}', unit="share_of_delegates")
    norm = places(tmp_path, inner, outer).at("inner", TODAY)["leave"]
    assert norm.place == "inner"
    assert describe(norm) == "过半数"
    assert not norm.met_by(Fraction(90, 180))
    assert norm.met_by(Fraction(91, 180))


def test_where_the_content_is_unknown_the_wider_law_stands_in(tmp_path: Path) -> None:
    inner = local("instrument: city-rule, state: unknown")
    here = places(tmp_path, inner).at("inner", TODAY)
    assert here["leave"].value == 20
    assert here["leave"].loser is not None
    assert [norm.key for norm in here.unknown()] == ["leave"]
    alone = local("instrument: city-rule, state: unknown", "other")
    assert "other" not in places(tmp_path, alone).at("inner", TODAY)


def test_an_encouragement_does_not_weaken_a_duty(tmp_path: Path) -> None:
    inner = f"duties:\n  training: {{title: 培训, force: encouraged, dated: {{2015-01-01: {{{SURE}}}}}}}\n"
    assert places(tmp_path, inner).at("inner", TODAY)["training"].force == "duty"


def test_a_local_rule_can_take_the_place_of_a_wider_one(tmp_path: Path) -> None:
    inner = (
        "duties:\n  training: {title: 培训, dated: {2015-01-01: {displaced_by: course}}}\n"
        f"  course: {{title: 课程, dated: {{2015-01-01: {{{SURE}}}}}}}\n"
    )
    law = places(tmp_path, inner)
    assert "training" in law.at("inner", day("2014-12-31"))
    assert "training" not in law.at("inner", day("2015-01-01"))
    assert "training" in law.at("outer", TODAY)


def test_null_ends_a_local_rule_and_the_wider_one_answers(tmp_path: Path) -> None:
    inner = f"values:\n  leave: {{title: 假, unit: day, bound: minimum, dated: {{2015-01-01: {{value: 30, {SURE}}}, 2020-01-01: null}}}}\n"
    law = places(tmp_path, inner)
    assert law.at("inner", day("2019-12-31"))["leave"].value == 30
    assert law.at("inner", day("2020-01-01"))["leave"].value == 20
    assert [norm.place for norm in law.history("inner", "leave")] == ["outer", "outer", "inner", "outer"]


def test_a_rule_may_reach_back_to_earlier_events(tmp_path: Path) -> None:
    inner = local(f"value: 30, {SURE}, events_from: 2014-06-01")
    assert places(tmp_path, inner).at("inner", TODAY)["leave"].events_from == day("2014-06-01")


def test_unknown_places_keys_and_instruments_name_the_nearest(law: Law, shanghai: LawView) -> None:
    with pytest.raises(InputError) as place:
        law.at("shanghia", TODAY)
    assert "shanghai" in place.value.hint
    with pytest.raises(InputError) as key:
        shanghai["birth_leaves"]
    assert "birth_leave" in key.value.hint
    with pytest.raises(InputError) as instrument:
        law.instrument("shanghai", "labor-laws")
    assert "labor-law" in instrument.value.hint
    with pytest.raises(InputError, match="没有施行中的"):
        law.at("shanghai", day("2010-01-01"))["birth_leave"]


def test_a_view_is_a_mapping_of_what_is_in_force(law: Law) -> None:
    view = law.at("shanghai", TODAY)
    assert len(view) == len(list(view)) == len(dict(view))
    assert view.get("no_such_key") is None
    assert "no_such_key" not in view
    assert view == load_law().at("shanghai", TODAY)
    assert len({view, load_law().at("shanghai", TODAY)}) == 1


def test_values_are_frozen_and_hashable(shanghai: LawView) -> None:
    norm = shanghai["maternity_leave"]
    assert len({norm, shanghai["maternity_leave"]}) == 1
    with pytest.raises(AttributeError):
        norm.value = 90  # type: ignore[misc]


# ------------------------------------------------------------------ faulty files


def faults(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "outer.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_law(tmp_path)
    return [str(finding).replace(f"{tmp_path}/", "") for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("old", "new", "where", "rule"),
    [
        (', article: "3", state: verified', ', article: "3"', "outer.yaml:21:19", "law-missing-field"),
        ('article: "3", state: verified', 'article: "3", state: certain', "outer.yaml:21:74", "law-state"),
        ('instrument: new-rule, article: "3"', 'instrument: nwe-rule, article: "3"', "outer.yaml:21:43", "law-instrument"),
        ('instrument: new-rule, article: "2"', 'instrument: old-rule, article: "2"', "outer.yaml:14:7", "law-dates"),
        ("2000-01-01: {value: 10", "1999-12-31: {value: 10", "outer.yaml:13:7", "law-dates"),
        ("2010-01-01: {value: 20, instrument: new-rule, article: \"2\"", "1990-01-01: {value: 20, instrument: new-rule, article: \"2\"", "outer.yaml:14:7", "law-dates"),
        ("2010-01-01: {value: 20, instrument: new-rule, article: \"3\"", "2010-02-30: {value: 20, instrument: new-rule, article: \"3\"", "outer.yaml:21:7", "no-such-day"),
        ("2010-01-01: {value: 20, instrument: new-rule, article: \"3\"", "soon: {value: 20, instrument: new-rule, article: \"3\"", "outer.yaml:21:7", "law-dates"),
        ("unit: calendar_day", "unit: calender_day", "outer.yaml:17:11", "law-unit"),
        ("bound: maximum", "bound: max", "outer.yaml:18:12", "law-bound"),
        ("starts: signed", "starts: signing", "outer.yaml:19:13", "law-choice"),
        ("    bound: maximum\n", "", "outer.yaml:16:5", "law-missing-field"),
        ("value: 20, instrument: new-rule, article: \"3\"", "instrument: new-rule, article: \"3\"", "outer.yaml:21:19", "law-missing-field"),
        ("value: 20, instrument: new-rule, article: \"3\"", "value: many, instrument: new-rule, article: \"3\"", "outer.yaml:21:27", "law-value"),
        ("value: 20, instrument: new-rule, article: \"3\"", "value: -2, instrument: new-rule, article: \"3\"", "outer.yaml:21:27", "law-value"),
        ("value: 20, instrument: new-rule, article: \"3\"", "value: true, instrument: new-rule, article: \"3\"", "outer.yaml:21:27", "law-value"),
        ("article: \"3\"", "article: 3", "outer.yaml:21:62", "law-form"),
        ("article: \"3\"", "article: 第三条", "outer.yaml:21:62", "law-form"),
        ("article: \"3\", state", "state", "outer.yaml:21:19", "law-missing-field"),
        ("article: \"3\", state: verified", "paragraph: 2, state: reported", "outer.yaml:21:19", "law-missing-field"),
        ("article: \"3\"", "artcle: \"3\"", "outer.yaml:21:53", "law-unknown-field"),
        ("paragraph: 1", "paragraph: 0", "outer.yaml:14:78", "law-form"),
        ("successor: new-rule", "successor: newer-rule", "outer.yaml:5:78", "law-instrument"),
        ("until: 2010-01-01", "until: 1999-01-01", "outer.yaml:5:55", "law-dates"),
        ('concordance: {"1": "2"}', 'concordance: {"1": 2}', "outer.yaml:5:107", "law-form"),
        ("bound: maximum\n", "bound: maximum\n    together_with: deadline\n", "outer.yaml:19:20", "law-key"),
        ("place: outer", "place: utter", "outer.yaml:1:8", "law-place"),
        ("checked: 2026-01-01", "within: nowhere\nchecked: 2026-01-01", "outer.yaml:3:9", "law-place"),
        ("checked: 2026-01-01", "within: outer\nchecked: 2026-01-01", "outer.yaml:3:9", "law-place"),
        ("checked: 2026-01-01", "checked: lately", "outer.yaml:3:10", "law-form"),
        ("checked: 2026-01-01", "checked: 2026-01-01\ncontents: [{demand: duty}]", "outer.yaml:4:12", "law-missing-field"),
        ("checked: 2026-01-01", "checked: 2026-01-01\ncontents: [{demand: must, law: leave}]", "outer.yaml:4:21", "law-choice"),
        ("checked: 2026-01-01\n", "", "outer.yaml:12:7", "law-missing-field"),
        ("title: 外省", "title: 外{{省}}", "outer.yaml:2:8", "law-form"),
        ("title: 培训", 'title: ""', "outer.yaml:24:12", "law-form"),
        ("  training:", "  leave:", "outer.yaml:23:3", "law-key"),
        ("  training:", "  Training-1:", "outer.yaml:23:3", "law-key"),
        ("dated:\n      2010-01-01: {instrument: new-rule, article: \"4\", state: verified}", "dated: {}", "outer.yaml:25:12", "law-dates"),
        ("2010-01-01: {instrument: new-rule, article: \"4\", state: verified}", "2010-01-01: null", "outer.yaml:26:7", "law-dates"),
        ("2010-01-01: {instrument: new-rule, article: \"4\", state: verified}", "2010-01-01: {displaced_by: nothing}", "outer.yaml:26:34", "law-key"),
        ("2010-01-01: {instrument: new-rule, article: \"4\", state: verified}", "2010-01-01: often", "outer.yaml:26:19", "law-form"),
        ("instrument: new-rule, article: \"4\"", "value: 3, instrument: new-rule, article: \"4\"", "outer.yaml:26:20", "law-unknown-field"),
    ],
)  # fmt: skip
def test_a_faulty_file_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, where: str, rule: str
) -> None:
    assert old in OUTER
    found = faults(tmp_path, OUTER.replace(old, new, 1))
    assert any(line.startswith(f"{where}: 错误：") and f"[{rule}]" in line for line in found), found


def test_a_rule_of_an_ended_instrument_must_end_with_it(tmp_path: Path) -> None:
    lines = [
        line for line in OUTER.splitlines() if 'value: 20, instrument: new-rule, article: "2"' not in line
    ]
    found = faults(tmp_path, "\n".join(lines) + "\n")
    assert len(found) == 1
    assert "到 2010-01-01 已失效" in found[0]
    assert "2010-01-01: null" in found[0]


def test_a_value_of_unknown_content_has_no_number(tmp_path: Path) -> None:
    found = faults(tmp_path, OUTER.replace('article: "3", state: verified', "state: unknown"))
    assert any("[law-value]" in line for line in found)


def test_strict_needs_a_bound(tmp_path: Path) -> None:
    text = OUTER.replace("bound: maximum", "bound: exact").replace(
        'value: 20, instrument: new-rule, article: "3"',
        'value: 20, strict: true, instrument: new-rule, article: "3"',
    )
    assert any("[law-value]" in line for line in faults(tmp_path, text))


def test_a_share_is_not_more_than_the_whole(tmp_path: Path) -> None:
    text = OUTER.replace("unit: calendar_day", "unit: share_of_delegates").replace(
        'value: 20, instrument: new-rule, article: "3"', 'value: "4/3", instrument: new-rule, article: "3"'
    )
    assert any("4/3" in line for line in faults(tmp_path, text))


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "inner.yaml").write_text(INNER.replace("title: 市规定, ", ""), encoding="utf-8")
    found = faults(
        tmp_path, OUTER.replace("bound: maximum", "bound: max").replace('article: "4"', "article: 4")
    )
    assert [line.split(":")[0] for line in found] == ["inner.yaml", "outer.yaml", "outer.yaml"]


def test_a_key_is_of_one_kind_in_all_places(tmp_path: Path) -> None:
    (tmp_path / "inner.yaml").write_text(
        INNER + f"procedures:\n  training: {{title: 培训, dated: {{2015-01-01: {{{SURE}}}}}}}\n",
        encoding="utf-8",
    )
    assert any("training" in line and "duties" in line for line in faults(tmp_path, OUTER))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有法律数据"):
        load_law(tmp_path)


def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    assert any("law-form" in line for line in faults(tmp_path, "- 1\n"))


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    first = places(tmp_path)
    second = places(
        tmp_path,
        "",
        OUTER.replace(
            'value: 20, instrument: new-rule, article: "2"', 'value: 25, instrument: new-rule, article: "2"'
        ),
    )
    assert first != second
    assert first.at("outer", TODAY)["leave"].value == 20
    assert second.at("outer", TODAY)["leave"].value == 25


def test_loading_the_room_is_cheap() -> None:
    code = "import sys, contractgen.law; print([m for m in ('pydantic', 'ruamel.yaml', 'jinja2', 'lxml', 'rapidfuzz') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("place", "staff", "least"),
    [
        *[
            ("shanghai", *one)
            for one in ((99, 30), (100, 30), (199, 30), (200, 35), (2999, 170), (3000, 175))
        ],
        *[("zhejiang", *one) for one in ((99, 30), (100, 30), (101, 40), (199, 40), (200, 47), (999, 96))],
        *[("zhejiang", *one) for one in ((1000, 100), (1999, 100), (2000, 120), (4999, 160), (5000, 200))],
    ],
)
def test_the_number_of_delegates_grows_with_the_staff(law: Law, place: str, staff: int, least: int) -> None:
    assert law.at(place, day("2026-12-01"))["deputies_min"].least_for(staff) == least


def test_a_place_is_known_by_its_id_its_name_and_its_short_name() -> None:
    law = load_law()
    for name in ("shanghai", "上海", "上海市", " Shanghai "):
        assert law.place(name) == "shanghai"
    assert law.place("全国") == "national" and law.place("江苏") == "jiangsu"
    for wrong in ("上", "上海省", "beijing", ""):
        with pytest.raises(InputError, match="没有地区") as refused:
            law.place(wrong)
        assert "shanghai（上海市）" in refused.value.hint
    with pytest.raises(InputError) as near:
        law.place("shanghay")
    assert near.value.hint.startswith("是不是 shanghai？")


def test_a_place_whose_texts_nobody_read_is_not_offered_for_an_agreement() -> None:
    assert "national" in load_law().listed() and "national" not in load_law().listed(with_texts=True)
