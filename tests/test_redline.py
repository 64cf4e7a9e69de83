"""The redline: taking every change gives the new text, refusing every change the old one, and no number is cut in two.

Two readers say so: our own reader of Word files, on everything, and LibreOffice, on all version pairs of the
library, on whole agreements and on random edits.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from contractgen.comparison import differences
from contractgen.diff import Differences, Matter, compare
from contractgen.diff.changes import verdict_of
from contractgen.diff.redline import redline
from contractgen.document import Article, Block, Cell, Chapter, Document, Item, Paragraph, Source, Table, Text
from contractgen.formats.docx.body import short_hash
from contractgen.formats.docx.package import read_parts, w
from contractgen.formats.docx_read import read_docx
from contractgen.formats.docx_write import write_docx
from contractgen.library import load_library
from firm_files import returned, sent

TOP = Path(__file__).resolve().parent.parent
FIRM, SMALL = (str(TOP / "examples" / name) for name in ("firm.yaml", "small-firm/profile.yaml"))
AUTHOR, DAY = "审核人虚构", "2026-12-01"


def redlined(found: Differences, *, effects: bool = True) -> bytes:
    return write_docx(redline(found, author=AUTHOR, day=DAY, effects=effects))


def plain(matter: Matter) -> bytes:
    """A matter as the same kind of file, without any change."""
    return write_docx(redline(compare(matter, matter)))


def body_of(data: bytes, view: str = "accepted") -> list[str]:
    """The lines of a file from its first chapter or article on; before it stands the redline's own title."""
    lines = [p.line for p in getattr(read_docx(data, "x"), view) if p.line.strip()]
    first = next((at for at, line in enumerate(lines) if re.match("第一[章条]", line)), 0)
    return lines[first:]


def assert_both_views(found: Differences) -> None:
    data = redlined(found)
    assert body_of(data) == body_of(plain(found.new))
    assert body_of(data, "original") == body_of(plain(found.old))


def document_of(data: bytes) -> etree._Element:
    return etree.fromstring(read_parts(data)["word/document.xml"])


# ------------------------------------------------------------------ both views, by our own reader


def version_pairs() -> list[tuple[str, str]]:
    library = load_library()
    return [(str(a), str(b)) for clause_id in library.ids for a, b in pairwise(library.versions(clause_id))]


def test_both_views_of_every_version_pair_of_the_library() -> None:
    for old, new in version_pairs():
        assert_both_views(differences(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("shanghai@2021-06-01", "shanghai@2026-12-01"),
        ("shanghai@2026-12-01", "shanghai@2021-06-01"),
        (FIRM, SMALL),
        (SMALL, FIRM),
    ],
    ids=["forward", "back", "firm", "small"],
)
def test_both_views_of_whole_libraries_and_agreements(old: str, new: str) -> None:
    assert_both_views(differences(old, new))


TEXTS = st.lists(
    st.text(
        st.sampled_from("产假九十八天98不得应当可以，。第条女职工用人单位每年两"), min_size=1, max_size=30
    ),
    min_size=1,
    max_size=5,
)
BOOK = st.lists(TEXTS, min_size=1, max_size=4)


def book(articles: list[list[str]], order: int = 0) -> Matter:
    """Articles of paragraphs and items; ``order`` turns them, so that some move."""
    numbered = list(enumerate(articles))
    turned = numbered[order % len(numbered) :] + numbered[: order % len(numbered)]
    body: list[Block] = [Chapter("c", 1, "总则")]
    for at, (number, texts) in enumerate(turned, start=1):
        body.append(Article(f"a{number}", at, f"条{number}"))
        for line, text in enumerate(texts, start=1):
            source = Source(f"a{number}", 1, line)
            kind = Item(line, (Text(text),), "", source) if line % 3 == 0 else None
            body.append(kind or Paragraph((Text(text),), "", "body", source))
    return Matter("甲", Document("合同", body=tuple(body), draft=False))


@given(BOOK, BOOK, st.integers(0, 3))
@settings(max_examples=60)
def test_both_views_of_any_two_texts(old: list[list[str]], new: list[list[str]], order: int) -> None:
    assert_both_views(compare(book(old), book(new, order)))


