"""A chapter and an annex of a general contract are amended too: by an agreement of its own, under the numbers of there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contractgen.amendment import Amended, amend
from contractgen.build import build
from contractgen.cli import main
from contractgen.papers import prepare
from contractgen.record import signed_contract

TOP = Path(__file__).resolve().parent.parent
PRINTING = TOP / "examples/printing-chapter/profile.yaml"
CONTRACT = "上海乌有墨香印刷有限公司集体合同"
OWN = "  own:\n    - {title: 女职工休息室, text: 用人单位设女职工休息室。}\n"
ANNEX = (("form: chapter", "form: annex"), ("    chapter: 6\n", "    annex: 3\n"), ("    first_article: 20\n", ""), ("    first_annex: 2\n", ""))  # fmt: skip


def edited(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert re.search(old, text), old
        text = re.sub(old, new, text, count=1)
    return text


def facts(form: str) -> str:
    text = PRINTING.read_text("utf-8")
    return text if form == "chapter" else edited(text, *ANNEX)


@pytest.fixture(scope="module", params=["chapter", "annex"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def signed(form: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the part of a general contract as signed."""
    folder = tmp_path_factory.mktemp(form)
    (folder / "firm.yaml").write_text(facts(form), encoding="utf-8")
    build(folder / "firm.yaml", out=folder, formats=("md",), final=True)
    (found,) = folder.glob("*.record.json")
    return found


def amendment(folder: Path, form: str, *pairs: tuple[str, str]) -> Path:
    """The facts of an amendment half a year later."""
    text = edited(
        facts(form),
        ("occasion: renewal\n  signing_day: .+", "occasion: amendment\n  grounds: 职工代表提出\n  copies: 6\n  signing_day: 2027-03-12"),
        ("previous: .+", "previous: {signing_day: 2026-12-04, end: 2029-12-31}"),
        ("menstrual_rest: 1", "menstrual_rest: 2"),
        ("\nbargaining:\n(.*\n)*?contacts:", "\ncontacts:"),
        ("terms:\n", "terms:\n  adoption_notice: 3\n  submission_receipt: 3\n  publication_due: 5\n"),
        *pairs,
    )  # fmt: skip
    path = folder / "new.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def text_of(amended: Amended, word: str) -> str:
    (found,) = (one for one in amended.files if word in one.name and one.suffix == ".md")
    return found.read_text("utf-8")


def test_the_agreement_names_the_general_contract_and_has_parties_and_procedure(
    form: str, signed: Path, tmp_path: Path
) -> None:
    amended = amend(signed, amendment(tmp_path, form), out=tmp_path, formats=("md",))
    text = text_of(amended, "变更协议书")
    part = {"chapter": "第六章　女职工权益保护", "annex": "附件3　女职工权益保护专项协议"}[form]
    assert f"\n# {CONTRACT}（{part}）变更协议书\n" in f"\n{text}"
    assert f"签订《{CONTRACT}》（期限自2027年1月1日起至2029年12月31日止" in text
    assert "关于“合同的变更、解除和终止”的约定" in text
    assert all(
        one in text for one in ("统一社会信用代码", "首席代表（签字）", "本协议草案", "人力资源社会保障部门")
    )
    label = {"chapter": "第三十五条", "annex": "第十六条"}[form]
    assert f"（一）{label}“经期保护”" in text and "每月可以享受2天" in text
    assert "原附件下列条文" in text if form == "annex" else "原合同下列条文" in text


def test_the_numbers_of_the_amendment_itself_are_no_unused_terms(
    form: str, signed: Path, tmp_path: Path
) -> None:
    amended = amend(signed, amendment(tmp_path, form), out=tmp_path, formats=("md",))
    assert not [one for one in amended.findings if one.rule in ("unused-term", "main-contract")]


