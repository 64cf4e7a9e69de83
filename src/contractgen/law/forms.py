"""The forms of a law file: which fields each of its mappings has, of which type, and what may stand in them.

``law.reading`` holds a file against them.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from contractgen.law.model import State
from contractgen.law.units import Names

SECTIONS = {"values": "value", "duties": "duty", "procedures": "procedure"}
BOUNDS = ("minimum", "maximum", "exact", "advice")
FORCES = ("duty", "encouraged")
STATES = tuple(State)
CONFIDENCES = ("high", "medium", "low")
DEMANDS = ("content", "duty", "usual")
DAY_BASES = ("text", "secondary", "inferred")
KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
ARTICLE = re.compile(r"[1-9][0-9]{0,3}|附录(第[一二三四五六七八九十百]+条)?")
DIGITS = re.compile(r"[1-9][0-9]{0,2}")
LONGEST_BUDGET = 120  # months
LEAVE_FIELDS = ("of", "who", "runs")  # without which a leave cannot be counted
LEAVE_KEYS = (
    "couple",
    "early",
    "until",
    "more",
    "from",
    "below",
    "extended_by",
    "natural_by",
    "per_child",
    "year_by",
)
TYPES: dict[type, str] = {
    str: "文字",
    int: "整数",
    bool: "true 或者 false",
    dict: "下一级内容",
    datetime.date: "日期（例如 2023-01-01）",
}


@dataclass(frozen=True)
class Form:
    """The fields of one kind of mapping: name to type, those that must be there, and closed lists."""

    fields: Mapping[str, type]
    required: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


FILE = Form(
    {
        "place": str,
        "title": str,
        "within": str,
        "checked": datetime.date,
        "texts_reviewed": datetime.date,
        "districts": list,
        "instruments": dict,
        "contents": list,
    }
    | dict.fromkeys(SECTIONS, dict),
    ("place", "title", "instruments"),
)
INSTRUMENT = Form(
    {
        "title": str,
        "edition": str,
        "number": str,
        "in_force": datetime.date,
        "until": datetime.date,
        "successor": str,
        "concordance": dict,
        "articles": int,
        "day_basis": str,
        "stale": bool,
        "described": bool,
        "note": str,
    },
    ("title", "in_force"),
    {"day_basis": DAY_BASES},
)
ROW = Form(
    {
        "instrument": str,
        "article": str,
        "paragraph": int,
        "item": str,
        "state": str,
        "confidence": str,
        "day_basis": str,
        "stale": bool,
        "events_from": datetime.date,
        "events_state": str,
        "yields": bool,
        "pay_base": str,
        "checked": datetime.date,
        "note": str,
    },
    ("instrument", "state"),
    {"state": STATES, "events_state": STATES, "confidence": CONFIDENCES, "day_basis": DAY_BASES},
)
VALUE_ROW = Form({**ROW.fields, "value": object, "strict": bool}, ROW.required, ROW.choices)
CONTENT = Form(
    {"title": str, "law": str, "through": list, "demand": str, "from": datetime.date},
    ("law", "demand"),
    {"demand": DEMANDS},
)
DISPLACED = Form({"displaced_by": str}, ("displaced_by",))
STEP = Form(dict.fromkeys(("staff", "least", "beyond", "each", "more"), int), ("staff", "least"))
LEAVE = Form(
    dict.fromkeys((*LEAVE_FIELDS, "when", *LEAVE_KEYS), str) | {"children": list},
    choices={
        "of": ("birth", "miscarriage"),
        "who": ("mother", "father", "each_parent"),
        "runs": ("joined", "from_birth", "after", "yearly", "until"),
        "when": ("difficult", "multiple"),
    },
)


def entry_form(section: str, names: Names) -> Form:
    """The form of an entry of one of the three sections."""
    fields: dict[str, type] = {
        "title": str,
        "note": str,
        "pay_base": str,
        "starts": str,
        "before": str,
        "checked": datetime.date,
        "budget": int,
        "dated": dict,
    }
    events = tuple(names.events)
    choices: dict[str, tuple[str, ...]] = {
        "pay_base": tuple(names.pay_bases),
        "starts": events,
        "before": events,
    }
    if section == "values":
        fields |= {"unit": str, "bound": str, "leave": dict, "together_with": str, "steps": list}
        return Form(
            fields,
            ("title", "unit", "bound", "dated"),
            {**choices, "unit": tuple(names.units), "bound": BOUNDS},
        )
    return Form({**fields, "force": str}, ("title", "dated"), {**choices, "force": FORCES})
