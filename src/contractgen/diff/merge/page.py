"""A merge as one HTML file: contested points first, then the base and both copies side by side; no script, no request."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from contractgen.diff.merge.model import SIDES, STATUSES, Merged, MergedLine, MergedSection, SideName, Status
from contractgen.diff.merge.report import (
    MERGED,
    NO_POINTS,
    NOTE,
    NOTHING,
    POINTS,
    REMARKS,
    headers,
    headline,
    line_reasons,
    opinion_lines,
    shown,
    status_label,
    title,
    where,
)
from contractgen.diff.page import filters, side, whole

KINDS = tuple(status for status in STATUSES if status != "same")


def page(merged: Merged) -> str:
    """The whole file."""
    choices = [("all", f"全部 {sum(merged.count[one] for one in KINDS)}")]
    choices += [(one, f"{status_label(merged, one)} {merged.count[one]}") for one in KINDS]
    before = (*_remarks(merged), *_points(merged), *filters(choices))
    return whole(f"{MERGED}：{merged.base.name}", headline(merged), before, _sections(merged))


def _remarks(merged: Merged) -> Iterator[str]:
    if merged.remarks:
        listed = "".join(f"<li>{escape(one)}</li>" for one in merged.remarks)
        yield f'<h2>{REMARKS}</h2>\n<ul class="reasons">{listed}</ul>'


def _points(merged: Merged) -> Iterator[str]:
    yield f"<h2>{POINTS}</h2>\n<p>{NOTE if merged.points else NO_POINTS}</p>"
    if not merged.points:
        return
    heads = "".join(f'<th scope="col">{escape(one)}</th>' for one in headers(merged))
    yield f'<table class="points">\n<thead><tr>{heads}</tr></thead>\n<tbody>'
    for point in merged.points:
        cells = [
            f'<a href="#p{point.number}">{point.number}</a>',
            escape(point.place),
            _lines(shown(point.base)),
        ]
        for name in SIDES:
            opinion = point.opinions[name]
            effects = "".join(
                f'<br><span class="{opinion.label}"><small>{escape(one)}</small></span>'
                for one in opinion_lines(opinion)
            )
            cells.append(f"{_lines(shown(opinion.text))}{effects}")
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in (*cells, ''))}</tr>"
    yield "</tbody>\n</table>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _sections(merged: Merged) -> Iterator[str]:
    counted = [section for section in merged.sections if section.counted]
    if not counted:
        yield f"<p>{NOTHING}</p>"
    seen: set[int] = set()
    for section in counted:
        yield f"<section>\n<h2>{escape(title(merged, section))}</h2>"
        for line in section.counted:
            yield from _line(merged, section, line, seen)
        yield "</section>"


def _line(merged: Merged, section: MergedSection, line: MergedLine, seen: set[int]) -> Iterator[str]:
    anchors = "".join(f'<a id="p{one}"></a>' for one in line.points if one not in seen)
    seen.update(line.points)
    numbers = f"，第{'、'.join(map(str, line.points))}处" if line.points else ""
    yield f'<article class="change {_color(line.status)} {line.status}">{anchors}'
    label = escape(status_label(merged, line.status) + numbers)
    yield f'<p><span class="verdict">{label}</span>　{escape(where(section, line))}</p>'
    names = "".join(f'<th scope="col">{escape(merged.sides[name].author)}</th>' for name in SIDES)
    yield f'<table>\n<thead><tr><th scope="col">原文</th>{names}</tr></thead>'
    cells = [escape(line.base.text) if line.base else ""] + [_side(line, name) for name in SIDES]
    yield f"<tbody><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></tbody>\n</table>"
    listed = [f"<li>{escape(text)}</li>" for text in line_reasons(merged, line)]
    yield f'<ul class="reasons">{"".join(listed)}</ul></article>'


def _side(line: MergedLine, name: SideName) -> str:
    """One side's text with what it deleted and put in."""
    change = line.changes.get(name)
    if change is None:
        return escape(line.base.text) if line.base else ""
    if line.base is None and change.new is not None:
        return f"<ins>{escape(change.new.text)}</ins>"
    if name in line.by and line.base is not None:
        return f"<del>{escape(line.base.text)}</del>"
    return side(change.ops, both=True)


def _color(status: Status) -> str:
    return "unclear" if status == "contested" else "neutral"
