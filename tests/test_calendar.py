"""calendar: days off, worked weekends and statutory holidays are those of the file; what is not in it is unknown."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from contractgen.files import data_folder, load_yaml
from contractgen.findings import InputError
from contractgen.law import Calendar, State, Unknown, load_law

FOLDER = data_folder("clauses") / "law"
FILE = FOLDER / "calendar.yaml"
YEARS = load_yaml(FILE).data["years"]
CALENDAR = load_law().calendar
WEEKDAY = 5


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def days_of(year: int) -> list[datetime.date]:
    first = datetime.date(year, 1, 1)
    length = (datetime.date(year + 1, 1, 1) - first).days
    return [first + datetime.timedelta(number) for number in range(length)]


# ------------------------------------------------------------------ the file


@pytest.mark.parametrize("year", YEARS)
def test_a_year_has_every_statutory_holiday(year: int) -> None:
    """全国年节及纪念日放假办法 article 2: 11 days by the text of 2013, 13 by that of 2024, from 2025-01-01."""
    found = [one for one in days_of(year) if CALENDAR.festival(one)]
    assert len(found) == (13 if year >= 2025 else 11)
    assert not [one for one in found if CALENDAR.is_working_day(one)]


@pytest.mark.parametrize("year", YEARS)
def test_moving_days_neither_gives_nor_takes_a_day(year: int) -> None:
    """Of the days Monday to Friday as many are off as there are statutory holidays and worked weekend days."""
    off = [
        first + datetime.timedelta(number)
        for first, last in YEARS[year]["days_off"].values()
        for number in range((last - first).days + 1)
    ]
    statutory = sum(len(days) for days in YEARS[year]["statutory"].values())
    assert sum(one.weekday() < WEEKDAY for one in off) == statutory + len(YEARS[year]["worked"])


@pytest.mark.parametrize("year", YEARS)
def test_worked_days_are_saturdays_or_sundays(year: int) -> None:
    worked = YEARS[year]["worked"]
    assert worked and all(one.weekday() >= WEEKDAY for one in worked)
    assert all(CALENDAR.is_working_day(one) is True for one in worked)


def test_no_notice_was_seen_so_every_year_is_reported() -> None:
    assert [notice.year for notice in CALENDAR.notices] == list(YEARS)
    for notice in CALENDAR.notices:
        assert notice.state is State.REPORTED
        assert str(notice.year) in notice.title and notice.published.year == notice.year - 1


def test_a_year_beside_a_notice_may_begin_in_december() -> None:
    assert CALENDAR.is_working_day(day("2022-12-30")) is True
    assert CALENDAR.is_working_day(day("2022-12-31")) is False


# ------------------------------------------------------------------ answers


@pytest.mark.parametrize(
    ("text", "working", "festival"),
    [
        ("2024-12-31", True, ""),
        ("2025-01-01", False, "元旦"),
        ("2024-02-09", True, ""),  # New Year's Eve before 2025: no statutory holiday
        ("2025-01-28", False, "春节"),  # and from 2025 on one
        ("2024-05-02", False, ""),
        ("2025-05-02", False, "劳动节"),
        ("2026-02-14", True, ""),  # a worked Saturday
        ("2026-02-15", False, ""),  # a Sunday off
        ("2026-02-19", False, "春节"),
        ("2026-02-20", False, ""),  # off, no statutory holiday
        ("2026-09-20", True, ""),  # a worked Sunday
        ("2026-10-04", False, ""),
        ("2026-10-08", True, ""),
        ("2026-12-24", True, ""),
    ],
)
def test_a_day_is_worked_and_a_holiday_as_the_notices_say(text: str, working: bool, festival: str) -> None:
    assert CALENDAR.is_working_day(day(text)) is working
    assert CALENDAR.festival(day(text)) == festival


@pytest.mark.parametrize(("text", "year"), [("2020-12-31", 2020), ("2026-12-25", 2027), ("2027-01-04", 2027)])
def test_a_day_that_no_notice_orders_is_unknown(text: str, year: int) -> None:
    found = CALENDAR.is_working_day(day(text))
    assert isinstance(found, Unknown) and str(year) in found.reason


@pytest.mark.parametrize(
    ("text", "working"),
    [("2031-01-01", False), ("2031-05-02", False), ("2031-10-03", False), ("2031-01-02", None), ("2031-05-03", None), ("2019-05-02", None)],
)  # fmt: skip
def test_a_holiday_that_the_regulation_names_is_off_in_a_year_without_a_notice(
    text: str, working: bool | None
) -> None:
    """Article 2: 元旦 1月1日; 劳动节 5月1日、2日 (only 1日 before 2025); 国庆节 10月1日至3日. What moves stays unknown."""
    found = CALENDAR.is_working_day(day(text))
    assert isinstance(found, Unknown) if working is None else found is working


def test_statutory_holidays_are_known_to_the_last_day_of_the_last_year() -> None:
    assert CALENDAR.festival(day("2026-12-31")) == ""
    assert isinstance(CALENDAR.festival(day("2027-01-01")), Unknown)


# ------------------------------------------------------------------ another file


def with_calendar(folder: Path, *changes: tuple[str, str]) -> Calendar:
    """The calendar of a law folder whose calendar.yaml has these changes."""
    text = FILE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "calendar.yaml").write_text(text, encoding="utf-8")
    (folder / "national.yaml").write_bytes((FOLDER / "national.yaml").read_bytes())
    return load_law(folder).calendar


def test_a_folder_without_a_calendar_has_that_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "national.yaml").write_bytes((FOLDER / "national.yaml").read_bytes())
    assert load_law(tmp_path).calendar.notices == CALENDAR.notices


def test_a_year_is_added_by_one_entry(tmp_path: Path) -> None:
    before = FILE.read_text(encoding="utf-8")
    start, end = before.index("  2026:\n"), len(before)
    entry = (
        before[start:end].replace("2026", "2037").replace("〔2025〕", "〔2036〕").replace("2025-", "2036-")
    )
    # an invented year that begins on the same day of the week
    assert datetime.date(2037, 1, 1).weekday() == datetime.date(2026, 1, 1).weekday()
    (tmp_path / "calendar.yaml").write_text(before + entry, encoding="utf-8")
    (tmp_path / "national.yaml").write_bytes((FOLDER / "national.yaml").read_bytes())
    calendar = load_law(tmp_path).calendar
    assert calendar.festival(day("2037-05-02")) == "劳动节"
    assert isinstance(calendar.festival(day("2036-05-02")), Unknown)


def test_the_bound_of_a_year_without_a_notice_holds_for_the_year_with_the_most_days_off(
    tmp_path: Path,
) -> None:
    text = FILE.read_text(encoding="utf-8")
    without = with_calendar(tmp_path, (text[text.index("  2026:\n") :], ""))
    for distance in range(-20, 340):
        begin = day("2026-01-01") + datetime.timedelta(days=distance)
        for number in (0, 1, 5, 7, 10, 15):
            truth, found = (one.working_day_from(begin, number) for one in (CALENDAR, without))
            if isinstance(truth, Unknown) or not isinstance(found, Unknown):
                continue
            assert found.at_least is not None and found.at_most is not None
            assert found.at_least <= truth <= found.at_most


def test_a_calendar_without_a_bound_tells_no_latest_day(tmp_path: Path) -> None:
    found = with_calendar(tmp_path, ("bound: {weekdays: 10, days: 60}\n", "")).working_day_from(
        day("2026-12-24"), 1
    )
    assert found == Unknown("2027年的节假日安排尚未公布或者没有收录", day("2026-12-25"))


def test_a_span_longer_than_the_bound_has_no_latest_day() -> None:
    found = [CALENDAR.working_day_from(day("2026-12-24"), number) for number in (32, 33)]
    assert [isinstance(one, Unknown) and one.at_most for one in found] == [day("2027-02-22"), None]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bound: {weekdays: 10", "bound: {weekdays: 0", "应当写 weekdays 和 days，都是大于 0 的天数"),
        ("端午节: [2026-06-19]\n", "端午节: []\n", "“端午节”应当有 1 天，写了 0 天"),
        ("2026-02-18, 2026-02-19]", "2026-02-18]", "“春节”应当有 4 天，写了 3 天"),
        ("      清明节: [2026-04-05]\n", "", "“清明节”应当有 1 天，写了 0 天"),
        ("      清明节: [2026-04-05]\n", "      清明节: [2026-04-05]\n      植树节: [2026-03-12]\n", "“植树节”应当有 0 天"),
        ("[2026-01-04,", "[2026-01-05,", "2026-01-05 不是放假之外的星期六、星期日"),
        ("[2026-01-04,", "[2026-01-03,", "2026-01-03 不是放假之外的星期六、星期日"),
        ("中秋节: [2026-09-25]\n", "中秋节: [2026-09-24]\n", "2026-09-24 是全体公民放假的节日，却不在放假日中"),
        ("[2026-01-04, 2026-02-14", "[2026-02-14, 2026-01-04", "从先到后"),
        ("[2026-01-04,", "[2026-01-04, 2026-01-04,", "不重复"),
        ("[2026-01-04,", "[2027-01-03,", "有的日期不在 2026 年"),
        ("[2026-01-04,", "[一月四日,", "这里应当都是日期"),
        ("[2026-02-15, 2026-02-23]", "[2026-02-23, 2026-02-15]", "从先到后"),
        ("[2026-02-15, 2026-02-23]", "[2026-02-15]", "第一天和最后一天"),
        ("    number: 国办发明电〔2025〕7号\n", "", "缺少“number”"),
        ("    published: 2025-11-04\n", "    published: 十一月\n", "“published”的写法有误"),
        ("  2026:\n", "  二〇二六:\n", "年份 二〇二六 应当是四位数字"),
        ("settled: 12-24", "settle: 12-24", "不认识“settle”"),
        ("  2014: {元旦", "  2024: {元旦", "没有 2021 年的法定节日"),
    ],
)  # fmt: skip
def test_a_faulty_calendar_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(InputError) as refused:
        with_calendar(tmp_path, (old, new))
    found = [one for one in refused.value.findings if message in one.message]
    assert found, [str(one) for one in refused.value.findings]
    assert found[0].location.file.endswith("calendar.yaml") and found[0].location.line


def test_a_state_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        with_calendar(tmp_path, ("    state: reported", "    state: sure"))
    assert "“state”不能是 sure" in str(refused.value.findings[0])
