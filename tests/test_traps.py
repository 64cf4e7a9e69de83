"""Traps: forty mistakes of a naive template; each is a test on the words of agreements, or on what the law answers.

Firms: tests/traps/firms.yaml. Words are asserted as patterns that carry the meaning, not as whole sentences.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from contractgen.agreement import Agreement, Provision, assemble, layout
from contractgen.checks import check_agreement
from contractgen.document import Paragraph, Table, plain
from contractgen.files import data_folder, load_yaml
from contractgen.findings import Severity
from contractgen.law import LawView, Norm, load_law
from contractgen.library import load_library
from contractgen.profile import Profile

TESTS = Path(__file__).parent
BASE = load_yaml(TESTS / "checks/base.yaml").data
FIRMS: Mapping[str, Any] = load_yaml(TESTS / "traps/firms.yaml").data

BEFORE = datetime.date(2021, 6, 1)  # birth leave of 30 days, no childcare leave, no information law
OLD = datetime.date(2022, 6, 1)  # the women's law of 2018 and the Shanghai measures of 2007
NEW = datetime.date(2023, 1, 1)  # the women's law of 2022 and the Shanghai rules of 2022
TODAY = datetime.date(2026, 12, 1)
DAYS = (BEFORE, OLD, NEW, TODAY)

REGULATION = "《女职工劳动保护特别规定》"
POPULATION_RULES = "《上海市人口与计划生育条例》"
WOMENS_LAW = "《中华人民共和国妇女权益保障法》"
SHANGHAI_RULES = "《上海市妇女权益保障条例》"
SHANGHAI_MEASURES = "《上海市实施〈中华人民共和国妇女权益保障法〉办法》"

NUMERAL = "[一二三四五六七八九十百千零]+"
CITED = re.compile(rf"《[^》]+》(?:附录)?第{NUMERAL}条(?:第{NUMERAL}款)?(?:第（?{NUMERAL}）?项)?")
CONSENT = r"同意|自愿|申请|协商一致|经批准|本人要求"
OVERTIME = r"加班|夜班|延长\S{0,6}(?:工作|劳动)时间"


# ------------------------------------------------------------------ a contract as its reader sees it


def merged(base: Any, change: Any) -> Any:
    if not isinstance(base, dict) or not isinstance(change, dict):
        return change
    found = {**base, **{key: merged(base.get(key), value) for key, value in change.items()}}
    return {key: value for key, value in found.items() if value is not None}


def printed(provision: Provision) -> Iterator[str]:
    """Every line of a provision; a table gives a line per row."""
    for block in provision.blocks:
        if isinstance(block, Table):
            yield from (" | ".join(cell.text for cell in row) for row in block.rows)
        else:
            yield getattr(block, "text", "")


@dataclass(frozen=True)
class Contract:
    agreement: Agreement

    @cached_property
    def clauses(self) -> Mapping[str, str]:
        """The text of every clause that is in it."""
        return {p.clause.id: "\n".join(printed(p)) for p in self.agreement.provisions if p.clause}

    @cached_property
    def text(self) -> str:
        """Everything that it prints."""
        preamble = [plain(line) for line in self.agreement.preamble]
        titles = [article.title for article in (*self.agreement.articles, *self.agreement.annexes)]
        return "\n".join([*preamble, *titles, *self.clauses.values()])

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return tuple(re.split(r"[。\n]", self.text))

    def clause(self, *ids: str) -> str:
        return "\n".join(self.clauses[clause_id] for clause_id in ids)

    def article(self, article_id: str) -> str:
        """All paragraphs of an article."""
        (article,) = [one for one in self.agreement.articles if one.id == article_id]
        return self.clause(*(p.clause.id for p in article.provisions if p.clause))

    def rows(self, annex: str, title: str) -> list[str]:
        """The rows of an annex whose first cell is ``title``."""
        return [line for line in self.clause(annex).split("\n") if line.startswith(f"{title} | ")]

    def compared(self, title: str) -> str:
        """The row of the comparison table on one number."""
        (row,) = self.rows("comparison-table", title)
        return row

    def basis(self, clause_id: str) -> tuple[Norm, ...]:
        """The law that a clause rests on."""
        (provision,) = (p for p in self.agreement.provisions if p.clause and p.clause.id == clause_id)
        return tuple(norm for _, norm in provision.basis if norm is not None)

    @cached_property
    def findings(self) -> Mapping[str, Severity]:
        """What the checks say, by rule."""
        return {finding.rule: finding.severity for finding in check_agreement(self.agreement)}


class Book:
    """The clause library and the law of a folder, from which contracts are made."""

    def __init__(self, folder: Path) -> None:
        self.library = load_library(folder)
        self.law = load_law(folder / "law")
        self._made: dict[tuple[str, datetime.date], Contract] = {}

    def contract(self, on: datetime.date = TODAY, firm: str = "union") -> Contract:
        if (firm, on) not in self._made:
            self._made[firm, on] = self.changed(FIRMS[firm], on)
        return self._made[firm, on]

    def changed(self, change: Any, on: datetime.date = TODAY) -> Contract:
        profile = Profile.model_validate(merged(BASE, change))
        return Contract(assemble(profile, self.law, self.library, on))

    def all(self) -> Iterator[Contract]:
        """The contracts of every firm on every day."""
        return (self.contract(on, firm) for firm in FIRMS for on in DAYS)

    def view(self, on: datetime.date = TODAY, place: str = "shanghai") -> LawView:
        return self.law.at(place, on)


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(data_folder("clauses"))


def pattern(words: str) -> str:
    """A pattern in which … stands for anything inside one sentence."""
    return words.replace("…", "[^。\\n]*?")


def says(text: str, *patterns: str) -> None:
    missing = [words for words in patterns if not re.search(pattern(words), text)]
    assert not missing, f"{missing} not in: {text[:400]}"


def is_silent(text: str, *patterns: str) -> None:
    found = [match.group() for words in patterns if (match := re.search(pattern(words), text))]
    assert not found, f"{found} in: {text[:400]}"


def cited(text: str) -> list[str]:
    return CITED.findall(text)


def article(norm: Norm | None) -> str:
    assert norm is not None
    return str(norm.source)


def team(
    employees: int, employer: int, *, chief: str = "样某乙", outsiders: int = 0, sex: str = "女"
) -> list[dict[str, Any]]:
    """So many representatives a side, the first of each its chief; outsiders are on the employees' side."""
    sides = [("employees", number) for number in range(employees)]
    sides += [("employer", number) for number in range(employer)]
    return [
        {
            "name": chief if (side, number) == ("employees", 0) else f"样某{side}{number}",
            "sex": sex,
            "side": side,
            "role": "职工" if side == "employees" else "经理",
            "chief": number == 0,
            "outside": side == "employees" and number >= employees - outsiders,
        }
        for side, number in sides
    ]


