"""The agreement says what the law of the place demands that it say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contractgen.agreement import Agreement, Workplace
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity
from contractgen.law import Content, LawView, Norm
from contractgen.library import ClauseVersion

ANNEXES = "annexes"
SAYS = {
    "content": "缺少法律要求写明的内容“{}”",
    "duty": "没有写用人单位依法应当做到的“{}”",
    "usual": "没有写“{}”，集体合同一般都有这一内容",
}


def missing(view: LawView, keys: Iterable[str]) -> tuple[Content, ...]:
    """The contents that a text lacks; ``keys`` are what its clauses cover, ours or those that a text was matched with."""
    said = set(keys)
    return tuple(content for content in view.contents() if not said.intersection(content.through))


def covered(clauses: Iterable[ClauseVersion]) -> set[str]:
    """The keys of the law that clauses bring: what they cover, and the numbers of the law that they state."""
    return {key for clause in clauses for key in _brings(clause)}


def bringing(content: Content, clauses: Iterable[ClauseVersion]) -> tuple[ClauseVersion, ...]:
    """The clauses that would bring a content."""
    return tuple(clause for clause in clauses if _brings(clause).intersection(content.through))


def lacking(agreement: Agreement) -> Iterator[tuple[Workplace, Content]]:
    """What the agreement lacks at each place of work, each content once."""
    told: set[tuple[str, Norm]] = set()
    for workplace in agreement.workplaces:
        here = workplace.view.place
        clauses = (
            one.clause
            for one in agreement.provisions
            if one.clause and (not one.places or here in one.places)
        )
        for content in missing(workplace.view, covered(clauses)):
            if (content.title, content.norm) not in told:
                told.add((content.title, content.norm))
                yield workplace, content


def lost(agreement: Agreement, clause: ClauseVersion) -> tuple[Content, ...]:
    """The contents that this clause would bring and no clause of the agreement does."""
    return tuple(content for _, content in lacking(agreement) if bringing(content, (clause,)))


def _brings(clause: ClauseVersion) -> frozenset[str]:
    """What it covers and, in an article, the numbers of the law that it states; a table in an annex only repeats them."""
    stated = (spec.name for spec in clause.values if spec.kind == "law" and clause.chapter != ANNEXES)
    return frozenset((*clause.covers, *stated))


def run(agreement: Agreement) -> Iterator[Finding]:
    """A finding for each missing content, unless a clause that the parties left out would bring it.

    Then ``statutory-clause`` speaks: one clause left out is one finding, however much is lost with it.
    """
    left_out = [clause for clause, _ in agreement.left_out]
    several = len(agreement.workplaces) > 1
    for workplace, content in lacking(agreement):
        if bringing(content, left_out):
            continue
        where = f"在{workplace.title}适用的部分" if several else ""
        yield finding(
            RULE.id,
            f"合同{where}{SAYS[content.demand].format(content.title)}",
            place="合同全文",
            norm=content.norm,
            hint=_remedy(bringing(content, agreement.wordings)),
            severity=Severity.WARNING if content.demand == "usual" else Severity.ERROR,
        )


def _remedy(clauses: tuple[ClauseVersion, ...]) -> str:
    if not clauses:
        return "条款库里没有写这一内容的条款：补上条款，或者改用程序自带的条款库"
    names = "、".join(f"“{clause.title}”（{clause.id}）" for clause in clauses)
    return f"写入条款{names}，或者核对它的选用条件"


RULE = Rule(
    "mandatory-content",
    "content",
    Severity.ERROR,
    "应有的内容齐全",
    "逐项核对当地法律要求这类合同写明的内容，以及用人单位依法应当做到、要由合同落实的制度：男女平等和女职工权益保护，四期保护，防治性骚扰的八项措施，个人信息保护，当地另列的各项。缺一项报一项，写明哪一条法律要求、由哪一条款补上。双方自己不选用的条款，由“法定内容不得省去”一并指出。",
    run,
)
