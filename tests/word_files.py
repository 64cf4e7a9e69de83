"""Word files for tests, made of raw XML: the text as one writes it down, all else as small as it can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:zz="urn:unknown:zz"'
)
BY = 'w:id="7" w:author="王虚构" w:date="2026-11-20T08:00:00Z"'  # who changed it
RELATIONS = {"word/styles.xml": "styles", "word/numbering.xml": "numbering", "word/footnotes.xml": "footnotes",
             "word/endnotes.xml": "endnotes", "word/comments.xml": "comments", "word/header1.xml": "header",
             "word/footer1.xml": "footer", "word/settings.xml": "settings"}  # fmt: skip


def run(text: str, properties: str = "", element: str = "t") -> str:
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:{element} xml:space="preserve">{text}</w:{element}></w:r>'


def paragraph(inner: str, properties: str = "") -> str:
    """Plain text, or runs where it begins with a tag."""
    content = inner if inner.startswith("<") else run(inner)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content}</w:p>"


def numbered(inner: str, number: int = 1, level: int = 0) -> str:
    return paragraph(inner, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    inner = "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def part(root: str, inner: str) -> str:
    return f"<w:{root} {SPACES}>{inner}</w:{root}>"


def level(number: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, nums: str = "") -> str:
    nums = nums or '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return part("numbering", f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}')


def word_file(
    *blocks: str,
    parts: Mapping[str, str | bytes] | None = None,
    relations: Mapping[str, tuple[str, str]] | None = None,
) -> bytes:
    """A Word file.

    Args:
        blocks: what stands in its body.
        parts: further parts by name; the usual ones are related to the text by themselves.
        relations: id to (kind, target); ``http://`` targets are external.
    """
    parts = dict(parts or {})
    related = [(f"p{at}", RELATIONS[name], name) for at, name in enumerate(parts) if name in RELATIONS]
    related += [(name, kind, target) for name, (kind, target) in (relations or {}).items()]
    rels = "".join([_relation(*one) for one in related])
    package = "http://schemas.openxmlformats.org/package/2006"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="d" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{rels}</Relationships>',
        "word/document.xml": part("document", f"<w:body>{''.join(blocks)}<w:sectPr/></w:body>"),
        **parts,
    }
    return zipped(files)


def _relation(name: str, kind: str, target: str) -> str:
    where = f'Target="{target}" TargetMode="External"' if "://" in target else f'Target="/{target}"'
    return f'<Relationship Id="{name}" Type="{R}/{kind}" {where}/>'


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


class Edited:
    """A Word file of ours in the hands of the other side: each method is an edit, ``data`` the file it leaves."""

    def __init__(self, data: bytes, author: str = "李虚构") -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.author = author
        self.number = 90_000

    @property
    def data(self) -> bytes:
        return zipped({**self.parts, "word/document.xml": etree.tostring(self.root)})

    def find(self, words: str) -> etree._Element:
        """The last paragraph that holds these words."""
        return [p for p in self.root.iter(f"{{{W}}}p") if words in self.text(p)][-1]

    def text(self, p: etree._Element) -> str:
        return "".join(t.text or "" for t in p.iter(f"{{{W}}}t"))

    def replace(self, place: str, old: str, new: str, *, track: bool = False) -> Edited:
        """Other words in the paragraph that holds ``place``."""
        p = self.find(place)
        runs = [r for r in p.iter(f"{{{W}}}r") if r.find(f"{{{W}}}t") is not None]
        whole = "".join(self.text(r) for r in runs)
        assert old in whole, whole
        before, _, after = whole.partition(old)
        parent = runs[0].getparent()
        assert parent is not None
        at = parent.index(runs[0])
        for r in runs:
            r.getparent().remove(r)  # type: ignore[union-attr]
        if track:
            middle = f"<w:del {self._by()}>{run(old, element='delText')}</w:del>" if old else ""
            middle += f"<w:ins {self._by()}>{run(new)}</w:ins>" if new else ""
        else:
            middle = run(new) if new else ""
        xml = (run(before) if before else "") + middle + (run(after) if after else "")
        for offset, node in enumerate(self._nodes(xml)):
            parent.insert(at + offset, node)
        return self

    def delete(self, words: str, *, track: bool = False) -> Edited:
        p = self.find(words)
        if not track:
            p.getparent().remove(p)  # type: ignore[union-attr]
            return self
        self.replace(words, self.text(p), "", track=True)
        self._mark(p, "del")
        return self

    def insert(self, after: str, words: str, *, track: bool = False, before: bool = False) -> Edited:
        """A paragraph of the other side's own, behind (or before) another one, in its control."""
        p = self.find(after)
        inner = f"<w:ins {self._by()}>{run(words)}</w:ins>" if track else run(words)
        (new,) = self._nodes(paragraph(inner, '<w:pStyle w:val="CGPara"/>'))
        if track:
            self._mark(new, "ins")
        if before:
            p.addprevious(new)
        else:
            p.addnext(new)
        return self

    def split(self, place: str, at: str) -> Edited:
        """The paragraph ends before ``at``; the rest is a new one."""
        whole = self.text(self.find(place))
        rest = whole[whole.index(at) :]
        self.replace(place, rest, "")
        return self.insert(whole[: whole.index(at)], rest)

    def move(self, words: str, behind: str) -> Edited:
        p, other = self.find(words), self.find(behind)
        other.addnext(p)
        return self

    def without(self, *carriers: str) -> Edited:
        """Carriers of identity that a program has lost: tag, alias, bookmark, heading."""
        for node in list(self.root.iter(f"{{{W}}}tag", f"{{{W}}}alias", f"{{{W}}}bookmarkStart")):
            name = etree.QName(node).localname
            if name == "bookmarkStart":
                name = "heading" if (node.get(f"{{{W}}}name") or "").startswith("_cgh_") else "bookmark"
            if name in carriers:
                node.getparent().remove(node)  # type: ignore[union-attr]
        return self

    def _by(self) -> str:
        self.number += 1
        return f'w:id="{self.number}" w:author="{self.author}" w:date="2026-11-20T08:00:00Z"'

    def _mark(self, p: etree._Element, kind: str) -> None:
        properties = p.find(f"{{{W}}}pPr")
        assert properties is not None
        properties.append(self._nodes(f"<w:rPr><w:{kind} {self._by()}/></w:rPr>")[0])

    def _nodes(self, xml: str) -> list[etree._Element]:
        return list(etree.fromstring(f"<x {SPACES}>{xml}</x>"))
