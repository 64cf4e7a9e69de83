"""Terminal, page, Markdown, JSON and Word show the same changes with the same verdicts."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from contractgen.cli import main
from contractgen.comparison import differences, render
from contractgen.diff import KINDS, LABELS, Differences
from contractgen.diff.changes import BOTH_WAYS
from contractgen.diff.report import reasons
from contractgen.findings import InputError
from contractgen.formats.docx.package import read_parts, w
from firm_files import CHANGED, FIRM, returned, sent

TOP = Path(__file__).resolve().parent.parent
PAIRS = [("antenatal-leave@1", "antenatal-leave@2"), ("shanghai@2021-06-01", "shanghai@2026-12-01")]
BOTH = pytest.mark.parametrize(("old", "new"), PAIRS, ids=["clause", "place"])


def edits(data: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """What JSON says: place, kind, verdict and the marked stretches of each change."""
    return [
        (one["place"], KINDS[one["kind"]], _verdict(one), _marked(one["ops"]))
        for section in data["sections"]
        for one in section["changes"]
    ]


def _verdict(change: dict[str, Any]) -> str:
    labels = {effect["label"] for effect in change["effects"]}
    return BOTH_WAYS if {"weaker", "stronger"} <= labels else LABELS[change["effect"]]


def _marked(ops: list[dict[str, str]]) -> str:
    changed = [op for op in ops if op["tag"] != "equal"]
    return "".join(
        (f"[-{op['old']}-]" if op["old"] else "") + (f"{{+{op['new']}+}}" if op["new"] else "")
        for op in changed
    )


MARKS = re.compile(r"\[-.*?-\]|\{\+.*?\+\}")


def as_json(found: Differences) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(render(found, "json"))
    return data


@BOTH
def test_the_terminal_says_what_json_says(old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    data = as_json(differences(old, new))
    assert main(["diff", old, new]) == 0
    shown = capsys.readouterr().out
    heads = re.findall(r"^\[(\S+)\] (\S+)(?: (.+))?\n(.*)$", shown, re.M)
    said = [(place, kind, label, "".join(MARKS.findall(text))) for label, kind, place, text in heads]
    assert said == edits(data)
    assert "\x1b" not in shown


@BOTH
def test_markdown_says_what_json_says(old: str, new: str) -> None:
    found = differences(old, new)
    text = re.sub(r"\\([\\`*_<|])", r"\1", render(found, "md").decode())
    heads = re.findall(r"^\*\*(\S+?)　(\S+?)(?:　(.+))?\*\*\n\n(.*)$", text, re.M)
    said = [(place, kind, label, "".join(MARKS.findall(words))) for label, kind, place, words in heads]
    assert said == edits(as_json(found))


@BOTH
def test_the_page_says_what_json_says(old: str, new: str) -> None:
    found = differences(old, new)
    tree = html.fromstring(render(found, "html").decode())
    said = []
    for one in tree.iter("article"):
        badge = one.findall("p/span")[0]
        verdict, head = badge.text, (badge.tail or "").strip("　")
        kind, _, place = head.partition("　")
        cells = [etree.tostring(cell, encoding="unicode") for cell in one.iter("td")]
        struck, added = (
            "".join(map(unescape, re.findall(rf"<{tag}>(.*?)</{tag}>", cell, re.S)))
            for tag, cell in zip(("del", "ins"), cells, strict=True)
        )
        said.append((place, kind, verdict, struck, added))
    wanted = [
        (
            place,
            kind,
            label,
            "".join(re.findall(r"\[-(.*?)-\]", words)),
            "".join(re.findall(r"\{\+(.*?)\+\}", words)),
        )
        for place, kind, label, words in edits(as_json(found))
    ]
    assert said == wanted


@BOTH
def test_word_tracks_what_json_says(old: str, new: str) -> None:
    found = differences(old, new)
    root = etree.fromstring(
        read_parts(render(found, "docx", author="甲", day="2026-12-01"))["word/document.xml"]
    )
    texts = {
        tag: "".join(t.text or "" for node in root.iter(w(tag)) for t in node.iter(w("t"), w("delText")))
        for tag in ("del", "ins")
    }
    for section in as_json(found)["sections"]:
        for change in section["changes"]:
            for op in change["ops"]:
                if op["tag"] != "equal":
                    assert op["old"].replace("｜", "") in texts["del"] or "｜" in op["old"]
                    assert op["new"].replace("｜", "") in texts["ins"] or "｜" in op["new"]


def tracked(found: Differences) -> list[tuple[str, str]]:
    """What was struck and what came instead, at each place of the Word file that is tracked."""
    root = etree.fromstring(
        read_parts(render(found, "docx", author="甲", day="2026-12-01"))["word/document.xml"]
    )
    told = []
    for p in root.iter(w("p")):
        marks = list(p.iter(*map(w, ("ins", "del", "moveFrom", "moveTo"))))
        if marks:
            struck, added = (
                "".join(t.text or "" for one in marks for t in one.iter(w(tag))) for tag in ("delText", "t")
            )
            told.append((struck, added))
    return told


@pytest.mark.parametrize("old", ["profile", "file"])
def test_word_tracks_nothing_in_a_file_of_ours_that_the_others_call_unchanged(
    old: str, tmp_path: Path
) -> None:
    ours, theirs = tmp_path / "原稿.docx", tmp_path / "对方改稿.docx"
    ours.write_bytes(sent())
    theirs.write_bytes(returned().data)
    first = str(FIRM if old == "profile" else ours)
    same, found = differences(first, str(ours)), differences(first, str(theirs))
    assert edits(as_json(same)) == [] and tracked(same) == []
    words = [f"[-{struck}-]{{+{added}+}}" for struck, added in CHANGED]
    assert sorted(one[3] for one in edits(as_json(found))) == sorted(words)
    assert sorted(tracked(found)) == sorted(CHANGED)


@BOTH
def test_the_reasons_are_the_same_everywhere(old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = differences(old, new)
    wanted = [text for change in found.changes for text in reasons(change)]
    main(["diff", old, new])
    assert re.findall(r"^    (\S+：.+)$", capsys.readouterr().out, re.M) == wanted
    assert (
        re.findall(r"^- (\S+：.+)$", re.sub(r"\\([\\`*_<|])", r"\1", render(found, "md").decode()), re.M)
        == wanted
    )
    tree = html.fromstring(render(found, "html").decode())
    assert [one.text for one in tree.iter("li")] == wanted


def test_the_page_asks_for_nothing_and_is_walked_by_keyboard() -> None:
    text = render(differences(*PAIRS[1]), "html").decode()
    tree = html.fromstring(text)
    assert not list(tree.iter("script", "link", "img", "iframe"))
    assert not re.search(r"https?://|@import|url\(", text)
    ids = {one.get("id") for one in tree.iter("article")}
    links = [str(link.get("href")) for link in tree.iter("a")]
    assert len(links) == 2 * len(ids) - 2
    assert {link[1:] for link in links} == ids
    assert all(one.get("for") in {i.get("id") for i in tree.iter("input")} for one in tree.iter("label"))


def test_what_a_text_holds_stays_text_on_the_page(tmp_path: Path) -> None:
    one, other = tmp_path / "a.md", tmp_path / "b.md"
    one.write_text("# 第一章 总则\n\n## 第一条 甲\n\nA&B公司付款。\n", encoding="utf-8")
    other.write_text("# 第一章 总则\n\n## 第一条 甲\n\nA&B<script>公司付款。\n", encoding="utf-8")
    text = render(differences(str(one), str(other)), "html").decode()
    assert "<script>" not in text and "&lt;script&gt;" in text


def test_a_word_file_needs_a_day_and_a_format_a_name() -> None:
    found = differences(*PAIRS[0])
    for kind, day, words in (
        ("docx", "", "日期"),
        ("docx", "2026-02-30", "2026-02-30"),
        ("pdf", "", "不认识的格式"),
    ):
        with pytest.raises(InputError) as fault:
            render(found, kind, day=day)
        assert words in fault.value.message and fault.value.hint


def test_the_command_writes_by_the_ending_of_the_file_and_never_over_one(tmp_path: Path) -> None:
    target = tmp_path / "变化.html"
    assert main(["diff", *PAIRS[0], "--out", str(target)]) == 0
    first = target.read_bytes()
    assert b"<!DOCTYPE html>" in first
    assert main(["diff", *PAIRS[0], "--out", str(target), "--format", "md"]) == 2
    assert target.read_bytes() == first
    assert main(["diff", *PAIRS[0], "--out", str(target), "--format", "md", "--force"]) == 0
    assert main(["diff", *PAIRS[0], "--format", "docx"]) == 2
    assert main(["diff", *PAIRS[0], "--out", str(tmp_path / "无扩展名")]) == 2
