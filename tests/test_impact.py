"""law impact: which clauses, firms' agreements and records a change of law touches, and what must be amended."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.build import assemble_file, build
from contractgen.cli import main
from contractgen.findings import InputError
from contractgen.impact import (
    Impact,
    Use,
    impact,
    read_query,
    read_records,
    references,
)
from contractgen.law import load_law, unit_label
from contractgen.law.units import names, number_of
from contractgen.library import Basis, Library, ValueSpec, load_library
from contractgen.record import Record

TOP = Path(__file__).resolve().parent.parent
FIRM = TOP / "examples" / "firm.yaml"
LAW = load_law()
LIBRARY = load_library()


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the record of the example firm: Shanghai, until 2029-12-31."""
    folder = tmp_path_factory.mktemp("issued")
    assert build(FIRM, out=folder / "云锦", formats=("md",), final=True).files
    return folder


@pytest.fixture
def record(issued: Path) -> dict[str, Any]:
    """In form 1, whose manifest is not a group of its own, so that a test may change a part by its name."""
    (one,) = read_records(issued)[0]
    told = {**one.manifest, "profile": one.profile, "form": 1, "options": {"final": True}}
    return json.loads(json.dumps(told))  # type: ignore[no-any-return]


def asked(query: str, *records: dict[str, Any], place: str | None = None, on: str = "") -> Impact:
    when = day(on) if on else None
    listed = [Record(Path(f"{number}.record.json"), 1, data) for number, data in enumerate(records)]
    return impact(read_query(LAW, query, place, when), LAW, LIBRARY, on=when, records=listed)


def use(query: str, record: dict[str, Any], **options: str) -> Use:
    (found,) = asked(query, record, **options).agreements
    return found


# ------------------------------------------------------------------ what is asked


def test_a_key_is_itself_and_a_value_is_exact() -> None:
    query = read_query(LAW, "maternity_leave=128")
    assert (query.keys, query.value) == (("maternity_leave",), Fraction(128))
    assert read_query(LAW, "maternity_leave＝2.5").value == Fraction(5, 2)
    assert read_query(LAW, "quorum=3/4", "shanghai").value == Fraction(3, 4)


def test_a_citation_means_every_key_that_rests_on_it() -> None:
    whole = set(read_query(LAW, "《女职工劳动保护特别规定》第七条").keys)
    first = set(read_query(LAW, "《女职工劳动保护特别规定》第七条第一款").keys)
    assert {"maternity_leave", "multiple_birth_leave"} <= first < whole
    assert "miscarriage_leave_under_4_months" in whole - first
    short = read_query(LAW, "《劳动合同法》第四十二条第四项").keys
    assert short == read_query(LAW, "《中华人民共和国劳动合同法》第四十二条第（四）项").keys
    assert "dismissal_ban_three_periods" in short


def test_what_gave_way_to_another_place_is_found_by_its_citation_too() -> None:
    keys = read_query(LAW, "《上海市妇女权益保障条例》第四十五条第三款", "shanghai").keys
    assert "no_pay_or_welfare_cut" in keys  # yields to the national law