# ------------------------------------------------------------------ every contract


def test_every_article_that_is_cited_is_surely_known_and_in_force_that_day(book: Book) -> None:
    for contract in book.all():
        view = contract.agreement.view
        known = {str(norm.source) for key in view if (norm := view.get(key)) and norm.printable}
        for citation in cited(contract.text):
            assert any(one.startswith(citation) for one in known), (contract.agreement.on, citation)


def test_what_was_only_reported_is_never_printed_as_law(book: Book) -> None:
    for contract in book.all():
        view = contract.agreement.view
        reported = [norm for key in view if (norm := view.get(key)) and not norm.printable]
        assert reported
        for norm in reported:
            if norm.source.article:
                assert str(norm.source) not in contract.text, norm.key
        is_silent(contract.text, "《上海市女职工劳动保护办法》", "《上海市计划生育奖励与补助若干规定》")
        for value in contract.agreement.values.values():
            if value.floor is not None and not value.floor.printable:
                assert cited(contract.compared(value.title)) == [], value.name


def test_an_annotated_draft_marks_what_was_only_reported(book: Book) -> None:
    for on in DAYS:
        notes = [
            block.text
            for block in layout(book.contract(on).agreement, annotate=True).body
            if isinstance(block, Paragraph) and block.role == "note" and block.text.startswith("依据")
        ]
        reported = [line for line in notes if "《上海市女职工劳动保护办法》" in line]
        assert reported and all(
            "《上海市女职工劳动保护办法》（据公开报道，待核）" in line for line in reported
        )


def test_no_firm_meets_a_fault_of_the_library(book: Book) -> None:
    for contract in book.all():
        errors = [f for f in contract.agreement.findings if f.severity is Severity.ERROR]
        assert errors == [], [str(finding) for finding in errors]


# ------------------------------------------------------------------ leave and pay


def test_trap_01_maternity_leave_is_98_days_and_90_stands_nowhere(book: Book) -> None:
    for contract in book.all():
        is_silent(contract.text, r"90\s*(?:天|日)", r"九十(?:天|日)", "《中华人民共和国劳动法》第六十二条")
        is_silent(contract.text, "《劳动保障监察条例》第二十三条")
        says(contract.clause("maternity-leave"), r"产假98天")
        says(contract.compared("产假"), "98天", f"{REGULATION}第七条第一款")
    assert book.view(datetime.date(2012, 4, 27))["maternity_leave"].value == 90
    assert book.view(datetime.date(2012, 4, 28))["maternity_leave"].value == 98


@pytest.mark.parametrize(("on", "total"), [(BEFORE, "128天"), (OLD, "158天"), (TODAY, "158天")])
def test_trap_02_no_article_is_named_for_the_sum_of_both_leaves(
    book: Book, on: datetime.date, total: str
) -> None:
    contract = book.contract(on)
    summed = [sentence for sentence in contract.sentences if re.search(rf"(?<!\d){total}", sentence)]
    assert len(summed) >= 2 and all("《" not in sentence for sentence in summed)
    sums = [value for value in contract.agreement.values.values() if value.text == total]
    assert {value.parts for value in sums} == {("maternity_leave", "birth_leave")}
    assert all(value.floor is None for value in sums)
    assert cited(contract.compared("产假")) == [f"{REGULATION}第七条第一款"]
    birth_leave = [] if on == BEFORE else [f"{POPULATION_RULES}第三十一条第二款"]
    assert cited(contract.compared("生育假")) == birth_leave
    says(contract.clause("birth-leave", "birth-leave-use"), r"难产、多胞胎…(?:另计|不得与生育假…冲抵)")
    says(contract.clause("maternity-leave"), r"可以同时享受")


def test_trap_03_birth_leave_has_the_treatment_of_maternity_leave(book: Book) -> None:
    for on in DAYS:
        contract = book.contract(on)
        says(
            contract.clause("birth-leave-pay"),
            r"生育假享受…产假…待遇",
            r"未支付…津贴的天数，由用人单位按照本人工资",
            r"调整工资…生育假视作正常出勤",
        )
        (row,) = contract.rows("leave-and-pay-table", "生育假")
        (maternity,) = contract.rows("leave-and-pay-table", "产假")
        assert row.split(" | ")[2] == maternity.split(" | ")[2]
    assert article(book.view()["birth_leave_treatment"]) == f"{POPULATION_RULES}第三十一条第二款"
    says(book.contract().clause("birth-leave-allowance"), r"津贴的?支付期限…产假和生育假的全部天数")


def test_trap_04_the_15_days_before_birth_are_inside_the_98(book: Book) -> None:
    for contract in book.all():
        says(contract.clause("maternity-leave"), r"98天，其中产前…15天")
        (row,) = contract.rows("leave-and-pay-table", "产假")
        says(row, r"98天（其中产前…15天）")
        is_silent(contract.text, r"产前[^。；|]{0,8}(?:另加|另享|增加|加)15天", r"113天|173天")
        for value in contract.agreement.values.values():
            assert "maternity_leave_before_birth" not in value.parts


def test_trap_05_difficult_birth_is_a_matter_of_the_medical_record(book: Book) -> None:
    for contract in book.all():
        says(contract.clause("maternity-leave"), r"难产的，增加15天，以…(?:病历|诊断证明)…为准")
        is_silent(contract.text, r"剖宫产|剖腹产")
        says(contract.compared("难产增加的产假"), "15天", f"{REGULATION}第七条第一款")


