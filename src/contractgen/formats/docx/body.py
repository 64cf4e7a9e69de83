"""The text of a Document as WordprocessingML blocks: headings, paragraphs, items, tables, contents, comments.

Numbers are Word's own (see ``numbering``), so none is typed but that of an annex, which is no list. References
are REF fields with their result: they are recounted when an article is added in negotiation (LibreOffice does so
by itself, Word and WPS when fields are updated), and readers without fields show the result that is there.

Each clause can be found again in what comes back: every paragraph made from one carries a hidden bookmark
``_cg_<10 hex digits of sha256(id@version)>_<paragraph>`` (items ``..._2i1``, tables ``..._2t1``), and all of a
clause lies in a content control whose tag and alias name it. The control is a document part, the kind that the
standard has for tagging blocks by what they mean: LibreOffice takes a control without a kind for a field of plain
text and saves its text several times over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import pairwise

from contractgen.document import (
    Annex,
    Article,
    Block,
    Cell,
    Chapter,
    Cut,
    Document,
    Inline,
    Item,
    Lines,
    Mark,
    PageBreak,
    Paragraph,
    Reference,
    Room,
    Signing,
    Source,
    Subheading,
    Table,
    Text,
    Tracked,
    annex_label,
    article_label,
)
from contractgen.formats import DASH, column_shares, introduces, row_height
from contractgen.formats.docx import markup, room
from contractgen.formats.docx.markup import (
    FIELD_END,
    PLAIN,
    Inlines,
    Properties,
    attribute,
    field_begin,
    run,
)
from contractgen.formats.docx.numbering import restart

NUMBER_GAP = "\u3000"  # between a number and its title
LIMIT = 64  # of a content control's tag and alias
FIRST_BOOKMARK = 1000
LONG_ROW = 600  # characters in a row from which it may break over pages
PARAGRAPH_STYLES = {
    "body": "CGPara",
    "text": "CGPara",
    "center": "CGCenter",
    "right": "CGRight",
    "note": "CGNote",
    "small": "CGSmall",
    "address": "CGPara",
}
FLUSH = '<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
EMPTY = Cell(())
SPACER = '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{0}" w:lineRule="exact"/></w:pPr></w:p>'
GAP_AFTER_TABLE = '<w:spacing w:before="160"/>'
SECTION = '<w:keepNext/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>'
TOC = r'TOC \o "1-2" \n \h \z \u'

Heading = Chapter | Article | Annex
HEADINGS = (Chapter, Article, Annex)


@lru_cache(maxsize=4096)
def short_hash(text: str, length: int = 10) -> str:
    """The first hex digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def heading_bookmark(block_id: str) -> str:
    """The hidden bookmark on a heading, which the contents and references lead to."""
    return f"_cgh_{short_hash(block_id)}"


def label_of(block: Heading) -> str:
    """第一章, 第一条 or 附件1."""
    if isinstance(block, Annex):
        return annex_label(block.number)
    return block.label if isinstance(block, Chapter) else _article_label(block.number)


_article_label = lru_cache(maxsize=1024)(article_label)


@dataclass(frozen=True, slots=True)
class Styling:
    """What the body must know of a template."""

    styles: Mapping[str, str]  # our names -> ids in the template
    abstract: str  # the list definition of articles and items
    first_number: int  # the first free list id
    measure: int  # the width of the text, in twentieths of a point


