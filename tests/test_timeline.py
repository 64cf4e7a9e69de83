"""The timeline: what is done, due and late in each place, from which event each clock runs, and what is not known."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractgen.cli import main
from contractgen.cli._chinese import columns
from contractgen.document import Table
from contractgen.document.nodes import plain
from contractgen.files import load_yaml
from contractgen.findings import InputError
from contractgen.law import Unknown, load_law
from contractgen.profile import Profile, read_profile
from contractgen.timeline import State, Step, Timeline, future_days, load_steps, plan, timeline
from contractgen.timeline.calendar import appointments, plan_appointments
from contractgen.timeline.page import page
from contractgen.timeline.words import flat, lines, plan_headline, plan_lines, remarks, summary

LAW = load_law()


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def told(
    place: str, today: str, facts: str = "", agreement: str = "", on: str = "2026-12-01", terms: str = ""
) -> Timeline:
    """The timeline of a firm that tells these facts, as lines of YAML in braces."""
    text = f"""
employer: {{name: 子虚乌有丝绸厂}}
union: {{name: 子虚乌有丝绸厂工会委员会}}
agreement: {{place: {place}, {agreement}}}
bargaining: {{{facts}}}
terms: {{{terms}}}
"""
    profile, findings = read_profile(load_yaml(Path("firm.yaml"), text=text))
    assert profile is not None, findings
    return timeline(profile, LAW.at(place, day(on)), day(today))


def state(step: Step) -> State:
    return step.state


PROPOSED = "proposal_day: 2026-03-02"


@pytest.mark.parametrize(
    ("place", "last", "after"),
    [  # the last day on which a reply to a proposal received on 2 March 2026, a Monday, is in time
        ("shanghai", "2026-03-17", "2026-03-18"),  # 15 days, a Tuesday
        ("national", "2026-03-23", "2026-03-24"),  # 20 days end on Sunday 22 March: still kept on Monday
        ("jiangsu", "2026-03-23", "2026-03-24"),  # its own rule was not seen: the national one stands in
        ("guangdong", "2026-03-23", "2026-03-24"),
        ("zhejiang", "2026-03-16", "2026-03-17"),  # 10 working days
    ],
)
def test_a_reply_is_due_through_the_last_day_of_the_place(place: str, last: str, after: str) -> None:
    before = day(last) - datetime.timedelta(days=1)
    assert state(told(place, before.isoformat(), PROPOSED).step("reply")) is State.DUE
    assert state(told(place, last, PROPOSED).step("reply")) is State.DUE
    assert state(told(place, after, PROPOSED).step("reply")) is State.LATE
    in_time = told(place, "2026-06-01", f"{PROPOSED}, reply_day: {last}").step("reply")
    late = told(place, "2026-06-01", f"{PROPOSED}, reply_day: {after}").step("reply")
    assert (in_time.state, late.state) == (State.DONE, State.DONE_LATE)


def test_the_counted_day_and_the_day_that_still_keeps_it_are_both_told() -> None:
    reply = told("national", "2026-03-10", PROPOSED).step("reply")
    assert (reply.due, reply.extended) == (day("2026-03-22"), day("2026-03-23"))
    assert told("shanghai", "2026-03-10", PROPOSED).step("reply").extended is None


VOTED = "congress: {day: 2026-06-01}, notice_day: 2026-06-03"


@pytest.mark.parametrize(
    ("place", "due", "begins"),
    [
        ("shanghai", "2026-06-13", "用人单位收到职工方书面告知通过情况之日"),  # 10 days from the notice
        ("national", "2026-06-20", "双方首席代表签字之日"),  # 10 days from the signing
        ("jiangsu", "2026-06-20", "双方首席代表签字之日"),
        ("zhejiang", "2026-06-20", "双方首席代表签字之日"),
    ],
)
def test_the_days_to_submit_begin_with_the_event_of_the_place(place: str, due: str, begins: str) -> None:
    submission = told(place, "2026-06-11", VOTED, "signing_day: 2026-06-10").step("submission")
    assert (submission.due, submission.start) == (day(due), begins)
    assert submission.state is State.DUE


def test_what_the_law_files_have_not_compared_says_so_and_what_they_have_is_cited() -> None:
    assert told("shanghai", "2026-03-10", PROPOSED).step("reply").sources == (
        "《上海市集体合同条例》第十五条第一款",
    )
    (guangdong,) = told("guangdong", "2026-03-10", PROPOSED).step("reply").sources
    assert guangdong.startswith("未核对：") and guangdong.endswith("广东省另有规定，内容未见")


def test_a_year_whose_holidays_are_not_published_is_unknown_and_never_guessed() -> None:
    line = told("zhejiang", "2027-01-10", "in_force_day: 2027-01-04, submission_day: 2026-12-15")
    due = line.step("publication").due
    assert isinstance(due, Unknown) and "2027" in due.reason
    assert line.step("publication").state is State.UNKNOWN
    done = told("zhejiang", "2027-01-20", "in_force_day: 2027-01-04, publication_day: 2027-01-15")
    assert done.step("publication").state is State.UNKNOWN
    assert done.step("publication").label == "已办，是否逾期未知"


@pytest.mark.parametrize(
    ("today", "expected", "head"),
    [  # 10 days from 28 December end on Thursday 7 January 2027, which may be off; at most to 21 January
        (
            "2027-01-06",
            State.DUE,
            "期限内 1：报送人力资源社会保障部门（到2027-01-07，还有1天；2027年的节假日安排",
        ),
        (
            "2027-01-07",
            State.DUE,
            "期限内 1：报送人力资源社会保障部门（到2027-01-07，还有0天；2027年的节假日安排",
        ),
        ("2027-01-08", State.UNKNOWN, "待核，可能逾期 1：报送人力资源社会保障部门（最后一天2027-01-07，"),
        ("2027-01-21", State.UNKNOWN, "待核，可能逾期 1：报送人力资源社会保障部门（最后一天2027-01-07，"),
        ("2027-01-22", State.LATE, "逾期未办 1：报送人力资源社会保障部门（最后一天2027-01-07，"),
        ("2027-08-01", State.LATE, "逾期未办 1：报送人力资源社会保障部门（最后一天2027-01-07，"),
    ],
)
def test_a_limit_that_ends_in_a_year_without_a_notice_becomes_late_and_stands_in_the_headline(
    today: str, expected: State, head: str
) -> None:
    facts = "congress: {day: 2026-12-20}, union_report_day: 2026-12-21, notice_day: 2026-12-28"
    line = told("shanghai", today, facts, "signing_day: 2026-12-30", on="2026-12-30")
    assert state(line.step("submission")) is expected
    assert next(iter(summary(line))).startswith(head)
    assert len(line.running) + len(line.late) + len(line.doubtful) == 1


@pytest.mark.parametrize(
    ("today", "title", "label"),
    [
        ("2027-01-07", "最后一天：报送人力资源社会保障部门", "期限内"),
        ("2027-01-08", "最后一天，是否顺延待核：报送人力资源社会保障部门", "待核"),
        ("2027-01-22", "逾期未办：报送人力资源社会保障部门", "逾期未办"),
    ],
)
def test_calendar_and_page_tell_a_last_day_of_such_a_year_too(today: str, title: str, label: str) -> None:
    line = told("shanghai", today, "congress: {day: 2026-12-20}, notice_day: 2026-12-28", on="2026-12-30")
    (found,) = (one for one in appointments(line, ()) if "报送人力" in one.title)
    assert (found.title, found.day) == (title, day("2027-01-07"))
    (table,) = (block for block in page(line).body if isinstance(block, Table))
    cells = [[plain(cell.inlines) for cell in row] for row in table.rows]
    (row,) = (row for row in cells if row[0] == "报送人力资源社会保障部门")
    assert row[-1] == label
    assert "至迟2027-01-21：2027年的节假日安排尚未公布" in row[2]


@pytest.mark.parametrize(
    ("today", "latest", "ours", "possible"),
    [
        ("2027-01-07", "未知，不早于2027-01-07，不晚于2027-01-21", "2027-01-07", True),
        ("2027-01-21", "未知，不早于2027-01-07，不晚于2027-01-21", "尽快", True),
        ("2027-01-22", "未知，不早于2027-01-07，不晚于2027-01-21", "—", False),
    ],
)
def test_a_plan_keeps_a_running_limit_of_such_a_year_until_it_is_over_for_certain(
    today: str, latest: str, ours: str, possible: bool
) -> None:
    facts = "signing_day: 2026-12-30, place: shanghai"
    course = "congress: {day: 2026-12-20}, notice_day: 2026-12-28"
    text = f"agreement: {{{facts}}}\nbargaining: {{{course}}}\n"
    profile, _ = read_profile(load_yaml(Path("firm.yaml"), text=text))
    assert isinstance(profile, Profile)
    made = plan(profile, LAW.at("shanghai", day("2026-12-30")), day(today), day("2027-04-01"))
    assert made.step("submission").no_later == day("2027-01-21")
    assert (not made.findings) is possible
    row = next(one for one in plan_lines(made) if one.title.startswith("报送"))
    assert (flat(row.days[0]), row.days[1]) == (latest, ours)


@pytest.mark.parametrize(
    ("published", "expected"),
    [  # 5 working days from 4 January 2027: 11 January at the earliest, 25 January by our bound
        ("2027-01-09", State.DONE),
        ("2027-01-10", State.UNKNOWN),
        ("2027-01-22", State.UNKNOWN),
        ("2027-01-25", State.UNKNOWN),
        ("2027-01-26", State.DONE_LATE),
    ],
)
def test_working_days_in_a_year_without_a_notice_are_judged_where_every_notice_would_say_the_same(
    published: str, expected: State
) -> None:
    facts = "in_force_day: 2027-01-04, submission_day: 2026-12-15, "
    done = told("zhejiang", "2027-03-01", f"{facts}publication_day: {published}").step("publication")
    assert done.state is expected
    open_ = told("zhejiang", published, facts + "union_report_day: 2027-01-05").step("publication")
    assert open_.state is {State.DONE: State.DUE, State.DONE_LATE: State.LATE}.get(expected, expected)


def test_a_place_is_asked_only_for_what_its_rules_have() -> None:
    shanghai, zhejiang = (told(place, "2026-03-10") for place in ("shanghai", "zhejiang"))
    assert state(shanghai.step("notice")) is State.OPEN
    assert state(zhejiang.step("notice")) is State.NOT_ASKED
    assert state(zhejiang.step("draft_signed")) is State.NOT_ASKED
    order = [one.id for one in zhejiang.steps]
    assert order.index("union_report") > order.index("in_force")  # handed in once in force
    order = [one.id for one in shanghai.steps]
    assert order.index("union_report") < order.index("signing")  # told after the congress


@pytest.mark.parametrize("today", ["2026-11-02", "2026-11-03", "2026-11-04"])
def test_a_text_that_was_reported_too_early_does_not_prove_that_it_was_signed_filed_and_reviewed(
    today: str,
) -> None:
    facts = "congress: {day: 2026-10-29}, union_report_day: 2026-11-03"
    line = told("zhejiang", today, facts, "signing_day: 2026-11-05, start: 2026-12-01, end: 2029-11-30")
    assert [one.id for one in line.ready] == ["signing"]
    assert state(line.step("authority_review")) is State.OPEN
    assert state(line.step("submission")) is State.OPEN


WAY_OUT = {
    "shanghai": "（《上海市集体合同条例》第三十四条第一款；《中华人民共和国劳动法》第八十四条第一款）",
    "zhejiang": "（《浙江省集体合同条例》第三十九条第一款；《中华人民共和国劳动法》第八十四条第一款）",
    "guangdong": "（《中华人民共和国劳动法》第八十四条第一款）",
}


@pytest.mark.parametrize("place", list(WAY_OUT))
def test_a_reply_without_agreement_leads_to_the_day_that_is_missing_and_the_way_out(place: str) -> None:
    line = told(place, "2026-03-12", f"{PROPOSED}, reply_day: 2026-03-10")
    head = list(summary(line))
    assert len(head) == 1 and "bargaining.agreed_day" in head[0] and "上级工会" in head[0]
    assert head[0].endswith(f"协调处理{WAY_OUT[place]}")
    assert "未核对" not in head[0]
    assert line.step("reply").state is State.DONE
    (row,) = (one for one in lines(line) if one.title == "书面答复")
    assert head[0] in row.details


@pytest.mark.parametrize(
    ("agreed", "stopped"), [("2026-03-11", False), ("2026-03-12", False), ("2026-03-13", True)]
)
def test_an_agreement_to_bargain_leads_on_once_its_day_has_come(agreed: str, stopped: bool) -> None:
    line = told("shanghai", "2026-03-12", f"{PROPOSED}, reply_day: 2026-03-10, agreed_day: {agreed}")
    assert bool(line.stops) is stopped
    assert ([one.id for one in line.ready] == ["representatives"]) is not stopped


@pytest.mark.parametrize(("today", "stopped"), [("2026-03-17", False), ("2026-03-18", True)])
def test_no_reply_leads_to_the_way_out_once_it_is_late(today: str, stopped: bool) -> None:
    assert bool(told("shanghai", today, PROPOSED).stops) is stopped


def test_what_followed_proves_the_agreement_to_bargain() -> None:
    facts = f"{PROPOSED}, reply_day: 2026-03-10, meetings: [{{day: 2026-03-20}}]"
    line = told("shanghai", "2026-03-21", facts)
    assert not line.stops and [one.id for one in line.ready] == ["settled"]


def test_steps_that_are_not_asked_here_are_named_once() -> None:
    facts = "submission_day: 2026-06-10, congress: {day: 2026-06-01}, objection: {day: 2026-06-22}"
    told_once = remarks(told("zhejiang", "2026-06-24", facts))[0]
    assert told_once.count("把通过情况书面告知用人单位") == 1


def test_a_day_that_has_not_come_is_no_fact() -> None:
    line = told("shanghai", "2026-03-10", f"{PROPOSED}, reply_day: 2026-03-11")
    assert line.step("reply").state is State.DUE
    assert line.step("reply").done is None
    tomorrow = told("shanghai", "2026-03-11", f"{PROPOSED}, reply_day: 2026-03-11")
    assert tomorrow.step("reply").state is State.DONE


def test_a_planned_signing_is_done_only_once_the_vote_is() -> None:
    plan = "signing_day: 2026-06-10"
    assert told("national", "2026-06-15", "", plan).step("signing").done is None
    assert told("national", "2026-06-15", "congress: {day: 2026-06-01}", plan).step("signing").done
    assert told("national", "2026-06-09", "congress: {day: 2026-06-01}", plan).step("signing").done is None


def test_what_a_later_step_proves_is_not_told_as_open() -> None:
    line = told("shanghai", "2026-06-11", "congress: {day: 2026-06-01}")
    assert {line.step(one).state for one in ("reply", "settled", "papers_sent")} == {State.UNTOLD}
    assert line.step("concerns").state is State.DONE  # the profile keeps no day of it
    assert line.next is not None and line.next.id == "union_report"


def test_the_review_is_over_when_nothing_happened_and_the_contract_is_in_force_on_the_day_after() -> None:
    filed = "submission_day: 2026-06-10"
    states = [
        told("shanghai", today, filed).step("authority_review").state
        for today in ("2026-06-24", "2026-06-25", "2026-06-26")
    ]
    assert states == [State.DUE, State.DUE, State.DONE]
    assert told("shanghai", "2026-06-12", filed).step("in_force").earliest == day("2026-06-26")


@pytest.mark.parametrize(
    ("place", "votes", "passed"),
    [("shanghai", 89, False), ("shanghai", 90, True), ("zhejiang", 90, False), ("zhejiang", 91, True)],
)
def test_a_vote_that_failed_is_to_be_held_again(place: str, votes: int, passed: bool) -> None:
    vote = f"congress: {{day: 2026-06-01, entitled: 180, present: 120, votes_for: {votes}}}"
    line = told(place, "2026-06-05", vote, "signing_day: 2026-06-04")
    assert (line.step("congress").state is State.DONE) is passed
    assert (line.step("signing").done is not None) is (passed and place == "zhejiang")
    stop = line.step("congress").stop
    assert ("没有通过" in stop) is not passed
    assert ("5个工作日内，《浙江省集体合同条例》第二十四条第三款" in stop) is (
        not passed and place == "zhejiang"
    )


@pytest.mark.parametrize(
    ("place", "votes", "passed"),
    [("shanghai", 29, False), ("shanghai", 30, True), ("zhejiang", 30, False), ("zhejiang", 31, True)],
)
def test_a_draft_that_was_not_adopted_is_never_sent_on_to_filing(
    place: str, votes: int, passed: bool
) -> None:
    facts = (
        f"{PROPOSED}, reply_day: 2026-03-03, agreed_day: 2026-03-03, representatives_named_day: 2026-03-04, "
        "meetings: [{day: 2026-05-08}], settled_day: 2026-05-08, draft_signed_day: 2026-05-10, "
        "papers_sent_day: 2026-05-15, union_report_day: 2026-06-03, notice_day: 2026-06-03, "
        f"congress: {{day: 2026-06-01, entitled: 60, present: 56, votes_for: {votes}}}"
    )
    line = told(place, "2026-06-05", facts, "signing_day: 2026-06-04")
    submission = line.step("submission")
    assert (submission.state is State.DUE) is passed
    assert (submission.start_day is not None) is passed
    assert (line.step("signing").done is not None) is passed
    assert (line.step("notice").done is not None) is passed
    reported = line.step("union_report").done is not None
    assert reported is (passed or place == "shanghai")  # there of the meeting, whatever it decided
    if passed:
        assert not line.stops
        return
    again = "协商达成一致、双方首席代表签署草案、草案送交职工代表、职工代表大会（职工大会）审议表决"
    if place == "zhejiang":
        again = again.replace("双方首席代表签署草案、", "")
    head = list(summary(line))
    assert "草案没有通过，不能签订、报送" in head[0] and head[0].endswith(f"要重新办的：{again}")
    assert head[1:] == ["现在可以办 1：协商达成一致"]


@pytest.mark.parametrize("settled", ["2026-05-31", "2026-06-01", "2026-06-02"])
def test_after_a_vote_that_failed_only_a_later_day_is_one_of_the_next_draft(settled: str) -> None:
    vote = "congress: {day: 2026-06-01, entitled: 60, present: 56, votes_for: 20}"
    line = told("shanghai", "2026-06-05", f"settled_day: {settled}, draft_signed_day: 2026-05-20, {vote}")
    assert (line.step("settled").done is not None) is (settled == "2026-06-02")
    assert line.step("draft_signed").done is None
    assert "2026-05-20是没有通过的草案的" in line.step("draft_signed").note
    assert line.step("congress").state is State.OPEN


def test_a_plan_goes_through_a_vote_that_failed_once_more() -> None:
    vote = "settled_day: 2026-05-08, notice_day: 2026-06-03, congress: {day: 2026-06-01, entitled: 60, present: 56, votes_for: 20}"
    text = f"agreement: {{place: shanghai, signing_day: 2026-06-04}}\nbargaining: {{{vote}}}\n"
    profile, _ = read_profile(load_yaml(Path("firm.yaml"), text=text))
    assert isinstance(profile, Profile)
    made = plan(profile, LAW.at("shanghai", day("2026-06-01")), day("2026-06-05"), day("2026-09-01"))
    to_do = [one.step.id for one in made.to_do if one.ahead]
    assert to_do[:6] == ["settled", "draft_signed", "papers_sent", "congress", "notice", "signing"]
    assert any("草案没有通过" in one for one in plan_headline(made))


def test_after_a_second_vote_that_failed_the_second_course_begins_anew() -> None:
    again = "draft_signed_day: 2026-06-24, papers_sent_day: 2026-06-25, notice_day: 2026-07-07, congress: {day: 2026-07-06, entitled: 60, present: 50, votes_for: 29}"
    line = told("shanghai", "2026-07-10", OBJECTED + f"objection: {{day: 2026-06-22, {again}}}")
    assert next(one for one in line.steps if one.id == "congress").state is State.DONE
    assert [(one.id, one.round) for one in line.ready] == [("draft_signed", 2)]
    assert line.step("submission").start_day is None


OBJECTED = (
    "submission_day: 2026-06-10, draft_signed_day: 2026-05-20, papers_sent_day: 2026-05-22, "
    "congress: {day: 2026-06-01}, notice_day: 2026-06-03, union_report_day: 2026-06-05, "
)


def test_an_objection_begins_the_course_anew_from_the_draft() -> None:
    line = told("shanghai", "2026-06-24", OBJECTED + "objection: {day: 2026-06-22}")
    first, second = (one for one in line.steps if one.id == "congress")
    assert (first.state, second.state, second.round) == (State.DONE, State.OPEN, 2)
    assert line.step("submission").start_day is None  # nobody was told of a new vote yet
    assert line.step("in_force").earliest is None  # and the first submission counts no more
    assert [(one.id, one.round) for one in line.ready] == [("objection", 1), ("draft_signed", 2)]
    review = next(one for one in line.steps if one.id == "authority_review")
    assert (review.state, review.done) == (State.DONE, day("2026-06-22"))


@pytest.mark.parametrize(("signed", "done"), [("", False), ("2026-06-25", False), ("2026-06-24", True)])
def test_an_objection_is_dealt_with_once_something_of_the_new_round_is_done(signed: str, done: bool) -> None:
    facts = f"objection: {{day: 2026-06-22, draft_signed_day: {signed}}}"
    line = told("shanghai", "2026-06-24", OBJECTED + facts)
    objection = line.step("objection")
    assert (objection.done is not None) is done
    (row,) = (one for one in lines(line) if one.title.startswith("收到异议"))
    assert (row.days[1], row.label) == (("2026-06-22", "已办") if done else ("2026-06-22起", "可以办"))


@pytest.mark.parametrize("today", ["2026-07-17", "2026-07-18"])
def test_after_an_objection_the_second_notice_begins_the_clock_of_the_new_submission(today: str) -> None:
    again = "objection: {day: 2026-06-22, congress: {day: 2026-07-06}, notice_day: 2026-07-07}"
    line = told("shanghai", today, OBJECTED + again)
    submission = next(one for one in line.steps if one.id == "submission" and one.round == 2)
    assert (submission.start_day, submission.due) == (day("2026-07-07"), day("2026-07-17"))
    assert (submission.state is State.LATE) is (today == "2026-07-18")
    assert next(one for one in line.steps if one.id == "notice" and one.round == 1).done == day("2026-06-03")


@pytest.mark.parametrize(("signed", "anew"), [("06-21", False), ("06-22", False), ("06-23", True)])
def test_a_signing_day_is_that_of_the_new_text_only_when_it_is_later_than_the_objection(
    signed: str, anew: bool
) -> None:
    again = (
        OBJECTED + "objection: {day: 2026-06-22, congress: {day: 2026-06-23}, resubmission_day: 2026-06-25}"
    )
    line = told("national", "2026-07-01", again, f"signing_day: 2026-{signed}")
    first, second = (one for one in line.steps if one.id == "signing")
    assert (first.planned, second.planned) == (
        (None, day("2026-06-23")) if anew else (day(f"2026-{signed}"), None)
    )
    assert (first.state, second.state) == ((State.DONE, State.DONE) if anew else (State.DONE, State.UNTOLD))
    assert second.path == "agreement.signing_day"  # where the new day is to be written
    submission = next(one for one in line.steps if one.id == "submission" and one.round == 2)
    assert submission.start_day == (day("2026-06-23") if anew else None)  # there it counts from the signing


def test_after_an_objection_the_review_counts_from_the_new_submission() -> None:
    again = "objection: {day: 2026-06-22, congress: {day: 2026-07-06}, resubmission_day: 2026-07-10}"
    line = told("shanghai", "2026-07-12", OBJECTED + again)
    assert line.step("authority_review").due == day("2026-07-25")
    assert line.step("in_force").earliest == day("2026-07-26")
    assert line.step("in_force").round == 1


def test_a_congress_may_meet_once_the_delegates_have_had_the_papers_long_enough() -> None:
    assert told("shanghai", "2026-06-01", "papers_sent_day: 2026-06-01").step("congress").earliest == day(
        "2026-06-08"
    )


@pytest.mark.parametrize(
    ("place", "opens"),
    [("shanghai", "2028-09-30"), ("zhejiang", "2028-10-02")],  # three months; ninety days
)
def test_a_renewal_may_be_proposed_in_the_time_before_the_end(place: str, opens: str) -> None:
    term = "start: 2026-01-01, end: 2028-12-31"
    before = day(opens) - datetime.timedelta(days=1)
    assert told(place, before.isoformat(), "", term).step("renewal").state is State.OPEN
    assert told(place, opens, "", term).step("renewal").state is State.DUE
    assert told(place, "2028-12-31", "", term).step("renewal").state is State.DUE
    assert told(place, "2029-01-01", "", term).step("renewal").state is State.UNTOLD


def test_what_waits_for_a_day_is_told_with_it_until_it_has_come() -> None:
    heads = [
        list(summary(told("shanghai", today, "papers_sent_day: 2026-06-01")))
        for today in ("2026-06-01", "2026-06-07", "2026-06-08")
    ]
    congress = "职工代表大会（职工大会）审议表决"
    waiting = [f"接下来 1：{congress}（最早2026-06-08）"]
    assert heads == [waiting, waiting, [f"现在可以办 1：{congress}"]]


IN_FORCE = "submission_day: 2026-06-10, in_force_day: 2026-06-26, publication_day: 2026-06-30"
TERM = "start: 2026-07-01, end: 2028-06-30"


@pytest.mark.parametrize(
    ("today", "running", "coming"),
    [
        ("2026-12-25", ["performance 1"], ["performance 2 2026-12-26", "renewal 0 2028-03-30"]),
        ("2026-12-26", ["performance 2"], ["performance 3 2027-06-26", "renewal 0 2028-03-30"]),
        ("2028-03-29", ["performance 4"], ["renewal 0 2028-03-30", "performance 5 2028-06-26"]),
        ("2028-03-30", ["performance 4", "renewal 0"], ["performance 5 2028-06-26"]),
        ("2028-06-30", ["performance 5", "renewal 0"], []),
    ],
)
def test_once_in_force_the_next_checks_and_the_renewal_are_named_and_never_the_end_itself(
    today: str, running: list[str], coming: list[str]
) -> None:
    line = told("shanghai", today, IN_FORCE, TERM, terms="supervision_checks: 2")
    assert sorted(f"{one.id} {one.number}" for one in line.running) == running
    assert [f"{one.id} {one.number} {one.earliest}" for one in line.coming] == coming
    assert "expiry" not in {one.id for one in line.ready}


def test_before_a_contract_is_in_force_no_check_of_it_runs() -> None:
    line = told("shanghai", "2026-08-01", "submission_day: 2026-06-10", TERM, terms="supervision_checks: 2")
    assert {one.state for one in line.steps if one.id == "performance"} == {State.OPEN}
    assert "performance" not in {one.id for one in (*line.ready, *line.coming)}


def test_without_an_end_of_the_term_no_renewal_is_told_as_possible() -> None:
    line = told("shanghai", "2026-08-01", IN_FORCE)
    assert "renewal" not in {one.id for one in (*line.ready, *line.coming)}


def checks(place: str, terms: str) -> list[datetime.date | Unknown | None]:
    text = f"agreement: {{place: {place}, start: 2027-01-01, end: 2028-06-30}}\nterms: {{{terms}}}\n"
    profile, _ = read_profile(load_yaml(Path("firm.yaml"), text=text))
    assert isinstance(profile, Profile)
    line = timeline(profile, LAW.at(place, day("2026-12-01")), day("2026-12-01"))
    return [one.due for one in line.steps if one.id == "performance"]


def test_checks_of_performance_come_as_often_as_agreed_and_to_the_end_of_the_term() -> None:
    halves = [day("2027-06-30"), day("2027-12-31"), day("2028-06-30")]
    assert checks("shanghai", "supervision_checks: 2") == halves
    assert checks("zhejiang", "") == [day("2027-12-31"), day("2028-06-30")]  # once a year by its law
    assert checks("shanghai", "") == [None]  # a duty without a number
    assert checks("guangdong", "") == [None]


DAYS = st.one_of(st.none(), st.dates(day("2025-11-01"), day("2027-03-31")))
NAMES = (
    "proposal_day", "reply_day", "agreed_day", "representatives_named_day", "settled_day", "draft_signed_day",
    "papers_sent_day", "union_report_day", "notice_day", "submission_day", "in_force_day", "publication_day",
)  # fmt: skip


@st.composite
def any_profile(draw: st.DrawFn) -> Profile:
    """A firm whose days may be missing, lie in the future, or stand in no order at all."""
    course: dict[str, Any] = {name: draw(DAYS) for name in NAMES}
    course["congress"] = {
        "day": draw(DAYS),
        "entitled": 60,
        "votes_for": draw(st.sampled_from([20, 30, 31, None])),
    }
    course["meetings"] = [{"day": draw(DAYS)} for _ in range(draw(st.integers(0, 2)))]
    if draw(st.booleans()):
        again = {"day": draw(DAYS), "congress": {"day": draw(DAYS)}, "resubmission_day": draw(DAYS)}
        course["objection"] = again
    facts: dict[str, Any] = {
        "signing_day": draw(DAYS),
        "start": draw(DAYS),
        "end": draw(DAYS),
        "previous": {"end": draw(DAYS)},
    }
    facts["occasion"] = draw(st.sampled_from(["first", "renewal", "amendment", None]))
    terms = draw(st.sampled_from([{}, {"supervision_checks": 2}, {"supervision_checks": 5}]))
    return Profile.model_validate({"agreement": facts, "bargaining": course, "terms": terms})


@settings(max_examples=60)
@given(any_profile(), st.sampled_from(LAW.places), st.dates(day("2025-12-01"), day("2027-02-28")))
def test_whatever_is_told_the_states_agree_with_the_days(
    profile: Profile, place: str, today: datetime.date
) -> None:
    line = timeline(profile, LAW.at(place, day("2026-06-01")), today)
    for one in line.steps:
        if one.done is not None:
            assert one.done <= today
            assert one.state in (State.DONE, State.DONE_LATE, State.UNKNOWN)
        if one.norm is not None and one.norm.starts and isinstance(one.due, datetime.date):
            assert one.start_day is not None and one.due > one.start_day
        if one.state is State.LATE:
            over = one.last.at_most if isinstance(one.last, Unknown) else one.last
            assert over is not None and over < today
        if one.state is State.DUE:
            assert one.sure is not None and today <= one.sure
    assert all(one.open for one in (*line.late, *line.running, *line.ready))
    assert len(lines(line)) == len(line.asked)
    days = appointments(line, (7, 1))
    assert len({one.key for one in days}) == len(days)


@settings(max_examples=60)
@given(any_profile(), st.sampled_from(LAW.places), st.dates(day("2026-01-01"), day("2027-02-28")))
def test_whatever_is_told_a_plan_names_no_recommended_day_after_the_latest(
    profile: Profile, place: str, wished: datetime.date
) -> None:
    made = plan(profile, LAW.at(place, day("2026-06-01")), day("2026-01-05"), wished)
    for one in made.steps:
        if one.ahead and isinstance(one.latest, datetime.date) and isinstance(one.recommended, datetime.date):
            assert one.recommended <= one.latest
    assert len(plan_lines(made)) == len(made.to_do)
    assert len({one.key for one in plan_appointments(made, ())}) == len(plan_appointments(made, ()))


# ------------------------------------------------------------------ the file of steps


def test_a_limit_that_runs_already_ends_the_time_of_the_steps_before_it_too() -> None:
    profile, _ = read_profile(load_yaml(FIRM))
    assert profile is not None
    found = plan(profile, LAW.at("shanghai", day("2026-12-01")), day("2026-11-26"), day("2027-03-01"))
    signing, submission = found.step("signing"), found.step("submission")
    assert submission.latest == day("2026-12-03") and submission.runs
    assert isinstance(signing.latest, datetime.date) and signing.latest <= day("2026-12-03")
    assert isinstance(signing.recommended, datetime.date) and signing.recommended <= signing.latest


def test_the_steps_name_only_what_the_law_and_the_profile_have() -> None:
    assert len(load_steps(law=LAW).ids) == 20


def test_the_profile_and_the_steps_agree_on_where_the_second_round_is_told() -> None:
    profile, _ = read_profile(load_yaml(FIRM))
    assert profile is not None
    objected = profile.bargaining.model_copy(
        update={"objection": profile.bargaining.objection.model_copy(update={"day": day("2026-12-14")})}
    )
    again = {(one.day, one.again) for one in load_steps(law=LAW).rules if one.again and one.again != one.day}
    assert len(again) > 3
    assert {(path, objected.told_at(path)) for path, _ in again} == again


def written(folder: Path, change: Any) -> Path:
    source = Path(__file__).resolve().parent.parent / "clauses" / "steps.yaml"
    (folder / "steps.yaml").write_text(change(source.read_text("utf-8")), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("limit: proposal_reply", "limit: proposal_replies", "法律数据中没有 proposal_replies"),
        ("day: bargaining.reply_day", "day: bargaining.replied", "bargaining.replied 不是企业情况表的项目"),
        ("after: [proposal]", "after: [proposals]", "没有步骤 proposals"),
        ("full: true", "full: 15", "“full”应当是 true 或者 false"),
        ("usual: 30,", "usual: -1,", "least 和 usual 应当是不小于 0 的天数"),
        (", why: 誊清草案", "", "建议的天数要写明 why"),
        ("who: 收到要约的一方", "whom: 收到要约的一方", "不认识“whom”"),
        ("step: expiry", "step: end", "没有步骤 end"),
    ],
)
def test_a_fault_in_the_steps_is_told_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        load_steps(written(tmp_path, lambda text: text.replace(old, new, 1)), LAW)
    assert any(message in one.message and one.location.line for one in raised.value.findings)


# ------------------------------------------------------------------ the command

TOP = Path(__file__).resolve().parent.parent
FIRM = TOP / "examples" / "firm.yaml"


def command(*words: str) -> int:
    return main(["timeline", "--profile", *words])


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")


@pytest.mark.usefixtures("narrow")
def test_a_narrow_terminal_gets_lines_that_fit_and_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    command(str(FIRM))
    printed = capsys.readouterr().out
    assert all(columns(line) <= 40 for line in printed.splitlines())
    assert "[期限内] 报送人力资源社会保障部门" in printed
    assert "最后一天：2026-12-03" in printed
    assert "\x1b" not in printed


def test_a_table_keeps_days_whole_and_shows_nothing_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    command(str(FIRM))
    printed = capsys.readouterr().out
    assert all(columns(line) <= 80 for line in printed.splitlines())
    assert "…" not in printed
    assert "从2026-11-23起算" in printed


def test_something_late_is_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(str(FIRM), "--today", "2026-12-03") == 0
    assert command(str(FIRM), "--today", "2026-12-04") == 1
    assert "逾期未办 1：报送人力资源社会保障部门（最后一天2026-12-03）" in capsys.readouterr().out


def test_the_json_has_the_same_content(capsys: pytest.CaptureFixture[str]) -> None:
    command(str(FIRM), "--json", "--today", "2026-11-26")
    data = json.loads(capsys.readouterr().out)
    submission = next(one for one in data["steps"] if one["id"] == "submission")
    assert (submission["due"], submission["state"], data["running"]) == ("2026-12-03", "due", ["submission"])
    assert submission["sources"] == ["《上海市集体合同条例》第二十三条第一款"]


def test_word_and_calendar_are_written_once_and_not_over_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(str(FIRM), "--out", str(tmp_path)) == 0
    written = sorted(tmp_path.iterdir())
    assert [path.suffix for path in written] == [".docx", ".ics"]
    page = docx.Document(str(written[0]))
    assert "期限内 1：报送人力资源社会保障部门（到2026-12-03，还有7天）" in [
        one.text for one in page.paragraphs
    ]
    (row,) = (row for row in page.tables[0].rows if row.cells[0].text == "报送人力资源社会保障部门")
    assert [cell.text for cell in row.cells][3:] == ["2026-12-03", "期限内"]
    before = [path.read_bytes() for path in written]
    assert command(str(FIRM), "--out", str(tmp_path)) == 2
    assert "文件已经存在" in capsys.readouterr().err
    assert command(str(FIRM), "--out", str(tmp_path), "--force") == 0
    assert [path.read_bytes() for path in written] == before


def test_a_plan_in_which_everything_is_done_has_no_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = "union_report_day: 2026-11-25, submission_day: 2026-12-02, in_force_day: 2026-12-18, publication_day: 2026-12-20"
    firm = firm_file(tmp_path, f"agreement: {{place: shanghai}}\nbargaining: {{{course}}}\n")
    words = (firm, "--today", "2027-01-01", "--in-force", "2026-12-18")
    assert command(*words) == 0
    printed = capsys.readouterr().out
    assert "已经办完" in printed and "待办" not in printed
    assert command(*words, "--out", str(tmp_path)) == 0
    page = docx.Document(str(next(tmp_path.glob("*.docx"))))
    assert not page.tables


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--today", "2026-02-30"), "--today 的日期“2026-02-30”不对"),
        (("--in-force", "下月"), "--in-force 的日期“下月”不对"),
        (("--in-force", "0001-01-01"), "0001-01-01：年份不对"),
        (("--format", "xls", "--out", "x"), "不认识的格式：xls"),
        (("--format", "ics"), "没有写明时间表写到哪里"),
        (("--out", "x", "--json"), "--json 显示在屏幕上"),
    ],
)
def test_a_wrong_option_is_told_in_chinese(
    words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(str(FIRM), *words) == 2
    assert message in capsys.readouterr().err


def firm_file(folder: Path, text: str) -> str:
    path = folder / "firm.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def test_without_a_place_there_is_no_timeline_and_the_places_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(firm_file(tmp_path, "bargaining: {proposal_day: 2026-03-02}\n")) == 1
    told = capsys.readouterr()
    assert not told.out
    assert "没有写明适用哪里的法律" in told.err and "上海市" in told.err


def test_without_a_signing_day_the_rules_of_today_are_taken_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(firm_file(tmp_path, "agreement: {place: shanghai}\n"), "--today", "2026-03-02") == 0
    told = capsys.readouterr()
    assert "期限按今天（2026-03-02）有效的规定计算" in told.err
    assert "（没有填写用人单位名称）" in told.out


BROKEN = """\
agreement: {place: shanghai, signing_day: 2026-12-01}
bargaining:
  proposal_day: 2026-09-07
  reply_day: 2026-09-01
  congress: {day: 2026-11-20}
  submission_day: 2026-11-19
  publication_day: 2027-05-01
