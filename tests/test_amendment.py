"""An amendment: exactly what changed, under the numbers that were signed, and a chain that can be followed on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from contractgen.amendment import Amended, amend
from contractgen.build import build
from contractgen.build.again import remake
from contractgen.cli import main
from contractgen.document import Text, inlines_in
from contractgen.findings import InputError
from contractgen.formats.docx.package import read_parts
from contractgen.record import read_record, sealed, signed_contract
from contractgen.verify import verify

TOP = Path(__file__).resolve().parent.parent
FIRM, NEW = TOP / "examples/firm.yaml", TOP / "examples/firm.amendment.yaml"


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the example's contract, as signed."""
    folder = tmp_path_factory.mktemp("signed")
    build(FIRM, out=folder, formats=("md",), final=True)
    (found,) = folder.glob("*.record.json")
    return found


def changed(folder: Path, *pairs: tuple[str, str], base: Path = NEW) -> Path:
    """The example's amendment with some lines otherwise."""
    text = base.read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / "new.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def text_of(amended: Amended, word: str, ending: str = ".md") -> str:
    (found,) = (path for path in amended.files if word in path.name and path.name.endswith(ending))
    return found.read_text("utf-8")


def rules(amended: Amended, severity: str) -> set[str]:
    return {one.rule for one in amended.findings if one.severity.value == severity}


def told(amended: Amended) -> list[tuple[str, str]]:
    return [(one.kind, one.label) for one in amended.alterations]


EXAMPLE = [("changed", "第三十条"), ("added", "第五十八条"), ("changed", "附件1"), ("changed", "附件3")]

# ------------------------------------------------------------------ what changed


def test_exactly_the_changed_articles_stand_in_it_with_old_and_new_wording(
    signed: Path, tmp_path: Path
) -> None:
    amended = amend(signed, NEW, out=tmp_path, formats=("md",), final=True)
    text = text_of(amended, "变更协议书")
    assert told(amended) == EXAMPLE
    assert re.findall(r"^### (.+)$", text, re.M) == [
        "（一）第三十条“配偶陪产假”",
        "（二）附件1“假期和待遇一览表”",
        "（三）附件3“约定标准与法定底线对照表”",
        "（一）增加第五十八条“女职工休息室”，条文为：",
    ]
    assert re.search(
        r"^\| 第一款 \| 配偶.*享受配偶陪产假15天，.* \| 配偶.*享受配偶陪产假20天，.* \|$", text, re.M
    )
    assert "| 第二款 |" not in text
    assert "期限自2027年1月1日起至2029年12月31日止，以下称原合同" in text and "编号女专〔2026〕1号" in text
    assert "本协议草案于2027年2月19日由双方首席代表签字，于2027年3月5日提交三届四次" in text
    assert "待填" not in text and "草案待办" not in text


def test_the_consolidated_text_is_the_contract_with_the_changes_and_nothing_else(
    signed: Path, tmp_path: Path
) -> None:
    amended = amend(signed, NEW, out=tmp_path, formats=("md",), final=True)
    before = next(signed.parent.glob("*.md")).read_text("utf-8").splitlines()
    after = text_of(amended, "合订文本").splitlines()
    gone = [line for line in before if line and line not in after]
    come = [line for line in after if line and line not in before]
    assert all("15天" in line or "签" in line or "章" in line or line.startswith("# ") for line in gone)
    assert [line for line in come if "20天" not in line] == [
        "# 女职工权益保护专项集体合同（合订文本）",
        "- 变更协议：2027年3月12日签订",
        come[2],
        "# 第十章 补充条款",
        "## 第五十八条 女职工休息室",
        "用人单位在印花车间设女职工休息室，女职工每班可以使用，使用时间计入工作时间。",
    ]
    assert "签署的文本为准" in come[2] and "首席代表（签字）" not in "\n".join(after)


def test_no_number_that_was_signed_moves_when_an_article_comes_or_goes(signed: Path, tmp_path: Path) -> None:
    """The new article belongs into chapter three, the one left out is article 18: every other keeps its number."""
    profile = changed(
        tmp_path, ("  include: [hygiene-allowance]", "  include: [hygiene-allowance]\n  leave_out: [{id: menopause-care, reason: 双方商定另行办理}]")
    )  # fmt: skip
    amended = amend(signed, profile, out=tmp_path, formats=("md",))
    heading = re.compile(r"^## (第.+?条) (.+)$", re.M)
    before = dict(heading.findall(next(signed.parent.glob("*.md")).read_text("utf-8")))
    text = text_of(amended, "合订文本")
    after = dict(heading.findall(text))
    assert {label: after[label] for label in before} == before
    assert after.keys() - before.keys() == {"第五十八条"}
    assert ("deleted", "第十八条") in told(amended)
    assert "（由2027年3月12日签订的变更协议书删去）" in text
    table = next(line for line in text.splitlines() if line.startswith("| 育儿假（"))
    assert table.endswith("| 第三十一条 |")
    assert rules(amended, "warning") >= {"amendment-weaker"}


def test_the_profile_unchanged_gives_no_agreement(signed: Path, tmp_path: Path) -> None:
    own = NEW.read_text("utf-8").split("    - title: 女职工休息室")[1].split("    - title:")[0]
    profile = changed(
        tmp_path, ("paternity_leave: 20 ", "paternity_leave: 15 "), (f"    - title: 女职工休息室{own}", "")
    )
    out = tmp_path / "out"
    amended = amend(signed, profile, out=out, formats=("md",))
    assert rules(amended, "error") == {"amendment-unchanged"} and not out.exists()


def test_what_only_the_bargaining_and_the_parties_data_say_is_no_amendment(
    signed: Path, tmp_path: Path
) -> None:
    """The vote, day and number of copies of the amendment do not go into the contract's own articles on its vote."""
    amended = amend(signed, changed(tmp_path, ("copies: 6", "copies: 4")), out=tmp_path, formats=("md",))
    assert told(amended) == EXAMPLE
    assert "本合同一式6份" in text_of(amended, "合订文本") and "本协议一式4份" in text_of(
        amended, "变更协议书"
    )
    assert "三届二次" in text_of(amended, "合订文本") and "三届四次" not in text_of(amended, "合订文本")


def test_a_term_of_the_article_on_filing_can_be_amended_too(signed: Path, tmp_path: Path) -> None:
    profile = changed(tmp_path, ("submission_receipt: 3 ", "submission_receipt: 5 "))
    amended = amend(signed, profile, out=tmp_path, formats=("md",))
    assert ("changed", "第五十六条") in told(amended)
    assert "三届二次" in text_of(amended, "合订文本") and "三届四次" not in text_of(amended, "合订文本")


def test_a_change_that_weakens_is_told(signed: Path, tmp_path: Path) -> None:
    profile = changed(tmp_path, ("childcare_leave: 7 ", "childcare_leave: 6 "))
    amended = amend(signed, profile, out=tmp_path, formats=("md",))
    (weaker,) = (
        one for one in amended.findings if one.rule == "amendment-weaker" and "第一款" in one.location.place
    )
    assert weaker.location.place == "第三十一条第一款" and "less-of-minimum" in weaker.source


def test_a_number_that_weakens_in_several_places_is_told_at_each(signed: Path, tmp_path: Path) -> None:
    profile = changed(tmp_path, ("  leave_notice: 10 ", "  leave_notice: 15 "))
    amended = amend(signed, profile, out=tmp_path, formats=("md",))
    places = [one.location.place for one in amended.findings if one.rule == "amendment-weaker"]
    articles = {one.split("条")[0] for one in places if one.startswith("第")}
    assert len(places) == len(set(places)) and articles == {
        one.label.removesuffix("条") for one in amended.alterations if "15个工作日" in str(one.new) and "条" in one.label
    } and len(articles) > 2  # fmt: skip


@pytest.mark.parametrize(
    ("case", "cited"),
    [("law_changed", "第五十三条第一款第一项"), ("not_performable", "第五十三条第一款第二项"), ("necessary", "第五十三条第一款第三项")],
)  # fmt: skip
def test_the_case_for_which_it_is_amended_is_cited_by_the_contracts_own_item(
    signed: Path, tmp_path: Path, case: str, cited: str
) -> None:
    profile = changed(tmp_path, ("case: necessary", f"case: {case}"))
    text = text_of(amend(signed, profile, out=tmp_path, formats=("md",)), "变更协议书")
    assert f"本次变更依照原合同{cited}（" in text