@pytest.mark.parametrize(
    ("query", "place", "message"),
    [
        ("maternity_leef", None, "没有 maternity_leef"),
        ("《女职工劳动保护特别规定》第九十九条", None, "没有依据"),
        ("maternity_leave=", None, "读不懂"),
        ("maternity_leave=多些", None, "读不懂"),
        ("maternity_leave=0", None, "读不懂"),
        ("maternity_leave=1/0", None, "读不懂"),
        ("equal_pay=3", None, "只有单独一个数值"),
        ("《女职工劳动保护特别规定》第七条=100", None, "只有单独一个数值"),
        ("quorum=3/4", None, "不止一个地区"),
        ("birth_leave", "fog", "没有地区 fog"),
        ("birth_leave", "national", "没有 birth_leave"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(query: str, place: str | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_query(LAW, query, place)


# ------------------------------------------------------------------ clauses


def test_every_clause_that_refers_to_a_key_is_found_and_no_other() -> None:
    for key in ("maternity_leave", "equal_pay", "harassment_training", "quorum"):
        found = {str(one.clause) for one in asked(key).clauses}
        versions = list(LIBRARY.all_versions())
        assert {str(v) for v in versions if key in v.law_keys} <= found
        texts = {v: (LIBRARY.folder / v.path).read_text("utf-8") for v in versions}
        named = {str(v) for v, text in texts.items() if key in text}
        assert found <= named, key


def test_an_article_printed_in_a_text_is_found_by_its_whole_key_only() -> None:
    versions = list(LIBRARY.all_versions())
    printed = {str(v): set(re.findall(r"\{\{ law\.([a-z0-9_]+)", v.body)) for v in versions}
    for key in set().union(*printed.values()) | {"union", "equal_pay_general"}:
        if key in LAW.keys("shanghai"):
            found = {str(one.clause) for one in asked(key).clauses if "条文引用" in one.ways}
            assert found == {clause for clause, keys in printed.items() if key in keys}, key


def test_wordings_in_force_are_told_from_older_and_coming_ones() -> None:
    def whens(on: str) -> dict[str, str]:
        return {str(one.clause): one.when for one in asked("maternity_leave", on=on).clauses}

    first, wrong, third = LIBRARY.versions("birth-leave-use")
    assert whens("")["birth-leave-use@1"] == "older" and whens("")["birth-leave-use@3"] == "current"
    before = whens(str(third.in_force_from - datetime.timedelta(1)))
    assert before["birth-leave-use@1"] == "current" and before["birth-leave-use@3"] == "coming"
    assert whens(str(third.in_force_from))["birth-leave-use@1"] == "older" and first.version == 1
    assert (
        wrong.in_force_from == third.in_force_from
    )  # corrected from its first day: never in use, never coming
    assert before["birth-leave-use@2"] == whens("")["birth-leave-use@2"] == "older"


def test_a_proposal_of_the_library_that_no_longer_suffices_asks_for_a_new_wording() -> None:
    def amend(query: str) -> str:
        return {str(one.clause): one.amend for one in asked(query, place="shanghai").clauses}[
            "gynecological-examination@3"
        ]

    assert "建议值1年不符合新标准" in amend("gynecological_examination_interval=0.5")
    assert "建议值" not in amend("gynecological_examination_interval=1")


def changed(clause_id: str, **parts: Any) -> Library:
    """The library with the newest wording of a clause changed."""
    versions = LIBRARY.versions(clause_id)
    new = replace(versions[-1], **parts)
    return replace(LIBRARY, _versions={**LIBRARY._versions, clause_id: (*versions[:-1], new)})


def test_a_sum_rests_on_what_its_parts_rest_on() -> None:
    total = ValueSpec("all_leave", "sum", "合计", "day", parts=("birth_leave", "maternity_leave"))
    library = changed("copies", values=(total,))
    found = impact(read_query(LAW, "birth_leave", "shanghai"), LAW, library)
    assert {one.clause.id: one.ways for one in found.clauses}["copies"] == ("数值",)


def test_a_number_in_another_unit_is_left_to_a_person() -> None:
    (interval, *_) = LIBRARY.clause("gynecological-examination").values
    other = replace(interval, unit="month", default=12, floor="gynecological_examination_interval")
    library = changed("gynecological-examination", values=(other,))
    found = impact(read_query(LAW, "gynecological_examination_interval=1", "shanghai"), LAW, library)
    assert {str(one.clause): one.amend for one in found.clauses}["gynecological-examination@3"] == "核对文字"


def test_every_way_of_referring_to_a_key_is_seen() -> None:
    clause = LIBRARY.clause("copies")
    ways: dict[str, Any] = {
        "law_has": ("some_key",),
        "law_lacks": ("some_key",),
        "covers": ("some_key",),
        "basis": (Basis(key="some_key"),),
        "body": "依照{{ law.some_key.title }}。",
        "values": (ValueSpec("some_key", "law"),),
    }
    for name, value in ways.items():
        assert "some_key" in replace(clause, **{name: value}).law_keys, name
    floored = ValueSpec("x", "agreed", "甲", "day", "minimum", 3, "some_key")
    assert replace(clause, values=(floored,)).law_keys >= {"some_key"} and "x" not in clause.law_keys


# ------------------------------------------------------------------ records


@pytest.mark.parametrize(
    ("query", "verdict"),
    [
        ("birth_leave=59", "meets"),
        ("birth_leave=60", "meets"),
        ("birth_leave=61", "below"),
        ("birth_leave", "text"),
        ("gynecological_examination_interval_1990_rule=1", "meets"),
        ("gynecological_examination_interval_1990_rule=0.9", "below"),
    ],
)
def test_a_record_is_judged_against_the_value_to_come(
    record: dict[str, Any], query: str, verdict: str
) -> None:
    assert use(query, record, place="shanghai").verdict == verdict


def test_a_record_is_named_with_employer_term_and_wordings(record: dict[str, Any]) -> None:
    found = use("birth_leave=90", record, place="shanghai")
    assert found.issued and "云锦" in found.employer and found.ends == day("2029-12-31")
    assert "birth-leave@2" in found.clauses and found.must_be_amended
    (number,) = found.numbers
    assert (number.name, number.text) == ("birth_leave", "60天")


def test_an_agreement_whose_term_is_over_need_not_be_amended(record: dict[str, Any]) -> None:
    last, after = (
        use("birth_leave=90", record, place="shanghai", on=on) for on in ("2029-12-31", "2030-01-01")
    )
    assert (last.over, last.must_be_amended) == (False, True)
    assert (after.over, after.must_be_amended) == (True, False)


def test_a_draft_is_made_anew_and_not_amended(record: dict[str, Any]) -> None:
    drafted = use("birth_leave=90", record | {"options": {"final": False}}, place="shanghai")
    assert drafted.draft and drafted.verdict == "below" and not drafted.must_be_amended
    assert use("birth_leave=90", record, place="shanghai").must_be_amended


def test_a_folder_without_a_record_is_told(tmp_path: Path) -> None:
    records, (finding,) = read_records(tmp_path)
    assert records == () and finding.rule == "no-record" and "没有合同记录" in finding.message


def test_an_agreement_under_other_law_is_not_touched(record: dict[str, Any]) -> None:
    elsewhere = record | {"place": "zhejiang"}
    assert asked("maternity_leave=128", elsewhere, record, place="national").agreements[0].place == "zhejiang"
    assert [one.place for one in asked("birth_leave=90", elsewhere, record, place="shanghai").agreements] == [
        "shanghai"
    ]


def test_a_change_at_another_place_of_work_touches_that_places_numbers(record: dict[str, Any]) -> None:
    plant = {
        "place": "zhejiang",
        "sites": [],
        "values": {"paternity_leave": {"number": "15", "text": "15天"}},
    }
    two = {**record, "other_places": [plant]}
    touched = use("paternity_leave=20", two, place="zhejiang")
    assert [(one.name, one.text, one.verdict) for one in touched.numbers] == [
        ("paternity_leave", "15天", "below")
    ]
    same = use("birth_leave=61", {**record, "other_places": [{**plant, "values": {}}]}, place="zhejiang")
    assert [one.verdict for one in same.numbers] == ["below"]  # not listed for the place: the seat's number
    assert not asked("paternity_leave=20", record, place="zhejiang").agreements


def test_a_citation_without_number_leads_to_the_records_that_rest_on_it(record: dict[str, Any]) -> None:
    found = use("《中华人民共和国劳动合同法》第四十五条", record)
    assert "contract-extension@2" in found.clauses and found.numbers == () and found.verdict == "text"


def test_a_record_with_an_exact_number_is_believed_before_its_printed_text(record: dict[str, Any]) -> None:
    record["values"]["birth_leave"]["number"] = "90"
    assert use("birth_leave=90", record, place="shanghai").verdict == "meets"


def test_a_wording_that_this_library_does_not_have_stops_nothing(record: dict[str, Any]) -> None:
    record["clauses"] = ["birth-leave@99", "gone@1"]
    record["values"]["birth_leave"]["clause"] = "birth-leave@99"
    found = use("birth_leave=90", record, place="shanghai")
    assert found.clauses == () and found.must_be_amended


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"clauses": 3}', b"\xff\xfe", b"[" * 100000])
def test_a_broken_record_is_named_and_passed_over(tmp_path: Path, issued: Path, content: bytes) -> None:
    shutil.copytree(issued, tmp_path / "issued")
    (tmp_path / "issued" / "坏.record.json").write_bytes(content)
    (tmp_path / "issued" / "别的.json").write_bytes(content)
    records, findings = read_records(tmp_path / "issued")
    assert len(records) == 1
    assert [one.rule for one in findings] == ["record-unreadable"] and "坏" in findings[0].location.file


@pytest.mark.parametrize("change", [{"values": []}, {"profile": 3}, {"place": None}, {"law_day": "x"}])
def test_a_record_that_lacks_parts_is_taken_as_far_as_it_goes(
    record: dict[str, Any], change: dict[str, Any]
) -> None:
    assert use("maternity_leave=128", record | change).clauses


@given(
    number=st.fractions(Fraction(1, 10), 500, max_denominator=20), unit=st.sampled_from(sorted(names().units))
)
def test_a_printed_number_is_read_back(number: Fraction, unit: str) -> None:
    if names().units[unit].share:
        number = min(number / 500, Fraction(1))
        number = Fraction(max(number.numerator, 1), max(number.denominator, 1))
    assert number_of(unit_label(number, unit), unit) == number


# ------------------------------------------------------------------ profiles


def test_a_profile_follows_the_law_where_the_number_is_the_laws() -> None:
    agreement = assemble_file(FIRM).agreement
    assert agreement is not None

    def judged(query: str) -> dict[str, str]:
        found = impact(
            read_query(LAW, query, "shanghai"), LAW, LIBRARY, agreements=[("firm.yaml", agreement)]
        )
        (one,) = found.agreements
        assert not one.issued and one.clauses[0].startswith("第")
        assert one.must_be_amended == ("below" in {number.verdict for number in one.numbers})
        return {number.name: number.verdict for number in one.numbers}

    assert judged("birth_leave=90") == {"birth_leave": "follows"}
    assert judged("birth_leave=60") == {"birth_leave": "meets"}
    assert judged("gynecological_examination_interval_1990_rule=0.5") == {"gynecological_interval": "below"}


def test_references_of_clauses_have_file_and_line() -> None:
    keys, cited = references(LIBRARY)
    assert all(Path(where.file).is_file() for where in keys["maternity_leave"])
    (one,) = [c for c in cited if c.where.file.endswith("adoption-ballot/1.md") and c.mention.article == "31"]
    line = Path(one.where.file).read_text("utf-8").splitlines()[(one.where.line or 0) - 1]
    assert "第三十一条" in line and one.mention.title == "上海市职工代表大会条例"


# ------------------------------------------------------------------ the command


def test_the_command_lists_clauses_profiles_records_and_what_to_amend(
    issued: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["law", "impact", "birth_leave=90", "--place", "shanghai", "--on", "2027-06-01"]
    assert main([*command, "--records", str(issued), "--profiles", str(FIRM)]) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        "上海市　生育假（birth_leave）　不少于60天　《上海市人口与计划生育条例》第三十一条第二款"
    )
    assert "birth-leave@2" in out and "旧版" in out
    assert "企业情况表（1 份）：" in out and "合同记录（1 份）：" in out
    assert "birth_leave　60天　不符合新标准" in out and "birth_leave　60天　随法律数据更新" in out
    assert out.split("须修订的合同：1 份\n")[1].strip().endswith(".record.json")
    assert "须改的企业情况表：0 份" in out


def test_the_command_exits_with_0_where_nothing_must_be_amended(
    issued: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["law", "impact", "birth_leave=60", "--place", "shanghai", "--records", str(issued)]
    assert main(command) == 0
    assert main(["law", "impact", "maternity_leave"]) == 0
    assert "只查了条款" in capsys.readouterr().out
    assert main(["law", "impact", "maternity_leave", "--records", str(issued)]) == 0
    assert "规定有变动时要核对：现行条款" in capsys.readouterr().out


def test_json_has_the_same_content(issued: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["law", "impact", "birth_leave=90", "--place", "shanghai", "--records", str(issued), "--json"]
    assert main(command) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["keys"], report["value"]) == (["birth_leave"], "90")
    (agreement,) = report["agreements"]
    assert agreement["must_be_amended"] and agreement["numbers"][0]["verdict"] == "below"
    assert {"birth-leave@2"} <= {one["clause"] for one in report["clauses"]}


def test_folders_that_do_not_exist_and_broken_files_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["law", "impact", "maternity_leave", "--records", str(tmp_path / "无")]) == 2
    assert main(["law", "impact", "maternity_leave", "--profiles", str(tmp_path / "无")]) == 2
    (tmp_path / "坏.yaml").write_text("employer: [", "utf-8")
    (tmp_path / "空.yaml").write_text("employer: {name: 甲}\n", "utf-8")
    shutil.copy(FIRM, tmp_path / "firm.yaml")
    capsys.readouterr()
    assert main(["law", "impact", "maternity_leave", "--profiles", str(tmp_path)]) == 0
    out, talk = capsys.readouterr()
    assert "企业情况表（1 份）" in out and talk.count("[profile-unreadable]") == 2
