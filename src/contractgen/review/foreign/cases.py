"""Matters whose law is more than one number: sums of leaves, leave after a miscarriage by months, pay in percent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from contractgen.checks.rule import source_of
from contractgen.law import LawView, Norm, number_label
from contractgen.review.foreign.matters import Found
from contractgen.review.foreign.standing import Held, Judged, Outcome, Scale, judged, outcome_of

PAY = re.compile("工资|待遇|薪")
PAY_NEAR = 20  # characters before the quoted part in which it may be named
Step = tuple[Norm, Fraction, Fraction | None]  # leave after a miscarriage from and below so many months


def judge_sum(found: Found, scale: Scale) -> Judged | None:
    """合计158天: what the law gives in several leaves together."""
    one = found.amount
    norms = [norm for key in found.matter.sums if (norm := scale.view.get(key)) is not None]
    if len(norms) < len(found.matter.sums) or one.unit not in ("天", "日"):
        return None
    parts = [(norm, Fraction(norm.value)) for norm in norms if norm.value is not None]
    total = sum((value for _, value in parts), Fraction(0))
    outcome: Outcome = "ok" if one.number >= total else "below"
    doubt = ""
    if outcome == "ok":
        unsure = one.ranged or one.about or one.bounded == "most"
        doubt = scale.doubt(found) or ("没有确定的数值" if unsure else "")
    return judged(
        found,
        "和".join(norm.title for norm, _ in parts) + "合计",
        "person" if doubt else outcome,
        doubt,
        floor=f"法定标准{_sum_label([value for _, value in parts])}",
        basis="；".join(source_of(norm) for norm, _ in parts),
        keys=tuple(norm.key for norm, _ in parts),
        number=one.number,
    )


def judge_miscarriage(found: Found, scale: Scale, steps: Sequence[Step]) -> Judged | None:
    """Leave after a miscarriage: the step that the months tell, else every step that it may be."""
    one = found.amount
    low, high = found.sentence.months_of_pregnancy(found.at)
    floors = _floors(steps, low, high)
    if not floors:
        return None
    strictest = max(floors, key=lambda norm: norm.value or 0)
    mildest = min(floors, key=lambda norm: norm.value or 0)
    held = scale.held(one, strictest)
    if held is None or mildest.value is None:
        return None
    sure = held.high < mildest.value  # too little whatever the month
    norm = mildest if sure else strictest
    outcome, reason = outcome_of(one, norm, held)
    if outcome == "below" and not sure:
        outcome = "person"
        told = low > 0 or high is not None
        reason = f"不够{strictest.title}的标准" if told else "没有写明怀孕几个月，不知道适用哪一档"
    return scale.said(found, norm, outcome, reason, held)


def _floors(steps: Sequence[Step], low: Fraction, high: Fraction | None) -> list[Norm]:
    """What the law asks in each part of these months: where several steps meet, the best for her."""
    edges = {low, *(edge for _, *both in steps for edge in both if edge is not None and edge > low)}
    parts = sorted(edge for edge in edges if high is None or edge < high)
    here = (
        [norm for norm, begin, end in steps if begin <= part and (end is None or part < end)]
        for part in parts
    )
    return [max(norms, key=lambda norm: norm.value or 0) for norms in here if norms]


def steps_of(view: LawView) -> list[Step]:
    """The steps of leave after a miscarriage: the norm, from and below how many months."""
    found: list[Step] = []
    for rule in view.law.leave_rules(view.place):
        norm = view.get(rule.key) if rule.of == "miscarriage" else None
        if norm is None or norm.value is None or norm.bound == "advice":
            continue
        begin, end = (_value(view, key) if key else None for key in (rule.from_, rule.below))
        found.append((norm, begin or Fraction(0), end))
    return found


def _value(view: LawView, key: str) -> Fraction | None:
    norm = view.get(key)
    return None if norm is None or norm.value is None else Fraction(norm.value)


# ------------------------------------------------------------------ pay


def judge_pay(found: Found, scale: Scale) -> Judged | None:
    """So many percent of a wage, where the law says of which; None where the sentence is about no pay."""
    sentence, one, matter = found.sentence, found.amount, found.matter
    begin, end = sentence.part_of(found.at)
    if not PAY.search(sentence.text[max(begin - PAY_NEAR, 0) : end]):
        return None
    if any(word in sentence.text for word in matter.unless):
        return None
    norm = scale.first(matter.laws)
    if norm is None:
        return None
    if matter.least:
        return _judge_full_pay(found, norm)
    if norm.value is None or norm.unit != "percent":
        return None
    held = Held(one.number, one.high)
    outcome, reason = _on_base(found, norm, sentence.text[begin:end], *outcome_of(one, norm, held))
    other = scale.view.get(norm.together_with) if norm.together_with else None
    wages = other is not None and other.unit == "minimum_wage"
    if outcome == "ok" and other is not None and wages and "最低工资" not in sentence.text:
        outcome, reason = "person", f"没有写同时要达到的另一道底线：{other.title}"
    return scale.said(found, norm, outcome, reason, held)


def _judge_full_pay(found: Found, norm: Norm) -> Judged | None:
    """Pay that may not be cut at all; enough of it is not told."""
    least = found.matter.least
    if found.amount.number >= least:
        return None
    return judged(
        found,
        "产假期间的待遇",
        "below",
        "",
        floor=f"产假期间的工资待遇不得降低，即不低于{least}%",
        basis=source_of(norm),
        keys=found.matter.laws,
        number=found.amount.number,
        norm=norm,
    )


def _on_base(found: Found, norm: Norm, part: str, outcome: Outcome, reason: str) -> tuple[Outcome, str]:
    """The outcome, for a person where the percentage is of another wage than the law's, or of an unnamed one."""
    bases, one = found.matter.bases, found.amount
    wanted = bases.get(norm.pay_base, ())
    others = [word for base, words in bases.items() if base != norm.pay_base for word in words]
    said = next((word for word in others if word in part), "")
    if outcome == "ok" and not any(word in part for word in wanted):
        return "person", f"写的是{said}的百分比，法律的基数不同" if said else "没有写明是哪一种工资的百分比"
    behind = found.sentence.text[one.end : one.end + 12]
    if outcome == "below" and said and not any(word in behind for word in others):
        return "person", "百分比的基数与法律规定的不同"
    return outcome, reason


# ------------------------------------------------------------------ sums over the contract


def with_sums(found: Sequence[Judged], view: LawView) -> Iterator[Judged]:
    """产假158天 is 98 and 60 days in one number; 128 days alone may or may not hold the birth leave."""
    birth = view.get("birth_leave")
    value = _value(view, "birth_leave")
    apart = any("birth_leave" in one.keys for one in found)
    for one in found:
        norm = one.norm
        if (
            birth is None
            or value is None
            or apart
            or one.outcome != "ok"
            or one.keys != ("maternity_leave",)
            or norm is None
            or norm.value is None
            or one.number <= norm.value
        ):
            yield one
            continue
        parts = (Fraction(norm.value), value)
        label = _sum_label(parts)
        basis = f"{one.basis}；{source_of(birth)}"
        if one.number >= sum(parts):
            yield replace(one, reason=f"已经包含{birth.title}（{label}）", basis=basis)
        else:
            reason = f"没有另写{birth.title}；如果这个天数已经包含{birth.title}，就低于{label}"
            yield replace(one, outcome="person", reason=reason, basis=basis)


def _sum_label(parts: Sequence[Fraction]) -> str:
    """98＋60＝158天"""
    return f"{'＋'.join(map(number_label, parts))}＝{number_label(sum(parts, Fraction(0)))}天"
