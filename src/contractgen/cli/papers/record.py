"""``contractgen papers record``: facts of signed papers into the profile."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contractgen.cli import _report
from contractgen.cli._clock import TodayOption, today
from contractgen.cli._options import ProfileOption
from contractgen.cli.init import Interview

if TYPE_CHECKING:
    from contractgen.profile import Profile

HELP = """把签好的文书上的日期、人数、票数填回企业情况表
用 --set 逐项写入；不写 --set 的，在终端里逐项提问。写入以前核对：票数多于到会人数、日期先后颠倒、还没有到的日期都不接受。
原来的文件另存一份（.bak），注释和次序都不变；或者用 --out 写到另一个文件。"""
EXAMPLES = (
    "contractgen papers record --profile firm.yaml --set bargaining.submission_day=2026-12-03 --today 2026-12-10",
    "contractgen papers record --profile firm.yaml --set bargaining.congress.present=58 --out 新.yaml --force",
)


MEETINGS = "bargaining.meetings"


def record(
    profile: ProfileOption,
    facts: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="位置=内容", help="要写入的一项；可以写多次。位置见文书清单的最后一张表"
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="文件", help="写到另一个文件，原来的不动", readable=False),
    ] = None,
    day: TodayOption = None,
    force: Annotated[bool, typer.Option("--force", help="改掉已经填了的内容；覆盖 --out 的同名文件")] = False,
) -> int:
    """Write the facts, or ask for them."""
    now = today(day)
    if force and out is not None and out.resolve() == profile.resolve():
        out = None  # a copy is kept, as where no other file is named
    if not facts:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            return _list(profile)
        return _asked(_Facts(profile, now, out, force=force))
    from contractgen.papers import record_facts

    recorded = record_facts(profile, facts, today=now, out=out, replace=force)
    if recorded.findings:
        _report.print_findings(recorded.findings, sys.stderr)
    for one in recorded.facts:
        _report.say(f"{one.title}：{one.before or '没有填'} → {one.now}（{one.path}）")
    _report.show(str(recorded.file))
    if recorded.backup is not None:
        _report.say(f"原来的文件在 {recorded.backup}")
    return _report.exit_code(recorded.findings)


def _asked(facts: _Facts) -> int:
    """Ask on a terminal."""
    code = facts.run()
    if facts.backup is not None:
        _report.say(f"原来的文件在 {facts.backup}")
    return code


def _list(profile: Path) -> int:
    """Without a terminal: what is not told yet, one line for each."""
    from contractgen.papers import open_facts
    from contractgen.profile import field_title

    rows = [(path, field_title(path)) for path in open_facts(profile)]
    if rows:
        _report.show_table(rows)
    _report.say(f"还有 {len(rows)} 项没有填。写入：--set 位置=内容")
    return _report.FINE


class _Facts(Interview):
    """Questions for the facts that the papers bring back."""

    def __init__(self, file: Path, now: datetime.date, out: Path | None = None, *, force: bool) -> None:
        super().__init__(file)
        self.now = now
        self.out, self.force = out, force
        self.backup: Path | None = None

    def command(self) -> str:
        """What asks on where it was left."""
        return f"contractgen papers record --profile {self.file}"

    def _begin(self) -> None:
        """Where another file is named, the answers go into a copy."""
        if self.out is not None:
            from contractgen.files import read_bytes, write_new

            write_new(self.out, read_bytes(self.file), force=self.force)
            self.file = self.out

    def _save(self, text: str) -> None:
        """Before the first answer, the file as it was is kept beside it."""
        if self.out is None and self.backup is None:
            from contractgen.files import read_bytes, write_new
            from contractgen.papers import backup_of

            self.backup = backup_of(self.file)
            write_new(self.backup, read_bytes(self.file))
        super()._save(text)

    def objection(self, path: str, typed: str) -> str:
        """A day that has not come is no fact."""
        from contractgen.papers import future

        return future(path, typed, self.now)

    def _talk(self) -> None:
        self._ask_all(self._open)
        while self._choose("还有没有记下的协商会议吗？", {"有": True, "没有": False}):
            self._meeting()

    def _meeting(self) -> None:
        """One more meeting, with what is asked of each."""
        from contractgen.profile import add_item

        number = len(self._read()[0].bargaining.meetings)
        self._save(add_item(self._text(), MEETINGS, {}))
        for name in ("day", "place", "minutes_signed", "notice_day"):
            self._ask(f"{MEETINGS}.{number}.{name}")

    def _open(self, _: Profile) -> tuple[str, ...]:
        from contractgen.papers import open_facts
        from contractgen.profile import field_at

        return tuple(path for path in open_facts(self.file) if field_at(path).kind != "list")
