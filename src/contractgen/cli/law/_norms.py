"""How the commands about law print a norm, and the option that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from contractgen.law import Norm

PlaceOption = Annotated[
    str | None,
    typer.Option("--place", metavar="地区", help="只看这个地区，例如 shanghai 或者 上海；不写则看全部"),
]


def norm_text(norm: Norm) -> str:
    """What a norm asks, in Chinese."""
    from contractgen.law import describe

    return describe(norm)


def source_label(norm: Norm) -> str:
    """The article where it is known for sure, else only the instrument and how far it can be relied on."""
    return str(norm.source) if norm.printable else f"{norm.source.title}（{norm.state.label}）"


def norm_as_dict(norm: Norm) -> dict[str, Any]:
    """A norm for ``--json``."""
    instrument = norm.source.instrument
    return {
        "key": norm.key,
        "kind": norm.kind,
        "title": norm.title,
        "value": None if norm.value is None else str(norm.value),
        "unit": norm.unit,
        "bound": norm.bound,
        "strict": norm.strict,
        "force": norm.force,
        "text": norm_text(norm),
        "source": source_label(norm),
        "instrument": {"slug": instrument.slug, "title": instrument.title, "number": instrument.number},
        "article": norm.source.article,
        "paragraph": norm.source.paragraph,
        "item": norm.source.item,
        "since": norm.since.isoformat(),
        "until": norm.until.isoformat() if norm.until else None,
        "place": norm.place,
        "state": norm.state.value,
        "checked": norm.checked.isoformat() if norm.checked else None,
        "stale": norm.stale,
        "note": norm.note,
        "loser": None if norm.loser is None else norm_as_dict(norm.loser),
    }
