"""into: a chapter in place of the general contract's own, in a new file; what moved is told, the rest stays as it is."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import docx
import pytest
from lxml import etree

from contractgen.agreement import layout
from contractgen.build import Assembled, assemble_file, build
from contractgen.build.into import Inserted, insert
from contractgen.document.articles import ReadSection, articles_of
from contractgen.findings import ContractgenError, InputError, Severity
from contractgen.formats.docx_read import read_docx
from contractgen.verify import add_records, verify
from general_contract import (
    CHAPTERS,
    EXAMPLE,
    body,
    field,
    general_contract,
    paragraph,
    run,
    without_old_references,
)

PROFILE = EXAMPLE.with_name("profile.yaml")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIRST, LAST = 20, 70  # of the new chapter's articles
MOVED = LAST - 23  # by how much the articles behind the old chapter's four move


@lru_cache(maxsize=1)
def example() -> Assembled:
    return assemble_file(PROFILE)


def inserted(
    folder: Path, data: bytes, *, profile: Path = PROFILE, final: bool = True, renumber: bool = False
) -> Inserted:
    general = folder / "主合同.docx"
    general.write_bytes(data)
    one = example() if profile == PROFILE else assemble_file(profile)
    assert one.agreement is not None
    document = layout(one.agreement, final=final)
    made = insert(general, one.agreement, document, one.loaded, final=final, renumber=renumber)
    assert general.read_bytes() == data
    return made


def new_file(made: Inserted) -> bytes:
    return next(
        data for name, data in made.files.items() if re.search("换入第六章-(?:定稿|待核对|草案)", name)
    )


def sections(data: bytes) -> list[ReadSection]:
    return list(articles_of(read_docx(data, "新")))


def article(data: bytes, words: str) -> ReadSection:
    """The article, not of ours, that begins with these words."""
    return next(one for one in sections(data) if one.kind == "article" and words in one.text)


def texts(data: bytes) -> list[str]:
    return [passage.line for passage in read_docx(data, "新").accepted]


def profile_with(folder: Path, old: str, new: str) -> Path:
    text = PROFILE.read_text(encoding="utf-8")
    assert old in text
    path = folder / "profile.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def refused(folder: Path, data: bytes, profile: Path = PROFILE) -> str:
    with pytest.raises(ContractgenError) as fault:
        inserted(folder, data, profile=profile)
    assert fault.value.hint
    return f"{fault.value} {fault.value.hint}"


# ------------------------------------------------------------------ what stands where


def test_the_example_is_the_file_that_the_tests_write() -> None:
    assert EXAMPLE.read_bytes() == general_contract()


@pytest.mark.parametrize("automatic", [False, True], ids=["typed", "automatic"])
def test_the_chapter_stands_where_the_old_one_stood(tmp_path: Path, automatic: bool) -> None:
    found = sections(new_file(inserted(tmp_path, general_contract(automatic=automatic))))
    chapters = [one.name for one in found if one.kind == "chapter" and one.label.endswith("章")]
    assert chapters[4:7] == ["第五章 劳动安全与卫生", "第六章 女职工权益保护", "第七章 职业培训"]
    assert len(chapters) == len(CHAPTERS)
    numbers = [one.number for one in found if one.kind == "article" and one.label[:1] == "第"]
    assert numbers[:LAST] == list(range(1, LAST + 1))
    assert "企业在女职工经期给予照顾" not in "".join(one.text for one in found)
    annexes = [one.name for one in found if one.kind == "annex"]
    assert annexes[:2] == ["附件1 餐费补贴标准", "附件2 假期和待遇一览表"]


@pytest.mark.parametrize("automatic", [False, True], ids=["typed", "automatic"])
def test_everything_else_stays_as_it_is(tmp_path: Path, automatic: bool) -> None:
    given = general_contract(automatic=automatic)
    made = new_file(inserted(tmp_path, given))
    with zipfile.ZipFile(io.BytesIO(given)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        assert sorted(old.namelist()) == sorted(new.namelist())
        for name in old.namelist():
            assert name == "word/document.xml" or old.read(name) == new.read(name), name
        before, after = (etree.fromstring(one.read("word/document.xml")) for one in (old, new))
    outside = [etree.tostring(one) for one in before.iter(f"{W}p") if not _of_old_chapter(one)]
    there = {etree.tostring(one) for one in after.iter(f"{W}p")}
    changed = [one for one in outside if one not in there]
    assert all(b"REF" in one for one in changed)  # only references that the file counts by itself
    assert bool(changed) is automatic
    assert etree.tostring(before.find(f".//{W}sectPr")) == etree.tostring(after.find(f".//{W}sectPr"))  # type: ignore[arg-type]


def _of_old_chapter(node: etree._Element) -> bool:
    words = "".join(text.text or "" for text in node.iter(f"{W}t"))
    title, inside = CHAPTERS[5]
    return title in words or any(one.partition("|")[2] in words for one in inside)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    one, other = (new_file(inserted(tmp_path / name, general_contract())) for name in ("a", "b"))
    assert one == other


@pytest.mark.parametrize("automatic", [False, True], ids=["typed", "automatic"])
def test_the_new_file_is_a_sound_word_file(tmp_path: Path, automatic: bool) -> None:
    made = new_file(inserted(tmp_path, general_contract(automatic=automatic)))
    assert docx.Document(io.BytesIO(made)).paragraphs
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml"))
    starts = [(one.get(f"{W}id"), one.get(f"{W}name")) for one in root.iter(f"{W}bookmarkStart")]
    assert len({name for name, _ in starts}) == len({name for _, name in starts}) == len(starts)
    named = {name for _, name in starts}
    codes = "".join(one.text or "" for one in root.iter(f"{W}instrText"))
    assert set(re.findall(r"REF (\S+)", codes)) <= named


def test_references_inside_the_chapter_are_fields_that_can_be_counted_anew(tmp_path: Path) -> None:
    made = new_file(inserted(tmp_path, general_contract(automatic=True)))
    reading = read_docx(made, "新")
    spans = [span for one in reading.accepted for span in one.spans if span.refers.startswith("_cgh_")]
    assert spans and all(re.match("第.+条|附件", span.text) for span in spans)


# ------------------------------------------------------------------ what moves


def test_typed_numbers_are_listed_and_left_to_the_parties(tmp_path: Path) -> None:
    made = inserted(tmp_path, general_contract())
    assert "第二十四条　企业制定年度培训计划，经费见第二十五条。" in texts(new_file(made))
    moved = {(one.kind, one.old): (one.new, one.done) for one in made.shifts}
    assert moved["article", "第二十四条"] == ("第七十一条", False)
    assert moved["article", "第三十三条"] == ("第八十条", False)
    assert moved["reference", "第二十九条"] == ("第七十六条", False)
    assert moved["gone", "第二十一条"] == ("", False)
    assert len([one for one in made.shifts if one.kind == "article"]) == 10
    lines = "\n".join(texts(made.files["主合同-换入第六章-条号变动.docx"]))
    assert "第七十六条" in lines and "手工引用，请改" in lines and "原条已被换掉，请核对引用哪一条" in lines


def test_automatic_numbers_and_references_are_brought_up_to_date(tmp_path: Path) -> None:
    made = inserted(tmp_path, general_contract(automatic=True))
    new = new_file(made)
    assert article(new, "企业制定年度培训计划").number == 24 + MOVED
    assert "协商不成的，按照第七十六条办理" in article(new, "企业每年与工会协商工资调整").text
    assert "程序适用本合同第七十三条" in article(new, "变更本合同的").text
    assert "经费见第二十五条" in article(new, "企业制定年度培训计划").text  # somebody typed this one
    assert [one.old for one in made.shifts if one.kind == "reference" and not one.done] == ["第二十五条"]


@pytest.mark.parametrize("figures", [False, True], ids=["words", "figures"])
def test_typed_numbers_are_rewritten_where_that_is_asked_for(tmp_path: Path, figures: bool) -> None:
    made = new_file(inserted(tmp_path, general_contract(figures=figures), renumber=True))
    numbers = [one.number for one in sections(made) if one.kind == "article" and one.label[:1] == "第"]
    assert numbers == list(range(1, 33 + MOVED + 1))
    lines = "\n".join(texts(made))
    assert ("按照第76条办理" if figures else "按照第七十六条办理") in lines
    assert ("经费见第72条" if figures else "经费见第七十二条") in lines
    assert ("第20条　" if figures else "第二十条　") in lines  # the chapter is typed as the file is


@pytest.mark.parametrize("renumber", [False, True])
def test_articles_of_laws_and_references_before_the_chapter_are_left_alone(
    tmp_path: Path, renumber: bool
) -> None:
    made = new_file(inserted(tmp_path, general_contract(), renumber=renumber))
    lines = "\n".join(texts(made))
    assert "《中华人民共和国劳动合同法》第五十六条办理" in lines
    assert "《中华人民共和国安全生产法》第六十条提出意见" in lines
    assert "参照第六条的办法" in lines


def test_a_reference_cut_into_runs_is_rewritten_whole(tmp_path: Path) -> None:
    blocks = list(body(False, False))
    at = next(n for n, one in enumerate(blocks) if "企业每年与工会协商工资调整" in one)
    blocks[at] = blocks[at].replace(run("第二十九条"), run("第二") + run("十", "<w:b/>") + run("九条"))
    made = new_file(inserted(tmp_path, general_contract(blocks=blocks), renumber=True))
    assert "按照第七十六条办理" in "\n".join(texts(made))


def test_in_an_annex_with_articles_of_its_own_numbers_are_the_annexs(tmp_path: Path) -> None:
    blocks = [*body(False, False), paragraph("Text", run("第一条　按照第二十九条执行。"))]
    blocks += [paragraph("Text", run(f"第{n}条　内容{n}。")) for n in "二三"]
    made = new_file(inserted(tmp_path, general_contract(blocks=blocks), renumber=True))
    assert "第一条　按照第二十九条执行" in "\n".join(texts(made))


def test_a_field_that_referred_to_the_old_chapter_is_text_now(tmp_path: Path) -> None:
    made = new_file(inserted(tmp_path, general_contract(automatic=True)))
    line = article(made, "女职工在孕期").text
    assert "按照第二十一条执行" in line
    root = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert "REF a_pregnancy" not in root and "REF a_dispute" in root


def test_nothing_is_listed_where_nothing_moves(tmp_path: Path) -> None:
    """The women's chapter is the last one, and nobody refers to it."""
    blocks = [one for one in body(False, False) if not re.search("第七章|第八章|第九章|第十章", one)]
    keep = [one for one in blocks if not re.search("Article", one) or _number(one) <= 23]
    keep = [
        re.sub('(?<!<w:t xml:space="preserve">)第二十.?条(?!　)|(?<=>)第二十.?条(?=<)', "约定", one)
        for one in keep
    ]
    made = inserted(tmp_path, general_contract(blocks=keep))
    assert made.shifts == ()
    assert list(made.files) == ["主合同-换入第六章-定稿.docx"]
    lines = texts(new_file(made))
    assert lines.index("（以下无正文，为签署页）") > lines.index("第七十条　签订、变更和争议处理")
    warned = [one.message for one in made.findings if one.rule == "main-contract"]
    assert len(warned) == 2 and all("没有标题是" in one for one in warned)


