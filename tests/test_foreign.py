"""A contract that was never ours: its articles, topics, numbers, citations and wordings against the law of a place and day."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest

from contractgen.document.articles import articles_of
from contractgen.document.reading import Reading
from contractgen.files import data_folder, load_yaml
from contractgen.findings import InputError, Severity
from contractgen.formats.read import read_data, read_file
from contractgen.law import Law, load_law
from contractgen.library import Library, load_library
from contractgen.review import review_other
from contractgen.review.foreign import ForeignReview, Point, as_dict, findings, headline, review_foreign
from contractgen.review.foreign.amounts import amounts
from contractgen.review.foreign.clean import clean, flat
from contractgen.review.foreign.kind import Kind, kind_of
from contractgen.review.foreign.places import place_of_text
from contractgen.review.foreign.rules import load_rules
from contractgen.review.form import findings_of, render
from foreign_figures import HALVES, Score, contracts, reviewed, score, score_half
from word_files import paragraph, word_file

DAY = datetime.date(2026, 12, 1)
TOP = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def text_of(text: str, name: str = "合同.txt") -> Reading:
    return read_data(text.encode(), name)


def review(
    text: str, law: Law, library: Library, place: str | None = "shanghai", on: datetime.date = DAY
) -> ForeignReview:
    return review_foreign(text_of(text), law, library, place, on)


def outcomes(
    sentence: str, law: Law, library: Library, place: str = "shanghai", on: datetime.date = DAY
) -> list[tuple[str, str]]:
    """Every number of one sentence that the law knows: its keys and how it stands."""
    found = review(f"第一条 {sentence}\n第二条 本合同自公布。", law, library, place, on).numbers
    return [("+".join(one.keys), one.outcome) for one in found]


def points(found: ForeignReview, rule: str) -> list[Point]:
    return [point for point in found.points if point.rule == rule]


# ------------------------------------------------------------------ the material


@pytest.fixture(scope="module")
def scores(law: Law, library: Library) -> dict[str, Score]:
    return {half: score_half(half, law, library) for half in HALVES}


SCORED_WHOLE = (
    "own",
    "blind",
    "blind2",
)  # in the third blind set articles are not told, and what rests on reports is for a person


@pytest.mark.parametrize("half", HALVES)
def test_no_number_that_is_fine_is_called_too_low(half: str, scores: dict[str, Score]) -> None:
    assert scores[half].fine[0] == 0, scores[half].alarms


@pytest.mark.parametrize("half", HALVES)
def test_what_is_called_too_low_is_too_low(half: str, scores: dict[str, Score]) -> None:
    right, said = scores[half].below[:2]
    assert said >= 13, said
    reported = 0 if half in SCORED_WHOLE else sum("待核" in alarm for alarm in scores[half].alarms)
    assert (right + reported) / said >= 0.95, scores[half].alarms


@pytest.mark.parametrize(
    ("half", "least"), [("own", 1.0), ("blind", 0.95), ("blind2", 0.8), ("blind3", 0.85)]
)
def test_what_is_too_low_is_found(half: str, least: float, scores: dict[str, Score]) -> None:
    found, _, expected = scores[half].below_expected
    assert found / expected >= least, scores[half].misses


@pytest.mark.parametrize(
    ("half", "least"), [("own", 1.0), ("blind", 0.75), ("blind2", 1.0), ("blind3", 0.75)]
)
def test_outdated_citations_are_found(half: str, least: float, scores: dict[str, Score]) -> None:
    one = scores[half]
    assert one.outdated[0] / one.outdated[1] >= 0.95, one.alarms
    assert one.outdated_expected[0] / one.outdated_expected[1] >= least, one.misses


@pytest.mark.parametrize(
    ("half", "right", "found"),
    [("own", 0.95, 0.9), ("blind", 0.95, 0.9), ("blind2", 0.85, 0.85), ("blind3", 0.95, 0.95)],
)
def test_void_wordings_are_found(half: str, right: float, found: float, scores: dict[str, Score]) -> None:
    one = scores[half]
    assert one.void[0] / one.void[1] >= right, one.alarms
    assert one.void_expected[0] / one.void_expected[2] >= found, one.misses


@pytest.mark.parametrize(
    ("half", "least"), [("own", 0.95), ("blind", 0.95), ("blind2", 0.85), ("blind3", 0.95)]
)
def test_topics_and_articles_are_known(half: str, least: float, scores: dict[str, Score]) -> None:
    one = scores[half]
    if half in SCORED_WHOLE:
        assert one.articles[0] / one.articles[1] >= 0.98, one.misses
    assert one.present[0] / one.present[1] >= 0.98, one.alarms
    assert one.present[0] / one.present[2] >= least, one.misses


def test_the_score_sees_a_wrong_expectation(law: Law, library: Library) -> None:
    file, expected = next(iter(contracts("own")))
    right = score(file.name, reviewed(file, expected, law, library), expected)
    turned = {**expected, "below_floor": expected["ok_numbers"], "ok_numbers": expected["below_floor"]}
    wrong = score(file.name, reviewed(file, expected, law, library), turned)
    assert right.fine[0] == 0 and wrong.fine[0] > 0
    assert wrong.below[0] < right.below[0]


EXAMPLES = [*sorted(TOP.glob("examples/*/contract.md")), TOP / "examples/firm.contract.md"]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: f"{file.parent.name}-{file.name}")
def test_our_own_text_read_as_a_foreign_one_has_no_error(file: Path, law: Law, library: Library) -> None:
    profile = (
        file.with_name("profile.yaml") if file.parent.name != "examples" else file.with_name("firm.yaml")
    )
    place = load_yaml(profile).data["agreement"]["place"]
    found = review_foreign(read_file(file), law, library, place, DAY)
    wrong = [point for point in found.points if point.severity is Severity.ERROR]
    assert not wrong, wrong
    assert sum(one.outcome == "ok" for one in found.numbers) >= 55


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("女职工生育享受产假97天。", [("maternity_leave", "below")]),
        ("女职工生育享受产假98天，另享受生育假60天。", [("maternity_leave", "ok"), ("birth_leave", "ok")]),
        ("女职工生育享受产假九十八天，生育假五十九天。", [("maternity_leave", "ok"), ("birth_leave", "below")]),
        ("产假、生育假共计157天。", [("maternity_leave+birth_leave", "below")]),
        ("产假、生育假共计158天。", [("maternity_leave+birth_leave", "ok")]),
        ("女职工享受产假158天。", [("maternity_leave", "ok")]),
        ("女职工享受产假128天。", [("maternity_leave", "person")]),
        ("产假由90天增加到98天，生育假60天。", [("maternity_leave", "ok"), ("birth_leave", "ok")]),
        ("女职工产假不超过98天，生育假60天。", [("maternity_leave", "person"), ("birth_leave", "ok")]),
        ("女职工产假约98天，生育假60天。", [("maternity_leave", "person"), ("birth_leave", "ok")]),
        ("产假90至98天。", [("maternity_leave", "person")]),
        ("产假三个月，生育假60天。", [("maternity_leave", "below"), ("birth_leave", "ok")]),
        ("产假14周，生育假60天。", [("maternity_leave", "ok"), ("birth_leave", "ok")]),
        ("产假四个月，生育假60天。", [("maternity_leave", "person"), ("birth_leave", "ok")]),
        ("休产假的，应当提前15天申请。", []),
        ("女职工产假期满前7日内通知用人单位。", []),
        ("难产的，增加产假14天。", [("difficult_birth_leave", "below")]),
        ("生育多胞胎的，每多生育1个婴儿，增加产假15天。", [("multiple_birth_leave", "ok")]),
        ("配偶陪产假9天。", [("paternity_leave", "below")]),
        ("给予男职工10天陪产假。", [("paternity_leave", "ok")]),
        ("父母双方每年各享受育儿假5天。", [("childcare_leave", "ok")]),
        ("父母双方各享受育儿假5天。", [("childcare_leave", "person")]),
        ("子女满2周岁前，每年享受育儿假5天。", [("childcare_leave_until_age", "below"), ("childcare_leave", "ok")]),
        ("职工享受年休假5天，婚假10天，丧假3天。", []),
    ],
)  # fmt: skip
def test_leaves(sentence: str, expected: list[tuple[str, str]], law: Law, library: Library) -> None:
    assert outcomes(sentence, law, library) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("每天安排1小时哺乳时间。", [("nursing_break", "ok")]),
        ("每天安排59分钟哺乳时间。", [("nursing_break", "below")]),
        ("每班给予两次哺乳时间，每次30分钟。", [("nursing_break", "ok")]),
        ("每班给予两次哺乳时间，每次25分钟。", [("nursing_break", "below")]),
        ("给予哺乳时间，每次30分钟。", [("nursing_break", "person")]),
        ("安排1小时哺乳时间。", [("nursing_break", "person")]),
        ("对哺乳未满11个月婴儿的女职工，每天安排1小时哺乳时间。", [("nursing_period", "below"), ("nursing_break", "ok")]),
        ("怀孕7个月以上的，不得安排夜班劳动。", [("no_night_work_from_pregnancy_month", "ok")]),
        ("怀孕6个月以上的，不得安排夜班劳动。", [("no_night_work_from_pregnancy_month", "ok")]),
        ("怀孕满八个月的，不得安排夜班劳动。", [("no_night_work_from_pregnancy_month", "below")]),
        ("怀孕32周以上的，不上夜班。", [("no_night_work_from_pregnancy_month", "below")]),
        ("怀孕28周以上的，不上夜班。", [("no_night_work_from_pregnancy_month", "person")]),
        ("怀孕未满4个月流产的，产假15天；怀孕满4个月流产的，产假42天。", [("miscarriage", "ok"), ("miscarriage", "ok")]),
        ("怀孕未满4个月流产的，产假14天；怀孕满4个月流产的，产假41天。", [("miscarriage", "below"), ("miscarriage", "below")]),
        ("怀孕不满四个月流产的，给假15天；满四个月的，给假41天。", [("miscarriage", "ok"), ("miscarriage", "below")]),
        ("怀孕不满四个月流产的，给假15天；满四个月的，产假42天。", [("miscarriage", "ok"), ("miscarriage", "ok")]),
        ("流产的，给假15天；3个月内生育的，产假97天。", [("miscarriage", "person"), ("maternity_leave", "below")]),
        ("流产的，休15天；顺产的，产假97天。", [("miscarriage", "person"), ("maternity_leave", "below")]),
        ("流产的，产假15天。", [("miscarriage", "person")]),
        ("怀孕满3个月流产的，产假30天。", [("miscarriage", "person")]),
        ("产前假期间工资按本人原工资的80%发给，并不低于最低工资标准。", [("antenatal_and_nursing_leave_pay", "ok")]),
        ("产前假期间工资按本人原工资的79%发给。", [("antenatal_and_nursing_leave_pay", "below")]),
        ("产前假期间工资按本人原工资的80%发给。", [("antenatal_and_nursing_leave_pay", "person")]),
        ("产前假期间工资按80%发给。", [("antenatal_and_nursing_leave_pay", "person")]),
        ("产前假期间工资按最低工资的80%发给。", [("antenatal_and_nursing_leave_pay", "person")]),
        ("产假期间工资按本人工资的80%发给。", [("no_wage_cut_or_dismissal_three_periods", "below")]),
        ("三八妇女节放假半天。", [("womens_day_holiday", "ok")]),
        ("公司每三年组织女职工进行一次妇科检查。", [("gynecological_examination_interval_1990_rule", "below")]),
        ("公司每年组织女职工进行一次妇科检查。", [("gynecological_examination_interval_1990_rule", "ok")]),
        ("每次负重不超过26公斤。", [("lifting_limit_kg_intermittent", "below")]),
        ("收到集体协商要求的，应当在16日内书面答复。", [("proposal_reply", "below")]),
        ("收到集体协商要求的，应当在15日内书面答复。", [("proposal_reply", "ok")]),
        ("应当有三分之二以上职工代表出席，经全体职工代表半数以上同意通过。", [("quorum", "ok"), ("adoption_majority", "ok")]),
        ("应当有半数以上职工代表出席。", [("quorum", "below")]),
        ("自争议发生之日起六十日内申请仲裁。", [("arbitration_limit", "below")]),
    ],
)  # fmt: skip
def test_other_numbers(sentence: str, expected: list[tuple[str, str]], law: Law, library: Library) -> None:
    found = [
        (keys.split("+")[-1] if "interval" in keys else keys.split("+")[0], outcome)
        for keys, outcome in outcomes(sentence, law, library)
    ]
    assert found == expected


@pytest.mark.parametrize("words", ["原则上", "视情况", "可以给予", "经批准", "有条件的", "工作允许时"])
def test_a_number_that_is_not_surely_owed_is_never_ok(words: str, law: Law, library: Library) -> None:
    sentence = f"符合规定生育的，公司{words}安排生育假60天。"
    assert outcomes(sentence, law, library) == [("birth_leave", "person")]


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("流产（4个月以下）的，产假10天", "below"),
        ("流产（4个月以下）的，产假15天", "ok"),
        ("流产（4个月以上）的，产假41天", "below"),
        ("流产（4个月以上）的，产假42天", "ok"),
    ],
)
def test_below_and_above_a_month_say_which_step_is_meant(
    sentence: str, outcome: str, law: Law, library: Library
) -> None:
    assert outcomes(sentence + "。", law, library) == [("miscarriage", outcome)]


@pytest.mark.parametrize(
    ("days", "outcome"), [(30, "below"), (41, "below"), (42, "person"), (97, "person"), (98, "ok")]
)
def test_where_steps_meet_a_number_is_below_only_when_it_is_too_little_in_each(
    days: int, outcome: str, law: Law, library: Library
) -> None:
    text = f"怀孕三个月以上流产的，产假{days}天。"
    assert outcomes(text, law, library, "jiangsu") == [("miscarriage", outcome)]


@pytest.mark.parametrize("words", ["可以按半日使用", "以1小时为单位使用", "可以按半天休"])
def test_how_a_leave_is_taken_is_not_how_much_is_given(words: str, law: Law, library: Library) -> None:
    assert not outcomes(f"育儿假{words}。", law, library)


def test_who_is_protected_from_harassment_is_not_how(law: Law, library: Library) -> None:
    found = review(
        "第一条 本合同适用于全体女职工，防治性骚扰的约定适用于全体职工。\n第二条 其他。", law, library
    )
    assert not points(found, "harassment-measures")


def test_what_a_worker_may_take_is_a_right(law: Law, library: Library) -> None:
    assert outcomes("女职工可以享受生育假60天。", law, library) == [("birth_leave", "ok")]
    assert outcomes("公司可以安排生育假60天。", law, library) == [("birth_leave", "person")]


@pytest.mark.parametrize(
    ("place", "on", "days", "outcome"),
    [
        ("national", "2012-04-27", 90, "ok"),
        ("national", "2012-04-28", 90, "below"),
        ("national", "2012-04-28", 98, "ok"),
    ],
)
def test_the_law_of_the_day_decides(
    place: str, on: str, days: int, outcome: str, law: Law, library: Library
) -> None:
    day = datetime.date.fromisoformat(on)
    assert outcomes(f"女职工生育享受产假{days}天。", law, library, place, day) == [
        ("maternity_leave", outcome)
    ]


def test_the_law_of_the_place_decides(law: Law, library: Library) -> None:
    sentence = "给予陪产假10天。"
    assert outcomes(sentence, law, library, "shanghai") == [("paternity_leave", "ok")]
    assert outcomes(sentence, law, library, "guangdong") == [("paternity_leave", "below")]
    assert outcomes(sentence, law, library, "national") == [("paternity_leave", "person")]


@pytest.mark.parametrize(
    "child", ["第二、三个子女", "第二个孩子", "第三胎", "二、三孩", "第二或者第三个子女"]
)
@pytest.mark.parametrize(("days", "outcome"), [(60, "below"), (89, "below"), (90, "ok")])
def test_a_later_child_is_known_in_whatever_words(
    child: str, days: int, outcome: str, law: Law, library: Library
) -> None:
    sentence = f"生育第一个子女的，延长产假60天；生育{child}的，延长产假{days}天。"
    assert outcomes(sentence, law, library, "zhejiang") == [
        ("birth_leave", "ok"),
        ("birth_leave_second_or_third_child", outcome),
    ]


def test_a_floor_that_is_only_reported_says_so(law: Law, library: Library) -> None:
    found = review("第一条 女职工产前假两个月。\n第二条 其他。", law, library)
    (point,) = points(found, "number-below")
    assert "据公开报道，待核" in point.basis


def test_amounts_are_read_in_either_script() -> None:
    text = flat(
        "两个半月、一个半小时、半天、三十分钟、百分之八十、３ 个 月、l5天、9O日、叁年、1,000元、三分之二、每两年一次"
    )
    shown = [(float(one.number), one.unit or one.kind) for one in amounts(text)]
    assert shown == [
        (2.5, "个月"), (1.5, "个小时"), (0.5, "天"), (30, "分钟"), (80, "percent"), (3, "个月"), (15, "天"),
        (90, "日"), (3, "年"), (1000, "元"), (float(2 / 3), "share"), (24, "个月"), (1, "次"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["2026年12月1日", "第九十八条", "（十二）", "《第98号令》", "十分必要", "一般情况", "第3款"]
)
def test_what_counts_nothing_is_no_amount(text: str) -> None:
    assert amounts(flat(text)) == []


def test_a_quotation_shows_the_text_of_the_file() -> None:
    words = clean("女职工 享受产假 9O天,其中")
    assert words.text == "女职工享受产假90天，其中"
    assert words.quote(words.text.index("产假"), words.text.index("，")) == "产假 9O天"


# ------------------------------------------------------------------ articles, rows, pages


def test_an_excerpt_begins_with_any_article() -> None:
    text = "第八章 女职工特殊保护\n第三十二条 本章适用于全体女职工。\n第三十三条 依照第三十二条的规定执行。\n第三十四条 其他。"
    labels = [one.label for one in articles_of(text_of(text)) if one.kind == "article"]
    assert labels == ["第三十二条", "第三十三条", "第三十四条"]


def test_articles_may_be_left_out_where_a_chapter_begins() -> None:
    text = "第一章 总则\n第一条 依据法律。\n第二条 范围。\n第七章 女职工\n第三十一条 产假。\n第三十二条 哺乳。\n第三十三条 其他。\n第九章 附则\n第五十条 生效。"
    labels = [one.label for one in articles_of(text_of(text)) if one.kind == "article"]
    assert labels == ["第一条", "第二条", "第三十一条", "第三十二条", "第三十三条", "第五十条"]


def test_one_reference_alone_begins_no_excerpt() -> None:
    assert not [
        one
        for one in articles_of(text_of("根据\n第四十八条 的规定，签订本协议。\n全文如下。"))
        if one.kind == "article"
    ]


def test_heads_of_pages_do_not_part_a_paragraph() -> None:
    page = "\n\n                — {} —\n某某公司集体合同文本            第 {} 页 共 4 页\n\n"
    lines = [
        "第一条 女职工怀孕未满4个月流产的，享受产假15天；女职工怀孕满",
        "4个月流产的，享受产假42天，工资照发，并且不影响全勤奖和年终奖。",
    ]
    body = "\n".join(
        f"第{number}条 公司应当为全体女职工提供符合国家规定的劳动安全卫生条件和必\n要的劳动防护用品，并定期检查。"
        for number in "二三四五"
    )
    text = (
        page.format(1, 1)
        + lines[0]
        + page.format(1, 2)
        + lines[1]
        + page.format(2, 3)
        + "\n"
        + body
        + page.format(3, 4)
    )
    reading = text_of(text)
    assert "怀孕满4个月流产的，享受产假42天" in reading.text.replace("\n", "｜")
    assert "共 4 页" not in reading.text
    assert [aside.kind for aside in reading.asides] == ["header", "header"]


def test_a_row_is_about_what_its_first_words_say(law: Law, library: Library) -> None:
    text = "事项确认表\n序号 | 事项 | 标准\n1 | 产前假 | 两个半月；工资为本人原工资的70%\n2 | 陪产假 | 7天\n"
    found = review(text, law, library)
    assert [(one.keys[0], one.outcome) for one in found.numbers] == [
        ("antenatal_leave", "ok"),
        ("antenatal_and_nursing_leave_pay", "below"),
        ("paternity_leave", "below"),
    ]


def test_a_word_file_with_automatic_numbers_is_read(law: Law, library: Library) -> None:
    data = word_file(paragraph("第一条 女职工产假九十天。") + paragraph("第二条 其他。"))
    found = review_foreign(read_data(data, "合同.docx"), law, library, "shanghai", DAY)
    assert [point.place for point in points(found, "number-below")] == ["第一条"]


# ------------------------------------------------------------------ points


def test_points_stand_in_the_order_of_the_contract_and_what_is_missing_last(
    law: Law, library: Library
) -> None:
    file = TOP / "tests/foreign/own/old-rules.txt"
    found = review_foreign(read_file(file), law, library, "shanghai", DAY)
    lines = [point.line for point in found.points if point.line is not None]
    assert lines == sorted(lines)
    rules = [point.rule for point in found.points]
    assert set(rules[rules.index("topic-missing") :]) == {"topic-missing"}


def test_a_point_has_place_words_basis_and_the_clause_of_the_library(law: Law, library: Library) -> None:
    found = review("第一条 其他。\n第二条 男职工陪产假7天。\n第三条 其他。", law, library)
    (point,) = points(found, "number-below")
    assert (point.place, point.quote) == ("第二条", "男职工陪产假7天")
    assert "《上海市人口与计划生育条例》第三十一条第二款" in point.basis
    assert any(clause.startswith("paternity-leave@") for clause in point.clauses)
    assert "10天" in point.text and point.proposal == "改为不少于10天"


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("本合同自双方签字之日起生效。", "审查期"),
        ("本合同自双方盖章之日生效。", "审查期"),
        ("女职工怀孕满7个月起，不得延长其劳动时间（抢修设备等紧急情形除外）。", "不得加班、上夜班"),
        ("本合同适用于与用人单位签订书面劳动合同满一年的女职工。", "工作满一定时间"),
        ("产假期间发八成工资。", "不能只按基本工资"),
        ("女职工合同期满恰在孕期、产期、哺乳期的，公司可以按期终止。", "续延到相应情形消失"),
        ("经到会职工代表过半数同意通过。", "按全体"),
        ("草案由职工代表举手表决。", "无记名"),
        ("本合同适用于工会会员中的女职工。", "对全体职工有约束力"),
        ("哺乳期不得安排夜班，本人申请的除外。", "本人同意也不能"),
        ("女职工怀孕的，应当主动辞职。", "离职"),
        ("孕期调整岗位的，工资按新岗位标准执行。", "不得降低工资"),
        ("产假期间发放基本工资。", "不能只按基本工资"),
        ("女职工可以书面承诺两年内无生育计划。", "限制女职工结婚、生育"),
        ("以哺乳补贴代替哺乳时间。", "不能用钱代替"),
        ("企业方5人，职工方3人。", "多于职工方"),
        ("应到代表60人，实到39人，赞成31人。", "出席39人"),
        ("公司有权根据经营情况变更本合同。", "协商一致"),
        ("女职工怀孕7个月以上，不得安排夜班。确因生产需要安排夜班的，应征得本人同意。", "生产需要也不能"),
        ("孕期、哺乳期内不得解除劳动合同，但因经营困难需要裁员的除外。", "经济性裁员"),
        ("一线岗位以招收男工为主。", "男性优先"),
        ("女职工未参加生育保险的，产假工资按最低工资发放。", "产假前工资"),
        ("员工的孕检资料可以提供给集团内关联企业。", "单独同意"),
        ("流产的，按病假处理。", "不能按病假"),
        ("合同期内不得连续两次怀孕。", "限制女职工结婚、生育"),
        ("遇到性骚扰，不得向政府部门反映。", "合同不能禁止"),
        ("本协议经双方盖章后生效，期满未提出异议的续签。", "不能从签字之日起"),
        ("本章经职工代表大会通过，自通过之日起施行。", "通过之日还不生效"),
        ("休产假的女职工当年不参加晋升。", "限制晋职"),
        ("难产的，产假不另增加。", "按法定天数增加"),
        ("职工方协商代表由公司指定。", "不能由企业指定"),
        ("本人同意的，可以安排禁忌从事的劳动。", "本人同意也不能"),
        ("怀孕女职工做产前检查，算作劳动时间。检查次数不超过10次，超出部分按事假处理。", "没有次数上限"),
        ("哺乳期内不得延长劳动时间；本人自愿上夜班的，书面申请后可以安排。", "本人同意也不能"),
        ("怀孕未满4个月流产的，休15天。上述时间按病假登记。", "不能按病假"),
        ("生育保险费由双方各承担一半。", "职工不缴纳"),
        ("入职满一年方可怀孕。", "限制女职工结婚、生育"),
        ("因履行本合同发生争议，逾期视为放弃权利。", "放弃法定权利"),
        ("产假后不足两年辞职的，退还公司补足的产假工资差额。", "不因以后辞职而退还"),
        ("女职工的健康信息，入职时签署的授权书视为一次性同意。", "不能代替职工本人的同意"),
        ("变更本合同，由双方协商一致，书面通知职工即可。", "签订时的程序"),
    ],
)
def test_faults_without_a_number(sentence: str, why: str, law: Law, library: Library) -> None:
    found = review(f"第一条 {sentence}\n第二条 其他。", law, library)
    messages = [point.message for point in found.points if point.rule in ("fault", "void-wording")]
    assert any(why in message for message in messages), messages


SIXTH, NINTH = "《女职工劳动保护特别规定》第六条第二款", "《女职工劳动保护特别规定》第九条第一款"


@pytest.mark.parametrize(
    ("sentence", "articles"),
    [
        ("哺乳期女员工，经本人同意可以安排加班。", [NINTH]),
        ("怀孕七个月以上的，经本人同意可以安排加班。", [SIXTH]),
        ("怀孕七个月以上和哺乳期的女职工，经本人同意可以安排夜班。", [SIXTH, NINTH]),
        ("哺乳期原则上不安排夜班。", [NINTH]),
        ("产检凭生育登记方可享受，产假照常。", ["第六条第三款", "第七条第一款"]),
        ("陪产假期间不发工资。", ["《上海市人口与计划生育条例》第三十一条第二款"]),
        ("育儿假期间不发工资。", ["《上海市人口与计划生育条例》第三十一条第三款"]),
    ],
)
def test_a_wording_of_several_periods_rests_on_the_article_of_the_one_it_speaks_of(
    sentence: str, articles: list[str], law: Law, library: Library
) -> None:
    found = review(f"第一条 {sentence}\n第二条 其他。", law, library)
    bases = [one.basis for one in found.points if one.rule in ("fault", "void-wording")]
    assert len(bases) == 1, bases
    said = bases[0].split("；")
    assert len(said) == len(articles)
    assert all(article in one for article, one in zip(articles, said, strict=True)), bases


@pytest.mark.parametrize(
    "sentence",
    [
        "本合同经劳动行政部门审查，自收到之日起15日内未提出异议的，即行生效。",
        "经全体职工代表半数以上无记名投票同意通过。",
        "应到代表60人，实到40人，赞成30人。",
        "企业方3人，职工方3人。",
        "哺乳期不得安排夜班，本人同意的也不得安排。",
        "不得要求女职工因怀孕主动辞职。",
        "孕期调整岗位的，工资不降低。",
        "公司招聘不询问婚育情况。",
        "产假期间生育津贴低于本人工资的，由公司补足差额，不得只发基本工资。",
        "本合同适用于全体女职工，不论是否工会会员。",
        "招聘不限定男性或者男性优先。",
        "怀孕7个月以上的女职工，不得以生产需要为由安排夜班。",
        "怀孕未满七个月的，因生产需要可以安排加班。",
        "孕期、哺乳期内，不得以经营困难为由解除劳动合同。",
        "职工的健康信息非经本人单独同意，不得提供给第三方。",
        "女职工流产的，享受产假；期满后需要继续休息的，按病假处理。",
        "任何人不得阻挠女职工向政府部门反映。",
        "女职工产假期间不影响晋升。",
        "本合同双方盖章后，报劳动行政部门，15日内未提出异议的，期满后生效。",
        "企业方协商代表由公司指定，职工方协商代表由工会选派。",
        "生育保险费由公司缴纳，职工个人不缴纳。",
        "女职工可以书面申诉，公司10个工作日内书面答复，不影响其申请仲裁。",
        "女职工怀孕期间严重违反规章制度的，依照劳动合同法处理，予以解除。",
        "收到调解申请之日起15日内未达成调解协议的，当事人可以申请仲裁。",
        "公司不得向劳动者收取体检费用。",
        "处理结果以口头和书面方式通知当事人。",
        "经本人提出，双方可以书面约定把生育假与居家办公结合使用。",
        "女职工享受哺乳时间。其他职工本人同意的，可以安排夜班。",
    ],
)
def test_sound_texts_are_not_accused(sentence: str, law: Law, library: Library) -> None:
    found = review(f"第一条 {sentence}\n第二条 其他。", law, library)
    wrong = [
        point for point in found.points if point.rule in ("doubt", "fault", "void-wording", "number-below")
    ]
    assert not wrong, wrong


@pytest.mark.parametrize(
    "sentence",
    [
        "生育津贴低于本人工资的，公司不再另行支付。",
        "育儿假当年未休的，视为放弃。",
        "性骚扰投诉经查证不实的，公司对投诉人予以处分。",
        "公司安排妇科检查，费用由公司与员工各承担一半。",
        "本协议期满自动顺延五年。",
        "本合同适用于全体正式女职工。",
        "性骚扰投诉经调查不能证实的，按诬告处理。",
        "妇女节放假半天，生产紧张时发放50元代替。",
    ],
)
def test_what_no_article_decides_is_for_a_person(sentence: str, law: Law, library: Library) -> None:
    found = review(f"第一条 {sentence}\n第二条 其他。", law, library)
    assert [one.severity for one in found.points if one.rule == "doubt"] == [Severity.WARNING]
    assert not [one for one in found.points if one.rule in ("fault", "void-wording")]


def test_a_leave_of_a_place_whose_law_is_not_here_is_for_a_person(law: Law, library: Library) -> None:
    text = "男职工享受陪产假15天，子女每年育儿假5个工作日；每年安排一次妇科检查。"
    assert [one for _, one in outcomes(text, law, library, "national")] == ["person", "person"]


def test_a_sentence_in_the_place_of_a_title_is_read(law: Law, library: Library) -> None:
    found = review("第一条 女职工产假90天\n工资照发。\n第二条 产假\n依法执行。", law, library)
    assert [one.quote for one in points(found, "number-below")] == ["女职工产假90天"]


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("第四十六条 配偶陪产假\n3 天；育儿假按照规定执行。", "配偶陪产假3 天"),
        ("第四十五条 产前假工资按本人原工资的\n70%发放。", "产前假工资按本人原工资的70%发放"),
    ],
)
def test_a_line_that_a_page_broke_before_its_number_is_no_title(
    text: str, below: str, law: Law, library: Library
) -> None:
    found = review(f"{text}\n第四十七条 其他。", law, library)
    assert [one.quote for one in points(found, "number-below")] == [below]


def test_a_pdf_says_that_it_may_have_been_read_less_well(law: Law, library: Library) -> None:
    reading = text_of("第一条 女职工产假98天。\n第二条 其他。")
    pdf = review_foreign(dataclasses.replace(reading, kind="pdf"), law, library, "shanghai", DAY)
    assert [one.rule for one in pdf.points if one.rule == "tables-left-out"] == ["tables-left-out"]
    assert not points(review_foreign(reading, law, library, "shanghai", DAY), "tables-left-out")


def test_a_number_of_a_table_in_a_pdf_is_never_an_error(law: Law, library: Library) -> None:
    text = "第一条 女职工产假98天。\n第二条 假期 产假 42天 不少于42天 第二十七条 怀孕满四个月流产的产假"
    reading = text_of(text)
    assert points(review_foreign(reading, law, library, "shanghai", DAY), "number-below")
    pdf = review_foreign(dataclasses.replace(reading, kind="pdf"), law, library, "shanghai", DAY)
    assert not points(pdf, "number-below")
    assert "读不出行列" in points(pdf, "number-unclear")[0].message
    plain = text_of("第一条 女职工产假90天。\n第二条 其他。")
    assert points(
        review_foreign(dataclasses.replace(plain, kind="pdf"), law, library, "shanghai", DAY), "number-below"
    )


@pytest.mark.parametrize(("characters", "refused"), [(49, True), (50, False)])
def test_a_file_without_chinese_is_no_contract(characters: int, refused: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("第一条" + "产" * (characters - 3) + " PK contract", encoding="utf-8")
    if refused:
        with pytest.raises(InputError, match="不像一份合同"):
            review_other(path, DAY, place="shanghai")
    else:
        assert review_other(path, DAY, place="shanghai").missing


def kinds(text: str) -> Kind:
    return kind_of(articles_of(text_of(text)), flat(text), load_rules())


def test_a_chapter_is_known_and_not_asked_for_what_its_general_contract_has(
    law: Law, library: Library
) -> None:
    chapter = "第八章 女职工特殊保护\n第四十一条 公司工会参加。\n第四十二条 女职工产假98天。"
    assert kinds(chapter) == Kind("chapter", True)
    assert kinds("第一条 本章适用于女职工。\n第二条 产假98天。").form == "chapter"
    assert kinds("第一条 本合同第三章和本章相同。\n第二条 产假98天。") == Kind("standalone", False)
    assert kinds("第一条 本附件是主合同的附件。\n第二条 产假98天。").form == "annex"
    lacking = {one.message.split("“")[1].split("”")[0] for one in review(chapter, law, library).missing}
    assert not lacking & {"目的和依据", "适用范围", "期限、生效和续订", "争议处理", "违约责任", "监督检查"}
    assert "防治性骚扰" in lacking


@pytest.mark.parametrize(
    ("signer", "clause"), [("公司工会", "disputes-union@1"), ("职工代表", "disputes-without-union@1")]
)
def test_no_clause_for_another_kind_of_firm_is_proposed(
    signer: str, clause: str, law: Law, library: Library
) -> None:
    found = review(f"第一条 本合同由{signer}签订，产假90天。\n第二条 其他。", law, library)
    (disputes,) = [one for one in found.missing if "争议处理" in one.message]
    assert [one for one in disputes.clauses if one.startswith("disputes-")] == [clause]


def test_what_is_proposed_for_a_number_is_the_clause_that_holds_it(law: Law, library: Library) -> None:
    found = review("第一条 本合同规定哺乳期至婴儿满10个月。\n第二条 其他。", law, library)
    (below,) = points(found, "number-below")
    assert [one.partition("@")[0] for one in below.clauses] == ["definitions"]


@pytest.mark.parametrize(
    ("sentence", "article"),
    [
        ("产假期间工资由社保支付，公司概不负责。", "《女职工劳动保护特别规定》第八条第一款"),
        ("女职工产前检查的交通和检查时间自行解决。", "《女职工劳动保护特别规定》第六条第三款"),
        ("公司不予安排哺乳时间。", "《女职工劳动保护特别规定》第九条第二款"),
    ],
)
def test_a_duty_that_is_there_and_denied_is_for_a_person(
    sentence: str, article: str, law: Law, library: Library
) -> None:
    (denied,) = points(review(f"第一条 {sentence}\n第二条 其他。", law, library), "duty-denied")
    assert denied.severity is Severity.WARNING and denied.basis.startswith(article)


@pytest.mark.parametrize(
    "sentence",
    [
        "产假期满后仍不能工作的，按病假办理。",
        "产假期间不得不发放工资。",
        "女职工两次哺乳时间不重复享受，不再享受额外时间。",
        "职工可以报销午餐，公司不承担交通费。",
    ],
)
def test_what_denies_no_duty_is_left_alone(sentence: str, law: Law, library: Library) -> None:
    assert not points(review(f"第一条 {sentence}\n第二条 其他。", law, library), "duty-denied")


def test_some_measures_against_harassment_are_not_all(law: Law, library: Library) -> None:
    whole = "公司制定禁止性骚扰的规章制度，明确人事部为负责机构，开展教育培训，采取安全保卫措施，设置投诉电话，建立调查处置程序，支持、协助受害人维权。"
    assert not points(review(f"第一条 {whole}\n第二条 其他。", law, library), "harassment-measures")
    for measure, title in (
        ("，采取安全保卫措施", "安全保卫"),
        ("，开展教育培训", "教育培训"),
        ("，设置投诉电话", "投诉渠道"),
    ):
        found = review(f"第一条 {whole.replace(measure, '')}\n第二条 其他。", law, library)
        (point,) = points(found, "harassment-measures")
        assert title in point.message and point.severity is Severity.ERROR


def test_the_2018_articles_are_told_apart_from_the_present_ones(law: Law, library: Library) -> None:
    old = "第一条 根据《妇女权益保障法》第二十六条，签订本合同。\n第二条 其他。"
    (point,) = points(review(old, law, library), "outdated-citation")
    assert point.quote == "《妇女权益保障法》第二十六条" and "第四十七条" in point.proposal
    assert not points(review(old, law, library, on=datetime.date(2022, 12, 31)), "outdated-citation")
    now = "第一条 依照《妇女权益保障法》第二十五条采取预防和制止性骚扰的措施。\n第二条 其他。"
    assert not points(review(now, law, library), "outdated-citation")


def test_a_law_that_is_not_here_is_named(law: Law, library: Library) -> None:
    found = review("第一条 按照《虚构市女职工劳动保护办法》执行。\n第二条 其他。", law, library)
    (point,) = points(found, "citation-unknown")
    assert point.severity is Severity.ADVICE and point.quote == "《虚构市女职工劳动保护办法》"


@pytest.mark.parametrize(("on", "told"), [("2026-11-30", False), ("2026-12-01", True)])
def test_a_term_that_is_over_is_told(on: str, told: bool, law: Law, library: Library) -> None:
    text = "第一条 本合同期限三年，自2023年12月1日起至2026年11月30日止。\n第二条 其他。"
    found = review(text, law, library, on=datetime.date.fromisoformat(on))
    assert bool([point for point in found.points if "已经期满" in point.message]) is told


def test_topics_that_the_law_asks_for_are_errors_and_others_advice(law: Law, library: Library) -> None:
    found = review("第一条 女职工产假98天，生育假60天。\n第二条 其他。", law, library)
    missing = {point.message.partition("”")[0].partition("“")[2]: point for point in found.missing}
    assert missing["防治性骚扰"].severity is Severity.ERROR and missing["防治性骚扰"].basis
    assert missing["更年期关怀"].severity is Severity.ADVICE
    assert missing["托育和育儿支持"].clauses and missing["托育和育儿支持"].text
    assert "产假" not in missing


def test_what_no_topic_knows_is_the_parties_own_matter(law: Law, library: Library) -> None:
    found = review("第一条 公司每年组织一次春游。\n第二条 女职工产假98天。", law, library)
    assert [(one["place"], bool(one["topics"])) for one in as_dict(found)["lines"]] == [
        ("第一条", False),
        ("第二条", True),
    ]


def test_a_paragraph_of_a_letter_is_found_by_its_number_and_first_words(law: Law, library: Library) -> None:
    text = (
        "关于女职工权益保护的协议\n\n公司与工会达成如下一致意见。\n\n"
        "女职工生育享受产假90天。\n产假只有九十天。\n\n公司尽量安排妇科检查。"
    )
    found = review(text, law, library)
    told = {one.place for one in found.points if one.quote}
    assert {"第3段“女职工生育享受产……”", "第4段“产假只有九十天。”", "第5段“公司尽量安排妇科……”"} >= told
    assert len(told) >= 2
    assert {one.location.place for one in findings(found)} >= told
    assert {one["place"] for one in as_dict(found)["points"]} >= told
    page = render(found, "html").decode()
    assert all(place in page for place in told)


def test_what_hides_in_a_letter_has_the_place_of_its_paragraph(law: Law, library: Library) -> None:
    found = review(
        "关于女职工权益保护的协议\n\n公司与工会达成一致意见。\n\n女职工生育享受产\u200b假98天。", law, library
    )
    (hidden,) = [one for one in findings_of(found) if one.rule == "hidden-zero-width"]
    assert hidden.location.place == "第3段“女职工生育享受产……”"


# ------------------------------------------------------------------ the place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("根据《上海市集体合同条例》签订。", "shanghai"),
        ("根据《江苏省女职工劳动保护特别规定》签订。公司另有上海办事处。", "jiangsu"),
        ("住所：宁波市某某路1号。", "zhejiang"),
        ("广州虚构服饰有限公司", "guangdong"),
    ],
)
def test_the_place_is_known_where_the_text_names_it(text: str, place: str, law: Law) -> None:
    assert place_of_text(flat(text), law, load_rules()) == place


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("根据《中华人民共和国劳动合同法》签订。", "看不出"),
        ("根据《北京市集体合同条例》签订。", "没有这个地区"),
        ("根据《上海市集体合同条例》《浙江省集体合同条例》签订。", "几个地区"),
    ],
)
def test_a_place_that_is_not_sure_is_asked_for(text: str, message: str, law: Law) -> None:
    with pytest.raises(InputError, match=message) as raised:
        place_of_text(flat(text), law, load_rules())
    assert "--place" in raised.value.hint


def test_national_law_alone_is_told(law: Law, library: Library) -> None:
    text = "第一条 根据《北京市集体合同条例》签订。\n第二条 其他。"
    found = review(text, law, library, "national")
    assert found.points[0].rule == "place-not-compared" and "北京" in found.points[0].message


# ------------------------------------------------------------------ reports and data


def test_findings_and_json_say_the_same(law: Law, library: Library) -> None:
    found = review("第一条 女职工产假90天。\n第二条 其他。", law, library)
    said = as_dict(found)
    assert len(said["points"]) == len(findings(found)) == len(found.points)
    assert said["numbers"][0]["verdict"] == "below" and said["numbers"][0]["floor"].endswith("不少于98天")
    assert headline(found).startswith("数值 1：合格 0，低于底线 1，需要人工判断 0")
    assert str(findings(found)[0]).startswith("第一条: 错误：“女职工产假90天”：产假写作90天，低于")


def test_the_same_file_gives_the_same_review(law: Law, library: Library) -> None:
    file = TOP / "tests/foreign/own/zhejiang.txt"
    one, other = (as_dict(review_foreign(read_file(file), law, library, None, DAY)) for _ in range(2))
    assert one == other


def test_every_topic_stands_for_articles_of_the_outline_and_every_law_is_known(
    law: Law, library: Library
) -> None:
    rules = load_rules()
    articles = {article.id for chapter in library.outline.chapters for article in chapter.articles}
    assert {one for topic in rules.topics for one in topic.articles} == articles
    known = {key for place in law.places for key in law.keys(place)} | {"miscarriage"}
    named = {key for matter in rules.matters for key in (*matter.laws, *matter.sums, matter.also) if key}
    named |= {key for phrase in (*rules.faults, *rules.doubts) for key, _ in phrase.laws}
    named |= {key for topic in rules.topics for key in topic.parts}
    assert not named - known


def test_a_library_may_bring_rules_of_its_own_and_a_fault_in_them_is_told(tmp_path: Path) -> None:
    text = (data_folder("clauses") / "review.yaml").read_text(encoding="utf-8")
    (tmp_path / "review.yaml").write_text(text.replace("role: until", "role: never", 1), encoding="utf-8")
    with pytest.raises(InputError, match="不认识的 role：never"):
        load_rules(tmp_path)


def test_a_text_without_a_full_stop_takes_no_longer_than_its_length() -> None:
    from contractgen.review.foreign.amounts import LONGEST, sentences

    endless = "女职工产假90天" * 2000
    pieces = list(sentences(endless))
    assert "".join(endless[start:end] for start, end in pieces) == endless
    assert max(end - start for start, end in pieces) <= LONGEST
    assert list(sentences("甲。" + "乙" * LONGEST + "。丙")) == [
        (0, 1),
        (2, 2 + LONGEST),
        (3 + LONGEST, 4 + LONGEST),
    ]


def test_a_number_in_an_endless_sentence_is_never_ok(law: Law, library: Library) -> None:
    rest = "其他事项按照规定办理，" * 60
    assert outcomes("女职工生育享受产假98天。" + rest, law, library) == [("maternity_leave", "ok")]
    assert outcomes("女职工生育享受产假98天，" + rest, law, library) == [("maternity_leave", "person")]


def test_one_sentence_has_each_fault_once(law: Law, library: Library) -> None:
    found = review("第一条 哺乳期原则上不安排加班。", law, library)
    (line,) = [one for one in found.points if one.place == "第一条"]
    assert line.rule == "fault" and "原则上" in line.message
