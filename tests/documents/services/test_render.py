"""Papers measured from their PDF against Nghị định 30/2020/NĐ-CP, Phụ lục I.

Places within 0.5 mm, sizes within 0.25 pt.
"""

import unicodedata
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from documents.papers import Para
from documents.services import render
from documents.services.render_engine import FAMILY
from tests.documents.reading import read
from tests.factories import documents as make

pytestmark = pytest.mark.once

LEFT, RIGHT, TOP, BOTTOM = 30.0, 195.0, 20.0, 277.0
NEAR = 0.5
#: From the top of a capital with its mark down to the baseline, in ems.
ASCENT = 0.891


def mm(points: float) -> float:
    return points * 25.4 / 72


def near(value: float):
    return pytest.approx(value, abs=NEAR)


@pytest.fixture(scope="module")
def decision():
    return read(render.render_pdf(make.decision_paper(annexes=(make.annex(60, 20),), mark=make.MARK)))


@pytest.fixture(scope="module")
def provincial():
    return read(render.render_pdf(make.decision_paper(letterhead=make.provincial_letterhead("QĐ-VKS"))))


def test_every_page_is_a4_upright(decision):
    assert all(size == (near(210), near(297)) for size in decision.sizes)


def test_the_text_stands_between_margins_of_30_15_20_and_20_mm(decision):
    runs = [run for run in decision.runs if run.y > TOP]  # page numbers stand in the margin
    assert min(run.x for run in runs if run.page == 1) == near(LEFT)
    assert max(run.right for run in runs) <= RIGHT + NEAR
    assert min(run.y - ASCENT * mm(run.size) for run in runs) == near(TOP)
    assert max(run.y for run in runs) <= BOTTOM


def test_a_justified_line_ends_at_the_right_margin(decision):
    lines = [run for run in decision.on(1) if run.text.startswith("312 cá nhân")]
    assert [line.x for line in lines] == [near(LEFT)]
    assert lines[0].right == near(RIGHT)


@pytest.mark.parametrize(
    ("text", "sizes", "face"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), "Bold"),  # box 1
        ("Độc lập - Tự do - Hạnh phúc", (13, 14), "Bold"),
        ("TỐI CAO", (12, 13), "Bold"),  # box 2
        ("412/QĐ-VKSTC", (13, 13), ""),  # box 3
        ("Hà Nội, ngày 25 tháng 11 năm 2026", (13, 14), "Italic"),  # box 4
        ("QUYẾT ĐỊNH", (13, 14), "Bold"),  # box 5a
        ("Về việc tặng Bằng khen của Viện trưởng", (13, 14), "Bold"),
        ("Căn cứ Luật Tổ chức Viện kiểm sát nhân dân;", (13, 14), "Italic"),  # box 6
        ("Điều 1.", (13, 14), "Bold"),
        ("Tặng Bằng khen của Viện trưởng", (13, 14), ""),
        ("KT. VIỆN TRƯỞNG", (13, 14), "Bold"),  # box 7a
        ("Trần Văn Mẫu", (13, 14), "Bold"),  # box 7b
        ("Nơi nhận:", (12, 12), "Bold-Italic"),  # box 9b
        ("- Lưu: VT, V16.", (11, 11), ""),
        ("DANH SÁCH CÁ NHÂN ĐƯỢC TẶNG BẰNG KHEN", (13, 14), "Bold"),
        ("(Kèm theo Quyết định", (13, 14), "Italic"),
    ],
)
def test_each_box_has_its_size_and_style(decision, text, sizes, face):
    run = decision.find(text)
    assert sizes[0] - 0.25 <= run.size <= sizes[1] + 0.25
    assert run.face == "-".join([*FAMILY.split(), *face.split("-")]).rstrip("-")


def test_the_superior_body_is_regular_and_above_the_issuing_body(provincial):
    above, own = provincial.find("VIỆN KIỂM SÁT NHÂN DÂN"), provincial.find("TỈNH PHÚ THỌ")
    assert "Bold" not in above.face
    assert "Bold" in own.face
    assert above.y < own.y


def test_body_text_is_black(decision):
    assert {run.colour for run in decision.runs} <= {(0.0,), (0.0, 0.0, 0.0)}


def test_the_motto_stands_centred_under_the_country_with_a_rule_as_long_as_itself(decision):
    country, motto = decision.find("CỘNG HÒA"), decision.find("Độc lập")
    assert motto.middle == near(country.middle)
    assert motto.y > country.y
    rule = next(r for r in decision.rules if motto.y < r.y < motto.y + 5 and r.x == near(motto.x))
    assert rule.width == near(motto.width)


def test_the_rules_under_body_and_summary_are_a_third_to_a_half_of_the_text(decision):
    for last_line, widest in (
        ("TỐI CAO", "VIỆN KIỂM SÁT NHÂN DÂN"),
        ("Viện kiểm sát nhân dân tối cao", "Về việc tặng"),
    ):
        line, text = decision.find(last_line), decision.find(widest)
        rule = next(
            r for r in decision.rules if line.y < r.y < line.y + 5 and abs(r.x + r.width / 2 - text.middle) < NEAR
        )
        assert 1 / 3 <= rule.width / text.width <= 1 / 2


