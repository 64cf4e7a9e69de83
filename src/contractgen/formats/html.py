"""Document to HTML: one self-contained file for screen and print, and the page that the PDF is made from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from contractgen.document import (
    Annex,
    Article,
    Blank,
    Chapter,
    Cut,
    Document,
    Inline,
    Item,
    Lines,
    PageBreak,
    Paragraph,
    Reference,
    Room,
    Signing,
    Subheading,
    Table,
    inlines_in,
    plain,
)
from contractgen.files import data_folder
from contractgen.formats import SEAL, column_shares, introduces, number_of, printed, row_height

if TYPE_CHECKING:
    from jinja2 import Template

SPACES = re.compile(r"[ \t\n]{2}|[\t\n]|^ | $")  # what a page would make one space, or none, of
KINDS: dict[str, type] = {
    "annex": Annex,
    "article": Article,
    "blank": Blank,
    "chapter": Chapter,
    "cut": Cut,
    "item": Item,
    "lines": Lines,
    "page_break": PageBreak,
    "paragraph": Paragraph,
    "reference": Reference,
    "signing": Signing,
    "subheading": Subheading,
    "table": Table,
}


def write_html(document: Document) -> str:
    """The document as one HTML file that asks for nothing else: no script, no font, no picture, no request."""
    return page(document, f"<style>\n{style_sheet()}</style>")


def page(document: Document, style: str = "") -> str:
    """The document through the page template; ``style`` is trusted and goes into the head as it is."""
    from markupsafe import Markup

    shown = printed(document)
    return _template().render(document=shown, style=Markup(style), anchors=anchors(shown))


def style_sheet() -> str:
    """The style sheet of the page, as it stands in the templates folder."""
    return (data_folder("templates") / "contract" / "page.css").read_text(encoding="utf-8")


def anchors(document: Document) -> frozenset[str]:
    """The ids worth printing: blocks that some reference of the document points to, and that are there."""
    wanted = {node.target for node in _inlines(document) if isinstance(node, Reference)}
    blocks = (block for block in document.blocks if not isinstance(block, Room))
    return frozenset(block.id for block in blocks if block.id in wanted)


def _inlines(document: Document) -> list[Inline]:
    found = [one for block in document.blocks for one in inlines_in(block)]
    rows = list(document.cover.rows) if document.cover else []
    for party in document.parties:
        rows += [*party.rows, *party.signature]
    for row in rows:
        found.extend(row.inlines)
    return found


@lru_cache(maxsize=1)
def _template() -> Template:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(data_folder("templates") / "contract"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["number"] = number_of
    environment.filters["widths"] = _percent
    environment.filters["spacing"] = _spacing
    environment.filters["height"] = row_height
    environment.tests["seal"] = _seal
    environment.tests["introducing"] = introduces
    environment.tests.update({name: _is(kind) for name, kind in KINDS.items()})
    return environment.get_template("page.html.j2")


def _seal(place: Sequence[Inline]) -> bool:
    """Whether a place to sign is one for a seal."""
    return SEAL in plain(place)


def _is(kind: type) -> Any:
    return lambda value: isinstance(value, kind)


def _spacing(inlines: Sequence[Inline]) -> str:
    """The attribute that keeps several spaces and line ends as they are, where there are any."""
    from markupsafe import Markup

    return Markup(' style="white-space:pre-wrap"') if SPACES.search(plain(inlines)) else ""


def _percent(table: Table) -> list[str]:
    """The widths of the columns as CSS writes them."""
    shares = column_shares(table)
    return [f"{share * 100 / sum(shares):.2f}%" for share in shares]
