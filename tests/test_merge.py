"""A merge holds three texts: the base, and what each side made of it; and it lists once what they disagree on.

Refusing every change gives the base. Taking one side's changes and those that both made, and refusing the other's,
gives that side's text. The other side's changes are refused by turning them round (an insertion becomes a deletion),
so that a reader who can only take all of them, such as LibreOffice, is a witness too.
"""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from contractgen.build import build
from contractgen.comparison import differences
from contractgen.diff import Matter, compare
from contractgen.diff.merge import Merged, merge
from contractgen.diff.merge.redline import redline
from contractgen.diff.merge.report import markdown
from contractgen.document import Article, Block, Cell, Chapter, Document, Item, Paragraph, Source, Table, Text
from contractgen.findings import InputError, Severity
from contractgen.formats.docx.package import Entry, entry, read_parts, w, write_package
from contractgen.formats.docx_read import read_docx
from contractgen.formats.docx_write import write_docx
from contractgen.formats.pdf import write_pdf
from contractgen.library import load_library
from contractgen.merging import FORMATS, merge_files, read_authors, render
from contractgen.record import reopen
from test_redline import ACCEPT, REJECT, SOFFICE, TOP, plain, settled
from word_files import Edited, W, paragraph
from word_files import run as word_run

DAY = "2026-12-01"
UNION, EMPLOYER = "工会", "用人单位"
OPPOSITE = {"ins": "del", "del": "ins"}


def matter(
    *articles: Sequence[str] | Sequence[Block], titles: Sequence[str] = (), order: Sequence[int] = ()
) -> Matter:
    """Articles of paragraphs; ``order`` are the numbers that say which article is which."""
    body: list[Block] = [Chapter("c", 1, "总则")]
    for at, lines in enumerate(articles):
        name = order[at] if order else at
        body.append(Article(f"a{name}", at + 1, titles[at] if titles else f"条{name}"))
        for number, one in enumerate(lines, start=1):
            source = Source(f"a{name}", 1, number)
            body.append(one if not isinstance(one, str) else Paragraph((Text(one),), source=source))
    return Matter("甲", Document("合同", body=tuple(body), draft=False))


def merged(base: Matter, union: Matter, employer: Matter) -> Merged:
    return merge(base, compare(base, union), compare(base, employer))


def word(found: Merged) -> bytes:
    """The redline without the list before it."""
    return write_docx(replace(redline(found, day=DAY), front=(), draft=False))


def refused(data: bytes, author: str) -> bytes:
    """The file with the changes of one author turned round: taking all then refuses these."""
    parts = read_parts(data)
    root = etree.fromstring(parts["word/document.xml"])
    for node in list(root.iter(w("ins"), w("del"))):
        if node.get(w("author")) != author:
            continue
        turned = OPPOSITE[etree.QName(node).localname]
        node.tag = w(turned)
        for text in node.iter(w("t"), w("delText")):
            text.tag = w("delText" if turned == "del" else "t")
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    entries: list[Entry] = [entry(name, content) for name, content in parts.items()]
    return write_package(entries)


def lines(data: bytes, view: str = "accepted") -> list[str]:
    return [p.line for p in getattr(read_docx(data, "x"), view) if p.line.strip() and not p.contents]


def assert_all_three_texts(found: Merged) -> None:
    data = word(found)
    assert lines(data, "original") == lines_of(found.base, found)
    assert lines(refused(data, EMPLOYER)) == lines_of(found.sides["union"].differences.new, found)
    assert lines(refused(data, UNION)) == lines_of(found.sides["employer"].differences.new, found)


def lines_of(one: Matter, found: Merged) -> list[str]:
    """The lines of a text without any change, under the title of the base."""
    return lines(plain(replace(one, document=replace(one.document, title=found.base.document.title))))


# ------------------------------------------------------------------ any three texts

