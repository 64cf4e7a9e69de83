"""Word files read: both views, numbers, identity, and one illegal sentence in every place where one can hide."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from contractgen.document import Item
from contractgen.document.reading import Passage, Reading
from contractgen.findings import InputError
from contractgen.formats.docx_read import read_docx
from contractgen.formats.docx_write import write_docx
from test_docx import sample
from word_files import (
    BY,
    SPACES,
    level,
    numbered,
    numbering,
    paragraph,
    part,
    row,
    run,
    table,
    word_file,
    zipped,
)

ILLEGAL = "女职工自愿放弃产假"
BEFORE, AFTER = paragraph("第一条　女职工享受产假98天。"), paragraph("第二条　本合同自签订之日起生效。")


def read(*blocks: str, **more: object) -> Reading:
    return read_docx(word_file(*blocks, **more), "对方.docx")  # type: ignore[arg-type]


def texts(passages: tuple[Passage, ...]) -> list[str]:
    return [passage.line for passage in passages]


# ------------------------------------------------------------------ hiding places


def box(words: str) -> str:
    return f"<w:txbxContent>{paragraph(words)}</w:txbxContent>"


def field(code: str, result: str) -> str:
    marks = {kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    return f"{marks['begin']}{run(code, element='instrText')}{marks['separate']}{run(result)}{marks['end']}"


def choice(needed: str, shown: str, other: str) -> str:
    return (
        f'<mc:AlternateContent><mc:Choice Requires="{needed}">{shown}</mc:Choice>'
        f"<mc:Fallback>{other}</mc:Fallback></mc:AlternateContent>"
    )


STYLES = part(
    "styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="character" w:styleId="x"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="y"><w:name w:val="更暗"/><w:basedOn w:val="x"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="z"><w:name w:val="白"/><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>',
)
SHAPE = "<w:drawing><wp:inline><a:graphic><wps:wsp>{}</wps:wsp></a:graphic></wp:inline></w:drawing>"

# kind -> (blocks between the first and the second article, further arguments)
HIDING: dict[str, tuple[str, dict[str, object]]] = {
    "inserted": (paragraph(f"<w:ins {BY}>{run(ILLEGAL)}</w:ins>"), {}),
    "inserted/with its end": (
        paragraph(f"<w:ins {BY}>{run(ILLEGAL)}</w:ins>", f"<w:rPr><w:ins {BY}/></w:rPr>"), {}),
    "inserted/row": (table(row("某项"), row(ILLEGAL, properties=f"<w:ins {BY}/>")), {}),
    "inserted/nested deletion": (
        paragraph(f"<w:ins {BY}><w:del {BY}>{run(ILLEGAL, element='delText')}</w:del></w:ins>"), {}),
    "deleted": (paragraph(f"<w:del {BY}>{run(ILLEGAL, element='delText')}</w:del>"), {}),
    "deleted/as plain text": (paragraph(f"<w:del {BY}>{run(ILLEGAL)}</w:del>"), {}),
    "deleted/row": (table(row("某项"), row(ILLEGAL, properties=f"<w:del {BY}/>")), {}),
    "deleted/without a mark": (paragraph(run(ILLEGAL, element="delText")), {}),
    "moved_in": (
        paragraph(f'<w:moveToRangeStart w:id="1" w:name="m"/><w:moveTo {BY}>{run(ILLEGAL)}</w:moveTo>'), {}),
    "moved_out": (paragraph(f"<w:moveFrom {BY}>{run(ILLEGAL)}</w:moveFrom>"), {}),
    "comment": (
        paragraph(f'{run("某句")}<w:r><w:commentReference w:id="3"/></w:r>'),
        {"parts": {"word/comments.xml": part("comments", f'<w:comment w:id="3" w:author="王虚构" w:date="2026-11-20T08:00:00Z">{paragraph(ILLEGAL)}</w:comment>')}}),
    "comment/nobody refers to it": (
        paragraph("某句"),
        {"parts": {"word/comments.xml": part("comments", f'<w:comment w:id="9">{paragraph(ILLEGAL)}</w:comment>')}}),
    "text_box": (paragraph(f"<w:r>{SHAPE.format(f'<wps:txbx>{box(ILLEGAL)}</wps:txbx>')}</w:r>"), {}),
    "text_box/vml": (paragraph(f"<w:r><w:pict><v:shape><v:textbox>{box(ILLEGAL)}</v:textbox></v:shape></w:pict></w:r>"), {}),
    "text_box/word art": (paragraph(f'<w:r><w:pict><v:shape><v:textpath string="{ILLEGAL}"/></v:shape></w:pict></w:r>'), {}),
    "text_box/shape": (paragraph(f"<w:r>{SHAPE.format(f'<a:p><a:r><a:t>{ILLEGAL}</a:t></a:r></a:p>')}</w:r>"), {}),
    "text_box/pinyin": (paragraph(f"<w:r><w:ruby><w:rt>{run(ILLEGAL)}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby></w:r>"), {}),
    "footnote": (
        paragraph(f'{run("某句")}<w:r><w:footnoteReference w:id="2"/></w:r>'),
        {"parts": {"word/footnotes.xml": part("footnotes", f'<w:footnote w:id="2">{paragraph(ILLEGAL)}</w:footnote>')}}),
    "footnote/as a separator": (
        paragraph("某句"),
        {"parts": {"word/footnotes.xml": part("footnotes", f'<w:footnote w:type="separator" w:id="-1">{paragraph(ILLEGAL)}</w:footnote>')}}),
    "endnote": (
        paragraph(f'{run("某句")}<w:r><w:endnoteReference w:id="2"/></w:r>'),
        {"parts": {"word/endnotes.xml": part("endnotes", f'<w:endnote w:id="2">{paragraph(ILLEGAL)}</w:endnote>')}}),
    "header": (paragraph("某句"), {"parts": {"word/header1.xml": part("hdr", paragraph(ILLEGAL))}}),
    "footer": (paragraph("某句"), {"parts": {"word/footer1.xml": part("ftr", paragraph(ILLEGAL))}}),
    "inserted/in a header": (
        paragraph("某句"), {"parts": {"word/header1.xml": part("hdr", paragraph(f"<w:ins {BY}>{run(ILLEGAL)}</w:ins>"))}}),
    "field": (paragraph(field(f' QUOTE "{ILLEGAL}" ', "详见附件")), {}),
    "field/simple": (paragraph(f'<w:fldSimple w:instr=" COMMENTS &quot;{ILLEGAL}&quot; ">{run("详见附件")}</w:fldSimple>'), {}),
    "field/text before the result": (
        paragraph(f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{run(ILLEGAL)}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("附件")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'), {}),
    "field/form": (
        paragraph(f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:helpText w:val="{ILLEGAL}"/></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'), {}),
    "hidden": (paragraph(run(ILLEGAL, "<w:vanish/>")), {}),
    "hidden/by a style": (paragraph(run(ILLEGAL, '<w:rStyle w:val="y"/>')), {"parts": {"word/styles.xml": STYLES}}),
    "hidden/row": (table(row("某项"), row(ILLEGAL, properties="<w:hidden/>")), {}),
    "pale": (paragraph(run(ILLEGAL, '<w:color w:val="FFFFFF"/>')), {}),
    "pale/almost white": (paragraph(run(ILLEGAL, '<w:color w:val="fdfdfd"/>')), {}),
    "pale/by theme": (paragraph(run(ILLEGAL, '<w:color w:val="auto" w:themeColor="background1"/>')), {}),
    "pale/black on black": (paragraph(run(ILLEGAL, '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')), {}),
    "pale/by a style": (paragraph(run(ILLEGAL), '<w:pStyle w:val="z"/>'), {"parts": {"word/styles.xml": STYLES}}),
    "tiny": (paragraph(run(ILLEGAL, '<w:sz w:val="2"/>')), {}),
    "tiny/narrow": (paragraph(run(ILLEGAL, '<w:w w:val="1"/>')), {}),
    "tiny/flat line": (paragraph(run(ILLEGAL), '<w:spacing w:line="20" w:lineRule="exact"/>'), {}),
    "alternate": (paragraph(choice("wps", run("详见附件"), run(ILLEGAL))), {}),
    "alternate/nobody knows what it needs": (paragraph(choice("zz", run(ILLEGAL), run("详见附件"))), {}),
    "chunk": (
        '<w:altChunk r:id="c1"/>',
        {"parts": {"word/c1.html": f"<html><p>{ILLEGAL}</p></html>"}, "relations": {"c1": ("aFChunk", "word/c1.html")}}),
    "chunk/word": (
        '<w:altChunk r:id="c1"/>',
        {"parts": {"word/c1.docx": word_file(paragraph(ILLEGAL))}, "relations": {"c1": ("aFChunk", "word/c1.docx")}}),
    "chunk/rtf": (
        '<w:altChunk r:id="c1"/>',
        {"parts": {"word/c1.rtf": "{\\rtf1 " + "".join(f"\\u{ord(c)}?" for c in ILLEGAL) + "\\par}"}, "relations": {"c1": ("aFChunk", "word/c1.rtf")}}),
    "embedded": (
        paragraph('<w:r><w:object><o:OLEObject r:id="e1"/></w:object></w:r>'),
        {"parts": {"word/embeddings/a.docx": word_file(paragraph(run(ILLEGAL, "<w:vanish/>")))}, "relations": {"e1": ("package", "word/embeddings/a.docx")}}),
    "embedded/spreadsheet": (
        paragraph('<w:r><w:object><o:OLEObject r:id="e1"/></w:object></w:r>'),
        {"parts": {"word/embeddings/a.xlsx": zipped({"xl/sharedStrings.xml": f"<sst><si><t>{ILLEGAL}</t></si></sst>"})}, "relations": {"e1": ("package", "word/embeddings/a.xlsx")}}),
    "picture": (paragraph(f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{ILLEGAL}"/></wp:inline></w:drawing></w:r>'), {}),
    "number": (numbered("某句"), {"parts": {"word/numbering.xml": numbering(level(0, "decimal", ILLEGAL + "%1"))}}),
    "data": (
        paragraph("某句"), {"parts": {"customXml/item3.xml": f"<data><text>{ILLEGAL}</text></data>"}}),
    "data/drop-down": (
        f'<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="{ILLEGAL}" w:value="1"/></w:dropDownList></w:sdtPr><w:sdtContent>{paragraph("某句")}</w:sdtContent></w:sdt>', {}),
    "data/variable": (
        paragraph("某句"), {"parts": {"word/settings.xml": part("settings", f'<w:docVars><w:docVar w:name="a" w:val="{ILLEGAL}"/></w:docVars>')}}),
    "part": (
        paragraph("某句"), {"parts": {"word/glossary/document.xml": part("glossaryDocument", paragraph(ILLEGAL))}}),
    "part/an unused header": (paragraph("某句"), {"parts": {"word/header9.xml": part("hdr", paragraph(ILLEGAL))}}),
    "part/diagram": (
        paragraph("某句"), {"parts": {"word/diagrams/data1.xml": f"<dgm:x xmlns:dgm='d' {SPACES}><a:t>{ILLEGAL}</a:t></dgm:x>"}}),
}  # fmt: skip


@pytest.mark.parametrize("place", HIDING)
def test_a_sentence_is_found_in_every_place_where_it_can_hide(place: str) -> None:
    block, more = HIDING[place]
    reading = read(BEFORE, block, AFTER, **more)
    found = [aside for aside in reading.asides if ILLEGAL in aside.text]
    assert place.split("/")[0] in [aside.kind for aside in found]
    assert texts(reading.accepted)[0] == "第一条　女职工享受产假98天。"
    assert texts(reading.accepted)[-1] == "第二条　本合同自签订之日起生效。"
    everything = [
        *texts(reading.accepted),
        *texts(reading.original),
        *(aside.text for aside in reading.asides),
    ]
    assert any(ILLEGAL in one for one in everything)


@pytest.mark.parametrize(
    "place",
    [
        place
        for place in HIDING
        if place.split("/")[0] in ("inserted", "deleted", "moved_in", "moved_out") and "without" not in place
    ],
)
def test_a_tracked_change_names_its_author_and_day(place: str) -> None:
    block, more = HIDING[place]
    found = [one for one in read(BEFORE, block, AFTER, **more).asides if one.kind == place.split("/")[0]]
    assert [(one.author, one.day) for one in found] == [("王虚构", "2026-11-20")]


def test_an_aside_knows_the_paragraph_that_it_stands_at() -> None:
    block, more = HIDING["footnote"]
    reading = read(BEFORE, block, AFTER, **more)
    assert [(one.text, one.serial) for one in reading.asides] == [(ILLEGAL, 2)]
    assert [one.serial for one in reading.accepted] == [1, 2, 3]


def test_a_plain_text_has_no_asides() -> None:
    reading = read(
        BEFORE,
        paragraph(
            field(" PAGEREF _Toc1 ", "3") + run("白底黑字", '<w:color w:val="000000"/><w:sz w:val="21"/>')
        ),
        paragraph(run("深底白字", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>')),
        paragraph(run("不隐藏", '<w:vanish w:val="0"/>')),
        parts={"word/styles.xml": STYLES},
    )
    assert reading.asides == () and not reading.tracked
    assert reading.accepted is reading.original


# ------------------------------------------------------------------ two views


def test_a_changed_number_is_one_text_before_and_another_after() -> None:
    line = f"{run('产假')}<w:del {BY}>{run('158', element='delText')}</w:del><w:ins {BY}>{run('98')}</w:ins>{run('天')}"
    reading = read(paragraph(line))
    assert texts(reading.accepted) == ["产假98天"] and texts(reading.original) == ["产假158天"]
    assert reading.accepted[0].authors == ("王虚构",)
    assert [(one.kind, one.text) for one in reading.asides] == [("deleted", "158"), ("inserted", "98")]


def test_what_was_inserted_and_deleted_again_is_in_neither_view() -> None:
    block, _ = HIDING["inserted/nested deletion"]
    reading = read(BEFORE, block)
    assert texts(reading.accepted)[1:] == [""] and texts(reading.original)[1:] == [""]


def test_an_inserted_paragraph_is_not_there_before_and_a_deleted_one_not_after() -> None:
    new = paragraph(f"<w:ins {BY}>{run('新的')}</w:ins>", f"<w:rPr><w:ins {BY}/></w:rPr>")
    old = paragraph(f"<w:del {BY}>{run('旧的', element='delText')}</w:del>", f"<w:rPr><w:del {BY}/></w:rPr>")
    reading = read(BEFORE, new, old, AFTER)
    assert [one.text[:2] for one in reading.accepted] == ["第一", "新的", "第二"]
    assert [one.text[:2] for one in reading.original] == ["第一", "旧的", "第二"]


def test_a_paragraph_that_was_split_was_one_and_one_that_was_joined_is_one() -> None:
    split = [paragraph("前一半，", f"<w:rPr><w:ins {BY}/></w:rPr>"), paragraph("后一半。")]
    joined = [paragraph("甲，", f"<w:rPr><w:del {BY}/></w:rPr>"), paragraph("乙。")]
    reading = read(*split, *joined)
    assert texts(reading.accepted) == ["前一半，", "后一半。", "甲，乙。"]
    assert texts(reading.original) == ["前一半，后一半。", "甲，", "乙。"]


def test_a_moved_paragraph_stands_in_one_place_in_each_view() -> None:
    gone = paragraph(f"<w:moveFrom {BY}>{run('移动的')}</w:moveFrom>", f"<w:rPr><w:moveFrom {BY}/></w:rPr>")
    come = paragraph(f"<w:moveTo {BY}>{run('移动的')}</w:moveTo>", f"<w:rPr><w:moveTo {BY}/></w:rPr>")
    reading = read(gone, BEFORE, come)
    assert [one.text[:3] for one in reading.original] == ["移动的", "第一条"]
    assert [one.text[:3] for one in reading.accepted] == ["第一条", "移动的"]


def test_rows_are_there_before_or_after() -> None:
    rows = (row("表头"), row("新行", properties=f"<w:ins {BY}/>"), row("旧行", properties=f"<w:del {BY}/>"))
    reading = read(BEFORE, table(*rows), AFTER)
    assert [one.text for one in reading.accepted][1:3] == ["表头", "新行"]
    assert [one.text for one in reading.original][1:3] == ["表头", "旧行"]
    assert [(one.cell.row, one.cell.column) for one in reading.accepted if one.cell] == [(1, 1), (2, 1)]


def test_a_deleted_paragraph_leaves_its_bookmark_to_nobody() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="_cg_aaaaaaaaaa_1"/>'
    old = paragraph(
        f"{mark}<w:del {BY}>{run('旧的', element='delText')}</w:del>", f"<w:rPr><w:del {BY}/></w:rPr>"
    )
    reading = read(old, AFTER)
    assert [one.bookmarks for one in reading.accepted] == [()]
    assert [one.bookmarks for one in reading.original] == [("_cg_aaaaaaaaaa_1",), ()]


# ------------------------------------------------------------------ numbers

ARTICLES = numbering(
    level(0, "chineseCountingThousand", "第%1条"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
)


def test_automatic_numbers_are_counted_and_begin_anew_below_a_step() -> None:
    lines = [
        numbered("甲"),
        numbered("子", level=1),
        numbered("丑", level=1),
        numbered("乙"),
        numbered("寅", level=1),
    ]
    reading = read(*lines, parts={"word/numbering.xml": ARTICLES})
    assert texts(reading.accepted) == ["第一条甲", "（一）子", "（二）丑", "第二条乙", "（一）寅"]


def test_an_item_before_the_first_article_does_not_count_as_one() -> None:
    lines = [numbered("子", level=1), numbered("甲"), numbered("丑", level=1)]
    reading = read(*lines, parts={"word/numbering.xml": ARTICLES})
    assert texts(reading.accepted) == ["（一）子", "第一条甲", "（一）丑"]


def test_a_hundred_articles_are_counted_in_thousands() -> None:
    reading = read(*[numbered("甲") for _ in range(110)], parts={"word/numbering.xml": ARTICLES})
    numbers = [one.number for one in reading.accepted]
    assert [numbers[at - 1] for at in (10, 11, 20, 100, 101, 110)] == [
        "第十条", "第十一条", "第二十条", "第一百条", "第一百零一条", "第一百一十条"]  # fmt: skip


def test_numbers_differ_between_the_views_where_an_article_was_inserted() -> None:
    new = numbered(f"<w:ins {BY}>{run('新')}</w:ins>").replace(
        "</w:pPr>", f"<w:rPr><w:ins {BY}/></w:rPr></w:pPr>"
    )
    reading = read(numbered("甲"), new, numbered("乙"), parts={"word/numbering.xml": ARTICLES})
    assert texts(reading.accepted) == ["第一条甲", "第二条新", "第三条乙"]
    assert texts(reading.original) == ["第一条甲", "第二条乙"]


def test_a_list_may_begin_elsewhere_and_share_its_count_with_another() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    part = numbering(level(0, "decimal", "%1."), nums=nums)
    reading = read(
        numbered("甲"),
        numbered("乙", 2),
        numbered("丙", 3),
        numbered("丁", 3),
        parts={"word/numbering.xml": part},
    )
    assert [one.number for one in reading.accepted] == ["1.", "2.", "7.", "8."]


def test_a_style_numbers_and_a_paragraph_may_opt_out() -> None:
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="u"><w:name w:val="项"/><w:basedOn w:val="t"/></w:style>',
    )
    levels = numbering(
        level(0, "japaneseCounting", "%1、", '<w:pStyle w:val="t"/>'),
        level(1, "decimal", "%2）", '<w:pStyle w:val="u"/>'),
    )
    lines = [
        paragraph("甲", '<w:pStyle w:val="t"/>'),
        paragraph("子", '<w:pStyle w:val="u"/>'),
        paragraph("不编号", '<w:pStyle w:val="t"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        paragraph("乙", '<w:pStyle w:val="t"/>'),
    ]
    reading = read(*lines, parts={"word/styles.xml": styles, "word/numbering.xml": levels})
    assert texts(reading.accepted) == ["一、甲", "1）子", "不编号", "二、乙"]


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("upperRoman", ["I", "II", "III", "IV"]),
        ("lowerLetter", ["a", "b", "c", "d"]),
        ("decimalEnclosedCircleChinese", ["①", "②", "③", "④"]),
        ("ideographTraditional", ["甲", "乙", "丙", "丁"]),
        ("chineseLegalSimplified", ["壹", "贰", "叁", "肆"]),
        ("decimalZero", ["01", "02", "03", "04"]),
        ("somethingNew", ["1", "2", "3", "4"]),
    ],
)
def test_other_ways_of_counting(form: str, numbers: list[str]) -> None:
    reading = read(
        *[numbered("") for _ in numbers], parts={"word/numbering.xml": numbering(level(0, form, "%1"))}
    )
    assert [one.number for one in reading.accepted] == numbers


# ------------------------------------------------------------------ identity and structure


def test_our_own_file_reads_back_with_its_numbers_and_the_four_carriers() -> None:
    document = sample()
    reading = read_docx(write_docx(document, attachments={"manifest.json": b"{}"}), "合同.docx")
    lines = texts(tuple(one for one in reading.accepted if not one.contents))
    assert "第一章　总则" in lines and "第二条　产假" in lines and "（一）其一；" in lines
    clauses = [one for one in reading.accepted if any(name.startswith("_cg_") for name in one.bookmarks)]
    assert [one.text for one in clauses][:2] == ["为了保护。", "下列事项："]
    assert clauses[0].controls[0][0].startswith("cg:purpose@1#")
    assert clauses[0].controls[0][1] == "某条款〔purpose@1〕"
    assert reading.properties["cg.library"] == "abc"
    assert reading.attachments == {"manifest.json": b"{}"}
    items = [block.text for block in document.front if isinstance(block, Item)]
    assert [one.number for one in reading.accepted if one.text in items] == ["（一）", "（二）"]


def test_the_order_of_elements_may_be_wrong() -> None:
    """As LibreOffice writes: properties last, a control's id before its alias, rows in a control."""
    late = f'<w:p>{run("一句")}<w:pPr><w:pStyle w:val="z"/></w:pPr></w:p>'
    control = f'<w:sdt><w:sdtContent>{paragraph("二句")}</w:sdtContent><w:sdtPr><w:id w:val="1"/><w:alias w:val="名"/></w:sdtPr></w:sdt>'
    rows = f"<w:tbl><w:sdt><w:sdtContent>{row('三句')}</w:sdtContent></w:sdt></w:tbl>"
    astray = f"<w:sdt>{paragraph('四句')}<w:sdtContent>{paragraph('五句')}</w:sdtContent></w:sdt>"
    reading = read(late, control, rows, astray, parts={"word/styles.xml": STYLES})
    assert texts(reading.accepted) == ["一句", "二句", "三句", "四句", "五句"]
    assert reading.accepted[0].style == "白" and reading.accepted[1].controls == (("", "名"),)


