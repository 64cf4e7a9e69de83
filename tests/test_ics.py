"""The calendar file: a second library reads it, and it can be imported again and again."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject

from contractgen.cli import main
from contractgen.document.appointments import Appointment
from contractgen.formats.ics import uid_of, write_ics

TOP = Path(__file__).resolve().parent.parent
FIRM = TOP / "examples" / "firm.yaml"
DAY = datetime.date(2026, 12, 3)


def written(folder: Path, *options: str, firm: Path = FIRM) -> bytes:
    code = main(["timeline", "--profile", str(firm), "--out", str(folder), "--format", "ics", *options])
    assert code in (0, 1)
    (file,) = folder.glob("*.ics")
    return file.read_bytes()


def events(data: bytes) -> dict[str, Any]:
    """By title, as the second library reads them."""
    calendar = vobject.readOne(data.decode())
    return {one.summary.value: one for one in calendar.vevent_list}


def test_a_second_library_reads_days_texts_and_reminders(tmp_path: Path) -> None:
    found = events(written(tmp_path, "--today", "2026-11-26"))
    due = found["最后一天：报送人力资源社会保障部门"]
    assert (due.dtstart.value, due.dtend.value) == (DAY, DAY + datetime.timedelta(days=1))
    assert "《上海市集体合同条例》第二十三条第一款" in due.description.value
    ahead = [alarm.trigger.value for alarm in due.valarm_list]
    assert ahead == [datetime.timedelta(days=-7, hours=9), datetime.timedelta(days=-1, hours=9)]
    window = found["最早可以：提出续订或者重新签订"]
    assert "未核对" in window.description.value
    assert not hasattr(found["已办：书面答复"], "valarm_list")


def test_both_libraries_read_the_same(tmp_path: Path) -> None:
    data = written(tmp_path)
    ours = {
        str(one["summary"]): one.decoded("dtstart")
        for one in icalendar.Calendar.from_ical(data).walk("VEVENT")
    }
    assert ours == {title: one.dtstart.value for title, one in events(data).items()}
    assert len(ours) > 20


def test_the_same_day_gives_the_same_bytes_and_a_later_one_replaces_it_under_the_same_ids(
    tmp_path: Path,
) -> None:
    first = written(tmp_path / "a", "--today", "2026-11-26")
    assert first == written(tmp_path / "b", "--today", "2026-11-26")
    moved = tmp_path / "moved.yaml"
    text = FIRM.read_text("utf-8").replace("notice_day: 2026-11-23", "notice_day: 2026-11-25")
    moved.write_text(text.replace("signing_day: 2026-12-01", "signing_day: 2026-12-02"), "utf-8")
    later = written(tmp_path / "c", "--today", "2026-11-27", firm=moved)
    title = "最后一天：报送人力资源社会保障部门"
    old, new = events(first)[title], events(later)[title]
    assert old.uid.value == new.uid.value
    assert new.dtstart.value == DAY + datetime.timedelta(days=2)
    assert int(new.sequence.value) > int(old.sequence.value)
    assert {one.uid.value for one in events(first).values()} == {
        one.uid.value for one in events(later).values()
    }


def test_a_step_that_was_done_keeps_its_id(tmp_path: Path) -> None:
    filed = tmp_path / "filed.yaml"
    text = FIRM.read_text("utf-8").replace("submission_day: 待填", "submission_day: 2026-12-02")
    filed.write_text(text, "utf-8")
    before = events(written(tmp_path / "a", "--today", "2026-11-26"))
    after = events(written(tmp_path / "b", "--today", "2026-12-05", firm=filed))
    due, done = before["最后一天：报送人力资源社会保障部门"], after["已办：报送人力资源社会保障部门"]
    assert due.uid.value == done.uid.value


def test_every_day_has_an_id_of_its_own_and_another_employer_others(tmp_path: Path) -> None:
    ids = [one.uid.value for one in events(written(tmp_path / "a")).values()]
    assert len(ids) == len(set(ids))
    other = tmp_path / "other.yaml"
    other.write_text(FIRM.read_text("utf-8").replace("虚构云锦服装", "乌有云锦服装"), "utf-8")
    others = {one.uid.value for one in events(written(tmp_path / "b", firm=other)).values()}
    assert not others & set(ids)


def test_a_plan_tells_the_latest_day_and_our_proposal_apart(tmp_path: Path) -> None:
    found = events(written(tmp_path, "--in-force", "2027-02-01"))
    latest, ours = found["最迟：签订正式文本"], found["建议：签订正式文本"]
    assert ours.dtstart.value < latest.dtstart.value
    assert ours.uid.value != latest.uid.value


def test_no_line_is_longer_than_75_bytes_and_lines_end_as_the_standard_says(tmp_path: Path) -> None:
    data = written(tmp_path)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize("title", ["甲,乙;丙\\丁", "a" * 200, "换\n行", "BEGIN:VEVENT"])
def test_no_text_becomes_structure(title: str) -> None:
    data = write_ics("名", [Appointment(("k",), DAY, title, title, (1,))], DAY)
    (event,) = vobject.readOne(data.decode()).vevent_list
    assert event.summary.value == title
    assert event.uid.value == uid_of(("k",))
