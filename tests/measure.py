"""How often "weaker" and "stronger" are right, and how often they are found, on labeled edits: ``python tests/measure.py [--wrong] [FILE...]``

Each file is a list of edits: before, after, the label that a lawyer gives, the clause it comes from (or none).
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from contractgen.diff import Change, Line, Matter, carry, compare, fingerprint, sections
from contractgen.diff.align import likeness
from contractgen.diff.changes import BOTH_WAYS, overall, verdict_of
from contractgen.diff.wording import of_clause
from contractgen.document import Article, Block, Document, Item, Paragraph, Text
from contractgen.files import load_yaml
from contractgen.law import load_law
from contractgen.library import load_library

HERE = Path(__file__).resolve().parent
EDITS = HERE / "diff" / "edits"
DAY = datetime.date(2026, 12, 1)
LIKE = 35  # percent from which a text is an edited form of a line of the library


@dataclass(frozen=True)
class Edit:
    """One labeled edit and what the rules say of it."""

    id: str
    label: str
    found: str
    changes: tuple[Change, ...]
    data: dict[str, Any]


@lru_cache(maxsize=1)
def _sources() -> tuple[Any, Any]:
    return load_library(), load_law()


def matters(clause: str, before: str, after: str) -> tuple[Matter, Matter]:
    """Two texts; with the numbers of the library where they come from one of its clauses."""
    library, law = _sources()
    if not clause:
        return _foreign(before), _foreign(after)
    reference = of_clause(library.clause(clause.split("@")[0]), library, law, law.at("shanghai", DAY))
    return as_edited(reference, before), as_edited(reference, after)


def as_edited(reference: Matter, text: str) -> Matter:
    """A text as an edited form of a wording: its lines with the slots of those lines that they come from."""
    lines = [
        line for section in sections(reference.document) for line in section.lines if line.kind != "heading"
    ]
    head = next((block for block in reference.document.body if isinstance(block, Article)), None)
    blocks: list[Block] = [replace(head, title="")] if head else []
    for one in text.split("\n"):
        if one.strip():
            blocks += _edited(lines, one)
    document = Document(reference.document.title, body=tuple(blocks), draft=False)
    return Matter(reference.name, document, reference.standards)


def _edited(lines: Sequence[Line], text: str) -> list[Block]:
    """The text as a paragraph; as an item below its introduction where it comes from a list."""
    mark = fingerprint(text)
    best = max(lines, key=lambda line: _containing(line.fingerprint, mark), default=None)
    if best is None or _containing(best.fingerprint, mark) < LIKE:
        return [Paragraph((Text(text),))]
    carried = carry(best.cells[0], text)
    if best.kind != "item" or not isinstance(best.block, Item):
        return [Paragraph(carried)]
    above = [line for line in lines if line.kind == "paragraph" and line.position < best.position]
    return [Paragraph(above[-1].cells[0] if above else ()), replace(best.block, inlines=carried)]


def _containing(line: str, mark: str) -> float:
    """How much of the shorter text is in the longer one: a sentence is part of its paragraph."""
    return max(likeness(line, mark), fuzz.partial_ratio(line, mark, processor=None) - 10)


def _foreign(text: str) -> Matter:
    lines = [Paragraph((Text(line),)) for line in text.split("\n") if line.strip()]
    return Matter("", Document("", body=(Article("", 1, ""), *lines), draft=False))


def judged(clause: str, before: str, after: str) -> tuple[Change, ...]:
    """The changes with their effects."""
    return tuple(compare(*matters(clause, before, after)).changes)


def edits(path: Path) -> Iterator[Edit]:
    """Every edit of a file, judged."""
    for data in load_yaml(path).data:
        changes = judged(str(data.get("clause") or ""), str(data["before"] or ""), str(data["after"] or ""))
        effects = [effect for change in changes for effect in change.effects]
        both = verdict_of(effects) == BOTH_WAYS
        yield Edit(str(data["id"]), data["label"], "both" if both else overall(effects), changes, data)


def figures(judged_edits: Sequence[Edit], label: str = "weaker") -> tuple[float, float, int, int, int, int]:
    """Precision and recall of a label; how many were called so and right, called so, are so and found, are so.

    What is called "some of both" is listed as weaker; right where it weakens, and where a lawyer finds that it takes
    and gives, which is labeled unclear.
    """
    listed = (label, "both") if label == "weaker" else (label,)
    called = [one for one in judged_edits if one.found in listed]
    right = sum(one.label == label or (one.label, one.found) == ("unclear", "both") for one in called)
    are = [one for one in judged_edits if one.label == label]
    found = sum(one.found in listed for one in are)
    return right / max(len(called), 1), found / max(len(are), 1), right, len(called), found, len(are)


def main(paths: Sequence[Path], *, wrong: bool = False) -> None:
    """Print the figures of each file and of all; with ``wrong`` every edit that was judged otherwise."""
    everything: list[Edit] = []
    for path in paths:
        found = list(edits(path))
        everything += found
        _print(path.name, found)
        for one in found if wrong else ():
            if one.label != one.found:
                rules = sorted({e.rule for c in one.changes for e in c.effects})
                print(
                    f"  {one.id} {one.label} -> {one.found} {rules}\n    {one.data['before']}\n    {one.data['after']}"
                )
    if len(paths) > 1:
        _print("all", everything)


def _print(name: str, found: Sequence[Edit]) -> None:
    agree = sum(one.label == one.found for one in found)
    print(f"{name}: {len(found)} edits, same label {agree}")
    for label in ("weaker", "stronger"):
        precision, recall, right, called, known, are = figures(found, label)
        print(f"  {label}: precision {precision:.3f} ({right}/{called}), recall {recall:.3f} ({known}/{are})")


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    main(given or sorted(EDITS.rglob("*.yaml")), wrong="--wrong" in sys.argv)
