"""Days that cannot be: what a profile tells as done although its day has not come."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from contractgen.findings import Finding, Location, Severity
from contractgen.law import LawView, Unknown
from contractgen.profile import Profile, field_title, fields
from contractgen.timeline.course import Course
from contractgen.timeline.forward import timeline
from contractgen.timeline.model import title_of
from contractgen.timeline.steps import Steps, load_steps

FUTURE = "future-day"
PLAN = "planned-day"
MAIN = "agreement.main_contract"
PLANNED = (
    *("agreement.signing_day", "agreement.start", "agreement.end", "agreement.previous.end"),
    *(f"{MAIN}.{name}" for name in ("signing_day", "start", "end")),
)
MEETING = "bargaining.meetings"
ANY = "*"  # a member of a list
GROUPS = ("bargaining", "agreement", "employer")


def fact_paths(profile: Profile) -> Iterator[str]:
    """Every path below which the profile tells a day as a fact; planned days are none."""
    for path in fields():
        if path.split(".")[0] not in GROUPS or path in PLANNED or ANY in path:
            continue
        if path != MEETING:
            yield path
            continue
        for number in range(len(profile.bargaining.meetings)):
            yield from (f"{MEETING}.{number}.{name}" for name in ("notice_day", "day"))


def future_days(profile: Profile, today: datetime.date) -> tuple[Finding, ...]:
    """One finding for each day of a fact that lies after today."""
    days = {path: profile.at(path) for path in fact_paths(profile)}
    return tuple(
        Finding(
            FUTURE,
            Severity.WARNING,
            f"{field_title(path)}写的是{day}，今天是{today}，还没有到这一天",
            Location(place=field_title(path)),
            hint="日期写错的请更正；还没有办的先空着，办了以后再填；电脑的日期不对的，用 --today 写明今天",
            path=path,
        )
        for path, day in days.items()
        if isinstance(day, datetime.date) and day > today
    )


def planned_days(
    profile: Profile, view: LawView, today: datetime.date, steps: Steps | None = None
) -> tuple[Finding, ...]:
    """A warning for each planned day that lies after the last day of a step that must follow it."""
    book = steps or load_steps()
    course = Course(profile, view, today, book)
    rows = {(one.id, one.round): one for one in timeline(profile, view, today, book).steps}
    found = []
    for leg in course.legs:
        last = rows[leg.id, leg.round].last
        last = last.at_most if isinstance(last, Unknown) else last
        if last is None:
            continue
        for before in course.before(leg):
            planned = rows[before.id, before.round]
            if planned.done is None and planned.planned is not None and planned.planned > last:
                after = rows[leg.id, leg.round]
                message = (
                    f"“{title_of(planned)}”定于{planned.planned}，“{title_of(after)}”最晚是{last}，来不及"
                )
                found.append(
                    Finding(
                        PLAN,
                        Severity.WARNING,
                        message,
                        Location(place=field_title(planned.path)),
                        "；".join(after.sources),
                        f"提前到不晚于{last}；这一天也决定按哪一天的法律起草",
                        planned.path,
                    )
                )
    return tuple(found)
