"""References and citations that a reworded line changed: whether they still lead to the same matter.

A reference whose article only got another number is the same. One that leads to another article, and a citation of
another article of law than the clause rests on, are for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from contractgen.agreement import Agreement
from contractgen.diff import Change, Differences, Line, Section
from contractgen.document import annex_label, article_label, chinese_number
from contractgen.document.references import own_references
from contractgen.findings import Severity
from contractgen.law.mentions import Mention, mentions
from contractgen.law.numerals import ordinal
from contractgen.law.statutes import title_key
from contractgen.review.points import Point
from contractgen.wording import sentence_span

Cited = tuple[str, str, int | None]  # of a law: its title, the article, the paragraph
Basis = Mapping[str, frozenset[Cited]]  # what the clauses of an agreement rest on, by clause@version


def basis_of(agreement: Agreement) -> Basis:
    """The articles of law that each clause rests on."""
    found: dict[str, set[Cited]] = {}
    for provision in agreement.provisions:
        if provision.clause is None:
            continue
        name = f"{provision.clause.id}@{provision.clause.version}"
        for _, norm in provision.basis:
            if norm is not None:
                found.setdefault(name, set()).update(_cited(one) for one in mentions(norm.cited))
    return {name: frozenset(cited) for name, cited in found.items()}


class References:
    """Knows where the references of both texts lead."""

    def __init__(self, differences: Differences, basis: Basis) -> None:
        self.basis = basis
        pairs = [section for section in differences.sections if section.kind != "left"]
        self.old = {one.old.label: one.old for one in differences.sections if one.old and one.old.label}
        self.new = {one.new.label: one.new for one in pairs if one.new and one.new.label}
        self.came_from = {one.new.position: one.old.position for one in pairs if one.new and one.old}

    def points(self, change: Change, place: str) -> Iterator[Point]:
        """What a person must look at."""
        if change.old is not None and change.new is not None:
            yield from self._references(change, change.old, change.new, place)
            yield from self._citations(change, change.old, change.new, place)

    # ---------------------------------------------------------------- within the agreement

    def _references(self, change: Change, old: Line, new: Line, place: str) -> Iterator[Point]:
        gone = [one for one in own_references(old.text) if _touched(change, one.span(), new=False)]
        for match in own_references(new.text):
            if not _touched(change, match.span(), new=True):
                continue
            label = _label(match)
            target = self.new.get(label)
            if target is None:
                message = f"引用了“{match[0]}”，发回的合同里没有"
                yield _point("dangling-reference", Severity.ERROR, place, new.text, match.start(), message)
                continue
            was = [self.old.get(_label(one)) for one in gone]
            if not gone or any(self._same(one, match, target) for one in gone):
                continue
            then = "、".join(dict.fromkeys(_name(one) for one in was if one is not None)) or "别处"
            message = f"所指的条文由{then}变为{_name(target)}"
            if any(one is not None and one.position == self.came_from.get(target.position) for one in was):
                message = f"所指的款由“{gone[0][0]}”变为“{match[0]}”"
            yield _point("reference-moved", Severity.WARNING, place, new.text, match.start(), message)

    def _same(self, old: re.Match[str], new: re.Match[str], target: Section) -> bool:
        """Whether a reference leads where the old one led."""
        was = self.old.get(_label(old))
        return (
            was is not None
            and self.came_from.get(target.position) == was.position
            and old["paragraph"] == new["paragraph"]
        )

    # ---------------------------------------------------------------- laws

    def _citations(self, change: Change, old: Line, new: Line, place: str) -> Iterator[Point]:
        then, now = list(mentions(old.text)), list(mentions(new.text))
        kept = {_cited(one) for one in then} & {_cited(one) for one in now}
        gone = [one for one in then if _cited(one) not in kept]
        known = self.basis.get(str(old.source), frozenset()) if old.source else frozenset()
        for one in now:
            if _cited(one) in kept or not gone or any(_within(_cited(one), other) for other in known):
                continue
            was = next((other for other in gone if other.title == one.title), gone[0])
            message = f"引用由{_shown(was)}改为{_shown(one)}，本条的依据里没有后者"
            yield _point("reference-moved", Severity.WARNING, place, new.text, one.at, message)


def _point(rule: str, severity: Severity, place: str, text: str, at: int, message: str) -> Point:
    start, end = sentence_span(text, at)
    return Point(
        rule, severity, place, text[start:end].strip(), message, "", "核对所引的条文与这里说的是不是一件事"
    )


def _touched(change: Change, span: tuple[int, int], *, new: bool) -> bool:
    start, end = span
    return any(
        start < (op.new_end if new else op.old_end) and (op.new_at if new else op.old_at) < end
        for op in change.edits
    )


def _label(match: re.Match[str]) -> str:
    if match["annex"]:
        return annex_label(ordinal(match["annex"]) or 0)
    return article_label(ordinal(match["article"]) or 0)


def _name(section: Section) -> str:
    return f"{section.label}“{section.title}”" if section.title else section.label


def _cited(mention: Mention) -> Cited:
    return title_key(mention.title), mention.article, mention.paragraph


def _within(one: Cited, other: Cited) -> bool:
    """Whether a citation is another one, or the whole article that it stands in."""
    return one[:2] == other[:2] and one[2] in (None, other[2])


def _shown(mention: Mention) -> str:
    number = mention.article
    article = article_label(int(number)) if number.isdecimal() else number
    paragraph = f"第{chinese_number(mention.paragraph)}款" if mention.paragraph else ""
    return f"《{mention.title}》{article}{paragraph}"
