"""Typed numbers run on without a gap, and nobody types the number of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule
from contractgen.checks.texts import about
from contractgen.document.numerals import CHINESE
from contractgen.findings import Finding, Severity
from contractgen.law.numerals import ordinal
from contractgen.wording import Line

NUMBER = rf"[{CHINESE}0-9]{{1,3}}"
ARTICLE = re.compile(rf"\s*(第{NUMBER}条)[\s:：]\s*\S")
STYLES = {
    "（{}）": re.compile(rf"(?:^|(?<=[：；。:;\n]))\s*[（(]({NUMBER})[)）]"),
    "{}、": re.compile(rf"(?:^|(?<=[\n]))\s*({NUMBER})[、.．](?![0-9])"),
}


def find(texts: Iterable[Line]) -> Iterator[Finding]:
    """A warning for each typed number that does not follow the one before it in the same text."""
    last: dict[tuple[str, str], int] = {}
    for line in texts:
        if typed := ARTICLE.match(line.text):
            message = f"开头写了“{typed[1]}”，条号由程序编排，会与印出的条号重复"
            yield about(RULE.id, line, message, severity=Severity.WARNING, hint="删去条号，只写内容")
        for style, pattern in STYLES.items():
            for match in pattern.finditer(line.text):
                number, before = ordinal(match[1]) or 0, last.get((line.subject, style), 0)
                if number not in (1, before + 1):
                    message = f"序号“{style.format(match[1])}”没有接上前面的序号"
                    hint = "补上缺少的一项，或者改正序号"
                    yield about(RULE.id, line, message, severity=Severity.WARNING, hint=hint)
                last[line.subject, style] = number


def run(agreement: Agreement) -> Iterator[Finding]:
    """The same over every text of the agreement; numbers that the program sets have no gaps."""
    yield from find(agreement.lines)


RULE = Rule(
    "numbering",
    "text",
    Severity.WARNING,
    "序号连续",
    "自己写的（一）（二）（三）、1、2、3 应当从一开始、逐个相连，跳号往往是漏了一项。条号由程序编排，不要自己写。",
    run,
)