def test_rows_of_a_table_come_and_go() -> None:
    def table(*rows: tuple[str, str]) -> Matter:
        lines = tuple(tuple(Cell((Text(word),)) for word in row) for row in rows)
        body = (
            Article("a", 1, "表"),
            Paragraph((Text("见下表："),)),
            Table(lines[0], lines[1:]),
            Paragraph((Text("完"),)),
        )
        return Matter("表", Document("表", body=body, draft=False))

    old = table(("假期", "天数"), ("产假", "98天"), ("陪产假", "15天"))
    new = table(("假期", "天数"), ("育儿假", "5天"), ("产假", "158天"))
    found = compare(old, new)
    assert_both_views(found)
    root = document_of(redlined(found))
    rows = list(root.iter(w("tr")))
    assert [bool(row.findall(f"{w('trPr')}/{w('ins')}")) for row in rows] == [False, True, False, False]
    assert [bool(row.findall(f"{w('trPr')}/{w('del')}")) for row in rows] == [False, False, False, True]


# ------------------------------------------------------------------ how it is tracked


def changed(data: bytes) -> list[tuple[str, str]]:
    """Every tracked stretch: its kind and its characters."""
    found = []
    for node in document_of(data).iter(w("ins"), w("del"), w("moveFrom"), w("moveTo")):
        text = "".join(t.text or "" for t in node.iter(w("t"), w("delText")))
        if text:
            found.append((etree.QName(node).localname, text))
    return found


def of_paragraphs(*old_new: tuple[str, str]) -> Differences:
    old, new = ([one[side] for one in old_new] for side in (0, 1))
    return compare(book([old]), book([new]))


def test_a_changed_number_is_one_deletion_and_one_insertion_of_the_whole_number() -> None:
    data = redlined(
        of_paragraphs(("女职工享受产假98天，产假九十八天。", "女职工享受产假158天，产假一百五十八天。"))
    )
    assert changed(data) == [("del", "98"), ("ins", "158"), ("del", "九十八"), ("ins", "一百五十八")]


def test_a_paragraph_with_a_changed_word_is_never_struck_whole() -> None:
    data = redlined(
        of_paragraphs(("用人单位应当自收到申请之日起答复。", "用人单位可以自收到申请之日起答复。"))
    )
    assert changed(data) == [("del", "应当"), ("ins", "可以")]
    assert not document_of(data).findall(f".//{w('pPr')}/{w('rPr')}/{w('del')}")


def test_a_paragraph_whose_look_is_another_is_not_struck_whole() -> None:
    """A file that came back does not tell the front matter's and the annexes' paragraphs from those of articles."""

    def matter(text: str, role: Literal["body", "text"]) -> Matter:
        body = (
            Article("a", 1, "条"),
            Paragraph((Text(text),), "", role, Source("a", 1, 1)),
            Item(1, (Text("项"),)),
        )
        return Matter("甲", Document("合同", body=body, draft=False))

    for old, new in (("body", "text"), ("text", "body")):
        same = compare(matter("产假98天。", old), matter("产假98天。", new))  # type: ignore[arg-type]
        assert changed(redlined(same)) == []
        found = compare(matter("产假98天。", old), matter("产假90天。", new))  # type: ignore[arg-type]
        assert changed(redlined(found)) == [("del", "98"), ("ins", "90")]
        assert_both_views(found)


def test_a_moved_article_is_a_move_whose_ends_have_one_name() -> None:
    old = [["女职工生育享受产假。"], ["哺乳时间计入劳动时间。"], ["检查费用由用人单位承担。"]]
    root = document_of(redlined(compare(book(old), book(old, 1))))
    ends = {
        kind: [n.get(w("name")) for n in root.iter(w(f"{kind}RangeStart"))] for kind in ("moveFrom", "moveTo")
    }
    assert ends["moveFrom"] and set(ends["moveFrom"]) == set(ends["moveTo"])
    assert not list(root.iter(w("ins"))) and not list(root.iter(w("del")))


def test_every_change_names_author_and_day_and_has_an_id_of_its_own() -> None:
    root = document_of(redlined(differences("shanghai@2021-06-01", "shanghai@2026-12-01"), effects=False))
    marks = list(root.iter(w("ins"), w("del"), w("moveFrom"), w("moveTo")))
    assert len(marks) > 100
    assert {one.get(w("author")) for one in marks} == {AUTHOR}
    assert {str(one.get(w("date")))[:10] for one in marks} == {DAY}
    assert len({one.get(w("id")) for one in marks}) == len(marks)


