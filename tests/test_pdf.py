"""The PDF by facts: its text, marks, bookmarks, tags, attachment, page breaks and bytes."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from contractgen.document import (
    Annex,
    Article,
    Blank,
    Block,
    Cell,
    Chapter,
    Cover,
    Document,
    Item,
    Paragraph,
    Party,
    Reference,
    Row,
    Subheading,
    Table,
    Text,
)
from contractgen.findings import MissingToolError
from contractgen.formats import fonts, number_of
from contractgen.formats.pdf import write_pdf

SENTENCE = "女职工在劳动时间内进行产前检查，所需时间计入劳动时间，工资照发；“检查”以医疗机构的预约单为凭。"
HOSTILE = "A&B<有限>公司{{ x }}</p><script>alert(1)</script>"


def words(text: str, *, suggested: bool = False) -> tuple[Text, ...]:
    return (Text(text, suggested=suggested),)


def party(role: str, name: str = "上海虚构服装有限公司") -> Party:
    lines = (
        Row("首席代表（签字）", words("＿＿＿＿＿＿＿＿")),
        Row("签订日期", words("＿＿＿＿年＿＿月＿＿日")),
    )
    return Party(
        role, (Row("单位名称", words(name)), Row("住所", words("虚构路1号"))), lines, f"（{role}盖章）"
    )


def body(articles: int, sentences: int = 3) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for number in range(1, articles + 1):
        if number % 5 == 1:
            blocks.append(Chapter(f"c{number}", number // 5 + 1, f"第{number}组"))
        blocks.append(Article(f"a{number}", number, f"事项{number}"))
        blocks.append(Paragraph((Text(f"本条编号{number}。"), *words(SENTENCE * (1 + number % sentences)))))
        if number % 4 == 0:
            blocks.append(Paragraph(words("应当做到：")))
            blocks += [Item(n, words(f"第{n}件事，{SENTENCE}")) for n in (1, 2, 3)]
        if number > 1:
            blocks.append(Paragraph((Text("参见"), Reference("a1", "第一条"), Text("。"))))
    return tuple(blocks)


def grid(rows: int) -> Table:
    header = (Cell(words("序号"), "center"), Cell(words("事项表头")), Cell(words("依据")))
    lines = tuple(
        (
            Cell(words(str(n)), "center"),
            Cell(words(f"行首{n}号{SENTENCE[:20]}行尾{n}号")),
            Cell(words(SENTENCE)),
        )
        for n in range(1, rows + 1)
    )
    return Table(header, lines, caption="对照表", widths=(10, 40, 50))


def agreement(articles: int = 8, *, draft: bool = True, rows: int = 3, sentences: int = 3) -> Document:
    title = "女职工权益保护专项集体合同"
    front: tuple[Block, ...] = (
        Subheading("待办清单", "open-points", 1),
        Paragraph(words("以下各项办结以前不能定稿。"), role="text"),
    )
    marks = (Paragraph((Text("责任人为"), Blank("责任人姓名"), *words("30日", suggested=True), Text("。"))),)
    notes = (Paragraph(words("依据：双方约定"), role="note"),)
    return Document(
        title,
        subject=f"示例{title}",
        author="上海虚构服装有限公司",
        running_head=f"上海虚构服装有限公司 · {title}",
        cover=Cover(
            ("女职工权益保护", "专项集体合同"), (Row("合同期限", words("2027年至2029年")),), "协商草案" if draft else ""
        ),
        front=front if draft else (),
        contents=True,
        parties=(party("甲方"), party("乙方")),
        preamble=(Paragraph(words("双方经平等协商，签订本合同。"), role="text"),),
        body=(*body(articles, sentences), *(marks + notes if draft else ())),
        closing="（以下无正文，为签署页）",
        annexes=(
            Annex("x1", 1, "对照"), grid(rows),
            Annex("x2", 2, "告知书"), Subheading("小标题"), Item(1, words("一件事"), numbered=False),
        ),
        draft=draft,
        keywords=("集体合同",),
    )  # fmt: skip


def page_texts(data: bytes) -> list[str]:
    pdf = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in pdf]


def squeezed(text: str) -> str:
    """Characters without white space, which line ends add."""
    return re.sub(r"\s+", "", text.replace("\ufffe", ""))


def lines_of_page(text: str) -> list[str]:
    """The lines of a page without running head and page number."""
    lines = text.replace("\r", "").strip().split("\n")
    return [
        squeezed(line)
        for line in lines
        if line.strip() and not re.search(r"第 \d+ 页|协商草案$|· 女职工", line)
    ]


def body_of_page(text: str) -> str:
    """A page without running head and page number."""
    return "".join(lines_of_page(text))


def visible(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph() | Item():
                yield number_of(block) + block.text
            case Chapter() | Article() | Annex():
                yield number_of(block) + block.title
            case Subheading():
                yield block.text


# ------------------------------------------------------------------ text


def test_every_article_stands_in_the_pdf_in_order() -> None:
    document = agreement(12)
    text = "".join(body_of_page(page) for page in page_texts(write_pdf(document)))
    start = text.index(squeezed(document.preamble[0].text))
    for piece in visible((*document.preamble, *document.body)):
        start = text.index(squeezed(piece), start) + len(squeezed(piece))


def test_nothing_but_the_document_stands_between_two_articles() -> None:
    document = agreement(10, draft=False)
    text = "".join(body_of_page(page) for page in page_texts(write_pdf(document)))
    expected = squeezed("".join(visible(document.body)))
    assert expected in text


def test_hostile_strings_are_printed_as_they_are() -> None:
    document = replace(
        agreement(1),
        body=(Article("a", 1, HOSTILE), Paragraph(words(HOSTILE))),
        parties=(party("甲方", HOSTILE),),
    )
    text = squeezed("".join(page_texts(write_pdf(document))))
    assert text.count(squeezed(HOSTILE)) == 4  # contents, article, paragraph, party


def test_a_very_long_word_stays_on_the_page() -> None:
    document = replace(agreement(1), body=(Article("a", 1, "题"), Paragraph(words("W" * 3000))))
    data = write_pdf(document)
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        assert all(right <= page.get_width() for _, _, right, _ in boxes)
    assert squeezed("".join(page_texts(data))).count("W") == 3000


def test_quotation_marks_are_full_width() -> None:
    document = replace(
        agreement(1),
        cover=None,
        body=(Paragraph(words("甲“乙”丙")),),
        contents=False,
        parties=(),
        preamble=(),
    )
    page = pypdfium2.PdfDocument(write_pdf(document))[1]  # after the open points
    text = page.get_textpage()
    at = text.get_text_range().index("甲")
    left = [text.get_charbox(at + n, loose=True)[0] for n in range(5)]
    assert [round(b - a) for a, b in pairwise(left)] == [16, 16, 16, 16]


# ------------------------------------------------------------------ drafts and finals


def test_a_draft_shows_its_marks_and_a_final_text_has_none() -> None:
    draft, final = (write_pdf(agreement(3, draft=draft)) for draft in (True, False))
    shown = squeezed("".join(page_texts(draft)))
    hidden = squeezed("".join(page_texts(final)))
    for mark in ("待办清单", "〔待填：责任人姓名〕", "依据：双方约定", "协商草案"):
        assert mark in shown
        assert mark not in hidden
    assert fills(draft) > fills(final) == 0


def test_a_final_text_drops_what_a_careless_producer_left_in() -> None:
    document = replace(agreement(3), draft=False)
    data = write_pdf(document)
    text = squeezed("".join(page_texts(data)))
    assert "待办清单" not in text
    assert "协商草案" not in text
    assert "依据：双方约定" not in text
    assert fills(data) == 0


def fills(data: bytes) -> int:
    """How many colored areas there are: highlights, suggestions, notes."""
    count = 0
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            color: list[float] = []
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                if operator == "rg":
                    color = [float(str(value)) for value in instruction.operands]
                elif operator in ("f", "f*") and color and max(color) - min(color) > 0.02:
                    count += 1
    return count


# ------------------------------------------------------------------ the file


def test_the_file_names_title_author_language_and_is_tagged() -> None:
    with pikepdf.open(io.BytesIO(write_pdf(agreement(2)))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "女职工权益保护专项集体合同"
        assert str(pdf.docinfo["/Author"]) == "上海虚构服装有限公司"
        assert str(pdf.Root.Lang) == "zh-CN"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert "/CreationDate" not in pdf.docinfo
        metadata = pdf.open_metadata()
        assert metadata.pdfa_status == "3A"


def test_the_attachment_comes_out_as_it_went_in() -> None:
    record = '{"条款": "产假@2"}'.encode()
    with pikepdf.open(io.BytesIO(write_pdf(agreement(1), attachments={"manifest.json": record}))) as pdf:
        attached = pdf.attachments["manifest.json"]
        assert attached.get_file().read_bytes() == record
        assert str(attached.obj.AFRelationship) == "/Data"
        assert len(pdf.Root.AF) == 1


def test_bookmarks_name_chapters_articles_and_annexes() -> None:
    document = agreement(7)
    toc = pypdfium2.PdfDocument(write_pdf(document)).get_toc()
    found = [(one.level, one.get_title()) for one in toc]
    expected = [
        (0 if isinstance(block, Chapter | Annex) else 1, f"{number_of(block)}　{block.title}")
        for block in document.blocks
        if isinstance(block, Chapter | Article | Annex)
    ]
    assert found == expected


def test_the_contents_name_the_right_pages() -> None:
    document = agreement(20)
    pages = page_texts(write_pdf(document))
    listed = squeezed("".join(page for page in pages[2:4]))
    for block in document.body:
        if isinstance(block, Article):
            label = f"{number_of(block)}{block.title}"
            match = re.search(rf"{label}…*(\d+?)(?=第|附|\D|$)", listed)
            assert match, label
            assert label in squeezed(pages[int(match.group(1)) - 1])


def test_page_numbers_count_the_cover_but_are_not_printed_on_it() -> None:
    pages = page_texts(write_pdf(agreement(5)))
    numbers = [re.findall(r"第 (\d+) 页　共 (\d+) 页", page) for page in pages]
    assert numbers[0] == []
    assert numbers[1:] == [[(str(n), str(len(pages)))] for n in range(2, len(pages) + 1)]


SCRIPT = """
import hashlib, sys
sys.path[:0] = [{tests!r}, {source!r}]
from test_pdf import agreement
from contractgen.formats.html import write_html
from contractgen.formats.pdf import write_pdf
from contractgen.formats.text import write_markdown
document = agreement(6)
files = [write_pdf(document, attachments={{"b.json": b"2", "a.json": b"1"}}), write_html(document).encode(),
         write_markdown(document).encode()]
