"""Forms as the sector fills them: Vietnamese dates and numbers, clean text, gentle errors.

Labels stand above, then the hint, the error and the control; optional fields say so. Render with
`{% crispy form %}` or field by field with components/field.html; both show the error summary's words.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.templatetags.vi import vi_date, vi_number
from core.typed import whole
from core.vietnamese import UnclearText, check_text, clean_text

DATE_SAYS = "Nhập ngày theo dạng dd/mm/yyyy, ví dụ 30/11/2026."
MOMENT_SAYS = "Nhập giờ và ngày theo dạng hh:mm dd/mm/yyyy, ví dụ 08:30 30/11/2026."
NUMBER_SAYS = "Nhập số theo dạng 1.234,5: dấu chấm tách hàng nghìn, dấu phẩy cho phần thập phân."
WHOLE_SAYS = "Nhập số nguyên, ví dụ 1.800.000."
FIRST_YEAR, LAST_YEAR = 1900, 2100
#: From so many options on, a list also gets a search box (static/js/combobox.js).
SEARCH_FROM = 9

T = TypeVar("T")

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")
_RUN_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_CLOCK = re.compile(r"(?:^|\s)(\d{1,2})[:hg](\d{2})?(?:\s|$)")
_NUMBER = re.compile(r"[-+]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")


def parse_day(typed: str) -> date:
    """Read d/m/yy, 1-1-2026, ddmmyyyy or 2026-01-31, the day always before the month; ValueError says what to do."""
    text = clean_text(typed)
    if iso := _ISO.fullmatch(text):
        year, month, day = int(iso["y"]), int(iso["m"]), int(iso["d"])
    elif parts := _DAY_FIRST.fullmatch(text) or _RUN_TOGETHER.fullmatch(text):
        day, month, year = (int(part) for part in parts.groups())
        year = _century(year) if len(parts[3]) == 2 else year
    else:
        raise ValueError(DATE_SAYS)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"Năm {year} nằm ngoài khoảng {FIRST_YEAR} đến {LAST_YEAR}. {DATE_SAYS}")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"Không có ngày {day:02d}/{month:02d}/{year}. {DATE_SAYS}") from None


def parse_number(typed: str) -> Decimal:
    """Read 1.234,5 or 1234,5; ValueError says what to do (1.5 could mean two things)."""
    text = clean_text(typed).replace(" ", "").removesuffix("đ").removesuffix("%")
    if not _NUMBER.fullmatch(text):
        raise ValueError(NUMBER_SAYS)
    return Decimal(text.replace(".", "").replace(",", "."))


class DayInput(forms.TextInput):
    """A typed date; the script only tidies it on leaving the field."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"class": "input-date", "inputmode": "numeric", "autocomplete": "off", "data-date": "", **(attrs or {})}
        )

    def format_value(self, value: Any) -> str | None:
        return value if isinstance(value, str) else vi_date(value)


class MomentInput(forms.TextInput):
    """A typed clock time and date."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "input-date", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, str) or value is None:
            return value
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%H:%M %d/%m/%Y}"


class NumberInput(forms.TextInput):
    """A typed number, 1.234,5."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "input-number", "inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return value if isinstance(value, str) else vi_number(value)


class ViDateField(forms.DateField):
    """A date, day first."""

    widget = DayInput
    default_error_messages = {"invalid": DATE_SAYS}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, str):
            return _or_invalid(parse_day, value)
        return super().to_python(value)


class DoneOnField(ViDateField):
    """The day on which something was done: today at the latest."""

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > timezone.localdate():
            raise ValidationError(f"Ngày {value:%d/%m/%Y} chưa đến. Nhập ngày hôm nay hoặc ngày trước đó.")


class ViDateTimeField(forms.DateTimeField):
    """A moment in local time: 08:30 30/11/2026, either part first."""

    widget = MomentInput
    default_error_messages = {"invalid": MOMENT_SAYS}

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if not isinstance(value, str):
            return super().to_python(value)
        clock = _CLOCK.search(clean_text(value))
        if clock is None:
            raise ValidationError(MOMENT_SAYS, code="invalid")
        hour, minute = int(clock[1]), int(clock[2] or 0)
        if hour > 23 or minute > 59:
            raise ValidationError(MOMENT_SAYS, code="invalid")
        day = _or_invalid(parse_day, _CLOCK.sub(" ", clean_text(value), count=1))
        return timezone.make_aware(datetime.combine(day, time(hour, minute)))


