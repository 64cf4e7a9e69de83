"""What all tests share: a cache folder of their own, the same examples in every run, and no skips in CI."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

TOP = Path(__file__).resolve().parent.parent

# kept between runs: parsed law and clauses, the font subset
os.environ.setdefault("CONTRACTGEN_CACHE", str(TOP / "build" / "test-cache"))

# the examples tell of the autumn of 2026: what is run without --today is run on this day
os.environ["CONTRACTGEN_TODAY"] = "2026-11-26"

hypothesis.settings.register_profile("contractgen", deadline=None, derandomize=True)
hypothesis.settings.load_profile("contractgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--approve``: take the texts of this run as the approved ones; read the difference first."""
    parser.addoption("--approve", action="store_true", help="renew the approved texts of the examples")


MUST_RUN_ALL = bool(os.environ.get("CONTRACTGEN_CI"))
skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped; runs where the reports of all processes come together."""
    if report.skipped and not hasattr(report, "wasxfail"):
        skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remember whole files that were skipped."""
    if report.skipped:
        skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a skipped test is a failed run."""
    if MUST_RUN_ALL and skipped and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why the run failed although no test did."""
    if MUST_RUN_ALL and skipped:
        terminalreporter.section("skipped, which CI does not allow", red=True)
        for name in skipped:
            terminalreporter.line(name)
