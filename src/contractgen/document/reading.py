"""Reading: what stands in a file that came from outside, in no format, with everything that hides in it.

A file with tracked changes holds two texts: the accepted one, as if every change were taken, and the original
one, as if every change were refused. Both are kept, each as passages in printed order. What stands outside the
running text, or is in it but cannot be seen, is an aside, each with the paragraph that it stands at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

ChangeKind = Literal["inserted", "deleted", "moved_in", "moved_out"]
GONE_IF_ACCEPTED = frozenset({"deleted", "moved_out"})
GONE_IF_REFUSED = frozenset({"inserted", "moved_in"})


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change: of which kind, by whom, on which day (as the file says; may be empty)."""

    kind: ChangeKind
    author: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters that share their changes.

    Attributes:
        text: these characters.
        changes: in which tracked changes they stand, the outermost first.
        hidden: why an eye cannot see them: hidden, pale or tiny; empty where it can.
        refers: the bookmark whose number or text a field prints here (another program may have counted anew).
    """

    text: str
    changes: tuple[Change, ...] = ()
    hidden: str = ""
    refers: str = ""


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where in which table of the file a passage stands, each counted from 1."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of one view.

    Attributes:
        text: its characters in this view, without an automatic number.
        number: the automatic number as it is printed (第十二条, （一）); empty where it is typed or there is none.
        serial: the paragraph of the file it comes from, counted from 1; where several were joined, the last.
        style: the name of its style.
        level: of a heading 1 to 9, else 0.
        cell: where it stands in a table, if it does.
        spans: all that the paragraph holds, also what is not in this view.
        mark: changes of the end of the paragraph: inserted where the paragraph is new or was split.
        bookmarks: the names that begin at or in it.
        controls: tag and alias of the content controls around it, the outermost first.
        contents: part of a table of contents.
    """

    text: str
    number: str = ""
    serial: int = 0
    style: str = ""
    level: int = 0
    cell: CellPlace | None = None
    spans: tuple[Span, ...] = ()
    mark: tuple[Change, ...] = ()
    bookmarks: tuple[str, ...] = ()
    controls: tuple[tuple[str, str], ...] = ()
    contents: bool = False

    @property
    def line(self) -> str:
        """What is printed: the number and the characters."""
        return f"{self.number}{self.text}"

    @property
    def authors(self) -> tuple[str, ...]:
        """Who changed something in it, in order, each once."""
        changes = [change for span in self.spans for change in span.changes] + list(self.mark)
        return tuple(dict.fromkeys(change.author for change in changes if change.author))


AsideKind = Literal[
    "inserted", "deleted", "moved_in", "moved_out", "comment", "text_box", "footnote", "endnote", "header",
    "footer", "field", "hidden", "pale", "tiny", "zero_width", "alternate", "chunk", "embedded", "picture", "number", "data",
    "part", "macro", "link",
]  # fmt: skip

ASIDE_LABELS: Mapping[str, str] = {
    "inserted": "修订中插入的文字",
    "deleted": "修订中删除的文字",
    "moved_in": "修订中移入的文字",
    "moved_out": "修订中移走的文字",
    "comment": "批注",
    "text_box": "文本框",
    "footnote": "脚注",
    "endnote": "尾注",
    "header": "页眉",
    "footer": "页脚",
    "field": "域代码",
    "hidden": "隐藏文字",
    "pale": "与背景同色的文字",
    "tiny": "小得看不清的文字",
    "zero_width": "夹在文字中、看不见的零宽字符",
    "alternate": "只在部分软件中显示的文字",
    "chunk": "嵌入的另一份文稿",
    "embedded": "嵌入的对象",
    "picture": "图片",
    "number": "自动编号中的文字",
    "data": "文件属性或者数据中的文字",
    "part": "不在正文中的部件",
    "macro": "宏",
    "link": "外部链接",
}


@dataclass(frozen=True, slots=True)
class Aside:
    """Text outside the running text, or in it and not to be seen; or something that is no text at all.

    Attributes:
        kind: where it stands or how it hides.
        text: its characters; for a macro, link or picture what it is.
        serial: the paragraph of the file that it stands at; 0 where it belongs to none.
        author: who wrote it, where the file says so.
        day: when, as the file says.
        detail: more about where: the part of the file, the field.
    """

    kind: AsideKind
    text: str
    serial: int = 0
    author: str = ""
    day: str = ""
    detail: str = ""

    @property
    def label(self) -> str:
        """The Chinese name of where it stands."""
        return ASIDE_LABELS[self.kind]


@dataclass(frozen=True)
class Reading:
    """A file as it was read.

    Attributes:
        name: of the file, for messages.
        kind: what it is by its content: docx, doc, odt, rtf, wps, pdf, html, md, txt.
        accepted: the running text with every tracked change taken.
        original: the running text with every tracked change refused; the same where there is none.
        asides: what hides, in printed order as far as it has one.
        properties: the file's own properties, such as cg.agreement; built-in ones as core.title.
        attachments: files that our own writer attached, by name: manifest.json.
    """

    name: str
    kind: str
    accepted: tuple[Passage, ...]
    original: tuple[Passage, ...]
    asides: tuple[Aside, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    attachments: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def tracked(self) -> bool:
        """Whether any change of the text is tracked."""
        return any(aside.kind in GONE_IF_ACCEPTED | GONE_IF_REFUSED for aside in self.asides)

    @cached_property
    def text(self) -> str:
        """The accepted text, one passage a line, with the numbers that are printed."""
        return "\n".join(passage.line for passage in self.accepted)