def test_behind_the_author_of_a_change_stands_what_it_does() -> None:
    found = of_paragraphs(
        ("产假98天。", "产假90天。"), ("用人单位应当告知本人。", "用人单位应当书面告知本人。")
    )
    marks = document_of(redlined(found)).iter(w("ins"), w("del"))
    said = [verdict_of(change.effects) for section in found.sections for change in section.counted]
    assert said == ["削弱", "增强"]
    assert [one.get(w("author")) for one in marks] == [
        f"{AUTHOR}（削弱）", f"{AUTHOR}（削弱）", f"{AUTHOR}（增强）"
    ]  # fmt: skip


def test_without_a_day_none_is_written() -> None:
    found = of_paragraphs(("产假98天。", "产假158天。"))
    marks = document_of(write_docx(redline(found))).iter(w("ins"), w("del"))
    assert {one.get(w("date")) for one in marks} == {None}


def test_the_same_two_texts_give_the_same_bytes() -> None:
    assert redlined(differences("hiring@1", "hiring@2")) == redlined(differences("hiring@1", "hiring@2"))


def test_each_paragraph_of_the_new_text_still_knows_its_clause() -> None:
    found = differences("antenatal-leave@1", "antenatal-leave@2")
    names = {node.get(w("name")) for node in document_of(redlined(found)).iter(w("bookmarkStart"))}
    for paragraph in range(1, 5):
        assert f"_cg_{short_hash('antenatal-leave@2')}_{paragraph}" in names


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Our file and what came back, without the record beside them."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "原稿.docx").write_bytes(sent())
    (folder / "对方改稿.docx").write_bytes(returned().data)
    return str(folder / "原稿.docx"), str(folder / "对方改稿.docx")


def names_in(data: bytes) -> tuple[set[str], set[str]]:
    """The bookmarks of articles, paragraphs and items, and the clauses of content controls."""
    root = document_of(data)
    marks = {str(one.get(w("name"))) for one in root.iter(w("bookmarkStart"))}
    clauses = {str(one.get(w("val"))).partition("#")[0] for one in root.iter(w("tag"))}
    return {one for one in marks if one.startswith("_cg")}, {one for one in clauses if one.startswith("cg:")}


def test_the_redline_of_two_files_of_ours_bears_the_names_that_a_record_would_give_it(
    files: tuple[str, str],
) -> None:
    ours, theirs = files
    marks, clauses = names_in(redlined(differences(ours, theirs)))
    assert (marks, clauses) == names_in(redlined(differences(FIRM, theirs)))
    assert len(marks) > 300 and f"_cg_{short_hash('own-1@1')}_1" in marks and "cg:own-1@1" in clauses
    lost = names_in(sent())[1] - clauses
    assert lost == {"cg:birth-leave@2", "cg:complaint-card@3"}  # none stands around tracked changes


def test_both_views_of_two_files_of_ours(files: tuple[str, str]) -> None:
    ours, theirs = files
    for old in (ours, FIRM):
        assert_both_views(differences(old, theirs))
        assert_both_views(differences(theirs, ours))


def test_a_blank_and_a_reference_are_tracked_as_they_are_printed() -> None:
    old, new = differences(FIRM, FIRM).old, differences(SMALL, SMALL).old
    texts = "".join(text for _, text in changed(redlined(compare(old, new))))
    assert "〔待填" not in texts and "上海虚构云锦服装有限公司" in texts


# ------------------------------------------------------------------ LibreOffice settles the changes