SENTENCES = st.text(
    st.sampled_from("产假九十八天98不得应当可以，。第条女职工用人单位每年两"), min_size=1, max_size=30
)
BOOK = st.lists(st.lists(SENTENCES, min_size=1, max_size=4), min_size=1, max_size=4)
EDIT = st.tuples(
    st.sampled_from(["words", "delete", "insert", "move", "article", "no-article", "swap"]),
    st.integers(0, 99),
    st.integers(0, 99),
    st.text(st.sampled_from("产假98天不得应当可以，。"), min_size=1, max_size=12),
)


def edited(articles: list[list[str]], edits: Sequence[tuple[str, int, int, str]]) -> Matter:
    """What somebody makes of a text: words cut and put in, paragraphs and articles that come, go and move."""
    book = [(number, list(texts)) for number, texts in enumerate(articles)]
    for turn, (kind, one, other, text) in enumerate(edits):
        if kind == "article":
            book.insert(one % (len(book) + 1), (100 + turn + other % 2 * 50, [text, "每年安排一次检查。"]))
            continue
        at = one % len(book)
        texts = book[at][1]
        if kind == "no-article" and len(book) > 1:
            book.pop(at)
        elif kind == "swap":
            book.insert(other % len(book), book.pop(at))
        elif kind == "insert":
            texts.insert(other % (len(texts) + 1), text)
        elif texts and kind == "delete":
            texts.pop(other % len(texts))
        elif texts and kind == "move":
            texts.insert(other % len(texts), texts.pop(one % len(texts)))
        elif texts and kind == "words":
            line = texts[other % len(texts)]
            left = one % (len(line) + 1)
            texts[other % len(texts)] = line[:left] + text + line[left + other % 5 :]
    return matter(*(texts for _, texts in book), order=[number for number, _ in book])


@given(BOOK, st.lists(EDIT, max_size=4), st.lists(EDIT, max_size=4))
@settings(max_examples=150, deadline=None)
def test_a_merge_holds_all_three_texts(
    book: list[list[str]], mine: list[tuple[str, int, int, str]], theirs: list[tuple[str, int, int, str]]
) -> None:
    assert_all_three_texts(merged(matter(*book), edited(book, mine), edited(book, theirs)))


@given(BOOK, st.lists(EDIT, max_size=4), st.lists(EDIT, max_size=4))
@settings(max_examples=60, deadline=None)
def test_sides_that_change_places_disagree_on_the_same_points(
    book: list[list[str]], mine: list[tuple[str, int, int, str]], theirs: list[tuple[str, int, int, str]]
) -> None:
    base, union, employer = matter(*book), edited(book, mine), edited(book, theirs)
    one, other = merged(base, union, employer), merged(base, employer, union)
    turned = {"union": "employer", "employer": "union"}
    assert [(p.place, p.kind, p.base, p.opinions["union"], p.opinions["employer"]) for p in one.points] == [
        (p.place, p.kind, p.base, p.opinions["employer"], p.opinions["union"]) for p in other.points
    ]
    assert Counter(line.status for line in one.lines) == Counter(
        turned.get(line.status, line.status) for line in other.lines
    )


@given(BOOK, st.lists(EDIT, max_size=4), st.lists(EDIT, max_size=4))
@settings(max_examples=60, deadline=None)
def test_every_contested_point_is_listed_once_and_leads_to_lines(
    book: list[list[str]], mine: list[tuple[str, int, int, str]], theirs: list[tuple[str, int, int, str]]
) -> None:
    found = merged(matter(*book), edited(book, mine), edited(book, theirs))
    numbers = [point.number for point in found.points]
    led = {number for section in found.sections for line in section.lines for number in line.points}
    assert numbers == sorted(set(numbers)) == sorted(led)
    assert all(point.opinions["union"].text != point.opinions["employer"].text for point in found.points)