def test_where_no_case_is_told_the_choices_are_named_with_their_items(signed: Path, tmp_path: Path) -> None:
    profile = changed(tmp_path, ("  case: necessary  # 双方认为确有必要的其他情形\n", ""))
    amended = amend(signed, profile, out=tmp_path, formats=("md",))
    (told,) = (one for one in amended.findings if one.rule == "amendment-case")
    assert "law_changed" in told.hint and "第五十三条第一款第三项" in told.hint
    assert "本次变更依照原合同" not in text_of(amended, "变更协议书")


# ------------------------------------------------------------------ the law of another day

OLD = TOP / "tests/records/shanghai-2021-12-01.record.json"  # as issued then; never renewed
OLD_FIRM = TOP / "tests/renewal/firm-2021.yaml"
AMENDED = (
    ("  occasion: first", "  occasion: amendment\n  grounds: 双方认为确有必要。"),
    ("  signing_day: 2021-12-01", "  signing_day: 2023-03-01"),
)


def old_facts(folder: Path, *pairs: tuple[str, str]) -> Path:
    """The facts of the contract of 2021, for an amendment of March 2023 whose bargaining has not begun."""
    path = changed(folder, *AMENDED, *pairs, base=OLD_FIRM)
    text = re.sub(r"^bargaining:.*?(?=^contacts:)", "", path.read_text("utf-8"), flags=re.M | re.S)
    path.write_text(text, encoding="utf-8")
    return path


def test_what_the_law_and_the_library_changed_since_is_no_amendment(tmp_path: Path) -> None:
    """Between the two days the model text of 2022 and the law of 2023 reworded half of the library."""
    amended = amend(
        OLD,
        old_facts(tmp_path, ("paternity_leave: 15", "paternity_leave: 16")),
        out=tmp_path / "a",
        formats=("md",),
    )
    assert told(amended) == [("changed", "第二十九条"), ("changed", "附件1"), ("changed", "附件3")]
    whole = text_of(amended, "合订文本")
    assert "妊娠综合症" in whole and "妊娠并发症" not in whole


def test_the_present_wording_and_law_are_taken_where_they_are_asked_for(tmp_path: Path) -> None:
    amended = amend(OLD, old_facts(tmp_path), out=tmp_path / "a", formats=("md",), current=("all",))
    kinds = {one.kind for one in amended.alterations}
    assert {"changed", "added"} <= kinds and len(amended.alterations) > 20
    whole = text_of(amended, "合订文本")
    assert "妊娠并发症" in whole and "妊娠综合症" not in whole
    heading = re.compile(r"^## (第.+?条) (.+)$", re.M)
    before = {one.label: one.title for one in signed_contract(OLD).agreement.articles}
    after = dict(heading.findall(whole))
    assert {label: after[label] for label in before}.keys() == before.keys()
    assert "三届二次" in whole  # how the contract itself was adopted stays as it was


def test_single_articles_are_taken_in_the_present_wording_under_the_numbers_of_the_contract(
    tmp_path: Path,
) -> None:
    taken = ("antenatal-leave", "flexible-work", "birth-leave")
    amended = amend(OLD, old_facts(tmp_path), out=tmp_path / "a", formats=("md",), current=taken)
    assert told(amended) == [
        ("changed", "第二十四条"),
        ("changed", "第二十七条"),
        ("added", "第五十四条"),
        ("changed", "附件3"),
    ]
    own = text_of(amended, "变更协议书")
    assert "患有严重的妊娠并发症" in own and "按照第二十八条规定的方法计算" in own
    assert "| 增加 | 弹性工作申请的答复期限 | 5个工作日 | 第五十四条第一款 |" in own
    row = "《上海市妇女权益保障条例》第四十五条第七款，2023年1月1日 | 等于 | 第二十四条第四款 |"
    assert row in own and row in text_of(amended, "合订文本")
    assert "outdated-citation" not in rules(amended, "error")
    open_paths = {one.path for one in amended.open_points if one.rule == "proposal"}
    assert open_paths == {
        "terms.flexible_work_reply",
        "terms.flexible_work_shift",
        "terms.birth_leave_use_limit",
    }


