"""What a firm tells about itself: the groups of ``firm.yaml`` and their fields.

Everything may be missing while an agreement is being drafted. Each field carries its Chinese name, why it is
needed, where in the firm it is found, and an example; the schema, ``init`` and every message speak from these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from contractgen.profile.bargaining import Bargaining
from contractgen.profile.codes import CreditCode, Email, Mailbox, Phone, Postcode
from contractgen.profile.forms import (
    SEVERAL,
    AgreedNumbers,
    AmendmentCase,
    Amount,
    Count,
    Day,
    Form,
    Line,
    Name,
    Occasion,
    Period,
    Position,
    Slug,
    Terms,
    Text,
    Yes,
    ask,
    group,
    need,
)
from contractgen.profile.groups import Group


class Contact(Group):
    """Whom to reach at the employer."""

    name: Name | None = ask("单位联系人", "报送和送达文书时找谁；一般是人事部门经办人", "秦若安")
    phone: Phone | None = ask(
        "单位联系电话", "印在合同首部，供送达和报送联系；写人事部门的办公电话", "021-5555 0100"
    )
    email: Email | None = ask("单位电子邮箱", "接收电子文书；写人事部门的公用邮箱", "hr@example.com")
    postcode: Postcode | None = ask("邮政编码", "填报送材料用；按单位住所所在地填写", "200000")


class Employer(Group):
    """The employer as its business license names it."""

    name: Name | None = ask(
        "用人单位名称", "合同甲方；与营业执照“名称”一栏一字不差", "上海虚构云锦服装有限公司"
    )
    credit_code: CreditCode | None = ask(
        "统一社会信用代码", "确定合同主体；见营业执照，共 18 位", "91310115EXAMPLE01W"
    )
    address: Line | None = ask(
        "用人单位住所", "合同首部和送达地址；见营业执照“住所”一栏", "上海市浦东新区虚构路100号"
    )
    district: Name | None = ask(
        "所在区", "决定向哪个区的人力资源社会保障部门报送；按单位住所填写", "浦东新区"
    )
    legal_representative: Name | None = ask("法定代表人", "合同首部和报送材料；见营业执照", "程立衡")
    industry: Name | None = ask("所属行业", "填报送材料用；见营业执照经营范围或者统计报表", "服装制造")
    ownership: Name | None = ask("企业性质", "填报送材料用；见营业执照“类型”一栏", "有限责任公司")
    merger_day: Day | None = ask(
        "合并、分立或者重组的日期", "只在上一份合同期限内发生过时填写；见登记机关的变更通知", "2026-06-30"
    )
    contact: Contact = group("用人单位联系方式", "送达和报送时使用", Contact)


class HazardousPost(Group):
    """A post whose work is barred or limited for women, always or in some periods."""

    post: Name = need("岗位名称", "告知书逐个列出岗位；见岗位说明书", "印花车间调浆岗")
    hazard: Line | None = ask(
        "危害因素",
        "说明禁忌的原因；噪声、高温、低温、冷水、高处和重体力作业写明级别，对照《女职工劳动保护特别规定》附录列出的级别；见职业病危害因素检测报告",
        "接触甲醛，浓度超过国家职业卫生标准",
    )
    women: Count | None = ask("岗位上的女职工人数", "确定告知和调岗的范围；见花名册", 12)
    period: Period | None = ask(
        "禁忌的时期", "说明哪些时期不能安排；对照女职工禁忌从事的劳动范围", "pregnancy_and_nursing"
    )
    measure: Text | None = ask(
        "安排和防护措施", "写明怀孕、哺乳时怎样安排；由车间和安全部门提出", "调整到成品检验岗，工资不降低"
    )


class Workforce(Group):
    """Who works here: figures of the day the proposal is made."""

    total: Count | None = ask("职工总数", "合同首部和报送材料；见在岗职工花名册，含被派遣劳动者", 620)
    women: Count | None = ask("女职工人数", "合同首部和报送材料；见花名册，含被派遣的女劳动者", 410)
    above_scale: Yes | None = ask(
        "规模以上企业", "有的地方要求规模以上企业每方多派协商代表；按统计部门的口径，问财务或者统计人员", "否"
    )
    dispatched: Count | None = ask(
        "被派遣劳动者人数", "合同是否写明派遣用工的保护；见劳务派遣协议和名册，没有的写 0", 35
    )
    new_forms: Count | None = ask(
        "新就业形态劳动者人数", "合同是否写明骑手、快递员、网约车司机等的保护；不计入职工总数，没有的写 0", 0
    )
    new_forms_women: Count | None = ask("新就业形态女性劳动者人数", "同上，其中的女性人数", 0)
    hazardous_posts: Annotated[tuple[HazardousPost, ...], SEVERAL] = group(
        "女职工禁忌从事的劳动岗位", "书面告知女职工；见职业病危害因素检测报告和岗位说明书，没有的写 []", tuple
    )
    piece_rate: Yes | None = ask("实行计件或者定额工资", "孕期检查要相应扣减定额；问生产或者人事部门", "是")
    shift_work: Yes | None = ask(
        "有轮班或者夜班", "孕期、哺乳期的夜班限制要写进排班；问生产或者门店管理部门", "是"
    )


class Union(Group):
    """The trade union at the employer, or the higher union that guides where there is none."""

    name: Name | None = ask(
        "工会名称", "合同乙方；与工会法人资格证书一字不差", "上海虚构云锦服装有限公司工会委员会"
    )
    chair: Name | None = ask("工会主席", "合同首部，一般也是职工方首席代表；见工会选举结果的批复", "许文澜")
    women_committee: Yes | None = ask(
        "建立了女职工委员会", "合同中由谁代表女职工提意见；见上级工会批复", "是"
    )
    women_committee_chair: Name | None = ask("女职工委员会主任", "合同首部；见女职工委员会选举结果", "顾晓棠")
    members: Count | None = ask("工会会员人数", "填报送材料用；见会员名册", 598)
    phone: Phone | None = ask("工会联系电话", "印在合同首部和投诉卡；写工会办公电话", "021-5555 0101")
    guiding_union: Name | None = ask(
        "指导推选的上级工会",
        "只在本单位没有工会时填写；写指导职工推选协商代表的镇、街道或者行业工会",
        "上海市嘉定区虚构镇总工会",
    )
    employees_representative: Name | None = ask(
        "推选的职工方首席代表", "只在本单位没有工会时填写；见民主推选记录", "罗小满"
    )

    @property
    def exists(self) -> bool:
        """Whether the employer has its own union: so unless only a guiding union or elected person is named."""
        return self.name is not None or (self.guiding_union is None and self.employees_representative is None)

    @property
    def told(self) -> bool:
        """Whether anything shows that there is a union, or that there is none."""
        return (self.name, self.guiding_union, self.employees_representative) != (None, None, None)


class Previous(Group):
    """The agreement that this one renews or amends."""

    signing_day: Day | None = ask(
        "上一份合同的签订日期", "续订或者变更时说明沿革；见上一份合同", "2023-11-20"
    )
    end: Day | None = ask("上一份合同的期满日期", "续订时与新合同衔接；见上一份合同", "2026-12-31")


class OtherPlace(Group):
    """A workplace away from the seat: the law of its place holds for the work there."""

    place: Name = need("工作地点所在地", "工作地点适用哪里的标准；写当地的代号", "zhejiang")
    site: Name | None = ask(
        "工作地点的名称", "印在各工作地点标准对照表；写工厂、门店或者项目的名称", "虚构嘉兴工厂"
    )
    women: Count | None = ask("该工作地点的女职工人数", "说明对照表涉及多少人；见花名册", 30)
    terms: Terms = group(
        "只用于该地的约定数值",
        "在该地约定得比正文更好的天数、次数、金额等；名称与 terms 相同，不写的各地相同",
        lambda: AgreedNumbers({}),
    )


class MainContract(Group):
    """The general collective contract of which this agreement is a chapter or an annex."""

    title: Name | None = ask(
        "主合同的名称", "写明属于哪一份综合集体合同；见该合同封面", "上海虚构云锦服装有限公司集体合同"
    )
    signing_day: Day | None = ask(
        "主合同的签订日期", "已经签订的填写；与本次同时签订的写拟签订日期", "2026-12-01"
    )
    start: Day | None = ask("主合同期限开始日", "核对期限一致；见主合同期限条款", "2027-01-01")
    end: Day | None = ask("主合同期限届满日", "核对期限一致；见主合同期限条款", "2029-12-31")
    chapter: Position | None = ask("专章的章号", "只在作为专章时填写；这一章在主合同中是第几章，只写数字", 6)
    chapter_title: Name | None = ask("专章的标题", "印作章标题；不写的用条款库的标题", "女职工特殊保护")
    first_article: Position | None = ask(
        "专章第一条的条号", "只在作为专章时填写；接着主合同前一章的最后一条，只写数字", 30
    )
    annex: Position | None = ask("附件的编号", "只在作为附件时填写；是主合同的附件几，只写数字", 3)
    first_annex: Position | None = ask(
        "所附各表的第一个附件编号",
        "假期和待遇一览表等列为主合同的附件，从附件几编起；作为附件时不写的，接着本附件编号",
        4,
    )
    last_article: Position | None = ask(
        "主合同最后一条的条号", "只在变更专章、增加条文时填写；增加的条文从下一个条号编起，只写数字", 96
    )
    last_annex: Position | None = ask(
        "主合同最后一个附件的编号", "只在变更专章、增加附件时填写；增加的附件从下一个编号编起，只写数字", 7
    )
    amendment: Name | None = ask(
        "主合同规定变更和解除的章或者条的标题",
        "引用时写标题不写条号，条号变动不受影响",
        "集体合同的变更、解除和终止",
    )
    disputes: Name | None = ask(
        "主合同规定争议处理的章或者条的标题", "引用时写标题不写条号，条号变动不受影响", "争议处理"
    )


class AgreementFacts(Group):
    """Which agreement is to be made: place, form, days."""

    place: Name | None = ask("适用哪里的法律", "决定适用的地方规定；写用人单位所在地的代号", "shanghai")
    other_places: Annotated[tuple[OtherPlace, ...], SEVERAL] = group(
        "其他工作地点",
        "用人单位所在地以外、适用另一地方规定的工作地点，逐处填写；没有的写 []",
        tuple,
    )
    form: Form = group(
        "合同形式",
        "standalone 单独订立，chapter 作为综合集体合同的专章，annex 作为附件",
        lambda: "standalone",
    )
    occasion: Occasion | None = ask(
        "签订的缘由", "填报送材料用：first 首次签订，renewal 续订，amendment 变更", "first"
    )
    case: AmendmentCase | None = ask(
        "变更的情形",
        "只在变更时填写；合同“变更和解除”一条列举的情形，属于哪一种：law_changed 法律政策变化，"
        "not_performable 无法履行，necessary 双方认为确有必要",
        "law_changed",
    )
    grounds: Text | None = ask(
        "变更的理由",
        "只在变更时填写；写明双方协商一致的变更理由，见变更协商的会议记录",
        "地方法规增加了育儿假",
    )
    signing_day: Day | None = ask(
        "拟签订日期",
        "决定按哪一天的法律起草；写计划正式签字的日期，异议后重新签订的写重新签订的日期",
        "2026-12-01",
    )
    start: Day | None = ask("合同期限开始日", "合同期限从哪天起；一般在报送审查期满以后", "2027-01-01")
    end: Day | None = ask("合同期限届满日", "合同期限到哪天止", "2029-12-31")
    copies: Count | None = ask("合同份数", "印在合同末尾；双方各执和报送、存档所需的份数", 4)
    serial: Name | None = ask("合同编号", "单位有合同编号制度时填写", "女专〔2026〕1号")
    previous: Previous = group("上一份合同", "只在续订、变更时填写", Previous)
    main_contract: MainContract = group(
        "综合集体合同（主合同）", "只在作为专章或者附件时填写；单独订立的不写", MainContract
    )


class HarassmentContact(Group):
    """Where a complaint about sexual harassment goes."""

    body: Name | None = ask(
        "性骚扰投诉的负责机构", "合同须写明由谁受理；由用人单位与工会商定", "人力资源部与工会女职工委员会"
    )
    person: Name | None = ask("性骚扰投诉的负责人", "投诉卡印出姓名；由负责机构指定，宜为女性", "秦若安")
    phone: Phone | None = ask("性骚扰投诉电话", "印在合同和投诉卡；写有专人接听的号码", "021-5555 0102")
    mailbox: Mailbox | None = ask(
        "性骚扰投诉信箱", "印在合同和投诉卡；写电子邮箱，或者意见箱的位置", "care@example.com"
    )
    address: Line | None = ask("接待投诉的地点", "印在投诉卡；宜为不引人注意的单独房间", "办公楼二楼205室")


class PrivacyContact(Group):
    """Who answers for personal information."""

    person: Name | None = ask(
        "个人信息保护的负责人", "职工查阅、更正、删除个人信息时找谁；由用人单位指定", "秦若安"
    )
    phone: Phone | None = ask("个人信息保护联系电话", "印在合同和告知书", "021-5555 0103")
    email: Email | None = ask("个人信息保护联系邮箱", "印在合同和告知书；写公用邮箱", "privacy@example.com")


class WomenContact(Group):
    """Whom women workers turn to about this agreement."""

    person: Name | None = ask("女职工工作联系人", "职工询问合同内容时找谁；一般是女职工委员会委员", "许文澜")
    phone: Phone | None = ask("女职工工作联系电话", "印在告知书", "021-5555 0101")
    email: Email | None = ask("女职工工作联系邮箱", "印在告知书", "union@example.com")


class Contacts(Group):
    """The contacts that the agreement must name."""

    harassment: HarassmentContact = group("性骚扰投诉渠道", "合同和投诉卡须印出投诉渠道", HarassmentContact)
    personal_information: PrivacyContact = group(
        "个人信息保护联系人", "合同和告知书须印出联系人", PrivacyContact
    )
    women_workers: WomenContact = group("女职工工作联系人", "职工询问合同内容时使用", WomenContact)


class LeftOut(Group):
    """A clause that the parties leave out, and why."""

    id: Slug = need("不选用的条款", "条款编号；用 contractgen clauses list 查看", "menopause-care")
    reason: Text = need("不选用的理由", "留给审核的人看", "已写入综合集体合同第三十条")


class OwnText(Group):
    """An article in the parties' own words."""

    title: Name = need("自拟条文的标题", "印作条文标题", "女职工休息室")
    text: Text = need("自拟条文的内容", "照原样印出，每行一款", "用人单位在一号车间设女职工休息室。")
    chapter: Slug | None = ask("放在哪一章", "章的编号；不写的放在最后一章", "health")


