"""Some articles of a contract in the wording and law of another day, the rest as it was: what an amendment may ask for.

An article that is taken keeps its number, or gets the next one at the end. In the tables of the annexes the rows that
lead to it are taken with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from contractgen.agreement import Agreement, AgreementArticle, Value
from contractgen.amendment.joining import LABEL, LABELS, Relabeled
from contractgen.document import Cell, Item, Paragraph, Reference, Table, annex_label, article_label
from contractgen.findings import Finding, InputError, Location, Severity, did_you_mean

ALL = "all"
Row = tuple[Cell, ...]


def article_ids(now: Agreement, names: Sequence[str]) -> frozenset[str]:
    """The ids of the articles and annexes that names mean: their own, or that of a clause in them.

    Raises:
        InputError: for a name that the text of the day does not have.
    """
    known: dict[str, str] = {}
    for article in (*now.articles, *now.annexes):
        for provision in article.provisions:
            if provision.clause is not None:
                known[provision.clause.id] = article.id
        known[article.id] = article.id
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known, "用 contractgen clauses list 查看条款编号；整份合同写 all")
            raise InputError(f"--current：按这份企业情况表，现行文本里没有条款 {name}", hint=hint)
    return frozenset(known[name] for name in names)


def taken(then: Agreement, now: Agreement, ids: frozenset[str]) -> tuple[Agreement, tuple[Finding, ...]]:
    """The text of then with some articles of now.

    Args:
        then: the new facts in the wording and law of the contract.
        now: the same facts in the wording and law of the day.
        ids: of the articles and annexes to take.

    Returns:
        The text, and what of the articles taken leads nowhere in it.
    """
    labels = _labels(then, now, ids)
    relabeled = Relabeled(labels, {})
    fresh = {
        one.id: _numbered(relabeled.article(one), labels[one.label])
        for one in (*now.articles, *now.annexes)
        if one.id in ids
    }
    chapters = [
        replace(one, articles=tuple(fresh.get(a.id, a) for a in one.articles)) for one in then.chapters
    ]
    here = {one.id for one in then.articles}
    more = tuple(fresh[one.id] for one in now.articles if one.id in ids and one.id not in here)
    chapters[-1] = replace(chapters[-1], articles=(*chapters[-1].articles, *more))
    told = frozenset(one.label for one in fresh.values())
    beside = {one.id: relabeled.article(one) for one in now.annexes}
    annexes = [
        fresh.get(one.id) or (_with_rows(one, beside[one.id], told) if one.id in beside else one)
        for one in then.annexes
    ]
    annexes += [
        fresh[one.id] for one in now.annexes if one.id in ids and one.id not in {a.id for a in then.annexes}
    ]
    text = _numbers(replace(then, chapters=tuple(chapters), annexes=tuple(annexes)), now, ids, labels, told)
    return text, tuple(_dangling(fresh.values(), text))


def _labels(then: Agreement, now: Agreement, ids: frozenset[str]) -> Mapping[str, str]:
    """For each article of now its number in the joined text; what is not there keeps none."""
    found: dict[str, str] = {}
    for old, new, label in ((tuple(then.articles), tuple(now.articles), article_label), (then.annexes, now.annexes, annex_label)):  # fmt: skip
        known = {one.id: one.label for one in old}
        last = max((one.number for one in old), default=0)
        for one in new:
            if one.id in known:
                found[one.label] = known[one.id]
            elif one.id in ids:
                last += 1
                found[one.label] = label(last)
            else:
                found[one.label] = ""
    return found


def _numbered(article: AgreementArticle, label: str) -> AgreementArticle:
    """An article under its number in the joined text; the number itself only counts, the label is printed."""
    return replace(article, label=label)


def _numbers(
    then: Agreement, now: Agreement, ids: frozenset[str], labels: Mapping[str, str], told: frozenset[str]
) -> Agreement:
    """The text with the numbers and the open points of now for the articles taken."""
    clauses = {
        str(provision.clause)
        for article in (*now.articles, *now.annexes)
        if article.id in ids
        for provision in article.provisions
        if provision.clause is not None
    }
    places = {one.view.place: one for one in now.workplaces}

    def of_both(old: Mapping[str, Value], new: Mapping[str, Value]) -> dict[str, Value]:
        return {**old, **{name: value for name, value in new.items() if value.clause in clauses}}

    values = of_both(then.values, now.values)
    workplaces = tuple(
        replace(one, values=of_both(one.values, places[one.view.place].values))
        if one.view.place in places
        else one
        for one in then.workplaces
    )
    fresh = [
        replace(one, location=Location(place=_moved(one.location.place, labels))) for one in now.open_points
    ]
    points = (
        *(one for one in then.open_points if not _within(one.location.place, told)),
        *(one for one in fresh if _within(one.location.place, told)),
    )
    return replace(then, values=values, workplaces=workplaces, open_points=points)


def _moved(place: str, labels: Mapping[str, str]) -> str:
    return LABEL.sub(lambda match: labels.get(match[0], match[0]), place)


def _within(place: str, told: frozenset[str]) -> bool:
    found = LABEL.search(place)
    return found is not None and found[0] in told


# ------------------------------------------------------------------ annexes


def _with_rows(then: AgreementArticle, now: AgreementArticle, told: frozenset[str]) -> AgreementArticle:
    """An annex whose rows about the articles taken are those of now."""
    tables = {block.id: block for one in now.provisions for block in one.blocks if isinstance(block, Table)}
    provisions = tuple(
        replace(
            one,
            blocks=tuple(
                _table(block, tables[block.id], told)
                if isinstance(block, Table)
                and block.id in tables
                and len(block.header) == len(tables[block.id].header)
                else block
                for block in one.blocks
            ),
        )
        for one in then.provisions
    )
    return replace(then, provisions=provisions)


def _table(then: Table, now: Table, told: frozenset[str]) -> Table:
    fresh = [row for row in now.rows if _about(row) & told]
    rows: list[Row] = []
    for row in then.rows:
        if not _about(row) & told:
            rows.append(row)
            continue
        same = next((one for one in fresh if one[0].text == row[0].text), None)
        if same is not None:
            rows.append(same)
            fresh.remove(same)
    return replace(then, rows=(*rows, *fresh))


def _about(row: Row) -> frozenset[str]:
    """The articles that a row leads to."""
    return frozenset(
        label for cell in row if LABELS.fullmatch(cell.text) for label in LABEL.findall(cell.text)
    )


def _dangling(articles: Iterable[AgreementArticle], text: Agreement) -> Iterator[Finding]:
    """References of the articles taken to what the contract does not have."""
    there = {one.id for one in (*text.articles, *text.annexes)}
    for one in (*text.articles, *text.annexes):
        there |= {getattr(block, "id", "") for provision in one.provisions for block in provision.blocks}
    for article in articles:
        for provision in article.provisions:
            targets = [
                node.target
                for block in provision.blocks
                if isinstance(block, Paragraph | Item)
                for node in block.inlines
                if isinstance(node, Reference)
            ]
            for target in dict.fromkeys(one for one in targets if one not in there):
                name = target.rpartition("-")[0] or target
                yield Finding(
                    "dangling-reference",
                    Severity.ERROR,
                    f"现行文字的{article.label}“{article.title}”引用的条款 {name} 不在原合同中",
                    Location(place=article.label),
                    hint=f"在 --current 中一并写上 {name}",
                )
