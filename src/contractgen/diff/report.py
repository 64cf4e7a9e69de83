"""Differences in words: the same entries for the terminal, the page, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from contractgen.diff.changes import KINDS, LABELS, Change, Differences, Effect, SectionChange, verdict_of
from contractgen.diff.matter import Line, Section
from contractgen.diff.tokens import marked
from contractgen.document import chinese_number

NOTHING = "两份文字没有差别。"
COUNTED = ("weaker", "unclear", "stronger", "neutral")  # the order in which a reviewer reads
PASSAGE_KINDS = {"inserted": "新增", "deleted": "删去", "moved": "移动", "changed": "有改动"}


def headline(differences: Differences) -> str:
    """削弱 1，待判断 0，增强 2，中性 3；改写 4，增加 2；未变 31 条、297 段"""
    count = differences.count
    labels = "，".join(f"{LABELS[label]} {count[label]}" for label in COUNTED)  # type: ignore[index]
    kinds = "，".join(
        f"{title} {count[kind]}"
        for kind, title in KINDS.items()
        if kind not in ("same", "left") and count[kind]
    )
    same = f"未变 {count['articles_same']} 条、{count['same']} 段"
    return "；".join(part for part in (labels, kinds, same) if part)


def heading(section: SectionChange) -> str:
    """The title of a section, with what became of it as a whole."""
    kind = PASSAGE_KINDS.get(section.kind, "")
    return section.title if section.kind == "changed" else f"{section.title}（{kind}）"


def place(section: SectionChange, change: Change) -> str:
    """第二款第（一）项, 表格第3行, 封面的一栏; empty where the article has nothing to tell apart."""
    home = section.new if change.new is not None else section.old
    return _within(home, change.line)


def place_in(home: Section, line: Line) -> str:
    """第十二条第二款, 附件1表格第3行, the label of a field of the cover."""
    return _within(home, line) if line.kind == "field" else f"{home.label}{_within(home, line)}"


def _within(home: Section | None, line: Line) -> str:
    return _place(line, home is not None and home.kind == "article" and home.paragraphs > 1)


def _place(line: Line, several: bool) -> str:
    match line.kind:
        case "heading":
            return "标题"
        case "row":
            return f"表格第{line.row}行" if line.row else "表头"
        case "field":
            return line.label
        case "item":
            item = f"第{line.label}项" if line.label != "—" else ""
            return (f"第{chinese_number(line.paragraph)}款" if several and line.paragraph else "") + item
        case "paragraph":
            return f"第{chinese_number(line.paragraph)}款" if several and line.paragraph else ""
    return ""


def verdict(change: Change) -> str:
    """削弱, 增强, 有削弱，也有增强 …, the word that stands before a change."""
    return verdict_of(change.effects)


def reasons(change: Change) -> Iterator[str]:
    """One line for each effect: what it is, the rule, the standard that it touches."""
    yield from dict.fromkeys(text for effect in change.effects if (text := reason(effect)))


def reason(effect: Effect) -> str:
    """削弱：应当改为可以 [duty-to-option]；涉及标准：产假不少于98天，《…》第七条"""
    if not effect.rule:
        return ""
    floor = f"；涉及标准：{effect.floor}" if effect.floor else ""
    return f"{LABELS[effect.label]}：{effect.title} [{effect.rule}]{floor}"


def as_dict(differences: Differences) -> dict[str, Any]:
    """The same content for programs."""
    return {
        "old": differences.old.name,
        "new": differences.new.name,
        "count": dict(differences.count),
        "sections": [_section(section) for section in differences.sections if section.counted],
    }


def _section(section: SectionChange) -> Mapping[str, Any]:
    return {
        "title": section.title,
        "kind": section.kind,
        "old_label": section.old.label if section.old else "",
        "new_label": section.new.label if section.new else "",
        "changes": [_change(section, change) for change in section.counted],
    }


def _change(section: SectionChange, change: Change) -> Mapping[str, Any]:
    source = change.line.source
    return {
        "place": place(section, change),
        "kind": change.kind,
        "effect": change.label,
        "clause": source.clause if source else "",
        "old": change.old.text if change.old else "",
        "new": change.new.text if change.new else "",
        "ops": [{"tag": op.tag, "old": op.old, "new": op.new} for op in change.ops],
        "effects": [
            {
                "label": effect.label,
                "rule": effect.rule,
                "title": effect.title,
                "floor": effect.floor,
                "old": effect.old,
                "new": effect.new,
            }
            for effect in change.effects
        ],
    }


def markdown(differences: Differences) -> str:
    """A report to read or to paste: ``[-old-]{+new+}`` below each article, with the verdict before it."""
    lines = [f"# {differences.old.name} → {differences.new.name}", "", headline(differences), ""]
    counted = [section for section in differences.sections if section.counted]
    if not counted:
        lines += [NOTHING, ""]
    for section in counted:
        lines += [f"## {heading(section)}", ""]
        for change in section.counted:
            head = "　".join(
                part for part in (verdict(change), KINDS[change.kind], place(section, change)) if part
            )
            lines += [f"**{head}**", "", _escaped(marked(change.ops)), ""]
            lines += [f"- {text}" for text in reasons(change)]
            if change.effects and lines[-1]:
                lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _escaped(text: str) -> str:
    """What Markdown would take for structure."""
    for character in "\\`*_<":
        text = text.replace(character, f"\\{character}")
    return text.replace("|", "\\|")
