"""The pages of the print room: nothing typed is lost, sentences beside their fields, one result for each sheet."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.models import Blank, Certificate, CertificateDesign, Printer, PrinterProfile, PrintRun, StockKind
from decisions.papers import layout as layouts
from documents.services.correction import marks
from tests.documents import hostile
from tests.factories.council import NOW
from tests.factories.printing import FIRST_DAY, make_kind, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(desk):
    return make_room(desk.signed(), desk.clerk, NOW)


@pytest.fixture
def clerk(room, as_user):
    return as_user(room.clerk)


def text_of(answer) -> str:
    return answer.content.decode()


def run_form(room, **more) -> dict:
    return {
        "kind": room.kind.pk, "decision": room.decision.pk, "printer": room.printer.pk, "first": "1", "count": "2",
        "reprint_reason": "", **more,
    }  # fmt: skip


def design_form(award: str, **more) -> dict:
    typed = {name: str(value).replace(".", ",") for name, value in layouts.typed(numbers(award)).items()}
    rest = {"valid_from": "01/03/2026", "basis": "Tờ trình 12", "ornament": "hoa_sen", "colour": "luc", "version": "0"}
    return {**typed, **rest, **more}


def numbers(award: str) -> dict:
    return layouts.standard(award, FIRST_DAY, width=297, height=210)


def test_a_run_from_the_first_page_to_the_ledger(clerk, room):
    answer = clerk.post(reverse("decisions:run_new"), run_form(room))
    run = PrintRun.objects.get()
    assert answer.headers["Location"] == reverse("decisions:run", args=[run.pk])
    page = text_of(clerk.get(answer.headers["Location"]))
    assert "PT 000001" in page
    assert "Mở tệp in" in page
    file = clerk.get(reverse("decisions:run_file", args=[run.pk]))
    assert (file.status_code, file.headers["Content-Type"]) == (200, "application/pdf")
    first, second = run.sheets.order_by("order")
    typed = {f"ket-qua-{first.pk}": "printed", f"ket-qua-{second.pk}": "spoilt", f"ly-do-{second.pk}": "Rách góc"}
    clerk.post(reverse("decisions:run_finish", args=[run.pk]), {**typed, "version": run.version})
    ledger = text_of(clerk.get(reverse("decisions:stock", args=[room.kind.pk])))
    assert "Rách góc" in ledger
    assert first.certificate.line.name_printed in ledger


def test_a_result_without_its_reason_is_refused_and_what_was_typed_stays(clerk, room):
    clerk.post(reverse("decisions:run_new"), run_form(room))
    run = PrintRun.objects.get()
    first, second = run.sheets.order_by("order")
    typed = {f"ket-qua-{first.pk}": "spoilt", f"ly-do-{first.pk}": "Lem mực", f"ket-qua-{second.pk}": "spoilt"}
    answer = clerk.post(reverse("decisions:run_finish", args=[run.pk]), {**typed, "version": run.version})
    assert answer.status_code == 422
    assert "ghi lý do hỏng của phôi PT 000002" in text_of(answer)
    assert 'value="Lem mực"' in text_of(answer)


def test_a_run_that_cannot_be_says_why_above_the_form(clerk, room):
    answer = clerk.post(reverse("decisions:run_new"), run_form(room, first="10"))
    assert answer.status_code == 422
    assert "kho còn 1 phôi, cần 2" in text_of(answer)
    assert 'value="10"' in text_of(answer)


def test_the_page_of_a_new_run_proposes_what_waits(clerk, room):
    page = text_of(clerk.get(reverse("decisions:run_new")))
    assert 'name="first" value="1"' in page
    assert 'name="count" value="2"' in page


def test_blanks_are_received_on_a_page_and_a_number_that_came_before_is_named(clerk, room):
    address = reverse("decisions:stock_receive", args=[room.kind.pk])
    good = {"first": "11", "last": "20", "received_on": "20/11/2026", "source": "Nhà in"}
    clerk.post(address, good)
    assert Blank.objects.count() == 20
    again = clerk.post(address, good)
    assert (again.status_code, "Số PT 000011 đã có trong sổ kho" in text_of(again)) == (422, True)
    upside_down = clerk.post(address, {**good, "first": "30", "last": "25"})
    assert "Số cuối nhỏ hơn số đầu." in text_of(upside_down)


def test_a_kind_of_stock_is_made_and_its_blanks_can_be_written_off(clerk, room):
    new = {
        "name": "Phôi Giấy khen",
        "award": "giay_khen",
        "width": "297",
        "height": "210",
        "letters": "GK",
        "digits": "5",
    }
    answer = clerk.post(reverse("decisions:stock_new"), new)
    assert answer.status_code == 302
    assert StockKind.objects.get(name="Phôi Giấy khen").shown(7) == "GK 00007"
    off = {"first": "9", "last": "10", "place": "returned", "reason": "In lệch màu"}
    clerk.post(reverse("decisions:stock_write_off", args=[room.kind.pk]), off)
    assert room.balance().returned == 2


def test_the_picture_of_the_blank_is_kept_for_the_screen_and_other_files_are_refused(clerk, room):
    address = reverse("decisions:stock_scan_new", args=[room.kind.pk])
    refused = clerk.post(address, {"file": SimpleUploadedFile("phoi.pdf", hostile.pdf())})
    assert (refused.status_code, "phải là tệp JPG hoặc PNG" in text_of(refused)) == (422, True)
    clerk.post(address, {"file": SimpleUploadedFile("phoi.png", hostile.picture())})
    shown = clerk.get(reverse("decisions:stock_scan", args=[room.kind.pk]))
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    shown.close()


def test_measured_marks_make_a_profile_and_a_slip_of_the_ruler_is_told(clerk, room):
    address = reverse("decisions:printer", args=[room.printer.pk])
    good = {"sheet": "297x210", "printed": "thu"}
    for n, (x, y) in enumerate(marks(297, 210), 1):
        good |= {f"x{n}": str(x + 2.5).replace(".", ","), f"y{n}": str(y - 1.5).replace(".", ",")}
    assert clerk.post(address, good).status_code == 302
    profile = Printer.objects.get().profile
    assert (profile.right, profile.down) == (-2.5, 1.5)
    slipped = clerk.post(address, {**good, "x4": "280"})
    assert (slipped.status_code, "Bốn dấu không khớp nhau" in text_of(slipped)) == (422, True)
    assert 'value="280"' in text_of(slipped)


def test_a_correction_by_hand_and_the_sheets_of_a_printer(clerk, room):
    by_hand = {"right": "2,5", "down": "-1,5", "scale_x": "100", "scale_y": "99,8", "turn": "0"}
    assert clerk.get(reverse("decisions:printer_sheet", args=[room.printer.pk, "kiem-tra"])).status_code == 404
    clerk.post(reverse("decisions:printer_correct", args=[room.printer.pk]), by_hand)
    assert Printer.objects.get().profile.correction.scale_y == pytest.approx(0.998)
    for what in ("in-thu", "kiem-tra"):
        sheet = clerk.get(reverse("decisions:printer_sheet", args=[room.printer.pk, what]))
        assert sheet.headers["Content-Type"] == "application/pdf"
    wrong = clerk.post(reverse("decisions:printer_correct", args=[room.printer.pk]), {**by_hand, "right": "99"})
    assert wrong.status_code == 422


def test_the_preview_answers_what_is_typed_and_saves_nothing(clerk, room):
    address = reverse("decisions:design_try") + f"?danh-hieu={room.award}"
    page = text_of(clerk.post(address, design_form(room.award, nguoi="dai-nhat"), headers={"HX-Request": "true"}))
    assert "<svg" in page
    assert "hoa-van/hoa_sen/luc/297x210.svg" in page
    assert CertificateDesign.objects.filter(stock=None).count() == 0
    wrong = clerk.post(address, design_form(room.award, name_x="1"))
    assert (wrong.status_code, "vượt ra ngoài khung in" in text_of(wrong)) == (422, True)


def test_a_design_is_begun_on_a_page_and_its_fault_stands_beside_its_field(clerk, room):
    address = reverse("decisions:design_new") + f"?danh-hieu={room.award}"
    wrong = text_of(clerk.post(address, design_form(room.award, detail_y="106")))
    assert 'id="id_detail_y_error">Ô “Chức vụ, đơn vị” đè lên ô “Họ tên, tên đơn vị” 3,0 mm.' in wrong
    assert clerk.post(address, design_form(room.award)).status_code == 302
    made = CertificateDesign.objects.get(stock=None)
    assert (made.ornament, made.colour, made.basis) == ("hoa_sen", "luc", "Tờ trình 12")
    assert clerk.get(reverse("decisions:design_file", args=[made.pk])).status_code == 200


def test_a_used_design_has_no_button_to_save_and_refuses_all_the_same(clerk, room):
    clerk.post(reverse("decisions:run_new"), run_form(room))
    address = reverse("decisions:design", args=[room.design.pk])
    page = text_of(clerk.get(address))
    assert "Lưu mẫu" not in page
    assert "Lập lần mới" in page
    sent = {**design_form(room.award, version="1"), "prints": list(layouts.ON_STOCK)}
    answer = clerk.post(address, sent)
    assert (answer.status_code, "đã dùng để in nên không sửa" in text_of(answer)) == (422, True)


def test_nothing_printed_has_no_design_page(clerk, room):
    assert clerk.get(reverse("decisions:design_new") + "?danh-hieu=lao_dong_tien_tien").status_code == 404


@pytest.mark.parametrize("page", ["stock_list", "printer_list", "design_list", "run_list", "run_new"])
def test_lists_of_the_room_need_the_same_number_of_questions_however_long(page, clerk, room):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(reverse(f"decisions:{page}")).status_code == 200
        return len(asked)

    def grow(name: str) -> None:
        printer = Printer.objects.create(unit=room.unit, name=f"Máy {name}", tray="khay 1", by=room.clerk, at=NOW)
        PrinterProfile.objects.create(printer=printer, right=1.0, by=room.clerk, at=NOW)
        kind = make_kind(room.unit, room.award, room.clerk, NOW, name=f"Phôi {name}")
        PrintRun.objects.create(
            kind=kind, printer=printer, design=room.design, decision=room.decision, by=room.clerk, at=NOW
        )

    grow("đầu")
    questions()  # the session's first stamp
    few = questions()
    for name in "abc":
        grow(name)
    assert questions() == few


@pytest.mark.parametrize(("posted", "says"), [({}, "ít nhất một bằng"), ({"ly-do": " "}, "lý do hỏng")])
def test_a_mark_without_rows_or_reason_is_told_on_the_list_once(clerk, room, posted, says):
    if posted:
        posted = posted | {"bang": list(Certificate.objects.values_list("pk", flat=True))}
    answer = clerk.post(reverse("decisions:certificate_mark"), {"viec": "hong", "ve": "/in-bang/?q=01", **posted})
    assert answer.headers["Location"] == "/in-bang/?q=01"
    assert text_of(clerk.get("/in-bang/?q=01")).count(says) == 1
