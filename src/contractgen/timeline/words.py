"""How a timeline reads: the same lines on a terminal, in a page and in a calendar."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from contractgen.law import Unknown
from contractgen.timeline.backward import Plan, PlanStep
from contractgen.timeline.model import Day, State, Step, Timeline, title_of

NONE = "—"
TO_DO = "待办"
NAMELESS = "（没有填写用人单位名称）"
TITLE = "协商、订立和履行时间表"
PLAN_TITLE = "倒排时间表"
HEADINGS = ("步骤", "最后一天", "办理", "情况")
PLAN_HEADINGS = ("步骤", "最迟", "建议", "情况")
PROPOSAL = "“建议”的日期和天数是本程序提出的参考，不是法律规定；“最迟”只计算法律规定的间隔，对方和审查部门按用满期限计算。"
UNCHECKED = "注明“未核对”的，没有与官方文本核对过，办理前请找到原文；写明“未知”的，是当年的节假日安排还没有公布或者没有收录；“待核”的，已经过了确定的最后一天，是否顺延要等节假日安排；这时的“不晚于”“至迟”按近年放假最多的情况放宽推算，不是法律规定。"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the step, who acts, what there is to say about it, its days, how it stands."""

    title: str
    who: str
    details: tuple[str, ...]
    days: tuple[str, str]
    label: str
    state: State

    @property
    def below(self) -> tuple[str, ...]:
        """What stands below the title where there are no columns for it."""
        return (f"办理：{self.who}", *self.details)


def day_label(day: Day | None) -> str:
    """2026-12-03; 未知 with what is sure; a dash where there is none."""
    if isinstance(day, Unknown):
        bounds = (("不早于", day.at_least), ("不晚于", day.at_most))
        return "\n".join(("未知", *(f"{word}\n{bound}" for word, bound in bounds if bound)))
    return str(day) if day is not None else NONE


def flat(text: str) -> str:
    """The lines of a cell as one."""
    return text.replace("于\n", "于").replace("到\n", "到").replace("\n", "，")


# ------------------------------------------------------------------ forward


def lines(timeline: Timeline) -> tuple[Line, ...]:
    """Every step that the place asks for, or that was done all the same."""
    return tuple(_line(step) for step in timeline.asked)


def _line(step: Step) -> Line:
    last = day_label(step.due)
    if step.open and isinstance(step.extended, datetime.date):
        last += f"\n休息日，顺延到\n{step.extended}"
    done = NONE
    if step.done is not None:
        done = str(step.done)
    elif step.planned or step.begun:
        done = f"定于{step.planned}" if step.planned else f"{step.begun}起"
    details = (*_details(step), *_note(step))
    return Line(title_of(step), step.who, details, (last, done), step.label, step.state)


def _details(step: Step) -> Iterator[str]:
    """The limit with the day from which it counts, what is unknown, and the law."""
    if step.limit:
        yield f"期限：{step.limit}{_counted(step)}"
    if isinstance(step.due, Unknown):
        yield f"未知：{step.due.reason}"
    elif step.open and isinstance(step.extended, Unknown):
        put_off = f"，至迟{step.extended.at_most}" if step.extended.at_most else ""
        yield f"最后一天是否顺延未知{put_off}：{step.extended.reason}"
    if step.open and step.earliest is not None:
        yield f"最早：{flat(day_label(step.earliest))}"
    if step.sources and step.number <= 1:
        yield f"依据：{'；'.join(step.sources)}"


def _counted(step: Step) -> str:
    """The day with which the limit begins, or before which it must have passed."""
    if step.start_day is None or step.norm is None:
        return ""
    if step.norm.before:
        return f"（{step.start_day}）"
    return f"（从{step.start_day}起算{'，这一天是拟定的' if step.projected else ''}）"


def _note(step: Step) -> Iterator[str]:
    if step.stop:
        yield f"注意：{step.stop}"
    if step.note and step.open and step.number <= 1:
        yield f"注意：{step.note}"


def headline(timeline: Timeline) -> tuple[str, ...]:
    """Whose timeline this is, of which law and day, and its summary."""
    return (
        timeline.employer or NAMELESS,
        f"{timeline.place}，按{timeline.on}的规定；截至{timeline.today}",
        *summary(timeline),
    )


