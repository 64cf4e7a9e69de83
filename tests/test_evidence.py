"""evidence: what an agreement tells as a past fact stands in the profile; otherwise the text says what is to be done."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from contractgen.agreement import Agreement, untold
from contractgen.agreement.outcomes import FIRST_VOTE, TOLD
from contractgen.build import assemble_file
from contractgen.document.markdown import PLACEHOLDER
from contractgen.files import load_yaml
from contractgen.library import ClauseVersion, load_library
from contractgen.profile import field_at

BASE: Mapping[str, Any] = load_yaml(Path(__file__).parent / "checks/base.yaml").data
LIBRARY = load_library()
PEOPLE = ("bargaining.employees_chief", "bargaining.employer_chief")  # names of people, no past facts

# Every clause that tells something as done, and the conditions by which the profile proves it.
STATEMENTS: Mapping[str, tuple[str, ...]] = {
    "adoption-result": ("vote", "bargaining.congress.kind"),
    "adoption-result-elsewhere": ("vote", "bargaining.congress.kind"),
    "adoption-meeting-result": ("vote", "bargaining.congress.kind"),
    "adoption-meeting-result-elsewhere": ("vote", "bargaining.congress.kind"),
    "adoption-ballot": ("vote", "bargaining.congress.secret_ballot"),
}
# Words by which a Chinese text tells that a step of the procedure was taken. 应当, 须 and 后 make it a duty or a case.
DONE = re.compile(
    r"获得通过。|表决采用无记名投票方式。|(?:已经|业经|已于|已由|已向)[^，。；]{0,60}"
    r"(?:表决|审议通过|公布|公示|报送|书面告知|推选产生|参加(?:了)?协商|签字)|"
    r"(?:女职工|女性代表)参加了|经推选产生的"
)
HYPOTHETICAL = re.compile(r"应当|须|可以|的，")


def in_use() -> Iterator[ClauseVersion]:
    """Every wording that is the one in force on some day."""
    for clause_id in LIBRARY.ids:
        versions = LIBRARY.versions(clause_id)
        days = sorted({one.in_force_from for one in versions})
        yield from dict.fromkeys([v for v in versions if v.in_force(day)][-1] for day in days)


def proven(clause: ClauseVersion) -> set[str]:
    """Profile paths that hold a value wherever the clause stands."""
    conditions = {one.path: one.expected for one in clause.when}
    found = {
        path for path, expected in conditions.items() if "absent" not in expected and False not in expected
    }
    if conditions.get("vote") == ("passed",):
        found |= {f"{FIRST_VOTE}.{name}" for name in TOLD[FIRST_VOTE]}
        if conditions.get(f"{FIRST_VOTE}.kind") == ("congress",):
            found.add(f"{FIRST_VOTE}.session")
        if "draft_signed_then_to_congress" in clause.law_has:
            found.add("bargaining.draft_signed_day")
    return found


def facts(text: str) -> set[str]:
    """The placeholders of a text that print how the agreement came about."""
    names = {match.group(1) for match in PLACEHOLDER.finditer(text)}
    return {one for one in names if one.startswith("bargaining.") and not one.startswith(PEOPLE)}


def tells(clause: ClauseVersion) -> bool:
    return any(not HYPOTHETICAL.search(one.group()) for one in DONE.finditer(clause.body))


@pytest.mark.parametrize("clause", list(in_use()), ids=str)
def test_a_text_prints_a_fact_of_the_bargaining_only_where_the_profile_holds_it(
    clause: ClauseVersion,
) -> None:
    assert facts(clause.body) <= proven(clause)


@pytest.mark.parametrize("clause", list(in_use()), ids=str)
def test_a_text_that_tells_a_past_fact_has_its_evidence(clause: ClauseVersion) -> None:
    conditions = {one.path for one in clause.when}
    if tells(clause):
        assert clause.id in STATEMENTS, clause.body
        assert conditions >= set(STATEMENTS[clause.id])
    else:
        assert clause.id not in STATEMENTS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("草案获得通过。", True),
        ("本合同已于{{ bargaining.publication_day }}公布。", True),
        ("女性代表参加了协商。", True),
        ("双方协商代表已由职工推选产生。", True),
        ("草案获得通过后，应当报送。", False),
        ("用人单位应当公布全文。", False),
    ],
)
def test_a_new_statement_would_be_noticed(text: str, told: bool) -> None:
    assert any(not HYPOTHETICAL.search(one.group()) for one in DONE.finditer(text)) is told


# ------------------------------------------------------------------ agreements


def without(data: Any, path: str) -> Any:
    """The data without what stands at a path."""
    head, _, rest = path.partition(".")
    if not rest:
        return {key: value for key, value in data.items() if key != head}
    return {**data, head: without(data[head], rest)}


def made(folder: Path, data: Any) -> Agreement:
    path = folder / "firm.yaml"
    with path.open("w", encoding="utf-8") as stream:
        YAML(typ="safe", pure=True).dump(data, stream)
    agreement = assemble_file(path).agreement
    assert agreement is not None
    return agreement


def text_of(agreement: Agreement) -> str:
    return "\n".join(provision.text for provision in agreement.provisions)


def at(place: str, data: Mapping[str, Any] = BASE) -> dict[str, Any]:
    return {**data, "agreement": {**data["agreement"], "place": place}}


ADOPTED = {"shanghai": "草案获得通过", "zhejiang": "草案获得通过", "guangdong": "草案获得通过"}
DUE = r"应当(?:在[^。]{0,30}内)?提交职工代表大会"


def more_votes(data: Mapping[str, Any]) -> dict[str, Any]:
    bargaining = data["bargaining"]
    congress = {**bargaining["congress"], "votes_for": 91, "votes_against": 19}
    return {**data, "bargaining": {**bargaining, "congress": congress}}


@pytest.mark.parametrize("place", sorted(ADOPTED))
def test_each_fact_of_the_vote_is_needed_before_the_vote_is_told(place: str, tmp_path: Path) -> None:
    full = more_votes(at(place))
    agreement = made(tmp_path, full)
    assert ADOPTED[place] in text_of(agreement) and not re.search(DUE, text_of(agreement))
    empty = made(tmp_path, without(full, "bargaining.congress"))
    asked = untold(empty.profile, empty.view)
    assert {f"{FIRST_VOTE}.{name}" for name in TOLD[FIRST_VOTE]} <= set(asked)
    for path in (*asked, f"{FIRST_VOTE}.session"):
        lacking = made(tmp_path, without(full, path))
        assert ADOPTED[place] not in text_of(lacking), path
        assert re.search(DUE, text_of(lacking)), path
    assert ("bargaining.draft_signed_day" in untold(*unsigned(place, full, tmp_path))) is (
        place == "shanghai"
    )


def unsigned(place: str, full: Any, folder: Path) -> tuple[Any, Any]:
    agreement = made(folder, without(full, "bargaining.draft_signed_day"))
    return agreement.profile, agreement.view


@pytest.mark.parametrize(
    ("place", "change", "told"),
    [
        ("shanghai", {"votes_for": 90}, True),
        ("shanghai", {"votes_for": 89}, False),
        ("zhejiang", {"votes_for": 91, "votes_against": 19}, True),
        ("zhejiang", {"votes_for": 90}, False),
        ("shanghai", {"present": 119, "votes_against": 19}, False),
        ("shanghai", {"secret_ballot": False}, False),
        ("guangdong", {"secret_ballot": False}, True),  # the place asks for no secret ballot
    ],
)
def test_a_vote_is_told_as_passed_only_where_it_passed(
    place: str, change: Mapping[str, Any], told: bool, tmp_path: Path
) -> None:
    bargaining = BASE["bargaining"]
    congress = {**bargaining["congress"], **change}
    data = {**at(place), "bargaining": {**bargaining, "congress": congress}}
    assert (ADOPTED[place] in text_of(made(tmp_path, data))) is told


OBJECTION = load_yaml(Path(__file__).parent / "checks/objection-new-vote/good/voted-again.yaml").data


def test_after_an_objection_the_new_vote_is_told_and_not_the_first(tmp_path: Path) -> None:
    bargaining = {**BASE["bargaining"], **OBJECTION["bargaining"]}
    text = text_of(made(tmp_path, {**BASE, "bargaining": bargaining}))
    assert "于2026年12月12日由双方首席代表签字，于2026年12月20日提交三届三次职工代表大会" in text
    assert "2026年11月1日" not in text
    path = "bargaining.objection"
    for fact in (f"{path}.congress.votes_for", f"{path}.congress.day", f"{path}.draft_signed_day"):
        lacking = text_of(made(tmp_path, without({**BASE, "bargaining": bargaining}, fact)))
        assert "草案获得通过" not in lacking and re.search(DUE, lacking), fact


NO_UNION = {"guiding_union": "虚构镇总工会", "employees_representative": "样某乙"}


@pytest.mark.parametrize(
    ("place", "votes_for", "told"),
    [("shanghai", 120, True), ("shanghai", 119, False), ("zhejiang", 120, False), ("zhejiang", 121, True)],
)
def test_representatives_are_called_elected_only_with_enough_consent(
    place: str, votes_for: int, told: bool, tmp_path: Path
) -> None:
    held = {"day": datetime.date(2026, 9, 10), "entitled": 240, "votes_for": votes_for}
    data = {**at(place), "union": NO_UNION, "bargaining": {**BASE["bargaining"], "election": held}}
    assert ("由推选的职工协商代表签订" in cover(made(tmp_path, data))) is told
    for name in held:
        lacking = cover(made(tmp_path, without(data, f"bargaining.election.{name}")))
        assert "推选的" not in lacking and "由职工协商代表签订" in lacking


def cover(agreement: Agreement) -> str:
    return "\n".join(row.text for row in agreement.cover_rows)


def test_every_fact_that_is_asked_for_is_a_field_of_the_profile() -> None:
    for path, names in TOLD.items():
        for name in names:
            assert field_at(f"{path}.{name}").title
