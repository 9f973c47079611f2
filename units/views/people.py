"""The list of people; a person's own page lies in history, above."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import requires
from accounts.permissions import Permission
from core.htmx import page_or_fragment
from core.tables import Choice, Column, Filter, Table
from core.vietnamese import search_key
from units.models.person import Category
from units.selectors import people_visible_to, with_posting

COLUMNS = [
    Column("ten", "Họ và tên", ["sort_key"], "main"),
    Column("chuc-vu", "Chức danh, chức vụ"),
    Column("don-vi", "Đơn vị", ["unit_name_now"]),
    Column("doi-tuong", "Đối tượng", ["category"]),
    Column("vao-nganh", "Vào Ngành", ["joined_on"], "nowrap"),
]
FILTERS = [
    Filter("q", "Họ tên, số hiệu", lambda query, value: query.filter(search_key__contains=search_key(value))),
    Filter("don-vi-q", "Đơn vị", lambda query, value: query.filter(unit_search_now__contains=search_key(value))),
    Filter(
        "doi-tuong-q", "Đối tượng", lambda query, value: query.filter(category=value),
        [Choice(*choice) for choice in Category.choices],
    ),
    Filter(
        "tinh-trang", "Tình trạng", lambda query, value: query.filter(left_on__isnull=value == "dang"),
        [Choice("dang", "Đang công tác"), Choice("thoi", "Đã thôi công tác")],
    ),
]  # fmt: skip


@requires(Permission.PERSON_VIEW)
@require_GET
def person_list(request: HttpRequest) -> HttpResponse:
    """Everybody whose record one may view, found without accents."""
    people = with_posting(people_visible_to(request.user))
    table = Table(request, people, columns=COLUMNS, filters=FILTERS, default="ten", noun="người")
    context = {"table": table, "today": timezone.localdate()}
    return page_or_fragment(request, "units/person_list.html", fragment="units/_people.html", context=context)
