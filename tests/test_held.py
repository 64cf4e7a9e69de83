"""Our own file coming back: its new words are held against the law, and every report shows them whole."""

from __future__ import annotations

import datetime
import functools
import json
import random
from collections.abc import Sequence

import pytest
from lxml import etree

from contractgen.diff import Matter, Op, abridged, compare, compare_text, marked
from contractgen.diff.plain import of_reading
from contractgen.diff.wording import of_place
from contractgen.findings import Severity
from contractgen.formats.docx_read import read_docx
from contractgen.formats.read import read_data
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.review import OwnReview
from contractgen.review.foreign.rules import load_rules
from contractgen.review.form import points_of, render
from contractgen.review.held import Held, Yardstick, hold
from contractgen.review.points import Point, as_finding
from contractgen.wording import load_phrases
from test_review import EQUAL, PATERNITY, reviewed, sent
from word_files import Edited

END = "只用于该项照顾。"  # of a paragraph on examinations that is otherwise left as it is


def added(sentence: str) -> OwnReview:
    return reviewed(sent().replace(END, END, END + sentence).data)


def errors(found: OwnReview) -> list[Point]:
    return [one for one in points_of(found) if one.severity is Severity.ERROR]


@functools.cache
def shanghai() -> Yardstick:
    view = load_law().at("shanghai", datetime.date(2026, 12, 1))
    return Yardstick((view,), load_rules(), load_phrases())


def matter(text: str, name: str) -> Matter:
    return of_reading(read_data(text.encode(), name))


def held(old: str, new: str) -> tuple[list[str], list[Held]]:
    """The labels of the changes from one text to another, and what the law says on them."""
    differences, found = hold(compare(matter(old, "旧.txt"), matter(new, "新.txt")), shanghai())
    return [change.label for change in differences.changes], list(found)


# ------------------------------------------------------------------ the law is asked


@pytest.mark.parametrize(
    ("sentence", "rule", "basis"),
    [
        ("怀孕七个月以上的女职工，经本人同意可以安排夜班。", "void-wording", "第六条第二款"),
        ("怀孕七个月以上的女职工，经工会同意可以安排夜班。", "void-wording", "第六条第二款"),
        ("未婚生育的女职工不享受产假。", "void-wording", "第七条第一款"),
        ("用人单位应当在女职工入职时查验孕检结果。", "void-wording", "第四十三条第三项"),
        ("用人单位应当公布怀孕女职工名单，并告知全体职工。", "void-wording", "第二十五条"),
        ("哺乳期女职工，经工会同意，用人单位应当安排加班并支付加班费。", "void-wording", "第九条第一款"),
        ("女职工结婚以后应当辞职。", "void-wording", "第四十八条第一款"),
        ("女职工产假90天，双方另有约定的除外。", "number-below", "第七条第一款"),
        ("女职工产假90天，其余按事假处理。", "number-below", "第七条第一款"),
        ("本合同只适用于工会会员。", "fault", "第五十四条第二款"),
        ("产假期间只发最低工资。", "fault", "第五条"),
        ("女职工在合同期内不得生育第二胎，违反的支付违约金五千元。", "void-wording", "第四十四条第一款"),
        ("产假按照《女职工劳动保护规定》第八条执行。", "outdated-citation", ""),
    ],
)
def test_an_added_sentence_against_the_law_is_an_error_with_its_article(
    sentence: str, rule: str, basis: str
) -> None:
    found = added(sentence)
    (fault,) = errors(found)
    assert (fault.rule, fault.place) == (rule, "第十七条第三款") and basis in fault.basis
    (change,) = found.differences.changes
    assert change.label != "stronger"
    assert change.label in ("weaker", "unclear") or rule == "outdated-citation"
    assert "stronger" not in {effect.label for effect in change.effects}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("女职工本人同意或者申请的，也不得安排。", "女职工本人书面申请的除外。"),
        ("不以结婚登记、生育登记为条件：", "但应当已经办理结婚登记："),
        ("本合同不是任何职工的个人同意，职工方也不代职工作出同意。", "本合同视为全体职工的个人同意。"),
        ("试用期内同样适用", "试用期除外"),
    ],
)
def test_a_reworded_paragraph_against_the_law_is_an_error(old: str, new: str) -> None:
    found = reviewed(sent().replace(old, old, new).data)
    assert [one.rule for one in errors(found)] == ["void-wording"]
    assert {change.label for change in found.differences.changes} & {"stronger", "neutral"} == set()


def test_what_is_more_than_the_law_and_what_is_left_alone_is_no_error() -> None:
    assert errors(added("女职工产假128天，工资照发。")) == []
    assert errors(added("用人单位不得公布怀孕女职工名单。")) == []


