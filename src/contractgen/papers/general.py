"""Whether a file is the general contract that a chapter or an annex is filed with: read, and held against what was issued.

A chapter must stand in it, article by article, with the numbers and the text of the final text. An annex has a file of its
own, which the general contract is not. What cannot be read, such as a scan, is not refused: a person must look at it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.diff import abridged, compare_text, fingerprint, sections
from contractgen.diff.align import SAME_SECTION, likeness
from contractgen.diff.tokens import joined
from contractgen.document.articles import articles_of
from contractgen.document.heads import ordinal_of
from contractgen.findings import Finding, InputError, Location, NoTextError, Severity
from contractgen.formats.read import read_file

if TYPE_CHECKING:
    from contractgen.document import Document
    from contractgen.document.reading import Reading

RULE = "pack"
KINDS = ("docx", "pdf")
ON_A_PAGE = 8  # articles that a page holds at most
NAMED = 5  # articles that are told one by one
AROUND = 12  # characters shown on each side of a difference
LONGEST = 90  # characters of an excerpt
CHINESE = re.compile(r"[一-鿿]")
SHORTEST = 50  # Chinese characters that a contract has at least
NUMBER = re.compile(r"第([一二三四五六七八九十百零〇]+)条")
WHOLE = "用 --main-contract 给出写有定稿文字的集体合同全文"
INSERT = f"{WHOLE}；还没有换入的，先用 contractgen new --into 换入"
OTHER = f"{WHOLE}；双方商定改动的，先改企业情况表，重新生成定稿；文字识别（OCR）的错字也会对不上，改用没有识别过的扫描件"


@dataclass(frozen=True, slots=True)
class Looked:
    """What is wrong with the file; and what a person must still look at, as a key of ``to_check`` in pack.yaml."""

    findings: tuple[Finding, ...] = ()
    to_check: str = ""


@dataclass(frozen=True, slots=True)
class _Text:
    """An article.

    Attributes:
        number: 20.
        name: how it is called.
        shown: its characters.
        text: the same without what a word processor may change, references in figures: general contracts count either way.
    """

    number: int
    name: str
    shown: str
    text: str


def look_into(path: Path, issued: Document, *, form: str, title: str) -> Looked:
    """Look into the file of a general contract.

    Args:
        path: the file.
        issued: the chapter or annex as it was issued.
        form: chapter or annex.
        title: of the general contract.
    """
    try:
        reading = read_file(path)
    except NoTextError:
        return Looked(to_check="scan")
    except InputError as fault:
        if not fault.findings:
            raise
        return Looked(fault.findings)
    pictures = sum(one.kind == "picture" for one in reading.asides)
    if pictures and len(CHINESE.findall(reading.text)) < SHORTEST:
        return Looked(to_check="scan")
    if reading.kind not in KINDS:
        return _refused(path, "不是 Word（.docx）或者 PDF 文件", "换成 Word（.docx）或者 PDF 文件")
    if reading.tracked:
        return _refused(path, "里面有没有接受的修订", "在 Word 或者 WPS 中接受或者拒绝全部修订，另存后再用")
    ours, theirs = tuple(_issued(issued)), tuple(_read(reading))
    known = {one.text for one in ours}
    if theirs and all(one.text in known for one in theirs):
        word = "专章" if form == "chapter" else "附件"
        return _refused(path, f"这是{word}自己的文件，不是集体合同全文", f"{WHOLE}，不要给{word}自己的文件")
    if form == "chapter":
        return _chapter(path, ours, theirs, pictures=pictures)
    return Looked(to_check="" if fingerprint(title) in fingerprint(reading.text) else "title")


def _refused(path: Path, message: str, hint: str) -> Looked:
    return Looked((_finding(path, message, hint),))


def _finding(path: Path, message: str, hint: str) -> Finding:
    return Finding(RULE, Severity.ERROR, message, Location(str(path)), hint=hint)


def _issued(document: Document) -> Iterator[_Text]:
    for one in sections(document):
        if one.kind == "article":
            number = ordinal_of(one.label[1:-1]) or 0
            yield _text(number, f"{one.label}“{one.title}”", [line.text for line in one.lines])


def _read(reading: Reading) -> Iterator[_Text]:
    for one in articles_of(reading):
        if one.kind == "article":
            yield _text(one.number, one.label, [line.text for line in one.lines])


def _text(number: int, name: str, lines: Sequence[str]) -> _Text:
    bare = NUMBER.sub(lambda found: f"第{ordinal_of(found[1])}条", "".join(map(fingerprint, lines)))
    return _Text(number, name, "".join("".join(lines).split()), bare)


# ------------------------------------------------------------------ a chapter in it


def _chapter(path: Path, ours: Sequence[_Text], theirs: Sequence[_Text], *, pictures: int) -> Looked:
    """Every article of the chapter stands in the file with its number and its text."""
    places = {one.text: one for one in theirs}
    here = {(one.number, one.text) for one in theirs}
    wrong = [one for one in ours if (one.number, one.text) not in here]
    gone = [one for one in wrong if one.text not in places and _nearest(one, theirs) is None]
    if gone and gone == wrong and len(gone) <= ON_A_PAGE * pictures:
        return Looked(to_check="pages")
    if 2 * len(gone) > len(ours):
        message = f"这份文件里没有这一章的条文：{ours[0].name}至{ours[-1].name}共 {len(ours)} 条，对不上的有 {len(wrong)} 条"
        return _refused(path, message, INSERT)
    findings = [_of_article(path, one, places, theirs) for one in wrong[:NAMED]]
    if len(wrong) > NAMED:
        findings.append(_finding(path, f"与定稿对不上的一共有 {len(wrong)} 条，其余没有列出", OTHER))
    return Looked(tuple(findings))


def _nearest(one: _Text, theirs: Sequence[_Text]) -> _Text | None:
    """The article of the file that is this one with another text."""
    alike = [(likeness(one.text, other.text), other) for other in theirs]
    score, found = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    return found if score >= SAME_SECTION else None


def _of_article(path: Path, one: _Text, places: Mapping[str, _Text], theirs: Sequence[_Text]) -> Finding:
    if other := places.get(one.text):
        hint = f"{WHOLE}；条号以集体合同为准的，先改 agreement.main_contract.first_article，重新生成定稿"
        return _finding(path, f"定稿的{one.name}在这份文件里是{other.name}", hint)
    if (nearest := _nearest(one, theirs)) is None:
        return _finding(path, f"这份文件里没有定稿的{one.name}", INSERT)
    then, now = _excerpts(one.shown, nearest.shown)
    return _finding(
        path, f"{nearest.name}与定稿的{one.name}文字不同：定稿写“{then}”，这份文件写“{now}”", OTHER
    )


def _excerpts(then: str, now: str) -> Iterator[str]:
    """Of both texts what differs, with a little around it."""
    ops = abridged(compare_text(then, now), around=AROUND)
    for text in (joined(ops, "old"), joined(ops, "new")):
        yield text if len(text) <= LONGEST else f"{text[:LONGEST]}……"
