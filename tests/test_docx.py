"""Word files: what stands in them, told from their XML; what LibreOffice makes of them; what a template must keep."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

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
    Source,
    Subheading,
    Table,
    Text,
    article_label,
)
from contractgen.files import data_folder
from contractgen.findings import InputError, Severity
from contractgen.formats.docx.package import entry, pack_folder, write_package
from contractgen.formats.docx_write import check_template, write_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHELL = data_folder("templates") / "contract" / "contract.docx"
HOSTILE = [
    "柳林A&B<有限>公司",
    "“弯引号”‘单’\"直\"'撇'",
    "]]><w:p/>&amp;&#65;",
    "{{ 777*777 }}{% if x %}{_{ title }}",
    "长" * 10_000,
    "两端有空格 ",
]


def text(words: str) -> tuple[Text, ...]:
    return (Text(words),)


def paragraph(words: str, clause: str = "", number: int = 1) -> Paragraph:
    return Paragraph(
        text(words), f"{clause}-{number}", source=Source(clause, 1, number, "某条款") if clause else None
    )


def items(clause: str, *words: str) -> tuple[Item, ...]:
    return tuple(Item(n, text(one), source=Source(clause, 1, 1)) for n, one in enumerate(words, start=1))


def sample(*, draft: bool = True, body: tuple[Block, ...] = (), name: str = "虚构公司") -> Document:
    """A small agreement that has one of everything."""
    cells = (Cell(text("假期")), Cell(text("天数"), "center"))
    table = Table(
        cells, tuple((Cell(text(f"第{n}种假")), Cell(text(str(n)))) for n in range(60)), "假期表", (70, 30)
    )
    party = Party(
        "甲方",
        (Row("单位名称", text(name)), Row("住所", (Blank("住所"),))),
        (Row("签字", (Blank(),)),),
        "（盖章）",
    )
    return Document(
        title="专项集体合同",
        author=name,
        running_head=f"{name[:10]} · 专项集体合同",
        cover=Cover(("女职工权益保护", "专项集体合同"), (Row("甲方", text(name)),), "协商草案"),
        front=(Subheading("待办清单", level=1), Item(1, text("先办这件")), Item(2, text("再办那件")))
        if draft
        else (),
        contents=True,
        parties=(party, replace(party, role="乙方")),
        preamble=(Paragraph(text("双方协商一致。"), role="text"),),
        body=body
        or (
            Chapter("c1", 1, "总则"),
            Article("a1", 1, "目的"),
            paragraph("为了保护。", "purpose"),
            Paragraph((Text("下列事项："),), source=Source("list", 2, 1)),
            *items("list", "其一；", "其二。"),
            Chapter("c2", 2, "假期"),
            Article("a2", 2, "产假"),
            Paragraph(
                (
                    Text("依照"),
                    Reference("purpose-1", "第一条第二款"),
                    Text("和"),
                    Reference("x1", "附件1"),
                    Text("享受"),
                    Text("98天", value="maternity_leave", suggested=True),
                    Text("，由"),
                    Blank("负责人"),
                    Text("办理。"),
                ),
                source=Source("leave", 1, 1),
            ),
            *items("leave", "甲；", "乙。"),
            Paragraph(text("依据：某法第七条"), role="note"),
        ),
        closing="（以下无正文）",
        annexes=(
            Annex("x1", 1, "一览表"),
            replace(table, source=Source("overview", 1, 1)),
            *(Item(n, text(f"说明{n}")) for n in (1, 2)),
            Subheading("再说"),
            *(Item(n, text(f"又说明{n}")) for n in (1, 2)),
            Item(1, text("不编号的一项"), numbered=False),
            Annex("x2", 2, "告知书"),
            Paragraph(text("最后一段。"), role="text"),
        ),
        draft=draft,
        properties={"cg.library": "abc", "cg.law_day": "2026-12-01"},
    )


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def root_of(data: bytes, part: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts_of(data)[part])


def words_of(node: etree._Element) -> str:
    return "".join(t.text or "" for t in node.iter(f"{W}t"))


def style_of(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def styled(root: etree._Element, style: str) -> list[str]:
    return [words_of(p).strip() for p in root.iter(f"{W}p") if style_of(p) == style]


def expected_texts(document: Document) -> list[str]:
    """Every block's characters in printed order, as the Document has them."""
    found = []
    for block in document.blocks:
        if isinstance(block, Table):
            found += [cell.text for row in (block.header, *block.rows) for cell in row]
        elif isinstance(block, Chapter | Article | Annex):
            found.append(block.title)
        elif not (isinstance(block, Paragraph) and block.role == "note"):
            found.append(block.text)
    return found