def summary(timeline: Timeline) -> Iterator[str]:
    """Why the course does not go on, what is late, what runs, and what may be done now and later."""
    yield from (f"注意：{one}" for one in timeline.stops)
    if timeline.late:
        named = "、".join(f"{title_of(one)}（{_last(one)}）" for one in timeline.late)
        yield f"逾期未办 {len(timeline.late)}：{named}"
    doubtful = timeline.doubtful
    if doubtful:
        named = "、".join(f"{title_of(one)}（{_last(one)}；{_reason(one)}）" for one in doubtful)
        yield f"待核，可能逾期 {len(doubtful)}：{named}"
    running = timeline.running
    if running:
        named = "、".join(f"{title_of(one)}（{_left(one, timeline.today)}）" for one in running)
        yield f"期限内 {len(running)}：{named}"
    ready = timeline.ready
    if ready:
        yield f"现在可以办 {len(ready)}：{'、'.join(title_of(one) for one in ready)}"
    coming = timeline.coming
    if coming:
        yield f"接下来 {len(coming)}：{'、'.join(f'{title_of(one)}（{_from(one)}）' for one in coming)}"
    if timeline.next is None:
        yield "没有待办的步骤。"


def _from(step: Step) -> str:
    """最早2026-10-27; where a year is not known, the day that it cannot lie before."""
    return (
        f"最早的日期未知，不早于{step.first}" if isinstance(step.earliest, Unknown) else f"最早{step.first}"
    )


def _last(step: Step) -> str:
    """最后一天2026-12-03; where it is not known, what is certain of it."""
    if not isinstance(step.last, Unknown):
        return f"最后一天{step.last}"
    most = f"不晚于{step.last.at_most}" if step.last.at_most else "最晚哪一天不能断定"
    if isinstance(step.due, Unknown):
        return f"最后一天不早于{step.last.at_least}，{most}"
    return (
        f"最后一天{step.due}，即使顺延也{most}" if step.last.at_most else f"最后一天{step.due}，是否顺延未知"
    )


def _left(step: Step, today: datetime.date) -> str:
    """到2026-12-03，还有7天; where the last day is not known, to the last one that is certain, and why."""
    assert step.sure is not None
    left = f"还有{(step.sure - today).days}天"
    if not isinstance(step.last, Unknown):
        return f"到{step.sure}，{left}"
    told = "最后一天未知，不早于" if isinstance(step.due, Unknown) else "到"
    return f"{told}{step.sure}，{left}；{_reason(step)}"


def _reason(step: Step) -> str:
    return step.last.reason if isinstance(step.last, Unknown) else ""


def remarks(timeline: Timeline) -> tuple[str, ...]:
    """What stands below the table."""
    not_asked = (one for one in timeline.steps if one.state is State.NOT_ASKED and one.id != "objection")
    left_out = tuple(dict.fromkeys(one.title for one in not_asked))
    told = (f"没有列出的步骤，当地规定没有要求或者用不到：{'、'.join(left_out)}。",) if left_out else ()
    return (*told, UNCHECKED)


# ------------------------------------------------------------------ backward


def plan_lines(plan: Plan) -> tuple[Line, ...]:
    """Every step that is still to be done."""
    return tuple(_plan_line(one, plan) for one in plan.to_do)


def _plan_line(one: PlanStep, plan: Plan) -> Line:
    step, state = one.step, one.step.state
    if one.too_late(plan.line.today):
        label, state = "来不及", State.LATE
    else:
        label = step.label if one.runs else TO_DO
    latest = day_label(one.latest)
    if isinstance(one.latest, Unknown) and one.no_later:
        latest = day_label(replace(one.latest, at_most=None))
        latest += f"\n不晚于\n{one.no_later}"
    if one.latest is None:
        latest = "及时" if step.id == "publication" else NONE
    days = (latest, NONE if one.too_late(plan.line.today) else _ours(one, plan.line.today))
    return Line(title_of(step), step.who, (*_plan_details(one),), days, label, state)


def _plan_details(one: PlanStep) -> Iterator[str]:
    if one.runs or not one.ahead:
        limit = f"期限：{one.step.limit}" if one.step.limit else ""
        yield from (limit,) if limit else ()
        yield from (f"依据：{'；'.join(one.step.sources)}",) if one.step.sources else ()
    if isinstance(one.latest, Unknown):
        yield f"未知：{one.latest.reason}"
    if one.off_day:
        yield "期满的这一天是休息日，可能顺延，宜再提前几天报送"
    if one.wait:
        source = f"，{one.source}" if one.source else ""
        yield f"其后：{one.wait}{source}"
    if one.advised:
        yield one.advised


