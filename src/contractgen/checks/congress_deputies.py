"""A congress has as many delegates as the place asks for, and as large a share of women as the staff."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, Vote, finding, votes
from contractgen.findings import Finding, Severity


def run(agreement: Agreement) -> Iterator[Finding]:
    """An error for too few delegates, or too few women where their share is a floor; advice where it is usual."""
    for vote in votes(agreement):
        if vote.congress.kind == "congress":
            yield from _number(agreement, vote)
            yield from _women(agreement, vote)


def _number(agreement: Agreement, vote: Vote) -> Iterator[Finding]:
    norm = agreement.view.get("deputies_min")
    total, held = agreement.profile.workforce.total, vote.congress.entitled
    if norm is None or total is None or held is None:
        return
    least = norm.least_for(total)
    if least is not None and held < least:
        yield finding(
            RULE.id,
            f"{vote.word}职工{total}人，职工代表应当不少于{least}名，只有{held}名",
            path=f"{vote.path}.entitled",
            norm=norm,
            hint="补选职工代表后重新表决；或者召开职工大会",
        )


def _women(agreement: Agreement, vote: Vote) -> Iterator[Finding]:
    view, workforce, congress = agreement.view, agreement.profile.workforce, vote.congress
    floor = view.get("women_deputies_not_below")
    norm = floor or view.get("women_share_of_deputies")
    total, women, held, among = workforce.total, workforce.women, congress.entitled, congress.women_entitled
    if norm is None or not total or women is None or held is None or among is None:
        return
    least = -(-held * women // total)  # no smaller share than that of the staff
    if among < least:
        yield finding(
            RULE.id,
            f"{vote.word}职工{total}人中女职工{women}人，职工代表{held}名中女代表{among}名，"
            f"按女职工所占的比例{'不得少于' if floor else '一般应有'}{least}名",
            path=f"{vote.path}.women_entitled",
            norm=norm,
            hint="按女职工所占的比例补选或者调整女代表名额" + ("后重新表决" if floor else ""),
            severity=Severity.ERROR if floor else Severity.ADVICE,
        )


RULE = Rule(
    "congress-deputies",
    "procedure",
    Severity.ERROR,
    "职工代表的名额和女代表的比例",
    "召开职工代表大会的，代表名额随职工人数不得少于当地规定的数；女代表的比例不得低于女职工所占比例（浙江），或者一般与它相适应（上海）。召开职工大会的不核对。",
    run,
)
