"""How dates, numbers, money and deadlines are written; built into every template."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import number_format

register = template.Library()

#: A deadline this near is shown as a warning.
SOON_DAYS = 7
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_ORDINALS = {1: "nhất", 4: "tư"}
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


@register.filter
def vi_date(value: Any) -> str:
    """dd/mm/yyyy; nothing for nothing."""
    day = _as_day(value)
    return f"{day:%d/%m/%Y}" if day else ""


@register.filter
def vi_time(value: datetime | None) -> str:
    """15:52, local time."""
    return f"{_local(value):%H:%M}" if value else ""


@register.filter
def vi_datetime(value: datetime | None) -> str:
    """15:52 ngày 21/11/2026."""
    return f"{_local(value):%H:%M ngày %d/%m/%Y}" if value else ""


@register.filter
def vi_stamp(value: datetime | None) -> str:
    """21/11/2026 15:52, for columns of tables."""
    return f"{_local(value):%d/%m/%Y %H:%M}" if value else ""


@register.filter
def vi_day(value: Any) -> str:
    """Thứ Bảy, 21/11/2026."""
    day = _as_day(value)
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}" if day else ""


@register.filter
def vi_number(value: Any, places: int | None = None) -> str:
    """1.234,5; with `places`, exactly so many decimals (half up)."""
    number = _as_decimal(value)
    if number is None:
        return ""
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP)
    elif number == number.to_integral_value():
        number = number.quantize(Decimal(1))
    return str(number_format(f"{number:f}", use_l10n=True, force_grouping=True))


@register.filter
def money(value: Any) -> str:
    """1.800.000 đ."""
    number = vi_number(value, 0)
    return f"{number} đ" if number else ""


@register.filter
def percent(value: Any, places: int | None = None) -> str:
    """82 %, from a number of hundredths."""
    number = vi_number(value, places)
    return f"{number} %" if number else ""


@register.filter
def plain(value: Any) -> str:
    """A number as machines read it: for ids, attributes, addresses (12345, not 12.345)."""
    return "" if value is None else f"{value}"


@register.filter
def ordinal(value: int | None) -> str:
    """thứ nhất, thứ hai, thứ ba, thứ tư ... thứ hai mươi mốt."""
    return f"thứ {_ORDINALS.get(value) or in_words(value)}" if value else ""


@register.filter
def days_left(value: Any, today: Any = None) -> str:
    """Còn 4 ngày, Hết hạn hôm nay, Quá hạn 2 ngày."""
    left = _days_until(value, today)
    if left is None:
        return ""
    if left == 0:
        return "Hết hạn hôm nay"
    return f"Còn {vi_number(left)} ngày" if left > 0 else f"Quá hạn {vi_number(-left)} ngày"


@register.filter
def due_class(value: Any, today: Any = None) -> str:
    """`late`, `soon` or nothing: the class of a deadline in lists."""
    left = _days_until(value, today)
    if left is None or left > SOON_DAYS:
        return ""
    return "late" if left < 0 else "soon"


@register.filter
def initials(name: str) -> str:
    """QH of Trần Quốc Hưng, for the round badge."""
    return "".join(word[0] for word in str(name).split()[-2:]).upper()


@register.filter
def share(part: Any, whole: Any) -> str:
    """What share `part` is of `whole`, 0 to 100, as an SVG attribute reads it."""
    top, bottom = _as_decimal(part), _as_decimal(whole)
    if top is None or not bottom:
        return "0"
    return f"{max(Decimal(0), min(Decimal(100), top * 100 / bottom)):.1f}"


@register.filter
def in_words(value: int) -> str:
    """A whole number in words, as official papers write sums: một triệu tám trăm nghìn."""
    number = int(value)
    if number < 0:
        return f"âm {in_words(-number)}"
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, rest = divmod(number, 1000)
        groups.append(rest)
    words = [
        f"{_group_in_words(group, place < len(groups) - 1)}{_scale(place)}"
        for place, group in reversed(list(enumerate(groups)))
        if group or (place and place % 3 == 0 and any(groups[place:]))
    ]
    return " ".join(word.strip() for word in words if word.strip())


def _scale(place: int) -> str:
    return ("", " nghìn", " triệu")[place % 3] + " tỷ" * (place // 3 if place % 3 == 0 else 0)


def _group_in_words(group: int, is_inner: bool) -> str:
    if not group:
        return ""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or is_inner else []
    if tens > 1:
        words.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        words.append("mười")
    elif ones and words:
        words.append("linh")
    if ones:
        words.append(_last_digit(ones, tens))
    return " ".join(words)


def _last_digit(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens:
        return "lăm"
    return "tư" if ones == 4 and tens > 1 else _DIGITS[ones]


def _as_day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return _local(value).date()
    return value if isinstance(value, date) else None


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _as_decimal(value: Any) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _days_until(value: Any, today: Any) -> int | None:
    due = _as_day(value)
    return (due - (_as_day(today) or timezone.localdate())).days if due else None
