"""clock: the last day of a time limit, counted from the day after its event; unknown where the calendar ends."""

from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.findings import InputError
from contractgen.law import (
    Norm,
    Unknown,
    deadline,
    full_months,
    is_late,
    last_of,
    load_law,
    months_later,
    shifted,
)

LAW = load_law()
CALENDAR = LAW.calendar
ONE_DAY = datetime.timedelta(1)
IN_CALENDAR = st.dates(datetime.date(2021, 1, 1), datetime.date(2026, 6, 30))
UNITS = st.sampled_from(["calendar_day", "working_day", "week", "month", "year"])


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def limit(number: int, unit: str, *, before: str = "") -> Norm:
    """A time limit of a number of a unit."""
    norm = LAW.at("shanghai", day("2026-01-01"))["proposal_reply"]
    return replace(norm, value=number, unit=unit, before=before)


@pytest.mark.parametrize(
    ("event", "number", "unit", "last"),
    [
        ("2026-03-02", 15, "calendar_day", "2026-03-17"),  # the day of the event is not counted
        ("2026-03-02", 1, "working_day", "2026-03-03"),
        ("2026-03-06", 1, "working_day", "2026-03-09"),  # over a weekend
        ("2026-09-28", 10, "working_day", "2026-10-16"),  # over National Day, with the worked 10 October
        ("2026-09-18", 1, "working_day", "2026-09-20"),  # a worked Sunday
        ("2026-02-13", 3, "working_day", "2026-02-25"),  # Saturday 14 worked, then nine days off
        ("2024-01-30", 1, "month", "2024-02-29"),
        ("2025-01-30", 1, "month", "2025-02-28"),
        ("2026-08-31", 3, "month", "2026-11-30"),
        ("2024-02-29", 1, "year", "2025-02-28"),
        ("2024-02-29", 4, "year", "2028-02-29"),
        ("2026-03-02", 2, "week", "2026-03-16"),
    ],
)
def test_the_last_day_of_a_limit(event: str, number: int, unit: str, last: str) -> None:
    assert deadline(limit(number, unit), day(event), CALENDAR) == day(last)


@pytest.mark.parametrize(
    ("event", "number", "unit", "last"),
    [
        ("2026-03-09", 7, "calendar_day", "2026-03-02"),
        ("2026-10-12", 2, "working_day", "2026-10-09"),  # Saturday 10 October is worked
        ("2026-05-31", 3, "month", "2026-02-28"),
    ],
)
def test_a_limit_that_must_have_passed_before_its_event_counts_back(
    event: str, number: int, unit: str, last: str
) -> None:
    norm = limit(number, unit, before="congress_opens")
    assert deadline(norm, day(event), CALENDAR) == day(last)
    assert is_late(norm, day(event), day(last), CALENDAR) is False
    assert is_late(norm, day(event), day(last) + ONE_DAY, CALENDAR) is True


def test_a_limit_before_an_event_is_not_put_off_by_days_off() -> None:
    week = limit(7, "calendar_day", before="congress_opens")
    assert deadline(week, day("2026-10-08"), CALENDAR) == day("2026-10-01")
    assert is_late(week, day("2026-10-08"), day("2026-10-02"), CALENDAR) is True


def test_working_days_into_a_year_without_a_notice_are_unknown() -> None:
    ten = limit(10, "working_day")
    assert deadline(ten, day("2026-12-10"), CALENDAR) == day("2026-12-24")
    found = deadline(ten, day("2026-12-11"), CALENDAR)
    assert found == Unknown("2027年的节假日安排尚未公布或者没有收录", day("2026-12-25"), day("2027-01-08"))
    assert (
        is_late(ten, day("2026-12-11"), day("2026-12-25"), CALENDAR) is False
    )  # the last day is not before it
    assert isinstance(is_late(ten, day("2026-12-11"), day("2026-12-26"), CALENDAR), Unknown)
    assert isinstance(is_late(ten, day("2026-12-11"), day("2027-01-08"), CALENDAR), Unknown)
    assert (
        is_late(ten, day("2026-12-11"), day("2027-01-09"), CALENDAR) is True
    )  # whatever the notice will say


def test_calendar_days_are_known_in_every_year() -> None:
    assert deadline(limit(15, "calendar_day"), day("2026-12-25"), CALENDAR) == day("2027-01-09")
    assert deadline(limit(15, "calendar_day"), day("1999-12-25"), CALENDAR) == day("2000-01-09")


@pytest.mark.parametrize(
    ("done", "late"),
    [("2026-10-01", False), ("2026-10-07", False), ("2026-10-08", False), ("2026-10-09", True)],
)
def test_a_limit_that_ends_on_a_day_off_is_kept_on_the_next_working_day(done: str, late: bool) -> None:
    fifteen = limit(15, "calendar_day")
    assert deadline(fifteen, day("2026-09-16"), CALENDAR) == day("2026-10-01")
    assert is_late(fifteen, day("2026-09-16"), day(done), CALENDAR) is late


