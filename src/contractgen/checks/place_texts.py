"""The clause texts were read against the law of each place of work: a place is more than its numbers."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """An error for each place of work whose law file does not say that somebody read the texts against it."""
    for one in agreement.workplaces:
        if one.view.law.texts_reviewed(one.view.place) is None:
            yield finding(
                RULE.id,
                f"条款文字还没有对照{one.view.title}的规定逐条核对，本稿只能用来学习和讨论",
                path=one.path,
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
