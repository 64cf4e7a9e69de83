"""The file of a general contract that a pack is given: read, and held against the chapter or annex that is filed with it."""

from __future__ import annotations

import copy
import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from contractgen.build import build
from contractgen.document import Article, Document, Paragraph, Text
from contractgen.findings import InputError, Severity
from contractgen.formats.docx_write import write_docx
from contractgen.papers import Pack, write_pack
from contractgen.papers.general import Looked, look_into
from contractgen.record import read_record
from general_contract import EXAMPLE, general_contract

TOP = Path(__file__).resolve().parent.parent
PRINTING = TOP / "examples/printing-chapter/profile.yaml"
MAIN, PART = "上海乌有墨香印刷有限公司集体合同", "第六章 女职工权益保护"
SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The final chapter, and the general contract with the chapter in it, whose references nobody has looked at yet."""
    found = tmp_path_factory.mktemp("chapter")
    assert build(PRINTING, out=found, formats=("docx", "pdf"), final=True, into=EXAMPLE, renumber=True).files
    (given,) = found.glob("*待核对.docx")
    given.rename(found / "集体合同.docx")
    return found


@pytest.fixture(scope="module")
def record(folder: Path) -> Path:
    return next(folder.glob("*.record.json"))


@pytest.fixture(scope="module")
def chapter(record: Path) -> Document:
    document = read_record(record).document
    assert document is not None
    return document


def edited(folder: Path, target: Path, edit: Callable[[Any], None]) -> Path:
    """The general contract, edited as somebody would in Word."""
    document = docx.Document(str(folder / "集体合同.docx"))
    edit(document)
    document.save(str(target))
    return target


def looked(path: Path, chapter: Document) -> Looked:
    return look_into(path, chapter, form="chapter", title=MAIN)


def told(path: Path, chapter: Document) -> list[str]:
    found = looked(path, chapter)
    assert not found.to_check
    assert all(one.severity is Severity.ERROR and one.hint for one in found.findings)
    assert {one.location.file for one in found.findings} <= {str(path)}
    return [one.message for one in found.findings]


def pack(record: Path, target: Path, general: Path) -> Pack:
    return write_pack(PRINTING, record, target, formats=("md",), general=general)


def paragraph(document: Any, words: str) -> Any:
    (found,) = (one for one in document.paragraphs if words in one.text)
    return found


# ------------------------------------------------------------------ a chapter


def test_the_general_contract_that_holds_the_chapter_is_taken(
    folder: Path, record: Path, tmp_path: Path
) -> None:
    made = pack(record, tmp_path / "pack", folder / "集体合同.docx")
    assert f"{MAIN}全文（含{PART}）.docx" in {name[3:] for name in made.sums}
    assert not made.to_check
    assert "待核对" not in (tmp_path / "pack/00-报送材料清单.md").read_text("utf-8")


def test_the_general_contract_with_the_chapter_of_before_is_refused(record: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as fault:
        pack(record, tmp_path / "pack", EXAMPLE)
    (one,) = fault.value.findings
    assert "没有这一章的条文" in one.message and "共 51 条，对不上的有 51 条" in one.message
    assert "--into" in one.hint and one.location.file == str(EXAMPLE)
    assert not (tmp_path / "pack").exists()


def test_another_number_in_one_article_is_refused_with_both_texts(
    folder: Path, chapter: Document, tmp_path: Path
) -> None:
    def edit(document: Any) -> None:
        one = paragraph(document, "享受配偶陪产假10天")
        one.text = one.text.replace("配偶陪产假10天", "配偶陪产假7天")

    (message,) = told(edited(folder, tmp_path / "a.docx", edit), chapter)
    assert "第四十九条“配偶陪产假”文字不同" in message
    then, _, now = message.partition("这份文件写")
    assert "配偶陪产假10天" in then and "配偶陪产假7天" in now


def test_a_sentence_that_was_added_at_the_end_of_an_article_is_refused(
    folder: Path, chapter: Document, tmp_path: Path
) -> None:
    def edit(document: Any) -> None:
        last = paragraph(document, "女职工可以选择分次使用")
        new = copy.deepcopy(last._p)
        last._p.addnext(new)
        WordParagraph(new, last._parent).text = "试用期内的女职工除外。"

    (message,) = told(edited(folder, tmp_path / "a.docx", edit), chapter)
    assert "第五十一条" in message and "试用期内的女职工除外" in message.partition("这份文件写")[2]


def test_an_article_that_is_not_there_is_named(folder: Path, chapter: Document, tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        lines = document.paragraphs
        (first,), (last,) = (
            [at for at, one in enumerate(lines) if one.text.startswith(label)]
            for label in ("第三十九条", "第四十条")
        )
        for one in lines[first:last]:
            one._p.getparent().remove(one._p)

    assert told(edited(folder, tmp_path / "a.docx", edit), chapter) == [
        "这份文件里没有定稿的第三十九条“妇女节”"
    ]


def test_an_article_with_another_number_is_refused(folder: Path, chapter: Document, tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        head = next(one for one in document.paragraphs if one.text.startswith("第七十条"))
        head.text = head.text.replace("第七十条", "第七十一条")

    assert told(edited(folder, tmp_path / "a.docx", edit), chapter) == [
        "定稿的第七十条“签订、变更和争议处理”在这份文件里是第七十一条"
    ]


def test_of_many_articles_that_differ_the_first_are_told_and_how_many_there_are(
    folder: Path, chapter: Document, tmp_path: Path
) -> None:
    def edit(document: Any) -> None:
        for one in document.paragraphs:
            if "工作日" in one.text:
                one.text = one.text.replace("工作日", "日")

    messages = told(edited(folder, tmp_path / "a.docx", edit), chapter)
    assert len(messages) == 6 and all("文字不同" in one for one in messages[:5])
    assert "一共有" in messages[-1]


def test_a_general_contract_that_counts_in_figures_is_taken(tmp_path: Path) -> None:
    (tmp_path / "general.docx").write_bytes(general_contract(figures=True))
    out = tmp_path / "out"
    build(PRINTING, out=out, formats=("docx",), final=True, into=tmp_path / "general.docx", renumber=True)
    document = read_record(next(out.glob("*.record.json"))).document
    (given,) = out.glob("*待核对.docx")
    assert document is not None and looked(given, document) == Looked()


def test_the_file_of_the_chapter_itself_is_no_general_contract(folder: Path, chapter: Document) -> None:
    for kind in ("docx", "pdf"):
        (own,) = folder.glob(f"*-定稿.{kind}")
        assert told(own, chapter) == ["这是专章自己的文件，不是集体合同全文"]


def test_tracked_changes_are_refused(folder: Path, chapter: Document, tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        run = document.paragraphs[3].runs[0]._r
        mark = run.makeelement(qn("w:ins"), {qn("w:author"): "甲", qn("w:id"): "9"})
        run.addprevious(mark)
        mark.append(run)

    assert told(edited(folder, tmp_path / "a.docx", edit), chapter) == ["里面有没有接受的修订"]


@pytest.mark.parametrize(("data", "message"), [(b"", "空的"), (b"PK\x03\x04", "不完整|损坏|读不出"), (b"%PDF-1.7\n", "不完整|损坏"), ("甲" .encode() * 99, "不是 Word")])  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_with_everything_else(
    data: bytes, message: str, record: Path, tmp_path: Path
) -> None:
    given = tmp_path / "集体合同.docx"
    given.write_bytes(data)
    with pytest.raises(InputError, match="报送材料不齐") as fault:
        pack(record, tmp_path / "pack", given)
    (one,) = fault.value.findings
    assert re.search(message, one.message) and one.hint


def scan(pages: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


def test_a_scan_is_filed_and_the_list_says_that_nobody_has_read_it(record: Path, tmp_path: Path) -> None:
    given = tmp_path / "签字件.pdf"
    given.write_bytes(scan(3))
    made = pack(record, tmp_path / "pack", given)
    title = f"{MAIN}全文（含第六章　女职工权益保护）"
    assert made.to_check == {title: "扫描件，程序读不出文字"}
    listed = (tmp_path / "pack/00-报送材料清单.md").read_text("utf-8")
    assert f"{title}（待核对：扫描件，程序读不出文字）" in listed
    (packed,) = (one for one in (tmp_path / "pack").iterdir() if "全文" in one.name)
    assert packed.read_bytes() == given.read_bytes() and "待核对" not in packed.name


@pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice（soffice），跳过转成 PDF 的核对")
def test_a_pdf_that_another_program_made_is_read_as_well(
    folder: Path, chapter: Document, tmp_path: Path
) -> None:
    assert SOFFICE is not None

    def as_pdf(source: Path) -> Path:
        subprocess.run(
            [SOFFICE, f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return tmp_path / f"{source.stem}.pdf"

    assert looked(as_pdf(folder / "集体合同.docx"), chapter) == Looked()
    old = as_pdf(EXAMPLE)
    with pikepdf.open(old, allow_overwriting_input=True) as pdf:
        pdf.add_blank_page()  # one page without text does not hold 51 articles
        pdf.save(old)
    assert "没有这一章的条文" in told(old, chapter)[0]
    with pikepdf.open(old, allow_overwriting_input=True) as pdf:
        for _ in range(7):
            pdf.add_blank_page()
        pdf.save(old)
    assert looked(old, chapter) == Looked(to_check="pages")


# ------------------------------------------------------------------ an annex


def annex() -> Document:
    """An annex of two articles."""
    texts = ("女职工生育，享受产假98天。", "配偶生育的男职工，享受配偶陪产假10天。")
    body = [
        block
        for number, text in enumerate(texts, start=1)
        for block in (Article(f"a{number}", number, "假期"), Paragraph((Text(text),)))
    ]
    return Document("附件3 女职工权益保护专项协议", body=tuple(body))


def test_the_annex_itself_is_not_its_general_contract(tmp_path: Path) -> None:
    own = tmp_path / "附件.docx"
    own.write_bytes(write_docx(annex()))
    (one,) = look_into(own, annex(), form="annex", title=MAIN).findings
    assert one.message == "这是附件自己的文件，不是集体合同全文"


def test_a_general_contract_of_another_name_than_the_profile_gives_is_to_be_looked_at() -> None:
    assert look_into(EXAMPLE, annex(), form="annex", title=MAIN) == Looked()
    assert look_into(EXAMPLE, annex(), form="annex", title="上海子虚酒店集体合同") == Looked(to_check="title")
