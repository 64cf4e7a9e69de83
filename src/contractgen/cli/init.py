"""``contractgen init``: a profile, asked for on a terminal or written as a form to fill in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from contractgen.cli import _report

if TYPE_CHECKING:
    from contractgen.files import Loaded
    from contractgen.findings import Finding
    from contractgen.profile import Profile

HELP = """新建企业情况表：在终端里逐项提问；不在终端里运行时写出一份带说明的空表
已经有的文件接着问还没有填的内容，不改动已填的内容。随时可以按 Ctrl-C 离开，答过的都已保存。"""
EXAMPLES = ("contractgen init firm.yaml",)

LATER = "以后再填"
KEYS = "（上下键选择，回车确定）"


def init(
    file: Annotated[
        Path, typer.Argument(metavar="文件", help="要新建或者接着填写的企业情况表", readable=False)
    ],
    force: Annotated[bool, typer.Option("--force", help="覆盖同名文件，从头开始")] = False,
) -> int:
    """Ask on a terminal, else write the form; say what to do next."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if not terminal:
        _write_form(file, force)
        _report.show(str(file))
        _report.say(f"请在编辑器中打开填写，再运行：contractgen check {file}")
        return _report.FINE
    if not file.exists() or (force and _may_discard(file)):
        _write_form(file, force)
    return Interview(file).run()


def _may_discard(file: Path) -> bool:
    import questionary

    keep, discard = "保留，接着填写", "丢掉，从头开始"
    question = questionary.select(
        f"{file} 里已填的内容怎么办？", choices=[keep, discard], qmark="", instruction=KEYS
    )
    return bool(question.unsafe_ask() == discard)


def _write_form(file: Path, force: bool) -> None:
    """The form, and beside it the schema to which its first line points editors."""
    from contractgen.files import write_new
    from contractgen.findings import OutputError
    from contractgen.profile import SCHEMA_NAME, blank_profile, is_our_schema, schema_bytes

    if file.exists() and not force:
        raise OutputError(
            f"{file} 已经存在，没有改动", hint="在终端里运行可以接着填写；要从头开始请加 --force"
        )
    write_new(file, blank_profile(file.name).encode(), force=force)
    beside = file.with_name(SCHEMA_NAME)
    if not beside.exists() or is_our_schema(beside):
        write_new(beside, schema_bytes(), force=True)
        _report.say(f"旁边的 {SCHEMA_NAME} 供 VS Code 等编辑器提示和核对，可以删除，不影响使用。")
    else:
        _report.say(f"旁边已有别的 {SCHEMA_NAME}，没有改动；编辑器的提示可能不准。")


