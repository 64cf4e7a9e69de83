"""law verify: statute texts as people keep them are read, and what law files cite is held against them."""

from __future__ import annotations

import datetime
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.cli import main
from contractgen.document.numerals import chinese_int, chinese_number
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.law import load_law
from contractgen.law.mentions import mentions
from contractgen.law.numerals import numeral, quantities, states
from contractgen.law.statutes import Statute, parse_statute, passage, read_statutes, title_key
from contractgen.law.verify import Cited, Verified, read_entries, verify

# ------------------------------------------------------------------ numbers


@given(st.integers(0, 10**8 - 1))
def test_a_chinese_numeral_is_read_as_it_is_written(number: int) -> None:
    assert chinese_int(chinese_number(number)) == number


@pytest.mark.parametrize("text", ["9" * 5000, "一" * 5000])
def test_what_is_too_long_for_a_number_is_none(text: str) -> None:
    assert numeral(text) is None
    assert list(quantities(f"休假{text}天")) == []
    assert [one.article for one in mentions(f"《民法典》第{text}条")] == [""]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("98", 98), ("９８", 98), ("1,000", 1000), ("5万", 50000), ("三十万", 300000), ("一亿二千万", 120000000),
        ("两", 2), ("二〇一二", 2012), ("一千零一十", 1010), ("2.5", "5/2"), ("二点五", "5/2"), ("0.05", "1/20"),
    ],
)  # fmt: skip
def test_numerals_of_both_scripts_are_read(text: str, number: int | str) -> None:
    assert numeral(text) == Fraction(number)


@pytest.mark.parametrize("text", ["", "天", "三天", "3a", "点五", "三点", "1/3"])
def test_what_is_no_numeral_is_none(text: str) -> None:
    assert numeral(text) is None


@pytest.mark.parametrize(
    ("text", "number", "words", "share"),
    [
        ("享受98天产假", "98", {"天": 1}, False),
        ("享受九十八天产假", "98", {"天": 1}, False),
        ("享受 9 8 天 产 假", "98", {"天": 1}, False),
        ("不得低于百分之八十", "80", {"%": 1}, False),
        ("不得低于80％", "80", {"%": 1}, False),
        ("加收万分之五的滞纳金", "1/20", {"%": 1}, False),
        ("三分之二以上代表", "2/3", {}, True),
        ("全体职工半数以上同意", "1/2", {}, True),
        ("百分之五十以上", "1/2", {}, True),
        ("每两年安排一次", "2", {"年": 1}, False),
        ("一般为一至三年", "1", {"年": 1}, False),
        ("一般为一至三年", "3", {"年": 1}, False),
        ("产前假两个半月", "5/2", {"个月": 1}, False),
        ("未满1周岁婴儿", "12", {"周岁": 12}, False),
        ("处5万元以上30万元以下", "300000", {"元": 1}, False),
        ("放假半天", "1", {"天": 2}, False),
        ("每次负重二十千克", "20", {"千克": 1}, False),
    ],
)
def test_a_number_is_found_in_its_unit(text: str, number: str, words: dict[str, int], share: bool) -> None:
    scales = {word: Fraction(scale) for word, scale in words.items()}
    assert states(text, Fraction(number), scales, share=share)
    assert not states(text, Fraction(number) + 7, scales, share=share)


@pytest.mark.parametrize(
    "text", ["第十五条规定的天数", "5月15日", "15人", "115天", "1.15天", "2012年4月15日公布"]
)
def test_fifteen_days_are_not_seen_where_something_else_stands(text: str) -> None:
    assert not states(text, Fraction(15), {"天": Fraction(1), "日": Fraction(1)})


def test_ordinals_and_days_of_the_calendar_are_no_quantities() -> None:
    text = "依照第七条第二款，自二〇一二年四月二十八日起，享受三天假"
    assert [int(one.number) for one in quantities(text)] == [3]