@dataclass
class Body:
    """Writes blocks, and keeps what the other parts of the file need: new lists and comments."""

    document: Document
    styling: Styling
    lists: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.style = self.styling.styles
        self.inlines = Inlines(self.document.draft, self.style, self._refer)
        self.homes = _homes(self.document)
        self.names: set[str] = set()
        self.controls: set[int] = set()
        self.bookmark = FIRST_BOOKMARK
        self.item_list: str = ""  # numPr of the items that follow, where it is not the style's
        self.after_list = False  # whether this article has had a list
        self.after_table = False
        self.keep = False  # whether a block stays on the page of the next: what is signed with its signatures
        self.lists_in_front = False  # whether items are counted before the first article

    # ---------------------------------------------------------------- parts of the document

    def front(self) -> str:
        """The list of open points, on a page of its own."""
        blocks = self.document.front
        if not blocks:
            return ""
        text = self._blocks(blocks, article=False)
        self.lists_in_front = bool(self.lists)
        return _on_new_page(text)

    def contents(self) -> str:
        """Linked titles of chapters, articles and annexes: a field without page numbers, right as it is written."""
        document = self.document
        headings = [b for b in (*document.body, *document.annexes) if isinstance(b, HEADINGS)]
        if not document.contents or not headings:
            return ""
        lines = []
        for position, block in enumerate(headings):
            style = self.style["TOC2" if isinstance(block, Article) else "TOC1"]
            text = run(f"{label_of(block)}{NUMBER_GAP}{block.title}")
            link = f'<w:hyperlink w:anchor="{heading_bookmark(block.id)}" w:history="1">{text}</w:hyperlink>'
            begin = field_begin(attribute(TOC).replace("&quot;", '"')) if position == 0 else ""
            end = FIELD_END if position == len(headings) - 1 else ""
            lines.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{begin}{link}{end}</w:p>')
        return (
            f'<w:sdt><w:sdtPr><w:id w:val="{self._control_id("contents")}"/><w:docPartObj>'
            '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{''.join(lines)}</w:sdtContent></w:sdt>"
        )

    def body(self) -> str:
        """Preamble, chapters and articles."""
        blocks = (*self.document.preamble, *self.document.body)
        text = self._blocks(blocks, article=True, after_table=bool(self.document.parties))
        follows_list = self.document.front and not (self.document.contents or self.document.titled)
        return _on_new_page(text) if follows_list else text

    def annexes(self) -> str:
        """The annexes, each on a new page; closes the file with a paragraph where a table would."""
        text = self._blocks(self.document.annexes, article=False)
        return text + SPACER.format(20) if self.after_table or not text else text

    # ---------------------------------------------------------------- sequences of blocks

    def _blocks(self, blocks: Sequence[Block], *, article: bool, after_table: bool = False) -> str:
        self.after_table = after_table
        self._new_list(article)
        out: list[str] = []
        pairs = _with_notes(blocks)
        whole = any(isinstance(block, Cut) for block in blocks)  # what is cut apart stays whole
        at = 0
        while at < len(pairs):
            block, notes = pairs[at]
            source = _source(block)
            if source is None:
                after = pairs[at + 1][0] if at + 1 < len(pairs) else None
                self.keep = (
                    isinstance(after, Signing)
                    or (whole and not isinstance(after, Cut | None))
                    or introduces(block, after)
                )
                out.append(self._block(block, notes))
                at += 1
                continue
            end = _clause_end(pairs, at)
            inner = "".join([self._block(one, its) for one, its in pairs[at:end]])
            blocks_here = [one for one, _ in pairs[at:end]]
            tracked = any(_is_tracked(one) for one in blocks_here)
            out.append(inner if tracked else self._control(source, blocks_here, inner))
            at = end
        return "".join(out)

    def _control(self, source: Source, blocks: Iterable[Block], inner: str) -> str:
        """The content control around a clause."""
        name = str(source)
        stamp = hashlib.sha256("\n".join([_text(block) for block in blocks]).encode()).hexdigest()[:8]
        tag = f"cg:{name}#{stamp}"
        if len(tag) > LIMIT:
            tag = f"cg:{short_hash(name)}@{source.version}#{stamp}"
        room = LIMIT - len(name) - 2
        alias = f"{source.title[:room]}〔{name}〕" if room >= 0 else f"{source.title[:LIMIT]}"
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{attribute(alias)}"/><w:tag w:val="{attribute(tag)}"/>'
            f'<w:id w:val="{self._control_id(name)}"/><w:docPartObj/></w:sdtPr>'
            f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
        )

    def _control_id(self, name: str) -> int:
        number = int(short_hash(name, 8), 16) & 0x7FFFFFFF or 1
        while number in self.controls:
            number = number % 0x7FFFFFFF + 1
        self.controls.add(number)
        return number

    # ---------------------------------------------------------------- blocks

    def _block(self, block: Block, notes: Sequence[Paragraph] = ()) -> str:
        after_table, self.after_table = self.after_table, False
        match block:
            case Paragraph():
                inner = self._marked(self.inlines.runs(block.inlines), self._name(block.source), notes)
                gap = (
                    room.KEEP * self.keep + GAP_AFTER_TABLE * after_table + FLUSH * (block.role == "address")
                )
                return self._paragraph(PARAGRAPH_STYLES[block.role], inner, gap, block.mark)
            case Item():
                return self._item(block, notes)
            case Chapter() | Article() | Annex():
                return self._heading(block, notes)
            case Subheading():
                style = "CGFrontTitle" if block.level == 1 else "CGSubheading"
                self._new_list(article=False)
                title = self.inlines.runs(block.tracked or (Text(block.text),))
                return self._paragraph(style, self._marked(title, "", notes), "", block.mark)
            case Table():
                self.after_table = True
                spacer = SPACER.format(240) if after_table and not block.caption else ""
                return spacer + self._table(block, notes)
            case Lines():
                self.after_table = True
                return room.lines(block, self.style, self.styling.measure, self.keep)
            case Signing():
                self.after_table = True
                gap = SPACER.format(240).replace("<w:pPr>", f"<w:pPr>{room.KEEP}") * after_table
                measure = self.styling.measure
                return gap + room.signing(block, self.style, self.inlines, measure, self.keep)
            case PageBreak():
                return room.PAGE_BREAK
            case Cut():
                return room.CUT

    def _paragraph(self, style: str, inner: str, properties: str = "", mark: Mark | None = None) -> str:
        end, inner = self.inlines.changes.end(mark), self.inlines.changes.range(inner, mark)
        return f'<w:p><w:pPr><w:pStyle w:val="{self.style[style]}"/>{properties}{end}</w:pPr>{inner}</w:p>'

    def _heading(self, block: Heading, notes: Sequence[Paragraph]) -> str:
        """A heading whose bookmark covers what a reference to it prints: the paragraph, or 附件1."""
        name = self._unique(heading_bookmark(block.id))
        gap = self._typed(NUMBER_GAP, block.mark) if block.title or block.tracked else ""
        title = gap + self.inlines.runs(block.tracked or (Text(block.title),))
        self._new_list(article=isinstance(block, Article))
        if isinstance(block, Chapter) and block.section:
            inner = self._marked(self._typed(label_of(block), block.mark), name) + title
            return self._paragraph("CGSubheading", self._marked(inner, "", notes), SECTION, block.mark)
        if isinstance(block, Annex):
            inner = self._marked(self._typed(label_of(block), block.mark), name) + title
            return self._paragraph("CGAnnex", self._marked(inner, "", notes), "", block.mark)
        style = "Heading1" if isinstance(block, Chapter) else "CGArticle"
        return self._paragraph(style, self._marked(title, name, notes), "", block.mark)

    def _typed(self, text: str, mark: Mark | None) -> str:
        """What we type before a text; it comes and goes with its block."""
        return self.inlines.runs((Tracked((Text(text),), mark) if mark else Text(text),))

    def _item(self, block: Item, notes: Sequence[Paragraph]) -> str:
        name = self._name(block.source, f"i{block.number}")
        runs = self.inlines.runs(block.inlines)
        if not block.numbered:
            runs = self._typed(DASH, block.mark) + runs
            return self._paragraph(
                "CGDash", self._marked(runs, name, notes), room.KEEP * self.keep, block.mark
            )
        if block.number == 1:
            if self.after_list:
                self._own_list()
            self.after_list = True
        properties = room.KEEP * self.keep + self.item_list
        return self._paragraph("CGItem", self._marked(runs, name, notes), properties, block.mark)

    def _new_list(self, article: bool) -> None:
        """Items begin anew here: by themselves below an article, elsewhere by a list of their own."""
        self.item_list = ""
        self.after_list = not article

    def _own_list(self) -> None:
        number = self.styling.first_number + len(self.lists)
        self.lists.append(restart(number, self.styling.abstract))
        self.item_list = f'<w:numPr><w:ilvl w:val="1"/><w:numId w:val="{number}"/></w:numPr>'

    # ---------------------------------------------------------------- tables

    def _table(self, block: Table, notes: Sequence[Paragraph]) -> str:
        lines = (block.header, *block.rows) if block.header else block.rows
        columns = max(map(len, lines), default=0)
        if not columns:
            return ""
        widths = _widths(column_shares(block), columns, self.styling.measure)
        rows = []
        name = self._name(block.source, "t1")
        for position, line in enumerate(lines):
            header = position == 0 and bool(block.header)
            mark = block.row_marks[position] if position < len(block.row_marks) else None
            if position == 0 or mark:
                first = (name, notes) if position == 0 else ("", ())
                rows.append(
                    self._row(line, widths, header, *first, mark, 0 if header else row_height(block, line))
                )
            else:
                keep = self.keep and position == len(lines) - 1
                height = row_height(block, line)
                key = (line, widths, height, keep)
                rows.append(
                    self.inlines.keep(key, partial(self._row, line, widths, height=height, keep=keep))
                )
        caption = self._paragraph("CGCaption", run(block.caption)) if block.caption else ""
        described = block.caption or "、".join(cell.text for cell in block.header if cell.text) or "表格"
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'{caption}<w:tbl><w:tblPr><w:tblStyle w:val="{self.style["CGTable"]}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
            f' w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val="{attribute(described[:200])}"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _row(
        self,
        cells: Sequence[Cell],
        widths: Sequence[int],
        header: bool = False,
        name: str = "",
        notes: Sequence[Paragraph] = (),
        mark: Mark | None = None,
        height: int = 0,
        keep: bool = False,
    ) -> str:
        """A row; its first cell carries the bookmark and comment that it is given."""
        style = self.style["CGTableHead" if header else "CGTableText"]
        split = "" if sum([_length(cell.inlines) for cell in cells]) > LONG_ROW else "<w:cantSplit/>"
        tall = f'<w:trHeight w:val="{height * 20}" w:hRule="atLeast"/>' if height else ""
        properties = split + tall + ("<w:tblHeader/>" if header else "") + self.inlines.changes.row(mark)
        out = [f"<w:tr><w:trPr>{properties}</w:trPr>" if properties else "<w:tr>"]
        for position, (cell, width) in enumerate(_spread(cells, widths)):
            inner = self.inlines.runs(cell.inlines)
            if position == 0:
                inner = self._marked(inner, name, notes)
            jc = "" if cell.align == "left" and not header else f'<w:jc w:val="{cell.align}"/>'
            out.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{_spanning(cell)}</w:tcPr>'
                f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{room.KEEP * (keep or cell.span > 1)}{jc}{self.inlines.changes.end(mark)}</w:pPr>{inner}</w:p></w:tc>'
            )
        out.append("</w:tr>")
        return "".join(out)

    # ---------------------------------------------------------------- marks inside a paragraph

    def _marked(self, runs: str, name: str, notes: Sequence[Paragraph] = ()) -> str:
        """Runs inside a bookmark and a comment, where there is a name and there are notes."""
        if name:
            self.bookmark += 1
            start = f'<w:bookmarkStart w:id="{self.bookmark}" w:name="{name}"/>'
            runs = f'{start}{runs}<w:bookmarkEnd w:id="{self.bookmark}"/>'
        return self._commented(runs, notes) if notes else runs

    def _commented(self, runs: str, notes: Sequence[Paragraph]) -> str:
        number = len(self.comments)
        reference = f'<w:rPr><w:rStyle w:val="{self.style["CommentReference"]}"/></w:rPr>'
        mark = f"<w:r>{reference}<w:annotationRef/></w:r>"
        lines = []
        for note in notes:
            lines.append(self._paragraph("CommentText", mark + self.inlines.runs(note.inlines)))
            mark = ""
        self.comments.append(
            f'<w:comment w:id="{number}" w:author="起草说明" w:initials="注">{"".join(lines)}</w:comment>'
        )
        return (
            f'<w:commentRangeStart w:id="{number}"/>{runs}<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r>{reference}<w:commentReference w:id="{number}"/></w:r>'
        )

    def _name(self, source: Source | None, suffix: str = "") -> str:
        """The hidden bookmark of a paragraph that was made from a clause."""
        return self._unique(f"_cg_{short_hash(str(source))}_{source.paragraph}{suffix}") if source else ""

    def _unique(self, name: str) -> str:
        """The name; empty where it is taken already, since Word drops the second of two."""
        if name in self.names:
            return ""
        self.names.add(name)
        return name

    def _refer(self, node: Reference, base: Properties = PLAIN) -> str:
        home = self.homes.get(node.target)
        if home is None:
            return run(node.text, base)
        name, label, numbered = home
        if node.text.startswith(label):
            switches = r"\r \h" if numbered else r"\h"
            return markup.field(f"REF {name} {switches}", label, base) + run(node.text[len(label) :], base)
        return f'<w:hyperlink w:anchor="{name}" w:history="1">{run(node.text, base)}</w:hyperlink>'


