"""Whether the answers fit each other: days in their order, counts within counts, one chief a side.

Only what holds everywhere stands here. What depends on the law of a place is a check.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from contractgen.profile.bargaining import Representative
from contractgen.profile.fields import field_title
from contractgen.profile.forms import OCCASIONS, SIDES, plain
from contractgen.profile.model import Profile

Steps = tuple[str | int, ...]
Written = Callable[[Steps], Steps]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers that cannot both be right; ``steps`` leads to the one that is to be looked at."""

    rule: str
    steps: Steps
    message: str
    hint: str


def contradictions(profile: Profile, written: Written = lambda steps: steps) -> tuple[Contradiction, ...]:
    """Everything in a profile that contradicts itself.

    Args:
        profile: the answers.
        written: the place in the file of a place in the profile, where refused list items are left out.
    """
    found = [*_days(profile, written), *_representatives(profile, written)]
    for source in (_counts, _workplaces, _union, _occasion, _choices):
        found.extend(source(profile))
    return tuple(dict.fromkeys(replace(one, steps=written(one.steps)) for one in found))


# ------------------------------------------------------------------ days


def _days(profile: Profile, written: Written) -> Iterator[Contradiction]:
    """Each row holds everywhere; whether draft and text are signed before or after the vote is for the checks."""
    meetings = [f"bargaining.meetings.{number}" for number in range(len(profile.bargaining.meetings))]
    held = [f"{meeting}.day" for meeting in meetings]
    proposal, reply, drafted = (
        "bargaining.proposal_day",
        "bargaining.reply_day",
        "bargaining.draft_signed_day",
    )
    voted = "bargaining.congress.day"
    course = [proposal, reply, *held]
    notice, submission = "bargaining.notice_day", "bargaining.submission_day"
    signing, start, end = "agreement.signing_day", "agreement.start", "agreement.end"
    before, ended = "agreement.previous.signing_day", "agreement.previous.end"
    again = "bargaining.objection"
    objected = profile.bargaining.objection.day is not None  # the amended text is signed anew
    in_force, published = "bargaining.in_force_day", "bargaining.publication_day"
    for row in (
        [*course, "bargaining.papers_sent_day", voted, notice, submission],
        [*course, drafted, signing, f"{again}.resubmission_day" if objected else submission],
        [drafted, submission],
        [proposal, "bargaining.agreed_day", *held],
        *([f"{meeting}.notice_day", f"{meeting}.day"] for meeting in meetings),
        *(["bargaining.election.day", last] for last in (drafted, voted)),
        *([proposal, "bargaining.settled_day", last] for last in (drafted, voted, notice)),
        [voted, "bargaining.union_report_day"],
        [submission, f"{again}.day", f"{again}.papers_sent_day", f"{again}.congress.day"],
        [f"{again}.day", f"{again}.draft_signed_day", f"{again}.resubmission_day"],
        [
            f"{again}.day",
            f"{again}.congress.day",
            f"{again}.notice_day",
            f"{again}.resubmission_day",
            in_force,
            published,
        ],
        [submission, in_force, published],
        *([] if profile.agreement.occasion == "amendment" else [[signing, start]]),
        [before, signing],
    ):
        yield from _in_order(profile, written, row)
    yield from _in_order(profile, written, [start, end], strict=True)
    yield from _in_order(profile, written, [before, ended], strict=True)


def _in_order(
    profile: Profile, written: Written, paths: Sequence[str], *, strict: bool = False
) -> Iterator[Contradiction]:
    """Each known day against the latest known day before it."""
    latest: tuple[str, datetime.date] | None = None
    for path in paths:
        day = profile.at(path)
        if day is None:
            continue
        if latest and (day < latest[1] or (strict and day == latest[1])):
            relation = "应当晚于" if strict else "不能早于"
            before = field_title(".".join(str(step) for step in written(_steps(latest[0]))))
            message = f"{day} {relation}{before}（{latest[1]}）"
            yield Contradiction("day-order", _steps(path), message, "请核对这两个日期")
        else:
            latest = (path, day)


# ------------------------------------------------------------------ counts


