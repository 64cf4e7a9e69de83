"""The Word file of a general contract, opened to take a chapter: what it holds, which chapter is meant, where that ends.

Nothing is guessed: a file that somebody has locked, that holds changes nobody has settled, or in which the chapter
cannot be cut out cleanly, is refused with the reason and the remedy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from contractgen.document import chapter_label
from contractgen.document.articles import ReadSection, sections_of
from contractgen.document.reading import Passage
from contractgen.findings import InputError
from contractgen.formats.docx.count import Lists
from contractgen.formats.docx.looks import Looks
from contractgen.formats.docx.package import MAIN, BadPackage, parse, read_parts, relationships, w
from contractgen.formats.docx.story import Story
from contractgen.formats.docx.views import views
from contractgen.formats.docx_read import refusal

CHANGES = {w(name) for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")}
STORY = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
SAVE_AS = "请在 Word 或 WPS 中打开，另存为普通的 .docx 后再试"
PAIRS = {
    w("bookmarkStart"): w("bookmarkEnd"),
    w("commentRangeStart"): w("commentRangeEnd"),
    w("permStart"): w("permEnd"),
}


@dataclass(frozen=True)
class Host:
    """A general contract's Word file.

    Attributes:
        name: what messages call it.
        parts: every part by name.
        root: its main part; changed in place by whoever puts something in.
        passages: its text, every paragraph once.
        elements: the paragraph of each serial.
    """

    name: str
    parts: Mapping[str, bytes]
    root: etree._Element
    passages: tuple[Passage, ...]
    elements: Mapping[int, etree._Element] = field(default_factory=dict)

    @cached_property
    def sections(self) -> tuple[ReadSection, ...]:
        """Chapters, articles and annexes in printed order."""
        return sections_of(self.passages)

    @property
    def body(self) -> etree._Element:
        """The element around everything."""
        body = self.root.find(w("body"))
        assert body is not None
        return body

    def read_again(self) -> Host:
        """The same file as it is now."""
        return _read(self.name, self.parts, self.root)


@dataclass(frozen=True)
class Place:
    """The chapter that is to be replaced.

    Attributes:
        label: 第六章.
        number: 6.
        title: its heading.
        articles: the numbers of its articles; none where it is empty.
        first_article: the number with which its first article begins.
        first_annex: the number of the next annex of the file.
        nodes: its elements, the heading first, all in one container.
        serials: its paragraphs.
    """

    label: str
    number: int
    title: str
    articles: tuple[int, ...]
    first_article: int
    first_annex: int
    nodes: tuple[etree._Element, ...]
    serials: frozenset[int]


def open_host(data: bytes, name: str) -> Host:
    """The file of a general contract.

    Raises:
        InputError: for what is no plain Word file, is protected or signed, or holds tracked changes or macros.
    """
    try:
        parts = read_parts(data)
        if MAIN not in parts or b"wordprocessingml" not in parts[MAIN][:20_000]:
            strict = MAIN in parts and b"purl.oclc.org/ooxml" in parts[MAIN][:20_000]
            raise (
                InputError(f"{name} 是严格格式的 Word 文件", hint=SAVE_AS)
                if strict
                else refusal(name, "foreign")
            )
        _refuse(parts, name)
        root = parse(parts[MAIN])
        if root.prefix != "w":  # what we put in is written with the usual prefix
            raise InputError(f"{name} 不是 Word 或者 WPS 通常保存的格式", hint=SAVE_AS)
        return _read(name, parts, root)
    except BadPackage as fault:
        raise refusal(name, fault.reason) from None


def _read(name: str, parts: Mapping[str, bytes], root: etree._Element) -> Host:
    related = {one.kind: one.target for one in relationships(parts, MAIN) if one.target in parts}
    looks = Looks(parse(parts[related["styles"]]) if "styles" in related else None)
    lists = Lists.read(parse(parts[related["numbering"]]) if "numbering" in related else None, looks)
    body = root.find(w("body"))
    if body is None:
        raise refusal(name, "foreign")
    story = Story(looks).walk(body)
    return Host(name, parts, root, views(story.raws, lists)[0], story.elements)


def _refuse(parts: Mapping[str, bytes], name: str) -> None:
    """What may not be changed, or not yet."""
    if any(one.lower().endswith("vbaproject.bin") for one in parts):
        raise InputError(f"{name} 带有宏，没有改动", hint=f"去掉宏：{SAVE_AS[1:]}")
    if any(one.startswith("_xmlsignatures/") for one in parts):
        raise InputError(f"{name} 带有数字签名，改动会使签名失效，没有改动", hint="请用没有签名的稿子")
    for settings in [parse(parts[one]) for one in parts if one == "word/settings.xml"]:
        for node in settings.iter(w("documentProtection")):
            if node.get(w("enforcement")) in ("1", "true", "on"):
                hint = "在 Word 的“审阅—限制编辑”中停止保护，另存后再试"
                raise InputError(f"{name} 设了编辑保护，没有改动", hint=hint)
        if next(settings.iter(w("writeProtection")), None) is not None:
            hint = "去掉修改密码和“建议以只读方式打开”，另存后再试"
            raise InputError(f"{name} 设了修改保护，没有改动", hint=hint)
    changed = [part for part in sorted(parts) if STORY.fullmatch(part) and _tracked(parse(parts[part]))]
    if changed:
        where = "" if MAIN in changed else "页眉、页脚或者脚注"
        raise InputError(
            f"{name} 的{where or '正文'}里有没有处理的修订，没有改动",
            hint="先在 Word 的“审阅”中逐处接受或者拒绝修订，保存后再试",
        )


def _tracked(root: etree._Element) -> bool:
    return any(
        node.tag in CHANGES or (isinstance(node.tag, str) and node.tag.endswith("PrChange"))
        for node in root.iter()
    )


# ------------------------------------------------------------------ which chapter


def place_in(host: Host, number: int | None, title: str, words: Sequence[str]) -> Place:
    """The chapter that is meant.

    Args:
        host: the file.
        number: of the chapter, where it is known.
        title: a heading that is surely meant; may be empty.
        words: a heading with one of these is meant too.

    Raises:
        InputError: where there is no such chapter, or it cannot be cut out; the chapters that there are are named.
    """
    chapters = [at for at, one in enumerate(host.sections) if _is_chapter(one)]
    named = [at for at in chapters if _means(host.sections[at].title, title, words)]
    known = "、".join(host.sections[at].name for at in chapters) or "没有读到“第几章”的标题"
    if number is None:
        found = named
    else:
        found = [at for at in chapters if host.sections[at].number == number]
        if found and not set(found) & set(named):
            only = host.sections[found[0]]
            raise InputError(
                f"{host.name} 的{only.label}是“{only.title}”，看不出是女职工的一章，没有改动",
                hint=f"核对章号；确实要换掉它的，把 agreement.main_contract.chapter_title 写成“{only.title}”。文件里有：{known}",
            )
        found = [at for at in found if at in named]
    filled = [at for at in found if _articles(host.sections, at)] or found
    if not filled:
        wanted = chapter_label(number) if number is not None else f"标题有“{'”“'.join(words[:1])}”的一章"
        raise InputError(
            f"{host.name} 里没有{wanted}",
            hint=f"文件里有：{known}。主合同还没有这一章的，先在 Word 里加上一行章标题，例如“{chapter_label(number or len(chapters) + 1)}　{words[0]}权益保护”，再运行",
        )
    if len(filled) > 1:
        several = "、".join(host.sections[at].name for at in filled)
        raise InputError(
            f"{host.name} 里有{len(filled)}处可能是这一章：{several}", hint="改正重复的章号，或者写明 chapter"
        )
    return _place(host, filled[0])


def _is_chapter(section: ReadSection) -> bool:
    return section.kind == "chapter" and section.label.endswith("章")


def _means(heading: str, title: str, words: Sequence[str]) -> bool:
    bare = re.sub(r"\s", "", heading)
    return bool(title and bare == re.sub(r"\s", "", title)) or any(word in bare for word in words)


def _articles(sections: Sequence[ReadSection], at: int) -> list[ReadSection]:
    """The articles of the chapter at a position, those of its sections too."""
    return [one for one in sections[at + 1 : _end(sections, at)] if one.kind == "article"]


def _end(sections: Sequence[ReadSection], at: int) -> int:
    """Where the chapter at a position is over: at the next chapter, the signatures or an annex."""
    for later in range(at + 1, len(sections)):
        one = sections[later]
        inside = one.kind == "article" or (one.kind == "chapter" and one.label.endswith("节"))
        if not inside:
            return later
    return len(sections)


def _place(host: Host, at: int) -> Place:
    sections, heading = host.sections, host.sections[at]
    inside = _articles(sections, at)
    before = [one.number for one in sections[:at] if one.kind == "article" and one.label[:1] == "第"]
    first = before[-1] + 1 if before else 1
    annexes = [one.number for one in sections if one.kind == "annex" and one.label.startswith("附件")]
    start = heading.lines[0].passage.serial
    end = _end(sections, at)
    stop = sections[end].lines[0].passage.serial if end < len(sections) and sections[end].lines else None
    nodes = tuple(_nodes(host, start, stop))
    serials = {serial for serial in host.elements if serial >= start and (stop is None or serial < stop)}
    return Place(
        heading.label,
        heading.number,
        heading.title,
        tuple(one.number for one in inside),
        first,
        max(annexes, default=0) + 1,
        nodes,
        frozenset(serials),
    )


def _nodes(host: Host, start: int, stop: int | None) -> Iterator[etree._Element]:
    """The elements from the heading to what follows the chapter, in the container that holds both."""
    first = host.elements[start]
    last = host.elements[stop] if stop is not None else None
    around = list(first.iterancestors())
    container = first.getparent()
    if last is not None:
        shared = {*last.iterancestors()}
        container = next((one for one in around if one in shared), None)
    if container is None or container.tag not in (w("body"), w("sdtContent")):
        raise _entangled(host, "章标题在表格或者文本框里")
    inside = (one for one in (first, *around) if one.getparent() is container)
    node: etree._Element | None = next(inside)
    assert node is not None
    if _text_before(node, first):
        raise _entangled(host, "章标题和前面的内容在同一个控件里")
    found = []
    ends = None if last is None else [last, *last.iterancestors()]
    while node is not None and node.tag != w("sectPr") and (ends is None or node not in ends):
        found.append(node)
        node = node.getnext()
    if last is not None and node is not None and node is not last and _text_before(node, last):
        raise _entangled(host, "这一章和后面的内容在同一个控件或者表格里")
    _require_whole(host, found)
    yield from found


def _text_before(node: etree._Element, end: etree._Element) -> bool:
    """Whether anything is printed in an element before one that stands in it."""
    for one in node.iter():
        if one is end:
            return False
        if one.tag == w("t") and (one.text or "").strip():
            return True
    return False


def _require_whole(host: Host, nodes: Sequence[etree._Element]) -> None:
    """Refuse to cut a field in two."""
    kinds = [one.get(w("fldCharType")) for node in nodes for one in node.iter(w("fldChar"))]
    if kinds.count("begin") != kinds.count("end"):
        raise _entangled(host, "有一个域从这一章里跨到了外面")


def _entangled(host: Host, why: str) -> InputError:
    hint = "在 Word 中把这一章整理成普通段落（去掉跨章的表格、控件和域），保存后再试"
    return InputError(f"{host.name} 的这一章不能单独取出：{why}，没有改动", hint=hint)