def _on_new_page(text: str) -> str:
    """Blocks of which the first begins a page."""
    break_before = "<w:pageBreakBefore/>"
    if text.startswith('<w:p><w:pPr><w:pStyle w:val="'):
        at = text.index("/>") + 2
        return text[:at] + break_before + text[at:]
    return SPACER.format(20).replace("<w:pPr>", f"<w:pPr>{break_before}") + text


# ------------------------------------------------------------------ facts of a sequence of blocks

Noted = tuple[Block, Sequence[Paragraph]]


def _is_tracked(block: Block) -> bool:
    """Whether anything in a block is tracked: LibreOffice does not settle changes at the beginning of a control."""
    cells = [block.inlines] if isinstance(block, Paragraph | Item) else []
    if isinstance(block, Table):
        if block.row_marks:
            return True
        cells = [cell.inlines for row in (block.header, *block.rows) for cell in row]
    elif isinstance(block, Room):
        return False
    elif block.mark is not None:
        return True
    return any(isinstance(node, Tracked) for cell in cells for node in cell)


def _source(block: Block) -> Source | None:
    return getattr(block, "source", None)


def _text(block: Block) -> str:
    """A block's characters, for its stamp."""
    if isinstance(block, Table):
        return "\n".join(
            ["\t".join([_plain(cell.inlines) for cell in row]) for row in (block.header, *block.rows)]
        )
    if isinstance(block, (Paragraph, Item)):
        return _plain(block.inlines)
    return block.text if isinstance(block, Subheading) else getattr(block, "title", "")


