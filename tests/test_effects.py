"""What changes do to the workers' position: every rule on its samples, and figures on labeled edits kept apart from them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from contractgen.comparison import differences
from contractgen.diff import Change, Effect
from contractgen.diff.changes import overall, verdict_of
from contractgen.diff.effects import catalogue
from contractgen.diff.effects.evidence import ANEW, OTHERWISE, hint, is_hint
from contractgen.diff.effects.numbers import amounts
from contractgen.diff.effects.rules import rules
from contractgen.diff.report import place
from contractgen.files import load_yaml
from measure import EDITS, Edit, edits, figures, judged

LIBRARY = EDITS.with_name("library.yaml")
SAMPLES = Path(__file__).resolve().parent / "diff" / "effects"


def cases() -> list[Any]:
    """Every sample of every rule, read both ways where the rule has a mirror image."""
    found = []
    for path in sorted(SAMPLES.glob("*.yaml")):
        data = load_yaml(path).data
        for number, one in enumerate(data["samples"], start=1):
            found.append(
                pytest.param(data["rule"], one["before"], one["after"], id=f"{data['rule']}-{number}")
            )
            if mirror := data.get("mirror"):
                found.append(pytest.param(mirror, one["after"], one["before"], id=f"{mirror}-{number}"))
    return found


def rules_of(changes: tuple[Change, ...]) -> set[str]:
    return {effect.rule for change in changes for effect in change.effects}


@pytest.mark.parametrize(("rule", "before", "after"), cases())
def test_a_rule_fires_on_its_samples(rule: str, before: str, after: str) -> None:
    assert rule in rules_of(judged("", before, after))


def test_every_rule_has_samples_a_title_and_an_id_of_its_own() -> None:
    named = {
        data[key]
        for path in SAMPLES.glob("*.yaml")
        for data in [load_yaml(path).data]
        for key in ("rule", "mirror")
        if key in data
    }
    ids = [rule.id for rule in catalogue()]
    assert len(ids) == len(set(ids)) >= 50
    assert set(ids) == named
    assert all(
        rule.title and rule.effect in ("weaker", "stronger", "neutral", "unclear") for rule in catalogue()
    )


def test_what_is_not_told_beside_others_are_rules() -> None:
    ids = {rule.id for rule in catalogue()}
    assert all(beside | not_told <= ids for beside, not_told in rules().hides)


def test_a_rule_and_its_mirror_image_say_the_opposite() -> None:
    effects = {rule.id: rule.effect for rule in catalogue()}
    for path in SAMPLES.glob("*.yaml"):
        data = load_yaml(path).data
        if "mirror" in data:
            assert (effects[data["rule"]], effects[data["mirror"]]) == ("weaker", "stronger"), path.name


# ------------------------------------------------------------------ the library says which way is better


@pytest.mark.parametrize(
    ("clause", "before", "after", "rule", "floor"),
    [
        ("maternity-leave", "产假98天，其中产前可以休15天；", "产假97天，其中产前可以休15天；", "less-of-minimum", "产假不少于98天，《女职工劳动保护特别规定》第七条第一款（改后达不到）"),
        ("maternity-leave", "产假98天，其中产前可以休15天；", "产假99天，其中产前可以休15天；", "more-of-minimum", "产假不少于98天，《女职工劳动保护特别规定》第七条第一款"),
        ("leave-pay-settlement", "用人单位应当在到账后5个工作日内转付本人。", "用人单位应当在到账后6个工作日内转付本人。", "more-of-maximum", ""),
        ("maternity-leave-application", "女职工应当在分娩后30日内出示出生医学证明或者分娩证明，", "女职工应当在分娩后29日内出示出生医学证明或者分娩证明，", "less-of-minimum", ""),
    ],
)  # fmt: skip
def test_the_bound_of_the_librarys_number_decides(
    clause: str, before: str, after: str, rule: str, floor: str
) -> None:
    (change,) = judged(clause, before, after)
    assert [(effect.rule, effect.floor) for effect in change.effects] == [(rule, floor)]


def test_the_same_number_without_the_library_needs_its_words() -> None:
    assert rules_of(judged("", "保存30日。", "保存29日。")) == {"number-changed"}


def test_whom_a_sentence_speaks_to_turns_a_change_around() -> None:
    assert rules_of(judged("", "用人单位应当提前5日通知。", "用人单位应当提前3日通知。")) == {
        "less-of-minimum"
    }
    assert rules_of(judged("", "女职工应当提前5日通知。", "女职工应当提前3日通知。")) == {"less-of-maximum"}


def test_what_weakens_is_never_hidden_by_what_comes_with_it() -> None:
    both = [Effect("stronger"), Effect("weaker"), Effect("unclear")]
    assert (overall(both), verdict_of(both)) == ("weaker", "有削弱，也有增强")
    assert verdict_of([Effect("weaker"), Effect("unclear")]) == "削弱"
    assert overall([Effect("weaker"), Effect("neutral"), Effect("unclear")]) == "weaker"
    assert overall([]) == "neutral"


# ------------------------------------------------------------------ labeled edits


def labeled(name: str) -> list[Edit]:
    return list(edits(EDITS / name))


def test_the_labeled_edits_are_no_samples_of_the_rules() -> None:
    samples = {
        (one["before"], one["after"])
        for path in SAMPLES.glob("*.yaml")
        for one in load_yaml(path).data["samples"]
    }
    for path in EDITS.rglob("*.yaml"):
        for one in load_yaml(path).data:
            assert (one["before"], one["after"]) not in samples and (
                one["after"],
                one["before"],
            ) not in samples


FIRST = ("blind.yaml", "blind2.yaml", "employer.yaml", "own.yaml")  # on which the rules were made
UNSEEN = EDITS / "unseen"  # whose writers had not read the rules, and on which nobody mended them, nor shall


HARD = ("gains.yaml", "rewordings.yaml")  # in which nothing weakens


@lru_cache(maxsize=2)
def _all_edits(folder: Path = EDITS) -> tuple[Edit, ...]:
    return tuple(
        one for path in sorted(folder.glob("*.yaml")) if path.name not in HARD for one in edits(path)
    )


@lru_cache(maxsize=1)
def _hard_edits() -> tuple[Edit, ...]:
    return tuple(one for name in HARD for one in labeled(name))


@lru_cache(maxsize=1)
def _first_edits() -> tuple[Edit, ...]:
    return tuple(one for name in FIRST for one in labeled(name))


def test_what_is_called_weaker_is_weaker() -> None:
    precision, recall, *_ = figures(_first_edits())
    assert precision >= 0.95
    assert recall >= 0.9


def test_of_many_more_lots_it_is_as_well() -> None:
    precision, recall, *_ = figures(_all_edits())
    assert precision >= 0.95
    assert recall >= 0.75


def test_with_edits_that_the_rules_never_met_it_still_is() -> None:
    precision, *_ = figures(_all_edits() + _hard_edits() + _all_edits(UNSEEN))
    assert precision >= 0.95
    precision, recall, *_ = figures(_all_edits(UNSEEN))
    assert precision >= 0.85
    assert recall >= 0.5


def test_no_trick_of_an_employer_is_called_stronger() -> None:
    assert [one.id for one in labeled("employer.yaml") if one.found == "stronger"] == []


def test_what_is_called_stronger_is_stronger() -> None:
    precision, recall, *_ = figures(_first_edits(), "stronger")
    assert precision >= 0.95
    assert recall >= 0.8


def test_of_many_more_lots_it_mostly_is() -> None:
    precision, recall, *_ = figures(_all_edits(), "stronger")
    assert precision >= 0.85
    assert recall >= 0.6
    precision, *_ = figures(_all_edits() + _hard_edits(), "stronger")
    assert precision >= 0.8


def test_of_what_does_not_weaken_hardly_anything_is_called_weaker() -> None:
    *_, right, called, _, _ = figures(_hard_edits())
    assert called - right <= 8  # of 300


@pytest.mark.parametrize("read", load_yaml(LIBRARY).data, ids=lambda one: "-".join(one["compare"]))
def test_between_the_librarys_own_wordings_only_what_was_read_is_called_weaker(read: Any) -> None:
    found = differences(*read["compare"])
    called = [
        (change.line.source.clause.split("@")[0], place(section, change))
        for section in found.sections
        for change in section.counted
        if change.label == "weaker" and change.line.source
    ]
    assert called == [(one["clause"], one["place"]) for one in read["called"]]


# ------------------------------------------------------------------ what only looks like a gain or a loss


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("查证属实的，书面告知双方。", "查证属实的，书面告知双方，并对行为人解除劳动合同。"),
        ("文本由双方各存一份。", "文本由双方各存一份。职工方应当及时将文本报上一级工会。"),
        ("接待投诉的人员应当记录。", "接待投诉的人员应当记录。主要负责人被投诉的，可以直接找上级工会。"),
        ("休息室每日开放。", "休息室每日开放，每班可以使用20分钟。"),
        ("负责人员应当回避，由工会处理。", "由工会处理，可以请上级工会派人；负责人员应当回避。"),
        ("没有培训的，不得安排上岗。", "经培训后，方可安排上岗。"),
        ("剩下的天数，本人申请并经3日内书面答复后转入下一年。", "剩下的天数自动转入下一年，不需要申请。"),
        ("休假后5个工作日内，女职工出示凭证。", "休假后10个工作日内，女职工出示凭证。"),
        ("委员会每年至少检查2次。", "委员会每季度至少检查1次。"),
        ("用人单位应当自申请之日起5日内安排。", "用人单位应当自申请之日起次日安排。"),
        ("撤回应当与同意同样方便。", "职工撤回的手续，不得比同意时麻烦。"),
        ("接待投诉期间，其福利不受影响。", "接待投诉期间，其福利照常享有。"),
        ("不得扣减奖金或者从工资中扣除。", "不得扣减奖金，也不得在工资中扣除。"),
        ("每月发放一次，双胞胎同样适用。", "每月发放一次，双胞胎也是如此。"),
        ("招工不得以婚姻为由压价，不得另设考试。", "招工不得以婚姻为由压价或者另设考试。"),
        ("企业不得裁减哺乳期的女职工。", "企业裁员时，哺乳期的女职工不得被裁减。"),
        ("确需换岗的，与本人协商一致。", "确有必要换岗的，与本人协商一致。"),
        ("协议共五份，其中一份送街道工会。", "协议共五份，另一份送街道工会。"),
        ("女职工返岗后3个月内，用人单位不得调整其岗位。", "女职工返岗后6个月内，用人单位不得调整其岗位。"),
        ("结案后5日内，将结果告知投诉人和证人。", "结案后2日内，将结果告知投诉人和证人。"),
        ("查实的，应当处理。", "查实的，应当处理，扣减责任人当月奖金。"),
        ("查实的，应当处理。", "查实的，应当处理；行为人再犯的，解除劳动合同。"),
        ("歧视的内容应当删去。", "歧视的内容应当删去，已经据此扣减的予以退还。"),
        ("调查人员应当回避。", "调查人员应当回避，投诉人也可以要求其回避一次。"),
        ("公司设置一间哺乳室。", "公司设置三间哺乳室，配备可上锁的门。"),
        ("每个夜班补贴30元。", "每个夜班补贴60元。"),
        ("离岗时的检查由用人单位负责。", "离岗时以及离岗后三年内的检查由用人单位负责。"),
        ("员工有托育需要的，公司应当协助。", "员工有托育需要的，公司应当每月补贴300元，由员工自选机构。"),
    ],
)
def test_it_only_looks_like_a_loss(before: str, after: str) -> None:
    assert "weaker" not in {effect.label for change in judged("", before, after) for effect in change.effects}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("用人单位应当发给手册。", "用人单位应当发给手册。用人单位应当公布怀孕女职工名单，并告知全体职工。"),
        ("手册发给女职工。", "手册发给女职工，签收的视为全体职工同意调岗。"),
        ("两次体检的间隔不得超过2年。", "两次体检的间隔不得少于2年。"),
        ("用人单位应当发给手册。", "用人单位应当发给手册。孕期女职工申请的，可以安排夜班。"),
        ("投诉由工会受理。", "投诉由工会受理，投诉人应当保密，不得向公安机关透露。"),
        ("职工享受疗养假5天。", "职工享受疗养假5天，由用人单位根据生产情况安排。"),
        ("委员会每季度至少检查1次。", "委员会每年至少检查3次。"),
        ("用人单位应当自申请之日起次日安排。", "用人单位应当自申请之日起5日内安排。"),
        ("新规定自施行之日起直接适用。", "新规定自双方书面修改本合同之日起适用。"),
        ("女职工返岗后6个月内，用人单位不得调整其岗位。", "女职工返岗后3个月内，用人单位不得调整其岗位。"),
        ("休假当期按合格考核。", "休假当期按合格考核，奖金当期不发。"),
        ("休假当期按合格考核。", "休假当期由部门负责人评定。"),
        ("应当自申请之日起3日内答复，不得拖延。", "应当自申请之日起9日内答复，不得拖延。"),
    ],
)
def test_a_decoy_is_no_gain(before: str, after: str) -> None:
    found = {effect.label for change in judged("", before, after) for effect in change.effects}
    assert "weaker" in found and "stronger" not in found, found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "不因参加检查而关闭账号、调低等级、扣减单价或者按超时处理。",
            "不因参加检查而关闭账号。",
        ),
        (
            "对男女职工采用同一标准，标准以书面形式向岗位的职工公开，不得以性别确定等级。",
            "对男女职工采用同一标准，不得以性别确定等级。",
        ),
    ],
)
def test_what_was_forbidden_or_open_and_went_is_no_gain(before: str, after: str) -> None:
    assert "stronger" not in {
        effect.label for change in judged("", before, after) for effect in change.effects
    }


@pytest.mark.parametrize(
    "added",
    [
        "用人单位应当对怀孕女职工进行登记并向全体职工公示。",
        "用人单位负责统一安排女职工的生育顺序。",
        "女职工享受产假期间，用人单位支付基本生活费。",
        "用人单位应当在女职工怀孕后安排其待岗。",
        "用人单位不得录用已婚未育的妇女。",
        "用人单位应当及时听取工会意见后裁减哺乳期女职工。",
    ],
)
def test_a_duty_that_may_turn_against_the_workers_is_no_gain(added: str) -> None:
    before = "用人单位应当提供座椅。"
    found = {effect.label for change in judged("", before, before + added) for effect in change.effects}
    assert "stronger" not in found, found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (  # the same duties, in the words of another editor
            "变更岗位的，应当在三日前书面告知女职工并说明理由；没有告知的，不得安排上岗。告知书保存至合同期满后2年。",
            "调换岗位以前，必须提前3日把理由写明、书面告知其本人，告知以后才能安排到岗；告知书一直保存到合同期满以后满2年。",
        ),
        ("女职工可以自愿不参加部分检查。", "部分检查是否参加，由女职工自己决定。"),
        (
            "怀孕满7个月起，不得安排加班；怀孕满7个月起，不得安排夜班。",
            "怀孕满7个月起，不得安排加班，也不得安排夜班。",
        ),
        (
            "公司不得以预告通知的方式解除劳动合同。",
            "公司不得依照《中华人民共和国劳动合同法》第四十条解除劳动合同。",
        ),
        ("本人可以请工会派人参加。", "本人可以请工会派人参加，签字后5日内可以反悔。"),
        ("检查时间不得记为事假、旷工。", "检查时间不作事假、旷工处理。"),
        ("讨论的场所应当由公司提供。", "公司应当提供讨论的场所，由公司安排。"),
        ("文本送交工会或者职工方。", "文本送交职工方或者工会。"),
        ("奖金包括在工资中。", "计算工资时，奖金计算在内。"),
        ("公司不能说明理由的，补足差额。", "公司说明不了理由的，补足差额。"),
    ],
)
def test_other_words_for_the_same_are_no_loss(before: str, after: str) -> None:
    assert "weaker" not in {effect.label for change in judged("", before, after) for effect in change.effects}


def test_what_only_went_from_a_line_written_anew_is_a_hint_with_its_reason() -> None:
    before = "女职工提出申请的，公司应当立即办理登记，事先听取工会意见，三日内书面答复女职工并说明理由，由本人签收。"
    after = (
        "女职工申请的，登记由公司马上着手办理，先问工会的看法，三日内书面答复女职工并讲清缘由，本人签字收下。"
    )
    (change,) = judged("", before, after)
    titles = [effect.title for effect in change.effects if effect.label == "unclear" and effect.rule]
    assert change.label == "unclear"
    assert any(title.startswith("整段改写，可能削弱：") for title in titles), titles


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        # words that went where something better came
        ("安排疏导不少于3次。", "安排疏导，次数由本人选定。", "unclear"),
        ("公司应当审查并书面答复。", "公司应当在5日内答复。", "unclear"),
        # a whole sentence that was struck out weakens, whatever came elsewhere
        ("夜班以后不得安排早班。公司应当答复。", "公司应当在5日内答复。", "weaker"),
        # a number worse in a known direction weakens, whatever came beside it
        ("产假98天，可以分次使用。", "产假90天，可以分次使用，工资照发。", "weaker"),
        # a number of which nobody knows the direction is for a person, and so is what came beside it
        ("记录保存3年，工会可以查阅。", "记录保存1年，工会可以查阅、复制。", "unclear"),
        # words that went and of which no rule knows what they did
        ("产假98天，陪同就诊由车间调班。", "产假108天，陪同就诊另议。", "unclear"),
        ("假期12个月。", "假期15个月，按照工资的50%发放。", "unclear"),
    ],
)
def test_beside_a_gain_words_that_went_are_a_hint_and_beside_a_hint_nothing_is_a_gain(
    before: str, after: str, label: str
) -> None:
    (change,) = judged(
        "", f"{before}本条自签订之日起适用于全体女职工。", f"{after}本条自签订之日起适用于全体女职工。"
    )
    assert change.label == label, change.effects


def test_a_number_below_decides_in_a_line_that_is_all_new_and_one_word_does_not() -> None:
    before = "女职工生育的，享受产假98天，其中产前可以休15天；用人单位应当自收到申请之日起3日内书面确认，由本人签收。"
    after = "女职工生育时，产假为{}天，里面有15天可以在产前休；用人单位于收到申请以后3日内给出书面的确认{}，本人签字收下。"
    (lower,) = judged("", before, after.format(90, ""))
    (same,) = judged("", before, after.format(98, ""))
    (vague,) = judged("", before, after.format(98, "（特殊情况另定）"))
    assert (lower.label, same.label, vague.label) == ("weaker", "unclear", "unclear")
    assert any("可能削弱：权利或者义务加了条件" in effect.title for effect in vague.effects)


def test_words_with_a_numeral_that_count_nothing_are_no_numbers() -> None:
    text = "双方一致同意委托第三方，一般两项合计，十分重要；休息十分钟，每次一小时。"
    assert [text[one.start : one.end] for one in amounts(text)] == ["十分钟", "一小时"]


def test_a_ban_on_what_harms_them_is_a_gain() -> None:
    before = "用人单位应当提供座椅。"
    added = "用人单位不得核查婚育情况，不得因怀孕解除劳动合同。"
    assert "duty-added" in rules_of(judged("", before, before + added))


def test_what_may_weaken_is_known_by_what_it_may_be_and_not_by_its_title() -> None:
    loss, gain = (Effect(label, "sample", "可能削弱的说法") for label in ("weaker", "stronger"))
    assert is_hint(hint(loss, ANEW)) and not is_hint(hint(gain, ANEW))
    assert not is_hint(hint(replace(gain, title="样例"), OTHERWISE))