def test_contents_are_marked_so_that_no_article_is_counted_twice() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    sdt = f"<w:sdt>{gallery}<w:sdtContent>{paragraph('第一条 1')}</w:sdtContent></w:sdt>"
    toc = (
        paragraph(f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{run(" TOC ", element="instrText")}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("第二条")}'),
        paragraph("第三条"),
        paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    )  # fmt: skip
    reading = read(sdt, *toc, BEFORE)
    assert [one.contents for one in reading.accepted] == [True, True, True, True, False]


def test_a_field_that_is_never_closed_swallows_nothing() -> None:
    open_field = paragraph(f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("开头")}')
    assert texts(read(open_field, AFTER).accepted) == ["开头", "第二条　本合同自签订之日起生效。"]


def test_strict_files_read_like_others() -> None:
    with zipfile.ZipFile(io.BytesIO(word_file(BEFORE))) as package:
        files = {
            name: package.read(name)
            .replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
            for name in package.namelist()
        }  # fmt: skip
    assert texts(read_docx(zipped(files), "x").accepted) == ["第一条　女职工享受产假98天。"]


def test_macros_links_and_pictures_are_named() -> None:
    reading = read(
        paragraph('<w:r><w:drawing><a:blip r:embed="i1"/><a:blip r:link="i2"/></w:drawing></w:r>'),
        parts={"word/vbaProject.bin": b"x", "word/media/a.png": b"x"},
        relations={"i1": ("image", "word/media/a.png"), "i2": ("image", "http://example.invalid/a.png")},
    )
    assert [one.kind for one in reading.asides] == ["picture", "link", "macro"]


