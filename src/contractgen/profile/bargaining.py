"""The course of the bargaining as a firm tells it: who bargained, met and voted, and on which days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any

from contractgen.profile.forms import (
    SEVERAL,
    CongressKind,
    Count,
    Day,
    Name,
    Sex,
    Side,
    Text,
    Yes,
    ask,
    group,
)
from contractgen.profile.groups import Group

# What is told of the first round only -> the name under which an objection tells it anew; '' where nobody is asked again.
AGAIN: Mapping[str, str] = {
    "settled_day": "",
    "draft_signed_day": "draft_signed_day",
    "papers_sent_day": "papers_sent_day",
    "congress": "congress",
    "union_report_day": "",
    "notice_day": "notice_day",
    "submission_day": "resubmission_day",
}
GROUP, ANEW = "bargaining", "bargaining.objection"
PLANNED = ("kind", "session", "entitled", "women_entitled")  # of a vote, told before it is held


class Representative(Group):
    """A person who bargains for one side."""

    name: Name | None = ask("姓名", "双方代表名单；与身份证件一致，不写证件号码", "许文澜")
    sex: Sex | None = ask("性别", "核对有没有女性代表", "女")
    side: Side | None = ask("所属一方", "employees 职工方，employer 用人单位方", "employees")
    role: Name | None = ask("职务或者岗位", "双方代表名单", "工会主席")
    chief: Yes = group("首席代表", "每方一名，在合同上签字；是的写 是，不是的可以不写", lambda: False)
    outside: Yes = group("外聘代表", "本单位以外的专业人员写 是；不是的可以不写", lambda: False)


class Authority(Group):
    """By which papers the chief representatives may act."""

    employer_day: Day | None = ask(
        "用人单位书面委托的日期", "首席代表不是法定代表人时填写；见授权委托书", "2026-09-18"
    )
    employees_day: Day | None = ask(
        "工会主席书面委托的日期", "职工方首席代表不是工会主席时填写；见委托书", "2026-09-18"
    )


class Election(Group):
    """How the employees chose representatives whom no union names: a fact only once it is here."""

    day: Day | None = ask("推选职工方代表的日期", "证明代表资格；见推选记录", "2026-09-10")
    entitled: Count | None = ask(
        "参加推选的全体人数", "计算同意的比例；由全体职工推选的写职工总数，由职工代表大会推选的写代表总数", 46
    )
    votes_for: Count | None = ask("同意的人数", "核对是否达到规定的比例；见推选记录", 31)


class Meeting(Group):
    """A bargaining meeting."""

    day: Day | None = ask("协商会议日期", "报送的协商过程说明；见会议记录", "2026-10-12")
    place: Name | None = ask("协商会议地点", "报送的协商过程说明；见会议记录", "公司三楼会议室")
    minutes_signed: Yes | None = ask("会议记录已由双方首席代表签字", "证明协商过程；看会议记录末页", "是")
    notice_day: Day | None = ask(
        "通知协商事项和代表名单的日期", "有的地方要求会前若干日通知对方；见通知的签收记录", "2026-10-08"
    )


class Congress(Group):
    """The vote of the employees' congress or the general meeting: printed as a fact only once it is here."""

    kind: CongressKind | None = ask("会议种类", "congress 职工代表大会，general_meeting 职工大会", "congress")
    session: Name | None = ask("会议届次", "印在合同首部和决议；见会议通知", "三届二次")
    day: Day | None = ask("会议通过日期", "印在合同首部和决议；见会议决议", "2026-11-12")
    entitled: Count | None = ask("应到人数", "计算出席和通过的比例；写全体代表（职工大会写全体职工）人数", 60)
    present: Count | None = ask("实到人数", "核对出席人数；见签到表", 56)
    women_entitled: Count | None = ask(
        "女代表人数", "核对女代表的比例；写全体代表中的女代表，职工大会不写", 40
    )
    women_present: Count | None = ask("实到女代表人数", "报送材料；见签到表", 37)
    votes_for: Count | None = ask("赞成票", "核对是否通过；见计票记录", 55)
    votes_against: Count | None = ask("反对票", "见计票记录，没有的写 0", 0)
    abstentions: Count | None = ask("弃权票", "见计票记录，没有的写 0", 1)
    secret_ballot: Yes | None = ask("采用无记名投票", "核对表决方式；见表决办法", "是")
    resolution_names: Yes | None = ask(
        "决议写明本附件（专章）", "作为附件或者专章随主合同表决时填写；见会议决议", "是"
    )


class Objection(Group):
    """An objection of the authority, and the new vote on the amended text."""

    day: Day | None = ask("收到异议的日期", "异议之后要重新协商和表决；见审查意见书的签收记录", "2026-12-14")
    matters: Text | None = ask("提出异议的事项", "逐条对照修改；见审查意见书", "第三十二条，育儿假的天数")
    draft_signed_day: Day | None = ask(
        "修改后的草案由双方首席代表签字的日期",
        "有的地方规定签字后才能提交职工代表大会；见草案签字页",
        "2026-12-18",
    )
    papers_sent_day: Day | None = ask(
        "修改后的草案送达职工代表的日期", "核对会前送达的天数；见发放记录", "2026-12-21"
    )
    congress: Congress = group("对修改后文本的重新表决", "与第一次表决填写同样的内容，人数另计", Congress)
    notice_day: Day | None = ask(
        "重新表决的通过情况书面告知用人单位的日期",
        "有的地方重新报送的期限从这天起算，写用人单位签收的一天；见告知书的签收记录",
        "2026-12-29",
    )
    resubmission_day: Day | None = ask(
        "重新报送的日期", "审查期限从收到修改后的文本起重新计算；见受理回执", "2026-12-30"
    )