# ------------------------------------------------------------------ the text


@pytest.mark.parametrize("draft", [True, False], ids=["draft", "final"])
def test_every_text_of_the_document_stands_in_the_file_in_its_order(draft: bool) -> None:
    document = sample(draft=draft)
    whole = words_of(root_of(write_docx(document)))
    at = whole.index("双方协商一致") if not draft else 0
    for words in expected_texts(document):
        shown = words if draft else re.sub("〔待填：.*?〕", "＿" * 6, words)
        at = whole.index(shown, at)


@pytest.mark.parametrize("words", HOSTILE, ids=["angle", "quotes", "markup", "jinja", "long", "blank"])
def test_hostile_text_is_printed_as_it_is_everywhere(words: str) -> None:
    body: tuple[Block, ...] = (
        Chapter("c", 1, words),
        Article("a", 1, words),
        paragraph(words, "one"),
        *items("one", words),
    )
    document = replace(sample(name=words, body=body), title=words, properties={"cg.name": words})
    data = write_docx(document, attachments={"记录.json": words.encode()})
    whole = words_of(root_of(data))
    assert whole.count(words) >= 9  # cover, contents, title, two parties, heading, article, paragraph, item
    assert root_of(data, "docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}title") == words
    assert root_of(data, "customXml/item1.xml")[0].text == words
    assert "603729" not in whole


def test_line_ends_and_control_characters_never_become_structure() -> None:
    usual, odd = (write_docx(sample(name=name)) for name in ("甲乙", "甲\n\n乙\x01"))
    assert len(list(root_of(usual).iter(f"{W}p"))) == len(list(root_of(odd).iter(f"{W}p")))
    assert "甲 乙\ufffd" in words_of(root_of(odd))


def test_every_style_that_is_used_exists() -> None:
    data = write_docx(sample())
    styles = {s.get(f"{W}styleId") for s in root_of(data, "word/styles.xml").iter(f"{W}style")}
    root = root_of(data)
    used = {n.get(f"{W}val") for kind in ("pStyle", "rStyle", "tblStyle") for n in root.iter(f"{W}{kind}")}
    assert (
        {"Heading1", "CGArticle", "CGPara", "CGItem", "CGAnnex", "TOC1", "TOC2", "CGBlank"} <= used <= styles
    )


# ------------------------------------------------------------------ numbers


def test_there_are_two_numberings_and_no_typed_number() -> None:
    data = write_docx(sample())
    numbering = root_of(data, "word/numbering.xml")
    texts = [n.get(f"{W}val") for n in numbering.iter(f"{W}lvlText")]
    assert len(list(numbering.iter(f"{W}abstractNum"))) == 2 and texts == ["第%1章", "第%1条", "（%2）"]
    root = root_of(data)
    assert styled(root, "Heading1") == ["总则", "假期"] and styled(root, "CGArticle") == ["目的", "产假"]
    assert not [
        t
        for style in ("CGItem", "Heading1", "CGArticle")
        for t in styled(root, style)
        if re.match("第|（", t)
    ]


def test_items_begin_anew_below_each_article_and_in_each_list_elsewhere() -> None:
    data = write_docx(sample())
    lists: dict[str, list[str]] = {}
    for node in root_of(data).iter(f"{W}p"):
        if style_of(node) == "CGItem":
            number = node.find(f"{W}pPr/{W}numPr/{W}numId")
            lists.setdefault("" if number is None else number.get(f"{W}val", ""), []).append(words_of(node))
    assert lists.pop("") == [
        "其一；",
        "其二。",
        "甲；",
        "乙。",
    ]  # the style's list restarts with each article
    assert list(lists.values()) == [["先办这件", "再办那件"], ["说明1", "说明2"], ["又说明1", "又说明2"]]
    numbering = root_of(data, "word/numbering.xml")
    for list_id in lists:
        num = next(n for n in numbering.iter(f"{W}num") if n.get(f"{W}numId") == list_id)
        assert num.find(f"{W}lvlOverride/{W}startOverride") is not None


