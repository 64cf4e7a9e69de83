"""What changes do to the workers' position: every rule on its samples, and figures on labeled edits kept apart from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contractgen.diff import Change, Effect
from contractgen.diff.changes import overall, verdict_of
from contractgen.diff.effects import catalogue
from contractgen.files import load_yaml
from measure import EDITS, Edit, edits, figures, judged

SAMPLES = Path(__file__).resolve().parent / "diff" / "effects"


def cases() -> list[Any]:
    """Every sample of every rule, read both ways where the rule has a mirror image."""
    found = []
    for path in sorted(SAMPLES.glob("*.yaml")):
        data = load_yaml(path).data
        for number, one in enumerate(data["samples"], start=1):
            found.append(
                pytest.param(data["rule"], one["before"], one["after"], id=f"{data['rule']}-{number}")
            )
            if mirror := data.get("mirror"):
                found.append(pytest.param(mirror, one["after"], one["before"], id=f"{mirror}-{number}"))
    return found


def rules_of(changes: tuple[Change, ...]) -> set[str]:
    return {effect.rule for change in changes for effect in change.effects}


@pytest.mark.parametrize(("rule", "before", "after"), cases())
def test_a_rule_fires_on_its_samples(rule: str, before: str, after: str) -> None:
    assert rule in rules_of(judged("", before, after))


def test_every_rule_has_samples_a_title_and_an_id_of_its_own() -> None:
    named = {
        data[key]
        for path in SAMPLES.glob("*.yaml")
        for data in [load_yaml(path).data]
        for key in ("rule", "mirror")
        if key in data
    }
    ids = [rule.id for rule in catalogue()]
    assert len(ids) == len(set(ids)) >= 50
    assert set(ids) == named
    assert all(
        rule.title and rule.effect in ("weaker", "stronger", "neutral", "unclear") for rule in catalogue()
    )


def test_a_rule_and_its_mirror_image_say_the_opposite() -> None:
    effects = {rule.id: rule.effect for rule in catalogue()}
    for path in SAMPLES.glob("*.yaml"):
        data = load_yaml(path).data
        if "mirror" in data:
            assert (effects[data["rule"]], effects[data["mirror"]]) == ("weaker", "stronger"), path.name


# ------------------------------------------------------------------ the library says which way is better


@pytest.mark.parametrize(
    ("clause", "before", "after", "rule", "floor"),
    [
        ("maternity-leave", "产假98天，其中产前可以休15天；", "产假97天，其中产前可以休15天；", "less-of-minimum", "产假不少于98天，《女职工劳动保护特别规定》第七条第一款（改后达不到）"),
        ("maternity-leave", "产假98天，其中产前可以休15天；", "产假99天，其中产前可以休15天；", "more-of-minimum", "产假不少于98天，《女职工劳动保护特别规定》第七条第一款"),
        ("leave-pay-settlement", "用人单位应当在到账后5个工作日内转付本人。", "用人单位应当在到账后6个工作日内转付本人。", "more-of-maximum", ""),
        ("maternity-leave-application", "女职工应当在分娩后30日内出示出生医学证明或者分娩证明，", "女职工应当在分娩后29日内出示出生医学证明或者分娩证明，", "less-of-minimum", ""),
    ],
)  # fmt: skip
def test_the_bound_of_the_librarys_number_decides(
    clause: str, before: str, after: str, rule: str, floor: str
) -> None:
    (change,) = judged(clause, before, after)
    assert [(effect.rule, effect.floor) for effect in change.effects] == [(rule, floor)]


def test_the_same_number_without_the_library_needs_its_words() -> None:
    assert rules_of(judged("", "保存30日。", "保存29日。")) == {"number-changed"}


def test_whom_a_sentence_speaks_to_turns_a_change_around() -> None:
    assert rules_of(judged("", "用人单位应当提前5日通知。", "用人单位应当提前3日通知。")) == {
        "less-of-minimum"
    }
    assert rules_of(judged("", "女职工应当提前5日通知。", "女职工应当提前3日通知。")) == {"less-of-maximum"}


def test_what_weakens_is_never_hidden_by_what_comes_with_it() -> None:
    both = [Effect("stronger"), Effect("weaker"), Effect("unclear")]
    assert (overall(both), verdict_of(both)) == ("weaker", "有削弱，也有增强")
    assert verdict_of([Effect("weaker"), Effect("unclear")]) == "削弱"
    assert overall([Effect("weaker"), Effect("neutral"), Effect("unclear")]) == "weaker"
    assert overall([]) == "neutral"


# ------------------------------------------------------------------ labeled edits


def labeled(name: str) -> list[Edit]:
    return list(edits(EDITS / name))


def test_the_labeled_edits_are_no_samples_of_the_rules() -> None:
    samples = {
        (one["before"], one["after"])
        for path in SAMPLES.glob("*.yaml")
        for one in load_yaml(path).data["samples"]
    }
    for path in EDITS.glob("*.yaml"):
        for one in load_yaml(path).data:
            assert (one["before"], one["after"]) not in samples and (
                one["after"],
                one["before"],
            ) not in samples


def test_what_is_called_weaker_is_weaker() -> None:
    found = [one for path in sorted(EDITS.glob("*.yaml")) for one in edits(path)]
    precision, recall, *_ = figures(found)
    assert precision >= 0.95
    assert recall >= 0.75
