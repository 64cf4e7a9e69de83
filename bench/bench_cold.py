"""Cold start: one `contractgen new` with Word and PDF against one `weasyprint` command on the same page, in turns.

Each is a process of its own. The processor time of the processes is measured, so that other work on the machine
does not count; parsed law, clauses and fonts are in the cache, as they are from the second run on.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from contractgen.agreement import layout
from contractgen.build import assemble_file
from contractgen.formats.html import write_html

ROUNDS = 5
TARGET = 1.5
FIRM = Path(__file__).resolve().parents[1] / "examples/firm.yaml"


def run() -> dict[str, Any]:
    """Median processor seconds of both commands, and how many times as long ours takes."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        agreement = assemble_file(FIRM).agreement
        assert agreement is not None
        page.write_text(write_html(layout(agreement)), encoding="utf-8")
        ours = [
            sys.executable,
            "-m",
            "contractgen",
            "new",
            "--profile",
            str(FIRM),
            "--out",
            folder,
            "--force",
        ]
        plain = [sys.executable, "-m", "weasyprint", str(page), str(Path(folder) / "plain.pdf")]
        taken: list[list[float]] = [[], []]
        for command in (ours, plain):
            _seconds(command)
        for _ in range(ROUNDS):
            for command, times in zip((ours, plain), taken, strict=True):
                times.append(_seconds(command))
    ours_s, plain_s = (statistics.median(times) for times in taken)
    return {
        "what": "cold: contractgen new (Word and PDF) against the weasyprint command (PDF)",
        "ours_s": round(ours_s, 2),
        "plain_s": round(plain_s, 2),
        "ratio": round(ours_s / plain_s, 2),
        "target": TARGET,
    }


def _seconds(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONUTF8": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    result = run()
    print(
        f"{result['what']}: {result['ours_s']} s against {result['plain_s']} s, {result['ratio']} times (at most {TARGET})"
    )
    sys.exit(result["ratio"] > TARGET)
