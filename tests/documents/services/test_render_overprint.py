"""Words over pre-printed stock, measured in millimetres in the PDF; and the sheets that set up a printer."""

import shutil
import subprocess
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from documents.papers import STANDARD, Correction, Spot, Stock
from documents.services.correction import from_measured, marks
from documents.services.qr import ERROR_LEVEL
from documents.services.qr_batch import MASK
from documents.services.render_calibration import trial_sheet
from documents.services.render_overprint import misfits, overprint
from tests.documents.reading import read
from tests.factories import documents as make

pytestmark = pytest.mark.once
PRINTS = ("name", "detail", "achievement", "decision", "ordinal", "place", "authority", "signer")
TENTH = 0.1
DPI = 600
SHIFTS, SCALES = st.floats(-8, 8), st.floats(0.97, 1.03)
CORRECTIONS = st.builds(Correction, SHIFTS, SHIFTS, SCALES, SCALES, st.floats(-1.5, 1.5))


def paper(*lines, **more):
    lines = lines or (make.certificate_line(0),)
    return make.certificate_paper(lines, stock=Stock(360, 270), **more)


def runs_of(correction=None, **more):
    return read(overprint(paper(**more), prints=PRINTS, correction=correction))


def test_the_page_is_as_large_as_the_stock():
    assert runs_of().sizes == [(pytest.approx(360, abs=0.2), pytest.approx(270, abs=0.2))]


def test_only_what_the_stock_lacks_is_printed():
    texts = [run.text for run in runs_of().runs]
    assert any("Nguyễn" in text for text in texts)
    assert not any(text in {"BẰNG KHEN", "TẶNG"} or "CỘNG HÒA" in text for text in texts)


def test_there_is_no_picture_no_drawing_and_no_form_in_the_file():
    with pikepdf.open(BytesIO(overprint(paper(), prints=PRINTS))) as opened:
        streams = [o for o in opened.objects if isinstance(o, pikepdf.Stream)]
        assert [s for s in streams if s.get("/Subtype") in ("/Image", "/Form")] == []
        assert all(b" Do" not in page.Contents.read_bytes() for page in opened.pages if "/Contents" in page
                   and isinstance(page.Contents, pikepdf.Stream))  # fmt: skip


def test_each_line_stands_in_the_middle_of_its_box():
    layout = paper().placed
    for name, start in (("name", "Đồng chí"), ("detail", "Kiểm sát viên"), ("place", "Hà Nội, ngày")):
        run, box = runs_of().find(start), layout.by_name[name]
        assert run.middle == pytest.approx(box.x + box.width / 2, abs=TENTH)
        assert box.y < run.y < box.bottom


def test_what_has_several_lines_is_printed_one_below_the_other_inside_its_box():
    signature = replace(make.certificate_paper().face.signature, authority=("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"))
    long = replace(make.certificate_line(0), name=" ".join(["Viện kiểm sát nhân dân khu vực 2 tỉnh Phú Thọ"] * 2))
    given = paper(long)
    read_back = read(overprint(replace(given, face=replace(given.face, signature=signature)), prints=PRINTS))
    first, second = read_back.find("KT. VIỆN TRƯỞNG"), read_back.find("PHÓ VIỆN TRƯỞNG")
    assert (first.text, second.text) == ("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG")
    assert first.y < second.y
    box = given.placed.by_name["name"]
    name = [run for run in read_back.runs if "kiểm sát" in run.text and run.y < box.bottom]
    assert len(name) > 1
    assert all(box.x <= run.x and run.x + run.width <= box.x + box.width for run in name)


def test_a_place_moved_in_the_design_moves_on_paper_by_as_much():
    boxes = tuple((n, replace(b, x=b.x + 7.3, y=b.y - 4.2) if n == "name" else b) for n, b in paper().placed.boxes)
    moved = runs_of(layout=replace(paper().placed, boxes=boxes)).find("Đồng chí")
    plain = runs_of().find("Đồng chí")
    assert (moved.x - plain.x, moved.y - plain.y) == (pytest.approx(7.3, abs=0.01), pytest.approx(-4.2, abs=0.01))


@settings(max_examples=12, deadline=None)
@given(
    st.builds(
        Correction,
        st.floats(-8, 8),
        st.floats(-8, 8),
        st.floats(0.97, 1.03),
        st.floats(0.97, 1.03),
        st.floats(-1.5, 1.5),
    )
)
def test_every_word_goes_where_the_correction_sends_it_within_a_tenth_of_a_millimetre(correction):
    plain, moved = runs_of(), runs_of(correction)
    assert [run.text for run in plain.runs] == [run.text for run in moved.runs]
    for before, after in zip(plain.runs, moved.runs, strict=True):
        assert (after.x, after.y) == pytest.approx(correction.apply(before.x, before.y), abs=TENTH)


def test_a_printer_that_is_off_puts_the_words_right_once_corrected():
    """What comes out of a printer that shifts and turns, computed: within a tenth of where it was meant."""
    printer = Correction(2.1, -1.4, 1.004, 0.997, 0.3)
    measured = [printer.apply(*mark) for mark in marks(360, 270)]
    correction, _ = from_measured(measured, marks(360, 270))
    for before, sent in zip(runs_of().runs, runs_of(correction).runs, strict=True):
        assert printer.apply(sent.x, sent.y) == pytest.approx((before.x, before.y), abs=TENTH)


def test_words_too_long_are_named_with_the_cure_before_anything_is_printed():
    lines = (make.certificate_line(0), make.certificate_line(1, name="Rất dài " * 40), make.certificate_line(2))
    ((place, says),) = misfits(paper(*lines), PRINTS)
    assert place == 1
    assert "dài quá ô in" in says
    assert "rút gọn" in says