@given(BOOK, st.lists(EDIT, max_size=4))
@settings(max_examples=60, deadline=None)
def test_what_one_side_did_alone_or_both_did_alike_is_not_contested(
    book: list[list[str]], edits: list[tuple[str, int, int, str]]
) -> None:
    base, copy = matter(*book), edited(book, edits)
    alone, alike = merged(base, copy, base), merged(base, copy, copy)
    assert not alone.points and not alike.points
    assert {line.status for line in alone.lines} <= {"union"}
    assert {line.status for line in alike.lines} <= {"both"}


# ------------------------------------------------------------------ what is contested


def points(base: Matter, union: Matter, employer: Matter) -> list[tuple[str, str, str, str, str]]:
    found = merged(base, union, employer)
    assert_all_three_texts(found)
    return [
        (p.place, p.kind, p.base, p.opinions["union"].text, p.opinions["employer"].text) for p in found.points
    ]


def of_lines(base: Sequence[str], union: Sequence[str], employer: Sequence[str]) -> list[tuple[str, ...]]:
    return list(points(matter(base), matter(union), matter(employer)))


def test_two_numbers_for_one_are_contested_with_their_sentence_and_both_stand() -> None:
    texts = [f"前面一句。女职工享受产假{days}天。后面一句。" for days in ("98", "158", "90")]
    sentence = [text[5:-5] for text in texts]
    assert of_lines(*([one] for one in texts)) == [("第一条", "wording", *sentence)]
    found = merged(*(matter([one]) for one in texts))
    shown = [(one.kind, one.text, found.author(one.by)) for one in found.sections[1].lines[1].cells[0]]
    assert shown[1:4] == [
        ("deleted", "98", "工会、用人单位"),
        ("inserted", "158", "工会"),
        ("inserted", "90", "用人单位"),
    ]
    effects = found.points[0].opinions
    assert (effects["union"].label, effects["employer"].label) == ("stronger", "weaker")


def test_changes_of_two_sentences_are_not_contested() -> None:
    assert of_lines(["产假98天。工资照发。"], ["产假158天。工资照发。"], ["产假98天。工资减半发。"]) == []


def test_a_changed_comparator_before_a_changed_number_is_contested() -> None:
    base, union, employer = (
        ["产假不少于98天，工资照发。"],
        ["产假不少于158天，工资照发。"],
        ["产假不超过98天，工资照发。"],
    )
    assert [one[1] for one in of_lines(base, union, employer)] == ["wording"]


def test_what_one_side_deleted_and_the_other_changed_is_contested() -> None:
    kept, text, changed = "每天哺乳时间一小时。", "工资照发，按月支付。", "工资照发，按日支付。"
    assert of_lines([kept, text], [kept], [kept, changed]) == [
        ("第一条第二款", "removal", text, "（删去）", changed)
    ]


def test_what_one_side_deleted_and_the_other_left_alone_is_that_sides_change() -> None:
    kept, text = "每天哺乳时间一小时。", "工资照发，按月支付。"
    assert of_lines([kept, text], [kept], [kept, text]) == []


def test_what_both_put_in_at_the_same_place_is_contested_and_the_union_stands_first() -> None:
    one, two = "女职工享受产假。", "哺乳时间计入劳动时间。"
    mine, theirs = "设置母婴室并配备冰箱。", "费用自理，另行协商确定。"
    assert of_lines([one, two], [one, mine, two], [one, theirs, two]) == [
        ("第一条第一款之后", "insertion", "", mine, theirs)
    ]
    found = merged(matter([one, two]), matter([one, mine, two]), matter([one, theirs, two]))
    assert [line.line.text for line in found.sections[1].lines[1:]] == [one, mine, theirs, two]


def test_what_one_put_in_behind_a_line_stays_before_the_next_that_the_other_replaced() -> None:
    one, two, three = "女职工享受产假。", "哺乳时间计入劳动时间。", "检查费用由用人单位承担。"
    mine, theirs = "设置母婴室并配备冰箱。", "本款另行协商确定，不再约定。"
    found = of_lines([one, two, three], [one, mine, two, three], [one, theirs, three])
    assert ("第一条第一款之后", "insertion", "", mine, theirs) in found


