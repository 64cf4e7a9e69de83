"""Files that come back, in every format that is read: the same articles, or a sentence that says why not."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from contractgen.agreement import layout
from contractgen.build import assemble_file
from contractgen.document import (
    Article,
    Chapter,
    Document,
    Item,
    Paragraph,
    Text,
    article_label,
    chapter_label,
)
from contractgen.document.articles import ReadSection, articles_of
from contractgen.document.reading import Reading
from contractgen.files import data_folder
from contractgen.findings import InputError, MissingToolError
from contractgen.formats import office
from contractgen.formats.docx_write import write_docx
from contractgen.formats.html import write_html
from contractgen.formats.paragraphs import PrintedLine, joined
from contractgen.formats.pdf import write_pdf
from contractgen.formats.read import kind_of, read_data, read_file
from contractgen.formats.text import write_markdown
from test_pdf import agreement
from word_files import paragraph, word_file, zipped

ILLEGAL = "女职工自愿放弃产假"
PLAIN = "第一条 产假\n女职工享受产假98天。\n第二条 生效\n本合同自签订之日起生效。\n"


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def expected(document: Document) -> list[tuple[str, str, str]]:
    """Kind, heading and text of the chapters and articles of a document."""
    found: list[tuple[str, str, str]] = []
    for block in document.body:
        if isinstance(block, Chapter):
            found.append(("chapter", chapter_label(block.number) + block.title, ""))
        elif isinstance(block, Article):
            found.append(("article", article_label(block.number) + block.title, ""))
        elif isinstance(block, Item | Paragraph):
            kind, name, text = found[-1]
            found[-1] = (kind, name, text + squeezed(block.text))
    return found


def articles(reading: Reading) -> list[tuple[str, str, str]]:
    """The same of what was read, without the numbers of items."""
    return [
        (one.kind, one.label + one.title, "".join(squeezed(line.text) for line in one.lines if line.kind != "title"))
        for one in articles_of(reading)
        if one.kind in ("chapter", "article") and not one.label.startswith("附件")
    ]  # fmt: skip


@pytest.fixture(scope="module")
def firm() -> Document:
    found = assemble_file(data_folder("templates").parent / "examples" / "firm.yaml").agreement
    assert found is not None
    return layout(found, final=False)


# ------------------------------------------------------------------ our own files


def test_our_own_word_html_and_markdown_read_back_to_the_same_articles(firm: Document) -> None:
    assert articles(read_data(write_docx(firm), "合同.docx")) == expected(firm)
    assert articles(read_data(write_html(firm).encode(), "合同.html")) == expected(firm)
    assert articles(read_data(write_markdown(firm).encode(), "合同.md")) == expected(firm)


def test_our_own_pdf_reads_back_to_the_same_articles(firm: Document) -> None:
    reading = read_data(write_pdf(replace(firm, annexes=())), "合同.pdf")
    assert articles(reading) == expected(firm)
    assert [aside.kind for aside in reading.asides] == ["header"]


def test_the_places_of_all_formats_are_the_same(firm: Document) -> None:
    def places(reading: Reading) -> list[str]:
        body: list[ReadSection] = [one for one in articles_of(reading) if one.kind == "article"]
        return [line.place for one in body for line in one.lines if not line.place.startswith("附件")]

    files = (write_docx(firm), write_html(firm).encode(), write_markdown(firm).encode())
    word, page, text = (
        places(read_data(data, f"合同.{kind}"))
        for data, kind in zip(files, ("docx", "html", "md"), strict=True)
    )
    assert word == page == text


# ------------------------------------------------------------------ what a file is


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (word_file(paragraph("一句")), "docx"),
        (ole("WordDocument"), "doc"),
        (b"{\\rtf1 x}", "rtf"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), "odt"),
        (b"\n%PDF-1.7 ...", "pdf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "html"),
        ("第一条 <某事>".encode(), "txt"),
    ],
)
def test_the_content_says_what_a_file_is_not_its_name(data: bytes, kind: str) -> None:
    assert kind_of(data, "合同.xls") == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"  \n \n", "空的"),
        (ole("Workbook"), "Excel"),
        (zipped({"xl/workbook.xml": "x"}), "Excel"),
        (zipped({"ppt/presentation.xml": "x"}), "演示文稿"),
        (zipped({"合同.docx": "x"}), "压缩包"),
        (b"\x89PNG\r\n\x1a\n0000", "图片"),
        (b"PK\3\4" + b"x" * 50, "损坏"),
        (b"%PDF-1.7\nnothing", "损坏"),
        (bytes(range(256)) * 20, "认不出"),
        (ole("EncryptedPackage"), "密码"),
    ],
)
def test_what_is_no_contract_is_named(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as raised:
        read_data(data, "对方.docx")
    assert raised.value.hint


def test_a_folder_and_a_file_that_is_not_there_are_named(tmp_path: Path) -> None:
    for path, words in ((tmp_path, "文件夹"), (tmp_path / "没有.docx", "没有这个文件")):
        with pytest.raises(InputError, match=words):
            read_file(path)


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "大.docx"
    with path.open("wb") as stream:
        stream.truncate(51 << 20)
    with pytest.raises(InputError, match="超过"):
        read_file(path)


# ------------------------------------------------------------------ text and pages


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_text_is_read_in_the_usual_encodings(encoding: str, ends: str) -> None:
    reading = read_data(PLAIN.replace("\n", ends).encode(encoding), "合同.txt")
    assert reading.kind == "txt"
    assert articles(reading) == [
        ("article", "第一条产假", "女职工享受产假98天。"),
        ("article", "第二条生效", "本合同自签订之日起生效。"),
    ]


def test_a_text_broken_into_lines_is_joined_to_paragraphs() -> None:
    sentence = "用人单位应当保障女职工依法享受产假，并按照本人工资标准支付产假期间的工资和福利待遇，不得以任何理由扣减。"
    text = ""
    for number in range(1, 6):
        line = f"　　{article_label(number)} {sentence * 3}"
        text += "\n".join(line[at : at + 36] for at in range(0, len(line), 36)) + "\n"
    found = articles(read_data(text.encode(), "合同.txt"))
    assert [one[1] for one in found] == [article_label(number) for number in range(1, 6)]
    assert {one[2] for one in found} == {squeezed(sentence * 3)}


def test_lines_of_a_page_are_joined_only_where_one_was_broken() -> None:
    full, short = "满" * 28, "短句。"
    lines = [
        PrintedLine(full, 32, 480, 16, 0), PrintedLine(short, 0, 48, 16, 29),
        PrintedLine(full, 32, 480, 16, 29), PrintedLine(full, 0, 480, 16, 29),  # the next begins with an indent
        PrintedLine("另起一段，" + full[:20], 32, 480, 16, 29), PrintedLine("第三条规定的假期。", 0, 200, 16, 29),
        PrintedLine("标题", 200, 232, 22, 29),
    ]  # fmt: skip
    assert list(joined(lines)) == [
        full + short, full + full, f"另起一段，{full[:20]}第三条规定的假期。", "标题",
    ]  # fmt: skip


def test_a_markdown_file_keeps_its_tables_and_loses_its_marks() -> None:
    text = "# 第一章 总则\n\n## 第一条 **产假**\n\n> 说明\n\n- 甲：乙\n\n| 项目 | 天数 |\n| --- | ---: |\n| 产假 | 98天\\|约 |\n\n\\# 不是标题\n"
    reading = read_data(text.encode(), "a.md")
    assert [(one.text, one.level) for one in reading.accepted][:4] == [
        ("第一章 总则", 1), ("第一条 产假", 2), ("说明", 0), ("甲：乙", 0)]  # fmt: skip
    assert [(one.text, one.cell.row) for one in reading.accepted if one.cell] == [
        ("项目", 1), ("天数", 1), ("产假", 2), ("98天|约", 2)]  # fmt: skip
    assert reading.accepted[-1].text == "# 不是标题"


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("<p style='display: none'>{}</p>", "hidden"),
        ("<p hidden>{}</p>", "hidden"),
        ("<p>某句<span style='color:#FFFFFF'>{}</span></p>", "pale"),
        ("<p style='font-size:1px'>{}</p>", "tiny"),
        ("<table><tr style='visibility:hidden'><td>{}</td></tr></table>", "hidden"),
    ],
)
def test_what_a_browser_does_not_show_is_read_and_named(page: str, kind: str) -> None:
    reading = read_data(f"<html><body>{page.format(ILLEGAL)}</body></html>".encode(), "a.html")
    assert [(one.kind, one.text) for one in reading.asides] == [(kind, ILLEGAL)]
    assert ILLEGAL in reading.text


def test_the_numbers_of_a_list_are_those_that_a_browser_prints() -> None:
    page = """<html><body><p>甲</p><ol start="3"><li><p>乙</p></li><li>丙<ol><li>丁</li></ol></li><li value="9">戊</li></ol>
        <ul><li>己</li></ul><ol style="list-style-type: none"><li>庚</li></ol><ol type="a"><li>辛</li></ol></body></html>"""
    lines = read_data(page.encode(), "a.html").text.split("\n")
    assert lines == ["甲", "3.乙", "4.丙", "1.丁", "9.戊", "己", "庚", "辛"]


def test_what_libreoffice_prints_on_every_page_is_no_text_of_a_page() -> None:
    reading = read_data(
        f"<html><body><div title='header'>{ILLEGAL}</div><p>甲</p></body></html>".encode(), "a.html"
    )
    assert [(one.kind, one.text) for one in reading.asides] == [("header", ILLEGAL)] and reading.text == "甲"


def test_an_article_of_ours_whose_number_a_page_has_as_a_figure_is_an_article() -> None:
    page = (
        "<html><body><ol><li><a name='_cgh_1'></a>产假</ol><p>产假98天。</p><ol start=2><li><a name='_cgh_2'></a>年休假"
        "</ol><p>甲。</p><ol><li>乙。</ol></body></html>"
    )
    found = articles_of(read_data(page.encode(), "a.html"))
    assert [(one.kind, one.name) for one in found] == [
        ("article", "第一条 产假"),
        ("article", "第二条 年休假"),
    ]
    assert [(line.kind, line.text) for line in found[1].lines] == [
        ("title", "年休假"),
        ("paragraph", "甲。"),
        ("item", "乙。"),
    ]


def test_a_page_saved_in_gbk_is_read() -> None:
    page = f"<html><head><meta charset=gb2312><style>p {{}}</style></head><body><p>{ILLEGAL}<br>二</p><script>x</script></body></html>"
    assert read_data(page.encode("gbk"), "a.doc").text == f"{ILLEGAL}\n二"


# ------------------------------------------------------------------ PDF


def pdf_pages(*texts: str) -> bytes:
    """A PDF of our own with these paragraphs."""
    body = tuple(Paragraph((Text(one),)) for one in texts)
    return write_pdf(
        replace(agreement(1), body=body, annexes=(), cover=None, contents=False, front=(), parties=())
    )


def test_a_scan_is_refused_with_the_reason() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    with pytest.raises(InputError, match="扫描") as raised:
        read_data(out.getvalue(), "扫描.pdf")
    assert "OCR" in raised.value.hint


def test_a_page_without_text_among_others_is_named() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_pages("某句话写在这里。" * 20))) as pdf:
        pdf.add_blank_page()
        pages = len(pdf.pages)
        pdf.save(out)
    found = [one.detail for one in read_data(out.getvalue(), "a.pdf").asides if one.kind == "picture"]
    assert found == [f"第{pages}页几乎没有文字，像是扫描的图片，没有读"]


def test_a_pdf_with_a_password_is_refused_with_the_reason() -> None:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(InputError, match="密码"):
        read_data(out.getvalue(), "a.pdf")


def test_notes_and_white_characters_on_a_pdf_are_named() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_pages("某句话写在这里。" * 20, ILLEGAL))) as pdf:
        page = pdf.pages[0]
        note = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Text,
                Rect=[0, 0, 9, 9],
                Contents=ILLEGAL,
                T="王虚构",
            )
        )
        page.Annots = pikepdf.Array([note])
        content = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page))
        page.Contents = pdf.make_stream(
            re.sub(rb"\b0(?:\.0+)? (?:0(?:\.0+)? 0(?:\.0+)? rg|g)\b", b"1 g", content)
        )
        pdf.save(out)
    asides = read_data(out.getvalue(), "a.pdf").asides
    assert [(one.text, one.author) for one in asides if one.kind == "comment"] == [(ILLEGAL, "王虚构")]
    assert any(ILLEGAL in one.text for one in asides if one.kind == "pale")


# ------------------------------------------------------------------ LibreOffice


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "office_program", lambda: None)
    with pytest.raises(MissingToolError, match="LibreOffice") as raised:
        read_data(b"{\\rtf1 x}", "对方.rtf")
    assert "另存为 .docx" in raised.value.hint


def test_a_program_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sleeper = tmp_path / "soffice"
    sleeper.write_text("#!/bin/sh\nsleep 60 &\nsleep 60\n")
    sleeper.chmod(0o755)
    monkeypatch.setattr(office, "office_program", lambda: str(sleeper))
    with pytest.raises(InputError, match=r"没有在 0\.2 秒内"):
        office.to_docx(b"x", "doc", "对方.doc", seconds=0.2)


SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice（soffice），跳过往返核对")


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("libreoffice")


def saved_as(data: bytes, source: str, target: str, folder: Path, profile: Path) -> bytes:
    """A file as LibreOffice saves it in another format."""
    path = folder / f"合同.{source}"
    path.write_bytes(data)
    out = folder / "out"
    command = [
        str(SOFFICE),
        f"-env:UserInstallation=file://{profile}",
        "--headless",
        "--convert-to",
        target,
        "--outdir",
        str(out),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (out / f"合同.{target.partition(':')[0]}").read_bytes()


def clause_marks(reading: Reading) -> list[tuple[str, str]]:
    """Which clause and paragraph each text was made from, by its bookmark."""
    return [
        (name, squeezed(line.text))
        for section in articles_of(reading)
        for line in section.lines
        for name in line.passage.bookmarks
        if re.fullmatch(r"_cg_[0-9a-f]{10}_\w+", name)
    ]


@needs_office
@pytest.mark.parametrize("target", ["docx", "odt", "doc", "rtf"])
def test_a_round_through_libreoffice_changes_neither_articles_nor_identity(
    target: str, firm: Document, tmp_path: Path, profile: Path
) -> None:
    data = write_docx(firm, attachments={"manifest.json": b"{}"})
    before = read_data(data, "合同.docx")
    back = read_data(saved_as(data, "docx", target, tmp_path, profile), f"合同.{target}")
    assert back.kind == target
    assert articles(back) == expected(firm)
    assert clause_marks(back) == clause_marks(before)
    assert back.properties["cg.library"] == before.properties["cg.library"]
    assert {one.kind for one in back.asides} <= {"header", "footer"}


@needs_office
def test_two_rounds_through_libreoffice_change_nothing(firm: Document, tmp_path: Path, profile: Path) -> None:
    once = saved_as(write_docx(firm), "docx", "docx", tmp_path, profile)
    twice = read_data(saved_as(once, "docx", "docx", tmp_path, profile), "合同.docx")
    assert articles(twice) == expected(firm)
    aliases = {alias for one in twice.accepted for _, alias in one.controls}
    assert "目的和依据〔purpose@3〕" in aliases


@needs_office
def test_an_old_word_file_that_is_damaged_is_refused_or_read(tmp_path: Path, profile: Path) -> None:
    data = saved_as(word_file(paragraph("一句话。")), "docx", "doc", tmp_path, profile)
    try:
        assert isinstance(read_data(data[: len(data) // 3], "对方.doc"), Reading)
    except InputError as fault:
        assert fault.message.startswith("对方.doc")
