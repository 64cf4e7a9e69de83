"""Every rule that a place of work is known to have was seen; where one was not, somebody answers for signing without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contractgen.agreement import Agreement, Workplace
from contractgen.checks.rule import Rule
from contractgen.findings import Finding, Location, Severity

if TYPE_CHECKING:
    from contractgen.law import Norm


def run(agreement: Agreement) -> Iterator[Finding]:
    """A warning for each rule of a place of work whose content is not known, with what stands in for it."""
    for workplace in agreement.workplaces:
        for norm in workplace.view.unknown():
            printed = {
                place: value.stated
                for name, place in agreement.printed.items()
                if (value := workplace.values.get(name)) and value.floor and value.floor.key == norm.key
            }
            stand_in = _stand_in(workplace.view.get(norm.key), "、".join(dict.fromkeys(printed.values())))
            yield Finding(
                RULE.id,
                Severity.WARNING,
                f"{_where(agreement, workplace)}对“{norm.title}”可能另有规定，内容没有见到；{stand_in}",
                Location(place="，".join(printed)),
                source=norm.source.title,
                hint="签订前请查到该规定：程序按该规定办理，已按暂用的标准办理的，核对是否须补办；"
                "待遇比本合同更有利的，从其规定。"
                "一时查不到的，在 accepted 中写明由谁接受、理由和期限，才能做成定稿",
                group=f"{norm.source.title}的内容没有见到",
            )


def _where(agreement: Agreement, workplace: Workplace) -> str:
    return workplace.title if len(agreement.workplaces) > 1 else workplace.view.title


def _stand_in(norm: Norm | None, number: str) -> str:
    """What the agreement has instead: its number and whose standard that rests on, or nothing."""
    from contractgen.law import describe

    if norm is None:
        return "上一级没有可以暂用的规定"
    known = "" if norm.verified else f"（{norm.state.label}）"
    if norm.value is None:
        return f"检查时暂用{norm.place_title}的规定{known}"
    standard = f"暂用{norm.place_title}的标准：{describe(norm)}{known}"
    return f"本合同写{number}，{standard}" if number else f"检查时{standard}"


RULE = Rule(
    "unknown-law",
    "content",
    Severity.WARNING,
    "当地规定的内容已经查到",
    "当地已有规定而内容没有见到的，逐项列出，并写明本合同暂用的标准。没有查到以前不能做成定稿，除非有人对此负责并写入 accepted。",
    run,
    stops_final=True,
    of_law=True,
)
