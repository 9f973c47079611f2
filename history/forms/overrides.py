"""A value of the sector's own: the field is typed by what the parameter is."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms import ViDateField, ViDecimalField, ViForm, ViIntegerField
from core.models import RuleOverride
from history.services.overrides import Source
from rulebook.delegation import Overridable, number_of
from rulebook.shapes import Share

SHARE_SAYS = "Nhập tỷ lệ dạng 90 % hoặc phân số như 2/3, lớn hơn 0 và không quá 100 %."
_PERCENT = re.compile(r"(\d{1,3})\s*%?")
_FRACTION = re.compile(r"(\d{1,3})\s*/\s*(\d{1,3})")
_STATUSES = RuleOverride._meta.get_field("status").choices or []


class ShareField(forms.CharField):
    """A share as people write it, kept as the book writes it: “90 %” is "90/100"."""

    def clean(self, value: Any) -> str:
        """The share as "a/b", at most the whole."""
        text = super().clean(value)
        found = _FRACTION.fullmatch(text)
        percent = None if found else _PERCENT.fullmatch(text)
        if found is None and percent is None:
            raise ValidationError(SHARE_SAYS)
        part, whole = (int(found[1]), int(found[2])) if found else (int(percent[1]) if percent else 0, 100)
        if not 0 < part <= whole:
            raise ValidationError(SHARE_SAYS)
        return f"{part}/{whole}"


class CoefficientField(ViDecimalField):
    """A coefficient with one decimal, kept as the book writes it: "0.6"."""

    def clean(self, value: Any) -> Any:
        """The coefficient as text."""
        number = super().clean(value)
        return number if number is None else f"{number:.1f}"


def _share(label: str) -> forms.Field:
    return ShareField(label=label, max_length=10, help_text="Ví dụ 90 % hoặc 2/3.")


def _integer(label: str) -> forms.Field:
    return ViIntegerField(label=label, min_value=1, max_value=999)


def _coefficient(label: str) -> forms.Field:
    return CoefficientField(
        label=label, min_value=Decimal("0.1"), max_digits=4, decimal_places=1, help_text="Ví dụ 0,6."
    )


def _choice(label: str) -> forms.Field:
    return forms.TypedChoiceField(
        label=label, choices=[("co", "Có"), ("khong", "Không")], coerce=lambda text: text == "co", empty_value=None
    )


def _text(label: str) -> forms.Field:
    return forms.CharField(label=label, max_length=200, help_text="Chức danh, đơn vị được quyết định.")


_FIELDS: dict[str, Callable[[str], forms.Field]] = {
    "fraction": _share,
    "integer": _integer,
    "decimal": _coefficient,
    "boolean": _choice,
    "text": _text,
}


class OverrideForm(ViForm):
    """Value, days, and the document that fixes it."""

    field_order = ["value", "valid_from", "valid_to", "document", "place", "status"]
    valid_from = ViDateField(label="Hiệu lực từ ngày")
    valid_to = ViDateField(label="Đến hết ngày", required=False)
    document = forms.CharField(label="Văn bản căn cứ", max_length=200, help_text="Số, ký hiệu và tên văn bản.")
    place = forms.CharField(label="Điều, khoản", max_length=100)
    status = forms.ChoiceField(label="Độ tin cậy", choices=_STATUSES, initial="confirmed")

    def values(self) -> dict[str, Any]:
        """As the service takes them."""
        kept = self.cleaned_data
        return {
            "value": kept["value"], "valid_from": kept["valid_from"], "valid_to": kept["valid_to"],
            "source": Source(kept["document"], kept["place"], kept["status"]),
        }  # fmt: skip


def override_form(entry: Overridable) -> type[OverrideForm]:
    """The form of one parameter: its value typed by what it is, offered as it stands now."""
    field = _FIELDS[entry.kind]("Giá trị")
    if entry.present is not None:
        field.initial = _typed(number_of(entry.present.content))
    members = {"value": field, "suffixes": {"value": entry.unit} if entry.unit else {}}
    return type("OverrideForm", (OverrideForm,), members)


class EndForm(ViForm):
    """The last day on which a value holds."""

    last_day = ViDateField(label="Ngày cuối cùng còn hiệu lực")


class WithdrawForm(ViForm):
    """Why a value is taken back."""

    reason = forms.CharField(
        label="Lý do rút lại", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mức đã rút không còn được tính cho ngày nào; dòng vẫn ở lại trong danh sách kèm lý do.",
    )  # fmt: skip


def _typed(number: Any) -> Any:
    """A present value as it would be typed."""
    if isinstance(number, Share):
        return number.percent
    if isinstance(number, bool):
        return "co" if number else "khong"
    return number
