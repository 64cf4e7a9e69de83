"""The final contract of the example firm as a Word file of ours, and the same file as the other side sends it back."""

from __future__ import annotations

import functools
import re
import tempfile
from pathlib import Path

from contractgen.build import build
from word_files import Edited

FIRM = Path(__file__).resolve().parent.parent / "examples" / "firm.yaml"
EDITS = (  # the place, what stood there, what stands there now
    ("享受生育假60天", "60天", "30天"),  # an article
    ("共同遵守", "遵守", "履行"),  # before the first article
    ("撤回同意不影响撤回以前的处理", "7个工作日", "30个工作日"),  # a card among the annexes
)
CHANGED = [("60", "30"), ("遵守", "履行"), ("7", "30")]


@functools.cache
def sent() -> bytes:
    """The file that went out, with everything that it carries."""
    with tempfile.TemporaryDirectory() as folder:
        (path,) = (
            one
            for one in build(FIRM, out=Path(folder), formats=("docx",), final=True).files
            if one.suffix == ".docx"
        )
        return path.read_bytes()


def silent(data: bytes) -> bytes:
    """A file that has lost what it said of itself: the place and law day, the record inside."""
    edited = Edited(data)
    for name in ("docProps/custom.xml", "customXml/item1.xml"):
        edited.parts[name] = re.sub(rb"cg\.|urn:contractgen", b"x.", bytes(edited.parts[name]))  # type: ignore[arg-type]
    return edited.data


def returned() -> Edited:
    """The file that came back: three words of it are others."""
    edited = Edited(sent())
    for place, old, new in EDITS:
        edited.replace(place, old, new)
    return edited
