"""verify: an untouched file is known, every edit is named by its article, and nothing is believed because a file says it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from contractgen.agreement import Agreement
from contractgen.build import assemble_file, build
from contractgen.cli import main
from contractgen.findings import InputError
from contractgen.formats.docx.body import heading_bookmark
from contractgen.formats.docx.package import entry, read_parts, write_package
from contractgen.formats.seen import MARGINS, NOTES, Piece, Section, Seen, see
from contractgen.formats.zero_width import WITHOUT_WIDTH
from contractgen.record import read_record, sealed
from contractgen.verify import Verdict, add_records, read_list, verify
from contractgen.verify.compare import compare

TOP = Path(__file__).resolve().parent.parent
BASE = TOP / "tests/checks/base.yaml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SOFFICE = shutil.which("soffice")
KINDS = ("docx", "pdf", "html", "md")


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of one firm in every format, and their record."""
    folder = tmp_path_factory.mktemp("issued")
    assert len(build(BASE, out=folder, formats=KINDS).files) == 5
    return folder


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    found = assemble_file(BASE).agreement
    assert found is not None
    return found


def of_kind(folder: Path, ending: str) -> Path:
    (found,) = folder.glob(f"*{ending}")
    return found


@pytest.fixture
def desk(issued: Path, tmp_path: Path) -> Path:
    """A folder with the record alone, to put changed files into."""
    shutil.copy(of_kind(issued, ".record.json"), tmp_path)
    return tmp_path


def told(verdict: Verdict) -> list[tuple[str, str]]:
    return [(one.label, one.kind) for one in verdict.changes]


# ------------------------------------------------------------------ untouched


@pytest.mark.parametrize("kind", KINDS)
def test_an_untouched_file_is_what_was_issued(issued: Path, kind: str) -> None:
    verdict = verify(of_kind(issued, f".{kind}"))
    assert (verdict.state, verdict.same_bytes, verdict.changes) == ("unchanged", True, ())


def test_a_renamed_file_is_known_by_its_bytes(issued: Path, desk: Path) -> None:
    shutil.copy(of_kind(issued, ".docx"), desk / "最终版.docx")
    assert verify(desk / "最终版.docx").same_bytes


@pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice（soffice），跳过另存核对")
@pytest.mark.parametrize("options", [{"annotate": False}, {"annotate": True}], ids=["draft", "annotated"])
def test_a_word_file_saved_by_libreoffice_has_no_edit(options: dict[str, bool], tmp_path: Path) -> None:
    files = build(BASE, out=tmp_path, formats=("docx",), annotate=options["annotate"]).files
    command = [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    saved = tmp_path / "saved"
    command += ["--convert-to", "docx", "--outdir", str(saved), str(files[0])]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shutil.copy(files[1], saved)
    verdict = verify(of_kind(saved, ".docx"))
    assert (verdict.state, verdict.same_bytes, told(verdict)) == ("unchanged", False, [])
    edited = of_kind(saved, ".docx")
    edited.write_bytes(
        changed_part(edited.read_bytes(), lambda text: text.replace("男女同工同酬", "男女同工"))
    )
    assert [one.title for one in verify(edited).changes] == ["同工同酬和福利平等"]


def test_a_pdf_saved_by_another_program_has_no_edit(issued: Path, desk: Path) -> None:
    source = of_kind(issued, ".pdf")
    with pikepdf.open(source) as document:
        document.save(desk / source.name, linearize=True)
    verdict = verify(desk / source.name)
    assert (verdict.state, verdict.same_bytes, told(verdict)) == ("unchanged", False, [])


@pytest.mark.parametrize("kind", ["html", "md"])
def test_other_line_ends_are_no_edit(issued: Path, desk: Path, kind: str) -> None:
    source = of_kind(issued, f".{kind}")
    (desk / source.name).write_bytes(source.read_bytes().replace(b"\n", b"\r\n"))
    assert verify(desk / source.name).state == "unchanged"


# ------------------------------------------------------------------ edits in a Word file


def changed_part(data: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    parts = read_parts(data)
    old = parts[part].decode()
    new = change(old)
    assert new != old, "the edit changed nothing"
    parts[part] = new.encode()
    return write_package([entry(name, one) for name, one in parts.items()])


class Desk:
    """Edits the Word file of a firm and asks what became of it."""

    def __init__(self, issued: Path, folder: Path) -> None:
        self.source = of_kind(issued, ".docx")
        self.path = folder / self.source.name

    def verdict(self, change: Callable[[etree._Element], None]) -> Verdict:
        parts = read_parts(self.source.read_bytes())
        root = etree.fromstring(parts["word/document.xml"])
        change(root)
        parts["word/document.xml"] = etree.tostring(root)
        self.path.write_bytes(write_package([entry(name, one) for name, one in parts.items()]))
        return verify(self.path)


@pytest.fixture
def word(issued: Path, desk: Path) -> Desk:
    return Desk(issued, desk)


def heading(root: etree._Element, block_id: str) -> etree._Element:
    name = heading_bookmark(block_id)
    mark = next(one for one in root.iter(f"{W}bookmarkStart") if one.get(f"{W}name") == name)
    return next(one for one in mark.iterancestors() if one.tag == f"{W}p")


def below(root: etree._Element, block_id: str) -> list[etree._Element]:
    """The paragraphs from a heading on, itself included."""
    paragraphs = list(root.iter(f"{W}p"))
    return paragraphs[paragraphs.index(heading(root, block_id)) :]


def text_of(paragraph: etree._Element) -> list[etree._Element]:
    return [one for one in paragraph.iter(f"{W}t") if (one.text or "").strip()]


def swap_character(node: etree._Element) -> None:
    text = node.text or ""
    place = next(n for n, character in enumerate(text) if not character.isspace())
    node.text = f"{text[:place]}改{text[place + 1 :]}"


@pytest.mark.slow
def test_one_changed_character_names_exactly_its_article(word: Desk, agreement: Agreement) -> None:
    parts = [*agreement.articles, *agreement.annexes]
    assert len(parts) > 55
    for part in parts:
        for offset in (0, 1) if part.number < 4 else (1,):  # the title of some, the first paragraph of all
            verdict = word.verdict(lambda root: swap_character(text_of(below(root, part.id)[offset])[0]))  # noqa: B023
            (change,) = verdict.changes
            assert (change.label, change.kind) == (part.label, "text") and change.title == part.title
            assert "改" in change.edits[0][1] and "改" not in change.edits[0][0]


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        ("2029年12月31日", "2028年12月31日", "封面"),
        ("虚构路1号", "虚构路7号", "首部"),
        ("（用人单位盖章）", "（用人单位签字）", "签署页"),
        ("不少于98天", "不少于90天", "附件"),
        ("<w:t>待双方确认的建议值</w:t>", "<w:t>建议值</w:t>", "草案清单"),
    ],
)
def test_cover_head_signatures_annex_tables_and_list_are_parts_too(
    issued: Path, desk: Path, old: str, new: str, label: str
) -> None:
    source = of_kind(issued, ".docx")
    (desk / source.name).write_bytes(
        changed_part(source.read_bytes(), lambda text: text.replace(old, new, 1))
    )
    verdict = verify(desk / source.name)
    assert [one.label.rstrip("0123456789") for one in verdict.changes] == [label]


def test_a_deleted_article_is_missing_and_the_rest_is_only_renumbered(word: Desk) -> None:
    def delete(root: etree._Element) -> None:
        paragraphs = below(root, "equal-pay")
        end = paragraphs.index(heading(root, "promotion"))
        for paragraph in paragraphs[:end]:
            parent = paragraph.getparent()
            assert parent is not None
            parent.remove(paragraph)

    verdict = word.verdict(delete)
    (missing,) = [one for one in verdict.changes if one.kind == "missing"]
    assert missing.title == "同工同酬和福利平等"
    others = [one for one in verdict.changes if one is not missing]
    assert {one.kind for one in others} == {"number"} and others[0].title == "晋升、评聘和培训"


