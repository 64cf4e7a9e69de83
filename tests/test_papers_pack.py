"""The filing pack: complete, in the order of the authority, with hashes that hold, the same bytes each time; or refused."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest

from contractgen.build import build
from contractgen.document import (
    Blank,
    Block,
    Cell,
    Document,
    Lines,
    Paragraph,
    Signing,
    Subheading,
    Table,
    Text,
)
from contractgen.findings import InputError, OutputError
from contractgen.papers import write_pack
from contractgen.papers.blanks import blanks_of

FIRM = Path(__file__).resolve().parent.parent / "examples" / "firm.yaml"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the profile, and the final text of it as a Word file."""
    folder = tmp_path_factory.mktemp("issued")
    shutil.copy(FIRM, folder / "firm.yaml")
    assert build(folder / "firm.yaml", out=folder, formats=("docx",), final=True).files
    return folder


@pytest.fixture
def desk(issued: Path, tmp_path: Path) -> Path:
    shutil.copytree(issued, tmp_path / "desk")
    return tmp_path / "desk"


def record(desk: Path) -> Path:
    return next(desk.glob("*.record.json"))


def pack(desk: Path, target: str, profile: str = "firm.yaml") -> Path:
    return write_pack(desk / profile, record(desk), desk / target, formats=("docx",)).path


def refusals(desk: Path, profile: str = "firm.yaml") -> list[str]:
    with pytest.raises(InputError) as fault:
        pack(desk, "pack.zip", profile)
    assert not (desk / "pack.zip").exists()
    return [one.message for one in fault.value.findings]


def test_the_enclosures_stand_in_the_order_in_which_the_authority_reads(desk: Path) -> None:
    names = sorted(path.name for path in pack(desk, "pack").iterdir())
    assert [name[3:].partition(".")[0] for name in names if name[0].isdigit()] == [
        "报送材料清单",
        "女职工权益保护专项集体合同送审表",
        "协商双方及其代表基本情况",
        "集体协商过程情况说明",
        "职工代表大会讨论通过情况报告",
        "关于女职工权益保护专项集体合同草案的决议",
        "计票记录",
        "女职工权益保护专项集体合同（定稿，含附件）",
    ]


def test_the_hashes_are_those_of_the_files_and_the_contract_is_the_issued_one(desk: Path) -> None:
    folder = pack(desk, "pack")
    lines = (folder / "SHA256SUMS.txt").read_text(encoding="utf-8").splitlines()
    sums = {name: total for total, _, name in (line.partition("  ") for line in lines)}
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".docx"}
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    contract = next(data for name, data in files.items() if "定稿" in name)
    assert contract == next(desk.glob("*-定稿.docx")).read_bytes()


def test_a_zip_holds_the_same_and_has_the_same_bytes_each_time(desk: Path) -> None:
    one, other, folder = pack(desk, "a.zip"), pack(desk, "b.zip"), pack(desk, "pack")
    assert one.read_bytes() == other.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            path.name: path.read_bytes() for path in folder.iterdir()
        }


@pytest.mark.parametrize("name", ["a.zip", "pack"])
def test_nothing_is_overwritten_and_the_option_that_names_another_place_is_told(
    desk: Path, name: str
) -> None:
    pack(desk, name)
    with pytest.raises(OutputError, match="已经存在") as fault:
        pack(desk, name)
    assert "（--pack）" in fault.value.hint


def test_a_pack_is_a_folder_or_a_zip_and_no_file_of_another_kind(desk: Path) -> None:
    with pytest.raises(InputError, match="只能写到文件夹"):
        pack(desk, "报送.rar")
    assert not (desk / "报送.rar").exists()
    assert pack(desk, "报送2026.12").is_dir()


def test_everything_that_is_missing_is_told_at_once(desk: Path) -> None:
    text = (desk / "firm.yaml").read_text(encoding="utf-8")
    text = text.replace("  ownership: 有限责任公司\n", "").replace("votes_for: 55", "votes_for: 待填")
    (desk / "less.yaml").write_text(text, encoding="utf-8")
    found = refusals(desk, "less.yaml")
    assert "“女职工权益保护专项集体合同送审表”缺“企业性质”" in found
    assert "“关于女职工权益保护专项集体合同草案的决议”缺“赞成票”" in found
    assert any("与定稿不一致" in one for one in found)
    assert any("表决情况没有写全" in one for one in found)


def test_another_text_than_the_issued_one_is_refused(desk: Path) -> None:
    text = (desk / "firm.yaml").read_text(encoding="utf-8")
    (desk / "more.yaml").write_text(
        text.replace("paternity_leave: 15", "paternity_leave: 16"), encoding="utf-8"
    )
    assert any("与定稿不一致：第三十条" in one for one in refusals(desk, "more.yaml"))


def test_facts_after_the_signing_do_not_make_it_another_text(desk: Path) -> None:
    text = (desk / "firm.yaml").read_text(encoding="utf-8")
    (desk / "later.yaml").write_text(
        text.replace("submission_day: 待填", "submission_day: 2026-12-03"), encoding="utf-8"
    )
    assert pack(desk, "pack.zip", "later.yaml").exists()


def test_a_contract_file_that_was_changed_or_is_gone_is_refused(desk: Path) -> None:
    contract = next(desk.glob("*-定稿.docx"))
    contract.write_bytes(contract.read_bytes() + b" ")
    assert refusals(desk) == ["合同文件在生成以后改动过"]
    contract.unlink()
    assert refusals(desk) == ["合同文件不在记录旁边"]


def test_the_record_of_a_draft_is_refused(desk: Path) -> None:
    record(desk).unlink()
    build(desk / "firm.yaml", out=desk, formats=("docx",))
    assert "这不是定稿的生成记录" in refusals(desk)


