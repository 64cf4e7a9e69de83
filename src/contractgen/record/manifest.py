"""The manifest: what travels inside the files. Only what the other side may read: no findings, no budget, no profile.

It holds clause versions, numbers with their origin, and a stamp of each article's text. It says what a file claims
to be; it proves nothing, since whoever can change the text can change the manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from contractgen.agreement import Agreement, AgreementArticle, Value
from contractgen.document import Block

MANIFEST = "manifest.json"  # its name inside a file
FORM = 2  # raise when the shape of a manifest changes


def manifest(agreement: Agreement) -> dict[str, Any]:
    """What is carried inside the files; ``agreement`` is the stamp of all the rest, which every format carries."""
    held = {
        "form": FORM,
        "title": agreement.title,
        "place": agreement.place,
        "law_day": agreement.on.isoformat(),
        "library": agreement.library_stamp,
        "clauses": [str(clause) for clause in agreement.clauses],
        "values": {name: _value(value) for name, value in sorted(agreement.values.items())},
        **_other_places(agreement),
        "articles": {
            article.label: article_stamp(article) for article in (*agreement.articles, *agreement.annexes)
        },
    }
    return {"agreement": stamp_of(held), **held}


def stamp_of(held: Mapping[str, Any]) -> str:
    """The stamp of a manifest: of all that it holds beside it."""
    rest = {name: value for name, value in held.items() if name != "agreement"}
    return hashlib.sha256(json.dumps(rest, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def to_bytes(held: Mapping[str, Any]) -> bytes:
    """JSON that a person can read, each small thing on one line; the same bytes for the same content."""
    return ("\n".join(_lines(dict(held), "")) + "\n").encode()


LINE = 100  # characters that a line of JSON may have before what it holds gets lines of its own


def _lines(value: Any, indent: str) -> list[str]:
    whole = json.dumps(value, ensure_ascii=False, default=str)
    if not isinstance(value, dict | list) or not value or (indent and len(whole) <= LINE):
        return [whole]
    inner = f"{indent}  "
    begin, end = ("{", "}") if isinstance(value, dict) else ("[", "]")
    lines = [begin]
    pairs = value.items() if isinstance(value, dict) else ((None, one) for one in value)
    for name, one in pairs:
        head = "" if name is None else f"{json.dumps(str(name), ensure_ascii=False)}: "
        first, *rest = _lines(one, inner)
        lines += [f"{inner}{head}{first}", *rest]
        lines[-1] += ","
    lines[-1] = lines[-1].removesuffix(",")
    return [*lines, f"{indent}{end}"]


def article_stamp(article: AgreementArticle) -> str:
    """SHA-256 of an article's text: title and every paragraph, item and table cell, without numbers and marks."""
    return text_stamp(article.title, (block for one in article.provisions for block in one.blocks))


def text_stamp(title: str, blocks: Iterable[Block]) -> str:
    """The same for the title and blocks of an article, wherever they come from."""
    digest = hashlib.sha256(title.encode())
    for block in blocks:
        digest.update(b"\n")
        digest.update(_block_text(block).encode())
    return digest.hexdigest()


def _block_text(block: Any) -> str:
    rows = getattr(block, "rows", None)
    if rows is None:
        return str(block.text)
    return "\n".join("\t".join(cell.text for cell in row) for row in (block.header, *rows))


def _other_places(agreement: Agreement) -> dict[str, Any]:
    """The other places of work, each with those of its numbers that are not the seat's."""
    others = [
        {
            "place": one.view.place,
            "sites": list(one.sites),
            "values": {
                name: _value(value)
                for name, value in sorted(one.values.items())
                if _value(value) != _value(agreement.values[name])
            },
        }
        for one in agreement.workplaces[1:]
    ]
    return {"other_places": others} if others else {}


def _value(value: Value) -> dict[str, Any]:
    norm = value.floor
    shown: dict[str, Any] = {
        "number": str(value.number),
        "text": value.text,
        "origin": value.origin,
        "clause": value.clause,
    }
    if norm is not None and norm.printable:
        shown["source"] = str(norm.source)
        shown["since"] = norm.since.isoformat()
    return shown