def _plain(inlines: Sequence[Inline]) -> str:
    return inlines[0].text if len(inlines) == 1 else "".join([node.text for node in inlines])


def _homes(document: Document) -> dict[str, tuple[str, str, bool]]:
    """For the id of every block: the bookmark and label of its article or annex, and whether Word numbers it."""
    homes: dict[str, tuple[str, str, bool]] = {}
    home: tuple[str, str, bool] | None = None
    for block in (*document.body, *document.annexes):
        if isinstance(block, HEADINGS):
            typed = isinstance(block, Annex) or (isinstance(block, Chapter) and block.section)
            home = (heading_bookmark(block.id), label_of(block), not typed)
        if home and not isinstance(block, Room) and block.id:
            homes.setdefault(block.id, home)
    return homes


def _with_notes(blocks: Sequence[Block]) -> list[Noted]:
    """Blocks with the notes on them: notes below a clause belong to its first block."""
    if not any(isinstance(block, Paragraph) and block.role == "note" for block in blocks):
        return [(block, ()) for block in blocks]
    found: list[tuple[Block, list[Paragraph]]] = []
    anchor: list[Paragraph] | None = None
    clause = ""
    for block in blocks:
        if isinstance(block, Paragraph) and block.role == "note" and anchor is not None:
            anchor.append(block)
            continue
        found.append((block, []))
        source = _source(block)
        if isinstance(block, HEADINGS) or (source is None and not clause):
            anchor, clause = found[-1][1], ""
        elif source is not None and str(source) != clause:
            anchor, clause = found[-1][1], str(source)
    return [(block, tuple(notes)) for block, notes in found]


