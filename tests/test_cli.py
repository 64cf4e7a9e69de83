"""The command line as a newcomer meets it: real processes, Chinese throughout, exit codes that can be relied on."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest

from contractgen.cli import ENTRIES, root
from contractgen.cli._chinese import ITSELF, Group, columns, wrap
from word_files import paragraph, word_file

TOP = Path(__file__).resolve().parent.parent
FIRM = TOP / "examples" / "firm.yaml"
ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands?|error|show this|missing|invalid|try|required)\b", re.I
)


def environment(**changes: str) -> dict[str, str]:
    """This process's environment with the package in reach, without what a tester may have set for Python."""
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))
    }
    return env | {"PYTHONPATH": str(TOP / "src"), "LANG": "C.UTF-8", "COLUMNS": "80"} | changes


def run(
    *arguments: str, cwd: Path = TOP, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "contractgen", *arguments],
        cwd=cwd,
        env=env or environment(),
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=300,
        check=False,
    )


def commands(entries: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and group, as its words."""
    for name, entry in (ENTRIES if entries is None else entries).items():
        yield (*path, name)
        if isinstance(entry, Group):
            yield from commands(entry.entries, (*path, name))


ALL_COMMANDS = [(), *commands()]


def find(words: Sequence[str]) -> tuple[Any, Any]:
    """A command and its context."""
    command: Any = root()
    context = command.context_class(command, info_name="contractgen")
    for word in words:
        command = command.get_command(context, word)
        context = command.context_class(command, info_name=word, parent=context)
    if isinstance(command, Group) and command.default is not None:
        command = command.get_command(context, ITSELF)
        context = command.context_class(command, info_name=ITSELF, parent=context)
    return command, context


def examples(words: Sequence[str]) -> list[list[str]]:
    lines = (find(words)[0].epilog or "").splitlines()
    return [
        shlex.split(line.partition(" > ")[0]) for line in lines
    ]  # run() takes what a shell would redirect


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as the examples suppose it: profiles, a Word template and a form of one's own, a general contract."""
    shutil.copy(FIRM, tmp_path / "firm.yaml")
    shutil.copy(TOP / "templates" / "contract" / "contract.docx", tmp_path / "模板.docx")
    (tmp_path / "送审表.docx").write_bytes(word_file(paragraph("{{ employer.name }}")))
    shutil.copy(TOP / "examples" / "printing-chapter" / "profile.yaml", tmp_path / "专章.yaml")
    shutil.copy(TOP / "examples" / "printing-chapter" / "general.docx", tmp_path / "集体合同.docx")
    return tmp_path


# ------------------------------------------------------------------ help


@pytest.mark.parametrize("words", ALL_COMMANDS, ids=" ".join)
def test_every_help_page_is_chinese_and_ends_with_examples(words: tuple[str, ...]) -> None:
    page = run(*words, "--help")
    assert page.returncode == 0 and page.stderr == ""
    text, _, shown = page.stdout.partition("\n示例：\n")
    assert page.stdout.startswith("用法：contractgen") and shown.strip()
    assert not ENGLISH.search(re.sub(r"--\w+|contractgen( \w+)*", "", text)), text
    assert re.search(r"--help +显示本说明", text)
    described = [line for line in text.splitlines() if line.startswith("  ")]
    assert all(re.search(r"[\u4e00-\u9fff]", line) for line in described), text


@pytest.mark.parametrize("words", ALL_COMMANDS, ids=" ".join)
def test_help_fits_the_terminal(words: tuple[str, ...]) -> None:
    page = run(*words, "--help", env=environment(COLUMNS="72"))
    text = page.stdout.partition("\n示例：\n")[0]
    assert all(columns(line) <= 72 for line in text.splitlines()[1:]), text


@pytest.mark.parametrize("words", ALL_COMMANDS, ids=" ".join)
def test_every_option_and_argument_says_what_it_is_for(words: tuple[str, ...]) -> None:
    command, context = find(words)
    for param in command.get_params(context):
        assert param.help and (param.name == "help" or re.search(r"[\u4e00-\u9fff]", param.help)), param.name
        takes_value = param.param_type_name == "argument" or not param.is_flag
        assert not takes_value or re.search(r"[\u4e00-\u9fff]", param.metavar or ""), param.name


def issue(desk: Path) -> None:
    """A contract, its record here and in an archive, and a list in which it is filed."""
    run("new", "--profile", "firm.yaml", "--out", ".", "--format", "docx", cwd=desk)
    next(desk.glob("*草案.docx")).rename(desk / "合同.docx")
    record = next(desk.glob("*.record.json")).rename(desk / "合同.record.json")
    (desk / "归档").mkdir()
    shutil.copy(record, desk / "归档")
    run("verify", "--add-to", "登记表.csv", record.name, cwd=desk)


def sign(desk: Path) -> None:
    """The record of a contract that was signed, and the firm's facts of an amendment."""
    run("new", "--profile", "firm.yaml", "--out", ".", "--format", "md", "--final", cwd=desk)
    next(desk.glob("*.record.json")).rename(desk / "合同-定稿.record.json")
    shutil.copy(FIRM.with_name("firm.amendment.yaml"), desk / "新情况.yaml")


@pytest.mark.slow
@pytest.mark.parametrize(
    "example", [example for words in ALL_COMMANDS for example in examples(words)], ids=" ".join
)
def test_every_example_in_a_help_page_works(example: list[str], desk: Path) -> None:
    assert example[0] == "contractgen"
    if example[1] == "init":
        (desk / "firm.yaml").unlink()
    if "--statutes" in example:
        (desk / "法规").mkdir()
        (desk / "法规" / "虚构规定.txt").write_text("虚构规定\n第一条 虚构的一条。\n", "utf-8")
    if "--records" in example:
        (desk / "合同").mkdir()
    if "--from-record" in example or example[1] in ("verify", "review"):
        issue(desk)
    if example[1] == "merge":
        issue(desk)
        for copy in ("工会改稿.docx", "单位改稿.docx"):
            shutil.copy(desk / "合同.docx", desk / copy)
        edited = docx.Document(str(desk / "工会改稿.docx"))  # two copies that are one file are refused
        next(one for one in edited.paragraphs if "经平等协商" in one.text).add_run("逾期的补发。")
        edited.save(str(desk / "工会改稿.docx"))
    if "--pack" in example:
        run("new", "--profile", "firm.yaml", "--out", ".", "--format", "docx", "--final", cwd=desk)
        next(desk.glob("*.record.json")).rename(desk / "合同.record.json")
    if example[1] in ("amend", "renew"):
        sign(desk)
    if "对方改稿.docx" in example:
        issue(desk)
        (desk / "合同.docx").rename(desk / "对方改稿.docx")
    if "clauses" in example[2:]:  # a library of one's own
        shutil.copytree(TOP / "clauses", desk / "clauses")
    done = run(*example[1:], cwd=desk)
    allowed = (0, 1) if {"--final", "doctor"} & set(example) else (0,)
    assert done.returncode in allowed, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_command_the_page_is_talk_and_nothing_ran() -> None:
    for words in ((), ("clauses",), ("law",), ("template",)):
        done = run(*words)
        assert done.returncode == 2 and done.stdout == ""
        assert "命令：" in done.stderr


def test_the_version_is_printed() -> None:
    assert re.fullmatch(r"contractgen \d+\.\d+\.\d+\n", run("--version").stdout)


def test_a_wrapped_line_keeps_words_whole_and_never_begins_with_a_closing_mark() -> None:
    text = (
        "生成的文件不会覆盖已有的文件，除非加 --force；默认写到当前文件夹（contractgen new --out 可以改）。"
        * 3
    )
    lines = list(wrap(text, 30))
    assert all(columns(line) <= 32 for line in lines)
    assert not [line for line in lines if line[0] in "，。；）"]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all("--force" not in text or "--for" not in line or "--force" in line for line in lines)


# ------------------------------------------------------------------ a mistyped command line


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nwe", "错误：没有 nwe 这个命令，是不是 new？"),
        ("没有这样的命令", "错误：没有 没有这样的命令 这个命令"),
        ("clauses lst", "错误：没有 lst 这个命令，是不是 list？"),
        ("--jsno check", "错误：没有 --jsno 这个选项"),
        ("new --profil firm.yaml", "错误：没有 --profil 这个选项，是不是 --profile？"),
        ("new -x", "错误：没有 -x 这个选项"),
        ("new", "错误：缺少选项：--profile 文件"),
        ("new --profile", "错误：选项 --profile 后面缺少值"),
        ("new --force=yes --profile a.yaml", "错误：选项 --force 后面不能带值"),
        ("new --profile a.yaml b.yaml", "错误：多出了参数：b.yaml"),
        ("explain", "错误：缺少参数：文件"),
        ("check", "错误：缺少参数：文件"),
        ("template check", "错误：缺少参数：文件"),
        ("law show maternity_leave --on 2026-12-01", "错误：缺少选项：--place 地区"),
        ("law show maternity_leave --place shanghai", "错误：缺少选项：--on 日期"),
        ("law show --place shanghai --on 2026-02-30", "错误：--on 的日期“2026-02-30”不对"),
        ("law show --place shanghai --on 20261201", "错误：--on 的日期“20261201”不对"),
        ("law show --place shanghay --on 2026-12-01", "错误：没有地区 shanghay 的法律数据"),
        ("law show --place 北京 --on 2026-12-01", "错误：没有地区 北京 的法律数据"),
        ("clauses show maternity-leave --annotated --place beijing", "别的地区可以写 national"),
        ("law leave --place 上海 --birth 2026-01-10 --infants 200", "像是写错了"),
        ("diff 北京@2022-06-01 上海@2022-06-01", "错误：没有地区 北京 的法律数据"),
        ("law show maternity_leaf --place shanghai --on 2026-12-01", "maternity_leave"),
        ("clauses show maternity-leaf", "错误：没有编号为 maternity-leaf 的条款"),
        ("clauses show maternity-leave@x", "错误：版本应当是数字"),
        ("clauses show maternity-leave@99", "错误：条款 maternity-leave 没有版本 99"),
        ("clauses list --chapter 没有", "错误：没有 没有 这一章"),
    ],
)
def test_a_mistyped_command_line_is_explained_in_chinese(line: str, message: str) -> None:
    done = run(*line.split())
    assert done.returncode == 2
    assert done.stdout == ""
    assert message in done.stderr
    assert not ENGLISH.search(re.sub(r"--\w+|contractgen( \w+)*|\w+_\w+", "", done.stderr)), done.stderr
    assert "Traceback" not in done.stderr


