"""Bonuses by the book: only the highest of one period, paid once with a voucher, out of a fund that adds up."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts import policy
from accounts.roles import ROLES
from core.models import Event
from core.workflow import Refused
from decisions.facts import fund
from decisions.models import FundEntry, Payment
from decisions.services import drafting, issuing, payments, recovering
from documents.models import IssuedNumber
from tests.decisions.conftest import DAY
from tests.factories.council import NOW
from tests.factories.units import make_person, make_unit, make_user

CSTD, LDTT = "chien_si_thi_dua_nganh", "lao_dong_tien_tien"


def _issue(desk, **line):
    desk.session = desk.world.closed(lines=1, **line)
    return desk.issued()


def _pay(desk, *chosen, on=DAY, voucher="PC 12"):
    return payments.record_paid(payments=list(chosen), paid_on=on, voucher=voucher, by=desk.office, at=NOW)


def test_an_issue_opens_one_payment_a_line_with_its_arithmetic(desk):
    desk.issued()
    rows = list(Payment.objects.order_by("pk"))
    assert [(row.amount, row.says) for row in rows] == [(7_590_000, "3,0 × 2.530.000 đ = 7.590.000 đ")] * 2


def test_rounding_is_shown_where_it_changed_something(desk):
    _issue(desk, award="bang_khen_vien_truong")
    assert Payment.objects.get().says == "1,5 × 2.530.000 đ = 3.795.000 đ, làm tròn lên 3.800.000 đ"


def test_nothing_is_due_before_the_issue(desk):
    desk.signed()
    assert not Payment.objects.exists()


def test_of_two_titles_of_one_day_and_period_only_the_highest_is_paid(desk):
    person = make_person(desk.world.unit)
    _issue(desk, person=person, award=LDTT)
    _issue(desk, person=person, award=CSTD)
    amounts = dict(Payment.objects.values_list("line__award", "amount"))
    assert amounts == {LDTT: 0, CSTD: 7_590_000}
    assert "mức cao nhất" in Payment.objects.get(line__award=LDTT).says


def test_the_lower_title_decided_after_the_higher_one_gets_nothing_either(desk):
    person = make_person(desk.world.unit)
    _issue(desk, person=person, award=CSTD)
    _issue(desk, person=person, award=LDTT)
    assert Payment.objects.get(line__award=LDTT).amount == 0
    assert Payment.objects.get(line__award=LDTT).line.payable == 0


def test_a_list_not_yet_with_the_signer_prints_what_a_higher_title_of_that_day_leaves_payable(desk):
    person = make_person(desk.world.unit)
    desk.session = desk.world.closed(lines=1, person=person, award=LDTT)
    lower = desk.numbered().lines.get()
    assert lower.payable == 760_000
    desk.session = desk.world.closed(lines=1, person=person, award=CSTD)
    higher = desk.numbered()
    lower.refresh_from_db()
    assert (lower.payable, "CSTĐ ngành" in lower.payable_says) == (0, True)
    number = IssuedNumber.objects.get(number=higher.number)
    issuing.take_back_number(issued=number, reason="Sai căn cứ", by=desk.clerk, at=NOW)
    lower.refresh_from_db()
    assert lower.payable == 760_000


def test_once_the_higher_title_is_revoked_the_lower_one_is_due(desk):
    person = make_person(desk.world.unit)
    _issue(desk, person=person, award=LDTT)
    higher = _issue(desk, person=person, award=CSTD)
    desk.sent_through(desk.revocation(higher))
    lower = Payment.objects.get(line__award=LDTT)
    assert (lower.amount, lower.says) == (760_000, "0,3 × 2.530.000 đ = 759.000 đ, làm tròn lên 760.000 đ")
    assert Payment.objects.get(line__award=CSTD).cancelled_by is not None


def test_a_higher_title_that_was_set_right_still_outranks_the_lower_one(desk):
    person = make_person(desk.world.unit)
    higher = _issue(desk, person=person, award=CSTD)
    desk.sent_through(desk.correction(higher, higher.lines.get()))
    _issue(desk, person=person, award=LDTT)
    assert Payment.objects.get(line__award=LDTT).amount == 0


def test_once_a_title_set_right_is_revoked_the_lower_one_is_due(desk):
    person = make_person(desk.world.unit)
    _issue(desk, person=person, award=LDTT)
    higher = _issue(desk, person=person, award=CSTD)
    right = desk.sent_through(desk.correction(higher, higher.lines.get()))
    desk.sent_through(desk.revocation(right))
    assert Payment.objects.get(line__award=LDTT).amount == 760_000


def test_what_was_paid_before_a_correction_may_be_noted_after_it(desk):
    desk.meet(DAY - timedelta(days=1))
    issued = desk.sent_through(desk.draft(), day=DAY - timedelta(days=1))
    desk.sent_through(desk.correction(issued, issued.lines.get()))
    paid, refused = _pay(desk, Payment.objects.get(), on=DAY - timedelta(days=1))
    assert (len(paid), refused) == (1, [])


def test_a_title_and_a_form_are_both_paid(desk):
    person = make_person(desk.world.unit)
    _issue(desk, person=person, award=CSTD)
    _issue(desk, person=person, award="bang_khen_vien_truong")
    assert all(Payment.objects.values_list("amount", flat=True))


def test_titles_of_different_people_stand_beside_each_other(desk):
    _issue(desk, award=LDTT)
    _issue(desk, award=CSTD)
    assert all(Payment.objects.values_list("amount", flat=True))


def test_titles_decided_on_different_days_are_both_paid(desk):
    person = make_person(desk.world.unit)
    desk.meet(DAY - timedelta(days=1), person=person, award=LDTT)
    desk.sent_through(desk.draft(), day=DAY - timedelta(days=1))
    _issue(desk, person=person, award=CSTD)
    assert all(Payment.objects.values_list("amount", flat=True))


def test_a_bonus_is_paid_once_with_day_and_voucher(desk):
    desk.issued()
    first, _ = Payment.objects.order_by("pk")
    paid, refused = _pay(desk, first)
    assert ([row.voucher for row in paid], refused) == (["PC 12"], [])
    paid, refused = _pay(desk, first)
    assert paid == []
    assert "Đã chi ngày 21/11/2026" in refused[0][1]
    assert Event.objects.filter(kind="payment.pay").count() == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [({"on": DAY + timedelta(days=1)}, "chưa đến"), ({"on": DAY - timedelta(days=1)}, "sớm hơn ngày quyết định")],
)
def test_a_day_that_cannot_be_is_refused_with_the_reason(desk, change, says):
    desk.issued()
    paid, refused = _pay(desk, *Payment.objects.all(), **change)
    assert paid == []
    assert all(says in reason for _, reason in refused)


def test_without_a_voucher_nothing_is_paid(desk):
    desk.issued()
    with pytest.raises(Refused, match="chứng từ"):
        _pay(desk, *Payment.objects.all(), voucher=" ")


def test_the_clerk_of_numbers_pays_nothing(desk):
    desk.issued()
    with pytest.raises(PermissionDenied):
        payments.record_paid(payments=list(Payment.objects.all()), paid_on=DAY, voucher="1", by=desk.clerk, at=NOW)


def test_the_database_itself_refuses_a_payment_without_voucher(desk):
    desk.issued()
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.update(paid_on=DAY, paid_by=desk.office)


def test_paying_fifty_costs_as_many_queries_as_paying_two(desk, django_assert_max_num_queries):
    desk.session = desk.world.closed(lines=12)
    desk.issued()
    with django_assert_max_num_queries(22):
        _pay(desk, *Payment.objects.all())


def test_the_fund_counts_what_came_in_what_was_paid_what_came_back_and_what_is_owed(desk):
    unit = desk.world.unit
    entry = {"unit": unit, "year": 2026, "on": DAY, "basis": "QĐ giao dự toán", "by": desk.office, "at": NOW}
    payments.enter_fund(kind="appropriated", amount=20_000_000, **entry)
    payments.enter_fund(kind="organising", amount=1_000_000, **entry)
    issued = desk.issued()
    first, _ = Payment.objects.order_by("pk")
    _pay(desk, first)
    report = fund.report(unit, 2026)
    assert (report.paid, report.owed, report.remaining) == (7_590_000, 7_590_000, 11_410_000)
    desk.sent_through(desk.revocation(issued, first.line))
    recovering.record(
        recovery=first.line.recovery, expected_version=1, money_on=DAY, voucher="PT 3", by=desk.office, at=NOW
    )
    assert fund.report(unit, 2026).remaining == 19_000_000


def test_the_same_entry_of_the_fund_counts_once_however_often_it_is_sent(desk):
    entry = {"unit": desk.world.unit, "year": 2026, "kind": "donated", "amount": 5, "on": DAY, "by": desk.office}
    first = payments.enter_fund(basis="PT 1", at=NOW, **entry)
    with pytest.raises(Refused, match="đã ghi vào quỹ"):
        payments.enter_fund(basis="PT 1", at=NOW, **entry)
    payments.enter_fund(basis="PT 2", at=NOW, **entry)
    payments.strike_fund(entry=first, why="Nhập nhầm", by=desk.office, at=NOW)
    payments.enter_fund(basis="PT 1", at=NOW, **entry)
    assert fund.report(desk.world.unit, 2026).total == 10


def test_the_funds_of_many_bodies_cost_as_many_queries_as_one(desk, django_assert_num_queries):
    bodies = [make_unit(issuing_code=f"VKS{n}") for n in range(5)]
    payments.enter_fund(
        unit=bodies[3], year=2026, kind="appropriated", amount=7, on=DAY, basis="x", by=_payer(bodies[3]), at=NOW
    )
    with django_assert_num_queries(4):
        found = fund.reports(bodies, 2026)
    assert [report.total for report in found] == [0, 0, 0, 7, 0]


def _payer(unit):
    user = make_user()
    policy.give(user, ROLES["office"].permissions, unit)
    return user


def test_a_wrong_entry_of_the_fund_is_struck_out_with_a_reason_and_stays(desk):
    entry = payments.enter_fund(
        unit=desk.world.unit, year=2026, kind="appropriated", amount=5, on=DAY, basis="x", by=desk.office, at=NOW
    )
    with pytest.raises(Refused, match="lý do"):
        payments.strike_fund(entry=entry, why=" ", by=desk.office, at=NOW)
    payments.strike_fund(entry=entry, why="Nhập nhầm", by=desk.office, at=NOW)
    assert FundEntry.objects.count() == 1
    assert fund.report(desk.world.unit, 2026).total == 0


def test_money_follows_the_base_salary_of_the_decisions_day(desk):
    desk.meet(date(2026, 6, 30))
    draft = desk.draft()
    bases = [{"number": "", "text": "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"}]
    draft = drafting.edit(decision=draft, values={"legal_bases": bases}, expected_version=1, by=desk.office, at=NOW)
    desk.sent_through(draft, day=date(2026, 6, 30))
    assert Payment.objects.get().amount == 7_020_000
