"""Review: what has become of an agreement that was sent out, and what a person must look at.

``review(file)`` reads what came back, finds the record that it was made from, and gives an OwnReview;
``review_other(file, on)`` holds a contract that was never ours against the law, and gives a ForeignReview.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING

from contractgen.diff.wording import of_agreement
from contractgen.document.reading import Reading
from contractgen.findings import InputError
from contractgen.formats.read import read_file
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.record import ENDING, MANIFEST, read_record, reopen
from contractgen.review.asides import CHINESE
from contractgen.review.foreign import ForeignReview, review_foreign
from contractgen.review.foreign.rules import load_rules
from contractgen.review.held import Held, yardstick
from contractgen.review.numbers import NumberVerdict
from contractgen.review.own import Author, OwnReview, Regrouped, review_own
from contractgen.review.points import Point
from contractgen.review.report import as_dict, findings
from contractgen.wording import load_phrases

if TYPE_CHECKING:
    from contractgen.record import Record

SHORTEST = 50  # Chinese characters that a contract has at least

__all__ = [
    "Author",
    "ForeignReview",
    "Held",
    "NumberVerdict",
    "OwnReview",
    "Point",
    "Regrouped",
    "as_dict",
    "findings",
    "review",
    "review_foreign",
    "review_other",
    "review_own",
]


def review(file: Path, *, record: Path | None = None) -> OwnReview:
    """Review a file that came back.

    Args:
        file: what came back, in any format that is read.
        record: the record of what was sent; by default the one beside the file that the file names, or the only one.

    Raises:
        InputError: where the file or the record cannot be read, or no record is found.
    """
    reading = read_file(file)
    opened = reopen(read_record(record) if record else _record_of(file, reading))
    issued = of_agreement(opened.agreement, opened.document, str(opened.record.path))
    law = yardstick(opened.agreement, load_rules())
    return review_own(reading, issued, opened.agreement.values, law)


def review_other(
    file: Path, on: datetime.date, *, place: str | None = None, library: Path | None = None
) -> ForeignReview:
    """Review a contract that was never ours.

    Args:
        file: in any format that is read.
        on: the day whose law it is held against.
        place: the place whose law it is; None where the text must tell it.
        library: a clause library folder other than the one that comes with the program.

    Raises:
        InputError: where the file cannot be read, or the place is not known.
    """
    reading = read_file(file)
    if len(CHINESE.findall(reading.text)) < SHORTEST:
        raise InputError(
            f"{file}：几乎没有中文文字，不像一份合同", hint="请核对是不是选错了文件，或者向对方取得完整的文件"
        )
    law = load_law(None if library is None else library / "law")
    return review_foreign(
        reading,
        law,
        load_library(library),
        law.place(place) if place else None,
        on,
        rules=load_rules(library),
        phrases=load_phrases(library),
    )


def _record_of(file: Path, reading: Reading) -> Record:
    """The record in the file's folder that the file was made from."""
    found = []
    for path in sorted(file.parent.glob(f"*{ENDING}")):
        try:
            found.append(read_record(path))
        except InputError:
            continue
    claimed = _claimed(reading)
    named = [one for one in found if one.agreement and one.agreement == claimed]
    beside = [one for one in found if one.path.name == f"{file.stem}{ENDING}"]
    for fitting in (named, beside, found):
        if len(fitting) == 1:
            return fitting[0]
    reason = "文件夹里有几份生成记录，不知道是哪一份" if found else "文件夹里没有发出这份合同时的生成记录"
    raise InputError(
        f"{file}：{reason}",
        hint="用 --record 写明生成记录（….record.json）；不是本程序生成的合同，用 --on 写明按哪一天的法律审阅",
    )


def _claimed(reading: Reading) -> str:
    """Which agreement a file says it is of."""
    if "cg.agreement" in reading.properties:
        return reading.properties["cg.agreement"]
    try:
        held = json.loads(reading.attachments.get(MANIFEST, b"{}"))
    except ValueError:
        return ""
    return str(held.get("agreement", "")) if isinstance(held, dict) else ""