def test_a_wording_is_filled_for_a_place_and_day_on_which_it_holds() -> None:
    """Shanghai alone has this leave; its law was last read on a day inside the life of the wording."""
    shown = run("clauses", "show", "antenatal-leave@2", "--annotated").stdout
    assert "数字（上海市，2" in shown and "9999" not in shown
    assert "《上海市妇女权益保障条例》第四十五条第五款" in shown and "没有施行中的规定" not in shown
    past = run("clauses", "show", "antenatal-leave@1", "--annotated").stdout
    assert "依据（上海市，20" in past and "没有施行中的规定" not in past


# ------------------------------------------------------------------ files that cannot be used


@pytest.mark.parametrize(
    "command", [("new", "--profile"), ("check",), ("explain",), ("template", "check")], ids=" ".join
)
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "没有这个文件"),
        (lambda path: path.mkdir(), "文件夹"),
        (lambda path: path.write_bytes(b"\x00\x01\x02"), ""),
        (lambda path: path.write_bytes(b""), ""),
    ],
    ids=["missing", "folder", "binary", "empty"],
)
def test_a_file_that_cannot_be_used_is_refused_in_chinese(
    command: tuple[str, ...], make: Any, message: str, tmp_path: Path
) -> None:
    make(tmp_path / "给定的文件")
    done = run(*command, "给定的文件", cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert "错误：" in done.stderr + done.stdout and message in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) in ([], ["给定的文件"])