def test_explain_and_check_know_the_numbers_of_the_amendment_itself(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = ("adoption_notice", "submission_receipt", "publication_due")
    path = amendment(tmp_path, form)
    main(["check", str(path), "--today", "2027-03-12"])
    assert "unused-term" not in capsys.readouterr().out
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r"\n  (adoption_notice|submission_receipt|publication_due): .+", "", text), "utf-8"
    )
    main(["explain", str(path), "--terms"])
    listed = capsys.readouterr().out
    assert all(f"  {name}: " in listed for name in own)
    path.write_text(text.replace("terms:\n", "terms:\n  merger_notice: 30\n"), "utf-8")
    main(["check", str(path), "--today", "2027-03-12"])
    assert "unused-term" in capsys.readouterr().out  # a number of a contract that stands alone


def test_the_chain_goes_on_from_the_consolidated_part(form: str, signed: Path, tmp_path: Path) -> None:
    final = tmp_path / "final"
    bargained = facts(form).split("\nbargaining:")[1].split("\ncontacts:")[0]
    for then, now in (("2026-10", "2027-01"), ("2026-11", "2027-02"), ("2026-12-0", "2027-03-0")):
        bargained = bargained.replace(then, now)
    path = amendment(tmp_path, form, ("\ncontacts:", f"\nbargaining:{bargained}\ncontacts:"))
    amended = amend(signed, path, out=final, formats=("md",), final=True)
    assert amended.files, amended.findings
    (record,) = (one for one in amended.files if "合订文本" in one.name and one.suffix == ".json")
    assert len(signed_contract(record).amendments) == 1
    whole = text_of(amended, "合订文本")
    assert "变更协议书（2027年3月12日签订）编成" in whole and "每月可以享受2天" in whole
    again = amendment(
        tmp_path, form, ("menstrual_rest: 2", "menstrual_rest: 3"), ("2027-03-12", "2027-04-12")
    )
    second = amend(record, again, out=tmp_path / "again", formats=("md",))
    assert "每月可以享受2天" in text_of(second, "变更协议书") and "每月可以享受3天" in text_of(
        second, "变更协议书"
    )


def test_another_form_is_no_amendment(form: str, signed: Path, tmp_path: Path) -> None:
    path = amendment(tmp_path, form, (f"form: {form}", "form: standalone"))
    amended = amend(signed, path, out=tmp_path / "out", formats=("md",))
    assert "amendment-form" in {one.rule for one in amended.findings} and not amended.files


def test_what_is_added_to_a_chapter_stands_behind_the_general_contracts_last_article(
    form: str, signed: Path, tmp_path: Path
) -> None:
    """Chapter six ends with article 70, and article 71 is chapter seven's: 71 can be no new article of chapter six."""
    out = tmp_path / "out"
    own = ("\nterms:\n", f"\nclauses:\n{OWN}\nterms:\n")
    amended = amend(signed, amendment(tmp_path, form, own), out=out, formats=("md",))
    if form == "annex":
        assert ("added", "第五十二条") in [(one.kind, one.label) for one in amended.alterations]
        return
    (told,) = (one for one in amended.findings if one.rule == "amendment-number")
    assert told.path == "agreement.main_contract.last_article" and not out.exists()
    for number, label in ((69, None), (96, "第九十七条")):
        path = amendment(
            tmp_path, form, own, ("    chapter: 6\n", f"    chapter: 6\n    last_article: {number}\n")
        )
        amended = amend(signed, path, out=out, formats=("md",), force=True)
        added = [one.label for one in amended.alterations if one.kind == "added"]
        assert amended.files == () if label is None else added == [label]
    assert "编在原合同最后一条以后" in text_of(amended, "变更协议书")


def test_its_papers_vote_on_the_amendment_of_the_general_contract(
    form: str, signed: Path, tmp_path: Path
) -> None:
    path = amendment(tmp_path, form)
    amended = amend(signed, path, out=tmp_path, formats=("md",))
    (record,) = (one for one in amended.files if "变更协议书" in one.name and one.suffix == ".json")
    titles = {one.paper.name: one.title for one in prepare(path, record=record).papers}
    assert titles["resolution"].startswith(f"关于{CONTRACT}（") and "变更协议书" in titles["resolution"]
    assert "变更协议书" in titles["filing-form"]