def test_a_number_on_either_side_of_the_floor() -> None:
    assert [one.point.rule for one in held("第一条 甲。", "第一条 甲。女职工产假97天。")[1]] == [
        "number-below"
    ]
    assert held("第一条 甲。", "第一条 甲。女职工产假98天。")[1] == []


def test_what_stood_in_the_issued_text_is_not_told_again() -> None:
    bad = "女职工自愿放弃产假的，用人单位不承担责任。"
    old = f"第一条 用人单位提供午餐。{bad}\n第二条 职工可以提出建议。"
    reworded = old.replace("午餐", "午餐和晚餐")
    moved = f"第一条 用人单位提供午餐。\n第二条 职工可以提出建议。{bad}"
    assert held(old, reworded)[1] == [] and held(old, moved)[1] == []
    (again,) = held(old, reworded.replace("建议。", "建议。女职工自愿放弃生育假的，不予补休。"))[1]
    assert "生育假" in again.point.quote


def test_an_item_is_held_again_where_the_words_that_lead_in_to_it_have_changed() -> None:
    items = "\n（一）要求女职工承诺合同期内不生育；\n（二）查看私人物品。"
    old = f"第一条 用人单位不得有下列行为：{items}"
    assert held(old, old.replace("（二）查看", "（二）擅自查看"))[1] == []
    (found,) = held(old, old.replace("不得有下列行为", "可以有下列行为"))[1]
    assert found.point.rule == "void-wording" and "不生育" in found.point.quote


def test_a_gain_elsewhere_in_the_paragraph_stays_beside_what_breaks_the_law() -> None:
    old = "第一条 用人单位应当每月发放卫生费，不少于30元。用人单位提供午餐。"
    new = "第一条 用人单位应当每月发放卫生费，不少于50元。用人单位提供午餐。女职工自愿放弃产假的，不予补休。"
    differences, _ = hold(compare(matter(old, "旧.txt"), matter(new, "新.txt")), shanghai())
    (change,) = differences.changes
    assert {"stronger", "weaker"} <= {effect.label for effect in change.effects}
    assert change.label != "stronger"


@pytest.mark.parametrize("place", ["shanghai", "jiangsu", "zhejiang", "guangdong"])
def test_the_library_of_a_day_has_no_error_however_it_came_about(place: str) -> None:
    library, law_ = load_library(), load_law()
    day = datetime.date(2026, 12, 1)
    then = of_place(library, law_, place, datetime.date(2021, 12, 1))
    now = of_place(library, law_, place, day)
    _, found = hold(compare(then, now), Yardstick((law_.at(place, day),), load_rules(), load_phrases()))
    assert [one.point for one in found if one.point.severity is Severity.ERROR] == []


# ------------------------------------------------------------------ references and citations


@pytest.mark.parametrize(
    ("place", "old", "new", "said"),
    [
        (
            "产假结束后的返岗，适用",
            "第三十五条",
            "第五十三条",
            "由第三十五条“返岗”变为第五十三条“变更和解除”",
        ),
        ("产假结束后的返岗，适用", "第三十五条", "第九十九条", "发回的合同里没有"),
        (
            "工会可以依照《上海市集体合同条例》",
            "第三十六条",
            "第三十五条",
            "第三十六条改为《上海市集体合同条例》第三十五条",
        ),
        ("要求集体合同包含的男女平等", "第四十四条第二款", "第四十四条第一款", "第四十四条第二款改为"),
    ],
)
def test_a_reference_that_leads_elsewhere_now_is_for_a_person(
    place: str, old: str, new: str, said: str
) -> None:
    found = reviewed(sent().replace(place, old, new).data)
    (told,) = [one for one in points_of(found) if one.rule in ("reference-moved", "dangling-reference")]
    assert said in told.message and new in told.quote
    assert [change.label for change in found.differences.changes] != ["neutral"]


def test_a_reference_whose_article_only_got_another_number_is_the_same() -> None:
    old = "第一条 目的\n甲。\n第二条 返岗\n用人单位应当安排原岗位。\n第三条 假期\n返岗适用第二条。"
    new = "第一条 目的\n甲。\n第二条 新增\n双方每年开会一次。\n第三条 返岗\n用人单位应当安排原岗位。\n第四条 假期\n返岗适用第三条。"
    assert held(old, new)[1] == []
    (moved,) = held(old, new.replace("适用第三条", "适用第一条"))[1]
    assert moved.point.message == "所指的条文由第二条“返岗”变为第一条“目的”"


# ------------------------------------------------------------------ repeated and long texts


