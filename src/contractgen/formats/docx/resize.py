"""Another size of type: the styles of a template made smaller for papers, and the text of tables larger for a card."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from contractgen.document import Document
from contractgen.formats.docx.package import MAIN

STYLES = "word/styles.xml"
FORM, COMPACT = (
    Fraction(7, 8),
    Fraction(3, 4),
)  # 14 pt for 16, so that 32 characters fill the line that 28 filled; 12 pt
LINES, COMPACT_LINES = Fraction(7, 9), Fraction(28, 45)  # 22.5 pt for 28.95; 18 pt
TIGHT = Fraction(1, 3)  # of the space around headings, on a card
TABLES = {"form": FORM, "compact": Fraction(5, 6), "large": Fraction(9, 8)}  # 10.5, 10 and 13.5 pt
WIDE_TABLE = Fraction(3, 4)  # 9 pt, for the many columns of a wide page
MARGINS = {
    "form": {"top": 1418, "bottom": 1361},
    "compact": {"top": 907, "bottom": 907},
    "large": {"top": 964, "bottom": 964},
}
SIZE = re.compile(r'(<w:szC?s? w:val=")(\d+)(")')
LINE = re.compile(r'( w:line=")(\d+)(" w:lineRule="exact")')
SPACE = re.compile(r'( w:(?:before|after)=")(\d+)(")')
INDENT = re.compile(r'( w:(?:firstLine|left)=")(\d+)(")')
PITCH = re.compile(r'( w:linePitch=")(\d+)(")')
STYLE = re.compile(r'<w:style [^>]*w:styleId="(\w+)".*?</w:style>', re.DOTALL)
PAGE_MARGINS = re.compile(r"<w:pgMar [^>]*/>")
MARGIN = re.compile(r'( w:(top|bottom)=")\d+(")')


def resized(document: Document, main: str, styles: str, table: str) -> Mapping[str, str]:
    """The styles and the main part of a file in another size of type; ``table`` is the style of the text of tables."""
    kind = document.type_size
    type_size, lines = (COMPACT, COMPACT_LINES) if kind == "compact" else (FORM, LINES)
    size = WIDE_TABLE if document.landscape else TABLES[kind]
    styles = _scaled(styles, type_size, lines)
    styles = SPACE.sub(lambda found: _times(found, TIGHT if kind == "large" else LINES), styles)
    styles = STYLE.sub(
        lambda found: (
            _scaled(found[0], size / type_size, size / type_size) if found[1] == table else found[0]
        ),
        styles,
    )
    if not document.landscape:
        main = PAGE_MARGINS.sub(lambda found: _margins(found[0], MARGINS[kind]), main)
    return {STYLES: styles, MAIN: PITCH.sub(lambda found: _times(found, lines), main)}


def _margins(text: str, edges: Mapping[str, int]) -> str:
    """Page margins in twentieths of a point: 25 and 24 mm, 16 mm, 17 mm."""
    return MARGIN.sub(lambda found: f"{found[1]}{edges[found[2]]}{found[3]}", text)


def _scaled(text: str, size: Fraction, lines: Fraction) -> str:
    for pattern, factor in ((SIZE, size), (INDENT, size), (LINE, lines)):
        text = pattern.sub(lambda found, factor=factor: _times(found, factor), text)  # type: ignore[misc]
    return text


def _times(found: re.Match[str], factor: Fraction) -> str:
    return f"{found[1]}{round(int(found[2]) * factor)}{found[3]}"
