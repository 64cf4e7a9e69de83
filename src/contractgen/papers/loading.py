"""Reading ``templates/papers/*.md``: strictly, with every fault of every file at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contractgen.agreement.fill import NAME, PROFILE_GROUPS
from contractgen.document.markdown import (
    PLACEHOLDER,
    MarkdownError,
    RawInlines,
    RawList,
    RawParagraph,
    RawReference,
    RawSigning,
    RawTable,
    RawText,
)
from contractgen.document.paper_markdown import PaperBlock, parse_paper
from contractgen.files import Loaded, data_folder, load_folder
from contractgen.findings import Finding, InputError, Location, Severity, did_you_mean
from contractgen.library.model import PROVEN
from contractgen.papers.model import SIDES, Paper
from contractgen.papers.tables import TABLES
from contractgen.papers.words import known
from contractgen.profile import is_path
from contractgen.timeline import load_steps

if TYPE_CHECKING:
    from contractgen.law import Law
    from contractgen.library import Library

RULE = "paper"
REQUIRED = ("title", "order", "purpose", "step", "from", "signs")
OPTIONAL = (
    "to",
    "due",
    "unconfirmed",
    "basis",
    "needs",
    "when",
    "records",
    "unless_same",
    "landscape",
    "per_page",
    "numbered",
    "large",
    "compact",
    "of_contract",
    "unrecorded",
    "of_draft",
)
FLAGS = ("landscape", "numbered", "large", "compact", "of_contract", "unrecorded", "of_draft")
WORDS = ("this_agreement", "agreement_title", "seat", "place", "law", "name")
MOST_PER_PAGE = 8


def load_papers(law: Law, library: Library, folder: Path | None = None) -> tuple[Paper, ...]:
    """Every paper, in order.

    Args:
        law: the keys that papers may name.
        library: the clauses and numbers that they may name.
        folder: of the templates; the one that comes with the program where none is given.

    Raises:
        InputError: with every fault of every file, by file and line.
    """
    root = data_folder("templates") / "papers" if folder is None else folder
    names = sorted(path.name for path in root.glob("*.md"))
    if not names:
        raise InputError(f"{root} 里没有文书模板", hint="文书模板是 .md 文件")
    reader = _Reader(root, law, library)
    papers = [reader.paper(name, loaded) for name, loaded in load_folder(root, names).items()]
    found = sorted((one for one in papers if one is not None), key=lambda one: one.order)
    reader.compare(found)
    if reader.faults:
        raise InputError("文书模板有误", findings=reader.faults)
    return tuple(found)


class _Reader:
    """Turns files into papers, collecting every fault."""

    def __init__(self, root: Path, law: Law, library: Library) -> None:
        self.root = root
        self.faults: list[Finding] = []
        self.law_keys = {key for place in law.places for key in law.keys(place)}
        self.values = {spec.name for clause in library.clauses() for spec in clause.values}
        self.names = set(library.frame["names"])
        self.steps = dict.fromkeys(load_steps().ids)
        self.clauses = {*library.ids, *(one.id for one in library.outline.all_articles())}

    def paper(self, name: str, loaded: Loaded) -> Paper | None:
        """One file; None where it cannot be used."""
        before = len(self.faults)
        head = loaded.data if isinstance(loaded.data, dict) else {}
        self._head(loaded, head)
        when = head.get("when") or {}
        blocks = self._body(loaded)
        if len(self.faults) > before:
            return None
        return Paper(
            name=name.removesuffix(".md"),
            title=head["title"],
            order=head["order"],
            purpose=head["purpose"],
            step=head["step"],
            due=head.get("due") or "",
            unconfirmed=head.get("unconfirmed") or "",
            sender=head["from"],
            signs=head["signs"],
            to=str(head.get("to") or ""),
            basis=tuple(head.get("basis") or ()),
            needs=tuple(head.get("needs") or ()),
            when={key: one for key, one in when.items() if key not in ("law_has", "law_lacks")},
            law_has=_words(when.get("law_has")),
            law_lacks=_words(when.get("law_lacks")),
            records=tuple(head.get("records") or ()),
            unless_same=tuple(head.get("unless_same") or ()),
            landscape=bool(head.get("landscape")),
            numbered=bool(head.get("numbered")),
            large=bool(head.get("large")),
            compact=bool(head.get("compact")),
            of_contract=bool(head.get("of_contract")),
            unrecorded=bool(head.get("unrecorded")),
            of_draft=bool(head.get("of_draft")),
            per_page=head.get("per_page") or 1,
            blocks=blocks,
            path=loaded.path,
            body_line=loaded.body_line,
        )

    def compare(self, papers: list[Paper]) -> None:
        """Each place in the order belongs to one paper."""
        for earlier, later in pairwise(papers):
            if earlier.order == later.order:
                place = Location(later.path)
                message = f"order {later.order} 与 {earlier.path} 相同"
                self.faults.append(
                    Finding(RULE, Severity.ERROR, message, place, hint="每份文书的次序应当不同")
                )

    # front matter

    def _head(self, loaded: Loaded, head: Mapping[str, Any]) -> None:
        known = (*REQUIRED, *OPTIONAL)
        for key in head:
            if key not in known:
                self._fault(loaded, (key,), f"不认识的项目 {key}", did_you_mean(str(key), known))
        for key in REQUIRED:
            if head.get(key) in (None, ""):
                self._fault(loaded, (), f"缺少 {key}")
        for key in ("title", "purpose", "signs", "to", "due", "unconfirmed"):
            if not isinstance(head.get(key) or "", str):
                self._fault(loaded, (key,), f"{key} 应当是文字", "请在内容两边加上英文引号")
        for key in ("order", "per_page"):
            if type(head.get(key) or 1) is not int:
                self._fault(loaded, (key,), f"{key} 应当是整数")
        self._one_of(loaded, head, "step", tuple(self.steps))
        self._one_of(loaded, head, "from", tuple(SIDES))
        for key in FLAGS:
            if type(head.get(key) or False) is not bool:
                self._fault(loaded, (key,), f"{key} 应当是 true 或者 false")
        if type(head.get("per_page") or 1) is int and not 1 <= (head.get("per_page") or 1) <= MOST_PER_PAGE:
            self._fault(loaded, ("per_page",), f"per_page 应当是 1 到 {MOST_PER_PAGE}")
        for key in ("basis", "needs", "records", "unless_same"):
            self._listed(loaded, head.get(key) or [], key)
        self._when(loaded, head.get("when") or {})
        for key in ("title", "to", "signs", "due"):
            text = head.get(key)
            for fault in self._placeholders(text if isinstance(text, str) else ""):
                self._fault(loaded, (key,), fault)

    def _one_of(self, loaded: Loaded, head: Mapping[str, Any], key: str, known: tuple[str, ...]) -> None:
        if head.get(key) not in (None, "", *known):
            self._fault(loaded, (key,), f"{key} 不能是 {head[key]}", f"可以写 {'、'.join(known)}")

    def _listed(self, loaded: Loaded, found: Any, key: str) -> None:
        if not isinstance(found, list):
            self._fault(loaded, (key,), f"{key} 应当是列表")
            return
        for number, one in enumerate(found):
            if key == "basis" and one not in self.law_keys:
                hint = did_you_mean(str(one), self.law_keys)
                self._fault(loaded, (key, number), f"法律数据里没有 {one} 这一条目", hint)
            elif key != "basis" and not is_path(str(one)) and not (key == "needs" and one in known()):
                self._fault(loaded, (key, number), f"企业情况表中没有 {one} 这一项")

    def _when(self, loaded: Loaded, when: Any) -> None:
        if not isinstance(when, dict):
            self._fault(loaded, ("when",), "when 应当是“条件: 期望”的形式")
            return
        for path in when:
            if path in ("law_has", "law_lacks"):
                for key in _words(when[path]):
                    if key not in self.law_keys:
                        hint = did_you_mean(key, self.law_keys)
                        self._fault(loaded, ("when", path), f"法律数据里没有 {key} 这一条目", hint)
            elif path not in PROVEN and not is_path(str(path)):
                self._fault(loaded, ("when", path), f"企业情况表中没有 {path} 这一项")

    # body

    def _body(self, loaded: Loaded) -> tuple[PaperBlock, ...]:
        if not loaded.body.strip():
            self._fault(loaded, (), "没有正文")
            return ()
        try:
            blocks = parse_paper(loaded.body)
        except MarkdownError as fault:
            self._at(loaded, fault.line, fault.message)
            return ()
        for block in blocks:
            self._block(loaded, block)
        return blocks

    def _block(self, loaded: Loaded, block: PaperBlock) -> None:
        if isinstance(block, RawTable) and not block.rows and not block.blank and block.name not in TABLES:
            hint = did_you_mean(block.name, tuple(TABLES))
            self._at(loaded, block.line, f"没有名为 {block.name} 的表，也没有写各行", hint)
        for inlines in inlines_of(block):
            for node in inlines:
                if isinstance(node, RawReference) and node.target not in self.clauses:
                    message, hint = f"条款库里没有条款 {node.target}", did_you_mean(node.target, self.clauses)
                    self._at(loaded, block.line, message, hint)
                elif isinstance(node, RawText):
                    for fault in self._placeholders(node.text):
                        self._at(loaded, block.line, fault)

    def _placeholders(self, text: str) -> Iterator[str]:
        """What is wrong with the placeholders of a text."""
        for match in PLACEHOLDER.finditer(text):
            name = match[1]
            head, _, rest = name.partition(".")
            if not NAME.fullmatch(name):
                yield f"占位符 {{{{ {name} }}}} 只能写一个名称"
            elif head in PROFILE_GROUPS:
                if not is_path(name):
                    yield f"企业情况表中没有 {name} 这一项"
            elif head == "law":
                if rest.split(".")[0] not in self.law_keys:
                    yield f"法律数据里没有 {rest} 这一条目"
            elif head == "name":
                if rest not in self.names:
                    yield f"frame.yaml 的 names 里没有 {rest}"
            elif head == "limit":
                if rest not in self.law_keys:
                    yield f"法律数据里没有 {rest} 这一条目"
            elif head not in self.values and head not in WORDS and head not in known():
                yield f"占位符 {{{{ {name} }}}} 不是企业情况表的项目、合同里的数值或者 {'、'.join(WORDS)}"

    def _at(self, loaded: Loaded, line: int, message: str, hint: str = "") -> None:
        place = Location(loaded.path, loaded.body_line + line - 1)
        self.faults.append(Finding(RULE, Severity.ERROR, message, place, hint=hint))

    def _fault(self, loaded: Loaded, path: tuple[str | int, ...], message: str, hint: str = "") -> None:
        self.faults.append(Finding(RULE, Severity.ERROR, message, loaded.where(path), hint=hint))


def inlines_of(block: PaperBlock) -> Iterator[RawInlines]:
    """Every run of text of a block."""
    match block:
        case RawParagraph():
            yield block.inlines
        case RawList():
            yield from block.items
        case RawTable():
            yield from (cell for row in (block.header, *block.rows) for cell in row)
        case RawSigning():
            yield from (cell for row in block.rows for cell in row)


def _words(data: Any) -> tuple[str, ...]:
    if data is None:
        return ()
    return (str(data),) if not isinstance(data, list) else tuple(str(one) for one in data)
