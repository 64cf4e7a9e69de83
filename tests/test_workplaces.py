"""Several places of work: each has its own law, one text says what holds where, and refuses only what cannot stand together."""

from __future__ import annotations

import datetime
import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from contractgen.agreement import Agreement, AgreementArticle, Provision, assemble, explain, layout
from contractgen.build import Assembled, assemble_file, build
from contractgen.checks import check_agreement
from contractgen.document import Paragraph, Table
from contractgen.files import data_folder, load_yaml
from contractgen.findings import InputError, Severity
from contractgen.formats.text import write_markdown
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.profile import load_profile
from contractgen.record import manifest

BASE = Path(__file__).parent / "checks" / "base.yaml"
PLANT = {"place": "oldtown", "site": "虚构工厂", "women": 10}

LAW = """
place: {place}
title: {title}
within: {within}
checked: 2026-01-01
texts_reviewed: 2026-01-01
instruments:
  rules-{place}: {{title: {title}条例, in_force: 2020-01-01}}
values:{values}
"""
ROW = """
  {key}:
    title: {title}
    unit: {unit}
    bound: minimum
    dated:
      2020-01-01: {{value: {value}, instrument: rules-{place}, article: "9", state: {state}}}"""


def law_file(
    library: Path, place: str, title: str, *values: tuple[Any, ...], within: str = "national", more: str = ""
) -> None:
    """A place whose law file has numbers: key, title, unit, value and, where it is not verified, the state."""
    rows = "".join(
        ROW.format(
            key=key,
            title=name,
            unit=unit,
            value=value,
            place=place,
            state=state[0] if state else "verified",
        )
        for key, name, unit, value, *state in values
    )
    text = LAW.format(place=place, title=title, within=within, values=rows or " {}") + more
    (library / "law" / f"{place}.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The library with two invented provinces; the first has all that Shanghai asks for by numbers alone."""
    folder = tmp_path / "library"
    shutil.copytree(data_folder("clauses"), folder)
    law_file(
        folder,
        "oldtown",
        "虚构省",
        ("birth_leave", "增产假", "day", 50),
        ("paternity_leave", "看护假", "day", 20),
        ("childcare_leave", "育儿假", "day_per_year", 8),
        ("childcare_leave_until_age", "育儿假的子女年龄上限", "age", 3),
    )
    law_file(folder, "bare", "子虚省")
    return folder


def assembled(library: Path, *places: dict[str, Any], own_library: bool = False, **groups: Any) -> Assembled:
    """The firm of the samples with other places of work; ``groups`` replace single lines of a group.

    ``own_library``: with the library that comes with the program; ``library`` is then only a place to write beside.
    """
    data = load_yaml(BASE).data
    data["agreement"] = {**data["agreement"], "other_places": [dict(one) for one in places]}
    for group, change in groups.items():
        data[group] = {**(data.get(group) or {}), **change}
    path = library.parent / "firm.yaml"
    with path.open("w", encoding="utf-8") as stream:
        YAML(typ="safe", pure=True).dump(data, stream)
    return assemble_file(path, library=None if own_library else library)


def where(library: Path, *steps: str | int) -> int | None:
    """The line of the profile at which something stands."""
    return load_yaml(library.parent / "firm.yaml").where(steps).line


def agreement_of(one: Assembled) -> Agreement:
    assert one.agreement is not None, [str(finding) for finding in one.findings]
    return one.agreement


def errors(one: Assembled) -> list[str]:
    return [str(finding) for finding in one.findings if finding.severity is Severity.ERROR]


def article(agreement: Agreement, name: str) -> AgreementArticle:
    return next(one for one in (*agreement.articles, *agreement.annexes) if one.id == name)


def provision(agreement: Agreement, clause: str) -> Provision:
    return next(one for one in agreement.provisions if one.clause is not None and one.clause.id == clause)


def place_rows(agreement: Agreement, table: int = 0) -> dict[str, tuple[str, ...]]:
    """The table of places by its first column."""
    blocks = provision(agreement, "place-standards").blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    return {row[0].text: tuple(cell.text for cell in row[1:]) for row in tables[table].rows}


# ------------------------------------------------------------------ one text, a table of places


def test_one_place_of_work_leaves_no_trace_of_others(library: Path) -> None:
    agreement = agreement_of(assembled(library))
    assert [one.view.place for one in agreement.workplaces] == ["shanghai"]
    text = write_markdown(layout(agreement))
    assert "工作地点在" not in text and "各工作地点标准对照表" not in text
    assert "other_places" not in manifest(agreement)


def test_each_place_has_its_own_standards_with_article_in_the_table(library: Path) -> None:
    agreement = agreement_of(assembled(library, PLANT))
    rows = place_rows(agreement)
    here = article(agreement, "paternity-leave").label
    assert rows["配偶陪产假"] == (
        "10天，《上海市人口与计划生育条例》第三十一条第二款",
        "看护假20天，《虚构省条例》第九条",
        f"{here}第一款",
    )
    assert "产假" not in rows  # national, the same everywhere
    assert "配偶陪产假10天（其他工作地点见附件" in provision(agreement, "paternity-leave").text
    assert "虚构省（虚构工厂）" in provision(agreement, "scope-places").text


def test_a_lower_local_standard_gives_way_to_the_text(library: Path) -> None:
    agreement = agreement_of(assembled(library, PLANT))
    assert place_rows(agreement)["生育假"][1] == "增产假60天（按照正文）"
    value = agreement.workplaces[1].values["birth_leave"]
    assert (value.origin, value.number, value.floor and value.floor.value) == ("seat", 60, 50)
    assert "优于当地的法定标准：不少于50天" in write_markdown(explain(agreement, "birth-leave"))


def test_sums_are_those_of_each_place(library: Path) -> None:
    law_file(library, "oldtown", "虚构省", ("birth_leave", "增产假", "day", 82))
    agreement = agreement_of(assembled(library, PLANT))
    assert place_rows(agreement)["产假和生育假合计"][:2] == ("158天", "180天")


def test_days_and_months_are_never_added(library: Path) -> None:
    law_file(library, "oldtown", "虚构省", ("birth_leave", "增产假", "month", 3))
    agreement = agreement_of(assembled(library, agreement={"place": "oldtown", "other_places": []}))
    assert "两项合计98天加3个月" in provision(agreement, "birth-leave-use").text
    assert "maternity_and_birth_leave" not in agreement.values


def test_what_is_only_reported_is_agreed_and_never_law(library: Path) -> None:
    law_file(library, "oldtown", "虚构省", ("paternity_leave", "看护假", "day", 20, "reported"))
    one = assembled(library, PLANT)
    assert place_rows(agreement_of(one))["配偶陪产假"][1] == "看护假20天（双方约定）"
    reported = [str(finding) for finding in one.findings if finding.rule == "reported-law"]
    assert any(
        "虚构省（虚构工厂）“看护假”据公开报道为不少于20天，待核；本合同写20天" in line for line in reported
    )


def test_an_unknown_rule_of_a_place_of_work_is_told(library: Path) -> None:
    unknown = """
  maternity_leave:
    title: 产假
    unit: day
    bound: minimum
    dated:
      2020-01-01: {instrument: rules-bare, state: unknown}
"""
    path = library / "law" / "bare.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("values: {}", f"values:{unknown}"), encoding="utf-8"
    )
    one = assembled(library, {"place": "bare"})
    assert any("子虚省对“产假”可能另有规定" in str(finding) for finding in one.findings)


