"""A duty says who does what by when: no word of it leaves that open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule
from contractgen.checks.texts import about
from contractgen.findings import Finding, Severity
from contractgen.wording import Line, Phrases


def find(texts: Iterable[Line], phrases: Phrases) -> Iterator[Finding]:
    """A warning for each vague word of a line that stands in a sentence with a duty."""
    for line in texts:
        for word in phrases.vague_in(line.text):
            message = f"写有“{word}”，义务不明确"
            yield about(RULE.id, line, message, severity=Severity.WARNING, hint=phrases.vague_remedy)


def run(agreement: Agreement) -> Iterator[Finding]:
    """The same over every text of the agreement."""
    yield from find(agreement.lines, agreement.phrases)


RULE = Rule(
    "vague-wording",
    "text",
    Severity.WARNING,
    "义务写得明确",
    "“原则上”“视情况”“尽量”“酌情”“适当”一类的词写在义务里，义务就无法检查、无法追究。改为写明谁、在什么情形下、在几日内做什么。",
    run,
)