def test_trap_06_miscarriage_is_maternity_leave_and_has_no_local_leave(book: Book) -> None:
    for contract in book.all():
        clause = contract.clause("miscarriage-leave")
        says(clause, r"未满4个月流产的，享受产假15天", r"怀孕满4个月流产的，享受产假42天", r"不得按照病假")
        is_silent(clause, "生育假", "《", r"符合…规定生育")
        is_silent(contract.clause("birth-leave", "birth-leave-use"), "流产")
        says(contract.clause("leave-pay"), r"产假（包括流产的产假）")
        says(contract.compared("怀孕满四个月流产的产假"), "42天", f"{REGULATION}第七条第二款")


def test_trap_07_only_the_local_leave_asks_for_a_lawful_birth(book: Book) -> None:
    for contract in book.all():
        national = contract.clause("maternity-leave", "maternity-leave-application", "miscarriage-leave")
        says(national, r"不以结婚登记…为条件")
        is_silent(national, r"符合…规定生育|已婚|准生|计划生育证明|结婚证|凭…生育登记")
        says(contract.clause("birth-leave"), r"符合法律、法规规定生育的女职工")


def test_trap_08_childcare_leave_is_for_each_parent_and_each_child(book: Book) -> None:
    assert "childcare-leave" not in book.contract(BEFORE).clauses
    for on in (OLD, NEW, TODAY):
        contract = book.contract(on)
        says(
            contract.clause("childcare-leave"),
            "不分男女",
            r"年满3周岁以前，每年享受育儿假5天",
            r"父母双方…各自享受，不合并",
        )
        per_child = contract.clause("childcare-leave-per-child")
        says(per_child, r"每名子女每年5天分别计算", r"自其出生之日起计算")
        is_silent(per_child, "《", "法律规定")
        is_silent(contract.clause("childcare-leave"), "母亲|女职工")
        assert cited(contract.compared("育儿假")) == [f"{POPULATION_RULES}第三十一条第三款"]
    national = book.view(place="national")
    assert national.get("childcare_leave") is None and national["childcare_leave_basis"].value is None
    assert not book.view()["childcare_leave_accumulates_per_child"].printable


def test_trap_09_men_have_their_leaves_from_the_same_contract(book: Book) -> None:
    for contract in book.all():
        says(contract.clause("scope-men"), r"陪产假…同样适用于…男职工")
        says(contract.clause("paternity-leave"), r"男职工，享受配偶陪产假10天", "正常出勤")
        if contract.agreement.on >= OLD:
            says(contract.clause("scope-men"), r"育儿假…同样适用于…男职工")


def test_trap_10_holidays_extend_the_local_leave_only_and_by_agreement(book: Book) -> None:
    for contract in book.all():
        says(contract.clause("maternity-leave"), r"产假按照自然日…法定节假日不顺延")
        is_silent(contract.clause("maternity-leave"), r"(?<!不)顺延")
        says(contract.article("paternity-leave"), "自然日")
    for on in (OLD, NEW, TODAY):
        clause = book.contract(on).article("birth-leave")
        says(clause, r"生育假遇…法定节假日…顺延")
        is_silent(clause, "《", "依法顺延|法律规定")
    is_silent(book.contract(BEFORE).clause("birth-leave-use"), "顺延")
    extended = book.view()["local_leave_extended_by_statutory_holidays"]
    assert not extended.printable and book.view(OLD).get(extended.key) is None


def test_trap_11_days_working_days_and_months_keep_their_units(book: Book) -> None:
    for contract in book.all():
        for value in contract.agreement.values.values():
            if value.floor is not None:
                assert value.unit == value.floor.unit, value.name
        says(
            contract.clause("definitions-counting"),
            r"以“日”计算的，按自然日",
            r"“工作日”不包括休息日和法定节假日",
        )
        says(contract.clause("antenatal-leave"), r"产前假合计2\.5个月")
        says(contract.clause("nursing-leave"), r"哺乳假为6\.5个月")
        says(contract.clause("amendment"), r"15日内书面答复")
        says(contract.clause("submission"), r"收到之日起10日内")
        says(contract.clause("term"), r"15日内未提出异议")
        is_silent(contract.text, r"\d+日(?:假|的产假|的生育假)", r"(?<!周)\d年的职工")
    says(book.contract().clause("childcare-leave"), r"育儿假按照工作日计算")
    view = book.view()
    assert (view["proposal_reply"].unit, view["report_to_higher_union"].unit) == (
        "calendar_day",
        "working_day",
    )
    assert (view["antenatal_leave"].unit, view["childcare_leave"].unit) == ("month", "day_per_year")
    says(book.contract().compared("育儿假的子女年龄上限"), "3周岁")
    says(book.contract().compared("临时照护安排适用的子女年龄"), "6周岁")


def test_trap_12_rest_before_birth_antenatal_leave_and_daily_rest_are_three_things(book: Book) -> None:
    for contract in book.all():
        leave = contract.clause("antenatal-leave")
        says(leave, r"产假之外另行计算", r"不抵扣…产前休假", r"不代替…工间休息")
        says(leave, r"医疗保健机构证明", "习惯性流产", r"3个工作日内书面批准", r"其他怀孕女职工申请…书面答复")
        says(contract.clause("pregnancy-rest"), r"满7个月起…每日劳动时间内安排其休息", "计入劳动时间")
        says(contract.clause("maternity-leave"), r"其中产前可以休15天")
    must = book.view()["antenatal_leave_must_be_approved"]
    assert must.force == "duty" and article(must) == f"{SHANGHAI_RULES}第四十五条第五款"


