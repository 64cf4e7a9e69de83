"""Appointments: the days of a calendar in no format, as a Document is a page in no format."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Appointment:
    """A whole day in a calendar.

    Attributes:
        key: what it is about, in words that stay the same however often the calendar is made again.
        day: the day.
        title: one line.
        text: the rest, in lines.
        alarms: how many days ahead a reminder comes.
    """

    key: tuple[str, ...]
    day: datetime.date
    title: str
    text: str = ""
    alarms: tuple[int, ...] = ()
