"""lint: each fault of a library that can be read is found with its file and line; ours has none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from contractgen.files import data_folder
from contractgen.findings import Finding, InputError, Severity
from contractgen.law import load_law
from contractgen.library import load_library, release
from contractgen.lint import lint, unexplained

CLAUSES = data_folder("clauses")
OUTLINE = """title: 合同
begins: 2021-01-01
chapters:
  - {id: leave, title: 假期, articles: [{id: a, title: 甲, clauses: [alpha]}, {id: b, title: 乙, clauses: [beta]}]}
annexes: []
"""
ALPHA = """---
id: alpha
version: 1
title: 甲
weight: negotiable
in_force: {from: 2021-01-01}
values:
  notice_days: {default: 5, unit: working_day, bound: maximum, title: 答复期限}
basis:
  - maternity_leave
  - agreed: 法律未作规定
change: {kind: first}
union_note: 说明
reviewer_note: 说明
---
用人单位应当在{{ notice_days }}内答复。
"""
BETA = (
    ALPHA.replace("id: alpha", "id: beta").replace("title: 甲", "title: 乙").replace("答复。", "办理[](#a)。")
)


def linted(folder: Path, *changes: tuple[str, str], released: bool = True) -> tuple[Finding, ...]:
    """What lint says of two clauses, the first one changed in some lines."""
    shutil.copytree(CLAUSES / "law", folder / "law", dirs_exist_ok=True)
    for name in ("frame.yaml", "glossary.yaml"):
        shutil.copy(CLAUSES / name, folder / name)
    (folder / "outline.yaml").write_text(OUTLINE, encoding="utf-8")
    alpha = ALPHA
    for old, new in changes:
        assert old in alpha
        alpha = alpha.replace(old, new)
    for name, text in (("alpha", alpha), ("beta", BETA)):
        (folder / "leave" / name).mkdir(parents=True, exist_ok=True)
        (folder / "leave" / name / "1.md").write_text(text, encoding="utf-8")
    library = load_library(folder)
    if released:
        release(library)
    return lint(library, load_law(folder / "law"))


def test_the_library_that_comes_with_the_program_has_no_error_and_no_warning() -> None:
    found = lint(load_library(), load_law())
    assert [str(one) for one in found if one.severity is not Severity.ADVICE] == []


def test_a_sound_clause_gives_nothing(tmp_path: Path) -> None:
    assert linted(tmp_path) == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "word"),
    [
        ("内答复。", "内答复,并说明。", "half-width", ","),
        ("内答复。", "内答复，逾期三十日内补办。", "typed-number", "三十日内"),
        ("应当在", "原则上在", "vague-word", "原则上"),
        ("应当在", "应当对女员工在", "house-word", "女职工"),
        ("应当在", "应当在哺乳期", "undefined-term", "哺乳期"),
        ("内答复。", "内答复，不得推诿，不得拒绝。", "several-duties", "多项义务"),
        ("内答复。", "内按照[](#gamma)答复。", "dangling-reference", "gamma"),
        ("{{ notice_days }}内答复", "及时答复", "unused-value", "notice_days"),
        ("内答复", "内答复，并在{{ other_days }}内办结", "undeclared-value", "other_days"),
        ("- maternity_leave", "- maternity_leaf", "unknown-law-key", "maternity_leaf"),
        ("from: 2021-01-01", "from: 2021-01-01, until: 2021-06-01", "dangling-reference", "alpha"),
    ],
)
def test_each_fault_is_found_by_its_rule(tmp_path: Path, old: str, new: str, rule: str, word: str) -> None:
    if word == "alpha":  # the other clause leads to this one
        assert linted(tmp_path, (old, new)) == ()
        path = tmp_path / "leave/beta/1.md"
        text = path.read_text(encoding="utf-8").replace("#a)", "#alpha)")
        path.write_text(text.replace("from: 2021-01-01", "from: 2022-01-01"), encoding="utf-8")
        (tmp_path / "released.yaml").unlink()
        library = load_library(tmp_path)
        release(library)
        found = lint(library, load_law(tmp_path / "law"))
    else:
        found = linted(tmp_path, (old, new))
    assert [one.rule for one in found] == [rule], [str(one) for one in found]
    assert word in found[0].message
    assert found[0].location.file.endswith("1.md")


def test_a_finding_in_a_text_names_its_line(tmp_path: Path) -> None:
    (found,) = linted(tmp_path, ("应当在", "原则上在"))
    text = (tmp_path / "leave/alpha/1.md").read_text(encoding="utf-8")
    assert found.location.line == next(
        number for number, line in enumerate(text.split("\n"), start=1) if "原则上" in line
    )


@pytest.mark.parametrize("text", ["男女工资应当分别统计。", "用人单位的生产检验岗不受影响。"])
def test_a_word_inside_a_longer_one_is_no_fault(tmp_path: Path, text: str) -> None:
    assert linted(tmp_path, ("内答复。", f"内答复。{text}")) == ()


def test_a_statutory_clause_needs_a_law_on_each_of_its_days(tmp_path: Path) -> None:
    changes = (("weight: negotiable", "weight: statutory"), ("- maternity_leave", "- childcare_leave"))
    (found,) = linted(tmp_path, *changes)
    assert found.rule == "basis-not-in-force" and "2021-01-01" in found.message
    later = ("from: 2021-01-01", "from: 2021-12-01")
    assert linted(tmp_path / "later", *changes, later) == ()


def test_a_basis_that_held_on_no_day_of_the_wording_is_a_fault(tmp_path: Path) -> None:
    days = ("from: 2021-01-01", "from: 2021-01-01, until: 2021-11-25")
    (found,) = linted(tmp_path, ("- maternity_leave", "- childcare_leave"), days)
    assert found.rule == "basis-not-in-force" and "任何一天" in found.message
    longer = ("from: 2021-01-01", "from: 2021-01-01, until: 2021-11-26")
    assert linted(tmp_path / "longer", ("- maternity_leave", "- childcare_leave"), longer) == ()


def test_what_is_not_released_is_a_warning_and_what_changed_since_an_error(tmp_path: Path) -> None:
    found = linted(tmp_path, released=False)
    assert {(one.rule, one.severity) for one in found} == {("released", Severity.WARNING)}
    release(load_library(tmp_path))
    path = tmp_path / "leave/alpha/1.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (changed,) = lint(load_library(tmp_path), load_law(tmp_path / "law"))
    assert (changed.rule, changed.severity) == ("released", Severity.ERROR)


def test_a_content_that_no_law_knows_is_a_fault(tmp_path: Path) -> None:
    assert linted(tmp_path) == ()
    path = tmp_path / "law" / "zhejiang.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "through: [women_contract_content_family_planning]", "through: [nothing]"
    )
    path.write_text(text, encoding="utf-8")
    (found,) = lint(load_library(tmp_path), load_law(tmp_path / "law"))
    assert found.rule == "unknown-law-key" and "nothing" in found.message


def test_steps_that_name_what_no_law_has_are_a_fault(tmp_path: Path) -> None:
    text = (
        (CLAUSES / "steps.yaml").read_text("utf-8").replace("limit: proposal_reply", "limit: proposal_answer")
    )
    (tmp_path / "steps.yaml").write_text(text, "utf-8")
    (fault,) = linted(tmp_path)
    assert fault.message == "法律数据中没有 proposal_answer" and fault.location.line


def test_single_clauses_can_be_looked_at(tmp_path: Path) -> None:
    linted(tmp_path, ("应当在", "原则上在"))
    library, law = load_library(tmp_path), load_law(tmp_path / "law")
    assert lint(library, law, ["beta"]) == ()
    assert [one.rule for one in lint(library, law, ["alpha"])] == ["vague-word"]
    with pytest.raises(InputError, match="没有编号为 gamma 的条款"):
        lint(library, law, ["gamma"])


def test_a_glossary_in_a_wrong_form_is_an_error_with_its_file(tmp_path: Path) -> None:
    linted(tmp_path)
    (tmp_path / "glossary.yaml").write_text("house: 1\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"glossary\.yaml"):
        lint(load_library(tmp_path), load_law(tmp_path / "law"))


def test_a_term_that_no_clause_defines_is_a_fault(tmp_path: Path) -> None:
    spec = "notice_days: {default: 5, unit: working_day, bound: maximum, title: 答复期限}"
    assert linted(tmp_path, (spec, "notice_days: term")) == ()  # the other clause defines it
    path = tmp_path / "leave/beta/1.md"
    path.write_text(path.read_text(encoding="utf-8").replace(spec, "notice_days: term"), encoding="utf-8")
    rules = [one.rule for one in lint(load_library(tmp_path), load_law(tmp_path / "law"))]
    assert rules.count("homeless-term") == 2


SECOND = (
    ALPHA.replace("version: 1", "version: 2")
    .replace("change: {kind: first}", "change: {kind: wording, reason: 改写, source: 无}")
    .replace("应当在", "可以在")
)


def with_second(folder: Path, text: str) -> list[str]:
    """The rules that lint names for a second wording of the first clause."""
    linted(folder)
    (folder / "leave/alpha/2.md").write_text(text, encoding="utf-8")
    return [
        one.rule
        for one in lint(load_library(folder), load_law(folder / "law"))
        if one.severity is Severity.ERROR
    ]


def test_a_new_version_that_weakens_says_why(tmp_path: Path) -> None:
    assert with_second(tmp_path / "silent", SECOND) == ["unexplained-weakening"]
    assert with_second(tmp_path / "same", SECOND.replace("可以在", "应当在")) == []
    said = SECOND.replace("source: 无", "source: 无, weakens: 法律不再要求答复")
    assert with_second(tmp_path / "said", said) == []


def test_a_released_version_is_not_asked_again(tmp_path: Path) -> None:
    assert with_second(tmp_path, SECOND) == ["unexplained-weakening"]
    release(load_library(tmp_path))
    assert not unexplained(load_library(tmp_path), load_law(tmp_path / "law"))