# ------------------------------------------------------------------ citations in running text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《雾州规定》第四十八条", [("48", None, None)]),
        ("《雾州规定》第48条第2款第（3）项", [("48", 2, "3")]),
        ("《雾州规定》第十二条第（三）项和第三项", [("12", None, "3"), ("12", None, "3")]),
        ("《雾州规定》第二十二条第一款第（二）项、第（五）项", [("22", 1, "2"), ("22", 1, "5")]),
        ("《雾州规定》第六条第二款、第三款", [("6", 2, None), ("6", 3, None)]),
        ("《雾州规定》第三条至第六条、第八条", [(str(n), None, None) for n in (3, 4, 5, 6, 8)]),
        ("《雾州规定》附录第一条第三项", [("附录第一条", None, "3")]),
        ("《雾州规定》附录", [("附录", None, None)]),
        ("《雾州规定》和有关法律", [("", None, None)]),
        ("《雾州规定》（2022修订）第三条，另见第四条款式", [("3", None, None)]),
        ("第七条", []),
    ],
)
def test_citations_are_read_with_lists_and_ranges(
    text: str, found: list[tuple[str, int | None, str | None]]
) -> None:
    assert [(one.article, one.paragraph, one.item) for one in mentions(text)] == found


def test_a_title_inside_a_title_belongs_to_it() -> None:
    (found,) = mentions("依照《上海市实施《中华人民共和国妇女权益保障法》办法》第二十三条")
    assert (found.title, found.article) == ("上海市实施《中华人民共和国妇女权益保障法》办法", "23")


def test_a_citation_keeps_title_and_edition() -> None:
    first, second = mentions("依据《甲法》（2022修订）第一条、《上海市实施〈乙法〉办法》第二条")
    assert (first.title, first.edition, second.title) == ("甲法", "2022修订", "上海市实施〈乙法〉办法")
    assert str(second) == "《上海市实施〈乙法〉办法》第2条"


# ------------------------------------------------------------------ a text

RULE = """\
# 雾州职工规定

2019年12月1日 雾州第三次会议通过

2023年5月4日 雾州第九次会议修正

<!-- INFO END -->

## 第一章 总 则

第一条 为了职工，制定本规定。

第二条　产假为九十八天，其中产前可以休假15天。

生育多胞胎的，每多生育一个婴儿，增加十五天。

第三条 有下列情形之一的，不得解除：

（一）怀孕；

（二）哺乳未满1周岁婴儿；

(三)违反第二条第一款规定。

前款规定不适用于自愿离职。

## 第二章 程序

第 四 条 三分之二以上代表出席；半数以上同意。

第五条 自公布之日起施行。

附录：

职工禁忌从事的劳动

一、全体职工：

（一）井下作业；

（二）每次负重超过20公斤的作业。

二、孕期：高温作业。
"""


def rule(text: str = RULE, name: str = "mist__雾州职工规定__2023-05-04.md") -> Statute:
    return parse_statute(name, text)


def words(statute: Statute, *place: object) -> str:
    found = passage(statute, *place)  # type: ignore[arg-type]
    return found.text or f"！{found.missing}"


def test_a_text_is_taken_apart_into_articles_paragraphs_and_items() -> None:
    statute = rule()
    assert (statute.title, statute.day) == ("雾州职工规定", datetime.date(2023, 5, 4))
    assert list(statute.articles) == ["1", "2", "3", "4", "5", "附录第一条", "附录第二条", "附录"]
    assert words(statute, "2", 2) == "生育多胞胎的，每多生育一个婴儿，增加十五天。"
    assert words(statute, "3", 1, "2") == "哺乳未满1周岁婴儿；"
    assert words(statute, "3", None, "3") == "违反第二条第一款规定。"
    assert words(statute, "3", 2) == "前款规定不适用于自愿离职。"
    assert words(statute, "4").startswith("三分之二以上")
    assert words(statute, "附录第一条", None, "2") == "每次负重超过20公斤的作业。"
    assert "高温作业" in words(statute, "附录第二条") and "井下" in words(statute, "附录")


