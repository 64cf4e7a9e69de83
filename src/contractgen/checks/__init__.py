"""Checks: one rule per file, in the order in which the labor authority reads (subject, procedure, content, text)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contractgen.agreement import Agreement
from contractgen.checks import (
    adoption_notice,
    agreed_number,
    agreement_form,
    amendment,
    blank_in_text,
    both_sides,
    chief_representative,
    congress_deputies,
    congress_kind,
    congress_majority,
    congress_quorum,
    congress_vote,
    copies,
    dangling_reference,
    district,
    double_definition,
    draft_signed_first,
    draft_to_congress,
    elected_representatives,
    events_order,
    filing_jurisdiction,
    future_day,
    law_age,
    law_later_text,
    legal_minimum,
    main_contract,
    mandatory_content,
    meeting_notice,
    merger,
    minutes_signed,
    numbering,
    objection,
    ordinary_procedure,
    outdated_citation,
    outside_representatives,
    own_number,
    papers_ahead,
    party_names,
    place_texts,
    planned_day,
    previous_agreement,
    procedure_evidence,
    publication_in_time,
    renewal_window,
    reply_in_time,
    reported_law,
    representatives_balance,
    representatives_named,
    representatives_number,
    resolution_names,
    review_period,
    secret_ballot,
    signed_after_vote,
    start_day,
    statutory_clause,
    submission_in_time,
    term_length,
    traditional_characters,
    union_report,
    unknown_law,
    vague_wording,
    void_wording,
    woman_representative,
    women_committee,
    written_authority,
)
from contractgen.checks.rule import GROUPS, Rule
from contractgen.findings import Finding, Severity, did_you_mean

RULES: tuple[Rule, ...] = tuple(
    module.RULE
    for module in (
        district,
        representatives_number,
        representatives_balance,
        outside_representatives,
        both_sides,
        woman_representative,
        women_committee,
        chief_representative,
        written_authority,
        elected_representatives,
        reply_in_time,
        representatives_named,
        ordinary_procedure,
        meeting_notice,
        minutes_signed,
        draft_signed_first,
        draft_to_congress,
        papers_ahead,
        congress_kind,
        congress_deputies,
        congress_quorum,
        congress_majority,
        secret_ballot,
        congress_vote,
        resolution_names,
        signed_after_vote,
        union_report,
        adoption_notice,
        copies,
        filing_jurisdiction,
        submission_in_time,
        objection,
        review_period,
        publication_in_time,
        previous_agreement,
        renewal_window,
        amendment,
        merger,
        procedure_evidence,
        events_order,
        future_day,
        planned_day,
        place_texts,
        agreement_form,
        main_contract,
        law_age,
        law_later_text,
        unknown_law,
        reported_law,
        legal_minimum,
        agreed_number,
        own_number,
        term_length,
        start_day,
        statutory_clause,
        mandatory_content,
        void_wording,
        outdated_citation,
        numbering,
        dangling_reference,
        blank_in_text,
        party_names,
        traditional_characters,
        vague_wording,
        double_definition,
    )
)


def catalogue() -> tuple[Rule, ...]:
    """Every rule, in the order in which they are run."""
    return RULES


def check_agreement(agreement: Agreement) -> tuple[Finding, ...]:
    """Findings of every rule; those that the parties accepted become advice that names who, why and until when."""
    return (*(_accepted(agreement, finding) for finding in _run(agreement)), *_unknown_rules(agreement))


def _run(agreement: Agreement) -> Iterator[Finding]:
    for rule in RULES:
        yield from rule.run(agreement)


def _unknown_rules(agreement: Agreement) -> Iterator[Finding]:
    """Acceptances that accept nothing, because there is no such rule."""
    known = [rule.id for rule in RULES]
    for position, one in enumerate(agreement.profile.accepted):
        if one.rule not in known:
            yield Finding(
                "unknown-rule",
                Severity.WARNING,
                f"没有编号为 {one.rule} 的检查规则",
                hint=did_you_mean(one.rule, known, "用 contractgen check --list 查看全部规则"),
                path=f"accepted.{position}.rule",
            )


def _accepted(agreement: Agreement, finding: Finding) -> Finding:
    """A warning that the parties answer for becomes advice; what breaks the law stays an error whoever accepts it."""
    ones = [
        one
        for one in agreement.profile.accepted
        if one.rule == finding.rule and _is_there(one.where, finding)
    ]
    if not ones:
        return finding
    one = max(ones, key=lambda accepted: accepted.until)
    if agreement.on > one.until:
        return replace(finding, accepted=f"（{one.by}的接受已于{one.until}到期）")
    if finding.severity is Severity.ERROR:
        return replace(finding, hint=f"{finding.hint}（错误只能改正，不能以“接受”代替）")
    accepted = f"（已由{one.by}接受，理由：{one.reason}，至{one.until}）"
    return replace(finding, severity=Severity.ADVICE, accepted=accepted)


def _is_there(where: str | None, finding: Finding) -> bool:
    """Whether a finding is about a place: a profile path or what stands below it, an article, or a law's title."""
    return (
        where is None
        or f"{finding.path}.".startswith(f"{where}.")
        or finding.location.place.startswith(where)
        or where in finding.source
    )


__all__ = ["GROUPS", "RULES", "Rule", "catalogue", "check_agreement"]
