"""Room for a pen in a Word file: ruled lines, and places to sign and seal side by side. They are tables without a frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contractgen.document import Lines, Signing, plain
from contractgen.formats import SEAL
from contractgen.formats.docx.markup import Inlines, Properties, run

LINE_HEIGHT = 579  # twentieths of a point: a line of the page
SEAL_HEIGHT, HAND_HEIGHT, LABEL_HEIGHT = 1920, 1000, 450
PAGE_BREAK = '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>'
CUT = (
    '<w:p><w:pPr><w:pBdr><w:bottom w:val="dashed" w:sz="6" w:space="1" w:color="7F7F7F"/></w:pBdr>'
    '<w:spacing w:before="0" w:after="0" w:line="579" w:lineRule="exact"/></w:pPr></w:p>'
)
KEEP = "<w:keepNext/>"
FLUSH = '<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
NO_FRAME = "".join(
    f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
RULE = '<w:{0} w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
SIZE: Properties = (("sz", '<w:sz w:val="24"/>'), ("szCs", '<w:szCs w:val="24"/>'))
DAY, SHORT_DAY = "　　　　年　　月　　日", "　　　年　月　日"  # the short one where three places share a line


def lines(block: Lines, style: Mapping[str, str], measure: int, keep: bool) -> str:
    """Lines to write on; ``keep`` holds them on the page of what follows."""
    frame = (
        '<w:top w:val="nil"/><w:left w:val="nil"/>'
        + RULE.format("bottom")
        + '<w:right w:val="nil"/>'
        + RULE.format("insideH")
    )
    rows = [_line(style, measure, keep) for _ in range(block.count)]
    return _table(style, frame, (measure,), rows, "供书写的横线")


def _line(style: Mapping[str, str], measure: int, keep: bool) -> str:
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{LINE_HEIGHT}" w:hRule="atLeast"/></w:trPr>'
        + _cell(measure, _paragraph(style["CGTableText"], "", KEEP * keep))
        + "</w:tr>"
    )


def signing(block: Signing, style: Mapping[str, str], inlines: Inlines, measure: int, keep: bool) -> str:
    """Places to sign: labels, room below them, then the days, in one row that no page break parts; ``keep`` with what follows."""
    widths = _even(len(block.places), measure)
    height = max(SEAL_HEIGHT if SEAL in plain(place) else HAND_HEIGHT for place in block.places)
    gap = f'<w:spacing w:before="{height - LABEL_HEIGHT}"/>'
    properties = KEEP * keep + gap + FLUSH + '<w:jc w:val="right"/>'
    day = (
        _paragraph(style["CGPara"], run(DAY if len(block.places) < 3 else SHORT_DAY, SIZE), properties)
        if block.dated
        else ""
    )
    labels = (
        _paragraph(style["CGPara"], inlines.runs(place, SIZE), KEEP * (block.dated or keep) + FLUSH)
        for place in block.places
    )
    cells = "".join(_cell(width, label + day) for width, label in zip(widths, labels, strict=True))
    row = (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/></w:trPr>{cells}</w:tr>'
    )
    return _table(style, NO_FRAME, widths, [row], "签署栏（仅供排版）")


def _even(count: int, measure: int) -> tuple[int, ...]:
    return tuple(measure // count for _ in range(count))


def _paragraph(style: str, runs: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _cell(width: int, inner: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="top"/></w:tcPr>{inner}</w:tc>'


def _table(
    style: Mapping[str, str], frame: str, widths: Sequence[int], rows: Sequence[str], caption: str
) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style["CGTable"]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{frame}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{caption}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )
