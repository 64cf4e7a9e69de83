"""A profile, assembled for the commands that tell what is in it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contractgen.build import Assembled


def assembled(
    profile: Path,
    *,
    on: datetime.date | None,
    library: Path | None,
    salvage: bool = False,
    today: datetime.date | None = None,
) -> Assembled:
    """What is made of it; of an amendment also what the amendment agreement has of its own."""
    from contractgen.build import assemble_file

    found = assemble_file(profile, on=on, library=library, salvage=salvage, today=today)
    if found.profile is None or found.profile.agreement.occasion != "amendment":
        return found
    from contractgen.amendment.own_terms import with_own_terms

    return with_own_terms(found, library)
