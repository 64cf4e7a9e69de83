"""build: one profile in, files and their record out; the same input gives the same bytes, and every format says the same."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from contractgen.agreement import Agreement
from contractgen.build import FORMATS, assemble_file, build
from contractgen.files import data_folder
from contractgen.findings import ContractgenError, OutputError, Severity

EXAMPLES = Path(__file__).parents[1] / "examples"
FIRMS = sorted((EXAMPLES / "firm.yaml", *EXAMPLES.glob("*/profile.yaml")))
BASE = Path(__file__).parent / "checks/base.yaml"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def firm_id(path: Path) -> str:
    return path.stem if path.stem == "firm" else path.parent.name


def squeezed(text: str) -> str:
    """Text without any white space, as formats break lines differently."""
    return re.sub(r"\s+", "", text)


def pdf_text(path: Path) -> str:
    pdfium = pytest.importorskip("pypdfium2", reason="没有安装 pypdfium2，跳过 PDF 文字核对")
    document = pdfium.PdfDocument(str(path))
    return "".join(page.get_textpage().get_text_range() for page in document)


def docx_text(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return "".join(node.text or "" for node in root.iter(f"{W}t"))


def agreement_of(path: Path, on: datetime.date | None = None) -> Agreement:
    agreement = assemble_file(path, on=on).agreement
    assert agreement is not None
    return agreement


def written(files: tuple[Path, ...], suffix: str) -> Path:
    return next(path for path in files if path.name.endswith(suffix))


@pytest.mark.parametrize("firm", FIRMS, ids=firm_id)
def test_every_paragraph_stands_in_every_format_in_the_same_order(firm: Path, tmp_path: Path) -> None:
    agreement = agreement_of(firm)
    files = build(firm, out=tmp_path, formats=FORMATS).files
    shown = {
        "docx": squeezed(docx_text(written(files, ".docx"))),
        "pdf": squeezed(pdf_text(written(files, ".pdf"))),
        "md": squeezed(written(files, ".md").read_text(encoding="utf-8")),
        "html": squeezed(re.sub(r"<[^>]+>", "", written(files, ".html").read_text(encoding="utf-8"))),
    }
    import html

    shown["html"] = squeezed(html.unescape(shown["html"]))
    paragraphs = [
        squeezed(block.text)
        for article in agreement.articles
        for provision in article.provisions
        for block in provision.blocks
        if hasattr(block, "text")
    ]
    for kind, text in shown.items():
        text = re.sub(r"第\d+页共\d+页", "", text)
        at = 0
        for paragraph in paragraphs:
            found = text.find(paragraph, at)
            if found < 0 and kind == "pdf":  # a page break may stand in it: head and foot lines between
                found = text.find(paragraph[:8], at)
            assert found >= 0, f"{kind}: {paragraph}"
            at = found


@pytest.mark.parametrize("firm", FIRMS, ids=firm_id)
def test_every_example_has_exactly_the_findings_expected_of_it(firm: Path) -> None:
    expected = (
        firm.with_name(f"{firm.stem}.findings.txt") if firm.stem == "firm" else firm.with_name("findings.txt")
    )
    found = [
        f"{f.severity.label} {f.rule} {f.path or f.location.place}".rstrip()
        for f in assemble_file(firm).findings
        if f.severity is not Severity.ADVICE
    ]
    lines = expected.read_text(encoding="utf-8").splitlines() if expected.exists() else []
    assert found == [line for line in lines if line and not line.startswith("#")]


ONE_RUN = """
import sys, hashlib
from pathlib import Path
from contractgen.build import build
out = Path(sys.argv[2])
for path in build(Path(sys.argv[1]), out=out, formats=("docx", "pdf", "html", "md")).files:
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_whatever_the_surroundings(tmp_path: Path) -> None:
    source = Path(__file__).parents[1] / "src"
    shown = []
    for number, (zone, seed, locale) in enumerate((("UTC", "0", "C.UTF-8"), ("Asia/Shanghai", "4711", "C"))):
        folder = tmp_path / f"run {number}"
        folder.mkdir()
        environment = {
            **os.environ,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "PYTHONPATH": str(source),
        }
        run = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", ONE_RUN, str(BASE), str(folder / "out")],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        shown.append(run.stdout)
    assert shown[0] == shown[1] and shown[0].count("\n") == 5


