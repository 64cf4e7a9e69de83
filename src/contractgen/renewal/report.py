"""The report on a renewal: the same rows for the terminal, for a page in any format, and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contractgen.diff import LABELS
from contractgen.diff.changes import Label
from contractgen.diff.report import COUNTED, headline
from contractgen.document import Block, Cell, Document, Paragraph, Subheading, Table, Text
from contractgen.law import Norm, describe
from contractgen.renewal.law import LawChange
from contractgen.renewal.wording import Carried, ClauseChange
from contractgen.renewal.words import day_text, norm_text, words

if TYPE_CHECKING:
    from contractgen.renewal import Renewal

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Report:
    """A renewal in words."""

    found: Renewal

    # ---------------------------------------------------------------- rows

    def subject(self) -> tuple[str, ...]:
        """Which contract, and against what it is held."""
        signed, facts = self.found.signed, self.found.signed.profile
        filled = {
            "employer": facts.employer.name or words()["unnamed"],
            "title": signed.title,
            "signed": day_text(signed.day),
            "start": day_text(facts.agreement.start),
            "end": day_text(signed.end),
            "then": day_text(signed.agreement.on),
            "now": day_text(self.found.draft.on),
        }
        return tuple(str(line).format(**filled) for line in words()["subject"])

    def law(self) -> Rows:
        """What changed in law: numbers first, where only the place of a rule moved last."""
        told = words()["law"]
        order = list(told["kinds"])
        several = len({one.place for one in self.found.law}) > 1
        changes = sorted(self.found.law, key=lambda one: (order.index(one.kind), not one.below))
        return tuple(
            (
                f"{one.title}（{one.place}）" if several else one.title,
                norm_text(one.old, edition=_same(one)),
                norm_text(one.new, edition=_same(one)),
                _since(one),
                _touched(one),
            )
            for one in changes
        )

    def clauses(self) -> Rows:
        """What the library proposes otherwise."""
        return tuple(
            (_clause(one), _versions(one), _reasons(one), _effects(one)) for one in self.found.clauses
        )

    def terms(self) -> Rows:
        """The numbers of last time, those below today's floor first."""
        told = words()["terms"]["verdicts"]
        order = list(told)
        terms = sorted(self.found.terms, key=lambda one: order.index(one.verdict))
        absent = words()["law"]["absent"]
        return tuple(
            (one.title, one.text, _floor(one.floor) or absent, str(told[one.verdict])) for one in terms
        )

    def proposals(self) -> Rows:
        """What nobody agreed on yet."""
        draft = self.found.draft
        points = [one for one in draft.open_points if one.rule == "proposal"]
        values = [draft.values[one.path.removeprefix("terms.")] for one in points]
        return tuple(
            (point.location.place, value.title, value.text, "")
            for point, value in zip(points, values, strict=True)
        )

    def sections(self) -> Iterator[tuple[Mapping[str, Any], str, Rows]]:
        """Each part: its words, its count in one line, its rows."""
        law = Counter(one.kind for one in self.found.law)
        clauses = Counter(one.kind for one in self.found.clauses)
        terms = Counter(one.verdict for one in self.found.terms)
        yield words()["law"], _counted("law", law), self.law()
        counted = _counted("clauses", clauses)
        if clauses:
            counted += f"\n{headline(self.found.wording)}"
        yield words()["clauses"], counted, self.clauses()
        yield words()["terms"], _counted("terms", terms, "verdicts"), self.terms()
        yield words()["proposals"], "", self.proposals()

    # ---------------------------------------------------------------- printed

    def lines(self) -> Iterator[str]:
        """For a terminal; of the numbers that carry over only how many there are."""
        carried = str(words()["terms"]["verdicts"]["carried"])
        yield from self.subject()
        yield str(self.found.window)
        for told, count, rows in self.sections():
            yield f"\n{told['heading']}"
            yield from (line for line in count.split("\n") if line)
            yield from ([] if rows else [str(told["none"])])
            shown = [row for row in rows if row[-1] != carried]
            for row in (told["header"][1:], *shown) if shown else ():
                yield "  " + "　".join(cell.replace("\n", "；") for cell in row if cell)

    def document(self) -> Document:
        """To print and to take to the table."""
        blocks: list[Block] = [_text(line) for line in self.subject()]
        blocks += [Subheading(words()["window"]["title"]), _text(str(self.found.window))]
        for told, count, rows in self.sections():
            blocks += [Subheading(told["heading"]), _text(told["intro"])]
            blocks += [_text(line) for line in count.split("\n") if line]
            blocks.append(_table(told, rows) if rows else _text(told["none"]))
        title = str(words()["title"])
        head = " · ".join(part for part in (self.found.signed.profile.employer.name, title) if part)
        return Document(title, running_head=head, body=tuple(blocks), draft=False, landscape=True)

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        found = self.found
        return {
            "record": found.signed.record.path.name,
            "employer": found.signed.profile.employer.name or "",
            "title": found.signed.title,
            "signed": found.signed.day.isoformat(),
            "end": found.signed.end.isoformat() if found.signed.end else None,
            "place": found.draft.place,
            "law_day_then": found.signed.agreement.on.isoformat(),
            "law_day_now": found.draft.on.isoformat(),
            "window": str(found.window),
            "law": [_law_as_dict(one) for one in found.law],
            "clauses": [_clause_as_dict(one) for one in found.clauses],
            "terms": [_term_as_dict(one) for one in found.terms],
            "proposals": [
                {"name": one.path.removeprefix("terms."), "place": one.location.place}
                for one in found.draft.open_points
                if one.rule == "proposal"
            ],
            "differences": dict(found.wording.count),
            "findings": [one.as_dict() for one in found.findings],
        }


