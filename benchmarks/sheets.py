"""The certificates that are measured: the product's ways, the naive loop, Chromium and Typst, with the same words."""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks import fresh, typst_page
from benchmarks.ornament import heavy
from documents.papers import CertificatePaper, VerificationMark
from documents.services import render_certificates as certificates
from documents.services.codes import ALPHABET
from documents.services.render_engine import FAMILY, fill, font_path, quiet_collector
from documents.services.render_ornament import stand_in_emblem
from tests.factories import documents as make

POSTS = (
    "Kiểm sát viên cao cấp", "Kiểm sát viên trung cấp", "Kiểm sát viên sơ cấp", "Kiểm tra viên chính", "Trưởng phòng",
    "Phó Trưởng phòng", "Chánh Văn phòng", "Kế toán viên", "Chuyên viên chính", "Văn thư viên trung cấp",
)  # fmt: skip
UNITS = (
    "Viện kiểm sát nhân dân tối cao", "Viện kiểm sát nhân dân tỉnh Quảng Ngãi", "Trường Đại học Kiểm sát Hà Nội",
    "Viện kiểm sát nhân dân thành phố Hồ Chí Minh", "Viện kiểm sát nhân dân khu vực 3 - Đắk Lắk", "Cục Điều tra",
    "Cục Thống kê tội phạm và Công nghệ thông tin", "Phòng 9, Viện kiểm sát nhân dân thành phố Hải Phòng",
)  # fmt: skip
MERITS = (
    "Đã có thành tích xuất sắc trong công tác, góp phần hoàn thành nhiệm vụ chính trị của ngành Kiểm sát nhân dân.",
    "Đã có thành tích xuất sắc trong thực hành quyền công tố, kiểm sát hoạt động tư pháp giai đoạn 2021 - 2025.",
    "Đã có nhiều đóng góp trong phong trào thi đua “Đoàn kết, trách nhiệm, kỷ cương, liêm chính, hiệu quả”.",
)
#: One in so many is a collective whose name needs a smaller size: the engine lays that sheet out.
LONG_EVERY = 200
LONG = (
    "Tập thể Phòng Thực hành quyền công tố và kiểm sát điều tra án hình sự về trật tự xã hội, Viện kiểm sát nhân dân {}"
)


def paper(first: int, count: int) -> CertificatePaper:
    """Certificates number `first` and on."""
    return make.certificate_paper(tuple(_line(number) for number in range(first, first + count)))


def naive(count: int, ornament: bool = True) -> dict[str, Any]:
    """One call of WeasyPrint for each certificate, everything in one HTML, as one would write it at first."""
    weasyprint, size = import_module("weasyprint"), 0
    with tempfile.TemporaryDirectory() as folder:
        # The fonts are installed: a naive program has none to load for each document.
        settings = Path(folder, "fonts.conf")
        settings.write_text(f"<fontconfig><dir>{font_path('tinos-bold').parent}</dir></fontconfig>", encoding="utf-8")
        with patch.dict(os.environ, FONTCONFIG_FILE=str(settings)):
            for html in _documents(count, ornament):
                size = len(weasyprint.HTML(string=html).write_pdf())
    return {"bytes": size}


def batches(first: int, count: int, folder: str = "", stamped: bool = False, step: int = 100) -> dict[str, Any]:
    """The product's parts: laid out, or stamped. Kept in `folder`, and what the process held after each tenth."""
    held = []
    with patch.object(certificates, "border", heavy):
        for start in range(first, first + count, step):
            part = paper(start, min(step, first + count - start))
            with quiet_collector(young=True):
                piece = certificates.lay_out_batch(part, stamped=stamped)
            Path(folder, f"{start:06}").write_bytes(piece) if folder else None
            held.append(fresh.resident())
    return {"resident": held}


def bound(folder: str) -> dict[str, Any]:
    """The pieces of a folder as one file, read one by one."""
    with patch.object(certificates, "border", heavy):
        joint = certificates.bind(paper(0, 1), _Pieces(folder))
    Path(folder, "joint.pdf").write_bytes(joint)
    return {"bytes": len(joint)}


def alone(folder: str) -> dict[str, Any]:
    """One recipient's page cut out of the joint file."""
    return {"bytes": len(certificates.one_sheet(Path(folder, "joint.pdf").read_bytes(), 0))}


def whole(first: int, count: int, stamped: bool, step: int) -> dict[str, Any]:
    """Parts and merge in one process."""
    with tempfile.TemporaryDirectory() as folder:
        batches(first, count, folder, stamped, step)
        return bound(folder)


