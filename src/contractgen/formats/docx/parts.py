"""The parts of a Word file beside its text: properties, the attached record, comments, and their registration."""

from __future__ import annotations

import base64
import datetime
import uuid
from collections.abc import Mapping

from contractgen.document import Document
from contractgen.formats.docx.markup import attribute, escape
from contractgen.formats.docx.package import CONTENT_TYPES, HEADER, RELATIONSHIPS, WORD_TYPE, W

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
TYPE = "application/vnd.openxmlformats-"
ATTACHMENTS = "urn:contractgen:attachments"
CUSTOM_FORM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the one form of custom properties there is
DAYS = ("cg.day", "cg.law_day")  # properties that may date the file


def core(document: Document) -> str:
    """Title, author and language; dated by the document, never by a clock."""
    texts = [
        ("dc:title", document.title),
        ("dc:subject", document.subject),
        ("dc:creator", document.author),
        ("cp:keywords", "；".join(document.keywords)),
        ("cp:lastModifiedBy", document.author),
    ]
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in texts if text)
    if day := _day(document):
        for name in ("created", "modified"):
            inner += f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z</dcterms:{name}>'
    return (
        f'{HEADER}<cp:coreProperties xmlns:cp="{PACKAGE}metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{inner}<dc:language>{escape(document.language)}</dc:language></cp:coreProperties>"
    )


def _day(document: Document) -> datetime.date | None:
    for name in DAYS:
        try:
            return datetime.date.fromisoformat(document.properties.get(name, ""))
        except ValueError:
            continue
    return None


def app() -> str:
    """The program, and nothing of the machine."""
    return f'{HEADER}<Properties xmlns="{OFFICE}extended-properties"><Application>contractgen</Application></Properties>'


def custom(document: Document) -> str:
    """The document's own properties, such as cg.library."""
    inner = "".join(
        f'<property fmtid="{CUSTOM_FORM}" pid="{number}" name="{attribute(name)}">'
        f"<vt:lpwstr>{escape(value[:255])}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(sorted(document.properties.items()), start=2)
    )
    return f'{HEADER}<Properties xmlns="{OFFICE}custom-properties" xmlns:vt="{OFFICE}docPropsVTypes">{inner}</Properties>'


def attachments(files: Mapping[str, bytes]) -> str:
    """Files as one XML part: text as it is where XML can carry it unchanged, else in base64."""
    inner = "".join(_attachment(name, data) for name, data in sorted(files.items()))
    return f'{HEADER}<attachments xmlns="{ATTACHMENTS}">{inner}</attachments>'


def _attachment(name: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    plain = text and all(c in "\t\n" or (c >= " " and c not in "\x7f\ufffe\uffff") for c in text)
    if plain:
        kind, text = "text", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    else:
        kind, text = "base64", base64.b64encode(data).decode()
    return f'<attachment name="{attribute(name)}" encoding="{kind}">{text}</attachment>'


def item_properties() -> str:
    """What names the attached part for Word; the id tells ours from others."""
    item_id = f"{{{str(uuid.uuid5(uuid.NAMESPACE_URL, ATTACHMENTS)).upper()}}}"
    return (
        f'{HEADER}<ds:datastoreItem xmlns:ds="{OFFICE}customXml" ds:itemID="{item_id}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{ATTACHMENTS}"/></ds:schemaRefs></ds:datastoreItem>'
    )


def comments(entries: list[str]) -> str:
    """The part of comments."""
    return f'{HEADER}<w:comments xmlns:w="{W}">{"".join(entries)}</w:comments>'


def relations(*targets: tuple[str, str]) -> str:
    """A part of relationships: (type, target) each."""
    return f'{HEADER}<Relationships xmlns="{RELATIONSHIPS}">{_relations(targets)}</Relationships>'


def _relations(targets: tuple[tuple[str, str], ...]) -> str:
    return "".join(
        f'<Relationship Id="cg{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )


def with_relations(part: str, *targets: tuple[str, str]) -> str:
    """A part of relationships and some more."""
    return _before_end(part, "Relationships", _relations(targets))


def with_types(part: str, types: Mapping[str, str]) -> str:
    """The part of content types and some more: part name to type."""
    assert CONTENT_TYPES in part
    inner = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    return _before_end(part, "Types", inner)


def _before_end(part: str, root: str, inner: str) -> str:
    head, end, tail = part.rpartition(f"</{root}>")
    return f"{head}{inner}{end}{tail}"


def beside(
    document: Document, files: Mapping[str, bytes], notes: list[str], shell: Mapping[str, str]
) -> dict[str, str]:
    """Every part beside the text, with content types and relationships that know of them.

    Args:
        document: for its properties.
        files: what is attached.
        notes: comments, as XML.
        shell: the template's content types and relationships, without what is replaced here.
    """
    found = {
        "docProps/core.xml": core(document),
        "docProps/app.xml": app(),
        "docProps/custom.xml": custom(document),
    }
    types = {
        "docProps/core.xml": f"{TYPE}package.core-properties+xml",
        "docProps/app.xml": f"{TYPE}officedocument.extended-properties+xml",
        "docProps/custom.xml": f"{TYPE}officedocument.custom-properties+xml",
    }
    related: list[tuple[str, str]] = []
    if notes:
        found["word/comments.xml"] = comments(notes)
        types["word/comments.xml"] = f"{WORD_TYPE}comments+xml"
        related.append((f"{OFFICE}relationships/comments", "comments.xml"))
    if files:
        found["customXml/item1.xml"] = attachments(files)
        found["customXml/itemProps1.xml"] = item_properties()
        found["customXml/_rels/item1.xml.rels"] = relations(
            (f"{OFFICE}relationships/customXmlProps", "itemProps1.xml")
        )
        types["customXml/itemProps1.xml"] = f"{TYPE}officedocument.customXmlProperties+xml"
        related.append((f"{OFFICE}relationships/customXml", "../customXml/item1.xml"))
    found["[Content_Types].xml"] = with_types(shell["[Content_Types].xml"], types)
    found["word/_rels/document.xml.rels"] = with_relations(shell["word/_rels/document.xml.rels"], *related)
    found["_rels/.rels"] = with_relations(
        shell["_rels/.rels"],
        (f"{PACKAGE}relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{OFFICE}relationships/extended-properties", "docProps/app.xml"),
        (f"{OFFICE}relationships/custom-properties", "docProps/custom.xml"),
    )
    return found
