"""Stamped sheets are those of the layout engine: the same picture, the same text, the same glyphs."""

import re
import shutil
import subprocess
import unicodedata
import zlib
from io import BytesIO

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from documents.papers import Picture, Stock
from documents.services import render_certificates as certificates
from documents.services.render_sheets import unpacked
from documents.services.render_stamp import Needs, stamp, written
from tests.documents import hostile
from tests.factories import documents as make

pytestmark = pytest.mark.once

VOWELS = "aăâeêioôơuưy"
#: Every vowel with every tone, small and capital, and both forms of d.
MARKED = [
    unicodedata.normalize("NFC", case(vowel + tone))
    for vowel in VOWELS
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    for case in (str.lower, str.upper)
]
ALPHABET = "".join([*MARKED, "đĐ", *"bcdghklmnpqrstvxBCDGHKLMNPQRSTVX"])
LONG_NAME = (
    "Tập thể Phòng Thực hành quyền công tố, kiểm sát điều tra, kiểm sát xét xử sơ thẩm án hình sự về trật tự xã hội, "
    "Viện kiểm sát nhân dân thành phố Hồ Chí Minh"
)
NAMES = [
    "Đồng chí Nguyễn Văn An", "NGUYỄN THỊ BÍCH NGỌC", "Ông Ẩn Ước Ỷ Ễ Ợ Ằ Ẵ Ữ", LONG_NAME, "Bà Tô AV Ta To Yê - “Việt”",
    *(f"Ông {''.join(MARKED[start : start + 12])}" for start in range(0, len(MARKED), 12)),
    "Ông Škvorecký Łódź", "Đội ПП", unicodedata.normalize("NFD", "Bà Trần Thị Hoài Thương Ế"),
]  # fmt: skip
DETAILS = ["Kiểm sát viên trung cấp, Viện kiểm sát nhân dân tỉnh Phú Thọ", "", "KIỂM TRA VIÊN CHÍNH"]
ACHIEVEMENTS = [
    "Đã có thành tích xuất sắc trong công tác.",
    "Đã có thành tích xuất sắc trong thực hành quyền công tố, kiểm sát hoạt động tư pháp và đấu tranh phòng, chống "
    "tội phạm giai đoạn 2021 - 2025.",
]


def sheets(count: int = len(NAMES)):
    return make.certificate_paper(
        tuple(
            make.certificate_line(
                number, name=NAMES[number % len(NAMES)], detail=DETAILS[number % 3], mark=make.MARK,
                achievement=ACHIEVEMENTS[number % 2],
            )
            for number in range(count)
        )
    )  # fmt: skip


@pytest.fixture(scope="module")
def both():
    """The same paper stamped, and laid out sheet by sheet."""
    paper = sheets()
    return [certificates.bind(paper, [certificates.lay_out_batch(paper, stamped=stamped)]) for stamped in (True, False)]