def test_more_places_than_a_page_is_wide_stand_in_several_tables(library: Path) -> None:
    places = [{"place": place} for place in ("oldtown", "bare", "national")]
    agreement = agreement_of(assembled(library, *places))
    tables = [b for b in provision(agreement, "place-standards").blocks if isinstance(b, Table)]
    headers = [[cell.text for cell in table.header] for table in tables]
    assert headers == [
        ["事项", "上海市", "虚构省", "子虚省", "正文条款"],
        ["事项", "上海市", "全国", "正文条款"],
    ]
    assert place_rows(agreement)["配偶陪产假"][2] == "没有适用于该地的条款"
    assert place_rows(agreement)["哺乳假的期限"][:2] == ("6.5个月（双方约定）", "没有适用于该地的条款")


def test_two_workplaces_of_one_place_share_a_column(library: Path) -> None:
    agreement = agreement_of(assembled(library, PLANT, {"place": "oldtown", "site": "虚构门店"}))
    assert [one.title for one in agreement.workplaces] == ["上海市", "虚构省（虚构工厂、虚构门店）"]


def test_old_days_have_the_paragraph_and_the_table_too(library: Path) -> None:
    data = {"signing_day": datetime.date(2021, 1, 1), "start": None, "end": None}
    agreement = agreement_of(assembled(library, PLANT, agreement={**data, "other_places": [PLANT]}))
    assert provision(agreement, "scope-places").clause is not None and place_rows(agreement)


