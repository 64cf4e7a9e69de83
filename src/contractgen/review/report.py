"""A review in words: findings for a person to go through, heaviest first, and the same for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from contractgen.diff import KINDS, LABELS, Change, Differences, SectionChange, abridged
from contractgen.diff.report import place, reasons
from contractgen.findings import Finding, Location, Severity, ordered
from contractgen.review.asides import aside_findings
from contractgen.review.numbers import VERDICTS, NumberVerdict
from contractgen.review.own import OwnReview, View
from contractgen.review.points import Point, as_finding, as_point

FATES = {"split": "拆分", "merged": "合并"}
LABEL_SEVERITY = {
    "weaker": Severity.WARNING,
    "unclear": Severity.WARNING,
    "stronger": Severity.ADVICE,
    "neutral": Severity.ADVICE,
}


def findings(review: OwnReview) -> tuple[Finding, ...]:
    """Everything that a person must look at, heaviest first."""
    return ordered(as_finding(point) for point in points(review))


def points(review: OwnReview) -> tuple[Point, ...]:
    """The same in the order of the contract; what concerns the whole file or stands before its text comes first.

    ``line`` counts the lines of the comparison: what is about the same one has the same.
    """
    told = _told(review)
    around = _around(review)
    found = [*_strange(review), *around.pop(-1, ())]
    line = 0
    for at, section in enumerate(review.differences.sections):
        for change in section.changes:
            here = [_change(review, section, change)] if change.counted and section.kind != "left" else []
            where = _place(section, change)
            found += [replace(one, place=where, line=line) for one in (*here, *told.get(id(change), ()))]
            line += 1
        found += around.pop(at, ())
    return (*found, *(one for rest in around.values() for one in rest))


def _told(view: View | OwnReview) -> dict[int, list[Point]]:
    """What the law and the numbers say of each change, by ``id``."""
    told: dict[int, list[Point]] = {}
    for held in view.held:
        told.setdefault(id(held.change), []).append(held.point)
    for change, finding in _numbers(view):
        told.setdefault(id(change), []).append(as_point(finding))
    return told


def _around(review: OwnReview) -> dict[int, list[Point]]:
    """What is no change of a line, by the section of the comparison that it stands in; -1 before all of them."""
    labels = {
        section.new.label: at
        for at, section in enumerate(review.differences.sections)
        if section.new and section.new.label
    }
    found: dict[int, list[Point]] = {}
    for one in review.regrouped:
        finding = Finding(
            f"article-{one.fate}",
            Severity.ADVICE,
            f"{'、'.join(one.old)}{FATES[one.fate]}为{'、'.join(one.new)}",
            Location(place=one.new[0]),
        )
        found.setdefault(labels.get(one.new[0], -1), []).append(as_point(finding))
    view, refused = review.refused or (None, ())
    told_of_refused = _told(view) if view else {}
    for home, change in refused:
        now = home.new or home.old
        at = labels.get(now.label, -1) if now else -1
        found.setdefault(at, []).extend(_refused(review, home, change, told_of_refused.get(id(change), ())))
    for aside, where in review.asides:
        at = -1
        for section in review.sections if aside.serial else ():
            if section.lines and section.lines[0].passage.serial <= aside.serial:
                at = labels.get(section.label, at)
        told = [as_point(one) for one in aside_findings([(aside, where)], review.sent)]
        unlawful = [replace(one, place=where or aside.label) for one in review.loose.get(id(aside), ())]
        found.setdefault(at, []).extend([*told, *(unlawful if told else ())])
    return found


def headline(review: OwnReview) -> str:
    """数值 31：合格 28，低于底线 1，需要人工判断 2"""
    count = Counter(one.verdict for one in review.numbers)
    shown = "，".join(f"{title} {count[verdict]}" for verdict, title in VERDICTS.items())
    return f"数值 {len(review.numbers)}：{shown}"


def as_dict(review: OwnReview) -> dict[str, Any]:
    """The same content for programs."""
    from contractgen.diff.report import as_dict as differences_as_dict

    return {
        "file": review.reading.name,
        "kind": review.reading.kind,
        "tracked": review.reading.tracked,
        "differences": differences_as_dict(review.differences),
        "numbers": [
            {
                "name": one.name,
                "title": one.title,
                "verdict": one.verdict,
                "reason": one.reason,
                "old": one.old,
                "new": one.new,
                "floor": one.floor,
            }
            for one in review.numbers
        ],
        "regrouped": [
            {"fate": one.fate, "old": list(one.old), "new": list(one.new)} for one in review.regrouped
        ],
        "hidden": [
            {
                "kind": aside.kind,
                "text": aside.text,
                "place": where,
                "author": aside.author,
                "day": aside.day,
                "detail": aside.detail,
            }
            for aside, where in review.asides
        ],
        "findings": [one.as_dict() for one in findings(review)],
    }


# ------------------------------------------------------------------ one after another


def _numbers(view: View | OwnReview) -> Iterator[tuple[Change, Finding]]:
    """A finding for each number that is not ok; of lines that were left as they were, one for all with one reason."""
    sections = _home(view.differences)
    left: dict[tuple[str, str], list[NumberVerdict]] = {}
    for one in view.numbers:
        if one.verdict == "person" and not one.change.counted:
            left.setdefault((one.name, one.reason), []).append(one)
    for one in view.numbers:
        alike = left.get((one.name, one.reason), [one]) if not one.change.counted else [one]
        if one.verdict == "ok" or alike[0] is not one:
            continue
        below = one.verdict == "below"
        places = list(dict.fromkeys(sections.get(id(each.change), "") for each in alike))
        also = f"（另有 {len(places) - 1} 处：{'、'.join(places[1:])}）" if len(places) > 1 else ""
        yield (
            one.change,
            Finding(
                "number-below" if below else "number-unclear",
                Severity.ERROR if below else Severity.WARNING,
                f"“{one.title}”{one.said}：{one.reason}{also}",
                Location(place=places[0]),
                source=one.floor,
                hint=one.remedy,
            ),
        )


def _change(review: OwnReview, section: SectionChange, change: Change) -> Point:
    return Point(
        f"change-{change.label}",
        LABEL_SEVERITY[change.label],
        _place(section, change),
        "",
        f"{KINDS[change.kind]}（{LABELS[change.label]}，{review.author(change)}）",
        "；".join(reasons(change)),
        ops=abridged(change.ops),
    )


def _refused(
    review: OwnReview, section: SectionChange, change: Change, told: Sequence[Point]
) -> Iterator[Point]:
    """What stands in a line once every tracked change is refused, other than what was sent, with what the law says."""
    where = _place(section, change)
    yield Point(
        f"refused-{change.label}",
        LABEL_SEVERITY[change.label],
        where,
        "",
        f"拒绝全部修订以后的文字与发出的不同（{KINDS[change.kind]}，{LABELS[change.label]}，{review.author(change)}）",
        "；".join(reasons(change)),
        "不要用“拒绝所有修订”来恢复，以发出的文件为准",
        ops=abridged(change.ops),
    )
    for one in told:
        yield replace(one, place=where, message=f"拒绝全部修订以后：{one.message}", line=None)


def _strange(review: OwnReview) -> Iterator[Point]:
    """What was added outside the text, each with what the law says on it."""
    yield from (as_point(one) for one in strange_findings(review))
    for line in review.strange:
        yield from (replace(one, place=line.place) for one in review.loose.get(id(line), ()))


def strange_findings(review: OwnReview) -> Iterator[Finding]:
    """What was added outside the text, and what could not be compared."""
    if review.tables_left_out:
        message = f"{review.reading.kind.upper()}文件的表格、封面和当事人各栏不成行列，没有比较，其中的数值也没有判断"
        yield Finding("tables-left-out", Severity.WARNING, message, hint="请向对方取得 Word 文件")
    if review.front_left_out:
        message = "文件里没有封面和当事人各栏，没有比较"
        yield Finding("front-left-out", Severity.WARNING, message, hint="请向对方取得完整的文件")
    for line in review.strange:
        yield Finding(
            "front-added",
            Severity.WARNING,
            f"{line.place}上有发出时没有的文字：{line.text}",
            Location(place=line.place),
            hint="请核对是不是双方商定的",
        )


def _home(differences: Differences) -> dict[int, str]:
    return {
        id(change): _place(section, change) for section in differences.sections for change in section.changes
    }


def _place(section: SectionChange, change: Change) -> str:
    """第十二条第二款, as it is numbered now; of what was deleted, as it was."""
    home = section.old if change.new is None else section.new
    label = home.label if home and home.label else section.section.title
    return f"{label}{place(section, change)}"
