"""What the rules that read texts have in common; each has a ``find`` that reads any lines, ours or somebody else's."""

from __future__ import annotations

from contractgen.findings import Finding, Location, Severity
from contractgen.wording import Line


def about(
    rule: str, line: Line, message: str, *, severity: Severity, source: str = "", hint: str = ""
) -> Finding:
    """A finding about a line: it begins with what the reader calls the text."""
    return Finding(
        rule, severity, f"{line.name}{message}", Location(place=line.place), source, hint, line.path
    )
