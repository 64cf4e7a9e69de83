"""No text gives up what the law does not let anybody give up, or makes it depend on what the law does not ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, source_of
from contractgen.checks.texts import about
from contractgen.checks.traditional_characters import traditional
from contractgen.findings import Finding, Severity
from contractgen.law import LawView
from contractgen.wording import Line, Phrases, with_exceptions

GAP = re.compile(r"(?<=[\u4e00-\u9fff])[ \t\u3000]+(?=[\u4e00-\u9fff])")


def find(texts: Iterable[Line], view: LawView, phrases: Phrases) -> Iterator[Finding]:
    """An error for each sentence with a void phrase, under the law of a place and day, in either script and however spaced."""
    forms = str.maketrans(dict(traditional(phrases.also_simplified, phrases.also_traditional)))
    for written in texts:
        line = replace(written, text=with_exceptions(GAP.sub("", written.text.translate(forms))))
        if not phrases.void_at_all.search(line.text):
            continue
        for phrase in phrases.void:
            for hit in phrase.hits(line, phrases.negation):
                norms = [norm for key in phrase.broken(hit.sentence) if (norm := view.get(key)) is not None]
                if not norms:
                    continue
                message = f"写有“{hit.words}”：{phrase.why}"
                source = "；".join(source_of(norm) for norm in norms)
                yield about(
                    RULE.id, line, message, severity=Severity.ERROR, source=source, hint=phrase.remedy
                )


def run(agreement: Agreement) -> Iterator[Finding]:
    """The same over every text of the agreement."""
    yield from find(agreement.lines, agreement.view, agreement.phrases)


RULE = Rule(
    "void-wording",
    "content",
    Severity.ERROR,
    "没有无效的约定",
    "放弃法定假期和待遇、以结婚或者生育登记为条件、限制生育、以本人同意为由在法律禁止的孕期和哺乳期安排夜班、限制产前检查次数、以年休假抵产假、用合同代替本人同意等约定无效，有一处也不能做成定稿。写明“不得要求放弃”的，不在此列。",
    run,
)