def test_a_format_that_does_not_exist_is_refused(desk: Path) -> None:
    done = run("new", "--profile", "firm.yaml", "--out", "out", "--format", "doc", cwd=desk)
    assert done.returncode == 2 and "docx" in done.stderr and not (desk / "out").exists()


# ------------------------------------------------------------------ the main job


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--json",), "--json 只用于 --list"),
        (("--record", "合同.record.json"), "--record 只用于 --pack"),
        (("--list", "--only", "proposal"), "--only 只用于生成文书"),
        (("--pack", "报送.zip"), "缺少选项：--record 文件"),
    ],
)
def test_an_option_of_papers_that_would_do_nothing_is_refused(
    desk: Path, options: tuple[str, ...], message: str
) -> None:
    done = run("papers", "--profile", "firm.yaml", *options, cwd=desk)
    assert done.returncode == 2 and message in done.stderr
    assert not list(desk.glob("0*"))


def test_new_prints_files_on_stdout_and_talk_on_stderr(desk: Path) -> None:
    done = run("new", "--profile", "firm.yaml", "--out", "out", "--format", "docx，md", cwd=desk)
    assert done.returncode == 0, done.stderr
    files = [desk / line for line in done.stdout.splitlines()]
    assert sorted(path.suffix for path in files) == [".docx", ".json", ".md"]
    assert all(path.is_file() for path in files) and len(list((desk / "out").iterdir())) == 3
    assert re.search(r"错误 0，警告 \d+，提示 \d+", done.stderr)


