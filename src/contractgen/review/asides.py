"""What stands in a file outside its text, or is in it and not to be seen, as findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from contractgen.document import Document
from contractgen.document.reading import Aside, Reading
from contractgen.findings import Finding, Location, Severity

HINT = "发回的文件里有正文以外或者看不见的文字，请打开文件核对"
MACRO_HINT = "不要启用宏；请对方另存为不带宏的 .docx 再发"
HARMLESS = ("header", "footer", "picture")  # worth a look, no more, where nobody knows what was sent
PAGES = re.compile(r"(?:第[0-9]+页(?:共[0-9]+页)?)+")
CHINESE = re.compile("[\u4e00-\u9fff]")
PROPERTIES = {  # of the file, that no program fills by itself
    "core.title": "标题",
    "core.subject": "主题",
    "core.keywords": "关键词",
    "core.description": "备注",
    "core.category": "类别",
    "core.contentStatus": "状态",
}
OURS = "cg."


def aside_findings(asides: Iterable[tuple[Aside, str]], sent: Document | None = None) -> Iterator[Finding]:
    """What hides in a file, each with its place.

    Args:
        asides: what hides, and where.
        sent: what was sent, whose header alone is harmless; None where nobody knows it.
    """
    for aside, where in asides:
        around = aside.kind in ("header", "footer")
        if around and sent is not None and _issued(sent, aside):
            continue
        harmless = aside.kind in HARMLESS and not (around and sent is not None)
        yield Finding(
            f"hidden-{aside.kind.replace('_', '-')}",
            Severity.ADVICE if harmless else Severity.WARNING,
            f"{aside.label}{f'（{aside.detail}）' if aside.detail else ''}：{' '.join(aside.text.split())}"
            if aside.text
            else f"{aside.label}：{aside.detail}",
            Location(place=where),
            source=f"{aside.author}，{aside.day}".strip("，"),
            hint="" if harmless else MACRO_HINT if aside.kind == "macro" else HINT,
        )


def property_asides(reading: Reading, sent: Document | None = None) -> Iterator[Aside]:
    """Words in the properties of a file that were not sent; of a file that was not ours only its remarks."""
    issued = () if sent is None else (sent.title, sent.subject, sent.author, *sent.keywords)
    known = {piece for text in issued for piece in _pieces(text)}
    for name, text in reading.properties.items():
        title = PROPERTIES.get(name, "" if name.startswith((OURS, "core.")) else name)
        told = title and (sent is not None or name == "core.description")
        if told and CHINESE.search(text) and not _pieces(text) <= known:
            yield Aside("data", text.strip(), detail=title)


def _issued(sent: Document, aside: Aside) -> bool:
    """Whether a header or footer is the one that was sent, page numbers apart."""
    text = _bare(aside.text)
    if aside.kind == "footer":
        return bool(PAGES.fullmatch(text))
    remark = sent.cover.remark if sent.cover else ""
    return text in (_bare(sent.running_head), _bare(sent.running_head + remark))


def _pieces(text: str) -> set[str]:
    return {piece for piece in re.split(r"[；;，,、\s]+", text) if piece}


def _bare(text: str) -> str:
    return "".join(text.split())
