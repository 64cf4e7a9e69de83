"""When a renewal may be proposed: the time before the end of the term that the law of the place names."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from contractgen.findings import Finding, Location, Severity
from contractgen.law import LawView, Norm, Unknown, deadline, unit_label
from contractgen.record import Signed
from contractgen.renewal.words import words


@dataclass(frozen=True, slots=True)
class Window:
    """The time in which either side may propose a renewal.

    Attributes:
        norm: the rule; None where the law files have none.
        opens: its first day; why it is not known, where the calendar does not reach so far.
        end: the last day of the contract, where known.
    """

    norm: Norm | None
    opens: datetime.date | Unknown | None
    end: datetime.date | None

    def __str__(self) -> str:
        told = words()["window"]
        if self.norm is None or self.norm.value is None:
            return str(told["none"])
        if self.end is None:
            return str(told["unknown_end"])
        filled = {"length": unit_label(self.norm.value, self.norm.unit), "source": self.norm.cited}
        if isinstance(self.opens, datetime.date):
            return str(told["known"]).format(**filled, opens=self.opens, end=self.end)
        reason = self.opens.reason if isinstance(self.opens, Unknown) else ""
        return str(told["unknown_day"]).format(**filled, reason=reason)

    def findings(self, on: datetime.date) -> Iterator[Finding]:
        """That the contract has ended, or ends before the successor is signed."""
        if self.end is not None and on > self.end:
            yield Finding(
                "contract-ended",
                Severity.WARNING,
                f"上一份合同已在{self.end}期满，到{on}没有衔接",
                Location(place="上一份合同的期满日期"),
                hint="期满以后是重新签订；双方书面约定这段时间的待遇照旧",
            )


def window_of(signed: Signed, view: LawView) -> Window:
    """The window of a contract under the law of a place and day."""
    norm, end = view.get("renewal_window"), signed.end
    known = norm is not None and norm.value is not None and end is not None
    return Window(norm, deadline(norm, end, view.calendar) if known and norm and end else None, end)
