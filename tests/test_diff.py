"""Differences: whole tokens, the same articles found again, moves told apart, nothing lost and nothing invented."""

from __future__ import annotations

import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.build import build
from contractgen.comparison import differences
from contractgen.diff import Differences, Matter, carry, compare, compare_text, marked, tokenize
from contractgen.diff.align import likeness
from contractgen.diff.effects.statement import LONGEST, sentence_around
from contractgen.diff.plain import of_reading
from contractgen.diff.tokens import MOST, joined
from contractgen.document import Article, Block, Document, Item, Paragraph, Source, Table, Text
from contractgen.document.nodes import Cell
from contractgen.findings import InputError
from contractgen.formats.read import read_data
from contractgen.library import load_library
from firm_files import sent, silent
from test_read import needs_office, saved_as
from word_files import Edited

TOP = Path(__file__).resolve().parent.parent
FIRM = str(TOP / "examples" / "firm.yaml")


# ------------------------------------------------------------------ tokens


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("享受产假98天，", "享受产假158天，", "享受产假[-98-]{+158+}天，"),
        ("产假九十八天", "产假一百二十八天", "产假[-九十八-]{+一百二十八+}天"),
        ("不少于5天", "不超过5天", "[-不少于-]{+不超过+}5天"),
        ("依照第十条办理", "依照第十二条办理", "依照[-第十条-]{+第十二条+}办理"),
        ("前款第（一）项", "前款第（二）项", "前款[-第（一）项-]{+第（二）项+}"),
        ("百分之八十", "百分之六十", "[-百分之八十-]{+百分之六十+}"),
        ("全体职工三分之二以上", "全体职工半数以上", "全体职工[-三分之二-]{+半数+}以上"),
        ("应当答复", "可以答复", "[-应当-]{+可以+}答复"),
        ("不得降低工资", "可以降低工资", "[-不得-]{+可以+}降低工资"),
        ("每年检查一次", "每两年检查一次", "[-每年-]{+每两年+}检查一次"),
        ("全体女职工", "正式女职工", "[-全体-]{+正式+}女职工"),
        ("哺乳假为6.5个月", "哺乳假为3个月", "哺乳假为[-6.5-]{+3+}个月"),
        ("于2026年12月1日签订", "于2026年12月11日签订", "于[-2026年12月1日-]{+2026年12月11日+}签订"),
        ("依据《劳动法》", "依据《工会法》", "依据[-《劳动法》-]{+《工会法》+}"),
        ("自动延续至期满", "自动续延至期满", "自动[-延续-]{+续延+}至期满"),
    ],
)
def test_a_change_reads_as_one(old: str, new: str, shown: str) -> None:
    assert marked(compare_text(old, new)) == shown


def test_two_numbers_are_two_changes() -> None:
    ops = compare_text("产假98天，陪产假15天", "产假158天，陪产假10天")
    assert [(op.old, op.new) for op in ops if op.tag != "equal"] == [("98", "158"), ("15", "10")]


def test_a_numeral_in_a_common_word_is_no_number() -> None:
    assert [t.text for t in tokenize("一切同一双方三期98") if t.kind == "number"] == ["98"]


TEXTS = st.text(
    st.sampled_from("产假九十八天98不得应当可以，。第条（一）女职工用人单位每年两百分之"), max_size=40
)


@given(TEXTS, TEXTS)
def test_the_stretches_are_both_texts(old: str, new: str) -> None:
    ops = compare_text(old, new)
    assert joined(ops, "old") == old and joined(ops, "new") == new
    assert all(
        op.old_at == old.find(op.old, op.old_at) and op.new_at == new.find(op.new, op.new_at) for op in ops
    )
    assert all((op.tag == "equal") == (op.old == op.new) for op in ops)
    assert not any(a.tag == "equal" == b.tag for a, b in pairwise(ops))


@given(TEXTS)
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokenize(text)) == text