def test_trap_13_antenatal_and_nursing_leave_have_two_floors(book: Book) -> None:
    for on in (NEW, TODAY):
        contract = book.contract(on)
        for clause_id in ("antenatal-leave", "nursing-leave"):
            says(
                contract.clause(clause_id),
                r"不低于本人原工资的80%，并且不低于上海市最低工资标准",
                r"调整工资时，\S{2,3}假视作正常出勤",
            )
        assert len(re.findall("最低工资标准", contract.clause("leave-and-pay-table"))) == 1
        for title in ("产前假、哺乳假工资", "产前假、哺乳假工资的最低工资底线"):
            assert cited(contract.compared(title)) == [f"{SHANGHAI_RULES}第四十五条第七款"]
    old = book.contract(OLD)
    for clause_id in ("antenatal-leave", "nursing-leave"):
        says(old.clause(clause_id), r"原工资性收入80%", "视作正常出勤")
        is_silent(old.clause(clause_id), "最低工资")
    is_silent(old.clause("leave-and-pay-table"), "本人原工资", "最低工资")
    assert cited(old.compared("产前假、哺乳假工资")) == [f"{SHANGHAI_MEASURES}第二十三条第五款"]


def test_trap_14_antenatal_checks_have_no_cap_and_the_other_checks_no_law(book: Book) -> None:
    for contract in book.all():
        clause = contract.clause("antenatal-examination")
        says(clause, r"产前检查…次数不限|次数不限", "计入劳动时间")
        is_silent(clause, r"(?:最多|至多|不超过|以内|限)\s*\d+\s*(?:次|天|日)", "《")
        is_silent(clause, r"(?:法律|法规|依法|条例)…(?:婚前|孕前)")
    is_silent(book.contract(BEFORE).clause("antenatal-examination"), "婚前|孕前")
    says(book.contract().clause("antenatal-examination"), "婚前", "孕前")
    assert book.view()["premarital_preconception_checks_encouraged"].force == "encouraged"
    agreed = [one.agreed for one in book.library.clause("antenatal-examination").basis if one.agreed]
    says("".join(agreed), r"婚前…孕前…约定")
    for on in DAYS:
        quota = book.contract(on, "piece-rate").clause("antenatal-examination-quota")
        says(quota, r"减少女职工当月的定额", r"不得要求其补足")
        assert "antenatal-examination-quota" not in book.contract(on).clauses


def test_trap_15_no_consent_lifts_the_ban_on_overtime_and_night_work(book: Book) -> None:
    for contract in book.all():
        says(
            contract.clause("pregnancy-hours"),
            r"满7个月起，用人单位不得延长其劳动时间",
            r"满7个月起，用人单位不得安排其夜班",
            r"本人同意或者申请的，也不得安排",
        )
        says(
            contract.clause("nursing-hours"),
            r"满12个月以前，用人单位不得延长女职工的劳动时间，不得安排其夜班",
            r"本人同意或者申请的，也不得安排",
        )
        bans = contract.clause("pregnancy-hours", "nursing-hours")
        is_silent(bans, r"除外|但书|可以(?:安排|延长)|协商一致|自愿|《中华人民共和国劳动法》")
        for part in re.split(r"[。；\n]", contract.text):
            if re.search(OVERTIME, part) and re.search(CONSENT, part) and re.search("孕|哺乳|婴儿", part):
                says(part, r"不得")
        is_silent(
            contract.text,
            rf"(?:{CONSENT})[^。；，]{{0,12}}，?[^。；，不]{{0,8}}可以[^。；，]{{0,6}}(?:{OVERTIME})",
        )


def test_trap_16_nursing_time_asks_for_no_breast_feeding_and_counts_every_infant(book: Book) -> None:
    for contract in book.all():
        says(
            contract.clause("nursing-break"),
            r"未满12个月…每日劳动时间内安排1小时哺乳时间",
            r"多胞胎的，每多一个婴儿每日增加1小时",
            r"不以母乳喂养为条件",
            "计入劳动时间",
        )
        says(contract.clause("definitions"), r"哺乳期…满12个月…与喂养方式无关")
        says(contract.clause("nursing-hours"), r"不因停止母乳喂养而缩短")
        (row,) = contract.rows("leave-and-pay-table", "哺乳时间")
        says(row, r"多胞胎每多一个婴儿每日增加1小时")
        assert cited(contract.compared("多胞胎每多哺乳一个婴儿每天增加的哺乳时间")) == [
            f"{REGULATION}第九条第二款"
        ]


def test_trap_17_neither_national_nor_local_leave_is_offset_against_annual_leave(book: Book) -> None:
    for contract in book.all():
        clause = contract.clause("maternity-leave")
        says(clause, r"产假以及地方规定增加的假期不计入年休假", r"不得以…休过这些假期为由减少…年休假")
        norms = {norm.key for norm in contract.basis("maternity-leave")}
        assert "annual_leave_not_offset_by_maternity" in norms
        if contract.agreement.on >= OLD:
            says(contract.clause("childcare-leave"), r"育儿假不折抵年休假")
        is_silent(contract.text, r"(?<!不)(?<!不得)(?:折抵|抵扣|冲抵)[^。；]{0,4}年休假(?!和其他)")


def test_trap_18_rest_for_a_womens_day_on_a_weekend_is_agreed_not_law(book: Book) -> None:
    for contract in book.all():
        clause = contract.clause("womens-day-weekend")
        says(clause, r"适逢周六、周日的，法律规定不补假；双方约定…另给")
        is_silent(clause, "《", r"依法[^，。]*(?:补假|补休)[^，。]*周")
        says(contract.clause("womens-day"), r"妇女节当日为工作日的…放假半天")
        assert cited(contract.compared("妇女节适逢休息日另给的休息")) == []
        assert cited(contract.compared("妇女节放假")) == ["《全国年节及纪念日放假办法》第三条第一项"]
    assert article(book.view()["womens_day_weekend_rule"]) == "《全国年节及纪念日放假办法》第六条"


def test_trap_19_the_allowance_has_the_employers_average_as_base_and_is_topped_up(book: Book) -> None:
    for contract in book.all():
        says(
            contract.clause("leave-pay"),
            r"生育津贴，计发标准为用人单位上年度职工月平均工资",
            r"津贴低于本人工资的，由用人单位补足差额",
            r"高于本人工资的，用人单位不得截留",
            r"未参加生育保险的…用人单位按照本人产假前工资",
            r"生育保险费由用人单位缴纳，不得向职工收取",
        )
        is_silent(
            contract.text, r"津贴(?:为|是|等于|按照?)(?:其|本人)?(?:全额|全部|原)?工资(?!补)", "全额工资"
        )
        keys = {norm.key for norm in contract.basis("leave-pay")}
        assert {"maternity_allowance_insured", "maternity_insurance_employer_pays"} <= keys


