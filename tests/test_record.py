"""The record: files made again from it alone, the wording of then whatever came later, and no damage unnoticed."""

from __future__ import annotations

import base64
import copy
import dataclasses
import hashlib
import json
import lzma
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contractgen.agreement import layout
from contractgen.build import assemble_file, build
from contractgen.build.again import Remade, remake
from contractgen.cli import main
from contractgen.document import Article, Paragraph, Text
from contractgen.document.saved import from_json, to_json
from contractgen.findings import ContractgenError, InputError, Severity
from contractgen.formats.docx.package import entry, read_parts, write_package
from contractgen.formats.fonts import chinese_faces
from contractgen.record import DamagedRecord, load_sources, read_record, reopen, sealed
from contractgen.record.manifest import stamp_of
from contractgen.verify import verify
from contractgen.wording import load_phrases

TOP = Path(__file__).resolve().parent.parent
BASE = TOP / "tests/checks/base.yaml"
FIRMS = sorted((TOP / "examples/firm.yaml", *(TOP / "examples").glob("*/profile.yaml")))
KINDS = ("docx", "html", "md")
EARLIER = TOP / "tests/records/form-2.record.json"  # its frame lacks words that came later; never renewed


def record_in(folder: Path) -> Path:
    (found,) = folder.glob("*.record.json")
    return found


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of one firm and their record."""
    folder = tmp_path_factory.mktemp("issued")
    assert len(build(BASE, out=folder, formats=KINDS).files) == 4
    return folder


@pytest.fixture
def data(issued: Path) -> dict[str, Any]:
    """The record as plain JSON, to be changed."""
    return json.loads(record_in(issued).read_text("utf-8"))  # type: ignore[no-any-return]


def resealed(data: dict[str, Any], folder: Path, name: str = "") -> Path:
    """A record as somebody would write it who knows how."""
    path = folder / (name or "上海虚构样例有限公司-女职工权益保护专项集体合同-草案.record.json")
    path.write_bytes(sealed({key: value for key, value in data.items() if key != "checksum"}))
    return path


def unpacked(data: dict[str, Any]) -> dict[str, Any]:
    return json.loads(lzma.decompress(base64.b64decode(data["packed"])))  # type: ignore[no-any-return]


def repacked(data: dict[str, Any], held: dict[str, Any]) -> dict[str, Any]:
    squeezed = lzma.compress(json.dumps(held, ensure_ascii=False).encode())
    return {**data, "packed": base64.b64encode(squeezed).decode()}


def notes(remade: Remade) -> str:
    return "\n".join(map(str, remade.findings))


# ------------------------------------------------------------------ the same again


@pytest.mark.parametrize("firm", FIRMS, ids=lambda path: path.parent.name)
def test_files_are_made_again_byte_for_byte_and_the_record_is_small(firm: Path, tmp_path: Path) -> None:
    """The example firm as an annotated draft, which has the longest text."""
    build(firm, out=tmp_path / "then", formats=KINDS, annotate=firm.name == "firm.yaml")
    record = record_in(tmp_path / "then")
    remade = remake(record, out=tmp_path / "again")
    assert len(remade.same) == 3 and remade.findings == ()
    assert digests(tmp_path / "then") == digests(tmp_path / "again")
    assert record.stat().st_size < 300_000


def test_a_pdf_is_made_again_byte_for_byte_and_names_its_fonts(tmp_path: Path) -> None:
    build(BASE, out=tmp_path / "then", formats=("pdf",))
    record = record_in(tmp_path / "then")
    assert len(remake(record, out=tmp_path / "again").same) == 1
    fonts = read_record(record).made_with["fonts"]
    assert fonts and all(len(digest) == 64 for _, _, digest in fonts)


def test_a_final_text_is_made_again_as_a_final_text(tmp_path: Path) -> None:
    build(TOP / "examples/firm.yaml", out=tmp_path / "then", formats=("md",), final=True)
    remade = remake(record_in(tmp_path / "then"), out=tmp_path / "again")
    assert [path.name.endswith("-定稿.md") for path in remade.files[:1]] == [True] and len(remade.same) == 1


def test_an_agreement_comes_back_from_its_record_as_it_was(issued: Path) -> None:
    then = assemble_file(BASE).agreement
    reopened = reopen(record_in(issued))
    assert then is not None and reopened.differs == ()
    assert layout(reopened.agreement) == layout(then)
    assert reopened.agreement.values == then.values and reopened.agreement.clauses == then.clauses
    assert reopened.library.stamp == then.library_stamp
    assert reopened.law.at("shanghai", then.on)["maternity_leave"] == then.view["maternity_leave"]


ELSEWHERE = """
import sys
from pathlib import Path
from contractgen.build import build
from contractgen.build.again import remake
build(Path(sys.argv[1]), out=Path("then"), formats=("docx", "html", "md"))
(record,) = Path("then").glob("*.record.json")
remade = remake(record, out=Path("again"))
assert len(remade.same) == 3, remade.findings
"""


def test_records_and_what_is_made_from_them_do_not_depend_on_the_surroundings(tmp_path: Path) -> None:
    found = []
    for number, (zone, seed, locale) in enumerate((("UTC", "1", "C.UTF-8"), ("Asia/Shanghai", "4711", "C"))):
        folder = tmp_path / f"文件夹 {number}"
        folder.mkdir()
        shutil.copy(BASE, folder / "firm.yaml")
        surroundings = {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(TOP / "src")}
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", ELSEWHERE, str(folder / "firm.yaml")],
            cwd=folder,
            env={**os.environ, **surroundings},
            check=True,
        )
        assert digests(folder / "then") == digests(folder / "again")
        found.append(digests(folder / "then"))
    assert found[0] == found[1] and len(found[0]) == 4
    assert str(tmp_path) not in record_in(folder / "then").read_text("utf-8")


# ------------------------------------------------------------------ years later


def swap(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} no longer holds {old}"
    path.write_text(text.replace(old, new), "utf-8")


LATER_COPIES = """---
id: copies
version: {0}
title: 文本和附件
weight: negotiable
in_force: {{from: 2026-11-30}}
basis: [collective_contract_signatory]
change: {{kind: wording, reason: 后来改写, source: 虚构}}
union_note: 后来的说明。
reviewer_note: 后来的说明。
---
后来的文字，一式{{{{ agreement.copies }}}}份。
"""


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A later program: a wording was replaced, a clause was added, law, outline, frame and template changed."""
    top = tmp_path_factory.mktemp("later")
    for name in ("src", "clauses", "templates"):
        shutil.copytree(TOP / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
    clauses = top / "clauses"
    newest = max((clauses / "performance/copies").glob("*.md"), key=lambda path: int(path.stem))
    number = int(newest.stem) + 1
    fresh = clauses / "performance/copies" / f"{number}.md"
    fresh.write_text(LATER_COPIES.format(number), "utf-8")
    shutil.copytree(clauses / "health/menopause-care", clauses / "health/later-care")
    for path in (clauses / "health/later-care").glob("*.md"):
        swap(path, "id: menopause-care", "id: later-care")
    swap(clauses / "outline.yaml", "clauses: [menopause-care]", "clauses: [menopause-care, later-care]")
    swap(clauses / "outline.yaml", "title: 总则", "title: 后来的总则")
    swap(clauses / "frame.yaml", "remark: 协商草案", "remark: 后来的草案")
    swap(clauses / "law/national.yaml", "value: 98", "value: 128")
    shell = top / "templates/contract/contract.docx"
    parts = read_parts(shell.read_bytes())
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b'w:sz w:val="32"', b'w:sz w:val="30"')
    shell.write_bytes(write_package([entry(name, part) for name, part in parts.items()]))
    return top


