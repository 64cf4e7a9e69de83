"""Calendar: days off, worked weekends and statutory holidays, year by year, from clauses/law/calendar.yaml.

Nothing is computed: a year whose notice is not in the file is unknown, and so is every answer about it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from contractgen.files import Loaded
from contractgen.findings import Finding, Severity
from contractgen.law.model import State

FILE = "calendar.yaml"
ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5
FIXED = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")  # 01-01
YEAR_FIELDS = {
    "title": str,
    "number": str,
    "published": datetime.date,
    "state": str,
    "days_off": dict,
    "worked": list,
    "statutory": dict,
}
FILE_FIELDS = {
    "title": str,
    "checked": datetime.date,
    "settled": str,
    "festivals": dict,
    "years": dict,
}
BOUND = ("weekdays", "days")
OPTIONAL = {"fixed": dict, "bound": dict}  # which the calendars of older records do not have


@dataclass(frozen=True, slots=True)
class Unknown:
    """An answer that the calendar cannot give yet.

    Attributes:
        reason: why, a Chinese sentence without a stop.
        at_least: the day that it cannot lie before; None where nothing is known.
        at_most: the day that it does not lie after by our bound (calendar.yaml); None where there is none.
    """

    reason: str
    at_least: datetime.date | None = None
    at_most: datetime.date | None = None

    @property
    def next_day(self) -> Unknown:
        """The same of the day after."""
        bounds = (None if one is None else one + ONE_DAY for one in (self.at_least, self.at_most))
        return Unknown(self.reason, *bounds)


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice that orders the days off of a year."""

    year: int
    title: str
    number: str
    published: datetime.date
    state: State

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）"