def drawn(pdf: bytes, folder) -> list[bytes]:
    if shutil.which("pdftoppm") is None:
        pytest.skip("poppler draws the pictures")
    (folder / "a.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "120", folder / "a.pdf", folder / "page"], check=True)
    return [path.read_bytes() for path in sorted(folder.glob("page-*.ppm"))]


def text(pdf: bytes, folder) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler reads the text")
    (folder / "a.pdf").write_bytes(pdf)
    return subprocess.run(["pdftotext", folder / "a.pdf", "-"], check=True, capture_output=True, text=True).stdout


def test_each_page_is_the_same_to_the_last_pixel(both, tmp_path):
    pictures = []
    for number, pdf in enumerate(both):
        (tmp_path / str(number)).mkdir()
        pictures.append(drawn(pdf, tmp_path / str(number)))
    assert len(pictures[0]) == len(NAMES)
    assert [mine == theirs for mine, theirs in zip(*pictures, strict=True)] == [True] * len(NAMES)
    assert len(set(pictures[0])) == len(NAMES)


def test_the_text_reads_the_same_and_composed(both, tmp_path):
    stamped, laid = (text(pdf, tmp_path) for pdf in both)
    assert stamped == laid
    assert unicodedata.is_normalized("NFC", stamped)
    assert "Bà Trần Thị Hoài Thương Ế" in stamped
    assert all(letter in stamped for letter in MARKED)


def test_what_is_stamped_is_most_and_what_is_handed_back_is_what_does_not_fit_or_is_not_plain():
    paper = sheets()
    fitted = [certificates.fitted(paper, line) for line in paper.lines]
    done = stamp(fitted, lambda some: certificates.laid_out(paper, some), Needs())
    assert {NAMES[place] for place, one in enumerate(done) if one is None} == {LONG_NAME, "Đội ПП"}


def test_an_engine_that_writes_otherwise_than_expected_gets_every_sheet_back():
    """Letters set apart: what HarfBuzz says alone is not what the engine draws."""
    paper = sheets(4)
    fitted = [certificates.fitted(paper, line) for line in paper.lines]

    def spaced(some):
        css = certificates.css_of(paper.placed) + ".name{letter-spacing:1mm}"
        return certificates.lay_out(certificates.fill("certificate.html", paper=paper, sheets=some), css=css)

    assert stamp(fitted, spaced, Needs()) == [None] * 4


def test_larger_stock_is_stamped_alike():
    paper = make.certificate_paper(sheets(4).lines, stock=Stock(width=400, height=300))
    streams = [unpacked(certificates.lay_out_batch(paper, stamped=stamped)).contents for stamped in (True, False)]
    mine, theirs = ([_plain(content) for content in some] for some in streams)
    assert mine == theirs


words = st.lists(st.text(ALPHABET, min_size=1, max_size=7), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(words, min_size=20, max_size=20))
def test_any_name_is_written_glyph_for_glyph_as_the_engine_writes_it(names):
    paper = make.certificate_paper(tuple(make.certificate_line(n, name=f"Bà {name}") for n, name in enumerate(names)))
    streams = [unpacked(certificates.lay_out_batch(paper, stamped=stamped)).contents for stamped in (True, False)]
    mine, theirs = ([_plain(content) for content in some] for some in streams)
    assert mine == theirs


@pytest.mark.parametrize("text", ["12", "Hai  dấu cách", "שלום", "A\N{COMBINING LONG SOLIDUS OVERLAY}", "Đội ПП", ""])
def test_words_that_need_more_than_plain_shaping_are_not_stamped(text):
    assert written(text, "tinos-bold", 36380) is None


def _plain(content: bytes) -> bytes:
    """Without the kerning of nothing that the engine writes, and with places to a ten-thousandth of a pixel."""
    stream = re.sub(rb">0<|>0(?=\])", lambda found: b">" if found[0].endswith(b"0") else b"", zlib.decompress(content))
    return re.sub(rb"(?<=1 0 0 -1 )\d+\.\d+", lambda found: b"%.4f" % float(found[0]), stream)


def test_the_file_of_stamped_sheets_is_sound(both):
    for pdf in both:
        with pikepdf.open(BytesIO(pdf)) as opened:
            assert opened.check_pdf_syntax() == []


EMBLEMS = {
    "the office's drawing": Picture(
        "image/svg+xml",
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><linearGradient id="g">'
        b'<stop stop-color="#fc0"/><stop offset="1" stop-color="#b3121d"/></linearGradient></defs>'
        b'<circle cx="4.5" cy="4.5" r="4" fill="url(#g)"/></svg>',
    ),
    "the office's picture": Picture("image/png", hostile.picture("PNG", (300, 300))),
}  # fmt: skip


@pytest.mark.parametrize("emblem", EMBLEMS.values(), ids=EMBLEMS.keys())
def test_an_emblem_of_the_office_looks_the_same_stamped_and_laid_out(emblem, tmp_path):
    paper = make.certificate_paper(sheets(4).lines, face=make.certificate_face(emblem=emblem, flags=True))
    plain = make.certificate_paper(sheets(4).lines, face=make.certificate_face(flags=True))
    pictures = []
    for number, (one, stamped) in enumerate(((paper, True), (paper, False), (plain, True))):
        (tmp_path / str(number)).mkdir()
        bound = certificates.bind(one, [certificates.lay_out_batch(one, stamped=stamped)])
        pictures.append(drawn(bound, tmp_path / str(number)))
    assert pictures[0] == pictures[1]
    assert all(mine != stand_in for mine, stand_in in zip(pictures[0], pictures[2], strict=True))


@pytest.mark.parametrize("resolution", ["72", "90", "110", "200"])
def test_colours_of_an_emblem_that_run_into_each_other_are_drawn_at_any_resolution(resolution, tmp_path):
    if shutil.which("pdftoppm") is None:
        pytest.skip("poppler draws the pictures")
    face = make.certificate_face(emblem=EMBLEMS["the office's drawing"])
    paper = make.certificate_paper((make.certificate_line(),), face=face)
    (tmp_path / "a.pdf").write_bytes(certificates.bind(paper, [certificates.lay_out_batch(paper)]))
    subprocess.run(["pdftoppm", "-r", resolution, "-singlefile", tmp_path / "a.pdf", tmp_path / "a"], check=True)
    spot = paper.placed.emblem
    middle = (spot.x + spot.size / 2, spot.y + spot.size / 2)
    with Image.open(tmp_path / "a.ppm") as page:
        red, _, blue = page.getpixel(tuple(int(mm / 25.4 * int(resolution)) for mm in middle))
    assert red > 150 > blue