class Clauses(Group):
    """What the parties choose beyond the book."""

    include: Annotated[tuple[Slug, ...], SEVERAL] = group(
        "增选的条款", "只在要求时才写入的条款编号；用 contractgen clauses list 查看", tuple
    )
    leave_out: Annotated[tuple[LeftOut, ...], SEVERAL] = group("不选用的条款", "每项写编号和理由", tuple)
    own: Annotated[tuple[OwnText, ...], SEVERAL] = group(
        "自拟的条文", "双方自己商定的条文，照原样印出", tuple
    )


class Accepted(Group):
    """A finding that somebody answers for."""

    rule: Slug = need("接受的检查规则", "检查结果末尾方括号里的编号", "term-length")
    by: Name = need("由谁接受", "写姓名和职务", "许文澜（工会主席）")
    reason: Text = need("接受的理由", "留给审核的人看", "上级工会已同意")
    until: Day = need("接受到哪一天为止", "到期后重新提示；与起草所按的日期（签订日）比较", "2027-12-31")
    where: Text | None = ask(
        "只接受哪一处",
        "不写的，接受这条规则的全部结果；写情况表的路径、合同的条款或者法规的名称",
        "clauses.own.0",
    )


class Budget(Group):
    """Wages for an estimate of costs; never printed in the agreement."""

    average_monthly_wage: Amount | None = ask(
        "女职工月平均工资（元）", "估算费用，不印入合同；见工资表", 7200
    )
    local_minimum_wage: Amount | None = ask(
        "当地月最低工资标准（元）", "估算费用，不印入合同；见当地公布的标准"
    )
    expected_births: Count | None = ask("预计每年生育人数", "估算费用，不印入合同；参照前三年的平均数", 9)