def test_what_both_put_in_alike_is_of_both_and_what_one_added_to_it_is_not_contested() -> None:
    one, same, more = "女职工享受产假。", "设置母婴室并配备冰箱。", "母婴室每日清洁消毒两次。"
    found = merged(matter([one]), matter([one, same]), matter([one, same, more]))
    assert not found.points
    assert [line.status for line in found.lines] == ["both", "employer"]


def test_an_article_that_one_side_deleted_and_the_other_changed_is_one_point() -> None:
    first, gone = ["女职工享受产假。"], ["每年体检一次，费用由单位承担。", "体检时间计入劳动时间。"]
    changed = ["每年体检两次，费用由单位承担。", "体检时间计入劳动时间。", "结果只告知本人。"]
    found = points(matter(first, gone), matter(first), matter(first, changed))
    assert [(place, kind, union) for place, kind, _, union, _ in found] == [("第二条", "removal", "（删去）")]
    assert "两次" in found[0][4] and "结果只告知本人。" in found[0][4]


def test_an_article_that_one_side_moved_and_the_other_changed_is_contested() -> None:
    texts = [["女职工生育享受产假。"], ["哺乳时间计入劳动时间。"], ["检查费用由用人单位承担。"]]
    changed = [["女职工生育可以享受产假。"], *texts[1:]]
    moved = matter(*texts[1:], texts[0], order=[1, 2, 0])
    found = points(matter(*texts), moved, matter(*changed))
    assert len(found) == 1 and found[0][1] == "removal" and found[0][3].startswith("（移到别处）")


def test_an_article_that_one_side_moved_alone_is_not_contested() -> None:
    texts = [["女职工生育享受产假。"], ["哺乳时间计入劳动时间。"], ["检查费用由用人单位承担。"]]
    moved = matter(*texts[1:], texts[0], order=[1, 2, 0])
    assert points(matter(*texts), moved, matter(*texts)) == []


def test_a_new_article_and_a_new_last_paragraph_before_it_are_not_in_each_others_way() -> None:
    base, more = [["女职工享受产假。"], ["检查费用由用人单位承担。"]], "工资照发，按月支付。"
    union = matter([*base[0], more], base[1])
    employer = matter(base[0], ["本企业每季度通报一次履行情况。"], base[1], order=[0, 7, 1])
    assert points(matter(*base), union, employer) == []


def test_items_and_rows_are_merged_as_paragraphs_are() -> None:
    def text(leave: str, rows: Sequence[tuple[str, str]], items: Sequence[str]) -> Matter:
        cells = [tuple(Cell((Text(word),)) for word in row) for row in rows]
        listed = [Item(number, (Text(one),)) for number, one in enumerate(items, start=1)]
        blocks: list[Block] = [Paragraph((Text(leave),)), *listed, Table(cells[0], tuple(cells[1:]))]
        return matter(blocks)

    head, old, less, more = ("假期", "天数"), ("产假", "98天"), ("产假", "90天"), ("产假", "158天")
    base = text("假期如下：", [head, old], ["产假", "哺乳假"])
    union = text("假期如下：", [head, more, ("育儿假", "10天")], ["产假", "育儿假", "哺乳假"])
    employer = text("假期如下：", [head, less], ["产假"])
    assert points(base, union, employer) == [("第一条表格第1行", "wording", "98天", "158天", "90天")]


# ------------------------------------------------------------------ files of an agreement of ours