def test_a_second_list_of_an_article_begins_anew() -> None:
    body: tuple[Block, ...] = (
        Article("a", 1, "题"),
        *items("one", "甲", "乙"),
        paragraph("另有：", "one", 2),
        *items("two", "丙"),
    )
    nodes = [p for p in root_of(write_docx(sample(body=body))).iter(f"{W}p") if words_of(p) in "甲丙"]
    assert [p.find(f"{W}pPr/{W}numPr") is None for p in nodes if style_of(p) == "CGItem"] == [True, False]


def test_a_reference_is_a_field_for_the_article_and_plain_text_for_the_paragraph() -> None:
    root = root_of(write_docx(sample()))
    paragraph = next(p for p in root.iter(f"{W}p") if words_of(p).startswith("依照"))
    kinds = [
        child.get(f"{W}fldCharType") or child.tag.removeprefix(W) + ":" + (child.text or "")
        for run in paragraph.iter(f"{W}r")
        for child in run
        if child.tag != f"{W}rPr"
    ]
    shown = " ".join(kinds)
    field = re.search(r"begin instrText: REF (\S+) \\r \\h  separate t:第一条 end t:第二款", shown)
    assert field and re.search(r"begin instrText: REF \S+ \\h  separate t:附件1 end", shown)
    heading = next(p for p in root.iter(f"{W}p") if style_of(p) == "CGArticle")
    assert heading.find(f"{W}bookmarkStart").get(f"{W}name") == field[1]  # type: ignore[union-attr]
    assert all(len(run.findall(f"{W}fldChar")) <= 1 for run in root.iter(f"{W}r"))


def test_a_reference_to_nothing_we_know_stays_plain_text() -> None:
    body: tuple[Block, ...] = (
        Article("a", 1, "题"),
        Paragraph((Reference("nowhere", "第九条"), Reference("a", "本条"))),
    )
    root = root_of(write_docx(replace(sample(body=body), annexes=())))
    assert "第九条本条" in words_of(root)
    assert not [i for i in root.iter(f"{W}instrText") if "REF" in (i.text or "")]
    assert any(words_of(link) == "本条" for link in root.iter(f"{W}hyperlink"))


