"""The timeline: what is done, due and late in each place, from which event each clock runs, and what is not known."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from contractgen.files import load_yaml
from contractgen.findings import InputError
from contractgen.law import Unknown, load_law
from contractgen.profile import Profile, read_profile
from contractgen.timeline import State, Step, Timeline, load_steps, timeline

LAW = load_law()


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def told(place: str, today: str, facts: str = "", agreement: str = "", on: str = "2026-12-01") -> Timeline:
    """The timeline of a firm that tells these facts, as lines of YAML in braces."""
    text = f"""
employer: {{name: 子虚乌有丝绸厂}}
union: {{name: 子虚乌有丝绸厂工会委员会}}
agreement: {{place: {place}, {agreement}}}
bargaining: {{{facts}}}
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


def test_a_place_is_asked_only_for_what_its_rules_have() -> None:
    shanghai, zhejiang = (told(place, "2026-03-10") for place in ("shanghai", "zhejiang"))
    assert state(shanghai.step("notice")) is State.OPEN
    assert state(zhejiang.step("notice")) is State.NOT_ASKED
    assert state(zhejiang.step("draft_signed")) is State.NOT_ASKED
    order = [one.id for one in zhejiang.steps]
    assert order.index("union_report") > order.index("in_force")  # handed in once in force
    order = [one.id for one in shanghai.steps]
    assert order.index("union_report") < order.index("signing")  # told after the congress


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
    assert line.next is not None and (line.next.id, line.next.round) == ("draft_signed", 2)
    review = next(one for one in line.steps if one.id == "authority_review")
    assert (review.state, review.done) == (State.DONE, day("2026-06-22"))


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


# ------------------------------------------------------------------ the file of steps


def test_the_steps_name_only_what_the_law_and_the_profile_have() -> None:
    assert len(load_steps(law=LAW).ids) == 20


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
        ("usual: 30}", "usual: -1}", "advise 应当写 least 和 usual"),
        ("who: 收到要约的一方", "whom: 收到要约的一方", "不认识“whom”"),
        ("step: expiry", "step: end", "没有步骤 end"),
    ],
)
def test_a_fault_in_the_steps_is_told_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        load_steps(written(tmp_path, lambda text: text.replace(old, new, 1)), LAW)
    assert any(message in one.message and one.location.line for one in raised.value.findings)