SOFFICE = shutil.which("soffice")
MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Settle(jobs As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim text(1) As New com.sun.star.beans.PropertyValue
  text(0).Name = "FilterName" : text(0).Value = "Text (encoded)"
  text(1).Name = "FilterOptions" : text(1).Value = "UTF8,LF,,,"
  Dim none()
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  For Each job In Split(jobs, "|")
    part = Split(job, ";")
    doc = StarDesktop.loadComponentFromURL(part(0), "_blank", 0, hidden())
    If part(1) &lt;&gt; "" Then helper.executeDispatch(doc.CurrentController.Frame, part(1), "", 0, none())
    doc.storeToURL(part(2), text())
    doc.close(True)
  Next
End Sub
</script:module>
"""
ACCEPT, REJECT = ".uno:AcceptAllTrackedChanges", ".uno:RejectAllTrackedChanges"


def settled(folder: Path, jobs: list[tuple[bytes, str]]) -> list[list[str]]:
    """The lines of each file after LibreOffice has taken or refused all its changes (or neither)."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    start = [str(SOFFICE), profile, "--headless", "--invisible"]
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=180)
    (folder / "profile" / "user" / "basic" / "Standard" / "Module1.xba").write_text(MACRO, encoding="utf-8")
    calls, targets = [], []
    for number, (data, command) in enumerate(jobs):
        source, target = folder / f"{number}.docx", folder / f"{number}.txt"
        source.write_bytes(data)
        calls.append(f"{source.as_uri()};{command};{target.as_uri()}")
        targets.append(target)
    call = f'macro:///Standard.Module1.Settle("{"|".join(calls)}")'
    subprocess.run([*start, call], check=True, capture_output=True, timeout=300)
    return [_lines(target.read_text(encoding="utf-8-sig")) for target in targets]


def _lines(text: str) -> list[str]:
    lines = [re.sub(r"\s+", "", line) for line in text.split("\n")]
    return [line for line in lines if line]


def joined(pairs: list[tuple[Matter, Matter]]) -> Differences:
    """Many small texts as one pair of large ones, each an article of its own."""
    sides: tuple[list[Block], list[Block]] = ([], [])
    for number, pair in enumerate(pairs, start=1):
        for side, matter in zip(sides, pair, strict=True):
            side.append(Article(f"pair-{number}", number, f"第{number}对"))
            side += [block for block in matter.document.body if not isinstance(block, Article | Chapter)]
    old, new = (Matter("合", Document("合", body=tuple(side), draft=False)) for side in sides)
    return compare(old, new)


def random_edits(seed: int, count: int) -> list[tuple[Matter, Matter]]:
    """Paragraphs of the library with words cut, doubled, swapped and moved, and whole paragraphs gone or moved."""
    chance = random.Random(seed)
    found = []
    clauses = [one for one in load_library().clauses() if one.chapter != "annexes"]
    for clause in chance.sample(clauses, count):
        matter = differences(str(clause), str(clause)).old
        blocks = list(matter.document.body)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(1, len(blocks))
            block = blocks[at]
            if isinstance(block, Paragraph | Item):
                blocks[at] = replace(block, inlines=(Text(_mangled(block.text, chance)),))
        if len(blocks) > 3 and chance.random() < 0.5:
            blocks.insert(chance.randrange(1, len(blocks)), blocks.pop(chance.randrange(1, len(blocks))))
        if len(blocks) > 3 and chance.random() < 0.3:
            blocks.pop(chance.randrange(1, len(blocks)))
        found.append((matter, replace(matter, document=replace(matter.document, body=tuple(blocks)))))
    return found


def _mangled(text: str, chance: random.Random) -> str:
    left = chance.randrange(len(text))
    right = min(len(text), left + chance.randint(1, 12))
    words = chance.choice(["", "98天", "不得", "应当书面告知", "，经批准后"])
    return text[:left] + words + text[right:] or words


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="没有安装 LibreOffice（soffice），跳过接受和拒绝修订的核对")
def test_libreoffice_gets_both_texts_out_of_the_redline(tmp_path: Path, files: tuple[str, str]) -> None:
    versions = joined([(found.old, found.new) for found in (differences(*pair) for pair in version_pairs())])
    cases = [
        versions,
        differences("shanghai@2021-06-01", "shanghai@2026-12-01"),
        differences(SMALL, FIRM),
        differences(*files),
        differences(FIRM, files[1]),
        *(joined(random_edits(seed, 40)) for seed in range(5)),
    ]
    jobs = []
    for found in cases:
        data = redlined(found)
        jobs += [(data, ACCEPT), (plain(found.new), ""), (data, REJECT), (plain(found.old), "")]
    lines = settled(tmp_path, jobs)
    for number in range(len(cases)):
        accepted, new, rejected, old = (_from_first(one) for one in lines[4 * number : 4 * number + 4])
        assert accepted == new, f"case {number}"
        assert rejected == old, f"case {number}"
        assert new != old and len(new) > 30


def _from_first(lines: list[str]) -> list[str]:
    return lines[next(at for at, line in enumerate(lines) if re.match("第一[章条]", line)) :]