def _number(block: str) -> int:
    match = re.search(r'w:id="(\d+)" w:name="a_', block)
    return int(match[1]) if match else 0


# ------------------------------------------------------------------ which chapter


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("first_article: 20", "first_article: 21", "第一条的条号应当是20，企业情况表写的是21"),
        ("first_annex: 2", "first_annex: 1", "第一个附件的编号应当是2，企业情况表写的是1"),
        ("    first_article: 20\n", "", "第一条的条号应当是20，企业情况表没有填写"),
        ("    chapter: 6\n", "", "章号应当是6，企业情况表没有填写"),
    ],
)
def test_the_numbers_of_the_file_are_told_where_the_profile_has_others(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    made = inserted(tmp_path, general_contract(), profile=profile_with(tmp_path, old, new), final=False)
    assert made.files == {}
    (error,) = [one for one in made.findings if one.severity is Severity.ERROR]
    assert told in error.message and error.location.file.endswith("profile.yaml") and error.location.line


def test_a_chapter_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    told = refused(tmp_path, general_contract(), profile_with(tmp_path, "chapter: 6", "chapter: 16"))
    assert "没有第十六章" in told and "第六章 女职工特殊保护" in told and "先在 Word 里加上一行章标题" in told


def test_a_chapter_about_something_else_is_not_thrown_away(tmp_path: Path) -> None:
    told = refused(tmp_path, general_contract(), profile_with(tmp_path, "chapter: 6", "chapter: 5"))
    assert "第五章是“劳动安全与卫生”，看不出是女职工的一章" in told


def test_a_chapter_with_an_unusual_title_is_known_by_the_one_in_the_profile(tmp_path: Path) -> None:
    blocks = [one.replace("女职工特殊保护", "她的权益") for one in body(False, False)]
    assert "看不出是女职工的一章" in refused(tmp_path, general_contract(blocks=blocks))
    profile = profile_with(tmp_path, "    chapter: 6\n", "    chapter: 6\n    chapter_title: 她的权益\n")
    made = inserted(tmp_path, general_contract(blocks=blocks), profile=profile)
    assert "第六章　她的权益" in texts(new_file(made))


def test_an_empty_chapter_that_was_made_ready_is_filled(tmp_path: Path) -> None:
    blocks = [one for one in body(False, False) if not 20 <= _number(one) <= 23]
    made = inserted(tmp_path, general_contract(blocks=blocks))
    assert made.place.articles == ()
    assert "第二十条　目的和依据" in texts(new_file(made))


def test_a_table_of_contents_is_no_chapter(tmp_path: Path) -> None:
    contents = [paragraph("Text", run("目　录")), paragraph("Text", run("第六章　女职工特殊保护……9"))]
    made = new_file(inserted(tmp_path, general_contract(blocks=[*contents, *body(False, False)])))
    assert "第六章　女职工特殊保护……9" in texts(made)
    assert "第六章　女职工权益保护" in texts(made)


def test_marks_that_reach_out_of_the_chapter_and_its_section_break_are_kept(tmp_path: Path) -> None:
    blocks = list(body(False, False))
    at = next(n for n, one in enumerate(blocks) if "第六章" in one)
    blocks[at] = blocks[at].replace("</w:p>", '<w:bookmarkEnd w:id="900"/></w:p>')
    blocks[0] = blocks[0].replace("</w:p>", '<w:bookmarkStart w:id="900" w:name="whole"/></w:p>')
    blocks[at + 1] = blocks[at + 1].replace(
        "</w:pPr>", '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>', 1
    )
    made = new_file(inserted(tmp_path, general_contract(blocks=blocks)))
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml"))
    assert [one.get(f"{W}id") for one in root.iter(f"{W}bookmarkEnd")].count("900") == 1
    assert len(list(root.iter(f"{W}sectPr"))) == 2


def test_a_chapter_in_a_content_control_is_found(tmp_path: Path) -> None:
    blocks = list(body(False, False))
    at = next(n for n, one in enumerate(blocks) if "第六章" in one)
    control = f"<w:sdt><w:sdtContent>{''.join(blocks[at : at + 5])}</w:sdtContent></w:sdt>"
    made = new_file(inserted(tmp_path, general_contract(blocks=[*blocks[:at], control, *blocks[at + 5 :]])))
    found = [one.number for one in sections(made) if one.kind == "article" and one.label[:1] == "第"]
    assert found[:LAST] == list(range(1, LAST + 1))
    assert "企业在女职工经期给予照顾" not in "\n".join(texts(made))


def test_what_cannot_be_cut_out_cleanly_is_refused(tmp_path: Path) -> None:
    blocks = list(body(False, False))
    at = next(n for n, one in enumerate(blocks) if "第六章" in one)
    around = f"<w:sdt><w:sdtContent>{''.join(blocks[at - 1 : at + 7])}</w:sdtContent></w:sdt>"
    entangled = general_contract(blocks=[*blocks[: at - 1], around, *blocks[at + 7 :]])
    assert inserted(
        tmp_path, entangled
    ).files  # in one control with its neighbors it is a paragraph among others
    cell = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:tcPr/>{}</w:tc></w:tr></w:tbl>"
    half = f"{''.join(blocks[at + 3 : at + 6])}"
    split = f"<w:sdt><w:sdtContent>{half}</w:sdtContent></w:sdt>"
    (tmp_path / "b").mkdir()
    assert "不能单独取出" in refused(
        tmp_path / "b", general_contract(blocks=[*blocks[: at + 3], split, *blocks[at + 6 :]])
    )
    open_field = field("a_pay", "第四条").replace('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")
    across = [*blocks[: at + 1], paragraph("Text", open_field), *blocks[at + 1 : at + 6]]
    across += [paragraph("Text", '<w:r><w:fldChar w:fldCharType="end"/></w:r>'), *blocks[at + 6 :]]
    (tmp_path / "c").mkdir()
    assert "有一个域" in refused(tmp_path / "c", general_contract(blocks=across))
    assert cell


# ------------------------------------------------------------------ files that are not taken


def tracked(kind: str) -> bytes:
    by = 'w:id="7" w:author="王虚构" w:date="2026-11-20T08:00:00Z"'
    marks = {
        "ins": f"<w:ins {by}>{run('又')}</w:ins>",
        "del": f"<w:del {by}><w:r><w:delText>又</w:delText></w:r></w:del>",
        "rPrChange": f"<w:r><w:rPr><w:b/><w:rPrChange {by}><w:rPr/></w:rPrChange></w:rPr><w:t>又</w:t></w:r>",
    }
    return general_contract(blocks=[*body(False, False), paragraph("Text", marks[kind])])


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lambda: tracked("ins"), "有没有处理的修订"),
        (lambda: tracked("del"), "有没有处理的修订"),
        (lambda: tracked("rPrChange"), "有没有处理的修订"),
        (lambda: general_contract(settings='<w:documentProtection w:edit="readOnly" w:enforcement="1"/>'), "设了编辑保护"),
        (lambda: general_contract(settings='<w:writeProtection w:recommended="1"/>'), "设了修改保护"),
        (lambda: general_contract(parts={"word/vbaProject.bin": b"x"}), "带有宏"),
        (lambda: general_contract(parts={"_xmlsignatures/sig1.xml": b"<a/>"}), "带有数字签名"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "设了打开密码"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "老式的 Word 文件"),
        (lambda: b"%PDF-1.7", "不完整或者已经损坏"),
        (lambda: b"", "不完整或者已经损坏"),
        (lambda: general_contract(blocks=[]), "没有读到“第几章”的标题"),
    ],
    ids=["ins", "del", "rPrChange", "protected", "read-only", "macro", "signed", "encrypted", "doc", "pdf", "nothing", "no-text"],
)  # fmt: skip
def test_a_file_that_cannot_be_changed_is_refused(
    tmp_path: Path, data: Callable[[], bytes], told: str
) -> None:
    assert told in refused(tmp_path, data())


