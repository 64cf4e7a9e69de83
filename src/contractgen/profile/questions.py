"""Which questions ``init`` asks: only what an agreement needs, in the order in which a firm knows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from contractgen.files import load_yaml
from contractgen.findings import Finding
from contractgen.profile.answers import CannotEdit
from contractgen.profile.fields import field_at
from contractgen.profile.model import Profile
from contractgen.profile.reading import read_profile

FIRM = (
    "employer.name",
    "employer.credit_code",
    "employer.address",
    "employer.district",
    "employer.legal_representative",
    "employer.contact.phone",
    "workforce.total",
    "workforce.women",
    "workforce.dispatched",
    "workforce.new_forms",
    "workforce.piece_rate",
    "workforce.shift_work",
)
WITH_UNION = ("union.name", "union.chair", "union.phone", "union.women_committee")
WITHOUT_UNION = ("union.guiding_union", "union.employees_representative")
AGREEMENT = (
    "agreement.place",
    "agreement.occasion",
    "agreement.signing_day",
    "agreement.start",
    "agreement.end",
    "agreement.copies",
)
MAIN_CONTRACT = tuple(
    f"agreement.main_contract.{name}"
    for name in ("title", "signing_day", "start", "end", "amendment", "disputes")
)
POSITION = {
    "chapter": tuple(
        f"agreement.main_contract.{name}" for name in ("chapter", "first_article", "first_annex")
    ),
    "annex": ("agreement.main_contract.annex",),
}
CONTACTS = (
    "contacts.harassment.body",
    "contacts.harassment.person",
    "contacts.harassment.phone",
    "contacts.harassment.mailbox",
    "contacts.personal_information.person",
    "contacts.personal_information.phone",
    "contacts.personal_information.email",
)
ELECTION = ("bargaining.election.day", "bargaining.election.entitled", "bargaining.election.votes_for")
BARGAINING = (
    "bargaining.proposal_day",
    "bargaining.reply_day",
    "bargaining.agreed_day",
    "bargaining.representatives_named_day",
    "bargaining.meetings",
    "bargaining.settled_day",
    "bargaining.draft_signed_day",
    "bargaining.papers_sent_day",
    "bargaining.congress.kind",
    "bargaining.congress.session",
    "bargaining.congress.day",
    "bargaining.congress.entitled",
    "bargaining.congress.present",
    "bargaining.congress.women_present",
    "bargaining.congress.votes_for",
    "bargaining.congress.votes_against",
    "bargaining.congress.abstentions",
    "bargaining.congress.secret_ballot",
    "bargaining.union_report_day",
    "bargaining.notice_day",
)


def open_questions(profile: Profile, *, has_union: bool) -> tuple[str, ...]:
    """Paths that the firm can answer at the start and has not answered yet."""
    union = [*WITH_UNION] if has_union else [*WITHOUT_UNION]
    if has_union and profile.union.women_committee:
        union.append("union.women_committee_chair")
    form = profile.agreement.form
    within = () if form == "standalone" else (*MAIN_CONTRACT, *POSITION[form])
    new_forms = ["workforce.new_forms_women"] if profile.workforce.new_forms else []
    posts = _items(profile, "workforce.hazardous_posts", ("hazard", "women", "period", "measure"))
    people = _items(profile, "bargaining.representatives", ("name", "sex", "side", "role"))
    return _unanswered(profile, [*FIRM, *new_forms, *posts, *union, *AGREEMENT, *within, *CONTACTS, *people])


def bargaining_questions(profile: Profile) -> tuple[str, ...]:
    """Paths about the course of the bargaining that are not answered yet."""
    paths: list[str] = []
    for path in (*(() if profile.union.exists else ELECTION), *BARGAINING):
        is_list = field_at(path).kind == "list"
        paths.extend(
            _items(profile, path, ("day", "place", "minutes_signed", "notice_day")) if is_list else (path,)
        )
    return _unanswered(profile, paths)


def _items(profile: Profile, path: str, names: tuple[str, ...]) -> list[str]:
    return [f"{path}.{number}.{name}" for number in range(len(profile.at(path))) for name in names]


def _unanswered(profile: Profile, paths: list[str]) -> tuple[str, ...]:
    return tuple(path for path in paths if profile.at(path) is None)


def refusal(text: str, edit: Callable[[str], str], path: str) -> str:
    """Why an answer cannot stand in this file, with the remedy; '' where it can.

    The answer is judged together with the others, so that a day before its time is told at once.

    Args:
        text: the file as it is.
        edit: puts the answer into the text.
        path: what is answered.
    """
    try:
        after = edit(text)
    except CannotEdit as fault:
        return f"{fault.message}。{fault.hint}"
    known = {one.message for one in _findings(text)}
    for one in _findings(after):
        if one.path == path or one.message not in known:
            return f"{one.message}。{one.hint}"
    return ""


def _findings(text: str) -> tuple[Finding, ...]:
    return read_profile(load_yaml(Path("firm.yaml"), text=text, tolerant=True))[1]
