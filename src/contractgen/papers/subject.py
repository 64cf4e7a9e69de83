"""What is voted on, explained and filed: the contract, or where it is amended, the amendment agreement and what it alters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.agreement import filler_of
from contractgen.document import Article, Block, Item, Paragraph, Subheading, Table, Text, plain
from contractgen.files import data_folder, load_yaml
from contractgen.findings import Finding, InputError, Location, Severity, has_errors
from contractgen.record import altered_contract, other_party

if TYPE_CHECKING:
    from contractgen.agreement import Agreement, AgreementArticle

FILE = "words.yaml"
TITLE = "amendment_title"  # word of ``words.yaml``
OF_THE_CONTRACT = frozenset(
    {"concerns", "performance", "renewal"}
)  # steps whose papers speak of the contract itself
LABEL = re.compile(r"第[一二三四五六七八九十百]+条|附件\d+")
RULE = "amendment-record"
COLUMNS = 3  # place, old, new


@dataclass(frozen=True, slots=True)
class Subject:
    """An amendment as papers speak of it.

    Attributes:
        agreement: with the title of the amendment agreement, and of the contract's articles those that it alters.
        changes: place, old text, new text, as the amendment agreement prints them.
    """

    agreement: Agreement
    changes: tuple[tuple[str, str, str], ...] = ()

    def of(self, step: str, contract: Agreement) -> Agreement:
        """What the papers of a step speak of."""
        return contract if step in OF_THE_CONTRACT else self.agreement


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
        title = plain(filler_of(agreement).fill_text(_title()))
        return Subject(replace(agreement, title=title, chapters=(), annexes=(), printed={}))
    amendment, whole = altered_contract(record)
    if has_errors(found := tuple(other_party(whole, agreement.profile, str(profile)))):
        raise InputError(f"{record} 不是这家单位的变更协议书", findings=found)
    document = amendment.document
    blocks = () if document is None else document.body
    headings = [one.text for one in blocks if isinstance(one, Subheading)]
    altered = {match[0] for one in headings if (match := LABEL.search(one))}
    text = whole.agreement
    chapters = [
        replace(one, articles=tuple(_kept(one.articles, altered)))
        for one in text.chapters
        if any(_kept(one.articles, altered))
    ]
    ours = replace(
        agreement,
        title=amendment.title,
        chapters=tuple(chapters),
        annexes=tuple(_kept(text.annexes, altered)),
        values={**agreement.values, **text.values},
        printed=dict(_printed(one for chapter in chapters for one in chapter.articles)),
    )
    return Subject(ours, tuple(_changes(blocks)))


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


def _title() -> str:
    data = load_yaml(data_folder("templates") / "papers" / FILE).data
    return str(data[TITLE][0]["text"])


def _kept(articles: tuple[AgreementArticle, ...], labels: set[str]) -> Iterator[AgreementArticle]:
    return (one for one in articles if one.label in labels)


def _printed(articles: Iterable[AgreementArticle]) -> Iterator[tuple[str, str]]:
    """Each number that stands in an article, with the article's label."""
    for article in articles:
        for provision in article.provisions:
            for block in provision.blocks:
                for inline in getattr(block, "inlines", ()):
                    if isinstance(inline, Text) and inline.value:
                        yield inline.value, article.label


def _changes(blocks: Sequence[Block]) -> Iterator[tuple[str, str, str]]:
    """Place, old, new: side by side in a table of three columns, else in rows that say which they are, else as text."""
    shown = load_yaml(data_folder("templates") / "amendment" / "agreement.yaml").data["shown"]
    came, went = (
        str(shown[kind]).partition("{{ label }}")[0].rpartition("}}")[2] for kind in ("added", "deleted")
    )
    heading = ""
    for block in blocks:
        if isinstance(block, Subheading):
            heading = block.text.partition("）")[2]
        elif isinstance(block, Article):
            heading = ""
        elif isinstance(block, Table) and heading:
            yield from _rows(heading, block, shown["rows"])
        elif isinstance(block, Paragraph | Item) and heading:
            label = LABEL.search(heading)
            place = label[0] if label else heading
            if heading.startswith(went):
                yield f"{went}{place}", block.text, ""
            elif heading.startswith(came):
                yield f"{came}{place}", "", block.text


def _rows(heading: str, table: Table, names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    if len(table.header) == COLUMNS:
        for place, old, new in table.rows:
            yield f"{heading}{place.text}", old.text, new.text
        return
    before = ""
    for row in table.rows:
        text = "；".join(one.text for one in row[1:] if one.text)
        if row[0].text == names["old"]:
            before = text
        elif row[0].text == names["deleted"]:
            yield heading, text, ""
        else:
            yield heading, before, text
            before = ""
