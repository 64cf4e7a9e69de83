"""The nodes of a Document, the printed thing in no format.

Producers (agreement, papers, reports) make Documents; formats print them and know nothing else. Tracked changes are
nodes too (``Tracked``, and the ``mark`` of a block); only Word can track them.
All nodes are frozen and hold only text and numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from contractgen.document.labels import chapter_label, section_label

# ------------------------------------------------------------------ inline nodes


@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters; ``value`` names the number it prints (a slot that review can find again)."""

    text: str
    value: str | None = None
    suggested: bool = False  # a library default that the parties have not confirmed; marked in drafts
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to another block; ``text`` is what is printed, such as 第十二条第二款."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Something not yet known. With ``label`` it prints 〔待填：label〕; without, a ruled space of ``width`` ems."""

    label: str = ""
    width: int = 6

    @property
    def text(self) -> str:
        """What a plain-text reader sees."""
        return f"〔待填：{self.label}〕" if self.label else "＿" * self.width


MarkKind = Literal["inserted", "deleted", "moved_from", "moved_to"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A tracked change: of which kind, by whom, on which day (may be empty).

    ``move`` pairs the two ends of a move; ``whole``: a block came or went, not only words in it.
    """

    kind: MarkKind
    author: str
    day: str = ""
    move: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Tracked:
    """Text inside a tracked change."""

    inlines: tuple[Text, ...]
    mark: Mark

    @property
    def text(self) -> str:
        """What a reader sees where changes cannot be tracked."""
        inner = "".join(node.text for node in self.inlines)
        return f"[-{inner}-]" if self.mark.kind in ("deleted", "moved_from") else f"{{+{inner}+}}"


Inline = Text | Reference | Blank | Tracked


def plain(inlines: Sequence[Inline]) -> str:
    """The characters of a run of inline nodes."""
    return "".join(node.text for node in inlines)


# ------------------------------------------------------------------ block nodes


@dataclass(frozen=True, slots=True)
class Source:
    """Which clause, version and paragraph (from 1) of the library a block was made from."""

    clause: str
    version: int
    paragraph: int
    title: str = ""

    def __str__(self) -> str:
        return f"{self.clause}@{self.version}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """第N章 with its title, numbered automatically where the format can; or a ``section`` of a chapter, 第N节."""

    id: str
    number: int
    title: str
    mark: Mark | None = None  # of its end: the whole block came or went
    tracked: tuple[Inline, ...] = ()  # the title with its changes, where it has any
    section: bool = False

    @property
    def label(self) -> str:
        """第一章, or 第一节"""
        return section_label(self.number) if self.section else chapter_label(self.number)


@dataclass(frozen=True, slots=True)
class Article:
    """第N条 with its title on a line of its own; its paragraphs follow as blocks."""

    id: str
    number: int
    title: str
    mark: Mark | None = None  # of its end: the whole block came or went
    tracked: tuple[Inline, ...] = ()  # the title with its changes, where it has any


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph (款) of an article, or any other text paragraph.

    ``role``: body (an article's paragraph), text (front matter and annexes), center, note (an
    annotation in the margin of a draft: never in a final text), small (captions, remarks), right,
    address (to whom a letter goes: flush left).
    """

    inlines: tuple[Inline, ...]
    id: str = ""
    role: Literal["body", "text", "center", "right", "note", "small", "address"] = "body"
    source: Source | None = None
    mark: Mark | None = None  # of its end: the whole block came or went

    @property
    def text(self) -> str:
        """The characters, without marks."""
        return plain(self.inlines)


@dataclass(frozen=True, slots=True)
class Item:
    """（一） in a list; numbers restart in each article or annex."""

    number: int
    inlines: tuple[Inline, ...]
    id: str = ""
    source: Source | None = None
    numbered: bool = True  # False: a dash list in annexes and reports
    mark: Mark | None = None  # of its end: the whole block came or went

    @property
    def text(self) -> str:
        """The characters, without the number."""
        return plain(self.inlines)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; ``span``: over how many columns it reaches."""

    inlines: tuple[Inline, ...]
    align: Literal["left", "center", "right"] = "left"
    span: int = 1

    @property
    def text(self) -> str:
        """The characters, without marks."""
        return plain(self.inlines)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``header`` repeats on every page, ``widths`` are parts of the whole in percent."""

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    widths: tuple[int, ...] = ()
    id: str = ""
    source: Source | None = None
    row_marks: tuple[Mark | None, ...] = ()  # of the header and each row, where any came or went
    height: int = 0  # how many lines of writing each row has room for, at least


@dataclass(frozen=True, slots=True)
class Annex:
    """附件N with its title; begins a new page."""

    id: str
    number: int
    title: str
    mark: Mark | None = None  # of its end: the whole block came or went
    tracked: tuple[Inline, ...] = ()  # the title with its changes, where it has any


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading without a number, inside front matter or an annex."""

    text: str
    id: str = ""
    level: int = 2
    mark: Mark | None = None  # of its end: the whole block came or went
    tracked: tuple[Inline, ...] = ()  # the title with its changes, where it has any


@dataclass(frozen=True, slots=True)
class Lines:
    """Ruled lines to write on by hand."""

    count: int
    text: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Signing:
    """Places to sign or seal, side by side; each has room for a seal or a signature, and a line for the day.

    ``places`` are labels: 提出方（工会盖章）. One that says 盖章 gets the room of a seal.
    """

    places: tuple[tuple[Inline, ...], ...]
    dated: bool = True

    @property
    def text(self) -> str:
        """The labels, a line each."""
        return "\n".join(plain(place) for place in self.places)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page."""

    text: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A dashed line along which a page is cut."""

    text: ClassVar[str] = ""


Room = (
    Lines | Signing | PageBreak | Cut
)  # what only papers have: it is filled in by hand, and has no text to compare
Block = Chapter | Article | Paragraph | Item | Table | Annex | Subheading | Room


# ------------------------------------------------------------------ the whole document


@dataclass(frozen=True, slots=True)
class Row:
    """A labeled line of the cover, of a party or of a signature block."""

    label: str
    inlines: tuple[Inline, ...]

    @property
    def text(self) -> str:
        """The characters of the value, without marks."""
        return plain(self.inlines)


@dataclass(frozen=True, slots=True)
class Party:
    """One side: its role (甲方（用人单位）), what is known of it, and the lines it signs on."""

    role: str
    rows: tuple[Row, ...]
    signature: tuple[Row, ...] = ()
    seal: str = ""  # what is sealed here: （用人单位盖章）


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: the title in lines of our choosing, and rows such as 甲方, 乙方, 合同期限."""

    title: tuple[str, ...]
    rows: tuple[Row, ...]
    remark: str = ""  # below the title, e.g. 协商草案; never in a final text


@dataclass(frozen=True, slots=True)
class Document:
    """What every format prints, in this order: cover, front, contents, parties, body, signature, annexes."""

    title: str
    subject: str = ""
    author: str = ""  # an organization, never a user's name
    language: str = "zh-CN"
    running_head: str = ""  # header of every page but the cover
    titled: bool = True  # the title stands above the text; a chapter begins with its own heading
    cover: Cover | None = None
    front: tuple[Block, ...] = ()  # a draft's list of open points; its own page after the cover
    contents: bool = False  # a table of contents of chapters, articles and annexes
    parties: tuple[Party, ...] = ()
    preamble: tuple[Paragraph, ...] = ()  # between the parties and the first chapter
    body: tuple[Block, ...] = ()
    closing: str = ""  # the line above the signatures: （以下无正文，为签署页）
    annexes: tuple[Block, ...] = ()
    draft: bool = True
    landscape: bool = False  # pages lie on their side
    type_size: Literal["standard", "form", "compact", "large"] = (
        "standard"  # form: of papers; compact: of papers that fit one page; large: to be read on a wall
    )
    keywords: tuple[str, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)  # carried in the file, e.g. cg.agreement

    @property
    def blocks(self) -> Iterator[Block]:
        """Every block, in printed order."""
        yield from self.front
        yield from self.preamble
        yield from self.body
        yield from self.annexes


def inlines_in(block: Block) -> Iterator[Inline]:
    """Every run of characters, reference or blank of a block, in the order in which it is read."""
    match block:
        case Paragraph() | Item():
            yield from block.inlines
        case Table():
            yield from (one for row in (block.header, *block.rows) for cell in row for one in cell.inlines)
        case Signing():
            yield from (one for place in block.places for one in place)