print(*[hashlib.sha256(data).hexdigest() for data in files])
"""


def test_the_same_document_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    """Other zone, locale, hash seed and folder; font cache full, empty and not writable."""
    here = Path(__file__).resolve().parent
    script = SCRIPT.format(tests=str(here), source=str(here.parent / "src"))
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    worlds = [
        {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
        {
            "TZ": "America/New_York",
            "LC_ALL": "C",
            "PYTHONHASHSEED": "2",
            "CONTRACTGEN_CACHE": str(tmp_path / "new"),
        },
        {"TZ": "UTC", "LC_ALL": "POSIX", "PYTHONHASHSEED": "3", "CONTRACTGEN_CACHE": str(blocked / "cache")},
    ]
    results = []
    for number, world in enumerate(worlds):
        folder = tmp_path / str(number)
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=folder,
            env={**os.environ, **world},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        results.append(done.stdout.split())
    assert results[0] == results[1] == results[2]


# ------------------------------------------------------------------ page breaks


@pytest.mark.slow
def test_the_signature_block_stays_whole_and_with_the_text() -> None:
    """Over many lengths of text, so that the block meets the page's end in every way."""
    for articles in range(1, 14):
        document = agreement(articles, draft=False, sentences=2)
        closing = squeezed(document.closing)
        page = next(
            body for page in page_texts(write_pdf(document)) if closing in (body := body_of_page(page))
        )
        assert page.count("首席代表（签字）：") == page.count("签订日期：") == 2, articles
        assert "（甲方盖章）" in page
        assert "（乙方盖章）" in page
        assert page.split(closing)[0], (
            f"{articles} articles: the signature page holds no text of the agreement"
        )


