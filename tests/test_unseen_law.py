"""Law that was not seen: what a reviewer reads of it, how a draft lists it, and that nobody signs without answering."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contractgen.agreement import layout
from contractgen.build import assemble_file, build, of_law, open_points
from contractgen.cli import main
from contractgen.document import Document, Paragraph, Subheading, Table, plain
from contractgen.findings import Finding, Severity, printed

EXAMPLES = Path(__file__).parents[1] / "examples"
SIYANG = EXAMPLES / "siyang-clothing" / "profile.yaml"


def siyang(folder: Path, *changes: tuple[str, str]) -> Path:
    """The firm in Siyang with changes."""
    text = SIYANG.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / "firm.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def draft(path: Path) -> Document:
    """The draft of a profile as ``new`` lays it out."""
    one = assemble_file(path)
    assert one.agreement is not None
    points = open_points(one.agreement, one.findings)
    return layout(one.agreement, open_points=points, of_law=of_law(one.findings))


def rows(document: Document, table: str) -> list[tuple[str, ...]]:
    """The cells of a list on the front pages."""
    found = next(
        block for block in document.front if isinstance(block, Table) and block.id == f"table-{table}"
    )
    return [tuple(plain(cell.inlines) for cell in row) for row in found.rows]


def headings(document: Document) -> list[str]:
    return [block.text for block in document.front if isinstance(block, Subheading)]


def test_a_draft_lists_law_that_was_not_seen_with_its_number_after_the_other_lists(tmp_path: Path) -> None:
    path = siyang(
        tmp_path, ("  - rule: unknown-law\n", "  - rule: term-length\n"), ("  night_work_begins: 22", "  #")
    )
    document = draft(path)
    assert headings(document) == ["待双方确认的建议值", "待核对的法律"]
    listed = [row[1:] for row in rows(document, "law")]
    unknown = "江苏省对“答复集体协商要求的期限”可能另有规定，内容没有见到；本合同写20日，暂用全国的标准：不超过20日（据公开报道，待核）"
    assert ("第五十二条第一款", unknown, "《江苏省集体协商条例》") in listed
    reported = "“延长产假”据公开报道为不少于60天，待核；本合同写60天"
    assert reported in [row[1] for row in listed]
    assert len(listed) == len(of_law(assemble_file(path).findings)) > 30


def test_an_acceptance_stands_in_the_list_and_nothing_else_is_to_be_done() -> None:
    document = draft(SIYANG)
    assert headings(document) == ["协商草案待办清单", "待核对的法律"]
    unseen = [int(row[0]) for row in rows(document, "law") if "内容没有见到" in row[2]]
    assert unseen == list(range(unseen[0], unseen[-1] + 1)) and len(unseen) > 9
    (told,) = [
        block.text for block in document.front if isinstance(block, Paragraph) and block.role == "small"
    ]
    assert told.startswith(f"第{unseen[0]}至{unseen[-1]}项（已由柏秋禾（工会主席）接受，理由：")
    assert told.endswith("，至2027-01-31）")


def test_unknown_law_stops_a_final_text_until_somebody_answers_for_it(tmp_path: Path) -> None:
    open_ = siyang(tmp_path, ("  - rule: unknown-law\n", "  - rule: term-length\n"))
    built = build(open_, out=tmp_path / "a", formats=("md",), final=True)
    assert built.files == () and {one.rule for one in built.open_points} == {"unknown-law"}
    ended = siyang(tmp_path, ("until: 2027-01-31", "until: 2026-11-29"))
    built = build(ended, out=tmp_path / "b", formats=("md",), final=True)
    assert built.files == () and "接受已于2026-11-29到期" in built.open_points[0].text
    last = siyang(tmp_path, ("until: 2027-01-31", "until: 2026-11-30"))
    assert build(last, out=tmp_path / "c", formats=("md",), final=True).files


def test_a_final_text_has_no_list_of_law(tmp_path: Path) -> None:
    built = build(SIYANG, out=tmp_path, formats=("md",), final=True)
    text = next(one for one in built.files if one.suffix == ".md").read_text(encoding="utf-8")
    assert "待核对的法律" not in text and "柏秋禾（工会主席）接受" not in text


def test_findings_of_one_instrument_are_read_as_one_list_and_counted_one_by_one(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["check", str(SIYANG)])
    screen = capsys.readouterr().out
    main(["check", str(SIYANG), "--json"])
    data = json.loads(capsys.readouterr().out)
    plan = "《江苏省关于优化生育政策促进人口长期均衡发展实施方案》"
    assert (
        f"提示：{plan}的文本没有见到，下列内容据公开报道，待核（3 项） [reported-law]\n    第二十八条第一款："
        in screen
    )
    assert len([one for one in data["findings"] if one["source"] == plan]) == 3
    assert screen.count("[unknown-law]") < len(
        [one for one in data["findings"] if one["rule"] == "unknown-law"]
    )
    assert f"提示 {data['count']['advice']}\n" in screen


def test_a_group_is_told_where_its_first_finding_stands_and_one_alone_as_ever() -> None:
    first, other, second = (
        Finding("a", Severity.ADVICE, "甲一", group="甲"),
        Finding("b", Severity.ADVICE, "乙"),
        Finding("a", Severity.ADVICE, "甲二", group="甲", accepted=""),
    )
    assert [text for _, text in printed([first, other, second])] == [
        "提示：甲（2 项） [a]\n    甲一\n    甲二",
        "提示：乙 [b]",
    ]
    assert [text for _, text in printed([first])] == ["提示：甲一 [a]"]


def comparison(path: Path) -> dict[str, tuple[str, ...]]:
    """Rows of the table of agreed numbers and legal floors, by matter."""
    agreement = assemble_file(path).agreement
    assert agreement is not None
    tables = [
        block
        for annex in agreement.annexes
        for provision in annex.provisions
        for block in provision.blocks
        if isinstance(block, Table) and block.id.endswith("-comparison")
    ]
    found = [tuple(plain(cell.inlines) for cell in row) for table in tables for row in table.rows]
    return {row[0]: row[1:] for row in found}


def test_where_a_report_beats_a_verified_floor_the_table_holds_the_number_against_that_floor(
    tmp_path: Path,
) -> None:
    dongguan = EXAMPLES / "dongguan-toys" / "profile.yaml"
    row = comparison(dongguan)["难产增加的产假"]
    assert row[:2] == ("30天", "不少于15天") and row[3] == "优于"
    assert row[2].startswith("《女职工劳动保护特别规定》第七条第一款，")
    firm = tmp_path / "firm.yaml"
    text = dongguan.read_text(encoding="utf-8")
    firm.write_text(f"{text}\nterms: {{difficult_birth_leave: 15}}\n", encoding="utf-8")
    assert comparison(firm)["难产增加的产假"][3] == "等于"


def test_explain_calls_nothing_law_that_was_only_reported_and_cites_no_other_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["explain", str(SIYANG)])
    shown = capsys.readouterr().out
    assert "延长产假：60天，据公开报道，按双方约定写入：不少于60天" in shown
    assert "产假：98天，法定：不少于98天" in shown
    assert "集体合同草案的通过比例：半数以上，" in shown
    assert "（江苏省可能另有规定，内容没有见到：《江苏省企业民主管理条例》）" in shown
    assert "上海" not in "".join(line for line in shown.splitlines() if line.startswith("本版变化"))
    main(["explain", str(EXAMPLES / "firm.yaml")])
    assert "《上海市" in "".join(
        line for line in capsys.readouterr().out.splitlines() if line.startswith("本版变化")
    )


def test_only_a_name_that_is_near_is_guessed(tmp_path: Path) -> None:
    for wrong, guess in (("night_work_begin", "night_work_begins"), ("annual_leave", "")):
        path = siyang(tmp_path, ("  night_work_begins: 22", f"  {wrong}: 22"))
        (found,) = [one for one in assemble_file(path).findings if one.rule == "unknown-term"]
        assert (f"是不是 {guess}" in found.hint) if guess else ("是不是" not in found.hint)
