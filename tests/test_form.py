"""The reviewer's opinion form: a summary that counts every point once, and a row for each in the order of the contract."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from contractgen.document import Table, plain
from contractgen.formats.docx_read import read_docx
from contractgen.formats.read import read_data
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.review import ForeignReview, OwnReview, findings, review_foreign
from contractgen.review.form import FORMATS, findings_of, form, points_of, render, summary
from test_cli import run as command
from test_review import EQUAL, HARD_BIRTH, ILLEGAL, PATERNITY, reviewed, sent
from word_files import W, paragraph
from word_files import run as word_run

DAY = datetime.date(2026, 12, 1)
TOP = Path(__file__).resolve().parent.parent
FOREIGN = (
    "杭州虚构丝绸厂女职工权益保护协议\n第一条 根据《妇女权益保障法》第二十六条，签订本协议。\n"
    "第二条 女职工产假90天。\n第三条 给予男职工护理假15天。\n第四条 哺乳期原则上不安排加班。\n"
)


def own() -> OwnReview:
    """A file in which a number, a paragraph and a hidden sentence were changed, from back to front."""
    file = sent().replace(PATERNITY, "15天", "5天").delete(HARD_BIRTH)
    hidden = paragraph(word_run(ILLEGAL, "<w:vanish/>")).replace("<w:p>", f'<w:p xmlns:w="{W}">', 1)
    file.find(EQUAL).addnext(etree.fromstring(hidden))
    return reviewed(file.data)


def foreign() -> ForeignReview:
    return review_foreign(read_data(FOREIGN.encode(), "a.txt"), load_law(), load_library(), None, DAY)


POINTS = ["序号", "位置", "问题", "依据", "建议", "处理意见"]
MISSING = ["序号", "没有写的内容", "依据", "处理意见"]


def rows(found: OwnReview | ForeignReview, header: list[str] = POINTS) -> list[list[str]]:
    tables = [block for block in form(found).body if isinstance(block, Table)]
    table = next(one for one in tables if [plain(cell.inlines) for cell in one.header] == header)
    return [[plain(cell.inlines) for cell in row] for row in table.rows]


def words(found: OwnReview | ForeignReview) -> str:
    return "\n".join(getattr(block, "text", "") for block in form(found).body)


@pytest.mark.parametrize("make", [own, foreign])
def test_every_point_is_counted_once_in_the_summary(make: Callable[[], OwnReview | ForeignReview]) -> None:
    found = make()
    assert sum(group.count for group in summary(found)) == len(points_of(found))
    assert [one.rule for one in findings_of(found)] == [one.rule for one in points_of(found)]


def test_rows_of_our_own_file_stand_in_the_order_of_the_contract() -> None:
    places = [row[1] for row in rows(own())]
    hidden = next(at for at, row in enumerate(rows(own())) if "隐藏文字" in row[2])
    assert places[hidden].startswith("第九条")
    assert hidden < places.index("第二十六条第一款第（二）项") < places.index("第三十条第一款")
    assert [row[0] for row in rows(own())] == [str(number) for number in range(1, len(places) + 1)]


def test_a_change_and_the_verdict_on_its_number_are_one_row_with_one_decision() -> None:
    (row,) = (row for row in rows(own()) if row[1] == "第三十条第一款")
    assert "〔“15”改为“5”〕" in row[2] and "“配偶陪产假”低于底线" in row[2]
    assert "第三十一条第二款" in row[3] and "改回不低于法定标准的数值" in row[4] and row[5] == ""


def test_an_error_stands_in_the_summary_with_its_words_and_nothing_stands_there_that_was_not_found() -> None:
    found = own()
    (below,) = [group for group in summary(found) if group.title == "低于底线"]
    assert str(below) == "低于底线 1：第三十条第一款：“配偶陪产假”低于底线：15天改为5天"
    assert form(found).landscape  # six columns that can be read


def test_what_was_found_is_the_same_whatever_its_order() -> None:
    found = own()
    assert set(findings(found)) == set(findings_of(found))
    assert {group.title: group.count for group in summary(found)}["藏在文件里、正文以外的内容"] == 1


def test_the_rows_of_a_foreign_contract_stand_in_its_order_with_a_wording_for_what_is_wrong() -> None:
    listed = rows(foreign())
    assert [row[1] for row in listed] == ["第一条", "第二条", "第四条"]
    assert all(row[5] == "" and row[4] for row in listed)
    assert listed[1][4].endswith("条文见后附第1项") and "条文见后附" not in listed[0][4]
    assert "1. 第二条\n女职工生育的" in words(foreign())


def test_what_is_missing_is_listed_without_its_wordings_and_what_may_be_added_in_one_row() -> None:
    found = foreign()
    listed = rows(found, MISSING)
    asked = [one for one in found.missing if one.basis]
    assert [row[2] for row in listed[:-1]] == [one.basis for one in asked]
    assert listed[-1][1].startswith("可以考虑增加：") and "妇女节" in listed[-1][1]
    assert len(listed) == len(asked) + 1 < len(found.missing)
    assert not any(one.text and one.text in words(found) for one in found.missing)


def test_findings_on_the_same_words_are_one_row_with_one_decision() -> None:
    text = "第一条 入职须申报婚育状况，体检包括妊娠试验。\n第二条 女职工产假90天。"
    found = review_foreign(read_data(text.encode(), "a.txt"), load_law(), load_library(), "shanghai", DAY)
    first = rows(found)[0]
    assert first[2].count("【错误】") == 2 and first[2].count("入职须申报婚育状况") == 1
    assert "第四十三条第二项" in first[3] and "第四十三条第三项" in first[3]


@pytest.mark.parametrize("make", [own, foreign])
def test_the_summary_says_in_words_what_to_do_and_what_it_does_not_know(
    make: Callable[[], OwnReview | ForeignReview],
) -> None:
    said = words(make())
    assert "处违反法律或者低于法定标准，不能照此签订" in said
    assert "没有报告的不等于没有问题" in said
    table = next(block for block in form(make()).body if isinstance(block, Table))
    assert all(plain(row[1].inlines) != "0" for row in table.rows)


def test_a_form_for_one_page_is_no_book() -> None:
    name = TOP / "tests" / "foreign" / "own" / "letter.txt"
    found = review_foreign(read_data(name.read_bytes(), name.name), load_law(), load_library(), None, DAY)
    assert len(words(found)) < 4 * len(name.read_text(encoding="utf-8"))


def test_what_hides_in_a_foreign_file_is_a_row() -> None:
    file = sent().replace(PATERNITY, "15天", "5天")
    hidden = paragraph(word_run(ILLEGAL, "<w:vanish/>")).replace("<w:p>", f'<w:p xmlns:w="{W}">', 1)
    file.find(EQUAL).addnext(etree.fromstring(hidden))
    reading = read_data(file.data, "a.docx")
    found = review_foreign(reading, load_law(), load_library(), "shanghai", DAY)
    places = [row[1] for row in rows(found) if "隐藏文字" in row[2]]
    assert len(places) == 1 and places[0].startswith("第九条")


def test_nothing_to_say_is_said() -> None:
    found = reviewed(sent().data)
    assert points_of(found) == () and {group.count for group in summary(found)} == {0}
    assert any("没有需要处理的问题" in getattr(block, "text", "") for block in form(found).body)


@pytest.mark.parametrize("make", [own, foreign])
def test_all_formats_have_the_same_points_and_the_same_bytes_each_time(
    make: Callable[[], OwnReview | ForeignReview],
) -> None:
    found = make()
    made = {kind: render(found, kind) for kind in FORMATS}
    assert made == {kind: render(found, kind) for kind in FORMATS}
    word = read_docx(made["docx"], "a.docx").text
    held = json.loads(made["json"])
    assert [one["rule"] for one in held["points"]] == [point.rule for point in points_of(found)]
    for row in rows(found):
        assert row[2].split("；")[0] in word and row[4].split("；")[0] in made["html"].decode()


def test_the_form_is_written_where_it_is_asked_for_and_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "外来.txt"
    path.write_text(FOREIGN, encoding="utf-8")
    words = ["review", str(path), "--on", "2026-12-01", "--out", str(tmp_path / "o")]
    first = command(*words, "--format", "docx,html,json")
    assert first.returncode == 1
    assert sorted(one.name for one in (tmp_path / "o").iterdir()) == [
        f"外来-审核意见表.{kind}" for kind in ("docx", "html", "json")
    ]
    assert command(*words).returncode == 2
    assert command(*words, "--force").returncode == 1
    assert command("review", str(path), "--on", "2026-12-01", "--format", "docx").returncode == 2
    assert command(*words, "--force", "--format", "pdf").returncode == 2
