"""Document to PDF: the page of ``html`` through WeasyPrint, tagged, PDF/A-3, the same bytes for the same fonts.

What costs time once is kept for the process: the parsed style sheet and the font configuration. Fonts are cut
down to common characters first (``fonts.small_faces``); rare characters come from the full face behind it.
"""

from __future__ import annotations

import atexit
import contextlib
import datetime
import gc
import io
import tempfile
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from contractgen.document import Document
from contractgen.findings import MissingToolError
from contractgen.formats import fonts
from contractgen.formats.html import page, style_sheet

OLDEST_WEASYPRINT = 63
VARIANT = "pdf/a-3a"
DEFLATE_LEVEL = 6  # pydyf takes 9: three times slower for half a percent
FIXED_DAY = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)  # no clock: attachments must have a date


def write_pdf(document: Document, *, attachments: Mapping[str, bytes] = {}) -> bytes:
    """The document as a tagged PDF/A-3 file with bookmarks; ``attachments`` are embedded by file name.

    Raises:
        MissingToolError: without WeasyPrint, Pango, a Chinese font, or a glyph for some character.
    """
    weasyprint = require_weasyprint()
    fonts.require_faces()
    with _quiet_collector():
        return _write(weasyprint, document, attachments)


def _write(weasyprint: Any, document: Document, attachments: Mapping[str, bytes]) -> bytes:
    style, configuration = _prepared()
    source = weasyprint.HTML(string=page(document), media_type="print", url_fetcher=_no_request)
    pages = source.render(font_config=configuration, stylesheets=[style])
    written: bytes = pages.write_pdf(
        pdf_variant=VARIANT,
        attachments=[_attachment(weasyprint, name, data) for name, data in sorted(attachments.items())],
        finisher=_finish,
    )
    _refuse_boxes(pages)
    return written


def require_weasyprint() -> Any:
    """The WeasyPrint module, once it is known to work here.

    Raises:
        MissingToolError: with one sentence on what to install.
    """
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints English advice when Pango is missing
            import weasyprint
    except ImportError:
        raise MissingToolError(
            "没有安装 WeasyPrint，不能生成 PDF（Word 文件不受影响）", hint="运行 pip install weasyprint"
        ) from None
    except OSError:
        raise MissingToolError(
            "没有安装 Pango，不能生成 PDF（Word 文件不受影响）",
            hint="Debian、Ubuntu 安装 libpango-1.0-0、libpangoft2-1.0-0 和 libharfbuzz-subset0；"
            "macOS 运行 brew install pango；Windows 安装 MSYS2 后运行 pacman -S mingw-w64-ucrt-x86_64-pango",
        ) from None
    version = str(weasyprint.__version__)
    if int(version.split(".")[0]) < OLDEST_WEASYPRINT:
        raise MissingToolError(
            f"WeasyPrint {version} 太旧，不能生成 PDF（Word 文件不受影响）",
            hint=f"运行 pip install 'weasyprint>={OLDEST_WEASYPRINT}'",
        )
    return weasyprint


