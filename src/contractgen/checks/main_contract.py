"""A chapter or an annex has its place in the general contract, and the term of that contract."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity
from contractgen.profile import field_title

FACTS = "agreement.main_contract"
NEEDED = {  # what the text does not print as a blank, and yet cannot be right without
    "chapter": ("title", "chapter", "first_article", "first_annex", "start", "end"),
    "annex": ("annex", "start", "end"),
}
CALLED = {"chapter": "专章", "annex": "附件"}


def run(agreement: Agreement) -> Iterator[Finding]:
    """Findings for numbers that are not told, another term than the general contract's, and a later day of signing."""
    if agreement.form in NEEDED:
        yield from _untold(agreement)
        yield from _term(agreement)
        yield from _added(agreement)


def _untold(agreement: Agreement) -> Iterator[Finding]:
    for name in NEEDED[agreement.form]:
        path = f"{FACTS}.{name}"
        needless = name == "first_annex" and not agreement.annexes
        if agreement.profile.at(path) is None and not needless:
            hint = f"在企业情况表中填写 {path}；没有填写以前，编号从一起编"
            if name in ("title", "start", "end"):
                hint = f"在企业情况表中填写 {path}"
            message = f"“{field_title(path)}”还没有填写"
            yield finding(RULE.id, message, path=path, hint=hint, severity=Severity.WARNING)


def _term(agreement: Agreement) -> Iterator[Finding]:
    for name in ("start", "end"):
        own, main = agreement.profile.at(f"agreement.{name}"), agreement.profile.at(f"{FACTS}.{name}")
        if own is not None and main is not None and own != main:
            yield finding(
                RULE.id,
                f"“{field_title(f'agreement.{name}')}”是{own}，主合同是{main}：{CALLED[agreement.form]}与主合同期限应当相同",
                path=f"agreement.{name}",
                hint="改为与主合同一致；要用另外的期限，改为单独订立（form: standalone）",
            )


def _added(agreement: Agreement) -> Iterator[Finding]:
    signing, main = agreement.profile.agreement.signing_day, agreement.profile.at(f"{FACTS}.signing_day")
    if signing is not None and main is not None and main < signing:
        yield finding(
            RULE.id,
            f"主合同已在{main}签订，{signing}再加入{CALLED[agreement.form]}，属于变更主合同",
            path="agreement.occasion",
            norm=agreement.view.get("change_same_procedure"),
            hint="按变更主合同办理：双方协商一致，重新表决、签字和报送；occasion 写 amendment，grounds 写变更的理由",
            severity=Severity.ADVICE
            if agreement.profile.agreement.occasion == "amendment"
            else Severity.WARNING,
        )


RULE = Rule(
    "main-contract",
    "content",
    Severity.ERROR,
    "与主合同的衔接",
    "作为专章、附件的，要写明主合同和自己在其中的编号，期限与主合同相同；主合同签订以后才加入的，按变更主合同的程序办理。",
    run,
    stops_final=True,
)