# ------------------------------------------------------------------ what is not read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = word_file(BEFORE)


def bomb() -> bytes:
    return zipped({"word/document.xml": part("document", f"<w:body>{' ' * (70 << 20)}</w:body>")})


BAD: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "empty": (b"", "不完整"),
    "text": ("合同".encode(), "不完整"),
    "truncated": (GOOD[: len(GOOD) // 2], "不完整"),
    "an old file": (OLE + bytes(600), "老式"),
    "encrypted": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "a password on the zip": (GOOD.replace(b"PK\1\2\x14\x03\x14\0\0\0", b"PK\1\2\x14\x03\x14\0\1\0"), "密码"),
    "a spreadsheet": (zipped({"xl/workbook.xml": "<workbook/>"}), "没有 Word 正文"),
    "no body": (zipped({"word/document.xml": part("document", "")}), "没有 Word 正文"),
    "a bomb": (bomb, "太大"),
    "too many elements": (lambda: word_file("<w:p/>" * 2_100_000), "太大"),
    "too deep": (word_file("<w:sdt><w:sdtContent>" * 100 + "</w:sdtContent></w:sdt>" * 100), "太深"),
    "broken XML": (zipped({"word/document.xml": part("document", "<w:body>")[:-8]}), "损坏"),
    "broken list": (word_file(BEFORE, parts={"word/numbering.xml": "<w:numbering"}), "损坏"),
    "a DTD": (zipped({"word/document.xml": f'<!DOCTYPE w:document [<!ENTITY a "b">]>{part("document", "<w:body/>")}'}), "DTD"),
    "a DTD from elsewhere": (zipped({"word/document.xml": f'<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">{part("document", "<w:body/>")}'}), "DTD"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD)
def test_what_cannot_be_read_is_said_in_one_sentence_with_a_remedy(fault: str) -> None:
    data, words = BAD[fault]
    with pytest.raises(InputError) as raised:
        read_docx(data if isinstance(data, bytes) else data(), "对方.docx")
    assert words in raised.value.message and raised.value.message.startswith("对方.docx：")
    assert raised.value.hint


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    """Programs read different ones: what one party sees the other does not."""
    path = tmp_path / "两份正文.docx"
    path.write_bytes(GOOD)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as package:
        package.writestr("word/document.xml", part("document", f"<w:body>{paragraph(ILLEGAL)}</w:body>"))
    with pytest.raises(InputError, match="损坏"):
        read_docx(path.read_bytes(), str(path))


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    at = GOOD.index(b"PK\1\2") + 24  # the size of the first part
    lying = GOOD[:at] + struct.pack("<L", 5) + GOOD[at + 4 :]
    with pytest.raises(InputError, match="损坏"):
        read_docx(lying, "x")
