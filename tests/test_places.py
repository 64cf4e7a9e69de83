"""places: a province is a file; the nearest answers, the better wins, what was only reported is never law."""

from __future__ import annotations

import datetime
import re
import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from contractgen.agreement import Agreement, layout
from contractgen.agreement.names import local_note
from contractgen.build import Assembled, assemble_file, build
from contractgen.document import Paragraph, Table
from contractgen.files import data_folder, load_yaml
from contractgen.findings import Severity
from contractgen.law import LawView, Norm, State, describe, load_law
from contractgen.law.case import Case
from contractgen.law.leave import leaves

SIGNING = datetime.date(2026, 12, 1)
BASE = Path(__file__).parent / "checks" / "base.yaml"
LAW = load_law()
PROVINCES = ("guangdong", "jiangsu", "zhejiang")


def view(place: str, on: str = "2026-12-01") -> LawView:
    return LAW.at(place, datetime.date.fromisoformat(on))


def assembled(folder: Path, place: str, *changes: tuple[str, str], library: Path | None = None) -> Assembled:
    """The firm of the samples under the law of another place, with lines changed."""
    text = BASE.read_text(encoding="utf-8").replace("place: shanghai", f"place: {place}")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    profile = folder / "firm.yaml"
    profile.write_text(text, encoding="utf-8")
    return assemble_file(profile, library=library)


def agreement_of(one: Assembled) -> Agreement:
    assert one.agreement is not None, [str(finding) for finding in one.findings]
    return one.agreement


def full_text(one: Assembled) -> str:
    return "\n".join(provision.text for provision in agreement_of(one).provisions)


def rules(one: Assembled, severity: Severity = Severity.ERROR) -> list[str]:
    return [finding.rule for finding in one.findings if finding.severity is severity]


def own_norms(place: str) -> list[Norm]:
    """Every statement that the file of a place has made on any day."""
    data = load_yaml(data_folder("clauses") / "law" / f"{place}.yaml").data
    entries = [item for section in ("values", "duties", "procedures") for item in data[section].items()]
    found = [LAW.own(place, key, on) for key, entry in entries for on, row in entry["dated"].items() if row]
    return [norm for norm in found if norm is not None]


# ------------------------------------------------------------------ votes, clocks, days


@pytest.mark.parametrize(
    ("place", "votes", "passes"),
    [
        ("shanghai", 90, True),
        ("shanghai", 89, False),
        ("zhejiang", 90, False),
        ("zhejiang", 91, True),
        ("jiangsu", 90, True),
        ("guangdong", 90, True),
    ],
)
def test_ninety_of_180_votes_pass_where_half_is_included(place: str, votes: int, passes: bool) -> None:
    norm = view(place)["adoption_majority"]
    assert norm.met_by(Fraction(votes, 180)) is passes


def test_ninety_of_180_votes_pass_the_check_in_shanghai_and_fail_it_in_zhejiang(tmp_path: Path) -> None:
    assert "congress-majority" not in rules(assembled(tmp_path, "shanghai"))
    assert "congress-majority" in rules(assembled(tmp_path, "zhejiang"))
    changed = ("votes_for: 90, votes_against: 20", "votes_for: 91, votes_against: 19")
    assert "congress-majority" not in rules(assembled(tmp_path, "zhejiang", changed))


def before_the_vote(folder: Path, place: str) -> Assembled:
    """The firm before its congress."""
    held = BASE.read_text(encoding="utf-8").split("  congress: {")[1].split("}\n")[0]
    return assembled(folder, place, (f"  congress: {{{held}}}\n", ""))


@pytest.mark.parametrize(
    ("place", "majority", "signed", "order"),
    [
        ("shanghai", "半数以上同意", "草案经双方首席代表签字后，应当提交职工代表大会", "先签字"),
        ("zhejiang", "过半数同意", "草案通过以前，双方不签署正式文本", "后签字"),
        ("jiangsu", "半数以上同意", "草案通过以前，双方不签署正式文本", "后签字"),
        ("guangdong", "半数以上同意", "草案通过以前，双方不签署正式文本", "后签字"),
    ],
)
def test_the_vote_and_the_order_of_signing_are_those_of_the_place(
    tmp_path: Path, place: str, majority: str, signed: str, order: str
) -> None:
    text = full_text(before_the_vote(tmp_path, place))
    assert "三分之二以上出席" in text
    assert f"草案经全体职工代表或者全体职工{majority}" in text
    assert signed in text
    assert ("草案经双方首席代表签字后" in text) is (order == "先签字")
    assert ("草案通过后，由双方首席代表在正式文本上签字" in text) is (order == "后签字")


def test_a_vote_of_91_is_told_in_zhejiang_as_more_than_half_without_a_signature_before(
    tmp_path: Path,
) -> None:
    changed = ("votes_for: 90, votes_against: 20", "votes_for: 91, votes_against: 19")
    text = full_text(assembled(tmp_path, "zhejiang", changed))
    assert "91人赞成，达到全体职工代表过半数，草案获得通过" in text
    assert "2026年10月20日由双方首席代表签字" not in text
    here = full_text(assembled(tmp_path, "shanghai", changed))
    assert "2026年10月20日由双方首席代表签字" in here
    assert "91人赞成，达到全体职工代表半数以上，草案获得通过" in here