def test_the_contents_list_chapters_articles_and_annexes_and_lead_to_them() -> None:
    root = root_of(write_docx(sample()))
    lines = [p for p in root.iter(f"{W}p") if style_of(p) in ("TOC1", "TOC2")]
    wanted = [
        "第一章　总则",
        "第一条　目的",
        "第二章　假期",
        "第二条　产假",
        "附件1　一览表",
        "附件2　告知书",
    ]
    assert [words_of(p) for p in lines] == wanted
    names = {b.get(f"{W}name") for b in root.iter(f"{W}bookmarkStart")}
    assert {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")} <= names
    assert any("TOC " in (i.text or "") and r"\n" in (i.text or "") for i in root.iter(f"{W}instrText"))
    kinds = Counter(f.get(f"{W}fldCharType") for f in root.iter(f"{W}fldChar"))
    assert kinds["begin"] == kinds["separate"] == kinds["end"] > 0


# ------------------------------------------------------------------ draft and final


def test_a_draft_marks_blanks_and_proposals_and_says_what_it_is() -> None:
    data = write_docx(sample())
    root = root_of(data)
    marked = [words_of(r) for r in root.iter(f"{W}r") if r.find(f"{W}rPr/{W}highlight") is not None]
    assert marked == ["〔待填：住所〕", "〔待填：住所〕", "〔待填：负责人〕"]
    proposals = [
        words_of(r)
        for r in root.iter(f"{W}r")
        if r.find(f"{W}rPr/{W}rStyle[@{W}val='CGSuggested']") is not None
    ]
    assert proposals == ["98天"]
    assert words_of(root).count("协商草案") == 1 and "协商草案" in words_of(root_of(data, "word/header1.xml"))
    assert words_of(root_of(data, "word/comments.xml")) == "依据：某法第七条"


def test_nothing_of_a_draft_is_left_in_a_final_text() -> None:
    parts = parts_of(write_docx(sample(draft=False)))
    shown = b"".join(
        data for name, data in parts.items() if name.startswith("word/") and "styles" not in name
    ).decode()
    for mark in ("w:highlight", "CGSuggested", "CGBlank", "协商草案", "待填", "待办", "w:comment"):
        assert mark not in shown, mark
    assert "word/comments.xml" not in parts and "＿＿＿＿＿＿" in shown


def test_notes_become_one_comment_on_the_first_paragraph_of_their_clause() -> None:
    notes = [Paragraph(text(words), role="note") for words in ("依据：甲", "说明：乙")]
    body: tuple[Block, ...] = (
        Article("a", 1, "题"),
        paragraph("一款。", "one", 1),
        paragraph("二款。", "one", 2),
        *notes,
    )
    data = write_docx(sample(body=body))
    comments = list(root_of(data, "word/comments.xml"))
    assert [[words_of(p) for p in comment] for comment in comments] == [["依据：甲", "说明：乙"]]
    assert all(comment.get(f"{W}date") is None for comment in comments)
    start = next(root_of(data).iter(f"{W}commentRangeStart"))
    assert words_of(start.getparent()) == "一款。"  # type: ignore[arg-type]


# ------------------------------------------------------------------ tables and layout


def test_tables_have_a_repeated_header_a_caption_real_widths_and_whole_rows() -> None:
    root = root_of(write_docx(sample()))
    tables = list(root.iter(f"{W}tbl"))
    assert all(t.find(f"{W}tblPr/{W}tblCaption") is not None for t in tables)
    table = tables[-1]
    rows = list(table.iter(f"{W}tr"))
    assert len(rows) == 61 and rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert [int(c.get(f"{W}w", "0")) for c in table.iter(f"{W}gridCol")] == [6272, 2688]
    assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"  # type: ignore[union-attr]


def test_without_given_widths_long_columns_get_more_room() -> None:
    table = Table((Cell(text("号")), Cell(text("事项"))), ((Cell(text("1")), Cell(text("很长的一项" * 9))),))
    root = root_of(write_docx(replace(sample(), annexes=(Annex("x", 1, "表"), table))))
    narrow, wide = (int(c.get(f"{W}w", "0")) for c in list(root.iter(f"{W}tbl"))[-1].iter(f"{W}gridCol"))
    assert narrow + wide == 8960 and wide > 4 * narrow


def test_a_file_ends_with_a_paragraph_and_two_tables_stay_apart() -> None:
    table = Table((Cell(text("甲")),), ((Cell(text("乙")),),))
    body = root_of(write_docx(replace(sample(), annexes=(Annex("x", 1, "表"), table, table)))).find(
        f"{W}body"
    )
    assert body is not None
    kinds = [child.tag.removeprefix(W) for child in body]
    assert kinds[-5:] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_the_signature_page_is_one_row_for_each_party_that_never_splits() -> None:
    root = root_of(write_docx(sample()))
    table = next(t for t in root.iter(f"{W}tbl") if "签署" in etree.tostring(t, encoding="unicode")[:900])
    rows = list(table.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows] == [True, True]
    assert "（盖章）" in words_of(rows[0]) and "签字：" in words_of(rows[1])
    closing = next(p for p in root.iter(f"{W}p") if words_of(p) == "（以下无正文）")
    styles = {
        s.get(f"{W}styleId"): s for s in root_of(write_docx(sample()), "word/styles.xml").iter(f"{W}style")
    }
    for node in (closing, *rows[0].iter(f"{W}p")):
        assert styles[style_of(node)].find(f"{W}pPr/{W}keepNext") is not None


def test_the_page_follows_the_standard_and_the_cover_has_no_number() -> None:
    data = write_docx(sample())
    section = next(root_of(data).iter(f"{W}sectPr"))
    assert section.find(f"{W}pgSz").get(f"{W}w") == "11906"  # type: ignore[union-attr]
    margins = section.find(f"{W}pgMar")
    assert margins is not None and section.find(f"{W}titlePg") is not None
    sides = [int(margins.get(f"{W}{side}", "0")) for side in ("left", "right")]
    assert 11906 - sum(sides) == 28 * 16 * 20  # 28 characters of 16 points
    footer = root_of(data, "word/footer1.xml")
    assert words_of(footer) == "第 1 页　共 1 页"
    assert [i.text.strip() for i in footer.iter(f"{W}instrText") if i.text] == ["PAGE", "NUMPAGES"]
    assert "titlePg" not in etree.tostring(root_of(write_docx(replace(sample(), cover=None)))).decode()


def test_a_bare_document_without_cover_parties_or_annexes_is_a_file_too() -> None:
    document = Document(title="通知", body=(Paragraph(text("一句话。"), role="text"),), draft=False)
    root = root_of(write_docx(document))
    assert [words_of(p) for p in root.iter(f"{W}p") if words_of(p)] == ["通知", "一句话。"]


# ------------------------------------------------------------------ identity


def test_every_paragraph_of_a_clause_can_be_found_again() -> None:
    root = root_of(write_docx(sample()))
    names = [b.get(f"{W}name", "") for b in root.iter(f"{W}bookmarkStart")]

    def key(name: str) -> str:
        return hashlib.sha256(name.encode()).hexdigest()[:10]

    assert {f"_cg_{key('purpose@1')}_1", f"_cg_{key('list@2')}_1", f"_cg_{key('leave@1')}_1i2"} <= set(names)
    assert f"_cg_{key('overview@1')}_1t1" in names
    assert len(names) == len(set(names)) and max(map(len, names)) <= 40
    numbers = [b.get(f"{W}id") for b in root.iter(f"{W}bookmarkStart")]
    assert len(numbers) == len(set(numbers)) and Counter(numbers) == Counter(
        b.get(f"{W}id") for b in root.iter(f"{W}bookmarkEnd")
    )


def test_a_content_control_names_each_clause() -> None:
    long = "a-very-long-clause-name-that-nobody-should-ever-give-to-a-clause"
    body: tuple[Block, ...] = (
        Article("a", 1, "题"),
        paragraph("甲。", "one"),
        paragraph("乙。", "one", 2),
        paragraph("丙。", long),
    )
    controls = list(root_of(write_docx(sample(body=body))).iter(f"{W}sdt"))
    tags = [t.get(f"{W}val", "") for c in controls for t in c.iter(f"{W}tag")]
    aliases = [t.get(f"{W}val", "") for c in controls for t in c.iter(f"{W}alias")]
    assert re.fullmatch(r"cg:one@1#[0-9a-f]{8}", tags[0]) and aliases[0] == "某条款〔one@1〕"
    assert len(tags) == 3 and max(map(len, tags + aliases)) <= 64
    assert "".join(words_of(c) for c in controls[1:2]) == "甲。乙。"
    ids = [i.get(f"{W}val") for c in controls for i in c.iter(f"{W}id")]
    assert len(ids) == len(set(ids)) == len(controls)
    # LibreOffice saves the text of a control without a kind several times over
    assert all(c.find(f"{W}sdtPr/{W}docPartObj") is not None for c in controls)


def test_a_changed_text_changes_the_stamp_of_its_clause() -> None:
    def tag(words: str) -> str:
        root = root_of(write_docx(sample(body=(Article("a", 1, "题"), paragraph(words, "one")))))
        return next(root.iter(f"{W}tag")).get(f"{W}val", "")

    assert tag("98天") != tag("128天") and tag("98天") == tag("98天")


def test_the_record_travels_inside_byte_for_byte() -> None:
    files = {"manifest.json": b'{"a": "<&>\n"}', "b.bin": bytes(range(256)), "c.txt": b"a\r\nb"}
    root = root_of(write_docx(sample(), attachments=files), "customXml/item1.xml")
    found = {
        node.get("name"): base64.b64decode(node.text or "")
        if node.get("encoding") == "base64"
        else (node.text or "").encode()
        for node in root
    }
    assert found == files
    custom = root_of(write_docx(sample()), "docProps/custom.xml")
    assert {p.get("name"): "".join(v.text or "" for v in p) for p in custom} == {
        "cg.library": "abc",
        "cg.law_day": "2026-12-01",
    }


def test_the_properties_name_the_document_and_no_user() -> None:
    core = parts_of(write_docx(sample()))["docProps/core.xml"].decode()
    assert "<dc:title>专项集体合同</dc:title>" in core and "<dc:language>zh-CN</dc:language>" in core
    assert core.count("2026-12-01T00:00:00Z") == 2 and core.count("虚构公司") == 2


# ------------------------------------------------------------------ the same bytes


def test_the_same_document_gives_the_same_bytes_wherever_it_is_made(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1:]; import hashlib, test_docx as t;"
        "print(hashlib.sha256(t.write_docx(t.sample(), attachments={'b': b'2', 'a': b'1'})).hexdigest())"
    )
    here = Path(__file__).resolve().parent
    found = set()
    for seed, zone, cache in (
        ("0", "Asia/Shanghai", "one"),
        ("1", "America/New_York", "two"),
        ("2", "UTC", "one"),
    ):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "CONTRACTGEN_CACHE": str(tmp_path / cache)}
        command = [sys.executable, "-c", script, str(here), str(here.parent / "src")]
        found.add(
            subprocess.run(command, env=env, capture_output=True, text=True, check=True, cwd=tmp_path).stdout
        )
    assert len(found) == 1 and found.pop().strip()


