"""What a thing is called in a place: the local names of leaves and of the agreement, and notes without other places' law."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contractgen.document.markdown import PLACEHOLDER

if TYPE_CHECKING:
    from contractgen.law import Law, LawView

TITLE = "agreement_title"  # key of the law in which a place names the agreement in its own way
PARTS = re.compile(r"[^。；]*[。；]?")
LEVELS = re.compile(r"(省|市|自治区|特别行政区)$")


def names_of(view: LawView, frame: Mapping[str, Any]) -> dict[str, str]:
    """The words of {{ name.KEY }}: the title that the law of the place has for a key, else the frame's general word.

    A list in the frame is a row of leaves (产假、生育假), of which those are named that the place has; a last word
    that is no key of the law always stands (产前假、哺乳假和病假).
    """
    names: dict[str, str] = {}
    for key, word in frame.get("names", {}).items():
        if isinstance(word, list):
            names[key] = _row(word, view)
        else:
            names[key] = view[key].title if key in view else str(word)
    return names


def general_names(law: Law, frame: Mapping[str, Any]) -> dict[str, str]:
    """The same words where no place is meant: the frame's, and of a row every leave that any place has."""
    return {
        key: _joined([law.name_of(one) for one in word if one.isascii()], word)
        if isinstance(word, list)
        else str(word)
        for key, word in frame.get("names", {}).items()
    }


def _row(entries: list[str], view: LawView) -> str:
    return _joined([view[key].title for key in entries if key.isascii() and key in view], entries)


def _joined(titles: list[str], entries: list[str]) -> str:
    always = "" if entries[-1].isascii() else entries[-1]
    there = "、".join(titles)
    return f"{there}和{always}" if there and always else there or always


def localized(text: str, names: Mapping[str, str]) -> str:
    """A heading or a title of a number with its {{ name.KEY }} filled in."""

    def word(match: re.Match[str]) -> str:
        scope, _, key = match[1].partition(".")
        return names.get(key, match[0]) if scope == "name" else match[0]

    return PLACEHOLDER.sub(word, text)


def agreement_title(view: LawView, general: str, ends: Mapping[str, str], form: str) -> str:
    """The agreement's title: the one that the law of the place uses, else the book's; in another form it ends otherwise.

    Args:
        view: the law of the place.
        general: the book's title.
        ends: form -> the last word of a title, such as 专项集体合同.
        form: of the agreement.
    """
    norm = view.get(TITLE)
    title = general if norm is None else str(norm.title)
    return title.removesuffix(ends["standalone"]) + ends[form] if form != "standalone" else title


PARTS_OF_ALL = ("cover", "contents", "parties", "preamble", "closing")


def parts_of(frame: Mapping[str, Any], form: str) -> tuple[str, ...]:
    """What stands around the articles in a form: of cover, contents, parties, preamble, closing those that the frame names."""
    return tuple(frame.get("parts", {}).get(form, PARTS_OF_ALL))


def local_note(text: str, view: LawView) -> str:
    """A note without what it says of places whose law does not hold here."""
    here = set(view.law.layers(view.place))
    others = [LEVELS.sub("", view.law.title(place)) for place in view.law.places if place not in here]
    kept = [part for part in PARTS.findall(" ".join(text.split())) if not any(one in part for one in others)]
    note = "".join(kept)
    return f"{note[:-1]}。" if note.endswith("；") else note
