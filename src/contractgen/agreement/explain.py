"""Why each text and each number of an agreement stands where it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from contractgen.agreement.layout import basis_text
from contractgen.agreement.model import Agreement, AgreementArticle, Provision, Value
from contractgen.agreement.names import local_note
from contractgen.document import Annex, Article, Block, Document, Item, Paragraph, Text
from contractgen.findings import InputError

if TYPE_CHECKING:
    from contractgen.law import Norm


OUTCOMES = {"vote": "职工（代表）大会表决", "election": "推选职工方代表"}
VOTES = {"open": "尚未进行或者没有写全", "passed": "通过", "failed": "没有通过"}


def explain(agreement: Agreement, target: str | None = None) -> Document:
    """Clause and version, conditions, basis, and the origin of every number.

    Args:
        agreement: what is explained.
        target: an article (第十二条, 12), an annex (附件1) or a clause id; the whole agreement without it.

    Raises:
        InputError: where the agreement has no such article or clause.
    """
    blocks: list[Block] = []
    for article in (*agreement.articles, *agreement.annexes):
        chosen = [p for p in article.provisions if target is None or _matches(article, p, target)]
        if chosen:
            heading = Annex if article in agreement.annexes else Article
            blocks.append(heading(article.id, article.number, article.title))
            for provision in chosen:
                blocks.extend(_provision(agreement, provision))
    if not blocks:
        raise InputError(
            f"本合同没有“{target}”", hint="写条号（第十二条）、附件号（附件1）或者条款编号（maternity-leave）"
        )
    return Document(title=f"{agreement.title}：条款来源", body=tuple(blocks))


def proposals(agreement: Agreement) -> str:
    """The library's proposals as lines of ``terms`` in the profile, each with its title and place.

    Where the profile has a ``terms`` block already, the lines come without the key and go under it.
    """
    lines = ["  # 以下各行接在企业情况表的 terms: 之下" if agreement.profile.terms else "terms:"]
    for point in agreement.open_points:
        if point.rule == "proposal":
            value = agreement.values[point.path.removeprefix("terms.")]
            number = value.number if isinstance(value.number, int) else float(value.number)
            lines.append(f"  {value.name}: {number}  # {value.title}，{value.text}（{point.location.place}）")
    return "\n".join(lines) + "\n" if len(lines) > 1 else ""


def _matches(article: AgreementArticle, provision: Provision, target: str) -> bool:
    clause = provision.clause.id if provision.clause else ""
    number = str(article.number) if article.label.startswith("第") else ""
    wanted = unicodedata.normalize("NFKC", target).strip()
    return wanted != "" and wanted in (article.label, number, article.id, clause, provision.label)


def _line(text: str, role: str = "text") -> Paragraph:
    return Paragraph((Text(text),), role=role)  # type: ignore[arg-type]


def _provision(agreement: Agreement, provision: Provision) -> Iterable[Block]:
    clause = provision.clause
    if clause is None:
        yield _line(f"{provision.label}：双方自行约定的条款")
        return
    days = f"{clause.in_force_from} 起" + (f"，{clause.in_force_until} 止" if clause.in_force_until else "")
    yield _line(f"{provision.label}：{clause.title}（{clause}，{clause.weight_title}条款，文字自 {days}）")
    yield _line(f"选用条件：{_conditions(agreement, provision)}")
    if provision.places:
        yield _line(f"适用的工作地点：{_scope(agreement, provision)}")
    yield _line(f"依据：{basis_text(provision.basis, agreement.frame['notes']['agreed'])}")
    for number, name in enumerate(provision.values, start=1):
        text = _value_text(agreement, provision, name)
        yield Item(number, (Text(text),), numbered=False)
    if reason := local_note(clause.change.reason, agreement.view_of(provision)):
        source = clause.change.source
        here = local_note(source, agreement.view_of(provision)) == " ".join(source.split())
        yield _line(
            f"本版变化（{clause.change.title}）：{reason}{f'（{source}）' if source and here else ''}"
        )
    for reader, text in (("工会", clause.union_note), ("审核人", clause.reviewer_note)):
        if note := local_note(text, agreement.view):
            yield _line(f"给{reader}的说明：{note}")


def _conditions(agreement: Agreement, provision: Provision) -> str:
    clause = provision.clause
    assert clause is not None
    from contractgen.profile import FORMS, field_title

    view = agreement.view_of(provision)
    parts = [f"{view.title}有“{view[key].title}”的规定" for key in clause.law_has]
    parts += [f"{view.title}没有“{view.law.name_of(key)}”的规定" for key in clause.law_lacks]
    for condition in clause.when:
        words: dict[Any, str] = {"present": "有", "absent": "没有", True: "是", False: "否", **VOTES}
        expected = "或".join(str(words.get(one, one)) for one in condition.expected)
        title = OUTCOMES.get(condition.path) or field_title(condition.path)
        parts.append(f"“{title}”为{expected}")
    if agreement.form not in clause.forms or len(clause.forms) < len(FORMS):
        parts.append(f"合同形式为{'或'.join(FORMS[one] for one in clause.forms)}")
    return "；".join(parts) or "总是选用"


def _scope(agreement: Agreement, provision: Provision) -> str:
    """For which places of work a clause holds, and why not for the others."""
    clause = provision.clause
    assert clause is not None
    held = "、".join(one.title for one in agreement.workplaces if one.view.place in provision.places)
    reasons = []
    for one in agreement.workplaces:
        if one.view.place not in provision.places:
            titles = agreement.view_of(provision)
            reasons += [
                f"{one.view.title}没有“{titles[key].title}”的规定"
                for key in clause.law_has
                if key not in one.view
            ]
            reasons += [
                f"{one.view.title}另有“{one.view[key].title}”的规定"
                for key in clause.law_lacks
                if key in one.view
            ]
    return f"{held}（{'；'.join(reasons)}）"


def _value_text(agreement: Agreement, provision: Provision, name: str) -> str:
    """A number, where it comes from, and what it is at the other places of work for which the clause holds."""
    held = [one for one in agreement.workplaces if not provision.places or one.view.place in provision.places]
    if len(agreement.workplaces) < 2 or name not in held[0].values:
        value = agreement.values[name]
        return f"{value.title}：{value.stated}，{origin_text(agreement.values, value)}"
    first = held[0].values[name]
    text = f"{first.title}：{first.stated}，{origin_text(held[0].values, first)}"
    for other in held[1:]:
        there = other.values.get(name)
        if there is not None and (there.floor, there.text) != (first.floor, first.text):
            text += f"；{other.title}：{there.stated}，{origin_text(other.values, there)}"
    return text


def origin_text(values: Mapping[str, Value], value: Value) -> str:
    """Where a number of a place of work comes from, in one line."""
    if value.origin == "sum":
        parts = "＋".join(f"{values[p].title}{values[p].text}" for p in value.parts)
        return f"合计：{parts}，没有单独的条文"
    norm = value.floor
    standard = "法定标准" if norm is None or norm.verified else "据公开报道的标准"
    if value.origin == "seat" and norm is not None:
        return f"按照正文，优于当地的{standard}：{norm_text(norm)}"
    if value.origin == "law" and norm is not None:
        return f"{'法定' if norm.verified else '据公开报道，按双方约定写入'}：{norm_text(norm)}"
    decided = (
        f"双方约定（企业情况表 {value.path}）" if value.origin == "agreed" else "条款库建议值，待双方确认"
    )
    if norm is None:
        return f"{decided}；法律未定数值"
    return f"{decided}；{standard}：{norm_text(norm)}"


def norm_text(norm: Norm) -> str:
    """A norm with its article, first day, state and the norm that it beats."""
    from contractgen.law import describe

    checked = f"最近核对 {norm.checked}" if norm.checked else "从未核对"
    text = f"{describe(norm)}，{norm.cited}，{norm.since} 起，{norm.place_title}，{checked}"
    if norm.loser is not None and norm.loser.hidden:
        text += f"（{norm.loser.place_title}可能另有规定，内容没有见到：{norm.loser.source.title}）"
    elif norm.loser is not None:
        word = "优于" if norm.better_than(norm.loser) else "另见"
        text += f"（{word}{norm.loser.place_title}{describe(norm.loser)}，{norm.loser.source}）"
    return text