# ------------------------------------------------------------------ clauses of some places only


def test_a_clause_of_some_places_says_for_which_it_holds(library: Path) -> None:
    agreement = agreement_of(assembled(library, PLANT))
    nursing = provision(agreement, "nursing-leave")
    assert nursing.text.startswith("本条适用于工作地点在上海市的职工。") and nursing.places == ("shanghai",)
    allowance = provision(agreement, "birth-leave-allowance")
    assert allowance.text.startswith("本款适用于工作地点在上海市的职工。")
    shown = write_markdown(explain(agreement, "nursing-leave"))
    assert "适用的工作地点：上海市（虚构省没有“应当批准哺乳假的情形”的规定）" in shown


def test_a_clause_that_only_another_place_asks_for_has_that_law(library: Path) -> None:
    seat = assembled(
        library,
        agreement={"place": "oldtown", "other_places": [{"place": "shanghai"}]},
        employer={"district": None},
    )
    nursing = provision(agreement_of(seat), "nursing-leave")
    assert nursing.text.startswith("本条适用于工作地点在上海市的职工。")
    assert "不低于上海市最低工资标准" in nursing.text
    value = agreement_of(seat).values["antenatal_and_nursing_leave_pay"]
    assert value.floor is not None and value.floor.place == "shanghai"


def test_a_clause_of_several_places_names_no_single_place(library: Path) -> None:
    """The minimum wage of Shanghai is not that of a place around which Shanghai's clause also holds."""
    law_file(library, "inner", "虚构新区", ("paternity_leave", "看护假", "day", 20), within="shanghai")
    agreement = agreement_of(assembled(library, {"place": "inner"}))
    assert "并且不低于工作地点所在地最低工资标准" in provision(agreement, "nursing-leave").text


def test_conclusion_and_filing_follow_the_seat(library: Path) -> None:
    one = assembled(library, PLANT)
    ids = {clause.id for clause in agreement_of(one).clauses}
    assert "submission" in ids and "submission-elsewhere" not in ids
    assert provision(agreement_of(one), "purpose-local").places == ()


PLACES = ("shanghai", "jiangsu", "zhejiang", "guangdong")


@pytest.mark.parametrize(("seat", "plant"), list(itertools.permutations(PLACES, 2)))
def test_every_pair_of_places_has_one_text(tmp_path: Path, seat: str, plant: str) -> None:
    """No clause of the book prints a number or cites a law that one of its places does not have."""
    (tmp_path / "library").mkdir()
    plain = {"place": seat, "other_places": [{"place": plant}]}
    one = assembled(tmp_path / "library", agreement=plain, employer={"district": None}, own_library=True)
    agreement = agreement_of(one)
    broken = ("places-differ", "missing-law", "clause-text", "dangling-reference")
    assert not [str(finding) for finding in one.findings if finding.rule in broken]
    titles = {other.view.title for other in agreement.workplaces}
    for provision in agreement.provisions:
        foreign = titles - {agreement.view_of(provision).title}
        if provision.places and provision.clause is not None and provision.clause.chapter != "annexes":
            said = provision.text.replace("工作地点在", "")
            assert not [title for title in foreign if title in said], provision.text