def test_what_was_taken_stays_and_is_not_set_back_by_the_next_amendment(tmp_path: Path) -> None:
    first = tmp_path / "first"
    agreed = "  flexible_work_reply: 5\n  flexible_work_shift: 1\n  paternity_leave: 15"
    facts = old_facts(tmp_path, ("  paternity_leave: 15", agreed))
    assert amend(OLD, facts, out=first, formats=("md",), current=("antenatal-leave", "flexible-work")).files
    (draft,) = first.glob("*合订文本*.record.json")
    data = json.loads(draft.read_text("utf-8"))
    data["options"]["final"] = True  # the facts of its bargaining are of no matter here
    draft.write_bytes(sealed({name: value for name, value in data.items() if name != "checksum"}))
    later = old_facts(tmp_path, ("  paternity_leave: 15", agreed))
    text = later.read_text("utf-8").replace("signing_day: 2023-03-01", "signing_day: 2023-06-01")
    later.write_text(
        text.replace("antenatal_leave_length: 2.5", "antenatal_leave_length: 3"), encoding="utf-8"
    )
    back = amend(draft, later, out=tmp_path / "back", formats=("md",))
    assert "taken-before" in rules(back, "error") and ("deleted", "第五十四条") not in told(back)
    again = amend(draft, later, out=tmp_path / "again", formats=("md",), current=("antenatal-leave",))
    assert "taken-before" not in rules(again, "error")
    assert ("changed", "第二十四条") in told(again) and "妊娠并发症" in text_of(again, "合订文本")
    assert "第五十四条 弹性工作时间和地点" in text_of(again, "合订文本")


def test_a_clause_that_there_is_not_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有条款 antenatal-leaves") as fault:
        amend(OLD, old_facts(tmp_path), out=tmp_path / "a", current=("antenatal-leaves",))
    assert "antenatal-leave" in fault.value.hint


@pytest.mark.parametrize(
    ("days", "below"),
    [(59, True), (60, False), (61, False)],
    ids=["one day too few", "the floor", "one more"],
)
def test_a_number_below_the_law_of_the_day_of_the_amendment_is_an_error(
    tmp_path: Path, days: int, below: bool
) -> None:
    """60 days of birth leave since 2021-11-25 (上海市人口与计划生育条例 31)."""
    profile = old_facts(tmp_path, ("  paternity_leave: 15", f"  birth_leave: {days}\n  paternity_leave: 16"))
    amended = amend(OLD, profile, out=tmp_path / "a", formats=("md",))
    assert ("below-present-law" in rules(amended, "error")) == below


# ------------------------------------------------------------------ the chain


def test_an_amendment_can_be_amended_from_either_record(signed: Path, tmp_path: Path) -> None:
    first = tmp_path / "first"
    amend(signed, NEW, out=first, formats=("md",), final=True)
    profile = changed(
        tmp_path, ("signing_day: 2027-03-12", "signing_day: 2027-04-10"), ("paternity_leave: 20 ", "paternity_leave: 25 ")
    )  # fmt: skip
    found = []
    for number, record in enumerate(sorted(first.glob("*.record.json"))):
        amended = amend(record, profile, out=tmp_path / str(number), formats=("md",), final=True)
        assert told(amended) == [("changed", "第三十条"), ("changed", "附件1"), ("changed", "附件3")]
        found.append(text_of(amended, "变更协议书"))
        whole = text_of(amended, "合订文本")
        assert (
            "- 变更协议：2027年3月12日签订；2027年4月10日签订" in whole and "第五十八条 女职工休息室" in whole
        )
    assert len(found) == 2 and found[0] == found[1]
    assert "原合同已经由2027年3月12日签订的变更协议书变更" in found[0] and "享受配偶陪产假20天" in found[0]


def test_an_article_that_was_deleted_stays_deleted_and_can_come_back_under_its_number(
    signed: Path, tmp_path: Path
) -> None:
    left_out = ("  include: [hygiene-allowance]", "  include: [hygiene-allowance]\n  leave_out: [{id: menopause-care, reason: 另行办理}]")  # fmt: skip
    first, second = tmp_path / "first", tmp_path / "second"
    amend(signed, changed(tmp_path, left_out), out=first, formats=("md",), final=True)
    (record,) = first.glob("*合订文本*.record.json")
    later = (("signing_day: 2027-03-12", "signing_day: 2027-04-10"),)
    same = amend(record, changed(tmp_path, left_out, *later), out=second, formats=("md",))
    assert rules(same, "error") == {"amendment-unchanged"}
    back = amend(record, changed(tmp_path, *later), out=second, formats=("md",))
    assert ("changed", "第十八条") in told(back) and "## 第十八条 更年期关怀" in text_of(back, "合订文本")