def test_protection_that_is_switched_off_does_not_matter(tmp_path: Path) -> None:
    settings = '<w:documentProtection w:edit="readOnly" w:enforcement="0"/>'
    assert inserted(tmp_path, general_contract(settings=settings)).files


def test_only_a_chapter_is_put_into_another_contract(tmp_path: Path) -> None:
    profile = EXAMPLE.parents[1] / "small-firm/profile.yaml"
    general = tmp_path / "g.docx"
    general.write_bytes(general_contract())
    with pytest.raises(InputError, match="只用于专章"):
        build(profile, out=tmp_path / "out", formats=("md",), into=general)
    assert not (tmp_path / "out").exists()


def test_an_automatic_count_that_does_not_go_on_is_refused(tmp_path: Path) -> None:
    """The articles behind the chapter are a list of their own that begins at 24: it would not move with ours."""
    lists = [("第%1章", 1), ("第%1条", 1), ("第%1条", 24)]
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        for n, (text, start) in enumerate(lists, start=1)
    )
    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 3))
    numbering = f'<w:numbering xmlns:w="{W[1:-1]}">{levels}{nums}</w:numbering>'.encode()
    own = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr></w:pPr>'
    blocks = [one.replace("</w:pPr>", own, 1) if _number(one) > 23 else one for one in body(True, False)]
    general = general_contract(automatic=True, blocks=blocks, parts={"word/numbering.xml": numbering})
    assert "接不上" in refused(tmp_path, general)


