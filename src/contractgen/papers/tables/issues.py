"""The union's own table of issues: what the law asks, what is demanded, how far one may go back, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contractgen.document import Cell, Text
from contractgen.law import describe, number_label
from contractgen.papers.data import data_of
from contractgen.papers.model import Computed, Context
from contractgen.papers.tables.cells import empty, left
from contractgen.papers.tables.topics import (
    REPORTED,
    reported_floor,
    standing_floors,
    topic_articles,
    values_of,
)

if TYPE_CHECKING:
    from contractgen.agreement import AgreementArticle, Value
    from contractgen.law import Norm

COLUMNS = 6
AGREED = "双方约定"
FILE = "costs.yaml"
LONG, SHORT = "《中华人民共和国", "《"
MOST, AND_OTHERS = 5, "等"


def issues(context: Context) -> Computed:
    """Under a line for each issue with its floors, articles and costs: demand, practice, fallback (begun with the floor); the rest by hand."""
    rows: list[tuple[Cell, ...]] = []
    for number, article in enumerate(topic_articles(context), start=1):
        values = values_of(context, article)
        standing = standing_floors(context, article)
        least = [f"{one.title}{describe(norm)}" for one in values if (norm := one.verified_floor) is not None]
        least += [f"{norm.title}{describe(norm)}" for norm in standing]
        demand = "；".join(f"{one.title}{one.stated}" for one in values)
        rows.append((Cell((Text("　　".join(_headline(context, number, article))),), span=COLUMNS),))
        rows.append((left(demand), empty(), left("；".join(least)), *(empty() for _ in range(COLUMNS - 3))))
    return Computed(tuple(rows))


def _headline(context: Context, number: int, article: AgreementArticle) -> Iterator[str]:
    """What an issue is called, what the law asks of it, and what is known of its cost."""
    words, values = data_of(FILE)["words"], values_of(context, article)
    floors = [told for one in values for told in _cited(one)]
    floors += [f"{one.title}{describe(one)}（{_short(one)}）" for one in standing_floors(context, article)]
    yield f"{number}　{article.title}（{article.label}）"
    yield f"{words['floor']}{'；'.join(floors or _duties(article)) or AGREED}"
    if costs := "；".join(_costs(context, values)):
        yield f"{words['cost']}{costs}"


def _cited(value: Value) -> Iterator[str]:
    """A floor with its article; one that is only reported says so and names none, beside the verified one if there is one."""
    sure, unsure = value.verified_floor, reported_floor(value)
    if sure is not None:
        yield f"{value.title}{describe(sure)}（{_short(sure)}）"
    if unsure is not None:
        yield f"{value.title}{describe(unsure)}{REPORTED}"


def _duties(article: AgreementArticle) -> list[str]:
    """What the law asks without a number, each duty once, as far as it was compared with its text."""
    norms = [norm for one in article.provisions for _, norm in one.basis if norm is not None]
    asked = [
        one for one in norms if one.verified and one.printable and one.kind == "duty" and one.force == "duty"
    ]
    told = list(dict.fromkeys(f"{one.title}（{_short(one)}）" for one in asked))
    return told if len(told) <= MOST else [*told[: MOST - 1], told[MOST - 1] + AND_OTHERS]


def _short(norm: Norm) -> str:
    return str(norm.source).replace(LONG, SHORT)


def _costs(context: Context, values: list[Value]) -> Iterator[str]:
    """80元×410人×12次＝393600元/年, where it is known how many people and how often."""
    known = data_of(FILE)
    for value in values:
        cost = known["values"].get(value.name)
        people = context.profile.at(cost["people"]) if cost else None
        if cost is not None and people:
            words, times = known["words"], cost["times"]
            often = f"×{times}{words['times']}" if times > 1 else ""
            whole = number_label(value.number * people * times)
            most = words["most"] if cost.get("most") else ""
            yield f"{value.title}{most}{value.text}×{people}{words['people']}{often}＝{whole}{cost['unit']}"