def test_the_record_of_an_amendment_without_the_consolidated_one_says_what_is_missing(
    signed: Path, tmp_path: Path
) -> None:
    amend(signed, NEW, out=tmp_path, formats=("md",), final=True)
    (whole,) = tmp_path.glob("*合订文本*.record.json")
    (own,) = tmp_path.glob("*变更协议书*.record.json")
    whole.unlink()
    with pytest.raises(InputError, match="没有和它一起写出的合订文本的生成记录"):
        signed_contract(own)


def test_both_texts_can_be_verified_and_made_again(signed: Path, tmp_path: Path) -> None:
    amended = amend(signed, NEW, out=tmp_path / "out", formats=("docx", "md"), final=True)
    for path in amended.files:
        if path.suffix != ".json":
            assert verify(path).state == "unchanged"
            continue
        again = remake(path, out=tmp_path / "again" / path.stem)
        assert len(again.same) == 2 and again.findings == ()
    (file,) = (path for path in amended.files if "变更协议书" in path.name and path.suffix == ".md")
    file.write_text(
        file.read_text("utf-8").replace("享受配偶陪产假20天", "享受配偶陪产假12天"), encoding="utf-8"
    )
    assert [one.label for one in verify(file).changes] == ["第二条"]


def test_the_same_input_gives_the_same_bytes(signed: Path, tmp_path: Path) -> None:
    one, other = (
        amend(signed, NEW, out=tmp_path / name, formats=("docx", "html", "md")).files for name in ("a", "b")
    )
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


def test_the_word_file_marks_nothing_as_a_draft_once_it_is_final(signed: Path, tmp_path: Path) -> None:
    amended = amend(signed, NEW, out=tmp_path, formats=("docx",), final=True)
    for path in (one for one in amended.files if one.suffix == ".docx"):
        parts = read_parts(path.read_bytes())
        body = parts["word/document.xml"].decode()
        assert "协商草案" not in body and "w:highlight" not in body


# ------------------------------------------------------------------ what stands in the way


def test_a_final_agreement_is_refused_with_everything_that_is_open(signed: Path, tmp_path: Path) -> None:
    profile = changed(tmp_path, ("    votes_for: 55", "    votes_for: 29"), ("  copies: 6\n", ""))
    out = tmp_path / "out"
    amended = amend(signed, profile, out=out, formats=("md",), final=True)
    assert not out.exists() and not amended.files
    assert {"congress-majority", "blank"} <= rules(amended, "error")
    assert any(one.path == "agreement.copies" for one in amended.open_points)
    draft = amend(signed, profile, out=out, formats=("md",))
    assert "协商草案待办清单" in text_of(draft, "变更协议书") and "待填：合同份数" in text_of(
        draft, "变更协议书"
    )


@pytest.mark.parametrize(
    ("votes", "fine"), [(29, False), (30, True), (31, True)], ids=["one too few", "half", "one more"]
)
def test_the_amendment_needs_the_vote_of_the_contract(
    signed: Path, tmp_path: Path, votes: int, fine: bool
) -> None:
    """Half of all 60 delegates, as for the contract itself (上海市集体合同条例 22, 职工代表大会条例 34)."""
    profile = changed(
        tmp_path,
        (
            "    votes_for: 55\n    votes_against: 1",
            f"    votes_for: {votes}\n    votes_against: {56 - votes}",
        ),
    )
    amended = amend(signed, profile, out=tmp_path / "out", formats=("md",), final=True)
    assert bool(amended.files) == fine and ("congress-majority" in rules(amended, "error")) != fine


def test_for_a_chief_who_is_not_told_the_list_of_representatives_is_named(
    signed: Path, tmp_path: Path
) -> None:
    profile = changed(
        tmp_path, ("employer, role: 董事长、总经理, chief: 是", "employer, role: 董事长、总经理")
    )
    amended = amend(signed, profile, out=tmp_path, formats=("md",))
    hints = {one.path: one.hint for one in amended.open_points}
    assert not any("employer_chief" in one for one in hints.values())
    assert hints["bargaining.employer_chief.name"] == (
        "在企业情况表的 bargaining.representatives 中写用人单位方首席代表的 name，并写 side: employer、chief: 是"
    )


