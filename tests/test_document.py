"""document: numerals as in Chinese law, and the little Markdown of clause texts."""

from __future__ import annotations

import pytest

from contractgen.document import chinese_number
from contractgen.document.markdown import (
    MarkdownError,
    RawList,
    RawParagraph,
    RawReference,
    RawSubheading,
    RawTable,
    RawText,
    parse,
)


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (1259, "一千二百五十九"),
        (9999, "九千九百九十九"),
        (10000, "一万"),
        (10010, "一万零一十"),
        (123456, "十二万三千四百五十六"),
        (99999999, "九千九百九十九万九千九百九十九"),
        (100000000, "100000000"),
    ],
)
def test_numerals_are_written_as_in_statutes(number: int, numeral: str) -> None:
    assert chinese_number(number) == numeral


def test_a_text_becomes_paragraphs_lists_and_references() -> None:
    blocks = parse("甲{{ a }}见[](#b)。\n\n有下列情形：\n\n1. 一；\n2. 二。\n\n## 题\n\n- 丙\n")
    assert blocks == (
        RawParagraph((RawText("甲{{ a }}见"), RawReference("b"), RawText("。")), 1),
        RawParagraph((RawText("有下列情形："),), 3),
        RawList(((RawText("一；"),), (RawText("二。"),)), True, 5),
        RawSubheading("题", 8),
        RawList(((RawText("丙"),),), False, 10),
    )


def test_lines_of_a_paragraph_join_without_a_space() -> None:
    assert parse("甲\n  乙\n") == (RawParagraph((RawText("甲乙"),), 1),)


def test_a_row_that_begins_with_or_stands_only_instead_of_the_one_before() -> None:
    (table,) = parse(
        "::: table leave\n| 假期 | 天数 |\n| 甲 | {{ a }} |\nor | 乙 | {{ b }} |\n| 丙 | {{ c }} |\n:::\n"
    )
    assert isinstance(table, RawTable)
    assert [row[0] for row in table.rows] == [(RawText(name),) for name in "甲乙丙"]
    assert table.instead == {1}
    with pytest.raises(MarkdownError, match="第一行"):
        parse("::: table leave\n| 假期 | 天数 |\nor | 甲 | {{ a }} |\n:::\n")


def test_a_table_has_a_name_and_may_have_rows() -> None:
    (table,) = parse("::: table leave\n| 假期 | 天数 |\n| {{ a.title }} | {{ a }} |\n:::\n")
    assert isinstance(table, RawTable)
    assert (table.name, table.header) == ("leave", ((RawText("假期"),), (RawText("天数"),)))
    assert table.rows == (((RawText("{{ a.title }}"),), (RawText("{{ a }}"),)),)


def test_marks_of_other_markdown_are_plain_characters() -> None:
    (paragraph,) = parse("甲*乙*_丙_<b>丁</b>`戊`\\")
    assert paragraph == RawParagraph((RawText("甲*乙*_丙_<b>丁</b>`戊`\\"),), 1)


@pytest.mark.parametrize("text", ["[字](#a)", "[](http://x)", "1. 甲\n   - 乙\n", "::: table x\n没有结尾"])
def test_what_the_little_markdown_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(MarkdownError):
        parse(text)