def _counts(profile: Profile) -> Iterator[Contradiction]:
    workforce, election = "workforce", "bargaining.election"
    yield from _within(profile, f"{workforce}.women", f"{workforce}.total")
    yield from _within(profile, f"{workforce}.dispatched", f"{workforce}.total")
    yield from _within(profile, f"{workforce}.new_forms_women", f"{workforce}.new_forms")
    for number in range(len(profile.workforce.hazardous_posts)):
        yield from _within(profile, f"{workforce}.hazardous_posts.{number}.women", f"{workforce}.women")
    for congress in ("bargaining.congress", "bargaining.objection.congress"):
        yield from _within(profile, f"{congress}.present", f"{congress}.entitled")
        yield from _within(profile, f"{congress}.women_entitled", f"{congress}.entitled")
        yield from _within(profile, f"{congress}.women_present", f"{congress}.present")
        women = "women_entitled" if profile.at(f"{congress}.women_entitled") is not None else "entitled"
        yield from _within(profile, f"{congress}.women_present", f"{congress}.{women}")
        yield from _votes(profile, congress)
    yield from _within(profile, f"{election}.votes_for", f"{election}.entitled")
    yield from _members(profile)
    yield from _women(profile)
    if profile.agreement.copies == 0:
        yield Contradiction("count", _steps("agreement.copies"), "不能是 0", "请写双方各执和报送、存档共几份")


def _within(profile: Profile, part: str, whole: str) -> Iterator[Contradiction]:
    smaller, larger = profile.at(part), profile.at(whole)
    if smaller is not None and larger is not None and smaller > larger:
        message = f"{smaller} 多于{field_title(whole)}（{larger}）"
        yield Contradiction("count", _steps(part), message, "请核对这两个数字")


def _votes(profile: Profile, path: str) -> Iterator[Contradiction]:
    congress = profile.at(path)
    votes = [
        one for one in (congress.votes_for, congress.votes_against, congress.abstentions) if one is not None
    ]
    name = "entitled" if congress.present is None else "present"
    most = getattr(congress, name)
    if most is not None and sum(votes) > most:
        message = f"赞成、反对、弃权共 {sum(votes)} 票，多于{field_title(f'{path}.{name}')}（{most}）"
        yield Contradiction("count", _steps(f"{path}.votes_for"), message, "请核对计票记录和签到表")


def _members(profile: Profile) -> Iterator[Contradiction]:
    """Workers in new forms of employment may join the union and the meeting without being staff."""
    total = profile.workforce.total
    if total is None:
        return
    everybody = total + (profile.workforce.new_forms or 0)
    for path in (
        "union.members",
        "bargaining.congress.entitled",
        "bargaining.objection.congress.entitled",
        "bargaining.election.entitled",
    ):
        count = profile.at(path)
        if count is not None and count > everybody:
            message = f"{count} 多于职工总数（含新就业形态劳动者共 {everybody}）"
            yield Contradiction("count", _steps(path), message, "请核对这两个数字")


def _women(profile: Profile) -> Iterator[Contradiction]:
    """Women at the meeting are women of the firm; where women in new forms are not counted, all may be women."""
    workforce = profile.workforce
    if workforce.women is None:
        return
    others = workforce.new_forms if workforce.new_forms_women is None else workforce.new_forms_women
    everybody = workforce.women + (others or 0)
    for congress in ("bargaining.congress", "bargaining.objection.congress"):
        for path in (f"{congress}.women_entitled", f"{congress}.women_present"):
            count = profile.at(path)
            if count is not None and count > everybody:
                message = f"{count} 多于女职工总数（含新就业形态女劳动者共 {everybody}）"
                yield Contradiction("count", _steps(path), message, "请核对这两个数字")


def _workplaces(profile: Profile) -> Iterator[Contradiction]:
    """Other places of work are other places, each workplace once, with no more women than there are."""
    places = profile.agreement.other_places
    for number, one in enumerate(places):
        steps: Steps = ("agreement", "other_places", number)
        if one.place == profile.agreement.place:
            message = f"{plain(one.place)}就是“适用哪里的法律”所写的地方"
            yield Contradiction("places", (*steps, "place"), message, "只写适用另一地方规定的工作地点")
        if any((one.place, one.site) == (other.place, other.site) for other in places[:number]):
            name = one.site or one.place
            hint = "同一工作地点只写一次，人数合并；不同的工作地点请在 site 写明名称"
            yield Contradiction("places", steps, f"{plain(name)}写了两次", hint)
        for other in places[:number]:
            for name in one.terms.keys() & other.terms.keys() if one.place == other.place else ():
                if one.terms[name] != other.terms[name]:
                    message = f"{one.terms[name]} 与同一地方的另一工作地点（{other.terms[name]}）不同"
                    hint = "一个地方一列，请写同样的数，或者只写一处"
                    yield Contradiction("places", (*steps, "terms", name), message, hint)
    women = sum(one.women or 0 for one in places)
    if profile.workforce.women is not None and women > profile.workforce.women:
        message = f"各处女职工共 {women} 人，多于女职工人数（{profile.workforce.women}）"
        yield Contradiction("count", ("agreement", "other_places"), message, "请核对这些数字")


# ------------------------------------------------------------------ persons


def _representatives(profile: Profile, written: Written) -> Iterator[Contradiction]:
    """One person, one line on a side; somebody on both sides is a matter of law, and so of the checks."""
    people = profile.bargaining.representatives
    chiefs: dict[str, Representative] = {}
    for number, one in enumerate(people):
        steps: Steps = ("bargaining", "representatives", number)
        first = next((place for place, other in enumerate(people[:number]) if _same_line(other, one)), None)
        if first is not None:
            position = int(written(("bargaining", "representatives", first))[-1]) + 1
            message = f"{plain(one.name)}已经是第{position}项的代表"
            hint = "同一个人只能写一次；同名的两个人请在姓名后注明部门，例如 王敏（财务部）"
            yield Contradiction("representatives", (*steps, "name"), message, hint)
        if not one.chief or one.side is None:
            continue
        if (chief := chiefs.setdefault(one.side, one)) is not one:
            named = f"（{chief.name}）" if chief.name else ""
            message = f"{SIDES[one.side]}已经有一名首席代表{named}"
            yield Contradiction(
                "representatives", (*steps, "chief"), message, "每方只留一名首席代表，其余改为 否"
            )


def _same_line(one: Representative, other: Representative) -> bool:
    """The same name on the same side, as far as the sides are told."""
    return (
        one.name is not None
        and one.name == other.name
        and (None in (one.side, other.side) or one.side == other.side)
    )


def _union(profile: Profile) -> Iterator[Contradiction]:
    union = profile.union
    hint = "有本单位工会的，请删去这一行；没有的，请删去 union 下的 name"
    for name in ("guiding_union", "employees_representative"):
        if union.name is not None and getattr(union, name) is not None:
            message = "只在本单位没有工会时填写，但已经填了工会名称"
            yield Contradiction("contradiction", ("union", name), message, hint)
    if not union.exists:
        for name in ("chair", "women_committee_chair", "members"):
            if getattr(union, name) is not None:
                message = "本单位没有工会名称，只填了指导推选的上级工会或者推选的代表，不应当有这一项"
                yield Contradiction(
                    "contradiction", ("union", name), message, "请补上工会名称，或者删去这一行"
                )
    if union.women_committee is False and union.women_committee_chair is not None:
        message = "写了主任姓名，但“建立了女职工委员会”为否"
        yield Contradiction("contradiction", ("union", "women_committee_chair"), message, "请核对这两项")
    chief, elected = profile.bargaining.employees_chief, union.employees_representative
    if chief is not None and elected is not None and chief.name is not None and chief.name != elected:
        message = f"{plain(elected)}与代表名单中的职工方首席代表{plain(chief.name)}不是同一个人"
        yield Contradiction(
            "contradiction", ("union", "employees_representative"), message, "请核对这两处姓名"
        )


# ------------------------------------------------------------------ choices


def _occasion(profile: Profile) -> Iterator[Contradiction]:
    previous = profile.agreement.previous
    if profile.agreement.occasion == "first" and (previous.signing_day or previous.end):
        message = "签订的缘由是首次签订，不应当有上一份合同"
        hint = "请把 occasion 改为 renewal（续订）或者 amendment（变更），或者删去 previous"
        yield Contradiction("contradiction", ("agreement", "previous"), message, hint)
    for name, title in (("case", "变更的情形"), ("grounds", "变更的理由")):
        if profile.at(f"agreement.{name}") and profile.agreement.occasion in ("first", "renewal"):
            message = f"签订的缘由是{OCCASIONS[profile.agreement.occasion]}，不应当有{title}"
            hint = f"请把 occasion 改为 amendment（变更），或者删去 {name}"
            yield Contradiction("contradiction", ("agreement", name), message, hint)


def _choices(profile: Profile) -> Iterator[Contradiction]:
    clauses = profile.clauses
    left_out = [one.id for one in clauses.leave_out]
    for number, one in enumerate(left_out):
        if one is not None and one in clauses.include:
            message = f"条款 {one} 同时写在增选的条款里"
            yield Contradiction(
                "contradiction", ("clauses", "leave_out", number, "id"), message, "请只留一处"
            )
        if one is not None and left_out.index(one) != number:
            message = f"条款 {one} 写了两次"
            yield Contradiction(
                "contradiction", ("clauses", "leave_out", number, "id"), message, "请只留一处"
            )
    for one in dict.fromkeys(clauses.include):
        if clauses.include.count(one) > 1:
            yield Contradiction("contradiction", ("clauses", "include"), f"条款 {one} 写了两次", "请只留一处")


def _steps(path: str) -> Steps:
    return tuple(int(step) if step.isdigit() else step for step in path.split("."))
