"""A Word form of the user's own: its fields are found, held against those there are, and filled; all else stays as it is.

Fields are Jinja as docxtpl reads it, names only: ``{{ employer.name }}``, ``{%tr for one in LIST %}`` ... ``{%tr endfor %}``
around rows, ``{%p if NAME %}`` around paragraphs. Nothing is called, computed or read from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree

from contractgen.findings import Finding, InputError, Location, Severity, ordered
from contractgen.formats.docx.check import BAD_PACKAGE, RESAVE, REVISIONS
from contractgen.formats.docx.elements import drop, text_of
from contractgen.formats.docx.package import (
    MAIN,
    BadPackage,
    entry,
    parse,
    read_parts,
    relationships,
    serialize,
    w,
    write_package,
)
from contractgen.formats.docx.shell import TAG, patched

STORIES = ("header", "footer", "footnotes", "endnotes")
OPENING = re.compile(r"\{\{|\{%|\{#")
PAIRS = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
RULE = "form-field"
LOOP = "loop"  # within a loop, {{ loop.index }} counts
SHOWN = 40  # characters of a paragraph in a message

Use = Literal["print", "list", "test"]  # what a form does with a name
Known = Callable[[tuple[str, ...], Use], str | None]


@dataclass(frozen=True)
class Form:
    """A Word form that was read: its parts, and the stories that have fields, as Jinja source."""

    name: str
    parts: Mapping[str, bytes]
    sources: Mapping[str, str]


def read_form(data: bytes, name: str) -> Form:
    """A user's Word form.

    Args:
        data: the file.
        name: what messages call it.

    Raises:
        InputError: for what is no sound Word file, has macros, is protected or has tracked changes, or has broken fields.
    """
    try:
        parts = read_parts(data)
        if problem := _refused(parts):
            raise _refusal(name, *problem)
        trees = {part: parse(parts[part]) for part in _stories(parts)}
    except BadPackage as fault:
        _, message, hint = BAD_PACKAGE[fault.reason]
        raise _refusal(name, message, hint) from None
    tagged = {part: tree for part, tree in trees.items() if OPENING.search(text_of(tree))}
    if any(next(tree.iter(*(w(one) for one in REVISIONS)), None) is not None for tree in trees.values()):
        raise _refusal(name, "文件里有没有处理的修订", "请在“审阅”中接受或者拒绝全部修订，再保存")
    if not tagged:
        hint = "在要填的地方写 {{ 名称 }}；名称用 contractgen papers fields 查看"
        raise _refusal(name, "文件里没有要填的标记", hint)
    if broken := [one for tree in tagged.values() for one in _broken(tree, name)]:
        raise InputError(f"{name} 里有写得不完整的标记", findings=ordered(broken))
    return Form(name, parts, {part: _source(tree) for part, tree in tagged.items()})


def _refusal(name: str, message: str, hint: str) -> InputError:
    finding = Finding("form", Severity.ERROR, message, Location(name), hint=hint)
    return InputError(f"{name}：{message}", hint=hint, findings=(finding,))


def _refused(parts: Mapping[str, bytes]) -> tuple[str, str] | None:
    """Why a sound zip is no Word form that we fill, and what to do."""
    if any(part.endswith("vbaProject.bin") for part in parts):
        return "文件带有宏", f"{RESAVE}（不带宏）"
    mains = [one.target for one in relationships(parts, "") if one.kind == "officeDocument"]
    if mains != [MAIN] or MAIN not in parts:
        return "文件里没有 Word 正文", RESAVE
    if b"purl.oclc.org" in parts[MAIN][:4000]:
        return "文件存成了“严格 Open XML”格式", RESAVE
    if b"wordprocessingml.document.main+xml" not in parts.get("[Content_Types].xml", b""):
        return "这是模板文件（.dotx）或者其他文件，不是 .docx 文档", RESAVE
    settings = parts.get("word/settings.xml", b"")
    if b"documentProtection" in settings and re.search(
        rb'documentProtection[^>]*enforcement="(1|true|on)"', settings
    ):
        return "文件设了“限制编辑”", "请在“审阅”中停止保护，再保存"
    return None


def _stories(parts: Mapping[str, bytes]) -> list[str]:
    """The parts that print text."""
    found = [one.target for one in relationships(parts, MAIN) if one.kind in STORIES]
    return [MAIN, *sorted(set(found) & parts.keys())]


# ------------------------------------------------------------------ fields


def _broken(tree: etree._Element, name: str) -> Iterator[Finding]:
    """Paragraphs in which a mark begins and does not end, or ends and did not begin."""
    for paragraph in tree.iter(w("p")):
        text = "".join(node.text or "" for node in paragraph.iter(w("t")) if _own(node, paragraph))
        rest = TAG.sub("", text)
        if any(mark in rest for pair in PAIRS for mark in pair):
            message = f"“{text.strip()[:SHOWN]}”的标记不完整"
            hint = "每个标记写在同一段里，写成 {{ 名称 }}"
            yield Finding(RULE, Severity.ERROR, message, Location(name), hint=hint)


def _own(node: etree._Element, paragraph: etree._Element) -> bool:
    """Whether a text stands in this paragraph itself, not in a text box in it."""
    return next(node.iterancestors(w("p")), None) is paragraph


def _source(tree: etree._Element) -> str:
    """The Jinja source of a story: proofing marks inside fields are dropped, fields that Word cut up are joined."""
    for paragraph in tree.iter(w("p")):
        if TAG.search(text_of(paragraph)):
            for node in list(paragraph.iter(w("proofErr"), w("lastRenderedPageBreak"))):
                drop(node)
    return patched(tree)


def faults_of(form: Form, known: Known) -> tuple[Finding, ...]:
    """Fields that cannot be filled.

    Args:
        form: the form.
        known: gives for the steps of a name and its use why it cannot be printed, in Chinese with a remedy behind a line end; None where it can.
            The step ``*`` stands for an entry of a list.
    """
    from jinja2 import TemplateSyntaxError

    found = []
    for source in form.sources.values():
        try:
            tree = _environment().parse(source)
        except TemplateSyntaxError:
            message = "标记的写法不对，或者 for、if 和 endfor、endif 不成对"
            hint = "写成 {{ 名称 }}；表格的行用 {%tr for 一项 in 名称 %} 和 {%tr endfor %} 括起来"
            found.append(Finding(RULE, Severity.ERROR, message, Location(form.name), hint=hint))
            continue
        found += [_finding(form.name, problem) for problem in _walk(tree, {}, known)]
    return ordered(found)


def _finding(name: str, problem: str) -> Finding:
    message, _, hint = problem.partition("\n")
    return Finding(RULE, Severity.ERROR, message, Location(name), hint=hint)


def names_of(form: Form) -> tuple[str, ...]:
    """Every name that the form prints or asks for, each once, as it is written."""
    found: dict[str, None] = {}

    def note(steps: tuple[str, ...], use: Use) -> None:
        found[".".join(steps)] = None

    faults_of(form, note)
    return tuple(found)


def _walk(node: Any, bound: Mapping[str, tuple[str, ...]], known: Known, use: Use = "test") -> Iterator[str]:
    """What is wrong below a node; ``bound`` tells for names of loops which entry they stand for."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        steps = _steps(node, bound)
        problem: str | None = "标记里只能写名称，不能计算\n写成 {{ 名称 }} 或者 {{ 组.名称 }}"
        if steps is not None:
            problem = None if steps[0] == LOOP and LOOP in bound else known(steps, use)
        if problem:
            yield problem
    elif isinstance(node, nodes.For):
        steps = _steps(node.iter, bound)
        yield from _walk(node.iter, bound, known, "list")
        if steps is not None and isinstance(node.target, nodes.Name):
            bound = {**bound, node.target.name: (*steps, "*"), LOOP: (LOOP,)}
        for child in (*node.body, *node.else_):
            yield from _walk(child, bound, known)
    elif isinstance(node, nodes.Node) and isinstance(node, _allowed()):
        use = "print" if isinstance(node, nodes.Output) else use
        for child in node.iter_child_nodes():
            yield from _walk(child, bound, known, use)
    else:
        yield f"标记里不能用这种写法（{type(node).__name__}）\n只能写名称、for 和 if"


def _allowed() -> tuple[type, ...]:
    """What a form may be made of, beside names and loops."""
    from jinja2 import nodes

    return (
        nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Compare,
        nodes.Operand, nodes.Const,
    )  # fmt: skip


def _steps(node: Any, bound: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The steps of a dotted name; None for anything else."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return bound.get(node.name, (node.name,))
    if isinstance(node, nodes.Getattr):
        before = _steps(node.node, bound)
        return None if before is None else (*before, node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and type(node.arg.value) is int:
        before = _steps(node.node, bound)
        return None if before is None else (*before, str(node.arg.value))
    return None


# ------------------------------------------------------------------ filling


def fill_form(form: Form, context: Mapping[str, Any]) -> bytes:
    """The form with its fields filled; every part without fields is as it was."""
    jinja = _environment()
    fresh = dict(form.parts)
    for part, source in form.sources.items():
        text = jinja.from_string(source).render(context)
        fresh[part] = serialize(etree.fromstring(text.encode()))
    return write_package([entry(name, data) for name, data in fresh.items()])


def _environment() -> Any:
    """Values only, escaped, none missing in silence."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    found = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    found.globals.clear()
    found.filters.clear()
    found.tests.clear()
    return found
