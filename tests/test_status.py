"""law status: how old each value is on the day of signing, and what a final text must not pass over."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from contractgen.cli import main
from contractgen.findings import InputError, Severity
from contractgen.law import Law, Norm, load_law
from contractgen.law.status import BUDGET, age, freshness, status

PLACE = """\
place: mist
title: 雾州
checked: 2025-04-19
instruments:
  rule: {title: 雾州职工规定, in_force: 2020-01-01}
  notice: {title: 雾州检查通知, in_force: 2020-01-01, stale: true, note: 据说已改}
values:
  leave:
    title: 产假
    unit: day
    bound: minimum
    dated:
      2020-01-01: {value: 98, instrument: rule, article: "7", state: verified}
  wage:
    title: 最低标准
    unit: percent
    bound: minimum
    budget: 6
    dated:
      2020-01-01: {value: 80, instrument: rule, article: "8", state: verified}
  checkup:
    title: 检查间隔
    unit: year
    bound: maximum
    checked: 2026-01-31
    dated:
      2020-01-01: {value: 2, instrument: notice, state: reported}
      2027-06-01: null
duties:
  talk:
    title: 听取意见
    dated:
      2020-01-01: {instrument: rule, article: "9", state: verified, checked: 2026-11-01}
"""


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "mist.yaml").write_text(PLACE, "utf-8")
    return tmp_path


@pytest.fixture
def law(library: Path) -> Law:
    return load_law(library / "law")


def norm(law: Law, key: str) -> Norm:
    return law.at("mist", day("2026-12-01"))[key]


# ------------------------------------------------------------------ the day of comparison


def test_an_entry_may_have_a_day_of_its_own_and_so_may_a_wording(law: Law) -> None:
    assert norm(law, "leave").checked == day("2025-04-19")
    assert norm(law, "checkup").checked == day("2026-01-31")
    assert norm(law, "talk").checked == day("2026-11-01")


@pytest.mark.parametrize("budget", ["0", "-3", "121", '"24"'])
def test_a_budget_that_cannot_be_is_refused_by_line(library: Path, budget: str) -> None:
    path = library / "law" / "mist.yaml"
    path.write_text(PLACE.replace("budget: 6", f"budget: {budget}"), "utf-8")
    with pytest.raises(InputError) as refused:
        load_law(library / "law")
    (finding,) = refused.value.findings
    assert finding.location.line == PLACE.splitlines().index("    budget: 6") + 1


# ------------------------------------------------------------------ months


@pytest.mark.parametrize(
    ("on", "level"),
    [
        ("2021-01-01", "fresh"),
        ("2026-04-18", "fresh"),
        ("2026-04-19", "notice"),
        ("2027-04-19", "notice"),
        ("2027-04-20", "over"),
    ],
)
def test_the_level_changes_on_the_very_day(law: Law, on: str, level: str) -> None:
    found = age(norm(law, "leave"), day(on))
    assert (found.level, found.budget, found.due) == (level, BUDGET, day("2027-04-19"))


def test_a_value_may_have_a_budget_of_its_own(law: Law) -> None:
    found = {on: age(norm(law, "wage"), day(on)).level for on in ("2025-07-18", "2025-07-19", "2025-10-20")}
    assert list(found.values()) == ["fresh", "notice", "over"]


def test_an_end_is_told_a_year_ahead(law: Law) -> None:
    checkup = norm(law, "checkup")
    assert age(checkup, day("2026-05-31")).ends is None
    assert age(checkup, day("2026-06-01")).ends == day("2027-06-01")
    assert age(norm(law, "leave"), day("2026-06-01")).ends is None


# ------------------------------------------------------------------ what a draft is told


def test_what_is_over_its_budget_is_one_warning_for_each_place_with_its_count(law: Law) -> None:
    used = [norm(law, key) for key in ("leave", "wage", "talk")]
    (found,) = [one for one in freshness(used, day("2026-12-01")) if one.severity is Severity.WARNING]
    assert found.rule == "law-age" and found.source == "《雾州职工规定》"
    assert "满 19 个月" in found.message and "6 个月的限期" in found.message
    assert "雾州的规定最后核对于" in found.message and "用到 1 项" in found.message
    assert "不能做成定稿" in found.message and "由审核人" in found.hint


def test_what_nears_its_budget_is_one_advice_for_each_place(law: Law) -> None:
    used = [norm(law, key) for key in ("leave", "talk")]
    (found,) = freshness(used, day("2026-12-01"))
    assert (found.rule, found.severity) == ("law-age", Severity.ADVICE)
    assert "2027-04-19 以后签订" in found.message and "用到 1 项" in found.message


def test_a_later_text_that_was_not_compared_is_a_warning_at_any_age(law: Law) -> None:
    (found,) = freshness([norm(law, "checkup")], day("2026-02-01"))
    assert (found.rule, found.severity) == ("law-later-text", Severity.WARNING)
    assert "《雾州检查通知》" in found.message and "检查间隔" in found.message


def test_fresh_law_gives_no_finding_and_repeats_give_no_more(law: Law) -> None:
    assert freshness([norm(law, "leave")], day("2025-06-01")) == ()
    twice = [norm(law, "leave"), norm(law, "leave")]
    assert freshness(twice, day("2028-01-01")) == freshness(twice[:1], day("2028-01-01"))


def test_a_long_list_of_titles_is_cut_and_counted() -> None:
    used = list(load_law().at("national", day("2026-12-01")).values())
    (found,) = [
        one
        for one in freshness(used, day("2028-01-01"))
        if one.severity is Severity.WARNING and one.rule == "law-age"
    ]
    compared = [one for one in dict.fromkeys(used) if one.checked]
    assert f"用到 {len(compared)} 项" in found.message
    assert (
        f"等 {len({one.source.title for one in compared})} 件" in found.source
        and found.source.count("、") < 10
    )


# ------------------------------------------------------------------ the command


def test_every_norm_of_a_place_has_its_line(law: Law) -> None:
    on = day("2026-12-01")
    shipped = load_law()
    assert {one.norm.key for one in status(shipped, on, "shanghai")} >= set(shipped.at("shanghai", on))
    assert [one.norm.key for one in status(law, on)] == ["checkup", "leave", "talk", "wage"]


def test_the_command_shows_day_age_source_state_and_end(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["law", "status", "--library", str(library)]
    assert main([*command, "--on", "2026-12-01"]) == 1  # wage has a budget of 6 months
    out, talk = capsys.readouterr()
    lines = {line.split()[1]: line for line in out.splitlines()}
    assert "2025-04-19 核对" in lines["leave"] and "满 19 个月，限期 24 个月" in lines["leave"]
    assert "临近限期" in lines["leave"] and "《雾州职工规定》第七条" in lines["leave"]
    assert "超过限期" in lines["wage"]
    assert "据公开报道，待核；已有更新的文本，尚未核对；2027-06-01 起终止或者变动" in lines["checkup"]
    assert "超过限期 1" in talk and "有更新文本待核对 1，一年内终止或者变动 1" in talk


def test_the_command_exits_with_0_while_nothing_is_over(library: Path) -> None:
    assert main(["law", "status", "--library", str(library), "--on", "2025-06-01"]) == 0


def test_json_has_the_same_content(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "status", "--library", str(library), "--on", "2026-12-01", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["count"] == {"fresh": 2, "notice": 1, "over": 1, "never": 0}
    rows = {row["key"]: row for row in report["norms"]}
    assert (rows["wage"]["level"], rows["wage"]["budget"], rows["wage"]["due"]) == ("over", 6, "2025-10-19")
    assert rows["checkup"]["stale"] and rows["checkup"]["until"] == "2027-06-01"


def test_the_day_is_asked_for_and_never_the_clocks(library: Path) -> None:
    assert main(["law", "status", "--library", str(library)]) == 2
    assert main(["law", "status", "--library", str(library), "--on", "2026-12-01", "--place", "fog"]) == 2


# ------------------------------------------------------------------ what was never compared


REPORTS = """\
place: rumor
title: 传闻州
instruments:
  rule: {title: 传闻州规定, in_force: 2020-01-01}