def run_later(later: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(later / "src")},
        capture_output=True,
        encoding="utf-8",
    )


def test_a_later_library_law_and_frame_change_nothing(issued: Path, later: Path, tmp_path: Path) -> None:
    new = run_later(
        later,
        "-m",
        "contractgen",
        "new",
        "--profile",
        str(BASE),
        "--out",
        "new",
        "--format",
        "md",
        cwd=tmp_path,
    )
    fresh = next((tmp_path / "new").glob("*.md")).read_text("utf-8")
    assert new.returncode == 0 and "后来的文字" in fresh and "产假128天" in fresh and "后来的总则" in fresh
    again = run_later(
        later,
        "-m",
        "contractgen",
        "new",
        "--from-record",
        str(record_in(issued)),
        "--out",
        "again",
        cwd=tmp_path,
    )
    assert again.returncode == 0, again.stderr
    then, now = digests(issued), digests(tmp_path / "again")
    assert [name for name in then if then[name] != now[name]] == [
        name for name in then if name.endswith(".docx")
    ]
    assert "Word 样式底稿不同" in again.stderr and "文字与当时相同" in again.stderr


REOPEN = """
import sys
from pathlib import Path
from contractgen.record import reopen
from contractgen.agreement import layout
found = reopen(Path(sys.argv[1]))
assert found.differs == (), found.differs
for provision in found.agreement.provisions:
    print(provision.label, provision.clause, provision.text)
"""