def chromium(count: int) -> dict[str, Any]:
    """Print-to-PDF of a warm Chromium: one document each, then all in one."""
    with import_module("playwright.sync_api").sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        single = list(_documents(10, ornament=True, fonts=True))
        _print(page, folder, single[0])
        one = [_clock(partial(_print, page, folder, html))[0] for html in single[1:]]
        together, size = _clock(partial(_print, page, folder, "".join(_documents(count, ornament=True, fonts=True))))
        browser.close()
    return {"one": sorted(one)[len(one) // 2], "each": together / count, "bytes": size / count}


def typst(count: int) -> dict[str, Any]:
    """Typst on the same boxes and the same ornament: one document each, then all in one."""
    engine = import_module("typst")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "nen.svg").write_text(heavy(297, 210), encoding="utf-8")
        fonts = [str(font_path("tinos-regular").parent)]
        page = Path(folder, "a.typ")

        def compiled(source: str) -> int:
            page.write_text(source, encoding="utf-8")
            return len(engine.compile(str(page), font_paths=fonts))

        sources = [typst_page.source(paper(number, 1)) for number in range(6)]
        compiled(sources[0])
        one = [_clock(partial(compiled, source))[0] for source in sources[1:]]
        together, size = _clock(partial(compiled, typst_page.source(paper(0, count))))
    return {"one": sorted(one)[len(one) // 2], "each": together / count, "bytes": size / count}


class _Pieces:
    """The pieces of a folder in their order, one in memory at a time."""

    def __init__(self, folder: str) -> None:
        self.paths = sorted(path for path in Path(folder).iterdir() if path.suffix != ".pdf")

    def __iter__(self) -> Iterator[bytes]:
        return (path.read_bytes() for path in self.paths)


def _line(number: int) -> Any:
    code = "".join(ALPHABET[(number * 7919 + place * 104729 + number // 31 ** (place % 4)) % 31] for place in range(26))
    mark = VerificationMark(f"https://thidua.example/xm/{code}/", f"{code[:4]}-{code[4:8]}-{code[8:12]}")
    name = LONG.format(number) if number % LONG_EVERY == LONG_EVERY - 1 else f"Đồng chí {make.person_name(number)}"
    return make.certificate_line(
        number,
        name=name,
        detail=f"{POSTS[number % 10]}, {UNITS[number % 8]}",
        achievement=MERITS[number % 3],
        mark=mark,
    )


def _documents(count: int, ornament: bool, fonts: bool = False) -> Iterator[str]:
    """Whole documents of one certificate each; without the ornament, without QR code and emblem too."""
    faces = _faces() if fonts else ""
    for number in range(count):
        one = paper(number, 1)
        art = {"border": heavy(297, 210)} if ornament else {}
        ground = fill(
            "certificate_face.html", face=one.face, words=certificates.face_words(one.face, one.placed), **art
        )
        words = fill("certificate.html", paper=one, sheets=[certificates.fitted(one, one.lines[0])])
        words = words.partition('<section class="sheet">')[2].partition("</section>")[0]
        css = certificates.css_of(one.placed).replace(FAMILY, "Tinos")
        picture = f'<p class="emblem">{stand_in_emblem()}</p>' if ornament else ""
        ground = picture.join(_without_picture(ground)).replace("</section>", f"{words}</section>")
        yield ground.replace("</head>", f"<style>{faces}{css}.emblem svg{{width:22mm;height:22mm}}</style></head>")


def _without_picture(html: str) -> tuple[str, str]:
    before, _, rest = html.partition('<p class="emblem">')
    return before, rest.partition("</p>")[2]


def _faces() -> str:
    faces = {
        "regular": (400, "normal"),
        "italic": (400, "italic"),
        "bold": (700, "normal"),
        "bolditalic": (700, "italic"),
    }
    return "".join(
        f"@font-face{{font-family:Tinos;font-weight:{weight};font-style:{style};src:url({font_path(f'tinos-{name}').as_uri()})}}"
        for name, (weight, style) in faces.items()
    )


def _print(page: Any, folder: str, html: str) -> int:
    place = Path(folder, "a.html")
    place.write_text(html, encoding="utf-8")
    page.goto(place.as_uri())
    return len(page.pdf(prefer_css_page_size=True, print_background=True))


def _clock(work: Callable[[], int]) -> tuple[float, int]:
    began = time.perf_counter()
    answer = work()
    return time.perf_counter() - began, answer
