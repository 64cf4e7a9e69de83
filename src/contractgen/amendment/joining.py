"""A contract and what it is to become, joined: which articles changed, came or went, under the numbers that were signed.

No number that was signed is given to another article. An article that comes stands at the end, one that goes leaves
its number behind. References are printed with these numbers.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from contractgen.agreement import Agreement, AgreementArticle, AgreementChapter, Provision
from contractgen.agreement.lines import OWN
from contractgen.document import (
    Block,
    Cell,
    Inline,
    Item,
    Paragraph,
    Reference,
    Table,
    Text,
    annex_label,
    article_label,
)
from contractgen.record import article_stamp

Kind = Literal["changed", "added", "deleted"]
LABEL = re.compile(r"第[零一二三四五六七八九十百千]+条|附件[0-9]+")
LABELS = re.compile(
    r"(?:(?:第[零一二三四五六七八九十百千]+条(?:第[零一二三四五六七八九十]+款)?|附件[0-9]+)[、，；]?)+"
)
ALIKE = 0.5  # of two texts of the parties' own without a common title
SUPPLEMENT = "supplement"  # id of the chapter at the end in which added articles stand
STUB = "-deleted"  # how the id of the paragraph ends that stands in the place of a deleted article


@dataclass(frozen=True, slots=True)
class Alteration:
    """An article or annex that changed, came or went; both bear the number that it has in the contract."""

    kind: Kind
    old: AgreementArticle | None
    new: AgreementArticle | None

    @property
    def label(self) -> str:
        """第三十条, 附件1"""
        article = self.new or self.old
        assert article is not None
        return article.label


@dataclass(frozen=True, slots=True)
class Joined:
    """The contract as amended, and what was altered.

    ``labels`` says for every article and annex of the newly assembled text which number it has in the contract.
    """

    chapters: tuple[AgreementChapter, ...]
    annexes: tuple[AgreementArticle, ...]
    alterations: tuple[Alteration, ...]
    labels: Mapping[str, str]

    def place(self, text: str) -> str:
        """A place in the newly assembled text as it is called in the contract: 第三十一条第二款 -> 第三十条第二款."""
        return LABEL.sub(lambda match: self.labels.get(match[0], match[0]), text)

    def altered(self, place: str) -> bool:
        """Whether a place of the contract lies in an article or annex that changed or came."""
        found = LABEL.search(place)
        return found is not None and found[0] in {one.label for one in self.alterations if one.new}


def join(
    then: Agreement,
    base: Agreement,
    new: Agreement,
    *,
    stub: str,
    supplement: str,
    taken: frozenset[str] = frozenset(),
    last: tuple[int, int] = (0, 0),
) -> Joined:
    """Join a contract and the text that the new facts give.

    Args:
        then: the contract as it was printed.
        base: what this program makes of the facts, clauses and law of then; only what ``new`` has otherwise counts
            as altered.
        new: the text of the new facts.
        stub: the text that stands in the place of a deleted article.
        supplement: heading of the chapter in which added articles stand.
        last: the last article and annex of the whole contract, where ``then`` is only a part of it.
        taken: ids of articles of ``new`` that are held against the contract itself, since ``base`` has other words.
    """
    old_articles, new_articles = tuple(then.articles), tuple(new.articles)
    names = _own_names(old_articles, new_articles)
    numbered = {
        **_numbers(old_articles, new_articles, names, article_label, last[0]),
        **_numbers(then.annexes, new.annexes, names, annex_label, last[1]),
    }
    labels = {one.label: numbered[names.get(one.id, one.id)][1] for one in (*new_articles, *new.annexes)}
    then_labels = {one.id: one.label for one in (*old_articles, *then.annexes)}
    based = _own_names(old_articles, tuple(base.articles))
    base_labels = {
        one.label: then_labels.get(based.get(one.id, one.id), one.label)
        for one in (*base.articles, *base.annexes)
    }
    ours, theirs = Relabeled(base_labels, based), Relabeled(labels, names)
    before = {one.id: article_stamp(one) for one in map(ours.article, (*base.articles, *base.annexes))}
    fresh = {}
    for one in (*new_articles, *new.annexes):
        article = theirs.article(one)
        number, label = numbered[article.id]
        fresh[article.id] = replace(article, number=number, label=label)

    alterations: list[Alteration] = []

    def standing(old: AgreementArticle) -> AgreementArticle:
        """What becomes of an article of the contract."""
        now = fresh.get(old.id)
        if now is None and old.id not in before:  # deleted or taken by an earlier amendment
            return old
        if now is None:
            alterations.append(Alteration("deleted", old, None))
            return _stub(old, stub)
        held = article_stamp(old)
        unchanged = (held if old.id in taken else before.get(old.id, held)) == article_stamp(now)
        if unchanged and not is_stub(old):
            return old
        alterations.append(Alteration("changed", old, now))
        return now

    def added(known: Sequence[AgreementArticle], found: Sequence[AgreementArticle]) -> list[AgreementArticle]:
        ids = {one.id for one in known}
        coming = [fresh[names.get(one.id, one.id)] for one in found]
        coming = [one for one in coming if one.id not in ids]
        alterations.extend(Alteration("added", None, one) for one in coming)
        return coming

    chapters = [replace(one, articles=tuple(map(standing, one.articles))) for one in then.chapters]
    if more := added(old_articles, new_articles):
        if not chapters or chapters[-1].id != SUPPLEMENT:
            chapters.append(AgreementChapter(SUPPLEMENT, len(chapters) + 1, supplement, ()))
        chapters[-1] = replace(chapters[-1], articles=(*chapters[-1].articles, *more))
    annexes = [standing(one) for one in then.annexes]
    annexes += added(then.annexes, new.annexes)
    return Joined(tuple(chapters), tuple(annexes), tuple(alterations), labels)


def is_stub(article: AgreementArticle) -> bool:
    """Whether an article was deleted by an earlier amendment."""
    blocks = [block for one in article.provisions for block in one.blocks]
    return len(blocks) == 1 and getattr(blocks[0], "id", "").endswith(STUB)


def _stub(old: AgreementArticle, text: str) -> AgreementArticle:
    paragraph = Paragraph((Text(text),), f"{old.id}{STUB}", "body" if old.label.endswith("条") else "text")
    return replace(old, provisions=(Provision(None, (paragraph,), label=old.label),))


def _numbers(
    old: Sequence[AgreementArticle],
    new: Sequence[AgreementArticle],
    names: Mapping[str, str],
    label: Callable[[int], str],
    last: int,
) -> dict[str, tuple[int, str]]:
    """The number and label of every article of both texts, by id: those signed keep theirs."""
    found = {one.id: (one.number, one.label) for one in old}
    last = max((last, *(one.number for one in old)))
    for one in new:
        name = names.get(one.id, one.id)
        if name not in found:
            last += 1
            found[name] = (last, label(last))
    return found


def _own_names(old: Sequence[AgreementArticle], new: Sequence[AgreementArticle]) -> dict[str, str]:
    """For the parties' own articles of the new text, whose ids only count them, the id that they have in the contract.

    Each is the old one of the same title, else the old one that is most like it; else it gets an id of its own.
    """
    mine = [one for one in old if _is_own(one.id)]
    theirs = [one for one in new if _is_own(one.id)]
    found: dict[str, str] = {}
    left = {one.id: one for one in mine}
    for one in theirs:
        same = next((other.id for other in left.values() if other.title == one.title), None)
        if same is not None:
            found[one.id] = same
            del left[same]
    for one in theirs:
        if one.id in found:
            continue
        ratios = {
            name: difflib.SequenceMatcher(None, _text(other), _text(one), autojunk=False).ratio()
            for name, other in left.items()
            if not is_stub(other)
        }
        best = max(ratios, key=lambda name: ratios[name], default=None)
        if best is not None and ratios[best] >= ALIKE:
            found[one.id] = best
            del left[best]
    last = max((int(one.id.rpartition("-")[2]) for one in mine), default=0)
    for one in theirs:
        if one.id not in found:
            last += 1
            found[one.id] = f"{OWN}-{last}"
    return found


def _is_own(name: str) -> bool:
    head, _, number = name.rpartition("-")
    return head == OWN and number.isdigit()


def _text(article: AgreementArticle) -> str:
    return "\n".join(one.text for one in article.provisions)


@dataclass(frozen=True, slots=True)
class Relabeled:
    """Texts with the numbers that their references have in the contract, and with the ids of there."""

    labels: Mapping[str, str]
    names: Mapping[str, str]

    def article(self, one: AgreementArticle) -> AgreementArticle:
        """An article with its paragraphs."""
        provisions = tuple(
            replace(
                provision,
                blocks=tuple(self._block(block) for block in provision.blocks),
                label=self._place(provision.label),
            )
            for provision in one.provisions
        )
        return replace(one, id=self._name(one.id), label=self._place(one.label), provisions=provisions)

    def _block(self, block: Block) -> Block:
        source = getattr(block, "source", None)
        if source is not None and source.clause in self.names:
            block = replace(block, source=replace(source, clause=self.names[source.clause]))
        if isinstance(block, Paragraph | Item):
            return replace(block, inlines=self._inlines(block.inlines), id=self._name(block.id))
        if isinstance(block, Table):
            rows = tuple(tuple(self._cell(cell) for cell in row) for row in block.rows)
            return replace(block, header=tuple(self._cell(cell) for cell in block.header), rows=rows)
        return block

    def _cell(self, cell: Cell) -> Cell:
        """A cell; where it holds nothing but numbers of articles, these are references too."""
        if LABELS.fullmatch(cell.text):
            inlines = tuple(
                replace(one, text=self._place(one.text)) if isinstance(one, Text | Reference) else one
                for one in cell.inlines
            )
            return replace(cell, inlines=inlines)
        return replace(cell, inlines=self._inlines(cell.inlines))

    def _inlines(self, inlines: Sequence[Inline]) -> tuple[Inline, ...]:
        return tuple(
            replace(one, text=self._place(one.text), target=self._name(one.target))
            if isinstance(one, Reference)
            else one
            for one in inlines
        )

    def _place(self, text: str) -> str:
        return LABEL.sub(lambda match: self.labels.get(match[0], match[0]), text)

    def _name(self, name: str) -> str:
        """own-2 and own-2-1 with the id of the contract."""
        if name in self.names:
            return self.names[name]
        head, _, tail = name.rpartition("-")
        return f"{self.names[head]}-{tail}" if head in self.names else name
