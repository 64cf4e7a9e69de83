"""An Agreement from its record alone: the wording of then, whatever has become of the library and the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from contractgen.agreement import (
    WHOLE_CHAPTER,
    Agreement,
    AgreementArticle,
    AgreementChapter,
    AgreementHeading,
    Provision,
    assemble,
    layout,
)
from contractgen.agreement.model import FilledParty
from contractgen.document import Annex, Article, Block, Chapter, Document
from contractgen.files import Loaded
from contractgen.findings import InputError
from contractgen.law import Law, load_law
from contractgen.library import Library, load_library
from contractgen.profile import read_profile
from contractgen.record.form import DamagedRecord, Record, read_record
from contractgen.record.manifest import article_stamp
from contractgen.record.parts import articles, label_of, parts
from contractgen.record.sources import load_sources


@dataclass(frozen=True)
class Reopened:
    """An agreement as it was made, with the library and law of then.

    Attributes:
        record: what it was read from.
        agreement: its text is that of then, word for word.
        document: what was printed; for a record of form 1, what is printed today, which says the same.
        library: the clauses of then; for form 1 those of today.
        law: the law of then; for form 1 that of today.
        differs: labels of what this program would assemble differently from the same facts, clauses and law.
    """

    record: Record
    agreement: Agreement
    document: Document
    library: Library
    law: Law
    differs: tuple[str, ...] = ()


def reopen(record: Record | Path) -> Reopened:
    """The agreement of a record.

    Raises:
        DamagedRecord: where the record, or what it holds, is not what was written.
        InputError: where it cannot be read; for form 1 also where the wording of then can no longer be had.
    """
    if isinstance(record, Path):
        record = read_record(record)
    return _from_text(record) if record.form > 1 else _from_stamps(record)


def _from_text(record: Record) -> Reopened:
    document, files = record.document, record.packed["library"]
    assert document is not None
    try:
        library, law, phrases = load_sources(files)
    except InputError as fault:
        reasons = [one.message for one in fault.findings] or [fault.message]
        raise InputError(
            f"{record.path}：本程序读不了其中当时的条款库和法律数据（{reasons[0]}）",
            hint="用当时版本的程序打开；重做和核对文件不受影响",
        ) from None
    agreement = replace(_assembled(record, library, law), phrases=phrases)
    now = _printed(agreement, record)
    if _bare(now) == _bare(document):
        return Reopened(record, agreement, document, library, law)
    differs = tuple(_differing(now, document))
    return Reopened(record, _with_text(agreement, document, library), document, library, law, differs)


def _from_stamps(record: Record) -> Reopened:
    """Form 1 holds no text, but a stamp of each article's: today's text is that of then where all stamps fit."""
    library, law = load_library(), load_law()
    agreement = _assembled(record, library, law)
    stamps = {one.label: article_stamp(one) for one in (*agreement.articles, *agreement.annexes)}
    held = record.manifest.get("articles")
    then = held if isinstance(held, dict) else {}
    differs = [label for label in {**then, **stamps} if then.get(label) != stamps.get(label)]
    if differs:
        shown = "、".join(differs[:5]) + (f"等 {len(differs)} 处" if len(differs) > 5 else "")
        raise InputError(
            f"{record.path}：旧格式的生成记录没有保存当时的文字，现在的条款库做不出当时的{shown}",
            hint="请使用当时的程序版本，或者直接使用当时生成的文件",
        )
    return Reopened(record, agreement, _printed(agreement, record), library, law)


def _assembled(record: Record, library: Library, law: Law) -> Agreement:
    name = str(record.data.get("profile_file") or record.path.name)
    profile, _ = read_profile(Loaded(name, dict(record.profile)), salvage=True)
    day = record.law_day
    if profile is None or day is None or record.place not in law.places:
        raise DamagedRecord(f"{record.path}：缺少法律适用的地方或者日期，合同做不出来")
    profile = profile.model_copy(
        update={"agreement": profile.agreement.model_copy(update={"place": record.place})}
    )
    return assemble(profile, law, library, day)


def _printed(agreement: Agreement, record: Record) -> Document:
    return layout(agreement, final=record.final, annotate=record.annotate)


# ------------------------------------------------------------------ the text of then


def _bare(document: Document) -> Document:
    """Without a draft's list of open points, which rests on findings, and without what is not printed."""
    return replace(document, front=(), properties={}, draft=True)


def _differing(now: Document, then: Document) -> Iterator[str]:
    """What two documents print differently, by label."""
    old, new = dict(parts(then)), dict(parts(now))
    for label in {**old, **new}:
        if old.get(label) != new.get(label):
            yield label


def _with_text(agreement: Agreement, document: Document, library: Library) -> Agreement:
    """The agreement with every text as it was printed; numbers, norms and findings as they were assembled."""
    known = {str(one.clause): one for one in agreement.provisions if one.clause is not None}
    chapters: list[AgreementChapter] = []
    whole = agreement.heading
    for heading, blocks in articles(document.body):
        if isinstance(heading, Chapter) and heading.id == WHOLE_CHAPTER:
            whole = AgreementHeading(heading.label, heading.number, heading.title)
        elif isinstance(heading, Chapter):
            chapters.append(
                AgreementChapter(heading.id.removeprefix("chapter-"), heading.number, heading.title, ())
            )
        elif isinstance(heading, Article) and chapters:
            article = _article(heading, blocks, known, library)
            chapters[-1] = replace(chapters[-1], articles=(*chapters[-1].articles, article))
    annexes = tuple(
        _article(heading, blocks, known, library)
        for heading, blocks in articles(document.annexes)
        if isinstance(heading, Annex)
    )
    return replace(
        agreement,
        title=document.title,
        heading=whole,
        chapters=tuple(chapters),
        annexes=annexes,
        cover_rows=document.cover.rows if document.cover else (),
        parties=tuple(FilledParty(one.role, one.rows, one.signature, one.seal) for one in document.parties),
        preamble=tuple(paragraph.inlines for paragraph in document.preamble),
    )


def _article(
    heading: Article | Annex, blocks: Iterable[Block], known: Mapping[str, Provision], library: Library
) -> AgreementArticle:
    label = label_of(heading)
    provisions = []
    for name, group in groupby(_sourced(blocks), key=lambda pair: pair[0]):
        texts = tuple(block for _, block in group)
        provision = known.get(name) or Provision(_clause(name, library), (), label=label)
        provisions.append(replace(provision, blocks=texts))
    return AgreementArticle(heading.id, heading.number, label, heading.title, tuple(provisions))


def _sourced(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """Each block with the clause it was made from; what has none belongs to the clause before it."""
    name = ""
    for block in blocks:
        source = getattr(block, "source", None)
        name = name if source is None else str(source)
        yield name, block


def _clause(name: str, library: Library) -> Any:
    """The wording behind a text; None for a text of the parties' own."""
    clause_id, _, version = name.partition("@")
    if clause_id not in library.ids or not version.isdigit():
        return None
    return next((one for one in library.versions(clause_id) if one.version == int(version)), None)
