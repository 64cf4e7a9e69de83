"""Another size of type: the styles of a template made smaller for papers, and the text of tables larger for a card."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from contractgen.document import Document
from contractgen.formats.docx.shell import MAIN

STYLES = "word/styles.xml"
FORM = Fraction(7, 8)  # 14 pt for 16: 32 characters fill the line that 28 filled
LINES = Fraction(7, 9)  # 22.5 pt for 28.95
TIGHT = Fraction(1, 3)  # of the space around headings, on a card
LARGE_TABLE, WIDE_TABLE = Fraction(9, 8), Fraction(3, 4)  # 13.5 pt; 9 pt, for the many columns of a wide page
FORM_MARGINS, LARGE_MARGIN = {"top": 1418, "bottom": 1361}, 964  # twentieths of a point: 25, 24 and 17 mm
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
    large = document.type_size == "large"
    size = LARGE_TABLE if large else WIDE_TABLE if document.landscape else FORM
    styles = _scaled(styles, FORM, LINES)
    styles = SPACE.sub(lambda found: _times(found, TIGHT if large else LINES), styles)
    styles = STYLE.sub(
        lambda found: _scaled(found[0], size / FORM, size / FORM) if found[1] == table else found[0], styles
    )
    if not document.landscape:
        main = PAGE_MARGINS.sub(lambda found: _margins(found[0], large), main)
    return {STYLES: styles, MAIN: PITCH.sub(lambda found: _times(found, LINES), main)}


def _margins(text: str, large: bool) -> str:
    return MARGIN.sub(
        lambda found: f"{found[1]}{LARGE_MARGIN if large else FORM_MARGINS[found[2]]}{found[3]}", text
    )


def _scaled(text: str, size: Fraction, lines: Fraction) -> str:
    for pattern, factor in ((SIZE, size), (INDENT, size), (LINE, lines)):
        text = pattern.sub(lambda found, factor=factor: _times(found, factor), text)  # type: ignore[misc]
    return text


def _times(found: re.Match[str], factor: Fraction) -> str:
    return f"{found[1]}{round(int(found[2]) * factor)}{found[3]}"
