"""The vote stands in the profile with all its numbers before anything that follows a vote."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.agreement import Agreement, untold
from contractgen.checks.rule import Rule, finding
from contractgen.findings import Finding, Severity
from contractgen.profile import field_title

PATH = "bargaining.congress"
LATER = ("bargaining.notice_day", "bargaining.submission_day", "bargaining.in_force_day")
ELSEWHERE = (".secret_ballot", ".draft_signed_day")  # other rules ask for them


def run(agreement: Agreement) -> Iterator[Finding]:
    """An error where later steps are told and no full vote; a warning for a vote that is told in part."""
    profile, view = agreement.profile, agreement.view
    missing = [one for one in untold(profile, view) if not one.endswith(ELSEWHERE)]
    later = next((one for one in LATER if profile.at(one) is not None), None)
    counted = profile.bargaining.congress.votes_for is not None
    if not missing or not (later or counted):
        return
    amended = profile.agreement.occasion == "amendment" and "change_needs_new_vote" in view
    norm = view.get("change_needs_new_vote" if amended else "women_contract_needs_congress_vote")
    told = "、".join(field_title(one) for one in missing)
    after = f"已经填写了{field_title(later)}，" if later else ""
    yield finding(
        RULE.id,
        f"{after}表决情况没有写全，缺{told}；合同暂不记载表决结果",
        path=PATH,
        norm=norm or view.get("collective_contract_draft_to_congress"),
        hint="还没有表决的，先提交职工代表大会或者职工大会表决；已经表决的，按会议决议和计票记录补全",
        severity=Severity.ERROR if later else Severity.WARNING,
    )


RULE = Rule(
    "congress-vote",
    "procedure",
    Severity.ERROR,
    "表决情况齐全",
    "草案（变更草案也一样）须经表决通过，才能签订和报送；日期、届次、应到、实到、赞成票写全以后，合同才记载表决结果。",
    run,
)