def test_where_no_pdf_can_be_made_the_word_file_is(desk: Path) -> None:
    (desk / "weasyprint.py").write_text("raise OSError('cannot load library pango')\n", "utf-8")
    env = environment(PYTHONPATH=f"{desk}{os.pathsep}{TOP / 'src'}")
    done = run("new", "--profile", "firm.yaml", "--out", "out", cwd=desk, env=env)
    assert done.returncode == 0, done.stderr
    assert sorted(path.suffix for path in (desk / "out").iterdir()) == [".docx", ".json"]
    assert "不能生成 PDF（Word 文件不受影响）" in done.stderr and "可以：" in done.stderr
    asked = run("new", "--profile", "firm.yaml", "--format", "docx,pdf", "--out", "two", cwd=desk, env=env)
    assert asked.returncode == 2 and len(list((desk / "two").iterdir())) == 2
    alone = run("new", "--profile", "firm.yaml", "--format", "pdf", "--out", "three", cwd=desk, env=env)
    assert alone.returncode == 2 and not (desk / "three").exists()


@pytest.mark.parametrize(
    "job",
    [
        ("papers", "--profile", "firm.yaml", "--only", "proposal", "--out", "made"),
        ("papers", "--profile", "firm.yaml", "--record", "RECORD", "--pack", "made"),
        ("amend", "--record", "RECORD", "--profile", "new.yaml", "--out", "made"),
        ("renew", "--record", "RECORD", "--on", "2029-12-01", "--out", "made"),
    ],
    ids=lambda job: " ".join(one for one in job if one in ("papers", "--pack", "amend", "renew")),
)
def test_other_commands_make_the_word_file_too_where_no_pdf_can_be_made(
    desk: Path, job: tuple[str, ...]
) -> None:
    new = ("new", "--profile", "firm.yaml", "--final", "--format", "docx", "--out", "signed")
    assert run(*new, cwd=desk).returncode == 0
    (record,) = (desk / "signed").glob("*.record.json")
    (desk / "new.yaml").write_bytes((TOP / "examples/firm.amendment.yaml").read_bytes())
    (desk / "weasyprint.py").write_text("raise OSError('cannot load library pango')\n", "utf-8")
    env = environment(PYTHONPATH=f"{desk}{os.pathsep}{TOP / 'src'}")
    job = tuple(one.replace("RECORD", str(record)) for one in job)
    done = run(*job, cwd=desk, env=env)
    assert done.returncode in (0, 1) and "不能生成 PDF（Word 文件不受影响）" in done.stderr
    made = {path.suffix for path in (desk / "made").iterdir()}
    assert ".docx" in made and ".pdf" not in made
    assert run(*job, "--format", "docx,pdf", "--force", cwd=desk, env=env).returncode == 2


