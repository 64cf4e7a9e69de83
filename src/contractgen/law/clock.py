"""Clocks: the last day of a time limit, in calendar days, working days, weeks, months or years from an event.

Counting is by these rules, which are common to Chinese law; the article that states them is not among the texts
that were compared, so they are our convention and nowhere printed as law:

- the day of the event is not counted;
- a limit in months or years ends on the day of the same number, or where the month has none, on its last;
- a limit that ends on a day off is still kept on the next working day (``is_late``; ``deadline`` is the counted day);
- half a month is 15 days.
"""

from __future__ import annotations

import calendar as months
import datetime
from fractions import Fraction

from contractgen.findings import InputError
from contractgen.law.calendar import ONE_DAY, Calendar, Unknown
from contractgen.law.model import Norm, Number

DAYS = {"day": 1, "calendar_day": 1, "week": 7}
MONTHS = {"month": 1, "child_month": 1, "year": 12, "age": 12}
HALF_MONTH = 15


def deadline(norm: Norm, event: datetime.date, calendar: Calendar) -> datetime.date | Unknown:
    """The last day on which what a norm asks is done in time.

    Args:
        norm: a time limit: it begins with ``event``, or must have passed before it (``norm.before``).
        event: the day of the event.
        calendar: for limits in working days.

    Returns:
        The day, or why it is not known: the calendar does not reach so far.
    """
    if norm.value is None:
        raise InputError(f"“{norm.title}”没有写天数，算不出期限")
    return shifted(event, norm.value, norm.unit, calendar, -1 if norm.before else 1)


def is_late(norm: Norm, event: datetime.date, done: datetime.date, calendar: Calendar) -> bool | Unknown:
    """Whether what was done on a day came too late; a last day that is off is followed by the next working day.

    Of days that the calendar does not know, what is late or in time however they turn out is told all the same.
    """
    last = deadline(norm, event, calendar)
    if isinstance(last, datetime.date) and done > last and not norm.before:
        last = calendar.working_day_from(last, 0)
    if isinstance(last, datetime.date):
        return done > last
    if last.at_most and done > last.at_most:
        return True
    return False if last.at_least and done <= last.at_least else last


def shifted(
    day: datetime.date, number: Number, unit: str, calendar: Calendar, step: int = 1
) -> datetime.date | Unknown:
    """The day that lies a number of a unit after a day (before it with ``step`` -1)."""
    if unit == "working_day" and number == int(number):
        return calendar.working_day_from(day, int(number), step)
    return _counted(day, number, unit, step)


def last_of(first: datetime.date, number: Number, unit: str, calendar: Calendar) -> datetime.date | Unknown:
    """The last day of a span whose first day counts: a year from 1 January ends on 31 December.

    Where the last month has no day of that number, the span ends on the month's last day.
    """
    if unit == "working_day":
        return shifted(first - ONE_DAY, number, unit, calendar)
    after = _counted(first, number, unit)
    cut_short = unit in MONTHS and _counted(after, number, unit, -1) < first
    return after if cut_short else after - ONE_DAY


def _counted(day: datetime.date, number: Number, unit: str, step: int = 1) -> datetime.date:
    """The day that lies a number of a unit after a day, where no calendar is needed."""
    exact = Fraction(number) * DAYS.get(unit, MONTHS.get(unit, 1))
    half = unit in MONTHS and exact.denominator == 2
    if unit not in (*DAYS, *MONTHS) or not (half or exact.denominator == 1):
        raise InputError(
            f"期限不能是 {number}（单位 {unit}）", hint="可以是日、工作日、周、月、年的整数，或者几个半月"
        )
    try:
        if unit in DAYS:
            return day + step * int(exact) * ONE_DAY
        return months_later(day, step * int(exact)) + step * half * HALF_MONTH * ONE_DAY
    except (OverflowError, ValueError):
        raise InputError(f"{day}前后的日期超出了范围", hint="核对年份") from None


def months_later(day: datetime.date, number: int) -> datetime.date:
    """The same day of a later (or earlier) month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return datetime.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def full_months(begin: datetime.date, end: datetime.date) -> int:
    """How many whole months lie between two days; 0 where the end is earlier."""
    number = max((end.year - begin.year) * 12 + end.month - begin.month, 0)
    return number if not number or months_later(begin, number) <= end else number - 1
