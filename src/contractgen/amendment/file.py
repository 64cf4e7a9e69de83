"""templates/amendment/agreement.yaml: every word of an amendment that is taken from nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from contractgen.files import data_folder, load_yaml

FILE = "agreement.yaml"


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """All of the file."""
    found: Mapping[str, Any] = load_yaml(data_folder("templates") / "amendment" / FILE).data
    return found