def test_a_later_program_reopens_the_agreement_with_the_wording_of_then(
    issued: Path, later: Path, tmp_path: Path
) -> None:
    told = run_later(later, "-c", REOPEN, str(record_in(issued)), cwd=tmp_path)
    then = assemble_file(BASE).agreement
    assert then is not None and told.returncode == 0, told.stderr
    assert told.stdout == "".join(f"{one.label} {one.clause} {one.text}\n" for one in then.provisions)


def test_a_record_of_an_earlier_program_opens_and_prints_what_it_printed(tmp_path: Path) -> None:
    record = read_record(EARLIER)
    reopened = reopen(record)
    assert [article.title for article in reopened.agreement.articles] == ["目的和依据", "产假", "生育假"]
    assert "98天" in reopened.agreement.values["maternity_leave"].text
    remade = remake(EARLIER, out=tmp_path, formats=("md",))
    assert not [one for one in remade.findings if one.severity is Severity.ERROR]
    digest = hashlib.sha256((tmp_path / f"{record.name}.md").read_bytes()).hexdigest()
    assert digest == record.files[f"{record.name}.md"] or "文字与当时相同" in notes(remade)


def as_form_1(data: dict[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in data["manifest"].items() if name != "agreement"}
    return {**flat, "form": 1, "profile": data["profile"], "versions": data["made_with"]["versions"]}


def test_a_record_of_the_first_form_is_made_again_while_its_stamps_fit(
    data: dict[str, Any], issued: Path, tmp_path: Path
) -> None:
    path = tmp_path / record_in(issued).name
    path.write_text(json.dumps(as_form_1(data), ensure_ascii=False), "utf-8")
    remade = remake(path, out=tmp_path / "again", formats=("md",))
    made = remade.files[0].read_text("utf-8")
    then = next(issued.glob("*.md")).read_text("utf-8")
    assert made[made.index("# 第一章") :] == then[then.index("# 第一章") :]
    assert "已写成新格式的记录" in notes(remade)
    fresh = remake(record_in(tmp_path / "again"), out=tmp_path / "later")
    assert len(fresh.same) == 1 and fresh.findings == ()


def test_a_record_of_the_first_form_whose_wording_is_gone_says_which(
    data: dict[str, Any], tmp_path: Path
) -> None:
    old = as_form_1(data)
    old["articles"]["第七条"] = "0" * 64
    path = tmp_path / "旧.record.json"
    path.write_text(json.dumps(old, ensure_ascii=False), "utf-8")
    with pytest.raises(InputError, match="做不出当时的第七条"):
        remake(path, out=tmp_path / "again")
    assert not (tmp_path / "again").exists()


# ------------------------------------------------------------------ made with something else


def test_another_version_is_named_and_the_text_is_the_same(data: dict[str, Any], tmp_path: Path) -> None:
    data["made_with"]["versions"] |= {"contractgen": "0.0.9", "lxml": "1.0"}
    name = next(name for name in data["files"] if name.endswith(".docx"))
    data["files"][name] = "0" * 64
    remade = remake(resealed(data, tmp_path), out=tmp_path / "again")
    assert len(remade.same) == 2 and len(remade.findings) == 1
    (finding,) = remade.findings
    assert finding.severity is Severity.WARNING and finding.location.file == name
    assert "contractgen 当时是 0.0.9，现在是" in finding.source and "lxml 当时是 1.0" in finding.source
    assert "文字与当时相同" in finding.message


FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{0}</dir><cachedir>{0}/cache</cachedir></fontconfig>
"""


def test_other_fonts_are_named_and_the_text_of_the_pdf_is_the_same(tmp_path: Path) -> None:
    """A machine with one Chinese face only."""
    build(BASE, out=tmp_path / "then", formats=("pdf",))
    face = next(one for one in chinese_faces() if "黑体" in one.style and not one.bold)
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    shutil.copy(face.file, fonts)
    (fonts / "fonts.conf").write_text(FONTS.format(fonts), "utf-8")
    again = subprocess.run(
        [
            sys.executable,
            "-X",
            "utf8",
            "-m",
            "contractgen",
            "new",
            "--out",
            "again",
            "--from-record",
            str(record_in(tmp_path / "then")),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(TOP / "src"), "FONTCONFIG_FILE": str(fonts / "fonts.conf")},
        capture_output=True,
        encoding="utf-8",
    )
    assert again.returncode == 0, again.stderr
    assert "文字与当时相同，字节不同" in again.stderr and "字体当时有、现在没有：" in again.stderr
    made = next((tmp_path / "again").glob("*.pdf"))
    verdict = verify(made)
    assert (verdict.state, verdict.same_bytes) == ("unchanged", False), verdict.changes


def restyled(folder: Path, old: bytes = b'w:sz w:val="32"', new: bytes = b'w:sz w:val="30"') -> Path:
    parts = read_parts((TOP / "templates/contract/contract.docx").read_bytes())
    assert any(old in part for part in parts.values())
    path = folder / "模板.docx"
    path.write_bytes(write_package([entry(name, part.replace(old, new)) for name, part in parts.items()]))
    return path


def test_an_own_template_is_kept_in_the_record(tmp_path: Path) -> None:
    template = restyled(tmp_path)
    build(BASE, out=tmp_path / "then", formats=("docx",), template=template)
    template.unlink()
    remade = remake(record_in(tmp_path / "then"), out=tmp_path / "again")
    assert len(remade.same) == 1 and remade.findings == ()
    assert record_in(tmp_path / "then").stat().st_size < 300_000


def test_another_template_changes_the_looks_and_says_so(issued: Path, tmp_path: Path) -> None:
    remade = remake(record_in(issued), out=tmp_path / "again", formats=("docx",), template=restyled(tmp_path))
    assert (
        remade.same == ()
        and "文字与当时相同，字节不同" in notes(remade)
        and "Word 样式底稿不同" in notes(remade)
    )
    assert not any(one.severity is Severity.ERROR for one in remade.findings)


def test_words_that_only_a_template_has_are_told_by_their_part(issued: Path, tmp_path: Path) -> None:
    template = restyled(tmp_path, "目　录".encode(), "目录（本单位样式）".encode())
    remade = remake(record_in(issued), out=tmp_path / "again", formats=("docx",), template=template)
    assert "条款文字与当时相同" in notes(remade) and "样式底稿自带的文字不同" in notes(remade)


def test_a_kind_that_was_not_made_then_has_the_text_of_then(tmp_path: Path) -> None:
    build(BASE, out=tmp_path / "then", formats=("md",))
    remade = remake(record_in(tmp_path / "then"), out=tmp_path / "again", formats=("html",))
    assert "当时没有生成这种文件" in notes(remade) and remade.files[0].suffix == ".html"


# ------------------------------------------------------------------ damage


@settings(max_examples=150)
@given(st.data())
def test_no_flipped_byte_goes_unnoticed(draw: st.DataObject) -> None:
    whole = EARLIER.read_bytes()
    place = draw.draw(st.integers(0, len(whole) - 1))
    bit = draw.draw(st.integers(0, 7))
    broken = bytearray(whole)
    broken[place] ^= 1 << bit
    path = TOP / "build" / "flipped.record.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(bytes(broken))
    try:
        found = read_record(path)
    except InputError:
        return
    assert found.data == read_record(EARLIER).data  # a blank or line end between entries


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"null",
        b"[" * 100_000,
        b'{"form": true}',
        b'{"form": 2}',
        b"\xff\xfe\x00",
        b"\xb4\xf2",
    ],
)
def test_what_is_no_record_is_said_to_be_none(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.record.json"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_record(path)
    assert main(["new", "--from-record", str(path), "--out", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists()


def test_a_record_cut_short_at_any_place_is_refused(issued: Path, tmp_path: Path) -> None:
    whole = record_in(issued).read_bytes()
    path = tmp_path / "x.record.json"
    for length in (1, 10, 1000, len(whole) // 2, len(whole) - 3):
        path.write_bytes(whole[:length])
        with pytest.raises(DamagedRecord):
            read_record(path)


def test_a_record_of_a_later_program_asks_for_that_program(data: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(InputError, match="较新版本"):
        read_record(resealed({**data, "form": 3}, tmp_path))


def test_line_ends_of_another_system_do_no_harm(issued: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.record.json"
    path.write_bytes(b"\xef\xbb\xbf" + record_in(issued).read_bytes().replace(b"\n", b"\r\n"))
    assert read_record(path).data == read_record(record_in(issued)).data


def test_a_fact_changed_by_hand_is_noticed(data: dict[str, Any], tmp_path: Path) -> None:
    data["profile"]["employer"]["name"] = "上海虚构别家有限公司"
    path = tmp_path / "x.record.json"
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    with pytest.raises(DamagedRecord, match="改动过"):
        read_record(path)


def test_a_fact_changed_with_a_new_seal_gives_the_contract_of_then_and_is_named(
    data: dict[str, Any], issued: Path, tmp_path: Path
) -> None:
    data["profile"]["contacts"]["harassment"]["person"] = "样某癸"
    path = resealed(data, tmp_path)
    remade = remake(path, out=tmp_path / "again")
    assert len(remade.same) == 3
    reopened = reopen(path)
    assert reopened.differs and all(label.startswith(("第", "附件")) for label in reopened.differs)
    text = "".join(one.text for one in reopened.agreement.provisions)
    assert "样某癸" not in text and "样某己" in text


def edited_text(data: dict[str, Any], *, stamps: bool) -> tuple[dict[str, Any], str]:
    """The record with a character of an article's first paragraph changed, and the label of that article."""
    held = unpacked(data)
    document = from_json(held["document"])
    body = list(document.body)
    at = next(n for n, block in enumerate(body) if isinstance(block, Article) and block.number == 20)
    paragraph = body[at + 1]
    assert isinstance(paragraph, Paragraph)
    body[at + 1] = dataclasses.replace(paragraph, inlines=(*paragraph.inlines, Text("另加一句。")))
    held["document"] = to_json(dataclasses.replace(document, body=tuple(body)))
    new = copy.deepcopy(data)
    if stamps:
        agreement = assemble_file(BASE).agreement
        assert agreement is not None
        article = next(one for one in agreement.articles if one.number == 20)
        text = "".join(
            f"\n{block.text}{'另加一句。' if number == 0 else ''}"
            for number, block in enumerate(b for p in article.provisions for b in p.blocks)
            if hasattr(block, "text")
        )
        new["manifest"]["articles"]["第二十条"] = hashlib.sha256((article.title + text).encode()).hexdigest()
        new["manifest"]["agreement"] = stamp_of(new["manifest"])
    return repacked(new, held), "第二十条"


def test_a_text_that_does_not_fit_its_stamp_is_refused(data: dict[str, Any], tmp_path: Path) -> None:
    changed, _ = edited_text(data, stamps=False)
    with pytest.raises(DamagedRecord, match="与印记不符"):
        remake(resealed(changed, tmp_path), out=tmp_path / "again")


def test_the_text_of_then_stands_where_this_program_would_write_another(
    data: dict[str, Any], tmp_path: Path
) -> None:
    changed, label = edited_text(data, stamps=True)
    reopened = reopen(resealed(changed, tmp_path))
    assert reopened.differs == (label,)
    article = next(one for one in reopened.agreement.articles if one.label == label)
    assert article.provisions[0].text.split("\n")[0].endswith("另加一句。")
    assert article.provisions[0].clause is not None and article.provisions[0].basis
    printed = layout(reopened.agreement)
    assert [b for b in printed.body if isinstance(b, Article)] == [
        b for b in reopened.document.body if isinstance(b, Article)
    ]


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
    st.just([[1]]),
    st.just({"x": []}),
)