@pytest.mark.parametrize(
    ("place", "missing"),
    [
        (("6",), "没有第6条"),
        (("2", 3), "第二条只有2款，没有第3款"),
        (("3", 1, "4"), "第三条第1款只有3项，没有第（4）项"),
        (("1", None, "1"), "第一条没有分项，没有第（1）项"),
        (("附录第三条",), "没有附录第三条"),
    ],
)
def test_what_is_not_there_is_said(place: tuple[object, ...], missing: str) -> None:
    assert words(rule(), *place) == f"！{missing}"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("第", "　　第"),
        lambda text: text.replace("（", "(").replace("）", ")"),
        lambda text: text.replace("#", "").replace("<!-- INFO END -->\n", ""),
        lambda text: text.replace("第二条　", "**第二条** ").replace("第三条 ", "### 第三条 "),
        lambda text: text.replace("第一条 ", "第一条").replace("第二条　", "第二条").replace("第五条 ", "第5条 "),
        lambda text: text.replace("生育多胞胎的，每多", "  生育多胞胎的，\n每多"),
        lambda text: text.replace("\n\n（二）", "（二）").replace("\n\n(三)", "(三)"),
    ],
    ids=["no blank lines", "CRLF", "indented", "half width", "plain text", "bold", "no blanks", "wrapped", "inline"],
)  # fmt: skip
def test_the_same_law_in_another_dress_reads_the_same(change: object) -> None:
    changed = rule(change(RULE))  # type: ignore[operator]
    assert changed.title == "雾州职工规定"
    for place in (("2", 1), ("2", 2), ("3", 1, "2"), ("3", 2), ("4",), ("附录第一条", None, "2")):
        assert words(changed, *place) == words(rule(), *place), place
    assert len(changed.articles["2"].paragraphs) == 2 and list(changed.articles) == list(rule().articles)


def test_a_paragraph_that_begins_with_a_mention_of_an_article_is_no_article() -> None:
    statute = rule("# 规定\n\n第一条 甲。\n\n第二条的规定不适用。\n\n第二条 乙。\n\n第一条、第二条不变。\n")
    assert [len(one.paragraphs) for one in statute.articles.values()] == [2, 2]


def test_a_decision_printed_behind_a_law_does_not_change_its_articles() -> None:
    statute = rule("# 规定\n\n第一条 甲。\n\n第二条 乙。\n\n修改决定\n\n第一条 九十天。\n\n第二条 丙。\n")
    assert (words(statute, "1"), words(statute, "2", 1)) == ("甲。", "乙。")


def test_an_inserted_article_stands_for_itself() -> None:
    statute = rule("# 规定\n\n第一条 甲。\n\n第一条之一 五天。\n\n第二条 乙。\n")
    assert list(statute.articles) == ["1", "1之1", "2"] and "五天" not in words(statute, "1")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("cn__雾州职工规定__2018-12-29.md", "2018-12-29"),
        ("雾州职工规定(2018-12-29).md", "2018-12-29"),
        ("雾州职工规定（2018年12月29日）.txt", "2018-12-29"),
        ("雾州职工规定_20181229.txt", "2018-12-29"),
        ("雾州职工规定-2018-12-29.md", "2018-12-29"),
        ("雾州职工规定.md", "2023-05-04"),  # the last day of the header
        ("mist__雾州职工规定__undated-before-2018-12-29.md", "2023-05-04"),
    ],
)
def test_the_day_comes_from_the_file_name_else_from_the_header(name: str, day: str) -> None:
    statute = rule(name=name)
    assert str(statute.day) == day
    assert title_key("雾州职工规定") in statute.keys


def test_a_text_without_heading_is_known_by_its_file_name() -> None:
    statute = rule("第一条 甲。\n", "雾州职工规定（2019-01-01）.txt")
    assert statute.title == "雾州职工规定" and statute.header_days == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中华人民共和国雾法", "雾法"),
        ("雾州实施《中华人民共和国雾法》办法", "雾州实施〈雾法〉办法"),
        ("关于雾的解释（一）", "关于雾的解释一"),
        ("雾法（2018修正）", "雾法"),
    ],
)
def test_titles_of_one_instrument_are_the_same(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)
    assert title_key(one) != title_key("雾州" + other)


# ------------------------------------------------------------------ a folder