def test_zhejiang_submits_the_draft_in_fifteen_working_days_and_votes_in_secret(tmp_path: Path) -> None:
    text = full_text(before_the_vote(tmp_path, "zhejiang"))
    assert "自双方协商达成一致之日起15个工作日内提交" in text
    assert "5个工作日内再次提交讨论和表决" in text
    assert "表决采用无记名投票方式" in text
    assert "15个工作日内提交" not in full_text(before_the_vote(tmp_path, "shanghai"))


def test_a_secret_ballot_needs_more_than_half_in_zhejiang() -> None:
    norm = view("zhejiang")["adoption_secret_ballot"]
    assert (norm.strict, describe(norm)) == (True, "过半数")
    assert str(norm.source) == "《浙江省企业民主管理条例》第十五条第三款"


def test_zhejiang_answers_in_ten_working_days() -> None:
    norm = view("zhejiang")["proposal_reply"]
    assert (norm.value, norm.unit, norm.starts) == (10, "working_day", "proposal_received")
    assert describe(norm) == "不超过10个工作日"
    assert str(norm.source) == "《浙江省集体合同条例》第七条"
    assert norm.loser is not None
    assert (norm.loser.value, norm.loser.unit) == (20, "calendar_day")


def test_clocks_of_zhejiang_start_with_their_own_events() -> None:
    here = view("zhejiang")
    started = {key: here[key].starts or here[key].before for key in here if here[key].place == "zhejiang"}
    assert started["draft_to_congress"] == "agreement_reached"
    assert started["publication_deadline"] == "took_effect"
    assert started["submission_deadline"] == "signed"
    assert started["meeting_notice"] == "meeting_opens"
    assert view("shanghai")["submission_deadline"].starts == "notice_received"


@pytest.mark.parametrize(
    ("place", "name", "days", "paternity", "father_days", "childcare"),
    [
        ("shanghai", "生育假", 60, "配偶陪产假", 10, 5),
        ("jiangsu", "延长产假", 60, "护理假", 15, 10),
        ("zhejiang", "延长产假", 60, "护理假", 15, 10),
        ("guangdong", "奖励假", 80, "陪产假", 15, 10),
    ],
)
def test_leaves_have_the_days_and_the_name_of_the_place(
    place: str, name: str, days: int, paternity: str, father_days: int, childcare: int
) -> None:
    here = view(place)
    assert (here["birth_leave"].title, here["birth_leave"].value) == (name, days)
    assert (here["paternity_leave"].title, here["paternity_leave"].value) == (paternity, father_days)
    assert here["childcare_leave"].value == childcare
    assert here["childcare_leave_until_age"].value == 3
    assert here["maternity_leave"].place == "national"


def test_guangdong_gives_eighty_days_from_2021_12_01() -> None:
    assert "birth_leave" not in view("guangdong", "2021-11-30")
    assert str(view("guangdong", "2021-12-01")["birth_leave"].source) == (
        "《广东省人口与计划生育条例》第三十条第一款"
    )


def test_the_second_child_has_a_value_of_its_own_in_zhejiang() -> None:
    here = view("zhejiang")
    assert here["birth_leave_second_or_third_child"].value == 90
    assert "90天" in here["birth_leave"].note
    assert "birth_leave_natural_days" in here
    assert "local_leave_extended_by_statutory_holidays" not in here


def test_the_term_is_a_bound_in_zhejiang_and_advice_elsewhere(tmp_path: Path) -> None:
    longer = ("end: 2029-12-31", "end: 2030-12-31")
    assert "term-length" in rules(assembled(tmp_path, "zhejiang", longer))
    assert "term-length" in rules(assembled(tmp_path, "shanghai", longer), Severity.WARNING)
    assert describe(view("zhejiang")["term_maximum"]) == "不超过3年"


def test_a_smaller_employer_side_is_fine_in_zhejiang_and_no_parity_elsewhere(tmp_path: Path) -> None:
    fewer = ("    - {name: 样某庚, sex: 男, side: employer, role: 财务经理}\n", "")
    assert "representatives-balance" not in rules(assembled(tmp_path, "zhejiang", fewer))
    assert "representatives-balance" in rules(assembled(tmp_path, "jiangsu", fewer))


# ------------------------------------------------------------------ which place answers


def test_the_nearest_place_answers_and_else_the_nation() -> None:
    for place in PROVINCES:
        here = view(place)
        assert here["birth_leave"].place == place
        assert here["no_overtime_from_pregnancy_month"].place == "national"
        assert LAW.layers(place) == (place, "national")
    assert str(view("zhejiang")["authority_review"].source) == "《浙江省集体合同条例》第三十四条"
    assert str(view("jiangsu")["authority_review"].source) == "《中华人民共和国劳动合同法》第五十四条第一款"


def test_a_better_reported_number_is_the_floor_and_keeps_the_verified_one_as_loser() -> None:
    norm = view("guangdong")["difficult_birth_leave"]
    assert (norm.value, norm.state, norm.printable) == (30, State.REPORTED, False)
    assert norm.loser is not None
    assert (norm.loser.value, norm.loser.state) == (15, State.VERIFIED)


def test_an_equal_reported_number_leaves_the_verified_one_standing() -> None:
    norm = view("jiangsu")["maternity_leave"]
    assert (norm.value, norm.place, norm.state) == (98, "national", State.VERIFIED)
    assert norm.loser is not None
    assert norm.loser.place == "jiangsu"


