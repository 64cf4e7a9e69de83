"""A Word file as it is seen, whoever saved it: the text with the tracked changes accepted, and whatever hides in it."""

from __future__ import annotations

from contractgen.document.reading import Passage, Reading
from contractgen.formats.docx_read import read_docx
from contractgen.formats.seen import CONTENTS, MANIFEST, STAMP, Piece, Seen, squeezed

MARGINS = ("header", "footer")
NOTES = ("comment", "footnote", "endnote")
HEADING = "_cgh_"  # how the bookmark of a heading of ours begins


def see_docx(data: bytes, name: str) -> Seen:
    """Everything that a Word file shows.

    Raises:
        InputError: with the reason, where it cannot be read.
    """
    reading = read_docx(data, name)
    marks = _marks(reading)
    pieces = tuple(_piece(passage, tuple(marks.pop(passage.serial, ()))) for passage in reading.accepted)
    lost = tuple(
        Piece("", tuple(labels)) for labels in marks.values()
    )  # at paragraphs that a change took away
    return Seen(
        (*(piece for piece in pieces if piece.text or piece.marks), *lost),
        tuple(sorted({_undated(one.text) for one in reading.asides if one.kind in MARGINS} - {""})),
        tuple(squeezed(one.text) for one in reading.asides if one.kind in NOTES),
        reading.attachments.get(MANIFEST, b""),
        reading.properties.get(STAMP, ""),
    )


def _piece(passage: Passage, marks: tuple[str, ...]) -> Piece:
    heading = next((one for one in passage.bookmarks if one.startswith(HEADING)), "")
    anchor = CONTENTS if passage.contents else heading
    text = squeezed(passage.text)
    return Piece(text, marks, anchor, squeezed(passage.number) if text else "")


def _marks(reading: Reading) -> dict[int, list[str]]:
    """What should not be there, by the paragraph where it stands; what belongs to none under 0."""
    found: dict[int, list[str]] = {}
    for one in reading.asides:
        if one.kind not in MARGINS:
            labels = found.setdefault(one.serial, [])
            if one.label not in labels:
                labels.append(one.label)
    return found


def _undated(text: str) -> str:
    """A header or footer without digits, which are page numbers."""
    return "".join(character for character in squeezed(text) if not character.isdigit())
