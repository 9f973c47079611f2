"""Long words on certificates become smaller, then stand on more lines, and are refused at last."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.papers import STANDARD
from documents.services.render_fit import SAFETY, DoesNotFit, advance, balanced, slot

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