def test_a_reference_is_resolved_anew_in_each_document() -> None:
    line = Paragraph((Text("见"), Reference("a", "第一条"), Text("。")))
    table = Table((Cell(text("条")),), ((Cell((Reference("a", "第一条"),)),),))
    for target, fields in (("a", 2), ("b", 0), ("a", 2)):
        document = replace(sample(body=(Article(target, 1, "题"), line, table)), annexes=())
        shown = [i.text or "" for i in root_of(write_docx(document)).iter(f"{W}instrText")]
        assert sum(" REF " in one for one in shown) == fields


def test_even_a_clause_that_stands_there_twice_gives_unique_names() -> None:
    body = (Article("a", 1, "题"), paragraph("甲。", "one"), Article("a", 2, "题"), paragraph("甲。", "one"))
    root = root_of(write_docx(sample(body=body)))
    names = [b.get(f"{W}name") for b in root.iter(f"{W}bookmarkStart")]
    ids = [i.get(f"{W}val") for i in root.iter(f"{W}id")]
    assert len(names) == len(set(names)) and len(ids) == len(set(ids))


def test_a_document_does_not_leak_into_the_next_one() -> None:
    once = write_docx(sample())
    write_docx(sample(draft=False, name="另一家"))
    body: tuple[Block, ...] = (Article("a1", 7, "改了号"), Paragraph((Reference("a1", "第七条"),)))
    write_docx(sample(body=body))
    assert write_docx(sample()) == once


