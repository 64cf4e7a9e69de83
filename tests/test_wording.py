"""wording: phrases are data; what they find in any text, what they leave alone, and that our own texts give none."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from contractgen.agreement import assemble
from contractgen.checks import (
    check_agreement,
    double_definition,
    numbering,
    outdated_citation,
    party_names,
    traditional_characters,
    vague_wording,
    void_wording,
)
from contractgen.files import data_folder
from contractgen.findings import Finding, InputError
from contractgen.law import LawView, load_law
from contractgen.library import load_library
from contractgen.profile import Profile, load_profile
from contractgen.wording import Line, load_phrases

TOP = Path(__file__).resolve().parent.parent
SAMPLE = TOP / "tests" / "checks" / "base.yaml"
EXAMPLES = (TOP / "examples" / "firm.yaml", *sorted((TOP / "examples").glob("*/profile.yaml")))
LAW = load_law()
LIBRARY = load_library()
PHRASES = load_phrases()
SIGNING = datetime.date(2026, 12, 1)
ON_TEXTS = {
    "void-wording", "outdated-citation", "numbering", "dangling-reference", "blank-in-text", "party-names",
    "traditional-characters", "vague-wording", "double-definition",
}  # fmt: skip
# The day before, of and after each change of law or model since the book begins, and days to come.
DAYS = (
    "2021-01-01", "2021-11-24", "2021-11-25", "2021-12-01", "2022-03-13", "2022-03-14", "2022-12-31",
    "2023-01-01", "2023-04-30", "2023-05-01", "2024-12-31", "2025-01-01", "2025-03-01", "2025-10-01",
    "2026-12-01", "2027-11-01", "2030-01-01",
)  # fmt: skip


def view(place: str = "shanghai", on: datetime.date = SIGNING) -> LawView:
    return LAW.at(place, on)


def at(path: Path, place: str) -> Profile:
    profile, findings, _ = load_profile(path)
    assert profile is not None, findings
    return profile.model_copy(update={"agreement": profile.agreement.model_copy(update={"place": place})})


def about_texts(profile: Profile, on: datetime.date) -> list[Finding]:
    agreement = assemble(profile, LAW, LIBRARY, on)
    return [one for one in check_agreement(agreement) if one.rule in ON_TEXTS]


# ------------------------------------------------------------------ our own texts


@pytest.mark.parametrize("place", LAW.places)
def test_no_text_of_the_book_has_a_fault_of_text_or_an_outdated_citation_on_any_day(place: str) -> None:
    profile = at(SAMPLE, place)
    for day in DAYS:
        assert about_texts(profile, datetime.date.fromisoformat(day)) == [], day


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_no_example_has_a_fault_of_text_in_any_place(path: Path) -> None:
    for place in LAW.places:
        assert about_texts(at(path, place), SIGNING) == [], place


@pytest.mark.parametrize("place", LAW.places)
def test_the_book_has_all_that_the_law_asks_for(place: str) -> None:
    agreement = assemble(at(SAMPLE, place), LAW, LIBRARY, SIGNING)
    assert [one for one in check_agreement(agreement) if one.rule == "mandatory-content"] == []


# ------------------------------------------------------------------ any text


def test_the_paragraphs_of_a_foreign_contract_are_read_with_their_places() -> None:
    foreign = [
        Line("乙方自愿放弃产假的，甲方不再补发工资。", "第三条"),
        Line("依照《女职工劳动保护规定》第八条，产假为九十天。", "第四条"),
        Line("用人单位原则上不安排孕期女职工上夜班。", "第五条"),
    ]
    found = (
        *void_wording.find(foreign, view(), PHRASES),
        *outdated_citation.find(foreign, [view()]),
        *vague_wording.find(foreign, PHRASES),
    )
    assert [(one.rule, one.location.place) for one in found] == [
        ("void-wording", "第三条"),
        ("outdated-citation", "第四条"),
        ("vague-wording", "第五条"),
    ]
    assert all(one.message.startswith(one.location.place) and one.hint for one in found)


def test_a_void_phrase_names_the_law_of_the_day_and_is_silent_before_that_law() -> None:
    line = Line("入职体检项目包括妊娠检测。", "第一条")
    (found,) = void_wording.find([line], view(on=datetime.date(2023, 1, 1)), PHRASES)
    assert "第四十三条第三项，2023-01-01 起" in found.source
    assert list(void_wording.find([line], view(on=datetime.date(2022, 12, 31)), PHRASES)) == []


@pytest.mark.parametrize(
    "text",
    [
        "用人单位招聘时不得有下列行为：",
        "用人单位不得克扣工资，招聘时禁止下列行为：",
    ],
)
def test_an_item_of_a_list_of_bans_is_no_agreement(text: str) -> None:
    item = "将妊娠测试作为入职体检项目；"
    assert list(void_wording.find([Line(item, "第一条", lead=text)], view(), PHRASES)) == []
    assert list(void_wording.find([Line(item, "第一条")], view(), PHRASES))


@pytest.mark.parametrize(
    "text", ["女職工自願放棄產假。", "女职工自 愿 放 弃产假。", "女职工自愿\u3000放弃产假。"]
)
def test_a_void_phrase_is_found_in_either_script_and_however_spaced(text: str) -> None:
    (found,) = void_wording.find([Line(text, "第一条")], view(), PHRASES)
    assert "“自愿放弃”" in found.message


def test_a_ban_in_an_earlier_sentence_does_not_forbid_a_list() -> None:
    line = Line("用人单位不得克扣工资。女职工承诺下列事项：两年内不生育。", "第一条")
    assert list(void_wording.find([line], view(), PHRASES))


def test_the_articles_of_the_old_text_are_told_by_concordance() -> None:
    def hint(text: str) -> str:
        (found,) = outdated_citation.find([Line(text, "第一条")], [view()])
        return found.hint

    assert "第四十三条、第四十四条" in hint("按照《妇女权益保障法》（2018修正）第二十三条招聘。")
    assert hint("见《上海市实施〈中华人民共和国妇女权益保障法〉办法》第三十二条。").endswith(
        "第二十六条、第二十八条"
    )
    assert "对照原文" in hint("见《女职工劳动保护规定》第四条。")


def test_the_law_of_every_place_of_work_is_known() -> None:
    old = Line("按照《江苏省集体合同条例》第五条协商。", "第一条")
    (foreign,) = outdated_citation.find([old], [view()])
    assert "是江苏省的规定，本合同的工作地点在上海市" in foreign.message
    (repealed,) = outdated_citation.find([old], [view(), view("jiangsu")])
    assert "由《江苏省集体协商条例》代替" in repealed.message
    new = Line("按照《江苏省集体协商条例》协商。", "第一条")
    assert list(outdated_citation.find([new], [view(), view("jiangsu")])) == []


def test_lists_of_different_texts_are_counted_apart() -> None:
    one = [Line("（一）甲；（二）乙。", "第一条", "甲文"), Line("（一）甲。", "第二条", "乙文")]
    assert list(numbering.find(one)) == []
    assert len(list(numbering.find([*one, Line("（四）丁。", "第二条", "乙文")]))) == 1


def test_a_definition_is_double_where_another_text_has_it_too() -> None:
    lines = [Line("本合同所称“夜班”，是指夜间劳动。", "第一条"), Line("夜班是指晚间劳动。", "第二条")]
    (found,) = double_definition.find(lines, PHRASES)
    assert found.location.place == "第二条" and "第一条已经说明过" in found.message
    assert list(double_definition.find(lines[:1], PHRASES)) == []


@pytest.mark.parametrize("wrong", ["上海虚构样列有限公司", "上海虚构样例公司", "上海虚构祥例有限公司"])
def test_a_name_with_a_wrong_character_is_told(wrong: str) -> None:
    name = "上海虚构样例有限公司"
    found = list(party_names.find([Line(f"由{wrong}负责。", "第一条")], PHRASES, [name]))
    assert any(f"与“{name}”不一致" in one.message for one in found) == wrong.endswith("有限公司")


def test_every_simplified_character_of_the_book_is_left_alone() -> None:
    text = "".join(
        path.read_text(encoding="utf-8") for path in sorted(data_folder("clauses").glob("*/*/*.md"))
    )
    assert list(traditional_characters.find([Line(text, "条款库")], PHRASES)) == []


# ------------------------------------------------------------------ the file


def test_a_library_of_ones_own_may_have_its_own_phrases(tmp_path: Path) -> None:
    own = (data_folder("clauses") / "phrases.yaml").read_text(encoding="utf-8")
    (tmp_path / "phrases.yaml").write_text(own.replace("{word: 原则上}", "{word: 择机}"), encoding="utf-8")
    line = Line("用人单位应当择机安排，原则上每年一次。", "第一条")
    (found,) = vague_wording.find([line], load_phrases(tmp_path))
    assert "择机" in found.message
    assert load_phrases(tmp_path / "nothing") == PHRASES


@pytest.mark.parametrize(
    ("old", "new"),
    [("why: 放弃法定权利的约定无效", "because: x"), ("gap: 10", "gap: ten"), ("blanks: [", "spaces: [")],
)
def test_a_fault_in_the_phrases_is_told_with_its_file(tmp_path: Path, old: str, new: str) -> None:
    own = (data_folder("clauses") / "phrases.yaml").read_text(encoding="utf-8")
    (tmp_path / "phrases.yaml").write_text(own.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"phrases\.yaml 的写法有误") as caught:
        load_phrases(tmp_path)
    assert not re.search("[a-z]{3,} [a-z]{2,}", caught.value.message)  # what Python says of it is English


def test_every_void_phrase_rests_on_a_law_and_has_a_sample() -> None:
    bad = "".join(
        path.read_text(encoding="utf-8")
        for path in (TOP / "tests" / "checks" / "void-wording" / "bad").glob("*.yaml")
    )
    for phrase in PHRASES.void:
        for key, _ in phrase.laws:
            assert view().get(key) is not None, (phrase.id, key)
        assert list(phrase.hits(Line(bad), PHRASES.negation)), phrase.id