# ------------------------------------------------------------------ the command


def command(*words: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "contractgen", "new", "--profile", str(PROFILE), *words]
    return subprocess.run(call, capture_output=True, text=True, check=False, encoding="utf-8")


def test_the_command_says_what_moved_and_writes_all_or_nothing(tmp_path: Path) -> None:
    general = tmp_path / "主合同.docx"
    general.write_bytes(general_contract())
    words = ("--into", str(general), "--out", str(tmp_path / "out"), "--format", "md")
    result = command(*words)
    assert result.returncode == 0
    assert "换掉第六章“女职工特殊保护”（第二十条至第二十三条），换入的是第二十条至第七十条" in result.stderr
    assert "第七章：第二十四条 → 第七十一条" in result.stderr
    assert "加 --renumber" in result.stderr
    assert [Path(line).name for line in result.stdout.splitlines()][2:] == [
        "主合同-换入第六章-草案.docx",
        "主合同-换入第六章-条号变动.docx",
    ]
    again = command(*words)
    assert again.returncode == 2 and "文件已经存在，没有覆盖" in again.stderr
    general.write_bytes(tracked("ins"))
    refused = command("--into", str(general), "--out", str(tmp_path / "other"), "--format", "md")
    assert refused.returncode == 2 and not (tmp_path / "other").exists()


