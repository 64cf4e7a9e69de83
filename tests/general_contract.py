"""The general contract of a fictional printing house as a Word file, as a union would have it: numbers typed or automatic.

``python tests/general_contract.py`` writes the example ``examples/printing-chapter/general.docx`` anew.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import docx

from contractgen.document import article_label, chapter_label
from contractgen.formats.docx.package import entry, write_package

EXAMPLE = Path(__file__).parents[1] / "examples/printing-chapter/general.docx"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
FIRM = "上海乌有墨香印刷有限公司"
OLD_CHAPTER = 6

# {n} is the number of an article, by its key; a key stands before the text that it names.
CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("总则", (
        "purpose|为协调劳动关系，维护双方的合法权益，企业和工会经平等协商，签订本合同。",
        "scope|本合同适用于企业和全体职工。",
        "parties|工会代表全体职工与企业协商。双方享有平等的权利，承担相应的义务。",
    )),
    ("劳动报酬", (
        "pay|企业每月十五日支付上月工资，遇休息日提前支付。",
        "women_pay|女职工在孕期、产期、哺乳期的工资，按照第{pregnancy}条执行。",
        "raise|企业每年与工会协商工资调整，协商不成的，按照第{dispute}条办理。",
        "overtime|加班工资按照法律规定的标准支付。",
    )),
    ("工作时间和休息休假", (
        "hours|企业实行每日工作八小时、每周工作四十小时的工时制度。",
        "shift|调整班次应当提前五日告知职工，对女职工另有约定的，从第{menstrual}条至第{nursing}条的约定。",
        "annual|职工依照国家规定享受带薪年休假。",
        "sick|职工患病的，凭医疗机构证明休假。",
    )),
    ("保险和福利", (
        "insurance|企业依法为职工缴纳社会保险费。",
        "fund|企业依法为职工缴存住房公积金。",
        "meals|企业设职工食堂，餐费补贴标准见附件1。",
        "care|企业每年组织职工健康检查。",
    )),
    ("劳动安全与卫生", (
        "safety|企业执行国家劳动安全卫生标准。",
        "training_safety|新职工上岗前接受安全培训。",
        "protection|企业按照岗位发给劳动防护用品。",
        "inspection|工会每季度检查一次劳动安全卫生情况，发现问题的，按照《中华人民共和国安全生产法》第六十条提出意见。",
    )),
    ("女职工特殊保护", (
        "menstrual|企业在女职工经期给予照顾。",
        "pregnancy|企业不得因怀孕、生育、哺乳降低女职工的工资。",
        "leave|女职工依法享受产假。",
        "nursing|企业在每天的劳动时间内为哺乳期女职工安排哺乳时间。",
    )),
    ("职业培训", (
        "plan|企业制定年度培训计划，经费见第{fund_training}条。",
        "fund_training|企业按照规定提取职工教育经费。",
    )),
    ("合同的变更、解除和终止", (
        "change|双方协商一致，可以变更或者解除本合同。",
        "change_vote|变更本合同的，重新提交职工代表大会审议，程序适用本合同第{change}条。",
        "end|本合同期满即行终止。",
    )),
    ("争议处理", (
        "dispute|因履行本合同发生争议的，双方先行协商；协商不成的，依照《中华人民共和国劳动合同法》第五十六条办理。",
        "mediation|职工个人的争议，可以向企业劳动争议调解委员会申请调解。",
    )),
    ("附则", (
        "term|本合同期限自2027年1月1日起至2029年12月31日止。",
        "filing|本合同经职工代表大会审议通过后签字，由企业报送人力资源社会保障部门。",
        "copies|本合同一式六份，第{term}条所定期限届满前三个月内，任何一方可以要求续订。",
    )),
)  # fmt: skip


def numbers() -> dict[str, int]:
    keys = [text.partition("|")[0] for _, texts in CHAPTERS for text in texts]
    return {key: number for number, key in enumerate(keys, start=1)}


def run(text: str, looks: str = "") -> str:
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(style: str, inner: str, extra: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{inner}</w:p>'


def field(name: str, shown: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> REF {name} \\r \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def body(automatic: bool, figures: bool) -> Iterator[str]:
    count = numbers()
    yield paragraph("Title", run(f"{FIRM}集体合同"))
    yield paragraph("Party", run(f"甲方（企业）：{FIRM}"))
    yield paragraph("Party", run(f"乙方（工会）：{FIRM}工会委员会"))
    for at, (title, texts) in enumerate(CHAPTERS, start=1):
        yield paragraph("Chapter", run(title if automatic else f"{chapter_label(at)}　{title}"))
        for text in texts:
            key, _, words = text.partition("|")
            number = count[key]
            label = f"第{number}条" if figures else article_label(number)
            head = "" if automatic else run(f"{label}　", "<w:b/>")
            inner = _words(words, count, automatic, figures)
            mark = f'<w:bookmarkStart w:id="{number}" w:name="a_{key}"/>{head}{inner}<w:bookmarkEnd w:id="{number}"/>'
            yield paragraph("Article", mark)
    yield paragraph("Center", run("（以下无正文，为签署页）"))
    yield paragraph("Party", run("甲方（盖章）：　　　　　　　　乙方（盖章）："))
    yield paragraph("Party", run("首席代表（签字）：　　　　　　首席代表（签字）："))
    yield paragraph("Annex", run("附件1　餐费补贴标准"), "<w:pageBreakBefore/>")
    yield paragraph(
        "Text",
        run("每个工作日二十元，每年与工资一并协商，参照第" + ("六" if not figures else "6") + "条的办法。"),
    )


def _words(words: str, count: Mapping[str, int], automatic: bool, figures: bool) -> str:
    """A text whose references are fields where numbers are automatic, but one that somebody typed all the same."""
    out = ""
    while "第{" in words:
        before, _, rest = words.partition("第{")
        key, _, words = rest.partition("}条")
        label = f"第{count[key]}条" if figures else article_label(count[key])
        typed = not automatic or key == "fund_training"
        out += run(before) + (run(label) if typed else field(f"a_{key}", label))
    return out + run(words)


def _style(name: str, title: str, paragraph_looks: str, run_looks: str = "", based: str = "Normal") -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{title}"/>'
        f'<w:basedOn w:val="{based}"/><w:pPr>{paragraph_looks}</w:pPr><w:rPr>{run_looks}</w:rPr></w:style>'
    )


def styles(automatic: bool) -> str:
    def listed(level: int) -> str:
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{level}"/></w:numPr>' if automatic else ""

    fonts = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
    indent = '<w:ind w:firstLineChars="200" w:firstLine="480"/>'
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="24"/><w:szCs w:val="24"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:pPr><w:spacing w:line="400" w:lineRule="exact"/></w:pPr></w:style>'
        + _style("Title", "合同标题", '<w:spacing w:before="600" w:after="400" w:line="600" w:lineRule="exact"/><w:jc w:val="center"/>', '<w:b/><w:sz w:val="36"/>')
        + _style("Chapter", "合同章", f'<w:keepNext/>{listed(1)}<w:spacing w:before="240" w:after="120"/><w:jc w:val="center"/><w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="28"/>')
        + _style("Article", "合同条", f"{listed(2)}{indent}")
        + _style("Text", "合同正文", indent)
        + _style("Party", "合同双方", "")
        + _style("Center", "合同居中", '<w:spacing w:before="400"/><w:jc w:val="center"/>')
        + _style("Annex", "合同附件", "<w:keepNext/>", '<w:b/><w:sz w:val="28"/>')
        + "</w:styles>"
    )  # fmt: skip


def numbering(automatic: bool) -> str:
    if not automatic:
        return f'<w:numbering xmlns:w="{W}"/>'

    def one(number: int, text: str, style: str) -> str:
        return (
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
            f'<w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:pStyle w:val="{style}"/>'
            f'<w:suff w:val="space"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
        )

    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    return f'<w:numbering xmlns:w="{W}">{one(1, "第%1章", "Chapter")}{one(2, "第%1条", "Article")}{nums}</w:numbering>'


def general_contract(
    *,
    automatic: bool = False,
    figures: bool = False,
    blocks: Sequence[str] | None = None,
    settings: str = "",
    parts: Mapping[str, bytes] | None = None,
) -> bytes:
    """The file.

    Args:
        automatic: chapters and articles are counted by Word, references are fields.
        figures: typed articles are 第12条.
        blocks: what stands in its body, instead of all of it.
        settings: what stands in the settings part.
        parts: further parts.
    """
    inner = "".join(body(automatic, figures) if blocks is None else blocks)
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="r3"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1440" w:right="1701" w:bottom="1440" w:left="1701" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = {"styles": "styles", "numbering": "numbering", "header1": "header", "settings": "settings"}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    related = "".join(
        f'<Relationship Id="r{at}" Type="{R}/{kind}" Target="{name}.xml"/>'
        for at, (name, kind) in enumerate(kinds.items(), start=1)
    )
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="d" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{related}</Relationships>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{inner}{section}</w:body></w:document>",
        "word/styles.xml": styles(automatic),
        "word/numbering.xml": numbering(automatic),
        "word/header1.xml": f"<w:hdr {SPACES}>{paragraph('Party', run(f'{FIRM}集体合同'))}</w:hdr>",
        "word/settings.xml": f'<w:settings xmlns:w="{W}">{settings}<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>',
    }
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    files = {name: (head + text).encode() for name, text in texts.items()} | dict(parts or {})
    return write_package(entry(name, data) for name, data in files.items())


def without_old_references() -> bytes:
    """The example without the sentences that lead to articles of the old chapter."""
    document = docx.Document(str(EXAMPLE))
    for one in document.paragraphs:
        if one.text.startswith(("第五条", "第九条")):
            one.text = f"{one.text[:3]}\u3000企业依法保护女职工。"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else EXAMPLE).write_bytes(general_contract())
