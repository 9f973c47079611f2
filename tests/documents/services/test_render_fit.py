"""Long words on certificates become smaller, then stand on more lines, and are refused at last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.papers import STANDARD
from documents.services.render_fit import SAFETY, DoesNotFit, advance, balanced, name_lines, slot

pytestmark = pytest.mark.once
WORDS = ["Nguyễn", "Thị", "Thượng", "Viện", "kiểm", "sát", "nhân", "dân", "khu", "vực", "3", "-", "Ổn", "WWW", "iii"]
NAME, DETAIL, ACHIEVEMENT = (slot(STANDARD.by_name[name]) for name in ("name", "detail", "achievement"))
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)


def test_a_short_name_stands_on_one_line_at_full_size():
    fitted = NAME.fit("Đồng chí Nguyễn Thị Thanh Hằng")
    assert (fitted.lines, fitted.size) == (("Đồng chí Nguyễn Thị Thanh Hằng",), NAME.choices[0][0])


def test_a_longer_name_becomes_smaller_before_it_breaks():
    fitted = NAME.fit("Viện kiểm sát nhân dân khu vực 12 - Thành phố Hồ Chí Minh")
    assert len(fitted.lines) == 1
    assert fitted.size < NAME.choices[0][0]


def test_a_name_too_long_for_one_line_breaks_evenly():
    fitted = NAME.fit(
        "Phòng Thực hành quyền công tố, kiểm sát điều tra, kiểm sát xét xử sơ thẩm án hình sự về kinh tế, chức vụ"
    )
    widths = [advance(line, NAME.face) for line in fitted.lines]
    assert len(fitted.lines) == 2
    assert min(widths) / max(widths) > 0.75


def test_a_line_does_not_end_inside_a_compound():
    lines = balanced("Về việc tặng Bằng khen của Viện trưởng Viện kiểm sát nhân dân tối cao",
                     face="tinos-bold", size=4.94, width=120)  # fmt: skip
    assert lines == ("Về việc tặng Bằng khen của Viện trưởng", "Viện kiểm sát nhân dân tối cao")


@pytest.mark.parametrize(
    ("slot", "lines"),
    [
        (ACHIEVEMENT, ("Đã có nhiều thành tích trong phong trào thi đua “Ngành Kiểm sát nhân dân đoàn kết,",
                       "đổi mới, trách nhiệm, kỷ cương, thực chất, hiệu quả” giai đoạn 2021 - 2025.")),
        (ACHIEVEMENT, ("Đã có thành tích xuất sắc trong thực hành quyền công tố, kiểm sát hoạt động tư pháp,",
                       "góp phần hoàn thành nhiệm vụ chính trị của ngành Kiểm sát nhân dân năm 2026.")),
        (DETAIL, ("Điều tra viên cao cấp, Phó Trưởng phòng Điều tra án tham nhũng, chức vụ,",
                  "Cơ quan điều tra Viện kiểm sát nhân dân tối cao, Viện kiểm sát nhân dân thành phố Hồ Chí Minh")),
    ],
)  # fmt: skip
def test_a_line_ends_where_the_sense_pauses(slot, lines):
    assert slot.fit(" ".join(lines)).lines == lines


@pytest.mark.parametrize("kept", ["năm 2026", "2021 - 2025", "Hồ Chí Minh", "khu vực 7", "đoàn kết"])
def test_numbers_names_and_compounds_stay_on_one_line(kept):
    for before in range(1, 30):
        text = " ".join(["từng"] * before + [kept] + ["từng"] * 14)
        lines = balanced(text, face=ACHIEVEMENT.face, size=5.4, width=120)
        assert any(kept in line for line in lines), lines


def test_no_line_ends_with_a_word_that_leads_on():
    lines = balanced("Đã góp phần tích cực vào kết quả công tác của ngành và của đơn vị trong năm qua",
                     face=ACHIEVEMENT.face, size=5.4, width=100)  # fmt: skip
    assert not [line for line in lines[:-1] if line.split()[-1] in {"của", "và", "trong", "vào"}]


def test_a_name_longer_than_the_box_is_parted_rather_than_refused():
    fitted = NAME.fit("Wolfeschlegelstein Hausenbergerdorff Wolfeschlegelstein Hausenbergerdorff Wolfeschlegel")
    assert len(fitted.lines) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("VIỆN KIỂM SÁT NHÂN DÂN", "TỐI CAO"),
        ("VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH PHÚ THỌ"),
        ("VIỆN KIỂM SÁT NHÂN DÂN", "KHU VỰC 12 - THÀNH PHỐ", "HỒ CHÍ MINH"),
        ("HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG", "NGÀNH KIỂM SÁT NHÂN DÂN"),
    ],
)
def test_the_name_of_a_body_is_broken_where_its_meaning_is(lines):
    assert name_lines((" ".join(lines),), bold=True) == lines


def test_what_fits_nowhere_is_refused_with_the_name_of_the_box_and_the_text():
    with pytest.raises(DoesNotFit, match="Họ tên, tên đơn vị dài quá ô in: “Rất dài"):
        NAME.fit("Rất dài " * 40)


@pytest.mark.parametrize("slot", [NAME, DETAIL, ACHIEVEMENT], ids=["name", "detail", "achievement"])
@given(text=TEXTS)
def test_what_is_fitted_never_passes_the_edge_of_its_box(slot, text):
    try:
        fitted = slot.fit(text)
    except DoesNotFit:
        return
    assert max(advance(line, slot.face) for line in fitted.lines) * fitted.size * SAFETY <= slot.width + 1e-6
    assert fitted.top >= slot.top - 0.5
    assert fitted.top + len(fitted.lines) * fitted.size * slot.leading <= slot.top + slot.height + 0.5
    assert " ".join(fitted.lines) == " ".join(text.split())