# ------------------------------------------------------------------ alignment


def matter(*articles: tuple[str, list[str]], clauses: bool = True) -> Matter:
    """A text: articles as (title, paragraphs); （一） begins an item. The title is the clause id too."""
    body: list[Block] = []
    for number, (title, texts) in enumerate(articles, start=1):
        body.append(Article(title if clauses else "", number, title))
        for at, text in enumerate(texts, start=1):
            source = Source(title, 1, at) if clauses else None
            if text.startswith("（"):
                body.append(Item(at, (Text(text[3:]),), "", source))
            else:
                body.append(Paragraph((Text(text),), "", "body", source))
    return Matter("甲", Document("合同", body=tuple(body), draft=False))


def shown(found: Differences) -> list[str]:
    return [f"{change.kind}：{marked(change.ops)}" for change in found.changes]


LEAVE = ("产假", ["女职工生育的，享受产假98天。", "产假按照自然日连续计算，遇节假日不顺延。"])
BREAK = ("哺乳时间", ["用人单位每日安排1小时哺乳时间，计入劳动时间。"])
CHECK = ("产前检查", ["女职工在劳动时间内进行产前检查的，计入劳动时间，工资照发。"])


@pytest.mark.parametrize("clauses", [True, False])
def test_an_article_that_changed_places_is_moved_and_nothing_else(clauses: bool) -> None:
    found = compare(
        matter(LEAVE, BREAK, CHECK, clauses=clauses), matter(CHECK, LEAVE, BREAK, clauses=clauses)
    )
    assert {p.kind for p in found.sections if p.section.title == "产前检查"} == {"moved", "left"}
    assert [c.kind for c in found.changes] == ["moved"]
    assert found.count["articles_same"] == 2 and found.count["same"] == 3


def test_a_paragraph_that_went_to_another_article_is_moved() -> None:
    late = (BREAK[0], [*BREAK[1], LEAVE[1][1]])
    found = compare(matter(LEAVE, BREAK), matter((LEAVE[0], LEAVE[1][:1]), late))
    assert shown(found) == ["moved：产假按照自然日连续计算，遇节假日不顺延。"]


def test_a_moved_paragraph_shows_what_was_changed_on_the_way() -> None:
    late = (BREAK[0], [*BREAK[1], LEAVE[1][1].replace("不顺延", "顺延")])
    found = compare(matter(LEAVE, BREAK), matter((LEAVE[0], LEAVE[1][:1]), late))
    assert shown(found) == ["moved：产假按照自然日连续计算，遇节假日[-不-]顺延。"]


def test_without_ids_articles_are_found_by_their_text() -> None:
    other = ("哺乳", [BREAK[1][0].replace("1小时", "2小时")])
    found = compare(matter(LEAVE, BREAK, clauses=False), matter(LEAVE, CHECK, other, clauses=False))
    assert shown(found) == [
        f"inserted：{{+{CHECK[1][0]}+}}",
        "reworded：哺乳{-时间-}".replace("{-", "[-").replace("-}", "-]"),
        "reworded：用人单位每日安排[-1-]{+2+}小时哺乳时间，计入劳动时间。",
    ]


def test_two_short_articles_with_other_numbers_are_not_the_same_one() -> None:
    found = compare(
        matter(("产假", ["产假98天。"]), clauses=False), matter(("食堂", ["提供午餐。"]), clauses=False)
    )
    assert [p.kind for p in found.sections] == ["deleted", "inserted"]


def test_a_deleted_and_an_inserted_item_leave_the_others_alone() -> None:
    old = ("支持", ["给予下列支持：", "（一）带薪假；", "（二）心理疏导；", "（三）调整岗位。"])
    new = ("支持", ["给予下列支持：", "（一）带薪假；", "（三）调整岗位。", "（四）派人陪同报案。"])
    assert shown(compare(matter(old), matter(new))) == [
        "deleted：[-心理疏导；-]",
        "inserted：{+派人陪同报案。+}",
    ]


