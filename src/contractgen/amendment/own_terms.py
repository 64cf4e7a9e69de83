"""The numbers that an amendment agreement has of its own: those of its vote, its filing and its publication.

A chapter and an annex leave these to the general contract; the agreement that amends them does not.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.agreement import Agreement, assemble
from contractgen.amendment.file import words
from contractgen.build import Assembled
from contractgen.findings import Finding, Location
from contractgen.law import load_law
from contractgen.library import load_library

if TYPE_CHECKING:
    import datetime

    from contractgen.law import Law
    from contractgen.library import Library
    from contractgen.profile import Profile


def speaking_of_the_amendment(profile: Profile, law: Law, library: Library, on: datetime.date) -> Agreement:
    """What a profile gives under the law of a day, with the parties and the procedure of an agreement of its own."""
    named = dict.fromkeys(library.frame["this_agreement"], words()["this_agreement"])
    library = replace(library, frame={**library.frame, "this_agreement": named})
    alone = profile.agreement.model_copy(update={"form": "standalone"})
    return assemble(profile.model_copy(update={"agreement": alone}), law, library, on)


def with_own_terms(assembled: Assembled, folder: Path | None) -> Assembled:
    """The facts of an amendment as assembled, with what the amendment agreement itself leaves to the parties.

    Args:
        assembled: a profile; without an amendment of a chapter or an annex it stays as it is.
        folder: another clause library, with its law.
    """
    agreement = assembled.agreement
    if agreement is None or agreement.form == "standalone":
        return assembled
    if agreement.profile.agreement.occasion != "amendment":
        return assembled
    law, library = load_law(None if folder is None else folder / "law"), load_library(folder)
    own = speaking_of_the_amendment(agreement.profile, law, library, agreement.on)
    clauses = {one for row in words()["articles"] for one in row.get("clauses", ())}
    names = {
        name
        for article in own.articles
        for one in article.provisions
        if one.clause is not None and one.clause.id in clauses
        for name in one.values
    } - set(agreement.values)
    place = Location(place=str(words()["own_terms"]))
    points = (
        replace(one, location=place)
        for one in own.open_points
        if one.rule == "proposal" and one.path.removeprefix("terms.") in names
    )
    values = {name: value for name, value in own.values.items() if name in names}
    whole = replace(
        agreement, values={**agreement.values, **values}, open_points=(*agreement.open_points, *points)
    )
    findings = tuple(one for one in assembled.findings if not is_unused(one, names))
    return replace(assembled, agreement=whole, findings=findings)


def is_unused(finding: Finding, names: Container[str]) -> bool:
    """Whether it says of one of these numbers that the contract does not use it."""
    return finding.rule == "unused-term" and finding.path.removeprefix("terms.") in names
