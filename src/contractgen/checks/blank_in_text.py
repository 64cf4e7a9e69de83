"""Nothing is left open in a text of the parties' own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule
from contractgen.checks.texts import about
from contractgen.findings import Finding, Severity
from contractgen.wording import Line, Phrases

BLANKS = str.maketrans("", "", " \t\u3000")


def find(texts: Iterable[Line], phrases: Phrases) -> Iterator[Finding]:
    """A warning for each line with something still to be filled in."""
    for line in texts:
        found = _blanks(line.text, phrases)
        if found:
            message = f"还有没填的内容（{'、'.join(f'“{one.strip()}”' for one in found)}）"
            yield about(RULE.id, line, message, severity=Severity.WARNING, hint="填写完整，或者删去这句话")


def _blanks(text: str, phrases: Phrases) -> tuple[str, ...]:
    """Every mark of something left open; （  ） counts as （）, but a mark that has blanks must have them."""
    tight = text.translate(BLANKS)
    marks = [mark for mark in phrases.blanks if mark in (tight if mark == mark.translate(BLANKS) else text)]
    return tuple(
        one for one in dict.fromkeys(marks) if not any(one != other and one in other for other in marks)
    )


def run(agreement: Agreement) -> Iterator[Finding]:
    """The same over the parties' own texts; blanks of the book are open points already."""
    yield from find((line for line in agreement.lines if line.path), agreement.phrases)


RULE = Rule(
    "blank-in-text",
    "text",
    Severity.WARNING,
    "自拟条款没有留空",
    "自拟条款里的下划线、空括号、“待填”、××等，草案中提示，定稿前必须填好。",
    run,
    stops_final=True,
)