def test_a_name_with_marks_stands_in_every_output_as_it_is(tmp_path: Path) -> None:
    name = "A&B<有限>“公司”'x'"
    text = BASE.read_text(encoding="utf-8").replace("上海虚构样例有限公司\n", f'"{name}"\n', 1)
    firm = tmp_path / "firm.yaml"
    firm.write_text(text, encoding="utf-8")
    files = build(firm, out=tmp_path / "out", formats=FORMATS).files
    assert all("A&B＜有限＞" in path.name for path in files)
    import html

    assert name in docx_text(written(files, ".docx"))
    assert name in squeezed(pdf_text(written(files, ".pdf"))) or "A&B<有限>" in pdf_text(
        written(files, ".pdf")
    )
    assert name in written(files, ".md").read_text(encoding="utf-8")
    assert name in html.unescape(written(files, ".html").read_text(encoding="utf-8"))
    assert (
        json.loads(written(files, ".record.json").read_text(encoding="utf-8"))["profile"]["employer"]["name"]
        == name
    )


def test_a_second_run_overwrites_nothing_unasked(tmp_path: Path) -> None:
    (path, *_) = build(BASE, out=tmp_path, formats=("md",)).files
    before = path.read_bytes()
    path.write_bytes(b"edited by hand")
    with pytest.raises(OutputError, match="已经存在"):
        build(BASE, out=tmp_path, formats=("md",))
    assert path.read_bytes() == b"edited by hand"
    build(BASE, out=tmp_path, formats=("md",), force=True)
    assert path.read_bytes() == before


def test_a_final_text_is_refused_with_every_open_point_at_once(tmp_path: Path) -> None:
    built = build(BASE, out=tmp_path / "out", formats=("md",), final=True)
    assert built.files == () and not (tmp_path / "out").exists()
    rules = {finding.rule for finding in built.findings if finding.severity is Severity.ERROR}
    assert rules == {"proposal"}
    agreement = agreement_of(BASE)
    proposals = [value for value in agreement.values.values() if value.origin == "proposal"]
    assert len([f for f in built.findings if f.rule == "proposal"]) == len(proposals)


def agreed_firm(folder: Path, more: str = "") -> Path:
    """The base firm with every proposal of the library agreed."""
    terms = "\n".join(
        f"  {value.name}: {float(value.number) if value.number != int(value.number) else int(value.number)}"
        for value in agreement_of(BASE).values.values()
        if value.origin == "proposal"
    )
    firm = folder / "firm.yaml"
    firm.write_text(f"{BASE.read_text(encoding='utf-8')}terms:\n{terms}\n{more}", encoding="utf-8")
    return firm


def test_law_too_long_unchecked_stops_a_final_text_unless_somebody_answers_for_it(tmp_path: Path) -> None:
    late = datetime.date(2027, 4, 20)
    built = build(agreed_firm(tmp_path), out=tmp_path / "a", formats=("md",), on=late, final=True)
    assert built.files == () and {p.rule for p in built.open_points} == {"law-age"}
    accepted = "accepted: [{rule: law-age, by: 样某乙, reason: 已逐条核对现行文本, until: 2027-12-31}]\n"
    built = build(agreed_firm(tmp_path, accepted), out=tmp_path / "b", formats=("md",), on=late, final=True)
    assert built.files and built.open_points == ()


