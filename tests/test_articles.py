"""The structure of a text that was read: which lines begin chapters, articles and annexes, and what each place is called."""

from __future__ import annotations

import random

import pytest

from contractgen.document import article_label, chinese_number
from contractgen.document.articles import ReadSection, places_of, sections_of
from contractgen.document.heads import ordinal_of
from contractgen.document.reading import CellPlace, Passage, Span


def passages(text: str) -> list[Passage]:
    """One passage a line; ``|`` parts the cells of a row, ``[…]`` at the start is an automatic number."""
    found: list[Passage] = []
    rows = 0
    for line in text.strip("\n").split("\n"):
        cells = line.split("|") if "|" in line else [line]
        rows += "|" in line
        for column, cell in enumerate(cells, start=1):
            number, _, rest = cell[1:].partition("]") if cell.startswith("[") else ("", "", cell)
            place = CellPlace(1, rows, column) if "|" in line else None
            found.append(Passage(rest, number, serial=len(found) + 1, cell=place))
    return found


def split(text: str) -> tuple[ReadSection, ...]:
    return sections_of(passages(text))


def names(text: str, kind: str = "article") -> list[str]:
    return [section.name for section in split(text) if section.kind == kind]


def places(text: str) -> list[str]:
    return [line.place for section in split(text) for line in section.lines if line.kind != "title"]


def test_an_agreement_falls_into_its_parts() -> None:
    text = """
女职工专项集体合同
甲方（用人单位）：虚构公司
乙方：虚构公司工会
甲乙双方根据法律、法规的规定，经平等协商一致，签订本合同，共同遵守执行。
第一章 总则
第一条 为了保护女职工，制定本合同。
第二章 假期
第二条 产假
女职工享受下列假期：
（一）产假98天；
1. 难产增加15天；
2. 多胞胎每多一个增加15天。
（二）其他假期。
甲方应当照发工资。
甲方（盖章）：
签订日期：
附件1 一览表
一份表格。
"""
    sections = split(text)
    assert [(one.kind, one.name) for one in sections] == [
        ("cover", ""),
        ("parties", ""),
        ("text", ""),
        ("chapter", "第一章 总则"),
        ("article", "第一条"),
        ("chapter", "第二章 假期"),
        ("article", "第二条 产假"),
        ("signature", ""),
        ("annex", "附件1 一览表"),
    ]
    assert [line.place for line in sections[6].lines] == [
        "第二条",
        "第二条第一款",
        "第二条第一款第（一）项",
        "第二条第一款第（一）项第1目",
        "第二条第一款第（一）项第2目",
        "第二条第一款第（二）项",
        "第二条第二款",
    ]
    assert [line.place for line in sections[4].lines] == ["第一条"]
    assert sections[6].chapter == "第二章" and sections[8].chapter == ""
    assert sections[6].lines[3].text == "难产增加15天；" and sections[6].lines[3].number == "1."


def test_automatic_numbers_count_like_typed_ones() -> None:
    text = "[第一章]总则\n[第一条]目的\n[（一）]甲；\n[（二）]乙。\n[第二条]女职工享受产假98天。"
    assert names(text) == ["第一条 目的", "第二条"]
    assert places(text) == ["第一条第（一）项", "第一条第（二）项", "第二条"]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("第 十 二 条　产假", 12), ("第l2条 产假", 12), ("第I2条 产假", 12), ("第1O条 产假", 10), ("笫十二条 产假", 12),
        ("第１２条 产假", 12), ("第12条 产假", 12), ("第十二条、产假", 12), ("第十二条：产假", 12), ("第十二条产假", 12),
    ],
)  # fmt: skip
def test_an_article_is_found_as_typed_or_misread(line: str, number: int) -> None:
    before = "\n".join(f"第{chinese_number(n)}条 某事。" for n in range(1, number))
    assert [s.number for s in split(f"{before}\n{line}") if s.kind == "article"] == list(range(1, number + 1))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十二", 12),
        ("12", 12),
        ("l2", 12),
        (" 十 二 ", 12),
        ("—", 1),
        ("一O", 10),
        ("一百零一", 101),
        ("", None),
        ("天", None),
    ],
)
def test_a_number_is_read_as_typed_or_misread(text: str, number: int | None) -> None:
    assert ordinal_of(text) == number