class Profile(Group):
    """One firm's facts and choices, as its file holds them."""

    employer: Employer = group("用人单位", "合同甲方", Employer)
    workforce: Workforce = group("职工情况", "决定选用哪些条款", Workforce)
    union: Union = group("工会", "合同乙方；没有工会的写指导推选的上级工会", Union)
    agreement: AgreementFacts = group("合同", "适用的法律、形式和期限", AgreementFacts)
    bargaining: Bargaining = group("协商过程", "代表、会议、审议和报送；还没有发生的先空着", Bargaining)
    contacts: Contacts = group("联系渠道", "合同须写明的投诉渠道和联系人", Contacts)
    terms: Terms = group(
        "约定数值",
        "双方商定的天数、次数、金额等；名称见 contractgen explain，不写的采用法定标准或者建议值",
        lambda: AgreedNumbers({}),
    )
    clauses: Clauses = group("条款选择", "增选、不选用和自拟的条文", Clauses)
    accepted: Annotated[tuple[Accepted, ...], SEVERAL] = group(
        "接受的检查结果", "谁接受、为什么、到哪天为止", tuple
    )
    budget: Budget = group("费用估算", "只用来估算费用，不印入合同，可以不填", Budget)

    @property
    def as_voted_last(self) -> Profile:
        """The profile as the text tells it: after an objection the new round, which is about this text, not the first."""
        objected, facts = self.bargaining.objection.day, self.agreement
        if objected is None:
            return self
        if facts.signing_day is not None and facts.signing_day <= objected:  # of the first text
            facts = facts.model_copy(update={"signing_day": None})
        return self.model_copy(update={"agreement": facts, "bargaining": self.bargaining.last_round})

    def at(self, path: str) -> Any:
        """The value at a dotted path such as ``employer.name``; None where it is not yet known.

        Raises:
            KeyError: for a path that no profile has.
        """
        from contractgen.profile.fields import field_at

        field_at(path)
        found: Any = self
        for step in path.split("."):
            if found is None:
                return None
            if isinstance(found, Mapping):
                found = found.get(step)
            elif isinstance(found, tuple):
                found = found[int(step)] if int(step) < len(found) else None
            else:
                found = getattr(found, step)
        return found