def test_an_added_paragraph_belongs_to_the_article_above_it(word: Desk) -> None:
    def add(root: etree._Element) -> None:
        new = etree.fromstring(
            f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>自愿放弃产假的，从其约定。</w:t></w:r></w:p>'
        )
        heading(root, "promotion").addprevious(new)

    (change,) = word.verdict(add).changes
    assert (change.title, change.kind) == ("同工同酬和福利平等", "added") and "自愿放弃" in change.edits[0][1]


def test_two_neighbors_that_changed_are_told_apart(word: Desk) -> None:
    def edit(root: etree._Element) -> None:
        for name in ("equal-pay", "promotion"):
            swap_character(text_of(below(root, name)[1])[0])

    assert [one.title for one in word.verdict(edit).changes] == ["同工同酬和福利平等", "晋升、评聘和培训"]


def test_every_edit_of_an_article_is_named() -> None:
    rows = (
        "女职工产假九十八天，用人单位不得降低工资。",
        "双方每半年检查一次，结果向全体女职工公布并存档备查。",
    )
    then = (Section("第一条", "产假", "".join(f"{row}\n" for row in rows)),)
    new = rows[0].replace("九十八", "九十"), rows[1].replace("全体", "") + "公布前由公司审核。"
    (change,) = compare(then, Seen(tuple(Piece(row) for row in new)))
    assert change.word == "文字改动 2 处"
    assert change.edits == (
        ("女职工产假九十八天，用人单位不得降低工资…", "女职工产假九十天，用人单位不得降低工资…"),
        (
            "…方每半年检查一次，结果向全体女职工公布并存档备查。",
            "…方每半年检查一次，结果向女职工公布并存档备查。公布前由公司审核。",
        ),
    )


def test_edits_that_stand_close_together_are_one_and_none_is_cut_off() -> None:
    text = "".join(f"第{n}次由工会于当月检查，" for n in "一二三四五六七八九")
    (change,) = compare((Section("第一条", "", f"{text}\n"),), Seen((Piece(text.replace("工会", "公司")),)))
    shown = "".join(after for _, after in change.edits)
    assert shown.count("公司") >= 9 and len(change.edits) > 1
    (near,) = compare(
        (Section("第一条", "", "产假98天，陪产假15天。\n"),), Seen((Piece("产假90天，陪产假5天。"),))
    )
    assert near.edits == (("产假98天，陪产假15天。", "产假90天，陪产假5天。"),)


def test_a_split_paragraph_is_an_edit(word: Desk) -> None:
    """第二款 is then another."""

    def split(root: etree._Element) -> None:
        paragraph = below(root, "purpose")[1]
        run = next(one for one in paragraph.iter(f"{W}r") if text_of(one))
        new = etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>新的一款。</w:t></w:r></w:p>')
        text = text_of(run)[0]
        whole = text.text or ""
        text.text, text_of(new)[0].text = whole[:5], whole[5:]
        paragraph.addprevious(new)
        paragraph.addprevious(paragraph)

    assert [label for label, _ in told(word.verdict(split))] == ["第一条"]


@pytest.mark.parametrize("unseen", WITHOUT_WIDTH)
def test_a_character_without_width_is_no_edit(word: Desk, unseen: str) -> None:
    def insert(root: etree._Element) -> None:
        text = text_of(below(root, "purpose")[1])[0]
        text.text = f"{(text.text or '')[:2]}{unseen}{(text.text or '')[2:]}"

    assert told(word.verdict(insert)) == []


def test_a_number_that_was_taken_off_is_an_edit(word: Desk) -> None:
    def unnumber(root: etree._Element) -> None:
        style = heading(root, "equal-pay").find(f"{W}pPr/{W}pStyle")
        assert style is not None
        style.set(f"{W}val", "CGPara")

    verdict = word.verdict(unnumber)
    assert verdict.changes[0].title == "同工同酬和福利平等" and verdict.changes[0].edits[0][1] == "没有编号"


