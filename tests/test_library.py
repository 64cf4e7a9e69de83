"""library: the wording of a day, faults with their place, and stamps that betray a changed file."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from contractgen.files import data_folder
from contractgen.findings import InputError
from contractgen.library import ClauseVersion, Library, ValueSpec, check_released, load_library, release

CLAUSES = data_folder("clauses")

OUTLINE = """title: 合同
begins: 2021-01-01
chapters:
  - {id: leave, title: 假期, articles: [{id: a, title: 甲, clauses: [alpha]}]}
annexes: []
"""

CLAUSE = """---
id: alpha
version: {version}
title: 甲
weight: negotiable
in_force: {{from: {day}}}
values:
  notice_days: {{default: 5, unit: working_day, bound: maximum, title: 答复期限}}
basis:
  - agreed: 法律未作规定
change: {{kind: {kind}, reason: 因由, source: 出处}}
union_note: 说明
reviewer_note: 说明
---
{body}
"""


def write_library(folder: Path, *wordings: tuple[str, str]) -> Path:
    """A library of one clause with the given (day, body) wordings."""
    shutil.copytree(CLAUSES / "law", folder / "law", dirs_exist_ok=True)
    (folder / "outline.yaml").write_text(OUTLINE, encoding="utf-8")
    shutil.copy(CLAUSES / "frame.yaml", folder / "frame.yaml")
    (folder / "leave/alpha").mkdir(parents=True, exist_ok=True)
    for version, (day, body) in enumerate(wordings, start=1):
        kind = "first" if version == 1 else "wording"
        text = CLAUSE.format(version=version, day=day, kind=kind, body=body)
        (folder / f"leave/alpha/{version}.md").write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_library(folder)
    return "\n".join(str(finding) for finding in caught.value.findings)


def test_each_day_has_its_wording(tmp_path: Path) -> None:
    library = load_library(write_library(tmp_path, ("2021-01-01", "旧。"), ("2023-01-01", "新。")))
    day = datetime.date.fromisoformat
    assert library.clause("alpha", on=day("2022-12-31")).version == 1
    assert library.clause("alpha", on=day("2023-01-01")).version == 2
    assert library.clause("alpha", on=day("2023-01-02")).version == 2
    with pytest.raises(InputError, match="没有 2020-12-31"):
        library.clause("alpha", on=day("2020-12-31"))


def changed(folder: Path, version: int, old: str, new: str) -> None:
    path = folder / f"leave/alpha/{version}.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_correction_may_hold_from_the_day_of_the_wording_it_corrects(tmp_path: Path) -> None:
    wordings = (
        ("2021-01-01", "旧。"),
        ("2023-01-01", "错。"),
        ("2023-01-01", "对。"),
        ("2024-01-01", "新。"),
    )
    folder = write_library(tmp_path, *wordings)
    changed(folder, 3, "kind: wording", "kind: error")
    library = load_library(folder)
    day = datetime.date.fromisoformat
    found = {
        on: library.clause("alpha", on=day(on)).version for on in ("2022-12-31", "2023-01-01", "2023-12-31")
    }
    assert found == {"2022-12-31": 1, "2023-01-01": 3, "2023-12-31": 3}
    wrong = library.clause("alpha", 2)
    assert wrong.body.strip() == "错。" and not wrong.in_force(day("2023-01-01"))
    assert [str(one) for one in library.clauses(day("2023-06-01"))] == ["alpha@3"]


@pytest.mark.parametrize("kind", ["law", "model", "first"])
def test_only_a_correction_may_hold_from_the_same_day(tmp_path: Path, kind: str) -> None:
    folder = write_library(tmp_path, ("2021-01-01", "旧。"), ("2021-01-01", "新。"))
    changed(folder, 2, "kind: wording", f"kind: {kind}")
    assert "施行日应当逐版推后" in faults(folder)


def test_a_correction_from_an_earlier_day_is_refused(tmp_path: Path) -> None:
    assert "施行日应当逐版推后" in faults(
        write_library(tmp_path, ("2021-01-02", "旧。"), ("2021-01-01", "新。"))
    )


def test_an_unknown_clause_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        load_library().versions("maternity-leaf")
    assert "maternity-leave" in caught.value.hint


def test_days_must_move_forward_and_numbers_must_follow(tmp_path: Path) -> None:
    folder = write_library(tmp_path, ("2023-01-01", "新。"), ("2021-01-01", "旧。"))
    assert "施行日应当逐版推后" in faults(folder)


def test_faults_of_a_clause_come_with_file_and_line(tmp_path: Path) -> None:
    folder = write_library(tmp_path, ("2021-01-01", "文。"))
    path = folder / "leave/alpha/1.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("weight: negotiable", "wait: x"), encoding="utf-8"
    )
    text = faults(folder)
    assert "leave/alpha/1.md:5" in text and "是不是 weight？" in text and "缺少 weight" in text


def test_a_clause_outside_the_outline_is_a_fault(tmp_path: Path) -> None:
    folder = write_library(tmp_path, ("2021-01-01", "文。"))
    (folder / "outline.yaml").write_text(OUTLINE.replace("[alpha]", "[beta]"), encoding="utf-8")
    text = faults(folder)
    assert "beta 没有文件" in text and "alpha 在目录里应当出现一次" in text


def test_a_released_file_never_changes(tmp_path: Path) -> None:
    folder = write_library(tmp_path, ("2021-01-01", "文。"))
    assert release(load_library(folder)) == ("alpha@1",)
    assert check_released(load_library(folder)) == ()
    path = folder / "leave/alpha/1.md"
    path.write_text(path.read_text(encoding="utf-8").replace("文。", "改。"), encoding="utf-8")
    assert "alpha@1 被改动" in str(check_released(load_library(folder))[0])
    with pytest.raises(InputError):
        release(load_library(folder))


def test_a_checkout_with_other_line_ends_has_the_same_stamps(tmp_path: Path) -> None:
    folder = write_library(tmp_path, ("2021-01-01", "文。"))
    release(load_library(folder))
    path = folder / "leave/alpha/1.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert check_released(load_library(folder)) == ()


# ------------------------------------------------------------------ the library that comes with the program


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


def wordings(library: Library) -> Iterator[ClauseVersion]:
    for clause_id in library.ids:
        yield from library.versions(clause_id)


def test_everything_is_released_and_unchanged(library: Library) -> None:
    assert [str(finding) for finding in check_released(library)] == []


def test_a_number_means_the_same_wherever_it_is_defined(library: Library) -> None:
    for day in sorted({clause.in_force_from for clause in wordings(library)}):
        seen: dict[str, ValueSpec] = {}
        for clause in library.clauses(day):
            for spec in clause.values:
                if spec.kind == "agreed":
                    assert seen.setdefault(spec.name, spec) == spec, f"{clause} {spec.name}"


def test_every_later_wording_says_why(library: Library) -> None:
    for clause in wordings(library):
        if clause.version > 1:
            assert clause.change.kind != "first" and clause.change.reason and clause.change.source, clause


def test_nothing_claims_what_the_model_text_says(library: Library) -> None:
    for clause in wordings(library):
        notes = clause.union_note + clause.reviewer_note + clause.change.reason + clause.change.source
        assert "示范文本规定" not in notes + clause.body, clause


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("weight: negotiable", "weight: [negotiable]", "weight 应当是"),
        ("title: 甲", "title: [x]", "title 应当是文字"),
        ("from: 2021-01-01", "from: 2021-01-01, until: x", "until 应当是日期"),
        ("basis:", "covers: 5\nbasis:", "covers 应当是"),
        ("  notice_days:", "  all: {sum: 5}\n  notice_days:", "来源应当是"),
        ("basis:", "when: {law_has: 5}\nbasis:", "law_has 应当是"),
        ("kind: first", "kind: [first]", "change 应当写明"),
    ],
)
def test_a_wrong_form_in_a_clause_is_a_finding_never_a_crash(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    folder = write_library(tmp_path, ("2021-01-01", "甲。"))
    path = folder / "leave/alpha/1.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = faults(folder)
    assert message in found and "没有文件" not in found


def test_a_frame_that_lacks_a_part_is_a_finding(tmp_path: Path) -> None:
    folder = write_library(tmp_path, ("2021-01-01", "甲。"))
    (folder / "frame.yaml").write_text("this_agreement: {}\n", encoding="utf-8")
    assert "缺少 cover" in faults(folder) and "缺少 this_agreement" not in faults(folder)
