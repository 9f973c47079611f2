"""The pages of designs, and of what is new in the print room: the office's emblem, the code on stock, the body."""

from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts import policy
from accounts.permissions import Permission
from decisions.models import CertificateDesign, Printer, PrintRun, StockKind
from decisions.papers import layout as layouts
from decisions.services import designs
from tests.factories.council import NOW
from tests.factories.printing import FIRST_DAY, chosen, make_room
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
NEW = {
    "printer_new": {"name": "Máy hai", "tray": "khay 2", "note": ""},
    "stock_new": {"name": "Phôi hai", "award": "giay_khen", "width": "297", "height": "210", "letters": "",
                  "digits": "6"},
}  # fmt: skip


@pytest.fixture
def room(desk):
    return make_room(desk.signed(), desk.clerk, NOW)


@pytest.fixture
def clerk(room, as_user):
    return as_user(room.clerk)


@pytest.fixture
def paper_design(room):
    """On white paper."""
    return designs.begin(unit=room.unit, award=room.award, chosen=chosen(room.award), by=room.clerk, at=NOW)


def text_of(answer) -> str:
    return answer.content.decode()


def design_form(award: str, **more) -> dict:
    numbers = layouts.typed(layouts.standard(award, FIRST_DAY, width=297, height=210))
    typed = {name: str(value).replace(".", ",") for name, value in numbers.items()}
    rest = {"valid_from": "01/03/2026", "basis": "Tờ trình 12", "ornament": "hoa_sen", "colour": "luc", "version": "0"}
    return {**typed, **rest, **more}


def drawing(data: bytes = DRAWING) -> SimpleUploadedFile:
    return SimpleUploadedFile("quoc-huy.svg", data)


def test_an_emblem_is_brought_on_the_page_of_the_design_and_shows_in_its_preview(clerk, paper_design):
    address = reverse("decisions:design_emblem", args=[paper_design.pk])
    page = reverse("decisions:design", args=[paper_design.pk])
    assert "hình minh họa" in text_of(clerk.get(page))
    assert clerk.post(address, {"file": drawing()}).headers["Location"] == page
    shown = text_of(clerk.get(page))
    assert "quoc-huy.svg" in shown
    assert f'<image href="{address}hinh/?v=' in shown
    file = clerk.get(f"{address}hinh/")
    assert (file.headers["Content-Type"], b"circle" in file.content) == ("image/svg+xml", True)
    assert file.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert clerk.get(reverse("decisions:design_file", args=[paper_design.pk])).status_code == 200
    clerk.post(address, {"viec": "bo"})
    assert "hình minh họa" in text_of(clerk.get(page))
    assert clerk.get(f"{address}hinh/").status_code == 404


def test_a_hostile_emblem_is_refused_beside_its_field(clerk, paper_design):
    address = reverse("decisions:design_emblem", args=[paper_design.pk])
    answer = clerk.post(address, {"file": drawing(DRAWING.replace(b"<circle", b"<script/><circle"))})
    assert (answer.status_code, "có mã lệnh" in text_of(answer)) == (422, True)


def test_the_preview_of_what_is_typed_keeps_the_emblem_of_the_page_it_is_on(clerk, room, paper_design):
    clerk.post(reverse("decisions:design_emblem", args=[paper_design.pk]), {"file": drawing()})
    address = f"{reverse('decisions:design_try')}?danh-hieu={room.award}&co-quan={room.unit.pk}&mau={paper_design.pk}"
    shown = text_of(clerk.post(address, design_form(room.award), headers={"HX-Request": "true"}))
    assert "quoc-huy/hinh/?v=" in shown


def test_the_code_on_stock_is_ticked_placed_previewed_and_printed(clerk, room):
    address = reverse("decisions:design", args=[room.design.pk])
    before = text_of(clerk.get(address))
    assert ('name="code_x"' in before, 'class="qrline"' in before) == (True, False)
    sent = {**design_form(room.award, version="1", code_x="250", code_y="30", code_size="20"),
            "prints": [*layouts.ON_STOCK, "code"]}  # fmt: skip
    assert clerk.post(address, sent).status_code == 302
    assert 'class="qrline"' in text_of(clerk.get(address))
    run = {"kind": room.kind.pk, "decision": room.decision.pk, "printer": room.printer.pk, "first": "1", "count": "2"}
    clerk.post(reverse("decisions:run_new"), run)
    file = clerk.get(reverse("decisions:run_file", args=[PrintRun.objects.get().pk])).content
    with pikepdf.open(BytesIO(file)) as opened:
        assert len(opened.pages) == 2
        for page in opened.pages:
            page.contents_coalesce()
            assert b"/IM true" in page.Contents.read_bytes()


@pytest.mark.parametrize("page", NEW)
def test_a_clerk_of_one_body_is_not_asked_which(page, clerk):
    address = reverse(f"decisions:{page}")
    assert 'name="unit"' not in text_of(clerk.get(address))
    assert clerk.post(address, NEW[page]).status_code == 302


@pytest.mark.parametrize("page", NEW)
def test_a_clerk_of_two_bodies_chooses_one_of_them_and_no_other(page, clerk, room):
    second, foreign = make_unit(short_name="VKSND tỉnh Hai"), make_unit(short_name="VKSND tỉnh Ba")
    policy.give(room.clerk, [Permission.CERTIFICATE_PRINT], second)
    address = reverse(f"decisions:{page}")
    shown = text_of(clerk.get(address))
    assert ("VKSND tỉnh Hai" in shown, "VKSND tỉnh Ba" in shown) == (True, False)
    unsaid, wrong = clerk.post(address, NEW[page]), clerk.post(address, {**NEW[page], "unit": foreign.pk})
    assert (unsaid.status_code, wrong.status_code) == (422, 422)
    assert NEW[page]["name"] in text_of(wrong)
    assert clerk.post(address, {**NEW[page], "unit": second.pk}).status_code == 302
    model = Printer if page == "printer_new" else StockKind
    assert model.objects.get(name=NEW[page]["name"]).unit == second


def test_a_design_on_white_paper_is_begun_for_the_body_named(clerk, room):
    second = make_unit(short_name="VKSND tỉnh Hai")
    policy.give(room.clerk, [Permission.CERTIFICATE_PRINT], second)
    assert "của VKSND tỉnh Hai" in text_of(clerk.get(reverse("decisions:design_list")))
    address = reverse("decisions:design_new") + f"?danh-hieu={room.award}&co-quan={second.pk}"
    assert clerk.post(address, design_form(room.award)).status_code == 302
    assert CertificateDesign.objects.get(stock=None).unit == second
