"""Numbers of a register: in order, without hole or double, and with the day of the paper."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from core.act import act
from core.models import Event
from core.workflow import Refused
from documents.models import IssuedNumber, NumberSeries
from documents.selectors import gaps, number_answer
from documents.services import numbering

pytestmark = pytest.mark.django_db
REGISTER = {"body": "VKSTC", "kind": "QĐ"}


@pytest.fixture
def take(van, region, now):
    """The next number (or the one asked for) for a paper of one day."""

    def _take(day: date = date(2026, 11, 21), number: int | None = None, **register) -> int:
        asked = {**REGISTER, **register}
        return numbering.take(dated=day, subject=region, by=van, at=now, number=number, **asked).number

    return _take


@pytest.fixture
def hand(van, now):
    """What the clerk enters by hand: who and when."""
    return {"by": van, "at": now, "note": "sổ giấy", **REGISTER, "year": 2026}


def test_numbers_follow_each_other(take):
    assert [take() for _ in range(3)] == [1, 2, 3]


def test_each_body_kind_and_year_has_its_own_register(take):
    numbers = (take(day=date(2025, 12, 31)), take(), take(body="VKSPT"), take(kind="BB"), take())
    assert numbers == (1, 1, 1, 1, 2)


def test_a_number_of_an_act_that_fails_is_given_again(take, van, region, now):
    @act
    def sign() -> None:
        numbering.take(dated=date(2026, 11, 21), subject=region, by=van, at=now, **REGISTER)
        raise RuntimeError

    take()
    with pytest.raises(RuntimeError):
        sign()
    assert take() == 2


def test_numbers_kept_back_are_passed_over_and_given_when_asked_for(take, hand):
    numbering.reserve(numbers=[2, 5], **hand)
    assert [take() for _ in range(3)] == [1, 3, 4]
    assert take(number=5) == 5
    assert take() == 6


def test_a_number_kept_back_below_the_last_can_still_be_asked_for(take, hand):
    numbering.reserve(numbers=[1], **hand)
    assert [take(), take()] == [2, 3]
    assert take(number=1) == 1


def test_numbers_used_in_the_paper_register_are_never_given(take, hand):
    numbering.import_used(numbers=range(1, 411), **hand)
    assert take() == 411
    with pytest.raises(Refused, match=r"Số 300 đã dùng trong năm 2026\. Số kế tiếp là 412"):
        take(number=300)


def test_a_used_number_is_refused_with_the_next_one_named(take):
    take()
    with pytest.raises(Refused, match=r"Số 1 đã dùng trong năm 2026\. Số kế tiếp là 2"):
        take(number=1)


def test_a_number_out_of_turn_is_refused(take):
    with pytest.raises(Refused, match="Số 9 chưa đến lượt: số kế tiếp là 1"):
        take(number=9)


def test_the_very_next_number_may_be_typed(take):
    take()
    assert take(number=2) == 2


def test_a_day_before_that_of_the_number_before_is_refused(take):
    take(day=date(2026, 11, 20))
    with pytest.raises(Refused, match="Số 1 đã ghi ngày 20/11/2026; số 2 không thể ghi ngày sớm hơn"):
        take(day=date(2026, 11, 19))


def test_a_day_after_that_of_a_larger_number_is_refused(take, hand):
    numbering.reserve(numbers=[1], **hand)
    take(day=date(2026, 11, 20))
    with pytest.raises(Refused, match="không thể ghi ngày muộn hơn"):
        take(day=date(2026, 11, 21), number=1)


def test_entering_a_number_twice_names_it_and_changes_nothing(hand):
    numbering.import_used(numbers=[1, 2, 3], **hand)
    with pytest.raises(Refused, match="Số 2, 3 đã có trong sổ năm 2026"):
        numbering.reserve(numbers=[2, 3, 4], **hand)
    assert IssuedNumber.objects.count() == 3


def test_a_number_kept_back_can_be_given_back(take, hand, van, now):
    (kept,) = numbering.reserve(numbers=[1], **hand)
    assert take() == 2
    numbering.release(issued=kept, by=van, at=now)
    assert (take(number=1), take()) == (1, 3)


def test_a_number_kept_back_is_not_given_back_behind_one_with_an_earlier_day(take, hand, van, now):
    (kept,) = numbering.reserve(numbers=[1], **hand)
    take(day=date(2026, 11, 20))
    with pytest.raises(Refused, match=r"Số 2 đã ghi ngày 20/11/2026 nên số 1 trả lại sẽ bỏ trống.*hủy số này"):
        numbering.release(issued=kept, by=van, at=now)
    numbering.void(issued=kept, reason="Không ban hành", by=van, at=now)
    assert take() == 3


def test_a_number_left_free_behind_an_earlier_day_is_told_with_its_cure(take, hand):
    numbering.import_used(numbers=[2], known={2: (date(2026, 11, 10), "")}, **hand)
    with pytest.raises(Refused, match="Nếu số 1 đã dùng trên sổ văn thư, đồng chí nhập vào sổ"):
        take()


def test_the_day_of_a_void_number_binds_no_other(take, van, now):
    take(day=date(2026, 11, 21))
    numbering.void(issued=IssuedNumber.objects.get(), reason="Ghi nhầm ngày", by=van, at=now)
    assert take(day=date(2026, 11, 18)) == 2


def test_no_new_number_goes_into_the_register_of_a_year_that_is_over(take, hand):
    numbering.reserve(numbers=[2], **{**hand, "year": 2025})
    take(day=date(2025, 12, 30))
    take(day=date(2026, 1, 5))
    with pytest.raises(Refused, match=r"Sổ năm 2026 đã có số 1 ngày 05/01/2026; không cấp thêm số lùi về năm 2025"):
        take(day=date(2025, 12, 31))
    assert take(day=date(2025, 12, 31), number=2) == 2


def test_a_number_kept_back_that_was_used_on_paper_is_taken_over(take, hand):
    numbering.reserve(numbers=[1, 2], **hand)
    numbering.import_used(numbers=[2, 3], known={2: (date(2026, 11, 2), "Giấy mời")}, **hand)
    rows = IssuedNumber.objects.order_by("number").values_list("number", "state", "dated", "note")
    assert list(rows)[1:] == [(2, "imported", date(2026, 11, 2), "Giấy mời"), (3, "imported", None, "sổ giấy")]
    assert take() == 4


def test_a_number_given_meanwhile_is_not_made_void_from_an_old_page(take, hand, van, now):
    (seen,) = numbering.reserve(numbers=[1], **hand)
    take(number=1)
    with pytest.raises(Refused, match="Số 1 vừa chuyển sang “Đã cấp”"):
        numbering.void(issued=seen, reason="x", by=van, at=now)


def test_an_issued_number_cannot_be_given_back_only_made_void(take, van, now):
    take()
    row = IssuedNumber.objects.get()
    with pytest.raises(Refused):
        numbering.release(issued=row, by=van, at=now)
    with pytest.raises(Refused, match="lý do"):
        numbering.void(issued=row, reason=" ", by=van, at=now)
    assert numbering.void(issued=row, reason="Hủy dự thảo", by=van, at=now).state == "void"
    assert take() == 2


def test_every_number_leaves_a_trace(take, hand):
    take()
    numbering.reserve(numbers=[7], **hand)
    assert list(Event.objects.order_by("seq").values_list("kind", flat=True)) == ["number.issue", "number.reserved"]


def test_the_report_names_the_holes(hand):
    numbering.import_used(numbers=[1, 2, 5, 8], **hand)
    assert gaps(NumberSeries.objects.get()) == [3, 4, 6, 7]


def test_numbers_kept_back_far_ahead_make_no_hole(hand):
    numbering.reserve(numbers=[9], **hand)
    assert gaps(NumberSeries.objects.get()) == []


@pytest.mark.parametrize(
    ("number", "free", "says"),
    [
        (None, True, "Số 412 chưa dùng trong năm 2026. Số trước: 411 (20/11/2026)."),
        (412, True, "Số 412 chưa dùng trong năm 2026. Số trước: 411 (20/11/2026)."),
        (411, False, "Số 411 đã dùng trong năm 2026. Số kế tiếp là 412."),
        (3, False, "Số 3 đã dùng trong năm 2026. Số kế tiếp là 412."),
        (500, True, "Số 500 đang được để dành: sổ giấy."),
        (600, False, "Số 600 chưa đến lượt. Số kế tiếp là 412."),
    ],
)
def test_the_form_is_told_whether_a_number_is_free(take, hand, number, free, says):
    numbering.import_used(numbers=range(1, 411), **hand)
    numbering.reserve(numbers=[500], **hand)
    take(day=date(2026, 11, 20))
    answer = number_answer(year=2026, number=number, **REGISTER)
    assert (answer.free, answer.next, answer.says) == (free, 412, says)


def test_an_empty_register_begins_with_1():
    assert number_answer(year=2026, **REGISTER).says == "Số 1 chưa dùng trong năm 2026."


def test_the_database_refuses_a_number_twice(take, van, now):
    take()
    series = NumberSeries.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedNumber.objects.create(series=series, number=1, state="imported", by=van, at=now)


def test_the_database_refuses_an_issued_number_without_paper(van, now):
    series = NumberSeries.objects.create(body="X", kind="Y", year=2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedNumber.objects.create(series=series, number=1, state="issued", by=van, at=now)