def test_trap_20_the_interval_of_checks_is_agreed_where_the_law_says_only_regularly(book: Book) -> None:
    title = "妇科和乳腺检查的间隔"
    for on in (NEW, TODAY):
        contract = book.contract(on)
        clause = contract.clause("gynecological-examination")
        says(clause, r"定期为女职工安排妇科疾病、乳腺疾病检查", r"双方约定…间隔不得超过1年")
        is_silent(clause, "《", r"法律规定|法规规定|每两年|每年")
        assert cited(contract.compared(title)) == []
        is_silent(contract.compared(title), "2年|两年|法定")
        assert book.view(on).get("gynecological_examination_interval") is None
        assert book.view(on)["gynecological_examination"].value is None
    assert not book.view()["gynecological_examination_interval_1990_rule"].printable
    for on in (BEFORE, OLD):
        row = book.contract(on).compared(title)
        says(row, "1年", "2年")
        assert cited(row) == [f"{SHANGHAI_MEASURES}第二十四条第一款"]


# ------------------------------------------------------------------ equality and dismissal


def test_trap_21_the_list_of_what_marriage_and_birth_may_not_cost_grew_in_2023(book: Book) -> None:
    grounds = r"不得因…结婚、怀孕、产假、哺乳等情形"
    for on in (NEW, TODAY):
        contract = book.contract(on)
        says(
            contract.clause("pay-security"),
            rf"{grounds}降低其工资和福利待遇，限制其晋职、晋级、评聘专业技术职称和职务",
        )
        says(contract.clause("job-security"), rf"{grounds}辞退…单方解除")
        says(contract.clause("promotion"), rf"{grounds}限制…晋升")
        articles = {article(norm) for norm in contract.basis("pay-security")}
        assert f"{WOMENS_LAW}第四十八条第一款" in articles
    for on in (BEFORE, OLD):
        contract = book.contract(on)
        first = contract.clause("pay-security").split("\n")[0]
        says(first, rf"{grounds}降低其工资")
        is_silent(first, "福利待遇|晋职")
        says(contract.clause("job-security"), rf"{grounds}辞退…单方解除")
        articles = {article(norm) for norm in contract.basis("pay-security")}
        assert f"{WOMENS_LAW}第二十七条第一款" in articles


def test_trap_22_an_expiring_contract_runs_to_the_end_of_nursing(book: Book) -> None:
    for contract in book.all():
        clause = contract.clause("contract-extension")
        says(clause, r"孕期、产期、哺乳期内…期满的，…[延续]{2}至哺乳期满")
        is_silent(clause.split("；")[0], r"[延续]{2}至(?!哺乳期满)")
        says(contract.clause("definitions"), r"哺乳期，指自分娩之日起至婴儿满12个月之日止")
        articles = {article(norm) for norm in contract.basis("contract-extension")}
        assert "《中华人民共和国劳动合同法》第四十五条" in articles
    shorter = book.view()["contract_extension_to_end_of_maternity_leave"]
    assert article(shorter) == f"{WOMENS_LAW}第四十八条第二款"
    says(book.contract().clause("contract-extension"), "不以产假结束为限")


def test_trap_23_dismissal_for_fault_remains_with_proof_and_notice_to_the_union(book: Book) -> None:
    for contract in book.all():
        clause = contract.clause("job-security")
        says(clause, r"不得以预告通知…裁减人员的方式解除", "试用期内同样适用")
        says(
            clause,
            r"《中华人民共和国劳动合同法》规定的过错情形的，用人单位应当以证据证明",
            r"解除前…书面通知工会",
        )
        is_silent(contract.text, r"任何情况下?[^。；]{0,12}不得解除|一律不得解除|不得以任何理由解除|绝对不得")
    without = book.contract(firm="no-union").clause("definitions-no-union")
    says(without, r"应当事先通知工会的…同时书面通知上海市虚构区总工会")
    keys = {norm.key for norm in book.contract().basis("job-security")}
    assert {
        "fault_dismissal_still_possible",
        "probation_dismissal_limited",
        "union_notice_before_dismissal",
    } <= keys


def test_trap_24_a_pregnant_woman_is_moved_only_on_a_certificate_or_by_agreement(book: Book) -> None:
    for contract in book.all():
        clause = contract.clause("pregnancy-work")
        says(
            clause,
            r"调整孕期女职工的岗位…医疗机构的证明为依据，或者与女职工协商一致，并由双方书面确认",
            r"既无证明又未协商一致的，用人单位不得调整",
            r"不得降低…工资",
        )
        if contract.agreement.on >= NEW:
            says(clause, r"不得降低女职工的工资和福利待遇")
        is_silent(contract.text, r"(?:有权|可以)(?:根据[^。；，]*)?(?:单方)?调整(?:孕期|怀孕)女职工")


def test_trap_25_no_right_is_waived_anywhere(book: Book) -> None:
    for contract in book.all():
        says(
            contract.clause("precedence-individual"),
            r"不得要求职工以声明、承诺书…放弃…权利；…已经作出的，用人单位不得据此",
        )
        for sentence in contract.sentences:
            if re.search("放弃|自愿[^。]{0,8}承诺", sentence):
                says(sentence, "不得|不表示|无效")
        is_silent(contract.text, r"(?:自愿|可以|同意)放弃", r"视为(?:自愿)?放弃", r"弃权书")
    view = book.view()
    assert article(view["waiver_of_rights_void"]) == "《中华人民共和国劳动合同法》第二十六条第一款第二项"
    assert article(view["personality_rights_not_waivable"]) == "《中华人民共和国民法典》第九百九十二条"


