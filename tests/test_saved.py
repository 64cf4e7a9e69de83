"""Whatever we write as a Word file still stands in it once, with its clauses, when LibreOffice has opened and saved it.

The other side opens a file, changes nothing and saves: that is no change. Tables of contents are made anew by the
program and left out; everything else is compared line by line, with all tracked changes taken and with none.
"""

from __future__ import annotations

import datetime
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from contractgen.agreement import Agreement, layout
from contractgen.amendment import amend
from contractgen.build import assemble_file, build
from contractgen.build.into import insert
from contractgen.comparison import differences
from contractgen.diff.wording import of_agreement
from contractgen.document import Document
from contractgen.document.reading import Reading
from contractgen.formats.docx_write import write_docx
from contractgen.formats.read import read_data
from contractgen.merging import merge_files, render
from contractgen.papers import prepare
from contractgen.review import findings, review_own
from contractgen.review.foreign.rules import load_rules
from contractgen.review.held import yardstick
from test_merge import ALLOWANCE, EQUAL, PATERNITY, RECORDS
from test_read import SOFFICE, needs_office, saved_as
from test_redline import FIRM, SMALL, TOP, redlined
from word_files import Edited

FORMS = {
    "standalone": FIRM,
    "chapter": str(TOP / "examples/printing-chapter/profile.yaml"),
    "annex": str(TOP / "examples/hotel-annex/profile.yaml"),
}
CONTRACTS = ("standalone", "standalone without contents", "chapter", "annex")
AMENDMENTS = ("amendment", "consolidated")
REDLINES = (
    "redline of profiles",
    "redline of a record and a file",
    "redline of places",
    "redline of a merge",
)
DAY = datetime.date(2026, 12, 1)
PAPERS = ("filing-form", "rescission", "proposal")
OTHERS = ("annotated chapter", "chapter put into a general contract", *PAPERS)
KINDS = (*CONTRACTS, *AMENDMENTS, *REDLINES, *OTHERS)

pytestmark = [needs_office, pytest.mark.slow]


def contract(kind: str) -> tuple[Agreement, Document]:
    found = assemble_file(Path(FORMS[kind.split()[0]])).agreement
    assert found is not None
    document = layout(found, final=False)
    return found, replace(document, contents=False) if "without" in kind else document


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """A Word file of each kind."""
    folder = tmp_path_factory.mktemp("written")
    files = {kind: write_docx(contract(kind)[1]) for kind in CONTRACTS}
    files |= amended(folder) | redlines(folder)
    chapter, document = contract("chapter")
    files["annotated chapter"] = write_docx(layout(chapter, final=False, annotate=True))
    loaded = assemble_file(Path(FORMS["chapter"])).loaded
    general = TOP / "examples/printing-chapter/general.docx"
    made = insert(general, chapter, document, loaded, final=False, renumber=False)
    (files["chapter put into a general contract"],) = (
        data for name, data in made.files.items() if "换入第六章-草案" in name
    )
    for one in prepare(Path(FIRM)).papers:
        if one.paper.name in PAPERS:
            files[one.paper.name] = write_docx(one.document)
    assert set(files) == set(KINDS)
    return files


def amended(folder: Path) -> dict[str, bytes]:
    build(Path(FIRM), out=folder / "signed", formats=("docx",), final=True)
    (record,) = (folder / "signed").glob("*.record.json")
    made = amend(record, TOP / "examples/firm.amendment.yaml", out=folder / "amended", formats=("docx",))
    words = [path for path in made.files if path.suffix == ".docx"]
    return {
        kind: next(path for path in words if name in path.name).read_bytes()
        for kind, name in zip(AMENDMENTS, ("变更协议书", "合订文本"), strict=True)
    }


def redlines(folder: Path) -> dict[str, bytes]:
    (base,), (record,) = (folder / "signed").glob("*.docx"), (folder / "signed").glob("*.record.json")
    union, employer = folder / "union.docx", folder / "employer.docx"
    file = Edited(base.read_bytes()).replace(ALLOWANCE, "80元", "100元").replace(PATERNITY, "15天", "12天")
    union.write_bytes(file.data)
    file = (
        Edited(base.read_bytes()).replace(ALLOWANCE, "80元", "60元").delete(RECORDS).insert(EQUAL, "另议。")
    )
    employer.write_bytes(file.data)
    return {
        "redline of profiles": redlined(differences(SMALL, FIRM)),
        "redline of a record and a file": redlined(differences(str(record), str(employer))),
        "redline of places": redlined(differences("shanghai@2022-03-01", "shanghai@2026-12-01")),
        "redline of a merge": render(merge_files(record, union, employer), "docx", day=DAY),
    }


@pytest.fixture(scope="module")
def saved(written: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """Each of them as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("saved")
    names = {kind: f"{number}.docx" for number, kind in enumerate(KINDS)}
    for kind, name in names.items():
        (folder / name).write_bytes(written[kind])
    command = [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(folder / "out")]
    command += [str(folder / name) for name in names.values()]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {kind: (folder / "out" / name).read_bytes() for kind, name in names.items()}


def lines(reading: Reading, view: str) -> list[str]:
    found = [re.sub(r"\s", "", one.line) for one in getattr(reading, view) if not one.contents]
    return [line for line in found if line]


def carriers(reading: Reading) -> tuple[set[str], set[str]]:
    """The bookmarks of clauses and the names of their controls."""
    bookmarks = {name for one in reading.accepted for name in one.bookmarks if name.startswith("_cg_")}
    return bookmarks, {alias for one in reading.accepted for _, alias in one.controls}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_saved_by_libreoffice_has_its_text_once_and_its_clauses(
    kind: str, written: Mapping[str, bytes], saved: Mapping[str, bytes]
) -> None:
    before, after = read_data(written[kind], "合同.docx"), read_data(saved[kind], "合同.docx")
    for view in ("accepted", "original"):
        assert lines(after, view) == lines(before, view)
    assert carriers(after) == carriers(before)
    assert kind in OTHERS or carriers(after)[1]


@pytest.mark.parametrize("kind", CONTRACTS)
def test_a_contract_saved_by_libreoffice_is_unchanged(kind: str, saved: Mapping[str, bytes]) -> None:
    assert_unchanged(kind, saved[kind], "docx")


@pytest.mark.parametrize("target", ["odt", "doc", "rtf"])
@pytest.mark.parametrize("kind", ["standalone without contents", "chapter"])
def test_a_contract_without_contents_is_unchanged_in_other_formats_too(
    kind: str, target: str, written: Mapping[str, bytes], tmp_path: Path
) -> None:
    data = saved_as(written[kind], "docx", target, tmp_path, tmp_path / "profile")
    assert_unchanged(kind, data, target)


def assert_unchanged(kind: str, data: bytes, ending: str) -> None:
    agreement, document = contract(kind)
    matter = of_agreement(agreement, document, "发出的合同")
    reading = read_data(data, f"发回.{ending}")
    found = review_own(reading, matter, agreement.values, yardstick(agreement, load_rules()))
    assert findings(found) == ()
    assert not [change for section in found.differences.sections for change in section.counted]
    assert {one.verdict for one in found.numbers} == {"ok"} and len(found.numbers) > 200
