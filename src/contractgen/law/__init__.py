"""Law: which numbers and duties the law of a place sets on a day, each with its article and how surely it is known.

``load_law().at("shanghai", day)["maternity_leave"]`` is a ``Norm``. Places are files, see clauses/law/; no number,
day or sentence of law stands in this code.
"""

from contractgen.law.calendar import Calendar, Unknown
from contractgen.law.clock import deadline, full_months, is_late, last_of, months_later, shifted
from contractgen.law.loading import load_law
from contractgen.law.lookup import Law, LawView
from contractgen.law.model import Citation, Content, Instrument, Norm, State
from contractgen.law.units import (
    bound_label,
    describe,
    event_title,
    is_share,
    limit_label,
    most_of,
    number_label,
    unit_label,
)

__all__ = [
    "Calendar",
    "Citation",
    "Content",
    "Instrument",
    "Law",
    "LawView",
    "Norm",
    "State",
    "Unknown",
    "bound_label",
    "deadline",
    "describe",
    "event_title",
    "full_months",
    "is_late",
    "is_share",
    "last_of",
    "limit_label",
    "load_law",
    "months_later",
    "most_of",
    "number_label",
    "shifted",
    "unit_label",
]
