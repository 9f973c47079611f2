"""Blanks leave the store for named certificates; each number is used once and the balance adds up."""

from io import BytesIO

import pikepdf
import pytest
from django.db import IntegrityError, transaction

from core.workflow import Conflict, Refused
from decisions.models import Blank, Certificate, Decision, PrintedSheet, PrintRun
from decisions.services import certificates, issuing, print_runs, stock
from decisions.services.print_runs import Wish
from documents.services.uploads import Accepted
from tests.documents.reading import read
from tests.factories.council import NOW
from tests.factories.printing import FIRST_DAY, make_room


@pytest.fixture
def room(desk):
    """Two certificates wait, ten blanks lie in the store."""
    return make_room(desk.signed(), desk.clerk, NOW)


def wish(room, **more) -> Wish:
    values = {"kind": room.kind, "printer": room.printer, "decision": room.decision, "first": 1, "count": 2, **more}
    return Wish(**values)


def prepare(room, **more) -> PrintRun:
    return print_runs.prepare(wish=wish(room, **more), by=room.clerk, at=room.now)


def finish(room, run, *results) -> PrintRun:
    sheets = run.sheets.order_by("order")
    named = {sheet.pk: result for sheet, result in zip(sheets, results, strict=True)}
    return print_runs.finish(run=run, results=named, expected_version=run.version, by=room.clerk, at=room.now)


GOOD, UNUSED = ("printed", ""), ("unused", "")
TORN = ("spoilt", "Kẹt giấy, rách góc")


def test_a_run_gives_each_certificate_the_next_blank_and_takes_both_out_of_the_store(room):
    run = prepare(room, first=3)
    pairs = [(s.blank.serial, s.certificate.line.order) for s in run.sheets.order_by("order")]
    assert pairs == [(3, 1), (4, 2)]
    assert (room.balance().store, room.balance().issued) == (8, 2)
    assert room.balance().adds_up


def test_numbers_that_are_out_of_the_store_are_passed_over(room):
    stock.write_off(
        kind=room.kind, first=2, last=2, place="spoilt", reason="Ố mép", by=room.clerk, at=room.now
    )  # fmt: skip
    assert [s.blank.serial for s in prepare(room).sheets.order_by("order")] == [1, 3]


def test_good_sheets_make_printed_certificates_and_the_ledger_names_who_got_which_number(room):
    finish(room, prepare(room), GOOD, GOOD)
    assert {c.state for c in room.certificates} == {"printed"}
    assert {c.copies for c in room.certificates} == {1}
    sheet = PrintedSheet.objects.get(blank__serial=2)
    assert sheet.certificate.line.order == 2
    assert (sheet.run.by, sheet.run.ended_by) == (room.clerk, room.clerk)
    assert (room.balance().printed, room.balance().store) == (2, 8)


def test_a_spoilt_sheet_needs_a_reason_and_is_printed_again_on_another_number_with_a_reason(room):
    run = prepare(room)
    with pytest.raises(Refused, match="ghi lý do hỏng của phôi PT 000002"):
        finish(room, run, GOOD, ("spoilt", " "))
    finish(room, run, GOOD, TORN)
    assert [c.state for c in room.certificates] == ["printed", "spoilt"]
    with pytest.raises(Refused, match="ghi lý do in lại"):
        prepare(room, first=3)
    again = prepare(room, first=3, reprint_reason="Tờ trước kẹt giấy")
    assert [(s.blank.serial, s.certificate.line.order) for s in again.sheets.all()] == [(3, 2)]
    finish(room, again, GOOD)
    assert {c.state for c in room.certificates} == {"printed"}
    counts = room.balance()
    assert (counts.printed, counts.spoilt, counts.store, counts.adds_up) == (2, 1, 7, True)


def test_a_blank_that_was_not_used_goes_back_and_may_be_used_later(room):
    finish(room, prepare(room), GOOD, UNUSED)
    assert room.balance().store == 9
    again = prepare(room, first=1)
    assert [s.blank.serial for s in again.sheets.all()] == [2]


def test_a_certificate_in_the_printer_is_not_put_into_another_run(room):
    prepare(room, count=1)
    second = prepare(room, first=2)
    assert [s.certificate.line.order for s in second.sheets.all()] == [2]
    with pytest.raises(Refused, match="Không còn bằng nào"):
        prepare(room, first=5)


def test_the_store_must_hold_enough_blanks(room):
    with pytest.raises(Refused, match="Từ số PT 000010 kho còn 1 phôi, cần 2"):
        prepare(room, first=10)


def test_nothing_is_printed_before_the_signature(desk):
    room = make_room(desk.signed(), desk.clerk, NOW)
    room.decision.state = "awaiting"
    with pytest.raises(Refused, match="khi quyết định đã ký"):
        prepare(room)


def test_words_that_do_not_fit_stop_the_run_and_no_blank_leaves_the_store(room):
    line = room.decision.lines.order_by("order").first()
    line.name_printed = "Phòng Thực hành quyền công tố, kiểm sát điều tra " * 5
    line.save()
    with pytest.raises(Refused, match=r"1 bằng chưa in được\..+dài quá ô in"):
        prepare(room)
    assert room.balance().store == 10