values:
  leave:
    title: 产假
    unit: day
    bound: minimum
    dated:
      2020-01-01: {value: 120, instrument: rule, state: reported}
"""


def test_a_file_of_reports_needs_no_day_and_its_entries_were_never_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "rumor.yaml").write_text(REPORTS, "utf-8")
    law = load_law(tmp_path / "law")
    found = law.at("rumor", day("2036-12-01"))["leave"]
    assert law.checked("rumor") is None and found.checked is None
    old = age(found, day("2036-12-01"))
    assert (old.level, old.label, old.due) == ("never", "从未核对", None)
    assert freshness([found], day("2036-12-01")) == ()  # reported-law tells of it, and no day makes it staler
    assert main(["law", "status", "--library", str(tmp_path), "--on", "2036-12-01"]) == 0
    assert "从未核对" in capsys.readouterr().out
    assert (
        main(["law", "show", "leave", "--place", "rumor", "--on", "2036-12-01", "--library", str(tmp_path)])
        == 0
    )
    assert "据公开报道，待核；从未与官方文本核对" in capsys.readouterr().out


def test_the_day_of_a_file_is_not_that_of_its_reports(library: Path) -> None:
    path = library / "law" / "mist.yaml"
    path.write_text(PLACE.replace("    checked: 2026-01-31\n", ""), "utf-8")
    assert norm(load_law(library / "law"), "checkup").checked is None


def test_a_verified_entry_without_a_day_of_comparison_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rumor.yaml").write_text(
        REPORTS.replace("state: reported", 'article: "3", state: verified'), "utf-8"
    )
    with pytest.raises(InputError) as caught:
        load_law(tmp_path)
    assert [one.rule for one in caught.value.findings] == ["law-missing-field"]