def test_no_heading_stands_at_the_bottom_of_a_page() -> None:
    """With the text shifted line by line, so that every heading comes to the page's end once."""
    for shift in range(22):
        document = agreement(6, draft=False, sentences=2)
        filler = (Paragraph(words("双方签订本合同。"), role="text"),) * shift
        document = replace(document, preamble=filler, cover=None, parties=(), contents=False, annexes=())
        headings = {
            squeezed(f"{number_of(b)}{b.title}") for b in document.blocks if isinstance(b, Chapter | Article)
        }
        last_lines = [lines_of_page(page)[-1] for page in page_texts(write_pdf(document))]
        assert not headings & set(last_lines), shift
        assert "应当做到：" not in last_lines, shift  # the sentence that introduces a list


def test_a_table_repeats_its_header_and_splits_no_row() -> None:
    for shift in range(3):
        caption = Paragraph(words("双方签订本合同。" * (1 + 4 * shift)))
        document = replace(agreement(1), body=(caption, grid(60)), annexes=(), contents=False)
        pages = [page for page in page_texts(write_pdf(document)) if re.search(r"行首\d+号", page)]
        assert len(pages) > 2
        for page in map(squeezed, pages):
            assert page.count("事项表头") == 1
            assert re.findall(r"行首(\d+)号", page) == re.findall(r"行尾(\d+)号", page)
            assert page.count("“检查”以医疗机构的预约单为凭。") == len(re.findall(r"行首", page))


