"""Certificates: one ornament, one set of fonts, each sheet with its own words in its own place."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from documents.papers import Picture, Stock
from documents.services import render, render_certificates
from documents.services.render_certificates import misfits, one_sheet
from documents.services.render_engine import ForeignAsset, MissingGlyph
from documents.services.render_sheets import unpacked
from documents.services.uploads_emblem import SVG
from tests.documents.reading import read
from tests.factories import documents as make

pytestmark = pytest.mark.once

ORDER = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "VIỆN TRƯỞNG VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO",
    "TẶNG", "BẰNG KHEN", "Đồng chí Nguyễn Văn An", "Kiểm sát viên trung cấp", "Đã có thành tích",
]  # fmt: skip
RED = pytest.approx((0.702, 0.071, 0.114), abs=0.01)


@pytest.fixture(scope="module")
def pdf():
    lines = tuple(make.certificate_line(n, mark=make.MARK) for n in range(3))
    return render.render_pdf(make.certificate_paper(lines))


def test_the_sheet_is_a4_landscape(pdf):
    assert read(pdf).sizes == [(pytest.approx(297, abs=0.5), pytest.approx(210, abs=0.5))] * 3


def test_the_lines_stand_in_the_order_of_the_law_centred(pdf):
    runs = [next(run for run in read(pdf).on(1) if run.text.startswith(text)) for text in ORDER]
    assert [run.y for run in runs] == sorted(run.y for run in runs)
    assert [run.middle for run in runs] == [pytest.approx(297 / 2, abs=0.8)] * len(runs)


def test_decider_and_award_are_bold_red_capitals_and_the_rest_of_the_head_bold_black(pdf):
    reading = read(pdf)
    for text in (ORDER[2], ORDER[4]):
        run = reading.find(text)
        assert ("Bold" in run.face, run.colour) == (True, RED)
    for text in (ORDER[0], ORDER[1], ORDER[3]):
        run = reading.find(text)
        assert ("Bold" in run.face, run.colour) == (True, (0.0, 0.0, 0.0))


def test_decision_and_ordinal_stand_below_left_and_place_and_signer_below_right(pdf):
    reading = read(pdf)
    for text in ("Quyết định số", "Số sổ vàng: 1"):
        run = reading.find(text)
        assert (run.face, run.right < 297 / 2, run.y > 140) == ("Tinos-Giay-Bold-Italic", True, True)
    for text in ("Hà Nội, ngày", "KT. VIỆN TRƯỞNG", "Trần Văn Mẫu"):
        run = reading.find(text)
        assert (run.x > 297 / 2, run.y > 140) == (True, True)
    assert reading.find("Trần Văn Mẫu").y - reading.find("PHÓ VIỆN TRƯỞNG").y > 20  # room to sign


def test_every_sheet_of_a_long_file_can_be_cut_out_and_the_file_is_sound():
    """More pages than one branch of the page tree holds."""
    count = 300
    lines = tuple(make.certificate_line(n) for n in range(count))
    joint = render.render_pdf(make.certificate_paper(lines))
    with pikepdf.open(BytesIO(joint)) as opened:
        assert opened.check_pdf_syntax() == []
        assert len(opened.pages) == count
        assert len(opened.Root.Pages.Kids) == 3
    for place in (0, 127, 128, 255, 299):
        assert read(one_sheet(joint, place)).find(make.person_name(place)).page == 1


def test_the_same_sheets_give_the_same_bytes_however_they_were_cut_into_pieces():
    lines = tuple(make.certificate_line(n, mark=make.MARK) for n in range(12))
    paper = make.certificate_paper(lines)
    whole = render_certificates.bind(paper, [render_certificates.lay_out_batch(paper)])
    halves = [render_certificates.lay_out_batch(replace(paper, lines=half)) for half in (lines[:5], lines[5:])]
    assert render_certificates.bind(paper, halves) == whole


def test_each_sheet_has_its_own_name_and_ordinal(pdf):
    reading = read(pdf)
    for page in (1, 2, 3):
        texts = [run.text for run in reading.on(page)]
        assert f"Số sổ vàng: {page}" in texts
        assert f"Đồng chí {make.person_name(page - 1)}" in texts


def test_the_ornament_and_the_fonts_are_in_the_file_once(pdf):
    with pikepdf.open(BytesIO(pdf)) as opened:
        faces = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
        forms = {page.Resources.XObject.Nen.objgen for page in opened.pages}
    assert (len(faces), len(forms)) == (4, 1)


def test_a_further_sheet_costs_little():
    sizes = [
        len(
            render.render_pdf(
                make.certificate_paper(tuple(make.certificate_line(n, mark=make.MARK) for n in range(count)))
            )
        )
        for count in (10, 110)
    ]
    assert sizes[0] < 220 * 1024
    assert (sizes[1] - sizes[0]) / 100 < 1.5 * 1024


def test_one_recipient_can_be_cut_out_alone(pdf):
    single = one_sheet(pdf, 1)
    reading = read(single)
    assert len(reading.sizes) == 1
    assert reading.find(f"Đồng chí {make.person_name(1)}").page == 1
    assert len(single) < 220 * 1024


def test_the_qr_code_is_on_the_sheet_with_its_typed_code(pdf):
    assert read(pdf).find("Mã tra cứu: 7H4M-QX47-BK26").y > 180
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert opened.pages[0].Contents.read_bytes().count(b"/IM true") == 1


def test_letters_outside_the_usual_set_are_printed_as_they_are():
    reading = read(render.render_pdf(make.certificate_paper((make.certificate_line(0, name="Ông Škvorecký Łódź"),))))
    assert reading.find("Ông Škvorecký Łódź").width > 20


def test_a_letter_that_no_face_has_stops_the_batch_and_is_never_printed_wrong():
    with pytest.raises(MissingGlyph, match="không có chữ “山”"):
        render.render_pdf(make.certificate_paper((make.certificate_line(0, name="Ông Yamada 山"),)))


def test_sheets_whose_letters_are_not_in_the_shared_fonts_are_refused():
    """A piece that does not tell all its letters: their glyphs would have no width here."""
    paper = make.certificate_paper((make.certificate_line(0, name="Škvorecký"),))
    silent = replace(unpacked(render_certificates.lay_out_batch(paper)), letters="a").packed()
    with pytest.raises(MissingGlyph):
        render_certificates.bind(paper, [silent])


def test_widths_of_shared_fonts_are_those_of_the_text():
    """A letter without width would take a whole em; names would run apart (seen only on the picture)."""
    line = make.certificate_line(0, name="Ông Nguyễn Ẩn Ước Ỷ")
    paper = make.certificate_paper((line,))
    alone = read(render_certificates.laid_out(paper, [render_certificates.fitted(paper, line)]))
    bound = read(render.render_pdf(make.certificate_paper((line,))))
    name = "Ông Nguyễn Ẩn Ước Ỷ"
    assert bound.find(name).width == pytest.approx(alone.find(name).width, abs=0.05)


def test_lines_too_long_are_named_by_place_and_the_others_can_still_be_made():
    lines = (make.certificate_line(0), make.certificate_line(1, name="Rất dài " * 40), make.certificate_line(2))
    ((place, says),) = misfits(make.certificate_paper(lines))
    assert place == 1
    assert says.startswith("Họ tên, tên đơn vị dài quá ô in")


def test_a_title_of_honour_has_its_flags():
    plain = render.render_pdf(make.certificate_paper())
    flags = render.render_pdf(make.certificate_paper(face=make.certificate_face(flags=True)))
    assert len(flags) > len(plain)


def test_the_emblem_says_that_it_is_an_illustration_until_the_office_brings_its_own():
    disc = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
    own = Picture(SVG, disc)
    stand_in = read(render.render_pdf(make.certificate_paper()))
    real = read(render.render_pdf(make.certificate_paper(face=make.certificate_face(emblem=own))))
    assert stand_in.find("(hình minh họa)").size < 7
    assert not any("minh họa" in run.text for run in real.runs)


def test_an_emblem_that_reaches_outside_is_refused():
    bad = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd" width="9" height="9"/></svg>'
    with pytest.raises(ForeignAsset):
        render.render_pdf(make.certificate_paper(face=make.certificate_face(emblem=Picture(SVG, bad))))


def test_an_emblem_that_is_a_picture_stands_once_in_the_file_of_all_sheets():
    out = BytesIO()
    Image.effect_noise((400, 400), 90).convert("RGBA").save(out, "PNG")
    face = make.certificate_face(emblem=Picture("image/png", out.getvalue()))
    lines = tuple(make.certificate_line(number) for number in range(40))
    with pikepdf.open(BytesIO(render.render_pdf(make.certificate_paper(lines, face=face)))) as joint:
        pictures = [o for o in joint.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        colours = [picture for picture in pictures if picture.get("/ColorSpace") == "/DeviceRGB"]
        assert len(joint.pages) == 40
        assert len(colours) == 1
        # PDF/A forbids it: what a viewer guesses between two points is no part of the paper.
        assert not any(bool(picture.get("/Interpolate", False)) for picture in pictures)


def test_larger_stock_scales_the_whole_design():
    small = read(render.render_pdf(make.certificate_paper())).find("BẰNG KHEN")
    large = read(render.render_pdf(make.certificate_paper(stock=Stock(width=400, height=300))))
    assert large.sizes == [(pytest.approx(400, abs=0.5), pytest.approx(300, abs=0.5))]
    assert large.find("BẰNG KHEN").size / small.size == pytest.approx(400 / 297, abs=0.01)
    assert large.find("BẰNG KHEN").middle == pytest.approx(200, abs=1)


def test_a_draft_of_a_certificate_says_so():
    assert read(render.render_pdf(make.certificate_paper(draft=True))).find("DỰ THẢO").page == 1
