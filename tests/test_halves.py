"""A paragraph that was split or merged: each number goes with its sentence, and no loss hides behind the move."""

from __future__ import annotations

import re

import pytest

from contractgen.diff import sections
from contractgen.findings import Severity
from contractgen.review import OwnReview, findings
from contractgen.review.numbers import slots_of
from test_review import LOST, MISCARRIAGE, PATERNITY, issued, reviewed, sent, verdicts
from word_files import Edited

REST, REPLY = "自然流产、人工流产", "男职工至迟在预产期前"


def paragraphs() -> list[str]:
    """The paragraphs of articles that hold numbers."""
    return [
        line.text
        for section in sections(issued()[2].document)
        if section.kind == "article"
        for line in section.lines
        if line.kind == "paragraph" and any(slots_of(line))
    ]


def merged(first: str, second: str) -> Edited:
    """The second paragraph is the end of the first one."""
    file = sent()
    one, other = file.text(file.find(first)), file.text(file.find(second))
    return file.delete(second).replace(first, one, one + other)


def alarms(found: OwnReview) -> list[str]:
    return [one.message for one in findings(found) if one.severity is not Severity.ADVICE]


def verdict(found: OwnReview, name: str) -> tuple[str, str, str]:
    """Of the first number of that name whose line has changed: its verdict, what it is now, why."""
    one = next(one for one in found.numbers if one.name == name and one.change.counted)
    return one.verdict, one.new, one.reason


# ------------------------------------------------------------------ nothing is lost


@pytest.mark.parametrize("lost", LOST, ids=lambda one: "-".join(one) or "all")
def test_the_numbers_of_a_split_paragraph_are_as_they_were(lost: tuple[str, ...]) -> None:
    found = reviewed(sent().split(MISCARRIAGE, REST).without(*lost).data)
    assert verdicts(found) == {} and alarms(found) == []
    assert verdict(found, "miscarriage_leave_from_4_months") == ("ok", "42天", "")


@pytest.mark.parametrize("lost", LOST, ids=lambda one: "-".join(one) or "all")
def test_the_numbers_of_merged_paragraphs_are_as_they_were(lost: tuple[str, ...]) -> None:
    for first, second in ((PATERNITY, REPLY), (REPLY, PATERNITY)):
        found = reviewed(merged(first, second).without(*lost).data)
        assert verdicts(found) == {} and alarms(found) == []
        assert verdict(found, "paternity_leave") == ("ok", "15天", "")


def test_wherever_a_paragraph_is_split_no_number_is_lost() -> None:
    splits = [(text, m.end()) for text in paragraphs() for m in re.finditer("。(?!$)", text)]
    assert len(splits) > 100
    for text, at in splits[::9]:
        found = reviewed(sent().split(text, text[at:]).data)
        assert verdicts(found) == {} and alarms(found) == [], text


def test_a_half_that_begins_like_the_rest_is_a_whole_sentence() -> None:
    text = next(one for one in paragraphs() if one.startswith("女职工怀孕满7个月起，用人单位不得延长"))
    found = reviewed(sent().split(text, "女职工本人同意或者申请的").data)
    assert verdicts(found) == {} and alarms(found) == []


def test_a_clause_whose_only_paragraph_was_merged_into_another_is_not_missing() -> None:
    found = reviewed(merged("用人单位实行男女同工同酬", "用人单位应当在每年度终了后3个月内").data)
    assert verdicts(found) == {} and alarms(found) == []


# ------------------------------------------------------------------ nothing passes unseen


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("享受产假42天", "享受产假50天", ("ok", "50天")),
        ("享受产假42天", "享受产假41天", ("below", "41天")),
        ("享受产假42天", "可以享受产假42天", ("person", "42天")),
        ("享受产假42天", "视情况享受产假42天", ("person", "42天")),
        ("享受产假42天", "经批准享受产假42天", ("person", "42天")),
        ("享受产假42天", "享受产假", ("person", "")),
        ("怀孕满4个月流产的，享受产假42天。", "", ("person", "")),
    ],
)
def test_the_verdict_on_a_number_in_the_half_that_moved(
    old: str, new: str, expected: tuple[str, str]
) -> None:
    file = sent().split(MISCARRIAGE, REST).replace(MISCARRIAGE, old, new)
    found = reviewed(file.data)
    assert verdict(found, "miscarriage_leave_from_4_months")[:2] == expected
    assert verdict(found, "miscarriage_leave_under_4_months")[:2] == ("ok", "15天")


def test_a_number_below_the_floor_is_told_once_and_where_it_stands_now() -> None:
    file = sent().split(MISCARRIAGE, REST).replace(MISCARRIAGE, "享受产假42天", "享受产假41天")
    errors = [one for one in findings(reviewed(file.data)) if one.severity is Severity.ERROR]
    assert [(one.location.place, one.message) for one in errors] == [
        ("第二十七条第一款", "“怀孕满四个月流产的产假”低于底线：42天改为41天")
    ]


def test_one_sentence_is_not_the_home_of_two() -> None:
    """The pay of both leaves reads alike; that of one is gone, that of the other stands in another paragraph."""
    before = sent().find("产前假期间，用人单位应当").getprevious()
    assert before is not None
    file = merged(sent().text(before), "产前假期间，用人单位应当").delete("哺乳假期间，用人单位应当")
    pay = [one for one in reviewed(file.data).numbers if one.name == "antenatal_and_nursing_leave_pay"]
    assert [one.new for one in pay if one.change.line.kind == "paragraph"] == ["80%", ""]
    assert [one.reason for one in pay if one.verdict != "ok"] == ["所在的文字被删去"]


def test_a_half_cut_out_of_its_duty_is_for_a_person() -> None:
    file = sent().split("本合同期满前3个月内", "自收到之日起15日内书面答复")
    assert verdict(reviewed(file.data), "proposal_reply")[::2] == ("person", "所在的句子不再写明义务")


def test_a_sentence_joined_to_one_that_only_allows_is_for_a_person() -> None:
    words = sent().text(sent().find(PATERNITY))
    file = sent().delete(PATERNITY)
    file.replace(MISCARRIAGE, "按照病假或者事假处理。", f"按照病假或者事假处理。经批准，可以{words}")
    assert verdict(reviewed(file.data), "paternity_leave")[0] == "person"