def test_a_folder_is_read_with_its_subfolders_and_other_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "行政法规").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "行政法规" / "雾州职工规定(2023-05-04).md").write_text(RULE, "utf-8")
    (tmp_path / "旧规定.txt").write_text("旧规定\n第一条 甲。\n", "gb18030")
    (tmp_path / "README.md").write_text("# 说明\n\n没有条文。\n", "utf-8")
    (tmp_path / ".git" / "x.md").write_text(RULE, "utf-8")
    (tmp_path / "图.png").write_bytes(b"\x89PNG")
    (tmp_path / "坏.txt").write_bytes(b"\xff\xfe\x00\x81")
    statutes, findings = read_statutes(tmp_path)
    assert sorted(one.title for one in statutes) == ["旧规定", "雾州职工规定"]
    assert [finding.rule for finding in findings] == ["statute-unreadable"]


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有读得懂的法规文本"):
        read_statutes(tmp_path)
    with pytest.raises(InputError, match="这个文件夹"):
        read_statutes(tmp_path / "法规")


# ------------------------------------------------------------------ law files against texts

LAW = """\
place: mist
title: 雾州
checked: 2023-06-01
instruments:
  rule: {title: 雾州职工规定, edition: 2023修正, in_force: 2020-01-01}
values:
  leave:
    title: 产假
    unit: day
    bound: minimum
    dated:
      2020-01-01: {value: 98, instrument: rule, article: "2", paragraph: 1, state: verified}
  nursing:
    title: 哺乳期
    unit: child_month
    bound: minimum
    dated:
      2020-01-01: {value: 12, instrument: rule, article: "3", paragraph: 1, item: "2", state: verified}
  quorum:
    title: 出席比例
    unit: share_of_delegates
    bound: minimum
    dated:
      2020-01-01: {value: "2/3", instrument: rule, article: "4", state: verified}
  load:
    title: 负重
    unit: kilogram
    bound: maximum
    dated:
      2020-01-01: {value: 20, instrument: rule, article: "附录第一条", item: "2", state: verified}
duties:
  purpose:
    title: 目的
    dated:
      2020-01-01: {instrument: rule, article: "1", state: verified}
"""


class Desk:
    """A law file and a folder of texts."""

    def __init__(self, folder: Path) -> None:
        self.law, self.texts = folder / "clauses" / "law", folder / "法规"
        self.law.mkdir(parents=True)
        self.texts.mkdir()
        self.write_law(LAW)
        self.write("雾州职工规定__2023-05-04.md", RULE)

    def write_law(self, text: str) -> None:
        (self.law / "mist.yaml").write_text(text, "utf-8")

    def write(self, name: str, text: str) -> None:
        (self.texts / name).write_text(text, "utf-8")

    def verified(self) -> Verified:
        law = load_law(self.law)
        statutes, _ = read_statutes(self.texts)
        return verify(law, statutes, read_entries(law, law.places, self.law))

    def finding(self) -> Finding:
        (finding,) = self.verified().findings
        return finding


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_true_law_file_gives_no_finding(desk: Desk) -> None:
    found = desk.verified()
    assert found.findings == () and found.lacking == () and found.compared == 5
    assert found.texts["mist/rule"].endswith("雾州职工规定__2023-05-04.md")


@pytest.mark.parametrize(
    ("old", "new", "rule_id", "message"),
    [
        ("value: 98", "value: 128", "statute-number", "没有写不少于128天"),
        ("value: 12,", "value: 18,", "statute-number", "没有写"),
        ('value: "2/3"', 'value: "3/4"', "statute-number", "没有写四分之三以上"),
        ("value: 20,", "value: 25,", "statute-number", "没有写不超过25千克"),
        ("unit: day", "unit: week", "statute-unit", "有98这个数，但不是"),
        ('article: "2"', 'article: "9"', "statute-article", "文本中没有第9条"),
        ('"2", paragraph: 1', '"2", paragraph: 3', "statute-article", "第二条只有2款"),
        ('item: "2", state: verified}\nduties', 'item: "5", state: verified}\nduties', "statute-article", "2项"),
        ('article: "1"', 'article: "66"', "statute-article", "没有第66条"),
    ],
)  # fmt: skip
def test_each_wrong_citation_is_found_by_line(
    desk: Desk, old: str, new: str, rule_id: str, message: str
) -> None:
    assert LAW.count(old) == 1
    desk.write_law(LAW.replace(old, new))
    finding = desk.finding()
    assert finding.rule == rule_id and message in finding.message
    start = LAW.index(old) if "unit" not in old else LAW.index("value: 98")
    assert finding.location.file.endswith("mist.yaml")
    assert finding.location.line == LAW[: start + 1].count("\n") + 1
    assert "雾州职工规定__2023-05-04.md（2023-05-04）" in finding.source


