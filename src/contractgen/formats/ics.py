"""Calendar files (.ics) for the calendar of a phone or an office: whole days with reminders.

An appointment keeps its UID however often the file is made again, so that importing it anew moves what has moved
instead of adding it twice.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable

from icalendar import Alarm, Calendar, Event

from contractgen.document.appointments import Appointment

PRODUCT = "-//contractgen//timeline//ZH"
MORNING = datetime.timedelta(hours=9)  # when a reminder comes
ONE_DAY = datetime.timedelta(days=1)
JOINED = "\x00"


def write_ics(name: str, appointments: Iterable[Appointment], stamp: datetime.date) -> bytes:
    """A calendar file.

    Args:
        name: what a calendar program calls it.
        appointments: its days.
        stamp: the day on which it is made; a later one replaces an earlier one.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for one in appointments:
        calendar.add_component(_event(one, stamp))
    return bytes(calendar.to_ical())


def uid_of(key: tuple[str, ...]) -> str:
    """The UID of an appointment: the same for the same key, and nobody's name in it."""
    return f"{hashlib.sha256(JOINED.join(key).encode()).hexdigest()[:32]}@contractgen"


def _event(one: Appointment, stamp: datetime.date) -> Event:
    event = Event()
    event.add("uid", uid_of(one.key))
    event.add("dtstamp", datetime.datetime.combine(stamp, datetime.time(), datetime.UTC))
    event.add("sequence", stamp.toordinal())
    event.add("dtstart", one.day)
    event.add("dtend", one.day + ONE_DAY)
    event.add("summary", one.title)
    if one.text:
        event.add("description", one.text)
    event.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy
    for days in one.alarms:
        event.add_component(_alarm(one.title, days))
    return event


def _alarm(title: str, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", MORNING - days * ONE_DAY)
    return alarm
