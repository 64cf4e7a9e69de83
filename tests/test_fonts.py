"""Fonts: which Chinese faces there are, and the small copies that the PDF is made with."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from contractgen.findings import MissingToolError, Severity
from contractgen.formats import fonts, pdf


def test_each_face_is_a_file_that_holds_chinese() -> None:
    faces = fonts.chinese_faces()
    assert faces
    for face in faces:
        assert face.style in fonts.STYLES
        font = TTFont(face.file, fontNumber=face.index, lazy=True)
        assert {ord("女"), ord("职"), ord("工")} <= set(font.getBestCmap())


def test_a_small_copy_keeps_the_common_characters_and_their_shapes() -> None:
    face = next(face for face in fonts.chinese_faces() if face.style == "Noto 宋体")
    small = TTFont(io.BytesIO(fonts.cut(Path(face.file), face.index, fonts.common_characters())))
    full = TTFont(face.file, fontNumber=face.index, lazy=True)
    wanted = set(fonts.common_characters()) & set(full.getBestCmap())
    assert wanted <= set(small.getBestCmap())
    for character in "女，“—98":
        widths = [font["hmtx"][font.getBestCmap()[ord(character)]][0] for font in (small, full)]
        assert widths[0] == widths[1]


def test_common_characters_hold_gb2312_and_the_rare_characters_of_names() -> None:
    points = set(fonts.common_characters())
    assert len([p for p in points if "\u4e00" <= chr(p) <= "\u9fff"]) > 6763
    assert {ord(c) for c in "啊齄，。“”—…（）〔〕《》①喆堃祎珺玥镕昇垚＿"} <= points


def test_the_copy_in_the_cache_is_used_and_a_lost_cache_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTRACTGEN_CACHE", str(tmp_path / "cache"))
    first = fonts.small_faces()
    files = sorted((tmp_path / "cache").glob("font-*.otf"))
    assert len(files) == len(first) > 0
    files[0].write_bytes(b"marked")
    assert b"marked" in [face.data for face in fonts.small_faces()]
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CONTRACTGEN_CACHE", str(tmp_path / "file" / "cache"))
    assert fonts.small_faces() == first


def test_this_machine_has_what_a_pdf_needs() -> None:
    assert fonts.check() == ()


def test_no_chinese_face_is_an_error_with_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_installed", list)
    fonts.chinese_faces.cache_clear()
    try:
        (finding,) = fonts.check()
    finally:
        fonts.chinese_faces.cache_clear()
    assert finding.severity is Severity.ERROR
    assert "fonts-noto-cjk" in finding.hint


def test_a_missing_subsetter_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_harfbuzz", lambda: None)
    (finding,) = fonts.check()
    assert finding.severity is Severity.WARNING
    assert "libharfbuzz-subset0" in finding.hint


def test_a_weasyprint_too_old_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint

    monkeypatch.setattr(weasyprint, "__version__", "57.2")
    with pytest.raises(MissingToolError, match=r"WeasyPrint 57\.2 太旧") as caught:
        pdf.require_weasyprint()
    assert "63" in caught.value.hint
    (finding,) = fonts.check()
    assert finding.rule == "pdf-tool"


@pytest.mark.parametrize(("fault", "words"), [("ImportError", "pip install"), ("OSError", "libpango")])
def test_without_weasyprint_or_pango_the_message_says_what_to_install(
    tmp_path: Path, fault: str, words: str
) -> None:
    """A weasyprint that fails as the real one does, English advice on stdout included."""
    (tmp_path / "weasyprint.py").write_text(
        f"print('could not import some external libraries')\nraise {fault}('x')\n"
    )
    source = Path(__file__).resolve().parents[1] / "src"
    script = (
        f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(source)!r}]\n"
        "from contractgen.findings import MissingToolError\n"
        "from contractgen.document import Document\n"
        "from contractgen.formats.pdf import write_pdf\n"
        "try:\n    write_pdf(Document('题'))\n"
        "except MissingToolError as fault:\n    print(ascii(fault.message), fault.hint.encode('unicode_escape').decode())\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("'\\u6ca1\\u6709\\u5b89\\u88c5")  # 没有安装
    assert words in done.stdout
    assert "external libraries" not in done.stdout


def test_the_formats_room_loads_no_heavy_library_by_itself() -> None:
    source = Path(__file__).resolve().parents[1] / "src"
    script = (
        f"import sys; sys.path.insert(0, {str(source)!r})\n"
        "import contractgen.formats, contractgen.formats.text, contractgen.formats.html, contractgen.formats.fonts\n"
        "print(sorted({'weasyprint', 'jinja2', 'lxml', 'docx', 'docxtpl', 'pydyf'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
