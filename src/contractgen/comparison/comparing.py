"""The two things that a user names, found and compared; the result in every format."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.agreement import assemble, layout
from contractgen.build import of_law, open_points
from contractgen.checks import check_agreement
from contractgen.comparison.carried import matter_of
from contractgen.diff import Differences, Matter, compare
from contractgen.diff.page import page
from contractgen.diff.redline import AUTHOR, redline
from contractgen.diff.report import as_dict, markdown
from contractgen.diff.wording import of_agreement, of_clause, of_place
from contractgen.document.reading import Reading
from contractgen.findings import InputError, has_errors
from contractgen.formats.read import read_file
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.profile import load_profile
from contractgen.record import reopen
from contractgen.review.cells import celled
from contractgen.review.recognize import comparable, recognized, tableless

if TYPE_CHECKING:
    from contractgen.agreement import Agreement
    from contractgen.law import Law
    from contractgen.library import Library
    from contractgen.profile import Profile

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NOTE = "（没有行列的表格、封面、当事人和签署各栏，没有比较）"
FORMATS = ("docx", "html", "json", "md")


def differences(
    old: str, new: str, *, on: datetime.date | None = None, library: Path | None = None
) -> Differences:
    """The differences between two things that are named as on the command line.

    Args:
        old: clause@version, clause@day, clause, place@day, or a file: profile, record, agreement.
        new: the same.
        on: the law day of profiles; by default their planned signing day.
        library: a clause library folder other than the one that comes with the program.

    Raises:
        InputError: for a name that leads nowhere and a file that cannot be read.
    """
    finder = Finder(on, library)
    one, other = finder.found(old), finder.found(new)
    one, other = _with_cells(one, other), _with_cells(other, one)
    first, second = finder.known(one, other), finder.known(other, one)
    return compare(_beside(first, second), _beside(second, first))


def _with_cells(one: Matter | Reading, other: Matter | Reading) -> Matter | Reading:
    """One of two things; a file of plain lines with its tables, where the other one tells them."""
    return celled(one, other) if isinstance(one, Reading) and isinstance(other, Matter) else one


def _beside(one: Matter | Reading, other: Matter | Reading) -> Matter:
    """One of two things as it is compared with the other: a file is recognized against what we know of."""
    if isinstance(one, Matter):
        return comparable(one, other) if isinstance(other, Reading) else one
    assert isinstance(other, Matter)
    found = recognized(one, other)
    return replace(found, name=f"{found.name}{NOTE}") if tableless(one) else found


def render(found: Differences, kind: str, *, author: str = "", day: str = "", effects: bool = True) -> bytes:
    """Differences in one of ``FORMATS``.

    Args:
        found: what is shown.
        kind: docx, html, json or md.
        author: who is named at each tracked change of a Word file.
        day: the day that each tracked change bears; a Word file cannot be made without.
        effects: whether the author of each tracked change is followed by its effect.
    """
    if kind == "docx":
        return _word(found, author, day, effects)
    if kind == "html":
        return page(found).encode()
    if kind == "json":
        return (json.dumps(as_dict(found), ensure_ascii=False, indent=2) + "\n").encode()
    if kind == "md":
        return markdown(found).encode()
    raise InputError(f"不认识的格式：{kind}", hint=f"可以选 {'、'.join(FORMATS)}")


def _word(found: Differences, author: str, day: str, effects: bool) -> bytes:
    if not day:
        raise InputError("修订要写明日期", hint="加 --day，例如 --day 2026-12-01；--author 写明修订人")
    from contractgen.formats.docx_write import write_docx

    return write_docx(
        redline(found, author=author or AUTHOR, day=_day(day, "--day").isoformat(), effects=effects)
    )


class Finder:
    """Turns names into matters; library and law are loaded once."""

    def __init__(self, on: datetime.date | None, folder: Path | None) -> None:
        self.on = on
        self.folder = folder
        self._library: Library | None = None
        self._law: Law | None = None

    @property
    def library(self) -> Library:
        """The clause library."""
        if self._library is None:
            self._library = load_library(self.folder)
        return self._library

    @property
    def law(self) -> Law:
        """The law that belongs to it."""
        if self._law is None:
            self._law = load_law(None if self.folder is None else self.folder / "law")
        return self._law

    def found(self, name: str) -> Matter | Reading:
        """What a name leads to: a text that we know, or a file as it was read."""
        path = Path(name)
        if path.suffix or path.exists() or "/" in name:
            return self._file(path)
        head, mark, tail = name.partition("@")
        if mark and not head.isascii():
            head = self.law.place(head)
        if head in self.law.places:
            return self._place(head, tail)
        if not mark:
            return of_clause(self.library.clause(head, None, self.on), self.library, self.law)
        if DAY.fullmatch(tail):
            if head not in self.library.ids:
                hint = f"有法律数据的地区：{'、'.join(self.law.places)}；全部条款用 contractgen clauses list 查看"
                raise InputError(f"没有编号为 {head} 的条款，也没有地区 {head} 的法律数据", hint=hint)
            return of_clause(self.library.clause(head, None, _day(tail, name)), self.library, self.law)
        if not tail.isdecimal():
            hint = f"写 {head}@1 或者 {head}@2022-06-01；整个条款库写 shanghai@2022-06-01；文件写文件名"
            raise InputError(f"看不懂 {name}：@ 后面应当是版本或者日期", hint=hint)
        return of_clause(self.library.clause(head, int(tail)), self.library, self.law)

    def known(self, one: Matter | Reading, other: Matter | Reading) -> Matter | Reading:
        """One of two things; of two files that with tables is what we know, and one without is recognized against it."""
        if isinstance(one, Matter) or isinstance(other, Matter):
            return one
        if tableless(one) and not tableless(other):
            return one
        return matter_of(one, other, self.library, self.law, front=tableless(one) == tableless(other))

    def _place(self, place: str, tail: str) -> Matter:
        if not DAY.fullmatch(tail):
            raise InputError(f"{place} 后面要写日期", hint=f"例如 {place}@2022-06-01")
        on = _day(tail, place)
        if on < self.library.outline.begins:
            raise InputError(
                f"条款库从 {self.library.outline.begins} 起才有文字，{on} 没有条款可比", hint="请核对日期"
            )
        return of_place(self.library, self.law, place, on)

    # ---------------------------------------------------------------- files

    def _file(self, path: Path) -> Matter | Reading:
        made = self.made(path)
        return read_file(path) if made is None else made[0]

    def made(self, path: Path) -> tuple[Matter, Agreement] | None:
        """The agreement of a record or a profile, as it is printed and as it was assembled; None for any other file."""
        suffix = path.suffix.lower()
        if suffix == ".json":
            return self._record(path)
        return self._profile(path) if suffix in (".yaml", ".yml") else None

    def _profile(self, path: Path) -> tuple[Matter, Agreement]:
        profile, findings, _ = load_profile(path)
        if profile is None:
            raise InputError(f"{path} 有填写错误", findings=findings)
        on = self.on or profile.agreement.signing_day
        if on is None:
            raise InputError(
                f"{path}：不知道按哪一天的法律起草", hint="在 agreement 下写 signing_day，或者加 --on 日期"
            )
        return self._agreement(profile, on, str(path))

    def _agreement(self, profile: Profile, on: datetime.date, name: str) -> tuple[Matter, Agreement]:
        if profile.agreement.place not in self.law.places:
            hint = f"在 agreement 下写 place，现有：{self.law.listed(with_texts=True)}"
            raise InputError(f"{name}：没有写明适用哪里的法律", hint=hint)
        agreement = assemble(profile, self.law, self.library, on)
        if has_errors(agreement.findings):
            raise InputError(f"{name} 做不出完整的合同", findings=agreement.findings)
        findings = (*agreement.findings, *check_agreement(agreement))
        points = open_points(agreement, findings)
        document = layout(agreement, open_points=points, of_law=of_law(findings))
        return of_agreement(agreement, document, name), agreement

    def _record(self, path: Path) -> tuple[Matter, Agreement]:
        """The agreement of a record, with the wording of then."""
        opened = reopen(path)
        return of_agreement(opened.agreement, opened.document, str(path)), opened.agreement


def _day(text: str, name: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{name}：没有 {text} 这一天", hint="写作 2022-06-01") from None
