"""agreement: the wording of the day, numbers that know their origin, references that hold, and nothing evaluated twice."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from contractgen.agreement import Agreement, assemble, explain, layout
from contractgen.document import Annex, Blank, Item, Paragraph, Table, plain
from contractgen.files import data_folder
from contractgen.findings import InputError
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.profile import load_profile

TODAY = datetime.date(2026, 12, 1)
LAW = load_law()

PROFILE = """
employer: {name: A&B<有限>公司}
workforce: {total: 100, women: 60, piece_rate: true}
union: {name: 甲工会, chair: 甲某}
agreement: {place: shanghai, signing_day: 2026-12-01}
"""

HEAD = """---
id: {id}
version: 1
title: {id}
weight: negotiable
in_force: {{from: 2021-01-01}}
{extra}
basis: [{{agreed: 法律未作规定}}]
change: {{kind: first}}
union_note: 说明
reviewer_note: 说明
---
{body}
"""


def make(
    folder: Path,
    clauses: dict[str, tuple[str, str]],
    profile: str = PROFILE,
    articles: dict[str, list[str]] | None = None,
    on: datetime.date = TODAY,
) -> Agreement:
    """An agreement from clauses given as id -> (further front matter, body), one article each by default."""
    outlined = articles or {clause_id: [clause_id] for clause_id in clauses}
    lines = [
        "title: 合同",
        "begins: 2021-01-01",
        "chapters:",
        "  - id: one",
        "    title: 一",
        "    articles:",
    ]
    lines += [f"      - {{id: {a}, title: {a}, clauses: [{', '.join(c)}]}}" for a, c in outlined.items()]
    (folder / "outline.yaml").write_text("\n".join(lines) + "\nannexes: []\n", encoding="utf-8")
    frame = (data_folder("clauses") / "frame.yaml").read_text(encoding="utf-8")
    (folder / "frame.yaml").write_text(frame, encoding="utf-8")
    for clause_id, (extra, body) in clauses.items():
        path = folder / "one" / clause_id / "1.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD.format(id=clause_id, extra=extra, body=body), encoding="utf-8")
    (folder / "firm.yaml").write_text(profile, encoding="utf-8")
    facts, findings, _ = load_profile(folder / "firm.yaml")
    assert facts is not None, [str(finding) for finding in findings]
    return assemble(facts, LAW, load_library(folder), on)


def text(agreement: Agreement) -> str:
    return "\n".join(provision.text for provision in agreement.provisions)


def rules(agreement: Agreement) -> list[str]:
    return [finding.rule for finding in (*agreement.findings, *agreement.open_points)]


def test_a_number_of_the_law_prints_with_its_unit_and_source(tmp_path: Path) -> None:
    agreement = make(
        tmp_path,
        {
            "a": (
                "values: {maternity_leave: law}",
                "{{ maternity_leave.title }}{{ maternity_leave }}，{{ maternity_leave.source }}。",
            )
        },
    )
    assert text(agreement) == "产假98天，《女职工劳动保护特别规定》第七条第一款。"
    value = agreement.values["maternity_leave"]
    assert (value.origin, value.number) == ("law", 98)


def test_the_parties_may_better_a_number_of_the_law(tmp_path: Path) -> None:
    profile = PROFILE + "terms: {maternity_leave: 120}\n"
    agreement = make(
        tmp_path, {"a": ("values: {maternity_leave: law}", "产假{{ maternity_leave }}。")}, profile
    )
    value = agreement.values["maternity_leave"]
    assert (text(agreement), value.origin) == ("产假120天。", "agreed")
    assert value.floor is not None and value.floor.value == 98


TERM = "values: {reply_days: {default: 5, unit: working_day, bound: maximum, title: 答复期限}}"


def test_a_default_is_a_proposal_until_the_parties_decide(tmp_path: Path) -> None:
    agreement = make(tmp_path, {"a": (TERM, "在{{ reply_days }}内答复。")})
    assert text(agreement) == "在5个工作日内答复。"
    (proposal,) = (point for point in agreement.open_points if point.rule == "proposal")
    assert "terms.reply_days: 5" in proposal.hint and proposal.location.place == "第一条"
    decided = make(
        tmp_path, {"a": (TERM, "在{{ reply_days }}内答复。")}, PROFILE + "terms: {reply_days: 3}\n"
    )
    assert text(decided) == "在3个工作日内答复。" and "proposal" not in rules(decided)


def test_an_unknown_term_is_answered_with_the_nearest(tmp_path: Path) -> None:
    agreement = make(tmp_path, {"a": (TERM, "{{ reply_days }}")}, PROFILE + "terms: {reply_day: 3}\n")
    finding = next(f for f in agreement.findings if f.rule == "unknown-term")
    assert "reply_days" in finding.hint and finding.path == "terms.reply_day"


def test_what_the_profile_lacks_becomes_a_blank_and_an_open_point(tmp_path: Path) -> None:
    agreement = make(tmp_path, {"a": ("", "投诉电话：{{ contacts.harassment.phone }}。")})
    (paragraph,) = next(agreement.provisions).blocks
    assert isinstance(paragraph, Paragraph) and isinstance(paragraph.inlines[1], Blank)
    point = next(p for p in agreement.open_points if p.path == "contacts.harassment.phone")
    assert point.location.place == "第一条"


def test_references_print_articles_and_paragraphs(tmp_path: Path) -> None:
    agreement = make(
        tmp_path,
        {
            "a": ("", "见[](#b)、[](#c)、[](#d)和[](#pair)。"),
            "b": ("", "乙一。\n\n乙二：\n\n1. 子；\n2. 丑。"),
            "c": ("", "丙。"),
            "d": ("", "丁。"),
        },
        articles={"a": ["a"], "pair": ["b", "c"], "d": ["d"]},
    )
    assert text(agreement).startswith("见第二条第一款、第二条第三款、第三条和第二条。")


def test_a_clause_stands_only_where_its_conditions_hold(tmp_path: Path) -> None:
    clauses = {
        "quota": ("when: {workforce.piece_rate: true}", "定额。"),
        "dispatched": ("when: {workforce.dispatched: present}", "派遣。"),
        "local": ("when: {law_has: birth_leave}", "生育假。"),
        "asked": ("optional: true", "增选。"),
    }
    assert text(make(tmp_path, clauses)) == "定额。\n生育假。"
    asked = make(
        tmp_path, clauses, PROFILE + "clauses: {include: [asked], leave_out: [{id: quota, reason: 无}]}\n"
    )
    assert text(asked) == "生育假。\n增选。"
    assert [str(clause) for clause, _ in asked.left_out] == ["quota@1"]


def test_the_parties_own_text_is_printed_as_it_is(tmp_path: Path) -> None:
    own = 'clauses: {own: [{title: 自拟, text: "*甲* [](#a) <b>\\n1. 乙"}]}\n'
    agreement = make(tmp_path, {"a": ("", "甲。")}, PROFILE + own)
    assert [block.text for block in list(agreement.provisions)[-1].blocks] == ["*甲* [](#a) <b>", "1. 乙"]  # type: ignore[union-attr]


def test_a_value_never_becomes_structure(tmp_path: Path) -> None:
    agreement = make(tmp_path, {"a": ("", "甲方是{{ employer.name }}。")})
    assert text(agreement) == "甲方是A&B<有限>公司。"
    assert len(next(agreement.provisions).blocks) == 1


@pytest.mark.parametrize(
    "name", ["employer.__class__", "x()", "1+1", "employer.nothing", "law.nothing", "nothing"]
)
def test_a_placeholder_is_one_known_name(tmp_path: Path, name: str) -> None:
    agreement = make(tmp_path, {"a": ("", f"甲{{{{ {name} }}}}。")})
    assert "clause-text" in rules(agreement)


def test_a_law_that_was_only_reported_is_never_cited(tmp_path: Path) -> None:
    assert "clause-text" in rules(make(tmp_path, {"a": ("", "{{ law.late_pregnancy_rest }}")}))


def test_a_sum_has_parts_and_no_article(tmp_path: Path) -> None:
    values = "values: {maternity_leave: law, birth_leave: law, total: {sum: [maternity_leave, birth_leave], title: 合计}}"
    agreement = make(tmp_path, {"a": (values, "{{ maternity_leave }}加{{ birth_leave }}共{{ total }}。")})
    assert text(agreement) == "98天加60天共158天。"
    assert agreement.values["total"].floor is None


def test_a_table_leaves_out_rows_that_this_agreement_lacks(tmp_path: Path) -> None:
    body = "::: table leave\n| 假 | 天 |\n| 产假 | {{ maternity_leave }} |\n| 无 | {{ nothing }} |\n| 无 | [](#gone) |\n:::"
    agreement = make(tmp_path, {"a": ("values: {maternity_leave: law}", body)})
    (table,) = next(agreement.provisions).blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["产假", "98天"]]


def test_before_the_library_begins_there_is_no_agreement(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="2021-01-01"):
        make(tmp_path, {"a": ("", "甲。")}, on=datetime.date(2020, 12, 31))


def test_explain_names_clause_origin_and_article(tmp_path: Path) -> None:
    agreement = make(
        tmp_path, {"a": ("values: {birth_leave: law}", "生育假{{ birth_leave }}。"), "b": ("", "乙。")}
    )
    shown = "\n".join(
        plain(block.inlines)
        for block in explain(agreement, "第一条").body
        if isinstance(block, Paragraph | Item)
    )
    assert (
        "a@1" in shown and "《上海市人口与计划生育条例》第三十一条第二款" in shown and "2021-11-25" in shown
    )
    assert "乙" not in shown
    for nothing in ("第九条", ""):
        with pytest.raises(InputError):
            explain(agreement, nothing)
    assert explain(agreement, "第一条").body == explain(agreement, "１").body


def test_a_final_document_has_no_list_and_no_remark(tmp_path: Path) -> None:
    agreement = make(tmp_path, {"a": (TERM, "在{{ reply_days }}内答复。")})
    draft, final = layout(agreement), layout(agreement, final=True)
    assert draft.front and draft.cover is not None and draft.cover.remark
    assert not final.front and final.cover is not None and not final.cover.remark


def test_adoption_is_stated_only_where_the_vote_reached_the_law_of_the_place(tmp_path: Path) -> None:
    clauses = {
        "told": ("when: {vote: passed}", "草案获得通过。"),
        "due": ("when: {vote: [open, failed]}", "应当提交表决。"),
    }

    def shown(numbers: str) -> str:
        congress = f"kind: congress, session: 三届二次, day: 2026-11-01, secret_ballot: true, {numbers}"
        course = f"bargaining: {{draft_signed_day: 2026-10-20, congress: {{{congress}}}}}\n"
        return text(make(tmp_path, clauses, PROFILE + course))

    assert shown("entitled: 60, present: 40, votes_for: 30") == "草案获得通过。"
    assert shown("entitled: 60, present: 39, votes_for: 39") == "应当提交表决。"
    assert shown("entitled: 60, present: 60, votes_for: 29") == "应当提交表决。"
    assert shown("entitled: 60, votes_for: 60") == "应当提交表决。"


def test_every_number_names_the_paragraph_that_brings_it(tmp_path: Path) -> None:
    agreement = make(
        tmp_path,
        {
            "early": ("values: {reply_days: term}", "先提到{{ reply_days }}。"),
            "home": (TERM, "一。\n\n二：\n\n1. 在{{ reply_days }}内；\n2. 其他。"),
        },
        articles={"one": ["early"], "two": ["home"]},
    )
    (proposal,) = (point for point in agreement.open_points if point.rule == "proposal")
    assert proposal.location.place == "第二条第二款"


def test_explain_calls_an_annex_an_annex(tmp_path: Path) -> None:
    library = load_library()
    profile = load_profile(Path(__file__).parents[1] / "examples/firm.yaml")[0]
    assert profile is not None
    agreement = assemble(profile, LAW, library, TODAY)
    heading = explain(agreement, "附件1").body[0]
    assert isinstance(heading, Annex) and heading.number == 1


def test_a_condition_on_what_no_profile_has_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.such") as caught:
        make(tmp_path, {"a": ("when: {no.such: true}", "甲。")})
    assert caught.value.findings[0].location.file.endswith("a/1.md")


def test_the_nearest_term_is_named_even_where_the_law_gives_its_title(tmp_path: Path) -> None:
    agreement = make(
        tmp_path,
        {"a": ("values: {birth_leave: law}", "生育假{{ birth_leave }}。")},
        profile=PROFILE + "terms: {birth_leav: 60}\n",
    )
    assert [one.hint for one in agreement.findings if one.rule == "unknown-term"] == ["是不是 birth_leave？"]