MARKS = {
    "inserted": ('<w:ins w:id="9001" w:author="甲"><w:r><w:t>另加</w:t></w:r></w:ins>', "修订中插入的文字"),
    "deleted": (
        '<w:del w:id="9001" w:author="甲"><w:r><w:delText>删去的字</w:delText></w:r></w:del>',
        "修订中删除的文字",
    ),
    "hidden": ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>自愿放弃</w:t></w:r>", "隐藏文字"),
    "pale": ('<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>自愿放弃</w:t></w:r>', "与背景同色的文字"),
    "box": (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>盖住的字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
        "文本框",
    ),
}


@pytest.mark.parametrize("name", MARKS)
def test_what_hides_in_an_article_is_named_with_it(word: Desk, name: str) -> None:
    xml, label = MARKS[name]

    def hide(root: etree._Element) -> None:
        holder = etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}">{xml}</w:p>')
        below(root, "equal-pay")[1].extend(list(holder))

    verdict = word.verdict(hide)
    (change,) = verdict.changes
    assert verdict.state == "changed" and change.title == "同工同酬和福利平等" and label in change.marks


def test_a_comment_counts_as_a_change(issued: Path, desk: Path) -> None:
    source = of_kind(issued, ".docx")
    parts = read_parts(source.read_bytes())
    parts["word/comments.xml"] = (
        f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="0" w:author="乙"><w:p><w:r><w:t>此条不执行</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    ).encode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    relations = parts["word/_rels/document.xml.rels"].decode()
    relation = f'<Relationship Id="rc" Type="{kind}" Target="comments.xml"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", relation).encode()
    text = parts["word/document.xml"].decode()
    mark = '<w:r><w:commentReference w:id="0"/></w:r></w:p>'
    at = text.index("</w:p>", text.index("男女同工同酬"))
    parts["word/document.xml"] = (text[:at] + mark + text[at + len("</w:p>") :]).encode()
    (desk / source.name).write_bytes(write_package([entry(name, one) for name, one in parts.items()]))
    verdict = verify(desk / source.name)
    assert ("批注", "text") in told(verdict) and any("批注" in one.marks for one in verdict.changes)
    assert "此条不执行" in verdict.changes[-1].edits[0][1]


def test_a_running_head_is_not_forgotten(issued: Path, desk: Path) -> None:
    source = of_kind(issued, ".docx")
    data = changed_part(
        source.read_bytes(), lambda text: text.replace("协商草案", "正式文本"), "word/header1.xml"
    )
    (desk / source.name).write_bytes(data)
    assert told(verify(desk / source.name)) == [(MARGINS, "text")]


# ------------------------------------------------------------------ edits in other files


def test_a_changed_pdf_is_told_by_article(issued: Path, desk: Path, tmp_path: Path) -> None:
    firm = tmp_path / "firm.yaml"
    firm.write_text(
        BASE.read_text("utf-8").replace(
            "person: 样某己, phone: 021-55550103", "person: 样某己, phone: 021-55550109"
        ),
        "utf-8",
    )
    (other,) = [
        path for path in build(firm, out=tmp_path / "other", formats=("pdf",)).files if path.suffix == ".pdf"
    ]
    shutil.copy(other, desk)
    verdict = verify(desk / other.name)
    assert verdict.state == "changed" and all(one.kind == "text" for one in verdict.changes)
    assert [one.title for one in verdict.changes][:1] == ["个人的权利和联系人"]
    assert "55550103" in verdict.changes[0].edits[0][0] and "55550109" in verdict.changes[0].edits[0][1]


