"""files: what is read keeps its place, what we refuse is named, and nothing is half written."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractgen.files import (
    Loaded,
    cached,
    check_text,
    load_data,
    load_folder,
    load_front_matter,
    load_yaml,
    read_text,
    safe_name,
    write_all,
)
from contractgen.findings import InputError, OutputError
from contractgen.formats.zero_width import WITHOUT_WIDTH


def faults(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_yaml(Path("firm.yaml"), text=text)
    return [str(finding).split(" [")[0] for finding in caught.value.findings]


def test_scalars_follow_yaml_1_2() -> None:
    data = load_yaml(
        Path("x"), text="a: 12:30\nb: NO\nc: 010\nd: '98'\ne: 2026-12-01\nf: ~\ng: true\nh: 2.5\n"
    ).data
    assert data == {
        "a": "12:30",
        "b": "NO",
        "c": 10,
        "d": "98",
        "e": datetime.date(2026, 12, 1),
        "f": None,
        "g": True,
        "h": 2.5,
    }


def test_every_key_and_value_keeps_its_place() -> None:
    loaded = load_yaml(Path("firm.yaml"), text="employer:\n  name: 甲\n  posts:\n    - {post: 焊工}\n")
    assert str(loaded.where(("employer", "name"))) == "firm.yaml:2:9"
    assert str(loaded.where(("employer", "name"), key=True)) == "firm.yaml:2:3"
    assert str(loaded.where(("employer", "posts", 0, "post"))) == "firm.yaml:4:14"


def test_a_place_that_does_not_exist_falls_back_to_its_parent() -> None:
    loaded = load_yaml(Path("firm.yaml"), text="employer:\n  name: 甲\n")
    assert str(loaded.where(("employer", "phone", "x"))) == "firm.yaml:2:3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", "firm.yaml:2:1: 错误：“a”重复出现"),
        ("a: &x 1\nb: *x\n", "firm.yaml:1:4: 错误：这里用了 YAML 的锚点或者别名（& 或 *）"),
        ("a:\n\tb: 1\n", "firm.yaml:2:1: 错误：缩进用了制表符（Tab）"),
        ("a: 2026-02-30\n", "firm.yaml:1:4: 错误：没有 2026-02-30 这一天"),
        ("a: !!python/object:os.system x\n", "firm.yaml:1:4: 错误：这里用了 YAML 标签（!）"),
        ("a: !!map {b: 1}\n", "firm.yaml:1:4: 错误：这里用了 YAML 标签（!）"),
        ("~: 1\n", "firm.yaml:1:1: 错误：这里的键不是文字"),
        ("a:\n\tb: 1\n\tc: 1\n", "firm.yaml:2:1: 错误：缩进用了制表符（Tab），共 2 行"),
        ("a: 1\nb: x\x07\n", "firm.yaml:2:5: 错误：文件里有不可见的控制字符"),
        ("- a\n---\n- b\n", "firm.yaml:2:1: 错误：文件里有不止一份 YAML 文档"),
    ],
)
def test_what_a_careful_reader_would_stumble_over_is_refused(text: str, expected: str) -> None:
    assert faults(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a：1\nb: 2\n", "firm.yaml:1:2: 错误：冒号是全角的“：”"),
        ("a: 1\nb：2\n", "firm.yaml:2:2: 错误：冒号是全角的“：”"),
        ("x:\n  a:1\n  b: 2\n", "firm.yaml:2:5: 错误：冒号后面没有空格"),
        ("x:\n  a:\t1\n", "firm.yaml:2:5: 错误：冒号后面用了制表符（Tab）"),
        ("x:\n  a: 1\n　　b: 2\n  c: 3\n", "firm.yaml:3:1: 错误：缩进用了全角空格"),
        ('x:\n  a: "1\n  b: "2"\n', "firm.yaml:2:6: 错误：引号没有成对"),
        ("x:\n  a: 1\n   b: 2\n", "firm.yaml:3:4: 错误：这一行缩进多了"),
    ],
)
def test_a_slip_of_typing_is_named_on_the_line_where_it_was_made(text: str, expected: str) -> None:
    assert faults(text) == [expected]


@pytest.mark.parametrize("text", ["[" * 5000, "a: " + "{a: " * 1000 + "1" + "}" * 1000])
def test_a_file_without_bottom_is_refused_where_it_becomes_too_deep(text: str) -> None:
    assert [fault.split("错误：")[1] for fault in faults(text)] == ["层次超过 20 级"]


def test_a_file_without_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contractgen.files.yaml.MAX_NODES", 10)
    assert [fault.split("错误：")[1] for fault in faults("a: [" + "1," * 100 + "\n:::")] == ["内容太多"]


def test_all_faults_of_a_file_come_at_once() -> None:
    assert len(faults("a: 1\na: 2\nb: &x 3\nc: 2026-13-01\n")) == 3


def test_a_bomb_of_aliases_is_refused_without_being_built() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(8)
    )
    assert "锚点" in faults(bomb)[0]


def test_too_deep_is_refused() -> None:
    assert any("层次超过" in fault for fault in faults("a: " + "[" * 40 + "]" * 40))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("名称: 甲公司\n".encode("gbk"), "GBK"),
        ("名称: 甲\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\x00\x00", "不是文本文件"),
        (b"a: 1\n" * 300_000, "KiB"),
    ],
)
def test_other_files_are_named_and_refused(tmp_path: Path, data: bytes, word: str) -> None:
    path = tmp_path / "firm.yaml"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert word in caught.value.message and caught.value.hint


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个文件"):
        read_text(tmp_path / "none.yaml")
    with pytest.raises(InputError, match="文件夹"):
        read_text(tmp_path)


def test_a_byte_order_mark_is_no_content(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("\ufeffa: 1\r\n".encode())
    assert load_yaml(path).data == {"a": 1}


def test_front_matter_keeps_line_numbers_of_the_file() -> None:
    loaded = load_front_matter(Path("1.md"), text="---\nid: x\nversion: 1\n---\n正文。\n")
    assert str(loaded.where(("version",))) == "1.md:3:10"
    assert (loaded.body, loaded.body_line) == ("正文。\n", 5)


def test_a_folder_is_read_again_when_a_file_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTRACTGEN_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.yaml").write_text("day: 2026-01-01\n", encoding="utf-8")
    first = load_folder(tmp_path, ["a.yaml"])
    again = load_folder(tmp_path, ["a.yaml"])
    assert first["a.yaml"] == again["a.yaml"]
    assert again["a.yaml"].data == {"day": datetime.date(2026, 1, 1)}
    (tmp_path / "a.yaml").write_text("day: 2026-01-02\n", encoding="utf-8")
    assert load_folder(tmp_path, ["a.yaml"])["a.yaml"].data == {"day": datetime.date(2026, 1, 2)}


def test_the_data_of_a_file_come_from_the_cache_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTRACTGEN_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "a.yaml"
    path.write_text("2026-01-01: {day: 2026-01-02}\n", encoding="utf-8")
    assert (
        load_data(path) == load_data(path) == {datetime.date(2026, 1, 1): {"day": datetime.date(2026, 1, 2)}}
    )
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_text('"kept"', encoding="utf-8")
    assert load_data(path) == "kept"
    path.write_text("other: 1\n", encoding="utf-8")
    assert load_data(path) == {"other": 1}


def test_a_broken_or_unwritable_cache_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTRACTGEN_CACHE", str(tmp_path / "file"))
    (tmp_path / "file").write_text("not a folder")
    assert cached("x", "k", lambda: {"a": 1}) == {"a": 1}
    monkeypatch.setenv("CONTRACTGEN_CACHE", str(tmp_path / "cache"))
    cached("x", "k", lambda: {"a": 1})
    next((tmp_path / "cache").iterdir()).write_bytes(b"{broken")
    assert cached("x", "k", lambda: {"a": 2}) == {"a": 2}


def test_loaded_survives_json() -> None:
    loaded = load_yaml(Path("x"), text="a:\n  2026-01-01: {b: [1, x]}\n")
    assert Loaded.from_json(loaded.as_json()) == loaded


@pytest.mark.parametrize("bad", ["a\x01", "a\u202eb", "a\ue000", "{{ x }}", "{% if %}", "a\u200bb"])
def test_dangerous_characters_have_a_reason(bad: str) -> None:
    assert check_text(bad)


@pytest.mark.parametrize("unseen", WITHOUT_WIDTH)
def test_what_a_reader_of_files_leaves_out_is_never_issued(unseen: str) -> None:
    """Else an untouched contract would come back with another name."""
    assert check_text(f"上海虚构{unseen}服装有限公司") == f"含有不可见字符（U+{ord(unseen):04X}）"


@pytest.mark.parametrize("good", ["A&B<有限>公司", "“引号”", "喆堃", "𠮷", "{单括号}", "a\nb"])
def test_ordinary_characters_pass(good: str) -> None:
    assert check_text(good) is None


def test_only_what_turns_text_around_is_said_to_do_so() -> None:
    assert "显示顺序" in (check_text("a\u202eb") or "")
    assert check_text("a\u200bb") == "含有不可见字符（U+200B）"


@given(st.text())
def test_a_safe_name_is_safe(text: str) -> None:
    name = safe_name(text)
    assert name and len(name.encode()) <= 190
    assert not set(name) & set('<>:"/\\|?*\n\r\t') and name not in (".", "..")
    assert name[-1] not in ". " and name[0] not in "-. "


def test_a_firm_name_stays_readable_in_a_file_name() -> None:
    assert safe_name("A&B<有限>公司") == "A&B＜有限＞公司"
    assert safe_name("con") == "_con"
    assert safe_name("..-甲") == "甲"


def test_nothing_is_overwritten_unasked_and_nothing_is_half_written(tmp_path: Path) -> None:
    old = tmp_path / "b.txt"
    old.write_text("old")
    files = {tmp_path / "a.txt": b"new", old: b"new"}
    with pytest.raises(OutputError, match="已经存在"):
        write_all(files)
    assert [p.name for p in tmp_path.iterdir()] == ["b.txt"] and old.read_text() == "old"
    write_all(files, force=True)
    assert old.read_text() == "new"


def test_where_one_file_cannot_be_replaced_the_others_are_as_before(tmp_path: Path) -> None:
    old = tmp_path / "a.txt"
    old.write_text("old")
    files = {old: b"new", tmp_path / "b.txt": b"new", tmp_path / ("x" * 300): b"new"}
    with pytest.raises(OutputError, match="名字太长"):
        write_all(files, force=True)
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"] and old.read_text() == "old"


@pytest.mark.skipif(os.name == "nt", reason="permissions of this kind are POSIX")
def test_a_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "firm.yaml"
    write_all({path: b"old"})
    path.chmod(0o600)
    write_all({path: b"new"}, force=True)
    assert path.stat().st_mode & 0o777 == 0o600 and path.read_bytes() == b"new"


def test_a_path_that_the_system_refuses_is_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="名字太长"):
        write_all({tmp_path / ("x" * 300) / "a.txt": b""})
    with pytest.raises(InputError, match="名字太长"):
        read_text(tmp_path / ("x" * 300))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="写不进文件夹"):
        write_all({tmp_path / "file" / "a.txt": b""})


def test_of_many_files_in_the_way_the_first_are_named_and_all_are_counted(tmp_path: Path) -> None:
    files = {tmp_path / f"{number}.md": b"new" for number in range(7)}
    for path in list(files)[:6]:
        path.write_bytes(b"old")
    with pytest.raises(OutputError) as fault:
        write_all(files)
    assert all(f"{number}.md" in fault.value.message for number in range(5))
    assert "5.md" not in fault.value.message and "等 6 个文件" in fault.value.message
    assert not (tmp_path / "6.md").exists()
