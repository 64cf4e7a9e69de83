"""What an amendment's papers speak of: the amendment agreement, and exactly what it alters."""

from __future__ import annotations

import datetime
import hashlib
import re
from pathlib import Path
from typing import Literal

import pytest

from contractgen.agreement import AgreementArticle, Provision
from contractgen.amendment import Alteration, Amended, amend
from contractgen.amendment.reading import alterations_in
from contractgen.amendment.showing import shown
from contractgen.build import build
from contractgen.document import Block, Cell, Document, Item, Paragraph, Table, Text
from contractgen.findings import InputError
from contractgen.formats.text import write_markdown
from contractgen.papers import Filled, Prepared, field_names, prepare, write_pack
from contractgen.papers.subject import Subject, subject_of
from contractgen.record import read_record
from general_contract import without_old_references

TOP = Path(__file__).resolve().parent.parent
FIRM, NEW = TOP / "examples/firm.yaml", TOP / "examples/firm.amendment.yaml"
TODAY = datetime.date(2027, 3, 10)
LEFT_OUT = "  include: [hygiene-allowance]\n  leave_out: [{id: menopause-care, reason: 双方商定另行办理}]"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contract of the example, and an amendment that alters, adds and deletes."""
    found = tmp_path_factory.mktemp("amended")
    build(FIRM, out=found / "signed", formats=("md",), final=True)
    text = NEW.read_text("utf-8")
    assert "  include: [hygiene-allowance]" in text
    (found / "new.yaml").write_text(
        text.replace("  include: [hygiene-allowance]", LEFT_OUT, 1), encoding="utf-8"
    )
    return found


@pytest.fixture(scope="module")
def amended(folder: Path) -> Amended:
    (signed,) = (folder / "signed").glob("*.record.json")
    return amend(signed, folder / "new.yaml", out=folder / "amended", formats=("md",))


@pytest.fixture(scope="module")
def record(amended: Amended) -> Path:
    (found,) = (one for one in amended.files if one.name.endswith("record.json") and "变更协议书" in one.name)
    return found


@pytest.fixture(scope="module")
def prepared(folder: Path, record: Path) -> Prepared:
    return prepare(folder / "new.yaml", record=record, today=TODAY)


@pytest.fixture(scope="module")
def subject(folder: Path, record: Path, prepared: Prepared) -> Subject:
    assert prepared.agreement is not None
    found = subject_of(prepared.agreement, record, folder / "new.yaml")
    assert found is not None
    return found


def paper(prepared: Prepared, name: str) -> Filled:
    return next(one for one in prepared.papers if one.paper.name == name)


def rows(prepared: Prepared, *columns: str) -> list[tuple[str, ...]]:
    """The rows with something in them of the table of the explanation whose first columns are called so."""
    (table,) = (
        one
        for one in paper(prepared, "amendment-explanation").document.body
        if isinstance(one, Table) and tuple(cell.text for cell in one.header[: len(columns)]) == columns
    )
    texts = (tuple(cell.text for cell in row) for row in table.rows)
    return [one for one in texts if any(one)]


# ------------------------------------------------------------------ what is read back is what is shown


def article(label: str, *blocks: Block, title: str = "示例") -> AgreementArticle:
    return AgreementArticle("x", 1, label, title, (Provision(None, blocks, label=label),))


def table(*lines: str) -> Table:
    header, *others = (tuple(Cell((Text(cell),)) for cell in line.split(",")) for line in lines)
    return Table(header, tuple(others))


def read_back(old: AgreementArticle | None, new: AgreementArticle | None) -> list[tuple[str, str, str, str]]:
    """Name, place, old, new of an alteration, through the Document that shows it."""
    kind: Literal["added", "deleted", "changed"] = (
        "added" if old is None else "deleted" if new is None else "changed"
    )
    document = Document("", body=tuple(shown(Alteration(kind, old, new), 1)))
    (found,) = alterations_in(document)
    assert found.kind == kind
    return [(found.name, *row) for row in found.rows]


def test_every_alteration_is_read_back_with_its_kind_and_number(amended: Amended, record: Path) -> None:
    document = read_record(record).document
    assert document is not None
    found = alterations_in(document)
    assert sorted((one.kind, one.label) for one in found) == sorted(
        (one.kind, one.label) for one in amended.alterations
    )
    assert {one.kind for one in found} == {"changed", "added", "deleted"}
    assert all(one.rows for one in found)


def test_old_and_new_text_are_those_of_the_articles(amended: Amended, record: Path) -> None:
    """Nothing is lost of what came or went, and no text stands on the wrong side."""
    document = read_record(record).document
    assert document is not None
    found = {one.label: one for one in alterations_in(document)}
    for one in amended.alterations:
        if not one.label.endswith("条"):
            continue
        old, new = (
            "" if side is None else "\n".join(each.text for each in side.provisions)
            for side in (one.old, one.new)
        )
        for _, before, after in found[one.label].rows:
            assert before in old and after in new
        if "" in (old, new):
            whole = "\n".join(before or after for _, before, after in found[one.label].rows)
            assert whole in (old, new)


@pytest.mark.parametrize("columns", ["甲,乙", "甲,乙,丙", "甲,乙,丙,丁"])
@pytest.mark.parametrize(("side", "word"), [("added", "增加"), ("deleted", "删去")])
def test_the_table_of_an_annex_that_came_or_went_is_on_one_side_whatever_its_columns(
    columns: str, side: str, word: str
) -> None:
    annex = article("附件4", table(columns, columns.replace("甲", "原")))
    text = columns.replace("甲", "原").replace(",", "；")
    found = read_back(None, annex) if side == "added" else read_back(annex, None)
    assert found == [(f"{word}附件4", "", *(("", text) if side == "added" else (text, "")))]


@pytest.mark.parametrize("columns", ["事项,标准", "事项,标准,条款", "事项,标准,条款,说明"])
def test_changed_rows_of_a_table_are_told_apart_from_two_columns_of_text(columns: str) -> None:
    rest = ",同" * (columns.count(",") - 1)
    old = article("附件1", table(columns, f"陪产假,15天{rest}", f"体检,1次{rest}"))
    new = article("附件1", table(columns, f"陪产假,20天{rest}", f"育儿假,5天{rest}"))
    tail = rest.replace(",", "；")
    assert sorted(read_back(old, new)) == sorted(
        [
            ("附件1“示例”", "", f"陪产假；15天{tail}", f"陪产假；20天{tail}"),
            ("附件1“示例”", "", f"体检；1次{tail}", ""),
            ("附件1“示例”", "", "", f"育儿假；5天{tail}"),
        ]
    )


def test_a_number_above_one_hundred_and_a_title_with_a_bracket_are_read() -> None:
    old, new = (
        article("第一百零三条", Paragraph((Text(text),), "x"), title="夜班（含加班）")
        for text in ("夜班每次20元。", "夜班每次30元。")
    )
    ((name, _, before, after),) = read_back(old, new)
    assert (name, before, after) == ("第一百零三条“夜班（含加班）”", "夜班每次20元。", "夜班每次30元。")


def test_items_of_an_article_that_came_keep_their_numbers() -> None:
    items = (Item(number, (Text(text),)) for number, text in ((1, "甲"), (2, "乙")))
    assert [row[3] for row in read_back(None, article("第九条", *items))] == ["（一）甲", "（二）乙"]


# ------------------------------------------------------------------ papers with the record


def test_the_papers_of_the_vote_and_filing_are_called_after_the_amendment_agreement(
    prepared: Prepared,
) -> None:
    for name in ("resolution", "filing-form"):
        assert "女职工权益保护专项集体合同变更协议书" in paper(prepared, name).title
    assert not [one for one in prepared.findings if one.rule == "amendment-record"]


def test_papers_of_the_contract_itself_still_speak_of_all_of_it(prepared: Prepared, subject: Subject) -> None:
    agreement = prepared.agreement
    assert agreement is not None
    assert subject.of(paper(prepared, "checklist").paper) is subject.contract
    assert subject.of(paper(prepared, "resolution").paper) is subject.agreement
    assert subject.contract.title == "女职工权益保护专项集体合同"
    assert len(list(subject.contract.articles)) == 58  # one came, the one that went keeps its number


def test_only_the_altered_articles_and_annexes_are_voted_on(amended: Amended, subject: Subject) -> None:
    found = [one.label for one in (*subject.agreement.articles, *subject.agreement.annexes)]
    assert sorted(found) == sorted(one.label for one in amended.alterations)


def test_the_explanation_sets_old_and_new_side_by_side(prepared: Prepared) -> None:
    found = {place: (old, new) for place, old, new, _ in rows(prepared, "条款")}
    old, new = found["第三十条“配偶陪产假”第一款"]
    assert old.replace("15天", "20天") == new and old != new
    assert found["增加第五十八条"][0] == "" and found["增加第五十八条"][1].startswith("用人单位在印花车间")
    assert found["删去第十八条"][0] and found["删去第十八条"][1] == ""


def test_what_is_altered_is_named_article_by_article(prepared: Prepared) -> None:
    names = ("第三十条“配偶陪产假”", "增加第五十八条", "删去第十八条")
    for name, row in (("filing-form", "主要议题"), ("resolution", "变更的条文和附件")):
        cells = [
            cells[1].text
            for block in paper(prepared, name).document.body
            if isinstance(block, Table)
            for cells in block.rows
            if cells[0].text == row
        ]
        assert len(cells) == 1 and all(one in cells[0] for one in names)


COUNTING = ("draft-signing", "congress-notice", "ballot", "count-record", "resolution")


@pytest.mark.parametrize("name", COUNTING)
def test_how_much_is_voted_on_is_counted_from_the_amendment(
    name: str, prepared: Prepared, subject: Subject, amended: Amended
) -> None:
    kinds = [(one.kind, one.label.startswith("附件")) for one in amended.alterations]
    changed, annexes = kinds.count(("changed", False)), kinds.count(("changed", True))
    assert (kinds.count(("added", False)), kinds.count(("deleted", False))) == (1, 1)
    assert subject.extent == f"变更条文{changed}条、附件{annexes}个，增加条文1条，删去条文1条"
    text = write_markdown(paper(prepared, name).document)
    assert subject.extent in text and not re.search("＿[条个]", text)


@pytest.mark.parametrize("name", COUNTING)
def test_without_a_record_the_number_of_altered_articles_is_written_by_hand(name: str, folder: Path) -> None:
    text = write_markdown(paper(prepare(folder / "new.yaml", today=TODAY), name).document)
    assert "变更条文＿＿条、附件＿＿个" in text and "共＿＿条" not in text


def test_the_receipt_of_an_amendment_lists_what_is_filed_with_it(prepared: Prepared) -> None:
    text = write_markdown(paper(prepared, "filing-receipt").document)
    assert "双方首席代表签署的变更协议书，附合订文本和原合同复印件" in text


def test_the_card_tells_the_contract_as_it_will_read(prepared: Prepared) -> None:
    (table,) = (one for one in paper(prepared, "card").document.body if isinstance(one, Table))
    rights = {row[0].text: (row[1].text, row[2].text) for row in table.rows}
    assert rights["配偶陪产假（男职工）"] == ("20天", "第三十条")
    assert rights["育儿假（父母各自享受）"][1] == "第三十一条"  # not altered, and still a right


def test_no_paper_of_an_amendment_speaks_of_concluding_a_contract(prepared: Prepared) -> None:
    spoken = re.compile("为什么订立|首次订立|(?<!集体)合同草案|上一份合同")
    for one in prepared.papers:
        if not one.paper.of_contract and one.paper.step not in ("representatives", "meeting"):
            text = one.title + write_markdown(one.document)
            assert not spoken.search(text), one.title


def test_the_form_to_be_filled_by_hand_is_only_for_contracts_without_a_record(
    folder: Path, prepared: Prepared
) -> None:
    assert "amendment" not in [one.paper.name for one in prepared.papers]
    form = paper(prepare(folder / "new.yaml", today=TODAY), "amendment")
    assert "没有生成记录" in form.paper.purpose
    assert "双方于2026年12月1日签订" in write_markdown(form.document)


def test_numbers_are_those_of_altered_articles_with_the_article_in_which_they_stand(
    prepared: Prepared, subject: Subject
) -> None:
    texts = {one.label: "".join(each.text for each in one.provisions) for one in subject.agreement.articles}
    assert subject.agreement.printed["paternity_leave"] == "第三十条第一款"
    for name, place in subject.agreement.printed.items():
        label = place[: place.index("条") + 1]
        assert subject.agreement.values[name].text in texts[label]
    assert "childcare_leave" not in subject.agreement.printed  # better than the law, and not altered


def test_what_exceeds_the_law_is_what_the_amendment_alters(prepared: Prepared) -> None:
    found = rows(prepared, "事项", "法定标准")
    assert [(one[0], one[-1]) for one in found] == [("配偶陪产假", "第三十条第一款")]


def test_the_filing_pack_of_an_amendment_holds_its_papers_and_the_agreement_itself(
    folder: Path, tmp_path: Path
) -> None:
    (signed,) = (folder / "signed").glob("*.record.json")
    files = amend(signed, NEW, out=tmp_path / "final", formats=("docx",), final=True).files
    record, agreement = (
        next(one for one in files if "变更协议书" in one.name and one.suffix == ending)
        for ending in (".json", ".docx")
    )
    pack = write_pack(NEW, record, tmp_path / "pack", formats=("md",))
    names = [name.partition("-")[2] for name in pack.sums]
    title = "女职工权益保护专项集体合同变更协议书"
    assert {f"{title}送审表.md", f"关于{title}草案的决议.md"} <= set(names)
    (packed,) = (one for one in pack.path.iterdir() if one.suffix == ".docx" and "变更协议书" in one.name)
    assert packed.read_bytes() == agreement.read_bytes()


# ------------------------------------------------------------------ without it, and with another


def test_the_names_for_forms_of_an_amendment_hold_what_its_papers_print(folder: Path) -> None:
    held = {one.name: one.now for one in field_names(folder / "new.yaml", on=TODAY)}
    assert held["extent"] == "变更条文＿＿条、附件＿＿个"
    assert "altered" in held


def test_without_a_record_papers_bear_the_name_and_leave_what_is_altered_blank(folder: Path) -> None:
    prepared = prepare(folder / "new.yaml", today=TODAY)
    (told,) = (one for one in prepared.findings if one.rule == "amendment-record")
    assert "--record" in told.hint
    assert paper(prepared, "resolution").title == "关于女职工权益保护专项集体合同变更协议书草案的决议"
    for columns in (("条款",), ("事项", "法定标准"), ("事项", "变更后")):
        assert rows(prepared, *columns) == []


def test_where_nothing_is_amended_a_record_is_refused(record: Path) -> None:
    with pytest.raises(InputError, match="合同变更") as fault:
        prepare(FIRM, record=record, today=TODAY)
    assert "occasion: amendment" in fault.value.hint


def test_the_record_of_the_contract_itself_is_refused(folder: Path) -> None:
    (signed,) = (folder / "signed").glob("*.record.json")
    with pytest.raises(InputError, match="不是变更协议书"):
        prepare(folder / "new.yaml", record=signed, today=TODAY)


def test_the_record_of_another_firm_is_refused(folder: Path, record: Path, tmp_path: Path) -> None:
    text = (folder / "new.yaml").read_text("utf-8")
    for old, new in (
        ("name: 上海虚构云锦服装有限公司", "name: 上海乌有制衣有限公司"),
        ("  credit_code: ", "  # "),
    ):
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    other = tmp_path / "other.yaml"
    other.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="不是这家单位") as fault:
        prepare(other, record=record, today=TODAY)
    assert [one.rule for one in fault.value.findings] == ["other-employer"]


# ------------------------------------------------------------------ the pack of each form


PRINTING = TOP / "examples/printing-chapter/profile.yaml"


def packed(
    record: Path, profile: Path, target: Path, previous: Path | None = None, general: Path | None = None
) -> list[str]:
    """The names of the texts in a pack, without number."""
    write_pack(profile, record, target, formats=("md",), previous=previous, general=general)
    return sorted(one.stem.partition("-")[2] for one in target.iterdir() if one.suffix == ".docx")


def listed(target: Path) -> str:
    return next(target.glob("00-*.md")).read_text("utf-8")


def test_the_pack_of_an_amendment_holds_the_consolidated_text_and_where_it_is_named_the_contract(
    folder: Path, tmp_path: Path
) -> None:
    build(FIRM, out=tmp_path / "signed", formats=("docx",), final=True)
    (signed,) = (tmp_path / "signed").glob("*.record.json")
    files = amend(signed, NEW, out=tmp_path / "final", formats=("docx",), final=True).files
    (record,) = (one for one in files if "变更协议书" in one.name and one.suffix == ".json")
    title = "女职工权益保护专项集体合同"
    assert packed(record, NEW, tmp_path / "a") == [f"{title}变更协议书（定稿）", f"{title}合订文本（供对照）"]
    assert f"{title}（原合同复印件，由用人单位附入）" in listed(tmp_path / "a")
    assert f"报送的文本：{title}变更协议书" in listed(tmp_path / "a")
    assert f"{title}（原合同，供对照）" in packed(record, NEW, tmp_path / "b", signed)
    with pytest.raises(InputError, match="不是这份变更协议书所变更的合同"):
        packed(record, NEW, tmp_path / "c", record)
    with pytest.raises(InputError, match="--previous"):
        packed(signed, FIRM, tmp_path / "d", signed)


def test_the_pack_of_a_chapter_holds_the_general_contract_or_is_refused(
    tmp_path: Path,
) -> None:
    """Taken is the file of --into in which nothing waits: typed numbers rewritten, no reference to the old chapter."""
    contract, part = "上海乌有墨香印刷有限公司集体合同", "第六章 女职工权益保护"
    given, mended = PRINTING.with_name("general.docx"), tmp_path / "集体合同.docx"
    mended.write_bytes(without_old_references())
    signed = tmp_path / "签字的集体合同.docx"
    build(PRINTING, out=tmp_path / "signed", formats=("docx",), final=True, into=mended, renumber=True)
    next((tmp_path / "signed").glob("*换入第六章-定稿.docx")).rename(signed)
    for name, into, whole in (("alone", None, False), ("open", given, False), ("whole", mended, True)):
        out = tmp_path / name
        build(PRINTING, out=out, formats=("docx",), final=True, into=into, renumber=into is not None)
        (record,) = out.glob("*.record.json")
        if whole:
            assert packed(record, PRINTING, out / "pack") == [f"{contract}（含{part}，定稿）"]
        else:
            with pytest.raises(InputError) as fault:
                packed(record, PRINTING, out / "pack")
            assert ["没有集体合同全文" in one.message for one in fault.value.findings] == [True]
            assert "--main-contract" in fault.value.findings[0].hint and not (out / "pack").exists()
            found = packed(record, PRINTING, out / "pack", general=signed)
            assert found == [f"{contract}全文（含{part}）", f"{part}（定稿，含附件）"]
            assert "签在集体合同全文上" in listed(out / "pack")
            digest = hashlib.sha256(signed.read_bytes()).hexdigest()
            assert digest in listed(out / "pack") and digest in (out / "pack/SHA256SUMS.txt").read_text()
        assert f"报送的文本：{contract}（含第六章" in listed(out / "pack")


def test_the_general_contract_of_a_pack_is_a_word_or_pdf_file_in_which_nothing_waits(tmp_path: Path) -> None:
    build(PRINTING, out=tmp_path, formats=("docx",), final=True)
    (record,) = tmp_path.glob("*.record.json")
    for name in ("集体合同.txt", "general-换入第六章-待核对.docx"):
        (tmp_path / name).write_bytes(PRINTING.with_name("general.docx").read_bytes())
        with pytest.raises(InputError, match="不能作为报送的集体合同全文"):
            packed(record, PRINTING, tmp_path / "pack", general=tmp_path / name)
    build(FIRM, out=tmp_path / "own", formats=("docx",), final=True)
    (own,) = (tmp_path / "own").glob("*.record.json")
    with pytest.raises(InputError, match="--main-contract 只用于专章、附件"):
        packed(own, FIRM, tmp_path / "pack", general=PRINTING.with_name("general.docx"))
    assert not (tmp_path / "pack").exists()


def test_the_papers_of_an_annex_in_jiangsu_warn_that_the_rule_does_not_list_it(tmp_path: Path) -> None:
    file = tmp_path / "firm.yaml"
    file.write_text("employer: {name: 虚构厂}\nagreement: {place: jiangsu, form: annex}\n", encoding="utf-8")
    assert "agreement-form" in {one.rule for one in prepare(file, today=TODAY).findings}


def test_a_chapter_and_an_annex_are_voted_on_by_the_name_of_the_general_contract() -> None:
    for example, part in (("printing-chapter", "第六章"), ("hotel-annex", "附件3")):
        papers = prepare(TOP / "examples" / example / "profile.yaml", today=TODAY)
        for name in ("resolution", "ballot", "count-record"):
            text = write_markdown(paper(papers, name).document)
            assert f"集体合同》（含{part}" in text
        assert f"集体合同》{part}" in write_markdown(paper(papers, "proposal").document)


def test_the_record_of_another_contract_than_the_profile_names_is_refused(
    folder: Path, tmp_path: Path
) -> None:
    (signed,) = (folder / "signed").glob("*.record.json")
    text = NEW.read_text("utf-8")
    assert "    signing_day: 2026-12-01" in text
    for day, refused in (("2026-12-01", False), ("2025-12-01", True)):
        file = tmp_path / "new.yaml"
        file.write_text(
            text.replace("    signing_day: 2026-12-01", f"    signing_day: {day}"), encoding="utf-8"
        )
        if not refused:
            assert prepare(file, previous=signed, today=TODAY).papers
            continue
        with pytest.raises(InputError, match="上一份合同是2025-12-01签订的"):
            prepare(file, previous=signed, today=TODAY)