def test_without_grounds_and_occasion_it_is_no_amendment(signed: Path, tmp_path: Path) -> None:
    grounds = re.search(r"  grounds: .+\n", NEW.read_text("utf-8"))
    assert grounds
    amended = amend(
        signed, changed(tmp_path, (grounds[0], "")), out=tmp_path / "out", formats=("md",), final=True
    )
    assert "amendment" in rules(amended, "error")
    other = changed(tmp_path, ("occasion: amendment", "occasion: renewal"))
    assert "not-amendment" in rules(amend(signed, other, out=tmp_path / "out"), "error")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("pairs", "rule"),
    [
        ((("91310115EXAMPLE01W", "91310112EXAMPLE04T"),), "other-employer"),
        ((('  credit_code: "91310115EXAMPLE01W"\n', ""), ("name: 上海虚构云锦服装有限公司", "name: 上海乌有服装有限公司")), "other-employer"),
        ((("place: shanghai", "place: zhejiang"),), "other-place"),
        ((("    signing_day: 2026-12-01", "    signing_day: 2026-12-02"),), "other-contract"),
        ((("signing_day: 2027-03-12", "signing_day: 2030-01-01"),), "previous-agreement"),
    ],
    ids=["another code", "another name", "another place", "another contract", "over"],
)  # fmt: skip
def test_what_is_not_of_this_contract_is_refused(
    signed: Path, tmp_path: Path, pairs: tuple[tuple[str, str], ...], rule: str
) -> None:
    if rule == "previous-agreement":
        pairs = (*pairs, ("    end: 2029-12-31\n\nbargaining", "\nbargaining"))
    amended = amend(signed, changed(tmp_path, *pairs), out=tmp_path / "out", formats=("md",))
    assert rule in rules(amended, "error") and not (tmp_path / "out").exists()