def test_what_lies_over_the_text_of_a_pdf_is_a_change(issued: Path, desk: Path) -> None:
    source = of_kind(issued, ".pdf")
    with pikepdf.open(source) as document:
        box = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[100, 100, 300, 200],
            Contents="改为89天",
        )
        document.pages[20].Annots = document.make_indirect(pikepdf.Array([document.make_indirect(box)]))
        document.save(desk / source.name)
    (change,) = verify(desk / source.name).changes
    assert change.marks == ("批注或者表单",) and change.label.startswith("第")


@pytest.mark.parametrize(
    ("kind", "old", "new", "title"),
    [
        ("md", "男女同工同酬", "男女同工", "同工同酬和福利平等"),
        ("html", "男女同工同酬", "男女同工", "同工同酬和福利平等"),
        ("html", "男女同工同酬", "<i>男女同工同酬</i>", "同工同酬和福利平等"),
        (
            "html",
            "用人单位实行男女同工同酬",
            '<b style="display:none">用人单位</b>实行男女同工同酬',
            "同工同酬和福利平等",
        ),
        ("html", "</style>", "p{display:none}</style>", ""),
    ],
)
def test_edits_in_html_and_markdown_are_told(
    issued: Path, desk: Path, kind: str, old: str, new: str, title: str
) -> None:
    source = of_kind(issued, f".{kind}")
    text = source.read_text("utf-8")
    assert old in text
    (desk / source.name).write_text(text.replace(old, new, 1), "utf-8")
    verdict = verify(desk / source.name)
    assert verdict.state == "changed" and [one.title for one in verdict.changes] == [title]


def test_an_edited_and_renamed_file_finds_its_record(issued: Path, desk: Path) -> None:
    source = of_kind(issued, ".docx")
    data = changed_part(source.read_bytes(), lambda text: text.replace("男女同工同酬", "男女同工"))
    (desk / "最终版.docx").write_bytes(data)
    verdict = verify(desk / "最终版.docx")
    assert verdict.state == "changed" and [one.title for one in verdict.changes] == ["同工同酬和福利平等"]


def test_a_file_without_stamp_and_name_is_known_by_its_text(issued: Path, desk: Path) -> None:
    text = of_kind(issued, ".md").read_text("utf-8")
    (desk / "打字稿.md").write_text(text.replace("男女同工同酬", "男女同工"), "utf-8")
    assert [one.title for one in verify(desk / "打字稿.md").changes] == ["同工同酬和福利平等"]
    (desk / "别的.md").write_text("# 采购合同\n\n一份别的合同。\n", "utf-8")
    assert verify(desk / "别的.md").reason == "没有生成记录"


# ------------------------------------------------------------------ any edit, anywhere


@pytest.fixture(scope="module")
def parts_of_file(issued: Path) -> tuple[tuple[Section, ...], Seen]:
    record = read_record(of_kind(issued, ".record.json"))
    then = tuple(Section(one[0], one[1], one[2], one[3], tuple(one[4:])) for one in record.texts["docx"])
    return then, see("docx", of_kind(issued, ".docx").read_bytes(), "x.docx")


def homes(then: Sequence[Section]) -> list[str]:
    """The label of the part that each piece belongs to."""
    return [one.label for one in then if one.label not in (MARGINS, NOTES) for _ in one.text.splitlines()]


@settings(max_examples=150)
@given(data=st.data())
def test_a_random_edit_is_named_where_it_is_made_and_nowhere_else(
    data: st.DataObject, parts_of_file: tuple[tuple[Section, ...], Seen]
) -> None:
    then, seen = parts_of_file
    labels = homes(then)
    pieces = list(seen.pieces)
    assert len(labels) == len(pieces)
    touched = set()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(pieces) - 1))
        if labels.count(labels[at]) < 3:
            continue  # a chapter is its title only: without it nothing is left to be named
        text = pieces[at].text
        place = data.draw(st.integers(0, len(text)))
        words = data.draw(st.sampled_from(["", "可以", "不", "酌情", "x"]))
        gone = data.draw(st.integers(0 if words else 1, 3))
        new = text[:place] + words + text[place + gone :]
        if new != text and new:
            pieces[at] = replace(pieces[at], text=new)
            touched.add(labels[at])
    then_texts = {one.label: one.text for one in then}
    now_texts = {
        label: "".join(f"{p.text}\n" for p, home in zip(pieces, labels, strict=True) if home == label)
        for label in set(labels)
    }
    touched = {label for label in touched if then_texts[label] != now_texts[label]}
    found = compare(then, replace(seen, pieces=tuple(pieces)))
    assert {one.label for one in found} == touched and all(one.kind == "text" for one in found)


