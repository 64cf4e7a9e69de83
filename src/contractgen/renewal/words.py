"""The words of the report and of the drafted profile, from templates/renewal/report.yaml."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from contractgen.files import data_folder, load_yaml
from contractgen.law import Norm, describe


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """All of the file."""
    found: Mapping[str, Any] = load_yaml(data_folder("templates") / "renewal" / "report.yaml").data
    return found


def day_text(day: datetime.date | None) -> str:
    """2026-12-31, or that it is not known."""
    return str(words()["unknown"]) if day is None else day.isoformat()


def norm_text(norm: Norm | None, *, edition: bool = False) -> str:
    """不少于60天，《…》第三十一条第二款; what was not compared with a text says so. With its edition where asked."""
    if norm is None:
        return str(words()["law"]["absent"])
    text = f"{describe(norm)}，{norm.cited}" if norm.value is not None else norm.cited
    told = norm.source.instrument.edition if edition else ""
    return f"{text}（{told}）" if told else text