def test_trap_26_all_women_are_covered_dispatched_women_too(book: Book) -> None:
    for contract in book.all():
        scope = contract.clause("scope")
        says(scope, r"全部女职工，不论是否加入工会", "试用期", "非全日制")
        is_silent(contract.text, r"(?:仅|只)(?:适用于|限于?)[^。；]{0,8}(?:会员|正式)", "正式职工|正式员工")
    for on in DAYS:
        dispatched = book.contract(on, "dispatched")
        says(
            dispatched.clause("scope-dispatched"), r"与本单位女职工适用同一标准，实行同工同酬", "劳动安全卫生"
        )
        assert "scope-dispatched" not in book.contract(on).clauses
    articles = {article(norm) for norm in book.contract(firm="dispatched").basis("scope-dispatched")}
    assert {
        "《中华人民共和国劳动合同法》第六十二条第一款第一项",
        "《中华人民共和国劳动合同法》第六十三条第一款",
    } <= articles


def test_trap_27_hiring_has_the_five_named_bans(book: Book) -> None:
    for on in (NEW, TODAY):
        contract = book.contract(on)
        clause = contract.clause("hiring")
        says(
            clause,
            r"限定男性或者男性优先",
            r"(?:询问|了解)…婚育情况",
            r"妊娠测试列入入职体检",
            r"限制结婚、生育或者婚姻、生育状况作为录（聘）用条件",
            r"其他性别理由拒绝录（聘）用妇女，或者差别化地提高",
        )
        is_silent(
            contract.text,
            r"应当(?:如实)?(?:告知|说明|填写)[^。；，]{0,6}(?:婚姻|婚育|生育)(?:状况|情况|计划)",
        )
        named = {norm.key for norm in contract.basis("hiring")}
        assert len([key for key in named if key.startswith("hiring_ban_")]) == 5
    for on in (BEFORE, OLD):
        says(book.contract(on).clause("hiring"), r"不得在招聘…询问婚育", r"不得将妊娠测试")
    view = book.view()
    fine = (view["penalty_hiring_dismissal_minimum"], view["penalty_hiring_dismissal_maximum"])
    assert [norm.value for norm in fine] == [10_000, 50_000]
    assert {article(norm) for norm in fine} == {f"{WOMENS_LAW}第八十三条"}


def test_trap_28_content_on_women_is_a_duty_and_the_form_of_a_special_contract_a_choice(book: Book) -> None:
    for on in (NEW, TODAY):
        contract = book.contract(on)
        says(
            contract.clause("purpose"),
            rf"{WOMENS_LAW}第四十四条第二款要求集体合同包含…男女平等和女职工权益保护",
        )
        says(contract.clause("labor-contract-terms"), r"与女职工订立…合同…应当写入女职工特殊保护条款")
        view = book.view(on)
        must = view["collective_contract_must_cover_gender_equality"]
        assert (must.kind, must.force) == ("duty", "duty")
        assert view["special_collective_contract_allowed"].kind == "procedure"
        assert view["labor_contract_women_clause"].kind == "duty"
    for contract in book.all():
        is_silent(contract.text, r"(?:必须|应当)(?:单独)?(?:签订|订立)[^。；]{0,4}专项集体合同")
    assert book.view(OLD).get("collective_contract_must_cover_gender_equality") is None
    is_silent(book.contract(OLD).clause("purpose"), "第四十四条")


# ------------------------------------------------------------------ harassment and personal information

MEASURES = {  # the eight measures: law -> clauses and what they say
    "harassment_rules": (("harassment-rules",), r"制定…禁止性骚扰的规章制度"),
    "harassment_responsible_body": (("harassment-body",), r"为防治性骚扰的负责机构，…为负责人员"),
    "harassment_training": (("harassment-training",), r"每年至少组织1次…性骚扰的全员培训"),
    "harassment_security": (("harassment-security",), r"照明…(?:紧急呼叫|监控)"),
    "harassment_complaint_channels": (
        ("harassment-complaints",),
        r"性骚扰投诉电话…和投诉信箱[\s\S]*长期公布",
    ),
    "harassment_investigation_and_privacy": (
        ("harassment-handling", "harassment-outcome"),
        r"下列程序处理性骚扰投诉[\s\S]*调查组[\s\S]*应当保密，不得透露",
    ),
    "harassment_victim_support": (("harassment-support",), r"心理疏导[\s\S]*报案或者起诉的，提供"),
    "harassment_other_measures": (("harassment-security",), r"匿名问卷|不得安排…同住"),
}


@pytest.mark.parametrize("key", MEASURES)
def test_trap_29_each_of_the_eight_measures_against_harassment_is_taken(book: Book, key: str) -> None:
    ids, words = MEASURES[key]
    for on in (NEW, TODAY):
        contract = book.contract(on)
        says(contract.clause(*ids), words)
        covered = {one for clause in contract.agreement.clauses for one in clause.covers}
        norm = book.view(on)[key]
        assert key in covered and norm.force == "duty"
        assert article(norm).startswith(f"{WOMENS_LAW}第二十五条第")
        assert any(key in {one.key for one in contract.basis(clause_id)} for clause_id in ids)


def test_trap_30_everyone_is_protected_against_everyone(book: Book) -> None:
    for contract in book.all():
        clause = contract.clause("harassment-prohibition")
        says(clause, "任何人不得违背他人意愿", r"不论性别|女职工和男职工同受保护")
        is_silent(clause, r"不得违背(?:妇女|女职工)", r"(?:上级|管理人员)不得[^。；]{0,10}(?:骚扰|冒犯)")
        if contract.agreement.on >= NEW:
            says(clause, r"客户、供应商或者其他外部人员", "应聘人员", "被派遣劳动者")
        else:
            says(clause, r"上级、同事或者来访人员")
        articles = {article(norm) for norm in contract.basis("harassment-prohibition")}
        assert any("《中华人民共和国民法典》第一千零一十条" in one for one in articles)


