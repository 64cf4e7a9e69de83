"""The package as a user gets it: a wheel, installed into an empty environment, run from another folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """Run without anything of this checkout in reach; the output, or a failed test with all that was said."""
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, cwd=TOP)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of an environment that holds the wheel and what the lock file names, nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (scripts / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "--requirement", TOP / "requirements.lock", cwd=folder)
    run(*pip, "--no-deps", wheel, cwd=folder)
    return scripts


def test_the_wheel_holds_clauses_law_and_templates(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for source, target in (
        ("clauses", "contractgen/data/clauses"),
        ("templates", "contractgen/data/templates"),
    ):
        for path in (TOP / source).rglob("*"):
            source_of_the_word_file = "shell" in path.parts  # packed into contract.docx
            if path.is_file() and not path.name.startswith((".", "~")) and not source_of_the_word_file:
                assert f"{target}/{path.relative_to(TOP / source).as_posix()}" in names
    assert "contractgen/data/clauses/law/shanghai.yaml" in names
    assert not [
        name for name in names if "/shell/" in name or name.startswith(("tests/", "bench/", "examples/"))
    ]


def test_the_lock_file_satisfies_the_package(installed: Path, tmp_path: Path) -> None:
    assert "No broken requirements" in run(installed / "python", "-m", "pip", "check", cwd=tmp_path)


def test_the_main_job_runs_from_another_folder(installed: Path, tmp_path: Path) -> None:
    shutil.copy(TOP / "examples" / "firm.yaml", tmp_path / "我的企业.yaml")
    out = run(installed / "contractgen", "new", "--profile", "我的企业.yaml", "--out", "合同", cwd=tmp_path)
    files = {path.suffix: path for path in (tmp_path / line for line in out.splitlines())}
    assert files[".docx"].read_bytes()[:2] == b"PK"
    assert files[".pdf"].read_bytes()[:5] == b"%PDF-"
    assert files[".json"].is_file()


def test_the_installed_program_uses_its_own_data(installed: Path, tmp_path: Path) -> None:
    code = "from contractgen.files import data_folder as f; print(f('clauses'), f('templates'), sep='\\n')"
    for line in run(installed / "python", "-c", code, cwd=tmp_path).splitlines():
        assert Path(line).is_relative_to(installed.parent.resolve())
    listed = run(installed / "contractgen", "clauses", "list", cwd=tmp_path).splitlines()
    assert len(listed) > 20