@lru_cache(maxsize=1)
def _prepared() -> tuple[Any, Any]:
    """The parsed style sheet and the font configuration it belongs to."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    _list_pages_once()
    configuration = FontConfiguration()
    atexit.register(_prepared.cache_clear)  # it deletes its folder of fonts, which it cannot do any later
    with tempfile.TemporaryDirectory(prefix="contractgen-") as folder:
        faces = "".join(
            _font_face(Path(folder), number, face) for number, face in enumerate(fonts.small_faces())
        )
        CSS(string=faces, font_config=configuration)  # WeasyPrint keeps its own copy of the files
    return CSS(string=style_sheet(), font_config=configuration, url_fetcher=_no_request), configuration


def _list_pages_once() -> None:
    """Keep pydyf from listing all pages anew for every tag: with many pages that is a tenth of the whole time."""
    import pydyf

    listed = pydyf.PDF.page_references
    if not isinstance(listed, property) or listed.fget is None or listed.fget is _page_references:
        return
    _page_references.listed = listed.fget  # type: ignore[attr-defined]
    pydyf.PDF.page_references = property(_page_references)


def _page_references(pdf: Any) -> tuple[bytes, ...]:
    """The references of the pages, kept as long as no page is added."""
    count, references = vars(pdf).get("_references_kept", (0, ()))
    if count != pdf.pages["Count"]:
        references = _page_references.listed(pdf)  # type: ignore[attr-defined]
        pdf._references_kept = (pdf.pages["Count"], references)
    return references  # type: ignore[no-any-return]


def _font_face(folder: Path, number: int, face: fonts.SmallFace) -> str:
    path = folder / f"{number}.otf"
    path.write_bytes(face.data)
    weight = "bold" if face.bold else "normal"
    return (
        f'@font-face {{ font-family: "{face.family}"; font-weight: {weight}; src: url("{path.as_uri()}") }}\n'
    )


def _no_request(url: str) -> Any:
    """The page is complete in itself; whatever asks for more does not get it."""
    raise ValueError(f"a page asks for nothing from outside: {url}")


_no_request._fail_on_errors = False  # type: ignore[attr-defined]  # WeasyPrint looks for it


def _attachment(weasyprint: Any, name: str, data: bytes) -> Any:
    return weasyprint.Attachment(
        file_obj=io.BytesIO(data), name=name, created=FIXED_DAY, modified=FIXED_DAY, relationship="Data"
    )


def _finish(_: Any, pdf: Any) -> None:
    """Show the title instead of the file name and the bookmarks beside the pages; then make every object's bytes.

    pydyf asks each object twice, for the file and for its identifier, and would compress everything twice.
    """
    import pydyf

    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["PageMode"] = "/UseOutlines"
    if "AF" in pdf.catalog:  # WeasyPrint lists each attachment twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    plain, stream = _ready_kinds()
    for position, one in enumerate(pdf.objects):
        if one.free != "f":
            pdf.objects[position] = (stream if isinstance(one, pydyf.Stream) else plain)(one)


@lru_cache(maxsize=1)
def _ready_kinds() -> tuple[Any, Any]:
    """Two kinds of PDF object, plain and stream, that keep the bytes of the object they are made from."""
    import pydyf

    class Ready(pydyf.Object):  # type: ignore[misc]
        data = b""

        def __init__(self, source: Any) -> None:
            super().__init__()
            self.number, self.generation, self.free = source.number, source.generation, source.free
            self.data = source.data

    class ReadyStream(Ready, pydyf.Stream):  # type: ignore[misc]  # a stream may not go into an object stream
        def __init__(self, source: Any) -> None:
            if source.compress and all(isinstance(part, bytes | str) for part in source.stream):
                parts = (part.encode("ascii") if isinstance(part, str) else part for part in source.stream)
                source.stream = [zlib.compress(b"\n".join(parts), DEFLATE_LEVEL)]
                source.extra = {**source.extra, "Filter": "/FlateDecode"}
                source.compress = False
            super().__init__(source)

    return Ready, ReadyStream


def _refuse_boxes(pages: Any) -> None:
    """A name printed as a box is worse than no file."""
    missing = {
        chr(point)
        for font in pages.fonts.values()
        for point in getattr(font, "missing", ())
        if unicodedata.category(chr(point)) not in ("Cc", "Cf", "Zs")
    }
    if missing:
        raise MissingToolError(
            f"这台电脑的字体里没有这些字：{'、'.join(sorted(missing))}，PDF 里会变成方框",
            hint="安装收字更全的字体（例如 fonts-noto-cjk、fonts-noto-cjk-extra），或者改用其他写法",
        )


@contextlib.contextmanager
def _quiet_collector() -> Iterator[None]:
    """Layout makes many objects that live until the end: looking for cycles among them only costs time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
