"""init and schema: a form without a terminal, questions on one; what is there stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from contractgen.files import load_yaml
from contractgen.profile import blank_profile, load_profile, profile_schema

SOURCES = Path(__file__).parents[1] / "src"
COMMAND = [sys.executable, "-c", "import sys; from contractgen.cli import main; sys.exit(main())"]
DOWN = "\x1b[B"
ENTER = "\r"
LEAVE = "\x03"


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONUTF8", "NO_COLOR")}
    return {**kept, "PYTHONPATH": str(SOURCES), "PYTHONIOENCODING": "utf-8", **more}


def run(folder: Path, *arguments: str, **more: str) -> tuple[int, bytes, str]:
    """A command without a terminal: exit code, stdout, stderr."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        stdin=subprocess.DEVNULL,
    )
    return (
        done.returncode,
        done.stdout,
        done.stderr.decode(more.get("PYTHONIOENCODING", "utf-8").split(":")[0]),
    )


# ------------------------------------------------------------------ without a terminal


def test_without_a_terminal_a_form_and_its_schema_are_written(tmp_path: Path) -> None:
    code, out, talk = run(tmp_path, "init", "厂.yaml")
    assert code == 0, talk
    assert out.decode().strip() == "厂.yaml"
    assert talk == (
        "旁边的 firm.schema.json 供 VS Code 等编辑器提示和核对，可以删除，不影响使用。\n"
        "请在编辑器中打开填写，再运行：contractgen check 厂.yaml\n"
    )
    assert (tmp_path / "厂.yaml").read_text(encoding="utf-8") == blank_profile("厂.yaml")
    assert json.loads((tmp_path / "firm.schema.json").read_text(encoding="utf-8")) == profile_schema()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["firm.schema.json", "厂.yaml"]
    profile, findings, _ = load_profile(tmp_path / "厂.yaml")
    assert profile is not None
    assert findings == ()


def test_an_existing_file_is_only_replaced_with_force(tmp_path: Path) -> None:
    firm = tmp_path / "firm.yaml"
    firm.write_text("employer: {name: 甲}\n", encoding="utf-8")
    code, out, talk = run(tmp_path, "init", "firm.yaml")
    assert (code, out) == (2, b"")
    assert talk == (
        "错误：firm.yaml 已经存在，没有改动\n    可以：在终端里运行可以接着填写；要从头开始请加 --force\n"
    )
    assert firm.read_text(encoding="utf-8") == "employer: {name: 甲}\n"
    assert not (tmp_path / "firm.schema.json").exists()
    assert run(tmp_path, "init", "firm.yaml", "--force")[0] == 0
    assert firm.read_text(encoding="utf-8") == blank_profile()


def test_a_schema_of_somebody_else_stays(tmp_path: Path) -> None:
    (tmp_path / "firm.schema.json").write_text("{}", encoding="utf-8")
    code, _, talk = run(tmp_path, "init", "firm.yaml")
    assert code == 0
    assert talk.startswith("旁边已有别的 firm.schema.json，没有改动")
    assert (tmp_path / "firm.schema.json").read_text(encoding="utf-8") == "{}"


def test_an_old_schema_of_ours_is_renewed(tmp_path: Path) -> None:
    old = {"title": profile_schema()["title"]}
    (tmp_path / "firm.schema.json").write_text(json.dumps(old), encoding="utf-8")
    assert run(tmp_path, "init", "firm.yaml")[0] == 0
    assert json.loads((tmp_path / "firm.schema.json").read_text(encoding="utf-8")) == profile_schema()


def test_a_folder_that_does_not_exist_is_made_and_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "新/firm.yaml")[0] == 0
    code, _, talk = run(tmp_path, "init", "新")
    assert code == 2
    assert "Traceback" not in talk


def test_the_schema_is_utf_8_under_every_locale(tmp_path: Path) -> None:
    for encoding in ("gbk", "utf-8", "ascii"):
        code, out, _ = run(tmp_path, "schema", PYTHONIOENCODING=encoding, LC_ALL="C")
        assert code == 0
        assert json.loads(out.decode("utf-8")) == profile_schema()
        assert "用人单位名称".encode() in out


def test_the_schema_can_be_written_to_a_file(tmp_path: Path) -> None:
    assert run(tmp_path, "schema", "--out", "s.json")[0] == 0
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8")) == profile_schema()
    assert run(tmp_path, "schema", "--out", "s.json")[0] == 2


