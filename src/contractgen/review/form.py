"""The reviewer's opinion form (审核意见表): a summary, then one row per point in the order of the contract, as a Document.

Its words stand in templates/review/opinion.yaml.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from contractgen.diff.tokens import Op
from contractgen.document import Block, Cell, Document, Paragraph, Subheading, Table, Text
from contractgen.document.articles import places_of
from contractgen.files import data_folder, load_yaml
from contractgen.findings import Finding, InputError, Severity
from contractgen.review.asides import aside_findings, property_asides
from contractgen.review.foreign import ForeignReview
from contractgen.review.foreign import as_dict as foreign_as_dict
from contractgen.review.own import OwnReview
from contractgen.review.points import Point, as_finding, as_point, as_row
from contractgen.review.report import as_dict as own_as_dict
from contractgen.review.report import points as own_points

MISSING = "topic-missing"
SHORT = 40  # characters of an error's words in the summary
FORMATS = ("docx", "html", "json")
RULE = re.compile(r" \[[a-z-]+\]")  # its id, which a form does not need
Review = OwnReview | ForeignReview


@dataclass(frozen=True, slots=True)
class Group:
    """A line of the summary: how many points of a kind there are, and where."""

    title: str
    count: int
    places: tuple[str, ...]

    def __str__(self) -> str:
        shown = f"：{_listed(self.places)}" if self.places else ""
        return f"{self.title} {self.count}{shown}"


def points_of(review: Review) -> tuple[Point, ...]:
    """The points of a review, in the order of the contract."""
    return _with_hidden(review) if isinstance(review, ForeignReview) else own_points(review)


def _with_hidden(review: ForeignReview) -> tuple[Point, ...]:
    """The points of a foreign contract, and what hides in its file."""
    found = list(review.points)
    place = places_of(review.sections)
    unnumbered = {line.serial: line.place for line in review.lines}
    for aside in reversed((*property_asides(review.reading), *review.reading.asides)):
        told = aside_findings([(aside, place(aside.serial) or unnumbered.get(aside.serial, ""))])
        behind = (
            at
            for at, point in enumerate(found)
            if point.line is not None and review.lines[point.line].serial > aside.serial
        )
        missing = (at for at, point in enumerate(found) if point.rule == "topic-missing")
        at = min(next(behind, len(found)), next(missing, len(found))) if aside.serial else 0
        found[at:at] = [as_point(one) for one in told]
    return tuple(found)


def findings_of(review: Review) -> tuple[Finding, ...]:
    """The same as they are printed in lines."""
    return tuple(as_finding(point) for point in points_of(review))


def subject(review: Review) -> tuple[str, ...]:
    """What was reviewed, and against what."""
    file = Path(review.reading.name).name
    if isinstance(review, ForeignReview):
        filled = {"place": review.title, "on": review.on.isoformat()}
        return tuple(line.format(file=file, **filled) for line in _words()["subject"]["foreign"])
    base = Path(review.differences.old.name).name
    return tuple(line.format(file=file, base=base) for line in _words()["subject"]["own"])


def summary(review: Review) -> tuple[Group, ...]:
    """How many points of each kind there are; every point is counted once."""
    kind = "foreign" if isinstance(review, ForeignReview) else "own"
    groups = _words()["groups"][kind]
    held: list[list[Point]] = [[] for _ in range(len(groups) + 1)]
    for point in points_of(review):
        held[next((at for at, one in enumerate(groups) if _named(point.rule, one["rules"])), -1)].append(
            point
        )
    titles = [one["title"] for one in groups] + [_words()["others"]]
    return tuple(
        Group(title, len(members), tuple(dict.fromkeys(_named_place(point) for point in members)))
        for title, members in zip(titles, held, strict=True)
        if members or title != _words()["others"]
    )


def advice(review: Review) -> tuple[str, ...]:
    """What is to be done, in words; last, that what is not reported is not thereby in order."""
    kind = "foreign" if isinstance(review, ForeignReview) else "own"
    found = points_of(review)
    said = []
    for one in _words()["advice"][kind]:
        count = sum(
            _named(point.rule, one.get("rules", ("*",)))
            and one.get("severity", point.severity.value) == point.severity.value
            for point in found
        )
        said += [one["says"].format(count)] if count else []
    return (*said, _words()["caution"])


def form(review: Review) -> Document:
    """The form, to print and to fill in."""
    words = _words()
    blocks: list[Block] = [
        *_lines(subject(review)),
        Subheading(words["summary"]["heading"]),
        *_lines(advice(review)),
    ]
    groups = [one for one in summary(review) if one.count]
    blocks += [_table(words["summary"], [_of_group(one) for one in groups])] if groups else []
    blocks.append(Subheading(words["points"]["heading"]))
    texts = _texts(review)
    rows = list(_rows(review, texts))
    blocks += [_table(words["points"], rows)] if rows else _lines([words["nothing"]])
    missing = list(_missing(review))
    blocks += [Subheading(words["missing"]["heading"]), _table(words["missing"], missing)] if missing else []
    blocks += _lines(words["signature"])
    if texts:
        blocks.append(Subheading(words["texts"]["heading"]))
    for number, (text, place) in enumerate(texts.items(), start=1):
        title = words["texts"]["title"].format(number=number, place=place)
        blocks.append(Paragraph((Text(title, strong=True),), role="small"))
        blocks += [Paragraph((Text(line),), role="small") for line in text.split("\n")]
    return Document(
        words["title"],
        running_head=words["title"],
        body=tuple(blocks),
        draft=False,
        landscape=True,
        type_size="form",
    )


def _lines(texts: Sequence[str]) -> list[Block]:
    return [Paragraph((Text(line),), role="text") for line in texts]


def as_dict(review: Review) -> dict[str, Any]:
    """Everything for programs."""
    found = foreign_as_dict(review) if isinstance(review, ForeignReview) else own_as_dict(review)
    groups = [{"title": one.title, "count": one.count, "places": list(one.places)} for one in summary(review)]
    return {**found, "summary": groups, "points": [as_row(point) for point in points_of(review)]}


def render(review: Review, kind: str) -> bytes:
    """The form in one of ``FORMATS``."""
    if kind == "docx":
        from contractgen.formats.docx_write import write_docx

        return write_docx(form(review))
    if kind == "html":
        from contractgen.formats.html import write_html

        return write_html(form(review)).encode()
    if kind == "json":
        return (json.dumps(as_dict(review), ensure_ascii=False, indent=2) + "\n").encode()
    raise InputError(f"不认识的格式：{kind}", hint=f"可以选 {'、'.join(FORMATS)}")


def file_name(review: Review) -> str:
    """The name of its file, without an ending."""
    return str(_words()["file_name"]).format(stem=Path(review.reading.name).stem)


# ------------------------------------------------------------------ rows


def _texts(review: Review) -> dict[str, str]:
    """The library's wordings that are proposed for what is wrong, each once, with the place that it is for."""
    found: dict[str, str] = {}
    for point in points_of(review):
        if point.text and point.severity is Severity.ERROR and point.rule != MISSING:
            found.setdefault(point.text, _where(point))
    return found


