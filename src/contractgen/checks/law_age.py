"""The law that an agreement rests on was compared with the official texts not too long before it is signed."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, used_norms
from contractgen.findings import Finding, Severity
from contractgen.law.status import freshness


def run(agreement: Agreement) -> Iterator[Finding]:
    """A warning for each place over its budget on the law day, advice for each place past half of it."""
    yield from (one for one in freshness(used_norms(agreement), agreement.on) if one.rule == RULE.id)


RULE = Rule(
    "law-age",
    "content",
    Severity.WARNING,
    "法律数据没有过期",
    "合同用到的每一项法律数据，从最后一次与官方文本核对到签订日，不得超过该项数据的限期。超过的，不能做成定稿，除非有人对此负责并写入 accepted。",
    run,
    stops_final=True,
)
