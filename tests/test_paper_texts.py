"""The texts of papers: each says what it must, and no more than is known; what is computed stands in the agreement."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from contractgen.document import (
    Block,
    Cell,
    Document,
    Item,
    Lines,
    Paragraph,
    Signing,
    Subheading,
    Table,
    Text,
)
from contractgen.formats.text import write_markdown
from contractgen.law import load_law
from contractgen.library import load_library
from contractgen.papers import Filled, prepare
from contractgen.papers.blanks import blanks_of
from contractgen.papers.loading import load_papers
from contractgen.papers.tables.duties import duties_of
from contractgen.papers.words import conditional
from contractgen.profile import blank_profile

TOP = Path(__file__).resolve().parent.parent
TEMPLATES = TOP / "templates" / "papers"
FIRM = TOP / "examples" / "firm.yaml"
AMENDMENT = TOP / "examples" / "firm.amendment.yaml"
SIYANG = TOP / "examples" / "siyang-clothing" / "profile.yaml"
XINGHUA = TOP / "examples" / "xinghua-steel" / "profile.yaml"
HOTEL = TOP / "examples" / "hotel-annex" / "profile.yaml"
HAINING = TOP / "examples" / "haining-knitting" / "profile.yaml"
COURIERS = TOP / "examples" / "courier-station" / "profile.yaml"
PRINTING = TOP / "examples" / "printing-chapter" / "profile.yaml"
EXAMPLES = sorted([FIRM, *TOP.glob("examples/*/profile.yaml")])
SAMPLES = (FIRM, SIYANG, HAINING, COURIERS)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@cache
def papers(profile: Path) -> Mapping[str, Filled]:
    return {one.paper.name: one for one in prepare(profile).papers}


@cache
def text(profile: Path, name: str) -> str:
    return write_markdown(papers(profile)[name].document)


def loaded(path: Path) -> Any:
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def of(folder: Path, changes: Mapping[str, object], profile: Path = FIRM) -> Mapping[str, Filled]:
    """The papers of a profile with other answers; None takes an answer away."""
    data = loaded(profile)
    for path, value in changes.items():
        *groups, last = path.split(".")
        group = data
        for one in groups:
            group = group.setdefault(one, {})
        group[last] = value
    file = folder / "firm.yaml"
    with file.open("w", encoding="utf-8") as stream:
        YAML(typ="safe", pure=True).dump(data, stream)
    return {one.paper.name: one for one in prepare(file).papers}


# ------------------------------------------------------------------ what each paper must hold

MUST: dict[str, tuple[Path, tuple[str, ...]]] = {
    "concerns-survey": (FIRM, ("需要程度", "单位现在怎样做", "法定标准", "不写姓名", "意见和建议")),
    "concerns-summary": (
        FIRM,
        ("职工总数", "410", "孕期人数", "哺乳期人数", "印花车间调浆岗", "提出人数", "排序", "现行做法", "法定标准", "差距"),
    ),
    "proposal": (
        FIRM,
        (
            "上海虚构云锦服装有限公司", "第五十二条", "事由", "协商的议题", "建议的时间和地点", "每方", "许文澜", "首席代表",
            "请对方提供的资料", "请在收到之日起", "15日内书面答复", "编号：", "工会主席（签字）",
        ),
    ),
    "reply": (
        FIRM,
        ("编号：", "2026年9月7日", "收到", "同意就", "不同意协商，理由如下", "时间和地点", "程立衡", "资料和保密", "15日内书面答复"),
    ),
    "employees-appointment": (FIRM, ("许文澜", "性别", "职务或者岗位", "首席代表", "外聘", "公示", "工会主席（签字）")),
    "employees-election": (COURIERS, ("上海市嘉定区虚构镇总工会", "全体职工人数", "同意的人数", "半数以上", "罗小满", "监票人", "公示")),
    "employees-congress-election": (HAINING, ("选举日期", "应到人数", "得票", "首席代表由工会负责人担任", "监票人", "公示")),
    "employer-appointment": (FIRM, ("程立衡", "性别", "职务或者岗位", "首席代表", "外聘", "期间", "公示", "法定代表人（签字）")),
    "employer-authority": (XINGHUA, ("委托人", "受托人", "性别", "委托权限", "委托期限", "本单位人员")),
    "expert-authority": (FIRM, ("受聘人", "性别", "委托权限", "委托期限", "三分之一", "保密", "不担任首席代表")),
    "representatives": (FIRM, ("序号", "所属一方", "姓名", "性别", "职务", "首席", "本人签名", "记录员", "公示", "书面告知")),
    "issues": (FIRM, ("议题", "法定底线：", "现行做法", "我方要求", "底线方案", "让步方案", "费用", "证据")),
    "meeting-notice": (FIRM, ("时间", "地点", "议题", "双方首席代表共同主持", "记录员", "资料", "代表名单")),
    "attendance": (FIRM, ("时间", "地点", "许文澜", "秦若安", "本人签名", "记录员")),
    "minutes": (
        FIRM,
        ("时间", "地点", "主持", "记录员", "到会代表", "双方意见", "达成一致的事项", "没有达成一致的事项", "中止", "下次会议", "首席代表（签字）"),
    ),
    "minutes-simple": (SIYANG, ("简易程序", "协商方式", "协商结果", "不采用简易程序")),
    "draft-signing": (FIRM, ("版本", "第", "稿", "用人单位方首席代表（签字）", "职工方首席代表（签字）")),
    "amendment-explanation": (AMENDMENT, ("第", "稿", "为什么变更", "变更的理由", "重新表决的依据", "原条文", "变更为", "没有表决通过的")),
    "draft-explanation": (FIRM, ("第", "稿", "为什么订立", "主要依据", "与上一份合同相比", "高于法定标准", "配偶陪产假", "15天", "不少于10天")),
    "congress-notice": (FIRM, ("时间", "地点", "议程", "不少于40人", "不少于30人", "无记名投票", "送达签收")),
    "congress-attendance": (FIRM, ("三届二次", "2026年11月20日", "应到人数", "60", "实到人数", "57", "本人签名", "备注", "核对人（签字）")),
    "deputies-report": (FIRM, ("应到人数", "实到人数", "其中女性", "41", "不少于40人", "审查意见")),
    "ballot": (FIRM, ("赞成", "反对", "弃权", "不写姓名")),
    "count-record": (FIRM, ("应到人数", "实到人数", "发出票数", "收回票数", "有效票数", "赞成票", "反对票", "弃权票", "监票人", "计票人")),
    "resolution": (
        FIRM,
        ("三届二次", "2026年11月20日", "议案", "应到", "60人", "57人", "赞成55票", "反对1票", "弃权1票", "草案获得通过。", "《约定标准与法定底线对照表》", "主席团", "工会盖章"),
    ),
    "adoption-notice": (FIRM, ("2026年11月20日", "55票", "女职工权益保护专项集体合同", "签收人", "10日内")),
    "union-report": (FIRM, ("上一级工会", "2026年11月20日", "应到60人", "55票", "议案")),
    "filing-form": (
        FIRM,
        (
            "登记编号", "单位名称", "工会名称", "法定代表人", "工会主席", "首席代表", "合同期限", "☑续订", "企业性质", "所属街镇（系统）",
            "职工总数", "女职工人数", "地址", "邮政编码", "200120", "联系电话", "联系人", "主要议题", "开会日期", "应到60人，实到57人",
            "赞成55票", "送审时间", "用人单位（盖章）", "工会（盖章）", "双方声明", "统一社会信用代码", "☑女职工", "协商代表人数",
        ),
    ),
    "filing-parties": (FIRM, ("程立衡", "许文澜", "统一社会信用代码", "协商代表", "性别", "由工会选派", "2026年9月22日")),
    "filing-account": (FIRM, ("2026年9月7日", "2026年9月16日", "2026年9月29日", "2026年10月29日", "议题和结果", "上一份合同的履行情况")),
    "filing-adoption": (FIRM, ("三届二次", "应到", "实到", "无记名投票", "赞成55票", "草案获得通过", "监票人")),
    "filing-receipt": (FIRM, ("送审表", "签署的文本", "基本情况", "过程情况说明", "通过情况报告", "补正", "收到日期", "收件编号", "15日内")),
    "publication": (FIRM, ("生效日期", "2027年1月1日至2029年12月31日", "全文", "顾晓棠", "021-5555 0102")),
    "card": (FIRM, ("产假", "98天", "第二十六条", "021-5555 0102", "2029年12月31日")),
    "checklist": (FIRM, ("条款", "责任部门", "查阅", "完成", "整改人和期限", "半年")),
    "performance-report": (FIRM, ("已经履行", "没有履行和原因", "整改", "女职工的意见", "第一章")),
    "amendment": (FIRM, ("原文", "变更后", "理由", "起施行", "重新表决", "报送", "生效")),
    "rescission": (FIRM, ("解除的理由", "解除的范围", "解除的日期", "表决", "报送")),
    "renewal": (FIRM, ("2023年12月6日", "2026年12月31日", "履行情况小结", "拟改条款", "15日内书面答复")),
    "dispute-application": (FIRM, ("申请人", "申请的理由和事项", "事实和经过", "争议的条款", "第八十四条", "证据材料")),
    "dispute-agreement": (FIRM, ("申请事项", "争议的事实", "协调处理的结果", "继续协商的事项", "协调处理部门（盖章）")),
}  # fmt: skip


@pytest.mark.parametrize("name", MUST)
def test_a_paper_has_every_field_that_it_must_have(name: str) -> None:
    profile, fields = MUST[name]
    assert [field for field in fields if field not in text(profile, name)] == []


def test_every_paper_is_held_against_its_list() -> None:
    names = {path.stem for path in TEMPLATES.glob("*.md")}
    assert names - {"objection-reply", "employees-authority"} == set(MUST)  # these have tests of their own


def test_a_chief_who_is_not_the_chair_is_authorized_in_writing(tmp_path: Path) -> None:
    assert "employees-authority" not in papers(SIYANG)  # the chair is the chief
    found = write_markdown(of(tmp_path, {"union.chair": "闻虚构"}, SIYANG)["employees-authority"].document)
    assert all(
        field in found for field in ("委托人：闻虚构", "受托人", "性别", "委托权限", "委托期限", "本单位人员")
    )


def names_to_write(filled: Filled, side: str = "") -> int:
    """How many rows of the table of representatives have no name; of one side where it is named."""
    tables = (one for one in filled.document.body if isinstance(one, Table))
    table = next(one for one in tables if "姓名" in [cell.text for cell in one.header])
    at = [one.text for one in table.header].index("姓名")
    rows = [[one.text for one in row] for row in table.rows]
    return sum(not row[at] and (not side or side in row) for row in rows)


@pytest.mark.parametrize(("place", "rows"), [("shanghai", 4), ("jiangsu", 4), ("zhejiang", 5)])
def test_a_side_that_names_nobody_yet_has_room_for_more_than_the_place_asks_for(
    tmp_path: Path, place: str, rows: int
) -> None:
    """Three, and of larger firms in Zhejiang five."""
    blank = tmp_path / "firm.yaml"
    blank.write_text(blank_profile().replace("place: 待填", f"place: {place}"), encoding="utf-8")
    filled = papers(blank)
    for name in ("proposal", "reply", "employees-appointment", "employer-appointment"):
        if name in filled:
            assert names_to_write(filled[name]) == rows, name
    for name in ("representatives", "attendance", "filing-parties"):
        assert names_to_write(filled[name], "职工方") == names_to_write(filled[name], "用人单位方") == rows
    assert "协商代表人数 | 2人" not in write_markdown(filled["filing-form"].document)


def test_a_side_that_is_one_too_few_has_room_and_a_full_one_has_none(tmp_path: Path) -> None:
    everybody = loaded(FIRM)["bargaining"]["representatives"]
    ours = [one for one in everybody if one["side"] == "employees"]
    for count, rows in ((2, 2), (3, 0)):
        few = {"bargaining.representatives": ours[:count]}
        assert names_to_write(of(tmp_path, few)["proposal"]) == rows


def test_a_letter_of_authority_says_who_is_authorized_and_since_when(tmp_path: Path) -> None:
    found = text(XINGHUA, "employer-authority")
    assert "受托人：邬嘉宁，性别：女，职务：副总经理" in found and "委托日期：2026年10月28日" in found
    blanks = ("一、委托权限（打勾）", "委托期限")
    assert blanks_of(papers(XINGHUA)["employer-authority"].document) == blanks
    unnamed = of(tmp_path, {"bargaining.representatives": [], "bargaining.authority": {}}, XINGHUA)
    asked = ("受托人", "性别", "职务", "委托日期", *blanks)
    assert blanks_of(unnamed["employer-authority"].document) == asked


def test_an_application_about_a_dispute_cites_the_article_of_the_place_where_it_was_checked() -> None:
    assert "《浙江省集体合同条例》第三十九条第一款，申请协调处理" in text(HAINING, "dispute-application")
    assert "《上海市集体合同条例》第三十四条第一款，申请协调处理" in text(FIRM, "dispute-application")
    assert "《中华人民共和国劳动法》第八十四条第一款，申请协调处理" in text(SIYANG, "dispute-application")


@pytest.mark.parametrize("profile", SAMPLES)
def test_an_application_about_a_dispute_says_of_nothing_that_it_happened_but_offers_it_to_tick(
    profile: Path,
) -> None:
    """Signed, a refusal that there was not is a false statement."""
    told = text(profile, "dispute-application")
    lines = [one for one in told.split("\n") if "拒绝" in one or "拖延" in one or "上级工会指导，" in one]
    assert lines and all(one.startswith("| □ | ") for one in lines)
    assert ("重大事故隐患" in told) == (profile in (FIRM, COURIERS))
    assert ("上级工会指导，" in told) == (profile in (FIRM, COURIERS))


@pytest.mark.parametrize("profile", SAMPLES)
def test_no_box_to_tick_stands_within_a_sentence(profile: Path) -> None:
    told = {name: text(profile, name) for name in papers(profile)}
    assert [name for name, one in told.items() if re.search("[，、]□", one)] == []


def test_a_chief_who_is_the_legal_representative_needs_no_authority() -> None:
    assert "employer-authority" not in papers(FIRM) and "employer-authority" in papers(XINGHUA)


def test_the_answer_to_objections_compares_clause_by_clause_and_asks_for_a_new_vote(tmp_path: Path) -> None:
    found = of(
        tmp_path,
        {"bargaining.objection": {"day": "2026-12-14", "matters": "第三十一条，育儿假的天数"}},
    )
    told = write_markdown(found["objection-reply"].document)
    for field in (
        "2026年12月14日",
        "第三十一条，育儿假的天数",
        "异议条款",
        "原文",
        "修改后",
        "重新提交职工代表大会",
        "重新报送",
    ):
        assert field in told.replace("职工代表大会（职工大会）", "职工代表大会"), field
    open_ = blanks_of(found["objection-reply"].document)
    assert {"…（人力资源社会保障部门）", "审查意见书编号", "一、逐条对照", "重新协商的日期"} <= set(open_)
    assert "赞成＿" in told and "赞成55票" not in told  # the first vote is no vote on this text


def test_there_is_no_answer_to_objections_without_an_objection() -> None:
    assert "objection-reply" not in papers(FIRM)


# ------------------------------------------------------------------ names, law and words of a place


@pytest.mark.parametrize(("profile", "name"), [(FIRM, "集体协商建议书"), (SIYANG, "集体协商要约书")])
def test_the_proposal_has_the_name_of_its_place(profile: Path, name: str) -> None:
    assert papers(profile)["proposal"].title == name
    assert name in text(profile, "reply")


@pytest.mark.parametrize(
    ("profile", "limit"),
    [(FIRM, "15日"), (SIYANG, "20日"), (HAINING, "10个工作日")],
    ids=lambda one: str(one)[-24:],
)
def test_the_time_to_reply_is_that_of_the_place(profile: Path, limit: str) -> None:
    assert f"自收到本文书之日起{limit}内书面答复" in text(profile, "proposal")


@pytest.mark.parametrize(
    ("profile", "asked", "others"),
    [
        (FIRM, {"adoption-notice", "union-report", "draft-signing", "employees-appointment"}, {"employees-authority"}),
        (SIYANG, {"minutes-simple", "employees-appointment"}, {"adoption-notice", "union-report"}),
        (HAINING, {"employees-congress-election"}, {"employees-appointment", "employer-authority", "minutes-simple"}),
        (COURIERS, {"employees-election"}, {"employees-appointment", "union-report"}),
    ],
    ids=lambda one: one.parent.name if isinstance(one, Path) else "",
)  # fmt: skip
def test_a_place_asks_for_its_own_papers(profile: Path, asked: set[str], others: set[str]) -> None:
    names = papers(profile).keys()
    assert asked <= names and not others & names


@pytest.mark.parametrize("profile", SAMPLES, ids=lambda path: path.parent.name)
def test_an_article_of_law_in_a_text_was_compared_with_its_text(profile: Path) -> None:
    agreement = prepare(profile).agreement
    assert agreement is not None
    for one in papers(profile).values():
        source = (TEMPLATES / f"{one.paper.name}.md").read_text(encoding="utf-8")
        for key in re.findall(r"\{\{ law\.(\w+) \}\}", source):
            assert agreement.view[key].verified, (one.paper.name, key)


@pytest.mark.parametrize("profile", SAMPLES, ids=lambda path: path.parent.name)
def test_what_is_only_reported_is_nowhere_printed_with_an_article(profile: Path) -> None:
    for name in papers(profile):
        assert "《集体合同规定》第" not in text(profile, name), name
        assert not re.search(r"《江苏省[^》]*》第", text(profile, name)), name


def sources() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES.iterdir()}


def test_no_paper_says_that_an_authority_approves() -> None:
    for name, source in sources().items():
        if name != "duties.yaml":  # proof of a leave that the employer granted
            assert not re.search("批准|核准|审批|备案通过|审查通过", source), name


def test_no_paper_asks_for_an_identity_card() -> None:
    for name, source in sources().items():
        assert "身份证" not in source.replace("名单中不写身份证件号码", ""), name


def test_one_word_stands_for_one_thing() -> None:
    house = loaded(TOP / "clauses" / "glossary.yaml")["house"]
    for name, source in sources().items():
        for entry in house:
            for longer in entry.get("inside", ()):
                source = source.replace(longer, "")
            assert not [word for word in entry["instead_of"] if word in source], (name, entry["word"])


@pytest.mark.parametrize(
    ("place", "staff", "known"), [("shanghai", 99, False), ("shanghai", 100, True), ("jiangsu", 100, False)]
)
def test_from_the_number_of_staff_of_the_place_on_the_congress_is_named(
    tmp_path: Path, place: str, staff: int, known: bool
) -> None:
    file = tmp_path / "firm.yaml"
    facts = f"employer: {{name: 子虚公司}}\nworkforce: {{total: {staff}}}\nagreement: {{place: {place}}}\n"
    file.write_text(facts, encoding="utf-8")
    found = {one.paper.name: one for one in prepare(file).papers}
    assert found["congress-notice"].title.startswith("关于召开职工代表大会讨论") is known
    told = write_markdown(found["draft-explanation"].document)
    assert ("各位职工代表：" in told, "各位职工代表（职工）：" in told) == (known, not known)


def test_papers_of_a_chapter_speak_of_the_general_contract_and_leave_room_for_its_other_matters() -> None:
    named = "《上海乌有墨香印刷有限公司集体合同》"
    assert f"签订的{named}（含第六章" in text(PRINTING, "renewal")  # the term that ends is its term
    assert f"协商事项：{named}第六章" in text(PRINTING, "attendance")
    assert "集体合同的其他议题：＿" in text(PRINTING, "filing-form")
    assert "集体合同的其他附件：＿" in text(PRINTING, "resolution")
    assert "集体合同的其他" not in text(FIRM, "filing-form") + text(FIRM, "resolution")


CHAPTER = "《上海乌有墨香印刷有限公司集体合同》", "第六章　女职工权益保护"
ANNEX = "《上海虚构听涛酒店有限公司集体合同》", "附件3　女职工权益保护专项协议"
PARTS: dict[
    str, tuple[str, ...]
] = {  # what each paper says of a part; {0} is the general contract, {1} the part
    "concerns-survey": ("准备与单位协商{0}{1}。",),
    "proposal": ("书面提出就订立{0}{1}进行集体协商",),
    "reply": ("同意就订立{0}{1}进行集体协商",),
    "draft-explanation": ("{0}{1}（草案第＿＿稿，共51条）", "随{0}一并表决、签订和报送"),
    "filing-account": ("就订立{0}{1}进行集体协商的经过",),
    "filing-receipt": ("双方首席代表签署的{0}全文（含{1}）",),
    "publication": ("全体职工；其中{1}适用于全部女职工",),
    "performance-report": ("现将{0}{1}＿＿＿＿年度的履行情况",),
    "amendment": ("签订{0}（含{1}）（编号", "本协议是{0}的组成部分"),
    "rescission": ("签订{0}（含{1}）（编号", "就其中的{1}解除如下", "第四十四条第二款，集体合同应当包含"),
    "renewal": ("拟改条款（{1}；集体合同其他条款的修改另附）",),
    "dispute-application": ("因协商、订立{0}{1}发生争议",),
}


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize(("profile", "named"), [(PRINTING, CHAPTER), (HOTEL, ANNEX)])
def test_a_paper_speaks_of_a_part_as_a_part_of_the_general_contract(
    profile: Path, named: tuple[str, str], name: str
) -> None:
    printed = text(profile, name)
    for wanted in PARTS[name]:
        assert wanted.format(*named) in printed
    assert f"签订{named[1]}" not in printed and f"签订{''.join(named)}" not in printed


def test_a_contract_of_its_own_has_no_words_of_a_part() -> None:
    for name in PARTS:
        if name in papers(FIRM):
            assert not re.search("其中的|另附）|一并表决|含女职工|订立《", text(FIRM, name)), name
    assert "解除如下" in text(FIRM, "rescission") and "第四十四条第二款" not in text(FIRM, "rescission")


def test_a_worker_is_led_to_the_articles_of_the_annex_and_a_chapter_is_told_by_its_sections() -> None:
    assert "| 附件3第几条 |" in text(HOTEL, "card")
    assert "| 合同第几条 |" in text(PRINTING, "card") and "| 合同第几条 |" in text(FIRM, "card")
    for name in ("draft-explanation", "performance-report"):
        assert "| 节 | 标题 |" in text(PRINTING, name)
        assert "| 章 | 标题 |" in text(HOTEL, name) and "| 章 | 标题 |" in text(FIRM, name)


def test_a_renewal_is_not_asked_whether_it_is_the_first_contract(tmp_path: Path) -> None:
    for occasion, asked in (("renewal", False), (None, True)):
        printed = of(tmp_path, {"agreement.occasion": occasion, "agreement.previous": None})["filing-account"]
        assert ("首次订立的写“首次订立”" in write_markdown(printed.document)) == asked


def test_a_firm_without_a_union_is_told_of_no_union_chair() -> None:
    assert "提出方（职工推举的代表签字）" in text(COURIERS, "proposal")
    assert "会议召集方（召集人签字）" in text(COURIERS, "resolution")
    for name in ("proposal", "reply", "filing-form", "resolution", "dispute-application"):
        told = text(COURIERS, name)
        assert "工会盖章" not in told and "工会主席（签字）" not in told, name
    assert "没有工会" in text(COURIERS, "filing-form")
    assert papers(COURIERS)["proposal"].signs == "职工方首席代表签字"
    assert papers(FIRM)["proposal"].signs == "工会主席签字，工会盖章"
    assert not [
        one.title
        for one in papers(COURIERS).values()
        if "工会盖章" in one.signs and "指导的工会" not in one.signs
    ]


OF_A_ROW = (
    "earlier_days",
    "objected",
    "text_voted",
    "objection_answer",
    "other_filed",
    "union_guided",
    "hazard_refusal_remedy",
    "late_pregnancy_alike",
)  # words of rows that fall away


def test_each_word_has_a_text_for_every_case() -> None:
    for name, texts in conditional().items():
        if name in OF_A_ROW:
            continue
        assert [one for one in texts if "when" not in one] == texts[-1:], name


# ------------------------------------------------------------------ told, checked and reported


def test_that_there_is_no_women_committee_is_said_only_where_the_profile_says_no(tmp_path: Path) -> None:
    for name in ("filing-form", "filing-parties"):
        found = of(tmp_path, {"union.women_committee": None, "union.women_committee_chair": None})[name]
        assert "没有建立" not in write_markdown(found.document)
        assert "union.women_committee_chair" in [one.path for one in found.missing]
        found = of(tmp_path, {"union.women_committee": False, "union.women_committee_chair": None})[name]
        assert "没有建立女职工委员会" in write_markdown(found.document)


def test_a_limit_that_is_only_reported_is_not_worded_as_law() -> None:
    assert "按照规定，应当自收到之日起15日内书面答复" in text(FIRM, "reply")
    assert "我方于＿＿＿＿年＿＿月＿＿日收到。现答复如下。" in text(SIYANG, "reply")
    for name in ("reply", "renewal"):
        assert "按照规定" not in text(SIYANG, name)
    assert "没有正当理由不得拒绝" not in text(SIYANG, "reply")
    assert "不采用简易程序，按照普通程序" in text(SIYANG, "minutes-simple")


WEIGHED = ("concerns-survey", "concerns-summary", "issues", "draft-explanation")  # by our own people


@pytest.mark.parametrize("profile", SAMPLES)
def test_what_goes_signed_to_the_other_side_or_an_authority_tells_nothing_that_is_only_reported(
    profile: Path,
) -> None:
    sent = {name: text(profile, name) for name in papers(profile) if name not in WEIGHED}
    assert [name for name, told in sent.items() if "待核" in told] == []


NATIONAL_MISCARRIAGE = ("怀孕未满四个月流产的产假不少于15天", "怀孕满四个月流产的产假不少于42天")


@pytest.mark.parametrize("name", ["draft-explanation", "concerns-survey", "concerns-summary", "issues"])
def test_the_verified_national_floor_stands_beside_a_local_one_that_is_only_reported(name: str) -> None:
    assert [one for one in NATIONAL_MISCARRIAGE if one not in text(SIYANG, name)] == []


def test_what_the_law_is_reported_to_set_is_not_called_agreed_and_no_party_agrees_a_quorum() -> None:
    told = text(SIYANG, "draft-explanation")
    reported, agreed = told.split("### 六、")[1].split("### 七、")
    agreed = agreed.split("### 八、")[0]
    for matter in ("| 延长产假 |", "| 护理假 |", "| 育儿假 |"):
        assert matter in reported and matter not in agreed
    assert "比例" not in re.sub("预付比例", "", agreed) and "份数" not in agreed


# ------------------------------------------------------------------ the contract before this one


def test_until_the_renewing_contract_is_in_force_the_letter_is_about_the_one_before_it(
    tmp_path: Path,
) -> None:
    told: dict[str, object] = {"agreement.previous": {"signing_day": "2026-12-01", "end": "2029-12-31"}}
    told |= {
        "agreement.start": "2030-01-01",
        "agreement.end": "2032-12-31",
        "agreement.signing_day": "2029-12-10",
    }
    (tmp_path / "new").mkdir()
    letter = of(tmp_path / "new", {**told, "bargaining": {}})["renewal"]
    text = write_markdown(letter.document)
    assert "双方于2026年12月1日签订的" in text and "期限至2029年12月31日止" in text
    assert "2030年" not in text and "2032年" not in text and "2029年12月31日" in letter.due
    in_force = of(tmp_path, {**told, "bargaining.in_force_day": "2029-12-26"})["renewal"]
    assert (
        "期限自2030年1月1日起，至2032年12月31日止" in write_markdown(in_force.document) and not in_force.due
    )


@pytest.mark.parametrize(
    ("occasion", "needed"), [("renewal", "agreement.previous.end"), ("first", "agreement.end")]
)
def test_the_letter_needs_the_end_of_the_contract_that_it_is_about(
    tmp_path: Path, occasion: str, needed: str
) -> None:
    letter = of(tmp_path, {"agreement.occasion": occasion, "agreement.previous": None, "agreement.end": None})
    assert [one.path for one in letter["renewal"].blocking] == [needed]


@pytest.mark.parametrize(
    ("occasion", "said"), [("first", "（首次订立，不填写）"), (None, "（首次订立的不填写）"), ("renewal", "")]
)
def test_only_who_may_conclude_for_the_first_time_is_told_to_leave_out_the_comparison(
    tmp_path: Path, occasion: str | None, said: str
) -> None:
    previous = {"agreement.previous": None} if occasion == "first" else {}
    found = of(tmp_path, {"agreement.occasion": occasion, **previous})
    told = write_markdown(found["draft-explanation"].document)
    assert f"有什么变化{said}\n" in told and told.count("首次订立") == (1 if said else 0)


# ------------------------------------------------------------------ a draft that is still open

OF_THE_DRAFT = {
    "draft-signing",
    "draft-explanation",
    "congress-notice",
    "ballot",
    "count-record",
    "resolution",
}


def test_while_the_draft_is_open_what_puts_it_to_signature_or_vote_says_so(tmp_path: Path) -> None:
    terms = {
        name: one
        for name, one in loaded(FIRM)["terms"].items()
        if name not in ("paternity_leave", "leave_notice")
    }
    found = of(tmp_path, {"terms": terms, "contacts.harassment.person": None})
    told = {name: one.unsettled for name, one in found.items() if one.unsettled}
    assert set(told) == OF_THE_DRAFT
    assert set(told.values()) == {
        "1项建议值没有经双方确认、1项内容没有填"
    }  # a number of law is not to be confirmed
    assert not any(found[name].ready for name in OF_THE_DRAFT)
    assert not any(one.unsettled for one in papers(FIRM).values()) and papers(FIRM)["ballot"].ready


# ------------------------------------------------------------------ votes

VOTED = (
    "ballot",
    "count-record",
    "resolution",
    "adoption-notice",
    "union-report",
    "filing-form",
    "filing-adoption",
)
RESULT = re.compile(r"(?<!□)草案(没有)?获得通过")


@pytest.mark.parametrize("name", VOTED)
def test_a_vote_that_was_not_held_has_no_result(tmp_path: Path, name: str) -> None:
    told = write_markdown(of(tmp_path, {"bargaining.congress": None})[name].document)
    assert not RESULT.search(told)
    assert not re.search(r"\d+票|应到\d|实到\d", told)
    assert "没有采用无记名投票" not in told and "| 无记名投票 |" not in told


OBJECTED = {"day": "2026-12-10", "matters": "第三十一条，育儿假的天数"}
AGAIN = {
    **OBJECTED,
    "draft_signed_day": "2026-12-14",
    "papers_sent_day": "2026-12-15",
    "congress": {
        "kind": "congress",
        "session": "三届三次",
        "day": "2026-12-24",
        "secret_ballot": True,
        "entitled": 58,
        "present": 50,
        "women_entitled": 40,
        "women_present": 35,
        "votes_for": 47,
        "votes_against": 2,
        "abstentions": 0,
    },
    "notice_day": "2026-12-25",
    "resubmission_day": "2026-12-28",
}
FIRST_ROUND = (  # days of agreement, draft, sending, vote, signing and submission; people and votes
    *("2026年10月29日；", "| 2026年10月29日 |\n", "2026年11月6日", "2026年11月10日", "2026年11月20日"),
    *("2026年12月1日", "2026年12月2日", "三届二次", "应到60", "实到57", "57人", "| 57 |"),
    *("| 60 |", "| 41 |", "| 39 |", "55票", "| 55 |", "1票"),
)
TO_SIGN = re.compile(r"\| \d+ (\|  ?)+\|\n")  # a numbered row that somebody signs in
BEFORE_THE_VOTE = (
    *("draft-signing", "draft-explanation", "congress-notice", "congress-attendance", "deputies-report"),
)
SECOND_ROUND = (*BEFORE_THE_VOTE, *VOTED, "filing-account", "publication")


@pytest.mark.parametrize("objection", [OBJECTED, AGAIN], ids=["not-yet-voted", "voted-again"])
def test_after_an_objection_no_paper_tells_a_fact_of_the_first_round(
    tmp_path: Path, objection: Mapping[str, object]
) -> None:
    facts = {"bargaining.objection": objection, "bargaining.submission_day": "2026-12-02"}
    first, found = of(tmp_path, {**facts, "bargaining.objection": None}), of(tmp_path, facts)
    told = "".join(write_markdown(first[name].document) for name in SECOND_ROUND)
    assert [one for one in FIRST_ROUND if one not in told] == []  # so they are what to look for
    for name in SECOND_ROUND:
        again = TO_SIGN.sub("", write_markdown(found[name].document))
        assert [one for one in FIRST_ROUND if one in again] == [], name


def test_after_an_objection_papers_tell_the_new_round(tmp_path: Path) -> None:
    found = of(tmp_path, {"bargaining.objection": AGAIN, "agreement.signing_day": "2026-12-26"})
    told = {name: write_markdown(one.document) for name, one in found.items()}
    assert "| 有效票数 | 49 |" in told["count-record"]
    for name in ("filing-adoption", "union-report"):
        assert "| 2026年12月15日 |" in told[name] and "重新表决" in told[name]
    assert "| 送审时间 | 2026年12月28日 |" in told["filing-form"]
    assert "| 审查异议 | 2026年12月10日收到；事项：第三十一条" in told["filing-form"]
    assert "| 签订日期 | 2026年12月26日 |" in told["publication"]
    assert "| 8 | 对集体合同审查异议的答复" in told["filing-receipt"]


def test_what_is_missing_after_an_objection_is_asked_for_where_the_profile_holds_it(tmp_path: Path) -> None:
    found = of(tmp_path, {"bargaining.objection": OBJECTED})
    congress = "bargaining.objection.congress"
    asked = [f"{congress}.{name}" for name in ("day", "entitled", "present", "votes_for")]
    assert sorted(one.path for one in found["resolution"].blocking) == sorted(asked)
    assert "bargaining.objection.resubmission_day" in {one.path for one in found["filing-form"].missing}
    assert all("settled_day" not in one.path for one in found["filing-form"].missing)  # has no second day


@pytest.mark.parametrize("missing", ["day", "present", "votes_for", "secret_ballot", "entitled"])
def test_a_vote_that_is_not_fully_told_has_no_result(tmp_path: Path, missing: str) -> None:
    found = of(tmp_path, {f"bargaining.congress.{missing}": None})
    for name in ("resolution", "filing-adoption", "adoption-notice"):
        assert not RESULT.search(write_markdown(found[name].document)), name


@pytest.mark.parametrize(("entitled", "rows"), [(60, 60), (61, 61), (None, 30)])
def test_everybody_who_is_entitled_to_vote_has_a_row_to_sign(
    tmp_path: Path, entitled: int | None, rows: int
) -> None:
    found = of(tmp_path, {"bargaining.congress.entitled": entitled})
    assert names_to_write(found["congress-notice"]) == rows
    assert names_to_write(found["congress-attendance"]) == rows


@pytest.mark.parametrize(("votes", "result"), [(30, "草案获得通过。"), (29, "草案没有获得通过。")])
def test_half_of_all_deputies_is_enough_in_shanghai_and_one_less_is_not(
    tmp_path: Path, votes: int, result: str
) -> None:
    changes = {"votes_for": votes, "votes_against": 57 - votes, "abstentions": 0}
    found = of(tmp_path, {f"bargaining.congress.{name}": value for name, value in changes.items()})
    told = write_markdown(found["resolution"].document)
    assert result in told
    assert ("在正式文本上签字并盖章" in told) == (votes == 30)
    assert ("不得签订和履行" in told) == (votes == 29)


@pytest.mark.parametrize(
    ("profile", "entitled", "come", "agree"), [(FIRM, 180, 120, 90), (HAINING, 180, 120, 91), (FIRM, 61, 41, 31)]
)  # fmt: skip
def test_the_least_numbers_are_counted_exactly(
    tmp_path: Path, profile: Path, entitled: int, come: int, agree: int
) -> None:
    found = of(tmp_path, {"bargaining.congress": {"kind": "congress", "entitled": entitled}}, profile)
    told = write_markdown(found["congress-notice"].document)
    assert f"不少于{come}人" in told and f"不少于{agree}人" in told
    assert f"不少于{agree - 1}人" not in told


# ------------------------------------------------------------------ the card for workers


def strangers(card: Document, profile: Path) -> list[str]:
    """Numbers of a card that do not stand in the article which the card names."""
    agreement = prepare(profile).agreement
    assert agreement is not None
    articles = {
        one.label: " ".join(getattr(b, "text", "") for p in one.provisions for b in p.blocks) for one in agreement.articles
    }  # fmt: skip
    (table,) = (block for block in card.body if isinstance(block, Table))
    found = []
    for row in table.rows:
        matter, standard, place = (cell.text for cell in row)
        label = place[: place.index("条") + 1]
        if label not in articles:
            found.append(place)
            continue
        known = NUMBER.findall(articles[label]) + (["0.5"] if "半天" in articles[label] else [])
        found += [one for one in NUMBER.findall(matter + standard) if one not in known]
    return found


@pytest.mark.parametrize("profile", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_number_on_the_card_stands_in_the_article_that_the_card_names(profile: Path) -> None:
    card = papers(profile)["card"].document
    assert strangers(card, profile) == []
    (table,) = (block for block in card.body if isinstance(block, Table))
    assert len(table.rows) >= 12


@pytest.mark.parametrize(
    ("cell", "old", "new"), [(1, "98天", "90天"), (1, "7天", "5天"), (2, "第二十六条", "第二十七条"), (2, "第二十八条", "第五十九条")]
)  # fmt: skip
def test_a_card_with_another_number_or_article_is_found(cell: int, old: str, new: str) -> None:
    card = papers(FIRM)["card"].document
    (table,) = (block for block in card.body if isinstance(block, Table))

    def changed(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        words = row[cell].text.replace(old, new)
        return tuple(Cell((Text(words),)) if number == cell else one for number, one in enumerate(row))

    rows = tuple(changed(row) for row in table.rows)
    assert rows != table.rows
    forged = dataclasses.replace(card, body=(dataclasses.replace(table, rows=rows),))
    assert strangers(forged, FIRM)


@pytest.mark.parametrize("profile", SAMPLES, ids=lambda path: path.parent.name)
def test_the_card_is_one_page(profile: Path) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    from contractgen.build.rendering import render

    pdf = render(papers(profile)["card"].document, ["pdf"], {})["pdf"]
    assert len(pypdfium2.PdfDocument(pdf)) == 1


@pytest.mark.parametrize("profile", SAMPLES)
def test_the_card_says_one_month_once(profile: Path) -> None:
    assert "| 怀孕后期 | 满7个月起不加班、不上夜班，本人同意也不行 |" in text(profile, "card")


def test_a_card_says_what_its_shaded_numbers_are_while_there_are_any(tmp_path: Path) -> None:
    told = "建议值，双方还没有确认"
    card = of(tmp_path, {"terms": {}})["card"]
    assert card.proposals and told in write_markdown(card.document)
    assert not papers(FIRM)["card"].proposals and told not in text(FIRM, "card")


ONE_PAGE = (
    "representatives",
    "deputies-report",
    "ballot",
    "count-record",
    "resolution",
    "filing-parties",
    "filing-adoption",
)
BARE = """employer: {name: 虚构纺织有限公司}
workforce: {total: 150, women: 60}
union: {name: 虚构纺织有限公司工会委员会}
agreement: {place: PLACE}
"""


@pytest.mark.parametrize("place", ["shanghai", "jiangsu", "zhejiang", ""])
def test_what_is_signed_or_cut_apart_on_one_page_fits_it(place: str, tmp_path: Path) -> None:
    """Signatures on a sheet without text invite that the text is exchanged; a ballot that is cut through is no ballot."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    from contractgen.build.rendering import render

    profile = FIRM
    if place:
        profile = tmp_path / "firm.yaml"
        profile.write_text(BARE.replace("PLACE", place), encoding="utf-8")
    made = {one.paper.name: one.document for one in prepare(profile).papers}
    counts = {
        name: len(pypdfium2.PdfDocument(render(made[name], ["pdf"], {})["pdf"]))
        for name in ONE_PAGE
        if name in made
    }
    assert len(counts) >= len(ONE_PAGE) - 1 and set(counts.values()) == {1}, counts