def test_a_box_that_is_not_printed_cannot_be_too_small():
    lines = (make.certificate_line(0, achievement="Rất dài " * 90),)
    assert misfits(paper(*lines), ("name",)) == []


def test_the_trial_sheet_has_true_rulers_and_says_where_its_marks_are():
    reading = read(trial_sheet(297, 210))
    assert reading.sizes == [(pytest.approx(297, abs=0.5), pytest.approx(210, abs=0.5))]
    for mm in (100, 200):
        digits = [run for run in reading.runs if abs(run.y - 19) < 0.1 and abs(run.middle - mm) < 4]
        assert "".join(run.text for run in digits) == str(mm)
        assert (digits[0].x + digits[-1].right) / 2 == pytest.approx(mm, abs=0.1)


@pytest.mark.parametrize(("width", "height"), [(297, 210), (360, 270), (400, 300)])
def test_the_marks_to_measure_stand_where_the_sheet_says(width, height):
    reading = read(trial_sheet(width, height))
    crosses = [(each.x, (each.y + each.bottom) / 2) for each in reading.strokes if each.bottom - each.y == near(12)]
    assert sorted(crosses) == [(near(x), near(y)) for x, y in sorted(marks(width, height))]


def near(value):
    return pytest.approx(value, abs=TENTH)


def test_the_check_sheet_is_moved_as_the_print_is():
    correction = Correction(2.5, -1.5, 1.01, 0.99, 0.5)
    plain, moved = read(trial_sheet(297, 210)), read(trial_sheet(297, 210, correction=correction))
    pairs = [(a, b) for a, b in zip(plain.runs, moved.runs, strict=False) if a.text == b.text][:40]
    assert len(pairs) > 20
    for before, after in pairs:
        assert (after.x, after.y) == pytest.approx(correction.apply(before.x, before.y), abs=TENTH)


def test_the_boxes_of_the_trial_sheet_hold_the_words_of_the_print():
    layout = STANDARD.on(360, 270)
    box, run = layout.by_name["name"], runs_of().find("Đồng chí")
    assert box.x < run.x < run.right < box.right
    assert box.y < run.y < box.bottom


SPOT = Spot("Mã QR", 300.0, 40.0, 22.0)


def coded(correction=None, prints=(*PRINTS, "code")) -> bytes:
    layout = replace(paper().placed, code=SPOT)
    lines = (make.certificate_line(0, mark=make.MARK), make.certificate_line(1))
    return overprint(paper(*lines, layout=layout), prints=prints, correction=correction)


def page_of(pdf: bytes, folder, number: int = 1) -> Image.Image:
    """A page in black and white, 600 points an inch."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("poppler draws the pictures")
    (folder / "a.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(DPI), "-mono", "-f", str(number), "-l", str(number), "-singlefile"]
    subprocess.run([*command, folder / "a.pdf", folder / "a"], check=True)
    with Image.open(folder / "a.pbm") as picture:
        return ImageChops.invert(picture.convert("L"))


def test_the_code_stands_where_the_design_has_it_within_a_tenth_of_a_millimetre(tmp_path):
    side = len(segno.make_qr(make.MARK.url, error=ERROR_LEVEL).matrix)
    module = SPOT.size / (side + 8)
    around = (SPOT.x - 2, SPOT.y - 2, SPOT.x + SPOT.size + 2, SPOT.y + SPOT.size + 2)
    cut = tuple(round(mm / 25.4 * DPI) for mm in around)
    found = [edge * 25.4 / DPI for edge in page_of(coded(), tmp_path).crop(cut).getbbox()]
    near, far = 2 + 4 * module, 2 + (4 + side) * module
    assert found == pytest.approx([near, near, far, far], abs=TENTH)


def test_the_code_reads_module_by_module_as_the_address_at_300_points_an_inch(tmp_path):
    wanted = segno.make_qr(make.MARK.url, error=ERROR_LEVEL, mode="byte", mask=MASK, boost_error=False).matrix
    module = SPOT.size / (len(wanted) + 8)
    page = page_of(coded(), tmp_path).resize((round(360 / 25.4 * 300), round(270 / 25.4 * 300)), Image.Resampling.BOX)

    def is_dark(row: int, column: int) -> bool:
        x, y = SPOT.x + (column + 4.5) * module, SPOT.y + (row + 4.5) * module
        return page.getpixel((int(x / 25.4 * 300), int(y / 25.4 * 300))) > 127

    read_back = [[is_dark(row, column) for column in range(len(wanted))] for row in range(len(wanted))]
    assert read_back == [[bool(bit) for bit in row] for row in wanted]


def test_the_code_goes_where_the_correction_sends_it(tmp_path):
    shift = Correction(3.0, -2.0)
    strip = (round(295 / 25.4 * DPI), 0, round(345 / 25.4 * DPI), 2000)
    plain, moved = (page_of(coded(correction), tmp_path).crop(strip).getbbox() for correction in (None, shift))
    assert [(after - before) * 25.4 / DPI for before, after in zip(plain, moved, strict=True)] == pytest.approx(
        [3, -2, 3, -2], abs=TENTH
    )


def test_without_the_design_saying_so_there_is_no_code_and_without_a_code_no_place_for_one():
    for pdf, pages in ((coded(prints=PRINTS), {0: False, 1: False}), (coded(), {0: True, 1: False})):
        with pikepdf.open(BytesIO(pdf)) as opened:
            for number, has_code in pages.items():
                opened.pages[number].contents_coalesce()
                assert (b"/IM true" in opened.pages[number].Contents.read_bytes()) is has_code
