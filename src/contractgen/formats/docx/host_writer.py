"""Blocks as paragraphs and tables of a general contract, in the looks of that file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contractgen.document import (
    Annex,
    Article,
    Blank,
    Block,
    Chapter,
    Document,
    Inline,
    Item,
    Paragraph,
    Reference,
    Subheading,
    Table,
    annex_label,
    article_label,
)
from contractgen.formats import DASH, column_shares, number_of
from contractgen.formats.docx.body import heading_bookmark
from contractgen.formats.docx.host_looks import GAP, Look, Looks, merged_run
from contractgen.formats.docx.markup import FIELD_END, attribute, escape, field_begin


class HostWriter:
    """Blocks as paragraphs and tables of the file."""

    def __init__(self, document: Document, looks: Looks, first_id: int) -> None:
        self.looks = looks
        self.bookmark = first_id
        self.homes: dict[str, tuple[str, str, bool]] = {}
        home: tuple[str, str, bool] | None = None
        block: Block
        for block in (*document.body, *document.annexes):
            if isinstance(block, Article):
                home = (heading_bookmark(block.id), self._article(block), looks.article_automatic)
            elif isinstance(block, Annex):
                home = (heading_bookmark(block.id), annex_label(block.number), False)
            known = str(getattr(block, "id", ""))
            if home is not None and known:
                self.homes.setdefault(known, home)

    def _article(self, block: Article) -> str:
        return f"第{block.number}条" if self.looks.figures else article_label(block.number)

    def blocks(self, blocks: Iterable[Block]) -> str:
        """All of them."""
        return "".join([self._block(block) for block in blocks])

    def _block(self, block: Block) -> str:
        looks = self.looks
        match block:
            case Chapter(section=True):
                return self._paragraph(
                    looks.section, self._runs(looks.section, f"{block.label}{GAP}{block.title}")
                )
            case Chapter():
                number = "" if looks.chapter_automatic else f"{block.label}{looks.chapter_gap}"
                return self._paragraph(looks.chapter, self._runs(looks.chapter, f"{number}{block.title}"))
            case Article():
                return self._paragraph(looks.article, self._head(block))
            case Annex():
                return self._annex(block)
            case Subheading():
                look = looks.text.but("<w:keepNext/>").bold()
                return self._paragraph(look, self._runs(look, block.text))
            case Paragraph(role="note"):
                return ""
            case Paragraph():
                return self._paragraph(looks.text, self._inlines(looks.text, block.inlines))
            case Item():
                number = self._runs(looks.text, number_of(block) if block.numbered else DASH)
                return self._paragraph(looks.text, number + self._inlines(looks.text, block.inlines))
            case Table():
                return self._table(block)
        return ""

    def _head(self, block: Article) -> str:
        """The bookmark covers what a reference prints: the paragraph with its automatic number, or the typed one."""
        look = self.looks.article.bold()
        name = heading_bookmark(block.id)
        if self.looks.article_automatic:
            return self._marked(name, self._runs(look, block.title))
        return self._marked(name, self._runs(look, self._article(block))) + self._runs(
            look, f"{self.looks.article_gap}{block.title}"
        )

    def _annex(self, block: Annex) -> str:
        look = self.looks.annex.but("<w:pageBreakBefore/>")
        label = self._marked(heading_bookmark(block.id), self._runs(look, annex_label(block.number)))
        return self._paragraph(look, label + self._runs(look, f"{GAP}{block.title}"))

    def _marked(self, name: str, runs: str) -> str:
        self.bookmark += 1
        start = f'<w:bookmarkStart w:id="{self.bookmark}" w:name="{name}"/>'
        return f'{start}{runs}<w:bookmarkEnd w:id="{self.bookmark}"/>'

    def _inlines(self, look: Look, inlines: Sequence[Inline]) -> str:
        return "".join([self._inline(look, one) for one in inlines])

    def _inline(self, look: Look, node: Inline) -> str:
        home = self.homes.get(node.target) if isinstance(node, Reference) else None
        if home is not None and isinstance(node, Reference):
            name, label, automatic = home
            printed = number_and_rest(node.text)
            shown = self._runs(look, label)
            code = f"REF {name} \\r \\h" if automatic else f"REF {name} \\h"
            looked = (
                f"<w:r><w:rPr>{look.run}</w:rPr>" if look.run else "<w:r>"
            )  # the whole field looks as its result
            begin, end = (mark.replace("<w:r>", looked) for mark in (field_begin(code), FIELD_END))
            return f"{begin}{shown}{end}{self._runs(look, printed)}"
        if isinstance(node, Blank) and node.label:
            return self._runs(
                Look(look.paragraph, merged_run(look.run, '<w:highlight w:val="yellow"/>')), node.text
            )
        return self._runs(look, node.text)

    def _runs(self, look: Look, text: str) -> str:
        if not text:
            return ""
        properties = f"<w:rPr>{look.run}</w:rPr>" if look.run else ""
        return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'

    def _paragraph(self, look: Look, runs: str) -> str:
        return f"<w:p><w:pPr>{look.paragraph}</w:pPr>{runs}</w:p>"

    def _table(self, block: Table) -> str:
        lines = [
            (line, at == 0 and bool(block.header))
            for at, line in enumerate((block.header, *block.rows))
            if line
        ]
        shares = column_shares(block)
        widths = [self.looks.measure * share // sum(shares) for share in shares]
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        described = attribute("、".join(cell.text for cell in block.header if cell.text)[:200])
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join([self._row(line, widths, header) for line, header in lines])
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/><w:tblCaption w:val="{described}"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{self._paragraph(self.looks.cell, '')}"
        )

    def _row(self, line: Sequence[Block | object], widths: Sequence[int], header: bool) -> str:
        look = self.looks.cell.bold() if header else self.looks.cell
        cells = []
        for cell, width in zip(line, widths, strict=False):
            align = "center" if header else getattr(cell, "align", "left")
            inner = self._inlines(look, getattr(cell, "inlines", ()))
            shown = self._paragraph(look.but(f'<w:jc w:val="{align}"/>'), inner)
            cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{shown}</w:tc>')
        properties = "<w:cantSplit/><w:tblHeader/>" if header else "<w:cantSplit/>"
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def number_and_rest(text: str) -> str:
    """What a reference prints behind the number that its field counts: 第二款 of 第十二条第二款."""
    return text[text.index("条") + 1 :] if "条" in text else ""
