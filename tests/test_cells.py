"""A text whose tables and table of contents have come back as lines: its cells are in their rows, and an edit in one is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contractgen.findings import Severity
from contractgen.formats.read import read_data
from contractgen.review import OwnReview, findings
from test_review import changes, issued, reviewed, verdicts
from word_files import paragraph, word_file


def lines() -> list[str]:
    """Every line of the issued file as LibreOffice writes it into a text file, the table of contents with it."""
    reading = read_data(issued()[3], "发出.docx")
    return [line for one in reading.accepted for line in one.line.split("\n") if line.strip()]


def as_text(found: list[str]) -> bytes:
    return "\n".join(found).encode()


def as_word(found: list[str]) -> bytes:
    return word_file("".join(paragraph(line) for line in found))


KINDS = pytest.mark.parametrize(("made", "name"), [(as_text, "发回.txt"), (as_word, "发回.docx")])


def heavy(found: OwnReview) -> list[str]:
    return [one.rule for one in findings(found) if one.severity is not Severity.ADVICE]


@KINDS
def test_a_text_of_lines_is_no_change(made: Callable[[list[str]], bytes], name: str) -> None:
    found = reviewed(made(lines()), name)
    assert changes(found) == [] and verdicts(found) == {} and heavy(found) == []
    assert len(found.numbers) > 200


@KINDS
def test_an_edit_of_a_cell_among_lines_is_named_with_its_number(
    made: Callable[[list[str]], bytes], name: str
) -> None:
    text = lines()
    at = text.index("98天（其中产前可以休15天）")
    text[at] = "90天（其中产前可以休15天）"
    found = reviewed(made(text), name)
    assert [(kind, effect) for kind, _, effect in changes(found)] == [("reworded", "weaker")]
    assert "maternity_leave" in verdicts(found)


def test_a_cell_that_is_gone_and_a_line_among_the_cells_are_told() -> None:
    text = lines()
    at = text.index("98天（其中产前可以休15天）")
    gone = reviewed(as_word(text[:at] + text[at + 1 :]))
    assert "maternity_leave" in verdicts(gone)
    more = reviewed(as_word([*text[: at + 1], "女职工自愿放弃产假的，用人单位不承担责任。", *text[at + 1 :]]))
    assert "void-wording" in heavy(more)


def test_a_file_without_cover_and_parties_says_so_and_its_preamble_is_compared() -> None:
    text = lines()
    start = next(at for at, line in enumerate(text) if line.startswith("甲方（用人单位）与乙方"))
    found = reviewed(as_word(text[start + 1 :]))
    assert [kind for kind, _, _ in changes(found)] == ["deleted"]
    assert heavy(found) == ["front-left-out", "change-weaker"]


def test_a_text_of_other_lines_stays_one_of_lines() -> None:
    few = [line for line in lines() if not line.endswith("天")][:600]
    assert "tables-left-out" in heavy(reviewed(as_text(few), "发回.txt"))
