"""Old Word, OpenDocument, RTF and WPS files through LibreOffice, where it is installed: each becomes a Word file first."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from contractgen.files import unreadable
from contractgen.findings import MissingToolError

SECONDS = 120
KINDS = {"doc": "老式 Word 文件（.doc）", "odt": "OpenDocument 文件（.odt）", "rtf": "RTF 文件", "wps": "WPS 文件（.wps）",
         "xml": "Word 的 XML 文件"}  # fmt: skip
QUIETLY = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx")
PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
RESAVE = "请在 Word 或 WPS 中打开，另存为 .docx 后再试"


def office_program() -> str | None:
    """LibreOffice's program on this machine."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in PLACES if os.path.isfile(place)), None)


def to_docx(data: bytes, kind: str, name: str, *, seconds: float = SECONDS) -> bytes:
    """A file as LibreOffice saves it as .docx, in a profile of its own, which is thrown away.

    Args:
        data: the file.
        kind: what it is: doc, odt, rtf, wps, xml.
        name: what messages call it.
        seconds: after which it is given up.

    Raises:
        MissingToolError: without LibreOffice.
        InputError: where LibreOffice cannot read the file, or not in time.
    """
    program = office_program()
    if program is None:
        raise MissingToolError(
            f"{name}：读{KINDS[kind]}要用 LibreOffice，这台电脑上没有找到",
            hint=f"{RESAVE}；或者安装 LibreOffice（免费）",
        )
    with tempfile.TemporaryDirectory(prefix="contractgen-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / f"in.{kind}"
        source.write_bytes(data)
        target = Path(folder) / "out"
        command = [program, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", *QUIETLY]
        if not _run([*command, "--outdir", str(target), str(source)], seconds):
            raise unreadable(name, f"LibreOffice 没有在 {seconds:g} 秒内读完这个文件", RESAVE)
        found = target / "in.docx"
        if not found.is_file():
            raise unreadable(
                name, f"LibreOffice 读不出这个{KINDS[kind]}", f"文件可能已经损坏；能打开的，{RESAVE[1:]}"
            )
        return found.read_bytes()


def _run(command: list[str], seconds: float) -> bool:
    """Whether a program came to its end in time; if not, it and all it has started are ended."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=sys.platform != "win32"
    ) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
