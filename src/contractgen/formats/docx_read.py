"""A Word file to a Reading: both views of its text, automatic numbers, identity, and every place where text can hide."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from lxml import etree

from contractgen.document.reading import ASIDE_LABELS, Aside, AsideKind, Passage, Reading
from contractgen.files import unreadable
from contractgen.findings import InputError
from contractgen.formats.docx.count import Lists
from contractgen.formats.docx.elements import CHINESE, all_text, day_of
from contractgen.formats.docx.looks import Looks
from contractgen.formats.docx.package import (
    MAIN,
    BadPackage,
    Relationship,
    parse,
    read_parts,
    relationships,
    w,
)
from contractgen.formats.docx.parts import ATTACHMENTS
from contractgen.formats.docx.story import Story
from contractgen.formats.docx.views import views

STRICT = {  # the namespaces of "strict" files, and what they are everywhere else
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
READ = re.compile(
    r"(?i)(\.xml|\.rels|\.vml|word/[^/]*\.(html?|mht|mhtml|txt|rtf|docx|dotx))$|embeddings/|/afchunk"
)
NOT_TEXT = re.compile(  # parts that print no text of their own
    r"(?i)(styles|stylesWithEffects|fontTable|webSettings|people|theme\d*|numbering|commentsIds|commentsExtended"
    r"|commentsExtensible)\.xml$|/_rels/"
)
NOTES: dict[str, tuple[AsideKind, str]] = {
    "footnotes": ("footnote", "footnote"),
    "endnotes": ("endnote", "endnote"),
    "comments": ("comment", "comment"),
}
LINKS = {
    "attachedTemplate": "文件套用的模板",
    "subDocument": "子文档",
    "frame": "框架",
    "oleObject": "链接的对象",
}
RESAVE = "请在 Word 或 WPS 中打开，另存为 .docx 后再试"
FAULTS = {
    "legacy": ("文件不是 .docx，而是老式的 Word 文件（.doc）", RESAVE),
    "encrypted": ("文件设了打开密码，读不出内容", "请在 Word 或 WPS 中取消密码后另存"),
    "size": ("文件解开后太大，或者层次太深，没有读", f"请确认没有选错文件；{RESAVE}"),
    "dtd": ("文件带有 DTD，正常的 Word 文件没有这种内容，没有读", RESAVE),
    "broken": ("文件不完整或者已经损坏，读不出内容", f"请重新取得这个文件；能打开的，{RESAVE[1:]}"),
    "foreign": ("文件里没有 Word 正文", "请确认没有选错文件"),
}


def read_docx(data: bytes, name: str) -> Reading:
    """A Word file as a Reading.

    Args:
        data: the file.
        name: what messages call it.

    Raises:
        InputError: for what is no Word file, is encrypted, damaged or too big; in Chinese, with a remedy.
    """
    try:
        return _File(_parts(data), name).read()
    except BadPackage as fault:
        raise refusal(name, fault.reason) from None


def refusal(name: str, why: str) -> InputError:
    """The fault to raise for a Word file that is not read."""
    message, hint = FAULTS[why]
    return unreadable(name, message, hint)


def _parts(data: bytes) -> dict[str, bytes]:
    parts = read_parts(data, wanted=lambda part: READ.search(part) is not None)
    if any(b"purl.oclc.org/ooxml" in part[:4000] for part in parts.values()):
        for name, part in parts.items():
            for strict, usual in STRICT.items():
                part = part.replace(strict, usual)
            parts[name] = part
    return parts


class _File:
    """The parts of one Word file, and what has been read of them."""

    def __init__(self, parts: Mapping[str, bytes], name: str, nested: bool = False) -> None:
        self.parts = parts
        self.name = name
        self.nested = nested
        self.main = self._main()
        self.related = relationships(parts, self.main)
        self.seen = {self.main}
        self.asides: list[Aside] = []

    def _main(self) -> str:
        found = [one.target for one in relationships(self.parts, "") if one.kind == "officeDocument"]
        for name in (*found, MAIN):
            if name in self.parts and b"wordprocessingml" in self.parts[name][:20_000]:
                return name
        raise BadPackage("foreign", "no text part")

    def read(self) -> Reading:
        """Everything."""
        root = parse(self.parts[self.main])
        body = root.find(w("body"))
        if body is None:
            raise BadPackage("foreign", "no body")
        self.looks = Looks(self._one("styles"))
        lists = Lists.read(self._one("numbering"), self.looks)
        story = Story(self.looks).walk(body)
        accepted, original = views(story.raws, lists)
        self.asides += story.asides
        self.asides += _numbers((*accepted, *original))
        self._notes(story)
        self._margins()
        self._objects(story, self.related)
        self._warnings()
        self._rest()
        order = sorted(self.asides, key=lambda aside: aside.serial or len(story.raws) + 1)
        return Reading(
            name=self.name,
            kind="docx",
            accepted=accepted,
            original=original,
            asides=tuple(dict.fromkeys(order)),
            properties=self._properties(),
            attachments=self._attachments(),
        )

    def _one(self, kind: str) -> etree._Element | None:
        """The part of a kind that the text has at most one of."""
        for one in self.related:
            if one.kind == kind and one.target in self.parts:
                self.seen.add(one.target)
                return parse(self.parts[one.target])
        return None

    def _aside(self, kind: AsideKind, text: str, serial: int = 0, detail: str = "") -> None:
        self.asides.append(Aside(kind, text, serial, detail=detail))

    # ---------------------------------------------------------------- texts beside the body

    def _story(self, node: etree._Element, part: str, kind: AsideKind, serial: int = 0) -> str:
        """The text of a header, note or comment; what hides in it becomes asides of its own."""
        story = Story(self.looks).walk(node)
        where = ASIDE_LABELS[kind]
        for aside in story.asides:
            detail = f"{where}，{aside.detail}" if aside.detail else where
            self.asides.append(replace(aside, serial=serial, detail=detail))
        self._objects(story, relationships(self.parts, part), serial)
        texts = ["".join([span.text for span in raw.spans]) for raw in story.raws]
        return "\n".join(texts).strip("\n")

    def _notes(self, body: Story) -> None:
        """Footnotes, endnotes and comments, each at the paragraph that refers to it."""
        for name, (kind, element) in NOTES.items():
            root = self._one(name)
            if root is None:
                continue
            part = next(one.target for one in self.related if one.kind == name and one.target in self.parts)
            places = {mark: serial for what, mark, serial in reversed(body.references) if what == element}
            for node in root.iter(w(element)):
                if (node.get(w("type")) or "normal") != "normal" and not all_text(node):
                    continue
                serial = places.get(node.get(w("id")) or "", 0)
                text = self._story(node, part, kind, serial)
                if text.strip():
                    author = node.get(w("author")) or ""
                    self.asides.append(Aside(kind, text, serial, author, day_of(node)))

    def _margins(self) -> None:
        """Headers and footers, each text once."""
        for one in self.related:
            if one.kind in ("header", "footer") and one.target in self.parts and one.target not in self.seen:
                self.seen.add(one.target)
                kind: AsideKind = "header" if one.kind == "header" else "footer"
                text = self._story(parse(self.parts[one.target]), one.target, kind)
                if text.strip():
                    self._aside(kind, text)

    def _objects(self, story: Story, related: tuple[Relationship, ...], serial: int = 0) -> None:
        """Embedded files, other texts that are put in, and pictures, by the relationships that name them."""
        by_id = {one.id: one for one in related}
        for what, name, at in story.related:
            found = by_id.get(name)
            if found is None or (found.external and what == "picture" and found.kind == "hyperlink"):
                continue
            at = serial or at
            if found.external:
                self._aside("link", found.target, at, LINKS.get(found.kind, "外部内容"))
            elif what == "chunk":
                self.seen.add(found.target)
                self._aside("chunk", self._foreign(found.target), at, found.target)
            elif what == "embedded":
                self.seen.add(found.target)
                self._aside("embedded", self._foreign(found.target), at, found.target)
            elif found.kind == "image":
                self._aside("picture", "", at, "图片中的文字没有读")

    def _foreign(self, part: str) -> str:
        """What can be read of a file inside the file; nothing of those inside that one."""
        data = self.parts.get(part, b"")
        if data[:2] == b"PK" and not self.nested:
            try:
                parts = _parts(data)
                if any(b"wordprocessingml" in one[:20_000] for one in parts.values()):
                    reading = _File(parts, part, nested=True).read()
                    lines = [passage.line for passage in reading.accepted]
                    return "\n".join([*lines, *(aside.text for aside in reading.asides)]).strip()
                return "\n".join(_texts(parts))
            except BadPackage:
                return ""
        if data[:5] == b"{\\rtf":
            return _rtf_text(data)
        text = _decoded(data)
        return re.sub(r"<[^>]*>", "", text).strip() if "<" in text else text.strip()

    # ---------------------------------------------------------------- what is no text, or nobody refers to

    def _warnings(self) -> None:
        """Macros, and what is fetched from elsewhere."""
        macros = [name for name in self.parts if name.lower().endswith(("vbaproject.bin", "vbadata.xml"))]
        if macros:
            self._aside("macro", "文件带有宏", detail=macros[0])
        for part in (self.main, "word/settings.xml"):
            for one in relationships(self.parts, part):
                if one.external and one.kind in LINKS:
                    self._aside("link", one.target, detail=LINKS[one.kind])

    def _rest(self) -> None:
        """Text in parts that nothing has led to."""
        for name in sorted(self.parts):
            data = self.parts[name]
            if name in self.seen or not data or name == "[Content_Types].xml" or name.startswith("docProps/"):
                continue
            if name.lower().endswith((".xml", ".vml")) and not NOT_TEXT.search(name):
                self._unseen(name, data)
            elif "embeddings/" in name or "afchunk" in name.lower():
                self._aside(
                    "embedded" if "embeddings/" in name else "chunk", self._foreign(name), detail=name
                )

    def _unseen(self, name: str, data: bytes) -> None:
        root = parse(data)
        if root.tag == f"{{{ATTACHMENTS}}}attachments":
            return
        if name.startswith("customXml/") or name.endswith("settings.xml"):
            said = [text for node in root.iter() for text in (node.text, *map(str, node.attrib.values()))
                     if text and CHINESE.search(text)]  # fmt: skip
            for text in said:
                self._aside("data", text.strip(), detail=name)
        elif words := all_text(root):
            self._aside("part", words, detail=name)

    def _properties(self) -> dict[str, str]:
        found = {}
        for one in relationships(self.parts, ""):
            if one.kind == "custom-properties" and one.target in self.parts:
                for node in parse(self.parts[one.target]).iter("{*}property"):
                    found[node.get("name") or ""] = "".join(map(str, node.itertext()))
            elif one.kind == "core-properties" and one.target in self.parts:
                for child in parse(self.parts[one.target]).iter():
                    if isinstance(child.tag, str) and child.text and child.text.strip():
                        found[f"core.{etree.QName(child).localname}"] = child.text
        return found

    def _attachments(self) -> dict[str, bytes]:
        """What our own writer carries inside."""
        found = {}
        for name in sorted(self.parts):
            if name.startswith("customXml/") and ATTACHMENTS.encode() in self.parts[name]:
                for node in parse(self.parts[name]).iter(f"{{{ATTACHMENTS}}}attachment"):
                    text = node.text or ""
                    data = text.encode()
                    if node.get("encoding") == "base64":
                        try:
                            data = base64.b64decode(data)
                        except (binascii.Error, ValueError):
                            continue
                    found[node.get("name") or ""] = data
        return found


def _numbers(passages: tuple[Passage, ...]) -> Iterator[Aside]:
    """Sentences that stand in a list's numbers."""
    for passage in passages:
        if CHINESE.search(re.sub("[零〇一二三四五六七八九十百千]", "", passage.number)):
            yield Aside("number", passage.number, passage.serial)


def _texts(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The characters of every part of a spreadsheet or presentation."""
    for name in sorted(parts):
        if name.endswith(".xml") and not name.startswith(("[", "docProps/", "_rels/")):
            root = parse(parts[name])
            words = "".join([node.text or "" for node in root.iter("{*}t")])
            if words:
                yield words


def _decoded(data: bytes) -> str:
    """Text of an unknown encoding, as well as can be; nothing for what is no text."""
    if b"\x00" in data[:4000]:
        return ""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _rtf_text(data: bytes) -> str:
    """The Chinese characters of an RTF text: escapes resolved, control words dropped."""
    text = data.decode("latin-1")
    text = re.sub(r"\\u(-?\d+) ?(?:\\'[0-9a-f]{2}|\?)?", lambda m: chr(int(m[1]) % 65536), text)
    hexes = re.compile(r"(?:\\'[0-9a-fA-F]{2})+")
    gbk = partial(bytes.decode, encoding="gb18030", errors="replace")
    text = hexes.sub(lambda m: gbk(bytes.fromhex(m[0].replace("\\'", ""))), text)
    return re.sub(r"\\[a-z]+-?\d* ?|[{}\r\n]", "", text).strip()
