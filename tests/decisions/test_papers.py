"""Decisions of each kind and their lists, read word by word as a clerk would, and measured as printed."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from decisions import selectors
from decisions.forms import DraftForm, _articles
from decisions.models import DecisionLine, Payment
from decisions.papers import lists, words
from decisions.papers.decision import decision_paper
from decisions.services import rendering
from documents.models import Signature
from documents.papers.wording import places_in
from documents.services.render import render_pdf
from rulebook import catalogue
from tests.decisions.conftest import DAY
from tests.documents.decree import faults
from tests.factories.council import NOW
from tests.factories.units import make_unit
from units.models import UnitLink


def _paper(decision, **more):
    return decision_paper(decision, list(selectors.lines_of(decision)), draft=False, **more)


@pytest.fixture
def issued(desk):
    return desk.issued()


def test_a_decision_its_revocation_and_its_correction_keep_to_the_decree(desk, issued):
    first, last = issued.lines.order_by("order")
    for decision in (issued, desk.revocation(issued, first), desk.correction(issued, last, "K'Sor Phước")):
        paper = _paper(decision, by_hand=True)
        assert faults(render_pdf(paper), paper) == []


def test_the_lists_for_the_ceremony_and_the_cashier_keep_to_the_decree(issued):
    held = DecisionLine.objects.select_related("decision").order_by("order")
    paid = Payment.objects.select_related("unit", "line__decision").order_by("pk")
    for paper in (lists.ceremony_list(list(held), DAY), lists.payment_list(list(paid), DAY)):
        assert faults(render_pdf(paper), paper) == []


def test_a_decision_on_individuals_speaks_of_individuals_only(issued):
    paper = _paper(issued)
    assert paper.summary == "Về việc tặng danh hiệu “Chiến sĩ thi đua ngành Kiểm sát nhân dân” năm 2026"
    assert paper.articles[0].text == (
        "Tặng danh hiệu “Chiến sĩ thi đua ngành Kiểm sát nhân dân” năm 2026 cho 02 cá nhân"
    )
    assert paper.articles[0].tail == "(có danh sách kèm theo)."
    assert "và các cá nhân có tên tại Điều 1" in paper.articles[2].text
    assert paper.annexes[0].heading == "DANH SÁCH CÁ NHÂN ĐƯỢC KHEN THƯỞNG"
    assert [column.label for column in paper.annexes[0].columns][:2] == ["STT", "Họ và tên"]


def test_a_decision_on_several_awards_points_to_its_list_and_numbers_each():
    numbers = [("bang_khen_vien_truong", True)] * 12 + [("co_thi_dua_nganh", False)] * 3
    first, _, last = words.articles(numbers, 2026, "", "Viện kiểm sát nhân dân tối cao")
    assert first["text"] == "Khen thưởng năm 2026 cho 03 tập thể và 12 cá nhân (có danh sách kèm theo), gồm:"
    assert first["more"] == [
        "- Cờ thi đua ngành Kiểm sát nhân dân: 03 tập thể;",
        "- Bằng khen của Viện trưởng Viện kiểm sát nhân dân tối cao: 12 cá nhân.",
    ]
    assert "và các tập thể, cá nhân có tên tại Điều 1" in last["text"]


def test_what_an_article_says_of_the_list_stays_in_italics_when_the_draft_is_edited(desk):
    draft = desk.draft()
    typed = DraftForm(decision=draft).initial["articles"]
    assert "cho 02 cá nhân (có danh sách kèm theo).\n" in typed
    assert _articles(typed) == draft.articles


def test_a_badge_is_given_for_years_of_work_and_not_for_those_of_one_campaign():
    assert words.merit("ky_niem_chuong", 2026).endswith("phát triển ngành Kiểm sát nhân dân")
    assert words.merit("giay_khen", 2026) == "Đã có thành tích xuất sắc trong phong trào thi đua năm 2026"


def test_the_list_of_a_paper_original_says_which_decision_it_follows(desk):
    signed = desk.signed()
    says = rendering.paper_of(signed).annexes[0].reference
    assert says == (
        "(Kèm theo Quyết định số 01/QĐ-VKSTC ngày 21 tháng 11 năm 2026 của Viện trưởng Viện kiểm sát nhân dân tối cao)"
    )


def test_the_list_of_an_electronic_original_leaves_that_line_out(desk):
    signed = desk.signed()
    assert rendering.paper_of(signed, kind=rendering.TO_SIGN).annexes[0].reference == ""
    Signature.objects.create(subject=signed, kind="person", way="server", ordered_by=desk.signer, ordered_at=NOW)
    assert rendering.paper_of(signed).annexes[0].reference == ""


def test_a_draft_of_a_body_below_another_names_the_one_above(desk):
    desk.world.unit.name = "Viện kiểm sát nhân dân tỉnh Phú Thọ"
    desk.world.unit.save()
    above = make_unit(name="Viện kiểm sát nhân dân tối cao")
    UnitLink.objects.create(child=desk.world.unit, parent=above)
    head = _paper(desk.draft()).letterhead
    assert head.parent == ("VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO",)
    assert head.body == ("VIỆN KIỂM SÁT NHÂN DÂN TỈNH PHÚ THỌ",)


def test_the_money_of_several_awards_is_cited_by_all_its_articles():
    decree = next(row for row in catalogue.legal_bases(DAY) if row.number == "152/2025/NĐ-CP")
    one, other = ("Điều 50 khoản 1 điểm b", decree), ("Điều 54 khoản 1", decree)
    assert places_in([one, one]) == "điểm b khoản 1 Điều 50 Nghị định số 152/2025/NĐ-CP"
    assert places_in([one, other]) == "Điều 50, Điều 54 Nghị định số 152/2025/NĐ-CP"


def test_collectives_are_not_called_by_first_and_last_name(issued):
    line = issued.lines.order_by("order").first()
    line.person, line.collective, line.name_printed = None, make_unit(name="Phòng 1"), "Phòng 1"
    only, both = _of(issued, [line]), _of(issued, [line, issued.lines.order_by("order").last()])
    assert (only.heading, only.columns[1].label) == ("DANH SÁCH TẬP THỂ ĐƯỢC KHEN THƯỞNG", "Tập thể")
    assert (both.heading, both.columns[1].label) == ("DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC KHEN THƯỞNG", "Tập thể, cá nhân")


def _of(decision, lines):
    return decision_paper(decision, lines, draft=False).annexes[0]


def test_a_list_that_goes_out_by_itself_ends_with_the_places_of_its_signatures_on_the_page_of_its_last_row(desk):
    desk.issued()
    for paper, names in (
        (lists.ceremony_list(list(DecisionLine.objects.all()), DAY), ("Người lập biểu", "Thủ trưởng đơn vị")),
        (lists.payment_list(list(Payment.objects.all()), DAY), ("Người lập biểu", "Kế toán", "Thủ trưởng đơn vị")),
    ):
        pdf = render_pdf(paper)
        last = PdfReader(BytesIO(pdf)).pages[-1].extract_text()
        assert paper.closing[:20] in last
        assert [name for name in names if name not in last] == []
