"""The words around an amendment, from templates/amendment/agreement.yaml, filled in for one contract."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from contractgen.agreement import Agreement
from contractgen.agreement.fill import Filler, printed
from contractgen.agreement.outcomes import outcomes
from contractgen.agreement.select import frame_holds
from contractgen.amendment.case import case_place
from contractgen.amendment.file import words
from contractgen.document import Inline, plain
from contractgen.document.markdown import RawParagraph, parse
from contractgen.findings import Finding
from contractgen.profile import where_to_fill
from contractgen.record import Signed

if TYPE_CHECKING:
    from contractgen.law import LawView

LAW_CONDITIONS = ("law_printed", "law_has", "law_lacks")


def long_day(day: datetime.date | str | None) -> str:
    """2026年12月1日; a ruled blank where the day is not known."""
    if isinstance(day, str):
        try:
            day = datetime.date.fromisoformat(day)
        except ValueError:
            day = None
    return str(words()["day_unknown"]) if day is None else printed(day)


@dataclass
class Lines:
    """Texts of the file for one amendment.

    Attributes:
        facts: conditions beside those of the profile: amended, changed, added, deleted.
    """

    agreement: Agreement
    signed: Signed
    facts: Mapping[str, bool | str]
    filler: Filler = field(init=False)

    def __post_init__(self) -> None:
        then, now = self.signed.profile.agreement, self.agreement.profile
        main, form = then.main_contract, then.form
        place = case_place(self.signed.agreement, now.agreement.case)
        self.facts = {**self.facts, "form": form, "case_cited": bool(place)}
        numbered = str(words()["numbered"]).replace("{{ contract_serial }}", then.serial or "")
        named = {
            "this_agreement": str(words()["this_agreement"]),
            "contract_title": self.signed.title,
            "contract_signed": long_day(main.signing_day or self.signed.day),
            "contract_start": long_day(then.start),
            "contract_end": long_day(then.end),
            "numbered": numbered if then.serial else "",
            "main_contract": main.title or "",
            "original": str(words()["original"][form]),
            "whole": str(words()["whole"][form]),
            "case_place": place,
            "amendments": self.amendments,
            "amended_on": "、".join(long_day(one.get("signed")) for one in self.signed.amendments),
            "signed": long_day(now.agreement.signing_day),
            "day": (now.agreement.signing_day or self.agreement.on).isoformat(),
            "grounds": (now.agreement.grounds or "").rstrip("。；;. "),
        }
        view, values = self.agreement.view, self.agreement.values
        self.filler = Filler(now.as_voted_last, view, values, {}, named)

    @property
    def amendments(self) -> str:
        """2027年3月12日签订；2028年1月5日签订: every amendment so far, and this one."""
        told = words()["consolidated"]
        signing = self.agreement.profile.agreement.signing_day
        days = [*(one.get("signed") for one in self.signed.amendments), signing]
        each = (
            str(told["each"]).replace("{{ signed }}", long_day(day)) if day else str(told["undated"])
            for day in days
        )
        return str(told["parting"]).join(each)

    @property
    def view(self) -> LawView:
        """The law of the day."""
        return self.agreement.view

    def fill(self, text: str, place: str = "") -> tuple[Inline, ...]:
        """A line with its placeholders filled in."""
        self.filler.place = place
        (raw,) = parse(text)
        assert isinstance(raw, RawParagraph)
        return self.filler.fill(raw.inlines)

    def plain(self, text: str) -> str:
        """The same as plain characters."""
        return plain(self.fill(text))

    def chosen(self, lines: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        """The texts whose conditions hold."""
        for line in lines:
            if self.holds(line.get("when")):
                yield str(line["text"])

    def holds(self, when: Mapping[str, Any] | None) -> bool:
        """Whether all conditions of a line or an article hold."""
        return all(self._holds(name, expected) for name, expected in (when or {}).items())

    def _holds(self, name: str, expected: Any) -> bool:
        if name in self.facts:
            return self.facts[name] in (expected if isinstance(expected, list) else [expected])
        if name in LAW_CONDITIONS:
            keys = expected if isinstance(expected, list) else [expected]
            norms = [self.view.get(key) for key in keys]
            if name == "law_printed":
                return all(norm is not None and norm.verified and norm.printable for norm in norms)
            return all((norm is not None) == (name == "law_has") for norm in norms)
        profile = self.agreement.profile
        return frame_holds({name: expected}, profile.as_voted_last, outcomes(profile, self.view))

    def blanks(self) -> Iterator[Finding]:
        """What the lines so far named and the profile does not have yet."""
        from contractgen.findings import Location, Severity

        for path, (title, places) in self.filler.missing.items():
            yield Finding(
                "blank",
                Severity.WARNING,
                f"“{title}”还没有填写",
                Location(place="，".join(one for one in places if one)),
                hint=where_to_fill(path),
                path=path,
            )
