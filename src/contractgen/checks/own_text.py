"""Texts of the parties' own hold nothing void and nothing vague."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity

WAIVER = re.compile(r"(自愿|主动|同意|承诺)[^。；，]{0,8}(放弃|不享受|不休|免除)")
FORBIDDEN = re.compile(r"不得|禁止")
PAUSE = re.compile(r"[。；，\n]")
VAGUE = re.compile(r"原则上|视情况|视情|尽量|尽可能|酌情")


def run(agreement: Agreement) -> Iterator[Finding]:
    """An error for a waiver of protection, a warning for a vague word, each with the words found."""
    for position, own in enumerate(agreement.profile.clauses.own):
        path = f"clauses.own.{position}.text"
        for hit in WAIVER.finditer(own.text):
            if FORBIDDEN.search(PAUSE.split(own.text[: hit.start()])[-1]):
                continue  # 不得要求女职工承诺放弃 is protection, not waiver
            yield finding(
                RULE.id,
                f"自拟条款“{own.title}”写有“{hit.group()}”：放弃法定权利的约定无效",
                path=path,
                norm=agreement.view.get("waiver_of_rights_void"),
                hint="删去这句话",
            )
        for hit in VAGUE.finditer(own.text):
            yield finding(
                RULE.id,
                f"自拟条款“{own.title}”写有“{hit.group()}”，义务不明确",
                path=path,
                hint="写明谁、在什么情形下、在几日内做什么",
                severity=Severity.WARNING,
            )


RULE = Rule(
    "own-text",
    "text",
    Severity.ERROR,
    "自拟条款的文字",
    "双方自拟的条款不得约定放弃法定权利；“原则上”“视情况”一类的词使义务落空，提示改写。",
    run,
)