def test_trap_31_days_for_a_harassment_case_are_agreed_and_the_result_is_written(book: Book) -> None:
    for contract in book.all():
        text = contract.clause("harassment-complaints", "harassment-handling")
        says(text, r"个工作日内…书面告知投诉人", r"处理结果书面告知投诉人")
        is_silent(text, "法定期限|法律规定的期限|依法在", "《")
        for value in contract.agreement.values.values():
            if value.clause.startswith("harassment-"):
                assert value.floor is None and cited(contract.compared(value.title)) == [], value.name
    for on in DAYS:
        view = book.view(on)
        norms = [norm for key in view if "harass" in key and (norm := view.get(key))]
        assert norms and all(norm.value is None for norm in norms)
    assert article(book.view(place="national")["harassment_complaint_written_result"]).startswith(
        f"{WOMENS_LAW}第二十三条"
    )


def test_trap_32_the_contract_is_nobodys_consent(book: Book) -> None:
    for contract in book.all():
        clause = contract.clause("information-basis")
        says(clause, r"本合同(?:不是任何职工的个人|不代替职工本人的)同意，职工方也不代职工作出同意")
        is_silent(contract.text, r"(?:签订|签署)本合同(?:即|视为|视同)[^。；]{0,10}同意")
        if contract.agreement.on >= OLD:
            says(
                clause,
                r"必需…，以《中华人民共和国个人信息保护法》第十三条第一款第二项为依据",
                r"本人…自愿同意",
            )
        else:
            is_silent(contract.text, "《中华人民共和国个人信息保护法》")


def test_trap_33_health_data_need_necessity_separate_consent_and_assessment(book: Book) -> None:
    for on in (OLD, NEW, TODAY):
        contract = book.contract(on)
        says(
            contract.clause("sensitive-information"),
            r"怀孕、流产、生育",
            r"告知处理的必要性和对本人的影响",
            "单独的同意书",
            r"事先进行个人信息保护影响评估",
            r"记录至少保存3年",
            r"只核对就诊时间",
            r"检查结果由检查机构直接交本人，用人单位不得索取",
        )
        row = contract.compared("个人信息保护影响评估报告和处理情况记录的保存期")
        assert cited(row) == ["《中华人民共和国个人信息保护法》第五十六条第二款"]
        says(contract.clause("complaint-card"), "单独同意书", "不提交检查结果")
    for contract in book.all():
        says(contract.clause("antenatal-examination"), r"不得要求提供检查结果和病历")
        says(
            contract.article("gynecological-examination"),
            r"结果由医疗机构直接交给女职工本人",
            "不得向医疗机构或者本人索取",
        )


def test_trap_34_a_childs_certificate_is_shown_and_not_kept(book: Book) -> None:
    for on in (OLD, NEW, TODAY):
        contract = book.contract(on)
        clause = contract.clause("children-information")
        says(
            clause,
            r"不满14周岁子女",
            "专门的处理规则",
            r"监护人的职工在单独的同意书",
            r"只查验…不留存…复印件",
        )
        articles = {article(norm) for norm in contract.basis("children-information")}
        assert any("《中华人民共和国个人信息保护法》第三十一条" in one for one in articles)
        for clause_id in ("maternity-leave-application", "childcare-leave"):
            says(contract.clause(clause_id), r"出示…证明…查验后退还，不留存复印件")
        is_silent(contract.text, r"(?<!不)(?:提交|留存|交存)[^。；，]{0,6}出生医学证明[^。；，]{0,4}复印件")


def test_trap_35_data_have_an_end_and_names_are_not_posted(book: Book) -> None:
    for contract in book.all():
        clause = contract.clause("information-retention")
        says(clause, r"保存2年", r"期满…(?:删除|销毁)", r"不得以公告、考勤公示、群消息")
        is_silent(contract.text, r"长期保存|永久保存|根据(?:公司|单位|用人单位)需要保存|按需保存")
        if contract.agreement.on >= OLD:
            says(clause, r"未经本人单独同意，不得以公告", r"只能由…查阅")
        kept = [norm.key for norm in contract.basis("information-retention")]
        assert ("pi_retention_minimum" in kept) is (contract.agreement.on >= OLD)


# ------------------------------------------------------------------ procedure and sources


def test_trap_36_the_contract_takes_effect_15_days_after_receipt_without_objection(book: Book) -> None:
    for contract in book.all():
        clause = contract.clause("term")
        says(clause, r"收到…文本之日起15日内未提出异议的，本合同即行生效", r"生效日期晚于…，期限自生效之日起")
        is_silent(contract.text, r"(?:签字|签订|签署|盖章|通过)(?:之日|后)?(?:起|即)?(?:即行|立即)?生效")
        assert cited(contract.compared("集体合同审查期")) == ["《上海市集体合同条例》第二十三条第三款"]
    early = {"agreement": {"start": datetime.date(2026, 12, 2), "end": datetime.date(2029, 12, 1)}}
    assert "start-day" in book.changed(early).findings
    assert "start-day" not in book.contract().findings


def test_the_term_of_an_amendment_has_begun_and_is_not_to_be_put_off(book: Book) -> None:
    begun = {"start": datetime.date(2026, 1, 1), "end": datetime.date(2028, 12, 31)}
    assert "start-day" in book.changed({"agreement": {**begun, "occasion": "renewal"}}).findings
    assert "start-day" not in book.changed({"agreement": {**begun, "occasion": "amendment"}}).findings


