"""The words that carry weight, from clauses/words.yaml: which are never cut, and what the rules on effects look for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from contractgen.files import data_folder, load_data, wrong_form
from contractgen.findings import InputError

FILE = "words.yaml"


@dataclass(frozen=True)
class Words:
    """The lists of the file. ``whole`` has a kind for each word that is never cut; ``idioms``: patterns, the longest first."""

    whole: Mapping[str, str]
    idioms: tuple[str, ...]
    lists: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.lists[name]


@lru_cache(maxsize=1)
def words() -> Words:
    """The lists that come with the program."""
    path = data_folder("clauses") / FILE
    saved = load_data(path)
    try:
        whole = {word: kind for kind, listed in saved["whole"].items() for word in listed}
        return Words(whole, tuple(sorted(saved["idioms"], key=len, reverse=True)), saved)
    except (KeyError, TypeError, AttributeError) as fault:
        raise InputError(wrong_form(path, fault), hint="请用安装时所带的文件") from None
