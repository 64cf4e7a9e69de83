"""Where there is no union, representatives are elected with enough consent, guided by a higher union."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement
from contractgen.checks.rule import Rule, finding, first_act, least, share
from contractgen.findings import Finding, Severity

PATH = "bargaining.election"


def run(agreement: Agreement) -> Iterator[Finding]:
    """Findings for representatives whose election is not shown, or had too little consent."""
    if agreement.profile.union.exists:
        yield from _with_union(agreement)
    else:
        yield from _guided(agreement)
        yield from _consent(agreement)


def _with_union(agreement: Agreement) -> Iterator[Finding]:
    norm = agreement.view.get("employee_reps_elected")
    acted = first_act(agreement)
    election = agreement.profile.bargaining.election
    if norm is not None and acted is not None and election.day is None:
        yield finding(
            RULE.id,
            "没有写明职工代表大会（职工大会）选举职工方协商代表的日期",
            path=PATH,
            norm=norm,
            hint="首席代表以外的职工方代表应当选举产生，不能由工会直接选派；选举后在 election 下写 day",
            severity=Severity.WARNING,
        )


def _guided(agreement: Agreement) -> Iterator[Finding]:
    norm = agreement.view.get("collective_contract_signatory_no_union")
    if norm is not None and agreement.profile.union.guiding_union is None:
        yield finding(
            RULE.id,
            "本单位没有工会，没有写明指导推选的上级工会",
            path="union.guiding_union",
            norm=norm,
            hint="请联系所在镇、街道或者行业的工会指导推选，填写 union 的 guiding_union",
            severity=Severity.WARNING if first_act(agreement) is None else Severity.ERROR,
        )


def _consent(agreement: Agreement) -> Iterator[Finding]:
    norm = agreement.view.get("representatives_without_union_majority")
    election = agreement.profile.bargaining.election
    if norm is None or norm.value is None:
        return
    total = agreement.profile.workforce.total
    asked = election.entitled
    if norm.unit == "share_of_employees" and total is not None and asked is not None and asked < total:
        yield finding(
            RULE.id,
            f"推选职工方代表的全体人数{asked}人，少于职工总数{total}人",
            path=f"{PATH}.entitled",
            norm=norm,
            hint="同意的比例按全体职工计算，请核对",
            severity=Severity.WARNING,
        )
    if election.day is None or election.entitled is None or election.votes_for is None:
        yield finding(
            RULE.id,
            "本单位没有工会，没有写全推选职工方代表的日期、全体人数和同意人数",
            path=PATH,
            norm=norm,
            hint="推选后在 bargaining 的 election 下写 day、entitled、votes_for",
            severity=Severity.WARNING if first_act(agreement) is None else Severity.ERROR,
        )
    elif not norm.met_by(share(election.votes_for, election.entitled)):
        enough = least(election.entitled, norm)
        yield finding(
            RULE.id,
            f"推选职工方代表：全体{election.entitled}人中{election.votes_for}人同意，不足{enough}人",
            path=f"{PATH}.votes_for",
            norm=norm,
            hint="重新推选",
        )


RULE = Rule(
    "elected-representatives",
    "subject",
    Severity.ERROR,
    "职工方代表的推选",
    "没有工会的，职工方代表由上级工会指导职工推选，并须达到当地规定的同意比例；有的地方，有工会的也要选举。没有证据，代表资格不能认定。",
    run,
    stops_final=True,
)
