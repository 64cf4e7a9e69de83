"""checks: every rule has good and bad samples, found by walking; a bad sample's first line is what it must give."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from contractgen.agreement import Agreement
from contractgen.build import assemble_file
from contractgen.checks import catalogue
from contractgen.files import load_yaml

SAMPLES = Path(__file__).parent / "checks"
BASE = load_yaml(SAMPLES / "base.yaml").data


def merged(base: Any, change: Any) -> Any:
    """Base data with the changes of a sample; lists are replaced, ``null`` takes a line away."""
    if not isinstance(base, dict) or not isinstance(change, dict):
        return change
    found = {**base, **{key: merged(base.get(key), value) for key, value in change.items()}}
    return {key: value for key, value in found.items() if value is not None}


def findings(folder: Path, change: Any) -> tuple[str, ...]:
    """Findings of the base firm with the changes of a sample."""
    path = folder / "firm.yaml"
    with path.open("w", encoding="utf-8") as stream:
        YAML(typ="safe", pure=True).dump(merged(BASE, change), stream)
    assembled = assemble_file(path)
    assert isinstance(assembled.agreement, Agreement), [str(f) for f in assembled.findings]
    return tuple(str(finding) for finding in assembled.findings)


@pytest.mark.parametrize(
    "path", sorted(SAMPLES.glob("*/bad/*.yaml")), ids=lambda p: f"{p.parts[-3]}/{p.stem}"
)
def test_a_bad_sample_gives_its_finding(path: Path, tmp_path: Path) -> None:
    expected = path.read_text(encoding="utf-8").split("\n")[0].removeprefix("# ")
    found = [one for one in findings(tmp_path, load_yaml(path).data) if f"[{path.parts[-3]}]" in one]
    assert any(expected in one for one in found), found


@pytest.mark.parametrize(
    "path", sorted(SAMPLES.glob("*/good/*.yaml")), ids=lambda p: f"{p.parts[-3]}/{p.stem}"
)
def test_a_good_sample_gives_no_error_or_warning_of_its_rule(path: Path, tmp_path: Path) -> None:
    found = [one for one in findings(tmp_path, load_yaml(path).data) if f"[{path.parts[-3]}]" in one]
    assert [one for one in found if "提示：" not in one] == []


def test_the_base_firm_has_nothing_to_mend(tmp_path: Path) -> None:
    assert [one for one in findings(tmp_path, {}) if "错误" in one or "警告" in one] == []


def test_every_rule_has_samples_and_a_page_for_users() -> None:
    for rule in catalogue():
        assert list((SAMPLES / rule.id / "good").glob("*.yaml")), rule.id
        assert list((SAMPLES / rule.id / "bad").glob("*.yaml")), rule.id
        assert len(rule.title) >= 4 and len(rule.explanation) >= 15
    assert len({rule.id for rule in catalogue()}) == len(catalogue())


def test_an_accepted_finding_is_shown_as_advice_until_its_day(tmp_path: Path) -> None:
    change = load_yaml(SAMPLES / "term-length/bad/three-years-and-a-day.yaml").data

    def accepted(until: datetime.date) -> str:
        one = {"rule": "term-length", "by": "样某乙", "reason": "双方要求", "until": until}
        found = findings(tmp_path, {**change, "accepted": [one]})
        return next(line for line in found if "[term-length]" in line)

    assert "提示：" in accepted(datetime.date(2026, 12, 1)) and "样某乙" in accepted(
        datetime.date(2026, 12, 1)
    )
    assert "警告：" in accepted(datetime.date(2026, 11, 30))


def test_a_chief_without_a_name_yet_is_not_compared_with_the_chair(tmp_path: Path) -> None:
    people = [
        {**one, **({"name": "待填"} if one.get("chief") else {})}
        for one in BASE["bargaining"]["representatives"]
    ]
    found = findings(tmp_path, {"bargaining": {"representatives": people}})
    assert not [one for one in found if "chief-representative" in one]


def test_an_acceptance_of_a_rule_that_does_not_exist_is_answered_with_the_nearest(tmp_path: Path) -> None:
    accepted = [{"rule": "term-lenght", "by": "甲", "reason": "乙", "until": datetime.date(2027, 1, 1)}]
    (found,) = [one for one in findings(tmp_path, {"accepted": accepted}) if "unknown-rule" in one]
    assert "firm.yaml:" in found and "term-length" in found


def test_what_breaks_the_law_cannot_be_accepted_away(tmp_path: Path) -> None:
    one = {"rule": "legal-minimum", "by": "样某乙", "reason": "双方同意", "until": datetime.date(2030, 1, 1)}
    found = findings(tmp_path, {"terms": {"paternity_leave": 5}, "accepted": [one]})
    line = next(line for line in found if "[legal-minimum]" in line)
    assert "错误：" in line and "不能以“接受”代替" in line
