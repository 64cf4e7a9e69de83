"""A file that was made long, by accident or on purpose: work grows with its length and no faster, and there is an end."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from contractgen.findings import InputError
from contractgen.formats import read
from contractgen.formats.read import read_data
from contractgen.review import findings
from test_cells import lines
from test_review import reviewed
from word_files import paragraph, word_file


def calls(work: Callable[[], object]) -> int:
    """How many calls of Python functions a piece of work takes: the same on every machine."""
    count = 0

    def seen(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_twice_as_many_lines_take_twice_the_work() -> None:
    body = "".join(paragraph(line) for line in lines())
    at = body.index("</w:p>", body.index("用人单位实行男女同工同酬")) + len("</w:p>")

    def flooded(number: int) -> int:
        more = (paragraph(f"女职工第{one}次申请。") for one in range(number))
        data = word_file(body[:at] + "".join(more) + body[at:])
        return calls(lambda: findings(reviewed(data)))

    flooded(10)
    none, once, twice = flooded(0), flooded(200), flooded(400)
    assert twice - once < 1.25 * (once - none)


def test_a_file_of_too_many_paragraphs_is_not_read() -> None:
    text = "第一条 产假98天。\n" * read.MOST
    assert len(read_data(text.encode(), "合同.txt").accepted) == read.MOST
    with pytest.raises(InputError, match="超过 20000 个，没有读"):
        read_data((text + "完").encode(), "合同.txt")
