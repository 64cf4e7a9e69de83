"""A renewal: what changed in law since, what the library now proposes, and a draft that decides nothing for anybody."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest

from contractgen.amendment import amend
from contractgen.build import build
from contractgen.cli import main
from contractgen.files import load_yaml
from contractgen.findings import InputError
from contractgen.profile import salvage_profile
from contractgen.record import read_record
from contractgen.renewal import LawChange, Renewal, renew, report
from contractgen.verify import verify

TOP = Path(__file__).resolve().parent.parent
RECORD = TOP / "tests/records/shanghai-2021-12-01.record.json"  # as issued then; never renewed
FIRM = TOP / "tests/renewal/firm-2021.yaml"  # what it was made from
DAY = datetime.date(2026, 12, 1)


@pytest.fixture(scope="module")
def found() -> Renewal:
    return renew(RECORD, on=DAY, formats=("md",))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Renewal:
    folder = tmp_path_factory.mktemp("renewal")
    return renew(RECORD, on=DAY, out=folder, formats=("docx", "html", "md"))


def law(renewal: Renewal) -> dict[str, LawChange]:
    return {one.key: one for one in renewal.law}


def issued(folder: Path, day: str, *pairs: tuple[str, str]) -> Path:
    """The record of the contract as signed on another day of November or December 2021."""
    text = FIRM.read_text("utf-8").replace("signing_day: 2021-12-01", f"signing_day: {day}")
    for old, new in (("  union_report_day: 2021-11-25\n", ""), ("  notice_day: 2021-11-23\n", "  notice_day: 2021-11-22\n"), *pairs):  # fmt: skip
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / "firm.yaml"
    path.write_text(text, encoding="utf-8")
    built = build(path, out=folder / "signed", formats=("md",), final=True)
    assert built.files, [str(one) for one in built.findings if one.severity.value == "error"]
    return built.files[-1]


# ------------------------------------------------------------------ law


# 上海市人口与计划生育条例 31: 60 days of birth leave and childcare leave since 2021-11-25; 30 days before
@pytest.mark.parametrize(
    ("day", "changed"),
    [("2021-11-24", True), ("2021-11-25", False), ("2021-11-26", False)],
    ids=["the day before", "the day", "the day after"],
)
def test_a_change_counts_when_it_came_into_force_after_the_day_of_the_contract(
    tmp_path: Path, day: str, changed: bool
) -> None:
    if changed:  # there was no childcare leave to agree on, and less to print
        gone = re.findall(r"^  childcare_\w+: .+\n", FIRM.read_text("utf-8"), re.M)
        pairs = tuple((one, "") for one in gone)
    else:
        pairs = ()
    renewal = renew(issued(tmp_path, day, *pairs), on=DAY, formats=("md",))
    assert ("birth_leave" in law(renewal), "childcare_leave" in law(renewal)) == (changed, changed)
    if changed:
        birth = law(renewal)["birth_leave"]
        assert birth.old and birth.new and (birth.old.value, birth.new.value) == (30, 60)
        assert birth.new.since == datetime.date(2021, 11, 25)
        assert str(birth.new.source) == "《上海市人口与计划生育条例》第三十一条第二款"
        assert (birth.kind, birth.number, birth.drafted, birth.below) == ("number", "30天", "60天", True)
        row = next(row for row in report(renewal).law() if row[0] == "生育假")
        assert "据公开报道，待核" in row[1] and "第三十一条" not in row[1]
        assert row[4].endswith("原合同写30天，低于现在的标准，草案写60天") and birth.articles[0] in row[4]


def test_a_change_of_the_law_day_itself_is_no_change_to_come(tmp_path: Path) -> None:
    """Seen from the other end: 2023-01-01 brings 妇女权益保障法 (2022); the day before it brings nothing yet."""
    eve, day = (renew(RECORD, on=datetime.date.fromisoformat(one), formats=("md",)) for one in ("2022-12-31", "2023-01-01"))  # fmt: skip
    statute = "《中华人民共和国妇女权益保障法》第二十五条第三项"
    new = [{str(one.new.source) for one in found.law if one.new} for found in (eve, day)]
    assert statute not in new[0] and statute in new[1]


def test_what_the_contract_of_december_2021_missed_is_told_with_articles_and_days(found: Renewal) -> None:
    told = law(found)
    assert (
        "birth_leave" not in told and "childcare_leave" not in told
    )  # 60 and 5 days were law six days before
    floors = [one for one in found.law if one.title == "产前假、哺乳假工资的最低工资底线"]
    assert floors and floors[0].kind == "new" and floors[0].new
    assert str(floors[0].new.source) == "《上海市妇女权益保障条例》第四十五条第七款"
    moved = next(
        one for one in found.law if one.title == "不得因结婚、怀孕、产假、哺乳等辞退或者单方解除合同"
    )
    assert moved.kind == "article" and moved.old and moved.new
    assert (moved.old.source.place, moved.new.source.place) == ("第二十七条第一款", "第四十八条第一款")
    assert moved.articles == ("第十二条",)
    assert any(one.kind == "ended" and one.title == "妇科、乳腺病筛查的间隔" for one in found.law)


def test_the_columns_have_their_names_on_the_terminal_too(found: Renewal) -> None:
    shown = list(report(found).lines())
    at = shown.index("\n一、法律的变化")
    assert shown[at + 2] == "  规定　当时　现在　从哪天起　涉及原合同"


def test_a_rule_whose_text_was_not_seen_is_never_told_with_its_article(found: Renewal) -> None:
    for one in found.law:
        for norm, cell in zip((one.old, one.new), next(r for r in report(found).law() if r[0] == one.title)[1:3], strict=True):  # fmt: skip
            if norm is not None and not norm.printable:
                assert "（据公开报道，待核）" in cell and not re.search(r"》第.+条", cell)


# ------------------------------------------------------------------ wording and numbers


def test_every_clause_that_changed_is_told_with_its_reason_and_effect(found: Renewal) -> None:
    told = {one.id: one for one in found.clauses}
    leave = told["antenatal-leave"]
    assert (leave.kind, leave.old, leave.new) == ("reworded", "antenatal-leave@1", "antenatal-leave@2")
    assert [one.kind for one in leave.changes] == ["law"] and leave.effects
    assert told["harassment-training"].kind == "new" and told["publication-union"].kind == "gone"
    assert not {"adoption", "adoption-result"} & set(
        told
    )  # a vote that is still to come is no change of the library
    same = {str(one) for one in found.signed.agreement.clauses} & {str(one) for one in found.draft.clauses}
    assert same and not same & {
        f"{one.id}@{one.new.rpartition('@')[2]}" for one in found.clauses if one.kind == "new"
    }


def test_agreed_numbers_carry_over_and_those_below_the_floor_are_raised_by_nobody(tmp_path: Path) -> None:
    """30 days of birth leave were agreed, and law, on 2021-11-24; 60 are the floor now."""
    gone = re.findall(r"^  childcare_\w+: .+\n", FIRM.read_text("utf-8"), re.M)
    record = issued(tmp_path, "2021-11-24", *((one, "") for one in gone), ("  paternity_leave: 15", "  birth_leave: 35\n  paternity_leave: 15"))  # fmt: skip
    renewal = renew(record, on=DAY, out=tmp_path / "out", formats=("md",))
    terms = {one.name: one for one in renewal.terms}
    assert (terms["birth_leave"].verdict, terms["birth_leave"].text) == ("below", "35天")
    assert terms["paternity_leave"].verdict == "carried"
    (profile,) = (tmp_path / "out").glob("*.yaml")
    text = profile.read_text("utf-8")
    assert re.search(r"^  birth_leave: 35  # 生育假，35天；低于现行标准（不少于60天，《上海市人口与计划生育条例》第三十一条第二款），由双方商定提高$", text, re.M)  # fmt: skip
    below = [one for one in renewal.findings if one.rule == "legal-minimum"]
    assert [one.path for one in below] == ["terms.birth_leave"] and below[0].location.file == str(profile)
    assert next(row for row in report(renewal).terms())[3] == "低于现行标准，须商定提高"


def test_what_carries_over_is_in_the_profile_and_days_and_bargaining_are_not(written: Renewal) -> None:
    (path,) = (one for one in written.files if one.suffix == ".yaml")
    read = salvage_profile(load_yaml(path))
    assert read.findings == () and read.profile is not None
    facts, then = read.profile, written.signed.profile
    assert (facts.employer.name, facts.union, facts.contacts) == (
        then.employer.name,
        then.union,
        then.contacts,
    )
    assert facts.workforce == then.workforce and facts.clauses == then.clauses
    assert dict(facts.terms) == dict(then.terms)
    assert facts.agreement.occasion == "renewal" and facts.agreement.copies == then.agreement.copies
    assert (facts.agreement.previous.signing_day, facts.agreement.previous.end) == (
        datetime.date(2021, 12, 1), datetime.date(2024, 12, 31)
    )  # fmt: skip
    assert facts.agreement.signing_day is facts.agreement.start is facts.agreement.end is None
    course = facts.bargaining
    assert course.proposal_day is course.congress.day is course.notice_day is None
    assert not any(one.name for one in course.representatives)
    assert "2021-11-20" not in path.read_text("utf-8")


# ------------------------------------------------------------------ what is written


def test_report_draft_profile_and_redline_are_written_and_say_the_same(written: Renewal) -> None:
    names = sorted(path.name.removeprefix("上海虚构云锦服装有限公司-") for path in written.files)
    assert names == sorted(
        [
            *(f"女职工权益保护专项集体合同-草案.{one}" for one in ("docx", "html", "md", "record.json")),
            *(f"女职工权益保护专项集体合同续订对照报告.{one}" for one in ("docx", "html", "json", "md")),
            *(f"女职工权益保护专项集体合同续订修订对照.{one}" for one in ("docx", "html")),
            "续订情况表.yaml",
        ]
    )
    told = report(written)
    by_ending = {path.suffixes[-1]: path.read_text("utf-8") for path in written.files if "报告" in path.name and path.suffix != ".docx"}  # fmt: skip
    assert json.loads(by_ending[".json"]) == json.loads(json.dumps(told.as_dict()))
    for row in told.law():
        for text in (by_ending[".md"], by_ending[".html"]):
            assert all(cell in text for cell in row)
    assert str(written.window) in by_ending[".md"]
    (draft,) = (path for path in written.files if path.name.endswith("草案.docx"))
    assert verify(draft).state == "unchanged" and not read_record(written.files[3]).final


def test_the_redline_goes_from_the_contract_to_the_draft(written: Renewal) -> None:
    (marked,) = (path for path in written.files if path.name.endswith("修订对照.html"))
    text = marked.read_text("utf-8")
    assert "严重的妊娠<del>综合</del>症" in text and "严重的妊娠<ins>并发</ins>症" in text
    assert written.differences.count["stronger"] > written.differences.count["weaker"]


def test_the_window_is_that_of_the_law(found: Renewal) -> None:
    assert "期满前3个月以内，即2024-09-30至2024-12-31" in str(found.window)
    assert "（据公开报道，待核）" in str(found.window)
    assert any(one.rule == "contract-ended" for one in found.findings)


@pytest.mark.parametrize(
    ("day", "ended"), [("2024-12-30", False), ("2024-12-31", False), ("2025-01-01", True)], ids=["before", "last day", "after"]
)  # fmt: skip
def test_a_contract_has_ended_the_day_after_its_last(day: str, ended: bool) -> None:
    renewal = renew(RECORD, on=datetime.date.fromisoformat(day), formats=("md",))
    assert any(one.rule == "contract-ended" for one in renewal.findings) == ended


def test_a_profile_of_today_is_taken_instead(tmp_path: Path) -> None:
    text = (TOP / "examples/firm.yaml").read_text("utf-8")
    path = tmp_path / "firm.yaml"
    path.write_text(text, encoding="utf-8")
    renewal = renew(RECORD, profile_path=path, out=tmp_path / "out", formats=("md",))
    assert renewal.draft.on == datetime.date(2026, 12, 1) and not list((tmp_path / "out").glob("*.yaml"))
    assert path.read_text("utf-8") == text


def test_the_same_input_gives_the_same_bytes(written: Renewal, tmp_path: Path) -> None:
    again = renew(RECORD, on=DAY, out=tmp_path, formats=("docx", "html", "md"))
    assert [path.read_bytes() for path in again.files] == [path.read_bytes() for path in written.files]


# ------------------------------------------------------------------ what stands in the way


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "不知道按哪一天的法律续订"),
        (["--on", "2021-12-01"], "不晚于上一份合同的日期"),
        (["--profile", str(TOP / "examples/small-firm/profile.yaml")], "生成记录是上海虚构云锦服装有限公司"),
        (["--on", "2026-12-01", "--format", "xls", "--out", "x"], "不认识的格式"),
    ],
    ids=["no day", "not later", "another firm", "format"],
)
def test_what_cannot_be_renewed_is_told(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    code = main(["renew", "--record", str(RECORD), *arguments])
    said = capsys.readouterr().err
    assert code == 2 and message in said and "Traceback" not in said and not list(tmp_path.iterdir())


def test_a_draft_and_a_record_of_the_first_form_cannot_be_renewed(tmp_path: Path) -> None:
    build(FIRM, out=tmp_path, formats=("md",))
    with pytest.raises(InputError, match="是草案，不是签订的合同"):
        renew(next(tmp_path.glob("*.record.json")), on=DAY)
    data = json.loads(RECORD.read_text("utf-8"))
    old = {**data["manifest"], "form": 1, "articles": {"第一条": "0" * 64}, "profile": data["profile"]}
    path = tmp_path / "旧合同-定稿.record.json"
    path.write_text(json.dumps(old, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(InputError, match="旧格式的生成记录没有保存当时的文字"):
        renew(path, on=DAY)


def test_a_contract_is_renewed_as_it_was_amended(tmp_path: Path) -> None:
    build(TOP / "examples/firm.yaml", out=tmp_path / "signed", formats=("md",), final=True)
    (signed,) = (tmp_path / "signed").glob("*.record.json")
    amended = amend(signed, TOP / "examples/firm.amendment.yaml", out=tmp_path, formats=("md",), final=True)
    found = [
        renew(path, on=datetime.date(2029, 12, 1), formats=("md",))
        for path in amended.files
        if path.name.endswith(".record.json")
    ]
    assert len(found) == 2
    for renewal in found:
        terms = {one.name: one.text for one in renewal.terms}
        assert terms["paternity_leave"] == "20天" and renewal.signed.title == "女职工权益保护专项集体合同"
        assert [own.title for own in renewal.draft.profile.clauses.own] == ["女职工休息室", "暑期亲子开放日"]
        assert renewal.draft.profile.agreement.previous.signing_day == datetime.date(2026, 12, 1)


def test_what_is_to_be_told_anew_neither_weakens_nor_strengthens(tmp_path: Path) -> None:
    """The days, the vote and the names of the chiefs stand blank; library and law are those of the contract."""
    build(TOP / "examples/firm.yaml", out=tmp_path, formats=("md",), final=True)
    (record,) = tmp_path.glob("*.record.json")
    found = renew(record, on=datetime.date(2026, 12, 5))
    assert not found.clauses and not list(found.wording.changes)
    changed = list(found.differences.changes)
    assert changed and {one.label for one in changed} == {"neutral"}
    assert report(found).as_dict()["differences"]["weaker"] == 0
