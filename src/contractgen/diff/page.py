"""Differences as one HTML file, old and new side by side: no script, no request, every change reached by keyboard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from contractgen.diff.changes import KINDS, LABELS, Change, Differences, SectionChange
from contractgen.diff.report import COUNTED, NOTHING, heading, headline, place, reasons, verdict
from contractgen.diff.tokens import Op
from contractgen.files import data_folder, read_text


def page(differences: Differences) -> str:
    """The whole file."""
    choices = [("all", f"全部 {sum(differences.count[label] for label in COUNTED)}")]
    choices += [(label, f"{LABELS[label]} {differences.count[label]}") for label in COUNTED]  # type: ignore[index]
    title = f"{differences.old.name} → {differences.new.name}"
    return whole(title, headline(differences), filters(choices), _sections(differences))


def whole(title: str, lead: str, before: Iterable[str], changes: Iterable[str]) -> str:
    """A file: its title and first line, what stands before the changes, and the changes."""
    style = read_text(data_folder("templates") / "diff" / "page.css")
    parts = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>",
        f"<h1>{escape(title)}</h1>\n<p>{escape(lead)}</p>",
        *before,
        "<main>",
        *changes,
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def filters(choices: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Radio buttons before the changes, which the style sheet reads; the first, all, is chosen."""
    for number, (name, text) in enumerate(choices):
        checked = "" if number else " checked"
        button = f'<input class="filter" type="radio" name="show" id="show-{name}"{checked}>'
        yield f'{button}<label for="show-{name}">{escape(text)}</label>'


def _sections(differences: Differences) -> Iterator[str]:
    total = sum(differences.count[label] for label in COUNTED)
    if not total:
        yield f"<p>{NOTHING}</p>"
    number = 0
    for section in differences.sections:
        if not section.counted:
            continue
        yield f"<section>\n<h2>{escape(heading(section))}</h2>"
        for change in section.counted:
            number += 1
            yield from _change(section, change, number, total)
        yield "</section>"


def _change(section: SectionChange, change: Change, number: int, total: int) -> Iterator[str]:
    where = place(section, change)
    head = "　".join(part for part in (KINDS[change.kind], where) if part)
    yield f'<article class="change {change.label}" id="c{number}">'
    yield f'<nav class="steps">{_step(number - 1, total, "上一处")}{_step(number + 1, total, "下一处")}</nav>'
    yield f'<p><span class="verdict">{verdict(change)}</span>　{escape(head)}</p>'
    yield '<table>\n<thead><tr><th scope="col">旧</th><th scope="col">新</th></tr></thead>'
    yield f"<tbody><tr><td>{side(change.ops, new=False)}</td><td>{side(change.ops, new=True)}</td></tr></tbody>\n</table>"
    listed = [f"<li>{escape(text)}</li>" for text in reasons(change)]
    if listed:
        yield f'<ul class="reasons">{"".join(listed)}</ul>'
    yield "</article>"


def _step(number: int, total: int, text: str) -> str:
    return f'<a href="#c{number}">{text}</a>' if 1 <= number <= total else ""


def side(ops: Sequence[Op], *, new: bool = True, both: bool = False) -> str:
    """One of the two texts, with what the other one has not; or both in one."""
    found = []
    for op in ops:
        if op.tag == "equal":
            found.append(escape(op.new))
            continue
        for tag, text, wanted in (("del", op.old, both or not new), ("ins", op.new, both or new)):
            if wanted and text:
                found.append(f"<{tag}>{escape(text)}</{tag}>")
    return "".join(found)
