"""A paper: one template of ``templates/papers``, and what its texts and tables are filled from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from contractgen.document import Cell, Document
from contractgen.document.paper_markdown import PaperBlock

if TYPE_CHECKING:
    from contractgen.agreement import Agreement, Value
    from contractgen.agreement.fill import Filler
    from contractgen.law import LawView
    from contractgen.profile import Profile
    from contractgen.timeline import Timeline

SIDES: dict[str, str] = {
    "employees_side": "职工方",
    "employer_side": "用人单位方",
    "both": "双方",
    "congress": "职工（代表）大会",
    "committee": "监督检查小组",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One template: what it is for, when it is asked for, and its text.

    Attributes:
        name: of the file, without ending.
        title: printed as heading; may hold ``{{ name.KEY }}``.
        order: its place among all papers.
        purpose: one line for the cover sheet.
        step: of the course of the bargaining; gives by when.
        due: by when, in words, where the step's limit is not that of the paper; empty elsewhere.
        unconfirmed: printed at its end where a number on it waits for the parties; empty where nothing is.
        sender: key of ``SIDES``: whose paper it is.
        signs: who signs or seals.
        to: whom it is addressed to; empty where it is no letter.
        basis: keys of the law.
        needs: profile paths without which it is not ready, and words whose paths it needs.
        when: conditions; all must hold.
        law_has: keys that the law of the place must have.
        law_lacks: keys that it must not have.
        records: profile paths of the facts that come back on it, beside the day of its step.
        unless_same: two profile paths; where both are told and the same, the paper is not needed.
        landscape: whether its pages lie on their side.
        numbered: whether it bears a number (编号), which is written by hand.
        large: whether it is printed in large type, to be hung up or read by everybody.
        compact: whether it is printed in small type, so that all of it stands on one page with its signatures.
        of_contract: where a contract is amended, whether it speaks of the contract as it will read, not of the amendment.
        unrecorded: whether it is for contracts only that have no record.
        of_draft: whether it puts the draft to signature or vote, so that the draft has to be settled before.
        per_page: how many copies of it fit on one page, cut apart along dashed lines; 1 for a page of its own.
    """

    name: str
    title: str
    order: int
    purpose: str
    step: str
    due: str
    unconfirmed: str
    sender: str
    signs: str
    to: str
    basis: tuple[str, ...]
    needs: tuple[str, ...]
    when: Mapping[str, Any]
    law_has: tuple[str, ...]
    law_lacks: tuple[str, ...]
    records: tuple[str, ...]
    unless_same: tuple[str, ...]
    landscape: bool
    numbered: bool
    large: bool
    compact: bool
    of_contract: bool
    unrecorded: bool
    of_draft: bool
    per_page: int
    blocks: tuple[PaperBlock, ...]
    path: str
    body_line: int


@dataclass(frozen=True, slots=True)
class Context:
    """What a computed table of a paper is made from.

    Attributes:
        agreement: the assembled agreement: chapters, articles, provisions, values with floors, law, frame.
        timeline: the steps with their limits and last days, as they stand on the law day.
        previous: the agreement of the last record, where the user gave one.
        changes: of an amendment, place, old and new text.
        filler: fills further texts the way the paper's own are filled; what is unknown is noted as missing.
    """

    agreement: Agreement
    filler: Filler
    timeline: Timeline
    previous: Agreement | None = None
    changes: tuple[tuple[str, str, str], ...] = ()

    @property
    def profile(self) -> Profile:
        """The firm's facts."""
        return self.agreement.profile

    @property
    def view(self) -> LawView:
        """The law of the place on the law day."""
        return self.agreement.view

    @property
    def values(self) -> Mapping[str, Value]:
        """Every number of the agreement, by name."""
        return self.agreement.values


@dataclass(frozen=True, slots=True)
class Computed:
    """A computed table: its rows, and where the text leaves them open, its header and widths."""

    rows: tuple[tuple[Cell, ...], ...]
    header: tuple[Cell, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that a paper leaves to be written in: where the profile would hold it."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A paper of one firm.

    Attributes:
        number: its place among the papers of this firm, from 1; stands in the file name.
        signs: who signs or seals at this firm.
        missing: facts that print as ruled blanks; ``blocking`` those of them without which it is not ready.
        proposals: names of numbers that the parties have not confirmed.
        form: the user's own Word form, filled, which takes the place of our text.
        due: by when, where its own text says so and not its step.
        unsettled: what is open in the draft that it puts to signature or vote; empty where nothing is.
    """

    paper: Paper
    number: int
    title: str
    signs: str
    document: Document
    missing: tuple[Missing, ...]
    blocking: tuple[Missing, ...]
    proposals: tuple[str, ...]
    form: bytes | None = None
    due: str = ""
    unsettled: str = ""

    @property
    def ready(self) -> bool:
        """Whether it can be signed as it is printed: nothing it needs is missing, no number unconfirmed, no draft open."""
        return not self.blocking and not self.proposals and not self.unsettled
