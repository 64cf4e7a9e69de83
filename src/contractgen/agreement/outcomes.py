"""What the profile proves: whether the congress adopted the agreement, and whether the representatives were elected.

An agreement tells these as facts only once everything that the telling needs is in the profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from contractgen.law import LawView, Norm
    from contractgen.profile import Profile

Outcome = Literal["open", "passed", "failed"]
FIRST_VOTE, NEW_VOTE, ELECTION = "bargaining.congress", "bargaining.objection.congress", "bargaining.election"
SIGNED = {FIRST_VOTE: "bargaining.draft_signed_day", NEW_VOTE: "bargaining.objection.draft_signed_day"}
TOLD: Mapping[str, tuple[str, ...]] = {
    FIRST_VOTE: ("kind", "day", "entitled", "present", "votes_for"),
    NEW_VOTE: ("kind", "day", "entitled", "present", "votes_for"),
    ELECTION: ("day", "entitled", "votes_for"),
}


def outcomes(profile: Profile, view: LawView) -> Mapping[str, Outcome]:
    """What conditions of texts may ask for beside the paths of the profile: ``vote`` (the last) and ``election``."""
    return {"vote": vote(profile.as_voted_last, view), "election": election(profile, view)}


def vote(profile: Profile, view: LawView, path: str = FIRST_VOTE) -> Outcome:
    """How a vote stands to the law of the place: open (not held, or not fully told), passed or failed."""
    congress = profile.at(path)
    if untold(profile, view, path):
        return "open"
    attended = _reached(view.get("quorum"), congress.present, congress.entitled)
    adopted = _reached(view.get("adoption_majority"), congress.votes_for, congress.entitled)
    secret = "adoption_secret_ballot" not in view or congress.secret_ballot
    return "passed" if attended and adopted and secret else "failed"


def election(profile: Profile, view: LawView) -> Outcome:
    """The same for the election of representatives where there is no union."""
    held = profile.bargaining.election
    if untold(profile, view, ELECTION) or held.votes_for is None:
        return "open"
    norm = view.get("representatives_without_union_majority")
    return "passed" if _reached(norm, held.votes_for, held.entitled) else "failed"


def untold(profile: Profile, view: LawView, path: str = FIRST_VOTE) -> tuple[str, ...]:
    """The profile paths that a vote (or the election) still needs before it can be told as a fact."""
    asked = [f"{path}.{name}" for name in TOLD[path]]
    if path != ELECTION and "adoption_secret_ballot" in view:
        asked.append(f"{path}.secret_ballot")
    if path != ELECTION and profile.at(path).kind == "congress":
        asked.append(f"{path}.session")
    if path != ELECTION and "draft_signed_then_to_congress" in view:
        asked.append(SIGNED[path])
    return tuple(one for one in asked if profile.at(one) is None)


def _reached(norm: Norm | None, part: int, whole: int | None) -> bool:
    return norm is None or norm.met_by(Fraction(part, max(whole or 0, 1)))