def spoil(data: Any, pick: Callable[[Any], Any]) -> None:
    """Put junk in one place of a nest of lists and mappings."""
    while True:
        names = list(data) if isinstance(data, dict) else list(range(len(data)))
        name = pick(st.sampled_from(names))
        if isinstance(data[name], dict | list) and data[name] and pick(st.integers(0, 3)):
            data = data[name]
        else:
            data[name] = pick(JUNK)
            return


@settings(max_examples=30)
@given(st.data())
def test_a_record_made_up_with_a_right_seal_never_ends_in_a_traceback(draw: st.DataObject) -> None:
    data = json.loads(EARLIER.read_text("utf-8"))
    held = unpacked(data)
    inside = draw.draw(st.booleans())
    spoil(held if inside else data, draw.draw)
    folder = TOP / "build" / "made-up"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        path = resealed(repacked(data, held) if inside else data, folder, "x.record.json")
        remake(path, out=folder / "out", formats=("md",), force=True)
        reopen(path)
    except ContractgenError:
        pass


def test_a_bomb_is_not_unpacked(data: dict[str, Any], tmp_path: Path) -> None:
    bomb = base64.b64encode(lzma.compress(b" " * (80 << 20))).decode()
    with pytest.raises(DamagedRecord):
        remake(resealed({**data, "packed": bomb}, tmp_path), out=tmp_path / "again")