def test_the_example_of_two_places_becomes_a_final_text(tmp_path: Path) -> None:
    profile = Path(__file__).parents[1] / "examples" / "two-places" / "profile.yaml"
    built = build(profile, out=tmp_path, formats=("md",), final=True)
    assert built.files and not built.open_points
    assert built.agreement is not None
    row = place_rows(built.agreement)["育儿假"]
    assert row[:2] == (
        "7天（双方约定，当地法定标准不少于5天，《上海市人口与计划生育条例》第三十一条第三款）",
        "10天（双方约定，当地法定标准不少于10天，《浙江省人口与计划生育条例》第二十二条第一款第三项）",
    )


# ------------------------------------------------------------------ agreed numbers


@pytest.mark.parametrize(("days", "wrong"), [(20, False), (19, True)])
def test_what_the_parties_agree_meets_the_floor_of_every_place(library: Path, days: int, wrong: bool) -> None:
    one = assembled(library, PLANT, terms={"paternity_leave": days})
    found = [line for line in errors(one) if "[legal-minimum]" in line]
    assert bool(found) is wrong
    if wrong:
        assert "19天，在虚构省（虚构工厂）低于虚构省法定标准（不少于20天）" in found[0]
    else:
        assert place_rows(agreement_of(one))["配偶陪产假"][:2] == (
            "20天（双方约定，当地法定标准不少于10天，《上海市人口与计划生育条例》第三十一条第二款）",
            "20天（双方约定，当地法定标准不少于20天，《虚构省条例》第九条）",
        )


def test_the_law_of_the_seat_below_that_of_another_place_is_no_fault(library: Path) -> None:
    assert errors(assembled(library, PLANT)) == []


def test_agreed_days_are_not_held_against_working_days(library: Path) -> None:
    law_file(library, "oldtown", "虚构省", ("paternity_leave", "看护假", "working_day", 10))
    one = assembled(library, PLANT, terms={"paternity_leave": 15})
    assert any("法定标准（不少于10个工作日）比较" in line for line in errors(one))
    assert not errors(assembled(library, PLANT))  # the law of each place needs no comparison
    assert place_rows(agreement_of(assembled(library, PLANT)))["配偶陪产假"][1].startswith("看护假10个工作日")


def test_the_parties_may_agree_another_number_for_one_place(library: Path) -> None:
    """Five days at the seat would do; the plant's province asks for eight, so seven for all is too little there."""
    common = {"childcare_leave": 7}
    assert any("在虚构省" in line for line in errors(assembled(library, PLANT, terms=common)))
    one = assembled(library, {**PLANT, "terms": {"childcare_leave": 8}}, terms=common)
    assert errors(one) == []
    row = place_rows(agreement_of(one))["育儿假"]
    assert row[:2] == (
        "7天（双方约定，当地法定标准不少于5天，《上海市人口与计划生育条例》第三十一条第三款）",
        "8天（双方约定，当地法定标准不少于8天，《虚构省条例》第九条）",
    )


def test_what_is_agreed_for_one_place_is_told_where_it_stands(library: Path) -> None:
    low = assembled(library, {**PLANT, "terms": {"childcare_leave": 7}})
    (wrong,) = [finding for finding in low.findings if finding.rule == "legal-minimum"]
    assert wrong.path == "agreement.other_places.0.terms.childcare_leave"
    assert wrong.location.line == where(library, "agreement", "other_places", 0, "terms", "childcare_leave")
    worse = assembled(library, {**PLANT, "terms": {"childcare_leave": 9}}, terms={"childcare_leave": 10})
    assert any("9天，比正文的10天差" in line for line in errors(worse))
    endless = assembled(library, {**PLANT, "terms": {"childcare_leave": 367}})
    assert any("[agreed-number]" in line for line in errors(endless))
    unknown = assembled(library, {**PLANT, "terms": {"child_leave": 9}})
    (finding,) = [finding for finding in unknown.findings if finding.rule == "unknown-term"]
    assert finding.path == "agreement.other_places.0.terms.child_leave" and finding.location.line