def test_a_final_text_bears_no_mark_of_a_draft(tmp_path: Path) -> None:
    agreement = agreement_of(BASE)
    firm = agreed_firm(tmp_path)
    built = build(firm, out=tmp_path / "out", formats=FORMATS, final=True)
    assert built.open_points == () and len(built.files) == 5
    draft = agreement.frame["draft"]
    for text in (
        docx_text(written(built.files, ".docx")),
        pdf_text(written(built.files, ".pdf")),
        written(built.files, ".md").read_text(encoding="utf-8"),
        written(built.files, ".html").read_text(encoding="utf-8"),
    ):
        assert "待填" not in text and draft["remark"] not in text and draft["title"] not in text
        assert "建议值" not in text


def test_an_annotated_draft_carries_notes_and_a_plain_one_does_not(tmp_path: Path) -> None:
    plain = written(build(BASE, out=tmp_path / "a", formats=("md",)).files, ".md").read_text(encoding="utf-8")
    noted = written(build(BASE, out=tmp_path / "b", formats=("md",), annotate=True).files, ".md")
    assert "给审核人的说明" not in plain and "给审核人的说明" in noted.read_text(encoding="utf-8")
    with pytest.raises(ContractgenError, match="批注"):
        build(BASE, out=tmp_path / "c", final=True, annotate=True)


def test_what_travels_inside_the_file_is_nothing_private(tmp_path: Path) -> None:
    text = BASE.read_text(encoding="utf-8") + "budget: {average_monthly_wage: 7654}\n"
    firm = tmp_path / "firm.yaml"
    firm.write_text(text, encoding="utf-8")
    files = build(firm, out=tmp_path / "out", formats=("docx", "pdf")).files
    record = json.loads(written(files, ".record.json").read_text(encoding="utf-8"))
    assert record["profile"]["budget"] == {"average_monthly_wage": 7654} and record["manifest"]["clauses"]
    with zipfile.ZipFile(io.BytesIO(written(files, ".docx").read_bytes())) as package:
        inside = b"".join(package.read(name) for name in package.namelist())
    assert b"7654" not in inside and b"findings" not in inside
    assert hashlib.sha256(inside).hexdigest()


def test_an_unknown_format_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ContractgenError, match="doc"):
        build(BASE, out=tmp_path / "out", formats=("doc",))
    assert not (tmp_path / "out").exists()


def test_without_a_day_or_a_place_there_is_a_finding_with_its_line(tmp_path: Path) -> None:
    firm = tmp_path / "firm.yaml"
    firm.write_text("agreement:\n  place: beijin\n", encoding="utf-8")
    findings = {finding.rule: finding for finding in assemble_file(firm).findings}
    assert findings["place"].location.line == 2 and "shanghai" in findings["place"].hint
    assert "--on" in findings["law-day"].hint


