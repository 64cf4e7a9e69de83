"""The library, law and phrases that an agreement was made from, as texts in its record, and read again from there."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from contractgen.agreement import Agreement
from contractgen.files import data_folder, load_yaml, read_text
from contractgen.findings import InputError
from contractgen.law import Law, load_law
from contractgen.library import FRAME, OUTLINE, Library, load_library
from contractgen.wording import FILE as PHRASES
from contractgen.wording import Phrases, load_phrases

NAME = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+){0,2}\.(md|yaml)")  # of a file in a library


def sources(agreement: Agreement, library: Path | None) -> dict[str, str]:
    """The files of the library behind an agreement: name -> text. Of the law, that of the places it names."""
    folder = library or data_folder("clauses")
    law = agreement.view.law
    named = {agreement.place, *_strings(agreement.profile.model_dump())} & set(law.places)
    layers = sorted({layer for place in named for layer in law.layers(place)})
    names = [
        *(path.relative_to(folder).as_posix() for path in folder.glob("*/*/*.md")),
        *(f"law/{layer}.yaml" for layer in layers),
        OUTLINE,
        FRAME,
    ]
    found = {name: read_text(folder / name) for name in sorted(names) if NAME.fullmatch(name)}
    own = folder / PHRASES
    return {**found, PHRASES: read_text(own if own.is_file() else data_folder("clauses") / PHRASES)}


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        data = data.values()
    if isinstance(data, str):
        yield data
    elif data is not None and hasattr(data, "__iter__"):
        for one in data:
            yield from _strings(one)


def load_sources(files: Mapping[str, str]) -> tuple[Library, Law, Phrases]:
    """The library, the law and the phrases of then; those of today where the record has none, or in another form.

    Raises:
        InputError: where they cannot be read, or not by this program.
    """
    files = {**files, FRAME: _whole_frame(files.get(FRAME, ""))}
    with tempfile.TemporaryDirectory(prefix="contractgen-") as folder:
        for name, text in files.items():
            if not NAME.fullmatch(name):
                raise InputError(f"生成记录里有不认识的条款文件 {name}")
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        return load_library(Path(folder)), load_law(Path(folder, "law")), _phrases(Path(folder))


def _phrases(folder: Path) -> Phrases:
    try:
        return load_phrases(folder)
    except InputError:  # they judge a text and are no part of it
        return load_phrases()


def _whole_frame(text: str) -> str:
    """The frame of then, with the words that came later and that this program asks for."""
    then = load_yaml(Path(FRAME), text=text).data
    now = load_yaml(data_folder("clauses") / FRAME).data
    whole = _completed(then, now)
    return text if whole == then else json.dumps(whole, ensure_ascii=False)  # JSON is YAML


def _completed(then: Any, now: Any) -> Any:
    if not isinstance(then, dict) or not isinstance(now, dict):
        return now if then is None else then
    return {name: _completed(then.get(name), now.get(name)) for name in {**now, **then}}