def test_workplaces_of_one_place_cannot_disagree(library: Path) -> None:
    first, second = (
        {**PLANT, "site": name, "terms": {"childcare_leave": n}} for name, n in (("甲厂", 9), ("乙厂", 10))
    )
    assert any("与同一地方的另一工作地点" in line for line in errors(assembled(library, first, second)))


# ------------------------------------------------------------------ refusal


def test_places_that_ask_for_different_clauses_get_no_text(library: Path) -> None:
    displaced = """
duties: {}
procedures: {}
"""
    law_file(
        library,
        "oldtown",
        "虚构省",
        ("miscarriage_steps", "流产产假的分界", "pregnancy_month", 3),
        more=displaced,
    )
    path = library / "law" / "oldtown.yaml"
    gone = """
  miscarriage_leave_boundary:
    title: 流产产假的分界
    unit: pregnancy_month
    bound: exact
    dated:
      2020-01-01: {displaced_by: miscarriage_steps}
duties: {}"""
    path.write_text(path.read_text(encoding="utf-8").replace("\nduties: {}", gone), encoding="utf-8")
    one = assembled(library, PLANT)
    assert one.agreement is None
    (refused,) = [finding for finding in one.findings if finding.rule == "places-differ"]
    assert refused.location.line == where(library, "agreement", "other_places", 0, "place")
    assert "“流产的产假”（miscarriage-leave）不能同时用于虚构省" in refused.message
    assert "miscarriage_leave_boundary" in refused.message and "单独订立" in refused.hint
    profile, _, _ = load_profile(library.parent / "firm.yaml")
    assert profile is not None
    with pytest.raises(InputError) as fault:
        assemble(profile, load_law(library / "law"), load_library(library), datetime.date(2026, 12, 1))
    assert fault.value.findings[0].rule == "places-differ"
    built = build(library.parent / "firm.yaml", out=library.parent / "out", formats=("md",), library=library)
    assert built.files == () and not (library.parent / "out").exists()


def test_a_text_that_cites_the_seats_law_to_another_place_is_refused(library: Path) -> None:
    clause = library / "leave" / "paternity-leave" / "2.md"
    text = clause.read_text(encoding="utf-8") + "\n依据{{ law.paternity_leave }}。\n"
    clause.write_text(text, encoding="utf-8")
    one = assembled(library, PLANT)
    assert one.agreement is None
    assert any("条文引用《上海市人口与计划生育条例》（paternity_leave）" in line for line in errors(one))
    assert errors(assembled(library)) == []  # one place of work: nothing against it


# ------------------------------------------------------------------ the profile


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ([{"place": "zhejang"}], "没有 zhejang 的法律数据"),
        ([{"place": "shanghai"}], "就是“适用哪里的法律”所写的地方"),
        ([PLANT, PLANT], "“虚构工厂”写了两次"),
        ([{**PLANT, "women": 100_000}], "多于女职工人数"),
        ([{"site": "虚构工厂"}], "还没有填写"),
    ],
)
def test_faults_of_the_list_are_told_with_their_line(
    library: Path, places: list[dict[str, Any]], message: str
) -> None:
    one = assembled(library, *places)
    found = [finding for finding in one.findings if message in finding.message]
    assert found and all((finding.location.line or 0) > 1 for finding in found), errors(one)


def test_an_unknown_place_names_the_nearest(library: Path) -> None:
    (line,) = errors(assembled(library, {"place": "zhejang"}))
    assert "是不是 zhejiang（浙江省）？" in [
        f.hint for f in assembled(library, {"place": "zhejang"}).findings
    ]
    assert "[place]" in line