@pytest.mark.parametrize("firm", FIRMS, ids=firm_id)
def test_the_text_of_every_example_is_the_approved_one(
    firm: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    approved = firm.with_name("firm.contract.md") if firm.stem == "firm" else firm.with_name("contract.md")
    text = written(build(firm, out=tmp_path, formats=("md",)).files, ".md").read_text(encoding="utf-8")
    if request.config.getoption("--approve"):
        approved.write_text(text, encoding="utf-8")
    assert text == approved.read_text(encoding="utf-8"), "文字有变化；核对后用 pytest --approve 更新"


def test_data_folders_are_found() -> None:
    assert (data_folder("clauses") / "law").is_dir() and (data_folder("templates") / "contract").is_dir()


def test_a_day_or_place_that_is_refused_is_not_said_to_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "firm.yaml"
    text = (EXAMPLES / "firm.yaml").read_text(encoding="utf-8")
    path.write_text(
        text.replace("signing_day: 2026-12-01", "signing_day: 2026/12/1").replace(
            "place: shanghai", "place: []"
        ),
        encoding="utf-8",
    )
    found = [(one.rule, one.path) for one in assemble_file(path, salvage=True).findings]
    assert sorted(found) == [("wrong-form", "agreement.place"), ("wrong-form", "agreement.signing_day")]


def _firm(folder: Path, *changes: tuple[str, str]) -> Path:
    """The example firm with pieces of its text exchanged."""
    text = (EXAMPLES / "firm.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / "firm.yaml"
    path.write_text(text, encoding="utf-8")
    return path


ILLEGAL = ("  paternity_leave: 15", "  paternity_leave: 7")
OTHERS = "  place: shanghai\n  other_places:\n  - {place: zhejang, site: 虚构工厂, women: 5}"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("  sex: ", "  sexx: "), ""),
        (("  place: shanghai", OTHERS), "place"),
        (("  place: shanghai", "  place: shanghia"), "place"),
        (("  signing_day: 2026-12-01\n", ""), "law-day"),
        (("  total: ", "  totl: "), "unknown-key"),
    ],
    ids=["nothing", "another place", "the place", "the day", "a key"],
)
def test_one_fault_hides_no_other_and_new_tells_what_check_tells(
    tmp_path: Path, change: tuple[str, str], fault: str
) -> None:
    """By check, by the draft and by the final text; with a fault of form nothing is written."""
    changes = (change,) if fault else ()
    firm = _firm(tmp_path, *changes, ("    votes_for: 55", "    votes_for: 10"))
    checked = assemble_file(firm, salvage=True).findings
    rules = {one.rule for one in checked if one.severity is Severity.ERROR}
    assert "congress-majority" in rules and (not fault or fault in rules)
    for final in (False, True):
        built = build(firm, out=tmp_path / "out", formats=("md",), final=final)
        assert rules <= {one.rule for one in built.findings if one.severity is Severity.ERROR}
        assert bool(built.files) == (not fault and not final)


def test_a_law_that_only_stands_in_for_that_of_an_unknown_place_gives_no_warning(tmp_path: Path) -> None:
    found = assemble_file(_firm(tmp_path, ("  place: shanghai", "  place: shanghia"))).findings
    assert [one.rule for one in found] == ["place"]


def test_what_stops_a_final_text_is_told_once(tmp_path: Path) -> None:
    firm = _firm(
        tmp_path, ("  place: shanghai", "  place: jiangsu"), ("  district: 浦东新区", "  district: 待填")
    )
    built = build(firm, out=tmp_path, formats=("md",), final=True)
    told = [(one.rule, one.message, one.path) for one in built.findings]
    assert built.files == () and len(told) == len(set(told))
    assert {one.severity for one in built.findings if one.rule == "unknown-law"} == {Severity.ERROR}


def test_an_open_point_of_a_refused_answer_is_not_told_again(tmp_path: Path) -> None:
    firm = _firm(tmp_path, ("  total: ", "  total: viele  # "))
    found = build(firm, out=tmp_path, formats=("md",), final=True).findings
    assert [one.rule for one in found if one.path == "workforce.total"] == ["wrong-form"]


def test_a_finding_stands_at_the_entry_it_is_about_where_one_before_it_was_refused(tmp_path: Path) -> None:
    own = "  own:\n  - {titel: 空, chapter: nursing}\n  - {title: 好, chapter: nursingg, text: 好好好。}\n"
    path = tmp_path / "firm.yaml"
    path.write_text((EXAMPLES / "firm.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    head, mark, rest = text.partition("  own:\n")
    path.write_text(
        head + own + rest.partition("\nbudget:")[1] + rest.partition("\nbudget:")[2], encoding="utf-8"
    )
    found = [one for one in assemble_file(path).findings if one.message.find("nursingg") >= 0]
    line = 1 + path.read_text(encoding="utf-8").split("\n").index(
        "  - {title: 好, chapter: nursingg, text: 好好好。}"
    )
    assert mark and [one.location.line for one in found] == [line]
    assert found[0].path.startswith("clauses.own.1")
