"""A merge in words: the same entries for the terminal, the page, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contractgen.diff.changes import LABELS
from contractgen.diff.matter import CELL_GAP
from contractgen.diff.merge.model import (
    SIDES,
    STATUSES,
    Merged,
    MergedLine,
    MergedSection,
    Opinion,
    Piece,
    Point,
    SideName,
    Status,
)
from contractgen.diff.report import place_in, reason, reasons
from contractgen.document import Text

MERGED = "合并修订稿"
NOTHING = "两份改稿都与原文一致。"
NONE = "（没有）"
POINTS, REMARKS = "争议点清单", "文件中需要打开核对的内容"
NO_POINTS = "双方的改动没有互相冲突的地方。正文中的修订都还没有接受，仍要逐处协商。"
NOTE = (
    "以下各处双方意见不一致，尚未确定，请逐处协商后填写处理决定。正文中双方的文字先后列出：原文划去，"
    "署双方的名；各自的文字署各自的名。采用一方的，接受该方和署双方名的修订，拒绝另一方的修订；维持原文的，全部拒绝。"
)
KINDS = {
    "wording": "双方改动同一处文字",
    "removal": "一方删去或者移动，另一方改动",
    "insertion": "双方在同一处增加文字",
}


def status_label(merged: Merged, status: Status) -> str:
    """有争议, 仅工会 …"""
    if status in SIDES:
        return f"仅{merged.sides[status].author}改动"
    return {"contested": "有争议", "both": "双方改动相同", "mixed": "双方各改一处"}.get(status, "未改")


def headline(merged: Merged) -> str:
    """争议点 2；改动 7 段：有争议 2，仅工会改动 3，仅用人单位改动 1，双方改动相同 1"""
    shown = [f"{status_label(merged, one)} {merged.count[one]}" for one in STATUSES if merged.count.get(one)]
    total = sum(merged.count[one] for one in STATUSES if one != "same")
    return f"争议点 {merged.count['points']} 处；改动 {total} 段" + (f"：{'，'.join(shown)}" if shown else "")


def title(merged: Merged, section: MergedSection) -> str:
    """第十条 产假, with who put it in."""
    name = section.section.name or "正文之前"
    return f"{name}（{merged.author(section.by)}增加）" if section.by else name


def headers(merged: Merged) -> tuple[str, ...]:
    """The heads of the list of contested points."""
    return ("序号", "位置", "原文", *(f"{merged.sides[side].author}的文字" for side in SIDES), "处理决定")


def shown(text: str) -> str:
    """A text, or that there is none."""
    return text or NONE


def opinion_lines(opinion: Opinion, *, rules: bool = True) -> tuple[str, ...]:
    """What a side's text does to the workers' position; with the rules that say so and the standards they touch."""
    told = [
        reason(one) if rules else f"{LABELS[one.label]}：{one.title}" for one in opinion.effects if one.rule
    ]
    return tuple(dict.fromkeys(told)) or (LABELS[opinion.label],)


def where(section: MergedSection, line: MergedLine) -> str:
    """第十二条第二款; of what a side put in, behind what it stands: 第十二条第二款之后."""
    if line.base is None and not section.by:
        before = None
        for one in section.lines:
            if one is line:
                break
            before = one.base or before
        if before is not None:
            return f"{place_in(section.section, before)}之后"
    return place_in(section.section, line.line) or title_of(section)


def title_of(section: MergedSection) -> str:
    """The name of a section without who put it in."""
    return section.section.name or "正文之前"


def line_reasons(merged: Merged, line: MergedLine) -> Iterator[str]:
    """工会：削弱：应当改为可以 [duty-to-option]"""
    for side in SIDES:
        change = line.changes.get(side)
        if change is None:
            continue
        author = merged.sides[side].author
        said = list(reasons(change)) or [LABELS[change.label]]
        yield from (f"{author}：{text}" for text in said)


def mark(merged: Merged, piece: Piece) -> str:
    """A stretch with its marks: [工会、用人单位-98-], {工会+158+}."""
    if piece.kind == "kept":
        return piece.text
    name = merged.author(piece.by)
    return f"[{name}-{piece.text}-]" if piece.kind == "deleted" else f"{{{name}+{piece.text}+}}"


def cells_of(line: MergedLine) -> Iterator[Piece]:
    """The stretches of a line that have characters, cells parted by ｜."""
    for number, cell in enumerate(line.cells):
        if number:
            yield Piece("kept", (Text(CELL_GAP),))
        yield from (one for one in cell if one.text)


def as_dict(merged: Merged) -> dict[str, Any]:
    """The same content for programs."""
    return {
        "base": merged.base.name,
        **{
            side: {"file": merged.sides[side].differences.new.name, "author": merged.sides[side].author}
            for side in SIDES
        },
        "count": dict(merged.count),
        "contested": [_point(point) for point in merged.points],
        "changes": [_line(section, line) for section in merged.sections for line in section.counted],
    }


def _point(point: Point) -> Mapping[str, Any]:
    return {
        "number": point.number,
        "place": point.place,
        "kind": point.kind,
        "base": point.base,
        **{side: _opinion(point.opinions[side]) for side in SIDES},
        "decision": "",
    }


def _opinion(opinion: Opinion) -> Mapping[str, Any]:
    return {
        "text": opinion.text,
        "effect": opinion.label,
        "reasons": [text for one in opinion.effects if (text := reason(one))],
    }


def _line(section: MergedSection, line: MergedLine) -> Mapping[str, Any]:
    return {
        "place": where(section, line),
        "status": line.status,
        "points": list(line.points),
        "base": line.base.text if line.base else "",
        **{side: _side(line, side) for side in SIDES},
        "pieces": [
            {"kind": one.kind, "by": [side for side in SIDES if side in one.by], "text": one.text}
            for one in cells_of(line)
        ],
    }


def _side(line: MergedLine, side: SideName) -> Mapping[str, Any]:
    change = line.changes.get(side)
    text = line.lines[side].text if side in line.lines else ""
    unchanged = line.base is not None and change is None
    return {
        "text": line.base.text if unchanged and line.base else text,
        "effect": change.label if change else "",
        "reasons": list(reasons(change)) if change else [],
    }


def markdown(merged: Merged) -> str:
    """A report to read or to paste: the contested points as a table, then every change with its author."""
    lines = [f"# {MERGED}：{merged.base.name}", "", headline(merged), ""]
    if merged.points:
        lines += [f"## {POINTS}", "", NOTE, ""]
        header = headers(merged)
        lines += [f"| {' | '.join(header)} |", f"|{' --- |' * len(header)}"]
        for point in merged.points:
            sides = [
                "；".join(
                    (shown(point.opinions[side].text), *opinion_lines(point.opinions[side], rules=False))
                )
                for side in SIDES
            ]
            row = (str(point.number), point.place, shown(point.base), *sides, "")
            lines.append(f"| {' | '.join(_escaped(one) for one in row)} |")
        lines.append("")
    if merged.remarks:
        lines += [f"## {REMARKS}", "", *(f"- {_escaped(one)}" for one in merged.remarks), ""]
    counted = [section for section in merged.sections if section.counted]
    lines += [] if counted else [NOTHING, ""]
    for section in counted:
        lines += [f"## {title(merged, section)}", ""]
        for line in section.counted:
            lines += [f"**{head(merged, section, line)}**", ""]
            lines += [_escaped("".join(mark(merged, one) for one in cells_of(line))), ""]
            lines += [f"- {text}" for text in line_reasons(merged, line)]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def head(merged: Merged, section: MergedSection, line: MergedLine) -> str:
    """[有争议，第1处] 第十二条第二款"""
    numbers = f"，第{'、'.join(map(str, line.points))}处" if line.points else ""
    return f"[{status_label(merged, line.status)}{numbers}] {where(section, line)}"


def _escaped(text: str) -> str:
    """What Markdown would take for structure."""
    for character in "\\`*_<":
        text = text.replace(character, f"\\{character}")
    return text.replace("|", "\\|").replace("\n", "<br>")