def test_the_file_holds_words_alone_and_no_picture_of_the_blank(room):
    scan = Accepted("phoi.png", "image/png", b"\x89PNG\r\n\x1a\n scan of the blank")
    stock.keep_scan(kind=room.kind, file=scan, by=room.clerk, at=room.now)
    pdf = print_runs.pdf_of(prepare(room))
    with pikepdf.open(BytesIO(pdf)) as opened:
        drawings = [o for o in opened.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        assert drawings == []
        assert not any(scan.data in o.read_bytes() for o in opened.objects if isinstance(o, pikepdf.Stream))
    assert len(read(pdf).sizes) == 2


def test_once_the_result_is_recorded_the_file_is_not_made_again(room):
    run = finish(room, prepare(room), GOOD, GOOD)
    with pytest.raises(Refused, match="không tạo lại tệp in"):
        print_runs.pdf_of(run)
    with pytest.raises((Refused, Conflict)):
        finish(room, run, GOOD, GOOD)


def test_the_design_is_frozen_by_the_first_run(room):
    prepare(room)
    room.design.refresh_from_db()
    assert room.design.is_frozen


def test_a_printed_certificate_found_torn_later_spoils_its_blank(room):
    finish(room, prepare(room), GOOD, GOOD)
    print_runs.spoil(certificates=room.certificates[:1], reason="Rách khi đóng khung", by=room.clerk, at=room.now)
    blank = Blank.objects.get(kind=room.kind, serial=1)
    assert (blank.place, blank.reason) == ("spoilt", "Rách khi đóng khung")
    assert room.balance().adds_up


def test_an_award_taken_back_after_printing_spoils_its_blank(desk, room):
    finish(room, prepare(room), GOOD, GOOD)
    _take_back_the_first(desk, room)
    assert (room.balance().printed, room.balance().spoilt, room.balance().adds_up) == (1, 1, True)
    assert "Quyết định số 02" in Blank.objects.get(place="spoilt").reason


def test_an_award_taken_back_while_its_sheet_lies_in_the_printer_can_only_be_recorded_as_spoilt(desk, room):
    run = prepare(room)
    _take_back_the_first(desk, room)
    with pytest.raises(Refused, match="trạng thái “Hỏng”"):
        finish(room, run, GOOD, GOOD)
    finish(room, run, ("spoilt", "Danh hiệu đã bị hủy bỏ"), GOOD)
    assert [c.state for c in room.certificates] == ["spoilt", "printed"]
    assert (room.balance().printed, room.balance().spoilt) == (1, 1)


def _take_back_the_first(desk, room):
    decision = Decision.objects.get(pk=room.decision.pk)
    issued = issuing.issue(decision=decision, expected_version=decision.version, by=desk.clerk, at=NOW)
    desk.sent_through(desk.revocation(issued, issued.lines.order_by("order").first()))


def test_the_database_itself_refuses_a_number_twice_and_a_second_good_sheet(room):
    run = prepare(room)
    first, second = run.sheets.order_by("order")
    for blank, certificate in ((first.blank, second.certificate), (Blank.objects.get(serial=9), first.certificate)):
        with pytest.raises(IntegrityError), transaction.atomic():
            PrintedSheet.objects.create(run=run, order=9, blank=blank, certificate=certificate)


def test_a_number_received_once_is_never_received_again(room):
    with pytest.raises(Refused, match="Số PT 000010 đã có trong sổ kho"):
        stock.receive(kind=room.kind, first=10, last=20, received_on=FIRST_DAY, source="Nhà in", by=room.clerk,
                      at=room.now)  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Blank.objects.create(kind=room.kind, receipt=room.kind.receipts.get(), serial=10)


def test_blanks_leave_the_ledger_only_from_the_store_and_with_a_reason(room):
    prepare(room)
    with pytest.raises(Refused, match="Phôi PT 000001 không còn trong kho"):
        stock.write_off(kind=room.kind, first=1, last=3, place="returned", reason="Trả", by=room.clerk, at=room.now)
    with pytest.raises(Refused, match="ghi lý do"):
        stock.write_off(kind=room.kind, first=5, last=6, place="returned", reason=" ", by=room.clerk, at=room.now)
    assert stock.write_off(
        kind=room.kind, first=9, last=10, place="returned", reason="Trả nhà in", by=room.clerk, at=room.now
    ) == 2  # fmt: skip
    assert (room.balance().returned, room.balance().adds_up) == (2, True)


def test_what_goes_on_numbered_stock_is_not_marked_as_printed_past_the_ledger(room):
    moved, refused = certificates.mark(certificates=room.certificates, step="da-in", by=room.clerk, at=room.now)
    assert moved == []
    assert {says for _, says in refused} == {"Bằng này in trên phôi có số; đồng chí lập lượt in, phôi mới vào sổ kho."}


def test_a_certificate_in_the_printer_is_settled_in_its_run_alone(room):
    run = prepare(room, count=1)
    moved, refused = certificates.mark(
        certificates=room.certificates[:1], step="hong", note="Rách", by=room.clerk, at=room.now
    )
    assert moved == []
    assert refused[0][1] == f"Bằng đang ở lượt in {run.pk}; đồng chí ghi kết quả ở lượt đó."


def test_marking_a_printed_certificate_as_spoilt_spoils_its_blank_too(room):
    finish(room, prepare(room), GOOD, GOOD)
    certificates.mark(certificates=room.certificates[:1], step="hong", note="Ướt", by=room.clerk, at=room.now)
    assert [c.state for c in room.certificates] == ["spoilt", "printed"]
    assert (Blank.objects.get(serial=1).place, Blank.objects.get(serial=1).reason) == ("spoilt", "Ướt")


def test_certificates_not_yet_laid_out_may_go_on_stock_at_once(desk):
    room = make_room(desk.signed(), desk.clerk, NOW)
    Certificate.objects.update(state="waiting")
    finish(room, prepare(room), GOOD, GOOD)
    assert {c.state for c in room.certificates} == {"printed"}
