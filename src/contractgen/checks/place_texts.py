"""The clause texts were read against the law of the place: a place is more than its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """An error for a place whose law file does not say that somebody read the texts against it."""
    if agreement.view.law.texts_reviewed(agreement.place) is None:
        yield finding(
            RULE.id,
            f"条款文字还没有对照{agreement.view.title}的规定逐条核对，本稿只能用来学习和讨论",
            path="agreement.place",
            hint="请审核人逐条核对后，在该地的法律文件中写明 texts_reviewed: 年-月-日",
        )


RULE = Rule(
    "place-texts",
    "content",
    Severity.ERROR,
    "条款文字已按当地规定核对",
    "每地的数值可以只靠一个法律文件更换，文字却可能有当地特有的写法。没有逐条核对过的地方，不能做成定稿。",
    run,
)