def _clause_end(pairs: Sequence[Noted], start: int) -> int:
    """Where the clause that begins at ``start`` ends; subheadings between its paragraphs belong to it."""
    clause = str(_source(pairs[start][0]))
    end = start + 1
    for at in range(start + 1, len(pairs)):
        block = pairs[at][0]
        source = _source(block)
        if isinstance(block, HEADINGS) or (source is not None and str(source) != clause):
            break
        if source is not None:
            end = at + 1
    return end


def _length(inlines: Sequence[Inline]) -> int:
    return sum([len(node.text) for node in inlines])


def _spread(cells: Sequence[Cell], widths: Sequence[int]) -> Iterator[tuple[Cell, int]]:
    """The cells of a row with their widths; empty ones where it has fewer than there are columns."""
    at = 0
    for cell in cells:
        yield cell, sum(widths[at : at + cell.span])
        at += cell.span
    yield from ((EMPTY, width) for width in widths[at:])


def _spanning(cell: Cell) -> str:
    return f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""


def _widths(shares: Sequence[int], columns: int, measure: int) -> tuple[int, ...]:
    """Widths of columns that add up to the measure."""
    parts = list(shares) if len(shares) == columns and all(share > 0 for share in shares) else [1] * columns
    whole = sum(parts)
    edges = [round(measure * sum(parts[:position]) / whole) for position in range(columns + 1)]
    return tuple(right - left for left, right in pairwise(edges))