def test_a_file_in_which_a_number_or_a_reference_still_waits_is_not_called_the_text_to_sign(
    tmp_path: Path,
) -> None:
    """Typed numbers stand twice; with --renumber the references to the old chapter are still nobody's; then neither."""
    mended = without_old_references()
    cases = [(EXAMPLE.read_bytes(), False), (EXAMPLE.read_bytes(), True), (mended, False), (mended, True)]
    kinds = []
    for data, renumber in cases:
        names = inserted(tmp_path, data, renumber=renumber).files
        kinds.append(next(iter(names)).removesuffix(".docx").rpartition("-")[2])
    assert kinds == ["待核对", "待核对", "待核对", "定稿"]
    assert next(iter(inserted(tmp_path, mended, final=False).files)).endswith("-草案.docx")


def test_renumber_alone_is_refused() -> None:
    found = command("--renumber")
    assert found.returncode == 2 and "--renumber 要和 --into 一起用" in found.stderr


# ------------------------------------------------------------------ the record knows the new file


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the chapter, the general contract that holds it, and their record."""
    folder = tmp_path_factory.mktemp("issued")
    build(PROFILE, out=folder, formats=("docx",), final=True, into=EXAMPLE)
    return folder


def edited(folder: Path, old: str, new: str, target: Path) -> Path:
    """The new general contract, saved again with some words otherwise."""
    (source,) = folder.glob("*换入第六章-待核对.docx")
    document = docx.Document(str(source))
    runs = (piece for one in document.paragraphs for piece in one.runs)
    found = next((piece for piece in runs if old and old in piece.text), None)
    assert (found is None) == (not old)
    if found is not None:
        found.text = found.text.replace(old, new, 1)
    document.save(str(target))
    return target


def test_the_record_knows_the_general_contract_and_the_list_of_what_moved(issued: Path) -> None:
    for path in issued.glob("*换入第六章*.docx"):
        verdict = verify(path)
        assert verdict.state == "unchanged" and verdict.same_bytes


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [("合同期满即行终止", "合同期满后自动续订", "第八章"), ("不抵扣年休假", "可以抵扣年休假", "第三十五条")],
)
def test_an_edit_anywhere_in_the_general_contract_is_told(
    issued: Path, tmp_path: Path, old: str, new: str, label: str
) -> None:
    (record,) = issued.glob("*.record.json")
    verdict = verify(edited(issued, old, new, tmp_path / "改.docx"), record=record)
    assert verdict.state == "changed" and [one.label for one in verdict.changes] == [label]


def test_a_general_contract_that_was_only_saved_again_is_unchanged(issued: Path, tmp_path: Path) -> None:
    (record,) = issued.glob("*.record.json")
    verdict = verify(edited(issued, "", "", tmp_path / "存.docx"), record=record)
    assert verdict.state == "unchanged" and not verdict.same_bytes


def test_a_filing_list_holds_the_general_contract_too(issued: Path, tmp_path: Path) -> None:
    (record,) = issued.glob("*.record.json")
    rows = add_records(tmp_path / "登记表.csv", [record])
    assert {path.name for path in issued.glob("*.docx")} == {one.file for one in rows}


# ------------------------------------------------------------------ several numbers in one reference; beside the text


def written(old: str, new: str, header: str = "") -> bytes:
    """The example's general contract with some words otherwise, and a header."""
    document = docx.Document(str(EXAMPLE))
    runs = (piece for one in document.paragraphs for piece in one.runs)
    found = next(piece for piece in runs if old in piece.text)
    found.text = found.text.replace(old, new, 1)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("listed", "moved"),
    [
        ("第二十八、三十一条", "第七十五、七十八条"),
        ("第28至31条", "第75至78条"),
        ("本合同第二十八条、第三十一条", "本合同第七十五条、第七十八条"),
        ("《中华人民共和国劳动合同法》第二十八、三十一条", "《中华人民共和国劳动合同法》第二十八、三十一条"),
    ],
)
def test_each_number_of_a_list_of_articles_moves(tmp_path: Path, listed: str, moved: str) -> None:
    data = written("企业设职工食堂", f"企业设职工食堂，见{listed}")
    made = inserted(tmp_path, data, renumber=True)
    assert f"企业设职工食堂，见{moved}" in "".join(texts(new_file(made)))
    told = {(one.old, one.new) for one in made.shifts if "职工食堂" in one.words}
    assert bool(told) == (listed != moved)


def test_a_list_that_names_the_old_chapter_is_told_number_by_number(tmp_path: Path) -> None:
    made = inserted(tmp_path, written("企业设职工食堂", "企业设职工食堂，见第二十一、二十八条"))
    told = {(one.kind, one.old, one.new) for one in made.shifts if "职工食堂" in one.words}
    assert told == {("gone", "第二十一条", ""), ("reference", "第二十八条", "第七十五条")}


def test_a_reference_in_a_header_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    data = written("企业设职工食堂", "企业设职工食堂", header="期限见第三十一条")
    made = inserted(tmp_path, data, renumber=True)
    (told,) = (one for one in made.shifts if one.place == "页眉")
    assert (told.old, told.new, told.done) == ("第三十一条", "第七十八条", False)
    with zipfile.ZipFile(io.BytesIO(data)) as then, zipfile.ZipFile(io.BytesIO(new_file(made))) as now:
        heads = [name for name in then.namelist() if name.startswith("word/header")]
        assert heads and all(then.read(name) == now.read(name) for name in heads)