"""


def test_every_impossible_day_is_told_at_once_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(firm_file(tmp_path, BROKEN), "--today", "2026-11-26") == 1
    told = capsys.readouterr().err
    assert (
        "firm.yaml:4:14: 错误：书面答复的日期：2026-09-01 不能早于提出协商要约（建议）的日期（2026-09-07）"
        in told
    )
    assert (
        "firm.yaml:6:19: 错误：报送人力资源社会保障部门的日期：2026-11-19 不能早于会议通过日期（2026-11-20）"
        in told
    )
    assert "firm.yaml:7:20: 警告：向全体职工公布的日期写的是2027-05-01，今天是2026-11-26" in told


@pytest.mark.parametrize(
    ("today", "told"), [("2026-09-06", True), ("2026-09-07", False), ("2026-09-08", False)]
)
def test_a_fact_is_told_as_future_until_its_day_has_come(today: str, told: bool) -> None:
    profile, _ = read_profile(load_yaml(Path("f.yaml"), text="bargaining: {proposal_day: 2026-09-07}"))
    assert profile is not None
    assert bool(future_days(profile, day(today))) is told


def test_planned_days_are_no_facts() -> None:
    text = "agreement: {signing_day: 2026-12-01, start: 2027-01-01, end: 2029-12-31}"
    profile, _ = read_profile(load_yaml(Path("f.yaml"), text=text))
    assert profile is not None
    assert not future_days(profile, day("2026-01-01"))


def test_a_meeting_in_the_future_is_told_with_its_position() -> None:
    text = "bargaining: {meetings: [{day: 2026-09-01}, {day: 2026-12-01, notice_day: 2026-09-02}]}"
    profile, _ = read_profile(load_yaml(Path("f.yaml"), text=text))
    assert profile is not None
    (found,) = future_days(profile, day("2026-10-01"))
    assert found.path == "bargaining.meetings.1.day"


@pytest.mark.parametrize(
    ("signing", "late"), [("2026-12-02", False), ("2026-12-03", False), ("2026-12-04", True)]
)
def test_a_signing_that_is_planned_for_after_the_last_day_to_submit_is_told(
    signing: str, late: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"agreement: {{place: shanghai, signing_day: {signing}}}\nbargaining: {{notice_day: 2026-11-23}}\n"
    command(firm_file(tmp_path, text), "--today", "2026-11-26")
    assert ("[planned-day]" in capsys.readouterr().err) is late