def test_number_and_place_stand_on_one_line_under_their_columns(decision):
    number, place = decision.find("Số: "), decision.find("Hà Nội")
    assert number.y == pytest.approx(place.y, abs=0.01)
    assert number.middle == near(decision.find("TỐI CAO").middle)
    assert place.middle == near(decision.find("CỘNG HÒA").middle)


def test_paragraphs_begin_with_an_indent_of_1_27_cm(decision):
    assert [decision.find(text).x for text in ("Điều 1.", "Căn cứ Luật Tổ chức")] == [near(LEFT + 12.7)] * 2


def test_kind_summary_and_decider_are_centred_on_the_text(decision):
    for text in ("QUYẾT ĐỊNH", "Về việc tặng", "VIỆN TRƯỞNG VIỆN KIỂM SÁT", "QUYẾT ĐỊNH:"):
        assert decision.find(text).middle == near((LEFT + RIGHT) / 2)


def test_recipients_are_flush_left_and_level_with_the_signature(decision):
    label, authority = decision.find("Nơi nhận:"), decision.find("KT. VIỆN TRƯỞNG")
    assert label.x == near(LEFT)
    assert label.y == pytest.approx(authority.y, abs=1.0)
    assert authority.middle == near(decision.find("Trần Văn Mẫu").middle)


def test_page_numbers_are_centred_in_the_top_margin_and_start_anew_in_an_annex(decision):
    numbers = {run.page: run for run in decision.runs if run.y < TOP}
    assert [(page, run.text) for page, run in sorted(numbers.items())] == [(3, "2"), (4, "3"), (5, "4"), (6, "5")]
    for run in numbers.values():
        assert run.size == pytest.approx(13, abs=0.25)
        assert run.middle == near((LEFT + RIGHT) / 2)
        assert run.y - mm(run.size) * 0.66 / 2 == near(TOP / 2)


def test_the_head_of_a_list_is_repeated_on_each_page(decision):
    pages = range(2, len(decision.sizes) + 1)
    assert all(any(run.text == "Họ và tên" for run in decision.on(page)) for page in pages)


@pytest.mark.parametrize("extra", range(6, 14))
def test_the_signature_is_never_alone_on_a_page(extra):
    reading = read(render.render_pdf(make.decision_paper(more_text=extra)))
    page = reading.find("KT. VIỆN TRƯỞNG").page
    others = [run for run in reading.on(page) if run.y > TOP and run.y < reading.find("KT. VIỆN TRƯỞNG").y]
    assert len(others) >= 2
    assert reading.find("Trần Văn Mẫu").page == reading.find("Nơi nhận:").page == page


@pytest.mark.parametrize(
    "paper",
    [make.submission_paper(), make.registration_paper(), make.minutes_paper(4), make.invitation_paper()],
    ids=["submission", "registration", "minutes", "invitation"],
)
def test_the_other_papers_keep_the_margins_and_the_fonts(paper):
    reading = read(render.render_pdf(paper))
    inside = [run for run in reading.runs if run.y > TOP]
    assert min(run.x for run in inside) == near(LEFT)
    assert max(run.right for run in inside) <= RIGHT + NEAR
    assert {run.face for run in reading.runs} <= {
        f"Tinos-Giay{style}" for style in ("", "-Bold", "-Italic", "-Bold-Italic")
    }


OTHERS = {
    "submission": (make.submission_paper, "TỜ TRÌNH", "Về việc đề nghị", "Phú Thọ, ngày", "07/TTr-VKS", "VIỆN TRƯỞNG"),
    "registration": (
        make.registration_paper,
        "BẢN ĐĂNG KÝ",
        "Các danh hiệu",
        "Phú Thọ, ngày",
        "/ĐK-VKS",
        "VIỆN TRƯỞNG",
    ),
    "minutes": (make.minutes_paper, "BIÊN BẢN", "Kiểm phiếu xét", "Hà Nội, ngày", "03/BB-HĐTĐKT", "CHỦ TRÌ"),
    "invitation": (make.invitation_paper, "GIẤY MỜI", "Họp Hội đồng", "Hà Nội, ngày", "05/GM-HĐTĐKT", "CHỦ TỊCH"),
}


@pytest.mark.parametrize("words", OTHERS.values(), ids=OTHERS.keys())
def test_the_boxes_of_the_other_papers_have_their_sizes_styles_and_places(words):
    make_paper, kind, summary, place, number, post = words
    reading = read(render.render_pdf(make_paper()))
    for text, sizes, face in (
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), "Bold"), ("Độc lập - Tự do", (13, 14), "Bold"),
        (number, (13, 13), ""), (place, (13, 14), "Italic"), (kind, (13, 14), "Bold"), (summary, (13, 14), "Bold"),
        (post, (13, 14), "Bold"), ("Nơi nhận:", (12, 12), "Bold-Italic"), ("- Lưu:", (11, 11), ""),
    ):  # fmt: skip
        run = reading.find(text)
        assert sizes[0] - 0.25 <= run.size <= sizes[1] + 0.25, text
        assert run.face == "-".join([*FAMILY.split(), *face.split("-")]).rstrip("-"), text
    country, motto = reading.find("CỘNG HÒA"), reading.find("Độc lập")
    assert motto.middle == near(country.middle)
    rule = next(r for r in reading.rules if motto.y < r.y < motto.y + 5 and r.x == near(motto.x))
    assert rule.width == near(motto.width)
    assert reading.find(number).y == pytest.approx(reading.find(place).y, abs=0.01)
    for text in (kind, summary):
        assert reading.find(text).middle == near((LEFT + RIGHT) / 2)


