"""No law that an agreement rests on is known to have a later text that nobody has compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, used_norms
from contractgen.findings import Finding, Severity
from contractgen.law.status import freshness


def run(agreement: Agreement) -> Iterator[Finding]:
    """A warning for each instrument with a later text that was not compared; advice where no number rests on it."""
    norms = [norm for norm in used_norms(agreement) if norm.verified]
    numbers = {norm.source.title for norm in norms if norm.kind == "value"}
    for one in freshness(norms, agreement.on):
        if one.rule == RULE.id:
            yield one if one.source in numbers else replace(one, severity=Severity.ADVICE)


RULE = Rule(
    "law-later-text",
    "content",
    Severity.WARNING,
    "没有尚未核对的更新文本",
    "合同用到的法律数据，如果所依的文本已有或者据信已有更新的文本而尚未核对，逐件列出，签订前应当查到现行文本；有数值以它为底线的是警告，没有人对此负责并写入 accepted 的，不能做成定稿。只据公开报道的，另有提示。",
    run,
    of_law=True,
    stops_final=True,
)
