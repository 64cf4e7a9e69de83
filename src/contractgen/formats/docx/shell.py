"""The shell: a Word template (``template``), compiled once per content into Jinja source, and filled without docxtpl.

docxtpl turns the template's ``{%p`` and ``{%tr`` tags into plain Jinja; that happens to the template alone,
before any text of a document is there. Placeholders become runs that keep the looks of the run they stood in.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree

from contractgen.files import cached
from contractgen.formats.docx.body import Styling
from contractgen.formats.docx.elements import drop, parent_of, text_of
from contractgen.formats.docx.markup import RANK, Properties
from contractgen.formats.docx.numbering import ARTICLE, level_of, next_number
from contractgen.formats.docx.package import (
    MAIN,
    Entry,
    W,
    entry,
    read_parts,
    serialize,
    w,
)
from contractgen.formats.docx.template import PLACEHOLDER, Template

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
MARKERS = ("front", "contents", "body", "annexes")
NOISE = ("proofErr", "lastRenderedPageBreak", "bookmarkStart", "bookmarkEnd", "permStart", "permEnd")
PRINTER = "printer"


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
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    key = hashlib.sha256(code + data).hexdigest()  # other code, another compiled form
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
        "measure": template.measure,
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
    return patched(root)


def patched(root: etree._Element) -> str:
    """The Jinja source of a part whose ``{%p``, ``{%tr`` and ``{#p`` are meant as docxtpl reads them."""
    from docxtpl import DocxTemplate

    return str(DocxTemplate(io.BytesIO()).patch_xml(etree.tostring(root, encoding="unicode")))


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
