"""forms: a contract of its own, a chapter or an annex of a general contract, in every place, from profile to file."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from contractgen.agreement import Agreement, assemble, explain, layout
from contractgen.build import assemble_file, build
from contractgen.build.again import remake
from contractgen.checks import check_agreement
from contractgen.document import Article, Chapter, plain
from contractgen.document.articles import articles_of
from contractgen.files import Loaded, data_folder, load_yaml
from contractgen.findings import Finding, InputError, Severity
from contractgen.formats.docx_read import read_docx
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.profile import Profile, open_questions, read_profile
from contractgen.record import reopen
from contractgen.review import review
from contractgen.verify import verify

EXAMPLES = Path(__file__).parents[1] / "examples"
CHAPTER, ANNEX = EXAMPLES / "printing-chapter/profile.yaml", EXAMPLES / "hotel-annex/profile.yaml"
LAW, LIBRARY = load_law(), load_library()
FORMS = ("standalone", "chapter", "annex")
MAIN = {
    "title": "虚构集体合同", "signing_day": "2026-12-01", "start": "2027-01-01", "end": "2029-12-31", "chapter": 6,
    "first_article": 30, "annex": 3, "first_annex": 5, "amendment": "变更", "disputes": "争议处理",
}  # fmt: skip
OF_FORM = (
    "main-contract",
    "resolution-names",
    "agreement-form",
    "copies",
)  # rules whose finding depends on the form
WITHOUT_UNION = {"union": {"guiding_union": "上海市虚构镇总工会", "employees_representative": "甲某"}}


def profile_of(example: str = "firm", **changes: Mapping[str, Any]) -> Profile:
    path = EXAMPLES / ("firm.yaml" if example == "firm" else f"{example}/profile.yaml")
    loaded = load_yaml(path)
    data = {**loaded.data, **{name: {**loaded.data[name], **one} for name, one in changes.items()}}
    profile, findings = read_profile(Loaded("firm.yaml", data))
    assert profile is not None, findings
    return profile


def made(form: str, place: str = "shanghai", **changes: Any) -> Agreement:
    facts = {"form": form, "place": place, "main_contract": {**MAIN, **changes}}
    return assemble(profile_of(agreement=facts), LAW, LIBRARY, datetime.date(2026, 12, 1))


def found(agreement: Agreement, rule: str) -> list[Finding]:
    return [one for one in check_agreement(agreement) if one.rule == rule]


def text(agreement: Agreement) -> str:
    return "\n".join(provision.text for provision in agreement.provisions)


# ------------------------------------------------------------------ every place and every form


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", LAW.places)
def test_every_place_has_a_sound_text_in_every_form(place: str, form: str) -> None:
    """No law is lost and no reference leads nowhere in a form where the contract of its own has none of that."""
    alone, agreement = made("standalone", place), made(form, place)
    assert not [one for one in agreement.findings if one.severity is Severity.ERROR]
    faults = {(one.rule, one.message, one.severity) for one in check_agreement(agreement)}
    known = {(one.rule, one.message, one.severity) for one in check_agreement(alone)}
    counted = ("law-age", "law-later-text", "reported-law", "unknown-law")  # these count what the text uses
    new = [one for one in faults - known if one[0] not in (*OF_FORM, *counted)]
    assert new == []
    assert agreement.articles and agreement.annexes


@pytest.mark.parametrize(
    ("example", "form"), list(itertools.product(("courier-station", "two-places"), FORMS))
)
def test_a_firm_without_a_union_and_one_with_two_places_have_every_form(example: str, form: str) -> None:
    profile = profile_of(example, agreement={"form": form, "main_contract": MAIN})
    agreement = assemble(profile, LAW, LIBRARY, datetime.date(2026, 12, 1))
    assert not [one for one in agreement.findings if one.severity is Severity.ERROR]
    assert not [
        one for one in check_agreement(agreement) if one.rule in ("mandatory-content", "dangling-reference")
    ]
    layout(agreement)


@pytest.mark.parametrize("place", LAW.places)
@pytest.mark.parametrize(("form", "itself"), [("chapter", "本章"), ("annex", "本附件")])
def test_a_part_has_no_term_of_its_own_and_says_so_nowhere(place: str, form: str, itself: str) -> None:
    told = text(made(form, place))
    assert not re.search(f"{itself}(?:的)?(?:期限|期满)", told)
    assert itself in told and f"签订{itself}，共同遵守" not in told


@pytest.mark.parametrize("form", ["chapter", "annex"])
@pytest.mark.parametrize("place", LAW.places)
def test_what_the_general_contract_says_is_not_said_again(place: str, form: str) -> None:
    titles = {article.id for article in made(form, place).articles}
    assert not titles & {"term", "submission", "publication", "amendment", "disputes", "merger"}
    assert "main-contract" in titles
    assert "main-contract" not in {article.id for article in made("standalone", place).articles}


# ------------------------------------------------------------------ the chapter


def test_a_chapter_counts_on_from_the_numbers_of_the_general_contract() -> None:
    agreement = made("chapter")
    document = layout(agreement)
    first = next(block for block in document.body if isinstance(block, Article))
    assert (agreement.title, first.number) == ("第六章　女职工权益保护", 30)
    assert [article.number for article in agreement.articles] == list(
        range(30, 30 + len(list(agreement.articles)))
    )
    assert [annex.label for annex in agreement.annexes][:2] == ["附件5", "附件6"]
    heading, *sections = (block for block in document.body if isinstance(block, Chapter))
    assert (heading.label, heading.title) == ("第六章", "女职工权益保护")
    assert [section.label for section in sections][:2] == ["第一节", "第二节"]
    assert sections[-1].title == "履行"


def test_references_in_a_chapter_have_the_numbers_of_the_chapter() -> None:
    agreement = made("chapter")
    card = next(one for one in agreement.annexes if one.id == "complaint-card")
    row = next(one for one in text(agreement).split("\n") if "清单列明" in one)
    assert card.number >= 5 and card.label in row


def test_a_chapter_has_no_cover_no_parties_and_no_signatures() -> None:
    document = layout(made("chapter"))
    assert (document.cover, document.parties, document.preamble, document.closing) == (None, (), (), "")
    assert not document.contents and not document.titled
    assert "协商草案" in document.running_head
    assert "协商草案" not in layout(made("chapter"), final=True).running_head


def test_the_title_of_a_chapter_may_be_another_and_follows_the_place() -> None:
    assert made("chapter", chapter_title="女职工特殊保护").title == "第六章　女职工特殊保护"
    assert made("chapter", "jiangsu").title == "第六章　女职工特殊保护"
    assert made("annex", "jiangsu").title == "附件3　女职工特殊保护专项协议"


def test_in_word_the_numbers_of_a_chapter_are_automatic_and_begin_where_it_does(tmp_path: Path) -> None:
    (path,) = (one for one in build(CHAPTER, out=tmp_path, formats=("docx",)).files if one.suffix == ".docx")
    reading = read_docx(path.read_bytes(), path.name)
    numbers = [one.number for one in reading.accepted if one.number.endswith(("章", "条"))]
    assert numbers[:3] == ["第六章", "第二十条", "第二十一条"]
    assert next(one.number for one in articles_of(reading) if one.kind == "article") == 20


# ------------------------------------------------------------------ the annex


def test_an_annex_says_that_it_is_part_of_the_contract_and_that_the_better_rule_prevails() -> None:
    agreement = made("annex")
    told = text(agreement)
    assert "本附件是主合同的组成部分，与主合同期限相同，同时生效，具有同等效力。" in told
    assert "与本附件对同一事项约定不同的，逐项适用对职工更有利的约定" in told
    assert "《虚构集体合同》（以下称主合同）" in "".join(plain(line) for line in agreement.preamble)
    assert next(iter(agreement.articles)).number == 1


def test_the_tables_of_an_annex_follow_it_unless_it_says_otherwise() -> None:
    assert made("annex").annexes[0].label == "附件5"
    assert made("annex", first_annex=None).annexes[0].label == "附件4"


def test_an_annex_in_jiangsu_is_warned_of_and_does_not_claim_to_fulfil_the_duty() -> None:
    (warning,) = found(made("annex", "jiangsu"), "agreement-form")
    assert warning.severity is Severity.WARNING and "form: chapter" in warning.hint
    duty = "要求用人单位就女职工特殊保护与职工方协商订立专项集体合同或者在集体合同中设专章"
    assert duty not in text(made("annex", "jiangsu"))
    assert duty in text(made("chapter", "jiangsu"))


# ------------------------------------------------------------------ checks


@pytest.mark.parametrize("form", ["chapter", "annex"])
@pytest.mark.parametrize(
    ("name", "day", "fits"),
    [("start", "2026-12-31", False), ("start", "2027-01-01", True), ("end", "2030-01-01", False)],
)
def test_a_part_has_the_term_of_the_general_contract_to_the_day(
    form: str, name: str, day: str, fits: bool
) -> None:
    errors = [
        one for one in found(made(form, **{name: day}), "main-contract") if one.severity is Severity.ERROR
    ]
    assert [one.path for one in errors] == ([] if fits else [f"agreement.{name}"])
    assert found(made("standalone", **{name: day}), "main-contract") == []


def test_a_part_that_is_added_later_amends_the_general_contract() -> None:
    (warning,) = found(made("chapter", signing_day="2026-11-30"), "main-contract")
    assert "属于变更主合同" in warning.message and warning.severity is Severity.WARNING
    assert found(made("chapter", signing_day="2026-12-01"), "main-contract") == []


@pytest.mark.parametrize(
    ("form", "missing"),
    [
        ("chapter", ["title", "start", "end", "chapter", "first_article", "first_annex"]),
        ("annex", ["start", "end", "annex"]),
    ],
)
def test_what_nobody_told_of_the_general_contract_stops_a_final_text(form: str, missing: list[str]) -> None:
    facts = {"form": form, "main_contract": {}}
    agreement = assemble(profile_of(agreement=facts), LAW, LIBRARY, datetime.date(2026, 12, 1))
    told = found(agreement, "main-contract")
    assert sorted(one.path for one in told) == sorted(f"agreement.main_contract.{name}" for name in missing)
    blanks = {one.path for one in agreement.open_points if one.rule == "blank"}
    assert {"agreement.main_contract.amendment", "agreement.main_contract.disputes"} <= blanks


@pytest.mark.parametrize(
    ("form", "named", "severity"),
    [
        ("annex", "是", None),
        ("annex", "否", Severity.WARNING),
        ("annex", None, Severity.ADVICE),
        ("chapter", "否", Severity.WARNING),
        ("chapter", None, None),
        ("standalone", None, None),
    ],
)
def test_the_resolution_names_the_part(form: str, named: str | None, severity: Severity | None) -> None:
    congress = {"day": "2026-11-12", "resolution_names": named}
    bargaining = {**load_yaml(EXAMPLES / "firm.yaml").data["bargaining"]}
    bargaining["congress"] = {**bargaining["congress"], **congress}
    profile = profile_of(agreement={"form": form, "main_contract": MAIN}, bargaining=bargaining)
    agreement = assemble(profile, LAW, LIBRARY, datetime.date(2026, 12, 1))
    assert [one.severity for one in found(agreement, "resolution-names")] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("form", "words", "wrong"),
    [
        ("chapter", "按本合同第三条执行。", False),
        ("chapter", "按附件1执行。", False),
        ("chapter", "按第三十条第九款执行。", True),
        ("annex", "按主合同第九十九条执行。", False),
        ("annex", "按第九十九条执行。", True),
        ("standalone", "按第九十九条执行。", True),
    ],
)
def test_a_reference_out_of_a_chapter_is_one_to_the_general_contract(
    form: str, words: str, wrong: bool
) -> None:
    own = {"own": [{"title": "甲", "text": words}]}
    profile = profile_of(agreement={"form": form, "main_contract": MAIN})
    profile = profile.model_copy(update={"clauses": type(profile.clauses).model_validate(own)})
    agreement = assemble(profile, LAW, LIBRARY, datetime.date(2026, 12, 1))
    assert bool(found(agreement, "dangling-reference")) is wrong


def test_a_part_has_no_number_of_copies_of_its_own() -> None:
    facts = {"place": "zhejiang", "copies": 1, "main_contract": MAIN}
    for form in FORMS:
        profile = profile_of(agreement={**facts, "form": form})
        agreement = assemble(profile, LAW, LIBRARY, datetime.date(2026, 12, 1))
        assert bool(found(agreement, "copies")) is (form == "standalone")


# ------------------------------------------------------------------ files, records, review, init


@pytest.mark.parametrize("firm", [CHAPTER, ANNEX], ids=["chapter", "annex"])
def test_a_part_is_verified_remade_reopened_and_reviewed(firm: Path, tmp_path: Path) -> None:
    built = build(firm, out=tmp_path / "out", formats=("docx", "html", "md"))
    record = next(path for path in built.files if path.name.endswith(".record.json"))
    for path in built.files:
        if path != record:
            assert verify(path).state == "unchanged", path.name
    again = remake(record, out=tmp_path / "again", formats=None, template=None, force=False)
    assert set(again.same) == {path.name for path in built.files if path != record}
    reopened = reopen(record)
    assert reopened.differs == () and built.agreement is not None
    assert layout(reopened.agreement).body == layout(built.agreement).body
    word = next(path for path in built.files if path.suffix == ".docx")
    assert not [*review(word, record=record).differences.changes]


def test_why_a_clause_stands_in_a_chapter_is_explained() -> None:
    agreement = assemble_file(CHAPTER).agreement
    assert agreement is not None
    told = "\n".join(block.text for block in explain(agreement, "第二十条").body if hasattr(block, "text"))
    assert "合同形式为综合集体合同的专章" in told


def test_init_asks_about_the_general_contract_only_where_there_is_one() -> None:
    def asked(form: str) -> set[str]:
        paths = open_questions(profile_of(agreement={"form": form}), has_union=True)
        return {path.rsplit(".", 1)[-1] for path in paths if "main_contract" in path}

    assert asked("standalone") == set()
    assert {"title", "chapter", "first_article"} <= asked("chapter")
    assert "annex" in asked("annex") and "chapter" not in asked("annex")


@pytest.mark.parametrize(
    ("written", "wrong"),
    [("第六章", "应当是整数"), (0, "不会是 0"), (1000, "不会是 1000"), (True, "应当是整数")],
)
def test_a_number_of_a_chapter_is_a_plain_number(written: object, wrong: str) -> None:
    loaded = load_yaml(CHAPTER)
    facts = {**loaded.data["agreement"]}
    facts["main_contract"] = {**facts["main_contract"], "chapter": written}
    _, findings = read_profile(Loaded("firm.yaml", {**loaded.data, "agreement": facts}))
    assert [wrong in one.message for one in findings] == [True]


def test_a_form_that_there_is_not_is_refused_in_the_outline(tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "clauses"
    shutil.copytree(data_folder("clauses"), folder)
    outline = folder / "outline.yaml"
    told = outline.read_text(encoding="utf-8").replace("form: standalone}", "form: chaptre}", 1)
    outline.write_text(told, encoding="utf-8")
    with pytest.raises(InputError) as fault:
        load_library(folder)
    assert "form 不能是 chaptre" in str([one.message for one in fault.value.findings])
