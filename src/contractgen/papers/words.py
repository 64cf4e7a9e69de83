"""Words of papers that depend on the firm, its place and the course of the bargaining: {{ employees_side }}, {{ limit.KEY }}."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from contractgen.agreement.fill import Slot, printed
from contractgen.agreement.outcomes import outcomes
from contractgen.agreement.select import frame_holds
from contractgen.document import Blank, Text, plain
from contractgen.document.markdown import PLACEHOLDER
from contractgen.law import bound_label, is_share, unit_label
from contractgen.papers.data import data_of
from contractgen.papers.tables.duties import duties_of

if TYPE_CHECKING:
    from contractgen.agreement import Agreement
    from contractgen.agreement.fill import Filler
    from contractgen.law import LawView, Norm
    from contractgen.profile import Profile

FILE = "words.yaml"
LIMIT = "limit"
ALTERED = "altered"  # the articles that an amendment alters; no word where a contract is concluded
EXTENT = "extent"  # how much is voted on
ROOM = "＿＿"  # for a number to write in
OWN = ("law_has", "law_lacks", "law_checked", "law_alike", "told_no", "same", "staff_from")


def conditional() -> Mapping[str, list[Mapping[str, Any]]]:
    """The words of ``words.yaml``: each with its texts, of which the first that holds is printed."""
    found: Mapping[str, list[Mapping[str, Any]]] = data_of(FILE)
    return found


def known() -> tuple[str, ...]:
    """Every word that papers may print beside those of clause texts."""
    return (*conditional(), *COUNTED, LIMIT, ALTERED)


def add_words(filler: Filler, agreement: Agreement, names: Iterable[str]) -> None:
    """Make the filler print these words and those they are made of; what the profile lacks of them is noted as missing."""
    proven = outcomes(agreement.profile, agreement.view)
    filler.base[LIMIT] = _Limits(agreement.view)
    for name in names:
        if name in COUNTED:
            text = COUNTED[name](agreement)
            filler.base[name] = Slot(Text(text) if text else Blank())
        elif name in conditional():
            held = (one for one in conditional()[name] if _holds(one.get("when"), agreement, proven))
            if (first := next(held, None)) is not None:
                inner = (match[1].split(".")[0] for match in PLACEHOLDER.finditer(first["text"]))
                add_words(filler, agreement, [one for one in inner if one in known()])
                filler.base[name] = Slot(Text(plain(filler.fill_text(first["text"]))))


def _holds(when: Mapping[str, Any] | None, agreement: Agreement, proven: Mapping[str, str]) -> bool:
    conditions = dict(when or {})
    has, lacks, checked, alike, denied, same, staff = (conditions.pop(key, None) for key in OWN)
    if has is not None and agreement.view.get(has) is None:
        return False
    if lacks is not None and agreement.view.get(lacks) is not None:
        return False
    if checked is not None and not _is_checked(agreement.view.get(checked)):
        return False
    if alike is not None and not _are_alike([agreement.view.get(key) for key in alike]):
        return False
    if denied is not None and agreement.profile.at(denied) is not False:
        return False
    if same is not None and not told_the_same(agreement.profile, same):
        return False
    if staff is not None and not _has_staff(agreement, staff):
        return False
    return frame_holds(conditions, agreement.profile.as_voted_last, proven)


def told_the_same(profile: Profile, paths: Sequence[str]) -> bool:
    """Whether the answers of these paths are told and the same."""
    found = {profile.at(path) for path in paths}
    return len(found) == 1 and found != {None}


def _has_staff(agreement: Agreement, key: str) -> bool:
    """Whether the firm has as many staff as the place says."""
    norm, total = agreement.view.get(key), agreement.profile.workforce.total
    return _is_checked(norm) and norm is not None and norm.value is not None and (total or 0) >= norm.value


def _are_alike(norms: Sequence[Norm | None]) -> bool:
    """Whether the place has all of them, with the same number."""
    return None not in norms and len({(norm.value, norm.unit) for norm in norms if norm is not None}) == 1


def _is_checked(norm: Norm | None) -> bool:
    return norm is not None and norm.verified and norm.printable


class _Limits:
    """{{ limit.proposal_reply }}: the number that the place asks for, without its article; a blank where it asks for none."""

    def __init__(self, view: LawView) -> None:
        self._view = view

    def __getitem__(self, key: str) -> Slot:
        norm = self._view.get(key)
        if norm is None or norm.value is None:
            return Slot(Blank(width=4))
        if is_share(norm.unit):
            return Slot(Text(bound_label(norm.value, norm.unit, norm.bound, strict=norm.strict)))
        return Slot(Text(unit_label(norm.value, norm.unit)))


def _meetings(agreement: Agreement) -> str:
    return "、".join(printed(one.day) for one in agreement.profile.bargaining.meetings if one.day)


def _people(side: str) -> Callable[[Agreement], str]:
    def count(agreement: Agreement) -> str:
        people = agreement.profile.bargaining.side(side)
        return f"{len(people)}人" if people and all(one.name for one in people) else ""

    return count


def _budget(name: str) -> Callable[[Agreement], str]:
    def amount(agreement: Agreement) -> str:
        found = agreement.profile.at(f"budget.{name}")
        return "" if found is None else str(found)

    return amount


def _part_extent(agreement: Agreement) -> str:
    """How many articles our own text has, also where it is a part of a general contract."""
    return f"共{sum(len(one.articles) for one in agreement.chapters)}条"


def _extent(agreement: Agreement) -> str:
    """How many articles and annexes are voted on; of a general contract nobody told us. ``Subject`` says it of an amendment."""
    if not _is_whole(agreement):
        return f"共{ROOM}条，附件{ROOM}个"
    return f"{_part_extent(agreement)}，附件{len(agreement.annexes)}个"


def _is_whole(agreement: Agreement) -> bool:
    """Whether what is voted on is the agreement at hand: no amendment, and no general contract around it."""
    about = agreement.profile.agreement
    return about.form == "standalone" and about.occasion != "amendment"


def _valid_votes(agreement: Agreement) -> str:
    """For, against and abstaining together, where all three are told."""
    congress = agreement.profile.bargaining.last_round.congress
    votes = (congress.votes_for, congress.votes_against, congress.abstentions)
    told = [one for one in votes if one is not None]
    return str(sum(told)) if len(told) == len(votes) else ""


COUNTED: Mapping[str, Callable[[Agreement], str]] = {
    EXTENT: _extent,
    "part_extent": _part_extent,
    "valid_votes": _valid_votes,
    "meetings_held": _meetings,
    "employees_count": _people("employees"),
    "employer_count": _people("employer"),
    "average_wage": _budget("average_monthly_wage"),
    "minimum_wage": _budget("local_minimum_wage"),
    "expected_births": _budget("expected_births"),
    "chapter_titles": lambda agreement: "；".join(one.title for one in agreement.chapters),
    "annex_titles": lambda agreement: "".join(f"《{one.title}》" for one in agreement.annexes),
    "duty_count": lambda agreement: f"{sum(not one.once for one in duties_of(agreement))}项",
}
