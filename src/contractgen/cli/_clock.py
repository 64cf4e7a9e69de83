"""The clock of the program: read here and nowhere else, and only where no day was given."""

from __future__ import annotations

import datetime
import os
from typing import Annotated

import typer

from contractgen.cli._options import read_day

VARIABLE = "CONTRACTGEN_TODAY"
TodayOption = Annotated[
    str | None, typer.Option("--today", metavar="日期", help="把这一天当作今天；不写的，用电脑的日期")
]


def today(option: str | None = None) -> datetime.date:
    """The day of the option, else of the environment, else of the computer."""
    given = read_day(option, "--today") or read_day(os.environ.get(VARIABLE) or None, VARIABLE)
    return given or datetime.datetime.now(tz=datetime.UTC).astimezone().date()