def test_a_part_that_stands_elsewhere_was_moved() -> None:
    then = tuple(
        Section(f"第{n}条", f"题{n}", f"题{n}\n这是第{n}个条的文字，各不相同{n}。\n") for n in "一二三四五"
    )
    texts = [one.text for one in then]
    order = [texts[0], texts[3], texts[1], texts[2], texts[4]]
    pieces = tuple(Piece(line) for text in order for line in text.splitlines())
    assert [(one.label, one.kind) for one in compare(then, Seen(pieces))] == [("第四条", "moved")]


def test_a_part_that_stands_twice_is_added_once() -> None:
    then = tuple(Section(f"第{n}条", "", f"这是第{n}个条的文字。\n") for n in "一二三")
    pieces = tuple(Piece(one.text.strip()) for one in (then[0], then[1], then[1], then[2]))
    assert [(one.label, one.kind) for one in compare(then, Seen(pieces))] == [("第二条", "added")]


def test_an_empty_file_lacks_every_part() -> None:
    then = tuple(Section(f"第{n}条", "", f"这是第{n}个条的文字。\n") for n in "一二三")
    assert [one.kind for one in compare(then, Seen(()))] == ["missing"] * 3
    assert compare((), Seen((Piece("别的文字"),)))[0].kind == "added"


# ------------------------------------------------------------------ unknown


def test_without_record_and_list_nothing_is_believed(issued: Path, tmp_path: Path) -> None:
    """Even where every stamp inside the file fits."""
    path = Path(shutil.copy(of_kind(issued, ".docx"), tmp_path / "合同.docx"))
    verdict = verify(path)
    assert (verdict.state, verdict.reason) == ("unknown", "没有生成记录")
    assert "不作为依据" in verdict.claim


def test_a_damaged_record_proves_nothing(issued: Path, desk: Path) -> None:
    source = of_kind(issued, ".docx")
    shutil.copy(source, desk)
    record = of_kind(desk, ".record.json")
    record.write_text(record.read_text("utf-8").replace("样某己", "样某癸"), "utf-8")
    verdict = verify(desk / source.name)
    assert verdict.state == "unknown" and "生成记录不能用" in verdict.reason and "改动过" in verdict.reason


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".html", ".md", ".wps"])
@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"%PDF-1.7\n%%EOF", b"\xff\xfe\x00", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
)
def test_what_cannot_be_read_is_unknown_and_never_a_traceback(
    desk: Path, ending: str, content: bytes
) -> None:
    record = of_kind(desk, ".record.json")
    path = record.with_name(record.name.removesuffix(".record.json") + ending)
    path.write_bytes(content)
    verdict = verify(path)
    assert verdict.state in ("unknown", "changed") and re.search("[\u4e00-\u9fff]", verdict.reason or "改")