def _rows(review: Review, texts: Mapping[str, str]) -> Iterator[Sequence[str]]:
    """One row for each point with those on the same words; all in one line of a text of ours that came back are one."""
    numbers = {text: number for number, text in enumerate(texts, start=1)}
    together = _on_same_words if isinstance(review, ForeignReview) else _in_same_line
    for number, points in enumerate(together(points_of(review)), start=1):
        yield (
            str(number),
            points[0].place or _words()["whole"],
            _found(points),
            _once(RULE.sub("", point.basis) for point in points),
            _once(text for point in points for text in _proposed(point, numbers)),
            "",
        )


def _in_same_line(points: Sequence[Point]) -> Iterator[list[Point]]:
    keyed = groupby(enumerate(points), lambda one: -1 - one[0] if one[1].line is None else one[1].line)
    yield from ([point for _, point in members] for _, members in keyed)


def _on_same_words(points: Sequence[Point]) -> Iterator[list[Point]]:
    """The points of a foreign contract without what is missing; those whose quotations overlap together."""
    row: list[Point] = []
    end = 0
    for point in points:
        if point.rule == MISSING:
            continue
        if not row or point.line is None or point.line != row[0].line or point.span[0] >= end:
            if row:
                yield row
            row, end = [], 0
        row.append(point)
        end = max(end, point.span[1])
    if row:
        yield row


