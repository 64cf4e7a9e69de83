"""Markdown: the approved text, with every visible character and no structure that the document does not have."""

from __future__ import annotations

from dataclasses import replace

from markdown_it import MarkdownIt

from contractgen.document import Article, Blank, Cell, Chapter, Document, Item, Paragraph, Row, Table, Text
from contractgen.formats.text import write_markdown
from test_pdf import HOSTILE, agreement, party, words


def test_a_small_agreement_reads_as_approved() -> None:
    document = Document(
        "专项集体合同",
        parties=(replace(party("甲方"), seal="（盖章）"),),
        preamble=(Paragraph(words("双方签订本合同。"), role="text"),),
        body=(
            Chapter("c", 1, "总则"),
            Article("a", 1, "目的和依据"),
            Paragraph((Text("责任人为"), Blank("责任人姓名"), Text("，任务是："))),
            Item(1, words("接待；")),
            Item(2, words("答复。")),
            Table((Cell(words("项目")), Cell(words("天数"), "right")), ((Cell(words("产假")), Cell(words("98天"), "right")),)),
        ),
        closing="（以下无正文）",
    )  # fmt: skip
    assert write_markdown(document) == (
        "# 专项集体合同\n\n甲方\n\n- 单位名称：上海虚构服装有限公司\n- 住所：虚构路1号\n\n双方签订本合同。\n\n"
        "# 第一章 总则\n\n## 第一条 目的和依据\n\n责任人为〔待填：责任人姓名〕，任务是：\n\n（一）接待；\n\n（二）答复。\n\n"
        "| 项目 | 天数 |\n| --- | ---: |\n| 产假 | 98天 |\n\n（以下无正文）\n\n甲方\n\n（盖章）\n\n"
        "- 首席代表（签字）：＿＿＿＿＿＿＿＿\n- 签订日期：＿＿＿＿年＿＿月＿＿日\n"
    )


def test_every_visible_string_is_there() -> None:
    document = agreement(6)
    text = write_markdown(document)
    for block in document.blocks:
        for name in ("text", "title", "caption"):
            assert getattr(block, name, "") in text
        if isinstance(block, Table):
            assert all(cell.text in text for row in (block.header, *block.rows) for cell in row)
    assert document.cover is not None
    rows: list[Row] = list(document.cover.rows)
    for one in document.parties:
        assert one.role in text
        assert one.seal in text
        rows += [*one.rows, *one.signature]
    assert all(f"{row.label}：{row.text}" in text for row in rows)
    assert document.closing in text


def test_a_final_text_has_no_marks_of_a_draft() -> None:
    text = write_markdown(replace(agreement(2), draft=False))
    assert not any(mark in text for mark in ("协商草案", "待办清单", "依据：双方约定"))


def test_hostile_strings_become_no_structure() -> None:
    lines = ["# 标题", "- 列表", "> 引用", "1. 编号", "| 表 |", "第一行\n# 第二行", "~~~", "=== ", HOSTILE]
    document = Document("题", body=tuple(Paragraph(words(line)) for line in lines))
    tokens = MarkdownIt("commonmark").enable("table").parse(write_markdown(document))
    kinds = [token.type for token in tokens if token.nesting >= 0]
    assert kinds == ["heading_open", "inline", *["paragraph_open", "inline"] * len(lines)]
    inline = [child for token in tokens for child in token.children or ()]
    assert not any(child.type == "html_inline" for child in inline)


def test_a_firm_with_angle_brackets_reads_as_written() -> None:
    text = write_markdown(Document("题", body=(Paragraph(words("A&B<有限>公司")),)))
    assert "A&B<有限>公司" in text


def test_a_pipe_in_a_cell_stays_in_its_cell() -> None:
    table = Table((Cell(words("甲|乙")),), ((Cell(words("丙|丁\n戊")),),))
    tokens = MarkdownIt("commonmark").enable("table").parse(write_markdown(Document("题", body=(table,))))
    cells = [token.content for token in tokens if token.type == "inline"][1:]
    assert cells == ["甲|乙", "丙|丁 戊"]
