"""WeasyPrint behind one door: one set of fonts a process, nothing from disk or network but named assets.

The default fetcher of WeasyPrint embeds local files; ours knows a fixed table (fonts) and the bytes
handed over with the paper (a QR code, an emblem) and stops the rendering at anything else.
"""

import atexit
import gc
import os
import shutil
import tempfile
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from fontTools.ttLib import TTFont

from core.workflow import Told

FONTS = {
    "tinos-regular": ("normal", "normal"),
    "tinos-italic": ("normal", "italic"),
    "tinos-bold": ("bold", "normal"),
    "tinos-bolditalic": ("bold", "italic"),
}
#: Not the font's own name: an older font of that name on the machine must not win.
FAMILY = "Tinos Giay"
FOLDER = "thidua-fonts-"
#: Longest HTML of one part, in characters; 500 rows of a list take about 200,000.
LONGEST_HTML = 4_000_000
MM_PER_PX = 25.4 / 96


@dataclass(frozen=True)
class Spot:
    """The upper left corner of an element: page (from 0), mm from the page's upper left corner."""

    page: int
    x: float
    y: float


class RenderError(Told):
    """The paper cannot be laid out."""


class ForeignAsset(RenderError):
    """The paper names something outside the table of assets."""


class MissingGlyph(RenderError):
    """A letter that the fonts of papers do not have; it would be printed as an empty box."""


class Fetcher:
    """Answers `asset:<name>`; everything else stops the rendering."""

    _fail_on_errors = True  # read by WeasyPrint

    def __init__(self, assets: Mapping[str, tuple[str, bytes]] | None = None) -> None:
        self.assets = dict(assets or {})
        self.refused = ""

    def __call__(self, url: str, headers: object = None) -> Any:
        urls = _native("weasyprint.urls")
        scheme, _, name = url.partition(":")
        if scheme == "asset" and name in self.assets:
            kind, body = self.assets[name]
            return urls.URLFetcherResponse(url, body, {"Content-Type": kind})
        if scheme == "asset" and name in FONTS:
            return urls.URLFetcherResponse(url, font_path(name).read_bytes(), {"Content-Type": "font/ttf"})
        self.refused = f"Không được phép tải “{url[:80]}” vào văn bản."
        raise urls.FatalURLFetchingError(self.refused)


class _Workshop:
    """The fonts and parsed style sheets of one process; loading them takes as long as ten papers."""

    def __init__(self) -> None:
        self.fonts = _native("weasyprint.text.fonts").FontConfiguration()
        vars(self.fonts)["_folder"] = _font_folder()
        self.sheets: dict[str, Any] = {}

    def sheet(self, css: str) -> Any:
        if css not in self.sheets:
            self.sheets[css] = _native("weasyprint").CSS(
                string=_faces() + css, font_config=self.fonts, url_fetcher=Fetcher()
            )
        return self.sheets[css]


_lock = threading.RLock()
_workshops: dict[int, _Workshop] = {}
# While the modules that remove its folder are still there.
atexit.register(_workshops.clear)


def lay_out(
    html: str, *, css: str, assets: Mapping[str, tuple[str, bytes]] | None = None, tagged: bool = False
) -> bytes:
    """PDF of `html`, styled by `css`, allowed to name `assets`; one thread at a time, as Pango asks.

    `tagged` asks for the structure of the paper in tags. Its other marks of PDF/A are added when it is joined:
    the engine's own variant leaves a file of its package open.
    """
    if len(html) > LONGEST_HTML:
        raise RenderError("Văn bản quá dài để dựng trong một lần. Đồng chí chia danh sách thành nhiều phụ lục.")
    text = unicodedata.normalize("NFC", html)
    check_letters(text)
    fetcher = Fetcher(assets)
    with _lock:
        shop = _open()
        document = _native("weasyprint").HTML(string=text, base_url=None, url_fetcher=fetcher)
        try:
            pdf: bytes = document.write_pdf(
                font_config=shop.fonts, stylesheets=[shop.sheet(css)], pdf_tags=tagged
            )  # fmt: skip
        except _native("weasyprint.urls").FatalURLFetchingError as refused:
            raise ForeignAsset(str(refused)) from None
    # While a picture is drawn, WeasyPrint swallows even the fatal error and leaves the picture out.
    if fetcher.refused:
        raise ForeignAsset(fetcher.refused)
    return pdf


def find(html: str, *, css: str, assets: Mapping[str, tuple[str, bytes]] | None = None) -> dict[str, Spot]:
    """Where the elements with an id stand, laid out exactly as `lay_out` would."""
    fetcher = Fetcher(assets)
    with _lock:
        shop = _open()
        document = _native("weasyprint").HTML(
            string=unicodedata.normalize("NFC", html), base_url=None, url_fetcher=fetcher
        )
        try:
            pages = document.render(font_config=shop.fonts, stylesheets=[shop.sheet(css)]).pages
        except _native("weasyprint.urls").FatalURLFetchingError as refused:
            raise ForeignAsset(str(refused)) from None
    return {
        name: Spot(place, corner[0] * MM_PER_PX, corner[1] * MM_PER_PX)
        for place, page in enumerate(pages)
        for name, corner in page.anchors.items()
    }


def fill(template: str, **context: Any) -> str:
    """HTML (or CSS) of a template of papers; it sees no request and no settings, numbers stay as they are."""
    return _templates().get_template(f"documents/{template}").render(Context(context, use_l10n=False))


def font_path(name: str) -> Path:
    """The file of one face."""
    return Path(settings.BASE_DIR) / "static" / "fonts" / "tinos" / f"{name}.ttf"


@contextmanager
def quiet_collector(*, young: bool = False) -> Iterator[None]:
    """No garbage collection inside, one at the end; `young`: only of what was made inside.

    Layouts make millions of short-lived objects; scanning them takes a fifth of the time of a long list,
    and scanning all that a process holds as long as hundreds of stamped sheets.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
        gc.collect(1 if young else 2)


def check_letters(text: str) -> None:
    """Raises MissingGlyph with the sentence for the clerk."""
    strange = "".join(sorted(c for c in set(text) if ord(c) not in _letters() and not c.isspace()))
    if strange:
        raise MissingGlyph(f"Phông chữ của văn bản không có chữ “{strange[:10]}”. Đồng chí kiểm tra lại chữ này.")


@cache
def _letters() -> frozenset[int]:
    """The characters that all four faces have."""
    shared: set[int] | None = None
    for name in FONTS:
        with TTFont(font_path(name)) as font:
            have = set(font.getBestCmap())
        shared = have if shared is None else shared & have
    return frozenset(shared or ())


def _open() -> _Workshop:
    pid = os.getpid()
    if pid not in _workshops:
        for inherited in _workshops.values():
            # Come over a fork: the parent's folder of fonts is not ours to delete when we end.
            vars(inherited.fonts)["_folder"] = None
        _workshops[pid] = _Workshop()
    return _workshops[pid]


@cache
def _native(module: str) -> Any:
    """WeasyPrint, loaded on first use: it brings native libraries that most processes never need."""
    return import_module(module)


def _font_folder() -> Path:
    """A folder of this process for the fonts; those of workers that were ended are swept away."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*-*"):
        owner = folder.name.removeprefix(FOLDER).partition("-")[0]
        if owner.isdecimal() and not _is_running(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _faces() -> str:
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};src:url(asset:{name})}}'
        for name, (weight, style) in FONTS.items()
    )


@cache
def _templates() -> Engine:
    return Engine(dirs=[str(Path(settings.BASE_DIR) / "templates")], autoescape=True)
