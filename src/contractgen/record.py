"""The record: what went into a file. A private one lies beside the files, a public one travels inside them.

The private record holds the whole profile and the findings; the public one only what the other side may read:
clause versions, numbers with their origin, and a stamp of each article's text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from contractgen.agreement import Agreement, AgreementArticle, Value
from contractgen.findings import Finding

FORM = 1  # raise when the shape of a record changes


def public_record(agreement: Agreement) -> dict[str, Any]:
    """What is carried inside the files: no findings, no budget, no profile."""
    return {
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


def private_record(
    agreement: Agreement, profile: Mapping[str, Any], findings: Sequence[Finding], versions: Mapping[str, str]
) -> dict[str, Any]:
    """What lies beside the files: everything needed to make them again."""
    return {
        **public_record(agreement),
        "profile": profile,
        "left_out": [{"clause": str(clause), "reason": reason} for clause, reason in agreement.left_out],
        "findings": [finding.as_dict() for finding in findings],
        "versions": dict(versions),
    }


def to_bytes(record: Mapping[str, Any]) -> bytes:
    """A record as JSON that a person can read; the same bytes for the same record."""
    return (json.dumps(record, ensure_ascii=False, indent=2, sort_keys=False, default=str) + "\n").encode()


def article_stamp(article: AgreementArticle) -> str:
    """SHA-256 of an article's text: title and every paragraph, item and table cell, without numbers and marks."""
    digest = hashlib.sha256(article.title.encode())
    for provision in article.provisions:
        for block in provision.blocks:
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