def test_a_text_that_ends_with_another_article_than_the_law_file_says_is_told(desk: Desk) -> None:
    last = max(int(number) for number in parse_statute("规定.md", RULE).articles if number.isdecimal())
    desk.write_law(LAW.replace("edition: 2023修正", f"edition: 2023修正, articles: {last}"))
    assert desk.verified().findings == ()
    desk.write_law(LAW.replace("edition: 2023修正", f"edition: 2023修正, articles: {last + 1}"))
    assert desk.finding().rule == "statute-articles" and f"到第{last}条为止" in desk.finding().message


def test_the_number_must_stand_in_the_cited_paragraph(desk: Desk) -> None:
    desk.write_law(LAW.replace('"2", paragraph: 1', '"2", paragraph: 2'))
    assert desk.finding().rule == "statute-number"
    desk.write_law(LAW.replace('"2", paragraph: 1', '"2"'))
    assert desk.verified().findings == ()


def test_an_instrument_without_a_text_is_listed_and_no_error(desk: Desk) -> None:
    desk.write_law(LAW.replace("雾州职工规定", "云州职工规定"))
    found = desk.verified()
    assert found.findings == () and found.compared == 0
    (lacking,) = found.lacking
    assert str(lacking.instrument) == "《云州职工规定》" and len(lacking.keys) == 5


def test_an_article_that_an_excerpt_lacks_is_a_warning(desk: Desk) -> None:
    desk.write("雾州职工规定__2023-05-04.md", RULE.replace("# 雾州职工规定", "# 雾州职工规定（摘录）"))
    desk.write_law(LAW.replace('article: "1"', 'article: "66"'))
    assert desk.finding().severity is Severity.WARNING


def test_what_is_reported_and_stands_in_the_text_may_be_verified(desk: Desk) -> None:
    desk.write_law(LAW.replace('article: "4", state: verified', 'article: "4", state: reported'))
    finding = desk.finding()
    assert (finding.rule, finding.severity) == ("statute-confirms", Severity.ADVICE)


# ------------------------------------------------------------------ several texts

NEWER = RULE.replace("修正\n", "修正\n\n2026年8月1日 雾州第十次会议修正\n", 1)


def test_of_several_texts_the_edition_decides(desk: Desk) -> None:
    desk.write("雾州职工规定__2019-12-01.md", RULE.replace("九十八天", "九十天"))
    found = desk.verified()
    assert found.findings == () and found.texts["mist/rule"].endswith("2023-05-04.md")


def test_without_an_edition_the_day_decides(desk: Desk) -> None:
    desk.write("雾州职工规定__2019-12-01.md", RULE.replace("九十八天", "九十天"))
    desk.write_law(LAW.replace("edition: 2023修正, ", ""))
    numbers = [one for one in desk.verified().findings if one.rule == "statute-number"]
    assert len(numbers) == 1 and "2019-12-01.md" in numbers[0].source  # in force since 2020-01-01


def test_a_newer_text_that_says_the_same_is_a_warning(desk: Desk) -> None:
    desk.write("雾州职工规定__2026-08-01.md", NEWER)
    finding = desk.finding()
    assert (finding.rule, finding.severity) == ("statute-newer", Severity.WARNING)
    assert "最后核对于 2023-06-01" in finding.message and "2026-08-01.md" in finding.source


def test_a_newer_text_that_says_something_else_is_an_error_at_the_value(desk: Desk) -> None:
    desk.write("雾州职工规定__2026-08-01.md", NEWER.replace("九十八天", "一百二十八天"))
    finding = desk.finding()
    assert (finding.rule, finding.severity) == ("statute-newer", Severity.ERROR)
    assert "（leave）与更新的文本不符" in finding.message and "一百二十八天" in finding.hint
    assert finding.location.line == LAW[: LAW.index("value: 98")].count("\n") + 1


