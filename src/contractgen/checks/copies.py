"""There are enough copies: one for each side, those that are filed, one for the union above where the place asks."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity
from contractgen.law import unit_label


def run(agreement: Agreement) -> Iterator[Finding]:
    """A warning where fewer copies are agreed than are handed out."""
    copies, view = agreement.profile.agreement.copies, agreement.view
    norm, upper = view.get("filing_copies"), view.get("report_contract_to_upper_union")
    if agreement.form != "standalone":
        return  # the general contract says how many copies there are
    if copies is None or norm is None or norm.value is None:
        return
    handing_in = upper is not None and agreement.profile.union.exists is not False
    needed = int(norm.value) + len(agreement.parties) + handing_in
    if copies < needed:
        more = "、报上一级工会一份" if handing_in else ""
        yield finding(
            RULE.id,
            f"合同一式{copies}份，不够用：报送{unit_label(norm.value, norm.unit)}、双方各执一份{more}，至少{needed}份",
            path="agreement.copies",
            norm=norm,
            hint=f"改为至少{needed}份，另加自己存档的份数",
            severity=Severity.WARNING,
        )


RULE = Rule(
    "copies",
    "procedure",
    Severity.WARNING,
    "合同份数",
    "合同份数要够报送人力资源社会保障部门、双方各执一份，当地规定报上一级工会的，再加一份。",
    run,
)