def test_the_template_is_packed_from_its_sources() -> None:
    assert pack_folder(SHELL.parent / "shell") == SHELL.read_bytes(), (
        "请运行 python -m contractgen.formats.docx.package"
    )


# ------------------------------------------------------------------ a restyled template


def edited(tmp_path: Path, change: Callable[[dict[str, str]], object]) -> Path:
    """The template with its parts changed as texts."""
    parts = {name: data.decode() for name, data in parts_of(SHELL.read_bytes()).items()}
    change(parts)
    path = tmp_path / "改过的.docx"
    path.write_bytes(write_package([entry(name, words.encode()) for name, words in parts.items()]))
    return path


def swap(part: str, old: str, new: str, count: int = -1) -> Callable[[dict[str, str]], object]:
    def change(parts: dict[str, str]) -> None:
        assert re.search(old, parts[part]), old
        parts[part] = re.sub(old, lambda _: new, parts[part], count=max(count, 0))

    return change


DOC, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
RUN = '<w:r><w:t xml:space="preserve">'


def as_word_saves_it(parts: dict[str, str]) -> None:
    """Runs cut in the middle of tags, spelling marks, revision ids, bookmarks, other fonts, a renamed style."""
    cut = '</w:t></w:r><w:proofErr w:type="spellStart"/><w:r w:rsidR="00AB12CD"><w:rPr><w:b/></w:rPr><w:t>'
    words = parts[DOC].replace("row.value", f"row{cut}.value").replace("{%p for", "{%p" + cut + " for")
    words = words.replace("<w:p>", '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">')
    words = words.replace(
        RUN + "{{ title",
        '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>' + RUN + "{{ title",
    )
    parts[DOC] = words
    styles = parts[STYLES].replace('w:eastAsia="仿宋"', 'w:eastAsia="楷体"')
    styles = styles.replace('<w:name w:val="CGPara 条文"/>', '<w:name w:val="合同正文"/>')
    for part in (
        DOC,
        STYLES,
        NUMBERING,
    ):  # Word names styles with a Chinese name anew, and chapters "1" in Chinese Word
        words = styles if part == STYLES else parts[part]
        words = re.sub(r'(?<=")CGPara(?=")', "a7", words)
        parts[part] = re.sub(r'(?<=")Heading1(?=")', "1", words)


