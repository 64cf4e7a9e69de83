"""What stays open in an agreement once it is filled in."""

from __future__ import annotations

from typing import Any

from contractgen.agreement.fill import Filler
from contractgen.findings import Finding, Location, Severity
from contractgen.profile import where_to_fill


def open_points(filler: Filler) -> list[Finding]:
    """What the texts named and the profile lacks, and proposals that nobody has confirmed."""
    points = []
    for path, (title, places) in filler.missing.items():
        shown = "，".join(places)
        points.append(
            Finding(
                "blank",
                Severity.WARNING,
                f"“{title}”还没有填写",
                Location(place=shown),
                hint=where_to_fill(path),
                path=path,
            )
        )
    for name, place in filler.used.items():
        value = filler.values[name]
        if value.origin == "proposal":
            points.append(
                Finding(
                    "proposal",
                    Severity.WARNING,
                    f"“{value.title}”{value.text}是建议值，待双方确认",
                    Location(place=place),
                    hint=f"双方商定后在企业情况表中写 {value.path}: {_plain_number(value.number)}",
                    path=value.path,
                )
            )
    return points


def _plain_number(number: Any) -> str:
    return str(number) if isinstance(number, int) else str(float(number))