def test_a_newer_text_alone_is_told_too(desk: Desk) -> None:
    (desk.texts / "雾州职工规定__2023-05-04.md").rename(desk.texts / "雾州职工规定__2026-08-01.md")
    desk.write("雾州职工规定__2026-08-01.md", NEWER)
    assert desk.finding().rule == "statute-newer"


def test_a_text_after_the_end_of_an_instrument_is_its_successors(desk: Desk) -> None:
    desk.write("雾州职工规定__2026-08-01.md", NEWER.replace("九十八天", "一百二十八天"))
    ended = LAW.replace("in_force: 2020-01-01}", "in_force: 2020-01-01, until: 2026-09-01, successor: next}\n  next: {title: 雾州职工规定, edition: 2026修正, in_force: 2026-09-01}")  # fmt: skip
    ended = ended.replace("state: verified}\n", "state: verified}\n      2026-09-01: null\n")
    desk.write_law(ended)
    assert desk.verified().findings == ()


def test_an_instrument_that_has_ended_takes_no_text_from_after_its_end(desk: Desk) -> None:
    ended = LAW.replace("state: verified}\n", "state: verified}\n      2022-01-01: null\n")
    desk.write_law(
        ended.replace("edition: 2023修正, in_force: 2020-01-01", "edition: 2018修正, in_force: 2020-01-01, until: 2022-01-01")
    )  # fmt: skip
    found = desk.verified()
    assert found.findings == () and len(found.lacking) == 1
    desk.write(
        "雾州职工规定__2018-05-04.md", RULE
    )  # the text of that time; the other is not newer law for it
    found = desk.verified()
    assert [one.rule for one in found.findings] == [] and found.texts["mist/rule"].endswith("2018-05-04.md")


def test_a_newer_text_is_not_held_against_what_ended_before_it(desk: Desk) -> None:
    desk.write("雾州职工规定__2026-08-01.md", NEWER.replace("九十八天", "一百二十八天"))
    followed = LAW.replace(
        'article: "2", paragraph: 1, state: verified}\n',
        'article: "2", paragraph: 1, state: verified}\n'
        '      2026-08-01: {value: 15, instrument: rule, article: "2", paragraph: 2, state: verified}\n',
    )
    desk.write_law(followed)
    assert desk.finding().severity is Severity.WARNING


def test_of_texts_before_the_first_day_the_last_is_taken(desk: Desk) -> None:
    (desk.texts / "雾州职工规定__2023-05-04.md").rename(desk.texts / "雾州职工规定__2019-12-01.md")
    desk.write("雾州职工规定__2019-12-01.md", RULE.replace("2023年5月4日 雾州第九次会议修正\n", ""))
    desk.write("雾州职工规定__2010-12-01.md", RULE.replace("九十八天", "九十天"))
    desk.write_law(LAW.replace("edition: 2023修正, ", ""))
    found = desk.verified()
    assert [one.rule for one in found.findings if one.rule != "statute-day"] == []
    assert found.texts["mist/rule"].endswith("2019-12-01.md")


def test_an_older_text_than_the_edition_is_told(desk: Desk) -> None:
    desk.write_law(LAW.replace("edition: 2023修正", "edition: 2025修正"))
    assert desk.finding().rule == "statute-older"


def test_an_older_text_is_told_also_beside_one_without_a_day(desk: Desk) -> None:
    desk.write_law(LAW.replace("edition: 2023修正", "edition: 2025修正"))
    undated = RULE.replace("2023年5月4日 雾州第九次会议修正\n", "").replace("2019年12月1日", "")
    desk.write("雾州职工规定（无日期）.md", undated)
    found = desk.verified()
    assert found.texts["mist/rule"].endswith("2023-05-04.md")
    assert "statute-older" in [one.rule for one in found.findings]