def test_the_template_itself_has_nothing_wrong() -> None:
    assert check_template(SHELL) == ()


def test_a_template_restyled_in_word_still_works(tmp_path: Path) -> None:
    path = edited(tmp_path, as_word_saves_it)
    assert check_template(path) == ()
    root = root_of(write_docx(sample(name="A&B<有限>公司"), path))
    assert styled(root, "1") == ["总则", "假期"] and "为了保护。" in styled(root, "a7")
    assert words_of(root) == words_of(root_of(write_docx(sample(name="A&B<有限>公司"))))
    assert "_GoBack" not in {b.get(f"{W}name") for b in root.iter(f"{W}bookmarkStart")}


def test_a_placeholder_keeps_the_looks_it_was_given(tmp_path: Path) -> None:
    change = swap(
        DOC,
        re.escape(RUN + "{{ row.value }}"),
        '<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>{{ row.value }}',
    )
    root = root_of(write_docx(sample(), edited(tmp_path, change)))
    red = [r for r in root.iter(f"{W}r") if r.find(f"{W}rPr/{W}color[@{W}val='FF0000']") is not None]
    assert {"虚构公司", "〔待填：住所〕"} <= {words_of(r) for r in red}
    blank = next(r for r in red if "待填" in words_of(r)).find(f"{W}rPr")
    assert blank is not None and [c.tag.removeprefix(W) for c in blank] == ["rStyle", "color", "highlight"]


BAD = {
    "template-styles": swap(STYLES, "CGArticle", "Other"),
    "template-numbering": swap(NUMBERING, "第%1条", "%1."),
    "template-marker": swap(DOC, r"\{\{ body \}\}", "正文"),
    "template-names": swap(DOC, r"\{\{ closing \}\}", "{{ lawyer }}"),
    "template-syntax": swap(DOC, r"\{%p endfor %\}", "{%p endfor", 1),
    "template-parts": swap(DOC, r"\{\{ party\.seal \}\}", "盖章"),
    "template-page": swap("word/footer1.xml", " PAGE ", " DATE "),
    "template-revisions": swap(
        DOC, re.escape(RUN + "目"), '<w:ins w:id="1" w:author="甲"><w:r/></w:ins>' + RUN + "目"
    ),
    "template-protected": swap(
        "word/settings.xml", "<w:defaultTabStop", '<w:documentProtection w:edit="readOnly"/><w:defaultTabStop'
    ),
    "template-comments": swap(
        "word/_rels/document.xml.rels",
        "</Rel",
        '<Relationship Id="x" Type="a/comments" Target="comments.xml"/></Rel',
    ),
    "template-links": swap(
        "word/_rels/document.xml.rels",
        "</Rel",
        '<Relationship Id="x" Type="a/image" Target="http://a.example/b.png" TargetMode="External"/></Rel',
    ),
    "template-macros": lambda parts: parts.update({"word/vbaProject.bin": "x"}),
    "template-kind": swap("[Content_Types].xml", r"document\.main", "template.main"),
    "template-broken": lambda parts: parts.pop(DOC),
}


