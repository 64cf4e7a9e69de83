"""A duty says who does what by when: no word of it leaves that open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule
from contractgen.checks.texts import about
from contractgen.findings import Finding, Severity
from contractgen.wording import SENTENCE, Line, Phrases


def find(texts: Iterable[Line], phrases: Phrases) -> Iterator[Finding]:
    """A warning for each vague word of a line that stands in a sentence with a duty."""
    for line in texts:
        if not phrases.vague_at_all.search(line.text):
            continue
        for word in dict.fromkeys(_words(line.text, phrases)):
            message = f"写有“{word}”，义务不明确"
            yield about(RULE.id, line, message, severity=Severity.WARNING, hint=phrases.vague_remedy)


def _words(text: str, phrases: Phrases) -> Iterator[str]:
    for sentence in SENTENCE.findall(text):
        for vague in phrases.vague:
            found = next((word for word in vague.words if word in sentence), None)
            if found and any(word in sentence.replace(found, "") for word in vague.duty):
                yield found


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
