"""The shell: a Word template, compiled once per content into Jinja source, and filled without docxtpl.

docxtpl turns the template's ``{%p`` and ``{%tr`` tags into plain Jinja; that happens to the template alone,
before any text of a document is there. Placeholders become runs that keep the looks of the run they stood in.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree

from contractgen.files import cached
from contractgen.formats.docx.body import Styling
from contractgen.formats.docx.markup import RANK, Properties
from contractgen.formats.docx.numbering import ARTICLE, CHAPTER, ITEM, level_of, next_number, value
from contractgen.formats.docx.package import (
    Entry,
    Relationship,
    W,
    entry,
    parse,
    read_parts,
    relationships,
    serialize,
    w,
)

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
MARKERS = ("front", "contents", "body", "annexes")
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
NOISE = ("proofErr", "lastRenderedPageBreak", "bookmarkStart", "bookmarkEnd", "permStart", "permEnd")
MAIN = "word/document.xml"
PRINTER = "printer"


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


def text_of(node: etree._Element) -> str:
    """The characters of a paragraph."""
    return "".join(t.text or "" for t in node.iter(w("t")))


# ------------------------------------------------------------------ compiling


@dataclass(frozen=True)
class Shell:
    """A compiled template: sources by part, the looks of placeholders, and all other parts ready to be zipped."""

    sources: Mapping[str, str]
    looks: tuple[Properties, ...]
    styling: Styling
    parts: Mapping[str, bytes]
    still: tuple[Entry, ...]


@lru_cache(maxsize=8)
def compiled(data: bytes) -> Shell:
    """The shell of a template that ``check`` has found to be sound."""
    key = hashlib.sha256(Path(__file__).read_bytes() + data).hexdigest()  # other code, another compiled form
    saved = cached("word-shell", key, lambda: _compile(data))
    parts = {name: text.encode() for name, text in saved["parts"].items()}
    others = {name: body for name, body in read_parts(data).items() if name in saved["still"]}
    return Shell(
        sources=saved["sources"],
        looks=tuple(tuple((name, xml) for name, xml in look) for look in saved["looks"]),
        styling=Styling(saved["styles"], saved["abstract"], saved["first_number"], saved["measure"]),
        parts=parts,
        still=tuple(entry(name, body) for name, body in sorted(others.items())),
    )


CHANGED = ("docProps/", "customXml/", "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels")


def _compile(data: bytes) -> dict[str, Any]:
    """The compiled form, as JSON."""
    template = Template.read(data)
    styles = template.styles()
    numbering = template.of_kind("numbering")
    level = level_of(numbering, ARTICLE) if numbering is not None else None
    assert numbering is not None and level is not None, "the template was not checked"
    facts = {
        "styles": styles,
        "abstract": level.abstract,
        "first_number": next_number(numbering),
        "measure": measure(template),
    }
    looks: list[Properties] = []
    sources = {name: source(template.tree(name), looks) for name in template.stories}
    _tidy_settings(template)
    texts = {
        one.target: serialize(template.tree(one.target)).decode()
        for kind in ("numbering", "settings")
        for one in template.related(kind)
    }
    dropped = {one.target for kind in ("customXml", "comments") for one in template.related(kind)}
    still = [
        name
        for name in template.parts
        if name not in sources and name not in texts and name not in dropped and not name.startswith(CHANGED)
    ]
    for name in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        texts[name] = serialize(_without_replaced(template, name)).decode()
    return {**facts, "sources": sources, "looks": looks, "parts": texts, "still": still}


REPLACED_KINDS = ("core-properties", "extended-properties", "custom-properties", "customXml", "thumbnail")


def _without_replaced(template: Template, name: str) -> etree._Element:
    """Types or relationships without the parts that every document gets anew."""
    root = template.tree(name)
    for node in list(root):
        part = (node.get("PartName") or "").lstrip("/")
        kind = (node.get("Type") or "").rsplit("/", 1)[-1]
        if part.startswith(("docProps/", "customXml/")) or kind in REPLACED_KINDS:
            root.remove(node)
    return root


def measure(template: Template) -> int:
    """The width of the text on the page, in twentieths of a point."""
    section = template.tree(MAIN).find(f"{w('body')}/{w('sectPr')}")
    size, margins = (None, None) if section is None else (section.find(w("pgSz")), section.find(w("pgMar")))
    if size is None or margins is None:
        return 8960
    gutter = int(margins.get(w("gutter"), "0"))
    sides = int(margins.get(w("left"), "1531")) + int(margins.get(w("right"), "1415"))
    return max(int(size.get(w("w"), "11906")) - sides - gutter, 2000)


def _tidy_settings(template: Template) -> None:
    """Take out what names the person or the template that a restyled file comes from."""
    settings = template.of_kind("settings")
    if settings is not None:
        for name in ("rsids", "attachedTemplate", "docVars", "documentProtection", "proofState"):
            for node in list(settings.iter(w(name))):
                drop(node)
    for one in template.related("settings"):
        name = f"word/_rels/{one.target.rsplit('/', 1)[-1]}.rels"
        template.parts.pop(name, None)


def source(root: etree._Element, looks: list[Properties] | None = None) -> str:
    """The Jinja source of a part; the looks of its placeholders are added to ``looks``."""
    looks = [] if looks is None else looks
    tidy(root)
    for paragraph in root.iter(w("p")):
        match = PLACEHOLDER.fullmatch(text_of(paragraph).strip())
        if match and match[1] in MARKERS:
            _replace_text(paragraph, f"{{{{p {match[1]} }}}}")
        else:
            _placeholders(paragraph, looks)
    return _patched(etree.tostring(root, encoding="unicode"))


def _patched(xml: str) -> str:
    """``{%p``, ``{%tr`` and ``{#p`` as docxtpl reads them."""
    from docxtpl import DocxTemplate

    return str(DocxTemplate(io.BytesIO()).patch_xml(xml))


def tidy(root: etree._Element) -> None:
    """Drop what Word strews into a text, and mend tags that it has cut into several runs."""
    for node in list(root.iter(*(w(name) for name in NOISE))):
        drop(node)
    for node in root.iter(w("sdtPr")):
        for child in node.findall(w("id")):
            node.remove(child)  # a control in a loop would repeat it
    for node in root.iter():
        for name in list(node.attrib):
            if isinstance(name, str) and ("}rsid" in name or name.endswith(("}paraId", "}textId"))):
                del node.attrib[name]
    for parent in {parent_of(run) for run in root.iter(w("r"))}:
        for runs in list(_text_runs(parent)):
            _mend(parent, runs)


def parent_of(node: etree._Element) -> etree._Element:
    """The element around one that is not the root."""
    parent = node.getparent()
    assert parent is not None
    return parent


def drop(node: etree._Element) -> None:
    """Take an element out."""
    parent_of(node).remove(node)


def _text_runs(parent: etree._Element) -> Iterator[list[etree._Element]]:
    """Neighboring runs that hold nothing but text."""
    group: list[etree._Element] = []
    for child in parent:
        if child.tag == w("r") and all(part.tag in (w("rPr"), w("t")) for part in child):
            group.append(child)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _mend(parent: etree._Element, runs: list[etree._Element]) -> None:
    """Give each tag a run of its own, with the looks of the run in which it begins."""
    texts = [text_of(run) for run in runs]
    whole = "".join(texts)
    if not TAG.search(whole):
        return
    starts = [sum(map(len, texts[:position])) for position in range(len(texts))]
    cuts = sorted({*starts, *(edge for match in TAG.finditer(whole) for edge in match.span()), len(whole)})
    inside = {cut for match in TAG.finditer(whole) for cut in cuts if match.start() < cut < match.end()}
    cuts = [cut for cut in cuts if cut not in inside]
    at = parent.index(runs[0])
    for run in runs:
        parent.remove(run)
    for left, right in pairwise(cuts):
        owner = runs[max(position for position, start in enumerate(starts) if start <= left)]
        piece = etree.Element(w("r"))
        look = owner.find(w("rPr"))
        if look is not None:
            piece.append(etree.fromstring(etree.tostring(look)))
        text = etree.SubElement(piece, w("t"))
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        text.text = whole[left:right]
        parent.insert(at, piece)
        at += 1


def _replace_text(paragraph: etree._Element, text: str) -> None:
    texts = list(paragraph.iter(w("t")))
    texts[0].text = text
    for other in texts[1:]:
        other.text = ""


def _placeholders(paragraph: etree._Element, looks: list[Properties]) -> None:
    """Turn each run ``{{ name }}`` into ``{{ name|runs(look) }}``, which prints runs of the same look."""
    for run in list(paragraph.iter(w("r"))):
        match = PLACEHOLDER.fullmatch(text_of(run).strip())
        if not match or match[1].startswith(("p ", "tr ", "tc ", "r ")):
            continue
        look = _look(run.find(w("rPr")))
        if look not in looks:
            looks.append(look)
        source = f"{{{{ {match[1]}|runs({looks.index(look)}) }}}}"
        before = run.getprevious()
        parent = parent_of(run)
        if before is not None:
            before.tail = (before.tail or "") + source
        else:
            parent.text = (parent.text or "") + source
        parent.remove(run)


def _look(properties: etree._Element | None) -> Properties:
    """The properties of a run that we can lay marks over."""
    if properties is None:
        return ()
    found = []
    for child in properties:
        name = etree.QName(child)
        if name.namespace == W and name.localname in RANK:
            xml = etree.tostring(child, encoding="unicode", with_tail=False)
            found.append((name.localname, re.sub(r' xmlns:\w+="[^"]*"', "", xml)))
    return tuple(found)


# ------------------------------------------------------------------ filling


def environment() -> Any:
    """The sandbox in which templates are filled: values only, escaped, none missing in silence."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    found = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True, cache_size=0)
    found.globals.clear()
    found.filters = {"runs": _runs()}
    found.tests.clear()
    return found


def _runs() -> Any:
    """The filter on every placeholder: what the context's printer makes of a value and the looks it stands in."""
    from jinja2 import pass_context

    @pass_context
    def runs(context: Any, value: object, look: int) -> object:
        return context[PRINTER](value, look)

    return runs


@lru_cache(maxsize=8)
def _programs(data: bytes) -> Mapping[str, Any]:
    jinja = environment()
    return {name: jinja.from_string(source) for name, source in compiled(data).sources.items()}


def fill(
    data: bytes, context: Mapping[str, Any], printer: Callable[[Any, Properties], str]
) -> dict[str, str]:
    """Every part that prints text, filled.

    Args:
        data: the template.
        context: what its placeholders name; the blocks for its markers are ready-made XML.
        printer: gives runs for a value, with the properties that the template gives them.
    """
    from markupsafe import Markup

    looks = compiled(data).looks
    places = {name: Markup(f"\0{name}\0") for name in MARKERS if context[name]}  # no text holds U+0000
    values = {**context, **places, PRINTER: lambda value, look: Markup(printer(value, looks[look]))}
    texts = {name: str(program.render(values)) for name, program in _programs(data).items()}
    pieces = texts[MAIN].split("\0")  # every other piece is the name of a marker
    texts[MAIN] = "".join([context[piece] if at % 2 else piece for at, piece in enumerate(pieces)])
    return texts