class ViDecimalField(forms.DecimalField):
    """A number with decimals, 1.234,5."""

    widget = NumberInput
    default_error_messages = {"invalid": NUMBER_SAYS}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str) and value not in self.empty_values:
            return _or_invalid(parse_number, value)
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class ViIntegerField(forms.IntegerField):
    """A whole number, 1.800.000."""

    widget = NumberInput
    default_error_messages = {"invalid": WHOLE_SAYS}

    def to_python(self, value: Any) -> int | None:
        if not isinstance(value, str) or value in self.empty_values:
            number: int | None = super().to_python(value)
            return number
        try:
            parsed = parse_number(value)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if parsed != parsed.to_integral_value():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(parsed)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Several rows by their keys; what no key can be is an invalid choice, not an error of the database."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if isinstance(key, str) and whole(key, -1) < 0:
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key[:40]})
        return super().clean(value)


class Readable:
    """What ViForm and ViModelForm share.

    `suffixes` names the fixed end of a field ({"number": "/QĐ-VKSTC"}), printed beside the control.
    """

    suffixes: dict[str, str] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.suffix = self.suffixes.get(name, "")  # type: ignore[attr-defined]
            _speak(field, name)
            _dress(field.widget)
            if isinstance(field, forms.CharField) and field.strip:
                # Fields are copied for each form, so this changes no other form.
                field.to_python = _cleaned(field)  # type: ignore[method-assign, assignment]

    @property
    def helper(self) -> FormHelper:
        """For `{% crispy form %}`: the page owns the form tag, its token and its buttons."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        return helper


class ViForm(Readable, forms.Form):
    """A form of ours."""


class ViModelForm(Readable, forms.ModelForm):  # type: ignore[type-arg]
    """A form of a model; write `formfield_callback = vi_formfield` in its Meta."""


def vi_formfield(db_field: Any, **kwargs: Any) -> forms.Field | None:
    """`formfield_callback` of a ModelForm's Meta: our date and number fields for the model's."""
    kinds = {
        "DateField": ViDateField, "DateTimeField": ViDateTimeField, "DecimalField": ViDecimalField,
        "IntegerField": ViIntegerField, "PositiveIntegerField": ViIntegerField,
        "SmallIntegerField": ViIntegerField, "PositiveSmallIntegerField": ViIntegerField,
    }  # fmt: skip
    kind = kinds.get(db_field.get_internal_type())
    if kind and not db_field.choices:
        kwargs["form_class"] = kind
    field: forms.Field | None = db_field.formfield(**kwargs)
    return field


def _century(year: int) -> int:
    """Two digits: up to ten years ahead of today, else the last century (births)."""
    return 2000 + year if 2000 + year <= timezone.localdate().year + 10 else 1900 + year


def _or_invalid(parse: Callable[[str], T], typed: str) -> T:
    try:
        return parse(typed)
    except ValueError as reason:
        raise ValidationError(str(reason), code="invalid") from None


def _speak(field: forms.Field, name: str) -> None:
    """Errors that name the field and say what to do, where Django's own would not."""
    label = str(field.label or name)
    if label[1:2].islower() or label[1:2] == " ":
        label = label[:1].lower() + label[1:]
    picks = isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField)
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = f"{'Chọn' if picks else 'Nhập'} {label}."


def _dress(widget: forms.Widget) -> None:
    """Bootstrap's class for each kind of control."""
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        wanted = "form-check-input"
    elif isinstance(widget, forms.Select):
        wanted = "form-select"
        if not isinstance(widget, forms.SelectMultiple):
            widget.attrs.setdefault("data-combobox", f"{SEARCH_FROM}")
    elif isinstance(widget, forms.HiddenInput | forms.MultiWidget):
        return
    else:
        wanted = "form-control"
    present = widget.attrs.get("class", "")
    widget.attrs["class"] = f"{wanted} {present}".strip() if wanted not in present else present


def _cleaned(field: forms.CharField) -> Callable[[Any], Any]:
    """The field's own conversion, then the one stored form of text, then the refusal of false letters."""
    convert, multiline = field.to_python, isinstance(field.widget, forms.Textarea)

    def to_python(value: Any) -> Any:
        text = convert(value)
        if not isinstance(text, str) or text in field.empty_values:
            return text
        text = clean_text(text, multiline=multiline)
        try:
            check_text(text)
        except UnclearText as reason:
            raise ValidationError(
                "%(says)s", code="unclear", params={"says": reason.says, "suggestion": reason.suggestion}
            ) from None
        return text or field.empty_value

    return to_python
