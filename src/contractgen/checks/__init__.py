"""Checks: one rule per file, in the order in which the labor authority reads (subject, procedure, content, text)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contractgen.agreement import Agreement
from contractgen.checks import (
    chief_representative,
    congress_kind,
    congress_majority,
    congress_quorum,
    district,
    draft_signed_first,
    legal_minimum,
    outside_representatives,
    own_text,
    papers_ahead,
    reply_in_time,
    representatives_balance,
    representatives_number,
    secret_ballot,
    start_day,
    statutory_clause,
    term_length,
    woman_representative,
)
from contractgen.checks.rule import GROUPS, Rule
from contractgen.findings import Finding, Severity

RULES: tuple[Rule, ...] = tuple(
    module.RULE
    for module in (
        district,
        representatives_number,
        representatives_balance,
        outside_representatives,
        woman_representative,
        chief_representative,
        reply_in_time,
        draft_signed_first,
        papers_ahead,
        congress_kind,
        congress_quorum,
        congress_majority,
        secret_ballot,
        legal_minimum,
        term_length,
        start_day,
        statutory_clause,
        own_text,
    )
)


def catalogue() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are run."""
    return RULES


def check_agreement(agreement: Agreement) -> tuple[Finding, ...]:
    """Findings of every rule; those that the parties accepted become advice that names who, why and until when."""
    return tuple(_accepted(agreement, finding) for finding in _run(agreement))


def _run(agreement: Agreement) -> Iterator[Finding]:
    for rule in RULES:
        yield from rule.run(agreement)


def _accepted(agreement: Agreement, finding: Finding) -> Finding:
    for one in agreement.profile.accepted or ():
        if one.rule == finding.rule and agreement.on <= one.until:
            message = f"{finding.message}（已由{one.by}接受，理由：{one.reason}，至{one.until}）"
            return replace(finding, severity=Severity.ADVICE, message=message)
    return finding


__all__ = ["GROUPS", "RULES", "Rule", "catalogue", "check_agreement"]
