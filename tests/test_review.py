"""Our own file coming back: every edit is named with its place, author and effect, no other one is, and no number passes unseen."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from contractgen.agreement import Agreement, layout
from contractgen.build import assemble_file
from contractgen.diff import Matter
from contractgen.diff.report import place
from contractgen.diff.wording import of_agreement
from contractgen.document import Document
from contractgen.files import data_folder
from contractgen.findings import InputError, Severity
from contractgen.formats.docx_write import write_docx
from contractgen.formats.html import write_html
from contractgen.formats.pdf import write_pdf
from contractgen.formats.read import read_data
from contractgen.formats.text import write_markdown
from contractgen.review import OwnReview, findings, review, review_own
from contractgen.review.foreign.rules import load_rules
from contractgen.review.held import Yardstick, yardstick
from contractgen.review.numbers import judge_numbers
from test_cli import run as command
from test_read import needs_office, saved_as
from word_files import Edited, paragraph, part
from word_files import run as word_run

GOES = "女职工怀孕的应当自行辞职。"
ILLEGAL = "女职工自愿放弃产假的，用人单位不承担责任。"


@functools.cache
def issued() -> tuple[Agreement, Document, Matter, bytes]:
    found = assemble_file(data_folder("templates").parent / "examples" / "firm.yaml").agreement
    assert found is not None
    document = layout(found, final=False)
    return found, document, of_agreement(found, document, "发出的合同"), write_docx(document)


@functools.cache
def law() -> Yardstick:
    return yardstick(issued()[0], load_rules())


def sent() -> Edited:
    return Edited(issued()[3])


def reviewed(data: bytes, name: str = "发回.docx") -> OwnReview:
    agreement, _, matter, _ = issued()
    return review_own(read_data(data, name), matter, agreement.values, law())


def changes(found: OwnReview) -> list[tuple[str, str, str]]:
    """Kind, place and effect of every change."""
    return [
        (change.kind, (section.new or section.old).label + place(section, change), change.label)  # type: ignore[union-attr]
        for section in found.differences.sections
        for change in section.counted
    ]


def verdicts(found: OwnReview) -> dict[str, str]:
    """The numbers that are not ok, with their verdict."""
    return {one.name: one.verdict for one in found.numbers if one.verdict != "ok"}


# ------------------------------------------------------------------ nothing happened


@pytest.mark.parametrize("kind", ["docx", "html", "md"])
def test_an_untouched_file_has_no_finding(kind: str) -> None:
    _, document, _, word = issued()
    data = {"docx": word, "html": write_html(document).encode(), "md": write_markdown(document).encode()}[
        kind
    ]
    found = reviewed(data, f"发回.{kind}")
    assert findings(found) == () and changes(found) == []
    assert len(found.numbers) > 200 and verdicts(found) == {}


def test_an_untouched_pdf_has_its_articles_compared_and_says_that_its_tables_were_not() -> None:
    found = reviewed(write_pdf(issued()[1]), "发回.pdf")
    assert {one.rule for one in findings(found) if one.severity is not Severity.ADVICE} == {"tables-left-out"}
    assert [one for one in changes(found) if not one[1].startswith("附件")] == []


@needs_office
@pytest.mark.parametrize("kind", ["docx", "odt", "doc", "rtf", "html", "txt:Text (encoded):UTF8"])
def test_a_round_through_libreoffice_is_no_change(
    kind: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    profile = tmp_path_factory.getbasetemp() / "libreoffice-review"
    found = reviewed(saved_as(issued()[3], "docx", kind, tmp_path, profile), f"发回.{kind.partition(':')[0]}")
    assert changes(found) == [] and findings(found) == () and verdicts(found) == {}


def test_carriers_that_are_lost_are_no_change() -> None:
    for lost in (("tag",), ("tag", "alias"), ("bookmark",), ("tag", "alias", "bookmark", "heading")):
        assert findings(reviewed(sent().without(*lost).data)) == (), lost


# ------------------------------------------------------------------ ten edits, each named, with every set of carriers

PATERNITY, MISCARRIAGE = "享受配偶陪产假", "女职工怀孕未满4个月流产的"
EQUAL, HARD_BIRTH = "用人单位实行男女同工同酬", "难产的，增加15天"
LOST: tuple[tuple[str, ...], ...] = ((), ("tag",), ("bookmark",), ("tag", "alias", "bookmark", "heading"))

EDITS: dict[str, tuple[Callable[[Edited], Edited], list[tuple[str, str, str]]]] = {
    "number": (lambda f: f.replace(PATERNITY, "15天", "12天"), [("reworded", "第三十条第一款", "weaker")]),
    "comparator": (lambda f: f.replace("每人每月可以在工作时间内使用", "不少于", "不超过"), [("reworded", "第六条第二款", "weaker")]),
    "proviso": (
        lambda f: f.replace(EQUAL, "实行男女同工同酬", "在条件允许时实行男女同工同酬"), [("reworded", "第九条第一款", "weaker")]),
    "deletion": (lambda f: f.delete(HARD_BIRTH), [("deleted", "第二十六条第一款第（二）项", "weaker")]),
    "insertion": (lambda f: f.insert(EQUAL, ILLEGAL), [("inserted", "第九条第二款", "weaker")]),
    "punctuation": (lambda f: f.replace(EQUAL, "男女同工同酬。", "男女同工同酬；"), [("reworded", "第九条第一款", "neutral")]),
    "paste of another clause": (
        lambda f: f.replace(EQUAL, f.text(f.find(EQUAL)), f.text(f.find(MISCARRIAGE))),
        [("inserted", "第九条第一款", "stronger"), ("deleted", "第九条第一款", "weaker")]),
}  # fmt: skip


@pytest.mark.parametrize("lost", LOST, ids=lambda one: "-".join(one) or "all")
@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_named_and_no_other(edit: str, lost: tuple[str, ...]) -> None:
    work, expected = EDITS[edit]
    found = changes(reviewed(work(sent()).without(*lost).data))
    assert [one[:2] for one in found] == [one[:2] for one in expected] or edit.startswith("paste")
    assert found[0][2] == expected[0][2] or edit.startswith("paste")
    assert {where for _, where, _ in found} == {where for _, where, _ in expected}


@pytest.mark.parametrize("lost", LOST, ids=lambda one: "-".join(one) or "all")
def test_a_moved_paragraph_is_a_move(lost: tuple[str, ...]) -> None:
    found = changes(reviewed(sent().move(PATERNITY, EQUAL).without(*lost).data))
    assert ("moved", "第九条第二款") in [one[:2] for one in found]
    assert {kind for kind, *_ in found} <= {"moved", "deleted"} and len(found) <= 2


@pytest.mark.parametrize("lost", LOST, ids=lambda one: "-".join(one) or "all")
def test_a_text_pasted_over_another_paragraph_is_itself(lost: tuple[str, ...]) -> None:
    file = sent()
    words = file.text(file.find(MISCARRIAGE)).replace("42天", "45天")
    file = file.delete(MISCARRIAGE).replace(EQUAL, file.text(file.find(EQUAL)), words).without(*lost)
    back = reviewed(file.data)
    found = changes(back)
    assert ("moved", "第九条第一款") in [one[:2] for one in found]
    assert sorted(kind for kind, *_ in found) == ["deleted", "moved"]
    told = [
        one for one in back.numbers if one.verdict != "ok"
    ]  # its numbers came with it; the annex has 42 still
    assert {one.reason for one in told} == {"别处改为45天，前后不一致"}


@pytest.mark.parametrize("lost", LOST, ids=lambda one: "-".join(one) or "all")
def test_a_split_paragraph_stands_where_it_was(lost: tuple[str, ...]) -> None:
    found = changes(reviewed(sent().split(MISCARRIAGE, "自然流产、人工流产").without(*lost).data))
    assert {where[:5] for _, where, _ in found} == {"第二十七条"}
    assert sorted(kind for kind, *_ in found) == ["inserted", "reworded"]


def test_an_article_that_was_split_or_merged_is_told() -> None:
    heading = '<w:pStyle w:val="CGArticle"/>'
    file = sent()
    p = file.find("用人单位应当在每年度终了后3个月内，按同一岗位")
    p.getparent().getparent().addprevious(file._nodes(paragraph(word_run("　工资比较"), heading))[0])  # type: ignore[union-attr]
    found = reviewed(file.data)
    assert [(one.fate, one.old, one.new) for one in found.regrouped] == [
        ("split", ("第九条",), ("第九条", "第十条"))
    ]
    assert [one for one in changes(found) if one[0] in ("deleted", "reworded")] == []
    merged = reviewed(sent().delete("　晋升、评聘和培训").data)
    assert [(one.fate, one.old, one.new) for one in merged.regrouped] == [
        ("merged", ("第九条", "第十条"), ("第九条",))
    ]


# ------------------------------------------------------------------ who did it


def author_of(found: OwnReview) -> list[str]:
    return [str(found.author(c)) for section in found.differences.sections for c in section.counted]


def test_a_tracked_change_names_its_author_and_an_untracked_one_says_so() -> None:
    assert author_of(reviewed(sent().replace(PATERNITY, "15天", "12天", track=True).data)) == [
        "李虚构，2026-11-20"
    ]
    assert author_of(reviewed(sent().delete(HARD_BIRTH, track=True).data)) == ["李虚构，2026-11-20"]
    assert author_of(reviewed(sent().insert(EQUAL, ILLEGAL, track=True).data)) == ["李虚构，2026-11-20"]
    assert author_of(reviewed(sent().replace(PATERNITY, "15天", "12天").data)) == ["没有修订标记"]


def test_an_untracked_edit_beside_a_tracked_one_is_not_covered_by_it() -> None:
    file = sent().replace(PATERNITY, "3个月内", "1个月内").replace(PATERNITY, "15天", "12天", track=True)
    assert author_of(reviewed(file.data)) == ["李虚构，2026-11-20，另有没有修订标记的改动"]


# ------------------------------------------------------------------ what refusing all changes brings back


def refused(found: OwnReview) -> list[tuple[str, str]]:
    return [(one.rule, one.location.place) for one in findings(found)]


def test_a_struck_sentence_that_was_never_sent_is_told_with_the_law() -> None:
    file = sent().insert(EQUAL, ILLEGAL)  # typed without a mark, then struck out with one
    found = reviewed(file.delete(ILLEGAL, track=True).data)
    assert changes(found) == []
    assert [rule for rule, _ in refused(found)] == ["void-wording", "refused-weaker"]
    told = next(one for one in findings(found) if one.rule == "refused-weaker")
    assert ILLEGAL in told.message and "李虚构，2026-11-20" in told.message


def test_a_false_number_that_is_struck_out_for_the_right_one_is_below_the_floor() -> None:
    file = sent().replace(PATERNITY, "享受配偶陪产假15天", "享受配偶陪产假9天")
    found = reviewed(file.replace("享受配偶陪产假9天", "9天", "15天", track=True).data)
    assert changes(found) == [] and verdicts(found) == {}
    assert {rule for rule, _ in refused(found)} == {"number-below", "refused-weaker"}


def test_what_is_told_of_the_accepted_text_is_not_told_again_of_the_refused_one() -> None:
    file = sent().replace(PATERNITY, "3个月内", "1个月内").replace(PATERNITY, "15天", "12天", track=True)
    assert not any(rule.startswith("refused-") for rule, _ in refused(reviewed(file.data)))


# ------------------------------------------------------------------ a sentence that takes back what another one gives


@pytest.mark.parametrize(
    "added",
    [
        "女职工享受前款假期，以用人单位生产经营许可为前提。",
        "女职工享受生育假的，须满足公司规定的服务年限。",
        "用人单位应当在生产允许时安排生育假。",
        "女职工享有的生育假包含国家规定的产假。",
        "女职工可以享受生育假，但旺季除外。",
        "女职工有权在淡季享受生育假。",
        "用人单位应当为在本单位工作满三年的女职工安排生育假。",
        "首次生育的女职工享受生育假。",
        "用人单位应当对休满生育假的女职工重新核定岗位和工资。",
        "女职工享受生育假，不影响用人单位依法依规调整其岗位。",
    ],
)
@pytest.mark.parametrize("alone", [True, False])
def test_a_right_said_again_with_a_condition_is_no_gain_and_its_numbers_are_for_a_person(
    added: str, alone: bool
) -> None:
    home = "两项合计158天"
    file = sent().insert(home, added) if alone else sent().replace(home, "产假另计。", f"产假另计。{added}")
    found = reviewed(file.data)
    ((_, _, label),) = changes(found)
    assert label in ("weaker", "unclear")
    assert verdicts(found)["maternity_and_birth_leave"] == "person"


def test_a_new_right_on_another_matter_is_a_gain() -> None:
    found = reviewed(sent().insert("两项合计158天", "女职工返岗第一个月享受弹性到岗。").data)
    assert [label for *_, label in changes(found)] == ["stronger"]


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize(
    ("place", "old", "new", "name", "verdict"),
    [
        (PATERNITY, "15天", "10天", "paternity_leave", "ok"),  # the floor itself
        (PATERNITY, "15天", "9天", "paternity_leave", "below"),
        (PATERNITY, "15天", "20天", "paternity_leave", "ok"),
        (PATERNITY, "15天", "九天", "paternity_leave", "below"),
        (PATERNITY, "15天", "若干天", "paternity_leave", "person"),
        (PATERNITY, "陪产假15天", "陪产假", "paternity_leave", "person"),
        (PATERNITY, "15天", "15小时", "paternity_leave", "person"),
        (PATERNITY, "享受配偶陪产假15天", "可以视情况享受配偶陪产假15天", "paternity_leave", "person"),
        (PATERNITY, "享受配偶陪产假15天", "经批准享受配偶陪产假15天", "paternity_leave", "person"),
        (PATERNITY, "享受配偶陪产假15天", "原则上享受配偶陪产假15天", "paternity_leave", "person"),
    ],
)
def test_the_verdict_on_a_number(place: str, old: str, new: str, name: str, verdict: str) -> None:
    found = reviewed(sent().replace(place, old, new).data)
    assert next(one.verdict for one in found.numbers if one.name == name and one.change.counted) == verdict


def test_a_sum_is_added_again_and_a_number_that_stands_twice_must_agree() -> None:
    found = reviewed(sent().replace("产假98天，其中", "98天", "90天").data)
    reasons = {one.name: one.reason for one in found.numbers if one.verdict == "person"}
    assert verdicts(found)["maternity_leave"] in ("below", "person")
    assert any(one.verdict == "below" and one.name == "maternity_leave" for one in found.numbers)
    assert reasons["maternity_leave"] == "别处改为90天，前后不一致"
    sums = [one for one in found.numbers if one.verdict == "person" and "相加是150天" in one.reason]
    assert sums and all(one.new == "158天" for one in sums)
    told = [one for one in findings(found) if "前后不一致" in one.message]
    assert len(told) == 1 and "另有" in told[0].message


def test_a_better_number_in_one_place_leaves_the_other_place_to_a_person() -> None:
    found = reviewed(sent().replace(PATERNITY, "15天", "20天").data)
    told = [(one.verdict, one.new) for one in found.numbers if one.name == "paternity_leave"]
    assert told[0] == ("ok", "20天") and set(told[1:]) == {("person", "15天")}


def test_the_same_number_in_another_script_does_not_disagree() -> None:
    found = reviewed(sent().replace(PATERNITY, "15天", "十五天").data)
    assert [one for one in found.numbers if "前后不一致" in one.reason] == []


@pytest.mark.parametrize(
    ("place", "old", "new", "left"),
    [
        ("产假98天，其中", "98天", "90天", "产前休假"),
        (PATERNITY, "15天", "7天", "配偶陪产假的使用期限"),
        (
            "用人单位不得延长其劳动时间；怀孕满",
            "怀孕满7个月起，用人单位不得延长",
            "怀孕满8个月起，用人单位不得延长",
            "不得安排夜班劳动的怀孕月数",
        ),
        ("每年享受育儿假", "每年", "共", "育儿假的最小使用单位"),
    ],
)
def test_a_neighbor_of_a_changed_number_is_not_accused(place: str, old: str, new: str, left: str) -> None:
    found = reviewed(sent().replace(place, old, new).data)
    assert [one for one in found.numbers if one.title == left and one.verdict != "ok"] == []
    assert not any("：，" in one.message for one in findings(found))


def test_a_standard_without_digits_stays_where_no_edit_touched_it() -> None:
    found = reviewed(sent().replace("标准不低于本人原工资的", "本人原工资", "本人基本工资").data)
    assert "原来的数值找不到了" not in {one.reason for one in found.numbers}
    assert any(one.verdict == "person" for one in found.numbers)


def test_a_number_in_a_paragraph_that_is_gone_needs_a_person() -> None:
    assert verdicts(reviewed(sent().delete(HARD_BIRTH).data)) == {"difficult_birth_leave": "person"}


def test_a_number_whose_introduction_has_lost_its_duty_needs_a_person() -> None:
    intro = Edited(issued()[3]).text(sent().find(HARD_BIRTH).getprevious().getprevious())  # type: ignore[union-attr, arg-type]
    file = sent()
    found = reviewed(file.replace(intro, intro, f"用人单位可以视情况决定{intro}").data)
    assert verdicts(found).get("difficult_birth_leave") == "person"


def test_a_number_beside_a_new_sentence_that_takes_it_back_needs_a_person() -> None:
    found = reviewed(sent().insert(PATERNITY, "前款假期须经用人单位批准，未经批准的视为旷工。").data)
    assert verdicts(found)["paternity_leave"] == "person"


def test_neither_is_a_number_in_a_reworded_line_there() -> None:
    file = (
        sent()
        .replace(PATERNITY, "15天", "20天")
        .insert(PATERNITY, "前款假期须经用人单位批准，未经批准的视为旷工。")
    )
    assert verdicts(reviewed(file.data))["paternity_leave"] == "person"


def test_a_duty_that_is_gone_is_seen_even_where_no_rule_of_effect_fires() -> None:
    place, old, new = (
        "工会可以书面要求用人单位提供",
        "用人单位应当自收到之日起10个工作日内",
        "用人单位可以自收到之日起10个工作日内",
    )
    found = reviewed(sent().replace(place, old, new).data).differences
    silent = tuple(
        replace(one, changes=tuple(replace(change, effects=()) for change in one.changes))
        for one in found.sections
    )
    judged = judge_numbers(replace(found, sections=silent), issued()[0].values)
    assert [one.reason for one in judged if one.verdict != "ok"] == ["所在的句子不再写明义务"]


def test_a_number_below_the_floor_is_an_error_with_its_article() -> None:
    found = findings(reviewed(sent().replace(PATERNITY, "15天", "5天").data))
    assert (found[0].rule, found[0].severity) == ("number-below", Severity.ERROR)
    assert found[0].location.place == "第三十条第一款" and "第三十一条第二款" in found[0].source


@pytest.mark.parametrize("new", ["产前可以休60天", "产前应当休60天", "产前可以休14天"])
def test_a_number_other_than_what_the_law_sets_exactly_is_never_a_gain_too(new: str) -> None:
    found = reviewed(sent().replace("产假98天，其中", "产前可以休15天", new).data)
    (error,) = [one for one in findings(found) if one.severity is Severity.ERROR]
    assert error.message == f"“产前休假”不符合法定标准：15天改为{new[-3:]}"
    assert error.hint == "改回法定标准的数值"
    (change,) = [one for section in found.differences.sections for one in section.counted]
    assert change.label == "weaker" and "stronger" not in {one.label for one in change.effects}
    assert found.author(change).tracked is False and error.location.place == "第二十六条第一款第（一）项"


def test_a_gain_beside_a_number_below_its_floor_stays_a_gain() -> None:
    file = sent().replace(PATERNITY, "15天", "5天").replace(PATERNITY, "3个月内", "6个月内")
    (change,) = [one for section in reviewed(file.data).differences.sections for one in section.counted]
    assert {one.label for one in change.effects} == {"weaker", "stronger"}


# ------------------------------------------------------------------ what hides


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("word/header1.xml", "</w:p>", f"{word_run(GOES)}</w:p>"),
        ("word/header1.xml", "</w:hdr>", f"{paragraph(GOES)}</w:hdr>"),
        ("word/footer1.xml", "</w:p>", f"{word_run(GOES)}</w:p>"),
        ("word/footer1.xml", "</w:p>", f"{word_run('第五条女职工怀孕即离职')}</w:p>"),
        ("docProps/core.xml", "<dc:language>", f"<dc:description>{GOES}</dc:description><dc:language>"),
        ("docProps/core.xml", "</dc:title>", f"{GOES}</dc:title>"),
    ],
)
def test_what_was_put_into_a_header_a_footer_or_the_properties_is_a_warning(
    name: str, old: str, new: str
) -> None:
    file = sent()
    was = str(file.parts[name], "utf-8")  # type: ignore[arg-type]
    assert old in was
    file.parts[name] = new.join(was.rsplit(old, 1))
    found = findings(reviewed(file.data))
    hidden = [one for one in found if one.rule.startswith("hidden-")]
    assert [one.severity for one in hidden] == [Severity.WARNING]
    assert ("怀孕" in hidden[0].message) and hidden[0].hint
    assert GOES not in new or found[0].rule == "void-wording"


def test_a_hidden_sentence_is_told_with_its_place() -> None:
    file = sent()
    target = file.find(PATERNITY)
    target.append(file._nodes('<w:r><w:commentReference w:id="77"/></w:r>')[0])
    file.parts["word/comments.xml"] = part(
        "comments", f'<w:comment w:id="77" w:author="李虚构">{paragraph(ILLEGAL)}</w:comment>'
    )
    rels = str(file.parts["word/_rels/document.xml.rels"], "utf-8")  # type: ignore[arg-type]
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    file.parts["word/_rels/document.xml.rels"] = rels.replace(
        "</Relationships>", f'<Relationship Id="cm" Type="{kind}" Target="comments.xml"/></Relationships>'
    )
    unlawful, found = findings(reviewed(file.data))
    assert (found.rule, found.location.place) == ("hidden-comment", "第三十条第一款")
    assert ILLEGAL in found.message
    assert (unlawful.rule, unlawful.location.place) == ("void-wording", "第三十条第一款")


def test_white_characters_are_a_change_and_hidden() -> None:
    file = sent()
    file.find(PATERNITY).append(file._nodes(word_run(ILLEGAL, '<w:color w:val="FFFFFF"/>'))[0])
    rules = {one.rule for one in findings(reviewed(file.data))}
    assert {"hidden-pale", "change-weaker"} <= rules


@pytest.mark.parametrize("unseen", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"])
def test_a_character_without_width_hides_no_number_and_is_told(unseen: str) -> None:
    found = findings(
        reviewed(
            sent().replace(PATERNITY, "享受配偶陪产假15天", f"享受配偶陪产{unseen}假{unseen}5{unseen}天").data
        )
    )
    told = {(one.rule, one.location.place): one for one in found}
    assert told["number-below", "第三十条第一款"].severity is Severity.ERROR
    hidden = told["hidden-zero-width", "第三十条第一款"]
    assert hidden.severity is Severity.WARNING
    assert "等 3 处" in hidden.message and f"U+{ord(unseen):04X}" in hidden.message


def test_a_character_without_width_alone_is_told_and_no_change() -> None:
    found = reviewed(sent().replace(PATERNITY, "15天", "1\u200b5天").data)
    assert changes(found) == [] and verdicts(found) == {}
    assert [one.rule for one in findings(found)] == ["hidden-zero-width"]


@pytest.mark.parametrize("where", ["协商草案", "（以下无正文"])
def test_a_sentence_added_to_the_cover_or_the_signatures_is_told(where: str) -> None:
    found = findings(reviewed(sent().insert(where, "双方另有口头约定的从其约定").data))
    assert [one.rule for one in found] == ["front-added"]


def test_a_changed_party_is_a_change() -> None:
    found = reviewed(sent().replace("91310115EXAMPLE01W", "91310115EXAMPLE01W", "91310115EXAMPLE99X").data)
    assert [kind for kind, *_ in changes(found)] == ["reworded"]


# ------------------------------------------------------------------ the command


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("审阅")
    firm = data_folder("templates").parent / "examples" / "firm.yaml"
    assert command("new", "--profile", str(firm), "--out", str(top), "--format", "docx").returncode == 0
    next(top.glob("*.docx")).rename(top / "发出.docx")
    return top


def test_the_record_is_found_in_the_folder_and_missing_elsewhere(folder: Path, tmp_path: Path) -> None:
    assert findings(review(folder / "发出.docx")) == ()
    alone = tmp_path / "发回.docx"
    shutil.copy(folder / "发出.docx", alone)
    with pytest.raises(InputError, match="生成记录") as raised:
        review(alone)
    assert "--record" in raised.value.hint
    assert findings(review(alone, record=next(folder.glob("*.record.json")))) == ()


def test_the_exit_code_says_whether_a_number_is_below_the_floor(folder: Path) -> None:
    data = (folder / "发出.docx").read_bytes()
    for new, code in (("20天", 0), ("5天", 1)):
        (folder / "发回.docx").write_bytes(Edited(data).replace(PATERNITY, "15天", new).data)
        done = command("review", str(folder / "发回.docx"))
        assert done.returncode == code and "第三十条第一款" in done.stdout
    assert "低于底线：15天改为5天" in done.stdout and "数值 " in done.stdout
