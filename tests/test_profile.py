"""profile: every fault in a firm's file is told at once, at its line and column, by its Chinese name."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from contractgen.files import check_text, load_yaml
from contractgen.findings import Finding, InputError, Severity
from contractgen.profile import (
    Profile,
    add_item,
    bargaining_questions,
    blank_profile,
    field_at,
    field_help,
    field_title,
    fields,
    is_path,
    load_profile,
    open_questions,
    profile_schema,
    put,
    put_empty_list,
    read_profile,
    refusal,
)
from contractgen.profile.answers import CannotEdit
from contractgen.profile.blank import written
from contractgen.profile.codes import CODE_LETTERS

CODE = "91310115EXAMPLE01W"
EXAMPLES = Path(__file__).parents[1] / "examples"
ALL_EXAMPLES = sorted([EXAMPLES / "firm.yaml", *EXAMPLES.glob("*/profile.yaml")])


def read(text: str) -> tuple[Profile | None, tuple[Finding, ...]]:
    return read_profile(load_yaml(Path("firm.yaml"), text=text, tolerant=True))


def profile_of(text: str) -> Profile:
    profile, findings = read(text)
    assert not findings, [str(one) for one in findings]
    assert profile is not None
    return profile


def faults(text: str) -> list[str]:
    """line:column message, in the order in which they are told."""
    return [f"{one.location.line}:{one.location.column} {one.message}" for one in read(text)[1]]


def told(text: str) -> str:
    """The only fault of a file, with rule and remedy."""
    (one,) = read(text)[1]
    return f"{one.location.line}:{one.location.column} {one.message} [{one.rule}] {one.hint}"


# ------------------------------------------------------------------ single faults, each at its place

CODE_KEY = "employer: {credit_code: "
PHONE_KEY = "employer: {contact: {phone: "
REP = "bargaining:\n  representatives:\n"

SINGLE: dict[str, tuple[str, str]] = {
    "unknown key": (
        "employer:\n  adress: 上海\n",
        "2:3 用人单位里没有“adress”这一项 [unknown-key] 是不是 address（用人单位住所）？",
    ),
    "unknown group": (
        "emploier:\n  name: 甲\n",
        "1:1 没有“emploier”这一项 [unknown-key] 是不是 employer（用人单位）？",
    ),
    "key of another group": (
        "workforce:\n  chair: 甲\n",
        "2:3 职工情况里没有“chair”这一项 [unknown-key] chair 属于 union，请移到 union: 下面",
    ),
    "chinese key": (
        "union:\n  工会主席: 甲\n",
        "2:3 工会里没有“工会主席”这一项 [unknown-key] 是不是 chair（工会主席）？",
    ),
    "derived key": (
        "union:\n  exists: true\n",
        "2:3 工会里没有“exists”这一项 [unknown-key] 这一项由程序推出，不用填写，请删去",
    ),
    "number as key": (
        "workforce:\n  1: 2\n",
        "2:3 职工情况里没有“1”这一项 [unknown-key] 这里可以写 total、women、above_scale、dispatched、new_forms、"
        "new_forms_women、hazardous_posts、piece_rate、shift_work",
    ),
    "group that is a text": (
        "employer: 甲公司\n",
        "1:11 用人单位：应当是一组内容，写的是“甲公司” [wrong-form] 请另起一行、缩进两格，逐行写“键: 值”",
    ),
    "list that is a text": (
        "bargaining:\n  meetings: 三次\n",
        "2:13 协商会议：应当是一个列表，写的是“三次” [wrong-form] 每项另起一行，用“- ”开头；没有的写 []",
    ),
    "wrong check digit": (
        CODE_KEY + "91310115EXAMPLE01X}\n",
        "1:25 统一社会信用代码：校验码（第 18 位）应当是 W，写的是 X，说明有一位写错了 [credit-code] "
        "请对照营业执照逐位核对",
    ),
    "code with a letter that no code has": (
        CODE_KEY + "9131O115EXAMPLE01W}\n",
        "1:25 统一社会信用代码：第 5 位是“O”，代码里没有这个字符，可能是 0 [credit-code] 请对照营业执照逐位核对",
    ),
    "short code": (
        CODE_KEY + "91310115EXAMPLE}\n",
        "1:25 统一社会信用代码：应当是 18 位，写的是 15 位（“91310115EXAMPLE”） [credit-code] 请对照营业执照逐位核对",
    ),
    "code as a spreadsheet writes it": (
        CODE_KEY + "9.1E+17}\n",
        "1:25 统一社会信用代码：被表格软件改成了科学计数法（“9.1e+17”），原来的数字已经丢失 [credit-code] "
        "请对照营业执照重新输入，并在两边加上英文引号；表格里的这一列先设为文本格式",
    ),
    "code as a spreadsheet rounds it": (
        CODE_KEY + "913101150000000000}\n",
        "1:25 统一社会信用代码：末尾几位成了 0（“913101150000000000”）：表格软件只保留数字的前 15 位，"
        "后面的已经丢失 [credit-code] "
        "请对照营业执照重新输入，并在两边加上英文引号；表格里的这一列先设为文本格式",
    ),
    "code as a short number": (
        CODE_KEY + "9131011500}\n",
        "1:25 统一社会信用代码：应当是 18 位，写的是 10 位（“9131011500”），像是被表格软件当成了数字 [credit-code] "
        "请对照营业执照重新输入，并在两边加上英文引号；表格里的这一列先设为文本格式",
    ),
    "phone without area code": (
        PHONE_KEY + "5555 0100}}\n",
        "1:29 单位联系电话：不是完整的电话号码（“5555 0100”），缺少区号 [phone] "
        "例如 021-5555 0100、13800000000、400-000-0000；分机写成 021-5555 0100转801",
    ),
    "phone as a number": (
        PHONE_KEY + "02155550100}}\n",
        "1:29 单位联系电话：没有加引号，被当成了数字（2155550100），区号开头的 0 会丢失 [phone] "
        "请在两边加上英文引号；例如 021-5555 0100、13800000000、400-000-0000；分机写成 021-5555 0100转801",
    ),
    "mail address": (
        "employer: {contact: {email: hr＠example。com}}\n",
        "1:29 单位电子邮箱：不是电子邮箱地址（“hr＠example。com”），可能是 hr@example.com [mailbox] "
        "请写成 name@example.com 的样子",
    ),
    "complaint mailbox": (
        "contacts: {harassment: {mailbox: care@}}\n",
        "1:34 性骚扰投诉信箱：不是电子邮箱地址（“care@”） [mailbox] 请写成 name@example.com 的样子",
    ),
    "postcode without quotes": (
        "employer: {contact: {postcode: 010000}}\n",
        "1:32 邮政编码：应当是 6 位数字，写的是“10000”；没有加引号时，开头的 0 会丢失 [postcode] "
        '请写成 "200000" 的样子，两边加英文引号',
    ),
    "number in quotes": (
        'workforce:\n  total: "12"\n',
        '2:10 职工总数：数字加了引号，成了文字（"12"） [wrong-form] 请去掉引号，写成 12',
    ),
    "wide number": (
        "workforce:\n  total: １２\n",
        "2:10 职工总数：数字是全角的（“１２”） [wrong-form] 请写成 12，不加引号",
    ),
    "number of five thousand digits": (
        f"workforce:\n  total: '{'9' * 5000}'\n",
        f"2:10 职工总数：应当是整数，写的是“{'9' * 29}…” [wrong-form] 请只写阿拉伯数字，不加单位、逗号和引号",
    ),
    "term of five thousand digits": (
        f"terms:\n  a: '{'9' * 5000}'\n",
        f"2:6 约定数值 a：应当是数字，写的是“{'9' * 29}…” [wrong-form] 请只写阿拉伯数字，不加单位、逗号和引号",
    ),
    "number with its unit": (
        "workforce:\n  total: 12人\n",
        "2:10 职工总数：应当是整数，写的是“12人” [wrong-form] 请只写阿拉伯数字，不加单位、逗号和引号",
    ),
    "fraction of a person": (
        "workforce:\n  total: 12.5\n",
        "2:10 职工总数：应当是整数，写的是“12.5” [wrong-form] 请只写阿拉伯数字，不加单位、逗号和引号",
    ),
    "less than nobody": (
        "workforce:\n  total: -1\n",
        "2:10 职工总数：不会是 -1 [count] 请写 0 到 10000000 之间的整数",
    ),
    "yes or no": (
        "workforce:\n  piece_rate: yes\n",
        "2:15 实行计件或者定额工资：应当写“是”或者“否”，写的是“yes” [wrong-form] "
        "请写 是 或者 否（也可以写 true 或者 false）",
    ),
    "choice": (
        "agreement:\n  form: 附件\n",
        "2:9 合同形式：不能写“附件” [wrong-form] 请改为 annex",
    ),
    "choice that means nothing": (
        REP + "    - {side: boss}\n",
        "3:14 双方协商代表第1项的所属一方：不能写“boss” [wrong-form] "
        "请选一个：employees（职工方）、employer（用人单位方）",
    ),
    "no such day": (
        "agreement:\n  signing_day: 2026-02-30\n",
        "2:16 拟签订日期：没有 2026-02-30 这一天 [no-such-day] 请按“年-月-日”写一个真实的日期，例如 2026-12-01",
    ),
    "no such day in Chinese": (
        "agreement:\n  signing_day: 2026年2月30日\n",
        "2:16 拟签订日期：写的是“2026年2月30日”，没有这一天 [no-such-day] 请核对月份和日期",
    ),
    "day in another form": (
        "agreement:\n  signing_day: 2026/12/1\n",
        "2:16 拟签订日期：写的是“2026/12/1”，日期要用统一的写法 [wrong-form] 请改为 2026-12-01",
    ),
    "day that is none": (
        "agreement:\n  signing_day: 年底\n",
        "2:16 拟签订日期：应当是日期，写的是“年底” [wrong-form] 请写成 2026-12-01 的样子，不加引号",
    ),
    "year": (
        "agreement:\n  signing_day: 0206-12-01\n",
        "2:16 拟签订日期：写的是206年，年份不对 [no-such-day] 请核对年份",
    ),
    "template marks": (
        "employer:\n  name: 甲{{ x }}公司\n",
        "2:9 用人单位名称：含有模板标记（{{、}}、{%、%} 等） [refused-text] 请删去这些字符后重新输入",
    ),
    "bidirectional character": (
        'employer:\n  name: "甲\\u202E公司"\n',
        "2:9 用人单位名称：含有会改变显示顺序的不可见字符（U+202E） [refused-text] 请删去这些字符后重新输入",
    ),
    "control character": (
        'employer:\n  name: "甲\\x1b[31m公司"\n',
        "2:9 用人单位名称：含有不可见的控制字符（U+001B） [refused-text] 请删去这些字符后重新输入",
    ),
    "private use character": (
        'employer:\n  name: "甲\\uE000公司"\n',
        "2:9 用人单位名称：含有不通用的字符（U+E000），在别的电脑上显示不出来 [refused-text] 请删去这些字符后重新输入",
    ),
    "long name": (
        f"employer:\n  name: {'长' * 10_000}\n",
        "2:9 用人单位名称：有 10000 个字，最多 100 个字 [too-long] 请写得短一些，或者确认没有填错位置",
    ),
    "empty quotes": (
        'employer:\n  name: ""\n',
        "2:9 用人单位名称：引号里没有内容 [wrong-form] 请填写；还不知道的写 待填",
    ),
    "number as name": (
        "employer:\n  name: 12\n",
        "2:9 用人单位名称：应当是文字，写的是“12” [wrong-form] 请在内容两边加上英文引号",
    ),
    "identity number": (
        "contacts:\n  harassment:\n    person: 甲 110101 19900307 001X\n",
        "3:13 性骚扰投诉的负责人：写有像居民身份证号码的 18 位数字；合同不需要身份证号码，印出来会泄露个人信息 "
        "[identity-number] 请删去号码；需要区分同名的人时写部门或者岗位",
    ),
    "identity number without quotes": (
        "union:\n  chair: 110101199003070011\n",
        "2:10 工会主席：写有像居民身份证号码的 18 位数字；合同不需要身份证号码，印出来会泄露个人信息 "
        "[identity-number] 请删去号码；需要区分同名的人时写部门或者岗位",
    ),
    "term in quotes": (
        'terms:\n  maternity_leave: "128"\n',
        '2:20 约定数值 maternity_leave：数字加了引号，成了文字（"128"） [wrong-form] 请去掉引号，写成 128',
    ),
    "term that is a choice": (
        "terms:\n  maternity_leave: true\n",
        "2:20 约定数值 maternity_leave：应当是数字，写的是“true” [wrong-form] 请只写阿拉伯数字，不加单位、逗号和引号",
    ),
    "term without end": (
        "terms:\n  maternity_leave: 1e999\n",
        "2:20 约定数值 maternity_leave：应当是数字，写的是“inf” [wrong-form] 请只写阿拉伯数字，不加单位、逗号和引号",
    ),
    "term with a Chinese name": (
        "terms:\n  产假: 128\n",
        "2:3 约定数值 产假：名称应当是约定数值的英文名称，写的是“产假” [wrong-form] 请写成 maternity_leave 的样子",
    ),
    "clause id": (
        "clauses:\n  include: [birth_leave]\n",
        "2:13 增选的条款第1项：应当是英文编号，写的是“birth_leave” [wrong-form] 请写成 birth-leave 的样子",
    ),
    "clause left out without a reason": (
        "clauses:\n  leave_out:\n    - id: birth-leave\n",
        "3:7 不选用的条款第1项的不选用的理由：还没有填写 [incomplete] 请补上 reason，或者删去这一项",
    ),
    "post without a name": (
        "workforce:\n  hazardous_posts:\n    - {hazard: 噪声}\n",
        "3:7 女职工禁忌从事的劳动岗位第1项的岗位名称：还没有填写 [incomplete] 请补上 post，或者删去这一项",
    ),
    "key twice": (
        "employer: {name: 甲}\nunion: {name: 乙}\nunion: {name: 丙}\n",
        "3:1 工会：“union”重复出现 [duplicate-key] 同一级里只能写一次，请删去或者合并",
    ),
    # ---------------------------------------------- answers that contradict each other
    "more women than staff": (
        "workforce:\n  total: 30\n  women: 31\n",
        "3:10 女职工人数：31 多于职工总数（30） [count] 请核对这两个数字",
    ),
    "more dispatched than staff": (
        "workforce: {total: 30, dispatched: 31}\n",
        "1:36 被派遣劳动者人数：31 多于职工总数（30） [count] 请核对这两个数字",
    ),
    "more couriers who are women than couriers": (
        "workforce: {new_forms: 3, new_forms_women: 4}\n",
        "1:44 新就业形态女性劳动者人数：4 多于新就业形态劳动者人数（3） [count] 请核对这两个数字",
    ),
    "more women at a post than in the firm": (
        "workforce:\n  women: 3\n  hazardous_posts:\n    - {post: 调浆, women: 4}\n",
        "4:25 女职工禁忌从事的劳动岗位第1项的岗位上的女职工人数：4 多于女职工人数（3） [count] 请核对这两个数字",
    ),
    "more present than entitled": (
        "bargaining: {congress: {entitled: 60, present: 61}}\n",
        "1:48 实到人数：61 多于应到人数（60） [count] 请核对这两个数字",
    ),
    "more women present than present": (
        "bargaining: {congress: {present: 6, women_present: 7}}\n",
        "1:52 实到女代表人数：7 多于实到人数（6） [count] 请核对这两个数字",
    ),
    "more votes than present": (
        "bargaining: {congress: {present: 50, votes_for: 49, votes_against: 1, abstentions: 1}}\n",
        "1:49 赞成票：赞成、反对、弃权共 51 票，多于实到人数（50） [count] 请核对计票记录和签到表",
    ),
    "more members than staff": (
        "workforce: {total: 38}\nunion: {name: 工会, members: 40}\n",
        "2:28 工会会员人数：40 多于职工总数（含新就业形态劳动者共 38） [count] 请核对这两个数字",
    ),
    "no copies": (
        "workforce: {total: 38}\nagreement: {copies: 0}\n",
        "2:21 合同份数：不能是 0 [count] 请写双方各执和报送、存档共几份",
    ),
    "reply before the proposal": (
        "bargaining:\n  proposal_day: 2026-09-10\n  reply_day: 2026-09-01\n",
        "3:14 书面答复的日期：2026-09-01 不能早于提出协商要约（建议）的日期（2026-09-10） [day-order] 请核对这两个日期",
    ),
    "second meeting before the first": (
        "bargaining:\n  meetings: [{day: 2026-09-10}, {day: 2026-09-09}]\n",
        "2:39 协商会议第2项的协商会议日期：2026-09-09 不能早于协商会议第1项的协商会议日期（2026-09-10） [day-order] "
        "请核对这两个日期",
    ),
    "vote before the papers": (
        "bargaining:\n  papers_sent_day: 2026-11-06\n  congress: {day: 2026-11-05}\n",
        "3:19 会议通过日期：2026-11-05 不能早于草案送达职工代表的日期（2026-11-06） [day-order] 请核对这两个日期",
    ),
    "notice after the meeting": (
        "bargaining:\n  meetings: [{day: 2026-09-10, notice_day: 2026-09-11}]\n",
        "2:20 协商会议第1项的协商会议日期：2026-09-10 不能早于协商会议第1项的通知协商事项和代表名单的日期（2026-09-11） "
        "[day-order] 请核对这两个日期",
    ),
    "settled after the vote": (
        "bargaining:\n  settled_day: 2026-11-06\n  congress: {day: 2026-11-05}\n",
        "3:19 会议通过日期：2026-11-05 不能早于双方协商达成一致的日期（2026-11-06） [day-order] 请核对这两个日期",
    ),
    "agreed anew after the vote that is told": (
        "bargaining:\n  settled_day: 2026-11-28\n  notice_day: 2026-11-23\n",
        "3:15 把通过情况书面告知用人单位的日期：2026-11-23 不能早于双方协商达成一致的日期（2026-11-28） [day-order] "
        "请核对这两个日期",
    ),
    "elected after the draft was signed": (
        "bargaining:\n  election: {day: 2026-11-06}\n  draft_signed_day: 2026-11-05\n",
        "3:21 草案由双方首席代表签字的日期：2026-11-05 不能早于推选职工方代表的日期（2026-11-06） [day-order] "
        "请核对这两个日期",
    ),
    "more consent than employees": (
        "bargaining:\n  election: {entitled: 46, votes_for: 47}\n",
        "2:39 同意的人数：47 多于参加推选的全体人数（46） [count] 请核对这两个数字",
    ),
    "objection before the submission": (
        "bargaining:\n  submission_day: 2026-12-04\n  objection: {day: 2026-12-03}\n",
        "3:20 收到异议的日期：2026-12-03 不能早于报送人力资源社会保障部门的日期（2026-12-04） [day-order] "
        "请核对这两个日期",
    ),
    "new vote before the objection": (
        "bargaining:\n  objection: {day: 2026-12-14, congress: {day: 2026-12-13}}\n",
        "2:48 会议通过日期：2026-12-13 不能早于收到异议的日期（2026-12-14） [day-order] 请核对这两个日期",
    ),
    "more votes than present at the new vote": (
        "bargaining:\n  objection:\n    congress: {present: 40, votes_for: 40, votes_against: 1}\n",
        "3:40 赞成票：赞成、反对、弃权共 41 票，多于实到人数（40） [count] 请核对计票记录和签到表",
    ),
    "published before it was in force": (
        "bargaining:\n  in_force_day: 2026-12-20\n  publication_day: 2026-12-19\n",
        "3:20 向全体职工公布的日期：2026-12-19 不能早于合同生效的日期（2026-12-20） [day-order] 请核对这两个日期",
    ),
    "grounds of a first agreement": (
        "agreement:\n  occasion: first\n  grounds: 法规变了\n",
        "3:12 变更的理由：签订的缘由是首次签订，不应当有变更的理由 [contradiction] "
        "请把 occasion 改为 amendment（变更），或者删去 grounds",
    ),
    "notice before the vote": (
        "bargaining:\n  congress: {day: 2026-11-06}\n  notice_day: 2026-11-05\n",
        "3:15 把通过情况书面告知用人单位的日期：2026-11-05 不能早于会议通过日期（2026-11-06） [day-order] "
        "请核对这两个日期",
    ),
    "submission before the notice": (
        "bargaining:\n  notice_day: 2026-11-06\n  submission_day: 2026-11-05\n",
        "3:19 报送人力资源社会保障部门的日期：2026-11-05 不能早于把通过情况书面告知用人单位的日期（2026-11-06） "
        "[day-order] 请核对这两个日期",
    ),
    "start before the signing": (
        "agreement: {signing_day: 2026-12-01, start: 2026-11-30}\n",
        "1:45 合同期限开始日：2026-11-30 不能早于拟签订日期（2026-12-01） [day-order] 请核对这两个日期",
    ),
    "end on the first day": (
        "agreement: {start: 2026-12-01, end: 2026-12-01}\n",
        "1:37 合同期限届满日：2026-12-01 应当晚于合同期限开始日（2026-12-01） [day-order] 请核对这两个日期",
    ),
    "two chiefs of one side": (
        REP + "    - {name: 甲, side: employees, chief: 是}\n    - {name: 乙, side: employees, chief: 是}\n",
        "4:41 双方协商代表第2项的首席代表：职工方已经有一名首席代表（甲） [representatives] "
        "每方只留一名首席代表，其余改为 否",
    ),
    "one person twice": (
        REP + "    - {name: 甲, side: employees}\n    - {name: 甲, side: employees}\n",
        "4:14 双方协商代表第2项的姓名：“甲”已经是第1项的代表 [representatives] "
        "同一个人只能写一次；同名的两个人请在姓名后注明部门，例如 王敏（财务部）",
    ),
    "a union and a guiding union": (
        "union: {name: 工会, guiding_union: 镇总工会}\n",
        "1:34 指导推选的上级工会：只在本单位没有工会时填写，但已经填了工会名称 [contradiction] "
        "有本单位工会的，请删去这一行；没有的，请删去 union 下的 name",
    ),
    "a chair without a union": (
        "union: {chair: 甲, guiding_union: 镇总工会}\n",
        "1:16 工会主席：本单位没有工会名称，只填了指导推选的上级工会或者推选的代表，不应当有这一项 [contradiction] "
        "请补上工会名称，或者删去这一行",
    ),
    "a head of no committee": (
        "union: {women_committee: 否, women_committee_chair: 甲}\n",
        "1:52 女职工委员会主任：写了主任姓名，但“建立了女职工委员会”为否 [contradiction] 请核对这两项",
    ),
    "another chief than the elected": (
        "union: {employees_representative: 甲}\n" + REP + "    - {name: 乙, side: employees, chief: 是}\n",
        "1:35 推选的职工方首席代表：“甲”与代表名单中的职工方首席代表“乙”不是同一个人 [contradiction] 请核对这两处姓名",
    ),
    "a first agreement after another": (
        "agreement:\n  occasion: first\n  previous: {end: 2026-12-31}\n",
        "3:13 上一份合同：签订的缘由是首次签订，不应当有上一份合同 [contradiction] "
        "请把 occasion 改为 renewal（续订）或者 amendment（变更），或者删去 previous",
    ),
    "clause in and out": (
        "clauses:\n  include: [a-b]\n  leave_out: [{id: a-b, reason: 理由}]\n",
        "3:20 不选用的条款第1项的不选用的条款：条款 a-b 同时写在增选的条款里 [contradiction] 请只留一处",
    ),
}


@pytest.mark.parametrize(
    ("fits", "beyond", "message"),
    [
        ("entitled: 40, votes_for: 40", "entitled: 40, votes_for: 41", "共 41 票，多于应到人数（40）"),
        (
            "entitled: 40, votes_for: 38, votes_against: 1, abstentions: 1",
            "entitled: 40, votes_for: 38, votes_against: 1, abstentions: 2",
            "共 41 票，多于应到人数（40）",
        ),
        ("entitled: 40, present: 40", "entitled: 40, present: 41", "41 多于应到人数（40）"),
        (
            "entitled: 40, women_entitled: 40",
            "entitled: 40, women_entitled: 41",
            "41 多于应到人数（40）",
        ),
        ("entitled: 40, women_present: 40", "entitled: 40, women_present: 41", "41 多于应到人数（40）"),
        (
            "women_entitled: 9, women_present: 9",
            "women_entitled: 9, women_present: 10",
            "10 多于女代表人数（9）",
        ),
        ("present: 9, women_present: 9", "present: 9, women_present: 10", "10 多于实到人数（9）"),
    ],
)
@pytest.mark.parametrize("place", ["congress: {%s}", "objection: {congress: {%s}}"])
def test_no_more_come_and_vote_than_may(place: str, fits: str, beyond: str, message: str) -> None:
    assert faults(f"bargaining: {{{place % fits}}}\n") == []
    assert [message in one for one in faults(f"bargaining: {{{place % beyond}}}\n")] == [True]


@pytest.mark.parametrize("count", ["women_entitled", "women_present"])
@pytest.mark.parametrize("kind", ["congress", "general_meeting"])
@pytest.mark.parametrize(
    ("workforce", "most"),
    [
        ("women: 60", 60),
        ("women: 60, new_forms: 5, new_forms_women: 3", 63),
        ("women: 60, new_forms: 5", 65),
    ],
)
def test_no_more_women_meet_than_the_firm_has(kind: str, count: str, workforce: str, most: int) -> None:
    def found(number: int) -> list[str]:
        return faults(
            f"workforce: {{{workforce}}}\nbargaining: {{congress: {{kind: {kind}, {count}: {number}}}}}\n"
        )

    assert found(most) == []
    assert [
        f"{most + 1} 多于女职工总数（含新就业形态女劳动者共 {most}）" in one for one in found(most + 1)
    ] == [True]


@pytest.mark.parametrize("case", SINGLE)
def test_each_fault_is_told_with_its_place_and_remedy(case: str) -> None:
    text, expected = SINGLE[case]
    assert told(text) == expected


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    together = [
        case for case in SINGLE if case in ("wrong check digit", "number in quotes", "choice", "no such day")
    ]
    assert len(together) == 4
    text = (
        "employer:\n  credit_code: 91310115EXAMPLE01X\n  adress: 上海\n"
        'workforce:\n  total: 30\n  women: 31\n  dispatched: "2"\n'
        "agreement:\n  signing_day: 2026-02-30\n  start: 2026-12-02\n  end: 2026-12-01\n"
        "bargaining:\n  representatives:\n    - 张三\n    - {name: 甲, side: employees}\n    - {name: 甲}\n"
        "clauses:\n  leave_out:\n    - {id: a}\n    - {id: b, reason: 理由}\n    - {id: b, reason: 理由}\n"
    )
    assert faults(text) == [
        "2:16 统一社会信用代码：校验码（第 18 位）应当是 W，写的是 X，说明有一位写错了",
        "3:3 用人单位里没有“adress”这一项",
        "6:10 女职工人数：31 多于职工总数（30）",
        '7:15 被派遣劳动者人数：数字加了引号，成了文字（"2"）',
        "9:16 拟签订日期：没有 2026-02-30 这一天",
        "11:8 合同期限届满日：2026-12-01 应当晚于合同期限开始日（2026-12-02）",
        "14:7 双方协商代表第1项：应当是一组内容，写的是“张三”",
        "16:14 双方协商代表第3项的姓名：“甲”已经是第2项的代表",
        "19:7 不选用的条款第1项的不选用的理由：还没有填写",
        "21:12 不选用的条款第3项的不选用的条款：条款 b 写了两次",
    ]


def test_a_refused_answer_costs_the_profile_unless_it_is_salvaged(tmp_path: Path) -> None:
    path = tmp_path / "firm.yaml"
    path.write_text("employer: {name: 甲公司, credit_code: 1}\n", encoding="utf-8")
    profile, findings, _ = load_profile(path)
    assert profile is None
    assert len(findings) == 1
    salvaged, same, _ = load_profile(path, salvage=True)
    assert same == findings
    assert salvaged is not None
    assert (salvaged.employer.name, salvaged.employer.credit_code) == ("甲公司", None)


def test_an_answer_that_is_no_longer_asked_for_is_advice_and_costs_nothing() -> None:
    profile, (one,) = read("union:\n  name: 甲公司工会\n  chair_sex: 女\n  phone: 021-5555 0101\n")
    assert profile == read("union: {name: 甲公司工会, phone: 021-5555 0101}\n")[0] is not None
    assert (one.rule, one.severity, one.location.line) == ("retired-key", Severity.ADVICE, 3)
    assert "工会主席性别" in one.message and one.hint == "删去这一行"


def test_a_contradiction_leaves_the_profile_to_the_checks() -> None:
    profile, findings = read("workforce: {total: 1, women: 2}\n")
    assert profile is not None
    assert len(findings) == 1
    assert profile.at("workforce.women") == 2


def test_findings_carry_path_and_name() -> None:
    (one,) = read(REP + "    - {name: 甲, sex: x}\n")[1]
    assert one.path == "bargaining.representatives.0.sex"
    assert one.location.place == "双方协商代表第1项的性别"


def test_a_file_that_is_a_list_or_empty() -> None:
    assert told("- 甲\n").startswith("1:1 整个文件应当是若干组")
    assert profile_of("").at("employer.name") is None
    assert profile_of("# 只有说明\n") == Profile()


# ------------------------------------------------------------------ what is accepted

PHONES = [
    "021-5555 0100",
    "021 55550100",
    "(021)55550100",
    "0512-5555010",
    "13800000000",
    "+86 138 0000 0000",
    "400-000-0000",
]


@pytest.mark.parametrize(
    "phone", [*PHONES, "021-5555 0100转801", "021-55550100-801", "８００－０００－００００"]
)
def test_phone_numbers_of_every_usual_form_are_accepted(phone: str) -> None:
    assert profile_of(f'employer: {{contact: {{phone: "{phone}"}}}}').at("employer.contact.phone") == phone


@pytest.mark.parametrize(
    "phone", ["12800000000", "021-555 0100", "110", "01-5555 0100", "021-5555 0100 021-5555 0101"]
)
def test_other_phone_numbers_are_refused(phone: str) -> None:
    assert read(f'employer: {{contact: {{phone: "{phone}"}}}}')[1][0].rule == "phone"


def test_digits_without_loss_need_no_quotes() -> None:
    profile = profile_of("employer:\n  contact: {phone: 13800000000, postcode: 200120}\n")
    assert (profile.at("employer.contact.phone"), profile.at("employer.contact.postcode")) == (
        "13800000000",
        "200120",
    )


def test_a_code_is_printed_in_capitals_without_spaces() -> None:
    assert profile_of("employer: {credit_code: 91310115 example01w}\n").at("employer.credit_code") == CODE


def test_a_name_with_marks_of_other_languages_stays_as_it_is() -> None:
    assert profile_of('employer: {name: "A&B<有限>公司"}').at("employer.name") == "A&B<有限>公司"


def test_white_space_is_folded_and_paragraphs_of_own_texts_stay() -> None:
    profile = profile_of(
        'employer: {name: " 甲\u3000\\n 公司 "}\nclauses: {own: [{title: 题, text: "一  二\\n 三 "}]}\n'
    )
    assert profile.at("employer.name") == "甲 公司"
    assert profile.at("clauses.own.0.text") == "一 二\n三"


@pytest.mark.parametrize("mark", ["待填", "〔待填〕", "〔待填：问人事〕", "待填：问人事", '"待填"', "", "~"])
def test_a_mark_is_not_yet_known_and_no_fault(mark: str) -> None:
    for path, text in (
        ("employer.name", f"employer:\n  name: {mark}\n"),
        ("workforce.piece_rate", f"workforce:\n  piece_rate: {mark}\n"),
        ("agreement.start", f"agreement:\n  start: {mark}\n"),
        ("terms.maternity_leave", f"terms:\n  maternity_leave: {mark}\n"),
    ):
        assert profile_of(text).at(path) is None
    assert profile_of(f"bargaining: {mark}\nterms: {mark}\n") == Profile()
    assert profile_of(f"bargaining:\n  meetings: {mark}\n").bargaining.meetings == ()


@pytest.mark.parametrize(
    ("word", "expected"), [("是", True), ("否", False), ("true", True), ("false", False)]
)
def test_yes_and_no(word: str, expected: bool) -> None:
    assert profile_of(f"workforce: {{piece_rate: {word}}}").at("workforce.piece_rate") is expected


def test_terms_are_exact_numbers() -> None:
    terms = profile_of("terms: {a: 2.5, b: 98, c: 0.1, d: 3.0}\n").terms
    assert dict(terms) == {"a": Decimal("2.5"), "b": 98, "c": Decimal("0.1"), "d": 3}
    assert [type(one) for one in terms.values()] == [Decimal, int, Decimal, int]


def test_days_may_stand_in_quotes() -> None:
    assert profile_of('agreement: {start: "2026-12-01"}').at("agreement.start") == datetime.date(2026, 12, 1)


def test_draft_and_notice_may_fall_on_one_day() -> None:
    day = "2026-11-06"
    profile_of(f"bargaining: {{draft_signed_day: {day}, congress: {{day: {day}}}, notice_day: {day}}}\n")


def test_the_signing_may_come_before_or_after_the_notice() -> None:
    for notice in ("2026-11-05", "2026-11-30"):
        profile_of(f"agreement: {{signing_day: 2026-11-20}}\nbargaining: {{notice_day: {notice}}}\n")


# ------------------------------------------------------------------ properties

codes = st.text(alphabet=CODE_LETTERS, min_size=17, max_size=17)


def with_check_digit(body: str) -> str:
    weights = [pow(3, place, 31) for place in range(17)]
    total = sum(CODE_LETTERS.index(letter) * weight for letter, weight in zip(body, weights, strict=True))
    return body + CODE_LETTERS[-total % 31]


@given(codes, st.integers(0, 17), st.sampled_from(CODE_LETTERS))
@example("91310115EXAMPLE01", 17, "X")
def test_one_changed_character_of_a_code_is_caught(body: str, place: int, letter: str) -> None:
    code = with_check_digit(body)
    changed = code[:place] + letter + code[place + 1 :]
    found = read(f'employer: {{credit_code: "{changed}"}}')[1]
    assert [one.rule for one in found] == ([] if changed == code else ["credit-code"])


@given(st.text(max_size=40))
@example("甲{{公司")
@example("\u2066甲")
@example("\ue000")
@example(" ")
@example("\u2028\u2029甲")
def test_a_text_is_refused_or_printed_literally(text: str) -> None:
    data = {"employer": {"name": text}}
    profile, findings = read(json.dumps(data).replace("\x7f", "\\u007f"))
    if findings:
        assert profile is None
        assert all(one.message.isprintable() and one.location.line == 1 for one in findings)
    else:
        assert profile is not None
        kept = profile.at("employer.name")
        assert kept is None or (check_text(kept) is None and kept == " ".join(text.split()))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from([*Profile.model_fields, "name", "day", "id"]) | st.text(max_size=3),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_a_file_holds_the_answer_is_findings(data: Any) -> None:
    from contractgen.files import Loaded

    profile, findings = read_profile(Loaded("firm.yaml", data), salvage=True)
    assert profile is not None or findings
    assert all(one.rule and one.message and str(one.location) == "firm.yaml" for one in findings)


# ------------------------------------------------------------------ the profile as others see it


def test_a_profile_answers_by_path() -> None:
    profile = profile_of((EXAMPLES / "firm.yaml").read_text(encoding="utf-8"))
    assert profile.at("employer.name") == "上海虚构云锦服装有限公司"
    assert profile.at("bargaining.representatives.1.name") == "顾晓棠"
    assert profile.at("bargaining.representatives.99.name") is None
    assert profile.at("bargaining.employees_chief.name") == "许文澜"
    assert profile.at("bargaining.employer_chief.role") == "董事长、总经理"
    assert profile.at("terms.no_such_term") is None
    assert Profile().at("bargaining.employer_chief.name") is None
    for wrong in ("employer.nmae", "employer.name.x", "nothing", "terms.a.b", ""):
        assert not is_path(wrong)
        with pytest.raises(KeyError):
            profile.at(wrong)


def test_an_employer_has_a_union_unless_only_others_are_named() -> None:
    assert profile_of("union: {name: 工会}\n").union.exists
    assert profile_of("").at("union.exists") is True
    assert profile_of("union: {guiding_union: 镇总工会}\n").at("union.exists") is False
    assert profile_of("union: {employees_representative: 甲}\n").at("union.exists") is False


def test_a_profile_cannot_be_changed() -> None:
    profile = profile_of("employer: {name: 甲}\nterms: {a: 1}\n")
    with pytest.raises(ValidationError):
        profile.employer.name = "乙"
    with pytest.raises(TypeError):
        profile.terms["a"] = 2  # type: ignore[index]
    assert isinstance(profile.bargaining.meetings, tuple)


def test_a_profile_can_be_copied_compared_and_hashed() -> None:
    text = (EXAMPLES / "firm.yaml").read_text(encoding="utf-8")
    profile = profile_of(text)
    for same in (copy.deepcopy(profile), pickle.loads(pickle.dumps(profile)), profile_of(text)):
        assert same == profile
        assert hash(same) == hash(profile)
    assert profile.model_dump()["terms"]["antenatal_leave_length"] == Decimal("2.5")
    assert profile_of(text.replace("total: 620", "total: 621")) != profile


def test_every_field_says_its_name_why_and_where_and_its_example_is_accepted() -> None:
    for one in fields().values():
        assert one.title and not one.title.isascii(), one.path
        assert one.help and not one.help.isascii(), one.path
        if one.example is None:
            continue
        assert str(one.example) in field_help(one.path) or one.choices
        parent, _, name = one.path.replace("*", "0").rpartition(".")
        shown = f"{name}: {written(one.example)}"
        for step in reversed(parent.split(".")):
            shown = (
                f"[{{{shown}}}]" if step == "0" else f"{step}: {shown if shown[0] == '[' else f'{{{shown}}}'}"
            )
        found = [str(fault) for fault in read(shown)[1] if fault.rule != "incomplete"]
        assert not found, found


def test_titles_of_paths() -> None:
    assert field_title("employer.name") == "用人单位名称"
    assert field_title("bargaining.representatives.1.name") == "双方协商代表第2项的姓名"
    assert field_title("bargaining.employees_chief.name") == "职工方首席代表姓名"
    assert field_title("terms.maternity_leave") == "约定数值 maternity_leave"
    assert field_at("union.exists").derived


# ------------------------------------------------------------------ the schema


def follow(schema: dict[str, Any], path: str) -> dict[str, Any]:
    """The part of the schema for a path."""
    here = schema
    for step in path.split("."):
        inner = list(here.get("anyOf", [here]))
        here = next(
            one["items"] if step == "*" else one["properties"][step]
            for one in (schema["$defs"][o["$ref"].split("/")[-1]] if "$ref" in o else o for o in inner)
            if "items" in one or "properties" in one
        )
        if "$ref" in here and step == "*":
            here = schema["$defs"][here["$ref"].split("/")[-1]]
    return here


def test_the_schema_knows_every_field_by_its_chinese_name() -> None:
    schema = profile_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert all(one["additionalProperties"] is False for one in schema["$defs"].values())
    for one in fields().values():
        if one.derived or one.path.endswith("*"):
            continue
        part = follow(schema, one.path)
        assert part["title"] == one.title, one.path
        assert part["description"].startswith(one.help), one.path
        if one.path.split(".")[-1] not in ("post", "id", "reason", "title", "text", "rule", "by", "until"):
            assert {"enum": ["待填", None]} in part["anyOf"], one.path


def accepts(schema: dict[str, Any], part: dict[str, Any], data: Any) -> bool:
    """As much of JSON Schema as ours uses; days are texts here, as in an editor."""
    if "$ref" in part:
        return accepts(schema, schema["$defs"][part["$ref"].split("/")[-1]], data)
    if "anyOf" in part:
        return any(accepts(schema, one, data) for one in part["anyOf"])
    if "enum" in part:
        return data in part["enum"]
    kinds: dict[str, Any] = {
        "string": str,
        "integer": int,
        "number": int | float,
        "array": list,
        "object": dict,
    }
    kind = part["type"]
    if kind == "boolean":
        return isinstance(data, bool)
    if not isinstance(data, kinds[kind]) or isinstance(data, bool):
        return False
    if kind == "array":
        return all(accepts(schema, part["items"], one) for one in data)
    if kind == "object" and "properties" in part:
        known, needed = part["properties"], part.get("required", ())
        kept = all(name in known and accepts(schema, known[name], one) for name, one in data.items())
        return kept and all(name in data for name in needed)
    if kind == "string":
        return len(data) <= int(part.get("maxLength", 10_000))
    return True


def days_as_texts(data: Any) -> Any:
    return json.loads(json.dumps(data, default=lambda day: day.isoformat()))


@pytest.mark.parametrize("path", ALL_EXAMPLES, ids=lambda path: path.parent.name)
def test_examples_have_no_faults_and_fit_the_schema(path: Path) -> None:
    profile, findings, loaded = load_profile(path)
    assert not findings, [str(one) for one in findings]
    assert profile is not None
    schema = profile_schema()
    assert accepts(schema, schema, days_as_texts(loaded.data))
    assert path.read_text(encoding="utf-8").startswith("# 示例（虚构）：")


def test_the_examples_are_firms_of_their_own() -> None:
    profiles = [load_profile(path)[0] for path in ALL_EXAMPLES]
    assert len({one.employer.credit_code for one in profiles if one}) == len(ALL_EXAMPLES) >= 5


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    schema = profile_schema()
    for data in (
        {"employer": {"nmae": "甲"}},
        {"workforce": {"total": "12"}},
        {"agreement": {"form": "annexe"}},
    ):
        assert not accepts(schema, schema, data)
    assert accepts(schema, schema, {"workforce": {"total": "待填", "piece_rate": "是"}, "union": None})


# ------------------------------------------------------------------ answers into a file


def test_the_blank_file_has_every_field_and_no_fault() -> None:
    text = blank_profile()
    profile_of(text)
    assert text.startswith("# yaml-language-server: $schema=firm.schema.json\n")
    named = [one for one in fields().values() if not one.derived and one.name != "*"]
    assert all(f"{one.name}:" in text or f"{one.name} {one.title}" in text for one in named)
    assert all(one.title in text for one in fields().values() if not one.derived)
    schema = profile_schema()
    assert accepts(schema, schema, days_as_texts(load_yaml(Path("x"), text=text).data))


def test_the_samples_in_the_comments_are_right() -> None:
    lines = blank_profile().split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith("# clauses:"))
    group = "\n".join(line[2:] for line in lines[start:] if not line.startswith(("# 接受", "# 费用")))
    profile = profile_of(group)
    assert profile.clauses.own[0].title == "女职工休息室"
    start = next(i for i, line in enumerate(lines) if "#   - post:" in line)
    posts = [line.replace("#", " ", 1)[2:] for line in lines[start : start + 5]]
    assert profile_of("workforce:\n  hazardous_posts:\n" + "\n".join(posts)).workforce.hazardous_posts


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("employer:\n  name: 待填  # 照执照\n", "employer.name", "甲公司", "employer:\n  name: 甲公司  # 照执照\n"),
        ("employer:\n  name:\n", "employer.name", "甲", "employer:\n  name: 甲\n"),
        ("employer:\n  name:   # 照执照\n", "employer.name", "甲", "employer:\n  name: 甲   # 照执照\n"),
        ("employer:\n  name: '待填'\n", "employer.name", "甲", "employer:\n  name: 甲\n"),
        ("employer:\n  name: ~\n", "employer.name", "甲", "employer:\n  name: 甲\n"),
        ("employer:\n  name: 〔待填：问, 人事〕\n", "employer.name", "甲", "employer:\n  name: 甲\n"),
        ("workforce: {total: 待填, women: 3}\n", "workforce.total", 9, "workforce: {total: 9, women: 3}\n"),
        ("union: 待填\n", "union.name", "工会", "union:\n  name: 工会\n"),
        ("employer:\n  name: 甲\n# 完\n", "employer.contact.phone", "021-5555 0100",
         'employer:\n  name: 甲\n  contact:\n    phone: "021-5555 0100"\n# 完\n'),
        ("employer:\n    name: 甲\nunion:\n    name: 乙\n", "employer.address", "A&B: #1",
         'employer:\n    name: 甲\n    address: "A&B: #1"\nunion:\n    name: 乙\n'),
        ("", "workforce.piece_rate", True, "workforce:\n  piece_rate: 是\n"),
        ("employer: {name: 甲}", "agreement.start", datetime.date(2026, 12, 1),
         "employer: {name: 甲}\nagreement:\n  start: 2026-12-01\n"),
        ("terms: {}\n", "terms.a", Decimal("2.5"), None),
        ("union:\n  name: 待填\n", "union.name", '否"\\', 'union:\n  name: "否\\"\\\\"\n'),
    ],
)  # fmt: skip
def test_an_answer_changes_nothing_else(before: str, path: str, value: Any, after: str | None) -> None:
    if after is None:
        with pytest.raises(CannotEdit):
            put(before, path, value)
    else:
        assert put(before, path, value) == after


def test_what_is_there_is_never_overwritten() -> None:
    with pytest.raises(CannotEdit):
        put("employer:\n  name: 甲\n", "employer.name", "乙")


def test_an_answer_that_would_disturb_another_is_not_written() -> None:
    with pytest.raises(CannotEdit, match="用人单位住所"):
        put("employer:\n  name: 甲\n    乙\n", "employer.address", "上海")
    with pytest.raises(CannotEdit, match="自拟的条文"):
        add_item(
            "clauses:\n  own:\n    - title: 题\n      text: |\n        一\n", "clauses.own", {"title": "题"}
        )


def test_items_are_added_to_lists_of_every_form() -> None:
    expected = "bargaining:\n  meetings:\n    - day: 待填\n      place: 待填\n      minutes_signed: 待填\n      notice_day: 待填\n"
    for before in (
        "bargaining:\n  meetings: []\n",
        "bargaining:\n  meetings: 待填\n",
        "bargaining:\n  meetings:\n",
        "",
    ):
        assert add_item(before, "bargaining.meetings", {}) == expected
    two = add_item(expected + "  # 完\n", "bargaining.meetings", {"place": "会议室"})
    assert two.endswith(
        "    - day: 待填\n      place: 会议室\n      minutes_signed: 待填\n      notice_day: 待填\n  # 完\n"
    )
    assert put_empty_list("workforce:\n  hazardous_posts: 待填\n", "workforce.hazardous_posts").endswith(
        ": []\n"
    )


@given(st.sampled_from([one.path for one in fields().values() if one.kind == "text" and "*" not in one.path and not one.derived]),
       st.text(min_size=1, max_size=20))  # fmt: skip
def test_any_text_can_be_put_into_the_blank_file_and_read_again(path: str, answer: str) -> None:
    try:
        after = put(blank_profile(), path, answer)
    except CannotEdit:
        assert answer.strip("〔[（(【〕]）)】 \t\n").startswith("待填")
        return
    found: Any = load_yaml(Path("x"), text=after).data
    for step in path.split("."):
        found = found[step]
    assert found == answer


def test_questions_end_when_all_is_answered() -> None:
    blank = profile_of(blank_profile())
    assert open_questions(blank, has_union=True)[0] == "employer.name"
    assert "union.guiding_union" in open_questions(blank, has_union=False)
    assert "union.name" not in open_questions(blank, has_union=False)
    assert "bargaining.representatives.3.name" in open_questions(blank, has_union=True)
    done = profile_of((EXAMPLES / "firm.yaml").read_text(encoding="utf-8"))
    assert open_questions(done, has_union=True) == ()
    assert bargaining_questions(done) == ()


def test_an_answer_is_judged_with_the_others() -> None:
    text = "workforce:\n  total: 30\n  women: 待填\n"
    said = refusal(text, lambda before: put(before, "workforce.women", 31), "workforce.women")
    assert said == "女职工人数：31 多于职工总数（30）。请核对这两个数字"
    assert refusal(text, lambda before: put(before, "workforce.women", 30), "workforce.women") == ""


def test_unreadable_files_are_told_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "firm.yaml"
    path.write_bytes("employer: {name: 甲公司}".encode("gbk"))
    with pytest.raises(InputError, match="GBK"):
        load_profile(path)
