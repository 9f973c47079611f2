"""Pages after the issue: bonuses and fund, hand-over, revocation and what comes back, as those who work see them."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from decisions import selectors
from decisions.models import (
    Certificate,
    Decision,
    DecisionLine,
    FundEntry,
    HandOver,
    Mismatch,
    Payment,
    Recheck,
    Recovery,
)
from decisions.papers.decision import decision_paper
from decisions.services import payments
from decisions.views import money
from documents.services.render import render_pdf
from tests.decisions.conftest import DAY
from tests.factories.council import NOW
from tests.factories.history import make_grant


@pytest.fixture
def office(desk, as_user):
    return as_user(desk.office)


@pytest.fixture
def clerk(desk, as_user):
    return as_user(desk.clerk)


def _keys(model):
    return list(model.objects.order_by("pk").values_list("pk", flat=True))


def test_bonuses_are_listed_with_their_sums_and_arithmetic(desk, office):
    desk.issued()
    text = office.get(reverse("decisions:payment_list")).content.decode()
    assert "15.180.000" in text
    assert "3,0 × 2.530.000" in text


def test_ticked_bonuses_are_paid_with_one_voucher(desk, office):
    desk.issued()
    address = reverse("decisions:payment_record")
    first = office.post(address, {"dong": _keys(Payment)})
    assert first.status_code == 200
    assert "Số chứng từ" in first.content.decode()
    wrong = office.post(address, {"dong": _keys(Payment), "paid_on": "21/11/2026", "voucher": ""})
    assert wrong.status_code == 422
    assert 'value="21/11/2026"' in wrong.content.decode()
    Decision.objects.update(dated="2026-01-05")
    office.post(address, {"dong": _keys(Payment), "paid_on": "05/01/2026", "voucher": "PC 12"})
    assert set(Payment.objects.values_list("voucher", flat=True)) == {"PC 12"}


def test_the_sheet_holds_every_bonus_and_its_sum(desk, office):
    desk.issued()
    answer = office.get(reverse("decisions:payment_export"))
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "STT"
    assert [row[7] for row in rows[1:3]] == [7_590_000, 7_590_000]
    assert rows[3][7] == 15_180_000


def test_the_cashiers_list_says_the_sum_in_words(desk, office):
    desk.issued()
    text = _text(office.get(reverse("decisions:payment_paper")))
    assert "15.180.000" in text
    assert "Mười lăm triệu một trăm tám mươi nghìn" in text


def _text(answer):
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_cashiers_list_leaves_out_what_was_paid_unless_it_is_asked_for(desk, office):
    desk.issued()
    first, second = Payment.objects.order_by("pk")
    for payment, name in ((first, "Lê An"), (second, "Vũ Bình")):
        DecisionLine.objects.filter(pk=payment.line_id).update(name_printed=name)
    payments.record_paid(payments=[first], paid_on=DAY, voucher="PC 1", by=desk.office, at=NOW)
    for query, name, other in (({}, "Vũ Bình", "Lê An"), ({"trang-thai": "da"}, "Lê An", "Vũ Bình")):
        text = _text(office.get(reverse("decisions:payment_paper"), query))
        assert (name in text, other in text) == (True, False)


@pytest.mark.parametrize("page", ["payment_paper", "payment_export"])
def test_a_list_too_long_for_one_file_is_refused_not_cut(desk, office, monkeypatch, page):
    desk.issued()
    monkeypatch.setattr(money, "MOST", 1)
    answer = office.get(reverse(f"decisions:{page}"))
    assert answer.status_code == 409
    assert "Danh sách có 2 khoản, mỗi tệp không quá 1" in answer.content.decode()


def test_the_fund_is_entered_and_a_wrong_entry_struck_out(desk, office):
    address = reverse("decisions:fund_report")
    values = {
        "unit": desk.world.unit.pk,
        "year": "2026",
        "kind": "appropriated",
        "amount": "50.000.000",
        "on": "05/01/2026",
    }
    assert office.post(address, values).status_code == 422
    office.post(address, {**values, "basis": "QĐ 3/QĐ-VKSTC"})
    assert "50.000.000" in office.get(address, {"nam": "2026"}).content.decode()
    office.post(reverse("decisions:fund_strike", args=[FundEntry.objects.get().pk]), {"why": "Nhập nhầm"})
    assert "Gạch bỏ: Nhập nhầm" in office.get(address, {"nam": "2026"}).content.decode()


def test_items_are_noted_as_handed_over_in_one_go(desk, clerk):
    issued = desk.issued()
    Certificate.objects.update(state="printed")
    Decision.objects.update(dated="2026-01-05")
    address = reverse("decisions:hand_over_record")
    keys = _keys(DecisionLine)
    assert clerk.post(address, {"dong": keys}).status_code == 200
    values = {"dong": keys, "presented_on": "05/01/2026", "place": "Hội trường A", "presenter": "Viện trưởng"}
    clerk.post(address, values)
    assert HandOver.objects.count() == 2
    assert "Hội trường A" in clerk.get(reverse("decisions:hand_over_list")).content.decode()
    assert issued.lines.count() == 2


def test_a_day_that_no_calendar_reaches_is_said_in_working_days(desk, clerk):
    issued = desk.issued()
    Decision.objects.filter(pk=issued.pk).update(dated="2026-12-28")
    text = clerk.get(reverse("decisions:hand_over_list")).content.decode()
    assert "10 ngày làm việc; chưa có lịch nghỉ để tính ngày" in text
    recovery = {"line": issued.lines.first(), "decision": issued, "opened_on": "2026-12-28", "item_due": True}
    Recovery.objects.create(**recovery)
    Decision.objects.filter(pk=issued.pk).update(kind="revocation")
    assert "Chưa có lịch nghỉ để tính" in clerk.get(reverse("decisions:recovery_list")).content.decode()


def test_the_list_of_the_ceremony_names_everybody_once(desk, clerk):
    issued = desk.issued()
    pdf = PdfReader(BytesIO(clerk.get(reverse("decisions:hand_over_paper")).content))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "DANH SÁCH TRAO TẶNG" in text
    assert all(text.count(line.name_printed) >= 1 for line in issued.lines.all())


def test_the_desk_of_an_issued_decision_leads_to_revocation_and_correction(desk, office, clerk):
    issued = desk.issued()
    address = reverse("decisions:decision", args=[issued.pk])
    links = [reverse(f"decisions:{name}", args=[issued.pk]) for name in ("decision_revoke", "decision_correct")]
    assert all(link in office.get(address).content.decode() for link in links)
    assert not any(link in clerk.get(address).content.decode() for link in links)


def test_a_revocation_is_drafted_on_its_page_and_what_is_missing_is_told(desk, office):
    issued = desk.issued()
    address = reverse("decisions:decision_revoke", args=[issued.pk])
    values = {"lines": [issued.lines.first().pk], "reason": "Kết luận số 5"}
    assert office.post(address, values).status_code == 422
    answer = office.post(address, {**values, "ground": "ground_forgery"})
    made = Decision.objects.get(kind="revocation")
    assert answer.headers["Location"] == reverse("decisions:decision", args=[made.pk])


def test_a_correction_leads_to_the_words_of_its_first_line(desk, office):
    issued = desk.issued()
    address = reverse("decisions:decision_correct", args=[issued.pk])
    answer = office.post(address, {"lines": [issued.lines.first().pk], "reason": "Ghi sai tên"})
    line = DecisionLine.objects.get(decision__kind="correction")
    assert answer.headers["Location"] == reverse("decisions:correction_line", args=[line.pk])
    office.post(answer.headers["Location"], {"name_printed": "Trần Thị Mây", "version": 1})
    line.refresh_from_db()
    assert line.name_printed == "Trần Thị Mây"


@pytest.mark.parametrize("kind", ["revocation", "correction"])
def test_the_list_of_the_paper_says_what_becomes_of_whom(desk, kind):
    issued = desk.issued()
    line = issued.lines.first()
    draft = desk.revocation(issued, line) if kind == "revocation" else desk.correction(issued, line, "Trần Thị Mây")
    paper = decision_paper(draft, list(selectors.lines_of(draft)), draft=True)
    pdf = PdfReader(BytesIO(render_pdf(paper)))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert line.name_printed in text
    assert ("BỊ HỦY BỎ NỘI DUNG" if kind == "revocation" else "sửa thành “Trần Thị Mây”") in text
    assert "Tổng số tiền" not in text


def test_the_public_register_shows_that_a_decision_was_revoked_and_by_which(desk, client):
    issued = desk.issued()
    desk.sent_through(desk.revocation(issued))
    text = client.get(reverse("decisions:register")).content.decode()
    assert "Bị thu hồi" in text
    assert "02/QĐ-VKSTC" in text


def test_what_came_back_is_recorded_on_its_page(desk, clerk):
    issued = desk.issued()
    done = desk.sent_through(desk.revocation(issued))
    Decision.objects.update(dated="2026-01-05")
    recovery = Recovery.objects.create(
        line=issued.lines.first(), decision=done, opened_on="2026-01-05", due_on="2026-01-26", item_due=True
    )
    address = reverse("decisions:recovery", args=[recovery.pk])
    assert "Quá hạn" in clerk.get(reverse("decisions:recovery_list")).content.decode()
    assert clerk.post(address, {"version": 1}).status_code == 422
    clerk.post(address, {"version": 1, "item_on": "06/01/2026", "item_note": "nguyên vẹn"})
    recovery.refresh_from_db()
    assert not recovery.is_open


def test_a_task_of_looking_again_is_shown_and_settled(desk, office):
    issued = desk.issued()
    desk.sent_through(desk.revocation(issued))
    line = issued.lines.first()
    later = make_grant(line.person, "chien_si_thi_dua_toan_quoc", 2026, decided_on=DAY)
    task = Recheck.objects.create(
        line=line, grant=later, before="eligible", after="not_eligible", says=["Chưa đủ 02 lần"], found_at=NOW
    )
    assert "Chưa đủ 02 lần" in office.get(reverse("decisions:recheck_list")).content.decode()
    address = reverse("decisions:recheck", args=[task.pk])
    assert office.post(address, {"note": ""}).status_code == 422
    office.post(address, {"note": "Giữ nguyên"})
    assert "Giữ nguyên" in office.get(address).content.decode()


def test_a_difference_found_at_night_is_listed(desk, office):
    Mismatch.objects.create(key="x", says="07/QĐ-VKSTC, dòng 1: thiếu", unit=desk.world.unit, found_at=NOW, seen_at=NOW)
    assert "dòng 1: thiếu" in office.get(reverse("decisions:mismatch_list")).content.decode()


@pytest.mark.parametrize("name", ["payment_list", "hand_over_list"])
def test_lists_cost_the_same_for_two_lines_as_for_eight(desk, as_user, name, django_assert_max_num_queries):
    client, numbers = as_user(desk.office if name == "payment_list" else desk.clerk), []
    for size in (2, 6):
        desk.session = desk.world.closed(lines=size)
        desk.issued()
        client.get(reverse(f"decisions:{name}"))
        with django_assert_max_num_queries(60) as counted:
            client.get(reverse(f"decisions:{name}"))
        numbers.append(len(counted))
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize(
    ("name", "record", "role"),
    [("payment_list", "payment_record", "office"), ("hand_over_list", "hand_over_record", "clerk")],
)
def test_after_the_rows_of_a_narrowed_list_were_recorded_the_list_is_as_it_was_left(desk, as_user, name, record, role):
    desk.issued()
    Certificate.objects.update(state="printed")
    client, narrowed = as_user(getattr(desk, role)), f"{reverse(f'decisions:{name}')}?trang-thai=cho&xep=ten"
    shown = client.get(narrowed).content.decode()
    assert 'name="ve" value="' in shown
    keys = _keys(Payment if role == "office" else DecisionLine)[:1]
    Decision.objects.update(dated="2026-01-05")
    asked = client.post(reverse(f"decisions:{record}"), {"dong": keys, "ve": narrowed}).content.decode()
    assert narrowed.replace("&", "&amp;") in asked
    values = {"paid_on": "05/01/2026", "voucher": "PC 1", "presented_on": "05/01/2026", "place": "A", "presenter": "B"}
    answer = client.post(reverse(f"decisions:{record}"), {"dong": keys, "ve": narrowed, **values})
    assert answer.headers["Location"] == narrowed


def test_a_day_ahead_is_told_beside_its_field_and_what_was_typed_stays(desk, clerk):
    desk.issued()
    values = {"dong": _keys(DecisionLine), "presented_on": "31/12/2099", "place": "Hội trường A", "presenter": "B"}
    answer = clerk.post(reverse("decisions:hand_over_record"), values)
    assert answer.status_code == 422
    assert "Ngày 31/12/2099 chưa đến" in answer.content.decode()
    assert "Hội trường A" in answer.content.decode()


@pytest.mark.parametrize("typed", ["tran mai", "Mai  TRẦN", "01/QĐ-VKSTC"])
@pytest.mark.parametrize("name", ["hand_over_list", "certificate_list"])
def test_lists_are_searched_by_the_name_of_who_is_honoured_and_by_the_decision(desk, clerk, name, typed):
    issued = desk.issued()
    person = issued.lines.order_by("order").first().person
    person.full_name = "Trần Thị Mai"
    person.save()
    table = clerk.get(reverse(f"decisions:{name}"), {"q": typed}).context["table"]
    assert table.total == (2 if typed.startswith("01") else 1)


def test_a_fund_entry_of_another_year_is_shown_where_it_was_written(desk, office):
    values = {"unit": desk.world.unit.pk, "year": "2025", "kind": "appropriated", "amount": "1", "on": "05/01/2025"}
    answer = office.post(reverse("decisions:fund_report"), {**values, "basis": "QĐ 3"})
    assert answer.headers["Location"].endswith("?nam=2025")


def test_a_line_of_the_list_leads_to_its_own_revocation(desk, office, clerk):
    issued = desk.issued()
    line = issued.lines.order_by("order").last()
    link = f"{reverse('decisions:decision_revoke', args=[issued.pk])}?dong={line.pk}"
    page = reverse("decisions:decision_lines", args=[issued.pk])
    assert link in office.get(page).content.decode()
    assert link not in clerk.get(page).content.decode()
    assert office.get(link).context["form"].initial["lines"] == [line.pk]