def test_new_never_overwrites_without_force(desk: Path) -> None:
    job = ("new", "--profile", "firm.yaml", "--out", "out", "--format", "md")
    first = run(*job, cwd=desk)
    written = {path: path.read_bytes() for path in (desk / "out").iterdir()}
    assert first.returncode == 0
    again = run(*job, cwd=desk)
    assert again.returncode == 2 and "--force" in again.stderr and again.stdout == ""
    assert {path: path.read_bytes() for path in (desk / "out").iterdir()} == written
    assert run(*job, "--force", cwd=desk).returncode == 0
    assert {path: path.read_bytes() for path in (desk / "out").iterdir()} == written


def test_check_exits_with_1_on_errors_and_0_without(desk: Path) -> None:
    fine = run("check", "firm.yaml", cwd=desk)
    assert fine.returncode == 0 and re.search(r"^错误 0，", fine.stdout, re.M), fine.stdout
    text = (desk / "firm.yaml").read_text("utf-8")
    broken = re.sub(r"(?m)^  credit_code: .*$", '  credit_code: "123"', text)
    assert broken != text
    (desk / "firm.yaml").write_text(broken, "utf-8")
    bad = run("check", "firm.yaml", cwd=desk)
    assert bad.returncode == 1
    assert re.search(r"^firm\.yaml:\d+:\d+: 错误：", bad.stdout, re.M), bad.stdout


def test_reports_as_json_hold_what_is_printed(desk: Path) -> None:
    report = json.loads(run("check", "firm.yaml", "--json", cwd=desk).stdout)
    assert set(report) == {"findings", "count"} and report["count"]["error"] == 0
    rules = json.loads(run("check", "--list", "--json").stdout)
    assert {"legal-minimum", "term-length"} <= {rule["id"] for rule in rules}
    norm = json.loads(
        run("law", "show", "maternity_leave", "--place", "shanghai", "--on", "2026-12-01", "--json").stdout
    )
    assert norm["key"] == "maternity_leave" and norm["history"] and norm["state"] == "verified"
    clauses = json.loads(run("clauses", "list", "--json").stdout)
    assert len(clauses) > 20
    clause = json.loads(run("clauses", "show", f"{clauses[0]['id']}@1", "--json").stdout)
    assert clause["version"] == 1 and clause["text"]


def test_a_norm_is_shown_with_article_state_and_history() -> None:
    page = run("law", "show", "maternity_leave", "--place", "shanghai", "--on", "2026-12-01").stdout
    assert "依据：《女职工劳动保护特别规定》第七条" in page
    assert "核对：已核对" in page and "历次规定：" in page


def test_the_clauses_of_one_chapter_are_listed_alone() -> None:
    everything, leave = run("clauses", "list").stdout, run("clauses", "list", "--chapter", "leave").stdout
    assert leave and set(leave.split()) < set(everything.split())


def test_explain_shows_one_article_or_all(desk: Path) -> None:
    everything = run("explain", "firm.yaml", cwd=desk)
    assert everything.returncode == 0, everything.stderr
    one = run("explain", "firm.yaml", "第三条", cwd=desk)
    assert one.returncode == 0 and "第三条" in one.stdout
    assert len(one.stdout) < len(everything.stdout) / 5
    assert run("explain", "firm.yaml", "第九百条", cwd=desk).returncode == 2


