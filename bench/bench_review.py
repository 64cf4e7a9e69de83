"""Differences and review: a clause pair, and our own file coming back with edits in every fifth article.

A pair is aligned and compared in tokens, and every effect judged; the time without the effects is told beside it. The review (reading,
recognizing, comparing, judging, its points) of 50 and of 300 articles is held against its bound and against
python-docx merely opening and saving the same file. Processor time is measured, warm, in turns.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from bench.bench_docx import ROUNDS, in_turns
from contractgen.agreement import Agreement, layout
from contractgen.build import assemble_file
from contractgen.comparison import differences
from contractgen.diff import Matter, compare
from contractgen.diff.changes import unjudged
from contractgen.diff.wording import of_agreement
from contractgen.document import Article, Block, Document, Item, Paragraph, Text
from contractgen.files import data_folder
from contractgen.formats.docx_write import write_docx
from contractgen.formats.read import read_data
from contractgen.library import load_library
from contractgen.review import findings, review_own

PAIR_MS = 1.0
BOUNDS_MS: Mapping[int, float] = {50: 1000.0, 300: 3000.0}  # by the number of articles
EVERY = 5  # articles to one that is edited


def run() -> dict[str, Any]:
    """Milliseconds of a clause pair (median of all in the library) and of both reviews, with python-docx's."""
    found: dict[str, Any] = {
        "what": "diff and review, warm",
        "pair_ms": round(_usual(_pairs(), unjudged), 2),
        "judged_pair_ms": round(_usual(_pairs(), compare), 2),
    }
    for articles, bound in BOUNDS_MS.items():
        ours, plain = _review(articles)
        found[f"review_{articles}"] = {
            "ours_ms": round(ours),
            "plain_ms": round(plain),
            "share": round(ours / plain, 1),
            "bound_ms": bound,
        }
    return found


Pair = tuple[Matter, Matter]


def _pairs() -> list[Pair]:
    """All pairs of versions of one clause; a version holds up to five long paragraphs."""
    library = load_library()
    named = [(str(a), str(b)) for clause_id in library.ids for a, b in pairwise(library.versions(clause_id))]
    return [(found.old, found.new) for found in (differences(*names) for names in named)]


def _usual(pairs: list[Pair], job: Callable[[Matter, Matter], object]) -> float:
    """The median time of a pair. Each round has a character of its own in every line, so that nothing is remembered."""
    taken: list[list[float]] = [[] for _ in pairs]
    for turn in range(ROUNDS):
        mark = f"{chr(0x4E00 + turn)}{getattr(job, '__name__', '')[:1]}"
        signed = [(_signed(old, mark), _signed(new, mark)) for old, new in pairs]
        for (old, new), times in zip(signed, taken, strict=True):
            start = time.process_time()
            job(old, new)
            times.append((time.process_time() - start) * 1000)
    return statistics.median([statistics.median(times) for times in taken])


def _signed(matter: Matter, mark: str) -> Matter:
    body = tuple(
        replace(block, inlines=(*block.inlines, Text(mark))) if isinstance(block, Paragraph | Item) else block
        for block in matter.document.body
    )
    return replace(matter, document=replace(matter.document, body=body))


def _review(articles: int) -> list[float]:
    agreement = assemble_file(data_folder("templates").parent / "examples" / "firm.yaml").agreement
    assert agreement is not None
    issued = _of_length(agreement, articles)
    data = write_docx(_edited(issued.document))
    assert findings(review_own(read_data(data, "a.docx"), issued, agreement.values))
    return in_turns(
        lambda: findings(review_own(read_data(data, "a.docx"), issued, agreement.values)),
        lambda: _plain(data),
    )


def _plain(data: bytes) -> bytes:
    from docx import Document as open_document

    out = io.BytesIO()
    open_document(io.BytesIO(data)).save(out)
    return out.getvalue()


def _of_length(agreement: Agreement, articles: int) -> Matter:
    """The agreement with as many articles: those that it has, over and over, each time as clauses of their own."""
    document = layout(agreement, final=True)
    groups: list[list[Block]] = []
    for block in document.body:
        if isinstance(block, Article):
            groups.append([])
        if groups:
            groups[-1].append(block)
    body: list[Block] = []
    for number in range(articles):
        turn, at = divmod(number, len(groups))
        body += [_renamed(block, turn, number + 1) for block in groups[at]]
    matter = of_agreement(agreement, document, "issued")
    return replace(matter, document=replace(document, body=tuple(body)))


def _renamed(block: Block, turn: int, number: int) -> Block:
    mark = f"-{turn}" if turn else ""
    if isinstance(block, Article):
        return replace(block, id=f"{block.id}{mark}", number=number)
    source = getattr(block, "source", None)
    changed = {"source": replace(source, clause=f"{source.clause}{mark}")} if source else {}
    return replace(block, **changed)


def _edited(document: Document) -> Document:
    body: list[Block] = []
    number = 0
    for block in document.body:
        number += isinstance(block, Article)
        if isinstance(block, Paragraph) and number % EVERY == 0 and "应当" in block.text:
            block = replace(block, inlines=(Text(block.text.replace("应当", "可以", 1)),))
        body.append(block)
    return replace(document, body=tuple(body))


if __name__ == "__main__":
    result = run()
    print(result)
    reviews = [one for one in result.values() if isinstance(one, dict)]
    missed = result["judged_pair_ms"] > PAIR_MS or any(one["ours_ms"] > one["bound_ms"] for one in reviews)
    sys.exit(missed)