def test_whether_a_limit_was_kept_after_its_last_day_is_unknown_without_a_notice() -> None:
    fifteen = limit(15, "calendar_day")
    assert is_late(fifteen, day("2027-03-01"), day("2027-03-16"), CALENDAR) is False
    assert isinstance(is_late(fifteen, day("2027-03-01"), day("2027-03-17"), CALENDAR), Unknown)
    assert isinstance(is_late(fifteen, day("2027-03-01"), day("2027-03-30"), CALENDAR), Unknown)
    assert is_late(fifteen, day("2027-03-01"), day("2027-03-31"), CALENDAR) is True


@pytest.mark.parametrize(
    ("first", "number", "unit", "last"),
    [
        ("2027-01-01", 3, "year", "2029-12-31"),
        ("2027-03-01", 1, "year", "2028-02-29"),
        ("2028-02-29", 3, "year", "2031-02-28"),  # there is no 29 February to stop before
        ("2028-02-28", 3, "year", "2031-02-27"),
        ("2026-01-31", 1, "month", "2026-02-28"),
        ("2026-03-15", 1, "month", "2026-04-14"),
        ("2026-03-15", 98, "day", "2026-06-20"),
        ("2026-09-18", 3, "working_day", "2026-09-21"),  # Friday, the worked Sunday, Monday
    ],
)
def test_the_last_day_of_a_span_whose_first_day_counts(first: str, number: int, unit: str, last: str) -> None:
    assert last_of(day(first), number, unit, CALENDAR) == day(last)


def test_half_a_month_is_fifteen_days() -> None:
    assert shifted(day("2026-01-31"), Fraction(5, 2), "month", CALENDAR) == day("2026-04-15")


@pytest.mark.parametrize(
    ("number", "unit"), [(1, "percent"), (Fraction(1, 3), "month"), (Fraction(1, 2), "day")]
)
def test_what_is_no_time_limit_is_refused(number: Fraction, unit: str) -> None:
    with pytest.raises(InputError):
        shifted(day("2026-01-31"), number, unit, CALENDAR)


def test_a_limit_without_a_number_or_beyond_every_calendar_is_refused() -> None:
    unknown = LAW.own("jiangsu", "proposal_reply", day("2026-01-01"))
    assert unknown is not None
    with pytest.raises(InputError, match="没有写天数"):
        deadline(unknown, day("2026-01-01"), CALENDAR)
    with pytest.raises(InputError, match="超出了范围"):
        deadline(limit(9000, "year"), day("2026-01-01"), CALENDAR)


@pytest.mark.parametrize(
    ("begin", "end", "months"),
    [
        ("2025-04-19", "2025-05-18", 0),
        ("2025-04-19", "2025-05-19", 1),
        ("2025-04-19", "2026-11-23", 19),
        ("2025-04-19", "2027-04-18", 23),
        ("2025-04-19", "2027-04-19", 24),
        ("2024-08-31", "2025-02-28", 6),
        ("2024-01-31", "2024-02-28", 0),
        ("2024-01-31", "2024-02-29", 1),
        ("2025-04-19", "2022-01-01", 0),
    ],
)
def test_full_months_lie_between_two_days(begin: str, end: str, months: int) -> None:
    assert full_months(day(begin), day(end)) == months


@given(IN_CALENDAR, st.integers(1, 60), UNITS)
def test_no_limit_ends_before_it_began(event: datetime.date, number: int, unit: str) -> None:
    last = deadline(limit(number, unit), event, CALENDAR)
    assert isinstance(last, Unknown) or event < last


@given(IN_CALENDAR, st.integers(1, 60))
def test_a_limit_in_working_days_holds_that_many_of_them(event: datetime.date, number: int) -> None:
    last = deadline(limit(number, "working_day"), event, CALENDAR)
    assert isinstance(last, datetime.date)
    span = [event + ONE_DAY * step for step in range(1, (last - event).days + 1)]
    assert sum(CALENDAR.is_working_day(one) is True for one in span) == number
    assert CALENDAR.is_working_day(last) is True


@given(IN_CALENDAR, st.integers(1, 60), UNITS)
def test_what_is_done_on_the_last_day_is_in_time(event: datetime.date, number: int, unit: str) -> None:
    last = deadline(limit(number, unit), event, CALENDAR)
    if isinstance(last, datetime.date):
        assert is_late(limit(number, unit), event, last, CALENDAR) is False


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)), st.integers(0, 600))
def test_the_day_some_months_later_is_that_many_months_away(begin: datetime.date, number: int) -> None:
    later = months_later(begin, number)
    assert full_months(begin, later) == number
    if number:
        assert full_months(begin, later - ONE_DAY) == number - 1


@pytest.mark.parametrize(("number", "at_least"), [(1, "2026-12-25"), (2, "2026-12-26"), (10, "2027-01-03")])
def test_working_days_of_an_unknown_year_take_at_least_as_many_days(number: int, at_least: str) -> None:
    found = CALENDAR.working_day_from(day("2026-12-24"), number)
    assert isinstance(found, Unknown) and found.at_least == day(at_least)
