"""What is voted on, explained and filed: the contract, or where it is amended, the amendment agreement and what it alters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.agreement.fill import Slot
from contractgen.amendment.reading import alterations_in
from contractgen.document import Blank, Text, plain
from contractgen.findings import Finding, InputError, Location, Severity, has_errors
from contractgen.papers.filling import filler_for
from contractgen.papers.words import ALTERED, EXTENT, ROOM
from contractgen.record import altered_contract, other_party

if TYPE_CHECKING:
    from contractgen.agreement import Agreement, AgreementArticle
    from contractgen.agreement.fill import Filler
    from contractgen.amendment.joining import Kind
    from contractgen.amendment.reading import Shown
    from contractgen.papers.model import Paper

TITLE = "amendment_title"  # word of ``words.yaml``
RULE = "amendment-record"
KINDS: Mapping[Kind, str] = {"changed": "变更", "added": "增加", "deleted": "删去"}
ANNEX = "附件"  # with which its label begins


@dataclass(frozen=True, slots=True)
class Subject:
    """An amendment as papers speak of it.

    Attributes:
        agreement: with the title of the amendment agreement, and of the contract's articles those that it alters; of
            annexes only their names, for they hold the rows of other articles, too.
        contract: as it will read.
        changes: place, old text, new text, as the amendment agreement prints them.
        altered: the articles and annexes that it changes, adds and deletes, by name; empty where no record tells them.
        extent: how many they are, in words; room to write where no record tells it.
    """

    agreement: Agreement
    contract: Agreement
    changes: tuple[tuple[str, str, str], ...] = ()
    altered: str = ""
    extent: str = f"变更条文{ROOM}条、附件{ROOM}个"

    def say(self, filler: Filler) -> None:
        """Make a filler print what is altered."""
        filler.base[ALTERED] = Slot(Text(self.altered) if self.altered else Blank(width=12))
        filler.base[EXTENT] = Slot(Text(self.extent))

    def of(self, paper: Paper) -> Agreement:
        """What a paper speaks of."""
        return self.contract if paper.of_contract else self.agreement


def subject_of(agreement: Agreement, record: Path | None, profile: Path) -> Subject | None:
    """The amendment that the papers are for; None where a contract is concluded.

    Raises:
        InputError: for a record that is of no amendment, or of another firm.
    """
    if agreement.profile.agreement.occasion != "amendment":
        if record is not None:
            raise InputError(
                "--record 只用于 --pack，或者用于合同变更的文书",
                hint="变更合同的，在 agreement 下写 occasion: amendment；其他情况去掉 --record",
            )
        return None
    if record is None:
        title = plain(filler_for(agreement, [TITLE]).fill_text("{{ " + TITLE + " }}"))
        return Subject(replace(agreement, title=title, chapters=(), annexes=()), agreement)
    amendment, whole = altered_contract(record)
    if has_errors(found := tuple(other_party(whole, agreement.profile, str(profile)))):
        raise InputError(f"{record} 不是这家单位的变更协议书", findings=found)
    shown = () if amendment.document is None else alterations_in(amendment.document)
    altered = {one.label for one in shown}
    text = whole.agreement
    chapters = (replace(one, articles=_kept(one.articles, altered)) for one in text.chapters)
    ours = replace(
        agreement,
        title=amendment.title,
        chapters=tuple(one for one in chapters if one.articles),
        annexes=tuple(replace(one, provisions=()) for one in _kept(text.annexes, altered)),
        values={**agreement.values, **text.values},
    )
    contract = replace(
        ours,
        title=whole.title,
        chapters=text.chapters,
        annexes=text.annexes,
    )
    changes = tuple((f"{one.name}{place}", old, new) for one in shown for place, old, new in one.rows)
    names = "、".join(one.name for one in shown)
    return Subject(ours, contract, changes, names, _extent(shown))


def _extent(shown: Sequence[Shown]) -> str:
    """变更条文1条、附件2个，增加条文1条: what is changed, added and deleted, counted."""
    told = []
    for kind, word in KINDS.items():
        annexes = [one.label.startswith(ANNEX) for one in shown if one.kind == kind]
        counts = ((annexes.count(False), "条文{}条"), (annexes.count(True), ANNEX + "{}个"))
        if named := "、".join(text.format(count) for count, text in counts if count):
            told.append(word + named)
    return "，".join(told)


def unrecorded(agreement: Agreement, record: Path | None, profile: Path) -> Iterator[Finding]:
    """That nobody told what is amended."""
    if agreement.profile.agreement.occasion == "amendment" and record is None:
        yield Finding(
            RULE,
            Severity.WARNING,
            "没有给出变更协议书的生成记录，文书只写变更协议书的名称，变更的条款和附件留空",
            Location(str(profile)),
            hint="先用 contractgen amend 起草变更协议书，再加 --record 变更协议书.record.json 重新生成文书",
            path="agreement.occasion",
        )


def _kept(articles: Iterable[AgreementArticle], labels: set[str]) -> tuple[AgreementArticle, ...]:
    return tuple(one for one in articles if one.label in labels)