@pytest.mark.parametrize(
    "line",
    [
        "第三条规定的假期照发工资。", "第三条第二款规定的情形除外。", "第四条、第五条同样适用。", "第三条例外情形。",
        "第九十九条 某事。", "第一条 某事。",
    ],
)  # fmt: skip
def test_a_reference_at_the_start_of_a_line_is_no_article(line: str) -> None:
    text = f"第一条 某事。\n第二条 某事。\n{line}\n第三条 某事。"
    assert names(text) == ["第一条", "第二条", "第三条"]


def test_the_name_of_a_law_behind_the_number_does_not_make_it_a_reference() -> None:
    assert names("第一条 中华人民共和国境内的单位适用本合同。\n第二条 中华人民共和国法律优先。") == [
        "第一条",
        "第二条",
    ]


def test_an_article_may_be_missing_and_the_count_may_begin_anew_in_a_chapter() -> None:
    text = "第一章 甲\n第一条 某事。\n第三条 某事。\n第二章 乙\n第一条 某事。\n第二条 某事。"
    assert [s.number for s in split(text) if s.kind == "article"] == [1, 3, 1, 2]
    assert [s.chapter for s in split(text) if s.kind == "article"] == ["第一章", "第一章", "第二章", "第二章"]


@pytest.mark.parametrize(
    ("line", "title", "rest"),
    [
        ("第一条 产假", "产假", ""),
        ("第一条 【产假】女职工享受产假。", "产假", "女职工享受产假。"),
        ("第一条（产假）女职工享受产假。", "产假", "女职工享受产假。"),
        ("第一条　产假　女职工享受产假98天。", "产假", "女职工享受产假98天。"),
        ("第一条 产假：女职工享受产假98天。", "产假", "女职工享受产假98天。"),
        ("第一条 女职工享受产假98天。", "", "女职工享受产假98天。"),
        ("第一条 女职工享受产假，工资照发", "", "女职工享受产假，工资照发"),
    ],
)
def test_a_title_is_told_from_the_text_behind_it(line: str, title: str, rest: str) -> None:
    (section,) = split(line)
    assert section.title == title
    assert [one.text for one in section.lines if one.kind != "title"] == ([rest] if rest else [])


def test_a_text_without_articles_is_split_by_its_own_numbers() -> None:
    assert names("协议\n一、工作时间\n每天八小时。\n二、产假\n（一）98天。\n三、其他\n另行商定。") == [
        "一、 工作时间", "二、 产假", "三、 其他"]  # fmt: skip
    assert names("协议\n1. 产假98天。\n2. 陪产假10天。") == ["第1条", "第2条"]
    assert names("协议\n[1.]产假98天。\n[2.]陪产假10天。") == ["第1条", "第2条"]
    assert names("通知\n女职工享受产假98天。") == []


def test_numbers_below_an_article_do_not_become_articles() -> None:
    assert names("第一条 下列事项：\n一、甲；\n二、乙。\n1. 丙。\n第二条 某事。") == ["第一条", "第二条"]


def test_articles_in_a_table_are_found_where_none_stand_outside() -> None:
    text = "专项集体合同\n条款|内容\n第一条 产假|98天\n第二条 陪产假|10天"
    assert names(text) == ["第一条 产假", "第二条 陪产假"]
    assert places(text)[-1] == "第二条表格第3行"


def test_a_list_of_articles_in_a_table_does_not_disturb_the_articles() -> None:
    text = "序号|位置\n1|第一条\n2|第二条\n第一条 某事。\n第二条 某事。"
    assert [s.kind for s in split(text)] == ["cover", "article", "article"]


@pytest.mark.parametrize(
    "line",
    ["附件：1. 一览表；2. 对照表。", "附件1、附件2与本合同具有同等效力。", "附件1是本合同的组成部分。"],
)
def test_a_sentence_about_annexes_is_no_annex(line: str) -> None:
    assert names(f"第一条 某事。\n{line}", "annex") == []