class Interview:
    """Questions whose answers go into the file one by one."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.put_off: set[str] = set()
        self._has_union = True

    def command(self) -> str:
        """What asks on where it was left."""
        return f"contractgen init {self.file}"

    def run(self) -> int:
        """Ask until everything is answered, put off, or interrupted."""
        from contractgen.findings import has_errors
        from contractgen.profile import load_profile

        findings = load_profile(self.file)[1]
        if has_errors(findings):
            _report.print_findings(findings, sys.stderr)
            _report.say(f"请先在编辑器中改正，再运行：{self.command()}")
            return _report.FOUND
        self._begin()
        _report.say(f"答案随时存入 {self.file}。不知道的直接按回车，以后再填；按 Ctrl-C 离开，下次接着问。")
        try:
            self._talk()
        except (KeyboardInterrupt, EOFError):
            _report.say(f"\n已保存到 {self.file}。接着填写：{self.command()}")
            return _report.FINE
        _report.say(f"已保存到 {self.file}。下一步：contractgen check {self.file}")
        return _report.FINE

    def _begin(self) -> None:
        """What happens before the first question."""

    def _talk(self) -> None:
        from contractgen.profile import bargaining_questions

        self._has_union = self._union()
        self._ask_all(self._at_the_start)
        self._hazardous_posts()
        self._more_representatives()
        started = {"现在填写": True, LATER: False}
        if bargaining_questions(self._read()[0]) and self._choose(
            "协商已经开始，现在填写协商过程吗？", started
        ):
            self._ask_all(bargaining_questions)

    def _at_the_start(self, profile: Profile) -> tuple[str, ...]:
        from contractgen.profile import open_questions

        return open_questions(profile, has_union=self._has_union)

    def objection(self, path: str, typed: str) -> str:
        """Why an answer cannot be right, beside what its form and the other answers say; '' where it can."""
        return ""

    # ---------------------------------------------------------------- the file

    def _text(self) -> str:
        from contractgen.files import read_text

        return read_text(self.file)

    def _read(self) -> tuple[Profile, tuple[Finding, ...], Loaded]:
        from contractgen.profile import load_profile

        profile, findings, loaded = load_profile(self.file, salvage=True)
        assert profile is not None
        return profile, findings, loaded

    def _save(self, text: str) -> None:
        from contractgen.files import write_new

        lines = b"\r\n" if b"\r\n" in self.file.read_bytes() else b"\n"
        write_new(self.file, text.encode().replace(b"\n", lines), force=True)

    # ---------------------------------------------------------------- questions

    def _ask_all(self, questions: Callable[[Profile], tuple[str, ...]]) -> None:
        """Ask what ``questions`` finds open in the file, anew after each answer."""
        while paths := [path for path in questions(self._read()[0]) if path not in self.put_off]:
            self._ask(paths[0])

    def _ask(self, path: str) -> None:
        from contractgen.profile import field_at, put

        def write(text: str, answer: Any) -> str:
            return put(text, path, answer)

        field = field_at(path)
        self._explain(path)
        answer: Any
        if path == "agreement.place":
            answer = self._choose("选哪里？", _places())
        elif field.choices:
            answer = self._choose("选哪一个？", {title: code for code, title in field.choices.items()})
        elif field.kind == "yes":
            answer = self._choose("是不是？", {"是": True, "否": False})
        else:
            answer = self._type(path, write)
        if answer is None:
            self.put_off.add(path)
        else:
            self._save(write(self._text(), answer))

    def _explain(self, path: str) -> None:
        from contractgen.profile import field_help, field_title

        _report.say(f"\n{field_title(path)}\n  {field_help(path)}")

    def _type(self, path: str, write: Callable[[str, Any], str]) -> Any:
        """A typed answer that the checks accept; None where the person passes."""
        import questionary

        from contractgen.profile import is_to_fill, parse_answer, refusal

        def judge(typed: str) -> bool | str:
            if not typed.strip() or is_to_fill(typed):
                return True
            answer = parse_answer(path, typed)
            return (
                self.objection(path, typed)
                or refusal(self._text(), lambda text: write(text, answer), path)
                or True
            )

        question = questionary.text("请填写：", qmark="", validate=judge, validate_while_typing=False)
        typed = str(question.unsafe_ask())
        return None if not typed.strip() or is_to_fill(typed) else parse_answer(path, typed)

    def _choose(self, message: str, options: Mapping[str, Any]) -> Any:
        """One of the options; None where the person passes."""
        import questionary

        titles = [*options] if LATER in options else [*options, LATER]
        question = questionary.select(message, choices=titles, qmark="", instruction=KEYS)
        return options.get(question.unsafe_ask())

    # ---------------------------------------------------------------- what is more than one answer

    def _union(self) -> bool:
        union = self._read()[0].union
        if union.name is not None or not union.exists:
            return union.exists
        return self._choose("本单位有自己的工会吗？", {"有": True, "没有": False}) is not False

    def _hazardous_posts(self) -> None:
        from contractgen.profile import add_item, put_empty_list

        posts = "workforce.hazardous_posts"
        data = self._read()[2].data or {}
        if isinstance((data.get("workforce") or {}).get("hazardous_posts"), list):
            return
        self._explain(posts)
        wish = self._choose("有这样的岗位吗？", {"有": True, "没有": False})
        if wish is False:
            self._save(put_empty_list(self._text(), posts))
        while wish:
            path = f"{posts}.{len(self._read()[0].workforce.hazardous_posts)}.post"

            def write(text: str, answer: Any) -> str:
                return add_item(text, posts, {"post": answer})

            self._explain(path)
            answer = self._type(path, write)
            if answer is None:
                return
            self._save(write(self._text(), answer))
            self._ask_all(self._at_the_start)
            wish = self._choose("还有别的岗位吗？", {"还有": True, "没有了": False})

    def _more_representatives(self) -> None:
        from contractgen.profile import SIDES, add_item

        sides = {f"增加一名{title}代表": side for side, title in SIDES.items()}
        while side := self._choose("还要增加协商代表吗？", {**sides, "不增加": None}):
            self._save(add_item(self._text(), "bargaining.representatives", {"side": side}))
            self._ask_all(self._at_the_start)


def _places() -> dict[str, Any]:
    """Where the clause texts were read against the law."""
    from contractgen.law import load_law

    law = load_law()
    return {law.title(place): place for place in law.places if law.texts_reviewed(place)}
