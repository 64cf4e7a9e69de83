"""Facts come back: checked before they are written, comments and order kept, nothing lost."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from contractgen.files import load_yaml
from contractgen.findings import InputError, OutputError
from contractgen.papers import open_facts, record_facts
from contractgen.profile import load_profile

TODAY = datetime.date(2026, 12, 10)
TEXT = """# 企业情况表
employer: {name: 虚构厂}  # 甲方

agreement: {place: shanghai, signing_day: 2026-12-01}
bargaining:
  proposal_day: 2026-09-07  # 收到的日期见回执
  representatives:
    - {name: 甲一, side: employees, chief: 是}
    - {name: 乙二, side: employees}
  meetings:
    - day: 2026-10-12
      place: 待填
  congress:
    entitled: 60
    present: 57
  submission_day: 待填  # 报送后再填
"""


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    path = tmp_path / "firm.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def record(firm: Path, *facts: str, replace: bool = False) -> str:
    """The file after some facts."""
    record_facts(firm, facts, today=TODAY, replace=replace)
    return firm.read_text(encoding="utf-8")


def refusals(firm: Path, *facts: str) -> list[str]:
    with pytest.raises(InputError) as fault:
        record_facts(firm, facts, today=TODAY)
    assert firm.read_text(encoding="utf-8") == TEXT and [one.name for one in firm.parent.iterdir()] == [
        firm.name
    ]
    return [one.message for one in fault.value.findings]


def test_a_fact_takes_the_place_of_a_blank_and_nothing_else_changes(firm: Path) -> None:
    assert record(firm, "bargaining.submission_day=2026-12-04") == TEXT.replace(
        "submission_day: 待填", "submission_day: 2026-12-04"
    )


def test_the_file_as_it_was_is_kept_beside_it_each_time(firm: Path) -> None:
    first = record_facts(firm, ["bargaining.congress.votes_for=55"], today=TODAY).backup
    second = record_facts(firm, ["bargaining.congress.votes_against=1"], today=TODAY).backup
    assert first and second and first != second
    assert first.read_text(encoding="utf-8") == TEXT
    assert "votes_for: 55" in second.read_text(encoding="utf-8")


def test_another_file_may_be_named_and_the_given_one_stays(firm: Path) -> None:
    out = firm.with_name("new.yaml")
    recorded = record_facts(firm, ["bargaining.submission_day=2026-12-04"], today=TODAY, out=out)
    assert recorded.file == out and recorded.backup is None
    assert firm.read_text(encoding="utf-8") == TEXT and "2026-12-04" in out.read_text(encoding="utf-8")
    with pytest.raises(OutputError, match="已经存在"):
        record_facts(firm, ["bargaining.submission_day=2026-12-04"], today=TODAY, out=out)


def test_windows_line_ends_stay(firm: Path) -> None:
    firm.write_bytes(TEXT.encode().replace(b"\n", b"\r\n"))
    record_facts(firm, ["bargaining.submission_day=2026-12-04"], today=TODAY)
    assert firm.read_bytes().count(b"\n") == firm.read_bytes().count(b"\r\n") == TEXT.count("\n")


def test_another_meeting_is_added_with_what_is_not_told_yet_marked(firm: Path) -> None:
    record(firm, "bargaining.meetings.1.day=2026-10-20", "bargaining.meetings.1.place=二楼")
    profile, _, _ = load_profile(firm)
    assert profile is not None
    assert [(one.day, one.place) for one in profile.bargaining.meetings] == [
        (datetime.date(2026, 10, 12), None),
        (datetime.date(2026, 10, 20), "二楼"),
    ]


def test_a_choice_may_be_given_by_its_chinese_name(firm: Path) -> None:
    assert "kind: congress" in record(firm, "bargaining.congress.kind=职工代表大会")


def test_what_is_told_already_changes_only_when_asked(firm: Path) -> None:
    assert refusals(firm, "bargaining.congress.present=58") == ["“实到人数”已经填了 57"]
    assert "present: 58" in record(firm, "bargaining.congress.present=58", replace=True)


def test_an_answer_with_a_comment_is_replaced_and_its_comment_stays(firm: Path) -> None:
    assert "proposal_day: 2026-09-08  # 收到的日期见回执" in record(
        firm, "bargaining.proposal_day=2026-09-08", replace=True
    )


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ("bargaining.congress.votes_for=58", "多于实到人数（57）"),
        ("bargaining.congress.present=61", "已经填了"),
        ("bargaining.congress.women_present=58", "多于实到人数（57）"),
        ("bargaining.reply_day=2026-09-06", "不能早于提出协商要约（建议）的日期"),
        ("bargaining.submission_day=2026-12-11", "2026-12-11 还没有到（今天是 2026-12-10）"),
        ("bargaining.submission_day=2026-02-30", "2026-02-30"),
        ("bargaining.congress.votes_for=五十五", "赞成票"),
        ("bargaining.representatives.1.chief=是", "已经有一名首席代表"),
        ("bargaining.congres.day=2026-11-12", "没有 bargaining.congres.day 这一项"),
        ("bargaining.meetings.2.day=2026-10-12", "现在有 1 项"),
        ("bargaining.meetings=1", "是一组内容"),
        ("bargaining.meetings=[]", "已经填了内容，没有清空"),
        ("employer=[]", "是一组内容"),
        ("bargaining.submission_day", "不是“位置=内容”的写法"),
        ("bargaining.submission_day=", "没有写内容"),
        ("union.exists=是", "没有 union.exists 这一项"),
    ],
)
def test_what_cannot_be_is_refused_and_the_file_stays(firm: Path, fact: str, message: str) -> None:
    assert any(message in one for one in refusals(firm, fact))


def test_more_votes_than_delegates_are_refused_where_nobody_says_how_many_came(firm: Path) -> None:
    firm.write_text("bargaining: {congress: {entitled: 40}}\n", encoding="utf-8")
    with pytest.raises(InputError) as fault:
        record_facts(firm, ["bargaining.congress.votes_for=41"], today=TODAY)
    assert [one.message for one in fault.value.findings] == [
        "赞成票：赞成、反对、弃权共 41 票，多于应到人数（40）"
    ]


def test_a_fault_stands_at_its_path_or_at_a_line_that_the_file_has(tmp_path: Path) -> None:
    """Not at a line of the text that was not written."""
    path = tmp_path / "firm.yaml"
    path.write_text("employer: {name: 虚构厂}\nworkforce: {total: 150, women: 60}\n", encoding="utf-8")
    votes = ["bargaining.congress.entitled=40", "bargaining.congress.votes_for=41"]
    with pytest.raises(InputError) as fault:
        record_facts(path, votes, today=datetime.date(2026, 11, 27))
    (finding,) = fault.value.findings
    assert str(finding).startswith("bargaining.congress.votes_for: 错误：") and not finding.location.line
    with pytest.raises(InputError) as fault:
        record_facts(path, ["workforce.women=151"], today=datetime.date(2026, 11, 27), replace=True)
    assert [one.location.line for one in fault.value.findings] == [2]


def test_the_day_itself_is_no_future_day(firm: Path) -> None:
    assert "submission_day: 2026-12-10" in record(firm, "bargaining.submission_day=2026-12-10")


def test_a_planned_day_may_lie_ahead(firm: Path) -> None:
    assert "end: 2029-12-31" in record(firm, "agreement.end=2029-12-31")


@pytest.mark.parametrize("path", ["workforce.hazardous_posts", "agreement.other_places"])
@pytest.mark.parametrize("before", ["", "{group}: {{{key}: 待填}}\n", "{group}:\n  {key}: []  # 没有\n"])
def test_that_there_is_nothing_to_list_can_be_recorded(firm: Path, path: str, before: str) -> None:
    group, key = path.split(".")
    firm.write_text(before.format(group=group, key=key), encoding="utf-8")
    (fact,) = record_facts(firm, [f"{path}=[]"], today=TODAY).facts
    assert load_yaml(firm).data == {group: {key: []}}
    assert fact.now == "没有"


def test_all_or_none_is_written_and_all_faults_are_told(firm: Path) -> None:
    found = refusals(
        firm,
        "bargaining.submission_day=2026-12-04",
        "bargaining.congress.votes_for=58",
        "bargaining.reply_day=2027-01-01",
    )
    assert len(found) == 2


def test_the_open_facts_are_those_that_papers_bring_back(firm: Path) -> None:
    found = open_facts(firm)
    assert "bargaining.submission_day" in found and "bargaining.proposal_day" not in found
    assert all(path.startswith("bargaining.") for path in found)