PATERNITY, ALLOWANCE = "享受配偶陪产假", "的标准向女职工发放卫生费"
EQUAL, RECORDS = "用人单位实行男女同工同酬", "落选的女职工书面询问理由的"
ILLEGAL = "女职工自愿放弃产假的，用人单位不承担责任。"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the Word file that went to both sides and its record."""
    folder = tmp_path_factory.mktemp("sent")
    build(TOP / "examples" / "firm.yaml", out=folder, formats=("docx",), final=True)
    for path in folder.iterdir():
        path.rename(folder / f"base{''.join(path.suffixes[-2:]) if path.suffix == '.json' else '.docx'}")
    return folder


def copy(sent: Path, name: str, work: Callable[[Edited], Edited]) -> Path:
    path = sent / name
    path.write_bytes(work(Edited((sent / "base.docx").read_bytes())).data)
    return path


def with_hidden(file: Edited) -> Edited:
    hidden = paragraph(word_run(ILLEGAL, "<w:vanish/>")).replace("<w:p>", f'<w:p xmlns:w="{W}">', 1)
    file.find(EQUAL).addnext(etree.fromstring(hidden))
    return file


def test_copies_of_our_file_are_merged_from_the_file_and_from_its_record(sent: Path) -> None:
    union = copy(
        sent, "u.docx", lambda f: f.replace(ALLOWANCE, "80元", "100元").replace(PATERNITY, "15天", "20天")
    )
    employer = copy(sent, "e.docx", lambda f: f.replace(ALLOWANCE, "80元", "60元").delete(RECORDS))
    for base in ("base.docx", "base.record.json"):
        found = merge_files(sent / base, union, employer)
        assert [
            (p.kind, p.opinions["union"].label, p.opinions["employer"].label) for p in found.merged.points
        ] == [("wording", "stronger", "weaker")]
        assert [(line.status, line.whole) for line in found.merged.lines] == [
            ("employer", "deleted"),
            ("contested", ""),
            ("union", ""),
        ]
        assert found.findings == ()
        assert_all_three_texts(found.merged)


def test_untouched_copies_have_nothing_to_say(sent: Path) -> None:
    base, union = sent / "base.docx", copy(sent, "same.docx", lambda f: f)
    found = merge_files(base, union, base)
    assert not list(found.merged.lines) and not found.merged.points
    assert [(one.rule, str(one.location)) for one in found.findings] == [
        ("copy-unchanged", "工会改稿"),
        ("copy-unchanged", "用人单位改稿"),
    ]
    assert "<w:ins " not in (text := read_parts(word(found.merged))["word/document.xml"].decode())
    assert "<w:del " not in text


def test_a_tracked_change_counts_as_taken_and_what_hides_is_told_with_its_side(sent: Path) -> None:
    base = sent / "base.docx"
    employer = copy(sent, "h.docx", lambda f: with_hidden(f.replace(ALLOWANCE, "80元", "60元", track=True)))
    found = merge_files(base, base, employer)
    assert [(one.rule, str(one.location).split("，")[0]) for one in found.findings] == [
        ("void-wording", "用人单位改稿"),
        ("hidden-hidden", "用人单位改稿"),
        ("copy-unchanged", "工会改稿"),
    ]
    assert found.merged.remarks and found.merged.remarks[0] in markdown(found.merged)
    assert [line.status for line in found.merged.lines] == ["employer", "employer"]
    told = redline(found.merged).front
    assert any(isinstance(one, Item) and ILLEGAL[:8] in one.text for one in told)


def test_what_a_copy_adds_against_the_law_is_told_with_its_side_whatever_the_base_is(sent: Path) -> None:
    union = copy(sent, "lawful.docx", lambda f: f.replace(ALLOWANCE, "80元", "100元"))
    employer = copy(sent, "illegal.docx", lambda f: f.replace(PATERNITY, "15天", "5天"))
    for base in (sent / "base.docx", sent / "base.record.json", TOP / "examples" / "firm.yaml"):
        found = merge_files(base, union, employer).findings
        assert [(one.rule, str(one.location), one.severity) for one in found] == [
            ("number-below", "用人单位改稿，第三十条第一款", Severity.ERROR)
        ]
        assert "第三十一条第二款" in found[0].source


def test_a_contract_without_a_record_is_merged_by_its_text(tmp_path: Path) -> None:
    text = "第一章 总则\n第一条 产假\n产假{}天，工资照发。\n第二条 哺乳\n每天哺乳时间一小时。\n"
    paths = [tmp_path / name for name in ("base.txt", "union.txt", "employer.txt")]
    for path, days in zip(paths, ("98", "158", "90"), strict=True):
        path.write_text(text.format(days), encoding="utf-8")
    found = merge_files(*paths).merged
    assert [(p.place, p.base) for p in found.points] == [("第一条", "产假98天，工资照发。")]
    assert_all_three_texts(found)


def test_a_copy_without_tables_leaves_the_tables_alone_and_says_so(sent: Path, tmp_path: Path) -> None:
    opened = reopen(sent / "base.record.json")
    pdf = tmp_path / "union.pdf"
    pdf.write_bytes(write_pdf(opened.document))
    found = merge_files(sent / "base.record.json", pdf, sent / "base.docx")
    assert [one.rule for one in found.findings] == ["tables-left-out", "copy-unchanged", "copy-unchanged"]
    assert not [line for line in found.merged.lines if line.line.kind == "row"]


def test_every_format_tells_the_same_points_and_authors(sent: Path) -> None:
    union = copy(sent, "u.docx", lambda f: f.replace(ALLOWANCE, "80元", "100元"))
    employer = copy(sent, "e.docx", lambda f: f.replace(ALLOWANCE, "80元", "60元"))
    found = merge_files(sent / "base.docx", union, employer, authors=("工会方", "公司方"))
    day = datetime.date(2026, 12, 1)
    texts = {kind: render(found, kind, day=day) for kind in FORMATS}
    for kind in ("html", "json", "md"):
        assert "每人100元" in (text := texts[kind].decode()) and "每人60元" in text and "公司方" in text, kind
    marks = etree.fromstring(read_parts(texts["docx"])["word/document.xml"]).iter(w("ins"), w("del"))
    assert {(one.get(w("author")), str(one.get(w("date")))[:10]) for one in marks} == {
        ("工会方、公司方", "2026-12-01"),
        ("工会方", "2026-12-01"),
        ("公司方", "2026-12-01"),
    }
    assert texts == {kind: render(found, kind, day=day) for kind in FORMATS}
    assert "<script" not in texts["html"].decode() and "://" not in texts["html"].decode()


def test_what_cannot_be_merged_is_said(tmp_path: Path) -> None:
    for names in ("工会", "工会,", "工会,工会", "甲,乙,丙"):
        with pytest.raises(InputError, match="名称"):
            read_authors(names)
    assert read_authors("工会、 公司") == ("工会", "公司")
    paths = [tmp_path / name for name in "abc"]
    for path, days in zip(paths, (98, 158, 98), strict=True):
        path.write_text(f"第一条 产假\n产假{days}天。\n", encoding="utf-8")
    with pytest.raises(InputError, match="日期"):
        render(merge_files(*paths), "docx")


# ------------------------------------------------------------------ files that were mixed up

ARTICLES = [
    "女职工生育享受九十八天产假",
    "用人单位每年组织一次妇科检查",
    "哺乳期内每天安排一小时哺乳时间",
    "怀孕七个月以上不得延长劳动时间",
    "禁止对女职工实施性骚扰行为",
    "录用女职工不得询问婚育情况",
    "经期不从事高处低温冷水作业",
    "双方每半年检查一次履行情况",
    "本合同一式四份双方各执两份",
    "产前检查所需时间计入劳动时间",
]
OTHERS = [
    "设备租金按季度预付至指定账户",
    "承租人负责日常保养并承担费用",
    "出租人迟延交付应当支付违约金",
    "租赁物毁损由责任人照价赔偿",
    "未经许可擅自转租可以解除协议",
    "验收单由仓库管理员签名留存",
    "运输保险费用由发货单位承担",
    "争议提交仲裁委员会裁决处理",
    "附属配件清单见交接明细表格",
    "逾期返还加收百分之五滞纳金",
]


def written(path: Path, *texts: str) -> Path:
    lines = [f"第{number}条 {text}。" for number, text in enumerate(texts, start=1)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rewritten(tmp_path: Path, kept: int) -> tuple[Path, Path, Path]:
    """A base of ten articles, the union's copy with a word more, and the employer's with so many articles left."""
    base = written(tmp_path / "base.txt", *ARTICLES)
    union = written(tmp_path / "union.txt", f"{ARTICLES[0]}半", *ARTICLES[1:])
    return base, union, written(tmp_path / "employer.txt", *ARTICLES[:kept], *OTHERS[kept:])


def test_a_copy_that_was_rewritten_for_the_most_part_is_still_merged_and_marked(tmp_path: Path) -> None:
    assert merge_files(*rewritten(tmp_path, 6)).findings == ()
    found = merge_files(*rewritten(tmp_path, 4))
    assert [(one.rule, str(one.location)) for one in found.findings] == [("copy-far", "用人单位改稿")]
    assert found.merged.count["employer"]


def test_a_copy_that_shares_less_with_the_base_than_other_contracts_do_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="不是从这份原文改来的") as refused:
        merge_files(*rewritten(tmp_path, 1))
    assert "是不是同一份合同" in refused.value.hint


def test_a_part_of_the_base_and_a_longer_contract_around_it_are_copies(tmp_path: Path) -> None:
    base = written(tmp_path / "base.txt", *ARTICLES)
    part = written(tmp_path / "part.txt", *ARTICLES[:2])
    whole = written(tmp_path / "whole.txt", *OTHERS, *ARTICLES, *OTHERS)
    assert not [one for one in merge_files(base, part, whole).findings if one.rule != "copy-unchanged"]


def test_each_foreign_contract_of_the_tests_is_refused_as_a_copy_of_ours(sent: Path) -> None:
    union = copy(sent, "u.docx", lambda f: f.replace(ALLOWANCE, "80元", "100元"))
    for path in sorted((TOP / "tests" / "foreign").glob("*/*.txt")):
        with pytest.raises(InputError, match="不是从这份原文改来的"):
            merge_files(sent / "base.docx", union, path)


def test_a_return_with_every_third_paragraph_gone_and_every_third_cut_is_merged(sent: Path) -> None:
    def worked(file: Edited) -> Edited:
        texts = [file.text(p) for p in file.root.iter(f"{{{W}}}p") if len(file.text(p)) > 30]
        for at, text in enumerate(dict.fromkeys(texts)):
            if at % 3 == 0:
                file.delete(text)
            elif at % 3 == 1:
                file.replace(text, text[10:25], "由公司根据经营情况决定")
        return file

    union = copy(sent, "u.docx", lambda f: f.replace(ALLOWANCE, "80元", "100元"))
    found = merge_files(sent / "base.docx", union, copy(sent, "thin.docx", worked))
    assert not [one for one in found.findings if one.rule.startswith("copy")]
    assert found.merged.count["employer"] > 100


def test_the_contract_of_another_firm_is_named(sent: Path, tmp_path: Path) -> None:
    build(TOP / "examples" / "small-firm" / "profile.yaml", out=tmp_path, formats=("md",))
    other = next(tmp_path.glob("*.md"))
    union = copy(sent, "u.docx", lambda f: f.replace(ALLOWANCE, "80元", "100元"))
    found = merge_files(sent / "base.docx", union, other)
    assert "copy-employer" in [one.rule for one in found.findings]
    assert "上海虚构云锦服装有限公司" in "".join(one.message for one in found.findings)


def test_records_copies_and_the_base_in_each_others_place_are_said(sent: Path) -> None:
    record, base = sent / "base.record.json", sent / "base.docx"
    union = copy(sent, "u.docx", lambda f: f.replace(ALLOWANCE, "80元", "100元", track=True))
    with pytest.raises(InputError, match="不能作工会改稿") as refused:
        merge_files(base, record, union)
    assert "依次写原文" in refused.value.hint
    twin = copy(sent, "twin.docx", lambda f: f.replace(ALLOWANCE, "80元", "100元", track=True))
    for other in (union, twin):
        with pytest.raises(InputError, match="同一份文件"):
            merge_files(base, union, other)
    found = merge_files(union, base, copy(sent, "e.docx", lambda f: f.delete(RECORDS)))
    assert ("base-tracked", "原文") in [(one.rule, str(one.location)) for one in found.findings]


def test_two_copies_with_the_same_words_are_told(sent: Path) -> None:
    union = copy(sent, "u.docx", lambda f: f.replace(ALLOWANCE, "80元", "100元"))
    employer = copy(sent, "e.docx", lambda f: f.replace(ALLOWANCE, "80元", "100元", track=True))
    assert "copies-alike" in [one.rule for one in merge_files(sent / "base.docx", union, employer).findings]


# ------------------------------------------------------------------ LibreOffice settles the changes


def edited_library(chance: random.Random, count: int) -> tuple[Matter, Matter, Matter]:
    """Clauses of the library as articles, and what two people make of them."""
    clauses = [one for one in load_library().clauses() if one.chapter != "annexes"]
    sides: list[list[Block]] = [[], [], []]
    for number, clause in enumerate(chance.sample(clauses, count), start=1):
        document = differences(str(clause), str(clause)).old.document
        blocks = [block for block in document.body if not isinstance(block, Article)]
        for side, kept in enumerate(sides):
            own: list[Block] = list(blocks)
            for _ in range(chance.randint(0, 3) if side else 0):
                own = mangled(own, chance)
            if own or not side:
                count_on = 1 + sum(isinstance(block, Article) for block in kept)
                kept += [Article(f"pair-{number}", count_on, f"第{number}对"), *own]
    base, union, employer = (Matter("合", Document("合", body=tuple(side), draft=False)) for side in sides)
    return base, union, employer


def mangled(blocks: list[Block], chance: random.Random) -> list[Block]:
    if not blocks:
        return blocks
    at = chance.randrange(len(blocks))
    block = blocks[at]
    kind = chance.choice(["words", "words", "delete", "insert", "move"])
    if kind == "delete":
        return [*blocks[:at], *blocks[at + 1 :]]
    if kind == "insert":
        words = chance.choice(["经批准后执行。", "用人单位另行支付补贴100元。"])
        return [*blocks[:at], Paragraph((Text(words),)), *blocks[at:]]
    if kind == "move":
        rest = [*blocks[:at], *blocks[at + 1 :]]
        rest.insert(chance.randrange(len(rest) + 1), block)
        return rest
    if isinstance(block, Paragraph | Item):
        text = block.text
        left = chance.randrange(len(text))
        words = chance.choice(["", "98天", "不得", "，经批准后"])
        blocks[at] = replace(
            block, inlines=(Text(text[:left] + words + text[left + chance.randint(1, 9) :]),)
        )
    return blocks


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice（soffice），跳过接受和拒绝修订的核对")
def test_libreoffice_gets_all_three_texts_out_of_the_redline(tmp_path: Path) -> None:
    found = [merged(*edited_library(random.Random(seed), 80)) for seed in range(3)]
    jobs = []
    for one in found:
        data = word(one)
        jobs += [(data, REJECT), (plain(one.base), "")]
        jobs += [(refused(data, EMPLOYER), ACCEPT), (plain(one.sides["union"].differences.new), "")]
        jobs += [(refused(data, UNION), ACCEPT), (plain(one.sides["employer"].differences.new), "")]
    settled_lines = settled(tmp_path, jobs)
    for number in range(0, len(jobs), 2):
        assert settled_lines[number] == settled_lines[number + 1], (
            f"case {number // 6}, text {number % 6 // 2}"
        )
    assert all(len(one.points) > 3 for one in found)