def word_paragraphs(document: Document, until: str = "</w:body>") -> list[str]:
    """The paragraphs of a Word file, as they are written, up to some mark."""
    import io
    import zipfile

    from contractgen.formats.docx_write import write_docx

    with zipfile.ZipFile(io.BytesIO(write_docx(document))) as archive:
        main = archive.read("word/document.xml").decode()
    return re.findall(r"<w:p>(?:(?!</w:p>).)*?</w:p>", main[: main.index(until)], re.DOTALL)


def pages(document: Document) -> list[str]:
    """What stands on each page of a PDF file."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    from contractgen.build.rendering import render

    read = pypdfium2.PdfDocument(render(document, ["pdf"], {})["pdf"])
    return [page.get_textpage().get_text_bounded() for page in read]


SHORT = Table((Cell((Text("项目"),)),), ((Cell((Text("内容"),)),),))


def test_what_names_a_table_stays_on_its_page() -> None:
    """With as many paragraphs before it that it would stand at the foot of a page."""
    label = Paragraph((Text("代表如下："),), role="text")
    for count in range(18, 26):
        before = [Paragraph((Text("正文"),), role="text")] * count
        made = pages(Document("文书", body=(*before, label, SHORT), type_size="form"))
        assert "代表如下" in next(one for one in made if "内容" in one), count
    bodies: tuple[tuple[Block, ...], ...] = ((label, SHORT), (label, Lines(3)))
    for body in bodies:
        told = word_paragraphs(Document("文书", body=body))
        assert "<w:keepNext/>" in next(one for one in told if "代表如下" in one)


def test_signatures_bring_the_room_to_write_above_them_to_their_page() -> None:
    """A page with signatures and nothing else invites that the text before it is exchanged."""
    lines, signing = Lines(5), Signing(((Text("汇总人（签字）"),),))
    told = word_paragraphs(Document("文书", body=(Subheading("意见"), lines, signing)), until="汇总人")
    ruled = [one for one in told if "CGTableText" in one]
    assert len(ruled) == 5 and all("<w:keepNext/>" in one for one in ruled)
    for count in range(8, 22):
        before = [Paragraph((Text("正文"),), role="text")] * count
        body: tuple[Block, ...] = (*before, Subheading("意见"), lines, signing)
        made = pages(Document("文书", body=body, type_size="form"))
        assert "意见" in made[-1], count


def test_a_ballot_stays_whole_in_word() -> None:
    texts = word_paragraphs(papers(FIRM)["ballot"].document, until='w:val="dashed"')
    written = [one for one in texts if "CGPara" in one or "CGItem" in one]
    assert len(written) == 5 and all("<w:keepNext/>" in one for one in written[:-1])
    assert "<w:keepNext/>" not in written[-1]


# ------------------------------------------------------------------ the checklist of duties


@pytest.mark.parametrize("profile", SAMPLES, ids=lambda path: path.parent.name)
def test_every_duty_of_the_employer_has_one_row(profile: Path) -> None:
    agreement = prepare(profile).agreement
    assert agreement is not None
    duties = duties_of(agreement)
    assert len({(one.place, one.once) for one in duties}) == len(duties)
    none = [name for name, words in loaded(TEMPLATES / "duties.yaml")["skip"].items() if not words]
    whole = {one.label: one.text for one in duties_by_article(profile)}
    for article in agreement.articles:
        for provision in article.provisions:
            if article.id in none or (provision.clause and provision.clause.id in none):
                continue
            for block in provision.blocks:
                said = re.search("用人单位(?:应当|不得)[^；。]*", getattr(block, "text", ""))
                if isinstance(block, Paragraph | Item) and said:
                    assert said[0] in whole[article.label], (article.label, said[0])


@dataclasses.dataclass
class _Whole:
    label: str
    text: str


def duties_by_article(profile: Path) -> list[_Whole]:
    agreement = prepare(profile).agreement
    assert agreement is not None
    found: dict[str, str] = {}
    for one in duties_of(agreement):
        label = one.place[: one.place.index("条") + 1]
        found[label] = found.get(label, "") + one.text
    return [_Whole(label, words) for label, words in found.items()]


def test_a_row_says_what_its_paragraph_says_and_the_counts_agree() -> None:
    again, once, *_ = (block for block in papers(FIRM)["checklist"].document.body if isinstance(block, Table))
    agreement = prepare(FIRM).agreement
    assert agreement is not None
    rows = [row for row in again.rows if len(row) > 1]
    lasting = [one for one in duties_of(agreement) if not one.once]
    assert len(rows) == len(lasting) and f"{len(lasting)}项" in text(FIRM, "checklist")
    assert len(rows) + len(once.rows) == len(duties_of(agreement))
    row = next(row for row in rows if row[0].text == "第十五条第一款")
    assert row[1].text.startswith("用人单位不得安排女职工从事") and "15日内" in row[1].text
    assert row[2].text == "□是 □否 □无" and not row[3].text


def test_above_the_rows_of_an_article_stands_who_is_responsible_and_what_proves_it() -> None:
    (again, *_) = (block for block in papers(FIRM)["checklist"].document.body if isinstance(block, Table))
    heads = [(at, row[0]) for at, row in enumerate(again.rows) if len(row) == 1]
    assert all(cell.span == 4 for _, cell in heads)
    at, head = next((at, cell) for at, cell in heads if cell.text.startswith("第十五条　"))
    assert "责任部门：安全管理部门" in head.text and "查阅：禁忌岗位清单" in head.text
    assert again.rows[at + 1][0].text.startswith("第十五条第")


def test_a_cell_over_several_columns_reaches_over_them_in_every_format() -> None:
    import io
    import zipfile

    from contractgen.formats.docx_write import write_docx
    from contractgen.formats.html import write_html

    cells = (Cell((Text("第一条"),), span=2),), (Cell((Text("甲"),)), Cell((Text("乙"),)))
    document = Document(title="表", body=(Table((Cell((Text("左"),)), Cell((Text("右"),))), cells),))
    with zipfile.ZipFile(io.BytesIO(write_docx(document))) as archive:
        main = archive.read("word/document.xml").decode()
    first = re.search(r"<w:tr>(?:(?!</w:tr>).)*第一条.*?</w:tr>", main, re.DOTALL)
    assert first and '<w:gridSpan w:val="2"/>' in first[0] and first[0].count("<w:tc>") == 1
    assert '<td colspan="2">第一条</td></tr>' in write_html(document)
    assert "| 第一条 | |\n| 甲 | 乙 |" in write_markdown(document)


@pytest.mark.parametrize(
    ("place", "occasion"),
    [
        ("第四条第二款", "工会可以书面要求用人单位提供"),
        ("第六条第一款", "工会女职工委员会"),
        ("第七条第三款", "应聘妇女、职工认为"),
        ("第十八条第一款", "女职工经医疗机构诊断"),
        ("第二十二条第一款", "女职工怀孕后不能适应原劳动的"),
        ("第二十八条第六款", "经女职工本人提出"),
        ("第五十四条第一款", "本合同期限内，新施行的法律"),
    ],
)
def test_a_row_begins_with_the_occasion_of_its_duty(place: str, occasion: str) -> None:
    agreement = prepare(FIRM).agreement
    assert agreement is not None
    assert next(one.text for one in duties_of(agreement) if one.place == place).startswith(occasion)


@pytest.mark.parametrize("profile", SAMPLES, ids=lambda path: path.parent.name)
def test_no_row_waits_for_a_receipt_without_saying_of_what(profile: Path) -> None:
    agreement = prepare(profile).agreement
    assert agreement is not None
    cut = [
        one.place for one in duties_of(agreement) if re.match("用人单位应当自(?:收到|提出)(?!前款)", one.text)
    ]
    assert not cut


@pytest.mark.parametrize(
    "right", ["不重复享受", "人民法院起诉。", "申诉和调解由职工自愿选择", "时效期间", "表决结果应当写入"]
)
def test_a_right_and_a_procedure_that_is_over_are_no_duty(right: str) -> None:
    agreement = prepare(FIRM).agreement
    assert agreement is not None
    assert not [one.place for one in duties_of(agreement) if right in one.text]


def test_what_is_done_once_for_all_is_not_asked_again_each_half_year() -> None:
    again, once, *_ = (block for block in papers(FIRM)["checklist"].document.body if isinstance(block, Table))
    assert [row[0].text for row in once.rows] == [
        "第五条第四款",
        "第八条第三款",
        "第三十九条第一款",
        "第四十八条第一款",
        "第五十五条第二款",
    ]
    assert not [row for row in again.rows if row[0].text == "第五条第四款"]
    assert [row for row in again.rows if row[0].text == "第十九条第一款"]  # facilities last


def test_what_the_checklist_leaves_out_stands_in_the_book() -> None:
    known, library = loaded(TEMPLATES / "duties.yaml"), load_library()
    articles = {one.id for chapter in library.outline.chapters for one in chapter.articles}
    assert set(known["once"]["clauses"]) <= set(library.ids)
    for name, words in known["skip"].items():
        wordings = [one.body for one in library.clauses() if one.id == name]
        assert wordings or name in articles, name
        assert all(any(word in body for body in wordings) for word in words), name


def test_every_article_of_the_book_has_its_proof() -> None:
    book = load_library().outline
    known = loaded(TEMPLATES / "duties.yaml")
    articles = {one.id for chapter in book.chapters for one in chapter.articles}
    none = {name for name, words in known["skip"].items() if not words}
    assert articles - none == set(known["articles"])


# ------------------------------------------------------------------ what a worker reads


def test_the_questionnaire_says_numbers_and_topics_as_a_worker_does() -> None:
    asked = text(FIRM, "concerns-survey")
    assert "怀孕满7个月起，不得安排加班；怀孕满7个月起，不得安排夜班" in asked
    assert "婴儿满12个月以前，不得安排加班和夜班" in asked
    assert "不晚于怀孕满" not in asked and "分界" not in asked
    assert "| 单位可以收集哪些个人信息 |" in asked and "| 性骚扰的投诉渠道 |" in asked
    assert "怀孕未满3个月的，可以凭证明休息保胎（据公开报道，待核）" in text(SIYANG, "concerns-survey")


def test_plain_words_speak_of_numbers_and_articles_that_there_are() -> None:
    plain, law = loaded(TEMPLATES / "plain.yaml"), load_law()
    keys = {key for place in law.places for key in law.keys(place)}
    articles = {one.id for one in load_library().outline.all_articles()}
    assert set(plain["sentences"]) <= keys and set(plain["topics"]) <= articles


# ------------------------------------------------------------------ numbers against the law


def test_the_issue_table_names_the_floor_with_its_article_and_begins_the_fallback_with_it() -> None:
    headline, written = issue(FIRM, "配偶陪产假")
    assert "不少于10天（《上海市人口与计划生育条例》第三十一条第二款）" in headline
    assert written == ["配偶陪产假15天；配偶陪产假的使用期限3个月", "", "配偶陪产假不少于10天", "", "", ""]


def test_the_columns_of_the_issue_table_are_wide_enough_to_write_in() -> None:
    """Each has at least 25 mm and three lines of a page that lies on its side."""
    filled = papers(FIRM)["issues"].document
    table = next(one for one in filled.body if isinstance(one, Table))
    assert filled.landscape and min(table.widths) >= 12 and table.height >= 3
    by_hand = [cell for row in table.rows if len(row) == len(table.header) for cell in (row[1], *row[3:])]
    assert by_hand and not any(cell.text for cell in by_hand)


def issue(profile: Path, title: str) -> tuple[str, list[str]]:
    """The line over the row of an issue, and that row."""
    lines = text(profile, "issues").split("\n")
    at = next(number for number, line in enumerate(lines) if re.match(rf"\| \d+　{title}（第", line))
    return lines[at], [cell.strip() for cell in lines[at + 1].split("|")[1:-1]]


def test_where_the_law_sets_no_number_the_issue_table_names_its_duties() -> None:
    floor = issue(FIRM, "孕期、产期、哺乳期的劳动关系")[0]
    assert "孕期、产期、哺乳期不得解除劳动合同（《劳动合同法》第四十二条第四项）" in floor
    assert "法定底线：双方约定 " in issue(FIRM, "更年期关怀")[0]


def test_a_floor_that_is_only_reported_says_so_in_the_issue_table_and_names_no_article() -> None:
    headline, written = issue(FIRM, "哺乳假")
    assert "法定底线：哺乳假的期限不少于6.5个月（据公开报道，待核） " in headline
    assert written[2] == ""


def test_a_cost_is_the_number_times_people_times_how_often(tmp_path: Path) -> None:
    assert "　　费用：每月经期带薪休息至多1天×410人" in issue(FIRM, "经期保护")[0]
    assert "女职工每人每月卫生费80元×410人×12次＝393600元/年" in issue(FIRM, "经期保护")[0]
    told = write_markdown(of(tmp_path, {"workforce.women": None})["issues"].document)
    assert "卫生费80元" in told and "卫生费80元×" not in told
    assert "8200元" in text(FIRM, "issues") and "8200元" not in text(FIRM, "proposal")


def test_every_cost_is_of_a_number_of_the_library() -> None:
    names = {spec.name for clause in load_library().clauses() for spec in clause.values}
    assert loaded(TEMPLATES / "costs.yaml")["values"].keys() <= names


def exceeding(filled: Mapping[str, Filled]) -> list[list[str]]:
    """The rows of the table of what exceeds the law, in the explanation of the draft."""
    tables = (one for one in filled["draft-explanation"].document.body if isinstance(one, Table))
    table = next(one for one in tables if one.header[1].text == "法定标准")
    return [[cell.text for cell in row] for row in table.rows]


def test_what_exceeds_the_law_is_what_the_parties_bettered_and_nothing_else() -> None:
    assert [row[:3] for row in exceeding(papers(FIRM))] == [
        ["配偶陪产假", "不少于10天", "15天"],
        ["育儿假", "不少于5天", "7天"],
    ]


NO_BETTER = {"terms.paternity_leave": 10, "terms.childcare_leave": 5, "clauses.own": []}


def test_where_nothing_exceeds_the_law_the_papers_say_so_and_leave_nothing_to_write(tmp_path: Path) -> None:
    found = of(tmp_path, {**NO_BETTER, "terms.gynecological_interval": 2})
    assert exceeding(found) == [["没有", "—", "—", "—", "—"]]
    assert "四、高于法定标准的主要内容" not in blanks_of(found["filing-account"].document)


def test_where_a_number_is_better_than_what_is_only_reported_the_papers_say_with_what_they_compared(
    tmp_path: Path,
) -> None:
    assert exceeding(of(tmp_path, NO_BETTER))[0][0] == "没有（只与核对过条文的法定标准比较）"


def test_where_a_text_of_the_parties_may_exceed_the_law_there_is_room_to_write(tmp_path: Path) -> None:
    own = [{"title": "更年期休息", "text": "女职工更年期每月带薪休息1天。"}]
    found = of(tmp_path, {**NO_BETTER, "clauses.own": own})
    assert exceeding(found) == [[""] * 5] * 3


# ------------------------------------------------------------------ firms that have only begun


@pytest.mark.parametrize("place", ["shanghai", "jiangsu", "zhejiang", "guangdong"])
def test_a_firm_that_has_only_begun_gets_every_first_paper(tmp_path: Path, place: str) -> None:
    file = tmp_path / "firm.yaml"
    file.write_text(f"employer: {{name: 虚构厂}}\nagreement: {{place: {place}}}\n", encoding="utf-8")
    found = {one.paper.name: one for one in prepare(file).papers}
    assert {"concerns-survey", "proposal", "representatives", "minutes", "ballot", "card"} <= found.keys()
    assert "＿" in write_markdown(found["proposal"].document)


@pytest.mark.parametrize("form", ["chapter", "annex"])
def test_a_chapter_and_an_annex_have_their_papers(tmp_path: Path, form: str) -> None:
    found = of(tmp_path, {"agreement.form": form})
    told = write_markdown(found["filing-form"].document)
    assert {"chapter": "☑综合集体合同的专章", "annex": "☑综合集体合同的附件"}[form] in told
    title = {"chapter": "集体合同（含女职工专章）", "annex": "集体合同（含女职工附件）"}[form]
    assert found["filing-form"].title == f"{title}送审表" and "☑综合　□工资　□女职工" in told
    assert "自收到文本之日起15日内" in write_markdown(found["filing-receipt"].document)


# ------------------------------------------------------------------ the guide for unions


def test_the_chinese_guide_lists_every_paper_in_order() -> None:
    guide = (
        (TOP / "README.zh-CN.md")
        .read_text(encoding="utf-8")
        .split("## 协商和报送的全套文书")[1]
        .split("\n## ")[0]
    )
    listed = re.findall(r"^\| `([a-z-]+)` \|", guide, re.MULTILINE)
    assert listed == [one.name for one in load_papers(load_law(), load_library())]


# ------------------------------------------------------------------ the type of papers


def sizes(profile: Path, name: str) -> tuple[str, str, str]:
    """The size of body text and of tables in half points, and the page, as Word reads them."""
    import io
    import zipfile

    from contractgen.formats.docx_write import write_docx

    with zipfile.ZipFile(io.BytesIO(write_docx(papers(profile)[name].document))) as archive:
        styles, main = archive.read("word/styles.xml").decode(), archive.read("word/document.xml").decode()
    table = re.search(r'w:styleId="CGTableText".*?w:sz w:val="(\d+)"', styles, re.DOTALL)
    body = re.search(r'<w:docDefaults>.*?w:sz w:val="(\d+)"', styles, re.DOTALL)
    page = re.search(r"<w:pgSz [^>]*>", main)
    assert table and body and page
    return body[1], table[1], page[0]


def test_papers_are_set_in_the_type_of_forms_and_what_is_hung_up_in_larger() -> None:
    assert sizes(FIRM, "reply")[:2] == ("28", "21")  # 14 and 10.5 pt
    assert sizes(FIRM, "resolution")[:2] == ("24", "20")  # 12 and 10 pt
    assert sizes(FIRM, "card")[:2] == ("28", "27")  # 13.5 pt in the table
    body, table, page = sizes(FIRM, "checklist")
    assert (body, table) == ("28", "18") and 'w:orient="landscape"' in page  # 9 pt, for many columns


def test_an_agreement_keeps_the_type_of_an_official_document() -> None:
    import io
    import zipfile

    from contractgen.formats.docx_write import write_docx

    agreement = Document(title="合同", body=(Paragraph((Text("正文。"),)),))
    with zipfile.ZipFile(io.BytesIO(write_docx(agreement))) as archive:
        assert 'w:sz w:val="32"' in archive.read("word/styles.xml").decode()