def test_the_authority_of_a_chief_who_is_not_the_legal_representative_is_enclosed(desk: Path) -> None:
    text = (desk / "firm.yaml").read_text(encoding="utf-8")
    text = text.replace("legal_representative: 程立衡", "legal_representative: 闻虚构")
    text = text.replace(
        "  representatives_named_day:",
        "  authority: {employer_day: 2026-09-18}\n  representatives_named_day:",
    )
    (desk / "firm.yaml").write_text(text, encoding="utf-8")
    record(desk).unlink()
    next(desk.glob("*-定稿.docx")).unlink()
    assert build(desk / "firm.yaml", out=desk, formats=("docx",), final=True).files
    names = [path.name for path in pack(desk, "pack").iterdir()]
    assert any("首席代表委托书" in name for name in names)


def test_after_an_objection_the_answer_to_it_is_enclosed_or_what_it_lacks_is_told(tmp_path: Path) -> None:
    vote = "{kind: congress, session: 三届三次, day: 2026-12-24, entitled: 60, present: 50, votes_for: 49, votes_against: 0, abstentions: 1, secret_ballot: 是}"
    objection = f"""
  submission_day: 2026-12-02
  objection:
    day: 2026-12-10
    matters: 第三十一条，育儿假的天数
    draft_signed_day: 2026-12-14
    papers_sent_day: 2026-12-15
    notice_day: 2026-12-25
    congress: {vote}
"""
    told = FIRM.read_text(encoding="utf-8").replace("  signing_day: 2026-12-01", "  signing_day: 2026-12-26")
    told = told.replace("\n  submission_day: 待填  # 报送后再填\n", objection)
    profile = tmp_path / "firm.yaml"
    profile.write_text(told, encoding="utf-8")
    assert build(profile, out=tmp_path, formats=("docx",), final=True).files
    names = sorted(path.name for path in pack(tmp_path, "pack").iterdir())
    assert "03-对集体合同审查异议的答复.docx" in names
    profile.write_text(told.replace("    matters: 第三十一条，育儿假的天数\n", ""), encoding="utf-8")
    assert "“对集体合同审查异议的答复”缺“提出异议的事项”" in refusals(tmp_path)
    profile.write_text(told.replace(f"    congress: {vote}\n", ""), encoding="utf-8")
    assert any("“计票记录”" in one or "的决议”缺" in one for one in refusals(tmp_path))


def test_what_is_still_written_by_hand_is_named_paper_by_paper(desk: Path) -> None:
    made = write_pack(desk / "firm.yaml", record(desk), desk / "pack", formats=("md",))
    assert made.by_hand["计票记录"] == (
        "议案（草案第…稿）",
        "发出票数",
        "收回票数",
        "无效票数",
        "计票时间",
        "选票由…封存",
    )
    assert "监票人、计票人" in made.by_hand["职工代表大会讨论通过情况报告"]
    assert "协商双方及其代表基本情况" not in made.by_hand  # its chiefs need no authority
    sheet = (desk / "pack" / "00-报送材料清单.md").read_text(encoding="utf-8")
    assert all(f"| {title} | {'；'.join(names)} |" in sheet for title, names in made.by_hand.items())


def test_a_pack_never_mixes_with_other_files(desk: Path) -> None:
    folder = pack(desk, "pack")
    write_pack(desk / "firm.yaml", record(desk), folder, formats=("docx",), force=True)
    (folder / "08-旧材料.docx").write_bytes(b"old")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for force in (False, True):
        with pytest.raises(OutputError, match=r"不属于这份报送材料的文件：08-旧材料\.docx"):
            write_pack(desk / "firm.yaml", record(desk), folder, formats=("docx",), force=force)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def matter(name: str, text: str) -> Table:
    """A table of one row, a name and what is written beside it."""
    return Table(
        (Cell((Text("项目"),)), Cell((Text("内容"),))), ((Cell((Text(name),)), Cell((Text(text),))),)
    )


@pytest.mark.parametrize(
    ("block", "names"),
    [
        (Paragraph((Text("计票时间：＿＿年＿＿月；选票由＿＿＿封存。"),)), ("计票时间", "选票由…封存")),
        (Paragraph((Text("审查意见：□符合规定　□不符合规定"),)), ("审查意见",)),
        (Paragraph((Text("结果：☑通过　□没有通过"),)), ()),
        (
            Paragraph((Text("议案：集体合同（含第六章　女职工）（草案第＿＿稿，共9条）"),)),
            ("议案（草案第…稿）",),
        ),
        (matter("应到", "180人，其中女性＿＿人"), ("应到（其中女性…人）",)),
        (matter("应到", "＿＿人，其中女性＿＿人"), ("应到",)),
        (matter("议题", "总则；其他议题：＿＿＿"), ("议题（其他议题）",)),
        (
            Table(
                (Cell((Text("项目"),)), Cell((Text("内容"),))), ((Cell((Text("地点"),)), Cell((Blank(),))),)
            ),
            ("地点",),
        ),
        (
            Table((Cell((Text("序号"),)), Cell((Text("姓名"),))), ((Cell((Text("1"),)), Cell(())),)),
            ("姓名",),
        ),
        (
            Table((Cell((Text("事项"),)), Cell((Text("标准"),))), ((Cell(()), Cell(())),)),
            ("意见",),
        ),
        (Lines(3), ("意见",)),
        (Signing(((Text("用人单位（盖章）"),),)), ()),
    ],
)
def test_a_place_to_write_on_has_the_name_that_stands_beside_it(block: Block, names: tuple[str, ...]) -> None:
    assert blanks_of(Document(title="样例", body=(Subheading("意见"), block))) == names
