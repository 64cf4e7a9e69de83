"""A Word file that contracts are printed on: its parts, and where its styles, lists and markers are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from contractgen.formats.docx.elements import text_of
from contractgen.formats.docx.numbering import ARTICLE, CHAPTER, ITEM, level_of, value
from contractgen.formats.docx.package import (
    MAIN,
    Relationship,
    parse,
    read_parts,
    relationships,
    w,
)

PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
STYLE_TITLES = {
    "Title": "封面标题",
    "Heading1": "章标题",
    "CGArticle": "条标题",
    "CGPara": "条文",
    "CGItem": "项",
    "CGDash": "不编号的项",
    "CGCenter": "居中",
    "CGRight": "居右",
    "CGSmall": "小字",
    "CGNote": "批注",
    "CGAnnex": "附件标题",
    "CGFrontTitle": "清单标题",
    "CGSubheading": "小标题",
    "CGCaption": "表题",
    "CGTable": "表格",
    "CGTableHead": "表头",
    "CGTableText": "表格内容",
    "CGBlank": "待填",
    "CGSuggested": "建议值",
    "TOC1": "目录 1",
    "TOC2": "目录 2",
    "CommentText": "批注文字",
    "CommentReference": "批注引用",
}
BUILT_IN = {
    "Heading1": "heading 1",
    "TOC1": "toc 1",
    "TOC2": "toc 2",
    "CommentText": "annotation text",
    "CommentReference": "annotation reference",
    "Title": "title",
}


@dataclass
class Template:
    """The parts of a template, the trees of those that matter, and where its styles and lists are."""

    parts: dict[str, bytes]
    trees: dict[str, etree._Element] = field(default_factory=dict)

    @staticmethod
    def read(data: bytes) -> Template:
        """Open a Word file; BadPackage where it is none."""
        return Template(read_parts(data))

    def tree(self, name: str) -> etree._Element:
        """The root of a part, parsed once; changes to it are kept."""
        if name not in self.trees:
            self.trees[name] = parse(self.parts[name])
        return self.trees[name]

    def related(self, kind: str, part: str = MAIN) -> list[Relationship]:
        """What a part is related to, of one kind: styles, numbering, header."""
        return [one for one in relationships(self.parts, part) if one.kind == kind and not one.external]

    def of_kind(self, kind: str) -> etree._Element | None:
        """The tree of the one part of a kind that the document has."""
        found = [one.target for one in self.related(kind) if one.target in self.parts]
        return self.tree(found[0]) if found else None

    @property
    def stories(self) -> list[str]:
        """The parts that print text: the document, its headers and footers."""
        names = [one.target for kind in ("header", "footer") for one in self.related(kind)]
        return [MAIN, *sorted(set(names) & self.parts.keys())]

    def styles(self) -> dict[str, str]:
        """Our names of styles with the ids they have here, as far as they can be found."""
        tree = self.of_kind("styles")
        if tree is None:
            return {}
        known: dict[str, str] = {}
        ids = set()
        for style in tree.iter(w("style")):
            style_id = style.get(w("styleId"), "")
            ids.add(style_id)
            names = [value(style, "name"), *value(style, "aliases").split(",")]
            for name in names:
                known.setdefault(name.strip().casefold(), style_id)
                known.setdefault(name.strip().split(" ")[0].casefold(), style_id)
        by_role = self._styles_by_role()
        found = {}
        for name in STYLE_TITLES:
            title = BUILT_IN.get(name, name).casefold()
            style_id = name if name in ids else known.get(title) or by_role.get(name, "")
            if style_id in ids:
                found[name] = style_id
        return found

    def _styles_by_role(self) -> dict[str, str]:
        """Styles that were given another name, told by what they do here: at a marker, or in a numbering."""
        roles = {}
        for name, style in (("body", "CGPara"), ("annexes", "CGAnnex"), ("contents", "TOC1")):
            for paragraph in self.markers(name):
                properties = paragraph.find(w("pPr"))
                roles[style] = value(properties, "pStyle") if properties is not None else ""
        numbering = self.of_kind("numbering")
        if numbering is not None:
            for text, style in ((CHAPTER, "Heading1"), (ARTICLE, "CGArticle"), (ITEM, "CGItem")):
                level = level_of(numbering, text)
                roles[style] = level.style if level else ""
        return roles

    def markers(self, name: str) -> list[etree._Element]:
        """The paragraphs that hold only ``{{ name }}``."""
        body = self.tree(MAIN).find(w("body"))
        paragraphs = [] if body is None else body.iter(w("p"))
        return [
            p for p in paragraphs if (match := PLACEHOLDER.fullmatch(text_of(p).strip())) and match[1] == name
        ]

    @property
    def measure(self) -> int:
        """The width of the text on the page, in twentieths of a point."""
        section = self.tree(MAIN).find(f"{w('body')}/{w('sectPr')}")
        size, margins = (
            (None, None) if section is None else (section.find(w("pgSz")), section.find(w("pgMar")))
        )
        if size is None or margins is None:
            return 8960
        gutter = int(margins.get(w("gutter"), "0"))
        sides = int(margins.get(w("left"), "1531")) + int(margins.get(w("right"), "1415"))
        return max(int(size.get(w("w"), "11906")) - sides - gutter, 2000)