@settings(max_examples=40)
@given(data=st.data())
def test_a_mutated_file_is_never_called_unchanged_in_bytes(issued: Path, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    source = of_kind(issued, f".{kind}")
    broken = bytearray(source.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        broken[data.draw(st.integers(0, len(broken) - 1))] ^= data.draw(st.integers(1, 255))
    path = issued.parent / "mutated" / source.name
    path.parent.mkdir(exist_ok=True)
    shutil.copy(of_kind(issued, ".record.json"), path.parent)
    path.write_bytes(bytes(broken))
    verdict = verify(path)
    assert not verdict.same_bytes or bytes(broken) == source.read_bytes()


def test_a_record_of_the_first_form_cannot_tell(issued: Path, desk: Path) -> None:
    record = of_kind(desk, ".record.json")
    data = json.loads(record.read_text("utf-8"))
    record.write_text(json.dumps({**data["manifest"], "form": 1, "profile": {}}), "utf-8")
    shutil.copy(of_kind(issued, ".md"), desk)
    assert "旧格式" in verify(of_kind(desk, ".md")).reason


# ------------------------------------------------------------------ the filing list


def test_a_filed_file_is_known_without_its_record(issued: Path, tmp_path: Path) -> None:
    filing = tmp_path / "登记表.csv"
    rows = add_records(filing, [of_kind(issued, ".record.json")])
    assert len(rows) == 4 and add_records(filing, [of_kind(issued, ".record.json")]) == ()
    path = Path(shutil.copy(of_kind(issued, ".pdf"), tmp_path / "来件.pdf"))
    verdict = verify(path, filing=read_list(filing))
    assert (
        verdict.state == "unchanged"
        and verdict.row is not None
        and verdict.row.employer == "上海虚构样例有限公司"
    )
    with filing.open(encoding="utf-8-sig", newline="") as stream:
        (first, *_) = list(csv.DictReader(stream))
    assert first["类别"] == "草案" and first["法律适用日"] == "2026-12-01" and len(first["文件SHA-256"]) == 64


def test_a_file_and_record_forged_together_do_not_pass_the_list(
    issued: Path, desk: Path, tmp_path: Path
) -> None:
    filing = tmp_path / "登记表.csv"
    add_records(filing, [of_kind(issued, ".record.json")])
    firm = tmp_path / "firm.yaml"
    firm.write_text(BASE.read_text("utf-8").replace("样某己", "样某癸"), "utf-8")
    forged = build(firm, out=tmp_path / "forged", formats=("docx",)).files[0]
    assert verify(forged).same_bytes  # by its own record
    verdict = verify(forged, filing=read_list(filing))
    assert verdict.state == "unknown" and "不是这一份" in verdict.reason


def test_a_filed_record_tells_what_changed(issued: Path, desk: Path, tmp_path: Path) -> None:
    filing = tmp_path / "登记表.csv"
    add_records(filing, [of_kind(issued, ".record.json")])
    source = of_kind(issued, ".md")
    (desk / source.name).write_text(source.read_text("utf-8").replace("男女同工同酬", "男女同工"), "utf-8")
    verdict = verify(desk / source.name, filing=read_list(filing))
    assert verdict.row is not None and [one.title for one in verdict.changes] == ["同工同酬和福利平等"]


def test_a_list_that_a_spreadsheet_saved_is_read_and_kept(issued: Path, tmp_path: Path) -> None:
    filing = tmp_path / "登记表.csv"
    add_records(filing, [of_kind(issued, ".record.json")])
    with filing.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t")
    writer.writerow(["经办人", *rows[0]])
    writer.writerows(["样某丙", *row] for row in rows[1:3])
    filing.write_bytes(out.getvalue().encode("gb18030"))
    assert len(read_list(filing).rows) == 2
    assert len(add_records(filing, [of_kind(issued, ".record.json")])) == 2
    text = filing.read_text("utf-8-sig")
    assert text.count("样某丙") == 2 and len(read_list(filing).rows) == 4


@pytest.mark.parametrize("content", [b"", b"a,b\n", b"\xff\xfe", "单位,合同\n".encode(), b"\x00" * 10, b'"'])
def test_what_is_no_filing_list_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match="登记表"):
        read_list(path)


def test_a_file_that_changed_is_not_entered(issued: Path, desk: Path, tmp_path: Path) -> None:
    source = of_kind(issued, ".md")
    (desk / source.name).write_text("别的文字", "utf-8")
    with pytest.raises(InputError, match="已经不是签发时的文件"):
        add_records(tmp_path / "表.csv", [of_kind(desk, ".record.json")])
    assert not (tmp_path / "表.csv").exists()


def test_a_cell_never_begins_a_formula(issued: Path, tmp_path: Path) -> None:
    data = json.loads(of_kind(issued, ".record.json").read_text("utf-8"))
    data["profile"]["employer"]["name"] = '=HYPERLINK("x")'
    record = tmp_path / "x.record.json"
    record.write_bytes(sealed({name: value for name, value in data.items() if name != "checksum"}))
    add_records(tmp_path / "表.csv", [record])
    assert "'=HYPERLINK" in (tmp_path / "表.csv").read_text("utf-8-sig")


# ------------------------------------------------------------------ the command


def test_the_command_has_a_code_for_each_verdict(
    issued: Path, desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = of_kind(issued, ".md")
    assert main(["verify", str(source)]) == 0
    assert "没有改动，就是签发时的文件" in capsys.readouterr().out
    (desk / source.name).write_text(source.read_text("utf-8").replace("男女同工同酬", "男女同工"), "utf-8")
    assert main(["verify", str(desk / source.name)]) == 1
    out = capsys.readouterr().out
    assert "签发以后有改动，共 1 处" in out and "同工同酬和福利平等：文字改动" in out and "当时：" in out
    stray = tmp_path / "别处" / "合同.md"
    stray.parent.mkdir()
    shutil.copy(source, stray)
    assert main(["verify", str(stray)]) == 2
    assert "未知：没有生成记录" in capsys.readouterr().out
    assert main(["verify", str(stray), "--record", str(of_kind(issued, ".record.json"))]) == 0
    assert main(["verify", str(source), str(desk / source.name), str(stray)]) == 2
    assert main(["verify", str(tmp_path / "没有.docx")]) == 2


def test_json_says_the_same(issued: Path, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = of_kind(issued, ".md")
    (desk / source.name).write_text(source.read_text("utf-8").replace("男女同工同酬", "男女同工"), "utf-8")
    assert main(["verify", "--json", str(desk / source.name)]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert found["state"] == "changed" and found["employer"] == "上海虚构样例有限公司"
    (change,) = found["changes"]
    assert (
        change["title"] == "同工同酬和福利平等" and change["kind"] == "text" and change["edits"][0]["after"]
    )


def test_the_command_files_records(issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filing, record = str(tmp_path / "表.csv"), str(of_kind(issued, ".record.json"))
    assert main(["verify", "--add-to", filing, record]) == 0
    assert "新登记 4 个文件" in capsys.readouterr().err
    assert main(["verify", "--list", filing, *map(str, issued.glob("*.docx"))]) == 0
    assert main(["verify", "--add-to", filing, "--list", filing, record]) == 2


@pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice（soffice），跳过另存核对")
def test_a_pdf_that_a_word_processor_printed_is_not_accused(issued: Path, desk: Path, tmp_path: Path) -> None:
    assert SOFFICE is not None
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    out = tmp_path / "printed"
    words = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(out)]
    subprocess.run([*words, str(of_kind(issued, ".docx"))], check=True, capture_output=True, timeout=180)
    (printed,) = out.glob("*.pdf")
    verdict = verify(printed, record=next(issued.glob("*.record.json")))
    assert verdict.state == "unknown" and "不是签发时生成的" in verdict.reason and verdict.hint


def test_a_missing_file_does_not_keep_the_others_from_being_told(
    issued: Path, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known, missing = of_kind(issued, ".docx"), desk / "没有.docx"
    assert main(["verify", str(known), str(missing)]) == 2
    told_lines = capsys.readouterr().out
    assert f"{known}：没有改动" in told_lines and f"{missing}：未知：没有这个文件" in told_lines


def test_an_unknown_verdict_says_what_to_do(issued: Path, tmp_path: Path) -> None:
    alone = shutil.copy(of_kind(issued, ".docx"), tmp_path / "合同.docx")
    assert "--record" in verify(Path(alone)).hint