def report(found: Renewal) -> Report:
    """The report on a renewal."""
    return Report(found)


# ------------------------------------------------------------------ cells


def _since(change: LawChange) -> str:
    """The day from which it is so: a rule that ended has no present one."""
    if change.new is not None:
        return change.new.since.isoformat()
    return day_text(change.old.until if change.old else None)


def _same(change: LawChange) -> bool:
    """Whether only the edition tells the two rules apart."""
    return norm_text(change.old) == norm_text(change.new)


def _touched(change: LawChange) -> str:
    told = words()["law"]
    coming = "、".join(change.coming)
    parts = ["、".join(change.articles)]
    if not change.articles:
        parts = [str(told["untouched"]), str(told["coming"]).format(articles=coming) if coming else ""]
    if change.number and change.kind in ("number", "new"):
        parts.append(str(told["below" if change.below else "number"]).format(number=change.number))
        if change.drafted and change.drafted != change.number:
            parts.append(str(told["drafted"]).format(number=change.drafted))
    return "，".join(part for part in parts if part)


def _clause(change: ClauseChange) -> str:
    return str(words()["clauses"]["title"]).format(label=change.label, title=change.title, id=change.id)


def _versions(change: ClauseChange) -> str:
    told = words()["clauses"]
    old, new = (one.rpartition("@")[2] for one in (change.old, change.new))
    return str(told["versions"][change.kind]).format(kind=told["kinds"][change.kind], old=old, new=new)


def _reasons(change: ClauseChange) -> str:
    source = words()["clauses"]["source"]
    return "\n".join(
        f"{one.title}：{one.reason.rstrip('。')}{source.format(source=one.source) if one.source else ''}"
        for one in change.changes
    )


def _effects(change: ClauseChange) -> str:
    labels: Sequence[Label] = COUNTED  # type: ignore[assignment]
    return "，".join(f"{LABELS[one]} {change.effects[one]}" for one in labels if change.effects.get(one))


def _floor(norm: Norm | None) -> str:
    return "" if norm is None or norm.value is None else f"{describe(norm)}，{norm.cited}"


def _counted(name: str, count: Mapping[Any, int], group: str = "kinds") -> str:
    told = words()[name]
    return str(told["count"]).format(**{kind: count.get(kind, 0) for kind in told[group]})


def _text(text: str) -> Paragraph:
    return Paragraph((Text(text),), role="text")


def _table(told: Mapping[str, Any], rows: Rows) -> Table:
    header = tuple(Cell((Text(one),), "center") for one in told["header"])
    lines = tuple(
        (Cell((Text(str(number)),), "center"), *(Cell((Text(cell.replace("\n", "；")),) if cell else ()) for cell in row))
        for number, row in enumerate(rows, start=1)
    )  # fmt: skip
    return Table(header, lines, widths=tuple(told["widths"]))


# ------------------------------------------------------------------ for programs


def _norm_as_dict(norm: Norm | None) -> dict[str, Any] | None:
    if norm is None:
        return None
    return {
        "value": None if norm.value is None else str(norm.value),
        "unit": norm.unit,
        "text": describe(norm) if norm.value is not None else "",
        "source": norm.cited,
        "since": norm.since.isoformat(),
        "state": norm.state.value,
    }


def _law_as_dict(one: LawChange) -> dict[str, Any]:
    return {
        "key": one.key,
        "title": one.title,
        "place": one.place,
        "kind": one.kind,
        "old": _norm_as_dict(one.old),
        "new": _norm_as_dict(one.new),
        "since": _since(one),
        "articles": list(one.articles),
        "draft_articles": list(one.coming),
        "number": one.number,
        "draft_number": one.drafted,
        "below": one.below,
    }


def _clause_as_dict(one: ClauseChange) -> dict[str, Any]:
    changes = [{"kind": c.kind, "reason": c.reason, "source": c.source} for c in one.changes]
    return {
        "id": one.id,
        "title": one.title,
        "kind": one.kind,
        "old": one.old,
        "new": one.new,
        "article": one.label,
        "changes": changes,
        "effects": dict(one.effects),
    }


def _term_as_dict(one: Carried) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "number": str(one.number),
        "text": one.text,
        "verdict": one.verdict,
        "floor": _norm_as_dict(one.floor),
    }