def test_rows_of_a_table_are_compared_cell_by_cell() -> None:
    def table(*rows: tuple[str, str]) -> Matter:
        lines = tuple(tuple(Cell((Text(word),)) for word in row) for row in rows)
        return Matter("表", Document("表", body=(Article("a", 1, "表"), Table(lines[0], lines[1:]))))

    found = compare(
        table(("假期", "天数"), ("产假", "98天"), ("陪产假", "15天")),
        table(("假期", "天数"), ("育儿假", "5天"), ("产假", "158天"), ("陪产假", "15天")),
    )
    assert shown(found) == ["inserted：{+育儿假+}｜{+5天+}", "reworded：产假｜[-98-]{+158+}天"]


def test_the_same_text_has_no_difference_and_everything_is_counted() -> None:
    found = compare(matter(LEAVE, BREAK), matter(LEAVE, BREAK))
    assert list(found.changes) == []
    assert found.count["same"] == 3 and found.count["articles_same"] == 2


def test_every_version_pair_of_the_library_rebuilds_both_texts() -> None:
    library = load_library()
    pairs = [pair for clause_id in library.ids for pair in pairwise(library.versions(clause_id))]
    assert len(pairs) >= 30
    for old, new in pairs:
        found = differences(str(old), str(new))
        notes_only = new.change.kind in ("wording", "error")  # or conditions, or local names
        assert list(found.changes) or notes_only, f"{old} and {new} do not differ"
        for change in (c for p in found.sections for c in p.changes):
            was, is_now = joined(change.ops, "old"), joined(change.ops, "new")
            # a row that came or went keeps its cells apart on the other side, too
            assert was == change.old.text if change.old else not was.strip("｜")
            assert is_now == change.new.text if change.new else not is_now.strip("｜")


# ------------------------------------------------------------------ what can be named


def test_a_place_on_two_days_shows_the_change_of_its_law() -> None:
    found = differences("shanghai@2021-11-24", "shanghai@2021-11-25")
    texts = " ".join(marked(change.ops) for change in found.changes)
    assert "生育假[-30-]{+60+}天" in texts and "两项合计[-128-]{+158+}天" in texts


def test_a_clause_on_a_day_is_the_wording_of_that_day() -> None:
    day = load_library().clause("antenatal-leave", 2).in_force_from
    before = day - datetime.timedelta(days=1)
    assert not list(differences("antenatal-leave@1", f"antenatal-leave@{before}").changes)
    assert not list(differences("antenatal-leave@2", f"antenatal-leave@{day}").changes)


