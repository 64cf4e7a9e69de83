"""What a restyled Word template must keep so that a contract can be made from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contractgen.files import read_bytes
from contractgen.findings import Finding, Location, Severity, ordered
from contractgen.formats.docx import shell
from contractgen.formats.docx.elements import parent_of, text_of
from contractgen.formats.docx.numbering import ARTICLE, CHAPTER, ITEM, Level, level_of, value
from contractgen.formats.docx.package import MAIN, BadPackage, W, relationships, w
from contractgen.formats.docx.shell import MARKERS
from contractgen.formats.docx.template import STYLE_TITLES, Template

if TYPE_CHECKING:
    from lxml import etree

LIMIT = 20 << 20
RESAVE = "请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”"
COPY = "请从程序自带的底稿（templates/contract/contract.docx）重新复制一份再改"
BAD_PACKAGE = {
    "legacy": ("template-legacy", "这是老式的 .doc 文件", RESAVE),
    "encrypted": ("template-encrypted", "文件设了打开密码", "请在 Word 或 WPS 中取消密码后另存"),
    "size": ("template-broken", "文件解开后太大", "请确认没有选错文件"),
    "dtd": ("template-broken", "文件带有 DTD，正常的 Word 文件没有这种内容", RESAVE),
    "broken": ("template-broken", "这不是完好的 Word 文件（.docx）", f"请确认没有选错文件；{RESAVE}"),
}
REVISIONS = tuple(
    "ins del moveFrom moveTo rPrChange pPrChange sectPrChange tblPrChange tblGridChange trPrChange tcPrChange"
    " numberingChange cellIns cellDel cellMerge".split()
)
STYLE_TYPES = {
    "CGTable": "table",
    "CGBlank": "character",
    "CGSuggested": "character",
    "CommentReference": "character",
}
MARKER_TITLES = {"front": "草案待办清单", "contents": "目录", "body": "正文", "annexes": "附件"}
NAMES = {"title", "running_head", "remark", "cover", "parties", "closing", *MARKERS}
ATTRIBUTES = {"title", "rows", "label", "value", "role", "signature", "seal"}
NEEDED = {
    "cover": ("封面的当事人和期限（cover.rows）", ("cover", "rows")),
    "rows": ("当事人情况（party.rows）", ("party", "rows")),
    "signature": ("签署页的签字栏（party.signature）", ("party", "signature")),
    "seal": ("签署页的盖章处（party.seal）", ("party", "seal")),
}

Found = Iterator[tuple[str, str, str]]  # rule, message, remedy
WARNINGS = {"template-front", "template-contents", "template-pages", "template-recording"}


def check_template(path: Path) -> tuple[Finding, ...]:
    """What is wrong with a restyled template; nothing where a contract can be made from it.

    Raises:
        InputError: where the file cannot be read at all.
    """
    return check_bytes(read_bytes(path, limit=LIMIT), str(path))


def check_bytes(data: bytes, name: str) -> tuple[Finding, ...]:
    """The same for a file already read, which findings call ``name``."""

    def finding(rule: str, message: str, hint: str) -> Finding:
        severity = Severity.WARNING if rule in WARNINGS else Severity.ERROR
        return Finding(rule, severity, message, Location(name), hint=hint)

    try:
        template = Template.read(data)
        container = tuple(_container(template))
        if not container:
            for story in template.stories:
                shell.tidy(template.tree(story))
        rules = () if container else RULES
        found = [*container, *(one for rule in rules for one in rule(template))]
    except BadPackage as fault:
        found = [BAD_PACKAGE[fault.reason]]
    return ordered(finding(*one) for one in found)


# ------------------------------------------------------------------ rules


def _container(template: Template) -> Found:
    """A Word document, without macros; all other rules need it."""
    if "word/vbaProject.bin" in template.parts or any(
        name.endswith("vbaProject.bin") for name in template.parts
    ):
        yield "template-macros", "文件带有宏", f"{RESAVE}（不带宏）"
        return
    types = template.parts.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    mains = [one.target for one in relationships(template.parts, "") if one.kind == "officeDocument"]
    if mains != [MAIN] or MAIN not in template.parts:
        yield "template-broken", "文件里没有 Word 正文", RESAVE
    elif "purl.oclc.org" in template.parts[MAIN][:4000].decode("utf-8", "replace"):
        yield "template-strict", "文件存成了“严格 Open XML”格式", RESAVE
    elif "wordprocessingml.document.main+xml" not in types:
        yield "template-kind", "这是模板文件（.dotx）或者其他文件，不是 .docx 文档", RESAVE
    elif template.tree(MAIN).nsmap.get("w") != W:
        yield "template-broken", "文件不是 Word 或 WPS 写的", RESAVE


def _revisions(template: Template) -> Found:
    """No tracked changes, no comments, no protection."""
    for name in template.stories:
        if next(template.tree(name).iter(*(w(one) for one in REVISIONS)), None) is not None:
            yield "template-revisions", f"{_story(name)}有没有处理的修订", "请在“审阅”中接受全部修订，再保存"
    if template.related("comments"):
        yield "template-comments", "文件里有批注", "请在“审阅”中删除全部批注，再保存"
    settings = template.of_kind("settings")
    if settings is not None and settings.find(w("documentProtection")) is not None:
        yield "template-protected", "文件设了“限制编辑”", "请在“审阅”中停止保护，再保存"
    if settings is not None and settings.find(w("trackRevisions")) is not None:
        yield (
            "template-recording",
            "修订功能是打开的，做出来的合同也会打开修订",
            "不需要的话，请在“审阅”中关闭修订，再保存",
        )


def _story(name: str) -> str:
    if name == MAIN:
        return "正文"
    return "页眉" if "header" in name else "页脚"


def _links(template: Template) -> Found:
    """Nothing is fetched from elsewhere when the contract is opened."""
    for name in template.stories:
        for one in relationships(template.parts, name):
            if one.external and one.kind != "hyperlink":
                yield (
                    "template-links",
                    f"{_story(name)}链接了别处的文件：{one.target}",
                    "请改为把图片等嵌入文件，再保存",
                )


def _styles(template: Template) -> Found:
    known = template.styles()
    tree = template.of_kind("styles")
    kinds = {} if tree is None else {s.get(w("styleId")): s.get(w("type")) for s in tree.iter(w("style"))}
    for name, words in STYLE_TITLES.items():
        title = f"“{words}”（{name}）"
        if name not in known:
            yield "template-styles", f"缺少样式{title}", f"样式可以改字体和间距，不能删除；{COPY}"
        elif kinds.get(known[name]) != (kind := STYLE_TYPES.get(name, "paragraph")):
            word = {"paragraph": "段落", "character": "字符", "table": "表格"}[kind]
            yield "template-styles", f"样式{title}不是{word}样式", COPY


def _numbering(template: Template) -> Found:
    numbering = template.of_kind("numbering")
    known = template.styles()
    found: dict[str, Level | None] = {}
    for text, style, what in (
        (CHAPTER, "Heading1", "章"),
        (ARTICLE, "CGArticle", "条"),
        (ITEM, "CGItem", "项"),
    ):
        shown = text.replace("%1", "一").replace("%2", "一")
        level = level_of(numbering, text) if numbering is not None else None
        found[text] = level
        if level is None or not level.format.startswith("chineseCounting"):
            yield "template-numbering", f"缺少“{shown}”的自动编号", f"{what}的编号不要改；{COPY}"
        elif style in known and not _numbered_by(template, known[style], level):
            yield "template-numbering", f"样式“{STYLE_TITLES[style]}”没有连着“{shown}”的自动编号", COPY
    article, item = found[ARTICLE], found[ITEM]
    if article and item and (item.abstract != article.abstract or (article.level, item.level) != ("0", "1")):
        yield "template-numbering", "“（一）”不在“第一条”的下一级，每条的项不会重新编号", COPY


def _numbered_by(template: Template, style_id: str, level: Level) -> bool:
    """Whether paragraphs of a style get the numbers of a level."""
    styles, numbering = template.of_kind("styles"), template.of_kind("numbering")
    assert styles is not None and numbering is not None
    style = next(one for one in styles.iter(w("style")) if one.get(w("styleId")) == style_id)
    properties = style.find(f"{w('pPr')}/{w('numPr')}")
    if properties is None:
        return False
    lists = {num.get(w("numId")): value(num, "abstractNumId") for num in numbering.iter(w("num"))}
    own_level = value(properties, "ilvl") or (level.level if level.style == style_id else "0")
    return lists.get(value(properties, "numId")) == level.abstract and own_level == level.level


def _markers(template: Template) -> Found:
    order = []
    for name in MARKERS:
        title = f"“{MARKER_TITLES[name]}”的位置标记 {{{{ {name} }}}}"
        found = template.markers(name)
        if not found:
            rule = f"template-{name}" if name in ("front", "contents") else "template-marker"
            yield rule, f"缺少{title}", f"请在原来的位置另起一段，只写 {{{{ {name} }}}}；或者{COPY[1:]}"
        elif len(found) > 1:
            yield "template-marker", f"{title}有 {len(found)} 处", "只能留一处，请删去多余的"
        elif parent_of(found[0]).tag != w("body"):
            yield "template-marker", f"{title}在表格、文本框或者控件里", "请移到正文里，单独成段"
        else:
            order.append((parent_of(found[0]).index(found[0]), name))
    if [name for _, name in sorted(order)] != [name for _, name in order]:
        yield "template-marker", "位置标记的先后不对", "顺序是：草案待办清单、目录、正文、附件"


def _pages(template: Template) -> Found:
    texts = []
    for name in template.stories[1:]:
        root = template.tree(name)
        texts += [node.text or "" for node in root.iter(w("instrText"))]
        texts += [node.get(w("instr"), "") for node in root.iter(w("fldSimple"))]
    instructions = " ".join(texts)
    if not re.search(r"\bPAGE\b", instructions):
        yield "template-page", "页眉和页脚里没有页码", "请在页脚插入自动的页码（“第 X 页 共 Y 页”）"
    elif not re.search(r"\b(NUMPAGES|SECTIONPAGES)\b", instructions):
        yield "template-pages", "页眉和页脚里没有总页数", "可以在页脚插入自动的总页数（“共 Y 页”）"


def _tags(template: Template) -> Found:
    """Only names we know, in the simplest Jinja."""
    from jinja2 import TemplateSyntaxError, nodes

    jinja = shell.environment()
    used: set[tuple[str, str]] = set()
    for name in template.stories:
        try:
            tree = jinja.parse(shell.source(template.tree(name)))
        except TemplateSyntaxError:
            yield (
                "template-syntax",
                f"{_story(name)}的标记不完整：{_unpaired(template.tree(name))}",
                COPY,
            )
            continue
        bound = {
            node.name
            for loop in tree.find_all(nodes.For)
            for node in loop.find_all(nodes.Name)
            if node.ctx == "store"
        }
        for problem in sorted(set(_foreign(tree, bound))):
            yield "template-names", f"{_story(name)}有不认识的标记：{problem}", "请删去，或者照底稿的写法改正"
        for node in tree.find_all(nodes.Getattr):
            if isinstance(node.node, nodes.Name):
                used.add((node.node.name, node.attr))
    for title, pair in NEEDED.values():
        if pair not in used:
            yield "template-parts", f"缺少{title}，合同会印不全", COPY


def _foreign(tree: Any, bound: set[str]) -> Iterator[str]:
    from jinja2 import nodes

    allowed = (
        nodes.Template,
        nodes.Output,
        nodes.TemplateData,
        nodes.For,
        nodes.If,
        nodes.Not,
        nodes.And,
        nodes.Or,
        nodes.Const,
        nodes.Filter,
        nodes.Name,
        nodes.Getattr,
    )
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, allowed):
            yield type(node).__name__
        elif isinstance(node, nodes.Name) and node.name not in NAMES | bound:
            yield f"{{{{ {node.name} }}}}"
        elif isinstance(node, nodes.Getattr) and node.attr not in ATTRIBUTES:
            yield f".{node.attr}"
        elif isinstance(node, nodes.Filter) and node.name != "runs":
            yield f"|{node.name}"


def _unpaired(root: etree._Element) -> str:
    """The paragraph that a syntax error is likely to be in."""
    for paragraph in root.iter(w("p")):
        text = text_of(paragraph)
        for opening, closing in (("{{", "}}"), ("{%", "%}"), ("{#", "#}")):
            if text.count(opening) != text.count(closing):
                return f"“{text.strip()[:40]}”"
    return "开头和结尾的标记不成对（if、for、endif、endfor）"


RULES: tuple[Callable[[Template], Found], ...] = (
    _revisions,
    _links,
    _styles,
    _numbering,
    _markers,
    _pages,
    _tags,
)
