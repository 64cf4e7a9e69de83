"""Reading a law file: its form, and what cannot be. Every fault is found at once; what passes becomes compact rows.

Rows are plain JSON (days as text), so that a folder of law is parsed once and then comes from the cache.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from contractgen.files import Loaded, check_text
from contractgen.findings import Finding, Severity, did_you_mean
from contractgen.law.forms import (
    ARTICLE,
    CONTENT,
    DIGITS,
    DISPLACED,
    FILE,
    INSTRUMENT,
    KEY,
    LEAVE,
    LONGEST_BUDGET,
    ROW,
    SECTIONS,
    SLUG,
    STEP,
    TYPES,
    VALUE_ROW,
    Form,
    entry_form,
)
from contractgen.law.model import Number, State
from contractgen.law.units import Names

Path = tuple[str | int, ...]
Row = dict[str, Any]

FRACTION = re.compile(r"[1-9][0-9]{0,8}/[1-9][0-9]{0,8}")


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word most like ``word``, or the known words."""
    words = list(known)
    return did_you_mean(word, words, f"可以写：{'、'.join(words)}" if 0 < len(words) <= 12 else "")


def exact(value: object) -> Number | None:
    """The number that a file wrote: an integer, a decimal, or a fraction such as "1/3"; None where it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        found = Fraction(str(value))
        return int(found) if found.denominator == 1 else found
    if isinstance(value, str) and FRACTION.fullmatch(value):
        found = Fraction(value)
        return int(found) if found.denominator == 1 else found
    return None


class Reader:
    """Reads one file; ``faults`` holds what is wrong with it."""

    def __init__(self, name: str, loaded: Loaded, names: Names) -> None:
        self.name = name  # the place that the file name says
        self.loaded = loaded
        self.names = names
        self.faults: list[Finding] = []
        self.instruments: dict[str, Row] = {}
        named = loaded.data.get("instruments") if isinstance(loaded.data, dict) else None
        self.known: Mapping[str, Any] = named if isinstance(named, dict) else {}  # as written, unchecked

    def fault(self, rule: str, message: str, path: Path, hint: str = "", *, key: bool = False) -> None:
        """Note a fault at the value (or the key) of ``path``."""
        where = self.loaded.where(path, key=key)
        self.faults.append(Finding(rule, Severity.ERROR, message, where, hint=hint))

    def read(self) -> Row:
        """The file as compact rows; of use only where there are no faults."""
        data = self._mapping(self.loaded.data, (), FILE)
        place = data.get("place")
        if isinstance(place, str) and place != self.name:
            self.fault("law-place", f"文件名是 {self.name}，place 却是 {place}", ("place",), "二者要相同")
        for slug, one in self._items(data.get("instruments"), ("instruments",)):
            self._instrument(slug, one)
        entries: dict[str, Row] = {}
        for section in SECTIONS:
            for key, one in self._items(data.get(section), (section,)):
                if not KEY.fullmatch(key):
                    self.fault("law-key", f"键 {key} 只能用小写字母、数字和下划线", (section, key), key=True)
                if key in entries:
                    self.fault(
                        "law-key", f"{key} 在同一文件中出现两次", (section, key), "合并或者另取名称", key=True
                    )
                entries[key] = self._entry(section, key, one)
        return {
            "place": self.name,
            "title": data.get("title", ""),
            "within": data.get("within", ""),
            "checked": _text(data.get("checked")),
            "texts_reviewed": _text(data.get("texts_reviewed")),
            "districts": [str(name) for name in data.get("districts") or ()],
            "instruments": self.instruments,
            "entries": entries,
            "contents": self._contents(data.get("contents") or ()),
        }

    # -------------------------------------------------------------- forms

    def _mapping(self, data: object, path: Path, form: Form) -> dict[str, Any]:
        """The fields of ``data`` that have the right form."""
        if not isinstance(data, dict):
            self.fault("law-form", "这里应当是下一级内容（键: 值）", path)
            return {}
        found: dict[str, Any] = {}
        for name, value in data.items():
            here = (*path, name)
            if name not in form.fields:
                self.fault(
                    "law-unknown-field", f"不认识“{name}”", here, nearest(str(name), form.fields), key=True
                )
            elif self._typed(name, value, here, form):
                found[name] = value
        for name in form.required:
            if name not in data:
                self.fault(
                    "law-missing-field", f"缺少“{name}”", path, nearest("", form.choices.get(name, ()))
                )
        return found

    def _typed(self, name: str, value: object, path: Path, form: Form) -> bool:
        kind = form.fields[name]
        if kind is object:
            return True
        if type(value) is not kind:
            hint = "数字要用引号括起来" if kind is str and isinstance(value, int) else ""
            self.fault("law-form", f"“{name}”应当是{TYPES[kind]}", path, hint)
            return False
        if isinstance(value, str):
            return self._sound(name, value, path, form)
        return True

    def _sound(self, name: str, value: str, path: Path, form: Form) -> bool:
        refused = check_text(value) if value.strip() else "没有内容"
        if refused:
            self.fault("law-form", f"“{name}”{refused}", path)
            return False
        if name in form.choices and value not in form.choices[name]:
            rules = {"state": "law-state", "unit": "law-unit", "bound": "law-bound"}
            self.fault(
                rules.get(name, "law-choice"),
                f"“{name}”不能是 {value}",
                path,
                nearest(value, form.choices[name]),
            )
            return False
        return True

    def _items(self, data: object, path: Path) -> list[tuple[str, Any]]:
        if not isinstance(data, dict):
            return []
        for key in data:
            if not isinstance(key, str):
                self.fault("law-key", f"键 {key} 应当是文字", (*path, key), key=True)
        return [(key, value) for key, value in data.items() if isinstance(key, str)]

    # -------------------------------------------------------------- instruments

    def _instrument(self, slug: str, data: object) -> None:
        path: Path = ("instruments", slug)
        if not SLUG.fullmatch(slug):
            self.fault("law-instrument", f"{slug} 只能用小写字母、数字和连字符", path, key=True)
        found = self._mapping(data, path, INSTRUMENT)
        begin, end = found.get("in_force"), found.get("until")
        if begin and end and end <= begin:
            self.fault("law-dates", "失效日 until 要晚于施行日 in_force", (*path, "until"))
        successor = found.get("successor")
        if successor and successor not in self.known:
            self.fault(
                "law-instrument",
                f"没有文件 {successor}",
                (*path, "successor"),
                nearest(successor, self.known),
            )
        row: Row = {name: _text(value) for name, value in found.items() if name != "concordance"}
        row["concordance"] = [
            [old, self._articles(new, (*path, "concordance", old))]
            for old, new in self._items(found.get("concordance"), (*path, "concordance"))
        ]
        self.instruments[slug] = row

    def _articles(self, data: object, path: Path) -> list[str]:
        articles = data if isinstance(data, list) else [data]
        for one in articles:
            if not isinstance(one, str) or not ARTICLE.fullmatch(one):
                self.fault("law-form", '对照的条号应当写成带引号的数字，例如 "45"', path)
        return [str(one) for one in articles]

    def _contents(self, data: Iterable[object]) -> list[Row]:
        found = []
        for number, one in enumerate(data):
            row = self._mapping(one, ("contents", number), CONTENT)
            keys = row.get("through") or ([row["law"]] if "law" in row else [])
            row["through"] = [str(key) for key in keys]
            found.append({name: _text(value) for name, value in row.items()})
        return found

    # -------------------------------------------------------------- entries

    def _entry(self, section: str, key: str, data: object) -> Row:
        path: Path = (section, key)
        found = self._mapping(data, path, entry_form(section, self.names))
        row: Row = {name: _text(value) for name, value in found.items() if name != "dated"}
        row["kind"] = SECTIONS[section]
        if not 1 <= row.get("budget", 1) <= LONGEST_BUDGET:
            message = f"复核期限 budget 应当是 1 到 {LONGEST_BUDGET} 个月"
            self.fault("law-budget", message, (*path, "budget"))
        if "steps" in row:
            row["steps"] = self._steps(row["steps"], (*path, "steps"))
        if "leave" in row:
            row["leave"] = self._leave(row["leave"], (*path, "leave"))
        dated = found.get("dated")
        if isinstance(dated, dict):
            row["dated"] = self._dated(dated, (*path, "dated"), found)
        return row

    def _steps(self, data: Iterable[object], path: Path) -> list[Row]:
        """Steps, each for more staff than the one before."""
        found = [self._mapping(one, (*path, number), STEP) for number, one in enumerate(data)]
        staff = [one.get("staff", 0) for one in found]
        for number, (before, after) in enumerate(pairwise(staff), start=1):
            if after <= before:
                self.fault("law-value", "人数 staff 应当由少到多", (*path, number, "staff"))
        for number, one in enumerate(found):
            if any(value <= 0 for value in one.values()) or ("each" in one) != ("more" in one):
                self.fault("law-value", "写正整数；each 和 more 要一起写", (*path, number))
        return found

    def leaves(self) -> Row:
        """The file that lists the leaves of every place."""
        if not isinstance(self.loaded.data, dict):
            self.fault("law-form", "这里应当是下一级内容（键: 值）", ())
        return {key: self._leave(one, (key,)) for key, one in self._items(self.loaded.data, ())}

    def _leave(self, data: object, path: Path) -> Row:
        """How one leave is counted."""
        found = self._mapping(data, path, LEAVE)
        numbers = found.get("children", [1, 1])
        if [type(number) for number in numbers] != [int, int] or not 1 <= numbers[0] <= numbers[1]:
            hint = "写第一个和最后一个，例如 [2, 3]"
            self.fault("law-form", "“children”应当是两个数", (*path, "children"), hint)
        return found

    def _dated(self, dated: Mapping[Any, Any], path: Path, entry: Mapping[str, Any]) -> list[Row]:
        days = self._days(dated, path)
        rows: list[Row] = []
        for number, day in enumerate(days):
            here = (*path, day.isoformat())
            data = dated[day]
            following = days[number + 1] if number + 1 < len(days) else None
            if data is None:
                if number == 0 or dated[days[number - 1]] is None:
                    self.fault("law-dates", "null 只用来结束前一日起施行的内容", here, key=True)
            elif isinstance(data, dict) and "displaced_by" in data:
                rows.append(self._frame(day, following) | self._mapping(data, here, DISPLACED))
            else:
                rows.append(self._row(data, here, day, following, entry))
        return rows

    def _days(self, dated: Mapping[Any, Any], path: Path) -> list[datetime.date]:
        days: list[datetime.date] = []
        for day in dated:
            if type(day) is not datetime.date:
                self.fault("law-dates", f"“{day}”应当是日期（例如 2023-01-01）", (*path, day), key=True)
                continue
            if days and day <= days[-1]:
                self.fault(
                    "law-dates",
                    f"{day} 应当排在 {days[-1]} 之前",
                    (*path, day.isoformat()),
                    "按日期先后排列",
                    key=True,
                )
            days.append(day)
        if not dated:
            self.fault("law-dates", "至少要写一个施行日", path)
        return sorted(days)

    @staticmethod
    def _frame(day: datetime.date, following: datetime.date | None) -> Row:
        return {"since": day.isoformat(), **({"until": following.isoformat()} if following else {})}

    def _row(
        self,
        data: object,
        path: Path,
        day: datetime.date,
        following: datetime.date | None,
        entry: Mapping[str, Any],
    ) -> Row:
        is_value = "unit" in entry or "bound" in entry
        found = self._mapping(data, path, VALUE_ROW if is_value else ROW)
        self._place(found, path, isinstance(data, dict) and "article" in data)
        self._in_time(found, path, day, following)
        base = found.get("pay_base")
        if base and base not in self.names.pay_bases:
            self.fault(
                "law-choice",
                f"“pay_base”不能是 {base}",
                (*path, "pay_base"),
                nearest(base, self.names.pay_bases),
            )
        if is_value:
            self._value(found, path, entry)
        days = (found.get("checked"), entry.get("checked"), self.loaded.data.get("checked"))
        if found.get("state") == State.VERIFIED and not any(days):
            message = "已核对（verified）的条目要有核对日 checked"
            self.fault("law-missing-field", message, path, "写在文件开头，或者写在这一条", key=True)
        return self._frame(day, following) | {name: _text(value) for name, value in found.items()}

    def _place(self, row: Mapping[str, Any], path: Path, has_article: bool) -> None:
        article, item, paragraph = row.get("article"), row.get("item"), row.get("paragraph")
        if article and not ARTICLE.fullmatch(article):
            self.fault(
                "law-form",
                f"条号 {article} 读不懂",
                (*path, "article"),
                '写阿拉伯数字，例如 "48"；附录写“附录第一条”',
            )
        if item and not DIGITS.fullmatch(item):
            self.fault("law-form", f"项号 {item} 读不懂", (*path, "item"), '写阿拉伯数字，例如 "4"')
        if paragraph is not None and not 1 <= paragraph <= 99:
            self.fault("law-form", f"没有第 {paragraph} 款", (*path, "paragraph"))
        if not has_article and (item or paragraph):
            self.fault("law-missing-field", "写了款、项，缺少条号 article", path)
        if row.get("state") == State.VERIFIED and not has_article:
            self.fault("law-missing-field", "已核对（verified）的内容要写条号 article", path)

    def _in_time(
        self, row: Mapping[str, Any], path: Path, day: datetime.date, following: datetime.date | None
    ) -> None:
        slug = row.get("instrument")
        if not slug:
            return
        if slug not in self.known:
            self.fault("law-instrument", f"没有文件 {slug}", (*path, "instrument"), nearest(slug, self.known))
            return
        one = self.known[slug] if isinstance(self.known[slug], dict) else {}
        begin, end = one.get("in_force"), one.get("until")
        if isinstance(begin, datetime.date) and day < begin:
            self.fault("law-dates", f"{day} 时，{slug} 尚未施行（{begin} 起施行）", path, key=True)
        if isinstance(end, datetime.date) and (following is None or following > end):
            hint = f"补写 {end} 起的规定，或者写 {end}: null"
            self.fault("law-dates", f"{slug} 到 {end} 已失效，这一条却没有结束", path, hint, key=True)

    def _value(self, row: dict[str, Any], path: Path, entry: Mapping[str, Any]) -> None:
        if row.get("state") == State.UNKNOWN:
            if "value" in row:
                self.fault("law-value", "内容不明（unknown）的条目不写数值", (*path, "value"))
            return
        if "value" not in row:
            self.fault("law-missing-field", "缺少“value”", path)
            return
        value = exact(row["value"])
        if value is None:
            hint = '写整数、小数，或者带引号的分数，例如 "1/3"'
            self.fault("law-value", f"数值 {row['value']} 读不懂", (*path, "value"), hint)
            return
        unit = self.names.units.get(entry.get("unit", ""))
        if value <= 0 or (unit and unit.share and value > 1):
            self.fault("law-value", f"数值 {value} 不可能", (*path, "value"))
        if row.get("strict") and entry.get("bound") not in ("minimum", "maximum"):
            self.fault("law-value", "strict 只用于下限（minimum）和上限（maximum）", (*path, "strict"))
        row["value"] = value if isinstance(value, int) else f"{value.numerator}/{value.denominator}"


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value
