"""Backward: by when each step must begin for an agreement to be in force on a day, by the clocks of each place."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from contractgen.files import load_yaml
from contractgen.law import Unknown, is_late, load_law
from contractgen.profile import Profile, read_profile
from contractgen.timeline import Plan, load_steps, plan
from contractgen.timeline.words import plan_as_dict, plan_headline, plan_lines

LAW = load_law()
PLACES = ("national", "shanghai", "jiangsu", "zhejiang", "guangdong")
ONE_DAY = datetime.timedelta(days=1)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def firm(place: str, facts: str = "") -> Profile:
    text = f"union: {{name: 子虚乌有工会委员会}}\nagreement: {{place: {place}}}\nbargaining: {{{facts}}}\n"
    profile, findings = read_profile(load_yaml(Path("firm.yaml"), text=text))
    assert profile is not None, findings
    return profile


def planned(place: str, in_force: str, today: str = "2025-01-02", facts: str = "") -> Plan:
    return plan(firm(place, facts), LAW.at(place, day("2026-06-01")), day(today), day(in_force))


def latest(made: Plan) -> dict[str, str]:
    return {one.step.id: str(one.latest) for one in made.steps if isinstance(one.latest, datetime.date)}


def test_in_shanghai_the_law_asks_for_fifteen_seven_and_fifteen_days() -> None:
    days = latest(planned("shanghai", "2026-09-01"))
    assert days["authority_review"] == "2026-08-31"
    assert days["submission"] == days["signing"] == days["notice"] == days["congress"] == "2026-08-16"
    assert days["papers_sent"] == days["draft_signed"] == days["reply"] == "2026-08-09"
    assert days["proposal"] == "2026-07-25"


@pytest.mark.parametrize(
    ("place", "meeting", "proposal"),
    [
        ("national", "2026-08-16", "2026-07-27"),  # twenty days to reply
        ("jiangsu", "2026-08-16", "2026-07-27"),
        ("guangdong", "2026-08-16", "2026-07-27"),
        ("zhejiang", "2026-08-16", "2026-07-26"),  # seven days before the meeting, ten working days to reply
    ],
)
def test_elsewhere_the_clocks_of_the_place_are_counted(place: str, meeting: str, proposal: str) -> None:
    days = latest(planned(place, "2026-09-01"))
    assert (days["meeting"], days["proposal"]) == (meeting, proposal)
    assert "draft_signed" not in days and "notice" not in days


def test_a_submission_on_the_latest_day_is_in_force_on_the_wished_day_and_not_a_day_later() -> None:
    last = day(latest(planned("shanghai", "2026-09-01"))["submission"])
    for filed, in_force in ((last, day("2026-09-01")), (last + ONE_DAY, day("2026-09-02"))):
        facts = f"congress: {{day: 2026-08-01}}, submission_day: {filed}"
        made = planned("shanghai", "2026-09-01", str(filed), facts)
        assert made.possible == in_force


@pytest.mark.parametrize(("today", "late"), [("2026-07-24", 0), ("2026-07-25", 0), ("2026-07-26", 1)])
def test_the_day_after_the_latest_one_is_too_late_and_the_first_possible_day_is_told(
    today: str, late: int
) -> None:
    made = planned("shanghai", "2026-09-01", today)
    assert len(made.findings) == late
    if late:
        assert "“提出协商要约（协商建议书）”最迟应当在2026-07-25" in made.findings[0].message
        assert "最早可以在2026-09-02生效" in made.findings[0].hint
    else:
        assert isinstance(made.possible, datetime.date) and made.possible <= day("2026-09-01")


def test_the_first_possible_day_is_the_first_day_that_is_not_too_late() -> None:
    for place in PLACES:
        made = planned(place, "2026-12-01", "2026-05-05")
        assert isinstance(made.possible, datetime.date)
        assert not planned(place, str(made.possible), "2026-05-05").findings
        assert planned(place, str(made.possible - ONE_DAY), "2026-05-05").findings


def wished_days() -> list[datetime.date]:
    """Every fifth day of a year whose holidays are known, from the middle of 2025 on."""
    return [day("2025-07-01") + number * 5 * ONE_DAY for number in range(73)]


@pytest.mark.parametrize("place", PLACES)
def test_the_recommended_days_keep_every_limit_of_the_place_and_their_order(place: str) -> None:
    steps, view = load_steps(), LAW.at(place, day("2026-06-01"))
    for wished in wished_days():
        made = plan(firm(place), view, day("2024-12-02"), wished, steps)
        days = {one.step.id: one.recommended for one in made.steps if one.ahead}
        known = [one for one in days.values() if isinstance(one, datetime.date)]
        assert known == sorted(known), (place, wished)
        for one in made.steps:
            norm, done = one.step.norm, days.get(one.step.id)
            if norm is None or norm.value is None or not isinstance(done, datetime.date):
                continue
            start = days.get(steps.events[norm.starts or norm.before].step)
            if isinstance(start, datetime.date) and one.step.id != "authority_review":
                assert is_late(norm, start, done, view.calendar) is False, (place, wished, one.step.id)
            assert isinstance(one.latest, datetime.date) and done <= one.latest


def test_where_time_is_short_our_proposals_give_way_and_the_law_does_not() -> None:
    made = planned("shanghai", "2026-09-01", "2026-07-20")
    days = [one.recommended for one in made.steps if one.ahead]
    assert all(isinstance(one, datetime.date) and one >= day("2026-07-20") for one in days)
    roomy = planned("shanghai", "2026-09-01", "2026-01-05")
    assert roomy.step("settled").advice.usual == 3 and made.step("settled").advice.usual == 0
    assert made.step("papers_sent").wait == roomy.step("papers_sent").wait == "提前7日"


def test_what_we_propose_is_never_told_as_law() -> None:
    for line, one in zip(
        plan_lines(planned("shanghai", "2026-09-01")), planned("shanghai", "2026-09-01").steps, strict=True
    ):
        assert bool(one.norm) == bool(one.source)
        for detail in line.details:
            assert ("建议" in detail) == bool(one.advised and one.advised == detail)


def test_a_year_whose_holidays_are_unknown_leaves_working_days_unknown_and_says_what_is_sure() -> None:
    made = planned("zhejiang", "2027-03-01", "2026-10-01")
    proposal = made.step("proposal")
    assert isinstance(proposal.latest, Unknown) and "2027" in proposal.latest.reason
    reply = made.step("reply").latest
    assert isinstance(reply, datetime.date)
    assert proposal.no_later == reply - 10 * ONE_DAY
    assert "未知" in plan_headline(made)[2]
    assert plan_as_dict(made)["steps"][1]["latest"] == {
        "unknown": proposal.latest.reason,
        "at_least": None,
        "at_most": None,
    }


def test_a_clock_that_runs_already_is_kept_although_the_wished_day_is_far() -> None:
    facts = "congress: {day: 2026-06-01}, notice_day: 2026-06-08"
    submission = planned("shanghai", "2026-09-01", "2026-06-10", facts).step("submission")
    assert (submission.latest, submission.runs) == (day("2026-06-18"), True)


@pytest.mark.parametrize(
    ("in_force", "off"), [("2026-09-05", False), ("2026-09-06", True), ("2026-09-07", True)]
)
def test_a_review_that_ends_on_a_day_off_is_told(in_force: str, off: bool) -> None:
    assert planned("shanghai", in_force).step("authority_review").off_day is off  # 5 September is a Saturday


def test_a_planned_signing_starts_no_clock_of_the_plan() -> None:
    text = (
        "agreement: {place: national, signing_day: 2026-06-10}\nbargaining: {congress: {day: 2026-06-01}}\n"
    )
    profile, _ = read_profile(load_yaml(Path("firm.yaml"), text=text))
    assert profile is not None
    made = plan(profile, LAW.at("national", day("2026-06-10")), day("2026-06-05"), day("2026-09-01"))
    assert latest(made)["submission"] == latest(made)["signing"] == "2026-08-16"
    assert not made.step("submission").runs


def test_what_is_done_is_not_planned_again() -> None:
    facts = "proposal_day: 2026-03-02, reply_day: 2026-03-10"
    made = planned("shanghai", "2026-09-01", "2026-08-01", facts)
    assert made.step("proposal").done and not made.step("proposal").too_late(day("2026-08-01"))
    assert not made.findings


def test_after_an_objection_only_the_new_round_is_planned() -> None:
    facts = "submission_day: 2026-06-10, congress: {day: 2026-06-01}, objection: {day: 2026-06-22}"
    made = planned("shanghai", "2026-09-01", "2026-06-24", facts)
    assert made.step("congress").step.round == 2
    assert latest(made)["papers_sent"] == "2026-08-09"
    assert made.step("proposal").done