def _missing(review: Review) -> Iterator[Sequence[str]]:
    """What a foreign contract lacks: a row for what is asked for, and one for all that may be added."""
    lacking = review.missing if isinstance(review, ForeignReview) else ()
    asked = [point for point in lacking if point.severity is not Severity.ADVICE]
    for number, point in enumerate(asked, start=1):
        yield str(number), f"【{point.severity.label}】{point.message}", point.basis, ""
    others = [_where(point) for point in lacking if point.severity is Severity.ADVICE]
    if others:
        yield str(len(asked) + 1), _words()["missing"]["others"].format("、".join(others)), "", ""


def _found(points: Sequence[Point]) -> str:
    """What is found, its quotation once."""
    quotes = [point.quote for point in points]
    longest = max(quotes, key=len)
    if len(points) == 1 or not all(quote and quote in longest for quote in quotes):
        return _once(_told(point, f"“{point.quote}”：" if point.quote else "") for point in points)
    told = _once(_told(point) for point in points)
    return f"“{longest}”：{told}"


def _told(point: Point, quoted: str = "") -> str:
    change = f"：{_in_words(point.ops)}" if point.ops else ""
    return f"【{point.severity.label}】{quoted}{point.message}{change}"


def _proposed(point: Point, numbers: Mapping[str, int]) -> Iterator[str]:
    yield point.proposal or _proposal(point.rule)
    if point.text in numbers:
        yield _words()["texts"]["pointer"].format(number=numbers[point.text])


def _in_words(ops: Sequence[Op]) -> str:
    """A change in words: 〔“98”改为“158”〕; of a whole line that came or went only its text."""
    if len(ops) == 1:
        return ops[0].new or ops[0].old
    marks = _words()["marks"]
    kinds = {"replace": "replaced", "delete": "deleted", "insert": "inserted"}
    return "".join(
        op.new if op.tag == "equal" else str(marks[kinds[op.tag]]).format(old=op.old, new=op.new)
        for op in ops
    )


def _once(texts: Iterator[str]) -> str:
    return "；".join(dict.fromkeys(text for text in texts if text))


def _of_group(group: Group) -> Sequence[str]:
    return group.title, str(group.count), _listed(group.places) or _words()["empty"]


def _listed(places: Sequence[str]) -> str:
    """Places one after another; those with a mark of their own inside are parted by ；."""
    return ("；" if any(mark in place for place in places for mark in "、（：") else "、").join(places)


def _table(words: Mapping[str, Any], rows: Iterator[Sequence[Any]] | Sequence[Sequence[Any]]) -> Table:
    header = tuple(Cell((Text(one),), "center") for one in words["header"])
    lines = tuple(tuple(Cell((Text(one),) if one else ()) for one in row) for row in rows)
    return Table(header, lines, widths=tuple(words["widths"]))


def _where(point: Point) -> str:
    """The place of a point; of what is missing, what it is."""
    if point.place:
        return point.place
    named = point.message.partition("“")[2].partition("”")[0]
    return named or str(_words()["whole"])


def _named_place(point: Point) -> str:
    """The place of a point; of an error with the words that it is about."""
    if point.severity is not Severity.ERROR or not point.place:
        return _where(point)
    words = point.quote or point.message
    return f"{point.place}：{words if len(words) <= SHORT else f'{words[:SHORT]}……'}"


def _named(rule: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(rule, one) for one in patterns)


def _proposal(rule: str) -> str:
    proposals = _words()["proposals"]
    return str(next(text for one, text in proposals.items() if fnmatchcase(rule, one)))


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    path = data_folder("templates") / "review" / "opinion.yaml"
    found: Mapping[str, Any] = load_yaml(path).data
    return found
