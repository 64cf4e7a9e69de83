"""The resolution on the general contract names the annex or chapter that was voted on with it."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, votes
from contractgen.findings import Finding, Severity

CALLED = {"chapter": "专章", "annex": "附件"}


def run(agreement: Agreement) -> Iterator[Finding]:
    """A warning where the resolution does not name it; advice for an annex of which that is not told."""
    if agreement.form not in CALLED:
        return
    called = CALLED[agreement.form]
    for vote in votes(agreement):
        named = vote.congress.resolution_names
        if vote.congress.day is None or named or (named is None and agreement.form != "annex"):
            continue
        said = "没有写明" if named is False else "有没有写明，还没有填写："
        yield finding(
            RULE.id,
            f"{vote.word}主合同的表决决议{said}{called}“{agreement.title}”",
            path=f"{vote.path}.resolution_names",
            hint=f"{called}随主合同表决，决议中写明它的名称；决议没有写的，请会议主席团补正",
            severity=Severity.ADVICE if named is None else Severity.WARNING,
        )


RULE = Rule(
    "resolution-names",
    "procedure",
    Severity.WARNING,
    "决议写明专章、附件",
    "专章和附件随主合同一起表决，不单列一项；决议要写明它的名称，免得日后争议有没有通过。",
    run,
)