def test_a_firm_that_was_renamed_is_the_same_firm(signed: Path, tmp_path: Path) -> None:
    profile = changed(tmp_path, ("name: 上海虚构云锦服装有限公司\n", "name: 上海虚构云锦时装有限公司\n"))
    assert "employer-renamed" in rules(
        amend(signed, profile, out=tmp_path / "out", formats=("md",)), "advice"
    )


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda raw: raw[: len(raw) // 2], "内容不完整"),
        (lambda raw: raw.replace("云锦", "云绣"), "被改动过"),
        (lambda _raw: "{}", "这不是生成记录"),
    ],
    ids=["cut short", "edited", "none of ours"],
)
def test_a_damaged_record_is_refused(
    signed: Path,
    tmp_path: Path,
    spoil: Callable[[str], str],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "spoiled.record.json"
    path.write_text(spoil(signed.read_text("utf-8")), encoding="utf-8")
    code = main(["amend", "--record", str(path), "--profile", str(NEW), "--out", str(tmp_path / "out")])
    said = capsys.readouterr().err
    assert code == 2 and message in said and "Traceback" not in said and not (tmp_path / "out").exists()


def test_a_draft_is_nothing_to_amend(tmp_path: Path) -> None:
    build(FIRM, out=tmp_path, formats=("md",))
    (record,) = tmp_path.glob("*.record.json")
    with pytest.raises(InputError, match="是草案，不是签订的合同"):
        amend(record, NEW, out=tmp_path / "out")


def test_a_record_of_the_first_form_without_its_text_says_so(signed: Path, tmp_path: Path) -> None:
    """Its stamps fit no text that can still be made."""
    data = json.loads(signed.read_text("utf-8"))
    old = {**data["manifest"], "form": 1, "articles": {"第一条": "0" * 64}, "profile": data["profile"]}
    path = tmp_path / "旧合同-定稿.record.json"
    path.write_text(json.dumps(old, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(InputError, match="旧格式的生成记录没有保存当时的文字"):
        amend(path, NEW, out=tmp_path / "out")


def test_nothing_is_overwritten_unasked(signed: Path, tmp_path: Path) -> None:
    arguments = [
        "amend",
        "--record",
        str(signed),
        "--profile",
        str(NEW),
        "--out",
        str(tmp_path),
        "--format",
        "md",
    ]
    assert main(arguments) == 0
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert main(arguments) == 2 and main([*arguments, "--force"]) == 0
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_resealed_record_still_needs_the_text_that_its_stamps_tell(signed: Path, tmp_path: Path) -> None:
    data = json.loads(signed.read_text("utf-8"))
    data["manifest"]["articles"]["第一条"] = "0" * 64
    path = tmp_path / "x-定稿.record.json"
    path.write_bytes(sealed({name: value for name, value in data.items() if name != "checksum"}))
    assert read_record(path).final
    with pytest.raises(InputError, match="与印记不符"):
        amend(path, NEW, out=tmp_path / "out")


# ------------------------------------------------------------------ other places


def signed_as_it_is(folder: Path, profile: Path) -> Path:
    """The record of a draft, told to be the signed text: its bargaining is of no matter here."""
    build(profile, out=folder, formats=("md",))
    (record,) = folder.glob("*.record.json")
    data = json.loads(record.read_text("utf-8"))
    data["options"]["final"] = True
    record.write_bytes(sealed({name: value for name, value in data.items() if name != "checksum"}))
    return record


@pytest.mark.parametrize(
    ("example", "named", "silent"),
    [
        ("haining-knitting", ("《浙江省集体合同条例》第三十一条第二款", "《浙江省集体合同条例》第三十三条"), "《集体合同规定》"),
        ("courier-station", ("《上海市职工代表大会条例》第三十四条",), "《集体合同规定》"),
        ("siyang-clothing", (), "《集体合同规定》"),
    ],
)  # fmt: skip
def test_only_articles_that_were_compared_are_named_as_law(
    tmp_path: Path, example: str, named: tuple[str, ...], silent: str
) -> None:
    """浙江省集体合同条例 31 to 33 were read; the ministry rule (22号令 39 to 41) was only reported."""
    base = TOP / "examples" / example / "profile.yaml"
    record = signed_as_it_is(tmp_path / "signed", base)
    text = re.sub(r"^  occasion: .+$", "  occasion: amendment\n  grounds: 双方认为确有必要", base.read_text("utf-8"), flags=re.M)  # fmt: skip
    text = re.sub(r"^bargaining:.*?(?=^contacts:)", "", text, flags=re.M | re.S)
    text = re.sub(r"^  signing_day: .+$", "  signing_day: 2027-03-01", text, flags=re.M)
    text = re.sub(r"^  previous:\n(    .+\n)+", "", text, flags=re.M)
    own = "  own:\n    - {title: 女职工休息室, text: 用人单位设女职工休息室。}\n"
    text = (
        text.replace("clauses:\n", f"clauses:\n{own}", 1)
        if "\nclauses:\n" in text
        else f"{text}\nclauses:\n{own}"
    )
    path = tmp_path / "new.yaml"
    path.write_text(text, encoding="utf-8")
    amended = amend(record, path, out=tmp_path / "a", formats=("md",))
    agreement = text_of(amended, "变更协议书")
    assert [one.kind for one in amended.alterations if one.label.startswith("第")] == ["added"]
    assert all(one in agreement for one in named) and silent not in agreement.partition("## 第一条")[2]


def test_a_reopened_text_says_where_its_own_numbers_stand(signed: Path, tmp_path: Path) -> None:
    """Article 18 left a stub behind: what would be assembled anew counts one less behind it."""
    left_out = ("  include: [hygiene-allowance]", "  include: [hygiene-allowance]\n  leave_out: [{id: menopause-care, reason: 另行办理}]")  # fmt: skip
    amend(signed, changed(tmp_path, left_out), out=tmp_path / "out", formats=("md",), final=True)
    (record,) = (tmp_path / "out").glob("*合订文本*.record.json")
    opened = signed_contract(record).opened
    assert opened.differs
    text = {one.label: one for one in (*opened.agreement.articles, *opened.agreement.annexes)}
    for name, place in opened.agreement.printed.items():
        article = text[place.partition("条")[0] + "条" if "条" in place else place]
        printed = [one for provision in article.provisions for block in provision.blocks for one in inlines_in(block)]  # fmt: skip
        assert any(isinstance(one, Text) and one.value == name for one in printed), (name, place)
    assert opened.agreement.printed["facilities_due"] == "第十九条第一款"
