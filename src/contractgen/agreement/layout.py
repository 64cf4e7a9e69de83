"""From the agreement to the printed thing: a Document in no format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from contractgen.agreement.model import Agreement, AgreementArticle, Provision
from contractgen.agreement.names import local_note, parts_of
from contractgen.document import (
    Annex,
    Article,
    Block,
    Cell,
    Chapter,
    Cover,
    Document,
    Paragraph,
    Party,
    Subheading,
    Table,
    Text,
)
from contractgen.findings import Finding
from contractgen.library import Basis

if TYPE_CHECKING:
    from contractgen.law import Norm


WHOLE_CHAPTER = "chapter"  # id of the heading of an agreement that is a chapter


def layout(
    agreement: Agreement,
    *,
    final: bool = False,
    annotate: bool = False,
    open_points: Iterable[Finding] | None = None,
    of_law: Iterable[Finding] = (),
) -> Document:
    """The agreement as a Document.

    Args:
        agreement: what is printed.
        final: no list of open points, no marks, no remark.
        annotate: below each paragraph its basis and the notes for the union and the reviewer.
        open_points: what the draft's list shows; by default the agreement's own open points.
        of_law: what the draft lists as law that is to be compared, open or not.
    """
    frame = agreement.frame
    points = tuple(agreement.open_points if open_points is None else open_points)
    employer = agreement.profile.at("employer.name") or ""
    parties = tuple(Party(p.role, p.rows, p.signature, p.seal) for p in agreement.parties)
    parts = parts_of(frame, agreement.form)
    remark = "" if final else frame["draft"]["remark"]
    covered = "cover" in parts
    head = (employer, agreement.title, "" if covered else remark)
    return Document(
        title=agreement.title,
        subject=f"{employer}{agreement.title}",
        author=employer,
        running_head=" · ".join(part for part in head if part),
        titled=agreement.form != "chapter",
        cover=Cover(title_lines(agreement.title), agreement.cover_rows, remark) if covered else None,
        front=() if final else _front(agreement, points, tuple(of_law)),
        contents="contents" in parts,
        parties=parties,
        preamble=tuple(Paragraph(line, role="text") for line in agreement.preamble),
        body=tuple(_body(agreement, annotate)),
        closing=frame["closing"] if "closing" in parts else "",
        annexes=tuple(_annexes(agreement, annotate)),
        draft=not final,
        keywords=(agreement.view.title, "集体合同", "女职工权益保护"),
        properties={
            "cg.library": agreement.library_stamp[:16],
            "cg.place": agreement.place,
            "cg.law_day": agreement.on.isoformat(),
        },
    )


def title_lines(title: str) -> tuple[str, ...]:
    """A title in lines for the cover: 女职工权益保护 / 专项集体合同."""
    cut = title.find("专项集体合同")
    return (title[:cut], title[cut:]) if cut > 0 else (title,)


def _front(agreement: Agreement, points: Sequence[Finding], of_law: Sequence[Finding]) -> tuple[Block, ...]:
    """A draft's lists: what is to be done, the proposals with room for what the parties agree, law to be compared."""
    words = agreement.frame["draft"]
    blocks: list[Block] = []
    if not points:
        blocks += [Subheading(words["title"], "open-points", 1)]
        blocks += [Paragraph((Text(words["none_beside_law" if of_law else "none"]),), role="text")]
    tasks = [p for p in points if p.rule != "proposal" and p not in of_law]
    values = [agreement.values[p.path.removeprefix("terms.")] for p in points if p.rule == "proposal"]
    places = [p.location.place for p in points if p.rule == "proposal"]
    if tasks:
        blocks += _list(words, "open-points", [(p.location.place, p.message, p.hint) for p in tasks])
    if values:
        rows = [(place, v.title, v.text, "") for place, v in zip(places, values, strict=True)]
        blocks += _list(words["proposals"], "proposals", rows)
    if of_law:
        blocks += _list(words["law"], "law", [(p.location.place, p.message, p.source) for p in of_law])
        blocks += _acceptances(words["law"]["rows"], of_law)
    return tuple(blocks)


def _acceptances(words: str, points: Sequence[Finding]) -> Iterable[Paragraph]:
    """Below a list, who answers for which of its rows: 第2至13项（已由…接受，…）."""
    for accepted in dict.fromkeys(p.accepted for p in points if p.accepted):
        numbers = [number for number, p in enumerate(points, start=1) if p.accepted == accepted]
        rows = "、".join(f"{first}至{last}" if first < last else str(first) for first, last in _runs(numbers))
        yield Paragraph((Text(words.replace("{{ rows }}", rows) + accepted),), role="small")


def _runs(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    """The first and the last of each run of numbers: 2, 3, 4, 7 -> (2, 4), (7, 7)."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield run[0], run[-1]


def _list(words: Mapping[str, Any], name: str, rows: Sequence[tuple[str, ...]]) -> list[Block]:
    header = tuple(Cell((Text(column),), "center") for column in words["columns"])
    cells = tuple(
        (Cell((Text(str(number)),), "center"), *(Cell((Text(text),) if text else ()) for text in row))
        for number, row in enumerate(rows, start=1)
    )
    table = Table(header, cells, widths=tuple(words["widths"]), id=f"table-{name}")
    return [Subheading(words["title"], name, 1), Paragraph((Text(words["intro"]),), role="text"), table]


def _body(agreement: Agreement, annotate: bool) -> Iterable[Block]:
    heading = agreement.heading if agreement.form == "chapter" else None
    if heading is not None:
        yield Chapter(WHOLE_CHAPTER, heading.number, heading.title)
    for chapter in agreement.chapters:
        section = heading is not None
        yield Chapter(f"chapter-{chapter.id}", chapter.number, chapter.title, section=section)
        for article in chapter.articles:
            yield Article(article.id, article.number, article.title)
            yield from _provisions(agreement, article, annotate)


def _annexes(agreement: Agreement, annotate: bool) -> Iterable[Block]:
    for annex in agreement.annexes:
        yield Annex(annex.id, annex.number, annex.title)
        yield from _provisions(agreement, annex, annotate)


def _provisions(agreement: Agreement, article: AgreementArticle, annotate: bool) -> Iterable[Block]:
    for provision in article.provisions:
        yield from provision.blocks
        if annotate:
            yield from _notes(agreement, provision)


def _notes(agreement: Agreement, provision: Provision) -> Iterable[Paragraph]:
    words = agreement.frame["notes"]
    lines = [f"{words['basis']}：{basis_text(provision.basis, words['agreed'])}"]
    if provision.clause is not None:
        for word, text in (
            (words["union"], provision.clause.union_note),
            (f"{words['reviewer']}（{provision.clause}）", provision.clause.reviewer_note),
        ):
            note = local_note(text, agreement.view)
            if note:
                lines.append(f"{word}：{note}")
    for line in lines:
        yield Paragraph((Text(line),), role="note")


def basis_text(basis: Sequence[tuple[Basis, Norm | None]], agreed: str) -> str:
    """The basis of a provision in one line: articles in force on the law day, then what the parties agree."""
    parts = []
    for one, norm in basis:
        if norm is not None:
            text = norm.cited
        elif one.agreed:
            text = f"{agreed}（{one.agreed.rstrip('。')}）"
        else:
            continue
        if text not in parts:
            parts.append(text)
    return "；".join(parts) or agreed