def plan_headline(plan: Plan) -> tuple[str, ...]:
    """Whose plan this is, for which day, and whether there is time."""
    line = plan.line
    to_do = [one for one in plan.to_do if one.ahead]
    done = [title_of(one.step) for one in plan.steps if one.done]
    first = to_do[0] if to_do else None
    told = (
        *(
            (f"下一步：{title_of(first.step)}，最迟{_sure(first)}，建议{_ours(first, line.today)}",)
            if first and not plan.findings and (first.step.ready or not line.stops)
            else ()
        ),
        *((f"从今天起每一步都不耽搁，最早{_flat(plan.possible)}生效",) if to_do else ()),
    )
    return (
        line.employer or NAMELESS,
        f"计划{plan.in_force}生效；{line.place}，按{line.on}的规定；截至{line.today}",
        *(f"注意：{one}" for one in line.stops),
        *((f"已经办完 {len(done)}：{'、'.join(done)}",) if done else ()),
        *told,
    )


def _sure(one: PlanStep) -> str:
    if isinstance(one.latest, Unknown):
        least = f"不早于{one.latest.at_least}，" if one.latest.at_least else ""
        return f"未知，{least}不晚于{one.no_later}"
    return _flat(one.latest)


def _ours(one: PlanStep, today: datetime.date) -> str:
    """Our proposal; a day that is over, where the last day may be put off, means at once."""
    over = isinstance(one.recommended, datetime.date) and one.recommended < today
    return "尽快" if over else _flat(one.recommended)


def _flat(day: Day | None) -> str:
    return flat(day_label(day))


def plan_remarks() -> tuple[str, ...]:
    """What stands below the table."""
    return (PROPOSAL, UNCHECKED)


# ------------------------------------------------------------------ for programs


def as_dict(timeline: Timeline) -> dict[str, Any]:
    """The timeline as plain JSON."""
    return {
        "employer": timeline.employer,
        "place": timeline.place,
        "law_day": str(timeline.on),
        "today": str(timeline.today),
        "stops": list(timeline.stops),
        "late": [one.id for one in timeline.late],
        "running": [one.id for one in timeline.running],
        "ready": [one.id for one in timeline.ready],
        "coming": [one.id for one in timeline.coming],
        "next": timeline.next.id if timeline.next else None,
        "steps": [_step_as_dict(one) for one in timeline.steps],
    }


def _step_as_dict(step: Step) -> dict[str, Any]:
    return {
        "id": step.id,
        "title": step.title,
        "who": step.who,
        "round": step.round,
        "number": step.number,
        "state": step.state.value,
        "ready": step.ready,
        "path": step.path,
        "starts": step.start,
        "start_day": _plain(step.start_day),
        "limit": step.limit,
        "due": _plain(step.due),
        "extended": _plain(step.extended),
        "earliest": _plain(step.earliest),
        "planned": _plain(step.planned),
        "done": _plain(step.done),
        "sources": list(step.sources),
        "checked": all(norm.verified for norm in (step.norm, *step.basis) if norm is not None),
        "note": step.note,
    }


def plan_as_dict(plan: Plan) -> dict[str, Any]:
    """The plan as plain JSON; ``recommended`` is our proposal, never law."""
    return {
        "employer": plan.line.employer,
        "place": plan.line.place,
        "law_day": str(plan.line.on),
        "today": str(plan.line.today),
        "in_force": str(plan.in_force),
        "possible": _plain(plan.possible),
        "steps": [_plan_step_as_dict(one, plan.line.today) for one in plan.steps],
    }


def _plan_step_as_dict(one: PlanStep, today: datetime.date) -> dict[str, Any]:
    return {
        "id": one.step.id,
        "title": one.step.title,
        "who": one.step.who,
        "round": one.step.round,
        "done": _plain(one.step.done),
        "behind": one.done,
        "too_late": one.too_late(today),
        "latest": _plain(one.latest),
        "no_later": _plain(one.no_later),
        "recommended": _plain(one.recommended),
        "wait": one.wait,
        "source": one.source,
        "advised": one.advised,
    }


def _plain(day: Day | None) -> str | dict[str, str | None] | None:
    """A day, or why it is not known."""
    if isinstance(day, Unknown):
        return {"unknown": day.reason, "at_least": _text(day.at_least), "at_most": _text(day.at_most)}
    return _text(day)


def _text(day: datetime.date | None) -> str | None:
    return str(day) if day is not None else None
