"""Papers: templates are read strictly, every paper of every example is a sound file, and nothing unknown is told as a fact."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from contractgen.build import build
from contractgen.document import Table
from contractgen.findings import Finding, InputError, Severity
from contractgen.formats.text import write_markdown
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.papers import Filled, prepare, write_papers
from contractgen.papers.cover import cover_sheet
from contractgen.papers.loading import load_papers
from contractgen.papers.model import Paper

TOP = Path(__file__).resolve().parent.parent
FIRM = TOP / "examples" / "firm.yaml"
EXAMPLES = sorted([FIRM, *TOP.glob("examples/*/profile.yaml")])
HEAD = """---
title: 样例书
order: 1
purpose: 试一试
step: proposal
from: both
signs: 双方
"""


def template(folder: Path, head: str = "", body: str = "正文。\n", name: str = "sample") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(f"{HEAD}{head}---\n{body}", encoding="utf-8")
    return folder


def read(folder: Path) -> tuple[Paper, ...]:
    return load_papers(load_law(), load_library(), folder)


def faults(folder: Path) -> Sequence[Finding]:
    with pytest.raises(InputError) as fault:
        read(folder)
    return fault.value.findings


def filled(profile: Path, folder: Path) -> Filled:
    (found,) = prepare(profile, templates=folder).papers
    return found


# ------------------------------------------------------------------ templates


@pytest.mark.parametrize(
    ("head", "body", "line", "message"),
    [
        ("ordre: 2\n", "正文。\n", 8, "不认识的项目 ordre"),
        ("step: propozal\n", "正文。\n", None, ""),
        ("basis: [proposal_repli]\n", "正文。\n", 8, "法律数据里没有 proposal_repli"),
        ("needs: [employer.nam]\n", "正文。\n", 8, "企业情况表中没有 employer.nam"),
        ("when: {union.exist: true}\n", "正文。\n", 8, "企业情况表中没有 union.exist"),
        ("per_page: 20\n", "正文。\n", 8, "per_page 应当是 1 到"),
        ("", "{{ employer.nam }}\n", 9, "企业情况表中没有 employer.nam"),
        ("", "第一段。\n\n{{ matrnity_leave }}\n", 11, "matrnity_leave"),
        ("", "{{ law.nothing }}\n", 9, "法律数据里没有 nothing"),
        ("", "按[](#no-such-clause)办理。\n", 9, "条款库里没有条款 no-such-clause"),
        ("", "第一段。\n\n::: table no-such\n| 甲 | 乙 |\n:::\n", 11, "没有名为 no-such 的表"),
        ("", "::: sign\n| 甲方（盖章） |\n", 9, "没有写完整"),
        ("", "::: lines 0\n", 9, "不认识的写法"),
        ("", "::: table people widths 50,50\n| 甲 |\n| 一 |\n:::\n", 9, "widths 写了 2 个"),
        ("", "\n", None, "没有正文"),
    ],
)
def test_a_fault_of_a_template_is_told_with_file_and_line(
    tmp_path: Path, head: str, body: str, line: int | None, message: str
) -> None:
    found = faults(template(tmp_path, head, body))
    told = next(one for one in found if message in one.message)
    assert told.location.file == "sample.md" and line in (None, told.location.line)


def test_all_faults_of_all_templates_are_told_at_once(tmp_path: Path) -> None:
    template(tmp_path, "basis: [nothing]\n", "{{ nothing }}\n", "one")
    template(tmp_path, "", "{{ nothing }}\n", "two")
    assert [one.location.file for one in faults(tmp_path)] == ["one.md", "one.md", "two.md"]


def test_two_papers_of_one_place_in_the_order_are_refused(tmp_path: Path) -> None:
    template(tmp_path, name="one")
    assert "order 1 与 one.md 相同" in faults(template(tmp_path, name="two"))[0].message


def test_the_papers_that_come_with_the_program_are_in_order() -> None:
    orders = [one.order for one in load_papers(load_law(), load_library())]
    assert orders == sorted(orders)


# ------------------------------------------------------------------ filling


def test_what_the_profile_does_not_hold_is_a_ruled_blank_and_noted(tmp_path: Path) -> None:
    firm = tmp_path / "firm.yaml"
    firm.write_text("employer: {name: 虚构厂}\n", encoding="utf-8")
    body = "{{ employer.name }}于{{ bargaining.proposal_day }}收到，经办人{{ employer.contact.name }}。\n"
    found = filled(firm, template(tmp_path / "t", "needs: [employer.contact.name]\n", body))
    (paragraph,) = found.document.body
    assert getattr(paragraph, "text", "") == "虚构厂于＿＿＿＿年＿＿月＿＿日收到，经办人＿＿＿＿＿＿＿＿。"
    assert {one.path for one in found.missing} == {"bargaining.proposal_day", "employer.contact.name"}
    assert [one.title for one in found.blocking] == ["单位联系人"] and not found.ready


def test_a_paper_stands_only_where_its_conditions_hold(tmp_path: Path) -> None:
    for name, head in {
        "yes": "order: 2\nwhen: {union.exists: true}\n",
        "no": "order: 3\nwhen: {union.exists: false}\n",
    }.items():
        (tmp_path / f"{name}.md").write_text(
            f"{HEAD.replace('order: 1' + chr(10), '')}{head}---\n正文。\n", encoding="utf-8"
        )
    assert [one.paper.name for one in prepare(FIRM, templates=tmp_path).papers] == ["yes"]


def test_a_row_that_names_what_the_agreement_lacks_falls_away(tmp_path: Path) -> None:
    firm = TOP / "examples" / "siyang-clothing" / "profile.yaml"
    body = (
        "::: table leaves\n| 假 |\n| 产假{{ maternity_leave }} |\n| 哺乳假{{ nursing_leave_length }} |\n:::\n"
    )
    (table,) = filled(firm, template(tmp_path, "", body)).document.body
    assert [row[0].text[:2] for row in getattr(table, "rows", ())] == ["产假"]


def test_a_profile_that_has_only_a_name_gives_papers_and_says_which_law_stands_in(tmp_path: Path) -> None:
    firm = tmp_path / "firm.yaml"
    firm.write_text("employer: {name: 虚构厂}\n", encoding="utf-8")
    found = prepare(firm)
    assert {"proposal", "reply", "representatives"} <= {one.paper.name for one in found.papers}
    stands_in = [one for one in found.findings if one.rule != "union"]
    assert all(one.severity is Severity.WARNING for one in stands_in)
    assert all("文书先按全国在2025-04-19的规定写" in one.hint for one in stands_in)


@pytest.mark.parametrize(
    ("union", "asked"),
    [
        ("", True),
        ("union: {chair: 甲, women_committee: 是}\n", True),
        ("union: {name: 待填}\n", True),
        ("union: {name: 虚构厂工会委员会}\n", False),
        ("union: {guiding_union: 虚构镇总工会}\n", False),
        ("union: {employees_representative: 甲}\n", False),
        ('union: {name: ["虚构厂工会"]}\n', False),
    ],
)
def test_where_nothing_tells_of_a_union_the_firm_is_asked(tmp_path: Path, union: str, asked: bool) -> None:
    firm = tmp_path / "firm.yaml"
    firm.write_text(f"employer: {{name: 虚构厂}}\nagreement: {{place: shanghai}}\n{union}", encoding="utf-8")
    found = prepare(firm)
    told = [(one.severity, one.hint) for one in found.findings if one.rule == "union"]
    hint = "有工会的填 union.name；没有工会的填 union.guiding_union 或者 union.employees_representative"
    assert told == ([(Severity.ADVICE, hint)] if asked else [])
    assert found.agreement and found.timeline
    sheet = write_markdown(cover_sheet(found.papers, found.agreement, found.timeline))
    assert (hint in sheet) == (asked or "[" in union)


def test_a_profile_with_faults_gives_papers_without_what_was_refused(tmp_path: Path) -> None:
    firm = tmp_path / "firm.yaml"
    firm.write_text('employer: {name: 虚构厂, credit_code: "12"}\nagreement: {place: shanghai}\n', "utf-8")
    found = prepare(firm)
    assert any(one.severity is Severity.ERROR for one in found.findings)
    form = next(one for one in found.papers if one.paper.name == "filing-form")
    assert "employer.credit_code" in [one.path for one in form.blocking]


def test_against_the_contract_before_papers_say_what_is_new(tmp_path: Path) -> None:
    old = tmp_path / "old.yaml"
    text = FIRM.read_text(encoding="utf-8")
    old.write_text(text.replace("paternity_leave: 15", "paternity_leave: 12"), encoding="utf-8")
    build(old, out=tmp_path, formats=("md",), final=True)
    (record,) = tmp_path.glob("*.record.json")
    new = tmp_path / "new.yaml"
    new.write_text(text.replace("signing_day: 2023-12-06", "signing_day: 2026-12-01"), encoding="utf-8")
    papers = {one.paper.name: one for one in prepare(new, previous=record).papers}
    text = write_markdown(papers["draft-explanation"].document)
    assert "| 第三十条第一款 | 配偶陪产假12天 | 配偶陪产假15天 |" in text
    other = tmp_path / "other.yaml"
    facts = (TOP / "examples" / "small-firm" / "profile.yaml").read_text(encoding="utf-8")
    other.write_text(facts, encoding="utf-8")
    with pytest.raises(InputError) as first:
        prepare(other, previous=record)
    assert [one.rule for one in first.value.findings] == ["first-contract"]
    other.write_text(facts.replace("occasion: first", "occasion: renewal"), encoding="utf-8")
    with pytest.raises(InputError, match="不是这家单位的合同"):
        prepare(other, previous=record)


def test_what_was_told_of_the_vote_is_no_change_since_the_contract_before(tmp_path: Path) -> None:
    build(FIRM, out=tmp_path, formats=("md",), final=True)
    (record,) = tmp_path.glob("*.record.json")
    text = FIRM.read_text(encoding="utf-8").replace("signing_day: 2023-12-06", "signing_day: 2026-12-01")
    start, end = text.index("  congress:"), text.index("  union_report_day")
    new = tmp_path / "new.yaml"
    new.write_text(text[:start] + text[end:], encoding="utf-8")  # not yet voted: other clauses stand there
    papers = {one.paper.name: one for one in prepare(new, previous=record).papers}
    told = write_markdown(papers["draft-explanation"].document).split("### 四、")[1].split("### 五、")[0]
    assert "提前送交" not in told
    assert "| --- | --- | --- | --- |\n| 各项约定数值与上一份合同相同 |" in told  # the cell spans the columns


def test_a_firm_that_was_renamed_since_the_contract_before_is_told_so(tmp_path: Path) -> None:
    build(FIRM, out=tmp_path, formats=("md",), final=True)
    (record,) = tmp_path.glob("*.record.json")
    text = FIRM.read_text(encoding="utf-8").replace("signing_day: 2023-12-06", "signing_day: 2026-12-01")
    renamed = tmp_path / "renamed.yaml"
    renamed.write_text(text.replace("上海虚构云锦服装", "上海乌有云锦服装"), encoding="utf-8")
    assert "employer-renamed" in [one.rule for one in prepare(renamed, previous=record).findings]
    (code,) = (line for line in text.splitlines(keepends=True) if "credit_code:" in line)
    renamed.write_text(renamed.read_text("utf-8").replace(code, ""), encoding="utf-8")
    with pytest.raises(InputError, match="不是这家单位的合同"):
        prepare(renamed, previous=record)


# ------------------------------------------------------------------ approved texts

APPROVED = {
    "first-steps": None,
    "firm": FIRM,
    "siyang-clothing": TOP / "examples" / "siyang-clothing" / "profile.yaml",
    "haining-knitting": TOP / "examples" / "haining-knitting" / "profile.yaml",
}
OF_THE_CONTRACT = ("checklist",)  # its rows are the text of the contract, which is approved there


@pytest.mark.parametrize("name", APPROVED)
def test_the_text_of_every_paper_is_the_approved_one(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    profile = APPROVED[name]
    if profile is None:
        profile = tmp_path / "firm.yaml"
        profile.write_text("employer: {name: 虚构厂}\nagreement: {place: shanghai}\n", encoding="utf-8")
    found = prepare(profile)
    assert found.agreement and found.timeline
    documents = [cover_sheet(found.papers, found.agreement, found.timeline)]
    documents += [one.document for one in found.papers if one.paper.name not in OF_THE_CONTRACT]
    text = "\n".join(write_markdown(one) for one in documents)
    approved = TOP / "tests" / "papers" / f"{name}.md"
    if request.config.getoption("--approve"):
        approved.parent.mkdir(exist_ok=True)
        approved.write_text(text, encoding="utf-8")
    assert text == approved.read_text(encoding="utf-8"), "文书有变化；核对后用 pytest --approve 更新"


# ------------------------------------------------------------------ files


@pytest.mark.parametrize("profile", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_paper_of_every_example_is_a_sound_word_file(profile: Path) -> None:
    from docx import Document

    from contractgen.formats.docx_write import write_docx

    papers = prepare(profile).papers
    assert papers
    for one in papers:
        data = write_docx(one.document)
        assert write_docx(one.document) == data
        opened = Document(io.BytesIO(data))
        assert one.title in [paragraph.text for paragraph in opened.paragraphs], one.paper.name
        assert opened.element.xml.count("{{") == 0


def test_files_are_named_in_order_and_nothing_is_overwritten(tmp_path: Path) -> None:
    written = write_papers(FIRM, out=tmp_path, formats=("docx",))
    numbers = ["00-", *(f"{one.number:02}-" for one in written.papers)]
    assert [path.name[:3] for path in written.files] == numbers
    with pytest.raises(Exception, match="已经存在"):
        write_papers(FIRM, out=tmp_path, formats=("docx",), only=[written.papers[-1].paper.name])


def test_papers_asked_for_by_name_keep_their_numbers(tmp_path: Path) -> None:
    last = prepare(FIRM).papers[-1]
    (file,) = write_papers(FIRM, out=tmp_path, formats=("md",), only=[last.paper.name]).files
    assert file.name.startswith(f"{last.number:02}-")


def test_an_unknown_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="propsal") as fault:
        write_papers(FIRM, out=tmp_path, only=["propsal"])
    assert fault.value.hint == "是不是 proposal？"


# ------------------------------------------------------------------ the cover sheet


def cover(profile: Path, folder: Path) -> list[list[str]]:
    """The rows of the list of papers."""
    found = prepare(profile, templates=folder)
    assert found.agreement and found.timeline
    document = cover_sheet(found.papers, found.agreement, found.timeline)
    tables = [block for block in document.body if isinstance(block, Table)]
    return [[cell.text for cell in row] for table in tables for row in table.rows]


def test_the_cover_sheet_says_what_is_missing_who_signs_by_when_and_on_which_basis(tmp_path: Path) -> None:
    head = "needs: [employer.industry]\nbasis: [proposal_reply]\n"
    body = "{{ employer.industry }}{{ employer.contact.email }}{{ pay_review_gap }}\n"
    firm = tmp_path / "firm.yaml"
    firm.write_text(
        "agreement: {place: shanghai, signing_day: 2026-12-01}\nbargaining: {proposal_day: 2026-09-07}\n",
        "utf-8",
    )
    folder = template(tmp_path / "t", head, body)
    (folder / "sample.md").write_text(
        (folder / "sample.md").read_text("utf-8").replace("step: proposal", "step: reply"), "utf-8"
    )
    (row, *_) = cover(firm, folder)
    assert row[2] == "双方出；双方"
    assert row[3] == "收到集体协商建议书（要约书）之日起15日内；最迟2026年9月22日"
    assert row[4] == "《上海市集体合同条例》第十五条第一款"
    assert row[5] == (
        "情况表缺：所属行业（employer.industry）。有待双方确认的数值：需要说明的工资差别幅度。"
        "另有横线待手写：单位电子邮箱"
    )


def test_unchecked_law_is_called_so_on_the_cover_sheet(tmp_path: Path) -> None:
    firm = TOP / "examples" / "siyang-clothing" / "profile.yaml"
    (row, *_) = cover(firm, template(tmp_path, "basis: [ordinary_procedure_required]\n"))
    assert row[4].startswith("未核对：")


def test_the_cover_sheet_lists_the_facts_that_come_back(tmp_path: Path) -> None:
    rows = cover(FIRM, template(tmp_path, "records: [bargaining.congress.present]\n"))
    assert ["样例书", "提出协商要约（建议）的日期", "bargaining.proposal_day", "2026年9月7日"] in rows
    assert ["样例书", "实到人数", "bargaining.congress.present", "57"] in rows


def test_after_an_objection_the_cover_sheet_asks_for_the_facts_of_the_new_round(tmp_path: Path) -> None:
    told = FIRM.read_text(encoding="utf-8").replace(
        "\n  submission_day: 待填",
        "\n  objection: {day: 2026-12-10, draft_signed_day: 2026-12-14}\n  submission_day: 2026-12-02",
    )
    (tmp_path / "firm.yaml").write_text(told, encoding="utf-8")
    folder = template(tmp_path / "papers", "records: [bargaining.congress.present]\n")
    draft = HEAD.replace("order: 1", "order: 2").replace("step: proposal", "step: draft_signed")
    (folder / "draft.md").write_text(f"{draft}---\n正文。\n", encoding="utf-8")
    prepared = prepare(tmp_path / "firm.yaml", templates=folder, today=datetime.date(2026, 12, 28))
    assert prepared.agreement is not None and prepared.timeline is not None
    sheet = write_markdown(cover_sheet(prepared.papers, prepared.agreement, prepared.timeline))
    assert "| 实到人数 | bargaining.objection.congress.present |  |" in sheet
    assert "情况表所填：2026年12月14日" in sheet and "2026年11月6日" not in sheet


# ------------------------------------------------------------------ days that have not come


@pytest.mark.parametrize(("today", "held"), [("2026-11-19", False), ("2026-11-20", True)])
def test_a_vote_is_no_fact_before_its_day(today: str, held: bool) -> None:
    prepared = prepare(FIRM, today=datetime.date.fromisoformat(today))
    papers = {one.paper.name: one for one in prepared.papers}
    for name in ("resolution", "count-record", "filing-form", "filing-adoption", "union-report"):
        told = write_markdown(papers[name].document)
        facts = ("2026年11月20日", "赞成55票", "| 55 |", "| 57 |", "57人", "☑通过", "| 无记名投票 |")
        assert any(one in told for one in facts) is held, name
    assert "60人" in write_markdown(papers["resolution"].document)  # who may vote is known before
    assert papers["resolution"].ready is held
    warned = [one for one in prepared.findings if one.path == "bargaining.congress.day"]
    assert [one.rule for one in warned] == ([] if held else ["future-day"])
    assert all("留横线" in one.hint for one in warned)


def test_neither_a_meeting_nor_a_submission_nor_an_objection_is_a_fact_before_its_day(tmp_path: Path) -> None:
    told = FIRM.read_text(encoding="utf-8").replace(
        "\n  submission_day: 待填", "\n  objection: {day: 2026-12-10}\n  submission_day: 2026-12-02"
    )
    (tmp_path / "firm.yaml").write_text(told, encoding="utf-8")
    early, later = (
        {
            one.paper.name: write_markdown(one.document)
            for one in prepare(tmp_path / "firm.yaml", today=day).papers
        }
        for day in (datetime.date(2026, 10, 14), datetime.date(2026, 12, 9))
    )
    assert (
        "| 协商会议 | 2026年9月29日 |" in early["filing-form"] and "2026年12月2日" not in early["filing-form"]
    )
    assert (
        "| 2026年12月2日 |" in later["filing-form"] and "赞成55票" in later["filing-form"]
    )  # no objection yet
    assert "objection-reply" not in later and "| 55 |" in later["count-record"]


def test_the_cover_sheet_says_that_the_draft_is_settled_before_the_vote(tmp_path: Path) -> None:
    told = FIRM.read_text(encoding="utf-8").replace("  childcare_leave_notice: 3", "  # ")
    (tmp_path / "firm.yaml").write_text(told, encoding="utf-8")
    folder = template(tmp_path / "papers", "of_draft: true\n")
    prepared = prepare(tmp_path / "firm.yaml", templates=folder)
    assert prepared.agreement is not None and prepared.timeline is not None
    sheet = write_markdown(cover_sheet(prepared.papers, prepared.agreement, prepared.timeline))
    assert "草案还有1项建议值没有经双方确认：先商定、填好，再签署草案、提交表决" in sheet
    assert "草案没有定：1项建议值没有经双方确认 |" in sheet and "其中0份可以打印" in sheet
    assert write_papers(tmp_path / "firm.yaml", out=tmp_path / "out", formats=("md",), only=["ballot"]).files
