"""A renewal joins the agreement before it; an amendment amends one that still holds."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """Findings for an untold previous agreement, overlapping or parted terms, and one that has ended."""
    facts = agreement.profile.agreement
    if facts.occasion not in ("renewal", "amendment"):
        return
    if facts.previous.signing_day is None or facts.previous.end is None:
        yield finding(
            RULE.id,
            "续订或者变更，没有写全上一份合同的签订日期和期满日期",
            path="agreement.previous",
            hint="按上一份合同，在 agreement 的 previous 下写 signing_day 和 end",
            severity=Severity.WARNING,
        )
    yield from _joined(agreement) if facts.occasion == "renewal" else _still_holds(agreement)


def _joined(agreement: Agreement) -> Iterator[Finding]:
    facts = agreement.profile.agreement
    start, ended = facts.start, facts.previous.end
    if start is None or ended is None:
        return
    between = (start - ended).days - 1
    if between < 0:
        yield finding(
            RULE.id,
            f"新合同期限自{start}起，上一份合同到{ended}才期满，两份的期限重叠",
            path="agreement.start",
            hint="新合同自上一份期满的次日起算；要提前替换的，写明上一份自新合同生效之日起终止",
            severity=Severity.WARNING,
        )
    elif between > 0:
        yield finding(
            RULE.id,
            f"上一份合同{ended}期满，新合同期限自{start}起，中间{between}日没有合同",
            path="agreement.start",
            hint="尽量自期满的次日起算；做不到的，双方书面约定这段时间的待遇照旧",
            severity=Severity.ADVICE,
        )


def _still_holds(agreement: Agreement) -> Iterator[Finding]:
    facts = agreement.profile.agreement
    signing, ended = facts.signing_day, facts.previous.end
    if signing is not None and ended is not None and signing > ended:
        yield finding(
            RULE.id,
            f"上一份合同已在{ended}期满，{signing}不能再变更",
            path="agreement.occasion",
            norm=agreement.view.get("termination_events"),
            hint="改为续订或者重新签订（renewal）；日期写错的请更正",
        )


RULE = Rule(
    "previous-agreement",
    "procedure",
    Severity.ERROR,
    "与上一份合同的衔接",
    "续订的，新旧期限应当前后衔接，不重叠、不中断；变更的，被变更的合同应当还在期限以内。",
    run,
)