@pytest.mark.parametrize(
    "line", ["附件1 一览表", "附件一：一览表", "附件1一览表", "附件（一） 一览表", "附 件 1　一览表"]
)
def test_an_annex_is_found_and_counts_its_own_articles(line: str) -> None:
    text = f"第一条 某事。\n第二条 某事。\n{line}\n第一条 表中各项。"
    assert names(text, "annex") == ["附件1 一览表"]
    assert [s.label for s in split(text) if s.kind == "article"] == ["第一条", "第二条", "附件1第一条"]


def test_a_party_at_the_start_of_a_paragraph_is_no_signature() -> None:
    text = "第一条 某事。\n甲方应当提供场所。\n乙方（工会）参加检查。\n甲方（盖章）\n乙方（盖章）"
    assert [(s.kind, len(s.lines)) for s in split(text)] == [("article", 3), ("signature", 2)]


def test_contents_are_left_out() -> None:
    body = passages("第一条 某事。\n第二条 某事。")
    toc = [Passage("第一条 某事", contents=True), Passage("第二条 某事", contents=True)]
    assert len(sections_of([*toc, *body])) == 2


def test_a_place_is_named_for_what_stands_in_no_view() -> None:
    sections = split("第一条 某事。\n第二条 某事。")
    assert [places_of(sections)(serial) for serial in (0, 1, 2, 9)] == ["", "第一条", "第二条", "第二条"]


def test_numbers_whose_words_a_conversion_has_lost_are_read_all_the_same() -> None:
    spans = (Span("依照"), Span("?一?", refers="_cgh_1"), Span("和“?三?”"))
    body = [
        Passage("　总则", "?一?", level=1),
        Passage("　目的", "?一?"),
        Passage("依照?一?和“?三?”", spans=spans),
        Passage("　范围", "?二?"),
    ]
    sections = sections_of(body)
    assert [one.name for one in sections] == ["第一章 总则", "第一条 目的", "第二条 范围"]
    assert sections[1].lines[-1].text == "依照第一条和“?三?”"


def noisy(text: str, seed: int) -> str:
    """As a scanner would: blanks between characters of a number, look-alikes, wide figures."""
    dice = random.Random(seed)
    swaps = {"第": "笫", "一": "—", "1": "l", "0": "O"}
    out = []
    for character in text:
        if character in swaps and dice.random() < 0.3:
            character = swaps[character]
        out.append(character + (" " if character in "第十百二三四五六七八九" and dice.random() < 0.3 else ""))
    return "".join(out)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("form", ["chinese", "figures"])
def test_sixty_articles_are_found_in_a_bad_scan(seed: int, form: str) -> None:
    heads = [article_label(n) if form == "chinese" else f"第{n}条" for n in range(1, 61)]
    lines = [f"{noisy(head, seed * 100 + at)} 女职工享受某项待遇。" for at, head in enumerate(heads)]
    found = [s.number for s in split("\n".join(lines)) if s.kind == "article"]
    assert found == list(range(1, 61))


CONTENTS = """
女职工专项集体合同
目  录
第一章 总则 …… 1
第一条 目的……1
第二章 假期	2
第二条 产假	2
附件1 一览表 9
第一章 总则
第一条 目的
为了保护女职工，制定本合同。
第二章 假期与休息
第二条 产假
女职工享受产假98天。
附件1 一览表
一份表格。
"""


def test_a_typed_table_of_contents_is_no_article() -> None:
    assert [(one.kind, one.name) for one in split(CONTENTS)] == [
        ("cover", ""),
        ("chapter", "第一章 总则"),
        ("article", "第一条 目的"),
        ("chapter", "第二章 假期与休息"),
        ("article", "第二条 产假"),
        ("annex", "附件1 一览表"),
    ]


def test_what_a_table_of_contents_says_of_its_own_is_kept() -> None:
    more = CONTENTS.replace("附件1 一览表 9", "第三条 夜班由用人单位安排\n附件1 一览表 9")
    assert "第三条 夜班由用人单位安排" in names(more)


def test_heads_below_a_title_that_do_not_come_again_are_no_table_of_contents() -> None:
    assert names("目录\n第一条 目的\n第二条 产假\n女职工享受产假98天。") == ["第一条 目的", "第二条 产假"]