@pytest.mark.parametrize("times", [1, 3, 30, 100])
def test_a_text_that_is_repeated_does_not_become_a_move(times: int) -> None:
    labels, found = held(OLD, OLD + "女职工产假90天，双方另有约定的除外。" * times)
    assert [one.point.rule for one in found] == ["number-below"]
    assert "stronger" not in labels and {"weaker", "unclear"} & set(labels)


@pytest.mark.parametrize("times", [1, 3, 30])
def test_new_sentences_beside_moved_ones_are_no_mere_move(times: int) -> None:
    new = "".join(f"职工手册第{number}页的说明一并适用。" for number in range(times))
    labels, _ = held(OLD, OLD + new)
    assert set(labels) - {"neutral"}


OLD = "第一条 检查结果由医疗机构直接交给女职工本人，用人单位不得索取。本人主动出示并要求照顾的，只用于该项照顾。"

# ------------------------------------------------------------------ nothing is cut out

LONG = "，".join(f"用人单位应当在第{number}周内告知职工本人办理的手续" for number in range(1, 40)) + "。"


def test_what_came_or_went_is_never_cut() -> None:
    dice = random.Random(4)
    for _ in range(200):
        cuts = sorted(dice.sample(range(len(LONG)), 4))
        gone = LONG[: cuts[0]] + LONG[cuts[1] : cuts[2]] + LONG[cuts[3] :]
        for old, new in ((LONG, gone), (gone, LONG)):
            ops = compare_text(old, new)
            shown = abridged(ops)
            assert _edits(shown) == _edits(ops)
            assert marked(shown).count("[-") == marked(ops).count("[-")
            assert all(len(op.new) <= 50 for op in shown if op.tag == "equal")


def _edits(ops: Sequence[Op]) -> list[tuple[str, str]]:
    return [(op.old, op.new) for op in ops if op.tag != "equal"]


def edited() -> OwnReview:
    """Changes at the beginning, in the middle and at the end of long paragraphs, and one as long as a page."""
    file = sent().replace(PATERNITY, "享受配偶陪产假", "可以享受配偶陪产假").replace(END, END, END + LONG * 3)
    file = file.replace("不得超过1年", "不得超过", "不得少于")
    file = file.replace("本合同不是任何职工的个人同意", "不是任何", "-]视为{+全体+}")
    return reviewed(file.delete(EQUAL).data)


def test_every_report_shows_every_change_whole() -> None:
    found = edited()
    changes = list(found.differences.changes)
    assert len(changes) >= 5
    words = [_bare(side) for change in changes for op in change.edits for side in (op.old, op.new) if side]
    word_form = read_docx(render(found, "docx"), "表.docx")
    reports = {
        "terminal": "".join(str(as_finding(point)) for point in points_of(found)),
        "docx": "".join(passage.text for passage in word_form.accepted),
        "html": "".join(map(str, etree.HTML(render(found, "html").decode()).itertext())),
        "json": "".join(one["finding"] for one in json.loads(render(found, "json"))["points"]),
    }
    for name, report in reports.items():
        shown = _bare(report)
        assert [one for one in words if one not in shown] == [], name


def _bare(text: str) -> str:
    return "".join(text.split())


def test_no_report_calls_a_change_acceptable() -> None:
    for kind in ("html", "json"):
        assert "可以接受" not in render(added("用人单位另发营养费100元。"), kind).decode()


# ------------------------------------------------------------------ what went with its article


LOSS = (
    "女职工可以先行休假，由本人或者家属告知，并在流产后",
    "经办人员应当对女职工流产的事实",
    "女职工怀孕未满4个月流产的",
)


def without_loss(*, title: bool) -> Edited:
    file = sent()
    for words in LOSS:
        file.delete(words)
    return file if title else file.delete("流产的产假")


@pytest.mark.parametrize("title", [True, False])
def test_a_right_of_the_law_that_went_with_its_article_is_an_error(title: bool) -> None:
    found = reviewed(without_loss(title=title).data)
    (lost,) = [one for one in errors(found) if one.rule == "topic-missing"]
    assert (lost.message, lost.place[:5]) == ("删去以后，合同没有写法律要求的“流产的产假”", "第二十七条")
    assert "第七条第二款" in lost.basis


def test_a_right_of_the_law_that_was_written_anew_is_not_missed() -> None:
    anew = "女职工流产的，怀孕未满4个月的休15天，怀孕满4个月的休42天，工资照发，不作病假。"
    found = reviewed(without_loss(title=True).insert(END, anew).data)
    assert [one for one in errors(found) if one.rule == "topic-missing"] == []


def test_a_paragraph_that_the_law_does_not_ask_for_may_go() -> None:
    found = reviewed(sent().delete(LOSS[1]).data)
    assert [one for one in errors(found) if one.rule == "topic-missing"] == []
