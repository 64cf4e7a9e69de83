"""A contract that was signed, from its record: what an amendment and a renewal begin with, or why they cannot."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contractgen.agreement import Agreement
from contractgen.findings import Finding, InputError, Location, Severity
from contractgen.profile import Profile
from contractgen.record.form import ENDING, Record, read_record
from contractgen.record.reopen import Reopened, reopen

AMENDMENT = "amendment"  # where a record tells what it amends
CONSOLIDATED = "consolidated"  # where it tells which amendments its text contains


@dataclass(frozen=True)
class Signed:
    """A contract as it reads today: as it was signed, or the consolidated text of it and its amendments.

    Attributes:
        opened: its text, with the library and law of then.
        title: of the contract, without a word on consolidation.
        amendments: of each amendment so far the day, title and stamp.
        taken: ids of articles that an amendment took from the library of its day.
    """

    opened: Reopened
    title: str
    amendments: tuple[Mapping[str, str], ...] = ()
    taken: frozenset[str] = frozenset()

    @property
    def record(self) -> Record:
        """What it was read from."""
        return self.opened.record

    @property
    def agreement(self) -> Agreement:
        """Its text and numbers."""
        return self.opened.agreement

    @property
    def profile(self) -> Profile:
        """The firm's facts of then."""
        return self.opened.agreement.profile

    @property
    def day(self) -> datetime.date:
        """When it was signed, as planned; else the day whose law it was made under."""
        return self.profile.agreement.signing_day or self.agreement.on

    @property
    def end(self) -> datetime.date | None:
        """The last day of its term."""
        return self.profile.agreement.end


def signed_contract(path: Path) -> Signed:
    """The contract of a record; of the record of an amendment, the consolidated text that lies beside it.

    Raises:
        InputError: with a finding, for a record of a draft; see also ``reopen``.
    """
    record = read_record(path)
    if not record.final:
        raise _refused(
            path, "这份生成记录是草案，不是签订的合同", f"用签订文本（定稿）的生成记录（…-定稿{ENDING}）"
        )
    if isinstance(told := record.data.get(AMENDMENT), dict):
        record = _consolidated_beside(record, told)
    held = record.data.get(CONSOLIDATED)
    chain = held if isinstance(held, dict) else {}
    opened = reopen(record)
    listed = chain.get("amendments")
    amendments = tuple(one for one in listed if isinstance(one, dict)) if isinstance(listed, list) else ()
    held = chain.get("current")
    taken = frozenset(map(str, held)) if isinstance(held, list) else frozenset()
    return Signed(opened, str(chain.get("title") or opened.agreement.title), amendments, taken)


def altered_contract(path: Path) -> tuple[Record, Signed]:
    """The record of an amendment, draft or not, and the contract as it will read.

    Raises:
        InputError: where it is of no amendment, or the consolidated text is not beside it.
    """
    record = read_record(path)
    told = record.data.get(AMENDMENT)
    if not isinstance(told, dict):
        raise _refused(
            path,
            "这不是变更协议书的生成记录",
            f"用 contractgen amend 写出的变更协议书的生成记录（…{ENDING}）",
        )
    of = told.get("of")
    title = str(of.get("title") or "") if isinstance(of, dict) else ""
    return record, Signed(reopen(_consolidated_beside(record, told)), title or record.title)


def _consolidated_beside(record: Record, told: Mapping[str, Any]) -> Record:
    """The record of the consolidated text that was written together with an amendment."""
    stamp = str(told.get("consolidated") or "")
    for path in sorted(record.path.parent.glob(f"*{ENDING}")):
        try:
            found = read_record(path)
        except InputError:
            continue
        if stamp and found.agreement == stamp and CONSOLIDATED in found.data:
            return found
    raise _refused(
        record.path,
        "这是变更协议书的生成记录，同一文件夹里没有和它一起写出的合订文本的生成记录",
        f"把合订文本的 {ENDING} 放到同一文件夹，或者直接用 --record 指明它",
    )


def other_party(signed: Signed, profile: Profile, profile_file: str) -> Iterator[Finding]:
    """Why a profile is not of the firm of a contract; a firm that was renamed keeps its code."""
    then, now = signed.profile.employer, profile.employer
    where = Location(profile_file)
    same_code = then.credit_code is not None and then.credit_code == now.credit_code
    if then.name is None or now.name is None or (then.name == now.name and then.credit_code is None):
        return
    if then.credit_code and now.credit_code and not same_code:
        yield Finding(
            "other-employer",
            Severity.ERROR,
            f"生成记录是{then.name}（{then.credit_code}）的合同，企业情况表写的是{now.name}（{now.credit_code}）",
            where,
            hint="核对 --record 和 --profile 是不是同一个单位的",
            path="employer.credit_code",
        )
    elif then.name != now.name and not same_code:
        yield Finding(
            "other-employer",
            Severity.ERROR,
            f"生成记录是{then.name}的合同，企业情况表写的是{now.name}",
            where,
            hint="核对 --record 和 --profile 是不是同一个单位的；单位改了名的，写上统一社会信用代码",
            path="employer.name",
        )
    elif then.name != now.name:
        yield Finding(
            "employer-renamed",
            Severity.ADVICE,
            f"单位名称由{then.name}改为{now.name}，统一社会信用代码相同，按同一单位办理",
            where,
            path="employer.name",
        )


def other_place(signed: Signed, profile: Profile, profile_file: str) -> Iterator[Finding]:
    """Whether the law of another place is asked for."""
    place = profile.agreement.place
    if place is not None and place != signed.agreement.place:
        yield Finding(
            "other-place",
            Severity.ERROR,
            f"生成记录的合同适用 {signed.agreement.place} 的法律，企业情况表写的是 {place}",
            Location(profile_file),
            hint="单位所在地变了的，按新的所在地重新签订合同",
            path="agreement.place",
        )


def _refused(path: Path, message: str, hint: str) -> InputError:
    finding = Finding("not-signed", Severity.ERROR, message, Location(str(path)), hint=hint)
    return InputError(f"{path}：{message}", hint=hint, findings=(finding,))
