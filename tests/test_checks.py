"""checks: every rule has good and bad samples, found by walking; a bad sample's first line is what it must give."""

from __future__ import annotations

import datetime
import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import contractgen.checks
from contractgen.agreement import Agreement
from contractgen.build import assemble_file, build
from contractgen.checks import GROUPS, catalogue
from contractgen.cli import main
from contractgen.files import load_yaml
from contractgen.findings import Finding, Location, Severity, printed
from contractgen.law import load_law

SAMPLES = Path(__file__).parent / "checks"
BASE = load_yaml(SAMPLES / "base.yaml").data


def merged(base: Any, change: Any) -> Any:
    """Base data with the changes of a sample; lists are replaced, ``null`` takes a line away."""
    if not isinstance(base, dict) or not isinstance(change, dict):
        return change
    found = {**base, **{key: merged(base.get(key), value) for key, value in change.items()}}
    return {key: value for key, value in found.items() if value is not None}


def write(path: Path, change: Any) -> None:
    """The base firm with changes, as a file."""
    with path.open("w", encoding="utf-8") as stream:
        YAML(typ="safe", pure=True).dump(merged(BASE, change), stream)


def findings(folder: Path, change: Any) -> tuple[str, ...]:
    """Findings of the base firm with the changes of a sample."""
    path = folder / "firm.yaml"
    today = change.pop("today", None)  # of a sample, not of a profile
    write(path, change)
    assembled = assemble_file(path, today=today)
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
    """And no advice where the rule gives nothing else."""
    rule = path.parts[-3]
    found = [one for one in findings(tmp_path, load_yaml(path).data) if f"[{rule}]" in one]
    advises = {one.id for one in catalogue() if one.severity is Severity.ADVICE}
    assert [one for one in found if rule in advises or "提示：" not in one] == []


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

    held = accepted(datetime.date(2026, 12, 1))
    assert "提示：" in held and "已由样某乙接受，理由：双方要求，至2026-12-01" in held
    ended = accepted(datetime.date(2026, 11, 30))
    assert "警告：" in ended and "样某乙的接受已于2026-11-30到期" in ended


def test_an_acceptance_of_one_place_answers_for_no_other(tmp_path: Path) -> None:
    own = [
        {"title": "甲", "text": "流产的，享受产假15天。"},
        {"title": "乙", "text": "女职工享受产假3个月。"},
    ]
    one = {"rule": "own-number", "by": "样某乙", "reason": "已核对", "until": datetime.date(2026, 12, 1)}

    def weights(**where: str) -> list[bool]:
        found = findings(tmp_path, {"clauses": {"own": own}, "accepted": [{**one, **where}]})
        return ["由样某乙接受" in line for line in found if "[own-number]" in line]

    assert weights() == [True, True]
    assert weights(where="clauses.own.1") == [False, True]
    assert weights(where="女职工劳动保护特别规定") == [True, True]
    assert weights(where="clauses.own.10") == [False, False]


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


def test_an_accepted_finding_and_its_end_stand_on_the_screen_in_json_and_in_the_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    term = load_yaml(SAMPLES / "term-length/bad/three-years-and-a-day.yaml").data
    late = load_yaml(SAMPLES / "reply-in-time/bad/one-day-late.yaml").data
    accepted = [
        {"rule": "term-length", "by": "样某乙", "reason": "双方要求", "until": datetime.date(2027, 12, 31)},
        {"rule": "reply-in-time", "by": "样某丙", "reason": "搬迁", "until": datetime.date(2026, 11, 30)},
    ]
    firm = tmp_path / "firm.yaml"
    write(firm, merged(merged(term, late), {"accepted": accepted}))
    built = build(firm, out=tmp_path / "out", formats=("md",))
    record = json.loads(next(one for one in built.files if one.suffix == ".json").read_text(encoding="utf-8"))
    recorded = [one["message"] for one in record["findings"]]
    main(["check", str(firm)])
    screen = capsys.readouterr().out
    main(["check", str(firm), "--json"])
    said = [one["message"] for one in json.loads(capsys.readouterr().out)["findings"]]
    for words in ("（已由样某乙接受，理由：双方要求，至2027-12-31）", "（样某丙的接受已于2026-11-30到期）"):
        assert words in screen
        assert any(one.endswith(words) for one in said) and any(one.endswith(words) for one in recorded)


@pytest.mark.parametrize("place", ["shanghai", "zhejiang", "guangdong"])
def test_json_says_what_the_screen_says(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    firm = tmp_path / "firm.yaml"
    wrong = {"agreement": {"place": place}, "bargaining": {"reply_day": None, "congress": {"votes_for": 80}}}
    write(firm, {**wrong, "workforce": {"total": "很多"}})
    code = main(["check", str(firm)])
    screen = capsys.readouterr().out
    assert main(["check", str(firm), "--json"]) == code == 1
    data = json.loads(capsys.readouterr().out)
    found = []
    for one in data["findings"]:
        where = Location(one["file"], one["line"], one["column"], one["place"])
        weight = Severity(one["severity"])
        fields = (one["rule"], weight, one["message"], where, one["source"], one["hint"], one["path"])
        found.append(Finding(*fields, one["group"]))
    lines = [text for _, text in printed(found)]
    counts = "，".join(f"{weight.label} {data['count'][weight.value]}" for weight in Severity)
    assert "\n".join([*lines, counts, ""]) == screen
    assert len(found) > 8


def test_the_catalogue_says_the_same_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--list"])
    screen = capsys.readouterr().out
    main(["check", "--list", "--json"])
    rules = json.loads(capsys.readouterr().out)
    stops = "    警告也使定稿不能生成，除非有人在 accepted 中负责。\n"
    shown = [
        f"{one['id']}　{Severity(one['severity']).label}　{GROUPS[one['group']]}　{one['title']}\n"
        f"    {one['explanation']}\n{stops if one['warnings_stop_final'] else ''}"
        for one in rules
    ]
    assert "".join(shown) == screen


def test_every_key_of_law_that_a_rule_asks_for_is_in_some_law_file() -> None:
    law = load_law()
    known = {key for place in law.places for key in law.keys(place)}
    asked: dict[str, str] = {}
    for path in sorted((Path(contractgen.checks.__file__).parent).glob("*.py")):
        text = path.read_text(encoding="utf-8")
        for key in re.findall(
            r"""view\.get\(\s*"(\w+)\"|"(\w+)" (?:not )?in view\b|^    \("(\w+)", "\w""", text, re.M
        ):
            asked["".join(key)] = path.name
    assert len(asked) > 30
    assert {key: name for key, name in asked.items() if key not in known} == {}


def test_no_rule_counts_days_or_people_of_its_own() -> None:
    """Limits, shares and numbers come from the law of the place."""
    rules = {module.__name__.rpartition(".")[2] for module in map(inspect.getmodule, OURS) if module}
    for name in sorted(rules):
        text = (Path(contractgen.checks.__file__).parent / f"{name}.py").read_text(encoding="utf-8")
        code = re.sub(r'""".*?"""|"[^"\n]*"', "", text, flags=re.DOTALL)
        assert not set(re.findall(r"(?<![\w.])\d+", code)) - {"0", "1"}, name


OURS = [rule.run for rule in catalogue() if rule.group in ("subject", "procedure")]
