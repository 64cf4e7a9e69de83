"""HTML: one file that asks for nothing, with every string as text and every reference leading somewhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import html

from contractgen.document import Article, Blank, Cell, Document, Item, Paragraph, Reference, Table, Text
from contractgen.formats import column_shares
from contractgen.formats.html import page, write_html
from test_pdf import HOSTILE, agreement, grid, party, squeezed, visible, words


def parsed(document: Document) -> html.HtmlElement:
    return html.document_fromstring(write_html(document))


def test_the_file_asks_for_nothing_from_outside() -> None:
    text = write_html(agreement(4))
    assert not re.search(r"(?i)(?<!-)\b(src|srcset)\b|@import|https?:|file:", text)
    assert "url(" not in text
    assert all(href.startswith("#") for href in parsed(agreement(4)).xpath("//@href"))
    assert not parsed(agreement(4)).xpath("//script | //link | //img | //iframe")
    assert "default-src 'none'" in text


def test_every_article_stands_in_the_page_in_order() -> None:
    document = agreement(9)
    text = squeezed(parsed(document).xpath("//main")[0].text_content())
    start = 0
    for piece in visible((*document.preamble, *document.body, *document.annexes)):
        start = text.index(squeezed(piece), start) + len(squeezed(piece))


def test_hostile_strings_stay_text() -> None:
    document = agreement(1)
    table = Table((Cell(words(HOSTILE)),), ((Cell(words(HOSTILE)),),), caption=HOSTILE)
    hostile = replace(
        document,
        title=HOSTILE, author=HOSTILE, running_head=HOSTILE, closing=HOSTILE, parties=(party(HOSTILE, HOSTILE),),
        body=(Article("a", 1, HOSTILE), Paragraph(words(HOSTILE)), Item(1, words(HOSTILE)), table),
        properties={"cg.x": HOSTILE},
    )  # fmt: skip
    tree = parsed(hostile)
    assert tree.xpath("//title")[0].text == HOSTILE
    assert tree.xpath("//meta[@name='cg.x']/@content") == [HOSTILE]
    assert tree.xpath("//main/h3")[0].text_content().endswith(HOSTILE)
    assert not tree.xpath("//script")
    assert tree.text_content().count(HOSTILE) >= 10


def test_spaces_and_line_ends_are_kept() -> None:
    document = replace(agreement(1), body=(Paragraph(words("甲  乙\n丙")),))
    assert "甲  乙\n丙" in parsed(document).text_content()


def test_references_lead_to_what_they_name_or_are_plain_text() -> None:
    inlines = (Reference("a1", "第一条"), Text("、"), Reference("nowhere", "第九条"))
    document = replace(agreement(1), body=(Article("a1", 1, "题"), Paragraph(inlines, id="p1")))
    tree = parsed(document)
    assert tree.xpath("//main//a/@href") == ["#a1"]
    assert "第九条" in tree.xpath("//main")[0].text_content()
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//@href")} <= set(ids)


def test_blanks_and_proposals_are_marked_in_a_draft_only() -> None:
    draft = parsed(agreement(1))
    assert [mark.text for mark in draft.xpath("//mark")] == ["〔待填：责任人姓名〕"]
    assert [mark.text for mark in draft.xpath("//u")] == ["30日"]
    assert draft.xpath("//*[contains(@class, 'note')]")
    final = parsed(replace(agreement(1), draft=False))
    assert not final.xpath("//mark | //u | //*[contains(@class, 'note')] | //section[@class='front']")
    assert "30日" in final.text_content()


def test_the_pdf_page_brings_no_style_of_its_own() -> None:
    assert "<style" not in page(agreement(1))
    assert write_html(agreement(1)).count("<style>") == 1


@pytest.mark.parametrize(
    "document", [Document("题"), replace(agreement(1), cover=None, parties=(), annexes=())]
)
def test_a_document_may_lack_any_part(document: Document) -> None:
    tree = parsed(document)
    assert tree.xpath("//p[@class='title']")[0].text == document.title
    assert not tree.xpath("//section[@class='cover']")


def test_columns_have_the_widths_of_the_table_or_of_what_stands_in_them() -> None:
    assert column_shares(grid(2)) == (10, 40, 50)
    short, long = column_shares(replace(grid(5), widths=()))[::2]
    assert 2 < long / short < 10
    assert column_shares(Table((), ())) == ()


def test_only_papers_hold_a_blank_together() -> None:
    """A contract's page stays what records of older days were made with, and what ``seen`` knows."""
    blank = Document(title="合同", body=(Paragraph((Text("第"), Blank(width=3), Text("条"))),))
    assert "<span" not in write_html(blank)
    assert '<span class="blank">＿＿＿</span>' in write_html(replace(blank, type_size="form"))
