"""PDF: our writer against plain WeasyPrint with the same content, warm in turns in one process, and cold.

Plain is ``HTML(string=page).write_pdf(pdf_variant=...)``, its own objects for each document, with the page of
``write_html`` as one styles it after reading WeasyPrint's manual: tables laid out by their content, the contents with
``leader(".")``. The same text, tags and look come out. ``ratio_same_style`` leaves our style sheet as it is: what
the writer gains beyond it.
The least processor time of several rounds is taken, so that other work on the machine counts little.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import weasyprint

from bench.bench_docx import sample
from contractgen.document import Document
from contractgen.formats import fonts, pdf
from contractgen.formats.html import write_html

PLAIN_STYLE = {"table-layout: fixed;": "", 'leader("……")': 'leader(".")'}
ROUNDS = 4
COLD_ROUNDS = 2
TARGET = 1.4
TARGET_FULL_FONTS = 1.2


def run(document: Document | None = None) -> dict[str, Any]:
    """Milliseconds, and how many times faster ours is, with and without the small fonts."""
    document = document or sample()
    page = write_html(document)
    plain_page = page
    for ours_is, plain_is in PLAIN_STYLE.items():
        assert ours_is in page
        plain_page = plain_page.replace(ours_is, plain_is)
    small = pdf._prepared()
    with mock.patch.object(fonts, "small_faces", tuple):
        full = pdf._prepared.__wrapped__()

    def ours(prepared: tuple[Any, Any]) -> None:
        with mock.patch.object(pdf, "_prepared", lambda: prepared):
            pdf.write_pdf(document)

    plain, same_style, with_small, with_full = _in_turns(
        lambda: weasyprint.HTML(string=plain_page).write_pdf(pdf_variant=pdf.VARIANT),
        lambda: weasyprint.HTML(string=page).write_pdf(pdf_variant=pdf.VARIANT),
        lambda: ours(small),
        lambda: ours(full),
    )
    return {
        "what": "PDF, warm: write_pdf against plain WeasyPrint with the same content",
        "ours_ms": round(with_small),
        "ours_full_fonts_ms": round(with_full),
        "plain_ms": round(plain),
        "ratio": round(plain / with_small, 2),
        "ratio_full_fonts": round(plain / with_full, 2),
        "ratio_same_style": round(same_style / with_small, 2),
        "target": TARGET,
        "target_full_fonts": TARGET_FULL_FONTS,
    }


def cold(document: Document | None = None) -> dict[str, Any]:
    """A new process that writes the same page: ours against the ``weasyprint`` command."""
    here = Path(__file__).resolve().parent
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(write_html(document or sample()), encoding="utf-8")
        command = [sys.executable, "-m", "weasyprint", "--pdf-variant", pdf.VARIANT, str(page), os.devnull]
        script = "from bench_docx import sample; from contractgen.formats.pdf import write_pdf; write_pdf(sample())"
        plain, ours = _in_turns(
            lambda: subprocess.run(command, check=True, capture_output=True),
            lambda: subprocess.run([sys.executable, "-c", script], check=True, cwd=here, env=paths),
            rounds=COLD_ROUNDS,
            clock=_children,
        )
    return {
        "what": "PDF, cold: a new process, profile read and agreement assembled, against the weasyprint command",
        "ours_ms": round(ours),
        "plain_ms": round(plain),
        "ratio": round(plain / ours, 2),
    }


def _children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _in_turns(
    *jobs: Callable[[], object], rounds: int = ROUNDS, clock: Callable[[], float] = time.process_time
) -> list[float]:
    for job in jobs:
        job()
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, taken in zip(jobs, times, strict=True):
            job()  # whatever the last job left to tidy up is not counted
            for _ in range(2):
                start = clock()
                job()
                taken.append((clock() - start) * 1000)
    return [min(taken) for taken in times]


if __name__ == "__main__":
    warm = run()
    print(warm)
    print(cold())
    sys.exit(warm["ratio"] < TARGET or warm["ratio_full_fonts"] < TARGET_FULL_FONTS)
