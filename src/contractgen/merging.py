"""Two sides' copies of one agreement, read and merged: the redline, the contested points, and what hides in either file."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from contractgen.agreement import Agreement
from contractgen.comparison import Finder
from contractgen.diff import Differences, Matter, compare, fingerprint
from contractgen.diff.merge import AUTHORS, Merged, merge
from contractgen.diff.merge.kinship import kinship, shared
from contractgen.diff.merge.page import page
from contractgen.diff.merge.redline import redline
from contractgen.diff.merge.report import as_dict, markdown
from contractgen.diff.plain import of_reading
from contractgen.diff.wording import of_agreement
from contractgen.document.articles import articles_of, places_of
from contractgen.document.reading import Reading
from contractgen.files import read_bytes
from contractgen.findings import Finding, InputError, Location, Severity, ordered
from contractgen.formats.read import LIMIT, read_file
from contractgen.record import ENDING, Reopened, read_record, reopen
from contractgen.review.asides import aside_findings
from contractgen.review.foreign.rules import load_rules
from contractgen.review.held import Yardstick, yardstick
from contractgen.review.own import QUIET, review_own
from contractgen.review.points import Point, as_finding
from contractgen.review.recognize import FRONTLESS, recognized
from contractgen.review.report import points, strange_findings

MADE = (".yaml", ".yml", ".json")  # what a base is made from, instead of read
FORMATS = ("docx", "html", "json", "md")
ORDER = "依次写原文、工会改稿、单位改稿；生成记录和企业情况表只能作原文"
COMMAS = str.maketrans("，、", ",,")


@dataclass(frozen=True)
class Merging:
    """A merge, with what a person must know of the two files.

    Attributes:
        merged: the three texts in one.
        findings: what hides in either file, what of it could not be compared, and what in it breaks the law.
    """

    merged: Merged
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Base:
    """What both began from; ``agreement`` where it is one of ours, whose clauses and law are known."""

    matter: Matter
    agreement: Agreement | None = None
    findings: tuple[Finding, ...] = ()

    @cached_property
    def law(self) -> Yardstick | None:
        """What new words are held against."""
        return yardstick(self.agreement, load_rules()) if self.agreement is not None else None


def merge_files(
    base: Path,
    union: Path,
    employer: Path,
    *,
    authors: Sequence[str] = AUTHORS,
    on: datetime.date | None = None,
    library: Path | None = None,
) -> Merging:
    """Merge the copies that two sides have made of an agreement.

    Args:
        base: what both began from: our agreement file, its record, or a profile.
        union: the union's copy, in any format that is read; tracked changes in it count as taken.
        employer: the employer's copy.
        authors: how the union and the employer are called.
        on: the law day, where the base is a profile.
        library: a clause library other than the one that comes with the program.

    Raises:
        InputError: where a file cannot be read, or is no copy of the base.
    """
    _refuse_mistaken(union, employer, authors)
    began = _base(base, on, library)
    start, findings = began.matter, list(began.findings)
    differences = []
    for path, author in zip((union, employer), authors, strict=True):
        reading = read_file(path)
        if began.agreement is not None:
            review = review_own(reading, start, began.agreement.values, began.law)
            differences.append(review.differences)
            told = [*aside_findings(review.asides, start.document), *strange_findings(review)]
            told += [as_finding(one) for one in points(review) if _grave(one)]
        else:
            differences.append(compare(start, of_reading(reading)))
            place = places_of(articles_of(reading))
            asides = [(one, place(one.serial)) for one in reading.asides if one.kind not in QUIET]
            told = list(aside_findings(asides))
        told += [*_kinship_findings(differences[-1], author), *_name_findings(start, reading)]
        findings += [_of_side(one, author) for one in told]
    merged = merge(start, differences[0], differences[1], authors)
    found = ordered([*findings, *_alike_findings(merged)])
    return Merging(replace(merged, remarks=tuple(f"{one.location}：{one.message}" for one in found)), found)


def _grave(point: Point) -> bool:
    """What the redline itself does not show: errors, and what 拒绝所有修订 would bring back in a copy."""
    return point.severity is Severity.ERROR or point.rule.startswith("refused-")


def as_json(merging: Merging) -> dict[str, Any]:
    """The same content for programs."""
    return {**as_dict(merging.merged), "findings": [one.as_dict() for one in merging.findings]}


def render(merging: Merging, kind: str, *, day: datetime.date | None = None) -> bytes:
    """A merge in one of ``FORMATS``.

    Args:
        merging: what is shown.
        kind: docx, html, json or md.
        day: the day that each tracked change bears; a Word file cannot be made without.
    """
    if kind == "docx":
        if day is None:
            raise InputError("修订要写明日期", hint="加 --day，例如 --day 2026-12-01")
        from contractgen.formats.docx_write import write_docx

        return write_docx(redline(merging.merged, day=day.isoformat()))
    if kind == "html":
        return page(merging.merged).encode()
    if kind == "json":
        return (json.dumps(as_json(merging), ensure_ascii=False, indent=2) + "\n").encode()
    if kind == "md":
        return markdown(merging.merged).encode()
    raise InputError(f"不认识的格式：{kind}", hint=f"可以选 {'、'.join(FORMATS)}")


def read_authors(text: str) -> tuple[str, str]:
    """The names of the two sides, as they are given on a command line."""
    names = [name.strip() for name in text.translate(COMMAS).split(",")]
    if len(names) != 2 or not all(names) or names[0] == names[1]:
        raise InputError(f"双方的名称“{text}”不对：要两个不同的名称", hint="写作 --authors 工会,用人单位")
    return names[0], names[1]


# ------------------------------------------------------------------ the base


def _base(path: Path, on: datetime.date | None, library: Path | None) -> _Base:
    """What both began from, and what is odd about it."""
    if path.suffix.lower() in MADE:
        made = Finder(on, library).made(path)
        assert made is not None
        return _Base(*made)
    reading = read_file(path)
    start, agreement = _read_base(path, reading)
    return _Base(start, agreement, tuple(_base_findings(reading)))


def _read_base(path: Path, reading: Reading) -> tuple[Matter, Agreement | None]:
    opened = _issued(path, reading)
    if opened is None:
        start = of_reading(reading)
        if start.document.title == reading.name:
            start = replace(start, document=replace(start.document, title=path.stem))
        return start, None
    issued = of_agreement(opened.agreement, opened.document, str(path))
    if reading.kind in FRONTLESS:
        review = review_own(reading, issued, {})
        if any(review.differences.changes) or review.strange:
            hint = "原文请用 Word 文件，或者用生成记录（….record.json）"
            raise InputError(f"{path}：这份文件与生成记录不一致，又读不出表格，不能作原文", hint=hint)
        return issued, opened.agreement
    return recognized(reading, issued), opened.agreement


def _issued(path: Path, reading: Reading) -> Reopened | None:
    """What the file was made from, where its record lies beside it."""
    for beside in sorted(path.parent.glob(f"*{ENDING}")):
        try:
            record = read_record(beside)
        except InputError:
            continue
        named = record.agreement and record.agreement == reading.properties.get("cg.agreement")
        if named or beside.name == f"{path.stem}{ENDING}":
            return reopen(record)
    return None


# ------------------------------------------------------------------ files that were mixed up


def _refuse_mistaken(union: Path, employer: Path, authors: Sequence[str]) -> None:
    """What can be told before anything is read: a record or profile as a copy, one file as both copies."""
    for path, author in zip((union, employer), authors, strict=True):
        if path.suffix.lower() in MADE:
            raise InputError(f"{path}是生成记录或者企业情况表，不能作{author}改稿", hint=ORDER)
    if union.resolve() == employer.resolve() or _content(union) == _content(employer):
        raise InputError(
            f"{authors[0]}改稿和{authors[1]}改稿是同一份文件：{union}、{employer}",
            hint="请核对文件；只有一方改过的，用 contractgen diff 或者 contractgen review 比较",
        )


def _content(path: Path) -> bytes:
    return read_bytes(path, limit=LIMIT)


def _kinship_findings(differences: Differences, author: str) -> Iterator[Finding]:
    """How much of the base is in a copy.

    Raises:
        InputError: where it is so little that the copy was not made from it.
    """
    kin = kinship(differences)
    percent = f"{shared(differences):.0%}"
    if kin == "stranger":
        raise InputError(
            f"{author}改稿（{differences.new.name}）不是从这份原文改来的：两份中较短的一份只有{percent}的文字与另一份相同",
            hint=f"请核对三份文件是不是同一份合同；{ORDER}。别的合同用 contractgen review 审核",
        )
    if kin == "doubtful":
        message = f"与原文差别很大：两份中较短的一份只有{percent}的文字与另一份相同"
        yield Finding("copy-far", Severity.WARNING, message, hint="请核对是不是同一份合同的改稿")
    if kin == "same":
        yield Finding("copy-unchanged", Severity.ADVICE, "与原文没有差别", hint="请核对是不是交错了文件")


def _name_findings(base: Matter, reading: Reading) -> Iterator[Finding]:
    """The employer's name, which the contract of another firm does not have."""
    rows = base.document.parties[0].rows if base.document.parties else ()
    name = rows[0].text if rows else ""
    text = "".join(fingerprint(one.text) for one in reading.accepted)
    if name and fingerprint(name) not in text:
        message = f"全文没有原文中用人单位的名称“{name}”"
        yield Finding("copy-employer", Severity.WARNING, message, hint="请核对是不是另一家单位的合同")


def _base_findings(reading: Reading) -> Iterator[Finding]:
    if reading.tracked:
        yield Finding(
            "base-tracked",
            Severity.WARNING,
            "原文里有修订标记，已经按全部接受读取",
            Location(place="原文"),
            hint="请核对是不是把改稿当成了原文",
        )


def _alike_findings(merged: Merged) -> Iterator[Finding]:
    lines = list(merged.lines)
    if lines and all(line.status == "both" for line in lines):
        yield Finding(
            "copies-alike", Severity.ADVICE, "双方改稿的文字完全相同", hint="请核对是不是交错了文件"
        )


# ------------------------------------------------------------------ findings


def _of_side(finding: Finding, author: str) -> Finding:
    place = finding.location.place
    return replace(finding, location=Location(place=f"{author}改稿{f'，{place}' if place else ''}"))