class Calendar:
    """The years that are known; immutable."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self._row = row

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """The notice of each known year, the first year first."""
        return tuple(
            Notice(
                int(year),
                one["title"],
                one["number"],
                datetime.date.fromisoformat(one["published"]),
                State(one["state"]),
            )
            for year, one in sorted(self._row["years"].items())
        )

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(int(year) for year in self._row["years"])

    @cached_property
    def _days_off(self) -> frozenset[datetime.date]:
        return frozenset(_days(self._row["years"], "days_off"))

    @cached_property
    def _worked(self) -> frozenset[datetime.date]:
        return frozenset(_days(self._row["years"], "worked"))

    @cached_property
    def _festivals(self) -> Mapping[datetime.date, str]:
        return {
            datetime.date.fromisoformat(day): name
            for year in self._row["years"].values()
            for day, name in year["statutory"].items()
        }

    def unknown(self, day: datetime.date) -> Unknown | None:
        """Why it is not known whether a day is a working day; None where it is known."""
        if day.year not in self._years:
            return _unpublished(day.year)
        if f"{day:%m-%d}" > self._row["settled"] and day.year + 1 not in self._years:
            return _unpublished(day.year + 1)
        return None

    def is_working_day(self, day: datetime.date) -> bool | Unknown:
        """Monday to Friday and not off, or a weekend day that is worked; a holiday that the law fixes never is one."""
        unknown = self.unknown(day)
        if unknown:
            return False if self.is_fixed_holiday(day) else unknown
        return day in self._worked or (day.weekday() < SATURDAY and day not in self._days_off)

    def is_fixed_holiday(self, day: datetime.date) -> bool:
        """Whether the regulation itself names the day (1 January), so that it is off in a year without a notice, too."""
        begins = [begin for begin in self._row["fixed"] if int(begin) <= day.year]
        return bool(begins) and f"{day:%m-%d}" in self._row["fixed"][max(begins)]

    def festival(self, day: datetime.date) -> str | Unknown:
        """The statutory holiday that a day is (春节); empty where it is none."""
        return self._festivals.get(day, "") if day.year in self._years else _unpublished(day.year)

    def working_day_from(self, day: datetime.date, number: int, step: int = 1) -> datetime.date | Unknown:
        """The ``number``-th working day after a day (before it with ``step`` -1); number 0: the day or the next one."""
        found = 0 if number else -1
        for distance in count(1 if number else 0):
            here = day + step * distance * ONE_DAY
            working = self.is_working_day(here)
            if isinstance(working, Unknown):
                soonest = here + (number - found - 1) * ONE_DAY  # were every day from here on a working day
                latest = self._latest(here, number - found)
                return Unknown(working.reason, soonest, latest) if step > 0 else Unknown(working.reason)
            found += working
            if found == number:
                return here
        raise AssertionError("count() has no end")

    def _latest(self, first: datetime.date, number: int) -> datetime.date | None:
        """The ``number``-th working day from a day on, were as many weekdays off as our bound says; None beyond it."""
        bound = self._row.get("bound")
        if not bound:
            return None
        days = (first + distance * ONE_DAY for distance in range(bound["days"]))
        weekdays = [day for day in days if day.weekday() < SATURDAY]
        place = number + bound["weekdays"] - 1
        return weekdays[place] if place < len(weekdays) else None


def _unpublished(year: int) -> Unknown:
    return Unknown(f"{year}年的节假日安排尚未公布或者没有收录")


def _days(years: Mapping[str, Any], field: str) -> Iterator[datetime.date]:
    return (datetime.date.fromisoformat(day) for year in years.values() for day in year[field])


# ------------------------------------------------------------------ reading


class CalendarReader:
    """Reads the file into a compact row; ``faults`` holds what is wrong with it."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.faults: list[Finding] = []

    def fault(self, message: str, *path: str | int, hint: str = "") -> None:
        """Note a fault at a path of the file."""
        where = self.loaded.where(path)
        self.faults.append(Finding("law-calendar", Severity.ERROR, message, where, hint=hint))

    def read(self) -> dict[str, Any]:
        """The years; of use only where there are no faults."""
        data = self.loaded.data
        row: dict[str, Any] = {"settled": "", "fixed": {}, "years": {}}
        more = {name: kind for name, kind in OPTIONAL.items() if isinstance(data, dict) and name in data}
        if not self._formed(data, {**FILE_FIELDS, **more}):
            return row
        row["settled"] = data["settled"]
        for begin, named in data.get("fixed", {}).items():
            row["fixed"][str(begin)] = self._fixed(begin, named, data["festivals"])
        if "bound" in data:
            row["bound"] = self._bound(data["bound"])
        for year, entry in data["years"].items():
            path = ("years", year)
            if not isinstance(year, int):
                self.fault(f"年份 {year} 应当是四位数字", *path)
            elif self._formed(entry, YEAR_FIELDS, *path):
                row["years"][str(year)] = self._year(year, entry, data["festivals"])
        return row

    def _bound(self, bound: Mapping[str, Any]) -> dict[str, int]:
        """How many weekdays at most are off in so many days."""
        if set(bound) != set(BOUND) or any(type(days) is not int or days < 1 for days in bound.values()):
            self.fault("应当写 weekdays 和 days，都是大于 0 的天数", "bound")
            return {}
        return dict(bound)

    def _fixed(self, begin: str | int, named: object, festivals: Mapping[int, Any]) -> list[str]:
        """The days of a wording of the regulation, each festival with as many as the wording gives it."""
        wanted = festivals.get(begin) if isinstance(begin, int) else None
        if not isinstance(named, dict) or not isinstance(wanted, dict):
            self.fault("应当按 festivals 的年份写节日和日期", "fixed", str(begin))
            return []
        found = []
        for name, days in named.items():
            texts = days if isinstance(days, list) else []
            if len(texts) != wanted.get(name) or not all(FIXED.fullmatch(str(one)) for one in texts):
                self.fault(f'“{name}”应当写 {wanted.get(name, 0)} 天，写作 "01-01"', "fixed", begin, name)
            found += [str(one) for one in texts]
        return found

    def _formed(self, data: object, fields: Mapping[str, type], *path: str | int) -> bool:
        """Whether a mapping has exactly these fields, each of its type."""
        if not isinstance(data, dict):
            self.fault("这里应当是下一级内容（键: 值）", *path)
            return False
        before = len(self.faults)
        for name in (name for name in data if name not in fields):
            self.fault(f"不认识“{name}”", *path, name)
        for name, kind in fields.items():
            if name not in data:
                self.fault(f"缺少“{name}”", *path)
            elif type(data[name]) is not kind:
                self.fault(f"“{name}”的写法有误", *path, name, hint="照已有年份的样子写")
        return len(self.faults) == before

    def _year(self, year: int, entry: Mapping[str, Any], festivals: Mapping[int, Any]) -> dict[str, Any]:
        path = ("years", year)
        if entry["state"] not in tuple(State):
            self.fault(f"“state”不能是 {entry['state']}", *path, "state")
        off = [day for name, span in entry["days_off"].items() for day in self._span(year, name, span)]
        worked = self._list(entry["worked"], *path, "worked")
        statutory = {
            day.isoformat(): name
            for name, days in entry["statutory"].items()
            for day in self._list(days, *path, "statutory", name)
        }
        for day in worked:
            if day.weekday() < SATURDAY or day in off:
                self.fault(f"{day} 不是放假之外的星期六、星期日，不能列为上班", *path, "worked")
        for text in statutory:
            if datetime.date.fromisoformat(text) not in off:
                self.fault(
                    f"{text} 是全体公民放假的节日，却不在放假日中", *path, "statutory", statutory[text]
                )
        self._complete(year, entry["statutory"], festivals)
        return {
            "title": entry["title"],
            "number": entry["number"],
            "published": entry["published"].isoformat(),
            "state": entry["state"],
            "days_off": [day.isoformat() for day in off],
            "worked": [day.isoformat() for day in worked],
            "statutory": statutory,
        }

    def _complete(self, year: int, statutory: Mapping[str, Any], festivals: Mapping[int, Any]) -> None:
        """Every festival of the law of the year, each for its number of days, in its year."""
        begins = [begin for begin in festivals if isinstance(begin, int) and begin <= year]
        if not begins:
            self.fault(
                f"没有 {year} 年的法定节日", "years", year, hint="在 festivals 中补写当年适用的节日和天数"
            )
            return
        wanted = festivals[max(begins)]
        for name in {**wanted, **statutory}:
            days = statutory.get(name)
            number = len(days) if isinstance(days, list) else 0
            if number != wanted.get(name, 0):
                message = f"{year} 年“{name}”应当有 {wanted.get(name, 0)} 天，写了 {number} 天"
                self.fault(message, "years", year, "statutory", name)
            elif any(getattr(day, "year", year) != year for day in days or ()):
                self.fault(f"“{name}”不在 {year} 年", "years", year, "statutory", name)

    def _span(self, year: int, name: str, span: object) -> list[datetime.date]:
        path = ("years", year, "days_off", name)
        ends = self._list(span, *path)
        if len(ends) != 2 or not 0 <= (ends[1] - ends[0]).days < 31:
            self.fault(f"“{name}”应当写放假的第一天和最后一天", *path, hint="例如 [2026-02-15, 2026-02-23]")
            return []
        return [ends[0] + distance * ONE_DAY for distance in range((ends[1] - ends[0]).days + 1)]

    def _list(self, days: object, *path: str | int) -> list[datetime.date]:
        """Days of the year, each once; the notice of a year may also order the last days of the year before."""
        given = days if isinstance(days, list) else [days]
        found = [day for day in given if type(day) is datetime.date]
        year = int(path[1])
        if len(found) != len(given):
            self.fault("这里应当都是日期", *path, hint="例如 2026-10-01")
        elif any(day.year != year and (day.year, day.month) != (year - 1, 12) for day in found):
            self.fault(f"有的日期不在 {year} 年", *path)
        elif found != sorted(found) or (len(set(found)) != len(found) and "days_off" not in path):
            self.fault("日期应当从先到后排列，不重复", *path)
        else:
            return found
        return []
