"""The lists and words of ``templates/papers``, each file read once."""

from __future__ import annotations

from functools import cache
from typing import Any

from contractgen.files import data_folder, load_data


@cache
def data_of(name: str) -> Any:
    """What a YAML file of that folder holds."""
    return load_data(data_folder("templates") / "papers" / name)