def test_texts_between_which_nothing_decides_are_reported(desk: Desk) -> None:
    desk.write("又一份雾州职工规定__2023-05-04.md", RULE)
    assert desk.verified().findings == ()  # the same words twice
    desk.write("又一份雾州职工规定__2023-05-04.md", RULE.replace("第一条 为了", "第一条 为着"))
    finding = desk.finding()
    assert (finding.rule, finding.severity) == ("statute-several", Severity.WARNING)
    assert finding.message.count("2023-05-04.md") == 2


def test_a_file_name_later_than_the_header_is_pointed_out(desk: Desk) -> None:
    (desk.texts / "雾州职工规定__2023-05-04.md").rename(desk.texts / "雾州职工规定__2023-11-30.md")
    finding = desk.finding()
    assert (finding.rule, finding.severity) == ("statute-day", Severity.ADVICE)


# ------------------------------------------------------------------ the command, with the real law and clauses

REAL = {  # the first articles, as this test invents them: only what stands in them is compared
    "雾州职工规定__2023-05-04.md": RULE,
    "女职工劳动保护特别规定__2012-04-28.md": "# 女职工劳动保护特别规定\n\n"
    + "\n\n".join(f"第{chinese_number(number)}条 虚构的一条。\n\n第二款。" for number in range(1, 17)),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in REAL.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_the_command_finds_invented_texts_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "verify", "--statutes", str(folder), "--place", "national"]) == 1
    out, talk = capsys.readouterr()
    assert "“产假”（maternity_leave）：《女职工劳动保护特别规定》第七条第一款没有写不少于98天" in out
    assert "national.yaml:" in out and "可以：该处写的是：虚构的一条。" in out
    assert "文件夹中没有文本、未能核对的法规：" in out and "《集体合同规定》" in out
    assert "上海市" not in out.split("文件夹中没有文本")[0]
    assert "读了 2 个法规文本" in talk


def test_a_folder_without_any_of_the_laws_is_no_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "雾州职工规定.txt").write_text(RULE, "utf-8")
    assert main(["law", "verify", "--statutes", str(tmp_path), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["findings"] == [] and report["compared"] == 0 and report["texts"] == {}
    slugs = {(one["place"], one["instrument"]): one for one in report["no_text"]}
    assert "maternity_leave" in slugs["national", "women-labor-protection-2012"]["used_by_clauses"]


def test_a_place_that_does_not_exist_is_refused(folder: Path) -> None:
    assert main(["law", "verify", "--statutes", str(folder), "--place", "fog"]) == 2
    assert main(["law", "verify", "--statutes", str(folder / "nowhere")]) == 2


def test_a_note_of_a_clause_that_cites_a_missing_article_is_found(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "民法典__2020-05-28.md").write_text("# 中华人民共和国民法典\n\n第一条 甲。\n", "utf-8")
    assert main(["law", "verify", "--statutes", str(folder), "--json"]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    cited = [one for one in findings if one["file"].endswith("harassment-handling/1.md")]
    assert cited and cited[0]["line"] and "没有第1010条" in cited[0]["message"]


def test_a_clause_that_refers_to_an_unknown_key_is_found() -> None:
    law = load_law()
    found = verify(
        law, [rule()], [], keys={"maternity_leave": [Location("a.md")], "gone": [Location("b.md")]}
    )
    assert [(one.rule, one.location.file) for one in found.findings] == [("law-key", "b.md")]


@pytest.mark.parametrize(("on", "missing"), [("2022-12-31", 0), ("2023-01-01", 1)])
def test_what_a_clause_cites_is_looked_up_in_the_text_of_its_day(on: str, missing: int) -> None:
    old = "# 妇女权益保障法\n\n第一条 甲。\n\n第二条 乙。\n"
    texts = [
        parse_statute("妇女权益保障法__2018-10-26.md", old),
        parse_statute("妇女权益保障法__2022-10-30.md", old.replace("第二条 乙。", "")),
    ]
    (mention,) = mentions("《妇女权益保障法》第二条")
    cited = Cited(mention, Location("a.md", 3), datetime.date.fromisoformat(on))
    found = verify(load_law(), texts, [], cited=[cited])
    assert [one.rule for one in found.findings] == ["statute-article"] * missing
