"""A word means one thing: no term is defined twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule
from contractgen.checks.texts import about
from contractgen.findings import Finding, Severity
from contractgen.wording import Line, Phrases

MARKS = '“”"‘’《》〈〉 \t\u3000'
BEFORE = re.compile(r"^(?:本合同|本章|本附件|本条|本款|前款|上述)?(?:中)?(?:所称的?|中的|的)?")
PAUSE = re.compile(r"[。；：！？，\n]")
TYPED = re.compile(r"^[（(]?[一二三四五六七八九十0-9]+[)）、.．]")
LONGEST = 20


def find(texts: Iterable[Line], phrases: Phrases) -> Iterator[Finding]:
    """A warning for each definition of a term that was defined before, and where that was."""
    first: dict[str, Line] = {}
    for line in texts:
        for term in dict.fromkeys(_defined(line.text, phrases)):
            before = first.setdefault(term, line)
            if before is not line:
                where = before.place or before.name
                message = f"再次说明“{term}”的含义，{where}已经说明过"
                hint = "只保留一处；含义不同的，换一个词"
                yield about(RULE.id, line, message, severity=Severity.WARNING, hint=hint)


def _defined(text: str, phrases: Phrases) -> Iterator[str]:
    """The terms whose meaning a text says: 本合同所称“夜班”，是指…"""
    for verb in phrases.defines.finditer(text):
        before = PAUSE.split(text[: verb.start()].rstrip("，"))[-1]
        term = BEFORE.sub("", TYPED.sub("", before.strip())).strip(MARKS)
        if 0 < len(term) <= LONGEST:
            yield term


def run(agreement: Agreement) -> Iterator[Finding]:
    """The same over every text of the agreement."""
    yield from find(agreement.lines, agreement.phrases)


RULE = Rule(
    "double-definition",
    "text",
    Severity.WARNING,
    "同一用语只定义一次",
    "同一个词两处写“是指”，履行时各按各的理解。只保留一处，含义不同的换一个词。",
    run,
)