@pytest.mark.parametrize("rule", BAD)
def test_a_template_that_lost_something_is_refused_with_the_reason(rule: str, tmp_path: Path) -> None:
    path = edited(tmp_path, BAD[rule])
    found = {f.rule: f for f in check_template(path) if f.severity is Severity.ERROR}
    assert rule in found and found[rule].hint and re.search("[\u4e00-\u9fff]", found[rule].message)
    with pytest.raises(InputError) as refused:
        write_docx(sample(), path)
    assert rule in {f.rule for f in refused.value.findings}


def test_two_markers_of_a_kind_or_a_marker_in_a_table_are_refused(tmp_path: Path) -> None:
    twice = check_template(edited(tmp_path, swap(DOC, r"\{\{ front \}\}", "{{ body }}")))
    assert any("2 处" in f.message for f in twice)
    boxed = check_template(edited(tmp_path, swap(DOC, r"\{\{ party\.role \}\}", "{{ annexes }}")))
    assert any(f.rule == "template-marker" for f in boxed)


@pytest.mark.parametrize(
    "expression",
    [
        "{{ cover.__class__ }}",
        "{{ title|upper }}",
        "{{ title.upper() }}",
        "{% set a = 1 %}",
        "{% include 'a' %}",
        "{{ range }}",
    ],
)
def test_a_template_may_only_name_what_we_offer(expression: str, tmp_path: Path) -> None:
    path = edited(tmp_path, swap(DOC, r"\{\{ title \}\}", "{{ title }}" + expression))
    assert any(f.rule == "template-names" for f in check_template(path))


def test_a_total_of_pages_is_only_a_warning(tmp_path: Path) -> None:
    found = check_template(edited(tmp_path, swap("word/footer1.xml", " NUMPAGES ", " DATE ")))
    assert [(f.rule, f.severity) for f in found] == [("template-pages", Severity.WARNING)]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "template-legacy"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "template-encrypted"),
        (SHELL.read_bytes()[:5000], "template-broken"),
        (b"PK\x03\x04", "template-broken"),
        (b"", "template-broken"),
        ("这是文字".encode("gbk"), "template-broken"),
    ],
    ids=["doc", "encrypted", "truncated", "stub", "empty", "text"],
)
def test_what_is_no_word_file_is_refused_without_a_traceback(data: bytes, rule: str, tmp_path: Path) -> None:
    path = tmp_path / "模板.docx"
    path.write_bytes(data)
    assert [f.rule for f in check_template(path)] == [rule]


def test_a_dtd_in_a_template_is_refused(tmp_path: Path) -> None:
    path = edited(tmp_path, swap(DOC, "<w:document ", '<!DOCTYPE x [<!ENTITY a "b">]><w:document ', 1))
    assert [f.rule for f in check_template(path)] == ["template-broken"]


# ------------------------------------------------------------------ LibreOffice

SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice（soffice），跳过打开核对")
def test_libreoffice_shows_the_same_text_and_counts_the_same_numbers(tmp_path: Path) -> None:
    articles: list[Block] = [Chapter("c", 1, "总则")]
    for number in range(1, 24):
        articles += [
            Article(f"a{number}", number, f"条{number}"),
            paragraph(f"正文{number}。", f"k{number}"),
            *items(f"k{number}", "甲；", "乙。"),
        ]
    articles.append(
        Paragraph((Text("见"), Reference("a12", "第十二条"), Text("第二款和"), Reference("x2", "附件2")))
    )
    document = replace(sample(), body=tuple(articles))
    path = tmp_path / "合同.docx"
    path.write_bytes(write_docx(document))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shown = re.sub(r"[ \t\u3000]", "", path.with_suffix(".txt").read_text(encoding="utf-8-sig"))
    body = shown[shown.index("双方协商一致") :]
    wanted = [f"{article_label(n)}条{n}\n正文{n}。\n（一）甲；\n（二）乙。" for n in range(1, 24)]
    assert [one for one in wanted if one not in body] == []
    assert "第一章总则" in body and "见第十二条第二款和附件2" in body
    assert body.count("（一）说明1\n（二）说明2") == 1 and "（一）又说明1\n（二）又说明2" in body