# ------------------------------------------------------------------ the command


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--profile", "firm.yaml"], "--profile 不能和 --from-record 一起用"),
        (["--on", "2026-12-01"], "--on 不能和 --from-record 一起用：法律和条款用记录里当时的"),
        (["--library", "x"], "--library 不能"),
        (["--final"], "是草案还是定稿由记录决定"),
        (["--annotate"], "由记录决定"),
        (["--format", "doc"], "不认识的格式：doc"),
    ],
)
def test_options_that_the_record_has_answered_are_refused_with_the_reason(
    options: list[str], reason: str, issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "--from-record", str(record_in(issued)), "--out", str(tmp_path / "o"), *options]) == 2
    assert reason in capsys.readouterr().err and not (tmp_path / "o").exists()


def test_the_command_says_what_is_the_same_and_overwrites_nothing_else(
    issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["new", "--from-record", str(record_in(issued)), "--out", str(tmp_path), "--format", "md"]
    assert main(command) == 0
    out, talk = capsys.readouterr()
    assert "1 个文件与当时生成的逐字节相同。" in talk and out.count("\n") == 2
    assert main(command) == 0  # all is there already, byte for byte
    next(tmp_path.glob("*.md")).write_text("手写的", "utf-8")
    assert main(command) == 2
    assert (
        "没有覆盖" in capsys.readouterr().err and next(tmp_path.glob("*.md")).read_text("utf-8") == "手写的"
    )


def test_the_phrases_of_then_are_in_the_record_and_judge_what_is_reopened(issued: Path) -> None:
    assert reopen(record_in(issued)).agreement.phrases == load_phrases()
    files = read_record(record_in(issued)).packed["library"]
    assert files["phrases.yaml"] == (TOP / "clauses" / "phrases.yaml").read_text("utf-8")
    then = load_sources({**files, "phrases.yaml": files["phrases.yaml"].replace("自愿放弃", "自愿弃")})[2]
    assert then != load_phrases()
    assert load_sources({**files, "phrases.yaml": "void: 3"})[2] == load_phrases()
