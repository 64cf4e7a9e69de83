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


def rows(found: OwnReview | ForeignReview) -> list[list[str]]:
    table = [block for block in form(found).body if isinstance(block, Table)][-1]
    assert [plain(cell.inlines) for cell in table.header] == [
        "序号",
        "位置",
        "问题",
        "依据",
        "建议",
        "处理意见",
    ]
    return [[plain(cell.inlines) for cell in row] for row in table.rows]


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


def test_a_foreign_contract_has_its_missing_topics_last_with_the_wording_that_is_proposed() -> None:
    found = foreign()
    listed = rows(found)
    assert [row[1] for row in listed][:2] == ["第一条", "第二条"] and listed[-1][1] == "全文"
    assert all(row[5] == "" and row[4] for row in listed)
    assert "条文见后附第" in listed[-1][4]
    assert any(block for block in form(found).body if getattr(block, "text", "") == "可以参照的条文")


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