class Bargaining(Group):
    """The course of the bargaining, from the proposal to the publication."""

    proposal_day: Day | None = ask(
        "提出协商要约（建议）的日期", "期限从这天起算；见协商建议书和签收记录", "2026-09-07"
    )
    reply_day: Day | None = ask("书面答复的日期", "核对答复是否及时；见答复书", "2026-09-14")
    agreed_day: Day | None = ask(
        "双方同意协商的日期", "产生代表的期限从这天起算；一般是同意协商的答复书送达的日期", "2026-09-14"
    )
    representatives: Annotated[tuple[Representative, ...], SEVERAL] = group(
        "双方协商代表", "印出代表名单，核对人数和资格；见代表产生的文件", tuple
    )
    election: Election = group(
        "推选职工方代表", "没有工会的单位，以及代表由职工代表大会选举的地方填写；见推选记录", Election
    )
    representatives_named_day: Day | None = ask(
        "把本方代表名单书面告知对方的日期", "双方都告知的，写较晚的一天；见名单的签收记录", "2026-09-22"
    )
    authority: Authority = group("委托", "首席代表不是法定代表人、工会主席时的书面委托", Authority)
    meetings: Annotated[tuple[Meeting, ...], SEVERAL] = group(
        "协商会议", "按先后顺序逐次填写；见会议记录", tuple
    )
    settled_day: Day | None = ask(
        "双方协商达成一致的日期", "有的地方从这天起算提交表决的期限；一般是最后一次会议的日期", "2026-10-29"
    )
    draft_signed_day: Day | None = ask(
        "草案由双方首席代表签字的日期", "有的地方规定签字后才能提交职工代表大会；见草案签字页", "2026-10-30"
    )
    papers_sent_day: Day | None = ask(
        "草案送达职工代表的日期", "核对会前送达的天数；见发放记录", "2026-11-02"
    )
    congress: Congress = group("职工（代表）大会审议", "合同草案须经审议通过；见会议记录和计票记录", Congress)
    union_report_day: Day | None = ask(
        "向上一级工会报告的日期",
        "有的地方要求闭会后若干日内报告会议情况，或者生效后报送文本；见签收记录",
        "2026-11-17",
    )
    notice_day: Day | None = ask(
        "把通过情况书面告知用人单位的日期", "有的地方报送期限从这天起算；见签收记录", "2026-11-16"
    )
    submission_day: Day | None = ask(
        "报送人力资源社会保障部门的日期", "审查期限从这天起算；见受理回执", "2026-12-04"
    )
    objection: Objection = group("人力资源社会保障部门的异议", "只在收到异议时填写；见审查意见书", Objection)
    in_force_day: Day | None = ask(
        "合同生效的日期", "公布的期限从这天起算；审查期满没有异议的次日", "2026-12-20"
    )
    publication_day: Day | None = ask("向全体职工公布的日期", "核对公布是否及时；见公告", "2026-12-24")

    def side(self, side: str) -> tuple[Representative, ...]:
        """The representatives of one side: ``employees`` or ``employer``."""
        return tuple(one for one in self.representatives if one.side == side)

    @property
    def employees_chief(self) -> Representative | None:
        """The chief representative of the employees' side, where one is named."""
        return next((one for one in self.side("employees") if one.chief), None)

    @property
    def employer_chief(self) -> Representative | None:
        """The chief representative of the employer's side, where one is named."""
        return next((one for one in self.side("employer") if one.chief), None)

    @property
    def last_round(self) -> Bargaining:
        """The course as a text of its last round tells it: after an objection only what was done anew."""
        if self.objection.day is None:
            return self
        anew = {name: getattr(self.objection, again) if again else None for name, again in AGAIN.items()}
        return self.model_copy(update=anew)

    def told_at(self, path: str) -> str:
        """Where the profile holds what a text of the last round prints under a path; '' where it holds it nowhere."""
        group, _, rest = path.partition(".")
        name, dot, inner = rest.partition(".")
        if group != GROUP or name not in AGAIN or self.objection.day is None:
            return path
        return f"{ANEW}.{AGAIN[name]}{dot}{inner}" if AGAIN[name] else ""

    def come_by(self, today: datetime.date) -> Bargaining:
        """The course without what has not come by a day: later days, and what a later meeting or vote will have brought."""
        come: Bargaining = _come(self, today)
        return come


def _come(group: Any, today: datetime.date) -> Any:
    ahead = _is_ahead(group, today)
    kept: dict[str, Any] = {}
    for name, about in type(group).model_fields.items():
        found = getattr(group, name)
        if isinstance(found, tuple):
            kept[name] = tuple(_come(one, today) for one in found if not _is_ahead(one, today))
        elif (ahead and name not in PLANNED) or (isinstance(found, datetime.date) and found > today):
            kept[name] = about.get_default(call_default_factory=True)
        elif isinstance(found, Group):
            kept[name] = _come(found, today)
    return group.model_copy(update=kept)


def _is_ahead(group: Any, today: datetime.date) -> bool:
    day = getattr(group, "day", None)
    return day is not None and day > today