def test_a_place_whose_texts_nobody_read_stops_the_final_text(library: Path) -> None:
    path = library / "law" / "oldtown.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("texts_reviewed: 2026-01-01\n", ""), encoding="utf-8"
    )
    one = assembled(library, PLANT)
    assert [line for line in errors(one) if "[place-texts]" in line]
    assert "虚构省" in errors(one)[0]


# ------------------------------------------------------------------ record and checks


def test_the_record_holds_the_numbers_of_each_place(library: Path) -> None:
    record = manifest(agreement_of(assembled(library, PLANT)))
    (other,) = record["other_places"]
    assert (other["place"], other["sites"]) == ("oldtown", ["虚构工厂"])
    assert other["values"]["paternity_leave"]["source"] == "《虚构省条例》第九条"
    assert "maternity_leave" not in other["values"]


def test_leaving_out_the_table_leaves_no_dead_reference(library: Path) -> None:
    leave = [{"id": one, "reason": "试"} for one in ("place-standards", "scope-places")]
    one = assembled(library, PLANT, clauses={"leave_out": leave})
    assert "其他工作地点见" not in write_markdown(layout(agreement_of(one)))
    assert sum("[statutory-clause]" in line for line in errors(one)) == 2


def test_old_law_of_another_place_is_told(library: Path) -> None:
    path = library / "law" / "oldtown.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("checked: 2026-01-01", "checked: 2020-01-01"),
        encoding="utf-8",
    )
    agreement = agreement_of(assembled(library, PLANT))
    found = [str(one) for one in check_agreement(agreement) if one.rule == "law-age"]
    assert any("虚构省的规定最后核对于 2020-01-01" in line for line in found)


def test_a_table_with_the_seats_numbers_leads_to_the_others(library: Path) -> None:
    blocks = provision(agreement_of(assembled(library, PLANT)), "leave-and-pay-table").blocks
    notes = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert any("表中的数值为上海市的标准" in note for note in notes)


# ------------------------------------------------------------------ two floors, kinds of value


def test_both_floors_of_one_pay_are_printed_and_held(library: Path) -> None:
    agreement = agreement_of(assembled(library))
    for clause in ("antenatal-leave", "nursing-leave"):
        assert "不低于本人原工资的80%，并且不低于上海市最低工资标准" in provision(agreement, clause).text
    for low, name in (
        (79, "antenatal_and_nursing_leave_pay"),
        (0.99, "antenatal_and_nursing_leave_minimum_wage"),
    ):
        found = errors(assembled(library, terms={name: low}))
        assert [line for line in found if "[legal-minimum]" in line], name
    assert errors(assembled(library, terms={"antenatal_and_nursing_leave_pay": 80})) == []


def test_a_clause_that_brings_one_of_two_floors_is_found(library: Path) -> None:
    path = library / "nursing" / "nursing-leave" / "2.md"
    text = path.read_text(encoding="utf-8")
    text = text.replace("  antenatal_and_nursing_leave_minimum_wage: law\n", "")
    text = text.replace("，并且不低于{{ place.title }}{{ antenatal_and_nursing_leave_minimum_wage }}", "")
    path.write_text(text, encoding="utf-8")
    label = article(agreement_of(assembled(library)), "nursing-leave").label
    (line,) = errors(assembled(library))
    assert line.startswith(label) and "没有写同时适用的“产前假、哺乳假工资的最低工资底线”" in line


@pytest.mark.parametrize(("on", "floors"), [("2022-12-31", 1), ("2023-01-01", 2), ("2023-01-02", 2)])
def test_the_second_floor_begins_with_its_law(library: Path, on: str, floors: int) -> None:
    day = datetime.date.fromisoformat(on)
    one = assembled(library, agreement={"signing_day": day, "start": None, "end": None})
    names = [n for n in provision(agreement_of(one), "nursing-leave").values if n.startswith("antenatal_and")]
    assert len(names) == floors and not [line for line in errors(one) if "[legal-minimum]" in line]


def test_months_and_days_are_no_measure_of_each_other() -> None:
    view = load_law().at("shanghai", datetime.date(2026, 12, 1))
    birth, antenatal = view["birth_leave"], view["antenatal_leave"]
    assert not birth.comparable(antenatal)
    assert not birth.better_than(antenatal) and not antenatal.better_than(birth)


