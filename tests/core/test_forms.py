"""Dates day first, numbers with a decimal comma, clean text, errors that say what to do."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms

from core.forms import (
    DATE_SAYS,
    ViDateField,
    ViDateTimeField,
    ViDecimalField,
    ViForm,
    ViIntegerField,
    ViModelForm,
    parse_day,
    parse_number,
    vi_formfield,
)
from core.models import RuleOverride

pytestmark = pytest.mark.once


class Example(ViForm):
    suffixes = {"number": "/QĐ-VKSTC"}

    name = forms.CharField(label="Họ và tên")
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea, required=False)
    secret = forms.CharField(label="Mật khẩu", strip=False, required=False)
    due = ViDateField(label="Hạn bổ sung", required=False)
    opens = ViDateTimeField(label="Mở lúc", required=False)
    money = ViDecimalField(label="Mức tiền", required=False, min_value=0)
    count = ViIntegerField(label="Số lượng", required=False)
    number = forms.CharField(label="Số quyết định", required=False)
    kind = forms.ChoiceField(label="Hình thức", choices=[("bk", "Bằng khen")], required=False)


def form(**data: str) -> Example:
    return Example({"name": "Lan", **data})


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("02/09/2026", date(2026, 9, 2)),
        ("2/9/26", date(2026, 9, 2)),
        ("1-1-2026", date(2026, 1, 1)),
        ("02.09.2026", date(2026, 9, 2)),
        ("02092026", date(2026, 9, 2)),
        ("2026-09-02", date(2026, 9, 2)),
        ("5/3/78", date(1978, 3, 5)),
    ],
)
def test_the_day_comes_before_the_month_in_every_accepted_form(typed: str, day: date) -> None:
    assert parse_day(typed) == day


@pytest.mark.parametrize("typed", ["30/13/2026", "31/02/2026", "09/30/2026", "hôm nay", "2/9", "020926", "1/1/1800"])
def test_what_is_no_date_is_answered_with_the_form_to_use(typed: str) -> None:
    errors = form(due=typed).errors["due"]
    assert len(errors) == 1
    assert errors[0].endswith(DATE_SAYS)


def test_a_date_that_does_not_exist_is_named() -> None:
    assert form(due="31/02/2026").errors["due"] == [f"Không có ngày 31/02/2026. {DATE_SAYS}"]


def test_a_wrong_date_stays_in_its_field_as_typed() -> None:
    assert 'value="31/02/2026"' in str(form(due="31/02/2026")["due"])


def test_a_known_date_is_shown_day_first() -> None:
    assert 'value="02/09/2026"' in str(Example(initial={"due": date(2026, 9, 2)})["due"])


@pytest.mark.parametrize("typed", ["08:30 30/11/2026", "30/11/2026 8:30", "8h30 30-11-2026", "8g30 30/11/26"])
def test_a_moment_is_read_in_local_time(typed: str) -> None:
    example = form(opens=typed)
    assert example.is_valid(), example.errors
    assert example.cleaned_data["opens"] == datetime(2026, 11, 30, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["30/11/2026", "25:00 30/11/2026", "08:61 30/11/2026"])
def test_a_moment_needs_a_clock_time_that_exists(typed: str) -> None:
    assert form(opens=typed).errors["opens"] == ["Nhập giờ và ngày theo dạng hh:mm dd/mm/yyyy, ví dụ 08:30 30/11/2026."]


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1.234,5", "1234.5"), ("1234,5", "1234.5"), ("1.800.000 đ", "1800000"), ("0,15", "0.15"), ("-2,5", "-2.5")],
)
def test_numbers_have_a_decimal_comma(typed: str, number: str) -> None:
    assert parse_number(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["1.5", "1,234.5", "12.34", "mười", "1 2,3,4", "1e5", "NaN", "Infinity"])
def test_a_number_that_could_mean_two_things_is_refused(typed: str) -> None:
    assert "1.234,5" in form(money=typed).errors["money"][0]


def test_a_known_number_is_shown_with_a_comma() -> None:
    assert 'value="1.234,5"' in str(Example(initial={"money": Decimal("1234.5")})["money"])


def test_a_whole_number_refuses_decimals() -> None:
    good = form(count="1.800.000")
    assert good.is_valid()
    assert good.cleaned_data["count"] == 1_800_000
    assert form(count="1,5").errors["count"] == ["Nhập số nguyên, ví dụ 1.800.000."]


def test_text_is_stored_clean_and_passwords_as_typed() -> None:
    example = form(name="  Nguye\u0302\u0303n\u00a0Lan ", secret=" a\u00a0b ", note="một\r\nhai")
    assert example.is_valid()
    assert example.cleaned_data["name"] == "Nguyễn Lan"
    assert example.cleaned_data["secret"] == " a\u00a0b "
    assert example.cleaned_data["note"] == "một\nhai"


def test_a_false_letter_is_refused_with_a_correction_to_press() -> None:
    error = form(name="Ðỗ Lan").errors.as_data()["name"][0]
    assert error.params["suggestion"] == "Đỗ Lan"
    assert "Nhập lại: Đỗ Lan." in error.messages[0]


def test_a_missing_field_is_named_with_what_to_do() -> None:
    assert Example({}).errors["name"] == ["Nhập họ và tên."]


def test_two_forms_do_not_share_their_cleaning() -> None:
    assert "to_python" not in vars(Example.base_fields["name"])


def test_date_fields_of_a_model_read_the_vietnamese_way() -> None:
    class Override(ViModelForm):
        class Meta:
            model = RuleOverride
            fields = ["parameter", "valid_from", "valid_to", "cite_document", "cite_place"]
            formfield_callback = vi_formfield

    assert Override().fields["valid_from"].clean("02/09/2026") == date(2026, 9, 2)