def test_without_a_law_day_there_is_a_finding_never_today(tmp_path: Path) -> None:
    text = FIRM.read_text("utf-8")
    (tmp_path / "firm.yaml").write_text(re.sub(r"(?m)^  signing_day: .*\n", "", text), "utf-8")
    done = run("check", "firm.yaml", cwd=tmp_path)
    assert done.returncode == 1 and "[law-day]" in done.stdout
    assert run("check", "firm.yaml", "--on", "2026-12-01", cwd=tmp_path).returncode == 0


def test_doctor_names_every_part_and_the_age_of_the_law() -> None:
    done = run("doctor", "--on", "2026-12-01")
    assert done.returncode in (0, 1)
    for part in ("Python", "weasyprint", "Pango|PDF", "LibreOffice", "法律数据（上海市）", "缓存"):
        assert re.search(rf"^(正常|注意|缺少)　({part})：", done.stdout, re.M), part
    assert (done.returncode == 1) == ("缺少　" in done.stdout)
    later = run("doctor", "--on", "2036-12-01").stdout
    assert "注意　法律数据（上海市）" in later and "可以：" in later


@pytest.mark.parametrize(
    ("day", "line"),
    [
        ("2026-12-24", "正常　节假日安排：收录到 2026 年，《国务院办公厅关于2026年部分节假日安排的通知》"),
        ("2026-12-25", "注意　节假日安排：收录到 2026 年，《国务院办公厅关于2026年部分节假日安排的通知》"),
    ],
)
def test_doctor_tells_the_last_year_of_the_calendar_and_when_it_no_longer_answers(
    day: str, line: str
) -> None:
    shown = run("doctor", "--on", day).stdout
    assert line in shown and "据公开报道，待核" in shown.partition("节假日安排：")[2].splitlines()[0]
    assert ("2027年的节假日安排尚未公布或者没有收录" in shown) == line.startswith("注意")


# ------------------------------------------------------------------ consoles


@pytest.fixture(scope="module")
def gbk(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A real zh_CN.GBK locale, made for this test; where that cannot be, Python's standard streams in GBK."""
    folder = tmp_path_factory.mktemp("locale")
    tool = shutil.which("localedef")
    if tool:
        command = [tool, "--no-archive", "--quiet", "-i", "zh_CN", "-f", "GBK", str(folder / "zh_CN.GBK")]
        subprocess.run(command, capture_output=True, check=False)
    if (folder / "zh_CN.GBK" / "LC_CTYPE").is_file():
        return environment(LOCPATH=str(folder), LANG="zh_CN.GBK", LC_ALL="zh_CN.GBK", PYTHONUTF8="0")
    return environment(PYTHONIOENCODING="gbk", PYTHONUTF8="0")


def piped(*arguments: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "contractgen", *arguments], cwd=cwd, env=env, capture_output=True, check=False
    )


def test_piped_output_works_under_a_gbk_locale(gbk: dict[str, str], tmp_path: Path) -> None:
    page = piped("new", "--help", cwd=tmp_path, env=gbk)
    assert page.returncode == 0 and page.stdout.decode("gbk").startswith("用法：contractgen new")
    wrong = piped("nwe", cwd=tmp_path, env=gbk)
    assert wrong.returncode == 2 and "没有 nwe 这个命令" in wrong.stderr.decode("gbk")


