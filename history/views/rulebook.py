"""The rule book to read: each award with its dated values, their citations, and what nobody has checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import requires
from accounts.permissions import Permission
from core.templatetags.vi import vi_date, vi_number
from history.papers import cite_text
from rulebook import catalogue, codes
from rulebook.book import load
from rulebook.shapes import Condition, Rung, Share
from rulebook.values import Parameter, Value

GROUPS = {
    "title": "Danh hiệu", "flag": "Cờ thi đua", "order": "Huân chương", "medal": "Huy chương",
    "honour": "Danh hiệu vinh dự", "certificate": "Bằng khen, giấy khen", "badge": "Kỷ niệm chương",
}  # fmt: skip
COMMON = "chung"
_PARAMS = {
    "at_least": "xếp loại từ", "awards": "danh hiệu", "count": "số lần", "years": "số năm", "months": "số tháng",
    "level": "cấp sáng kiến từ", "share": "tỷ lệ", "of": "tính trên", "below": "dưới", "over": "phải vượt",
    "after": "sau khi có", "or_titles": "hoặc danh hiệu", "excellent_years": "số năm xuất sắc",
    "titles": "danh hiệu trong thời gian đó", "sets": "một trong các bộ", "initiatives": "sáng kiến",
    "categories": "đối tượng", "read_up_to": "văn bản nêu đến tháng", "form": "hình thức",
}  # fmt: skip
_WORDS = {
    **codes.RATINGS,
    **codes.LEVELS,
    **codes.CATEGORIES,
    **codes.MEMBER_COUNTS,
}


@dataclass
class Line:
    """One value of one parameter, as a row of the table."""

    meaning: str
    who: str
    content: str
    days: str
    cite: str
    status: str
    note: str
    is_in_force: bool


@requires(Permission.GRANT_VIEW)
@require_GET
def rulebook(request: HttpRequest) -> HttpResponse:
    """One award's page of the book, or what is common to all; `?danh-hieu=` chooses."""
    today = timezone.localdate()
    awards = catalogue.awards()
    code = request.GET.get("danh-hieu", "")
    chosen = awards.get(code) if code != COMMON else None
    if chosen is None and code != COMMON:
        chosen = awards["chien_si_thi_dua_co_so"]
    context = {
        "groups": [(label, [a for a in awards.values() if a.group == group]) for group, label in GROUPS.items()],
        "chosen": chosen,
        "common": COMMON,
        "lines": _lines(chosen.code if chosen else "", today),
        "decider": chosen.decider if chosen else "",
        "today": today,
        "version": load().version[:12],
    }
    return render(request, "history/rulebook.html", context)


def _lines(award: str, today: date) -> list[Line]:
    """Newest value first within each parameter; values that bind several awards come with each of them."""
    of_awards = tuple(f"{code}." for code in load().awards)

    def belongs(parameter: Parameter) -> bool:
        if award:
            return parameter.code.startswith(f"{award}.") or award in parameter.awards
        return not parameter.awards and not parameter.code.startswith(of_awards)

    found = [parameter for parameter in load().parameters.values() if belongs(parameter)]
    return [_line(parameter, value, today) for parameter in found for value in reversed(parameter.values)]


def _line(parameter: Parameter, value: Value, today: date) -> Line:
    types = ", ".join(codes.TYPES[kind] for kind in parameter.types)
    who = " · ".join(part for part in (codes.SUBJECTS.get(parameter.subject, ""), types) if part)
    end = f"đến {vi_date(value.end)}" if value.end else "đến nay"
    return Line(
        meaning=parameter.meaning, who=who, content=_words(value.content), days=f"{vi_date(value.start)} {end}",
        cite=cite_text(value.cite), status=value.status, note=value.note, is_in_force=value.covers(today),
    )  # fmt: skip


def _words(content: Any) -> str:
    """A value as a jurist reads it."""
    if content is None:
        return "Hết hiệu lực"
    if isinstance(content, bool):
        return "có" if content else "không"
    if isinstance(content, Share):
        return content.percent
    if isinstance(content, int | Decimal):
        return vi_number(content)
    if isinstance(content, Condition):
        return _condition(content)
    if isinstance(content, Rung):
        span = f"từ {content.months} tháng" + (f", dưới {content.below} tháng" if content.below else "")
        return f"{load().posts[content.post]}: {span} → {_name(content.form)}"
    if isinstance(content, Mapping):
        return "; ".join(f"{_PARAMS.get(key, _name(key))}: {_words(item)}" for key, item in content.items())
    if isinstance(content, frozenset):
        return ", ".join(vi_date(day) for day in sorted(content))
    if isinstance(content, tuple | list):
        return "; ".join(_words(item) for item in content)
    return _name(str(content))


def _condition(condition: Condition) -> str:
    if condition.any_of:
        return "một trong: " + " | ".join(map(_condition, condition.any_of))
    if condition.all_of:
        return " và ".join(map(_condition, condition.all_of))
    return "; ".join(f"{_PARAMS.get(name, name)}: {_words(item)}" for name, item in condition.params.items())


def _name(code: str) -> str:
    if code in load().awards:
        return catalogue.award(code).short
    return _WORDS.get(code, code)
