"""Run every bench_*.py of this folder, each in its own interpreter; a bench prints its ratios and fails below its target.

``python -m bench`` runs them all, ``python -m bench docx`` only bench_docx.py.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(wanted: list[str]) -> int:
    """Run the wanted benches (all without a name); 1 where one missed its target."""
    benches = [path for path in sorted(HERE.glob("bench_*.py")) if not wanted or path.stem[6:] in wanted]
    if not benches:
        print(
            f"no such bench; there are: {', '.join(path.stem[6:] for path in sorted(HERE.glob('bench_*.py')))}"
        )
        return 2
    missed = []
    for path in benches:
        print(f"== {path.stem}", flush=True)
        if subprocess.run(
            [sys.executable, "-m", f"bench.{path.stem}"], cwd=HERE.parent, check=False
        ).returncode:
            missed.append(path.stem)
    print(f"== {len(benches) - len(missed)} of {len(benches)} reached their targets")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