def test_characters_that_gbk_lacks_do_not_stop_the_main_job(gbk: dict[str, str], tmp_path: Path) -> None:
    text = FIRM.read_text("utf-8")
    named = re.sub(r"(?m)^(employer:\n(?:  .*\n)*?  name: ).*$", r"\g<1>上海𠮷祥（한）有限公司", text)
    assert "𠮷" in named
    (tmp_path / "firm.yaml").write_text(named, "utf-8")
    report = piped("check", "firm.yaml", "--json", cwd=tmp_path, env=gbk)
    assert report.returncode == 0 and json.loads(report.stdout.decode("gbk"))["count"]["error"] == 0
    for command in (["explain", "firm.yaml"], ["new", "--profile", "firm.yaml", "--format", "md"]):
        done = piped(*command, cwd=tmp_path, env=gbk)
        assert b"Traceback" not in done.stderr, done.stderr.decode("gbk", "replace")
        assert done.returncode in (0, 2) and done.stdout.decode("gbk") is not None


def test_a_console_that_knows_ascii_only_gets_utf8(tmp_path: Path) -> None:
    env = environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert piped("--help", cwd=tmp_path, env=env).stdout.decode("utf-8").startswith("用法：")


def test_no_color_reaches_a_pipe() -> None:
    assert "\x1b" not in run("nwe").stderr


def test_a_reader_that_goes_away_is_no_fault() -> None:
    command = (
        f"{shlex.quote(sys.executable)} -m contractgen law show --place shanghai --on 2026-12-01 | head -n 1"
    )
    done = subprocess.run(
        ["sh", "-c", command], env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr and "BrokenPipe" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are POSIX")
def test_an_interrupt_is_one_chinese_line(tmp_path: Path) -> None:
    fifo = tmp_path / "firm.yaml"
    os.mkfifo(fifo)  # reading it waits, until we interrupt
    process = subprocess.Popen(
        [sys.executable, "-m", "contractgen", "check", str(fifo)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a background job would ignore it
    )
    with fifo.open("wb"):  # opens when the command has begun to read
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, talk = process.communicate(timeout=60)
    assert process.returncode == 130
    assert talk.strip() == "已中断，没有做完。"


def test_a_fault_of_the_program_keeps_its_traceback(tmp_path: Path) -> None:
    (tmp_path / "contractgen_broken.py").write_text(
        "import sys\n"
        "import contractgen.library\n"
        "def broken(folder=None):\n"
        "    raise RuntimeError('a bug')\n"
        "contractgen.library.load_library = broken\n"
        "from contractgen.cli import main\n"
        "sys.exit(main(['clauses', 'list']))\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(tmp_path / "contractgen_broken.py")],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert (
        "Traceback" in done.stderr and "RuntimeError: a bug" in done.stderr and "程序内部出错" in done.stderr
    )


@pytest.mark.skipif(os.name == "nt", reason="closing a stream in this way is POSIX")
@pytest.mark.parametrize(("rest", "code"), [(">&-", 0), ("2>&-", 0), (">/dev/full", 2)])
def test_a_stream_that_is_closed_or_full_is_no_fault_of_the_program(rest: str, code: int) -> None:
    if rest == ">/dev/full" and not Path("/dev/full").exists():
        pytest.skip("没有 /dev/full，跳过")
    line = f"{shlex.quote(sys.executable)} -m contractgen clauses list {rest}"
    done = subprocess.run(
        line, shell=True, cwd=TOP, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == code and "Traceback" not in done.stderr
    assert code == 0 or "磁盘已满" in done.stderr


def test_a_folder_that_the_system_refuses_is_one_chinese_line(desk: Path) -> None:
    done = run("init", "x" * 300, cwd=desk)
    assert done.returncode == 2 and "名字太长" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("day", ["2026-W49-2", "20261201", "2026-2-30", "２０２６-12-01"])
def test_a_day_is_written_in_one_way(day: str, desk: Path) -> None:
    done = run("check", "firm.yaml", "--on", day, cwd=desk)
    assert done.returncode == 2 and "2026-12-01" in done.stderr


def test_without_proposals_explain_says_so(desk: Path) -> None:
    done = run("explain", "firm.yaml", "--terms", cwd=desk)
    assert (done.returncode, done.stdout) == (0, "") and "没有待双方确认的建议值" in done.stderr