def test_trap_37_votes_are_counted_against_all_and_cast_in_secret(book: Book) -> None:
    result = book.contract()
    says(
        result.clause("adoption-result"),
        r"120人，达到全体职工代表三分之二以上",
        r"90人赞成，达到全体职工代表半数以上",
    )
    says(result.clause("adoption-ballot"), "无记名投票")
    says(
        book.contract(firm="small").clause("adoption-meeting-result"),
        r"45人，达到全体职工三分之二",
        r"全体职工半数以上",
    )
    ahead = book.contract(firm="before-the-vote")
    says(
        ahead.clause("adoption", "adoption-vote", "adoption-papers"),
        r"全体职工代表…三分之二以上出席",
        r"全体职工代表…半数以上同意",
        r"缺席和弃权的人数计入全体",
        r"会议召开7日前…送交",
        "无记名投票",
    )
    for contract in book.all():
        says(
            contract.clause("amendment-procedure"),
            r"提交职工代表大会或者职工大会重新表决",
            r"没有重新表决通过的，不发生…效力",
        )
        is_silent(contract.text, r"到会\S{0,8}半数|出席\S{0,8}(?:半数|过半)以?上?同意", "举手表决", "过半数")

    def voted(**congress: Any) -> Mapping[str, Severity]:
        return book.changed({"bargaining": {"congress": congress}}).findings

    error = Severity.ERROR
    assert not {"congress-majority", "congress-quorum", "secret-ballot"} & set(voted())
    assert voted(votes_for=89, votes_against=31, abstentions=0)["congress-majority"] is error
    assert voted(present=119, votes_for=90, votes_against=20, abstentions=9)["congress-quorum"] is error
    assert voted(secret_ballot=False)["secret-ballot"] is error
    late = book.changed({"bargaining": {"papers_sent_day": datetime.date(2026, 10, 26)}})
    assert "papers-ahead" in late.findings
    half = book.view()["adoption_majority"]
    assert half.met_by(Fraction(1, 2)) and not replace(half, strict=True).met_by(Fraction(1, 2))
    assert article(half) == "《上海市集体合同条例》第二十二条第二款"
    assert article(book.view()["change_needs_new_vote"]) == "《上海市职工代表大会条例》第三十四条"


def test_trap_38_every_clock_has_its_own_start_and_length(book: Book) -> None:
    for contract in book.all():
        says(
            contract.clause("submission"),
            r"通过情况书面告知用人单位，由用人单位签收",
            r"自收到之日起10日内，向…人力资源社会保障部门报送",
        )
        is_silent(contract.clause("submission"), r"签字之日起|签订之日起")
        assert "submission-elsewhere" not in contract.clauses
    shanghai, national = book.view(), book.view(place="national")
    assert (shanghai["submission_deadline"].value, shanghai["submission_deadline"].starts) == (
        10,
        "notice_received",
    )
    assert (national["submission_deadline"].value, national["submission_deadline"].starts) == (10, "signed")
    assert (shanghai["proposal_reply"].value, national["proposal_reply"].value) == (15, 20)
    assert shanghai["authority_review"].starts == "filed"
    assert article(shanghai["proposal_reply"]) == "《上海市集体合同条例》第十五条第一款"
    elsewhere = book.changed({"agreement": {"place": "national"}})
    says(elsewhere.clause("submission-elsewhere"), r"自双方首席代表签字之日起10日内")
    says(elsewhere.clause("amendment"), r"20日内书面答复")
    sixteenth = {"bargaining": {"reply_day": datetime.date(2026, 9, 17)}}
    assert "reply-in-time" in book.changed(sixteenth).findings
    assert "reply-in-time" not in book.contract().findings
    assert "reply-in-time" not in book.changed({**sixteenth, "agreement": {"place": "national"}}).findings


TEAMS = {
    "representatives-number": team(2, 2),
    "representatives-balance": team(3, 4),
    "outside-representatives": team(3, 3, outsiders=2),
    "woman-representative": team(3, 3, sex="男"),
    "chief-representative": team(3, 3, chief="样某丁"),
}


@pytest.mark.parametrize("rule", TEAMS)
def test_trap_39_a_bargaining_team_has_its_rules(book: Book, rule: str) -> None:
    def findings(representatives: list[dict[str, Any]]) -> set[str]:
        found = book.changed({"bargaining": {"representatives": representatives}}).findings
        return {one for one, severity in found.items() if severity is not Severity.ADVICE} & set(TEAMS)

    assert findings(TEAMS[rule]) == {rule}
    assert findings(team(3, 3, outsiders=1)) == set()


def test_trap_39_representatives_keep_their_posts(book: Book) -> None:
    for contract in book.all():
        says(
            contract.clause("principles"),
            r"不得因职工担任协商代表…解除劳动合同；无正当理由不得变更其工作岗位",
        )
    view = book.view()
    assert article(view["rep_no_post_change"]) == "《上海市集体合同条例》第十条第二款"
    assert (view["representatives_minimum"].value, view["outside_representatives_maximum"].value) == (
        3,
        Fraction(1, 3),
    )
    assert article(view["outside_representatives_maximum"]) == "《上海市集体合同条例》第七条第四款"


def test_trap_40_citations_are_those_of_the_day_and_later_or_other_law_is_let_in(book: Book) -> None:
    for slug in ("women-rights-law-2018", "women-rights-shanghai-2007"):
        ended = book.law.instrument("shanghai", slug)
        assert ended.holds(NEW - datetime.timedelta(days=1)) and not ended.holds(NEW)
    for on in (NEW, TODAY):
        for firm in FIRMS:
            contract = book.contract(on, firm)
            is_silent(contract.text, SHANGHAI_MEASURES)
            says(contract.clause("purpose-local"), SHANGHAI_RULES)
            for number in "二十四", "二十六", "二十七", "四十":
                is_silent(contract.text, f"{WOMENS_LAW}第{number}条")
            for clause in contract.agreement.clauses:
                for norm in contract.basis(clause.id):
                    assert norm.source.instrument.holds(on), (clause.id, norm.key)
                    assert norm.source.instrument.slug != "women-rights-law-2018"
    for on in (BEFORE, OLD):
        for firm in FIRMS:
            contract = book.contract(on, firm)
            says(contract.clause("purpose-local"), SHANGHAI_MEASURES)
            is_silent(
                contract.text, SHANGHAI_RULES, f"{WOMENS_LAW}第四十[三四五八]条", f"{WOMENS_LAW}第二十五条第"
            )
            for clause in contract.agreement.clauses:
                for norm in contract.basis(clause.id):
                    assert norm.source.instrument.slug != "women-rights-law-2022", (clause.id, norm.key)
    for contract in book.all():
        says(
            contract.clause("better-law"),
            r"新施行的法律…对职工更有利的，自其施行之日起直接适用",
            r"工作地在其他地区的，适用该地标准",
            r"低于本合同的，仍?按照本合同执行",
        )
    assert (
        article(book.view()["place_of_performance_standard"])
        == "《中华人民共和国劳动合同法实施条例》第十四条"
    )