# ------------------------------------------------------------------ what a lawyer objected to

ZHEJIANG = {"place": "zhejiang", "site": "虚构工厂", "women": 10}


def annex_titles(agreement: Agreement, clause: str) -> dict[str, tuple[str, ...]]:
    """The first table of an annex by its first column."""
    table = next(block for block in provision(agreement, clause).blocks if isinstance(block, Table))
    return {row[0].text: tuple(cell.text for cell in row[1:]) for row in table.rows}


def test_the_names_of_the_same_leave_elsewhere_are_equated(library: Path) -> None:
    text = provision(agreement_of(assembled(library, ZHEJIANG, own_library=True)), "scope-places").text
    assert "本合同所称生育假，在浙江省指延长产假；所称配偶陪产假，在浙江省指护理假。" in text
    assert "除写明适用的工作地点的条款以外，关于前者的约定对后者同样适用。" in text
    law_file(library, "alike", "同名省", ("birth_leave", "生育假", "day", 70))
    same = provision(agreement_of(assembled(library, {"place": "alike"})), "scope-places").text
    assert "所称" not in same
    bare = provision(agreement_of(assembled(library, {"place": "bare"})), "scope-places").text
    assert "所称" not in bare  # a place without such leaves has no other name for them


def test_a_clause_that_names_its_place_holds_only_there(library: Path) -> None:
    text = provision(agreement_of(assembled(library, PLANT)), "scope-places").text
    assert "写明适用的工作地点的条款，只适用于该地的职工" in text
    assert "不使这些条款适用于其他工作地点的职工" in text


def test_the_regulations_of_the_other_places_are_named_where_they_were_compared(library: Path) -> None:
    text = provision(agreement_of(assembled(library, ZHEJIANG, own_library=True)), "scope-places").text
    assert "适用工作地点所在地的规定（浙江省主要有《浙江省人口与计划生育条例》）。" in text
    jiangsu = {"place": "jiangsu", "women": 10}
    text = provision(agreement_of(assembled(library, jiangsu, own_library=True)), "scope-places").text
    assert "适用工作地点所在地的规定。" in text


def test_rows_that_only_another_place_has_stand_in_the_table_of_places_alone(library: Path) -> None:
    agreement = agreement_of(assembled(library, ZHEJIANG, own_library=True))
    for clause in ("leave-and-pay-table", "comparison-table"):
        titles = annex_titles(agreement, clause)
        assert not any("二孩" in title or "独生子女" in title or "陪护" in title for title in titles), clause
        assert "生育假" in titles
    assert place_rows(agreement)["延长产假（二孩、三孩）"][1].startswith("90天，《浙江省")


def test_without_the_table_of_places_such_rows_name_their_place(library: Path) -> None:
    out = {"leave_out": [{"id": "place-standards", "reason": "另行张贴"}]}
    agreement = agreement_of(assembled(library, ZHEJIANG, own_library=True, clauses=out))
    leaves = annex_titles(agreement, "leave-and-pay-table")
    assert leaves["延长产假（二孩、三孩）（浙江省）"][0] == "90天"
    assert leaves["延长产假（一孩）（浙江省）"][0] == "60天"
    assert leaves["生育假"][0] == "60天"
    assert annex_titles(agreement, "comparison-table")["独生子女陪护父母假（浙江省）"][0] == "5天"


def test_what_is_agreed_for_a_place_has_the_article_of_the_floor_beside_it(library: Path) -> None:
    agreement = agreement_of(assembled(library, ZHEJIANG, own_library=True, terms={"childcare_leave": 10}))
    seat, plant = place_rows(agreement)["育儿假"][:2]
    assert seat.endswith("当地法定标准不少于5天，《上海市人口与计划生育条例》第三十一条第三款）")
    assert plant.endswith("当地法定标准不少于10天，《浙江省人口与计划生育条例》第二十二条第一款第三项）")