def test_a_profile_is_the_agreement_of_its_law_day() -> None:
    day = datetime.date(2026, 12, 1)
    assert not list(differences(FIRM, FIRM, on=day).changes)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The final files of the example firm, by their kind."""
    folder = tmp_path_factory.mktemp("issued")
    files = build(Path(FIRM), out=folder, formats=("docx", "md"), final=True).files
    return {kind: path for path in files for kind in ("docx", "md", "json") if path.name.endswith(kind)}


@pytest.mark.parametrize("kind", ["docx", "md", "json"])
def test_a_profile_and_the_files_made_from_it_do_not_differ(issued: dict[str, Path], kind: str) -> None:
    found = differences(FIRM, str(issued[kind]))
    assert [marked(change.ops) for change in found.changes] == []
    assert found.count["articles_same"] > 50


def test_an_edited_file_shows_its_edit_and_the_floor_of_its_number(
    issued: dict[str, Path], tmp_path: Path
) -> None:
    text = issued["md"].read_text(encoding="utf-8")
    edited = tmp_path / "对方改稿.md"
    edited.write_text(text.replace("产假98天，其中", "产假90天，其中", 1), encoding="utf-8")
    (change,) = differences(FIRM, str(edited)).changes
    assert marked(change.ops).startswith("产假[-98-]{+90+}天")
    assert change.label == "weaker" and "第七条第一款（改后达不到）" in change.effects[0].floor


def of_files(folder: Path, old: bytes, new: bytes) -> Differences:
    """Two Word files compared, without any record beside them."""
    paths = folder / "原稿.docx", folder / "对方改稿.docx"
    for path, data in zip(paths, (old, new), strict=True):
        path.write_bytes(data)
    return differences(str(paths[0]), str(paths[1]))


@pytest.mark.parametrize(
    ("place", "old", "new", "floor"),
    [
        ("享受配偶陪产假15天", "15天", "9天", "配偶陪产假不少于10天，《上海市人口与计划生育条例》第三十一条第二款（改后达不到）"),
        ("享受配偶陪产假15天", "15天", "10天", "配偶陪产假不少于10天，《上海市人口与计划生育条例》第三十一条第二款"),
        ("享受生育假60天", "60天", "61天", "生育假不少于60天，《上海市人口与计划生育条例》第三十一条第二款"),
        ("按不低于每人80元的标准", "80元", "30元", ""),
    ],
)  # fmt: skip
def test_of_two_files_of_ours_the_floor_of_a_number_is_named(
    place: str, old: str, new: str, floor: str, tmp_path: Path
) -> None:
    (change,) = of_files(tmp_path, sent(), Edited(sent()).replace(place, old, new).data).changes
    assert [effect.floor for effect in change.effects] == [floor]
    assert change.label == ("stronger" if new == "61天" else "weaker")


def test_one_of_two_files_may_have_lost_its_names_and_nobody_guesses_them(tmp_path: Path) -> None:
    short = Edited(sent()).replace("享受生育假60天", "60天", "30天")
    named = ["生育假不少于60天，《上海市人口与计划生育条例》第三十一条第二款（改后达不到）"]
    bare = short.without("tag", "alias", "bookmark", "heading").data
    for old, new, floors in (
        (sent(), silent(short.data), named),
        (silent(sent()), short.data, named),
        (sent(), bare, named),
        (silent(sent()), silent(short.data), [""]),
    ):
        (change,) = of_files(tmp_path, old, new).changes
        assert [effect.floor for effect in change.effects] == floors


@needs_office
@pytest.mark.parametrize("kind", ["odt", "doc", "rtf"])
def test_a_file_of_ours_that_another_program_saved_still_has_its_names(
    kind: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    short = Edited(sent()).replace("享受配偶陪产假15天", "15天", "9天").data
    profile = tmp_path_factory.getbasetemp() / "libreoffice-diff"
    old, new = tmp_path / "原稿.docx", tmp_path / f"对方改稿.{kind}"
    old.write_bytes(sent())
    new.write_bytes(saved_as(short, "docx", kind, tmp_path, profile))
    for first, second, label in ((old, new, "weaker"), (new, old, "stronger")):
        (change,) = differences(str(first), str(second)).changes
        assert change.label == label and "配偶陪产假不少于10天" in change.effects[0].floor


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (b"2026-12-01", b"2026-13-01"),
        (b"2026-12-01", b"0001-01-01"),
        (b">shanghai<", b">atlantis<"),
    ],
)
def test_a_file_that_says_nonsense_of_itself_is_a_text_like_any_other(
    told: bytes, said: bytes, tmp_path: Path
) -> None:
    edited = Edited(sent())
    edited.parts["docProps/custom.xml"] = bytes(edited.parts["docProps/custom.xml"]).replace(told, said)  # type: ignore[arg-type]
    assert said in edited.parts["docProps/custom.xml"]
    short = edited.data, edited.replace("享受生育假60天", "60天", "30天").data
    (change,) = of_files(tmp_path, *short).changes
    assert [(effect.label, effect.floor) for effect in change.effects] == [("weaker", "")]


def test_a_file_that_came_back_with_an_older_law_day_is_held_against_that_of_the_one_that_went_out(
    tmp_path: Path,
) -> None:
    edited = Edited(sent()).replace("享受生育假60天", "60天", "40天")
    told = bytes(edited.parts["docProps/custom.xml"])  # type: ignore[arg-type]
    edited.parts["docProps/custom.xml"] = told.replace(b"2026-12-01", b"2021-11-24")  # then 30 days
    (change,) = of_files(tmp_path, sent(), edited.data).changes
    assert [effect.floor[:8] + effect.floor[-7:] for effect in change.effects] == [
        "生育假不少于60（改后达不到）"
    ]


def test_a_paragraph_pasted_over_another_is_not_held_against_the_numbers_of_that(tmp_path: Path) -> None:
    """The name of the paragraph still says 生育假; no floor is named for a number of something else."""
    text = "女职工每年参加一次为期60天的业务培训，培训期间工资照发。"
    pasted = Edited(sent())
    whole = pasted.text(pasted.find("享受生育假60天"))
    old = pasted.replace("享受生育假60天", whole, text).data
    (change,) = of_files(tmp_path, old, Edited(old).replace(text, "60天", "30天").data).changes
    assert [effect.floor for effect in change.effects] == [""]


def test_a_pdf_is_compared_with_a_word_file_without_its_tables_and_says_so(
    issued: dict[str, Path], tmp_path: Path
) -> None:
    pdf = build(Path(FIRM), out=tmp_path, formats=("pdf",), final=True).files[0]
    note = f"{pdf}（没有行列的表格、封面、当事人和签署各栏，没有比较）"
    for old, new in ((issued["docx"], pdf), (pdf, issued["docx"])):
        found = differences(str(old), str(new))
        assert note in (found.old.name, found.new.name)
        assert list(found.changes) == []
        assert found.count["articles_same"] > 50


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("antenatal-leav@1", "没有编号为"),
        ("beijing@2026-12-01", "没有编号为 beijing 的条款，也没有地区 beijing 的法律数据"),
        ("antenatal-leave@9", "没有版本 9"),
        ("antenatal-leave@x", "@ 后面应当是版本或者日期"),
        ("shanghai@", "后面要写日期"),
        ("shanghai@2020-01-01", "起才有文字"),
        ("shanghai@2022-02-30", "没有 2022-02-30 这一天"),
        ("没有.yaml", "没有这个文件"),
        ("没有.record.json", "没有这个文件"),
    ],
)
def test_a_name_that_leads_nowhere_is_told_with_a_remedy(name: str, words: str) -> None:
    with pytest.raises(InputError) as fault:
        differences(name, "antenatal-leave@1")
    assert words in fault.value.message and fault.value.hint


# ------------------------------------------------------------------ slots go with an edited text


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("产假90天，其中产前休10天；", {"maternity_leave": "90天", "maternity_leave_before_birth": "10天"}),
        (
            "产假九十天，其中产前可以休十天；",
            {"maternity_leave": "九十天", "maternity_leave_before_birth": "十天"},
        ),
        ("产假，其中产前可以休15天；", {"maternity_leave_before_birth": "15天"}),
        ("产假视情况安排。", {}),
    ],
)
def test_a_slot_goes_with_its_number_and_is_gone_with_it(text: str, slots: dict[str, str]) -> None:
    reference = (
        Text("产假"),
        Text("98天", value="maternity_leave"),
        Text("，其中产前可以休"),
        Text("15天", value="maternity_leave_before_birth"),
        Text("；"),
    )
    found = carry(reference, text)
    assert "".join(node.text for node in found) == text
    assert {node.value: node.text for node in found if isinstance(node, Text) and node.value} == slots


@pytest.mark.parametrize("kind", ["docx", "pdf", "html", "md"])
def test_a_draft_in_any_format_is_the_profile_that_it_was_made_from(tmp_path: Path, kind: str) -> None:
    profile = TOP / "examples" / "small-firm" / "profile.yaml"
    built = build(profile, out=tmp_path, formats=(kind,))
    found = differences(str(profile), str(built.files[0]))
    assert [change.kind for change in found.changes] == []
    assert found.count["articles_same"] > 50


# ------------------------------------------------------------------ texts from outside


def of_text(text: str) -> Matter:
    return of_reading(read_data(text.encode(), "x.txt"))


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.label, one.line.text) for one in compare(of_text(old), of_text(new)).changes]


def test_an_article_that_is_one_line_does_not_go_unnoticed() -> None:
    kept, gone = "第一条 女职工产假98天。", "第二条 男职工陪产假15天"
    assert told(f"{kept}\n{gone}。", kept) == [("deleted", "weaker", "男职工陪产假15天。")]
    assert told(f"{kept}\n{gone}", kept) == [("deleted", "weaker", "男职工陪产假15天")]
    assert told(f"{kept}\n{gone}", f"{kept}\n第二条 男职工陪产假5天") == [
        ("reworded", "weaker", "男职工陪产假5天")
    ]
    assert told(kept, f"{kept}\n第二条 女职工自愿放弃产假") == [("inserted", "weaker", "女职工自愿放弃产假")]


def test_a_title_that_changed_and_a_chapter_that_came_are_judged() -> None:
    text = "第一章 总则\n第一条 产假\n女职工产假98天，工资照发。"
    assert told(text, text.replace("条 产假", "条 试用期以外的产假")) == [
        ("reworded", "unclear", "试用期以外的产假")
    ]
    assert told(text, f"{text}\n第二章 不适用于派遣职工\n") == [("inserted", "weaker", "不适用于派遣职工")]


def test_what_is_written_below_the_signatures_is_compared() -> None:
    text = "第一条 产假\n女职工产假98天，工资照发。\n甲方（盖章）：\n"
    (found,) = [
        s for s in compare(of_text(text), of_text(f"{text}女职工自愿放弃产假。")).sections if s.counted
    ]
    assert found.title == "签署页"
    assert [one.label for one in found.counted] == ["weaker"]


# ------------------------------------------------------------------ very long paragraphs


def endless(parts: int) -> str:
    """A paragraph without a full stop, no part of which is like another."""
    return "".join(f"女职工在第{at}号岗位享受{at * 7}天假期，" for at in range(parts))


def test_an_edit_at_either_end_of_an_endless_paragraph_is_one_change_each() -> None:
    old = endless(8000)
    new = old.replace("第3号岗位享受21天", "第3号岗位经批准享受21天").replace("享受55993天", "享受1天")
    assert len(tokenize(old)) ** 2 > MOST
    ops = compare_text(old, new)
    assert (joined(ops, "old"), joined(ops, "new")) == (old, new)
    assert [(op.old, op.new) for op in ops if op.tag != "equal"] == [("", "经批准"), ("55993", "1")]


def test_what_is_too_long_for_a_comparison_was_replaced() -> None:
    old, new = "甲乙丙丁" * 3000, "丁丙乙甲" * 3000
    assert [op.tag for op in compare_text(f"产假{old}。", f"产假{new}。")] == ["equal", "replace", "equal"]


def test_a_sentence_without_an_end_is_looked_at_around_the_change_only() -> None:
    text = endless(2000)
    begin, end = sentence_around(text, 20_000, 20_005)
    assert (begin, end) == (20_000 - LONGEST, 20_005 + LONGEST)
    text = f"{text[:19_990]}。{text[19_991:20_010]}；{text[20_011:]}"
    assert sentence_around(text, 20_000, 20_005) == (19_991, 20_011)


def test_likeness_of_endless_paragraphs_tells_an_edited_one_from_another() -> None:
    text = endless(4000)
    assert likeness(text, text.replace("享受", "可以享受", 9)) > 95
    assert likeness(text, "用人单位应当依法缴纳各项社会保险费并及时公布。" * 2000) < 45
