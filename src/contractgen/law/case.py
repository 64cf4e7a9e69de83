"""A case of leave: the birth or miscarriage that is asked about, and what about it cannot be."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from contractgen.findings import Finding, Severity
from contractgen.law.model import Number
from contractgen.law.units import number_label

MOST_INFANTS = 10  # of one birth; a larger number is a slip
LONGEST_PREGNANCY = 10  # months; a larger number is a slip


@dataclass(frozen=True, slots=True)
class Case:
    """What happened.

    Attributes:
        day: of the birth, or of the miscarriage.
        begin: the first day of maternity leave, where it began before the birth.
        number: how many infants, where it was said; twins are two.
        child: which child of the mother it is.
        pregnancy_months: how long a pregnancy that ended in a miscarriage had lasted.
    """

    day: datetime.date
    begin: datetime.date | None = None
    number: int | None = None
    twins: bool = False
    difficult: bool = False
    child: int = 1
    miscarriage: bool = False
    pregnancy_months: Number | None = None

    @property
    def infants(self) -> int:
        """How many infants were born."""
        return self.number or (2 if self.twins else 1)

    @property
    def of(self) -> str:
        """The event in the words of leaves.yaml: birth or miscarriage."""
        return "miscarriage" if self.miscarriage else "birth"


def faults_of(case: Case, early: int) -> Iterator[Finding]:
    """What about a case cannot be.

    Args:
        case: what is said to have happened.
        early: how many days before the birth maternity leave may begin at the most.
    """
    if case.number is not None and case.number < 1:
        yield _fault("infants", f"婴儿数不能是 {case.number}", "至少是 1")
    elif case.number is not None and case.number > MOST_INFANTS:
        message = f"一胎 {case.number} 个婴儿，像是写错了"
        yield _fault("infants", message, f"写这一胎的婴儿数，不超过 {MOST_INFANTS}")
    elif case.twins and case.number not in (None, 2):
        yield _fault("twins", f"双胞胎是 2 个婴儿，又写了 {case.number} 个", "去掉其中一项")
    if case.child < 1:
        yield _fault("child", f"不能是第 {case.child} 个子女", "第一个子女写 1")
    months = case.pregnancy_months
    if months is not None and not 0 < months <= LONGEST_PREGNANCY:
        message = f"怀孕月数不能是 {number_label(months)}"
        yield _fault("pregnancy-months", message, f"写大于 0、不超过 {LONGEST_PREGNANCY} 的月数")
    if case.miscarriage:
        yield from _of_miscarriage(case)
    elif months is not None:
        yield _fault("pregnancy-months", "生育不写怀孕月数", "流产的同时写 --miscarriage，否则去掉")
    if case.begin is not None and not case.miscarriage:
        yield from _of_begin(case.begin, case.day, early)


def _of_miscarriage(case: Case) -> Iterator[Finding]:
    if case.pregnancy_months is None:
        yield _fault("pregnancy-months", "流产要写怀孕月数", "加 --pregnancy-months，例如 3")
    if case.difficult:
        yield _fault("difficult", "流产没有难产增加的产假", "去掉其中一项")
    if case.infants > 1:
        yield _fault("infants", "流产没有多胞胎增加的产假", "去掉其中一项")
    if case.begin is not None:
        yield _fault("begin", "流产的产假从流产之日起算，不另写开始休假的日期", "去掉这一项")


def _of_begin(begin: datetime.date, birth: datetime.date, early: int) -> Iterator[Finding]:
    if begin > birth:
        message = f"开始休产假的日期 {begin} 晚于生育日 {birth}"
        yield _fault("begin", message, "产假最晚从生育之日起休；核对两个日期")
    if (birth - begin).days > early:
        message = f"开始休产假的日期 {begin} 比生育日早 {(birth - begin).days} 天，产前最多休 {early} 天"
        yield _fault("begin", message, "更早的日子按其他假处理，这里写产假开始的日期")


def _fault(field: str, message: str, hint: str) -> Finding:
    return Finding("leave-case", Severity.ERROR, message, hint=hint, path=field)