def test_no_line_begins_with_a_closing_mark() -> None:
    for page in page_texts(write_pdf(agreement(30))):
        for line in page.replace("\r", "").split("\n"):
            assert not re.match(r"[、。，；：？！）》”〕]", line), line


def test_each_annex_begins_a_page() -> None:
    pages = [body_of_page(page) for page in page_texts(write_pdf(agreement(3)))]
    assert sum(page.startswith(("附件1对照", "附件2告知书")) for page in pages) == 2


# ------------------------------------------------------------------ what can be missing


def test_a_character_that_no_font_has_is_refused_by_name() -> None:
    document = replace(agreement(1), body=(Paragraph(words("甲\U000e0fff乙\u0378")),))
    with pytest.raises(MissingToolError, match="\u0378"):
        write_pdf(document)


def test_a_rare_character_comes_from_the_full_face() -> None:
    rare = "\u3400"  # extension A: not in the small copy
    assert ord(rare) not in fonts.common_characters()
    document = replace(agreement(1), body=(Paragraph(words(f"王{rare}")),))
    assert f"王{rare}" in squeezed("".join(page_texts(write_pdf(document))))


def test_without_a_chinese_face_nothing_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "chinese_faces", tuple)
    with pytest.raises(MissingToolError, match="中文字体") as caught:
        write_pdf(agreement(1))
    assert "fonts-noto-cjk" in caught.value.hint


def test_a_row_longer_than_a_page_loses_nothing() -> None:
    long = "".join(f"第{n}句话。" for n in range(1500))
    table = Table((Cell(words("项目")), Cell(words("内容"))), ((Cell(words("甲")), Cell(words(long))),))
    document = replace(agreement(1), body=(Paragraph(words("见下表。")), table))
    text = "".join(body_of_page(page).replace("项目内容", "") for page in page_texts(write_pdf(document)))
    assert all(f"第{n}句话。" in text for n in range(1500))