# ------------------------------------------------------------------ on a terminal


def talk(folder: Path, arguments: Sequence[str], steps: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """Run a command on a pseudo-terminal; after each expected text send keys. Exit code and everything shown."""
    pty = pytest.importorskip("pty", reason="pseudo-terminals exist on POSIX only")
    import select

    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env=environment(PROMPT_TOOLKIT_NO_CPR="1", TERM="xterm", COLUMNS="100", LINES="40"),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    shown, seen = b"", 0

    def read_more(deadline: float) -> bool:
        nonlocal shown
        if not select.select([master], [], [], max(0.0, deadline - time.monotonic()))[0]:
            return False
        try:
            more = os.read(master, 65536)
        except OSError:  # Linux says so when the other end is closed
            return False
        shown += more
        return bool(more)

    try:
        for expected, keys in steps:
            deadline = time.monotonic() + 60
            while (found := shown.find(expected.encode(), seen)) < 0:
                assert read_more(deadline), f"waiting for {expected}: {shown[seen:].decode(errors='replace')}"
            seen = found + len(expected.encode())
            while read_more(time.monotonic() + 0.3):  # until the prompt stands
                pass
            os.write(master, keys.encode())
        deadline = time.monotonic() + 60
        while read_more(deadline):
            pass
        return process.wait(timeout=60), shown.decode(errors="replace")
    finally:
        process.kill()
        process.wait()
        os.close(master)


def test_questions_on_a_terminal_can_be_left_and_resumed(tmp_path: Path) -> None:
    firm = tmp_path / "firm.yaml"
    code, shown = talk(
        tmp_path,
        ["init", "firm.yaml"],
        [
            ("本单位有自己的工会吗？", ENTER),
            ("用人单位名称", "A&B<有限>公司" + ENTER),
            ("统一社会信用代码", "91310115EXAMPLE01X" + ENTER),
            ("应当是 W", "\x1591310115EXAMPLE01W" + ENTER),
            ("用人单位住所", ENTER),
            ("所在区", LEAVE),
        ],
    )
    assert code == 0, shown
    assert "接着填写：contractgen init firm.yaml" in shown
    profile, findings, _ = load_profile(firm)
    assert profile is not None and not findings
    assert profile.employer.name == "A&B<有限>公司"
    assert profile.employer.credit_code == "91310115EXAMPLE01W"
    assert profile.employer.address is None
    left = firm.read_text(encoding="utf-8")
    assert left.count("待填") == blank_profile().count("待填") - 2

    text = left.replace("  name: 待填", "  name: 甲工会", 1).replace("\n", "\r\n")
    firm.write_bytes(text.replace("# 用人单位住所", "# 我的说明").encode())
    code, shown = talk(
        tmp_path,
        ["init", "firm.yaml"],
        [
            ("本单位有自己的工会吗？", DOWN + ENTER),
            ("用人单位住所", "上海市浦东新区虚构路100号" + ENTER),
            ("所在区", LEAVE),
        ],
    )
    assert code == 0, shown
    profile, findings, _ = load_profile(firm)
    assert profile is not None and not findings
    assert profile.employer.name == "A&B<有限>公司"
    assert profile.employer.address == "上海市浦东新区虚构路100号"
    kept = firm.read_bytes().decode()
    assert "# 我的说明" in kept
    assert kept.count("\r\n") == kept.count("\n")


def test_a_nearly_finished_file_is_finished_on_a_terminal(tmp_path: Path) -> None:
    example = (SOURCES.parent / "examples" / "firm.yaml").read_text(encoding="utf-8")
    start = example.index("  hazardous_posts:")
    end = example.index("\nunion:")
    text = example[:start] + "  hazardous_posts: 待填\n" + example[end:]
    firm = tmp_path / "firm.yaml"
    firm.write_text(text.replace("  women: 410", "  women: 待填"), encoding="utf-8")
    code, shown = talk(
        tmp_path,
        ["init", "firm.yaml"],
        [
            ("女职工人数", "621" + ENTER),
            ("621 多于职工总数（620）", "\x15" + "410" + ENTER),
            ("有这样的岗位吗？", ENTER),
            ("岗位名称", "调浆岗" + ENTER),
            ("危害因素", "甲醛" + ENTER),
            ("岗位上的女职工人数", "6" + ENTER),
            ("选哪一个？", DOWN + ENTER),
            ("安排和防护措施", ENTER),
            ("还有别的岗位吗？", DOWN + ENTER),
            ("还要增加协商代表吗？", ENTER),
            ("双方协商代表第9项的姓名", "甲" + ENTER),
            ("性别", ENTER),
            ("职务或者岗位", "缝纫工" + ENTER),
            ("还要增加协商代表吗？", DOWN + DOWN + ENTER),
        ],
    )
    assert code == 0, shown
    assert "下一步：contractgen check firm.yaml" in shown
    profile, findings, _ = load_profile(firm)
    assert profile is not None and not findings
    assert profile.workforce.women == 410
    (post,) = profile.workforce.hazardous_posts
    assert (post.post, post.hazard, post.women, post.period, post.measure) == (
        "调浆岗",
        "甲醛",
        6,
        "menstrual",
        None,
    )
    new = profile.bargaining.representatives[-1]
    assert (new.name, new.sex, new.side, new.role, new.chief) == ("甲", "女", "employees", "缝纫工", False)


def test_a_file_with_faults_is_not_asked_about(tmp_path: Path) -> None:
    (tmp_path / "firm.yaml").write_text("employer:\n  adress: 甲\n", encoding="utf-8")
    code, shown = talk(tmp_path, ["init", "firm.yaml"], [])
    assert code == 1
    assert "firm.yaml:2:3" in shown
    assert "请先在编辑器中改正" in shown


def test_force_on_a_terminal_asks_before_anything_is_lost(tmp_path: Path) -> None:
    firm = tmp_path / "firm.yaml"
    firm.write_text("employer: {name: 甲}\n", encoding="utf-8")
    code, shown = talk(
        tmp_path,
        ["init", "firm.yaml", "--force"],
        [("已填的内容怎么办？", ENTER), ("本单位有自己的工会吗？", LEAVE)],
    )
    assert code == 0, shown
    assert load_yaml(firm).data == {"employer": {"name": "甲"}}


def facts_asked(folder: Path, *arguments: str) -> str:
    """What is shown while ``papers record`` asks for one day and is left."""
    (folder / "firm.yaml").write_text(FACTS, encoding="utf-8")
    steps = [("提出协商要约（建议）的日期", "2026-10-05" + ENTER), ("书面答复的日期", LEAVE)]
    command = ["papers", "record", "--profile", "firm.yaml", "--today", "2026-10-20", *arguments]
    code, shown = talk(folder, command, steps)
    assert code == 0, shown
    return shown


FACTS = "employer: {name: 虚构厂}\nagreement: {place: shanghai}\n"


def test_facts_asked_for_go_into_the_file_that_out_names_and_the_given_one_stays(tmp_path: Path) -> None:
    shown = facts_asked(tmp_path, "--out", "新.yaml")
    assert (tmp_path / "firm.yaml").read_text(encoding="utf-8") == FACTS
    assert "proposal_day: 2026-10-05" in (tmp_path / "新.yaml").read_text(encoding="utf-8")
    assert "接着填写：contractgen papers record --profile 新.yaml" in shown
    assert sorted(one.name for one in tmp_path.iterdir()) == ["firm.yaml", "新.yaml"]


def test_facts_asked_for_go_into_the_given_file_beside_a_copy_of_it_as_it_was(tmp_path: Path) -> None:
    shown = facts_asked(tmp_path)
    assert "proposal_day: 2026-10-05" in (tmp_path / "firm.yaml").read_text(encoding="utf-8")
    assert (tmp_path / "firm.yaml.bak").read_text(encoding="utf-8") == FACTS
    assert "原来的文件在 firm.yaml.bak" in shown
    assert "接着填写：contractgen papers record --profile firm.yaml" in shown


def test_facts_are_not_asked_for_where_out_names_a_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "firm.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "新.yaml").write_text("旧", encoding="utf-8")
    code, shown = talk(tmp_path, ["papers", "record", "--profile", "firm.yaml", "--out", "新.yaml"], [])
    assert code == 2 and "文件已经存在，没有覆盖：新.yaml" in shown
    assert (tmp_path / "新.yaml").read_text(encoding="utf-8") == "旧"