@pytest.mark.parametrize("place", PROVINCES)
def test_no_reported_number_of_a_place_weakens_a_verified_one(place: str) -> None:
    here, nation = view(place), view("national")
    compared = 0
    for key in nation:
        wide, found = nation[key], here.get(key)
        if wide.verified and wide.value is not None and wide.bound in ("minimum", "maximum"):
            compared += 1
            assert found is not None and found.value is not None, key
            assert found.verified or not wide.better_than(found), key
            assert found.verified or found.comparable(wide), key
    assert compared > 20


@pytest.mark.parametrize(("days", "answers"), [(90, "national"), (97, "national"), (99, "jiangsu")])
def test_a_reported_maternity_leave_counts_only_where_it_is_longer(
    tmp_path: Path, days: int, answers: str
) -> None:
    shutil.copytree(data_folder("clauses") / "law", tmp_path, dirs_exist_ok=True)
    file = tmp_path / "jiangsu.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("{value: 98, instrument: women-labor-protection-jiangsu") == 2
    changed = text.replace("{value: 98, instrument", f"{{value: {days}, instrument", 1)
    file.write_text(changed, encoding="utf-8")
    norm = load_law(tmp_path).at("jiangsu", SIGNING)["maternity_leave"]
    assert (norm.place, norm.value) == (answers, max(days, 98))


# ------------------------------------------------------------------ how surely it is known


def test_of_jiangsu_nothing_is_called_verified() -> None:
    norms = own_norms("jiangsu")
    assert len(norms) > 70
    assert {norm.state for norm in norms} == {State.REPORTED, State.UNKNOWN}
    assert all(norm.confidence in ("high", "medium", "low") for norm in norms)


def test_an_article_of_jiangsu_prints_only_where_its_number_was_surely_seen() -> None:
    seen = {str(norm.source) for norm in own_norms("jiangsu") if norm.printable}
    assert seen == {
        "《江苏省女职工劳动保护特别规定》第三条",
        "《江苏省妇女权益保障条例》第二十六条",
        "《江苏省集体协商条例》第三条第二款",
        "《江苏省集体协商条例》第十二条",
    }


def test_what_is_of_low_confidence_or_from_the_plan_has_no_article_at_all() -> None:
    for norm in own_norms("jiangsu"):
        if norm.confidence == "low" or norm.source.instrument.slug == "family-support-plan-jiangsu-2022":
            assert norm.source.article is None, norm.key


def test_an_agreement_of_jiangsu_prints_no_article_that_was_not_seen(tmp_path: Path) -> None:
    one = assembled(tmp_path, "jiangsu")
    printed = set(re.findall(r"《江苏省[^》]+》第[一二三四五六七八九十]+条", full_text(one)))
    assert printed <= {"《江苏省女职工劳动保护特别规定》第三条", "《江苏省集体协商条例》第三条"}
    told = " ".join(f"{finding.message} {finding.source}" for finding in one.findings)
    assert "《江苏省人口与计划生育条例》" in told
    assert not re.search(r"《江苏省(人口与计划生育条例|妇女权益保障条例)》第", told)


def test_each_reported_number_of_jiangsu_that_is_printed_is_told_to_the_reviewer(tmp_path: Path) -> None:
    told = [f.message for f in assembled(tmp_path, "jiangsu").findings if f.rule == "reported-law"]
    for name in ("延长产假", "护理假", "育儿假"):
        assert any(
            re.search(f"“{name}”据公开报道为不少于(\\d+天)，待核；本合同写\\1$", one) for one in told
        ), name


def test_less_than_a_reported_number_is_an_error_that_says_so(tmp_path: Path) -> None:
    last = "union: {"
    one = assembled(tmp_path, "jiangsu", (last, f"terms: {{birth_leave: 59}}\n{last}"))
    wrong = [finding for finding in one.findings if finding.rule == "legal-minimum"]
    assert [finding.severity for finding in wrong] == [Severity.ERROR]
    assert "59天" in wrong[0].message
    assert "据公开报道，待核" in wrong[0].source
    enough = assembled(tmp_path, "jiangsu", (last, f"terms: {{birth_leave: 60}}\n{last}"))
    assert "legal-minimum" not in rules(enough)


def test_an_agreement_warns_where_the_rule_of_the_place_is_unknown(tmp_path: Path) -> None:
    assert rules(assembled(tmp_path, "jiangsu"), Severity.WARNING).count("unknown-law") >= 4
    assert "unknown-law" in rules(assembled(tmp_path, "guangdong"), Severity.WARNING)
    told = [f for f in assembled(tmp_path, "zhejiang").findings if f.rule == "unknown-law"]
    assert [f.source for f in told] == ["浙江省关于女职工劳动保护的规章"]  # a description, no title


def test_where_jiangsu_is_unknown_the_national_number_stands_in() -> None:
    here = view("jiangsu")
    assert {norm.key for norm in here.unknown()} == {
        "adoption_majority", "filing_copies", "hygiene_allowance", "outside_representatives_maximum", "proposal_reply",
        "quorum", "representatives_minimum", "representatives_parity", "submission_deadline",
        "term_maximum", "term_minimum", "woman_representative",
    }  # fmt: skip
    assert (here["proposal_reply"].value, here["proposal_reply"].place) == (20, "national")
    assert here["proposal_reply"].loser is not None
    assert here["proposal_reply"].loser.state is State.UNKNOWN
    assert here["submission_deadline"].value == 10
    assert here["representatives_minimum"].value == 3
    assert "woman_representative" not in here  # the nation has no such rule
    assert "hygiene_allowance" not in here


def test_before_its_regulation_of_2023_that_of_2004_was_unknown_in_jiangsu() -> None:
    for on, slug in (
        ("2023-04-30", "collective-contracts-jiangsu-2004"),
        ("2023-05-01", "consultation-jiangsu-2023"),
    ):
        loser = view("jiangsu", on)["proposal_reply"].loser
        assert loser is not None and loser.hidden and loser.source.instrument.slug == slug
    assert view("jiangsu", "2004-12-16")["proposal_reply"].loser is None
    old = LAW.instrument("jiangsu", "collective-contracts-jiangsu-2004")
    assert old.until == datetime.date(2023, 5, 1)
    assert old.successor == "consultation-jiangsu-2023"


def test_what_guangdong_and_zhejiang_say_was_compared_with_the_texts() -> None:
    assert {norm.key for norm in own_norms("zhejiang") if not norm.verified} == {"women_protection_rules"}
    unsure = {norm.key: norm.state.value for norm in own_norms("guangdong") if not norm.verified}
    assert unsure == {
        "difficult_birth_leave": "reported",
        "miscarriage_leave_from_7_months": "reported",
        "miscarriage_leave_last_boundary": "reported",
        "miscarriage_leave_under_4_months_maximum": "reported",
        "proposal_reply": "unknown",
        "quorum": "unknown",
        "filing_copies": "unknown",
        "representatives_minimum": "unknown",
        "adoption_majority": "unknown",
        "submission_deadline": "unknown",
        "women_protection_rules": "unknown",
    }


# ------------------------------------------------------------------ Jiangsu's own


def test_jiangsu_has_four_steps_of_leave_after_a_miscarriage_none_below_the_nation() -> None:
    here = view("jiangsu")
    steps = ("under_2_months", "2_to_3_months", "3_to_7_months", "from_7_months")
    days = [here[f"miscarriage_leave_{step}"].value for step in steps]
    edges = [here[f"miscarriage_leave_{edge}_boundary"].value for edge in ("first", "second", "third")]
    assert (days, edges) == ([20, 30, 42, 98], [2, 3, 7])
    short, long = here["miscarriage_leave_under_4_months"], here["miscarriage_leave_from_4_months"]
    assert all(short.met_by(number) for number in days if number is not None)
    assert all(long.met_by(number) for number in days[2:] if number is not None)


def test_nursing_leave_pay_of_jiangsu_is_a_share_of_the_minimum_wage() -> None:
    here = view("jiangsu")
    assert describe(here["nursing_leave_pay"]) == "不低于当地最低工资标准的80%"
    assert describe(here["antenatal_rest_pay"]) == "不低于当地最低工资标准的80%"
    assert here["nursing_leave"].value == 6
    assert "antenatal_and_nursing_leave_pay" not in here
    assert "nursing_leave_must_be_approved" not in here
    assert describe(view("shanghai")["antenatal_and_nursing_leave_pay"]) == "不低于本人原工资的80%"


def test_holidays_are_not_counted_inside_the_sixty_days_of_jiangsu() -> None:
    norm = view("jiangsu")["local_leave_extended_by_statutory_holidays"]
    assert "不计入" in norm.title
    assert not norm.printable


def test_jiangsu_names_the_agreement_in_its_own_way() -> None:
    norm = view("jiangsu")["agreement_title"]
    assert norm.title == "女职工特殊保护专项集体合同"
    assert norm.printable
    assert "agreement_title" not in view("shanghai")


def test_jiangsu_demands_the_agreement_and_the_ordinary_procedure() -> None:
    here = view("jiangsu")
    assert here["special_contract_mandatory"].force == "duty"
    assert "附件" in here["special_contract_mandatory"].note
    assert "普通程序" in here["ordinary_procedure_required"].title


def test_an_encouraged_leave_of_jiangsu_ended_with_the_old_regulation() -> None:
    assert view("jiangsu", "2025-09-30")["joint_childcare_leave"].value == 5
    assert "joint_childcare_leave" not in view("jiangsu", "2025-10-01")


# ------------------------------------------------------------------ a new place is a file


INVENTED = """\
place: mingzhou
title: 明州省
within: national
checked: 2026-06-30
instruments:
  population-mingzhou: {title: 明州省人口与计划生育条例, in_force: 2024-01-01}
  consultation-mingzhou: {title: 明州省集体协商条例, in_force: 2024-01-01}
values:
  birth_leave:
    title: 安康假
    unit: day
    bound: minimum
    dated:
      2024-01-01: {value: 77, instrument: population-mingzhou, article: "20", paragraph: 1, state: verified}
  paternity_leave:
    title: 陪护假
    unit: day
    bound: minimum
    dated:
      2024-01-01: {value: 21, instrument: population-mingzhou, article: "20", paragraph: 2, state: verified}
  maternity_leave:
    title: 产假
    unit: day
    bound: minimum
    dated:
      2024-01-01: {value: 95, instrument: population-mingzhou, article: "19", state: reported, confidence: low}
  proposal_reply:
    title: 答复集体协商要求的期限
    unit: working_day
    bound: maximum
    starts: proposal_received
    dated:
      2024-01-01: {value: 8, instrument: consultation-mingzhou, article: "9", state: verified}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the clause library with one file more."""
    folder = tmp_path_factory.mktemp("library") / "clauses"
    shutil.copytree(data_folder("clauses"), folder)
    (folder / "law" / "mingzhou.yaml").write_text(INVENTED, encoding="utf-8")
    return folder


def test_a_new_place_needs_one_file_and_answers(library: Path) -> None:
    law = load_law(library / "law")
    here = law.at("mingzhou", SIGNING)
    assert set(law.places) - set(LAW.places) == {"mingzhou"}
    assert (here["birth_leave"].value, here["birth_leave"].title) == (77, "安康假")
    assert str(here["paternity_leave"].source) == "《明州省人口与计划生育条例》第二十条第二款"
    assert (here["maternity_leave"].value, here["maternity_leave"].place) == (98, "national")
    assert describe(here["proposal_reply"]) == "不超过8个工作日"
    assert "birth_leave" not in law.at("mingzhou", datetime.date(2023, 12, 31))


def test_an_agreement_is_made_for_a_new_place_without_touching_the_program(
    tmp_path: Path, library: Path
) -> None:
    one = assembled(tmp_path, "mingzhou", library=library)
    assert rules(one) == ["place-texts"]
    text = full_text(one)
    assert "享受安康假77天" in text
    assert "享受陪护假21天" in text
    assert "8个工作日内书面答复" in text
    assert "产假98天" in text
    assert agreement_of(one).place == "mingzhou"


def test_a_place_that_no_file_tells_of_is_refused_with_the_places_there_are(tmp_path: Path) -> None:
    one = assembled(tmp_path, "mingzhou")
    assert one.agreement is None
    hint = next(finding.hint for finding in one.findings if finding.rule == "place")
    assert all(LAW.title(place) in hint for place in PROVINCES)


@pytest.mark.parametrize("place", PROVINCES)
def test_every_province_can_be_assembled(tmp_path: Path, place: str) -> None:
    changed = ("votes_for: 90, votes_against: 20", "votes_for: 91, votes_against: 19")
    one = assembled(tmp_path, place, changed)
    assert not {"missing-law", "clause-text", "dangling-reference"} & {f.rule for f in one.findings}
    birth = view(place)["birth_leave"]
    text = full_text(one)
    assert f"享受{birth.title}" in text
    assert f"{birth.value}天" in text
    assert "生育假" not in text
    assert "产前假" not in text


# ------------------------------------------------------------------ local names


HEADINGS = ("产假与{0}", "{0}", "产假和{0}期间的待遇", "{1}")


@pytest.mark.parametrize(
    ("place", "title", "birth", "paternity"),
    [
        ("shanghai", "女职工权益保护专项集体合同", "生育假", "配偶陪产假"),
        ("jiangsu", "女职工特殊保护专项集体合同", "延长产假", "护理假"),
        ("zhejiang", "女职工权益保护专项集体合同", "延长产假", "护理假"),
        ("guangdong", "女职工权益保护专项集体合同", "奖励假", "陪产假"),
        ("national", "女职工权益保护专项集体合同", "生育假", ""),
    ],
)
def test_title_and_headings_use_the_words_of_the_place(
    tmp_path: Path, place: str, title: str, birth: str, paternity: str
) -> None:
    agreement = agreement_of(assembled(tmp_path, place))
    assert agreement.title == title
    shown = [chapter.title for chapter in agreement.chapters] + [a.title for a in agreement.articles]
    expected = {heading.format(birth, paternity) for heading in HEADINGS}
    if place == "national":
        expected = {f"产假与{birth}"}  # the nation has neither leave
    assert expected <= set(shown)
    assert not [heading for heading in shown if "{{" in heading]
    document = layout(agreement)
    assert document.cover is not None
    assert "".join(document.cover.title) == title
    assert document.running_head.endswith(title)


def test_the_files_are_named_by_the_title_of_the_place(tmp_path: Path) -> None:
    firm = tmp_path / "firm.yaml"
    text = BASE.read_text(encoding="utf-8").replace("place: shanghai", "place: jiangsu")
    firm.write_text(text, encoding="utf-8")
    names = [path.name for path in build(firm, out=tmp_path / "out", formats=("md",)).files]
    assert all("女职工特殊保护专项集体合同" in name for name in names), names


@pytest.mark.parametrize("place", PROVINCES)
def test_notes_say_nothing_of_another_places_law(tmp_path: Path, place: str) -> None:
    document = layout(agreement_of(assembled(tmp_path, place)), annotate=True)
    notes = [block.text for block in document.body if isinstance(block, Paragraph) and block.role == "note"]
    assert len(notes) > 200
    assert not [note for note in notes if "上海" in note]
    here = layout(agreement_of(assembled(tmp_path, "shanghai")), annotate=True)
    assert [block for block in here.body if isinstance(block, Paragraph) and "上海" in block.text]


def test_a_note_keeps_what_holds_everywhere() -> None:
    here = view("jiangsu")
    assert local_note("天数是约定。上海另有规定；本省也有。国家没有规定；上海有。", here) == (
        "天数是约定。本省也有。国家没有规定。"
    )
    assert local_note("上海规定如此。", here) == ""
    assert local_note("上海规定如此。", view("shanghai")) == "上海规定如此。"


# ------------------------------------------------------------------ what each place prints


EXAMPLES = Path(__file__).parents[1] / "examples"


def example(name: str) -> Assembled:
    return assemble_file(EXAMPLES / name / "profile.yaml")


def article_text(one: Assembled, article_id: str) -> str:
    (article,) = [found for found in agreement_of(one).articles if found.id == article_id]
    return "\n".join(provision.text for provision in article.provisions)


@pytest.mark.parametrize("name", ["siyang-clothing", "xinghua-steel"])
def test_a_factory_of_jiangsu_has_the_leaves_of_jiangsu_in_its_words(name: str) -> None:
    one = example(name)
    assert agreement_of(one).title == "女职工特殊保护专项集体合同"
    assert "产假98天，其中产前可以休15天" in article_text(one, "maternity-leave")
    birth = article_text(one, "birth-leave")
    assert "享受延长产假60天" in birth
    assert "两项合计158天" in birth
    assert "国家法定休假日不计入延长产假的天数，周休息日计入" in birth
    assert "顺延" not in birth
    paternity = article_text(one, "paternity-leave")
    assert "享受护理假15天" in paternity
    assert "国家法定休假日不计入天数" in paternity
    childcare = article_text(one, "childcare-leave")
    assert "每年享受育儿假10天；父母双方都是用人单位职工的，各自享受" in childcare
    assert "分别计算、累计享受" not in childcare
    steps = article_text(one, "miscarriage-leave").split("\n")[1:5]
    assert steps == [
        "怀孕未满2个月的，20天；",
        "怀孕满2个月、未满3个月的，30天；",
        "怀孕满3个月、未满7个月的，42天；",
        "怀孕满7个月的，98天。",
    ]
    share = "100%" if name == "xinghua-steel" else "80%"
    nursing = article_text(one, "nursing-leave")
    assert f"标准不低于当地最低工资标准的{share}" in nursing
    assert "经用人单位批准，期限不超过6个月" in nursing
    assert "标准不低于当地最低工资标准的80%" in article_text(one, "antenatal-rest")
    assert "原工资的" not in full_text(one)
    text = full_text(one)
    assert not re.search("生育假|陪产假|产前假|奖励假|上海", text)


@pytest.mark.parametrize("name", ["siyang-clothing", "xinghua-steel"])
def test_jiangsu_prints_as_law_only_what_was_compared_and_the_articles_that_were_surely_seen(
    name: str,
) -> None:
    one = example(name)
    compared = {str(norm.source) for norm in view("jiangsu").values() if norm.verified}
    seen = {str(norm.source) for norm in own_norms("jiangsu") if norm.printable}
    assert len(seen) == 4
    tables = [block for provision in agreement_of(one).provisions for block in provision.blocks]
    rows = [cell for table in tables if isinstance(table, Table) for row in table.rows for cell in row]
    texts = [full_text(one), *("".join(getattr(i, "text", "") for i in cell.inlines) for cell in rows)]
    cited = {
        found
        for text in texts
        for found in re.findall(
            r"《[^》]+》(?:附录)?第[^，。；、和所列的]+?[条款项](?![一二三四五六七八九十])", text
        )
    }
    assert "《江苏省女职工劳动保护特别规定》第三条" in cited
    for citation in cited:
        assert any(known.startswith(citation) for known in compared | seen), citation
    assert not [citation for citation in cited if citation.startswith("《集体合同规定》")]


def test_every_reported_number_and_rule_that_siyang_prints_is_told_to_its_reviewer() -> None:
    one = example("siyang-clothing")
    told = {f.message.split("“")[1].split("”")[0]: f for f in one.findings if f.rule == "reported-law"}
    agreement = agreement_of(one)
    reported = [
        v.floor.title for v in agreement.values.values() if v.floor is not None and not v.floor.verified
    ]
    assert set(reported) <= set(told)
    for rule in ("国家法定休假日不计入延长产假和护理假的天数", "应当订立女职工特殊保护专项集体合同或者专章"):
        assert "的规定据公开报道，待核" in told[rule].message
    assert "写有条号" in told["应当订立女职工特殊保护专项集体合同或者专章"].message
    assert all("待核" in finding.message for finding in told.values())


def test_siyang_becomes_a_final_text_and_xinghua_is_still_bargaining(tmp_path: Path) -> None:
    final = build(EXAMPLES / "siyang-clothing" / "profile.yaml", out=tmp_path, formats=("md",), final=True)
    assert [path.suffix for path in final.files] == [".md", ".json"]
    assert "女职工特殊保护专项集体合同-定稿" in final.files[0].name
    open_ = build(EXAMPLES / "xinghua-steel" / "profile.yaml", out=tmp_path, formats=("md",), final=True)
    assert open_.files == ()
    assert {point.rule for point in open_.open_points} == {"blank", "proposal", "unknown-law"}


def test_zhejiang_prints_its_own_days_and_contents() -> None:
    one = example("haining-knitting")
    assert "生育一孩的60天，生育二孩、三孩的90天" in article_text(one, "birth-leave")
    assert "自生育之日起按照自然日计算，遇休息日和法定节假日不顺延" in article_text(one, "birth-leave")
    assert "分开使用" not in article_text(one, "birth-leave")
    assert "以本合同为准" in article_text(one, "precedence")
    assert "逐项适用" not in article_text(one, "precedence")
    family = article_text(one, "family-planning")
    assert "陪护父母假5天" in family
    assert "不低于100元" in family
    submission = article_text(one, "submission")
    assert "一式5份" in submission
    assert "过半数同意" in submission
    assert "期满前90日内" in article_text(one, "term")
    assert "前款报告由双方首席代表" in article_text(one, "supervision")
    assert "职工方应当及时将文本报上一级工会备案" in article_text(one, "publication")
    assert "未经本人同意，用人单位不得调整其工作岗位" in article_text(one, "principles")
    assert "不得低于女职工占职工总数的比例" in article_text(one, "congress-seats")
    assert "5个工作日内报有管辖权" in article_text(one, "amendment")


def test_what_zhejiang_demands_of_a_womens_contract_is_in_it() -> None:
    agreement = agreement_of(example("haining-knitting"))
    contents = {
        "prohibited_work": "prohibited-posts",
        "training": "safety-training",
        "four_periods": "maternity-leave",
        "health_check": "gynecological-examination",
        "family_planning": "family-planning",
    }
    here = {clause.id: clause.weight for clause in agreement.clauses}
    for key, clause in contents.items():
        assert view("zhejiang")[f"women_contract_content_{key}"].verified
        assert here[clause] == "statutory", clause


def test_guangdong_prints_its_own_leaves() -> None:
    one = example("dongguan-toys")
    assert "享受奖励假80天" in article_text(one, "birth-leave")
    assert "难产的，增加30天" in article_text(one, "maternity-leave")
    steps = article_text(one, "miscarriage-leave")
    assert "根据医疗机构的意见，享受产假15天至30天" in steps
    assert "怀孕满7个月流产的，享受产假75天" in steps
    assert "奖励假和陪产假期间照发工资，不影响福利待遇和全勤评奖" in article_text(one, "leave-pay")
    assert "同时施行两种节育手术的，合并计算假期" in article_text(one, "family-planning")
    for article in ("birth-leave", "paternity-leave"):
        assert "按照自然日计算；当地规定遇法定节假日顺延或者不计入的，从其规定" in article_text(one, article)


def test_shanghai_extends_its_leaves_and_counts_childcare_leave_per_child() -> None:
    one = assemble_file(EXAMPLES / "firm.yaml")
    assert "生育假遇全体公民放假的法定节假日，按照节假日的天数顺延" in article_text(one, "birth-leave")
    assert "配偶陪产假按照自然日计算，遇全体公民放假的法定节假日顺延" in article_text(one, "paternity-leave")
    assert "分别计算、累计享受" in article_text(one, "childcare-leave")
    assert "family-planning" not in [found.id for found in agreement_of(one).articles]


@pytest.mark.parametrize("votes", [42, 43])
def test_half_of_all_votes_tells_the_result_in_jiangsu_and_not_in_zhejiang(
    tmp_path: Path, votes: int
) -> None:
    text = (EXAMPLES / "haining-knitting" / "profile.yaml").read_text(encoding="utf-8")
    held = f"  congress: {{kind: general_meeting, day: 2026-12-10, entitled: 84, present: 80, votes_for: {votes}, secret_ballot: 是}}\n"
    firm = tmp_path / "firm.yaml"
    for place, passes in (("zhejiang", votes == 43), ("jiangsu", True)):
        firm.write_text(
            text.replace("place: zhejiang", f"place: {place}").replace(
                "\ncontacts:", f"{held}\ncontacts:", 1
            ),
            encoding="utf-8",
        )
        told = article_text(assemble_file(firm), "submission")
        assert ("草案获得通过" in told) is passes, place


def test_an_annex_in_jiangsu_is_written_with_a_warning(tmp_path: Path) -> None:
    text = (EXAMPLES / "siyang-clothing" / "profile.yaml").read_text(encoding="utf-8")
    firm = tmp_path / "firm.yaml"
    firm.write_text(text.replace("form: standalone", "form: annex"), encoding="utf-8")
    built = build(firm, out=tmp_path / "out", formats=("md",))
    assert built.files
    (warning,) = [finding for finding in built.findings if finding.rule == "agreement-form"]
    assert warning.severity is Severity.WARNING
    assert "《江苏省女职工劳动保护特别规定》第三条（据公开报道，待核）" in warning.source


# ------------------------------------------------------------------ what a lawyer objected to


def annex_rows(one: Assembled, annex: str = "leave-and-pay-table") -> dict[str, tuple[str, ...]]:
    """The first table of an annex by its first column."""
    article = next(found for found in agreement_of(one).annexes if found.id == annex)
    blocks = [block for provision in article.provisions for block in provision.blocks]
    table = next(block for block in blocks if isinstance(block, Table))
    return {row[0].text: tuple(cell.text for cell in row[1:]) for row in table.rows}


def test_zhejiang_fills_up_the_women_deputies_and_nowhere_says_that_an_excuse_will_do() -> None:
    seats = article_text(example("haining-knitting"), "congress-seats")
    assert "选举结果没有达到的，应当补选，直至达到该比例" in seats
    assert "公布原因" not in seats
    assert "人选由女职工组织推荐，按照当地法规规定的办法产生" in seats
    assert "工会应当公布原因" in article_text(assemble_file(EXAMPLES / "firm.yaml"), "congress-seats")


def test_without_a_union_women_still_have_their_share_of_representatives_in_zhejiang(tmp_path: Path) -> None:
    text = (EXAMPLES / "courier-station" / "profile.yaml").read_text(encoding="utf-8")
    firm = tmp_path / "firm.yaml"
    firm.write_text(text.replace("place: shanghai", "place: zhejiang"), encoding="utf-8")
    seats = article_text(assemble_file(firm), "congress-seats")
    assert "女性的比例还应当与女职工占职工总数的比例相应" in seats
    assert "首席代表由工会负责人担任" not in seats


@pytest.mark.parametrize("name", ["haining-knitting", "siyang-clothing", "xinghua-steel"])
def test_other_benefits_go_on_in_leaves_of_fathers_and_parents(name: str) -> None:
    one = example(name)
    assert "护理假期间的其他福利待遇，由用人单位照发" in article_text(one, "paternity-leave")
    assert "育儿假期间的其他福利待遇，由用人单位照发" in article_text(one, "childcare-leave")


def test_zhejiang_has_what_its_regulations_say_of_representatives_and_of_findings() -> None:
    one = example("haining-knitting")
    principles = article_text(one, "principles")
    assert "占用工作时间的，工资和其他待遇不受影响" in principles
    assert "协商代表的任期与本合同的期限相同" in principles
    assert "按照产生该代表的程序进行，并书面通报对方" in principles
    assert "以书面形式提交双方首席代表" in article_text(one, "supervision")


def test_only_holidays_inside_the_local_leave_of_jiangsu_move_its_end() -> None:
    for name in ("siyang-clothing", "xinghua-steel"):
        text = article_text(example(name), "birth-leave")
        assert "按照延长产假期间内全体公民放假的法定节假日的天数相应后延" in text


def test_the_steps_of_miscarriage_leave_of_guangdong_are_three_rows_that_do_not_overlap() -> None:
    rows = {title: row[0] for title, row in annex_rows(example("dongguan-toys")).items() if "流产" in title}
    assert rows == {
        "怀孕未满4个月流产的产假（根据医疗机构的意见）": "15天至30天",
        "怀孕满4个月、未满7个月流产的产假": "42天",
        "怀孕满7个月流产的产假": "75天",
    }


def test_where_the_days_depend_on_the_child_each_row_says_which() -> None:
    rows = annex_rows(example("haining-knitting"))
    assert rows["延长产假（一孩）"][0] == "60天"
    assert rows["延长产假（二孩、三孩）"][0] == "90天"
    assert "延长产假" not in rows
    plain = annex_rows(assemble_file(EXAMPLES / "firm.yaml"))
    assert plain["生育假"][0] == "60天"
    assert not any("一孩" in title for title in plain)


def test_what_the_law_of_zhejiang_gives_is_not_called_agreed() -> None:
    family = article_text(example("haining-knitting"), "family-planning")
    assert "双方约定下列" not in family
    assert "依照《浙江省人口与计划生育条例》第二十六条每年领取" in family
    assert "再生育子女的不再领取" in family
    assert "依照《浙江省人口与计划生育条例》第二十八条第二款每年享受陪护父母假" in family
    assert "双方约定休假期间工资照发" in family  # the law does not say it


@pytest.mark.parametrize("name", [path.name for path in sorted(EXAMPLES.iterdir()) if path.is_dir()])
def test_whatever_days_the_fund_does_not_pay_the_employer_pays(name: str) -> None:
    one = example(name)
    assert "未支付生育津贴的产假天数，由用人单位按照本人工资支付" in article_text(one, "leave-pay")
    assert "地方规定增加的假期不计入年休假" in article_text(one, "maternity-leave")
    assert "专门负责接听、开启并登记" in article_text(one, "harassment-complaints")


def test_guangdong_names_the_regulations_that_were_compared() -> None:
    assert "主要有《广东省人口与计划生育条例》" in article_text(example("dongguan-toys"), "purpose")
    assert "《江苏省人口与计划生育条例》" not in article_text(example("siyang-clothing"), "purpose")


def test_that_the_rules_on_women_workers_of_a_province_were_not_seen_is_told() -> None:
    for place, named in (("zhejiang", False), ("guangdong", True)):
        unseen = {norm.key: norm for norm in view(place).unknown()}
        rule = unseen["women_protection_rules"]
        assert rule.source.title.startswith("《") is named, place
        assert not rule.printable


def test_a_doctor_may_say_up_to_thirty_days_after_an_early_miscarriage_in_guangdong() -> None:
    def step(months: int, day: str = "2026-03-02", place: str = "guangdong") -> tuple[str, str]:
        on = datetime.date.fromisoformat(day)
        (leave,) = leaves(
            LAW, place, Case(day=on, miscarriage=True, pregnancy_months=Fraction(months))
        ).joined
        return str(leave.amount), str(leave.at_most.value) if leave.at_most else ""

    assert step(2) == ("15", "30")
    assert step(4) == ("42", "")
    assert step(2, "2017-01-31") == ("15", "")
    assert step(3, place="shanghai") == ("15", "")


def test_the_noise_of_the_example_is_of_a_grade_that_the_appendix_bars() -> None:
    posts = annex_rows(example("siyang-clothing"), "prohibited-work-notice")
    assert posts["裁剪车间自动裁床岗"][0] == "噪声，分级为第三级"