@pytest.mark.parametrize("extra", range(24, 30))
def test_the_signature_of_a_proposal_is_never_alone_on_a_page(extra):
    paper = make.submission_paper()
    longer = replace(
        paper, annexes=(), blocks=(*(Para(f"Đoạn thứ {number}.") for number in range(extra)), *paper.blocks)
    )
    reading = read(render.render_pdf(longer))
    page = reading.find("Lê Thị Minh Họa").page
    signature = reading.find("Lê Thị Minh Họa").y
    assert len([run for run in reading.on(page) if TOP < run.y < signature and run.size > 12.5]) >= 3


def test_an_electronic_original_leaves_out_the_line_that_refers_to_the_decision():
    original = make.annex(3)
    without = read(render.render_pdf(replace(original, reference="")))
    assert any("Kèm theo" in run.text for run in read(render.render_pdf(original)).runs)
    assert not any("Kèm theo" in run.text for run in without.runs)


def test_a_list_on_the_side_lies_landscape():
    reading = read(render.render_pdf(make.decision_paper(annexes=(make.annex(5, landscape=True),))))
    assert reading.sizes[1] == (near(297), near(210))


def test_text_comes_back_composed_even_when_it_went_in_decomposed():
    head = make.letterhead()
    loose = type(head)(**{**vars(head), "place": unicodedata.normalize("NFD", "Thừa Thiên Huế")})
    reading = read(render.render_pdf(make.decision_paper(letterhead=loose)))
    assert reading.find("Thừa Thiên Huế").y > 0


def test_every_name_of_a_list_can_be_read_back_in_order():
    reading = read(render.render_pdf(make.annex(60)))
    found = [run.text for run in reading.runs if 41 < run.x < 46 and run.size == pytest.approx(13, abs=0.25)]
    assert [name for name in found if name != "Họ và tên"] == [make.person_name(n) for n in range(60)]


def test_the_file_is_named_and_says_its_language():
    with pikepdf.open(BytesIO(render.render_pdf(make.decision_paper()))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Quyết định số 412/QĐ-VKSTC"
        assert str(pdf.Root.Lang) == "vi"
        assert pdf.open_metadata()["dc:title"] == "Quyết định số 412/QĐ-VKSTC"


def test_every_font_is_embedded():
    with pikepdf.open(BytesIO(render.render_pdf(make.decision_paper(annexes=(make.annex(60),))))) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("/FontFile2" in font for font in fonts)


def test_the_same_paper_gives_the_same_bytes_in_one_go_and_in_parts():
    paper = make.decision_paper(annexes=(make.annex(300),))
    pieces = [render.render_part(paper, index) for index in range(len(render.parts(paper)))]
    assert len(pieces) == 3
    assert render.merge(paper, pieces) == render.render_pdf(paper)


def test_page_numbers_run_on_through_the_parts_of_a_list():
    reading = read(render.render_pdf(make.annex(270)))
    numbers = [run.text for run in reading.runs if run.y < TOP]
    assert numbers == [str(number) for number in range(2, len(reading.sizes) + 1)]


def test_a_draft_says_so_on_each_page_and_a_signed_paper_does_not():
    draft = read(render.render_pdf(make.decision_paper(more_text=12, draft=True)))
    signed = read(render.render_pdf(make.decision_paper(more_text=12)))
    assert {run.page for run in draft.runs if run.text == "DỰ THẢO"} == {1, 2}
    assert not any(run.text == "DỰ THẢO" for run in signed.runs)


def test_a_preview_shows_the_first_part_marked_like_the_whole():
    paper = make.decision_paper(more_text=12, draft=True, annexes=(make.annex(60),))
    reading = read(render.first_pages(paper))
    assert len(reading.sizes) == 2
    assert {run.page for run in reading.runs if run.text == "DỰ THẢO"} == {1, 2}
    assert [run.text for run in reading.runs if run.y < TOP] == ["2"]


def test_a_preview_of_certificates_shows_the_first_part():
    lines = tuple(make.certificate_line(n) for n in range(510))
    with pikepdf.open(BytesIO(render.first_pages(make.certificate_paper(lines, draft=True)))) as preview:
        assert len(preview.pages) == 500


def test_markup_in_words_is_shown_and_not_interpreted():
    head = make.letterhead()
    odd = type(head)(**{**vars(head), "place": "<b>Hà Nội</b> & <script>"})
    assert read(render.render_pdf(make.decision_paper(letterhead=odd))).find("<b>Hà Nội</b> & <script>").size > 0
